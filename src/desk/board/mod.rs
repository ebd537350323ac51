//! The board: all that the page shows, as one value. Words and times are made here, in the clinic's zone,
//! so that the page only places them.

mod beside;
mod published;
mod request;
mod turned_away;
pub mod words;

use super::CopyAsked;
use super::action::is_under_way;
use super::display::ScreenPresence;
use super::fleet::tells_of_printer;
use super::kiosks::Presence;
use super::language::Sentence;
use super::queue::QueueShown;
use crate::clinic::routines::Outcome;
use crate::front_desk::detail::Detail;
use crate::front_desk::message::Side;
use crate::front_desk::patient::Patient;
use crate::front_desk::request::RequestState;
use crate::front_desk::ticket::PaperState;
use crate::front_desk::urgency::Urgency;
use crate::link::fact::DESK;
use crate::store::{ArrivalRow, DeviceTrouble, RequestEventKind, Result, Store};
use beside::ActsForPatient;
use chrono::{TimeDelta, TimeZone};
pub use published::{Audience, Boards, Published};
use request::OpenRequest;
pub use request::{headline, kind as request_kind, stopped_at};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use turned_away::TurnedAway;
use uuid::Uuid;
use words::{DeviceWords, Reader};

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
    queue: QueueShown,
    arrivals: Vec<Arrival>,
    turned_away: Vec<TurnedAway>,
    troubles: Vec<Trouble>,
    kiosks: Vec<Presence>,
    /// The displays of the waiting rooms.
    displays: Vec<ScreenPresence>,
    /// What staff should know about the routines themselves.
    routines: Vec<String>,
    /// How a request can end.
    outcomes: Vec<OutcomeShown>,
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
    pub routines: Vec<Sentence>,
    /// Which displays are there.
    pub displays: Vec<ScreenPresence>,
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
    /// How it ended, where that was chosen.
    outcome: Option<String>,
    /// Whether what was asked for was not done.
    is_unsolved: bool,
}

/// How a request can end.
#[derive(Serialize)]
struct OutcomeShown {
    id: String,
    text: String,
    asks_why: bool,
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
    paper_words: String,
    cause: String,
    /// In which language that is, BCP 47.
    cause_lang: &'static str,
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
    #[serde(flatten)]
    told: DeviceWords,
    since: String,
    since_at: i64,
}

impl Board {
    /// Reads everything at one moment.
    pub fn read(store: &Store, reader: Reader, seen: &Seen) -> Result<Self> {
        let Reader { clinic, now, .. } = reader;
        let here = now.with_timezone(&clinic.zone);
        let today = here.date_naive();
        let midnight = today.and_time(chrono::NaiveTime::MIN);
        // Where the clocks go forward at midnight, the day begins an hour later.
        let day_began = clinic.zone.from_local_datetime(&midnight).earliest().map_or(now, |t| t.to_utc());
        let rows = store.open_requests()?.into_iter().chain(store.answered_after_resolution()?);
        let mut requests =
            rows.map(|row| OpenRequest::read(store, reader, row)).collect::<Result<Vec<_>>>()?;
        // Somebody in danger first; cases that are overdue; whatever still waits for somebody before what somebody
        // has; what is, or was, due first. Urgent requests need no rule of their own: they are due sooner.
        requests.sort_by_key(|request| {
            let taken = request.acknowledged_by.is_some();
            let is_danger = request.urgency == Urgency::Emergency;
            (!is_danger, !request.is_overdue(), taken, request.first_due, Reverse(request.urgency))
        });
        let outcome_of = |id| -> Result<Option<&Outcome>> {
            let events = store.request_events(id)?;
            let chosen = events.iter().rev().find(|event| event.kind == RequestEventKind::OutcomeChosen);
            Ok(chosen.and_then(|event| clinic.routines.outcome(&event.words)))
        };
        let mut resolved = Vec::new();
        for row in store.resolved_requests(day_began)? {
            let RequestState::Resolved { by, note } = row.state else { continue };
            let outcome = outcome_of(row.request.id)?;
            let is_theirs = reader.sees_money || !request::is_about_money(&row.request);
            resolved.push(ResolvedRequest {
                outcome: outcome.map(|outcome| outcome.name.text(reader.texts()).to_string()),
                is_unsolved: outcome.is_some_and(|outcome| outcome.asks_why),
                id: row.request.id.0,
                headline: request::headline(reader, &row.request),
                kiosk: row.request.kiosk,
                raised: reader.when(row.request.raised_at),
                by,
                note: match is_theirs {
                    true => reader.say(&note, &[]),
                    false => reader.say("Settled by somebody who takes payments", &[]),
                },
            });
        }
        let rows = store.arrivals(here.date_naive())?;
        // What somebody has been called for is on their card.
        let told = |row: &DeviceTrouble| {
            let kiosk = seen.kiosks.iter().find(|kiosk| kiosk.name == row.kiosk);
            row.device == "printer" && kiosk.is_some_and(tells_of_printer)
        };
        let troubles = store.device_troubles()?.into_iter().filter(|row| !told(row)).map(|row| Trouble {
            kiosk: row.kiosk,
            device: reader.say(&row.device, &[]),
            told: reader.of_device(&row.trouble),
            since: reader.when(row.since),
            since_at: row.since.timestamp_millis(),
        });
        Ok(Self {
            clinic: clinic.name.clone(),
            practice: clinic.practice,
            now: now.timestamp_millis(),
            offset: chrono::Offset::fix(here.offset()).local_minus_utc(),
            today: reader.whole_day(now),
            requests,
            resolved,
            queue: QueueShown::read(store, reader, &rows)?,
            arrivals: arrivals(store, reader, &rows, &seen.copies)?,
            turned_away: TurnedAway::read(store, reader, day_began)?,
            troubles: troubles.collect(),
            kiosks: seen.kiosks.clone(),
            displays: seen.displays.clone(),
            routines: seen.routines.iter().map(|note| note.said(reader.language)).collect(),
            outcomes: outcomes(reader),
            destinations: choices(reader, |language| {
                let all = clinic.routines.destinations.iter();
                all.map(|place| (place.id.clone(), place.name.text(language).to_string())).collect()
            }),
            phrases: choices(reader, |language| {
                let said = clinic.routines.phrases.iter().filter(|phrase| phrase.from == Side::Staff);
                said.map(|phrase| (phrase.id.clone(), phrase.text.text(language).to_string())).collect()
            }),
            services: choices(reader, |language| {
                let all = clinic.services.iter();
                all.map(|service| (service.id.clone(), service.name.text(language).to_string())).collect()
            }),
            clinicians: choices(reader, |_| {
                let all = clinic.routines.schedule.clinicians.iter();
                all.map(|clinician| (clinician.name.clone(), clinician.name.clone())).collect()
            }),
            subjects: subjects(reader),
            language: reader.texts().to_string(),
            own_name: DESK,
        })
    }
}

