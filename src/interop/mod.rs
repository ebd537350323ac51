//! Records from elsewhere: FHIR R4 and CSV files into the store.
//!
//! A file is read whole, every record in it is judged, and what is sound goes into the store; the rest is
//! listed with its line and what would be right. A record's identity is made from the name of the system it
//! comes from and its id there, so that a second import of the same file finds everything in place.
//!
//! **Invariant:** a report never says what a record holds, only where it stands and what is wrong with it.

mod charges;
mod csv;
mod fhir;
pub mod icalendar;
mod reason;
mod value;

pub use self::csv::{APPOINTMENT_COLUMNS, CHARGE_COLUMNS, PATIENT_COLUMNS};
pub use charges::ChargeCounts;
pub use reason::Reason;

use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentId};
use crate::front_desk::patient::{Patient, PatientId, fold_name};
use crate::front_desk::payment::ChargeId;
use crate::store::{DirectoryCounts, Store, StoreError};
use charges::Claim;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What the system is called whose files are imported, when nobody gives it a name. A clinic has one such
/// system as a rule; a second one needs a name of its own, or its patient 1 would be the first one's.
pub const DEFAULT_SOURCE: &str = "records";

/// Records are written in batches of this many, so that a desk which is running beside the import gets its
/// turn in between. An import that is broken off is finished by the next one.
const BATCH: usize = 2000;

/// Why a file could not be imported at all. Nothing of it is in the store then, except after
/// [`ImportError::Store`].
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{path}: the file cannot be read: {source}. Check its name and that you may read it")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Nothing is in it.
    #[error("{path}: the file is empty: export it again")]
    Empty {
        /// Which file.
        path: PathBuf,
    },
    /// Neither UTF-8 nor anything else that can be told.
    #[error("{path}: the file is not text, or in an encoding that cannot be told: save it as UTF-8")]
    NotText {
        /// Which file.
        path: PathBuf,
    },
    /// Another kind of file.
    #[error("{path}: this is {kind}: {right}")]
    WrongKind {
        /// Which file.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
        /// What would be right.
        right: &'static str,
    },
    /// The JSON breaks off or is malformed.
    #[error("{path}:{line}: the JSON is broken ({problem} at column {column}): export the file again")]
    BrokenJson {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the JSON reader says.
        problem: String,
    },
    /// A CSV file whose first line is not a header of ours.
    #[error("{path}:1: {wrong}. {right}")]
    Header {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        wrong: String,
        /// What would be right.
        right: String,
    },
    /// The store failed. What it had taken before stays; the next import adds the rest.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a record stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Which entry of its bundle or list it is, from 1: many bundles are one single line.
    pub entry: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        self.entry.map_or(Ok(()), |entry| write!(f, ", entry {entry}"))
    }
}

/// A record that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands in the file.
    pub place: Place,
    /// What it is, such as "Patient" or "appointment".
    pub what: &'static str,
    /// What is wrong with it, and what would be right.
    pub reason: Reason,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file, as it was named.
    pub file: String,
    /// Records that were new, or different from what the store had.
    pub counts: DirectoryCounts,
    /// Records that were in the store already, word for word.
    pub unchanged: DirectoryCounts,
    /// What became of the charges, where it was a file of charges.
    pub charges: Option<ChargeCounts>,
    /// Records that were not taken over, by line.
    pub rejected: Vec<Rejected>,
    /// What else the operator should know.
    pub notes: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.charges {
            Some(charges) => writeln!(f, "{}: {charges}", self.file)?,
            None => writeln!(
                f,
                "{}: {} and {} taken over; {} and {} were here already, unchanged.",
                self.file,
                counted(self.counts.patients, "patient"),
                counted(self.counts.appointments, "appointment"),
                counted(self.unchanged.patients, "patient"),
                counted(self.unchanged.appointments, "appointment"),
            )?,
        }
        for note in &self.notes {
            writeln!(f, "Note: {note}.")?;
        }
        match self.rejected.len() as u64 {
            0 => {}
            1 => writeln!(f, "Not taken over, 1 record:")?,
            many => writeln!(f, "Not taken over, {many} records:")?,
        }
        for Rejected { place, what, reason } in &self.rejected {
            let entry = place.entry.map(|entry| format!(" (entry {entry})")).unwrap_or_default();
            writeln!(f, "{}:{}: {what}{entry}: {reason}.", self.file, place.line)?;
        }
        Ok(())
    }
}

fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Imports a file of the system called [`DEFAULT_SOURCE`]; see [`import_from`].
pub fn import(
    path: &Path,
    clinic: &Clinic,
    store: &mut Store,
    now: DateTime<Utc>,
) -> Result<Report, ImportError> {
    import_from(DEFAULT_SOURCE, path, clinic, store, now)
}

/// Imports a file of the system called `source` into the store: a FHIR R4 bundle, resource or bulk export
/// (NDJSON), or a CSV file with [`PATIENT_COLUMNS`], [`APPOINTMENT_COLUMNS`] or [`CHARGE_COLUMNS`] in its first line.
pub fn import_from(
    source: &str,
    path: &Path,
    clinic: &Clinic,
    store: &mut Store,
    now: DateTime<Utc>,
) -> Result<Report, ImportError> {
    let bytes =
        std::fs::read(path).map_err(|source| ImportError::Unreadable { path: path.to_path_buf(), source })?;
    let (text, encoding_note) = decode(path, &bytes)?;
    let context = Context { clinic, source, now, today: now.with_timezone(&clinic.zone).date_naive() };
    let mut found = Found::default();
    found.notes.extend(encoding_note);
    match text.trim_start().chars().next() {
        None => return Err(ImportError::Empty { path: path.to_path_buf() }),
        Some('{' | '[') => fhir::read(path, &text, &context, &mut found)?,
        Some('<') => {
            return Err(ImportError::WrongKind {
                path: path.to_path_buf(),
                kind: "XML",
                right: "export FHIR as JSON",
            });
        }
        Some(_) => csv::read(path, &text, &context, &mut found)?,
    }
    found.settle(path, &context, store)
}

/// What every record of a file is judged against.
struct Context<'a> {
    clinic: &'a Clinic,
    source: &'a str,
    now: DateTime<Utc>,
    today: chrono::NaiveDate,
}

impl Context<'_> {
    fn patient_id(&self, key: &str) -> PatientId {
        PatientId(self.id("Patient", key))
    }

    fn charge_id(&self, key: &str) -> ChargeId {
        ChargeId(self.id("Charge", key))
    }

    fn appointment_id(&self, kind: &str, key: &str) -> AppointmentId {
        AppointmentId(self.id(kind, key))
    }

    /// The same for the same record of the same system, wherever and whenever it is imported.
    fn id(&self, kind: &str, key: &str) -> Uuid {
        // Drawn once for this program; the parts are kept apart by a character that no id contains.
        const NAMESPACE: Uuid = Uuid::from_u128(0x5b1d_3f0e_6a57_4c0b_9d3e_8f2a_71c4_e6d0);
        Uuid::new_v5(&NAMESPACE, [self.source, kind, key].join("\n").as_bytes())
    }
}

/// A sound record and where it stands.
struct Placed<T> {
    place: Place,
    what: &'static str,
    record: T,
}

/// An appointment, and what is to be said of it if it is taken over.
struct Visit {
    appointment: Appointment,
    /// An encounter that carries an appointment out yields to it.
    carries_out_another: bool,
    /// It named none of the clinic's services.
    without_service: Option<Catalogued>,
    longer_than_a_day: bool,
}

/// What a catalogue calls something, and whom it was met with.
#[derive(Default)]
struct Wording {
    times: u64,
    patients: HashSet<PatientId>,
}

/// What fewer patients than this were here for is not told: in a file of one patient it would tell of them.
const TOLD_FROM: usize = 5;

/// What a catalogue of another system calls something, if it was taken from one.
struct Catalogued(Option<String>);

/// What was found in a file.
#[derive(Default)]
struct Found {
    patients: Vec<Placed<Patient>>,
    visits: Vec<Placed<Visit>>,
    /// None in a file of something else.
    charges: Option<Vec<Placed<Claim>>>,
    rejected: Vec<Rejected>,
    /// Patients whose own record was refused, and where it stands.
    refused: HashMap<PatientId, Place>,
    /// Patients whom the store has as other persons, and where they stand. Their visits are nobody's here.
    strangers: HashMap<PatientId, Place>,
    /// Patients who are not to be known here, in this file or in one beside it, nor their appointments.
    left_out: HashSet<PatientId>,
    /// How many records of such patients this file has.
    records_left_out: u64,
    /// How many appointments of such patients it has.
    visits_left_out: u64,
    /// Appointments that are not booked (yet).
    not_booked: u64,
    /// Visits that went to the first service, and what they were for in the words of other catalogues.
    without_service: u64,
    unknown_services: BTreeMap<String, Wording>,
    /// Visits that were shortened to a day.
    longer_than_a_day: u64,
    /// Resources that are neither patients nor visits.
    other_resources: u64,
    notes: Vec<String>,
}

