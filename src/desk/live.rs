//! The board as JSON, live, and the desk's health.

use super::{Desk, Refusal};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
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
    Ok(Json(desk.read_board().await?).into_response())
}

/// `GET /api/live`: server-sent events. `board` is the whole board whenever it changed, `trouble` says in
/// words why there is none, `heartbeat` carries when the kiosks were heard of.
pub async fn live(
    State(desk): State<Arc<Desk>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + Send + use<>> {
    let mut board = desk.board.subscribe();
    board.mark_changed();
    let stopping = desk.stopping.clone();
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let events = futures_util::stream::unfold(
        (desk, board, stopping, heartbeat),
        |(desk, mut board, mut stopping, mut heartbeat)| async move {
            let event = tokio::select! {
                changed = board.changed() => {
                    changed.ok()?;
                    let latest = Arc::clone(&board.borrow_and_update());
                    match latest.as_ref() {
                        Ok(json) => Event::default().event("board").data(json),
                        Err(words) => Event::default().event("trouble").data(words.replace(['\r', '\n'], " ")),
                    }
                }
                _ = heartbeat.tick() => {
                    let now = Utc::now();
                    let kiosks = desk.heard().presence(now);
                    let beat = serde_json::json!({ "now": now.timestamp_millis(), "kiosks": kiosks });
                    Event::default().event("heartbeat").data(beat.to_string())
                }
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            };
            Some((Ok(event), (desk, board, stopping, heartbeat)))
        },
    );
    Sse::new(events)
}

/// `GET /health`: whether the desk can do its work, for whoever watches over it.
pub async fn health(State(desk): State<Arc<Desk>>) -> Response {
    let asked = desk.store.run_async(|store| Ok((store.last_position()?, store.open_requests()?.len())));
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
