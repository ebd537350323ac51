//! One-time codes: for the first administrator, and for whoever is to set a password.

use super::cookies::Cookie;
use super::hashing;
use super::sign_in::{begin, too_soon};
use crate::desk::action::{name, parsed, wrong};
use crate::desk::language;
use crate::desk::{Desk, Refusal};
use crate::front_desk::password::Password;
use crate::front_desk::role::Role;
use crate::front_desk::sign_in::Tried;
use crate::store::{AccountStop, CodeFor, CodeUse, NewAccount, Secret};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::Utc;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct SettingPassword {
    code: String,
    password: String,
    /// Of the administrator that is made.
    #[serde(default)]
    name: String,
    #[serde(default)]
    sign_in: String,
}

/// What a code is good for, as the page says it.
#[derive(Serialize)]
#[serde(tag = "for", rename_all = "kebab-case")]
pub enum GoodFor {
    /// An administrator is made.
    Administrator,
    /// Somebody sets their password.
    Password {
        /// Whose.
        name: String,
        /// The name to sign in with.
        sign_in: String,
    },
}

/// `POST /api/sign-in/code`: what a code is good for.
pub async fn look(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    body: Bytes,
) -> Result<Json<GoodFor>, Refusal> {
    let code = Secret::typed_code(&parsed::<Code>(&body)?.code);
    good_for(&desk, address, &code).await.map(Json)
}

async fn good_for(desk: &Desk, address: SocketAddr, code: &Secret) -> Result<GoodFor, Refusal> {
    let print = code.print();
    desk.ask(move |store| {
        let now = Utc::now();
        let keys = [(Tried::Address, address.ip().to_string())];
        if let Some(until) = store.try_sign_in(&keys, now)? {
            return Ok(Err(too_soon(until)));
        }
        let good = match store.code_is_for(&print, now)? {
            None => return Ok(Err(refused(AccountStop::NoCode))),
            Some(CodeFor::Administrator) => GoodFor::Administrator,
            Some(CodeFor::Password(person)) => match store.account_of(person)? {
                Some(account) => GoodFor::Password { name: account.name, sign_in: account.sign_in },
                None => return Ok(Err(refused(AccountStop::NoCode))),
            },
        };
        store.tried_well(&keys)?;
        Ok(Ok(good))
    })
    .await?
}

/// `POST /api/sign-in/set-password`: uses a code, and signs in.
pub async fn set_password(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let asked: SettingPassword = parsed(&body)?;
    let code = Secret::typed_code(&asked.code);
    let (names, account) = match good_for(&desk, address, &code).await? {
        GoodFor::Password { name, sign_in } => ([name, sign_in], None),
        GoodFor::Administrator => {
            let (name, sign_in) = (name(asked.name)?, sign_in_name(&asked.sign_in)?);
            let account = NewAccount {
                id: Uuid::now_v7(),
                name: name.clone(),
                sign_in: sign_in.clone(),
                role: Role::Administrator,
                language: language::remembered(&headers).code().into(),
                password: None,
            };
            ([name, sign_in], Some(account))
        }
    };
    let names = [names[0].as_str(), names[1].as_str()];
    let password = Password::choose(&asked.password, &names).map_err(|fault| wrong(fault.to_string()))?;
    let used = CodeUse { print: code.print(), password: hashing::hash(password).await?, account };
    let done = desk
        .ask(move |store| {
            Ok(match store.use_code(&used, Utc::now())? {
                Ok(person) => Ok(store.account_of(person)?),
                Err(stop) => Err(stop),
            })
        })
        .await?;
    let account = done.map_err(refused)?.ok_or_else(|| refused(AccountStop::NoAccount))?;
    let browser = Cookie::Browser.read(&headers, desk.clinic.now().practice);
    begin(&desk, &headers, browser, &account, true).await
}

/// A name to sign in with: short, and the same on every keyboard.
pub fn sign_in_name(said: &str) -> Result<String, Refusal> {
    let name = said.trim().to_lowercase();
    let length = name.chars().count();
    let fits = |letter: char| letter.is_alphanumeric() || ".-_@".contains(letter);
    if (2..=40).contains(&length) && name.chars().all(fits) {
        return Ok(name);
    }
    Err(wrong("A name to sign in with has 2 to 40 letters or figures, and no spaces."))
}

/// Why an account is not made or changed, as an answer.
pub fn refused(stop: AccountStop) -> Refusal {
    let status = match stop {
        AccountStop::SignInTaken | AccountStop::NameTaken | AccountStop::LastAdministrator => {
            StatusCode::CONFLICT
        }
        AccountStop::NoAccount => StatusCode::NOT_FOUND,
        AccountStop::NoCode => StatusCode::FORBIDDEN,
    };
    Refusal(status, stop.to_string().into())
}
