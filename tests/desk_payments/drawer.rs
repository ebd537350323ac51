//! The cash drawer at the end of the day, counted against the ledger.

use crate::scene::*;
use chrono::{NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use vestibule::front_desk::payment::*;

const DRAWER: &str = "/api/payments/drawer";

fn today(scene: &Scene) -> NaiveDate {
    Utc::now().with_timezone(&scene.clinic().zone).date_naive()
}

fn drawer(scene: &Scene) -> Value {
    scene.gets("/api/payments/day")["drawer"].clone()
}

/// Cash for the first charge, card at the desk for the second.
fn takes(scene: &Scene, charges: &[Charge]) {
    for (charge, how) in charges.iter().zip(["cash", "card"]) {
        scene.done(
            &format!("/api/patients/{}/payments", charge.patient.0),
            json!({ "charges": [charge.id.0], "how": how, "minor": charge.amount.minor, "currency": "EUR" }),
        );
    }
}

#[test]
fn the_drawer_is_counted_against_its_float_and_the_cash_of_the_day() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 4_250), ("X-ray", 9_900), ("Dressing", 700)]);
    takes(&scene, &charges[..2]);
    let cash = scene.desk.store().run({
        let patient = charges[0].patient;
        move |store| store.payments_of(patient)
    });
    let cash = cash.unwrap().into_iter().find(|row| row.payment.amount == euro(4_250)).unwrap().payment;
    scene.done(&of(&cash, "refund"), json!({ "amount": "10.00", "way": "cash", "why": "Too much." }));
    // By transfer: the drawer has nothing to do with it.
    scene.done(&of(&cash, "refund"), json!({ "amount": "5.00", "way": "transfer", "why": "Too much." }));
    let shown = drawer(&scene);
    assert_eq!(
        (&shown["taken"], &shown["given_back"], &shown["counts"]),
        (&json!("42.50 EUR"), &json!("10.00 EUR"), &json!([]))
    );

    let day = today(&scene);
    let counting = |float: &str, counted: &str, why: &str| json!({ "day": day, "float": float, "counted": counted, "why": why });
    for (details, status, words) in [
        (counting("100,00", "132.50", ""), 422, "no amount in EUR"),
        (counting("100.00", "-132.50", ""), 422, "no amount in EUR"),
        (counting("100.00", "", ""), 422, "no amount in EUR"),
        (counting("100.00", "99999999999.99", ""), 422, "No drawer holds so much"),
        (
            counting("100.00", "130.50", " "),
            422,
            "The drawer should hold 132.50 EUR: 2.00 EUR missing. Write why",
        ),
        (counting("100.00", "133.00", ""), 422, "0.50 EUR too much"),
        (counting("100.00", "130.50", &"x".repeat(2001)), 422, "too long"),
        (json!({ "day": "2999-01-01", "float": "1.00", "counted": "1.00" }), 422, "has not come yet"),
        (json!({ "day": day, "float": 100, "counted": "1.00" }), 422, "reload the page"),
    ] {
        scene.refused(DRAWER, details, status, words);
    }
    assert_eq!(drawer(&scene)["counts"], json!([]), "nothing is kept of what was refused");

    scene.done(DRAWER, counting(" 100.00 ", "130.50", "Two coins fell behind the drawer."));
    scene.done(DRAWER, json!({ "day": day, "float": "100", "counted": "132.50", "by": "Tom" }));
    let shown = drawer(&scene);
    assert_eq!((&shown["float"], &shown["moved"]), (&json!("100.00"), &json!(false)));
    let told = |count: &Value| {
        ["by", "float", "taken", "given_back", "expected", "counted", "difference", "why"]
            .map(|name| count[name].as_str().unwrap().to_string())
    };
    let counts = shown["counts"].as_array().unwrap();
    assert_eq!(counts.len(), 2);
    let parts = ["100.00 EUR", "42.50 EUR", "10.00 EUR", "132.50 EUR"];
    for (count, by, counted, difference, why) in [
        (&counts[0], "Tom", "132.50 EUR", "nothing differs", ""),
        (&counts[1], "Maria", "130.50 EUR", "2.00 EUR missing", "Two coins fell behind the drawer."),
    ] {
        let [float, taken, back, expected] = parts;
        assert_eq!(told(count), [by, float, taken, back, expected, counted, difference, why]);
        assert_eq!(count["agrees"], json!(why.is_empty()));
    }

    // Cash after the count: what was counted is told as it was, and that it is so no longer.
    let due = &charges[2];
    scene.done(
        &format!("/api/patients/{}/payments", due.patient.0),
        json!({ "charges": [due.id.0], "how": "cash", "minor": 700, "currency": "EUR" }),
    );
    let shown = drawer(&scene);
    assert_eq!((&shown["moved"], &shown["taken"]), (&json!(true), &json!("49.50 EUR")));
    assert_eq!(shown["counts"][0]["expected"], "132.50 EUR");
    scene.refused(DRAWER, counting("100.00", "132.50", ""), 422, "7.00 EUR missing");

    // Another day has its own cash, and its own counts.
    let yesterday = day - TimeDelta::days(1);
    scene.done(DRAWER, json!({ "day": yesterday, "float": "80.00", "counted": "80.00" }));
    let before = scene.gets(&format!("/api/payments/day?day={yesterday}"))["drawer"].clone();
    assert_eq!(
        (&before["taken"], &before["counts"][0]["expected"]),
        (&json!("0.00 EUR"), &json!("80.00 EUR"))
    );
    assert_eq!(drawer(&scene)["counts"].as_array().unwrap().len(), 2);

    // Who counted is in the audit trail.
    let trail = scene.gets("/api/audit");
    let lines = trail["lines"].as_array().unwrap().iter();
    let counted: Vec<&str> = lines
        .filter(|line| line["what"] == "Counted the cash drawer")
        .map(|line| line["name"].as_str().unwrap())
        .collect();
    assert_eq!(counted, ["Maria", "Tom", "Maria"]);
}

#[test]
fn what_is_about_to_be_kept_is_reckoned_by_the_desk_and_not_kept() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Ruiz", &[("Consultation", 4_250)]);
    takes(&scene, &charges);
    let reckons = |float: &str, counted: &str| {
        let details = json!({ "day": today(&scene), "float": float, "counted": counted });
        let headers = format!("X-Vestibule-Desk: 1\r\n{}", scene.cookie("Maria"));
        ask(scene.desk.address, "POST", "/api/payments/drawer/reckon", &headers, &details.to_string()).json()
    };
    for (float, counted, expected, difference, agrees) in [
        ("100.00", "142.50", "142.50 EUR", "nothing differs", true),
        ("0", "40.00", "42.50 EUR", "2.50 EUR missing", false),
        ("100.00", "142.51", "142.50 EUR", "0.01 EUR too much", false),
    ] {
        let told = reckons(float, counted);
        assert_eq!(
            (&told["expected"]["written"], &told["difference"], &told["agrees"]),
            (&json!(expected), &json!(difference), &json!(agrees))
        );
    }
    assert!(reckons("1.5", "1.00")["error"].as_str().unwrap().contains("no amount in EUR"));
    assert_eq!(drawer(&scene)["counts"], json!([]));
}
