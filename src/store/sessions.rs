//! Who is signed in, in which browser, and what failed. No facts: all of it stays in this store.

use super::audit::{self, Actor, note};
use super::staff::{self, Account};
use super::{Result, SecretPrint, Store, time};
use crate::front_desk::sign_in::{FORGOTTEN_AFTER, PIN_AFTER_PASSWORD, SessionLimits, Tried, WRONG_PINS};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

/// A time that lies further ahead was noted by a clock that has been put back since.
const AHEAD: TimeDelta = TimeDelta::minutes(2);

/// A session that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identity, which is no secret.
    pub id: Uuid,
    /// Whose it is.
    pub account: Account,
    /// When they signed in.
    pub begun_at: DateTime<Utc>,
    /// When they last did something.
    pub used_at: DateTime<Utc>,
}

/// What a session begins with.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its identity, which is no secret.
    pub id: Uuid,
    /// By which the browser proves it.
    pub token: SecretPrint,
    /// By which the browser is known again.
    pub browser: SecretPrint,
    /// Whose it is.
    pub person: Uuid,
    /// Whether the person gave the password, and not only the personal number.
    pub with_password: bool,
}

/// Somebody who used a browser before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownHere {
    /// Who.
    pub account: Account,
    /// Whether the personal number is enough now.
    pub pin_is_enough: bool,
}

impl Store {
    /// Begins a session; the one that the browser had before ends.
    pub fn begin_session(
        &mut self,
        new: &NewSession,
        before: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let at = now.timestamp_millis();
        self.write(|tx| {
            if let Some(before) = before {
                end(tx, before, now)?;
            }
            tx.execute(
                "INSERT INTO staff_session (id, token, person, begun_at, used_at) VALUES (?1, ?2, ?3, ?4, ?4)",
                (new.id.to_string(), &new.token.0, new.person.to_string(), at),
            )?;
            let (browser, person) = (&new.browser.0, new.person.to_string());
            if new.with_password {
                tx.execute(
                    "INSERT INTO staff_browser (browser, person, password_at, wrong_pins) VALUES (?1, ?2, ?3, 0)
                     ON CONFLICT DO UPDATE SET password_at = ?3, wrong_pins = 0",
                    (browser, &person, at),
                )?;
            } else {
                tx.execute(
                    "UPDATE staff_browser SET wrong_pins = 0 WHERE browser = ?1 AND person = ?2",
                    (browser, &person),
                )?;
            }
            // What ended long ago is in the trail.
            tx.execute("DELETE FROM staff_session WHERE used_at < ?1", [(now - FORGOTTEN_AFTER).timestamp_millis()])?;
            let name = audit::name_of(tx, new.person)?.unwrap_or_default();
            let what = if new.with_password { "signed-in" } else { "signed-in-with-pin" };
            note(tx, &Actor { person: Some(new.person), name }, what, None, Some(new.id), now)
        })
    }

