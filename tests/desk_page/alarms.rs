//! What must reach somebody reaches them: a page that lies behind others, a desk that was off, ears that hear nothing, a
//! patient who has left the kiosk.

use crate::running_desk::eventually;
use crate::scene::{Clinic, asked, emergency, patient, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use std::time::Duration;
use vestibule::front_desk::message::Side;
use vestibule::front_desk::request::{Request, RequestReason};
use vestibule::front_desk::ticket::PaperState;
use vestibule::link::fact::FactKind;

/// A page that lies behind others: in the end its browser lets its clocks do next to nothing.
const CLOCKS_STAND_STILL: &str = "(() => {
    for (let id = setTimeout(() => {}, 0); id > 0; id -= 1) { clearInterval(id); clearTimeout(id); }
    globalThis.setInterval = () => 0;
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.hasFocus = () => false;
})()";

const TONES: &str = "globalThis.tones";

#[test]
fn a_page_behind_others_whose_clocks_stand_still_alarms_all_the_same() {
    let mut clinic = Clinic::opens();
    clinic.page.act("presses", json!({ "within": ".bar-tools", "button": "Sound is off: turn it on" }));
    clinic.page.sees_in("#sound", "Sound is on");
    clinic.page.evaluate(CLOCKS_STAND_STILL);
    let before = clinic.page.evaluate(TONES).as_u64().unwrap();
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    eventually("it is heard", || clinic.page.evaluate(TONES).as_u64().unwrap() > before);
    let danger = emergency(&clinic.desk.clinic, "pain", "en");
    clinic.happens(vec![raised(danger)]);
    clinic.page.sees_in("#emergency", "EMERGENCY");
    clinic.page.title_is("! EMERGENCY: go there now");
    let icon = "document.querySelector('link[rel=icon]').getAttribute('href')";
    assert_eq!(clinic.page.evaluate(icon), "/icon-alarm.svg");
    let first = clinic.page.evaluate(TONES).as_u64().unwrap();
    eventually("it sounds on", || clinic.page.evaluate(TONES).as_u64().unwrap() >= first + 10);
    clinic.page.presses("I am going to kiosk lobby");
    clinic.page.title_is("(1) Vestibule desk");
    assert_eq!(clinic.page.evaluate(icon), "/icon-waiting.svg");
    clinic.ends_well();
}

#[test]
fn a_notification_says_what_and_where_and_nothing_of_whom() {
    let mut clinic = Clinic::opens();
    clinic.page.act("allows", json!({ "what": "notifications" }));
    clinic.page.evaluate(
        "(() => {
            globalThis.told = [];
            document.hasFocus = () => false;
            globalThis.Notification = class extends Notification {
                constructor(title, details) { super(title, details); globalThis.told.push(`${title} | ${details.body}`); }
                close() { globalThis.told.push('gone'); super.close(); }
            };
        })()",
    );
    let who = patient("Ngozi", "Okafor", Some("100017"));
    clinic.checks_in(&who, None, Utc::now(), Some((PaperState::Printed, "")));
    let mut unwell = asked(&clinic.desk.clinic, "unwell", "my chest hurts", "en");
    unwell.patients = vec![who.id];
    clinic.happens(vec![raised(unwell)]);
    let told = "globalThis.told.join('; ')";
    let headline = RequestReason::Asked.headline();
    eventually("the browser tells of it", || {
        clinic.page.evaluate(told) == format!("{headline} | Kiosk lobby").as_str()
    });
    clinic.page.presses("Acknowledge: I am going");
    eventually("what somebody has is told no longer", || {
        clinic.page.evaluate(told).as_str().unwrap().ends_with("gone")
    });
    clinic.ends_well();
}

#[test]
fn an_emergency_is_seen_by_who_hears_nothing_and_beats_slowly_or_not_at_all() {
    let mut clinic = Clinic::opens();
    let danger = emergency(&clinic.desk.clinic, "pain", "en");
    clinic.happens(vec![raised(danger)]);
    clinic.page.sees_in("#emergency", "EMERGENCY");
    let beat = "(({ animationName, animationDuration }) => `${animationName} ${animationDuration}`)(getComputedStyle(document.querySelector('#emergency')))";
    // One beat in more than two seconds; three in one would be dangerous (WCAG 2.3.1).
    assert_eq!(clinic.page.evaluate(beat), "beat 2.4s");
    clinic.page.act("media", json!({ "reduced": true }));
    assert!(clinic.page.evaluate(beat).as_str().unwrap().starts_with("none"));
    clinic.page.picture("emergency-beat", false);
    clinic.ends_well();
}

