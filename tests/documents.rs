//! A passport under the scanner: it finds who is known, and fills in the form of who is not.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use chrono::Datelike;
use mrz::{Date, MrzDate, Td3Fields, format_td3};
use support::clinic::{Place, guests};
use support::desk::RunningDesk;
use support::hands::{Hands, done, notice, question};
use support::{devices, until};
use vestibule::front_desk::patient::Patient;
use vestibule::kiosk::screens::Screen;
use vestibule::kiosk::session::Touch;
use vestibule_hardware::scanner::simulator::SimulatedScanner;

/// Shows a passport to the scanner, which sends it line by line.
fn shows_passport(scanner: &mut SimulatedScanner, patient: &Patient) {
    let born = patient.date_of_birth.date();
    let born = Date::new(born.year(), born.month(), born.day());
    let zone = format_td3(&Td3Fields {
        issuing_country: "UTO".into(),
        document_number: "L898902C3".into(),
        surname: patient.name.family.to_uppercase(),
        given_names: patient.name.given.to_uppercase(),
        nationality: "UTO".into(),
        date_of_birth: MrzDate::Calendar(born),
        sex: mrz::Sex::Female,
        date_of_expiry: MrzDate::Calendar(Date::new(2031, 4, 15)),
        ..Default::default()
    });
    for line in zone.lines() {
        scanner.send(format!("{line}\r\n").as_bytes()).unwrap();
    }
}

#[test]
fn a_passport_finds_who_is_known_and_registers_who_is_not() {
    let place = Place::new();
    let desk = RunningDesk::start(&place.clinic);
    let guests = guests(2);
    desk.book(&guests);
    let mut scanner = devices::scanner(&place, "lobby");
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());

    // The passport is both identifiers: the record is asked about, masked.
    shows_passport(&mut scanner, &guests[0].patient);
    let confirm = hands.until("the confirmation", |screen| match screen {
        Screen::Confirm(confirm) => Some(confirm.clone()),
        _ => None,
    });
    assert_eq!(confirm.name, "Alex G.");
    hands.touch(Touch::Yes);
    hands.until("the number", done);
    hands.finish();

    // Of nobody who is known: it fills in the first answers of a registration.
    let mut stranger = guests[1].patient.clone();
    stranger.name.given = "Anna Maria".into();
    stranger.name.family = "Eriksson".into();
    shows_passport(&mut scanner, &stranger);
    let told = hands.until("the message", notice);
    assert_eq!((told.title.as_str(), told.secondary.as_str()), ("We could not find you", "Register now"));
    hands.touch(Touch::Again);
    hands.touch(Touch::Yes);
    let asked = question(&hands.screen()).unwrap();
    assert_eq!(asked.title, "What is your telephone number?");
    for answer in
        ["600 111 222", "Calle Mayor 5", "28013 Madrid", "Somebody Else", "600 333 444", "12345678Z"]
    {
        hands.type_in(answer);
        hands.touch(Touch::Next);
    }
    hands.touch(Touch::Choice(0));
    hands.touch(Touch::Next);
    hands.touch(Touch::Yes);
    let number = hands.until("the number", done).number;
    until("the arrival at the desk", || desk.arrival(&number).is_some());
    let patient = &desk.arrival(&number).unwrap()["patient"];
    assert_eq!(patient["name"], "Anna Maria Eriksson");
    // All of it is the patient's word, the passport's, too: nobody has seen it.
    let unproved: Vec<_> =
        patient["unproved"].as_array().unwrap().iter().map(|each| each["detail"].clone()).collect();
    for detail in ["given-name", "family-name", "date-of-birth", "sex", "phone", "address", "scheme-number"] {
        assert!(unproved.contains(&detail.into()), "{detail}: {unproved:?}");
    }
}
