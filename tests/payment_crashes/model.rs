//! A terminal that does what terminals do when something breaks, and keeps a journal that is the truth.

use crate::chance::Chance;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;
use vestibule::kiosk::till::CardTerminal;
use vestibule::store::StoreHandle;
use vestibule_hardware::terminal::{
    DayTotals, Refusal, TerminalFault, Till, TransactionEnd, TransactionRecord,
};

/// What a power cut throws through the program.
pub struct PowerCut;

/// How a terminal answers an end that nobody acknowledged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unacknowledged {
    /// It stands.
    Stands,
    /// It is taken back, by a transaction of its own.
    TakenBack,
    /// It is taken back and shown as failed.
    ShownAsFailed,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct Entry {
    pub amount: u64,
    /// The payment; none for another till's.
    pub payment: Option<Uuid>,
    pub taken_back: bool,
}

/// The terminal itself; it survives every crash of the program.
pub struct Terminal {
    pub chance: Chance,
    pub journal: Vec<Entry>,
    last: Option<TransactionRecord>,
    next_receipt: u16,
    clock: u32,
    unacknowledged: Unacknowledged,
    /// Whether a declined transaction uses up a receipt number.
    counts_declined: bool,
    /// A card is still awaited, by an order whose till is gone: so many questions are answered with "busy".
    pending: Option<(u8, u64, Uuid)>,
    /// Nothing breaks any more.
    pub calm: bool,
    pub payment: Uuid,
    pub trace: Vec<String>,
}

impl Terminal {
    pub fn new(mut chance: Chance) -> Self {
        let unacknowledged = match chance.below(3) {
            0 => Unacknowledged::Stands,
            1 => Unacknowledged::TakenBack,
            _ => Unacknowledged::ShownAsFailed,
        };
        let next_receipt = [1, 7, 9997][chance.below(3) as usize];
        let counts_declined = chance.percent(50);
        Self {
            chance,
            journal: Vec::new(),
            last: None,
            next_receipt,
            clock: 0,
            unacknowledged,
            counts_declined,
            pending: None,
            calm: false,
            payment: Uuid::nil(),
            trace: vec![format!("{unacknowledged:?}, declined ones count: {counts_declined}")],
        }
    }

    fn record(&mut self, amount: u64, result: u8) -> TransactionRecord {
        self.clock += 7;
        let receipt = self.next_receipt;
        self.next_receipt = if receipt == 9999 { 1 } else { receipt + 1 };
        let record = TransactionRecord {
            amount: Some(amount),
            currency: Some(978),
            receipt: Some(receipt),
            trace: Some(self.clock + 1000),
            terminal_id: crate::terminal_id(),
            date: None,
            time: None,
            result,
            card: None,
            authorisation: None,
            text: None,
        };
        self.last = Some(record.clone());
        record
    }

    /// Charges; the end is not acknowledged yet.
    fn charge(&mut self, amount: u64, payment: Option<Uuid>) -> TransactionRecord {
        let record = self.record(amount, 0);
        let receipt = record.receipt.unwrap();
        self.journal.push(Entry { amount, payment, taken_back: false });
        self.trace.push(format!("charged {amount} as {receipt} for {payment:?}"));
        record
    }

    /// The till did not acknowledge the last end.
    fn not_acknowledged(&mut self) {
        self.trace.push("not acknowledged".into());
        match self.unacknowledged {
            Unacknowledged::Stands => {}
            Unacknowledged::TakenBack => {
                let entry = self.journal.last_mut().unwrap();
                entry.taken_back = true;
                let amount = entry.amount;
                self.record(amount, 0);
            }
            Unacknowledged::ShownAsFailed => {
                self.journal.last_mut().unwrap().taken_back = true;
                self.last.as_mut().unwrap().result = 0xb4;
            }
        }
    }

    /// An order whose till is gone goes on by itself: the card comes, or it does not.
    fn go_on_alone(&mut self, amount: u64, payment: Uuid) {
        match self.chance.below(3) {
            0 => {
                self.charge(amount, Some(payment));
                self.not_acknowledged();
            }
            1 => self.pending = Some((1 + self.chance.below(3) as u8, amount, payment)),
            _ => self.trace.push("the card never came".into()),
        }
    }

    /// Whether its display asks for a card.
    pub fn awaits_card(&self) -> bool {
        self.pending.is_some()
    }

    /// Another till's transaction.
    pub fn other_till(&mut self, amount: u64) {
        if self.pending.is_none() {
            self.charge(amount, None);
        }
    }
}

/// The cable between one run of the program and the terminal.
#[derive(Clone)]
pub struct Cable {
    pub terminal: Rc<RefCell<Terminal>>,
    pub store: StoreHandle,
    pub stop: Arc<AtomicBool>,
}

impl Cable {
    fn percent(&self, percent: u64) -> bool {
        let mut terminal = self.terminal.borrow_mut();
        !terminal.calm && terminal.chance.percent(percent)
    }

