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
mod book;
mod booking;
mod conflicts;
mod display;
mod fleet;
mod frame;
mod guard;
mod kiosks;
mod language;
mod live;
mod metrics;
mod page;
mod payments;
mod people;
mod queue;
mod retention;
mod run;
#[cfg(test)]
mod samples;
mod steady_clock;
mod store_trouble;
mod supervisor;
mod table;

pub use people::hash_password;
pub use run::{administrator_code, first_administrator_code, run, store_path};

use crate::clinic::{Clinic, InForce};
use crate::store::{Store, StoreError, StoreHandle};
use crate::watchdog::{SignsOfLife, Watchdog};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use board::words::Reader;
use board::{Audience, Board, Boards, Published, Seen};
use chrono::{DateTime, Utc};
use language::Sentence;
use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use steady_clock::SteadyClock;
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
        address: SocketAddr,
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
    /// The last position of any fact: whoever waits for something new waits for this to grow.
    position: watch::Sender<u64>,
    /// The latest board for each audience that somebody is of.
    boards: Boards,
    /// What keeps the store from doing its work, in words; empty while nothing does.
    trouble: watch::Sender<Sentence>,
    /// Rebuild the board although no fact was added.
    refresh: tokio::sync::Notify,
    heard: Mutex<kiosks::Heard>,
    copies: Mutex<HashMap<uuid::Uuid, CopyAsked>>,
    display: display::Display,
    fleet: Mutex<fleet::Fleet>,
    figures: metrics::Figures,
    /// Whose lines were seen on the board, as far as the audit trail has it.
    seen: Mutex<people::SeenOnBoard>,
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
    let (in_force, adopted) = adopt::at_start(Arc::clone(&clinic), &store).await?;
    let (position, displays, fleet) = store
        .run_async(|store| Ok((store.last_position()?, store.displays()?, fleet::Fleet::read(store)?)))
        .await?;
    let (stop, stopping) = watch::channel(false);
    let desk = Arc::new(Desk {
        heard: Mutex::new(kiosks::Heard::new(&clinic, Utc::now())),
        clinic: in_force,
        adopted: Mutex::new(adopted),
        store,
        position: watch::Sender::new(position),
        boards: Boards::default(),
        trouble: watch::Sender::new(Sentence::default()),
        refresh: tokio::sync::Notify::new(),
        copies: Mutex::default(),
        display: display::Display::new(displays),
        fleet: Mutex::new(fleet),
        figures: metrics::Figures::default(),
        seen: Mutex::default(),
        stopping,
    });
    // Who fails to sign in is counted by their address.
    let router = router(Arc::clone(&desk)).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        shutdown.await;
        // Held feeds and live pages end now instead of keeping the server from stopping.
        stop.send_replace(true);
    });
    tokio::select! {
        ended = async { serving.await } => Ok(ended?),
        () = watch_the_clock(&desk) => Ok(()),
        () = publish(&desk) => Ok(()),
        () = display::publish(&desk) => Ok(()),
        () = fleet::watch_over(&desk) => Ok(()),
        () = retention::delete_what_is_over(&desk) => Ok(()),
        () = say_that_it_goes_on(&desk) => Ok(()),
    }
}

