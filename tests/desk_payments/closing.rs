//! The end of a terminal's day beside the ledger.

use crate::running_desk::eventually;
use crate::scene::*;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use vestibule::front_desk::payment::*;
use vestibule::link::fact::FactKind;

const DIFFERS: &str = "counted something else than the ledger has";

fn closings(scene: &Scene) -> Vec<Value> {
    scene.gets("/api/payments/day")["closings"].as_array().unwrap().clone()
}

fn totals(amount: i64, count: u32, receipts: (u16, u16)) -> DayTotals {
    DayTotals {
        amount,
        count: Some(count),
        receipts: Some(receipts),
        kinds: vec![("girocard".into(), count, amount)],
    }
}

#[test]
fn a_day_that_agrees_is_closed_and_the_next_begins_with_nothing() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("One", 1000), ("Two", 250), ("Three", 70), ("Four", 5)]);
    charged_at(&scene, &charges[..1], 41, 30);
    let second = charged_at(&scene, &charges[1..2], 42, 29);
    // Taken back before the end of day: the terminal counts neither.
    let refund = Refund {
        id: RefundId(uuid::Uuid::now_v7()),
        payment: second.id,
        amount: euro(250),
        way: RefundWay::Reversal { terminal: "lobby".into(), receipt: 42 },
        by: "Maria".into(),
        why: "A mistake.".into(),
    };
    scene.happens_at(
        vec![
            FactKind::RefundBegun { refund: refund.clone() },
            FactKind::RefundEnded { refund: refund.id, end: charged(43, 250) },
        ],
        Utc::now() - TimeDelta::minutes(28),
    );
    closes(&scene, totals(1000, 1, (41, 43)), 20);
    charged_at(&scene, &charges[2..3], 44, 10);
    // What the terminal declined has a number too, and is no difference.
    let declined = payment(&charges[3..], card());
    let mut end = PaymentEnd::new(Outcome::NotCharged, Witness::Terminal, "declined");
    end.transaction = Some(Transaction { result: 0x6c, ..told(45, 5) });
    scene.happens_at(
        vec![
            FactKind::PaymentBegun { payment: declined.clone() },
            FactKind::PaymentEnded { payment: declined.id, end },
        ],
        Utc::now() - TimeDelta::minutes(9),
    );
    closes(&scene, totals(70, 1, (44, 45)), 5);
    charged_at(&scene, &charges[3..], 46, 1);
    let closed = closings(&scene);
    assert_eq!(closed.len(), 2);
    for (closing, entries, ledger) in [(&closed[0], 1, "0.70 EUR"), (&closed[1], 3, "10.00 EUR")] {
        assert_eq!(closing["differences"], json!([]), "{closing}");
        assert_eq!(closing["entries"].as_array().unwrap().len(), entries);
        assert!(closing["ledger"].as_str().unwrap().starts_with(ledger), "{closing}");
    }
    let open = scene.gets("/api/payments/day")["terminals"][0]["open"].as_str().unwrap().to_string();
    assert!(open.starts_with("1 transaction, 0.05 EUR since"), "{open}");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(scene.request(DIFFERS).is_none());
}

