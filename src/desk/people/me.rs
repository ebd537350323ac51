//! What a person sees and does of their own: who they are here, staying, signing out, password and personal number.

use super::cookies::Cookie;
use super::session::language;
use super::{Signed, hashing};
use crate::desk::action::{Done, parsed, wrong};
use crate::desk::language::StaffLanguage;
use crate::desk::{Desk, Refusal};
use crate::front_desk::password::{Password, Pin};
use crate::front_desk::role::{Permission, Role};
use crate::front_desk::sign_in::{SessionLimits, Tried};
use crate::store::Session;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// Who is signed in, and what they are offered.
#[derive(Serialize)]
pub struct Me {
    id: Uuid,
    name: String,
    role: Role,
    /// What they are, in their language.
    role_words: String,
    language: StaffLanguage,
    may: Vec<Permission>,
    /// The page on which they begin.
    home: &'static str,
    has_pin: bool,
    /// In how many milliseconds the session ends unless they do something.
    ends_in: i64,
    /// In how many it ends whatever they do.
    ends_at_last_in: i64,
}

impl Me {
    /// A session as its page sees it.
    pub fn of(session: &Session, limits: SessionLimits, now: DateTime<Utc>) -> Self {
        let account = &session.account;
        let language = language(&account.language);
        let until = |end: DateTime<Utc>| (end - now).num_milliseconds().max(0);
        Self {
            id: account.id,
            name: account.name.clone(),
            role: account.role,
            role_words: language.say(account.role.words(), &[]),
            language,
            may: Permission::ALL.into_iter().filter(|what| account.role.may(*what)).collect(),
            home: if account.role.may(Permission::Requests) { "/" } else { "/people" },
            has_pin: account.has_pin,
            ends_in: until(limits.ends_at(session.begun_at, session.used_at)),
            ends_at_last_in: until(session.begun_at + limits.longest),
        }
    }
}

/// `GET /api/me`.
pub async fn me(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Json<Me>, Refusal> {
    let limits = desk.clinic.now().session;
    let now = Utc::now();
    let session = desk.ask(move |store| store.session_of(who.session, limits, now)).await?;
    session.map(|session| Json(Me::of(&session, limits, now))).ok_or_else(super::session::nobody)
}

/// `POST /api/me/stay`: the person is there, though they send nothing else.
pub async fn stay(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Json<Me>, Refusal> {
    let now = Utc::now();
    let session = who.session;
    desk.ask(move |store| store.use_session(session, now)).await?;
    me(State(desk), who).await
}

/// `POST /api/sign-out`.
pub async fn sign_out(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let actor = who.actor();
    desk.ask(move |store| store.end_session(who.session, &actor, Utc::now())).await?;
    let forgotten = Cookie::Session.forget(&headers, desk.clinic.now().practice)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, forgotten)]).into_response())
}

#[derive(Deserialize)]
struct NewPassword {
    /// The one so far.
    password: String,
    new: String,
}

/// `POST /api/me/password`.
pub async fn set_password(State(desk): State<Arc<Desk>>, who: Signed, body: Bytes) -> Done {
    let NewPassword { password, new } = parsed(&body)?;
    let account = prove(&desk, &who, &password).await?;
    let chosen = Password::choose(&new, &[&account.name, &account.sign_in])
        .map_err(|fault| wrong(fault.to_string()))?;
    let hash = hashing::hash(chosen).await?;
    let actor = who.actor();
    desk.ask(move |store| store.set_password(who.id, &hash, who.session, &actor, Utc::now())).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct NewPin {
    password: String,
    /// Empty to have none.
    pin: String,
}

/// `POST /api/me/pin`.
pub async fn set_pin(State(desk): State<Arc<Desk>>, who: Signed, body: Bytes) -> Done {
    let NewPin { password, pin } = parsed(&body)?;
    prove(&desk, &who, &password).await?;
    let hash = if pin.trim().is_empty() {
        None
    } else {
        let pin = Pin::choose(&pin).map_err(|fault| wrong(fault.to_string()))?;
        Some(hashing::hash_pin(pin).await?)
    };
    let actor = who.actor();
    desk.ask(move |store| store.set_pin(who.id, hash.as_ref(), &actor, Utc::now())).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Reads {
    language: StaffLanguage,
}

/// `POST /api/me/language`.
pub async fn set_language(State(desk): State<Arc<Desk>>, who: Signed, body: Bytes) -> Done {
    let Reads { language } = parsed(&body)?;
    desk.ask(move |store| store.set_staff_language(who.id, language.code())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whoever sits down at a desk that somebody left must not change how they sign in.
async fn prove(desk: &Desk, who: &Signed, password: &str) -> Result<crate::store::Account, Refusal> {
    let (id, session) = (who.id, who.session);
    let (account, hash, keys, wait) = desk
        .ask(move |store| {
            let keys = [(Tried::Account, format!("session {session}"))];
            let wait = store.try_sign_in(&keys, Utc::now())?;
            Ok((store.account_of(id)?, store.password_of(id)?, keys, wait))
        })
        .await?;
    if let Some(until) = wait {
        return Err(super::sign_in::too_soon(until));
    }
    let fits = hashing::fits(Password::typed(password), hash).await?;
    match account {
        Some(account) if fits => {
            desk.ask(move |store| store.tried_well(&keys)).await?;
            Ok(account)
        }
        _ => Err(wrong("This is not your password.")),
    }
}
