//! What the simulated terminal is and remembers: its journal, its temper, and what shall go wrong.

use std::collections::VecDeque;
use std::time::Duration;

use super::bytes::{digits, message, object, var};

/// Of what kind a transaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimulatedKind {
    /// 06 01.
    Payment,
    /// 06 30.
    Reversal,
    /// 06 31.
    Refund,
}

/// What took a transaction back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReversedBy {
    /// The terminal itself: the till did not acknowledge the record.
    Itself,
    /// The reversal with this receipt number.
    Reversal(u16),
}

/// One line of the terminal's journal: money moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedTransaction {
    /// 1 to 9999.
    pub receipt: u16,
    /// 1 to 999999.
    pub trace: u32,
    /// In minor units.
    pub amount: u64,
    /// Of what kind it was.
    pub kind: SimulatedKind,
    /// What took it back, if something did.
    pub reversed_by: Option<ReversedBy>,
}

/// What the next patient does at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patient {
    /// Presents a card after a moment, types the PIN, and the bank agrees.
    #[default]
    Pays,
    /// The bank says no, with this code of 1 to 99.
    IsDeclined(u8),
    /// Presents no card; the terminal waits for so long.
    Waits(Duration),
    /// The card cannot be read.
    HasUnreadableCard,
    /// Presses stop.
    PressesStop,
}

/// When the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerCut {
    /// Before the bank has authorised it.
    Before,
    /// When the bank has authorised it and nothing of that is in the journal; the bank takes it back.
    During,
    /// When it is in the journal and has not been told.
    After,
}

/// What goes wrong with the next order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimulatedFault {
    /// It is answered 84 9C.
    Busy,
    /// It is taken and then ended by 06 1E 9C.
    BusyAfterwards,
    /// It is answered with this 84.
    NotTaken(u8),
    /// Nothing answers it, and it is not carried out.
    Deaf,
    /// It is carried out, and nothing is ever said of it.
    Mute,
    /// The connection is cut when the order was taken, before the bank.
    CutBeforeAuthorisation,
    /// The connection is cut behind the bank, before 04 0F.
    CutAfterAuthorisation,
    /// The connection is cut when so many more bytes have left the terminal.
    CutAfterBytes(usize),
    /// 04 0F comes so much later.
    Late(Duration),
    /// The till's acknowledgement of 04 0F gets lost, once: the terminal says it again.
    AcknowledgementLost,
    /// All of the till's acknowledgements of 04 0F get lost.
    AcknowledgementsLost,
    /// The till's order is heard and its acknowledgement 80 00 00 is not sent.
    NoAcknowledgement,
    /// The record of an earlier transaction comes before 80 00 00.
    StaleRecord,
    /// 04 0F comes twice.
    RecordTwice,
    /// 04 0F says result 0, and then 06 1E comes.
    AbortedAfterRecord,
    /// 06 0F comes without 04 0F; nothing was charged.
    NoRecord,
    /// Garbage comes instead of the first message.
    Garbage,
    /// The power goes, and comes back after so long.
    Power(PowerCut, Duration),
    /// Serial: so many ACKs of the terminal get lost.
    AckLost(u8),
    /// Serial: so many ACKs of the till get lost.
    AckMissed(u8),
    /// Serial: so many blocks of the terminal are damaged.
    BlockDamaged(u8),
}

/// How the terminal is by nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Temper {
    /// Between two messages, and while a card is looked for.
    pub pace: Duration,
    /// How long it waits for an acknowledgement.
    pub acknowledgement: Duration,
    /// How often it says a record that is not acknowledged.
    pub tries: u8,
    /// Whether it takes a payment back whose record was not acknowledged. Not all terminals do.
    pub reverses_itself: bool,
    /// Whether it knows 06 20 with service byte 03.
    pub repeats_receipts: bool,
    /// Whether it tells anything of the last transaction when it is asked; some only say 06 0F.
    pub tells_the_last: bool,
    /// Whether it puts whole card numbers, tracks and check values into its messages and receipts.
    pub careless: bool,
    /// For what is random: garbage.
    pub seed: u64,
}

impl Default for Temper {
    fn default() -> Temper {
        Temper {
            pace: Duration::from_millis(400),
            acknowledgement: Duration::from_secs(5),
            tries: 3,
            reverses_itself: true,
            repeats_receipts: true,
            tells_the_last: true,
            careless: false,
            seed: 1,
        }
    }
}

/// The card that is presented: a test number that no bank gives out.
pub(super) const CARD: &str = "4111111111111111";
/// Its number at the network.
pub(super) const TERMINAL_ID: u64 = 52_523_535;

/// What outlives the power: the journal. What does not: the registration.
pub(super) struct Machine {
    pub(super) journal: Vec<SimulatedTransaction>,
    pub(super) patients: VecDeque<Patient>,
    pub(super) faults: VecDeque<SimulatedFault>,
    pub(super) temper: Temper,
    pub(super) registered: bool,
    pub(super) text_blocks: bool,
    /// Receipts before this one belong to days that are closed.
    pub(super) day_begins: usize,
    pub(super) next_receipt: u16,
    pub(super) next_trace: u32,
    pub(super) commands: Vec<(u8, u8)>,
}

impl Machine {
    pub(super) fn new() -> Machine {
        Machine {
            journal: Vec::new(),
            patients: VecDeque::new(),
            faults: VecDeque::new(),
            temper: Temper::default(),
            registered: false,
            text_blocks: false,
            day_begins: 0,
            next_receipt: 1,
            next_trace: 101,
            commands: Vec::new(),
        }
    }

