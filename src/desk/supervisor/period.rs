//! The days that a supervisor looks back on.

use crate::clinic::Clinic;
use crate::desk::Refusal;
use crate::desk::board::words::Reader;
use crate::desk::language::StaffLanguage;
use crate::desk::table::{possible, span};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;

/// The days as they are asked for: so many, today among them, or from one to another.
#[derive(Deserialize)]
pub struct Asked {
    days: Option<u64>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

/// From the beginning of one day of the clinic to the end of another.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// When the first one begins.
    pub begins: DateTime<Utc>,
    /// When the last one is over.
    pub ends: DateTime<Utc>,
}

impl Period {
    /// Reads what was asked for; nobody looks into days that have not come.
    pub fn of(asked: &Asked, clinic: &Clinic, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let today = now.with_timezone(&clinic.zone).date_naive();
        let until = asked.until.unwrap_or(today).min(today);
        let back = asked.days.unwrap_or(1).max(1) - 1;
        let from = match asked.from {
            Some(from) => from,
            None => until.checked_sub_days(Days::new(back)).unwrap_or(until),
        };
        possible(from, until)?;
        Ok(Self::between(clinic, from, until))
    }

    /// The days from one to another, both among them.
    pub fn between(clinic: &Clinic, from: NaiveDate, until: NaiveDate) -> Self {
        let (begins, ends) = span(clinic, from, until);
        Self { from, until, begins, ends }
    }

    /// As the store is asked.
    pub fn bounds(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.begins, self.ends)
    }
}

/// What everything that is counted is counted for: which days, whose routines, who reads it, and when.
pub struct Scope<'a> {
    /// The routines.
    pub clinic: &'a Clinic,
    /// The days.
    pub period: Period,
    /// The language of whoever reads it.
    pub language: StaffLanguage,
    /// The time of asking.
    pub now: DateTime<Utc>,
}

impl<'a> Scope<'a> {
    /// Who reads it.
    pub fn reader(&self) -> Reader<'a> {
        Reader { clinic: self.clinic, language: self.language, now: self.now, sees_money: true }
    }

    /// A text of the desk in the language of whoever reads it.
    pub fn say(&self, english: &str) -> String {
        self.language.say(english, &[])
    }
}
