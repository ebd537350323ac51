//! The people of the desk: their accounts. They are no facts: they never leave this store.

use super::audit::{self, Actor, note};
use super::{Result, Secret, SecretPrint, Store, StoreError, time};
use crate::front_desk::role::Role;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use std::fmt;
use uuid::Uuid;

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identity.
    pub id: Uuid,
    /// Their name as patients are told it.
    pub name: String,
    /// The name they sign in with, in small letters.
    pub sign_in: String,
    /// What they are.
    pub role: Role,
    /// The language in which they read the desk, BCP 47.
    pub language: String,
    /// Whether they may still sign in.
    pub is_active: bool,
    /// Whether they have set a password.
    pub has_password: bool,
    /// Whether they have set a personal number.
    pub has_pin: bool,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
}

/// What an account begins with.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its identity.
    pub id: Uuid,
    /// Their name as patients are told it.
    pub name: String,
    /// The name they sign in with; letters are made small.
    pub sign_in: String,
    /// What they are.
    pub role: Role,
    /// The language in which they read the desk, BCP 47.
    pub language: String,
    /// Their password; none where they set it themselves with a code.
    pub password: Option<SecretHash>,
}

/// A password or personal number as Argon2id made it unreadable, as PHC string: it says itself how.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash(pub String);

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(withheld)")
    }
}

/// Why an account is not made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountStop {
    /// Two people would sign in alike.
    #[error("Somebody signs in with this name already: choose another one.")]
    SignInTaken,
    /// Patients and colleagues could not tell two people apart.
    #[error("Somebody here has this name already: add what tells the two apart, such as a second name.")]
    NameTaken,
    /// Nobody could make accounts any more.
    #[error("This is the last administrator: make another one first.")]
    LastAdministrator,
    /// There is none.
    #[error("There is no such account, or it has ended.")]
    NoAccount,
    /// The code is wrong, used, or too old.
    #[error("This code is wrong, was used already, or is too old: ask for a new one.")]
    NoCode,
}

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFor {
    /// To make an administrator.
    Administrator,
    /// To set the password of this account.
    Password(Uuid),
}

/// How a person comes to a new password.
#[derive(Debug, Clone)]
pub struct CodeUse {
    /// The code.
    pub print: SecretPrint,
    /// The new password.
    pub password: SecretHash,
    /// The account that is made; only of an administrator's code.
    pub account: Option<NewAccount>,
}

const ADMINISTRATOR: &str = "administrator";
const PASSWORD: &str = "password";

