//! What this store has seen of a queue, for the estimate of waits.

use super::flagged::uuid;
use super::read::entries;
use crate::clinic::Clinic;
use crate::front_desk::queue::{Place, QueueEntry, turn};
use crate::front_desk::ticket::{TicketId, TicketNumber, VisitId};
use crate::front_desk::urgency::Urgency;
use crate::front_desk::wait::{self, Called, Estimate, QueueSeen, Range, Told, WIDTH_OF, Waiting};
use crate::link::fact::DESK;
use crate::store::{Result, Store, StoreError, time};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many days back show what is usual.
const DAYS_BEFORE: u64 = 14;
/// So many patients at most.
const CALLED_BEFORE: usize = 600;
/// A desk heard of so lately is there: nothing has happened that it did not tell.
const DESK_IS_THERE: TimeDelta = TimeDelta::seconds(90);

/// Who asks how long they would wait.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer {
    /// When their appointment begins, if they have one.
    pub appointment: Option<DateTime<Utc>>,
    /// Their age in years, where it is known.
    pub age: Option<u32>,
}

/// Where a store's knowledge of the calls comes from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The store's origin.
    pub origin: &'a str,
    /// When the desk was heard of last.
    pub heard: Option<DateTime<Utc>>,
}

impl Store {
    /// The desk answered just now: what it has not told has not happened.
    pub fn heard_from_desk(&mut self, now: DateTime<Utc>) {
        self.heard = Some(now);
    }

