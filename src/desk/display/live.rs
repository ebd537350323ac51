//! What happens, as it happens, to a screen on the wall: server-sent events that go on where they stopped.

use super::Known;
use super::shown::Reader;
use super::wanted::{Asked, Wanted};
use crate::desk::language::{StaffLanguage, sentence};
use crate::desk::{Desk, Refusal};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use chrono::Utc;
use futures_util::Stream;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;

/// A screen that hears nothing for three of these says that it is out of date.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Of what was read longer ago than this nobody can say that it still holds: no heartbeat then.
const FRESH: Duration = Duration::from_secs(12);
/// More screens than a clinic has are a mistake or mischief.
const MOST: usize = 64;

/// `GET /display/live`: `call` is a call to announce, `shown` the whole screen whenever it changed, `heartbeat` that
/// all of it still holds. The id of an event is that of the last call which it tells: with it in `Last-Event-ID`, or in
/// `after` of the address, whoever was away hears what was called meanwhile, if that is not long ago.
pub async fn live(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>> + Send + use<>>, Refusal> {
    let Some(place) = Place::take(&desk) else {
        let words =
            sentence("More displays are open than this desk serves: close those that nobody looks at.");
        return Err(Refusal(StatusCode::SERVICE_UNAVAILABLE, words));
    };
    let resumed = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let mut news = desk.display.news.subscribe();
    news.mark_changed();
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let told = resumed.or(asked.after);
    let stopping = desk.stopping.clone();
    let screen =
        Screen { _place: place, desk, asked, news, heartbeat, stopping, told, ready: VecDeque::new() };
    Ok(Sse::new(futures_util::stream::unfold(screen, |mut screen| async move {
        let event = screen.next().await?;
        Some((Ok(event), screen))
    })))
}

/// One of the places for screens; free again when its stream ends.
struct Place(Arc<Desk>);

impl Place {
    fn take(desk: &Arc<Desk>) -> Option<Self> {
        let taken = |open: usize| (open < MOST).then_some(open + 1);
        let open = &desk.display.open;
        open.fetch_update(Ordering::AcqRel, Ordering::Acquire, taken).ok().map(|_| Self(Arc::clone(desk)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.display.open.fetch_sub(1, Ordering::AcqRel);
    }
}

struct Screen {
    _place: Place,
    desk: Arc<Desk>,
    asked: Asked,
    news: watch::Receiver<Option<Arc<Known>>>,
    heartbeat: tokio::time::Interval,
    stopping: watch::Receiver<bool>,
    /// The last call that was told; none while the screen has only just begun.
    told: Option<i64>,
    ready: VecDeque<Event>,
}

impl Screen {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            tokio::select! {
                changed = self.news.changed() => {
                    changed.ok()?;
                    self.tell();
                }
                _ = self.heartbeat.tick() => {
                    if self.desk.display.is_younger_than(FRESH) {
                        let beat = serde_json::json!({ "now": Utc::now().timestamp_millis() });
                        return Some(Event::default().event("heartbeat").data(beat.to_string()));
                    }
                }
                () = async { drop(self.stopping.wait_for(|stopping| *stopping).await) } => return None,
            }
        }
    }

    fn tell(&mut self) {
        let Some(known) = self.news.borrow_and_update().clone() else { return };
        let Known { news, clinic, voices } = &*known;
        let wanted = Wanted::read(&self.asked, clinic, StaffLanguage::default());
        let reader = Reader { clinic, wanted: &wanted };
        let now = Utc::now();
        // A store that was put back from a backup counts from an earlier call on.
        let after = self.told.map(|told| if told > news.highest { 0 } else { told });
        for call in after.map(|after| reader.to_speak(news, after, now)).unwrap_or_default() {
            self.ready.extend(event("call", &call, call.id));
        }
        self.told = Some(news.highest);
        self.ready.extend(event("shown", &reader.shown(news, voices, now), news.highest));
    }
}

fn event<T: serde::Serialize>(name: &str, data: &T, id: i64) -> Option<Event> {
    let data = serde_json::to_string(data).ok()?;
    Some(Event::default().event(name).id(id.to_string()).data(data))
}
