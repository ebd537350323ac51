//! What time it is for this kiosk. A kiosk whose battery is dead begins in 1970, and one whose clock somebody has set
//! wrong gives tickets of another day: neither is believed where something better is known.
//!
//! **In which order.** The desk's clock, once the two were compared and differ by more than a minute. Without it a time
//! that lies before the last word of the desk, or before this program was written, cannot be right: time goes on from there.
//! Otherwise the machine's own clock. The desk hears of a clock that is wrong by the heartbeat, and of one that could not
//! be right as of a device.

use crate::front_desk::fleet::WRITTEN_AFTER;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

/// By how many milliseconds the machine's clock is corrected. One process is one kiosk.
static CORRECTION: AtomicI64 = AtomicI64::new(0);
/// Clocks that differ by less print the same minutes.
const TOLERATED: TimeDelta = TimeDelta::seconds(60);

/// The time at this kiosk.
pub fn now() -> DateTime<Utc> {
    corrected(Utc::now(), TimeDelta::milliseconds(CORRECTION.load(Ordering::Relaxed)))
}

fn corrected(own: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    own.checked_add_signed(by).unwrap_or(own)
}

/// What is known beside the machine's own clock.
pub struct KnownTime {
    /// The last word of the desk that this kiosk has, and when the program began by no clock at all.
    floor: DateTime<Utc>,
    began: Instant,
    /// What staff were told last: whether the clock cannot be right.
    told: Option<bool>,
}

impl KnownTime {
    /// At the start: what the desk said last, if it ever said anything.
    pub fn new(last_word: Option<DateTime<Utc>>) -> Self {
        let floor = last_word.map_or(WRITTEN_AFTER, |word| word.max(WRITTEN_AFTER));
        Self { floor, began: Instant::now(), told: None }
    }

    /// Corrects the clock by what is known now, such as what time it is at the desk. Answers, once, what staff are to be told of it:
    /// in words that it cannot be right, and nothing at all when it can be.
    pub fn judge(&mut self, desk: Option<DateTime<Utc>>) -> Option<String> {
        let own = Utc::now();
        let earliest = self.floor + self.began.elapsed();
        CORRECTION.store(correction(own, earliest, desk).num_milliseconds(), Ordering::Relaxed);
        self.tell_once(own, earliest, desk)
    }

    fn tell_once(
        &mut self,
        own: DateTime<Utc>,
        earliest: DateTime<Utc>,
        desk: Option<DateTime<Utc>>,
    ) -> Option<String> {
        let wrong = cannot_be_right(own, earliest, desk);
        if self.told.replace(wrong) == Some(wrong) {
            return None;
        }
        if !wrong {
            return Some(String::new());
        }
        Some(format!(
            "the clock of this kiosk stands at {} UTC, which cannot be right: {}. Set it, let the machine ask for the time \
             in the network (NTP), and if it is wrong after each start replace the battery of its main board",
            own.format("%Y-%m-%d %H:%M"),
            if desk.is_some() { "it goes by the desk's" } else { "it goes on from what the desk said last" },
        ))
    }
}

/// Whether a clock stands before the earliest time that it can be, and the desk does not say the same.
fn cannot_be_right(own: DateTime<Utc>, earliest: DateTime<Utc>, desk: Option<DateTime<Utc>>) -> bool {
    own + TOLERATED < earliest && desk.is_none_or(|desk| (own - desk).abs() > TOLERATED)
}

/// By how much a clock is to be corrected.
fn correction(own: DateTime<Utc>, earliest: DateTime<Utc>, desk: Option<DateTime<Utc>>) -> TimeDelta {
    match desk {
        Some(desk) if (own - desk).abs() > TOLERATED => desk - own,
        None if cannot_be_right(own, earliest, None) => earliest - own,
        Some(_) | None => TimeDelta::zero(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00Z").parse().unwrap()
    }

    #[test]
    fn what_is_known_better_than_the_machines_clock_is_believed_instead() {
        // The desk spoke at ten, and the kiosk has been running for ten minutes.
        let earliest = at("2026-11-29T10:10");
        for (what, own, desk, found) in [
            ("right", "2026-11-29T10:30", None, "2026-11-29T10:30"),
            ("right, after months", "2027-03-01T08:00", None, "2027-03-01T08:00"),
            ("the battery is dead", "1970-01-01T00:10", None, "2026-11-29T10:10"),
            ("set to the year before", "2025-11-29T10:30", None, "2026-11-29T10:10"),
            ("put back by a minute", "2026-11-29T10:09", None, "2026-11-29T10:09"),
            ("the desk knows better", "2036-11-29T10:30", Some("2026-11-29T12:30"), "2026-11-29T12:30"),
            ("dead, and the desk is there", "1970-01-01T00:10", Some("2026-11-29T12:00"), "2026-11-29T12:00"),
            ("a minute off the desk's", "2026-11-29T10:30", Some("2026-11-29T10:31"), "2026-11-29T10:30"),
        ] {
            let own = at(own);
            let by = correction(own, earliest, desk.map(at));
            assert_eq!(corrected(own, by), at(found), "{what}");
        }
    }

    #[test]
    fn staff_are_told_once_that_a_clock_cannot_be_right_and_once_that_it_can_be_again() {
        let mut time = KnownTime::new(Some(at("2026-11-29T10:00")));
        for (what, own, desk, told) in [
            ("the battery is dead", "1970-01-01T00:10", None, Some(false)),
            ("still", "1970-01-01T00:11", None, None),
            ("the desk is there", "1970-01-01T00:12", Some("2026-11-29T12:00"), None),
            ("it was set", "2026-11-29T12:01", Some("2026-11-29T12:01"), Some(true)),
            ("still", "2026-11-29T12:02", None, None),
            ("put back", "2026-11-28T12:00", None, Some(false)),
            ("so is the desk's", "2026-11-28T12:01", Some("2026-11-28T12:01"), Some(true)),
            ("a little behind the desk", "2026-11-29T11:50", Some("2026-11-29T12:03"), None),
        ] {
            let words = time.tell_once(at(own), at("2026-11-29T10:10"), desk.map(at));
            assert_eq!(words.map(|words| words.is_empty()), told, "{what}");
        }
    }
}
