//! Who may do what at the desk.

use serde::{Deserialize, Serialize};

/// What somebody is at the clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Receives patients.
    Receptionist,
    /// Sees patients: calls them, and answers what needs clinical eyes.
    ClinicalStaff,
    /// Answers for how the front desk works.
    Supervisor,
    /// Keeps people, kiosks and the program.
    Administrator,
}

/// Something that a role may do or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// See who needs a person and who has arrived, and answer requests.
    Requests,
    /// Call patients, and everything else of the queue.
    Queue,
    /// Look patients up, and decide about their records.
    Records,
    /// Change the book of appointments.
    Book,
    /// Take payments, and close the day.
    Payments,
    /// Give money back.
    Refunds,
    /// See how the routines work.
    Supervise,
    /// Give orders to kiosks.
    Fleet,
    /// Make and end the accounts of people.
    People,
    /// Read who looked at what and who changed what.
    Audit,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Requests,
        Self::Queue,
        Self::Records,
        Self::Book,
        Self::Payments,
        Self::Refunds,
        Self::Supervise,
        Self::Fleet,
        Self::People,
        Self::Audit,
    ];
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Receptionist, Self::ClinicalStaff, Self::Supervisor, Self::Administrator];

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Receptionist => "Receptionist",
            Self::ClinicalStaff => "Clinical staff",
            Self::Supervisor => "Supervisor",
            Self::Administrator => "Administrator",
        }
    }

    /// Whether the role needs it: nobody sees or does more.
    pub fn may(self, what: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Receptionist => matches!(what, P::Requests | P::Queue | P::Records | P::Book | P::Payments),
            Self::ClinicalStaff => matches!(what, P::Requests | P::Queue | P::Records),
            Self::Supervisor => !matches!(what, P::People),
            // Whoever keeps the machines needs no patient's data for it.
            Self::Administrator => matches!(what, P::Fleet | P::People | P::Audit),
        }
    }
}
