//! The book over HTTP, as two pages have it: one time for one patient, whoever is faster, and closures that leave nobody
//! out.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[allow(dead_code, reason = "other tests use more of it")]
mod running_desk;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use running_desk::{RunningDesk, eventually, example};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Barrier};
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::schedule::Asker;

/// Asks as the page does, and answers status and body.
fn ask((desk, cookie): (SocketAddr, &str), method: &str, path: &str, body: &Value) -> (u16, Value) {
    let mut stream = TcpStream::connect(desk).unwrap();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {desk}\r\nX-Vestibule-Desk: 1\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::String(body.to_string())))
}

struct Scene {
    desk: RunningDesk,
    /// By which Maria is signed in.
    cookie: String,
    /// A Monday ahead.
    day: NaiveDate,
    people: Vec<Patient>,
    _folder: tempfile::TempDir,
}

fn patient(number: usize) -> Patient {
    Patient {
        id: PatientId(Uuid::now_v7()),
        number: Some(format!("{number}")),
        name: PersonName { given: "Alex".into(), family: format!("Guest{number}") },
        date_of_birth: DateOfBirth::new(1957, 3, 4, Utc::now().date_naive()).unwrap(),
        sex: None,
        phone: Some("+34 600 000 000".into()),
        address: None,
        emergency_contact: None,
        language: Some("es".into()),
        source: Source::Imported,
        balance_due: None,
        further: Default::default(),
    }
}

impl Scene {
    fn new(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut clinic = example();
        clinic.routines.calendar.holidays.clear();
        clinic.routines.schedule.closures.clear();
        let desk = RunningDesk::start(clinic, folder.path());
        let today = Utc::now().with_timezone(&desk.clinic.zone).date_naive();
        let day = (today + Days::new(7)).iter_days().find(|day| day.weekday() == Weekday::Mon).unwrap();
        let people: Vec<_> = (0..count).map(patient).collect();
        let known = people.clone();
        desk.store().run(move |store| store.take_over(&known, &[], Utc::now())).unwrap();
        let cookie = desk.signed_in(Role::Receptionist);
        Self { desk, cookie, day, people, _folder: folder }
    }

    fn at_desk(&self) -> (SocketAddr, &str) {
        (self.desk.address, &self.cookie)
    }

    fn does(&self, path: &str, details: Value) -> (u16, Value) {
        ask(self.at_desk(), "POST", path, &details)
    }

    fn book(&self, day: NaiveDate) -> Value {
        let (status, told) = ask(self.at_desk(), "GET", &format!("/api/book?day={day}"), &Value::Null);
        assert_eq!(status, 200, "{told}");
        told
    }

    fn column(&self, clinician: &str) -> Value {
        let book = self.book(self.day);
        let columns = book["columns"].as_array().unwrap();
        columns.iter().find(|column| column["clinician"] == clinician).unwrap().clone()
    }

    /// Books the first free times of Dr Chen, one for each person.
    fn books_everybody(&self) -> Vec<Value> {
        let free = self.column("Dr Chen")["free"].as_array().unwrap().clone();
        let booked = self.people.iter().zip(free).map(|(patient, free)| {
            let order = json!({ "id": Uuid::now_v7(), "patient": patient.id, "slot": free["slot"] });
            let (status, stands) = self.does("/api/book/appointments", order.clone());
            assert_eq!(status, 200, "{stands}");
            assert_eq!(self.does("/api/book/appointments", order), (200, stands.clone()), "sent again");
            stands
        });
        booked.collect()
    }

    fn stands(&self, id: &Value) -> Appointment {
        let id = AppointmentId(id.as_str().unwrap().parse().unwrap());
        self.desk.store().run(move |store| store.appointment(id)).unwrap().unwrap()
    }

    fn position(&self) -> u64 {
        self.desk.store().run(|store| store.last_position()).unwrap()
    }

    fn at(&self, clock: &str) -> String {
        format!("{}T{clock}:00", self.day)
    }

    fn preview(&self, from: &str, to: &str) -> Vec<Value> {
        let span = json!({ "clinicians": ["Dr Chen"], "from": self.at(from), "to": self.at(to) });
        let (status, told) = self.does("/api/book/closures/preview", span);
        assert_eq!(status, 200, "{told}");
        told["concerned"].as_array().unwrap().clone()
    }

