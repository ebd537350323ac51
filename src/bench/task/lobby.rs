//! The lobby in which tasks are measured: the example's clinic with a real kiosk, drawn into memory, and devices on
//! pseudo-terminals. Its voice speaks into a list, and the real espeak-ng tells how long each of its sentences lasts.

use super::patient::Way;
use crate::clinic::{self, Clinic, Headphones, PrinterPlace, ScannerPlace, VoiceKeys, VoicePlace};
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::code::Code;
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use crate::kiosk::runner::{KioskError, Runner};
use crate::kiosk::screens::{Screen, View};
use crate::kiosk::session::GUARD;
use crate::kiosk::voice::spoken::{self, Teller};
use crate::kiosk::voice::{Focus, Sound, Utterance};
use crate::kiosk::window::{KioskFront, waker};
use crate::speech::{self, Manner, Unspoken};
use crate::store::StoreError;
use chrono::{Days, NaiveDate, TimeDelta, Timelike, Utc};
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{Fonts, Profile};
use vestibule_hardware::scanner::simulator::SimulatedScanner;
use vestibule_ui::KioskWindow;
use vestibule_ui::focus::{self, Spot};
use vestibule_ui::headless::{Headless, HeadlessError, headless};
use vestibule_ui::slint::platform::Key;
use vestibule_ui::slint::{ComponentHandle, Rgb8Pixel, SharedString};
use vestibule_ui::words::Language;

/// An upright panel.
const WIDTH: u32 = 1080;
const HEIGHT: u32 = 1920;
/// The kiosk of the example.
const KIOSK: &str = "lobby";
/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// A family name of a usual length in each language, as it is typed.
const FAMILIES: [(&str, &str); 8] = [
    ("en", "Thompson"),
    ("es", "Martinez"),
    ("fr", "Laurent"),
    ("de", "Schneider"),
    ("pt", "Oliveira"),
    ("ar", "الحداد"),
    ("hi", "शर्मा"),
    ("zh", "Zhang"),
];

