//! Money on the desk's page: a doubt on its card, a patient's account, and the day with its ends.

use crate::looks::CUT_OFF;
use crate::running_desk::example;
use crate::scene::{Clinic, patient};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::patient::Patient;
use vestibule::front_desk::payment::*;
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::PaperState;
use vestibule::link::fact::FactKind;

fn euro(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("EUR").unwrap() }
}

/// A clinic that takes money; Maria, who may also give it back, sits at the desk.
fn opens() -> Clinic {
    let mut example = example();
    // What is owed is what each test says.
    example.routines.payments.as_mut().unwrap().fees.clear();
    Clinic::opens_as(example, "Maria", Role::Supervisor)
}

fn charge(patient: &Patient, text: &str, minor: i64) -> Charge {
    Charge {
        id: ChargeId(Uuid::now_v7()),
        patient: patient.id,
        what: ChargeFor::Item { text: text.into() },
        amount: euro(minor),
        day: Utc::now().date_naive(),
        visit: None,
    }
}

fn by_card(charges: &[Charge]) -> Payment {
    let items: Vec<_> =
        charges.iter().map(|charge| PaymentItem { charge: charge.id, minor: charge.amount.minor }).collect();
    Payment {
        id: PaymentId(Uuid::now_v7()),
        patient: charges[0].patient,
        amount: euro(items.iter().map(|item| item.minor).sum()),
        items,
        means: Means::Card { terminal: "lobby".into() },
        ticket: None,
        language: "en".into(),
        kiosk: "lobby".into(),
    }
}

fn told(receipt: u16, minor: i64) -> Transaction {
    Transaction {
        amount: Some(minor),
        receipt: Some(receipt),
        terminal: Some("52523535".into()),
        at: Some([11, 25, 10, 32, 7]),
        card: "girocard *1234".into(),
        ..Transaction::default()
    }
}

pub fn charged(receipt: u16, minor: i64) -> PaymentEnd {
    let mut end = PaymentEnd::new(Outcome::Charged, Witness::Terminal, "");
    end.transaction = Some(told(receipt, minor));
    end
}

/// A patient who came today and owes these.
pub fn owes(clinic: &Clinic, given: &str, family: &str, amounts: &[(&str, i64)]) -> (Patient, Vec<Charge>) {
    let somebody = patient(given, family, Some("100017"));
    let charges: Vec<_> = amounts.iter().map(|(text, minor)| charge(&somebody, text, *minor)).collect();
    clinic.checks_in(&somebody, None, Utc::now(), None);
    clinic
        .happens(charges.iter().map(|charge| FactKind::ChargeRecorded { charge: charge.clone() }).collect());
    (somebody, charges)
}

/// The terminal charged it, some minutes ago.
pub fn paid(clinic: &Clinic, charges: &[Charge], end: PaymentEnd, minutes_ago: i64) -> Payment {
    let payment = by_card(charges);
    let kinds = vec![
        FactKind::PaymentBegun { payment: payment.clone() },
        FactKind::PaymentEnded { payment: payment.id, end },
    ];
    let at = Utc::now() - TimeDelta::minutes(minutes_ago);
    clinic.kiosk.run(move |store| store.commit(kinds, at)).unwrap();
    clinic.link.wake();
    payment
}

/// Nobody saw how it ended: as the till of the kiosk keeps it.
pub fn in_doubt(clinic: &Clinic, charges: &[Charge]) -> Payment {
    let payment = by_card(charges);
    clinic.happens(vec![FactKind::PaymentBegun { payment: payment.clone() }]);
    let (routines, id) = (Arc::clone(&clinic.desk.clinic), payment.id);
    let mut end = PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, "the line to the terminal broke");
    end.transaction = Some(told(42, payment.amount.minor));
    clinic.kiosk.run(move |store| store.end_payment(&routines, id, end, false, Utc::now())).unwrap();
    clinic.link.wake();
    payment
}

