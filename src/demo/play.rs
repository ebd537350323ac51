//! Plays patients without a display: the real screens, drawn by the real renderer into memory, the real
//! kiosk behind them, the real desk beside it, and paper out of the simulated printer.

mod booking;
mod payment;

use super::orders::locked;
use super::{DemoError, KIOSK, Lobby};
use crate::front_desk::code::Code;
use crate::front_desk::message::{Message, Side};
use crate::front_desk::registration::Question;
use crate::front_desk::request::{OwnWords, Request, RequestId, RequestReason, RequestState};
use crate::front_desk::urgency::Urgency;
use crate::kiosk::runner::Runner;
use crate::kiosk::screens::{Entry, Screen, View};
use crate::kiosk::session::GUARD;
use crate::kiosk::window::{KioskFront, waker};
use crate::link::fact::FactKind;
use crate::store::RequestRow;
use chrono::Utc;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
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
    let mut player = Player { lobby, glass, front, folder: output.to_path_buf(), pictures: 0, papers: 0 };
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
    for (position, code) in lobby.clinic.languages.iter().enumerate() {
        player.folder = output.join(format!("needs-{code}"));
        player.pictures = 0;
        player.complaint(position, code)?;
        player.emergency(position)?;
        player.folder = output.join(format!("booking-{code}"));
        player.pictures = 0;
        player.booking(position)?;
    }
    player.folder = output.join("wish");
    player.pictures = 0;
    player.wish()?;
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
    papers: usize,
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
        self.forms()?;
        self.until("the number", |view, _| matches!(view.screen, Screen::Done(_)))?;
        self.paper()?;
        self.picture("done")?;
        self.payment(language)?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// The clinic's forms, where they are asked: the first of several applies, the rest is answered as well.
    fn forms(&mut self) -> Result<(), DemoError> {
        for number in 1.. {
            self.front.pump();
            let entry = match self.front.view().screen {
                Screen::Question(question) => Some(question.entry),
                Screen::Review(_) => None,
                _ => break,
            };
            match &entry {
                None => {}
                Some(Entry::Choices(_)) => self.touch(Control::Choice, 1),
                Some(Entry::Several(_)) => self.touch(Control::Choice, 0),
                Some(Entry::Signature(_)) => self.sign(),
                Some(Entry::Date(..)) => self.type_in("24112026"),
                Some(Entry::Number { .. }) => self.type_in("1"),
                Some(Entry::Letters(_) | Entry::Text(_) | Entry::Digits(_)) => self.type_in("Sintrom"),
                Some(Entry::Statement(_)) => {}
            }
            let name = if entry.is_some() { format!("form-{number}") } else { "review".to_string() };
            self.picture(&name)?;
            self.touch(Control::Next, 0);
            // Sent: while the store is asked the same screen stays.
            if entry.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// Draws what might be a name.
    fn sign(&self) {
        std::thread::sleep(GUARD + Duration::from_millis(10));
        let kiosk = self.front.window().global::<Kiosk>();
        for step in 0..60u8 {
            let along = f32::from(step) / 60.0;
            let (x, y) = (0.15 + 0.6 * along, 0.2 + 0.1 * (along * 25.0).sin() * (1.0 - along));
            kiosk.invoke_drawn(step == 0, x, y, 0.45);
        }
    }

    /// Somebody new, question by question.
    fn new_patient(&mut self) -> Result<(), DemoError> {
        self.touch(Control::NewHere, 0);
        let form = self.lobby.clinic.routines.registration.clone();
        for question in form.asked.iter().map(|asked| asked.question) {
            let mut passed_over = false;
            match question {
                Question::GivenName => self.type_in("Aoife"),
                Question::FamilyName => self.type_in("Ní Bhriain"),
                Question::DateOfBirth => self.type_in("29021996"),
                Question::Sex => self.touch(Control::Choice, 0),
                Question::Phone => self.type_in("+353 1 555 0123"),
                Question::Street => self.type_in("Calle Mayor 5"),
                Question::PostalCodeAndTown => self.type_in("28013 Madrid"),
                Question::ContactName => self.type_in("Niamh Ní Bhriain"),
                Question::ContactPhone => self.type_in("+353 1 555 0199"),
                Question::Language => self.touch(Control::Choice, 0),
                Question::Reason => self.touch(Control::Choice, 1),
                Question::Consent => {}
                _ => passed_over = true,
            }
            self.picture(&format!("{question:?}").to_lowercase())?;
            let answer = match question {
                Question::Consent => Control::Yes,
                _ if passed_over => Control::Skip,
                _ => Control::Next,
            };
            self.touch(answer, 0);
        }
        // The store looks for duplicates first.
        self.until("the forms or the number", |view, _| {
            matches!(&view.screen, Screen::Done(_))
                || matches!(&view.screen, Screen::Question(question) if question.labels.back.is_empty())
        })?;
        self.forms()?;
        self.until("the number", |view, _| matches!(view.screen, Screen::Done(_)))?;
        self.paper()?;
        self.picture("done")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// Somebody who needs a person, until that person is on the way.
    fn patient_who_needs_help(&mut self) -> Result<(), DemoError> {
        self.touch(Control::NeedHelp, 0);
        self.picture("needs")?;
        self.touch(Control::CallPerson, 0);
        self.picture("asked")?;
        let request = self.at_the_desk("the request", |row| row.request.reason == RequestReason::Help)?;
        self.desk_says(FactKind::RequestAcknowledged { request: request.id, by: "Maria".into() })?;
        self.until("the desk's answer", |view, _| match &view.screen {
            Screen::Notice(notice) => notice.title.contains("Maria"),
            _ => false,
        })?;
        self.picture("on-the-way")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// Somebody complains, takes the slip, and opens the case with it when the desk has asked something.
    fn complaint(&mut self, language: usize, code: &str) -> Result<(), DemoError> {
        let routines = &self.lobby.clinic.routines;
        let complaint = routines.categories.iter().position(|category| category.kind.is_case());
        let phrase = routines.phrases.iter().find(|phrase| !phrase.answers.is_empty());
        let (Some(complaint), Some(phrase)) = (complaint, phrase) else { return Ok(()) };
        let mut question = Message {
            id: Uuid::now_v7(),
            request: RequestId(Uuid::nil()),
            from: Side::Staff,
            by: "Maria".into(),
            phrase: Some(phrase.id.clone()),
            words: OwnWords(phrase.text.text(self.lobby.clinic.staff_language()).to_string()),
            language: self.lobby.clinic.staff_language().to_string(),
            at: Utc::now(),
        };
        self.touch(Control::Language, language);
        self.touch(Control::NeedHelp, 0);
        self.picture("needs")?;
        self.touch(Control::Choice, complaint);
        self.type_in(complaint_in(code));
        self.picture("words")?;
        self.touch(Control::Next, 0);
        self.until("the slip", |view, lobby| {
            matches!(view.screen, Screen::Notice(_)) && lobby.printer.tickets().len() > self.papers
        })?;
        self.keep_paper("slip.png")?;
        let open = |row: &RequestRow| row.request.case.is_some() && row.state == RequestState::Open;
        let request = self.at_the_desk("the complaint", open)?;
        self.picture("case")?;
        self.touch(Control::Finish, 0);
        question.request = request.id;
        self.desk_says(FactKind::RequestAcknowledged { request: request.id, by: "Elena".into() })?;
        self.desk_says(FactKind::MessageSent { message: question })?;
        let (store, id) = (self.front.store(), request.id);
        let asked = Instant::now();
        while store.run(move |store| store.messages(id))?.is_empty() {
            rest("the desk's question", asked)?;
        }
        // Later, with the slip.
        locked(&self.lobby.scanner)
            .scan(&Code::Case(request.id).text())
            .map_err(|error| DemoError::Device(error.to_string()))?;
        self.until("the case", |view, _| matches!(view.screen, Screen::Talk(_)))?;
        self.picture("question")?;
        self.touch(Control::Choice, 0);
        self.picture("answered")?;
        self.touch(Control::Back, 0);
        Ok(())
    }

    /// Somebody is in danger, until somebody is on the way.
    fn emergency(&mut self, language: usize) -> Result<(), DemoError> {
        self.touch(Control::Language, language);
        self.touch(Control::NeedHelp, 0);
        self.touch(Control::Emergency, 0);
        let emergency =
            |row: &RequestRow| row.request.urgency == Urgency::Emergency && row.state == RequestState::Open;
        let request = self.at_the_desk("the emergency", emergency)?;
        self.until("the alarm", |view, _| matches!(view.screen, Screen::Emergency(_)))?;
        self.picture("emergency")?;
        self.desk_says(FactKind::RequestAcknowledged { request: request.id, by: "Maria".into() })?;
        self.until("the desk's answer", |view, _| match &view.screen {
            Screen::Emergency(emergency) => emergency.answered,
            _ => false,
        })?;
        self.picture("on-the-way")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// Waits for a request at the desk.
    fn at_the_desk(&self, what: &str, wanted: impl Fn(&RequestRow) -> bool) -> Result<Request, DemoError> {
        let began = Instant::now();
        loop {
            let open = self.lobby.desk_store.run(|store| store.open_requests())?;
            if let Some(row) = open.into_iter().find(&wanted) {
                return Ok(row.request);
            }
            rest(what, began)?;
        }
    }

    fn desk_says(&self, fact: FactKind) -> Result<(), DemoError> {
        self.lobby.desk_store.run(move |store| store.commit(vec![fact], Utc::now()))?;
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
        self.keep_paper("ticket.png")
    }

    /// Copies the picture of what was printed last.
    fn keep_paper(&mut self, name: &str) -> Result<(), DemoError> {
        let printed = self.lobby.printer.tickets();
        let Some(printed) = printed.get(self.papers) else {
            return Err(DemoError::Stuck("no paper came out of the simulated printer".into()));
        };
        self.papers += 1;
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::copy(printed, self.folder.join(name)))
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

/// What an invented patient complains of.
fn complaint_in(language: &str) -> &'static str {
    match language {
        "es" => "Esperé más de una hora y nadie me dijo por qué.",
        "fr" => "J’ai attendu plus d’une heure et personne ne m’a dit pourquoi.",
        "de" => "Ich habe über eine Stunde gewartet, und niemand hat mir gesagt, warum.",
        "pt" => "Esperei mais de uma hora e ninguém me disse por quê.",
        "zh" => "我等了一个多小时，没有人告诉我原因。",
        "ar" => "انتظرت أكثر من ساعة ولم يخبرني أحد بالسبب.",
        "hi" => "मैंने एक घंटे से ज़्यादा इंतज़ार किया और किसी ने कारण नहीं बताया।",
        _ => "I waited for more than an hour and nobody told me why.",
    }
}
