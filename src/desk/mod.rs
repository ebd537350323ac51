//! The desk: where people are. It takes what kiosks deliver, feeds them what happened elsewhere, and shows
//! staff what needs them, live.
//!
//! **Invariant:** nothing here keeps what matters in memory. Requests, their times to act and the arrivals
//! are rows of the store; what is in memory (who was heard of when, copies just asked for) may be forgotten
//! by a restart without harm.

mod action;
mod adopt;
mod answers;
mod board;
mod booking;
mod conflicts;
mod guard;
mod kiosks;
mod live;
mod page;
mod payments;
mod run;
#[cfg(test)]
mod samples;
mod supervisor;

pub use payments::ProviderKey;
pub use run::{run, store_path};

use crate::clinic::{Clinic, InForce};
use crate::store::{Store, StoreError, StoreHandle};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use board::{Board, Seen};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Why the desk cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Its store cannot be used.
    #[error("the desk cannot begin: {0}")]
    Store(#[from] StoreError),
    /// Its address cannot be used.
    #[error(
        "the desk cannot listen at {address}: {reason}. If it is in use, a desk runs already; otherwise correct desk.address in clinic.toml"
    )]
    Address {
        /// Which address.
        address: std::net::SocketAddr,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The network cannot be used.
    #[error("the desk can no longer listen ({0}): check desk.address in clinic.toml and restart")]
    Listen(#[from] std::io::Error),
}

/// The largest delivery that is read; a hundred facts are far smaller.
const LARGEST_DELIVERY: usize = 8 * 1024 * 1024;
/// How often overdue requests, the day and other processes' changes are looked for.
const TICK: Duration = Duration::from_secs(1);
/// How often it is tried whether the disk still takes something; while it does not, at every tick.
const CHECK_DISK_EVERY: Duration = Duration::from_secs(30);
/// A board older than this is built anew although nothing happened.
const STALE_AFTER: Duration = Duration::from_secs(10);
/// A burst of facts makes one new board, not hundreds.
const BETWEEN_BOARDS: Duration = Duration::from_millis(100);

/// A request to print a copy that has not been answered by paper yet.
#[derive(Debug, Clone)]
struct CopyAsked {
    by: String,
    at: DateTime<Utc>,
}

/// What the handlers share.
struct Desk {
    clinic: InForce,
    adopted: Mutex<adopt::Adopted>,
    store: StoreHandle,
    /// What the payment provider signs its calls with.
    provider: ProviderKey,
    /// The last position of any fact: whoever waits for something new waits for this to grow.
    position: watch::Sender<u64>,
    /// The latest board as JSON; empty until there is one.
    board: watch::Sender<Arc<str>>,
    /// What keeps the store from doing its work, in words; empty while nothing does.
    trouble: watch::Sender<Arc<str>>,
    /// Rebuild the board although no fact was added.
    refresh: tokio::sync::Notify,
    heard: Mutex<kiosks::Heard>,
    copies: Mutex<HashMap<uuid::Uuid, CopyAsked>>,
    stopping: watch::Receiver<bool>,
}

/// Serves the desk until `shutdown` ends. The store must have been opened as
/// [`crate::link::fact::DESK`]'s; clones of its handle may be used beside this.
pub async fn serve(
    clinic: Arc<Clinic>,
    store: StoreHandle,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), DeskError> {
    let provider = ProviderKey::new(clinic.provider_key.clone());
    serve_with(clinic, store, provider, listener, shutdown).await
}

/// Serves the desk as [`serve`] does, and hears the calls of a payment provider that has this key.
pub async fn serve_with(
    clinic: Arc<Clinic>,
    store: StoreHandle,
    provider: ProviderKey,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), DeskError> {
    let (in_force, adopted) = adopt::at_start(Arc::clone(&clinic), &store).await?;
    let position = store.run_async(|store| store.last_position()).await?;
    let (stop, stopping) = watch::channel(false);
    let desk = Arc::new(Desk {
        heard: Mutex::new(kiosks::Heard::new(&clinic, Utc::now())),
        clinic: in_force,
        adopted: Mutex::new(adopted),
        store,
        provider,
        position: watch::Sender::new(position),
        board: watch::Sender::new("".into()),
        trouble: watch::Sender::new("".into()),
        refresh: tokio::sync::Notify::new(),
        copies: Mutex::default(),
        stopping,
    });
    let router = router(Arc::clone(&desk));
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        shutdown.await;
        // Held feeds and live pages end now instead of keeping the server from stopping.
        stop.send_replace(true);
    });
    tokio::select! {
        ended = async { serving.await } => Ok(ended?),
        () = watch_the_clock(&desk) => Ok(()),
        () = publish(&desk) => Ok(()),
    }
}

