//! The kiosks as they are now, as the page of the fleet says it, and the papers that did not come out.

use super::period::Scope;
use crate::desk::fleet::{FleetNow, KioskStanding, Tone, standings};
use crate::store::{Result as StoreResult, Store};
use serde::Serialize;

/// A kiosk.
#[derive(Serialize)]
pub struct KioskState {
    /// How it stands; of its parts, only those that are not well.
    #[serde(flatten)]
    pub standing: KioskStanding,
    /// How many papers did not come out today, for certain or perhaps.
    pub paper_failures: u64,
}

/// Every kiosk of the clinic.
pub fn now(store: &Store, scope: &Scope<'_>, fleet: &FleetNow) -> StoreResult<Vec<KioskState>> {
    let failures = store.paper_failures(scope.period.bounds())?;
    let kiosks = standings(scope.reader(), fleet, &store.device_troubles()?).into_iter();
    let kiosk = |mut standing: KioskStanding| {
        standing.parts.retain(|part| matches!(part.tone, Tone::Bad | Tone::Look));
        let failed = failures.iter().find(|(name, ..)| *name == standing.name);
        KioskState {
            paper_failures: failed.map_or(0, |(_, not_printed, not_known)| not_printed + not_known),
            standing,
        }
    };
    Ok(kiosks.map(kiosk).collect())
}
