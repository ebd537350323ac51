//! Jobs and their end.
//!
//! | moment | what is seen | end |
//! |---|---|---|
//! | before the first byte that prints | no device, no answer, a fault | `NotPrinted` |
//! | while bytes leave | a fault, no byte taken for a while, the device gone | `NotKnown` |
//! | all bytes left | the mark behind the cut | `Printed` |
//! | all bytes left | that mark, on a line that carried noise meanwhile | `NotKnown` |
//! | all bytes left | that mark, and a question within the ticket without its answer | `NotKnown` |
//! | all bytes left | a fault before that mark, silence, the device gone | `NotKnown` |
//! | all bytes left | answers without a fault for a while, on a model that has no mark ([`Fence::RealTimeOnly`]) | `Printed` |
//!
//! After `NotKnown` the printer may hold half a ticket, or still wait for the rest of a picture and
//! swallow the next ticket as its dots. So its buffers are cleared, and the paper is cut, before the
//! next job's first byte; and no question is asked before that which could be read as the rest of a command.

mod question;
mod recovery;
mod speed;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::command;
use super::condition::{Fault, PrinterStatus};
use super::encode::part_from_roll;
use super::job::{JobEnd, JobId};
use super::line::{FlowControl, Line, NoReply, PrinterError};
use super::profile::{Fence, Profile};
use super::status::Reply;

#[cfg(test)]
pub(super) use question::HEAD;
#[cfg(test)]
pub(super) use speed::USUAL_SPEEDS;

/// Bytes given to the line before the replies are looked at again.
const CHUNK: usize = 256;
/// Silence behind the last byte after which the printer is asked how it is. A printer without
/// automatic status does not say by itself that its paper ran out.
const ASK_AFTER: Duration = Duration::from_secs(1);
/// How long the word that all is well is believed before a ticket. The kiosk looks every 2 s.
const FRESH: Duration = Duration::from_millis(2500);
/// How often in a row a printer that has no better word must say behind a ticket that nothing is wrong, a second
/// apart: in that time it has printed what it can.
const WELL: u8 = 3;
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
    /// The printer may wait for the rest of a command, and would take a question for it.
    unfinished: bool,
    /// Questions that stayed without their answer, which may still come.
    owed: u32,
    /// An answer came when nobody waited for it any more, and none in time since.
    late: bool,
    /// When it last said that all is well, and nothing else was heard since.
    well_at: Option<Instant>,
    /// Bits per second at which the line runs.
    baud: u32,
    /// The printer has answered at this speed.
    proven: bool,
    /// When its speed may be looked for again.
    search_at: Option<Instant>,
}

/// What the replies have said during one job.
#[derive(Default)]
struct Seen {
    /// The job's last bytes are leaving: from now on its end can be told.
    due: bool,
    reached_end: bool,
    /// Before that the line carried what no printer sends, or what nobody asked for. It may have done
    /// the same to the ticket, so the end proves nothing.
    disturbed: bool,
    /// Questions within the ticket that have left, and are not answered yet.
    unanswered: u32,
    /// The same, of those that an answer was not to be waited for any more when the printer was asked anew.
    unheard: u32,
    /// How often it said behind the last byte that all is well.
    well: u8,
    /// A fault that ends the job.
    fault: Option<Fault>,
    /// What the last automatic status said, also of faults that a job may survive.
    last: Option<Fault>,
}

impl Printer {
    /// Opens the line. The printer itself is first asked before a job or for its status.
    pub fn open(settings: PrinterSettings) -> Result<Printer, PrinterError> {
        let line = Line::open(&settings.port, settings.baud, settings.flow)?;
        Ok(Printer { line: Some(line), ..Printer::unopened(settings) })
    }

    /// A printer that need not be there yet: the kiosk starts without it, and it is looked for
    /// whenever it is needed. Until then it is [`Fault::Unplugged`].
    pub fn unopened(settings: PrinterSettings) -> Printer {
        Printer {
            line: None,
            dirty: false,
            scrap: false,
            unfinished: false,
            owed: 0,
            late: false,
            well_at: None,
            baud: settings.baud,
            proven: false,
            search_at: None,
            settings,
        }
    }