const SIZES: [(&str, u32, u32); 4] =
    [("wide", 1280, 800), ("tablet", 768, 1024), ("zoomed", 640, 400), ("phone", 390, 844)];

fn fits_everywhere(clinic: &mut Clinic, what: &str) {
    for (name, width, height) in SIZES {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "{what}: cut off at {width} pixels");
        clinic.page.picture(&format!("payments-{what}-{name}"), false);
    }
    clinic.page.is_accessible(what);
    clinic.page.act("size", json!({ "width": 1440, "height": 900 }));
}

/// Goes on with the keyboard until something with this name has it.
fn tabs_to(clinic: &mut Clinic, name: &str) {
    let where_it_is = "(() => { const at = document.activeElement;
        return at.labels?.[0]?.textContent ?? at.textContent; })()";
    for _ in 0..120 {
        if clinic.page.evaluate(where_it_is) == name {
            return;
        }
        clinic.page.act("keys", json!({ "keys": "Tab" }));
    }
    panic!("the keyboard does not reach {name}");
}

#[test]
fn a_doubt_is_settled_on_its_card_with_the_keyboard_alone() {
    let mut clinic = opens();
    let (_, charges) = owes(&clinic, "María", "García López", &[("Consultation", 1000), ("Dressing", 250)]);
    let payment = in_doubt(&clinic, &charges);
    clinic.page.sees_in("#request-list .card", "Nobody knows whether a payment was charged");
    clinic.page.sees_in("#request-list .money", "12.50 EUR, Card, terminal at lobby");
    clinic.page.sees_in("#request-list .money", "the line to the terminal broke");
    clinic.page.sees_in("#request-list .payment-items", "Dressing");
    clinic.page.sees_in("#request-list .payment-words", "receipt 0042, 12.50 EUR");
    fits_everywhere(&mut clinic, "doubt");
    tabs_to(&mut clinic, "Ask the terminal");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.hears("the kiosk is to ask its terminal", |kind| {
        matches!(kind, FactKind::TerminalAsked { kiosk, by, order: TerminalOrder::LastTransaction, .. }
            if kiosk == "lobby" && by == "Maria")
    });
    clinic.page.sees_in("#request-list .payment-asked", "No answer yet");
    let asked = clinic.desk.store().run(|store| store.terminal_orders(Utc::now() - TimeDelta::hours(1)));
    let id = asked.unwrap()[0].id;
    let answer = TerminalAnswer::LastTransaction { transaction: Some(told(42, 1250)) };
    clinic.happens(vec![FactKind::TerminalAnswered { id, answer }]);
    clinic
        .page
        .sees_in("#request-list .payment-asked", "The amount is the same. The receipt number is the same.");
    tabs_to(&mut clinic, "It was charged…");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.is_accessible("while somebody says that it was charged");
    clinic.page.act("types", json!({ "text": "0042" }));
    fits_everywhere(&mut clinic, "settling");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.hears("the kiosk knows what became of it", |kind| {
        matches!(kind, FactKind::PaymentEnded { payment: about, end }
            if *about == payment.id && end.outcome == Outcome::Charged
                && end.witness == Witness::Staff { by: "Maria".into() })
    });
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.evaluate("document.querySelector('#resolved summary').click()");
    clinic.page.sees_in("#resolved-list", "charged, receipt 0042");
    assert!(!clinic.page.reads("body").contains("was resolved meanwhile"));
    clinic.ends_well();
}

