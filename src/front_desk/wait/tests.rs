use super::range::width;
use super::*;
use crate::front_desk::queue::CountsFrom;
use chrono::TimeDelta;
use proptest::prelude::*;

/// 2026-11-25, so many minutes after noon in UTC.
fn minute(minute: i64) -> DateTime<Utc> {
    "2026-11-25T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minute)
}

fn waits(since: i64) -> Waiting {
    Waiting { turn: minute(since), came: minute(since), ready: minute(since) }
}

/// A queue of which nothing is known but who waits; it is noon.
fn queue(waiting: &[i64]) -> QueueSeen {
    QueueSeen {
        now: minute(0),
        known_until: minute(0),
        zone: chrono_tz::Europe::Madrid,
        minutes_each: 10,
        service_points: 1,
        counts_from: CountsFrom::AppointmentTime,
        waiting: waiting.iter().map(|since| waits(*since)).collect(),
        booked: Vec::new(),
        kept_and_missed: (0, 0),
        called: Vec::new(),
        told: Vec::new(),
    }
}

/// A day, so many days ago, of one point that sees patients of so many minutes one after the other, as they wait.
fn steady_day(days_ago: i64, minutes: i64, count: i64) -> impl Iterator<Item = Called> {
    (0..count).map(move |number| {
        let called = -days_ago * 24 * 60 - 180 + number * minutes;
        Called {
            arrived: minute(called - 30),
            appointment: None,
            turn: minute(called - 30),
            called: minute(called),
            finished: Some(minute(called + minutes)),
            point: 0,
        }
    })
}

fn minutes_until(estimate: Estimate) -> i64 {
    (estimate.likely - minute(0)).num_minutes()
}

#[test]
fn who_finds_nobody_waiting_and_a_point_free_is_called_at_once() {
    let estimate = estimate(&queue(&[]), waits(0));
    assert_eq!(estimate.likely, minute(0));
    assert_eq!(Spoken::of(estimate.range, minute(0)), Spoken::LessThan(5));
}

#[test]
fn who_comes_later_in_the_order_is_not_before_the_one_who_asks() {
    let alone = estimate(&queue(&[-1]), waits(0));
    let mut seen = queue(&[-1]);
    seen.waiting.extend([5, 6, 7].map(waits));
    assert_eq!(estimate(&seen, waits(0)), alone);
}

#[test]
fn the_longer_the_line_the_longer_the_wait_and_the_more_points_the_shorter() {
    let with = |waiting: &[i64], points| {
        minutes_until(estimate(&QueueSeen { service_points: points, ..queue(waiting) }, waits(0)))
    };
    let (one, four, eight) = (with(&[-1], 1), with(&[-1; 4], 1), with(&[-1; 8], 1));
    assert!(
        (5..=12).contains(&one) && (30..=48).contains(&four) && (65..=95).contains(&eight),
        "{one} {four} {eight}"
    );
    assert!((with(&[-1; 8], 2) * 2 - eight).abs() < 20);
}

#[test]
fn what_patients_take_here_soon_counts_more_than_what_the_file_says() {
    let mut seen = queue(&[-1; 4]);
    seen.called = (1..6).flat_map(|day| steady_day(day, 20, 20)).collect();
    let minutes = minutes_until(estimate(&seen, waits(0)));
    assert!((70..=85).contains(&minutes), "{minutes}");
}

#[test]
fn a_slow_day_is_noticed_while_it_lasts() {
    let mut seen = queue(&[-1; 4]);
    seen.called = (1..6).flat_map(|day| steady_day(day, 10, 20)).collect();
    let usual = minutes_until(estimate(&seen, waits(0)));
    seen.called.extend(steady_day(0, 18, 10));
    let slow = minutes_until(estimate(&seen, waits(0)));
    assert!(slow > usual + 8, "{usual} {slow}");
}

#[test]
fn the_break_that_everybody_takes_at_noon_is_waited_for() {
    let mut seen = queue(&[-1]);
    for day in 1..6 {
        // From a quarter to twelve until one o'clock nobody is called.
        let day: Vec<Called> = steady_day(day, 10, 40).collect();
        let noon = |called: &Called| {
            let after = (called.called - minute(0)).num_minutes().rem_euclid(24 * 60);
            !(-15 + 24 * 60..24 * 60).contains(&after) && !(0..60).contains(&after)
        };
        seen.called.extend(day.into_iter().filter(noon));
    }
    let minutes = minutes_until(estimate(&seen, waits(0)));
    assert!((65..=80).contains(&minutes), "{minutes}");
}

