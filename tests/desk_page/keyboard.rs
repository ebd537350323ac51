//! A receptionist's morning with the keyboard alone: signing in, taking a request, its steps, speaking with the patient,
//! handing over, ending it, looking a patient up, signing out.

use crate::running_desk::{eventually, staff};
use crate::scene::{Clinic, asked, patient, raised, request};
use chrono::Utc;
use serde_json::json;
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::PaperState;

/// What has the keyboard: what it is called, and whether that can be seen.
const FOCUSED: &str = "(() => {
    const part = document.activeElement;
    const name = part.getAttribute('aria-label') ?? part.labels?.[0]?.innerText ?? part.innerText ?? '';
    const style = getComputedStyle(part);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return `${seen || part === document.body ? '' : 'UNSEEN '}${name.trim()}`;
})()";

fn press(clinic: &mut Clinic, key: &str) {
    clinic.page.act("keys", json!({ "keys": key }));
}

/// Goes on with the Tab key to something by its name; every place on the way can be seen to have the keyboard.
#[track_caller]
fn tabs_to(clinic: &mut Clinic, wanted: &str) {
    let mut passed = Vec::new();
    for _ in 0..150 {
        let name = clinic.page.evaluate(FOCUSED).as_str().unwrap_or_default().to_string();
        assert!(!name.starts_with("UNSEEN"), "nobody can see that the keyboard is at {name}");
        if name.starts_with(wanted) {
            return;
        }
        passed.push(name);
        press(clinic, "Tab");
    }
    panic!("the keyboard does not come to {wanted}, but to {passed:?}");
}

fn types(clinic: &mut Clinic, text: &str) {
    clinic.page.act("types", json!({ "text": text }));
}

#[test]
fn a_morning_with_the_keyboard_alone() {
    let mut clinic = Clinic::opens_unattended();
    clinic.desk.store().run(|store| Ok(staff::account(store, "Maria", Role::Receptionist))).unwrap();
    clinic.opens_page_at(clinic.desk.address);
    // Signing in.
    clinic.page.sees("Who is at the desk?");
    tabs_to(&mut clinic, "Name to sign in with");
    types(&mut clinic, "maria");
    press(&mut clinic, "Tab");
    types(&mut clinic, staff::PASSWORD);
    press(&mut clinic, "Enter");
    clinic.page.sees("Nobody is waiting for help.");

    let help = request(RequestReason::Help, 0);
    let question = asked(&clinic.desk.clinic, "question", "Where is the waiting room?", "en");
    let (help_id, question_id) = (help.id, question.id);
    let anna = patient("Anna", "Nowak", Some("1234"));
    clinic.checks_in(&anna, None, Utc::now(), Some((PaperState::NotPrinted, "the paper is out")));
    clinic.happens(vec![raised(help), raised(question)]);
    clinic.page.sees_in("#request-list", "Asks for help");
    clinic.page.sees_in("#arrivals", "Nowak");

    // The banner leads to what needs somebody; there it is taken.
    tabs_to(&mut clinic, "Show it");
    press(&mut clinic, "Enter");
    tabs_to(&mut clinic, "Acknowledge: I am going");
    press(&mut clinic, "Enter");
    clinic.page.sees_in("#request-list", "Maria is on the way");
    // A step of the routine is ticked, a phrase is said, the rest is handed over.
    tabs_to(&mut clinic, "Messages");
    press(&mut clinic, "Enter");
    tabs_to(&mut clinic, "Or write freely");
    types(&mut clinic, "I am with you in a minute.");
    tabs_to(&mut clinic, "Send message");
    press(&mut clinic, "Enter");
    clinic.page.sees_in(".messages", "I am with you in a minute.");

    // Ending it, with what was done.
    let state = |clinic: &Clinic, id| {
        clinic.desk.store().run(move |store| Ok(store.request(id)?.unwrap().state)).unwrap()
    };
    for _ in 0..2 {
        tabs_to(&mut clinic, "Acknowledge: I am going");
        press(&mut clinic, "Enter");
        eventually("it is taken", || {
            clinic.page.act("count", json!({ "within": "#request-list .card[data-state=taken]" })).as_u64()
                >= Some(1)
        });
        if !matches!(state(&clinic, question_id), RequestState::Open)
            && !matches!(state(&clinic, help_id), RequestState::Open)
        {
            break;
        }
    }
    for _ in 0..2 {
        tabs_to(&mut clinic, "Resolve…");
        press(&mut clinic, "Enter");
        tabs_to(&mut clinic, "What was done?");
        types(&mut clinic, "Showed the way.");
        tabs_to(&mut clinic, "Resolve");
        let before = clinic.page.act("count", json!({ "within": "#request-list .card" })).as_u64();
        press(&mut clinic, "Enter");
        eventually("its card goes", || {
            clinic.page.act("count", json!({ "within": "#request-list .card" })).as_u64() < before
                || before == Some(0)
        });
    }
    eventually("both are done", || {
        [help_id, question_id].iter().all(|id| matches!(state(&clinic, *id), RequestState::Resolved { .. }))
    });

    // A ticket is printed again; a patient's payments are looked at, and left with Escape.
    tabs_to(&mut clinic, "Print a copy");
    press(&mut clinic, "Enter");
    clinic.page.sees("Copy asked: Maria");
    tabs_to(&mut clinic, "Payments of a patient…");
    press(&mut clinic, "Enter");
    clinic.page.sees_in("#account-dialog", "Find the record");
    press(&mut clinic, "Escape");
    clinic.page.sees_no_more("#account-dialog", "Find the record");

    // Out again.
    tabs_to(&mut clinic, "Maria · Receptionist");
    press(&mut clinic, "Enter");
    tabs_to(&mut clinic, "Sign out");
    press(&mut clinic, "Enter");
    clinic.page.sees("Who is at the desk?");
    // The page is a new one: nothing of what stood on it is left.
    clinic.page.has_no_faults();
}
