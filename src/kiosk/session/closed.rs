//! A kiosk that staff have closed to patients from afar. Whoever is at it is not interrupted, unless staff say so;
//! help, and the call in danger, work on a closed kiosk as on any other.

use super::requests::register_step;
use super::{Effect, PayStage, Place, Preferences, Session, Step, Touch};
use crate::front_desk::fleet::{ClosedNotice, Occupancy};
use crate::front_desk::registration::{Draft, Question};
use crate::front_desk::request::OwnWords;

impl Session {
    /// Whether somebody is at the kiosk.
    pub fn occupancy(&self) -> Occupancy {
        match (self.is_idle(), &self.closed) {
            (false, _) => Occupancy::InUse,
            (true, Some(_)) => Occupancy::OutOfService,
            (true, None) => Occupancy::Idle,
        }
    }

    /// Whether nobody has begun anything, not even chosen a language.
    pub fn is_idle(&self) -> bool {
        self.step == Step::Welcome
            && self.language == 0
            && self.companion.is_none()
            && !self.choosing_preferences
            && self.preferences == Preferences::default()
    }

    /// Whether whoever is here can be sent to the desk at once: not while money is on its way, the store or the desk
    /// is being asked, or somebody may be in danger.
    pub fn can_be_ended(&self) -> bool {
        !self.is_paying() && !self.calls_for_help() && !matches!(self.step.bottom(), Step::Waiting(_))
    }

    /// The kiosk is closed. What somebody has begun goes on; where it shall end at once, a person gets what was
    /// entered, and the patient is sent to them.
    pub(super) fn close(&mut self, notice: ClosedNotice, at_once: bool, place: Place<'_>) -> Vec<Effect> {
        self.closed = Some(notice);
        if !at_once || !self.can_be_ended() || !self.step.bottom().is_unfinished() {
            return Vec::new();
        }
        // What tells of danger goes to those who come for it, and fills the screen.
        let effects = self.heed_words(place);
        if !effects.is_empty() {
            return effects;
        }
        self.family.stop();
        let words = self.entered(place);
        self.raise_ended(words, place)
    }

    /// The kiosk serves patients again.
    pub(super) fn reopen(&mut self) {
        self.closed = None;
    }

    /// A touch at a closed kiosk begins nothing: only the language can be chosen, and help is there as everywhere.
    pub(super) fn touched_closed(&mut self, touch: Touch, place: Place<'_>) {
        if let Touch::Language(position) = touch
            && position < place.clinic.languages.len()
        {
            self.language = position;
        }
    }

    /// What was entered and is nowhere else yet, in words for staff.
    fn entered(&self, place: Place<'_>) -> OwnWords {
        let mut lines = Vec::new();
        let mut begun = Vec::new();
        self.step.begun_words(&mut begun);
        lines.extend(begun.iter().map(|text| text.trim().to_string()));
        let today = self.today(place.clinic);
        match self.step.bottom() {
            Step::Register(register) => lines.extend(answers(&register.draft)),
            Step::FillIn(fill_in) => lines.extend(answers(&fill_in.register.draft)),
            Step::Identify(identify) => {
                let (born, family) = (identify.date.parts().join(" "), identify.family.trim());
                lines.extend((!identify.date.is_empty()).then(|| format!("date of birth: {born}")));
                lines.extend((!family.is_empty()).then(|| format!("family name: {family}")));
            }
            Step::Form(filling) => {
                let staff = place.clinic.staff_language();
                let standings = filling.standings(today);
                for ((form, _), standings) in filling.forms.iter().zip(&standings) {
                    lines.extend(form.so_far(standings, staff));
                }
            }
            _ => {}
        }
        lines.retain(|line| !line.is_empty());
        OwnWords(lines.join("\n"))
    }
}

impl Step {
    /// Whether somebody came for something here that they have not got yet.
    fn is_unfinished(&self) -> bool {
        match self {
            Self::Identify(_)
            | Self::Waiting(_)
            | Self::Confirm(_)
            | Self::Booking(_)
            | Self::Instruct(_)
            | Self::Register(_)
            | Self::Details(_)
            | Self::Unknown(_)
            | Self::FillIn(_)
            | Self::Form(_)
            | Self::Acting(_)
            | Self::ConfirmActing(_)
            | Self::WalkIn(_) => true,
            Self::Pay(paying) => matches!(paying.stage, PayStage::Choosing),
            // A number, a paper or a message is read in a moment, and ends by itself.
            Self::Welcome
            | Self::Booked(_)
            | Self::Settled(_)
            | Self::Requested(..)
            | Self::Help(_)
            | Self::Telling(_)
            | Self::Companion
            | Self::Tickets
            | Self::FindCase(_)
            | Self::Talk(_)
            | Self::StartOver(_)
            | Self::Done(_) => false,
        }
    }
}

/// The answers to the questions of registration, as they were typed.
fn answers(draft: &Draft) -> Vec<String> {
    let born = (!draft.date.is_empty()).then(|| draft.date.parts().join(" "));
    let typed = Question::KNOWN.iter().map(|(question, _)| *question).chain((0..=u8::MAX).map(Question::Own));
    let texts = typed.map(|question| (question, draft.text(question).trim().to_string()));
    let all = texts.chain(born.map(|born| (Question::DateOfBirth, born)));
    let given = all.filter(|(_, text)| !text.is_empty());
    let label = |question| register_step(question).trim_start_matches("register: ");
    given.map(|(question, text)| format!("{}: {text}", label(question))).collect()
}
