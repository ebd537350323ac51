//! Staff and a patient who share no language speak to each other.

use crate::scene::{Clinic, asked, patient_says, raised};
use serde_json::json;
use vestibule::link::fact::FactKind;

#[test]
fn a_phrase_is_read_in_two_languages_and_what_is_half_typed_stays() {
    let mut clinic = Clinic::opens();
    let words = "أين يمكنني الجلوس؟ قدمي تؤلمني.";
    let question = asked(&clinic.desk.clinic, "question", words, "ar");
    let id = question.id;
    clinic.happens(vec![raised(question)]);
    clinic.page.sees_in("#request-list .card", "I have a question");
    clinic.page.sees_in("#request-list .words", words);
    let shown = "(({ lang, dir }) => `${lang} ${dir}`)(document.querySelector('#request-list .words'))";
    assert_eq!(clinic.page.evaluate(shown), "ar auto");

    clinic.page.presses("Messages");
    clinic.page.sees_in(".talk", "Phrases arrive in Arabic; what you write arrives as you write it.");
    clinic.page.act("chooses", json!({ "label": "Say a phrase", "text": "Please come to the desk." }));
    clinic.page.presses("Send phrase");
    clinic.hears("the kiosk has the phrase by its id", |kind| {
        matches!(kind, FactKind::MessageSent { message } if message.request == id
            && message.phrase.as_deref() == Some("come-to-desk") && message.by == "Maria" && message.language == "en")
    });
    clinic.page.sees_in(".talk .from-staff", "Please come to the desk.");
    clinic.page.sees_in(".talk .from-staff", "تفضل إلى مكتب الاستقبال.");

    clinic.page.act("writes", json!({ "label": "Or write freely", "text": "Half a mess" }));
    clinic.happens(vec![patient_says(id, Some("cannot-walk"), "لا أستطيع المشي إلى هناك", "ar")]);
    clinic.page.sees_in(".talk .from-patient", "لا أستطيع المشي إلى هناك");
    clinic.page.sees_in(".talk .from-patient", "I cannot walk there");
    clinic.page.sees_in("#request-list .chips", "The patient wrote");
    clinic.page.act("keys", json!({ "keys": "End" }));
    clinic.page.act("types", json!({ "text": "age" }));
    assert_eq!(clinic.page.evaluate("document.activeElement.value"), "Half a message");
    clinic.page.presses("Send message");
    clinic.hears("the kiosk has what was written", |kind| {
        matches!(kind, FactKind::MessageSent { message } if message.words.0 == "Half a message" && message.phrase.is_none())
    });
    clinic.page.sees_no_more("#request-list .chips", "The patient wrote");
    clinic.page.sees_in("#request-list .card", "Messages (3)");
    clinic.page.is_accessible("with an exchange");
    clinic.page.picture("conversation", false);
    clinic.page.act("size", json!({ "width": 390, "height": 844 }));
    clinic.page.evaluate("document.querySelector('.talk').scrollIntoView()");
    clinic.page.picture("conversation-phone", false);
    clinic.ends_well();
}

#[test]
fn a_question_about_a_case_is_answered_days_later_and_after_its_end_too() {
    let mut clinic = Clinic::opens();
    let complaint = asked(&clinic.desk.clinic, "complaint", "Esperé dos horas.", "es");
    let id = complaint.id;
    clinic.happens(vec![raised(complaint)]);
    clinic.page.act("presses", json!({ "within": "#later-list", "button": "I want to complain" }));
    clinic.page.presses("Messages");
    clinic.page.sees_in(".talk", "It is answered when the patient comes to a kiosk with the slip.");
    clinic.page.act("writes", json!({ "label": "Or write freely", "text": "Which day was it?" }));
    clinic.page.presses("Send message");
    clinic.page.sees_in(".talk", "Which day was it?");
    clinic.happens(vec![patient_says(id, None, "El lunes", "es")]);
    clinic.page.sees_in("#later-list .last-said", "El lunes");

    clinic.page.presses("Give the report…");
    clinic.page.act(
        "writes",
        json!({ "label": "Report to the patient", "text": "One more person is at reception." }),
    );
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Reported." }));
    clinic.page.presses("Close the case");
    clinic.page.sees_no_more("#requests", "I want to complain");
    clinic.hears("the kiosk has the report", |kind| {
        matches!(kind, FactKind::MessageSent { message } if message.words.0 == "One more person is at reception.")
    });
    clinic.happens(vec![patient_says(id, None, "Gracias, pero no es verdad", "es")]);
    clinic.page.sees_in("#later-list .card", "Maria had resolved it");
    clinic.page.sees_in("#later-list .card", "Gracias, pero no es verdad");
    clinic.page.sees_in("#later-list .card", "The patient wrote");
    clinic.ends_well();
}
