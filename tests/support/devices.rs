//! Devices on pseudo-terminals.

use super::clinic::Place;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{Fonts, Profile};
use vestibule_hardware::scanner::simulator::SimulatedScanner;

static FONTS: LazyLock<Arc<Fonts>> =
    LazyLock::new(|| Arc::new(Fonts::new(&vestibule_ui::fonts::fonts()).unwrap()));

/// Switches the printer of a kiosk on.
pub fn printer(place: &Place, kiosk: &str) -> SimulatedPrinter {
    SimulatedPrinter::start(SimulatorOptions {
        link: place.device(kiosk, "printer"),
        output: tray(place, kiosk),
        profile: Profile::named("simulated").unwrap(),
        fonts: Arc::clone(&FONTS),
    })
    .unwrap()
}

/// Plugs the scanner of a kiosk in.
pub fn scanner(place: &Place, kiosk: &str) -> SimulatedScanner {
    SimulatedScanner::start(place.device(kiosk, "scanner")).unwrap()
}

fn tray(place: &Place, kiosk: &str) -> PathBuf {
    place.folder.path().join(format!("{kiosk}-tickets"))
}