    fn close(&self, id: Uuid, from: &str, to: &str, decided: Vec<Value>) -> (u16, Value) {
        let closing = json!({
            "id": id, "clinicians": ["Dr Chen"], "from": self.at(from), "to": self.at(to),
            "reason": "Dr Chen is ill", "decided": decided,
        });
        self.does("/api/book/closures", closing)
    }

    fn calls(&self) -> Vec<Value> {
        let book = self.book(self.day);
        let closures = book["closures"].as_array().unwrap();
        closures.iter().flat_map(|closure| closure["calls"].as_array().unwrap().clone()).collect()
    }
}

fn as_proposed(concerned: &[Value]) -> Vec<Value> {
    let decided = concerned.iter().map(|each| {
        let there = &each["appointment"];
        let mut decided = match each["proposed"].is_null() {
            true => json!({ "then": "leave-open" }),
            false => json!({ "then": "move", "slot": each["proposed"]["slot"] }),
        };
        decided["appointment"] = there["id"].clone();
        decided["from"] = there["slot"]["starts_at"].clone();
        decided
    });
    decided.collect()
}

#[test]
fn of_two_receptionists_who_want_one_time_one_gets_it_and_the_other_is_told() {
    let scene = Scene::new(6);
    let booked = scene.books_everybody();
    for round in 0..3 {
        let free = scene.column("Dr Chen")["free"][round]["slot"].clone();
        let start = Arc::new(Barrier::new(booked.len()));
        let racing: Vec<_> = booked
            .iter()
            .map(|stands| {
                let (address, cookie, start) = (scene.desk.address, scene.cookie.clone(), Arc::clone(&start));
                let from = scene.stands(&stands["id"]).starts_at;
                let (path, order) = (
                    format!("/api/book/appointments/{}/move", stands["id"].as_str().unwrap()),
                    json!({ "from": from, "slot": free }),
                );
                std::thread::spawn(move || {
                    start.wait();
                    ask((address, &cookie), "POST", &path, &order)
                })
            })
            .collect();
        let answers: Vec<_> = racing.into_iter().map(|thread| thread.join().unwrap()).collect();
        let won = answers.iter().filter(|(status, _)| *status == 200).count();
        assert_eq!(won, 1, "{answers:?}");
        for (_, told) in answers.iter().filter(|(status, _)| *status != 200) {
            assert!(
                told["error"].as_str().unwrap().starts_with("Somebody else has this time by now"),
                "{told}"
            );
        }
    }
    let column = scene.column("Dr Chen");
    let mut times: Vec<_> = column["appointments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["slot"]["starts_at"].to_string())
        .collect();
    assert_eq!(times.len(), 6);
    times.dedup();
    assert_eq!(times.len(), 6, "no time is given to two");
}

#[test]
fn a_move_is_put_back_also_to_where_the_schedule_has_no_slot() {
    let scene = Scene::new(1);
    // Another system booked it at an odd time.
    let free = scene.column("Dr Chen")["free"][4]["slot"].clone();
    let starts_at: DateTime<Utc> = free["starts_at"].as_str().unwrap().parse().unwrap();
    let odd = Appointment {
        id: AppointmentId(Uuid::now_v7()),
        patient: scene.people[0].id,
        service: "general".into(),
        clinician: "DR. CHEN".into(),
        starts_at: starts_at + TimeDelta::minutes(7),
        minutes: 11,
        status: AppointmentStatus::Booked,
        site: None,
    };
    let book = odd.clone();
    scene.desk.store().run(move |store| store.take_over(&[], &[book], Utc::now())).unwrap();
    let shown = scene.column("Dr Chen")["appointments"][0].clone();
    assert_eq!(
        (shown["to"].as_u64().unwrap() - shown["from"].as_u64().unwrap(), &shown["patient"]["name"]),
        (11, &json!("Alex Guest0"))
    );
    let path = format!("/api/book/appointments/{}", odd.id.0);
    let to = scene.column("Dr Chen")["free"][0]["slot"].clone();
    let (status, moved) = scene.does(&format!("{path}/move"), json!({ "from": odd.starts_at, "slot": to }));
    assert_eq!((status, &moved["slot"]), (200, &to));
    // Not from where it does not stand any more.
    let (status, told) =
        scene.does(&format!("{path}/put-back"), json!({ "from": odd.starts_at, "slot": shown["slot"] }));
    assert_eq!(status, 409, "{told}");
    let (status, back) =
        scene.does(&format!("{path}/put-back"), json!({ "from": to["starts_at"], "slot": shown["slot"] }));
    assert_eq!((status, &back["slot"]), (200, &shown["slot"]));
    assert_eq!(scene.stands(&json!(odd.id.0)), odd);
    let (status, _) = scene.does(&format!("{path}/call-off"), json!({ "from": odd.starts_at }));
    assert_eq!(status, 200);
    assert_eq!(scene.column("Dr Chen")["called_off"], 1);
}

#[test]
fn a_closure_takes_everybody_with_it_or_nothing_is_closed() {
    let scene = Scene::new(5);
    let booked = scene.books_everybody();
    let concerned = scene.preview("08:30", "09:30");
    assert_eq!(concerned.len(), 4);
    let proposed: Vec<_> = concerned.iter().map(|each| each["proposed"]["time"].as_str().unwrap()).collect();
    // The first is free behind the five.
    assert_eq!(proposed, ["09:45", "10:00", "10:15", "10:30"]);
    let decided = as_proposed(&concerned);
    let before = scene.position();

    // One is left out; one is shown where it does not stand; one is to go where nobody can.
    let refused = |decided: Vec<Value>, words: &str| {
        let (status, told) = scene.close(Uuid::now_v7(), "08:30", "09:30", decided);
        assert!(status == 409 && told["error"].as_str().unwrap().contains(words), "{status} {told}");
        assert_eq!(scene.position(), before, "nothing is kept of what was refused");
    };
    refused(decided[..3].to_vec(), "The book has changed since this list was made");
    let mut elsewhere = decided.clone();
    elsewhere[1]["from"] = decided[0]["from"].clone();
    refused(elsewhere, "The book has changed since this list was made");
    let mut taken = decided.clone();
    taken[3]["slot"] = scene.column("Dr Chen")["appointments"][4]["slot"].clone();
    refused(taken, "Alex Guest3: Somebody else has this time by now");
    let mut inside = decided.clone();
    inside[2]["slot"] = concerned[0]["appointment"]["slot"].clone();
    refused(inside, "Nothing was closed.");

    // All of it at once; sent again it is the same closure.
    let id = Uuid::now_v7();
    assert_eq!(scene.close(id, "08:30", "09:30", decided.clone()).0, 204);
    let after = scene.position();
    assert_eq!(scene.close(id, "08:30", "09:30", decided).0, 204);
    assert_eq!(scene.position(), after);
    let calls = scene.calls();
    assert_eq!(calls.len(), 4);
    for (call, stands) in calls.iter().zip(&booked) {
        assert_eq!((&call["appointment"], &call["change"]), (&stands["id"], &json!("moved")));
        assert_eq!(call["language"], "Spanish");
        assert!(call["phone"].as_str().unwrap().contains("600"), "{call}");
        assert_eq!(call["steps"].as_array().unwrap().len(), 3);
    }
    let requests = scene.desk.store().run(|store| store.open_requests()).unwrap();
    assert!(requests.iter().all(|row| row.request.reason == RequestReason::AppointmentMovedByClinic));
    assert_eq!(requests.len(), 4);

    // Neither a patient nor another page gets any of that time.
    let column = scene.column("Dr Chen");
    let first = &column["free"][0];
    assert_eq!(first["time"], "10:45");
    assert_eq!(column["closed"][0]["name"], "Dr Chen is ill");
    let order = json!({ "from": scene.stands(&booked[4]["id"]).starts_at, "slot": concerned[0]["appointment"]["slot"] });
    let path = format!("/api/book/appointments/{}/move", booked[4]["id"].as_str().unwrap());
    let (status, told) = scene.does(&path, order);
    assert!(status == 409 && told["error"].as_str().unwrap().starts_with("This time was closed"), "{told}");
}

#[test]
fn calls_end_one_by_one_and_what_was_left_open_needs_none_once_the_time_is_open_again() {
    let scene = Scene::new(3);
    scene.books_everybody();
    let concerned = scene.preview("08:30", "09:15");
    let mut decided = as_proposed(&concerned);
    decided[0]["then"] = json!("leave-open");
    decided[1]["then"] = json!("call-off");
    let id = Uuid::now_v7();
    assert_eq!(scene.close(id, "08:30", "09:15", decided).0, 204);
    let calls = scene.calls();
    let kinds: Vec<_> = calls.iter().map(|call| call["change"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["left-open", "called-off", "moved"]);
    let call = |number: usize, outcome: &str, note: &str| {
        let path = format!("/api/book/calls/{}", calls[number]["request"].as_str().unwrap());
        scene.does(&path, json!({ "outcome": outcome, "note": note }))
    };
    assert_eq!(call(1, "no-answer", "").0, 204);
    assert!(scene.calls()[1]["outcome"].is_null(), "it is to be tried again");
    assert_eq!(call(1, "not-reached", "").0, 422, "why is not said");
    assert_eq!(call(1, "not-reached", "A letter was sent").0, 204);
    assert_eq!(call(1, "not-reached", "A letter was sent").0, 204, "sent again");
    assert_eq!(call(1, "reached", "").0, 409, "it has ended");
    assert_eq!(call(2, "reached", "").0, 204);
    let told = scene.calls();
    let outcomes: Vec<_> = told.iter().map(|call| call["outcome"].clone()).collect();
    assert_eq!(outcomes, [Value::Null, json!("not-reached"), json!("reached")]);
    assert_eq!(
        (&told[1]["note"], &told[1]["calls"].as_array().unwrap().len()),
        (&json!("A letter was sent"), &2)
    );

    assert_eq!(scene.does(&format!("/api/book/closures/{id}/end"), Value::Null).0, 204);
    let book = scene.book(scene.day);
    assert_eq!(book["closures"], json!([]), "everybody has an outcome, and nothing is closed");
    let open = scene.desk.store().run(|store| store.open_requests()).unwrap();
    assert!(open.is_empty());
    let left: Uuid = calls[0]["request"].as_str().unwrap().parse().unwrap();
    let row = scene
        .desk
        .store()
        .run(move |store| store.request(vestibule::front_desk::request::RequestId(left)))
        .unwrap()
        .unwrap();
    assert!(matches!(row.state, RequestState::Resolved { .. }));
    // What was called off is free; the one that was left open stands there.
    let column = scene.column("Dr Chen");
    assert_eq!(column["free"][0]["time"], "08:45");
    assert_eq!(column["appointments"][0]["time"], "08:30");
}

#[test]
fn what_another_system_books_over_a_closure_joins_its_calls_once() {
    let scene = Scene::new(1);
    assert_eq!(scene.close(Uuid::now_v7(), "08:30", "12:00", Vec::new()).0, 204);
    assert!(scene.calls().is_empty());
    let zone = scene.desk.clinic.zone;
    let starts_at = scene.day.and_hms_opt(9, 0, 0).unwrap().and_local_timezone(zone).unwrap().to_utc();
    let over = Appointment {
        id: AppointmentId(Uuid::now_v7()),
        patient: scene.people[0].id,
        service: "general".into(),
        clinician: "Dr. CHEN".into(),
        starts_at,
        minutes: 15,
        status: AppointmentStatus::Booked,
        site: None,
    };
    let book = over.clone();
    scene.desk.store().run(move |store| store.take_over(&[], &[book], Utc::now())).unwrap();
    eventually("staff are to tell them", || scene.calls().len() == 1);
    assert_eq!(scene.calls()[0]["change"], "left-open");
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert_eq!(scene.calls().len(), 1, "once");
    // A desk that was off in between still has it.
    let Scene { mut desk, cookie, day, people, _folder } = scene;
    desk.stop();
    desk.start_again();
    let scene = Scene { desk, cookie, day, people, _folder };
    assert_eq!(scene.calls().len(), 1);
    let free = scene.desk.store().run({
        let clinic = Arc::clone(&scene.desk.clinic);
        move |store| {
            let search = vestibule::front_desk::booking::SlotSearch {
                service: "general".into(),
                clinician: Some("Dr Chen".into()),
                from: day,
                to: day,
                part: None,
            };
            store.open_slots_for(Asker::Patient, &clinic, &search, Utc::now())
        }
    });
    assert!(free.unwrap().iter().all(|slot| slot.starts_at.with_timezone(&zone).time()
        >= chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap()));
}

#[test]
fn what_cannot_be_meant_is_refused_in_words() {
    let scene = Scene::new(1);
    let span = |clinicians: Value, from: &str, to: &str| {
        let asked = json!({ "clinicians": clinicians, "from": scene.at(from), "to": scene.at(to) });
        scene.does("/api/book/closures/preview", asked)
    };
    for (answer, words) in [
        (span(json!([]), "08:00", "09:00"), "Choose whose time it is."),
        (span(json!([" "]), "08:00", "09:00"), "Choose whose time it is."),
        (span(json!(["Dr Chen"]), "09:00", "08:00"), "over before it begins"),
        (span(json!(["Dr Chen"]), "09:00", "09:00"), "over before it begins"),
    ] {
        assert!(answer.0 == 422 && answer.1["error"].as_str().unwrap().contains(words), "{answer:?}");
    }
    let long = json!({ "clinicians": ["Dr Chen"], "from": scene.at("08:00"), "to": format!("{}T08:00:00", scene.day + Days::new(40)) });
    assert!(
        scene.does("/api/book/closures/preview", long).1["error"]
            .as_str()
            .unwrap()
            .contains("more than a month")
    );
    let past =
        json!({ "clinicians": ["Dr Chen"], "from": "2020-01-01T08:00:00", "to": "2020-01-01T09:00:00" });
    assert!(
        scene.does("/api/book/closures/preview", past).1["error"].as_str().unwrap().contains("over already")
    );
    let nobody = json!({ "id": Uuid::now_v7(), "patient": Uuid::now_v7(), "slot": scene.column("Dr Chen")["free"][0]["slot"] });
    assert_eq!(scene.does("/api/book/appointments", nobody).0, 404);
    assert_eq!(
        scene.does(&format!("/api/book/calls/{}", Uuid::now_v7()), json!({ "outcome": "reached" })).0,
        404
    );
    assert_eq!(scene.does(&format!("/api/book/closures/{}/end", Uuid::now_v7()), Value::Null).0, 404);
    let (status, _) = ask(scene.at_desk(), "GET", "/api/book?day=1850-01-01", &Value::Null);
    assert_eq!(status, 422);
    let (status, _) = ask(scene.at_desk(), "GET", "/api/book?day=+262142-12-31", &Value::Null);
    assert!((400..500).contains(&status), "{status}");
}

#[test]
fn whoever_may_not_change_the_book_sees_nothing_of_it() {
    let scene = Scene::new(1);
    let booked = scene.books_everybody();
    let id = booked[0]["id"].as_str().unwrap();
    for (role, status) in [(Role::ClinicalStaff, 403), (Role::Administrator, 403), (Role::Supervisor, 200)] {
        let cookie = scene.desk.signed_in(role);
        let at = (scene.desk.address, cookie.as_str());
        assert_eq!(ask(at, "GET", "/api/book", &Value::Null).0, status, "{role:?}");
        assert_eq!(
            ask(at, "GET", &format!("/api/book/appointments/{id}/calendar"), &Value::Null).0,
            status,
            "{role:?}"
        );
    }
    let nobody = (scene.desk.address, "");
    for path in ["/api/book", &format!("/api/book/appointments/{id}/calendar")] {
        assert_eq!(ask(nobody, "GET", path, &Value::Null).0, 401, "{path}");
    }
    let (status, file) =
        ask(scene.at_desk(), "GET", &format!("/api/book/appointments/{id}/calendar"), &Value::Null);
    assert!(status == 200 && file.as_str().unwrap().contains("METHOD:REQUEST"), "{file}");
    // Who looked is in the trail, by name.
    let patient = scene.people[0].id;
    let search = vestibule::store::AuditSearch { patient: Some(patient), ..Default::default() };
    let trail = scene.desk.store().run(move |store| store.audit(&search, 20)).unwrap();
    let lines: Vec<_> = trail.iter().map(|entry| (entry.actor.name.as_str(), entry.what.as_str())).collect();
    assert!(lines.contains(&("Maria", "appointment-recorded")), "{lines:?}");
}
