//! What each fact changes in the tables; the same at a kiosk and at the desk.

use super::Result;
use super::history::{RequestEventKind, note, note_escalated};
use super::{closures, fleet, not_checked_in, payments, queue, records, relations, supervision, terminal};
use crate::front_desk::appointment::Appointment;
use crate::front_desk::request::{RequestReason, TakenStep};
use crate::front_desk::ticket::{PaperState, Visit};
use crate::link::fact::{Fact, FactKind};
use rusqlite::Transaction;

pub(super) fn apply(tx: &Transaction<'_>, fact: &Fact) -> Result<()> {
    match &fact.kind {
        FactKind::PatientRecorded { patient } => records::recorded(tx, fact, patient)?,
        FactKind::DetailsEntered { patient, details } => records::entered(tx, fact, *patient, details)?,
        FactKind::DetailsConfirmed { patient, details, day } => {
            records::confirmed(tx, *patient, details, *day)?;
        }
        FactKind::DetailsProved { patient, entries, document, by } => {
            records::proved(tx, fact, *patient, entries, (document, by))?;
        }
        FactKind::PatientsMerged { keep, merge, by: _ } => {
            records::merged(tx, *keep, *merge)?;
        }
        FactKind::PatientsKeptApart { one, other, by: _ } => {
            records::noted_pair(tx, *one, *other, "apart")?;
        }
        FactKind::AppointmentRecorded { appointment } => {
            let patient = records::resolve(tx, appointment.patient)?;
            super::book::record(tx, &Appointment { patient, ..appointment.clone() })?;
        }
        FactKind::WaitingListJoined { entry } => super::book::join(tx, entry)?,
        FactKind::WaitingListLeft { entry } => super::book::leave(tx, *entry)?,
        FactKind::SlotOffered { entry, slot, until, request } => {
            super::book::hold(tx, *entry, slot, *until, *request)?;
        }
        FactKind::OfferEnded { entry, how } => super::book::release(tx, *entry, *how)?,
        FactKind::ClosureRecorded { closure } => closures::record(tx, closure)?,
        FactKind::ClosureEnded { closure, by } => closures::end(tx, *closure, by)?,
        FactKind::ClinicChangeToTell { change } => closures::to_tell(tx, change)?,
        FactKind::PatientTelephoned { request, by, outcome, note } => {
            closures::called(tx, fact, *request, by, *outcome, note)?;
        }
        // Whoever holds an appointment needs no paper for it; that none came out is told where it was printed.
        FactKind::AppointmentPaper { .. } => {}
        FactKind::CheckedIn { visit, ticket } => {
            let visit = &Visit { patient: records::resolve(tx, visit.patient)?, ..visit.clone() };
            tx.prepare_cached(
                "INSERT INTO ticket (id, number, day, kiosk, service, paper, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO NOTHING",
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
                "INSERT INTO visit (id, patient, appointment, ticket, checked_in_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO NOTHING",
            )?
            .execute((
                visit.id.0.to_string(),
                visit.patient.to_string(),
                visit.appointment.map(|id| id.0.to_string()),
                visit.ticket.0.to_string(),
                visit.checked_in_at.timestamp_millis(),
                serde_json::to_string(visit)?,
            ))?;
            queue::joined(tx, visit, ticket)?;
        }
        FactKind::PatientCalled { visit, point, by } => queue::called(tx, fact.at, *visit, (point, by))?,
        FactKind::CallRepeated { visit, by: _ } => queue::called_again(tx, fact.at, *visit)?,
        FactKind::CallTakenBack { visit, by: _ } => queue::call_taken_back(tx, *visit)?,
        FactKind::PatientAbsent { visit, by: _, again_from } => queue::absent(tx, *visit, *again_from)?,
        FactKind::VisitTransferred { visit, service, since, by: _ } => {
            queue::transferred(tx, fact.at, *visit, service, *since)?;
        }
        FactKind::VisitMarked { visit, urgency, groups, by: _ } => {
            queue::marked(tx, *visit, *urgency, groups)?
        }
        FactKind::VisitFinished { visit, end, by: _ } => queue::finished(tx, fact.at, *visit, end)?,
        FactKind::VisitReopened { visit, point, by: _ } => queue::reopened(tx, *visit, point.as_deref())?,
        FactKind::FormAnswered { visit, patient, form } => {
            tx.prepare_cached(
                "INSERT INTO form_answered (id, visit, patient, form, at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO NOTHING",
            )?
            .execute((
                fact.id.to_string(),
                visit.0.to_string(),
                patient.to_string(),
                &form.form,
                form.at.timestamp_millis(),
                serde_json::to_string(form)?,
            ))?;
        }
        FactKind::ConsentGiven { patient, consent } => {
            tx.prepare_cached("INSERT INTO consent (id, patient, at, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING")?
                .execute((
                    fact.id.to_string(),
                    patient.to_string(),
                    consent.at.timestamp_millis(),
                    serde_json::to_string(consent)?,
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
        FactKind::NotCheckedIn { turned_away } => not_checked_in::apply(tx, fact, turned_away)?,
        FactKind::RelationRecorded { relation } => relations::record(tx, relation)?,
        FactKind::RelationConfirmed { relation, by } => relations::confirm(tx, *relation, by)?,
        FactKind::RelationEnded { relation, by } => relations::end(tx, *relation, by)?,
        FactKind::ChargeRecorded { charge } | FactKind::ChargeAdded { charge, by: _ } => {
            payments::charged(tx, charge)?;
        }
        FactKind::ChargeWithdrawn { charge, by: _, why: _ } => payments::withdrawn(tx, *charge)?,
        FactKind::PaymentBegun { payment } => payments::begun(tx, fact.at, payment)?,
        FactKind::PaymentEnded { payment, end } => {
            payments::ended(tx, fact, payment.0, end)?;
            terminal::close_settled(tx, payment.0)?;
        }
        FactKind::ReceiptPaper { payment, state, cause: _ } => payments::paper(tx, *payment, *state)?,
        FactKind::RefundBegun { refund } => payments::refund_begun(tx, fact.at, refund)?,
        FactKind::RefundEnded { refund, end } => {
            payments::ended(tx, fact, refund.0, end)?;
            terminal::close_settled(tx, refund.0)?;
        }
        FactKind::TerminalAsked { id, kiosk, by, order } => {
            terminal::asked(tx, fact.at, *id, (kiosk, by), order)?;
        }
        FactKind::TerminalAnswered { id, answer } => terminal::answered(tx, fact.at, *id, answer)?,
        FactKind::TerminalCounted { id, by, totals } => terminal::counted(tx, *id, by, totals)?,
        FactKind::RequestRaised { request } => {
            if let (RequestReason::PossibleDuplicate, Some((one, others))) =
                (request.reason, request.patients.split_first())
            {
                for other in others {
                    records::noted_pair(tx, *one, *other, "asked")?;
                }
            }
            tx.prepare_cached(
                "INSERT INTO request (id, kiosk, raised_at, acknowledge_by, state, rungs, case_code, case_answer_by, body, payment)
                 VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING",
            )?
            .execute((
                request.id.0.to_string(),
                &request.kiosk,
                request.raised_at.timestamp_millis(),
                request.acknowledge_by.timestamp_millis(),
                request.chain.len().max(1),
                request.case.as_ref().map(|case| &case.code),
                request.case.as_ref().map(|case| case.answer_by.timestamp_millis()),
                serde_json::to_string(request)?,
                request.payment.map(|payment| payment.0.to_string()),
            ))?;
        }
        FactKind::RequestAcknowledged { request, by } => {
            note(tx, fact.at, *request, RequestEventKind::Acknowledged, by, "")?;
            tx.prepare_cached(
                "UPDATE request SET state = 'acknowledged', by_whom = ?2 WHERE id = ?1 AND state = 'open'",
            )?
            .execute((request.0.to_string(), by))?;
        }
        FactKind::RequestResolved { request, by, note: outcome } => {
            note(tx, fact.at, *request, RequestEventKind::Resolved, by, outcome)?;
            tx.prepare_cached(
                "UPDATE request SET state = 'resolved', by_whom = ?2, note = ?3 WHERE id = ?1",
            )?
            .execute((request.0.to_string(), by, outcome))?;
        }
        FactKind::OutcomeChosen { request, by, outcome } => {
            note(tx, fact.at, *request, RequestEventKind::OutcomeChosen, by, outcome)?;
        }
        FactKind::RequestEscalated { request, rung, answer_by } => {
            note_escalated(tx, fact.at, *request, *rung)?;
            tx.prepare_cached(
                "UPDATE request SET escalated = escalated + 1, rung = ?2, acknowledge_by = coalesce(?3, acknowledge_by)
                 WHERE id = ?1",
            )?
            .execute((
                request.0.to_string(),
                rung,
                answer_by.map(|at| at.timestamp_millis()),
            ))?;
        }
        FactKind::RequestHandedOver { request, by, reason, chain } => {
            let to = chain.first().map_or("", |rung| rung.name.as_str());
            let words = if reason.0.is_empty() { to.to_string() } else { format!("{to}: {}", reason.0) };
            note(tx, fact.at, *request, RequestEventKind::HandedOver, by, &words)?;
            let first = chain.first().map(|rung| rung.answer_by.timestamp_millis());
            tx.prepare_cached(
                "UPDATE request SET chain = ?2, rungs = ?3, rung = 0, escalated = 0, state = 'open', by_whom = '',
                 acknowledge_by = coalesce(?4, acknowledge_by) WHERE id = ?1 AND state <> 'resolved'",
            )?
            .execute((request.0.to_string(), serde_json::to_string(chain)?, chain.len().max(1), first))?;
        }
        FactKind::CaseOverdue { request } => {
            note(tx, fact.at, *request, RequestEventKind::Overdue, "", "")?;
            tx.prepare_cached("UPDATE request SET overdue = 1 WHERE id = ?1")?
                .execute([request.0.to_string()])?;
        }
        FactKind::SlipPaper { request, state, cause: _ } => {
            tx.prepare_cached("UPDATE request SET slip = ?2 WHERE id = ?1")?
                .execute((request.0.to_string(), state.word()))?;
        }
        FactKind::MessageSent { message } => {
            tx.prepare_cached("INSERT INTO message (id, request, at, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING")?
                .execute((
                    message.id.to_string(),
                    message.request.0.to_string(),
                    message.at.timestamp_millis(),
                    serde_json::to_string(message)?,
                ))?;
        }
        FactKind::SideNoted { note: side } => {
            tx.prepare_cached("INSERT INTO side_note (id, request, at, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING")?
                .execute((
                    side.id.to_string(),
                    side.request.0.to_string(),
                    side.at.timestamp_millis(),
                    serde_json::to_string(side)?,
                ))?;
        }
        // Done at the kiosk where the patient stands; what comes of it is told by facts of its own.
        FactKind::StepTaken { request, by, step } => {
            let words = match step {
                TakenStep::Identified { .. } => "found the record for the patient".to_string(),
                TakenStep::Answered { step, .. } => format!("answered for the patient: {step}"),
            };
            note(tx, fact.at, *request, RequestEventKind::StepTaken, by, &words)?;
        }
        FactKind::RoutineStepDone { request, by, step, done } => {
            let kind =
                if *done { RequestEventKind::RoutineStepDone } else { RequestEventKind::RoutineStepUndone };
            note(tx, fact.at, *request, kind, by, step)?;
        }
        FactKind::SessionEnded { step, end, spent } => {
            supervision::session_ended(tx, fact, step, *end, spent)?;
        }
        FactKind::RoutinesApplied { by, files } => {
            tx.prepare_cached("INSERT INTO routines (at, by_whom, files) VALUES (?1, ?2, ?3)")?.execute((
                fact.at.timestamp_millis(),
                by,
                serde_json::to_string(files)?,
            ))?;
        }
        // Asked of one kiosk, which makes a print job of it; nothing to keep elsewhere.
        FactKind::ReprintAsked { .. } | FactKind::ReceiptAsked { .. } => {}
        FactKind::Forgotten => {}
        FactKind::KioskOrdered { id, kiosk, by, what } => {
            fleet::ordered(tx, fact.at, *id, (kiosk, by), what)?
        }
        FactKind::KioskOrderEnded { id, end } => fleet::ended(tx, fact.at, *id, end)?,
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
