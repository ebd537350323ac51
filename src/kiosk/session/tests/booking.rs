//! Booking, moving and cancelling at the kiosk, with a desk that answers as it may.

use super::*;
use crate::front_desk::booking::{BookingRefusal, PartOfDay, WaitingListEntry, WaitingListId};
use chrono::Timelike;

/// Free slots: two clinicians, three days, morning and afternoon.
fn slots() -> Vec<Slot> {
    let mut slots = Vec::new();
    for day in 0..3 {
        for (minutes, clinician) in [(30, "Dr Chen"), (60, "Dr Okafor"), (60, "Dr Chen"), (6 * 60, "Dr Chen")]
        {
            slots.push(Slot {
                starts_at: now() + TimeDelta::days(day) + TimeDelta::minutes(minutes),
                clinician: clinician.into(),
                service: "general".into(),
                minutes: 20,
                site: None,
            });
        }
    }
    slots
}

fn appointment(id: u128, minutes: i64) -> Appointment {
    let mut appointment = visit(minutes, AppointmentStatus::Booked, None).appointment;
    appointment.id = AppointmentId(Uuid::from_u128(id));
    appointment
}

/// Free slots whose clinician can be recognised on a screen.
pub(super) fn slots_of(marker: &str) -> Vec<Slot> {
    let marked = |slot: Slot| Slot { clinician: format!("{marker}{}", slot.clinician), ..slot };
    slots().into_iter().map(marked).collect()
}

/// An appointment with a clinician who can be recognised on a screen.
pub(super) fn with(marker: &str) -> Appointment {
    Appointment { clinician: format!("{marker}doctor"), ..appointment(0xE, 60) }
}

impl Lobby {
    /// Identified, in front of the book.
    fn at_the_book(&mut self, visits: Vec<BookedVisit>) -> &mut Self {
        self.touch(Touch::Appointments)
            .type_in("07111950")
            .touch(Touch::Next)
            .type_in("garcia")
            .touch(Touch::Next);
        let found = known(maria(), visits);
        self.answer(Found::One(Box::new(found))).touch(Touch::Yes)
    }

    fn choices(&self) -> Vec<String> {
        match self.screen() {
            Screen::Question(question) => match question.entry {
                screens::Entry::Choices(choices) => choices.into_iter().map(|choice| choice.label).collect(),
                other => panic!("no choices: {other:?}"),
            },
            other => panic!("no question: {other:?}"),
        }
    }

    fn choose(&mut self, label: &str) -> &mut Self {
        let choices = self.choices();
        let position = choices.iter().position(|choice| choice.contains(label));
        self.touch(Touch::Choice(position.unwrap_or_else(|| panic!("no {label} among {choices:?}"))))
    }

    fn ordered(&self) -> BookingOrder {
        match self.asked().1 {
            Question::Order { order, .. } => order.clone(),
            other => panic!("nothing is ordered: {other:?}"),
        }
    }

    fn booked(&mut self, minutes: i64) -> &mut Self {
        self.answer(Answer::Ordered(Ok(BookingAnswer::Booked { appointment: appointment(0xD, minutes) })))
    }

    pub(super) fn free(&mut self, slots: Vec<Slot>) -> &mut Self {
        self.answer(Answer::Slots(slots.into()))
    }
}

