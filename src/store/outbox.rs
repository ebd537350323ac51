//! Facts on their way: the outbox of a kiosk, and the applying of what arrives, at both ends.
//!
//! The desk's log is the truth about what it has and in which order. A kiosk numbers its own facts as they
//! happen, but a number is final only once the desk has the fact: a store that took the place of another one
//! (new after damage, or put back from a backup) counts anew what the other had counted already. The desk
//! takes nothing that does not follow on from what it has, fact by fact; the feed brings the kiosk the facts
//! of its own that it lacks, and [`Store::follow`] puts them where the desk has them and everything that the
//! desk has not behind them. So nothing is passed over as known that is not known.

use super::{Result, Store, append, last_seq, log, retention, time};
use crate::link::fact::{Acknowledgement, Cursor, DESK, Delivery, Fact, FactKind, Feed, Placed};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

pub(super) const DELIVERED: &str = "delivered";
const FEED: &str = "feed";
/// Set once this store has followed the desk's log to its end.
const JOINED: &str = "joined";
/// Set once the desk said that no other store of this kiosk spoke to it before.
const FIRST: &str = "first";

/// What following the desk brought.
#[derive(Debug, Default)]
pub struct Followed {
    /// Facts of others that were new.
    pub fresh: Vec<Fact>,
    /// Facts of this store's own that the desk turned out to have.
    pub confirmed: Vec<Uuid>,
}

impl Store {
    /// The next own facts that the desk has not confirmed, in order.
    pub fn undelivered(&self, at_most: usize) -> Result<Option<Delivery>> {
        let through = self.delivered_through()?;
        let facts = self.own_facts_after(through, at_most)?;
        if facts.is_empty() {
            return Ok(None);
        }
        Ok(Some(Delivery {
            kiosk: self.origin.clone(),
            store: self.identity,
            after: fact_at(&self.connection, &self.origin, through)?,
            facts,
        }))
    }

