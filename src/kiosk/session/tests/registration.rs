//! Registration, documents and what is on file.

use super::*;
use crate::clinic::routines::May;
use crate::front_desk::detail::{Detail, DetailValue};
use crate::front_desk::document::{Document, Scanned};
use std::collections::BTreeSet;

/// The specimen of ICAO Doc 9303-4.
fn passport() -> Box<Document> {
    let text = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    match Document::read(text) {
        Some(Scanned::Document(document)) => document,
        other => panic!("no document: {other:?}"),
    }
}

fn scanned(document: &Document) -> Event {
    Event::Scanned(Some(Code::Document(Box::new(document.clone()))))
}

fn register(lobby: &Lobby) -> &Register {
    match &lobby.session.step {
        Step::Register(register) => register,
        other => panic!("not registering: {other:?}"),
    }
}

fn confirm(lobby: &Lobby) -> screens::Confirm {
    match lobby.screen() {
        Screen::Confirm(confirm) => confirm,
        other => panic!("nothing to confirm: {other:?}"),
    }
}

fn question(lobby: &Lobby) -> screens::Question {
    match lobby.screen() {
        Screen::Question(question) => *question,
        other => panic!("no question: {other:?}"),
    }
}

/// Up to a question of the example's registration.
fn at_question(wanted: Registration) -> Lobby {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere);
    for (question, answer) in REGISTRATION {
        if question == wanted {
            break;
        }
        match answer {
            Given::Text(text) => lobby.type_in(text),
            Given::Choice(position) => lobby.touch(Touch::Choice(position)),
        };
        lobby.touch(Touch::Next);
    }
    assert_eq!(register(&lobby).question, wanted);
    lobby
}

#[test]
fn a_registration_takes_no_more_screens_and_touches_than_three_minutes_have_room_for() {
    let mut lobby = Lobby::new();
    let (mut screens_seen, mut touches, mut characters) = (BTreeSet::new(), 0, 0);
    lobby.touch(Touch::NewHere);
    for (question, answer) in REGISTRATION {
        screens_seen.insert(register(&lobby).question);
        match (question, answer) {
            (Registration::SchemeNumber, _) => {
                lobby.touch(Touch::Skip);
                touches += 1;
                continue;
            }
            (_, Given::Text(text)) => {
                lobby.type_in(text);
                characters += text.chars().count();
            }
            (_, Given::Choice(position)) => {
                lobby.touch(Touch::Choice(position));
                touches += 1;
            }
        }
        lobby.touch(Touch::Next);
        touches += 1;
    }
    screens_seen.insert(register(&lobby).question);
    lobby.touch(Touch::Yes);
    touches += 1;
    // What the clinic asks besides, of those who come for a blood test, is counted with its own form.
    lobby.blood_test_forms_answered();
    assert!(matches!(lobby.asked().1, Question::CheckIn(_)));
    println!("registration: {} screens, {touches} touches, {characters} characters", screens_seen.len());
    // One question a screen, as many as there always were; each is one touch, and one more where it is a choice.
    assert!(screens_seen.len() <= 12 && touches <= 15, "{} screens, {touches} touches", screens_seen.len());
}

#[test]
fn what_may_be_passed_over_is_passed_over_with_one_touch_and_nothing_else_is() {
    for touch in [Touch::Skip, Touch::Next] {
        let mut lobby = at_question(Registration::SchemeNumber);
        assert_eq!(question(&lobby).labels.skip, "Skip");
        lobby.touch(touch);
        assert_eq!(register(&lobby).question, Registration::Reason);
        assert_eq!(question(&lobby).labels.skip, "");
        lobby.touch(Touch::Skip);
        assert_eq!(register(&lobby).question, Registration::Reason, "this one is needed");
        lobby.touch(Touch::Choice(0)).touch(Touch::Next).touch(Touch::Yes);
        let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
        assert_eq!(visit.registration.as_ref().unwrap().further.scheme_number, None);
    }
}

#[test]
fn a_slip_in_a_number_is_told_in_one_sentence() {
    for (wanted, typed, told) in [
        (
            Registration::SchemeNumber,
            "12345678A",
            "One figure is not right. Please compare the number with the card.",
        ),
        (
            Registration::PostalCodeAndTown,
            "Madrid",
            "Please write a postal code as well: 28039, for example.",
        ),
        (
            Registration::Phone,
            "111222333",
            "We do not know this number. Please check it; from abroad it begins with + and the country code.",
        ),
    ] {
        let mut lobby = at_question(wanted);
        lobby.type_in(typed).touch(Touch::Next);
        assert_eq!(question(&lobby).error, told);
        assert_eq!(register(&lobby).draft.text(wanted), typed, "what was typed stands there");
    }
}

#[test]
fn a_question_says_of_which_step_it_is() {
    let lobby = at_question(Registration::Phone);
    assert_eq!(question(&lobby).progress, "How to reach you: Step 5 of 12");
}

#[test]
fn a_document_at_the_welcome_is_both_identifiers() {
    let mut lobby = Lobby::new();
    lobby.event(scanned(&passport()));
    let Question::Who(Identifiers::Document(born, _)) = lobby.asked().1 else { panic!("not looked up") };
    assert_eq!(born.date().to_string(), "1974-08-12");
    let found = known(maria(), booked(20));
    lobby.answer(Found::One(Box::new(found)));
    assert_eq!(confirm(&lobby).name, "Maria G.", "masked as ever");
}

