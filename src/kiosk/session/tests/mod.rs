//! Every path of a patient, and what must hold on all of them.

mod arrivals;
mod asked;
mod booking;
mod closed;
mod family;
mod form;
mod needs;
mod pay;
mod preferences;
mod registration;

use super::*;
use crate::clinic::{EXAMPLE, read_text};
use crate::front_desk::appointment::BookedVisit;
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::booking::{BookingAnswer, Slot, SlotOffer, SlotSearch, Unanswered};
use crate::front_desk::code::Code;
use crate::front_desk::family::ActingPerson;
use crate::front_desk::family::Member;
use crate::front_desk::message::Message;
use crate::front_desk::message::Side;
use crate::front_desk::patient::{DateOfBirth, Patient};
use crate::front_desk::patient::{PersonName, Source};
use crate::front_desk::registration::{FieldProblem, Question as Registration};
use crate::front_desk::request::{OwnWords, RequestState};
use crate::front_desk::request::{Request, RequestReason, TakenStep};
use crate::front_desk::ticket::{NewVisit, TicketId, TicketNumber};
use crate::kiosk::screens::{self, Devices, Screen};
use chrono::TimeDelta;
use proptest::prelude::*;
use std::sync::LazyLock;
use uuid::Uuid;
use vestibule_ui::words::Words;

static CLINIC: LazyLock<Clinic> = LazyLock::new(|| read_text("example.toml", EXAMPLE).unwrap());

fn now() -> DateTime<Utc> {
    // A Tuesday, 10:00 in Madrid.
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// Positions of categories in the example's routines.
const INTERPRETER: usize = 0;
const COMPLAINT: usize = 7;

/// A kiosk that is played by hand; time stands still unless it is told to pass.
struct Lobby {
    clinic: &'static Clinic,
    session: Session,
    at: Duration,
    ids: u128,
    effects: Vec<Effect>,
}

impl Lobby {
    fn new() -> Self {
        Self::of(&CLINIC)
    }

    /// The kiosk of another clinic.
    fn of(clinic: &'static Clinic) -> Self {
        let moment = Moment { now: now(), at: Duration::ZERO, id: Uuid::nil() };
        Self { clinic, session: Session::new(moment), at: Duration::ZERO, ids: 0, effects: Vec::new() }
    }

    fn event(&mut self, event: Event) -> &mut Self {
        self.ids += 1;
        let moment = Moment {
            now: now() + TimeDelta::from_std(self.at).unwrap(),
            at: self.at,
            id: Uuid::from_u128(self.ids),
        };
        let place = Place { clinic: self.clinic, kiosk: "lobby" };
        let (session, effects) = step(self.session.clone(), event, place, moment);
        self.session = session;
        self.effects.extend(effects);
        self
    }

    /// A person's touch: never twice within the guard.
    fn touch(&mut self, touch: Touch) -> &mut Self {
        self.at += Duration::from_secs(1);
        self.event(Event::Touched(touch))
    }

    fn call_person(&mut self) -> &mut Self {
        self.touch(Touch::NeedHelp).touch(Touch::CallPerson)
    }

    fn type_in(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.event(Event::Typed(character));
        }
        self
    }

    fn wait(&mut self, seconds: u64) -> &mut Self {
        for _ in 0..seconds * 2 {
            self.at += Duration::from_millis(500);
            self.event(Event::Ticked);
        }
        self
    }

    /// Nobody touches anything for long; who answers an emergency by going there says so at the kiosk.
    fn everybody_leaves(&mut self) -> &mut Self {
        if self.session.is_paying() {
            // Neither the terminal nor the bank ever says anything more.
            self.at += Duration::from_secs(5 * 60 + 1);
            self.event(Event::Ticked);
        }
        let patience = u64::from(self.session.preferences.patience());
        self.wait(16 + patience * 45 + 30 + 46);
        if self.session.calls_for_help() {
            self.touch(Touch::Finish);
        }
        self
    }

    /// The last question to the store.
    fn asked(&self) -> (Ask, &Question) {
        match self.effects.last() {
            Some(Effect::Ask(ask, question)) => (*ask, question),
            other => panic!("nothing is asked: {other:?}"),
        }
    }

    fn answer(&mut self, answer: impl Into<Answer>) -> &mut Self {
        let (ask, _) = self.asked();
        self.event(Event::Answered(ask, answer.into()))
    }

    fn raised(&self) -> &Request {
        match self.effects.last() {
            Some(Effect::Raise(request)) => request,
            other => panic!("nothing is raised: {other:?}"),
        }
    }

    fn screen(&self) -> Screen {
        self.view().screen
    }

    fn view(&self) -> screens::View {
        let kiosk = self.clinic.kiosk("lobby").unwrap();
        let devices = Devices { scanner: true, ..Devices::from(kiosk) };
        screens::view(&self.session, self.clinic, devices)
    }

    /// The example's forms for a blood test, answered and sent: nothing applies, and a cross is drawn.
    fn blood_test_forms_answered(&mut self) -> &mut Self {
        self.touch(Touch::Choice(1)).touch(Touch::Next).touch(Touch::Next).signs();
        self.touch(Touch::Next).touch(Touch::Next)
    }

    fn signs(&mut self) -> &mut Self {
        self.at += Duration::from_secs(1);
        self.event(Event::Drawn(Pen::Down { x: 0.2, y: 0.1, height: 0.4 }));
        self.event(Event::Drawn(Pen::To { x: 0.4, y: 0.3 }))
    }

    fn notice(&self) -> screens::Notice {
        match self.screen() {
            Screen::Notice(notice) => notice,
            other => panic!("no notice: {other:?}"),
        }
    }

    fn identified_by_name(&mut self) -> &mut Self {
        self.touch(Touch::HaveAppointment)
            .type_in("07111950")
            .touch(Touch::Next)
            .type_in("garcia")
            .touch(Touch::Next)
    }

    /// Up to *Is this you?* for somebody with these appointments.
    fn confirming(&mut self, visits: Vec<BookedVisit>) -> &mut Self {
        let known = known(maria(), visits);
        self.identified_by_name().answer(Found::One(Box::new(known)))
    }

    fn registered(&mut self) -> &mut Self {
        self.touch(Touch::NewHere).answers_registration()
    }

    /// Begins a registration for somebody else, and says who does so.
    fn acts_as(&mut self, name: &str, phone: &str) -> &mut Self {
        self.touch(Touch::NewHere).says_who_acts(name, phone)
    }

    fn says_who_acts(&mut self, name: &str, phone: &str) -> &mut Self {
        self.touch(Touch::Choice(1)).type_in(name).touch(Touch::Next);
        self.type_in(phone).touch(Touch::Next).touch(Touch::Yes)
    }

    fn answers_registration(&mut self) -> &mut Self {
        for (question, answer) in REGISTRATION {
            match &self.session.step {
                Step::Register(register) => assert_eq!(register.question, question),
                other => panic!("not registering: {other:?}"),
            }
            match answer {
                Given::Text(text) => self.type_in(text),
                Given::Choice(position) => self.touch(Touch::Choice(position)),
            };
            self.touch(Touch::Next);
        }
        self
    }
}

