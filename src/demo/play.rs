//! Plays patients without a display: the real screens, drawn by the real renderer into memory, the real
//! kiosk behind them, the real desk beside it, and paper out of the simulated printer.

use super::{DemoError, KIOSK, Lobby};
use crate::front_desk::registration::Question;
use crate::kiosk::runner::Runner;
use crate::kiosk::screens::{Screen, View};
use crate::kiosk::session::GUARD;
use crate::kiosk::window::{KioskFront, waker};
use crate::link::fact::FactKind;
use chrono::Utc;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use vestibule_ui::headless::{Headless, headless};
use vestibule_ui::slint::ComponentHandle;
use vestibule_ui::{Control, Kiosk, KioskWindow};

/// The longest that anything in here may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Plays everything and writes the pictures into `output`.
pub(super) fn play(lobby: &Lobby, output: &Path, (width, height): (u32, u32)) -> Result<(), DemoError> {
    let glass = headless(width, height)?;
    let window = KioskWindow::new().map_err(vestibule_ui::headless::HeadlessError::from)?;
    let runner = Runner::start(Arc::clone(&lobby.clinic), KIOSK, waker(&window))?;
    wait_for_the_book(&runner)?;
    let front = KioskFront::new(window, runner);
    front.window().show().map_err(vestibule_ui::headless::HeadlessError::from)?;
    let mut player = Player { lobby, glass, front, folder: output.to_path_buf(), pictures: 0, tickets: 0 };
    for (position, code) in lobby.clinic.languages.iter().enumerate() {
        player.folder = output.join(code);
        player.pictures = 0;
        player.booked_patient(position)?;
    }
    player.folder = output.join("registration");
    player.pictures = 0;
    player.new_patient()?;
    player.folder = output.join("help");
    player.pictures = 0;
    player.patient_who_needs_help()?;
    println!("The pictures are in {}", output.display());
    Ok(())
}

/// The day's book has come from the desk before anybody arrives.
fn wait_for_the_book(runner: &Runner) -> Result<(), DemoError> {
    let began = Instant::now();
    while runner.store().run(|store| store.directory_counts())?.patients == 0 {
        rest("the book of the day", began)?;
    }
    Ok(())
}

fn rest(what: &str, since: Instant) -> Result<(), DemoError> {
    if since.elapsed() > PATIENCE {
        return Err(DemoError::Stuck(format!("{what} did not come within {} s", PATIENCE.as_secs())));
    }
    std::thread::sleep(Duration::from_millis(10));
    Ok(())
}

struct Player<'a> {
    lobby: &'a Lobby,
    glass: Headless,
    front: KioskFront,
    folder: PathBuf,
    pictures: usize,
    tickets: usize,
}

