//! The scripted patient: what is done on each screen, and what that takes.

use super::lobby::{Lobby, TaskError};
use super::person::{Person, words};
use crate::kiosk::screens::{Entry, Screen, Tone, View};
use std::time::Duration;
use vestibule_ui::focus::Spot;
use vestibule_ui::slint::platform::Key;

/// How somebody checks in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The code of the appointment's letter under the scanner, the date of birth on the glass.
    Scanned,
    /// Date of birth and family name on the glass.
    Touched,
    /// The same by the arrows and the round key of a keypad, and seeing.
    Keypad,
    /// The same, and hearing instead of seeing.
    Voice,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 4] = [Way::Scanned, Way::Touched, Way::Keypad, Way::Voice];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Way::Scanned => "scanned code",
            Way::Touched => "typed by touch",
            Way::Keypad => "keypad alone",
            Way::Voice => "keypad, by voice",
        }
    }

    /// In how many seconds it is to be done.
    pub fn goal(self) -> Option<f64> {
        match self {
            Way::Scanned => Some(25.0),
            Way::Touched => Some(45.0),
            Way::Keypad | Way::Voice => None,
        }
    }

    fn is_by_keys(self) -> bool {
        matches!(self, Way::Keypad | Way::Voice)
    }
}

/// What one screen asks of a person, and of the program.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which screen.
    pub screen: &'static str,
    /// How often the person must get ready for what comes next: once a screen, and for each thing that is then looked for.
    pub decisions: u32,
    /// Buttons touched.
    pub touches: u32,
    /// Keys touched on the glass.
    pub keys: u32,
    /// Keys struck on the keypad.
    pub presses: u32,
    /// Codes brought under the scanner.
    pub scans: u32,
    /// Words read: from the top down to what is touched.
    pub words: f64,
    /// What must be heard by who knows the way.
    pub heard: Duration,
    /// What is said to who hears all of it out.
    pub heard_out: Duration,
    /// What the program took, from each touch until what came of it was drawn.
    pub program: Duration,
}

impl Step {
    pub(super) fn of(screen: &'static str) -> Self {
        Self {
            screen,
            decisions: 0,
            touches: 0,
            keys: 0,
            presses: 0,
            scans: 0,
            words: 0.0,
            heard: Duration::ZERO,
            heard_out: Duration::ZERO,
            program: Duration::ZERO,
        }
    }

    /// Seconds of the person, by eye or by ear.
    pub fn person(&self, person: &Person) -> f64 {
        person.reading(self) + person.doing(self) + self.heard.as_secs_f64()
    }

    fn touched(&self) -> u32 {
        self.touches + self.keys + self.presses
    }
}

/// One check-in.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// How.
    pub way: Way,
    /// BCP 47 code of the language.
    pub language: String,
    /// The first touch, with which the time begins: neither it nor what is read before it takes any of the time; what the
    /// program does about it, and says, does.
    pub first: Step,
    /// The rest, screen by screen.
    pub steps: Vec<Step>,
}

impl Run {
    /// Touches of buttons and keys on the glass, or presses of the keypad's.
    pub fn presses(&self) -> u32 {
        self.first.touched() + self.steps.iter().map(Step::touched).sum::<u32>()
    }

    /// Screens until the ticket, the welcome with the first touch among them.
    pub fn screens(&self) -> usize {
        self.steps.len()
    }

    /// Words read from the first touch on.
    pub fn words(&self) -> f64 {
        self.steps.iter().map(|step| step.words).sum()
    }

    /// Seconds of the person.
    pub fn person(&self, person: &Person) -> f64 {
        self.first.heard.as_secs_f64() + self.steps.iter().map(|step| step.person(person)).sum::<f64>()
    }

    /// Seconds of the program.
    pub fn program(&self) -> f64 {
        self.all().map(|step| step.program.as_secs_f64()).sum()
    }

    /// Seconds from the first touch to the ticket.
    pub fn total(&self, person: &Person) -> f64 {
        self.person(person) + self.program()
    }

    /// The same for who hears everything out.
    pub fn heard_out(&self, person: &Person) -> f64 {
        let more = self.all().map(|step| step.heard_out.as_secs_f64() - step.heard.as_secs_f64());
        self.total(person) + more.sum::<f64>()
    }

    fn all(&self) -> impl Iterator<Item = &Step> {
        std::iter::once(&self.first).chain(&self.steps)
    }
}

