//! The board as JSON, live, and the desk's health.

use super::board::{Audience, Published};
use super::language::{self, Sentence};
use super::people::{Presence, Signed};
use super::{Desk, Refusal};
use crate::front_desk::role::Permission;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use futures_util::Stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A page that hears nothing for three of these knows that the connection is lost.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// `GET /api/board`: the board as it is now.
pub async fn board(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Response, Refusal> {
    who.may(Permission::Requests)?;
    let published = desk.read_board(who.audience()).await?;
    desk.note_seen(&who, &published.patients).await;
    Ok(([(header::CONTENT_TYPE, "application/json")], published.board.json).into_response())
}

/// Where a page was cut off: the id of the last board that it has. A browser that connects again by itself says it in a
/// header; a page that has to do it cannot.
#[derive(Deserialize)]
pub struct Resuming {
    #[serde(default)]
    after: String,
}

/// `GET /api/live`: server-sent events. `board` is the whole board whenever it says something else than the one that the
/// page has, for whoever may see it; `unattended` stands in its place where nobody is signed in, or somebody whose role
/// needs no patient: where an emergency waits, and how many wait, and nothing of whom. `changed` says that something
/// happened which the board does not show, and another page perhaps does. All three have ids, by which a page that was
/// cut off goes on where it was. `signed-out` says that the session has ended; `trouble` says in words what is
/// wrong with the store, and nothing once it works again; `heartbeat` carries when the kiosks were heard of.
pub async fn live(
    State(desk): State<Arc<Desk>>,
    Query(resuming): Query<Resuming>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>> + Send + use<>>, Refusal> {
    let presence = Presence::of(&desk, &headers).await?;
    let after = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_string);
    let nobody = || Audience { language: language::remembered(&headers), sees_money: false };
    let audience = presence.who().map_or_else(nobody, Signed::audience);
    let board = desk.subscribe(audience);
    let mut trouble = desk.trouble.subscribe();
    trouble.mark_changed();
    let stopping = desk.stopping.clone();
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let has = after.unwrap_or(resuming.after);
    let watched = Watched { desk, presence, audience, board, trouble, stopping, heartbeat, has, told: None };
    Ok(Sse::new(futures_util::stream::unfold(watched, |mut watched| async move {
        let event = watched.next().await?;
        Some((Ok(event), watched))
    })))
}

/// An open page.
struct Watched {
    desk: Arc<Desk>,
    presence: Presence,
    audience: Audience,
    board: watch::Receiver<Arc<Published>>,
    trouble: watch::Receiver<Sentence>,
    stopping: watch::Receiver<bool>,
    heartbeat: tokio::time::Interval,
    /// The id of what the page shows.
    has: String,
    /// Whether the page was sent as to somebody who is signed in.
    told: Option<bool>,
}

impl Watched {
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                changed = self.board.changed() => {
                    changed.ok()?;
                    let latest = Arc::clone(&self.board.borrow_and_update());
                    if !latest.board.json.is_empty()
                        && let Some(event) = self.board_event(&latest).await
                    {
                        return Some(event);
                    }
                }
                changed = self.trouble.changed() => {
                    changed.ok()?;
                    let words = serde_json::json!(self.trouble.borrow_and_update().said(self.audience.language));
                    return Some(Event::default().event("trouble").data(words.to_string()));
                }
                _ = self.heartbeat.tick() => {
                    let is_there = self.presence.now(&self.desk).await.is_some();
                    if self.told == Some(true) && !is_there {
                        return Some(self.signed_out());
                    }
                    let now = Utc::now();
                    let kiosks = if is_there { self.desk.presence(now) } else { Vec::new() };
                    let beat = serde_json::json!({ "now": now.timestamp_millis(), "kiosks": kiosks });
                    return Some(Event::default().event("heartbeat").data(beat.to_string()));
                }
                () = async { drop(self.stopping.wait_for(|stopping| *stopping).await) } => return None,
            }
        }
    }

    /// What the page is told of a new board; nothing where it has it already.
    async fn board_event(&mut self, latest: &Published) -> Option<Event> {
        let who = self.presence.now(&self.desk).await.cloned();
        if self.told == Some(true) && who.is_none() {
            return Some(self.signed_out());
        }
        self.told = Some(who.is_some());
        if let Some(who) = who.as_ref().filter(|who| who.audience() != self.audience) {
            // They have chosen another language since, or were given another role.
            self.audience = who.audience();
            self.board = self.desk.subscribe(self.audience);
            return None;
        }
        let (kind, part) = match who.filter(|who| who.role.may(Permission::Requests)) {
            Some(who) => {
                self.desk.note_seen(&who, &latest.patients).await;
                ("board", &latest.board)
            }
            None => ("unattended", &latest.unattended),
        };
        let id = format!("{}.{}", part.id, latest.position);
        if self.has == id {
            return None;
        }
        let has_it = self.has.split_once('.').is_some_and(|(print, _)| print == part.id);
        self.has.clone_from(&id);
        if has_it {
            let changed = serde_json::json!({ "now": Utc::now().timestamp_millis() });
            return Some(Event::default().event("changed").id(id).data(changed.to_string()));
        }
        Some(Event::default().event(kind).id(id).data(&part.json))
    }

    fn signed_out(&mut self) -> Event {
        self.told = Some(false);
        self.has.clear();
        // What is shown instead of the board comes right behind it.
        self.board.mark_changed();
        Event::default().event("signed-out").data("{}")
    }
}

impl Desk {
    /// The boards for an audience, from the one that is there on.
    fn subscribe(&self, audience: Audience) -> watch::Receiver<Arc<Published>> {
        let (board, must_be_built) = self.boards.subscribe(audience);
        if must_be_built {
            self.refresh.notify_one();
        }
        board
    }
}

/// `GET /health`: whether the desk can do its work, its disk included, for whoever watches over it.
pub async fn health(State(desk): State<Arc<Desk>>) -> Response {
    let asked = desk.ask(|store| {
        store.check_disk()?;
        Ok((store.last_position()?, store.open_requests()?.len()))
    });
    match asked.await {
        Ok((position, open_requests)) => {
            let kiosks = desk.presence(Utc::now());
            Json(serde_json::json!({
                "status": "ok",
                "version": env!("CARGO_PKG_VERSION"),
                "position": position,
                "open_requests": open_requests,
                "kiosks": kiosks,
            }))
            .into_response()
        }
        Err(error) => {
            let body = serde_json::json!({ "status": "failing", "reason": error.to_string() });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}