/// Why a task cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// The clinic.
    #[error("the example's clinic cannot be read: {0}")]
    Clinic(String),
    /// The kiosk.
    #[error(transparent)]
    Kiosk(#[from] KioskError),
    /// Its store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Drawing into memory.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// A simulated device.
    #[error("the devices cannot be simulated: {0}")]
    Device(String),
    /// A file or folder.
    #[error("{path}: {reason}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The voice.
    #[error(transparent)]
    Voice(#[from] Unspoken),
    /// The patient does not get on.
    #[error("the patient is stuck: {wanted} is not there ({seen})")]
    Stuck {
        /// What the script looks for.
        wanted: String,
        /// What can be pressed instead.
        seen: String,
    },
}

/// Whether this machine has a voice to measure.
pub fn can_speak() -> bool {
    speech::program().is_some()
}

/// Somebody with an appointment about now.
pub(super) struct Guest {
    pub(super) born: String,
    pub(super) family: String,
    pub(super) code: String,
}

/// The kiosk with everything around it.
pub struct Lobby {
    front: KioskFront,
    glass: Headless,
    frame: Vec<Rgb8Pixel>,
    clinic: Arc<Clinic>,
    guests: Vec<(Way, String, Guest)>,
    ear: Ear,
    scanner: SimulatedScanner,
    _printer: SimulatedPrinter,
    _folder: Folder,
}

/// A folder that is gone when this is.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for temporary files, which is emptied.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Lobby {
    pub(super) fn open(languages: &[&str], ways: &[Way]) -> Result<Self, TaskError> {
        let folder = std::env::temp_dir().join(format!("vestibule-task-{}", Uuid::now_v7().simple()));
        let tickets = folder.join("tickets");
        std::fs::create_dir_all(&tickets)
            .map_err(|reason| TaskError::File { path: tickets.clone(), reason })?;
        let folder = Folder(folder);
        let clinic = Arc::new(example(&folder.0)?);
        let device = |error: &dyn std::fmt::Display| TaskError::Device(error.to_string());
        let printer = SimulatedPrinter::start(SimulatorOptions {
            link: folder.0.join("printer"),
            output: tickets,
            profile: Profile::named("simulated").map_err(|error| device(&error))?,
            fonts: Arc::new(Fonts::new(&vestibule_ui::fonts::fonts()).map_err(|error| device(&error))?),
        });
        let printer = printer.map_err(|error| device(&error))?;
        let scanner = SimulatedScanner::start(folder.0.join("scanner")).map_err(|error| device(&error))?;

        let glass = headless(WIDTH, HEIGHT)?;
        let window = KioskWindow::new().map_err(HeadlessError::from)?;
        let runner = Runner::start(Arc::clone(&clinic), KIOSK, waker(&window))?;
        let said = Rc::new(RefCell::new(Vec::new()));
        let front = KioskFront::speaking_into(Box::new(Listed(Rc::clone(&said))), window, runner);
        front.window().show().map_err(HeadlessError::from)?;
        let mut lobby = Self {
            front,
            glass,
            frame: vec![Rgb8Pixel::default(); (WIDTH * HEIGHT) as usize],
            clinic,
            guests: Vec::new(),
            ear: Ear { said, known: HashMap::new() },
            scanner,
            _printer: printer,
            _folder: folder,
        };
        for language in languages {
            for way in ways {
                lobby.expect(*way, language)?;
            }
        }
        lobby.wait("the welcome", |view| matches!(view.screen, Screen::Welcome(_)))?;
        Ok(lobby)
    }

    /// Somebody stands in the book of the day.
    fn expect(&mut self, way: Way, language: &str) -> Result<(), TaskError> {
        let now = Utc::now();
        let family = FAMILIES.iter().find(|(code, _)| *code == language).map_or("Thompson", |(_, name)| name);
        // Each is born on another day, so that nobody is taken for somebody else.
        let born = NaiveDate::from_ymd_opt(1950, 1, 1)
            .and_then(|day| day.checked_add_days(Days::new(self.guests.len() as u64)));
        let date_of_birth = born.and_then(|born| DateOfBirth::from_date(born, now.date_naive()).ok());
        let date_of_birth = date_of_birth.ok_or_else(|| self.stuck("a date of birth"))?;
        let patient = Patient {
            id: PatientId(Uuid::now_v7()),
            number: None,
            name: PersonName { given: "Alex".into(), family: family.into() },
            date_of_birth,
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Imported,
            balance_due: None,
            further: Default::default(),
        };
        let appointment = Appointment {
            id: AppointmentId(Uuid::now_v7()),
            patient: patient.id,
            service: "general".into(),
            clinician: "Dr Chen".into(),
            starts_at: now + TimeDelta::minutes(10),
            minutes: 15,
            status: AppointmentStatus::Booked,
            site: None,
        };
        let guest = Guest {
            born: date_of_birth.date().format("%d%m%Y").to_string(),
            family: family.to_string(),
            code: Code::Appointment(appointment.id).text(),
        };
        self.guests.push((way, language.to_string(), guest));
        self.front.store().run(move |store| store.take_over(&[patient], &[appointment], now))?;
        Ok(())
    }

    /// Whoever comes next by this way and in this language.
    pub(super) fn guest(&mut self, way: Way, language: &str) -> Result<Guest, TaskError> {
        let found = self.guests.iter().position(|guest| (guest.0, guest.1.as_str()) == (way, language));
        let found = found.ok_or_else(|| self.stuck("a guest"))?;
        Ok(self.guests.swap_remove(found).2)
    }

    pub(super) fn view(&self) -> View {
        self.front.view()
    }

    pub(super) fn spots(&self) -> Vec<Spot> {
        focus::spots(self.front.window())
    }

    /// What keys stand at.
    pub(super) fn stands_at(&self) -> Option<Spot> {
        focus::spot(self.front.window())
    }

    /// What is on the glass to be read.
    pub(super) fn written(&self) -> Vec<String> {
        let view = self.view();
        spoken::written(&view, &Teller::of(&view, &self.clinic.words))
    }

    /// What the screen is, to notice that another one has come: its first words.
    pub(super) fn face(&self) -> Vec<Utterance> {
        let view = self.view();
        spoken::screen(&view, &Teller::of(&view, &self.clinic.words)).into_iter().take(FIRST).collect()
    }

    /// A language's own name.
    pub(super) fn own_name(&self, language: &str) -> String {
        self.clinic.words.language_or_english(language).own_name().to_string()
    }

    /// A new screen takes no touch for a moment, and a person is slower than that.
    pub(super) fn past_the_guard(&self) {
        std::thread::sleep(GUARD + Duration::from_millis(20));
    }

    pub(super) fn tap(&mut self, spot: &Spot) -> Result<(), TaskError> {
        self.glass.tap(spot.x, spot.y);
        Ok(())
    }

    pub(super) fn press(&mut self, key: Key) -> Result<(), TaskError> {
        self.glass.type_text(&SharedString::from(key));
        Ok(())
    }

    pub(super) fn scan(&mut self, code: &str) -> Result<(), TaskError> {
        self.scanner.scan(code).map_err(|error| TaskError::Device(error.to_string()))
    }

    /// Lets somebody do something, and answers how long it took until what comes of it was drawn.
    pub(super) fn does(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<(), TaskError>,
        until: impl Fn(&View) -> bool,
    ) -> Result<Duration, TaskError> {
        self.ear.said.borrow_mut().clear();
        let began = Instant::now();
        act(self)?;
        self.draws_until("what comes next", began, until)?;
        Ok(began.elapsed())
    }

    /// Waits until something is on the glass.
    pub(super) fn wait(&mut self, what: &str, until: impl Fn(&View) -> bool) -> Result<(), TaskError> {
        self.draws_until(what, Instant::now(), until)
    }

    fn draws_until(
        &mut self,
        what: &str,
        began: Instant,
        until: impl Fn(&View) -> bool,
    ) -> Result<(), TaskError> {
        loop {
            self.front.pump();
            self.glass.draw_changes(&mut self.frame);
            if until(&self.view()) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                return Err(self.stuck(what));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Back to the welcome, for the next one.
    pub(super) fn leave(&mut self) -> Result<(), TaskError> {
        let Screen::Done(done) = self.view().screen else { return Err(self.stuck("the ticket")) };
        self.past_the_guard();
        let finish = self.spots().into_iter().find(|spot| spot.label == done.finish);
        let finish = finish.ok_or_else(|| self.stuck(&done.finish))?;
        self.tap(&finish)?;
        self.wait("the welcome", |view| matches!(view.screen, Screen::Welcome(_)))
    }

    /// What is heard after an act, by who knows the way and by who hears all of it out. Who knows the way hears the first
    /// two things of a new screen (which step it is and what is asked; the question and the name), and the name of what
    /// keys have come to; not what a button is, which one of how many, or what a key has typed.
    pub(super) fn heard(
        &mut self,
        news: bool,
        moved: Option<&Spot>,
    ) -> Result<(Duration, Duration), TaskError> {
        let view = self.view();
        let words = Arc::clone(&self.clinic.words);
        let teller = Teller::of(&view, &words);
        let needed: Vec<Utterance> = match moved {
            _ if news => self.face(),
            Some(spot) => {
                // As a key is called: without what kind of thing it is.
                let name = Focus { label: spot.label.clone(), is_key: true, ..Focus::default() };
                vec![spoken::focus(&name, &teller)]
            }
            None => Vec::new(),
        };
        let all = self.ear.said.borrow().clone();
        let manner = all.first().map_or(Manner::ANNOUNCING, |(_, manner)| *manner);
        let mut heard = Duration::ZERO;
        for what in needed {
            let signs = what.text.chars().count() == 1;
            heard += self.ear.lasts(&what, Manner { signs, ..manner })?;
        }
        let mut heard_out = Duration::ZERO;
        for (what, manner) in all {
            heard_out += self.ear.lasts(&what, manner)?;
        }
        Ok((heard, heard_out))
    }

    pub(super) fn stuck(&self, wanted: &str) -> TaskError {
        let labels: Vec<_> =
            self.spots().into_iter().filter(|spot| !spot.is_key).map(|spot| spot.label).collect();
        TaskError::Stuck { wanted: wanted.to_string(), seen: labels.join(", ") }
    }
}

/// So many things of a new screen are heard by who knows the way.
const FIRST: usize = 2;

/// The example's clinic in all its languages, at noon, with its stores and devices in a folder and without a desk.
fn example(folder: &Path) -> Result<Clinic, TaskError> {
    let mut clinic = clinic::read_text("example.toml", clinic::EXAMPLE)
        .map_err(|error| TaskError::Clinic(error.to_string()))?;
    clinic.data = folder.to_path_buf();
    // Nobody listens there: this kiosk must not be taken for one of a desk of this machine.
    let nobody = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    clinic.desk = nobody.map_err(|error| TaskError::Device(error.to_string()))?;
    // An appointment in ten minutes is one of the same day.
    clinic.zone = format!("Etc/GMT{:+}", i64::from(Utc::now().hour()) - 12)
        .parse()
        .map_err(|_| TaskError::Clinic("no zone where it is noon".into()))?;
    let profile = Profile::named("simulated").map_err(|error| TaskError::Device(error.to_string()))?;
    for kiosk in &mut clinic.kiosks {
        let printer = PrinterPlace { port: folder.join("printer"), baud: 38_400, profile: profile.clone() };
        kiosk.printer = Some(printer);
        kiosk.scanner = Some(ScannerPlace::serial(folder.join("scanner"), 9600));
        kiosk.voice =
            Some(VoicePlace { headphones: Headphones::Always, output: None, keys: VoiceKeys::default() });
    }
    Ok(clinic)
}

/// What is said and has not been silenced, in a list.
struct Listed(Rc<RefCell<Vec<(Utterance, Manner)>>>);

impl Sound for Listed {
    fn stop(&self) {
        self.0.borrow_mut().clear();
    }

    fn say(&self, what: Utterance, manner: Manner) {
        self.0.borrow_mut().push((what, manner));
    }
}

/// Hears the list, and knows how long everything lasts.
struct Ear {
    said: Rc<RefCell<Vec<(Utterance, Manner)>>>,
    known: HashMap<(Language, String, u16, bool), Duration>,
}

impl Ear {
    /// How long something really lasts: espeak-ng says it.
    fn lasts(&mut self, what: &Utterance, manner: Manner) -> Result<Duration, TaskError> {
        let known = (what.language, what.text.clone(), manner.speed, manner.signs);
        if let Some(lasts) = self.known.get(&known) {
            return Ok(*lasts);
        }
        let program = speech::program().ok_or(Unspoken::NoVoice)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| TaskError::Device(error.to_string()))?;
        let wav = runtime.block_on(speech::spoken(&program, what.language, &what.text, manner))?;
        let lasts =
            speech::length(&wav).ok_or_else(|| Unspoken::Failed("what it said is no WAV file".into()))?;
        self.known.insert(known, lasts);
        Ok(lasts)
    }
}
