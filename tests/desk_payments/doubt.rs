//! Whether a payment was charged is not known: what staff see, and how they settle it.

use crate::running_desk::eventually;
use crate::scene::*;
use chrono::{TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use vestibule::front_desk::payment::*;
use vestibule::front_desk::request::RequestState;
use vestibule::link::fact::FactKind;

const DOUBT: &str = "Nobody knows whether a payment was charged";

/// A payment at the terminal of the lobby whose end nobody saw.
fn in_doubt(scene: &Scene, charges: &[Charge], means: Means) -> Payment {
    let payment = payment(charges, means);
    scene.happens(vec![FactKind::PaymentBegun { payment: payment.clone() }]);
    let mut end = not_known("the line to the terminal broke");
    end.transaction = Some(Transaction { card: "girocard *1234".into(), ..told(42, payment.amount.minor) });
    scene.ends(&payment, end);
    payment
}

#[test]
fn a_doubt_shows_what_is_known_and_ends_with_the_word_of_a_person() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let payment = in_doubt(&scene, &charges, card());
    eventually("the doubt is on the board", || scene.request(DOUBT).is_some());
    let request = scene.request(DOUBT).unwrap();
    let money = &request["money"];
    assert_eq!((money["about"].as_str(), money["amount"].as_str()), (Some("payment"), Some("12.50 EUR")));
    assert_eq!(money["items"][1]["text"], "Dressing");
    assert_eq!(money["items"][1]["amount"], "2.50 EUR");
    assert_eq!(money["terminal"], "lobby");
    let state = money["state_words"].as_str().unwrap();
    assert!(state.contains("the line to the terminal broke") && state.contains("since"), "{state}");
    let transaction = money["words"][0]["transaction"].as_str().unwrap();
    assert_eq!(
        transaction,
        "receipt 0042, 12.50 EUR, its clock 25 Nov, 10:32, girocard *1234, terminal 52523535"
    );

    // Nothing can be paid meanwhile, and no note ends it.
    assert!(scene.account(&patient)["stop"].as_str().unwrap().contains("in doubt"));
    let id = request["id"].as_str().unwrap();
    scene.refused(
        &format!("/api/requests/{id}/resolve"),
        json!({ "note": "Fine." }),
        409,
        "Say first whether",
    );

    let settle = of(&payment, "settle");
    let long = "x".repeat(2001);
    for (details, status, words) in [
        (json!({ "charged": "yes" }), 422, "reload the page"),
        (json!({ "charged": true }), 422, "receipt number"),
        (json!({ "charged": true, "receipt": "00042" }), 422, "0001 to 9999"),
        (json!({ "charged": true, "receipt": "0" }), 422, "0001 to 9999"),
        (json!({ "charged": false }), 422, "what you looked at"),
        (json!({ "charged": false, "note": long }), 422, "2000 characters"),
    ] {
        scene.refused(&settle, details, status, words);
    }
    let nobody = format!("/api/payments/{}/settle", Uuid::now_v7());
    scene.refused(&nobody, json!({ "charged": true, "receipt": "42" }), 404, "no such payment");

    scene.done(&settle, json!({ "charged": true, "receipt": "0042", "note": "On its slip." }));
    let row = scene.row(payment.id);
    assert_eq!(row.outcome(), Some(Outcome::Charged));
    let end = standing(&row.ends).unwrap();
    assert_eq!(end.witness, Witness::Staff { by: "Maria".into() });
    assert_eq!(end.transaction.as_ref().unwrap().receipt, Some(42));
    assert!(scene.request(DOUBT).is_none(), "the request is done with it");
    let request: Uuid = id.parse().unwrap();
    let done = scene
        .desk
        .store()
        .run(move |store| store.request(vestibule::front_desk::request::RequestId(request)));
    let note = "charged, receipt 0042: On its slip.".to_string();
    assert_eq!(done.unwrap().unwrap().state, RequestState::Resolved { by: "Maria".into(), note });
    assert!(scene.account(&patient)["dues"].as_array().unwrap().is_empty());

    // Somebody else at another desk was slower.
    let slower = json!({ "by": "Tom", "charged": false, "note": "Nothing in the journal." });
    scene.refused(&settle, slower, 409, "Maria has said already that it was charged (0042)");
}

