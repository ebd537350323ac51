//! What the till does, step by step.

use super::card::{self, CardTerminal};
use super::{NotChargedWhy, PaymentNews, Stopping, TerminalShows};
use crate::clinic::InForce;
use crate::front_desk::payment::{
    Outcome, Payment, PaymentEnd, PaymentId, Previous, Refund, RefundWay, Settlement, TerminalAnswer,
    TerminalOrder, Transaction, Witness, settle,
};
use crate::kiosk::clock;
use crate::kiosk::device_reports::report;
use crate::store::{
    IntentKind, NewIntent, PaymentStop, Store, StoreError, StoreHandle, TerminalIntent, TerminalTask,
};
use chrono::TimeDelta;
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule_hardware::terminal::{
    NotKept, PrintedReceipt, ReceiptFor, TerminalFault, TerminalMessage, Till as TillSide, TransactionEnd,
    TransactionRecord,
};

/// How patiently the till works; tests are in more of a hurry.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How long a terminal that took an order may still be waiting for a card when it is asked what it did last: an
    /// answer that nothing has happened is believed only after it.
    pub card: TimeDelta,
    /// From one question what became of a payment to the next.
    pub again: Duration,
    /// From one look at an idle terminal to the next.
    pub health: Duration,
    /// From one try to keep an end on a full disk to the next.
    pub disk: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            card: TimeDelta::seconds(180),
            again: Duration::from_secs(5),
            health: Duration::from_secs(60),
            disk: Duration::from_secs(2),
        }
    }
}

/// The till with its terminal.
pub struct Work<T> {
    /// The routines.
    pub clinic: InForce,
    /// The kiosk's store.
    pub store: StoreHandle,
    /// The terminal; none where the kiosk has none.
    pub terminal: Option<T>,
    /// Told what is heard of each payment.
    pub tell: Box<dyn Fn(PaymentId, PaymentNews) + Send>,
    /// Called when facts were added to the store.
    pub committed: Box<dyn Fn() + Send>,
    /// How patiently it works.
    pub pace: Pace,
    /// Which payments the patient wants to stop.
    pub(super) stopping: Stopping,
    /// The kiosk is stopping.
    pub(super) stop: Arc<AtomicBool>,
    /// When the terminal was looked at last, and what the desk was told of it.
    pub(super) health: Option<(Instant, String)>,
    /// When an open intent is asked about next.
    pub(super) look_again: Option<Instant>,
    /// The last order that this program gave the terminal, and when by no clock that somebody may set.
    pub(super) begun: Option<(Uuid, Instant)>,
}

/// What is said about a transaction that this program saw the end of, or did not.
enum Known {
    End(Box<PaymentEnd>, NotChargedWhy),
    /// The intent stays open; why, for staff.
    Doubt(String),
}

impl<T: CardTerminal> Work<T> {
    /// A till for tests.
    pub fn new(clinic: InForce, store: StoreHandle, terminal: T, pace: Pace) -> Self {
        Self {
            clinic,
            store,
            terminal: Some(terminal),
            tell: Box::new(|_, _| {}),
            committed: Box::new(|| {}),
            pace,
            stopping: Stopping::default(),
            stop: Arc::default(),
            health: None,
            look_again: None,
            begun: None,
        }
    }

    /// By which the till is told that the kiosk stops.
    pub fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Whether the terminal, that has done nothing since, may still be waiting for a card. What this program itself
    /// has begun is not judged by a clock that somebody may have set meanwhile: *not charged* lets the patient pay again.
    fn may_wait_for_a_card(&self, intent: &TerminalIntent) -> bool {
        let card = self.pace.card;
        match self.begun {
            Some((id, at)) if id == intent.id => {
                TimeDelta::from_std(at.elapsed()).is_ok_and(|since| since < card)
            }
            _ => clock::now() - intent.begun_at < card,
        }
    }

