//! The queue as the page shows it.

use super::why::sentence;
use crate::desk::board::words::Reader;
use crate::desk::language::StaffLanguage;
use crate::front_desk::queue::{self, Place, QueueEntry, Turn, VisitEnd, turn};
use crate::front_desk::ticket::VisitId;
use crate::front_desk::urgency::Urgency;
use crate::front_desk::wait::{Spoken, as_hours};
use crate::store::{ArrivalRow, Result, Store};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// All of the queue.
#[derive(Serialize)]
pub struct QueueShown {
    points: Vec<PointShown>,
    services: Vec<ServiceShown>,
    /// What staff can put somebody into by hand.
    groups: Vec<GroupShown>,
    /// Everybody who waits, in the order in which they are called.
    waiting: Vec<EntryShown>,
    /// Whose visit is over, who came last first: an end can be taken back.
    ended: Vec<EndedShown>,
}

/// How the promise of a ticket stands.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Promise {
    /// There is time.
    Kept,
    /// Soon it is broken: the desk has been told.
    Soon,
    /// It is broken.
    Late,
}

/// A visit that is over.
#[derive(Serialize)]
struct EndedShown {
    visit: Uuid,
    number: String,
    name: Option<String>,
    /// How it ended, in words.
    how: String,
    /// Whether that can be taken back.
    can_reopen: bool,
}

/// A service point.
#[derive(Serialize)]
struct PointShown {
    id: String,
    name: String,
    /// Ids of its services.
    services: Vec<String>,
    /// Who was called there, or is there.
    here: Option<EntryShown>,
    /// Who would be called next.
    next: Option<Uuid>,
}

/// A service with how many wait for it.
#[derive(Serialize)]
struct ServiceShown {
    id: String,
    name: String,
    waiting: usize,
    /// How long somebody who came now would wait.
    wait: String,
}

#[derive(Serialize)]
struct GroupShown {
    id: String,
    name: String,
}

/// A patient in the queue.
#[derive(Serialize)]
struct EntryShown {
    visit: Uuid,
    number: String,
    name: Option<String>,
    /// The language they read, where it is not that of staff.
    reads: Option<String>,
    service: String,
    service_name: String,
    /// One sentence: why they have this place.
    why: String,
    urgency: Urgency,
    /// Ids of the groups that staff put them into.
    groups: Vec<String>,
    /// When they came.
    arrived: String,
    /// When their appointment begins.
    booked: Option<String>,
    /// Since when they are kept waiting, in milliseconds since 1970.
    waits_since: i64,
    /// By when the ticket asks them back to the desk if nobody has called.
    promised: String,
    /// How that stands.
    promise: Promise,
    /// How often they were called and did not come.
    absences: u32,
    /// When they are called again, for those who did not come.
    held_until: Option<String>,
    call: Option<CallShown>,
}

/// A call that stands.
#[derive(Serialize)]
struct CallShown {
    by: String,
    /// Milliseconds since 1970.
    at: i64,
    times: u32,
}

