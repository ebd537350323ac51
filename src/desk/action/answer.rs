//! What staff say to a patient, note about two sides, and report upward.

use super::{Done, LONGEST_MESSAGE, LONGEST_NOTE, change, decide, parsed, text, wrong};
use crate::clinic::Clinic;
use crate::clinic::routines::CategoryKind;
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::{Desk, board};
use crate::front_desk::message::{Message, Side, SideNote};
use crate::front_desk::request::{Case, OwnWords, Request, RequestId, RequestReason, RequestState};
use crate::front_desk::role::Permission;
use crate::front_desk::urgency::Urgency;
use crate::link::fact::{DESK, FactKind};
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

const LONGEST_SIDE: usize = 60;
/// How the subject of a report begins, and where it says that it comes from. They are told in the reader's language.
pub const REPORTED: &str = "A routine does not work: ";
pub const REPORTED_BY: &str = "reported by ";
pub const AT_THE_DESK: &str = " at the desk";

#[derive(Deserialize)]
struct Saying {
    /// Id of a phrase; without one, the words are sent as they are.
    #[serde(default)]
    phrase: Option<String>,
    #[serde(default)]
    words: String,
}

#[derive(Deserialize)]
struct Noting {
    side: String,
    words: String,
}

#[derive(Deserialize)]
struct Reporting {
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
pub async fn say(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Requests)?;
    let Saying { phrase, words } = parsed(&body)?;
    let by = who.name.clone();
    let clinic = desk.clinic.now();
    let reader = who.reader(&clinic, Utc::now());
    let (words, language) = match &phrase {
        None => {
            let words =
                text(&words, LONGEST_MESSAGE, "Write what the patient shall read, or choose a phrase.")?;
            (words, who.language.code())
        }
        Some(id) => match clinic.routines.phrase(id).filter(|phrase| phrase.from == Side::Staff) {
            Some(phrase) => (OwnWords(phrase.text.text(reader.texts()).to_string()), reader.texts()),
            None => return Err(wrong("The routines have no such phrase any more: reload the page.")),
        },
    };
    let said = message(RequestId(id), &by, phrase, words, language);
    change(&desk, &who, id, move |_, row| {
        Ok(match row.state {
            // Whoever holds a ticket reads it when they scan that.
            _ if row.request.kiosk == DESK && row.request.ticket.is_none() => {
                Err(wrong("Nobody at a kiosk would read this: the report came from the desk."))
            }
            RequestState::Resolved { by: first, .. } if row.request.case.is_none() => Err(super::conflict(
                sentence("{first} has resolved it: the kiosk does not show it any more.")
                    .with("first", first),
            )),
            _ => Ok(vec![said]),
        })
    })
    .await
}

/// `POST /api/requests/{id}/note`: what one side of a conflict says, in its own words. No patient is shown it.
pub async fn note(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Requests)?;
    let Noting { side, words } = parsed(&body)?;
    let by = who.name.clone();
    let side = text(&side, LONGEST_SIDE, "Write whose side it is, such as \"family\" or \"Dr Chen\".")?.0;
    let words = text(&words, LONGEST_NOTE, "Write down what they said.")?;
    change(&desk, &who, id, move |_, row| {
        let note = SideNote { id: Uuid::now_v7(), request: row.request.id, side, words, by, at: Utc::now() };
        Ok(Ok(vec![FactKind::SideNoted { note }]))
    })
    .await
}

/// `POST /api/reports`: a routine does not work, say those who work with it. It goes the way of what patients
/// report, and the answer comes back to whoever reported it.
pub async fn report(State(desk): State<Arc<Desk>>, who: Signed, body: Bytes) -> Done {
    who.may(Permission::Requests)?;
    let Reporting { about, words } = parsed(&body)?;
    let words = text(&words, LONGEST_NOTE, "Write what does not work, and what would be better.")?;
    let clinic = desk.clinic.now();
    if !board::subjects(who.reader(&clinic, Utc::now())).contains(&about) {
        return Err(wrong("Choose which routine it is about."));
    }
    let (now, account) = (Utc::now(), who.id);
    let request = reported(&clinic, &who.name, &about, words, now);
    decide(&desk, &who, move |store| {
        store.report(request, account, now)?;
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
    let id = RequestId(Uuid::now_v7());
    // A case like that of a patient, so that it is answered by a day; the kiosk's place in its number stays empty.
    let answer_by = routines.complaint.reports_within.due(now, &routines.calendar);
    let case = Case::of(id, routines.complaint.letter, "", &now.with_timezone(&clinic.zone), answer_by);
    Request {
        category,
        subject: Some(format!("{REPORTED}{about}")),
        words,
        acknowledge_by: chain.first().map_or(now, |rung| rung.answer_by),
        chain,
        case: Some(case),
        stopped_at: format!("{REPORTED_BY}{by}{AT_THE_DESK}"),
        ..Request::noticed(id, RequestReason::Asked, clinic, DESK, now)
    }
}
