//! The sums of a day, added up in another way than the desk does: from the table that it gives to other programs, and
//! from what was paid in the first place.

use crate::scene::*;
use chrono::Utc;
use serde_json::json;
use std::collections::BTreeMap;
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::payment::*;
use vestibule::link::fact::FactKind;

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

type Sums = BTreeMap<(String, String), (i64, i64)>;

#[test]
fn the_sums_of_the_day_are_those_of_the_table_and_of_what_was_paid() {
    let scene = Scene::new();
    let mut numbers = Numbers(20_261_125);
    let mut paid: Sums = Sums::new();
    let mut kinds = Vec::new();
    let mut doubts = 0;
    for number in 0..120u16 {
        let somebody = patient(&format!("P{number}"));
        let currency = if numbers.below(5) == 0 { "JPY" } else { "EUR" };
        let currency = Currency::parse(currency).unwrap();
        let minor = 1 + numbers.below(99_999) as i64;
        let owed =
            Charge { amount: Money { minor, currency }, ..charge(&somebody, "=SUM(A1); \"x\"\n", minor) };
        let desk = |how| Means::Desk { how, by: "Maria".into() };
        let (means, words) = match numbers.below(5) {
            0 => (card(), "Card at kiosks"),
            1 => (code(&format!("RF{number}")), "Code"),
            2 => (desk(DeskMeans::Cash), "Cash"),
            3 => (desk(DeskMeans::Card), "Card at the desk"),
            _ => (desk(DeskMeans::Transfer), "Transfer"),
        };
        let made =
            Payment { amount: Money { minor, currency }, ..payment(std::slice::from_ref(&owed), means) };
        kinds.push(FactKind::PatientRecorded { patient: somebody });
        kinds.push(FactKind::ChargeRecorded { charge: owed });
        kinds.push(FactKind::PaymentBegun { payment: made.clone() });
        let end = match numbers.below(6) {
            0 => PaymentEnd::new(Outcome::NotCharged, Witness::Terminal, ""),
            1 => not_known("the line broke"),
            2 => {
                doubts += 1;
                continue;
            }
            _ => charged(number + 1, minor),
        };
        doubts += usize::from(end.outcome == Outcome::NotKnown);
        let is_charged = end.outcome == Outcome::Charged;
        kinds.push(FactKind::PaymentEnded { payment: made.id, end });
        if !is_charged {
            continue;
        }
        paid.entry((words.into(), currency.code().into())).or_default().0 += minor;
        if numbers.below(3) == 0 {
            let back = 1 + numbers.below(minor as u64) as i64;
            let gone = numbers.below(2) == 0;
            let refund = Refund {
                id: RefundId(uuid::Uuid::now_v7()),
                payment: made.id,
                amount: Money { minor: back, currency },
                way: RefundWay::Desk { how: DeskMeans::Cash },
                by: "Maria".into(),
                why: "w".into(),
            };
            let outcome = if gone { Outcome::Charged } else { Outcome::NotCharged };
            kinds.push(FactKind::RefundBegun { refund: refund.clone() });
            kinds.push(FactKind::RefundEnded {
                refund: refund.id,
                end: PaymentEnd::new(outcome, Witness::Staff { by: "Maria".into() }, ""),
            });
            if gone {
                paid.entry(("Cash".into(), currency.code().into())).or_default().1 += back;
            }
        }
    }
    scene.happens(kinds);
    assert!(doubts > 5 && paid.len() > 5, "the numbers bring every case");

    let today = Utc::now().with_timezone(&scene.desk.clinic.zone).date_naive();
    let answer = scene.reads(&format!("/api/payments.csv?from={today}&to={today}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.head.contains("text/csv") && answer.head.contains(".csv\""), "{}", answer.head);
    let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
    let mut table: Sums = Sums::new();
    let (mut lines, mut unsettled) = (0, 0);
    for line in reader.deserialize::<BTreeMap<String, String>>() {
        let line = line.unwrap();
        lines += 1;
        let minor: i64 = line["minor"].parse().unwrap();
        // The written amount says the same: its figures without the point.
        let written: i64 = line["amount"].replace('.', "").parse().unwrap();
        assert_eq!(written, minor, "{line:?}");
        assert_eq!(line["amount"].contains('.'), line["currency"] == "EUR", "{line:?}");
        assert!(!line["items"].starts_with('='), "{line:?}");
        let sums = table.entry((line["means"].clone(), line["currency"].clone())).or_default();
        match (line["kind"].as_str(), line["state"].as_str()) {
            ("payment", "charged") => sums.0 += minor,
            ("refund", "gone-back") => sums.1 -= minor,
            ("payment", "not-known" | "under-way") => unsettled += 1,
            ("payment" | "refund", "not-charged") => {}
            other => panic!("{other:?}"),
        }
    }
    table.retain(|_, sums| *sums != (0, 0));
    assert!(lines > 120);

    let day = scene.gets(&format!("/api/payments/day?day={today}"));
    let shown: Sums = day["sums"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sum| {
            let minor = |name: &str| sum[name]["minor"].as_i64().unwrap();
            assert_eq!(minor("net"), minor("charged") - minor("refunded"));
            let key = (sum["means"].as_str().unwrap().into(), sum["currency"].as_str().unwrap().into());
            (key, (minor("charged"), minor("refunded")))
        })
        .collect();
    assert_eq!(table, paid);
    assert_eq!(shown, paid);
    assert_eq!((unsettled, day["in_doubt"].as_array().unwrap().len()), (doubts, doubts));
}

#[test]
fn the_table_holds_no_name_and_nothing_of_a_card_but_what_the_terminal_masks() {
    let scene = Scene::new();
    let (_, charges) = scene.owes("Hidden", &[("Consultation", 1000)]);
    charged_at(&scene, &charges, 42, 1);
    let today = Utc::now().with_timezone(&scene.desk.clinic.zone).date_naive();
    let body = scene.reads(&format!("/api/payments.csv?from={today}&to={today}")).body;
    assert!(
        body.contains("girocard *1234") && body.contains("n-Hidden") && body.contains(",0042,"),
        "{body}"
    );
    assert!(!body.contains("Ana"), "{body}");
    for (query, status) in [
        (format!("from={today}&to=2020-01-01"), 422),
        (format!("from=2020-01-01&to={today}"), 422),
        (format!("from={today}"), 400),
        ("from=x&to=y".to_string(), 400),
    ] {
        assert_eq!(scene.reads(&format!("/api/payments.csv?{query}")).status, status, "{query}");
    }
    assert_eq!(
        scene.reads("/api/payments/day?day=2999-01-01").json()["error"],
        json!("This day has not come yet.")
    );
}
