//! The till: the one thread that works the payment terminal. It lets the terminal charge, finds out what became of
//! a charge whose end it did not see, and does what the desk asks: refunds, the end of day.
//!
//! **Invariants.** The intent is on the disk before the terminal is told, and the terminal's result before that is
//! acknowledged. One intent is open at most, and while it is, nobody pays at this terminal. An intent closes when it
//! is *known* what became of it: by the terminal, or by a person.

mod card;
mod work;

pub use card::{CardTerminal, TerminalError, terminal};

use super::session::{NotChargedWhy, PaymentNews, TerminalShows};
use crate::clinic::InForce;
use crate::front_desk::payment::{Payment, PaymentId};
use crate::store::StoreHandle;
use crate::watchdog::{Part, SignsOfLife};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use vestibule_hardware::terminal::{Aborter, Terminal, TerminalSettings};
pub use work::{Pace, Work};

/// How often the till looks whether the desk asks something of the terminal.
const LOOK: Duration = Duration::from_millis(500);

/// What the till works with.
pub struct TillParts {
    /// The routines.
    pub clinic: InForce,
    /// The kiosk's store.
    pub store: StoreHandle,
    /// The terminal; none where the kiosk has none.
    pub terminal: Option<TerminalSettings>,
    /// Where it shows that it goes on.
    pub signs: SignsOfLife,
    /// Told what is heard of each payment.
    pub tell: Box<dyn Fn(PaymentId, PaymentNews) + Send>,
    /// Called when facts were added to the store, or something is to be printed.
    pub committed: Box<dyn Fn() + Send>,
}

/// The running thread. Dropping it asks the terminal to stop and waits for the end of what is under way.
pub struct Till {
    handle: TillHandle,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Which payments the patient wants to stop.
type Stopping = Arc<Mutex<BTreeSet<PaymentId>>>;

/// Gives the till work, from any thread.
#[derive(Clone)]
pub struct TillHandle {
    payments: Sender<Payment>,
    stopping: Stopping,
    aborter: Option<Aborter>,
}

impl TillHandle {
    /// Lets the terminal charge a payment. What comes of it is told.
    pub fn pay(&self, payment: Payment) {
        // Without a receiver the kiosk is stopping; nothing was charged, and nobody is there to be told.
        let _ = self.payments.send(payment);
    }

    /// Asks the terminal to stop, if it still can.
    pub fn stop(&self, payment: PaymentId) {
        self.stopping.lock().unwrap_or_else(PoisonError::into_inner).insert(payment);
        if let Some(aborter) = &self.aborter {
            aborter.abort();
        }
    }
}

impl Till {
    /// Starts the thread.
    pub fn start(parts: TillParts) -> std::io::Result<Self> {
        let (payments, asked) = channel();
        let terminal = parts.terminal.map(Terminal::unopened);
        let aborter = terminal.as_ref().map(Terminal::aborter);
        let stopping = Stopping::default();
        let handle = TillHandle { payments, stopping: Arc::clone(&stopping), aborter };
        let stop = Arc::new(AtomicBool::new(false));
        let (clinic, store, tell, committed) = (parts.clinic, parts.store, parts.tell, parts.committed);
        let work = Work {
            clinic,
            store,
            terminal,
            tell,
            committed,
            pace: Pace::default(),
            stopping,
            stop: Arc::clone(&stop),
            health: None,
            look_again: None,
            begun: None,
        };
        let signs = parts.signs;
        let thread =
            std::thread::Builder::new().name("till".into()).spawn(move || run(work, &asked, &signs))?;
        Ok(Self { handle, stop, thread: Some(thread) })
    }

    /// By which the till is given work.
    pub fn handle(&self) -> TillHandle {
        self.handle.clone()
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(aborter) = &self.handle.aborter {
            aborter.abort();
        }
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed already.
            let _ = thread.join();
        }
    }
}

fn run<T: CardTerminal>(mut work: Work<T>, asked: &Receiver<Payment>, signs: &SignsOfLife) {
    work.begin();
    loop {
        signs.show(Part::Till, Instant::now());
        work.settle_if_due();
        work.do_tasks();
        work.look_at_the_terminal();
        if work.stop.load(Ordering::Relaxed) {
            return;
        }
        match asked.recv_timeout(LOOK) {
            Ok(payment) => work.pay(payment),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
