//! What a terminal says of a transaction and of a day. Both are stored; of a card they hold its name and at
//! most its last four digits.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The eight digits that name a terminal to its network (BMP 29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TerminalId(pub u32);

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

/// A day as terminals say it: without the year (BMP 0D).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalDate {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A time of the terminal's clock (BMP 0C).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalTime {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// What may be known of a card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedCard {
    /// The last digits of its number, four at most.
    #[serde(default)]
    pub last_four: Option<String>,
    /// The name of its kind, such as «girocard».
    #[serde(default)]
    pub name: Option<String>,
}

// The last four digits are for receipts, not for logs.
impl fmt::Debug for MaskedCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaskedCard(withheld)")
    }
}

/// One transaction as the terminal tells it (04 0F).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionRecord {
    /// In minor units of the currency.
    #[serde(default)]
    pub amount: Option<u64>,
    /// By its number in ISO 4217.
    #[serde(default)]
    pub currency: Option<u16>,
    /// The number of the receipt, 0 to 9999. [`Terminal::reverse`](super::Terminal::reverse) asks for it.
    #[serde(default)]
    pub receipt: Option<u16>,
    /// The number of the transaction at the terminal, 0 to 999999.
    #[serde(default)]
    pub trace: Option<u32>,
    /// The terminal.
    #[serde(default)]
    pub terminal_id: Option<TerminalId>,
    /// When, as the terminal says it.
    #[serde(default)]
    pub date: Option<TerminalDate>,
    /// When, as the terminal says it.
    #[serde(default)]
    pub time: Option<TerminalTime>,
    /// 0: money moved. Else the reason why not, see [`Refusal`](super::Refusal).
    pub result: u8,
    /// The card, if there was one.
    #[serde(default)]
    pub card: Option<MaskedCard>,
    /// The number under which the bank authorised it.
    #[serde(default)]
    pub authorisation: Option<String>,
    /// What else the network wants on the receipt; card numbers in it are masked.
    #[serde(default)]
    pub text: Option<String>,
}

impl TransactionRecord {
    /// Whether both tell of one transaction: nothing that both say differs in amount, numbers or terminal.
    pub fn is_same_transaction(&self, other: &TransactionRecord) -> bool {
        fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        agree(self.amount, other.amount)
            && agree(self.receipt, other.receipt)
            && agree(self.trace, other.trace)
            && agree(self.terminal_id, other.terminal_id)
    }
}

impl fmt::Debug for TransactionRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransactionRecord")
            .field("amount", &self.amount)
            .field("receipt", &self.receipt)
            .field("trace", &self.trace)
            .field("terminal_id", &self.terminal_id)
            .field("date", &self.date)
            .field("time", &self.time)
            .field("result", &self.result)
            .finish_non_exhaustive()
    }
}

/// A kind of card in a day's totals (BMP 60).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardKind {
    /// The German debit card.
    Girocard,
    /// JCB.
    Jcb,
    /// Mastercard; «Eurocard» in the specification.
    Mastercard,
    /// American Express.
    Amex,
    /// Visa, with V PAY.
    Visa,
    /// Diners Club.
    Diners,
    /// All others.
    Other,
}

/// What was taken with one kind of card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTotal {
    /// The kind.
    pub kind: CardKind,
    /// Number of transactions.
    pub count: u8,
    /// In minor units.
    pub amount: u64,
}

/// What a terminal says when it closes its day (06 50), as far as it says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotals {
    /// The whole turnover in minor units.
    #[serde(default)]
    pub amount: Option<u64>,
    /// The number of transactions, added up over the kinds of cards.
    #[serde(default)]
    pub count: Option<u32>,
    /// The first receipt of the day.
    #[serde(default)]
    pub first_receipt: Option<u16>,
    /// The last receipt of the day.
    #[serde(default)]
    pub last_receipt: Option<u16>,
    /// Per kind of card; kinds without a transaction are left out.
    #[serde(default)]
    pub kinds: Vec<KindTotal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_written_by_an_older_version_is_read() {
        let record: TransactionRecord = serde_json::from_str(r#"{"result":0,"amount":1500}"#).unwrap();
        assert_eq!((record.amount, record.card), (Some(1500), None));
    }

    #[test]
    fn debug_shows_nothing_of_the_card() {
        let mut record: TransactionRecord = serde_json::from_str(r#"{"result":0}"#).unwrap();
        record.card = Some(MaskedCard { last_four: Some("8074".into()), name: Some("girocard".into()) });
        record.text = Some("of somebody".into());
        let shown = format!("{record:?} {:?}", record.card);
        for hidden in ["8074", "girocard", "somebody"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
}
