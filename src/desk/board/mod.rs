//! The board: all that the page shows, as one value. Words and times are made here, in the clinic's zone,
//! so that the page only places them.

mod beside;
mod request;
mod turned_away;
pub mod words;

use super::CopyAsked;
use super::action::is_under_way;
use super::kiosks::Presence;
use crate::clinic::Clinic;
use crate::front_desk::detail::Detail;
use crate::front_desk::message::Side;
use crate::front_desk::patient::Patient;
use crate::front_desk::request::RequestState;
use crate::front_desk::ticket::PaperState;
use crate::link::fact::DESK;
use crate::store::{ArrivalRow, Result, Store};
use beside::ActsForPatient;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use request::OpenRequest;
pub use request::kind as request_kind;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use turned_away::TurnedAway;
use uuid::Uuid;
use words::{born, clock, detail_words, service_name, when};

/// A ticket's paper is out or given up long before.
const PAPER_PATIENCE: TimeDelta = TimeDelta::minutes(2);

/// All that the page shows.
#[derive(Serialize)]
pub struct Board {
    clinic: String,
    /// Whether nothing here is real.
    practice: bool,
    /// The desk's time in milliseconds since 1970: the browser's clock may be wrong.
    now: i64,
    /// Offset of the clinic's zone in seconds, for the clock of the page.
    offset: i32,
    today: String,
    requests: Vec<OpenRequest>,
    resolved: Vec<ResolvedRequest>,
    arrivals: Vec<Arrival>,
    turned_away: Vec<TurnedAway>,
    troubles: Vec<Trouble>,
    kiosks: Vec<Presence>,
    /// What staff should know about the routines themselves.
    routines: Vec<String>,
    /// Where a request can be handed over to.
    destinations: Vec<Choice>,
    /// What staff can say so that the patient reads it in another language.
    phrases: Vec<Choice>,
    /// What can be booked.
    services: Vec<Choice>,
    /// With whom.
    clinicians: Vec<Choice>,
    /// What a report can be about.
    subjects: Vec<String>,
    /// The language of staff, BCP 47.
    language: String,
    /// What stands for a kiosk where a report came from the desk.
    own_name: &'static str,
}

/// What only the running desk knows.
pub struct Seen {
    /// When each kiosk was heard of.
    pub kiosks: Vec<Presence>,
    /// Which copies were asked for.
    pub copies: HashMap<Uuid, CopyAsked>,
    /// What staff should know about the routines themselves.
    pub routines: Vec<String>,
}

/// Something to choose, in the language of staff.
#[derive(Serialize)]
struct Choice {
    id: String,
    text: String,
}

/// A record as staff need it to tell two of them apart.
#[derive(Serialize)]
struct Person {
    id: Uuid,
    name: String,
    number: Option<String>,
    born: String,
    /// What the patient entered and nobody has seen proof of.
    unproved: Vec<Unproved>,
}

/// A detail that the patient entered.
#[derive(Serialize)]
struct Unproved {
    detail: Detail,
    /// The fact that entered it: a proof is of that.
    entry: Uuid,
    label: String,
    value: String,
}

#[derive(Serialize)]
struct ResolvedRequest {
    id: Uuid,
    headline: String,
    kiosk: String,
    raised: String,
    by: String,
    note: String,
}

#[derive(Serialize)]
struct Arrival {
    visit: Uuid,
    /// How many of the clinic's forms were answered for it.
    forms: u32,
    /// Whether the patient agreed to something at a kiosk.
    has_consent: bool,
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
    /// What staff should know of it, a sentence each.
    notes: Vec<String>,
    acts: Option<ActsForPatient>,
}

#[derive(Serialize)]
struct Trouble {
    kiosk: String,
    device: String,
    words: String,
    since: String,
    since_at: i64,
}

