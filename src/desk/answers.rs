//! What a patient answered to the clinic's forms for a visit, and agreed to: fetched when staff open it, for it
//! is too much, and too private, to stand on every board.

use super::board::words::{language_name, when};
use super::{Desk, Refusal};
use crate::clinic::Clinic;
use crate::front_desk::form::{Consent, FilledForm, Given, RecordedAnswer, Signature};
use crate::front_desk::ticket::VisitId;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that belongs to a visit.
#[derive(Serialize)]
pub struct Answers {
    patient: String,
    forms: Vec<Form>,
    consents: Vec<Agreed>,
}

#[derive(Serialize)]
struct Form {
    title: String,
    /// When, in which language and by whom, in words.
    how: String,
    /// BCP 47.
    lang: String,
    answers: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    question: String,
    /// The question as the patient read it, where that was in another language.
    read: Option<String>,
    /// The answer in the language of staff; the patient's own words as they are.
    answer: Vec<String>,
    /// Whether the answer is the patient's own words.
    own_words: bool,
    signed: Option<Signed>,
}

#[derive(Serialize)]
struct Signed {
    statement: String,
    /// What was signed, as the patient read it, where that was in another language.
    read: Option<String>,
    drawn: Option<Drawn>,
    /// The name that was typed in place of a signature.
    name: Option<String>,
}

/// A drawing for SVG.
#[derive(Serialize)]
struct Drawn {
    width: u16,
    height: u16,
    paths: Vec<String>,
}

#[derive(Serialize)]
struct Agreed {
    text: String,
    lang: String,
    how: String,
}

/// `GET /api/visits/{id}/answers`.
pub async fn answers(
    State(desk): State<Arc<Desk>>,
    Path(visit): Path<Uuid>,
) -> Result<Json<Answers>, Refusal> {
    let clinic = desk.clinic.now();
    let now = Utc::now();
    let found = desk.ask(move |store| {
        let Some(patient) = store.patient_of_visit(VisitId(visit))? else { return Ok(None) };
        let name = store.patient(patient)?.map(|patient| patient.name.full());
        Ok(Some((name, store.forms_of_visit(VisitId(visit))?, store.consents(patient)?)))
    });
    let Some((name, forms, consents)) = found.await? else {
        return Err(Refusal(StatusCode::NOT_FOUND, "There is no such visit.".into()));
    };
    Ok(Json(Answers {
        patient: name.unwrap_or_else(|| "Record not here yet".into()),
        forms: forms.into_iter().map(|form| Form::of(form, &clinic, now)).collect(),
        consents: consents.into_iter().map(|consent| Agreed::of(consent, &clinic, now)).collect(),
    }))
}

/// When, in which language, and who did it where it was not the patient.
fn how(
    clinic: &Clinic,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
    language: &str,
    companion: Option<&str>,
) -> String {
    let by = match companion {
        None => "by the patient".to_string(),
        Some(id) => {
            let known = clinic.routines.companion(id);
            let relation = known.map_or(id, |companion| companion.name.text(clinic.staff_language()));
            format!("by somebody for the patient (\u{201c}{relation}\u{201d})")
        }
    };
    format!("{}, in {}, {by}", when(clinic, at, now), language_name(language))
}

impl Form {
    fn of(form: FilledForm, clinic: &Clinic, now: DateTime<Utc>) -> Self {
        Self {
            how: how(clinic, form.at, now, &form.language, form.companion.as_deref()),
            title: form.staff_title,
            lang: form.language,
            answers: form.answers.into_iter().map(Answer::of).collect(),
        }
    }
}

/// What the patient read, where staff read something else.
fn other(read: String, staff: &str) -> Option<String> {
    (read != staff).then_some(read)
}

impl Answer {
    fn of(recorded: RecordedAnswer) -> Self {
        let mut signed = None;
        let mut own_words = false;
        let answer = match recorded.given {
            Given::Nothing => Vec::new(),
            Given::Text { words } => {
                own_words = true;
                vec![words.0]
            }
            Given::Chosen { options } => options.into_iter().map(|option| option.staff_text).collect(),
            Given::YesNo { yes } => vec![if yes { "Yes" } else { "No" }.to_string()],
            Given::Date { day } => vec![day.format("%-d %b %Y").to_string()],
            Given::Number { number, unit } => vec![match unit {
                Some(unit) => format!("{number} {unit}"),
                None => number,
            }],
            Given::Signed { statement, staff_statement, signature } => {
                let (drawn, name) = match signature {
                    Signature::Drawn { strokes } => {
                        let (width, height) = strokes.pad();
                        (Some(Drawn { width, height, paths: strokes.paths().collect() }), None)
                    }
                    Signature::Typed { name } => (None, Some(name.0)),
                };
                let read = other(statement, &staff_statement);
                signed = Some(Signed { statement: staff_statement, read, drawn, name });
                Vec::new()
            }
        };
        Self {
            read: other(recorded.text, &recorded.staff_text),
            question: recorded.staff_text,
            answer,
            own_words,
            signed,
        }
    }
}

impl Agreed {
    fn of(consent: Consent, clinic: &Clinic, now: DateTime<Utc>) -> Self {
        Self {
            how: how(clinic, consent.at, now, &consent.language, consent.companion.as_deref()),
            text: consent.text,
            lang: consent.language,
        }
    }
}
