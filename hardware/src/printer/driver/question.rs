//! Questions between jobs and within them, and what the printer says unasked.

use std::time::Instant;

use super::{Printer, Seen};
use crate::printer::command;
use crate::printer::condition::{Fault, OtherSpeed, PrinterStatus};
use crate::printer::job::JobId;
use crate::printer::line::{Line, NoReply};
use crate::printer::status::Reply;

/// So many NULs end the head of any command that a ticket has, and what it announces is less than a band then.
pub const HEAD: [u8; 8] = [0; 8];

impl Printer {
    /// How the printer is now. Takes at most the answer limit when it is silent; now and then a little longer, when it
    /// is asked at other speeds too.
    ///
    /// A model that can is told to speak up from now on, each time anew: it has forgotten it when it was off in between.
    pub fn status(&mut self) -> PrinterStatus {
        match self.ask_anew() {
            Ok(status) => {
                // In the buffer of a printer that stands still these bytes would only grow in number.
                if self.settings.profile.automatic_status && status.fault.is_none() && !self.dirty {
                    // If this fails the line is gone, and the next question says so.
                    let _ = self.send_now(&command::AUTOMATIC_STATUS_ON);
                }
                PrinterStatus { other_speed: self.other_speed(), ..status }
            }
            Err(fault) => PrinterStatus::unreachable(fault),
        }
    }

    /// How the printer is by its own word since it was last listened to; nothing when it said none. Nothing is sent,
    /// and nothing waited for. What came with bytes that no printer sends is not believed: ask it.
    pub fn overheard(&mut self) -> Option<PrinterStatus> {
        let mut told = None;
        let mut believed = true;
        loop {
            match self.line.as_ref()?.reply(Instant::now()) {
                Ok(Reply::Automatic(bytes)) => told = Some(PrinterStatus::from_automatic(bytes)),
                Ok(Reply::FlowOn | Reply::FlowOff) => {}
                Ok(Reply::RealTime(_)) if self.owed > 0 => self.note_late_answer(),
                Ok(_) => believed = false,
                Err(NoReply::Silence) => break,
                Err(NoReply::Lost) => return Some(PrinterStatus::unreachable(self.lost())),
            }
        }
        if !believed {
            self.well_at = None;
            return None;
        }
        let status = told?;
        self.well_at = status.fault.is_none().then(Instant::now);
        Some(PrinterStatus { other_speed: self.other_speed(), ..status })
    }

    /// The printer's name for its own model (`GS I` 67), if it gives one.
    pub fn model(&mut self) -> Option<String> {
        self.connect().ok()?;
        let limit = Instant::now() + self.settings.answer_limit;
        let line = self.line.as_mut()?;
        line.send(&command::ASK_MODEL, limit).1.ok()?;
        loop {
            if let Reply::Text(name) = line.reply(limit).ok()? {
                return Some(String::from_utf8_lossy(&name).into_owned());
            }
        }
    }

    /// At which speed it answers, if that is not the one in its settings.
    fn other_speed(&self) -> Option<OtherSpeed> {
        let speeds = OtherSpeed { answers: self.baud, settings: self.settings.baud };
        (speeds.answers != speeds.settings).then_some(speeds)
    }

    /// Asks how the printer is, before a job or without one. A line that was lost since it was last used may
    /// be back, and tells of its loss only when it is written to; so it is opened anew once. A printer that does not
    /// answer is looked for at other speeds.
    pub(super) fn ask_anew(&mut self) -> Result<PrinterStatus, Fault> {
        let mut answer = self.ask_status(&mut Seen::default(), None);
        if answer == Err(Fault::Unplugged) {
            answer = self.ask_status(&mut Seen::default(), None);
        }
        if let Err(fault @ (Fault::NoAnswer | Fault::Noise)) = answer
            && self.search_at.is_none_or(|at| at <= Instant::now())
        {
            self.find_speed(fault)?;
            answer = self.ask_status(&mut Seen::default(), None);
        }
        self.well_at = matches!(answer, Ok(PrinterStatus { fault: None, .. })).then(Instant::now);
        answer
    }

    /// Asks for the four status bytes one by one, since an answer does not name its question. Other
    /// replies that come meanwhile are noted.
    pub(super) fn ask_status(&mut self, seen: &mut Seen, job: Option<JobId>) -> Result<PrinterStatus, Fault> {
        self.connect()?;
        if job.is_none() {
            self.drain()?;
            if self.unfinished && !self.proven {
                self.prove()?;
            }
            self.finish_what_was_begun()?;
        }
        if self.owed > 0 {
            self.await_owed_answers(seen, job)?;
        }
        let mut answers = [0; 4];
        for (n, answer) in (1..).zip(&mut answers) {
            self.send_question(n, job)?;
            *answer = self.answer(Instant::now() + self.settings.answer_limit, seen, job)?;
        }
        self.late = false;
        let [printer, offline, error, paper] = answers;
        Ok(PrinterStatus::from_real_time(printer, offline, error, paper))
    }

    /// Asks one question of a printer that has not answered at this speed yet, and may have been left in the middle of
    /// a ticket: nothing that could print is sent before it did.
    pub(super) fn prove(&mut self) -> Result<(), Fault> {
        self.send_now(&self.first_question())?;
        self.answer(Instant::now() + self.settings.answer_limit, &mut Seen::default(), None).map(drop)
    }

