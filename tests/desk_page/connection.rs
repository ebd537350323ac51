//! What staff are told when the page, the network or the disk does not do its part.

use crate::page::Browser;
use crate::running_desk::eventually;
use crate::scene::{Clinic, raised, request};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use vestibule::front_desk::request::RequestReason;
use vestibule::link::fact::FactKind;

#[test]
fn the_page_says_that_it_is_out_of_date_and_comes_back_by_itself() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    for (cards, how) in [(2, "stopped"), (3, "killed")] {
        if how == "stopped" {
            clinic.desk.stop()
        } else {
            clinic.desk.kill()
        }
        clinic.page.sees("The live connection is lost.");
        clinic.page.sees_in("#connection", "Not connected");
        clinic.page.sees("look at the kiosks in person");
        clinic.page.title_is("(!) Not connected: Vestibule desk");
        // By the clinic's clock, which is not this machine's: it is noon there.
        let words = clinic.page.reads("#lost-words");
        assert!(["12:", "13:"].iter().any(|hour| words.contains(&format!("is from {hour}"))), "{words}");
        clinic.page.is_accessible("without a connection");
        clinic.page.picture("lost", false);
        clinic.page.presses("Acknowledge: I am going");
        clinic.page.sees("The desk's computer did not answer.");
        clinic.happens(vec![raised(request(RequestReason::LateArrival, 0))]);
        clinic.desk.start_again();
        clinic.page.sees_in("#connection", "Live");
        clinic.page.sees_no_more("body", "The live connection is lost.");
        clinic.page.sees_in("#request-list", "Came after check-in closed");
        eventually("what came meanwhile stands there too", || {
            clinic.page.act("count", json!({ "within": "#request-list .card" })) == cards
        });
    }
    clinic.ends_well();
}

/// A cable between the page and the desk: what is pulled out loses the connection without a word.
struct Cable {
    address: SocketAddr,
    pulled: Arc<AtomicBool>,
}

impl Cable {
    fn to(desk: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let pulled = Arc::<AtomicBool>::default();
        let out = Arc::clone(&pulled);
        std::thread::spawn(move || {
            for page in listener.incoming().map_while(Result::ok) {
                let Ok(desk) = TcpStream::connect(desk) else { continue };
                for (mut from, mut to) in
                    [(page.try_clone().unwrap(), desk.try_clone().unwrap()), (desk, page)]
                {
                    let out = Arc::clone(&out);
                    std::thread::spawn(move || {
                        let mut bytes = [0; 16384];
                        while let Ok(length @ 1..) = from.read(&mut bytes) {
                            while out.load(Ordering::SeqCst) {
                                std::thread::sleep(Duration::from_millis(20));
                            }
                            if to.write_all(&bytes[..length]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(std::net::Shutdown::Both);
                    });
                }
            }
        });
        Self { address, pulled }
    }
}

#[test]
fn a_pulled_cable_is_noticed_though_nothing_ends_the_connection() {
    let mut clinic = Clinic::opens();
    let cable = Cable::to(clinic.desk.address);
    clinic.opens_page_at(cable.address);
    cable.pulled.store(true, Ordering::SeqCst);
    clinic.page.act("sees", json!({ "text": "The live connection is lost.", "patience": 25000 }));
    cable.pulled.store(false, Ordering::SeqCst);
    clinic.page.act("sees", json!({ "within": "#connection", "text": "Live", "patience": 25000 }));
    clinic.ends_well();
}

#[test]
fn the_alarm_sounds_and_says_when_the_browser_keeps_it_silent() {
    let mut clinic = Clinic::opens();
    clinic.page.sees_in("#sound", "Sound is off: turn it on");
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    clinic.page.sees_in("#banner", "Asks for help");
    clinic.page.sees_in("#banner", "Sound is off: turn it on");
    assert_eq!(clinic.page.evaluate("globalThis.tones"), 0);

    clinic.page.act("presses", json!({ "within": "#banner", "button": "Sound is off: turn it on" }));
    clinic.page.sees_in("#sound", "Sound is on");
    clinic.page.sees_no_more("#banner", "Sound is off");
    let heard = |page: &mut Browser| page.evaluate("globalThis.tones").as_u64().unwrap();
    let before = heard(&mut clinic.page);
    assert!(before > 0, "the touch is answered with a sound");
    clinic.happens(vec![raised(request(RequestReason::NoConsent, 0))]);
    eventually("a new request is heard", || heard(&mut clinic.page) >= before + 2);
    clinic.page.presses("Sound is on");
    clinic.page.sees_in("#sound", "Sound is off: turn it on");
    // Who chose silence is not told of it at every alarm.
    clinic.page.sees_no_more("#banner", "Sound is off");
    clinic.ends_well();
}

fn asks_health(desk: SocketAddr) -> (u16, Value) {
    let mut stream = TcpStream::connect(desk).unwrap();
    write!(stream, "GET /health HTTP/1.1\r\nhost: {desk}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap())
}

#[test]
fn a_full_disk_shows_on_the_page_and_nothing_is_lost_by_it() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    let (status, health) = asks_health(clinic.desk.address);
    assert_eq!((status, &health["status"], &health["open_requests"]), (200, &json!("ok"), &json!(1)));
    assert_eq!(health["kiosks"][1]["name"], "lobby");
    assert_eq!(health["kiosks"][1]["connected"], true);

    clinic.desk.store().run(|store| store.limit_pages(1)).unwrap();
    let long = "x".repeat(30_000);
    clinic.happens(vec![FactKind::DeviceReported { device: "printer".into(), trouble: long }]);
    clinic.page.sees("The desk cannot keep what arrives.");
    clinic.page.sees("The disk of the store is full");
    clinic.page.is_accessible("while the disk is full");
    clinic.page.picture("disk-full", false);
    clinic.page.presses("Acknowledge: I am going");
    let (status, health) = asks_health(clinic.desk.address);
    assert_eq!((status, &health["status"]), (503, &json!("failing")));
    assert!(health["reason"].as_str().unwrap().contains("free some space"));
    clinic.happens(vec![raised(request(RequestReason::LateArrival, 0))]);
    assert!(clinic.kiosk.run(|store| store.undelivered_count()).unwrap() > 0);

    clinic.desk.store().run(|store| store.limit_pages(1_000_000)).unwrap();
    clinic.page.sees_no_more("body", "The desk cannot keep what arrives.");
    clinic.page.sees_in("#request-list", "Came after check-in closed");
    assert_eq!(asks_health(clinic.desk.address).0, 200);
    clinic.ends_well();
}
