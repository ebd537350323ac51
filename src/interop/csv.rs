//! CSV: one file of patients, one of appointments, one of charges, told apart by their headers.
//!
//! The first line names the columns, in any order and in either case; columns that are not known here are
//! passed over. Separated by commas, semicolons or tabs; texts may stand in "quotes"; UTF-8, UTF-16 or
//! Windows-1252.
//!
//! | patients | |
//! |---|---|
//! | `id` | the record's id in the system it comes from; a second import knows it again by it |
//! | `family` | family name |
//! | `birth_date` | 1990-02-28 |
//! | `given` | given name or names; may be missing, as may all below |
//! | `number` | the record number that stands on the patient's card |
//! | `sex` | female, male, other, unknown, or their first letters |
//! | `phone`, `address` | as one line each |
//! | `contact_name`, `contact_phone` | whom to call when something happens |
//! | `language` | preferred language, such as `es` |
//! | `balance_due`, `currency` | what is owed, as a whole number of the currency's smallest unit: 4250 and EUR for 42.50 euros |
//!
//! | appointments | |
//! |---|---|
//! | `id` | the appointment's id in the system it comes from |
//! | `patient` | the patient's `id` |
//! | `service` | id of a service of the clinic's file, or its name in any of the clinic's languages |
//! | `start` | 2026-11-24T10:30 in the clinic's own time, or with its distance from UTC |
//! | `clinician` | the name that patients know; may be missing, as may all below |
//! | `minutes` | how long it takes; the service's own length if empty |
//! | `status` | as in FHIR: booked (if empty), cancelled, fulfilled, noshow, entered-in-error, … |
//! | `site` | id of a site of the clinic's file, or its name in any of the clinic's languages |
//!
//! | charges | |
//! |---|---|
//! | `id` | the charge's id in the system it comes from; a second import knows it again by it |
//! | `patient` | the patient's `id`, or the record `number`: a system that keeps accounts knows no other |
//! | `text` | what is owed for, as the patient reads it |
//! | `amount`, `currency` | as `balance_due`, and more than nothing: 4250 and EUR for 42.50 euros |
//! | `day` | 2026-11-24; the day of the import if empty; may be missing, as may all below |
//! | `withdrawn` | yes if it is owed no longer; no if empty |
//!
//! A charge that is told again with another amount, text, patient or day takes the place of the one before as long as
//! nobody has paid anything of that, and is refused afterwards. What was withdrawn, by this file or by staff, stays so. A
//! charge that a file does not name is left as it is. Who tells single charges tells no `balance_due` of the same money:
//! both would be due.

use super::charges::Claim;
use super::value::{self, Standing, filled, tidy};
use super::{Context, Found, ImportError, Lines, Place, Placed, Reason, Visit};
use crate::front_desk::address::Address;
use crate::front_desk::appointment::{Appointment, AppointmentStatus};
use crate::front_desk::patient::{EmergencyContact, Patient, Source};
use crate::front_desk::payment::ToldCharge;
use ::csv::{ReaderBuilder, StringRecord};
use std::path::Path;

/// The columns of a file of patients. The first [`REQUIRED_OF_PATIENTS`] must be there.
pub const PATIENT_COLUMNS: [&str; 13] = [
    "id",
    "family",
    "birth_date",
    "given",
    "number",
    "sex",
    "phone",
    "address",
    "contact_name",
    "contact_phone",
    "language",
    "balance_due",
    "currency",
];
const REQUIRED_OF_PATIENTS: usize = 3;

/// The columns of a file of appointments. The first [`REQUIRED_OF_APPOINTMENTS`] must be there.
pub const APPOINTMENT_COLUMNS: [&str; 8] =
    ["id", "patient", "service", "start", "clinician", "minutes", "status", "site"];
const REQUIRED_OF_APPOINTMENTS: usize = 4;

/// The columns of a file of charges. The first [`REQUIRED_OF_CHARGES`] must be there.
pub const CHARGE_COLUMNS: [&str; 7] = ["id", "patient", "text", "amount", "currency", "day", "withdrawn"];
const REQUIRED_OF_CHARGES: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Patients,
    Appointments,
    Charges,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Patients, Self::Appointments, Self::Charges];

    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Patients => &PATIENT_COLUMNS,
            Self::Appointments => &APPOINTMENT_COLUMNS,
            Self::Charges => &CHARGE_COLUMNS,
        }
    }

    fn required(self) -> &'static [&'static str] {
        match self {
            Self::Patients => &PATIENT_COLUMNS[..REQUIRED_OF_PATIENTS],
            Self::Appointments => &APPOINTMENT_COLUMNS[..REQUIRED_OF_APPOINTMENTS],
            Self::Charges => &CHARGE_COLUMNS[..REQUIRED_OF_CHARGES],
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Patients => "patient",
            Self::Appointments => "appointment",
            Self::Charges => "charge",
        }
    }
}

