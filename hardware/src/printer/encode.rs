//! A document into the bytes that print it on one model of printer.
//!
//! A line goes as the printer's own text when one of the model's code pages has every letter of it
//! and it is read from left to right. Every other line is drawn. A raster line of 80 mm paper takes
//! 2.5 s at 9600 baud where a text line takes 0.05 s, so nothing is drawn that need not be.

use thiserror::Error;

use super::bitmap::Bitmap;
use super::command;
use super::document::{Align, Direction, Document, Element, TextSize, Weight};
use super::fonts::Fonts;
use super::job::JobId;
use super::profile::{Cutter, Profile};
use super::qr;

/// Empty space above and below a rule and a QR code, in the printer's vertical units.
const GAP: u8 = 16;
/// Lines fed for the tear-off edge of a printer without a blade.
const LINES_TO_TEAR: u8 = 4;

/// Why a document cannot be printed on this printer.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum EncodeError {
    /// The payload is empty or longer than any QR code, or than this paper is wide.
    #[error("a QR code of {bytes} bytes does not fit paper of {dots_per_line} dots: shorten what it carries")]
    QrDoesNotFit {
        /// The payload's length.
        bytes: usize,
        /// The paper's width.
        dots_per_line: u16,
    },
}

/// The bytes that print a document once, report that they were printed, and cut.
pub fn encode(
    document: &Document,
    profile: &Profile,
    fonts: &Fonts,
    job: JobId,
) -> Result<Vec<u8>, EncodeError> {
    let mut ticket = Ticket { bytes: Vec::new(), profile, fonts, page: None };
    ticket.bytes.extend(command::INITIALISE);
    // Initialising switched it off; the driver wants to hear of paper end while it sends.
    ticket.bytes.extend(command::AUTOMATIC_STATUS_ON);
    ticket.bytes.extend(command::CANCEL_KANJI);
    for element in &document.elements {
        match element {
            Element::Text { text, size, weight, align, direction } => {
                ticket.text(text, *size, *weight, *align, *direction);
            }
            Element::Rule => ticket.rule(),
            Element::Space(lines) => ticket.bytes.extend(command::feed_lines(*lines)),
            Element::Qr { payload, module_dots } => ticket.qr(payload.as_bytes(), *module_dots)?,
        }
    }
    ticket.end(job);
    Ok(ticket.bytes)
}

struct Ticket<'a> {
    bytes: Vec<u8>,
    profile: &'a Profile,
    fonts: &'a Fonts,
    /// The code page selected last.
    page: Option<u8>,
}

