//! Answers that need a person.

use super::{Answer, Condition, Form, Kind, Question, Standing};
use crate::front_desk::red_flag::RedFlags;
use crate::front_desk::urgency::Urgency;
use chrono::NaiveDate;

/// An answer that needs a person, as the clinic wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Raise {
    /// What must have been answered.
    pub when: Condition,
    /// How soon somebody is needed.
    pub urgency: Urgency,
    /// What staff read; the question where this is none.
    pub subject: Option<String>,
    /// Id of the red flag that it is, where it is one.
    pub red_flag: Option<String>,
    /// Id of the destination that answers it; where the routines send it, where this is none.
    pub to: Option<String>,
}

/// Why something was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The rule of the question, by its position.
    Rule(usize),
    /// Words that the clinic's red flags know.
    Words,
}

/// What an answer raised.
#[derive(Clone, PartialEq)]
pub struct Raised {
    /// Position of the question.
    pub question: usize,
    /// Why.
    pub cause: Cause,
    /// How soon somebody is needed.
    pub urgency: Urgency,
    /// What staff read.
    pub subject: String,
    /// Ids of the red flags.
    pub red_flags: Vec<String>,
    /// Id of the destination, where the clinic named one.
    pub to: Option<String>,
    /// The answer: the patient's own words as they are, everything else in the language of staff.
    pub words: String,
}

// The answer must not reach a log by a stray `{:?}`.
impl std::fmt::Debug for Raised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Raised")
            .field("question", &self.question)
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// Everything that the answers raise, question by question. `staff` is the language in which it is written
    /// down.
    pub fn raised(
        &self,
        standings: &[Standing],
        red_flags: &RedFlags,
        staff: &str,
        today: NaiveDate,
    ) -> Vec<Raised> {
        let mut raised = Vec::new();
        for (position, (question, standing)) in self.questions.iter().zip(standings).enumerate() {
            let Some(answer) = standing.answer() else { continue };
            let asked = question.text.text(staff).to_string();
            let words = answer.for_staff(question, staff);
            for (number, rule) in question.raise.iter().enumerate() {
                if rule.when.holds(standings, today) {
                    raised.push(Raised {
                        question: position,
                        cause: Cause::Rule(number),
                        urgency: rule.urgency,
                        subject: rule.subject.clone().unwrap_or_else(|| asked.clone()),
                        red_flags: rule.red_flag.iter().cloned().collect(),
                        to: rule.to.clone(),
                        words: format!("{asked} {words}"),
                    });
                }
            }
            if let Answer::Text(text) = answer {
                let judged = red_flags.judge(&text.0);
                if judged.urgency > Urgency::Routine {
                    raised.push(Raised {
                        question: position,
                        cause: Cause::Words,
                        urgency: judged.urgency,
                        subject: asked,
                        red_flags: judged.raised,
                        to: None,
                        words: text.0.clone(),
                    });
                }
            }
        }
        raised
    }
}

impl Answer {
    /// The answer as staff read it.
    pub fn for_staff(&self, question: &Question, staff: &str) -> String {
        match (self, &question.kind) {
            (Self::Text(words), _) => words.0.clone(),
            (Self::Choice(position), Kind::Choice(choices)) => {
                choices.get(*position).map_or_else(String::new, |choice| choice.name.text(staff).to_string())
            }
            (Self::Several(chosen), Kind::Several(choices)) => {
                let names = chosen.iter().filter_map(|position| choices.get(*position));
                names.map(|choice| choice.name.text(staff)).collect::<Vec<_>>().join("; ")
            }
            (Self::YesNo(yes), _) => if *yes { "Yes" } else { "No" }.to_string(),
            (Self::Date(day), _) => day.format("%-d %B %Y").to_string(),
            (Self::Number(number), Kind::Number { unit, .. }) => match unit {
                Some(unit) => format!("{number} {}", unit.text(staff)),
                None => number.to_string(),
            },
            (Self::Number(number), _) => number.to_string(),
            (Self::Signature(_), _) => "Signed".to_string(),
            // An answer of another kind was refused before.
            (Self::Choice(_) | Self::Several(_), _) => String::new(),
        }
    }
}
