//! What patients answered to the clinic's forms and agreed to, as staff read it.

use crate::scene::{Clinic, patient};
use chrono::Utc;
use serde_json::json;
use vestibule::front_desk::form::{Consent, Draft, FilledForm, SignatureDraft};
use vestibule::front_desk::ticket::NewVisit;

/// The example's form, answered in Spanish; the signature is drawn.
fn answered(clinic: &vestibule::clinic::Clinic) -> Vec<FilledForm> {
    let today = Utc::now().date_naive();
    let mut signature = SignatureDraft::default();
    signature.strokes.begin(0.1, 0.1, 0.4);
    signature.strokes.go_on(0.6, 0.3);
    let given = [
        vec![
            Draft::YesNo(Some(false)),
            Draft::Several([0].into()),
            Draft::Text("<b>Sintrom</b>, 2 al día".into()),
        ],
        vec![Draft::Signature(signature)],
    ];
    let forms = clinic.routines.forms.iter().zip(given);
    forms
        .map(|(form, drafts)| {
            let standings = form.standings(&drafts, today);
            form.filled(&standings, ("es", "en"), Some("parent".into()), Utc::now()).unwrap()
        })
        .collect()
}

#[test]
fn staff_open_what_a_patient_answered_and_agreed_to() {
    let mut clinic = Clinic::opens();
    let now = Utc::now();
    let forms = answered(&clinic.desk.clinic);
    let consent = Consent {
        text: clinic.desk.clinic.consent.text("ar").to_string(),
        language: "ar".into(),
        companion: None,
        at: now,
    };
    let (ana, ben) = (patient("Ana", "Ruiz", None), patient("Ben", "Ruiz", None));
    clinic.begins(&ana, None, now, None, |visit| NewVisit { forms, consent: Some(consent), ..visit });
    clinic.checks_in(&ben, None, now, None);
    clinic.page.sees_in("tr:has-text('Ana Ruiz')", "Read: 2 forms, consent");
    clinic.page.sees_in("tr:has-text('Ben Ruiz')", "Walk-in");
    assert_eq!(
        clinic.page.evaluate("document.querySelectorAll('.answers-open:not([hidden])').length").to_string(),
        "1",
        "there is nothing of Ben's to read"
    );

    let place = json!({ "within": "#arrivals tr", "having": "Ana Ruiz", "button": "Read: 2 forms, consent" });
    clinic.page.act("presses", place);
    for words in [
        "Answers of Ana Ruiz",
        "Before your blood test",
        "in Spanish, by somebody for the patient (“My child”)",
        "Have you had anything but water in the last 8 hours?",
        "¿Ha tomado algo que no sea agua en las últimas 8 horas?",
        "I take a blood thinner",
        "<b>Sintrom</b>, 2 al día",
        "I agree that blood is taken from me today",
        "Acepto que hoy se me extraiga sangre",
        "in Arabic, by the patient",
        clinic.desk.clinic.consent.text("ar"),
    ] {
        clinic.page.sees_in("#answers-dialog", words);
    }
    let drawn = "document.querySelector('#answers-dialog svg path').getAttribute('d')";
    assert_eq!(clinic.page.evaluate(drawn), "M100 100L600 300");
    clinic.page.is_accessible("with the answers open");
    clinic.page.picture("answers", false);
    clinic.page.act("presses", json!({ "within": "#answers-dialog", "button": "Close" }));
    // Nothing of it stays in the page.
    clinic.page.sees_no_more("#answers-dialog", "Sintrom");
    clinic.ends_well();
}
