//! What a patient entered is marked until somebody has seen proof; two records of one person are joined.

use crate::scene::{Clinic, patient, raised, request};
use chrono::Utc;
use vestibule::front_desk::patient::Source;
use vestibule::front_desk::request::{Request, RequestReason};
use vestibule::link::fact::FactKind;

#[test]
fn staff_note_which_proof_they_saw_and_of_what() {
    let mut clinic = Clinic::opens();
    let mut new = patient("Ali", "Hassan", None);
    new.source = Source::Kiosk;
    clinic.checks_in(&new, None, Utc::now(), None);
    clinic.page.sees_in("#arrivals .proof summary", "5 entered by the patient, no proof seen");
    clinic.page.evaluate("document.querySelector('#arrivals .proof summary').click()");
    clinic.page.sees_in("#arrivals .unproved", "Address: Calle Mayor 5, 28013 Madrid");
    clinic.page.sees_in("#arrivals .unproved", "entered by the patient");
    clinic.page.is_accessible("with what nobody has seen proof of");
    // The card proves who it is, not the telephone number.
    clinic.page.evaluate(
        "(() => { document.querySelector('#arrivals .unproved input[data-detail=phone]').checked = false;
            document.querySelector('#arrivals .proof-form select').value = 'Identity card'; })()",
    );
    clinic.page.presses("Seen proof");
    clinic.hears("the kiosk knows it, too", |kind| {
        matches!(kind, FactKind::DetailsProved { patient, entries, document, by }
            if *patient == new.id && entries.len() == 4 && document == "Identity card" && by == "Maria")
    });
    clinic.page.sees_in("#arrivals .proof summary", "1 entered by the patient, no proof seen");
    clinic.ends_well();
}

#[test]
fn staff_join_two_records_of_one_person() {
    let mut clinic = Clinic::opens();
    let known = patient("María", "García López", Some("100017"));
    let mut new = patient("Maria", "Garcia Lopez", None);
    new.source = Source::Kiosk;
    clinic.happens(vec![FactKind::PatientRecorded { patient: known.clone() }]);
    clinic.checks_in(&new, None, Utc::now(), None);
    clinic.page.sees_in("#request-list .card", "Two records may be one person's");
    clinic.page.sees_in("#request-list .people", "Perhaps one person");
    clinic.page.sees_in(
        "#request-list .decision",
        "Names, date of birth and sex stay those of the record that is kept.",
    );
    clinic.page.is_accessible("with two records to decide about");
    clinic.page.presses("Same person: keep María García López, no. 100017, born 4 Mar 1957");
    clinic.hears("the kiosk joins them, too", |kind| {
        matches!(kind, FactKind::PatientsMerged { keep, merge, by }
            if *keep == known.id && *merge == new.id && by == "Maria")
    });
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.sees_in("#arrivals .patient", "María García López");
    clinic.ends_well();
}

#[test]
fn staff_keep_two_people_apart() {
    let mut clinic = Clinic::opens();
    let [one, other] = ["Ana", "Eva"].map(|given| patient(given, "Ruiz", None));
    let ids = vec![one.id, other.id];
    clinic.happens(vec![
        FactKind::PatientRecorded { patient: one },
        FactKind::PatientRecorded { patient: other },
        raised(Request { patients: ids.clone(), ..request(RequestReason::PossibleDuplicate, 0) }),
    ]);
    clinic.page.presses("Two people");
    clinic.hears(
        "the kiosk knows it, too",
        |kind| matches!(kind, FactKind::PatientsKeptApart { one, other, .. } if [*one, *other] == ids[..]),
    );
    clinic.page.sees("Nobody is waiting for help.");
    clinic.ends_well();
}
