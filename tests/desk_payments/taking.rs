//! Taking money at the desk, what staff write down as owed, and what is owed no longer.

use crate::scene::*;
use serde_json::{Value, json};
use uuid::Uuid;
use vestibule::front_desk::payment::*;
use vestibule::link::fact::FactKind;

fn pays(charges: &[&Charge], how: &str, minor: i64) -> Value {
    let charges: Vec<_> = charges.iter().map(|charge| charge.id.0).collect();
    json!({ "charges": charges, "how": how, "minor": minor, "currency": "EUR" })
}

#[test]
fn money_is_taken_for_what_is_due_and_for_nothing_else() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let path = format!("/api/patients/{}/payments", patient.id.0);
    let account = scene.account(&patient);
    let open: Vec<_> =
        account["dues"].as_array().unwrap().iter().map(|due| due["open"]["written"].clone()).collect();
    assert_eq!(open, ["10.00 EUR", "2.50 EUR"]);
    let (first, second) = (&charges[0], &charges[1]);
    for (details, status, words) in [
        (pays(&[], "cash", 0), 422, "Choose what is paid"),
        (pays(&[first], "gold", 1000), 422, "reload the page"),
        (pays(&[first], "cash", 999), 409, "has changed"),
        (pays(&[first, first], "cash", 2000), 409, "has changed"),
        (
            json!({ "charges": [Uuid::now_v7()], "how": "cash", "minor": 0, "currency": "EUR" }),
            409,
            "has changed",
        ),
        (
            json!({ "charges": [first.id.0], "how": "cash", "minor": 1000, "currency": "USD" }),
            409,
            "nothing was kept",
        ),
    ] {
        scene.refused(&path, details, status, words);
    }
    scene.refused(
        &format!("/api/patients/{}/payments", Uuid::now_v7()),
        pays(&[first], "cash", 1000),
        404,
        "not here",
    );

    scene.done(&path, pays(&[first], "cash", 1000));
    let account = scene.account(&patient);
    assert_eq!(account["dues"].as_array().unwrap().len(), 1);
    let paid = &account["payments"][0];
    assert_eq!(
        (paid["state"].as_str(), paid["means"].as_str()),
        (Some("charged"), Some("Cash, taken by Maria"))
    );
    scene.refused(&path, pays(&[first], "cash", 1000), 409, "has changed");
    scene.done(&path, pays(&[second], "transfer", 250));
    let ended = scene.facts().into_iter().filter_map(|kind| match kind {
        FactKind::PaymentEnded { end, .. } => Some((end.outcome, end.witness)),
        _ => None,
    });
    let by_maria = (Outcome::Charged, Witness::Staff { by: "Maria".into() });
    assert_eq!(ended.collect::<Vec<_>>(), [by_maria.clone(), by_maria]);
}

#[test]
fn two_people_at_two_desks_take_the_same_money_once() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let path = format!("/api/patients/{}/payments", patient.id.0);
    let details = pays(&[&charges[0]], "cash", 1000);
    let taken: Vec<u16> = std::thread::scope(|scope| {
        let both: Vec<_> = (0..6).map(|_| scope.spawn(|| scene.does(&path, details.clone()).0)).collect();
        both.into_iter().map(|each| each.join().unwrap()).collect()
    });
    assert_eq!(taken.iter().filter(|status| **status == 204).count(), 1, "{taken:?}");
    assert!(taken.iter().all(|status| [204, 409].contains(status)), "{taken:?}");
    assert_eq!(scene.account(&patient)["payments"].as_array().unwrap().len(), 1);
}

