//! Families: several in one session, and whoever acts for another.

use super::*;
use crate::front_desk::family::Acting;

/// A patient for whom whoever carries the marker acts, due in ten minutes.
pub(super) fn member(marker: &str) -> Member {
    let id = PatientId(Uuid::from_u128(0xD));
    let [mut due] = booked(10).try_into().unwrap();
    due.appointment.id = AppointmentId(Uuid::from_u128(0xE));
    due.appointment.patient = id;
    Member {
        patient: id,
        acting: Acting {
            companion: "parent".into(),
            by: ActingPerson::Record { patient: maria().id },
            consent: "yes".into(),
            language: "en".into(),
        },
        given: format!("{marker}Leo"),
        visits: vec![due],
    }
}

fn with_members(visits: Vec<BookedVisit>, members: Vec<Member>) -> Found {
    Found::One(Box::new(Known { members, ..known(maria(), visits) }))
}

fn numbered(number: u32) -> Ticket {
    Ticket {
        id: TicketId(Uuid::from_u128(0xC00 + u128::from(number))),
        number: TicketNumber::new('C', "1", number),
        ..ticket()
    }
}

fn parent() -> usize {
    CLINIC.routines.companions.iter().position(|companion| companion.id == "parent").unwrap()
}

fn pedro() -> Known {
    let name = PersonName { given: "Pedro".into(), family: "Gil".into() };
    let id = PatientId(Uuid::from_u128(0xF));
    let mut visits = booked(30);
    visits[0].appointment.id = AppointmentId(Uuid::from_u128(0x10));
    visits[0].appointment.patient = id;
    known(Patient { id, name, ..maria() }, visits)
}

#[test]
fn one_person_after_the_other_is_checked_in_and_all_tickets_stand_on_one_screen() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::Language(1)).confirming(booked(20)).touch(Touch::Yes);
    lobby.answer(Answer::CheckedIn(numbered(7)));
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!(done.another, "Registrar a otra persona de la familia");
    lobby.touch(Touch::AnotherPerson);
    let Step::Identify(identify) = &lobby.session.step else { panic!("not identifying") };
    assert_eq!(identify, &Identify::default(), "nothing of the first person is typed in");
    lobby.type_in("01022015").touch(Touch::Next).type_in("gil").touch(Touch::Next);
    lobby.answer(Found::One(Box::new(pedro()))).touch(Touch::Yes).answer(Answer::CheckedIn(numbered(8)));
    lobby.event(Event::Paper(Printed::Ticket(numbered(7).id), PaperState::Printed));
    lobby.event(Event::Paper(Printed::Ticket(numbered(8).id), PaperState::NotPrinted));
    lobby.touch(Touch::Finish);
    let notice = lobby.notice();
    assert!(
        notice.lines[0].starts_with("Maria: C107") && notice.lines[1].starts_with("Pedro: C108"),
        "{notice:?}"
    );
    assert!(notice.lines[2].contains("Si no ha salido"), "{notice:?}");
    lobby.touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
    assert_eq!(lobby.session.family, Family::default());
    // The next one holds one ticket, and sees no other.
    lobby
        .confirming(booked(20))
        .touch(Touch::Yes)
        .answer(Answer::CheckedIn(numbered(9)))
        .touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn who_goes_away_between_two_members_leaves_nothing() {
    let mut lobby = Lobby::new();
    lobby.confirming(booked(20)).touch(Touch::Yes).answer(Answer::CheckedIn(numbered(7)));
    lobby.touch(Touch::AnotherPerson).type_in("0102").wait(80);
    assert_eq!((&lobby.session.step, &lobby.session.family), (&Step::Welcome, &Family::default()));
    // Who goes back instead sees the ticket that is held.
    lobby.confirming(booked(20)).touch(Touch::Yes).answer(Answer::CheckedIn(numbered(8)));
    lobby.touch(Touch::AnotherPerson).touch(Touch::Back);
    assert!(lobby.notice().lines[0].starts_with("Maria: C108"));
}

