use super::*;
use crate::clinic::{Clinic, EXAMPLE, read_text};
use crate::front_desk::message::{Message, Side};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use crate::front_desk::queue::{Place, VisitEnd};
use crate::front_desk::request::{OwnWords, RequestReason, RequestState};
use crate::front_desk::ticket::{NewVisit, Ticket, VisitId};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::{DESK, FactKind};
use crate::store::Store;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

const MARIA: &str = "Maria";

struct Scene {
    clinic: Clinic,
    store: Store,
    now: DateTime<Utc>,
    people: u128,
}

impl Scene {
    fn new() -> Self {
        // Ten in the morning in Madrid: no day ends within a test by accident.
        let now = "2026-11-25T09:00:00Z".parse().unwrap();
        Self {
            clinic: read_text("clinic.toml", EXAMPLE).unwrap(),
            store: Store::in_memory(DESK).unwrap(),
            now,
            people: 0,
        }
    }

    fn minutes_later(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
    }

    /// Somebody walks in for a service.
    fn comes(&mut self, service: &str) -> (VisitId, Ticket) {
        self.people += 1;
        let born = DateOfBirth::new(1960 + i32::try_from(self.people).unwrap(), 1, 2, self.now.date_naive())
            .unwrap();
        let patient = Patient {
            id: PatientId(Uuid::from_u128(self.people)),
            number: None,
            name: PersonName { given: "Ana".into(), family: format!("Ruiz{}", self.people) },
            date_of_birth: born,
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Kiosk,
            balance_due: None,
            further: Default::default(),
        };
        let visit = NewVisit {
            registration: Some(patient.clone()),
            patient: patient.id,
            appointment: None,
            reason: None,
            service: service.into(),
            language: "en".into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        let ticket = self.store.check_in(&self.clinic, "1", &visit, self.now).unwrap();
        let day = self.store.queue(ticket.day).unwrap();
        let entry = day.iter().find(|entry| entry.ticket == ticket.id).unwrap();
        (entry.visit, ticket)
    }

    fn calls_next(&mut self, point: &str, finishes: Option<VisitId>) -> Result<VisitId, QueueRefusal> {
        self.store
            .call_next(&self.clinic, point, finishes, MARIA, self.now)
            .unwrap()
            .map(|called| called.visit)
    }

    fn place(&self, visit: VisitId) -> Place {
        self.store.queue_entry(visit).unwrap().unwrap().place
    }

    fn open(&self, reason: RequestReason) -> usize {
        let open = self.store.open_requests().unwrap();
        open.iter().filter(|row| row.request.reason == reason).count()
    }
}

#[test]
fn each_is_called_once_in_their_turn_and_a_point_has_one_patient() {
    let mut scene = Scene::new();
    let (first, _) = scene.comes("general");
    scene.minutes_later(1);
    let (second, ticket) = scene.comes("general");
    let (other_service, _) = scene.comes("blood");
    assert_eq!(scene.calls_next("room-1", None), Ok(first));
    let number = scene.store.queue_entry(first).unwrap().unwrap().number;
    assert_eq!(scene.calls_next("room-1", None), Err(QueueRefusal::PointIsTaken { by: number }));
    assert_eq!(scene.calls_next("room-2", None), Ok(second));
    assert_eq!(scene.calls_next("room-1", Some(first)), Err(QueueRefusal::NobodyWaits { held_until: None }));
    assert!(matches!(scene.place(first), Place::Called { .. }), "a refusal finishes nobody");
    assert_eq!(scene.calls_next("laboratory", None), Ok(other_service));
    assert_eq!(scene.calls_next("cellar", None), Err(QueueRefusal::NoSuchPoint));
    // The same press twice, from a finger that trembles: the second ends nobody else's visit.
    let (third, _) = scene.comes("general");
    assert_eq!(scene.calls_next("room-2", Some(second)), Ok(third));
    assert_eq!(scene.calls_next("room-2", Some(second)), Err(QueueRefusal::Ended));
    let stays = scene.store.stays(ticket.day, ticket.day).unwrap();
    assert_eq!(stays.len(), 1);
    assert_eq!((stays[0].point.as_str(), stays[0].waits_since), ("room-2", ticket.issued_at));
}

#[test]
fn who_does_not_come_waits_on_and_in_the_end_a_person_looks_for_them() {
    let mut scene = Scene::new();
    let (visit, _) = scene.comes("general");
    for call in 1..=3 {
        assert_eq!(scene.calls_next("room-1", None), Ok(visit));
        scene.store.call_again(&scene.clinic, visit, MARIA, scene.now).unwrap().unwrap();
        scene.store.mark_absent(&scene.clinic, visit, MARIA, scene.now).unwrap().unwrap();
        assert_eq!(scene.place(visit), Place::Waiting);
        let held_until = Some(scene.now + TimeDelta::minutes(5));
        assert_eq!(scene.calls_next("room-1", None), Err(QueueRefusal::NobodyWaits { held_until }));
        assert_eq!(scene.open(RequestReason::NotThere), usize::from(call == 3));
        scene.minutes_later(5);
    }
    let end = VisitEnd::Left { why: OwnWords("went home".into()) };
    scene.store.finish_visit(&scene.clinic, visit, end.clone(), MARIA, scene.now).unwrap().unwrap();
    assert_eq!(scene.place(visit), Place::Ended(end));
    assert_eq!(scene.open(RequestReason::NotThere), 0, "answered by that");
}

#[test]
fn a_call_by_mistake_leaves_nothing_behind() {
    let mut scene = Scene::new();
    let (visit, ticket) = scene.comes("general");
    scene.calls_next("room-1", None).unwrap();
    assert_eq!(scene.store.last_calls(ticket.day, 4).unwrap().len(), 1);
    scene.store.take_call_back(&scene.clinic, visit, MARIA, scene.now).unwrap().unwrap();
    assert_eq!(scene.store.last_calls(ticket.day, 4).unwrap(), []);
    assert_eq!(scene.calls_next("room-2", None), Ok(visit));
}

#[test]
fn an_end_by_mistake_is_taken_back_and_leaves_no_time_at_a_point_behind() {
    let mut scene = Scene::new();
    let (first, ticket) = scene.comes("general");
    let (second, _) = scene.comes("general");
    scene.calls_next("room-1", None).unwrap();
    let before = scene.store.queue_entry(first).unwrap();
    scene.minutes_later(3);
    assert_eq!(scene.calls_next("room-1", Some(first)), Ok(second));
    let reopen =
        |scene: &mut Scene, visit| scene.store.reopen_visit(&scene.clinic, visit, MARIA, scene.now).unwrap();
    // As the page does it: the call first, then the end.
    scene.store.take_call_back(&scene.clinic, second, MARIA, scene.now).unwrap().unwrap();
    assert_eq!(reopen(&mut scene, first), Ok(()));
    assert_eq!(scene.store.queue_entry(first).unwrap(), before, "at the point as before");
    assert_eq!(scene.store.stays(ticket.day, ticket.day).unwrap(), []);
    assert_eq!(reopen(&mut scene, first), Err(QueueRefusal::NotEnded));
    // Somebody else is at the point by now: who was ended by mistake waits at the old place.
    assert_eq!(scene.calls_next("room-1", Some(first)), Ok(second));
    assert_eq!(reopen(&mut scene, first), Ok(()));
    assert_eq!(scene.place(first), Place::Waiting);
    assert_eq!(scene.calls_next("room-2", None), Ok(first));
    // Who had left has come back.
    let end = VisitEnd::Left { why: OwnWords("went home".into()) };
    scene.store.finish_visit(&scene.clinic, first, end, MARIA, scene.now).unwrap().unwrap();
    assert_eq!(reopen(&mut scene, first), Ok(()));
    assert_eq!(scene.place(first), Place::Waiting);
    scene.minutes_later(24 * 60);
    assert_eq!(reopen(&mut scene, first), Err(QueueRefusal::NoSuchVisit), "of another day");
}

#[test]
fn who_is_sent_on_keeps_the_wait_and_not_the_time_with_the_doctor() {
    let mut scene = Scene::new();
    let (visit, _) = scene.comes("general");
    scene.minutes_later(20);
    let (other, _) = scene.comes("blood");
    scene.minutes_later(5);
    scene.calls_next("room-1", None).unwrap();
    scene.minutes_later(30);
    scene.store.transfer(&scene.clinic, visit, "blood", MARIA, scene.now).unwrap().unwrap();
    let entry = scene.store.queue_entry(visit).unwrap().unwrap();
    assert_eq!(entry.since, Some(scene.now - TimeDelta::minutes(25)));
    // The other has waited 35 minutes by now.
    assert_eq!(scene.calls_next("laboratory", None), Ok(other));
    assert_eq!(scene.calls_next("laboratory", Some(other)), Ok(visit));
    let again = scene.store.transfer(&scene.clinic, visit, "blood", MARIA, scene.now).unwrap();
    assert_eq!(again, Err(QueueRefusal::SameService));
}

#[test]
fn staff_put_ahead_by_name() {
    let mut scene = Scene::new();
    scene.comes("general");
    scene.minutes_later(30);
    let (urgent, _) = scene.comes("general");
    let groups = vec!["cannot-wait".to_string(), "no-such-group".into()];
    scene
        .store
        .mark_visit(&scene.clinic, urgent, Urgency::Urgent, groups, MARIA, scene.now)
        .unwrap()
        .unwrap();
    let entry = scene.store.queue_entry(urgent).unwrap().unwrap();
    assert_eq!((entry.urgency, entry.groups), (Urgency::Urgent, vec!["cannot-wait".to_string()]));
    assert_eq!(scene.calls_next("room-1", None), Ok(urgent));
}

#[test]
fn nobody_waits_past_the_promised_time_unseen() {
    let mut scene = Scene::new();
    let (visit, ticket) = scene.comes("general");
    scene.now = ticket.come_back_at - TimeDelta::minutes(6);
    assert_eq!(scene.store.flag_long_waits(&scene.clinic, scene.now).unwrap(), 0);
    scene.minutes_later(1);
    assert_eq!(scene.store.flag_long_waits(&scene.clinic, scene.now).unwrap(), 1);
    assert_eq!(scene.store.flag_long_waits(&scene.clinic, scene.now).unwrap(), 0, "once");
    assert_eq!(scene.open(RequestReason::WaitsTooLong), 1);
    scene.calls_next("room-1", None).unwrap();
    assert_eq!(scene.open(RequestReason::WaitsTooLong), 0, "answered by the call");
    scene.store.mark_absent(&scene.clinic, visit, MARIA, scene.now).unwrap().unwrap();
    scene.minutes_later(1);
    assert_eq!(scene.store.flag_long_waits(&scene.clinic, scene.now).unwrap(), 1, "waits once more");
}

#[test]
fn a_day_that_ends_leaves_nobody_behind_in_silence() {
    let mut scene = Scene::new();
    let (called, _) = scene.comes("general");
    let (left, ticket) = scene.comes("general");
    scene.calls_next("room-1", None).unwrap();
    scene.minutes_later(24 * 60);
    assert_eq!(scene.store.end_days(&scene.clinic, scene.now).unwrap(), 2);
    assert_eq!(scene.store.end_days(&scene.clinic, scene.now).unwrap(), 0);
    assert_eq!(scene.place(called), Place::Ended(VisitEnd::Seen));
    assert_eq!(scene.place(left), Place::Ended(VisitEnd::NeverCalled));
    let open = scene.store.open_requests().unwrap();
    let told: Vec<_> = open.iter().filter(|row| row.request.reason == RequestReason::NeverCalled).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].request.stopped_at.ends_with(ticket.number.as_str()));
    assert_eq!(told[0].state, RequestState::Open);
}

