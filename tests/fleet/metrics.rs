//! The figures for Prometheus, judged by the parser of its own Python client.

use crate::scene::{Page, SPEAKS, ask, place, place_with};
use crate::support::clinic::guests;
use crate::support::desk::RunningDesk;
use crate::support::hands::Hands;
use crate::support::{devices, until, until_within};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};
use vestibule::kiosk::session::Touch;

/// What the parser reads; whatever it does not take ends the test.
fn judged(text: &str) -> Value {
    let python = std::env::var_os("VESTIBULE_PYTHON")
        .expect("VESTIBULE_PYTHON is not set: start the tests with tests/run, which makes that Python");
    let mut judge = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fleet/judge_metrics.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    judge.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let judged = judge.wait_with_output().unwrap();
    assert!(judged.status.success(), "{}\n{text}", String::from_utf8_lossy(&judged.stderr));
    serde_json::from_slice(&judged.stdout).unwrap()
}

/// The value of a sample with these labels.
fn value(families: &Value, family: &str, name: &str, labels: Value) -> Option<f64> {
    let samples = families[family]["samples"].as_array()?;
    let sample = samples.iter().find(|sample| sample["name"] == name && sample["labels"] == labels)?;
    sample["value"].as_f64()
}

#[test]
fn figures_are_read_by_a_real_parser_and_are_right() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let people = guests(2);
    desk.book(&people);
    let page = Page::of(&place, &desk);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(people.len());
    hands.check_in(&people[0]);
    hands.paper();
    hands.finish();
    hands.touch(Touch::NeedHelp);
    hands.touch(Touch::CallPerson);
    until("the request", || {
        hands.live(std::time::Duration::from_millis(20));
        desk.request().is_some()
    });
    let scrape = || {
        let (status, head, body) = ask(place.clinic.desk, "GET", "/metrics", "", "");
        assert_eq!(status, 200, "{body}");
        assert!(head.to_lowercase().contains("content-type: text/plain; version=0.0.4"), "{head}");
        judged(&body)
    };
    let open = |families: &Value, state: &str| {
        value(
            families,
            "vestibule_requests",
            "vestibule_requests",
            json!({ "urgency": "routine", "state": state }),
        )
    };
    let before = scrape();
    assert_eq!((open(&before, "open"), open(&before, "acknowledged")), (Some(1.0), Some(0.0)));
    desk.does(Some(&desk.request().unwrap()), "acknowledge", json!({}));
    until_within(SPEAKS, "the kiosk's second word", || {
        hands.live(std::time::Duration::from_millis(20));
        page.part("clock") == "Right" && page.part("paper") == "Enough"
    });
    let families = scrape();
    let kiosk = |name: &str, mut more: Value| {
        more["kiosk"] = "lobby".into();
        value(&families, name, name, more)
    };
    assert_eq!((open(&families, "open"), open(&families, "acknowledged")), (Some(0.0), Some(1.0)));
    let taken = "vestibule_request_acknowledge_seconds";
    assert_eq!(value(&families, taken, "vestibule_request_acknowledge_seconds_count", json!({})), Some(1.0));
    assert_eq!(value(&families, taken, &format!("{taken}_bucket"), json!({ "le": "+Inf" })), Some(1.0));
    assert_eq!(kiosk("vestibule_tickets_today", json!({ "paper": "printed" })), Some(1.0));
    let general = json!({ "service": people[0].appointment.service });
    assert_eq!(value(&families, "vestibule_queue_length", "vestibule_queue_length", general), Some(1.0));
    assert_eq!(kiosk("vestibule_kiosk_connected", json!({})), Some(1.0));
    assert_eq!(kiosk("vestibule_kiosk_paper", json!({ "paper": "good" })), Some(1.0));
    assert_eq!(kiosk("vestibule_kiosk_paper", json!({ "paper": "out" })), Some(0.0));
    assert!(kiosk("vestibule_kiosk_heartbeat_age_seconds", json!({})).is_some_and(|age| age < 15.0));
    assert!(kiosk("vestibule_kiosk_clock_drift_seconds", json!({})).is_some_and(|drift| drift.abs() < 1.0));
    assert_eq!(kiosk("vestibule_kiosk_trouble", json!({ "trouble": "no-paper" })), Some(0.0));
    let built = json!({ "version": env!("CARGO_PKG_VERSION") });
    assert_eq!(value(&families, "vestibule_build_info", "vestibule_build_info", built), Some(1.0));
    // The counter of the first look is in the second one; routes are the program's own names for them.
    let looked = json!({ "method": "GET", "route": "/metrics", "status": "200" });
    assert_eq!(
        value(&families, "vestibule_http_requests", "vestibule_http_requests_total", looked),
        Some(1.0)
    );
    let text = families.to_string();
    let acknowledged = "/api/requests/{id}/acknowledge";
    assert!(text.contains(acknowledged), "{text}");
    assert!(
        value(&families, "vestibule_store_seconds", "vestibule_store_seconds_count", json!({})) > Some(3.0)
    );
    for secret in [people[0].patient.name.family.as_str(), "Maria", place.clinic.link_key.as_str()] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn somebody_who_asks_for_ten_thousand_addresses_makes_one_more_label() {
    let place = place();
    let _desk = RunningDesk::start(&place.clinic);
    for number in 0..50 {
        assert_eq!(ask(place.clinic.desk, "GET", &format!("/nowhere/{number}"), "", "").0, 404);
        ask(place.clinic.desk, if number % 2 == 0 { "PUT" } else { "BREW" }, "/", "", "");
    }
    let (_, _, text) = ask(place.clinic.desk, "GET", "/metrics", "", "");
    let families = judged(&text);
    let nowhere = json!({ "method": "GET", "route": "other", "status": "404" });
    assert_eq!(
        value(&families, "vestibule_http_requests", "vestibule_http_requests_total", nowhere),
        Some(50.0)
    );
    assert!(!text.contains("nowhere") && !text.contains("BREW"), "{text}");
}

#[test]
fn with_a_key_only_whoever_has_it_reads_them() {
    let place = place_with(|text| text.replacen("[desk]", "[desk]\nmetrics_key = \"0123456789abcdef\"", 1));
    let _desk = RunningDesk::start(&place.clinic);
    let reads = |head: &str| ask(place.clinic.desk, "GET", "/metrics", head, "").0;
    assert_eq!(reads(""), 401);
    assert_eq!(reads("Authorization: Bearer 0123456789abcdeX\r\n"), 401);
    assert_eq!(reads("Authorization: Bearer 0123456789abcdef\r\n"), 200);
}

#[test]
fn every_answer_has_a_name_by_which_the_log_knows_it() {
    let place = place();
    let _desk = RunningDesk::start(&place.clinic);
    let named = |path: &str| {
        let (_, head, _) = ask(place.clinic.desk, "GET", path, "", "");
        let line = head.lines().find(|line| line.to_lowercase().starts_with("x-request-id: "));
        line.expect("an id").to_string()
    };
    let (one, two) = (named("/"), named("/nowhere"));
    assert_ne!(one, two);
    assert_eq!(one.len(), "x-request-id: ".len() + 32);
}
