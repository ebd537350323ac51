//! One dialogue: a command, its acknowledgement, and then the terminal's messages, each of which waits for
//! ours.

use std::time::{Duration, Instant};

use super::abort::Aborter;
use super::command;
use super::fault::TerminalFault;
use super::line::{Broken, Line, Unsent};
use super::message::{self, Message};
use super::place::Patience;

/// How often it is looked whether the dialogue was called off.
const LOOK: Duration = Duration::from_millis(40);
/// How long is looked for a message before the terminal is told that it was called off.
const GLANCE: Duration = Duration::from_millis(2);
/// The code of «please wait».
pub(super) const BUSY: u8 = 0x9C;

/// How a command was not taken.
pub(super) enum NotBegun {
    /// It never left.
    NotSent(TerminalFault),
    /// The terminal said no: 84 and this code.
    Refused(u8),
    /// It may have been taken.
    NotKnown(TerminalFault),
}

/// A dialogue that runs.
pub(super) struct Dialogue<'a> {
    line: &'a mut Line,
    patience: Patience,
    /// Who may call it off; nobody, where that makes no sense.
    aborter: Option<&'a Aborter>,
    silence: Duration,
    last: Instant,
    end: Instant,
}

impl<'a> Dialogue<'a> {
    /// Sends a command and waits until the terminal has taken it.
    ///
    /// Whatever else comes before that belongs to something earlier. A 04 0F among it is not acknowledged.
    pub(super) fn begin(
        line: &'a mut Line,
        patience: Patience,
        aborter: Option<&'a Aborter>,
        command: &[u8],
    ) -> Result<Dialogue<'a>, NotBegun> {
        match line.send(command) {
            Ok(()) => {}
            Err(Unsent::NotLeft(reason)) => return Err(NotBegun::NotSent(TerminalFault::Lost { reason })),
            Err(Unsent::Unclear(reason)) => return Err(NotBegun::NotKnown(TerminalFault::Lost { reason })),
        }
        let start = Instant::now();
        let until = start + patience.acknowledgement;
        let mut busy = false;
        loop {
            match line.receive(until) {
                Ok(Some(apdu)) => match message::read(&apdu) {
                    Message::Acknowledged => break,
                    Message::NotTaken { code } => return Err(NotBegun::Refused(code)),
                    Message::Shows { .. } | Message::Prints { .. } | Message::Courtesy => {
                        if let Err(Unsent::NotLeft(reason) | Unsent::Unclear(reason)) =
                            line.send(&command::ACKNOWLEDGE)
                        {
                            return Err(NotBegun::NotKnown(TerminalFault::Lost { reason }));
                        }
                    }
                    Message::Aborted { code: BUSY, .. } => busy = true,
                    Message::Nonsense => return Err(NotBegun::NotKnown(TerminalFault::Garbled)),
                    Message::Record(_) | Message::Done(_) | Message::Aborted { .. } | Message::Request => {}
                },
                Ok(None) if busy => return Err(NotBegun::NotKnown(TerminalFault::Busy)),
                Ok(None) => return Err(NotBegun::NotKnown(silent(patience.acknowledgement))),
                Err(broken) => return Err(NotBegun::NotKnown(fault_of(broken))),
            }
            // A terminal that talks without an end does not hold the till.
            if Instant::now() >= until {
                return Err(NotBegun::NotKnown(silent(patience.acknowledgement)));
            }
        }
        let now = Instant::now();
        Ok(Dialogue {
            line,
            patience,
            aborter,
            silence: patience.silence,
            last: now,
            end: now + patience.dialogue,
        })
    }

    /// The terminal's next message. It waits for [`Dialogue::acknowledge`].
    pub(super) fn next(&mut self) -> Result<Message, TerminalFault> {
        loop {
            let now = Instant::now();
            let until = (self.last + self.silence).min(self.end);
            let look = if self.aborter.is_some_and(Aborter::is_wanted) { GLANCE } else { LOOK };
            let Some(apdu) = self.line.receive(until.min(now + look)).map_err(fault_of)? else {
                if Instant::now() >= until {
                    return Err(silent(self.last.elapsed()));
                }
                // Only while nothing of the terminal waits for an answer: it would take the abort for one.
                if self.aborter.is_some_and(Aborter::take) {
                    self.send(&command::ABORT)?;
                }
                continue;
            };
            if Instant::now() >= self.end {
                return Err(silent(self.patience.dialogue));
            }
            let message = message::read(&apdu);
            match message {
                // The answers to 06 B0. Whether it was in time is seen from how the dialogue ends.
                Message::Acknowledged | Message::NotTaken { .. } => continue,
                Message::Courtesy => self.acknowledge()?,
                Message::Request => self.send(&command::NOT_POSSIBLE)?,
                Message::Nonsense => return Err(TerminalFault::Garbled),
                Message::Shows { minutes, .. } => {
                    let asked = minutes.map(|minutes| Duration::from_secs(60 * minutes));
                    self.silence = asked.unwrap_or_default().clamp(
                        self.patience.silence,
                        self.patience.longest_silence.max(self.patience.silence),
                    );
                    self.last = Instant::now();
                    return Ok(message);
                }
                _ => {
                    self.silence = self.patience.silence;
                    self.last = Instant::now();
                    return Ok(message);
                }
            }
            self.last = Instant::now();
        }
    }

    /// From here on it is too late to call it off.
    pub(super) fn close_for_aborts(&mut self) {
        self.aborter = None;
    }

    pub(super) fn acknowledge(&mut self) -> Result<(), TerminalFault> {
        let sent = self.send(&command::ACKNOWLEDGE);
        // Storing a record may take its time; that is not the terminal's silence.
        self.last = Instant::now();
        sent
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), TerminalFault> {
        self.line
            .send(bytes)
            .map_err(|(Unsent::NotLeft(reason) | Unsent::Unclear(reason))| TerminalFault::Lost { reason })
    }
}

fn fault_of(broken: Broken) -> TerminalFault {
    match broken {
        Broken::Lost(reason) => TerminalFault::Lost { reason },
        Broken::Garbled => TerminalFault::Garbled,
    }
}

fn silent(waited: Duration) -> TerminalFault {
    TerminalFault::Silent { seconds: waited.as_secs() }
}