enum Given {
    Text(&'static str),
    Choice(usize),
}

const REGISTRATION: [(Registration, Given); 11] = [
    (Registration::GivenName, Given::Text("Seán")),
    (Registration::FamilyName, Given::Text("O'Brien")),
    (Registration::DateOfBirth, Given::Text("29022000")),
    (Registration::Sex, Given::Choice(1)),
    (Registration::Phone, Given::Text("+34 600 111 222")),
    (Registration::Street, Given::Text("Calle Mayor 5")),
    (Registration::PostalCodeAndTown, Given::Text("28013 Madrid")),
    (Registration::ContactName, Given::Text("Aoife O'Brien")),
    (Registration::ContactPhone, Given::Text("600333444")),
    (Registration::SchemeNumber, Given::Text("12345678z")),
    (Registration::Reason, Given::Choice(1)),
];

/// Somebody who was found, of whom nothing else is on record.
fn known(patient: Patient, visits: Vec<BookedVisit>) -> Known {
    Known { patient, visits, offer: None, members: Vec::new(), forms: FormsAnswered::new() }
}

fn maria() -> Patient {
    Patient {
        id: PatientId(Uuid::from_u128(0xA)),
        number: Some("100017".into()),
        name: PersonName { given: "Maria Luisa".into(), family: "García López".into() },
        date_of_birth: DateOfBirth::new(1950, 11, 7, now().date_naive()).unwrap(),
        sex: None,
        phone: None,
        address: None,
        emergency_contact: None,
        language: None,
        source: Source::Imported,
        balance_due: None,
        further: Default::default(),
    }
}

fn visit(minutes: i64, status: AppointmentStatus, ticket: Option<Ticket>) -> BookedVisit {
    BookedVisit {
        appointment: Appointment {
            id: AppointmentId(Uuid::from_u128(0xB)),
            patient: maria().id,
            service: "general".into(),
            clinician: "Dr Chen".into(),
            starts_at: now() + TimeDelta::minutes(minutes),
            minutes: 15,
            status,
            site: None,
        },
        ticket,
        changed: None,
    }
}

fn booked(minutes: i64) -> Vec<BookedVisit> {
    vec![visit(minutes, AppointmentStatus::Booked, None)]
}

/// The same for a service that the example asks a form for.
fn for_blood(mut visits: Vec<BookedVisit>) -> Vec<BookedVisit> {
    visits.iter_mut().for_each(|visit| visit.appointment.service = "blood".into());
    visits
}

fn ticket() -> Ticket {
    Ticket {
        id: TicketId(Uuid::from_u128(0xC)),
        number: TicketNumber::new('C', "1", 7),
        day: now().date_naive(),
        service: "general".into(),
        issued_at: now(),
        expected_at: now() + TimeDelta::minutes(15),
        expected_until: Some(now() + TimeDelta::minutes(25)),
        come_back_at: now() + TimeDelta::minutes(35),
        language: "en".into(),
    }
}

#[test]
fn a_booked_patient_types_two_identifiers_and_holds_a_number() {
    let mut lobby = Lobby::new();
    lobby.confirming(booked(20));
    let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
    assert_eq!(confirm.name, "Maria G.");
    assert_eq!(confirm.lines, ["Today at 10:20", "Dr Chen"]);
    lobby.touch(Touch::Yes);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert_eq!(visit.appointment.as_ref().map(|a| a.id), Some(AppointmentId(Uuid::from_u128(0xB))));
    lobby.answer(Answer::CheckedIn(ticket()));
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!((done.number.as_str(), done.again.as_str()), ("C107", ""));
    assert_eq!(done.paper, "Your ticket is being printed.");
    lobby.event(Event::Paper(Printed::Ticket(ticket().id), PaperState::Printed));
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!(done.paper, "Your ticket is printed. Please take it.");
    lobby.touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn a_scanned_code_still_asks_for_the_date_of_birth() {
    let mut lobby = Lobby::new();
    let code = Code::Appointment(AppointmentId(Uuid::from_u128(0xB)));
    lobby.event(Event::Scanned(Some(code.clone()))).type_in("07111950").touch(Touch::Next);
    let (_, question) = lobby.asked();
    assert_eq!(question, &Question::Who(Identifiers::Code(maria().date_of_birth, code)));
    lobby.answer(Found::Nobody);
    // The letter leads nowhere: the next try asks for the name.
    lobby.touch(Touch::Next);
    let Step::Identify(identify) = &lobby.session.step else { panic!("not identifying") };
    assert_eq!(identify.question, IdentifyQuestion::FamilyName);
}

#[test]
fn a_strange_code_gets_a_friendly_answer() {
    let mut lobby = Lobby::new();
    lobby.event(Event::Scanned(None));
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert!(question.error.contains("cannot use this code"));
    lobby.type_in("0");
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.error, "");
}

#[test]
fn what_does_not_match_is_not_told_apart_and_the_third_miss_goes_to_the_desk() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name();
    for _ in 0..2 {
        lobby.answer(Found::Nobody);
        let Screen::Question(question) = lobby.screen() else { panic!("no question") };
        assert_eq!(question.error, Words::own().text(Words::own().language_or_english("en"), "no-match"));
        lobby.touch(Touch::Next).touch(Touch::Next);
    }
    lobby.answer(Found::Nobody);
    let request = lobby.raised();
    assert_eq!(request.reason, RequestReason::NotIdentified);
    assert_eq!(request.stopped_at, "identify: family name");
    assert!(request.patients.is_empty());
    assert_eq!(request.acknowledge_by - request.raised_at, TimeDelta::minutes(3));
}

