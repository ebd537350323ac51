//! Visits and tickets of the day.

use super::outbox::is_first_of_its_kiosk;
use super::print_jobs::{self, Paper};
use super::queue::{self, Known, Newcomer};
use super::{Result, Store, append_own, records, relations, time};
use crate::clinic::{Clinic, Service};
use crate::front_desk::appointment::{Appointment, AppointmentId};
use crate::front_desk::patient::{DateOfBirth, Patient};
use crate::front_desk::payment::Charge;
use crate::front_desk::ticket::{NewVisit, PaperState, Ticket, TicketId, TicketNumber, Visit, VisitId};
use crate::front_desk::wait::Range;
use crate::link::fact::FactKind;
use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

/// A row of the day's arrivals, for the desk.
#[derive(Debug, Clone)]
pub struct ArrivalRow {
    /// The visit.
    pub visit: Visit,
    /// Its ticket.
    pub ticket: Ticket,
    /// What became of its paper.
    pub paper: PaperState,
    /// Why paper failed, in words for staff.
    pub cause: String,
    /// At which kiosk.
    pub kiosk: String,
    /// Who, if the record is here.
    pub patient: Option<Patient>,
    /// The appointment, if there is one and it is here.
    pub appointment: Option<Appointment>,
    /// How many of the clinic's forms were answered for the visit.
    pub forms: u32,
    /// Whether the patient agreed to something at a kiosk.
    pub has_consent: bool,
}

