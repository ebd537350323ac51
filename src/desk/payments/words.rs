//! Means, ways, states and transactions in words for staff.

use crate::front_desk::money::Money;
use crate::front_desk::payment::{
    ChargeFor, DeskMeans, Means, Outcome, Payment, RefundWay, Transaction, Witness,
};

/// What a charge is for.
pub fn charge_words(what: &ChargeFor) -> String {
    match what {
        ChargeFor::Fee { text, .. } | ChargeFor::Item { text } => text.clone(),
        ChargeFor::Balance => "Balance".to_string(),
    }
}

pub fn means_words(payment: &Payment) -> String {
    match &payment.means {
        Means::Card { terminal } => format!("Card, terminal at {terminal}"),
        Means::Code { scheme, .. } => format!("Code ({scheme})"),
        Means::Desk { how, by } => format!("{}, taken by {by}", desk_means_words(*how)),
    }
}

pub fn desk_means_words(how: DeskMeans) -> &'static str {
    match how {
        DeskMeans::Cash => "Cash",
        DeskMeans::Card => "Card at the desk",
        DeskMeans::Transfer => "Transfer",
    }
}

pub fn way_words(way: &RefundWay) -> String {
    match way {
        RefundWay::Reversal { terminal, receipt } => {
            format!("Receipt {receipt:04} taken back by the terminal at {terminal}")
        }
        RefundWay::Credit { terminal } => format!("Credit to a card at the terminal at {terminal}"),
        RefundWay::Desk { how } => format!(
            "{} at the desk",
            match how {
                DeskMeans::Cash => "Cash",
                DeskMeans::Card => "Card",
                DeskMeans::Transfer => "Transfer",
            }
        ),
    }
}

pub fn state(outcome: Option<Outcome>) -> &'static str {
    outcome.map_or("under-way", Outcome::word)
}

pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Charged => "charged",
        Outcome::NotCharged => "not charged",
        Outcome::NotKnown => "not known whether it was charged",
    }
}

pub fn witness_words(witness: &Witness) -> String {
    match witness {
        Witness::Terminal => "The terminal".to_string(),
        Witness::Provider => "The payment provider".to_string(),
        Witness::Kiosk => "The kiosk".to_string(),
        Witness::Staff { by } => by.clone(),
        Witness::Patient => "The patient turned to another way".to_string(),
    }
}

/// A transaction as the terminal tells it.
pub fn transaction_words(told: &Transaction, asked: Money) -> String {
    let mut parts = Vec::new();
    if let Some(receipt) = told.receipt {
        parts.push(format!("receipt {receipt:04}"));
    }
    if let Some(amount) = told.amount {
        parts.push(Money { minor: amount, ..asked }.to_string());
    }
    if let Some([month, day, hour, minute, _]) = told.at {
        parts.push(format!("its clock {day:02}/{}, {hour:02}:{minute:02}", month_name(month)));
    }
    if !told.card.is_empty() {
        parts.push(told.card.clone());
    }
    if let Some(terminal) = &told.terminal {
        parts.push(format!("terminal {terminal}"));
    }
    if told.result != 0 {
        parts.push(format!("declined (code {:02x})", told.result));
    }
    if parts.is_empty() { "no details".to_string() } else { parts.join(", ") }
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::from(month).checked_sub(1).and_then(|at| NAMES.get(at)).copied().unwrap_or("?")
}
