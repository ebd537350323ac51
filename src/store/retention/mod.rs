//! What is over goes, each night, by the clinic's rules ([`crate::front_desk::retention`]).
//!
//! **What is deleted.** At the desk, something goes as a whole: its rows and the facts that made them, in one
//! transaction, if nothing of it is open and no kiosk has yet to follow any of these facts. At a kiosk rows go by their
//! day alone, since the desk decides what is open; only what the desk does not have yet stays, and so do papers that
//! are not printed and what the terminal may still be doing. The content of facts goes after the kiosk's days, the
//! facts themselves after two weeks more.
//!
//! **What was deleted stays deleted.** The last fact of every origin stays as a number without content, so a kiosk that
//! sends again what the desk had is passed over. A kiosk that must follow the log anew passes over what it has deleted.
//! What was owed and settled is remembered by its identity.
//!
//! **A kiosk that is silent** keeps what it has yet to follow at the desk for [`GIVEN_UP`] days; if it comes back later, it
//! follows what there is. What it missed had ended, and goes from the kiosk by its day.
//!
//! **A store that begins with a clock of years ago** deletes late: from the day of its first night it comes on by two days
//! a day, for it cannot be told from one whose clock has jumped ahead since.
//!
//! **How long it takes.** One transaction deletes [`A_BATCH`] things at most, and those who ask the store for something
//! come in between. The longest of a simulated year took 10 to 26 ms without optimisation (`tests/simulated_year` prints
//! it), and a fifth of a second on a machine that was busy with four times what it can do.
//!
//! **What else could grow.** The outbox while the desk is away: nothing of it goes, the visit of a new patient takes 12 kB
//! with its paper, and the desk calls somebody when its oldest fact is ten minutes old or the disk has less than 500 MB.
//! Records of patients, what they owe, and the identities of what was settled stay: they grow with the clinic.

mod belongs;
mod goes;
mod money;

use super::outbox::{DELIVERED, progress, set_progress};
use super::{Result, Store, audit, time};
use crate::clinic::Clinic;
use crate::front_desk::retention::{GIVEN_UP, Kept, Lies, Retention, judged_by};
use crate::link::fact::{DESK, Fact, FactKind};
use belongs::{Belongs, is_passed_when_old};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use uuid::Uuid;

/// How many things one transaction deletes at most.
pub const A_BATCH: usize = 50;

/// How often it is looked whether a day has ended.
pub const LOOK_EVERY: Duration = Duration::from_secs(600);
/// Between two batches whoever waits for the store has it.
pub const BETWEEN_BATCHES: Duration = Duration::from_millis(200);

/// How many days after the one that is judged by no day can be right.
const AHEAD: u64 = 3;

const RAN_ON: &str = "retention-ran-on";
const JUDGED_BY: &str = "retention-judged-by";
const PASSED_BEFORE: &str = "passed-before";
/// The name that the trail has for who deletes.
const BY_ITSELF: &str = "Vestibule";

/// A night's work, as far as it has come.
#[derive(Debug)]
pub struct RetentionRun {
    rules: Retention,
    zone: Tz,
    judged_by: NaiveDate,
    left: VecDeque<Kept>,
    /// The last patient whose money was looked at.
    looked_at: String,
    went: BTreeMap<Kept, u64>,
}

impl RetentionRun {
    /// How much of each kind went.
    pub fn went(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.went.iter().filter(|(_, count)| **count > 0).map(|(kept, count)| (kept.word(), *count))
    }
}

/// Since when something is kept.
struct Since {
    day: String,
    millis: i64,
    /// What is of a later day, and of a later time, was given by a clock that ran ahead.
    ahead_day: String,
    ahead: i64,
    /// What is open goes here too if it is older than this: a kiosk does not hear of everything that ends.
    forsaken: i64,
}

/// What is still on its way: at a kiosk its own facts that the desk has not, at the desk what a kiosk has not followed.
struct OnItsWay {
    lies: Lies,
    /// Of a row of the facts, in brackets.
    condition: String,
    /// The origin of the store's own facts.
    own: String,
    /// How many of its own facts the desk has.
    delivered: u64,
}

