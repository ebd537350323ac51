//! A print job's name and its end.

use std::fmt;

use super::condition::Fault;

/// Which job the printer speaks of when it reports a process ID.
///
/// A process ID has four bytes of 20h to 7Eh (Epson, `GS ( H` function 48). Three of them, digits
/// of base 36, carry the job; the fourth is a C, for the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(u16);

impl JobId {
    /// How many jobs have a name of their own before names start again: 36³.
    pub const COUNT: u32 = 36 * 36 * 36;

    /// The job with this number. Numbers above [`JobId::COUNT`] start again at 0, which is harmless:
    /// only one job is ever under way.
    pub fn new(number: u32) -> JobId {
        // The remainder is below 46 656 and so fits.
        JobId((number % Self::COUNT) as u16)
    }

    /// The four bytes sent behind the cut.
    pub fn cut_mark(self) -> [u8; 4] {
        const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let digit = |place: u16| DIGITS[usize::from(self.0 / place % 36)];
        [digit(36 * 36), digit(36), digit(1), b'C']
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// How a job ended. There is no end without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum JobEnd {
    /// The printer said so, by the word that its profile names ([`Fence`](super::Fence)), and reported no fault
    /// meanwhile.
    Printed,
    /// Certain: not one byte of the ticket was sent that prints anything. Printing again makes no second ticket.
    NotPrinted(Fault),
    /// Some of it, all of it or nothing may lie in the tray. A ticket printed again for the same
    /// visit keeps its number and is marked as a repeat.
    NotKnown(Fault),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_printable_and_differ_by_job() {
        assert_eq!(JobId::new(0).cut_mark(), *b"000C");
        assert_eq!(JobId::new(35).cut_mark(), *b"00ZC");
        assert_eq!(JobId::new(36).cut_mark(), *b"010C");
        assert_eq!(JobId::new(JobId::COUNT - 1).cut_mark(), *b"ZZZC");
        assert_eq!(JobId::new(JobId::COUNT).cut_mark(), *b"000C");
    }
}
