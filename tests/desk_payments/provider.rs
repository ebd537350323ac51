//! The payment provider's call.

use crate::running_desk::eventually;
use crate::scene::*;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use vestibule::front_desk::payment::*;
use vestibule::link::fact::FactKind;

const KEY: &str = "a-key-of-sixteen-characters-at-least";

/// Signs as a provider does that has never seen our code: with openssl.
fn sign(key: &str, timestamp: i64, body: &str) -> String {
    let mut openssl = Command::new("openssl")
        .args(["dgst", "-sha256", "-hmac", key])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    write!(openssl.stdin.take().unwrap(), "{timestamp}.{body}").unwrap();
    let told = String::from_utf8(openssl.wait_with_output().unwrap().stdout).unwrap();
    told.trim().rsplit(' ').next().unwrap().to_string()
}

fn send(scene: &Scene, timestamp: i64, signature: &str, body: &str) -> Answer {
    let headers = format!("Vestibule-Timestamp: {timestamp}\r\nVestibule-Signature: v1={signature}\r\n");
    ask(scene.desk.address, "POST", "/payments/provider", &headers, body)
}

fn calls(scene: &Scene, body: &Value) -> u16 {
    let (now, body) = (Utc::now().timestamp(), body.to_string());
    send(scene, now, &sign(KEY, now, &body), &body).status
}

fn says(state: &str, id: &str, minor: i64) -> Value {
    json!({ "reference": "RF18", "amount_minor": minor, "currency": "EUR", "state": state, "id": id,
            "at": "2026-11-25T10:32:07+01:00" })
}

/// A code that a patient was shown.
fn shown_code(scene: &Scene) -> (Payment, vestibule::front_desk::patient::Patient) {
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1250)]);
    let payment = payment(&charges, code("RF18"));
    scene.happens(vec![FactKind::PaymentBegun { payment: payment.clone() }]);
    (payment, patient)
}

fn said(scene: &Scene, payment: &Payment) -> usize {
    scene.row(payment.id).ends.len()
}

#[test]
fn a_signed_call_settles_a_payment_and_saying_it_again_says_nothing_new() {
    let scene = Scene::hearing(KEY);
    let (payment, patient) = shown_code(&scene);
    let (now, body) = (Utc::now().timestamp(), says("paid", "tx-1", 1250).to_string());
    let signature = sign(KEY, now, &body);
    assert_eq!(send(&scene, now, &signature, &body).status, 204);
    let row = scene.row(payment.id);
    assert_eq!((row.outcome(), &row.ends[0].witness), (Some(Outcome::Charged), &Witness::Provider));
    // Played again as it was, and sent again by the provider.
    assert_eq!(send(&scene, now, &signature, &body).status, 204);
    assert_eq!(calls(&scene, &says("paid", "tx-1", 1250)), 204);
    assert_eq!(said(&scene, &payment), 1);
    assert_eq!(scene.account(&patient)["payments"].as_array().unwrap().len(), 1);
}

#[test]
fn who_has_not_the_key_or_speaks_of_another_time_is_told_and_changes_nothing() {
    let scene = Scene::hearing(KEY);
    let (payment, _) = shown_code(&scene);
    let now = Utc::now().timestamp();
    let body = says("paid", "tx-1", 1250).to_string();
    let right = sign(KEY, now, &body);
    let dearer = says("paid", "tx-1", 1).to_string();
    let (old, early) = (now - 301, now + 330);
    for (timestamp, signature, body, words) in [
        (now, sign("another key", now, &body), &body, "does not fit"),
        (now, right.clone(), &dearer, "does not fit"),
        (now + 1, right.clone(), &body, "does not fit"),
        (now, "0".repeat(64), &body, "does not fit"),
        (now, right[..63].to_string(), &body, "64 hexadecimal"),
        (old, sign(KEY, old, &body), &body, "five minutes"),
        (early, sign(KEY, early, &body), &body, "five minutes"),
    ] {
        let answer = send(&scene, timestamp, &signature, body);
        assert_eq!(answer.status, 401, "{}", answer.body);
        assert!(answer.body.contains(words), "{}", answer.body);
    }
    let bare = ask(scene.desk.address, "POST", "/payments/provider", "", &body);
    assert_eq!(bare.status, 401);
    assert_eq!(said(&scene, &payment), 0);

    // Believed, and not understood.
    for wrong in [
        json!({}),
        json!([1]),
        json!({ "reference": "RF18", "amount_minor": 12.5, "currency": "EUR", "state": "paid", "id": "x", "at": "2026-11-25T10:32:07Z" }),
        json!({ "reference": "RF18", "amount_minor": 1250, "currency": "EUR", "state": "maybe", "id": "x", "at": "2026-11-25T10:32:07Z" }),
        json!({ "reference": "RF18", "amount_minor": 1250, "currency": "EUR", "state": "paid", "id": "x", "at": "yesterday" }),
        says("paid", "", 1250),
        says("paid", "a b", 1250),
        says("paid", &"x".repeat(101), 1250),
    ] {
        assert_eq!(calls(&scene, &wrong), 422, "{wrong}");
    }
    let huge = format!("{{\"x\":\"{}\"}}", "y".repeat(20_000));
    assert_eq!(send(&scene, now, &sign(KEY, now, &huge), &huge).status, 413);
    assert_eq!(said(&scene, &payment), 0);
}

