//! The board as JSON, live, and the desk's health.

use super::{Desk, Refusal};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use futures_util::Stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// A page that hears nothing for three of these knows that the connection is lost.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// `GET /api/board`: the board as it is now.
pub async fn board(State(desk): State<Arc<Desk>>) -> Result<Response, Refusal> {
    Ok(([(header::CONTENT_TYPE, "application/json")], desk.read_board().await?).into_response())
}

/// `GET /api/live`: server-sent events. `board` is the whole board whenever it changed; `trouble` says in
/// words what is wrong with the store, and nothing once it works again; `heartbeat` carries when the kiosks
/// were heard of.
pub async fn live(
    State(desk): State<Arc<Desk>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + Send + use<>> {
    let (mut board, mut trouble) = (desk.board.subscribe(), desk.trouble.subscribe());
    board.mark_changed();
    trouble.mark_changed();
    let stopping = desk.stopping.clone();
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let events = futures_util::stream::unfold(
        (desk, board, trouble, stopping, heartbeat),
        |(desk, mut board, mut trouble, mut stopping, mut heartbeat)| async move {
            let event = loop {
                tokio::select! {
                    changed = board.changed() => {
                        changed.ok()?;
                        let latest = board.borrow_and_update();
                        if !latest.is_empty() {
                            break Event::default().event("board").data(&**latest);
                        }
                    }
                    changed = trouble.changed() => {
                        changed.ok()?;
                        let words = serde_json::json!(&**trouble.borrow_and_update());
                        break Event::default().event("trouble").data(words.to_string());
                    }
                    _ = heartbeat.tick() => {
                        let now = Utc::now();
                        let kiosks = desk.heard().presence(now);
                        let beat = serde_json::json!({ "now": now.timestamp_millis(), "kiosks": kiosks });
                        break Event::default().event("heartbeat").data(beat.to_string());
                    }
                    _ = stopping.wait_for(|stopping| *stopping) => return None,
                }
            };
            Some((Ok(event), (desk, board, trouble, stopping, heartbeat)))
        },
    );
    Sse::new(events)
}

/// `GET /health`: whether the desk can do its work, its disk included, for whoever watches over it.
pub async fn health(State(desk): State<Arc<Desk>>) -> Response {
    let asked = desk.ask(|store| {
        store.check_disk()?;
        Ok((store.last_position()?, store.open_requests()?.len()))
    });
    match asked.await {
        Ok((position, open_requests)) => {
            let kiosks = desk.heard().presence(Utc::now());
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
