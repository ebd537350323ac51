//! What does not work goes upward, a supervisor sees it and answers it, and whoever said it reads the answer.

use crate::fleet::{speak, well};
use crate::running_desk::{eventually, example};
use crate::scene::{Clinic, asked, emergency, patient, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use vestibule::front_desk::fleet::{Device, Heartbeat, PaperSupply};
use vestibule::front_desk::message::{SessionEnd, Side};
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::PaperState;
use vestibule::link::fact::FactKind;

fn ended(step: &str, end: SessionEnd) -> FactKind {
    FactKind::SessionEnded { step: step.into(), end, spent: Vec::new() }
}

/// The kiosk in the lobby says that it is out of paper.
fn says_it_has_no_paper(clinic: &Clinic) {
    let lobby = clinic.kiosk.run(|store| Ok(store.identity())).unwrap();
    let printer = Device::bad("the printer has no paper: put in a new roll");
    let beat = Heartbeat { paper: PaperSupply::Out, printer, ..well("") };
    speak(clinic.desk.address, &clinic.desk.clinic.link_key, "lobby", lobby, beat, 0);
}

/// How each kiosk stands, as the page of the fleet is told it and as the supervisor's is.
fn told_of_kiosks(clinic: &mut Clinic) -> Value {
    clinic.page.evaluate(
        "Promise.all(['/api/fleet', '/api/supervisor/now'].map(async (path) => {
            const { kiosks } = await (await fetch(path)).json();
            const told = kiosks.map(({ name, tone, state, heard, troubles }) => ({ name, tone, state, heard, troubles }));
            return told.sort((a, b) => a.name.localeCompare(b.name));
        }))",
    )
}

