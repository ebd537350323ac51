use super::*;
use crate::front_desk::queue::{Place, VisitEnd};
use crate::front_desk::ticket::{TicketId, TicketNumber};
use proptest::prelude::*;
use uuid::Uuid;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).unwrap()
}

/// Somebody of number `id` who came at a minute.
fn came(id: u128, minute: i64) -> QueueEntry {
    QueueEntry {
        visit: VisitId(Uuid::from_u128(id)),
        ticket: TicketId(Uuid::from_u128(id)),
        number: TicketNumber::new('C', "1", u32::try_from(id).unwrap()),
        day: at(0).date_naive(),
        service: "general".into(),
        arrived_at: at(minute),
        appointment: None,
        since: None,
        urgency: Urgency::Routine,
        groups: Vec::new(),
        age: Some(40),
        absences: 0,
        held_until: None,
        place: Place::Waiting,
    }
}

fn booked(id: u128, came_at: i64, for_minute: i64) -> QueueEntry {
    QueueEntry { appointment: Some(at(for_minute)), ..came(id, came_at) }
}

fn policy(counts_from: CountsFrom) -> QueuePolicy {
    let name = || serde_json::from_str(r#"{"en":"a group"}"#).unwrap();
    let group = |id: &str, ahead, age_from, age_under| PriorityGroup {
        id: id.into(),
        name: name(),
        ahead: TimeDelta::minutes(ahead),
        age_from,
        age_under,
    };
    QueuePolicy {
        counts_from,
        walk_ins_behind: TimeDelta::minutes(10),
        urgent_ahead: TimeDelta::minutes(45),
        groups: vec![group("old-age", 15, Some(80), None), group("cannot-wait", 20, None, None)],
    }
}

fn called_in_order(policy: &QueuePolicy, entries: &[QueueEntry]) -> Vec<u128> {
    order(|_| policy, entries).iter().map(|(entry, _)| entry.visit.0.as_u128()).collect()
}

#[test]
fn each_policy_has_its_order() {
    // 1 walked in at 0; 2 is booked for 5 and came late at 12; 3 is booked for 20 and came early at 2.
    let queue = [came(1, 0), booked(2, 12, 5), booked(3, 2, 20)];
    for (counts_from, expected) in [
        (CountsFrom::AppointmentTime, [2, 1, 3]),
        (CountsFrom::Arrival, [1, 3, 2]),
        (CountsFrom::LongestWait, [1, 2, 3]),
    ] {
        assert_eq!(called_in_order(&policy(counts_from), &queue), expected, "{counts_from:?}");
    }
}

#[test]
fn what_puts_somebody_ahead_is_stated_and_limited() {
    let policy = policy(CountsFrom::Arrival);
    let old_and_in_pain = QueueEntry { age: Some(91), groups: vec!["cannot-wait".into()], ..came(1, 30) };
    let its = turn(&policy, &old_and_in_pain);
    assert_eq!(its.base, Base::Came(at(30)));
    assert_eq!(
        its.ahead,
        [Ahead::Group("cannot-wait".into(), TimeDelta::minutes(20))],
        "the better of the two"
    );
    assert_eq!(its.counts_from, at(10));
    let urgent = QueueEntry { urgency: Urgency::Urgent, ..old_and_in_pain.clone() };
    assert_eq!(turn(&policy, &urgent).counts_from, at(-35));
    let danger = QueueEntry { urgency: Urgency::Emergency, ..came(2, 300) };
    assert_eq!(called_in_order(&policy, &[came(3, 0), urgent, danger]), [2, 1, 3]);
}

#[test]
fn who_was_sent_here_keeps_what_they_have_waited() {
    let sent = QueueEntry { since: Some(at(-20)), ..booked(1, 0, 15) };
    assert_eq!(turn(&policy(CountsFrom::AppointmentTime), &sent).base, Base::Transferred(at(-20)));
}

#[test]
fn who_did_not_come_has_a_second_chance_at_the_old_place() {
    let policy = policy(CountsFrom::Arrival);
    let absent = QueueEntry { held_until: Some(at(30)), absences: 1, ..came(1, 0) };
    let queue = [absent, came(2, 5)];
    assert_eq!(next(|_| &policy, &queue, at(29)), Some(VisitId(Uuid::from_u128(2))));
    assert_eq!(next(|_| &policy, &queue, at(30)), Some(VisitId(Uuid::from_u128(1))));
    let called = Place::Called { point: "room-1".into(), by: "Maria".into(), at: at(1), times: 1 };
    for place in [called, Place::Ended(VisitEnd::Seen)] {
        assert_eq!(next(|_| &policy, &[QueueEntry { place, ..came(1, 0) }], at(60)), None);
    }
}

/// Somebody who may come, in any way.
fn anybody() -> impl Strategy<Value = QueueEntry> {
    let appointment = prop::option::of(-60i64..120);
    let urgency = prop_oneof![8 => Just(Urgency::Routine), 2 => Just(Urgency::Urgent)];
    let groups =
        prop::collection::vec(prop_oneof![Just("cannot-wait".to_string()), Just("unknown".into())], 0..2);
    (0i64..600, appointment, urgency, groups, 0u32..100).prop_map(
        |(arrived, appointment, urgency, groups, age)| {
            QueueEntry {
                // Kiosks let nobody in more than an hour before the time, or long after it.
                appointment: appointment.map(|minutes| at(arrived + minutes)),
                urgency,
                groups,
                age: Some(age),
                ..came(1, arrived)
            }
        },
    )
}

fn any_policy() -> impl Strategy<Value = QueuePolicy> {
    prop_oneof![Just(CountsFrom::AppointmentTime), Just(CountsFrom::Arrival), Just(CountsFrom::LongestWait)]
        .prop_map(policy)
}

proptest! {
    /// Nobody is called twice, nobody is forgotten: everybody who waits is called exactly once.
    #[test]
    fn the_order_is_one_of_everybody(policy in any_policy(), people in prop::collection::vec(anybody(), 0..60)) {
        let mut queue: Vec<_> = (1..).zip(people).map(|(id, entry)| QueueEntry {
            visit: VisitId(Uuid::from_u128(id)), ..entry
        }).collect();
        let count = queue.len() as u128;
        let mut called = Vec::new();
        while let Some(visit) = next(|_| &policy, &queue, at(10_000)) {
            called.push(visit);
            queue.retain(|entry| entry.visit != visit);
        }
        prop_assert!(queue.is_empty());
        called.sort_by_key(|visit| visit.0);
        let everybody: Vec<_> = (1..=count).map(|id| VisitId(Uuid::from_u128(id))).collect();
        prop_assert_eq!(called, everybody);
    }

    /// Waiting is bounded: whoever comes later than somebody's turn by more than the longest head start never comes
    /// before them, and that limit does not depend on how many come.
    #[test]
    fn nobody_is_overtaken_without_end(
        policy in any_policy(), first in anybody(), later in prop::collection::vec(anybody(), 1..80)
    ) {
        let mine = turn(&policy, &first);
        // Booked patients count from their time, and are let in at most so much after it.
        let late = TimeDelta::minutes(60);
        for other in later {
            let limit = mine.counts_from + policy.longest_ahead() + late;
            if other.arrived_at > limit {
                prop_assert!(turn(&policy, &other).counts_from > mine.counts_from, "{other:?}");
            }
        }
    }

    /// The order does not depend on who is asked about whom: it is one order, so what staff are told stays true.
    #[test]
    fn a_turn_stays_what_it_is(policy in any_policy(), people in prop::collection::vec(anybody(), 2..30)) {
        let queue: Vec<_> = (1..).zip(people).map(|(id, entry)| QueueEntry {
            visit: VisitId(Uuid::from_u128(id)), ..entry
        }).collect();
        let all = called_in_order(&policy, &queue);
        let some: Vec<_> = queue.iter().filter(|entry| entry.visit.0.as_u128() % 2 == 0).cloned().collect();
        let left: Vec<_> = all.into_iter().filter(|id| id % 2 == 0).collect();
        prop_assert_eq!(called_in_order(&policy, &some), left);
    }
}
