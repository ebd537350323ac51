//! A document into the bytes that print it on one model of printer.
//!
//! A line goes as the printer's own text when one of the model's code pages has every letter of it
//! and it is read from left to right. Every other line is drawn. A raster line of 80 mm paper takes
//! 2.5 s at 9600 baud where a text line takes 0.05 s, so nothing is drawn that need not be.

use std::borrow::Cow;
use thiserror::Error;

use super::bitmap::{BAND_BYTES, Bitmap};
use super::command;
use super::document::{Align, Direction, Document, Element, TextSize, Weight};
use super::fonts::Fonts;
use super::job::JobId;
use super::profile::{Cutter, Fence, Profile};
use super::qr;

/// Empty space above and below a rule and a QR code, in the printer's vertical units.
const GAP: u8 = 16;
/// Lines fed for the tear-off edge of a printer without a blade.
const LINES_TO_TEAR: u8 = 4;

/// No more bytes than these go between two questions whether the printer is still there, where no command between them
/// is longer itself: as many as a band of a picture may have. Most tickets that are not drawn are shorter.
const ASK_EVERY: usize = BAND_BYTES;

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
    let mut ticket =
        Ticket { bytes: Vec::new(), profile, fonts, modes: Modes::default(), feed: None, asked: 0 };
    ticket.bytes.extend(command::PRELUDE);
    for element in &document.elements {
        match element {
            Element::Text { text, size, weight, align, direction } => {
                ticket.text(text, *size, *weight, *align, *direction);
            }
            Element::Rule => ticket.rule(),
            Element::Picture { picture, align } => ticket.picture(picture, *align),
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
    modes: Modes,
    /// Where the last command begins, if it only feeds.
    feed: Option<usize>,
    /// Where the last question ends.
    asked: usize,
}

/// What the printer is set to: after its initialisation, or by what was sent last.
struct Modes {
    page: Option<u8>,
    justify: u8,
    bold: bool,
    factor: u8,
}

impl Default for Modes {
    fn default() -> Modes {
        Modes { page: None, justify: 0, bold: false, factor: 1 }
    }
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
        if let Some(select) = page.filter(|_| page != self.modes.page) {
            self.bytes.extend(command::code_page(select));
            self.modes.page = page;
        }
        self.justify(match align {
            Align::Start => 0,
            Align::Center => 1,
            Align::End => 2,
        });
        let bold = weight == Weight::Bold;
        if bold != self.modes.bold {
            self.bytes.extend(command::bold(bold));
            self.modes.bold = bold;
        }
        if size.factor() != self.modes.factor {
            self.bytes.extend(command::character_size(size.factor()));
            self.modes.factor = size.factor();
        }
        let columns = usize::from(self.profile.columns / size.factor()).max(1);
        for line in wrap(letters, columns) {
            self.ask_before(line.len() + 1);
            self.bytes.extend(line);
            self.bytes.push(b'\n');
        }
    }

    /// Asks for status byte 1 before a command of so many bytes, where it would come too long behind the last question.
    /// A printer that loses its power, or the line its cable, for a moment in the middle of a long ticket prints the
    /// end of it all the same, and says so: that the middle did not come is known by the answers that are missing.
    fn ask_before(&mut self, command: usize) {
        let since = self.bytes.len() - self.asked;
        if since > 0 && since + command > ASK_EVERY {
            self.bytes.extend(command::ask_status(1));
            self.asked = self.bytes.len();
        }
    }

    fn rasters(&mut self, bytes: &[u8]) {
        for raster in command::rasters(bytes) {
            self.ask_before(raster.len());
            self.bytes.extend(raster);
        }
    }

    fn rule(&mut self) {
        let mut line = Bitmap::white(usize::from(self.profile.dots_per_line), 2);
        for x in 0..line.width() {
            line.blacken(x, 0);
            line.blacken(x, 1);
        }
        self.feed_units(GAP);
        self.raster(&line);
        self.feed_units(GAP);
    }

    /// A picture at its place on the paper.
    fn picture(&mut self, picture: &Bitmap, align: Align) {
        let paper = usize::from(self.profile.dots_per_line);
        let mut fitting = Cow::Borrowed(picture);
        while fitting.width() > paper {
            fitting = Cow::Owned(fitting.halved());
        }
        let room = paper - fitting.width();
        let left = match align {
            Align::Start => 0,
            Align::Center => room / 2,
            Align::End => room,
        };
        let mut strip = Bitmap::white(paper, fitting.height());
        strip.stamp(&fitting, left, 0);
        self.raster(&strip);
    }

    /// A picture as wide as the paper.
    fn raster(&mut self, picture: &Bitmap) {
        // A raster may follow the alignment, also where nothing is gained by it.
        let (align, raster) = match self.profile.aligned_rasters {
            true => picture.to_aligned_raster(),
            false => (0, picture.to_raster()),
        };
        self.justify(align);
        self.rasters(&raster);
    }

    fn justify(&mut self, n: u8) {
        if n != self.modes.justify {
            self.bytes.extend(command::justify(n));
            self.modes.justify = n;
        }
    }

    /// Feeds. Two feeds one behind the other are one.
    fn feed_units(&mut self, n: u8) {
        let before = self.feed.filter(|start| start + 3 == self.bytes.len());
        let start = match before.and_then(|start| Some((start, self.bytes.get(start + 2)?.checked_add(n)?))) {
            Some((start, sum)) => {
                self.bytes.truncate(start);
                self.bytes.extend(command::feed_units(sum));
                start
            }
            None => {
                self.bytes.extend(command::feed_units(n));
                self.bytes.len() - 3
            }
        };
        self.feed = Some(start);
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
        self.feed_units(quiet.max(GAP));
        match native {
            Some(bytes) => {
                self.justify(1);
                self.ask_before(bytes.len());
                self.bytes.extend(bytes);
            }
            None => {
                self.drawn_qr(&modules, usize::from(dots));
            }
        }
        self.feed_units(quiet.max(GAP));
        Ok(())
    }

    /// A code in the middle of the paper. Its modules are squares, so where they and the white on their left
    /// have an even number of dots it is sent at half the size, and the printer doubles it.
    fn drawn_qr(&mut self, modules: &Bitmap, dots: usize) {
        let paper = usize::from(self.profile.dots_per_line);
        let left = (paper - modules.width() * dots) / 2;
        let halves = dots.is_multiple_of(2) && left.is_multiple_of(2) && paper.is_multiple_of(2);
        let scale = if halves { 2 } else { 1 };
        let code = qr::enlarge(modules, dots / scale);
        let mut strip = Bitmap::white(paper / scale, code.height());
        strip.stamp(&code, left / scale, 0);
        if halves {
            self.justify(0);
            self.rasters(&strip.to_doubled_raster());
        } else {
            self.raster(&strip);
        }
    }

    /// The cut, and the fence behind it.
    fn end(&mut self, job: JobId) {
        self.bytes.extend(part_from_roll(self.profile, self.profile.feed_before_cut));
        match self.profile.fence {
            Fence::ProcessId => self.bytes.extend(command::process_id(job.cut_mark())),
            Fence::OrderedStatus => self.bytes.extend(command::ORDERED_PAPER_STATUS),
            Fence::RealTimeOnly => {}
        }
    }
}

/// The bytes that part what was printed from the roll and give it to the patient: cut, or fed to the
/// tear-off edge, or cut and handed out.
pub(super) fn part_from_roll(profile: &Profile, feed: u8) -> Vec<u8> {
    let mut bytes = match profile.cutter {
        Cutter::None => command::feed_lines(LINES_TO_TEAR).to_vec(),
        Cutter::Partial => command::feed_and_cut(false, feed).to_vec(),
        Cutter::Full => command::feed_and_cut(true, feed).to_vec(),
        Cutter::Total => [command::feed_units(feed).as_slice(), &command::CUT].concat(),
    };
    bytes.extend(&profile.present);
    bytes
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