#[test]
fn starting_over_does_not_give_three_more_tries() {
    let mut lobby = Lobby::new();
    for _ in 0..2 {
        lobby.identified_by_name().answer(Found::Nobody).touch(Touch::StartOver);
        assert_eq!(lobby.session.step, Step::Welcome);
    }
    lobby.identified_by_name().answer(Found::Nobody);
    assert_eq!(lobby.raised().reason, RequestReason::NotIdentified);
    // The next person, after nobody was there for a while, has three.
    lobby.wait(80);
    lobby.identified_by_name().answer(Found::Nobody);
    assert!(matches!(lobby.session.step, Step::Identify(_)));
}

#[test]
fn two_records_that_fit_are_never_shown() {
    let mut lobby = Lobby::new();
    let both = vec![PatientId(Uuid::from_u128(1)), PatientId(Uuid::from_u128(2))];
    lobby.identified_by_name().answer(Found::Several(both.clone()));
    assert_eq!((lobby.raised().reason, &lobby.raised().patients), (RequestReason::SeveralRecords, &both));
    assert_eq!(lobby.notice().title, "Please go to the desk");
}

#[test]
fn every_arrival_gets_an_instruction() {
    let cancelled = vec![visit(20, AppointmentStatus::Cancelled, None)];
    for (visits, reason, title) in [
        (booked(61), Err(RequestReason::EarlyArrival), "You are early"),
        (booked(-16), Ok(RequestReason::LateArrival), "Please go to the desk"),
        (booked(-121), Ok(RequestReason::LateArrival), "Please go to the desk"),
        (booked(60 * 48), Err(RequestReason::OtherDay), "Your appointment is on another day"),
        (booked(-60 * 48), Err(RequestReason::OtherDay), "Your appointment is on another day"),
        (cancelled, Ok(RequestReason::AppointmentCancelled), "Please go to the desk"),
        (vec![], Ok(RequestReason::NoAppointment), "Please go to the desk"),
    ] {
        let mut lobby = Lobby::new();
        lobby.confirming(visits).touch(Touch::Yes);
        assert_eq!(lobby.notice().title, title);
        assert!(lobby.notice().lines.len() >= 2, "{title} says what to do");
        assert_eq!(lobby.notice().primary, "Finish");
        match reason {
            Ok(reason) => assert_eq!(
                (lobby.raised().reason, lobby.raised().patients.as_slice()),
                (reason, &[maria().id][..])
            ),
            // Not a dead end: the desk can be asked.
            Err(reason) => {
                lobby.touch(Touch::Again);
                assert_eq!(lobby.raised().reason, reason);
            }
        }
        lobby.touch(Touch::Finish);
        assert_eq!(lobby.session.step, Step::Welcome);
    }
}

#[test]
fn an_early_patient_is_told_when_to_come_back() {
    let mut lobby = Lobby::new();
    lobby.confirming(booked(90)).touch(Touch::Yes);
    let lines = lobby.notice().lines.join(" ");
    assert!(lines.contains("11:30") && lines.contains("10:30"), "{lines}");
}

#[test]
fn who_is_checked_in_already_sees_the_same_number_and_can_have_it_printed_once() {
    let mut lobby = Lobby::new();
    let visits = vec![visit(20, AppointmentStatus::Booked, Some(ticket()))];
    lobby.confirming(visits).touch(Touch::Yes);
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!((done.number.as_str(), done.paper.as_str()), ("C107", ""));
    lobby.touch(Touch::Again).touch(Touch::Again);
    let copies = lobby.effects.iter().filter(|e| matches!(e, Effect::PrintCopy(_))).count();
    assert_eq!(copies, 1);
}