impl Store {
    /// How many accounts there are, ended ones too.
    pub fn staff_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT count(*) FROM staff", [], |row| row.get(0))?)
    }

    /// Everybody, by name; those whose account has ended last.
    pub fn staff(&self) -> Result<Vec<Account>> {
        let mut query = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM staff ORDER BY active DESC, name"))?;
        let rows = query.query_map([], raw)?;
        rows.map(|row| account(row?)).collect()
    }

    /// The account with an id.
    pub fn account_of(&self, id: Uuid) -> Result<Option<Account>> {
        by(&self.connection, "id", &id.to_string())
    }

    /// The account that signs in with a name, with its password.
    pub fn account_named(&self, sign_in: &str) -> Result<Option<(Account, Option<SecretHash>)>> {
        let Some(account) = by(&self.connection, "sign_in", &small(sign_in))? else { return Ok(None) };
        let hash = hash_of(&self.connection, "password", account.id)?;
        Ok(Some((account, hash)))
    }

    /// The personal number of an account.
    pub fn pin_of(&self, id: Uuid) -> Result<Option<SecretHash>> {
        hash_of(&self.connection, "pin", id)
    }

    /// The password of an account.
    pub fn password_of(&self, id: Uuid) -> Result<Option<SecretHash>> {
        hash_of(&self.connection, "password", id)
    }

    /// Makes an account.
    pub fn make_account(
        &mut self,
        new: &NewAccount,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AccountStop>> {
        self.write(|tx| make(tx, new, by, now))
    }

    /// Sets a person's own password. Whoever is signed in elsewhere as they are is so no longer.
    pub fn set_password(
        &mut self,
        id: Uuid,
        hash: &SecretHash,
        keep: Uuid,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.write(|tx| {
            tx.execute("UPDATE staff SET password = ?2 WHERE id = ?1", (id.to_string(), &hash.0))?;
            end_sessions(tx, id, Some(keep), now)?;
            note(tx, by, "password-set", None, Some(id), now)
        })
    }

    /// Sets a person's personal number, or takes it away.
    pub fn set_pin(
        &mut self,
        id: Uuid,
        hash: Option<&SecretHash>,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.write(|tx| {
            let hash = hash.map(|hash| &hash.0);
            tx.execute("UPDATE staff SET pin = ?2 WHERE id = ?1", (id.to_string(), hash))?;
            note(tx, by, "pin-set", None, Some(id), now)
        })
    }

    /// Sets the language in which a person reads the desk.
    pub fn set_staff_language(&mut self, id: Uuid, language: &str) -> Result<()> {
        self.write(|tx| {
            tx.execute("UPDATE staff SET language = ?2 WHERE id = ?1", (id.to_string(), language))?;
            Ok(())
        })
    }

    /// Makes somebody something else.
    pub fn change_role(
        &mut self,
        id: Uuid,
        role: Role,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AccountStop>> {
        self.write(|tx| {
            if let Err(stop) = may_lose(tx, id, role == Role::Administrator)? {
                return Ok(Err(stop));
            }
            tx.execute("UPDATE staff SET role = ?2 WHERE id = ?1", (id.to_string(), word(role)?))?;
            note(tx, by, &format!("role-changed-to-{}", word(role)?), None, Some(id), now)?;
            Ok(Ok(()))
        })
    }

    /// Ends an account: nobody signs in with it any more, and whoever is signed in is so no longer. What they did
    /// stays theirs.
    pub fn end_account(
        &mut self,
        id: Uuid,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AccountStop>> {
        self.write(|tx| {
            if let Err(stop) = may_lose(tx, id, false)? {
                return Ok(Err(stop));
            }
            tx.execute(
                "UPDATE staff SET active = 0, password = NULL, pin = NULL WHERE id = ?1",
                [id.to_string()],
            )?;
            forget_access(tx, id, now)?;
            note(tx, by, "account-ended", None, Some(id), now)?;
            Ok(Ok(()))
        })
    }

    /// Takes password and personal number away, and gives a code to set new ones with.
    pub fn reset_account(
        &mut self,
        id: Uuid,
        valid_for: TimeDelta,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Result<Secret, AccountStop>> {
        let code = Secret::code()?;
        let print = code.print();
        let done = self.write(|tx| {
            match self::by(tx, "id", &id.to_string())? {
                Some(account) if account.is_active => {}
                _ => return Ok(Err(AccountStop::NoAccount)),
            }
            tx.execute("UPDATE staff SET password = NULL, pin = NULL WHERE id = ?1", [id.to_string()])?;
            forget_access(tx, id, now)?;
            keep_code(tx, &print, CodeFor::Password(id), now + valid_for)?;
            note(tx, by, "account-reset", None, Some(id), now)?;
            Ok(Ok(()))
        })?;
        Ok(done.map(|()| code))
    }

    /// A code by which whoever has it makes an administrator. Those before it are good no longer.
    pub fn administrator_code(&mut self, valid_for: TimeDelta, now: DateTime<Utc>) -> Result<Secret> {
        let code = Secret::code()?;
        let print = code.print();
        self.write(|tx| {
            tx.execute("DELETE FROM staff_code WHERE purpose = ?1", [ADMINISTRATOR])?;
            keep_code(tx, &print, CodeFor::Administrator, now + valid_for)?;
            let nobody = Actor { person: None, name: "the command line".into() };
            note(tx, &nobody, "administrator-code-made", None, None, now)
        })?;
        Ok(code)
    }

    /// No administrator's code is good any more.
    pub fn forget_administrator_codes(&mut self) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM staff_code WHERE purpose = ?1", [ADMINISTRATOR])?;
            Ok(())
        })
    }

    /// What a code is good for.
    pub fn code_is_for(&self, print: &SecretPrint, now: DateTime<Utc>) -> Result<Option<CodeFor>> {
        code_is_for(&self.connection, print, now)
    }

    /// Uses a code, which is good for nothing after it: makes the administrator, or sets the password. Answers whose
    /// account it is.
    pub fn use_code(&mut self, used: &CodeUse, now: DateTime<Utc>) -> Result<Result<Uuid, AccountStop>> {
        self.write(|tx| {
            let person = match (code_is_for(tx, &used.print, now)?, &used.account) {
                (Some(CodeFor::Administrator), Some(new)) => {
                    let by = Actor { person: Some(new.id), name: new.name.clone() };
                    let new = NewAccount {
                        role: Role::Administrator,
                        password: Some(used.password.clone()),
                        ..new.clone()
                    };
                    if let Err(stop) = make(tx, &new, &by, now)? {
                        return Ok(Err(stop));
                    }
                    new.id
                }
                (Some(CodeFor::Password(person)), _) => {
                    let Some(name) = audit::name_of(tx, person)? else {
                        return Ok(Err(AccountStop::NoAccount));
                    };
                    tx.execute(
                        "UPDATE staff SET password = ?2 WHERE id = ?1",
                        (person.to_string(), &used.password.0),
                    )?;
                    let by = Actor { person: Some(person), name };
                    note(tx, &by, "password-set", None, Some(person), now)?;
                    person
                }
                (Some(CodeFor::Administrator), None) | (None, _) => return Ok(Err(AccountStop::NoCode)),
            };
            tx.execute("DELETE FROM staff_code WHERE code = ?1", [&used.print.0])?;
            Ok(Ok(person))
        })
    }
}

const COLUMNS: &str =
    "id, name, sign_in, role, language, active, password IS NOT NULL, pin IS NOT NULL, made_at, made_by";

type Raw = (String, String, String, String, String, bool, bool, bool, i64, String);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
        row.get(9)?,
    ))
}

