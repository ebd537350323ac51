//! The end of a terminal's day: what it counted beside what the ledger has, and every difference by its name.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a terminal counted since its last end of day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotals {
    /// All amounts together, in minor units; what was taken back or credited is taken off.
    pub amount: i64,
    /// How many transactions, where it says so.
    #[serde(default)]
    pub count: Option<u32>,
    /// The first and the last receipt number, where it says so.
    #[serde(default)]
    pub receipts: Option<(u16, u16)>,
    /// How many and how much by kind of card, where it says so.
    #[serde(default)]
    pub kinds: Vec<(String, u32, i64)>,
}

/// A transaction of the ledger at a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The terminal's receipt number, where it is known.
    pub receipt: Option<u16>,
    /// In minor units; less than nothing for what went back.
    pub amount: i64,
    /// Whether it takes another one back, which the terminal then counts no more.
    pub reverses: bool,
}

/// Where terminal and ledger differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "difference", rename_all = "kebab-case")]
pub enum Difference {
    /// The sums, in minor units.
    Amount {
        /// The terminal's.
        terminal: i64,
        /// The ledger's.
        ledger: i64,
    },
    /// How many transactions.
    Count {
        /// The terminal's.
        terminal: u32,
        /// The ledger's.
        ledger: u32,
    },
    /// The terminal used receipt numbers that the ledger does not have: another till's transactions, declined
    /// ones, or lost ones.
    NotInLedger {
        /// Which numbers.
        receipts: Vec<u16>,
    },
    /// The ledger has receipt numbers that the terminal did not count.
    NotAtTerminal {
        /// Which numbers.
        receipts: Vec<u16>,
    },
    /// Two transactions of the ledger have one receipt number.
    Twice {
        /// Which number.
        receipt: u16,
    },
    /// A transaction of the ledger has no receipt number, so nobody can tell whether the terminal counted it.
    WithoutReceipt {
        /// How much, in minor units.
        amount: i64,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |receipts: &[u16]| {
            receipts.iter().map(|receipt| format!("{receipt:04}")).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Amount { terminal, ledger } => write!(
                f,
                "the terminal counted {terminal} and the ledger has {ledger} (smallest units): {} {}",
                terminal.abs_diff(*ledger),
                if terminal > ledger { "more at the terminal" } else { "more in the ledger" }
            ),
            Self::Count { terminal, ledger } => {
                write!(f, "the terminal counted {terminal} transactions and the ledger has {ledger}")
            }
            Self::NotInLedger { receipts } => write!(
                f,
                "the ledger does not have receipt {} of the terminal: look at its journal whose they are",
                list(receipts)
            ),
            Self::NotAtTerminal { receipts } => write!(
                f,
                "the terminal did not count receipt {} of the ledger: look at its journal what became of them",
                list(receipts)
            ),
            Self::Twice { receipt } => {
                write!(
                    f,
                    "receipt {receipt:04} stands twice in the ledger: one of the two is not what it says"
                )
            }
            Self::WithoutReceipt { amount } => {
                write!(f, "the ledger has {amount} (smallest units) without a receipt number of the terminal")
            }
        }
    }
}

