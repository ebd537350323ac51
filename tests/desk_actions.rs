//! What the desk refuses when its page asks for it, in words for whoever sits there, and that it keeps nothing
//! of it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[allow(dead_code, reason = "other tests use more of it")]
mod running_desk;

use chrono::{TimeDelta, Utc};
use running_desk::{RunningDesk, example};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use uuid::Uuid;
use vestibule::front_desk::request::{OwnWords, Request, RequestId, RequestReason, RequestState};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::urgency::Urgency;
use vestibule::link::fact::FactKind;

/// Asks as the page does, and answers status and body.
fn ask(desk: &RunningDesk, method: &str, path: &str, body: &str) -> (u16, Value) {
    // Whose role includes both what a receptionist does and what a supervisor sees.
    let cookie = desk.signed_in_as("Maria", Role::Supervisor);
    let desk = desk.address;
    let mut stream = TcpStream::connect(desk).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {desk}\r\nX-Vestibule-Desk: 1\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
}

fn request(reason: RequestReason, stopped_at: &str) -> Request {
    let now = Utc::now();
    Request {
        id: RequestId(Uuid::now_v7()),
        reason,
        category: None,
        subject: None,
        urgency: Urgency::Routine,
        red_flags: Vec::new(),
        words: OwnWords::default(),
        companion: None,
        chain: Vec::new(),
        case: None,
        stopped_at: stopped_at.into(),
        patients: Vec::new(),
        wish: None,
        payment: None,
        registration: None,
        ticket: None,
        language: "en".into(),
        kiosk: "lobby".into(),
        raised_at: now,
        acknowledge_by: now + TimeDelta::minutes(3),
    }
}

#[test]
fn what_cannot_be_done_is_refused_in_words_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let clinic = &desk.clinic;
    let route = clinic.routines.route(RequestReason::Help, None, Urgency::Routine);
    let chain = clinic.routines.chain(route, "en", Utc::now());
    let open = Request { chain, ..request(RequestReason::Help, "confirm") };
    let (taken, done) = (request(RequestReason::Help, "welcome"), request(RequestReason::Help, "welcome"));
    let own = Request { kiosk: "desk".into(), ..request(RequestReason::Asked, "reported by Maria") };
    let [open_id, taken_id, done_id, own_id] = [&open, &taken, &done, &own].map(|request| request.id);
    let kinds = vec![
        FactKind::RequestRaised { request: open },
        FactKind::RequestRaised { request: taken },
        FactKind::RequestRaised { request: done },
        FactKind::RequestRaised { request: own },
        FactKind::RequestAcknowledged { request: taken_id, by: "Tom".into() },
        FactKind::RequestResolved { request: done_id, by: "Tom".into(), note: "Done.".into() },
    ];
    desk.store().run(move |store| store.commit(kinds, Utc::now())).unwrap();
    let of = |id: RequestId, what: &str| format!("/api/requests/{}/{what}", id.0);
    let long = "x".repeat(2001);
    let nobody = RequestId(Uuid::now_v7());

    let cases: Vec<(String, Value, u16, &str)> = vec![
        (of(nobody, "acknowledge"), json!({}), 404, "no such request"),
        // Somebody else was faster.
        (of(taken_id, "acknowledge"), json!({}), 409, "Tom has it already"),
        (of(done_id, "acknowledge"), json!({}), 409, "Tom has resolved it"),
        (of(done_id, "resolve"), json!({ "note": "Mine" }), 409, "your note was not kept"),
        // What was done.
        (of(open_id, "resolve"), json!({ "note": " " }), 422, "what was done"),
        (of(open_id, "resolve"), json!({ "note": long }), 422, "2000 characters"),
        (of(open_id, "resolve"), json!({ "note": "n", "answer": long }), 422, "1000 characters"),
        // Whose it is.
        (of(open_id, "hand-over"), json!({ "to": "nurse", "reason": "" }), 422, "why it is theirs"),
        (of(open_id, "hand-over"), json!({ "to": "gone", "reason": "r" }), 422, "no such destination"),
        (
            of(open_id, "hand-over"),
            json!({ "to": "reception", "reason": "r" }),
            409,
            "with Reception already",
        ),
        (of(done_id, "hand-over"), json!({ "to": "nurse", "reason": "r" }), 409, "Tom has resolved it"),
        (of(open_id, "check"), json!({ "step": "Dance", "done": true }), 422, "no such step"),
        // What is said.
        (of(open_id, "say"), json!({}), 422, "what the patient shall read"),
        (of(open_id, "say"), json!({ "phrase": "gone" }), 422, "no such phrase"),
        (of(open_id, "say"), json!({ "phrase": "yes" }), 422, "no such phrase"),
        (of(done_id, "say"), json!({ "words": "Hello" }), 409, "does not show it any more"),
        (of(own_id, "say"), json!({ "words": "Hello" }), 422, "came from the desk"),
        (of(open_id, "note"), json!({ "side": "", "words": "w" }), 422, "whose side"),
        (of(open_id, "note"), json!({ "side": "Family", "words": "" }), 422, "what they said"),
        // A step for the patient.
        (of(open_id, "step"), json!({ "answer": "Ana" }), 422, "no answer from the desk at this step"),
        (of(open_id, "step"), json!({ "patient": Uuid::now_v7() }), 422, "not here any more"),
        (of(done_id, "step"), json!({ "answer": "Ana" }), 409, "Tom has resolved it"),
        ("/api/patients/search".into(), json!({ "family": "García" }), 422, "date of birth and family name"),
        (
            "/api/patients/search".into(),
            json!({ "born": "1957-03-04" }),
            422,
            "date of birth and family name",
        ),
        ("/api/patients/search".into(), json!({ "born": "4/3/57", "family": "G" }), 422, "whole date"),
        ("/api/patients/search".into(), json!({ "born": "2957-03-04", "family": "G" }), 422, "in the future"),
        // Upward.
        ("/api/reports".into(), json!({ "about": "Dancing", "words": "w" }), 422, "which routine"),
        ("/api/reports".into(), json!({ "about": "The phrases", "words": "" }), 422, "what would be better"),
        (format!("/api/tickets/{}/copy", Uuid::now_v7()), json!({}), 404, "no such ticket"),
    ];
    let before = desk.store().run(|store| store.last_position()).unwrap();
    for (path, body, status, words) in cases {
        let (answered, said) = ask(&desk, "POST", &path, &body.to_string());
        let said = said["error"].as_str().unwrap_or_default();
        assert!(answered == status && said.contains(words), "{path} {body}: {answered} {said}");
    }
    assert_eq!(desk.store().run(|store| store.last_position()).unwrap(), before, "nothing was kept");
}

