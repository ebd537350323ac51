//! The waiting rooms' displays that this desk has heard of: one that does not come back after a restart is missed too.

use super::{Result, Store, time};
use chrono::{DateTime, Utc};

impl Store {
    /// Every display that was there, by name, with when it was last heard of.
    pub fn displays(&self) -> Result<Vec<(String, DateTime<Utc>)>> {
        let mut query = self.connection.prepare_cached("SELECT name, heard_at FROM display ORDER BY name")?;
        let mut rows = query.query(())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, time(row.get(1)?)?));
        }
        Ok(found)
    }

    /// A display was heard of.
    pub fn note_display(&mut self, name: &str, at: DateTime<Utc>) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO display (name, heard_at) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET heard_at = excluded.heard_at",
            )?
            .execute((name, at.timestamp_millis()))?;
            Ok(())
        })
    }

    /// A display was taken away: nobody misses it any more.
    pub fn forget_display(&mut self, name: &str) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached("DELETE FROM display WHERE name = ?1")?.execute([name])?;
            Ok(())
        })
    }
}
