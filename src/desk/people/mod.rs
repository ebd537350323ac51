//! The people of the desk: who they are, what they may do, how they sign in, and the trail of what they did.
//!
//! **Invariant:** nothing but the pages themselves, signing in, and that somewhere an emergency waits is answered to
//! anybody who is not signed in: [`signed_in_only`] stands before every other route of staff.

mod account;
mod audit;
mod codes;
mod cookies;
mod hashing;
mod me;
mod seen;
mod session;
mod sign_in;

pub use hashing::hash_password;
pub use seen::SeenOnBoard;
pub use session::{Presence, signed_in_only};

use super::board::Audience;
use super::board::words::Reader;
use super::{Desk, Refusal, language::StaffLanguage};
use crate::clinic::Clinic;
use crate::front_desk::role::{Permission, Role};
use crate::store::Actor;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use uuid::Uuid;

/// Who is signed in, as an argument of whatever they ask for.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Identity of their account.
    pub id: Uuid,
    /// Their name as patients are told it.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The language in which they read the desk.
    pub language: StaffLanguage,
    /// The identity of their session.
    pub session: Uuid,
}

impl Signed {
    /// Refuses what their role does not need.
    pub fn may(&self, what: Permission) -> Result<(), Refusal> {
        if self.role.may(what) {
            return Ok(());
        }
        Err(Refusal(StatusCode::FORBIDDEN, "Your role does not include this: ask a supervisor.".into()))
    }

    /// Which of the boards is theirs.
    pub fn audience(&self) -> Audience {
        Audience { language: self.language, sees_money: self.role.may(Permission::Payments) }
    }

    /// As they read something now.
    pub fn reader<'a>(&self, clinic: &'a Clinic, now: DateTime<Utc>) -> Reader<'a> {
        Reader { clinic, language: self.language, now, sees_money: self.audience().sees_money }
    }

    /// As the audit trail names them.
    pub fn actor(&self) -> Actor {
        Actor { person: Some(self.id), name: self.name.clone() }
    }
}

impl FromRequestParts<Arc<Desk>> for Signed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Desk>) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or_else(session::nobody)
    }
}

/// The routes that are open: by them somebody signs in.
pub fn open_routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/sign-in", get(sign_in::who_was_here).post(sign_in::sign_in))
        .route("/api/sign-in/code", post(codes::look))
        .route("/api/sign-in/set-password", post(codes::set_password))
}

/// The routes of people and their accounts.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/me", get(me::me))
        .route("/api/me/stay", post(me::stay))
        .route("/api/me/password", post(me::set_password))
        .route("/api/me/pin", post(me::set_pin))
        .route("/api/me/language", post(me::set_language))
        .route("/api/sign-out", post(me::sign_out))
        .route("/api/people", get(account::list).post(account::add))
        .route("/api/people/{id}/role", post(account::change_role))
        .route("/api/people/{id}/end", post(account::end))
        .route("/api/people/{id}/reset", post(account::reset))
        .route("/api/audit", get(audit::trail))
        .route("/api/audit.csv", get(audit::csv))
}