#[test]
fn an_unknown_reference_and_a_desk_without_a_provider_tell_nothing() {
    let scene = Scene::hearing(KEY);
    shown_code(&scene);
    let (now, mut body) = (Utc::now().timestamp(), says("paid", "tx-1", 1250));
    body["reference"] = "RF19".into();
    let body = body.to_string();
    let answer = send(&scene, now, &sign(KEY, now, &body), &body);
    assert_eq!((answer.status, answer.body.as_str()), (404, ""));
    let without = Scene::new();
    let (payment, _) = shown_code(&without);
    let body = says("paid", "tx-1", 1250).to_string();
    for key in [KEY, ""] {
        let answer = send(&without, now, &sign(if key.is_empty() { "x" } else { key }, now, &body), &body);
        assert_eq!((answer.status, answer.body.as_str()), (404, ""));
    }
    assert_eq!(said(&without, &payment), 0);
}

#[test]
fn other_money_than_was_asked_for_is_a_doubt_and_never_a_payment() {
    for (wrong, turned_away) in [
        (says("paid", "tx-1", 1249), false),
        (says("paid", "tx-1", 1249), true),
        (
            {
                let mut other = says("paid", "tx-1", 1250);
                other["currency"] = "USD".into();
                other
            },
            false,
        ),
        (says("paid", "tx-1", -1250), false),
    ] {
        let scene = Scene::hearing(KEY);
        let (payment, _) = shown_code(&scene);
        if turned_away {
            scene.ends(&payment, PaymentEnd::new(Outcome::NotCharged, Witness::Patient, ""));
        }
        assert_eq!(calls(&scene, &wrong), 204);
        let row = scene.row(payment.id);
        assert_eq!(row.outcome(), Some(Outcome::NotKnown), "{wrong}");
        assert!(standing(&row.ends).unwrap().note.contains("instead of 12.50 EUR"));
        eventually("staff are told", || scene.request("Nobody knows").is_some());
    }
    // Where somebody has said already what became of it, that stands, and the difference is told.
    let scene = Scene::hearing(KEY);
    let (payment, _) = shown_code(&scene);
    scene.ends(
        &payment,
        PaymentEnd::new(Outcome::NotCharged, Witness::Staff { by: "Tom".into() }, "Not there."),
    );
    assert_eq!(calls(&scene, &says("paid", "tx-1", 1249)), 204);
    assert_eq!(calls(&scene, &says("paid", "tx-2", 1248)), 204);
    assert_eq!(scene.row(payment.id).outcome(), Some(Outcome::NotCharged));
    eventually("staff are told", || scene.request("Two accounts of one payment differ").is_some());
    assert_eq!(scene.requests().len(), 1, "of both in one request");
}

#[test]
fn the_provider_counts_more_than_who_turned_away_or_looked() {
    let scene = Scene::hearing(KEY);
    let (payment, _) = shown_code(&scene);
    assert_eq!(calls(&scene, &says("failed", "tx-0", 1250)), 204);
    assert_eq!(scene.row(payment.id).outcome(), Some(Outcome::NotCharged));

    let scene = Scene::hearing(KEY);
    let (payment, patient) = shown_code(&scene);
    scene.ends(&payment, PaymentEnd::new(Outcome::NotCharged, Witness::Patient, ""));
    assert_eq!(scene.account(&patient)["dues"].as_array().unwrap().len(), 1);
    assert_eq!(calls(&scene, &says("paid", "tx-1", 1250)), 204);
    assert_eq!(scene.row(payment.id).outcome(), Some(Outcome::Charged));
    assert!(scene.account(&patient)["dues"].as_array().unwrap().is_empty());

    let scene = Scene::hearing(KEY);
    let (payment, _) = shown_code(&scene);
    scene.ends(
        &payment,
        PaymentEnd::new(Outcome::NotCharged, Witness::Staff { by: "Tom".into() }, "Not there."),
    );
    assert_eq!(calls(&scene, &says("paid", "tx-1", 1250)), 204);
    assert_eq!(scene.row(payment.id).outcome(), Some(Outcome::Charged));
    eventually("the two differ", || scene.request("Two accounts of one payment differ").is_some());
}

#[test]
fn a_code_that_was_paid_twice_is_two_payments_of_which_one_is_given_back() {
    let scene = Scene::hearing(KEY);
    let (payment, patient) = shown_code(&scene);
    assert_eq!(calls(&scene, &says("paid", "tx-1", 1250)), 204);
    for _ in 0..2 {
        assert_eq!(calls(&scene, &says("paid", "tx-2", 1250)), 204);
    }
    assert_eq!(said(&scene, &payment), 1, "the first one is as it was");
    let payments = scene.account(&patient)["payments"].as_array().unwrap().clone();
    assert_eq!(payments.len(), 2, "no money is lost, and none counted that did not come");
    eventually("staff are told", || scene.request("Paid the same thing twice").is_some());
    let second =
        scene.request("Paid the same thing twice").unwrap()["money"]["id"].as_str().unwrap().to_string();
    assert_ne!(second, payment.id.0.to_string());
    scene.done(
        &format!("/api/payments/{second}/refund"),
        json!({ "amount": "12.50", "way": "transfer", "why": "Paid twice." }),
    );
    assert!(scene.account(&patient)["dues"].as_array().unwrap().is_empty());
    let yesterday = Utc::now() - TimeDelta::days(1);
    assert!(scene.row(payment.id).begun_at > yesterday);
}
