//! The voice of a kiosk, heard: what it decides is said, and the headphones are watched.

use super::headphones::Plug;
use super::playing::Playing;
use super::spoken::{Focus, Utterance};
use super::{Effect, Heard, Voice, headphones};
use crate::clinic::{Headphones, VoiceKeys, VoicePlace};
use crate::kiosk::device_reports::report_later;
use crate::kiosk::screens::View;
use crate::speech::Manner;
use crate::store::StoreHandle;
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
    plugged: Option<Receiver<Plug>>,
    plug: Option<Plug>,
    tell_of_headphones: Option<Box<dyn Fn(&'static str)>>,
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

/// What the desk is told of as devices that do not do their part.
const VOICE: &str = "voice";
const HEADPHONES: &str = "headphones";

/// What tells the desk why a device does not do its part, or in no words that it does.
fn teller_of(device: &'static str, store: &StoreHandle) -> impl Fn(&'static str) + Send + use<> {
    let store = store.clone();
    move |words| report_later(&store, device, words.to_string())
}

/// Whether the desk was told that the voice is silent, before this program began.
fn is_told_of(store: &StoreHandle) -> bool {
    let told = store.run(|store| {
        let own = store.origin().to_string();
        Ok(store.device_troubles()?.iter().any(|row| row.kiosk == own && row.device == VOICE))
    });
    // Where it cannot be read the voice is tried, which does no harm.
    told.unwrap_or(true)
}

impl Speaking {
    /// Starts the voice as the clinic's file has it. What cannot be started leaves a kiosk that is silent. The desk is
    /// told of a voice that cannot be heard, by the kiosk's store.
    pub fn start(place: Option<&VoicePlace>, words: Arc<Words>, store: &StoreHandle) -> Self {
        let tell = teller_of(VOICE, store);
        let sound = match place {
            Some(place) => match Playing::start(place.output.clone(), is_told_of(store), tell) {
                Ok(playing) => Some(Box::new(playing) as Box<dyn Sound>),
                Err(error) => {
                    tracing::error!("the voice cannot be started: {error}");
                    None
                }
            },
            None => {
                // A kiosk that has none any more is not to be mended.
                tell("");
                None
            }
        };
        let mut speaking = Self::into(sound, place, words);
        let tell_of_headphones = teller_of(HEADPHONES, store);
        if speaking.plugged.is_none() {
            tell_of_headphones("");
        }
        speaking.tell_of_headphones = Some(Box::new(tell_of_headphones));
        speaking
    }

    /// The same, with something else than headphones to speak into.
    pub fn into(sound: Option<Box<dyn Sound>>, place: Option<&VoicePlace>, words: Arc<Words>) -> Self {
        let always = place.is_some_and(|place| place.headphones == Headphones::Always);
        let mut speaking = Self {
            voice: Voice::new(words, always),
            keys: place.map(|place| place.keys.clone()).unwrap_or_default(),
            plug_keys: None,
            plugged: None,
            plug: None,
            tell_of_headphones: None,
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
                match headphones::watch(device.clone(), move |plug| told.send(plug).is_ok()) {
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
        while let Some(plug) = self.plugged.as_ref().and_then(|plugged| plugged.try_recv().ok()) {
            self.hear(Heard::Headphones(plug == Plug::In));
            let told = self.plug.replace(plug).map(Plug::words);
            if let Some(tell) = self.tell_of_headphones.as_ref().filter(|_| told != Some(plug.words())) {
                tell(plug.words());
            }
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
