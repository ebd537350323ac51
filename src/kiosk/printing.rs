//! The printing of tickets: a thread that takes print jobs from the store one by one, and keeps an eye on
//! the printer in between.

use super::clock;
use super::device_reports::report;
use super::paper::{appointment, receipt, slip, ticket};
use super::screens::Speaker;
use super::vitals::Vitals;
use crate::clinic::{InForce, PrinterPlace};
use crate::doctor::test_page;
use crate::front_desk::ticket::PaperState;
use crate::store::{Paper, PrintJob, RequestRow, StoreError, StoreHandle};
use crate::watchdog::Part;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use vestibule_hardware::printer::{
    Document, Fault, Fonts, JobEnd, JobId, Printer, PrinterSettings, PrinterStatus, Profile, encode,
};

/// How often the printer is asked how it is when there is nothing to print: whether it is still there, it does not
/// say by itself.
const LOOK: Duration = Duration::from_secs(2);
/// How often it is listened to in between, for what it says by itself: an open cover, the end of its paper.
const LISTEN: Duration = Duration::from_millis(100);
/// A ticket that has waited longer than this (the kiosk was off) is of no use to anybody: its holder has
/// left the kiosk, and its paper would be taken by the next. The desk is told instead.
const OF_USE: TimeDelta = TimeDelta::minutes(2);

/// What the printing thread works with.
pub struct PrintingParts {
    /// The routines.
    pub clinic: InForce,
    /// The kiosk's store.
    pub store: StoreHandle,
    /// Where the printer is; none where the kiosk has none.
    pub place: Option<PrinterPlace>,
    /// Where it is noted how the printer is.
    pub vitals: Vitals,
    /// Whether a page that is no ticket was being printed when the kiosk stopped.
    pub torn: bool,
    /// Told what became of each ticket's paper.
    pub ended: Box<dyn Fn(Paper, PaperState) + Send>,
    /// Called when facts were added to the store.
    pub committed: Box<dyn Fn() + Send>,
}

/// The running thread. Dropping it ends it after the job that is under way.
pub struct Printing {
    waker: PrintingWaker,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Tells the printing thread that there is something to print.
#[derive(Clone)]
pub struct PrintingWaker(Sender<Work>);

/// What the printing thread is woken for.
enum Work {
    /// Something waits in the store.
    Look,
    /// A test page is to be printed for the kiosk with a name; what became of it is told.
    TestPage(String, Box<dyn FnOnce(Result<(), String>) + Send>),
}

impl PrintingWaker {
    /// Something was queued.
    pub fn wake(&self) {
        // If the thread has ended, so has the kiosk; what is queued stays in the store.
        let _ = self.0.send(Work::Look);
    }