    fn crash_perhaps(&self, at: &str) {
        if self.percent(6) {
            self.terminal.borrow_mut().trace.push(format!("POWER CUT {at}"));
            // Not `panic!`: its message on the screen would hide the seeds.
            std::panic::resume_unwind(Box::new(PowerCut));
        }
    }

    fn trace(&self, what: &str) {
        self.terminal.borrow_mut().trace.push(what.to_string());
    }
}

impl CardTerminal for Cable {
    fn last_transaction(&mut self) -> Result<Option<TransactionRecord>, TerminalFault> {
        self.crash_perhaps("before the terminal is asked");
        if self.percent(10) {
            return Err(TerminalFault::Busy);
        }
        let mut terminal = self.terminal.borrow_mut();
        if let Some((left, amount, payment)) = terminal.pending {
            terminal.pending = (left > 0).then(|| (left - 1, amount, payment));
            if left == 0 && terminal.chance.percent(50) {
                terminal.charge(amount, Some(payment));
                terminal.not_acknowledged();
            }
            return Err(TerminalFault::Busy);
        }
        let last = terminal.last.clone();
        let told = last.as_ref().map(|last| (last.receipt, last.amount, last.result));
        terminal.trace.push(format!("asked for the last one: {told:?}"));
        drop(terminal);
        self.crash_perhaps("after the terminal was asked");
        Ok(last)
    }

    fn authorise(&mut self, amount: u64, till: &mut dyn Till) -> TransactionEnd {
        let payment = self.terminal.borrow().payment;
        let lost = || TransactionEnd::NotKnown(TerminalFault::Busy);
        self.crash_perhaps("before the order is sent");
        if self.percent(8) {
            return TransactionEnd::NotSent(TerminalFault::Busy);
        }
        if self.percent(8) {
            self.trace("the order is lost");
            return lost();
        }
        if self.percent(8) {
            self.trace("the terminal's acknowledgement of the order is lost");
            self.terminal.borrow_mut().go_on_alone(amount, payment);
            return lost();
        }
        if self.percent(5) {
            self.terminal.borrow_mut().go_on_alone(amount, payment);
            self.trace("POWER CUT before it is noted that the terminal took the order");
            std::panic::resume_unwind(Box::new(PowerCut));
        }
        till.accepted().unwrap();
        if self.percent(6) {
            self.terminal.borrow_mut().go_on_alone(amount, payment);
            self.trace("POWER CUT while the card is awaited");
            std::panic::resume_unwind(Box::new(PowerCut));
        }
        if self.percent(8) {
            self.trace("the cable is pulled while the card is awaited");
            self.terminal.borrow_mut().go_on_alone(amount, payment);
            return lost();
        }
        if self.percent(15) {
            let mut terminal = self.terminal.borrow_mut();
            terminal.trace.push("declined".into());
            if terminal.counts_declined {
                terminal.record(amount, 0x6c);
            }
            drop(terminal);
            self.crash_perhaps("after it was declined");
            return TransactionEnd::Refused(refusal());
        }
        let record = self.terminal.borrow_mut().charge(amount, Some(payment));
        if self.percent(10) {
            self.trace("the end is lost on the way");
            self.terminal.borrow_mut().not_acknowledged();
            return lost();
        }
        if self.percent(6) {
            self.trace("POWER CUT before the end is kept");
            self.terminal.borrow_mut().not_acknowledged();
            std::panic::resume_unwind(Box::new(PowerCut));
        }
        if self.percent(8) {
            self.trace("the disk is full");
            self.store.run(crate::fill_the_disk).unwrap();
            self.stop.store(true, Ordering::Relaxed);
        }
        if till.keep(&record).is_err() {
            self.terminal.borrow_mut().not_acknowledged();
            return lost();
        }
        if self.percent(8) {
            self.trace("POWER CUT before the end is acknowledged");
            self.terminal.borrow_mut().not_acknowledged();
            std::panic::resume_unwind(Box::new(PowerCut));
        }
        if self.percent(8) {
            self.trace("the acknowledgement is lost");
            self.terminal.borrow_mut().not_acknowledged();
            return lost();
        }
        self.crash_perhaps("after the end was acknowledged");
        if self.percent(8) {
            self.trace("the completion is lost");
            return lost();
        }
        TransactionEnd::Completed(record)
    }

    fn reverse(&mut self, _: u16, _: &mut dyn Till) -> TransactionEnd {
        TransactionEnd::NotSent(TerminalFault::Busy)
    }

    fn refund(&mut self, _: u64, _: &mut dyn Till) -> TransactionEnd {
        TransactionEnd::NotSent(TerminalFault::Busy)
    }

    fn end_of_day(&mut self, _: &mut dyn Till) -> Result<DayTotals, TerminalFault> {
        Err(TerminalFault::Busy)
    }

    fn check(&mut self) -> Result<(), TerminalFault> {
        Ok(())
    }
}

fn refusal() -> Refusal {
    Refusal { code: 0x6c, text: None }
}
