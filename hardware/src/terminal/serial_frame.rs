//! The blocks of the serial line (PA00P016): `DLE STX … DLE ETX crc`, where a DLE in the data is doubled and
//! the checksum, low byte first, covers the data (not doubled) and ETX. Each block is answered by ACK or NAK.

use zeroize::Zeroizing;

use super::apdu::LONGEST;

const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const DLE: u8 = 0x10;
pub(super) const ACK: u8 = 0x06;
pub(super) const NAK: u8 = 0x15;

/// CRC-CCITT, reflected (polynomial 8408), from zero. Public code and the known frame of 80 00 00 agree.
fn crc(data: impl IntoIterator<Item = u8>) -> u16 {
    data.into_iter().fold(0, |crc: u16, byte| {
        (0..8).fold(crc ^ u16::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0x8408 } else { crc >> 1 })
    })
}

/// One message as a block.
pub(super) fn block(message: &[u8]) -> Vec<u8> {
    let mut bytes = vec![DLE, STX];
    for byte in message {
        bytes.push(*byte);
        if *byte == DLE {
            bytes.push(DLE);
        }
    }
    bytes.extend([DLE, ETX]);
    bytes.extend(crc(message.iter().copied().chain([ETX])).to_le_bytes());
    bytes
}

/// What came over the serial line.
pub(super) enum Heard {
    Ack,
    Nak,
    /// A block whose checksum is right.
    Block(Zeroizing<Vec<u8>>),
    /// A block that was damaged on the way.
    Damaged,
}

#[derive(Default, PartialEq)]
enum At {
    #[default]
    Outside,
    Begun,
    Data,
    Escaped,
    LowCrc,
    HighCrc(u8),
}

/// Takes the serial line apart, byte by byte.
#[derive(Default)]
pub(super) struct BlockReader {
    at: At,
    data: Zeroizing<Vec<u8>>,
}

impl BlockReader {
    pub(super) fn push(&mut self, byte: u8) -> Option<Heard> {
        match self.at {
            At::Outside => match byte {
                DLE => self.at = At::Begun,
                ACK => return Some(Heard::Ack),
                NAK => return Some(Heard::Nak),
                // Noise between blocks.
                _ => {}
            },
            At::Begun if byte == STX => {
                // Room for most messages at once: a vector that grows leaves its old bytes behind.
                self.data = Zeroizing::new(Vec::with_capacity(2048));
                self.at = At::Data;
            }
            At::Begun if byte == DLE => {}
            At::Begun => self.at = At::Outside,
            At::Data if byte == DLE => self.at = At::Escaped,
            At::Data => return self.take(byte),
            At::Escaped => match byte {
                DLE => {
                    self.at = At::Data;
                    return self.take(DLE);
                }
                ETX => self.at = At::LowCrc,
                // The other side has begun anew.
                STX => {
                    self.data = Zeroizing::new(Vec::with_capacity(2048));
                    self.at = At::Data;
                }
                _ => return self.give_up(),
            },
            At::LowCrc => self.at = At::HighCrc(byte),
            At::HighCrc(low) => {
                self.at = At::Outside;
                let data = std::mem::take(&mut self.data);
                let right = crc(data.iter().copied().chain([ETX])) == u16::from_le_bytes([low, byte]);
                return Some(if right { Heard::Block(data) } else { Heard::Damaged });
            }
        }
        None
    }

    fn take(&mut self, byte: u8) -> Option<Heard> {
        if self.data.len() > LONGEST + 5 {
            return self.give_up();
        }
        if self.data.len() == self.data.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity((self.data.len() + 1) * 2));
            larger.extend_from_slice(&self.data);
            self.data = larger;
        }
        self.data.push(byte);
        None
    }

    fn give_up(&mut self) -> Option<Heard> {
        *self = BlockReader::default();
        Some(Heard::Damaged)
    }

    /// Whether a block has begun and is not complete.
    pub(super) fn has_begun(&self) -> bool {
        self.at != At::Outside
    }

    /// Silence in the middle of a block: it is lost.
    pub(super) fn forget(&mut self) {
        *self = BlockReader::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Heard> {
        let mut reader = BlockReader::default();
        bytes.iter().filter_map(|byte| reader.push(*byte)).collect()
    }

    #[test]
    fn the_known_block_of_an_acknowledgement() {
        assert_eq!(block(&[0x80, 0, 0]), [0x10, 0x02, 0x80, 0, 0, 0x10, 0x03, 0xF5, 0x1F]);
    }

    #[test]
    fn a_dle_in_the_data_is_doubled_and_comes_back() {
        for message in [vec![0x04, 0x0F, 2, DLE, DLE], vec![], (0..=255).collect::<Vec<u8>>()] {
            let heard = read(&[vec![ACK, 0x55], block(&message), vec![NAK]].concat());
            let [Heard::Ack, Heard::Block(data), Heard::Nak] = &heard[..] else { panic!("{}", heard.len()) };
            assert_eq!(data[..], message[..]);
        }
    }

    #[test]
    fn one_wrong_bit_anywhere_in_the_data_is_seen() {
        let right = block(&[0x04, 0xFF, 1, 0x0A]);
        for at in 2..right.len() - 4 {
            let mut wrong = right.clone();
            wrong[at] ^= 0x20;
            assert!(!read(&wrong).iter().any(|heard| matches!(heard, Heard::Block(_))), "{at}");
        }
    }
}
