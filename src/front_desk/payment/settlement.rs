//! What became of a transaction whose end this program did not see: the terminal is asked for its last one, and
//! this decides whether that is ours.
//!
//! The answer is only *ours* or *nothing happened* where no other reading is possible. A terminal knows its last
//! transaction alone and not who asked for it: if somebody else's came after ours, or may have come instead of
//! it, a person decides.

use serde::{Deserialize, Serialize};

/// What a terminal says of a transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// In minor units.
    pub amount: Option<i64>,
    /// The receipt number; the terminal counts from 1 to 9999 and begins anew.
    pub receipt: Option<u16>,
    /// The trace number.
    pub trace: Option<u32>,
    /// Which terminal.
    pub terminal: Option<String>,
    /// Its clock: month, day, hour, minute, second. It knows no year, and may be wrong.
    pub at: Option<[u8; 5]>,
    /// 0 where it went well (PA00P015, BMP 27).
    pub result: u8,
    /// What kind of card, and its last figures, as the terminal masks it.
    #[serde(default)]
    pub card: String,
    /// The number of the authorisation.
    #[serde(default)]
    pub authorisation: Option<String>,
}

impl Transaction {
    /// Whether two are the same one: by receipt number and amount, and by nothing else that both tell. A repeated
    /// record may leave out what the first one had.
    fn is(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        self.receipt == other.receipt
            && self.amount == other.amount
            && agree(&self.trace, &other.trace)
            && agree(&self.terminal, &other.terminal)
            && agree(&self.at, &other.at)
    }

    /// Whether another terminal told this one.
    fn is_elsewhere(&self, other: &Self) -> bool {
        matches!((&self.terminal, &other.terminal), (Some(one), Some(other)) if one != other)
    }
}

/// The terminal's last transaction before ours, asked for just before ours was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "previous", rename_all = "kebab-case")]
pub enum Previous {
    /// It did not say.
    Unknown,
    /// It had none.
    None,
    /// This one.
    Transaction(Transaction),
}

/// How far ours had come, as far as it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "progress", rename_all = "kebab-case")]
pub enum Progress {
    /// It may have been sent; nothing came back.
    Begun,
    /// The terminal took the order.
    Accepted,
    /// The terminal told its end, which was kept before it was acknowledged. Without our acknowledgement many
    /// terminals take the transaction back.
    Kept(Transaction),
}

/// Why a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// The kiosk's record of the terminal before the payment is missing.
    #[error("the kiosk does not know what the terminal did before this payment")]
    NothingToCompare,
    /// Another terminal answers.
    #[error("another terminal answers than the one that was asked to charge")]
    OtherTerminal,
    /// Somebody else's came after it, or one of ours that was taken back.
    #[error("the terminal's last transaction is another one: it may hide what became of this payment")]
    AnotherCameAfter,
    /// The terminal never said that it took the order, and there is a transaction that fits.
    #[error(
        "the terminal has a transaction of this amount, but never confirmed that it took the kiosk's order"
    )]
    OrderNotConfirmed,
    /// Another till makes transactions at the same terminal.
    #[error("another till uses this terminal too: the transaction may be that one's")]
    SharedTerminal,
    /// The terminal had told of the transaction, and now shows none.
    #[error("the terminal had told of this transaction and does not show it any more")]
    Vanished,
    /// By the terminal's own clock the transaction is older than the one before.
    #[error("the terminal's clock does not fit: its last transaction is older than the one before")]
    Clock,
    /// It left out what is needed to tell.
    #[error("the terminal's record lacks the receipt number, the amount or the terminal's own number")]
    Incomplete,
}

/// What is known now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// The terminal charged it.
    Charged(Transaction),
    /// It did not.
    NotCharged,
    /// A person decides.
    NotKnown(Doubt),
}

/// The highest receipt number (four figures, BMP 87).
const LAST_RECEIPT: u16 = 9999;

fn follows(receipt: u16, before: u16) -> bool {
    receipt == if before >= LAST_RECEIPT { 1 } else { before + 1 }
}

/// Whether by its own clock a transaction may come after another. Without a year, December to January may too.
fn may_come_after(later: Option<[u8; 5]>, earlier: Option<[u8; 5]>) -> bool {
    match (later, earlier) {
        (Some(later), Some(earlier)) => later >= earlier || (earlier[0] == 12 && later[0] == 1),
        _ => true,
    }
}

