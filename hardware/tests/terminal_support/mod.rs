//! A till in small, and a terminal with little patience at a quick simulator.
#![allow(dead_code, reason = "each test program uses its part of this")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::Path;
use std::time::Duration;

use vestibule_hardware::terminal::simulator::TerminalSimulator;
use vestibule_hardware::terminal::{
    Aborter, NotKept, Patience, PrintedReceipt, Terminal, TerminalMessage, TerminalPassword,
    TerminalSettings, Till, TransactionRecord,
};

/// Remembers everything it is told.
#[derive(Default)]
pub struct Book {
    pub accepted: usize,
    pub shown: Vec<TerminalMessage>,
    pub receipts: Vec<PrintedReceipt>,
    pub kept: Vec<TransactionRecord>,
    pub disk_is_full: bool,
    pub cannot_note_the_order: bool,
    /// Calls the payment off when the terminal shows this code, or when a record is kept.
    pub calls_off: Option<(Aborter, Moment)>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Moment {
    Shows(u8),
    Keeps,
}

impl Book {
    fn at(&self, moment: Moment) {
        if let Some((aborter, wanted)) = &self.calls_off
            && *wanted == moment
        {
            aborter.abort();
        }
    }
}

impl Till for Book {
    fn accepted(&mut self) -> Result<(), NotKept> {
        self.accepted += 1;
        if self.cannot_note_the_order { Err(NotKept) } else { Ok(()) }
    }

    fn shows(&mut self, message: &TerminalMessage) {
        self.shown.push(message.clone());
        if let Some(code) = message.code {
            self.at(Moment::Shows(code));
        }
    }

    fn prints(&mut self, receipt: &PrintedReceipt) {
        self.receipts.push(receipt.clone());
    }

    fn keep(&mut self, record: &TransactionRecord) -> Result<(), NotKept> {
        if self.disk_is_full {
            return Err(NotKept);
        }
        self.kept.push(record.clone());
        self.at(Moment::Keeps);
        Ok(())
    }
}

pub fn little_patience() -> Patience {
    Patience {
        connect: Duration::from_millis(500),
        acknowledgement: Duration::from_millis(500),
        silence: Duration::from_millis(900),
        longest_silence: Duration::from_millis(900),
        dialogue: Duration::from_secs(20),
        within_message: Duration::from_millis(300),
        between_bytes: Duration::from_millis(100),
        block_answer: Duration::from_millis(500),
        block_tries: 3,
        trusted_quiet: Duration::from_secs(5),
    }
}

pub fn terminal_at(simulator: &TerminalSimulator) -> Terminal {
    simulator.temper(|temper| {
        temper.pace = Duration::from_millis(20);
        temper.acknowledgement = Duration::from_millis(250);
    });
    let password = TerminalPassword::parse("000000").unwrap();
    Terminal::unopened(TerminalSettings {
        patience: little_patience(),
        ..TerminalSettings::new(simulator.place(), password)
    })
}

/// A terminal over TCP and one over a pseudo-terminal, by name.
pub fn both(folder: &Path) -> [(&'static str, TerminalSimulator); 2] {
    [
        ("tcp", TerminalSimulator::tcp().unwrap()),
        ("serial", TerminalSimulator::pty(folder.join("terminal")).unwrap()),
    ]
}
