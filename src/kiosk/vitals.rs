//! How this kiosk is, for the desk: each part notes what it knows of itself, and the link tells it every few
//! seconds. Nobody waits for anybody here.

use crate::clinic::Kiosk;
use crate::front_desk::fleet::{Device, DeviceState, Heartbeat, Occupancy, PaperSupply};
use crate::store::{Store, StoreError, disk};
use crate::watchdog::SignsOfLife;
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use vestibule_hardware::printer::{Fault, PrinterStatus};

/// What the parts of a kiosk have noted of themselves; clones are of the same kiosk.
#[derive(Clone)]
pub struct Vitals {
    began: Instant,
    /// For whoever watches over the program.
    pub signs: SignsOfLife,
    known: Arc<Mutex<Heartbeat>>,
}

impl Vitals {
    /// A kiosk that starts: its devices were not asked yet.
    pub fn new(kiosk: &Kiosk) -> Self {
        let there = |has: bool| if has { Device::default() } else { Device::none() };
        let known = Heartbeat {
            version: env!("CARGO_PKG_VERSION").to_string(),
            paper: if kiosk.printer.is_some() { PaperSupply::NotKnown } else { PaperSupply::None },
            printer: there(kiosk.printer.is_some()),
            scanner: there(kiosk.scanner.is_some()),
            terminal: there(kiosk.terminal.is_some()),
            ..Heartbeat::default()
        };
        Self { began: Instant::now(), signs: SignsOfLife::default(), known: Arc::new(Mutex::new(known)) }
    }

    /// Whether somebody is at it.
    pub fn occupancy(&self, occupancy: Occupancy) {
        self.known().occupancy = occupancy;
    }

    /// What the printer says of itself.
    pub fn printer(&self, status: &PrinterStatus) {
        let (printer, paper) = printer(status);
        let mut known = self.known();
        (known.printer, known.paper) = (printer, paper);
    }

    /// Which routines are in force.
    pub fn routines(&self, mark: String) {
        self.known().routines = mark;
    }

    /// All of it.
    pub fn heartbeat(&self) -> Heartbeat {
        let uptime_seconds = self.began.elapsed().as_secs();
        let last_error = crate::log::last_error();
        Heartbeat { uptime_seconds, last_error, ..self.known().clone() }
    }

    fn known(&self) -> MutexGuard<'_, Heartbeat> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn printer(status: &PrinterStatus) -> (Device, PaperSupply) {
    let paper = match (status.fault, status.paper_low) {
        (Some(Fault::PaperOut), _) => PaperSupply::Out,
        (Some(Fault::CoverOpen), _) => PaperSupply::CoverOpen,
        (Some(Fault::Unplugged | Fault::NoAnswer | Fault::AnswersLate | Fault::Noise), _) => {
            PaperSupply::NotKnown
        }
        (_, true) => PaperSupply::Low,
        (_, false) => PaperSupply::Good,
    };
    let device = match (status.words(), status.fault) {
        (None, _) => Device::good(),
        // It prints. What became of one ticket says nothing of the next; a hot head cools by itself.
        (Some(words), None | Some(Fault::NotConfirmed | Fault::Stuck | Fault::Overheated)) => {
            Device { state: DeviceState::Attention, words }
        }
        (Some(words), Some(_)) => Device::bad(words),
    };
    (device, paper)
}

/// What only the store and its disk know; on the store's thread. What cannot be read is not known.
pub fn look(store: &Store, beat: &mut Heartbeat, now: DateTime<Utc>) {
    if let Err(error) = look_into(store, beat, now) {
        tracing::warn!("how this kiosk is cannot be read whole: {error}");
    }
    beat.free_bytes = free_bytes(store);
    beat.disk_is_read_only = store.folder().is_some_and(|folder| disk::is_read_only(&folder));
}

fn look_into(store: &Store, beat: &mut Heartbeat, now: DateTime<Utc>) -> Result<(), StoreError> {
    beat.outbox = store.outbox(now)?;
    let own = store.origin().to_string();
    let troubles = store.device_troubles()?;
    for (name, device) in [("scanner", &mut beat.scanner), ("terminal", &mut beat.terminal)] {
        if device.state == DeviceState::None {
            continue;
        }
        *device = match troubles.iter().find(|row| row.kiosk == own && row.device == name) {
            Some(row) => Device::bad(row.trouble.clone()),
            None => Device::good(),
        };
    }
    Ok(())
}

/// How much room a store's disk has, in bytes; none where it is not known, and for a store in memory.
pub(super) fn free_bytes(store: &Store) -> Option<u64> {
    let disk = rustix::fs::statvfs(&store.folder()?).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_hardware::printer::OtherSpeed;

    #[test]
    fn the_printers_word_is_told_as_paper_and_as_a_device() {
        use DeviceState as D;
        use PaperSupply as P;
        for (fault, low, device, paper) in [
            (None, false, D::Good, P::Good),
            (None, true, D::Attention, P::Low),
            (Some(Fault::PaperOut), false, D::Bad, P::Out),
            (Some(Fault::CoverOpen), true, D::Bad, P::CoverOpen),
            (Some(Fault::Unplugged), false, D::Bad, P::NotKnown),
            (Some(Fault::AnswersLate), false, D::Bad, P::NotKnown),
            (Some(Fault::Noise), false, D::Bad, P::NotKnown),
            (Some(Fault::CutterError), false, D::Bad, P::Good),
            (Some(Fault::Overheated), false, D::Attention, P::Good),
            (Some(Fault::NotConfirmed), false, D::Attention, P::Good),
        ] {
            let (found, supply) = printer(&PrinterStatus { fault, paper_low: low, other_speed: None });
            assert_eq!((found.state, supply), (device, paper), "{fault:?} {low}");
            assert_eq!(found.words.is_empty(), device == D::Good, "{fault:?}");
        }
        let other_speed = Some(OtherSpeed { answers: 19_200, settings: 38_400 });
        let (found, supply) = printer(&PrinterStatus { other_speed, ..PrinterStatus::default() });
        assert_eq!((found.state, supply), (D::Attention, P::Good));
        assert!(found.words.contains("at 19200 baud and clinic.toml says 38400"), "{}", found.words);
    }

    #[test]
    fn what_the_store_knows_is_told_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("kiosk-lobby.db"), "lobby").unwrap();
        let now = Utc::now();
        let device = "scanner".to_string();
        let reported = crate::link::fact::FactKind::DeviceReported { device, trouble: "gone".into() };
        store.commit(vec![reported], now - chrono::TimeDelta::seconds(90)).unwrap();
        let mut beat = Heartbeat { terminal: Device::none(), ..Heartbeat::default() };
        look(&store, &mut beat, now);
        assert_eq!((beat.outbox.count, beat.outbox.oldest_seconds), (1, Some(90)));
        assert_eq!((&beat.scanner, &beat.terminal), (&Device::bad("gone"), &Device::none()));
        assert!(beat.free_bytes.is_some_and(|free| free > 0) && !beat.disk_is_read_only);
    }
}