impl Player<'_> {
    /// Somebody with an appointment, from the welcome to the ticket.
    fn booked_patient(&mut self, language: usize) -> Result<(), DemoError> {
        let Some(guest) = self.lobby.guests.get(language) else { return Ok(()) };
        self.picture("welcome")?;
        self.touch(Control::Language, language);
        self.picture("language")?;
        self.touch(Control::HaveAppointment, 0);
        self.picture("date-of-birth")?;
        self.type_in(&guest.born.date().format("%d%m%Y").to_string());
        self.picture("date-of-birth-typed")?;
        self.touch(Control::Next, 0);
        self.picture("family-name")?;
        self.type_in(guest.name.family.split_whitespace().next().unwrap_or_default());
        self.picture("family-name-typed")?;
        self.touch(Control::Next, 0);
        self.until("the confirmation", |view, _| matches!(view.screen, Screen::Confirm(_)))?;
        self.picture("confirm")?;
        self.touch(Control::Yes, 0);
        self.until("the number", |view, _| matches!(view.screen, Screen::Done(_)))?;
        self.paper()?;
        self.picture("done")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// Somebody new, question by question.
    fn new_patient(&mut self) -> Result<(), DemoError> {
        self.touch(Control::NewHere, 0);
        for question in Question::ALL {
            match question {
                Question::GivenName => self.type_in("Aoife"),
                Question::FamilyName => self.type_in("Ní Bhriain"),
                Question::DateOfBirth => self.type_in("29021996"),
                Question::Sex => self.touch(Control::Choice, 0),
                Question::Phone => self.type_in("+353 1 555 0123"),
                Question::Street => self.type_in("Calle Mayor 5"),
                Question::Town => self.type_in("28013 Madrid"),
                Question::ContactName => self.type_in("Niamh Ní Bhriain"),
                Question::ContactPhone => self.type_in("+353 1 555 0199"),
                Question::Language => self.touch(Control::Choice, 0),
                Question::Reason => self.touch(Control::Choice, 1),
                Question::Consent => {}
            }
            self.picture(&format!("{question:?}").to_lowercase())?;
            let answer = if question == Question::Consent { Control::Yes } else { Control::Next };
            self.touch(answer, 0);
        }
        self.until("the number", |view, _| matches!(view.screen, Screen::Done(_)))?;
        self.paper()?;
        self.picture("done")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// Somebody who needs a person, until that person is on the way.
    fn patient_who_needs_help(&mut self) -> Result<(), DemoError> {
        self.touch(Control::NeedHelp, 0);
        self.picture("asked")?;
        let store = self.lobby.desk_store.clone();
        let asked = Instant::now();
        let request = loop {
            if let Some(row) = store.run(|store| store.open_requests())?.pop() {
                break row.request.id;
            }
            rest("the request to reach the desk", asked)?;
        };
        let acknowledged = FactKind::RequestAcknowledged { request, by: "Maria".into() };
        store.run(move |store| store.commit(vec![acknowledged], Utc::now()))?;
        self.until("the desk's answer", |view, _| match &view.screen {
            Screen::Notice(notice) => notice.title.contains("Maria"),
            _ => false,
        })?;
        self.picture("on-the-way")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    fn touch(&self, control: Control, index: usize) {
        // A screen that has just appeared takes no touch; a person is slower than that anyway.
        std::thread::sleep(GUARD + Duration::from_millis(10));
        let index = i32::try_from(index).unwrap_or(i32::MAX);
        self.front.window().global::<Kiosk>().invoke_touched(control, index);
    }

    fn type_in(&self, text: &str) {
        for character in text.chars() {
            self.front.window().global::<Kiosk>().invoke_typed(character.to_string().into());
        }
    }

    /// Waits for the paper, which must have come out, and copies its picture.
    fn paper(&mut self) -> Result<(), DemoError> {
        self.until("the paper", |view, _| match &view.screen {
            Screen::Done(done) => {
                !done.paper.is_empty() && done.paper_tone != crate::kiosk::screens::Tone::Calm
            }
            _ => false,
        })?;
        let tickets = self.lobby.printer.tickets();
        let Some(printed) = tickets.get(self.tickets) else {
            return Err(DemoError::Stuck("no ticket came out of the simulated printer".into()));
        };
        self.tickets += 1;
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::copy(printed, self.folder.join("ticket.png")))
            .map(drop)
            .map_err(|reason| DemoError::File { path: self.folder.clone(), reason })
    }

    fn picture(&mut self, name: &str) -> Result<(), DemoError> {
        self.front.pump();
        self.pictures += 1;
        let path = self.folder.join(format!("{:02}-{name}.png", self.pictures));
        self.glass.write_png(&path)?;
        println!("{}", path.display());
        Ok(())
    }

    fn until(&self, what: &str, done: impl Fn(&View, &Lobby) -> bool) -> Result<(), DemoError> {
        let began = Instant::now();
        loop {
            self.front.pump();
            if done(&self.front.view(), self.lobby) {
                return Ok(());
            }
            rest(what, began)?;
        }
    }
}
