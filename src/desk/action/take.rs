//! Taking a request, giving it to somebody else, going through its routine, ending it.

use super::answer::message;
use super::{Done, LONGEST_MESSAGE, LONGEST_NOTE, change, conflict, name, parsed, text, wrong};
use crate::clinic::routines::Route;
use crate::desk::Desk;
use crate::desk::payments::must_be_settled_first;
use crate::front_desk::request::{OwnWords, RequestId, RequestState};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::FactKind;
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::Utc;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct Acknowledgement {
    by: String,
    /// What the patient is told, where the request is answered in writing.
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct Resolution {
    by: String,
    note: String,
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct HandOver {
    by: String,
    to: String,
    reason: String,
}

#[derive(Deserialize)]
struct Checked {
    by: String,
    step: String,
    done: bool,
}

/// `POST /api/requests/{id}/acknowledge`: somebody goes, or answers. The first one has it; the second is told who.
pub async fn acknowledge(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Acknowledgement { by, answer } = parsed(&body)?;
    let by = name(by)?;
    let answer = optional(&answer, LONGEST_MESSAGE)?;
    let clinic = desk.clinic.now();
    change(&desk, id, move |_, row| {
        let request = RequestId(id);
        Ok(match row.state {
            RequestState::Open => {
                let told = answer.map(|words| message(request, &by, None, words, clinic.staff_language()));
                let taken = FactKind::RequestAcknowledged { request, by };
                Ok(told.into_iter().chain([taken]).collect())
            }
            RequestState::Acknowledged { by: first } if first == by => Ok(Vec::new()),
            RequestState::Acknowledged { by: first } => {
                Err(conflict(format!("{first} has it already and is on the way.")))
            }
            RequestState::Resolved { by: first, .. } => Err(conflict(format!("{first} has resolved it."))),
        })
    })
    .await
}

/// `POST /api/requests/{id}/resolve`: it is done; the note says what was done, the answer what the patient is
/// told.
pub async fn resolve(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Resolution { by, note, answer } = parsed(&body)?;
    let by = name(by)?;
    let note = text(&note, LONGEST_NOTE, "Write in a few words what was done.")?.0;
    let answer = optional(&answer, LONGEST_MESSAGE)?;
    let clinic = desk.clinic.now();
    change(&desk, id, move |store, row| {
        let request = RequestId(id);
        if let Some(refusal) = must_be_settled_first(store, &row.request)? {
            return Ok(Err(refusal));
        }
        Ok(match row.state {
            RequestState::Resolved { by: first, note: noted } if first == by && noted == note => {
                Ok(Vec::new())
            }
            RequestState::Resolved { by: first, .. } => {
                Err(conflict(format!("{first} has resolved it already; your note was not kept.")))
            }
            RequestState::Open | RequestState::Acknowledged { .. } => {
                let told = answer.map(|words| message(request, &by, None, words, clinic.staff_language()));
                let done = FactKind::RequestResolved { request, by, note };
                Ok(told.into_iter().chain([done]).collect())
            }
        })
    })
    .await
}

/// `POST /api/requests/{id}/hand-over`: others are to answer it; their clock begins anew.
pub async fn hand_over(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let HandOver { by, to, reason } = parsed(&body)?;
    let by = name(by)?;
    let reason = text(&reason, LONGEST_NOTE, "Write in a few words why it is theirs.")?;
    let clinic = desk.clinic.now();
    let Some(place) = clinic.routines.destination(&to) else {
        return Err(wrong("The routines name no such destination any more: reload the page."));
    };
    let place = place.name.text(clinic.staff_language()).to_string();
    change(&desk, id, move |_, row| {
        if let RequestState::Resolved { by: first, .. } = row.state {
            return Ok(Err(conflict(format!("{first} has resolved it."))));
        }
        if row.state == RequestState::Open && row.chain.get(row.rung).is_some_and(|rung| rung.to == to) {
            return Ok(Err(conflict(format!("It is with {place} already."))));
        }
        let routines = &clinic.routines;
        // Nobody in danger waits longer because it was handed over.
        let hurried = row.request.urgency == Urgency::Emergency;
        let answer_within = hurried.then_some(routines.emergency.answer_within);
        let route = Route { to: &to, answer_within, steps: &[] };
        let chain = routines.chain(route, clinic.staff_language(), Utc::now());
        Ok(Ok(vec![FactKind::RequestHandedOver { request: RequestId(id), by, reason, chain }]))
    })
    .await
}

/// `POST /api/requests/{id}/check`: a step of the routine is done, or turned out not to be.
pub async fn check(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Checked { by, step, done } = parsed(&body)?;
    let by = name(by)?;
    let clinic = desk.clinic.now();
    change(&desk, id, move |_, row| {
        let request = &row.request;
        let route = clinic.routines.route(request.reason, request.category.as_deref(), request.urgency);
        if !route.steps.contains(&step) {
            return Ok(Err(wrong("The routine has no such step any more: reload the page.")));
        }
        Ok(Ok(vec![FactKind::RoutineStepDone { request: request.id, by, step, done }]))
    })
    .await
}

/// What may be left out.
fn optional(said: &str, longest: usize) -> Result<Option<OwnWords>, crate::desk::Refusal> {
    if said.trim().is_empty() { Ok(None) } else { text(said, longest, "").map(Some) }
}
