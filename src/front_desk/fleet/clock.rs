//! How far a kiosk's clock is from the desk's, found as NTP finds it (RFC 5905, 8): from when each end sent and
//! received, so that the time on the way does not count.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// No clock is right that stands at a time before this program was written: the year 2025 in UTC.
pub const WRITTEN_AFTER: DateTime<Utc> = DateTime::from_timestamp(1_735_689_600, 0).unwrap();

/// The four times of one message and its answer, each by the clock of whoever noted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The kiosk sent.
    pub sent: DateTime<Utc>,
    /// The desk received.
    pub received: DateTime<Utc>,
    /// The desk answered.
    pub answered: DateTime<Utc>,
    /// The kiosk heard the answer: its time of sending, and what its unjumping clock counted since.
    pub heard: DateTime<Utc>,
}

/// How far a kiosk's clock is ahead of the desk's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDrift {
    /// Milliseconds ahead; less than none where it is behind.
    pub ahead_millis: i64,
    /// By how much that can be wrong at most: half the time on the way.
    pub within_millis: i64,
}

impl ClockDrift {
    /// What an exchange tells.
    pub fn of(exchange: &Exchange) -> Self {
        let Exchange { sent, received, answered, heard } = *exchange;
        let ahead =
            (sent - received).num_milliseconds().saturating_add((heard - answered).num_milliseconds());
        let on_the_way =
            (heard - sent).num_milliseconds().saturating_sub((answered - received).num_milliseconds());
        Self { ahead_millis: ahead / 2, within_millis: on_the_way.max(0) / 2 }
    }

    /// How far apart the clocks are for certain.
    pub fn at_least(self) -> TimeDelta {
        let certain = self.ahead_millis.saturating_abs().saturating_sub(self.within_millis).max(0);
        TimeDelta::try_milliseconds(certain).unwrap_or(TimeDelta::MAX)
    }

    /// A time of the kiosk's clock by the desk's.
    pub fn at_the_desk(self, kiosk: DateTime<Utc>) -> DateTime<Utc> {
        TimeDelta::try_milliseconds(self.ahead_millis)
            .and_then(|ahead| kiosk.checked_sub_signed(ahead))
            .unwrap_or(kiosk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_slow_network_is_not_taken_for_a_wrong_clock() {
        // Right clock; four seconds there, none back.
        let exchange = Exchange { sent: at(0), received: at(4000), answered: at(4010), heard: at(4010) };
        let drift = ClockDrift::of(&exchange);
        assert_eq!(drift, ClockDrift { ahead_millis: -2000, within_millis: 2000 });
        assert_eq!(drift.at_least(), TimeDelta::zero());
    }

    proptest! {
        #[test]
        fn the_true_drift_is_always_within(
            ahead in -100_000_000i64..100_000_000, there in 0i64..20_000, back in 0i64..20_000, held in 0i64..500
        ) {
            let exchange = Exchange {
                sent: at(ahead),
                received: at(there),
                answered: at(there + held),
                heard: at(there + held + back + ahead),
            };
            let drift = ClockDrift::of(&exchange);
            prop_assert!((drift.ahead_millis - ahead).abs() <= drift.within_millis + 1);
            prop_assert!(drift.at_least().num_milliseconds() <= ahead.abs() + 1);
        }

        #[test]
        fn no_times_that_a_network_sends_are_too_far_apart(times in any::<[i64; 4]>()) {
            let time = |millis: i64| DateTime::from_timestamp_millis(millis % 8_000_000_000_000_000).unwrap_or_default();
            let [sent, received, answered, heard] = times.map(time);
            let drift = ClockDrift::of(&Exchange { sent, received, answered, heard });
            let _ = (drift.at_least(), drift.at_the_desk(sent));
        }
    }
}
