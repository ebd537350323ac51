//! The book as the page shows it: a column for each clinician of a day, or for each day of one clinician.

use super::calls::ClosureShown;
use crate::clinic::Clinic;
use crate::desk::action::{parsed, wrong};
use crate::desk::board::words::Reader;
use crate::desk::people::Signed;
use crate::desk::table::span;
use crate::desk::{Desk, Refusal};
use crate::front_desk::appointment::AppointmentStatus;
use crate::front_desk::booking::{Slot, SlotSearch};
use crate::front_desk::patient::PatientId;
use crate::front_desk::queue::{self, VisitEnd};
use crate::front_desk::role::Permission;
use crate::front_desk::schedule::{Asker, clinician_key};
use crate::store::{BookRow, ClosedTime, Result as StoreResult, Store};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The furthest that the page shows, in days: two years, as far as anybody books.
const FURTHEST: u64 = 731;
/// How far the next free slot is looked for, in days.
const LOOKED_AHEAD: u64 = 60;

/// Which part of the book.
#[derive(Deserialize)]
pub struct Which {
    /// Today without it.
    day: Option<NaiveDate>,
    /// The week of that day of this clinician; without it all clinicians of the day.
    clinician: Option<String>,
}

/// Everything of the page.
#[derive(Serialize)]
pub struct BookShown {
    clinic: String,
    practice: bool,
    day: NaiveDate,
    today: NaiveDate,
    /// Minutes since midnight at the clinic, where the day is today.
    now: Option<u32>,
    /// Whose week it is; none for a day of all.
    clinician: Option<String>,
    columns: Vec<Column>,
    /// Who can be closed, or looked at for a week.
    clinicians: Vec<String>,
    /// What can be booked.
    services: Vec<Choice>,
    /// Closed times that are not over, or of which somebody is still to be told.
    closures: Vec<ClosureShown>,
}

#[derive(Serialize)]
struct Choice {
    id: String,
    text: String,
}

/// One clinician on one day.
#[derive(Serialize)]
struct Column {
    clinician: String,
    day: NaiveDate,
    /// Whether the schedule has a session of theirs on the day.
    works: bool,
    appointments: Vec<AppointmentShown>,
    free: Vec<SlotShown>,
    closed: Vec<ClosedShown>,
    /// How many were called off.
    called_off: usize,
}

/// A place of the page: minutes since midnight of its day, by the clinic's clock.
#[derive(Serialize)]
pub struct Place {
    day: NaiveDate,
    from: u32,
    to: u32,
    /// As the clock shows it.
    time: String,
}

/// An appointment.
#[derive(Serialize)]
pub struct AppointmentShown {
    id: Uuid,
    #[serde(flatten)]
    place: Place,
    /// Where it stands, to send back.
    slot: Slot,
    service: String,
    patient: Option<PatientShown>,
    /// The number that the check-in gave.
    ticket: Option<String>,
    /// Where they are in the queue: "waiting", "called", "seen" or "left"; none before they are here.
    queue: Option<&'static str>,
    /// Whether the clinic changed it, and nobody has told the patient yet.
    untold: bool,
    /// Whether it stands in a time that was closed since, and is to be decided with the patient.
    open: bool,
}

/// Who it is, as staff tell two people apart.
#[derive(Serialize)]
pub struct PatientShown {
    pub id: Uuid,
    pub name: String,
    pub number: Option<String>,
    pub born: String,
}

/// A slot that is free.
#[derive(Serialize)]
pub struct SlotShown {
    #[serde(flatten)]
    place: Place,
    slot: Slot,
    service: String,
}

/// A time in which nobody is seen.
#[derive(Serialize)]
struct ClosedShown {
    #[serde(flatten)]
    place: Place,
    name: String,
    /// The closure of staff that it is, which can be ended here; none for what stands in the routines.
    closure: Option<Uuid>,
}

/// `GET /api/book?day=2026-11-30&clinician=Dr+Chen`.
pub async fn book(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Query(which): Query<Which>,
) -> Result<Json<BookShown>, Refusal> {
    who.may(Permission::Book)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let today = now.with_timezone(&clinic.zone).date_naive();
    let day = which.day.unwrap_or(today);
    let furthest = Days::new(FURTHEST);
    let ends = (today.checked_sub_days(furthest), today.checked_add_days(furthest));
    if ends.0.is_some_and(|first| day < first) || ends.1.is_some_and(|last| last < day) {
        return Err(wrong("This day is too far away: the book shows two years before and after today."));
    }
    let clinician = which.clinician.filter(|name| !name.is_empty());
    let (actor, session, language) = (who.actor(), who.session, who.language);
    let shown = desk.ask_as(&who, move |store| {
        let shown = BookShown::read(
            store,
            Reader { clinic: &clinic, language, now, sees_money: false },
            day,
            clinician,
        )?;
        let patients = shown.patients();
        store.note_seen_on_board(&actor, session, &today.to_string(), &patients, now)?;
        Ok(shown)
    });
    Ok(Json(shown.await?))
}