#[test]
fn a_kiosk_that_follows_the_desk_knows_the_same_queue() {
    let mut scene = Scene::new();
    let (first, ticket) = scene.comes("general");
    scene.comes("general");
    scene.calls_next("room-1", None).unwrap();
    let mut kiosk = Store::in_memory("lobby").unwrap();
    let feed = scene.store.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 100).unwrap();
    kiosk.follow(&feed).unwrap();
    assert_eq!(kiosk.queue(ticket.day).unwrap(), scene.store.queue(ticket.day).unwrap());
    assert!(matches!(kiosk.queue_entry(first).unwrap().unwrap().place, Place::Called { .. }));
}

#[test]
fn what_staff_ask_about_somebody_who_waits_is_theirs_alone_until_it_is_answered() {
    let mut scene = Scene::new();
    let (_, ticket) = scene.comes("general");
    let (_, other) = scene.comes("general");
    let holder = |scene: &Scene, ticket: &Ticket| scene.store.holder_of(ticket.id).unwrap().unwrap().id;
    let (patient, somebody) = (holder(&scene, &ticket), holder(&scene, &other));
    scene.now = ticket.come_back_at;
    scene.store.flag_long_waits(&scene.clinic, scene.now).unwrap();
    let open = scene.store.open_requests().unwrap();
    let request = open.iter().find(|row| row.request.ticket == Some(ticket.id)).unwrap().request.id;
    assert!(scene.store.questions_for(patient).unwrap().is_empty());
    let says = |scene: &mut Scene, from, id| {
        let message = Message {
            id: Uuid::from_u128(id),
            request,
            from,
            by: MARIA.into(),
            phrase: None,
            words: OwnWords("Where are you?".into()),
            language: "en".into(),
            at: scene.now,
        };
        scene.store.commit(vec![FactKind::MessageSent { message }], scene.now).unwrap();
    };
    says(&mut scene, Side::Staff, 1);
    let asked = scene.store.questions_for(patient).unwrap();
    assert_eq!(asked.iter().map(|row| row.request.id).collect::<Vec<_>>(), [request]);
    assert!(scene.store.questions_for(somebody).unwrap().is_empty());
    assert_eq!(scene.store.standing_ticket(patient, ticket.day).unwrap(), Some(ticket.clone()));
    scene.minutes_later(1);
    says(&mut scene, Side::Patient, 2);
    assert!(scene.store.questions_for(patient).unwrap().is_empty(), "answered");
    scene.minutes_later(1);
    says(&mut scene, Side::Staff, 3);
    scene.calls_next("room-1", None).unwrap();
    assert!(scene.store.questions_for(patient).unwrap().is_empty(), "called, so nobody need ask");
    let visit = scene.store.queue(ticket.day).unwrap()[0].visit;
    scene.store.finish_visit(&scene.clinic, visit, VisitEnd::Seen, MARIA, scene.now).unwrap().unwrap();
    assert_eq!(scene.store.standing_ticket(patient, ticket.day).unwrap(), None);
}

