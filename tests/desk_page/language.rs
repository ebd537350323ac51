//! The whole desk in Spanish, on every page and screen: nothing of it in English, nothing cut off, nothing that an
//! audit of accessibility finds.

use crate::looks::{CUT_OFF, a_busy_morning};
use crate::running_desk::example;
use crate::scene::{Clinic, emergency, raised};
use serde_json::json;
use vestibule::front_desk::role::Role;

/// What a page is wider than at 200 % zoom of a screen of 1280 pixels.
pub const SIDEWAYS: &str = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/// Whoever is signed in reads a language from now on.
pub fn reads(clinic: &mut Clinic, language: &str) {
    let kept = clinic.page.evaluate(&format!(
        "fetch('/api/me/language', {{
            method: 'POST',
            headers: {{ 'content-type': 'application/json', 'x-vestibule-desk': '1' }},
            body: JSON.stringify({{ language: '{language}' }}),
        }}).then((response) => response.status)"
    ));
    assert_eq!(kept, 204);
}

fn opens(clinic: &mut Clinic, path: &str, sees: &str) {
    clinic.page.act("open", json!({ "url": format!("http://{}{path}", clinic.desk.address) }));
    clinic.page.sees(sees);
}

/// Judges what is open on every screen.
fn is_right(clinic: &mut Clinic, name: &str) {
    assert_eq!(clinic.page.evaluate("document.documentElement.lang"), "es", "{name}");
    assert_eq!(clinic.page.act("english", json!({})), json!([]), "English on {name}");
    for (width, height) in [(1280, 800), (768, 1024), (390, 844)] {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "{name} cut off at {width} pixels");
        clinic.page.is_accessible(&format!("{name} at {width} pixels"));
        clinic.page.picture(&format!("es-{name}-{width}"), true);
    }
    clinic.page.act("size", json!({ "width": 640, "height": 400 }));
    assert_eq!(clinic.page.evaluate(SIDEWAYS), 0, "{name} is moved sideways at 200 %");
    clinic.page.act("size", json!({ "width": 1280, "height": 800 }));
}

#[test]
fn a_receptionist_chooses_spanish_and_finds_no_english_any_more() {
    let mut clinic = Clinic::opens();
    clinic.page.presses("Maria · Receptionist");
    clinic.page.presses("Language, password, personal number…");
    clinic.page.act("chooses", json!({ "label": "Language of the desk", "text": "Español" }));
    clinic.page.presses("Read the desk in this language");
    clinic.page.sees("Nadie espera ayuda.");
    is_right(&mut clinic, "desk-empty");
    a_busy_morning(&clinic);
    clinic.page.sees_in("#request-list", "Maria va de camino");
    clinic.page.sees_in("#later-list", "Vencido");
    is_right(&mut clinic, "desk-busy");
    clinic.page.evaluate(
        "document.querySelectorAll('.fold').forEach((button) => button.getAttribute('aria-expanded') === 'false' && button.click())",
    );
    for panel in ["messages", "steps-for", "sides", "hand-over"] {
        clinic.page.evaluate(&format!(
            "document.querySelectorAll('.tool-{panel}').forEach((button) => button.checkVisibility() && button.click())"
        ));
        assert_eq!(clinic.page.act("english", json!({})), json!([]), "English in {panel}");
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "{panel} is cut off");
    }
    clinic.page.evaluate(
        "document.querySelectorAll('.open-note').forEach((button) => button.checkVisibility() && button.click())",
    );
    is_right(&mut clinic, "desk-open");
    // What the desk refuses, it refuses in Spanish too.
    let refused = clinic.page.evaluate(
        "fetch('/api/requests/00000000-0000-0000-0000-000000000000/acknowledge', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-vestibule-desk': '1' },
            body: '{}',
        }).then((response) => response.json()).then(({ error }) => error)",
    );
    assert_eq!(refused, "Ese aviso no existe.");
    for (path, sees) in [("/payments", "Sumas del día"), ("/book", "Citado")] {
        let sees = if path == "/book" { "Agenda" } else { sees };
        opens(&mut clinic, path, sees);
        is_right(&mut clinic, path.trim_start_matches('/'));
    }
    // Whoever comes next at this browser is asked in the language of whoever was there.
    clinic.page.evaluate(
        "fetch('/api/sign-out', { method: 'POST', headers: { 'x-vestibule-desk': '1' } }).then(() => 1)",
    );
    opens(&mut clinic, "/sign-in", "¿Quién está en recepción?");
    is_right(&mut clinic, "sign-in");
    clinic.page.has_no_faults();
}

#[test]
fn supervisors_and_administrators_find_no_english_either() {
    let mut clinic = Clinic::opens_as(example(), "Elena", Role::Supervisor);
    a_busy_morning(&clinic);
    reads(&mut clinic, "es");
    for (path, sees) in [
        ("/supervisor", "Qué no va bien"),
        ("/fleet", "Flota"),
        ("/audit", "Registro de accesos"),
        ("/", "Avisos sin resolver"),
    ] {
        opens(&mut clinic, path, sees);
        clinic.page.sees_in("#connection", "En directo");
        is_right(&mut clinic, &format!("supervisor-{}", path.trim_start_matches('/')));
    }
    clinic.signs_in("Adam", Role::Administrator);
    opens(&mut clinic, "/people", "Elena");
    reads(&mut clinic, "es");
    opens(&mut clinic, "/people", "Quién puede iniciar sesión");
    is_right(&mut clinic, "people");
    clinic.happens(vec![raised(emergency(&clinic.desk.clinic, "Me duele el pecho", "es"))]);
    clinic.signs_in("Elena", Role::Supervisor);
    opens(&mut clinic, "/", "Me duele el pecho");
    is_right(&mut clinic, "emergency");
    clinic.page.has_no_faults();
}
