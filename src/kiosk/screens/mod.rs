//! What a session looks like: session → screen model, one file a screen. Pure: the same session always
//! makes the same screen, and texts come from the translations and the clinic's routines only.

mod arrival;
mod booking;
mod closed;
mod confirm;
mod details;
mod done;
mod family;
mod form;
mod help;
mod money;
mod notice;
pub(super) mod pay;
mod preferences;
mod question;
mod talk;
mod welcome;

use super::session::{self, Presence, Session, Step, TextToWrite};
use crate::clinic::{Clinic, Kiosk};
use crate::front_desk::urgency::Urgency;
use crate::front_desk::wait::{Range, Spoken, as_hours};
use chrono::{DateTime, NaiveDate, Utc};
use vestibule_ui::words::{Language, Value};

pub use pay::{Pay, PayItem, PayMeans, PayWay};

/// Everything on the glass.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// What stands around every screen.
    pub frame: Frame,
    /// The screen.
    pub screen: Screen,
    /// The inactivity warning over it.
    pub warning: Option<Warning>,
    /// How the person at the kiosk wants the screen.
    pub look: session::Preferences,
}

/// What stands around every screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The clinic's name.
    pub clinic: String,
    /// The help button's label.
    pub help: String,
    /// The start-over button's label; empty where there is none.
    pub start_over: String,
    /// BCP 47 code of the language.
    pub language: String,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// One line over the screen, or nothing.
    pub banner: String,
    /// The label of the banner's button; empty for none.
    pub banner_action: String,
    /// That this is only for practice; empty where it is not.
    pub practice: String,
    /// What the button is called that opens preferences; empty where there is none.
    pub preferences: String,
}

/// The screens there are.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// Language, and what to do.
    Welcome(Welcome),
    /// One question.
    Question(Box<Question>),
    /// *Is this you?*
    Confirm(Confirm),
    /// One message and what to do now.
    Notice(Notice),
    /// The ticket.
    Done(Done),
    /// *What do you need?*
    Help(Help),
    /// Somebody may be in danger.
    Emergency(Emergency),
    /// What staff and the patient said to each other.
    Talk(Talk),
    /// All answers of the clinic's forms to look over.
    Review(Review),
    /// What is due, the terminal, or a code to pay with.
    Pay(Pay),
    /// The kiosk is closed to patients.
    Closed(Closed),
    /// How the screen shall be.
    Preferences(Preferences),
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// The welcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Greeting.
    pub title: String,
    /// What to do.
    pub prompt: String,
    /// The languages, each in itself.
    pub languages: Vec<Choice>,
    /// *I have an appointment*.
    pub have_appointment: String,
    /// *Book, move or cancel an appointment*; empty where nobody can.
    pub appointments: String,
    /// *Pay a bill*; empty where nobody can.
    pub pay: String,
    /// *I am new here*.
    pub new_here: String,
    /// *I need help*.
    pub need_help: String,
    /// *I am here for somebody else*; empty where nobody may be.
    pub for_somebody_else: String,
    /// For whom the person is here; empty for themselves.
    pub here_for: String,
    /// That a code can be scanned; empty without a scanner.
    pub scan_hint: String,
}

/// A kiosk that is closed to patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The languages, each in itself.
    pub languages: Vec<Choice>,
    /// That it is closed.
    pub title: String,
    /// What staff wrote; empty for nothing.
    pub message: String,
    /// The way to the desk.
    pub way: String,
}

/// How the screen shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// The question.
    pub title: String,
    /// The languages, each in itself.
    pub languages: Vec<Choice>,
    /// *Text size*.
    pub text_label: String,
    /// The sizes, the smallest first.
    pub text_sizes: [Choice; 3],
    /// *High contrast*.
    pub contrast: Choice,
    /// *Buttons lower down*.
    pub reach: Choice,
    /// *No motion*.
    pub stillness: Choice,
    /// *More time*.
    pub more_time: Choice,
    /// *Ignore double taps*.
    pub steady: Choice,
    /// *Done*.
    pub close: String,
}

