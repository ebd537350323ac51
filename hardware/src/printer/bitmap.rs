//! A picture of black and white dots, and its way to the printer in bands.

use super::command;

/// How many rows go into one raster command. A band is what a printer must hold at a time, and what
/// it still waits for when the line is cut in the middle of one.
const BAND_ROWS: usize = 24;

/// And so many bytes, with its head: half a second at 9600 baud.
pub const BAND_BYTES: usize = 480;

/// The edge of the paper from which a raster is placed.
#[derive(Debug, Clone, Copy)]
enum Edge {
    Left,
    Middle,
    Right,
}

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

    /// The picture at half its size: a dot is black where two of the four that it stands for are.
    pub fn halved(&self) -> Bitmap {
        let mut half = Bitmap::white(self.width / 2, self.height / 2);
        for y in 0..half.height {
            for x in 0..half.width {
                let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
                let black = four.iter().filter(|(right, down)| self.is_black(2 * x + right, 2 * y + down));
                if black.count() >= 2 {
                    half.blacken(x, y);
                }
            }
        }
        half
    }

    /// Whether there is no black dot at all.
    pub fn is_white(&self) -> bool {
        !self.black.contains(&true)
    }

    /// The raster commands that draw this picture, which is as wide as the paper, from the left edge.
    pub fn to_raster(&self) -> Vec<u8> {
        self.raster(Edge::Left, 1)
    }

    /// The raster commands that draw this picture twice as wide and high, from the left edge: a quarter of the
    /// dots of the picture that it becomes.
    pub fn to_doubled_raster(&self) -> Vec<u8> {
        self.raster(Edge::Left, 2)
    }

    /// The raster commands that draw this picture, which is as wide as the paper, with the fewest bytes, and
    /// the alignment (`n` of `ESC a n`) under which they do so: white beside the dots is not sent. Only for a
    /// printer whose rasters follow the alignment.
    pub fn to_aligned_raster(&self) -> (u8, Vec<u8>) {
        let left = (0, self.raster(Edge::Left, 1));
        // The other two edges are whole bytes away from this one only on paper of whole bytes.
        if !self.width.is_multiple_of(8) {
            return left;
        }
        let others = [(1, self.raster(Edge::Middle, 1)), (2, self.raster(Edge::Right, 1))];
        others.into_iter().fold(left, |best, other| if other.1.len() < best.1.len() { other } else { best })
    }

    /// The raster commands that draw this picture from one edge of the paper, in the bands that need the fewest
    /// bytes: each is as wide as its widest row, and costs its head.
    fn raster(&self, edge: Edge, scale: u8) -> Vec<u8> {
        let needs: Vec<usize> = (0..self.height).map(|y| self.bytes_needed(y, edge)).collect();
        // For each number of rows from the top: the fewest bytes that draw them, and the last band's rows.
        let mut best = vec![(0, 0)];
        for end in 1..=self.height {
            let mut across = 1;
            let mut fewest = (usize::MAX, 0);
            for rows in 1..=BAND_ROWS.min(end) {
                across = across.max(needs[end - rows]);
                if rows > 1 && command::RASTER_HEAD + rows * across > BAND_BYTES {
                    break;
                }
                let bytes = best[end - rows].0 + command::RASTER_HEAD + rows * across;
                // Of equals the one with fewer bands.
                if bytes <= fewest.0 {
                    fewest = (bytes, rows);
                }
            }
            best.push(fewest);
        }
        let mut bands = Vec::new();
        let mut end = self.height;
        while end > 0 {
            let rows = best[end].1;
            bands.push(end - rows..end);
            end -= rows;
        }
        let mut bytes = Vec::with_capacity(best[self.height].0);
        for band in bands.into_iter().rev() {
            let across = needs[band.clone()].iter().copied().max().unwrap_or(1).max(1);
            let first = match edge {
                Edge::Left => 0,
                Edge::Middle => (self.width / 8 - across) / 2,
                Edge::Right => self.width / 8 - across,
            };
            // Neither number comes near 65 536: the width is at most 255 bytes and a band 24 rows.
            let start = bytes.len();
            bytes.extend(command::raster_head(across as u16, band.len() as u16, scale));
            for y in band {
                bytes.extend((first..first + across).map(|byte| {
                    (0..8).fold(0u8, |bits, bit| bits << 1 | u8::from(self.is_black(byte * 8 + bit, y)))
                }));
            }
            disarm(&mut bytes[start..]);
        }
        bytes
    }

    /// How many bytes this row needs, measured from an edge of the paper; none for a white row.
    fn bytes_needed(&self, y: usize, edge: Edge) -> usize {
        let mut black = (0..self.width).filter(|x| self.is_black(*x, y));
        let Some(first) = black.next() else { return 0 };
        let (first, last) = (first / 8, black.next_back().unwrap_or(first) / 8);
        let all = self.width.div_ceil(8);
        match edge {
            Edge::Left => last + 1,
            Edge::Middle => all - 2 * first.min(all - 1 - last),
            Edge::Right => all - first,
        }
    }

    /// How many bytes a printer of this width can still be waiting for when a raster broke off.
    pub fn longest_band(dots_per_line: u16) -> usize {
        (BAND_ROWS * usize::from(dots_per_line).div_ceil(8)).min(BAND_BYTES)
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever edge a raster is placed from, and however it is cut into bands, the paper shows the
        /// picture, with at most the dots more that keep it from commanding the printer.
        #[test]
        fn a_raster_is_the_picture(
            width in 1usize..300,
            height in 0usize..70,
            black in prop::collection::vec((0usize..300, 0usize..70), 0..60),
        ) {
            let mut picture = Bitmap::white(width, height);
            black.iter().for_each(|(x, y)| picture.blacken(*x, *y));
            for (align, raster) in [(0, picture.to_raster()), picture.to_aligned_raster()] {
                let mut paper = Bitmap::white(width.next_multiple_of(8), height);
                let (mut y, mut rest) = (0, raster.as_slice());
                while let [0x1D, 0x76, 0x30, 0, xl, 0, yl, 0, tail @ ..] = rest {
                    let (across, rows) = (usize::from(*xl), usize::from(*yl));
                    let room = paper.width() - across * 8;
                    let left = room * align as usize / 2;
                    for (place, byte) in tail[..across * rows].iter().enumerate() {
                        for bit in (0..8).filter(|bit| byte & (0x80 >> bit) != 0) {
                            paper.blacken(left + place % across * 8 + bit, y + place / across);
                        }
                    }
                    y += rows;
                    rest = &tail[across * rows..];
                }
                prop_assert!(rest.is_empty() && y == height);
                let dot = |picture: &Bitmap, place: usize| {
                    picture.is_black(place % paper.width(), place / paper.width())
                };
                let differ: Vec<usize> = (0..paper.width() * height)
                    .filter(|place| dot(&picture, *place) != dot(&paper, *place))
                    .collect();
                prop_assert!(differ.len() <= black.len() && differ.iter().all(|place| dot(&paper, *place)));
            }
        }

        /// Pictures whose bytes are mostly those of real-time commands, in rows short and long: whatever
        /// they show, nothing in their raster is obeyed, no dot is lost, and hardly one is added.
        #[test]
        fn no_picture_commands_the_printer(
            across in 1usize..72,
            bytes in prop::collection::vec(
                prop_oneof![8 => prop::sample::select(vec![0x10u8, 0x04, 0x05, 0x14]), 1 => any::<u8>()],
                1..2000,
            ),
        ) {
            let mut picture = Bitmap::white(across * 8, bytes.len().div_ceil(across));
            for (place, byte) in bytes.iter().enumerate() {
                for bit in (0..8).filter(|bit| byte & (0x80 >> bit) != 0) {
                    picture.blacken(place % across * 8 + bit, place / across);
                }
            }
            let raster = picture.to_raster();
            prop_assert_eq!(command::find_real_time(&raster), None);
            let commands = bytes.windows(2).filter(|pair| command::find_real_time(pair).is_some()).count();
            let dots = |bytes: &[u8]| bytes.iter().map(|byte| byte.count_ones() as usize).sum::<usize>();
            let mut drawn = Vec::new();
            let mut rest = raster.as_slice();
            while let [0x1D, 0x76, 0x30, 0, xl, 0, yl, 0, tail @ ..] = rest {
                let (data, tail) = tail.split_at(usize::from(*xl) * usize::from(*yl));
                drawn.extend_from_slice(data);
                rest = tail;
            }
            prop_assert!(rest.is_empty());
            prop_assert!(dots(&drawn) >= dots(&bytes) && dots(&drawn) <= dots(&bytes) + commands);
        }
    }

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
        let mut rows = Vec::new();
        let mut rest = raster.as_slice();
        while let [0x1D, 0x76, 0x30, 0, 1, 0, height, 0, tail @ ..] = rest {
            rows.push(usize::from(*height));
            rest = &tail[usize::from(*height)..];
        }
        assert_eq!(rows.iter().sum::<usize>(), 50);
        assert!(rows.iter().all(|rows| *rows <= BAND_ROWS), "{rows:?}");
    }

    #[test]
    fn white_rows_and_margins_cost_next_to_nothing() {
        let mut picture = Bitmap::white(576, 24);
        picture.blacken(575, 0);
        picture.blacken(568, 23);
        // From the left two whole rows and what lies between; from the right a byte a row.
        assert_eq!(picture.to_raster().len(), 3 * 8 + 72 + 22 + 72);
        let (align, raster) = picture.to_aligned_raster();
        assert_eq!((align, raster.len()), (2, 8 + 24));
        let mut picture = Bitmap::white(576, 24);
        for y in 0..24 {
            picture.blacken(280, y);
        }
        assert_eq!(picture.to_aligned_raster().0, 1);
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
