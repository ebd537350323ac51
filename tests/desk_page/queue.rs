//! The queue as a receptionist works with it: calling, calling again, whoever does not come, sending on, putting ahead,
//! mistakes, two people at once, the desk gone in the middle, the keyboard alone, every screen.

use crate::looks::CUT_OFF;
use crate::running_desk::eventually;
use crate::scene::{Clinic, patient, raised, request};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::queue::{Place, QueueEntry};
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::{NewVisit, PaperState, Ticket};
use vestibule::front_desk::urgency::Urgency;
use vestibule::store::Store;

/// Walks in for a service, so long ago.
fn walks_in(clinic: &Clinic, name: (&str, &str), service: &str, ago: TimeDelta) -> Ticket {
    let who = patient(name.0, name.1, None);
    let paper = Some((PaperState::Printed, ""));
    let service = service.to_string();
    clinic.begins(&who, None, Utc::now() - ago, paper, |visit| NewVisit { service, ..visit })
}

fn works_at(clinic: &mut Clinic, who: &str, point: &str) {
    clinic.page.act("presses", json!({ "who": who, "button": "I am at…" }));
    clinic.page.act("ticks", json!({ "who": who, "within": "#points-dialog", "label": point }));
    clinic.page.act("presses", json!({ "who": who, "within": "#points-dialog", "button": "Keep" }));
    clinic.page.act("sees", json!({ "who": who, "within": "#my-points", "text": point }));
}

/// Another person at another browser, at a point of theirs.
fn sits_down(clinic: &mut Clinic, who: &str, point: &str) {
    let cookie = clinic.desk.signed_in_as("Tom", Role::ClinicalStaff);
    let (name, value) = cookie.split_once('=').unwrap();
    clinic.page.act("cookie", json!({ "who": who, "name": name, "value": value }));
    let url = format!("http://{}/", clinic.desk.address);
    clinic.page.act("open", json!({ "who": who, "url": url }));
    clinic.page.act("sees", json!({ "who": who, "within": "#connection", "text": "Live" }));
    works_at(clinic, who, point);
}

fn entry(clinic: &Clinic, ticket: &Ticket) -> QueueEntry {
    let (day, id) = (ticket.day, ticket.id);
    let find = move |store: &mut Store| Ok(store.queue(day)?.into_iter().find(|each| each.ticket == id));
    clinic.desk.store().run(find).unwrap().unwrap()
}

fn in_dialog(clinic: &mut Clinic, button: &str) {
    clinic.page.act("presses", json!({ "within": "#queue-dialog", "button": button }));
}