/// Reads a CSV file.
pub(super) fn read(path: &Path, text: &str, context: &Context, found: &mut Found) -> Result<(), ImportError> {
    let lines = Lines::of(text);
    // Spreadsheets put a line "sep=;" before the header.
    let (start, told) = match text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")) {
        Some(_) => (text.find('\n').map_or(text.len(), |at| at + 1), text.as_bytes().get(4).copied()),
        None => (0, None),
    };
    let body = &text[start..];
    let separator = told.unwrap_or_else(|| separator(body));
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(body.as_bytes());
    let broken = |error: ::csv::Error| ImportError::Unreadable {
        path: path.to_path_buf(),
        source: std::io::Error::other(error),
    };
    let names: Vec<String> = reader.headers().map_err(broken)?.iter().map(column_name).collect();
    let kind = kind_of(&names).map_err(|(wrong, right)| ImportError::Header {
        path: path.to_path_buf(),
        wrong,
        right,
    })?;
    let unknown: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty() && !kind.columns().contains(name))
        .collect();
    if !unknown.is_empty() {
        found.notes.push(format!("columns that are not known here were passed over: {}", unknown.join(", ")));
    }

    if kind == Kind::Charges {
        found.charges = Some(Vec::new());
    }
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        // The reader gives the position where it began to look; line breaks may come before the record.
        let position = start + record.position().map_or(0, |position| position.byte() as usize);
        let breaks = text[position..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let place = Place { line: lines.at(position + breaks), entry: None };
        let surplus = record.iter().skip(names.len()).any(|field| !field.trim().is_empty());
        if record.len() < names.len() || surplus {
            let reason = Reason::FieldCount { fields: record.len(), columns: names.len() };
            found.reject(place, kind.what(), reason);
            continue;
        }
        let row = Row { names: &names, record: &record };
        let judged = match kind {
            Kind::Patients => patient(&row, place, context, found),
            Kind::Appointments => appointment(&row, place, context, found),
            Kind::Charges => charge(&row, place, context, found),
        };
        if let Err(reason) = judged {
            found.reject(place, kind.what(), reason);
        }
    }
    Ok(())
}

/// The separator by which the first line has most columns that are known.
fn separator(body: &str) -> u8 {
    let header = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let known = |separator: &u8| {
        let names =
            header.split(char::from(*separator)).map(|name| column_name(name.trim().trim_matches('"')));
        names.filter(|name| is_column(name)).count()
    };
    [b'\t', b';', b','].into_iter().max_by_key(known).unwrap_or(b',')
}

fn is_column(name: &str) -> bool {
    Kind::ALL.iter().any(|kind| kind.columns().contains(&name))
}

/// "Birth Date" is birth_date.
fn column_name(name: &str) -> String {
    tidy(name).to_lowercase().replace([' ', '-'], "_")
}

fn kind_of(names: &[String]) -> Result<Kind, (String, String)> {
    let has = |column: &str| names.iter().any(|name| name == column);
    let missing =
        |kind: Kind| -> Vec<&str> { kind.required().iter().copied().filter(|column| !has(column)).collect() };
    let headers = || {
        format!(
            "Head a file of patients {}, one of appointments {}, and one of charges {}; the first {REQUIRED_OF_PATIENTS}, {REQUIRED_OF_APPOINTMENTS} and {REQUIRED_OF_CHARGES} must be there",
            PATIENT_COLUMNS.join(","),
            APPOINTMENT_COLUMNS.join(","),
            CHARGE_COLUMNS.join(",")
        )
    };
    if let Some(twice) = names
        .iter()
        .enumerate()
        .find_map(|(at, name)| (is_column(name) && names[..at].contains(name)).then_some(name))
    {
        return Err((format!("the column {twice} is there twice"), "Keep one of them".into()));
    }
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| missing(*kind).is_empty()) {
        return Ok(kind);
    }
    // The kind of whose columns the smallest part is missing; what is told is of the first of several.
    let part = |kind: &Kind| missing(*kind).len() * 100 / kind.required().len();
    let nearest = Kind::ALL.into_iter().min_by_key(part).filter(|kind| part(kind) < 100);
    let wrong = match nearest {
        None => "this is neither FHIR in JSON nor CSV with a header that is known here".to_string(),
        Some(kind) => {
            format!("for a file of {}s the header lacks {}", kind.what(), missing(kind).join(", "))
        }
    };
    Err((wrong, headers()))
}

