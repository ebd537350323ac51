//! What does not work goes upward, and a supervisor sees it, answers it, and sees where patients get stuck.

use crate::scene::{Clinic, asked, emergency, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use vestibule::front_desk::message::SessionEnd;
use vestibule::front_desk::request::RequestReason;
use vestibule::link::fact::FactKind;

#[test]
fn what_does_not_work_is_reported_counted_and_answered() {
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
    let late = request(RequestReason::Help, 400);
    let danger = emergency(&here, "", "en");
    let (late_id, danger_id) = (late.id, danger.id);
    let mut happened = vec![raised(late), raised(danger)];
    happened.extend((0..3).map(|_| raised(asked(&here, "wheelchair", "", "en"))));
    happened.push(raised(asked(
        &here,
        "not-working",
        "La pantalla está demasiado alta para mi silla.",
        "es",
    )));
    happened.push(raised(asked(&here, "unwell", "me duele", "es")));
    let complaint = asked(&here, "complaint", "Nobody answered.", "en");
    let mut overdue = asked(&here, "complaint", "Nobody answered me either.", "en");
    overdue.case.as_mut().unwrap().answer_by = Utc::now() - TimeDelta::days(3);
    happened.extend([FactKind::RequestRaised { request: complaint.clone() }, raised(overdue)]);
    happened.push(FactKind::RequestAcknowledged { request: complaint.id, by: "Elena".into() });
    for _ in 0..2 {
        happened.push(FactKind::SessionEnded {
            step: "register: telephone number".into(),
            end: SessionEnd::WentAway,
        });
    }
    happened.push(FactKind::SessionEnded { step: "confirm".into(), end: SessionEnd::StartedOver });
    clinic.happens(happened);
    clinic.page.presses("I am going to kiosk lobby");
    clinic.page.sees_in("#request-list", "Nobody has answered in time");
    let taken = FactKind::RequestAcknowledged { request: late_id, by: "Tom".into() };
    clinic
        .desk
        .store()
        .run(move |store| store.commit(vec![taken], Utc::now() + TimeDelta::seconds(1)))
        .unwrap();
    let row = clinic.desk.store().run(move |store| store.request_events(danger_id)).unwrap();
    assert!(!row.is_empty());

    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#flagged", "I need a wheelchair or help to walk");
    let first =
        "[...document.querySelector('#flagged tr').children].map((cell) => cell.textContent).join('|')";
    assert_eq!(clinic.page.evaluate(first), "I need a wheelchair or help to walk|3||");
    clinic.page.sees_in("#emergencies", "Maria answered after");
    clinic.page.sees_in("#cases", &complaint.case.unwrap().number);
    clinic.page.sees_in("#cases", "Elena");
    clinic.page.sees_in("#cases .wanting", "was due");
    clinic.page.sees_in("#cases-title", "1 overdue");
    clinic.page.sees_in("#late", "Tom answered");
    clinic.page.sees_in("#gave-up", "register: telephone number");
    clinic.page.sees_in("#helped", "identify: family name");
    clinic.page.sees_in("#places", "Triage nurse");
    clinic.page.sees_in("#reports", "There is only one wheelchair.");
    clinic.page.sees_in("#reports", "reported by Maria at the desk");
    clinic.page.sees_in("#reports", "La pantalla está demasiado alta");
    clinic.page.sees_in("#reports-title", "2 to answer");

    for (name, width, height) in [("notebook", 1280, 800), ("phone", 390, 844)] {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        let cut = "[...document.querySelectorAll('body *')]
            .filter((part) => part.checkVisibility() && !part.closest('.hidden, pre') && !part.matches('.skip'))
            .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
            .map((part) => part.outerHTML.slice(0, 200))";
        assert_eq!(clinic.page.evaluate(cut), json!([]), "cut off at {width} pixels");
        clinic.page.picture(&format!("supervisor-{name}"), true);
        clinic.page.is_accessible(&format!("for the supervisor at {width} pixels"));
    }
    let place = json!({ "within": "#reports > li", "having": "only one wheelchair", "label": "Answer, and what will change", "text": "A second one comes on Monday." });
    clinic.page.act("writes", place);
    clinic.page.act(
        "presses",
        json!({ "within": "#reports > li", "having": "only one wheelchair", "button": "Answer" }),
    );
    clinic.page.sees_in("#reports .answered", "A second one comes on Monday.");
    clinic.page.sees_in("#reports-title", "1 to answer");
    clinic.page.presses("7 days");
    clinic.page.sees_in("#since", "since");
    clinic.page.sees_in("#reports .answered", "Maria:");
    clinic.ends_well();
}