#[test]
fn a_receptionists_morning() {
    let mut clinic = Clinic::opens();
    clinic.page.sees_in("#points-none", "Where do you work?");
    works_at(&mut clinic, "first", "Room 1");
    clinic.page.sees_in("#my-points", "Nobody is here.");
    clinic.page.presses("Call next");
    clinic.page.sees_in("#my-points .said", "Nobody waits for this point.");

    let minutes = TimeDelta::minutes;
    let anna = walks_in(&clinic, ("Anna", "Nowak"), "general", minutes(6));
    let tom = walks_in(&clinic, ("Tom", "Baker"), "general", minutes(5));
    let layla = walks_in(&clinic, ("ليلى", "حداد"), "general", minutes(4));
    let jo = walks_in(&clinic, ("Jo", "X"), "general", minutes(3));
    let [a, b, c, d] = [&anna, &tom, &layla, &jo].map(|ticket| ticket.number.to_string());
    clinic.page.sees_in("#waiting-list", &d);
    clinic.page.sees_in("#my-points .next-line", &format!("Next: {a}"));
    let why = clinic.page.reads("#my-points .next-line .why");
    assert!(why.starts_with("Counts from ") && why.contains("without an appointment"), "{why}");

    // Called, said aloud to a screen reader too, and called again by button and by key.
    clinic.page.presses("Call next");
    clinic.page.sees_in("#queue-told[role=status]", &format!("{a}, Anna Nowak, is called to Room 1."));
    clinic.page.sees_in("#my-points .here", "Anna Nowak");
    clinic.page.presses("Call again");
    clinic.page.sees_in("#my-points .here", "ago, 2 times");
    clinic.page.act("keys", json!({ "keys": "r" }));
    clinic.page.sees_in("#my-points .here", "ago, 3 times");
    assert!(matches!(entry(&clinic, &anna).place, Place::Called { times: 3, .. }));

    // Did not come: waits on, in sight, and is not called again at once.
    clinic.page.presses("Did not come");
    clinic.page.sees_in("#waiting-list", "Did not come once");
    clinic.page.sees_in("#waiting-list", "Called again from");
    clinic.page.presses("Call next");
    clinic.page.sees_in("#my-points .here", "Tom Baker");

    // By hand at once; but first it is said what became of who is there.
    clinic.page.presses(&format!("Call {a} to Room 1"));
    clinic.page.sees_in("#waiting-list .said", &format!("{b} is still here: say first"));
    clinic.page.presses("Finish");
    clinic.page.sees_in("#queue-told", &format!("{b} is done."));
    clinic.page.presses(&format!("Call {a} to Room 1"));
    clinic.page.sees_in("#my-points .here", "Anna Nowak");

    // Sent on: what she has waited stays hers.
    clinic.page.act("presses", json!({ "within": "#my-points", "button": "Transfer…" }));
    clinic.page.sees_in("#queue-dialog", &format!("{a}, Anna Nowak: transfer"));
    clinic.page.act("chooses", json!({ "label": "To which service?", "text": "Blood test: 0 waiting" }));
    in_dialog(&mut clinic, "Transfer");
    clinic.page.sees_in("#queue-told", &format!("{a} waits for Blood test now."));
    let since = entry(&clinic, &anna).since.unwrap();
    assert!((Utc::now() - since) >= minutes(6), "she brings six minutes along");
    clinic.page.act("chooses", json!({ "label": "Show", "text": "Blood test (1)" }));
    clinic.page.sees_in("#waiting-list", "brings the wait along from another service");
    clinic.page.sees_no_more("#waiting-list", &c);
    clinic.page.act("chooses", json!({ "label": "Show", "text": "For my service points (2)" }));

    // Put ahead, with the reason in the sentence.
    let first = "document.querySelector('#waiting-list .number').textContent";
    assert_eq!(clinic.page.evaluate(first), c.as_str());
    clinic.page.presses(&format!("More about {d}"));
    clinic
        .page
        .act("presses", json!({ "within": "#waiting-list", "having": &d, "button": "Urgent, priority…" }));
    clinic.page.act("ticks", json!({ "label": "Urgent: earlier than their turn" }));
    clinic.page.act("ticks", json!({ "label": "Pregnant, in pain, or cannot sit and wait" }));
    in_dialog(&mut clinic, "Keep");
    clinic.page.sees_in(
        "#waiting-list",
        "urgent: 45 minutes earlier; Pregnant, in pain, or cannot sit and wait: 20 minutes earlier.",
    );
    eventually("she stands first", || clinic.page.evaluate(first) == d.as_str());
    assert_eq!(entry(&clinic, &jo).urgency, Urgency::Urgent);

    // Has left, with a reason; and has come back.
    clinic.page.act("presses", json!({ "within": "#waiting-list", "having": &d, "button": "Has left…" }));
    in_dialog(&mut clinic, "Did not want to wait any longer");
    in_dialog(&mut clinic, "Has left");
    clinic.page.sees_in("#queue-told", &format!("{d} has left."));
    clinic.page.sees_no_more("#waiting-list", &d);
    clinic.page.evaluate("document.querySelector('#ended summary').click()");
    clinic.page.sees_in("#ended", "Has left: Did not want to wait any longer");
    clinic.page.presses(&format!("Take it back: {d} is not done"));
    clinic.page.sees_in("#waiting-list", &d);

    // A press too many is taken back with one press.
    clinic.page.presses("Call next");
    clinic.page.sees_in("#my-points .here", "Jo X");
    clinic.page.presses("Finish and call next");
    clinic.page.sees_in("#my-points .here", "ليلى حداد");
    assert!(matches!(entry(&clinic, &jo).place, Place::Ended(_)));
    clinic.page.presses(&format!("Undo: {c} back to waiting, {d} is not done"));
    clinic.page.sees_in("#my-points .here", "Jo X");
    clinic.page.sees_in("#queue-told", "Taken back: everything is as it was before.");
    assert_eq!(entry(&clinic, &layla).place, Place::Waiting);
    clinic.page.presses("Finish and call next");
    clinic.page.sees_in("#my-points .here", "ليلى حداد");
    clinic.page.presses("Finish");
    clinic.page.sees_in("#my-points", "Nobody is here.");
    clinic.page.is_accessible("after a morning");
    clinic.ends_well();
}

