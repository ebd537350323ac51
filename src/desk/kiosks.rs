//! The desk's end of the link: what kiosks deliver, what they are fed, and when they were last heard of.

use super::language::sentence;
use super::{Desk, Refusal, conflicts, locked};
use crate::clinic::Clinic;
use crate::link::asking::RequestTold;
use crate::link::fact::{Acknowledgement, Cursor, DESK, Delivery, FactKind, Feed};
use crate::link::kiosk_end::LONGEST_POLL;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

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
        let words = sentence("This is no delivery of facts, or one of another version of Vestibule.");
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, words)
    })?;
    known(&desk, &delivery.kiosk)?;
    desk.heard().now(&delivery.kiosk, delivery.store, Utc::now());
    let paper: Vec<_> = delivery
        .facts
        .iter()
        .filter_map(|fact| match &fact.kind {
            FactKind::TicketPaper { ticket, copy: true, .. } => Some(ticket.0),
            _ => None,
        })
        .collect();
    let checks_in = delivery.facts.iter().any(|fact| matches!(fact.kind, FactKind::CheckedIn { .. }));
    let clinic = desk.clinic.now();
    let (acknowledgement, position) = desk
        .ask(move |store| {
            let before = store.last_position()?;
            let acknowledgement = store.receive(&delivery)?;
            if acknowledgement == Acknowledgement::FollowFirst {
                tracing::warn!(kiosk = %delivery.kiosk, "this kiosk's store and the desk's differ (one of them was replaced or put back from a backup): the kiosk follows first, then delivers");
            }
            if checks_in {
                conflicts::raise(store, &clinic, Some(before), Utc::now())?;
            }
            Ok((acknowledgement, store.last_position()?))
        })
        .await?;
    locked(&desk.copies).retain(|ticket, _| !paper.contains(ticket));
    desk.reached(position);
    Ok(Json(acknowledgement))
}

/// `POST /link/requests`: takes a request that a kiosk could not keep. Told twice it is there once.
pub async fn take_request(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Json<()>, Refusal> {
    // What the reader would say about the fault could quote a patient's words, so it is not passed on.
    let told =
        serde_json::from_slice(&body).ok().filter(|told: &RequestTold| told.request.kiosk == told.kiosk);
    let RequestTold { kiosk, request } = told.ok_or_else(|| {
        let words = sentence("This is no request, or one of another version of Vestibule.");
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, words)
    })?;
    known(&desk, &kiosk)?;
    tracing::warn!(%kiosk, "this kiosk could not keep a request and has told it directly: its disk may be full");
    let position = desk
        .ask(move |store| {
            if store.request(request.id)?.is_none() {
                store.commit(vec![FactKind::RequestRaised { request: *request }], Utc::now())?;
            }
            store.last_position()
        })
        .await?;
    desk.reached(position);
    Ok(Json(()))
}

/// What a kiosk asks of the feed: who asks, how far it has come in both directions, how long it waits.
#[derive(Deserialize)]
pub struct FeedQuery {
    kiosk: String,
    /// The kiosk's store; whoever only looks (`vestibule doctor`) has none and is not counted as heard of.
    store: Option<Uuid>,
    after: u64,
    stamp: Option<Uuid>,
    delivered: u64,
    wait: Option<u64>,
}

