//! Complaints: acknowledged and answered by a date, both sides heard, handed over, and never lost.

use crate::running_desk::eventually;
use crate::scene::{Clinic, asked, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::link::fact::FactKind;

#[test]
fn a_complaint_goes_from_its_acknowledgement_over_both_sides_to_its_report() {
    let mut clinic = Clinic::opens();
    let complaint = asked(&clinic.desk.clinic, "complaint", "The doctor shouted at my mother.", "en");
    let (id, number) = (complaint.id, complaint.case.clone().unwrap().number);
    clinic.happens(vec![raised(complaint)]);
    clinic.page.sees_in("#later", "Cases and reports");
    clinic.page.sees_in("#later-list .card", "answer by");
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.act("presses", json!({ "within": "#later-list", "button": "I want to complain" }));
    for text in [
        "The doctor shouted at my mother.",
        &number,
        "Acknowledge by",
        "report by",
        "working days left",
        "Complaints officer",
    ] {
        clinic.page.sees_in("#later-list .card", text);
    }
    clinic.page.picture("complaint", false);

    clinic.page.presses("Acknowledge in writing…");
    let told = "We have your complaint and look into it.";
    clinic.page.act("writes", json!({ "label": "Acknowledgement to the patient", "text": told }));
    clinic.page.presses("Acknowledge");
    clinic.page.sees_in("#later-list .card", "Maria has it");
    clinic.page.sees_in("#later-list .case-words", "Acknowledged");
    clinic.hears("the patient can read it", |kind| {
        matches!(kind, FactKind::MessageSent { message } if message.request == id && message.words.0 == told)
    });

    clinic.page.act("ticks", json!({ "label": "Hear both sides and note each in its own words" }));
    clinic.page.sees_in("#later-list .steps", "Maria,");
    clinic.page.presses("Both sides");
    for (side, words) in
        [("Family", "He shouted. She cried."), ("Dr Chen", "I spoke loudly, because she hears badly.")]
    {
        clinic.page.act("writes", json!({ "label": "Whose side?", "text": side }));
        clinic.page.act("writes", json!({ "label": "What they say, in their own words", "text": words }));
        clinic.page.presses("Note it");
        clinic.page.sees_in(".sides .side", words);
    }
    let columns =
        "[...document.querySelectorAll('.sides .side')].map((side) => side.getBoundingClientRect().top)";
    let tops = clinic.page.evaluate(columns);
    assert_eq!(tops[0], tops[1], "the sides stand side by side");
    clinic.page.is_accessible("with both sides");
    clinic.page.picture("both-sides", false);
    let said = clinic.desk.store().run(move |store| store.messages(id)).unwrap();
    assert_eq!(said.len(), 1, "what a side said was sent to nobody");

    clinic.page.presses("Hand over…");
    clinic.page.act("chooses", json!({ "label": "Hand over to", "text": "Practice manager" }));
    clinic.page.act("writes", json!({ "label": "Why is it theirs?", "text": "It is about a doctor." }));
    clinic.page.presses("Hand over");
    clinic
        .page
        .sees_in("#later-list .events", "Maria handed it over to Practice manager: It is about a doctor.");
    clinic.page.sees_in("#later-list .chain", "Practice manager, Elena Ruiz, telephone 201 by");
    clinic.hears("the kiosk knows who has it", |kind| {
        matches!(kind, FactKind::RequestHandedOver { request, by, chain, .. }
            if *request == id && by == "Maria" && chain[0].to == "manager" && chain[0].answer_by > Utc::now())
    });

    clinic.page.presses("I take it");
    clinic.page.sees_in("#later-list .card", "Maria has it");
    clinic.page.presses("Give the report…");
    clinic.page.act(
        "writes",
        json!({ "label": "Report to the patient", "text": "We are sorry. Steps, result, date." }),
    );
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Spoke with both." }));
    clinic.page.picture("report", false);
    clinic.page.presses("Close the case");
    clinic.page.sees_no_more("#requests", "I want to complain (");
    let row = clinic.desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert_eq!(row.state, RequestState::Resolved { by: "Maria".into(), note: "Spoke with both.".into() });
    clinic.ends_well();
}

#[test]
fn a_case_that_nobody_answered_by_its_day_stays_in_sight() {
    let mut clinic = Clinic::opens();
    let mut complaint = asked(&clinic.desk.clinic, "complaint", "I waited for two hours.", "en");
    complaint.case.as_mut().unwrap().answer_by = Utc::now() + TimeDelta::seconds(2);
    let id = complaint.id;
    clinic.happens(vec![raised(complaint), FactKind::RequestAcknowledged { request: id, by: "Tom".into() }]);
    clinic.page.sees_in("#later-list .card", "Tom has it");
    clinic.page.sees_in("#later-list .card", "Overdue");
    clinic.page.sees_in("#later-title", "overdue");
    clinic.page.act("presses", json!({ "within": "#later-list", "button": "I want to complain" }));
    clinic.page.sees_in("#later-list .case-words", "OVERDUE since today: the report was due");
    clinic.page.sees_in("#later-list .events", "Not answered by its day");
    clinic.page.picture("overdue", false);
    clinic.hears(
        "the kiosk can tell who asks with the slip",
        |kind| matches!(kind, FactKind::CaseOverdue { request } if *request == id),
    );
    clinic.ends_well();
}

#[test]
fn a_request_goes_up_its_chain_in_sight_to_the_last_person() {
    let mut clinic = Clinic::opens();
    let mut help = asked(&clinic.desk.clinic, "interpreter", "", "hi");
    for (rung, seconds) in help.chain.iter_mut().zip([2, 5, 8]) {
        rung.answer_by = help.raised_at + TimeDelta::seconds(seconds);
    }
    help.acknowledge_by = help.chain[0].answer_by;
    clinic.happens(vec![raised(help)]);
    clinic.page.sees_in("#request-list .chain", "Reception by");
    clinic.page.sees_in(
        "#request-list .chain",
        "then Lobby supervisor; Practice manager, Elena Ruiz, telephone 201",
    );
    clinic.page.sees_in("#request-list .events", "Reception did not answer; now: Lobby supervisor");
    clinic.page.sees_in("#request-list .events", "Lobby supervisor did not answer; now: Practice manager");
    clinic.page.sees_in("#request-list .events", "Practice manager did not answer; nobody is next");
    clinic.page.sees_in("#request-list .flag", "Nobody has answered in time, and nobody else is next");
    clinic.page.picture("climbed", false);
    clinic.ends_well();
}

#[test]
fn what_was_half_written_when_somebody_else_was_faster_is_told() {
    let mut clinic = Clinic::opens();
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    clinic.page.presses("Resolve…");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Walked with her to room 4" }));
    let done = FactKind::RequestResolved { request: id, by: "Tom".into(), note: "Done.".into() };
    clinic.desk.store().run(move |store| store.commit(vec![done], Utc::now())).unwrap();
    eventually("it is told", || clinic.page.reads("#said").contains("Walked with her to room 4"));
    clinic.ends_well();
}
