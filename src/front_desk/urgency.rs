//! How soon a person is needed.

use serde::{Deserialize, Serialize};

/// How soon a person is needed. The order is that of urgency: what raises one takes the greater of two, so
/// nothing that a rule finds can ever lower it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// In its turn.
    #[default]
    Routine,
    /// Before everything that is routine.
    Urgent,
    /// At once: somebody may be in danger.
    Emergency,
}
