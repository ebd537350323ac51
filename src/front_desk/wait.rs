//! How long somebody will probably wait.

use chrono::{DateTime, TimeDelta, Utc};

/// When somebody who is ready at `ready_at` can expect to be called at a service where `waiting` people
/// (the time each became ready: appointment or arrival, whichever is later) stand before them.
///
/// The queue is played forward: `service_points` people are seen at a time, `minutes_each` for each. The
/// answer needs no word from the queue itself, so a kiosk that is alone can give it too.
pub fn expected_at(
    mut waiting: Vec<DateTime<Utc>>,
    ready_at: DateTime<Utc>,
    minutes_each: u16,
    service_points: u16,
) -> DateTime<Utc> {
    waiting.retain(|ready| *ready <= ready_at);
    waiting.sort();
    let each = TimeDelta::minutes(minutes_each.into());
    let mut free_at = vec![DateTime::<Utc>::MIN_UTC; service_points.max(1).into()];
    let mut earliest_start = |ready: DateTime<Utc>| {
        free_at.sort();
        let starts = free_at[0].max(ready);
        free_at[0] = starts + each;
        starts
    };
    for ready in waiting {
        earliest_start(ready);
    }
    earliest_start(ready_at)
}

/// A wait as it is told to people: whole minutes, rounded up to five, nought if it is nearly now.
pub fn spoken_minutes(expected_at: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let minutes = (expected_at - now).num_seconds().max(0) as u32 / 60;
    if minutes < 2 { 0 } else { minutes.div_ceil(5) * 5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(m: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + m * 60, 0).unwrap()
    }

    #[test]
    fn the_queue_is_played_forward() {
        for (waiting, ready, points, expected) in [
            (vec![], 0, 1, 0),
            (vec![0, 0], 0, 1, 20),
            (vec![0, 0], 0, 2, 10),
            (vec![-60, -60], 0, 1, 0),
            (vec![-5], 0, 1, 5),
            (vec![30], 0, 1, 0), // somebody booked for later is not before me
        ] {
            let waiting = waiting.into_iter().map(minute).collect();
            assert_eq!(expected_at(waiting, minute(ready), 10, points), minute(expected));
        }
    }

    #[test]
    fn minutes_are_told_in_fives() {
        for (minutes, told) in [(-3, 0), (0, 0), (1, 0), (2, 5), (5, 5), (6, 10), (61, 65)] {
            assert_eq!(spoken_minutes(minute(minutes), minute(0)), told);
        }
    }
}
