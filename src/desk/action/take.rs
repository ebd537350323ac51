//! Taking a request, giving it to somebody else, going through its routine, ending it.

use super::answer::message;
use super::{Done, LONGEST_MESSAGE, LONGEST_NOTE, change, conflict, parsed, text, wrong};
use crate::clinic::routines::Route;
use crate::desk::Desk;
use crate::desk::language::sentence;
use crate::desk::payments::must_be_settled_first;
use crate::desk::people::Signed;
use crate::front_desk::request::{OwnWords, RequestId, RequestState};
use crate::front_desk::role::Permission;
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
    /// What the patient is told, where the request is answered in writing.
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct Resolution {
    note: String,
    #[serde(default)]
    answer: String,
    /// Id of an outcome of the routines.
    #[serde(default)]
    outcome: Option<String>,
}

#[derive(Deserialize)]
struct HandOver {
    to: String,
    reason: String,
}

#[derive(Deserialize)]
struct Checked {
    step: String,
    done: bool,
}

/// `POST /api/requests/{id}/acknowledge`: somebody goes, or answers. The first one has it; the second is told who.
pub async fn acknowledge(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Requests)?;
    let Acknowledgement { answer } = parsed(&body)?;
    let by = who.name.clone();
    let answer = optional(&answer, LONGEST_MESSAGE)?;
    let language = who.language.code();
    change(&desk, &who, id, move |_, row| {
        let request = RequestId(id);
        Ok(match row.state {
            RequestState::Open => {
                let told = answer.map(|words| message(request, &by, None, words, language));
                let taken = FactKind::RequestAcknowledged { request, by };
                Ok(told.into_iter().chain([taken]).collect())
            }
            RequestState::Acknowledged { by: first } if first == by => Ok(Vec::new()),
            RequestState::Acknowledged { by: first } => {
                Err(conflict(sentence("{first} has it already and is on the way.").with("first", first)))
            }
            RequestState::Resolved { by: first, .. } => {
                Err(conflict(sentence("{first} has resolved it.").with("first", first)))
            }
        })
    })
    .await
}

/// `POST /api/requests/{id}/resolve`: it is done; the note says what was done, the answer what the patient is
/// told.
pub async fn resolve(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Requests)?;
    let Resolution { note, answer, outcome } = parsed(&body)?;
    let by = who.name.clone();
    let note = text(&note, LONGEST_NOTE, "Write in a few words what was done.")?.0;
    let answer = optional(&answer, LONGEST_MESSAGE)?;
    let language = who.language.code();
    let clinic = desk.clinic.now();
    if let Some(outcome) = &outcome
        && clinic.routines.outcome(outcome).is_none()
    {
        return Err(wrong("The routines have no such outcome any more: reload the page."));
    }
    change(&desk, &who, id, move |store, row| {
        let request = RequestId(id);
        if let Some(refusal) = must_be_settled_first(store, &row.request)? {
            return Ok(Err(refusal));
        }
        Ok(match row.state {
            RequestState::Resolved { by: first, note: noted } if first == by && noted == note => {
                Ok(Vec::new())
            }
            RequestState::Resolved { by: first, .. } => Err(conflict(
                sentence("{first} has resolved it already; your note was not kept.").with("first", first),
            )),
            RequestState::Open | RequestState::Acknowledged { .. } => {
                let told = answer.map(|words| message(request, &by, None, words, language));
                let chosen =
                    outcome.map(|outcome| FactKind::OutcomeChosen { request, by: by.clone(), outcome });
                let done = FactKind::RequestResolved { request, by, note };
                Ok(told.into_iter().chain(chosen).chain([done]).collect())
            }
        })
    })
    .await
}

/// `POST /api/requests/{id}/hand-over`: others are to answer it; their clock begins anew.
pub async fn hand_over(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Requests)?;
    let HandOver { to, reason } = parsed(&body)?;
    let by = who.name.clone();
    let reason = text(&reason, LONGEST_NOTE, "Write in a few words why it is theirs.")?;
    let clinic = desk.clinic.now();
    let Some(place) = clinic.routines.destination(&to) else {
        return Err(wrong("The routines name no such destination any more: reload the page."));
    };
    let place = place.name.text(who.reader(&clinic, Utc::now()).texts()).to_string();
    change(&desk, &who, id, move |_, row| {
        if let RequestState::Resolved { by: first, .. } = row.state {
            return Ok(Err(conflict(sentence("{first} has resolved it.").with("first", first))));
        }
        if row.state == RequestState::Open && row.chain.get(row.rung).is_some_and(|rung| rung.to == to) {
            return Ok(Err(conflict(sentence("It is with {place} already.").with("place", place))));
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
pub async fn check(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Requests)?;
    let Checked { step, done } = parsed(&body)?;
    let by = who.name.clone();
    let clinic = desk.clinic.now();
    change(&desk, &who, id, move |_, row| {
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
