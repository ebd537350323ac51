//! What kiosks say of themselves.

use crate::desk::kiosks::known;
use crate::desk::{Desk, Refusal, locked};
use crate::front_desk::fleet::ClockDrift;
use crate::link::heartbeat::{HeartbeatHeard, HeartbeatSent};
use crate::store::KeptBeat;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::Utc;
use std::sync::Arc;

/// `POST /link/heartbeat`: how a kiosk is. It is noted here and kept on the disk together with those of others.
pub async fn heartbeat(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<HeartbeatHeard>, Refusal> {
    let received = Utc::now();
    let said: HeartbeatSent = serde_json::from_slice(&body).map_err(|_| {
        Refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            "This is no heartbeat, or one of another version of Vestibule.".into(),
        )
    })?;
    known(&desk, &said.kiosk)?;
    desk.heard().now(&said.kiosk, said.store, received);
    locked(&desk.fleet).heard(KeptBeat {
        drift: said.exchange.as_ref().map(ClockDrift::of),
        kiosk: said.kiosk,
        heard_at: received,
        beat: said.beat.bounded(),
    });
    Ok(Json(HeartbeatHeard { received, answered: Utc::now() }))
}