/// A device that does not do its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceTrouble {
    /// At which kiosk.
    pub kiosk: String,
    /// Which device, such as "printer".
    pub device: String,
    /// What is wrong and what to do, in words for staff.
    pub trouble: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Store {
    /// Checks a patient in: the record of a new patient with what was agreed to, the visit with the forms that
    /// were answered for it, its ticket with a number that nobody else holds today, the fees that it brings, the facts
    /// for the desk and the print job, all in one transaction.
    ///
    /// A registration that is probably of somebody who has a record already stops nobody: staff are asked about
    /// both records, in the same transaction.
    ///
    /// A second check-in for the same appointment answers the ticket that there is.
    pub fn check_in(
        &mut self,
        clinic: &Clinic,
        series: &str,
        new: &NewVisit,
        now: DateTime<Utc>,
    ) -> Result<Ticket> {
        let (origin, heard) = (self.origin.clone(), self.heard);
        self.write(|tx| {
            if let Some(appointment) = &new.appointment
                && let Some(ticket) = ticket_of(tx, appointment.id)?
            {
                return Ok(ticket);
            }
            let service = clinic.service_or_first(&new.service);
            let here = now.with_timezone(&clinic.zone);
            let (day, minute) = (here.date_naive(), here.hour() * 60 + here.minute());
            let newcomer = Newcomer {
                appointment: new.appointment.as_ref().map(|appointment| appointment.starts_at),
                age: age(tx, new, day)?,
            };
            let expected =
                queue::estimate(tx, Known { origin: &origin, heard }, clinic, &service.id, newcomer, now)?;
            let Range { from, until } = expected.range;
            let ticket = Ticket {
                id: TicketId(Uuid::now_v7()),
                number: next_number(tx, service, series, day, minute)?,
                day,
                service: service.id.clone(),
                issued_at: now,
                expected_at: from,
                expected_until: Some(until),
                come_back_at: until + TimeDelta::minutes(clinic.come_back_minutes.into()),
                language: new.language.clone(),
            };
            if let Some(patient) = &new.registration {
                let asked = (patient, ticket.id, new.language.as_str());
                if let Some(request) = records::ask_about_registration(tx, clinic, &origin, asked, now)? {
                    append_own(tx, &origin, FactKind::RequestRaised { request }, now)?;
                }
                append_own(tx, &origin, FactKind::PatientRecorded { patient: patient.clone() }, now)?;
            }
            // The word of whoever acts for the patient is kept with what it was given for.
            let relation = match &new.acting {
                None => None,
                Some(acting) => Some(match relations::standing(tx, new.patient, acting)? {
                    Some(known) => known,
                    None => {
                        let relation = relations::entered(new.patient, acting, now);
                        let id = relation.id;
                        append_own(tx, &origin, FactKind::RelationRecorded { relation }, now)?;
                        id
                    }
                }),
            };
            let visit = Visit {
                id: VisitId(Uuid::now_v7()),
                patient: new.patient,
                appointment: new.appointment.as_ref().map(|appointment| appointment.id),
                reason: new.reason.clone(),
                ticket: ticket.id,
                checked_in_at: now,
                companion: new.companion.clone(),
                relation,
                due_at: new.appointment.as_ref().map(|appointment| appointment.starts_at),
                noted: new.noted.clone(),
            };
            if let Some(consent) = &new.consent {
                let kind = FactKind::ConsentGiven { patient: new.patient, consent: consent.clone() };
                append_own(tx, &origin, kind, now)?;
            }
            let (id, patient) = (visit.id, visit.patient);
            append_own(tx, &origin, FactKind::CheckedIn { visit, ticket: ticket.clone() }, now)?;
            let payments = clinic.routines.payments.as_ref();
            let fees = payments
                .into_iter()
                .flat_map(|payments| payments.fees_for(&service.id, new.appointment.is_some()));
            for fee in fees {
                let text = fee.text.text(clinic.staff_language());
                let charge = Charge::of_fee(id, patient, &fee.id, text, fee.amount, day);
                append_own(tx, &origin, FactKind::ChargeRecorded { charge }, now)?;
            }
            for form in &new.forms {
                let kind = FactKind::FormAnswered { visit: id, patient, form: form.clone() };
                append_own(tx, &origin, kind, now)?;
            }
            print_jobs::queue(tx, Paper::Ticket(ticket.id), false, now)?;
            Ok(ticket)
        })
    }

    /// What became of a ticket's paper.
    pub fn paper(&self, ticket: TicketId) -> Result<Option<PaperState>> {
        let word: Option<String> = self
            .connection
            .prepare_cached("SELECT paper FROM ticket WHERE id = ?1")?
            .query_row([ticket.0.to_string()], |row| row.get(0))
            .optional()?;
        Ok(word.map(|word| PaperState::from_word(&word)))
    }

    /// The kiosk that issued a ticket.
    pub fn kiosk_of(&self, ticket: TicketId) -> Result<Option<String>> {
        Ok(self
            .connection
            .prepare_cached("SELECT kiosk FROM ticket WHERE id = ?1")?
            .query_row([ticket.0.to_string()], |row| row.get(0))
            .optional()?)
    }

    /// The arrivals of a day, latest first.
    pub fn arrivals(&self, day: NaiveDate) -> Result<Vec<ArrivalRow>> {
        let mut query = self.connection.prepare_cached(
            "SELECT visit.body, ticket.body, ticket.paper, ticket.cause, ticket.kiosk, patient.body, appointment.body,
                    (SELECT count(*) FROM form_answered WHERE form_answered.visit = visit.id),
                    EXISTS (SELECT 1 FROM consent WHERE consent.patient = visit.patient)
             FROM visit JOIN ticket ON ticket.id = visit.ticket
             LEFT JOIN patient ON patient.id = visit.patient
             LEFT JOIN appointment ON appointment.id = visit.appointment
             WHERE ticket.day = ?1 ORDER BY visit.checked_in_at DESC, visit.id DESC",
        )?;
        type Raw = (String, String, String, String, String, Option<String>, Option<String>, u32, bool);
        let rows = query.query_map([day.to_string()], |row| -> rusqlite::Result<Raw> {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
                row.get(8)?,
            ))
        })?;
        rows.map(|row| {
            let (visit, ticket, paper, cause, kiosk, patient, appointment, forms, has_consent) = row?;
            Ok(ArrivalRow {
                visit: serde_json::from_str(&visit)?,
                ticket: serde_json::from_str(&ticket)?,
                paper: PaperState::from_word(&paper),
                cause,
                kiosk,
                patient: patient.map(|body| serde_json::from_str(&body)).transpose()?,
                appointment: appointment.map(|body| serde_json::from_str(&body)).transpose()?,
                forms,
                has_consent,
            })
        })
        .collect()
    }

    /// Devices in trouble, by kiosk and device.
    pub fn device_troubles(&self) -> Result<Vec<DeviceTrouble>> {
        let mut query = self.connection.prepare_cached(
            "SELECT kiosk, device, trouble, since FROM device WHERE trouble <> '' ORDER BY kiosk, device",
        )?;
        let rows =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?)))?;
        rows.map(|row| {
            let (kiosk, device, trouble, since) = row?;
            Ok(DeviceTrouble { kiosk, device, trouble, since: time(since)? })
        })
        .collect()
    }
}

