//! Staff finish a step for a patient who called for a person, from the desk.

use crate::scene::{Clinic, patient, raised, request};
use chrono::Utc;
use serde_json::json;
use vestibule::front_desk::request::{Request, RequestReason, TakenStep};
use vestibule::link::fact::FactKind;

#[test]
fn staff_find_the_record_and_the_kiosk_goes_on_with_it() {
    let mut clinic = Clinic::opens();
    let known = patient("Maria Luisa", "García López", Some("100017"));
    let book = known.clone();
    clinic.desk.store().run(move |store| store.take_over(&[book], &[], Utc::now())).unwrap();
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    clinic.page.sees_in("#request-list .facts", "identify: family name");
    clinic.page.presses("Do it for them");
    clinic.page.act("writes", json!({ "label": "Born", "text": "1957-03-04" }));
    clinic.page.presses("Find the record");
    clinic.page.sees("Write date of birth and family name, or the record number.");
    clinic.page.act("writes", json!({ "within": ".finder", "label": "Family name", "text": "nobody" }));
    clinic.page.presses("Find the record");
    clinic.page.sees("Nobody fits.");
    clinic.page.act("writes", json!({ "within": ".finder", "label": "Family name", "text": "garcia" }));
    clinic.page.presses("Find the record");
    clinic.page.sees_in(".found", "Maria Luisa García López");
    clinic.page.is_accessible("while a record is looked for");
    clinic.page.picture("do-it-for-them", false);
    clinic.page.presses("This is the patient");
    clinic.hears("the kiosk goes on", |kind| {
        matches!(kind, FactKind::StepTaken { request, by, step: TakenStep::Identified { patient } }
            if *request == id && by == "Maria" && *patient == known.id)
    });
    clinic.page.sees_in("#request-list .events", "Maria found the record for the patient");
    clinic.ends_well();
}

#[test]
fn staff_answer_the_question_at_which_the_patient_stands() {
    let mut clinic = Clinic::opens();
    let stopped_at = "register: date of birth".to_string();
    clinic.happens(vec![raised(Request { stopped_at, ..request(RequestReason::Help, 0) })]);
    clinic.page.presses("Do it for them");
    clinic.page.act("writes", json!({ "label": "Date of birth, for the patient", "text": "1957-03-04" }));
    clinic.page.presses("Go on for the patient");
    clinic.hears("the answer comes as it would be typed", |kind| {
        matches!(kind, FactKind::StepTaken { step: TakenStep::Answered { step, answer }, .. }
            if step == "register: date of birth" && answer.0 == "04031957")
    });
    clinic.ends_well();
}
