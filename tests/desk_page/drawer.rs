//! The cash drawer at the end of the day, as a receptionist counts it and a supervisor reads it.

use crate::looks::CUT_OFF;
use crate::page::Browser;
use crate::running_desk::example;
use crate::scene::{Clinic, patient, raised, request};
use chrono::Utc;
use serde_json::json;
use uuid::Uuid;
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::payment::*;
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::link::fact::FactKind;

/// Cash that Maria takes of somebody.
fn takes_cash(clinic: &Clinic, minor: i64) {
    let payer = patient("Ana", "Ruiz", None);
    let amount = Money { minor, currency: Currency::parse("EUR").unwrap() };
    let charge = Charge {
        id: ChargeId(Uuid::now_v7()),
        patient: payer.id,
        what: ChargeFor::Item { text: "Consultation".into() },
        amount,
        day: Utc::now().date_naive(),
        visit: None,
    };
    let payment = Payment {
        id: PaymentId(Uuid::now_v7()),
        patient: payer.id,
        items: vec![PaymentItem { charge: charge.id, minor }],
        amount,
        means: Means::Desk { how: DeskMeans::Cash, by: "Maria".into() },
        ticket: None,
        language: "en".into(),
        kiosk: "desk".into(),
    };
    let end = PaymentEnd::new(Outcome::Charged, Witness::Staff { by: "Maria".into() }, "");
    clinic
        .desk
        .store()
        .run(move |store| {
            let known =
                vec![FactKind::PatientRecorded { patient: payer }, FactKind::ChargeRecorded { charge }];
            store.commit(known, Utc::now())?;
            store.take_at_desk(&payment, end, Utc::now())
        })
        .unwrap()
        .unwrap();
}

fn fits(page: &mut Browser, what: &str) {
    for (width, height) in [(1280, 800), (768, 1024), (390, 844)] {
        page.act("size", json!({ "width": width, "height": height }));
        assert_eq!(page.evaluate(CUT_OFF), json!([]), "{what}: cut off at {width} pixels");
        page.evaluate("document.querySelector('#drawer-part').scrollIntoView()");
        page.picture(&format!("drawer-{what}-{width}"), false);
    }
    page.is_accessible(what);
    page.act("size", json!({ "width": 1280, "height": 800 }));
}

fn writes(page: &mut Browser, label: &str, text: &str) {
    page.act("writes", json!({ "within": "#drawer", "label": label, "text": text }));
}

#[test]
fn the_drawer_is_counted_and_a_supervisor_reads_why_it_differs() {
    let mut clinic = Clinic::opens_as(example(), "Maria", Role::Receptionist);
    takes_cash(&clinic, 4_250);
    let address = clinic.desk.address;
    clinic.page.act("open", json!({ "url": format!("http://{address}/payments") }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    let page = &mut clinic.page;
    page.sees_in("#drawer", "42.50 EUR");
    fits(page, "empty");
    writes(page, "In the drawer when the day began", "100,00");
    writes(page, "Counted in the drawer now", "140.50");
    page.sees_in("#drawer .reckoned", "“100,00” is no amount in EUR");
    writes(page, "In the drawer when the day began", "100.00");
    page.sees_in("#drawer .reckoned", "142.50 EUR");
    page.sees_in("#drawer .reckoned", "2.00 EUR missing");
    fits(page, "differs");
    // Without a reason the browser itself keeps her from sending it.
    page.presses("Keep the count");
    assert_eq!(page.evaluate("document.activeElement.id"), "drawer-why");

    // Somebody pays while she writes: what she types stays, and what should be there is another sum.
    writes(page, "Why does it differ?", "Stamps, paid from the drawer.");
    takes_cash(&clinic, 1_000);
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    let page = &mut clinic.page;
    page.sees_in("#drawer", "52.50 EUR");
    page.sees_in("#drawer .reckoned", "12.00 EUR missing");
    writes(page, "Counted in the drawer now", "150.50");
    page.sees_in("#drawer .reckoned", "2.00 EUR missing");
    page.presses("Keep the count");
    page.sees_in("#drawer .drawer-counts", "Counted 150.50 EUR; it should have held 152.50 EUR: 100.00 EUR when the day began, 52.50 EUR taken, 0.00 EUR given back.");
    page.sees_in("#drawer .drawer-counts", "Stamps, paid from the drawer.");
    let typed = page.evaluate(
        "[...document.querySelectorAll('#drawer :is(input, textarea)')].map((field) => field.value)",
    );
    assert_eq!(typed, json!(["100.00", "", ""]), "the float is mostly the same again");
    fits(page, "counted");

    // She finds the money for them.
    writes(page, "Counted in the drawer now", "152.50");
    page.sees_in("#drawer .reckoned", "Nothing differs");
    page.presses("Keep the count");
    page.sees_in("#drawer .drawer-counts", "Nothing differs");

    // Cash after the last count is told at once.
    takes_cash(&clinic, 300);
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    clinic.page.sees_in("#drawer .moved", "count it again");
    assert_eq!(clinic.page.evaluate("globalThis.since"), "the beginning");

    clinic.signs_in("Elena", Role::Supervisor);
    let page = &mut clinic.page;
    page.act("open", json!({ "url": format!("http://{address}/payments") }));
    page.sees_in("#drawer .drawer-counts", "2.00 EUR missing");
    page.sees_in("#drawer .drawer-counts", "Stamps, paid from the drawer.");
    page.sees_in("#drawer .drawer-counts", "Maria");
    fits(page, "for-a-supervisor");
    page.act("open", json!({ "url": format!("http://{address}/audit") }));
    page.sees("Counted the cash drawer");

    // In Spanish.
    page.evaluate(
        "fetch('/api/me/language', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-vestibule-desk': '1' },
            body: JSON.stringify({ language: 'es' }),
        }).then(() => 1)",
    );
    page.act("open", json!({ "url": format!("http://{address}/payments") }));
    page.sees_in("#drawer .drawer-counts", "Faltan 2.00 EUR");
    assert_eq!(page.act("english", json!({ "within": "#drawer" })), json!([]));
    fits(page, "es");
    page.has_no_faults();
}
