//! Who came today and could not be checked in, why, and what became of it.

use super::Person;
use super::words::Reader;
use crate::front_desk::arrival::NotCheckedInCause;
use crate::front_desk::patient::PatientId;
use crate::store::{NotCheckedInRow, Result, Store};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::HashSet;
use uuid::Uuid;

/// Somebody who could not be checked in.
#[derive(Serialize)]
pub struct TurnedAway {
    id: Uuid,
    at: String,
    kiosk: String,
    cause: NotCheckedInCause,
    /// Who, where it is known.
    patient: Option<Person>,
    /// Why, in one sentence.
    why: String,
    service: String,
    /// That they were checked in after all; empty while they were not.
    became: String,
}

impl TurnedAway {
    /// Whose line it is, where it is known.
    pub fn patient(&self) -> Option<PatientId> {
        self.patient.as_ref().map(|person| PatientId(person.id))
    }

    /// Everybody since the day began: who still waits for something first, latest first. Who tried twice in vain
    /// stands there once.
    pub fn read(store: &Store, reader: Reader, day_began: DateTime<Utc>) -> Result<Vec<Self>> {
        let mut seen = HashSet::new();
        let mut all: Vec<Self> = Vec::new();
        for row in store.not_checked_in(day_began)? {
            let who = row.turned_away.patient;
            if who.is_none() || seen.insert((who, row.turned_away.cause, row.turned_away.appointment)) {
                all.push(Self::of(reader, row));
            }
        }
        all.sort_by_key(|each| !each.became.is_empty());
        Ok(all)
    }

    fn of(reader: Reader, row: NotCheckedInRow) -> Self {
        let cause = row.turned_away.cause;
        let appointment = row.appointment.as_ref();
        let meant = match appointment {
            Some(appointment) if appointment.clinician.is_empty() => reader.when(appointment.starts_at),
            Some(appointment) => format!("{}, {}", reader.when(appointment.starts_at), appointment.clinician),
            None => reader.say("an appointment that is not here yet", &[]),
        };
        let site = appointment.and_then(|appointment| appointment.site.as_deref()).map_or_else(
            || reader.say("another site", &[]),
            |id| reader.clinic.site(id).map_or(id, |site| site.name.text(reader.texts())).to_string(),
        );
        let what = [("appointment", meant.as_str()), ("site", site.as_str())];
        let why = match cause {
            NotCheckedInCause::Early => reader.say("Too early for {appointment}", &what),
            NotCheckedInCause::Late => reader.say("Check-in for {appointment} had closed", &what),
            NotCheckedInCause::Missed => reader.say("Has missed {appointment}", &what),
            NotCheckedInCause::OtherDay => {
                reader.say("The appointment is on another day: {appointment}", &what)
            }
            NotCheckedInCause::OtherSite => reader.say("The appointment is at {site}: {appointment}", &what),
            NotCheckedInCause::Cancelled => reader.say("Cancelled: {appointment}", &what),
            NotCheckedInCause::Changed => {
                reader.say("The clinic changed it, and nobody had told them: {appointment}", &what)
            }
            NotCheckedInCause::NoAppointment => reader.say("Has no appointment in the book", &[]),
            NotCheckedInCause::NotIdentified => reader.say("Could not be identified in three tries", &[]),
            NotCheckedInCause::BalanceDue => {
                let balance = row.patient.as_ref().and_then(|patient| patient.balance_due);
                match balance.filter(|_| reader.sees_money) {
                    Some(balance) => reader.say(
                        "A balance is due, and a person is to see to it first: {balance}, {appointment}",
                        &[("balance", &balance.to_string()), ("appointment", &meant)],
                    ),
                    None => reader
                        .say("A balance is due, and a person is to see to it first: {appointment}", &what),
                }
            }
            NotCheckedInCause::Redirected => {
                reader.say("A person must decide first: see what needs a person", &[])
            }
        };
        Self {
            id: row.id,
            at: reader.clock(row.at),
            kiosk: row.kiosk,
            cause,
            patient: row.patient.as_ref().map(|patient| Person::of(reader, patient)),
            why,
            service: row.turned_away.service.as_deref().map_or(String::new(), |id| reader.service(id)),
            became: row.checked_in.map_or(String::new(), |(at, number)| {
                reader.say(
                    "Checked in later, at {time}: {number}",
                    &[("time", &reader.clock(at)), ("number", number.as_str())],
                )
            }),
        }
    }
}