/// The keys that are on the glass first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keys {
    /// Those of the language.
    #[default]
    Own,
    /// Latin letters: numbers with letters in them are written so in every language.
    Latin,
    /// Small Latin letters with what e-mail addresses are made of.
    Address,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Typed on the language's keyboard.
    Letters(String),
    /// Several lines of the patient's own words.
    Text(String),
    /// Typed on the number pad.
    Digits(String),
    /// A date: day, month and year as typed, and which of them the next figure goes to.
    Date([String; 3], u8),
    /// One of several.
    Choices(Vec<Choice>),
    /// A text to agree to, or not.
    Statement(String),
    /// Any number of several.
    Several(Vec<Choice>),
    /// A number.
    Number {
        /// As typed.
        typed: String,
        /// What is counted; empty for none.
        unit: String,
        /// The decimal sign; empty where only whole numbers are asked.
        decimal: String,
        /// Whether it may be below nought.
        minus: bool,
    },
    /// A signature.
    Signature(Box<SignatureEntry>),
}

/// A signature as it is being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureEntry {
    /// What is signed.
    pub statement: String,
    /// What was drawn, as paths in thousandths of the pad's width.
    pub strokes: Vec<String>,
    /// Whether the name is typed instead.
    pub typing: bool,
    /// The name as typed.
    pub name: String,
    /// What to do on the pad, or in the field.
    pub pad: String,
    /// *Clear*.
    pub clear: String,
    /// The other way to sign.
    pub other_way: String,
}

/// All answers to look over before they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The question.
    pub title: String,
    /// What to do.
    pub hint: String,
    /// The questions with their answers.
    pub rows: Vec<ReviewRow>,
    /// *Back*.
    pub back: String,
    /// *Send*.
    pub send: String,
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// The question.
    pub question: String,
    /// The answer, or that there is none.
    pub answer: String,
    /// Whether there is one.
    pub given: bool,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// "Step 3 of 12", or nothing.
    pub progress: String,
    /// From 0 to 1.
    pub progress_part: f32,
    /// The question itself.
    pub title: String,
    /// How to answer it.
    pub hint: String,
    /// The answer so far.
    pub entry: Entry,
    /// Which keys letters are typed on.
    pub keys: Keys,
    /// What is typed opens something: a voice must not say it.
    pub secret: bool,
    /// How to put the answer right, or nothing.
    pub error: String,
    /// Labels that every question has.
    pub labels: QuestionLabels,
}

/// Labels that every question has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionLabels {
    /// Stands where nothing is typed yet.
    pub placeholder: String,
    /// Day, month, year.
    pub date: [String; 3],
    /// Back.
    pub back: String,
    /// Next.
    pub next: String,
    /// On without an answer; empty where one is needed.
    pub skip: String,
    /// Agree.
    pub yes: String,
    /// Do not agree.
    pub no: String,
    /// Accessible name of the eraser.
    pub erase: String,
    /// Label of the space bar.
    pub space: String,
    /// Accessible name of the key that changes the script.
    pub layout: String,
}

/// *Is this you?*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The question.
    pub title: String,
    /// The name, masked; or what is on file.
    pub name: String,
    /// Whether it is what is on file.
    pub on_file: bool,
    /// The appointment.
    pub lines: Vec<String>,
    /// *That's me*.
    pub yes: String,
    /// *That's not me*.
    pub no: String,
    /// *Check us all in*; empty where nobody else can be.
    pub all: String,
}

/// How a message sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Calm,
    /// All is well.
    Good,
    /// Something is to be done.
    Attention,
    /// At once.
    Alarm,
    /// What was wanted did not happen.
    Refused,
    /// Nobody knows yet whether it did.
    Open,
}

/// One message and what to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it sounds.
    pub tone: Tone,
    /// Something is under way.
    pub busy: bool,
    /// The message.
    pub title: String,
    /// What to do.
    pub lines: Vec<String>,
    /// The button that ends; empty for none.
    pub primary: String,
    /// The button that goes on; empty for none.
    pub secondary: String,
}

