//! Somebody may be in danger: nobody at the desk can miss it, and nobody answers it by mistake.

use crate::running_desk::{eventually, staff};
use crate::scene::{Clinic, emergency, raised, request};
use serde_json::json;
use std::time::Duration;
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::link::fact::FactKind;

const WORDS: &str = "ألم شديد في صدري";

#[test]
fn an_emergency_fills_the_window_and_sounds_until_somebody_answers_by_name() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 5))]);
    clinic.page.presses("Resolve…");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Half a sen" }));
    let danger = emergency(&clinic.desk.clinic, WORDS, "ar");
    let id = danger.id;
    clinic.happens(vec![raised(danger)]);
    for text in ["EMERGENCY", "Kiosk lobby", WORDS, "Chest pain", "Go there at once", "Triage nurse", "5555"]
    {
        clinic.page.sees_in("#emergency", text);
    }
    let covers = "(() => { const { left, top, right, bottom } = document.querySelector('#emergency').getBoundingClientRect();
        return left <= 0 && top <= 0 && right >= innerWidth && bottom >= innerHeight; })()";
    assert_eq!(clinic.page.evaluate(covers), true, "it fills the window");
    assert_eq!(clinic.page.evaluate("document.querySelector('#emergency .words').lang"), "ar");
    clinic.page.is_accessible("with an emergency");
    clinic.page.picture("emergency", false);

    // Who was typing goes on typing, and closes or answers nothing by it.
    clinic.page.act("types", json!({ "text": "tence " }));
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    for _ in 0..3 {
        clinic.page.act("keys", json!({ "keys": "Escape" }));
    }
    assert_eq!(clinic.page.evaluate("document.querySelector('#emergency').open"), true);

    clinic.page.act("presses", json!({ "within": "#emergency", "button": "Sound is off: turn it on" }));
    let tones = "globalThis.tones";
    let before = clinic.page.evaluate(tones).as_u64().unwrap();
    eventually("it sounds again and again", || clinic.page.evaluate(tones).as_u64().unwrap() >= before + 12);

    clinic.page.presses("I am going to kiosk lobby");
    clinic.hears("the kiosk can tell who comes", |kind| {
        matches!(kind, FactKind::RequestAcknowledged { request, by } if *request == id && by == "Maria")
    });
    clinic.page.sees_in("#request-list .card.emergency", "Maria is on the way");
    clinic.page.sees_in("#request-list .card.emergency", "EMERGENCY: go there now");
    assert_eq!(clinic.page.evaluate("document.querySelector('#emergency').open"), false);
    let after = clinic.page.evaluate(tones);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(clinic.page.evaluate(tones), after, "somebody goes: it is quiet");
    assert_eq!(
        clinic.page.evaluate("document.activeElement.value"),
        "Half a sen",
        "nothing was lost under it"
    );
    clinic.ends_well();
}

#[test]
fn several_emergencies_stand_side_by_side_and_the_keyboard_is_enough() {
    let mut clinic = Clinic::opens_unattended();
    let dangers =
        [emergency(&clinic.desk.clinic, "My chest hurts", "en"), emergency(&clinic.desk.clinic, "", "es")];
    clinic.happens(dangers.into_iter().map(raised).collect());
    clinic.page.sees_in("#emergency", "2 EMERGENCIES");
    assert_eq!(clinic.page.act("count", json!({ "within": "#emergency .danger" })), 2);
    clinic.page.picture("emergencies", false);
    for (name, width, height) in [("notebook", 1280, 800), ("phone", 390, 844)] {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.is_accessible(&format!("with two emergencies on a {name}"));
        clinic.page.picture(&format!("emergencies-{name}"), false);
    }
    // Nobody is signed in: where it is stands there all the same, and nothing of whom. One press does not answer, it asks.
    assert!(!clinic.page.evaluate("document.body.textContent").as_str().unwrap().contains("My chest hurts"));
    clinic.desk.store().run(|store| Ok(staff::account(store, "Tom", Role::ClinicalStaff))).unwrap();
    clinic.page.presses("I am going to kiosk lobby");
    clinic.page.is_accessible("where somebody signs in over an emergency");
    clinic.page.picture("emergency-sign-in", false);
    clinic.page.act("types", json!({ "text": "tom" }));
    clinic.page.act("keys", json!({ "keys": "Tab" }));
    clinic.page.act("types", json!({ "text": staff::PASSWORD }));
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.sees_no_more("#emergency-title", "2 EMERGENCIES");
    clinic.page.sees_in("#request-list", "Tom is on the way");
    clinic.page.evaluate("document.querySelector('#emergency-title').focus()");
    // The other one by the keyboard alone.
    clinic.page.sees_in("#emergency-title", "EMERGENCY");
    let mut presses = 0;
    while clinic.page.evaluate("document.activeElement.className") != "going" {
        presses += 1;
        assert!(presses < 6, "the keyboard does not reach the button");
        clinic.page.act("keys", json!({ "keys": "Tab" }));
    }
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.sees_in("#request-list", "Tom is on the way");
    eventually("both are answered", || {
        clinic.page.evaluate("document.querySelector('#emergency').open") == false
    });
    clinic.ends_well();
}

#[test]
fn an_emergency_is_seen_on_the_supervisors_page_too() {
    let mut clinic = Clinic::opens();
    clinic.signs_in("Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#connection", "Live");
    clinic.happens(vec![raised(emergency(&clinic.desk.clinic, WORDS, "ar"))]);
    clinic.page.sees_in("#emergency", WORDS);
    clinic.page.is_accessible("with an emergency on the supervisor's page");
    clinic.page.presses("I am going to kiosk lobby");
    clinic.page.sees_in("#emergencies", "Answered after");
    assert_eq!(clinic.page.evaluate("document.querySelector('#emergency').open"), false);
    clinic.ends_well();
}

#[test]
fn the_way_from_the_kiosk_to_the_alarm_is_short() {
    let mut clinic = Clinic::opens();
    let mut took = Vec::new();
    for _ in 0..10 {
        let danger = emergency(&clinic.desk.clinic, "", "en");
        clinic.happens(vec![raised(danger)]);
        clinic.page.sees_in("#emergency", "Kiosk lobby");
        let way = "(({ shownAt, raisedAt }) => shownAt - raisedAt)(document.querySelector('#emergency .danger').dataset)";
        took.push(clinic.page.evaluate(way).as_i64().unwrap());
        clinic.page.presses("I am going to kiosk lobby");
        clinic.page.sees_no_more("#emergency", "Kiosk lobby");
    }
    took.sort_unstable();
    println!("from the touch at the kiosk to the alarm in the browser: {took:?} ms, median {} ms", took[5]);
    assert!(*took.last().unwrap() < 2000, "{took:?}");
    clinic.ends_well();
}
