//! Figures of a supervisor: drawn, as a table, as a file, all three the same; and nothing of a patient in any of them.

use crate::page::Browser;
use crate::running_desk::{eventually, example};
use crate::scene::{Clinic, asked, emergency, patient, patient_says, raised, request};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use vestibule::front_desk::arrival::{NotCheckedIn, NotCheckedInCause};
use vestibule::front_desk::message::{SessionEnd, StepTime};
use vestibule::front_desk::queue::VisitEnd;
use vestibule::front_desk::request::{OwnWords, RequestReason};
use vestibule::front_desk::role::Role;
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::Store;

fn ended(step: &str, end: SessionEnd, spent: &[(&str, u32)]) -> FactKind {
    let spent = spent.iter().map(|(step, seconds)| StepTime { step: (*step).into(), seconds: *seconds });
    FactKind::SessionEnded { step: step.into(), end, spent: spent.collect() }
}

/// What happened on some days, as the desk has it.
pub fn fill(clinic: &Clinic, now: DateTime<Utc>) {
    let here = clinic.desk.clinic.clone();
    let mut happened = Vec::new();
    for day in 0..4 {
        for minutes in [5, 12, 40] {
            let raised_at = now - TimeDelta::days(day) - TimeDelta::minutes(minutes);
            let mut asks = asked(&here, if minutes > 20 { "wheelchair" } else { "interpreter" }, "", "en");
            asks.raised_at = raised_at;
            asks.acknowledge_by = raised_at + TimeDelta::minutes(3);
            let taken = FactKind::RequestAcknowledged { request: asks.id, by: "Tom".into() };
            let done = FactKind::RequestResolved { request: asks.id, by: "Tom".into(), note: "Done.".into() };
            happened.push((raised_at, vec![raised(asks)]));
            happened.push((raised_at + TimeDelta::seconds(20 * minutes), vec![taken, done]));
        }
        let (born, name) = ("identify: date of birth", "identify: family name");
        happened.push((
            now - TimeDelta::days(day),
            vec![
                ended("done: ticket issued", SessionEnd::Finished, &[(born, 12), (name, 25)]),
                ended(name, SessionEnd::WentAway, &[(born, 15), (name, 70)]),
                FactKind::NotCheckedIn {
                    turned_away: NotCheckedIn {
                        cause: NotCheckedInCause::Early,
                        patient: None,
                        appointment: None,
                        service: None,
                    },
                },
            ],
        ));
    }
    let written = clinic
        .desk
        .store()
        .run(move |store| happened.into_iter().try_for_each(|(at, kinds)| store.commit(kinds, at).map(drop)));
    written.unwrap();
}

/// What Python's own reader makes of a table.
fn as_python_reads_it(table: &str) -> Value {
    let script = "import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode('utf-8'), newline=''), strict=True))))";
    let mut python = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(table.as_bytes()).unwrap();
    let read = python.wait_with_output().unwrap();
    assert!(read.status.success());
    serde_json::from_slice(&read.stdout).unwrap()
}

/// The table of a topic as it stands on the page, and the file that its link gives.
fn shown_and_kept(page: &mut Browser, topic: &str) -> (Value, String) {
    let shown = page.evaluate(&format!(
        "[...document.querySelectorAll('#{topic} table tr')].map((row) => [...row.cells].map((cell) => cell.textContent === '–' ? '' : cell.textContent))"
    ));
    let kept = page
        .evaluate(&format!("fetch(document.querySelector('#{topic} > a').href).then((told) => told.text())"));
    (shown, kept.as_str().unwrap().to_string())
}

