//! A payment in words, as a card, the patient's account and the list of the day show it.

use crate::clinic::Clinic;
use crate::desk::board::words::when;
use crate::front_desk::money::Money;
use crate::front_desk::payment::{
    Charge, Means, Outcome, Payment, PaymentEnd, PaymentRow, Refund, RefundWay, TerminalAnswer,
    TerminalOrder, Witness, contradiction, standing,
};
use crate::front_desk::request::{Request, RequestReason};
use crate::front_desk::ticket::PaperState;
use crate::store::{AnsweredOrder, LedgerRow, Result, Store, Word};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::closing::ClosingShown;
use super::words::{
    charge_words, means_words, outcome_words, state, transaction_words, way_words, witness_words,
};

/// How long a payment may be under way before a person may say what became of it: longer than any terminal or code
/// is waited for.
pub const UNDER_WAY: TimeDelta = TimeDelta::minutes(10);

/// What a request is about, where that is money.
#[derive(Serialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum MoneyShown {
    /// A payment.
    Payment(Box<PaymentShown>),
    /// A terminal's day that was closed, and does not agree with the ledger.
    Closing(Box<ClosingShown>),
}

impl MoneyShown {
    /// Reads the money that a request is about.
    pub fn read(
        store: &Store,
        clinic: &Clinic,
        request: &Request,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>> {
        if let Some(payment) = request.payment {
            let Some(row) = store.payment(payment)? else { return Ok(None) };
            return Ok(Some(Self::Payment(Box::new(PaymentShown::read(store, clinic, row, now)?))));
        }
        if request.reason != RequestReason::PaymentDiffers {
            return Ok(None);
        }
        let closing = ClosingShown::told_by(store, clinic, request, now)?;
        Ok(closing.map(|closing| Self::Closing(Box::new(closing))))
    }
}

/// A payment.
#[derive(Serialize)]
pub struct PaymentShown {
    pub id: Uuid,
    pub patient: Option<PayerShown>,
    pub amount: String,
    pub means: String,
    /// The kiosk whose terminal was to charge it.
    pub terminal: Option<String>,
    /// By which the provider names it.
    pub reference: Option<String>,
    pub begun: String,
    pub items: Vec<ItemShown>,
    /// "under-way", "charged", "not-charged" or "not-known".
    pub state: &'static str,
    pub state_words: String,
    /// What was said of it, in order.
    pub words: Vec<WordShown>,
    /// Whether two that should know differ.
    pub differs: bool,
    pub paper: Option<&'static str>,
    /// Whether a person may say what became of it.
    pub can_settle: bool,
    /// What staff asked the terminal last since it began.
    pub asked: Option<AskedShown>,
    /// What of it can go back, in minor units, and written; none for nothing.
    pub refundable: Option<AmountShown>,
    /// Whether the terminal can take it back.
    pub can_reverse: bool,
    pub refunds: Vec<RefundShown>,
}

/// Who pays.
#[derive(Serialize)]
pub struct PayerShown {
    pub id: Uuid,
    pub name: String,
}

/// What something was paid for.
#[derive(Serialize)]
pub struct ItemShown {
    pub charge: Uuid,
    pub text: String,
    pub amount: String,
    pub minor: i64,
}

/// A sum, to send back and to read.
#[derive(Serialize)]
pub struct AmountShown {
    pub minor: i64,
    pub written: String,
    /// Without the currency, as it is typed.
    pub figures: String,
    pub currency: String,
}

/// Somebody's word.
#[derive(Serialize)]
pub struct WordShown {
    pub at: String,
    pub words: String,
    /// What the terminal said of the transaction.
    pub transaction: Option<String>,
}

/// What staff asked a terminal.
#[derive(Serialize)]
pub struct AskedShown {
    pub words: String,
    /// None until it answers.
    pub answer: Option<String>,
}

/// Money that went back, or is to.
#[derive(Serialize)]
pub struct RefundShown {
    pub id: Uuid,
    pub amount: String,
    pub way: String,
    pub why: String,
    pub by: String,
    pub state: &'static str,
    pub words: Vec<WordShown>,
    pub can_settle: bool,
    /// Whether a terminal's receipt tells of it.
    pub at_terminal: bool,
}

impl AmountShown {
    pub fn of(money: Money) -> Self {
        Self {
            minor: money.minor,
            written: money.to_string(),
            figures: money.figures(),
            currency: money.currency.code().to_string(),
        }
    }
}

impl PaymentShown {
    /// Reads what belongs to a payment.
    pub fn read(store: &Store, clinic: &Clinic, row: PaymentRow, now: DateTime<Utc>) -> Result<Self> {
        let LedgerRow { row, charges, patient, paper } = store.ledger_row(row)?;
        let payment = &row.payment;
        let words = store.words_about(payment.id.0)?;
        let mut refunds = Vec::new();
        for (refund, outcome) in &row.refunds {
            refunds.push(RefundShown::read(store, clinic, refund, *outcome, now)?);
        }
        let terminal = match &payment.means {
            Means::Card { terminal } => Some(terminal.clone()),
            Means::Code { .. } | Means::Desk { .. } => None,
        };
        let closed = match &terminal {
            Some(kiosk) => store.closings(Some(kiosk))?.iter().any(|closing| closing.at >= row.begun_at),
            None => false,
        };
        let asked = match &terminal {
            Some(kiosk) => asked(store, clinic, &row, kiosk, now)?,
            None => None,
        };
        let refundable = Money { minor: row.refundable(), ..payment.amount };
        let whole = refundable.minor == payment.amount.minor;
        Ok(Self {
            id: payment.id.0,
            patient: patient.map(|patient| PayerShown { id: patient.id.0, name: patient.name.full() }),
            amount: payment.amount.to_string(),
            means: means_words(payment),
            reference: match &payment.means {
                Means::Code { reference, .. } => Some(reference.clone()),
                Means::Card { .. } | Means::Desk { .. } => None,
            },
            begun: when(clinic, row.begun_at, now),
            items: items(payment, &charges),
            state: state(row.outcome()),
            state_words: state_words(clinic, &words, row.begun_at, now),
            words: words.iter().map(|word| WordShown::of(clinic, word, payment.amount, now)).collect(),
            differs: contradiction(&row.ends).is_some(),
            paper: match paper {
                Some(PaperState::NotPrinted) => Some("No receipt came out."),
                Some(PaperState::NotKnown) => Some("Perhaps no receipt came out."),
                Some(PaperState::Printed | PaperState::Reserved) | None => None,
            },
            can_settle: may_settle(row.outcome(), standing(&row.ends), row.begun_at, now).is_ok(),
            asked,
            refundable: (refundable.minor > 0).then(|| AmountShown::of(refundable)),
            can_reverse: whole && !closed && receipt_of(&row.ends).is_some() && terminal.is_some(),
            terminal,
            refunds,
        })
    }
}

impl RefundShown {
    fn read(
        store: &Store,
        clinic: &Clinic,
        refund: &Refund,
        outcome: Option<Outcome>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let words = store.words_about(refund.id.0)?;
        Ok(Self {
            id: refund.id.0,
            amount: refund.amount.to_string(),
            way: way_words(&refund.way),
            why: refund.why.clone(),
            by: refund.by.clone(),
            state: match outcome {
                Some(Outcome::Charged) => "gone-back",
                other => state(other),
            },
            words: words.iter().map(|word| WordShown::of_refund(clinic, word, refund.amount, now)).collect(),
            can_settle: match (outcome, store.refund(refund.id)?) {
                (Some(Outcome::NotKnown), _) => true,
                (None, Some((begun_at, _))) => now - begun_at >= UNDER_WAY,
                _ => false,
            },
            at_terminal: !matches!(refund.way, RefundWay::Desk { .. }),
        })
    }
}

impl WordShown {
    fn of(clinic: &Clinic, (at, end): &Word, amount: Money, now: DateTime<Utc>) -> Self {
        Self::said(clinic, *at, end, outcome_words(end.outcome), amount, now)
    }

