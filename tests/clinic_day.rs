//! A whole day of a clinic, as fast as it goes: eight kiosks, four desks, four hundred patients, thirty flagged requests,
//! and a desk's computer that is killed twice. At its end every patient was called once and every request was answered
//! or climbed its chain. `VESTIBULE_SEED=… tests/run a_whole_day` plays a day again, `VESTIBULE_PATIENTS=…` a longer one.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[allow(dead_code, reason = "other tests use more of it")]
#[path = "support/chance.rs"]
mod chance;
#[allow(dead_code, reason = "other tests use more of it")]
mod running_desk;

use chance::{Chance, seed};
use chrono::{TimeDelta, Utc};
use running_desk::{RunningDesk, eventually, where_it_is_noon};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use uuid::Uuid;
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::calendar::Within;
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::queue::{Place, VisitEnd};
use vestibule::front_desk::request::{Request, RequestId, RequestReason, RequestState};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::NewVisit;
use vestibule::link::Link;
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::{Store, StoreHandle};

const KIOSKS: [&str; 8] = ["lobby", "garden", "north", "south", "east", "west", "annexe", "children"];
const POINTS: [&str; 4] = ["room-1", "room-2", "laboratory", "children"];
/// Nobody answers what comes from there: it must climb.
const UNHEARD: [&str; 2] = ["north", "south"];
const REQUESTS: u64 = 30;

/// The example's clinic with eight kiosks, in which everything goes a hundred times faster.
fn example() -> Clinic {
    let kiosks = KIOSKS.iter().zip(1..).filter(|(name, _)| **name != "lobby").map(|(name, series)| {
        format!("[[kiosk]]\nname = \"{name}\"\nseries = \"{series}\"\npanel_inches = 21.5\n\n")
    });
    let more: String = kiosks.collect();
    let text =
        include_str!("../src/clinic/example.toml").replacen("[[kiosk]]", &format!("{more}[[kiosk]]"), 1);
    let mut clinic = clinic::read_text("clinic.toml", &where_it_is_noon(&text)).unwrap();
    clinic.routines.queue.again_after = TimeDelta::milliseconds(300);
    for destination in &mut clinic.routines.destinations {
        destination.answer_within = Within::Seconds(3);
    }
    for hand_over in &mut clinic.routines.hand_overs {
        hand_over.answer_within = None;
    }
    clinic
}

/// A receptionist or clinician at a service point, as their page speaks to the desk.
struct AtPoint<'a> {
    desk: SocketAddr,
    cookie: String,
    point: &'a str,
    here: Option<String>,
    chance: Chance,
}

impl AtPoint<'_> {
    /// Asks the desk. An answer may never come: its computer was killed before or after it did what was asked.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
        let body = body.to_string();
        let mut stream = TcpStream::connect(self.desk).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nX-Vestibule-Desk: 1\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            self.desk,
            self.cookie,
            body.len()
        )
        .ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.split(' ').nth(1)?.parse().ok()?, serde_json::from_str(body).unwrap_or(Value::Null)))
    }

    /// What the page shows after it was cut off.
    fn look(&mut self) {
        let Some((200, board)) = self.ask("GET", "/api/board", &Value::Null) else { return };
        let points = board["queue"]["points"].as_array().unwrap();
        let mine = points.iter().find(|point| point["id"] == self.point).unwrap();
        self.here = mine["here"]["visit"].as_str().map(str::to_string);
        for request in board["requests"].as_array().unwrap() {
            if UNHEARD.contains(&request["kiosk"].as_str().unwrap()) {
                continue;
            }
            let id = request["id"].as_str().unwrap();
            // Taken on already: the desk's computer was killed before it heard that the patient was helped.
            if request["acknowledged_by"].is_null() {
                self.ask("POST", &format!("/api/requests/{id}/acknowledge"), &json!({}));
            }
            let note = json!({ "note": "helped" });
            self.ask("POST", &format!("/api/requests/{id}/resolve"), &note);
        }
    }

    /// One thing that people do there. Answers whom it called.
    fn works(&mut self) -> Option<String> {
        let what = self.chance.below(100);
        let here = self.here.clone();
        let (path, body) = match &here {
            Some(visit) if what < 8 => (format!("/api/queue/{visit}/absent"), json!({})),
            Some(visit) if what < 12 => (format!("/api/queue/{visit}/call-again"), json!({})),
            Some(visit) if what < 14 => (format!("/api/queue/{visit}/take-back"), json!({})),
            Some(visit) if what < 20 => {
                let service = if self.point == "laboratory" { "general" } else { "blood" };
                (format!("/api/queue/{visit}/transfer"), json!({ "service": service }))
            }
            Some(visit) => ("/api/queue/next".into(), json!({ "point": self.point, "finishes": visit })),
            None => ("/api/queue/next".into(), json!({ "point": self.point })),
        };
        match self.ask("POST", &path, &body) {
            Some((200, called)) => {
                let visit = called["visit"].as_str().unwrap().to_string();
                self.here = Some(visit.clone());
                return Some(visit);
            }
            Some((204, _)) if !path.ends_with("call-again") => self.here = None,
            Some((204, _)) => {}
            // Nobody is left to be called: whoever is here is done by themselves.
            Some((409, _)) => {
                if let Some(visit) = here {
                    self.ask("POST", &format!("/api/queue/{visit}/finish"), &json!({}));
                }
                self.here = None;
                std::thread::sleep(Duration::from_millis(20));
            }
            Some((status, answer)) => panic!("{path}: {status} {answer}"),
            None => {
                std::thread::sleep(Duration::from_millis(50));
                self.look();
            }
        }
        None
    }
}

