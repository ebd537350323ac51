//! What of a kiosk's state stops patients.

use super::{ClockDrift, DeviceState, Heartbeat, Occupancy, PaperSupply};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something about a kiosk that stops patients, or soon will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KioskTrouble {
    /// Nothing is heard of it.
    Silent,
    /// Its disk has become read-only, and nothing can be kept there.
    DiskReadOnly,
    /// No ticket comes out for want of paper.
    NoPaper,
    /// The printer does not work.
    PrinterDead,
    /// Two machines speak in its name.
    TwoMachines,
    /// It is closed to patients.
    OutOfService,
    /// Its disk is nearly full.
    DiskNearlyFull,
    /// What was entered there does not reach the desk.
    OutboxOld,
    /// Its clock is wrong.
    ClockWrong,
    /// It follows other routines than the desk.
    RoutinesDiffer,
}

/// The latest of a kiosk, as the desk heard it.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// Whether it is recent; of a kiosk that is silent, nothing is known but that.
    pub is_silent: bool,
    /// Whether two machines speak in its name.
    pub is_twice: bool,
    /// What it said of itself last.
    pub beat: Option<&'a Heartbeat>,
    /// How far its clock is off.
    pub drift: Option<ClockDrift>,
    /// The mark of the routines at the desk; a kiosk that says none is not compared.
    pub routines: &'a str,
}

impl KioskTrouble {
    /// All of them, the one that stops most patients first.
    pub const ALL: [Self; 10] = [
        Self::Silent,
        Self::DiskReadOnly,
        Self::NoPaper,
        Self::PrinterDead,
        Self::TwoMachines,
        Self::OutOfService,
        Self::DiskNearlyFull,
        Self::OutboxOld,
        Self::ClockWrong,
        Self::RoutinesDiffer,
    ];

    /// What it is called where no text can be shown.
    pub fn id(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::DiskReadOnly => "disk-read-only",
            Self::NoPaper => "no-paper",
            Self::PrinterDead => "printer-dead",
            Self::TwoMachines => "two-machines",
            Self::OutOfService => "out-of-service",
            Self::DiskNearlyFull => "disk-nearly-full",
            Self::OutboxOld => "outbox-old",
            Self::ClockWrong => "clock-wrong",
            Self::RoutinesDiffer => "routines-differ",
        }
    }

    /// The trouble with a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.id() == id)
    }

    /// For how long it must last before somebody is called. Whoever puts in a new roll opens the cover, and whoever
    /// closes a kiosk knows it is closed.
    pub fn patience(self) -> TimeDelta {
        match self {
            Self::NoPaper => TimeDelta::seconds(10),
            Self::PrinterDead | Self::TwoMachines | Self::DiskReadOnly => TimeDelta::seconds(20),
            // It has been silent for a while when it is first called so.
            Self::Silent | Self::DiskNearlyFull | Self::OutboxOld | Self::ClockWrong => {
                TimeDelta::seconds(60)
            }
            Self::OutOfService | Self::RoutinesDiffer => TimeDelta::minutes(10),
        }
    }

    /// For how long it must be gone before the call ends by itself, so that a loose cable does not call anew every
    /// few seconds.
    pub fn gone_for(self) -> TimeDelta {
        match self {
            Self::NoPaper | Self::OutOfService => TimeDelta::seconds(15),
            _ => TimeDelta::seconds(60),
        }
    }
}

/// A clock further off than this prints times that nobody at the desk understands.
const CLOCK_OFF: TimeDelta = TimeDelta::seconds(30);
const CLOCK_RIGHT: TimeDelta = TimeDelta::seconds(20);
/// With less room than this a store may stop within hours.
const DISK_NEARLY_FULL: u64 = 500 * MEGABYTE;
const DISK_HAS_ROOM: u64 = 600 * MEGABYTE;
const MEGABYTE: u64 = 1024 * 1024;
/// What has waited for longer than this has not just been entered.
const OUTBOX_OLD: u64 = 10 * 60;
const OUTBOX_YOUNG: u64 = 8 * 60;

