//! Takes the scanner's bytes apart into codes.

use thiserror::Error;

/// The longest code that is believed, in bytes: what the largest QR code holds in digits, the most that it can hold
/// of anything (ISO/IEC 18004, version 40-L), behind a prefix of three.
const LONGEST: usize = 7089 + 3;

/// Why what was scanned is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ScanError {
    /// Not UTF-8, too long, or empty.
    #[error("the code could not be read as text: hold it to the scanner once more, or type it in")]
    Unreadable,
}

/// The state of taking codes apart, byte by byte. A code ends with CR or LF, or with silence.
///
/// Two kinds of document are of several lines: the machine-readable zone of passports and identity cards, and the
/// code on North American driving licences. The first line of one is held back, and those that follow it belong
/// to the same code: up to its last line, or to silence.
#[derive(Default)]
pub struct FrameReader {
    bytes: Vec<u8>,
    too_long: bool,
    /// Lines of a document whose end has not come yet.
    held: Vec<String>,
    /// A line of it could not be read. The others are waited for all the same: none of them is a code by itself.
    damaged: bool,
}

// What is on a document must not reach a log by a stray `{:?}`.
impl std::fmt::Debug for FrameReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FrameReader({} bytes, {} lines)", self.bytes.len(), self.held.len())
    }
}

impl FrameReader {
    /// Between two codes.
    pub fn new() -> FrameReader {
        FrameReader::default()
    }