#[test]
fn thats_not_me_goes_to_the_desk() {
    let mut lobby = Lobby::new();
    lobby.confirming(booked(20)).touch(Touch::No);
    assert_eq!(lobby.raised().reason, RequestReason::NotThatPerson);
    assert_eq!(lobby.raised().stopped_at, "confirm");
}

#[test]
fn a_new_patient_registers_and_holds_a_number() {
    let mut lobby = Lobby::new();
    lobby.registered().touch(Touch::Yes);
    lobby.blood_test_forms_answered();
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    let patient = visit.registration.as_ref().unwrap();
    assert_eq!(patient.name, PersonName { given: "Seán".into(), family: "O'Brien".into() });
    assert_eq!(patient.phone.as_deref(), Some("+34600111222"));
    assert_eq!(patient.address.as_ref().unwrap().one_line(), "Calle Mayor 5, 28013 Madrid");
    assert_eq!(patient.further.scheme_number.as_ref().unwrap().number, "12345678Z");
    assert_eq!((visit.service.as_str(), visit.reason.as_deref()), ("blood", Some("blood-test")));
    assert_eq!(patient.source, Source::Kiosk);
    lobby.answer(Answer::CheckedIn(ticket()));
    assert!(matches!(lobby.session.step, Step::Done(_)));
}

#[test]
fn without_consent_nothing_that_was_entered_is_kept() {
    let mut lobby = Lobby::new();
    lobby.registered().touch(Touch::No);
    assert_eq!(lobby.raised().reason, RequestReason::NoConsent);
    assert_eq!(lobby.raised().registration, None);
    let whole = format!("{:?}", lobby.session);
    assert!(!whole.contains("Seán"), "{whole}");
}

#[test]
fn each_answer_is_checked_as_it_is_left_and_going_back_loses_nothing() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).touch(Touch::Next);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.problem, Some(FieldProblem::Empty));
    lobby.type_in("Seán").touch(Touch::Next).type_in("O'Brien").touch(Touch::Next).type_in("3102");
    // Half a date does not keep anybody from going back.
    lobby.touch(Touch::Back).touch(Touch::Back);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(
        (register.question, register.draft.text(Registration::GivenName)),
        (Registration::GivenName, "Seán")
    );
    assert_eq!(register.draft.date.parts(), ["31", "02", ""]);
    lobby.touch(Touch::Next).touch(Touch::Next).type_in("1990").touch(Touch::Next);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.problem, Some(FieldProblem::NoSuchDay));
}

#[test]
fn back_from_the_first_answer_asks_before_it_clears() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).touch(Touch::Back);
    assert_eq!(lobby.session.step, Step::Welcome, "nothing was typed");
    lobby.touch(Touch::NewHere).type_in("Seán").touch(Touch::Back);
    assert_eq!(lobby.notice().title, "Start over?");
    lobby.touch(Touch::Again);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.draft.text(Registration::GivenName), "Seán");
    lobby.touch(Touch::StartOver).touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn strange_answers_do_no_harm() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("\u{1b}\u{7}\n  X\u{0}").touch(Touch::Next);
    lobby.type_in(&"Ж".repeat(300)).touch(Touch::Next);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.draft.text(Registration::GivenName), "X");
    assert_eq!(register.draft.text(Registration::FamilyName).chars().count(), 250);
    assert_eq!(register.question, Registration::DateOfBirth);
    lobby.touch(Touch::Choice(7)).touch(Touch::Language(9)).touch(Touch::Yes).touch(Touch::Again);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.question, Registration::DateOfBirth);
}

#[test]
fn help_keeps_what_was_begun_and_is_asked_for_once() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán").call_person();
    assert_eq!(
        (lobby.raised().reason, lobby.raised().stopped_at.as_str()),
        (RequestReason::Help, "register: given name")
    );
    lobby.call_person().touch(Touch::Again);
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.draft.text(Registration::GivenName), "Seán");
    lobby.call_person();
    assert_eq!(lobby.effects.len(), 1, "one request, however often the button is touched");
}

#[test]
fn help_names_the_record_once_it_is_known_and_the_ticket() {
    let mut lobby = Lobby::new();
    lobby.confirming(booked(20)).call_person();
    assert_eq!(lobby.raised().patients, [maria().id]);
    let mut lobby = Lobby::new();
    lobby.confirming(booked(20)).touch(Touch::Yes).answer(Answer::CheckedIn(ticket())).call_person();
    assert_eq!(lobby.raised().ticket, Some(ticket().id));
    // The paper is noted although the ticket is covered.
    lobby.event(Event::Paper(Printed::Ticket(ticket().id), PaperState::NotPrinted)).touch(Touch::Again);
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert!(done.paper.starts_with("No paper came out"));
}

