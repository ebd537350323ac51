//! What staff say to a patient, note about two sides, and report upward.

use super::{Done, LONGEST_MESSAGE, LONGEST_NOTE, change, decide, name, parsed, text, wrong};
use crate::clinic::Clinic;
use crate::clinic::routines::CategoryKind;
use crate::desk::{Desk, board};
use crate::front_desk::message::{Message, Side, SideNote};
use crate::front_desk::request::{OwnWords, Request, RequestId, RequestReason, RequestState};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::{DESK, FactKind};
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

const LONGEST_SIDE: usize = 60;

#[derive(Deserialize)]
struct Saying {
    by: String,
    /// Id of a phrase; without one, the words are sent as they are.
    #[serde(default)]
    phrase: Option<String>,
    #[serde(default)]
    words: String,
}

#[derive(Deserialize)]
struct Noting {
    by: String,
    side: String,
    words: String,
}

#[derive(Deserialize)]
struct Reporting {
    by: String,
    about: String,
    words: String,
}

/// What staff say about a request.
pub fn message(
    request: RequestId,
    by: &str,
    phrase: Option<String>,
    words: OwnWords,
    language: &str,
) -> FactKind {
    FactKind::MessageSent {
        message: Message {
            id: Uuid::now_v7(),
            request,
            from: Side::Staff,
            by: by.to_string(),
            phrase,
            words,
            language: language.to_string(),
            at: Utc::now(),
        },
    }
}

/// `POST /api/requests/{id}/say`: a phrase, which the patient reads in their own language, or free words. Of a
/// case that is resolved it can still be spoken; nobody reads it at the kiosk of any other request.
pub async fn say(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Saying { by, phrase, words } = parsed(&body)?;
    let by = name(by)?;
    let clinic = desk.clinic.now();
    let staff = clinic.staff_language();
    let words = match &phrase {
        None => text(&words, LONGEST_MESSAGE, "Write what the patient shall read, or choose a phrase.")?,
        Some(id) => match clinic.routines.phrase(id).filter(|phrase| phrase.from == Side::Staff) {
            Some(phrase) => OwnWords(phrase.text.text(staff).to_string()),
            None => return Err(wrong("The routines have no such phrase any more: reload the page.")),
        },
    };
    let said = message(RequestId(id), &by, phrase, words, staff);
    change(&desk, id, move |_, row| {
        Ok(match row.state {
            _ if row.request.kiosk == DESK => {
                Err(wrong("Nobody at a kiosk would read this: the report came from the desk."))
            }
            RequestState::Resolved { by: first, .. } if row.request.case.is_none() => {
                Err(super::conflict(format!("{first} has resolved it: the kiosk does not show it any more.")))
            }
            _ => Ok(vec![said]),
        })
    })
    .await
}

/// `POST /api/requests/{id}/note`: what one side of a conflict says, in its own words. No patient is shown it.
pub async fn note(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let Noting { by, side, words } = parsed(&body)?;
    let by = name(by)?;
    let side = text(&side, LONGEST_SIDE, "Write whose side it is, such as \"family\" or \"Dr Chen\".")?.0;
    let words = text(&words, LONGEST_NOTE, "Write down what they said.")?;
    change(&desk, id, move |_, row| {
        let note = SideNote { id: Uuid::now_v7(), request: row.request.id, side, words, by, at: Utc::now() };
        Ok(Ok(vec![FactKind::SideNoted { note }]))
    })
    .await
}

/// `POST /api/reports`: a routine does not work, say those who work with it. It goes the way of what patients
/// report.
pub async fn report(State(desk): State<Arc<Desk>>, body: Bytes) -> Done {
    let Reporting { by, about, words } = parsed(&body)?;
    let by = name(by)?;
    let words = text(&words, LONGEST_NOTE, "Write what does not work, and what would be better.")?;
    let clinic = desk.clinic.now();
    if !board::subjects(&clinic).contains(&about) {
        return Err(wrong("Choose which routine it is about."));
    }
    let request = reported(&clinic, &by, &about, words, Utc::now());
    decide(&desk, move |store| {
        store.commit(vec![FactKind::RequestRaised { request }], Utc::now())?;
        Ok(Ok(()))
    })
    .await
}

fn reported(clinic: &Clinic, by: &str, about: &str, words: OwnWords, now: DateTime<Utc>) -> Request {
    let (routines, staff) = (&clinic.routines, clinic.staff_language());
    let category = routines.categories.iter().find(|category| category.kind == CategoryKind::Report);
    let category = category.map(|category| category.id.clone());
    // Without such a category it goes where everything goes that no routine covers.
    let route = routines.route(RequestReason::Asked, category.as_deref(), Urgency::Routine);
    let chain = routines.chain(route, staff, now);
    Request {
        category,
        subject: Some(format!("A routine does not work: {about}")),
        words,
        acknowledge_by: chain.first().map_or(now, |rung| rung.answer_by),
        chain,
        stopped_at: format!("reported by {by} at the desk"),
        ..Request::noticed(RequestId(Uuid::now_v7()), RequestReason::Asked, clinic, DESK, now)
    }
}
