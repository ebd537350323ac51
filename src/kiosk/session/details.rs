//! What is on file is confirmed or corrected at check-in: *still living at …?* Only who gave two identifiers
//! and said *that's me* gets here, and only for themselves: before that everything is masked.

use super::{Effect, Known, Place, Question, Register, Session, Step, Touch};
use crate::clinic::registration::{Asked, ConfirmedDetail, RegistrationForm};
use crate::front_desk::appointment::Appointment;
use crate::front_desk::detail::{Detail, DetailValue};
use crate::front_desk::registration::{Draft, FieldProblem, Question as Field};
use chrono::{Days, NaiveDate};

/// How far the confirming has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// The record.
    pub known: Box<Known>,
    /// What is checked in afterwards.
    appointment: Appointment,
    /// Which details are asked for.
    due: Vec<ConfirmedDetail>,
    /// What was said of those before the one that is asked for.
    said: Vec<Said>,
    /// The fields of the detail that is being changed.
    pub changing: Option<Changing>,
}

/// What the patient said of a detail.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Right(Detail),
    Changed(DetailValue),
}

/// A detail that is being changed, with the fields of registration.
#[derive(Debug, Clone, PartialEq)]
pub struct Changing {
    /// Its questions, in order.
    questions: Vec<Field>,
    /// The question that is asked and all answers so far.
    pub register: Register,
}

impl Details {
    /// The details of a record that are due to be confirmed.
    pub(super) fn due(known: &Known, form: &RegistrationForm, today: NaiveDate) -> Vec<ConfirmedDetail> {
        let patient = &known.patient;
        let every = Days::new(form.confirm.every_days.into());
        let is_due = |detail: &Detail| {
            let last = patient.further.confirmed.get(detail);
            last.and_then(|day| day.checked_add_days(every)).is_none_or(|again| again <= today)
        };
        let on_file = |asked: &ConfirmedDetail| patient.get(&asked.detail()).is_some();
        form.confirm.details.iter().copied().filter(on_file).filter(|asked| is_due(&asked.detail())).collect()
    }

    pub(super) fn new(known: Box<Known>, appointment: Appointment, due: Vec<ConfirmedDetail>) -> Self {
        Self { known, appointment, due, said: Vec::new(), changing: None }
    }

    /// The detail that is asked for.
    pub fn asked(&self) -> Option<ConfirmedDetail> {
        self.due.get(self.said.len()).copied()
    }

    /// What the record says of it.
    pub fn on_file(&self) -> Option<DetailValue> {
        self.known.patient.get(&self.asked()?.detail())
    }

    /// Which of how many questions is asked of the detail that is being changed, from 1.
    pub fn progress(&self) -> (usize, usize) {
        let Some(Changing { questions, register }) = &self.changing else { return (1, 1) };
        let position = questions.iter().position(|question| *question == register.question);
        (position.unwrap_or_default() + 1, questions.len())
    }

    pub(super) fn typed(&mut self, character: char) {
        if let Some(changing) = &mut self.changing {
            changing.register.typed(character);
        }
    }

    pub(super) fn erased(&mut self) {
        if let Some(changing) = &mut self.changing {
            changing.register.erased();
        }
    }

    /// Whether something was typed that would be lost.
    pub(super) fn is_changed(&self) -> bool {
        let typed = self.changing.as_ref().is_some_and(|changing| !changing.register.draft.is_empty());
        typed || self.said.iter().any(|said| matches!(said, Said::Changed(_)))
    }

    pub(super) fn face(&self) -> usize {
        let question = self.changing.as_ref().map_or(0, |changing| changing.register.question.number() + 1);
        self.said.len() * 1000 + question
    }

    /// In words for staff.
    pub(super) fn name(&self) -> &'static str {
        match self.asked() {
            Some(ConfirmedDetail::Address) => "details: address",
            Some(ConfirmedDetail::Phone) => "details: telephone number",
            Some(ConfirmedDetail::Email) => "details: e-mail address",
            Some(ConfirmedDetail::EmergencyContact) => "details: emergency contact",
            None => "details",
        }
    }
}

impl ConfirmedDetail {
    /// Which detail of the record it is.
    pub fn detail(self) -> Detail {
        match self {
            Self::Address => Detail::Address,
            Self::Phone => Detail::Phone,
            Self::Email => Detail::Email,
            Self::EmergencyContact => Detail::EmergencyContact,
        }
    }

