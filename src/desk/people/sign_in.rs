//! Signing in: with name and password, or with the personal number in a browser where the password was given lately.
//!
//! Nobody can tell from the answer, or from how long it takes, whether a name exists. Whoever fails waits, longer each
//! time; a browser in which a person has signed in before is counted by itself, so that nobody can keep others away
//! from their own desk by failing in their name.

use super::cookies::Cookie;
use super::hashing;
use super::me::Me;
use super::session::who;
use crate::desk::action::parsed;
use crate::desk::language::sentence;
use crate::desk::{Desk, Refusal};
use crate::front_desk::password::{Password, Pin};
use crate::front_desk::sign_in::Tried;
use crate::store::{Account, NewSession, Secret};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

const LONGEST_NAME: usize = 60;

#[derive(Deserialize)]
struct SigningIn {
    /// The name that was typed…
    #[serde(default)]
    name: String,
    /// …or the person that was chosen among those who used this browser.
    #[serde(default)]
    person: Option<Uuid>,
    #[serde(default)]
    password: String,
    #[serde(default)]
    pin: String,
}

/// What the page needs to ask who is there.
#[derive(Serialize)]
pub struct WhoWasHere {
    clinic: String,
    practice: bool,
    /// Whether nobody has an account yet: the first administrator is made with a code.
    is_new: bool,
    people: Vec<WasHere>,
}

#[derive(Serialize)]
struct WasHere {
    id: Uuid,
    name: String,
    pin_is_enough: bool,
}

/// `GET /api/sign-in`: who used this browser before.
pub async fn who_was_here(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
) -> Result<Json<WhoWasHere>, Refusal> {
    let clinic = desk.clinic.now();
    let browser = Cookie::Browser.read(&headers, clinic.practice);
    let (is_new, known) = desk
        .ask(move |store| {
            let known = match browser {
                Some(browser) => store.known_here(&browser.print(), Utc::now())?,
                None => Vec::new(),
            };
            Ok((store.staff_count()? == 0, known))
        })
        .await?;
    let people = known.into_iter().map(|known| WasHere {
        id: known.account.id,
        name: known.account.name,
        pin_is_enough: known.pin_is_enough,
    });
    Ok(Json(WhoWasHere {
        clinic: clinic.name.clone(),
        practice: clinic.practice,
        is_new,
        people: people.collect(),
    }))
}

/// `POST /api/sign-in`.
pub async fn sign_in(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let asked: SigningIn = parsed(&body)?;
    let browser = Cookie::Browser.read(&headers, desk.clinic.now().practice);
    let (account, with_password) = if asked.pin.is_empty() {
        (by_password(&desk, address, browser.as_ref(), asked).await?, true)
    } else {
        (by_pin(&desk, browser.as_ref(), asked).await?, false)
    };
    begin(&desk, &headers, browser, &account, with_password).await
}

async fn by_password(
    desk: &Desk,
    address: SocketAddr,
    browser: Option<&Secret>,
    asked: SigningIn,
) -> Result<Account, Refusal> {
    let SigningIn { name, person, password, .. } = asked;
    let name: String = name.trim().to_lowercase().chars().take(LONGEST_NAME).collect();
    let browser = browser.map(Secret::print);
    let (keys, account, hash, wait) = desk
        .ask(move |store| {
            let now = Utc::now();
            let known = match &browser {
                Some(browser) => store.known_here(browser, now)?,
                None => Vec::new(),
            };
            // Only who was here can be chosen: ids are no way to find out who exists.
            let chosen = person.and_then(|person| known.iter().find(|known| known.account.id == person));
            let name = chosen.map_or(name, |known| known.account.sign_in.clone());
            let found = store.account_named(&name)?.filter(|(account, _)| account.is_active);
            let own = found
                .as_ref()
                .is_some_and(|(account, _)| known.iter().any(|known| known.account.id == account.id));
            let account_key = match (&browser, own) {
                (Some(browser), true) => format!("{name} {browser:?}"),
                _ => name,
            };
            let keys = [(Tried::Account, account_key), (Tried::Address, address.ip().to_string())];
            let wait = store.try_sign_in(&keys, now)?;
            let (account, hash) = found.map_or((None, None), |(account, hash)| (Some(account), hash));
            Ok((keys, account, hash, wait))
        })
        .await?;
    if let Some(until) = wait {
        return Err(too_soon(until));
    }
    let fits = hashing::fits(Password::typed(&password), hash).await?;
    match account {
        Some(account) if fits => {
            desk.ask(move |store| store.tried_well(&keys)).await?;
            Ok(account)
        }
        account => {
            tracing::warn!("a sign-in failed");
            desk.ask(move |store| store.note_failed_sign_in(account.as_ref(), Utc::now())).await?;
            Err(Refusal(StatusCode::UNAUTHORIZED, "Name or password is wrong.".into()))
        }
    }
}

