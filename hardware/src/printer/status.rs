//! Takes the printer's return stream apart.
//!
//! Five kinds of reply share one line with no frame around them; only fixed bits tell them apart
//! (Epson TM-U230 manual, appendix E; Citizen command reference, 5.3):
//!
//! | reply | bytes |
//! |---|---|
//! | flow control | `11` XON, `13` XOFF: anywhere, even inside another reply |
//! | real-time status | `0xx1xx10` |
//! | automatic status | `0xx1xx00`, then three of `0xx0xxxx` |
//! | ordered status | `0xx0xxxx` |
//! | text | `5F` … `00` |
//! | block | `37` kind … `00` |

/// The longest block that is believed. The longest known one, a model's name, has under 80 bytes.
const LONGEST_BLOCK: usize = 255;

/// One reply of the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// XON: send on.
    FlowOn,
    /// XOFF: wait.
    FlowOff,
    /// The answer to `DLE EOT`. It does not say to which of its questions.
    RealTime(u8),
    /// The four bytes of an automatic status.
    Automatic([u8; 4]),
    /// The answer to `GS r` or to the short questions of `GS I`.
    Ordered(u8),
    /// The answer to the long questions of `GS I`, without its frame.
    Text(Vec<u8>),
    /// A block: 22h process ID, 23h offline response, 25h buffers cleared.
    Block {
        /// The byte behind `37`.
        kind: u8,
        /// What lies between the kind and the closing NUL.
        data: Vec<u8>,
    },
    /// A byte that belongs to nothing.
    Noise(u8),
}

/// The state of taking replies apart, byte by byte.
#[derive(Debug, Default)]
pub struct ReplyReader {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Between,
    Automatic {
        bytes: [u8; 4],
        have: usize,
    },
    Text(Vec<u8>),
    /// Behind `37`: the kind comes next.
    BlockHead,
    Block {
        kind: u8,
        data: Vec<u8>,
    },
}

impl ReplyReader {
    /// Between two replies.
    pub fn new() -> ReplyReader {
        ReplyReader::default()
    }

    /// Takes the next byte. A reply is given back with its last byte.
    pub fn push(&mut self, byte: u8) -> Option<Reply> {
        // Flow control goes between any two bytes, so it is taken out before anything else looks.
        match byte {
            0x11 => return Some(Reply::FlowOn),
            0x13 => return Some(Reply::FlowOff),
            _ => {}
        }
        let (state, reply) = match std::mem::take(&mut self.state) {
            State::Between => between(byte),
            State::Automatic { mut bytes, have } if byte & 0x90 == 0 && have < 4 => {
                bytes[have] = byte;
                match have {
                    3 => (State::Between, Some(Reply::Automatic(bytes))),
                    _ => (State::Automatic { bytes, have: have + 1 }, None),
                }
            }
            // Something else came in the middle: the frame is lost, the byte is not.
            State::Automatic { .. } => between(byte),
            State::Text(data) if byte == 0 => (State::Between, Some(Reply::Text(data))),
            State::Text(mut data) => {
                data.push(byte);
                (if data.len() > LONGEST_BLOCK { State::Between } else { State::Text(data) }, None)
            }
            // A kind of NUL is the end of a block that lost its inside.
            State::BlockHead if byte == 0 => (State::Between, Some(Reply::Noise(0x37))),
            State::BlockHead => (State::Block { kind: byte, data: Vec::new() }, None),
            State::Block { kind, data } if byte == 0 => (State::Between, Some(Reply::Block { kind, data })),
            State::Block { kind, mut data } => {
                data.push(byte);
                (if data.len() > LONGEST_BLOCK { State::Between } else { State::Block { kind, data } }, None)
            }
        };
        self.state = state;
        reply
    }

    /// Forgets a reply that was begun. To be called when the line has been silent for a while: the
    /// rest of that reply will not come, and the next byte begins a new one.
    pub fn forget(&mut self) {
        self.state = State::Between;
    }
}