#[test]
fn a_patient_without_paper_can_have_text_to_write_down_until_there_is_paper_after_all() {
    let paper = |state| Event::Paper(Printed::Ticket(ticket().id), state);
    let number = ticket().number.to_string();
    let another = |lobby: &Lobby| match lobby.screen() {
        Screen::Done(done) => done.another,
        other => panic!("no ticket: {other:?}"),
    };
    for state in [PaperState::NotPrinted, PaperState::NotKnown] {
        let mut lobby = Lobby::new();
        lobby.confirming(booked(20)).touch(Touch::Yes).answer(Answer::CheckedIn(ticket()));
        assert!(another(&lobby).contains("another person"), "the paper may still come");
        lobby.event(paper(state));
        assert_eq!(another(&lobby), "Text to write down");
        let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
        assert!(done.number == number && !done.code.is_empty(), "number and code are on the glass");

        lobby.touch(Touch::AnotherPerson);
        let notice = lobby.notice();
        assert!(notice.title.ends_with(&number), "{notice:?}");
        assert_eq!(notice.lines.len(), 4, "what for, where to sit, when: {notice:?}");
        lobby.touch(Touch::Again);
        assert!(another(&lobby).contains("another person"), "back at the ticket, the family goes on");

        let mut lobby = Lobby::new();
        lobby
            .confirming(booked(20))
            .touch(Touch::Yes)
            .answer(Answer::CheckedIn(ticket()))
            .event(paper(state));
        lobby.touch(Touch::AnotherPerson).event(paper(PaperState::Printed));
        let Screen::Done(done) = lobby.screen() else { panic!("staff had a copy printed") };
        assert!(done.paper.contains("Please take it"));
        lobby.touch(Touch::Finish);
        assert!(matches!(lobby.screen(), Screen::Welcome(_)));
    }
}

#[test]
fn the_patient_is_told_how_far_a_request_has_come() {
    let mut lobby = Lobby::new();
    lobby.call_person();
    let id = lobby.raised().id;
    assert!(lobby.notice().busy);
    lobby.event(Event::RequestKept(id, true)).wait(5);
    assert!(lobby.notice().lines.join(" ").contains("has not been reached yet"), "the desk is away");
    lobby.event(Event::RequestDelivered(id));
    assert!(lobby.notice().lines.join(" ").contains("The desk has your request."));
    lobby.event(Event::RequestAcknowledged(id, "Maria".into()));
    assert_eq!(lobby.notice().title, "Maria is on the way to you");
    lobby.touch(Touch::Again).touch(Touch::HaveAppointment);
    let view = lobby.view();
    assert_eq!(view.frame.banner, "Maria is on the way to you");
    lobby.event(Event::RequestDelivered(id));
    assert_eq!(lobby.session.on_the_way(), Some("Maria"), "a late word does not undo a later one");
}

#[test]
fn a_request_that_could_not_be_kept_says_so() {
    let mut lobby = Lobby::new();
    lobby.call_person();
    let id = lobby.raised().id;
    lobby.event(Event::RequestKept(id, false));
    assert!(lobby.notice().lines.join(" ").contains("We could not tell the desk"));
    // And asking again asks again.
    lobby.touch(Touch::Again).call_person();
    assert_eq!(lobby.effects.len(), 2);
}

#[test]
fn a_store_that_fails_or_never_answers_is_told_and_can_be_tried_again() {
    for never in [false, true] {
        let mut lobby = Lobby::new();
        lobby.confirming(booked(20)).touch(Touch::Yes);
        if never {
            lobby.wait(16)
        } else {
            lobby.answer(Answer::Failed)
        };
        assert_eq!(lobby.notice().title, "This kiosk has a problem");
        assert_eq!(
            (lobby.raised().reason, lobby.raised().patients.as_slice()),
            (RequestReason::KioskFault, &[maria().id][..])
        );
        lobby.touch(Touch::Again).touch(Touch::Yes).answer(Answer::CheckedIn(ticket()));
        assert!(matches!(lobby.session.step, Step::Done(_)));
    }
}

#[test]
fn a_wait_is_shown_only_once_it_is_felt() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name();
    assert!(matches!(lobby.screen(), Screen::Question(_)));
    lobby.wait(1);
    assert!(lobby.notice().busy);
}

#[test]
fn an_answer_to_somebody_who_left_is_not_shown_to_the_next() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name();
    let (ask, _) = lobby.asked();
    lobby.wait(200);
    assert_eq!(lobby.session.step, Step::Welcome);
    let known = known(maria(), booked(20));
    lobby.identified_by_name();
    lobby.event(Event::Answered(ask, Found::One(Box::new(known)).into()));
    assert!(matches!(lobby.session.step, Step::Waiting(_)));
}

#[test]
fn nobody_there_is_warned_and_everything_is_cleared() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::Language(1)).confirming(booked(20));
    lobby.wait(44);
    assert_eq!(lobby.session.presence(&CLINIC), Presence::There);
    lobby.wait(2);
    let view = lobby.view();
    assert!(view.warning.as_ref().is_some_and(|warning| (20..=30).contains(&warning.seconds)), "{view:?}");
    lobby.wait(30);
    let fresh = Session { asked: lobby.session.asked, ..Session::new(lobby.session.moment) };
    assert_eq!(
        Session { quiet_since: fresh.quiet_since, guarded_until: Duration::ZERO, ..lobby.session },
        fresh
    );
}

#[test]
fn one_touch_goes_on_as_often_as_wanted_and_does_nothing_else() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán");
    for touch in
        [Touch::StillHere, Touch::Next, Touch::Finish, Touch::NeedHelp, Touch::StillHere, Touch::Back]
    {
        for _ in 0..3 {
            lobby.wait(60);
            assert!(matches!(lobby.session.presence(&CLINIC), Presence::Warned(_)));
            lobby.touch(touch);
            assert_eq!(lobby.session.presence(&CLINIC), Presence::There);
        }
    }
    lobby.wait(60).type_in("x");
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(
        (register.question, register.draft.text(Registration::GivenName)),
        (Registration::GivenName, "Seán")
    );
}

