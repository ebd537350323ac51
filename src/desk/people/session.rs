//! Who sends a request: the session that its cookie proves.

use super::Signed;
use super::cookies::Cookie;
use crate::desk::language::StaffLanguage;
use crate::desk::{Desk, Refusal};
use crate::store::Session;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{TimeDelta, Utc};
use std::sync::Arc;

/// That somebody acts is written down this often at most.
const USED_EVERY: TimeDelta = TimeDelta::seconds(15);

/// The header by which a page says whose it is. Where it is another's than the session's, somebody else has signed in
/// since in another window of that browser.
const PERSON_HEADER: &str = "x-vestibule-person";

impl Signed {
    pub(super) fn of(session: &Session) -> Self {
        let account = &session.account;
        Self {
            id: account.id,
            name: account.name.clone(),
            role: account.role,
            language: language(&account.language),
            session: session.id,
        }
    }
}

/// A language that the desk has no longer is read as the one in which everything is written.
pub fn language(code: &str) -> StaffLanguage {
    StaffLanguage::from_code(code).unwrap_or_default()
}

/// What whoever is not signed in is told.
pub fn nobody() -> Refusal {
    Refusal(StatusCode::UNAUTHORIZED, "Sign in first.".into())
}

/// Lets in whoever is signed in, and says who it is to whatever comes after.
pub async fn signed_in_only(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    // What the page asks for by itself is no act of a person; what it sends is.
    let is_act = request.method() != Method::GET;
    match who(&desk, request.headers(), is_act).await {
        Ok(Some(session)) if is_of(request.headers(), &session) => {
            let who = Signed::of(&session);
            let language = who.language;
            request.extensions_mut().insert(who);
            let mut response = next.run(request).await;
            response.extensions_mut().insert(language);
            response
        }
        Ok(_) => nobody().into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Whether a page is that of the person whose session its browser has.
fn is_of(headers: &HeaderMap, session: &Session) -> bool {
    headers.get(PERSON_HEADER).is_none_or(|said| said.as_bytes() == session.account.id.to_string().as_bytes())
}

/// The session of whoever sends this, if they are signed in.
pub async fn who(desk: &Desk, headers: &HeaderMap, is_act: bool) -> Result<Option<Session>, Refusal> {
    let clinic = desk.clinic.now();
    let Some(token) = Cookie::Session.read(headers, clinic.practice) else { return Ok(None) };
    let (limits, now) = (clinic.session, Utc::now());
    let found = desk.ask(move |store| store.session(&token.print(), limits, now)).await?;
    if let Some(session) = &found
        && is_act
        && now - session.used_at >= USED_EVERY.min(limits.idle / 4)
    {
        let id = session.id;
        // Where it cannot be written down (the disk is full), what the person does matters more.
        let noted = desk.store.tell(move |store| {
            if let Err(error) = store.use_session(id, now) {
                tracing::warn!("that somebody is active could not be kept: {error}");
            }
        });
        if let Err(error) = noted {
            tracing::warn!("that somebody is active could not be kept: {error}");
        }
    }
    Ok(found)
}

/// Who sits before a page that stays open, for as long as they are signed in.
pub struct Presence(Option<Signed>);

impl Presence {
    /// Whoever opens the page.
    pub async fn of(desk: &Desk, headers: &HeaderMap) -> Result<Self, Refusal> {
        Ok(Self(who(desk, headers, false).await?.map(|session| Signed::of(&session))))
    }

    /// Whoever it was when they were last looked at.
    pub fn who(&self) -> Option<&Signed> {
        self.0.as_ref()
    }

    /// Who it is now; nobody once the session has ended. Once ended it does not begin again: the page comes anew.
    pub async fn now(&mut self, desk: &Desk) -> Option<&Signed> {
        let session = self.0.as_ref()?.session;
        let limits = desk.clinic.now().session;
        let holds = desk.ask(move |store| store.session_of(session, limits, Utc::now())).await;
        match holds {
            Ok(None) => self.0 = None,
            Ok(Some(session)) => self.0 = Some(Signed::of(&session)),
            // The page says that the store does not work; whoever was signed in still is.
            Err(_) => {}
        }
        self.0.as_ref()
    }
}