/// What is wrong with a kiosk now. `known` is what was wrong before: what is counted must be well under its limit
/// to be right again. Of a kiosk that is silent, what was wrong before is taken to be so still.
pub fn troubles(heard: &Heard<'_>, known: &BTreeSet<KioskTrouble>) -> BTreeSet<KioskTrouble> {
    use KioskTrouble as T;
    let was = |trouble: T| known.contains(&trouble);
    let mut found = BTreeSet::new();
    if heard.is_twice {
        found.insert(T::TwoMachines);
    }
    if heard.is_silent {
        found.insert(T::Silent);
        found.extend(known.iter().copied().filter(|trouble| *trouble != T::TwoMachines));
        return found;
    }
    let Some(beat) = heard.beat else { return found };
    let mut note = |trouble: T, is: bool| {
        if is {
            found.insert(trouble);
        }
    };
    let no_paper = matches!(beat.paper, PaperSupply::Out | PaperSupply::CoverOpen);
    note(T::NoPaper, no_paper);
    note(T::PrinterDead, beat.printer.state == DeviceState::Bad && !no_paper);
    note(T::OutOfService, beat.occupancy == Occupancy::OutOfService);
    note(T::DiskReadOnly, beat.disk_is_read_only);
    let room = if was(T::DiskNearlyFull) { DISK_HAS_ROOM } else { DISK_NEARLY_FULL };
    note(T::DiskNearlyFull, beat.free_bytes.is_some_and(|free| free < room));
    let old = if was(T::OutboxOld) { OUTBOX_YOUNG } else { OUTBOX_OLD };
    note(T::OutboxOld, beat.outbox.oldest_seconds.is_some_and(|seconds| seconds > old));
    let off = if was(T::ClockWrong) { CLOCK_RIGHT } else { CLOCK_OFF };
    note(T::ClockWrong, heard.drift.is_some_and(|drift| drift.at_least() > off));
    let differ = !beat.routines.is_empty() && !heard.routines.is_empty() && beat.routines != heard.routines;
    note(T::RoutinesDiffer, differ);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::fleet::{Device, Outbox};

    fn well() -> Heartbeat {
        Heartbeat {
            paper: PaperSupply::Good,
            printer: Device::good(),
            free_bytes: Some(9000 * MEGABYTE),
            routines: "a1".into(),
            ..Heartbeat::default()
        }
    }

    fn of(beat: Heartbeat, drift: i64, known: &[KioskTrouble]) -> Vec<KioskTrouble> {
        let drift = Some(ClockDrift { ahead_millis: drift, within_millis: 500 });
        let heard = Heard { is_silent: false, is_twice: false, beat: Some(&beat), drift, routines: "a1" };
        troubles(&heard, &known.iter().copied().collect()).into_iter().collect()
    }

    #[test]
    fn what_stops_patients_is_found() {
        use KioskTrouble as T;
        assert_eq!(of(well(), 0, &[]), []);
        let no_paper = Heartbeat {
            paper: PaperSupply::Out,
            printer: Device::bad("the printer has no paper: put in a new roll"),
            ..well()
        };
        assert_eq!(of(no_paper, 0, &[]), [T::NoPaper]);
        let gone = Heartbeat { paper: PaperSupply::NotKnown, printer: Device::bad("gone"), ..well() };
        assert_eq!(of(gone, 0, &[]), [T::PrinterDead]);
        assert_eq!(of(Heartbeat { paper: PaperSupply::Low, ..well() }, 0, &[]), []);
        let no_printer = Heartbeat { paper: PaperSupply::None, printer: Device::none(), ..well() };
        assert_eq!(of(no_printer, 0, &[]), []);
        assert_eq!(of(Heartbeat { routines: "b2".into(), ..well() }, 0, &[]), [T::RoutinesDiffer]);
        assert_eq!(of(Heartbeat { routines: String::new(), ..well() }, 0, &[]), []);
        assert_eq!(of(Heartbeat { disk_is_read_only: true, ..well() }, 0, &[]), [T::DiskReadOnly]);
    }

    #[test]
    fn what_is_counted_must_be_well_under_its_limit_to_be_right_again() {
        use KioskTrouble as T;
        for (drift, known, wrong) in [
            (30_500, &[][..], false),
            (-30_501, &[], true),
            (30_501, &[], true),
            (25_000, &[T::ClockWrong], true),
            (20_500, &[T::ClockWrong], false),
        ] {
            assert_eq!(of(well(), drift, known).contains(&T::ClockWrong), wrong, "{drift} {known:?}");
        }
        let waits =
            |seconds| Heartbeat { outbox: Outbox { count: 1, oldest_seconds: Some(seconds) }, ..well() };
        assert_eq!(of(waits(600), 0, &[]), []);
        assert_eq!(of(waits(601), 0, &[]), [T::OutboxOld]);
        assert_eq!(of(waits(500), 0, &[T::OutboxOld]), [T::OutboxOld]);
        assert_eq!(of(waits(480), 0, &[T::OutboxOld]), []);
        let disk = |megabytes| Heartbeat { free_bytes: Some(megabytes * MEGABYTE), ..well() };
        assert_eq!(of(disk(550), 0, &[]), []);
        assert_eq!(of(disk(550), 0, &[T::DiskNearlyFull]), [T::DiskNearlyFull]);
    }

    #[test]
    fn of_a_silent_kiosk_what_was_wrong_stays_wrong() {
        use KioskTrouble as T;
        let beat = well();
        let heard =
            Heard { is_silent: true, is_twice: false, beat: Some(&beat), drift: None, routines: "a1" };
        let found = troubles(&heard, &BTreeSet::from([T::NoPaper, T::TwoMachines]));
        assert_eq!(found, BTreeSet::from([T::Silent, T::NoPaper]));
    }

    #[test]
    fn troubles_are_named_alike_everywhere() {
        for trouble in KioskTrouble::ALL {
            assert_eq!(KioskTrouble::from_id(trouble.id()), Some(trouble));
            assert_eq!(serde_json::to_value(trouble).unwrap(), trouble.id());
        }
    }
}