#[test]
fn a_double_tap_counts_once() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán").touch(Touch::Next);
    lobby.at += Duration::from_millis(120);
    lobby.event(Event::Touched(Touch::Next));
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!((register.question, register.problem), (Registration::FamilyName, None));
    // Typing is not held up.
    lobby.type_in("O");
    let Step::Register(register) = &lobby.session.step else { panic!("not registering") };
    assert_eq!(register.draft.text(Registration::FamilyName), "O");
}

#[test]
fn a_language_that_was_left_behind_is_set_back() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::Language(5));
    assert!(lobby.view().frame.rtl);
    lobby.wait(46);
    assert_eq!(lobby.session.language, 0);
}

/// Anything that can happen, in any order; what the store says is made up from the effects.
#[derive(Debug, Clone)]
enum Anything {
    Event(Event),
    AnswerLast(u8),
    RequestLast(u8),
    Pass(u16),
    /// Two identifiers, so that chance reaches what lies behind them.
    Identify,
    /// The same, for the book.
    OpenTheBook,
    /// All answers of a registration.
    Register,
    /// The same, for what is owed, with an item and a payment in doubt or without.
    Pay(bool, bool),
    /// Something is owed, or in doubt, by whoever stands there.
    OwedTold(bool, bool),
    /// What is heard of the last payment.
    PaymentLast(u8),
    /// A way to pay, by its position.
    PayBy(usize),
}

fn anything() -> impl Strategy<Value = Anything> {
    let touch = prop_oneof![
        1 => Just(Touch::HaveAppointment),
        1 => Just(Touch::NewHere),
        1 => Just(Touch::Appointments),
        2 => Just(Touch::Pay),
        2 => Just(Touch::NeedHelp),
        1 => Just(Touch::CallPerson),
        1 => Just(Touch::Emergency),
        1 => Just(Touch::ForSomebodyElse),
        2 => Just(Touch::AnotherPerson),
        2 => Just(Touch::CheckInAll),
        1 => Just(Touch::MyCase),
        1 => Just(Touch::Talk),
        4 => Just(Touch::Next),
        1 => Just(Touch::Skip),
        1 => Just(Touch::Back),
        2 => Just(Touch::Yes),
        1 => Just(Touch::No),
        1 => (0usize..6).prop_map(Touch::Choice),
        1 => (0usize..6).prop_map(Touch::Language),
        1 => Just(Touch::Again),
        1 => Just(Touch::Finish),
        1 => Just(Touch::StartOver),
        1 => Just(Touch::StillHere),
        1 => Just(Touch::Clear),
        1 => Just(Touch::OtherWay),
        1 => Just(Touch::Preferences),
        1 => (0usize..5).prop_map(Touch::TextSize),
        1 => prop_oneof![
            Just(Touch::Contrast),
            Just(Touch::Reach),
            Just(Touch::Stillness),
            Just(Touch::MoreTime),
            Just(Touch::Steady),
        ],
    ];
    let pen = (any::<bool>(), -0.5f32..1.5, -0.5f32..1.5).prop_map(|(down, x, y)| match down {
        true => Pen::Down { x, y, height: 0.4 },
        false => Pen::To { x, y },
    });
    prop_oneof![
        6 => touch.prop_map(|touch| Anything::Event(Event::Touched(touch))),
        6 => any::<char>().prop_map(|c| Anything::Event(Event::Typed(c))),
        4 => prop::sample::select(vec!['0', '1', '9', '5', 'a', 'Q']).prop_map(|c| Anything::Event(Event::Typed(c))),
        1 => Just(Anything::Event(Event::Erased)),
        1 => pen.prop_map(|pen| Anything::Event(Event::Drawn(pen))),
        1 => Just(Anything::Event(Event::Scanned(None))),
        1 => Just(Anything::Event(Event::Scanned(Code::parse(
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
        )))),
        1 => Just(Anything::Event(Event::Scanned(Some(Code::PatientNumber("100017".into()))))),
        6 => (0u8..16).prop_map(Anything::AnswerLast),
        2 => (0u8..8).prop_map(Anything::RequestLast),
        1 => any::<bool>().prop_map(|up| Anything::Event(Event::DeskAnswers(up))),
        1 => any::<bool>().prop_map(|at_once| {
            Anything::Event(Event::Closed { notice: ClosedNotice::default(), at_once })
        }),
        2 => Just(Anything::Event(Event::Reopened)),
        4 => (0u16..60_000).prop_map(Anything::Pass),
        3 => Just(Anything::Identify),
        1 => Just(Anything::OpenTheBook),
        1 => Just(Anything::Register),
        2 => (prop::bool::weighted(0.8), prop::bool::weighted(0.2))
            .prop_map(|(dues, doubt)| Anything::Pay(dues, doubt)),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(dues, doubt)| Anything::OwedTold(dues, doubt)),
        3 => (0usize..3).prop_map(Anything::PayBy),
        5 => (0u8..12).prop_map(Anything::PaymentLast),
    ]
}

/// A patient whose every text can be recognised on a screen.
fn marked(marker: &str) -> Patient {
    let name = PersonName { given: format!("{marker}given"), family: format!("{marker}family") };
    let (address, phone) = (Some(format!("{marker}street").into()), Some(format!("{marker}phone")));
    Patient { name, address, phone, ..maria() }
}

