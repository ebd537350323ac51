//! A signature: drawn with a finger, or the full name typed by somebody who cannot draw.

use super::AnswerProblem;
use crate::front_desk::request::OwnWords;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place on the pad, in thousandths of the pad's width from its upper left corner; both ways alike, so that
/// what was drawn keeps its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point(pub u16, pub u16);

/// What a finger drew: strokes of points. No picture: it can be drawn at any size and is small.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strokes {
    /// Height of the pad in thousandths of its width.
    height: u16,
    strokes: Vec<Vec<Point>>,
}

/// How it was signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum Signature {
    /// With a finger.
    Drawn {
        /// What was drawn.
        strokes: Strokes,
    },
    /// The full name was typed in place of a signature.
    Typed {
        /// The name.
        name: OwnWords,
    },
}

/// A signature that is being made. Both ways are kept, so that trying the other one loses nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SignatureDraft {
    /// Whether the name is typed.
    pub typing: bool,
    /// What was drawn so far.
    pub strokes: Strokes,
    /// The name as typed so far.
    pub name: String,
}

// What somebody signs with must not reach a log by a stray `{:?}`.
impl fmt::Debug for Strokes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Strokes(withheld)")
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(withheld)")
    }
}

impl fmt::Debug for SignatureDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignatureDraft(withheld)")
    }
}

impl Strokes {
    /// Points that are kept at most: half a minute of drawing. A sleeve on the glass fills no disk.
    pub const MOST_POINTS: usize = 2000;
    /// A pad is nowhere higher than this many times its width.
    const MOST_HEIGHT: u16 = 3000;
    /// What is not this far from the point before adds nothing to see.
    const STEP: u16 = 3;
    /// A touch by mistake is a dot; the smallest cross that somebody signs with reaches this far.
    const LEAST: u16 = 40;

    /// The finger is put down at a place of a pad of this height, both in parts of the pad's width.
    pub fn begin(&mut self, x: f32, y: f32, height: f32) {
        self.height = scaled(height, Self::MOST_HEIGHT);
        if self.points() < Self::MOST_POINTS {
            let point = self.on_the_pad(x, y);
            self.strokes.push(vec![point]);
        }
    }

    /// The finger has moved on to a place.
    pub fn go_on(&mut self, x: f32, y: f32) {
        let point = self.on_the_pad(x, y);
        let room = self.points() < Self::MOST_POINTS;
        let Some(stroke) = self.strokes.last_mut().filter(|_| room) else { return };
        let far = stroke.last().is_none_or(|last| {
            last.0.abs_diff(point.0) >= Self::STEP || last.1.abs_diff(point.1) >= Self::STEP
        });
        if far {
            stroke.push(point);
        }
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        self.strokes.iter().map(Vec::len).sum()
    }

    /// Width and height of the pad, in the units of the points.
    pub fn pad(&self) -> (u16, u16) {
        (1000, self.height.max(1))
    }

    /// Each stroke as a path of SVG, which the kiosk's renderer reads as well. A dot is a line to beside it, or
    /// nothing would be seen.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.strokes.iter().filter_map(|stroke| {
            let first = stroke.first()?;
            let mut path = format!("M{} {}", first.0, first.1);
            if stroke.len() == 1 {
                path.push_str(&format!("L{} {}", first.0 + 1, first.1));
            }
            for point in &stroke[1..] {
                path.push_str(&format!("L{} {}", point.0, point.1));
            }
            Some(path)
        })
    }

    fn on_the_pad(&self, x: f32, y: f32) -> Point {
        Point(scaled(x, 1000), scaled(y, self.height))
    }

    /// How far it reaches from one side to the other.
    fn extent(&self) -> u16 {
        let reach = |of: fn(&Point) -> u16| {
            let all = self.strokes.iter().flatten().map(of);
            let (least, most) = all.fold((u16::MAX, 0), |(least, most), at| (least.min(at), most.max(at)));
            most.saturating_sub(least)
        };
        reach(|point| point.0).max(reach(|point| point.1))
    }
}

/// Parts of the pad's width in thousandths, within the pad; what is no number lies at its edge.
fn scaled(part: f32, most: u16) -> u16 {
    // A cast of what is no number is 0.
    (part * 1000.0).clamp(0.0, f32::from(most)).round() as u16
}

impl SignatureDraft {
    /// The longest name that is kept, in characters.
    pub const LONGEST: usize = 250;

    /// Whether nothing was done yet, either way.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty() && self.name.is_empty()
    }

    /// The signature, in the way that is chosen; `None` where there is none.
    pub fn signature(&self) -> Result<Option<Signature>, AnswerProblem> {
        if self.typing {
            let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
            return match () {
                () if name.is_empty() => Ok(None),
                () if !name.chars().any(char::is_alphabetic) => Err(AnswerProblem::NoLetter),
                () => Ok(Some(Signature::Typed { name: OwnWords(name) })),
            };
        }
        match () {
            () if self.strokes.is_empty() => Ok(None),
            () if self.strokes.extent() < Strokes::LEAST => Err(AnswerProblem::OnlyADot),
            () => Ok(Some(Signature::Drawn { strokes: self.strokes.clone() })),
        }
    }
}
