//! The clinic's own forms: a question a screen, then all answers to look over, then on to the check-in.
//! Nothing that was answered is lost by going back and forth, and nothing of it is kept before it is sent; only
//! what needs a person is told: danger at once, the rest when it is sent or when the patient leaves.

use super::{Effect, Place, Question as Asked, Session, Step, Touch};
use crate::front_desk::form::{AnswerProblem, Cause, Draft, Form, Occasion, Question, Raised, Standing};
use crate::front_desk::request::{OwnWords, RequestReason};
use crate::front_desk::ticket::NewVisit;
use crate::front_desk::urgency::Urgency;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// When a patient answered each form last, by the form's id.
pub type FormsAnswered = BTreeMap<String, DateTime<Utc>>;

/// A finger on the pad for signatures. Places are in parts of the pad's width, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pen {
    /// It is put down.
    Down {
        /// From the left.
        x: f32,
        /// From above.
        y: f32,
        /// The pad's height.
        height: f32,
    },
    /// It has moved on.
    To {
        /// From the left.
        x: f32,
        /// From above.
        y: f32,
    },
}

/// A question of one of the forms that are being answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Which of the forms that are due.
    pub form: usize,
    /// Which of its questions.
    pub question: usize,
}

/// The forms that are being answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Filling {
    /// The forms that are due, each with the answers so far.
    pub forms: Vec<(Form, Vec<Draft>)>,
    /// The question that is asked; `None` while all answers are looked over.
    pub at: Option<At>,
    /// What is wrong with the answer to the question that is asked.
    pub problem: Option<AnswerProblem>,
    /// The visit that begins when they are sent.
    visit: Box<NewVisit>,
    /// All answers were looked over once: whoever changes one goes back there.
    looked_over: bool,
    seen: BTreeSet<At>,
    /// What was told to staff already.
    told: BTreeSet<(At, Cause)>,
    /// The answers were judged in this pause.
    heeded: bool,
}

impl Filling {
    fn new(forms: Vec<Form>, visit: NewVisit, today: NaiveDate) -> Self {
        let forms = forms.into_iter().map(|form| (form.empty(), form)).map(|(drafts, form)| (form, drafts));
        let mut filling = Self {
            forms: forms.collect(),
            at: None,
            problem: None,
            visit: Box::new(visit),
            looked_over: false,
            seen: BTreeSet::new(),
            told: BTreeSet::new(),
            heeded: false,
        };
        filling.at = filling.asked(today).first().copied();
        filling
    }

    /// How each question of each form stands.
    pub fn standings(&self, today: NaiveDate) -> Vec<Vec<Standing>> {
        self.forms.iter().map(|(form, drafts)| form.standings(drafts, today)).collect()
    }

    /// The questions that are asked, in order.
    pub fn asked(&self, today: NaiveDate) -> Vec<At> {
        let standings = self.standings(today);
        let each = standings.iter().enumerate().flat_map(|(form, standings)| {
            standings
                .iter()
                .enumerate()
                .filter(|(_, standing)| standing.is_asked())
                .map(move |(question, _)| At { form, question })
        });
        each.collect()
    }

    /// A form's question and the answer to it so far.
    pub fn question(&self, at: At) -> Option<(&Question, &Draft)> {
        let (form, drafts) = self.forms.get(at.form)?;
        form.questions.get(at.question).zip(drafts.get(at.question))
    }

    /// Whether anything was answered.
    pub(super) fn is_begun(&self) -> bool {
        self.forms.iter().any(|(_, drafts)| drafts.iter().any(|draft| !draft.is_empty()))
    }

    /// Who the patient is, where there is a record already, and who it will be else.
    pub(super) fn visit(&self) -> &NewVisit {
        &self.visit
    }

    /// Changes the answer to the question that is asked. What it was told for before may be told anew.
    fn change(&mut self, change: impl FnOnce(&Question, &mut Draft)) {
        let Some(at) = self.at else { return };
        let Some((form, drafts)) = self.forms.get_mut(at.form) else { return };
        let Some((question, draft)) = form.questions.get(at.question).zip(drafts.get_mut(at.question)) else {
            return;
        };
        let before = draft.clone();
        change(question, draft);
        (self.problem, self.heeded) = (None, false);
        if *draft != before {
            self.told.retain(|(told, _)| *told != at);
        }
    }

    pub(super) fn typed(&mut self, character: char) {
        self.change(|question, draft| draft.push(&question.kind, character));
    }

    pub(super) fn erased(&mut self) {
        self.change(|_, draft| draft.erase());
    }