    /// Takes the next byte. A code is given back with the byte that ends it.
    pub fn push(&mut self, byte: u8) -> Option<Result<String, ScanError>> {
        match byte {
            b'\r' | b'\n' => self.line_ends(),
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
        let last = self.line_ends();
        if last.is_none() && !self.held.is_empty() {
            return Some(self.document());
        }
        last
    }

    fn line_ends(&mut self) -> Option<Result<String, ScanError>> {
        let bytes = std::mem::take(&mut self.bytes);
        let line = if std::mem::take(&mut self.too_long) { Err(ScanError::Unreadable) } else { clean(bytes) };
        match line {
            // Between CR and LF, or after a suffix; or control characters and nothing else: those do nothing, and
            // some stand by themselves at the beginning of a driving licence's code.
            Ok(None) => None,
            Ok(Some(line)) => self.gather(line),
            Err(_) if !self.held.is_empty() => {
                self.damaged = true;
                self.gather(String::new())
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// A line by itself is a code; one of a document waits for the others.
    fn gather(&mut self, line: String) -> Option<Result<String, ScanError>> {
        if self.held.is_empty() && lines_of_document(&line).is_none() {
            return Some(Ok(line));
        }
        let length: usize = self.held.iter().map(|line| line.len() + 1).sum();
        if length + line.len() > LONGEST {
            // What follows is the rest of it, up to silence.
            self.damaged = true;
        } else {
            self.held.push(line);
        }
        let whole = lines_of_document(&self.held[0]).unwrap_or(1);
        (self.held.len() >= whole).then(|| self.document())
    }

    fn document(&mut self) -> Result<String, ScanError> {
        let lines = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.damaged) { Err(ScanError::Unreadable) } else { Ok(lines.join("\n")) }
    }

    /// Whether a code was begun.
    pub fn has_begun(&self) -> bool {
        !self.bytes.is_empty() || !self.held.is_empty()
    }
}

/// How many lines the document has whose first line this is; `None` for a line that is a code by itself. A
/// machine-readable zone has three lines of 30 characters, or two of 36 or 44 (ICAO Doc 9303, parts 4 to 6). How
/// many a driving licence has, only silence tells.
fn lines_of_document(line: &str) -> Option<usize> {
    let zone = line.starts_with(['P', 'I', 'A', 'C', 'V'])
        && line.contains('<')
        && line.bytes().all(|b| b == b'<' || b.is_ascii_uppercase() || b.is_ascii_digit());
    match line.len() {
        30 if zone => Some(3),
        36 | 44 if zone => Some(2),
        _ if line.starts_with('@') && line.len() <= 4 => Some(usize::MAX),
        _ => None,
    }
}

/// Text without control characters and without the AIM prefix `]cm` that names the kind of code
/// (ISO/IEC 15424). `None` if there was nothing but control characters.
fn clean(bytes: Vec<u8>) -> Result<Option<String>, ScanError> {
    let text = String::from_utf8(bytes).map_err(|_| ScanError::Unreadable)?;
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let code = match text.as_bytes() {
        [b']', kind, modifier, ..] if kind.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            &text[3..]
        }
        _ => &text,
    };
    let code = code.trim();
    if code.is_empty() { Err(ScanError::Unreadable) } else { Ok(Some(code.to_owned())) }
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
            (b" \r", vec![Err(ScanError::Unreadable)]),
            // Control characters do nothing, not even alone: a cable that is plugged in sends a NUL or two.
            (b"\0", vec![]),
            (b"\x1B\x07\x1D\r\0A1\r", vec![ok("A1")]),
            (b"A\x1B[2J1\x7F\r", vec![ok("A[2J1")]),
            (b"A\xFF1\rB2\r", vec![Err(ScanError::Unreadable), ok("B2")]),
            ("]Q1Núñez अ\r".as_bytes(), vec![ok("Núñez अ")]),
            ("]Qé1\r".as_bytes(), vec![ok("]Qé1")]),
        ];
        for (bytes, codes) in table {
            assert_eq!(&read(bytes), codes, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    const TD3: [&str; 2] =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
    const TD1: [&str; 3] = [
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ];

    #[test]
    fn the_lines_of_a_document_are_one_code() {
        for lines in [&TD3[..], &TD1[..]] {
            for end in ["\r", "\n", "\r\n"] {
                // With the next code right behind it.
                let bytes = format!("A1\r{}{end}B2\r", lines.join(end));
                let expected = ["A1".to_owned(), lines.join("\n"), "B2".to_owned()].map(Ok);
                assert_eq!(read(bytes.as_bytes()), expected, "{end:?}");
            }
            assert_eq!(read(lines.concat().as_bytes()), [Ok(lines.concat())]);
        }
        let licence = b"@\n\x1e\rANSI 636000090002DL00410278DLDAQ1\nDCSSAMPLE\nDBB06061986\r";
        let text = "@\nANSI 636000090002DL00410278DLDAQ1\nDCSSAMPLE\nDBB06061986";
        assert_eq!(read(licence), [Ok(text.to_owned())]);
    }

    #[test]
    fn half_a_document_ends_with_silence_and_does_not_swallow_the_next_code() {
        let mut reader = FrameReader::new();
        let given: Vec<_> = TD3[0].bytes().chain([b'\r']).filter_map(|byte| reader.push(byte)).collect();
        assert!(given.is_empty() && reader.has_begun());
        assert_eq!(reader.finish(), Some(Ok(TD3[0].to_owned())));
        assert!(!reader.has_begun());
        let next: Vec<_> = b"A1\r".iter().filter_map(|byte| reader.push(*byte)).collect();
        assert_eq!(next, [Ok("A1".to_owned())]);
    }

    #[test]
    fn a_document_without_an_end_is_one_unreadable_code() {
        let bytes = [b"@\r".to_vec(), b"DCSX\r".repeat(LONGEST)].concat();
        assert_eq!(read(&bytes), [Err(ScanError::Unreadable)]);
    }

    #[test]
    fn a_document_with_a_line_that_is_no_text_is_unreadable_and_does_not_take_the_next_code_for_that_line() {
        let long = [b'<'; LONGEST + 1];
        for line in [&b"L898902C36UTO\xFF"[..], &long] {
            let bytes = [TD3[0].as_bytes(), b"\r", line, b"\rA1\r"].concat();
            assert_eq!(read(&bytes), [Err(ScanError::Unreadable), Ok("A1".to_owned())]);
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
                prop_assert!(!code.chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }
}
