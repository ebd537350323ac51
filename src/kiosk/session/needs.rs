//! *I need help*: what the patient needs, fears or complains of, in their own words. What was begun is kept
//! under it.

use super::{Effect, Place, Session, Step, Touch};
use crate::clinic::routines::WordsAsked;
use crate::front_desk::request::{OwnWords, RequestId, RequestReason};
use crate::front_desk::urgency::Urgency;
use std::time::Duration;

/// More than this nobody writes standing.
const LONGEST_WORDS: usize = 1000;
/// Whoever has typed that they are in danger and types no more is not waited for.
const PAUSE: Duration = Duration::from_secs(10);

/// What is being written about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A category of the routines, by its position.
    Category(usize),
    /// What staff said about a request.
    Reply(RequestId),
}

/// Somebody writes in their own words.
#[derive(Clone, PartialEq)]
pub struct Telling {
    /// What about.
    pub about: About,
    /// As typed so far.
    pub text: String,
    /// *Send* was touched, and nothing had been typed.
    pub empty: bool,
    /// The text was judged in this pause of writing: it says the same until something more is typed.
    heeded: bool,
    /// Where it was begun.
    pub resume: Box<Step>,
}

// Nothing a patient typed may reach a log by a stray `{:?}`.
impl std::fmt::Debug for Telling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Telling")
            .field("about", &self.about)
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}

impl Telling {
    pub(super) fn new(about: About, resume: Step) -> Self {
        Self { about, text: String::new(), empty: false, heeded: false, resume: Box::new(resume) }
    }

    pub(super) fn typed(&mut self, character: char) {
        (self.empty, self.heeded) = (false, false);
        let leading = self.text.is_empty() && character.is_whitespace();
        if !character.is_control() && !leading && self.text.chars().count() < LONGEST_WORDS {
            self.text.push(character);
        }
    }

    pub(super) fn erased(&mut self) {
        (self.empty, self.heeded) = (false, false);
        self.text.pop();
    }
}

impl Session {
    /// *I need help*, from any screen: what was begun stays as it is under the choice of what is needed.
    pub(super) fn need_help(&mut self) {
        if !matches!(self.step, Step::Help(_)) {
            let resume = std::mem::replace(&mut self.step, Step::Welcome);
            self.step = Step::Help(Box::new(resume));
        }
    }

    /// A touch on the choice of what is needed.
    pub(super) fn chosen_help(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::Help(resume) = &mut self.step else { return Vec::new() };
        let resume = std::mem::replace(&mut **resume, Step::Welcome);
        match touch {
            Touch::Back => self.step = resume,
            Touch::CallPerson => return self.call_person(resume, place),
            Touch::Emergency => {
                self.step = resume;
                return self.emergency(OwnWords::default(), Vec::new(), None, place);
            }
            Touch::MyCase => {
                self.step = resume;
                let effects = self.heed_words(place);
                if !effects.is_empty() {
                    return effects;
                }
                let effects = self.let_go_of_payment();
                self.step = Step::FindCase(Box::default());
                return effects;
            }
            Touch::Choice(position) if position < place.clinic.routines.categories.len() => {
                if place.clinic.routines.categories[position].words == WordsAsked::None {
                    self.step = resume;
                    return self.ask_for(position, String::new(), place);
                }
                self.step = Step::Telling(Telling::new(About::Category(position), resume));
            }
            _ => self.step = Step::Help(Box::new(resume)),
        }
        Vec::new()
    }

    /// A person is to come. Help that was asked for and not lost need not be asked for twice.
    fn call_person(&mut self, resume: Step, place: Place<'_>) -> Vec<Effect> {
        let asked = self.requests.iter().find(|r| r.reason == RequestReason::Help && r.is_under_way());
        if let Some(asked) = asked {
            self.step = Step::Requested(asked.id, resume.worth_resuming());
            return Vec::new();
        }
        self.step = resume;
        self.put_over(RequestReason::Help, place)
    }

    /// *Send*, or *Back*, while writing.
    pub(super) fn told(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::Telling(telling) = &mut self.step else { return Vec::new() };
        match touch {
            Touch::Back => {
                let effects = self.heed_words(place);
                // An alarm has taken the screen; otherwise it is the one before.
                if let Step::Telling(telling) = &mut self.step {
                    self.step = std::mem::replace(&mut *telling.resume, Step::Welcome);
                }
                effects
            }
            Touch::Next => {
                let needed = match telling.about {
                    About::Category(position) => place
                        .clinic
                        .routines
                        .categories
                        .get(position)
                        .is_some_and(|category| category.words == WordsAsked::Required),
                    About::Reply(_) => true,
                };
                if needed && telling.text.trim().is_empty() {
                    telling.empty = true;
                    return Vec::new();
                }
                let (text, about) = (std::mem::take(&mut telling.text), telling.about.clone());
                self.step = std::mem::replace(&mut *telling.resume, Step::Welcome);
                match about {
                    About::Category(position) => self.ask_for(position, text, place),
                    About::Reply(request) => self.reply(request, None, text, place),
                }
            }
            _ => Vec::new(),
        }
    }

