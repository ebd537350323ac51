//! Facts on their way: the outbox of a kiosk, and the applying of what arrives, at both ends.

use super::{Result, Store, append, last_seq, time};
use crate::link::fact::{Acknowledgement, Fact, FactKind, Placed};
use rusqlite::{Connection, Transaction};
use uuid::Uuid;

const DELIVERED: &str = "delivered";
const FEED: &str = "feed";

impl Store {
    /// The next own facts that the desk has not confirmed, in order.
    pub fn undelivered(&self, at_most: usize) -> Result<Vec<Fact>> {
        self.own_facts_after(progress(&self.connection, DELIVERED)?, at_most)
    }

    /// Own facts after one of them, in order, confirmed or not.
    pub fn own_facts_after(&self, after: u64, at_most: usize) -> Result<Vec<Fact>> {
        let mut query = self.connection.prepare_cached(
            "SELECT position, origin, seq, id, at, body FROM fact WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )?;
        let rows = query.query_map((&self.origin, after, at_most), raw_fact)?;
        rows.map(|row| Ok(placed(row?)?.fact)).collect()
    }

    /// How many own facts wait to be delivered.
    pub fn undelivered_count(&self) -> Result<u64> {
        Ok(last_seq(&self.connection, &self.origin)?.saturating_sub(progress(&self.connection, DELIVERED)?))
    }

    /// Whether the desk has confirmed an own fact.
    pub fn is_delivered(&self, seq: u64) -> Result<bool> {
        Ok(progress(&self.connection, DELIVERED)? >= seq)
    }

    /// The desk has everything up to here. An answer that is older than one before it changes nothing, and
    /// one beyond what was ever said here is not believed.
    pub fn delivered(&mut self, acknowledgement: Acknowledgement) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let through = acknowledgement.applied_through.min(last_seq(tx, &origin)?);
            if through > progress(tx, DELIVERED)? { set_progress(tx, DELIVERED, through) } else { Ok(()) }
        })
    }

    /// At the desk: takes what a kiosk delivered. Facts that are here already are passed over; after a gap
    /// nothing is taken. The answer says how far this store has come.
    pub fn receive(&mut self, kiosk: &str, facts: &[Fact]) -> Result<Acknowledgement> {
        self.write(|tx| {
            let mut through = last_seq(tx, kiosk)?;
            for fact in facts {
                if fact.origin == kiosk && fact.seq == through + 1 {
                    append(tx, fact)?;
                    through = fact.seq;
                }
            }
            Ok(Acknowledgement { applied_through: through })
        })
    }

    /// At the desk: what a kiosk has not seen yet of the others' facts.
    pub fn feed(&self, kiosk: &str, after: u64, at_most: usize) -> Result<Vec<Placed>> {
        let mut query = self.connection.prepare_cached(
            "SELECT position, origin, seq, id, at, body FROM fact WHERE position > ?2 AND origin <> ?1 ORDER BY position LIMIT ?3",
        )?;
        let rows = query.query_map((kiosk, after, at_most), raw_fact)?;
        rows.map(|row| placed(row?)).collect()
    }

    /// At a kiosk: how far the desk's feed has been applied.
    pub fn feed_position(&self) -> Result<u64> {
        progress(&self.connection, FEED)
    }

    /// At a kiosk: applies what the desk sent, and answers the facts that were new. What is at or before
    /// the cursor is passed over; facts and cursor are one transaction.
    pub fn follow(&mut self, feed: &[Placed]) -> Result<Vec<Fact>> {
        let own = self.origin.clone();
        self.write(|tx| {
            let mut position = progress(tx, FEED)?;
            let mut fresh = Vec::new();
            for placed in feed {
                if placed.position <= position || placed.fact.origin == own {
                    continue;
                }
                append(tx, &placed.fact)?;
                if let FactKind::ReprintAsked { ticket, kiosk, .. } = &placed.fact.kind
                    && *kiosk == own
                {
                    super::print_jobs::queue(tx, *ticket, true, placed.fact.at)?;
                }
                position = placed.position;
                fresh.push(placed.fact.clone());
            }
            set_progress(tx, FEED, position)?;
            Ok(fresh)
        })
    }

    /// At the desk: the last position of any fact; it grows with everything that happens.
    pub fn last_position(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT coalesce(max(position), 0) FROM fact", [], |row| row.get(0))?)
    }

    /// Facts of one origin that this store has applied, in the order of application.
    pub fn applied_from(&self, origin: &str) -> Result<Vec<Fact>> {
        let mut query = self.connection.prepare_cached(
            "SELECT position, origin, seq, id, at, body FROM fact WHERE origin = ?1 ORDER BY position",
        )?;
        let rows = query.query_map([origin], raw_fact)?;
        rows.map(|row| Ok(placed(row?)?.fact)).collect()
    }
}

fn progress(connection: &Connection, name: &str) -> Result<u64> {
    use rusqlite::OptionalExtension;
    Ok(connection
        .prepare_cached("SELECT value FROM progress WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

fn set_progress(tx: &Transaction<'_>, name: &str, value: u64) -> Result<()> {
    tx.prepare_cached("INSERT INTO progress VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")?
        .execute((name, value))?;
    Ok(())
}

type RawFact = (u64, String, u64, String, i64, String);

fn raw_fact(row: &rusqlite::Row<'_>) -> rusqlite::Result<RawFact> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn placed((position, origin, seq, id, at, body): RawFact) -> Result<Placed> {
    let id = Uuid::parse_str(&id).map_err(|error| super::StoreError::Unreadable(error.to_string()))?;
    Ok(Placed { position, fact: Fact { id, origin, seq, at: time(at)?, kind: serde_json::from_str(&body)? } })
}