    /// The session that a browser proves, if it holds.
    pub fn session(
        &self,
        token: &SecretPrint,
        limits: SessionLimits,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>> {
        self.session_by("token", &token.0, limits, now)
    }

    /// The session with an identity, if it holds.
    pub fn session_of(&self, id: Uuid, limits: SessionLimits, now: DateTime<Utc>) -> Result<Option<Session>> {
        self.session_by("id", &id.to_string(), limits, now)
    }

    fn session_by(
        &self,
        column: &str,
        value: &str,
        limits: SessionLimits,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>> {
        let found: Option<(String, String, i64, i64)> = self
            .connection
            .prepare_cached(&format!(
                "SELECT id, person, begun_at, used_at FROM staff_session WHERE {column} = ?1 AND ended_at IS NULL"
            ))?
            .query_row([value], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((id, person, begun_at, used_at)) = found else { return Ok(None) };
        let (begun_at, used_at) = (time(begun_at)?, time(used_at)?);
        // Who signed in while the clock ran ahead is not signed in until that day comes.
        if limits.ends_at(begun_at, used_at) <= now || begun_at - now > AHEAD {
            return Ok(None);
        }
        let account = staff::by(&self.connection, "id", &person)?.filter(|account| account.is_active);
        account.map(|account| Ok(Session { id: audit::id(&id)?, account, begun_at, used_at })).transpose()
    }

    /// The person did something.
    pub fn use_session(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<()> {
        self.write(|tx| {
            tx.execute(
                "UPDATE staff_session SET used_at = max(used_at, ?2) WHERE id = ?1",
                (id.to_string(), now.timestamp_millis()),
            )?;
            Ok(())
        })
    }

    /// Somebody signs out.
    pub fn end_session(&mut self, id: Uuid, by: &Actor, now: DateTime<Utc>) -> Result<()> {
        self.write(|tx| {
            end(tx, id, now)?;
            note(tx, by, "signed-out", None, Some(id), now)
        })
    }

    /// Who used a browser before, by name.
    pub fn known_here(&self, browser: &SecretPrint, now: DateTime<Utc>) -> Result<Vec<KnownHere>> {
        let mut query = self.connection.prepare_cached(
            "SELECT person, password_at, wrong_pins FROM staff_browser JOIN staff ON staff.id = person
             WHERE browser = ?1 AND active = 1 ORDER BY name",
        )?;
        let rows = query.query_map([&browser.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, u32>(2)?))
        })?;
        let mut known = Vec::new();
        for row in rows {
            let (person, password_at, wrong_pins) = row?;
            let Some(account) = staff::by(&self.connection, "id", &person)? else { continue };
            let lately = now - time(password_at)? < PIN_AFTER_PASSWORD;
            let pin_is_enough = account.has_pin && lately && wrong_pins < WRONG_PINS;
            known.push(KnownHere { account, pin_is_enough });
        }
        Ok(known)
    }

    /// Somebody is about to try a personal number: it counts as wrong until a session begins.
    pub fn try_pin(&mut self, browser: &SecretPrint, person: Uuid, now: DateTime<Utc>) -> Result<bool> {
        let since = (now - PIN_AFTER_PASSWORD).timestamp_millis();
        self.write(|tx| {
            let counted = tx.execute(
                "UPDATE staff_browser SET wrong_pins = wrong_pins + 1
                 WHERE browser = ?1 AND person = ?2 AND wrong_pins < ?3 AND password_at > ?4",
                (&browser.0, person.to_string(), WRONG_PINS, since),
            )?;
            Ok(counted > 0)
        })
    }

    /// Somebody is about to try a password. Answers until when they must wait, or nothing where they may try: then the
    /// try counts as failed until [`Store::tried_well`], so that many tries at once are not one.
    pub fn try_sign_in(
        &mut self,
        keys: &[(Tried, String)],
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>> {
        self.write(|tx| {
            tx.execute(
                "DELETE FROM sign_in_failure WHERE last_at < ?1 OR last_at > ?2",
                [(now - FORGOTTEN_AFTER).timestamp_millis(), (now + AHEAD).timestamp_millis()],
            )?;
            let mut until = None;
            for (tried, key) in keys {
                let found: Option<(u32, i64)> = tx
                    .prepare_cached("SELECT count, last_at FROM sign_in_failure WHERE who = ?1")?
                    .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?;
                let Some((count, last_at)) = found else { continue };
                let over = time(last_at)? + tried.wait_after(count);
                if over > now {
                    until = until.max(Some(over));
                }
            }
            if until.is_none() {
                for (_, key) in keys {
                    tx.execute(
                        "INSERT INTO sign_in_failure (who, count, last_at) VALUES (?1, 1, ?2)
                         ON CONFLICT DO UPDATE SET count = min(count + 1, 1000), last_at = ?2",
                        (key, now.timestamp_millis()),
                    )?;
                }
            }
            Ok(until)
        })
    }

    /// What was tried was right: nothing of it is held against anybody.
    pub fn tried_well(&mut self, keys: &[(Tried, String)]) -> Result<()> {
        self.write(|tx| {
            for (tried, key) in keys {
                match tried {
                    Tried::Account => tx.execute("DELETE FROM sign_in_failure WHERE who = ?1", [key])?,
                    // Whoever has one account must not try all others by signing in to it now and then.
                    Tried::Address => {
                        tx.execute("UPDATE sign_in_failure SET count = count - 1 WHERE who = ?1", [key])?
                    }
                };
            }
            Ok(())
        })
    }

    /// A sign-in failed; `who` is the account, where there is one.
    pub fn note_failed_sign_in(&mut self, who: Option<&Account>, now: DateTime<Utc>) -> Result<()> {
        let nobody = Actor { person: None, name: "somebody unknown".into() };
        self.write(|tx| note(tx, &nobody, "sign-in-failed", None, who.map(|account| account.id), now))
    }
}

fn end(tx: &Transaction<'_>, session: Uuid, now: DateTime<Utc>) -> Result<()> {
    tx.execute(
        "UPDATE staff_session SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL",
        (session.to_string(), now.timestamp_millis()),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::fact::DESK;

    #[test]
    fn who_failed_to_sign_in_while_the_clock_ran_ahead_may_try_again_when_it_is_put_back() {
        let mut desk = Store::in_memory(DESK).unwrap();
        let now: DateTime<Utc> = "2026-11-25T09:00:00Z".parse().unwrap();
        let ahead = now + TimeDelta::days(3650);
        let keys = [(Tried::Account, "maria".to_string())];
        let waits = (0..30).any(|_| desk.try_sign_in(&keys, ahead).unwrap().is_some());
        assert!(waits, "whoever fails again and again waits");
        assert_eq!(desk.try_sign_in(&keys, now).unwrap(), None);
    }
}
