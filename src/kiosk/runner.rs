//! Carries out what the session decides: store, printer, scanner, link and clocks. It knows no screen; a
//! window, or nothing at all, stands in front of it.
//!
//! **Invariant:** nothing here waits. Every effect is handed to the thread that owns its resource, and what
//! comes of it returns through the mailbox.

use super::orders::{self, Occasion, Orders};
use super::printing::{Printing, PrintingError, PrintingParts, PrintingWaker, report, report_in};
use super::screens::{self, View};
use super::session::{
    Answer, Ask, Effect, Event, Found, Identifiers, Known, Moment, NotChargedWhy, OpenCase, Owed,
    PaymentNews, Place, Printed, Question, Session, Step, VisitUnderWay, step,
};
use super::till::{self, Till, TillHandle, TillParts};
use super::vitals::{self, Vitals};
use crate::clinic::{self, Clinic, InForce, Kiosk};
use crate::front_desk::booking::{BookingAnswer, BookingOrder};
use crate::front_desk::code::Code;
use crate::front_desk::fleet::{KioskOrder, OrderEnd};
use crate::front_desk::patient::{self, Match, Patient, PatientId};
use crate::front_desk::payment::{ChargeFor, Payment};
use crate::front_desk::request::{Request, RequestId};
use crate::front_desk::ticket::PaperState;
use crate::link::fact::{Fact, FactKind};
use crate::link::heartbeat::{DeskClock, Pulse};
use crate::link::{Asking, Link, LinkNews, LinkPlace, LinkWaker};
use crate::routines;
use crate::store::{self, FleetOrder, RequestRow, Store, StoreError, StoreHandle};
use chrono::{DateTime, NaiveDate, Utc};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule_hardware::scanner::{ScanEvent, Scanner, ScannerError};

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