    /// At the start: what was under way and can be found out by nobody is told as not known, and what staff asked
    /// and was being done is answered.
    pub fn begin(&mut self) {
        let clinic = self.clinic.now();
        self.keep("what was being paid when this kiosk stopped", None, move |store| {
            for payment in store.abandoned_payments()? {
                let note = "the kiosk stopped while this was being paid";
                let end = PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, note);
                store.end_payment(&clinic, payment, end, false, clock::now())?;
            }
            for (id, _) in store.interrupted_orders()? {
                let why = "the kiosk stopped while the terminal was at it: ask the terminal for a copy of its last \
                           receipt, and enter what it counted by hand";
                store.answer_order(id, TerminalAnswer::Refused { why: why.into() }, clock::now())?;
            }
            Ok(())
        });
    }

    /// Lets the terminal charge a payment; in every case what became of it is told.
    pub fn pay(&mut self, payment: Payment) {
        let id = payment.id;
        let not_begun = |work: &Self, why| (work.tell)(id, PaymentNews::NotBegun(why));
        self.settle_now();
        if self.is_stopped(id) {
            return not_begun(self, NotChargedWhy::Cancelled);
        }
        let Some(terminal) = self.terminal.as_mut() else {
            return not_begun(self, NotChargedWhy::Terminal);
        };
        let Ok(amount) = u64::try_from(payment.amount.minor) else {
            return not_begun(self, NotChargedWhy::NotDue);
        };
        let previous = match previous(terminal) {
            Ok(previous) => previous,
            Err(fault) => {
                tracing::warn!("no card can be paid with: {fault}");
                self.noticed(fault.to_string());
                return not_begun(self, NotChargedWhy::Terminal);
            }
        };
        self.noticed(String::new());
        if self.is_stopped(id) {
            return not_begun(self, NotChargedWhy::Cancelled);
        }
        let intent = NewIntent { id: id.0, kind: IntentKind::Payment, amount: payment.amount, previous };
        let begun = {
            let payment = payment.clone();
            self.store.run(move |store| store.begin_payment(&payment, Some(intent), clock::now()))
        };
        self.begun = Some((id.0, Instant::now()));
        match begun {
            Ok(Ok(())) => {}
            Ok(Err(stop)) => {
                tracing::warn!("a payment did not begin: {stop}");
                let why = match stop {
                    PaymentStop::NotDue | PaymentStop::InDoubt => NotChargedWhy::NotDue,
                    PaymentStop::TerminalTaken => NotChargedWhy::Terminal,
                };
                return not_begun(self, why);
            }
            Err(error) => {
                tracing::error!("a payment cannot be kept, so it is not begun: {error}");
                return not_begun(self, NotChargedWhy::Terminal);
            }
        }
        (self.committed)();
        (self.tell)(id, PaymentNews::Begun);
        let end = self.transact(id.0, |terminal, till| terminal.authorise(amount, till));
        match end {
            Some(Known::End(end, why)) => self.end_payment(id, *end, why, true),
            // Most breaks are short: the terminal is asked at once, while the patient still stands there.
            Some(Known::Doubt(cause)) if !self.ask_what_became(true) => self.doubt(id.0, &cause, true),
            Some(Known::Doubt(_)) | None => {}
        }
    }

    fn is_stopped(&self, payment: PaymentId) -> bool {
        self.stopping.lock().unwrap_or_else(PoisonError::into_inner).remove(&payment)
    }

    /// Lets the terminal do what the intent on the disk says.
    fn transact(
        &mut self,
        id: Uuid,
        order: impl FnOnce(&mut T, &mut dyn TillSide) -> TransactionEnd,
    ) -> Option<Known> {
        let terminal = self.terminal.as_mut()?;
        let mut notes = Notes { id, store: &self.store, tell: &self.tell, receipt: Vec::new() };
        let end = order(terminal, &mut notes);
        let receipt = std::mem::take(&mut notes.receipt);
        Some(match end {
            TransactionEnd::Completed(record) => {
                let mut end = PaymentEnd::new(Outcome::Charged, Witness::Terminal, "");
                end.transaction = Some(card::transaction(&record));
                end.receipt = receipt;
                Known::End(Box::new(end), NotChargedWhy::Terminal)
            }
            TransactionEnd::Refused(refusal) => {
                let end = PaymentEnd::new(Outcome::NotCharged, Witness::Terminal, refusal.to_string());
                Known::End(Box::new(end), card::why(refusal.kind()))
            }
            TransactionEnd::NotSent(TerminalFault::CalledOff) => {
                let end = PaymentEnd::new(Outcome::NotCharged, Witness::Kiosk, "called off");
                Known::End(Box::new(end), NotChargedWhy::Cancelled)
            }
            TransactionEnd::NotSent(fault) => {
                let end = PaymentEnd::new(Outcome::NotCharged, Witness::Kiosk, fault.to_string());
                Known::End(Box::new(end), NotChargedWhy::Terminal)
            }
            TransactionEnd::NotKnown(fault) => Known::Doubt(fault.to_string()),
        })
    }

    fn end_payment(&mut self, id: PaymentId, end: PaymentEnd, why: NotChargedWhy, print: bool) {
        let news = PaymentNews::Ended(end.outcome, why);
        let clinic = self.clinic.now();
        // On a full disk the patient learns at once that it is not known, and what it was when there is room.
        let meanwhile = Some((id, PaymentNews::Ended(Outcome::NotKnown, NotChargedWhy::Terminal)));
        let kept = self.keep("what became of a payment", meanwhile, move |store| {
            store.end_payment(&clinic, id, end.clone(), print, clock::now())
        });
        if kept {
            (self.tell)(id, news);
        }
    }

    /// A doubt: told to the patient and to staff, once.
    fn doubt(&mut self, id: Uuid, cause: &str, print: bool) {
        self.look_again = Some(Instant::now() + self.pace.again);
        let (clinic, cause) = (self.clinic.now(), cause.to_string());
        let told = (PaymentId(id), PaymentNews::Ended(Outcome::NotKnown, NotChargedWhy::Terminal));
        (self.tell)(told.0, told.1.clone());
        self.keep("that a payment is in doubt", None, move |store| {
            let end = PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, cause.clone());
            match store.refund_task(id)? {
                Some(refund) => match store.last_word(id)? {
                    Some(_) => Ok(()),
                    None => store.end_refund(&clinic, &refund, end, clock::now()),
                },
                None => match store.last_word(id)? {
                    Some(_) => Ok(()),
                    None => store.end_payment(&clinic, PaymentId(id), end, print, clock::now()),
                },
            }
        });
    }

    /// Asks about an open intent when it is time to.
    pub fn settle_if_due(&mut self) {
        if self.look_again.is_none_or(|at| at <= Instant::now()) {
            self.settle_now();
        }
    }

    fn settle_now(&mut self) {
        self.look_again = Some(Instant::now() + self.pace.again);
        self.ask_what_became(false);
    }

    /// Asks the terminal what became of the intent that is open. Answers whether that is known now.
    fn ask_what_became(&mut self, print: bool) -> bool {
        let intent = match self.store.run(|store| store.open_intent()) {
            Ok(Some(intent)) => intent,
            Ok(None) => return true,
            Err(error) => {
                tracing::error!("what the terminal was doing is not known: {error}");
                return false;
            }
        };
        let Some(terminal) = self.terminal.as_mut() else {
            self.doubt(intent.id, "this kiosk has no terminal any more that could be asked", print);
            return false;
        };
        let last = match terminal.last_transaction() {
            Ok(last) => last.as_ref().map(card::transaction),
            Err(fault) => {
                self.doubt(intent.id, &format!("the terminal cannot be asked: {fault}"), print);
                return false;
            }
        };
        let ours = (&intent.previous, &intent.progress);
        match settle(intent.amount.minor, ours, last.as_ref(), intent.alone) {
            Settlement::Charged(transaction) => {
                let mut end = PaymentEnd::new(Outcome::Charged, Witness::Terminal, "asked afterwards");
                end.transaction = Some(transaction);
                end.receipt = intent.receipt.clone();
                self.settled(&intent, end, print);
                true
            }
            // A terminal that took the order may still wait for the card.
            Settlement::NotCharged if self.may_wait_for_a_card(&intent) => {
                self.doubt(intent.id, "the terminal may still be waiting for a card", print);
                false
            }
            Settlement::NotCharged => {
                let note = "asked afterwards: the terminal has done nothing since";
                self.settled(&intent, PaymentEnd::new(Outcome::NotCharged, Witness::Terminal, note), print);
                true
            }
            Settlement::NotKnown(doubt) => {
                self.doubt(intent.id, &doubt.to_string(), print);
                false
            }
        }
    }

    fn settled(&mut self, intent: &TerminalIntent, end: PaymentEnd, print: bool) {
        match intent.kind {
            IntentKind::Payment => {
                self.end_payment(PaymentId(intent.id), end, NotChargedWhy::Terminal, print);
            }
            IntentKind::Reversal { .. } | IntentKind::Credit => self.end_refund(intent.id, end),
        }
    }

    fn end_refund(&mut self, id: Uuid, end: PaymentEnd) {
        let clinic = self.clinic.now();
        self.keep("what became of a refund", None, move |store| match store.refund_task(id)? {
            Some(refund) => store.end_refund(&clinic, &refund, end.clone(), clock::now()),
            None => Ok(()),
        });
    }

    /// Does what the desk asks of the terminal, as long as nothing is in doubt.
    pub fn do_tasks(&mut self) {
        while !self.stop.load(Ordering::Relaxed) {
            let task = match self.store.run(|store| store.next_terminal_task()) {
                Ok(Some(task)) => task,
                Ok(None) => return,
                Err(error) => {
                    return tracing::error!("what the desk asks of the terminal is not known: {error}");
                }
            };
            let open = self.store.run(|store| store.open_intent());
            let done = match task {
                // To ask the terminal once more is what settles a doubt.
                TerminalTask::Order { id, order: TerminalOrder::LastTransaction } => {
                    self.ask_what_became(false);
                    self.tell_last_transaction(id)
                }
                TerminalTask::Order { id, order: TerminalOrder::EndOfDay } => match open {
                    Ok(None) => self.end_of_day(id),
                    _ => {
                        let why = "a payment at this terminal is not settled: settle it first, or the terminal's \
                                   totals would hide it";
                        self.answer(id, TerminalAnswer::Refused { why: why.into() })
                    }
                },
                TerminalTask::Refund { refund } => match open {
                    Ok(None) => self.refund(&refund),
                    _ => {
                        let note = "a payment at this terminal is not settled: settle it first";
                        self.end_refund(
                            refund.id.0,
                            PaymentEnd::new(Outcome::NotCharged, Witness::Kiosk, note),
                        );
                        self.task_done(refund.id.0)
                    }
                },
            };
            if !done {
                return;
            }
        }
    }

    fn answer(&mut self, id: Uuid, answer: TerminalAnswer) -> bool {
        self.keep("an answer to the desk", None, move |store| {
            store.answer_order(id, answer.clone(), clock::now())
        })
    }

    fn task_done(&mut self, id: Uuid) -> bool {
        self.keep("that a task is done", None, move |store| store.end_task(id))
    }

    fn tell_last_transaction(&mut self, id: Uuid) -> bool {
        let last = self.terminal.as_mut().map(CardTerminal::last_transaction);
        let answer = match last {
            Some(Ok(last)) => {
                TerminalAnswer::LastTransaction { transaction: last.as_ref().map(card::transaction) }
            }
            Some(Err(fault)) => TerminalAnswer::Refused { why: fault.to_string() },
            None => TerminalAnswer::Refused { why: NO_TERMINAL.into() },
        };
        self.answer(id, answer)
    }

    fn end_of_day(&mut self, id: Uuid) -> bool {
        let task = TerminalTask::Order { id, order: TerminalOrder::EndOfDay };
        match self.store.run(move |store| store.begin_task(&task, None, clock::now())) {
            Ok(_) => {}
            Err(error) => {
                tracing::error!("the terminal's day is not closed: {error}");
                return false;
            }
        }
        let answer = match self.terminal.as_mut() {
            None => TerminalAnswer::Refused { why: NO_TERMINAL.into() },
            Some(terminal) => {
                let mut notes = Notes { id, store: &self.store, tell: &self.tell, receipt: Vec::new() };
                match terminal.end_of_day(&mut notes) {
                    Ok(counted) => match card::totals(&counted) {
                        Some(totals) => TerminalAnswer::DayClosed { totals },
                        None => TerminalAnswer::Refused {
                            why: "the terminal closed its day and did not tell its totals: print them there, and \
                                  compare by hand"
                                .into(),
                        },
                    },
                    Err(fault) => TerminalAnswer::Refused { why: fault.to_string() },
                }
            }
        };
        self.answer(id, answer)
    }

    fn refund(&mut self, refund: &Refund) -> bool {
        let id = refund.id.0;
        // A kiosk that was cut off may hear of it after a person has said what became of it.
        match self.store.run(move |store| store.last_word(id)) {
            Ok(Some(Outcome::Charged | Outcome::NotCharged)) => return self.task_done(id),
            Ok(None | Some(Outcome::NotKnown)) => {}
            Err(error) => {
                tracing::error!("what became of a refund is not known, so it is not begun: {error}");
                return false;
            }
        }
        let not_done = |work: &mut Self, note: String| {
            work.end_refund(id, PaymentEnd::new(Outcome::NotCharged, Witness::Kiosk, note));
            work.task_done(id)
        };
        let kind = match &refund.way {
            RefundWay::Reversal { receipt, .. } => IntentKind::Reversal { receipt: *receipt },
            RefundWay::Credit { .. } => IntentKind::Credit,
            RefundWay::Desk { .. } => return self.task_done(id),
        };
        let Some(terminal) = self.terminal.as_mut() else { return not_done(self, NO_TERMINAL.into()) };
        let Ok(amount) = u64::try_from(refund.amount.minor) else {
            return not_done(self, "less than nothing cannot be given back".into());
        };
        let previous = match previous(terminal) {
            Ok(previous) => previous,
            Err(fault) => return not_done(self, fault.to_string()),
        };
        let intent = NewIntent { id, kind, amount: refund.amount, previous };
        let task = TerminalTask::Refund { refund: refund.clone() };
        self.begun = Some((id, Instant::now()));
        match self.store.run(move |store| store.begin_task(&task, Some(intent), clock::now())) {
            Ok(true) => {}
            Ok(false) => return not_done(self, "the terminal has a payment that is not settled yet".into()),
            Err(error) => {
                tracing::error!("a refund cannot be kept, so it is not begun: {error}");
                return false;
            }
        }
        let end = self.transact(id, |terminal, till| match kind {
            IntentKind::Reversal { receipt } => terminal.reverse(receipt, till),
            IntentKind::Credit | IntentKind::Payment => terminal.refund(amount, till),
        });
        match end {
            Some(Known::End(end, _)) => self.end_refund(id, *end),
            Some(Known::Doubt(cause)) if !self.ask_what_became(false) => self.doubt(id, &cause, false),
            Some(Known::Doubt(_)) | None => {}
        }
        true
    }

    /// Looks from time to time whether an idle terminal answers, and tells the desk when that changes.
    pub fn look_at_the_terminal(&mut self) {
        let due = self.health.as_ref().is_none_or(|(at, _)| at.elapsed() >= self.pace.health);
        if !due {
            return;
        }
        let Some(terminal) = self.terminal.as_mut() else { return };
        let trouble = match terminal.check() {
            // Somebody pays at it: it is well.
            Ok(()) | Err(TerminalFault::Busy) => String::new(),
            Err(fault) => fault.to_string(),
        };
        self.noticed(trouble);
    }

    fn noticed(&mut self, trouble: String) {
        let known = self.health.take().map(|(_, known)| known);
        if known.as_ref() != Some(&trouble) {
            match report(&self.store, "terminal", &trouble) {
                Ok(()) => (self.committed)(),
                Err(error) => tracing::error!("the terminal's state cannot be kept: {error}"),
            }
        }
        self.health = Some((Instant::now(), trouble));
    }

    /// Keeps something that must not be lost: on a full disk until there is room, or the kiosk stops. Answers
    /// whether it was kept.
    fn keep(
        &mut self,
        what: &str,
        meanwhile: Option<(PaymentId, PaymentNews)>,
        keep: impl Fn(&mut Store) -> Result<(), StoreError> + Send + Sync + 'static,
    ) -> bool {
        let keep = Arc::new(keep);
        let mut meanwhile = meanwhile;
        loop {
            let again = Arc::clone(&keep);
            match self.store.run(move |store| again(store)) {
                Ok(()) => {
                    (self.committed)();
                    return true;
                }
                Err(error) => tracing::error!("{what} cannot be kept yet: {error}"),
            }
            if let Some((payment, news)) = meanwhile.take() {
                (self.tell)(payment, news);
            }
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            std::thread::sleep(self.pace.disk);
        }
    }
}

