//! Staff at the desk and a patient at a kiosk, one with the other: a real desk, a real kiosk's runner, and the
//! link between them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use serde_json::{Value, json};
use support::clinic::{Guest, Place, guests};
use support::desk::RunningDesk;
use support::hands::{Hands, notice, question};
use support::until;
use vestibule::clinic::Clinic;
use vestibule::kiosk::screens::{Screen, Talk};
use vestibule::kiosk::session::Touch;

/// A desk and a kiosk that know a few people.
struct House {
    place: Place,
    desk: RunningDesk,
    hands: Hands,
    guests: Vec<Guest>,
}

impl House {
    fn open() -> Self {
        let place = Place::new();
        let desk = RunningDesk::start(&place.clinic);
        let guests = guests(3);
        desk.book(&guests);
        let mut hands = Hands::at(&place, "lobby");
        hands.wait_for_the_book(guests.len());
        Self { place, desk, hands, guests }
    }

    /// The patient asks for something of the routines.
    fn asks_for(&mut self, category: &str, words: &str) -> Value {
        self.hands.touch(Touch::NeedHelp);
        self.hands.touch(Touch::Choice(position(&self.place.clinic, category)));
        self.hands.type_in(words);
        self.hands.touch(Touch::Next);
        self.reaches_the_desk()
    }

    fn reaches_the_desk(&mut self) -> Value {
        let mut found = None;
        until("the request at the desk", || {
            self.hands.live(std::time::Duration::from_millis(20));
            found = self.desk.request();
            found.is_some()
        });
        found.unwrap()
    }

    /// Waits until the desk's page shows something of the request.
    fn desk_shows(&mut self, what: &str, mut shown: impl FnMut(&Value) -> bool) {
        until(what, || {
            self.hands.live(std::time::Duration::from_millis(20));
            self.desk.request().is_some_and(|request| shown(&request))
        });
    }
}

fn position(clinic: &Clinic, category: &str) -> usize {
    clinic.routines.categories.iter().position(|each| each.id == category).unwrap()
}

fn talk(screen: &Screen) -> Option<Talk> {
    match screen {
        Screen::Talk(talk) => Some(talk.clone()),
        _ => None,
    }
}

fn says(talk: Option<Talk>, text: &str) -> Option<Talk> {
    talk.filter(|talk| talk.messages.iter().any(|said| said.text == text))
}

