//! Takes the scanner's bytes apart into codes.

use thiserror::Error;

/// The longest code that is believed, in bytes. The largest QR code carries less.
const LONGEST: usize = 4096;

/// Why what was scanned is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ScanError {
    /// Not UTF-8, too long, or empty.
    #[error("the code could not be read as text: hold it to the scanner once more, or type it in")]
    Unreadable,
}

/// The state of taking codes apart, byte by byte. A code ends with CR or LF, or with silence.
#[derive(Debug, Default)]
pub struct FrameReader {
    bytes: Vec<u8>,
    too_long: bool,
}

impl FrameReader {
    /// Between two codes.
    pub fn new() -> FrameReader {
        FrameReader::default()
    }

    /// Takes the next byte. A code is given back with the byte that ends it.
    pub fn push(&mut self, byte: u8) -> Option<Result<String, ScanError>> {
        match byte {
            b'\r' | b'\n' => self.finish(),
            // The rest of a line that is too long is dropped up to its end, so that its tail is not
            // taken for a code of its own.
            _ if self.bytes.len() >= LONGEST => {
                self.too_long = true;
                None
            }
            _ => {
                self.bytes.push(byte);
                None
            }
        }
    }

    /// The line has been silent: what came so far is all of it. Not every scanner sends a suffix.
    pub fn finish(&mut self) -> Option<Result<String, ScanError>> {
        let bytes = std::mem::take(&mut self.bytes);
        if std::mem::take(&mut self.too_long) {
            return Some(Err(ScanError::Unreadable));
        }
        if bytes.is_empty() {
            // Between CR and LF, or after a suffix.
            return None;
        }
        Some(clean(bytes))
    }

    /// Whether a code was begun.
    pub fn has_begun(&self) -> bool {
        !self.bytes.is_empty()
    }
}

/// Text without control characters and without the AIM prefix `]cm` that names the kind of code
/// (ISO/IEC 15424).
fn clean(bytes: Vec<u8>) -> Result<String, ScanError> {
    let text = String::from_utf8(bytes).map_err(|_| ScanError::Unreadable)?;
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let code = match text.as_bytes() {
        [b']', kind, modifier, ..] if kind.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            &text[3..]
        }
        _ => &text,
    };
    let code = code.trim();
    if code.is_empty() { Err(ScanError::Unreadable) } else { Ok(code.to_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<String, ScanError>> {
        let mut reader = FrameReader::new();
        let mut codes: Vec<_> = bytes.iter().filter_map(|byte| reader.push(*byte)).collect();
        codes.extend(reader.finish());
        codes
    }

    #[test]
    fn codes_end_with_a_line_or_with_silence() {
        let ok = |text: &str| Ok(text.to_owned());
        type Codes = Vec<Result<String, ScanError>>;
        let table: &[(&[u8], Codes)] = &[
            (b"", vec![]),
            (b"\r\n\r\n", vec![]),
            (b"A1\r", vec![ok("A1")]),
            (b"A1\r\nB2\r\n", vec![ok("A1"), ok("B2")]),
            (b"A1\nB2", vec![ok("A1"), ok("B2")]),
            (b"]Q1https://a.example\r", vec![ok("https://a.example")]),
            (b"]C0123\r", vec![ok("123")]),
            (b"]]x\r", vec![ok("]]x")]),
            (b"\x02A1\x03\r", vec![ok("A1")]),
            (b"]C101\x1D21\r", vec![ok("0121")]),
            (b"]Q1\r", vec![Err(ScanError::Unreadable)]),
            (b"A\xFF1\rB2\r", vec![Err(ScanError::Unreadable), ok("B2")]),
            ("]Q1Núñez अ\r".as_bytes(), vec![ok("Núñez अ")]),
            ("]Qé1\r".as_bytes(), vec![ok("]Qé1")]),
        ];
        for (bytes, codes) in table {
            assert_eq!(&read(bytes), codes, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_line_without_an_end_is_one_unreadable_code() {
        let mut bytes = vec![b'x'; 3 * LONGEST];
        bytes.extend(b"\rA1\r");
        assert_eq!(read(&bytes), [Err(ScanError::Unreadable), Ok("A1".to_owned())]);
        assert_eq!(read(&vec![b'x'; LONGEST]).len(), 1);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..5000)) {
            for code in read(&bytes).into_iter().flatten() {
                prop_assert!(!code.is_empty() && code.len() <= LONGEST);
                prop_assert!(!code.chars().any(char::is_control));
            }
        }
    }
}
