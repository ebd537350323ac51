//! How kiosks are.

use crate::scene::{Page, SPEAKS, place};
use crate::support::desk::{RunningDesk, Stop};
use crate::support::devices;
use crate::support::hands::Hands;
use crate::support::until_within;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::time::Duration;
use vestibule::front_desk::fleet::{Heartbeat, Occupancy};
use vestibule::kiosk::session::Touch;
use vestibule::link::Link;
use vestibule::link::LinkPlace;
use vestibule::link::heartbeat::{DeskClock, Pulse};
use vestibule::store::{Store, StoreHandle};

#[test]
fn the_desk_shows_how_a_kiosk_is_and_has_not_forgotten_it_after_a_restart() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    assert_eq!(page.kiosk("lobby")["heard"], "Not heard of yet");
    let mut hands = Hands::at(&place, "lobby");
    let mut comes = |what: &str, id: &str, words: &str| {
        until_within(SPEAKS, what, || {
            hands.live(Duration::from_millis(20));
            page.part(id) == words
        });
    };
    comes("the paper", "paper", "Enough");
    comes("the printer", "printer", "Works");
    comes("the clock, compared", "clock", "Right");
    comes("the empty outbox", "outbox", "Empty");
    comes("the desk's routines", "routines", "The desk's");
    assert_eq!((page.part("scanner"), page.part("terminal")), ("Works".into(), "None".into()));
    assert_eq!(page.part("version"), env!("CARGO_PKG_VERSION"));
    assert!(page.part("disk").ends_with("GB free"), "{}", page.part("disk"));
    let kiosk = page.kiosk("lobby");
    assert_eq!((&kiosk["tone"], &kiosk["state"]), (&json!("good"), &json!("Ready")), "{kiosk:#}");
    // A minute is kept when it is over.
    until_within(Duration::from_secs(90), "the first minute of its day", || {
        hands.live(Duration::from_millis(200));
        page.kiosk("lobby")["day"].as_str().unwrap().contains("always well")
    });

    hands.touch(Touch::HaveAppointment);
    until_within(SPEAKS, "that somebody is at it", || {
        hands.live(Duration::from_millis(20));
        page.kiosk("lobby")["state"] == "In use"
    });
    // What is kept is kept within seconds.
    std::thread::sleep(Duration::from_secs(3));
    drop(hands);
    desk.stop(Stop::Abrupt);
    let _desk = RunningDesk::start(&place.clinic);
    assert_eq!((page.part("paper"), page.part("clock")), ("Enough".into(), "Right".into()));
    assert!(page.kiosk("lobby")["heard"].as_str().unwrap().starts_with("Last heard"));
}

/// A link without a kiosk, whose clock shows what it is told.
fn speaks(desk: &RunningDesk, place: LinkPlace, clock: fn() -> DateTime<Utc>, desk_clock: DeskClock) -> Link {
    let _ = desk;
    let store = StoreHandle::new(Store::in_memory(&place.kiosk).unwrap()).unwrap();
    let gather = || Heartbeat { occupancy: Occupancy::Idle, ..Heartbeat::default() };
    let pulse = Pulse { gather: Box::new(gather), look: |_, _, _| {}, clock, time: clock, desk_clock };
    Link::start_with(place, store, Some(pulse), |_| {}).unwrap()
}

#[test]
fn a_wrong_clock_is_found_by_both_sides_and_told() {
    fn behind() -> DateTime<Utc> {
        Utc::now() - TimeDelta::seconds(90)
    }
    let place = place();
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let (right, wrong) = (DeskClock::default(), DeskClock::default());
    let _garden = speaks(&desk, LinkPlace::of(&place.clinic, "garden"), Utc::now, right.clone());
    let _lobby = speaks(&desk, LinkPlace::of(&place.clinic, "lobby"), behind, wrong.clone());
    until_within(SPEAKS, "that the clock is wrong", || page.troubles() == ["clock-wrong"]);
    let words = page.part("clock");
    let seconds: f64 = words.split(' ').next().unwrap().parse().unwrap();
    assert!(words.contains("behind") && (89.0..91.0).contains(&seconds), "{words}");
    assert_eq!(page.kiosk("garden")["troubles"], json!([]));
    // A kiosk with a wrong clock still knows how old an order is.
    let now = Utc::now();
    let apart = (wrong.at_the_desk(behind()) - now).num_milliseconds().abs();
    assert!(apart < 1500, "{apart} ms");
    assert!((right.at_the_desk(now) - now).num_milliseconds().abs() < 500);
}

#[test]
fn what_is_no_heartbeat_of_a_known_kiosk_is_refused() {
    let place = place();
    let desk = RunningDesk::start(&place.clinic);
    let key = format!("Authorization: Bearer {}\r\n", place.clinic.link_key);
    let sends = |head: &str, body: &str| {
        crate::scene::ask(place.clinic.desk, "POST", "/link/heartbeat", head, body).0
    };
    let beat = |kiosk: &str| {
        let beat = serde_json::to_value(Heartbeat::default()).unwrap();
        let store = "01a20fa0-0cb8-7563-920f-f08219446b63";
        json!({ "kiosk": kiosk, "store": store, "sent": Utc::now(), "exchange": null, "beat": beat })
            .to_string()
    };
    assert_eq!(sends("", &beat("lobby")), 401);
    assert_eq!(sends("Authorization: Bearer wrong\r\n", &beat("lobby")), 401);
    assert_eq!(sends(&key, &beat("cellar")), 403);
    assert_eq!(sends(&key, &beat("desk")), 403);
    for rubbish in ["", "{}", "[]", "null", "{\"kiosk\":\"lobby\"}", "\u{0}"] {
        assert_eq!(sends(&key, rubbish), 422, "{rubbish:?}");
    }
    assert_eq!(sends(&key, &beat("lobby")), 200);
    drop(desk);
}
