//! The accounts, as administrators keep them.

use super::Signed;
use super::codes::{refused, sign_in_name};
use crate::desk::action::{Done, name, parsed};
use crate::desk::language::StaffLanguage;
use crate::desk::{Desk, Refusal};
use crate::front_desk::role::{Permission, Role};
use crate::store::{Account, NewAccount};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// How long a code to set a password is good.
const CODE_LASTS: TimeDelta = TimeDelta::hours(24);

/// Everybody, and what they can be.
#[derive(Serialize)]
pub struct People {
    clinic: String,
    practice: bool,
    people: Vec<PersonShown>,
    roles: Vec<RoleShown>,
}

#[derive(Serialize)]
struct RoleShown {
    id: Role,
    text: String,
}

#[derive(Serialize)]
struct PersonShown {
    id: Uuid,
    name: String,
    sign_in: String,
    role: Role,
    role_words: String,
    is_active: bool,
    /// Whether they have not set a password yet, or it was taken away.
    waits_for_password: bool,
    has_pin: bool,
    since: String,
    /// Whether it is whoever looks.
    is_me: bool,
}

/// A code to give to a person.
#[derive(Serialize)]
pub struct Slip {
    code: String,
    name: String,
    sign_in: String,
    hours: i64,
}

#[derive(Deserialize)]
struct Adding {
    name: String,
    sign_in: String,
    role: Role,
    #[serde(default)]
    language: StaffLanguage,
}

#[derive(Deserialize)]
struct Changing {
    role: Role,
}

/// `GET /api/people`.
pub async fn list(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Json<People>, Refusal> {
    who.may(Permission::People)?;
    let clinic = desk.clinic.now();
    let staff = desk.ask(|store| store.staff()).await?;
    let now = Utc::now();
    let shown = |account: Account| PersonShown {
        role_words: who.language.say(account.role.words(), &[]),
        since: who.language.say(
            "since {day}, by {by}",
            &[("day", &who.reader(&clinic, now).day(account.made_at)), ("by", &account.made_by)],
        ),
        waits_for_password: account.is_active && !account.has_password,
        is_me: account.id == who.id,
        id: account.id,
        name: account.name,
        sign_in: account.sign_in,
        role: account.role,
        is_active: account.is_active,
        has_pin: account.has_pin,
    };
    let roles = Role::ALL.map(|role| RoleShown { id: role, text: who.language.say(role.words(), &[]) });
    Ok(Json(People {
        clinic: clinic.name.clone(),
        practice: clinic.practice,
        people: staff.into_iter().map(shown).collect(),
        roles: roles.into(),
    }))
}

/// `POST /api/people`: makes an account, and a code with which its person sets the password.
pub async fn add(State(desk): State<Arc<Desk>>, who: Signed, body: Bytes) -> Result<Json<Slip>, Refusal> {
    who.may(Permission::People)?;
    let Adding { name: said, sign_in, role, language: reads } = parsed(&body)?;
    let (name, sign_in) = (name(said)?, sign_in_name(&sign_in)?);
    let new = NewAccount {
        id: Uuid::now_v7(),
        name: name.clone(),
        sign_in: sign_in.clone(),
        role,
        language: reads.code().into(),
        password: None,
    };
    let actor = who.actor();
    let done = desk
        .ask(move |store| {
            let now = Utc::now();
            match store.make_account(&new, &actor, now)? {
                Ok(()) => store.reset_account(new.id, CODE_LASTS, &actor, now),
                Err(stop) => Ok(Err(stop)),
            }
        })
        .await?;
    let code = done.map_err(refused)?;
    Ok(Json(Slip { code: code.text().to_string(), name, sign_in, hours: CODE_LASTS.num_hours() }))
}

/// `POST /api/people/{id}/role`.
pub async fn change_role(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::People)?;
    let Changing { role } = parsed(&body)?;
    let actor = who.actor();
    let done = desk.ask(move |store| store.change_role(id, role, &actor, Utc::now())).await?;
    done.map(|()| StatusCode::NO_CONTENT).map_err(refused)
}

/// `POST /api/people/{id}/end`.
pub async fn end(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>) -> Done {
    who.may(Permission::People)?;
    let actor = who.actor();
    let done = desk.ask(move |store| store.end_account(id, &actor, Utc::now())).await?;
    done.map(|()| StatusCode::NO_CONTENT).map_err(refused)
}

/// `POST /api/people/{id}/reset`: somebody forgot their password, or others know it.
pub async fn reset(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
) -> Result<Json<Slip>, Refusal> {
    who.may(Permission::People)?;
    let actor = who.actor();
    let done = desk
        .ask(move |store| {
            let code = store.reset_account(id, CODE_LASTS, &actor, Utc::now())?;
            Ok(match (code, store.account_of(id)?) {
                (Ok(code), Some(account)) => Ok((code, account)),
                (Err(stop), _) => Err(stop),
                (Ok(_), None) => Err(crate::store::AccountStop::NoAccount),
            })
        })
        .await?;
    let (code, account) = done.map_err(refused)?;
    let hours = CODE_LASTS.num_hours();
    Ok(Json(Slip { code: code.text().to_string(), name: account.name, sign_in: account.sign_in, hours }))
}