#[test]
fn every_difference_is_named_with_the_payments_and_somebody_is_told_once() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("One", 1000), ("Two", 250), ("Three", 70), ("Four", 5)]);
    charged_at(&scene, &charges[..1], 41, 30);
    charged_at(&scene, &charges[1..2], 41, 29);
    charged_at(&scene, &charges[2..3], 99, 28);
    // A person said that it was not charged; the terminal counted it.
    let denied = payment(&charges[3..], card());
    scene.happens_at(
        vec![
            FactKind::PaymentBegun { payment: denied.clone() },
            FactKind::PaymentEnded {
                payment: denied.id,
                end: PaymentEnd::new(Outcome::NotCharged, Witness::Staff { by: "Tom".into() }, "Not found."),
            },
        ],
        Utc::now() - TimeDelta::minutes(27),
    );
    closes(&scene, totals(1255, 3, (41, 43)), 20);
    let closed = closings(&scene);
    let differences: Vec<(String, usize)> = closed[0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| (each["words"].as_str().unwrap().to_string(), each["entries"].as_array().unwrap().len()))
        .collect();
    let expected = [
        ("the terminal counted 12.55 EUR and the ledger has 13.20 EUR: 0.65 EUR more in the ledger", 0),
        ("receipt 0041 stands twice", 2),
        ("the ledger does not have receipt 0042, 0043", 0),
        ("the terminal did not count receipt 0099", 1),
    ];
    assert_eq!(differences.len(), expected.len(), "{differences:?}");
    for ((words, entries), (wanted, count)) in differences.iter().zip(expected) {
        assert!(words.contains(wanted) && *entries == count, "{words} {entries}");
    }
    assert_eq!(closed[0]["not_charged"][0]["amount"], "0.05 EUR", "what may be the missing one");
    eventually("somebody is told", || scene.request(DIFFERS).is_some());
    let request = scene.request(DIFFERS).unwrap();
    assert_eq!(request["money"]["about"], "closing");
    assert_eq!(request["money"]["differences"].as_array().unwrap().len(), 4);
    scene.done(
        &format!("/api/requests/{}/resolve", request["id"].as_str().unwrap()),
        json!({ "note": "Booked by hand." }),
    );
    scene.owes("Other", &[("One", 100)]);
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert!(scene.request(DIFFERS).is_none(), "told once");
}

#[test]
fn a_day_is_closed_only_while_nothing_there_is_in_doubt_and_is_asked_for_once() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("One", 1000)]);
    let begun = payment(&charges, card());
    scene.happens(vec![FactKind::PaymentBegun { payment: begun.clone() }]);
    let path = "/api/terminals/lobby/end-of-day";
    scene.refused(path, nothing(), 409, "under way or in doubt");
    scene.ends(&begun, not_known("the line broke"));
    scene.refused(path, nothing(), 409, "under way or in doubt");
    scene.refused("/api/terminals/nowhere/end-of-day", nothing(), 404, "no such kiosk");
    let day = scene.gets("/api/payments/day");
    assert_eq!(day["in_doubt"][0]["id"], begun.id.0.to_string());
    assert_eq!(day["sums"], json!([]), "what is in doubt stands in no sum");
    scene.ends(&begun, charged(42, 1000));
    scene.done(path, nothing());
    scene.refused(path, json!({ "by": "Tom" }), 409, "Maria has asked for it already");
    let order = scene.facts().into_iter().find_map(|kind| match kind {
        FactKind::TerminalAsked { id, kiosk, by, order: TerminalOrder::EndOfDay } => Some((id, kiosk, by)),
        _ => None,
    });
    let (id, kiosk, by) = order.unwrap();
    assert_eq!((kiosk.as_str(), by.as_str()), ("lobby", "Maria"));

    // The kiosk stopped in the middle: what stands on the slip is entered by hand, and compared like any other.
    let counted = format!("/api/closings/{id}/counted");
    let slip = json!({ "amount": "9.99", "count": 1, "first": 42, "last": 42 });
    scene.refused(&counted, slip.clone(), 409, "has not answered yet");
    let answer = TerminalAnswer::Refused { why: "the kiosk stopped while the terminal was at it".into() };
    scene.happens(vec![FactKind::TerminalAnswered { id, answer }]);
    let terminal = scene.gets("/api/payments/day")["terminals"][0].clone();
    assert_eq!(terminal["count_by_hand"], id.to_string());
    assert!(terminal["asked"].as_str().unwrap().contains("the kiosk stopped"), "{terminal}");
    scene.refused(&counted, json!({ "amount": "9.9" }), 422, "no amount in EUR");
    scene.refused(&counted, json!({ "amount": "9.99", "first": 42 }), 422, "both receipt numbers");
    scene.done(&counted, slip.clone());
    scene.refused(&counted, slip, 409, "known already");
    let closed = closings(&scene);
    assert_eq!(closed[0]["counted"], "9.99 EUR, 1 transaction, receipts 0042 to 0042");
    assert!(closed[0]["words"].as_str().unwrap().contains("the count was entered by Maria"));
    assert_eq!(closed[0]["differences"].as_array().unwrap().len(), 1);
}
