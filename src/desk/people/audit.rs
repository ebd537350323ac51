//! The audit trail as supervisors and administrators read it.

use super::Signed;
use crate::clinic::Clinic;
use crate::desk::action::wrong;
use crate::desk::language::english;
use crate::desk::table::span;
use crate::desk::{Desk, Refusal};
use crate::front_desk::patient::PatientId;
use crate::front_desk::role::Permission;
use crate::store::{AuditEntry, AuditSearch, Result as StoreResult, Store};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many lines a page has.
const A_PAGE: usize = 200;
/// How many lines a table has at most: more than a year of a busy clinic.
const A_TABLE: usize = 1_000_000;
const COLUMNS: [&str; 7] = ["at", "person", "name", "what", "patient_number", "patient", "about"];

/// What is looked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    person: Option<Uuid>,
    /// A record's number or id.
    #[serde(default)]
    patient: String,
    #[serde(default)]
    from: Option<NaiveDate>,
    #[serde(default)]
    to: Option<NaiveDate>,
    #[serde(default)]
    before: Option<u64>,
    /// Also whose lines were seen on the board.
    #[serde(default)]
    board: bool,
}

/// A page of the trail.
#[derive(Serialize)]
pub struct Trail {
    clinic: String,
    practice: bool,
    today: NaiveDate,
    people: Vec<Choice>,
    lines: Vec<Line>,
    /// Where the next page begins; none where this is the last.
    more: Option<u64>,
}

#[derive(Serialize)]
struct Choice {
    id: Uuid,
    name: String,
}

#[derive(Serialize)]
struct Line {
    position: u64,
    at: String,
    name: String,
    what: String,
    patient: Option<Patient>,
    /// Somebody among staff, where it was about an account.
    about: Option<String>,
}

#[derive(Serialize)]
struct Patient {
    id: Uuid,
    name: String,
    number: Option<String>,
}

impl Asked {
    fn search(&self, store: &Store, clinic: &Clinic) -> StoreResult<Result<AuditSearch, Refusal>> {
        let said = self.patient.trim();
        let patient = match (said.is_empty(), said.parse::<Uuid>()) {
            (true, _) => None,
            (false, Ok(id)) => Some(PatientId(id)),
            (false, Err(_)) => match store.patients_numbered(said)?.as_slice() {
                [one] => Some(one.id),
                _ => return Ok(Err(wrong("No record has this number."))),
            },
        };
        let whole = |day: Option<NaiveDate>| day.map(|day| span(clinic, day, day));
        Ok(Ok(AuditSearch {
            person: self.person,
            patient,
            from: whole(self.from).map(|(from, _)| from),
            to: whole(self.to).map(|(_, to)| to),
            before: self.before,
            // Of one patient everybody who saw anything is wanted.
            without_board: !self.board && patient.is_none(),
        }))
    }
}

