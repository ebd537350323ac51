//! What the desk sees of arrivals that did not go by themselves: over the real link, as its page is told it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[allow(dead_code, reason = "other tests use more of it")]
mod running_desk;

use chrono::{NaiveDate, TimeDelta, Utc};
use running_desk::{RunningDesk, eventually, example};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::arrival::{NotCheckedIn, NotCheckedInCause};
use vestibule::front_desk::family::{Acting, ActingPerson};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::request::RequestReason;
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::{NewVisit, Ticket};
use vestibule::link::Link;
use vestibule::link::fact::FactKind;
use vestibule::store::{Store, StoreHandle};

fn ask(desk: &RunningDesk, method: &str, path: &str, body: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(desk.address).unwrap();
    let cookie = desk.signed_in_as("Maria", Role::Supervisor);
    let (address, length) = (desk.address, body.len());
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nX-Vestibule-Desk: 1\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
}

fn board(desk: &RunningDesk) -> Value {
    ask(desk, "GET", "/api/board", "").1
}

/// The kiosk of a name without glass, cut off until it is linked.
fn kiosk(name: &str) -> StoreHandle {
    StoreHandle::new(Store::in_memory(name).unwrap()).unwrap()
}

fn link(desk: &RunningDesk, kiosk: &str, store: &StoreHandle) -> Link {
    Link::start(desk.place(kiosk), store.clone(), |_| {}).unwrap()
}

fn patient(given: &str) -> Patient {
    Patient {
        further: Default::default(),
        id: PatientId(Uuid::now_v7()),
        number: None,
        name: PersonName { given: given.into(), family: "Ruiz".into() },
        date_of_birth: DateOfBirth::from_date(
            NaiveDate::from_ymd_opt(2015, 2, 1).unwrap(),
            Utc::now().date_naive(),
        )
        .unwrap(),
        sex: None,
        phone: None,
        address: None,
        emergency_contact: None,
        language: None,
        source: Source::Imported,
        balance_due: None,
    }
}

fn due(patient: &Patient) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::now_v7()),
        patient: patient.id,
        service: "general".into(),
        clinician: "Dr Chen".into(),
        starts_at: Utc::now() + TimeDelta::minutes(20),
        minutes: 15,
        status: AppointmentStatus::Booked,
        site: None,
    }
}

/// The desk has a record and an appointment, and tells the kiosks.
fn knows(desk: &RunningDesk, patient: &Patient, appointment: &Appointment) {
    let (patients, appointments) = (vec![patient.clone()], vec![appointment.clone()]);
    desk.store().run(move |store| store.take_over(&patients, &appointments, Utc::now())).unwrap();
}

fn visit(patient: &Patient, appointment: Option<&Appointment>) -> NewVisit {
    NewVisit {
        consent: None,
        forms: Vec::new(),
        registration: None,
        patient: patient.id,
        appointment: appointment.cloned(),
        reason: None,
        service: "general".into(),
        language: "en".into(),
        companion: None,
        acting: None,
        noted: Vec::new(),
    }
}

fn check_in(desk: &RunningDesk, kiosk: &StoreHandle, series: &'static str, visit: NewVisit) -> Ticket {
    let clinic = desk.clinic.clone();
    kiosk.run(move |store| store.check_in(&clinic, series, &visit, Utc::now())).unwrap()
}

