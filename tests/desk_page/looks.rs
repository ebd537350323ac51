//! What the page looks like with everything on it, on every screen, and that text of patients is only text.

use crate::running_desk::eventually;
use crate::scene::{Clinic, asked, emergency, patient, patient_says, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::message::SideNote;
use vestibule::front_desk::patient::Patient;
use vestibule::front_desk::request::{OwnWords, Request, RequestReason};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::{PaperState, Ticket};
use vestibule::link::fact::FactKind;

#[test]
fn text_from_patients_is_text() {
    let mut clinic = Clinic::opens();
    let evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    let mut somebody = patient(evil, "\" onmouseover=\"alert(3)", Some("<b>7</b>"));
    somebody.address = Some("</div><svg onload=alert(4)>".into());
    clinic.checks_in(&somebody, None, Utc::now(), Some((PaperState::NotPrinted, evil)));
    let mut duplicate = request(RequestReason::PossibleDuplicate, 0);
    duplicate.registration = Some(Box::new(somebody.clone()));
    duplicate.patients = vec![somebody.id];
    duplicate.stopped_at = evil.into();
    duplicate.language = evil.into();
    let id = duplicate.id;
    clinic.happens(vec![
        raised(duplicate),
        FactKind::DeviceReported { device: evil.into(), trouble: evil.into() },
    ]);
    for part in ["#request-list .person", "#arrivals", "#request-list .facts", "#attention"] {
        clinic.page.sees_in(part, evil);
    }
    let mut report = asked(&clinic.desk.clinic, "not-working", evil, "en");
    report.subject = Some(evil.into());
    let mut complaint = asked(&clinic.desk.clinic, "complaint", evil, "en");
    complaint.companion = Some(evil.into());
    let (danger, about) = (emergency(&clinic.desk.clinic, evil, evil), complaint.id);
    let danger_id = danger.id;
    clinic.happens(vec![
        raised(report),
        raised(complaint),
        patient_says(about, Some(evil), evil, evil),
        FactKind::SideNoted {
            note: SideNote {
                id: Uuid::now_v7(),
                request: about,
                side: evil.into(),
                words: OwnWords(evil.into()),
                by: evil.into(),
                at: Utc::now(),
            },
        },
        raised(danger),
    ]);
    clinic.page.sees_in("#emergency .words", evil);
    clinic.page.presses("I am going to kiosk lobby");
    clinic.page.sees_in("#request-list .emergency .words", evil);
    clinic.page.act("presses", json!({ "within": "#later-list", "button": "I want to complain" }));
    for button in ["Messages (1)", "Both sides (1)"] {
        clinic.page.act("presses", json!({ "within": "#later-list", "button": button }));
    }
    clinic.page.sees_in("#later-list .side", evil);
    let note = evil.to_string();
    clinic
        .desk
        .store()
        .run(move |store| {
            let done = |request| FactKind::RequestResolved { request, by: note.clone(), note: note.clone() };
            store.commit([id, danger_id].map(done).into(), Utc::now())
        })
        .unwrap();
    clinic.page.sees("Nobody is waiting for help.");
    let marks = "document.querySelectorAll(':is(main, dialog) :is(img, script, svg, b b)').length";
    assert_eq!(clinic.page.evaluate(marks), 0);
    clinic.signs_in("Elena", Role::Supervisor);
    clinic.page.act("open", json!({ "url": format!("http://{}/supervisor", clinic.desk.address) }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#suggestions", evil);
    // The charts of this page are pictures of its own.
    let marks = "document.querySelectorAll('main :is(img, script), #suggestions :is(svg, b b)').length";
    assert_eq!(clinic.page.evaluate(marks), 0);
    clinic.ends_well();
}

/// A morning with everything that a page can hold: long names, other scripts, all states.
pub fn a_busy_morning(clinic: &Clinic) {
    let now = Utc::now();
    let names = [
        ("Maria Luisa", "García López"),
        ("Seán", "O’Brien"),
        ("ليلى", "حداد"),
        ("आरती", "शर्मा"),
        ("Tom", "Baker"),
        ("Wolfeschlegelsteinhausenbergerdorff-Alexandrovich", "Hubert-Blaine-Konstantinopolitanskiewicz"),
        ("María de los Ángeles Guadalupe", "Fernández de Córdoba y Álvarez de Toledo"),
        ("Anna", "Nowak"),
        ("Jo", "X"),
        ("عبد الرحمن بن محمد", "الهاشمي"),
        ("Nguyễn Thị", "Hồng Nhung"),
        ("Ngozi", "Okafor"),
    ];
    let patients: Vec<Patient> = (0_usize..)
        .zip(names)
        .map(|(n, (given, family))| {
            patient(given, family, (n != 3).then(|| format!("10{:04}", 17 + n * 31)).as_deref())
        })
        .collect();
    let paper = |n: usize| match n {
        2 => Some((PaperState::NotPrinted, "the printer has no paper: put in a new roll")),
        5 => Some((PaperState::NotKnown, "the printer fell silent in the middle")),
        11 => None,
        _ => Some((PaperState::Printed, "")),
    };
    let tickets: Vec<Ticket> = (0_usize..)
        .zip(&patients)
        .map(|(n, patient)| {
            let booked = Appointment {
                id: AppointmentId(Uuid::now_v7()),
                patient: patient.id,
                service: ["general", "blood", "children"][n % 3].into(),
                clinician: ["Dr Chen", "Nurse Ruiz", "Dr Okafor-Montgomery"][n % 3].into(),
                starts_at: now + TimeDelta::minutes(5 * n as i64),
                minutes: 20,
                status: AppointmentStatus::Booked,
                site: None,
            };
            let at = now - TimeDelta::seconds(44 - 4 * n as i64);
            clinic.checks_in(patient, (n != 4).then_some(&booked), at, paper(n))
        })
        .collect();
    let several = Request {
        patients: vec![patients[0].id, patients[5].id, patients[9].id],
        language: "es".into(),
        ..request(RequestReason::SeveralRecords, 221)
    };
    let duplicate = Request {
        patients: vec![patients[5].id],
        registration: Some(Box::new(patients[5].clone())),
        ticket: Some(tickets[5].id),
        language: "ar".into(),
        stopped_at: "register: consent".into(),
        ..request(RequestReason::PossibleDuplicate, 30)
    };
    let taken = Request { language: "hi".into(), ..request(RequestReason::NotIdentified, 95) };
    let done = Request { patients: vec![patients[4].id], ..request(RequestReason::NoAppointment, 1200) };
    let (taken_id, done_id) = (taken.id, done.id);
    let here = &clinic.desk.clinic;
    let pain = "सीने में हल्का दर्द है और साँस लेने में तकलीफ़ हो रही है, कृपया जल्दी आइए";
    let unwell = Request {
        companion: Some("parent".into()),
        red_flags: vec!["breathing".into()],
        ..asked(here, "unwell", pain, "hi")
    };
    let question = asked(here, "question", "أين غرفة الانتظار؟ لا أجد الطريق.", "ar");
    let complaint =
        asked(here, "complaint", &"I waited for two hours and nobody spoke to me. ".repeat(6), "en");
    let mut overdue = asked(here, "complaint", "Nadie me respondió.", "es");
    overdue.case.as_mut().unwrap().answer_by = now - TimeDelta::days(5);
    let report = asked(here, "not-working", "The screen is too high for my wheelchair.", "en");
    let note = |side: &str, words: &str| FactKind::SideNoted {
        note: SideNote {
            id: Uuid::now_v7(),
            request: complaint.id,
            side: side.into(),
            words: OwnWords(words.into()),
            by: "Maria".into(),
            at: now,
        },
    };
    let notes = [
        note("The patient's family", "Nobody told us that the doctor was called away."),
        note("Dr Okafor-Montgomery", "I asked reception to tell everybody who waited."),
    ];
    let spoke = patient_says(question.id, Some("cannot-walk"), "لا أستطيع المشي إلى هناك", "ar");
    clinic.happens(vec![
        raised(unwell),
        raised(question),
        raised(complaint),
        raised(overdue),
        raised(report),
        spoke,
    ]);
    clinic.happens(notes.into());
    clinic.happens(vec![
        raised(several),
        raised(duplicate),
        raised(request(RequestReason::Help, 4)),
        raised(taken),
        raised(done),
        FactKind::DeviceReported {
            device: "printer".into(),
            trouble: "The paper is out: put in a new roll of 80 mm.".into(),
        },
    ]);
    eventually("the desk has the morning", || {
        clinic.desk.store().run(move |store| Ok(store.request(done_id)?.is_some())).unwrap()
    });
    let note = "Booked for tomorrow at 10:20 with Dr Chen.".to_string();
    clinic
        .desk
        .store()
        .run(move |store| {
            let by = "Maria".to_string();
            store.commit(
                vec![
                    FactKind::RequestAcknowledged { request: taken_id, by: by.clone() },
                    FactKind::RequestResolved { request: done_id, by, note },
                ],
                Utc::now(),
            )
        })
        .unwrap();
}

/// What of the page nobody could see.
pub const CUT_OFF: &str = "[...document.querySelectorAll('body *')]
    .filter((part) => part.checkVisibility() && !part.matches('.skip, textarea, .words'))
    .filter((part) => {
        // What is there for those alone who hear the page.
        for (let each = part; each; each = each.parentElement) if (getComputedStyle(each).clipPath !== 'none') return false;
        return true;
    })
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1
        || (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0))
    .map((part) => part.outerHTML.slice(0, 200))";

#[test]
fn the_page_is_accessible_and_fits_every_screen() {
    let mut clinic = Clinic::opens_unattended();
    clinic.page.is_accessible("while it asks who is at the desk");
    clinic.page.picture("asks-who", false);
    clinic.signs_in("Maria", Role::Receptionist);
    clinic.opens_page_at(clinic.desk.address);
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.is_accessible("with nobody there");
    let sizes = [("wide", 1440, 900), ("notebook", 1280, 800), ("tablet", 1024, 768), ("phone", 390, 844)];
    for (name, width, height) in sizes {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.picture(&format!("empty-{name}"), false);
    }
    a_busy_morning(&clinic);
    clinic.page.sees_in("#request-list", "Maria is on the way");
    clinic.page.sees_in("#arrivals", "Anna Nowak");
    clinic.page.sees_in("#banner", "(kiosk lobby), and 4 more");
    for (name, width, height) in sizes {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "cut off at {width} pixels");
        clinic.page.picture(&format!("busy-{name}"), false);
        clinic.page.picture(&format!("busy-{name}-whole"), true);
        clinic.page.evaluate("document.querySelector('#attention').scrollIntoView()");
        clinic.page.picture(&format!("busy-{name}-arrivals"), false);
        clinic.page.is_accessible(&format!("on a busy morning at {width} pixels"));
    }
    clinic.page.act(
        "presses",
        json!({ "within": "#request-list .card", "having": "Several records fit", "button": "Resolve…" }),
    );
    clinic.page.picture("busy-phone-note", false);
    clinic.page.is_accessible("while a note is written");
    clinic.ends_well();
}

#[test]
fn everything_that_can_be_opened_fits_and_is_accessible() {
    let mut clinic = Clinic::opens();
    a_busy_morning(&clinic);
    clinic.page.sees_in("#request-list", "Maria is on the way");
    clinic.page.sees_in("#later-list", "Overdue");
    for (name, width, height) in [("notebook", 1280, 800), ("phone", 390, 844)] {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.evaluate(
            "document.querySelectorAll('.fold, .tool').forEach((button) => {
                button.getAttribute('aria-expanded') === 'false' && button.click();
            })",
        );
        for panel in ["messages", "steps-for", "sides", "hand-over"] {
            clinic.page.evaluate(&format!(
                "document.querySelectorAll('.tool-{panel}').forEach((button) => {{
                    button.checkVisibility() && button.getAttribute('aria-expanded') === 'false' && button.click();
                }})"
            ));
            assert_eq!(clinic.page.evaluate(CUT_OFF), json!([]), "{panel} cut off at {width} pixels");
            // The same elements at every width: once is enough for what takes a second each.
            if name == "notebook" {
                clinic.page.is_accessible(&format!("with {panel}"));
            }
        }
        clinic.page.picture(&format!("open-{name}-whole"), true);
        clinic.page.evaluate(
            "document.querySelectorAll('[aria-expanded=true]').forEach((button) => button.click())",
        );
    }
    clinic.ends_well();
}
