//! Guessing takes longer each time, tells nothing, and keeps nobody away from their own desk for good.

use crate::http::Browser;
use crate::running_desk::staff::{self, PASSWORD};
use crate::running_desk::{RunningDesk, eventually, example};
use std::time::{Duration, Instant};
use vestibule::front_desk::role::Role;

fn desk() -> (RunningDesk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    desk.store().run(|store| Ok(staff::account(store, "Maria", Role::Receptionist))).unwrap();
    (desk, folder)
}

#[test]
fn a_wrong_password_and_a_name_that_nobody_has_are_answered_alike() {
    let (desk, _folder) = desk();
    let mut browser = Browser::default();
    let known = browser.signs_in(&desk, "maria", "not her password");
    let unknown = browser.signs_in(&desk, "nobody", "not her password");
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(known.body, unknown.body);
    assert!(known.error().contains("Name or password is wrong"), "{}", known.body);
    assert_eq!(browser.cookie("vestibule-session"), None);
    // Who was reset, or has not set a password yet, cannot be told from them either.
    let id = desk.store().run(|store| Ok(staff::account(store, "Tom", Role::Receptionist))).unwrap();
    let by = vestibule::store::Actor { person: None, name: "a test".into() };
    desk.store()
        .run(move |store| store.reset_account(id, chrono::TimeDelta::hours(1), &by, chrono::Utc::now()))
        .unwrap()
        .unwrap();
    let without = browser.signs_in(&desk, "tom", PASSWORD);
    assert_eq!((without.status, without.body), (401, known.body));
}

#[test]
fn whoever_fails_waits_longer_each_time_also_after_a_restart_and_comes_in_then() {
    let (mut desk, _folder) = desk();
    let mut stranger = Browser::default();
    for _ in 0..4 {
        // The first three are answered; what comes right after them is not looked at.
        stranger.signs_in(&desk, "maria", "a guess at it");
    }
    let refused = stranger.signs_in(&desk, "Maria ", PASSWORD);
    assert_eq!(refused.status, 429, "the right password is not looked at either: {}", refused.body);
    assert!(refused.error().starts_with("Too many tries: try again in "), "{}", refused.body);
    let mut tried = |desk: &RunningDesk| stranger.signs_in(desk, "maria", "a guess at it").status;
    let began = Instant::now();
    eventually("a second has passed", || tried(&desk) == 401);
    assert!(began.elapsed() < Duration::from_secs(3));
    // Now it is two seconds, and the desk has not forgotten it when it starts again.
    desk.stop();
    desk.start_again();
    assert_eq!(tried(&desk), 429);
    let began = Instant::now();
    eventually("Maria comes in", || stranger.signs_in(&desk, "maria", PASSWORD).status == 200);
    assert!(began.elapsed() > Duration::from_millis(500), "too early");
    assert_eq!(stranger.me(&desk).as_deref(), Some("Maria"));
    // All of it is forgiven.
    assert_eq!(Browser::default().signs_in(&desk, "maria", "a guess at it").status, 401);
}

#[test]
fn nobody_is_kept_from_their_own_desk_by_others_who_fail_in_their_name() {
    let (desk, _folder) = desk();
    let mut own = Browser::default();
    assert_eq!(own.signs_in(&desk, "maria", PASSWORD).status, 200);
    let mut stranger = Browser::default();
    while stranger.signs_in(&desk, "maria", "a guess at it").status != 429 {}
    assert_eq!(own.signs_in(&desk, "maria", PASSWORD).status, 200, "this browser is known as hers");
}

#[test]
fn whoever_tries_many_names_from_one_computer_waits_as_well() {
    let (desk, _folder) = desk();
    let statuses: Vec<u16> = (0..12)
        .map(|number| Browser::default().signs_in(&desk, &format!("name{number}"), "a guess at it").status)
        .collect();
    assert_eq!(statuses[..9], [401; 9]);
    assert!(statuses[9..].contains(&429), "{statuses:?}");
}

#[test]
fn many_tries_at_once_are_not_one() {
    let (desk, _folder) = desk();
    let address = desk.address;
    let tries: Vec<_> = (0..12)
        .map(|_| {
            std::thread::spawn(move || {
                let guess = serde_json::json!({ "name": "maria", "password": "a guess at it" });
                Browser::default().post(address, "/api/sign-in", guess).status
            })
        })
        .collect();
    let statuses: Vec<u16> = tries.into_iter().map(|each| each.join().unwrap()).collect();
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    // The third failure makes everybody wait a second, and twelve do not take that long.
    assert!((3..=5).contains(&looked_at), "{statuses:?}");
}
