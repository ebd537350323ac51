//! Arrivals of the day and their paper.

use crate::scene::{Clinic, patient};
use chrono::Utc;
use serde_json::json;
use vestibule::front_desk::ticket::{PaperState, Ticket};
use vestibule::link::fact::FactKind;
use vestibule::store::Paper;

#[test]
fn arrivals_tell_of_their_paper_and_a_copy_is_printed_at_the_kiosk() {
    let mut clinic = Clinic::opens();
    let now = Utc::now();
    clinic.page.sees("Nobody has checked in today.");
    let cases = [
        ("Ana", Some((PaperState::Printed, "")), "Printed"),
        ("Ben", Some((PaperState::NotPrinted, "the paper is out")), "No paper came out"),
        ("Cleo", Some((PaperState::NotKnown, "the printer fell silent in the middle")), "Not known"),
        ("Dora", None, "On its way"),
    ];
    let tickets: Vec<Ticket> = cases
        .into_iter()
        .map(|(name, paper, _)| clinic.checks_in(&patient(name, "Ruiz", None), None, now, paper))
        .collect();
    for ((name, _, words), ticket) in cases.iter().zip(&tickets) {
        let row = format!("tr:has-text('{name} Ruiz')");
        clinic.page.sees_in(&row, words);
        clinic.page.sees_in(&row, ticket.number.as_str());
    }
    clinic.page.sees_in("#attention", "No paper came out at kiosk lobby: the paper is out");
    clinic.page.sees_in("#attention", "Perhaps no paper came out at kiosk lobby");

    let place = json!({ "within": "#arrivals tr", "having": "Ben Ruiz", "button": "Print a copy" });
    clinic.page.act("presses", place);
    let ben = tickets[1].id;
    clinic.hears("the kiosk is asked for the copy", |kind| {
        matches!(kind, FactKind::ReprintAsked { ticket, kiosk, by } if *ticket == ben && kiosk == "lobby" && by == "Maria")
    });
    clinic.page.sees_in("tr:has-text('Ben Ruiz')", "Copy asked: Maria");
    let jobs =
        clinic.kiosk.run(|store| Ok([store.start_print_job()?.unwrap(), store.start_print_job()?.unwrap()]));
    let [dora, copy] = jobs.unwrap();
    assert!(!dora.copy && copy.copy && copy.paper == Paper::Ticket(ben));
    clinic.kiosk.run(move |store| store.end_print_job(&copy, PaperState::Printed, "", now)).unwrap();
    clinic.link.wake();
    clinic.page.sees_in("tr:has-text('Ben Ruiz')", "Printed");
    clinic.page.sees_no_more("#attention", "Ben");
    clinic
        .page
        .act("presses", json!({ "within": "#arrivals tr", "having": "Ben Ruiz", "button": "Print a copy" }));
    clinic.ends_well();
}
