//! The part of a kiosk that says how it speaks to who cannot see the glass.

use super::mistake::{Mistake, mistake};
use serde::Deserialize;
use std::path::PathBuf;
use toml::Spanned;

/// How a kiosk speaks. It does so into headphones only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoicePlace {
    /// How it knows that headphones are there.
    pub headphones: Headphones,
    /// The sound device by its ALSA name; the machine's own without one.
    pub output: Option<String>,
    /// Keys with a meaning of their own.
    #[serde(default)]
    pub keys: VoiceKeys,
}

/// How a kiosk knows that headphones are there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Headphones {
    /// They cannot be taken away: a handset, or a socket without a loudspeaker behind it.
    Always,
    /// An input device of Linux tells (`SW_HEADPHONE_INSERT`).
    Device(PathBuf),
    /// The keypad strikes one key when they are plugged in, and another one when they are taken out.
    Keys {
        /// The key of plugging in.
        plugged: FunctionKey,
        /// The key of taking out.
        unplugged: FunctionKey,
    },
}

/// Keys that are for the voice, as the keypad sends them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VoiceKeys {
    /// Says everything again; struck twice, asks for help.
    pub help: FunctionKey,
    /// The next volume; after the loudest comes the softest.
    pub volume: FunctionKey,
    /// The next speed; after the fastest comes the slowest.
    pub speed: FunctionKey,
}

impl Default for VoiceKeys {
    fn default() -> Self {
        Self { help: FunctionKey(1), volume: FunctionKey(2), speed: FunctionKey(3) }
    }
}

/// One of the keys F1 to F24.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct FunctionKey(u8);

impl FunctionKey {
    /// The character by which a window tells it.
    pub fn character(self) -> char {
        const F1: u32 = 0xF704;
        char::from_u32(F1 + u32::from(self.0) - 1).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

impl TryFrom<String> for FunctionKey {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let number = name.strip_prefix('F').and_then(|number| number.parse().ok());
        number
            .filter(|number| (1..=24).contains(number))
            .map(Self)
            .ok_or_else(|| format!("\"{name}\" is none of the keys F1 to F24"))
    }
}

pub(super) fn check(section: Spanned<VoicePlace>) -> Result<VoicePlace, Mistake> {
    let voice = section.as_ref();
    let VoiceKeys { help, volume, speed } = voice.keys;
    let mut keys = vec![help, volume, speed];
    if let Headphones::Keys { plugged, unplugged } = voice.headphones {
        keys.extend([plugged, unplugged]);
    }
    if keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key)) {
        let right = "Give each of them a key of its own, as it is set on the keypad.";
        return Err(mistake(&section, "one key has two meanings for the voice", right));
    }
    Ok(section.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<VoicePlace, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn headphones_are_told_of_in_three_ways() {
        let always = read("headphones = \"always\"").unwrap();
        assert_eq!((always.headphones, always.output), (Headphones::Always, None));
        assert_eq!(always.keys.help.character(), '\u{F704}');
        let device = read("headphones = { device = \"/dev/input/event3\" }\noutput = \"plughw:1\"").unwrap();
        assert_eq!(device.headphones, Headphones::Device("/dev/input/event3".into()));
        assert_eq!(device.output.as_deref(), Some("plughw:1"));
        let keys =
            read("headphones = { keys = { plugged = \"F15\", unplugged = \"F16\" } }\nkeys.volume = \"F9\"")
                .unwrap();
        let (plugged, unplugged) = (FunctionKey(15), FunctionKey(16));
        assert_eq!(keys.headphones, Headphones::Keys { plugged, unplugged });
        assert_eq!((plugged.character(), keys.keys.volume), ('\u{F712}', FunctionKey(9)));
        for wrong in [
            "",
            "headphones = \"never\"",
            "headphones = \"always\"\nkeys.help = \"F25\"",
            "headphones = \"always\"\nkeys.help = \"H\"",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_key_has_one_meaning() {
        let read = |text: &str| check(Spanned::new(0..0, read(text).unwrap()));
        assert!(read("headphones = \"always\"\nkeys.help = \"F2\"").is_err());
        assert!(read("headphones = { keys = { plugged = \"F15\", unplugged = \"F1\" } }").is_err());
        assert!(read("headphones = { keys = { plugged = \"F15\", unplugged = \"F16\" } }").is_ok());
    }
}