#[test]
fn one_touch_checks_in_everybody_whose_relation_is_on_record() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name().answer(with_members(booked(20), vec![member("")]));
    let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
    assert_eq!(confirm.lines.last().map(String::as_str), Some("Also check in: Leo, 10:10"));
    assert_eq!(confirm.all, "Check us all in");
    lobby.touch(Touch::CheckInAll);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert_eq!((visit.patient, &visit.companion, &visit.acting), (maria().id, &None, &None));
    lobby.answer(Answer::CheckedIn(numbered(7)));
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert_eq!((visit.patient, visit.companion.as_deref()), (member("").patient, Some("parent")));
    assert_eq!(visit.acting, Some(member("").acting), "the relation on record");
    lobby.answer(Answer::CheckedIn(numbered(8)));
    let Screen::Done(done) = lobby.screen() else { panic!("no ticket") };
    assert_eq!(done.number, "C108");
    lobby.touch(Touch::Finish);
    let lines = lobby.notice().lines;
    assert!(lines[0].starts_with("Maria: C107") && lines[1].starts_with("Leo: C108"), "{lines:?}");
}

#[test]
fn one_touch_checks_in_a_child_whose_parent_has_no_appointment() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name().answer(with_members(vec![], vec![member("")])).touch(Touch::CheckInAll);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert_eq!(visit.patient, member("").patient);
}

#[test]
fn a_check_in_that_fails_in_between_loses_nothing_and_checks_in_nobody_by_itself() {
    let mut lobby = Lobby::new();
    lobby.identified_by_name().answer(with_members(booked(20), vec![member("")])).touch(Touch::CheckInAll);
    lobby.answer(Answer::CheckedIn(numbered(7))).answer(Answer::Failed);
    assert_eq!(lobby.raised().reason, RequestReason::KioskFault);
    lobby.touch(Touch::Again).touch(Touch::Yes);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert_eq!(visit.patient, maria().id);
    // The store answers the same ticket; the child was not asked for again.
    lobby.answer(Answer::CheckedIn(numbered(7)));
    assert!(matches!(lobby.session.step, Step::Done(_)));
    assert_eq!(lobby.session.family.tickets.len(), 1);
}

#[test]
fn members_are_offered_only_as_far_as_their_relation_goes() {
    let friend = |mut member: Member| {
        member.acting.companion = "friend".into();
        member
    };
    let late = |mut member: Member| {
        member.visits = booked(-60);
        member
    };
    for members in [vec![friend(member(""))], vec![late(member(""))], vec![]] {
        let mut lobby = Lobby::new();
        lobby.identified_by_name().answer(with_members(booked(20), members));
        let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
        assert!(confirm.all.is_empty() && !format!("{confirm:?}").contains("Leo"));
        // A button that is not there does nothing.
        lobby.touch(Touch::CheckInAll);
        assert!(matches!(lobby.session.step, Step::Confirm(_)));
        lobby.touch(Touch::Yes);
        let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
        assert_eq!(visit.patient, maria().id);
        lobby.answer(Answer::CheckedIn(numbered(7)));
        assert!(matches!(lobby.session.step, Step::Done(_)));
    }
}

#[test]
fn whoever_acts_for_a_patient_says_who_they_are_before_anything_of_the_patient_is_asked() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(parent())).touch(Touch::HaveAppointment);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.title, "Are you a patient here yourself?");
    lobby.touch(Touch::Choice(1)).touch(Touch::Next);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.error, "Please type an answer first.");
    lobby.type_in("Nora Byrne").touch(Touch::Next).type_in("6x0").touch(Touch::Next);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.error, "This number is too short. Please check it.");
    lobby.type_in("0111222").touch(Touch::Next);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    let screens::Entry::Statement(consent) = question.entry else { panic!("no consent") };
    lobby.touch(Touch::Yes);
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.title, "When was the patient born?");
    lobby.type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
    // A relation of the patient's own is nothing that this companion may see.
    lobby.answer(with_members(booked(20), vec![member("")]));
    let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
    assert_eq!((confirm.title.as_str(), confirm.all.as_str()), ("Is this the patient?", ""));
    assert!(!format!("{confirm:?}").contains("Leo"));
    lobby.touch(Touch::Yes);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    let acting = visit.acting.clone().unwrap();
    assert_eq!(acting.consent, consent);
    assert_eq!(acting.by, ActingPerson::Named { name: "Nora Byrne".into(), phone: "+34600111222".into() });
    // For another child they are not asked again.
    lobby.answer(Answer::CheckedIn(numbered(7))).touch(Touch::AnotherPerson);
    assert!(matches!(lobby.session.step, Step::Identify(_)));
    lobby.touch(Touch::Back).touch(Touch::Finish);
    assert_eq!((&lobby.session.companion, &lobby.session.family.acting), (&None, &None));
}

