//! Who came today and could not be checked in, why, and what became of it.

use super::Person;
use super::words::{clock, service_name, when};
use crate::clinic::Clinic;
use crate::front_desk::arrival::NotCheckedInCause;
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
    /// Everybody since the day began: who still waits for something first, latest first. Who tried twice in vain
    /// stands there once.
    pub fn read(
        store: &Store,
        clinic: &Clinic,
        day_began: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Self>> {
        let mut seen = HashSet::new();
        let mut all: Vec<Self> = Vec::new();
        for row in store.not_checked_in(day_began)? {
            let who = row.turned_away.patient;
            if who.is_none() || seen.insert((who, row.turned_away.cause, row.turned_away.appointment)) {
                all.push(Self::of(clinic, row, now));
            }
        }
        all.sort_by_key(|each| !each.became.is_empty());
        Ok(all)
    }

    fn of(clinic: &Clinic, row: NotCheckedInRow, now: DateTime<Utc>) -> Self {
        let cause = row.turned_away.cause;
        let appointment = row.appointment.as_ref();
        let time = appointment.map(|appointment| when(clinic, appointment.starts_at, now));
        let with =
            |clinician: &str| if clinician.is_empty() { String::new() } else { format!(", {clinician}") };
        let meant = match (&time, appointment) {
            (Some(time), Some(appointment)) => format!("{time}{}", with(&appointment.clinician)),
            _ => "an appointment that is not here yet".to_string(),
        };
        let site = appointment
            .and_then(|appointment| appointment.site.as_deref())
            .map(|id| clinic.site(id).map_or(id, |site| site.name.text(clinic.staff_language())).to_string());
        let why = match cause {
            NotCheckedInCause::Early => format!("Too early for {meant}"),
            NotCheckedInCause::Late => format!("Check-in for {meant} had closed"),
            NotCheckedInCause::Missed => format!("Has missed {meant}"),
            NotCheckedInCause::OtherDay => format!("The appointment is on another day: {meant}"),
            NotCheckedInCause::OtherSite => {
                format!("The appointment is at {}: {meant}", site.as_deref().unwrap_or("another site"))
            }
            NotCheckedInCause::Cancelled => format!("Cancelled: {meant}"),
            NotCheckedInCause::NoAppointment => "Has no appointment in the book".to_string(),
            NotCheckedInCause::NotIdentified => "Could not be identified in three tries".to_string(),
            NotCheckedInCause::BalanceDue => {
                let balance = row.patient.as_ref().and_then(|patient| patient.balance_due);
                let owed = balance.map_or(String::new(), |balance| format!("{balance}, "));
                format!("A balance is due, and a person is to see to it first: {owed}{meant}")
            }
            NotCheckedInCause::Redirected => {
                "A person must decide first: see what needs a person".to_string()
            }
        };
        Self {
            id: row.id,
            at: clock(clinic, row.at),
            kiosk: row.kiosk,
            cause,
            patient: row.patient.as_ref().map(|patient| Person::of(clinic, patient)),
            why,
            service: row.turned_away.service.as_deref().map_or(String::new(), |id| service_name(clinic, id)),
            became: row.checked_in.map_or(String::new(), |(at, number)| {
                format!("Checked in later, at {}: {number}", clock(clinic, at))
            }),
        }
    }
}
