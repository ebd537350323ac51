//! One live connection that goes on where it was cut off: nothing is missed, nothing is sent twice.

use crate::page::Browser;
use crate::running_desk::{RunningDesk, eventually, example};
use crate::scene::{Clinic, patient, raised, request};
use chrono::Utc;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::PaperState;
use vestibule::link::fact::FactKind;

/// What the desk tells a page.
struct Told {
    kind: String,
    id: String,
    data: Value,
}

/// A page's connection, without a page.
struct Live(BufReader<TcpStream>);

impl Live {
    fn begins(desk: &RunningDesk, cookie: &str, after: &str) -> Self {
        let mut stream = TcpStream::connect(desk.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let last = if after.is_empty() { String::new() } else { format!("Last-Event-ID: {after}\r\n") };
        let (host, end) = (desk.address, "\r\n");
        write!(stream, "GET /api/live HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{last}{end}").unwrap();
        Self(BufReader::new(stream))
    }

    fn next(&mut self) -> Told {
        let mut told = Told { kind: String::new(), id: String::new(), data: Value::Null };
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the connection ended");
            match line.trim_end().split_once(": ").or_else(|| line.trim_end().split_once(':')) {
                Some(("event", kind)) => told.kind = kind.into(),
                Some(("id", id)) => told.id = id.into(),
                Some(("data", data)) => told.data = serde_json::from_str(data).unwrap(),
                _ if line.trim_end().is_empty() && !told.kind.is_empty() => return told,
                _ => {}
            }
        }
    }

    /// The next board; answers also how many heartbeats came before it.
    fn board(&mut self) -> (Told, usize) {
        let mut beats = 0;
        loop {
            match self.next() {
                told if told.kind == "board" => return (told, beats),
                told if told.kind == "heartbeat" => beats += 1,
                _ => {}
            }
        }
    }
}

#[test]
fn whoever_was_cut_off_is_told_what_is_new_and_nothing_else_also_by_a_desk_that_was_started_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = RunningDesk::start(example(), folder.path());
    let cookie = desk.signed_in(Role::Receptionist);
    let (first, _) = Live::begins(&desk, &cookie, "").board();
    assert!(first.id.starts_with("en-") && first.data["requests"] == json!([]));

    // Nothing happened: no board, only heartbeats. Also after a restart, whose kiosks are not heard of yet either way.
    desk.kill();
    desk.start_again();
    let mut again = Live::begins(&desk, &cookie, &first.id);
    for _ in 0..3 {
        let told = again.next();
        assert_ne!(told.kind, "board", "{} is what the page has already", told.id);
    }
    // Something happens while nobody listens.
    drop(again);
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    desk.store().run(move |store| store.commit(vec![raised(help)], Utc::now())).unwrap();
    desk.kill();
    desk.start_again();
    let mut live = Live::begins(&desk, &cookie, &first.id);
    let (second, _) = live.board();
    assert_ne!(second.id, first.id);
    assert_eq!(second.data["requests"][0]["id"], id.0.to_string());
    // The desk builds its board every few seconds, and says it only where it says something else.
    let mut beats = 0;
    while beats < 3 {
        let told = live.next();
        assert_ne!(told.kind, "board", "nothing happened");
        beats += usize::from(told.kind == "heartbeat");
    }
    let by = "Maria".to_string();
    desk.store()
        .run(move |store| store.commit(vec![FactKind::RequestAcknowledged { request: id, by }], Utc::now()))
        .unwrap();
    let (third, _) = live.board();
    assert_eq!(third.data["requests"][0]["acknowledged_by"], "Maria");
}

/// Everything that stands on the page, without the lengths of time, which grow, and without what was said last to
/// those who hear the page: that is whatever was new last, and on a fresh page all is new.
fn everything(page: &mut Browser) -> String {
    let script = "[...document.querySelectorAll('main, .strips > :not(#announce, [hidden])')].map((part) => part.innerText).join('\\n')
        .replace(/\\d+:\\d\\d(?!\\d)/g, 'TIME').replace(/\\d+ (min|s)\\b/g, 'SPAN')";
    page.evaluate(script).as_str().unwrap().to_string()
}

#[test]
fn a_desk_that_is_killed_again_and_again_leaves_the_page_with_the_board_of_a_fresh_one() {
    let mut clinic = Clinic::opens();
    for round in 0..4 {
        clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
        let somebody = patient("Anna", &format!("Nowak{round}"), None);
        clinic.checks_in(&somebody, None, Utc::now(), Some((PaperState::Printed, "")));
        clinic.desk.kill();
        clinic.happens(vec![raised(request(RequestReason::LateArrival, 0))]);
        std::thread::sleep(Duration::from_millis(300 * round));
        clinic.desk.start_again();
    }
    clinic.page.sees_in("#connection", "Live");
    clinic.page.sees_in("#arrivals", "Nowak3");
    eventually("all eight stand there", || {
        clinic.page.act("count", json!({ "within": "#request-list .card" })) == 8
    });
    assert_eq!(clinic.page.evaluate("globalThis.since"), "the beginning", "the page was loaded again");
    let kept = everything(&mut clinic.page);
    clinic.page.act("open", json!({ "url": format!("http://{}/", clinic.desk.address) }));
    clinic.page.sees_in("#arrivals", "Nowak3");
    // One after the other, so that a difference is told.
    let mut fresh = String::new();
    for _ in 0..50 {
        fresh = everything(&mut clinic.page);
        if fresh == kept {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(fresh, kept, "a fresh page shows the same");
    clinic.page.has_no_faults();
}

#[test]
fn a_page_that_was_asleep_is_right_as_soon_as_it_wakes() {
    let mut clinic = Clinic::opens();
    clinic.page.act("sleeps", json!({ "sleeps": true }));
    clinic.desk.kill();
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    std::thread::sleep(Duration::from_secs(3));
    clinic.desk.start_again();
    clinic.page.act("sleeps", json!({ "sleeps": false }));
    clinic
        .page
        .act("sees", json!({ "within": "#request-list .card", "text": "Asks for help", "patience": 8000 }));
    clinic.page.sees_in("#connection", "Live");
    clinic.ends_well();
}