    /// Prints the bytes that [`encode`](super::encode()) made for this job, and waits for its end.
    pub fn print(&mut self, bytes: &[u8], job: JobId) -> JobEnd {
        let begun = match self.begin(bytes) {
            Ok(begun) => begun,
            Err(fault) => return JobEnd::NotPrinted(fault),
        };
        // The ticket itself may use up the paper.
        self.well_at = None;
        let bytes = &bytes[begun..];
        let wire = Duration::from_millis(bytes.len() as u64 * 10_000 / u64::from(self.baud.max(300)));
        let received = Instant::now() + wire;
        let deadline = received + self.settings.job_limit;
        let mut seen = Seen::default();
        let (sent, end) = self.send_job(bytes, job, deadline, &mut seen);
        let end = end.and_then(|()| self.await_end(job, received, deadline, &mut seen));
        match end {
            Ok(()) => JobEnd::Printed,
            Err(fault) if sent == 0 => JobEnd::NotPrinted(fault),
            Err(fault) => {
                self.owed += seen.unanswered;
                self.distrust();
                JobEnd::NotKnown(fault)
            }
        }
    }

    /// Everything up to a ticket's first byte that prints; how many of its bytes have left by then.
    ///
    /// A printer that has just said that all is well is asked once, whether it is still there and online, and the
    /// ticket's prelude is on its way behind the question. Without the question a printer that lost its power a
    /// second ago would leave a patient's ticket «not known» where it is certainly not printed. Whatever else than
    /// «online» comes back, it is asked as if nothing were known.
    fn begin(&mut self, bytes: &[u8]) -> Result<usize, Fault> {
        if self.is_known_to_be_well() {
            let prelude = if bytes.starts_with(&command::PRELUDE) { command::PRELUDE.len() } else { 0 };
            self.send_now(&[&command::ask_status(1), &bytes[..prelude]].concat())?;
            match self.answer(Instant::now() + self.settings.answer_limit, &mut Seen::default(), None) {
                Ok(answer) if is_online(answer) => return Ok(prelude),
                Ok(_) | Err(Fault::NoAnswer | Fault::AnswersLate | Fault::Noise) => {}
                Err(fault) => return Err(fault),
            }
        }
        self.prepare()?;
        Ok(0)
    }

    /// Whether it said within the last moments that all is well, and nothing was heard since that says otherwise.
    fn is_known_to_be_well(&mut self) -> bool {
        // What is heard here is noted in `well_at`.
        let _ = self.overheard();
        let at_rest = self.line.is_some() && !self.dirty && !self.scrap && !self.unfinished && self.owed == 0;
        at_rest && self.well_at.is_some_and(|at| at.elapsed() <= FRESH)
    }