fn ticket_of(tx: &Transaction<'_>, appointment: AppointmentId) -> Result<Option<Ticket>> {
    let body: Option<String> = tx
        .prepare_cached("SELECT ticket.body FROM visit JOIN ticket ON ticket.id = visit.ticket WHERE visit.appointment = ?1
                       ORDER BY visit.checked_in_at, visit.id LIMIT 1")?
        .query_row([appointment.0.to_string()], |row| row.get(0))
        .optional()?;
    body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
}

/// The age of whoever checks in, where the record is here: a priority group may go by it.
fn age(tx: &Transaction<'_>, new: &NewVisit, day: NaiveDate) -> Result<Option<u32>> {
    if let Some(patient) = &new.registration {
        return Ok(Some(patient.date_of_birth.age_on(day)));
    }
    let born: Option<String> = tx
        .prepare_cached("SELECT date_of_birth FROM patient WHERE id = ?1")?
        .query_row([new.patient.0.to_string()], |row| row.get(0))
        .optional()?;
    let born =
        born.and_then(|born| born.parse().ok()).and_then(|born| DateOfBirth::from_date(born, day).ok());
    Ok(born.map(|born| born.age_on(day)))
}

/// The next number of the day that nobody holds.
///
/// A store that takes the place of a damaged one cannot know which numbers that one gave out without telling
/// the desk. So on the first day that a store gives numbers, unless the desk has said that it is the first
/// of its kiosk, it begins with the minute of the clinic's day: at 9:40 with 580. A kiosk gives a service less than one number
/// a minute from midnight on, so no store before can have come that far, not even one that was itself a
/// replacement of the same day. What the desk does know of is never given again on any day.
///
/// This does not cover a store put back from a backup of the same day: until it has spoken with the desk it
/// repeats numbers given since the backup. A damaged store of a kiosk is to be set aside, not put back.
fn next_number(
    tx: &Transaction<'_>,
    service: &Service,
    series: &str,
    day: NaiveDate,
    minute: u32,
) -> Result<TicketNumber> {
    let gave_before: bool = tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ticket_count WHERE day < ?1)")?
        .query_row([day.to_string()], |row| row.get(0))?;
    let behind = if gave_before || is_first_of_its_kiosk(tx)? { 0 } else { minute };
    loop {
        let count: u32 = tx
            .prepare_cached(
                "INSERT INTO ticket_count (day, service, count) VALUES (?1, ?2, ?3 + 1)
                 ON CONFLICT (day, service) DO UPDATE SET count = count + 1 RETURNING count",
            )?
            .query_row((day.to_string(), &service.id, behind), |row| row.get(0))?;
        let number = TicketNumber::new(service.letter, series, count);
        let given: bool = tx
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM ticket WHERE day = ?1 AND number = ?2)")?
            .query_row((day.to_string(), number.as_str()), |row| row.get(0))?;
        if !given {
            return Ok(number);
        }
    }
}
