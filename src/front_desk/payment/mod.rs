//! What a patient owes, what was paid of it, and how certain that is.
//!
//! A payment is begun before anything can be charged and ends in one of three words: charged, not charged, not
//! known. Whoever learns more later adds another end; which of them stands is decided in [`standing`] alone, so
//! that every store arrives at the same answer in whatever order the ends arrive.

mod account;
mod drawer;
mod over;
mod reconciliation;
mod settlement;
mod told;

pub use account::{Account, Due, PaidTwice, account, paid_twice};
pub use drawer::{DrawerCount, DrawerStop};
pub use over::{ChargeEnd, OldCharge, OldPayment, over};
pub use reconciliation::{Booked, DayTotals, Difference, reconcile};
pub use settlement::{Doubt, Previous, Progress, Settlement, Transaction, settle};
pub use told::{ChargeState, Telling, ToldCharge};

use super::money::Money;
use super::patient::PatientId;
use super::ticket::{TicketId, VisitId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The identity of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChargeId(pub Uuid);

/// The identity of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentId(pub Uuid);

/// The identity of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RefundId(pub Uuid);

/// What a charge is for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum ChargeFor {
    /// A fee of the clinic's routines.
    Fee {
        /// Its id there: patients read its text in their own language.
        fee: String,
        /// Its text in the language of staff, as it was then.
        text: String,
    },
    /// What another system said is owed in all.
    Balance,
    /// An item of another system, or one that staff wrote.
    Item {
        /// Its text as it came.
        text: String,
    },
}

// What somebody pays for tells what they suffer from.
impl fmt::Debug for ChargeFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChargeFor(withheld)")
    }
}

/// Something that a patient owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Identity.
    pub id: ChargeId,
    /// Who owes it.
    pub patient: PatientId,
    /// What for.
    #[serde(flatten)]
    pub what: ChargeFor,
    /// How much; more than nothing.
    pub amount: Money,
    /// The day of it, in the clinic's zone.
    pub day: NaiveDate,
    /// The visit that brought it, where it was one.
    #[serde(default)]
    pub visit: Option<VisitId>,
}

impl Charge {
    /// The most letters that a patient reads of what an item is for.
    pub const LONGEST_TEXT: usize = 120;
    /// In minor units. Nobody owes a lobby more; a slip of the keyboard, or a shifted column, may say so.
    pub const LARGEST: i64 = 100_000_000;

    /// The charge that a fee of the routines makes for a visit: the same one however often it is made.
    pub fn of_fee(
        visit: VisitId,
        patient: PatientId,
        fee: &str,
        text: &str,
        amount: Money,
        day: NaiveDate,
    ) -> Self {
        Self {
            id: ChargeId(Uuid::new_v5(&visit.0, fee.as_bytes())),
            patient,
            what: ChargeFor::Fee { fee: fee.to_string(), text: text.to_string() },
            amount,
            day,
            visit: Some(visit),
        }
    }

    /// The charge that stands for a balance, by the fact that told it.
    pub fn of_balance(told: Uuid, patient: PatientId, amount: Money, day: NaiveDate) -> Self {
        Self {
            id: ChargeId(Uuid::new_v5(&told, b"balance")),
            patient,
            what: ChargeFor::Balance,
            amount,
            day,
            visit: None,
        }
    }
}

/// What staff took money with at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskMeans {
    /// Notes and coins.
    Cash,
    /// A card, at a terminal that this program does not drive.
    Card,
    /// A transfer that they saw on the account.
    Transfer,
}

/// How something is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "means", rename_all = "kebab-case")]
pub enum Means {
    /// By card, at the terminal of a kiosk.
    Card {
        /// The kiosk's name.
        terminal: String,
    },
    /// By a code that the patient's own banking app reads. Showing it moves no money.
    Code {
        /// The scheme, as the routines call it: "epc", "upi", "pix" …
        scheme: String,
        /// By which the clinic's provider names the payment.
        reference: String,
    },
    /// At the desk.
    Desk {
        /// With what.
        how: DeskMeans,
        /// Who took it.
        by: String,
    },
}

/// A part of a payment: which charge it is for, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentItem {
    /// Which charge.
    pub charge: ChargeId,
    /// How much, in minor units of the payment's currency.
    pub minor: i64,
}

