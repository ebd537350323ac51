//! The kiosk's end of the link over real sockets: against a desk that stops in the middle of things, and
//! against everything that may answer in a desk's place.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod running_desk;

use chrono::Utc;
use running_desk::{RunningDesk, eventually, example};
use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;
use vestibule::link::fact::{DESK, FactKind};
use vestibule::link::{Link, LinkNews, LinkPlace};
use vestibule::store::{Store, StoreHandle};

fn trouble(words: impl ToString) -> FactKind {
    FactKind::DeviceReported { device: "printer".into(), trouble: words.to_string() }
}

/// A kiosk without glass: a store, a link, and what the link told.
struct Kiosk {
    store: StoreHandle,
    link: Link,
    news: Arc<Mutex<Vec<LinkNews>>>,
}

impl Kiosk {
    fn start(place: LinkPlace) -> Self {
        let store = StoreHandle::new(Store::in_memory(&place.kiosk).unwrap()).unwrap();
        let news = Arc::<Mutex<Vec<LinkNews>>>::default();
        let told = Arc::clone(&news);
        let link = Link::start(place, store.clone(), move |news| told.lock().unwrap().push(news)).unwrap();
        Self { store, link, news }
    }

    fn happens(&self, words: impl ToString) -> Uuid {
        let kind = trouble(words);
        let facts = self.store.run(|store| store.commit(vec![kind], Utc::now())).unwrap();
        self.link.wake();
        facts[0].id
    }

    fn delivered(&self) -> HashSet<Uuid> {
        let news = self.news.lock().unwrap();
        let delivered = news.iter().filter_map(|news| match news {
            LinkNews::Delivered(facts) => Some(facts.clone()),
            _ => None,
        });
        delivered.flatten().collect()
    }

    fn heard(&self) -> Vec<Uuid> {
        let news = self.news.lock().unwrap();
        let facts = news.iter().filter_map(|news| match news {
            LinkNews::Facts(facts) => Some(facts.iter().map(|fact| fact.id).collect::<Vec<_>>()),
            _ => None,
        });
        facts.flatten().collect()
    }

    fn told(&self, wanted: impl Fn(&LinkNews) -> bool) -> bool {
        self.news.lock().unwrap().iter().any(wanted)
    }

    fn last_word(&self) -> Option<LinkNews> {
        let news = self.news.lock().unwrap();
        news.iter().rfind(|news| matches!(news, LinkNews::Up | LinkNews::Down(_))).cloned()
    }

    /// Whether the desk has exactly what happened here, in its order, and the link knows it.
    fn agrees_with(&self, desk: &RunningDesk) -> bool {
        let own = self.store.run(|store| store.facts_of("lobby")).unwrap();
        let at_desk = desk.store().run(|store| store.facts_of("lobby")).unwrap();
        own == at_desk && self.store.run(|store| store.undelivered_count()).unwrap() == 0
    }
}

#[test]
fn facts_arrive_once_and_in_order_through_a_desk_that_stops_and_starts() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = RunningDesk::start(example(), folder.path());
    let kiosk = Kiosk::start(desk.place("lobby"));
    let (mut here, mut at_desk) = (Vec::new(), Vec::new());
    for round in 0..4 {
        for n in 0..60 {
            here.push(kiosk.happens(format!("{round}.{n}")));
            if n % 6 == 0 {
                let kind = trouble(format!("desk {round}.{n}"));
                let facts = desk.store().run(|store| store.commit(vec![kind], Utc::now())).unwrap();
                at_desk.push(facts[0].id);
            }
            std::thread::sleep(Duration::from_millis(3));
        }
        // In the middle of facts, by turns as it should be and as it should not.
        if round % 2 == 0 {
            desk.stop()
        } else {
            desk.kill()
        }
        here.extend((0..40).map(|n| kiosk.happens(format!("{round}, alone, {n}"))));
        eventually(
            "the link says that the desk is away",
            || matches!(kiosk.last_word(), Some(LinkNews::Down(words)) if words.contains("cannot be reached")),
        );
        desk.start_again();
        here.push(kiosk.happens("back"));
        eventually("the link says that the desk is back", || kiosk.last_word() == Some(LinkNews::Up));
    }
    eventually("the desk has everything", || kiosk.agrees_with(&desk));
    let ids: Vec<Uuid> =
        desk.store().run(|store| store.facts_of("lobby")).unwrap().iter().map(|fact| fact.id).collect();
    assert_eq!(ids, here);
    eventually("the link has told of every delivery", || kiosk.delivered().len() == here.len());
    eventually("the kiosk has heard everything", || kiosk.heard().len() >= at_desk.len());
    assert_eq!(kiosk.heard(), at_desk);
    println!("{} facts up, {} down, 4 restarts", here.len(), at_desk.len());
}