impl Board {
    /// Reads everything at one moment.
    pub fn read(store: &Store, clinic: &Clinic, seen: Seen, now: DateTime<Utc>) -> Result<Self> {
        let here = now.with_timezone(&clinic.zone);
        let today = here.date_naive();
        let midnight = today.and_time(chrono::NaiveTime::MIN);
        // Where the clocks go forward at midnight, the day begins an hour later.
        let day_began = clinic.zone.from_local_datetime(&midnight).earliest().map_or(now, |t| t.to_utc());
        let rows = store.open_requests()?.into_iter().chain(store.answered_after_resolution()?);
        let mut requests =
            rows.map(|row| OpenRequest::read(store, clinic, row, now)).collect::<Result<Vec<_>>>()?;
        // The most urgent first; cases that are overdue; whatever still waits for somebody before what somebody
        // has; first due first.
        requests.sort_by_key(|request| {
            let taken = request.acknowledged_by.is_some();
            (Reverse(request.urgency), !request.is_overdue(), taken, request.acknowledge_by)
        });
        let resolved = store.resolved_requests(day_began)?.into_iter().filter_map(|row| {
            let RequestState::Resolved { by, note } = row.state else { return None };
            Some(ResolvedRequest {
                id: row.request.id.0,
                headline: row.request.headline().to_string(),
                kiosk: row.request.kiosk,
                raised: when(clinic, row.request.raised_at, now),
                by,
                note,
            })
        });
        let troubles = store.device_troubles()?.into_iter().map(|row| Trouble {
            kiosk: row.kiosk,
            device: row.device,
            words: row.trouble,
            since: when(clinic, row.since, now),
            since_at: row.since.timestamp_millis(),
        });
        Ok(Self {
            clinic: clinic.name.clone(),
            practice: clinic.practice,
            now: now.timestamp_millis(),
            offset: chrono::Offset::fix(here.offset()).local_minus_utc(),
            today: here.format("%A %-d %B %Y").to_string(),
            requests,
            resolved: resolved.collect(),
            arrivals: arrivals(store, clinic, &seen.copies, now)?,
            turned_away: TurnedAway::read(store, clinic, day_began, now)?,
            troubles: troubles.collect(),
            kiosks: seen.kiosks,
            routines: seen.routines,
            destinations: choices(clinic, |language| {
                let all = clinic.routines.destinations.iter();
                all.map(|place| (place.id.clone(), place.name.text(language).to_string())).collect()
            }),
            phrases: choices(clinic, |language| {
                let said = clinic.routines.phrases.iter().filter(|phrase| phrase.from == Side::Staff);
                said.map(|phrase| (phrase.id.clone(), phrase.text.text(language).to_string())).collect()
            }),
            services: choices(clinic, |language| {
                let all = clinic.services.iter();
                all.map(|service| (service.id.clone(), service.name.text(language).to_string())).collect()
            }),
            clinicians: choices(clinic, |_| {
                let all = clinic.routines.schedule.clinicians.iter();
                all.map(|clinician| (clinician.name.clone(), clinician.name.clone())).collect()
            }),
            subjects: subjects(clinic),
            language: clinic.staff_language().to_string(),
            own_name: DESK,
        })
    }
}

fn arrivals(
    store: &Store,
    clinic: &Clinic,
    copies: &HashMap<Uuid, CopyAsked>,
    now: DateTime<Utc>,
) -> Result<Vec<Arrival>> {
    let rows = store.arrivals(now.with_timezone(&clinic.zone).date_naive())?;
    let read = rows.iter().map(|row| {
        let (notes, acts) =
            (beside::notes(clinic, row, &rows), ActsForPatient::read(store, clinic, row, now)?);
        Ok(Arrival { notes, acts, ..Arrival::read(clinic, row.clone(), copies, now) })
    });
    read.collect()
}

fn choices(clinic: &Clinic, all: impl FnOnce(&str) -> Vec<(String, String)>) -> Vec<Choice> {
    all(clinic.staff_language()).into_iter().map(|(id, text)| Choice { id, text }).collect()
}

/// The names of the routines, each of which a report can be about.
pub fn subjects(clinic: &Clinic) -> Vec<String> {
    let language = clinic.staff_language();
    let categories = clinic.routines.categories.iter().map(|category| category.name.text(language));
    let hand_overs = clinic.routines.hand_overs.iter().map(|hand_over| hand_over.reason.headline());
    let others = ["An emergency", "The phrases", "The opening hours", "Who answers next", "Something else"];
    categories.chain(hand_overs).chain(others).map(str::to_string).collect()
}

impl Person {
    fn of(clinic: &Clinic, patient: &Patient) -> Self {
        let unproved = patient.unproved().map(|(detail, mark)| Unproved {
            detail: detail.clone(),
            entry: mark.entry,
            label: detail.words().to_string(),
            value: patient.get(detail).map(|value| detail_words(clinic, &value)).unwrap_or_default(),
        });
        Self {
            unproved: unproved.collect(),
            id: patient.id.0,
            name: patient.name.full(),
            number: patient.number.clone(),
            born: born(patient),
        }
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
            visit: row.visit.id.0,
            forms: row.forms,
            has_consent: row.has_consent,
            ticket: row.ticket.id.0,
            number: row.ticket.number.to_string(),
            arrived: clock(clinic, row.visit.checked_in_at),
            patient: row.patient.as_ref().map(|patient| Person::of(clinic, patient)),
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
            notes: Vec::new(),
            acts: None,
        }
    }
}

#[cfg(test)]
mod tests;
