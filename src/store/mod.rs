//! The store: SQLite, the same schema at a kiosk and at the desk.
//!
//! Everything that happens is a fact appended to one table; the other tables are what the facts amount to,
//! brought up to date in the same transaction. A kiosk's outbox is simply those of its own facts that the
//! desk has not confirmed yet.
//!
//! **Invariant:** one public method that writes is one transaction with one meaning.

mod apply;
mod arrivals;
mod audit;
mod book;
mod charges;
mod closings;
mod closures;
mod conflicts;
mod desk_payments;
mod directory;
pub(crate) mod disk;
mod displays;
mod drawer;
mod figures;
mod fleet;
mod forms;
mod handle;
mod history;
mod not_checked_in;
mod outbox;
mod payments;
mod print_jobs;
mod queue;
mod records;
mod relations;
mod requests;
pub mod retention;
mod routines;
mod schema;
mod secret;
mod sessions;
mod staff;
mod suggestions;
mod supervision;
mod terminal;

pub use arrivals::{ArrivalRow, DeviceTrouble};
pub use audit::{Actor, AuditEntry, AuditSearch, SAW_ON_BOARD};
pub use book::{BookRow, ClosedTime, ClosingRefused};
pub use closings::{Closing, TerminalEntry};
pub use closures::{CallRow, ClosureRow, ToldRow};
pub use conflicts::{BookedTwice, CheckInConflict};
pub use desk_payments::{RefundStop, Word};
pub use directory::DirectoryCounts;
pub use figures::{TicketCount, UrgencyCount};
pub use fleet::{FleetOrder, KeptBeat, KioskTask, MinuteOf};
pub use handle::StoreHandle;
pub use history::{RequestEvent, RequestEventKind};
pub use not_checked_in::NotCheckedInRow;
pub use outbox::Followed;
pub use payments::{LedgerRow, PaymentStop};
pub use print_jobs::{Paper, PrintJob, PrintJobId};
pub use queue::{Called, DaySeen, PatientCall, QueueDecision, Stay};
pub use relations::RelationRow;
pub use requests::RequestRow;
pub use retention::RetentionRun;
pub use routines::AppliedRoutines;
pub use secret::{Secret, SecretPrint};
pub use sessions::{KnownHere, NewSession, Session};
pub use staff::{Account, AccountStop, CodeFor, CodeUse, NewAccount, SecretHash};
pub use suggestions::OwnReport;
pub use supervision::{Arrived, KioskSession, RequestFigure, RoutineStepFigure, WaitEnded};
pub use terminal::{AnsweredOrder, IntentKind, NewIntent, TerminalIntent, TerminalTask};

use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, Utc};
use directory::one;
use rusqlite::config::DbConfig;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use std::convert::Infallible;
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error(
        "{}the disk of the store is full: free some space, nothing that was confirmed is lost",
        named(path)
    )]
    DiskFull {
        /// Which file cannot grow.
        path: PathBuf,
    },
    /// The disk has become read-only.
    #[error(
        "{}the disk of the store cannot be written any more, as Linux does with one that fails: restart the machine, and replace the disk if it happens again; nothing that was confirmed is lost",
        named(path)
    )]
    DiskReadOnly {
        /// Which file cannot be written.
        path: PathBuf,
    },
    /// The file is damaged or is no store.
    #[error(
        "{path}: the store is damaged: move the file aside and restart; a kiosk fills a new one from the desk, the desk's comes from a backup"
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
    /// The folder or file cannot be used.
    #[error(
        "{path}: the store cannot be opened: {reason}. Check that data in clinic.toml names the right folder and that it and the file may be written"
    )]
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
    /// The system gives no random numbers.
    #[error("no secret can be made: the system gives no random numbers ({0}). Restart the machine")]
    NoChance(String),
    /// Anything else that SQLite says.
    #[error("the store failed: {0}. Restart the program; if it fails again, look at the disk and its space")]
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

