//! The page about the kiosks: forty of them, what stops patients on top, and orders with what becomes of them.

use crate::running_desk::{eventually, example};
use crate::scene::Clinic;
use chrono::{TimeDelta, Utc};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;
use vestibule::front_desk::fleet::{
    Device, DeviceState, ErrorPlace, Exchange, Heartbeat, KioskOrder, LastError, Occupancy, OrderEnd, Outbox,
    PaperSupply,
};
use vestibule::front_desk::role::Role;
use vestibule::link::heartbeat::HeartbeatSent;

const FORTY: usize = 40;

fn forty() -> vestibule::clinic::Clinic {
    let mut clinic = example();
    while clinic.kiosks.len() < FORTY {
        let number = clinic.kiosks.len() + 1;
        let mut kiosk = clinic.kiosks[0].clone();
        (kiosk.name, kiosk.series) = (format!("corridor {number}"), format!("{number:02}"));
        clinic.kiosks.push(kiosk);
    }
    clinic
}

/// How a kiosk is that is well, under the desk's routines.
pub fn well(routines: &str) -> Heartbeat {
    Heartbeat {
        version: env!("CARGO_PKG_VERSION").into(),
        uptime_seconds: 93_784,
        paper: PaperSupply::Good,
        printer: Device::good(),
        scanner: Device::good(),
        terminal: Device::none(),
        free_bytes: Some(61_000_000_000),
        routines: routines.into(),
        ..Heartbeat::default()
    }
}

/// Kiosks that say every few seconds how they are, as real ones do.
struct Voices {
    said: Arc<Mutex<BTreeMap<String, (Heartbeat, i64)>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Voices {
    /// The one in the lobby has a link too, and speaks as the same machine.
    fn of(clinic: &Clinic) -> Self {
        let said = Arc::<Mutex<BTreeMap<String, (Heartbeat, i64)>>>::default();
        let stop = Arc::<AtomicBool>::default();
        let (spoken, stopped) = (Arc::clone(&said), Arc::clone(&stop));
        let (desk, key) = (clinic.desk.address, clinic.desk.clinic.link_key.clone());
        let lobby = clinic.kiosk.run(|store| Ok(store.identity())).unwrap();
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                let all = spoken.lock().unwrap().clone();
                for (kiosk, (beat, ahead)) in all {
                    let own = Uuid::new_v5(&Uuid::NAMESPACE_OID, kiosk.as_bytes());
                    let store = if kiosk == "lobby" { lobby } else { own };
                    speak(desk, &key, &kiosk, store, beat, ahead);
                }
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        Self { said, stop, thread: Some(thread) }
    }

    /// From now on a kiosk is so; its clock is so many seconds ahead.
    fn say(&self, kiosk: &str, beat: Heartbeat, ahead: i64) {
        self.said.lock().unwrap().insert(kiosk.into(), (beat, ahead));
    }
}

impl Drop for Voices {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            assert!(thread.join().is_ok() || std::thread::panicking(), "the desk hears every kiosk");
        }
    }
}

