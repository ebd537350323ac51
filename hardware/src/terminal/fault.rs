//! What goes wrong with a terminal, in sentences for staff.

use thiserror::Error;

/// What happened, to what, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TerminalFault {
    /// No connection could be opened.
    #[error(
        "the card terminal at {place} is not reached: {reason}; see that it is on and connected, and that its address in the settings is right"
    )]
    Unreachable {
        /// Where it was looked for.
        place: String,
        /// What the system said.
        reason: String,
    },
    /// The terminal did not take the registration.
    #[error("the card terminal refuses to work with this kiosk (code {code:02X}: {}); check password and currency in the settings", super::refusal::meaning(*code))]
    NotRegistered {
        /// The code of chapter 10.
        code: u8,
    },
    /// The terminal still works for somebody else, or for an earlier order.
    #[error(
        "the card terminal is busy with something else; wait until it is idle, then look what its last transaction was"
    )]
    Busy,
    /// The terminal did not answer in time.
    #[error(
        "the card terminal has not answered for {seconds} seconds; look at its display, and at its last transaction before anything is paid again"
    )]
    Silent {
        /// How long it was waited for.
        seconds: u64,
    },
    /// The connection broke.
    #[error(
        "the connection to the card terminal broke: {reason}; see to cable and network, and look at its last transaction before anything is paid again"
    )]
    Lost {
        /// What the system said.
        reason: String,
    },
    /// What came was no message, or could not be read.
    #[error(
        "the card terminal said something that cannot be understood; switch it off and on, and look at its last transaction before anything is paid again"
    )]
    Garbled,
    /// The terminal refused a command of the administration.
    #[error("the card terminal does not do what it was asked (code {code:02X}: {}); see its display", super::refusal::meaning(*code))]
    NotDone {
        /// The code of chapter 10.
        code: u8,
    },
    /// The terminal does not know the command.
    #[error("this card terminal does not know the command; use its own menu instead")]
    Unsupported,
    /// It ended without saying what became of the transaction.
    #[error(
        "the card terminal ended without saying what the transaction was; look at its own list of transactions"
    )]
    NoRecordGiven,
    /// The record of a payment could not be stored, so it was not confirmed to the terminal.
    #[error(
        "the payment could not be written down and was not confirmed to the card terminal; free some disk space, and look whether the terminal took it back"
    )]
    NotKept,
    /// The terminal first said that money moved and then that it did not.
    #[error("the card terminal reported a payment and then ended with an error (code {code:02X}: {}); look at its list of transactions whether it was taken back", super::refusal::meaning(*code))]
    Contradicted {
        /// The code of chapter 10; 0 if it contradicted itself without one.
        code: u8,
    },
    /// The terminal reported another amount than it was asked for.
    #[error(
        "the card terminal reported an amount of {said} where {ordered} was asked for (smallest units of the currency); compare its receipt with the bill"
    )]
    OtherAmount {
        /// What it was asked for, in minor units.
        ordered: u64,
        /// What it reported, in minor units.
        said: u64,
    },
    /// It was called off before the order left.
    #[error("the payment was called off before the card terminal was asked; nothing needs to be done")]
    CalledOff,
    /// An amount that cannot be asked for.
    #[error(
        "an amount of {amount} cannot be sent to a card terminal; it must be at least 1 and have at most twelve digits"
    )]
    NoSuchAmount {
        /// The amount in minor units.
        amount: u64,
    },
    /// A receipt number that there cannot be.
    #[error("there is no receipt {receipt} at a card terminal; its numbers have at most four digits")]
    NoSuchReceipt {
        /// The number.
        receipt: u16,
    },
}

/// The till could not store a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the record of a card payment could not be stored; free some disk space")]
pub struct NotKept;
