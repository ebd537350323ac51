//! What norms of accessibility ask, how the kiosk and the desk stand to it, and which tests measure that: for auditors.
//!
//! The clauses are told in our own words and shorter than they are; whoever audits reads the norms themselves. A row is
//! worth what its tests measure: `tests/norms` holds that each of them is there and runs.

mod ada;
mod en_301_549;
mod print;
mod section_508;
mod wcag;

pub use print::{markdown, plain};

use serde::Serialize;

/// All norms, each with its clauses in order.
pub static NORMS: [&Norm; 4] = [&en_301_549::NORM, &wcag::NORM, &section_508::NORM, &ada::NORM];

/// A norm, as far as it asks something of such a kiosk.
#[derive(Debug, Serialize)]
pub struct Norm {
    /// Its name and edition.
    pub name: &'static str,
    /// What of it stands here, and what does not.
    pub covers: &'static str,
    /// Its clauses.
    pub rows: &'static [Row],
}

/// A clause.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its number.
    pub clause: &'static str,
    /// What it asks.
    pub asks: &'static str,
    /// Whether that is so.
    pub standing: Standing,
    /// How it is met, or why it is not.
    pub how: &'static str,
    /// The tests that measure it, as the test runner names them.
    pub tests: &'static [&'static str],
}

/// How a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The program meets it, and tests measure that.
    Met,
    /// A part of it is met and measured; the row says which is not.
    InPart,
    /// Whoever installs a kiosk meets it, as this part of README.md says.
    OfTheInstallation(&'static str),
    /// It is not met.
    NotMet,
    /// It asks nothing of such a kiosk.
    NotConcerned,
}

impl Standing {
    /// What an auditor reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::InPart => "met in part",
            Self::OfTheInstallation(_) => "of the installation",
            Self::NotMet => "not met",
            Self::NotConcerned => "not applicable",
        }
    }
}

const fn row(
    clause: &'static str,
    asks: &'static str,
    standing: Standing,
    how: &'static str,
    tests: &'static [&'static str],
) -> Row {
    Row { clause, asks, standing, how, tests }
}