/// The ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The message.
    pub title: String,
    /// "Your number".
    pub number_label: String,
    /// The number.
    pub number: String,
    /// Wait, seat, when to come back to the desk.
    pub lines: Vec<String>,
    /// What the paper says in the clinic's own words: who listens hears it, too.
    pub on_paper: Vec<String>,
    /// What became of the paper.
    pub paper: String,
    /// How that sounds.
    pub paper_tone: Tone,
    /// What the QR code carries.
    pub code: String,
    /// What the code is for; its accessible name.
    pub code_label: String,
    /// What the second QR code carries, for a calendar; empty for none.
    pub calendar: String,
    /// What the second code is for; its accessible name.
    pub calendar_label: String,
    /// *Print my ticket again*, or *Check in now*; empty where it is not offered.
    pub again: String,
    /// Whether that prints.
    pub again_prints: bool,
    /// *Pay now*; empty where nothing is due.
    pub pay: String,
    /// *Check in another person of the family*; before that *Text to write down* where paper is missing.
    pub another: String,
    /// *Finish*.
    pub finish: String,
}

/// *What do you need?*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The question.
    pub title: String,
    /// *Call a person*.
    pub call: String,
    /// *It is an emergency*.
    pub emergency: String,
    /// Stands over the choices.
    pub prompt: String,
    /// What the routines offer.
    pub choices: Vec<Choice>,
    /// *I have a slip with a case number*.
    pub case: String,
    /// Back to what was begun.
    pub back: String,
}

/// Somebody may be in danger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// What fills the screen.
    pub title: String,
    /// What to do now.
    pub lines: Vec<String>,
    /// How far the call has come.
    pub told: String,
    /// Whether somebody is on the way.
    pub answered: bool,
    /// *Somebody is here*.
    pub finish: String,
    /// *Go on here*; empty where there is nothing to go on with.
    pub again: String,
}

/// One message of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was said, as this patient reads it.
    pub text: String,
    /// Who said it, and when.
    pub who: String,
    /// Whether it was the patient.
    pub own: bool,
}

/// What staff and the patient said to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// What it is about.
    pub title: String,
    /// How far it has come.
    pub lines: Vec<String>,
    /// The messages, latest last.
    pub messages: Vec<Said>,
    /// Stands where nothing was said yet.
    pub none: String,
    /// Phrases to answer with.
    pub answers: Vec<Choice>,
    /// *Write an answer*; empty where nobody would read it.
    pub write: String,
    /// Back.
    pub close: String,
}

/// The inactivity warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// *Are you still there?*
    pub title: String,
    /// Seconds until the session ends, rounded up.
    pub seconds: u32,
    /// The same in words.
    pub countdown: String,
    /// *I am still here*.
    pub still_here: String,
}

/// Says texts in the language of the session, and times in the zone of the clinic.
pub struct Speaker<'a> {
    language: Language,
    clinic: &'a Clinic,
}

impl<'a> Speaker<'a> {
    /// A speaker of a language by its BCP 47 code.
    pub fn new(code: &str, clinic: &'a Clinic) -> Self {
        Self { language: clinic.words.language_or_english(code), clinic }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.clinic.words.text(self.language, key)
    }