impl Found {
    fn reject(&mut self, place: Place, what: &'static str, reason: Reason) {
        self.rejected.push(Rejected { place, what, reason });
    }

    /// Judges the records against each other and the store, and hands over what is sound.
    fn settle(mut self, path: &Path, context: &Context, store: &mut Store) -> Result<Report, ImportError> {
        let mut repeated = 0;
        let patients = self.settle_patients(store, &mut repeated)?;
        let appointments = self.settle_visits(&patients, store, &mut repeated)?;
        let charges = match self.charges.take() {
            Some(charges) => Some(self.settle_charges(charges, context, store, &mut repeated)?),
            None => None,
        };
        self.write_notes(context, repeated);
        if charges == Some(ChargeCounts::default()) && self.rejected.is_empty() {
            self.notes.push("the file has no charge to take over".into());
        } else if charges.is_none()
            && patients.is_empty()
            && appointments.is_empty()
            && self.rejected.is_empty()
            && self.records_left_out + self.visits_left_out + self.not_booked == 0
        {
            self.notes.push("the file has no patient and no appointment to take over".into());
        }

        let mut counts = DirectoryCounts { patients: 0, appointments: 0 };
        for batch in patients.chunks(BATCH) {
            counts.patients += store.take_over(batch, &[], context.now)?.patients;
        }
        for batch in appointments.chunks(BATCH) {
            counts.appointments += store.take_over(&[], batch, context.now)?.appointments;
        }
        self.rejected.sort_by_key(|rejected| rejected.place);
        Ok(Report {
            file: path.display().to_string(),
            counts,
            unchanged: DirectoryCounts {
                patients: patients.len() as u64 - counts.patients,
                appointments: appointments.len() as u64 - counts.appointments,
            },
            charges,
            rejected: self.rejected,
            notes: self.notes,
        })
    }

    fn settle_patients(&mut self, store: &Store, repeated: &mut u64) -> Result<Vec<Patient>, StoreError> {
        let mut sound: Vec<Patient> = Vec::with_capacity(self.patients.len());
        let mut seen: HashMap<PatientId, (Place, usize)> = HashMap::new();
        for Placed { place, what, record } in std::mem::take(&mut self.patients) {
            if let Some(&(first, position)) = seen.get(&record.id) {
                if sound[position] == record {
                    *repeated += 1;
                } else {
                    self.reject(place, what, Reason::SaidOtherwise { first });
                }
            } else if store.patient(record.id)?.is_some_and(|held| is_another_person(&held, &record)) {
                self.strangers.insert(record.id, place);
                self.reject(place, what, Reason::AnotherPerson);
            } else {
                seen.insert(record.id, (place, sound.len()));
                sound.push(record);
            }
        }
        Ok(sound)
    }

    fn settle_visits(
        &mut self,
        patients: &[Patient],
        store: &Store,
        repeated: &mut u64,
    ) -> Result<Vec<Appointment>, StoreError> {
        let mut known: HashSet<PatientId> = patients.iter().map(|patient| patient.id).collect();
        let mut sound: Vec<Appointment> = Vec::with_capacity(self.visits.len());
        let mut seen: HashMap<AppointmentId, (Place, usize)> = HashMap::new();
        let mut carried_out = 0;
        let mut visits = std::mem::take(&mut self.visits);
        // Appointments first: an encounter yields to the appointment that it carries out, wherever that
        // stands in the file.
        visits.sort_by_key(|visit| visit.record.carries_out_another);
        for Placed { place, what, record } in visits {
            let Visit { appointment, carries_out_another, without_service, longer_than_a_day } = record;
            let patient = appointment.patient;
            if self.left_out.contains(&patient) {
                self.visits_left_out += 1;
                continue;
            }
            if let Some(&refused) = self.strangers.get(&patient) {
                self.reject(place, what, Reason::PatientRefused { patient: refused });
                continue;
            }
            if !known.contains(&patient) {
                if store.patient(patient)?.is_none() {
                    let refused = self.refused.get(&patient);
                    let reason =
                        refused.map_or(Reason::UnknownPatient, |&patient| Reason::PatientRefused { patient });
                    self.reject(place, what, reason);
                    continue;
                }
                known.insert(patient);
            }
            if let Some(&(first, position)) = seen.get(&appointment.id) {
                if carries_out_another {
                    carried_out += 1;
                } else if sound[position] == appointment {
                    *repeated += 1;
                } else {
                    self.reject(place, what, Reason::SaidOtherwise { first });
                }
            } else if carries_out_another && store.appointment(appointment.id)?.is_some() {
                carried_out += 1;
            } else {
                seen.insert(appointment.id, (place, sound.len()));
                self.longer_than_a_day += u64::from(longer_than_a_day);
                if let Some(Catalogued(wording)) = without_service {
                    self.without_service += 1;
                    if let Some(wording) = wording {
                        let met = self.unknown_services.entry(wording).or_default();
                        met.times += 1;
                        met.patients.insert(patient);
                    }
                }
                sound.push(appointment);
            }
        }
        if carried_out > 0 {
            self.notes.push(format!(
                "{} left out, because the appointment that it carried out is in the book",
                counted(carried_out, "encounter")
            ));
        }
        Ok(sound)
    }