/// `GET /link/feed`: the log after a position; held until there is something, or until the time is up.
pub async fn feed(
    State(desk): State<Arc<Desk>>,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Feed>, Refusal> {
    known(&desk, &query.kiosk)?;
    if let Some(store) = query.store {
        desk.heard().now(&query.kiosk, store, Utc::now());
    }
    let wait = query.wait.map_or(LONGEST_POLL, Duration::from_secs).min(LONGEST_POLL);
    let until = tokio::time::Instant::now() + wait;
    let mut position = desk.position.subscribe();
    let mut stopping = desk.stopping.clone();
    let (asks, cursor) = (query.store, Cursor { position: query.after, stamp: query.stamp });
    if query.store.is_some() {
        let (kiosk, through) = (query.kiosk.clone(), query.after);
        desk.ask(move |store| store.note_followed(&kiosk, through, Utc::now())).await?;
    }
    loop {
        position.borrow_and_update();
        let kiosk = query.kiosk.clone();
        let feed = desk.ask(move |store| store.feed(&kiosk, asks, cursor, FACTS_A_FEED)).await?;
        let lost = feed.after != query.after || feed.applied_through < query.delivered;
        if !feed.facts.is_empty() || lost {
            return Ok(Json(feed));
        }
        tokio::select! {
            _ = position.changed() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return Ok(Json(feed)),
            () = tokio::time::sleep_until(until) => return Ok(Json(feed)),
        }
    }
}

pub(super) fn known(desk: &Desk, kiosk: &str) -> Result<(), Refusal> {
    // No kiosk may speak as the desk, even if the clinic's file calls one so.
    if kiosk != DESK && desk.clinic.now().kiosk(kiosk).is_some() {
        return Ok(());
    }
    tracing::warn!("a kiosk that clinic.toml does not name was refused");
    let words = sentence(
        "The desk's clinic.toml names no such kiosk: add a [[kiosk]] with its name and restart the desk.",
    );
    Err(Refusal(StatusCode::FORBIDDEN, words))
}

/// When each kiosk was last heard of, and which store spoke.
pub struct Heard {
    started: DateTime<Utc>,
    kiosks: Vec<Known>,
}

struct Known {
    name: String,
    last: Option<(Uuid, DateTime<Utc>)>,
    /// The store that spoke before another one did.
    before: Option<(Uuid, DateTime<Utc>)>,
    /// When two stores were last found to speak in turns.
    twice: Option<DateTime<Utc>>,
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
    /// Whether two machines speak in its name: they give the same ticket numbers.
    pub twice: bool,
    /// Which of its troubles a request tells of, so that the page need not tell them twice.
    pub told: Vec<&'static str>,
}

impl Presence {
    /// How it is, whenever that was heard.
    pub fn without_time(self) -> Self {
        Self { heard_at: None, ..self }
    }
}

impl Heard {
    /// The desk starts: nobody was heard of yet.
    pub fn new(clinic: &Clinic, now: DateTime<Utc>) -> Self {
        let known = |name: &String| Known { name: name.clone(), last: None, before: None, twice: None };
        Self { started: now, kiosks: clinic.kiosks.iter().map(|kiosk| known(&kiosk.name)).collect() }
    }

    /// A kiosk spoke, from a store. A store that is replaced falls silent for good; one that speaks again
    /// after another did runs beside it.
    pub fn now(&mut self, kiosk: &str, store: Uuid, now: DateTime<Utc>) {
        let Some(known) = self.kiosks.iter_mut().find(|known| known.name == kiosk) else { return };
        if let Some((last, at)) = known.last
            && last != store
        {
            if known.before.is_some_and(|(before, at)| before == store && now - at < SILENT_AFTER) {
                if known.twice.is_none() {
                    tracing::error!(
                        kiosk,
                        "two machines speak as this kiosk: name each by a [[kiosk]] of its own"
                    );
                }
                known.twice = Some(now);
            } else {
                tracing::warn!(kiosk, "this kiosk speaks from another store than before");
            }
            known.before = Some((last, at));
        }
        known.last = Some((store, now));
    }

    /// Every kiosk of the clinic.
    pub(super) fn presence(&self, now: DateTime<Utc>) -> Vec<Presence> {
        let recent = |heard: DateTime<Utc>| now - heard < SILENT_AFTER;
        self.kiosks
            .iter()
            .map(|known| {
                let heard = known.last.map(|(_, at)| at);
                Presence {
                    name: known.name.clone(),
                    heard_at: heard.map(|heard| heard.timestamp_millis()),
                    connected: heard.is_some_and(recent),
                    silent: !recent(heard.unwrap_or(self.started)),
                    twice: known.twice.is_some_and(recent),
                    told: Vec::new(),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_machines_with_one_name_are_told_from_a_store_that_was_replaced() {
        let clinic = crate::clinic::read_text("clinic.toml", include_str!("../clinic/example.toml")).unwrap();
        let [first, second] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let mut now = Utc::now();
        let mut heard = Heard::new(&clinic, now);
        let mut speaks = |store: Uuid| {
            now += TimeDelta::seconds(10);
            heard.now("lobby", store, now);
            heard.presence(now)[0].twice
        };
        assert!(!speaks(first));
        assert!(!speaks(second), "replaced");
        assert!(!speaks(second));
        assert!(speaks(first), "both run");
        assert!(speaks(second));
        assert!([second; 5].into_iter().map(speaks).any(|twice| !twice), "one was stopped");
    }
}
