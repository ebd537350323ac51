//! The written routines: what patients can ask for, whom it goes to, how soon somebody must answer and who
//! is next, what the patient is told, and what the kiosk may never decide.
//!
//! **Invariant:** `Routines` that exist are whole: every category and every refusal has a destination, every
//! chain of destinations ends at a person, and every text exists in every language of the clinic.

use super::Localised;
use super::arrivals::Arrivals;
use super::payments::Payments;
use super::queue::Queue;
use super::registration::RegistrationForm;
use super::ticket_layout::TicketLayout;
use crate::front_desk::calendar::{Calendar, Within};
use crate::front_desk::form::Form;
use crate::front_desk::message::Side;
use crate::front_desk::red_flag::RedFlags;
use crate::front_desk::request::{RequestReason, Rung};
use crate::front_desk::schedule::Schedule;
use crate::front_desk::urgency::Urgency;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who answers: a place where people are, or a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// What categories refer to.
    pub id: String,
    /// What patients and staff call it.
    pub name: Localised,
    /// The person who is meant, where it is one.
    pub person: Option<String>,
    /// How that person is reached.
    pub reach: Option<String>,
    /// How soon somebody must answer.
    pub answer_within: Within,
    /// Who is next if nobody does.
    pub next: Option<String>,
}

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CategoryKind {
    /// Something the patient needs while being here.
    Need,
    /// Something the patient wants to know.
    Question,
    /// A worry about another person.
    Concern,
    /// A wish that only a person may decide.
    Decision,
    /// A complaint: it becomes a case with a number and a date.
    Complaint,
    /// Praise.
    Compliment,
    /// Something that does not work: it goes upward, and becomes a case like a complaint.
    Report,
}

impl CategoryKind {
    /// What staff call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Need => "A need",
            Self::Question => "A question",
            Self::Concern => "A worry about another person",
            Self::Decision => "A wish that only a person decides",
            Self::Complaint => "A complaint, with number, slip and date",
            Self::Compliment => "Praise",
            Self::Report => "Something that does not work, with number, slip and date",
        }
    }

    /// Whether it is a case: something with a number and a slip that goes on after the patient has left.
    pub fn is_case(self) -> bool {
        matches!(self, Self::Complaint | Self::Report)
    }
}

/// Whether the patient is asked for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordsAsked {
    /// Not at all.
    None,
    /// The patient may leave them out.
    Optional,
    /// Without them nobody would know what is meant.
    Required,
}

/// Something that patients can ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Identity in the routines.
    pub id: String,
    /// What it is about.
    pub kind: CategoryKind,
    /// What patients read on its button.
    pub name: Localised,
    /// What patients are told once it is kept.
    pub told: Localised,
    /// Id of its destination.
    pub to: String,
    /// How urgent it is by itself.
    pub urgency: Urgency,
    /// How soon somebody must answer; the destination's time where this is none.
    pub answer_within: Option<Within>,
    /// Whether the patient is asked for words.
    pub words: WordsAsked,
    /// What staff do, step by step.
    pub steps: Vec<String>,
}

/// Something the kiosk may never decide: it hands it over to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    /// What it is.
    pub reason: RequestReason,
    /// Id of its destination.
    pub to: String,
    /// How soon somebody must answer; the destination's time where this is none.
    pub answer_within: Option<Within>,
    /// What staff do, step by step.
    pub steps: Vec<String>,
}

/// What happens when somebody may be in danger.
#[derive(Debug, Clone, PartialEq)]
pub struct Emergency {
    /// Id of its destination.
    pub to: String,
    /// How soon somebody must answer.
    pub answer_within: Within,
    /// What staff do, step by step.
    pub steps: Vec<String>,
    /// What patients read on its button.
    pub name: Localised,
    /// What fills the screen.
    pub title: Localised,
    /// What to do now, line by line.
    pub now: Vec<Localised>,
}

/// The clock of complaints.
#[derive(Debug, Clone, PartialEq)]
pub struct ComplaintClock {
    /// The law that it follows, for staff.
    pub law: String,
    /// Stands first in every case number.
    pub letter: char,
    /// How soon the complaint must be answered.
    pub answer_within: Within,
    /// How soon whoever reports that something does not work must be answered.
    pub reports_within: Within,
}

impl ComplaintClock {
    /// How soon a case of this kind must be answered.
    pub fn within(&self, kind: CategoryKind) -> Within {
        match kind {
            CategoryKind::Report => self.reports_within,
            _ => self.answer_within,
        }
    }
}

/// What somebody may do for a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum May {
    /// Check the patient in.
    CheckIn,
    /// Register the patient.
    Register,
    /// Ask for a person and say what is needed.
    Ask,
}

impl May {
    /// What staff call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::CheckIn => "check in",
            Self::Register => "register",
            Self::Ask => "ask for things",
        }
    }
}

/// Who may act for a patient.
#[derive(Debug, Clone, PartialEq)]
pub struct Companion {
    /// Identity in the routines.
    pub id: String,
    /// Whom they are here for, as they would say it.
    pub name: Localised,
    /// What they may do.
    pub may: Vec<May>,
    /// What whoever acts for a patient agrees to; the clinic's own consent where this is none.
    pub consent: Option<Localised>,
}

/// How a request can end, for staff to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Identity in the routines.
    pub id: String,
    /// What staff call it.
    pub name: Localised,
    /// Whether the note has to say why: what was asked for was not done.
    pub asks_why: bool,
}

