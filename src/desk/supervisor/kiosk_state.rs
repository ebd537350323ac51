//! The kiosks and their devices, as they are now.

use super::period::Scope;
use crate::desk::kiosks::Presence;
use crate::store::{Result as StoreResult, Store};
use chrono::DateTime;
use serde::Serialize;
use std::collections::BTreeSet;

/// A kiosk.
#[derive(Serialize)]
pub struct KioskNow {
    pub name: String,
    /// Whether something stops patients there.
    pub bad: bool,
    /// How it is, in words.
    pub state: String,
    /// Each device that is in trouble, with what to do.
    pub troubles: Vec<DeviceNow>,
    /// How many papers did not come out today, for certain or perhaps.
    pub paper_failures: u64,
}

/// A device in trouble.
#[derive(Serialize)]
pub struct DeviceNow {
    device: String,
    words: String,
    since: String,
}

/// Every kiosk of the clinic, and those that are in trouble without being one of it any more.
pub fn now(store: &Store, scope: &Scope<'_>, presence: &[Presence]) -> StoreResult<Vec<KioskNow>> {
    let mut troubles = store.device_troubles()?;
    let failures = store.paper_failures(scope.period.bounds())?;
    let known: BTreeSet<&str> = presence.iter().map(|kiosk| kiosk.name.as_str()).collect();
    // A kiosk that left the clinic's file has no patients: its last word troubles nobody.
    troubles.retain(|trouble| known.contains(trouble.kiosk.as_str()));
    let kiosk = |kiosk: &Presence| {
        let troubles: Vec<DeviceNow> = troubles
            .iter()
            .filter(|trouble| trouble.kiosk == kiosk.name)
            .map(|trouble| DeviceNow {
                device: scope.say(&trouble.device),
                words: scope.say(&trouble.trouble),
                since: scope.reader().when(trouble.since),
            })
            .collect();
        let failed = failures.iter().find(|(name, ..)| *name == kiosk.name);
        KioskNow {
            bad: kiosk.silent || kiosk.twice || !troubles.is_empty(),
            state: state(scope, kiosk),
            troubles,
            paper_failures: failed.map_or(0, |(_, not_printed, not_known)| not_printed + not_known),
            name: kiosk.name.clone(),
        }
    };
    Ok(presence.iter().map(kiosk).collect())
}

fn state(scope: &Scope<'_>, kiosk: &Presence) -> String {
    let heard = kiosk.heard_at.and_then(DateTime::from_timestamp_millis);
    match heard.map(|heard| scope.reader().when(heard)) {
        _ if kiosk.twice => scope.say("Two machines speak in its name"),
        _ if kiosk.connected => scope.say("Connected"),
        Some(heard) => scope.language.say("Silent since {time}", &[("time", &heard)]),
        None if kiosk.silent => scope.say("Not heard of since the desk started"),
        None => scope.say("Not heard of yet"),
    }
}
