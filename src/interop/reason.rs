//! Why a record was not taken over, each with what would be right.

use super::Place;
use crate::front_desk::patient::DateOfBirthError;
use crate::front_desk::payment::Charge;
use crate::front_desk::registration::Draft;

/// Why a record was not taken over. The sentences name fields and places, never what stands in them: a
/// report is printed, mailed and kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not JSON.
    #[error("this is not JSON ({problem} at column {column}): each line must be one whole resource")]
    NotJson {
        /// What the JSON reader says.
        problem: String,
        /// Where in the line, from 1.
        column: usize,
    },
    /// JSON, but no resource.
    #[error("this is not a FHIR resource: it has no resourceType")]
    NotAResource,
    /// A field of another kind than FHIR R4 has there.
    #[error(
        "what stands at line {line}, column {column}, is not what FHIR R4 has there (text, number, list or object)"
    )]
    NotOfItsKind {
        /// The line of the file, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// More or fewer fields than the header.
    #[error(
        "there are {fields} fields where the header has {columns}: put texts with a separator, a line break or a quotation mark in \"quotes\", close every quote, and double the quotation marks inside (\"\")"
    )]
    FieldCount {
        /// How many there are.
        fields: usize,
        /// How many the header has.
        columns: usize,
    },
    /// Nothing by which a second import would know the record again.
    #[error("{field} is empty: write the record's id in the system it comes from")]
    NoId {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// No name at all.
    #[error("there is no name: write the family name, and the given name if there is one")]
    NoName,
    /// A name that is not parted.
    #[error(
        "the name stands in one piece: write name.family and name.given apart, the kiosk asks for the family name"
    )]
    NameInOnePiece,
    /// A name without any letter.
    #[error("the name has no letter: write the name, in any script")]
    NoLetterInName,
    /// A name longer than anybody's.
    #[error("a name is longer than {} letters: look whether columns were shifted or joined", Draft::LONGEST)]
    NameTooLong,
    /// No date of birth.
    #[error("{field} is empty: the kiosk finds patients by it; write the day as 1990-02-28")]
    NoDateOfBirth {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// A year, or a month of a year.
    #[error(
        "{field} is not a whole day: the kiosk asks for day, month and year; write all three, as 1990-02-28"
    )]
    PartialDateOfBirth {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Not written as year, month, day.
    #[error("{field} is not written as year-month-day: write it as 1990-02-28, with all its digits")]
    NotADay {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// A day on which nobody can have been born.
    #[error("{field}: {problem}; write the day on which the patient was born, as 1990-02-28")]
    DateOfBirth {
        /// The field's name in this kind of file.
        field: &'static str,
        /// What is wrong with the day.
        problem: DateOfBirthError,
    },
    /// A sex that is none of the four.
    #[error("{field} is none of: female, male, other, unknown; write one of them, or leave it out")]
    UnknownSex {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// The store knows this id as somebody else.
    #[error(
        "the store has another person under this id (another name and another date of birth): if this file comes from another system, give that system a name of its own when importing; if not, correct the id"
    )]
    AnotherPerson,
    /// The same id twice in the file, with different content.
    #[error("{first} has the same id and says something else: keep the one that is right")]
    SaidOtherwise {
        /// Where it was said first.
        first: Place,
    },
    /// An appointment of nobody.
    #[error("{field} names no patient: write the patient's id, in FHIR as a reference to a Patient")]
    NoPatient {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// An appointment of several.
    #[error("this is for several patients: write one appointment for each")]
    SeveralPatients,
    /// The patient is nowhere.
    #[error(
        "its patient is neither in this file nor in the store: import the patients first, or correct the reference"
    )]
    UnknownPatient,
    /// The patient's own record was refused.
    #[error("its patient's record was refused ({patient}): correct that one, then import again")]
    PatientRefused {
        /// Where the patient's record is.
        patient: Place,
    },
    /// No start.
    #[error("{field} is empty: write when it begins, as 2026-11-24T10:30")]
    NoStart {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// A day without a time.
    #[error("{field} has no time of day: write it as 2026-11-24T10:30")]
    NoTimeOfDay {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Not a point in time.
    #[error(
        "{field} is no date and time: write it as 2026-11-24T10:30, in the clinic's own time, or with its distance from UTC, as 2026-11-24T10:30+01:00"
    )]
    NotATime {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Left out when the clocks go forward.
    #[error(
        "{field} is a time that the clinic's clocks leave out when they go forward: write the time that they show"
    )]
    SkippedTime {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Shown twice when the clocks go back.
    #[error(
        "{field} is a time that the clinic's clocks show twice when they go back: write which one, with its distance from UTC, as 2026-10-25T02:30+02:00"
    )]
    DoubledTime {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// The end lies before the start.
    #[error("it ends before it begins: correct {field}")]
    EndsBeforeItBegins {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Not a length.
    #[error("{field} is no number of minutes: write a whole number from 1 to 1440, or leave it out")]
    NotMinutes {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// No service of this clinic.
    #[error("service is none of this clinic's: write one of {known}")]
    UnknownService {
        /// The ids in the clinic's file.
        known: String,
    },
    /// No amount of money.
    #[error(
        "{field} is no amount: write a whole number of the currency's smallest unit (4250 for 42.50 euros) and the currency's three letters in {currency}, or leave both out"
    )]
    NotAnAmount {
        /// The field's name in this kind of file.
        field: &'static str,
        /// The name of the field for its currency.
        currency: &'static str,
    },
    /// A charge of nobody.
    #[error(
        "{field} names no patient: write the patient's id in the system it comes from, or the record number"
    )]
    NobodyOwes {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Who owes it cannot be told.
    #[error(
        "{field} names one patient by its id and another one by the record number: if this file names record numbers, import it with a --source of its own; if not, take it in at the desk"
    )]
    TwoPatients {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Nothing says what is owed for, or more than anybody reads.
    #[error(
        "{field} must say what is owed for, as the patient reads it: write 1 to {} letters",
        Charge::LONGEST_TEXT
    )]
    NotAChargeText {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// No amount that somebody can owe.
    #[error(
        "{field} is no amount that can be owed here: write a whole number of the currency's smallest unit from 1 to {} (4250 for 42.50 euros), and the currency's three letters of ISO 4217 in {currency}",
        Charge::LARGEST
    )]
    NotOwed {
        /// The field's name in this kind of file.
        field: &'static str,
        /// The name of the field for its currency.
        currency: &'static str,
    },
    /// Not a day.
    #[error("{field} is no day: write it as 2026-11-24, or leave it out")]
    NotACalendarDay {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Neither yes nor no.
    #[error("{field} is neither yes nor no: write one of them, or leave it out")]
    NotYesOrNo {
        /// The field's name in this kind of file.
        field: &'static str,
    },
    /// Another amount, text, patient or day than the charge that is known, of which something was paid.
    #[error(
        "it says something else than before of a charge that is paid, in part or whole, or is being paid just now: settle that at the desk, and tell what is owed beside it under an id of its own"
    )]
    ChargePaid,
    /// Another amount, text, patient or day than the charge that was withdrawn.
    #[error(
        "it says something else than before of a charge that was withdrawn: if it is owed after all, tell it under an id of its own"
    )]
    ChargeWithdrawn,
    /// No site of this clinic.
    #[error("site is none of this clinic's{known}, or leave it out")]
    UnknownSite {
        /// The ids in the clinic's file, as the end of the sentence.
        known: String,
    },
    /// No status that is known.
    #[error("status is none of: {known}; write one of them")]
    UnknownStatus {
        /// Those that are known.
        known: &'static str,
    },
}
