//! What staff do: take a request, end it, have a ticket printed again. Each is decided on the store's
//! thread, where nobody can come between reading and writing.

use super::{CopyAsked, Desk, Refusal, locked};
use crate::front_desk::request::{RequestId, RequestState};
use crate::front_desk::ticket::TicketId;
use crate::link::fact::FactKind;
use crate::store::{Result as StoreResult, Store};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use uuid::Uuid;

const LONGEST_NAME: usize = 60;
const LONGEST_NOTE: usize = 2000;
/// Until then a second touch on "Print a copy" is taken for the same wish.
const COPY_PATIENCE: TimeDelta = TimeDelta::seconds(60);

type Done = Result<StatusCode, Refusal>;

#[derive(Deserialize)]
struct By {
    by: String,
}

#[derive(Deserialize)]
struct Resolution {
    by: String,
    note: String,
}

/// `POST /api/requests/{id}/acknowledge`: somebody goes. The first one has it; the second is told who.
pub async fn acknowledge(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let by = name(parsed::<By>(&body)?.by)?;
    decide(&desk, move |store| {
        let id = RequestId(id);
        let Some(row) = store.request(id)? else { return Ok(Err(no_such_request())) };
        match row.state {
            RequestState::Open => {
                store.commit(vec![FactKind::RequestAcknowledged { request: id, by }], Utc::now())?;
                Ok(Ok(()))
            }
            RequestState::Acknowledged { by: first } if first == by => Ok(Ok(())),
            RequestState::Acknowledged { by: first } => {
                Ok(Err(conflict(format!("{first} has it already and is on the way."))))
            }
            RequestState::Resolved { by: first, .. } => {
                Ok(Err(conflict(format!("{first} has resolved it."))))
            }
        }
    })
    .await
}

/// `POST /api/requests/{id}/resolve`: it is done; the note says what was done.
pub async fn resolve(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Resolution { by, note } = parsed(&body)?;
    let by = name(by)?;
    let note = note.trim().to_string();
    if note.is_empty() {
        return Err(wrong("Write in a few words what was done."));
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(wrong("The note is too long: 2000 characters at most."));
    }
    decide(&desk, move |store| {
        let id = RequestId(id);
        let Some(row) = store.request(id)? else { return Ok(Err(no_such_request())) };
        match row.state {
            RequestState::Resolved { by: first, note: noted } if first == by && noted == note => Ok(Ok(())),
            RequestState::Resolved { by: first, .. } => {
                Ok(Err(conflict(format!("{first} has resolved it already; your note was not kept."))))
            }
            RequestState::Open | RequestState::Acknowledged { .. } => {
                store.commit(vec![FactKind::RequestResolved { request: id, by, note }], Utc::now())?;
                Ok(Ok(()))
            }
        }
    })
    .await
}

/// `POST /api/tickets/{id}/copy`: the kiosk that issued a ticket shall print it again.
pub async fn print_copy(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let by = name(parsed::<By>(&body)?.by)?;
    let now = Utc::now();
    {
        let mut copies = locked(&desk.copies);
        if copies.get(&id).is_some_and(|asked| is_under_way(asked, now)) {
            return Ok(StatusCode::NO_CONTENT);
        }
        copies.insert(id, CopyAsked { by: by.clone(), at: now });
    }
    let done = decide(&desk, move |store| {
        let ticket = TicketId(id);
        let Some(kiosk) = store.kiosk_of(ticket)? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such ticket.".into())));
        };
        store.commit(vec![FactKind::ReprintAsked { ticket, kiosk, by }], now)?;
        Ok(Ok(()))
    })
    .await;
    if done.is_err() {
        locked(&desk.copies).remove(&id);
    }
    desk.refresh.notify_one();
    done
}

/// Whether a copy may still be on its way out of the printer.
pub fn is_under_way(asked: &CopyAsked, now: DateTime<Utc>) -> bool {
    now - asked.at < COPY_PATIENCE
}

async fn decide(
    desk: &Desk,
    work: impl FnOnce(&mut Store) -> StoreResult<Result<(), Refusal>> + Send + 'static,
) -> Done {
    let (decision, position) = desk.ask(move |store| Ok((work(store)?, store.last_position()?))).await?;
    desk.reached(position);
    decision.map(|()| StatusCode::NO_CONTENT)
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|_| wrong("The page and the desk do not fit: reload the page."))
}

fn name(said: String) -> Result<String, Refusal> {
    let name = said.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("Say who you are first: 1 to 60 characters. Patients are told this name."));
    }
    Ok(name.to_string())
}

fn wrong(words: &str) -> Refusal {
    Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.into())
}

fn conflict(words: String) -> Refusal {
    Refusal(StatusCode::CONFLICT, words)
}

fn no_such_request() -> Refusal {
    Refusal(StatusCode::NOT_FOUND, "There is no such request.".into())
}
