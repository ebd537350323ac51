//! The terminal as a till uses it.

use super::abort::Aborter;
use super::command;
use super::dialogue::{BUSY, Dialogue, NotBegun};
use super::fault::TerminalFault;
use super::line::Line;
use super::message::{Completion, Message};
use super::place::TerminalSettings;
use super::receipt::Receipts;
use super::record::{DayTotals, TerminalId, TransactionRecord};
use super::refusal::Refusal;
use super::transaction::{Till, TransactionEnd, follow};

/// The code of «not registered».
const NOT_REGISTERED: u8 = 0x6B;
/// The code of «function not possible»: in a 84, «I do not know this command».
const NOT_POSSIBLE: u8 = 0x83;

/// What a terminal said when it registered the till.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// Its own number.
    pub terminal_id: Option<TerminalId>,
    /// Its currency, by the number in ISO 4217.
    pub currency: Option<u16>,
    /// It wants to be initialised before it takes money.
    pub needs_initialisation: bool,
    /// It wants a diagnosis before it takes money.
    pub needs_diagnosis: bool,
}

/// How a terminal is (05 01).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalCondition {
    /// 0: ready. Else a code of chapter 10, such as 9C «please wait», or of the terminal's own.
    pub state: u8,
    /// Its own number, if it says it.
    pub terminal_id: Option<TerminalId>,
    /// The name of its software, if it says it.
    pub software: Option<String>,
}

impl TerminalCondition {
    /// Whether it takes money now.
    pub fn is_ready(&self) -> bool {
        self.state == 0
    }
}

