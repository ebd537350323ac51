//! Finishing a step for a patient who called for a person: exactly what a kiosk takes from the desk, and what
//! staff need for it.

use super::{Done, change, parsed, text, wrong};
use crate::desk::board::words::Reader;
use crate::desk::language::{Sentence, english, sentence};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::patient::{DateOfBirth, DateOfBirthError, Patient, PatientId, family_name_fits};
use crate::front_desk::request::{OwnWords, RequestState, TakenStep};
use crate::front_desk::role::Permission;
use crate::link::fact::FactKind;
use crate::store::{Result as StoreResult, Store};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

const LONGEST_ANSWER: usize = 120;
/// More than these are no answer to the question who somebody is.
const MOST_FOUND: usize = 20;

/// A question of the kiosk that staff can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerField {
    /// What is asked.
    pub label: &'static str,
    /// "date", "telephone" or "text".
    pub kind: &'static str,
}

/// The question that a patient stands at, by the step's name, where the kiosk takes a typed answer from the
/// desk: choices and consent stay with the patient.
pub fn answer_field(stopped_at: &str) -> Option<AnswerField> {
    let (label, kind) = match stopped_at {
        "identify: date of birth" | "register: date of birth" => (english("Date of birth"), "date"),
        "identify: family name" | "register: family name" => (english("Family name"), "text"),
        "register: given name" => (english("Given name"), "text"),
        "register: telephone number" => (english("Telephone number"), "telephone"),
        "register: further family name" => (english("Further family name"), "text"),
        "register: previous family name" => (english("Previous family name"), "text"),
        "register: e-mail address" => (english("E-mail address"), "text"),
        "register: street" => (english("Street"), "text"),
        "register: postal code and town" => (english("Postal code and town"), "text"),
        "register: postal code" => (english("Postal code"), "text"),
        "register: town" => (english("Town"), "text"),
        "register: region" => (english("Region"), "text"),
        "register: emergency contact's relation" => (english("Emergency contact's relation"), "text"),
        "register: insurer" => (english("Insurer"), "text"),
        "register: insurance or scheme number" => (english("Insurance or scheme number"), "text"),
        "register: a question of the clinic's own" => {
            (english("The answer to the question on the screen"), "text")
        }
        "register: emergency contact's name" => (english("Emergency contact's name"), "text"),
        "register: emergency contact's telephone number" => {
            (english("Emergency contact's telephone number"), "telephone")
        }
        _ => return None,
    };
    Some(AnswerField { label, kind })
}

#[derive(Deserialize)]
struct Taking {
    /// The record that is theirs…
    #[serde(default)]
    patient: Option<Uuid>,
    /// …or the answer to the question at which they stand; a date as the calendar of the browser writes it.
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    family: String,
    #[serde(default)]
    born: String,
    #[serde(default)]
    number: String,
}

/// Who fits.
#[derive(Serialize)]
pub struct FoundPatients {
    patients: Vec<FoundPatient>,
}

#[derive(Serialize)]
struct FoundPatient {
    id: Uuid,
    name: String,
    number: Option<String>,
    born: String,
    /// What is booked for today.
    today: Vec<String>,
}

/// `POST /api/requests/{id}/step`: goes on for the patient at the kiosk.
pub async fn take(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Requests)?;
    let Taking { patient, answer } = parsed(&body)?;
    let by = who.name.clone();
    change(&desk, &who, id, move |store, row| {
        if let RequestState::Resolved { by: first, .. } = row.state {
            return Ok(Err(super::conflict(sentence("{first} has resolved it.").with("first", first))));
        }
        let request = row.request;
        let step = match patient {
            Some(patient) => {
                let patient = PatientId(patient);
                if store.patient(patient)?.is_none() {
                    return Ok(Err(wrong("This record is not here any more: search again.")));
                }
                Ok(TakenStep::Identified { patient })
            }
            None => match answer_field(&request.stopped_at) {
                None => Err(wrong("The kiosk takes no answer from the desk at this step: go there.")),
                Some(field) => typed(field, &answer)
                    .map(|answer| TakenStep::Answered { step: request.stopped_at, answer }),
            },
        };
        Ok(step.map(|step| vec![FactKind::StepTaken { request: request.id, by, step }]))
    })
    .await
}

fn no_date_of_birth(error: DateOfBirthError) -> Sentence {
    match error {
        DateOfBirthError::NoSuchDay => sentence("This is no date of birth: there is no such day."),
        DateOfBirthError::InTheFuture => sentence("This is no date of birth: the day lies in the future."),
        DateOfBirthError::TooLongAgo => sentence("This is no date of birth: it is too long ago."),
    }
}