impl Store {
    /// Begins the night's deleting if there is some to do: once on each day of the clinic, and never by a clock that
    /// ran ahead. The first time it is only noted what day it is.
    pub fn begin_retention(&mut self, clinic: &Clinic, now: DateTime<Utc>) -> Result<Option<RetentionRun>> {
        let today = now.with_timezone(&clinic.zone).date_naive();
        let ran_on = day(progress(&self.connection, RAN_ON)?);
        if ran_on == Some(today) {
            return Ok(None);
        }
        let by = match day(progress(&self.connection, JUDGED_BY)?) {
            Some(last) => judged_by(today, last),
            None => {
                // A clock that is wrong when the program begins for the first time is not believed alone.
                let newest: Option<i64> = self
                    .connection
                    .query_row("SELECT at FROM fact ORDER BY position DESC LIMIT 1", [], |row| row.get(0))
                    .optional()?;
                let newest =
                    newest.map(time).transpose()?.map(|at| at.with_timezone(&clinic.zone).date_naive());
                let first = newest.map_or(today, |newest| newest.min(today));
                self.write(|tx| set_progress(tx, JUDGED_BY, number(first)))?;
                None
            }
        };
        self.write(|tx| {
            if let Some(by) = by {
                set_progress(tx, JUDGED_BY, number(by))?;
            }
            set_progress(tx, RAN_ON, number(today))
        })?;
        Ok(by.map(|judged_by| RetentionRun {
            rules: clinic.retention,
            zone: clinic.zone,
            judged_by,
            left: Kept::ALL.into(),
            looked_at: String::new(),
            went: BTreeMap::new(),
        }))
    }

    /// Goes on with a night's work, or begins it if there is some to do, by one batch. Answers what is left of it.
    pub fn go_on_retaining(
        &mut self,
        run: Option<RetentionRun>,
        clinic: &Clinic,
        now: DateTime<Utc>,
    ) -> Result<Option<RetentionRun>> {
        let run = match run {
            Some(run) => Some(run),
            None => self.begin_retention(clinic, now)?,
        };
        let Some(mut run) = run else { return Ok(None) };
        Ok(self.retain(&mut run, now)?.then_some(run))
    }

    /// Deletes a batch. Answers whether there is more to do.
    pub fn retain(&mut self, run: &mut RetentionRun, now: DateTime<Utc>) -> Result<bool> {
        let Some(kept) = run.left.front().copied() else { return Ok(false) };
        let way = self.on_its_way(run)?;
        let since = run.since(kept, way.lies);
        let (mut went, mut looked_at) = (0, run.looked_at.clone());
        let mut is_done = true;
        self.write(|tx| {
            (went, is_done) = match kept {
                Kept::Money => money::go(tx, &since, &way, &mut looked_at)?,
                kept => goes::go(tx, kept, &since, &way)?,
            };
            Ok(())
        })?;
        run.looked_at = looked_at;
        *run.went.entry(kept).or_default() += went;
        if is_done {
            run.left.pop_front();
        }
        if !run.left.is_empty() {
            return Ok(true);
        }
        self.end_retention(run, way.lies, now)?;
        Ok(false)
    }

    /// Deletes all that there is to delete at once, for programs that nobody waits for.
    pub fn retain_all(&mut self, clinic: &Clinic, now: DateTime<Utc>) -> Result<Option<RetentionRun>> {
        let Some(mut run) = self.begin_retention(clinic, now)? else { return Ok(None) };
        while self.retain(&mut run, now)? {}
        Ok(Some(run))
    }

