//! What the desk gives to the screens of the waiting rooms, over HTTP: numbers and places, their sound, and nothing of anybody.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[allow(dead_code, reason = "other tests use more of it")]
mod running_desk;

use chrono::{DateTime, TimeDelta, Utc};
use running_desk::{RunningDesk, eventually, example};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::ticket::{NewVisit, Ticket};
use vestibule::store::Called;

fn ask(desk: &RunningDesk, method: &str, path: &str, headers: &str, body: &str) -> (u16, String, Vec<u8>) {
    let mut stream = TcpStream::connect(desk.address).unwrap();
    let (address, length) = (desk.address, body.len());
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let body = answer.split_off(head + 4);
    let head = String::from_utf8(answer).unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_lowercase(), body)
}

/// An open screen.
struct Screen {
    lines: BufReader<TcpStream>,
    /// Everything it was given.
    given: String,
}

/// An event as it came.
#[derive(Debug)]
struct Event {
    kind: String,
    id: Option<i64>,
    data: Value,
}

impl Screen {
    fn opens(desk: &RunningDesk, query: &str, last: Option<i64>) -> Self {
        let mut stream = TcpStream::connect(desk.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let last = last.map_or(String::new(), |last| format!("Last-Event-ID: {last}\r\n"));
        write!(stream, "GET /display/live{query} HTTP/1.1\r\nHost: {}\r\n{last}\r\n", desk.address).unwrap();
        Self { lines: BufReader::new(stream), given: String::new() }
    }

    fn next(&mut self) -> Event {
        let mut event = Event { kind: String::new(), id: None, data: Value::Null };
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream ended: {}", self.given);
            self.given.push_str(&line);
            let line = line.trim_end();
            match line.split_once(": ") {
                Some(("event", kind)) => event.kind = kind.into(),
                Some(("id", id)) => event.id = id.parse().ok(),
                Some(("data", data)) => event.data = serde_json::from_str(data).unwrap(),
                _ if line.is_empty() && !event.data.is_null() => return event,
                _ => {}
            }
        }
    }

    /// The next event that is no heartbeat.
    fn news(&mut self) -> Event {
        loop {
            let event = self.next();
            if event.kind != "heartbeat" {
                return event;
            }
        }
    }

    /// What comes until a moment when nothing more does.
    fn numbers_announced(&mut self) -> Vec<String> {
        let mut numbers = Vec::new();
        loop {
            let event = self.news();
            match event.kind.as_str() {
                "call" => numbers.push(event.data["number"].as_str().unwrap().to_string()),
                _ => return numbers,
            }
        }
    }
}

struct Clinic {
    desk: RunningDesk,
    _folder: TempDir,
}

impl Clinic {
    fn opens() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { desk: RunningDesk::start(example(), folder.path()), _folder: folder }
    }

    fn comes(&self, name: (&str, &str), service: &str, language: &str, at: DateTime<Utc>) -> Ticket {
        let patient = Patient {
            further: Default::default(),
            id: PatientId(Uuid::now_v7()),
            number: Some("NUMBER-4711".into()),
            name: PersonName { given: name.0.into(), family: name.1.into() },
            date_of_birth: DateOfBirth::new(1957, 3, 4, Utc::now().date_naive()).unwrap(),
            sex: None,
            phone: Some("+34 699 887 766".into()),
            address: Some("Quixotestrasse 99".into()),
            emergency_contact: None,
            language: None,
            source: Source::Imported,
            balance_due: None,
        };
        let appointment = Appointment {
            id: AppointmentId(Uuid::now_v7()),
            patient: patient.id,
            service: service.into(),
            clinician: "Dr Zweistein".into(),
            starts_at: at,
            minutes: 15,
            status: AppointmentStatus::Booked,
            site: None,
        };
        let visit = NewVisit {
            consent: None,
            forms: Vec::new(),
            registration: None,
            patient: patient.id,
            appointment: Some(appointment.clone()),
            reason: Some("unwell".into()),
            service: service.into(),
            language: language.into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
        };
        let clinic = self.desk.clinic.clone();
        self.desk
            .store()
            .run(move |store| {
                store.take_over(&[patient], &[appointment], at)?;
                store.check_in(&clinic, "1", &visit, at)
            })
            .unwrap()
    }

    fn calls(&self, point: &'static str, finishes: Option<&Called>, at: DateTime<Utc>) -> Called {
        let (clinic, finishes) = (self.desk.clinic.clone(), finishes.map(|called| called.visit));
        self.desk
            .store()
            .run(move |store| store.call_next(&clinic, point, finishes, "Maria Receptionist", at))
            .unwrap()
            .unwrap()
    }
}

