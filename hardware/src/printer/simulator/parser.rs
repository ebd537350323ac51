//! Takes a stream of ESC/POS apart into commands.

/// One command, complete with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Letter(u8),
    LineFeed,
    Initialise,
    CodePage(u8),
    Justify(u8),
    Bold(bool),
    Size {
        across: u8,
        down: u8,
    },
    FeedLines(u8),
    FeedUnits(u8),
    LineSpacing(Option<u8>),
    Cut {
        feed: u8,
    },
    AutomaticStatus(u8),
    ProcessId([u8; 4]),
    OrderedStatus(u8),
    Identify(u8),
    Raster {
        /// Each dot is printed so many times as wide and as high.
        across: u8,
        down: u8,
        bytes_across: usize,
        data: Vec<u8>,
    },
    QrModule(u8),
    QrCorrection(u8),
    QrStore(Vec<u8>),
    QrPrint,
    /// Known, and without an effect on the simulated paper.
    Nothing,
}

/// The first command of the bytes and its length, or `None` when its end has not come yet.
pub fn parse(bytes: &[u8]) -> Option<(Command, usize)> {
    match *bytes.first()? {
        0x0A => Some((Command::LineFeed, 1)),
        0x10 => real_time(bytes),
        0x1B => escape(bytes),
        0x1C => match *bytes.get(1)? {
            b'.' | b'&' => Some((Command::Nothing, 2)),
            _ => bytes.get(2).map(|_| (Command::Nothing, 3)),
        },
        0x1D => group(bytes),
        byte if byte < 0x20 || byte == 0x7F => Some((Command::Nothing, 1)),
        byte => Some((Command::Letter(byte), 1)),
    }
}

/// Real-time commands were carried out when they came in; in the buffer they are skipped.
fn real_time(bytes: &[u8]) -> Option<(Command, usize)> {
    let length = match *bytes.get(1)? {
        0x04 | 0x05 => 3,
        0x14 => match *bytes.get(2)? {
            8 => 10,
            _ => 5,
        },
        _ => 2,
    };
    (bytes.len() >= length).then_some((Command::Nothing, length))
}

fn escape(bytes: &[u8]) -> Option<(Command, usize)> {
    let name = *bytes.get(1)?;
    let without_data = match name {
        b'@' => Some(Command::Initialise),
        b'2' => Some(Command::LineSpacing(None)),
        b'i' | b'm' => Some(Command::Cut { feed: 0 }),
        _ => None,
    };
    if let Some(command) = without_data {
        return Some((command, 2));
    }
    if name == b'p' {
        return (bytes.len() >= 5).then_some((Command::Nothing, 5));
    }
    let n = *bytes.get(2)?;
    let command = match name {
        b't' => Command::CodePage(n),
        b'a' => Command::Justify(n),
        b'E' | b'G' => Command::Bold(n & 1 == 1),
        // Font and style in one byte: bit 3 bold, bit 4 double height, bit 5 double width.
        b'!' => Command::Size { across: 1 + (n >> 5 & 1), down: 1 + (n >> 4 & 1) },
        b'd' => Command::FeedLines(n),
        b'J' => Command::FeedUnits(n),
        b'3' => Command::LineSpacing(Some(n)),
        _ => Command::Nothing,
    };
    Some((command, 3))
}

fn group(bytes: &[u8]) -> Option<(Command, usize)> {
    let n = bytes.get(2).copied();
    match *bytes.get(1)? {
        b'(' => parenthesis(bytes),
        b'v' => raster(bytes),
        b'V' => match n? {
            // Functions B and C carry how far to feed before.
            65 | 66 | 97 | 98 | 103 | 104 => bytes.get(3).map(|feed| (Command::Cut { feed: *feed }, 4)),
            _ => Some((Command::Cut { feed: 0 }, 3)),
        },
        b'L' | b'W' | b'P' | b'$' => (bytes.len() >= 4).then_some((Command::Nothing, 4)),
        // Custom's presenter: presenting by so many steps carries their number, the rest carries nothing.
        b'e' => match n? {
            3 => (bytes.len() >= 4).then_some((Command::Nothing, 4)),
            _ => Some((Command::Nothing, 3)),
        },
        b'!' => n.map(|n| (Command::Size { across: (n >> 4 & 7) + 1, down: (n & 7) + 1 }, 3)),
        b'a' => n.map(|n| (Command::AutomaticStatus(n), 3)),
        b'r' => n.map(|n| (Command::OrderedStatus(n), 3)),
        b'I' => n.map(|n| (Command::Identify(n), 3)),
        _ => n.map(|_| (Command::Nothing, 3)),
    }
}

