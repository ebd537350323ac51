//! What a ticket says, with no word about how a printer is told to say it.

use super::bitmap::Bitmap;
use serde::Deserialize;

/// A ticket from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The parts in reading order.
    pub elements: Vec<Element>,
}

/// One part of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A paragraph. It wraps at the paper's width; `\n` starts a new line.
    Text {
        /// What is said. Control characters other than `\n` are dropped, whatever they are.
        text: String,
        /// How large.
        size: TextSize,
        /// How strong.
        weight: Weight,
        /// Which edge it keeps to, seen from its own reading direction.
        align: Align,
        /// The direction in which the paragraph as a whole is read. Words of the other direction
        /// inside it (a name, a number) keep their own.
        direction: Direction,
    },
    /// A thin line across the paper.
    Rule,
    /// So many empty lines of normal height.
    Space(u8),
    /// A picture, such as a logo. One that is wider than the paper is made smaller.
    Picture {
        /// Its dots.
        picture: Bitmap,
        /// Which edge it keeps to, as on a page that is read from the left.
        align: Align,
    },
    /// A QR code in the middle of the paper, with its quiet zone.
    Qr {
        /// What the code carries.
        payload: String,
        /// The side of one module in dots (1 to 16). Made smaller when the paper is too narrow.
        module_dots: u8,
    },
}

/// How large a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextSize {
    /// The printer's own size: 24 dots, 3 mm.
    #[default]
    Normal,
    /// Twice as high and wide.
    Large,
    /// Four times as high and wide: the ticket number, readable at arm's length.
    Huge,
}

impl TextSize {
    /// By how much the normal size is multiplied, in both directions.
    pub fn factor(self) -> u8 {
        match self {
            TextSize::Normal => 1,
            TextSize::Large => 2,
            TextSize::Huge => 4,
        }
    }
}

/// How strong a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// As running text.
    #[default]
    Regular,
    /// Emphasised.
    Bold,
}

/// Which edge a text keeps to. «Start» is left for English and right for Arabic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Where reading starts.
    #[default]
    Start,
    /// The middle.
    #[serde(rename = "centre")]
    Center,
    /// Where reading ends.
    End,
}

/// The direction in which a paragraph is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// As English, Spanish and Hindi.
    #[default]
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}
