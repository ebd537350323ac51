//! From one colour of a clinic's to all that the screens need: what is pressed, what is pale, and greys that go with
//! it. Colours that say something (all is well, attention, danger) are nobody's own and stay.

use crate::BrandPalette;
use crate::slint::Color;
use palette::color_difference::Wcag21RelativeContrast;
use palette::convert::FromColorUnclamped;
use palette::{FromColor, IsWithinBounds, OklabHue, Oklch, Srgb};

/// The least contrast of text with what it stands on: WCAG 2.2, 1.4.6.
const LEAST: f32 = 7.0;

/// The colours of the screens that follow the clinic's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrandColours {
    action: Srgb<u8>,
    pressed: Srgb<u8>,
    tint: Srgb<u8>,
    ground: Srgb<u8>,
    sunken: Srgb<u8>,
    line: Srgb<u8>,
    hairline: Srgb<u8>,
    idle: Srgb<u8>,
    text: Srgb<u8>,
    text_soft: Srgb<u8>,
    focus: Srgb<u8>,
}

/// Why a clinic's colour cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ColourFault {
    /// It is written in another way.
    #[error("this is no colour")]
    NoColour,
    /// White words on it, or words of it on a pale ground, could not be read by many.
    #[error("{over} has a contrast of {contrast:.1} to 1, and {LEAST:.0} to 1 is needed")]
    TooFaint {
        /// What on what.
        over: &'static str,
        /// Their contrast, from 1 to 21.
        contrast: f32,
        /// The nearest darker colour of the same hue that can be used, as `#rrggbb`.
        enough: String,
    },
}

impl BrandColours {
    /// Those of a clinic's colour, which is written `#rrggbb`.
    pub fn of(written: &str) -> Result<Self, ColourFault> {
        let figures = written.strip_prefix('#').filter(|figures| figures.len() == 6);
        let colour: Srgb<u8> =
            figures.and_then(|figures| figures.parse().ok()).ok_or(ColourFault::NoColour)?;
        let colours = Self::around(colour);
        match colours.faintest() {
            (_, contrast) if contrast >= LEAST => Ok(colours),
            (over, contrast) => Err(ColourFault::TooFaint { over, contrast, enough: hex(enough(colour)) }),
        }
    }

    /// How near the colour is to that of alarms: whether somebody could take what is to be touched for danger. 20
    /// degrees of hue in a colour that is not grey.
    pub fn is_like_an_alarm(&self) -> bool {
        let (own, alarm) = (oklch(self.action), oklch(Srgb::new(0x86, 0x10, 0x1f)));
        own.chroma > 0.06 && apart(own.hue, alarm.hue) < 20.0
    }

    /// The lightness and the strength of each are those of a design that was looked at (the house's); the hue is the
    /// colour's. OKLCH, in which a hue can be changed and what is light stays as light.
    fn around(colour: Srgb<u8>) -> Self {
        let own = oklch(colour);
        // Greys go with grey: a clinic whose colour is black gets no green in them.
        let share = (own.chroma / 0.06).min(1.0);
        let beside = |lightness: f32, chroma: f32| within(Oklch::new(lightness, chroma * share, own.hue));
        let pressed = within(Oklch::new((own.l - 0.104).max(0.0), own.chroma * 0.7, own.hue));
        // What the focus stands at is ringed in orange, and in blue where buttons are nearly orange themselves.
        let orange = Srgb::new(0xb3, 0x47, 0x00);
        let is_orange = own.chroma > 0.06 && apart(own.hue, oklch(orange).hue) < 40.0;
        Self {
            action: colour,
            pressed,
            tint: beside(0.928, 0.0203),
            ground: beside(0.971, 0.0034),
            sunken: beside(0.943, 0.0089),
            line: beside(0.582, 0.0241),
            hairline: beside(0.856, 0.0154),
            idle: beside(0.913, 0.0076),
            text: beside(0.246, 0.0283),
            text_soft: beside(0.384, 0.0260),
            focus: if is_orange { Srgb::new(0x0b, 0x4f, 0xb3) } else { orange },
        }
    }

    /// The pair that stands least apart, and its contrast.
    fn faintest(&self) -> (&'static str, f32) {
        let white = Srgb::new(255, 255, 255);
        [
            ("white on this colour", contrast(white, self.action)),
            ("this colour on the ground of the screen", contrast(self.action, self.ground)),
            ("this colour on its own pale tint", contrast(self.action, self.tint)),
            ("white on this colour while it is pressed", contrast(white, self.pressed)),
        ]
        .into_iter()
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .unwrap_or(("", 0.0))
    }
}

/// The nearest darker colour that can be used. Black can.
fn enough(colour: Srgb<u8>) -> Srgb<u8> {
    let own = oklch(colour);
    let darker =
        (0..=200).map(|step| within(Oklch::new(own.l * (1.0 - step as f32 / 200.0), own.chroma, own.hue)));
    let usable = |colour: &Srgb<u8>| BrandColours::around(*colour).faintest().1 >= LEAST;
    darker.into_iter().find(usable).unwrap_or(Srgb::new(0, 0, 0))
}

fn contrast(one: Srgb<u8>, other: Srgb<u8>) -> f32 {
    one.into_format::<f32>().relative_contrast(other.into_format())
}

fn oklch(colour: Srgb<u8>) -> Oklch {
    Oklch::from_color(colour.into_format::<f32>())
}

/// How far two hues are apart, in degrees up to 180.
fn apart(one: OklabHue, other: OklabHue) -> f32 {
    (one - other).into_degrees().abs()
}

/// The colour that a screen can show: as strong as it gets in this lightness.
fn within(colour: Oklch) -> Srgb<u8> {
    // Clamped, a colour would change its hue.
    let shown = |chroma: f32| Srgb::from_color_unclamped(Oklch { chroma, ..colour });
    let weaker = (0..=50).map(|step| colour.chroma * (1.0 - step as f32 / 50.0)).map(shown);
    weaker.into_iter().find(Srgb::is_within_bounds).unwrap_or_else(|| shown(0.0)).into_format()
}

fn hex(colour: Srgb<u8>) -> String {
    format!("#{colour:x}")
}

impl From<&BrandColours> for BrandPalette {
    fn from(colours: &BrandColours) -> Self {
        let shown = |colour: Srgb<u8>| Color::from_rgb_u8(colour.red, colour.green, colour.blue);
        Self {
            action: shown(colours.action),
            action_pressed: shown(colours.pressed),
            action_tint: shown(colours.tint),
            ground: shown(colours.ground),
            sunken: shown(colours.sunken),
            line: shown(colours.line),
            hairline: shown(colours.hairline),
            idle: shown(colours.idle),
            text: shown(colours.text),
            text_soft: shown(colours.text_soft),
            focus: shown(colours.focus),
        }
    }
}

#[cfg(test)]
mod tests;
