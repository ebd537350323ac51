//! A picture of black and white dots, and its way to the printer in bands.

use super::command;

/// How many rows go into one raster command. A band is what a printer must hold at a time, and what
/// it still waits for when the line is cut in the middle of one.
const BAND_ROWS: usize = 24;

/// A picture of black and white dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    black: Vec<bool>,
}

impl Bitmap {
    /// A white picture of so many dots.
    pub fn white(width: usize, height: usize) -> Bitmap {
        Bitmap { width, height, black: vec![false; width * height] }
    }

    /// Dots across.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Dots down.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Whether the dot is black. Outside of the picture everything is white.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.black[y * self.width + x]
    }

    /// Makes a dot black. Outside of the picture nothing happens.
    pub fn blacken(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.height {
            self.black[y * self.width + x] = true;
        }
    }

    /// Adds white rows below until the picture has this height.
    pub fn grow_to(&mut self, height: usize) {
        if height > self.height {
            self.height = height;
            self.black.resize(self.width * height, false);
        }
    }

    /// Copies the black dots of another picture here, its left upper corner at `(x, y)`.
    pub fn stamp(&mut self, other: &Bitmap, x: usize, y: usize) {
        for row in 0..other.height {
            for column in 0..other.width {
                if other.is_black(column, row) {
                    self.blacken(x + column, y + row);
                }
            }
        }
    }

    /// Whether there is no black dot at all.
    pub fn is_white(&self) -> bool {
        !self.black.contains(&true)
    }

    /// How many bytes hold a row up to its last black dot; at least 1.
    fn bytes_across(&self) -> usize {
        let last = (0..self.width).rev().find(|x| (0..self.height).any(|y| self.is_black(*x, y)));
        last.map_or(1, |x| x / 8 + 1)
    }

    /// The raster commands that draw this picture from the left edge of the paper.
    pub fn to_raster(&self) -> Vec<u8> {
        let across = self.bytes_across();
        let mut bytes = Vec::new();
        let mut top = 0;
        while top < self.height {
            let rows = BAND_ROWS.min(self.height - top);
            // Neither number comes near 65 536: the width is at most 255 bytes and a band 24 rows.
            let start = bytes.len();
            bytes.extend(command::raster_head(across as u16, rows as u16));
            for y in top..top + rows {
                bytes.extend((0..across).map(|byte| {
                    (0..8).fold(0u8, |bits, bit| bits << 1 | u8::from(self.is_black(byte * 8 + bit, y)))
                }));
            }
            disarm(&mut bytes[start..]);
            top += rows;
        }
        bytes
    }

    /// How many bytes a printer of this width can still be waiting for when a raster broke off.
    pub fn longest_band(dots_per_line: u16) -> usize {
        BAND_ROWS * usize::from(dots_per_line).div_ceil(8)
    }
}

/// Takes real-time commands out of a raster by blackening one dot more. No eye sees it, and the
/// printer does not answer, or clear its buffer, in the middle of a picture.
fn disarm(raster: &mut [u8]) {
    while let Some(at) = command::find_real_time(raster) {
        raster[at] |= 0x08;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raster_has_a_head_and_its_rows() {
        let mut picture = Bitmap::white(16, 2);
        picture.blacken(0, 0);
        picture.blacken(9, 1);
        assert_eq!(picture.to_raster(), [0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 0x80, 0x00, 0x00, 0x40]);
    }

    #[test]
    fn white_on_the_right_is_not_sent() {
        let mut picture = Bitmap::white(576, 1);
        picture.blacken(7, 0);
        assert_eq!(picture.to_raster(), [0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0x01]);
    }

    #[test]
    fn a_high_picture_goes_in_bands() {
        let raster = Bitmap::white(8, 50).to_raster();
        assert_eq!(raster.len(), 3 * 8 + 50);
        assert_eq!(raster[(8 + 24) * 2 + 6], 2);
    }

    #[test]
    fn a_picture_cannot_ask_for_the_status() {
        // 10 04 as dots: the fourth of the first byte, the sixth of the second.
        for second in [[5].as_slice(), &[5, 7], &[3, 5]] {
            let mut picture = Bitmap::white(24, 1);
            picture.blacken(3, 0);
            for bit in second {
                picture.blacken(8 + bit, 0);
            }
            picture.blacken(23, 0);
            let raster = picture.to_raster();
            assert_eq!(command::find_real_time(&raster), None, "{raster:02X?}");
            assert_eq!(raster[8], 0x18);
        }
    }

    #[test]
    fn dots_outside_are_neither_read_nor_written() {
        let mut picture = Bitmap::white(4, 4);
        picture.blacken(4, 0);
        picture.blacken(0, 400);
        assert!(picture.is_white() && !picture.is_black(99, 99));
    }
}
