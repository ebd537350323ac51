//! Telling patients what was changed: the list of calls of a closure, how each ended, and the calendar file that a
//! patient can be sent.

use super::day::{PatientShown, Place};
use crate::desk::action::{LONGEST_NOTE, conflict, parsed, wrong};
use crate::desk::board::words::Reader;
use crate::desk::language::{english, sentence};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::closure::{CallOutcome, ClinicChangeKind};
use crate::front_desk::request::{OwnWords, RequestId, RequestState};
use crate::front_desk::role::Permission;
use crate::interop::icalendar;
use crate::store::{ClosureRow, RequestEventKind, Result as StoreResult, Store, ToldRow};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// A closed time with everybody who is to be told.
#[derive(Serialize)]
pub struct ClosureShown {
    id: Uuid,
    clinicians: Vec<String>,
    from: Place,
    to: Place,
    reason: String,
    by: String,
    /// Who opened it again, where somebody has.
    ended_by: Option<String>,
    /// How many of those below have an outcome.
    answered: usize,
    calls: Vec<CallShown>,
}

/// A patient who is to be told.
#[derive(Serialize)]
struct CallShown {
    request: Uuid,
    appointment: Uuid,
    patient: Option<PatientShown>,
    phone: Option<String>,
    /// The name of the language they read.
    language: String,
    /// "moved", "called-off" or "left-open": how it stands by now.
    change: &'static str,
    before: Standing,
    /// Where it stands by now; none where it was called off.
    now: Option<Standing>,
    /// The number they hold, where they are here.
    ticket: Option<String>,
    /// Who has taken it, where somebody has.
    taken_by: Option<String>,
    steps: Vec<Step>,
    calls: Vec<Attempt>,
    /// "reached", "not-reached", or "resolved" where somebody ended the request in words of their own; none while
    /// somebody is still to call.
    outcome: Option<&'static str>,
    /// Who ended it, and what they wrote.
    ended_by: String,
    note: String,
}

/// Where an appointment stands.
#[derive(Serialize)]
struct Standing {
    #[serde(flatten)]
    place: Place,
    clinician: String,
    service: String,
}

#[derive(Serialize)]
struct Step {
    text: String,
    done: bool,
}

#[derive(Serialize)]
struct Attempt {
    at: String,
    by: String,
    outcome: CallOutcome,
    note: String,
}

#[derive(Deserialize)]
struct Called {
    outcome: CallOutcome,
    #[serde(default)]
    note: String,
}

impl ClosureShown {
    /// Everybody who is to be told.
    pub fn patients(&self) -> impl Iterator<Item = &PatientShown> {
        self.calls.iter().filter_map(|call| call.patient.as_ref())
    }

    /// What staff must see.
    pub fn all(store: &Store, reader: Reader) -> StoreResult<Vec<Self>> {
        let rows = store.closures_to_see(reader.now)?;
        rows.into_iter().map(|row| Self::of(store, reader, row)).collect()
    }

    fn of(store: &Store, reader: Reader, row: ClosureRow) -> StoreResult<Self> {
        let clinic = reader.clinic;
        let ClosureRow { closure, ended_by, told } = row;
        let calls: Vec<CallShown> =
            told.into_iter().map(|told| CallShown::of(store, reader, told)).collect::<StoreResult<_>>()?;
        Ok(Self {
            id: closure.id.0,
            from: Place::of(clinic, closure.from, 0),
            to: Place::of(clinic, closure.to, 0),
            clinicians: closure.clinicians,
            reason: closure.reason.0,
            by: closure.by,
            ended_by,
            answered: calls.iter().filter(|call| call.outcome.is_some()).count(),
            calls,
        })
    }
}

impl Standing {
    fn of(reader: Reader, appointment: &Appointment) -> Self {
        Self {
            place: Place::of(reader.clinic, appointment.starts_at, appointment.minutes),
            clinician: appointment.clinician.clone(),
            service: reader.service(&appointment.service),
        }
    }
}

