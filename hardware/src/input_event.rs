//! What an input device of Linux tells, as the kernel writes it.

/// The bytes of a `struct input_event`: a time of two machine words, then type, code and value (linux/input.h).
pub const SIZE: usize = TIME + 8;
const TIME: usize = 2 * size_of::<usize>();

/// An event without its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputEvent {
    /// Of what it tells: `EV_KEY`, `EV_SW`, … (linux/input-event-codes.h).
    pub kind: u16,
    /// Of which key or switch.
    pub code: u16,
    /// How that is now.
    pub value: i32,
}

impl InputEvent {
    /// Reads one event.
    pub fn read(bytes: &[u8; SIZE]) -> InputEvent {
        let two = |at: usize| [bytes[TIME + at], bytes[TIME + at + 1]];
        let (kind, code, [a, b], [c, d]) = (two(0), two(2), two(4), two(6));
        InputEvent {
            kind: u16::from_ne_bytes(kind),
            code: u16::from_ne_bytes(code),
            value: i32::from_ne_bytes([a, b, c, d]),
        }
    }

    /// The event as the kernel would write it, at no particular time.
    pub fn write(self) -> [u8; SIZE] {
        let mut bytes = [0; SIZE];
        bytes[TIME..TIME + 2].copy_from_slice(&self.kind.to_ne_bytes());
        bytes[TIME + 2..TIME + 4].copy_from_slice(&self.code.to_ne_bytes());
        bytes[TIME + 4..].copy_from_slice(&self.value.to_ne_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_as_long_as_the_kernels_and_reads_as_it_was_written() {
        assert_eq!(SIZE, size_of::<libc::input_event>());
        let event = InputEvent { kind: 5, code: 2, value: -7 };
        assert_eq!(InputEvent::read(&event.write()), event);
        // The time in front of it means nothing.
        let mut later = event.write();
        later[..TIME].fill(7);
        assert_eq!(InputEvent::read(&later), event);
    }
}