fn walk_in(service: &str) -> NewVisit {
    NewVisit {
        registration: None,
        patient: PatientId(Uuid::now_v7()),
        appointment: None,
        reason: None,
        service: service.into(),
        language: "en".into(),
        companion: None,
        acting: None,
        noted: Vec::new(),
        consent: None,
        forms: Vec::new(),
    }
}

#[test]
fn a_whole_day_ends_with_every_patient_called_once_and_every_request_answered_or_escalated() {
    let mut chance = Chance(seed());
    let patients: u64 = std::env::var("VESTIBULE_PATIENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let folder = tempfile::tempdir().unwrap();
    let mut desk = RunningDesk::start(example(), folder.path());
    let clinic = desk.clinic.clone();
    let stores = KIOSKS.map(|name| StoreHandle::new(Store::in_memory(name).unwrap()).unwrap());
    let links: Vec<_> = KIOSKS
        .iter()
        .zip(&stores)
        .map(|(kiosk, store)| Link::start(desk.place(kiosk), store.clone(), |_| {}).unwrap())
        .collect();
    let everybody_came = AtomicBool::new(false);
    let over = AtomicBool::new(false);
    let told = Mutex::new(HashMap::<String, u32>::new());
    let mut cookies = POINTS.map(|point| desk.signed_in_as(point, Role::Receptionist)).into_iter();
    std::thread::scope(|scope| {
        let mut arriving = Vec::new();
        for (number, (store, link)) in stores.iter().zip(&links).enumerate() {
            let mut chance = Chance(chance.below(u64::MAX));
            let clinic = &clinic;
            arriving.push(scope.spawn(move || {
                let mine = |all: u64| (number as u64..all).step_by(KIOSKS.len()).count() as u64;
                let (mut left, mut asks) = (mine(patients), mine(REQUESTS));
                while left + asks > 0 {
                    if chance.below(left + asks) < left {
                        left -= 1;
                        let service = ["general", "general", "blood", "children"][chance.below(4) as usize];
                        let (clinic, series) = (clinic.clone(), (number + 1).to_string());
                        store
                            .run(move |store| store.check_in(&clinic, &series, &walk_in(service), Utc::now()))
                            .unwrap();
                    } else {
                        asks -= 1;
                        let (id, kiosk) = (RequestId(Uuid::now_v7()), KIOSKS[number]);
                        let request = Request::noticed(id, RequestReason::Help, clinic, kiosk, Utc::now());
                        store.run(move |store| store.raise(request, Utc::now())).unwrap();
                    }
                    link.wake();
                    std::thread::sleep(Duration::from_millis(chance.below(300)));
                }
            }));
        }
        for point in POINTS {
            let chance = Chance(chance.below(u64::MAX));
            let (address, cookie) = (desk.address, cookies.next().unwrap());
            let (over, told) = (&over, &told);
            scope.spawn(move || {
                let mut staff = AtPoint { desk: address, cookie, point, here: None, chance };
                let mut looked = std::time::Instant::now();
                while !over.load(Ordering::Relaxed) {
                    if let Some(visit) = staff.works() {
                        *told.lock().unwrap().entry(visit).or_default() += 1;
                    }
                    if looked.elapsed() > Duration::from_secs(1) {
                        staff.look();
                        looked = std::time::Instant::now();
                    }
                }
            });
        }
        // The desk's computer loses its power twice while people come and are called.
        for _ in 0..2 {
            std::thread::sleep(Duration::from_millis(2000 + chance.below(2000)));
            desk.kill();
            std::thread::sleep(Duration::from_millis(300));
            desk.start_again();
        }
        arriving.into_iter().for_each(|kiosk| kiosk.join().unwrap());
        everybody_came.store(true, Ordering::Relaxed);
        let waits = |desk: &RunningDesk| {
            let day = Utc::now().with_timezone(&desk.clinic.zone).date_naive();
            let queue = desk.store().run(move |store| store.queue(day)).unwrap();
            let ended = queue.iter().filter(|entry| matches!(entry.place, Place::Ended(_))).count();
            (queue.len(), ended)
        };
        let began = std::time::Instant::now();
        while waits(&desk) != (patients as usize, patients as usize) {
            assert!(began.elapsed() < Duration::from_secs(120), "came and were done: {:?}", waits(&desk));
            std::thread::sleep(Duration::from_millis(100));
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(everybody_came.load(Ordering::Relaxed));

    let requests = move |store: &mut Store| store.requests_since(chrono::DateTime::UNIX_EPOCH);
    let escalated_or_done = || {
        let rows = desk.store().run(requests).unwrap();
        rows.iter().filter(|row| row.escalated || matches!(row.state, RequestState::Resolved { .. })).count()
            == rows.len()
    };
    eventually("every request is answered or has climbed", escalated_or_done);
    let rows = desk.store().run(requests).unwrap();
    let of_patients: Vec<_> = rows.iter().filter(|row| row.request.reason == RequestReason::Help).collect();
    assert_eq!(of_patients.len() as u64, REQUESTS);
    let answered =
        of_patients.iter().filter(|row| matches!(row.state, RequestState::Resolved { .. })).count();
    let climbed = of_patients.iter().filter(|row| row.escalated).count();
    assert!(answered > 0 && climbed > 0, "{answered} answered, {climbed} climbed");

    // Each visit was called once for each time that it waited, and every call was told to one person at most.
    let day = Utc::now().with_timezone(&clinic.zone).date_naive();
    let queue = desk.store().run(move |store| store.queue(day)).unwrap();
    let facts = desk.store().run(|store| store.facts_of(DESK)).unwrap();
    let (mut calls, mut again) = (HashMap::<Uuid, u32>::new(), HashMap::<Uuid, u32>::new());
    for fact in &facts {
        match &fact.kind {
            FactKind::PatientCalled { visit, .. } => *calls.entry(visit.0).or_default() += 1,
            FactKind::PatientAbsent { visit, .. }
            | FactKind::CallTakenBack { visit, .. }
            | FactKind::VisitTransferred { visit, .. } => *again.entry(visit.0).or_default() += 1,
            _ => {}
        }
    }
    for entry in &queue {
        assert_eq!(entry.place, Place::Ended(VisitEnd::Seen), "{}", entry.number);
        let waited = 1 + again.get(&entry.visit.0).copied().unwrap_or(0);
        assert_eq!(calls.get(&entry.visit.0), Some(&waited), "{}: called and waited", entry.number);
        let told = told.lock().unwrap().get(&entry.visit.0.to_string()).copied().unwrap_or(0);
        assert!(told <= waited, "{}: called {waited} times, told to {told}", entry.number);
    }
    let numbers: std::collections::HashSet<_> = queue.iter().map(|entry| entry.number.as_str()).collect();
    assert_eq!(numbers.len() as u64, patients, "two held one number");
    println!(
        "{patients} patients, {} calls, {} of them again; {answered} requests answered, {climbed} climbed",
        calls.values().sum::<u32>(),
        again.values().sum::<u32>(),
    );
}