/// A card terminal. It connects and registers when it is first needed, and again after every fault.
pub struct Terminal {
    settings: TerminalSettings,
    line: Option<Line>,
    registered: Option<Registered>,
    aborter: Aborter,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Terminal {
    /// A terminal that need not be there yet.
    pub fn unopened(settings: TerminalSettings) -> Terminal {
        Terminal { settings, line: None, registered: None, aborter: Aborter::default() }
    }

    /// Something with which another thread can call a transaction off.
    pub fn aborter(&self) -> Aborter {
        self.aborter.clone()
    }

    /// Registers the till (06 00): how receipts are printed, and that nothing is begun at the terminal.
    pub fn register(&mut self) -> Result<Registered, TerminalFault> {
        self.connect()?;
        let command = command::register(&self.settings.password, self.settings.currency);
        let done = match self.administer(&command, &mut nothing) {
            Err(TerminalFault::NotDone { code }) => return Err(TerminalFault::NotRegistered { code }),
            Err(TerminalFault::Unsupported) => {
                return Err(TerminalFault::NotRegistered { code: NOT_POSSIBLE });
            }
            other => other?,
        };
        let status = done.status.unwrap_or(0);
        let registered = Registered {
            terminal_id: done.terminal_id,
            currency: done.currency,
            needs_initialisation: status & 0x01 != 0,
            needs_diagnosis: status & 0x02 != 0,
        };
        self.registered = Some(registered);
        Ok(registered)
    }

    /// Asks the terminal how it is (05 01).
    pub fn status(&mut self) -> Result<TerminalCondition, TerminalFault> {
        self.make_ready()?;
        let command = command::status(&self.settings.password);
        let done = self.administer(&command, &mut nothing)?;
        let own = self.registered.and_then(|registered| registered.terminal_id);
        Ok(TerminalCondition {
            state: done.result.or(done.status).unwrap_or(0),
            terminal_id: done.terminal_id.or(own),
            software: done.software,
        })
    }

    /// Lets the terminal try its connection to the bank (06 70).
    pub fn diagnosis(&mut self) -> Result<(), TerminalFault> {
        self.make_ready()?;
        self.administer(&command::DIAGNOSIS, &mut nothing).map(drop)
    }

    /// Logs the till off (06 02) and closes the connection.
    pub fn log_off(&mut self) -> Result<(), TerminalFault> {
        self.make_ready()?;
        let Some(line) = self.line.as_mut() else { return Err(hung_up()) };
        let begun = Dialogue::begin(line, self.settings.patience, None, &command::LOG_OFF);
        let end = begun.map(drop).map_err(fault_of);
        self.disconnect();
        end
    }

    /// The last transaction that the terminal carried out, of whatever kind and for whomever (06 20 with
    /// service byte 03). `None`: it says that it has none. A terminal that ends without telling anything is
    /// [`TerminalFault::NoRecordGiven`].
    pub fn last_transaction(&mut self) -> Result<Option<TransactionRecord>, TerminalFault> {
        self.make_ready()?;
        let command = command::last_transaction(&self.settings.password);
        let mut record = None;
        let mut unread = false;
        let end = self.administer(&command, &mut |message| {
            if let Message::Record(status) = message {
                unread |= status.record.is_none();
                record = status.record;
            }
            Heed::Acknowledge
        });
        match end {
            Ok(_) if unread => Err(TerminalFault::Garbled),
            Ok(_) => record.map(Some).ok_or(TerminalFault::NoRecordGiven),
            // A terminal that does not know the command says so at once, with 84 83. One that takes it and then
            // says «not possible» has nothing to repeat.
            Err(TerminalFault::NotDone { code: NOT_POSSIBLE }) if record.is_none() && !unread => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Takes an amount, in minor units, from the card that is presented next (06 01).
    pub fn authorise(&mut self, amount: u64, till: &mut dyn Till) -> TransactionEnd {
        if !(1..=command::LARGEST_AMOUNT).contains(&amount) {
            return TransactionEnd::NotSent(TerminalFault::NoSuchAmount { amount });
        }
        let command = command::authorise(amount, self.settings.currency);
        self.transact(&command, Some(amount), till)
    }

    /// Takes a payment back, by its receipt number (06 30).
    pub fn reverse(&mut self, receipt: u16, till: &mut dyn Till) -> TransactionEnd {
        if receipt > 9999 {
            return TransactionEnd::NotSent(TerminalFault::NoSuchReceipt { receipt });
        }
        let command = command::reverse(&self.settings.password, receipt);
        self.transact(&command, None, till)
    }

    /// Gives an amount, in minor units, to the card that is presented next (06 31).
    pub fn refund(&mut self, amount: u64, till: &mut dyn Till) -> TransactionEnd {
        if !(1..=command::LARGEST_AMOUNT).contains(&amount) {
            return TransactionEnd::NotSent(TerminalFault::NoSuchAmount { amount });
        }
        let command = command::refund(&self.settings.password, amount, self.settings.currency);
        self.transact(&command, Some(amount), till)
    }

    /// Closes the terminal's day (06 50): it hands its payments in and says what they were.
    pub fn end_of_day(&mut self, till: &mut dyn Till) -> Result<DayTotals, TerminalFault> {
        self.make_ready()?;
        let command = command::end_of_day(&self.settings.password);
        let mut totals = DayTotals::default();
        let mut receipts = Receipts::default();
        self.administer(&command, &mut |message| {
            match message {
                Message::Record(status) => totals = status.totals,
                Message::Shows { message, .. } => till.shows(&message),
                Message::Prints { part, last } => {
                    receipts.push(part, last).iter().for_each(|receipt| till.prints(receipt));
                }
                _ => {
                    if let Some(receipt) = receipts.finish() {
                        till.prints(&receipt);
                    }
                }
            }
            Heed::Acknowledge
        })?;
        Ok(totals)
    }

    fn connect(&mut self) -> Result<(), TerminalFault> {
        if let Some(line) = self.line.as_mut()
            && !line.is_quiet()
        {
            // Something of an earlier dialogue is still there: the terminal finds a new connection.
            self.disconnect();
        }
        if self.line.is_none() {
            let TerminalSettings { place, patience, .. } = &self.settings;
            let line = Line::open(place, *patience).map_err(|error| TerminalFault::Unreachable {
                place: place.to_string(),
                reason: error.to_string(),
            })?;
            self.line = Some(line);
        }
        Ok(())
    }

    fn disconnect(&mut self) {
        self.line = None;
        self.registered = None;
    }

    /// A connection on which the till is registered, and which is known to live.
    fn make_ready(&mut self) -> Result<(), TerminalFault> {
        let had_line = self.line.is_some();
        self.connect()?;
        let trusted = self.registered.is_some()
            && self.line.as_ref().is_some_and(|line| line.quiet_for() < self.settings.patience.trusted_quiet);
        if trusted {
            return Ok(());
        }
        match self.register() {
            // The terminal was switched off meanwhile, or the network forgot the connection.
            Err(TerminalFault::Lost { .. } | TerminalFault::Silent { .. } | TerminalFault::Garbled)
                if had_line =>
            {
                self.register().map(drop)
            }
            other => other.map(drop),
        }
    }

    /// A command that moves no money: every message is acknowledged, and handed on.
    fn administer(
        &mut self,
        command: &[u8],
        each: &mut dyn FnMut(Message) -> Heed,
    ) -> Result<Completion, TerminalFault> {
        let Some(line) = self.line.as_mut() else { return Err(hung_up()) };
        let end = match Dialogue::begin(line, self.settings.patience, None, command) {
            Err(NotBegun::Refused(BUSY)) => return Err(TerminalFault::Busy),
            Err(NotBegun::Refused(NOT_POSSIBLE)) => return Err(TerminalFault::Unsupported),
            Err(NotBegun::Refused(code)) => {
                if code == NOT_REGISTERED {
                    self.registered = None;
                }
                return Err(TerminalFault::NotDone { code });
            }
            Err(not_begun) => Err(fault_of(not_begun)),
            Ok(mut dialogue) => read_to_the_end(&mut dialogue, each),
        };
        if matches!(
            end,
            Err(TerminalFault::Lost { .. } | TerminalFault::Silent { .. } | TerminalFault::Garbled)
        ) {
            self.disconnect();
        }
        end
    }

    fn transact(&mut self, command: &[u8], ordered: Option<u64>, till: &mut dyn Till) -> TransactionEnd {
        self.aborter.begin();
        let mut end = self.order(command, ordered, till);
        if let TransactionEnd::Refused(Refusal { code: NOT_REGISTERED, .. }) = end {
            // It was switched off and on without our noticing. No money moved, so it is asked once more.
            self.registered = None;
            end = self.order(command, ordered, till);
        }
        self.aborter.end();
        if matches!(end, TransactionEnd::NotKnown(_)) {
            self.disconnect();
        }
        end
    }

    fn order(&mut self, command: &[u8], ordered: Option<u64>, till: &mut dyn Till) -> TransactionEnd {
        if let Err(fault) = self.make_ready() {
            return TransactionEnd::NotSent(fault);
        }
        if self.aborter.take() {
            return TransactionEnd::NotSent(TerminalFault::CalledOff);
        }
        let Some(line) = self.line.as_mut() else { return TransactionEnd::NotSent(hung_up()) };
        match Dialogue::begin(line, self.settings.patience, Some(&self.aborter), command) {
            Ok(mut dialogue) => {
                if till.accepted().is_err() {
                    self.aborter.abort();
                }
                match follow(&mut dialogue, ordered, till) {
                    Ok(end) => end,
                    Err(fault) => TransactionEnd::NotKnown(fault),
                }
            }
            Err(NotBegun::Refused(BUSY)) => TransactionEnd::NotSent(TerminalFault::Busy),
            Err(NotBegun::Refused(code)) => TransactionEnd::Refused(Refusal { code, text: None }),
            Err(NotBegun::NotSent(fault)) => {
                self.disconnect();
                TransactionEnd::NotSent(fault)
            }
            Err(NotBegun::NotKnown(fault)) => TransactionEnd::NotKnown(fault),
        }
    }
}

/// What becomes of a message.
#[derive(PartialEq)]
enum Heed {
    Acknowledge,
    /// It belongs to something else, and must not be confirmed.
    Ignore,
}

/// Heeds nothing. A record of a transaction that comes here is not confirmed: nobody has stored it.
fn nothing(message: Message) -> Heed {
    if matches!(message, Message::Record(_)) { Heed::Ignore } else { Heed::Acknowledge }
}

fn read_to_the_end(
    dialogue: &mut Dialogue<'_>,
    each: &mut dyn FnMut(Message) -> Heed,
) -> Result<Completion, TerminalFault> {
    loop {
        let message = dialogue.next()?;
        match message {
            Message::Done(done) => {
                each(Message::Courtesy);
                let _ = dialogue.acknowledge();
                return Ok(done);
            }
            Message::Aborted { code, .. } => {
                each(Message::Courtesy);
                let _ = dialogue.acknowledge();
                return Err(if code == BUSY { TerminalFault::Busy } else { TerminalFault::NotDone { code } });
            }
            other => {
                if each(other) == Heed::Ignore {
                    continue;
                }
            }
        }
        dialogue.acknowledge()?;
    }
}

fn fault_of(not_begun: NotBegun) -> TerminalFault {
    match not_begun {
        NotBegun::NotSent(fault) | NotBegun::NotKnown(fault) => fault,
        NotBegun::Refused(code) => TerminalFault::NotDone { code },
    }
}

fn hung_up() -> TerminalFault {
    TerminalFault::Lost { reason: "there is no connection".to_owned() }
}
