//! Staff and patient speak about a request; a case is looked up by its slip; staff finish a step for the
//! patient.

use super::needs::{About, Telling};
use super::requests::{RaisedRequest, RequestProgress};
use super::{Effect, Identify, Place, Question, Session, Step, Touch, VisitUnderWay, register};
use crate::clinic::routines::{May, Phrase};
use crate::front_desk::message::{Message, Side};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::{OwnWords, Request, RequestId, RequestReason, RequestState, TakenStep};
use crate::front_desk::ticket::Ticket;
use crate::front_desk::urgency::Urgency;
use std::time::Duration;
use uuid::Uuid;

/// An exchange is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Talk {
    /// What it is about.
    pub request: RequestId,
    /// What lies under it.
    pub resume: Step,
}

/// A case that was looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCase {
    /// The request that it is.
    pub request: Request,
    /// How far it has come.
    pub state: RequestState,
    /// Whether it was not answered by its day.
    pub overdue: bool,
    /// What was said about it.
    pub messages: Vec<Message>,
}

impl OpenCase {
    /// As one of the requests of the person at the kiosk, of which nothing was read yet.
    fn opened(self, since: Duration) -> RaisedRequest {
        let Self { request, state, overdue, messages } = self;
        RaisedRequest {
            id: request.id,
            reason: request.reason,
            category: request.category,
            urgency: request.urgency,
            progress: match state {
                RequestState::Resolved { .. } => RequestProgress::Resolved,
                RequestState::Acknowledged { by } if request.case.is_some() => {
                    RequestProgress::Acknowledged(by)
                }
                // Whoever has taken it is not on the way to this kiosk.
                RequestState::Acknowledged { .. } | RequestState::Open => RequestProgress::Delivered,
            },
            case: request.case,
            since,
            overdue,
            slip: None,
            unsaid: false,
            read: 0,
            messages,
            obstacle: None,
        }
    }
}

/// A case is being looked for by what stands on its slip.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindCase {
    /// Its number as typed.
    pub number: String,
    /// Its code as typed.
    pub code: String,
    /// Whether the code is being asked for.
    pub asks_code: bool,
    /// What is wrong with the answers.
    pub problem: Option<FindCaseProblem>,
}

/// What is wrong with a case's number or code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindCaseProblem {
    /// Nothing was typed.
    Empty,
    /// No case has both. Which of them failed is never said.
    NoMatch,
}

/// Longer than any number on a slip.
const LONGEST_NUMBER: usize = 24;

impl FindCase {
    pub(super) fn typed(&mut self, character: char) {
        self.problem = None;
        let text = if self.asks_code { &mut self.code } else { &mut self.number };
        if (character.is_alphanumeric() || character == '-') && text.chars().count() < LONGEST_NUMBER {
            text.push(character);
        }
    }

    pub(super) fn erased(&mut self) {
        self.problem = None;
        let text = if self.asks_code { &mut self.code } else { &mut self.number };
        text.pop();
    }
}

impl Session {
    pub(super) fn find_case(&mut self, touch: Touch) -> Vec<Effect> {
        let Step::FindCase(find) = &mut self.step else { return Vec::new() };
        let typed = if find.asks_code { &find.code } else { &find.number };
        match (touch, find.asks_code) {
            (Touch::Back, true) => {
                find.asks_code = false;
                find.problem = None;
            }
            (Touch::Back, false) => self.step = Step::Welcome,
            (Touch::Next, _) if typed.is_empty() => find.problem = Some(FindCaseProblem::Empty),
            (Touch::Next, false) => {
                find.asks_code = true;
                find.problem = None;
            }
            (Touch::Next, true) => {
                let question = Question::Case { number: find.number.clone(), code: find.code.clone() };
                return self.ask(question);
            }
            _ => {}
        }
        Vec::new()
    }

