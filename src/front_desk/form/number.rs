//! Numbers as people type them.

use super::AnswerProblem;
use std::fmt;

/// A number with at most three figures behind the decimal sign, kept exactly: no rounding lies between what
/// was typed and what is compared and stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    thousandths: i64,
}

/// The value of a figure of the scripts that the kiosk's keyboards, and real ones, write.
pub fn figure(typed: char) -> Option<u32> {
    [('0', '9'), ('٠', '٩'), ('۰', '۹'), ('०', '९')]
        .into_iter()
        .find(|(zero, nine)| (*zero..=*nine).contains(&typed))
        .map(|(zero, _)| typed as u32 - zero as u32)
}

impl Number {
    /// Figures behind the decimal sign at most.
    pub const DECIMALS: u8 = 3;
    /// Figures before it at most.
    const WHOLE: usize = 12;

    /// A number from a file; `None` for one that has more decimals, is too large, or is none at all.
    pub fn from_float(value: f64) -> Option<Self> {
        let thousandths = value * 1000.0;
        let exact = (thousandths - thousandths.round()).abs() < 1e-6 * thousandths.abs().max(1.0);
        // 2^53: whole numbers up to here are exact.
        (exact && thousandths.abs() < 9_007_199_254_740_992.0)
            .then_some(Self { thousandths: thousandths.round() as i64 })
    }

    /// Reads a number as typed: point, comma or the Arabic decimal sign, figures of any of the scripts, spaces
    /// nowhere. `decimals` says how many figures may stand behind the decimal sign.
    pub fn parse(text: &str, decimals: u8) -> Result<Self, AnswerProblem> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '\u{2212}']);
        let (whole, part) = match unsigned.unwrap_or(text).split_once(['.', ',', '٫']) {
            Some((whole, part)) => (whole, part),
            None => (unsigned.unwrap_or(text), ""),
        };
        let figures = |text: &str| text.chars().map(figure).collect::<Option<Vec<u32>>>();
        let (Some(whole), Some(part)) = (figures(whole), figures(part)) else {
            return Err(AnswerProblem::NoNumber);
        };
        if whole.is_empty() && part.is_empty() || whole.len() > Self::WHOLE {
            return Err(AnswerProblem::NoNumber);
        }
        if part.len() > usize::from(decimals.min(Self::DECIMALS)) {
            return Err(AnswerProblem::TooManyDecimals(decimals.min(Self::DECIMALS)));
        }
        let padded = part.iter().copied().chain(std::iter::repeat(0)).take(usize::from(Self::DECIMALS));
        let thousandths =
            whole.iter().copied().chain(padded).fold(0i64, |value, figure| value * 10 + i64::from(figure));
        Ok(Self { thousandths: if unsigned.is_some() { -thousandths } else { thousandths } })
    }

    /// Whether it is below nought.
    pub fn is_negative(self) -> bool {
        self.thousandths < 0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.thousandths < 0 { "-" } else { "" };
        let (whole, part) = (self.thousandths.unsigned_abs() / 1000, self.thousandths.unsigned_abs() % 1000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:03}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}