impl Ticket<'_> {
    fn text(&mut self, text: &str, size: TextSize, weight: Weight, align: Align, direction: Direction) {
        for line in text.split('\n') {
            let line: String = line.chars().filter_map(printable).collect();
            let native = match direction {
                Direction::LeftToRight => self.native(&line),
                Direction::RightToLeft => None,
            };
            match native {
                Some((select, letters)) => self.native_line(select, &letters, size, weight, align),
                None => {
                    let width = self.profile.dots_per_line;
                    let drawn = self.fonts.draw(&line, size, weight, align, direction, width);
                    self.raster(&drawn);
                }
            }
        }
    }

    /// The line in the first code page that has all of it; no code page for plain ASCII.
    fn native(&self, line: &str) -> Option<(Option<u8>, Vec<u8>)> {
        if line.chars().all(|letter| matches!(letter, ' '..='~')) {
            return Some((None, line.as_bytes().to_vec()));
        }
        let mut pages = self.profile.code_pages.iter();
        pages.find_map(|page| Some((Some(page.select), page.name.encode(line)?)))
    }

    fn native_line(
        &mut self,
        page: Option<u8>,
        letters: &[u8],
        size: TextSize,
        weight: Weight,
        align: Align,
    ) {
        if page.is_some() && page != self.page {
            self.bytes.extend(page.map(command::code_page).into_iter().flatten());
            self.page = page;
        }
        self.bytes.extend(command::justify(match align {
            Align::Start => 0,
            Align::Center => 1,
            Align::End => 2,
        }));
        self.bytes.extend(command::bold(weight == Weight::Bold));
        self.bytes.extend(command::character_size(size.factor()));
        let columns = usize::from(self.profile.columns / size.factor()).max(1);
        for line in wrap(letters, columns) {
            self.bytes.extend(line);
            self.bytes.push(b'\n');
        }
    }

    fn rule(&mut self) {
        let mut line = Bitmap::white(usize::from(self.profile.dots_per_line), 2);
        for x in 0..line.width() {
            line.blacken(x, 0);
            line.blacken(x, 1);
        }
        self.bytes.extend(command::feed_units(GAP));
        self.raster(&line);
        self.bytes.extend(command::feed_units(GAP));
    }

    /// A picture as wide as the paper.
    fn raster(&mut self, picture: &Bitmap) {
        // A raster follows the alignment too, and this one has its own margins already.
        self.bytes.extend(command::justify(0));
        self.bytes.extend(picture.to_raster());
    }

    fn qr(&mut self, payload: &[u8], module_dots: u8) -> Result<(), EncodeError> {
        let dots_per_line = self.profile.dots_per_line;
        let does_not_fit = EncodeError::QrDoesNotFit { bytes: payload.len(), dots_per_line };
        if payload.is_empty() {
            return Err(does_not_fit);
        }
        let Some(modules) = qr::modules(payload, qrcode::EcLevel::M) else { return Err(does_not_fit) };
        let Some(dots) = qr::fitting_module(modules.width(), module_dots, dots_per_line) else {
            return Err(does_not_fit);
        };
        // Payload bytes that a printer would take for a real-time command are drawn, not sent.
        let native = command::native_qr(payload, dots)
            .filter(|bytes| self.profile.native_qr && command::find_real_time(bytes).is_none());
        // The printer leaves no quiet zone of its own. Vertical units are at most a dot high, so
        // this is a little less than four modules together with the line's own margin.
        let quiet = u8::try_from(qr::QUIET_ZONE * usize::from(dots)).unwrap_or(u8::MAX);
        self.bytes.extend(command::feed_units(quiet.max(GAP)));
        match native {
            Some(bytes) => {
                self.bytes.extend(command::justify(1));
                self.bytes.extend(bytes);
            }
            None => {
                let code = qr::enlarge(&modules, usize::from(dots));
                let mut strip = Bitmap::white(usize::from(dots_per_line), code.height());
                strip.stamp(&code, (usize::from(dots_per_line) - code.width()) / 2, 0);
                self.raster(&strip);
            }
        }
        self.bytes.extend(command::feed_units(quiet.max(GAP)));
        Ok(())
    }

    /// The two fences and the cut. What stands before the first is all that a patient needs.
    fn end(&mut self, job: JobId) {
        if self.profile.process_id {
            self.bytes.extend(command::process_id(job.printed_mark()));
        }
        match self.profile.cutter {
            Cutter::None => self.bytes.extend(command::feed_lines(LINES_TO_TEAR)),
            cutter => {
                self.bytes.extend(command::feed_and_cut(cutter == Cutter::Full, self.profile.feed_before_cut))
            }
        }
        if self.profile.process_id {
            self.bytes.extend(command::process_id(job.cut_mark()));
        } else {
            self.bytes.extend(command::ORDERED_PAPER_STATUS);
        }
    }
}

/// A letter as it may be printed: a tab is a space, other control characters and soft hyphens go.
fn printable(letter: char) -> Option<char> {
    match letter {
        '\t' | '\u{A0}' => Some(' '),
        '\u{AD}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

/// Breaks a line at spaces so that none is longer than `columns`; a longer word is broken where the
/// line ends. An empty line stays one empty line, and spaces before the first word stay there.
fn wrap(letters: &[u8], columns: usize) -> Vec<Vec<u8>> {
    let words = letters.trim_ascii_start();
    let mut lines: Vec<Vec<u8>> = vec![vec![b' '; letters.len() - words.len()]];
    let mut begun = false;
    for mut word in words.split(|byte| *byte == b' ') {
        let line_length = lines.last().map_or(0, Vec::len);
        if line_length + word.len() + usize::from(begun) > columns {
            match lines.last_mut() {
                // There is no room for the word behind its spaces.
                Some(line) if !begun => line.clear(),
                _ => lines.push(Vec::new()),
            }
            begun = false;
        }
        while word.len() > columns {
            let (head, tail) = word.split_at(columns);
            if let Some(line) = lines.last_mut() {
                line.extend(head);
            }
            lines.push(Vec::new());
            word = tail;
        }
        if let Some(line) = lines.last_mut() {
            if begun {
                line.push(b' ');
            }
            line.extend(word);
            begun = !line.is_empty();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_anywhere() {
        let table: &[(&str, usize, &[&str])] = &[
            ("", 8, &[""]),
            ("one two", 8, &["one two"]),
            ("one two three", 8, &["one two", "three"]),
            ("12345678", 8, &["12345678"]),
            ("123456789", 8, &["12345678", "9"]),
            ("a 1234567890", 8, &["a", "12345678", "90"]),
            ("a  b", 8, &["a  b"]),
            ("  one", 8, &["  one"]),
            ("  one two", 8, &["  one", "two"]),
            ("    123456", 8, &["123456"]),
            ("    1234567890", 8, &["12345678", "90"]),
            ("          ", 8, &[""]),
        ];
        for (text, columns, expected) in table {
            let lines = wrap(text.as_bytes(), *columns);
            let lines: Vec<&str> = lines.iter().map(|line| std::str::from_utf8(line).unwrap()).collect();
            assert_eq!(&lines, expected, "{text:?}");
        }
    }
}