#[test]
fn nothing_of_a_patient_reaches_a_screen() {
    let clinic = Clinic::opens();
    let now = Utc::now();
    let mut screen = Screen::opens(&clinic.desk, "?name=hall", None);
    assert_eq!(screen.news().kind, "shown");
    // One is called, one waits and is late, one is gone; each with everything that a clinic can know of somebody.
    let names = [("Wilhelmina", "Ostrogradski"), ("Перикл", "Zzyzx"), ("زنوبيا", "الملكة")];
    let tickets: Vec<Ticket> = (0..)
        .zip(names)
        .map(|(place, name)| {
            clinic.comes(name, "general", ["en", "es", "ar"][place], now - TimeDelta::minutes(40))
        })
        .collect();
    let first = clinic.calls("room-1", None, now);
    let second = clinic.calls("room-1", Some(&first), now);
    let number = |called: &Called| called.number.to_string();
    // Both can come in one look of the desk or in two.
    let mut calls = Vec::new();
    let shown = loop {
        let event = screen.news();
        if event.kind == "call" {
            assert!(event.id.is_some() && event.data["places"]["es"] == "Sala 1", "{event:?}");
            calls.push(event.data["number"].as_str().unwrap().to_string());
        } else if event.data["calls"].as_array().unwrap().len() == 2 {
            break event.data;
        }
    };
    assert_eq!(calls, [number(&first), number(&second)]);
    let late = &shown["late"][0];
    let words = late["texts"]["en"].as_str().unwrap();
    let minutes = words
        .strip_prefix("General consultation runs about ")
        .and_then(|it| it.strip_suffix(" minutes late"));
    let minutes: u32 = minutes.unwrap().parse().unwrap();
    assert!(
        late["service"] == "general" && minutes.is_multiple_of(5) && (10..=40).contains(&minutes),
        "{late}"
    );

    let (status, head, page) = ask(&clinic.desk, "GET", "/display?name=hall", "", "");
    assert_eq!(status, 200);
    assert!(head.contains("default-src 'none'") && !head.contains("unsafe"), "{head}");
    let (_, _, beat) = ask(
        &clinic.desk,
        "POST",
        "/display/beat",
        "X-Vestibule-Desk: 1\r\n",
        r#"{"name":"hall","screen":"1","sound":"speaks"}"#,
    );
    let given =
        [screen.given.clone(), String::from_utf8(page).unwrap(), String::from_utf8(beat).unwrap()].concat();
    assert!(given.contains(&number(&first)) && given.contains("Room 1"), "it was given something");
    let mut forbidden: Vec<String> = [
        "NUMBER-4711",
        "699 88",
        "69988",
        "Quixote",
        "1957-03",
        "Mar 1957",
        "Zweistein",
        "unwell",
        "Maria",
        "Receptionist",
        "Dr ",
    ]
    .map(Into::into)
    .into();
    forbidden.extend(names.iter().flat_map(|(given, family)| [given.to_string(), family.to_string()]));
    let store_ids = {
        let day = tickets[0].day;
        clinic.desk.store().run(move |store| store.queue(day)).unwrap()
    };
    forbidden
        .extend(store_ids.iter().flat_map(|entry| [entry.visit.0.to_string(), entry.ticket.0.to_string()]));
    for word in forbidden {
        assert!(!given.contains(&word), "a screen was given {word}");
    }
    // Who waits is no business of the wall either.
    let waits = tickets
        .iter()
        .map(|it| it.number.to_string())
        .find(|it| ![number(&first), number(&second)].contains(it));
    assert!(!given.contains(&waits.unwrap()));
}

