//! What the desk is told of the devices of this kiosk: why one does not do its part, or in no words that it does.

use super::clock;
use crate::link::fact::FactKind;
use crate::store::{Store, StoreError, StoreHandle};

/// Tells the desk of a device, unless it was told the same before. When this returns it is on the disk.
pub(super) fn report(store: &StoreHandle, device: &str, trouble: &str) -> Result<(), StoreError> {
    let (device, trouble) = (device.to_string(), trouble.to_string());
    store.run(move |store| report_in(store, &device, trouble))
}

/// The same, without waiting for the disk. The link finds it there when it next looks, within 2 s.
pub(super) fn report_later(store: &StoreHandle, device: &'static str, trouble: String) {
    let told = store.tell(move |store| {
        if let Err(error) = report_in(store, device, trouble) {
            tracing::error!("the state of the {device} cannot be told: {error}");
        }
    });
    if let Err(error) = told {
        tracing::error!("{error}");
    }
}

fn report_in(store: &mut Store, device: &str, trouble: String) -> Result<(), StoreError> {
    let origin = store.origin().to_string();
    let troubles = store.device_troubles()?;
    let known = troubles.iter().find(|row| row.kiosk == origin && row.device == device);
    if known.map_or("", |row| row.trouble.as_str()) == trouble {
        return Ok(());
    }
    let device = device.to_string();
    store.commit(vec![FactKind::DeviceReported { device, trouble }], clock::now()).map(drop)
}
