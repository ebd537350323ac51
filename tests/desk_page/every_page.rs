//! Every page of the desk with a day on it, in each language and on each screen: pictured for whoever looks after the
//! pages, with nothing cut off, and nothing that must be moved sideways.

use crate::book::Book;
use crate::figures::fill;
use crate::fleet::{speak, well};
use crate::language::{SIDEWAYS, reads};
use crate::looks::{CUT_OFF, a_busy_morning};
use crate::payments::{charged, in_doubt, owes, paid};
use crate::scene::Clinic;
use chrono::Utc;
use serde_json::json;
use vestibule::front_desk::fleet::{Device, DeviceState, Heartbeat, PaperSupply};
use vestibule::front_desk::role::Role;

/// The last is what 200 % leaves of a window of 1280 pixels.
const SCREENS: [(u32, u32); 4] = [(1280, 800), (768, 1024), (390, 844), (640, 400)];

/// A day with everything on it.
fn a_day(clinic: &Clinic) {
    fill(clinic, Utc::now());
    a_busy_morning(clinic);
    let (_, charges) = owes(clinic, "Rosa", "Iglesias", &[("Dressing", 2500), ("Certificate", 1500)]);
    paid(clinic, &charges[..1], charged(41, 2500), 30);
    in_doubt(clinic, &charges[1..]);
    let lobby = clinic.kiosk.run(|store| Ok(store.identity())).unwrap();
    let low = Device {
        state: DeviceState::Attention,
        words: "the printer's paper is low: put in a new roll soon".into(),
    };
    let beats = [
        ("lobby", lobby, Heartbeat { paper: PaperSupply::Low, printer: low, ..well("") }),
        ("garden", uuid::Uuid::from_u128(7), well("")),
    ];
    for (kiosk, store, beat) in beats {
        speak(clinic.desk.address, &clinic.desk.clinic.link_key, kiosk, store, beat, 0);
    }
}

/// Pictures what is open on every screen; answers what does not fit.
fn fits(clinic: &mut Clinic, language: &str, name: &str) -> Vec<String> {
    assert_eq!(clinic.page.evaluate("document.documentElement.lang"), language, "{name}");
    let mut faults = Vec::new();
    for (width, height) in SCREENS {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        // What is drawn to fit is drawn anew.
        clinic.page.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
        clinic.page.picture(&format!("page-{name}-{language}-{width}"), true);
        let (cut, sideways) = (clinic.page.evaluate(CUT_OFF), clinic.page.evaluate(SIDEWAYS));
        if cut != json!([]) || sideways != 0 {
            faults.push(format!(
                "{name}, {language}, {width} pixels: moved sideways by {sideways}, cut off: {cut}"
            ));
        }
    }
    clinic.page.act("size", json!({ "width": 1280, "height": 800 }));
    faults
}

fn opens(clinic: &mut Clinic, path: &str, within: &str, sees: &str) {
    clinic.page.act("open", json!({ "url": format!("http://{}{path}", clinic.desk.address) }));
    clinic.page.sees_in(within, sees);
}

#[test]
fn every_page_fits_every_screen_in_each_language() {
    let mut book = Book::opens();
    let day = book.day.to_string();
    let clinic = &mut book.clinic;
    a_day(clinic);
    let mut faults = Vec::new();
    for language in ["en", "es"] {
        clinic.signs_in("Maria", Role::Receptionist);
        opens(clinic, "/", "#arrivals", "Anna Nowak");
        reads(clinic, language);
        opens(clinic, "/", "#arrivals", "Anna Nowak");
        faults.extend(fits(clinic, language, "desk"));
        opens(clinic, "/payments", "#payments", "Rosa Iglesias");
        faults.extend(fits(clinic, language, "payments"));
        opens(clinic, "/book", "#clinic", "");
        let label = if language == "en" { "Day" } else { "Día" };
        clinic.page.act("writes", json!({ "within": ".labelled", "label": label, "text": day }));
        clinic.page.sees_in("#book", "Tom Baker");
        faults.extend(fits(clinic, language, "book"));

        clinic.signs_in("Elena", Role::Supervisor);
        opens(clinic, "/supervisor?days=7", "#kiosks", "garden");
        reads(clinic, language);
        opens(clinic, "/supervisor?days=7", "#kiosks", "garden");
        clinic.page.sees_in("#topic-flagged .chart", "4");
        faults.extend(fits(clinic, language, "supervisor"));
        opens(clinic, "/fleet", "#kiosks", "garden");
        faults.extend(fits(clinic, language, "fleet"));
        opens(clinic, "/audit", "#lines", "Maria");
        faults.extend(fits(clinic, language, "audit"));

        clinic.signs_in("Adam", Role::Administrator);
        opens(clinic, "/people", "#people", "Elena");
        reads(clinic, language);
        opens(clinic, "/people", "#people", "Elena");
        faults.extend(fits(clinic, language, "people"));

        // Whoever signs out does not come back.
        clinic.signs_in(&format!("Whoever reads {language}"), Role::Receptionist);
        opens(clinic, "/", "#arrivals", "Anna Nowak");
        reads(clinic, language);
        opens(clinic, "/", "#arrivals", "Anna Nowak");
        clinic.page.evaluate(
            "fetch('/api/sign-out', { method: 'POST', headers: { 'x-vestibule-desk': '1' } }).then(() => 1)",
        );
        let asks = if language == "en" { "Who is at the desk?" } else { "¿Quién está en recepción?" };
        opens(clinic, "/sign-in", "#sign-in", asks);
        faults.extend(fits(clinic, language, "sign-in"));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    clinic.page.has_no_faults();
}