#[test]
fn a_new_store_of_a_kiosk_finds_its_facts_at_the_desk_and_delivers_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    let first = Kiosk::start(desk.place("lobby"));
    for n in 0..700 {
        first.happens(n);
    }
    eventually("the desk has the facts of the first store", || first.agrees_with(&desk));
    drop(first);
    let path = folder.path().join("kiosk.db");
    let store = StoreHandle::open(&path, "lobby").unwrap();
    let own = store.run(|store| store.commit(vec![trouble("new"); 250], Utc::now())).unwrap();
    drop(store);
    let second = Kiosk {
        store: StoreHandle::open(&path, "lobby").unwrap(),
        ..Kiosk::start(LinkPlace { kiosk: "garden".into(), ..desk.place("lobby") })
    };
    let news = Arc::clone(&second.news);
    let link =
        Link::start(desk.place("lobby"), second.store.clone(), move |told| news.lock().unwrap().push(told));
    let second = Kiosk { link: link.unwrap(), ..second };
    eventually("the desk has the facts of both", || second.agrees_with(&desk));
    assert_eq!(desk.store().run(|store| store.facts_of("lobby")).unwrap().len(), 950);
    eventually("each delivery is told", || own.iter().all(|fact| second.delivered().contains(&fact.id)));
    assert!(!second.told(|news| matches!(news, LinkNews::Down(_))), "nobody need look at this");
}

/// Something that answers in the desk's place.
struct Impostor {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    requests: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
}

/// Answers one request, given its first line; whether the connection goes on.
type Answer = fn(&str, &mut TcpStream, &AtomicBool) -> std::io::Result<bool>;

impl Impostor {
    fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, requests) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let (stopped, counted) = (Arc::clone(&stop), Arc::clone(&requests));
        let thread = std::thread::spawn(move || {
            let mut connections = Vec::new();
            for stream in listener.incoming().map_while(Result::ok) {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let (stopped, counted) = (Arc::clone(&stopped), Arc::clone(&counted));
                connections.push(std::thread::spawn(move || {
                    // Whatever ends the connection, the kiosk's side of it is what is looked at.
                    let _ = serve(stream, answer, &stopped, &counted);
                }));
            }
            for connection in connections {
                connection.join().unwrap();
            }
        });
        Self { address, stop, requests, thread: Some(thread) }
    }

    fn stop(mut self) {
        self.stop.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        self.thread.take().unwrap().join().unwrap();
    }
}

fn serve(
    mut stream: TcpStream,
    answer: Answer,
    stop: &AtomicBool,
    requests: &AtomicUsize,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_millis(50)))?;
    let mut read = Vec::new();
    while !stop.load(Ordering::SeqCst) {
        let mut part = [0; 65536];
        match stream.read(&mut part) {
            Ok(0) => return Ok(()),
            Ok(length) => read.extend_from_slice(&part[..length]),
            Err(_) => continue,
        }
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() < length.map_or(0, |length| length.parse().unwrap()) {
            continue;
        }
        read.clear();
        requests.fetch_add(1, Ordering::SeqCst);
        if !answer(head.lines().next().unwrap_or_default(), &mut stream, stop)? {
            return Ok(());
        }
    }
    Ok(())
}

fn http(stream: &mut TcpStream, status: &str, kind: &str, body: &str) -> std::io::Result<bool> {
    let length = body.len();
    let answer =
        format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}

const EMPTY_FEED: &str = r#"{"after":0,"facts":[],"more":false,"applied_through":0,"first":true}"#;