    fn of_refund(clinic: &Clinic, (at, end): &Word, amount: Money, now: DateTime<Utc>) -> Self {
        let outcome = match end.outcome {
            Outcome::Charged => "went back",
            Outcome::NotCharged => "did not go back",
            Outcome::NotKnown => "not known whether it went back",
        };
        Self::said(clinic, *at, end, outcome, amount, now)
    }

    fn said(
        clinic: &Clinic,
        at: DateTime<Utc>,
        end: &PaymentEnd,
        outcome: &str,
        amount: Money,
        now: DateTime<Utc>,
    ) -> Self {
        let note = if end.note.is_empty() { String::new() } else { format!(" ({})", end.note) };
        Self {
            at: when(clinic, at, now),
            words: format!("{}: {outcome}{note}", witness_words(&end.witness)),
            transaction: end.transaction.as_ref().map(|told| transaction_words(told, amount)),
        }
    }
}

/// What it is for, item by item.
pub fn items(payment: &Payment, charges: &[Charge]) -> Vec<ItemShown> {
    let shown = payment.items.iter().map(|item| {
        let charge = charges.iter().find(|charge| charge.id == item.charge);
        ItemShown {
            charge: item.charge.0,
            text: charge
                .map_or("an item that is not here yet".to_string(), |charge| charge_words(&charge.what)),
            amount: Money { minor: item.minor, ..payment.amount }.to_string(),
            minor: item.minor,
        }
    });
    shown.collect()
}

/// Where it stands and since when.
fn state_words(clinic: &Clinic, words: &[Word], begun_at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let ends: Vec<PaymentEnd> = words.iter().map(|(_, end)| end.clone()).collect();
    let Some(stands) = standing(&ends) else {
        return format!("Under way since {}", when(clinic, begun_at, now));
    };
    let at = words.iter().find(|(_, end)| end == stands).map_or(begun_at, |(at, _)| *at);
    match stands.outcome {
        Outcome::NotKnown => {
            let cause = if stands.note.is_empty() { String::new() } else { format!(": {}", stands.note) };
            format!("Not known whether it was charged, since {}{cause}", when(clinic, at, now))
        }
        Outcome::Charged => format!("Charged, {}", when(clinic, at, now)),
        Outcome::NotCharged => format!("Not charged, {}", when(clinic, at, now)),
    }
}

/// What staff asked the terminal last since the payment began, beside the payment.
fn asked(
    store: &Store,
    clinic: &Clinic,
    row: &PaymentRow,
    kiosk: &str,
    now: DateTime<Utc>,
) -> Result<Option<AskedShown>> {
    let orders = store.terminal_orders(row.begun_at)?;
    let last =
        orders.iter().find(|order| order.kiosk == kiosk && order.order == TerminalOrder::LastTransaction);
    let Some(AnsweredOrder { by, asked_at, answer, .. }) = last else { return Ok(None) };
    let amount = row.payment.amount;
    let answer = answer.as_ref().map(|(at, answer)| {
        let told = match answer {
            TerminalAnswer::LastTransaction { transaction: None } => {
                "the terminal knows of no transaction.".to_string()
            }
            TerminalAnswer::LastTransaction { transaction: Some(told) } => {
                let same = match told.amount {
                    Some(there) if there == amount.minor => "The amount is the same",
                    Some(_) => "The amount is ANOTHER one",
                    None => "The terminal does not say the amount",
                };
                let earlier = match receipt_of(&row.ends) {
                    Some(receipt) if told.receipt == Some(receipt) => "; the receipt number is the same.",
                    Some(_) => "; the receipt number is ANOTHER one.",
                    None => "; compare receipt number and time with the terminal's journal.",
                };
                format!(
                    "the terminal's last transaction is {}. {same}{earlier}",
                    transaction_words(told, amount)
                )
            }
            TerminalAnswer::Refused { why } => format!("not answered: {why}"),
            TerminalAnswer::DayClosed { .. } => "the day was closed instead.".to_string(),
        };
        format!("{}: {told}", when(clinic, *at, now))
    });
    Ok(Some(AskedShown {
        words: format!("{by} asked the terminal, {}", when(clinic, *asked_at, now)),
        answer,
    }))
}

/// The terminal's receipt number, where anybody told it.
pub fn receipt_of(ends: &[PaymentEnd]) -> Option<u16> {
    let of = |end: &PaymentEnd| end.transaction.as_ref().and_then(|transaction| transaction.receipt);
    standing(ends).and_then(of).or_else(|| ends.iter().find_map(of))
}

/// Whether a person may say what became of a payment; why not, in a sentence.
pub fn may_settle(
    outcome: Option<Outcome>,
    standing: Option<&PaymentEnd>,
    begun_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> std::result::Result<(), String> {
    match (outcome, standing) {
        (None, _) if now - begun_at < UNDER_WAY => {
            Err("It is still under way: wait for its end, or for ten minutes from its beginning.".to_string())
        }
        (None | Some(Outcome::NotKnown), _) => Ok(()),
        // Nobody looked yet: the patient only turned to another way.
        (_, Some(PaymentEnd { witness: Witness::Patient, .. })) => Ok(()),
        (Some(outcome), Some(end)) => {
            let receipt = end.transaction.as_ref().and_then(|transaction| transaction.receipt);
            let receipt = receipt.map_or(String::new(), |receipt| format!(", receipt {receipt:04}"));
            Err(format!(
                "This is settled already by {}: {}{receipt}. Your word was not kept.",
                match &end.witness {
                    Witness::Staff { by } => by.clone(),
                    Witness::Provider => "the payment provider".to_string(),
                    Witness::Kiosk => "the kiosk".to_string(),
                    Witness::Terminal | Witness::Patient => "the terminal".to_string(),
                },
                outcome_words(outcome)
            ))
        }
        (Some(_), None) => Ok(()),
    }
}