    /// Prints a test page, and tells what became of it; why not, in words for staff.
    pub fn print_test_page(&self, kiosk: &str, ended: impl FnOnce(Result<(), String>) + Send + 'static) {
        let _ = self.0.send(Work::TestPage(kiosk.to_string(), Box::new(ended)));
    }
}

impl Printing {
    /// Starts the thread. The printer itself need not be there.
    pub fn start(parts: PrintingParts) -> Result<Self, PrintingError> {
        let profile = parts.place.as_ref().map(|place| place.profile.clone());
        let printer = parts
            .place
            .clone()
            .map(|place| Printer::unopened(PrinterSettings::new(place.port, place.baud, place.profile)));
        let fonts = Fonts::new(&vestibule_ui::fonts::fonts())?;
        let (waker, woken) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("printing".into()).spawn(move || {
            let mut bench = Bench { parts, printer, profile, fonts, told: None };
            bench.end_what_was_interrupted(&stopped);
            bench.clear_what_was_left();
            while !stopped.load(Ordering::Relaxed) {
                bench.parts.vitals.signs.show(Part::Printing, Instant::now());
                bench.print_what_waits(&stopped);
                bench.look_at_the_printer();
                match bench.listen_until_woken(&woken, Instant::now() + LOOK) {
                    Ok(Work::Look) | Err(RecvTimeoutError::Timeout) => {}
                    Ok(Work::TestPage(kiosk, ended)) => ended(bench.print_test_page(&kiosk)),
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        })?;
        Ok(Self { waker: PrintingWaker(waker), stop, thread: Some(thread) })
    }

    /// Whom to tell when something was queued.
    pub fn waker(&self) -> PrintingWaker {
        self.waker.clone()
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.waker.wake();
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed already.
            let _ = thread.join();
        }
    }
}

/// Why nothing can ever be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintingError {
    /// The fonts.
    #[error("the fonts of the tickets cannot be used: {0}")]
    Fonts(#[from] vestibule_hardware::printer::FontError),
    /// The system.
    #[error("the printing thread cannot be started: {0}; stop other programs")]
    Thread(#[from] std::io::Error),
}

struct Bench {
    parts: PrintingParts,
    printer: Option<Printer>,
    profile: Option<Profile>,
    fonts: Fonts,
    /// What the desk was last told of the printer.
    told: Option<String>,
}

impl Bench {
    /// Tickets that were being printed when the kiosk last stopped: their end is written down before anything
    /// else is printed. On a full disk that waits for room; the kiosk itself does not.
    fn end_what_was_interrupted(&self, stop: &AtomicBool) {
        loop {
            match self.parts.store.run(|store| store.end_interrupted_print_jobs(clock::now())) {
                Ok(tickets) if tickets.is_empty() => return,
                Ok(tickets) => {
                    let count = tickets.len();
                    tracing::warn!(count, "tickets were being printed when this kiosk stopped");
                    return (self.parts.committed)();
                }
                Err(error) => tracing::error!("the end of interrupted tickets cannot be kept yet: {error}"),
            }
            if stop.load(Ordering::Relaxed) {
                return;
            }
            // A full disk is no standstill of this thread: to start the kiosk anew would not make room.
            self.parts.vitals.signs.show(Part::Printing, Instant::now());
            std::thread::sleep(LOOK);
        }
    }

    /// A kiosk that stopped in the middle of a ticket left half of it in the printer. It must not come out
    /// on the next patient's paper, nor swallow its beginning.
    fn clear_what_was_left(&mut self) {
        let Some(printer) = self.printer.as_mut() else { return };
        match self.parts.store.run(|store| store.last_print_is_in_doubt()) {
            Ok(false) if !self.parts.torn => {}
            Ok(_) => printer.distrust(),
            Err(error) => {
                tracing::error!("what was printed last is not known: {error}");
                printer.distrust();
            }
        }
    }

    fn print_what_waits(&mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            // Many tickets in a row are no standstill.
            self.parts.vitals.signs.show(Part::Printing, Instant::now());
            let job = match self.parts.store.run(|store| store.start_print_job()) {
                Ok(Some(job)) => job,
                Ok(None) => return,
                Err(error) => {
                    tracing::error!("no print job can be taken: {error}");
                    return;
                }
            };
            let (state, cause) = self.print(&job, clock::now());
            if state != PaperState::Printed {
                tracing::warn!(paper = ?job.paper, copy = job.copy, state = state.word(), "{cause}");
            }
            self.keep_end(&job, state, &cause, stop);
            (self.parts.committed)();
        }
    }

    fn print(&mut self, job: &PrintJob, now: DateTime<Utc>) -> (PaperState, String) {
        let not_printed = |cause: String| (PaperState::NotPrinted, cause);
        if now - job.queued_at > OF_USE {
            return not_printed("the kiosk was off when this ticket should have been printed".into());
        }
        let (Some(printer), Some(profile)) = (self.printer.as_mut(), self.profile.as_ref()) else {
            return not_printed("this kiosk has no printer".into());
        };
        let document = match document(&self.parts, job) {
            Ok(Some(document)) => document,
            Ok(None) => return not_printed("the kiosk does not know what to print".into()),
            Err(error) => return not_printed(error.to_string()),
        };
        // Only one job is ever under way, so a name that begins anew after 46 656 jobs does no harm.
        let name = JobId::new(u32::try_from(job.id.rem_euclid(i64::from(JobId::COUNT))).unwrap_or(0));
        let bytes = match encode(&document, profile, &self.fonts, name) {
            Ok(bytes) => bytes,
            Err(error) => return not_printed(error.to_string()),
        };
        match printer.print(&bytes, name) {
            JobEnd::Printed => (PaperState::Printed, String::new()),
            JobEnd::NotPrinted(fault) => not_printed(fault.to_string()),
            JobEnd::NotKnown(fault) => (PaperState::NotKnown, fault.to_string()),
        }
    }

    fn print_test_page(&mut self, kiosk: &str) -> Result<(), String> {
        let (Some(printer), Some(profile)) = (self.printer.as_mut(), self.profile.as_ref()) else {
            return Err("this kiosk has no printer".into());
        };
        let name = JobId::new(0);
        let page = test_page(&self.parts.clinic.now(), kiosk);
        let bytes = encode(&page, profile, &self.fonts, name).map_err(|error| error.to_string())?;
        match printer.print(&bytes, name) {
            JobEnd::Printed => Ok(()),
            JobEnd::NotPrinted(fault) | JobEnd::NotKnown(fault) => Err(fault.to_string()),
        }
    }

    /// Until its end is on the disk, a job counts as sent; after a restart that reads *not known*. On a full disk
    /// the patient learns it at once, and the desk when there is room.
    fn keep_end(&self, job: &PrintJob, state: PaperState, cause: &str, stop: &AtomicBool) {
        let mut told = false;
        loop {
            let (ended, cause) = (job.clone(), cause.to_string());
            let kept =
                self.parts.store.run(move |store| store.end_print_job(&ended, state, &cause, clock::now()));
            if !std::mem::replace(&mut told, true) {
                (self.parts.ended)(job.paper, state);
            }
            match kept {
                Ok(()) => return,
                Err(error) => tracing::error!("the end of a print job cannot be kept yet: {error}"),
            }
            if stop.load(Ordering::Relaxed) {
                return;
            }
            // A full disk is no standstill of this thread: to start the kiosk anew would not make room.
            self.parts.vitals.signs.show(Part::Printing, Instant::now());
            std::thread::sleep(LOOK);
        }
    }

    /// Waits for something to do until the printer is to be asked again, and listens to it meanwhile.
    fn listen_until_woken(
        &mut self,
        woken: &Receiver<Work>,
        until: Instant,
    ) -> Result<Work, RecvTimeoutError> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match woken.recv_timeout(left.min(LISTEN)) {
                Err(RecvTimeoutError::Timeout) if left > LISTEN => {
                    if let Some(status) = self.printer.as_mut().and_then(Printer::overheard) {
                        self.tell_of_the_printer(&status);
                    }
                }
                work => return work,
            }
        }
    }