/// What a byte begins, or is by itself.
fn between(byte: u8) -> (State, Option<Reply>) {
    match byte {
        0x5F => (State::Text(Vec::new()), None),
        0x37 => (State::BlockHead, None),
        _ if byte & 0x93 == 0x12 => (State::Between, Some(Reply::RealTime(byte))),
        _ if byte & 0x93 == 0x10 => (State::Automatic { bytes: [byte, 0, 0, 0], have: 1 }, None),
        _ if byte & 0x90 == 0 => (State::Between, Some(Reply::Ordered(byte))),
        _ => (State::Between, Some(Reply::Noise(byte))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Vec<Reply> {
        let mut reader = ReplyReader::new();
        bytes.iter().filter_map(|byte| reader.push(*byte)).collect()
    }

    #[test]
    fn replies_are_told_apart() {
        let table: &[(&[u8], Vec<Reply>)] = &[
            (&[0x12], vec![Reply::RealTime(0x12)]),
            (&[0x7E], vec![Reply::RealTime(0x7E)]),
            (&[0x10, 0, 0, 0], vec![Reply::Automatic([0x10, 0, 0, 0])]),
            (&[0x38, 0x08, 0x0F, 0x6F], vec![Reply::Automatic([0x38, 0x08, 0x0F, 0x6F])]),
            (&[0x00], vec![Reply::Ordered(0)]),
            (&[0x0C], vec![Reply::Ordered(0x0C)]),
            (b"\x5FTM-T88\x00", vec![Reply::Text(b"TM-T88".to_vec())]),
            (b"\x37\x22001C\x00", vec![Reply::Block { kind: 0x22, data: b"001C".to_vec() }]),
            (b"\x37\x25\x00", vec![Reply::Block { kind: 0x25, data: vec![] }]),
            (
                b"\x37\x22\x1301\x11P1\x00",
                vec![Reply::FlowOff, Reply::FlowOn, Reply::Block { kind: 0x22, data: b"01P1".to_vec() }],
            ),
            (&[0x10, 0x13, 0, 0, 0], vec![Reply::FlowOff, Reply::Automatic([0x10, 0, 0, 0])]),
            // A broken automatic status does not swallow the answer behind it.
            (&[0x10, 0, 0x12], vec![Reply::RealTime(0x12)]),
            (&[0xFF], vec![Reply::Noise(0xFF)]),
            (&[0x37, 0x00, 0x12], vec![Reply::Noise(0x37), Reply::RealTime(0x12)]),
        ];
        for (bytes, replies) in table {
            assert_eq!(&read(bytes), replies, "{bytes:02X?}");
        }
    }

    #[test]
    fn a_block_without_an_end_is_given_up() {
        let mut bytes = vec![0x37, 0x22];
        bytes.extend([b'A'; 300]);
        bytes.extend([0x00, 0x12]);
        assert_eq!(read(&bytes).last(), Some(&Reply::RealTime(0x12)));
    }

    #[test]
    fn silence_ends_a_reply_that_was_begun() {
        let mut reader = ReplyReader::new();
        assert_eq!(reader.push(0x5F), None);
        reader.forget();
        assert_eq!(reader.push(0x12), Some(Reply::RealTime(0x12)));
    }

    fn reply() -> impl Strategy<Value = (Vec<u8>, Reply)> {
        let low = (0u8..=0x7F).prop_map(|byte| byte & 0x6F);
        let data = prop::collection::vec(0x20u8..=0x7E, 0..40);
        prop_oneof![
            (0u8..=0x7F).prop_map(|byte| {
                let byte = byte & 0x6C | 0x12;
                (vec![byte], Reply::RealTime(byte))
            }),
            (0u8..=0x7F, low.clone(), low.clone(), low.clone()).prop_map(|(first, b, c, d)| {
                let bytes = [first & 0x6C | 0x10, b, c, d];
                (bytes.to_vec(), Reply::Automatic(bytes))
            }),
            low.prop_map(|byte| (vec![byte], Reply::Ordered(byte))),
            data.clone().prop_map(|data| { ([&[0x5F], data.as_slice(), &[0]].concat(), Reply::Text(data)) }),
            (0x20u8..=0x7E, data).prop_map(|(kind, data)| {
                ([&[0x37, kind], data.as_slice(), &[0]].concat(), Reply::Block { kind, data })
            }),
        ]
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived_and_the_next_silence_heals(
            bytes in prop::collection::vec(any::<u8>(), 0..600)
        ) {
            let mut reader = ReplyReader::new();
            for byte in bytes {
                let _ = reader.push(byte);
            }
            reader.forget();
            prop_assert_eq!(reader.push(0x12), Some(Reply::RealTime(0x12)));
        }

        /// Replies one behind the other, with flow control thrown in between any two bytes.
        #[test]
        fn replies_in_a_row_come_out_whole(
            replies in prop::collection::vec(reply(), 0..30),
            flow in prop::collection::vec(0u8..6, 1..50),
        ) {
            let mut stream = Vec::new();
            for (place, byte) in replies.iter().flat_map(|(bytes, _)| bytes).enumerate() {
                match flow[place % flow.len()] {
                    0 => stream.push(0x11),
                    1 => stream.push(0x13),
                    _ => {}
                }
                stream.push(*byte);
            }
            let read: Vec<Reply> = read(&stream)
                .into_iter()
                .filter(|reply| !matches!(reply, Reply::FlowOn | Reply::FlowOff))
                .collect();
            let sent: Vec<Reply> = replies.into_iter().map(|(_, reply)| reply).collect();
            prop_assert_eq!(read, sent);
        }
    }
}
