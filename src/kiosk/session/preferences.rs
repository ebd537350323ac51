//! How the person at the kiosk wants its screen. It can be chosen at any moment, on every screen: what was begun stays
//! as it is beneath. When the person has gone, everything is as it was.

use super::{Place, Session, Touch};

/// How large everything on the glass is. The smallest is large already: capitals of 7.4 mm (EN 301 549, 5.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TextSize {
    /// As designed.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
    /// Half as large again.
    Largest,
}

impl TextSize {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Large, Self::Largest];

    /// By how much everything on the glass is enlarged.
    pub fn zoom(self) -> f32 {
        match self {
            Self::Normal => 1.0,
            Self::Large => 1.25,
            Self::Largest => 1.5,
        }
    }
}

/// What a person has chosen for their time at the kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// How large everything is.
    pub text_size: TextSize,
    /// Light on black.
    pub contrast: bool,
    /// Everything to touch stands where an arm reaches from a wheelchair.
    pub reach: bool,
    /// Nothing moves by itself.
    pub stillness: bool,
    /// More time before the kiosk asks whether somebody is still there.
    pub more_time: bool,
    /// Whatever is touched or struck twice within half a second counts once.
    pub steady: bool,
}

/// How many times as long a kiosk waits for who has asked for more time.
const MORE_TIME: u32 = 3;

impl Preferences {
    /// How many times as long the kiosk waits.
    pub fn patience(&self) -> u32 {
        if self.more_time { MORE_TIME } else { 1 }
    }
}

impl Session {
    /// A touch while preferences are open; whether it is done with.
    pub(super) fn preferences_touched(&mut self, touch: Touch, place: Place<'_>) -> bool {
        let chosen = &mut self.preferences;
        match touch {
            Touch::Language(position) if position < place.clinic.languages.len() => self.language = position,
            Touch::TextSize(position) => {
                chosen.text_size = TextSize::ALL.get(position).copied().unwrap_or(chosen.text_size);
            }
            Touch::Contrast => chosen.contrast = !chosen.contrast,
            Touch::Reach => chosen.reach = !chosen.reach,
            Touch::Stillness => chosen.stillness = !chosen.stillness,
            Touch::MoreTime => chosen.more_time = !chosen.more_time,
            Touch::Steady => chosen.steady = !chosen.steady,
            Touch::Back | Touch::Preferences => self.choosing_preferences = false,
            Touch::NeedHelp | Touch::StartOver | Touch::Talk => {
                self.choosing_preferences = false;
                return false;
            }
            _ => {}
        }
        true
    }
}
