//! How the simulated terminal carries a command out.

use std::sync::MutexGuard;
use std::time::{Duration, Instant};

use super::bytes::{self, digits, message, object};
use super::machine::{
    Machine, Patient, PowerCut, ReversedBy, SimulatedFault, SimulatedKind, TERMINAL_ID, Temper,
};
use super::service::Shared;
use super::wire::{Heard, Wire};

/// 80 00 00.
const TAKEN: [u8; 3] = [0x80, 0, 0];
/// Stopped by a key or because no card came.
const STOPPED: u8 = 0x6C;

/// What the till said to a message.
#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Yes,
    No,
    Silence,
}

/// One command and its dialogue.
pub(super) struct Run<'a, 'w> {
    shared: &'a Shared,
    wire: &'a mut Wire<'w>,
    temper: Temper,
    stopped: bool,
}

impl<'a, 'w> Run<'a, 'w> {
    pub(super) fn new(shared: &'a Shared, wire: &'a mut Wire<'w>) -> Run<'a, 'w> {
        let temper = shared.machine().temper;
        Run { shared, wire, temper, stopped: false }
    }

    fn machine(&self) -> MutexGuard<'a, Machine> {
        self.shared.machine()
    }

    /// Carries a command out.
    pub(super) fn carry_out(&mut self, class: u8, instr: u8, data: &[u8]) {
        self.machine().commands.push((class, instr));
        let after_password = data.get(3..).unwrap_or_default();
        match (class, instr) {
            // Acknowledgements of something that is over.
            (0x80 | 0x84, _) => {}
            (0x06, 0x00) => self.register(data),
            (0x06, 0x02) => {
                self.wire.say(&TAKEN);
                self.machine().registered = false;
            }
            // Nothing runs.
            (0x06, 0xB0) => self.wire.say(&TAKEN),
            (0x05, 0x01) => {
                self.wire.say(&TAKEN);
                self.tell(&message(0x06, 0x0F, &[0x27, 0x00, 0x29, 0x52, 0x52, 0x35, 0x35]));
            }
            (0x06, 0x70) => {
                self.wire.say(&TAKEN);
                self.tell(&[0x04, 0xFF, 0x02, 0x0E, 0x01]);
                self.done();
            }
            (0x06, 0x20) => self.repeat(after_password),
            (0x06, 0x50) => self.close_the_day(),
            (0x06, 0x01) => self.order(SimulatedKind::Payment, data),
            (0x06, 0x30) => self.order(SimulatedKind::Reversal, after_password),
            (0x06, 0x31) => self.order(SimulatedKind::Refund, after_password),
            _ => self.wire.say(&[0x84, 0x83, 0x00]),
        }
    }

    fn register(&mut self, data: &[u8]) {
        let read = data.get(6..).and_then(bytes::order);
        let (Some(order), Some(&configuration)) = (read, data.get(3)) else {
            self.wire.say(&[0x84, 0x9A, 0x00]);
            return;
        };
        self.wire.say(&TAKEN);
        if data.get(4..6) != Some(&[0x09, 0x78]) {
            self.tell(&message(0x06, 0x1E, &[0x6F, 0x09, 0x78]));
            return;
        }
        {
            let mut machine = self.machine();
            machine.registered = true;
            machine.text_blocks = configuration & 0x80 != 0 && order.takes.contains(&[0x06, 0xD3]);
        }
        let mut done = vec![0x19, 0x00, 0x29];
        digits(&mut done, TERMINAL_ID, 4);
        done.extend([0x49, 0x09, 0x78]);
        self.tell(&message(0x06, 0x0F, &done));
    }

    fn repeat(&mut self, data: &[u8]) {
        let asked = bytes::order(data).is_some_and(|order| order.service == Some(3));
        if !self.temper.repeats_receipts || !asked {
            self.wire.say(&[0x84, 0x83, 0x00]);
            return;
        }
        self.wire.say(&TAKEN);
        let last = {
            let machine = self.machine();
            machine.last().map(|last| machine.record(last))
        };
        match last {
            _ if !self.temper.tells_the_last => {}
            Some(record) => {
                self.tell(&record);
            }
            None => {
                self.tell(&[0x06, 0x1E, 0x01, 0x83]);
                return;
            }
        }
        self.done();
    }

    fn close_the_day(&mut self) {
        self.wire.say(&TAKEN);
        self.tell(&[0x04, 0xFF, 0x02, 0x0F, 0x02]);
        let totals = self.machine().totals();
        self.tell(&totals);
        let line =
            object(&[0x25], &[object(&[0x07], b"** Kassenschnitt **"), object(&[0x09], &[0xFF])].concat());
        let block = object(&[0x06], &[object(&[0x1F, 0x07], &[3]), line].concat());
        self.tell(&message(0x06, 0xD3, &block));
        {
            let mut machine = self.machine();
            machine.day_begins = machine.journal.len();
        }
        self.done();
    }

    fn order(&mut self, kind: SimulatedKind, data: &[u8]) {
        let (fault, registered) = {
            let mut machine = self.machine();
            (machine.faults.pop_front(), machine.registered)
        };
        let Some(order) = bytes::order(data).filter(|order| match kind {
            SimulatedKind::Reversal => order.receipt.is_some(),
            _ => order.amount.is_some_and(|amount| amount > 0) && order.currency == Some(978),
        }) else {
            self.wire.say(&[0x84, 0x9A, 0x00]);
            return;
        };
        match fault {
            Some(SimulatedFault::Busy) => return self.wire.say(&[0x84, 0x9C, 0x00]),
            Some(SimulatedFault::NotTaken(code)) => return self.wire.say(&[0x84, code, 0x00]),
            Some(SimulatedFault::Deaf) => return,
            _ if !registered => return self.wire.say(&[0x84, 0x6B, 0x00]),
            Some(SimulatedFault::StaleRecord) => {
                let mut machine = self.machine();
                let stale =
                    machine.last().cloned().unwrap_or_else(|| machine.book(kind, order.amount.unwrap_or(1)));
                let record = machine.record(&stale);
                drop(machine);
                self.wire.say(&record);
                self.rest(self.temper.pace);
            }
            Some(SimulatedFault::CutAfterBytes(bytes)) => self.wire.cut_after = Some(bytes),
            Some(SimulatedFault::AckLost(count)) => self.wire.lose_acks = count,
            Some(SimulatedFault::AckMissed(count)) => self.wire.miss_acks = count,
            Some(SimulatedFault::BlockDamaged(count)) => self.wire.damage = count,
            _ => {}
        }
        if fault != Some(SimulatedFault::NoAcknowledgement) {
            self.wire.say(&TAKEN);
        }
        match fault {
            Some(SimulatedFault::BusyAfterwards) => {
                self.tell(&[0x06, 0x1E, 0x01, 0x9C]);
                return;
            }
            Some(SimulatedFault::NoRecord) => return self.done(),
            Some(SimulatedFault::CutBeforeAuthorisation) => return self.wire.cut(),
            Some(SimulatedFault::Power(PowerCut::Before, off)) => return self.power_off(off),
            Some(SimulatedFault::Garbage) => {
                let mut noise = self.temper.seed | 1;
                let garbage: Vec<u8> = (0..24)
                    .map(|_| {
                        noise ^= noise << 13;
                        noise ^= noise >> 7;
                        noise ^= noise << 17;
                        // No class of ZVT, so that it is garbage in every case.
                        0x90 | (noise as u8 & 0x0F)
                    })
                    .collect();
                self.wire.write(&garbage);
                return;
            }
            _ => {}
        }
        let refused = match kind {
            SimulatedKind::Reversal => self.cannot_reverse(order.receipt),
            _ => self.wait_for_the_card(),
        };
        if let Some(code) = refused {
            if code != STOPPED {
                self.tell(&Machine::refusal(code));
            }
            self.tell(&[0x06, 0x1E, 0x01, code]);
            return;
        }
        self.authorise(kind, order, fault);
    }

    /// Why a payment cannot be taken back, if so.
    fn cannot_reverse(&self, receipt: Option<u64>) -> Option<u8> {
        let machine = self.machine();
        let line = machine.journal[machine.day_begins..]
            .iter()
            .find(|line| Some(u64::from(line.receipt)) == receipt && line.kind == SimulatedKind::Payment);
        match line {
            None => Some(0xB5),
            Some(line) if line.reversed_by.is_some() => Some(0xB4),
            Some(_) => None,
        }
    }

    /// Looks for a card. The code if nothing comes of it.
    fn wait_for_the_card(&mut self) -> Option<u8> {
        let patient = self.machine().patients.pop_front().unwrap_or_default();
        self.tell(&[0x04, 0xFF, 0x02, 0x0A, 0x01]);
        self.rest(if let Patient::Waits(time) = patient { time } else { self.temper.pace });
        if self.stopped {
            return Some(STOPPED);
        }
        match patient {
            Patient::Waits(_) | Patient::PressesStop => return Some(STOPPED),
            Patient::HasUnreadableCard => {
                self.tell(&[0x04, 0xFF, 0x02, 0x0C, 0x00]);
                return Some(0x64);
            }
            Patient::Pays | Patient::IsDeclined(_) => {}
        }
        let pin = object(&[0x24], &object(&[0x07], b"Bitte PIN eingeben"));
        self.tell(&message(0x04, 0xFF, &[&[0xFF, 0x01][..], &object(&[0x06], &pin)].concat()));
        self.rest(self.temper.pace);
        self.tell(&[0x04, 0xFF, 0x02, 0x04, 0x01]);
        self.rest(self.temper.pace);
        if self.stopped {
            return Some(STOPPED);
        }
        if let Patient::IsDeclined(code) = patient { Some(code) } else { None }
    }

    /// The bank agrees: money moves, and the till is told.
    fn authorise(&mut self, kind: SimulatedKind, order: bytes::Order, fault: Option<SimulatedFault>) {
        // A terminal that has lost its till before it asked the bank does not ask.
        if self.wire.is_gone() {
            return;
        }
        if let Some(SimulatedFault::Power(PowerCut::During, off)) = fault {
            return self.power_off(off);
        }
        let (transaction, record, receipts) = {
            let mut machine = self.machine();
            let amount = order.amount.or_else(|| {
                let receipt = order.receipt?;
                machine
                    .journal
                    .iter()
                    .rev()
                    .find(|line| u64::from(line.receipt) == receipt)
                    .map(|line| line.amount)
            });
            let transaction = machine.book(kind, amount.unwrap_or_default());
            if let (SimulatedKind::Reversal, Some(receipt)) = (kind, order.receipt) {
                let day = machine.day_begins;
                let payment = machine.journal[day..]
                    .iter()
                    .find(|line| u64::from(line.receipt) == receipt && line.kind == SimulatedKind::Payment)
                    .map(|line| line.trace);
                if let Some(trace) = payment {
                    machine.take_back(trace, ReversedBy::Reversal(transaction.receipt));
                }
            }
            (transaction.clone(), machine.record(&transaction), machine.receipts(&transaction))
        };
        match fault {
            Some(SimulatedFault::Power(PowerCut::After, off)) => return self.power_off(off),
            Some(SimulatedFault::CutAfterAuthorisation) => return self.wire.cut(),
            Some(SimulatedFault::Late(time)) => self.rest(time),
            Some(SimulatedFault::Mute) => return,
            _ => {}
        }
        let lost = match fault {
            Some(SimulatedFault::AcknowledgementLost) => 1,
            Some(SimulatedFault::AcknowledgementsLost) => u8::MAX,
            _ => 0,
        };
        let mut understood = false;
        for attempt in 0..self.temper.tries.max(1) {
            let answer = self.tell(&record);
            if answer == Answer::Yes && attempt >= lost {
                understood = true;
                break;
            }
            if answer == Answer::No || self.wire.is_gone() {
                break;
            }
        }
        if !understood {
            if self.temper.reverses_itself {
                self.machine().take_back(transaction.trace, ReversedBy::Itself);
                self.tell(&[0x04, 0xFF, 0x02, 0x05, 0x00]);
            }
            self.tell(&[0x06, 0x1E, 0x01, 0xFF]);
            return;
        }
        if fault == Some(SimulatedFault::RecordTwice) {
            self.tell(&record);
        }
        if fault == Some(SimulatedFault::AbortedAfterRecord) {
            self.tell(&[0x06, 0x1E, 0x01, 0x9B]);
            return;
        }
        for receipt in receipts {
            self.tell(&receipt);
        }
        self.done();
    }

    fn done(&mut self) {
        self.tell(&[0x06, 0x0F, 0x00]);
    }

    /// Says a message and waits for what the till says to it.
    fn tell(&mut self, message: &[u8]) -> Answer {
        self.wire.say(message);
        let until = Instant::now() + self.temper.acknowledgement;
        loop {
            if self.shared.stops() {
                return Answer::Silence;
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.wire.hear(left.min(Duration::from_millis(20))) {
                Heard::Message { class: 0x80, .. } => return Answer::Yes,
                Heard::Message { class: 0x84, .. } => return Answer::No,
                Heard::Message { class: 0x06, instr: 0xB0, .. } => self.stop(),
                // Out of turn; a terminal goes on with what it does.
                Heard::Message { .. } => self.wire.say(&[0x84, 0x9C, 0x00]),
                Heard::Nothing if left.is_zero() => return Answer::Silence,
                Heard::Nothing => {}
                Heard::Gone => return Answer::Silence,
            }
        }
    }

    /// Waits, and listens meanwhile whether it is called off.
    fn rest(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while !self.stopped && !self.wire.is_gone() && !self.shared.stops() && Instant::now() < until {
            let left = until.saturating_duration_since(Instant::now());
            match self.wire.hear(left.min(Duration::from_millis(20))) {
                Heard::Message { class: 0x06, instr: 0xB0, .. } => self.stop(),
                Heard::Message { class: 0x80 | 0x84, .. } | Heard::Nothing | Heard::Gone => {}
                Heard::Message { .. } => self.wire.say(&[0x84, 0x9C, 0x00]),
            }
        }
    }

    fn stop(&mut self) {
        self.machine().commands.push((0x06, 0xB0));
        self.stopped = true;
        self.wire.say(&TAKEN);
    }

    fn power_off(&mut self, off: Duration) {
        self.shared.power_off(off);
        self.wire.cut();
    }
}