/// A payment, from the moment before anything can be charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Identity.
    pub id: PaymentId,
    /// Whose charges it is for.
    pub patient: PatientId,
    /// What it is for, item by item.
    pub items: Vec<PaymentItem>,
    /// All of the items.
    pub amount: Money,
    /// How.
    #[serde(flatten)]
    pub means: Means,
    /// The ticket that the patient holds, where there is one.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// The language the patient reads, BCP 47.
    pub language: String,
    /// At which kiosk, or "desk".
    pub kiosk: String,
}

/// The three words. *Not known* is an end of its own: nobody pays again until a person or the terminal settled it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The money is the clinic's.
    Charged,
    /// No money moved.
    NotCharged,
    /// Perhaps, perhaps not.
    NotKnown,
}

impl Outcome {
    /// The word in the database, and for staff.
    pub fn word(self) -> &'static str {
        match self {
            Self::Charged => "charged",
            Self::NotCharged => "not-charged",
            Self::NotKnown => "not-known",
        }
    }
}

/// Whose word an end is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "witness", rename_all = "kebab-case")]
pub enum Witness {
    /// The terminal said so, in the dialogue or when it was asked afterwards.
    Terminal,
    /// The clinic's payment provider, by a signed call.
    Provider,
    /// The kiosk: nothing that could charge anybody ever left it, or it learnt nothing.
    Kiosk,
    /// A person at the desk, who looked.
    Staff {
        /// Who.
        by: String,
    },
    /// The patient, who turned to another way.
    Patient,
}

/// What became of a payment or a refund, in somebody's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentEnd {
    /// The word.
    pub outcome: Outcome,
    /// Whose.
    #[serde(flatten)]
    pub witness: Witness,
    /// Why, for staff.
    #[serde(default)]
    pub note: String,
    /// What the terminal said of the transaction.
    #[serde(default)]
    pub transaction: Option<Transaction>,
    /// The customer's receipt as the terminal wrote it.
    #[serde(default)]
    pub receipt: Vec<String>,
}

impl PaymentEnd {
    /// An end with nothing but a note.
    pub fn new(outcome: Outcome, witness: Witness, note: impl Into<String>) -> Self {
        Self { outcome, witness, note: note.into(), transaction: None, receipt: Vec::new() }
    }

    /// How much the word counts: a certain one above a doubt, who saw the money above who looked for it. A provider
    /// that saw other money than was asked for is in doubt for a reason: a patient who only turned away saw nothing.
    fn weight(&self) -> u8 {
        match (self.outcome, &self.witness) {
            (Outcome::NotKnown, Witness::Provider) => 2,
            (Outcome::NotKnown, _) => 0,
            (_, Witness::Patient) => 1,
            (_, Witness::Staff { .. }) => 3,
            (_, Witness::Terminal | Witness::Provider | Witness::Kiosk) => 4,
        }
    }
}

/// The end that stands among those there are, in order of time; none while a payment is under way.
pub fn standing(ends: &[PaymentEnd]) -> Option<&PaymentEnd> {
    ends.iter().max_by_key(|end| end.weight())
}

/// Two that both saw for themselves and say different things: a person must look into it.
pub fn contradiction(ends: &[PaymentEnd]) -> Option<(&PaymentEnd, &PaymentEnd)> {
    let certain: Vec<_> = ends.iter().filter(|end| end.weight() >= 3).collect();
    let other = |one: &PaymentEnd| certain.iter().copied().find(|end| end.outcome != one.outcome);
    let one = certain.first().copied()?;
    Some((one, other(one)?))
}

/// How money goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by_way_of", rename_all = "kebab-case")]
pub enum RefundWay {
    /// The terminal takes the transaction back as if it had not been: only before its end of day, and only whole.
    Reversal {
        /// The kiosk whose terminal charged it.
        terminal: String,
        /// The terminal's receipt number.
        receipt: u16,
    },
    /// The terminal credits a card that the patient presents.
    Credit {
        /// The kiosk whose terminal does it.
        terminal: String,
    },
    /// Staff gave the money back.
    Desk {
        /// With what.
        how: DeskMeans,
    },
}