#[test]
fn a_chart_its_table_and_its_file_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut here = example();
    here.data = folder.path().into();
    // Somebody practised today.
    let practice = here.clone().for_practice().data.join("desk.db");
    let mut practised = Store::open(&practice, DESK).unwrap();
    let steps = [("identify: date of birth", 9), ("confirm", 4)];
    practised.commit(vec![ended("confirm", SessionEnd::StartedOver, &steps)], Utc::now()).unwrap();
    let mut clinic = Clinic::opens_as(here, "Elena", Role::Supervisor);
    fill(&clinic, Utc::now());
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor?days=7", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#period-title", " to ");
    clinic.page.sees_in("#topic-flagged", "I need an interpreter");

    // What a screen reader finds: a picture with a name that tells what is on it.
    let name = "document.querySelector('#topic-acknowledged svg[role=img]').getAttribute('aria-label')";
    let told = clinic.page.evaluate(name);
    assert!(
        told.as_str().unwrap().starts_with("Time to acknowledge, By day. Shown: Half within, Nine in ten within. The highest of “Half within”: 4 min, "),
        "{told}"
    );
    // By the keyboard: another division, and the table.
    clinic.page.evaluate(
        "document.querySelector('#topic-acknowledged [data-what=acknowledged-by-routine]').focus()",
    );
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.sees_in("#topic-acknowledged .chart", "I need a wheelchair or help to walk");
    clinic.page.evaluate("document.querySelector('#topic-acknowledged summary').focus()");
    clinic.page.act("keys", json!({ "keys": "Space" }));
    clinic.page.sees_in("#topic-acknowledged table", "13.3");

    let topics = clinic.page.evaluate("[...document.querySelectorAll('.topic')].map((topic) => topic.id)");
    let topics: Vec<_> =
        topics.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_string()).collect();
    assert_eq!(topics.len(), 15, "{topics:?}");
    let mut tables = 0;
    for topic in &topics {
        let count =
            clinic.page.evaluate(&format!("document.querySelectorAll('#{topic} .splits button').length"));
        for split in 0..count.as_u64().unwrap() {
            clinic
                .page
                .evaluate(&format!("document.querySelectorAll('#{topic} .splits button')[{split}].click()"));
            let (shown, kept) = shown_and_kept(&mut clinic.page, topic);
            assert!(kept.ends_with("\r\n"), "RFC 4180");
            assert_eq!(as_python_reads_it(&kept), shown, "{topic}, {split}");
            tables += 1;
        }
    }
    assert!(tables > 25, "{tables}");
    let (_, practice) = shown_and_kept(&mut clinic.page, "topic-practice-step-time");
    assert_eq!(
        practice,
        "Step,Half within (s),Nine in ten within (s),Sessions\r\nconfirm,4,4,1\r\nidentify: date of birth,9,9,1\r\n"
    );

    // Everything open, as it is looked at.
    clinic
        .page
        .evaluate("document.querySelector('#topic-acknowledged [data-what=acknowledged-by-day]').click()");
    clinic.page.evaluate("for (const each of document.querySelectorAll('.topic details')) each.open = true");
    clinic.page.is_accessible("with every table open");
    clinic.page.act("size", json!({ "width": 1280, "height": 800 }));
    clinic.page.evaluate("for (const each of document.querySelectorAll('.topic details')) each.open = false");
    clinic.page.picture("figures", true);
    clinic.page.presses("30 days");
    clinic.page.evaluate("new Promise((resolve) => setTimeout(resolve, 800))");
    assert_eq!(clinic.page.evaluate("location.search"), "?days=30");
    clinic.page.picture("figures-month", true);
    clinic.ends_well();
}

#[test]
fn what_is_known_of_practice_stays_while_its_store_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut here = example();
    here.data = folder.path().into();
    let practice = here.clone().for_practice().data.join("desk.db");
    let mut practised = Store::open(&practice, DESK).unwrap();
    let steps = [("confirm", 4)];
    practised.commit(vec![ended("confirm", SessionEnd::StartedOver, &steps)], Utc::now()).unwrap();
    drop(practised);
    let mut clinic = Clinic::opens_as(here, "Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#practice-topics .chart", "confirm");
    std::fs::write(&practice, "no store at all".repeat(1000)).unwrap();
    clinic.page.presses("7 days");
    clinic.page.sees_in("#practice-none", "The store of the practice desk cannot be read now.");
    clinic.page.sees_in("#practice-topics .chart", "confirm");
    clinic.ends_well();
}