#[test]
fn a_screen_that_was_away_hears_what_was_called_meanwhile_unless_that_is_long_ago() {
    let clinic = Clinic::opens();
    let now = Utc::now();
    for _ in 0..4 {
        clinic.comes(("Ana", "Ruiz"), "general", "en", now - TimeDelta::minutes(20));
    }
    let first = clinic.calls("room-1", None, now - TimeDelta::minutes(9));
    eventually("the desk has seen it", || Screen::opens(&clinic.desk, "", None).news().id == Some(1));
    let mut screen = Screen::opens(&clinic.desk, "", None);
    let shown = screen.news();
    assert_eq!(
        (shown.kind.as_str(), shown.id),
        ("shown", Some(1)),
        "who has only just come is shown, not told, what was"
    );
    drop(screen);
    let second = clinic.calls("room-1", Some(&first), now - TimeDelta::minutes(8));
    let third = clinic.calls("room-1", Some(&second), now);
    let fourth = clinic.calls("room-2", None, now);
    let number = |called: &Called| called.number.to_string();
    let shows_all = |screen: &mut Screen| screen.news().data["calls"].as_array().unwrap().len() == 4;
    eventually("the desk has seen them", || shows_all(&mut Screen::opens(&clinic.desk, "", None)));
    for (query, last) in [("", Some(1)), ("?after=1", None), ("?after=3", Some(1))] {
        let announced = Screen::opens(&clinic.desk, query, last).numbers_announced();
        assert_eq!(announced, [number(&third), number(&fourth)], "{query} {last:?}");
    }
    let announced = Screen::opens(&clinic.desk, "?after=3", None).numbers_announced();
    assert_eq!(announced, [number(&fourth)]);
    assert_eq!(
        Screen::opens(&clinic.desk, "?points=room-2&after=1", None).numbers_announced(),
        [number(&fourth)]
    );
    assert!(Screen::opens(&clinic.desk, "?services=blood&after=1", None).numbers_announced().is_empty());
    // The desk's store was put back from a backup: it counts from an earlier call on.
    assert_eq!(
        Screen::opens(&clinic.desk, "?after=999", None).numbers_announced(),
        [number(&third), number(&fourth)]
    );
}

