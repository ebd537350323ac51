use super::welcome::languages;
use super::{Choice, Preferences, Speaker};
use crate::clinic::Clinic;
use crate::kiosk::session::{Session, TextSize};

pub(super) fn preferences(session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Preferences {
    let chosen = &session.preferences;
    let choice = |key: &str, selected: bool| Choice { label: speaker.say(key), selected };
    let size = |size: TextSize| {
        let key = match size {
            TextSize::Normal => "text-normal",
            TextSize::Large => "text-large",
            TextSize::Largest => "text-largest",
        };
        choice(key, size == chosen.text_size)
    };
    Preferences {
        title: speaker.say("preferences-title"),
        languages: languages(clinic, Some(session.language)),
        text_label: speaker.say("text-size"),
        text_sizes: TextSize::ALL.map(size),
        contrast: choice("high-contrast", chosen.contrast),
        reach: choice("within-reach", chosen.reach),
        stillness: choice("no-motion", chosen.stillness),
        more_time: choice("more-time", chosen.more_time),
        steady: choice("ignore-double-taps", chosen.steady),
        close: speaker.say("preferences-done"),
    }
}
