//! What a scanned code says.

use super::document::{Document, Scanned};
use super::{appointment::AppointmentId, request::RequestId, ticket::TicketId};
use uuid::Uuid;

/// A code that this kiosk understands. A code names a record; it never opens a patient's alone: the
/// date of birth is asked as the second identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// An appointment letter.
    Appointment(AppointmentId),
    /// The clinic's own record number.
    PatientNumber(String),
    /// A queue ticket.
    Ticket(TicketId),
    /// The slip of a case.
    Case(RequestId),
    /// An identity document, a health card or a driving licence.
    Document(Box<Document>),
    /// One of several codes that only together say something.
    OneOfSeveral,
}

const APPOINTMENT: &str = "VESTIBULE:A:";
const PATIENT: &str = "VESTIBULE:P:";
const TICKET: &str = "VESTIBULE:T:";
const CASE: &str = "VESTIBULE:C:";

impl Code {
    /// Reads a scanned text; `None` for a code of another kind.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(id) = text.strip_prefix(APPOINTMENT) {
            Some(Self::Appointment(AppointmentId(Uuid::parse_str(id).ok()?)))
        } else if let Some(id) = text.strip_prefix(TICKET) {
            Some(Self::Ticket(TicketId(Uuid::parse_str(id).ok()?)))
        } else if let Some(id) = text.strip_prefix(CASE) {
            Some(Self::Case(RequestId(Uuid::parse_str(id).ok()?)))
        } else if !text.starts_with(PATIENT) {
            Some(match Document::read(text)? {
                Scanned::Document(document) => Self::Document(document),
                Scanned::OneOfSeveral => Self::OneOfSeveral,
            })
        } else {
            let number = text.strip_prefix(PATIENT)?;
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            (1..=40).contains(&number.len()).then_some(())?;
            number.chars().all(plain).then(|| Self::PatientNumber(number.to_string()))
        }
    }

    /// The text that stands in a code of ours; that of a document is nobody's to write again. Upper case and digits keep a QR code in its compact mode.
    pub fn text(&self) -> String {
        match self {
            Self::Appointment(id) => format!("{APPOINTMENT}{}", id.0.simple().to_string().to_uppercase()),
            Self::Ticket(id) => format!("{TICKET}{}", id.0.simple().to_string().to_uppercase()),
            Self::Case(id) => format!("{CASE}{}", id.0.simple().to_string().to_uppercase()),
            Self::PatientNumber(number) => format!("{PATIENT}{number}"),
            Self::Document(_) | Self::OneOfSeveral => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(id: u128) {
            let id = Uuid::from_u128(id);
            for code in
                [Code::Appointment(AppointmentId(id)), Code::Ticket(TicketId(id)), Code::Case(RequestId(id))]
            {
                prop_assert_eq!(Code::parse(&code.text()), Some(code));
            }
        }

        #[test]
        fn a_strange_code_is_no_code(text in "\\PC*") {
            prop_assume!(!text.trim().starts_with("VESTIBULE:"));
            prop_assert_eq!(Code::parse(&text), None);
        }
    }
}
