#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn calendar(zone: Tz) -> Calendar {
    Calendar { zone, week: Default::default(), holidays: BTreeMap::new() }
}

fn session(from: (u32, u32), lasts: u16, minutes: u16) -> Session {
    Session {
        service: "general".into(),
        weekdays: [true; 7],
        from: NaiveTime::from_hms_opt(from.0, from.1, 0).unwrap(),
        lasts,
        minutes,
        site: None,
        first_day: None,
        last_day: None,
        patients_may_book: true,
    }
}

fn schedule(sessions: Vec<Session>) -> Schedule {
    Schedule {
        booking: BookingRules {
            days_ahead: 60,
            notice: TimeDelta::minutes(30),
            change_until: TimeDelta::hours(24),
            hold_offer: TimeDelta::minutes(30),
            most_ahead: 3,
        },
        clinicians: vec![Clinician { name: "Dr Chen".into(), services: vec!["general".into()], sessions }],
        closures: Vec::new(),
    }
}

fn search(from: &str, to: &str) -> SlotSearch {
    SlotSearch { service: "general".into(), clinician: None, from: day(from), to: day(to), part: None }
}

/// The local times of the free slots of a day, `now` being long before.
fn times(schedule: &Schedule, zone: Tz, on: &str) -> Vec<String> {
    let now = at(&format!("{on}T00:00:00Z")) - TimeDelta::days(3);
    open_slots(schedule, &calendar(zone), &search(on, on), &[], now)
        .iter()
        .map(|slot| slot.starts_at.with_timezone(&zone).format("%H:%M").to_string())
        .collect()
}

const MADRID: Tz = chrono_tz::Europe::Madrid;

#[test]
fn a_session_is_divided_into_slots_and_what_is_left_is_not_used() {
    let morning = schedule(vec![session((9, 0), 70, 20)]);
    assert_eq!(times(&morning, MADRID, "2026-11-25"), ["09:00", "09:20", "09:40"]);
}

#[test]
fn the_hour_that_the_clocks_leave_out_has_no_slots_and_the_one_that_comes_twice_has_them_once() {
    let night = schedule(vec![session((1, 0), 180, 30)]);
    let expected = ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"];
    assert_eq!(times(&night, MADRID, "2027-03-27"), expected);
    assert_eq!(times(&night, MADRID, "2027-03-28"), ["01:00", "01:30", "03:00", "03:30"]);
    assert_eq!(times(&night, MADRID, "2027-10-31"), expected);
    // A slot of which the end falls into the missing hour takes its real time; the next begins after it.
    let long = schedule(vec![session((1, 0), 180, 40)]);
    assert_eq!(times(&long, MADRID, "2027-03-28"), ["01:00", "01:40"]);
}

#[test]
fn sessions_end_at_midnight_or_go_on_after_it() {
    let late = schedule(vec![session((23, 0), 60, 30)]);
    assert_eq!(times(&late, MADRID, "2026-11-25"), ["23:00", "23:30"]);
    let mut night = schedule(vec![session((23, 0), 120, 30)]);
    assert_eq!(times(&night, MADRID, "2026-11-25"), ["00:00", "00:30", "23:00", "23:30"]);
    // It belongs to the day on which it begins.
    night.clinicians[0].sessions[0].weekdays = [false, true, false, false, false, false, false];
    assert_eq!(times(&night, MADRID, "2026-11-24"), ["23:00", "23:30"], "a Tuesday");
    assert_eq!(times(&night, MADRID, "2026-11-25"), ["00:00", "00:30"]);
    assert!(times(&night, MADRID, "2026-11-26").is_empty());
}

#[test]
fn days_are_those_of_the_clinic_wherever_it_is() {
    let morning = schedule(vec![session((0, 15), 30, 30)]);
    for zone in [
        chrono_tz::Pacific::Kiritimati,
        chrono_tz::Pacific::Pago_Pago,
        chrono_tz::Asia::Kathmandu,
        chrono_tz::Pacific::Chatham,
        chrono_tz::UTC,
    ] {
        for on in ["2028-02-29", "2026-12-31", "2027-01-01"] {
            assert_eq!(times(&morning, zone, on), ["00:15"], "{zone} {on}");
        }
        assert!(times(&morning, zone, "2028-02-28").len() == 1, "{zone}");
    }
    // There was no 30th of December 2011 in Samoa.
    assert!(times(&morning, chrono_tz::Pacific::Apia, "2011-12-30").is_empty());
}

