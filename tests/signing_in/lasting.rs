//! How long somebody stays signed in.

use crate::http::Browser;
use crate::running_desk::staff::{self, PASSWORD};
use crate::running_desk::{RunningDesk, example};
use chrono::TimeDelta;
use serde_json::json;
use std::time::Duration;
use vestibule::clinic::Clinic;
use vestibule::front_desk::role::Role;

fn desk(clinic: Clinic) -> (RunningDesk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(clinic, folder.path());
    desk.store().run(|store| Ok(staff::account(store, "Maria", Role::Receptionist))).unwrap();
    (desk, folder)
}

#[test]
fn the_cookie_is_for_no_script_and_no_other_site_and_a_restart_signs_nobody_out() {
    let (mut desk, _folder) = desk(example());
    let mut browser = Browser::default();
    let answer = browser.signs_in(&desk, "MARIA", PASSWORD);
    assert_eq!(answer.status, 200, "{}", answer.body);
    for line in answer.head.lines().filter(|line| line.to_lowercase().starts_with("set-cookie")) {
        assert!(line.contains("; HttpOnly; SameSite=Strict") && !line.contains("Secure"), "{line}");
    }
    let me = answer.json();
    assert_eq!(
        (&me["name"], &me["role"], &me["home"]),
        (&json!("Maria"), &json!("receptionist"), &json!("/"))
    );
    assert_eq!(me["may"], json!(["requests", "queue", "records", "book", "payments"]));
    assert!((890_000..=900_000).contains(&me["ends_in"].as_i64().unwrap()), "a quarter of an hour: {me}");
    desk.stop();
    desk.start_again();
    assert_eq!(browser.me(&desk).as_deref(), Some("Maria"));
    // Nothing of the secrets is in the store: only what they are recognised by.
    let token = browser.cookie("vestibule-session").unwrap().to_string();
    desk.stop();
    for name in ["desk.db", "desk.db-wal"] {
        let bytes = std::fs::read(_folder.path().join(name)).unwrap_or_default();
        for secret in [token.as_str(), PASSWORD] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} stands in {name}");
        }
    }
}

#[test]
fn behind_tls_the_cookie_goes_nowhere_else() {
    let (desk, _folder) = desk(example());
    let mut browser =
        Browser { headers: format!("Origin: https://{}\r\n", desk.address), ..Browser::default() };
    let answer = browser.signs_in(&desk, "maria", PASSWORD);
    let cookies: Vec<&str> =
        answer.head.lines().filter(|line| line.to_lowercase().starts_with("set-cookie")).collect();
    assert!(cookies.len() == 2 && cookies.iter().all(|line| line.contains("; Secure")), "{cookies:?}");
}

#[test]
fn whoever_does_nothing_is_signed_out_and_what_the_page_asks_by_itself_is_nothing() {
    let mut clinic = example();
    clinic.session.idle = TimeDelta::milliseconds(1500);
    let (desk, _folder) = desk(clinic);
    let mut browser = Browser::default();
    browser.signs_in(&desk, "maria", PASSWORD);
    // Acts of a person keep it alive for longer than that.
    for _ in 0..5 {
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(browser.post(desk.address, "/api/me/stay", json!({})).status, 200);
    }
    let mut asked = 0;
    while browser.me(&desk).is_some() {
        asked += 1;
        assert!(asked < 40, "what the page reads keeps nobody signed in");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(asked > 3, "it ended at once");
    assert_eq!(browser.get(desk.address, "/api/board").status, 401);
    assert_eq!(browser.signs_in(&desk, "maria", PASSWORD).status, 200);
}

#[test]
fn after_a_shift_everybody_signs_in_anew_whatever_they_do() {
    let mut clinic = example();
    clinic.session.longest = TimeDelta::milliseconds(1500);
    let (desk, _folder) = desk(clinic);
    let mut browser = Browser::default();
    browser.signs_in(&desk, "maria", PASSWORD);
    assert_eq!(browser.post(desk.address, "/api/me/stay", json!({})).status, 200);
    std::thread::sleep(Duration::from_millis(1600));
    assert_eq!(browser.post(desk.address, "/api/me/stay", json!({})).status, 401);
}

#[test]
fn whoever_signs_out_or_is_ended_is_out_at_once_everywhere() {
    let (desk, _folder) = desk(example());
    let (mut browser, mut other) = (Browser::default(), Browser::default());
    browser.signs_in(&desk, "maria", PASSWORD);
    other.signs_in(&desk, "maria", PASSWORD);
    let stolen = browser.clone();
    assert_eq!(browser.post(desk.address, "/api/sign-out", json!({})).status, 204);
    assert_eq!(stolen.clone().me(&desk), None, "the cookie itself is worth nothing any more");
    assert_eq!(other.me(&desk).as_deref(), Some("Maria"), "another browser is another session");
    let mut adam = Browser::with(&desk.signed_in(Role::Administrator));
    let people = adam.get(desk.address, "/api/people").json();
    let maria = people["people"].as_array().unwrap().iter().find(|person| person["name"] == "Maria").unwrap();
    let path = format!("/api/people/{}/end", maria["id"].as_str().unwrap());
    assert_eq!(adam.post(desk.address, &path, json!({})).status, 204);
    assert_eq!(other.me(&desk), None);
    assert_eq!(other.signs_in(&desk, "maria", PASSWORD).status, 401);
}

#[test]
fn the_live_page_of_whoever_is_signed_out_shows_no_patient_any_more() {
    let (desk, _folder) = desk(example());
    let mut browser = Browser::default();
    let events = browser.hears(desk.address, "unattended");
    let told = &events.iter().find(|(name, _)| name == "unattended").unwrap().1;
    assert_eq!((&told["emergencies"], &told["waiting"]), (&json!([]), &json!(0)));
    assert!(events.iter().all(|(name, _)| name != "board"), "{events:?}");
    browser.signs_in(&desk, "maria", PASSWORD);
    let (address, mut signs_out) = (desk.address, browser.clone());
    let leaves = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        signs_out.post(address, "/api/sign-out", json!({})).status
    });
    let events = browser.hears(desk.address, "signed-out");
    assert_eq!(leaves.join().unwrap(), 204);
    assert!(events.iter().any(|(name, _)| name == "board"), "{events:?}");
}
