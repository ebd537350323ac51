//! Jobs and their end.
//!
//! | moment | what is seen | end |
//! |---|---|---|
//! | before the first byte | no device, no answer, a fault | `NotPrinted` |
//! | while bytes leave | a fault, no byte taken for a while, the device gone | `NotKnown` |
//! | all bytes left | the mark behind the cut | `Printed` |
//! | all bytes left | a fault before that mark, silence, the device gone | `NotKnown` |
//!
//! After `NotKnown` the printer may hold half a ticket, or still wait for the rest of a picture and
//! swallow the next ticket as its dots. So its buffers are cleared, and the paper is cut, before the
//! next job's first byte.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::bitmap::Bitmap;
use super::command;
use super::condition::{Fault, PrinterStatus};
use super::job::{JobEnd, JobId};
use super::line::{FlowControl, Line, NoReply, PrinterError};
use super::profile::{Cutter, Profile};
use super::status::Reply;

/// Bytes given to the line before the replies are looked at again.
const CHUNK: usize = 256;
/// Silence behind the last byte after which the printer is asked how it is. A printer without
/// automatic status does not say by itself that its paper ran out.
const ASK_AFTER: Duration = Duration::from_secs(1);
/// The block that says that the buffers are cleared (`DLE DC4 8`).
const CLEARED: u8 = 0x25;
/// The block that carries a process ID (`GS ( H`).
const PROCESS_ID: u8 = 0x22;

/// Where a printer is and how long it may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterSettings {
    /// The device, best by a name that stays: `/dev/serial/by-path/…`.
    pub port: PathBuf,
    /// Bits per second, as set on the printer.
    pub baud: u32,
    /// How the printer holds the line.
    pub flow: FlowControl,
    /// What this model can do.
    pub profile: Profile,
    /// How long one question may stay without an answer.
    pub answer_limit: Duration,
    /// How long the line may take no byte in the middle of a job.
    pub stall_limit: Duration,
    /// How long a whole job may take, over the time its bytes need on the wire.
    pub job_limit: Duration,
}

impl PrinterSettings {
    /// A printer with the limits that suit most.
    pub fn new(port: impl Into<PathBuf>, baud: u32, profile: Profile) -> PrinterSettings {
        PrinterSettings {
            port: port.into(),
            baud,
            flow: FlowControl::None,
            profile,
            answer_limit: Duration::from_secs(1),
            stall_limit: Duration::from_secs(5),
            job_limit: Duration::from_secs(20),
        }
    }
}

/// A printer on its line. It opens the line again by itself when the device was gone and came back.
#[derive(Debug)]
pub struct Printer {
    settings: PrinterSettings,
    line: Option<Line>,
    /// A job broke off: the buffers may hold the rest of it.
    dirty: bool,
    /// A job broke off: its upper part may hang in the printer.
    scrap: bool,
}

/// What the replies have said during one job.
#[derive(Default)]
struct Seen {
    reached_end: bool,
    /// A fault that ends the job.
    fault: Option<Fault>,
    /// What the last automatic status said, also of faults that a job may survive.
    last: Option<Fault>,
}

impl Printer {
    /// Opens the line. The printer itself is first asked before a job or for its status.
    pub fn open(settings: PrinterSettings) -> Result<Printer, PrinterError> {
        let line = Line::open(&settings.port, settings.baud, settings.flow)?;
        Ok(Printer { settings, line: Some(line), dirty: false, scrap: false })
    }

    /// A printer that need not be there yet: the kiosk starts without it, and it is looked for
    /// whenever it is needed. Until then it is [`Fault::Unplugged`].
    pub fn unopened(settings: PrinterSettings) -> Printer {
        Printer { settings, line: None, dirty: false, scrap: false }
    }

