//! What becomes of bytes in the parsers of printers and scanners, and what must hold of it.

use vestibule_hardware::printer::{Reply, ReplyReader};
use vestibule_hardware::scanner::{FrameReader, KeyEvent, KeyReader, KeyboardLayout, ScanError};

/// What a printer sends. Of text and blocks no more than 255 bytes are believed.
pub fn replies(parts: &[&[u8]]) -> String {
    let read = |parts: &[&[u8]]| {
        let mut reader = ReplyReader::new();
        parts.iter().copied().flatten().filter_map(|byte| reader.push(*byte)).collect::<Vec<_>>()
    };
    let replies = read(parts);
    for reply in &replies {
        let bytes = match reply {
            Reply::FlowOn => vec![0x11],
            Reply::FlowOff => vec![0x13],
            Reply::RealTime(byte) | Reply::Ordered(byte) => vec![*byte],
            Reply::Automatic(bytes) => bytes.to_vec(),
            Reply::Text(text) => [b"\x5F", &text[..], b"\0"].concat(),
            Reply::Block { kind, data } => [&[0x37, *kind], &data[..], b"\0"].concat(),
            // A block that lost its inside.
            Reply::Noise(0x37) => vec![0x37, 0],
            Reply::Noise(byte) => vec![*byte],
        };
        assert!(bytes.len() <= 255 + 3, "{} bytes", bytes.len());
        assert_eq!(read(&[&bytes]), std::slice::from_ref(reply));
    }
    format!("{replies:?}")
}

type Code = Result<String, ScanError>;

/// What a scanner sends over a serial line, up to its silence.
pub fn codes(parts: &[&[u8]]) -> String {
    let mut reader = FrameReader::new();
    let mut codes: Vec<_> = parts.iter().copied().flatten().filter_map(|byte| reader.push(*byte)).collect();
    codes.extend(reader.finish());
    assert!(!reader.has_begun());
    codes.iter().for_each(hold);
    format!("{codes:?}")
}

/// What a scanner types, up to its silence, on both keyboards: of three bytes each, the number of a key, low byte
/// first, and what it does.
pub fn keys(parts: &[&[u8]]) -> String {
    let bytes: Vec<u8> = parts.concat();
    [KeyboardLayout::Us, KeyboardLayout::German].map(|layout| typed(layout, &bytes)).concat()
}

fn typed(layout: KeyboardLayout, bytes: &[u8]) -> String {
    let mut reader = KeyReader::new(layout);
    let mut codes = Vec::new();
    for [low, high, what] in bytes.as_chunks().0 {
        let key = u16::from_le_bytes([*low, *high]);
        codes.extend(match what % 8 {
            0 => reader.push(KeyEvent::Up(key)),
            2 => reader.push(KeyEvent::Repeat(key)),
            3 => reader.push(KeyEvent::Dropped),
            4 => reader.finish(),
            _ => reader.push(KeyEvent::Down(key)),
        });
    }
    codes.extend(reader.finish());
    assert!(!reader.has_begun());
    codes.iter().for_each(hold);
    format!("{codes:?}")
}

/// A code is text without control characters, and is the same when it is scanned once more.
fn hold(code: &Code) {
    let Ok(text) = code else { return };
    assert!(!text.is_empty() && text.len() <= 7092, "{} bytes", text.len());
    assert!(!text.chars().any(|letter| letter.is_control() && letter != '\n'));
    if text.len() > 7089 {
        // No room for a prefix.
        return;
    }
    let mut reader = FrameReader::new();
    let bytes: String = text.split('\n').map(|line| format!("]Q1{line}\r")).collect();
    let mut again: Vec<_> = bytes.bytes().filter_map(|byte| reader.push(byte)).collect();
    again.extend(reader.finish());
    assert_eq!(again, [Ok(text.clone())]);
}