#[test]
fn what_is_handed_over_said_and_reported_is_kept_as_the_routines_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let danger = Request { urgency: Urgency::Emergency, ..request(RequestReason::Emergency, "confirm") };
    let id = danger.id;
    desk.store()
        .run(|store| store.commit(vec![FactKind::RequestRaised { request: danger }], Utc::now()))
        .unwrap();
    let does = |path: String, body: Value| {
        let (status, said) = ask(&desk, "POST", &path, &body.to_string());
        assert_eq!(status, 204, "{path}: {said}");
    };
    let of = |what: &str| format!("/api/requests/{}/{what}", id.0);
    does(of("acknowledge"), json!({}));
    does(of("hand-over"), json!({ "to": "manager", "reason": "I cannot leave." }));
    does(of("say"), json!({ "phrase": "coming" }));
    does("/api/reports".into(), json!({ "about": "The phrases", "words": "One is missing." }));

    let row = desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert_eq!((row.state, row.chain[0].to.as_str()), (RequestState::Open, "manager"));
    let wait = row.acknowledge_by - Utc::now();
    assert!(
        wait <= TimeDelta::seconds(20),
        "nobody in danger waits longer because it was handed over: {wait}"
    );
    let said = desk.store().run(move |store| store.messages(id)).unwrap();
    let (phrase, words) = (said[0].phrase.as_deref(), said[0].words.0.as_str());
    assert_eq!((phrase, words), (Some("coming"), "I am coming to you. Please stay there."));
    let open = desk.store().run(|store| store.open_requests()).unwrap();
    let report = open.iter().find(|row| row.request.id != id).unwrap();
    assert_eq!(report.request.headline(), "A routine does not work: The phrases");
    assert_eq!((report.chain[0].to.as_str(), report.request.kiosk.as_str()), ("supervisor", "desk"));
    assert_eq!(report.request.stopped_at, "reported by Maria at the desk");
}

#[test]
fn doing_the_same_twice_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let help = request(RequestReason::Help, "welcome");
    let id = help.id.0;
    desk.store()
        .run(|store| store.commit(vec![FactKind::RequestRaised { request: help }], Utc::now()))
        .unwrap();
    for (what, body) in [("acknowledge", json!({})), ("resolve", json!({ "note": "Done." }))] {
        let path = format!("/api/requests/{id}/{what}");
        let again: Vec<u16> = (0..2).map(|_| ask(&desk, "POST", &path, &body.to_string()).0).collect();
        assert_eq!(again, [204, 204], "{what}");
    }
    let events = desk.store().run(move |store| store.request_events(RequestId(id))).unwrap();
    assert_eq!(events.len(), 2);
}

#[test]
fn other_sites_can_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    for path in ["/api/reports", "/api/patients/search", "/api/requests/x/say"] {
        let mut stream = TcpStream::connect(desk.address).unwrap();
        write!(stream, "POST {path} HTTP/1.1\r\nHost: {}\r\nOrigin: http://evil.example\r\nX-Vestibule-Desk: 1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}", desk.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 403"), "{path}: {answer}");
    }
    let (status, overview) = ask(&desk, "GET", "/api/supervisor?days=30", "");
    assert_eq!((status, &overview["late"], &overview["cases"]), (200, &json!([]), &json!([])));
}