#[test]
fn the_pages_of_the_fleet_and_of_the_supervisor_say_the_same_of_every_kiosk() {
    let mut clinic = Clinic::opens_as(example(), "Elena", Role::Supervisor);
    let tones = |clinic: &mut Clinic| {
        let told = told_of_kiosks(clinic);
        assert_eq!(told[0], told[1]);
        let all = told[0].as_array().unwrap();
        all.iter().map(|kiosk| kiosk["tone"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    // The garden's was not heard of yet; the lobby's is linked, and says nothing of itself.
    eventually("the lobby's kiosk is heard of", || tones(&mut clinic) == ["look", "good"]);
    speak(clinic.desk.address, &clinic.desk.clinic.link_key, "garden", Uuid::from_u128(7), well(""), 0);
    assert_eq!(tones(&mut clinic), ["good", "good"]);
    says_it_has_no_paper(&clinic);
    assert_eq!(tones(&mut clinic), ["good", "bad"]);
    // What no heartbeat tells is known to both all the same.
    let lobby = clinic.kiosk.run(|store| Ok(store.identity())).unwrap();
    speak(clinic.desk.address, &clinic.desk.clinic.link_key, "lobby", lobby, well(""), 0);
    let trouble = "this kiosk cannot use the new routines, and goes on with those before".to_string();
    clinic.happens(vec![FactKind::DeviceReported { device: "routines".into(), trouble }]);
    eventually("the trouble is at the desk", || tones(&mut clinic) == ["good", "look"]);
    for path in ["/fleet", "/supervisor"] {
        clinic.page.act("open", json!({ "url": format!("http://{}{path}", clinic.desk.address) }));
        clinic.page.sees_in("#kiosks .look", "Routines");
    }
    clinic.page.sees_in("#digest", "Kiosks worth a look: lobby");
    clinic.page.has_no_faults();
}

#[test]
fn what_does_not_work_is_reported_answered_and_read() {
    let mut clinic = Clinic::opens();
    clinic.page.presses("A routine does not work…");
    clinic
        .page
        .act("chooses", json!({ "label": "Which routine?", "text": "I need a wheelchair or help to walk" }));
    let words = "There is only one wheelchair.";
    clinic
        .page
        .act("writes", json!({ "label": "What does not work, and what would be better?", "text": words }));
    clinic.page.is_accessible("while a report is written");
    clinic.page.picture("reports", false);
    clinic.page.presses("Report it");
    clinic.page.sees_in("#later-list", "A routine does not work: I need a wheelchair or help to walk");

    let here = clinic.desk.clinic.clone();
    let from_patient = asked(&here, "not-working", "La pantalla está demasiado alta para mi silla.", "es");
    let patients_id = from_patient.id;
    clinic
        .happens(vec![raised(from_patient), raised(asked(&here, "compliment", "Everybody was kind.", "en"))]);
    clinic.page.sees_in("#later-list", "Something here does not work");

    clinic.signs_in("Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.sees_in("#suggestions-title", "3 to answer");
    clinic.page.sees_in("#digest", "New suggestions that nobody has looked at: 3");
    clinic.page.sees_in("#suggestions", "reported by Maria at the desk");
    let spanish = "#suggestions > li:has([lang=es])";
    clinic.page.sees_in(spanish, "The patient reads the answer at any kiosk, with the slip");
    clinic.page.act("presses", json!({ "within": spanish, "button": "I look at it" }));
    clinic.page.sees_in(spanish, "is looking at it");
    clinic.page.sees_in("#digest", "New suggestions that nobody has looked at: 2");
    clinic.page.is_accessible("while suggestions wait for an answer");
    let answers = |clinic: &mut Clinic, which: &str, words: &str| {
        let label = "Answer, and what will change";
        clinic.page.act("writes", json!({ "within": which, "label": label, "text": words }));
        clinic.page.act("presses", json!({ "within": which, "button": "Answer" }));
        clinic.page.sees_in(&format!("{which} .answered"), words);
    };
    answers(&mut clinic, spanish, "The screen comes down tomorrow.");
    clinic.hears("the patient's kiosk has the answer", |kind| {
        matches!(kind, FactKind::MessageSent { message } if message.request == patients_id
            && message.from == Side::Staff && message.words.0 == "The screen comes down tomorrow.")
    });
    clinic.hears(
        "it is resolved",
        |kind| matches!(kind, FactKind::RequestResolved { request, .. } if *request == patients_id),
    );
    answers(
        &mut clinic,
        "#suggestions > li:has-text(\"only one wheelchair\")",
        "A second one comes on Monday.",
    );
    clinic.page.sees_in("#suggestions-title", "1 to answer");
    clinic.page.sees_in("#suggestions", "Whoever reported it reads the answer on the desk’s page");

    clinic.opens_page_at(clinic.desk.address);
    clinic.page.sees_in("#person", "Elena");
    assert_eq!(
        clinic.page.evaluate("document.querySelector('#own-answers-part').hidden"),
        true,
        "she reported nothing"
    );
    clinic.signs_in("Maria", Role::Receptionist);
    clinic.opens_page_at(clinic.desk.address);
    clinic.page.sees_in("#own-answers", "A second one comes on Monday.");
    clinic.page.sees_in("#own-answers", words);
    clinic.page.is_accessible("with an answer to a report");
    clinic.page.picture("own-answers", false);
    clinic.page.presses("I have read it");
    clinic.page.sees_no_more("#own-answers-part", "Monday");
    clinic.signs_in("Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.sees_in("#suggestions", "Read ");
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.ends_well();
}

#[test]
fn a_supervisor_sees_what_is_off_and_where_it_is() {
    let mut clinic = Clinic::opens();
    let here = clinic.desk.clinic.clone();
    let mut late = request(RequestReason::Help, 400);
    late.chain = asked(&here, "interpreter", "", "en").chain;
    let danger = emergency(&here, "", "en");
    let mut happened = vec![raised(late), raised(danger)];
    happened.extend((0..3).map(|_| raised(asked(&here, "wheelchair", "", "en"))));
    happened.push(raised(asked(&here, "unwell", "me duele", "es")));
    let complaint = asked(&here, "complaint", "Nobody answered.", "en");
    let mut overdue = asked(&here, "complaint", "Nobody answered me either.", "en");
    overdue.case.as_mut().unwrap().answer_by = Utc::now() - TimeDelta::days(3);
    happened.extend([FactKind::RequestRaised { request: complaint.clone() }, raised(overdue)]);
    happened.push(FactKind::RequestAcknowledged { request: complaint.id, by: "Elena".into() });
    happened.extend([(); 2].map(|()| ended("register: telephone number", SessionEnd::WentAway)));
    happened.push(ended("confirm", SessionEnd::StartedOver));
    says_it_has_no_paper(&clinic);
    clinic.happens(happened);
    let ann = patient("Ann", "Early", Some("P-1"));
    let since = Utc::now() - TimeDelta::minutes(50);
    clinic.checks_in(&ann, None, since, Some((PaperState::NotPrinted, "no paper")));
    clinic.page.presses("I am going to kiosk lobby");
    clinic.page.sees_in("#request-list", "Nobody has answered in time");

    clinic.signs_in("Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    for line in [
        "Kiosks in trouble: lobby",
        "Cases not answered by their day: 1",
        "Requests that nobody has answered in time: 1",
        "Papers that did not come out",
        "most at “register: telephone number” (2)",
    ] {
        clinic.page.sees_in("#digest", line);
    }
    clinic.page.sees_in("#services", "General consultation");
    clinic.page.sees_in("#services", "50 min");
    clinic.page.sees_in("#unresolved", "Triage nurse");
    clinic.page.sees_in("#kiosks .bad", "The printer has no paper: put in a new roll");
    clinic.page.sees_in("#kiosks .bad", "Papers that did not come out today: 1");
    clinic.page.sees_in("#cases", "was due");
    clinic.page.sees_in("#cases-title", "1 overdue");
    clinic.page.sees_in("#emergencies", "Answered after");
    clinic.page.sees_in("#late", "Not answered; Reception was asked first");
    clinic.page.sees_in("#topic-flagged", "I need a wheelchair or help to walk");

    // A line leads to what it is about, by the keyboard alone.
    clinic.page.evaluate("document.querySelector('#digest a[href=\"#kiosks-part\"]').focus()");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    let arrived = "location.hash === '#kiosks-part' && document.querySelector('#kiosks-part').getBoundingClientRect().top < innerHeight";
    assert_eq!(clinic.page.evaluate(arrived), true);

    // 640 pixels are what a notebook leaves at twice the size.
    for (name, width, height) in
        [("notebook", 1280, 800), ("tablet", 768, 1024), ("double", 640, 400), ("phone", 390, 844)]
    {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.evaluate("new Promise((resolve) => setTimeout(resolve, 300))");
        let cut = "[...document.querySelectorAll('body *')]
            .filter((part) => part.checkVisibility() && !part.closest('.hidden, pre, .scrolls') && !part.matches('.skip'))
            .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
            .map((part) => part.outerHTML.slice(0, 200))";
        assert_eq!(clinic.page.evaluate(cut), json!([]), "cut off at {width} pixels");
        clinic.page.picture(&format!("supervisor-{name}"), true);
        clinic.page.is_accessible(&format!("for the supervisor at {width} pixels"));
    }
    clinic.ends_well();
}