fn happen(lobby: &mut Lobby, what: &Anything, marker: &str) {
    match what {
        Anything::Event(event) => {
            lobby.at += Duration::from_millis(400);
            lobby.event(event.clone());
        }
        Anything::Identify => {
            lobby.touch(Touch::StartOver).touch(Touch::Finish).identified_by_name();
        }
        Anything::OpenTheBook => {
            let touched = lobby.touch(Touch::StartOver).touch(Touch::Finish).touch(Touch::Appointments);
            touched.type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
        }
        Anything::Register => {
            lobby.touch(Touch::StartOver).touch(Touch::Finish).touch(Touch::NewHere);
            for (_, answer) in REGISTRATION {
                match answer {
                    Given::Text(text) => lobby.type_in(text),
                    Given::Choice(position) => lobby.touch(Touch::Choice(position)),
                };
                lobby.touch(Touch::Next);
            }
        }
        Anything::Pay(dues, doubt) => {
            lobby.touch(Touch::StartOver).touch(Touch::Finish);
            lobby.came_to_pay(known(marked(marker), Vec::new()), pay::account(marker, *dues, *doubt));
        }
        Anything::OwedTold(dues, doubt) => {
            let ticket = match &lobby.session.step {
                Step::Done(done) => Some(done.ticket.id),
                _ => None,
            };
            let account = pay::account(marker, *dues, *doubt);
            lobby.event(Event::OwedTold(Owed { patient: maria().id, ticket, account }));
        }
        Anything::PayBy(position) => {
            lobby.pays_by(*position);
        }
        Anything::PaymentLast(choice) => {
            let Some(payment) = lobby.begun_payment() else { return };
            lobby.event(pay::news(payment.id, *choice, marker));
        }
        Anything::Pass(milliseconds) => {
            lobby.at += Duration::from_millis((*milliseconds).into());
            lobby.event(Event::Ticked);
        }
        Anything::AnswerLast(choice) => {
            let Some(ask) = lobby.effects.iter().rev().find_map(|effect| match effect {
                Effect::Ask(ask, _) => Some(*ask),
                _ => None,
            }) else {
                return;
            };
            let known = |visits| {
                let members = vec![family::member(marker)];
                Found::One(Box::new(Known { members, ..super::tests::known(marked(marker), visits) })).into()
            };
            if matches!(choice, 1 | 15) {
                let number = TicketNumber::new('Z', marker, 2);
                lobby.event(Event::VisitTold(VisitUnderWay {
                    patient: maria().id,
                    questions: vec![open_case(marker)],
                    ticket: Some(Ticket { number, ..ticket() }),
                }));
            }
            let answer = match choice {
                15 => known(Vec::new()),
                0 => Found::Nobody.into(),
                1 => known(booked(20)),
                2 => known(booked(200)),
                7 => Answer::Case(Some(Box::new(open_case(marker)))),
                8 => Answer::Case(None),
                9 => Answer::Slots(booking::slots_of(marker).into()),
                10 => Answer::Ordered(Ok(BookingAnswer::Booked { appointment: booking::with(marker) })),
                11 => Answer::Ordered(Ok(BookingAnswer::Cancelled { appointment: booking::with(marker) })),
                12 => Answer::Ordered(Ok(BookingAnswer::Taken)),
                13 => Answer::Ordered(Err(Unanswered::NotReached)),
                14 => known(for_blood(booked(20))),
                3 => Found::Several(vec![maria().id, maria().id]).into(),
                4 => Answer::DetailsKept,
                5 => Answer::CheckedIn(Ticket {
                    id: TicketId(Uuid::from_u128(0xC00 + lobby.ids)),
                    number: TicketNumber::new('Z', marker, 1),
                    ..ticket()
                }),
                _ => Answer::Failed,
            };
            lobby.event(Event::Answered(ask, answer));
        }
        Anything::RequestLast(choice) => {
            let Some(id) = lobby.effects.iter().rev().find_map(|effect| match effect {
                Effect::Raise(request) => Some(request.id),
                _ => None,
            }) else {
                return;
            };
            lobby.event(match choice {
                0 => Event::RequestKept(id, true),
                1 => Event::RequestKept(id, false),
                2 => Event::RequestDelivered(id),
                4 => Event::RequestResolved(id),
                5 => Event::MessageHeard(said(id, marker, lobby.ids)),
                6 => Event::StepTaken(id, TakenStep::Identified { patient: maria().id }),
                7 => Event::StepTaken(id, answered(&lobby.session, marker)),
                _ => Event::RequestAcknowledged(id, format!("{marker}staff")),
            });
        }
    }
}

/// A message of staff.
fn said(request: RequestId, marker: &str, id: u128) -> Message {
    Message {
        id: Uuid::from_u128(id << 64),
        request,
        from: Side::Staff,
        by: format!("{marker}staff"),
        phrase: None,
        words: OwnWords(format!("{marker}words")),
        language: "en".into(),
        at: now(),
    }
}

/// An answer that staff give at the step where the patient stands.
fn answered(session: &Session, marker: &str) -> TakenStep {
    TakenStep::Answered { step: session.step.bottom().name().into(), answer: OwnWords(format!("{marker}7")) }
}

/// A case that somebody's slip opens.
fn open_case(marker: &str) -> OpenCase {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NeedHelp).touch(Touch::Choice(COMPLAINT)).type_in(marker).touch(Touch::Next);
    // Each has a case of their own.
    let id = 0xCA5E + marker.bytes().map(u128::from).sum::<u128>();
    let request = Request { id: RequestId(Uuid::from_u128(id)), ..lobby.raised().clone() };
    let messages = vec![said(request.id, marker, 1)];
    OpenCase { request, state: RequestState::Open, overdue: false, messages }
}