/// How long the desk may take to answer an order. A patient stands there; after it a person decides.
const ORDER_WITHIN: Duration = Duration::from_secs(8);

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
    /// The desk has ordered the program to start anew, and that is on the disk.
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

        let vitals = Vitals::new(&kiosk);
        let in_force = InForce::new(adopted(&clinic, &store, &vitals)?);
        let clinic = in_force.now();
        let desk_clock = DeskClock::default();
        let orders = Orders::start(&store, desk_clock.clone())?;
        let own = name.to_string();
        let closed = store.run(move |store| store.closed_notice(&own))?;
        let pulse = {
            let vitals = vitals.clone();
            let gather = Box::new(move || vitals.heartbeat());
            Pulse { gather, look: vitals::look, clock: Utc::now, desk_clock }
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
                Some(Scanner::open_or_wait(&place.port, place.baud, hear)?)
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
        while let Ok(event) = self.inbox.try_recv() {
            self.happen(event);
        }
        self.happen(Event::Ticked);
        self.heed_orders();
    }

    /// Whether the desk has ordered the program to start anew, and nobody is at the kiosk. That is on the disk:
    /// the next start tells the desk that it was done.
    pub fn must_restart(&self) -> bool {
        self.restart.load(Ordering::Relaxed) && self.session.is_idle()
    }

    /// Carries out what the desk orders, when its occasion has come.
    fn heed_orders(&mut self) {
        let occasion =
            Occasion { is_idle: self.session.is_idle(), can_be_ended: self.session.can_be_ended() };
        let Some(order) = self.orders.take(occasion) else { return };
        if self.orders.is_expired(&order, Utc::now()) {
            return self.end_order(&order, OrderEnd::Expired, None);
        }
        match order.what.clone() {
            KioskOrder::TakeOutOfService { notice, at_once } => {
                let closed = Event::Closed { notice, at_once };
                self.end_order(&order, orders::done("It is closed to patients."), Some(closed));
            }
            KioskOrder::BackInService => {
                self.end_order(&order, orders::done("It serves patients."), Some(Event::Reopened));
            }
            KioskOrder::Restart => self.begin_order(&order, Self::restarting),
            KioskOrder::ReadConfiguration => self.begin_order(&order, Self::reading),
            KioskOrder::PrintTestPage => self.begin_order(&order, Self::printing_test),
            KioskOrder::Examine => self.begin_order(&order, Self::examining),
        }
    }

    /// Keeps what became of an order that is done by keeping it; only what is kept is shown.
    fn end_order(&self, order: &FleetOrder, end: OrderEnd, shown: Option<Event>) {
        let (id, all, mailbox, link) =
            (order.id, self.orders.clone(), self.mailbox.clone(), self.link_waker.clone());
        let told = self.store.tell(move |store| {
            let kept = store.end_kiosk_task(id, end, Utc::now());
            match &kept {
                Ok(true) => {
                    link.wake();
                    shown.into_iter().for_each(|event| mailbox.send(event));
                }
                Ok(false) => {}
                Err(error) => tracing::error!("an order of the desk cannot be kept yet: {error}"),
            }
            all.let_go(id, kept.is_ok());
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }

    /// Keeps that an order is begun, then does it: whatever stops the kiosk in between, it is not done twice.
    fn begin_order(&self, order: &FleetOrder, how: fn(&Self, Ending) -> Box<dyn FnOnce() + Send>) {
        let ending =
            Ending { order: order.clone(), store: self.store.clone(), link: self.link_waker.clone() };
        let (id, all, does) = (order.id, self.orders.clone(), how(self, ending));
        let told = self.store.tell(move |store| {
            let begun = store.begin_kiosk_task(id);
            match &begun {
                Ok(true) => does(),
                Ok(false) => {}
                Err(error) => tracing::error!("an order of the desk cannot be begun yet: {error}"),
            }
            all.let_go(id, begun.is_ok());
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }

    fn restarting(&self, _: Ending) -> Box<dyn FnOnce() + Send> {
        let (restart, mailbox) = (Arc::clone(&self.restart), self.mailbox.clone());
        Box::new(move || {
            restart.store(true, Ordering::Relaxed);
            (mailbox.wake)();
        })
    }

    /// What is read takes effect with a start: devices, addresses and keys are bound when the program begins.
    fn reading(&self, ending: Ending) -> Box<dyn FnOnce() + Send> {
        let (clinic, kiosk) = (Arc::clone(&self.clinic), self.kiosk.name.clone());
        let again = self.restarting(ending.clone());
        aside(ending, move |ending| match orders::read_configuration(&clinic, &kiosk) {
            Ok(()) => again(),
            Err(end) => ending.end(end),
        })
    }

    fn printing_test(&self, ending: Ending) -> Box<dyn FnOnce() + Send> {
        let (printing, kiosk) = (self.printing_waker.clone(), self.kiosk.name.clone());
        Box::new(move || {
            printing.print_test_page(&kiosk, move |printed| {
                ending.end(match printed {
                    Ok(()) => orders::done("It printed a test page: look whether every line is readable."),
                    Err(why) => orders::failed(why),
                });
            });
        })
    }

    fn examining(&self, ending: Ending) -> Box<dyn FnOnce() + Send> {
        let (clinic, kiosk, path) = (Arc::clone(&self.clinic), self.kiosk.name.clone(), self.path.clone());
        aside(ending, move |ending| ending.end(orders::examine(&clinic, &kiosk, path)))
    }

    /// What is on the glass.
    pub fn view(&self) -> View {
        screens::view(&self.session, &self.clinic, (&self.kiosk).into())
    }

    fn carry_out(&mut self, effect: Effect) {
        let now = self.session.moment.now;
        let failed = match effect {
            Effect::Ask(ask, Question::Order { order, print }) => {
                self.order(ask, order, print);
                None
            }
            Effect::Ask(ask, question) => {
                let event = Event::Answered(ask, Answer::Failed);
                self.ask(ask, question, now).err().map(|error| (error, Some(event)))
            }
            Effect::Raise(request) => {
                let event = Event::RequestKept(request.id, false);
                self.raise(*request, now).err().map(|error| (error, Some(event)))
            }
            Effect::Say(message) => {
                let (link, mailbox, id) = (self.link_waker.clone(), self.mailbox.clone(), message.id);
                let told = self.store.tell(move |store| {
                    match store.commit(vec![FactKind::MessageSent { message }], now) {
                        Ok(_) => link.wake(),
                        Err(error) => {
                            tracing::error!("a message could not be kept: {error}");
                            mailbox.send(Event::MessageNotKept(id));
                        }
                    }
                });
                told.err().map(|error| (error, Some(Event::MessageNotKept(id))))
            }
            Effect::Ended(step, end, spent) => {
                let told = self.store.tell(move |store| {
                    let ended = FactKind::SessionEnded { step: step.into(), end, spent };
                    if let Err(error) = store.commit(vec![ended], now) {
                        tracing::error!("the end of a session could not be kept: {error}");
                    }
                });
                told.err().map(|error| (error, None))
            }
            Effect::NotCheckedIn(turned_away) => {
                let link = self.link_waker.clone();
                let told = self.store.tell(move |store| {
                    match store.commit(vec![FactKind::NotCheckedIn { turned_away }], now) {
                        Ok(_) => link.wake(),
                        Err(error) => {
                            tracing::error!("that somebody was not checked in could not be kept: {error}");
                        }
                    }
                });
                told.err().map(|error| (error, None))
            }
            Effect::PayByCard(payment) => {
                self.till.pay(*payment);
                None
            }
            Effect::StopPaying(payment) => {
                self.till.stop(payment);
                None
            }
            Effect::BeginPayment(payment) => {
                let event = Event::Payment(payment.id, PaymentNews::NotBegun(NotChargedWhy::Terminal));
                self.begin_payment(*payment, now).err().map(|error| (error, Some(event)))
            }
            Effect::PrintReceipt(payment) => {
                let (printing, mailbox) = (self.printing_waker.clone(), self.mailbox.clone());
                let language = self.session.language_code(&self.clinic).to_string();
                let queued =
                    self.store.tell(move |store| match store.queue_receipt(payment, &language, now) {
                        Ok(_) => printing.wake(),
                        Err(error) => {
                            tracing::error!("a receipt cannot be queued: {error}");
                            mailbox.send(Event::Paper(Printed::Receipt(payment), PaperState::NotPrinted));
                        }
                    });
                queued.err().map(|error| (error, None))
            }
            Effect::EndPayment(payment, end) => {
                let (clinic, link, printing) =
                    (Arc::clone(&self.clinic), self.link_waker.clone(), self.printing_waker.clone());
                let told = self.store.tell(move |store| {
                    match store.end_payment(&clinic, payment, *end, true, now) {
                        Ok(()) => {
                            link.wake();
                            printing.wake();
                        }
                        // It stays under way on the disk, and the kiosk's next start calls it not known.
                        Err(error) => tracing::error!("what became of a payment could not be kept: {error}"),
                    }
                });
                told.err().map(|error| (error, None))
            }
            Effect::PrintCopy(ticket) => {
                let printing = self.printing_waker.clone();
                let queued = self.store.tell(move |store| match store.queue_copy(ticket, now) {
                    Ok(_) => printing.wake(),
                    Err(error) => tracing::error!("a copy cannot be queued: {error}"),
                });
                queued.err().map(|error| (error, None))
            }
        };
        // Only a store whose thread is gone is not even told.
        if let Some((error, event)) = failed {
            tracing::error!("{error}");
            if let Some(event) = event {
                self.mailbox.send(event);
            }
        }
    }

    fn ask(&self, ask: Ask, question: Question, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mailbox = self.mailbox.clone();
        let (printing, link) = (self.printing_waker.clone(), self.link_waker.clone());
        let (clinic, series) = (Arc::clone(&self.clinic), self.kiosk.series.clone());
        self.store.tell(move |store| {
            let answer = match question {
                Question::Who(identifiers) => who(store, &identifiers).map(Answer::Found),
                Question::CheckIn(visit) => {
                    store.check_in(&clinic, &series, &visit, now).map(Answer::CheckedIn)
                }
                Question::Slots(search) => {
                    store.open_slots(&clinic, &search, now).map(|slots| Answer::Slots(slots.into()))
                }
                // Asked of the desk, not of the store.
                Question::Order { .. } => Ok(Answer::Failed),
                Question::Details { patient, confirmed, entered, day } => {
                    store.details_said(patient, confirmed, entered, (day, now)).map(|()| Answer::DetailsKept)
                }
                Question::Record(patient) => record(store, patient).map(Answer::Found),
                Question::Case { number, code } => store
                    .case_opened_with(&number, &code)
                    .and_then(|row| open_case(store, row))
                    .map(Answer::Case),
                Question::ScannedCase(id) => store
                    .request(id)
                    .and_then(|row| open_case(store, row.filter(|row| row.request.case.is_some())))
                    .map(Answer::Case),
            };
            let owed = owed_after(store, &answer);
            let visit = visit_of(store, &answer, now.with_timezone(&clinic.zone).date_naive());
            let answer = answer.unwrap_or_else(|error| {
                tracing::error!("{error}");
                Answer::Failed
            });
            if matches!(answer, Answer::CheckedIn(_)) {
                printing.wake();
                link.wake();
            }
            // Before the answer: what the patient owes is part of what its screen shows.
            if let Some(owed) = owed {
                mailbox.send(Event::OwedTold(owed));
            }
            if let Some(visit) = visit {
                mailbox.send(Event::VisitTold(visit));
            }
            mailbox.send(Event::Answered(ask, answer));
        })
    }

    /// Asks the desk. What it books is in this kiosk's store, and its slip queued, before the patient is told.
    fn order(&self, ask: Ask, order: BookingOrder, print: bool) {
        let (mailbox, printing, store) =
            (self.mailbox.clone(), self.printing_waker.clone(), self.store.clone());
        let language = self.session.language_code(&self.clinic).to_string();
        self.asking.ask_desk(order, ORDER_WITHIN, move |answer| {
            let kept = match &answer {
                Ok(BookingAnswer::Booked { appointment }) => Some((appointment.clone(), print)),
                Ok(BookingAnswer::Cancelled { appointment }) => Some((appointment.clone(), false)),
                _ => None,
            };
            let told = Event::Answered(ask, Answer::Ordered(answer));
            let Some((appointment, print)) = kept else { return mailbox.send(told) };
            let (unkept, unkept_told) = (mailbox.clone(), told.clone());
            let asked = store.tell(move |store| {
                let slip = print.then_some(language.as_str());
                match store.keep_booking(&appointment, slip, Utc::now()) {
                    Ok(()) => printing.wake(),
                    Err(error) => {
                        tracing::error!("a booking of the desk could not be kept here yet: {error}");
                        let printed = Printed::Appointment(appointment.id);
                        mailbox.send(told);
                        return mailbox.send(Event::Paper(printed, PaperState::NotPrinted));
                    }
                }
                mailbox.send(told);
            });
            if let Err(error) = asked {
                tracing::error!("{error}");
                unkept.send(unkept_told);
            }
        });
    }

    /// Keeps a payment by code; only what is kept is shown.
    fn begin_payment(&self, payment: Payment, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (mailbox, link) = (self.mailbox.clone(), self.link_waker.clone());
        self.store.tell(move |store| {
            let news = match store.begin_payment(&payment, None, now) {
                Ok(Ok(())) => {
                    link.wake();
                    PaymentNews::Begun
                }
                Ok(Err(stop)) => {
                    tracing::warn!("a payment did not begin: {stop}");
                    PaymentNews::NotBegun(NotChargedWhy::NotDue)
                }
                Err(error) => {
                    tracing::error!("a payment cannot be kept: {error}");
                    PaymentNews::NotBegun(NotChargedWhy::Terminal)
                }
            };
            mailbox.send(Event::Payment(payment.id, news));
        })
    }

    fn raise(&self, request: Request, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (mailbox, link) = (self.mailbox.clone(), self.link_waker.clone());
        let printing = self.printing_waker.clone();
        let on_the_way = Arc::clone(&self.on_the_way);
        self.store.tell(move |store| {
            let id = request.id;
            let kept = store.raise(request, now);
            match &kept {
                Ok(fact) => {
                    // Noted on the store's own thread: the link cannot have read the fact before.
                    locked(&on_the_way).push((fact.id, id));
                    link.wake();
                    printing.wake();
                }
                Err(error) => tracing::error!("a request could not be kept: {error}"),
            }
            mailbox.send(Event::RequestKept(id, kept.is_ok()));
        })
    }
}

/// Tells the desk what became of an order that was begun.
#[derive(Clone)]
struct Ending {
    order: FleetOrder,
    store: StoreHandle,
    link: LinkWaker,
}

impl Ending {
    /// Not on the store's thread.
    fn end(self, end: OrderEnd) {
        let (id, link) = (self.order.id, self.link);
        let told = self.store.tell(move |store| match store.end_kiosk_task(id, end, Utc::now()) {
            Ok(_) => link.wake(),
            // The kiosk's next start says that nobody knows.
            Err(error) => tracing::error!("what became of an order cannot be kept: {error}"),
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }
}

/// Does something that takes its time on a thread of its own.
fn aside(ending: Ending, work: impl FnOnce(Ending) + Send + 'static) -> Box<dyn FnOnce() + Send> {
    Box::new(move || {
        let otherwise = ending.clone();
        let begun = std::thread::Builder::new().name("order".into()).spawn(move || work(ending));
        if let Err(error) = begun {
            otherwise.end(orders::failed(format!(
                "The system gave no thread for it ({error}): restart the kiosk."
            )));
        }
    })
}

impl From<store::Paper> for Printed {
    fn from(paper: store::Paper) -> Self {
        match paper {
            store::Paper::Ticket(ticket) => Self::Ticket(ticket),
            store::Paper::Slip(request) => Self::Slip(request),
            store::Paper::Appointment(appointment) => Self::Appointment(appointment),
            store::Paper::Receipt(payment) => Self::Receipt(payment),
        }
    }
}

/// Where a kiosk's store is.
pub fn store_path(clinic: &Clinic, name: &str) -> PathBuf {
    clinic.data.join(format!("kiosk-{name}.db"))
}

/// Two programs with one store would print every ticket twice. The system lets go of the lock when the
/// program ends, however it ends.
fn lock_store(store: &Path) -> Result<File, KioskError> {
    let path = store.with_extension("lock");
    let cannot = |error: std::io::Error| {
        KioskError::Store(StoreError::CannotOpen { path: path.clone(), reason: error.to_string() })
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(cannot)?;
    }
    let file = File::create(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(KioskError::RunsAlready { path }),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

/// Opens the store. A damaged one is set aside, never deleted: nobody is there to do it, a lobby without a
/// kiosk helps nobody, and a new store is filled from the desk.
fn open_store(path: &Path, name: &str) -> Result<StoreHandle, KioskError> {
    match StoreHandle::open(path, name) {
        Ok(store) => Ok(store),
        Err(StoreError::Damaged { .. }) => {
            let stamp = Utc::now().format("%Y%m%dT%H%M%S%3fZ");
            let beside = |path: &Path, suffix: &str| PathBuf::from(format!("{}{suffix}", path.display()));
            let aside = beside(path, &format!("{ASIDE}{stamp}"));
            for suffix in ["", "-wal", "-shm"] {
                let (from, to) = (beside(path, suffix), beside(&aside, suffix));
                if from.exists() {
                    std::fs::rename(&from, &to).map_err(|error| StoreError::CannotOpen {
                        path: from,
                        reason: format!("it is damaged and cannot be set aside: {error}"),
                    })?;
                }
            }
            Ok(StoreHandle::open(path, name)?)
        }
        Err(other) => Err(other.into()),
    }
}

/// What a damaged store's name goes on with.
const ASIDE: &str = ".damaged-";

/// What to tell the desk of damaged stores beside this one, for as long as they lie there; nothing for none.
fn set_aside(store: &Path) -> Result<String, KioskError> {
    let cannot = |error: std::io::Error| {
        KioskError::Store(StoreError::CannotOpen { path: store.to_path_buf(), reason: error.to_string() })
    };
    let (Some(folder), Some(name)) = (store.parent(), store.file_name()) else { return Ok(String::new()) };
    let begins = format!("{}{ASIDE}", name.to_string_lossy());
    let mut aside = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&begins) && !name.ends_with("-wal") && !name.ends_with("-shm") {
            aside.push(path.display().to_string());
        }
    }
    if aside.is_empty() {
        return Ok(String::new());
    }
    aside.sort();
    Ok(format!(
        "the store of this kiosk was damaged and set aside as {}: keep that file, what had not reached the desk \
         is only in there; this is told until the file is moved elsewhere and the kiosk started again",
        aside.join(" and ")
    ))
}

fn moment(began: Instant) -> Moment {
    Moment { now: Utc::now(), at: began.elapsed(), id: Uuid::now_v7() }
}

/// Stands for the mark of routines that are those of this machine's files: the desk's have another one.
const OF_THE_FILES: &str = "of the kiosk's own files";

/// The clinic with the routines that were applied last, if any were.
fn adopted(clinic: &Arc<Clinic>, store: &StoreHandle, vitals: &Vitals) -> Result<Arc<Clinic>, KioskError> {
    let applied = store.run(|store| store.routines_in_force())?;
    Ok(match applied.map(|applied| (clinic::read_told(&applied.files), routines::mark(&applied.files))) {
        None => Arc::clone(clinic),
        Some((Ok(told), mark)) => {
            vitals.routines(mark);
            Arc::new(clinic.adopt(told))
        }
        Some((Err(errors), _)) => {
            vitals.routines(OF_THE_FILES.into());
            tracing::error!(
                "the routines in force cannot be used, those of this machine's files are: {}",
                errors.first
            );
            Arc::clone(clinic)
        }
    })
}

/// Routines that were changed at the desk. Those that this program cannot use leave the ones before in force,
/// and the desk is told.
fn hear_routines(facts: &[Fact], in_force: &InForce, store: &StoreHandle, vitals: &Vitals) {
    let applied = facts.iter().rev().find_map(|fact| match &fact.kind {
        FactKind::RoutinesApplied { files, .. } => Some(files),
        _ => None,
    });
    let Some(files) = applied else { return };
    let trouble = match clinic::read_told(files) {
        Ok(told) => {
            in_force.put(in_force.now().adopt(told));
            vitals.routines(routines::mark(files));
            String::new()
        }
        Err(errors) => {
            format!("this kiosk cannot use the new routines, and goes on with those before: {}", errors.first)
        }
    };
    let told = store.tell(move |store| {
        if let Err(error) = report_in(store, "routines", &trouble) {
            tracing::error!("the state of the routines cannot be told: {error}");
        }
    });
    if let Err(error) = told {
        tracing::error!("{error}");
    }
}

/// Orders to this kiosk, or ends of them in the word of the desk, are in the store already.
fn hear_orders(facts: &[Fact], orders: &Orders, store: &StoreHandle, mailbox: &Mailbox) {
    let any =
        |fact: &Fact| matches!(fact.kind, FactKind::KioskOrdered { .. } | FactKind::KioskOrderEnded { .. });
    if !facts.iter().any(any) {
        return;
    }
    let (orders, mailbox) = (orders.clone(), mailbox.clone());
    let told = store.tell(move |store| {
        orders.read_again(store);
        (mailbox.wake)();
    });
    if let Err(error) = told {
        tracing::error!("{error}");
    }
}

fn hear_link(news: LinkNews, mailbox: &Mailbox, on_the_way: &OnTheWay) {
    match news {
        LinkNews::Delivered(facts) => {
            let mut waiting = locked(on_the_way);
            let (there, still): (Vec<_>, Vec<_>) =
                waiting.drain(..).partition(|(fact, _)| facts.contains(fact));
            *waiting = still;
            drop(waiting);
            for (_, request) in there {
                mailbox.send(Event::RequestDelivered(request));
            }
        }
        LinkNews::Facts(facts) => {
            // A copy that the desk asked for is in the store already, where the printing thread finds it.
            for Fact { kind, .. } in facts {
                match kind {
                    FactKind::RequestAcknowledged { request, by } => {
                        mailbox.send(Event::RequestAcknowledged(request, by));
                    }
                    FactKind::RequestResolved { request, .. } => {
                        mailbox.send(Event::RequestResolved(request));
                    }
                    FactKind::MessageSent { message } => mailbox.send(Event::MessageHeard(message)),
                    FactKind::PaymentEnded { payment, end } => {
                        let news = PaymentNews::Ended(end.outcome, NotChargedWhy::Terminal);
                        mailbox.send(Event::Payment(payment, news));
                    }
                    FactKind::StepTaken { request, step, .. } => {
                        mailbox.send(Event::StepTaken(request, step));
                    }
                    _ => {}
                }
            }
        }
        LinkNews::Up => mailbox.send(Event::DeskAnswers(true)),
        LinkNews::Down(_) => mailbox.send(Event::DeskAnswers(false)),
    }
}

fn hear_scanner(event: ScanEvent, mailbox: &Mailbox, store: &StoreHandle) {
    let trouble = match event {
        ScanEvent::Scanned(text) => return mailbox.send(Event::Scanned(Code::parse(&text))),
        ScanEvent::Unreadable => return mailbox.send(Event::Scanned(None)),
        ScanEvent::Lost => "the scanner is gone: check its cable",
        ScanEvent::Found => "",
    };
    if let Err(error) = report(store, "scanner", trouble) {
        tracing::error!("the scanner's state cannot be kept: {error}");
    }
}

/// Who fits two identifiers.
fn who(store: &Store, identifiers: &Identifiers) -> Result<Found, StoreError> {
    let fitting = match identifiers {
        Identifiers::Name(born, family) => {
            patient::match_family_name(&store.patients_born_on(*born)?, family)
        }
        Identifiers::Document(born, document) => {
            let mut fitting = store.patients_born_on(*born)?;
            fitting.retain(|patient| document.is_of(&patient.name));
            // Twins have one family name and one date of birth.
            if fitting.len() > 1 {
                fitting.retain(|patient| document.has_given_name(&patient.name));
            }
            patient::one_or_several(fitting)
        }
        Identifiers::Code(born, code) => {
            let mut named = match code {
                Code::PatientNumber(number) => store.patients_numbered(number)?,
                Code::Ticket(ticket) => store.holder_of(*ticket)?.into_iter().collect(),
                // A case is no patient, and a document none of ours: they are looked up in other ways.
                Code::Case(_) | Code::Document(_) | Code::OneOfSeveral => Vec::new(),
                Code::Appointment(appointment) => match store.appointment(*appointment)? {
                    Some(appointment) => store.patient(appointment.patient)?.into_iter().collect(),
                    None => Vec::new(),
                },
            };
            named.retain(|patient| patient.date_of_birth == *born);
            patient::one_or_several(named)
        }
    };
    Ok(match fitting {
        Match::None => Found::Nobody,
        Match::Several(patients) => Found::Several(patients),
        Match::One(patient) => known(store, *patient)?,
    })
}

/// The record that staff know to be the patient's.
fn record(store: &Store, patient: PatientId) -> Result<Found, StoreError> {
    match store.patient(patient)? {
        Some(patient) => known(store, patient),
        None => Ok(Found::Nobody),
    }
}

fn known(store: &Store, mut patient: Patient) -> Result<Found, StoreError> {
    // What was paid since another system told the balance is owed no longer.
    let account = store.account(patient.id)?;
    let balance = account.dues.iter().find(|due| due.charge.what == ChargeFor::Balance);
    patient.balance_due = balance.map(|due| due.open);
    let (visits, members) = (store.booked_visits(patient.id)?, store.members_of(patient.id)?);
    let offer = store.offers_for(patient.id, Utc::now())?.into_iter().next();
    let forms = store.forms_answered(patient.id)?;
    Ok(Found::One(Box::new(Known { patient, visits, offer, members, forms })))
}

/// What the patient owes whom an answer is about. That it cannot be read stands in nobody's way.
fn owed_after(store: &Store, answer: &Result<Answer, StoreError>) -> Option<Owed> {
    let (patient, ticket) = match answer {
        Ok(Answer::Found(Found::One(known))) => (known.patient.id, None),
        Ok(Answer::CheckedIn(ticket)) => {
            let holder = store.holder_of(ticket.id).ok()??;
            (holder.id, Some(ticket.id))
        }
        _ => return None,
    };
    store.account(patient).ok().map(|account| Owed { patient, ticket, account })
}

/// What is under way with the patient whom an answer is about. That it cannot be read stands in nobody's way.
fn visit_of(store: &Store, answer: &Result<Answer, StoreError>, today: NaiveDate) -> Option<VisitUnderWay> {
    let Ok(Answer::Found(Found::One(known))) = answer else { return None };
    let patient = known.patient.id;
    let rows = store.questions_for(patient).ok()?.into_iter();
    let questions =
        rows.map(|row| open_case(store, Some(row)).ok()?.map(|case| *case)).collect::<Option<_>>()?;
    Some(VisitUnderWay { patient, questions, ticket: store.standing_ticket(patient, today).ok()? })
}

fn open_case(store: &Store, row: Option<RequestRow>) -> Result<Option<Box<OpenCase>>, StoreError> {
    let Some(RequestRow { request, state, overdue, .. }) = row else { return Ok(None) };
    let messages = store.messages(request.id)?;
    Ok(Some(Box::new(OpenCase { request, state, overdue, messages })))
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