    /// The first question at a speed. In a command's head that a job left behind it would be read as the rest of it.
    pub(super) fn first_question(&self) -> Vec<u8> {
        let head = if self.unfinished && !self.settings.profile.buffer_clear { HEAD.as_slice() } else { &[] };
        [head, &command::ask_status(1)].concat()
    }

    /// Takes the answers that came too late out of the line, by asking once more and listening until they
    /// are all there, or nothing comes: some are lost for ever when a printer was off. The answer to one
    /// question would otherwise be read as the answer to another: an idle cash drawer as an open cover.
    fn await_owed_answers(&mut self, seen: &mut Seen, job: Option<JobId>) -> Result<(), Fault> {
        self.send_question(1, job)?;
        let mut limit = Instant::now() + self.settings.answer_limit;
        let mut answered = false;
        let mut missing = self.owed + 1;
        while missing > 0 {
            match self.answer(limit, seen, job) {
                Ok(_) => {
                    answered = true;
                    missing -= 1;
                    limit = Instant::now() + 2 * self.settings.answer_limit;
                }
                Err(Fault::NoAnswer | Fault::AnswersLate) if answered && !seen.disturbed => break,
                Err(fault) => {
                    self.owed = missing;
                    return Err(fault);
                }
            }
        }
        // Two of them: one was to an earlier question. Of one alone that is not known.
        self.late |= missing == 0;
        if missing == 0 {
            seen.unheard = 0;
        }
        self.owed = 0;
        Ok(())
    }

    /// The next answer to `DLE EOT`.
    pub(super) fn answer(
        &mut self,
        limit: Instant,
        seen: &mut Seen,
        job: Option<JobId>,
    ) -> Result<u8, Fault> {
        loop {
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(limit) {
                Ok(Reply::RealTime(byte)) => {
                    self.proven = true;
                    return Ok(byte);
                }
                // Among noise there are bytes that look like any answer.
                Ok(Reply::Noise(_)) => {
                    seen.disturbed |= !seen.reached_end;
                    self.owed += 1;
                    return Err(Fault::Noise);
                }
                Ok(reply) => {
                    if let Some(job) = job {
                        seen.note(&reply, job, &self.settings.profile);
                    }
                }
                Err(NoReply::Lost) => return Err(self.lost()),
                Err(NoReply::Silence) => {
                    self.owed += 1;
                    return Err(if self.late { Fault::AnswersLate } else { Fault::NoAnswer });
                }
            }
        }
    }

    /// Whether an answer for which nobody waits any more comes in as much time again.
    pub(super) fn comes_late(&mut self) -> Result<bool, Fault> {
        let limit = Instant::now() + self.settings.answer_limit;
        loop {
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(limit) {
                Ok(Reply::RealTime(_)) => {
                    self.note_late_answer();
                    return Ok(true);
                }
                Ok(_) => {}
                Err(NoReply::Silence) => return Ok(false),
                Err(NoReply::Lost) => return Err(self.lost()),
            }
        }
    }

    /// An answer came that nobody waits for any more.
    pub(super) fn note_late_answer(&mut self) {
        self.late |= self.owed > 0;
        self.owed = self.owed.saturating_sub(1);
    }

    /// Asks for a status byte. In the middle of a job, a line that does not even take the question is one
    /// that the printer holds.
    fn send_question(&mut self, n: u8, job: Option<JobId>) -> Result<(), Fault> {
        self.send_now(&command::ask_status(n)).map_err(|fault| match (fault, job) {
            (Fault::NoAnswer, Some(_)) => Fault::Stuck,
            (fault, _) => fault,
        })
    }

    /// Throws away replies to earlier questions, so that none is taken for an answer to the next.
    fn drain(&mut self) -> Result<(), Fault> {
        loop {
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(Instant::now()) {
                Ok(Reply::RealTime(_)) => self.note_late_answer(),
                Ok(_) => {}
                Err(NoReply::Silence) => return Ok(()),
                // It was lost while nobody looked. It may be back already.
                Err(NoReply::Lost) => {
                    self.lost();
                    return self.connect();
                }
            }
        }
    }

    pub(super) fn send_now(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let limit = Instant::now() + self.settings.answer_limit;
        let Some(line) = self.line.as_mut() else { return Err(Fault::Unplugged) };
        match line.send(bytes, limit).1 {
            Ok(()) => Ok(()),
            Err(NoReply::Silence) => Err(Fault::NoAnswer),
            Err(NoReply::Lost) => Err(self.lost()),
        }
    }

    pub(super) fn connect(&mut self) -> Result<(), Fault> {
        if self.line.is_none() {
            let (port, flow) = (&self.settings.port, self.settings.flow);
            self.line = Some(Line::open(port, self.baud, flow).map_err(|_| Fault::Unplugged)?);
            self.owed = 0;
            self.late = false;
            // Another printer may be on it now, that has another speed.
            self.search_at = None;
        }
        Ok(())
    }

    pub(super) fn lost(&mut self) -> Fault {
        self.line = None;
        self.well_at = None;
        // What was sent to end it may have been lost as well.
        self.unfinished |= self.dirty;
        Fault::Unplugged
    }
}