/// What may answer, and what the link must say of it.
const IMPOSTORS: [(&str, Answer, &str); 15] = [
    (
        "bytes that are no HTTP",
        |_, stream, _| stream.write_all(b"\x05\x00\xff\x13 login: ").map(|()| false),
        "what came back is not HTTP",
    ),
    ("a closed door", |_, _, _| Ok(false), "the connection broke off"),
    (
        "the page of a guest network",
        |_, stream, _| http(stream, "200 OK", "text/html", "<!doctype html><title>Sign in</title>"),
        "is no Vestibule desk",
    ),
    (
        "JSON of something else",
        |_, stream, _| http(stream, "200 OK", "application/json", r#"{"ok":true}"#),
        "is no Vestibule desk",
    ),
    (
        "an endless body",
        |_, stream, stop| {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(&[b' '; 65536])?;
            }
            Ok(false)
        },
        "an answer without end",
    ),
    (
        "an endless head",
        |_, stream, stop| {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(&[b'x'; 4096])?;
            }
            Ok(false)
        },
        "what came back is not HTTP",
    ),
    (
        "half an answer",
        |_, stream, _| {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 70\r\n\r\n{\"after\":0,").map(|()| false)
        },
        "the connection broke off",
    ),
    (
        "a drop at a time",
        |_, stream, stop| {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(b" ")?;
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(false)
        },
        "did not answer in time",
    ),
    (
        "silence",
        |_, _, stop| {
            while !stop.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(false)
        },
        "did not answer in time",
    ),
    ("a desk in trouble", |_, stream, _| http(stream, "500 Oh", "text/plain", "no"), "HTTP status 500"),
    (
        "a way elsewhere",
        |_, stream, _| {
            stream.write_all(
                b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n",
            )?;
            Ok(true)
        },
        "HTTP status 302",
    ),
    (
        "another key's desk",
        |_, stream, _| http(stream, "401 No", "text/plain", ""),
        "refuses this kiosk's key",
    ),
    ("another clinic's desk", |_, stream, _| http(stream, "403 No", "text/plain", ""), "add a [[kiosk]]"),
    (
        "a desk that takes nothing",
        |line, stream, _| {
            let body = if line.starts_with("POST") { r#"{"applied_through":0}"# } else { EMPTY_FEED };
            http(stream, "200 OK", "application/json", body)
        },
        "took nothing",
    ),
    (
        "a desk that never settles",
        |line, stream, _| {
            let body = if line.starts_with("POST") { r#""follow_first""# } else { EMPTY_FEED };
            http(stream, "200 OK", "application/json", body)
        },
        "do not fit each other",
    ),
];

#[test]
fn whatever_answers_in_the_desks_place_nothing_is_lost() {
    std::thread::scope(|scope| {
        for (what, answer, words) in IMPOSTORS {
            scope.spawn(move || {
                let impostor = Impostor::start(answer);
                let place =
                    LinkPlace { desk: impostor.address, key: example().link_key, kiosk: "lobby".into() };
                let kiosk = Kiosk::start(place);
                for n in 0..5 {
                    kiosk.happens(n);
                }
                let down = |news: &LinkNews| matches!(news, LinkNews::Down(told) if told.contains(words));
                eventually(&format!("the link tells of {what}: {words}"), || kiosk.told(down));
                assert!(kiosk.delivered().is_empty(), "{what}");
                assert_eq!(kiosk.store.run(|store| store.undelivered_count()).unwrap(), 5, "{what}");
                let requests = impostor.requests.load(Ordering::SeqCst);
                assert!(requests < 300, "{what} was asked {requests} times");
                let address = impostor.address;
                impostor.stop();

                let folder = tempfile::tempdir().unwrap();
                let desk = RunningDesk::start_at(address, example(), folder.path());
                eventually(&format!("a good desk has everything after {what}"), || kiosk.agrees_with(&desk));
                eventually(&format!("the link is up after {what}"), || {
                    kiosk.last_word() == Some(LinkNews::Up) && kiosk.delivered().len() == 5
                });
                assert_eq!(desk.store().run(|store| store.facts_of("lobby")).unwrap().len(), 5, "{what}");
            });
        }
    });
}

#[test]
fn what_a_lying_desk_took_is_sent_again_to_a_true_one() {
    let impostor = Impostor::start(|line, stream, _| {
        let everything = r#"{"applied_through":1000000}"#;
        let body = if line.starts_with("POST") {
            everything.to_string()
        } else {
            EMPTY_FEED.replace(r#""applied_through":0"#, r#""applied_through":1000000"#)
        };
        http(stream, "200 OK", "application/json", &body)
    });
    let place = LinkPlace { desk: impostor.address, key: example().link_key, kiosk: "lobby".into() };
    let kiosk = Kiosk::start(place);
    for n in 0..5 {
        kiosk.happens(n);
    }
    eventually("the kiosk believes it", || kiosk.delivered().len() == 5);
    // It also answers every request for news at once; nobody asks it a thousand times a second for that.
    let before = impostor.requests.load(Ordering::SeqCst);
    std::thread::sleep(Duration::from_secs(1));
    let asked = impostor.requests.load(Ordering::SeqCst) - before;
    assert!(asked < 20, "asked {asked} times in a second");
    let address = impostor.address;
    impostor.stop();

    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start_at(address, example(), folder.path());
    eventually("the true desk has everything", || kiosk.agrees_with(&desk));
    assert_eq!(desk.store().run(|store| store.facts_of("lobby")).unwrap().len(), 5);
}

#[test]
fn a_key_that_is_not_the_desks_is_told_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = RunningDesk::start(example(), folder.path());
    let kiosk = Kiosk::start(LinkPlace { key: "not-the-desks-key-at-all".into(), ..desk.place("lobby") });
    kiosk.happens("waits");
    let refused = |news: &LinkNews| matches!(news, LinkNews::Down(told) if told.contains("desk.link_key"));
    eventually("the link tells of the key", || kiosk.told(refused));
    assert_eq!(desk.store().run(|store| store.last_position()).unwrap(), 0);

    // Somebody writes the kiosk's key into the desk's file and restarts the desk.
    desk.stop();
    let clinic = vestibule::clinic::Clinic { link_key: "not-the-desks-key-at-all".into(), ..example() };
    desk.clinic = Arc::new(clinic);
    desk.start_again();
    eventually("the desk has everything", || kiosk.agrees_with(&desk));
}

#[test]
fn nobody_speaks_as_the_desk_or_as_a_kiosk_that_is_not_named() {
    let folder = tempfile::tempdir().unwrap();
    let desk = RunningDesk::start(example(), folder.path());
    for name in ["cellar", DESK] {
        let kiosk = Kiosk::start(desk.place(name));
        kiosk.happens("never heard");
        let refused = |news: &LinkNews| matches!(news, LinkNews::Down(told) if told.contains("[[kiosk]]"));
        eventually("the link tells of the name", || kiosk.told(refused));
    }
    assert_eq!(desk.store().run(|store| store.last_position()).unwrap(), 0);
}
