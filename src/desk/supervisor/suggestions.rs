//! What patients and staff report of the routines, and what they praise: each is answered, and whoever said it reads the
//! answer: staff on the page of the desk, patients at a kiosk with their slip.
//!
//! These are the only words of patients that a supervisor is shown here: they were written to be read by one. Nothing says
//! whose they are.

use super::period::Scope;
use crate::clinic::Clinic;
use crate::clinic::routines::CategoryKind;
use crate::desk::action::{Done, LONGEST_MESSAGE, change, conflict, message, parsed, text};
use crate::desk::board::words::Reader;
use crate::desk::board::{headline, request_kind, stopped_at};
use crate::desk::language::StaffLanguage;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::request::{Request, RequestId, RequestReason, RequestState};
use crate::front_desk::role::Permission;
use crate::link::fact::{DESK, FactKind};
use crate::store::{RequestRow, Result as StoreResult, Store};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::sync::Arc;
use uuid::Uuid;

/// How long an answered one stays on the list.
const SHOWN_FOR: TimeDelta = TimeDelta::days(90);
/// A longer list is read by nobody.
const LONGEST_LIST: usize = 100;

/// How far one has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Progress {
    New,
    LookedAt,
    Answered,
}

/// A report, a suggestion, praise.
#[derive(Serialize)]
struct Suggestion {
    id: Uuid,
    progress: Progress,
    /// How far it has come, in words.
    state: String,
    late: bool,
    headline: String,
    words: String,
    /// The language of the words, BCP 47, and its name.
    lang: String,
    language: String,
    from: String,
    raised: String,
    due: String,
    answer: Option<String>,
    /// Who can read the answer where, or has read it.
    reads: String,
}

/// Those that are not answered, and those that were answered lately.
#[derive(Serialize)]
pub struct Suggestions {
    suggestions: Vec<Suggestion>,
}

/// How many wait for an answer.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Nobody has looked at them.
    pub new: usize,
    /// Not answered by the time that the routines give.
    pub late: usize,
    /// Not answered.
    pub open: usize,
}

/// An answer to somebody at the desk.
#[derive(Serialize)]
struct AnswerToOwn {
    id: Uuid,
    headline: String,
    words: String,
    answer: String,
    by: String,
}

/// What became of the reports of whoever is signed in.
#[derive(Serialize)]
pub struct Own {
    answers: Vec<AnswerToOwn>,
    /// How many are not answered yet.
    open: usize,
}

/// Whether a request is one. What the desk noticed by itself is none.
pub fn is_suggestion(clinic: &Clinic, request: &Request) -> bool {
    let upward =
        matches!(request_kind(clinic, request), Some(CategoryKind::Report | CategoryKind::Compliment));
    upward || (request.kiosk == DESK && request.reason == RequestReason::Asked)
}

fn is_late(row: &RequestRow, now: DateTime<Utc>) -> bool {
    match row.state {
        RequestState::Resolved { .. } => false,
        RequestState::Open => row.escalated || row.overdue || row.acknowledge_by <= now,
        RequestState::Acknowledged { .. } => row.overdue,
    }
}

impl Standing {
    /// Counts them.
    pub fn read(store: &Store, clinic: &Clinic, now: DateTime<Utc>) -> StoreResult<Self> {
        let mut standing = Self::default();
        for row in store.open_requests()?.iter().filter(|row| is_suggestion(clinic, &row.request)) {
            standing.open += 1;
            standing.new += usize::from(row.state == RequestState::Open);
            standing.late += usize::from(is_late(row, now));
        }
        Ok(standing)
    }
}

impl Suggestions {
    pub(super) fn read(store: &Store, scope: &Scope<'_>) -> StoreResult<Self> {
        let open = store.open_requests()?.into_iter();
        let answered = store.resolved_requests(scope.now - SHOWN_FOR)?.into_iter();
        let mut rows: Vec<RequestRow> =
            open.chain(answered).filter(|row| is_suggestion(scope.clinic, &row.request)).collect();
        rows.sort_by_key(|row| {
            let answered = matches!(row.state, RequestState::Resolved { .. });
            (answered, !is_late(row, scope.now), Reverse(row.request.raised_at))
        });
        let shown = rows.into_iter().take(LONGEST_LIST).map(|row| Suggestion::read(store, scope, row));
        Ok(Self { suggestions: shown.collect::<StoreResult<_>>()? })
    }
}