#[test]
fn without_consent_to_act_nothing_is_kept_and_a_person_goes_on() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(parent())).touch(Touch::HaveAppointment);
    lobby.touch(Touch::Choice(1)).type_in("Nora").touch(Touch::Next).type_in("600111222").touch(Touch::Next);
    lobby.touch(Touch::No);
    assert_eq!(lobby.raised().reason, RequestReason::NoConsent);
    assert_eq!(lobby.session.family.acting, None);
    let whole = format!("{:?} {:?}", lobby.session, lobby.effects);
    assert!(!whole.contains("Nora") && !whole.contains("600111222"), "{whole}");
}

#[test]
fn a_companion_who_is_a_patient_is_identified_and_offered_the_children_on_record() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(parent())).touch(Touch::HaveAppointment);
    lobby.touch(Touch::Choice(0));
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.title, "When were you yourself born?");
    lobby.type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
    lobby.answer(with_members(booked(20), vec![member("")]));
    let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
    assert_eq!((confirm.name.as_str(), confirm.all.as_str()), ("Maria G.", ""));
    lobby
        .touch(Touch::Yes)
        .touch(Touch::Yes)
        .type_in("01022015")
        .touch(Touch::Next)
        .type_in("gil")
        .touch(Touch::Next);
    lobby.answer(Found::One(Box::new(pedro())));
    let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
    assert_eq!(confirm.lines.last().map(String::as_str), Some("Also check in: Leo, 10:10"));
    lobby.touch(Touch::CheckInAll);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    let by = visit.acting.as_ref().map(|acting| acting.by.clone());
    assert_eq!((visit.patient, by), (pedro().patient.id, Some(ActingPerson::Record { patient: maria().id })));
}

#[test]
fn a_scanned_code_passes_by_nothing_that_is_asked_of_a_companion() {
    let mut lobby = Lobby::new();
    lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(parent()));
    let code = Code::PatientNumber("100017".into());
    lobby.event(Event::Scanned(Some(code.clone())));
    assert!(matches!(lobby.session.step, Step::Acting(_)));
    lobby.says_who_acts("Nora Byrne", "600111222");
    let Step::Identify(identify) = &lobby.session.step else { panic!("not identifying") };
    assert_eq!(identify.code, Some(code), "the code is not lost");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Names of members are shown only where their relation leads to a person who was identified in this session.
    #[test]
    fn nobody_is_offered_who_is_no_member_of_somebody_identified(
        events in prop::collection::vec(anything(), 0..80),
        companion in 0usize..4,
    ) {
        let mut lobby = Lobby::new();
        lobby.touch(Touch::ForSomebodyElse).touch(Touch::Choice(companion));
        for what in &events {
            happen(&mut lobby, what, "M-");
            let by_name = matches!(
                &lobby.session.family.acting,
                Some(Acting { by: ActingPerson::Named { .. }, .. })
            );
            let nobody = lobby.session.family.acting.is_none() && lobby.session.companion.is_some();
            let ticketed = lobby.session.family.tickets.iter().any(|held| held.given.contains("Leo"));
            if (by_name || nobody) && !ticketed {
                prop_assert!(!shown(&lobby).contains("Leo"), "{}", shown(&lobby));
            }
        }
    }
}

#[test]
fn whoever_owes_answers_to_a_form_is_checked_in_by_themselves() {
    let offered = |own: Vec<BookedVisit>, theirs: Vec<BookedVisit>| {
        let mut lobby = Lobby::new();
        let member = Member { visits: theirs, ..member("") };
        lobby.identified_by_name().answer(with_members(own, vec![member]));
        let Screen::Confirm(confirm) = lobby.screen() else { panic!("no confirmation") };
        lobby.touch(Touch::CheckInAll);
        (!confirm.all.is_empty(), matches!(lobby.effects.last(), Some(Effect::Ask(_, Question::CheckIn(_)))))
    };
    assert_eq!(offered(booked(20), member("").visits), (true, true));
    assert_eq!(offered(for_blood(booked(20)), member("").visits), (false, false));
    assert_eq!(offered(booked(20), for_blood(member("").visits)), (false, false));
}
