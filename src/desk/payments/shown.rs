//! A payment in words, as a card, the patient's account and the list of the day show it.

use crate::desk::board::words::Reader;
use crate::desk::language::{Sentence, sentence};
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
    charge_words, means_words, outcome_words, receipt_words, state, transaction_words, way_words,
    witness_words,
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
    pub fn read(store: &Store, reader: Reader, request: &Request) -> Result<Option<Self>> {
        if let Some(payment) = request.payment {
            let Some(row) = store.payment(payment)? else { return Ok(None) };
            return Ok(Some(Self::Payment(Box::new(PaymentShown::read(store, reader, row)?))));
        }
        if request.reason != RequestReason::PaymentDiffers {
            return Ok(None);
        }
        let closing = ClosingShown::told_by(store, reader, request)?;
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
    pub paper: Option<String>,
    /// The kiosks whose printer can print a receipt; none while there is nothing to say on it.
    pub printers: Vec<String>,
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
    pub fn read(store: &Store, reader: Reader, row: PaymentRow) -> Result<Self> {
        let now = reader.now;
        let LedgerRow { row, charges, patient, paper } = store.ledger_row(row)?;
        let payment = &row.payment;
        let words = store.words_about(payment.id.0)?;
        let mut refunds = Vec::new();
        for (refund, outcome) in &row.refunds {
            refunds.push(RefundShown::read(store, reader, refund, *outcome)?);
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
            Some(kiosk) => asked(store, reader, &row, kiosk)?,
            None => None,
        };
        let refundable = Money { minor: row.refundable(), ..payment.amount };
        let whole = refundable.minor == payment.amount.minor;
        Ok(Self {
            id: payment.id.0,
            patient: patient.map(|patient| PayerShown { id: patient.id.0, name: patient.name.full() }),
            amount: payment.amount.to_string(),
            means: means_words(reader, payment),
            reference: match &payment.means {
                Means::Code { reference, .. } => Some(reference.clone()),
                Means::Card { .. } | Means::Desk { .. } => None,
            },
            begun: reader.when(row.begun_at),
            items: items(reader, payment, &charges),
            state: state(row.outcome()),
            state_words: state_words(reader, &words, row.begun_at),
            words: words.iter().map(|word| WordShown::of(reader, word, payment.amount)).collect(),
            differs: contradiction(&row.ends).is_some(),
            paper: match paper {
                Some(PaperState::NotPrinted) => Some(reader.say("No receipt came out.", &[])),
                Some(PaperState::NotKnown) => Some(reader.say("Perhaps no receipt came out.", &[])),
                Some(PaperState::Printed) => Some(reader.say("Printed.", &[])),
                Some(PaperState::Reserved) | None => None,
            },
            printers: match row.outcome() {
                None => Vec::new(),
                Some(_) => {
                    let all = reader.clinic.kiosks.iter().filter(|kiosk| kiosk.printer.is_some());
                    all.map(|kiosk| kiosk.name.clone()).collect()
                }
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
    fn read(store: &Store, reader: Reader, refund: &Refund, outcome: Option<Outcome>) -> Result<Self> {
        let words = store.words_about(refund.id.0)?;
        Ok(Self {
            id: refund.id.0,
            amount: refund.amount.to_string(),
            way: way_words(reader, &refund.way),
            why: refund.why.clone(),
            by: refund.by.clone(),
            state: match outcome {
                Some(Outcome::Charged) => "gone-back",
                other => state(other),
            },
            words: words.iter().map(|word| WordShown::of_refund(reader, word, refund.amount)).collect(),
            can_settle: match (outcome, store.refund(refund.id)?) {
                (Some(Outcome::NotKnown), _) => true,
                (None, Some((begun_at, _))) => reader.now - begun_at >= UNDER_WAY,
                _ => false,
            },
            at_terminal: !matches!(refund.way, RefundWay::Desk { .. }),
        })
    }
}

impl WordShown {
    fn of(reader: Reader, (at, end): &Word, amount: Money) -> Self {
        Self::said(reader, *at, end, &outcome_words(reader, end.outcome), amount)
    }

    fn of_refund(reader: Reader, (at, end): &Word, amount: Money) -> Self {
        let outcome = match end.outcome {
            Outcome::Charged => reader.say("went back", &[]),
            Outcome::NotCharged => reader.say("did not go back", &[]),
            Outcome::NotKnown => reader.say("not known whether it went back", &[]),
        };
        Self::said(reader, *at, end, &outcome, amount)
    }

    fn said(reader: Reader, at: DateTime<Utc>, end: &PaymentEnd, outcome: &str, amount: Money) -> Self {
        let who = witness_words(reader, &end.witness);
        let note = reader.say(&end.note, &[]);
        Self {
            at: reader.when(at),
            words: if note.is_empty() {
                format!("{who}: {outcome}")
            } else {
                format!("{who}: {outcome} ({note})")
            },
            transaction: end.transaction.as_ref().map(|told| transaction_words(reader, told, amount)),
        }
    }
}

/// What it is for, item by item.
pub fn items(reader: Reader, payment: &Payment, charges: &[Charge]) -> Vec<ItemShown> {
    let shown = payment.items.iter().map(|item| {
        let charge = charges.iter().find(|charge| charge.id == item.charge);
        ItemShown {
            charge: item.charge.0,
            text: match charge {
                Some(charge) => charge_words(reader, &charge.what),
                None => reader.say("an item that is not here yet", &[]),
            },
            amount: Money { minor: item.minor, ..payment.amount }.to_string(),
            minor: item.minor,
        }
    });
    shown.collect()
}

/// Since when it stands so, and why: the state itself stands before it.
fn state_words(reader: Reader, words: &[Word], begun_at: DateTime<Utc>) -> String {
    let ends: Vec<PaymentEnd> = words.iter().map(|(_, end)| end.clone()).collect();
    let Some(stands) = standing(&ends) else {
        return reader.say("since {time}", &[("time", &reader.when(begun_at))]);
    };
    let at = words.iter().find(|(_, end)| end == stands).map_or(begun_at, |(at, _)| *at);
    let (time, cause) = (reader.when(at), reader.say(&stands.note, &[]));
    let told = [("time", time.as_str()), ("cause", cause.as_str())];
    match stands.outcome {
        Outcome::NotKnown if cause.is_empty() => reader.say("since {time}", &told),
        Outcome::NotKnown => reader.say("since {time}: {cause}", &told),
        Outcome::Charged | Outcome::NotCharged => time,
    }
}

/// What staff asked the terminal last since the payment began, beside the payment.
fn asked(store: &Store, reader: Reader, row: &PaymentRow, kiosk: &str) -> Result<Option<AskedShown>> {
    let orders = store.terminal_orders(row.begun_at)?;
    let last =
        orders.iter().find(|order| order.kiosk == kiosk && order.order == TerminalOrder::LastTransaction);
    let Some(AnsweredOrder { by, asked_at, answer, .. }) = last else { return Ok(None) };
    let amount = row.payment.amount;
    let answer = answer.as_ref().map(|(at, answer)| {
        let told = match answer {
            TerminalAnswer::LastTransaction { transaction: None } => {
                reader.say("the terminal knows of no transaction.", &[])
            }
            TerminalAnswer::LastTransaction { transaction: Some(told) } => {
                let same = match told.amount {
                    Some(there) if there == amount.minor => reader.say("The amount is the same.", &[]),
                    Some(_) => reader.say("The amount is ANOTHER one.", &[]),
                    None => reader.say("The terminal does not say the amount.", &[]),
                };
                let earlier = match receipt_of(&row.ends) {
                    Some(receipt) if told.receipt == Some(receipt) => {
                        reader.say("The receipt number is the same.", &[])
                    }
                    Some(_) => reader.say("The receipt number is ANOTHER one.", &[]),
                    None => reader.say("Compare receipt number and time with the terminal's journal.", &[]),
                };
                let last = transaction_words(reader, told, amount);
                let last = reader
                    .say("the terminal's last transaction is {transaction}.", &[("transaction", &last)]);
                format!("{last} {same} {earlier}")
            }
            TerminalAnswer::Refused { why } => {
                reader.say("not answered: {why}", &[("why", &reader.say(why, &[]))])
            }
            TerminalAnswer::DayClosed { .. } => reader.say("the day was closed instead.", &[]),
        };
        format!("{}: {told}", reader.when(*at))
    });
    let words =
        reader.say("{by} asked the terminal, {time}", &[("by", by), ("time", &reader.when(*asked_at))]);
    Ok(Some(AskedShown { words, answer }))
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
) -> std::result::Result<(), Sentence> {
    match (outcome, standing) {
        (None, _) if now - begun_at < UNDER_WAY => {
            Err(sentence("It is still under way: wait for its end, or for ten minutes from its beginning."))
        }
        (None | Some(Outcome::NotKnown), _) => Ok(()),
        // Nobody looked yet: the patient only turned to another way.
        (_, Some(PaymentEnd { witness: Witness::Patient, .. })) => Ok(()),
        (Some(outcome), Some(end)) => {
            let receipt = end.transaction.as_ref().and_then(|transaction| transaction.receipt);
            Err(settled_already(&end.witness, outcome, receipt))
        }
        (Some(_), None) => Ok(()),
    }
}

/// Whose word stands already.
fn settled_already(witness: &Witness, outcome: Outcome, receipt: Option<u16>) -> Sentence {
    let was_charged = outcome == Outcome::Charged;
    let said = match (witness, was_charged) {
        (Witness::Staff { by }, true) => {
            sentence("{by} has said already that it was charged{receipt}. Your word was not kept.")
                .with("by", by)
        }
        (Witness::Staff { by }, false) => {
            sentence("{by} has said already that it was not charged{receipt}. Your word was not kept.")
                .with("by", by)
        }
        (Witness::Provider, true) => sentence(
            "The payment provider has said already that it was charged{receipt}. Your word was not kept.",
        ),
        (Witness::Provider, false) => sentence(
            "The payment provider has said already that it was not charged{receipt}. Your word was not kept.",
        ),
        (Witness::Kiosk, true) => {
            sentence("The kiosk has said already that it was charged{receipt}. Your word was not kept.")
        }
        (Witness::Kiosk, false) => {
            sentence("The kiosk has said already that it was not charged{receipt}. Your word was not kept.")
        }
        (Witness::Terminal | Witness::Patient, true) => {
            sentence("The terminal has said already that it was charged{receipt}. Your word was not kept.")
        }
        (Witness::Terminal | Witness::Patient, false) => sentence(
            "The terminal has said already that it was not charged{receipt}. Your word was not kept.",
        ),
    };
    said.with("receipt", receipt.map_or(String::new(), |receipt| format!(" ({})", receipt_words(receipt))))
}