#[test]
fn nobody_is_seen_on_holidays_and_while_somebody_is_away() {
    let mut book = schedule(vec![session((23, 0), 120, 30)]);
    let mut holidays = calendar(MADRID);
    holidays.holidays.insert(day("2026-12-25"), "Christmas Day".into());
    let now = at("2026-12-20T12:00:00Z");
    let days = |book: &Schedule, calendar: &Calendar| -> Vec<String> {
        let slots = open_slots(book, calendar, &search("2026-12-24", "2026-12-26"), &[], now);
        slots.iter().map(|s| s.starts_at.with_timezone(&MADRID).format("%d %H:%M").to_string()).collect()
    };
    let open =
        ["24 00:00", "24 00:30", "24 23:00", "24 23:30", "26 00:00", "26 00:30", "26 23:00", "26 23:30"];
    // The night of the holiday itself belongs to nobody; the one that it ends in does.
    assert_eq!(days(&book, &holidays), open);
    let closure = |clinician: Option<&str>, from: &str, to: &str| Closure {
        clinician: clinician.map(str::to_string),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        name: "away".into(),
    };
    book.closures = vec![closure(Some("dr. chen"), "2026-12-24T23:15:00", "2026-12-26T00:00:00")];
    assert_eq!(
        days(&book, &calendar(MADRID)),
        ["24 00:00", "24 00:30", "26 00:00", "26 00:30", "26 23:00", "26 23:30"]
    );
    book.closures[0].clinician = Some("Dr Okafor".into());
    assert_eq!(days(&book, &holidays), open, "somebody else is away");
    book.closures[0].clinician = None;
    assert_eq!(days(&book, &holidays).len(), 6, "everybody");
}

#[test]
fn patients_book_with_notice_and_not_too_far_ahead_staff_whenever_there_is_room() {
    let mut book = schedule(vec![session((9, 0), 60, 15)]);
    let now = at("2026-11-25T08:16:00Z"); // 09:16 in Madrid
    let free = |book: &Schedule, asker, from: &str, to: &str| {
        book.open_slots(&calendar(MADRID), asker, &search(from, to), &[], now).len()
    };
    assert_eq!(free(&book, Asker::Patient, "2026-11-25", "2026-11-25"), 0);
    assert_eq!(free(&book, Asker::Staff, "2026-11-25", "2026-11-25"), 2);
    assert_eq!(free(&book, Asker::Patient, "2026-11-01", "2030-01-01"), 60 * 4);
    assert_eq!(free(&book, Asker::Staff, "2028-02-29", "2028-02-29"), 0, "two years are far enough");
    book.clinicians[0].sessions[0].patients_may_book = false;
    assert_eq!(free(&book, Asker::Patient, "2026-11-26", "2026-11-26"), 0);
    assert_eq!(free(&book, Asker::Staff, "2026-11-26", "2026-11-26"), 4);
}

#[test]
fn a_search_may_name_a_clinician_a_part_of_the_day_and_days_that_do_not_exist() {
    let mut book = schedule(vec![session((11, 30), 60, 30), session((16, 30), 60, 30)]);
    book.clinicians.push(Clinician { name: "Dr Okafor".into(), ..book.clinicians[0].clone() });
    let now = at("2026-11-20T08:00:00Z");
    let found = |search: &SlotSearch| -> Vec<String> {
        let slots = open_slots(&book, &calendar(MADRID), search, &[], now);
        slots.iter().map(|s| s.starts_at.with_timezone(&MADRID).format("%H:%M").to_string()).collect()
    };
    let day = search("2026-11-25", "2026-11-25");
    assert_eq!(found(&day).len(), 8);
    let chen = SlotSearch { clinician: Some("Dr Chen".into()), ..day.clone() };
    assert_eq!(found(&chen), ["11:30", "12:00", "16:30", "17:00"]);
    for (part, expected) in [
        (PartOfDay::Morning, &["11:30"][..]),
        (PartOfDay::Afternoon, &["12:00", "16:30"]),
        (PartOfDay::Evening, &["17:00"]),
    ] {
        assert_eq!(found(&SlotSearch { part: Some(part), ..chen.clone() }), expected);
    }
    let (from, to) = (NaiveDate::MIN, NaiveDate::MAX);
    assert!(!found(&SlotSearch { from, to, ..day.clone() }).is_empty());
    assert!(found(&SlotSearch { from: to, to: from, ..day }).is_empty());
}