#[test]
fn whoever_wants_the_first_free_time_is_done_in_a_few_touches() {
    let mut lobby = Lobby::new();
    lobby.at_the_book(vec![]).choose("General");
    let Question::Slots(search) = lobby.asked().1 else { panic!("no search") };
    assert_eq!((search.service.as_str(), search.from), ("general", now().date_naive()));
    lobby.free(slots()).choose("Whoever").choose("As soon as possible");
    let Screen::Question(review) = lobby.screen() else { panic!("no review") };
    let screens::Entry::Statement(text) = &review.entry else { panic!("no statement") };
    assert_eq!(text, "Tuesday 24 November at 10:30\nGeneral consultation\nDr Chen");
    lobby.touch(Touch::Yes);
    let BookingOrder::Book { patient, slot, .. } = lobby.ordered() else { panic!("no booking") };
    assert_eq!((patient, slot), (maria().id, slots()[0].clone()));
    lobby.booked(60 * 26);
    let Screen::Done(done) = lobby.screen() else { panic!("no slip") };
    assert_eq!((done.number_label.as_str(), done.number.as_str()), ("Wednesday 25 November", "12:00"));
    assert!(done.code.starts_with("VESTIBULE:A:") && done.calendar.contains("DTSTART:20261125T110000Z"));
    assert_eq!(done.again, "", "check-in is not open yet");
    lobby.event(Event::Paper(Printed::Appointment(AppointmentId(Uuid::from_u128(0xD))), PaperState::Printed));
    let Screen::Done(done) = lobby.screen() else { panic!("no slip") };
    assert_eq!(done.paper, "Please take your slip.");
    lobby.touch(Touch::Finish);
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn a_slot_is_found_by_clinician_part_of_the_day_day_and_time_and_every_step_leads_back() {
    let mut lobby = Lobby::new();
    lobby.at_the_book(vec![]).choose("General").free(slots());
    assert_eq!(lobby.choices(), ["Whoever is free first", "Dr Chen", "Dr Okafor"]);
    lobby.choose("Dr Chen").choose("Afternoon");
    assert_eq!(lobby.choices().len(), 3, "a day with a free afternoon each");
    assert_eq!(lobby.choices()[1], "Wed 25 Nov");
    lobby.choose("Wed ");
    assert_eq!(lobby.choices(), ["16:00"]);
    lobby.choose("16:00").touch(Touch::No);
    assert_eq!(lobby.choices(), ["16:00"], "another time of the same day");
    lobby.touch(Touch::Back);
    assert_eq!(lobby.choices().len(), 3);
    lobby.touch(Touch::Back).choose("Any time").choose("Tue ");
    assert_eq!(lobby.choices(), ["10:30", "11:00", "16:00"]);
    lobby
        .touch(Touch::Back)
        .touch(Touch::Back)
        .touch(Touch::Back)
        .choose("Whoever")
        .choose("Any")
        .choose("Tue ");
    assert_eq!(
        lobby.choices(),
        ["10:30 · Dr Chen", "11:00 · Dr Okafor", "11:00 · Dr Chen", "16:00 · Dr Chen"]
    );
    for _ in 0..5 {
        lobby.touch(Touch::Back);
    }
    assert_eq!(lobby.session.step, Step::Welcome);
}

#[test]
fn a_slot_that_somebody_else_took_leads_to_those_that_are_left() {
    let mut lobby = Lobby::new();
    lobby
        .at_the_book(vec![])
        .choose("General")
        .free(slots())
        .choose("Whoever")
        .choose("As soon")
        .touch(Touch::Yes);
    lobby.answer(Answer::Ordered(Ok(BookingAnswer::Taken)));
    assert!(matches!(lobby.asked().1, Question::Slots(_)), "the book is searched again");
    lobby.free(slots().split_off(1));
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert!(question.error.contains("just taken"), "{question:?}");
    lobby.choose("Dr Okafor");
    let Screen::Question(question) = lobby.screen() else { panic!("no question") };
    assert_eq!(question.error, "", "said once");
}

#[test]
fn a_desk_that_does_not_answer_or_forbids_it_leaves_a_wish_for_a_person() {
    for answer in [
        Err(Unanswered::NotReached),
        Err(Unanswered::NotKnown),
        Ok(BookingAnswer::Refused { why: BookingRefusal::TooMany }),
        Ok(BookingAnswer::Refused { why: BookingRefusal::PatientIsBusy }),
    ] {
        let mut lobby = Lobby::new();
        lobby.at_the_book(vec![]).choose("General").free(slots()).choose("Whoever").choose("As soon");
        lobby.touch(Touch::Yes);
        let order = lobby.ordered();
        lobby.answer(Answer::Ordered(answer));
        assert_eq!(lobby.raised().reason, RequestReason::BookingWish);
        assert_eq!(
            lobby.raised().wish,
            Some(Box::new(order)),
            "the very order: the desk sees whether it was carried out"
        );
        assert_eq!(lobby.raised().patients, [maria().id]);
        assert_eq!(lobby.notice().title, "Your wish is written down");
    }
}

#[test]
fn an_appointment_is_moved_cancelled_or_waited_for_to_be_earlier() {
    let ahead = || vec![visit(60 * 48, AppointmentStatus::Booked, None)];
    let mut lobby = Lobby::new();
    lobby.at_the_book(ahead());
    assert_eq!(lobby.choices(), ["Thursday 26 November at 10:00 · Dr Chen", "Book a new appointment"]);
    lobby.choose("Thursday").choose("Choose another").free(slots()).choose("Whoever").choose("As soon");
    lobby.touch(Touch::Yes);
    let BookingOrder::Move { appointment: moved, from, slot } = lobby.ordered() else { panic!("not moved") };
    assert_eq!(
        (moved, from, slot),
        (AppointmentId(Uuid::from_u128(0xB)), ahead()[0].appointment.starts_at, slots()[0].clone())
    );
    lobby.booked(30);
    let Screen::Done(done) = lobby.screen() else { panic!("no slip") };
    assert_eq!((done.title.as_str(), done.again.as_str()), ("Your appointment is moved", "Check in now"));
    lobby.touch(Touch::Again);
    assert!(matches!(lobby.asked().1, Question::CheckIn(visit) if visit.appointment.is_some()));

    let mut lobby = Lobby::new();
    lobby
        .at_the_book(ahead())
        .choose("Thursday")
        .choose("Cancel it")
        .touch(Touch::No)
        .choose("Cancel it")
        .touch(Touch::Yes);
    let from = ahead()[0].appointment.starts_at;
    assert_eq!(lobby.ordered(), BookingOrder::Cancel { appointment: ahead()[0].appointment.id, from });
    let mut cancelled = ahead()[0].appointment.clone();
    cancelled.status = AppointmentStatus::Cancelled;
    lobby.answer(Answer::Ordered(Ok(BookingAnswer::Cancelled { appointment: cancelled })));
    assert_eq!(lobby.notice().title, "Your appointment is cancelled");
    lobby.touch(Touch::Again).choose("General");
    assert!(matches!(lobby.asked().1, Question::Slots(_)), "another can be booked at once");

    let mut lobby = Lobby::new();
    lobby.at_the_book(ahead()).choose("Thursday").choose("earlier");
    let BookingOrder::Wait { entry } = lobby.ordered() else { panic!("does not wait") };
    assert_eq!((entry.instead_of, entry.patient), (Some(ahead()[0].appointment.id), maria().id));
    assert_eq!(entry.wanted.to, from.date_naive());
    lobby.answer(Answer::Ordered(Ok(BookingAnswer::Noted)));
    assert_eq!(lobby.notice().title, "You are on the waiting list");
}

#[test]
fn nothing_free_leads_to_the_waiting_list_or_to_a_person() {
    let mut lobby = Lobby::new();
    lobby.at_the_book(vec![]).choose("General").free(vec![]).choose("Tell me");
    assert!(matches!(lobby.ordered(), BookingOrder::Wait { entry } if entry.wanted.service == "general"));
    let mut lobby = Lobby::new();
    lobby.at_the_book(vec![]).choose("General").free(vec![]).choose("Ask the desk");
    assert_eq!(lobby.raised().reason, RequestReason::NoAppointment);
}

#[test]
fn who_walks_in_is_offered_the_next_free_time_of_today_and_checked_in_with_it() {
    let mut lobby = Lobby::of(&arrivals::OWN);
    lobby.confirming(vec![]).touch(Touch::Yes).touch(Touch::Again).touch(Touch::Choice(0));
    let Question::Slots(search) = lobby.asked().1 else { panic!("no search") };
    assert_eq!((search.from, search.to), (now().date_naive(), now().date_naive()), "today only");
    lobby.free(slots().into_iter().take(4).collect());
    let Screen::Question(review) = lobby.screen() else { panic!("no review") };
    assert_eq!(review.title, "This is the next free time today. Shall we book it?");
    lobby.touch(Touch::Yes);
    assert!(
        matches!(lobby.asked().1, Question::Order { print: false, .. }),
        "a ticket, and no slip beside it"
    );
    lobby.booked(30);
    let Question::CheckIn(visit) = lobby.asked().1 else { panic!("no check-in") };
    assert!(visit.appointment.is_some() && visit.reason.is_some());
    // Later than check-in is open: a slip, to come back with.
    let mut lobby = Lobby::of(&arrivals::OWN);
    lobby.confirming(vec![]).touch(Touch::Yes).touch(Touch::Again).touch(Touch::Choice(0));
    lobby.free(vec![slots()[3].clone()]).touch(Touch::Yes);
    assert!(matches!(lobby.asked().1, Question::Order { print: true, .. }));
    lobby.booked(6 * 60);
    assert!(matches!(lobby.screen(), Screen::Done(_)));
}

#[test]
fn a_freed_time_is_offered_to_whoever_waited_for_it() {
    let day = now().date_naive();
    let wanted = SlotSearch { service: "general".into(), clinician: None, from: day, to: day, part: None };
    let entry = WaitingListEntry {
        id: WaitingListId(Uuid::from_u128(9)),
        patient: maria().id,
        wanted,
        instead_of: None,
        since: now(),
        language: "en".into(),
    };
    let offer = SlotOffer { entry, slot: slots()[1].clone(), until: now() + TimeDelta::minutes(30) };
    let waiting = |lobby: &mut Lobby| {
        lobby
            .touch(Touch::Appointments)
            .type_in("07111950")
            .touch(Touch::Next)
            .type_in("garcia")
            .touch(Touch::Next);
        let found = Known {
            patient: maria(),
            visits: booked(60 * 72),
            offer: Some(offer.clone()),
            members: Vec::new(),
            forms: FormsAnswered::new(),
        };
        lobby.answer(Found::One(Box::new(found))).touch(Touch::Yes);
    };
    let mut lobby = Lobby::new();
    waiting(&mut lobby);
    lobby.touch(Touch::Yes);
    assert!(matches!(lobby.ordered(), BookingOrder::TakeOffer { entry, .. } if entry == offer.entry.id));
    lobby.booked(60);
    assert!(matches!(lobby.screen(), Screen::Done(_)));
    let mut lobby = Lobby::new();
    waiting(&mut lobby);
    lobby.touch(Touch::No);
    assert!(matches!(lobby.ordered(), BookingOrder::DeclineOffer { keep_waiting: true, .. }));
    lobby.answer(Answer::Ordered(Ok(BookingAnswer::Noted)));
    assert_eq!(lobby.choices().len(), 2, "back at the own appointments");
}

#[test]
fn the_parts_of_a_day_are_those_of_the_clinics_clock() {
    let of = |slot: &Slot| PartOfDay::of(slot.starts_at.with_timezone(&CLINIC.zone).time());
    assert_eq!(slots().iter().filter(|slot| of(slot) == PartOfDay::Morning).count(), 9);
    assert!(slots().iter().all(|slot| slot.starts_at.minute() % 30 == 0));
}