/// A row under its header.
struct Row<'a> {
    names: &'a [String],
    record: &'a StringRecord,
}

impl Row<'_> {
    /// What stands in a column; nothing where the column is missing.
    fn get(&self, column: &str) -> &str {
        let position = self.names.iter().position(|name| name == column);
        position.and_then(|position| self.record.get(position)).unwrap_or_default()
    }

    fn id(&self) -> Result<String, Reason> {
        filled(self.get("id")).ok_or(Reason::NoId { field: "id" })
    }
}

fn patient(row: &Row, place: Place, context: &Context, found: &mut Found) -> Result<(), Reason> {
    let id = context.patient_id(&row.id()?);
    let record = patient_record(row, id, context).inspect_err(|_| {
        found.refused.insert(id, place);
    })?;
    found.patients.push(Placed { place, what: Kind::Patients.what(), record });
    Ok(())
}

fn patient_record(
    row: &Row,
    id: crate::front_desk::patient::PatientId,
    context: &Context,
) -> Result<Patient, Reason> {
    let contact = filled(row.get("contact_name")).zip(filled(row.get("contact_phone")));
    Ok(Patient {
        id,
        number: filled(row.get("number")),
        name: value::person_name(row.get("given"), row.get("family"))?,
        date_of_birth: value::date_of_birth(row.get("birth_date"), "birth_date", context.today)?,
        sex: value::sex(row.get("sex"), "sex")?,
        phone: filled(row.get("phone")),
        address: filled(row.get("address")).map(Address::Line),
        emergency_contact: contact.map(|(name, phone)| EmergencyContact { name, phone, relation: None }),
        language: filled(row.get("language")),
        source: Source::Imported,
        balance_due: value::balance(row.get("balance_due"), row.get("currency"))?,
        further: Default::default(),
    })
}

fn appointment(row: &Row, place: Place, context: &Context, found: &mut Found) -> Result<(), Reason> {
    let id = context.appointment_id("Appointment", &row.id()?);
    let patient = filled(row.get("patient")).ok_or(Reason::NoPatient { field: "patient" })?;
    let status = match row.get("status").trim() {
        "" => AppointmentStatus::Booked,
        status => match value::appointment_status(status)? {
            Standing::InTheBook(status) => status,
            Standing::NotBooked => {
                found.not_booked += 1;
                return Ok(());
            }
        },
    };
    // Unlike FHIR, this file is made for the clinic: a wrong service is a slip that somebody can correct.
    let service = value::service(context.clinic, row.get("service")).ok_or_else(|| {
        let known: Vec<&str> = context.clinic.services.iter().map(|service| service.id.as_str()).collect();
        Reason::UnknownService { known: known.join(", ") }
    })?;
    let starts_at = value::point_in_time(row.get("start"), "start", context)?;
    let minutes = match row.get("minutes").trim() {
        "" => service.minutes_each,
        text => match text.parse::<u16>() {
            Ok(minutes @ 1..=1440) => minutes,
            _ => return Err(Reason::NotMinutes { field: "minutes" }),
        },
    };
    let appointment = Appointment {
        id,
        patient: context.patient_id(&patient),
        service: service.id.clone(),
        clinician: tidy(row.get("clinician")),
        starts_at,
        minutes,
        status,
        site: value::site(context.clinic, row.get("site"))?,
    };
    let record =
        Visit { appointment, carries_out_another: false, without_service: None, longer_than_a_day: false };
    found.visits.push(Placed { place, what: Kind::Appointments.what(), record });
    Ok(())
}

fn charge(row: &Row, place: Place, context: &Context, found: &mut Found) -> Result<(), Reason> {
    let first = context.charge_id(&row.id()?);
    let named = filled(row.get("patient")).ok_or(Reason::NobodyOwes { field: "patient" })?;
    let told = ToldCharge {
        first,
        patient: context.patient_id(&named),
        what: value::charge_text(row.get("text"), "text")?,
        amount: value::owed(row.get("amount"), row.get("currency"))?,
        day: value::calendar_day(row.get("day"), "day")?,
        withdrawn: value::yes_or_no(row.get("withdrawn"), "withdrawn")?,
    };
    let placed = Placed { place, what: Kind::Charges.what(), record: Claim { named, told } };
    found.charges.get_or_insert_default().push(placed);
    Ok(())
}