    /// Money moves.
    pub(super) fn book(&mut self, kind: SimulatedKind, amount: u64) -> SimulatedTransaction {
        let transaction = SimulatedTransaction {
            receipt: self.next_receipt,
            trace: self.next_trace,
            amount,
            kind,
            reversed_by: None,
        };
        self.next_receipt = self.next_receipt % 9999 + 1;
        self.next_trace = self.next_trace % 999_999 + 1;
        self.journal.push(transaction.clone());
        transaction
    }

    /// Takes a transaction back.
    pub(super) fn take_back(&mut self, trace: u32, by: ReversedBy) {
        if let Some(line) = self.journal.iter_mut().find(|line| line.trace == trace) {
            line.reversed_by = Some(by);
        }
    }

    /// The last transaction that stands.
    pub(super) fn last(&self) -> Option<&SimulatedTransaction> {
        self.journal.iter().rev().find(|line| line.reversed_by != Some(ReversedBy::Itself))
    }

    /// 04 0F for a transaction.
    pub(super) fn record(&self, transaction: &SimulatedTransaction) -> Vec<u8> {
        let mut data = vec![0x27, 0x00, 0x04];
        digits(&mut data, transaction.amount, 6);
        data.extend([0x49, 0x09, 0x78, 0x0C]);
        // Its clock goes on by a second with each transaction: the same run gives the same bytes.
        let second = u64::from(transaction.trace);
        digits(&mut data, 120_000 + second / 60 % 60 * 100 + second % 60, 3);
        data.push(0x0D);
        digits(&mut data, 1125, 2);
        if self.temper.careless {
            let number =
                CARD.as_bytes().chunks(2).map(|two| (two[0] - 48) * 16 + two[1] - 48).collect::<Vec<_>>();
            var(&mut data, 0x22, 2, &number);
            var(&mut data, 0x23, 2, &[&number[..], &[0xD2, 0x80, 0x52, 0x01]].concat());
            data.extend([0x3A, 0x12, 0x3F]);
        } else {
            var(&mut data, 0x22, 2, &[0x41, 0x11, 0x11, 0xEE, 0xEE, 0xEE, 0x11, 0x11]);
        }
        data.push(0x87);
        digits(&mut data, transaction.receipt.into(), 2);
        data.extend(*b"\x3B750071\0\0");
        data.push(0x0B);
        digits(&mut data, transaction.trace.into(), 3);
        data.push(0x29);
        digits(&mut data, TERMINAL_ID, 4);
        data.extend([0x8A, 0x05]);
        var(&mut data, 0x8B, 2, b"girocard\0");
        data.extend(*b"\x2A804011926      ");
        message(0x04, 0x0F, &data)
    }

    /// 04 0F for something that did not come about.
    pub(super) fn refusal(code: u8) -> Vec<u8> {
        message(0x04, 0x0F, &[0x27, code])
    }

    /// 04 0F with the totals of the day.
    pub(super) fn totals(&self) -> Vec<u8> {
        let day = || {
            self.journal[self.day_begins..]
                .iter()
                .filter(|line| line.kind == SimulatedKind::Payment && line.reversed_by.is_none())
        };
        let amount: u64 = day().map(|line| line.amount).sum();
        let mut data = vec![0x27, 0x00, 0x04];
        digits(&mut data, amount, 6);
        let mut totals = Vec::new();
        digits(&mut totals, day().next().map_or(0, |line| line.receipt).into(), 2);
        digits(&mut totals, day().next_back().map_or(0, |line| line.receipt).into(), 2);
        // All cards here are girocards; six other kinds follow.
        totals.push(day().count() as u8);
        digits(&mut totals, amount, 6);
        totals.extend([0; 6 * 7]);
        var(&mut data, 0x60, 3, &totals);
        message(0x04, 0x0F, &data)
    }

    /// The receipts of a transaction, as the till registered for them.
    pub(super) fn receipts(&self, transaction: &SimulatedTransaction) -> Vec<Vec<u8>> {
        let card = if self.temper.careless { CARD } else { "############1111" };
        let mut messages = Vec::new();
        for (kind, head) in [(1, "** H\u{84}ndlerbeleg **"), (2, "** Kundenbeleg **")] {
            let amount = format!("Betrag EUR {},{:02}", transaction.amount / 100, transaction.amount % 100);
            let lines = [
                head.to_owned(),
                format!("Terminal-ID {TERMINAL_ID}"),
                format!("Beleg-Nr. {:04}  TA-Nr. {:06}", transaction.receipt, transaction.trace),
                "VU-Nr. 804011926".to_owned(),
                format!("Karte {card}"),
                amount,
            ];
            let bytes = |line: &String| line.chars().map(|c| c as u8).collect::<Vec<u8>>();
            if self.text_blocks {
                let mut block: Vec<u8> =
                    lines.iter().flat_map(|line| object(&[0x07], &bytes(line))).collect();
                block.extend(object(&[0x09], &[0xFF]));
                let inner = [object(&[0x1F, 0x07], &[kind]), object(&[0x25], &block)].concat();
                messages.push(message(0x06, 0xD3, &object(&[0x06], &inner)));
            } else {
                for (at, line) in lines.iter().enumerate() {
                    let attribute = if at + 1 == lines.len() { 0xC0 } else { 0x00 };
                    messages.push(message(0x06, 0xD1, &[&[attribute], &bytes(line)[..]].concat()));
                }
            }
        }
        messages
    }
}