async fn by_pin(desk: &Desk, browser: Option<&Secret>, asked: SigningIn) -> Result<Account, Refusal> {
    let needs_password = || {
        let words = sentence("Your personal number is not enough here now: give your password.");
        Refusal(StatusCode::FORBIDDEN, words)
    };
    let pin = Pin::typed(&asked.pin)
        .map_err(|fault| Refusal(StatusCode::UNAUTHORIZED, fault.to_string().into()))?;
    let (Some(browser), Some(person)) = (browser.map(Secret::print), asked.person) else {
        return Err(needs_password());
    };
    let found = desk
        .ask(move |store| {
            if !store.try_pin(&browser, person, Utc::now())? {
                return Ok(None);
            }
            Ok(store.account_of(person)?.filter(|account| account.is_active).zip(store.pin_of(person)?))
        })
        .await?;
    let Some((account, hash)) = found else { return Err(needs_password()) };
    if hashing::pin_fits(pin, Some(hash)).await? {
        return Ok(account);
    }
    tracing::warn!("a sign-in with a personal number failed");
    desk.ask(move |store| store.note_failed_sign_in(Some(&account), Utc::now())).await?;
    Err(Refusal(StatusCode::UNAUTHORIZED, "This is not your personal number.".into()))
}

/// Says until when to wait, and nothing else: not whether the name exists.
pub fn too_soon(until: DateTime<Utc>) -> Refusal {
    let seconds = (until - Utc::now()).num_seconds().max(0) + 1;
    let words = match seconds {
        1 => sentence("Too many tries: try again in a second."),
        2..=119 => sentence("Too many tries: try again in {seconds} seconds.").with("seconds", seconds),
        _ => sentence("Too many tries: try again in {minutes} minutes.").with("minutes", (seconds + 59) / 60),
    };
    Refusal(StatusCode::TOO_MANY_REQUESTS, words)
}

/// Begins a session for whoever has proved who they are, in the place of the one before.
pub async fn begin(
    desk: &Desk,
    headers: &HeaderMap,
    browser: Option<Secret>,
    account: &Account,
    with_password: bool,
) -> Result<Response, Refusal> {
    let before = who(desk, headers, false).await?.map(|session| session.id);
    let token = Secret::token()?;
    let browser = match browser {
        Some(browser) => browser,
        None => Secret::token()?,
    };
    let new = NewSession {
        id: Uuid::now_v7(),
        token: token.print(),
        browser: browser.print(),
        person: account.id,
        with_password,
    };
    let now = Utc::now();
    let limits = desk.clinic.now().session;
    let session = desk
        .ask(move |store| {
            store.begin_session(&new, before, now)?;
            store.session_of(new.id, limits, now)
        })
        .await?;
    let session = session.ok_or_else(super::session::nobody)?;
    let practice = desk.clinic.now().practice;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, Cookie::Session.keep(&token, headers, practice)?),
        (header::SET_COOKIE, Cookie::Browser.keep(&browser, headers, practice)?),
    ]);
    Ok((cookies, Json(Me::of(&session, limits, now))).into_response())
}