    fn write_notes(&mut self, context: &Context, repeated: u64) {
        if self.without_service > 0 {
            let mut note = format!(
                "{} without a service of this clinic went to \"{}\"",
                counted(self.without_service, "appointment"),
                context.clinic.services[0].id
            );
            // What catalogues call them, most frequent first: the operator may want to name a service so.
            let mut wordings: Vec<_> = self.unknown_services.iter().collect();
            wordings.retain(|(_, met)| met.patients.len() >= TOLD_FROM);
            wordings.sort_by_key(|(_, met)| std::cmp::Reverse(met.times));
            for (position, (wording, met)) in wordings.iter().take(5).enumerate() {
                note.push_str(if position == 0 { "; many say " } else { ", " });
                note.push_str(&format!("\"{wording}\" ({})", met.times));
            }
            self.notes.push(note);
        }
        for (number, noun, what) in [
            (self.records_left_out, "patient record", "out of use or of people who have died, left out"),
            (self.visits_left_out, "appointment", "of such patients, left out"),
            (self.not_booked, "appointment", "only proposed or waiting, left out until booked"),
            (self.longer_than_a_day, "appointment", "longer than a day, entered as 24 hours"),
            (repeated, "record", "repeated word for word, taken once"),
            (self.other_resources, "resource", "of kinds that a front desk does not need, passed over"),
        ] {
            if number > 0 {
                self.notes.push(format!("{} {what}", counted(number, noun)));
            }
        }
    }
}

/// A corrected spelling or a corrected date of birth is the same person; when nothing fits, somebody else's
/// record would be overwritten.
fn is_another_person(held: &Patient, record: &Patient) -> bool {
    held.date_of_birth != record.date_of_birth
        && fold_name(&held.name.family) != fold_name(&record.name.family)
        && (held.name.given.is_empty() || fold_name(&held.name.given) != fold_name(&record.name.given))
}

/// The text of a file: UTF-8, or UTF-16 as spreadsheets save it, or else Windows-1252, of which Latin-1 is
/// a part; with a note where it was a guess.
fn decode(path: &Path, bytes: &[u8]) -> Result<(String, Option<String>), ImportError> {
    let wrong = |kind| ImportError::WrongKind {
        path: path.to_path_buf(),
        kind,
        right: "unpack it, and import the files inside",
    };
    let not_text = || ImportError::NotText { path: path.to_path_buf() };
    match bytes {
        [0x1F, 0x8B, ..] => return Err(wrong("a gzip archive")),
        [b'P', b'K', 3 | 5, ..] => return Err(wrong("a ZIP archive or a spreadsheet")),
        _ => {}
    }
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if broken { Err(not_text()) } else { Ok((text.into_owned(), None)) };
    }
    if bytes.contains(&0) {
        return Err(not_text());
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok((text.to_string(), None));
    }
    let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    // Bytes that stand for nothing in Windows-1252 become such control characters.
    if text.contains(|c: char| ('\u{80}'..='\u{9F}').contains(&c)) {
        return Err(not_text());
    }
    let note = "the file is not UTF-8 and was read as Windows-1252 (Western European): look at a name with an accent, and if it is wrong save the file as UTF-8 and import it again";
    Ok((text, Some(note.to_string())))
}

/// The lines of a text, by the position of a byte.
struct Lines {
    breaks: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        Self {
            breaks: text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect(),
        }
    }

    /// The line that a byte is on, from 1.
    fn at(&self, position: usize) -> usize {
        self.breaks.partition_point(|line_break| *line_break < position) + 1
    }

    /// The letter of its line that a byte belongs to, from 1.
    fn column(&self, position: usize, text: &str) -> usize {
        let line = self.at(position);
        let start = if line > 1 { self.breaks[line - 2] + 1 } else { 0 };
        // Of each letter the first byte is counted; the others all look like this.
        let begins_letter = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
        text.as_bytes()[start..=position.min(text.len() - 1)].iter().filter(begins_letter).count()
    }
}
