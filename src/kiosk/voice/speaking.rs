//! The voice of a kiosk, heard: what it decides is said, and the headphones are watched.

use super::playing::Playing;
use super::spoken::{Focus, Utterance};
use super::{Effect, Heard, Voice, headphones};
use crate::clinic::{Headphones, VoiceKeys, VoicePlace};
use crate::kiosk::screens::View;
use crate::speech::Manner;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;
use vestibule_ui::words::Words;

/// What is said comes out of this.
pub trait Sound {
    /// Is silent at once.
    fn stop(&self);
    /// Says something after whatever is being said.
    fn say(&self, what: Utterance, manner: Manner);
}

/// A kiosk's voice with all that it needs. A kiosk without one still knows the key for help.
pub struct Speaking {
    voice: Voice,
    keys: VoiceKeys,
    plug_keys: Option<[char; 2]>,
    plugged: Option<Receiver<bool>>,
    sound: Option<Box<dyn Sound>>,
    began: Instant,
}

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Struck {
    /// For the screen.
    Screen,
    /// For the voice alone.
    Voice,
    /// To ask for help.
    NeedHelp,
}

impl Speaking {
    /// Starts the voice as the clinic's file has it. What cannot be started leaves a kiosk that is silent.
    pub fn start(place: Option<&VoicePlace>, words: Arc<Words>) -> Self {
        let playing = place.map(|place| Playing::start(place.output.clone()));
        let sound = match playing {
            Some(Ok(playing)) => Some(Box::new(playing) as Box<dyn Sound>),
            Some(Err(error)) => {
                tracing::error!("the voice cannot be started: {error}");
                None
            }
            None => None,
        };
        Self::into(sound, place, words)
    }

    /// The same, with something else than headphones to speak into.
    pub fn into(sound: Option<Box<dyn Sound>>, place: Option<&VoicePlace>, words: Arc<Words>) -> Self {
        let always = place.is_some_and(|place| place.headphones == Headphones::Always);
        let mut speaking = Self {
            voice: Voice::new(words, always),
            keys: place.map(|place| place.keys.clone()).unwrap_or_default(),
            plug_keys: None,
            plugged: None,
            sound,
            began: Instant::now(),
        };
        let Some(place) = place else { return speaking };
        match &place.headphones {
            Headphones::Always => {}
            Headphones::Keys { plugged, unplugged } => {
                speaking.plug_keys = Some([plugged.character(), unplugged.character()]);
            }
            Headphones::Device(device) => {
                let (told, hears) = channel();
                match headphones::watch(device.clone(), move |there| told.send(there).is_ok()) {
                    Ok(()) => speaking.plugged = Some(hears),
                    Err(error) => tracing::error!("nobody watches the headphones: {error}"),
                }
            }
        }
        speaking
    }

    /// A key was struck; it is told by its text.
    pub fn struck(&mut self, text: &str) -> Struck {
        let mut characters = text.chars();
        let (Some(key), None) = (characters.next(), characters.next()) else {
            self.hear(Heard::Key(false));
            return Struck::Screen;
        };
        let heard = match key {
            key if key == self.keys.help.character() => Heard::Help,
            key if key == self.keys.volume.character() => Heard::Volume,
            key if key == self.keys.speed.character() => Heard::Speed,
            key if self.plug_keys.is_some_and(|[plugged, _]| key == plugged) => Heard::Headphones(true),
            key if self.plug_keys.is_some_and(|[_, unplugged]| key == unplugged) => Heard::Headphones(false),
            key => {
                self.hear(Heard::Key(matches!(key, '\n' | ' ')));
                return Struck::Screen;
            }
        };
        if self.hear(heard) { Struck::NeedHelp } else { Struck::Voice }
    }

    /// A finger is on the glass.
    pub fn touched(&mut self) {
        self.hear(Heard::Touched);
    }

    /// Keys have come to stand here.
    pub fn focused(&mut self, focus: Focus) {
        self.hear(Heard::Focused(focus));
    }

    /// This is on the glass.
    pub fn shown(&mut self, view: &View) {
        while let Some(there) = self.plugged.as_ref().and_then(|plugged| plugged.try_recv().ok()) {
            self.hear(Heard::Headphones(there));
        }
        self.hear(Heard::Shown(Box::new(view.clone())));
    }

    /// Does what comes of it; answers whether help is to be asked for.
    fn hear(&mut self, heard: Heard) -> bool {
        let mut asks = false;
        for effect in self.voice.hear(heard, self.began.elapsed()) {
            match (effect, &self.sound) {
                (Effect::NeedHelp, _) => asks = true,
                (Effect::Stop, Some(sound)) => sound.stop(),
                (Effect::Say { what, loudness, speed }, Some(sound)) => {
                    for what in what {
                        // A sign that stands alone was typed, or is a key: it is called by its name.
                        let signs = what.text.chars().count() == 1;
                        sound.say(what, Manner { speed, loudness, signs });
                    }
                }
                (_, None) => {}
            }
        }
        asks
    }
}