/// Checks somebody in, from the welcome to the paper and back to the welcome.
pub(super) fn checks_in(lobby: &mut Lobby, way: Way, language: &str) -> Result<Run, TaskError> {
    let guest = lobby.guest(way, language)?;
    let mut patient = Patient { lobby, way, first: Step::of("first touch"), steps: Vec::new(), began: false };
    patient.stands_before("welcome");
    patient.takes_language(language)?;
    if way == Way::Scanned {
        patient.scans(&guest.code)?;
    } else {
        patient.chooses(|screen| match screen {
            Screen::Welcome(welcome) => Some(welcome.have_appointment.clone()),
            _ => None,
        })?;
    }
    patient.stands_before("date of birth");
    patient.types(&guest.born)?;
    patient.goes_on()?;
    if way != Way::Scanned {
        patient.stands_before("family name");
        patient.types(&guest.family)?;
        patient.goes_on()?;
    }
    patient.lobby.wait("the confirmation", |view| matches!(view.screen, Screen::Confirm(_)))?;
    patient.stands_before("is this you");
    patient.chooses_until(
        |screen| match screen {
            Screen::Confirm(confirm) => Some(confirm.yes.clone()),
            _ => None,
        },
        has_ticket,
    )?;
    let Patient { first, steps, .. } = patient;
    lobby.leave()?;
    Ok(Run { way, language: language.to_string(), first, steps })
}

/// The number stands there, and the paper has come.
fn has_ticket(view: &View) -> bool {
    matches!(&view.screen, Screen::Done(done) if !done.paper.is_empty() && done.paper_tone != Tone::Calm)
}

struct Patient<'a> {
    lobby: &'a mut Lobby,
    way: Way,
    first: Step,
    steps: Vec<Step>,
    began: bool,
}