/// The kiosk's copy of the desk's store.
fn kiosk_of(scene: &mut Scene) -> Store {
    let mut kiosk = Store::in_memory("lobby").unwrap();
    let feed = scene.store.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 1000).unwrap();
    kiosk.follow(&feed).unwrap();
    kiosk.heard_from_desk(scene.now);
    kiosk
}

#[test]
fn the_ticket_promises_what_the_estimate_says_and_the_time_to_come_back_counts_from_its_end() {
    let mut scene = Scene::new();
    for _ in 0..5 {
        scene.comes("blood");
    }
    let expected = scene.store.wait_estimate(&scene.clinic, "blood", None, scene.now).unwrap();
    let (_, ticket) = scene.comes("blood");
    assert_eq!(ticket.expected(), expected.range);
    assert!(
        scene.now + TimeDelta::minutes(10) < expected.range.from
            && expected.range.from < expected.range.until
    );
    let come_back = TimeDelta::minutes(scene.clinic.come_back_minutes.into());
    assert_eq!(ticket.come_back_at, expected.range.until + come_back);
}

#[test]
fn calls_shorten_the_wait_and_another_service_does_not_touch_it() {
    let mut scene = Scene::new();
    for _ in 0..6 {
        scene.comes("blood");
    }
    let likely = |scene: &Scene| {
        let expected = scene.store.wait_estimate(&scene.clinic, "blood", None, scene.now).unwrap();
        (expected.likely - scene.now).num_minutes()
    };
    let before = likely(&scene);
    scene.comes("children");
    assert_eq!(likely(&scene), before);
    let mut at_point = None;
    for _ in 0..3 {
        at_point = Some(scene.calls_next("laboratory", at_point).unwrap());
        scene.minutes_later(4);
    }
    let after = likely(&scene);
    assert!(after + 8 < before, "{before} {after}");
}