/// An answer as it would be typed at the kiosk.
fn typed(field: AnswerField, answer: &str) -> Result<OwnWords, Refusal> {
    let answer = text(answer, LONGEST_ANSWER, "Write the answer that the kiosk shall go on with.")?;
    if field.kind != "date" {
        return Ok(answer);
    }
    let date: NaiveDate = answer.0.parse().map_err(|_| wrong("Write the date of birth as a whole date."))?;
    Ok(OwnWords(date.format("%d%m%Y").to_string()))
}

/// `POST /api/patients/search`: who has a record number, or a date of birth and a family name. Never one of
/// them alone but the number: a desk is no place to leaf through patients.
pub async fn search(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    body: Bytes,
) -> Result<Json<FoundPatients>, Refusal> {
    who.may(Permission::Records)?;
    let Search { family, born, number } = parsed(&body)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let language = who.language;
    let today = now.with_timezone(&clinic.zone).date_naive();
    let number = number.trim().to_string();
    let birth = match (number.is_empty(), born.trim(), family.trim()) {
        (false, ..) => None,
        (true, "", _) | (true, _, "") => {
            return Err(wrong("Write date of birth and family name, or the record number."));
        }
        (true, born, _) => {
            let date: NaiveDate =
                born.parse().map_err(|_| wrong("Write the date of birth as a whole date."))?;
            let day = DateOfBirth::from_date(date, today);
            Some(day.map_err(|error| wrong(no_date_of_birth(error)))?)
        }
    };
    let patients = desk.ask_as(&who, move |store| {
        let mut found = match birth {
            Some(day) => store.patients_born_on(day)?,
            None => store.patients_numbered(&number)?,
        };
        found.retain(|patient| birth.is_none() || family_name_fits(&patient.name.family, &family));
        found.truncate(MOST_FOUND);
        let ids: Vec<_> = found.iter().map(|patient| patient.id).collect();
        store.note_look("searched-patient", &ids, None, now)?;
        let reader = Reader { clinic: &clinic, language, now, sees_money: false };
        found.iter().map(|patient| FoundPatient::read(store, reader, patient)).collect()
    });
    Ok(Json(FoundPatients { patients: patients.await? }))
}

impl FoundPatient {
    fn read(store: &Store, reader: Reader, patient: &Patient) -> StoreResult<Self> {
        let now = reader.now;
        let day = |at: DateTime<Utc>| at.with_timezone(&reader.clinic.zone).date_naive();
        let visits = store.booked_visits(patient.id)?;
        let today = visits.iter().filter(|visit| day(visit.appointment.starts_at) == day(now)).map(|visit| {
            let appointment = &visit.appointment;
            let booked = format!("{} {}", reader.when(appointment.starts_at), appointment.clinician);
            match &visit.ticket {
                Some(ticket) => reader.say(
                    "{appointment}, checked in: {number}",
                    &[("appointment", &booked), ("number", ticket.number.as_str())],
                ),
                None => booked,
            }
        });
        Ok(Self {
            id: patient.id.0,
            name: patient.name.full(),
            number: patient.number.clone(),
            born: reader.born(patient),
            today: today.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::registration::Question;
    use crate::kiosk::session::{Identify, IdentifyQuestion, Register, Step};

    #[test]
    fn staff_can_answer_what_the_kiosk_takes_and_nothing_else() {
        let identify = [IdentifyQuestion::DateOfBirth, IdentifyQuestion::FamilyName]
            .map(|question| Step::Identify(Identify { question, ..Identify::default() }));
        for step in identify {
            assert!(answer_field(step.name()).is_some(), "{}", step.name());
        }
        let own = [Question::Own(0)];
        for question in Question::KNOWN.into_iter().map(|(question, _)| question).chain(own) {
            let form = Default::default();
            let step = Step::Register(Box::new(Register { question, ..Register::new(0, &form) }));
            let chosen =
                matches!(question, Question::Sex | Question::Language | Question::Reason | Question::Consent);
            assert_eq!(answer_field(step.name()).is_some(), !chosen, "{}", step.name());
        }
        assert!(answer_field("confirm").is_none());
    }

    #[test]
    fn a_date_is_sent_as_it_would_be_typed() {
        let date = answer_field("identify: date of birth").unwrap();
        assert_eq!(typed(date, "1957-03-04").ok().unwrap().0, "04031957");
        assert!(typed(date, "4 March").is_err());
    }
}
