//! A kiosk whose machine does not know the time. It runs as a process of its own, with a clock that libfaketime
//! (Debian's package of that name) sets as somebody would; what the patient gets and what staff read is judged by the
//! right one.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{TryRecvError, channel};
use std::time::Duration;
use support::clinic::{Guest, Place, guests};
use support::desk::{RunningDesk, Stop};
use support::hands::Hands;
use support::own_process::{OwnProcess, say};
use support::{devices, until};
use vestibule::clinic;

// What the kiosk's process is told.
const FOLDER: &str = "VESTIBULE_TEST_FOLDER";

/// Not a test of its own: the process that the other starts. Checks in whom it is told to, until nobody tells it.
#[test]
fn a_kiosk_of_its_own() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let clinic = Arc::new(clinic::read(&folder.join("clinic.toml")).unwrap());
    let guests: Vec<Guest> =
        serde_json::from_slice(&std::fs::read(folder.join("guests.json")).unwrap()).unwrap();
    let (tell, told) = channel();
    std::thread::spawn(move || {
        std::io::stdin().lines().map_while(Result::ok).all(|line| tell.send(line).is_ok())
    });
    let mut hands = Hands::start(&clinic, "lobby").unwrap();
    hands.wait_for_the_book(guests.len());
    say("ready");
    loop {
        match told.try_recv() {
            Ok(guest) => {
                let shown = hands.check_in(&guests[guest.parse::<usize>().unwrap()]);
                let paper = hands.paper();
                hands.finish();
                say(&format!("{} {:?}", shown.number, paper.paper_tone));
            }
            Err(TryRecvError::Empty) => hands.live(Duration::from_millis(20)),
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

/// A kiosk's process, and the clock of its machine.
struct Machine {
    process: OwnProcess,
    clock: PathBuf,
}

impl Machine {
    fn start(place: &Place, at: &str) -> Self {
        let library = ["x86_64", "aarch64"]
            .map(|machine| format!("/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1"))
            .into_iter()
            .find(|path| Path::new(path).exists())
            .expect("libfaketime is missing: run tests/run, which installs it");
        let clock = place.folder.path().join("clock");
        set(&clock, at);
        let process = OwnProcess::start("a_kiosk_of_its_own", |command| {
            command.env(FOLDER, place.folder.path());
            command.env("LD_PRELOAD", library).env("FAKETIME_TIMESTAMP_FILE", &clock);
            command.env("FAKETIME_NO_CACHE", "1").env("TZ", "UTC");
            // Nobody can set the clock that counts from the start of a machine.
            command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        });
        assert_eq!(process.hears(), "ready");
        Self { process, clock }
    }

    /// Checks a guest in, who gets a paper; answers the number on it.
    fn checks_in(&mut self, guest: usize) -> String {
        self.process.tells(&guest.to_string());
        self.process.hears().strip_suffix(" Good").expect("a paper").to_string()
    }
}

/// In the words of libfaketime: a time from which the clock goes on, or by how much it differs from the right one.
fn set(file: &Path, clock: &str) {
    let beside = file.with_extension("new");
    std::fs::write(&beside, format!("{clock}\n")).unwrap();
    std::fs::rename(beside, file).unwrap();
}

const RIGHT: &str = "+0";
const BATTERY_IS_DEAD: &str = "@1970-01-01 00:00:20";

struct Scene {
    place: Place,
    guests: Vec<Guest>,
    began: DateTime<Utc>,
}

impl Scene {
    fn new() -> Self {
        let (place, guests) = (Place::new(), guests(3));
        std::fs::write(place.folder.path().join("guests.json"), serde_json::to_vec(&guests).unwrap())
            .unwrap();
        Self { place, guests, began: Utc::now() }
    }

    /// The visit with a number as it stands at the desk, once it is there: of today, with a time of today.
    fn sees(&self, desk: &RunningDesk, number: &str) {
        let today = self.began.with_timezone(&self.place.clinic.zone).date_naive();
        let here = || {
            let queue = desk.store.run(move |store| store.queue(today)).unwrap();
            queue.into_iter().find(|entry| entry.number.as_str() == number)
        };
        until("the visit, on the day that it is", || here().is_some());
        let arrived = here().unwrap().arrived_at;
        let (from, to) = (self.began - TimeDelta::minutes(2), Utc::now() + TimeDelta::minutes(2));
        assert!((from..to).contains(&arrived), "{arrived} is not between {from} and {to}");
    }
}

#[test]
fn a_kiosk_whose_battery_is_dead_gives_tickets_of_today_and_is_told_of_until_its_clock_is_set() {
    let scene = Scene::new();
    let _printer = devices::printer(&scene.place, "lobby");
    let desk = RunningDesk::start(&scene.place.clinic);
    desk.book(&scene.guests);
    // A day like any other, then the power is off.
    let mut kiosk = Machine::start(&scene.place, RIGHT);
    let number = kiosk.checks_in(0);
    scene.sees(&desk, &number);
    assert_eq!(desk.trouble("lobby", "clock"), "");
    kiosk.process.end();
    desk.stop(Stop::Orderly);

    // Nobody tells it the time, not even the desk.
    let mut kiosk = Machine::start(&scene.place, BATTERY_IS_DEAD);
    let number = kiosk.checks_in(1);
    let desk = RunningDesk::start(&scene.place.clinic);
    scene.sees(&desk, &number);
    until("that the clock cannot be right", || desk.trouble("lobby", "clock").contains("1970-01-01"));
    // By the desk's clock.
    let number = kiosk.checks_in(2);
    scene.sees(&desk, &number);
    // Set, and not started anew.
    set(&kiosk.clock, RIGHT);
    until("that it can be right", || desk.trouble("lobby", "clock").is_empty());
    kiosk.process.end();
}
