//! Carries out what the session decides: store, printer, scanner, link and clocks. It knows no screen; a
//! window, or nothing at all, stands in front of it.
//!
//! **Invariant:** nothing here waits. Every effect is handed to the thread that owns its resource, and what
//! comes of it returns through the mailbox.

mod answering;
mod effects;
mod hearing;
mod heeding;
mod own_store;

pub use own_store::store_path;

use super::clock::{self, KnownTime};
use super::device_reports::{report, report_later};
use super::nightly::Nightly;
use super::orders::Orders;
use super::printing::{Printing, PrintingError, PrintingParts, PrintingWaker};
use super::screens::{self, View};
use super::session::{Event, Moment, Place, Session, Step, step};
use super::till::{self, Till, TillHandle, TillParts};
use super::vitals::{self, Vitals};
use crate::clinic::{Clinic, InForce, Kiosk};
use crate::doctor;
use crate::front_desk::request::RequestId;
use crate::link::heartbeat::{DeskClock, Pulse};
use crate::link::{Asking, Link, LinkNews, LinkPlace, LinkWaker};
use crate::store::{StoreError, StoreHandle};
use crate::watchdog::SignsOfLife;
use chrono::Utc;
use hearing::{adopted, hear_link, hear_orders, hear_routines, hear_scanner};
use own_store::{lock_store, open_store, set_aside};
use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use uuid::Uuid;
use vestibule_hardware::scanner::{Scanner, ScannerError};

