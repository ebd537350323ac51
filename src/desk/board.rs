//! The board: all that the page shows, as one value. Words and times are made here, in the clinic's zone,
//! so that the page only places them.

use super::CopyAsked;
use super::action::is_under_way;
use super::kiosks::Presence;
use crate::clinic::Clinic;
use crate::front_desk::patient::Patient;
use crate::front_desk::request::RequestState;
use crate::front_desk::ticket::PaperState;
use crate::store::{ArrivalRow, RequestRow, Result, Store};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// A ticket's paper is out or given up long before.
const PAPER_PATIENCE: TimeDelta = TimeDelta::minutes(2);

/// All that the page shows.
#[derive(Debug, Serialize)]
pub struct Board {
    clinic: String,
    /// The desk's time in milliseconds since 1970: the browser's clock may be wrong.
    now: i64,
    /// Offset of the clinic's zone in seconds, for the clock of the page.
    offset: i32,
    today: String,
    requests: Vec<OpenRequest>,
    resolved: Vec<ResolvedRequest>,
    arrivals: Vec<Arrival>,
    troubles: Vec<Trouble>,
    kiosks: Vec<Presence>,
}

#[derive(Debug, Serialize)]
struct OpenRequest {
    id: Uuid,
    headline: &'static str,
    kiosk: String,
    stopped_at: String,
    language: String,
    ticket: Option<String>,
    raised_at: i64,
    raised: String,
    acknowledge_by: i64,
    escalated: bool,
    acknowledged_by: Option<String>,
    patients: Vec<Person>,
    registration: Option<Registration>,
}

/// A record as staff need it to tell two of them apart.
#[derive(Debug, Serialize)]
struct Person {
    name: String,
    number: Option<String>,
    born: String,
}

/// What somebody entered who has no record yet.
#[derive(Debug, Serialize)]
struct Registration {
    name: String,
    born: String,
    phone: Option<String>,
    address: Option<String>,
}

#[derive(Debug, Serialize)]
struct ResolvedRequest {
    id: Uuid,
    headline: &'static str,
    kiosk: String,
    raised: String,
    by: String,
    note: String,
}

#[derive(Debug, Serialize)]
struct Arrival {
    ticket: Uuid,
    number: String,
    arrived: String,
    patient: Option<Person>,
    appointment: Option<String>,
    clinician: Option<String>,
    service: String,
    kiosk: String,
    paper: &'static str,
    paper_words: &'static str,
    cause: String,
    /// Somebody holds no paper, perhaps.
    needs_paper: bool,
    copy_asked: Option<String>,
}

#[derive(Debug, Serialize)]
struct Trouble {
    kiosk: String,
    device: String,
    words: String,
    since: String,
    since_at: i64,
}

impl Board {
    /// Reads everything at one moment.
    pub fn read(
        store: &Store,
        clinic: &Clinic,
        kiosks: Vec<Presence>,
        copies: &HashMap<Uuid, CopyAsked>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let here = now.with_timezone(&clinic.zone);
        let today = here.date_naive();
        let midnight = today.and_time(chrono::NaiveTime::MIN);
        // Where the clocks go forward at midnight, the day begins an hour later.
        let day_began = clinic.zone.from_local_datetime(&midnight).earliest().map_or(now, |t| t.to_utc());
        let mut requests = store
            .open_requests()?
            .into_iter()
            .map(|row| OpenRequest::read(store, clinic, row))
            .collect::<Result<Vec<_>>>()?;
        // Whatever still waits for somebody stands before what somebody has; within each, first due first.
        requests.sort_by_key(|request| (request.acknowledged_by.is_some(), request.acknowledge_by));
        let resolved = store.resolved_requests(day_began)?.into_iter().filter_map(|row| {
            let RequestState::Resolved { by, note } = row.state else { return None };
            Some(ResolvedRequest {
                id: row.request.id.0,
                headline: row.request.reason.headline(),
                kiosk: row.request.kiosk,
                raised: clock(clinic, row.request.raised_at),
                by,
                note,
            })
        });
        let troubles = store.device_troubles()?.into_iter().map(|row| Trouble {
            kiosk: row.kiosk,
            device: row.device,
            words: row.trouble,
            since: clock(clinic, row.since),
            since_at: row.since.timestamp_millis(),
        });
        Ok(Self {
            clinic: clinic.name.clone(),
            now: now.timestamp_millis(),
            offset: chrono::Offset::fix(here.offset()).local_minus_utc(),
            today: here.format("%A %-d %B %Y").to_string(),
            requests,
            resolved: resolved.collect(),
            arrivals: store
                .arrivals(today)?
                .into_iter()
                .map(|row| Arrival::read(clinic, row, copies, now))
                .collect(),
            troubles: troubles.collect(),
            kiosks,
        })
    }
}

