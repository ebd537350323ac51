//! Tables and their migrations.

use super::{Result, StoreError};
use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookError, HookResult, M, Migrations};
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

// The book. `appointment.clinician` is the name by `clinician_key`, `stands` whether the time is taken, `imported`
// what another system last said of it: only what changes there may undo what was changed here. `slot_offer.ended`
// is none while the slot is held. `booking_order` and `freed_time` are only at the desk: what was answered to each
// order, and which times were freed for those who wait.
const BOOK: &str = "
ALTER TABLE appointment ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointment ADD COLUMN clinician TEXT NOT NULL DEFAULT '';
ALTER TABLE appointment ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointment ADD COLUMN imported TEXT;
UPDATE appointment SET imported = body;
CREATE INDEX appointment_taken ON appointment (clinician, starts_at, ends_at) WHERE stands = 1;
CREATE TABLE waiting_list (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    since INTEGER NOT NULL,
    waits INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX waiting_list_by_patient ON waiting_list (patient);
CREATE INDEX waiting_list_by_turn ON waiting_list (since, id) WHERE waits = 1;
CREATE TABLE slot_offer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry TEXT NOT NULL,
    clinician TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    request TEXT NOT NULL,
    ended TEXT,
    slot TEXT NOT NULL
) STRICT;
CREATE INDEX slot_offer_by_entry ON slot_offer (entry);
CREATE INDEX slot_offer_held ON slot_offer (clinician, starts_at, ends_at) WHERE ended IS NULL;
CREATE TABLE booking_order (
    appointment TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE freed_time (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    clinician TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
";

/// Appointments from before the book had columns of their own for what is taken.
fn fill_taken_times(tx: &Transaction<'_>) -> HookResult {
    let unreadable = |error: &dyn std::fmt::Display| HookError::Hook(error.to_string());
    let bodies: Vec<String> = tx
        .prepare("SELECT body FROM appointment")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for body in bodies {
        let appointment = serde_json::from_str(&body).map_err(|error| unreadable(&error))?;
        super::book::record(tx, &appointment).map_err(|error| unreadable(&error))?;
    }
    Ok(())
}

// `print_job.language` is that of a paper whose record names none: the slip of an appointment.
const SLIP_LANGUAGE: &str = "ALTER TABLE print_job ADD COLUMN language TEXT NOT NULL DEFAULT '';";

// `not_checked_in` is what kiosks could not do for people who came, by the day of the clinic's arrivals; `relation.acting`
// is the record of whoever acts for `patient`, where they have one. state: entered, confirmed, ended.
const ARRIVALS: &str = "
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

// `patient.phone` and `scheme` are what two spellings of a number share, to find records by; `source` is that of
// the body. What was registered before is marked as entered by the patient, detail by detail, like what is
// registered from now on. `merged_patient` leads from the id and the number of a record that was merged to the
// one that was kept. A possible duplicate was 'found', somebody was 'asked', or they are two people: 'apart'.
const REGISTRATION: &str = "
ALTER TABLE patient ADD COLUMN phone TEXT;
ALTER TABLE patient ADD COLUMN scheme TEXT;
ALTER TABLE patient ADD COLUMN source TEXT NOT NULL DEFAULT 'imported';
UPDATE patient SET source = body ->> 'source', phone = substr(replace(replace(replace(replace(replace(replace(
    body ->> 'phone', ' ', ''), '-', ''), '(', ''), ')', ''), '/', ''), '+', ''), -9);
CREATE INDEX patient_by_phone ON patient (phone);
CREATE INDEX patient_by_scheme ON patient (scheme);
UPDATE patient SET body = (
    WITH mark AS (
        SELECT json_object('entry', fact.id, 'at', strftime('%Y-%m-%dT%H:%M:%fZ', fact.at / 1000.0, 'unixepoch')) AS body
        FROM fact WHERE fact.body ->> 'kind' = 'patient-recorded' AND fact.body ->> '$.patient.id' = patient.id
        ORDER BY fact.position LIMIT 1
    ),
    entered AS (
        SELECT column1 AS detail FROM (VALUES ('given-name'), ('family-name'), ('date-of-birth'))
        UNION ALL SELECT 'sex' WHERE patient.body ->> 'sex' IS NOT NULL
        UNION ALL SELECT 'phone' WHERE patient.body ->> 'phone' IS NOT NULL
        UNION ALL SELECT 'address' WHERE patient.body ->> 'address' IS NOT NULL
        UNION ALL SELECT 'emergency-contact' WHERE patient.body ->> 'emergency_contact' IS NOT NULL
        UNION ALL SELECT 'language' WHERE patient.body ->> 'language' IS NOT NULL
    )
    SELECT json_set(patient.body, '$.further', json_object('marks', json_group_object(detail, json(mark.body))))
    FROM entered, mark
) WHERE source = 'kiosk' AND EXISTS (SELECT 1 FROM fact
    WHERE fact.body ->> 'kind' = 'patient-recorded' AND fact.body ->> '$.patient.id' = patient.id);
CREATE TABLE merged_patient (merge TEXT PRIMARY KEY, keep TEXT NOT NULL, number TEXT) STRICT;
CREATE INDEX merged_patient_by_keep ON merged_patient (keep);
CREATE TABLE possible_duplicate (one TEXT NOT NULL, other TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (one, other)) STRICT;
CREATE INDEX possible_duplicate_by_state ON possible_duplicate (state);
";

// The forms that were answered and what was agreed to, as they were shown; `form_answered` is searched for the
// last time that a patient answered a form.
const FORMS: &str = "
CREATE TABLE form_answered (
    id TEXT PRIMARY KEY,
    visit TEXT NOT NULL,
    patient TEXT NOT NULL,
    form TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX form_answered_by_visit ON form_answered (visit);
CREATE INDEX form_answered_by_patient ON form_answered (patient, form, at);
CREATE TABLE consent (id TEXT PRIMARY KEY, patient TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX consent_by_patient ON consent (patient, at);
";

// What is owed and paid. `charge.state`: stands, withdrawn (staff decided), superseded (another system told a new
// balance). `outcome` is that of the end that stands, none while nothing is known; `payment_end.of_id` is that of the
// payment or the refund. `terminal_order` is what staff asked of terminals. `terminal_intent` and `terminal_task` are
// only at a kiosk: what its terminal may be doing, at most one at a time, and what is to be done with it. state: asked,
// sent, ended.
const PAYMENTS: &str = "
CREATE TABLE charge (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX charge_by_patient ON charge (patient);
CREATE TABLE payment (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    terminal TEXT,
    reference TEXT,
    begun_at INTEGER NOT NULL,
    outcome TEXT,
    paper TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX payment_by_patient ON payment (patient);
CREATE INDEX payment_by_reference ON payment (reference);
CREATE INDEX payment_by_time ON payment (begun_at);
CREATE INDEX payment_unsettled ON payment (kiosk) WHERE outcome IS NULL OR outcome = 'not-known';
CREATE TABLE refund (
    id TEXT PRIMARY KEY,
    payment TEXT NOT NULL,
    terminal TEXT,
    begun_at INTEGER NOT NULL,
    outcome TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX refund_by_payment ON refund (payment);
CREATE TABLE payment_end (
    id TEXT PRIMARY KEY,
    of_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX payment_end_by_payment ON payment_end (of_id, at, id);
CREATE TABLE terminal_intent (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    previous TEXT NOT NULL,
    progress TEXT NOT NULL,
    receipt TEXT NOT NULL DEFAULT '[]',
    begun_at INTEGER NOT NULL,
    alone INTEGER NOT NULL,
    open INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_open_intent ON terminal_intent (open) WHERE open = 1;
CREATE TABLE terminal_order (
    id TEXT PRIMARY KEY,
    kiosk TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    answered_at INTEGER,
    answer TEXT
) STRICT;
CREATE INDEX terminal_order_by_kiosk ON terminal_order (kiosk, asked_at);
CREATE TABLE terminal_task (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX terminal_task_by_state ON terminal_task (state, at);
ALTER TABLE request ADD COLUMN payment TEXT;
CREATE INDEX request_by_payment ON request (payment);
";

// Where each visit is in the queue of its day, by the facts. state: waiting, called, ended; `called_at` and `times` are
// of the last point it was called to, and stay after the patient did not come. `patient_call` is every call, for the
// display; `stay` what each wait and each time at a service point amounted to.
const QUEUE: &str = "
CREATE TABLE queue_entry (
    visit TEXT PRIMARY KEY,
    ticket TEXT NOT NULL,
    day TEXT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    point TEXT,
    by_whom TEXT,
    called_at INTEGER,
    times INTEGER NOT NULL DEFAULT 0,
    absences INTEGER NOT NULL DEFAULT 0,
    held_until INTEGER,
    since INTEGER,
    urgency TEXT NOT NULL DEFAULT '\"routine\"',
    groups TEXT NOT NULL DEFAULT '[]',
    ended_at INTEGER,
    ending TEXT
) STRICT;
CREATE INDEX queue_entry_by_state ON queue_entry (state, day);
CREATE INDEX queue_entry_by_ticket ON queue_entry (ticket);
INSERT INTO queue_entry (visit, ticket, day, service, state)
    SELECT visit.id, ticket.id, ticket.day, ticket.service, 'waiting'
    FROM visit JOIN ticket ON ticket.id = visit.ticket WHERE ticket.day >= date('now', '-1 day');
CREATE TABLE patient_call (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visit TEXT NOT NULL,
    point TEXT NOT NULL,
    at INTEGER NOT NULL,
    again INTEGER NOT NULL
) STRICT;
CREATE INDEX patient_call_by_time ON patient_call (at);
CREATE INDEX patient_call_by_visit ON patient_call (visit);
CREATE TABLE stay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visit TEXT NOT NULL,
    day TEXT NOT NULL,
    service TEXT NOT NULL,
    point TEXT NOT NULL,
    appointment INTEGER,
    arrived_at INTEGER NOT NULL,
    waits_since INTEGER NOT NULL,
    called_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stay_by_day ON stay (day, service);
CREATE INDEX stay_by_service ON stay (service, ended_at);
";

// The people of the desk. None of this is a fact: it stays where it is. `staff.folded` is the name in small letters;
// what is secret is kept as Argon2id (`password`, `pin`) or as SHA-256 of what is random (`token`, `browser`, `code`).
// `board_seen` is what a session has seen on the board today, so that the trail tells it once.
const PEOPLE: &str = "
CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    sign_in TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    password TEXT,
    pin TEXT,
    active INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL
) STRICT;
CREATE TABLE staff_session (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX staff_session_by_person ON staff_session (person);
CREATE TABLE staff_browser (
    browser TEXT NOT NULL,
    person TEXT NOT NULL,
    password_at INTEGER NOT NULL,
    wrong_pins INTEGER NOT NULL,
    PRIMARY KEY (browser, person)
) STRICT;
CREATE TABLE staff_code (code TEXT PRIMARY KEY, purpose TEXT NOT NULL, person TEXT, until INTEGER NOT NULL) STRICT;
CREATE TABLE sign_in_failure (who TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT;
CREATE TABLE board_seen (
    session TEXT NOT NULL,
    day TEXT NOT NULL,
    patient TEXT NOT NULL,
    PRIMARY KEY (session, day, patient)
) STRICT;
CREATE TABLE audit (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    person TEXT,
    name TEXT NOT NULL,
    what TEXT NOT NULL,
    patient TEXT,
    about TEXT
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_person ON audit (person, at);
CREATE INDEX audit_by_patient ON audit (patient, at);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;
";

// `closure_time` has only what is closed now, by clinician: that of a closure that was ended goes. `clinic_change` is
// what patients are to be told, by the request that asks for it, and `telephone_call` each call about it.
const CLOSURES: &str = "
CREATE TABLE closure (
    id TEXT PRIMARY KEY,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ended_by TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX closure_by_time ON closure (starts_at, ends_at);
CREATE TABLE closure_time (
    closure TEXT NOT NULL,
    clinician TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX closure_time_by_clinician ON closure_time (clinician, ends_at, starts_at);
CREATE TABLE clinic_change (
    request TEXT PRIMARY KEY,
    closure TEXT NOT NULL,
    appointment TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX clinic_change_by_closure ON clinic_change (closure);
CREATE INDEX clinic_change_by_appointment ON clinic_change (appointment);
CREATE TABLE telephone_call (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX telephone_call_by_request ON telephone_call (request, at);
";
// The displays of the waiting rooms, known to the desk alone.
const DISPLAYS: &str = "CREATE TABLE display (name TEXT PRIMARY KEY, heard_at INTEGER NOT NULL) STRICT;";

// What supervisors look back on. `kiosk_session` is one person's time at a kiosk and says nothing of whom: `steps` are
// pairs of a step and the seconds for it. `staff_report` is only at the desk: which account made a report, and when that
// person read the answer.
const SUPERVISION: &str = "
CREATE TABLE kiosk_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ended_at INTEGER NOT NULL,
    kiosk TEXT NOT NULL,
    step TEXT NOT NULL,
    how TEXT NOT NULL,
    steps TEXT NOT NULL
) STRICT;
CREATE INDEX kiosk_session_by_time ON kiosk_session (ended_at);
INSERT INTO kiosk_session (ended_at, kiosk, step, how, steps)
SELECT at, origin, body ->> 'step', body ->> 'end', '[]' FROM fact WHERE body ->> 'kind' = 'session-ended' ORDER BY position;
DROP TABLE session_end;
CREATE INDEX request_by_time ON request (raised_at);
CREATE INDEX visit_by_time ON visit (checked_in_at);
CREATE INDEX stay_by_time ON stay (called_at);
CREATE TABLE staff_report (request TEXT PRIMARY KEY, account TEXT NOT NULL, seen_at INTEGER) STRICT;
CREATE INDEX staff_report_by_account ON staff_report (account);
";

/// Orders to kiosks, at both ends; what a kiosk has yet to do; and, at the desk alone, what kiosks say of themselves
/// and which of their troubles are being watched.
const FLEET: &str = "
CREATE TABLE kiosk_order (
    id TEXT PRIMARY KEY,
    kiosk TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    ended_at INTEGER,
    outcome TEXT
) STRICT;
CREATE INDEX kiosk_order_by_kiosk ON kiosk_order (kiosk, ordered_at);
CREATE INDEX kiosk_order_open ON kiosk_order (ordered_at) WHERE outcome IS NULL;
CREATE TABLE kiosk_task (
    id TEXT PRIMARY KEY,
    begun INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE heartbeat (
    kiosk TEXT PRIMARY KEY,
    heard_at INTEGER NOT NULL,
    drift TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE heartbeat_minute (
    kiosk TEXT NOT NULL,
    minute INTEGER NOT NULL,
    troubles TEXT NOT NULL,
    drift_millis INTEGER,
    outbox INTEGER NOT NULL,
    PRIMARY KEY (kiosk, minute)
) STRICT, WITHOUT ROWID;
CREATE TABLE kiosk_alarm (
    kiosk TEXT NOT NULL,
    trouble TEXT NOT NULL,
    since INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    request TEXT,
    raised_at INTEGER,
    PRIMARY KEY (kiosk, trouble)
) STRICT, WITHOUT ROWID;
";

// What was counted in the cash drawer, and nobody takes back: who was wrong counts again.
const DRAWER: &str = "
CREATE TABLE drawer_count (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX drawer_count_by_day ON drawer_count (day, at);
CREATE INDEX drawer_count_by_time ON drawer_count (at);
CREATE TRIGGER drawer_count_stays BEFORE UPDATE ON drawer_count BEGIN SELECT raise(ABORT, 'counts are only added to'); END;
CREATE TRIGGER drawer_count_remains BEFORE DELETE ON drawer_count BEGIN SELECT raise(ABORT, 'counts are only added to'); END;
";

// What goes by the clinic's rules: `fact.part` is by which (none for what stays with a record), `fact.subject` what it
// goes with. `kiosk_followed` is how far each kiosk had followed the log when that was noted last. `forgotten_charge` is
// what was owed and settled: another system that tells of it once more brings back no debt. The trail and the counts of
// drawers are added to and go by the rules, which say so first: `progress` has since when they are kept.
const RETENTION: &str = "
ALTER TABLE fact ADD COLUMN part TEXT;
ALTER TABLE fact ADD COLUMN subject TEXT;
CREATE INDEX fact_by_subject ON fact (subject) WHERE subject IS NOT NULL;
CREATE INDEX fact_by_part ON fact (part, at) WHERE part IS NOT NULL;
CREATE INDEX fact_that_tells ON fact (at) WHERE body <> '{\"kind\":\"forgotten\"}';
CREATE INDEX charge_by_day ON charge (body ->> 'day');
CREATE INDEX form_answered_by_time ON form_answered (at);
CREATE INDEX payment_end_by_time ON payment_end (at);
CREATE TABLE kiosk_followed (kiosk TEXT PRIMARY KEY, position INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE forgotten_charge (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
DROP TRIGGER audit_remains;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit
WHEN old.at >= coalesce((SELECT value FROM progress WHERE name = 'trail-kept-since'), 0)
BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;
DROP TRIGGER drawer_count_remains;
CREATE TRIGGER drawer_count_remains BEFORE DELETE ON drawer_count
WHEN old.at >= coalesce((SELECT value FROM progress WHERE name = 'money-kept-since'), 0)
BEGIN SELECT raise(ABORT, 'counts are only added to'); END;
";

/// Facts from before know of no rule by which they go.
fn fill_what_facts_belong_to(tx: &Transaction<'_>) -> HookResult {
    let unreadable = |error: &dyn std::fmt::Display| HookError::Hook(error.to_string());
    let mut query = tx.prepare("SELECT position, id, body FROM fact")?;
    let mut update = tx.prepare("UPDATE fact SET part = ?2, subject = ?3 WHERE position = ?1")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let position: i64 = row.get(0)?;
        let id: String = row.get(1)?;
        let id = uuid::Uuid::parse_str(&id).map_err(|error| unreadable(&error))?;
        let kind = serde_json::from_str(&row.get::<_, String>(2)?).map_err(|error| unreadable(&error))?;
        let (part, subject) = super::retention::belongs_in_columns(id, &kind);
        update.execute((position, part, subject))?;
    }
    Ok(())
}

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(FIRST),
        M::up(SECOND),
        M::up(THIRD),
        M::up(FOURTH),
        M::up_with_hook(BOOK, fill_taken_times),
        M::up(SLIP_LANGUAGE),
        M::up(ARRIVALS),
        M::up(REGISTRATION),
        M::up(FORMS),
        M::up(PAYMENTS),
        M::up(QUEUE),
        M::up(PEOPLE),
        M::up(SUPERVISION),
        M::up(DISPLAYS),
        M::up(FLEET),
        M::up(CLOSURES),
        M::up(DRAWER),
        M::up_with_hook(RETENTION, fill_what_facts_belong_to),
    ])
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

    #[test]
    fn what_was_registered_before_is_marked_as_entered_by_the_patient() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.db");
        let mut old = Connection::open(&path).unwrap();
        let before = vec![M::up(FIRST), M::up(SECOND), M::up(THIRD), M::up(FOURTH)];
        Migrations::new(before).to_latest(&mut old).unwrap();
        let id = "01a20fa0-0cb8-7563-920f-f08219446b63";
        for (patient, source, fact) in [
            (id, "kiosk", "01a20fa0-0cb8-7563-920f-f08219446b64"),
            ("01a20fa0-0cb8-7563-920f-f08219446b65", "imported", "01a20fa0-0cb8-7563-920f-f08219446b66"),
        ] {
            let body = format!(
                r#"{{"id":"{patient}","number":null,"name":{{"given":"Ana","family":"Ruiz"}},"date_of_birth":"1990-01-02","sex":null,"phone":"+34 600-111 222","address":"Calle Mayor 1, Madrid","emergency_contact":{{"name":"Eva","phone":"600 333 444"}},"language":"en","source":"{source}"}}"#
            );
            old.execute(
                "INSERT INTO patient (id, date_of_birth, body) VALUES (?1, '1990-01-02', ?2)",
                [patient, &body],
            )
            .unwrap();
            let kind = format!(r#"{{"kind":"patient-recorded","patient":{body}}}"#);
            old.execute(
                "INSERT INTO fact (origin, seq, id, at, body) VALUES (?1, 1, ?2, 1790000000123, ?3)",
                [source, fact, &kind],
            )
            .unwrap();
        }
        drop(old);
        let store = Store::open(&path, "lobby").unwrap();
        let born = "1990-01-02".parse().unwrap();
        let born = crate::front_desk::patient::DateOfBirth::from_date(born, born).unwrap();
        let patients = store.patients_born_on(born).unwrap();
        let marked: Vec<_> =
            patients[0].unproved().map(|(detail, mark)| format!("{detail} {}", mark.at)).collect();
        let details = [
            "given-name",
            "family-name",
            "date-of-birth",
            "phone",
            "address",
            "emergency-contact",
            "language",
        ];
        assert_eq!(marked, details.map(|detail| format!("{detail} 2026-09-21 14:13:20.123 UTC")));
        assert_eq!(patients[0].address.as_ref().unwrap().one_line(), "Calle Mayor 1, Madrid");
        assert_eq!(patients[1].unproved().count(), 0);
        let phone: String = store
            .connection
            .query_row("SELECT phone FROM patient WHERE id = ?1", [id], |row| row.get(0))
            .unwrap();
        assert_eq!(phone, "600111222");
    }

    #[test]
    fn appointments_from_before_the_book_are_taken_times_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let mut old = Connection::open(&path).unwrap();
        let before = vec![M::up(FIRST), M::up(SECOND), M::up(THIRD), M::up(FOURTH)];
        Migrations::new(before).to_latest(&mut old).unwrap();
        let body = r#"{"id":"01a20fa0-0cb8-7563-920f-f08219446b63","patient":"01a20fa0-0cb8-7563-920f-f08219446b64",
            "service":"general","clinician":"Dr. Chen","starts_at":"1970-01-01T00:00:01Z","minutes":15,"status":"booked"}"#;
        old.execute(
            "INSERT INTO appointment VALUES ('01a20fa0-0cb8-7563-920f-f08219446b63', 'p', 1000, ?1)",
            [body],
        )
        .unwrap();
        drop(old);
        let store = Store::open(&path, crate::link::fact::DESK).unwrap();
        drop(store);
        let read = Connection::open(&path).unwrap();
        let taken: (String, i64, bool) = read
            .query_row("SELECT clinician, ends_at, stands FROM appointment", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .unwrap();
        assert_eq!(taken, ("dr chen".to_string(), 901_000, true));
    }

    #[test]
    fn sessions_from_before_keep_the_hour_at_which_they_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let mut old = Connection::open(&path).unwrap();
        Migrations::new(vec![M::up(FIRST), M::up(SECOND), M::up(THIRD)]).to_latest(&mut old).unwrap();
        let kind = r#"{"kind":"session-ended","step":"confirm","end":"went-away"}"#;
        old.execute(
            "INSERT INTO fact (origin, seq, id, at, body) VALUES ('lobby', 1, '01a20fa0-0cb8-7563-920f-f08219446b63', 1790000000123, ?1)",
            [kind],
        )
        .unwrap();
        old.execute("INSERT INTO session_end VALUES ('2026-09-21', 'lobby', 'confirm', 'went-away', 1)", [])
            .unwrap();
        drop(old);
        let store = Store::open(&path, crate::link::fact::DESK).unwrap();
        let at = |text: &str| text.parse().unwrap();
        let sessions =
            store.kiosk_sessions((at("2026-09-21T14:13:20Z"), at("2026-09-21T14:13:21Z"))).unwrap();
        assert_eq!(sessions.len(), 1);
        assert_eq!((sessions[0].step.as_str(), sessions[0].seconds()), ("confirm", None));
    }
}