impl BookShown {
    /// Everybody whose data the page gets.
    fn patients(&self) -> Vec<PatientId> {
        let booked = self.columns.iter().flat_map(|column| &column.appointments);
        let booked = booked.filter_map(|appointment| appointment.patient.as_ref());
        let called = self.closures.iter().flat_map(ClosureShown::patients);
        booked.chain(called).map(|patient| PatientId(patient.id)).collect()
    }

    fn read(store: &Store, reader: Reader, day: NaiveDate, clinician: Option<String>) -> StoreResult<Self> {
        let Reader { clinic, now, .. } = reader;
        let here = now.with_timezone(&clinic.zone);
        let monday = Days::new(day.weekday().num_days_from_monday().into());
        let (first, count) = match &clinician {
            None => (day, 1),
            Some(_) => (day.checked_sub_days(monday).unwrap_or(day), 7),
        };
        let days: Vec<NaiveDate> = first.iter_days().take(count).collect();
        let last = days.last().copied().unwrap_or(first);
        let (begins, ends) = span(clinic, first, last);
        let rows = store.book_rows(begins, ends)?;
        let closed = store.closed_times(begins, ends)?;
        let mut free = Vec::new();
        for service in &clinic.services {
            let search = SlotSearch {
                service: service.id.clone(),
                clinician: clinician.clone(),
                from: first,
                to: last,
                part: None,
            };
            free.extend(store.open_slots_for(Asker::Staff, clinic, &search, now)?);
        }
        let known = || clinic.routines.schedule.clinicians.iter().map(|known| known.name.clone());
        let columns = match &clinician {
            Some(name) => days.iter().map(|day| (name.clone(), *day)).collect(),
            None => {
                everybody(known().collect(), &rows).into_iter().map(|name| (name, day)).collect::<Vec<_>>()
            }
        };
        let today = here.date_naive();
        Ok(Self {
            clinic: clinic.name.clone(),
            practice: clinic.practice,
            day,
            today,
            now: days.contains(&today).then(|| here.hour() * 60 + here.minute()),
            columns: columns
                .into_iter()
                .map(|(name, day)| Column::of(reader, name, day, &rows, &free, &closed))
                .collect(),
            clinician,
            clinicians: known().collect(),
            services: clinic
                .services
                .iter()
                .map(|service| Choice { id: service.id.clone(), text: reader.service(&service.id) })
                .collect(),
            closures: ClosureShown::all(store, reader)?,
        })
    }
}

/// The clinicians of the schedule, and whoever else has an appointment: other systems know people whom it does not.
fn everybody(mut known: Vec<String>, rows: &[BookRow]) -> Vec<String> {
    for row in rows.iter().filter(|row| row.appointment.status == AppointmentStatus::Booked) {
        let name = &row.appointment.clinician;
        if !known.iter().any(|known| clinician_key(known) == clinician_key(name)) {
            known.push(name.clone());
        }
    }
    known
}

impl Column {
    fn of(
        reader: Reader,
        clinician: String,
        day: NaiveDate,
        rows: &[BookRow],
        free: &[Slot],
        closed: &[ClosedTime],
    ) -> Self {
        let clinic = reader.clinic;
        let key = clinician_key(&clinician);
        let on_day = |at: DateTime<Utc>| at.with_timezone(&clinic.zone).date_naive() == day;
        let theirs = |row: &&BookRow| {
            clinician_key(&row.appointment.clinician) == key && on_day(row.appointment.starts_at)
        };
        let stands = |row: &&BookRow| row.appointment.status == AppointmentStatus::Booked;
        let by_routines = clinic.routines.schedule.closed_on(&clinic.routines.calendar, &clinician, day);
        let by_routines = by_routines.into_iter().map(|closed| ClosedShown {
            place: Place::clipped(clinic, day, closed.from, closed.to),
            name: closed.name,
            closure: None,
        });
        let (begins, ends) = span(clinic, day, day);
        let by_staff = closed
            .iter()
            .filter(|closed| closed.clinician == key && closed.from < ends && begins < closed.to)
            .map(|closed| ClosedShown {
                place: Place::clipped(clinic, day, closed.from, closed.to),
                name: closed.closure.reason.0.clone(),
                closure: Some(closed.closure.id.0),
            });
        Self {
            works: clinic.routines.schedule.works_on(&clinician, day),
            appointments: rows
                .iter()
                .filter(theirs)
                .filter(stands)
                .map(|row| AppointmentShown::of(reader, row.clone()))
                .collect(),
            free: free
                .iter()
                .filter(|slot| clinician_key(&slot.clinician) == key && on_day(slot.starts_at))
                .map(|slot| SlotShown::of(reader, slot.clone()))
                .collect(),
            closed: by_routines.chain(by_staff).collect(),
            called_off: rows.iter().filter(theirs).filter(|row| !stands(row)).count(),
            clinician,
            day,
        }
    }
}