impl OpenRequest {
    fn read(store: &Store, clinic: &Clinic, row: RequestRow) -> Result<Self> {
        let request = row.request;
        let mut patients = Vec::new();
        for id in &request.patients {
            patients.extend(store.patient(*id)?.as_ref().map(Person::of));
        }
        let ticket = match request.ticket {
            Some(id) => store.ticket(id)?.map(|ticket| ticket.number.to_string()),
            None => None,
        };
        Ok(Self {
            id: request.id.0,
            headline: request.reason.headline(),
            kiosk: request.kiosk,
            stopped_at: request.stopped_at,
            language: language_name(&request.language).to_string(),
            ticket,
            raised_at: request.raised_at.timestamp_millis(),
            raised: clock(clinic, request.raised_at),
            acknowledge_by: request.acknowledge_by.timestamp_millis(),
            escalated: row.escalated,
            acknowledged_by: match row.state {
                RequestState::Acknowledged { by } | RequestState::Resolved { by, .. } => Some(by),
                RequestState::Open => None,
            },
            patients,
            registration: request.registration.as_deref().map(|patient| Registration {
                name: patient.name.full(),
                born: born(patient),
                phone: patient.phone.clone(),
                address: patient.address.clone(),
            }),
        })
    }
}

impl Person {
    fn of(patient: &Patient) -> Self {
        Self { name: patient.name.full(), number: patient.number.clone(), born: born(patient) }
    }
}

impl Arrival {
    fn read(clinic: &Clinic, row: ArrivalRow, copies: &HashMap<Uuid, CopyAsked>, now: DateTime<Utc>) -> Self {
        let copy_asked = copies
            .get(&row.ticket.id.0)
            .filter(|asked| is_under_way(asked, now))
            .map(|asked| format!("{}, {}", asked.by, clock(clinic, asked.at)));
        // A kiosk that stopped with a ticket in its printer, or whose store was replaced, never says how it ended.
        let unheard = row.paper == PaperState::Reserved && now - row.ticket.issued_at > PAPER_PATIENCE;
        Self {
            ticket: row.ticket.id.0,
            number: row.ticket.number.to_string(),
            arrived: clock(clinic, row.visit.checked_in_at),
            patient: row.patient.as_ref().map(Person::of),
            appointment: row.appointment.as_ref().map(|appointment| clock(clinic, appointment.starts_at)),
            clinician: row.appointment.map(|appointment| appointment.clinician),
            service: service_name(clinic, &row.ticket.service),
            kiosk: row.kiosk,
            paper: row.paper.word(),
            paper_words: match row.paper {
                PaperState::Reserved if unheard => "Not reported",
                PaperState::Reserved => "On its way",
                PaperState::Printed => "Printed",
                PaperState::NotPrinted => "No paper came out",
                PaperState::NotKnown => "Not known",
            },
            cause: row.cause,
            needs_paper: unheard || matches!(row.paper, PaperState::NotPrinted | PaperState::NotKnown),
            copy_asked,
        }
    }
}

/// The service in the language of staff: the clinic's first one. An id that left the routines is shown as it is.
fn service_name(clinic: &Clinic, id: &str) -> String {
    let language = clinic.languages.first().map_or("en", String::as_str);
    clinic.service(id).map_or_else(|| id.to_string(), |service| service.name.text(language).to_string())
}

fn clock(clinic: &Clinic, at: DateTime<Utc>) -> String {
    at.with_timezone(&clinic.zone).format("%H:%M").to_string()
}

// The month as a word: 04/05 is a different day on either side of an ocean.
fn born(patient: &Patient) -> String {
    patient.date_of_birth.date().format("%-d %b %Y").to_string()
}

fn language_name(code: &str) -> &str {
    match code {
        "en" => "English",
        "es" => "Spanish",
        "ar" => "Arabic",
        "hi" => "Hindi",
        other => other,
    }
}
