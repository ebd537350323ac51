//! Why an arrival ends otherwise than with a ticket at once: what the clinic's routines answer, and what the desk
//! is told.

use super::appointment::AppointmentId;
use super::patient::PatientId;
use serde::{Deserialize, Serialize};

/// The cases of an arrival that the clinic's routines answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArrivalCase {
    /// Before check-in opens.
    Early,
    /// After check-in has closed.
    Late,
    /// So late that the appointment counts as missed.
    Missed,
    /// The appointment is on another day.
    OtherDay,
    /// The appointment is at another site.
    OtherSite,
    /// The appointment was called off.
    Cancelled,
    /// The clinic closed the time of the appointment, and nobody has told the patient.
    Changed,
    /// Nothing is booked.
    NoAppointment,
    /// Nobody on record fits what was typed.
    NoRecord,
    /// Money is owed from before.
    BalanceDue,
}

impl ArrivalCase {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Early,
        Self::Late,
        Self::Missed,
        Self::OtherDay,
        Self::OtherSite,
        Self::Cancelled,
        Self::Changed,
        Self::NoAppointment,
        Self::NoRecord,
        Self::BalanceDue,
    ];

    /// What the routines call it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Late => "late",
            Self::Missed => "missed",
            Self::OtherDay => "other-day",
            Self::OtherSite => "other-site",
            Self::Cancelled => "cancelled",
            Self::Changed => "changed",
            Self::NoAppointment => "no-appointment",
            Self::NoRecord => "no-record",
            Self::BalanceDue => "balance-due",
        }
    }
}

/// Why a kiosk did not check somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotCheckedInCause {
    /// Before check-in opens.
    Early,
    /// After check-in has closed.
    Late,
    /// So late that the appointment counts as missed.
    Missed,
    /// The appointment is on another day.
    OtherDay,
    /// The appointment is at another site.
    OtherSite,
    /// The appointment was called off.
    Cancelled,
    /// The clinic closed the time of the appointment, and nobody had told the patient.
    Changed,
    /// Nothing is booked.
    NoAppointment,
    /// Nobody on record fits what was typed.
    NotIdentified,
    /// Money is owed, and the routines want a person to see to it first.
    BalanceDue,
    /// A person had to decide something else first: which record, whether somebody may act for another.
    Redirected,
}

impl From<ArrivalCase> for NotCheckedInCause {
    fn from(case: ArrivalCase) -> Self {
        match case {
            ArrivalCase::Early => Self::Early,
            ArrivalCase::Late => Self::Late,
            ArrivalCase::Missed => Self::Missed,
            ArrivalCase::OtherDay => Self::OtherDay,
            ArrivalCase::OtherSite => Self::OtherSite,
            ArrivalCase::Cancelled => Self::Cancelled,
            ArrivalCase::Changed => Self::Changed,
            ArrivalCase::NoAppointment => Self::NoAppointment,
            ArrivalCase::NoRecord => Self::NotIdentified,
            ArrivalCase::BalanceDue => Self::BalanceDue,
        }
    }
}

impl NotCheckedInCause {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Late => "late",
            Self::Missed => "missed",
            Self::OtherDay => "other-day",
            Self::OtherSite => "other-site",
            Self::Cancelled => "cancelled",
            Self::Changed => "changed",
            Self::NoAppointment => "no-appointment",
            Self::NotIdentified => "not-identified",
            Self::BalanceDue => "balance-due",
            Self::Redirected => "redirected",
        }
    }

    /// What staff read, as a name for a count.
    pub fn headline(self) -> &'static str {
        match self {
            Self::Early => "Came before check-in opens",
            Self::Late => "Came after check-in closed",
            Self::Missed => "Came after the appointment counts as missed",
            Self::OtherDay => "Appointment is on another day",
            Self::OtherSite => "Appointment is at another site",
            Self::Cancelled => "Appointment was cancelled",
            Self::Changed => "The clinic had changed the appointment",
            Self::NoAppointment => "No appointment in the book",
            Self::NotIdentified => "Not identified in three tries",
            Self::BalanceDue => "A balance is due",
            Self::Redirected => "Sent to a person for another reason",
        }
    }
}

/// Somebody who could not be checked in. Where and when is said by the fact that carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCheckedIn {
    /// Why.
    pub cause: NotCheckedInCause,
    /// Who, where it is known.
    pub patient: Option<PatientId>,
    /// For which appointment, where there is one.
    pub appointment: Option<AppointmentId>,
    /// Id of its service.
    pub service: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_and_a_cause_are_called_alike_in_the_file_and_in_the_facts() {
        for case in ArrivalCase::ALL {
            assert_eq!(serde_json::to_value(case).unwrap(), case.id());
            let cause = NotCheckedInCause::from(case);
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.word());
        }
    }
}
