//! A browser without a page: it keeps its cookies, and asks.

use crate::running_desk::RunningDesk;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// What the desk answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    /// The words of a refusal.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_string()
    }
}

/// A browser.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookies: BTreeMap<String, String>,
    /// What the browser adds by itself, such as an origin.
    pub headers: String,
}

impl Browser {
    /// One in which somebody is signed in.
    pub fn with(cookie: &str) -> Self {
        let (name, value) = cookie.split_once('=').unwrap();
        Self { cookies: BTreeMap::from([(name.into(), value.into())]), headers: String::new() }
    }

    pub fn get(&mut self, desk: SocketAddr, path: &str) -> Answer {
        self.ask(desk, "GET", path, "")
    }

    pub fn post(&mut self, desk: SocketAddr, path: &str, details: Value) -> Answer {
        self.ask(desk, "POST", path, &details.to_string())
    }

    pub fn signs_in(&mut self, desk: &RunningDesk, name: &str, password: &str) -> Answer {
        self.post(desk.address, "/api/sign-in", json!({ "name": name, "password": password }))
    }

    /// Who the desk says is signed in; nobody where it refuses.
    pub fn me(&mut self, desk: &RunningDesk) -> Option<String> {
        let answer = self.get(desk.address, "/api/me");
        match answer.status {
            200 => Some(answer.json()["name"].as_str().unwrap().to_string()),
            401 => None,
            other => panic!("{other} {}", answer.body),
        }
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn ask(&mut self, desk: SocketAddr, method: &str, path: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(desk).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies =
            if cookies.is_empty() { String::new() } else { format!("Cookie: {}\r\n", cookies.join("; ")) };
        let headers = &self.headers;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {desk}\r\nX-Vestibule-Desk: 1\r\n{cookies}{headers}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if !name.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_string(), body: body.to_string() }
    }

    /// The first events of the live connection, by their names and data, until one is there that is wanted.
    pub fn hears(&self, desk: SocketAddr, wanted: &str) -> Vec<(String, Value)> {
        let mut stream = TcpStream::connect(desk).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        write!(stream, "GET /api/live HTTP/1.0\r\nHost: {desk}\r\nCookie: {}\r\n\r\n", cookies.join("; "))
            .unwrap();
        let mut text = String::new();
        let mut bytes = [0; 65536];
        loop {
            let length = stream.read(&mut bytes).unwrap();
            assert!(length > 0, "the live connection ended: {text}");
            text.push_str(&String::from_utf8_lossy(&bytes[..length]));
            let events: Vec<(String, Value)> = text
                .split("\n\n")
                .filter_map(|event| {
                    let name = event.lines().find_map(|line| line.strip_prefix("event: "))?;
                    let data = event.lines().find_map(|line| line.strip_prefix("data: "))?;
                    Some((name.to_string(), serde_json::from_str(data).ok()?))
                })
                .collect();
            if events.iter().any(|(name, _)| name == wanted) {
                return events;
            }
        }
    }
}
