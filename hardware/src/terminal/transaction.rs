//! A transaction from the moment at which the terminal has taken the order.
//!
//! | what came | end of a transaction |
//! |---|---|
//! | no connection, no registration, 84 9C, called off before | `NotSent` |
//! | 84 xx to the order; 06 1E, or 04 0F with another result than 0 and then its end | `Refused` |
//! | 04 0F with result 0, stored, acknowledged, and 06 0F | `Completed` |
//! | anything else | `NotKnown` |

use super::dialogue::{BUSY, Dialogue};
use super::fault::{NotKept, TerminalFault};
use super::message::{Message, TerminalMessage};
use super::receipt::{PrintedReceipt, Receipts};
use super::record::TransactionRecord;
use super::refusal::Refusal;

/// What a till does while the terminal works.
pub trait Till {
    /// The terminal has taken the order: from here on a card may be charged. If this cannot be stored, the
    /// order is called off.
    fn accepted(&mut self) -> Result<(), NotKept>;
    /// The terminal says what it does.
    fn shows(&mut self, message: &TerminalMessage);
    /// The terminal has a receipt printed.
    fn prints(&mut self, receipt: &PrintedReceipt);
    /// Stores a record, and returns when it is on disk: only then the terminal is told that it was
    /// understood. It may be called again with the same record.
    fn keep(&mut self, record: &TransactionRecord) -> Result<(), NotKept>;
}

/// How a transaction ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransactionEnd {
    /// Money moved, the record is stored, and the terminal knows that.
    Completed(TransactionRecord),
    /// It is certain that no money moved.
    Refused(Refusal),
    /// It is certain that the terminal did not begin with the order.
    NotSent(TerminalFault),
    /// Money may have moved. [`Terminal::last_transaction`](super::Terminal::last_transaction) or the terminal's own list may tell.
    NotKnown(TerminalFault),
}

/// What the terminal has said of the money so far.
enum Said {
    Nothing,
    /// 04 0F with another result.
    No(Refusal),
    /// 04 0F with result 0, stored and acknowledged.
    Yes(TransactionRecord),
    /// Two things that do not go together.
    Both(TerminalFault),
}

/// Follows a transaction from its acknowledgement to its end.
pub(super) fn follow(
    dialogue: &mut Dialogue<'_>,
    ordered: Option<u64>,
    till: &mut dyn Till,
) -> Result<TransactionEnd, TerminalFault> {
    let mut said = Said::Nothing;
    let mut receipts = Receipts::default();
    loop {
        let message = dialogue.next()?;
        if !matches!(message, Message::Prints { .. })
            && let Some(receipt) = receipts.finish()
        {
            till.prints(&receipt);
        }
        match message {
            Message::Shows { message, .. } => till.shows(&message),
            Message::Prints { part, last } => {
                receipts.push(part, last).iter().for_each(|receipt| till.prints(receipt));
            }
            Message::Record(status) => {
                // Not acknowledged: what cannot be read is not confirmed.
                let record = status.record.ok_or(TerminalFault::Garbled)?;
                dialogue.close_for_aborts();
                if record.result == 0 {
                    till.keep(&record).map_err(|NotKept| TerminalFault::NotKept)?;
                }
                said = said.and(record, ordered);
            }
            Message::Done(done) => {
                // The transaction is over; if this word of ours is lost, that changes nothing.
                let _ = dialogue.acknowledge();
                return Ok(said.done(done.result.unwrap_or(0)));
            }
            Message::Aborted { code, text } => {
                let _ = dialogue.acknowledge();
                return Ok(said.aborted(code, text));
            }
            _ => {}
        }
        dialogue.acknowledge()?;
    }
}

impl Said {
    fn and(self, record: TransactionRecord, ordered: Option<u64>) -> Said {
        let refusal = Refusal { code: record.result, text: record.text.clone() };
        match self {
            Said::Both(fault) => Said::Both(fault),
            Said::Yes(_) if record.result != 0 => {
                Said::Both(TerminalFault::Contradicted { code: record.result })
            }
            Said::Yes(before) if !before.is_same_transaction(&record) => {
                Said::Both(TerminalFault::Contradicted { code: 0 })
            }
            _ if record.result != 0 => Said::No(refusal),
            _ => match (ordered, record.amount) {
                (Some(ordered), Some(said)) if ordered != said => {
                    Said::Both(TerminalFault::OtherAmount { ordered, said })
                }
                _ => Said::Yes(record),
            },
        }
    }

    fn done(self, result: u8) -> TransactionEnd {
        match self {
            Said::Yes(record) if result == 0 => TransactionEnd::Completed(record),
            Said::Yes(_) => TransactionEnd::NotKnown(TerminalFault::Contradicted { code: result }),
            Said::No(refusal) => TransactionEnd::Refused(refusal),
            Said::Nothing => TransactionEnd::NotKnown(TerminalFault::NoRecordGiven),
            Said::Both(fault) => TransactionEnd::NotKnown(fault),
        }
    }

    fn aborted(self, code: u8, text: Option<String>) -> TransactionEnd {
        match self {
            Said::Yes(_) => TransactionEnd::NotKnown(TerminalFault::Contradicted { code }),
            Said::Both(fault) => TransactionEnd::NotKnown(fault),
            // Busy with an earlier transaction: that one is not refused by it, and this one did not begin.
            Said::Nothing if code == BUSY => TransactionEnd::NotSent(TerminalFault::Busy),
            Said::Nothing => TransactionEnd::Refused(Refusal { code, text }),
            Said::No(refusal) => TransactionEnd::Refused(refusal),
        }
    }
}
