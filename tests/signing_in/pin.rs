//! The quick switch: the personal number, where the password was given lately.

use crate::http::Browser;
use crate::running_desk::staff::{self, PASSWORD, cheap_hash};
use crate::running_desk::{RunningDesk, example};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use vestibule::front_desk::role::Role;
use vestibule::store::Actor;

struct Scene {
    desk: RunningDesk,
    maria: Uuid,
    tom: Uuid,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = RunningDesk::start(example(), folder.path());
        let [maria, tom] = desk
            .store()
            .run(|store| {
                let people = ["Maria", "Tom"].map(|name| staff::account(store, name, Role::Receptionist));
                let by = Actor { person: None, name: "a test".into() };
                for (person, pin) in people.into_iter().zip(["402913", "771604"]) {
                    store.set_pin(person, Some(&cheap_hash(pin)), &by, Utc::now())?;
                }
                Ok(people)
            })
            .unwrap();
        Self { desk, maria, tom, _folder: folder }
    }

    fn pin(&self, browser: &mut Browser, person: Uuid, pin: &str) -> u16 {
        browser.post(self.desk.address, "/api/sign-in", json!({ "person": person, "pin": pin })).status
    }

    fn people(&self, browser: &mut Browser) -> Value {
        let people = browser.get(self.desk.address, "/api/sign-in").json()["people"].clone();
        let shown =
            people.as_array().unwrap().iter().map(|each| json!([each["name"], each["pin_is_enough"]]));
        shown.collect()
    }
}

#[test]
fn a_personal_number_is_enough_only_where_the_password_was_given() {
    let scene = Scene::new();
    let mut browser = Browser::default();
    assert_eq!(scene.people(&mut browser), json!([]), "a new browser is told of nobody");
    assert_eq!(scene.pin(&mut browser, scene.maria, "402913"), 403);
    for name in ["tom", "maria"] {
        assert_eq!(browser.signs_in(&scene.desk, name, PASSWORD).status, 200);
    }
    assert_eq!(scene.people(&mut browser), json!([["Maria", true], ["Tom", true]]));
    assert_eq!(scene.pin(&mut browser, scene.tom, "771604"), 200);
    assert_eq!(browser.me(&scene.desk).as_deref(), Some("Tom"));
    assert_eq!(scene.pin(&mut browser, scene.maria, "402913"), 200);
    assert_eq!(browser.me(&scene.desk).as_deref(), Some("Maria"));
    assert_eq!(scene.pin(&mut Browser::default(), scene.maria, "402913"), 403, "another browser");
    // Whoever was chosen can give the password as well.
    let by_password = json!({ "person": scene.tom, "password": PASSWORD });
    assert_eq!(browser.post(scene.desk.address, "/api/sign-in", by_password.clone()).status, 200);
    assert_eq!(Browser::default().post(scene.desk.address, "/api/sign-in", by_password).status, 401);
}

#[test]
fn what_a_page_sends_for_one_is_not_done_in_the_name_of_whoever_signed_in_since() {
    let scene = Scene::new();
    let mut browser = Browser::default();
    for name in ["maria", "tom"] {
        assert_eq!(browser.signs_in(&scene.desk, name, PASSWORD).status, 200);
    }
    // A window that Maria left open, of the browser in which Tom is signed in by now.
    for (person, status) in [(scene.maria, 401), (scene.tom, 200)] {
        browser.headers = format!("X-Vestibule-Person: {person}\r\n");
        let stays = browser.post(scene.desk.address, "/api/me/stay", json!({}));
        assert_eq!(stays.status, status, "{}", stays.body);
    }
    browser.headers = "X-Vestibule-Person: nobody\r\n".into();
    assert_eq!(browser.post(scene.desk.address, "/api/me/stay", json!({})).status, 401);
}

#[test]
fn after_three_wrong_numbers_the_password_is_needed() {
    let scene = Scene::new();
    let mut browser = Browser::default();
    browser.signs_in(&scene.desk, "maria", PASSWORD);
    for _ in 0..3 {
        assert_eq!(scene.pin(&mut browser, scene.maria, "402914"), 401);
    }
    assert_eq!(scene.pin(&mut browser, scene.maria, "402913"), 403, "the right one comes too late");
    assert_eq!(scene.people(&mut browser), json!([["Maria", false]]));
    browser.signs_in(&scene.desk, "maria", PASSWORD);
    assert_eq!(scene.pin(&mut browser, scene.maria, "402913"), 200);
}

#[test]
fn twelve_hours_later_the_password_is_needed() {
    let scene = Scene::new();
    let mut browser = Browser::default();
    browser.signs_in(&scene.desk, "maria", PASSWORD);
    let cookie = browser.cookie("vestibule-browser").unwrap().to_string();
    let print = vestibule::store::Secret::said(&cookie).print();
    for (hours, enough) in [(11, true), (13, false)] {
        let (print, later) = (print.clone(), Utc::now() + TimeDelta::hours(hours));
        let known = scene.desk.store().run(move |store| store.known_here(&print, later)).unwrap();
        assert_eq!(known[0].pin_is_enough, enough, "after {hours} hours");
    }
    let (maria, later) = (scene.maria, Utc::now() + TimeDelta::hours(13));
    assert!(!scene.desk.store().run(move |store| store.try_pin(&print, maria, later)).unwrap());
}

#[test]
fn who_sets_a_number_or_a_password_proves_who_they_are() {
    let scene = Scene::new();
    let mut browser = Browser::default();
    browser.signs_in(&scene.desk, "maria", PASSWORD);
    let mut does = |path: &str, details: Value| {
        let answer = browser.post(scene.desk.address, path, details);
        (answer.status, answer.error())
    };
    for (path, details, words) in [
        ("/api/me/pin", json!({ "password": "wrong one here", "pin": "390275" }), "not your password"),
        ("/api/me/pin", json!({ "password": PASSWORD, "pin": "123456" }), "tried first"),
        ("/api/me/pin", json!({ "password": PASSWORD, "pin": "12" }), "6 figures"),
        (
            "/api/me/password",
            json!({ "password": "wrong one here", "new": "six grey herons" }),
            "not your password",
        ),
        ("/api/me/password", json!({ "password": PASSWORD, "new": "short" }), "12 characters"),
        (
            "/api/me/password",
            json!({ "password": PASSWORD, "new": "mariamariamaria" }),
            "little more than a name",
        ),
    ] {
        // Three failures would make her wait.
        let (status, said) = does(path, details.clone());
        assert!(status == 422 && said.contains(words), "{path} {details}: {status} {said}");
    }
    assert_eq!(does("/api/me/pin", json!({ "password": PASSWORD, "pin": "390275" })).0, 204);
    assert_eq!(does("/api/me/password", json!({ "password": PASSWORD, "new": "six grey herons" })).0, 204);
    assert_eq!(scene.pin(&mut browser, scene.maria, "390275"), 200);
    assert_eq!(browser.signs_in(&scene.desk, "maria", PASSWORD).status, 401);
    assert_eq!(browser.signs_in(&scene.desk, "maria", "six grey herons").status, 200);
}