/// Why a kiosk cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The clinic's file does not name it.
    #[error("the clinic's file names no kiosk \"{name}\": give --name one of {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// Its store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another program has its store.
    #[error("{path}: another program runs this kiosk already: stop it first")]
    RunsAlready {
        /// The lock file.
        path: PathBuf,
    },
    /// The printing.
    #[error(transparent)]
    Printing(#[from] PrintingError),
    /// The scanner.
    #[error(transparent)]
    Scanner(#[from] ScannerError),
    /// The link.
    #[error("the link to the desk cannot be started: {0}")]
    Link(std::io::Error),
    /// What works the payment terminal.
    #[error("the till cannot be started: {0}")]
    Till(std::io::Error),
    /// The payment terminal, as the clinic's file has it.
    #[error(transparent)]
    Terminal(#[from] till::TerminalError),
}

impl KioskError {
    /// The clinic's file names no such kiosk.
    pub fn unknown(clinic: &Clinic, name: &str) -> Self {
        let known: Vec<_> = clinic.kiosks.iter().map(|kiosk| kiosk.name.as_str()).collect();
        Self::Unknown { name: name.to_string(), known: known.join(", ") }
    }
}

/// What the desk is told where an upgrade has failed.
pub(crate) const WENT_BACK: &str =
    "the version before runs again, for the newer one did not become well: see vestibule doctor at the kiosk";

/// Takes events from any thread, and wakes whoever shows them.
#[derive(Clone)]
struct Mailbox {
    events: Sender<Event>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Mailbox {
    fn send(&self, event: Event) {
        // Without a receiver the kiosk has ended, and nobody waits for this.
        let _ = self.events.send(event);
        (self.wake)();
    }
}

/// Requests that are on the disk and not at the desk yet, each with its fact.
type OnTheWay = Arc<Mutex<Vec<(Uuid, RequestId)>>>;

/// A running kiosk.
pub struct Runner {
    /// The routines of this session: they change between two of them, never under somebody's hands.
    clinic: Arc<Clinic>,
    in_force: InForce,
    kiosk: Kiosk,
    session: Session,
    began: Instant,
    inbox: Receiver<Event>,
    mailbox: Mailbox,
    on_the_way: OnTheWay,
    printing_waker: PrintingWaker,
    link_waker: LinkWaker,
    asking: Asking,
    till: TillHandle,
    vitals: Vitals,
    orders: Orders,
    /// What is known beside this machine's clock, and what it was compared with.
    time: KnownTime,
    compares: DeskClock,
    nightly: Nightly,
    /// The program is to start anew; where the desk has ordered it, that is on the disk.
    restart: Arc<AtomicBool>,
    path: PathBuf,
    // In the order in which they must end: what feeds the mailbox first, the store last.
    _scanner: Option<Scanner>,
    _till: Till,
    _printing: Printing,
    _link: Link,
    store: StoreHandle,
    _lock: File,
}

impl Runner {
    /// Starts the kiosk with a name: its store, its devices and its link. `wake` is called from any thread
    /// when [`Runner::pump`] has something to do; it must not wait.
    pub fn start(
        clinic: Arc<Clinic>,
        name: &str,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, KioskError> {
        let Some(kiosk) = clinic.kiosk(name).cloned() else {
            return Err(KioskError::unknown(&clinic, name));
        };
        let path = store_path(&clinic, name);
        let lock = lock_store(&path)?;
        let store = open_store(&path, name)?;
        let (events, inbox) = channel();
        let mailbox = Mailbox { events, wake: Arc::new(wake) };
        let on_the_way = OnTheWay::default();

        let trouble = set_aside(&path)?;
        if !trouble.is_empty() {
            tracing::error!("{trouble}");
        }
        // On a full disk the desk hears of it at the next start; the kiosk does not wait for that.
        if let Err(error) = report(&store, "store", &trouble) {
            tracing::error!("the store's state cannot be told: {error}");
        }

        let went_back = if doctor::has_gone_back(&clinic.data, "kiosk") { WENT_BACK } else { "" };
        if let Err(error) = report(&store, "version", went_back) {
            tracing::error!("the version's state cannot be told: {error}");
        }

        let vitals = Vitals::new(&kiosk);
        let in_force = InForce::new(adopted(&clinic, &store, &vitals)?);
        let clinic = in_force.now();
        let desk_clock = DeskClock::default();
        let mut time = KnownTime::new(store.run(|store| store.last_word_of_the_desk())?);
        if let Some(Err(error)) = time.judge(None).map(|words| report(&store, CLOCK, &words)) {
            tracing::error!("the clock's state cannot be told: {error}");
        }
        let orders = Orders::start(&store, desk_clock.clone())?;
        let own = name.to_string();
        let closed = store.run(move |store| store.closed_notice(&own))?;
        let pulse = {
            let vitals = vitals.clone();
            let gather = Box::new(move || vitals.heartbeat());
            let desk_clock = desk_clock.clone();
            Pulse { gather, look: vitals::look, clock: Utc::now, time: clock::now, desk_clock }
        };
        let (hearing, under_way) = (mailbox.clone(), on_the_way.clone());
        let (routines, own_store) = (in_force.clone(), store.clone());
        let (noted, own_orders) = (vitals.clone(), orders.clone());
        let hear = move |news| {
            if let LinkNews::Facts(facts) = &news {
                hear_routines(facts, &routines, &own_store, &noted);
                hear_orders(facts, &own_orders, &own_store, &hearing);
            }
            hear_link(news, &hearing, &under_way);
        };
        let link = Link::start_with(LinkPlace::of(&clinic, name), store.clone(), Some(pulse), hear)
            .map_err(KioskError::Link)?;
        let (link_waker, asking) = (link.waker(), link.asking());

        let (paper, after_print) = (mailbox.clone(), link_waker.clone());
        let printing = Printing::start(PrintingParts {
            clinic: in_force.clone(),
            store: store.clone(),
            place: kiosk.printer.clone(),
            vitals: vitals.clone(),
            torn: orders.left_a_torn_page(),
            ended: Box::new(move |printed, state| paper.send(Event::Paper(printed.into(), state))),
            committed: Box::new(move || after_print.wake()),
        })?;
        let printing_waker = printing.waker();

        let (heard, link_after_till, print_after_till) =
            (mailbox.clone(), link_waker.clone(), printing_waker.clone());
        let till = Till::start(TillParts {
            clinic: in_force.clone(),
            store: store.clone(),
            terminal: till::terminal(&kiosk, &clinic)?,
            signs: vitals.signs.clone(),
            tell: Box::new(move |payment, news| heard.send(Event::Payment(payment, news))),
            committed: Box::new(move || {
                link_after_till.wake();
                print_after_till.wake();
            }),
        })
        .map_err(KioskError::Till)?;

        let scanner = match &kiosk.scanner {
            None => None,
            Some(place) => {
                let (scans, scanner_store) = (mailbox.clone(), store.clone());
                let hear = move |event| hear_scanner(event, &scans, &scanner_store);
                Some(Scanner::open_port_or_wait(place.device(), hear)?)
            }
        };

        let began = Instant::now();
        let mut session = Session::new(moment(began));
        session.closed = closed;
        Ok(Self {
            session,
            clinic,
            in_force,
            kiosk,
            began,
            inbox,
            mailbox,
            on_the_way,
            printing_waker,
            link_waker,
            asking,
            till: till.handle(),
            vitals,
            orders,
            time,
            compares: desk_clock,
            nightly: Nightly::new(),
            restart: Arc::default(),
            path,
            _scanner: scanner,
            _till: till,
            _printing: printing,
            _link: link,
            store,
            _lock: lock,
        })
    }

    /// Whether its parts go on.
    pub fn signs(&self) -> SignsOfLife {
        self.vitals.signs.clone()
    }

    /// The clinic's routines.
    pub fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// This kiosk's part of them.
    pub fn kiosk(&self) -> &Kiosk {
        &self.kiosk
    }

    /// The kiosk's store.
    pub fn store(&self) -> &StoreHandle {
        &self.store
    }

    /// Something happened at the glass.
    pub fn happen(&mut self, event: Event) {
        self.take_routines();
        let place = Place { clinic: &self.clinic, kiosk: &self.kiosk.name };
        let (session, effects) = step(self.session.clone(), event, place, moment(self.began));
        self.session = session;
        for effect in effects {
            self.carry_out(effect);
        }
        self.vitals.occupancy(self.session.occupancy());
    }

    /// Between two people, routines that were changed take effect.
    fn take_routines(&mut self) {
        let clinic = self.in_force.now();
        if self.session.step != Step::Welcome || Arc::ptr_eq(&clinic, &self.clinic) {
            return;
        }
        let language = self.session.language_code(&self.clinic);
        self.session.language = clinic.languages.iter().position(|code| code == language).unwrap_or(0);
        self.clinic = clinic;
    }

    /// Takes what other threads have brought, and lets time pass.
    pub fn pump(&mut self) {
        if let Some(words) = self.time.judge(self.compares.now_there()) {
            report_later(&self.store, CLOCK, words);
        }
        while let Ok(event) = self.inbox.try_recv() {
            self.happen(event);
        }
        self.happen(Event::Ticked);
        self.heed_orders();
        if self.session.is_idle() {
            self.nightly.go_on(&self.store, &self.clinic);
        }
    }

    /// Whether the program is to start anew, and nobody is at the kiosk. An order of the desk to do so is on the disk
    /// by now: the next start tells the desk that it was done.
    pub fn must_restart(&self) -> bool {
        self.restart.load(Ordering::Relaxed) && self.session.is_idle()
    }

    /// What is on the glass.
    pub fn view(&self) -> View {
        screens::view(&self.session, &self.clinic, (&self.kiosk).into())
    }
}

fn moment(began: Instant) -> Moment {
    Moment { now: clock::now(), at: began.elapsed(), id: Uuid::now_v7() }
}

/// What the desk is told of as a device that does not do its part.
const CLOCK: &str = "clock";

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