impl CallShown {
    fn of(store: &Store, reader: Reader, row: ToldRow) -> StoreResult<Self> {
        let ToldRow { change, request, appointment, patient, calls } = row;
        let there = appointment.as_ref().filter(|there| there.status == AppointmentStatus::Booked);
        let same = there.is_some_and(|there| {
            there.starts_at == change.before.starts_at && there.clinician == change.before.clinician
        });
        // What has become of it since, too: it may have been moved again on the telephone.
        let stands = match (there, change.kind) {
            (None, _) => "called-off",
            (Some(_), ClinicChangeKind::LeftOpen) if same => "left-open",
            (Some(_), _) => "moved",
        };
        let mut ticket = None;
        if let Some(there) = there {
            let visits = store.booked_visits(there.patient)?;
            let theirs = visits.into_iter().find(|visit| visit.appointment.id == there.id);
            ticket = theirs.and_then(|visit| visit.ticket).map(|ticket| ticket.number.to_string());
        }
        let events = store.request_events(request.request.id)?;
        let route = reader.clinic.routines.route(request.request.reason, None, request.request.urgency);
        let is_done = |step: &String| {
            let last = events.iter().rev().find(|event| {
                let checked = matches!(
                    event.kind,
                    RequestEventKind::RoutineStepDone | RequestEventKind::RoutineStepUndone
                );
                checked && event.words == *step
            });
            last.is_some_and(|event| event.kind == RequestEventKind::RoutineStepDone)
        };
        let last = calls.last().filter(|call| call.outcome.is_final());
        let (outcome, taken_by, ended_by, note) = match request.state {
            RequestState::Resolved { by, note } => match last {
                Some(call) => (Some(call.outcome.word()), None, by, call.note.0.clone()),
                None => (Some("resolved"), None, by, reader.say(&note, &[])),
            },
            RequestState::Acknowledged { by } => (None, Some(by), String::new(), String::new()),
            RequestState::Open => (None, None, String::new(), String::new()),
        };
        Ok(Self {
            request: request.request.id.0,
            appointment: change.before.id.0,
            phone: patient
                .as_ref()
                .and_then(|patient| patient.phone.as_deref())
                .map(|number| reader.telephone(number)),
            language: reader.language_name(&request.request.language),
            change: stands,
            before: Standing::of(reader, &change.before),
            now: there.map(|there| Standing::of(reader, there)),
            ticket,
            taken_by,
            steps: route.steps.iter().map(|step| Step { text: step.clone(), done: is_done(step) }).collect(),
            calls: calls
                .into_iter()
                .map(|call| Attempt {
                    at: reader.when(call.at),
                    by: call.by,
                    outcome: call.outcome,
                    note: call.note.0,
                })
                .collect(),
            outcome,
            ended_by,
            note,
            patient: patient.map(|patient| PatientShown {
                id: patient.id.0,
                name: patient.name.full(),
                born: reader.born(&patient),
                number: patient.number,
            }),
        })
    }
}

/// `POST /api/book/calls/{id}`: how a call ended, by the request that asked for it.
pub async fn called(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    who.may(Permission::Book)?;
    let Called { outcome, note } = parsed(&body)?;
    let note = note.trim().to_string();
    if note.chars().count() > LONGEST_NOTE {
        return Err(wrong(
            sentence("This is too long: {longest} characters at most.").with("longest", LONGEST_NOTE),
        ));
    }
    if outcome == CallOutcome::NotReached && note.is_empty() {
        return Err(wrong("Write in a few words why nobody tries again, such as: a letter was sent."));
    }
    let (by, language) = (who.name.clone(), who.language);
    let (refused, position) = desk
        .ask_as(&who, move |store| {
            let Some(row) = store.to_tell(RequestId(id))? else {
                let words = language.say("There is no such call.", &[]);
                return Ok((Some(Refusal(StatusCode::NOT_FOUND, words.into())), store.last_position()?));
            };
            if let RequestState::Resolved { by: first, .. } = &row.request.state {
                let same = row
                    .calls
                    .last()
                    .is_some_and(|call| call.by == by && call.outcome == outcome && call.note.0 == note);
                let words = language.say("{by} has ended it already.", &[("by", first)]);
                return Ok(((!same).then(|| conflict(words)), store.last_position()?));
            }
            let told = match outcome {
                CallOutcome::Reached => english("The patient knows"),
                CallOutcome::NoAnswer | CallOutcome::NotReached => english("The patient was not reached"),
            };
            let words = if note.is_empty() { told.to_string() } else { format!("{told}: {note}") };
            store.note_call(RequestId(id), &by, outcome, OwnWords(note), words, Utc::now())?;
            Ok((None, store.last_position()?))
        })
        .await?;
    desk.reached(position);
    refused.map_or(Ok(StatusCode::NO_CONTENT), Err)
}

/// `GET /api/book/appointments/{id}/calendar`: the appointment as it stands, as a file for the patient's calendar: the
/// same entry moves there, or goes.
pub async fn calendar(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    who.may(Permission::Book)?;
    let found = desk.ask_as(&who, move |store| {
        let Some(appointment) = store.appointment(AppointmentId(id))? else { return Ok(None) };
        let patient = store.patient(appointment.patient)?;
        store.note_look("took-appointment-for-calendar", &[appointment.patient], None, Utc::now())?;
        Ok(Some((appointment, patient.and_then(|patient| patient.language))))
    });
    let Some((appointment, language)) = found.await? else {
        let words = who.language.say("There is no such appointment any more.", &[]);
        return Err(Refusal(StatusCode::NOT_FOUND, words.into()));
    };
    let clinic = desk.clinic.now();
    let language = language.unwrap_or_else(|| clinic.staff_language().to_string());
    let change = icalendar::change(&appointment, &clinic, &language, Utc::now());
    let headers = [
        (header::CONTENT_TYPE, format!("text/calendar; charset=utf-8; method={}", change.method)),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\"".to_string()),
    ];
    Ok((headers, change.text).into_response())
}
