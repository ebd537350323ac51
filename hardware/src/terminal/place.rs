//! Where a terminal is, the password that it asks for, and how long it may take.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;
use zeroize::Zeroizing;

/// How a terminal is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalPlace {
    /// Over the network: `host:port`. Most terminals listen on port 20007, some on 22000.
    Tcp(String),
    /// Over a serial line with the blocks of PA00P016, eight data bits, no parity, two stop bits.
    Serial {
        /// The device, best by a name that stays: `/dev/serial/by-path/…`.
        path: PathBuf,
        /// Bits per second, as set on the terminal; 9600 when it is new.
        baud: u32,
    },
}

impl fmt::Display for TerminalPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TerminalPlace::Tcp(address) => f.write_str(address),
            TerminalPlace::Serial { path, baud } => write!(f, "{} at {baud} baud", path.display()),
        }
    }
}

/// Everything that must be known of a terminal before it is used.
#[derive(Debug, Clone)]
pub struct TerminalSettings {
    /// How it is reached.
    pub place: TerminalPlace,
    /// The password of the cashier, as set on the terminal.
    pub password: TerminalPassword,
    /// The currency of all amounts, by its number in ISO 4217: 978 is the euro.
    pub currency: u16,
    /// How long it may take.
    pub patience: Patience,
}

impl TerminalSettings {
    /// A terminal that takes euros, with the limits that suit most.
    pub fn new(place: TerminalPlace, password: TerminalPassword) -> TerminalSettings {
        TerminalSettings { place, password, currency: 978, patience: Patience::default() }
    }
}

/// The six digits that a terminal asks for before it reverses, refunds or closes its day.
#[derive(Clone, PartialEq, Eq)]
pub struct TerminalPassword(Zeroizing<[u8; 3]>);

/// What is no password of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a terminal's password is six digits, such as 000000; look it up in the terminal's papers")]
pub struct NotAPassword;

impl TerminalPassword {
    /// Reads six digits.
    pub fn parse(text: &str) -> Result<TerminalPassword, NotAPassword> {
        let digits: Zeroizing<Vec<u8>> = Zeroizing::new(text.trim().bytes().collect());
        if digits.len() != 6 || !digits.iter().all(u8::is_ascii_digit) {
            return Err(NotAPassword);
        }
        let mut bcd = Zeroizing::new([0; 3]);
        for (byte, pair) in bcd.iter_mut().zip(digits.chunks(2)) {
            *byte = (pair[0] - b'0') << 4 | (pair[1] - b'0');
        }
        Ok(TerminalPassword(bcd))
    }

    /// As it stands in a command: three bytes, two digits each.
    pub(super) fn bcd(&self) -> [u8; 3] {
        *self.0
    }
}

// A password must not reach a log by a stray `{:?}`.
impl fmt::Debug for TerminalPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TerminalPassword(withheld)")
    }
}

/// How long a terminal may take. The values of PA00P015 and PA00P016 where they give any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// To open the connection.
    pub connect: Duration,
    /// From a command to its acknowledgement 80 00 00 (T3, 5 s).
    pub acknowledgement: Duration,
    /// The silence between two messages of a dialogue (T4, 180 s: a person looks for a card).
    pub silence: Duration,
    /// The longest silence that a terminal may ask for with the time-out of a 04 FF.
    pub longest_silence: Duration,
    /// A whole dialogue, however much the terminal says in it.
    pub dialogue: Duration,
    /// Silence in the middle of one message.
    pub within_message: Duration,
    /// Serial: silence between two bytes of a block (T1, 200 ms; more, since a USB adapter holds bytes back).
    pub between_bytes: Duration,
    /// Serial: from a block to its ACK or NAK (T2, 5 s).
    pub block_answer: Duration,
    /// Serial: how often one block is sent.
    pub block_tries: u8,
    /// A connection that was quiet for longer is tried with a registration before it is trusted with money.
    pub trusted_quiet: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            connect: Duration::from_secs(5),
            acknowledgement: Duration::from_secs(5),
            silence: Duration::from_secs(180),
            longest_silence: Duration::from_secs(600),
            dialogue: Duration::from_secs(1800),
            within_message: Duration::from_secs(10),
            between_bytes: Duration::from_millis(300),
            block_answer: Duration::from_secs(5),
            block_tries: 3,
            trusted_quiet: Duration::from_secs(20),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_six_digits_and_is_never_shown() {
        let password = TerminalPassword::parse(" 123456 ").unwrap();
        assert_eq!(password.bcd(), [0x12, 0x34, 0x56]);
        assert_eq!(format!("{password:?}"), "TerminalPassword(withheld)");
        for wrong in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(TerminalPassword::parse(wrong), Err(NotAPassword), "{wrong}");
        }
    }
}
