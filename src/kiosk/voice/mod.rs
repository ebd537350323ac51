//! The voice of a kiosk, for who cannot see the glass: into headphones, and never anywhere else.
//!
//! [`Voice`] is pure: what is heard of the kiosk goes in, what is to be said comes out. [`Speaking`] lets it be heard.
//! Without headphones nothing is said at all.

mod headphones;
mod health;
mod playing;
mod speaking;
pub mod spoken;
#[cfg(test)]
mod tests;

pub use speaking::{Sound, Speaking, Struck};
pub use spoken::{Focus, Utterance};

use super::screens::{Pay, Screen, View};
use spoken::Teller;
use std::sync::Arc;
use std::time::Duration;
use vestibule_ui::words::Words;

/// How loud it can be, softest first; 100 is what a voice has of itself. From the softest to the loudest there are more
/// than 18 dB, and more than 12 dB to a step between (EN 301 549, 8.2.1).
pub const VOLUMES: [u8; 5] = [25, 50, 100, 150, 200];
/// How fast, in words a minute.
const SPEEDS: [u16; 4] = [110, 150, 200, 260];
/// What everybody begins with.
const USUAL_VOLUME: usize = 2;
const USUAL_SPEED: usize = 1;
/// The key for help, struck twice within this, asks for help.
const TWICE: Duration = Duration::from_secs(2);
/// How often the time that is left is told while the warning stands.
const COUNTED: u32 = 10;

/// What the voice hears of the kiosk.
#[derive(Debug, Clone)]
pub enum Heard {
    /// Headphones are there, or gone.
    Headphones(bool),
    /// A key was struck; the flag is for one that acts on what it stands at.
    Key(bool),
    /// A finger is on the glass.
    Touched,
    /// This is on the glass.
    Shown(Box<View>),
    /// Keys have come to stand here.
    Focused(Focus),
    /// The key for help.
    Help,
    /// The key for the volume.
    Volume,
    /// The key for the speed.
    Speed,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Be silent at once.
    Stop,
    /// Say this, after whatever is being said.
    Say {
        /// The words.
        what: Vec<Utterance>,
        /// How loud; 100 is what a voice has of itself.
        loudness: u8,
        /// How fast, in words a minute.
        speed: u16,
    },
    /// Touch *I need help*.
    NeedHelp,
}

/// What is said, and how. It speaks to whoever has plugged in headphones or struck a key: an empty lobby hears nothing.
pub struct Voice {
    words: Arc<Words>,
    headphones: bool,
    /// Somebody listens, and knows how to get on.
    listened_to: bool,
    shown: Option<View>,
    focus: Option<Focus>,
    volume: usize,
    speed: usize,
    helped: Option<Duration>,
    acted: bool,
}

impl Voice {
    /// A voice that nobody has heard yet.
    pub fn new(words: Arc<Words>, headphones: bool) -> Self {
        Self {
            words,
            headphones,
            listened_to: false,
            shown: None,
            focus: None,
            volume: USUAL_VOLUME,
            speed: USUAL_SPEED,
            helped: None,
            acted: false,
        }
    }

    /// Hears of something at a moment, and answers what is to be done.
    pub fn hear(&mut self, heard: Heard, at: Duration) -> Vec<Effect> {
        // Something else in between, and the key for help was not struck twice.
        if !matches!(heard, Heard::Help | Heard::Shown(_) | Heard::Focused(_)) {
            self.helped = None;
        }
        match heard {
            Heard::Headphones(there) => self.plugged(there),
            Heard::Key(acts) => {
                self.acted = acts;
                self.hushed_or_begun()
            }
            Heard::Touched => self.if_heard(vec![Effect::Stop]),
            Heard::Shown(view) => self.shown(*view),
            Heard::Focused(focus) => self.focused(focus),
            Heard::Help => self.help(at),
            Heard::Volume => {
                self.volume = (self.volume + 1) % VOLUMES.len();
                self.settings("voice-volume", self.volume + 1, VOLUMES.len())
            }
            Heard::Speed => {
                self.speed = (self.speed + 1) % SPEEDS.len();
                self.settings("voice-speed", self.speed + 1, SPEEDS.len())
            }
        }
    }

    fn is_heard(&self) -> bool {
        self.headphones && self.listened_to
    }

    fn if_heard(&self, effects: Vec<Effect>) -> Vec<Effect> {
        if self.is_heard() { effects } else { Vec::new() }
    }

    fn say(&self, what: Vec<Utterance>) -> Option<Effect> {
        let (loudness, speed) = (VOLUMES[self.volume], SPEEDS[self.speed]);
        (self.is_heard() && !what.is_empty()).then_some(Effect::Say { what, loudness, speed })
    }

    /// Instead of whatever is being said.
    fn say_now(&self, what: Vec<Utterance>) -> Vec<Effect> {
        let said = self.say(what);
        said.into_iter().flat_map(|said| [Effect::Stop, said]).collect()
    }

    fn plugged(&mut self, there: bool) -> Vec<Effect> {
        if self.headphones == there {
            return Vec::new();
        }
        self.headphones = there;
        self.listened_to = false;
        if there { self.begin() } else { vec![Effect::Stop] }
    }

    /// Tells who has just come how to get on, and what is on the glass.
    fn begin(&mut self) -> Vec<Effect> {
        self.listened_to = true;
        let Some(view) = &self.shown else { return Vec::new() };
        let teller = Teller::of(view, &self.words);
        let mut said = spoken::introduction(&teller);
        said.extend(spoken::screen(view, &teller));
        self.say_now(said)
    }