/// Judges a transaction of `amount` minor units, of which this program did not see the end, by the `last`
/// transaction that the terminal now tells of (06 20 with service byte 03); `None` where it says that it has none.
/// Where the terminal is not ours `alone`, a transaction that only looks like ours proves nothing.
pub fn settle(
    amount: i64,
    (previous, progress): (&Previous, &Progress),
    last: Option<&Transaction>,
    alone: bool,
) -> Settlement {
    use Settlement::{Charged, NotCharged, NotKnown};
    let Some(last) = last else {
        // Some terminals answer so too when they do not understand the question: it proves nothing.
        return match progress {
            Progress::Kept(kept) if kept.result != 0 => NotCharged,
            Progress::Kept(_) => NotKnown(Doubt::Vanished),
            Progress::Begun | Progress::Accepted => NotKnown(Doubt::NothingToCompare),
        };
    };
    if let Progress::Kept(kept) = progress {
        return match () {
            () if kept.result != 0 => NotCharged,
            // The end of it came twice; what the terminal says now is what it will be asked for.
            () if kept.receipt.is_some() && kept.is(last) && last.result == 0 => Charged(last.clone()),
            () => NotKnown(Doubt::AnotherCameAfter),
        };
    }
    // Where there was none, nothing says which number comes next: what is there now may be our transaction, or that
    // which took it back.
    let Previous::Transaction(before) = previous else { return NotKnown(Doubt::NothingToCompare) };
    if before.is_elsewhere(last) {
        return NotKnown(Doubt::OtherTerminal);
    }
    if before.is(last) {
        return if before.receipt.is_some() { NotCharged } else { NotKnown(Doubt::Incomplete) };
    }
    let (Some(receipt), Some(there), Some(_)) = (last.receipt, last.amount, &last.terminal) else {
        return NotKnown(Doubt::Incomplete);
    };
    if !before.receipt.is_some_and(|before| follows(receipt, before)) || there != amount {
        return NotKnown(Doubt::AnotherCameAfter);
    }
    if *progress == Progress::Begun {
        return NotKnown(Doubt::OrderNotConfirmed);
    }
    if !alone {
        return NotKnown(Doubt::SharedTerminal);
    }
    if !may_come_after(last.at, before.at) {
        return NotKnown(Doubt::Clock);
    }
    if last.result == 0 { Charged(last.clone()) } else { NotCharged }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transaction(receipt: u16, amount: i64) -> Transaction {
        Transaction {
            amount: Some(amount),
            receipt: Some(receipt),
            trace: Some(u32::from(receipt) + 700),
            terminal: Some("52523535".into()),
            at: Some([11, 25, 10, 0, (receipt % 60) as u8]),
            ..Transaction::default()
        }
    }

    #[test]
    fn the_terminal_s_last_transaction_decides_only_where_it_can_be_nobody_else_s() {
        use Doubt::*;
        use Progress::*;
        let before = Previous::Transaction(transaction(10, 2500));
        let ours = transaction(11, 1000);
        let declined = Transaction { result: 0x6c, ..ours.clone() };
        let charged = Settlement::Charged(ours.clone());
        let doubt = Settlement::NotKnown;
        let older = Transaction { at: Some([11, 25, 9, 0, 0]), ..ours.clone() };
        let elsewhere = Transaction { terminal: Some("11111111".into()), ..ours.clone() };
        let bare = Transaction { receipt: None, ..ours.clone() };
        let wrapped = Previous::Transaction(Transaction { receipt: Some(9999), ..transaction(10, 1) });
        let first = Transaction { receipt: Some(1), ..ours.clone() };
        let cases = [
            // What was before, how far ours had come, what is last now → what is known.
            (&before, Accepted, Some(&ours), charged.clone()),
            (&before, Accepted, Some(&transaction(10, 2500)), Settlement::NotCharged),
            (&before, Begun, Some(&transaction(10, 2500)), Settlement::NotCharged),
            (&before, Accepted, Some(&declined), Settlement::NotCharged),
            (&before, Begun, Some(&ours), doubt(OrderNotConfirmed)),
            (&before, Accepted, Some(&transaction(11, 999)), doubt(AnotherCameAfter)),
            (&before, Accepted, Some(&transaction(12, 1000)), doubt(AnotherCameAfter)),
            (&before, Accepted, Some(&older), doubt(Clock)),
            (&before, Accepted, Some(&elsewhere), doubt(OtherTerminal)),
            (&before, Accepted, Some(&bare), doubt(Incomplete)),
            (&before, Accepted, None, doubt(NothingToCompare)),
            (&before, Kept(ours.clone()), Some(&ours), charged.clone()),
            (&before, Kept(ours.clone()), Some(&transaction(12, 1000)), doubt(AnotherCameAfter)),
            (&before, Kept(ours.clone()), Some(&transaction(10, 2500)), doubt(AnotherCameAfter)),
            (&before, Kept(ours.clone()), None, doubt(Vanished)),
            (&before, Kept(declined.clone()), Some(&declined), Settlement::NotCharged),
            (
                &before,
                Kept(ours.clone()),
                Some(&Transaction { result: 0xb4, ..ours.clone() }),
                doubt(AnotherCameAfter),
            ),
            (&Previous::None, Accepted, None, doubt(NothingToCompare)),
            (&Previous::None, Kept(declined.clone()), None, Settlement::NotCharged),
            (&Previous::None, Accepted, Some(&ours), doubt(NothingToCompare)),
            (&Previous::None, Kept(ours.clone()), Some(&ours), charged),
            (&Previous::Unknown, Accepted, Some(&ours), doubt(NothingToCompare)),
            (&wrapped, Accepted, Some(&first), Settlement::Charged(first.clone())),
        ];
        for (previous, progress, last, known) in cases {
            let told = settle(1000, (previous, &progress), last, true);
            assert_eq!(told, known, "{previous:?} {progress:?} {last:?}");
            // Beside another till only what the terminal said in the dialogue, or that nothing happened, holds.
            let shared = settle(1000, (previous, &progress), last, false);
            let proved =
                matches!(progress, Kept(_)) || last == Some(&transaction(10, 2500)) || last.is_none();
            match known {
                Settlement::NotKnown(_) => assert!(matches!(shared, Settlement::NotKnown(_))),
                known if proved => assert_eq!(shared, known),
                _ => assert_eq!(shared, doubt(SharedTerminal)),
            }
        }
    }
}
