//! Requests come, are taken, wait too long, and are done.

use crate::page::Browser;
use crate::running_desk::eventually;
use crate::scene::{Clinic, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use vestibule::front_desk::request::RequestReason;
use vestibule::link::fact::FactKind;

#[test]
fn a_request_appears_by_itself_is_taken_and_is_resolved() {
    let mut clinic = Clinic::opens();
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.title_is("Vestibule desk");
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    clinic.page.title_is("(1) Vestibule desk");
    clinic.page.sees_in("#banner", "Asks for help (kiosk lobby)");
    assert_eq!(clinic.page.reads("#announce"), "Asks for help (kiosk lobby)", "for screen readers");

    let age = |page: &mut Browser| {
        let words = page.reads("#request-list .age b");
        let (minutes, seconds) = words.split_once(':').unwrap();
        minutes.parse::<u32>().unwrap() * 60 + seconds.parse::<u32>().unwrap()
    };
    let before = age(&mut clinic.page);
    eventually("the age has counted up", || age(&mut clinic.page) >= before + 2);
    assert!(clinic.page.reads("#request-list .age small").starts_with("answer within 2:5"));

    clinic.page.presses("Acknowledge: I am going");
    clinic.hears("the kiosk can tell the patient who comes", |kind| {
        matches!(kind, FactKind::RequestAcknowledged { request, by } if *request == id && by == "Maria")
    });
    clinic.page.sees_in("#request-list .card", "Maria is on the way");
    clinic.page.title_is("Vestibule desk");
    clinic.page.sees_no_more("#banner", "Asks for help");

    clinic.page.presses("Resolve…");
    clinic.page.presses("Resolve");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Showed the way to room 4." }));
    clinic.page.presses("Resolve");
    clinic.hears("the kiosk knows that it is done", |kind| {
        matches!(kind, FactKind::RequestResolved { request, by, note }
            if *request == id && by == "Maria" && note == "Showed the way to room 4.")
    });
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.act("evaluate", json!({ "script": "document.querySelector('#resolved summary').click()" }));
    clinic.page.sees_in("#resolved", "Showed the way to room 4.");
    clinic.page.sees_in("#resolved", "Maria");
    clinic.page.is_accessible("with what was resolved");
    clinic.ends_well();
}

#[test]
fn what_is_being_written_survives_every_update() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 30))]);
    clinic.page.presses("Resolve…");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Half a sen" }));
    clinic.happens(vec![raised(request(RequestReason::LateArrival, 90))]);
    clinic.page.sees_in("#request-list", "Came after check-in closed");
    clinic.page.act("keys", json!({ "keys": "End" }));
    clinic.page.act("keys", json!({ "keys": "t" }));
    let script = "document.activeElement.value";
    assert_eq!(clinic.page.evaluate(script), "Half a sent", "the keyboard stays where it was");
    clinic.ends_well();
}

#[test]
fn somebody_else_was_faster_and_the_page_says_so() {
    let mut clinic = Clinic::opens();
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    // Tom resolves it between Maria's look and her touch: her page has not been told yet.
    clinic.page.presses("Resolve…");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Mine" }));
    clinic.page.evaluate(
        "globalThis.fetch = ((real) => async (path, asked) => {
            globalThis.pressed = true;
            while (!globalThis.goes) await new Promise((soon) => setTimeout(soon, 20));
            return real(path, asked);
        })(globalThis.fetch)",
    );
    clinic.page.presses("Resolve");
    eventually("she has pressed", || clinic.page.evaluate("globalThis.pressed === true") == true);
    let his = FactKind::RequestResolved { request: id, by: "Tom".into(), note: "His".into() };
    clinic.desk.store().run(move |store| store.commit(vec![his], Utc::now())).unwrap();
    clinic.page.evaluate("globalThis.goes = true");
    clinic.page.sees("Tom has resolved it already; your note was not kept.");
    let row = clinic.desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert!(format!("{:?}", row.state).contains("Tom"));
    clinic.ends_well();
}

#[test]
fn a_request_that_nobody_answers_escalates_in_sight() {
    let mut clinic = Clinic::opens();
    let mut late = request(RequestReason::NotIdentified, 0);
    late.acknowledge_by = late.raised_at + TimeDelta::seconds(2);
    clinic.happens(vec![raised(late)]);
    clinic.page.sees_in("#request-list .card", "answer within");
    clinic.page.sees_in("#request-list .card", "Nobody has answered in time");
    // What is late is named once, with whose turn it is.
    clinic.page.sees_in("#banner", "Nobody has answered a request in time");
    clinic.page.sees_in("#escalated", "Could not be identified in three tries");
    assert!(!clinic.page.reads("#banner").contains("identified"));
    clinic.page.sees_in("#request-list .card", "late");
    assert!(clinic.page.reads("#announce").starts_with("Nobody has answered in time"));
    // It is still to be taken.
    clinic.page.presses("Acknowledge: I am going");
    clinic.page.sees_in("#request-list .card", "Maria is on the way");
    clinic.page.sees_no_more("#banner", "Nobody has answered");
    clinic.ends_well();
}
