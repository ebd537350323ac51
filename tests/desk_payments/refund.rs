//! Giving money back.

use crate::running_desk::eventually;
use crate::scene::*;
use chrono::Utc;
use serde_json::{Value, json};
use vestibule::front_desk::payment::*;
use vestibule::link::fact::FactKind;

fn back(amount: &str, way: &str) -> Value {
    json!({ "amount": amount, "way": way, "why": "Paid by mistake." })
}

fn begun(scene: &Scene) -> Vec<Refund> {
    let refunds = scene.facts().into_iter().filter_map(|kind| match kind {
        FactKind::RefundBegun { refund } => Some(refund),
        _ => None,
    });
    refunds.collect()
}

#[test]
fn money_goes_back_at_the_desk_up_to_what_was_charged() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let payment = charged_at(&scene, &charges, 42, 5);
    let path = of(&payment, "refund");
    for (details, status, words) in [
        (json!({ "amount": "1.00", "way": "cash", "why": " " }), 422, "why the money goes back"),
        (back("1,00", "cash"), 422, "no amount in EUR"),
        (back("0.00", "cash"), 409, "cannot go back"),
        (back("12.51", "cash"), 409, "cannot go back"),
        (back("1.00", "gold"), 422, "reload the page"),
        (back("1.00", "reversal"), 409, "whole payment"),
        (
            json!({ "amount": "2.00", "way": "cash", "why": "w", "withdraw": [charges[1].id.0] }),
            409,
            "goes back whole",
        ),
    ] {
        scene.refused(&path, details, status, words);
    }
    let whole_item =
        json!({ "amount": "10.00", "way": "cash", "why": "Not seen.", "withdraw": [charges[0].id.0] });
    scene.done(&path, whole_item);
    let account = scene.account(&patient);
    assert!(
        account["dues"].as_array().unwrap().is_empty(),
        "the dressing stays paid, the consultation is not owed"
    );
    let shown = &account["payments"][0];
    assert_eq!(shown["refunds"][0]["state"], "gone-back");
    assert_eq!(shown["refundable"]["written"], "2.50 EUR");
    scene.refused(&path, back("2.51", "cash"), 409, "cannot go back");
    scene.done(&path, back("2.50", "transfer"));
    assert_eq!(scene.account(&patient)["dues"][0]["text"], "Dressing", "what went back is due again");
    scene.refused(&path, back("0.01", "cash"), 409, "cannot go back");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(scene.request("Paid the same thing twice").is_none());
}

#[test]
fn a_terminal_takes_back_or_credits_and_the_kiosk_says_what_became_of_it() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let payment = charged_at(&scene, &charges, 42, 5);
    let path = of(&payment, "refund");
    scene.done(&path, back("10.00", "reversal"));
    let refund = begun(&scene).pop().unwrap();
    assert_eq!(refund.way, RefundWay::Reversal { terminal: "lobby".into(), receipt: 42 });
    assert_eq!((refund.by.as_str(), refund.amount), ("Maria", euro(1000)));
    let shown = |scene: &Scene| scene.account(&patient)["payments"][0]["refunds"][0].clone();
    assert_eq!(shown(&scene)["state"], "under-way");
    scene.refused(&path, back("10.00", "cash"), 409, "on its way back");

    // Nobody knows: a doubt like any other, that a person settles.
    let clinic = scene.clinic();
    let doubt = not_known("the line broke");
    let kept = refund.clone();
    scene.desk.store().run(move |store| store.end_refund(&clinic, &kept, doubt, Utc::now())).unwrap();
    eventually("the doubt is told", || scene.request("Nobody knows").is_some());
    assert_eq!(shown(&scene)["can_settle"], true);
    let settle = format!("/api/refunds/{}/settle", refund.id.0);
    scene.refused(&settle, json!({ "charged": true }), 422, "receipt number");
    scene.done(&settle, json!({ "charged": false, "note": "Nothing in the journal." }));
    assert_eq!(shown(&scene)["state"], "not-charged");
    assert!(scene.request("Nobody knows").is_none());
    scene.refused(
        &settle,
        json!({ "charged": true, "receipt": "43" }),
        409,
        "settled already: it did not go back",
    );

    scene.done(&path, back("4.00", "credit"));
    let refund = begun(&scene).pop().unwrap();
    assert_eq!(refund.way, RefundWay::Credit { terminal: "lobby".into() });
    scene.happens(vec![FactKind::RefundEnded { refund: refund.id, end: charged(44, 400) }]);
    assert_eq!(scene.account(&patient)["dues"][0]["open"]["written"], "4.00 EUR");
}

