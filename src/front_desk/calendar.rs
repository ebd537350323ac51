//! The days on which a clinic works, and deadlines that are counted in them.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// When a clinic is open, in its own zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The clinic's time zone.
    pub zone: Tz,
    /// From Monday: from when until when it is open that day; none for closed. Ascending, not overlapping.
    pub week: [Vec<(NaiveTime, NaiveTime)>; 7],
    /// Days on which it is closed whatever the weekday, each with its name.
    pub holidays: BTreeMap<NaiveDate, String>,
}

/// No clinic is closed for longer; a calendar without a working day must not be searched for ever.
const LONGEST_CLOSURE: u64 = 60;

impl Calendar {
    /// Whether the clinic works on a day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !self.hours(day).is_empty()
    }

    /// From when until when the clinic is open on a day.
    pub fn hours(&self, day: NaiveDate) -> &[(NaiveTime, NaiveTime)] {
        if self.holidays.contains_key(&day) {
            return &[];
        }
        &self.week[day.weekday().num_days_from_monday() as usize]
    }

    /// Whether somebody is at the clinic. One whose hours nobody has written is never closed.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        let here = now.with_timezone(&self.zone);
        let hours = self.hours(here.date_naive());
        hours.iter().any(|(from, until)| (*from..*until).contains(&here.time()))
            || self.week.iter().all(Vec::is_empty)
    }

    /// The `count`-th working day after a day, which itself never counts: a law that gives three working days
    /// gives them whole.
    pub fn working_day_after(&self, day: NaiveDate, count: u16) -> NaiveDate {
        let (mut day, mut left, mut closed) = (day, count, 0);
        while left > 0 && closed <= LONGEST_CLOSURE {
            let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
            day = next;
            if self.is_working_day(day) {
                (left, closed) = (left - 1, 0);
            } else {
                closed += 1;
            }
        }
        day
    }

    /// When the clinic closes on a day; the end of the day where it does not open.
    fn closing(&self, day: NaiveDate) -> DateTime<Utc> {
        let end = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN);
        let closes = day.and_time(self.hours(day).last().map_or(end, |(_, until)| *until));
        // Where the clocks go back, the later of the two moments: a deadline is never cut short.
        let moment = self.zone.from_local_datetime(&closes);
        moment.latest().map_or_else(|| closes.and_utc(), |moment| moment.to_utc())
    }
}

/// A length of time until somebody must have answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// By the clock, whether the clinic is open or not; in seconds.
    Seconds(u32),
    /// So many working days after the day itself, until the clinic closes.
    WorkingDays(u16),
}

impl Within {
    /// When it is over, counted from a moment.
    pub fn due(self, from: DateTime<Utc>, calendar: &Calendar) -> DateTime<Utc> {
        match self {
            Self::Seconds(seconds) => from + TimeDelta::seconds(seconds.into()),
            Self::WorkingDays(days) => {
                let day = from.with_timezone(&calendar.zone).date_naive();
                calendar.closing(calendar.working_day_after(day, days))
            }
        }
    }
}

/// A text that is no length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no length of time")]
pub struct NotWithin(String);

impl FromStr for Within {
    type Err = NotWithin;