/// Compares what a terminal counted with what the ledger has since its last end of day.
pub fn reconcile(totals: &DayTotals, booked: &[Booked]) -> Vec<Difference> {
    let mut differences = Vec::new();
    let ledger: i64 = booked.iter().map(|booked| booked.amount).sum();
    if ledger != totals.amount {
        differences.push(Difference::Amount { terminal: totals.amount, ledger });
    }
    let all = u32::try_from(booked.len()).unwrap_or(u32::MAX);
    let taken_back = u32::try_from(booked.iter().filter(|booked| booked.reverses).count()).unwrap_or(0);
    // Some terminals count a transaction and its reversal, others neither.
    let net = all.saturating_sub(2 * taken_back);
    if let Some(terminal) = totals.count
        && terminal != all
        && terminal != net
    {
        differences.push(Difference::Count { terminal, ledger: net });
    }
    let mut seen: BTreeMap<u16, u32> = BTreeMap::new();
    for transaction in booked {
        match transaction.receipt {
            Some(receipt) => *seen.entry(receipt).or_default() += 1,
            None => differences.push(Difference::WithoutReceipt { amount: transaction.amount }),
        }
    }
    let twice = seen.iter().filter(|(_, count)| **count > 1);
    differences.extend(twice.map(|(receipt, _)| Difference::Twice { receipt: *receipt }));
    if let Some((first, last)) = totals.receipts {
        let counted = receipts_between(first, last);
        let ours: BTreeSet<u16> = seen.into_keys().collect();
        let not_in_ledger: Vec<u16> =
            counted.iter().copied().filter(|receipt| !ours.contains(receipt)).collect();
        let counted: BTreeSet<u16> = counted.into_iter().collect();
        let not_at_terminal: Vec<u16> = ours.difference(&counted).copied().collect();
        if !not_in_ledger.is_empty() {
            differences.push(Difference::NotInLedger { receipts: not_in_ledger });
        }
        if !not_at_terminal.is_empty() {
            differences.push(Difference::NotAtTerminal { receipts: not_at_terminal });
        }
    }
    differences
}

/// The receipt numbers of a day: they run to 9999 and begin anew at 1. A day without any is told as 0 to 0.
fn receipts_between(first: u16, last: u16) -> Vec<u16> {
    match (first, last) {
        (0, _) | (_, 0) => Vec::new(),
        (first, last) if first <= last => (first..=last.min(9999)).collect(),
        (first, last) => (first..=9999).chain(1..=last).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booked(receipt: u16, amount: i64) -> Booked {
        Booked { receipt: Some(receipt), amount, reverses: false }
    }

    fn totals(amount: i64, count: u32, receipts: (u16, u16)) -> DayTotals {
        DayTotals { amount, count: Some(count), receipts: Some(receipts), kinds: Vec::new() }
    }

    #[test]
    fn every_difference_is_named_and_nothing_else() {
        use Difference::*;
        let taken_back = Booked { receipt: Some(13), amount: -300, reverses: true };
        let cases: Vec<(DayTotals, Vec<Booked>, Vec<Difference>)> = vec![
            (totals(1500, 2, (11, 12)), vec![booked(11, 1000), booked(12, 500)], vec![]),
            (totals(0, 0, (0, 0)), vec![], vec![]),
            // A reversal: counted by some, by others not.
            (totals(1000, 3, (11, 13)), vec![booked(11, 1000), booked(12, 300), taken_back.clone()], vec![]),
            (totals(1000, 1, (11, 13)), vec![booked(11, 1000), booked(12, 300), taken_back], vec![]),
            // Another till's transaction.
            (
                totals(1500, 2, (11, 12)),
                vec![booked(11, 1000)],
                vec![
                    Amount { terminal: 1500, ledger: 1000 },
                    Count { terminal: 2, ledger: 1 },
                    NotInLedger { receipts: vec![12] },
                ],
            ),
            // One that the terminal took back and nobody here knows of.
            (
                totals(1000, 1, (11, 11)),
                vec![booked(11, 1000), booked(12, 500)],
                vec![
                    Amount { terminal: 1000, ledger: 1500 },
                    Count { terminal: 1, ledger: 2 },
                    NotAtTerminal { receipts: vec![12] },
                ],
            ),
            (
                totals(1500, 2, (9999, 1)),
                vec![booked(9999, 1000), booked(9999, 500)],
                vec![Twice { receipt: 9999 }, NotInLedger { receipts: vec![1] }],
            ),
            (
                DayTotals { amount: 700, ..DayTotals::default() },
                vec![Booked { receipt: None, amount: 700, reverses: false }],
                vec![WithoutReceipt { amount: 700 }],
            ),
        ];
        for (totals, booked, expected) in cases {
            assert_eq!(reconcile(&totals, &booked), expected, "{totals:?} {booked:?}");
        }
    }
}