#[test]
fn staff_find_the_record_of_a_patient_who_called_for_a_person_and_the_patient_checks_in() {
    let mut house = House::open();
    house.hands.touch(Touch::HaveAppointment);
    house.hands.touch(Touch::NeedHelp);
    house.hands.touch(Touch::CallPerson);
    let request = house.reaches_the_desk();
    assert_eq!(
        (request["stopped_at"].as_str(), &request["take_over"]["find"]),
        (Some("identify: date of birth"), &json!(true))
    );
    house.desk.does(Some(&request), "acknowledge", json!({}));
    let told = |screen: &Screen| notice(screen).filter(|told| format!("{told:?}").contains("Maria"));
    house.hands.until("who comes", told);

    let guest = house.guests[1].clone();
    let born = guest.patient.date_of_birth.date().to_string();
    let who = json!({ "born": born, "family": guest.patient.name.family });
    let found = house.desk.does(None, "/api/patients/search", who);
    let [one] = found["patients"].as_array().unwrap().as_slice() else { panic!("{found}") };
    assert!(one["today"][0].as_str().unwrap().contains("Dr Chen"), "{one}");
    house.desk.does(Some(&request), "step", json!({ "patient": one["id"] }));
    house.hands.until("is this you?", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
    house.hands.touch(Touch::Yes);
    house.hands.answer_forms();
    let number = house.hands.until("the number", support::hands::done).number;
    until("the arrival at the desk", || house.desk.arrival(&number).is_some());
    house.desk_shows("what was done", |request| {
        request["events"].to_string().contains("Maria found the record for the patient")
    });
}

#[test]
fn staff_answer_the_question_at_which_a_patient_is_stuck() {
    let mut house = House::open();
    house.hands.touch(Touch::NewHere);
    house.hands.touch(Touch::NeedHelp);
    house.hands.touch(Touch::CallPerson);
    let request = house.reaches_the_desk();
    assert_eq!(request["take_over"]["answer"], json!({ "label": "Given name", "kind": "text" }));
    let before = "register: given name";
    assert_eq!(request["stopped_at"], before);
    house.desk.does(Some(&request), "step", json!({ "answer": "Ana" }));
    // The next question is there, and empty; going back shows what staff typed.
    house.hands.until("the next question", question);
    house.hands.touch(Touch::Back);
    let asked = house.hands.until("the answer", question);
    assert!(format!("{:?}", asked.entry).contains("Ana"), "{:?}", asked.entry);
}

#[test]
fn staff_and_a_patient_speak_without_a_common_language() {
    let mut house = House::open();
    house.hands.touch(Touch::Language(1));
    let request = house.asks_for("question", "¿Dónde espero?");
    assert_eq!((request["words"].as_str(), request["lang"].as_str()), (Some("¿Dónde espero?"), Some("es")));
    house.desk.does(Some(&request), "say", json!({ "phrase": "come-to-desk" }));
    let heard = house
        .hands
        .until("the phrase in Spanish", |screen| says(talk(screen), "Venga a recepción, por favor."));
    let cannot_walk = heard.answers.iter().position(|answer| answer.label == "No puedo ir andando").unwrap();
    house.hands.touch(Touch::Choice(cannot_walk));
    house.desk_shows("the answer in both languages", |request| {
        let last = &request["messages"][1];
        last["words"] == "No puedo ir andando"
            && last["staff_words"] == "I cannot walk there"
            && request["patient_spoke"] == true
    });
    house.desk.does(Some(&request), "say", json!({ "words": "Room 4, I will help you." }));
    house.hands.until("what was written", |screen| says(talk(screen), "Room 4, I will help you."));
}

#[test]
fn a_complaint_is_followed_by_its_slip_until_its_report() {
    let mut house = House::open();
    let request = house.asks_for("complaint", "Nobody listened to me.");
    assert_eq!(request["later"], true);
    house.desk.does(Some(&request), "acknowledge", json!({ "answer": "We look into it." }));
    house.desk.does(Some(&request), "note", json!({ "side": "Reception", "words": "SECRET of one side" }));
    house.desk.does(Some(&request), "hand-over", json!({ "to": "manager", "reason": "SECRET reason" }));
    house.desk.does(Some(&request), "say", json!({ "words": "Which day was it?" }));
    house.hands.until("the question", |screen| says(talk(screen), "Which day was it?"));
    house.hands.touch(Touch::Back);

    // The patient has gone, and comes back with the slip.
    house.hands.touch(Touch::StartOver);
    let kept = house.hands.runner.store().run(|store| store.open_requests()).unwrap();
    let case = kept[0].request.case.clone().unwrap();
    let look = |house: &mut House| {
        house.hands.touch(Touch::NeedHelp);
        house.hands.touch(Touch::MyCase);
        house.hands.type_in(&case.number);
        house.hands.touch(Touch::Next);
        house.hands.type_in(&case.code);
        house.hands.touch(Touch::Next);
        house.hands.until("the case", talk)
    };
    let shown = look(&mut house);
    let texts: Vec<&str> = shown.messages.iter().map(|said| said.text.as_str()).collect();
    assert_eq!(texts, ["We look into it.", "Which day was it?"]);
    assert!(!format!("{shown:?}").contains("SECRET"), "what one side said was shown to the other");
    house.hands.touch(Touch::Again);
    house.hands.type_in("On Monday");
    house.hands.touch(Touch::Next);
    house.desk_shows("the answer", |request| {
        request["patient_spoke"] == true && request["messages"][2]["words"] == "On Monday"
    });
    house.desk.does(
        Some(&request),
        "resolve",
        json!({ "note": "Both heard.", "answer": "We are sorry. From Monday on two people answer." }),
    );
    until("the case is closed", || house.desk.request().is_none());
    house.hands.touch(Touch::Back);
    house.hands.touch(Touch::StartOver);
    let report = |house: &mut House| {
        let shown = look(house);
        shown.messages.last().is_some_and(|said| said.text.starts_with("We are sorry."))
    };
    until("the report at the kiosk", || {
        let there = report(&mut house);
        house.hands.touch(Touch::Back);
        house.hands.touch(Touch::StartOver);
        there
    });
}

#[test]
fn an_emergency_is_at_the_desk_at_once_and_the_patient_is_told_who_comes() {
    let mut house = House::open();
    house.hands.touch(Touch::NeedHelp);
    house.hands.touch(Touch::Emergency);
    let request = house.reaches_the_desk();
    assert_eq!(
        (&request["urgency"], &request["chain"][0]["name"]),
        (&json!("emergency"), &json!("Triage nurse"))
    );
    house.desk.does(Some(&request), "acknowledge", json!({}));
    house.hands.until("who comes", |screen| format!("{screen:?}").contains("Maria").then_some(()));
}
