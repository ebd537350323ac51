//! The fleet: how each kiosk is, whom its troubles call, and what staff order it to do.

mod beat;
mod order;
mod shown;
mod standing;
mod watch;

pub use beat::heartbeat;
pub use standing::{KioskStanding, Tone, standings};
pub use watch::watch_over;

use super::kiosks::Presence;
use super::{Desk, locked};
use crate::clinic::Clinic;
use crate::front_desk::fleet::{Heard, KioskTrouble, troubles};
use crate::store::{KeptBeat, Result, Store};
use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A route for what staff see and order.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/fleet", get(shown::fleet))
        .route("/api/fleet/{kiosk}/orders", post(order::order))
}

/// What the desk knows of its kiosks. It may be forgotten by a restart without harm: what is kept of it is read
/// again, and every kiosk speaks within seconds.
#[derive(Default)]
pub struct Fleet {
    beats: BTreeMap<String, KeptBeat>,
    /// Those that were heard since they were kept last.
    unkept: BTreeSet<String>,
    /// What is wrong with each, as it was judged last.
    troubles: BTreeMap<String, BTreeSet<KioskTrouble>>,
    /// Which troubles a request tells of that is not resolved.
    told: BTreeSet<(String, KioskTrouble)>,
    /// The mark of the routines in force here.
    routines: String,
}

/// A kiosk as the desk knows it now.
pub struct KioskNow {
    /// Its name.
    pub name: String,
    /// When it was heard of; none since the desk knows of it.
    pub heard_at: Option<DateTime<Utc>>,
    /// Whether that is recent.
    pub is_connected: bool,
    /// What it said of itself last.
    pub beat: Option<KeptBeat>,
    /// What is wrong with it.
    pub troubles: BTreeSet<KioskTrouble>,
}

/// All that the desk knows of its kiosks at a moment.
#[derive(Default)]
pub struct FleetNow {
    kiosks: Vec<KioskNow>,
    /// The mark of the routines in force here.
    routines: String,
}

impl Fleet {
    /// What was kept of it.
    pub fn read(store: &Store) -> Result<Self> {
        let beats = store.heartbeats()?.into_iter().map(|kept| (kept.kiosk.clone(), kept));
        let mut troubles: BTreeMap<String, BTreeSet<KioskTrouble>> = BTreeMap::new();
        for (kiosk, trouble) in store.kiosk_alarms()?.into_keys() {
            troubles.entry(kiosk).or_default().insert(trouble);
        }
        Ok(Self { beats: beats.collect(), troubles, ..Self::default() })
    }

    /// A kiosk said how it is.
    fn heard(&mut self, kept: KeptBeat) {
        self.unkept.insert(kept.kiosk.clone());
        self.beats.insert(kept.kiosk.clone(), kept);
    }

    /// Of which of a kiosk's troubles a request tells.
    fn tells_of(&self, kiosk: &str) -> Vec<&'static str> {
        self.told.iter().filter(|(name, _)| name == kiosk).map(|(_, trouble)| trouble.id()).collect()
    }
}

/// Whether a request tells of what the printer reported.
pub fn tells_of_printer(kiosk: &Presence) -> bool {
    [KioskTrouble::NoPaper, KioskTrouble::PrinterDead]
        .iter()
        .any(|trouble| kiosk.told.contains(&trouble.id()))
}

impl Desk {
    /// When every kiosk was heard of, and of which of its troubles a request tells.
    pub(super) fn presence(&self, now: DateTime<Utc>) -> Vec<Presence> {
        let presence = self.heard().presence(now);
        let fleet = locked(&self.fleet);
        presence.into_iter().map(|kiosk| Presence { told: fleet.tells_of(&kiosk.name), ..kiosk }).collect()
    }

    /// Every kiosk of the clinic, for the pages that tell of them.
    pub(super) fn fleet_now(&self, clinic: &Clinic, now: DateTime<Utc>) -> FleetNow {
        let kiosks = self.judge_fleet(clinic, now);
        FleetNow { kiosks, routines: locked(&self.fleet).routines.clone() }
    }

    /// Judges how every kiosk of the clinic is now.
    pub(super) fn judge_fleet(&self, clinic: &Clinic, now: DateTime<Utc>) -> Vec<KioskNow> {
        let presence = self.heard().presence(now);
        let mut fleet = locked(&self.fleet);
        let Fleet { beats, troubles: known, routines, .. } = &mut *fleet;
        let none = BTreeSet::new();
        let judged = presence.into_iter().filter(|presence| clinic.kiosk(&presence.name).is_some());
        let kiosks: Vec<KioskNow> = judged
            .map(|presence| {
                let beat = beats.get(&presence.name);
                let heard = Heard {
                    is_silent: presence.silent,
                    is_twice: presence.twice,
                    // What was kept before the desk started is no word of now.
                    beat: beat.filter(|_| presence.connected).map(|kept| &kept.beat),
                    drift: beat.and_then(|kept| kept.drift),
                    routines: routines.as_str(),
                };
                let before = known.get(&presence.name).unwrap_or(&none);
                // Nothing is judged of a kiosk that the desk has not heard yet and does not call silent yet.
                let undecided = !presence.connected && !presence.silent;
                let troubles = if undecided { before.clone() } else { troubles(&heard, before) };
                let spoke = presence.heard_at.and_then(DateTime::from_timestamp_millis);
                KioskNow {
                    heard_at: spoke.or(beat.map(|kept| kept.heard_at)),
                    is_connected: presence.connected,
                    beat: beat.cloned(),
                    troubles,
                    name: presence.name,
                }
            })
            .collect();
        *known = kiosks.iter().map(|kiosk| (kiosk.name.clone(), kiosk.troubles.clone())).collect();
        kiosks
    }
}