/// A phrase that each side reads in its own language.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Identity in the routines.
    pub id: String,
    /// Who says it.
    pub from: Side,
    /// What it says.
    pub text: Localised,
    /// The patient's phrases that answer it.
    pub answers: Vec<String>,
}

/// A text for a kiosk that is closed to patients, ready to be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedText {
    /// Identity in the routines.
    pub id: String,
    /// What it says.
    pub text: Localised,
}

/// The clinic's written routines.
#[derive(Debug, Clone, PartialEq)]
pub struct Routines {
    /// Who answers.
    pub destinations: Vec<Destination>,
    /// Where goes what no routine covers.
    pub otherwise: String,
    /// What patients can ask for, in the order in which it is shown.
    pub categories: Vec<Category>,
    /// What the kiosk may never decide.
    pub hand_overs: Vec<HandOver>,
    /// When somebody may be in danger.
    pub emergency: Emergency,
    /// The clock of complaints.
    pub complaint: ComplaintClock,
    /// Who may act for a patient.
    pub companions: Vec<Companion>,
    /// How a request can end, the usual one first; none where the clinic leaves it at a note.
    pub outcomes: Vec<Outcome>,
    /// What can be said without a common language.
    pub phrases: Vec<Phrase>,
    /// What a closed kiosk can say.
    pub closed_texts: Vec<ClosedText>,
    /// When the clinic is open.
    pub calendar: Calendar,
    /// Words that tell of danger.
    pub red_flags: RedFlags,
    /// What the clinic expects of them.
    pub red_flag_sentences: Vec<RedFlagSentence>,
    /// When which clinician sees patients, and what patients may book.
    pub schedule: Schedule,
    /// What is done in each case of an arrival.
    pub arrivals: Arrivals,
    /// What a new patient is asked.
    pub registration: RegistrationForm,
    /// The clinic's own forms, in the order in which they are asked.
    pub forms: Vec<Form>,
    /// What is paid at the kiosk and how; nothing is where the clinic has not written it.
    pub payments: Option<Payments>,
    /// Who is called next, and where to.
    pub queue: Queue,
    /// What stands on a ticket.
    pub ticket_layout: TicketLayout,
}

/// A sentence with the judgement that the clinic expects of its red flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedFlagSentence {
    /// What somebody may type.
    pub text: String,
    /// The language it is in.
    pub language: String,
    /// How urgent it is.
    pub expected: Urgency,
    /// The line of the file that it stands on.
    pub line: usize,
}

/// Where something goes.
#[derive(Debug, Clone, Copy)]
pub struct Route<'a> {
    /// Id of the first destination.
    pub to: &'a str,
    /// How soon it must answer; its own time where this is none.
    pub answer_within: Option<Within>,
    /// What staff do, step by step.
    pub steps: &'a [String],
}

impl Routines {
    /// The outcome with an id.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The destination with an id.
    pub fn destination(&self, id: &str) -> Option<&Destination> {
        self.destinations.iter().find(|destination| destination.id == id)
    }

    /// The category with an id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The companion with an id.
    pub fn companion(&self, id: &str) -> Option<&Companion> {
        self.companions.iter().find(|companion| companion.id == id)
    }

    /// The phrase with an id.
    pub fn phrase(&self, id: &str) -> Option<&Phrase> {
        self.phrases.iter().find(|phrase| phrase.id == id)
    }

    /// Where a request of a reason and category goes. What no routine covers goes to a person all the same.
    pub fn route(&self, reason: RequestReason, category: Option<&str>, urgency: Urgency) -> Route<'_> {
        if urgency == Urgency::Emergency {
            let Emergency { to, answer_within, steps, .. } = &self.emergency;
            return Route { to, answer_within: Some(*answer_within), steps };
        }
        if let Some(Category { to, answer_within, steps, .. }) = category.and_then(|id| self.category(id)) {
            return Route { to, answer_within: *answer_within, steps };
        }
        match self.hand_overs.iter().find(|hand_over| hand_over.reason == reason) {
            Some(HandOver { to, answer_within, steps, .. }) => {
                Route { to, answer_within: *answer_within, steps }
            }
            None => Route { to: &self.otherwise, answer_within: None, steps: &[] },
        }
    }

    /// A destination, who is next if it does not answer, and so on to the end.
    pub fn succession(&self, to: &str) -> Vec<&Destination> {
        let first = self.destination(to);
        let next = |before: &&Destination| before.next.as_deref().and_then(|id| self.destination(id));
        // The file is refused where a succession runs in a circle; a circle here would never end.
        std::iter::successors(first, next).take(self.destinations.len()).collect()
    }

    /// Who must answer one after the other, and by when each, for what is raised at a moment. `staff` is the
    /// language in which the names are written down.
    pub fn chain(&self, route: Route<'_>, staff: &str, raised_at: DateTime<Utc>) -> Vec<Rung> {
        let (mut chain, mut since, mut within) = (Vec::new(), raised_at, route.answer_within);
        for destination in self.succession(route.to) {
            let answer_by = within.take().unwrap_or(destination.answer_within).due(since, &self.calendar);
            chain.push(Rung {
                to: destination.id.clone(),
                name: destination.name.text(staff).to_string(),
                person: destination.person.clone(),
                reach: destination.reach.clone(),
                answer_by,
            });
            since = answer_by;
        }
        chain
    }
}
