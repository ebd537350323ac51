//! The terminal as the till sees it.

use super::{NotChargedWhy, TerminalShows};
use crate::clinic::{Clinic, Kiosk, TerminalPort};
use crate::front_desk::payment::{DayTotals, Transaction};
use vestibule_hardware::terminal::{
    CardKind, DayTotals as CountedTotals, MaskedCard, NotAPassword, RefusalKind, Terminal, TerminalFault,
    TerminalMessage, TerminalPassword, TerminalPlace, TerminalSettings, Till as TillSide, TransactionEnd,
    TransactionRecord,
};

/// What the till asks of a terminal. The real one speaks ZVT; a test has one that loses power at every step.
pub trait CardTerminal {
    /// Its last transaction; `None` where it says that it has none.
    fn last_transaction(&mut self) -> Result<Option<TransactionRecord>, TerminalFault>;
    /// Charges an amount in minor units.
    fn authorise(&mut self, amount: u64, till: &mut dyn TillSide) -> TransactionEnd;
    /// Takes a transaction back.
    fn reverse(&mut self, receipt: u16, till: &mut dyn TillSide) -> TransactionEnd;
    /// Credits a card.
    fn refund(&mut self, amount: u64, till: &mut dyn TillSide) -> TransactionEnd;
    /// Closes its day.
    fn end_of_day(&mut self, till: &mut dyn TillSide) -> Result<CountedTotals, TerminalFault>;
    /// Whether it answers.
    fn check(&mut self) -> Result<(), TerminalFault>;
}

impl CardTerminal for Terminal {
    fn last_transaction(&mut self) -> Result<Option<TransactionRecord>, TerminalFault> {
        Terminal::last_transaction(self)
    }

    fn authorise(&mut self, amount: u64, till: &mut dyn TillSide) -> TransactionEnd {
        Terminal::authorise(self, amount, till)
    }

    fn reverse(&mut self, receipt: u16, till: &mut dyn TillSide) -> TransactionEnd {
        Terminal::reverse(self, receipt, till)
    }

    fn refund(&mut self, amount: u64, till: &mut dyn TillSide) -> TransactionEnd {
        Terminal::refund(self, amount, till)
    }

    fn end_of_day(&mut self, till: &mut dyn TillSide) -> Result<CountedTotals, TerminalFault> {
        Terminal::end_of_day(self, till)
    }

    fn check(&mut self) -> Result<(), TerminalFault> {
        self.status().map(drop)
    }
}

/// Why a terminal of the clinic's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Its password.
    #[error(transparent)]
    Password(#[from] NotAPassword),
    /// The currency.
    #[error("payments.toml names a currency that the terminal has no number for")]
    Currency,
}

/// How a kiosk's terminal is reached; none where it has none, or where everything is invented and no card may be
/// charged.
pub fn terminal(kiosk: &Kiosk, clinic: &Clinic) -> Result<Option<TerminalSettings>, TerminalError> {
    let payments = clinic.routines.payments.as_ref().filter(|_| !clinic.practice);
    let (Some(place), Some(payments)) = (&kiosk.terminal, payments) else { return Ok(None) };
    Ok(Some(TerminalSettings {
        place: match &place.port {
            TerminalPort::Network(address) => TerminalPlace::Tcp(address.to_string()),
            TerminalPort::Serial { device, baud } => {
                TerminalPlace::Serial { path: device.clone(), baud: *baud }
            }
        },
        password: TerminalPassword::parse(&place.password)?,
        currency: payments.currency.numeric().ok_or(TerminalError::Currency)?,
        patience: Default::default(),
    }))
}

/// A terminal's record in the words of the ledger.
pub(super) fn transaction(record: &TransactionRecord) -> Transaction {
    Transaction {
        amount: record.amount.and_then(|amount| i64::try_from(amount).ok()),
        receipt: record.receipt,
        trace: record.trace,
        terminal: record.terminal_id.as_ref().map(ToString::to_string),
        at: at(record),
        result: record.result,
        card: record.card.as_ref().map(card).unwrap_or_default(),
        authorisation: record.authorisation.clone(),
    }
}

/// By the terminal's own clock; nothing unless it tells all of it.
fn at(record: &TransactionRecord) -> Option<[u8; 5]> {
    let (date, time) = (record.date?, record.time?);
    Some([date.month, date.day, time.hour, time.minute, time.second])
}

fn card(card: &MaskedCard) -> String {
    let figures = card.last_four.as_ref().map(|last| format!("····{last}"));
    let parts = [card.name.clone(), figures];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the terminal counted; nothing where it does not say how much in all.
pub(super) fn totals(counted: &CountedTotals) -> Option<DayTotals> {
    let minor = |amount: u64| i64::try_from(amount).ok();
    let kinds = counted.kinds.iter().map(|total| {
        let name = match total.kind {
            CardKind::Girocard => "girocard",
            CardKind::Jcb => "JCB",
            CardKind::Mastercard => "Mastercard",
            CardKind::Amex => "American Express",
            CardKind::Visa => "Visa",
            CardKind::Diners => "Diners Club",
            CardKind::Other => "other",
        };
        Some((name.to_string(), u32::from(total.count), minor(total.amount)?))
    });
    Some(DayTotals {
        amount: minor(counted.amount?)?,
        count: counted.count,
        receipts: counted.first_receipt.zip(counted.last_receipt),
        kinds: kinds.collect::<Option<_>>()?,
    })
}

/// What the patient is shown of what the terminal says.
pub(super) fn shows(message: &TerminalMessage) -> TerminalShows {
    match (message.code, &message.text) {
        (_, Some(text)) if !text.trim().is_empty() => TerminalShows::Words(text.trim().to_string()),
        // PA00P015, 04 FF: "insert card".
        (Some(0x0A), _) => TerminalShows::PresentCard,
        _ => TerminalShows::AtWork,
    }
}

pub(super) fn why(kind: RefusalKind) -> NotChargedWhy {
    match kind {
        RefusalKind::Declined => NotChargedWhy::Declined,
        RefusalKind::Cancelled => NotChargedWhy::Cancelled,
        RefusalKind::TimedOut => NotChargedWhy::TimedOut,
        RefusalKind::CardUnreadable => NotChargedWhy::CardUnreadable,
        RefusalKind::Terminal => NotChargedWhy::Terminal,
    }
}
