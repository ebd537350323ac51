//! Hands at the glass of a kiosk: a real runner without a window.

use super::PATIENCE;
use super::clinic::{Guest, Place};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use vestibule::clinic::Clinic;
use vestibule::front_desk::code::Code;
use vestibule::front_desk::registration::Question;
use vestibule::kiosk::runner::{KioskError, Runner};
use vestibule::kiosk::screens::{self, Done, Entry, Notice, Screen, Tone};
use vestibule::kiosk::session::{Event, GUARD, Pen, Touch};

/// A kiosk and whoever stands at it.
pub struct Hands {
    pub runner: Runner,
    woken: Receiver<()>,
}

impl Hands {
    pub fn at(place: &Place, kiosk: &str) -> Self {
        Self::start(&place.clinic, kiosk).unwrap()
    }

    pub fn start(clinic: &Arc<Clinic>, kiosk: &str) -> Result<Self, KioskError> {
        let (wake, woken) = channel();
        let wake = move || {
            let _ = wake.send(());
        };
        Ok(Self { runner: Runner::start(Arc::clone(clinic), kiosk, wake)?, woken })
    }

    pub fn screen(&self) -> Screen {
        self.runner.view().screen
    }

    /// Lets the kiosk live until something is on the glass.
    pub fn until<T>(&mut self, what: &str, mut seen: impl FnMut(&Screen) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(seen) = seen(&self.screen()) {
                return seen;
            }
            assert!(began.elapsed() < PATIENCE, "{what} did not come: {:?}", self.screen());
            self.live(Duration::from_millis(20));
        }
    }

    /// Lets the kiosk live for at most so long, until it has something to do.
    pub fn live(&mut self, at_most: Duration) {
        // A time-out is as good a reason to look as a word.
        let _ = self.woken.recv_timeout(at_most);
        while self.woken.try_recv().is_ok() {}
        self.runner.pump();
    }

    /// Touches, once the screen that has just appeared takes touches.
    pub fn touch(&mut self, touch: Touch) {
        self.touch_and(touch, || {});
    }

    /// Touches, and does something else just before the finger is down.
    pub fn touch_and(&mut self, touch: Touch, just_before: impl FnOnce()) {
        std::thread::sleep(GUARD + Duration::from_millis(5));
        self.runner.pump();
        just_before();
        self.runner.happen(Event::Touched(touch));
    }

    pub fn type_in(&mut self, text: &str) {
        for character in text.chars() {
            self.runner.happen(Event::Typed(character));
        }
    }

    /// The day's book, of so many people with one appointment each, has come from the desk.
    pub fn wait_for_the_book(&mut self, people: usize) {
        let store = self.runner.store().clone();
        super::until("the book of the day", || {
            self.runner.pump();
            store.run(|store| store.directory_counts()).unwrap().appointments >= people as u64
        });
    }

    /// From the welcome to *Is this you?*, by name.
    pub fn identify(&mut self, guest: &Guest) {
        self.touch(Touch::HaveAppointment);
        self.type_in(&guest.born());
        self.touch(Touch::Next);
        self.type_in(&guest.patient.name.family);
        self.touch(Touch::Next);
        self.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
    }

    /// From the welcome to *Is this you?*, with a letter that has the record's number as a code.
    pub fn identify_by_code(&mut self, guest: &Guest) {
        let number = guest.patient.number.clone().unwrap();
        self.runner.happen(Event::Scanned(Some(Code::PatientNumber(number))));
        self.type_in(&guest.born());
        self.touch(Touch::Next);
        self.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
    }

    /// From the welcome to the number.
    pub fn check_in(&mut self, guest: &Guest) -> Done {
        self.identify(guest);
        self.touch(Touch::Yes);
        self.answer_forms();
        self.until("the number", done)
    }

    /// Answers the clinic's forms that are asked, if any: whatever must be answered is, and a cross is drawn.
    pub fn answer_forms(&mut self) {
        loop {
            match self.screen() {
                Screen::Review(_) => {}
                Screen::Question(question) if !question.error.is_empty() => {
                    panic!("this answer does not do: {}", question.error)
                }
                Screen::Question(question) => match question.entry {
                    Entry::Choices(_) => self.touch(Touch::Choice(1)),
                    // What is to be agreed to is agreed to by going on.
                    Entry::Several(_) | Entry::Statement(_) => {}
                    Entry::Text(_) => self.type_in("nothing"),
                    Entry::Signature(_) => {
                        std::thread::sleep(GUARD + Duration::from_millis(5));
                        self.runner.happen(Event::Drawn(Pen::Down { x: 0.2, y: 0.1, height: 0.4 }));
                        self.runner.happen(Event::Drawn(Pen::To { x: 0.4, y: 0.3 }));
                    }
                    other => panic!("hands do not know how to answer this: {other:?}"),
                },
                _ => return,
            }
            self.touch(Touch::Next);
        }
    }

    /// A new patient, from the welcome through every question to the consent.
    pub fn register(&mut self, patient: &NewPatient<'_>) {
        self.touch(Touch::NewHere);
        let clinic = self.runner.clinic().clone();
        for asked in clinic.routines.registration.asked.iter().map(|asked| asked.question) {
            match asked {
                Question::GivenName => self.type_in(patient.given),
                Question::FamilyName => self.type_in(patient.family),
                Question::DateOfBirth => self.type_in(patient.born),
                Question::Phone => self.type_in("+34 600 111 222"),
                Question::Street => self.type_in("Calle Mayor 5"),
                Question::PostalCodeAndTown => self.type_in("28013 Madrid"),
                Question::ContactName => self.type_in("Somebody Else"),
                Question::ContactPhone => self.type_in("600 333 444"),
                Question::Sex | Question::Language | Question::Reason => {
                    self.touch(Touch::Choice(0));
                }
                Question::SchemeNumber => {
                    self.touch(Touch::Skip);
                    continue;
                }
                Question::Consent => {}
                other => panic!("nobody knows an answer to {other:?}"),
            }
            self.touch(if asked == Question::Consent { Touch::Yes } else { Touch::Next });
        }
    }

    /// Waits until the glass says what became of the paper.
    pub fn paper(&mut self) -> Done {
        self.until("the end of the paper", |screen| {
            done(screen).filter(|done| !done.paper.is_empty() && done.paper_tone != Tone::Calm)
        })
    }

    /// Waits for a message.
    pub fn notice(&mut self, what: &str) -> Notice {
        self.until(what, notice)
    }

    /// From the number or a message back to the welcome.
    pub fn finish(&mut self) {
        self.touch(Touch::Finish);
        assert!(matches!(self.screen(), Screen::Welcome(_)), "{:?}", self.screen());
    }
}

/// What somebody new answers.
pub struct NewPatient<'a> {
    pub given: &'a str,
    pub family: &'a str,
    pub born: &'a str,
}

pub fn question(screen: &Screen) -> Option<screens::Question> {
    match screen {
        Screen::Question(question) => Some(question.as_ref().clone()),
        _ => None,
    }
}

pub fn done(screen: &Screen) -> Option<Done> {
    match screen {
        Screen::Done(done) => Some(done.clone()),
        _ => None,
    }
}

pub fn notice(screen: &Screen) -> Option<Notice> {
    match screen {
        Screen::Notice(notice) => Some(notice.clone()),
        _ => None,
    }
}