#[test]
fn a_document_of_nobody_offers_registration_and_fills_it_in() {
    let mut lobby = Lobby::new();
    lobby.event(scanned(&passport())).answer(Found::Nobody);
    assert_eq!(
        (lobby.notice().title.as_str(), lobby.notice().secondary.as_str()),
        ("We could not find you", "Register now")
    );
    lobby.touch(Touch::Again);
    assert_eq!(
        (confirm(&lobby).name.as_str(), confirm(&lobby).lines),
        ("Anna Maria Eriksson", vec!["12 08 1974".to_string()])
    );
    lobby.touch(Touch::Yes);
    // Given name, family name, date of birth and sex are answered.
    assert_eq!(register(&lobby).question, Registration::Phone);
    lobby.touch(Touch::Back);
    assert_eq!(register(&lobby).question, Registration::Sex, "they can be looked at");
}

#[test]
fn a_document_in_a_registration_is_asked_about_first() {
    let mut lobby = at_question(Registration::FamilyName);
    lobby.event(scanned(&passport())).touch(Touch::No);
    let here = register(&lobby);
    assert_eq!((here.question, here.draft.text(Registration::GivenName)), (Registration::FamilyName, "Seán"));
    lobby.event(scanned(&passport())).touch(Touch::Yes);
    let here = register(&lobby);
    assert_eq!(
        (here.question, here.draft.text(Registration::GivenName)),
        (Registration::Phone, "Anna Maria")
    );
    let whole = format!("{:?} {:?}", lobby.session, lobby.effects).to_uppercase();
    assert!(!whole.contains("ERIKSSON"), "{whole}");
}

#[test]
fn one_of_several_codes_is_refused_kindly() {
    let mut lobby = Lobby::new();
    lobby.event(Event::Scanned(Code::parse("shc:/1/3/567")));
    assert!(question(&lobby).error.contains("several codes"));
}

fn on_file() -> Patient {
    Patient {
        address: Some("Calle Mayor 1, 28013 Madrid".into()),
        phone: Some("+34600000000".into()),
        ..maria()
    }
}

/// Up to what is on file.
fn asked_about_details(patient: Patient) -> Lobby {
    let mut lobby = Lobby::new();
    let found = known(patient, booked(20));
    lobby.identified_by_name().answer(Found::One(Box::new(found)));
    assert!(!format!("{:?}", lobby.screen()).contains("Mayor"), "before it everything is masked");
    lobby.touch(Touch::Yes);
    lobby
}

#[test]
fn what_is_on_file_is_confirmed_or_corrected_before_the_check_in() {
    let mut lobby = asked_about_details(on_file());
    assert_eq!(
        (confirm(&lobby).title.as_str(), confirm(&lobby).name.as_str()),
        ("Do you still live here?", "Calle Mayor 1, 28013 Madrid")
    );
    lobby.touch(Touch::Yes);
    assert_eq!(confirm(&lobby).name, "600 00 00 00");
    lobby.touch(Touch::No).type_in("123").touch(Touch::Next);
    assert_eq!(question(&lobby).error, "This number is too short. Please check it.");
    lobby.touch(Touch::Back).touch(Touch::No).type_in("600 111 222").touch(Touch::Next);
    let Question::Details { patient, confirmed, entered, day } = lobby.asked().1 else { panic!("not kept") };
    assert_eq!((*patient, confirmed.as_slice()), (maria().id, &[Detail::Address][..]));
    assert_eq!(entered.as_slice(), &[DetailValue::Phone("+34600111222".into())]);
    assert_eq!(*day, now().date_naive());
    // If it cannot be kept, the last one can be said again.
    lobby.answer(Answer::Failed).touch(Touch::Again).touch(Touch::Next).answer(Answer::DetailsKept);
    assert!(matches!(lobby.asked().1, Question::CheckIn(_)));
    lobby.answer(Answer::CheckedIn(ticket()));
    assert!(matches!(lobby.session.step, Step::Done(_)));
}

#[test]
fn an_address_is_changed_with_the_fields_of_registration() {
    let mut lobby = asked_about_details(on_file());
    lobby.touch(Touch::No);
    assert_eq!(
        (question(&lobby).title.as_str(), question(&lobby).progress.as_str()),
        ("Where do you live?", "Step 1 of 2")
    );
    lobby.type_in("Calle Nueva 2").touch(Touch::Next).type_in("29001 Málaga").touch(Touch::Next);
    lobby.touch(Touch::Yes);
    let Question::Details { entered, .. } = lobby.asked().1 else { panic!("not kept") };
    let [DetailValue::Address(address)] = entered.as_slice() else { panic!("no address") };
    assert_eq!(address.one_line(), "Calle Nueva 2, 29001 Málaga");
}

#[test]
fn what_was_confirmed_not_long_ago_is_not_asked_again() {
    let mut patient = on_file();
    for (days, asked) in [(0, false), (179, false), (180, true)] {
        let day = now().date_naive() - chrono::Days::new(days);
        patient.further.confirmed = [Detail::Address, Detail::Phone].map(|detail| (detail, day)).into();
        let lobby = asked_about_details(patient.clone());
        let checks_in = matches!(lobby.asked().1, Question::CheckIn(_));
        assert_eq!(checks_in, !asked, "{days} days ago");
    }
}

#[test]
fn who_acts_for_a_patient_is_not_shown_where_the_patient_lives() {
    let mut lobby = Lobby::new();
    let may = CLINIC.routines.companions.iter().position(|companion| companion.may.contains(&May::CheckIn));
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(may.unwrap()));
    let found = known(on_file(), booked(20));
    lobby.touch(Touch::HaveAppointment).says_who_acts("Nora Byrne", "600111222");
    lobby.type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
    lobby.answer(Found::One(Box::new(found))).touch(Touch::Yes);
    assert!(matches!(lobby.asked().1, Question::CheckIn(_)));
}
