//! The clinic's kiosks as machines: what each says of itself, what of that stops patients, and what staff can
//! order them to do. Nothing in here is of a patient.

mod alarm;
mod clock;
mod order;
mod trouble;

pub use alarm::{Act, Watch, watch};
pub use clock::{ClockDrift, Exchange, WRITTEN_AFTER};
pub use order::{ClosedNotice, KioskOrder, KioskOrderId, NoticeMistake, OrderEnd};
pub use trouble::{Heard, KioskTrouble, troubles};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a device stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceState {
    /// The kiosk has none.
    None,
    /// It works.
    Good,
    /// It works, and somebody should look at it.
    Attention,
    /// It does not work.
    Bad,
    /// It was not asked yet, or by its nature cannot answer.
    #[default]
    NotKnown,
}

/// A device with what there is to say about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// How it stands.
    pub state: DeviceState,
    /// What is wrong and what to do, in words for staff; empty where nothing is.
    pub words: String,
}

impl Device {
    /// One that the kiosk does not have.
    pub fn none() -> Self {
        Self { state: DeviceState::None, words: String::new() }
    }

    /// One that works.
    pub fn good() -> Self {
        Self { state: DeviceState::Good, words: String::new() }
    }

    /// One that does not work.
    pub fn bad(words: impl Into<String>) -> Self {
        Self { state: DeviceState::Bad, words: words.into() }
    }
}

/// The paper in a kiosk's printer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperSupply {
    /// The kiosk has no printer.
    None,
    /// There is enough.
    Good,
    /// The roll is near its end.
    Low,
    /// There is none.
    Out,
    /// The printer's cover stands open.
    CoverOpen,
    /// The printer cannot be asked.
    #[default]
    NotKnown,
}

/// Whether somebody is at a kiosk; who, nobody is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occupancy {
    /// Nobody has begun anything.
    #[default]
    Idle,
    /// Somebody is at it.
    InUse,
    /// It is closed to patients.
    OutOfService,
}

/// Which part of the program had an error last. The error's words could say anything, and stay in the kiosk's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorPlace {
    /// The store.
    Store,
    /// The printing.
    Printing,
    /// The scanner.
    Scanner,
    /// The payment terminal.
    Terminal,
    /// The link to the desk.
    Link,
    /// Something else.
    Other,
}

impl ErrorPlace {
    /// From the module that told of the error.
    pub fn of_module(module: &str) -> Self {
        let has = |part: &str| module.split("::").any(|name| name == part);
        match () {
            () if has("store") => Self::Store,
            () if has("printing") || has("printer") => Self::Printing,
            () if has("scanner") => Self::Scanner,
            () if has("till") || has("terminal") => Self::Terminal,
            () if has("link") => Self::Link,
            () => Self::Other,
        }
    }
}

/// An error of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastError {
    /// Where.
    pub place: ErrorPlace,
    /// When.
    pub at: DateTime<Utc>,
}

/// Facts that wait to be brought to the desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// How many.
    pub count: u64,
    /// For how long the oldest has waited, in seconds.
    pub oldest_seconds: Option<u64>,
}

/// What a kiosk says of itself, every few seconds. What one of another version does not say is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Heartbeat {
    /// The program's version.
    pub version: String,
    /// For how long the program has been running, in seconds.
    pub uptime_seconds: u64,
    /// Whether somebody is at it.
    pub occupancy: Occupancy,
    /// The paper.
    pub paper: PaperSupply,
    /// The printer.
    pub printer: Device,
    /// The scanner.
    pub scanner: Device,
    /// The payment terminal.
    pub terminal: Device,
    /// What waits to be brought to the desk.
    pub outbox: Outbox,
    /// Free space on the disk of its store, in bytes; none where it is not known.
    pub free_bytes: Option<u64>,
    /// Whether that disk has become read-only, so that nothing can be kept there.
    pub disk_is_read_only: bool,
    /// The mark of the routines in force there.
    pub routines: String,
    /// The error that the program had last, since it was started.
    pub last_error: Option<LastError>,
}

/// The longest text of a heartbeat that is believed.
const LONGEST_WORDS: usize = 300;

impl Heartbeat {
    /// What a kiosk sent, with its texts cut to what a page can show.
    pub fn bounded(mut self) -> Self {
        for words in [
            &mut self.version,
            &mut self.routines,
            &mut self.printer.words,
            &mut self.scanner.words,
            &mut self.terminal.words,
        ] {
            if words.chars().count() > LONGEST_WORDS {
                *words = words.chars().take(LONGEST_WORDS).collect();
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_placed_by_its_module() {
        for (module, place) in [
            ("vestibule::store::handle", ErrorPlace::Store),
            ("vestibule::kiosk::printing", ErrorPlace::Printing),
            ("vestibule_hardware::printer::driver", ErrorPlace::Printing),
            ("vestibule::kiosk::till::work", ErrorPlace::Terminal),
            ("vestibule::link::kiosk_end", ErrorPlace::Link),
            ("vestibule::kiosk::runner", ErrorPlace::Other),
        ] {
            assert_eq!(ErrorPlace::of_module(module), place, "{module}");
        }
    }

    #[test]
    fn a_heartbeat_without_end_is_cut() {
        let beat = Heartbeat { printer: Device::bad("ä".repeat(100_000)), ..Heartbeat::default() };
        assert_eq!(beat.bounded().printer.words.chars().count(), LONGEST_WORDS);
    }
}
