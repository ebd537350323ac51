//! Days that a desk has recorded, and days from a table that somebody else has recorded.

use super::replay::{Clinic, Day};
use crate::clinic;
use crate::front_desk::queue::CountsFrom;
use crate::front_desk::wait::Called;
use crate::link::fact::DESK;
use crate::store::{Store, StoreError};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why recorded days cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordedError {
    /// There is no such store.
    #[error("{}: there is no such file", .0.display())]
    NoStore(PathBuf),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The table cannot be read at all.
    #[error("{}: {problem}", path.display())]
    Table {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        problem: csv::Error,
    },
    /// A row of the table is wrong.
    #[error(
        "{}, line {line}: {problem}. Columns are arrived,called,finished,service[,appointment]; write times like 2026-11-25T10:32:00 or with Z or +01:00 at the end",
        path.display()
    )]
    Row {
        /// Which file.
        path: PathBuf,
        /// Which line.
        line: u64,
        /// What is wrong.
        problem: String,
    },
}

/// The services of a desk's store with their days.
pub fn of_desk(path: &Path, clinic: &clinic::Clinic) -> Result<Vec<(String, Clinic)>, RecordedError> {
    let store = Store::open_to_read(path, DESK)?.ok_or_else(|| RecordedError::NoStore(path.to_path_buf()))?;
    let mut services = Vec::new();
    for service in &clinic.services {
        let days = store.days_seen(clinic, &service.id)?.into_values();
        let days: Vec<Day> = days.map(|day| Day { called: day.called, missed: day.missed }).collect();
        if days.is_empty() {
            continue;
        }
        let points = clinic.routines.queue.points_of(&service.id).count();
        let seen = Clinic {
            zone: clinic.zone,
            minutes_each: service.minutes_each,
            service_points: u16::try_from(points.max(1)).unwrap_or(u16::MAX),
            counts_from: clinic.routines.queue.policy(&service.id).counts_from,
            days,
        };
        services.push((service.id.clone(), seen));
    }
    Ok(services)
}

/// A row of the table.
#[derive(serde::Deserialize)]
struct Row {
    arrived: String,
    called: String,
    finished: String,
    service: String,
    #[serde(default)]
    appointment: String,
}

/// The services of a table with their days. Times without a zone are those of `zone`. Who is before whom, what one takes and how
/// many are seen at a time is not in the table: the order is that of appointment or arrival, whichever is
/// later, the others are what the first day shows.
pub fn of_table(path: &Path, zone: Tz) -> Result<Vec<(String, Clinic)>, RecordedError> {
    let wrong = |problem| RecordedError::Table { path: path.to_path_buf(), problem };
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(wrong)?;
    let mut services: BTreeMap<String, BTreeMap<NaiveDate, Vec<Called>>> = BTreeMap::new();
    for row in table.deserialize() {
        let row: Row = row.map_err(wrong)?;
        let line = services.values().flat_map(BTreeMap::values).map(Vec::len).sum::<usize>() as u64 + 2;
        let wrong = |problem: String| RecordedError::Row { path: path.to_path_buf(), line, problem };
        let called = called(&row, zone).map_err(wrong)?;
        let day = called.called.with_timezone(&zone).date_naive();
        services.entry(row.service).or_default().entry(day).or_default().push(called);
    }
    Ok(services.into_iter().map(|(service, days)| (service, from_days(days, zone))).collect())
}

fn called(row: &Row, zone: Tz) -> Result<Called, String> {
    let at = |name: &str, text: &str| {
        moment(text, zone).ok_or_else(|| format!("{name} is \"{text}\", which is no time"))
    };
    let arrived = at("arrived", &row.arrived)?;
    let called = at("called", &row.called)?;
    let finished = at("finished", &row.finished)?;
    let appointment = match row.appointment.as_str() {
        "" => None,
        text => Some(at("appointment", text)?),
    };
    if called < arrived || finished < called {
        return Err("nobody is called before they arrive, or finished before they are called".into());
    }
    let turn = appointment.map_or(arrived, |appointment| appointment.max(arrived));
    Ok(Called { arrived, appointment, turn, called, finished: Some(finished), point: 0 })
}

fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    let patterns = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let local = patterns.iter().find_map(|pattern| NaiveDateTime::parse_from_str(text, pattern).ok())?;
    zone.from_local_datetime(&local).earliest().map(|moment| moment.to_utc())
}

fn from_days(days: BTreeMap<NaiveDate, Vec<Called>>, zone: Tz) -> Clinic {
    let mut days: Vec<Day> = days.into_values().map(|called| Day { called, missed: Vec::new() }).collect();
    let mut points = 1;
    let mut minutes_each = 15;
    for (number, day) in days.iter_mut().enumerate() {
        let count = put_at_points(&mut day.called);
        day.called.sort_by_key(|called| called.arrived);
        if number == 0 {
            points = count;
            let took = day.called.iter().filter_map(|called| Some(called.finished? - called.called));
            let mean = took.sum::<TimeDelta>().num_seconds() as f64 / 60.0 / day.called.len().max(1) as f64;
            minutes_each = (mean / 5.0).round().clamp(1.0, 48.0) as u16 * 5;
        }
    }
    Clinic { zone, minutes_each, service_points: points, counts_from: CountsFrom::LongestWait, days }
}

/// Says at which point each was seen: the first that was free. Answers how many there were.
fn put_at_points(called: &mut [Called]) -> u16 {
    called.sort_by_key(|called| called.called);
    let mut free: Vec<DateTime<Utc>> = Vec::new();
    for called in called {
        let finished = called.finished.unwrap_or(called.called);
        let place = free.iter().position(|free| *free <= called.called).unwrap_or_else(|| {
            free.push(finished);
            free.len() - 1
        });
        free[place] = finished;
        called.point = u16::try_from(place).unwrap_or(u16::MAX);
    }
    u16::try_from(free.len().max(1)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<(String, Clinic)>, RecordedError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("days.csv");
        std::fs::write(&path, rows).unwrap();
        of_table(&path, chrono_tz::Europe::Madrid)
    }

    #[test]
    fn a_table_becomes_days_with_points() {
        let services = read(
            "service,arrived,called,finished,appointment\n\
             eyes,2026-03-02T08:00,2026-03-02T08:05,2026-03-02T08:25,2026-03-02T08:10\n\
             eyes,2026-03-02 08:01:30,2026-03-02T07:10:00Z,2026-03-02T08:30:00+01:00,\n\
             eyes,2026-03-02T08:02,2026-03-02T08:25,2026-03-02T08:45,\n\
             eyes,2026-03-03T08:02,2026-03-03T08:25,2026-03-03T08:45,\n\
             feet,2026-03-02T08:02,2026-03-02T08:25,2026-03-02T08:45,\n",
        )
        .unwrap();
        assert_eq!(services.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["eyes", "feet"]);
        let eyes = &services[0].1;
        assert_eq!((eyes.days.len(), eyes.service_points, eyes.minutes_each), (2, 2, 20));
        let points: Vec<u16> = eyes.days[0].called.iter().map(|called| called.point).collect();
        assert_eq!(points, [0, 1, 0]);
        assert_eq!(eyes.days[0].called[0].turn.to_rfc3339(), "2026-03-02T07:10:00+00:00");
    }

    #[test]
    fn a_row_that_cannot_be_is_named_by_its_line() {
        for (row, said) in [
            ("2026-03-02T08:00,2026-03-02T07:05,2026-03-02T08:25,eyes", "line 2: nobody is called before"),
            ("today,2026-03-02T07:05,2026-03-02T08:25,eyes", "line 2: arrived is \"today\""),
        ] {
            let error = read(&format!("arrived,called,finished,service\n{row}\n")).err().unwrap();
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