    /// Asks for what the routines offer, with what was typed about it.
    fn ask_for(&mut self, position: usize, text: String, place: Place<'_>) -> Vec<Effect> {
        let Some(category) = place.clinic.routines.categories.get(position) else { return Vec::new() };
        let judged = place.clinic.routines.red_flags.judge(&text);
        let urgency = judged.urgency.max(category.urgency);
        let words = OwnWords(text);
        // A case is answered in days, danger in seconds: words that tell of both go to both.
        if category.kind.is_case() && judged.urgency > category.urgency {
            let mut effects = self.put_category(position, category.urgency, Vec::new(), words.clone(), place);
            effects.extend(self.alarm(judged.urgency, judged.raised, words, place));
            return effects;
        }
        self.put_category(position, urgency, judged.raised, words, place)
    }

    /// What was typed and not sent must not be lost where it tells of danger. Nothing happens otherwise.
    pub(super) fn heed_words(&mut self, place: Place<'_>) -> Vec<Effect> {
        // One may lie under the other: each is judged by itself, so that none denies what another says.
        let mut begun = Vec::new();
        self.step.begun_words(&mut begun);
        let judged = begun.iter().map(|text| (place.clinic.routines.red_flags.judge(text), text));
        let judged = judged.max_by_key(|(judged, _)| judged.urgency);
        let Some((judged, text)) = judged.filter(|(judged, _)| judged.urgency > Urgency::Routine) else {
            return self.alarm_by_form(Urgency::Urgent, place);
        };
        let words = OwnWords(text.to_string());
        self.step.forget_words();
        self.alarm(judged.urgency, judged.raised, words, place)
    }

    /// Words that tell of danger, whatever they were typed for.
    pub(super) fn alarm(
        &mut self,
        urgency: Urgency,
        red_flags: Vec<String>,
        words: OwnWords,
        place: Place<'_>,
    ) -> Vec<Effect> {
        match urgency {
            Urgency::Emergency => self.emergency(words, red_flags, None, place),
            Urgency::Urgent | Urgency::Routine => self.put_urgent(words, red_flags, place),
        }
    }

    /// Whoever wrote that they are in danger and has stopped writing is taken at their word.
    pub(super) fn heed_pause(&mut self, place: Place<'_>) -> Vec<Effect> {
        let quiet = self.moment.at.saturating_sub(self.quiet_since);
        if quiet >= PAUSE && matches!(self.step, Step::Form(_)) {
            return self.heed_form_pause(place);
        }
        let Step::Telling(telling) = &mut self.step else { return Vec::new() };
        if quiet < PAUSE || telling.heeded || telling.text.is_empty() {
            return Vec::new();
        }
        telling.heeded = true;
        match place.clinic.routines.red_flags.judge(&telling.text).urgency {
            Urgency::Emergency => self.heed_words(place),
            Urgency::Urgent | Urgency::Routine => Vec::new(),
        }
    }

    /// Who the person at the kiosk is here for.
    pub(super) fn here_for(&mut self, touch: Touch, place: Place<'_>) {
        match touch {
            Touch::Choice(position) => {
                let Some(companion) = place.clinic.routines.companions.get(position) else { return };
                self.companion = Some(companion.id.clone());
            }
            // Back: for nobody but themselves.
            Touch::Back => self.companion = None,
            _ => return,
        }
        self.step = Step::Welcome;
    }
}

impl Step {
    /// What is being written, also where other screens lie over it.
    pub(super) fn begun_words<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Telling(telling) => {
                found.push(&telling.text);
                telling.resume.begun_words(found);
            }
            Self::Help(under) | Self::StartOver(under) | Self::Requested(_, Some(under)) => {
                under.begun_words(found);
            }
            Self::Talk(talk) => talk.resume.begun_words(found),
            _ => {}
        }
    }

    fn forget_words(&mut self) {
        match self {
            Self::Telling(telling) => {
                telling.text.clear();
                telling.resume.forget_words();
            }
            Self::Help(under) | Self::StartOver(under) | Self::Requested(_, Some(under)) => {
                under.forget_words();
            }
            Self::Talk(talk) => talk.resume.forget_words(),
            _ => {}
        }
    }
}
