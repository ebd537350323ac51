//! What a kiosk tells the desk of itself every few seconds. It is no fact: what was so a minute ago is nobody's
//! business any more, and nothing of a patient is in it.

use super::answer::{self, LinkTrouble};
use super::kiosk_end::{LinkPlace, body_of, in_words};
use crate::front_desk::fleet::{ClockDrift, Exchange, Heartbeat};
use crate::store::StoreHandle;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How often a kiosk tells how it is.
pub const BEAT_EVERY: Duration = Duration::from_secs(10);
/// The second one comes sooner: only then the desk knows how the clocks differ.
const SECOND_AFTER: Duration = Duration::from_secs(1);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// What a kiosk sends to `POST /link/heartbeat`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartbeatSent {
    /// The kiosk's name.
    pub kiosk: String,
    /// The identity of its store.
    pub store: Uuid,
    /// When it is sent, by the kiosk's clock.
    pub sent: DateTime<Utc>,
    /// The times of the one before, if that was answered.
    pub exchange: Option<Exchange>,
    /// How the kiosk is.
    pub beat: Heartbeat,
}

/// What the desk answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartbeatHeard {
    /// When it came, by the desk's clock.
    pub received: DateTime<Utc>,
    /// When the answer goes.
    pub answered: DateTime<Utc>,
}

/// How far this kiosk's clock is from the desk's, as far as it knows.
#[derive(Clone, Default)]
pub struct DeskClock(Arc<Mutex<Option<Compared>>>);

/// The last comparison, and what time it was then at the desk: time goes on from there whatever the clock here does.
#[derive(Clone, Copy)]
struct Compared {
    drift: ClockDrift,
    there: DateTime<Utc>,
    at: Instant,
}

impl DeskClock {
    /// A time of this kiosk by the desk's clock; as it is where the two were never compared.
    pub fn at_the_desk(&self, here: DateTime<Utc>) -> DateTime<Utc> {
        self.last().map_or(here, |compared| compared.drift.at_the_desk(here))
    }

    /// What time it is at the desk; none where the two clocks were never compared.
    pub fn now_there(&self) -> Option<DateTime<Utc>> {
        self.last().map(|compared| compared.there + compared.at.elapsed())
    }

    fn last(&self) -> Option<Compared> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, exchange: &Exchange) {
        let drift = ClockDrift::of(exchange);
        let compared = Compared { drift, there: drift.at_the_desk(exchange.heard), at: Instant::now() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(compared);
    }
}

/// What is told, and by which clock.
pub struct Pulse {
    /// How the kiosk is, without what only its store knows. Called from the link's thread; must not wait.
    pub gather: Box<dyn Fn() -> Heartbeat + Send>,
    /// What only the store and its disk know is added here, on the store's thread.
    pub look: fn(&crate::store::Store, &mut Heartbeat, DateTime<Utc>),
    /// The machine's own clock, which is compared with the desk's.
    pub clock: fn() -> DateTime<Utc>,
    /// What time it is for this kiosk, which may know better than that clock.
    pub time: fn() -> DateTime<Utc>,
    /// Where it is noted how that differs from the desk's.
    pub desk_clock: DeskClock,
}

/// Tells the desk how the kiosk is, for as long as the link runs. That it cannot be told troubles nobody here: the
/// desk notices the silence.
pub(super) async fn beat_on(
    pulse: Option<&Pulse>,
    place: &LinkPlace,
    client: &reqwest::Client,
    store: &StoreHandle,
) {
    let Some(pulse) = pulse else { return std::future::pending().await };
    let mut exchange = None;
    let mut wait = SECOND_AFTER;
    loop {
        match beat_once(pulse, place, client, store, exchange).await {
            Ok(heard) => {
                pulse.desk_clock.set(&heard);
                exchange = Some(heard);
            }
            Err(error) => {
                exchange = None;
                tracing::debug!("the desk does not hear how this kiosk is: {error}");
            }
        }
        tokio::time::sleep(wait).await;
        wait = BEAT_EVERY;
    }
}

async fn beat_once(
    pulse: &Pulse,
    place: &LinkPlace,
    client: &reqwest::Client,
    store: &StoreHandle,
    exchange: Option<Exchange>,
) -> Result<Exchange, LinkTrouble> {
    let (mut beat, look, now) = ((pulse.gather)(), pulse.look, (pulse.clock)());
    let (beat, identity) = store
        .run_async(move |store| {
            look(store, &mut beat, now);
            Ok((beat, store.identity()))
        })
        .await?;
    // Read anew: the store may have been busy.
    let (sent, began) = ((pulse.clock)(), Instant::now());
    let said = HeartbeatSent { kiosk: place.kiosk.clone(), store: identity, sent, exchange, beat };
    let body = serde_json::to_vec(&said).map_err(crate::store::StoreError::from)?;
    let response = client
        .post(format!("http://{}/link/heartbeat", place.desk))
        .header("content-type", "application/json")
        .bearer_auth(&place.key)
        .timeout(ANSWER_WITHIN)
        .body(body)
        .send()
        .await
        .map_err(in_words)?;
    let status = response.status().as_u16();
    let body = body_of(response).await?;
    // Not read from the clock, which somebody may have set meanwhile.
    let heard = sent + began.elapsed();
    answer::judge_status(status)?;
    let HeartbeatHeard { received, answered } =
        serde_json::from_slice(&body).map_err(|_| LinkTrouble::Rubbish("no answer to a heartbeat"))?;
    Ok(Exchange { sent, received, answered, heard })
}