    /// How the printer is now. Takes at most the answer limit when it is silent.
    pub fn status(&mut self) -> PrinterStatus {
        match self.ask_status(&mut Seen::default(), None) {
            Ok(status) => status,
            Err(fault) => PrinterStatus::unreachable(fault),
        }
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

    /// Prints the bytes that [`encode`](super::encode()) made for this job, and waits for its end.
    pub fn print(&mut self, bytes: &[u8], job: JobId) -> JobEnd {
        if let Err(fault) = self.prepare() {
            return JobEnd::NotPrinted(fault);
        }
        let wire =
            Duration::from_millis(bytes.len() as u64 * 10_000 / u64::from(self.settings.baud.max(300)));
        let deadline = Instant::now() + self.settings.job_limit + wire;
        let mut seen = Seen::default();
        let (sent, end) = self.send_job(bytes, job, deadline, &mut seen);
        let end = end.and_then(|()| self.await_end(job, deadline, &mut seen));
        match end {
            Ok(()) => JobEnd::Printed,
            Err(fault) if sent == 0 => JobEnd::NotPrinted(fault),
            Err(fault) => {
                self.distrust();
                JobEnd::NotKnown(fault)
            }
        }
    }

    /// Everything that must be right before a ticket's first byte leaves.
    fn prepare(&mut self) -> Result<(), Fault> {
        let status = self.ask_status(&mut Seen::default(), None)?;
        if let Some(fault) = status.fault {
            return Err(fault);
        }
        if self.dirty {
            self.clear()?;
        }
        if self.scrap {
            // Its own cut: a ticket that begins with another patient's half would be worse.
            let mut bytes = command::INITIALISE.to_vec();
            match self.settings.profile.cutter {
                Cutter::None => bytes.extend(command::feed_lines(4)),
                cutter => bytes.extend(command::feed_and_cut(cutter == Cutter::Full, 0)),
            }
            self.send_now(&bytes)?;
            self.scrap = false;
        }
        // The job switches it on too, behind its own initialisation. Here it bridges the bytes
        // before that: a printer whose buffer fills up while it is offline takes no question.
        self.send_now(&command::AUTOMATIC_STATUS_ON)
    }

    /// Sends a job's bytes and says how many left. An error ends the job there.
    fn send_job(
        &mut self,
        bytes: &[u8],
        job: JobId,
        deadline: Instant,
        seen: &mut Seen,
    ) -> (usize, Result<(), Fault>) {
        let mut sent = 0;
        for chunk in bytes.chunks(CHUNK) {
            let Some(line) = self.line.as_mut() else { return (sent, Err(Fault::Unplugged)) };
            // No mark of this job can come back before its last bytes have left.
            seen.reached_end = false;
            let limit = deadline.min(Instant::now() + self.settings.stall_limit);
            let (count, result) = line.send(chunk, limit);
            sent += count;
            while let Ok(reply) = line.reply(Instant::now()) {
                seen.note(&reply, job, &self.settings.profile);
            }
            if let Some(fault) = seen.fault {
                return (sent, Err(fault));
            }
            match result {
                Ok(()) => {}
                Err(NoReply::Lost) => return (sent, Err(self.lost())),
                Err(NoReply::Silence) => return (sent, Err(seen.last.unwrap_or(Fault::Stuck))),
            }
        }
        (sent, Ok(()))
    }

    /// Waits for the printer's word that the job is through.
    fn await_end(&mut self, job: JobId, deadline: Instant, seen: &mut Seen) -> Result<(), Fault> {
        loop {
            // The order matters: a fault that comes behind the mark is not this job's.
            if seen.reached_end {
                return self.check_blade(job);
            }
            if let Some(fault) = seen.fault {
                return Err(fault);
            }
            let now = Instant::now();
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(deadline.min(now + ASK_AFTER)) {
                Ok(reply) => seen.note(&reply, job, &self.settings.profile),
                Err(NoReply::Lost) => return Err(self.lost()),
                Err(NoReply::Silence) => {
                    let answer = self.ask_status(seen, Some(job));
                    let over = Instant::now() >= deadline;
                    match answer {
                        _ if seen.reached_end => {}
                        Ok(PrinterStatus { fault: Some(fault), .. }) if over || ends_a_job(fault) => {
                            return Err(fault);
                        }
                        Ok(_) if over => return Err(Fault::NotConfirmed),
                        Err(Fault::Unplugged) => return Err(Fault::Unplugged),
                        // A busy printer may be slow to answer, and one whose buffer is full takes no
                        // question at all: the deadline decides, and what it said before explains.
                        Err(fault) if over => return Err(seen.last.unwrap_or(fault)),
                        Ok(_) | Err(_) => {}
                    }
                }
            }
        }
    }

    /// The ordered paper status says nothing of the blade, so a printer without process IDs is asked
    /// for errors once more.
    fn check_blade(&mut self, job: JobId) -> Result<(), Fault> {
        if self.settings.profile.process_id {
            return Ok(());
        }
        match self.ask_status(&mut Seen::default(), Some(job))?.fault {
            Some(fault @ (Fault::CutterError | Fault::Mechanical | Fault::Unrecoverable)) => Err(fault),
            _ => Ok(()),
        }
    }

    /// A job broke off, in this program or in one before it that was stopped in the middle of a ticket.
    /// What is left of it is cleared at once if that goes: a printer that gets new paper would otherwise go
    /// on with a ticket that nobody waits for. In any case it is cleared before the next job.
    pub fn distrust(&mut self) {
        self.dirty = true;
        self.scrap = true;
        if self.settings.profile.buffer_clear {
            // When this fails it is tried again, and must succeed, before the next job.
            let _ = self.clear();
        }
    }

    /// Clears the printer's buffers, and forgets what the system still holds for it.
    fn clear(&mut self) -> Result<(), Fault> {
        self.connect()?;
        if let Some(line) = self.line.as_ref() {
            line.forget_unsent();
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
            // What it can still be waiting for at most is a band of a picture. White dots fill that,
            // and outside of a picture NUL prints nothing.
            let mut bytes = vec![0; Bitmap::longest_band(self.settings.profile.dots_per_line)];
            bytes.extend(command::INITIALISE);
            self.send_now(&bytes)?;
        }
        self.dirty = false;
        Ok(())
    }

    /// Asks for the four status bytes one by one, since an answer does not name its question. Other
    /// replies that come meanwhile are noted.
    fn ask_status(&mut self, seen: &mut Seen, job: Option<JobId>) -> Result<PrinterStatus, Fault> {
        self.connect()?;
        if job.is_none() {
            self.drain()?;
        }
        let mut answers = [0; 4];
        for (n, answer) in (1..).zip(&mut answers) {
            let limit = Instant::now() + self.settings.answer_limit;
            self.send_now(&command::ask_status(n))?;
            *answer = loop {
                let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
                match line.reply(limit) {
                    Ok(Reply::RealTime(byte)) => break byte,
                    Ok(reply) => {
                        if let Some(job) = job {
                            seen.note(&reply, job, &self.settings.profile);
                        }
                    }
                    Err(NoReply::Lost) => return Err(self.lost()),
                    Err(NoReply::Silence) => return Err(Fault::NoAnswer),
                }
            };
        }
        let [printer, offline, error, paper] = answers;
        Ok(PrinterStatus::from_real_time(printer, offline, error, paper))
    }

    /// Throws away replies to earlier questions, so that none is taken for an answer to the next.
    fn drain(&mut self) -> Result<(), Fault> {
        loop {
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(Instant::now()) {
                Ok(_) => {}
                Err(NoReply::Silence) => return Ok(()),
                // It was lost while nobody looked. It may be back already.
                Err(NoReply::Lost) => {
                    self.line = None;
                    return self.connect();
                }
            }
        }
    }

    fn send_now(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let limit = Instant::now() + self.settings.answer_limit;
        let Some(line) = self.line.as_mut() else { return Err(Fault::Unplugged) };
        match line.send(bytes, limit).1 {
            Ok(()) => Ok(()),
            Err(NoReply::Silence) => Err(Fault::NoAnswer),
            Err(NoReply::Lost) => Err(self.lost()),
        }
    }

    fn connect(&mut self) -> Result<(), Fault> {
        if self.line.is_none() {
            let PrinterSettings { port, baud, flow, .. } = &self.settings;
            self.line = Some(Line::open(port, *baud, *flow).map_err(|_| Fault::Unplugged)?);
        }
        Ok(())
    }

    fn lost(&mut self) -> Fault {
        self.line = None;
        Fault::Unplugged
    }
}

impl Seen {
    fn note(&mut self, reply: &Reply, job: JobId, profile: &Profile) {
        match reply {
            Reply::Block { kind: PROCESS_ID, data } if profile.process_id => {
                self.reached_end |= data[..] == job.cut_mark();
            }
            Reply::Ordered(_) if !profile.process_id => self.reached_end = true,
            Reply::Automatic(bytes) if !self.reached_end => {
                self.last = PrinterStatus::from_automatic(*bytes).fault;
                self.fault = self.fault.or(self.last.filter(|fault| ends_a_job(*fault)));
            }
            _ => {}
        }
    }
}

/// Whether the job is over with this fault. A hot head cools down and goes on, and «offline» without
/// a cause is what a printer says for a moment while someone presses its feed button.
fn ends_a_job(fault: Fault) -> bool {
    !matches!(fault, Fault::Overheated | Fault::Offline)
}