fn router(desk: Arc<Desk>) -> Router {
    let kiosks = Router::new()
        .route("/link/facts", post(kiosks::take_facts).layer(DefaultBodyLimit::max(LARGEST_DELIVERY)))
        .route("/link/feed", get(kiosks::feed))
        .route("/link/bookings", post(booking::decide))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&desk), guard::kiosks_only));
    let staff = Router::new()
        .merge(page::routes())
        .route("/api/board", get(live::board))
        .route("/api/live", get(live::live))
        .route("/api/supervisor", get(supervisor::overview))
        .route("/api/visits/{id}/answers", get(answers::answers))
        .merge(action::routes())
        .merge(payments::routes())
        .route("/api/requests/{id}/carry-out", post(booking::carry_out))
        .route("/api/requests/{id}/decline-offer", post(booking::decline_offer))
        .route("/api/slots/search", post(booking::search))
        .layer(axum::middleware::from_fn(guard::same_site_only));
    Router::new()
        .merge(staff)
        .merge(kiosks)
        .merge(payments::provider_routes())
        .route("/health", get(live::health))
        .layer(axum::middleware::map_response(guard::harden))
        .with_state(desk)
}

/// Escalates what nobody acknowledged, passes freed times on to the next who waits, and notices what changed without a word to this process: another
/// process importing into the same store, midnight, a kiosk that fell silent, a copy that never came out, a
/// disk that filled up or has room again.
async fn watch_the_clock(desk: &Desk) {
    let mut tick = tokio::time::interval(TICK);
    let mut before = None;
    let mut checked: Option<Instant> = None;
    let mut looked_at = None;
    loop {
        tick.tick().await;
        let now = Utc::now();
        let troubled = !desk.trouble.borrow().is_empty();
        let check = troubled || checked.is_none_or(|checked| checked.elapsed() > CHECK_DISK_EVERY);
        let clinic = desk.clinic.now();
        let asked = desk.ask(move |store| {
            if check {
                store.check_disk()?;
            }
            // Another process may have changed the book.
            let reached = store.last_position()?;
            if looked_at != Some(reached) {
                conflicts::raise(store, &clinic, looked_at, now)?;
            }
            store.ask_about_duplicates(&clinic, now)?;
            store.settle_waiting_list(&clinic, now)?;
            Ok((store.escalate_overdue(now)?.len(), reached, store.last_position()?))
        });
        let Ok((escalated, reached, position)) = asked.await else { continue };
        // What came while conflicts were looked for is looked at the next time.
        looked_at = Some(reached);
        if escalated > 0 {
            tracing::warn!(escalated, "requests were not acknowledged in time");
        }
        if check {
            checked = Some(Instant::now());
            desk.set_trouble("");
        }
        desk.reached(position);
        if adopt::look(desk).await {
            desk.refresh.notify_one();
        }
        let today = now.with_timezone(&desk.clinic.now().zone).date_naive();
        let kiosks: Vec<_> =
            desk.heard().presence(now).into_iter().map(|k| (k.connected, k.silent, k.twice)).collect();
        // Some of what the board says changes by time alone, such as paper that nobody reported.
        let seen = Some((today, kiosks, troubled, now.timestamp() / STALE_AFTER.as_secs() as i64));
        if seen != before {
            before = seen;
            desk.refresh.notify_one();
        }
    }
}

/// Builds the board whenever something happened; every page gets the same one.
async fn publish(desk: &Desk) {
    let mut position = desk.position.subscribe();
    loop {
        // What went wrong was told already; the pages keep the last board and say that it is not to be
        // relied on.
        if let Ok(board) = desk.read_board().await {
            desk.board.send_replace(board.into());
        }
        tokio::time::sleep(BETWEEN_BOARDS).await;
        tokio::select! {
            changed = position.changed() => if changed.is_err() { return },
            () = desk.refresh.notified() => {}
        }
    }
}

impl Desk {
    /// Does some work with the store; whatever goes wrong there shows on every page until the store works.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let answer = self.store.run_async(work).await;
        if let Err(error) = &answer {
            self.set_trouble(&error.to_string());
        }
        answer
    }

    fn set_trouble(&self, words: &str) {
        let changed = self.trouble.send_if_modified(|trouble| {
            let changed = **trouble != *words;
            if changed {
                *trouble = words.into();
            }
            changed
        });
        match (changed, words) {
            (true, "") => tracing::info!("the store works again"),
            (true, words) => tracing::error!("{words}"),
            (false, _) => {}
        }
    }

    async fn read_board(&self) -> Result<String, StoreError> {
        let now = Utc::now();
        let clinic = self.clinic.now();
        let seen = Seen {
            kiosks: self.heard().presence(now),
            copies: locked(&self.copies).clone(),
            routines: locked(&self.adopted).notes(),
        };
        self.ask(move |store| Ok(serde_json::to_string(&Board::read(store, &clinic, seen, now)?)?)).await
    }

    /// The store has come this far; wakes whoever waits for it.
    fn reached(&self, position: u64) {
        self.position.send_if_modified(|known| {
            let further = position > *known;
            if further {
                *known = position;
            }
            further
        });
    }

    fn heard(&self) -> MutexGuard<'_, kiosks::Heard> {
        locked(&self.heard)
    }
}

/// A lock that a panic elsewhere does not take away: what it guards is whole after every statement.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An answer that is not what was asked for, in words for whoever reads it.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, axum::Json(serde_json::json!({ "error": self.1 }))).into_response()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}
