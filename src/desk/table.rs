//! Tables for other programs (CSV, RFC 4180), and the days of the clinic that they go from and to.

use super::Refusal;
use super::action::wrong;
use crate::clinic::Clinic;
use crate::store::{Result as StoreResult, StoreError};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// How long a period can be, in days.
const LONGEST_PERIOD: i64 = 366;

/// From the beginning of one day of the clinic to the end of another.
pub fn span(clinic: &Clinic, from: NaiveDate, until: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let begins = |day: NaiveDate| {
        let midnight = day.and_time(NaiveTime::MIN);
        // Where the clocks go forward at midnight, the day begins an hour later.
        let here = (0..4).find_map(|hours| {
            clinic.zone.from_local_datetime(&(midnight + TimeDelta::hours(hours))).earliest()
        });
        here.map_or(midnight.and_utc(), |here| here.to_utc())
    };
    (begins(from), begins(until.checked_add_days(Days::new(1)).unwrap_or(until)))
}

/// Refuses a period that ends before it begins, or is longer than anybody reads.
pub fn possible(from: NaiveDate, until: NaiveDate) -> Result<(), Refusal> {
    if (0..LONGEST_PERIOD).contains(&(until - from).num_days()) {
        return Ok(());
    }
    Err(wrong("Choose a first and a last day in this order, a year apart at most."))
}

/// A table as a file to keep.
pub fn download(name: &str, table: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_string()), (header::CONTENT_DISPOSITION, name)];
    (headers, table).into_response()
}

/// Writes a table: each line as long as the first.
pub fn written<'a>(lines: impl IntoIterator<Item = Vec<std::borrow::Cow<'a, str>>>) -> StoreResult<Vec<u8>> {
    let unreadable = |error: csv::Error| StoreError::Unreadable(error.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        writer.write_record(line.iter().map(|cell| cell.as_bytes())).map_err(unreadable)?;
    }
    writer.into_inner().map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// A text that no spreadsheet takes for a formula.
pub fn safe(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::samples::clinic;

    #[test]
    fn a_spreadsheet_runs_nothing_that_somebody_wrote() {
        for (text, written) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("Dressing", "Dressing"), ("", "")]
        {
            assert_eq!(safe(text), written);
        }
    }

    #[test]
    fn a_day_is_the_clinic_s_and_not_utc_s() {
        let clinic = clinic();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (from, to) = span(&clinic, day("2026-11-25"), day("2026-11-25"));
        assert_eq!(
            (from.to_rfc3339(), to.to_rfc3339()),
            ("2026-11-24T23:00:00+00:00".into(), "2026-11-25T23:00:00+00:00".into())
        );
        // The clocks went back in that night: the day had 25 hours.
        let (from, to) = span(&clinic, day("2026-10-25"), day("2026-10-25"));
        assert_eq!((to - from).num_hours(), 25);
    }
}