impl Patient<'_> {
    /// What the next act counts for.
    fn step(&mut self) -> &mut Step {
        match self.steps.last_mut() {
            Some(step) if self.began => step,
            _ => &mut self.first,
        }
    }

    /// A new screen is read, or was heard when it came.
    fn stands_before(&mut self, screen: &'static str) {
        self.lobby.past_the_guard();
        self.steps.push(Step::of(screen));
        let written = self.lobby.written();
        self.reads(&written);
        self.step().decisions += 1;
    }

    fn reads(&mut self, texts: &[String]) {
        if self.way != Way::Voice {
            self.step().words += texts.iter().map(|text| words(text)).sum::<f64>();
        }
    }

    /// Touches the own language, where the welcome stands in another one.
    fn takes_language(&mut self, language: &str) -> Result<(), TaskError> {
        if self.lobby.view().frame.language == language {
            return Ok(());
        }
        let name = self.lobby.own_name(language);
        self.presses_button(&name, |view| view.frame.language == language)?;
        // In the own language it is read again; the first time was before the first touch.
        self.lobby.past_the_guard();
        let written = self.lobby.written();
        self.reads(&written);
        self.step().decisions += 1;
        Ok(())
    }

    fn scans(&mut self, code: &str) -> Result<(), TaskError> {
        self.acts(
            |step| step.scans += 1,
            |lobby| lobby.scan(code),
            |view| matches!(view.screen, Screen::Question(_)),
        )
    }

    /// Looks for a button of the screen and presses it; another screen comes.
    fn chooses(&mut self, label: impl Fn(&Screen) -> Option<String>) -> Result<(), TaskError> {
        let before = self.lobby.view().screen;
        self.chooses_until(label, move |view| view.screen != before)
    }

    fn chooses_until(
        &mut self,
        label: impl Fn(&Screen) -> Option<String>,
        until: impl Fn(&View) -> bool,
    ) -> Result<(), TaskError> {
        let label = label(&self.lobby.view().screen);
        let label = label.ok_or_else(|| self.lobby.stuck("a button that the script knows"))?;
        self.presses_button(&label, until)
    }

    /// *Next*, which is looked for when all is typed.
    fn goes_on(&mut self) -> Result<(), TaskError> {
        self.step().decisions += 1;
        let title = |screen: &Screen| match screen {
            Screen::Question(question) => question.title.clone(),
            _ => String::new(),
        };
        let before = title(&self.lobby.view().screen);
        // While the store is asked, something else stands there for a moment.
        let settled = move |view: &View| match &view.screen {
            Screen::Question(question) => question.title != before || !question.error.is_empty(),
            Screen::Notice(notice) => !notice.busy,
            _ => true,
        };
        self.chooses_until(
            |screen| match screen {
                Screen::Question(question) => Some(question.labels.next.clone()),
                _ => None,
            },
            settled,
        )
    }

    fn presses_button(&mut self, label: &str, until: impl Fn(&View) -> bool) -> Result<(), TaskError> {
        let spots = self.lobby.spots();
        let found = spots.iter().position(|spot| !spot.is_key && spot.label == label);
        let found = found.ok_or_else(|| self.lobby.stuck(label))?;
        let passed = spots[..=found].iter().filter(|spot| !spot.is_key);
        self.reads(&passed.map(|spot| spot.label.clone()).collect::<Vec<_>>());
        let spot = spots[found].clone();
        if self.way.is_by_keys() {
            self.goes_to(label)?;
            self.lobby.past_the_guard();
            return self.acts(|step| step.presses += 1, |lobby| lobby.press(Key::Return), until);
        }
        self.acts(|step| step.touches += 1, move |lobby| lobby.tap(&spot), until)
    }

    fn types(&mut self, text: &str) -> Result<(), TaskError> {
        for character in text.chars() {
            // Only the first letter of a name is a capital, on the keys as on paper.
            let written = [character.to_string(), character.to_uppercase().to_string()];
            let there = |lobby: &Lobby| {
                lobby.spots().into_iter().find(|spot| spot.is_key && written.contains(&spot.label))
            };
            if there(self.lobby).is_none() {
                self.changes_the_letters()?;
            }
            let key = there(self.lobby);
            let key = key.ok_or_else(|| self.lobby.stuck(&format!("the key {character}")))?;
            let before = typed(&self.lobby.view());
            let until = move |view: &View| typed(view) != before;
            if self.way.is_by_keys() {
                self.step().decisions += 1;
                self.goes_to_key(&key)?;
                self.acts(|step| step.presses += 1, |lobby| lobby.press(Key::Return), until)?;
            } else {
                self.acts(|step| step.keys += 1, move |lobby| lobby.tap(&key), until)?;
            }
        }
        Ok(())
    }

    /// To the other letters: a name stands on the letter as the clinic writes it, in whatever language it is read.
    fn changes_the_letters(&mut self) -> Result<(), TaskError> {
        let Screen::Question(question) = &self.lobby.view().screen else { return Ok(()) };
        let label = question.labels.layout.clone();
        let Some(key) = self.lobby.spots().into_iter().find(|spot| spot.is_key && spot.label == label) else {
            return Ok(());
        };
        if self.way.is_by_keys() {
            self.goes_to_key(&key)?;
            return self.acts(|step| step.presses += 1, |lobby| lobby.press(Key::Return), |_| true);
        }
        self.acts(|step| step.keys += 1, move |lobby| lobby.tap(&key), |_| true)
    }

    fn moves(&mut self, key: Key) -> Result<(), TaskError> {
        self.acts(|step| step.presses += 1, |lobby| lobby.press(key), |_| true)
    }

    /// On with the arrow that points down.
    fn goes_to(&mut self, label: &str) -> Result<(), TaskError> {
        for _ in 0..80 {
            if self.lobby.stands_at().is_some_and(|spot| !spot.is_key && spot.label == label) {
                return Ok(());
            }
            self.moves(Key::DownArrow)?;
        }
        Err(self.lobby.stuck(label))
    }

    /// First to the row of a key, then along it.
    fn goes_to_key(&mut self, key: &Spot) -> Result<(), TaskError> {
        for _ in 0..40 {
            let Some(now) = self.lobby.stands_at() else {
                self.moves(Key::DownArrow)?;
                continue;
            };
            let away = key.y - now.y;
            let way = if away.abs() > key.height.min(now.height) / 2.0 {
                if away > 0.0 { Key::DownArrow } else { Key::UpArrow }
            } else if (key.x - now.x).abs() < 1.0 {
                return Ok(());
            } else if key.x > now.x {
                Key::RightArrow
            } else {
                Key::LeftArrow
            };
            self.moves(way)?;
        }
        Err(self.lobby.stuck(&format!("the key {}", key.label)))
    }

    /// Does something, and waits until what comes of it is drawn. With the first of it the time begins.
    fn acts(
        &mut self,
        count: impl Fn(&mut Step),
        act: impl FnOnce(&mut Lobby) -> Result<(), TaskError>,
        until: impl Fn(&View) -> bool,
    ) -> Result<(), TaskError> {
        let stood = self.lobby.stands_at();
        let face = self.lobby.face();
        let program = self.lobby.does(act, until)?;
        let (heard, heard_out) = match self.way {
            Way::Voice => {
                let news = self.lobby.face() != face;
                let moved = self.lobby.stands_at().filter(|now| stood.as_ref() != Some(now));
                self.lobby.heard(news, moved.as_ref())?
            }
            _ => (Duration::ZERO, Duration::ZERO),
        };
        let step = self.step();
        count(step);
        step.program += program;
        step.heard += heard;
        step.heard_out += heard_out;
        self.began = true;
        Ok(())
    }
}

/// What has been typed, to see that a key did something.
fn typed(view: &View) -> String {
    let Screen::Question(question) = &view.screen else { return String::new() };
    match &question.entry {
        Entry::Letters(text) => text.clone(),
        Entry::Date(parts, _) => parts.concat(),
        _ => String::new(),
    }
}