    /// At the desk: how far a kiosk has followed, for what may go. It is kept once an hour.
    pub fn note_followed(&mut self, kiosk: &str, through: u64, now: DateTime<Utc>) -> Result<()> {
        let known: Option<(u64, i64)> = self
            .connection
            .prepare_cached("SELECT position, at FROM kiosk_followed WHERE kiosk = ?1")?
            .query_row([kiosk], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let now = now.timestamp_millis();
        // Behind what was noted is a store that took the place of another one.
        if known.is_some_and(|(position, at)| position <= through && (now - at).abs() < 3_600_000) {
            return Ok(());
        }
        self.write(|tx| {
            tx.execute(
                "INSERT INTO kiosk_followed (kiosk, position, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (kiosk) DO UPDATE SET position = ?2, at = ?3",
                (kiosk, through, now),
            )?;
            Ok(())
        })
    }

    /// Pages of 4096 bytes that the store's file has, and how many of them are free to be used again.
    pub fn pages(&self) -> Result<(u64, u64)> {
        let pages = |pragma| self.connection.query_row(pragma, [], |row| row.get(0));
        Ok((pages("PRAGMA page_count")?, pages("PRAGMA freelist_count")?))
    }

    fn on_its_way(&self, run: &RetentionRun) -> Result<OnItsWay> {
        let delivered = progress(&self.connection, DELIVERED)?;
        let (lies, condition) = if self.origin == DESK {
            let heard = begins(run.zone, run.judged_by, GIVEN_UP);
            let followed: Option<i64> = self
                .connection
                .prepare_cached("SELECT min(position) FROM kiosk_followed WHERE at >= ?1")?
                .query_row([heard], |row| row.get(0))?;
            (Lies::AtTheDesk, format!("(position > {})", followed.unwrap_or(i64::MAX)))
        } else {
            let own = self.origin.replace('\'', "''");
            (Lies::AtAKiosk, format!("(origin = '{own}' AND (seq > {delivered} OR seq < 0))"))
        };
        Ok(OnItsWay { lies, condition, own: self.origin.clone(), delivered })
    }

    /// The trail says how much went; nothing of what was deleted is left in the log beside the store.
    fn end_retention(&mut self, run: &RetentionRun, lies: Lies, now: DateTime<Utc>) -> Result<()> {
        let went: Vec<_> = run.went().map(|(kept, count)| format!("{kept} {count}")).collect();
        let passed = run.since(Kept::Passed, lies).millis;
        self.write(|tx| {
            if lies == Lies::AtAKiosk {
                set_progress(tx, PASSED_BEFORE, passed.unsigned_abs())?;
            }
            if !went.is_empty() {
                let actor = audit::Actor { person: None, name: format!("{BY_ITSELF}: {}", went.join(", ")) };
                audit::note(tx, &actor, "retention", None, None, now)?;
            }
            Ok(())
        })?;
        if !went.is_empty() {
            tracing::info!(went = went.join(", "), "what was over was deleted");
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }
}

impl RetentionRun {
    fn since(&self, kept: Kept, lies: Lies) -> Since {
        let day = self.rules.kept_since(kept, lies, self.judged_by);
        let forsaken = self.rules.kept_since(kept, Lies::AtTheDesk, self.judged_by);
        let ahead = self.judged_by.checked_add_days(Days::new(AHEAD)).unwrap_or(NaiveDate::MAX);
        Since {
            day: day.to_string(),
            millis: begins(self.zone, day, 0),
            ahead_day: ahead.to_string(),
            ahead: begins(self.zone, ahead, 0),
            forsaken: match lies {
                Lies::AtTheDesk => i64::MIN,
                Lies::AtAKiosk => begins(self.zone, forsaken, 0),
            },
        }
    }
}

/// When a day of the clinic begins, so many days back, in milliseconds since 1970.
fn begins(zone: Tz, day: NaiveDate, back: u32) -> i64 {
    let midnight = day.checked_sub_days(Days::new(back.into())).unwrap_or(day).and_time(NaiveTime::MIN);
    let begins = zone.from_local_datetime(&midnight).earliest();
    // A day may begin later than at midnight, where clocks are put forward then.
    begins.map_or_else(|| midnight.and_utc(), |begins| begins.to_utc()).timestamp_millis()
}

/// A day as the store keeps it: counted from the first of our era.
fn number(day: NaiveDate) -> u64 {
    u64::from(day.num_days_from_ce().unsigned_abs())
}

fn day(number: u64) -> Option<NaiveDate> {
    if number == 0 { None } else { NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?) }
}

/// Of which rule a fact is and what it goes with, as its row says it.
pub(super) fn belongs_in_columns(fact: Uuid, kind: &FactKind) -> (Option<&'static str>, Option<String>) {
    Belongs::of(fact, kind).columns()
}

/// Before when this kiosk has deleted what is over; the first of all times where it has deleted nothing.
pub(super) fn passed_before(connection: &Connection) -> Result<DateTime<Utc>> {
    time(i64::try_from(progress(connection, PASSED_BEFORE)?).unwrap_or_default())
}

/// Whether a fact that comes (once more) is of what a kiosk has deleted.
pub(super) fn is_passed(fact: &Fact, before: DateTime<Utc>) -> bool {
    fact.at < before && is_passed_when_old(&fact.kind)
}

/// The content of a fact that was deleted; the index of facts that tell something names it too.
const FORGOTTEN: &str = r#"{"kind":"forgotten"}"#;

/// At the desk: deletes the facts of something that goes.
fn forget_facts(tx: &Transaction<'_>, way: &OnItsWay, subject: &str) -> Result<()> {
    if way.lies == Lies::AtAKiosk {
        return Ok(());
    }
    // The last one of an origin stays as a number: what comes after it is counted on from there. So does the one at
    // which a kiosk stands: it goes on from there.
    tx.prepare_cached(
        "UPDATE fact SET body = ?2, part = 'figures', subject = NULL
         WHERE subject = ?1 AND (seq = (SELECT max(seq) FROM fact AS last WHERE last.origin = fact.origin)
             OR position IN (SELECT position FROM kiosk_followed))",
    )?
    .execute((subject, FORGOTTEN))?;
    tx.prepare_cached("DELETE FROM fact WHERE subject = ?1")?.execute([subject])?;
    Ok(())
}

#[cfg(test)]
mod tests;