#[test]
fn nothing_is_taken_while_a_payment_is_under_way_or_in_doubt() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let path = format!("/api/patients/{}/payments", patient.id.0);
    let begun = payment(&charges[..1], card());
    scene.happens(vec![FactKind::PaymentBegun { payment: begun.clone() }]);
    scene.refused(&path, pays(&[&charges[1]], "cash", 250), 409, "under way or in doubt");
    scene.ends(&begun, not_known("the line broke"));
    scene.refused(&path, pays(&[&charges[1]], "cash", 250), 409, "under way or in doubt");
    scene.ends(&begun, PaymentEnd::new(Outcome::NotCharged, Witness::Terminal, ""));
    scene.done(&path, pays(&[&charges[0], &charges[1]], "card", 1250));
}

#[test]
fn staff_write_down_what_is_owed_and_say_what_is_owed_no_longer() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let path = format!("/api/patients/{}/charges", patient.id.0);
    for (details, words) in [
        (json!({ "text": " ", "amount": "1.00" }), "what it is for"),
        (json!({ "text": "x".repeat(121), "amount": "1.00" }), "120 characters"),
        (json!({ "text": "a\nb", "amount": "1.00" }), "one line"),
        (json!({ "text": "Letter", "amount": "" }), "no amount in EUR"),
        (json!({ "text": "Letter", "amount": "1,00" }), "no amount in EUR"),
        (json!({ "text": "Letter", "amount": "1.5" }), "12.50"),
        (json!({ "text": "Letter", "amount": "-1.00" }), "no amount in EUR"),
        (json!({ "text": "Letter", "amount": "0.00" }), "more than nothing"),
        (json!({ "text": "Letter", "amount": "9999999.00" }), "1000000.00 EUR at most"),
    ] {
        scene.refused(&path, details, 422, words);
    }
    scene.done(&path, json!({ "text": "Letter for the insurer", "amount": "12.30" }));
    let account = scene.account(&patient);
    let added = account["dues"]
        .as_array()
        .unwrap()
        .iter()
        .find(|due| due["text"] == "Letter for the insurer")
        .unwrap();
    assert_eq!(added["open"]["written"], "12.30 EUR");
    let by = scene.facts().into_iter().find_map(|kind| match kind {
        FactKind::ChargeAdded { by, .. } => Some(by),
        _ => None,
    });
    assert_eq!(by.as_deref(), Some("Maria"));

    let withdraw = format!("/api/charges/{}/withdraw", added["charge"].as_str().unwrap());
    scene.refused(&withdraw, json!({ "why": "" }), 422, "why it is owed no longer");
    scene.done(&withdraw, json!({ "why": "Not sent." }));
    scene.refused(&withdraw, json!({ "why": "Not sent." }), 409, "already");
    assert_eq!(scene.account(&patient)["dues"].as_array().unwrap().len(), 1);

    // What was paid is given back, not only crossed out.
    charged_at(&scene, &charges, 42, 1);
    let paid = format!("/api/charges/{}/withdraw", charges[0].id.0);
    scene.refused(&paid, json!({ "why": "A mistake." }), 409, "give that back");
    scene.refused(
        &format!("/api/charges/{}/withdraw", Uuid::now_v7()),
        json!({ "why": "w" }),
        404,
        "no such item",
    );
}

#[test]
fn the_page_of_another_site_moves_no_money() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let body = pays(&[&charges[0]], "cash", 1000);
    let path = format!("/api/patients/{}/payments", patient.id.0);
    for headers in ["X-Vestibule-Desk: 1\r\nOrigin: http://evil.example\r\n", ""] {
        let headers = format!("{headers}{}", scene.cookie("Maria"));
        assert_eq!(
            ask(scene.desk.address, "POST", &path, &headers, &body.to_string()).status,
            403,
            "{headers}"
        );
    }
    let csv = ask(
        scene.desk.address,
        "GET",
        "/api/payments.csv?from=2026-01-01&to=2026-01-02",
        &scene.cookie("Maria"),
        "",
    );
    assert!(csv.head.to_lowercase().contains("cache-control: no-store"), "{}", csv.head);
    assert!(scene.account(&patient)["payments"].as_array().unwrap().is_empty());
}