impl QueueShown {
    /// Reads the queue of today; `arrivals` are those of today.
    pub fn read(store: &Store, reader: Reader, arrivals: &[ArrivalRow]) -> Result<Self> {
        let Reader { clinic, now, .. } = reader;
        let today = now.with_timezone(&clinic.zone).date_naive();
        let rules = &clinic.routines.queue;
        let entries = store.queue(today)?;
        let rows: HashMap<VisitId, &ArrivalRow> = arrivals.iter().map(|row| (row.visit.id, row)).collect();
        let shown = |entry: &QueueEntry, turn: &Turn| {
            EntryShown::of(entry, turn, rows.get(&entry.visit).copied(), reader)
        };
        let policy = |service: &str| rules.policy(service);
        let waits = || entries.iter().filter(|entry| entry.place == Place::Waiting);
        let points = rules.points.iter().map(|point| {
            let here = entries.iter().find(|entry| match &entry.place {
                Place::Called { point: at, .. } => *at == point.id,
                Place::Waiting | Place::Ended(_) => false,
            });
            let ours = waits().filter(|entry| point.services.contains(&entry.service));
            PointShown {
                id: point.id.clone(),
                name: point.name.text(reader.texts()).to_string(),
                services: point.services.clone(),
                here: here.map(|entry| shown(entry, &turn(policy(&entry.service), entry))),
                next: queue::next(policy, ours, now).map(|visit| visit.0),
            }
        });
        let mut services = Vec::new();
        for service in &clinic.services {
            let expected = store.wait_estimate(clinic, &service.id, None, now)?;
            services.push(ServiceShown {
                id: service.id.clone(),
                name: service.name.text(reader.texts()).to_string(),
                waiting: waits().filter(|entry| entry.service == service.id).count(),
                wait: wait_words(Spoken::of(expected.range, now), reader.language),
            });
        }
        let groups = rules.groups.iter().map(|group| GroupShown {
            id: group.id.clone(),
            name: group.name.text(reader.texts()).to_string(),
        });
        let ended = entries.iter().rev().filter_map(|entry| {
            let Place::Ended(end) = &entry.place else { return None };
            let row = rows.get(&entry.visit).copied();
            Some(EndedShown {
                visit: entry.visit.0,
                number: entry.number.to_string(),
                name: name_of(row),
                how: end_words(end, reader.language),
                can_reopen: !matches!(end, VisitEnd::Doubled { .. }),
            })
        });
        Ok(Self {
            ended: ended.collect(),
            points: points.collect(),
            services,
            groups: groups.collect(),
            waiting: queue::order(policy, waits()).iter().map(|(entry, turn)| shown(entry, turn)).collect(),
        })
    }
}

/// A wait as staff read it.
pub fn wait_words(spoken: Spoken, language: StaffLanguage) -> String {
    match spoken {
        Spoken::LessThan(minutes) => {
            language.say("less than {minutes} minutes", &[("minutes", &minutes.to_string())])
        }
        Spoken::Minutes(from, until) => language
            .say("{from} to {until} minutes", &[("from", &from.to_string()), ("until", &until.to_string())]),
        Spoken::HalfHours(from, until) => {
            language.say("{from} to {until} hours", &[("from", &as_hours(from)), ("until", &as_hours(until))])
        }
    }
}

impl EntryShown {
    fn of(entry: &QueueEntry, turn: &Turn, row: Option<&ArrivalRow>, reader: Reader) -> Self {
        let promised = row.map(|row| row.ticket.come_back_at);
        let call = match &entry.place {
            Place::Called { by, at, times, .. } => {
                Some(CallShown { by: by.clone(), at: at.timestamp_millis(), times: *times })
            }
            Place::Waiting | Place::Ended(_) => None,
        };
        Self {
            visit: entry.visit.0,
            number: entry.number.to_string(),
            name: name_of(row),
            reads: row
                .filter(|row| row.ticket.language != reader.language.code())
                .map(|row| reader.language_name(&row.ticket.language)),
            service: entry.service.clone(),
            service_name: reader.service(&entry.service),
            why: sentence(turn, reader),
            urgency: entry.urgency,
            groups: entry.groups.clone(),
            arrived: reader.clock(entry.arrived_at),
            booked: entry.appointment.map(|at| reader.clock(at)),
            waits_since: entry.waits_since().timestamp_millis(),
            promised: promised.map(|at| reader.clock(at)).unwrap_or_default(),
            promise: match (promised, reader.clinic.routines.queue.flag_before) {
                (Some(at), _) if at <= reader.now => Promise::Late,
                (Some(at), Some(before)) if at - before <= reader.now => Promise::Soon,
                _ => Promise::Kept,
            },
            absences: entry.absences,
            held_until: entry.held_until.filter(|until| *until > reader.now).map(|until| reader.clock(until)),
            call,
        }
    }
}

fn name_of(row: Option<&ArrivalRow>) -> Option<String> {
    row.and_then(|row| row.patient.as_ref()).map(|patient| patient.name.full())
}

fn end_words(end: &VisitEnd, language: StaffLanguage) -> String {
    match end {
        VisitEnd::Seen => language.say("Was seen", &[]),
        VisitEnd::Left { why } => language.say("Has left: {why}", &[("why", &why.0)]),
        VisitEnd::Doubled { .. } => language.say("Called by another ticket", &[]),
        VisitEnd::NeverCalled => language.say("Was never called", &[]),
    }
}