    /// A text with values in it.
    pub fn say_with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.clinic.words.text_with(self.language, key, values)
    }

    /// A time of day, as on a clock in the clinic.
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.clinic.zone).format("%H:%M").to_string()
    }

    /// When somebody will be called, as marks on a clock: the values `begin` and `end` of a text.
    pub fn clock_range(&self, range: Range) -> [(&'static str, Value); 2] {
        let Range { from, until } = range.on_the_clock();
        [("begin", self.clock(from).into()), ("end", self.clock(until).into())]
    }

    /// How long somebody will wait, as it is told at a moment.
    pub fn wait(&self, range: Range, now: DateTime<Utc>) -> String {
        if range.until <= now {
            return self.say("wait-none");
        }
        let [begin, end] = self.clock_range(range);
        let (key, from, until) = match Spoken::of(range, now) {
            Spoken::LessThan(minutes) => {
                return self.say_with("wait-less", &[("minutes", i64::from(minutes).into())]);
            }
            Spoken::Minutes(from, until) => {
                ("wait", Value::from(i64::from(from)), Value::from(i64::from(until)))
            }
            Spoken::HalfHours(from, until) => ("wait-hours", as_hours(from).into(), as_hours(until).into()),
        };
        self.say_with(key, &[("from", from), ("until", until), begin, end])
    }

    /// A text with a time of day in it.
    pub fn say_at(&self, key: &str, at: DateTime<Utc>) -> String {
        self.say_with(key, &[("time", self.clock(at).into())])
    }

    /// A text with a day and a time of day in it.
    pub fn say_on(&self, key: &str, at: DateTime<Utc>) -> String {
        self.say_with(key, &[("date", self.day(at).into()), ("time", self.clock(at).into())])
    }

    /// A text with a day in it.
    pub fn say_day(&self, key: &str, at: DateTime<Utc>) -> String {
        self.say_with(key, &[("date", self.day(at).into())])
    }

    /// A day with its weekday, in words.
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.day_as("date-pattern", at)
    }

    /// The same, as short as it is still understood: for lists of days.
    pub fn short_day(&self, at: DateTime<Utc>) -> String {
        self.day_as("date-pattern-short", at)
    }

    fn day_as(&self, pattern: &str, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.clinic.zone).format_localized(&self.say(pattern), self.locale()).to_string()
    }

    /// A day with its year, in words.
    pub fn whole_day(&self, day: NaiveDate) -> String {
        day.format_localized(&self.say("whole-date-pattern"), self.locale()).to_string()
    }

    fn locale(&self) -> chrono::Locale {
        // A clinic with a language whose locale is unknown is refused.
        chrono::Locale::try_from(self.language.locale()).unwrap_or_default()
    }
}

/// The lines that say something: not every record names a clinician.
fn said(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| !line.trim().is_empty()).collect()
}

/// The devices of a kiosk that its screens speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Devices {
    /// It reads codes.
    pub scanner: bool,
    /// Cards can be paid with.
    pub terminal: bool,
}

impl From<&Kiosk> for Devices {
    fn from(kiosk: &Kiosk) -> Self {
        Self { scanner: kiosk.scanner.is_some(), terminal: kiosk.terminal.is_some() }
    }
}

/// What the session looks like at a kiosk with these devices.
pub fn view(session: &Session, clinic: &Clinic, devices: Devices) -> View {
    let terminal = devices.terminal && session.may_charge(clinic) && !clinic.practice;
    let devices = Devices { terminal, ..devices };
    let code = session.language_code(clinic);
    let speaker = Speaker::new(code, clinic);
    let unread = session.unread().is_some();
    let banner = match (&session.step, session.on_the_way()) {
        // At the welcome the next person may be reading; what somebody writes is not disturbed twice.
        (Step::Welcome, _) => String::new(),
        _ if unread => speaker.say("message-waits"),
        // There the message says it already.
        (Step::Requested(..), _) | (_, None) => String::new(),
        (_, Some(name)) => speaker.say_with("on-the-way", &[("name", name.into())]),
    };
    let banner_action =
        if unread && !banner.is_empty() { speaker.say("message-read") } else { String::new() };
    let start_over = match session.step {
        Step::Welcome | Step::StartOver(_) => String::new(),
        _ => speaker.say("start-over"),
    };
    View {
        frame: Frame {
            clinic: clinic.name.clone(),
            help: speaker.say("need-help"),
            start_over,
            language: code.to_string(),
            rtl: speaker.language.is_rtl(),
            banner,
            banner_action,
            practice: if clinic.practice { speaker.say("practice") } else { String::new() },
            preferences: match session.choosing_preferences {
                true => String::new(),
                false => speaker.say("preferences"),
            },
        },
        screen: match session.choosing_preferences {
            true => Screen::Preferences(preferences::preferences(session, clinic, &speaker)),
            false => screen(&session.step, session, clinic, &speaker, devices),
        },
        look: session.preferences,
        warning: match session.presence(clinic) {
            Presence::There | Presence::Gone => None,
            Presence::Warned(left) => {
                let seconds = left.as_millis().div_ceil(1000) as u32;
                Some(Warning {
                    title: speaker.say("warning-title"),
                    seconds,
                    countdown: speaker.say_with("seconds-left", &[("seconds", i64::from(seconds).into())]),
                    still_here: speaker.say("still-here"),
                })
            }
        },
    }
}