    /// The store has looked for a case. It counts as a miss like any other: guessing ends at the desk.
    pub(super) fn case_found(&mut self, case: Option<Box<OpenCase>>, place: Place<'_>) -> Vec<Effect> {
        let Some(case) = case else {
            self.misses += 1;
            if self.misses >= super::identify::MISSES_ALLOWED {
                self.misses = 0;
                return self.raise(RequestReason::NotIdentified, Vec::new(), place);
            }
            match &mut self.step {
                Step::FindCase(find) => {
                    find.problem = Some(FindCaseProblem::NoMatch);
                    find.asks_code = false;
                    find.code.clear();
                }
                _ => {
                    self.step = Step::FindCase(Box::new(FindCase {
                        problem: Some(FindCaseProblem::NoMatch),
                        ..FindCase::default()
                    }))
                }
            }
            return Vec::new();
        };
        self.misses = 0;
        let id = case.request.id;
        // Who has chosen no language reads the case in that of its slip.
        if self.language == 0 {
            let slip = &case.request.language;
            let told = place.clinic.languages.iter().position(|language| language == slip);
            self.language = told.unwrap_or_default();
        }
        let messages = case.messages.len();
        self.requests.retain(|known| known.id != id);
        self.requests.push(RaisedRequest { read: messages, ..case.opened(self.moment.at) });
        self.step = Step::Talk(Box::new(Talk { request: id, resume: Step::Welcome }));
        Vec::new()
    }

    /// A message came from the desk. Where the patient waits for it, it takes the screen.
    pub(super) fn heard(&mut self, message: Message) -> Vec<Effect> {
        let id = message.request;
        let Some(request) = self.requests.iter_mut().find(|request| request.id == id) else {
            return Vec::new();
        };
        if request.messages.iter().any(|known| known.id == message.id) {
            return Vec::new();
        }
        request.messages.push(message);
        if matches!(self.step, Step::Requested(shown, _) if shown == id) {
            self.open_talk(id);
        } else {
            self.read_what_is_shown();
        }
        Vec::new()
    }

    /// Something that was said could not be kept. It is taken back, so that it can be said again.
    pub(super) fn unsaid(&mut self, message: Uuid) {
        for request in &mut self.requests {
            let said = request.messages.len();
            request.messages.retain(|known| known.id != message);
            if request.messages.len() < said {
                request.unsaid = true;
                request.read = request.read.min(request.messages.len());
            }
        }
    }

    /// The patient has said who they are: what staff have asked them meanwhile can be read. Answers the ticket with which
    /// they stand in the queue.
    pub(super) fn hear_visit(&mut self, patient: PatientId) -> Option<Ticket> {
        let VisitUnderWay { questions, ticket, .. } =
            self.under_way.take().filter(|visit| visit.patient == patient)?;
        for question in questions {
            if self.request(question.request.id).is_none() {
                self.requests.push(question.opened(self.moment.at));
            }
        }
        ticket
    }

    /// The request whose messages were not read yet.
    pub fn unread(&self) -> Option<RequestId> {
        let unread = |request: &&RaisedRequest| request.messages.len() > request.read;
        self.requests.iter().rev().find(unread).map(|request| request.id)
    }

    fn read_what_is_shown(&mut self) {
        let Step::Talk(talk) = &self.step else { return };
        let shown = talk.request;
        if let Some(request) = self.requests.iter_mut().find(|request| request.id == shown) {
            request.read = request.messages.len();
        }
    }

    pub(super) fn open_talk(&mut self, request: RequestId) {
        if self.requests.iter().any(|known| known.id == request)
            && !matches!(&self.step, Step::Talk(talk) if talk.request == request)
        {
            let resume = std::mem::replace(&mut self.step, Step::Welcome);
            self.step = Step::Talk(Box::new(Talk { request, resume }));
        }
        self.read_what_is_shown();
    }

    /// A touch on an exchange.
    pub(super) fn talked(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::Talk(talk) = &mut self.step else { return Vec::new() };
        let request = talk.request;
        match touch {
            Touch::Back | Touch::Finish => {
                let resume = std::mem::replace(&mut talk.resume, Step::Welcome);
                if resume == Step::Welcome {
                    return self.finish(place);
                }
                self.step = resume;
            }
            Touch::Again => {
                let resume = std::mem::replace(&mut self.step, Step::Welcome);
                self.step = Step::Telling(Telling::new(About::Reply(request), resume));
            }
            Touch::Choice(position) => {
                let Some(phrase) = self.answers(request, place).into_iter().nth(position) else {
                    return Vec::new();
                };
                let text = phrase.text.text(self.language_code(place.clinic)).to_string();
                return self.reply(request, Some(phrase.id.clone()), text, place);
            }
            _ => {}
        }
        Vec::new()
    }

