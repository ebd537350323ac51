//! The store: SQLite, the same schema at a kiosk and at the desk.
//!
//! Everything that happens is a fact appended to one table; the other tables are what the facts amount to,
//! brought up to date in the same transaction. A kiosk's outbox is simply those of its own facts that the
//! desk has not confirmed yet.
//!
//! **Invariant:** one public method that writes is one transaction with one meaning.

mod apply;
mod arrivals;
mod directory;
mod handle;
mod outbox;
mod print_jobs;
mod requests;
mod schema;

pub use arrivals::{ArrivalRow, DeviceTrouble};
pub use directory::DirectoryCounts;
pub use handle::StoreHandle;
pub use print_jobs::{PrintJob, PrintJobId};
pub use requests::RequestRow;

use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk of the store is full: free some space, nothing that was confirmed is lost")]
    DiskFull,
    /// The file is damaged or is no store.
    #[error(
        "{path}: the store is damaged: move the file aside and restart; a kiosk fills a new one from the desk, the desk's comes from a backup"
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
    /// The folder or file cannot be used.
    #[error("{path}: the store cannot be opened: {reason}. Check that the folder exists and may be written")]
    CannotOpen {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file was written by a newer version of this program.
    #[error(
        "{path}: this store was made by a newer version of Vestibule: install that version, or a newer one"
    )]
    Newer {
        /// Which file.
        path: PathBuf,
    },
    /// Anything else that SQLite says.
    #[error("the store failed: {0}")]
    Sqlite(rusqlite::Error),
    /// A stored value does not read as what it should be.
    #[error("the store holds something unreadable ({0}): restore it from a backup")]
    Unreadable(String),
    /// The thread that owns the store did not finish the work.
    #[error(
        "the store did not finish what it was asked: the program is stopping, or its log tells of a defect; nothing of it was kept, try again"
    )]
    Abandoned,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// How long a second process, such as `vestibule import` beside a running desk, may have the store.
const BUSY: Duration = Duration::from_secs(10);

/// The store of one kiosk or of the desk. One thread owns it; everybody else asks that thread.
pub struct Store {
    connection: Connection,
    origin: String,
}

impl Store {
    /// Opens or makes the store in a file. `origin` is the kiosk's name or [`crate::link::fact::DESK`].
    pub fn open(path: &Path, origin: &str) -> Result<Self> {
        let cannot = |reason: String| StoreError::CannotOpen { path: path.to_path_buf(), reason };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| cannot(error.to_string()))?;
        }
        let told = |error: StoreError| match error {
            StoreError::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                    StoreError::Damaged { path: path.to_path_buf() }
                }
                _ => cannot(error.to_string()),
            },
            StoreError::Newer { .. } => StoreError::Newer { path: path.to_path_buf() },
            other => other,
        };
        let damaged = || StoreError::Damaged { path: path.to_path_buf() };
        // SQLite takes a file that was cut to nothing for one that it has just made itself.
        if path.metadata().is_ok_and(|file| file.len() == 0) {
            return Err(damaged());
        }
        let connection = Connection::open(path).map_err(|error| cannot(error.to_string()))?;
        // A damaged store is left as it is, with its log beside it: whoever mends it needs both. So it is
        // looked through before anything is changed, and a log is not folded into it when it is closed.
        let has_log = PathBuf::from(format!("{}-wal", path.display())).exists();
        let keep_log = |connection: &Connection, keep: bool| {
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep).map(drop)
        };
        let looked_through = || -> rusqlite::Result<String> {
            connection.busy_timeout(BUSY)?;
            keep_log(&connection, has_log)?;
            connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        };
        if looked_through().map_err(|error| told(error.into()))? != "ok" {
            return Err(damaged());
        }
        let store = Self::prepare(connection, origin).map_err(told)?;
        keep_log(&store.connection, false).map_err(|error| told(error.into()))?;
        Ok(store)
    }

    /// A store in memory, for tests of rules that stand above it.
    pub fn in_memory(origin: &str) -> Result<Self> {
        Self::prepare(Connection::open_in_memory()?, origin)
    }

    fn prepare(mut connection: Connection, origin: &str) -> Result<Self> {
        // WAL with FULL: a commit that returned survives a power cut.
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection, origin: origin.to_string() })
    }

    /// The name of the kiosk whose store this is, or [`crate::link::fact::DESK`].
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Records what happened here, all of it or nothing.
    pub fn commit(&mut self, kinds: Vec<FactKind>, now: DateTime<Utc>) -> Result<Vec<Fact>> {
        let origin = self.origin.clone();
        self.write(|tx| kinds.into_iter().map(|kind| append_own(tx, &origin, kind, now)).collect())
    }

    /// Limits the file to so many pages of 4096 bytes: the store then answers like one on a full disk.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        Ok(self.connection.pragma_update(None, "max_page_count", pages)?)
    }

    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&tx)?;
        tx.commit()?;
        Ok(answer)
    }
}

/// Appends a fact of this store's own and applies it.
fn append_own(tx: &Transaction<'_>, origin: &str, kind: FactKind, now: DateTime<Utc>) -> Result<Fact> {
    let seq = last_seq(tx, origin)? + 1;
    let fact = Fact { id: Uuid::now_v7(), origin: origin.to_string(), seq, at: now, kind };
    append(tx, &fact)?;
    Ok(fact)
}

/// Appends a fact from anywhere and applies it. The caller has made sure that it is new.
fn append(tx: &Transaction<'_>, fact: &Fact) -> Result<()> {
    tx.prepare_cached("INSERT INTO fact (origin, seq, id, at, body) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
        (
            &fact.origin,
            fact.seq,
            fact.id.to_string(),
            fact.at.timestamp_millis(),
            serde_json::to_string(&fact.kind)?,
        ),
    )?;
    apply::apply(tx, fact)
}

/// The last position of an origin's facts in this store; 0 for none.
fn last_seq(connection: &Connection, origin: &str) -> Result<u64> {
    Ok(connection
        .prepare_cached("SELECT max(seq) FROM fact WHERE origin = ?1")?
        .query_row([origin], |row| row.get::<_, Option<u64>>(0))
        .optional()?
        .flatten()
        .unwrap_or(0))
}

/// Milliseconds since 1970, as stored, back to a time.
fn time(millis: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| StoreError::Unreadable(format!("time {millis}")))
}
