//! What each fact changes in the tables; the same at a kiosk and at the desk.

use super::Result;
use crate::front_desk::ticket::PaperState;
use crate::link::fact::{Fact, FactKind};
use rusqlite::Transaction;

pub(super) fn apply(tx: &Transaction<'_>, fact: &Fact) -> Result<()> {
    match &fact.kind {
        FactKind::PatientRecorded { patient } => {
            tx.prepare_cached(
                "INSERT INTO patient (id, number, date_of_birth, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET number = ?2, date_of_birth = ?3, body = ?4",
            )?
            .execute((
                patient.id.to_string(),
                &patient.number,
                patient.date_of_birth.date().to_string(),
                serde_json::to_string(patient)?,
            ))?;
        }
        FactKind::AppointmentRecorded { appointment } => {
            tx.prepare_cached(
                "INSERT INTO appointment (id, patient, starts_at, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET patient = ?2, starts_at = ?3, body = ?4",
            )?
            .execute((
                appointment.id.0.to_string(),
                appointment.patient.to_string(),
                appointment.starts_at.timestamp_millis(),
                serde_json::to_string(appointment)?,
            ))?;
        }
        FactKind::CheckedIn { visit, ticket } => {
            tx.prepare_cached(
                "INSERT INTO ticket (id, number, day, kiosk, service, paper, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                ticket.id.0.to_string(),
                ticket.number.as_str(),
                ticket.day.to_string(),
                &fact.origin,
                &ticket.service,
                PaperState::Reserved.word(),
                serde_json::to_string(ticket)?,
            ))?;
            tx.prepare_cached(
                "INSERT INTO visit (id, patient, appointment, ticket, checked_in_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                visit.id.0.to_string(),
                visit.patient.to_string(),
                visit.appointment.map(|id| id.0.to_string()),
                visit.ticket.0.to_string(),
                visit.checked_in_at.timestamp_millis(),
                serde_json::to_string(visit)?,
            ))?;
        }
        FactKind::TicketPaper { ticket, state, cause, copy } => {
            // A copy that comes out mends a missing original; one that fails does not unmake a printed one.
            let sql = if *copy {
                "UPDATE ticket SET paper = ?2, cause = ?3 WHERE id = ?1 AND (?2 = 'printed' OR paper <> 'printed')"
            } else {
                "UPDATE ticket SET paper = ?2, cause = ?3 WHERE id = ?1"
            };
            tx.prepare_cached(sql)?.execute((ticket.0.to_string(), state.word(), cause))?;
        }
        FactKind::RequestRaised { request } => {
            tx.prepare_cached(
                "INSERT INTO request (id, kiosk, raised_at, acknowledge_by, state, body) VALUES (?1, ?2, ?3, ?4, 'open', ?5)",
            )?
            .execute((
                request.id.0.to_string(),
                &request.kiosk,
                request.raised_at.timestamp_millis(),
                request.acknowledge_by.timestamp_millis(),
                serde_json::to_string(request)?,
            ))?;
        }
        FactKind::RequestAcknowledged { request, by } => {
            tx.prepare_cached(
                "UPDATE request SET state = 'acknowledged', by_whom = ?2 WHERE id = ?1 AND state = 'open'",
            )?
            .execute((request.0.to_string(), by))?;
        }
        FactKind::RequestResolved { request, by, note } => {
            tx.prepare_cached(
                "UPDATE request SET state = 'resolved', by_whom = ?2, note = ?3 WHERE id = ?1",
            )?
            .execute((request.0.to_string(), by, note))?;
        }
        FactKind::RequestEscalated { request } => {
            tx.prepare_cached("UPDATE request SET escalated = 1 WHERE id = ?1")?
                .execute([request.0.to_string()])?;
        }
        // Asked of one kiosk, which makes a print job of it; nothing to keep elsewhere.
        FactKind::ReprintAsked { .. } => {}
        FactKind::DeviceReported { device, trouble } => {
            tx.prepare_cached(
                "INSERT INTO device (kiosk, device, trouble, since) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (kiosk, device) DO UPDATE SET trouble = ?3, since = ?4",
            )?
            .execute((&fact.origin, device, trouble, fact.at.timestamp_millis()))?;
        }
    }
    Ok(())
}