/// Money that goes back to a patient, by a named person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Identity.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// How.
    #[serde(flatten)]
    pub way: RefundWay,
    /// Who decided it.
    pub by: String,
    /// Why, for the record.
    pub why: String,
}

/// What the desk asks of a kiosk's terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum TerminalOrder {
    /// Close its day; the answer is what it counted.
    EndOfDay,
    /// Say what it did last.
    LastTransaction,
}

/// What a kiosk answers to that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum TerminalAnswer {
    /// The day is closed.
    DayClosed {
        /// What the terminal counted.
        totals: DayTotals,
    },
    /// The last transaction, if it knows one.
    LastTransaction {
        /// What it was.
        transaction: Option<Transaction>,
    },
    /// It was not done.
    Refused {
        /// Why, and what to do.
        why: String,
    },
}

/// A payment with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// The payment.
    pub payment: Payment,
    /// Since when.
    pub begun_at: DateTime<Utc>,
    /// What was said of it, in order of time.
    pub ends: Vec<PaymentEnd>,
    /// What went back, each with what became of that; an open one is under way.
    pub refunds: Vec<(Refund, Option<Outcome>)>,
}

impl PaymentRow {
    /// Where it stands; none while it is under way.
    pub fn outcome(&self) -> Option<Outcome> {
        standing(&self.ends).map(|end| end.outcome)
    }

    /// How much of it has gone back, in minor units.
    pub fn refunded(&self) -> i64 {
        let back = self.refunds.iter().filter(|(_, outcome)| *outcome == Some(Outcome::Charged));
        back.map(|(refund, _)| refund.amount.minor).sum()
    }

    /// How much of it may still be given back: what is on its way or in doubt may not be given twice.
    pub fn refundable(&self) -> i64 {
        if self.outcome() != Some(Outcome::Charged) {
            return 0;
        }
        let gone = self.refunds.iter().filter(|(_, outcome)| *outcome != Some(Outcome::NotCharged));
        self.payment.amount.minor - gone.map(|(refund, _)| refund.amount.minor).sum::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(outcome: Outcome, witness: Witness) -> PaymentEnd {
        PaymentEnd::new(outcome, witness, "")
    }

    fn staff() -> Witness {
        Witness::Staff { by: "Rosa".into() }
    }

    #[test]
    fn who_saw_the_money_counts_more_than_who_looked_for_it_in_whatever_order_they_speak() {
        use Outcome::*;
        use Witness::*;
        for (one, other, stands) in [
            (end(NotKnown, Terminal), end(Charged, Terminal), Charged),
            (end(NotCharged, staff()), end(Charged, Terminal), Charged),
            (end(Charged, staff()), end(NotCharged, Terminal), NotCharged),
            (end(NotCharged, Patient), end(Charged, Provider), Charged),
            (end(NotCharged, Patient), end(NotKnown, Kiosk), NotCharged),
            (end(NotKnown, Kiosk), end(NotCharged, staff()), NotCharged),
            (end(NotCharged, Patient), end(NotKnown, Provider), NotKnown),
            (end(NotKnown, Provider), end(Charged, staff()), Charged),
        ] {
            for ends in [[one.clone(), other.clone()], [other, one]] {
                assert_eq!(standing(&ends).unwrap().outcome, stands, "{ends:?}");
            }
        }
        assert_eq!(standing(&[]), None);
    }

    #[test]
    fn a_person_and_a_terminal_that_differ_are_noticed() {
        use Outcome::*;
        let ends = [end(NotKnown, Witness::Kiosk), end(NotCharged, staff()), end(Charged, Witness::Terminal)];
        let (one, other) = contradiction(&ends).unwrap();
        assert_eq!((one.outcome, other.outcome), (NotCharged, Charged));
        assert_eq!(contradiction(&ends[..2]), None);
        assert_eq!(contradiction(&[end(NotCharged, Witness::Patient), ends[2].clone()]), None);
    }

    #[test]
    fn nothing_tells_what_somebody_pays_for_in_a_log() {
        let what = ChargeFor::Item { text: "HIV test".into() };
        assert_eq!(format!("{what:?}"), "ChargeFor(withheld)");
    }
}
