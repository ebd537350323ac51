//! What staff do. Each is decided on the store's thread, where nobody can come between reading and writing.

mod answer;
mod copies;
mod records;
mod relation;
mod step;
mod take;

pub use answer::message;
pub use answer::{AT_THE_DESK, REPORTED, REPORTED_BY};
pub use copies::is_under_way;
pub use step::answer_field;

use super::language::{Sentence, sentence};
use super::people::Signed;
use super::{Desk, Refusal};
use crate::clinic::Clinic;
use crate::front_desk::request::{OwnWords, RequestId};
use crate::link::fact::FactKind;
use crate::store::{RequestRow, Result as StoreResult, Store};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use chrono::Utc;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use uuid::Uuid;

const LONGEST_NAME: usize = 60;
/// For what staff write for the record.
pub(super) const LONGEST_NOTE: usize = 2000;
/// For what a patient reads on the kiosk's screen.
pub(super) const LONGEST_MESSAGE: usize = 1000;

pub(super) type Done = Result<StatusCode, Refusal>;

/// A route for each action.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/requests/{id}/acknowledge", post(take::acknowledge))
        .route("/api/requests/{id}/resolve", post(take::resolve))
        .route("/api/requests/{id}/hand-over", post(take::hand_over))
        .route("/api/requests/{id}/check", post(take::check))
        .route("/api/requests/{id}/say", post(answer::say))
        .route("/api/requests/{id}/note", post(answer::note))
        .route("/api/requests/{id}/step", post(step::take))
        .route("/api/patients/search", post(step::search))
        .route("/api/patients/{id}/proof", post(records::seen_proof))
        .route("/api/requests/{id}/same-person", post(records::same_person))
        .route("/api/requests/{id}/two-people", post(records::two_people))
        .route("/api/reports", post(answer::report))
        .route("/api/tickets/{id}/copy", post(copies::print_copy))
        .route("/api/relations/{id}/confirm", post(relation::confirm))
        .route("/api/relations/{id}/end", post(relation::end))
}

/// What happens to one request: what `work` answers is committed, with whatever it has read still true.
pub(super) async fn change(
    desk: &Desk,
    who: &Signed,
    id: Uuid,
    work: impl FnOnce(&Store, RequestRow) -> StoreResult<Result<Vec<FactKind>, Refusal>> + Send + 'static,
) -> Done {
    decide(desk, who, move |store| {
        let Some(row) = store.request(RequestId(id))? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such request.".into())));
        };
        match work(store, row)? {
            Ok(kinds) if kinds.is_empty() => Ok(Ok(())),
            Ok(kinds) => {
                store.commit(kinds, Utc::now())?;
                Ok(Ok(()))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    })
    .await
}

/// Decides and keeps what somebody asks for; every fact of it is in the audit trail as theirs.
pub(super) async fn decide(
    desk: &Desk,
    who: &Signed,
    work: impl FnOnce(&mut Store) -> StoreResult<Result<(), Refusal>> + Send + 'static,
) -> Done {
    let (decision, position) =
        desk.ask_as(who, move |store| Ok((work(store)?, store.last_position()?))).await?;
    desk.reached(position);
    decision.map(|()| StatusCode::NO_CONTENT)
}

pub(super) fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|_| wrong("The page and the desk do not fit: reload the page."))
}

pub(super) fn name(said: String) -> Result<String, Refusal> {
    let name = said.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("Write the name in 1 to 60 characters: patients are told it."));
    }
    Ok(name.to_string())
}

/// A text that must not be empty; `asks` says what to write.
pub(super) fn text(said: &str, longest: usize, asks: &'static str) -> Result<OwnWords, Refusal> {
    let text = said.trim();
    if text.is_empty() {
        return Err(wrong(asks));
    }
    if text.chars().count() > longest {
        let words = sentence("This is too long: {longest} characters at most.");
        return Err(wrong(words.with("longest", longest)));
    }
    Ok(OwnWords(text.to_string()))
}

/// Refuses what is asked of a kiosk that the routines do not name.
pub(super) fn known_kiosk(clinic: &Clinic, kiosk: &str) -> Result<(), Refusal> {
    match clinic.kiosk(kiosk) {
        Some(_) => Ok(()),
        None => {
            Err(Refusal(StatusCode::NOT_FOUND, "The routines name no such kiosk: nobody can ask it.".into()))
        }
    }
}

pub(super) fn wrong(words: impl Into<Sentence>) -> Refusal {
    Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.into())
}

pub(super) fn conflict(words: impl Into<Sentence>) -> Refusal {
    Refusal(StatusCode::CONFLICT, words.into())
}