#[test]
fn a_finger_that_trembles_ends_nobodys_visit() {
    let mut clinic = Clinic::opens();
    works_at(&mut clinic, "first", "Room 1");
    let tickets: Vec<_> = (0..3)
        .map(|n| walks_in(&clinic, ("Anna", &format!("N{n}")), "general", TimeDelta::minutes(5 - n)))
        .collect();
    clinic.page.sees_in("#waiting-list", tickets[2].number.as_str());
    for _ in 0..2 {
        clinic
            .page
            .evaluate("for (let press = 0; press < 5; press += 1) document.querySelector('.next').click()");
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    clinic.page.sees_in("#my-points .here", tickets[0].number.as_str());
    assert!(matches!(entry(&clinic, &tickets[0]).place, Place::Called { .. }));
    assert_eq!(entry(&clinic, &tickets[1]).place, Place::Waiting);
    clinic.ends_well();
}

#[test]
fn two_who_call_next_at_the_same_moment_get_two_patients_twenty_times() {
    const ROUNDS: usize = 20;
    let mut clinic = Clinic::opens();
    works_at(&mut clinic, "first", "Room 1");
    sits_down(&mut clinic, "second", "Room 2");
    let tickets: Vec<Ticket> = (0..2 * ROUNDS)
        .map(|n| {
            let ago = TimeDelta::seconds(240 - i64::try_from(n).unwrap());
            walks_in(&clinic, ("Patient", &format!("Number{n}")), "general", ago)
        })
        .collect();
    let last = tickets.last().unwrap().number.to_string();
    for who in ["first", "second"] {
        clinic.page.act("writes", json!({ "who": who, "label": "Find number or name", "text": last }));
        clinic.page.act("sees", json!({ "who": who, "within": "#waiting-list", "text": last }));
    }
    let mut called = BTreeSet::new();
    for round in 0..ROUNDS {
        let button = if round == 0 { "Call next" } else { "Finish and call next" };
        for who in ["first", "second"] {
            clinic.page.act("sees", json!({ "who": who, "within": "#my-points .next", "text": button }));
        }
        clinic.page.act("press-at-once", json!({ "button": button, "whose": ["first", "second"] }));
        let mut numbers = Vec::new();
        for (who, point) in [("first", "Room 1"), ("second", "Room 2")] {
            let told = format!("is called to {point}");
            eventually("the page says whom it called", || {
                let words = clinic.page.act("reads", json!({ "who": who, "within": "#queue-told" }));
                let words = words.as_str().unwrap();
                let number = words.split([',', ' ']).next().unwrap().to_string();
                let new = words.contains(&told) && !called.contains(&number) && !numbers.contains(&number);
                if new {
                    numbers.push(number.clone());
                }
                new
            });
            let here = format!("{} ", numbers.last().unwrap());
            clinic
                .page
                .act("sees", json!({ "who": who, "within": "#my-points .here-number", "text": here.trim() }));
        }
        called.extend(numbers);
        assert_eq!(called.len(), 2 * (round + 1), "round {round}");
    }
    let numbers: BTreeSet<_> = tickets.iter().map(|ticket| ticket.number.to_string()).collect();
    assert_eq!(called, numbers, "everybody was called once");
    clinic.ends_well();
}

#[test]
fn the_desk_is_gone_in_the_middle_and_the_page_goes_on_by_itself() {
    let mut clinic = Clinic::opens();
    works_at(&mut clinic, "first", "Room 1");
    let anna = walks_in(&clinic, ("Anna", "Nowak"), "general", TimeDelta::minutes(4));
    let tom = walks_in(&clinic, ("Tom", "Baker"), "general", TimeDelta::minutes(3));
    clinic.page.sees_in("#waiting-list", tom.number.as_str());
    clinic.page.presses("Call next");
    clinic.page.sees_in("#my-points .here", "Anna Nowak");
    clinic.desk.kill();
    clinic.page.sees_in("#connection", "Not connected");
    clinic.page.presses("Finish and call next");
    clinic.page.sees_in("#my-points .said", "The desk's computer did not answer: try again.");
    clinic.page.sees_in("#my-points .here", "Anna Nowak");
    clinic.desk.start_again();
    clinic.page.sees_in("#connection", "Live");
    clinic.page.sees_in("#my-points .here", "Anna Nowak");
    clinic.page.presses("Finish and call next");
    clinic.page.sees_in("#my-points .here", "Tom Baker");
    assert!(matches!(entry(&clinic, &anna).place, Place::Ended(_)));
    clinic.ends_well();
}

/// What has the keyboard, as a screen reader would name it.
const FOCUSED: &str =
    "(({ ariaLabel, textContent, id }) => ariaLabel || id || textContent)(document.activeElement)";

fn tabs_to(clinic: &mut Clinic, wanted: &str) {
    for _ in 0..80 {
        if clinic.page.evaluate(FOCUSED).as_str().is_some_and(|name| name.starts_with(wanted)) {
            return;
        }
        clinic.page.act("keys", json!({ "keys": "Tab" }));
    }
    panic!("the keyboard does not come to {wanted}");
}

#[test]
fn the_keyboard_alone_is_enough_and_letters_can_be_switched_off() {
    let mut clinic = Clinic::opens();
    let press = |clinic: &mut Clinic, key: &str| drop(clinic.page.act("keys", json!({ "keys": key })));
    tabs_to(&mut clinic, "I am at…");
    press(&mut clinic, "Enter");
    press(&mut clinic, "Space");
    tabs_to(&mut clinic, "Keep");
    press(&mut clinic, "Enter");
    clinic.page.sees_in("#my-points", "Room 1");
    let anna = walks_in(&clinic, ("Anna", "Nowak"), "general", TimeDelta::minutes(4));
    let tom = walks_in(&clinic, ("Tom", "Baker"), "general", TimeDelta::minutes(3));
    clinic.page.sees_in("#waiting-list", tom.number.as_str());

    // A letter in a field is a letter.
    tabs_to(&mut clinic, "queue-find");
    clinic.page.act("types", json!({ "text": "nowak" }));
    clinic.page.sees_no_more("#waiting-list", tom.number.as_str());
    assert_eq!(entry(&clinic, &anna).place, Place::Waiting);
    tabs_to(&mut clinic, &format!("Call {}", anna.number));
    press(&mut clinic, "n");
    clinic.page.sees_in("#my-points .here", "Anna Nowak");

    // A dialog keeps the letters, gives the keyboard back, and Escape leaves it.
    tabs_to(&mut clinic, "keys-on");
    press(&mut clinic, "Shift+Tab");
    clinic.page.evaluate("document.querySelector('#my-points .transfer').focus()");
    press(&mut clinic, "Enter");
    clinic.page.sees_in("#queue-dialog", "transfer");
    press(&mut clinic, "Escape");
    assert_eq!(clinic.page.evaluate(FOCUSED), "Transfer…");

    // Switched off, in this browser for good.
    tabs_to(&mut clinic, "keys-on");
    press(&mut clinic, "Space");
    press(&mut clinic, "Tab");
    press(&mut clinic, "r");
    press(&mut clinic, "n");
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(matches!(entry(&clinic, &anna).place, Place::Called { times: 1, .. }));
    clinic.opens_page_at(clinic.desk.address);
    clinic.page.sees_in("#my-points .here", "Anna Nowak");
    assert_eq!(clinic.page.evaluate("document.querySelector('#keys-on').checked"), false);
    press(&mut clinic, "n");
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(entry(&clinic, &tom).place, Place::Waiting);
    clinic.ends_well();
}

/// A lobby with everything that a queue can hold.
fn a_full_lobby(clinic: &Clinic) -> Vec<Ticket> {
    let now = Utc::now();
    let names = [
        ("Maria Luisa", "García López"),
        ("ليلى", "حداد"),
        ("आरती", "शर्मा"),
        ("Wolfeschlegelsteinhausenbergerdorff-Alexandrovich", "Hubert-Blaine-Konstantinopolitanskiewicz"),
        ("María de los Ángeles Guadalupe", "Fernández de Córdoba y Álvarez de Toledo"),
        ("Anna", "Nowak"),
        ("Jo", "X"),
        ("عبد الرحمن بن محمد", "الهاشمي"),
        ("Nguyễn Thị", "Hồng Nhung"),
        ("Ngozi", "Okafor"),
        ("Seán", "O’Brien"),
        ("Tom", "Baker"),
        ("Ana", "Ruiz"),
    ];
    (0_i64..)
        .zip(names)
        .map(|(n, (given, family))| {
            let who = patient(given, family, Some(&format!("10{n:04}")));
            let at: DateTime<Utc> = now - TimeDelta::minutes(if n == 4 { 300 } else { 40 - 3 * n });
            let booked = Appointment {
                id: AppointmentId(Uuid::now_v7()),
                patient: who.id,
                service: ["general", "general", "blood"][n as usize % 3].into(),
                clinician: "Dr Chen".into(),
                starts_at: now - TimeDelta::minutes(20 - 5 * n),
                minutes: 20,
                status: AppointmentStatus::Booked,
                site: None,
            };
            let language = ["en", "ar", "hi"][n as usize % 3].to_string();
            let booked = (n % 4 != 0).then_some(&booked);
            clinic.begins(&who, booked, at, Some((PaperState::Printed, "")), |visit| NewVisit {
                language,
                ..visit
            })
        })
        .collect()
}

#[test]
fn a_full_lobby_fits_every_screen_and_is_accessible_with_each_dialog() {
    let mut clinic = Clinic::opens();
    clinic.page.is_accessible("before a point is chosen");
    clinic.page.picture("queue-nobody", false);
    let tickets = a_full_lobby(&clinic);
    clinic.happens(vec![
        raised(request(RequestReason::Help, 40)),
        raised(request(RequestReason::LateArrival, 100)),
    ]);
    clinic.page.sees_in("#waiting-list", tickets[11].number.as_str());
    works_at(&mut clinic, "first", "Room 1");
    clinic.page.presses("Call next");
    clinic.page.sees_in("#my-points .here-call", "called by Maria");
    for (button, words) in [("Call again", "2 times"), ("Did not come", "Did not come once")] {
        clinic.page.presses(button);
        clinic.page.sees_in("#queue", words);
    }
    clinic.page.presses("Call next");
    clinic.page.sees_in("#my-points .here-call", "called by Maria");
    clinic.page.presses(&format!("More about {}", tickets[8].number));
    let sizes = [
        ("notebook", 1280, 800),
        ("wide", 1920, 1080),
        ("tablet", 768, 1024),
        ("zoomed", 640, 400),
        ("phone", 390, 844),
    ];
    for (name, width, height) in sizes {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.evaluate("scrollTo(0, 0)");
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "cut off at {width} pixels");
        clinic.page.picture(&format!("queue-{name}"), false);
        clinic.page.picture(&format!("queue-{name}-whole"), true);
        clinic.page.is_accessible(&format!("with a full lobby at {width} pixels"));
    }
    clinic.page.evaluate("document.querySelector('#point').scrollIntoView()");
    clinic.page.picture("queue-phone-point", false);
    for (name, width, height) in [("phone", 390, 844), ("notebook", 1280, 800)] {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        for (dialog, button) in
            [("transfer", "Transfer…"), ("mark", "Urgent, priority…"), ("leave", "Has left…")]
        {
            clinic.page.act("presses", json!({ "within": "#waiting-list", "button": button }));
            clinic.page.is_accessible(&format!("with {dialog} at {width} pixels"));
            assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "{dialog} cut off at {width} pixels");
            clinic.page.picture(&format!("queue-{dialog}-{name}"), false);
            in_dialog(&mut clinic, "Back");
        }
        clinic.page.act("presses", json!({ "within": "#point", "button": "I am elsewhere…" }));
        clinic.page.is_accessible("while the point is chosen");
        clinic.page.picture(&format!("queue-points-{name}"), false);
        clinic.page.act("presses", json!({ "within": "#points-dialog", "button": "Back" }));
    }
    clinic.page.presses("I am elsewhere…");
    clinic.page.act("ticks", json!({ "within": "#points-dialog", "label": "Room 2" }));
    clinic.page.act("ticks", json!({ "within": "#points-dialog", "label": "Laboratory" }));
    clinic.page.act("presses", json!({ "within": "#points-dialog", "button": "Keep" }));
    clinic.page.sees_in("#my-points", "Laboratory");
    for (name, width, height) in sizes {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "three points cut off at {width} pixels");
        clinic.page.evaluate("document.querySelector('#point').scrollIntoView()");
        clinic.page.picture(&format!("queue-{name}-three"), false);
    }
    clinic.page.is_accessible("with three points");
    clinic.ends_well();
}