/// `GET /api/audit`.
pub async fn trail(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Json<Trail>, Refusal> {
    who.may(Permission::Audit)?;
    let clinic = desk.clinic.now();
    let read = desk
        .ask_as(&who.clone(), move |store| {
            let search = match asked.search(store, &clinic)? {
                Ok(search) => search,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let entries = store.audit(&search, A_PAGE + 1)?;
            let more = entries.get(A_PAGE - 1).filter(|_| entries.len() > A_PAGE).map(|entry| entry.position);
            let mut lines = Vec::new();
            let names = names(store)?;
            for entry in entries.into_iter().take(A_PAGE) {
                lines.push(line(store, &clinic, &who, &names, entry)?);
            }
            let people =
                store.staff()?.into_iter().map(|account| Choice { id: account.id, name: account.name });
            // Who reads the trail of a patient reads of a patient.
            if let Some(patient) = search.patient {
                store.note_look("read-audit", &[patient], None, Utc::now())?;
            }
            Ok(Ok(Trail {
                clinic: clinic.name.clone(),
                practice: clinic.practice,
                today: Utc::now().with_timezone(&clinic.zone).date_naive(),
                people: people.collect(),
                lines,
                more,
            }))
        })
        .await?;
    read.map(Json)
}

/// `GET /api/audit.csv`: the same as a table.
pub async fn csv(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    who.may(Permission::Audit)?;
    let clinic = desk.clinic.now();
    let table = desk
        .ask_as(&who.clone(), move |store| {
            let search = match asked.search(store, &clinic)? {
                Ok(search) => search,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let entries = store.audit(&search, A_TABLE)?;
            store.note_look(
                "took-audit-as-table",
                &search.patient.into_iter().collect::<Vec<_>>(),
                None,
                Utc::now(),
            )?;
            let mut table = csv::Writer::from_writer(Vec::new());
            let unreadable = |error: csv::Error| crate::store::StoreError::Unreadable(error.to_string());
            table.write_record(COLUMNS).map_err(unreadable)?;
            let mut numbers: HashMap<PatientId, String> = HashMap::new();
            for entry in entries {
                let number = match entry.patient {
                    None => String::new(),
                    Some(patient) => match numbers.get(&patient) {
                        Some(number) => number.clone(),
                        None => {
                            let number = store
                                .patient(patient)?
                                .and_then(|patient| patient.number)
                                .unwrap_or_default();
                            numbers.insert(patient, number.clone());
                            number
                        }
                    },
                };
                let cells = [
                    entry.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
                    entry.actor.person.map(|person| person.to_string()).unwrap_or_default(),
                    plain(&entry.actor.name),
                    entry.what,
                    plain(&number),
                    entry.patient.map(|patient| patient.0.to_string()).unwrap_or_default(),
                    entry.about.map(|about| about.to_string()).unwrap_or_default(),
                ];
                table.write_record(cells).map_err(unreadable)?;
            }
            let table = table
                .into_inner()
                .map_err(|error| crate::store::StoreError::Unreadable(error.to_string()))?;
            Ok(Ok(table))
        })
        .await??;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, table).into_response())
}

/// A spreadsheet must not take what somebody typed for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

fn names(store: &Store) -> StoreResult<HashMap<Uuid, String>> {
    Ok(store.staff()?.into_iter().map(|account| (account.id, account.name)).collect())
}

fn line(
    store: &Store,
    clinic: &Clinic,
    who: &Signed,
    names: &HashMap<Uuid, String>,
    entry: AuditEntry,
) -> StoreResult<Line> {
    let patient = match entry.patient {
        None => None,
        Some(id) => {
            let known = store.patient(id)?;
            let name = known.as_ref().map(|patient| patient.name.full());
            Some(Patient {
                id: id.0,
                name: name.unwrap_or_else(|| who.language.say("Record not here yet", &[])),
                number: known.and_then(|patient| patient.number),
            })
        }
    };
    Ok(Line {
        position: entry.position,
        at: entry.at.with_timezone(&clinic.zone).format("%Y-%m-%d %H:%M:%S").to_string(),
        name: entry.actor.name,
        what: who.language.say(words(&entry.what), &[]),
        patient,
        about: entry.about.and_then(|about| names.get(&about).cloned()),
    })
}

/// What was done, in words. What has none yet is called by its own name.
fn words(what: &str) -> &str {
    match what {
        "saw-on-board" => english("Saw the patient on the board"),
        "searched-patient" => english("Searched for the patient"),
        "read-answers" => english("Read the answers to forms"),
        "read-account" => english("Read the payments"),
        "read-payments-of-day" => english("Read the payments of a day"),
        "took-payments-as-table" => english("Took payments as a table"),
        "read-audit" => english("Read the audit trail"),
        "took-audit-as-table" => english("Took the audit trail as a table"),
        "retention" => english("Deleted what was over"),
        "signed-in" => english("Signed in"),
        "signed-in-with-pin" => english("Signed in with the personal number"),
        "signed-out" => english("Signed out"),
        "sign-in-failed" => english("A sign-in failed"),
        "password-set" => english("Set a password"),
        "pin-set" => english("Set a personal number"),
        "account-ended" => english("Ended an account"),
        "account-reset" => english("Gave a code for a new password"),
        "account-made-receptionist"
        | "account-made-clinical-staff"
        | "account-made-supervisor"
        | "account-made-administrator" => english("Made an account"),
        "role-changed-to-receptionist" => english("Made somebody a receptionist"),
        "role-changed-to-clinical-staff" => english("Made somebody clinical staff"),
        "role-changed-to-supervisor" => english("Made somebody a supervisor"),
        "role-changed-to-administrator" => english("Made somebody an administrator"),
        "administrator-code-made" => english("Made a code for a new administrator"),
        "details-proved" => english("Saw proof of details"),
        "patients-merged" => english("Joined two records"),
        "patients-kept-apart" => english("Kept two records apart"),
        "appointment-recorded" => english("Changed an appointment"),
        "closure-recorded" => english("Closed a time of the book"),
        "closure-ended" => english("Opened a closed time again"),
        "clinic-change-to-tell" => english("Put the patient on a list of calls"),
        "patient-telephoned" => english("Telephoned the patient"),
        "read-whom-a-closure-concerns" => english("Read whom a closed time would concern"),
        "took-appointment-for-calendar" => english("Took an appointment for a calendar"),
        "receipt-asked" => english("Had a receipt printed"),
        "waiting-list-joined" => english("Put on the waiting list"),
        "waiting-list-left" => english("Took off the waiting list"),
        "slot-offered" => english("Offered a freed time"),
        "offer-ended" => english("Ended an offer"),
        "relation-confirmed" => english("Confirmed who acts for the patient"),
        "relation-ended" => english("Ended that somebody acts for the patient"),
        "charge-added" => english("Wrote down something owed"),
        "charge-withdrawn" => english("Took back something owed"),
        "payment-begun" => english("Took a payment"),
        "payment-ended" => english("Said what became of a payment"),
        "refund-begun" => english("Gave money back"),
        "refund-ended" => english("Said what became of a refund"),
        "terminal-asked" => english("Asked a card terminal"),
        "drawer-counted" => english("Counted the cash drawer"),
        "terminal-counted" => english("Entered what a terminal counted"),
        "request-raised" => english("Raised a request"),
        "request-acknowledged" => english("Took a request"),
        "request-resolved" => english("Resolved a request"),
        "request-handed-over" => english("Handed a request over"),
        "routine-step-done" => english("Ticked a step"),
        "message-sent" => english("Wrote to the patient"),
        "side-noted" => english("Noted what one side said"),
        "step-taken" => english("Finished a step for the patient"),
        "reprint-asked" => english("Had a ticket printed again"),
        other => other,
    }
}