#[test]
fn booked_patients_who_are_not_here_yet_are_waited_for_as_far_as_they_use_to_come() {
    let who = Waiting { turn: minute(40), came: minute(0), ready: minute(40) };
    let mut seen = queue(&[]);
    // Who comes twenty minutes early waits for their time here.
    seen.called = (0..10)
        .map(|number| Called {
            arrived: minute(-3000 + number * 20),
            appointment: Some(minute(-2980 + number * 20)),
            turn: minute(-2980 + number * 20),
            called: minute(-2980 + number * 20),
            finished: Some(minute(-2970 + number * 20)),
            point: 0,
        })
        .collect();
    let alone = minutes_until(estimate(&seen, who));
    seen.booked = (0..8).map(|number| minute(number * 5)).collect();
    let behind_eight = minutes_until(estimate(&seen, who));
    seen.kept_and_missed = (10, 200);
    let behind_nobody_much = minutes_until(estimate(&seen, who));
    assert!(
        alone == 40 && behind_eight > 55 && behind_nobody_much < behind_eight,
        "{alone} {behind_eight} {behind_nobody_much}"
    );
}

#[test]
fn a_kiosk_that_has_been_alone_for_an_hour_takes_it_that_the_desk_has_gone_on_calling() {
    let seen = QueueSeen { known_until: minute(-60), ..queue(&[-60; 8]) };
    let alone = minutes_until(estimate(&seen, waits(0)));
    assert!((12..=28).contains(&alone), "eight patients of ten minutes, an hour ago: {alone}");
    let never = estimate(&QueueSeen { known_until: DateTime::UNIX_EPOCH, ..seen }, waits(0));
    assert_eq!(
        minutes_until(never),
        alone,
        "where nobody says who is called, calls began when the first one came"
    );
}

#[test]
fn ranges_that_missed_make_the_next_ones_wider_and_only_those_that_are_alike() {
    let told = |late: i64, ahead: i64| Told {
        at: minute(-100),
        range: Range { from: minute(-100 + ahead), until: minute(-90 + ahead) },
        called: minute(-90 + ahead + late),
    };
    let near = TimeDelta::minutes(10);
    let missed = vec![told(7, 10); 40];
    assert!(width(&missed, near) > 2.0);
    assert_eq!(width(&missed, TimeDelta::minutes(50)), 1.0);
    assert!(width(&vec![told(-2, 10); 40], near) < 0.7);
    let as_meant: Vec<Told> = (0..200).map(|number| told(if number % 5 == 0 { 7 } else { -2 }, 10)).collect();
    assert!((0.85..1.15).contains(&width(&as_meant, near)));
}

#[test]
fn a_range_is_told_in_steps_that_people_count_in() {
    for (from, until, told) in [
        (0, 0, Spoken::LessThan(5)),
        (1, 2, Spoken::LessThan(5)),
        (0, 19, Spoken::LessThan(20)),
        (14, 26, Spoken::Minutes(15, 25)),
        (17, 18, Spoken::Minutes(15, 20)),
        (48, 62, Spoken::Minutes(50, 60)),
        (48, 77, Spoken::Minutes(50, 80)),
        (80, 170, Spoken::HalfHours(3, 6)),
        (400, 401, Spoken::HalfHours(13, 14)),
        (-30, -20, Spoken::LessThan(5)),
    ] {
        let range = Range { from: minute(from), until: minute(until) };
        assert_eq!(Spoken::of(range, minute(0)), told, "{from} to {until}");
    }
}

#[test]
fn a_clock_shows_ranges_from_mark_to_mark() {
    let range = |from, until| Range { from: minute(from), until: minute(until) };
    assert_eq!(range(18, 28).on_the_clock(), range(20, 30));
    assert_eq!(range(17, 17).on_the_clock(), range(15, 20));
}

proptest! {
    #[test]
    fn whatever_was_seen_the_answer_lies_ahead_and_is_the_same_again(
        waiting in proptest::collection::vec(-300i64..300, 0..30),
        calls in proptest::collection::vec((-5000i64..200, 0i64..300, 0i64..400, proptest::option::of(-100i64..100), 0u16..4), 0..40),
        booked in proptest::collection::vec(-300i64..300, 0..10),
        (turn, known, points, each) in (-2000i64..400, -600i64..60, 0u16..5, 0u16..200),
    ) {
        let mut seen = queue(&waiting);
        (seen.service_points, seen.minutes_each, seen.known_until) = (points, each, minute(known));
        seen.booked = booked.into_iter().map(minute).collect();
        seen.called = calls.into_iter().map(|(called, waited, took, early, point)| Called {
            arrived: minute(called - waited),
            appointment: early.map(|early| minute(called - waited + early)),
            turn: minute(called - waited),
            called: minute(called),
            finished: (took > 0).then(|| minute(called + took)),
            point,
        }).collect();
        let who = Waiting { turn: minute(turn), came: minute(0), ready: minute(turn.max(0)) };
        for estimator in Estimator::ALL {
            let estimate = estimator.estimate(&seen, who, &[]);
            prop_assert!(estimate.likely >= seen.now, "{estimator:?} {estimate:?}");
            prop_assert!(seen.now <= estimate.range.from && estimate.range.from < estimate.range.until);
            prop_assert_eq!(estimator.estimate(&seen, who, &[]), estimate);
        }
    }
}