/// Tells the service manager how the desk is: from among all that it serves, so that it is silent when that stands still.
async fn say_that_it_goes_on(desk: &Desk) {
    let mut watchdog = Watchdog::new(SignsOfLife::default());
    loop {
        watchdog.look(&desk.store, Instant::now());
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

fn router(desk: Arc<Desk>) -> Router {
    let kiosks = Router::new()
        .route("/link/facts", post(kiosks::take_facts).layer(DefaultBodyLimit::max(LARGEST_DELIVERY)))
        .route("/link/feed", get(kiosks::feed))
        .route("/link/bookings", post(booking::decide))
        .route("/link/requests", post(kiosks::take_request))
        .route("/link/heartbeat", post(fleet::heartbeat))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&desk), guard::kiosks_only));
    let open = Router::new()
        .merge(page::routes())
        // Whoever is not signed in is told no more than that somewhere an emergency waits.
        .route("/api/live", get(live::live))
        .merge(people::open_routes());
    let signed_in = Router::new()
        .route("/api/board", get(live::board))
        .merge(supervisor::routes())
        .route("/api/visits/{id}/answers", get(answers::answers))
        .merge(action::routes())
        .merge(book::routes())
        .merge(payments::routes())
        .merge(fleet::routes())
        .merge(queue::routes())
        .merge(display::staff_routes())
        .route("/api/requests/{id}/carry-out", post(booking::carry_out))
        .route("/api/requests/{id}/decline-offer", post(booking::decline_offer))
        .route("/api/slots/search", post(booking::search))
        .merge(people::routes())
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&desk), people::signed_in_only));
    let staff = open
        .merge(signed_in)
        .layer(axum::middleware::from_fn(guard::same_site_only))
        .layer(axum::middleware::from_fn(language::say_refusals));
    // On the wall nobody signs in.
    let displays = display::routes().layer(axum::middleware::from_fn(guard::same_site_only));
    Router::new()
        .merge(staff)
        .merge(displays)
        .merge(kiosks)
        .merge(payments::provider_routes())
        .route("/health", get(live::health))
        .route("/metrics", get(metrics::metrics))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&desk), metrics::count_requests))
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
    let mut clock = SteadyClock::new(Utc::now(), Instant::now());
    loop {
        tick.tick().await;
        let now = Utc::now();
        let settled = clock.has_settled(now, Instant::now());
        let troubled = *desk.trouble.borrow() != Sentence::default();
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
            store.flag_long_waits(&clinic, now)?;
            if settled {
                store.end_days(&clinic, now)?;
            }
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
            desk.set_trouble(None);
        }
        desk.reached(position);
        if adopt::look(desk).await {
            desk.refresh.notify_one();
        }
        let today = now.with_timezone(&desk.clinic.now().zone).date_naive();
        let kiosks: Vec<_> =
            desk.presence(now).into_iter().map(|k| (k.connected, k.silent, k.twice)).collect();
        // Some of what the board says changes by time alone, such as paper that nobody reported.
        let displays: Vec<_> = desk
            .display
            .presence(now)
            .into_iter()
            .map(|it| (it.name, it.connected, it.gone, it.sound))
            .collect();
        let seen = Some((today, kiosks, displays, troubled, now.timestamp() / STALE_AFTER.as_secs() as i64));
        if seen != before {
            before = seen;
            desk.refresh.notify_one();
        }
    }
}

/// Builds the board whenever something happened; every page of an audience gets the same one.
async fn publish(desk: &Desk) {
    let mut position = desk.position.subscribe();
    loop {
        // What went wrong was told already; the pages keep the last board and say that it is not to be
        // relied on.
        let audiences: Vec<_> = desk.boards.read().collect();
        for audience in audiences {
            if let Ok(board) = desk.read_board(audience).await {
                desk.boards.put(audience, board);
            }
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
        let began = Instant::now();
        let answer = self.store.run_async(work).await;
        self.figures.store_answered(began.elapsed(), answer.is_err());
        if let Err(error) = &answer {
            self.set_trouble(Some(error));
        }
        answer
    }

    fn set_trouble(&self, error: Option<&StoreError>) {
        let words = error.map(store_trouble::words).unwrap_or_default();
        let changed = self.trouble.send_if_modified(|trouble| {
            let before = std::mem::replace(trouble, words);
            before != *trouble
        });
        match (changed, error) {
            (true, None) => tracing::info!("the store works again"),
            (true, Some(error)) => tracing::error!("{error}"),
            (false, _) => {}
        }
    }

    /// The same for somebody who is signed in: what they change is in the audit trail as theirs, in the same
    /// transaction, and looks that the work notes are, too.
    async fn ask_as<T: Send + 'static>(
        &self,
        who: &people::Signed,
        work: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let actor = who.actor();
        self.ask(move |store| store.acting(actor, work)).await
    }

    async fn read_board(&self, audience: Audience) -> Result<Published, StoreError> {
        let now = Utc::now();
        let clinic = self.clinic.now();
        let seen = Seen {
            kiosks: self.presence(now),
            copies: locked(&self.copies).clone(),
            routines: locked(&self.adopted).notes(),
            displays: self.display.presence(now),
        };
        self.ask(move |store| {
            let Audience { language, sees_money } = audience;
            let reader = Reader { clinic: &clinic, language, now, sees_money };
            // Before what is read: whatever comes meanwhile makes the next board.
            let position = store.last_position()?;
            Board::read(store, reader, &seen)?.publish(language, position)
        })
        .await
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

/// An answer that is not what was asked for, in words for whoever reads it; they are said in the reader's language by
/// [`language::say_refusals`].
struct Refusal(StatusCode, Sentence);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let english = axum::Json(serde_json::json!({ "error": self.1.to_string() }));
        (self.0, Extension(self.1), english).into_response()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, store_trouble::words(&error))
    }
}
