//! One message of ZVT: class, instruction, length, data. Up to 254 bytes the length is one byte; `FF lo hi`
//! stands for longer ones (PA00P015, chapter 1).

use zeroize::Zeroizing;

/// One message as it came. It may hold a card number, so its bytes are wiped when it is dropped, and it has
/// no `Debug`.
pub(super) struct Apdu {
    pub(super) class: u8,
    pub(super) instr: u8,
    pub(super) data: Zeroizing<Vec<u8>>,
}

/// Longest data that the length can say.
pub(super) const LONGEST: usize = 0xFFFF;

/// Writes a message. Data beyond [`LONGEST`] is not sent by anyone here: commands are short.
pub(super) fn encode(class: u8, instr: u8, data: &[u8]) -> Vec<u8> {
    let data = &data[..data.len().min(LONGEST)];
    let mut bytes = vec![class, instr];
    match u8::try_from(data.len()) {
        Ok(short) if short < 0xFF => bytes.push(short),
        _ => {
            bytes.push(0xFF);
            // It fits: data is at most LONGEST.
            bytes.extend((data.len() as u16).to_le_bytes());
        }
    }
    bytes.extend(data);
    bytes
}

/// Length of header and data of the message that begins here, once enough of it is there to know.
fn measure(bytes: &[u8]) -> Option<(usize, usize)> {
    match *bytes {
        [_, _, 0xFF, low, high, ..] => Some((5, usize::from(u16::from_le_bytes([low, high])))),
        [_, _, 0xFF, ..] => None,
        [_, _, length, ..] => Some((3, usize::from(length))),
        _ => None,
    }
}

/// Reads one message that fills these bytes exactly, as a serial block holds it.
pub(super) fn decode(bytes: &[u8]) -> Option<Apdu> {
    let (header, length) = measure(bytes)?;
    let data = bytes.get(header..)?;
    (data.len() == length).then(|| Apdu {
        class: bytes[0],
        instr: bytes[1],
        data: Zeroizing::new(data.to_vec()),
    })
}

/// Cuts the stream of a TCP connection into messages.
#[derive(Default)]
pub(super) struct ApduReader {
    bytes: Zeroizing<Vec<u8>>,
}

impl ApduReader {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        // A vector that grows leaves its old bytes behind; so a larger one is made and the old one wiped.
        if self.bytes.len() + bytes.len() > self.bytes.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity((self.bytes.len() + bytes.len()) * 2));
            larger.extend_from_slice(&self.bytes);
            self.bytes = larger;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole message.
    pub(super) fn next(&mut self) -> Option<Apdu> {
        let (header, length) = measure(&self.bytes)?;
        let apdu = decode(self.bytes.get(..header + length)?)?;
        let rest = Zeroizing::new(self.bytes[header + length..].to_vec());
        self.bytes = rest;
        Some(apdu)
    }

    /// Whether a message has begun and is not complete.
    pub(super) fn has_begun(&self) -> bool {
        !self.bytes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_one_and_of_three_bytes_come_back_however_the_stream_is_cut() {
        for length in [0, 1, 254, 255, 256, 5000, LONGEST] {
            let data: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let bytes = encode(0x06, 0xD3, &data);
            for cut in [1, 2, 3, 4, 5, 7, bytes.len()] {
                let mut reader = ApduReader::default();
                let mut got = None;
                for part in bytes.chunks(cut) {
                    assert!(got.is_none());
                    reader.push(part);
                    got = reader.next();
                }
                let got = got.unwrap();
                assert_eq!((got.class, got.instr, &got.data[..]), (0x06, 0xD3, &data[..]));
                assert!(!reader.has_begun());
            }
        }
    }

    #[test]
    fn two_messages_in_one_read_are_two() {
        let mut reader = ApduReader::default();
        reader.push(&[0x80, 0, 0, 0x04, 0xFF, 1, 0x0A, 0x06]);
        assert_eq!(reader.next().unwrap().class, 0x80);
        assert_eq!(reader.next().unwrap().data[..], [0x0A]);
        assert!(reader.next().is_none() && reader.has_begun());
    }
}
