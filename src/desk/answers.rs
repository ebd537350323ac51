//! What a patient answered to the clinic's forms for a visit, and agreed to: fetched when staff open it, for it
//! is too much, and too private, to stand on every board.

use super::board::words::Reader;
use super::people::Signed as SignedIn;
use super::{Desk, Refusal};
use crate::front_desk::form::{Consent, FilledForm, Given, RecordedAnswer, Signature};
use crate::front_desk::role::Permission;
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
    who: SignedIn,
    Path(visit): Path<Uuid>,
) -> Result<Json<Answers>, Refusal> {
    who.may(Permission::Records)?;
    let clinic = desk.clinic.now();
    let now = Utc::now();
    let found = desk.ask_as(&who, move |store| {
        let Some(patient) = store.patient_of_visit(VisitId(visit))? else { return Ok(None) };
        store.note_look("read-answers", &[patient], Some(visit), now)?;
        let name = store.patient(patient)?.map(|patient| patient.name.full());
        Ok(Some((name, store.forms_of_visit(VisitId(visit))?, store.consents(patient)?)))
    });
    let Some((name, forms, consents)) = found.await? else {
        return Err(Refusal(StatusCode::NOT_FOUND, "There is no such visit.".into()));
    };
    let reader = who.reader(&clinic, now);
    Ok(Json(Answers {
        patient: name.unwrap_or_else(|| reader.say("Record not here yet", &[])),
        forms: forms.into_iter().map(|form| Form::of(form, reader)).collect(),
        consents: consents.into_iter().map(|consent| Agreed::of(consent, reader)).collect(),
    }))
}

/// When, in which language, and who did it where it was not the patient.
fn how(reader: Reader, at: DateTime<Utc>, language: &str, companion: Option<&str>) -> String {
    let (time, language) = (reader.when(at), reader.language_name(language));
    let told = [("time", time.as_str()), ("language", language.as_str())];
    match companion {
        None => reader.say("{time}, in {language}, by the patient", &told),
        Some(id) => reader.say(
            "{time}, in {language}, by somebody for the patient (“{relation}”)",
            &[&told[..], &[("relation", &reader.companion(id))]].concat(),
        ),
    }
}

impl Form {
    fn of(form: FilledForm, reader: Reader) -> Self {
        Self {
            how: how(reader, form.at, &form.language, form.companion.as_deref()),
            title: form.staff_title,
            lang: form.language,
            answers: form.answers.into_iter().map(|answer| Answer::of(answer, reader)).collect(),
        }
    }
}

/// What the patient read, where staff read something else.
fn other(read: String, staff: &str) -> Option<String> {
    (read != staff).then_some(read)
}

impl Answer {
    fn of(recorded: RecordedAnswer, reader: Reader) -> Self {
        let mut signed = None;
        let mut own_words = false;
        let answer = match recorded.given {
            Given::Nothing => Vec::new(),
            Given::Text { words } => {
                own_words = true;
                vec![words.0]
            }
            Given::Chosen { options } => options.into_iter().map(|option| option.staff_text).collect(),
            Given::YesNo { yes } => vec![if yes { reader.say("Yes", &[]) } else { reader.say("No", &[]) }],
            Given::Date { day } => vec![reader.date(day)],
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
    fn of(consent: Consent, reader: Reader) -> Self {
        Self {
            how: how(reader, consent.at, &consent.language, consent.companion.as_deref()),
            text: consent.text,
            lang: consent.language,
        }
    }
}