fn raster(bytes: &[u8]) -> Option<(Command, usize)> {
    let head = bytes.get(..8)?;
    let bytes_across = usize::from(u16::from_le_bytes([head[4], head[5]]));
    let rows = usize::from(u16::from_le_bytes([head[6], head[7]]));
    let end = 8 + bytes_across * rows;
    let data = bytes.get(8..end)?.to_vec();
    // 0 as it is, 1 twice as wide, 2 twice as high, 3 both; the digits mean the same.
    let (across, down) = (1 + (head[3] & 1), 1 + (head[3] >> 1 & 1));
    Some((Command::Raster { across, down, bytes_across, data }, end))
}

fn parenthesis(bytes: &[u8]) -> Option<(Command, usize)> {
    let head = bytes.get(..5)?;
    let end = 5 + usize::from(u16::from_le_bytes([head[3], head[4]]));
    let data = bytes.get(5..end)?;
    let command = match (head[2], data) {
        (b'H', [0x30, 0x30, a, b, c, d]) => Command::ProcessId([*a, *b, *c, *d]),
        (b'k', [0x31, 0x43, n]) => Command::QrModule(*n),
        (b'k', [0x31, 0x45, n]) => Command::QrCorrection(*n),
        (b'k', [0x31, 0x50, 0x30, payload @ ..]) => Command::QrStore(payload.to_vec()),
        (b'k', [0x31, 0x51, 0x30]) => Command::QrPrint,
        _ => Command::Nothing,
    };
    Some((command, end))
}

/// A command that takes effect the moment it comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealTime {
    AskStatus(u8),
    Recover,
    ClearBuffers,
}

/// Watches for real-time commands, byte by byte, wherever they stand: also inside a picture.
#[derive(Debug, Default)]
pub struct RealTimeWatch {
    begun: Vec<u8>,
}

impl RealTimeWatch {
    /// Takes the next byte.
    pub fn push(&mut self, byte: u8) -> Option<RealTime> {
        const CLEAR: [u8; 10] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
        self.begun.push(byte);
        let command = match self.begun[..] {
            [0x10, 0x04, n @ 1..=4] => Some(RealTime::AskStatus(n)),
            [0x10, 0x05, 1 | 2] => Some(RealTime::Recover),
            _ if self.begun == CLEAR => Some(RealTime::ClearBuffers),
            [0x10] | [0x10, 0x04 | 0x05] => return None,
            _ if CLEAR.starts_with(&self.begun) => return None,
            _ => None,
        };
        self.begun.clear();
        if command.is_none() && byte == 0x10 {
            self.begun.push(byte);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn commands_are_read_with_their_data() {
        type Parsed = Option<(Command, usize)>;
        let table: &[(&[u8], Parsed)] = &[
            (b"A", Some((Command::Letter(b'A'), 1))),
            (b"\x1B", None),
            (b"\x1B@", Some((Command::Initialise, 2))),
            (b"\x1Bt\x10", Some((Command::CodePage(16), 3))),
            (b"\x1D!\x33", Some((Command::Size { across: 4, down: 4 }, 3))),
            (b"\x1DVA", None),
            (b"\x1DVA\x05", Some((Command::Cut { feed: 5 }, 4))),
            (b"\x1DV\x00", Some((Command::Cut { feed: 0 }, 3))),
            (b"\x1Dv0\x00\x01\x00\x02\x00\xFF", None),
            (
                b"\x1Dv0\x00\x01\x00\x02\x00\xFF\x01",
                Some((Command::Raster { across: 1, down: 1, bytes_across: 1, data: vec![0xFF, 1] }, 10)),
            ),
            (b"\x1D(H\x06\x0000001C", Some((Command::ProcessId(*b"001C"), 11))),
            (b"\x1D(k\x05\x001P0hi", Some((Command::QrStore(b"hi".to_vec()), 10))),
            (b"\x10\x04\x01", Some((Command::Nothing, 3))),
        ];
        for (bytes, expected) in table {
            assert_eq!(&parse(bytes), expected, "{bytes:02X?}");
        }
    }

    #[test]
    fn real_time_commands_are_found_anywhere() {
        let find = |bytes: &[u8]| -> Vec<RealTime> {
            let mut watch = RealTimeWatch::default();
            bytes.iter().filter_map(|byte| watch.push(*byte)).collect()
        };
        assert_eq!(find(b"ab\x10\x04\x02cd"), [RealTime::AskStatus(2)]);
        assert_eq!(find(b"\x10\x10\x04\x01"), [RealTime::AskStatus(1)]);
        assert_eq!(
            find(b"\x10\x05\x02\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"),
            [RealTime::Recover, RealTime::ClearBuffers]
        );
    }

    proptest! {
        #[test]
        fn any_stream_is_read_to_its_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut rest = bytes.as_slice();
            let mut watch = RealTimeWatch::default();
            for byte in &bytes {
                let _ = watch.push(*byte);
            }
            while let Some((_, length)) = parse(rest) {
                prop_assert!(length > 0 && length <= rest.len());
                rest = &rest[length..];
            }
        }
    }
}