fn account(raw: Raw) -> Result<Account> {
    let (id, name, sign_in, role, language, is_active, has_password, has_pin, made_at, made_by) = raw;
    Ok(Account {
        id: audit::id(&id)?,
        name,
        sign_in,
        role: serde_json::from_value(role.into())?,
        language,
        is_active,
        has_password,
        has_pin,
        made_at: time(made_at)?,
        made_by,
    })
}

fn word(role: Role) -> Result<String> {
    match serde_json::to_value(role)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(StoreError::Unreadable(format!("role {other}"))),
    }
}

/// A name to sign in with is the same in capitals.
pub(super) fn small(sign_in: &str) -> String {
    sign_in.trim().to_lowercase()
}

/// `column` is one of ours.
pub(super) fn by(connection: &Connection, column: &str, value: &str) -> Result<Option<Account>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM staff WHERE {column} = ?1"))?
        .query_row([value], raw)
        .optional()?
        .map(account)
        .transpose()
}

fn hash_of(connection: &Connection, column: &str, id: Uuid) -> Result<Option<SecretHash>> {
    let hash: Option<Option<String>> = connection
        .prepare_cached(&format!("SELECT {column} FROM staff WHERE id = ?1 AND active = 1"))?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(hash.flatten().map(SecretHash))
}

fn make(
    tx: &Transaction<'_>,
    new: &NewAccount,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<Result<(), AccountStop>> {
    let is_there = |column: &str, value: &str| -> Result<bool> {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM staff WHERE {column} = ?1)");
        Ok(tx.query_row(&sql, [value], |row| row.get(0))?)
    };
    if is_there("sign_in", &small(&new.sign_in))? {
        return Ok(Err(AccountStop::SignInTaken));
    }
    // What somebody did is kept by the name that patients were told: it must be one person's, also after they left.
    if is_there("folded", &new.name.to_lowercase())? {
        return Ok(Err(AccountStop::NameTaken));
    }
    tx.execute(
        "INSERT INTO staff (id, name, folded, sign_in, role, language, password, active, made_at, made_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, ?9)",
        (
            new.id.to_string(),
            &new.name,
            new.name.to_lowercase(),
            small(&new.sign_in),
            word(new.role)?,
            &new.language,
            new.password.as_ref().map(|hash| &hash.0),
            now.timestamp_millis(),
            &by.name,
        ),
    )?;
    note(tx, by, &format!("account-made-{}", word(new.role)?), None, Some(new.id), now)?;
    Ok(Ok(()))
}

/// Whether somebody may stop being what they are, or become `stays` an administrator.
fn may_lose(tx: &Transaction<'_>, id: Uuid, stays: bool) -> Result<Result<(), AccountStop>> {
    let Some(account) = by(tx, "id", &id.to_string())?.filter(|account| account.is_active) else {
        return Ok(Err(AccountStop::NoAccount));
    };
    let others: u64 = tx.query_row(
        "SELECT count(*) FROM staff WHERE role = 'administrator' AND active = 1 AND id <> ?1",
        [id.to_string()],
        |row| row.get(0),
    )?;
    let last = account.role == Role::Administrator && !stays && others == 0;
    Ok(if last { Err(AccountStop::LastAdministrator) } else { Ok(()) })
}

/// Nobody comes in by what was there before: sessions end, browsers are forgotten, codes are good no longer.
fn forget_access(tx: &Transaction<'_>, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    end_sessions(tx, id, None, now)?;
    tx.execute("DELETE FROM staff_browser WHERE person = ?1", [id.to_string()])?;
    tx.execute("DELETE FROM staff_code WHERE person = ?1", [id.to_string()])?;
    Ok(())
}

fn end_sessions(tx: &Transaction<'_>, person: Uuid, but: Option<Uuid>, now: DateTime<Utc>) -> Result<()> {
    let but = but.map(|session| session.to_string()).unwrap_or_default();
    tx.execute(
        "UPDATE staff_session SET ended_at = ?3 WHERE person = ?1 AND id <> ?2 AND ended_at IS NULL",
        (person.to_string(), but, now.timestamp_millis()),
    )?;
    Ok(())
}

fn keep_code(tx: &Transaction<'_>, print: &SecretPrint, what: CodeFor, until: DateTime<Utc>) -> Result<()> {
    let (purpose, person) = match what {
        CodeFor::Administrator => (ADMINISTRATOR, None),
        CodeFor::Password(person) => (PASSWORD, Some(person.to_string())),
    };
    tx.execute(
        "INSERT INTO staff_code (code, purpose, person, until) VALUES (?1, ?2, ?3, ?4)",
        (&print.0, purpose, person, until.timestamp_millis()),
    )?;
    Ok(())
}

fn code_is_for(connection: &Connection, print: &SecretPrint, now: DateTime<Utc>) -> Result<Option<CodeFor>> {
    let found: Option<(String, Option<String>)> = connection
        .prepare_cached("SELECT purpose, person FROM staff_code WHERE code = ?1 AND until > ?2")?
        .query_row((&print.0, now.timestamp_millis()), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match found {
        None => None,
        Some((_, Some(person))) => Some(CodeFor::Password(audit::id(&person)?)),
        Some((_, None)) => Some(CodeFor::Administrator),
    })
}
