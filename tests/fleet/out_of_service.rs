//! Closing a kiosk to patients, and opening it again.

use crate::scene::{Page, place};
use crate::support::clinic::guests;
use crate::support::desk::RunningDesk;
use crate::support::hands::{Hands, notice};
use crate::support::{devices, until};
use serde_json::json;
use std::time::Duration;
use vestibule::front_desk::code::Code;
use vestibule::kiosk::screens::{Closed, Screen};
use vestibule::kiosk::session::{Event, Touch};

fn closed(screen: &Screen) -> Option<Closed> {
    match screen {
        Screen::Closed(closed) => Some(closed.clone()),
        _ => None,
    }
}

const CLOSED: &str = "Take out of service: Done";

#[test]
fn whoever_is_at_a_kiosk_is_done_before_it_closes_and_help_works_on_a_closed_one() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let people = guests(2);
    desk.book(&people);
    let page = Page::of(&place, &desk);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(people.len());
    hands.identify(&people[0]);
    let (status, said) = page.tries(json!({ "order": "take-out-of-service", "text": "back-soon" }));
    assert_eq!(status, 204, "{said}");
    for _ in 0..40 {
        hands.live(Duration::from_millis(50));
    }
    assert!(matches!(hands.screen(), Screen::Confirm(_)), "{:?}", hands.screen());
    hands.touch(Touch::Yes);
    hands.answer_forms();
    hands.until("the number", crate::support::hands::done);
    hands.touch(Touch::Finish);
    let shown = hands.until("that it is closed", closed);
    assert_eq!((shown.languages.len(), shown.message.as_str()), (8, "It will work again soon."));
    hands.touch(Touch::Language(1));
    assert_eq!(closed(&hands.screen()).unwrap().message, "Volverá a funcionar pronto.");
    page.until_it_stands(&[CLOSED], || hands.live(Duration::from_millis(20)));

    // Nothing begins there, neither by touch nor by a code.
    hands.touch(Touch::HaveAppointment);
    hands.runner.happen(Event::Scanned(Some(Code::PatientNumber(people[1].patient.number.clone().unwrap()))));
    assert!(closed(&hands.screen()).is_some(), "{:?}", hands.screen());
    // Help works, in the language that was chosen; and so does the call in danger.
    hands.touch(Touch::NeedHelp);
    let Screen::Help(help) = hands.screen() else { panic!("{:?}", hands.screen()) };
    assert_eq!(help.call, "Llamar a una persona");
    hands.touch(Touch::Emergency);
    hands.until("the emergency", |screen| matches!(screen, Screen::Emergency(_)).then_some(()));
    until("the call at the desk", || {
        hands.live(Duration::from_millis(20));
        desk.request().is_some_and(|request| request["urgency"] == "emergency")
    });
    let call = desk.request().unwrap();
    desk.does(Some(&call), "acknowledge", json!({}));
    desk.does(Some(&call), "resolve", json!({ "note": "all is well" }));
    hands.until("that somebody came", |screen| match screen {
        Screen::Emergency(emergency) => emergency.answered.then_some(()),
        _ => None,
    });
    hands.touch(Touch::Finish);
    hands.until("that it is closed still", closed);

    // It is closed also after a restart, until it is opened.
    drop(hands);
    let mut hands = Hands::at(&place, "lobby");
    assert!(closed(&hands.screen()).is_some(), "{:?}", hands.screen());
    page.orders("back-in-service");
    hands.until("the welcome", |screen| matches!(screen, Screen::Welcome(_)).then_some(()));
    page.until_it_stands(&["Back in service: Done", CLOSED], || hands.live(Duration::from_millis(20)));
    drop(hands);
    let hands = Hands::at(&place, "lobby");
    assert!(matches!(hands.screen(), Screen::Welcome(_)), "{:?}", hands.screen());
}

#[test]
fn closed_at_once_a_person_gets_what_was_entered() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut hands = Hands::at(&place, "lobby");
    hands.touch(Touch::NewHere);
    hands.type_in("Wilhelmina");
    hands.touch(Touch::Next);
    hands.type_in("Oberhuber");
    // Waits for her; then staff cannot wait.
    assert_eq!(page.tries(json!({ "order": "take-out-of-service" })).0, 204);
    let (status, said) = page.tries(json!({ "order": "take-out-of-service", "at_once": true }));
    assert_eq!(status, 204, "{said}");
    let told = hands.until("where to go", notice);
    assert_eq!(told.title, "This kiosk has a problem");
    assert!(told.secondary.is_empty(), "there is nothing to go on with");
    until("the request", || {
        hands.live(Duration::from_millis(20));
        desk.request().is_some()
    });
    let request = desk.request().unwrap();
    assert_eq!(request["words"], "given name: Wilhelmina\nfamily name: Oberhuber");
    assert!(request["stopped_at"].as_str().unwrap().starts_with("register: "), "{request}");
    hands.touch(Touch::Finish);
    hands.until("that it is closed", closed);
    page.until_it_stands(&["Take out of service now: Done", CLOSED], || {
        hands.live(Duration::from_millis(20))
    });
}
