//! Means, ways, states and transactions in words for staff.

use crate::desk::board::words::Reader;
use crate::desk::language::{Sentence, sentence};
use crate::front_desk::money::{Money, NoAmount};
use crate::front_desk::payment::{
    ChargeFor, DeskMeans, Means, Outcome, Payment, RefundWay, Transaction, Witness,
};
use chrono::NaiveDate;

/// What a charge is for.
pub fn charge_words(reader: Reader, what: &ChargeFor) -> String {
    match what {
        ChargeFor::Fee { text, .. } | ChargeFor::Item { text } => text.clone(),
        ChargeFor::Balance => reader.say("Balance", &[]),
    }
}

pub fn means_words(reader: Reader, payment: &Payment) -> String {
    match &payment.means {
        Means::Card { terminal } => reader.say("Card, terminal at {kiosk}", &[("kiosk", terminal)]),
        Means::Code { scheme, .. } => reader.say("Code ({scheme})", &[("scheme", &scheme.to_string())]),
        Means::Desk { how, by } => {
            let means = desk_means_words(reader, *how);
            reader.say("{means}, taken by {by}", &[("means", &means), ("by", by)])
        }
    }
}

pub fn desk_means_words(reader: Reader, how: DeskMeans) -> String {
    match how {
        DeskMeans::Cash => reader.say("Cash", &[]),
        DeskMeans::Card => reader.say("Card at the desk", &[]),
        DeskMeans::Transfer => reader.say("Transfer", &[]),
    }
}

pub fn way_words(reader: Reader, way: &RefundWay) -> String {
    match way {
        RefundWay::Reversal { terminal, receipt } => reader.say(
            "Receipt {receipt} taken back by the terminal at {kiosk}",
            &[("receipt", &receipt_words(*receipt)), ("kiosk", terminal)],
        ),
        RefundWay::Credit { terminal } => {
            reader.say("Credit to a card at the terminal at {kiosk}", &[("kiosk", terminal)])
        }
        RefundWay::Desk { how: DeskMeans::Cash } => reader.say("Cash at the desk", &[]),
        RefundWay::Desk { how: DeskMeans::Card } => reader.say("Card at the desk", &[]),
        RefundWay::Desk { how: DeskMeans::Transfer } => reader.say("Transfer at the desk", &[]),
    }
}

pub fn state(outcome: Option<Outcome>) -> &'static str {
    outcome.map_or("under-way", Outcome::word)
}

pub fn outcome_words(reader: Reader, outcome: Outcome) -> String {
    match outcome {
        Outcome::Charged => reader.say("charged", &[]),
        Outcome::NotCharged => reader.say("not charged", &[]),
        Outcome::NotKnown => reader.say("not known whether it was charged", &[]),
    }
}

pub fn witness_words(reader: Reader, witness: &Witness) -> String {
    match witness {
        Witness::Terminal => reader.say("The terminal", &[]),
        Witness::Provider => reader.say("The payment provider", &[]),
        Witness::Kiosk => reader.say("The kiosk", &[]),
        Witness::Staff { by } => by.clone(),
        Witness::Patient => reader.say("The patient turned to another way", &[]),
    }
}

/// A receipt number as a terminal prints it.
pub fn receipt_words(receipt: u16) -> String {
    format!("{receipt:04}")
}

/// A transaction as the terminal tells it.
pub fn transaction_words(reader: Reader, told: &Transaction, asked: Money) -> String {
    let mut parts = Vec::new();
    if let Some(receipt) = told.receipt {
        parts.push(reader.say("receipt {number}", &[("number", &receipt_words(receipt))]));
    }
    if let Some(amount) = told.amount {
        parts.push(Money { minor: amount, ..asked }.to_string());
    }
    if let Some([month, day, hour, minute, _]) = told.at {
        let (day, time) = (day_words(reader, day, month), format!("{hour:02}:{minute:02}"));
        parts.push(reader.say("its clock {day}, {time}", &[("day", &day), ("time", &time)]));
    }
    if !told.card.is_empty() {
        parts.push(told.card.clone());
    }
    if let Some(terminal) = &told.terminal {
        parts.push(reader.say("terminal {id}", &[("id", &terminal.to_string())]));
    }
    if told.result != 0 {
        parts.push(reader.say("declined (code {code})", &[("code", &format!("{:02x}", told.result))]));
    }
    if parts.is_empty() { reader.say("no details", &[]) } else { parts.join(", ") }
}

/// A day of a clock that tells no year; what it shows is told also where there is no such day.
fn day_words(reader: Reader, day: u8, month: u8) -> String {
    // A leap year has every day.
    match NaiveDate::from_ymd_opt(2024, month.into(), day.into()) {
        Some(date) => date.format_localized(&reader.say("%-d %b", &[]), reader.language.locale()).to_string(),
        None => format!("{day:02}/{month:02}"),
    }
}

/// What was typed and is no amount.
pub fn no_amount(error: &NoAmount) -> Sentence {
    sentence("“{written}” is no amount in {currency}, such as {example}.")
        .with("written", &error.written)
        .with("currency", &error.currency)
        .with("example", error.example)
}
