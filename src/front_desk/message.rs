//! What staff and a patient say to each other about a request, each in their own language.

use super::request::{OwnWords, RequestId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Somebody at the desk.
    Staff,
    /// Somebody at a kiosk.
    Patient,
}

/// One message of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Identity (UUIDv7).
    pub id: Uuid,
    /// What it is about.
    pub request: RequestId,
    /// Who says it.
    pub from: Side,
    /// The name of who says it, where it is staff; patients are told it.
    #[serde(default)]
    pub by: String,
    /// Id of the phrase in the routines; none where it was written freely.
    #[serde(default)]
    pub phrase: Option<String>,
    /// What was written freely, or the phrase in the language of whoever said it: what was said must be
    /// readable when the routines have changed.
    pub words: OwnWords,
    /// The language of the words, BCP 47.
    pub language: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What one side of a conflict said, noted by staff. It is for the case alone: no patient is ever shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideNote {
    /// Identity (UUIDv7).
    pub id: Uuid,
    /// What it is about.
    pub request: RequestId,
    /// Whose side it is, such as "family" or "Dr Chen".
    pub side: String,
    /// In their own words.
    pub words: OwnWords,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How somebody's time at a kiosk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionEnd {
    /// They finished what they came for.
    Finished,
    /// They started over.
    StartedOver,
    /// They went away in the middle.
    WentAway,
}

/// How long somebody stood at a step of the kiosk, all times together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTime {
    /// The step, such as "register: telephone number".
    pub step: String,
    /// In whole seconds.
    pub seconds: u32,
}

impl SessionEnd {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Finished, Self::StartedOver, Self::WentAway];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::StartedOver => "started-over",
            Self::WentAway => "went-away",
        }
    }
}