#[test]
fn after_the_terminal_s_end_of_day_only_a_credit_is_left() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let payment = charged_at(&scene, &charges[..1], 42, 5);
    closes(&scene, DayTotals { amount: 1000, ..DayTotals::default() }, 2);
    let later = charged_at(&scene, &charges[1..], 43, 1);
    scene.refused(&of(&payment, "refund"), back("10.00", "reversal"), 409, "day was closed since");
    scene.done(&of(&later, "refund"), back("2.50", "reversal"));
    // The terminal is busy with that one.
    scene.refused(&of(&payment, "refund"), back("10.00", "credit"), 409, "not settled yet");
    let refund = begun(&scene).pop().unwrap();
    scene.happens(vec![FactKind::RefundEnded { refund: refund.id, end: charged(44, 250) }]);
    scene.done(&of(&payment, "refund"), back("10.00", "credit"));
}

#[test]
fn only_what_was_charged_goes_back_and_only_a_terminal_s_own_to_a_terminal() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 1000), ("Dressing", 250)]);
    let [by_code, failed] =
        [(&charges[..1], code("RF18"), Outcome::Charged), (&charges[1..], card(), Outcome::NotCharged)].map(
            |(charges, means, outcome)| {
                let payment = payment(charges, means);
                scene.happens(vec![
                    FactKind::PaymentBegun { payment: payment.clone() },
                    FactKind::PaymentEnded {
                        payment: payment.id,
                        end: PaymentEnd::new(outcome, Witness::Provider, ""),
                    },
                ]);
                payment
            },
        );
    scene.refused(&of(&failed, "refund"), back("1.00", "cash"), 409, "was not charged");
    scene.refused(
        &of(&by_code, "refund"),
        back("1.00", "credit"),
        422,
        "No terminal of a kiosk charged this",
    );
    scene.done(&of(&by_code, "refund"), back("10.00", "transfer"));
}

#[test]
fn a_refund_of_which_a_kiosk_never_says_a_word_can_be_settled_and_what_it_says_later_is_told() {
    let scene = Scene::new();
    let (patient, charges) = scene.owes("Ruiz", &[("Consultation", 1000)]);
    let payment = charged_at(&scene, &charges, 42, 60);
    let refund = |minutes: i64| {
        let refund = Refund {
            id: RefundId(uuid::Uuid::now_v7()),
            payment: payment.id,
            amount: euro(500),
            way: RefundWay::Credit { terminal: "lobby".into() },
            by: "Maria".into(),
            why: "w".into(),
        };
        let at = Utc::now() - chrono::TimeDelta::minutes(minutes);
        scene.happens_at(vec![FactKind::RefundBegun { refund: refund.clone() }], at);
        refund
    };
    let (fresh, stale) = (refund(9), refund(11));
    let word = json!({ "charged": false, "note": "The kiosk burnt down." });
    scene.refused(&format!("/api/refunds/{}/settle", fresh.id.0), word.clone(), 409, "still under way");
    scene.done(&format!("/api/refunds/{}/settle", stale.id.0), word);
    let states: Vec<_> = scene.account(&patient)["payments"][0]["refunds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| (each["state"].as_str().unwrap().to_string(), each["can_settle"].as_bool().unwrap()))
        .collect();
    assert_eq!(states, [("not-charged".into(), false), ("under-way".into(), false)]);
    let differs = "Two accounts of one payment differ";
    assert!(scene.request(differs).is_none());
    scene.happens(vec![FactKind::RefundEnded { refund: stale.id, end: charged(44, 500) }]);
    eventually("the two differ", || scene.request(differs).is_some());
}