/// A store that runs need not be named: there is one to a program.
fn named(path: &Path) -> String {
    if path.as_os_str().is_empty() { String::new() } else { format!("{}: ", path.display()) }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The index of the log that does not fit is no write to the store, and told as an error of the disk.
        let no_room = error.sqlite_error_code() == Some(ErrorCode::DiskFull)
            || error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_SHMSIZE);
        if no_room { Self::DiskFull { path: PathBuf::new() } } else { Self::Sqlite(error) }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl StoreError {
    /// The folder or file cannot be used; `reason` is what the system says.
    pub(crate) fn cannot_open(path: &Path, reason: String) -> Self {
        let path = path.to_path_buf();
        match path.parent().is_some_and(disk::is_read_only) {
            true => Self::DiskReadOnly { path },
            false => Self::CannotOpen { path, reason },
        }
    }

    /// Says of an error that SQLite gave without its file which file it is about.
    fn at(self, path: &Path) -> Self {
        match self {
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                    Self::Damaged { path: path.to_path_buf() }
                }
                _ => Self::cannot_open(path, error.to_string()),
            },
            Self::Newer { .. } => Self::Newer { path: path.to_path_buf() },
            Self::DiskFull { .. } => Self::DiskFull { path: path.to_path_buf() },
            other => other,
        }
    }
}

/// Result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// How long a second process, such as `vestibule import` beside a running desk, may have the store.
const BUSY: Duration = Duration::from_secs(10);

/// To how many bytes the log beside a store is cut back once it was folded in.
const LARGEST_LOG: i64 = 8 * 1024 * 1024;

/// The store of one kiosk or of the desk. One thread owns it; everybody else asks that thread.
pub struct Store {
    connection: Connection,
    origin: String,
    identity: Uuid,
    /// For whom it works right now, where that is a person who is signed in.
    actor: Option<Actor>,
    /// When this kiosk's desk was heard of last, since the program began.
    heard: Option<DateTime<Utc>>,
}

impl Store {
    /// Opens or makes the store in a file. `origin` is the kiosk's name or [`crate::link::fact::DESK`].
    pub fn open(path: &Path, origin: &str) -> Result<Self> {
        let cannot = |reason: String| StoreError::cannot_open(path, reason);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| cannot(error.to_string()))?;
        }
        not_cut_to_nothing(path)?;
        let connection = Connection::open(path).map_err(|error| cannot(error.to_string()))?;
        // A damaged store is left as it is, with its log beside it: whoever mends it needs both. So it is
        // looked through before anything is changed, and a log is not folded into it when it is closed.
        let keep_log = |connection: &Connection, keep: bool| {
            connection
                .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)
                .map_err(|error| StoreError::from(error).at(path))
        };
        keep_log(&connection, log_of(path).exists())?;
        connection.busy_timeout(BUSY)?;
        quick_check(&connection, path)?;
        let store = Self::prepare(connection, origin).map_err(|error| error.at(path))?;
        keep_log(&store.connection, false)?;
        Ok(store)
    }

    /// Opens a store only to read it, and leaves nothing behind: whoever looks may be another user than the
    /// one it belongs to. `None` if there is no store yet.
    pub fn open_to_read(path: &Path, origin: &str) -> Result<Option<Self>> {
        let cannot = |reason: String| StoreError::CannotOpen { path: path.to_path_buf(), reason };
        if !path.try_exists().map_err(|error| cannot(error.to_string()))? {
            return Ok(None);
        }
        not_cut_to_nothing(path)?;
        // Beside a program that has it open, its log must be read too. Without a log nobody has it open, and
        // it can be read as a file that does not change: otherwise SQLite would put files of its own there.
        let place = if log_of(path).exists() { path.as_os_str().to_os_string() } else { unchanging(path) };
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(place, flags).map_err(|error| StoreError::from(error).at(path))?;
        connection
            .busy_timeout(std::time::Duration::from_secs(2))
            .map_err(|error| StoreError::from(error).at(path))?;
        quick_check(&connection, path)?;
        match schema::pending(&connection)? {
            pending if pending < 0 => Err(StoreError::Newer { path: path.to_path_buf() }),
            0 => Self::of(connection, origin).map(Some),
            // Its tables come with the next start.
            _ => Ok(None),
        }
    }

    /// A store in memory, for tests of rules that stand above it. No other one was before it, so its ticket
    /// numbers begin with the first.
    pub fn in_memory(origin: &str) -> Result<Self> {
        let mut store = Self::prepare(Connection::open_in_memory()?, origin)?;
        store.write(outbox::set_first_of_its_kiosk)?;
        Ok(store)
    }

    fn prepare(mut connection: Connection, origin: &str) -> Result<Self> {
        // WAL with FULL: a commit that returned survives a power cut.
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        // What is deleted is gone: its bytes are overwritten. Pages that became free are used again, so that a store
        // grows to what is kept and no further; nothing needs to be moved to make its file smaller.
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.pragma_update(None, "journal_size_limit", LARGEST_LOG)?;
        schema::migrate(&mut connection)?;
        connection.execute(
            "INSERT INTO store (identity) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM store)",
            [Uuid::now_v7().to_string()],
        )?;
        Self::of(connection, origin)
    }

    /// A store whose tables are there.
    fn of(connection: Connection, origin: &str) -> Result<Self> {
        let identity: String = connection.query_row("SELECT identity FROM store", [], |row| row.get(0))?;
        let identity =
            Uuid::parse_str(&identity).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(Self { connection, origin: origin.to_string(), identity, actor: None, heard: None })
    }

    /// The name of the kiosk whose store this is, or [`crate::link::fact::DESK`].
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What tells this store from any other, made with it.
    pub fn identity(&self) -> Uuid {
        self.identity
    }

    /// The folder of its file; none for a store in memory.
    pub fn folder(&self) -> Option<PathBuf> {
        let path = self.connection.path().filter(|path| !path.is_empty())?;
        Path::new(path).parent().map(Path::to_path_buf)
    }

    /// Records what happened here, all of it or nothing.
    pub fn commit(&mut self, kinds: Vec<FactKind>, now: DateTime<Utc>) -> Result<Vec<Fact>> {
        let origin = self.origin.clone();
        self.write(|tx| kinds.into_iter().map(|kind| append_own(tx, &origin, kind, now)).collect())
    }

    /// Whether the store can still be written: makes room for what is larger than any fact and gives it back,
    /// then commits something small. Without it, a full disk shows only when the next fact has no place.
    pub fn check_disk(&mut self) -> Result<()> {
        let room = (|| {
            let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tx.execute("INSERT INTO disk_check VALUES (zeroblob(65536))", [])?;
            Ok(tx.rollback()?)
        })();
        room.map_err(|error| self.of_its_disk(error))?;
        self.write(outbox::note_disk_check)
    }

    /// Limits the file to so many pages of 4096 bytes: the store then answers like one on a full disk.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        Ok(self.connection.pragma_update(None, "max_page_count", pages)?)
    }

    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let Ok(answer) = self.write_or_leave(|tx| Ok(Ok::<_, Infallible>(work(tx)?)))?;
        Ok(answer)
    }

    /// Writes what `work` decides; of what it refuses nothing is kept.
    fn write_or_leave<T, R>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<Result<T, R>>,
    ) -> Result<Result<T, R>> {
        let actor = self.actor.clone();
        let written = (|| {
            let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = if actor.is_some() { audit::last_fact(&tx)? } else { 0 };
            let answer = work(&tx)?;
            if answer.is_ok() {
                if let Some(actor) = &actor {
                    audit::note_facts(&tx, actor, before)?;
                }
                tx.commit()?;
            }
            Ok(answer)
        })();
        written.map_err(|error| self.of_its_disk(error))
    }

    /// What an error of writing is, once it is known how the disk is: SQLite tells of one that has become read-only as of
    /// any other that does not take a page.
    fn of_its_disk(&self, error: StoreError) -> StoreError {
        let path = self.connection.path().unwrap_or_default().into();
        match error {
            StoreError::DiskFull { .. } => StoreError::DiskFull { path },
            StoreError::Sqlite(_) if self.folder().is_some_and(|folder| disk::is_read_only(&folder)) => {
                StoreError::DiskReadOnly { path }
            }
            other => other,
        }
    }
}