#[test]
fn a_kiosk_tells_the_same_as_its_desk_and_when_it_is_alone_that_the_desk_goes_on() {
    let mut scene = Scene::new();
    for _ in 0..6 {
        scene.comes("blood");
        scene.minutes_later(1);
    }
    let at_point = scene.calls_next("laboratory", None).unwrap();
    scene.minutes_later(5);
    scene.calls_next("laboratory", Some(at_point)).unwrap();
    let kiosk = kiosk_of(&mut scene);
    let told = |store: &Store, minutes: i64| {
        let now = scene.now + TimeDelta::minutes(minutes);
        store.wait_estimate(&scene.clinic, "blood", None, now).unwrap()
    };
    assert_eq!(told(&kiosk, 0), told(&scene.store, 0));
    let ahead = |minutes: i64| (told(&kiosk, minutes).likely - scene.now).num_minutes() - minutes;
    assert!(ahead(0) > 12, "{}", ahead(0));
    assert!(
        ahead(60) <= 2,
        "all four were called in the hour of which the kiosk knows nothing: {}",
        ahead(60)
    );
}

#[test]
fn what_was_promised_and_how_it_came_is_kept_for_looking_back() {
    let mut scene = Scene::new();
    let (visit, _) = scene.comes("blood");
    scene.minutes_later(7);
    scene.calls_next("laboratory", None).unwrap();
    scene.minutes_later(6);
    scene.store.finish_visit(&scene.clinic, visit, VisitEnd::Seen, MARIA, scene.now).unwrap().unwrap();
    let days = scene.store.days_seen(&scene.clinic, "blood").unwrap();
    let (_, day) = days.first_key_value().unwrap();
    let called = day.called[0];
    assert_eq!((days.len(), day.called.len()), (1, 1));
    assert_eq!(
        (called.called - called.arrived, called.finished.unwrap() - called.called),
        (TimeDelta::minutes(7), TimeDelta::minutes(6))
    );
    assert_eq!(called.turn, called.arrived);
}

#[test]
fn whoever_holds_a_ticket_of_a_day_to_come_is_looked_for() {
    let mut scene = Scene::new();
    let now = scene.now;
    // The clock of the kiosk ran ahead.
    scene.now += TimeDelta::days(3650);
    let (visit, _) = scene.comes("general");
    scene.now = now;
    assert_eq!(scene.store.end_days(&scene.clinic, now).unwrap(), 1);
    assert_eq!(scene.place(visit), Place::Ended(VisitEnd::NeverCalled));
    assert_eq!(scene.open(RequestReason::NeverCalled), 1);
}
