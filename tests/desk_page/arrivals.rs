//! Arrivals of the day and their paper.

use crate::scene::{Clinic, patient};
use chrono::Utc;
use serde_json::json;
use vestibule::front_desk::arrival::{NotCheckedIn, NotCheckedInCause};
use vestibule::front_desk::family::{Acting, ActingPerson};
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

#[test]
fn who_could_not_be_checked_in_and_who_acts_for_whom_stand_beside_the_arrivals() {
    let mut clinic = Clinic::opens();
    let (ana, leo) = (patient("Ana", "Ruiz", None), patient("Leo", "Ruiz", None));
    let turned_away = |cause| FactKind::NotCheckedIn {
        turned_away: NotCheckedIn {
            cause,
            patient: Some(ana.id),
            appointment: None,
            service: Some("general".into()),
        },
    };
    clinic.happens(vec![
        FactKind::PatientRecorded { patient: ana.clone() },
        turned_away(NotCheckedInCause::NoAppointment),
    ]);
    let row = "#turned-away li:has-text('Ana Ruiz')";
    clinic.page.sees_in(row, "Has no appointment in the book (General consultation)");
    clinic.page.sees_in(row, "kiosk lobby");
    let ticket = clinic.checks_in(&ana, None, Utc::now(), None);
    clinic.page.sees_in(&format!("{row}.done"), ticket.number.as_str());

    let acting = Acting {
        companion: "parent".into(),
        by: ActingPerson::Named { name: "Nora Byrne".into(), phone: "600111222".into() },
        consent: "I am this child's parent.".into(),
        language: "en".into(),
    };
    clinic.acts_for(&leo, &acting);
    let arrival = "#arrivals tr:has-text('Leo Ruiz')";
    clinic.page.sees_in(arrival, "Nora Byrne, 600111222");
    clinic
        .page
        .act("presses", json!({ "within": "#arrivals tr", "having": "Leo Ruiz", "button": "Confirm" }));
    clinic.hears(
        "the relation is confirmed",
        |kind| matches!(kind, FactKind::RelationConfirmed { by, .. } if by == "Maria"),
    );
    clinic.page.sees_in(arrival, "Confirmed by Maria");
    clinic.ends_well();
}