    fn hushed_or_begun(&mut self) -> Vec<Effect> {
        if !self.headphones {
            return Vec::new();
        }
        if !self.listened_to {
            return self.begin();
        }
        vec![Effect::Stop]
    }

    fn shown(&mut self, view: View) -> Vec<Effect> {
        let acted = std::mem::take(&mut self.acted);
        let Some(before) = self.shown.replace(view.clone()) else { return Vec::new() };
        let ended = is_idle(&view) && !is_idle(&before);
        if ended {
            self.end();
            return if self.headphones { vec![Effect::Stop] } else { Vec::new() };
        }
        let another = face(&before) != face(&view);
        if another {
            self.focus = None;
        }
        if !self.is_heard() {
            return Vec::new();
        }
        let teller = Teller::of(&view, &self.words);
        if view.warning.is_some() || before.warning.is_some() {
            return self.warned(&before, &view, &teller);
        }
        if another {
            let mut said: Vec<_> = spoken::entered(&before, &teller).into_iter().collect();
            said.extend(spoken::screen(&view, &teller));
            return self.say_now(said);
        }
        if before == view {
            let again = spoken::problem(&view).filter(|_| acted).map(|problem| teller.utterance(problem));
            return self.say_now(again.into_iter().collect());
        }
        let old = spoken::screen(&before, &teller);
        let mut said: Vec<_> = spoken::change(&before, &view, &teller).into_iter().collect();
        said.extend(spoken::screen(&view, &teller).into_iter().filter(|said| !old.contains(said)));
        let problem = spoken::problem(&view);
        if problem.is_some() && problem != spoken::problem(&before) {
            return self.say_now(said);
        }
        self.say(said).into_iter().collect()
    }

    fn warned(&self, before: &View, view: &View, teller: &Teller<'_>) -> Vec<Effect> {
        let left = |view: &View| view.warning.as_ref().map(|warning| warning.seconds);
        match (left(before), left(view)) {
            (Some(before), Some(now)) if before.div_ceil(COUNTED) == now.div_ceil(COUNTED) => Vec::new(),
            // The warning came, a part of the time is over, or somebody is still there.
            _ => self.say_now(spoken::screen(view, teller)),
        }
    }

    fn focused(&mut self, focus: Focus) -> Vec<Effect> {
        if self.focus.as_ref() == Some(&focus) {
            return Vec::new();
        }
        self.focus = Some(focus);
        self.say(self.where_keys_stand()).into_iter().collect()
    }

    fn where_keys_stand(&self) -> Vec<Utterance> {
        let (Some(view), Some(focus)) = (&self.shown, &self.focus) else { return Vec::new() };
        vec![spoken::focus(focus, &Teller::of(view, &self.words))]
    }

    fn help(&mut self, at: Duration) -> Vec<Effect> {
        let twice = self.helped.take().is_some_and(|before| at.saturating_sub(before) < TWICE);
        if twice {
            let mut effects = self.if_heard(vec![Effect::Stop]);
            effects.push(Effect::NeedHelp);
            return effects;
        }
        self.helped = Some(at);
        if self.headphones && !self.listened_to {
            return self.begin();
        }
        let Some(view) = &self.shown else { return Vec::new() };
        let teller = Teller::of(view, &self.words);
        let mut said = spoken::screen(view, &teller);
        said.extend(spoken::entered(view, &teller));
        said.extend(self.where_keys_stand());
        self.say_now(said)
    }

    fn settings(&mut self, key: &str, step: usize, steps: usize) -> Vec<Effect> {
        if self.headphones && !self.listened_to {
            return self.begin();
        }
        let Some(view) = &self.shown else { return Vec::new() };
        self.say_now(vec![Teller::of(view, &self.words).step(key, step, steps)])
    }

    /// Nothing of this person's is left to the next.
    fn end(&mut self) {
        self.listened_to = false;
        self.focus = None;
        self.volume = USUAL_VOLUME;
        self.speed = USUAL_SPEED;
        self.helped = None;
        self.acted = false;
    }
}

/// Nobody is there, or somebody has just come.
fn is_idle(view: &View) -> bool {
    matches!(view.screen, Screen::Welcome(_) | Screen::Closed(_))
}

/// What a screen is, to notice that another one has appeared; the language is part of it.
fn face(view: &View) -> (&str, u8, &str, &str) {
    let (kind, title, more) = match &view.screen {
        Screen::Welcome(_) => (0, "", ""),
        Screen::Question(question) => (1, question.title.as_str(), question.progress.as_str()),
        Screen::Confirm(confirm) => (2, confirm.title.as_str(), confirm.name.as_str()),
        Screen::Notice(notice) => (3, notice.title.as_str(), ""),
        Screen::Done(done) => (4, done.title.as_str(), done.number.as_str()),
        Screen::Help(_) => (5, "", ""),
        Screen::Emergency(_) => (6, "", ""),
        Screen::Talk(talk) => (7, talk.title.as_str(), ""),
        Screen::Review(_) => (8, "", ""),
        Screen::Pay(Pay::Choose { .. }) => (9, "", ""),
        Screen::Pay(Pay::Card { .. }) => (10, "", ""),
        Screen::Pay(Pay::Code { .. }) => (11, "", ""),
        Screen::Closed(_) => (12, "", ""),
        Screen::Preferences(_) => (13, "", ""),
    };
    (&view.frame.language, kind, title, more)
}