#[test]
fn nothing_of_a_patient_appears() {
    let mut clinic = Clinic::opens();
    let here = clinic.desk.clinic.clone();
    let mut zephyrine = patient("Zephyrine", "Quillfeather", Some("XQ-77123"));
    zephyrine.phone = Some("+34 699 123 987".into());
    zephyrine.address = Some("Calle Wombat 99, 28999 Narnia".into());
    let ticket = clinic.checks_in(&zephyrine, None, Utc::now() - TimeDelta::minutes(70), None);
    let secret = "my rash is xylophone shaped";
    let mut complaint = asked(&here, "complaint", secret, "en");
    complaint.patients = vec![zephyrine.id];
    let case = complaint.case.clone().unwrap();
    let mut help = request(RequestReason::Help, 500);
    help.patients = vec![zephyrine.id];
    help.ticket = Some(ticket.id);
    let mut freed = request(RequestReason::BookedTwice, 60);
    freed.subject = Some("Zephyrine Quillfeather and another are booked at once".into());
    freed.kiosk = DESK.into();
    freed.stopped_at = format!("queue: {}", ticket.number);
    let ids = [complaint.id, help.id];
    let report = asked(&here, "not-working", "The door sticks, says a marmoset.", "en");
    clinic.happens(vec![
        raised(complaint),
        raised(help),
        raised(emergency(&here, secret, "en")),
        raised(report),
        patient_says(ids[0], None, "a walrus told me", "en"),
        FactKind::RequestHandedOver {
            request: ids[1],
            by: "Tom".into(),
            reason: OwnWords("Quillfeather fainted".into()),
            chain: asked(&here, "unwell", "", "en").chain,
        },
        ended("identify: family name", SessionEnd::WentAway, &[("identify: family name", 8)]),
        FactKind::NotCheckedIn {
            turned_away: NotCheckedIn {
                cause: NotCheckedInCause::Late,
                patient: Some(zephyrine.id),
                appointment: None,
                service: Some("general".into()),
            },
        },
    ]);
    let desk = clinic.desk.store().clone();
    eventually("everything is at the desk", || {
        !desk.run(|store| store.not_checked_in(DateTime::UNIX_EPOCH)).unwrap().is_empty()
    });
    let visit = {
        let today = Utc::now().with_timezone(&here.zone).date_naive();
        clinic.desk.store().run(move |store| store.queue(today)).unwrap()[0].visit
    };
    let why = OwnWords("went to the ostrich farm".into());
    let written = clinic.desk.store().run(move |store| {
        let left = FactKind::VisitFinished { visit, end: VisitEnd::Left { why }, by: "Tom".into() };
        let noted = FactKind::RequestResolved {
            request: ids[0],
            by: "Elena".into(),
            note: "Told Zephyrine about the zucchini".into(),
        };
        store.commit(vec![raised(freed), left, noted], Utc::now())
    });
    written.unwrap();
    clinic.signs_in("Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#services", "General consultation");
    clinic.page.sees_in("#cases-answered", "I want to complain");

    let everything = "(async () => {
        const page = document.documentElement.cloneNode(true);
        // The alarm of an emergency says on this page what it says on every page.
        for (const part of page.querySelectorAll('#suggestions, #emergency')) part.remove();
        const told = [page.outerHTML];
        for (const path of ['/api/supervisor/now', '/api/supervisor?days=366']) told.push(await (await fetch(path)).text());
        const report = JSON.parse(told.at(-1));
        for (const { what } of report.topics.flatMap(({ splits }) => splits)) {
            const file = await fetch(`/api/supervisor.csv?what=${what}&from=${report.from}&until=${report.until}`);
            if (!file.ok) throw new Error(what);
            told.push(await file.text());
        }
        return told.join('\\n');
    })()";
    let everything = clinic.page.evaluate(everything);
    let everything = everything.as_str().unwrap();
    assert!(everything.contains("Came after check-in closed"), "there is something to look through");
    let number = ticket.number.to_string();
    let patient_id = zephyrine.id.0.to_string();
    for word in [
        "Zephyrine",
        "Quillfeather",
        "XQ-77123",
        "699 123 987",
        "Wombat",
        "Narnia",
        "1957-03-04",
        "xylophone",
        "walrus",
        "ostrich",
        "zucchini",
        "fainted",
        "marmoset",
        &number,
        &case.number,
        &case.code,
        &patient_id,
    ] {
        assert!(!everything.contains(word), "{word} appears");
    }
    // What was written to be read by a supervisor is read there, and says nothing of whom.
    let suggestions = clinic.page.evaluate("fetch('/api/suggestions').then((told) => told.text())");
    let suggestions = suggestions.as_str().unwrap();
    assert!(suggestions.contains("The door sticks, says a marmoset."));
    for word in ["Zephyrine", "xylophone", &number, &case.number, "R1-"] {
        assert!(!suggestions.contains(word), "{word} appears");
    }
    clinic.ends_well();
}
