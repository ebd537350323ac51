//! The clinic's clock, for many moments.

use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use std::cell::Cell;

const DAY: i64 = 86_400;

/// The clinic's clock. Habits go by it, and there are hundreds of moments to look up for each estimate, so the distance
/// to UTC is looked up once for each day: that of its noon, for clocks are changed at night.
pub(super) struct Clock {
    zone: Tz,
    last: Cell<Option<(i64, i64)>>,
}

impl Clock {
    pub(super) fn of(zone: Tz) -> Self {
        Self { zone, last: Cell::new(None) }
    }

    /// The number of the day on which a moment is, and its second there.
    pub(super) fn day_and_second(&self, at: DateTime<Utc>) -> (i64, i64) {
        let day = at.timestamp().div_euclid(DAY);
        let ahead = match self.last.get() {
            Some((last, ahead)) if last == day => ahead,
            _ => {
                let noon = DateTime::from_timestamp(day * DAY + DAY / 2, 0).unwrap_or(at);
                let ahead =
                    self.zone.offset_from_utc_datetime(&noon.naive_utc()).fix().local_minus_utc().into();
                self.last.set(Some((day, ahead)));
                ahead
            }
        };
        let here = at.timestamp() + ahead;
        (here.div_euclid(DAY), here.rem_euclid(DAY))
    }

    /// The second of the day of a moment.
    pub(super) fn second(&self, at: DateTime<Utc>) -> i64 {
        self.day_and_second(at).1
    }
}
