//! A kiosk that staff close to patients.

use super::*;
use crate::front_desk::fleet::{ClosedNotice, Occupancy};

fn close(at_once: bool) -> Event {
    Event::Closed { notice: ClosedNotice::default(), at_once }
}

fn is_closed(lobby: &Lobby) -> bool {
    matches!(lobby.screen(), Screen::Closed(_))
}

#[test]
fn a_closed_kiosk_begins_nothing_and_helps() {
    let mut lobby = Lobby::new();
    lobby.event(close(false));
    assert!(is_closed(&lobby));
    assert_eq!(lobby.session.occupancy(), Occupancy::OutOfService);
    let code = Event::Scanned(Some(Code::PatientNumber("100017".into())));
    let document = Event::Scanned(Code::parse(
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ));
    lobby.event(code).event(document);
    for touch in [
        Touch::HaveAppointment,
        Touch::NewHere,
        Touch::Appointments,
        Touch::Pay,
        Touch::ForSomebodyElse,
        Touch::Choice(1),
        Touch::Language(9),
    ] {
        lobby.touch(touch);
    }
    assert!(is_closed(&lobby) && lobby.effects.is_empty(), "{:?}", lobby.session.step);
    // In the language that was chosen, and back.
    lobby.touch(Touch::Language(5));
    assert!(is_closed(&lobby));
    lobby.touch(Touch::NeedHelp);
    assert!(matches!(lobby.screen(), Screen::Help(_)));
    assert_eq!((lobby.view().frame.language, lobby.session.occupancy()), ("ar".into(), Occupancy::InUse));
    lobby.touch(Touch::Back);
    assert!(is_closed(&lobby));
    lobby.touch(Touch::NeedHelp).touch(Touch::Emergency);
    assert_eq!(lobby.raised().reason, RequestReason::Emergency);
    assert!(matches!(lobby.screen(), Screen::Emergency(_)));
    lobby.touch(Touch::Finish);
    assert!(is_closed(&lobby));
    lobby.wait(50).event(Event::Reopened);
    assert!(matches!(lobby.screen(), Screen::Welcome(_)));
    assert_eq!(lobby.session.occupancy(), Occupancy::Idle);
}

#[test]
fn whoever_is_at_it_is_not_interrupted() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).type_in("Seán").event(close(false));
    assert!(matches!(lobby.session.step, Step::Register(_)));
    assert_eq!(lobby.session.occupancy(), Occupancy::InUse);
    lobby.everybody_leaves();
    assert!(is_closed(&lobby));
}

#[test]
fn closed_at_once_what_was_entered_goes_to_a_person() {
    type Entered = (&'static str, fn(&mut Lobby), &'static str);
    let cases: [Entered; 4] = [
        (
            "registering",
            |lobby| {
                lobby.touch(Touch::NewHere).type_in("Seán").touch(Touch::Next).type_in("O'Brien");
            },
            "given name: Seán\nfamily name: O'Brien",
        ),
        (
            "identifying",
            |lobby| {
                lobby.touch(Touch::HaveAppointment).type_in("07111950");
            },
            "date of birth: 07 11 1950",
        ),
        (
            "writing over it",
            |lobby| {
                lobby.touch(Touch::HaveAppointment).touch(Touch::NeedHelp).touch(Touch::Choice(5));
                lobby.type_in("Where is the toilet?");
            },
            "Where is the toilet?",
        ),
        (
            "confirming",
            |lobby| {
                lobby.confirming(vec![visit(10, AppointmentStatus::Booked, None)]);
            },
            "",
        ),
    ];
    for (what, begin, words) in cases {
        let mut lobby = Lobby::new();
        begin(&mut lobby);
        lobby.event(close(true));
        let request = lobby.raised();
        assert_eq!((request.reason, request.words.0.as_str()), (RequestReason::KioskFault, words), "{what}");
        assert_eq!(request.patients.is_empty(), what != "confirming", "{what}");
        let notice = lobby.notice();
        assert!(notice.secondary.is_empty(), "{what}: nothing goes on");
        lobby.touch(Touch::Finish);
        assert!(is_closed(&lobby), "{what}");
    }
}

#[test]
fn words_of_danger_call_for_help_also_where_the_kiosk_is_closed_at_once() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::NewHere).touch(Touch::NeedHelp).touch(Touch::Choice(5)).type_in("I cannot breathe");
    lobby.event(close(true));
    assert_eq!(lobby.raised().reason, RequestReason::Emergency);
    assert!(lobby.session.calls_for_help() && !lobby.session.can_be_ended());
}

#[test]
fn nobody_with_a_number_in_hand_is_disturbed() {
    let mut lobby = Lobby::new();
    lobby.confirming(vec![visit(10, AppointmentStatus::Booked, Some(ticket()))]).touch(Touch::Yes);
    let done = lobby.session.step.clone();
    assert!(matches!(done, Step::Done(_)), "{done:?}");
    lobby.event(close(true));
    assert_eq!(lobby.session.step, done);
    lobby.touch(Touch::Finish);
    assert!(is_closed(&lobby));
}