#[test]
fn the_terminal_s_answer_stands_beside_the_payment() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    in_doubt(&scene, &charges, card());
    let ask = "/api/terminals/lobby/last-transaction";
    scene.refused("/api/terminals/nowhere/last-transaction", nothing(), 404, "no such kiosk");
    scene.done(ask, nothing());
    scene.refused(ask, json!({ "by": "Tom" }), 409, "Maria has asked the terminal just now");
    let asked = scene.facts().into_iter().find_map(|kind| match kind {
        FactKind::TerminalAsked { id, kiosk, by, order } => Some((id, kiosk, by, order)),
        _ => None,
    });
    let (id, kiosk, by, order) = asked.unwrap();
    assert_eq!((kiosk.as_str(), by.as_str(), order), ("lobby", "Maria", TerminalOrder::LastTransaction));
    let shown = || scene.request(DOUBT).unwrap()["money"]["asked"].clone();
    assert_eq!(shown()["answer"], json!(null));
    for (transaction, words) in [
        (Some(told(42, 1000)), "The amount is the same. The receipt number is the same."),
        (Some(told(43, 999)), "The amount is ANOTHER one. The receipt number is ANOTHER one."),
        (None, "the terminal knows of no transaction"),
    ] {
        let id = if words.contains("same") { id } else { Uuid::now_v7() };
        let asked = FactKind::TerminalAsked {
            id,
            kiosk: "lobby".into(),
            by: "Maria".into(),
            order: TerminalOrder::LastTransaction,
        };
        let answer = TerminalAnswer::LastTransaction { transaction };
        scene.happens(vec![asked, FactKind::TerminalAnswered { id, answer }]);
        let answer = shown()["answer"].as_str().unwrap().to_string();
        assert!(answer.contains(words), "{answer}");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let later = scene.request(DOUBT).unwrap();
    assert_eq!(later["money"]["state"], "not-known", "an answer alone settles nothing at the desk");
}

#[test]
fn a_code_is_settled_by_what_the_account_shows() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let payment = in_doubt(&scene, &charges, code("RF18"));
    let settle = of(&payment, "settle");
    scene.refused(&settle, json!({ "charged": true, "receipt": "42" }), 422, "what the account shows");
    scene.done(&settle, json!({ "charged": true, "note": "10.00 at 10:40, RF18" }));
    let row = scene.row(payment.id);
    let end = standing(&row.ends).unwrap();
    assert_eq!((end.outcome, end.note.as_str()), (Outcome::Charged, "10.00 at 10:40, RF18"));
}

#[test]
fn a_payment_that_is_under_way_is_left_alone_until_nobody_can_be_at_it_any_more() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let [fresh, stale] = [&charges[..1], &charges[1..]].map(|charges| payment(charges, card()));
    scene.happens(vec![FactKind::PaymentBegun { payment: fresh.clone() }]);
    scene.happens_at(
        vec![FactKind::PaymentBegun { payment: stale.clone() }],
        Utc::now() - TimeDelta::minutes(11),
    );
    let word = json!({ "charged": false, "note": "Nothing in the journal." });
    scene.refused(&of(&fresh, "settle"), word.clone(), 409, "still under way");
    scene.done(&of(&stale, "settle"), word);
    assert_eq!(scene.row(stale.id).outcome(), Some(Outcome::NotCharged));
}

#[test]
fn a_person_and_a_terminal_that_differ_are_a_request_of_their_own_and_only_one() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let payment = in_doubt(&scene, &charges, card());
    scene.done(&of(&payment, "settle"), json!({ "charged": false, "note": "Nothing in the journal." }));
    scene.happens(vec![FactKind::PaymentEnded { payment: payment.id, end: charged(42, 1000) }]);
    let differs = "Two accounts of one payment differ";
    eventually("it is told", || scene.request(differs).is_some());
    let money = scene.request(differs).unwrap()["money"].clone();
    assert_eq!((money["differs"].as_bool(), money["state"].as_str()), (Some(true), Some("charged")));
    // The next looks find it told.
    scene.owes("Other", &[("Consultation", 1000)]);
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let told = |request: &serde_json::Value| request["headline"].as_str().unwrap().contains(differs);
    assert_eq!(scene.requests().iter().filter(|request| told(request)).count(), 1);
}

#[test]
fn what_was_paid_at_two_places_is_a_request_to_give_one_back() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    charged_at(&scene, &charges, 41, 5);
    let second = charged_at(&scene, &charges, 42, 1);
    let twice = "Paid the same thing twice";
    eventually("it is told", || scene.request(twice).is_some());
    assert_eq!(scene.request(twice).unwrap()["money"]["id"], second.id.0.to_string());
    scene.done(&of(&second, "refund"), json!({ "amount": "10.00", "way": "cash", "why": "Paid twice." }));
    assert!(scene.account(&patient)["dues"].as_array().unwrap().is_empty(), "one payment of it stays");
}
