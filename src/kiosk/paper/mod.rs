//! What stands on the papers of a kiosk.

pub mod appointment;
pub mod preview;
pub mod receipt;
pub mod slip;
pub mod ticket;

use super::screens::Speaker;
use crate::clinic::Clinic;
use crate::front_desk::code::Code;
use vestibule_hardware::printer::{Align, Bitmap, Direction, Document, Element, TextSize, Weight};

/// No logo is wider, in dots: it fits the narrowest paper, of 58 mm with 384 dots.
const LOGO_WIDEST: u32 = 376;
/// The white between a logo and what stands below it, in dots.
const BELOW_LOGO: usize = 8;
/// A line of text, in dots.
const LINE_DOTS: u32 = 24;

/// A paper that is being written, in one language.
struct Paper {
    direction: Direction,
    elements: Vec<Element>,
}

impl Paper {
    /// A paper with nothing but the mark of practice. What is printed to practise says so above and below: it could be taken
    /// for a real one by whoever finds it.
    fn blank(clinic: &Clinic, speaker: &Speaker<'_>) -> Self {
        let direction =
            if speaker.language().is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
        let mut paper = Self { direction, elements: Vec::new() };
        paper.practice(clinic, speaker);
        paper
    }

    /// Begins with the clinic's logo and name.
    fn begin(clinic: &Clinic, speaker: &Speaker<'_>) -> Self {
        let mut paper = Self::blank(clinic, speaker);
        if let Some(lines) = clinic.routines.ticket_layout.logo() {
            paper.logo(clinic, lines);
        }
        paper.text(clinic.name.clone(), TextSize::Normal, Weight::Bold, Align::Center);
        paper
    }

    /// The clinic's logo, if it has one, so many lines of text high.
    fn logo(&mut self, clinic: &Clinic, lines: u8) {
        let Some(logo) = &clinic.branding.logo else { return };
        let rows = logo.in_black(LOGO_WIDEST, u32::from(lines) * LINE_DOTS);
        let mut picture = Bitmap::white(rows.first().map_or(0, Vec::len), rows.len() + BELOW_LOGO);
        for (y, row) in rows.iter().enumerate() {
            (0..).zip(row).filter(|(_, black)| **black).for_each(|(x, _)| picture.blacken(x, y));
        }
        self.elements.push(Element::Picture { picture, align: Align::Center });
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
