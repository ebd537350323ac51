//! Arrivals as a clinic's own routines answer them.

use super::*;
use crate::clinic::{RoutineTexts, read_texts};
use crate::front_desk::appointment::ClinicChanged;
use crate::front_desk::arrival::{ArrivalCase, NotCheckedIn, NotCheckedInCause};
use crate::front_desk::money::{Currency, Money};

/// Everything otherwise than in the example: words of its own, walk-ins, money first, two sites.
pub(super) static OWN: LazyLock<Clinic> = LazyLock::new(|| {
    let sites = "[[site]]\nid = \"main\"\nname.en = \"the main house\"\nway.en = \"Over the bridge.\"\n\
                 [[site]]\nid = \"annexe\"\nname.en = \"the annexe\"\nway.en = \"Behind the garden.\"\n";
    let text = EXAMPLE
        .replace(
            "languages = [\"en\", \"es\", \"fr\", \"de\", \"pt\", \"ar\", \"hi\", \"zh\"]",
            "languages = [\"en\"]",
        )
        .replace(
            "[[kiosk]]\nname = \"lobby\"",
            &format!("{sites}[[kiosk]]\nsite = \"main\"\nname = \"lobby\""),
        );
    let arrivals = "
        [early]
        then = \"desk\"
        say = [{ en = \"{clinician} begins at {time}, check-in at {opens}.\" }]
        [late]
        then = \"check-in\"
        say = [{ en = \"You are late for {time}.\" }]
        [missed]
        after_minutes = 60
        then = \"walk-in\"
        title.en = \"{day} has passed\"
        [no-appointment]
        then = \"walk-in\"
        [other-site]
        then = \"tell\"
        say = [{ en = \"Go to {site}. {way}\" }]
        [no-record]
        then = \"tell\"
        say = [{ en = \"Ask the porter.\" }]
        [balance-due]
        then = \"desk\"
        say = [{ en = \"Please pay {balance} first.\" }]
        [service.blood.balance-due]
        then = \"check-in\"
    ";
    let mut routines = RoutineTexts::example();
    routines.replace("arrivals.toml", arrivals.into());
    read_texts("clinic.toml", &text, &routines).unwrap_or_else(|errors| panic!("{errors:?}"))
});

impl Lobby {
    /// Who was told to the desk as not checked in.
    fn turned_away(&self) -> Vec<&NotCheckedIn> {
        let told = self.effects.iter().filter_map(|effect| match effect {
            Effect::NotCheckedIn(told) => Some(told),
            _ => None,
        });
        told.collect()
    }

    fn visit(&self) -> &NewVisit {
        match self.asked().1 {
            Question::CheckIn(visit) => visit,
            other => panic!("no check-in: {other:?}"),
        }
    }
}

fn owing(minor: i64) -> Patient {
    let currency = Currency::parse("EUR").unwrap();
    Patient { balance_due: Some(Money { minor, currency }), ..maria() }
}

#[test]
fn the_clinics_own_words_say_what_to_do_now() {
    let mut lobby = Lobby::of(&OWN);
    lobby.confirming(booked(90)).touch(Touch::Yes);
    assert_eq!(lobby.notice().lines[0], "Dr Chen begins at 11:30, check-in at 10:30.");
    assert_eq!(lobby.raised().reason, RequestReason::EarlyArrival);
    let told = lobby.turned_away();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].cause, told[0].patient), (NotCheckedInCause::Early, Some(maria().id)));
    assert_eq!(told[0].service.as_deref(), Some("general"));
}

#[test]
fn who_is_late_is_checked_in_where_the_routines_say_so_and_the_desk_sees_it() {
    let mut lobby = Lobby::of(&OWN);
    lobby.confirming(booked(-16)).touch(Touch::Yes);
    assert_eq!(lobby.visit().noted, [ArrivalCase::Late]);
    assert!(lobby.turned_away().is_empty());
    lobby.answer(Answer::CheckedIn(ticket()));
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!(done.lines.last().map(String::as_str), Some("You are late for 09:44."));
    // The one after is on time, and reads nothing of it.
    lobby.touch(Touch::Finish).confirming(booked(20)).touch(Touch::Yes).answer(Answer::CheckedIn(ticket()));
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert!(!done.lines.concat().contains("late"), "{done:?}");
}

#[test]
fn who_missed_the_appointment_can_take_a_number_without_it() {
    let mut lobby = Lobby::of(&OWN);
    lobby.confirming(booked(-61)).touch(Touch::Yes);
    let notice = lobby.notice();
    assert_eq!(
        (notice.title.as_str(), notice.secondary.as_str()),
        ("Tuesday 24 November has passed", "Take a number")
    );
    lobby.touch(Touch::Again).free(Vec::new());
    let visit = lobby.visit();
    assert_eq!((&visit.appointment, visit.service.as_str()), (&None, "general"));
    assert_eq!(lobby.turned_away()[0].cause, NotCheckedInCause::Missed);
}

#[test]
fn who_has_no_appointment_says_what_for_and_takes_a_number() {
    let mut lobby = Lobby::of(&OWN);
    lobby.confirming(vec![]).touch(Touch::Yes).touch(Touch::Again);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.title, "What brings you here today?");
    lobby.touch(Touch::Choice(1)).free(Vec::new()).blood_test_forms_answered();
    let visit = lobby.visit();
    assert_eq!((visit.service.as_str(), visit.reason.as_deref()), ("blood", Some("blood-test")));
    assert_eq!((visit.patient, &visit.registration), (maria().id, &None));
}

#[test]
fn who_came_to_the_wrong_site_is_told_the_way() {
    let mut lobby = Lobby::of(&OWN);
    let mut there = booked(20);
    there[0].appointment.site = Some("annexe".into());
    lobby.confirming(there).touch(Touch::Yes);
    assert_eq!(lobby.notice().lines[0], "Go to the annexe. Behind the garden.");
    assert_eq!(lobby.turned_away()[0].cause, NotCheckedInCause::OtherSite);
    let mut here = booked(20);
    here[0].appointment.site = Some("main".into());
    lobby.touch(Touch::Finish).confirming(here).touch(Touch::Yes);
    assert!(lobby.visit().appointment.is_some());
}

#[test]
fn money_keeps_nobody_waiting_unless_the_routines_say_so() {
    let found = |patient, visits| Found::One(Box::new(known(patient, visits)));
    // In the example: checked in, and the desk sees it.
    let mut lobby = Lobby::new();
    lobby.identified_by_name().answer(found(owing(4250), booked(20))).touch(Touch::Yes);
    assert_eq!(lobby.visit().noted, [ArrivalCase::BalanceDue]);
    lobby.answer(Answer::CheckedIn(ticket()));
    assert!(!shown(&lobby).contains("42.50"), "nobody reads it in the lobby");
    // Where the clinic wants it: to the desk first.
    let mut lobby = Lobby::of(&OWN);
    lobby.identified_by_name().answer(found(owing(4250), booked(20))).touch(Touch::Yes);
    assert_eq!(lobby.notice().lines[0], "Please pay 42.50 EUR first.");
    assert_eq!(lobby.raised().reason, RequestReason::BalanceDue);
    assert_eq!(lobby.turned_away()[0].cause, NotCheckedInCause::BalanceDue);
    // Not for blood tests, and not for who has paid too much.
    let mut blood = booked(20);
    blood[0].appointment.service = "blood".into();
    for (patient, visits, noted) in
        [(owing(4250), blood, vec![ArrivalCase::BalanceDue]), (owing(-100), booked(20), vec![])]
    {
        let mut lobby = Lobby::of(&OWN);
        let for_blood = visits[0].appointment.service == "blood";
        lobby.identified_by_name().answer(found(patient, visits)).touch(Touch::Yes);
        if for_blood {
            lobby.blood_test_forms_answered();
        }
        assert_eq!(lobby.visit().noted, noted);
    }
}

#[test]
fn who_is_not_found_three_times_is_told_in_the_clinics_words() {
    let mut lobby = Lobby::of(&OWN);
    lobby.identified_by_name();
    for _ in 0..2 {
        lobby.answer(Found::Nobody).touch(Touch::Next).touch(Touch::Next);
    }
    lobby.answer(Found::Nobody);
    assert_eq!(lobby.notice().lines, ["Ask the porter."]);
    let told = lobby.turned_away();
    assert_eq!((told.len(), told[0].cause, told[0].patient), (1, NotCheckedInCause::NotIdentified, None));
    // Not a dead end: the desk can be asked.
    lobby.touch(Touch::Again);
    assert_eq!(lobby.raised().reason, RequestReason::NotIdentified);
}

#[test]
fn the_desk_hears_of_everybody_who_is_sent_to_a_person() {
    let mut lobby = Lobby::new();
    lobby.confirming(booked(20)).touch(Touch::No);
    // Whose record was on the screen is not who stands there.
    assert_eq!(
        (lobby.turned_away()[0].cause, lobby.turned_away()[0].patient),
        (NotCheckedInCause::Redirected, None)
    );
    for (visits, cause) in [
        (booked(61), NotCheckedInCause::Early),
        (booked(-16), NotCheckedInCause::Late),
        (booked(-121), NotCheckedInCause::Missed),
        (booked(60 * 48), NotCheckedInCause::OtherDay),
        (vec![visit(20, AppointmentStatus::Cancelled, None)], NotCheckedInCause::Cancelled),
        (vec![], NotCheckedInCause::NoAppointment),
    ] {
        let mut lobby = Lobby::new();
        lobby.confirming(visits).touch(Touch::Yes);
        let told = lobby.turned_away();
        assert_eq!((told.len(), told[0].cause, told[0].patient), (1, cause, Some(maria().id)));
    }
}

#[test]
fn whose_time_the_clinic_closed_is_told_at_the_kiosk_when_nobody_told_them_before() {
    let changed = |minutes: i64, is_open: bool| {
        let mut visits = booked(minutes);
        visits[0].changed = Some(ClinicChanged { was_at: now() + TimeDelta::minutes(20), is_open });
        visits
    };
    for (visits, expected) in [
        // Moved to tomorrow; moved to this evening; still to be decided.
        (
            changed(60 * 24, false),
            ["The clinic had to change your appointment of", "Your appointment is now:", "Dr Chen"]
                .as_slice(),
        ),
        (
            changed(60 * 5, false),
            ["The clinic had to change your appointment of", "Your appointment is now:", "Dr Chen"]
                .as_slice(),
        ),
        (changed(20, true), ["The clinic had to change your appointment of"].as_slice()),
    ] {
        let mut lobby = Lobby::new();
        lobby.confirming(visits).touch(Touch::Yes);
        assert_eq!(lobby.raised().reason, RequestReason::AppointmentMovedByClinic);
        assert_eq!(lobby.turned_away()[0].cause, NotCheckedInCause::Changed);
        let lines = lobby.notice().lines;
        for (line, begins) in lines.iter().zip(expected) {
            assert!(line.starts_with(begins), "{lines:?}");
        }
        assert!(lines[expected.len()].starts_with("We are sorry"), "{lines:?}");
    }
    // Whoever comes at the new time is checked in like anybody else.
    let mut lobby = Lobby::new();
    let mut visits = booked(20);
    visits[0].changed = Some(ClinicChanged { was_at: now() - TimeDelta::hours(3), is_open: false });
    lobby.confirming(visits).touch(Touch::Yes);
    assert!(lobby.visit().noted.is_empty());
}