#[test]
fn clinical_staff_see_that_somebody_is_needed_for_money_and_no_amount() {
    let mut clinic = Clinic::opens_as(example(), "Chen", Role::ClinicalStaff);
    let (_, charges) = owes(&clinic, "María", "García López", &[("Consultation", 1000), ("Dressing", 250)]);
    in_doubt(&clinic, &charges);
    clinic.page.sees_in("#request-list .card", "Nobody knows whether a payment was charged");
    clinic.page.sees_in("#request-list .card", "Somebody who takes payments sees to this.");
    let seen = clinic.page.reads("#request-list");
    assert!(!seen.contains("12.50") && !seen.contains("Resolve…") && !seen.contains("Dressing"), "{seen}");
    fits_everywhere(&mut clinic, "clinical");

    // A receptionist sits down at the same browser: now it is all there.
    clinic.signs_in("Maria", Role::Receptionist);
    clinic.opens_page_at(clinic.desk.address);
    clinic.page.sees_in("#request-list .money", "12.50 EUR, Card, terminal at lobby");
    clinic.page.sees_in("#request-list .payment-items", "Dressing");
    clinic.ends_well();
}

#[test]
fn money_is_taken_and_given_back_in_the_account_of_a_patient() {
    let mut clinic = opens();
    let evil =
        "<img src=x onerror=alert(1)> and a text that is so long that it needs more than a line of the list";
    let (somebody, charges) =
        owes(&clinic, "ليلى", "حداد", &[("Consultation", 1000), (evil, 250), ("X-ray", 4000)]);
    let earlier = paid(&clinic, &charges[2..], charged(7, 4000), 30);
    clinic.page.sees_in("#arrivals", "ليلى");
    clinic.page.act("presses", json!({ "within": "#arrivals", "button": "Payments" }));
    clinic.page.sees_in("#account-dialog .due-list", evil);
    clinic.page.sees_in("#account-dialog .take-sum", "Together: 12.50 EUR");
    clinic.page.sees_in("#account-dialog .payment-list", "40.00 EUR, Card, terminal at lobby");
    fits_everywhere(&mut clinic, "account");

    // Owed by hand, and owed no longer.
    clinic.page.evaluate("document.querySelector('#account-dialog .add summary').click()");
    clinic.page.act("writes", json!({ "label": "What is it for?", "text": "Letter" }));
    clinic.page.act("writes", json!({ "label": "Amount", "text": "5" }));
    clinic.page.presses("Add it");
    clinic.page.sees_in("#account-dialog .take-sum", "Together: 17.50 EUR");
    clinic.page.act("writes", json!({ "label": "What is it for?", "text": "Letter" }));
    clinic.page.act("writes", json!({ "label": "Amount", "text": "5.5" }));
    clinic.page.presses("Add it");
    clinic.page.sees_in("#account-dialog .said", "is no amount in EUR");
    clinic.page.act("presses", json!({ "within": "#account-dialog .due-list > li", "having": "Letter", "button": "Owed no longer…" }));
    clinic.page.act("writes", json!({ "label": "Why is it owed no longer?", "text": "Not sent." }));
    fits_everywhere(&mut clinic, "withdrawing");
    clinic.page.presses("It is owed no longer");
    clinic.page.sees_in("#account-dialog .take-sum", "Together: 12.50 EUR");
    assert_eq!(
        clinic.page.act("count", json!({ "within": "#account-dialog .payment-list > li" })),
        1,
        "nothing was taken by that"
    );

    // One of the two is paid.
    clinic
        .page
        .evaluate("document.querySelectorAll('#account-dialog .due-list input[type=checkbox]')[1].click()");
    clinic.page.sees_in("#account-dialog .take-sum", "Together: 10.00 EUR");
    tabs_to(&mut clinic, "How was it paid?");
    clinic.page.act("chooses", json!({ "label": "How was it paid?", "text": "Cash" }));
    clinic.page.presses("I have taken it");
    clinic.hears("the kiosk knows that it is paid", |kind| {
        matches!(kind, FactKind::PaymentBegun { payment }
            if payment.amount == euro(1000) && matches!(&payment.means, Means::Desk { how: DeskMeans::Cash, by } if by == "Maria"))
    });
    clinic.page.sees_in("#account-dialog .payment-list", "10.00 EUR, Cash, taken by Maria");

    // Its receipt comes out of the kiosk's printer.
    let paid = json!({ "within": "#account-dialog .payment-list > li", "having": "10.00 EUR" });
    let with = |more: (&str, &str)| {
        let mut part = paid.clone();
        part[more.0] = more.1.into();
        part
    };
    clinic.page.act("presses", with(("button", "Print the receipt…")));
    fits_everywhere(&mut clinic, "receipt");
    clinic.page.act("presses", with(("button", "Print it")));
    clinic.page.sees_in("#account-dialog .payment-list", "The kiosk prints it now.");
    clinic.hears("the kiosk is to print it", |kind| {
        matches!(kind, FactKind::ReceiptAsked { kiosk, copy: false, by, .. } if kiosk == "lobby" && by == "Maria")
    });
    // The ticket of the check-in waits before it.
    let jobs = std::iter::from_fn(|| clinic.kiosk.run(|store| store.start_print_job()).unwrap());
    let job = jobs.take(2).last().expect("a print job of the kiosk");
    assert!(matches!(job.paper, vestibule::store::Paper::Receipt(_)) && !job.copy, "{job:?}");
    clinic.kiosk.run(move |store| store.end_print_job(&job, PaperState::Printed, "", Utc::now())).unwrap();
    clinic.link.wake();
    clinic.page.sees_in("#account-dialog .payment-list", "Printed.");

    // The earlier one goes back by the terminal.
    clinic.page.act("presses", json!({ "within": "#account-dialog .payment-list > li", "having": "40.00 EUR", "button": "Give money back…" }));
    clinic.page.act("chooses", json!({ "within": "#account-dialog .payment-list > li", "having": "40.00 EUR", "label": "By which way?", "text": "The terminal at lobby takes it back, whole" }));
    clinic.page.act("ticks", json!({ "within": "#account-dialog .payment-list > li", "having": "40.00 EUR", "label": "X-ray 40.00 EUR" }));
    clinic.page.act("writes", json!({ "within": "#account-dialog .payment-list > li", "having": "40.00 EUR", "label": "Why?", "text": "The machine is broken." }));
    fits_everywhere(&mut clinic, "refund");
    clinic.page.presses("Give it back");
    clinic.page.sees_in("#account-dialog .refunds", "Under way");
    clinic.hears("the kiosk is to take it back", |kind| {
        matches!(kind, FactKind::RefundBegun { refund } if refund.payment == earlier.id
            && refund.way == RefundWay::Reversal { terminal: "lobby".into(), receipt: 7 })
    });
    let refunds = clinic.desk.store().run(move |store| store.payment(earlier.id)).unwrap().unwrap().refunds;
    clinic.happens(vec![FactKind::RefundEnded { refund: refunds[0].0.id, end: charged(8, 4000) }]);
    clinic.page.sees_in("#account-dialog .refunds", "Went back");
    clinic.page.sees_in("#account-dialog .refunds", "receipt 0008, 40.00 EUR");
    fits_everywhere(&mut clinic, "given-back");
    let marks = "document.querySelectorAll(':is(main, dialog) :is(img, script)').length";
    assert_eq!(clinic.page.evaluate(marks), 0);
    clinic.page.act("presses", json!({ "within": "#account-dialog", "button": "Close" }));
    assert!(
        !clinic
            .page
            .evaluate("document.querySelector('#account-dialog').textContent")
            .to_string()
            .contains("حداد")
    );

    // Found by who they are, where no card or arrival leads there.
    clinic.page.presses("Payments of a patient…");
    clinic.page.act(
        "writes",
        json!({ "label": "or record no.", "within": "#account-dialog", "text": somebody.number }),
    );
    clinic.page.act("presses", json!({ "within": "#account-dialog", "button": "Find the record" }));
    clinic
        .page
        .act("presses", json!({ "within": "#account-dialog", "button": "Open the payments of ليلى حداد" }));
    clinic.page.sees_in("#account-dialog .payment-list", "Cash, taken by Maria");
    clinic.ends_well();
}

