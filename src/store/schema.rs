//! Tables and their migrations.

use super::{Result, StoreError};
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::path::PathBuf;

// Records are kept whole as JSON in `body`, with the columns beside it that are searched for. Times are
// milliseconds since 1970 in UTC; days are ISO 8601 in the clinic's zone.
const FIRST: &str = "
CREATE TABLE fact (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (origin, seq)
) STRICT;

-- How far something has come: 'delivered' (own facts that the desk has confirmed), 'feed' (the desk's
-- position that this kiosk has applied), 'joined' and 'first' (see the outbox).
CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

CREATE TABLE patient (
    id TEXT PRIMARY KEY,
    number TEXT,
    date_of_birth TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX patient_by_date_of_birth ON patient (date_of_birth);
CREATE INDEX patient_by_number ON patient (number);

CREATE TABLE appointment (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX appointment_by_patient ON appointment (patient);
CREATE INDEX appointment_by_start ON appointment (starts_at);

CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    service TEXT NOT NULL,
    paper TEXT NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL
) STRICT;
CREATE INDEX ticket_by_day ON ticket (day, service);

CREATE TABLE visit (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    appointment TEXT,
    ticket TEXT NOT NULL UNIQUE,
    checked_in_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX visit_by_appointment ON visit (appointment);

-- The count of the day for each service at this kiosk; kept apart from the tickets so that a number is
-- never given twice even if a ticket's row were removed.
CREATE TABLE ticket_count (
    day TEXT NOT NULL,
    service TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, service)
) STRICT;

CREATE TABLE request (
    id TEXT PRIMARY KEY,
    kiosk TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    acknowledge_by INTEGER NOT NULL,
    state TEXT NOT NULL,
    escalated INTEGER NOT NULL DEFAULT 0,
    by_whom TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL
) STRICT;
CREATE INDEX request_by_state ON request (state, acknowledge_by);

-- Only at a kiosk. state: queued, sent, ended.
CREATE TABLE print_job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket TEXT NOT NULL,
    copy INTEGER NOT NULL,
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL
) STRICT;
CREATE INDEX print_job_by_state ON print_job (state);

-- Only at the desk: the last word of each kiosk about each of its devices.
CREATE TABLE device (
    kiosk TEXT NOT NULL,
    device TEXT NOT NULL,
    trouble TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (kiosk, device)
) STRICT;
";

// `store.identity` tells this store from one that took its place; `followed` is the desk's stamp at the
// position 'feed'. Stores from before have not noted it: they follow the log once more and pass over what they have.
// They have spoken with the desk, though, which 'joined' says. `first_store` is only at the desk. `disk_check`
// is always empty: see `Store::check_disk`.
const SECOND: &str = "
ALTER TABLE fact ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
UPDATE fact SET stamp = id;
CREATE TABLE store (identity TEXT NOT NULL, followed TEXT) STRICT;
CREATE TABLE first_store (kiosk TEXT PRIMARY KEY, identity TEXT NOT NULL) STRICT;
CREATE TABLE disk_check (body BLOB NOT NULL) STRICT;
INSERT INTO progress SELECT 'joined', 1 FROM progress WHERE name = 'feed' AND value > 0;
";

// `request.chain` is there once a request was handed over; until then the one it was raised with holds. `rung`
// says whose turn it is, `rungs` how many there are, `escalated` how often nobody answered in time.
// `print_job.ticket` names what its paper is: a ticket, or the request whose slip it is.
const THIRD: &str = "
ALTER TABLE request ADD COLUMN chain TEXT;
ALTER TABLE request ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN rungs INTEGER NOT NULL DEFAULT 1;
ALTER TABLE request ADD COLUMN case_code TEXT;
ALTER TABLE request ADD COLUMN case_answer_by INTEGER;
ALTER TABLE request ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN slip TEXT;
CREATE INDEX request_by_case_code ON request (case_code);
CREATE TABLE message (id TEXT PRIMARY KEY, request TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX message_by_request ON message (request, at);
CREATE TABLE side_note (id TEXT PRIMARY KEY, request TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX side_note_by_request ON side_note (request, at);
CREATE TABLE session_end (
    day TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    step TEXT NOT NULL,
    how TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, kiosk, step, how)
) STRICT;
CREATE TABLE routines (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, by_whom TEXT NOT NULL, files TEXT NOT NULL) STRICT;
ALTER TABLE print_job ADD COLUMN paper TEXT NOT NULL DEFAULT 'ticket';
";

// What happened to a request after it was raised, in the words of the board: who was late (`by_whom`) and whose
// turn it was then (`words`), who took it, where it went.
const FOURTH: &str = "
CREATE TABLE request_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX request_event_by_request ON request_event (request);
";

// `not_checked_in` is what kiosks could not do for people who came, by the day of the clinic's arrivals; `relation.acting`
// is the record of whoever acts for `patient`, where they have one. state: entered, confirmed, ended.
const FIFTH_ARRIVALS: &str = "
CREATE TABLE not_checked_in (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    kiosk TEXT NOT NULL,
    cause TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX not_checked_in_by_time ON not_checked_in (at);
CREATE INDEX visit_by_patient ON visit (patient, checked_in_at);
CREATE TABLE relation (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    acting TEXT,
    state TEXT NOT NULL,
    by_whom TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL
) STRICT;
CREATE INDEX relation_by_patient ON relation (patient);
CREATE INDEX relation_by_acting ON relation (acting);
";

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![M::up(FIRST), M::up(SECOND), M::up(THIRD), M::up(FOURTH), M::up(FIFTH_ARRIVALS)])
}

/// How many migrations a store has yet to go through; fewer than none if a newer version made it.
pub(super) fn pending(connection: &Connection) -> Result<i32> {
    migrations().pending_migrations(connection).map_err(|error| StoreError::Unreadable(error.to_string()))
}

pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    migrations().to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        rusqlite_migration::Error::MigrationDefinition(_) => StoreError::Newer { path: PathBuf::new() },
        other => StoreError::Unreadable(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn a_store_from_before_keeps_its_facts_and_follows_the_desk_once_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.db");
        let mut old = Connection::open(&path).unwrap();
        Migrations::new(vec![M::up(FIRST)]).to_latest(&mut old).unwrap();
        let kind = r#"{"kind":"device-reported","device":"printer","trouble":""}"#;
        let id = "01a20fa0-0cb8-7563-920f-f08219446b63";
        old.execute(
            "INSERT INTO fact (origin, seq, id, at, body) VALUES ('lobby', 1, ?1, 0, ?2)",
            [id, kind],
        )
        .unwrap();
        old.execute("INSERT INTO progress VALUES ('delivered', 1), ('feed', 7)", []).unwrap();
        drop(old);

        let mut kiosk = Store::open(&path, "lobby").unwrap();
        let identity = kiosk.identity();
        assert_eq!(kiosk.undelivered_count().unwrap(), 0);
        let (desk, cursor) = (Store::in_memory(crate::link::fact::DESK), kiosk.cursor().unwrap());
        let mut desk = desk.unwrap();
        assert_eq!((cursor.position, cursor.stamp), (7, None));
        let feed = desk.feed("lobby", identity, cursor, 10).unwrap();
        assert_eq!(feed.after, 0);
        kiosk.follow(&feed).unwrap();
        assert_eq!(kiosk.undelivered_count().unwrap(), 1, "this desk has never heard of it");
        drop(kiosk);
        assert_eq!(Store::open(&path, "lobby").unwrap().identity(), identity);
    }
}
