//! A form as it is kept: the very texts that the patient read, in the language in which they read them, beside
//! what staff read. A form that the clinic changes later does not change what was answered.

use super::{Answer, Form, Kind, Question, Signature, Standing};
use crate::clinic::Localised;
use crate::front_desk::request::OwnWords;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A form that was answered and sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledForm {
    /// Id of the form in the routines.
    pub form: String,
    /// Its title as the patient read it.
    pub title: String,
    /// Its title in the language of staff.
    pub staff_title: String,
    /// The language in which it was answered, BCP 47.
    pub language: String,
    /// Id of the relation, where somebody answered for the patient.
    pub companion: Option<String>,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// The questions that were asked, in order.
    pub answers: Vec<RecordedAnswer>,
}

/// A question that was asked, and its answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedAnswer {
    /// Id of the question in the form.
    pub question: String,
    /// The question as the patient read it.
    pub text: String,
    /// The question in the language of staff.
    pub staff_text: String,
    /// What was answered.
    pub given: Given,
}

/// What was answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Given {
    /// Nothing: it could be left out.
    Nothing,
    /// In the patient's own words.
    Text {
        /// The words.
        words: OwnWords,
    },
    /// One or several of the options.
    Chosen {
        /// Which.
        options: Vec<GivenOption>,
    },
    /// Yes or no.
    YesNo {
        /// Yes.
        yes: bool,
    },
    /// A day.
    Date {
        /// The day.
        day: NaiveDate,
    },
    /// A number.
    Number {
        /// With a point as the decimal sign, exactly as given.
        number: String,
        /// What is counted, as the patient read it.
        unit: Option<String>,
    },
    /// A signature.
    Signed {
        /// What was signed, as the patient read it.
        statement: String,
        /// The same in the language of staff.
        staff_statement: String,
        /// The signature.
        signature: Signature,
    },
}

/// An option that was chosen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenOption {
    /// Id of the option in the question.
    pub id: String,
    /// As the patient read it.
    pub text: String,
    /// In the language of staff.
    pub staff_text: String,
}

/// That a patient agreed to have a record, to the very text that stood on the glass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What was agreed to, as it was shown.
    pub text: String,
    /// The language in which it was shown, BCP 47.
    pub language: String,
    /// Id of the relation, where somebody agreed for the patient.
    pub companion: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

// What a patient answered must not reach a log by a stray `{:?}`.
impl fmt::Debug for FilledForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilledForm({}, withheld)", self.form)
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Given(withheld)")
    }
}

impl Form {
    /// What was answered so far and does, a line an answer, in the language of staff.
    pub fn so_far(&self, standings: &[Standing], staff: &str) -> Vec<String> {
        let answered = self.questions.iter().zip(standings).filter_map(|(question, standing)| {
            let answer = standing.answer()?;
            let words = match given(question, Some(answer), staff, staff) {
                Given::Nothing => return None,
                Given::Text { words } => words.0,
                Given::Chosen { options } => {
                    options.into_iter().map(|option| option.staff_text).collect::<Vec<_>>().join(", ")
                }
                Given::YesNo { yes } => if yes { "Yes" } else { "No" }.to_string(),
                Given::Date { day } => day.to_string(),
                Given::Number { number, unit } => format!("{number} {}", unit.unwrap_or_default()),
                Given::Signed { .. } => "signed".to_string(),
            };
            Some(format!("{}: {}", question.text.text(staff), words.trim()))
        });
        answered.collect()
    }

    /// What is kept of it, or the position of the first question whose answer does not do.
    pub fn filled(
        &self,
        standings: &[Standing],
        (language, staff): (&str, &str),
        companion: Option<String>,
        at: DateTime<Utc>,
    ) -> Result<FilledForm, usize> {
        let mut answers = Vec::new();
        for (position, (question, standing)) in self.questions.iter().zip(standings).enumerate() {
            match standing {
                Standing::NotAsked => {}
                Standing::Asked(Err(_)) => return Err(position),
                Standing::Asked(Ok(answer)) => answers.push(RecordedAnswer {
                    question: question.id.clone(),
                    text: question.text.text(language).to_string(),
                    staff_text: question.text.text(staff).to_string(),
                    given: given(question, answer.as_ref(), language, staff),
                }),
            }
        }
        Ok(FilledForm {
            form: self.id.clone(),
            title: self.title.text(language).to_string(),
            staff_title: self.title.text(staff).to_string(),
            language: language.to_string(),
            companion,
            at,
            answers,
        })
    }
}

fn given(question: &Question, answer: Option<&Answer>, language: &str, staff: &str) -> Given {
    let said = |text: &Localised| text.text(language).to_string();
    let chosen = |positions: &mut dyn Iterator<Item = &usize>| {
        let (Kind::Choice(choices) | Kind::Several(choices)) = &question.kind else { return Given::Nothing };
        let options = positions.filter_map(|position| choices.get(*position)).map(|choice| GivenOption {
            id: choice.id.clone(),
            text: said(&choice.name),
            staff_text: choice.name.text(staff).to_string(),
        });
        Given::Chosen { options: options.collect() }
    };
    match answer {
        None => Given::Nothing,
        Some(Answer::Text(words)) => Given::Text { words: words.clone() },
        Some(Answer::Choice(position)) => chosen(&mut std::iter::once(position)),
        Some(Answer::Several(positions)) => chosen(&mut positions.iter()),
        Some(Answer::YesNo(yes)) => Given::YesNo { yes: *yes },
        Some(Answer::Date(day)) => Given::Date { day: *day },
        Some(Answer::Number(number)) => {
            let unit = if let Kind::Number { unit, .. } = &question.kind { unit.as_ref() } else { None };
            Given::Number { number: number.to_string(), unit: unit.map(said) }
        }
        Some(Answer::Signature(signature)) => {
            let Kind::Signature { statement } = &question.kind else { return Given::Nothing };
            Given::Signed {
                statement: said(statement),
                staff_statement: statement.text(staff).to_string(),
                signature: signature.clone(),
            }
        }
    }
}
