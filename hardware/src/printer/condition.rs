//! What can be wrong with a printer, read from its status bytes.

use std::fmt;

/// Why a printer does not print, or why its word is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No paper left.
    PaperOut,
    /// The cover stands open.
    CoverOpen,
    /// The blade is stuck.
    CutterError,
    /// The print head is too hot; it recovers by itself.
    Overheated,
    /// A mechanical error that a person can clear.
    Mechanical,
    /// An error that only switching off and on, or service, can clear.
    Unrecoverable,
    /// The printer says that it is offline and gives no cause.
    Offline,
    /// The device is gone from the machine.
    Unplugged,
    /// The line is there and nobody answers, at no usual speed: switched off or hung.
    NoAnswer,
    /// It answers, and later than anybody waits for.
    AnswersLate,
    /// The line carries bytes that no printer sends.
    Noise,
    /// The printer stopped taking bytes before the job was through.
    Stuck,
    /// It did not answer in the middle of a ticket, and prints again: something of the ticket is missing.
    Interrupted,
    /// All bytes left, and the printer never confirmed the job.
    NotConfirmed,
}

impl Fault {
    /// Whether a person has to go to the printer. An overheated head cools down alone.
    pub fn needs_a_person(self) -> bool {
        self != Fault::Overheated
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::PaperOut => "the printer has no paper: put in a new roll",
            Fault::CoverOpen => "the printer's cover is open: close it",
            Fault::CutterError => {
                "the printer's cutter is stuck: open the cover, take out torn paper, switch it off and on"
            }
            Fault::Overheated => "the print head is too hot: it goes on by itself when it has cooled down",
            Fault::Mechanical => "the printer reports a mechanical error: look for jammed paper",
            Fault::Unrecoverable => {
                "the printer reports an error it cannot recover from: switch it off and on, then call service"
            }
            Fault::Offline => "the printer is offline: look at its lamps and its feed button",
            Fault::Unplugged => "the printer is gone: check its cable",
            Fault::NoAnswer => {
                "the printer does not answer: check that it is switched on and that the baud rate is right"
            }
            Fault::AnswersLate => {
                "the printer answers too late: look whether it prints something else, then switch it off and on"
            }
            Fault::Noise => {
                "the line to the printer is disturbed: push in both ends of its cable and lay it away from power cables"
            }
            Fault::Stuck => {
                "the printer stopped taking data in the middle of a ticket: look for jammed paper"
            }
            Fault::Interrupted => {
                "the printer was without power or cable for a moment in the middle of a ticket: push in both of its plugs"
            }
            Fault::NotConfirmed => {
                "the printer took the ticket and did not confirm it: look whether it lies in the tray"
            }
        })
    }
}

/// What the printer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PrinterStatus {
    /// The worst thing that is wrong now. `None`: it would print.
    pub fault: Option<Fault>,
    /// The roll is near its end: a warning, it still prints.
    pub paper_low: bool,
    /// It answers at another speed than is set for it: a warning, it is spoken to at its own.
    pub other_speed: Option<OtherSpeed>,
}

/// The speed at which a printer answers is not the one that its settings say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherSpeed {
    /// Bits per second at which it answers.
    pub answers: u32,
    /// Bits per second in its settings.
    pub settings: u32,
}

impl fmt::Display for OtherSpeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OtherSpeed { answers, settings } = self;
        write!(
            f,
            "the printer answers at {answers} baud and clinic.toml says {settings}: correct baud there; until then it prints at its own speed"
        )
    }
}

impl PrinterStatus {
    /// The first thing that somebody should know of it, and do; nothing when all is well.
    pub fn words(&self) -> Option<String> {
        match (self.fault, self.paper_low, self.other_speed) {
            (Some(fault), ..) => Some(fault.to_string()),
            (None, true, _) => Some("the printer's paper is low: put in a new roll soon".to_string()),
            (None, false, Some(speed)) => Some(speed.to_string()),
            (None, false, None) => None,
        }
    }

    /// A printer that cannot be asked.
    pub fn unreachable(fault: Fault) -> PrinterStatus {
        PrinterStatus { fault: Some(fault), ..PrinterStatus::default() }
    }

    /// From the replies to `DLE EOT` 1 to 4 (Epson ESC/POS reference, `DLE EOT`).
    ///
    /// A mask counts as set when any of its bits is: Epson sets both sensor bits, Citizen's CT-S2000
    /// sets them singly.
    pub fn from_real_time(printer: u8, offline: u8, error: u8, paper: u8) -> PrinterStatus {
        let fault = if offline & 0x04 != 0 {
            Some(Fault::CoverOpen)
        } else if paper & 0x60 != 0 || offline & 0x20 != 0 {
            Some(Fault::PaperOut)
        } else if error & 0x08 != 0 {
            Some(Fault::CutterError)
        } else if error & 0x20 != 0 {
            Some(Fault::Unrecoverable)
        } else if error & 0x40 != 0 {
            Some(Fault::Overheated)
        } else if error & 0x04 != 0 || offline & 0x40 != 0 {
            Some(Fault::Mechanical)
        } else if printer & 0x08 != 0 {
            Some(Fault::Offline)
        } else {
            None
        };
        PrinterStatus { fault, paper_low: paper & 0x0C != 0, other_speed: None }
    }