#[test]
fn a_clinician_is_known_by_a_name_that_another_system_writes_its_own_way() {
    for name in ["Dr Chen", "DR. CHEN", " dr  chen", "Dr.Chen"] {
        assert_eq!(clinician_key(name), "dr chen", "{name}");
    }
    assert_ne!(clinician_key("Dr Chen"), clinician_key("Dr Cheng"));
}

fn any_zone() -> impl Strategy<Value = Tz> {
    proptest::sample::select(vec![
        MADRID,
        chrono_tz::UTC,
        chrono_tz::America::New_York,
        chrono_tz::Australia::Lord_Howe,
        chrono_tz::Pacific::Kiritimati,
        chrono_tz::Pacific::Apia,
        chrono_tz::Pacific::Marquesas,
        chrono_tz::Asia::Beirut,
        chrono_tz::America::Havana,
        chrono_tz::Asia::Kathmandu,
        chrono_tz::Africa::Casablanca,
    ])
}

prop_compose! {
    fn any_session()(
        weekdays in any::<[bool; 7]>(),
        from in 0u32..1440,
        lasts in 1u16..=1440,
        minutes in 1u16..=90,
        patients_may_book in any::<bool>(),
    ) -> Session {
        let lasts = lasts.max(minutes);
        Session { weekdays, patients_may_book, ..session((from / 60, from % 60), lasts, minutes) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn free_slots_are_in_order_in_their_sessions_and_never_over_what_is_taken(
        zone in any_zone(),
        sessions in proptest::collection::vec(any_session(), 1..3),
        start in 1_262_304_000i64..2_000_000_000,
        length in 0u64..5,
        taken in proptest::collection::vec((-300i64..8000, 1i64..300), 0..12),
        closed in proptest::option::of((0i64..6000, 1i64..3000)),
    ) {
        let now = DateTime::from_timestamp(start, 0).unwrap();
        let first = now.with_timezone(&zone).date_naive();
        let last = first.checked_add_days(Days::new(length)).unwrap();
        let calendar = calendar(zone);
        let mut book = schedule(sessions);
        let local = now.with_timezone(&zone).naive_local();
        book.closures.extend(closed.map(|(from, minutes)| Closure {
            clinician: None,
            from: local + TimeDelta::minutes(from),
            to: local + TimeDelta::minutes(from + minutes),
            name: "closed".into(),
        }));
        let taken: Vec<TakenTime> = taken.into_iter().map(|(from, minutes)| {
            let from = now + TimeDelta::minutes(from);
            TakenTime { clinician: "dr chen".into(), from, to: from + TimeDelta::minutes(minutes) }
        }).collect();
        let search = SlotSearch { service: "general".into(), clinician: None, from: first, to: last, part: None };
        let slots = open_slots(&book, &calendar, &search, &taken, now);
        let staff = book.open_slots(&calendar, Asker::Staff, &search, &taken, now);
        prop_assert!(slots.is_sorted());
        // By the clock, no two begin at one time: a patient could not tell them apart.
        let mut clocks: Vec<_> = slots.iter().map(|s| s.starts_at.with_timezone(&zone).naive_local()).collect();
        clocks.sort();
        let count = clocks.len();
        clocks.dedup();
        prop_assert_eq!(clocks.len(), count);
        for slot in &slots {
            prop_assert!(slot.starts_at >= now + book.booking.notice);
            prop_assert!(search.finds(slot, zone));
            prop_assert!(staff.iter().any(|other| other.starts_at == slot.starts_at), "staff see it too");
            for busy in &taken {
                prop_assert!(slot.ends_at() <= busy.from || busy.to <= slot.starts_at);
            }
            let session = book.session_of(&calendar, slot);
            prop_assert!(session.is_some_and(|session| session.minutes == slot.minutes), "{slot:?}");
            let one_less = Slot { minutes: slot.minutes + 1, ..slot.clone() };
            let other = book.session_of(&calendar, &one_less);
            prop_assert!(other.is_none_or(|session| session.minutes == slot.minutes + 1));
        }
        // One session's own slots never run into each other.
        for session in &book.clinicians[0].sessions {
            for day in first.iter_days().take(3) {
                let slots = session.slots_on(day, zone);
                let length = TimeDelta::minutes(session.minutes.into());
                prop_assert!(slots.windows(2).all(|pair| pair[0].1 + length <= pair[1].1));
                prop_assert!(slots.len() <= usize::from(session.lasts / session.minutes));
            }
        }
    }
}
