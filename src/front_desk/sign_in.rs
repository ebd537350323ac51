//! How long somebody stays signed in, and how long whoever fails to must wait.

use chrono::{DateTime, TimeDelta, Utc};

/// How long a session may last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without any act of the person.
    pub idle: TimeDelta,
    /// In all.
    pub longest: TimeDelta,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: TimeDelta::minutes(15), longest: TimeDelta::hours(12) }
    }
}

impl SessionLimits {
    /// When a session ends by itself.
    pub fn ends_at(&self, begun_at: DateTime<Utc>, used_at: DateTime<Utc>) -> DateTime<Utc> {
        (used_at + self.idle).min(begun_at + self.longest)
    }
}

/// Who is slowed down by what failed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// An account, from browsers where its person never signed in.
    Account,
    /// A computer. Others may sit behind the same address, so it may fail oftener.
    Address,
}

/// The longest that anybody waits: nobody is locked out for ever.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// After this long, what failed is forgotten.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);
/// How long after a sign-in with the password the personal number is enough in the same browser.
pub const PIN_AFTER_PASSWORD: TimeDelta = TimeDelta::hours(12);
/// How many wrong personal numbers are answered before the password is needed.
pub const WRONG_PINS: u32 = 3;

impl Tried {
    /// How long to wait after the latest of so many failures.
    pub fn wait_after(self, failures: u32) -> TimeDelta {
        let free = match self {
            Self::Account => 2,
            Self::Address => 9,
        };
        match failures.checked_sub(free + 1) {
            None => TimeDelta::zero(),
            // Beyond this every doubling is longer than the longest wait.
            Some(doublings) => TimeDelta::seconds(1 << doublings.min(20)).min(LONGEST_WAIT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_from_the_third_on_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let waits = |tried: Tried, failures: &[u32]| -> Vec<i64> {
            failures.iter().map(|count| tried.wait_after(*count).num_seconds()).collect()
        };
        assert_eq!(
            waits(Tried::Account, &[0, 1, 2, 3, 4, 5, 12, 13, u32::MAX]),
            [0, 0, 0, 1, 2, 4, 512, 900, 900]
        );
        assert_eq!(waits(Tried::Address, &[0, 9, 10, 11, 20]), [0, 0, 1, 2, 900]);
    }

    #[test]
    fn a_session_ends_by_idleness_or_by_age_whichever_comes_first() {
        let begun: DateTime<Utc> = "2026-11-28T08:00:00Z".parse().unwrap();
        let limits = SessionLimits::default();
        for (used, ends) in [("08:00", "08:15"), ("12:00", "12:15"), ("19:50", "20:00")] {
            let at = |time: &str| -> DateTime<Utc> { format!("2026-11-28T{time}:00Z").parse().unwrap() };
            assert_eq!(limits.ends_at(begun, at(used)), at(ends), "{used}");
        }
    }
}
