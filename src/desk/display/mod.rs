//! The displays of the waiting rooms: which numbers are called to where, seen and spoken, on screens where nobody signs in.
//!
//! **Invariant:** what goes out here is made of ticket numbers, service points and services. No name, and nothing else of
//! a patient, is read for it.

mod live;
mod page;
mod screens;
mod shown;
mod speech;
mod spoken;
mod wanted;

pub use screens::ScreenPresence;

use super::action::parsed;
use super::language::sentence;
use super::people::Signed;
use super::{BETWEEN_BOARDS, Desk, Refusal, locked};
use crate::clinic::Clinic;
use crate::front_desk::role::Permission;
use crate::speech::Unspoken;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use screens::{Screens, Sound};
use serde::Deserialize;
use shown::News;
use speech::Speech;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// A service runs late by time alone, and another process may have called.
const LOOK_EVERY: Duration = Duration::from_secs(4);
/// How often the waits are estimated.
const RECKON_EVERY: Duration = Duration::from_secs(15);
/// What a screen says of itself is two dozen characters.
const LARGEST_BEAT: usize = 2048;
const LONGEST_SCREEN: usize = 40;

/// What the displays share.
pub struct Display {
    news: watch::Sender<Option<Arc<Known>>>,
    /// When that was read last, whether it had changed or not.
    read_at: Mutex<Option<Instant>>,
    speech: Speech,
    screens: Mutex<Screens>,
    /// How many streams are open.
    open: AtomicUsize,
}

/// What the screens are told, and with what it is put into words.
struct Known {
    news: News,
    clinic: Arc<Clinic>,
    voices: Vec<String>,
}

impl Display {
    /// With the displays that were there before the desk started.
    pub fn new(kept: Vec<(String, DateTime<Utc>)>) -> Self {
        Self {
            news: watch::Sender::new(None),
            read_at: Mutex::default(),
            speech: Speech::new(),
            screens: Mutex::new(Screens::known_from(kept)),
            open: AtomicUsize::new(0),
        }
    }

    /// Every display, for staff.
    pub fn presence(&self, now: DateTime<Utc>) -> Vec<ScreenPresence> {
        locked(&self.screens).presence(now)
    }

    fn is_younger_than(&self, age: Duration) -> bool {
        locked(&self.read_at).is_some_and(|at| at.elapsed() < age)
    }
}

/// What the screens on the walls ask for.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/display", get(page::page))
        .route("/display/live", get(live::live))
        .route("/display/speech/{call}", get(speak))
        .route("/display/beat", post(beat).layer(DefaultBodyLimit::max(LARGEST_BEAT)))
}

/// What staff do with the displays.
pub fn staff_routes() -> Router<Arc<Desk>> {
    Router::new().route("/api/displays/forget", post(forget))
}

/// Reads what there is to show whenever something happened.
pub async fn publish(desk: &Desk) {
    let mut position = desk.position.subscribe();
    let mut waits = Vec::new();
    let mut reckoned: Option<Instant> = None;
    loop {
        let clinic = desk.clinic.now();
        let offered = clinic.languages.iter().filter_map(|code| clinic.words.language(code));
        desk.display.speech.look(offered.collect()).await;
        let with = Arc::clone(&clinic);
        // An estimate is told in steps of minutes: a call need not wait for a new one.
        if reckoned.is_none_or(|at| at.elapsed() > RECKON_EVERY) {
            let with = Arc::clone(&clinic);
            if let Ok(now) = desk.ask(move |store| shown::waits(store, &with, Utc::now())).await {
                waits = now;
                reckoned = Some(Instant::now());
            }
        }
        let with_waits = waits.clone();
        // While the store fails nothing is told as fresh, and the screens say so.
        if let Ok(news) = desk.ask(move |store| News::read(store, &with, with_waits, Utc::now())).await {
            let voices =
                desk.display.speech.languages().into_iter().map(|it| it.code().to_string()).collect();
            *locked(&desk.display.read_at) = Some(Instant::now());
            let read = Known { news, clinic, voices };
            desk.display.news.send_if_modified(|known| {
                let same = known.as_ref().is_some_and(|known| {
                    known.news == read.news
                        && Arc::ptr_eq(&known.clinic, &read.clinic)
                        && known.voices == read.voices
                });
                if !same {
                    *known = Some(Arc::new(read));
                }
                !same
            });
        }
        tokio::time::sleep(BETWEEN_BOARDS).await;
        tokio::select! {
            changed = position.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

#[derive(Deserialize)]
struct Tongue {
    language: String,
}

/// `GET /display/speech/{call}.wav?language=…`: a call as sound.
async fn speak(
    State(desk): State<Arc<Desk>>,
    Path(file): Path<String>,
    Query(Tongue { language }): Query<Tongue>,
) -> Result<Response, Refusal> {
    let no_such = || Refusal(StatusCode::NOT_FOUND, "There is no such call: it was taken back.".into());
    let id: i64 = file.strip_suffix(".wav").and_then(|id| id.parse().ok()).ok_or_else(no_such)?;
    let call = desk.ask(move |store| store.patient_call(id)).await?.ok_or_else(no_such)?;
    let clinic = desk.clinic.now();
    let (language, sentence) = shown::said(&clinic, &call, &language)
        .ok_or_else(|| Refusal(StatusCode::NOT_FOUND, "The clinic does not speak this language.".into()))?;
    match desk.display.speech.say(language, &sentence).await {
        Ok(sound) => Ok(([(header::CONTENT_TYPE, "audio/wav")], sound.to_vec()).into_response()),
        Err(error) => {
            if matches!(error, Unspoken::Failed(_)) {
                tracing::warn!(language = language.code(), "{error}");
            }
            Err(Refusal(StatusCode::SERVICE_UNAVAILABLE, error.to_string().into()))
        }
    }
}

#[derive(Deserialize)]
struct Beat {
    name: String,
    /// What the screen calls itself: two of one name are told apart by it.
    screen: String,
    sound: Sound,
}

/// `POST /display/beat`: a screen is alive.
async fn beat(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<StatusCode, Refusal> {
    let Beat { name, screen, sound } = parsed(&body)?;
    let name = wanted::screen_name(&name).filter(|_| screen.len() <= LONGEST_SCREEN).ok_or_else(|| {
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, "A display says its name in a few characters.".into())
    })?;
    let now = Utc::now();
    let heard = locked(&desk.display.screens).hear(&name, &screen, sound, now);
    match heard {
        Some(true) => desk.ask(move |store| store.note_display(&name, now)).await?,
        Some(false) => {}
        None => {
            let words = sentence(
                "More displays have been here than this desk keeps: take away names in the list of displays.",
            );
            return Err(Refusal(StatusCode::SERVICE_UNAVAILABLE, words));
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Forgotten {
    name: String,
}

/// `POST /api/displays/forget`: a display was taken away.
async fn forget(who: Signed, State(desk): State<Arc<Desk>>, body: Bytes) -> Result<StatusCode, Refusal> {
    who.may(Permission::Queue)?;
    let Forgotten { name } = parsed(&body)?;
    locked(&desk.display.screens).forget(&name);
    desk.ask_as(&who, move |store| store.forget_display(&name)).await?;
    desk.refresh.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