fn quick_check(connection: &Connection, path: &Path) -> Result<()> {
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| StoreError::from(error).at(path))?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Damaged { path: path.to_path_buf() }) }
}

/// SQLite takes a file that was cut to nothing for one that it has just made itself.
fn not_cut_to_nothing(path: &Path) -> Result<()> {
    match path.metadata() {
        Ok(file) if file.len() == 0 => Err(StoreError::Damaged { path: path.to_path_buf() }),
        _ => Ok(()),
    }
}

/// The log that SQLite keeps beside a store that is in use.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_os_string();
    log.push("-wal");
    log.into()
}

/// SQLite's URI for a file that nobody changes.
fn unchanging(path: &Path) -> OsString {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(char::from(*byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
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
    log(tx, fact)?;
    apply::apply(tx, fact)
}

/// Appends a fact and does not apply it.
fn log(tx: &Transaction<'_>, fact: &Fact) -> Result<()> {
    let (part, subject) = retention::belongs_in_columns(fact.id, &fact.kind);
    tx.prepare_cached(
        "INSERT INTO fact (origin, seq, id, at, body, stamp, part, subject) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        &fact.origin,
        fact.seq,
        fact.id.to_string(),
        fact.at.timestamp_millis(),
        serde_json::to_string(&fact.kind)?,
        Uuid::now_v7().to_string(),
        part,
        subject,
    ))?;
    Ok(())
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