/// The samples of a WAV file, and how many there are in a second.
fn samples(wav: &[u8]) -> (Vec<i16>, u32) {
    let number = |at: usize| u32::from_le_bytes(wav[at..at + 4].try_into().unwrap());
    assert_eq!((&wav[..4], &wav[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
    assert_eq!(number(4) as usize, wav.len() - 8, "its own length");
    assert_eq!(wav[20..24], [1, 0, 1, 0], "PCM, one channel");
    assert_eq!(wav[34..36], [16, 0], "16 bits");
    assert_eq!(&wav[36..40], b"data");
    assert_eq!(number(40) as usize, wav.len() - 44, "the length of its sound");
    (wav[44..].chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect(), number(24))
}

#[test]
fn a_call_is_spoken_in_each_language_by_a_real_voice() {
    let clinic = Clinic::opens();
    clinic.comes(("Ana", "Ruiz"), "general", "en", Utc::now());
    let called = clinic.calls("room-1", None, Utc::now());
    let mut all = Vec::new();
    for language in &clinic.desk.clinic.languages {
        let path = format!("/display/speech/1.wav?language={language}");
        eventually("there is a voice", || ask(&clinic.desk, "GET", &path, "", "").0 == 200);
        let began = Instant::now();
        let (_, head, wav) = ask(&clinic.desk, "GET", &path, "", "");
        assert!(began.elapsed() < Duration::from_secs(1), "what was said once is kept");
        assert!(head.contains("content-type: audio/wav"), "{head}");
        let (sound, rate) = samples(&wav);
        let seconds = sound.len() as f64 / f64::from(rate);
        assert!((2.0..12.0).contains(&seconds), "{language}: {seconds} s");
        let loudest = sound.iter().map(|it| it.unsigned_abs()).max().unwrap();
        assert!(loudest > 8000, "{language}: hardly to be heard: {loudest}");
        // A voice, not a tone or a click: there is sound in most tenths of a second, and it is loud and soft in turns.
        let tenths: Vec<f64> = sound
            .chunks(rate as usize / 10)
            .map(|tenth| {
                (tenth.iter().map(|it| f64::from(*it).powi(2)).sum::<f64>() / tenth.len() as f64).sqrt()
            })
            .collect();
        let loud = tenths.iter().filter(|it| **it > 300.0).count();
        assert!(loud * 2 > tenths.len(), "{language}: {loud} of {} tenths", tenths.len());
        let (least, most) = tenths.iter().fold((f64::MAX, 0.0_f64), |(a, b), it| (a.min(*it), b.max(*it)));
        assert!(most > least * 4.0, "{language}: one tone");
        all.push(wav);
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 8, "each language sounds different");
    for (path, status) in [
        ("/display/speech/2.wav?language=en", 404),
        ("/display/speech/1.wav?language=it", 404),
        ("/display/speech/1?language=en", 404),
        ("/display/speech/1.wav", 400),
    ] {
        assert_eq!(ask(&clinic.desk, "GET", path, "", "").0, status, "{path}");
    }
    let visit = called.visit;
    let routines = clinic.desk.clinic.clone();
    clinic
        .desk
        .store()
        .run(move |store| store.take_call_back(&routines, visit, "Maria", Utc::now()))
        .unwrap()
        .unwrap();
    assert_eq!(ask(&clinic.desk, "GET", "/display/speech/1.wav?language=en", "", "").0, 404, "taken back");
}

#[test]
fn the_wall_is_answered_only_within_the_house_and_may_change_nothing_but_its_own_presence() {
    let clinic = Clinic::opens();
    let elsewhere = |path: &str| {
        let mut stream = TcpStream::connect(clinic.desk.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: clinic.example\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer[9..12].to_string()
    };
    for path in ["/display", "/display/live", "/display/speech/1.wav?language=en"] {
        assert_eq!(elsewhere(path), "421", "{path}");
    }
    let beat = |headers: &str, body: &str| ask(&clinic.desk, "POST", "/display/beat", headers, body).0;
    let body = r#"{"name":"hall","screen":"1","sound":"blocked"}"#;
    assert_eq!(beat("", body), 403, "another site's page cannot say so");
    let page = "X-Vestibule-Desk: 1\r\n";
    assert_eq!(beat(page, body), 204);
    for wrong in [
        r#"{"name":"  ","screen":"1","sound":"blocked"}"#,
        r#"{"name":"hall","screen":"1","sound":"loud"}"#,
        "{",
    ] {
        assert_eq!(beat(page, wrong), 422, "{wrong}");
    }
    let long = format!(r#"{{"name":"{}","screen":"1","sound":"blocked"}}"#, "x".repeat(5000));
    assert_eq!(beat(page, &long), 413);
    let displays = clinic.desk.store().run(|store| store.displays()).unwrap();
    assert_eq!(displays.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["hall"]);
    // A crowd of screens is turned away before it does harm, and has room again when it is gone.
    let mut screens: Vec<Screen> = (0..64).map(|_| Screen::opens(&clinic.desk, "", None)).collect();
    for screen in &mut screens {
        screen.news();
    }
    assert_eq!(ask(&clinic.desk, "GET", "/display/live", "", "").0, 503);
    drop(screens);
    eventually("there is room again", || {
        let mut screen = Screen::opens(&clinic.desk, "", None);
        let mut first = String::new();
        screen.lines.read_line(&mut first).unwrap();
        first.contains(" 200 ")
    });
}