    pub(super) fn drawn(&mut self, pen: Pen) {
        self.change(|_, draft| {
            let Draft::Signature(signature) = draft else { return };
            match pen {
                _ if signature.typing => {}
                Pen::Down { x, y, height } => signature.strokes.begin(x, y, height),
                Pen::To { x, y } => signature.strokes.go_on(x, y),
            }
        });
    }

    /// On to the next question, or to looking over.
    fn go_on(&mut self, today: NaiveDate) {
        let Some(here) = self.at else { return };
        self.problem = None;
        self.seen.insert(here);
        let asked = self.asked(today);
        self.at = if self.looked_over {
            asked.into_iter().find(|at| !self.seen.contains(at))
        } else {
            asked.into_iter().find(|at| *at > here)
        };
        self.looked_over |= self.at.is_none();
    }

    fn go_back(&mut self, today: NaiveDate) {
        let asked = self.asked(today);
        let before = asked.into_iter().rfind(|at| self.at.is_none_or(|here| *at < here));
        // Before the first question there is nothing of the form to go back to.
        if before.is_some() {
            (self.at, self.problem) = (before, None);
        }
    }

    /// What the answers raise and nobody was told yet.
    fn untold(&self, place: Place<'_>, today: NaiveDate) -> Vec<(At, Raised)> {
        let (red_flags, staff) = (&place.clinic.routines.red_flags, place.clinic.staff_language());
        let standings = self.standings(today);
        let each = self.forms.iter().zip(&standings).enumerate();
        let raised = each.flat_map(|(number, ((form, _), standings))| {
            let raised = form.raised(standings, red_flags, staff, today).into_iter();
            raised.map(move |raised| (At { form: number, question: raised.question }, raised))
        });
        raised.filter(|(at, raised)| !self.told.contains(&(*at, raised.cause))).collect()
    }

    fn tell(&mut self, raised: &[(At, Raised)]) {
        self.told.extend(raised.iter().map(|(at, raised)| (*at, raised.cause)));
    }

    /// The first question whose answer does not do.
    fn first_problem(&self, today: NaiveDate) -> Option<(At, AnswerProblem)> {
        let standings = self.standings(today);
        let each = standings.iter().enumerate().flat_map(|(form, standings)| {
            standings.iter().enumerate().map(move |(question, standing)| (At { form, question }, standing))
        });
        each.filter_map(|(at, standing)| standing.problem().map(|problem| (at, problem))).next()
    }
}

/// Several things that were raised, as one request.
pub(super) struct Together {
    pub urgency: Urgency,
    pub subject: String,
    pub red_flags: Vec<String>,
    pub to: Option<String>,
    pub words: OwnWords,
}

/// Joins what was raised.
fn together(raised: &[(At, Raised)]) -> Together {
    let joined = |each: &mut dyn Iterator<Item = &str>, between: &str| {
        let mut parts: Vec<&str> = Vec::new();
        each.for_each(|part| {
            if !parts.contains(&part) {
                parts.push(part);
            }
        });
        parts.join(between)
    };
    let red_flags: BTreeSet<&String> = raised.iter().flat_map(|(_, raised)| &raised.red_flags).collect();
    Together {
        urgency: raised.iter().map(|(_, raised)| raised.urgency).max().unwrap_or_default(),
        subject: joined(&mut raised.iter().map(|(_, raised)| raised.subject.as_str()), "; "),
        red_flags: red_flags.into_iter().cloned().collect(),
        to: raised.iter().find_map(|(_, raised)| raised.to.clone()),
        words: OwnWords(joined(&mut raised.iter().map(|(_, raised)| raised.words.as_str()), "\n")),
    }
}

impl Session {
    /// On to the check-in; before it, the forms that are due.
    pub(super) fn forms_then_check_in(
        &mut self,
        visit: NewVisit,
        occasion: Occasion,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let answered = std::mem::take(&mut self.forms_answered);
        let (zone, today) = (place.clinic.zone, self.today(place.clinic));
        let service = &place.clinic.service_or_first(&visit.service).id;
        let due = place.clinic.routines.forms.iter().filter(|form| {
            let last = answered.get(&form.id).map(|at| at.with_timezone(&zone).date_naive());
            form.is_due(occasion, service, last, today)
        });
        let filling = Filling::new(due.cloned().collect(), visit, today);
        if filling.at.is_none() {
            return self.ask(Asked::CheckIn(filling.visit));
        }
        self.step = Step::Form(Box::new(filling));
        Vec::new()
    }