pub fn speak(desk: SocketAddr, key: &str, kiosk: &str, store: Uuid, beat: Heartbeat, ahead: i64) {
    let now = Utc::now();
    let theirs = now + TimeDelta::seconds(ahead);
    let exchange = Some(Exchange { sent: theirs, received: now, answered: now, heard: theirs });
    let said = HeartbeatSent { kiosk: kiosk.into(), store, sent: theirs, exchange, beat };
    let body = serde_json::to_string(&said).unwrap();
    let mut stream = TcpStream::connect(desk).unwrap();
    write!(
        stream,
        "POST /link/heartbeat HTTP/1.1\r\nHost: {desk}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn forty_kiosks_are_seen_at_a_glance_and_ordered_from_here() {
    let mut clinic = Clinic::opens_as(forty(), "Maria", Role::Supervisor);
    // Whoever keeps the machines sees no patient for it.
    clinic.signs_in("Noor", Role::Administrator);
    let address = clinic.desk.address;
    let voices = Voices::of(&clinic);
    for kiosk in &clinic.desk.clinic.kiosks {
        voices.say(&kiosk.name, well(""), 0);
    }
    clinic.page.act("open", json!({ "url": format!("http://{address}/fleet") }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#summary", "All 40 kiosks are well");
    assert_eq!(clinic.page.act("count", json!({ "within": "#kiosks > li" })), FORTY);

    // Three get into trouble; the page shows it without being asked.
    let no_paper = Heartbeat {
        paper: PaperSupply::Out,
        printer: Device::bad("the printer has no paper: put in a new roll"),
        ..well("")
    };
    voices.say("garden", no_paper, 0);
    voices.say("corridor 7", well(""), 95);
    let worth_a_look = Heartbeat {
        paper: PaperSupply::Low,
        printer: Device {
            state: DeviceState::Attention,
            words: "the printer's paper is low: put in a new roll soon".into(),
        },
        outbox: Outbox { count: 14, oldest_seconds: Some(200) },
        last_error: Some(LastError { place: ErrorPlace::Link, at: Utc::now() }),
        occupancy: Occupancy::InUse,
        ..well("")
    };
    voices.say("corridor 12", worth_a_look, 2);
    clinic.page.sees_in("#stops-list", "Kiosk garden: No paper");
    clinic.page.sees_in("#stops-list", "Put in a new roll and close the cover.");
    clinic.page.sees_in("#stops-list", "Kiosk corridor 7: Its clock is wrong");
    clinic.page.sees_in("#summary", "2 of 40 kiosks cannot serve patients as they should; 1 more");
    // What stops most patients stands first.
    let first =
        "[...document.querySelectorAll('#kiosks h3')].slice(0, 3).map((name) => name.textContent).join()";
    assert_eq!(clinic.page.evaluate(first), "garden,corridor 7,corridor 12");
    clinic.page.sees_in("#kiosks > li:nth-child(2)", "95.0 s ahead");
    // The battery of its clock is dead, and the years were not counted.
    voices.say("corridor 7", well(""), -1_700_000_000);
    clinic.page.sees_in("#kiosks > li:nth-child(2)", "19675 days behind");
    clinic.page.sees_in("#kiosks > li:nth-child(3)", "14 waiting, the oldest for 3 min");
    clinic.page.picture("fleet", true);
    clinic.page.is_accessible("with forty kiosks");

    clinic.page.presses("Only what needs something");
    clinic.page.sees_in("#kiosks-count", "3 of 40");
    assert_eq!(clinic.page.act("count", json!({ "within": "#kiosks > li" })), 3);
    clinic.page.presses("All, and orders: kiosk garden");
    clinic.page.sees_in(".machine-more", "The printer has no paper: put in a new roll");
    clinic.page.sees_in(".machine-more", "Running for 26 h");
    for (name, width, height) in
        [("notebook", 1280, 800), ("tablet", 768, 1024), ("zoomed", 720, 450), ("phone", 390, 844)]
    {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        let cut = "[...document.querySelectorAll('body *')]
            .filter((part) => part.checkVisibility() && !part.closest('.hidden, pre') && !part.matches('.skip'))
            .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
            .map((part) => part.outerHTML.slice(0, 200))";
        assert_eq!(clinic.page.evaluate(cut), json!([]), "cut off at {width} pixels");
        clinic.page.picture(&format!("fleet-{name}"), true);
        clinic.page.is_accessible(&format!("the fleet at {width} pixels"));
        let small = "[...document.querySelectorAll('main button')]
            .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height < 44)
            .map((part) => part.outerHTML)";
        assert_eq!(clinic.page.evaluate(small), json!([]), "too small for a finger at {width} pixels");
    }
    clinic.page.act("size", json!({ "width": 1440, "height": 900 }));
    voices.say("garden", well(""), 0);
    clinic.page.sees_no_more("#stops-list", "garden");
    drop(voices);
    clinic.ends_well();
}

#[test]
fn a_kiosk_is_closed_in_every_language_and_what_becomes_of_an_order_is_shown() {
    let mut clinic = Clinic::opens_as(example(), "Maria", Role::Supervisor);
    let address = clinic.desk.address;
    let voices = Voices::of(&clinic);
    voices.say("lobby", well(""), 0);
    clinic.page.act("open", json!({ "url": format!("http://{address}/fleet") }));
    clinic.page.evaluate("globalThis.since = 'the beginning'");
    clinic.page.sees_in("#kiosks", "lobby");
    clinic.page.presses("All, and orders: kiosk lobby");
    clinic.page.presses("Take out of service…: kiosk lobby");
    clinic.page.sees_in("#close-dialog", "Take kiosk lobby out of service");
    clinic.page.act("ticks", json!({ "label": "Words of your own, in each language" }));
    clinic
        .page
        .act("writes", json!({ "within": "#close-dialog", "label": "English", "text": "Back at two" }));
    clinic.page.is_accessible("while a kiosk is closed");
    clinic.page.picture("fleet-close", false);
    clinic.page.presses("Take it out of service");
    clinic.page.sees_in("#close-said", "The message is missing in \"es\"");
    for (label, text) in [
        ("Español", "Volvemos a las dos"),
        ("Français", "De retour à deux heures"),
        ("Deutsch", "Um zwei sind wir wieder da"),
        ("Português", "Voltamos às duas"),
        ("العربية", "نعود في الثانية"),
        ("हिन्दी", "दो बजे"),
        ("中文", "两点回来"),
    ] {
        clinic.page.act("writes", json!({ "within": "#close-dialog", "label": label, "text": text }));
    }
    clinic.page.presses("Take it out of service");
    clinic.page.sees_in("#kiosks .orders", "Take out of service: Ordered");
    clinic.page.sees_in("#kiosks .orders", "Maria");

    // The kiosk hears it, does it, and says so.
    let heard = || clinic.kiosk.run(|store| store.kiosk_tasks()).unwrap();
    eventually("the kiosk hears it", || !heard().is_empty());
    let order = heard().remove(0).order;
    let KioskOrder::TakeOutOfService { notice, at_once: false } = &order.what else { panic!("{order:?}") };
    assert_eq!((notice.text("en"), notice.text("hi")), ("Back at two", "दो बजे"));
    let end = OrderEnd::Done { words: "It is closed to patients.".into() };
    clinic.kiosk.run(move |store| store.end_kiosk_task(order.id, end, Utc::now())).unwrap();
    clinic.link.wake();
    voices.say("lobby", Heartbeat { occupancy: Occupancy::OutOfService, ..well("") }, 0);
    clinic.page.sees_in("#kiosks .orders", "Take out of service: Done");
    clinic.page.sees_in("#kiosks .state", "Out of service");
    clinic.page.sees_in("#stops-list", "Kiosk lobby: Out of service");

    // A restart is asked about first; by keyboard alone.
    clinic.page.evaluate("[...document.querySelectorAll('.order-buttons button')].find((button) => button.textContent === 'Restart the program').focus()");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.sees("Really restart?");
    clinic.page.act("keys", json!({ "keys": "Enter" }));
    clinic.page.sees_in("#kiosks .orders", "Restart the program: Ordered");
    eventually("the kiosk hears that too", || !heard().is_empty());
    let order = heard().remove(0).order;
    let end = OrderEnd::Failed { words: "first line\nsecond line".into() };
    clinic.kiosk.run(move |store| store.end_kiosk_task(order.id, end, Utc::now())).unwrap();
    clinic.link.wake();
    clinic.page.sees_in("#kiosks .orders", "Restart the program: Not done");
    clinic.page.sees_in("#kiosks .orders pre", "second line");
    clinic.page.picture("fleet-orders", true);
    clinic.page.is_accessible("with orders");

    clinic.page.presses("Back in service: kiosk lobby");
    clinic.page.sees_in("#kiosks .orders", "Back in service: Ordered");
    drop(voices);
    clinic.ends_well();
}