impl Place {
    /// From one moment until another one on the day of the first.
    pub fn of(clinic: &Clinic, from: DateTime<Utc>, minutes: u16) -> Self {
        let here = from.with_timezone(&clinic.zone).naive_local();
        let begins = minute(here);
        Self {
            day: here.date(),
            from: begins,
            to: begins + u32::from(minutes.max(1)),
            time: here.format("%H:%M").to_string(),
        }
    }

    /// What of a span lies in a day.
    fn clipped(clinic: &Clinic, day: NaiveDate, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        let local = |at: DateTime<Utc>| at.with_timezone(&clinic.zone).naive_local();
        let (from, to) = (local(from), local(to));
        let begins = if from.date() < day { 0 } else { minute(from) };
        let ends = if to.date() > day { 24 * 60 } else { minute(to) };
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Self { day, from: begins, to: ends, time: format!("{}–{}", clock(begins), clock(ends)) }
    }
}

fn minute(at: NaiveDateTime) -> u32 {
    at.hour() * 60 + at.minute()
}

impl AppointmentShown {
    /// What the page shows of an appointment.
    pub fn of(reader: Reader, row: BookRow) -> Self {
        let Reader { clinic, now, .. } = reader;
        let BookRow { appointment, patient, ticket, place, untold } = row;
        Self {
            id: appointment.id.0,
            place: Place::of(clinic, appointment.starts_at, appointment.minutes),
            service: reader.service(&appointment.service),
            patient: patient.map(|patient| PatientShown {
                id: patient.id.0,
                name: patient.name.full(),
                born: reader.born(&patient),
                number: patient.number,
            }),
            ticket: ticket.map(|ticket| ticket.number.to_string()),
            queue: place.map(|place| match place {
                queue::Place::Waiting => "waiting",
                queue::Place::Called { .. } => "called",
                queue::Place::Ended(VisitEnd::Seen) => "seen",
                queue::Place::Ended(_) => "left",
            }),
            // What is over needs nobody's call any more.
            untold: untold.is_some() && appointment.starts_at > now,
            open: untold.is_some_and(|changed| changed.is_open),
            slot: Slot {
                starts_at: appointment.starts_at,
                clinician: appointment.clinician,
                service: appointment.service,
                minutes: appointment.minutes,
                site: appointment.site,
            },
        }
    }
}

impl SlotShown {
    /// What the page shows of a free slot.
    pub fn of(reader: Reader, slot: Slot) -> Self {
        Self {
            place: Place::of(reader.clinic, slot.starts_at, slot.minutes),
            service: reader.service(&slot.service),
            slot,
        }
    }
}

/// What is looked for.
#[derive(Deserialize)]
struct Next {
    service: String,
    /// Empty for anybody.
    clinician: String,
    /// The first day.
    from: NaiveDate,
}

/// The first free slot.
#[derive(Serialize)]
pub struct Found {
    free: Option<SlotShown>,
}

/// `POST /api/book/next`: the first free slot of a service since a day.
pub async fn next(who: Signed, State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<Found>, Refusal> {
    who.may(Permission::Book)?;
    let Next { service, clinician, from } = parsed(&body)?;
    let clinic = desk.clinic.now();
    let to = from.checked_add_days(Days::new(LOOKED_AHEAD)).unwrap_or(from);
    let clinician = Some(clinician).filter(|name| !name.is_empty());
    let search = SlotSearch { service, clinician, from, to, part: None };
    let (language, now) = (who.language, Utc::now());
    let free = desk.ask_as(&who, move |store| {
        let reader = Reader { clinic: &clinic, language, now, sees_money: false };
        let slots = store.open_slots_for(Asker::Staff, &clinic, &search, now)?;
        Ok(slots.into_iter().next().map(|slot| SlotShown::of(reader, slot)))
    });
    Ok(Json(Found { free: free.await? }))
}
