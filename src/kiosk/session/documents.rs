//! Scans: a code of ours, or a document that says who somebody is.

use super::identify::{self, Identify};
use super::{Effect, Identifiers, Place, Question, Register, Session, Step, Touch};
use crate::clinic::Clinic;
use crate::clinic::registration::RegistrationForm;
use crate::clinic::routines::May;
use crate::front_desk::code::Code;
use crate::front_desk::document::Document;
use crate::front_desk::registration::{DateDigits, Draft, Question as Field};
use crate::front_desk::request::RequestReason;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Answers that a document fills in, until the patient has said that they are right.
#[derive(Debug, Clone, PartialEq)]
pub struct FillIn {
    /// The registration as it was.
    pub register: Register,
    /// What the document says.
    pub document: Document,
}

/// Something was scanned. A document begins identification, or fills in a registration.
pub(super) fn scanned(session: &mut Session, code: Option<Code>, place: Place<'_>) -> Vec<Effect> {
    // Whoever holds something under the scanner of a closed kiosk reads on its screen where to go.
    if session.step == Step::Welcome && session.closed.is_some() {
        return Vec::new();
    }
    let today = session.today(place.clinic);
    let Some(Code::Document(document)) = code else { return identify::code_scanned(session, code, place) };
    match &mut session.step {
        Step::Welcome | Step::Identify(_) | Step::Unknown(_) => {
            let Some(born) = document.date_of_birth(today) else {
                return identify::code_scanned(session, None, place);
            };
            if !session.may(May::CheckIn, place) {
                return session.put_over(RequestReason::NotAllowed, place);
            }
            let begun = Identify { document: Some(document.clone()), ..Identify::default() };
            session.step = Step::Identify(begun);
            session.ask(Question::Who(Identifiers::Document(born, document)))
        }
        Step::Register(register) => {
            let fill_in = FillIn { register: (**register).clone(), document: *document };
            session.step = Step::FillIn(Box::new(fill_in));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A touch where a document is of nobody who is known, or where it fills in answers.
pub(super) fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    let form = &place.clinic.routines.registration;
    let today = session.today(place.clinic);
    let fill_in = match (std::mem::replace(&mut session.step, Step::Welcome), touch) {
        (Step::Unknown(document), Touch::Again) => {
            if !session.may(May::Register, place) {
                return session.put_over(RequestReason::NotAllowed, place);
            }
            FillIn { register: Register::new(session.language, form), document: *document }
        }
        (Step::FillIn(fill_in), Touch::Yes) => {
            let FillIn { mut register, document } = *fill_in;
            register.answered.extend(fill(&mut register.draft, &document, form, today));
            register.problem = None;
            if register.answered.contains(&register.question) {
                register.turn(register.after(form));
            }
            session.step = Step::Register(Box::new(register));
            return Vec::new();
        }
        // It is not theirs, or out of date: they answer by themselves.
        (Step::FillIn(fill_in), _) => {
            session.step = Step::Register(Box::new(fill_in.register));
            return Vec::new();
        }
        (step, _) => {
            session.step = step;
            return Vec::new();
        }
    };
    session.step = Step::FillIn(Box::new(fill_in));
    Vec::new()
}

/// Fills in what a document says and the clinic asks. Answers which questions it has answered well.
fn fill(
    draft: &mut Draft,
    document: &Document,
    form: &RegistrationForm,
    today: NaiveDate,
) -> BTreeSet<Field> {
    let mut texts = vec![
        (Field::GivenName, document.name.given.clone()),
        (Field::FamilyName, document.name.family.clone()),
    ];
    if let Some(address) = &document.address {
        let line = format!("{} {}", address.postal_code, address.town);
        texts.extend([
            (Field::Street, address.street.clone()),
            (Field::PostalCodeAndTown, line),
            (Field::PostalCode, address.postal_code.clone()),
            (Field::Town, address.town.clone()),
            (Field::Region, address.region.clone()),
        ]);
    }
    let mut filled = Vec::new();
    for (question, text) in texts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        if let Some(field) = draft.text_mut(question) {
            *field = text;
            filled.push(question);
        }
    }
    if let Some(born) = document.date_of_birth(today) {
        draft.date = DateDigits::of(born.date());
        filled.push(Field::DateOfBirth);
    }
    if document.sex.is_some() {
        draft.sex = document.sex;
        filled.push(Field::Sex);
    }
    // What is not taken as an answer, such as a postal code of another country, is asked all the same.
    let right =
        |question: &Field| form.asked(*question).is_some_and(|asked| draft.check(asked, form, today).is_ok());
    filled.into_iter().filter(right).collect()
}

impl FillIn {
    /// What the document would fill in, as the patient reads it: name, date of birth, address.
    pub fn lines(&self, clinic: &Clinic, today: NaiveDate) -> (String, Vec<String>) {
        let form = &clinic.routines.registration;
        let mut draft = Draft::default();
        let filled = fill(&mut draft, &self.document, form, today);
        let born = self.document.date_of_birth(today).filter(|_| filled.contains(&Field::DateOfBirth));
        let born = born.map(|born| born.date().format("%d %m %Y").to_string());
        let texts = [Field::Street, Field::PostalCodeAndTown, Field::PostalCode, Field::Town, Field::Region];
        let texts = texts.into_iter().filter(|question| filled.contains(question));
        let address = texts.map(|question| draft.text(question).to_string());
        (self.document.name.full(), born.into_iter().chain(address).collect())
    }
}