fn shown(lobby: &Lobby) -> String {
    format!("{:?}", lobby.view())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_state_has_a_way_back_to_the_welcome(events in prop::collection::vec(anything(), 0..80)) {
        let mut lobby = Lobby::of(&pay::CLINIC);
        for what in &events {
            happen(&mut lobby, what, "A");
        }
        // By waiting: with nobody there it ends by itself, wherever it stands.
        let here = lobby.session.clone();
        lobby.everybody_leaves();
        prop_assert_eq!(&lobby.session.step, &Step::Welcome);
        prop_assert_eq!(lobby.session.language, 0);
        prop_assert_eq!(lobby.session.preferences, Preferences::default());
        prop_assert!(!lobby.session.choosing_preferences);
        prop_assert!(lobby.session.requests.is_empty());
        // By hand: two touches on what the frame and the message offer.
        lobby.session = here;
        lobby.wait(16);
        lobby.touch(Touch::StillHere).touch(Touch::StartOver).touch(Touch::Finish);
        prop_assert_eq!(&lobby.session.step, &Step::Welcome);
    }

    #[test]
    fn nobody_sees_what_was_another_persons(
        before in prop::collection::vec(anything(), 0..80),
        after in prop::collection::vec(anything(), 0..40),
    ) {
        let mut lobby = Lobby::of(&pay::CLINIC);
        for what in &before {
            happen(&mut lobby, what, "ONE-");
        }
        lobby.everybody_leaves();
        prop_assert!(!shown(&lobby).contains("ONE-"));
        let late: Vec<Effect> = lobby.effects.clone();
        lobby.effects.clear();
        for what in &after {
            happen(&mut lobby, what, "TWO-");
            prop_assert!(!shown(&lobby).contains("ONE-"), "{}", shown(&lobby));
            // Whatever still arrives for the one before arrives nowhere.
            for effect in &late {
                match effect {
                    Effect::Ask(ask, _) => {
                        let known = known(marked("ONE-"), booked(20));
                        lobby.event(Event::Answered(*ask, Found::One(Box::new(known)).into()));
                    }
                    Effect::Raise(request) => {
                        lobby.event(Event::RequestAcknowledged(request.id, "ONE-staff".into()));
                    }
                    Effect::Say(message) => {
                        let words = OwnWords("ONE-answer".into());
                        let from = Side::Staff;
                        lobby.event(Event::MessageHeard(Message { from, words, phrase: None, ..message.clone() }));
                    }
                    Effect::PayByCard(payment) | Effect::BeginPayment(payment) => {
                        let words = TerminalShows::Words("ONE-terminal".into());
                        lobby.event(Event::Payment(payment.id, PaymentNews::Shows(words)));
                    }
                    Effect::PrintCopy(_)
                    | Effect::Ended(..)
                    | Effect::NotCheckedIn(_)
                    | Effect::StopPaying(_)
                    | Effect::PrintReceipt(_)
                    | Effect::EndPayment(..) => {}
                }
            }
            prop_assert!(!shown(&lobby).contains("ONE-"), "{}", shown(&lobby));
        }
    }

    #[test]
    fn every_screen_says_something_and_leads_on(events in prop::collection::vec(anything(), 0..60)) {
        let mut lobby = Lobby::of(&pay::CLINIC);
        for what in &events {
            happen(&mut lobby, what, "A");
            let view = lobby.view();
            prop_assert!(!view.frame.help.is_empty());
            match view.screen {
                Screen::Notice(notice) => {
                    prop_assert!(!notice.title.is_empty());
                    let waiting = match &lobby.session.step {
                        Step::Waiting(_) => true,
                        // Its code is on the way to the disk.
                        Step::Pay(paying) => matches!(paying.stage, PayStage::Code { kept: false, .. }),
                        _ => false,
                    };
                    prop_assert!(waiting || !notice.primary.is_empty());
                }
                Screen::Question(question) => prop_assert!(!question.title.is_empty()),
                Screen::Emergency(emergency) => prop_assert!(!emergency.finish.is_empty()),
                Screen::Talk(talk) => prop_assert!(!talk.title.is_empty() && !talk.close.is_empty()),
                Screen::Review(review) => prop_assert!(!review.rows.is_empty() && !review.send.is_empty()),
                Screen::Help(help) => prop_assert!(!help.call.is_empty() && !help.choices.is_empty()),
                Screen::Pay(screens::Pay::Choose { items, later, .. }) => {
                    prop_assert!(!items.is_empty() && !later.is_empty());
                }
                Screen::Pay(screens::Pay::Card { says, stop, .. }) => {
                    prop_assert!(!says.is_empty() && !stop.is_empty());
                }
                Screen::Pay(screens::Pay::Code { code, paid, other_way, .. }) => {
                    prop_assert!(!code.is_empty() && !paid.is_empty() && !other_way.is_empty());
                }
                Screen::Closed(closed) => {
                    prop_assert!(!closed.title.is_empty() && !closed.way.is_empty());
                    prop_assert_eq!(closed.languages.len(), lobby.clinic.languages.len());
                }
                Screen::Preferences(chosen) => {
                    prop_assert!(!chosen.title.is_empty() && !chosen.close.is_empty());
                    prop_assert_eq!(chosen.languages.len(), lobby.clinic.languages.len());
                }
                Screen::Welcome(_) | Screen::Confirm(_) | Screen::Done(_) => {}
            }
        }
    }
}
