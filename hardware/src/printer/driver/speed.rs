//! A printer that speaks at another speed than its settings say, as one does that was put in for another or set back by
//! its service.

use std::time::{Duration, Instant};

use super::Printer;
use crate::printer::condition::Fault;
use crate::printer::line::NoReply;
use crate::printer::status::Reply;

/// The speeds that printers leave their makers with, in bits per second.
pub const USUAL_SPEEDS: [u32; 5] = [9600, 19_200, 38_400, 57_600, 115_200];
/// How long an answer at a tried speed is waited for at most: question and answer need 4 ms at 9600 baud, and a USB
/// adapter holds bytes back for 16 ms.
const TRY_LIMIT: Duration = Duration::from_millis(250);
/// How long after a search in vain the next one begins: a printer that is switched off is not to be waited for so long
/// each time.
const SEARCH_AGAIN: Duration = Duration::from_secs(30);
/// So many answers in a row are no accident: of noise one byte in sixteen looks like one.
const PROOF: u8 = 3;

impl Printer {
    /// Looks for the speed at which a printer answers that did not, or only with bytes that are none. If it is found, the
    /// line runs at it from now on.
    ///
    /// All that is sent at a speed at which it has not answered is the question `DLE EOT 1`. A printer that reads it at
    /// another speed finds one to six bytes in it, most of them without a stop bit, and none that begins a command or
    /// ends a line (the simulator's `uart` holds every pair of speeds to that): it prints none of them, and some models
    /// put a letter or a question mark into their line for each. With `ESC @` every ticket throws such a line away.
    pub(super) fn find_speed(&mut self, fault: Fault) -> Result<(), Fault> {
        // At another speed an answer that is only late would be no answer at all.
        if fault == Fault::NoAnswer && self.comes_late()? {
            return Err(Fault::AnswersLate);
        }
        let before = self.baud;
        for baud in std::iter::once(self.settings.baud).chain(USUAL_SPEEDS).filter(|baud| *baud != before) {
            if self.answers_at(baud)? {
                // One on USB understands every speed. It was silent for a moment, and its settings are right.
                let own = self.settings.baud;
                self.baud = if baud != own && self.answers_at(own)? { own } else { baud };
                let Some(line) = self.line.as_mut() else { return Err(Fault::Unplugged) };
                if line.set_speed(self.baud).is_err() {
                    return Err(self.lost());
                }
                self.proven = true;
                // Answers at the speed before can be read no more.
                self.owed = 0;
                // What was sent to end a torn ticket was sent at the wrong speed.
                self.unfinished |= self.dirty;
                return Ok(());
            }
        }
        if let Some(line) = self.line.as_mut()
            && line.set_speed(before).is_err()
        {
            return Err(self.lost());
        }
        self.search_at = Some(Instant::now() + SEARCH_AGAIN);
        Err(fault)
    }

    /// Whether the printer answers at this speed, and nothing else is heard. The line runs at it then.
    fn answers_at(&mut self, baud: u32) -> Result<bool, Fault> {
        let Some(line) = self.line.as_mut() else { return Err(Fault::Unplugged) };
        if line.set_speed(baud).is_err() {
            return Ok(false);
        }
        for _ in 0..PROOF {
            if self.send_now(&self.first_question()).is_err() {
                return Ok(false);
            }
            let limit = Instant::now() + TRY_LIMIT.min(self.settings.answer_limit);
            let mut heard = Vec::new();
            loop {
                let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
                match line.reply(limit) {
                    Ok(Reply::FlowOn | Reply::FlowOff | Reply::Automatic(_)) => {}
                    Ok(reply) => heard.push(reply),
                    Err(NoReply::Silence) => break,
                    Err(NoReply::Lost) => return Err(self.lost()),
                }
                if matches!(heard[..], [Reply::RealTime(_)]) {
                    break;
                }
            }
            if !matches!(heard[..], [Reply::RealTime(_)]) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
