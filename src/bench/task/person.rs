//! How long people take, from the literature. Nothing here was measured by us, and nothing was fitted to our results.
//!
//! - Hands: the Keystroke-Level Model. S. K. Card, T. P. Moran, A. Newell: The keystroke-level model for user performance
//!   time with interactive systems. Communications of the ACM 23 (7), 1980, 396-410.
//! - Typing on glass: A. Sears, D. Revis, J. Swatski, R. Crittenden, B. Shneiderman: Investigating touchscreen typing: the
//!   effect of keyboard size on typing speed. Behaviour & Information Technology 12 (1), 1993, 17-22. Novices write some
//!   20 words a minute on a keyboard of 24.6 cm, about the width of ours on a panel of 21.5 inches, and 10 on one of 6.8.
//! - Reading: M. Brysbaert: How many words do we read per minute? Journal of Memory and Language 109, 2019, 104047. Adults
//!   read 238 English words a minute, most of them between 175 and 300.
//! - Words of Chinese: S. Trauzettel-Klosinski, K. Dietz: Standardized assessment of reading performance: the new
//!   International Reading Speed Texts IReST. Investigative Ophthalmology & Visual Science 53 (9), 2012, 5452-5461: who reads
//!   158 words a minute reads 255 characters.

use super::patient::Step;

/// Getting ready for what comes next: M of the model.
const MENTAL: f64 = 1.35;
/// To a button and on it: P, and B twice. P was measured with a mouse; a finger is rather faster.
const TOUCH: f64 = 1.1 + 2.0 * 0.1;
/// One of the few keys of a keypad: K where single letters are struck without a word.
const PRESS: f64 = 0.5;
/// A paper to the scanner, which is where the hand points: P.
const SCAN: f64 = 1.1;
/// Characters of Chinese that count as a word.
const CHINESE: f64 = 255.0 / 158.0;

/// Somebody at the kiosk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Person {
    /// Words read in a minute.
    pub reads: f64,
    /// Seconds for a key of a keyboard on the glass, found and touched.
    pub key: f64,
}

/// For whom the goals hold: reads slower than nearly every adult, and has never used this keyboard. 20 words a minute of
/// five characters are 0.6 s for each.
pub const VISITOR: Person = Person { reads: 150.0, key: 0.6 };
/// Somebody who looks for every single key: K of the worst typist, and what novices need for keys of phone size.
pub const SEEKER: Person = Person { reads: 150.0, key: 1.2 };

impl Person {
    /// Seconds for reading what a step has to be read.
    pub fn reading(&self, step: &Step) -> f64 {
        step.words * 60.0 / self.reads
    }

    /// Seconds for deciding and for moving the hands.
    pub fn doing(&self, step: &Step) -> f64 {
        f64::from(step.decisions) * MENTAL
            + f64::from(step.touches) * TOUCH
            + f64::from(step.keys) * self.key
            + f64::from(step.presses) * PRESS
            + f64::from(step.scans) * SCAN
    }
}

/// How many words a text has for a reader.
pub fn words(text: &str) -> f64 {
    let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let characters = text.chars().filter(is_chinese).count();
    let others = text.split(|c: char| c.is_whitespace() || is_chinese(&c));
    let has_letters = |word: &&str| word.chars().any(char::is_alphanumeric);
    others.filter(has_letters).count() as f64 + characters as f64 / CHINESE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_they_are_read() {
        for (text, count) in [
            ("", 0.0),
            ("What is your date of birth?", 6.0),
            ("Ihr Geburtsdatum – bitte", 3.0),
            ("आपकी जन्मतिथि क्या है?", 4.0),
            ("请在蓝色区域就座。", 8.0 / CHINESE),
            ("DNI 或 NIE", 2.0 + 1.0 / CHINESE),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn the_seconds_of_a_step_are_those_of_the_literature() {
        let step = Step { words: 25.0, decisions: 2, touches: 1, keys: 8, presses: 3, ..Step::of("any") };
        assert_eq!(VISITOR.reading(&step), 10.0);
        assert!((VISITOR.doing(&step) - (2.7 + 1.3 + 4.8 + 1.5)).abs() < 1e-9);
        assert!((SEEKER.doing(&step) - VISITOR.doing(&step) - 4.8).abs() < 1e-9);
    }
}