    /// When somebody who comes to a service now can expect to be called; `appointment` is when theirs begins, if they have one. The
    /// one place from which ticket, kiosk, desk and display have it.
    pub fn wait_estimate(
        &self,
        clinic: &Clinic,
        service: &str,
        appointment: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Estimate> {
        let known = Known { origin: &self.origin, heard: self.heard };
        estimate(&self.connection, known, clinic, service, Newcomer { appointment, age: None }, now)
    }

    /// What was seen of the queues that share their service points with a service, on all days: of each
    /// day who was called, and the appointments that nobody kept. For looking back.
    pub fn days_seen(&self, clinic: &Clinic, service: &str) -> Result<BTreeMap<NaiveDate, DaySeen>> {
        let together = together(clinic, service);
        let mut days: BTreeMap<NaiveDate, DaySeen> = BTreeMap::new();
        for called in stays(&self.connection, clinic, &together, DateTime::UNIX_EPOCH, usize::MAX)? {
            let day = called.called.with_timezone(&clinic.zone).date_naive();
            days.entry(day).or_default().called.push(called);
        }
        for (day, seen) in &mut days {
            seen.called.sort_by_key(|called| called.arrived);
            let (from, until) = bounds(clinic, *day, 0);
            let missed = appointments(&self.connection, &together, from, until)?;
            seen.missed = missed.into_iter().filter(|(_, kept)| !kept).map(|(at, _)| at).collect();
        }
        Ok(days)
    }
}

/// Who was called on a day, and which appointments nobody kept.
#[derive(Debug, Clone, Default)]
pub struct DaySeen {
    /// By arrival.
    pub called: Vec<Called>,
    /// When they began.
    pub missed: Vec<DateTime<Utc>>,
}

/// When a newcomer can expect to be called.
pub fn estimate(
    connection: &Connection,
    known: Known<'_>,
    clinic: &Clinic,
    service: &str,
    who: Newcomer,
    now: DateTime<Utc>,
) -> Result<Estimate> {
    let seen = seen(connection, known, clinic, service, now)?;
    let newcomer = QueueEntry {
        visit: VisitId(Uuid::nil()),
        ticket: TicketId(Uuid::nil()),
        number: TicketNumber::new(' ', "", 0),
        day: now.with_timezone(&clinic.zone).date_naive(),
        service: service.to_string(),
        arrived_at: now,
        appointment: who.appointment,
        since: None,
        urgency: Urgency::default(),
        groups: Vec::new(),
        age: who.age,
        absences: 0,
        held_until: None,
        place: Place::Waiting,
    };
    Ok(wait::estimate(&seen, waiting(clinic, &newcomer)))
}

/// The services whose patients are called to the points of one service, or to the points of those, and so on: they
/// stand in one line.
fn together<'a>(clinic: &'a Clinic, service: &'a str) -> BTreeSet<&'a str> {
    let mut together = BTreeSet::from([service]);
    loop {
        let points = &clinic.routines.queue.points;
        let shares = |services: &Vec<String>| services.iter().any(|id| together.contains(id.as_str()));
        let more: BTreeSet<&str> = points
            .iter()
            .filter(|point| shares(&point.services))
            .flat_map(|point| point.services.iter().map(String::as_str))
            .chain(together.iter().copied())
            .collect();
        if more.len() == together.len() {
            return together;
        }
        together = more;
    }
}

fn waiting(clinic: &Clinic, entry: &QueueEntry) -> Waiting {
    let ready = entry.appointment.map_or(entry.arrived_at, |at| at.max(entry.arrived_at));
    Waiting {
        turn: turn(clinic.routines.queue.policy(&entry.service), entry).counts_from,
        came: entry.held_until.unwrap_or(entry.arrived_at).max(entry.arrived_at),
        ready: entry.held_until.unwrap_or(ready).max(ready),
    }
}

fn seen(
    connection: &Connection,
    known: Known<'_>,
    clinic: &Clinic,
    service: &str,
    now: DateTime<Utc>,
) -> Result<QueueSeen> {
    let together = together(clinic, service);
    let today = now.with_timezone(&clinic.zone).date_naive();
    let (begins, ends) = bounds(clinic, today, 0);
    let (long_ago, _) = bounds(clinic, today, DAYS_BEFORE);
    let mut called = stays(connection, clinic, &together, long_ago, CALLED_BEFORE)?;
    let mut waits = Vec::new();
    let which = "WHERE entry.day = ?1 AND entry.state <> 'ended' ORDER BY visit.checked_in_at, visit.id";
    for entry in entries(connection, which, [today.to_string()])? {
        if !together.contains(entry.service.as_str()) {
            continue;
        }
        match &entry.place {
            Place::Waiting => waits.push(waiting(clinic, &entry)),
            Place::Called { point, at, .. } => called.push(Called {
                arrived: entry.arrived_at,
                appointment: entry.appointment,
                turn: waiting(clinic, &entry).turn,
                called: *at,
                finished: None,
                point: place_of(clinic, point),
            }),
            Place::Ended(_) => {}
        }
    }
    let before = appointments(connection, &together, long_ago, begins)?;
    let kept = before.iter().filter(|(_, kept)| *kept).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let to_come = appointments(connection, &together, begins, ends)?.into_iter().filter(|(_, kept)| !kept);
    let points = clinic.routines.queue.points.iter();
    let points =
        points.filter(|point| point.services.iter().any(|id| together.contains(id.as_str()))).count();
    Ok(QueueSeen {
        now,
        known_until: known_until(connection, known, clinic, &called, now)?,
        zone: clinic.zone,
        minutes_each: clinic.service_or_first(service).minutes_each,
        service_points: u16::try_from(points.max(1)).unwrap_or(u16::MAX),
        counts_from: clinic.routines.queue.policy(service).counts_from,
        waiting: waits,
        booked: to_come.map(|(at, _)| at).collect(),
        kept_and_missed: (count(kept), count(before.len() - kept)),
        called,
        told: told(connection, &together, long_ago)?,
    })
}

/// Until when this store knows who was called.
fn known_until(
    connection: &Connection,
    known: Known<'_>,
    clinic: &Clinic,
    called: &[Called],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>> {
    // Where nobody says who is called, silence means nothing.
    if called.is_empty() && clinic.routines.queue.flag_before.is_none() {
        return Ok(DateTime::UNIX_EPOCH);
    }
    if known.origin == DESK {
        return Ok(now);
    }
    let heard = match known.heard {
        Some(heard) => heard,
        None => {
            let last: Option<i64> = connection
                .prepare_cached("SELECT at FROM fact WHERE origin = ?1 ORDER BY seq DESC LIMIT 1")?
                .query_row([DESK], |row| row.get(0))
                .optional()?;
            last.map(time).transpose()?.unwrap_or(DateTime::UNIX_EPOCH)
        }
    };
    Ok(if now - heard <= DESK_IS_THERE { now } else { heard })
}

/// When a day of the clinic begins, so many days back, and when it ends.
fn bounds(clinic: &Clinic, day: NaiveDate, back: u64) -> (DateTime<Utc>, DateTime<Utc>) {
    let midnight = |day: NaiveDate| {
        let midnight = day.and_time(NaiveTime::MIN);
        let moment = clinic.zone.from_local_datetime(&midnight).earliest();
        moment.map_or_else(|| midnight.and_utc(), |moment| moment.to_utc())
    };
    (
        midnight(day.checked_sub_days(Days::new(back)).unwrap_or(day)),
        midnight(day.checked_add_days(Days::new(1)).unwrap_or(day)),
    )
}

/// A number for a service point that stays the same from day to day. Points that have left the routines share one.
fn place_of(clinic: &Clinic, point: &str) -> u16 {
    let place = clinic.routines.queue.points.iter().position(|known| known.id == point);
    place.and_then(|place| u16::try_from(place).ok()).unwrap_or(u16::MAX)
}

/// Who was at the points of some services since some time: the last ones.
fn stays(
    connection: &Connection,
    clinic: &Clinic,
    services: &BTreeSet<&str>,
    since: DateTime<Utc>,
    at_most: usize,
) -> Result<Vec<Called>> {
    let mut query = connection.prepare_cached(
        "SELECT stay.visit, stay.service, stay.point, stay.appointment, stay.arrived_at, stay.called_at, stay.ended_at,
                stay.waits_since, entry.urgency, entry.groups, entry.ticket, entry.day
         FROM stay JOIN queue_entry AS entry ON entry.visit = stay.visit
         WHERE stay.service = ?1 AND stay.ended_at >= ?2 ORDER BY stay.ended_at DESC LIMIT ?3",
    )?;
    let mut called = Vec::new();
    let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
    for service in services {
        let mut rows = query.query((service, since.timestamp_millis(), at_most))?;
        while let Some(row) = rows.next()? {
            let arrived = time(row.get(4)?)?;
            let appointment = row.get::<_, Option<i64>>(3)?.map(time).transpose()?;
            let since = time(row.get(7)?)?;
            let day: String = row.get(11)?;
            // Another service sent them here, where they count as waiting from neither coming nor appointment.
            let transferred = appointment.map_or(arrived, |at| at.max(arrived)) != since;
            let entry = QueueEntry {
                visit: VisitId(uuid(&row.get::<_, String>(0)?)?),
                ticket: TicketId(uuid(&row.get::<_, String>(10)?)?),
                number: TicketNumber::new(' ', "", 0),
                day: day.parse().map_err(|_| StoreError::Unreadable(format!("day {day}")))?,
                service: row.get(1)?,
                arrived_at: arrived,
                appointment,
                since: transferred.then_some(since),
                urgency: serde_json::from_str(&row.get::<_, String>(8)?)?,
                groups: serde_json::from_str(&row.get::<_, String>(9)?)?,
                age: None,
                absences: 0,
                held_until: None,
                place: Place::Waiting,
            };
            called.push(Called {
                arrived: if transferred { since } else { arrived },
                appointment: appointment.filter(|_| !transferred),
                turn: waiting(clinic, &entry).turn,
                called: time(row.get(5)?)?,
                finished: Some(time(row.get(6)?)?),
                point: place_of(clinic, &row.get::<_, String>(2)?),
            });
        }
    }
    Ok(called)
}

/// The appointments of some services that begin within a time, and whether somebody came for each.
fn appointments(
    connection: &Connection,
    services: &BTreeSet<&str>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, bool)>> {
    let mut query = connection.prepare_cached(
        "SELECT starts_at, body ->> 'service', EXISTS (SELECT 1 FROM visit WHERE visit.appointment = appointment.id)
         FROM appointment WHERE starts_at >= ?1 AND starts_at < ?2 AND body ->> 'status' = 'booked'",
    )?;
    let mut rows = query.query((from.timestamp_millis(), until.timestamp_millis()))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let service: String = row.get(1)?;
        if services.contains(service.as_str()) {
            found.push((time(row.get(0)?)?, row.get(2)?));
        }
    }
    Ok(found)
}

/// What the tickets of some services promised since some time, and when their patients were first called.
fn told(connection: &Connection, services: &BTreeSet<&str>, since: DateTime<Utc>) -> Result<Vec<Told>> {
    let mut query = connection.prepare_cached(
        "SELECT unixepoch(ticket.body ->> 'issued_at') * 1000, unixepoch(ticket.body ->> 'expected_at') * 1000,
                unixepoch(ticket.body ->> 'expected_until') * 1000, min(stay.called_at)
         FROM stay JOIN visit ON visit.id = stay.visit JOIN ticket ON ticket.id = visit.ticket
         WHERE stay.service = ?1 AND stay.ended_at >= ?2 AND ticket.service = ?1
               AND ticket.body ->> 'expected_until' IS NOT NULL
         GROUP BY stay.visit ORDER BY 4 DESC LIMIT ?3",
    )?;
    let at_most = i64::try_from(WIDTH_OF).unwrap_or(i64::MAX);
    let mut told = Vec::new();
    for service in services {
        let mut rows = query.query((service, since.timestamp_millis(), at_most))?;
        while let Some(row) = rows.next()? {
            told.push(Told {
                at: time(row.get(0)?)?,
                range: Range { from: time(row.get(1)?)?, until: time(row.get(2)?)? },
                called: time(row.get(3)?)?,
            });
        }
    }
    told.sort_by_key(|told| told.called);
    Ok(told)
}