    /// The fields it is made of, as the clinic's registration asks them.
    fn fields(self, form: &RegistrationForm) -> Vec<Field> {
        let (fields, otherwise) = match self {
            Self::Address => (
                vec![Field::Street, Field::PostalCodeAndTown, Field::PostalCode, Field::Town, Field::Region],
                vec![Field::Street, Field::PostalCodeAndTown],
            ),
            Self::Phone => (vec![Field::Phone], vec![Field::Phone]),
            Self::Email => (vec![Field::Email], vec![Field::Email]),
            Self::EmergencyContact => (
                vec![Field::ContactName, Field::ContactPhone, Field::ContactRelation],
                vec![Field::ContactName, Field::ContactPhone],
            ),
        };
        let asked: Vec<Field> = fields.into_iter().filter(|field| form.asked(*field).is_some()).collect();
        // A country without postal codes has only towns.
        let no_codes = form.country.is_some_and(|country| !country.has_postal_codes());
        match (asked.is_empty(), self) {
            (true, Self::Address) if no_codes => vec![Field::Street, Field::Town],
            (true, _) => otherwise,
            (false, _) => asked,
        }
    }

    fn value(self, draft: &Draft, form: &RegistrationForm, today: NaiveDate) -> Option<DetailValue> {
        match self {
            Self::Address => draft.address(form).map(DetailValue::Address),
            Self::EmergencyContact => draft.emergency_contact(form).map(DetailValue::EmergencyContact),
            Self::Phone => draft.phone(form).map(DetailValue::Phone),
            Self::Email => {
                let asked = Asked { question: Field::Email, may_skip: false, step: 0 };
                let right = draft.check(&asked, form, today).is_ok();
                right.then(|| DetailValue::Email(draft.text(Field::Email).trim().to_string()))
            }
        }
    }
}

pub(super) fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    let form = &place.clinic.routines.registration;
    let today = session.today(place.clinic);
    let language = session.language;
    let Step::Details(details) = &mut session.step else { return Vec::new() };
    let Some(asked) = details.asked() else { return Vec::new() };
    let said = match (&mut details.changing, touch) {
        (None, Touch::Yes) => Said::Right(asked.detail()),
        (None, Touch::No) => {
            let questions = asked.fields(form);
            let Some(question) = questions.first().copied() else { return Vec::new() };
            let register = Register { question, ..Register::new(language, form) };
            details.changing = Some(Changing { questions, register });
            return Vec::new();
        }
        (Some(changing), Touch::Back) => {
            if !changing.turn(-1) {
                details.changing = None;
            }
            return Vec::new();
        }
        (Some(changing), Touch::Next | Touch::Skip) => {
            let (register, must) = (&mut changing.register, touch == Touch::Next);
            let question = register.question;
            // Half an address or contact is none; only the relation may be left out, as in registration.
            let may_skip = question == Field::ContactRelation;
            if !must && may_skip {
                register.draft.clear(question);
            }
            let how = Asked { question, may_skip, step: 0 };
            if let Err(problem) = register.draft.check(&how, form, today) {
                register.problem = Some(problem);
                return Vec::new();
            }
            if changing.turn(1) {
                return Vec::new();
            }
            match asked.value(&changing.register.draft, form, today) {
                Some(value) => Said::Changed(value),
                None => {
                    changing.register.problem = Some(FieldProblem::Empty);
                    return Vec::new();
                }
            }
        }
        _ => return Vec::new(),
    };
    if details.said.len() + 1 < details.due.len() {
        details.said.push(said);
        details.changing = None;
        return Vec::new();
    }
    // The last one is noted as said only once all of it is kept: if it cannot be, it is asked again.
    let patient = details.known.patient.id;
    let all = details.said.iter().cloned().chain([said]);
    let (mut confirmed, mut entered) = (Vec::new(), Vec::new());
    all.for_each(|said| match said {
        Said::Right(detail) => confirmed.push(detail),
        Said::Changed(value) => entered.push(value),
    });
    session.ask(Question::Details { patient, confirmed, entered, day: today })
}

/// What was said is kept: now the check-in.
pub(super) fn kept(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    let Step::Details(details) = &session.step else { return Vec::new() };
    let (known, appointment) = (details.known.clone(), details.appointment.clone());
    session.step = Step::Confirm(known.clone());
    session.check_in(&known.patient, appointment, Vec::new(), place)
}

impl Changing {
    /// To the next question or the one before. Answers whether there is one.
    fn turn(&mut self, by: isize) -> bool {
        let here = self.questions.iter().position(|question| *question == self.register.question);
        let there = here.and_then(|here| here.checked_add_signed(by));
        let Some(question) = there.and_then(|there| self.questions.get(there)) else { return false };
        self.register.turn(Some(*question));
        true
    }
}