    /// Own facts after one of them, in order, confirmed or not.
    pub fn own_facts_after(&self, after: u64, at_most: usize) -> Result<Vec<Fact>> {
        let mut query = self.connection.prepare_cached(
            "SELECT position, stamp, origin, seq, id, at, body FROM fact WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )?;
        let rows = query.query_map((&self.origin, after, at_most), raw_fact)?;
        rows.map(|row| Ok(placed(row?)?.fact)).collect()
    }

    /// How many own facts wait to be delivered.
    pub fn undelivered_count(&self) -> Result<u64> {
        Ok(last_seq(&self.connection, &self.origin)?.saturating_sub(self.delivered_through()?))
    }

    /// How far the desk has confirmed own facts.
    pub fn delivered_through(&self) -> Result<u64> {
        progress(&self.connection, DELIVERED)
    }

    /// The desk has everything up to this `seq`. An answer that is older than one before it changes nothing.
    pub fn delivered(&mut self, seq: u64) -> Result<()> {
        self.write(
            |tx| if seq > progress(tx, DELIVERED)? { set_progress(tx, DELIVERED, seq) } else { Ok(()) },
        )
    }

    /// At the desk: takes what a kiosk delivered, if it follows on from what is here; facts that are here
    /// already are passed over. Where another fact stands than the kiosk says, or none (this store was put
    /// back from a backup), nothing is taken: the feed tells the kiosk how far this store goes.
    pub fn receive(&mut self, delivery: &Delivery) -> Result<Acknowledgement> {
        self.write(|tx| {
            let first = delivery.facts.first().map_or(1, |fact| fact.seq);
            if fact_at(tx, &delivery.kiosk, first.saturating_sub(1))? != delivery.after {
                return Ok(Acknowledgement::FollowFirst);
            }
            let mut through = last_seq(tx, &delivery.kiosk)?;
            for fact in &delivery.facts {
                if fact.origin != delivery.kiosk {
                    break;
                }
                if fact.seq == through + 1 {
                    append(tx, fact)?;
                    through = fact.seq;
                } else if fact_at(tx, &delivery.kiosk, fact.seq)? != Some(fact.id) {
                    return Ok(Acknowledgement::FollowFirst);
                }
            }
            Ok(Acknowledgement::AppliedThrough(through))
        })
    }

    /// At the desk: the log from where a kiosk's store stopped, or from its beginning if that is another log
    /// than it followed. Notes which store of the kiosk spoke first; whoever only looks has none.
    pub fn feed(
        &mut self,
        kiosk: &str,
        store: impl Into<Option<Uuid>>,
        cursor: Cursor,
        at_most: usize,
    ) -> Result<Feed> {
        let first = match (first_store_of(&self.connection, kiosk)?, store.into()) {
            (first, None) => first.is_none(),
            (Some(first), Some(store)) => first == store,
            (None, Some(store)) => self.write(|tx| {
                tx.prepare_cached("INSERT INTO first_store (kiosk, identity) VALUES (?1, ?2)")?
                    .execute((kiosk, store.to_string()))?;
                Ok(true)
            })?,
        };
        let here: Option<String> = self
            .connection
            .prepare_cached("SELECT stamp FROM fact WHERE position = ?1")?
            .query_row([cursor.position], |row| row.get(0))
            .optional()?;
        let same = here.is_some() && here == cursor.stamp.map(|stamp| stamp.to_string());
        let after = if same { cursor.position } else { 0 };
        let mut query = self.connection.prepare_cached(
            "SELECT position, stamp, origin, seq, id, at, body FROM fact WHERE position > ?1 ORDER BY position LIMIT ?2",
        )?;
        let rows = query.query_map((after, at_most + 1), raw_fact)?;
        let mut facts = rows.map(|row| placed(row?)).collect::<Result<Vec<_>>>()?;
        let more = facts.len() > at_most;
        facts.truncate(at_most);
        Ok(Feed { after, facts, more, applied_through: last_seq(&self.connection, kiosk)?, first })
    }

    /// At a kiosk: how far the desk's log has been followed.
    pub fn cursor(&self) -> Result<Cursor> {
        cursor(&self.connection)
    }

    /// At a kiosk: applies what the desk sent, in one transaction with the cursor. What is known is passed
    /// over. Own facts that are not known were delivered by another store of this kiosk: they come in where
    /// the desk has them, and what the desk has not is numbered behind them.
    pub fn follow(&mut self, feed: &Feed) -> Result<Followed> {
        let own = self.origin.clone();
        self.write(|tx| {
            let before = cursor(tx)?;
            // An answer that another one overtook.
            if feed.after != 0 && feed.after != before.position {
                return Ok(Followed::default());
            }
            if feed.first {
                set_progress(tx, FIRST, 1)?;
            }
            let mut followed = Followed::default();
            let mut settled_through = None;
            let passed = retention::passed_before(tx)?;
            for Placed { fact, .. } in &feed.facts {
                if fact.origin != own {
                    if take_others(tx, &own, fact, passed)? {
                        followed.fresh.push(fact.clone());
                    }
                    continue;
                }
                let (known, waits) = (place_of(tx, fact.id)?, progress(tx, DELIVERED)? < fact.seq);
                if known != Some(fact.seq) {
                    if settled_through.is_none() {
                        set_aside_own_from(tx, &own, fact.seq)?;
                    }
                    settled_through = Some(fact.seq);
                    put(tx, fact, known, passed)?;
                    set_progress(tx, DELIVERED, fact.seq)?;
                } else if waits {
                    set_progress(tx, DELIVERED, fact.seq)?;
                }
                if known.is_some() && waits {
                    followed.confirmed.push(fact.id);
                }
            }
            if let Some(through) = settled_through {
                take_back_own_after(tx, &own, through)?;
            }
            if let Some(last) = feed.facts.last() {
                set_progress(tx, FEED, last.position)?;
                tx.prepare_cached("UPDATE store SET followed = ?1")?.execute([last.stamp.to_string()])?;
            } else if feed.after == 0 {
                set_progress(tx, FEED, 0)?;
                tx.execute("UPDATE store SET followed = NULL WHERE followed IS NOT NULL", [])?;
            }
            if !feed.more {
                set_progress(tx, JOINED, 1)?;
                lower(tx, feed.applied_through)?;
                close_gap(tx, &own, feed.applied_through)?;
            }
            Ok(followed)
        })
    }

    /// At a kiosk: when the desk said something last, by the desk's clock.
    pub fn last_word_of_the_desk(&self) -> Result<Option<DateTime<Utc>>> {
        self.connection
            .prepare_cached("SELECT at FROM fact WHERE origin = ?1 ORDER BY seq DESC LIMIT 1")?
            .query_row([DESK], |row| row.get(0))
            .optional()?
            .map(time)
            .transpose()
    }

    /// At the desk: the last position of any fact; it grows with everything that happens.
    pub fn last_position(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT coalesce(max(position), 0) FROM fact", [], |row| row.get(0))?)
    }

    /// Facts of one origin that this store has, in the order of their numbers.
    pub fn facts_of(&self, origin: &str) -> Result<Vec<Fact>> {
        let mut query = self.connection.prepare_cached(
            "SELECT position, stamp, origin, seq, id, at, body FROM fact WHERE origin = ?1 AND seq > 0 ORDER BY seq",
        )?;
        let rows = query.query_map([origin], raw_fact)?;
        rows.map(|row| Ok(placed(row?)?.fact)).collect()
    }
}

/// Whether the desk has said that no other store of this kiosk was before this one.
pub(super) fn is_first_of_its_kiosk(connection: &Connection) -> Result<bool> {
    Ok(progress(connection, FIRST)? > 0)
}

/// A store in memory takes nobody's place.
pub(super) fn set_first_of_its_kiosk(tx: &Transaction<'_>) -> Result<()> {
    set_progress(tx, FIRST, 1)
}

/// Changes something on the disk that nobody reads.
pub(super) fn note_disk_check(tx: &Transaction<'_>) -> Result<()> {
    set_progress(tx, "disk-checks", progress(tx, "disk-checks")? + 1)
}

fn first_store_of(connection: &Connection, kiosk: &str) -> Result<Option<Uuid>> {
    connection
        .prepare_cached("SELECT identity FROM first_store WHERE kiosk = ?1")?
        .query_row([kiosk], |row| row.get::<_, String>(0))
        .optional()?
        .map(|identity| parsed_id(&identity))
        .transpose()
}

/// Takes a fact of others from the feed. Answers whether it was new.
fn take_others(tx: &Transaction<'_>, own: &str, fact: &Fact, passed: DateTime<Utc>) -> Result<bool> {
    let known = place_of(tx, fact.id)?;
    if known == Some(fact.seq) || (known.is_none() && retention::is_passed(fact, passed)) {
        return Ok(false);
    }
    vacate(tx, &fact.origin, fact.seq)?;
    put(tx, fact, known, passed)?;
    if known.is_some() {
        return Ok(false);
    }
    if let FactKind::ReprintAsked { ticket, kiosk, .. } = &fact.kind
        && kiosk == own
        // A new store hears of every copy that was ever asked for; they were printed by the one before it.
        && progress(tx, JOINED)? > 0
    {
        super::print_jobs::queue(tx, super::Paper::Ticket(*ticket), true, fact.at)?;
    }
    if let FactKind::ReceiptAsked { payment, kiosk, copy, .. } = &fact.kind
        && kiosk == own
        && progress(tx, JOINED)? > 0
    {
        super::print_jobs::queue(tx, super::Paper::Receipt(*payment), *copy, fact.at)?;
    }
    // The same holds for a terminal: what was asked of the store before may have been done.
    if progress(tx, JOINED)? > 0 {
        super::terminal::take_task(tx, own, fact)?;
    }
    // Orders are good for minutes, and a kiosk that is new was given none before: they are taken at once.
    if progress(tx, JOINED)? > 0 || is_first_of_its_kiosk(tx)? {
        super::fleet::take_task(tx, own, fact)?;
    }
    Ok(true)
}

/// Puts a fact where the desk has it; the place is free.
fn put(tx: &Transaction<'_>, fact: &Fact, known: Option<u64>, passed: DateTime<Utc>) -> Result<()> {
    if known.is_none() {
        // What this kiosk has deleted stays deleted; only its number is taken back.
        return if retention::is_passed(fact, passed) { log(tx, fact) } else { append(tx, fact) };
    }
    tx.prepare_cached("UPDATE fact SET seq = ?2 WHERE id = ?1")?.execute((fact.id.to_string(), fact.seq))?;
    Ok(())
}

/// Sets own facts aside from a number on, in their order: below zero, where no fact is.
fn set_aside_own_from(tx: &Transaction<'_>, own: &str, seq: u64) -> Result<()> {
    tx.prepare_cached("UPDATE fact SET seq = -seq WHERE origin = ?1 AND seq >= ?2")?.execute((own, seq))?;
    Ok(())
}

/// Numbers the own facts that were set aside, and did not turn up at the desk, behind one that did.
fn take_back_own_after(tx: &Transaction<'_>, own: &str, through: u64) -> Result<()> {
    let aside: Vec<i64> = tx
        .prepare_cached("SELECT position FROM fact WHERE origin = ?1 AND seq < 0 ORDER BY seq DESC")?
        .query_map([own], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut update = tx.prepare_cached("UPDATE fact SET seq = ?2 WHERE position = ?1")?;
    for (seq, position) in (through + 1..).zip(aside) {
        update.execute((position, seq))?;
    }
    Ok(())
}

/// A desk that was put back from a backup may lack facts that this kiosk has deleted since: those are lost, and what
/// this kiosk still has is numbered behind what the desk has.
fn close_gap(tx: &Transaction<'_>, own: &str, through: u64) -> Result<()> {
    let next: Option<u64> = tx
        .prepare_cached("SELECT min(seq) FROM fact WHERE origin = ?1 AND seq > ?2")?
        .query_row((own, through), |row| row.get(0))?;
    if next.is_some_and(|next| next > through + 1) {
        tracing::warn!("the desk lacks facts of this kiosk that the kiosk has not any more either");
        set_aside_own_from(tx, own, through + 1)?;
        take_back_own_after(tx, own, through)?;
    }
    Ok(())
}

/// Makes room for a fact of others where one stands that the desk has lost. That one is kept, below zero, to
/// be known again if it comes back with another number.
fn vacate(tx: &Transaction<'_>, origin: &str, seq: u64) -> Result<()> {
    tx.prepare_cached("UPDATE fact SET seq = -position WHERE origin = ?1 AND seq = ?2")?
        .execute((origin, seq))?;
    Ok(())
}

fn fact_at(connection: &Connection, origin: &str, seq: u64) -> Result<Option<Uuid>> {
    connection
        .prepare_cached("SELECT id FROM fact WHERE origin = ?1 AND seq = ?2")?
        .query_row((origin, seq), |row| row.get::<_, String>(0))
        .optional()?
        .map(|id| parsed_id(&id))
        .transpose()
}

/// The number of a fact; `Some(0)` for one that the desk had lost.
fn place_of(connection: &Connection, fact: Uuid) -> Result<Option<u64>> {
    Ok(connection
        .prepare_cached("SELECT max(seq, 0) FROM fact WHERE id = ?1")?
        .query_row([fact.to_string()], |row| row.get(0))
        .optional()?)
}

fn cursor(connection: &Connection) -> Result<Cursor> {
    let followed: Option<String> =
        connection.prepare_cached("SELECT followed FROM store")?.query_row([], |row| row.get(0))?;
    let stamp = followed.map(|stamp| parsed_id(&stamp)).transpose()?;
    Ok(Cursor { position: progress(connection, FEED)?, stamp })
}

/// Nothing after this `seq` counts as delivered.
fn lower(tx: &Transaction<'_>, seq: u64) -> Result<()> {
    if seq < progress(tx, DELIVERED)? { set_progress(tx, DELIVERED, seq) } else { Ok(()) }
}

pub(super) fn progress(connection: &Connection, name: &str) -> Result<u64> {
    Ok(connection
        .prepare_cached("SELECT value FROM progress WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

pub(super) fn set_progress(tx: &Transaction<'_>, name: &str, value: u64) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO progress VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2 WHERE value <> ?2",
    )?
    .execute((name, value))?;
    Ok(())
}

type RawFact = (u64, String, String, u64, String, i64, String);

fn raw_fact(row: &rusqlite::Row<'_>) -> rusqlite::Result<RawFact> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn placed((position, stamp, origin, seq, id, at, body): RawFact) -> Result<Placed> {
    let (id, stamp) = (parsed_id(&id)?, parsed_id(&stamp)?);
    Ok(Placed {
        position,
        stamp,
        fact: Fact { id, origin, seq, at: time(at)?, kind: serde_json::from_str(&body)? },
    })
}

pub(super) fn parsed_id(id: &str) -> Result<Uuid> {
    Uuid::parse_str(id).map_err(|error| super::StoreError::Unreadable(error.to_string()))
}