    /// The phrases that answer what staff said last, unless it was answered.
    pub fn answers<'a>(&self, request: RequestId, place: Place<'a>) -> Vec<&'a Phrase> {
        let routines = &place.clinic.routines;
        let last = self.request(request).and_then(|request| request.messages.last());
        let said = last.filter(|message| message.from == Side::Staff);
        let phrase = said.and_then(|message| message.phrase.as_deref()).and_then(|id| routines.phrase(id));
        phrase.map_or_else(Vec::new, |phrase| {
            phrase.answers.iter().filter_map(|id| routines.phrase(id)).collect()
        })
    }

    /// The patient says something. Danger in it raises an alarm of its own.
    pub(super) fn reply(
        &mut self,
        request: RequestId,
        phrase: Option<String>,
        text: String,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let judged = match phrase {
            None => Some(place.clinic.routines.red_flags.judge(&text)),
            Some(_) => None,
        };
        let message = Message {
            id: self.moment.id,
            request,
            from: Side::Patient,
            by: String::new(),
            phrase,
            words: OwnWords(text.clone()),
            language: self.language_code(place.clinic).to_string(),
            at: self.moment.now,
        };
        if let Some(known) = self.requests.iter_mut().find(|known| known.id == request) {
            known.messages.push(message.clone());
            known.unsaid = false;
            known.read = known.messages.len();
        }
        let mut effects = vec![Effect::Say(message)];
        if let Some(judged) = judged.filter(|judged| judged.urgency > Urgency::Routine) {
            effects.extend(self.alarm(judged.urgency, judged.raised, OwnWords(text), place));
        }
        effects
    }

    /// Staff did a step for the patient who had called them. Whatever does not fit any more is passed over.
    pub(super) fn step_taken(
        &mut self,
        request: RequestId,
        taken: TakenStep,
        place: Place<'_>,
    ) -> Vec<Effect> {
        if !self.requests.iter().any(|known| known.id == request) {
            return Vec::new();
        }
        // What the patient was writing makes room for what staff did, unless it tells of danger.
        let effects = self.heed_words(place);
        if !effects.is_empty() {
            return effects;
        }
        match taken {
            TakenStep::Identified { patient } => {
                // Whoever answers a form, or pays, is known already, and would lose what they have begun.
                if matches!(
                    self.step.bottom(),
                    Step::Waiting(_) | Step::Form(_) | Step::Done(_) | Step::Pay(_)
                ) {
                    return Vec::new();
                }
                self.step = Step::Identify(Identify::default());
                self.ask(Question::Record(patient))
            }
            TakenStep::Answered { step, answer } => {
                if self.step.bottom().name() != step {
                    return Vec::new();
                }
                self.step = std::mem::replace(&mut self.step, Step::Welcome).into_bottom();
                self.answer_for(&answer.0, place)
            }
        }
    }

    /// Types an answer in the place of the one that stands there, and goes on.
    fn answer_for(&mut self, answer: &str, place: Place<'_>) -> Vec<Effect> {
        match &mut self.step {
            Step::Identify(identify) => {
                // Longer than anything that can stand there.
                (0..300).for_each(|_| identify.erased());
                answer.chars().for_each(|character| identify.typed(character));
                super::identify::touched(self, Touch::Next, place)
            }
            Step::Register(register) => {
                (0..300).for_each(|_| register.erased());
                answer.chars().for_each(|character| register.typed(character));
                register::touched(self, Touch::Next, place)
            }
            _ => Vec::new(),
        }
    }

    /// Whether the person at the kiosk may do this: for themselves always, for another only what the relation
    /// allows.
    pub(super) fn may(&self, what: May, place: Place<'_>) -> bool {
        match &self.companion {
            None => true,
            // A relation that has left the routines allows nothing.
            Some(id) => {
                place.clinic.routines.companion(id).is_some_and(|companion| companion.may.contains(&what))
            }
        }
    }
}
