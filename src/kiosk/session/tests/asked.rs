//! What staff have asked is read by whoever scans their ticket, or says who they are, and answered there.

use super::*;

/// A question of staff about somebody who waits.
fn question(language: &str) -> OpenCase {
    let id = RequestId(Uuid::from_u128(0xA5C));
    let message = Message {
        id: Uuid::from_u128(0xA5D),
        request: id,
        from: Side::Staff,
        by: "Maria".into(),
        phrase: Some("paper-with-you".into()),
        words: OwnWords("Do you have your papers with you?".into()),
        language: "en".into(),
        at: now(),
    };
    let noticed = Request::noticed(id, RequestReason::WaitsTooLong, &CLINIC, "desk", now());
    let request = Request { patients: vec![maria().id], language: language.into(), ..noticed };
    OpenCase {
        request,
        state: RequestState::Acknowledged { by: "Maria".into() },
        overdue: false,
        messages: vec![message],
    }
}

fn told(questions: Vec<OpenCase>, ticket: Option<Ticket>) -> Event {
    Event::VisitTold(VisitUnderWay { patient: maria().id, questions, ticket })
}

#[test]
fn who_scans_a_ticket_reads_what_staff_have_asked_and_answers() {
    let mut lobby = Lobby::new();
    lobby.event(Event::Scanned(Some(Code::Ticket(ticket().id))));
    lobby.type_in("07111950").touch(Touch::Next);
    lobby.event(told(vec![question("en")], Some(ticket())));
    let visits = vec![visit(20, AppointmentStatus::Booked, Some(ticket()))];
    lobby.answer(Found::One(Box::new(known(maria(), visits))));
    assert_eq!(lobby.session.unread(), None, "nobody has said yet that it is they");
    lobby.touch(Touch::Yes);
    let talk = lobby.talk();
    assert_eq!(talk.messages.len(), 1);
    assert!(talk.lines.is_empty(), "the patient has asked for nothing: {:?}", talk.lines);
    assert_eq!(lobby.session.on_the_way(), None, "nobody is on the way to this kiosk");
    lobby.touch(Touch::Choice(0));
    let Some(Effect::Say(answer)) = lobby.effects.last() else { panic!("nothing is said") };
    assert_eq!((answer.request, answer.from), (question("en").request.id, Side::Patient));
    lobby.touch(Touch::Back);
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!(done.number, "C107");
    lobby.touch(Touch::Finish);
    assert_eq!((&lobby.session.step, lobby.session.requests.len()), (&Step::Welcome, 0));
}

#[test]
fn who_came_without_an_appointment_sees_their_number_again_and_gets_no_second_one() {
    let mut lobby = Lobby::new();
    lobby.event(Event::Scanned(Some(Code::Ticket(ticket().id))));
    lobby.type_in("07111950").touch(Touch::Next);
    lobby.event(told(Vec::new(), Some(ticket()))).answer(Found::One(Box::new(known(maria(), Vec::new()))));
    lobby.touch(Touch::Yes);
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket: {:?}", lobby.session.step) };
    assert_eq!((done.number.as_str(), done.paper.as_str()), ("C107", ""));
}

#[test]
fn who_is_somebody_else_reads_nothing() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name().event(told(vec![question("en")], None));
    lobby.answer(Found::One(Box::new(known(maria(), booked(20))))).touch(Touch::No);
    assert_eq!(lobby.session.unread(), None);
    lobby.touch(Touch::StartOver).confirming(booked(20)).touch(Touch::Yes);
    assert_eq!(lobby.session.unread(), None, "nor does whoever comes next");
}

#[test]
fn what_is_under_way_with_whoever_acts_is_not_the_patients() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name();
    let other = PatientId(Uuid::from_u128(0xBAD));
    let visit = VisitUnderWay { patient: other, questions: vec![question("en")], ticket: Some(ticket()) };
    lobby.event(Event::VisitTold(visit));
    lobby.answer(Found::One(Box::new(known(maria(), Vec::new())))).touch(Touch::Yes);
    assert_eq!(lobby.session.unread(), None);
    assert!(!matches!(lobby.session.step, Step::Done(_)), "{:?}", lobby.session.step);
}

#[test]
fn who_checks_in_is_told_that_the_desk_has_written() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name().event(told(vec![question("en")], None));
    lobby.answer(Found::One(Box::new(known(maria(), booked(20))))).touch(Touch::Yes);
    assert_eq!(lobby.session.unread(), Some(question("en").request.id));
    assert_eq!(lobby.view().frame.banner, "The desk has written to you");
}