impl Suggestion {
    fn read(store: &Store, scope: &Scope<'_>, row: RequestRow) -> StoreResult<Self> {
        let (language, now) = (scope.language, scope.now);
        let late = is_late(&row, now);
        let (progress, state, answer) = match row.state {
            RequestState::Open => (Progress::New, scope.say("New"), None),
            RequestState::Acknowledged { by } => {
                (Progress::LookedAt, language.say("{by} is looking at it", &[("by", &by)]), None)
            }
            RequestState::Resolved { by, note } => {
                (Progress::Answered, language.say("Answered by {by}", &[("by", &by)]), Some(note))
            }
        };
        let request = row.request;
        let own = store.own_report(request.id)?;
        let reads = match (&own, &request.case) {
            (Some(own), _) => match own.seen_at {
                Some(at) => language.say("Read {time}", &[("time", &scope.reader().when(at))]),
                None => scope.say("Whoever reported it reads the answer on the desk’s page"),
            },
            (None, Some(_)) if request.kiosk != DESK => {
                scope.say("The patient reads the answer at any kiosk, with the slip")
            }
            (None, _) => scope.say("Whoever said it left no way to be answered"),
        };
        let due = match (&request.case, progress) {
            (Some(case), Progress::LookedAt) => case.answer_by,
            _ => row.acknowledge_by,
        };
        let from = match request.kiosk.as_str() {
            DESK => stopped_at(scope.reader(), &request),
            kiosk => language.say("A patient at kiosk {kiosk}", &[("kiosk", kiosk)]),
        };
        Ok(Self {
            id: request.id.0,
            progress,
            state,
            late,
            headline: headline(scope.reader(), &request),
            words: request.words.0,
            language: scope.reader().language_name(&request.language),
            lang: request.language,
            from,
            raised: scope.reader().when(request.raised_at),
            due: scope.reader().day(due),
            answer,
            reads,
        })
    }
}

/// `GET /api/suggestions`.
pub async fn list(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Json<Suggestions>, Refusal> {
    who.may(Permission::Supervise)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let suggestions =
        desk.ask(move |store| Suggestions::read(store, &Scope::today(&clinic, who.language, now)));
    Ok(Json(suggestions.await?))
}

/// `POST /api/suggestions/{id}/look`: somebody has begun to see what can be done.
pub async fn look(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, who: Signed) -> Done {
    who.may(Permission::Supervise)?;
    let clinic = desk.clinic.now();
    change(&desk, &who.clone(), id, move |_, row| {
        Ok(match row.state {
            _ if !is_suggestion(&clinic, &row.request) => Err(no_suggestion(who.language)),
            RequestState::Open => {
                Ok(vec![FactKind::RequestAcknowledged { request: row.request.id, by: who.name }])
            }
            RequestState::Acknowledged { .. } => Ok(Vec::new()),
            RequestState::Resolved { by, .. } => Err(answered_already(who.language, &by)),
        })
    })
    .await
}

#[derive(Deserialize)]
struct Answering {
    words: String,
}

/// `POST /api/suggestions/{id}/answer`: what will change, or why nothing will. A patient reads it with the slip.
pub async fn answer(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, who: Signed, body: Bytes) -> Done {
    who.may(Permission::Supervise)?;
    let Answering { words } = parsed(&body)?;
    let words = text(&words, LONGEST_MESSAGE, "Write what will change, or why nothing will.")?;
    let clinic = desk.clinic.now();
    change(&desk, &who.clone(), id, move |_, row| {
        let request = row.request.id;
        Ok(match row.state {
            _ if !is_suggestion(&clinic, &row.request) => Err(no_suggestion(who.language)),
            RequestState::Resolved { by, note } if by == who.name && note == words.0 => Ok(Vec::new()),
            RequestState::Resolved { by, .. } => Err(answered_already(who.language, &by)),
            RequestState::Open | RequestState::Acknowledged { .. } => {
                let reads_it = row.request.kiosk != DESK && row.request.case.is_some();
                let told =
                    reads_it.then(|| message(request, &who.name, None, words.clone(), who.language.code()));
                let done = FactKind::RequestResolved { request, by: who.name, note: words.0 };
                Ok(told.into_iter().chain([done]).collect())
            }
        })
    })
    .await
}

fn no_suggestion(language: StaffLanguage) -> Refusal {
    Refusal(StatusCode::NOT_FOUND, language.say("There is no such suggestion.", &[]).into())
}

fn answered_already(language: StaffLanguage, by: &str) -> Refusal {
    conflict(language.say("{by} has answered it already; your answer was not kept.", &[("by", by)]))
}

/// `GET /api/reports/mine`: the answers to what whoever is signed in reported, until they have read them.
pub async fn own(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Json<Own>, Refusal> {
    who.may(Permission::Requests)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let own = desk.ask(move |store| Own::read(store, who.reader(&clinic, now), who.id)).await?;
    Ok(Json(own))
}

impl Own {
    pub(super) fn read(store: &Store, reader: Reader, account: Uuid) -> StoreResult<Self> {
        let mut own = Self { answers: Vec::new(), open: 0 };
        for id in store.unseen_reports(account)? {
            let Some(row) = store.request(id)? else { continue };
            match row.state {
                RequestState::Resolved { by, note } => own.answers.push(AnswerToOwn {
                    id: id.0,
                    headline: headline(reader, &row.request),
                    words: row.request.words.0,
                    answer: note,
                    by,
                }),
                RequestState::Open | RequestState::Acknowledged { .. } => own.open += 1,
            }
        }
        Ok(own)
    }
}

/// `POST /api/reports/{id}/seen`: whoever reported it has read the answer.
pub async fn seen(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, who: Signed) -> Done {
    who.may(Permission::Requests)?;
    let account = who.id;
    let known = desk.ask_as(&who, move |store| store.saw_answer(RequestId(id), account, Utc::now())).await?;
    if !known {
        let words = who.language.say("You made no such report.", &[]);
        return Err(Refusal(StatusCode::NOT_FOUND, words.into()));
    }
    Ok(StatusCode::NO_CONTENT)
}