    /// Reads "30 s", "3 min", "2 h" or "3 working days"; never nothing, and at most 100 days.
    fn from_str(text: &str) -> Result<Self, NotWithin> {
        let wrong = || NotWithin(text.to_string());
        let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let number: u16 = number.parse().ok().filter(|number| *number > 0).ok_or_else(wrong)?;
        let seconds = match unit.trim() {
            "s" => 1,
            "min" => 60,
            "h" => 3600,
            "working day" | "working days" if number <= 100 => return Ok(Self::WorkingDays(number)),
            _ => return Err(wrong()),
        };
        let seconds = u32::from(number) * seconds;
        if seconds > 100 * 24 * 3600 { Err(wrong()) } else { Ok(Self::Seconds(seconds)) }
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDays(1) => f.write_str("1 working day"),
            Self::WorkingDays(days) => write!(f, "{days} working days"),
            Self::Seconds(seconds) if seconds % 3600 == 0 => write!(f, "{} h", seconds / 3600),
            Self::Seconds(seconds) if seconds % 60 == 0 => write!(f, "{} min", seconds / 60),
            Self::Seconds(seconds) => write!(f, "{seconds} s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let whole =
            vec![(NaiveTime::from_hms_opt(8, 0, 0).unwrap(), NaiveTime::from_hms_opt(18, 0, 0).unwrap())];
        let week = [0, 1, 2, 3, 4, 5, 6].map(|day| if day < 5 { whole.clone() } else { Vec::new() });
        let holidays = [("2026-12-25", "Christmas Day"), ("2026-12-28", "Boxing Day, observed")];
        let holidays = holidays.map(|(date, name)| (day(date), name.to_string())).into();
        Calendar { zone: chrono_tz::Europe::London, week, holidays }
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        for (from, count, then) in [
            ("2026-11-23", 3, "2026-11-26"), // Monday to Thursday
            ("2026-11-25", 3, "2026-11-30"), // over a weekend
            ("2026-11-28", 3, "2026-12-02"), // received on a Saturday
            ("2026-12-23", 3, "2026-12-30"), // Christmas, a weekend, and a day given for a holiday on it
            ("2026-11-25", 20, "2026-12-23"),
            ("2026-11-25", 0, "2026-11-25"),
        ] {
            assert_eq!(calendar().working_day_after(day(from), count), day(then), "{from} + {count}");
        }
    }

    #[test]
    fn a_clinic_is_open_in_its_own_hours() {
        for (now, open) in [
            ("2026-06-01T06:59:59Z", false),
            ("2026-06-01T07:00:00Z", true),
            ("2026-06-01T16:59:59Z", true),
            ("2026-06-01T17:00:00Z", false),
            ("2026-06-06T10:00:00Z", false), // a Saturday
            ("2026-12-25T10:00:00Z", false),
        ] {
            assert_eq!(calendar().is_open(now.parse().unwrap()), open, "{now}");
        }
        let unwritten = Calendar { week: Default::default(), ..calendar() };
        assert!(unwritten.is_open("2026-06-06T03:00:00Z".parse().unwrap()));
    }

    #[test]
    fn a_deadline_ends_when_the_clinic_closes_in_its_own_zone() {
        // Half past eleven at night in London is the next day for nobody but the calendar of UTC.
        let received = "2026-06-01T22:30:00Z".parse().unwrap();
        let due = Within::WorkingDays(3).due(received, &calendar());
        assert_eq!(due.to_rfc3339(), "2026-06-04T17:00:00+00:00");
    }

    #[test]
    fn a_clinic_that_never_opens_has_deadlines_all_the_same() {
        let closed = Calendar { week: Default::default(), ..calendar() };
        let due = Within::WorkingDays(3).due("2026-06-01T10:00:00Z".parse().unwrap(), &closed);
        assert!(due > "2026-06-01T10:00:00Z".parse::<DateTime<Utc>>().unwrap());
    }

    #[test]
    fn lengths_are_read_as_they_are_written() {
        for text in ["30 s", "3 min", "2 h", "1 working day", "20 working days"] {
            assert_eq!(text.parse::<Within>().unwrap().to_string(), text);
        }
        for text in
            ["", "3", "min", "0 min", "-1 min", "3 days", "3.5 h", "70000 s", "9999 h", "101 working days"]
        {
            assert!(text.parse::<Within>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn more_time_is_never_due_sooner(start in 0i64..4_000_000_000, fewer in 1u16..60, more in 0u16..40) {
            let from = DateTime::from_timestamp(start, 0).unwrap();
            let due = |days| Within::WorkingDays(days).due(from, &calendar());
            prop_assert!(due(fewer) <= due(fewer + more));
            prop_assert!(due(fewer) > from);
        }
    }
}