#[test]
fn the_day_shows_doubts_sums_and_what_a_terminal_counted_otherwise() {
    let mut clinic = opens();
    let (_, charges) = owes(
        &clinic,
        "Wolfeschlegelsteinhausenbergerdorff-Alexandrovich",
        "Hubert-Blaine",
        &[("Consultation", 1000), ("Dressing", 250), ("X-ray", 4000), ("Letter", 500)],
    );
    paid(&clinic, &charges[..1], charged(41, 1000), 30);
    paid(&clinic, &charges[1..2], charged(41, 250), 29);
    let denied = PaymentEnd::new(Outcome::NotCharged, Witness::Staff { by: "Tom".into() }, "Not found.");
    paid(&clinic, &charges[2..3], denied, 28);
    let id = Uuid::now_v7();
    let totals = DayTotals {
        amount: 5250,
        count: Some(3),
        receipts: Some((41, 43)),
        kinds: vec![("girocard".into(), 2, 1250), ("Visa".into(), 1, 4000)],
    };
    let closed = vec![
        FactKind::TerminalAsked {
            id,
            kiosk: "lobby".into(),
            by: "Maria".into(),
            order: TerminalOrder::EndOfDay,
        },
        FactKind::TerminalAnswered { id, answer: TerminalAnswer::DayClosed { totals } },
    ];
    clinic.kiosk.run(move |store| store.commit(closed, Utc::now() - TimeDelta::minutes(20))).unwrap();
    let doubt = in_doubt(&clinic, &charges[3..]);
    clinic.page.sees_in("#later-list", "The terminal at lobby counted something else than the ledger has");
    clinic.page.act("presses", json!({ "within": "#later-list", "button": "The terminal at lobby counted something else than the ledger has" }));
    clinic.page.sees_in("#later-list .differences", "40.00 EUR more at the terminal");
    fits_everywhere(&mut clinic, "closing-card");

    clinic.page.act("open", json!({ "url": format!("http://{}/payments", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#doubts", "5.00 EUR, Card, terminal at lobby");
    clinic.page.sees_in("#sums", "12.50 EUR");
    clinic.page.sees_in("#closings .differences", "Receipt 0041 stands twice");
    clinic.page.sees_in("#closings", "counted as not charged");
    clinic.page.sees_in("#terminals .stop", "settle it first");
    for (name, width, height) in SIZES {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "the day: cut off at {width} pixels");
        clinic.page.picture(&format!("payments-day-{name}"), true);
    }
    clinic.page.is_accessible("the day");
    clinic.page.act("size", json!({ "width": 1440, "height": 900 }));
    clinic.page.act("presses", json!({ "within": "#doubts", "button": "It was not charged…" }));
    clinic.page.act("writes", json!({ "label": "What did you look at?", "text": "The journal." }));
    clinic.page.presses("It was not charged");
    clinic.page.sees_no_more("#ledger", "Not settled");
    let row = clinic.desk.store().run(move |store| store.payment(doubt.id)).unwrap().unwrap();
    assert_eq!(row.outcome(), Some(Outcome::NotCharged));
    clinic.page.presses("Close the terminal’s day");
    clinic.page.sees_in("#terminals .asked", "Maria asked to close the day");
    clinic.hears("the kiosk is to close its day", |kind| {
        matches!(kind, FactKind::TerminalAsked { order: TerminalOrder::EndOfDay, by, id: asked, .. }
            if by == "Maria" && *asked != id)
    });
    let table = clinic.page.evaluate(
        "(async () => { const told = await fetch(document.querySelector('#csv').href); return (await told.text()).split('\\r\\n').length; })()",
    );
    assert_eq!(table, 6, "a head, four payments and an end");
    clinic.ends_well();
}
