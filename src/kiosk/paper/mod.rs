//! What stands on the papers of a kiosk.

pub mod appointment;
pub mod receipt;
pub mod slip;
pub mod ticket;

use super::screens::Speaker;
use crate::clinic::Clinic;
use crate::front_desk::code::Code;
use vestibule_hardware::printer::{Align, Direction, Document, Element, TextSize, Weight};

/// A paper that is being written, in one language.
struct Paper {
    direction: Direction,
    elements: Vec<Element>,
}

impl Paper {
    /// Begins with the clinic's name. What is printed to practise says so above and below: it could be taken
    /// for a real one by whoever finds it.
    fn begin(clinic: &Clinic, speaker: &Speaker<'_>) -> Self {
        let direction =
            if speaker.language().is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
        let mut paper = Self { direction, elements: Vec::new() };
        paper.practice(clinic, speaker);
        paper.text(clinic.name.clone(), TextSize::Normal, Weight::Bold, Align::Center);
        paper
    }

    fn end(mut self, clinic: &Clinic, speaker: &Speaker<'_>) -> Document {
        self.practice(clinic, speaker);
        Document { elements: self.elements }
    }

    fn practice(&mut self, clinic: &Clinic, speaker: &Speaker<'_>) {
        if clinic.practice {
            self.text(speaker.say("practice"), TextSize::Large, Weight::Bold, Align::Center);
        }
    }

    fn text(&mut self, text: String, size: TextSize, weight: Weight, align: Align) {
        self.elements.push(Element::Text { text, size, weight, align, direction: self.direction });
    }

    fn line(&mut self, words: String) {
        self.text(words, TextSize::Normal, Weight::Regular, Align::Start);
    }

    fn strong(&mut self, words: String) {
        self.text(words, TextSize::Normal, Weight::Bold, Align::Start);
    }

    fn centred(&mut self, words: String) {
        self.text(words, TextSize::Normal, Weight::Regular, Align::Center);
    }

    fn centred_strong(&mut self, words: String, size: TextSize) {
        self.text(words, size, Weight::Bold, Align::Center);
    }

    /// A number reads from left to right in every language.
    fn number(&mut self, number: String, size: TextSize) {
        self.elements.push(Element::Text {
            text: number,
            size,
            weight: Weight::Bold,
            align: Align::Center,
            direction: Direction::LeftToRight,
        });
    }

    fn rule(&mut self) {
        self.elements.push(Element::Rule);
    }

    fn code(&mut self, code: &Code) {
        self.qr(code.text(), 6);
    }

    fn qr(&mut self, payload: String, module_dots: u8) {
        self.elements.extend([Element::Space(1), Element::Qr { payload, module_dots }]);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
    use super::*;
    use crate::clinic::{self, EXAMPLE};

    fn texts(document: &Document) -> Vec<&str> {
        fn text(element: &Element) -> Option<&str> {
            match element {
                Element::Text { text, .. } => Some(text),
                _ => None,
            }
        }
        document.elements.iter().filter_map(text).collect()
    }

    #[test]
    fn a_paper_to_practise_with_says_so_first_and_last_in_every_language() {
        let real = clinic::read_text("clinic.toml", EXAMPLE).unwrap();
        let practice = real.clone().for_practice();
        for language in &real.languages {
            let speaker = Speaker::new(language, &practice);
            let mark = speaker.say("practice");
            let practised = Paper::begin(&practice, &speaker).end(&practice, &speaker);
            assert_eq!(texts(&practised).first(), Some(&mark.as_str()), "{language}");
            assert_eq!(texts(&practised).last(), Some(&mark.as_str()), "{language}");
            let meant = Paper::begin(&real, &speaker).end(&real, &speaker);
            assert!(!texts(&meant).contains(&mark.as_str()), "{language}");
        }
    }
}