const NO_TERMINAL: &str = "this kiosk has no terminal";

/// What the terminal did last before a transaction of ours.
fn previous(terminal: &mut impl CardTerminal) -> Result<Previous, TerminalFault> {
    match terminal.last_transaction() {
        Ok(Some(record)) => Ok(Previous::Transaction(card::transaction(&record))),
        Ok(None) => Ok(Previous::None),
        // It charges all the same; should the end of it be lost, a person decides.
        Err(TerminalFault::NoRecordGiven | TerminalFault::Unsupported | TerminalFault::NotDone { .. }) => {
            Ok(Previous::Unknown)
        }
        Err(fault) => Err(fault),
    }
}

/// Writes down what the terminal says while it works.
struct Notes<'a> {
    id: Uuid,
    store: &'a StoreHandle,
    tell: &'a (dyn Fn(PaymentId, PaymentNews) + Send),
    receipt: Vec<String>,
}

impl TillSide for Notes<'_> {
    fn accepted(&mut self) -> Result<(), NotKept> {
        let id = self.id;
        // Without this note a lost end is harder to find out, and not wrong: the payment goes on.
        if let Err(error) = self.store.run(move |store| store.intent_accepted(id)) {
            tracing::error!("that the terminal took an order cannot be kept: {error}");
        }
        Ok(())
    }

    fn shows(&mut self, message: &TerminalMessage) {
        (self.tell)(PaymentId(self.id), PaymentNews::Shows(card::shows(message)));
    }

    fn prints(&mut self, receipt: &PrintedReceipt) {
        if receipt.receipt_for == ReceiptFor::Customer {
            self.receipt.extend(receipt.lines.iter().cloned());
            let (id, lines) = (self.id, self.receipt.clone());
            // It is printed from the ledger too; only the terminal's own words would be missing.
            if let Err(error) = self.store.run(move |store| store.intent_receipt(id, &lines)) {
                tracing::error!("the terminal's receipt cannot be kept: {error}");
            }
        }
    }

    fn keep(&mut self, record: &TransactionRecord) -> Result<(), NotKept> {
        let (id, told): (Uuid, Transaction) = (self.id, card::transaction(record));
        (self.tell)(PaymentId(id), PaymentNews::Shows(TerminalShows::AtWork));
        self.store.run(move |store| store.intent_told(id, &told)).map_err(|error| {
            tracing::error!("the terminal's result cannot be kept, so it is not acknowledged: {error}");
            NotKept
        })
    }
}
