//! What one end of a serial line reads of bytes that the other end sends at another speed.
//!
//! A receiver sees no bytes, only a level. It waits for the edge of a start bit and then looks at the level in the
//! middle of each of its own bits (8N1: a start bit of 0, eight bits with the lowest first, a stop bit of 1).

/// A byte as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// The eight bits.
    pub byte: u8,
    /// Whether a stop bit stood behind them. Without one the receiver knows that something is wrong.
    pub whole: bool,
}

/// What is read at one speed of bytes that were sent at another, one right behind the other, in bits per second.
pub fn read(bytes: &[u8], sent_at: u32, read_at: u32) -> Vec<Read> {
    // A time in which both a sent and a read bit, and half of one, are whole numbers.
    let (sent_bit, read_bit) = (2 * u64::from(read_at.max(1)), 2 * u64::from(sent_at.max(1)));
    let levels: Vec<bool> = bytes.iter().flat_map(|byte| bits(*byte)).collect();
    let place = |time: u64| usize::try_from(time / sent_bit).unwrap_or(usize::MAX);
    let is_high = |time: u64| levels.get(place(time)).copied().unwrap_or(true);
    // The first bit of this level that begins at this time or behind it.
    let next = |level: bool, time: u64| {
        let from = place(time).min(levels.len());
        let bit = levels[from..].iter().position(|bit| *bit == level)? + from;
        Some((bit as u64 * sent_bit).max(time))
    };
    let mut found = Vec::new();
    let mut time = 0;
    while let Some(start) = next(false, time) {
        let middle = start + read_bit / 2;
        if is_high(middle) {
            // Shorter than half a bit: a disturbance.
            time = middle;
            continue;
        }
        let byte = (0..8).fold(0, |byte, bit| byte | u8::from(is_high(middle + (bit + 1) * read_bit)) << bit);
        let stop = middle + 9 * read_bit;
        found.push(Read { byte, whole: is_high(stop) });
        // A new byte begins with an edge, so the level must have been high before.
        match next(true, stop) {
            Some(high) => time = high,
            None => break,
        }
    }
    found
}

fn bits(byte: u8) -> impl Iterator<Item = bool> {
    let data = (0..8).map(move |bit| byte >> bit & 1 == 1);
    std::iter::once(false).chain(data).chain(std::iter::once(true))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::command;
    use super::super::super::driver::{HEAD, USUAL_SPEEDS};
    use super::*;

    #[test]
    fn bytes_at_another_speed_become_others() {
        // Drawn by hand from the levels: three bytes of DLE EOT 1 in half, and in twice, the time.
        let question = command::ask_status(1);
        let read_as = |sent, heard| -> Vec<(u8, bool)> {
            read(&question, sent, heard).iter().map(|read| (read.byte, read.whole)).collect()
        };
        assert_eq!(read_as(19_200, 9600), [(0x2A, true), (0xFC, true)]);
        assert_eq!(read_as(9600, 19_200), [(0x00, false), (0x60, false), (0x00, false), (0x06, false)]);
    }

    proptest! {
        #[test]
        fn at_the_same_speed_every_byte_is_read_as_it_was_sent(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            speed in 300u32..1_000_000,
        ) {
            let expected: Vec<Read> = bytes.iter().map(|byte| Read { byte: *byte, whole: true }).collect();
            prop_assert_eq!(read(&bytes, speed, speed), expected);
        }

        #[test]
        fn any_bytes_at_any_speeds_are_read_to_their_end(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            sent in 1u32..1_000_000,
            heard in 1u32..1_000_000,
        ) {
            let _ = read(&bytes, sent, heard);
        }
    }

    /// What the driver sends while it does not know the printer's speed may reach the printer as letters in a line
    /// that is never ended, and as nothing that prints, feeds, cuts or waits for more: not at any speed that
    /// printers have.
    #[test]
    fn a_question_at_a_wrong_speed_moves_no_paper() {
        let question = command::ask_status(1);
        let behind_a_head = [HEAD.as_slice(), &question].concat();
        let printers = [1200, 2400, 4800, 9600, 14_400, 19_200, 38_400, 57_600, 76_800, 115_200, 230_400];
        for sent in USUAL_SPEEDS {
            for heard in printers.into_iter().filter(|heard| *heard != sent) {
                for asked in [question.as_slice(), &behind_a_head] {
                    for Read { byte, whole } in read(asked, sent, heard) {
                        let begins = matches!(byte, 0x0A | 0x0C | 0x0D | 0x10 | 0x1B | 0x1C | 0x1D | 0x1F);
                        assert!(!(whole && begins), "{sent} at {heard}: {byte:02X}");
                    }
                }
            }
        }
    }
}