    fn look_at_the_printer(&mut self) {
        if let Some(status) = self.printer.as_mut().map(Printer::status) {
            self.tell_of_the_printer(&status);
        }
    }

    /// Tells the desk when the printer gets into trouble or out of it.
    fn tell_of_the_printer(&mut self, status: &PrinterStatus) {
        self.parts.vitals.printer(status);
        let trouble = match status.fault {
            Some(Fault::NotConfirmed | Fault::Stuck) => String::new(),
            _ => status.words().unwrap_or_default(),
        };
        if self.told.as_ref() == Some(&trouble) {
            return;
        }
        match report(&self.parts.store, "printer", &trouble) {
            Ok(()) => {
                (self.parts.committed)();
                self.told = Some(trouble);
            }
            Err(error) => tracing::error!("the printer's state cannot be kept: {error}"),
        }
    }
}

/// What stands on the paper; nothing where its record is gone.
fn document(parts: &PrintingParts, job: &PrintJob) -> Result<Option<Document>, StoreError> {
    let clinic = &*parts.clinic.now();
    Ok(match job.paper {
        Paper::Ticket(id) => {
            parts.store.run(move |store| store.ticket_to_print(id))?.map(|(ticket, appointment)| {
                let speaker = Speaker::new(&ticket.language, clinic);
                ticket::document(clinic, &speaker, &ticket, appointment.as_ref(), job.copy)
            })
        }
        Paper::Slip(id) => {
            let row = parts.store.run(move |store| store.request(id))?;
            row.and_then(|RequestRow { request, .. }| {
                let speaker = Speaker::new(&request.language, clinic);
                slip::document(clinic, &speaker, &request)
            })
        }
        Paper::Receipt(id) => {
            let ledger = parts.store.run(move |store| match store.payment(id)? {
                Some(row) => store.ledger_row(row).map(Some),
                None => Ok(None),
            })?;
            ledger.map(|ledger| {
                let speaker = Speaker::new(&ledger.row.payment.language, clinic);
                receipt::document(clinic, &speaker, &ledger, job.copy)
            })
        }
        Paper::Appointment(id) => {
            let appointment = parts.store.run(move |store| store.appointment(id))?;
            let speaker = Speaker::new(&job.language, clinic);
            appointment.map(|appointment| appointment::document(clinic, &speaker, &appointment))
        }
    })
}
