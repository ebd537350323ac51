//! The simulated paper: what is printed on it, and the ticket that is cut off.

use super::super::bitmap::Bitmap;
use super::super::code_page::Table;
use super::super::fonts::Fonts;

/// Font A: the cell of a letter in dots.
const CELL_WIDTH: usize = 12;
const CELL_HEIGHT: usize = 24;
/// The distance of two lines after power-on, in dots.
const LINE_SPACING: usize = 30;
/// No ticket is longer (2.5 m at 203 dpi); a stream that feeds for ever does not eat the memory.
const LONGEST: usize = 20_000;

struct Cell {
    letter: char,
    bold: bool,
    across: u8,
    down: u8,
}

/// Paper under a print head, with the modes that the commands set.
pub struct Paper {
    picture: Bitmap,
    /// Where the head stands, in dots from the last cut.
    y: usize,
    line: Vec<Cell>,
    modes: Modes,
}

/// What `ESC @` puts back.
pub struct Modes {
    /// The code page.
    pub table: Table,
    /// 0 left, 1 middle, 2 right.
    pub justify: u8,
    /// Emphasised.
    pub bold: bool,
    /// Letters so many times as wide.
    pub across: u8,
    /// Letters so many times as high.
    pub down: u8,
    /// Dots from line to line.
    pub line_spacing: usize,
}

impl Default for Modes {
    fn default() -> Modes {
        Modes { table: Table::Pc437, justify: 0, bold: false, across: 1, down: 1, line_spacing: LINE_SPACING }
    }
}

impl Paper {
    /// Blank paper of this width in dots.
    pub fn new(width: usize) -> Paper {
        Paper { picture: Bitmap::white(width, 0), y: 0, line: Vec::new(), modes: Modes::default() }
    }

    /// The modes, to be changed by commands.
    pub fn modes(&mut self) -> &mut Modes {
        &mut self.modes
    }

    /// Power-on modes, and an empty line. What is printed stays printed.
    pub fn initialise(&mut self) {
        self.line.clear();
        self.modes = Modes::default();
    }

    /// Puts a letter into the line; a full line is printed before.
    pub fn letter(&mut self, byte: u8, fonts: &Fonts) {
        // A byte that the page does not have comes out as some block on a real printer.
        let letter = self.modes.table.letter(byte).unwrap_or('\u{25A0}');
        let Modes { bold, across, down, .. } = self.modes;
        if self.line_width() + CELL_WIDTH * usize::from(across) > self.picture.width() {
            self.end_line(fonts);
        }
        self.line.push(Cell { letter, bold, across, down });
    }

    fn line_width(&self) -> usize {
        self.line.iter().map(|cell| CELL_WIDTH * usize::from(cell.across)).sum()
    }

    /// Prints the line and feeds to the next.
    pub fn end_line(&mut self, fonts: &Fonts) {
        let height = self.print_line(fonts);
        self.feed(height.max(self.modes.line_spacing));
    }

    /// Prints the line, if there is one, and feeds so many dots.
    pub fn feed_dots(&mut self, dots: usize, fonts: &Fonts) {
        let height = self.print_line(fonts);
        self.feed(height.max(dots));
    }

    /// Prints the line, if there is one, and feeds so many lines.
    pub fn feed_lines(&mut self, lines: u8, fonts: &Fonts) {
        self.feed_dots(usize::from(lines) * self.modes.line_spacing, fonts);
    }

    fn print_line(&mut self, fonts: &Fonts) -> usize {
        let line = std::mem::take(&mut self.line);
        let width: usize = line.iter().map(|cell| CELL_WIDTH * usize::from(cell.across)).sum();
        let height = line.iter().map(|cell| CELL_HEIGHT * usize::from(cell.down)).max().unwrap_or(0);
        let mut x = self.left_of(width);
        self.grow(self.y + height);
        for cell in line {
            let (across, down) =
                (CELL_WIDTH * usize::from(cell.across), CELL_HEIGHT * usize::from(cell.down));
            // Cells are at most 8 × 24 dots high, so nothing is lost here.
            let drawn = fonts.draw_cell(cell.letter, cell.bold, across as u16, down as u16);
            self.picture.stamp(&drawn, x, self.y + height - down);
            x += across;
        }
        height
    }

    /// Prints a picture where the alignment says.
    pub fn picture(&mut self, picture: &Bitmap, fonts: &Fonts) {
        if !self.line.is_empty() {
            self.end_line(fonts);
        }
        self.grow(self.y + picture.height());
        self.picture.stamp(picture, self.left_of(picture.width()), self.y);
        self.feed(picture.height());
    }

    fn left_of(&self, width: usize) -> usize {
        let room = self.picture.width().saturating_sub(width);
        match self.modes.justify {
            1 | 49 => room / 2,
            2 | 50 => room,
            _ => 0,
        }
    }

    fn feed(&mut self, dots: usize) {
        self.y = (self.y + dots).min(LONGEST);
        self.grow(self.y);
    }

    fn grow(&mut self, height: usize) {
        self.picture.grow_to(height.min(LONGEST));
    }

    /// Cuts off what is above the head, if anything is printed on it.
    pub fn cut(&mut self) -> Option<Bitmap> {
        self.y = 0;
        let blank = Bitmap::white(self.picture.width(), 0);
        let ticket = std::mem::replace(&mut self.picture, blank);
        (!ticket.is_white()).then_some(ticket)
    }
}