fn screen(
    step: &Step,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
    devices: Devices,
) -> Screen {
    match step {
        Step::Welcome => match &session.closed {
            Some(notice) => Screen::Closed(closed::closed(notice, session, clinic, speaker)),
            None => Screen::Welcome(welcome::welcome(session, clinic, speaker, devices)),
        },
        Step::Identify(identify) => {
            Screen::Question(Box::new(question::identify(identify, session, speaker)))
        }
        Step::Register(register) => {
            Screen::Question(Box::new(question::register(register, clinic, session, speaker)))
        }
        Step::Form(filling) => match filling.at {
            Some(at) => Screen::Question(Box::new(form::asked(filling, at, session, clinic, speaker))),
            None => Screen::Review(form::review(filling, session, clinic, speaker)),
        },
        // A wait that nobody feels is not shown: the screen before stays.
        Step::Waiting(waiting) if session.moment.at.saturating_sub(waiting.since) < notice::FELT => {
            screen(&waiting.under, session, clinic, speaker, devices)
        }
        Step::Waiting(_) => Screen::Notice(notice::waiting(speaker)),
        Step::Confirm(known) => Screen::Confirm(confirm::confirm(known, session, clinic, speaker)),
        Step::Booking(booking) => {
            Screen::Question(Box::new(booking::booking(booking, session, clinic, speaker)))
        }
        Step::Booked(booked) => Screen::Done(booking::booked(booked, clinic, speaker)),
        Step::Settled(settled) => Screen::Notice(booking::settled(settled, speaker)),
        Step::Details(asked) => details::details(asked, session, clinic, speaker),
        Step::FillIn(fill_in) => Screen::Confirm(details::fill_in(fill_in, session, clinic, speaker)),
        Step::Unknown(_) => Screen::Notice(details::unknown(speaker)),
        Step::Instruct(instruction) => Screen::Notice(arrival::instruct(instruction, clinic, speaker)),
        Step::Requested(id, resume) => match session.request(*id) {
            Some(request) if request.urgency == Urgency::Emergency => {
                Screen::Emergency(help::emergency(request, resume.is_some(), clinic, session, speaker))
            }
            _ => Screen::Notice(notice::requested(*id, resume.is_some(), session, clinic, speaker)),
        },
        Step::Help(_) => Screen::Help(help::help(clinic, speaker)),
        Step::Telling(telling) => Screen::Question(Box::new(question::telling(telling, clinic, speaker))),
        Step::Companion => Screen::Question(Box::new(question::companion(session, clinic, speaker))),
        Step::Acting(asked) => Screen::Question(Box::new(family::acting(asked, session, clinic, speaker))),
        Step::ConfirmActing(confirm) => Screen::Confirm(family::confirm_acting(confirm, speaker)),
        Step::Tickets => Screen::Notice(family::tickets(session, speaker)),
        Step::WalkIn(_) => Screen::Question(Box::new(arrival::walk_in(clinic, speaker))),
        Step::FindCase(find) => Screen::Question(Box::new(question::find_case(find, speaker))),
        Step::Talk(talk) => Screen::Talk(talk::talk(talk.request, session, clinic, speaker)),
        Step::StartOver(_) => Screen::Notice(notice::start_over(speaker)),
        Step::Pay(paying) => pay::pay(paying, clinic, speaker, devices),
        Step::Done(done) if done.text == TextToWrite::Shown => {
            Screen::Notice(done::to_write(done, clinic, speaker))
        }
        Step::Done(done) => Screen::Done(done::done(done, session, clinic, speaker)),
    }
}
