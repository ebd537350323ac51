//! The desk's end of the link: what kiosks deliver, what they are fed, and when they were last heard of.

use super::{Desk, Refusal, locked};
use crate::clinic::Clinic;
use crate::link::fact::{Acknowledgement, Delivery, FactKind, Feed};
use crate::link::kiosk_end::LONGEST_POLL;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

/// How many facts one answer to a kiosk holds.
const FACTS_A_FEED: usize = 500;
/// A kiosk asks at least every [`LONGEST_POLL`]; this much later it is told as silent.
const SILENT_AFTER: TimeDelta = TimeDelta::seconds(40);

/// `POST /link/facts`: applies what a kiosk delivers and says how far the desk has come.
pub async fn take_facts(
    State(desk): State<Arc<Desk>>,
    body: Bytes,
) -> Result<Json<Acknowledgement>, Refusal> {
    // What the reader would say about the fault could quote a patient's name, so it is not passed on.
    let delivery: Delivery = serde_json::from_slice(&body).map_err(|_| {
        let words = "This is no delivery of facts, or one of another version of Vestibule.";
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.into())
    })?;
    known(&desk, &delivery.kiosk)?;
    desk.heard().now(&delivery.kiosk, Utc::now());
    let paper: Vec<_> = delivery
        .facts
        .iter()
        .filter_map(|fact| match &fact.kind {
            FactKind::TicketPaper { ticket, copy: true, .. } => Some(ticket.0),
            _ => None,
        })
        .collect();
    let (acknowledgement, position) = desk
        .store
        .run_async(move |store| {
            let acknowledgement = store.receive(&delivery.kiosk, &delivery.facts)?;
            Ok((acknowledgement, store.last_position()?))
        })
        .await?;
    locked(&desk.copies).retain(|ticket, _| !paper.contains(ticket));
    desk.reached(position);
    Ok(Json(acknowledgement))
}

/// What a kiosk asks of the feed.
#[derive(Deserialize)]
pub struct FeedQuery {
    kiosk: String,
    after: u64,
    wait: Option<u64>,
}

/// `GET /link/feed`: facts of others after a position; held until there are some, or until the time is up.
pub async fn feed(
    State(desk): State<Arc<Desk>>,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Feed>, Refusal> {
    known(&desk, &query.kiosk)?;
    desk.heard().now(&query.kiosk, Utc::now());
    let wait = query.wait.map_or(LONGEST_POLL, Duration::from_secs).min(LONGEST_POLL);
    let until = tokio::time::Instant::now() + wait;
    let mut position = desk.position.subscribe();
    let mut stopping = desk.stopping.clone();
    loop {
        position.borrow_and_update();
        let (kiosk, after) = (query.kiosk.clone(), query.after);
        let (facts, last) = desk
            .store
            .run_async(move |store| Ok((store.feed(&kiosk, after, FACTS_A_FEED)?, store.last_position()?)))
            .await?;
        if query.after > last {
            tracing::error!(kiosk = %query.kiosk, "this kiosk has followed further than this store goes: was the store restored from a backup?");
            let words = "The kiosk has followed further than the desk's store goes.";
            return Err(Refusal(StatusCode::CONFLICT, words.into()));
        }
        if !facts.is_empty() {
            return Ok(Json(Feed { facts }));
        }
        tokio::select! {
            _ = position.changed() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return Ok(Json(Feed { facts })),
            () = tokio::time::sleep_until(until) => return Ok(Json(Feed { facts })),
        }
    }
}

fn known(desk: &Desk, kiosk: &str) -> Result<(), Refusal> {
    if desk.clinic.kiosk(kiosk).is_some() {
        return Ok(());
    }
    tracing::warn!("a kiosk that clinic.toml does not name was refused");
    let words =
        "The desk's clinic.toml names no such kiosk: add a [[kiosk]] with its name and restart the desk.";
    Err(Refusal(StatusCode::FORBIDDEN, words.into()))
}

/// When each kiosk was last heard of.
pub struct Heard {
    started: DateTime<Utc>,
    kiosks: Vec<(String, Option<DateTime<Utc>>)>,
}

/// A kiosk as the board shows it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Presence {
    /// Its name.
    pub name: String,
    /// When it was last heard of, in milliseconds since 1970; none since the desk started.
    pub heard_at: Option<i64>,
    /// Whether that is recent enough to count as connected.
    pub connected: bool,
    /// Whether it has been silent for so long that somebody should look at it.
    pub silent: bool,
}

impl Heard {
    /// The desk starts: nobody was heard of yet.
    pub fn new(clinic: &Clinic, now: DateTime<Utc>) -> Self {
        let kiosks = clinic.kiosks.iter().map(|kiosk| (kiosk.name.clone(), None)).collect();
        Self { started: now, kiosks }
    }

    /// A kiosk spoke.
    pub fn now(&mut self, kiosk: &str, now: DateTime<Utc>) {
        if let Some((_, heard)) = self.kiosks.iter_mut().find(|(name, _)| name == kiosk) {
            *heard = Some(now);
        }
    }

    /// Every kiosk of the clinic.
    pub fn presence(&self, now: DateTime<Utc>) -> Vec<Presence> {
        let recent = |heard: DateTime<Utc>| now - heard < SILENT_AFTER;
        self.kiosks
            .iter()
            .map(|(name, heard)| Presence {
                name: name.clone(),
                heard_at: heard.map(|heard| heard.timestamp_millis()),
                connected: heard.is_some_and(recent),
                silent: !recent(heard.unwrap_or(self.started)),
            })
            .collect()
    }
}