fn arrivals(
    store: &Store,
    reader: Reader,
    rows: &[ArrivalRow],
    copies: &HashMap<Uuid, CopyAsked>,
) -> Result<Vec<Arrival>> {
    let read = rows.iter().map(|row| {
        let (notes, acts) = (beside::notes(reader, row, rows), ActsForPatient::read(store, reader, row)?);
        Ok(Arrival { notes, acts, ..Arrival::read(reader, row.clone(), copies) })
    });
    read.collect()
}

fn outcomes(reader: Reader) -> Vec<OutcomeShown> {
    let shown = reader.clinic.routines.outcomes.iter().map(|outcome| OutcomeShown {
        id: outcome.id.clone(),
        text: outcome.name.text(reader.texts()).to_string(),
        asks_why: outcome.asks_why,
    });
    shown.collect()
}

fn choices(reader: Reader, all: impl FnOnce(&str) -> Vec<(String, String)>) -> Vec<Choice> {
    all(reader.texts()).into_iter().map(|(id, text)| Choice { id, text }).collect()
}

/// The names of the routines, each of which a report can be about.
pub fn subjects(reader: Reader) -> Vec<String> {
    let routines = &reader.clinic.routines;
    let categories =
        routines.categories.iter().map(|category| category.name.text(reader.texts()).to_string());
    let hand_overs = routines.hand_overs.iter().map(|hand_over| reader.say(hand_over.reason.headline(), &[]));
    let others = [
        reader.say("An emergency", &[]),
        reader.say("The phrases", &[]),
        reader.say("The opening hours", &[]),
        reader.say("Who answers next", &[]),
        reader.say("Something else", &[]),
    ];
    categories.chain(hand_overs).chain(others).collect()
}

impl Person {
    fn of(reader: Reader, patient: &Patient) -> Self {
        let unproved = patient.unproved().map(|(detail, mark)| Unproved {
            detail: detail.clone(),
            entry: mark.entry,
            label: reader.say(detail.words(), &[]),
            value: patient.get(detail).map(|value| reader.detail(&value)).unwrap_or_default(),
        });
        Self {
            unproved: unproved.collect(),
            id: patient.id.0,
            name: patient.name.full(),
            number: patient.number.clone(),
            born: reader.born(patient),
        }
    }
}

impl Arrival {
    fn read(reader: Reader, row: ArrivalRow, copies: &HashMap<Uuid, CopyAsked>) -> Self {
        let now = reader.now;
        let copy_asked = copies
            .get(&row.ticket.id.0)
            .filter(|asked| is_under_way(asked, now))
            .map(|asked| format!("{}, {}", asked.by, reader.clock(asked.at)));
        // A kiosk that stopped with a ticket in its printer, or whose store was replaced, never says how it ended.
        let unheard = row.paper == PaperState::Reserved && now - row.ticket.issued_at > PAPER_PATIENCE;
        Self {
            visit: row.visit.id.0,
            forms: row.forms,
            has_consent: row.has_consent,
            ticket: row.ticket.id.0,
            number: row.ticket.number.to_string(),
            arrived: reader.clock(row.visit.checked_in_at),
            patient: row.patient.as_ref().map(|patient| Person::of(reader, patient)),
            appointment: row.appointment.as_ref().map(|appointment| reader.clock(appointment.starts_at)),
            clinician: row.appointment.map(|appointment| appointment.clinician),
            service: reader.service(&row.ticket.service),
            kiosk: row.kiosk,
            paper: row.paper.word(),
            paper_words: match row.paper {
                PaperState::Reserved if unheard => reader.say("Not reported", &[]),
                PaperState::Reserved => reader.say("On its way", &[]),
                PaperState::Printed => reader.say("Printed", &[]),
                PaperState::NotPrinted => reader.say("No paper came out", &[]),
                PaperState::NotKnown => reader.say("Not known", &[]),
            },
            cause: reader.say(&row.cause, &[]),
            cause_lang: reader.language.said_in(&row.cause).code(),
            needs_paper: unheard || matches!(row.paper, PaperState::NotPrinted | PaperState::NotKnown),
            copy_asked,
            notes: Vec::new(),
            acts: None,
        }
    }
}

#[cfg(test)]
mod tests;