    /// Everything that must be right before the first byte of a ticket of which nothing is known.
    fn prepare(&mut self) -> Result<(), Fault> {
        let status = self.ask_anew()?;
        if let Some(fault) = status.fault {
            return Err(fault);
        }
        if self.dirty {
            self.clear()?;
        }
        if self.scrap {
            // Its own cut: a ticket that begins with another patient's half would be worse. It tells by itself when
            // that cut jams: the ticket behind it may fill up its buffer, and then it takes no question.
            let mut bytes = [command::INITIALISE.as_slice(), &command::AUTOMATIC_STATUS_ON].concat();
            bytes.extend(part_from_roll(&self.settings.profile, 0));
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
            seen.due = sent + chunk.len() == bytes.len();
            let limit = deadline.min(Instant::now() + self.settings.stall_limit);
            let (count, result) = line.send(chunk, limit);
            seen.ask(
                command::count_questions(&bytes[..sent + count]) - command::count_questions(&bytes[..sent]),
            );
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

    /// Waits for the printer's word that the job is through. Until `received` its bytes are on the wire,
    /// and a question would only wait behind them.
    fn await_end(
        &mut self,
        job: JobId,
        received: Instant,
        deadline: Instant,
        seen: &mut Seen,
    ) -> Result<(), Fault> {
        let ask_after = ASK_AFTER.min(self.settings.answer_limit);
        loop {
            // The order matters: a fault that comes behind the mark is not this job's.
            if seen.reached_end && seen.disturbed {
                return Err(Fault::Noise);
            }
            if seen.reached_end && seen.unheard > 0 {
                // It held the line for a while, and was asked anew meanwhile. Whether anything is missing is known
                // when it has answered that too.
                let _ = self.ask_status(seen, Some(job));
            }
            if seen.reached_end && seen.unanswered + seen.unheard > 0 {
                return Err(Fault::Interrupted);
            }
            if seen.reached_end {
                return self.check_blade(job);
            }
            if let Some(fault) = seen.fault {
                return Err(fault);
            }
            let now = Instant::now();
            let Some(line) = self.line.as_ref() else { return Err(Fault::Unplugged) };
            match line.reply(deadline.min(now.max(received) + ask_after)) {
                Ok(Reply::RealTime(_)) if seen.unanswered == 0 => {
                    self.note_late_answer();
                    // All of them came, those within the ticket too.
                    if self.owed == 0 {
                        seen.unheard = 0;
                    }
                }
                Ok(reply) => seen.note(&reply, job, &self.settings.profile),
                Err(NoReply::Lost) => return Err(self.lost()),
                Err(NoReply::Silence) => {
                    // What still comes to a question within the ticket is no answer to these.
                    let late = std::mem::take(&mut seen.unanswered);
                    self.owed += late;
                    seen.unheard += late;
                    let answer = self.ask_status(seen, Some(job));
                    let over = Instant::now() >= deadline;
                    match answer {
                        _ if seen.reached_end => {}
                        // It answers in their order: what has not come by now will not come.
                        Ok(PrinterStatus { fault: None, .. }) if seen.unheard > 0 => {
                            return Err(Fault::Interrupted);
                        }
                        Ok(PrinterStatus { fault: Some(fault), .. }) if over || ends_a_job(fault) => {
                            return Err(fault);
                        }
                        Ok(PrinterStatus { fault: None, .. })
                            if self.settings.profile.fence == Fence::RealTimeOnly =>
                        {
                            seen.well += 1;
                            seen.due = true;
                            seen.reached_end = seen.well == WELL;
                        }
                        Ok(_) if over => return Err(Fault::NotConfirmed),
                        Err(Fault::Unplugged) => return Err(Fault::Unplugged),
                        // A busy printer may be slow to answer, and one whose buffer is full takes no
                        // question at all: the deadline decides, and what it said before explains.
                        Err(fault) if over => return Err(seen.last.unwrap_or(fault)),
                        Ok(_) | Err(_) => seen.well = 0,
                    }
                }
            }
        }
    }

    /// The ordered paper status says nothing of the blade, so a printer without process IDs is asked
    /// for errors once more.
    fn check_blade(&mut self, job: JobId) -> Result<(), Fault> {
        if self.settings.profile.fence == Fence::ProcessId {
            return Ok(());
        }
        let answer = self.ask_status(&mut Seen::default(), Some(job));
        if answer == Err(Fault::NoAnswer) && self.comes_late()? {
            return Err(Fault::AnswersLate);
        }
        match answer?.fault {
            Some(fault @ (Fault::CutterError | Fault::Mechanical | Fault::Unrecoverable)) => Err(fault),
            _ => Ok(()),
        }
    }
}

impl Seen {
    fn ask(&mut self, questions: usize) {
        self.unanswered += u32::try_from(questions).unwrap_or(u32::MAX);
    }

    fn note(&mut self, reply: &Reply, job: JobId, profile: &Profile) {
        // What comes behind the job's end is not this job's.
        if self.reached_end {
            return;
        }
        match reply {
            Reply::Block { kind: PROCESS_ID, data } if profile.fence == Fence::ProcessId => {
                self.reached_end = data[..] == job.cut_mark();
            }
            // It is not answered at paper end, so a byte that tells of one is none (Citizen, `GS r`).
            Reply::Ordered(byte) if self.due && profile.fence == Fence::OrderedStatus && byte & 0x0C == 0 => {
                self.reached_end = true;
            }
            Reply::Automatic(bytes) => {
                self.last = PrinterStatus::from_automatic(*bytes).fault;
                self.fault = self.fault.or(self.last.filter(|fault| ends_a_job(*fault)));
            }
            Reply::RealTime(_) => self.unanswered = self.unanswered.saturating_sub(1),
            Reply::Ordered(_) | Reply::Noise(_) => self.disturbed = true,
            _ => {}
        }
    }
}

/// Whether the job is over with this fault. A hot head cools down and goes on, and «offline» without
/// a cause is what a printer says for a moment while someone presses its feed button.
fn ends_a_job(fault: Fault) -> bool {
    !matches!(fault, Fault::Overheated | Fault::Offline)
}

/// Whether an answer to `DLE EOT 1` says that the printer is online, and waits for nobody to bring it back: no paper, an
/// open cover and every error take it offline.
fn is_online(answer: u8) -> bool {
    answer & 0x28 == 0
}
