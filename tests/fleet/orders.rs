//! What a kiosk is ordered to do is done once, and what became of it is told, whatever stops in between.

use crate::scene::{Page, READS, STARTS_ANEW, kiosk_process, place, place_with};
use crate::support::desk::{RunningDesk, Stop};
use crate::support::hands::Hands;
use crate::support::{devices, until, until_within};
use serde_json::json;
use std::time::Duration;
use vestibule::kiosk::session::Touch;
use vestibule_hardware::printer::simulator::Condition;

#[test]
fn a_test_page_waits_for_the_patient_and_comes_out_once() {
    let place = place();
    let (printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut hands = Hands::at(&place, "lobby");
    hands.touch(Touch::HaveAppointment);
    page.orders("print-test-page");
    let (status, refused) = page.tries(json!({ "order": "print-test-page" }));
    assert_eq!(status, 409, "{refused}");
    let waits = "Print a test page: Ordered: it is done when nobody is at the kiosk";
    for _ in 0..60 {
        hands.live(Duration::from_millis(50));
    }
    assert_eq!((page.stand(), printer.tickets().len()), (vec![waits.to_string()], 0));
    // In the middle of it the desk is gone, and the order is not.
    desk.stop(Stop::Abrupt);
    let desk = RunningDesk::start(&place.clinic);
    hands.touch(Touch::StartOver);
    page.until_it_stands(&["Print a test page: Done"], || hands.live(Duration::from_millis(20)));
    assert_eq!(printer.tickets().len(), 1);
    drop(hands);
    let mut hands = Hands::at(&place, "lobby");
    for _ in 0..60 {
        hands.live(Duration::from_millis(50));
    }
    assert_eq!(printer.tickets().len(), 1, "a restart does not print it again");
    drop(desk);
}

#[test]
fn a_kiosk_that_is_killed_in_the_middle_of_an_order_does_not_do_it_again() {
    let place = place();
    let (printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let kiosk = kiosk_process(&place);
    until("the kiosk", || page.kiosk("lobby")["heard"] == "Connected");
    printer.set_after(300, Condition::Silent);
    page.orders("print-test-page");
    until("the printer in the middle of it", || {
        let store = place.clinic.data.join("kiosk-lobby.db");
        let read = rusqlite::Connection::open_with_flags(store, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
        let begun = "SELECT count(*) FROM kiosk_task WHERE begun = 1";
        read.unwrap().query_row(begun, [], |row| row.get::<_, i64>(0)).is_ok_and(|count| count == 1)
    });
    std::thread::sleep(Duration::from_millis(300));
    kiosk.kill();
    printer.set(Condition::Silent, false);
    let _again = kiosk_process(&place);
    page.until_it_stands(&["Print a test page: Not done"], || {});
    assert!(page.said().contains("Perhaps it was done"), "{}", page.said());
    std::thread::sleep(Duration::from_secs(4));
    let whole = printer.tickets().len();
    assert!(whole <= 1, "{whole} pages: what was left of the first one, never a second one");
}

#[test]
fn a_restart_ends_the_program_once_and_is_told_by_the_next() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut kiosk = kiosk_process(&place);
    page.orders("restart");
    assert_eq!(kiosk.ends(READS), Some(STARTS_ANEW));
    assert_eq!(page.stand(), ["Restart the program: Ordered: it is done when nobody is at the kiosk"]);
    let mut again = kiosk_process(&place);
    page.until_it_stands(&["Restart the program: Done"], || {});
    std::thread::sleep(Duration::from_secs(3));
    assert!(again.runs(), "once");
}

#[test]
fn a_file_with_a_mistake_is_not_started_with() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut kiosk = kiosk_process(&place);
    let good = std::fs::read_to_string(&place.file).unwrap();
    std::fs::write(&place.file, good.replacen("series = \"1\"", "series = \"one\"", 1)).unwrap();
    page.orders("read-configuration");
    let (again, not) = ("Read its clinic.toml again: Done", "Read its clinic.toml again: Not done");
    page.until_it_stands(&[not], || {});
    assert!(page.said().contains("a series is made of digits"), "{}", page.said());
    std::fs::write(&place.file, good.replacen("series = \"1\"", "series = \"7\"", 1)).unwrap();
    page.orders("read-configuration");
    assert_eq!(kiosk.ends(READS), Some(STARTS_ANEW));
    let _again = kiosk_process(&place);
    page.until_it_stands(&[again, not], || {});
}

#[test]
fn a_machine_is_examined_beside_the_kiosk_that_runs() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut hands = Hands::at(&place, "lobby");
    page.orders("examine");
    // It tries the routines' sentences too, which takes its time in a program that is not optimised.
    until_within(Duration::from_secs(180), "what it found", || {
        hands.live(Duration::from_millis(50));
        !page.said().is_empty()
    });
    let said = page.said();
    for word in ["store", "is sound", "The desk answers at", "at the desk too"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn an_order_to_a_kiosk_that_is_off_is_given_up_after_ten_minutes() {
    use chrono::{TimeDelta, Utc};
    use vestibule::front_desk::fleet::{KioskOrder, KioskOrderId};
    use vestibule::link::fact::FactKind;
    let place = place();
    let (printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    // The kiosk has followed the desk before, and is off now.
    let mut hands = Hands::at(&place, "lobby");
    until("the kiosk", || {
        hands.live(Duration::from_millis(20));
        page.kiosk("lobby")["heard"] == "Connected"
    });
    drop(hands);
    let ordered = |minutes| FactKind::KioskOrdered {
        id: KioskOrderId(uuid::Uuid::now_v7()),
        kiosk: "lobby".into(),
        by: "Maria".into(),
        what: if minutes > 10 { KioskOrder::PrintTestPage } else { KioskOrder::BackInService },
    };
    for minutes in [11, 9] {
        let fact = ordered(minutes);
        let at = Utc::now() - TimeDelta::minutes(minutes);
        desk.store.run(move |store| store.commit(vec![fact], at)).unwrap();
    }
    page.until_it_stands(
        &["Back in service: Ordered: it is done when nobody is at the kiosk", "Print a test page: Given up"],
        || {},
    );
    let mut hands = Hands::at(&place, "lobby");
    until("what was ordered nine minutes ago", || {
        hands.live(Duration::from_millis(50));
        !page.stand()[0].contains("Ordered")
    });
    assert_eq!((page.stand()[1].as_str(), printer.tickets().len()), ("Print a test page: Given up", 0));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let place = place_with(|text| {
        let (before, lobby) = text.split_once("name = \"lobby\"").unwrap();
        let lobby: Vec<_> = lobby.splitn(2, "printer = ").collect();
        format!("{before}name = \"lobby\"{}# {}", lobby[0], lobby[1])
    });
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut words: serde_json::Map<_, _> =
        place.clinic.languages.iter().map(|language| (language.clone(), json!("a"))).collect();
    words.insert("en".into(), json!("x".repeat(121)));
    let close = |more: serde_json::Value| {
        let mut order = json!({ "order": "take-out-of-service" });
        order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        order
    };
    for (order, status, words) in [
        (json!({ "order": "print-test-page" }), 409, "no printer"),
        (json!({ "order": "make-coffee" }), 422, "reload the page"),
        (json!({}), 422, "reload the page"),
        (close(json!({ "text": "gone" })), 422, "no such text"),
        (close(json!({ "words": { "en": "Back at two" } })), 422, "missing in \\\"es\\\""),
        (close(json!({ "words": words })), 422, "too long"),
    ] {
        let (answered, said) = page.tries(order.clone());
        assert!(answered == status && said.contains(words), "{order}: {answered} {said}");
    }
    let (status, _) = page.tries_at("cellar", &json!({ "order": "restart" }));
    assert_eq!(status, 404);
    assert!(page.stand().is_empty());
}

#[test]
fn only_whoever_keeps_the_kiosks_sees_and_orders_them() {
    use crate::scene::ask;
    use crate::support::staff;
    use vestibule::front_desk::role::{Permission, Role};
    let place = place();
    let desk = RunningDesk::start(&place.clinic);
    let asks = |head: &str| {
        let sees = ask(place.clinic.desk, "GET", "/api/fleet", head, "").0;
        let orders =
            ask(place.clinic.desk, "POST", "/api/fleet/lobby/orders", head, "{\"order\":\"restart\"}").0;
        (sees, orders)
    };
    assert_eq!(asks(""), (401, 401));
    for role in Role::ALL {
        // The scene has people of its own: these are others.
        let cookie = staff::cookie(&desk.store, &format!("Some {role:?}"), role);
        let (sees, orders) = asks(&format!("Cookie: {cookie}\r\n"));
        let may = role.may(Permission::Fleet);
        assert_eq!(
            (sees, matches!(orders, 204 | 409)),
            if may { (200, true) } else { (403, false) },
            "{role:?}"
        );
    }
}