    /// From the four bytes of an automatic status (Epson ESC/POS reference, `GS a`).
    pub fn from_automatic(bytes: [u8; 4]) -> PrinterStatus {
        let [printer, error, paper, _reserved] = bytes;
        let fault = if printer & 0x20 != 0 {
            Some(Fault::CoverOpen)
        } else if paper & 0x0C != 0 {
            Some(Fault::PaperOut)
        } else if error & 0x08 != 0 {
            Some(Fault::CutterError)
        } else if error & 0x20 != 0 {
            Some(Fault::Unrecoverable)
        } else if error & 0x40 != 0 {
            Some(Fault::Overheated)
        } else if error & 0x04 != 0 {
            Some(Fault::Mechanical)
        } else if printer & 0x08 != 0 {
            Some(Fault::Offline)
        } else {
            None
        };
        PrinterStatus { fault, paper_low: paper & 0x03 != 0, other_speed: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_time_replies_say_what_is_wrong() {
        let table: &[([u8; 4], Option<Fault>, bool)] = &[
            ([0x12, 0x12, 0x12, 0x12], None, false),
            ([0x16, 0x12, 0x12, 0x12], None, false), // drawer pin: nothing to do with paper
            ([0x12, 0x12, 0x12, 0x1E], None, true),
            ([0x12, 0x12, 0x12, 0x16], None, true), // Citizen: one sensor bit alone
            ([0x1A, 0x32, 0x12, 0x7E], Some(Fault::PaperOut), true),
            ([0x1A, 0x16, 0x12, 0x12], Some(Fault::CoverOpen), false),
            ([0x1A, 0x52, 0x1A, 0x12], Some(Fault::CutterError), false),
            ([0x1A, 0x52, 0x32, 0x12], Some(Fault::Unrecoverable), false),
            ([0x1A, 0x52, 0x52, 0x12], Some(Fault::Overheated), false),
            ([0x1A, 0x52, 0x16, 0x12], Some(Fault::Mechanical), false),
            ([0x1A, 0x12, 0x12, 0x12], Some(Fault::Offline), false),
        ];
        for ([n1, n2, n3, n4], fault, paper_low) in table {
            let status = PrinterStatus::from_real_time(*n1, *n2, *n3, *n4);
            assert_eq!((status.fault, status.paper_low), (*fault, *paper_low), "{n1:02X} {n2:02X}");
        }
    }

    /// Two troubles with the same words would send a person to do the wrong thing.
    #[test]
    fn every_trouble_has_words_of_its_own_and_says_what_to_do() {
        use Fault::{
            AnswersLate, CoverOpen, CutterError, Interrupted, Mechanical, NoAnswer, Noise, NotConfirmed,
            Offline, Overheated, PaperOut, Stuck, Unplugged, Unrecoverable,
        };
        let faults = [
            PaperOut,
            CoverOpen,
            CutterError,
            Overheated,
            Mechanical,
            Unrecoverable,
            Offline,
            Unplugged,
            NoAnswer,
            AnswersLate,
            Noise,
            Stuck,
            Interrupted,
            NotConfirmed,
        ];
        let well = PrinterStatus::default();
        let speed = OtherSpeed { answers: 9600, settings: 38_400 };
        let mut told: Vec<PrinterStatus> = faults.map(PrinterStatus::unreachable).to_vec();
        told.push(PrinterStatus { paper_low: true, ..well });
        told.push(PrinterStatus { other_speed: Some(speed), ..well });
        let mut words: Vec<String> = told.iter().map(|status| status.words().unwrap()).collect();
        assert!(words.iter().all(|words| words.split_once(": ").is_some_and(|(_, act)| !act.is_empty())));
        words.sort();
        words.dedup();
        assert_eq!(words.len(), told.len());
        assert_eq!(well.words(), None);
    }

    #[test]
    fn automatic_status_says_what_is_wrong() {
        let table: &[([u8; 4], Option<Fault>, bool)] = &[
            ([0x10, 0, 0, 0], None, false),
            ([0x10, 0, 0x03, 0], None, true),
            ([0x18, 0, 0x0F, 0], Some(Fault::PaperOut), true),
            ([0x38, 0, 0, 0], Some(Fault::CoverOpen), false),
            ([0x18, 0x08, 0, 0], Some(Fault::CutterError), false),
            ([0x18, 0x20, 0, 0], Some(Fault::Unrecoverable), false),
            ([0x18, 0x40, 0, 0], Some(Fault::Overheated), false),
            ([0x18, 0x04, 0, 0], Some(Fault::Mechanical), false),
            ([0x18, 0, 0, 0], Some(Fault::Offline), false),
        ];
        for (bytes, fault, paper_low) in table {
            let status = PrinterStatus::from_automatic(*bytes);
            assert_eq!((status.fault, status.paper_low), (*fault, *paper_low), "{bytes:02X?}");
        }
    }
}
