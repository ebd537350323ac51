//! A desk that is really served, on a thread with a store of its own, and that can be stopped.

use super::clinic::Guest;
use super::staff;
use chrono::Utc;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use vestibule::clinic::Clinic;
use vestibule::desk;
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::role::Role;
use vestibule::link::fact::DESK;
use vestibule::store::StoreHandle;

/// How a desk ends.
#[derive(Clone, Copy, PartialEq)]
pub enum Stop {
    /// Told to: what it has begun it finishes.
    Orderly,
    /// In the middle of whatever it does.
    Abrupt,
}

/// A running desk. Dropping it stops it.
pub struct RunningDesk {
    pub store: StoreHandle,
    address: SocketAddr,
    /// Of Maria, who may do everything that these tests do.
    cookie: String,
    stop: Option<oneshot::Sender<Stop>>,
    thread: Option<JoinHandle<()>>,
}

impl RunningDesk {
    pub fn start(clinic: &Arc<Clinic>) -> Self {
        let store = StoreHandle::open(&desk::store_path(clinic), DESK).unwrap();
        let cookie = staff::cookie(&store, "Maria", Role::Supervisor);
        let listener = std::net::TcpListener::bind(clinic.desk).unwrap();
        listener.set_nonblocking(true).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (stop, stopped) = oneshot::channel();
        let (serving, its_store) = (Arc::clone(clinic), store.clone());
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let (orderly, told) = oneshot::channel::<()>();
                let served = desk::serve(serving, its_store, listener, async {
                    let _ = told.await;
                });
                let end = async {
                    if stopped.await.unwrap_or(Stop::Orderly) == Stop::Orderly {
                        drop(orderly);
                        std::future::pending::<()>().await;
                    }
                };
                tokio::select! {
                    served = served => served.unwrap(),
                    () = end => {}
                }
            });
        });
        Self { store, address: clinic.desk, cookie, stop: Some(stop), thread: Some(thread) }
    }

    /// What Maria's browser sends with everything that it asks.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    pub fn stop(mut self, how: Stop) {
        self.end(how);
    }

    fn end(&mut self, how: Stop) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(how);
        }
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the desk's thread panicked");
        }
    }

    /// Takes people and their appointments into the book.
    pub fn book(&self, guests: &[Guest]) {
        let patients: Vec<_> = guests.iter().map(|guest| guest.patient.clone()).collect();
        let appointments: Vec<_> = guests.iter().map(|guest| guest.appointment.clone()).collect();
        self.store.run(move |store| store.take_over(&patients, &appointments, Utc::now())).unwrap();
    }

    /// What the desk's page shows.
    pub fn board(&self) -> Value {
        let (status, body) = self.ask("GET", "/api/board", "").unwrap();
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The arrival that has this number, as the page shows it.
    pub fn arrival(&self, number: &str) -> Option<Value> {
        let board = self.board();
        board["arrivals"].as_array().unwrap().iter().find(|arrival| arrival["number"] == number).cloned()
    }

    /// How a patient stands, as the page shows it.
    pub fn account(&self, patient: PatientId) -> Value {
        let (status, body) = self.ask("GET", &format!("/api/patients/{patient}/account"), "").unwrap();
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The trouble of a kiosk's device, as the page shows it; empty for none.
    pub fn trouble(&self, kiosk: &str, device: &str) -> String {
        let board = self.board();
        let troubles = board["troubles"].as_array().unwrap();
        let found = troubles.iter().find(|trouble| trouble["kiosk"] == kiosk && trouble["device"] == device);
        found.map_or(String::new(), |trouble| trouble["words"].as_str().unwrap().to_string())
    }

    /// The only request of a patient that is not done, as the page shows it; none where there is not exactly one. What
    /// machines call for is left out: not every test has all of the clinic's kiosks, with all their devices.
    pub fn request(&self) -> Option<Value> {
        let of_a_machine =
            |request: &Value| request["headline"].as_str().is_some_and(|words| words.starts_with("Kiosk "));
        let board = self.board();
        let requests = board["requests"].as_array().unwrap();
        let open: Vec<_> = requests.iter().filter(|request| !of_a_machine(request)).collect();
        match open.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    }

    /// Maria at the desk does something about a request; or about none, for what has a path of its own.
    pub fn does(&self, request: Option<&Value>, what: &str, details: Value) -> Value {
        let path = match request {
            Some(request) => format!("/api/requests/{}/{what}", request["id"].as_str().unwrap()),
            None => what.to_string(),
        };
        let (status, body) = self.ask("POST", &path, &details.to_string()).unwrap();
        assert!(status < 300, "{path} {details}: {status} {body}");
        serde_json::from_str(&body).unwrap_or(Value::Null)
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> std::io::Result<(u16, String)> {
        ask(self.address, &self.cookie, method, path, body)
    }

    /// Somebody at the desk wants a ticket printed again. An error may mean that it was asked all the same.
    pub fn ask_for_a_copy(&self, ticket: &str) -> std::io::Result<()> {
        let (status, body) = self.ask("POST", &format!("/api/tickets/{ticket}/copy"), "{}")?;
        if status == 204 { Ok(()) } else { Err(std::io::Error::other(body)) }
    }
}

impl Drop for RunningDesk {
    fn drop(&mut self) {
        self.end(Stop::Orderly);
    }
}

/// Asks a desk as its page does, and answers status and body.
fn ask(
    desk: SocketAddr,
    cookie: &str,
    method: &str,
    path: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(desk)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {desk}\r\nX-Vestibule-Desk: 1\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| std::io::Error::other("no answer"))?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.ok_or_else(|| std::io::Error::other("no status"))?, body.to_string()))
}