#[test]
fn two_kiosks_that_were_cut_off_give_two_tickets_and_a_person_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let ana = patient("Ana");
    let appointment = due(&ana);
    knows(&desk, &ana, &appointment);
    let (lobby, garden) = (kiosk("lobby"), kiosk("garden"));
    // Both follow the book, then the network is gone.
    for (name, store) in [("lobby", &lobby), ("garden", &garden)] {
        let follows = link(&desk, name, store);
        let id = ana.id;
        eventually("the kiosk knows the book", || {
            !store.run(move |s| s.booked_visits(id)).unwrap().is_empty()
        });
        drop(follows);
    }
    let first = check_in(&desk, &lobby, "1", visit(&ana, Some(&appointment)));
    let second = check_in(&desk, &garden, "2", visit(&ana, Some(&appointment)));
    assert_ne!(first.number, second.number);
    // The later ticket reaches the desk first.
    let _garden_link = link(&desk, "garden", &garden);
    eventually("the desk has one arrival", || board(&desk)["arrivals"].as_array().unwrap().len() == 1);
    assert_eq!(board(&desk)["requests"], json!([]), "one ticket is nothing to tell of");
    let _lobby_link = link(&desk, "lobby", &lobby);
    eventually("the desk has both arrivals", || board(&desk)["arrivals"].as_array().unwrap().len() == 2);
    eventually("a person is asked to see to it", || board(&desk)["requests"].as_array().unwrap().len() == 1);
    let shown = board(&desk);
    let request = &shown["requests"][0];
    assert_eq!(request["headline"], RequestReason::TwoTickets.headline());
    let numbers = (first.number.as_str(), second.number.as_str());
    assert_eq!(
        request["stopped_at"],
        format!("done: holds {} of lobby and {} of garden", numbers.0, numbers.1)
    );
    let notes = |number: &str| {
        let rows = shown["arrivals"].as_array().unwrap();
        rows.iter().find(|row| row["number"] == number).map(|row| row["notes"].clone()).unwrap()
    };
    assert_eq!(notes(numbers.0), json!([format!("Holds {} as well: call only {}", numbers.1, numbers.0)]));
    assert_eq!(notes(numbers.1), json!([format!("The same patient holds {}: call only that", numbers.0)]));
    // At every place the appointment is answered once, with the earliest ticket.
    let id = ana.id;
    let everywhere = || {
        [desk.store(), &lobby, &garden].into_iter().all(|store| {
            let visits = store.run(move |store| store.booked_visits(id)).unwrap();
            visits.len() == 1 && visits[0].ticket.as_ref().map(|ticket| ticket.id) == Some(first.id)
        })
    };
    eventually("the earliest ticket holds everywhere", everywhere);
    // Nobody is told twice, however long it goes on.
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(board(&desk)["requests"].as_array().unwrap().len(), 1);
}

#[test]
fn a_check_in_for_an_appointment_that_was_changed_meanwhile_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let (ana, ben) = (patient("Ana"), patient("Ben"));
    let (cancelled, moved) = (due(&ana), due(&ben));
    knows(&desk, &ana, &cancelled);
    knows(&desk, &ben, &moved);
    let lobby = kiosk("lobby");
    let first = check_in(&desk, &lobby, "1", visit(&ana, Some(&cancelled)));
    let second = check_in(&desk, &lobby, "1", visit(&ben, Some(&moved)));
    let changes = vec![
        Appointment { status: AppointmentStatus::Cancelled, ..cancelled },
        Appointment { starts_at: moved.starts_at + TimeDelta::hours(3), ..moved },
    ];
    desk.store().run(move |store| store.take_over(&[], &changes, Utc::now())).unwrap();
    let _link = link(&desk, "lobby", &lobby);
    eventually("both are told", || board(&desk)["requests"].as_array().unwrap().len() == 2);
    let shown = board(&desk);
    let words: Vec<&str> = shown["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["stopped_at"].as_str().unwrap())
        .collect();
    for (ticket, what) in [(&first, "cancelled"), (&second, "moved")] {
        let wanted = format!("done: holds {}, and the appointment was {what}", ticket.number);
        assert!(words.contains(&wanted.as_str()), "{words:?}");
    }
}

#[test]
fn who_could_not_be_checked_in_is_seen_within_a_second_and_moves_down_once_checked_in() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let ana = patient("Ana");
    let appointment = due(&ana);
    knows(&desk, &ana, &appointment);
    let lobby = kiosk("lobby");
    let lobby_link = link(&desk, "lobby", &lobby);
    let id = ana.id;
    eventually("the kiosk knows the book", || !lobby.run(move |s| s.booked_visits(id)).unwrap().is_empty());
    // Connected for a while, as a kiosk is.
    std::thread::sleep(Duration::from_millis(500));
    let turned_away = |cause, patient| {
        let appointment = Some(appointment.id).filter(|_| patient == Some(id));
        FactKind::NotCheckedIn { turned_away: NotCheckedIn { cause, patient, appointment, service: None } }
    };
    let kinds = vec![
        turned_away(NotCheckedInCause::Early, Some(id)),
        turned_away(NotCheckedInCause::Early, Some(id)),
        turned_away(NotCheckedInCause::NotIdentified, None),
    ];
    let began = Instant::now();
    lobby.run(move |store| store.commit(kinds, Utc::now())).unwrap();
    lobby_link.wake();
    eventually("the desk sees them", || board(&desk)["turned_away"].as_array().unwrap().len() == 2);
    assert!(began.elapsed() < Duration::from_secs(1), "it took {:?}", began.elapsed());
    let shown = board(&desk);
    assert_eq!(shown["turned_away"][0]["why"], "Could not be identified in three tries");
    let early = &shown["turned_away"][1];
    assert_eq!((&early["patient"]["name"], &early["kiosk"]), (&json!("Ana Ruiz"), &json!("lobby")));
    assert!(early["why"].as_str().unwrap().starts_with("Too early for ") && early["became"] == "", "{early}");
    let ticket = check_in(&desk, &lobby, "1", visit(&ana, Some(&appointment)));
    lobby_link.wake();
    eventually("the desk sees what became of it", || {
        let shown = board(&desk);
        let last = &shown["turned_away"][1];
        last["cause"] == "early" && last["became"].as_str().unwrap().ends_with(ticket.number.as_str())
    });
    let (_, overview) = ask(&desk, "GET", "/api/supervisor", "");
    let topics = overview["topics"].as_array().unwrap().iter();
    let mut tables = topics.flat_map(|topic| topic["splits"].as_array().unwrap());
    let outcomes = tables.find(|table| table["what"] == "arrivals-by-outcome").unwrap();
    let rows =
        outcomes["rows"].as_array().unwrap().iter().map(|row| (row["name"].clone(), row["cells"].clone()));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            (json!("Came before check-in opens"), json!([0.0, 2.0])),
            (json!("General consultation"), json!([1.0, 0.0])),
            (json!("Not identified in three tries"), json!([0.0, 1.0])),
        ]
    );
}