    /// A touch while the forms are being answered.
    pub(super) fn filled(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let today = self.today(place.clinic);
        let Step::Form(filling) = &mut self.step else { return Vec::new() };
        match (touch, filling.at) {
            (Touch::Back, _) => filling.go_back(today),
            (Touch::Choice(position), Some(_)) => {
                filling.change(|question, draft| draft.choose(&question.kind, position));
            }
            (Touch::Clear, Some(_)) => filling.change(|_, draft| {
                if let Draft::Signature(signature) = draft {
                    signature.strokes = Default::default();
                }
            }),
            (Touch::OtherWay, Some(_)) => filling.change(|_, draft| {
                if let Draft::Signature(signature) = draft {
                    signature.typing = !signature.typing;
                }
            }),
            (Touch::Next, Some(at)) => {
                let checked = filling.question(at).map(|(question, draft)| draft.check(question, today));
                if let Some(Err(problem)) = checked {
                    filling.problem = Some(problem);
                    return Vec::new();
                }
                filling.go_on(today);
                return self.alarm_by_form(Urgency::Emergency, place);
            }
            (Touch::Choice(position), None) => {
                if let Some(at) = filling.asked(today).get(position) {
                    filling.at = Some(*at);
                }
            }
            (Touch::Next, None) => return self.send_forms(place),
            _ => {}
        }
        Vec::new()
    }

    /// Everything was looked over: what needs a person is told, and the patient goes on to the check-in.
    fn send_forms(&mut self, place: Place<'_>) -> Vec<Effect> {
        let today = self.today(place.clinic);
        let now = self.moment.now;
        let languages = (self.language_code(place.clinic).to_string(), place.clinic.staff_language());
        let companion = self.companion.clone();
        let Step::Form(filling) = &mut self.step else { return Vec::new() };
        if let Some((at, problem)) = filling.first_problem(today) {
            (filling.at, filling.problem) = (Some(at), Some(problem));
            return Vec::new();
        }
        let alarm = self.alarm_by_form(Urgency::Emergency, place);
        if !alarm.is_empty() {
            return alarm;
        }
        let Step::Form(filling) = &mut self.step else { return Vec::new() };
        let standings = filling.standings(today);
        let mut visit = filling.visit.as_ref().clone();
        let forms = filling.forms.iter().zip(&standings).map(|((form, _), standings)| {
            form.filled(standings, (&languages.0, languages.1), companion.clone(), now)
        });
        // The answers do: it was checked above.
        visit.forms = forms.flatten().collect();
        let untold = filling.untold(place, today);
        filling.tell(&untold);
        let under = self.step.clone();
        let mut effects = Vec::new();
        // One card for each destination, not one for each answer.
        let places: BTreeSet<Option<String>> = untold.iter().map(|(_, raised)| raised.to.clone()).collect();
        for to in places {
            let here: Vec<_> = untold.iter().filter(|(_, raised)| raised.to == to).cloned().collect();
            effects.push(self.put_beside(together(&here), &under, place));
        }
        effects.extend(self.ask(Asked::CheckIn(Box::new(visit))));
        effects
    }

    /// Tells of what the answers raise with at least this urgency and nobody was told yet, wherever the form
    /// lies. Nothing happens otherwise.
    pub(super) fn alarm_by_form(&mut self, least: Urgency, place: Place<'_>) -> Vec<Effect> {
        let today = self.today(place.clinic);
        let Some(filling) = self.step.filling_mut() else { return Vec::new() };
        let mut untold = filling.untold(place, today);
        untold.retain(|(_, raised)| raised.urgency >= least);
        if untold.is_empty() {
            return Vec::new();
        }
        filling.tell(&untold);
        let together = together(&untold);
        match together.urgency {
            Urgency::Emergency => self.emergency(together.words, together.red_flags, None, place),
            Urgency::Urgent | Urgency::Routine => {
                self.put_form_answer(RequestReason::FormAnswer, together, place)
            }
        }
    }

    /// Whoever has answered that they are in danger and does nothing more is taken at their word.
    pub(super) fn heed_form_pause(&mut self, place: Place<'_>) -> Vec<Effect> {
        let Step::Form(filling) = &mut self.step else { return Vec::new() };
        if filling.heeded {
            return Vec::new();
        }
        filling.heeded = true;
        self.alarm_by_form(Urgency::Emergency, place)
    }
}

impl Step {
    /// The form that is being answered, also where other screens lie over it.
    fn filling_mut(&mut self) -> Option<&mut Filling> {
        match self {
            Self::Form(filling) => Some(filling),
            Self::Help(under) | Self::StartOver(under) | Self::Requested(_, Some(under)) => {
                under.filling_mut()
            }
            Self::Telling(telling) => telling.resume.filling_mut(),
            Self::Talk(talk) => talk.resume.filling_mut(),
            _ => None,
        }
    }
}
