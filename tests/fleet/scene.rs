//! A clinic whose kiosks are watched, the desk's page about them, and kiosks that are processes of their own.

use crate::support::clinic::Place;
use crate::support::desk::RunningDesk;
use crate::support::hands::Hands;
use crate::support::own_process::{OwnProcess, say, told_to_end};
use crate::support::until_within;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use vestibule::clinic;

/// A clinic's file is read in a moment; by a program that is not optimised, on a machine with much else to do, it is not.
pub const READS: Duration = Duration::from_secs(90);

/// Kiosks speak every ten seconds.
pub const SPEAKS: Duration = Duration::from_secs(30);

/// A clinic that is open whenever a test runs.
pub fn place() -> Place {
    place_with(|text| text)
}

/// The same, with its file changed.
pub fn place_with(change: impl FnOnce(String) -> String) -> Place {
    let mut place = Place::new();
    let hours = "monday tuesday wednesday thursday friday saturday sunday"
        .split(' ')
        .map(|day| format!("{day} = [\"00:00-23:59\"]\n"))
        .collect::<String>();
    let path = place.folder.path().join("routines/hours.toml");
    std::fs::write(path, format!("[open]\n{hours}")).unwrap();
    let text = change(std::fs::read_to_string(&place.file).unwrap());
    std::fs::write(&place.file, text).unwrap();
    place.clinic = Arc::new(clinic::read(&place.file).unwrap());
    place
}

/// Asks the desk, as its page or another program does; answers status, head and body.
pub fn ask(desk: SocketAddr, method: &str, path: &str, head: &str, body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(desk).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {desk}\r\nX-Vestibule-Desk: 1\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_string(), body.to_string())
}

/// The page about the kiosks.
pub struct Page {
    desk: SocketAddr,
    /// Of Maria, who stays signed in also where the desk is restarted.
    head: String,
}

impl Page {
    pub fn of(place: &Place, desk: &RunningDesk) -> Self {
        Self { desk: place.clinic.desk, head: format!("Cookie: {}\r\n", desk.cookie()) }
    }

    /// Orders a kiosk to do something; answers status and words.
    pub fn tries_at(&self, kiosk: &str, order: &Value) -> (u16, String) {
        let path = format!("/api/fleet/{kiosk}/orders");
        let (status, _, body) = ask(self.desk, "POST", &path, &self.head, &order.to_string());
        (status, body)
    }

    /// A kiosk as the page shows it.
    pub fn kiosk(&self, name: &str) -> Value {
        let (status, _, body) = ask(self.desk, "GET", "/api/fleet", &self.head, "");
        assert_eq!(status, 200, "{body}");
        let told: Value = serde_json::from_str(&body).unwrap();
        let kiosks = told["kiosks"].as_array().unwrap();
        kiosks.iter().find(|kiosk| kiosk["name"] == name).expect("the page shows every kiosk").clone()
    }

    /// What the page says of a part of the kiosk in the lobby.
    pub fn part(&self, id: &str) -> String {
        let kiosk = self.kiosk("lobby");
        let parts = kiosk["parts"].as_array().unwrap();
        let part = parts.iter().find(|part| part["id"] == id);
        part.map_or(String::new(), |part| part["words"].as_str().unwrap().to_string())
    }

    /// What stops patients at the kiosk in the lobby.
    pub fn troubles(&self) -> Vec<String> {
        let kiosk = self.kiosk("lobby");
        let troubles = kiosk["troubles"].as_array().unwrap();
        troubles.iter().map(|trouble| trouble["id"].as_str().unwrap().to_string()).collect()
    }

    /// Orders the kiosk in the lobby to do something; answers status and words.
    pub fn tries(&self, order: Value) -> (u16, String) {
        self.tries_at("lobby", &order)
    }

    pub fn orders(&self, what: &str) {
        let (status, body) = self.tries(json!({ "order": what }));
        assert_eq!(status, 204, "{what}: {body}");
    }

    /// How each order stands, the latest first: "what: state".
    pub fn stand(&self) -> Vec<String> {
        let kiosk = self.kiosk("lobby");
        let orders = kiosk["orders"].as_array().unwrap();
        let words = |order: &Value, name: &str| order[name].as_str().unwrap().to_string();
        orders.iter().map(|order| format!("{}: {}", words(order, "what"), words(order, "state"))).collect()
    }

    /// What there is to say of the latest order.
    pub fn said(&self) -> String {
        self.kiosk("lobby")["orders"][0]["words"].as_str().unwrap_or_default().to_string()
    }

    pub fn until_it_stands(&self, as_it_should: &[&str], mut meanwhile: impl FnMut()) {
        until_within(READS, &format!("{as_it_should:?}, but {:?}", self.stand()), || {
            meanwhile();
            self.stand() == as_it_should
        });
    }
}

/// The requests that are open, as the desk's page shows them: the headlines.
pub fn requests(desk: &RunningDesk) -> Vec<String> {
    let board = desk.board();
    let requests = board["requests"].as_array().unwrap();
    requests.iter().map(|request| request["headline"].as_str().unwrap().to_string()).collect()
}

/// The exit code by which a kiosk of its own says that it was ordered to start anew.
pub const STARTS_ANEW: i32 = 75;

const NAME: &str = "VESTIBULE_TEST_KIOSK";
const FILE: &str = "VESTIBULE_TEST_FILE";

/// Not a test of its own: the kiosk's process that others start and kill.
#[test]
fn a_kiosk_of_its_own() {
    let (Ok(name), Ok(file)) = (std::env::var(NAME), std::env::var(FILE)) else { return };
    let clinic = Arc::new(clinic::read(Path::new(&file)).unwrap());
    let told_to_end = told_to_end();
    let mut hands = Hands::start(&clinic, &name).unwrap();
    say("ready");
    while !told_to_end.load(Ordering::Relaxed) {
        hands.live(Duration::from_millis(50));
        if hands.runner.must_restart() {
            drop(hands);
            std::process::exit(STARTS_ANEW);
        }
    }
}

/// A kiosk that is a process of its own.
pub fn kiosk_process(place: &Place) -> OwnProcess {
    let process = OwnProcess::start("scene::a_kiosk_of_its_own", |command| {
        command.env(NAME, "lobby").env(FILE, &place.file);
    });
    assert_eq!(process.hears(), "ready");
    process
}