#[test]
fn a_relation_is_shown_with_the_arrival_until_staff_confirm_or_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let (mother, leo, ana) = (patient("Nora"), patient("Leo"), patient("Ana"));
    for child in [&mother, &leo, &ana] {
        knows(&desk, child, &due(child));
    }
    let acting = |by| Acting {
        companion: "parent".into(),
        by,
        consent: "I am this child's parent.".into(),
        language: "en".into(),
    };
    let by_name = acting(ActingPerson::Named { name: "Tom Gil".into(), phone: "600111222".into() });
    let by_record = acting(ActingPerson::Record { patient: mother.id });
    let lobby = kiosk("lobby");
    let acts = |child: &Patient, acting: &Acting| NewVisit {
        companion: Some("parent".into()),
        acting: Some(acting.clone()),
        ..visit(child, None)
    };
    for (child, acting) in [(&leo, &by_name), (&ana, &by_record), (&ana, &by_record)] {
        check_in(&desk, &lobby, "1", acts(child, acting));
    }
    let _link = link(&desk, "lobby", &lobby);
    eventually("the desk has the arrivals", || board(&desk)["arrivals"].as_array().unwrap().len() == 3);
    let shown = board(&desk);
    let [again, first, named] = [0, 1, 2].map(|row| &shown["arrivals"][row]["acts"]);
    assert_eq!((&named["what"], &named["who"]), (&json!("My child"), &json!("Tom Gil, 600111222")));
    assert_eq!((&named["consent"], &named["confirmed"]), (&json!("I am this child's parent."), &json!("")));
    assert_eq!(first["who"], "Nora Ruiz");
    assert_eq!(again["relation"], first["relation"], "the same word is kept once");

    let members = || {
        let id = mother.id;
        desk.store().run(move |store| store.members_of(id)).unwrap()
    };
    assert_eq!(members().iter().map(|member| member.given.as_str()).collect::<Vec<_>>(), ["Ana"]);
    let of =
        |acts: &Value, what: &str| format!("/api/relations/{}/{what}", acts["relation"].as_str().unwrap());
    assert_eq!(ask(&desk, "POST", &of(named, "confirm"), "").0, 204);
    assert_eq!(ask(&desk, "POST", &of(first, "end"), "").0, 204);
    let (status, refusal) = ask(&desk, "POST", &of(first, "confirm"), "");
    assert_eq!((status, refusal["error"].as_str().unwrap().starts_with("Maria has ended")), (409, true));
    assert_eq!(ask(&desk, "POST", &format!("/api/relations/{}/end", Uuid::now_v7()), "").0, 404);
    eventually("the page is told", || {
        let shown = board(&desk);
        shown["arrivals"][2]["acts"]["confirmed"] == "Confirmed by Maria"
            && shown["arrivals"][1]["acts"]["ended"] == "Ended by Maria"
    });
    assert!(members().is_empty(), "nobody is offered by a relation that was ended");
    let id = mother.id;
    eventually("the kiosk knows it too", || lobby.run(move |store| store.members_of(id)).unwrap().is_empty());
}
