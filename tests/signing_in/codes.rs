//! One-time codes: the first administrator, and whoever is to set a password.

use crate::http::Browser;
use crate::running_desk::staff::{self, PASSWORD};
use crate::running_desk::{RunningDesk, example};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use vestibule::desk::first_administrator_code;
use vestibule::front_desk::role::Role;
use vestibule::store::Secret;

fn code(desk: &RunningDesk) -> Option<Secret> {
    desk.store().run(first_administrator_code).unwrap()
}

#[test]
fn the_first_administrator_is_made_with_a_code_that_works_once() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let mut browser = Browser::default();
    assert_eq!(browser.get(desk.address, "/api/sign-in").json()["is_new"], true);
    let old = code(&desk).unwrap();
    let code_now = code(&desk).unwrap();
    let with = |code: &str, more: Value| {
        let mut details = json!({
            "code": code, "password": "seven green doors", "name": "Ada Okafor", "sign_in": "ada",
        });
        details.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        details
    };
    let path = "/api/sign-in/set-password";
    for (details, status, words) in [
        (with(old.text(), json!({})), 403, "wrong, was used already, or is too old"),
        (with("AAAA-BBBB-CCCC-DDDD", json!({})), 403, "wrong, was used already, or is too old"),
        (with("", json!({})), 403, "wrong, was used already, or is too old"),
        (with(code_now.text(), json!({ "password": "short" })), 422, "12 characters"),
        (with(code_now.text(), json!({ "password": "administrator" })), 422, "tried first"),
        (with(code_now.text(), json!({ "name": "" })), 422, "1 to 60 characters"),
        (with(code_now.text(), json!({ "sign_in": "a b" })), 422, "no spaces"),
    ] {
        let answer = browser.post(desk.address, path, details.clone());
        assert!(answer.status == status && answer.error().contains(words), "{details}: {answer:?}");
    }
    // As it is read from a terminal and typed.
    let typed = code_now.text().to_lowercase().replace('-', " ");
    let good = browser.post(desk.address, "/api/sign-in/code", json!({ "code": typed }));
    assert_eq!(good.json(), json!({ "for": "administrator" }));
    let made = browser.post(desk.address, path, with(&typed, json!({})));
    assert_eq!((made.status, &made.json()["home"]), (200, &json!("/people")), "{made:?}");
    assert_eq!(browser.me(&desk).as_deref(), Some("Ada Okafor"));
    let again =
        Browser::default().post(desk.address, path, with(&typed, json!({ "sign_in": "eve", "name": "Eve" })));
    assert_eq!(again.status, 403, "{again:?}");
    assert_eq!(code(&desk), None, "there is no other first one");
    assert_eq!(Browser::default().signs_in(&desk, "ada", "seven green doors").status, 200);
}

#[test]
fn whoever_is_added_sets_a_password_with_a_code_for_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let mut adam = Browser::with(&desk.signed_in(Role::Administrator));
    let add = |adam: &mut Browser, name: &str, sign_in: &str| {
        adam.post(
            desk.address,
            "/api/people",
            json!({ "name": name, "sign_in": sign_in, "role": "receptionist" }),
        )
    };
    let slip = add(&mut adam, "Maria", "maria");
    assert_eq!((slip.status, &slip.json()["hours"]), (200, &json!(24)), "{slip:?}");
    for (name, sign_in, words) in
        [("María Gómez", "Maria", "signs in with this name"), ("MARIA", "maria2", "has this name already")]
    {
        let answer = add(&mut adam, name, sign_in);
        assert!(answer.status == 409 && answer.error().contains(words), "{answer:?}");
    }
    let told = slip.json()["code"].as_str().unwrap().to_string();
    let mut maria = Browser::default();
    let good = maria.post(desk.address, "/api/sign-in/code", json!({ "code": told }));
    assert_eq!(good.json(), json!({ "for": "password", "name": "Maria", "sign_in": "maria" }));
    let sets = json!({ "code": told, "password": "seven green doors" });
    assert_eq!(maria.post(desk.address, "/api/sign-in/set-password", sets.clone()).status, 200);
    assert_eq!(maria.me(&desk).as_deref(), Some("Maria"));
    assert_eq!(maria.post(desk.address, "/api/sign-in/set-password", sets).status, 403, "once");

    // Reset: the password is gone, she is signed out, and the new code ends the one before.
    let id = desk.store().run(|store| store.account_named("maria")).unwrap().unwrap().0.id;
    let reset = |adam: &mut Browser| {
        let answer = adam.post(desk.address, &format!("/api/people/{id}/reset"), json!({}));
        answer.json()["code"].as_str().unwrap().to_string()
    };
    let (first, second) = (reset(&mut adam), reset(&mut adam));
    assert_eq!(maria.me(&desk), None);
    assert_eq!(maria.signs_in(&desk, "maria", "seven green doors").status, 401);
    for (code, status) in [(first, 403), (second.clone(), 200)] {
        assert_eq!(maria.post(desk.address, "/api/sign-in/code", json!({ "code": code })).status, status);
    }
    let print = Secret::typed_code(&second).print();
    let tomorrow = Utc::now() + TimeDelta::hours(25);
    let good = desk.store().run(move |store| store.code_is_for(&print, tomorrow)).unwrap();
    assert_eq!(good, None, "for a day and no longer");
}

#[test]
fn there_is_always_an_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let mut adam = Browser::with(&desk.signed_in(Role::Administrator));
    let id = desk.store().run(|store| Ok(staff::account(store, "Adam", Role::Administrator))).unwrap();
    for (what, details) in [("end", json!({})), ("role", json!({ "role": "receptionist" }))] {
        let answer = adam.post(desk.address, &format!("/api/people/{id}/{what}"), details);
        assert!(answer.status == 409 && answer.error().contains("last administrator"), "{answer:?}");
    }
    let eva = desk.store().run(|store| Ok(staff::account(store, "Eva", Role::Receptionist))).unwrap();
    let role = json!({ "role": "administrator" });
    assert_eq!(adam.post(desk.address, &format!("/api/people/{eva}/role"), role).status, 204);
    assert_eq!(adam.post(desk.address, &format!("/api/people/{id}/end"), json!({})).status, 204);
    assert_eq!(Browser::default().signs_in(&desk, "eva", PASSWORD).json()["role"], "administrator");
}