#[test]
fn what_became_late_while_desk_and_page_were_off_is_in_everybodys_sight_until_somebody_takes_it() {
    let mut clinic = Clinic::opens();
    let mut late = asked(&clinic.desk.clinic, "interpreter", "", "es");
    late.chain[0].answer_by = Utc::now() + TimeDelta::seconds(3);
    late.acknowledge_by = late.chain[0].answer_by;
    clinic.happens(vec![raised(late)]);
    clinic.page.sees_in("#request-list", "I need an interpreter");
    clinic.desk.kill();
    std::thread::sleep(Duration::from_secs(4));
    clinic.desk.start_again();
    clinic.page.sees_in(
        "#escalated",
        "I need an interpreter (kiosk lobby). It is now the turn of Lobby supervisor, by",
    );
    clinic.page.sees_in("#escalated", "late");
    clinic.opens_page_at(clinic.desk.address);
    clinic.page.sees_in("#escalated", "It is now the turn of Lobby supervisor");
    clinic.page.is_accessible("with what is late");
    clinic.page.picture("escalated", false);
    clinic.page.presses("Show it: I need an interpreter");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.sees_in("#request-list .card", "Maria is on the way");
    clinic.page.sees_in("#request-list .age", "taken 0:0");
    assert_eq!(clinic.page.evaluate("document.querySelector('#escalated').hidden"), true);
    clinic.ends_well();
}

#[test]
fn how_a_request_ended_is_chosen_and_what_was_not_solved_needs_a_reason() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 5))]);
    clinic.page.presses("Resolve…");
    assert_eq!(clinic.page.evaluate("document.querySelector('.outcomes input:checked').value"), "solved");
    clinic.page.act("ticks", json!({ "within": "#request-list", "label": "Not solved" }));
    clinic.page.is_accessible("while it is said how a request ended");
    clinic.page.picture("outcome", false);
    let reason = json!({ "label": "Why, and what happens now?", "text": "Nobody speaks Urdu today." });
    clinic.page.act("writes", reason);
    clinic.page.presses("Resolve");
    clinic.hears("the outcome goes with it", |kind| {
        matches!(kind, FactKind::OutcomeChosen { outcome, by, .. } if outcome == "not-solved" && by == "Maria")
    });
    clinic.page.evaluate("document.querySelector('#resolved summary').click()");
    clinic.page.sees_in("#resolved .outcome.unsolved", "Not solved");
    clinic.page.sees_in("#resolved", "Nobody speaks Urdu today.");
    clinic.ends_well();
}

#[test]
fn who_waits_too_long_stands_among_what_needs_a_person_and_is_asked_by_their_ticket() {
    let mut clinic = Clinic::opens();
    let who = patient("Anna", "Nowak", None);
    let ticket =
        clinic.checks_in(&who, None, Utc::now() - TimeDelta::hours(3), Some((PaperState::Printed, "")));
    clinic.page.sees_in("#request-list .card", "Still waits, and the time on the ticket is nearly over");
    clinic.page.sees_in("#request-list .card", ticket.number.as_str());
    clinic.page.sees_in("#waiting-list", "! Late:");
    clinic.page.presses("Messages");
    clinic.page.sees_in(".talk", "The patient reads it when they scan their ticket at a kiosk.");
    clinic.page.act("writes", json!({ "label": "Or write freely", "text": "Where do you sit?" }));
    clinic.page.presses("Send message");
    let patient = who.id;
    eventually("the kiosk has the question for whoever scans the ticket", || {
        let asked = clinic.kiosk.run(move |store| {
            let rows = store.questions_for(patient)?;
            rows.iter().map(|row| store.messages(row.request.id)).collect::<Result<Vec<_>, _>>()
        });
        asked
            .unwrap()
            .concat()
            .iter()
            .any(|said| said.from == Side::Staff && said.words.0 == "Where do you sit?")
    });
    clinic.ends_well();
}

#[test]
fn what_is_due_first_stands_first() {
    let mut clinic = Clinic::opens();
    let here = &clinic.desk.clinic;
    let late =
        Request { acknowledge_by: Utc::now() + TimeDelta::seconds(30), ..request(RequestReason::Help, 150) };
    let kinds = vec![
        raised(asked(here, "question", "Where is room 4?", "en")),
        raised(asked(here, "interpreter", "", "en")),
        raised(late),
    ];
    clinic.happens(kinds);
    clinic.page.sees_in("#request-list", "Asks for help");
    let first = "document.querySelector('#request-list .card h3').textContent";
    assert_eq!(clinic.page.evaluate(first), "Asks for help");
    clinic.ends_well();
}
