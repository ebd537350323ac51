//! What a job that broke off has left in the printer, and how the next one is kept from it.

use std::time::{Duration, Instant};

use super::Printer;
use crate::printer::bitmap::Bitmap;
use crate::printer::command;
use crate::printer::condition::Fault;
use crate::printer::line::NoReply;
use crate::printer::profile::Fence;
use crate::printer::status::Reply;

/// Bytes that the largest QR code of error correction M carries (ISO/IEC 18004, version 40).
const LONGEST_CODE: usize = 2331;
/// The block that says that the buffers are cleared (`DLE DC4 8`).
const CLEARED: u8 = 0x25;
/// Silence behind an answer after which no other one, to an earlier question, is on its way.
const SETTLED: Duration = Duration::from_millis(200);

impl Printer {
    /// A job broke off, in this program or in one before it that was stopped in the middle of a ticket.
    /// What is left of it is cleared at once if that goes: a printer that gets new paper would otherwise go
    /// on with a ticket that nobody waits for. In any case it is cleared before the next job.
    pub fn distrust(&mut self) {
        self.well_at = None;
        self.dirty = true;
        self.scrap = true;
        self.unfinished = true;
        if self.settings.profile.buffer_clear {
            // When this fails it is tried again, and must succeed, before the next job.
            let _ = self.clear();
        }
    }

    /// Clears the printer's buffers, and forgets what the system still holds for it.
    pub(super) fn clear(&mut self) -> Result<(), Fault> {
        self.connect()?;
        if let Some(line) = self.line.as_ref() {
            line.forget_unsent();
        }
        if !self.proven {
            self.prove()?;
        }
        self.send_now(&command::RECOVER_AND_CLEAR)?;
        if self.settings.profile.buffer_clear {
            self.send_now(&command::CLEAR_BUFFERS)?;
            let limit = Instant::now() + self.settings.answer_limit;
            loop {
                let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
                match line.reply(limit) {
                    Ok(Reply::Block { kind: CLEARED, .. }) => break,
                    Ok(_) => {}
                    Err(NoReply::Lost) => return Err(self.lost()),
                    Err(NoReply::Silence) => return Err(Fault::NoAnswer),
                }
            }
        } else {
            self.send_now(&command::INITIALISE)?;
        }
        if self.settings.profile.fence == Fence::OrderedStatus {
            self.await_owed_order()?;
        }
        self.dirty = false;
        Ok(())
    }

    /// Ends the command in which a job broke off. Without this the question for the status would be read as
    /// the rest of it; as the rest of a raster's head it announces a picture of up to a megabyte, which
    /// swallows the tickets of a whole day.
    pub(super) fn finish_what_was_begun(&mut self) -> Result<(), Fault> {
        // Clearing the buffers ends it too, whatever was announced.
        if self.unfinished && !self.settings.profile.buffer_clear {
            // What it can be waiting for at most is a band of a picture, or the payload of a code that it
            // draws itself. White dots fill that, and outside of a picture NUL prints nothing.
            let band = Bitmap::longest_band(self.settings.profile.dots_per_line);
            let code = if self.settings.profile.native_qr { LONGEST_CODE } else { 0 };
            self.send_now(&vec![0; band.max(code)])?;
        }
        self.unfinished = false;
        Ok(())
    }

    /// Waits until a printer that goes on with what is left of the last job has answered that job's
    /// ordered question, by asking another one. The answer names no job: it would be taken for the word
    /// that the next ticket was printed.
    fn await_owed_order(&mut self) -> Result<(), Fault> {
        self.send_now(&command::ORDERED_PAPER_STATUS)?;
        let mut limit = Instant::now() + self.settings.stall_limit;
        loop {
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(limit) {
                // Ours or one before it: a further one comes right behind or not at all.
                Ok(Reply::Ordered(_)) => limit = Instant::now() + SETTLED,
                Ok(_) => {}
                Err(NoReply::Lost) => return Err(self.lost()),
                // It answers nothing, so nothing comes. What it can do is seen at the end of the next job.
                Err(NoReply::Silence) => return Ok(()),
            }
        }
    }
}
