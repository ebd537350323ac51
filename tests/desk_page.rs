//! The desk's page as staff have it: in a real browser, at a real desk, with a kiosk on the other side.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod running_desk;

use chrono::{DateTime, TimeDelta, Utc};
use running_desk::{RunningDesk, eventually, example};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::request::{OwnWords, Request, RequestId, RequestReason};
use vestibule::front_desk::ticket::{NewVisit, PaperState, Ticket};
use vestibule::front_desk::urgency::Urgency;
use vestibule::link::fact::{Fact, FactKind};
use vestibule::link::{Link, LinkNews};
use vestibule::store::{Paper, Store, StoreHandle};

/// One browser at a time: several at once make a small machine too slow for anybody's patience.
static ONE: Mutex<()> = Mutex::new(());

/// Chromium, driven by `tests/browser/desk.mjs`.
struct Browser {
    child: Child,
    say: Option<ChildStdin>,
    hear: BufReader<ChildStdout>,
    _alone: MutexGuard<'static, ()>,
}

impl Browser {
    fn start() -> Self {
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let chromium =
            std::env::var_os("VESTIBULE_CHROMIUM").map_or("/usr/bin/chromium".into(), PathBuf::from);
        for needed in
            [&chromium, &folder.join("node_modules/playwright-core"), &folder.join("node_modules/axe-core")]
        {
            assert!(
                needed.exists(),
                "{} is missing: run tests/run, which installs what the tests need, or see what it does",
                needed.display()
            );
        }
        let mut child = Command::new("node")
            .arg("desk.mjs")
            .current_dir(folder)
            .env("VESTIBULE_CHROMIUM", chromium)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("node cannot be started ({error}): run tests/run, which installs it")
            });
        let (say, hear) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, say, hear, _alone: alone }
    }

    fn try_do(&mut self, what: &str, mut details: Value) -> Result<Value, String> {
        details["do"] = what.into();
        let say = self.say.as_mut().unwrap();
        writeln!(say, "{details}").unwrap();
        say.flush().unwrap();
        let mut line = String::new();
        self.hear.read_line(&mut line).unwrap();
        let mut answer: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("the browser ended at {what} {details}"));
        match answer.get("wrong") {
            Some(wrong) => Err(format!("{what} {details}: {wrong}")),
            None => Ok(answer["ok"].take()),
        }
    }

    #[track_caller]
    fn act(&mut self, what: &str, details: Value) -> Value {
        self.try_do(what, details).unwrap_or_else(|wrong| panic!("{wrong}"))
    }

    #[track_caller]
    fn sees(&mut self, text: &str) {
        self.act("sees", json!({ "text": text }));
    }

    #[track_caller]
    fn sees_in(&mut self, within: &str, text: &str) {
        self.act("sees", json!({ "within": within, "text": text }));
    }

    #[track_caller]
    fn sees_no_more(&mut self, within: &str, text: &str) {
        self.act("sees-not", json!({ "within": within, "text": text }));
    }

    #[track_caller]
    fn presses(&mut self, button: &str) {
        self.act("presses", json!({ "button": button }));
    }

    #[track_caller]
    fn title_is(&mut self, title: &str) {
        self.act("title", json!({ "is": title }));
    }

    #[track_caller]
    fn reads(&mut self, within: &str) -> String {
        self.act("reads", json!({ "within": within })).as_str().unwrap().to_string()
    }

    #[track_caller]
    fn evaluate(&mut self, script: &str) -> Value {
        self.act("evaluate", json!({ "script": script }))
    }

    /// Nothing that a person should not meet with: forbidden scripts, exceptions, message boxes.
    #[track_caller]
    fn has_no_faults(&mut self) {
        assert_eq!(self.act("faults", json!({})), json!([]));
    }

    #[track_caller]
    fn is_accessible(&mut self, when: &str) {
        let violations = self.act("axe", json!({}));
        assert_eq!(violations, json!([]), "{when}");
    }

    fn picture(&mut self, name: &str, whole: bool) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("out/desk");
        std::fs::create_dir_all(&folder).unwrap();
        self.act("picture", json!({ "path": folder.join(format!("{name}.png")), "whole": whole }));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The end of its input ends it, and the browser with it.
        self.say = None;
        let _ = self.child.wait();
    }
}

/// A desk, a kiosk that is linked to it, and the page.
struct Clinic {
    page: Browser,
    desk: RunningDesk,
    kiosk: StoreHandle,
    link: Link,
    heard: Arc<Mutex<Vec<Fact>>>,
    _folder: TempDir,
}

impl Clinic {
    /// Opens; Maria sits down at the desk.
    fn opens() -> Self {
        let mut clinic = Self::opens_unattended();
        clinic.page.act("writes", json!({ "label": "Your name", "text": "Maria" }));
        clinic.page.presses("That is me");
        clinic
    }

    fn opens_unattended() -> Self {
        let page = Browser::start();
        let folder = tempfile::tempdir().unwrap();
        let desk = RunningDesk::start(example(), folder.path());
        let kiosk = StoreHandle::new(Store::in_memory("lobby").unwrap()).unwrap();
        let heard = Arc::<Mutex<Vec<Fact>>>::default();
        let hears = Arc::clone(&heard);
        let link = Link::start(desk.place("lobby"), kiosk.clone(), move |news| {
            if let LinkNews::Facts(facts) = news {
                hears.lock().unwrap().extend(facts);
            }
        });
        let mut clinic = Self { page, desk, kiosk, link: link.unwrap(), heard, _folder: folder };
        clinic.opens_page_at(clinic.desk.address);
        clinic
    }

    fn opens_page_at(&mut self, address: SocketAddr) {
        self.page.act("open", json!({ "url": format!("http://{address}/") }));
        self.page.sees_in("#connection", "Live");
        // A page that was loaded again would not know this any more.
        self.page.evaluate("globalThis.since = 'the beginning'");
    }

    #[track_caller]
    fn ends_well(mut self) {
        assert_eq!(self.page.evaluate("globalThis.since"), "the beginning", "the page was loaded again");
        self.page.has_no_faults();
    }

    fn happens(&self, kinds: Vec<FactKind>) {
        self.kiosk.run(|store| store.commit(kinds, Utc::now())).unwrap();
        self.link.wake();
    }

    fn hears(&self, what: &str, wanted: impl Fn(&FactKind) -> bool) {
        eventually(what, || self.heard.lock().unwrap().iter().any(|fact| wanted(&fact.kind)));
    }

    /// Checks somebody in at the kiosk, at a time; what became of the paper.
    fn checks_in(
        &self,
        patient: &Patient,
        booked: Option<&Appointment>,
        at: DateTime<Utc>,
        paper: Option<(PaperState, &str)>,
    ) -> Ticket {
        let visit = NewVisit {
            registration: Some(patient.clone()),
            patient: patient.id,
            appointment: booked.cloned(),
            reason: None,
            service: booked.map_or("general".into(), |appointment| appointment.service.clone()),
            language: "en".into(),
            companion: None,
        };
        let (clinic, paper) =
            (Arc::clone(&self.desk.clinic), paper.map(|(state, cause)| (state, cause.to_string())));
        let ticket = self.kiosk.run(move |store| {
            if let Some(appointment) = visit.appointment.clone() {
                store.commit(vec![FactKind::AppointmentRecorded { appointment }], at)?;
            }
            let ticket = store.check_in(&clinic, "1", &visit, at)?;
            if let Some((state, cause)) = paper {
                let job = store.start_print_job()?.unwrap();
                store.end_print_job(&job, state, &cause, at)?;
            }
            Ok(ticket)
        });
        self.link.wake();
        ticket.unwrap()
    }
}

fn patient(given: &str, family: &str, number: Option<&str>) -> Patient {
    Patient {
        id: PatientId(Uuid::now_v7()),
        number: number.map(Into::into),
        name: PersonName { given: given.into(), family: family.into() },
        date_of_birth: DateOfBirth::new(1957, 3, 4, Utc::now().date_naive()).unwrap(),
        sex: None,
        phone: Some("+34 600 000 000".into()),
        address: Some("Calle Mayor 5, 28013 Madrid".into()),
        emergency_contact: None,
        language: None,
        source: Source::Imported,
    }
}

fn request(reason: RequestReason, seconds_ago: i64) -> Request {
    let raised_at = Utc::now() - TimeDelta::seconds(seconds_ago);
    Request {
        id: RequestId(Uuid::now_v7()),
        reason,
        category: None,
        subject: None,
        urgency: Urgency::Routine,
        red_flags: Vec::new(),
        words: OwnWords::default(),
        companion: None,
        chain: Vec::new(),
        case: None,
        stopped_at: "identify: family name".into(),
        patients: Vec::new(),
        registration: None,
        ticket: None,
        language: "en".into(),
        kiosk: "lobby".into(),
        raised_at,
        acknowledge_by: raised_at + TimeDelta::minutes(3),
    }
}

fn raised(request: Request) -> FactKind {
    FactKind::RequestRaised { request }
}

#[test]
fn a_request_appears_by_itself_is_taken_and_is_resolved() {
    let mut clinic = Clinic::opens();
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.title_is("Vestibule desk");
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    clinic.page.title_is("(1) Vestibule desk");
    clinic.page.sees_in("#banner", "Asks for help (kiosk lobby)");
    assert_eq!(clinic.page.reads("#announce"), "Asks for help (kiosk lobby)", "for screen readers");

    let age = |page: &mut Browser| {
        let words = page.reads("#request-list .age b");
        let (minutes, seconds) = words.split_once(':').unwrap();
        minutes.parse::<u32>().unwrap() * 60 + seconds.parse::<u32>().unwrap()
    };
    let before = age(&mut clinic.page);
    eventually("the age has counted up", || age(&mut clinic.page) >= before + 2);
    assert!(clinic.page.reads("#request-list .age small").starts_with("answer within 2:5"));

    clinic.page.presses("Acknowledge: I am going");
    clinic.hears("the kiosk can tell the patient who comes", |kind| {
        matches!(kind, FactKind::RequestAcknowledged { request, by } if *request == id && by == "Maria")
    });
    clinic.page.sees_in("#request-list .card", "Maria is on the way");
    clinic.page.title_is("Vestibule desk");
    clinic.page.sees_no_more("#banner", "Asks for help");

    clinic.page.presses("Resolve…");
    clinic.page.presses("Resolve");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Showed the way to room 4." }));
    clinic.page.presses("Resolve");
    clinic.hears("the kiosk knows that it is done", |kind| {
        matches!(kind, FactKind::RequestResolved { request, by, note }
            if *request == id && by == "Maria" && note == "Showed the way to room 4.")
    });
    clinic.page.sees("Nobody is waiting for help.");
    clinic.page.act("evaluate", json!({ "script": "document.querySelector('#resolved summary').click()" }));
    clinic.page.sees_in("#resolved", "Showed the way to room 4.");
    clinic.page.sees_in("#resolved", "Maria");
    clinic.page.is_accessible("with what was resolved");
    clinic.ends_well();
}

#[test]
fn what_is_being_written_survives_every_update() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 30))]);
    clinic.page.presses("Resolve…");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Half a sen" }));
    clinic.happens(vec![raised(request(RequestReason::LateArrival, 90))]);
    clinic.page.sees_in("#request-list", "Came after check-in closed");
    clinic.page.act("keys", json!({ "keys": "End" }));
    clinic.page.act("keys", json!({ "keys": "t" }));
    let script = "document.activeElement.value";
    assert_eq!(clinic.page.evaluate(script), "Half a sent", "the keyboard stays where it was");
    clinic.ends_well();
}

#[test]
fn somebody_else_was_faster_and_the_page_says_so() {
    let mut clinic = Clinic::opens();
    let help = request(RequestReason::Help, 0);
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    // Tom resolves it between Maria's look and her touch: her page has not been told yet.
    clinic.page.presses("Resolve…");
    clinic.page.act("writes", json!({ "label": "What was done?", "text": "Mine" }));
    clinic.page.evaluate(
        "globalThis.fetch = ((real) => async (path, asked) => {
            await real(path, { ...asked, body: JSON.stringify({ by: 'Tom', note: 'His' }) });
            return real(path, asked);
        })(globalThis.fetch)",
    );
    clinic.page.presses("Resolve");
    clinic.page.sees("Tom has resolved it already; your note was not kept.");
    let row = clinic.desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert!(format!("{:?}", row.state).contains("Tom"));
    clinic.ends_well();
}

#[test]
fn a_request_that_nobody_answers_escalates_in_sight() {
    let mut clinic = Clinic::opens();
    let mut late = request(RequestReason::NotIdentified, 0);
    late.acknowledge_by = late.raised_at + TimeDelta::seconds(2);
    clinic.happens(vec![raised(late)]);
    clinic.page.sees_in("#request-list .card", "answer within");
    clinic.page.sees_in("#request-list .card", "Nobody has answered in time");
    clinic.page.sees_in("#banner", "Nobody has answered in time: Could not be identified in three tries");
    clinic.page.sees_in("#request-list .card", "late");
    assert!(clinic.page.reads("#announce").starts_with("Nobody has answered in time"));
    // It is still to be taken.
    clinic.page.presses("Acknowledge: I am going");
    clinic.page.sees_in("#request-list .card", "Maria is on the way");
    clinic.page.sees_no_more("#banner", "Nobody has answered");
    clinic.ends_well();
}

#[test]
fn arrivals_tell_of_their_paper_and_a_copy_is_printed_at_the_kiosk() {
    let mut clinic = Clinic::opens();
    let now = Utc::now();
    clinic.page.sees("Nobody has checked in today.");
    let cases = [
        ("Ana", Some((PaperState::Printed, "")), "Printed"),
        ("Ben", Some((PaperState::NotPrinted, "the paper is out")), "No paper came out"),
        ("Cleo", Some((PaperState::NotKnown, "the printer fell silent in the middle")), "Not known"),
        ("Dora", None, "On its way"),
    ];
    let tickets: Vec<Ticket> = cases
        .into_iter()
        .map(|(name, paper, _)| clinic.checks_in(&patient(name, "Ruiz", None), None, now, paper))
        .collect();
    for ((name, _, words), ticket) in cases.iter().zip(&tickets) {
        let row = format!("tr:has-text('{name} Ruiz')");
        clinic.page.sees_in(&row, words);
        clinic.page.sees_in(&row, ticket.number.as_str());
    }
    clinic.page.sees_in("#attention", "No paper came out at kiosk lobby: the paper is out");
    clinic.page.sees_in("#attention", "Perhaps no paper came out at kiosk lobby");

    let place = json!({ "within": "#arrivals tr", "having": "Ben Ruiz", "button": "Print a copy" });
    clinic.page.act("presses", place);
    let ben = tickets[1].id;
    clinic.hears("the kiosk is asked for the copy", |kind| {
        matches!(kind, FactKind::ReprintAsked { ticket, kiosk, by } if *ticket == ben && kiosk == "lobby" && by == "Maria")
    });
    clinic.page.sees_in("tr:has-text('Ben Ruiz')", "Copy asked: Maria");
    let jobs =
        clinic.kiosk.run(|store| Ok([store.start_print_job()?.unwrap(), store.start_print_job()?.unwrap()]));
    let [dora, copy] = jobs.unwrap();
    assert!(!dora.copy && copy.copy && copy.paper == Paper::Ticket(ben));
    clinic.kiosk.run(move |store| store.end_print_job(&copy, PaperState::Printed, "", now)).unwrap();
    clinic.link.wake();
    clinic.page.sees_in("tr:has-text('Ben Ruiz')", "Printed");
    clinic.page.sees_no_more("#attention", "Ben");
    clinic
        .page
        .act("presses", json!({ "within": "#arrivals tr", "having": "Ben Ruiz", "button": "Print a copy" }));
    clinic.ends_well();
}

#[test]
fn text_from_patients_is_text() {
    let mut clinic = Clinic::opens();
    let evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    let mut somebody = patient(evil, "\" onmouseover=\"alert(3)", Some("<b>7</b>"));
    somebody.address = Some("</div><svg onload=alert(4)>".into());
    clinic.checks_in(&somebody, None, Utc::now(), Some((PaperState::NotPrinted, evil)));
    let mut duplicate = request(RequestReason::PossibleDuplicate, 0);
    duplicate.registration = Some(Box::new(somebody.clone()));
    duplicate.patients = vec![somebody.id];
    duplicate.stopped_at = evil.into();
    duplicate.language = evil.into();
    let id = duplicate.id;
    clinic.happens(vec![
        raised(duplicate),
        FactKind::DeviceReported { device: evil.into(), trouble: evil.into() },
    ]);
    for part in ["#request-list .person", "#arrivals", "#request-list .facts", "#attention"] {
        clinic.page.sees_in(part, evil);
    }
    let note = evil.to_string();
    clinic
        .desk
        .store()
        .run(move |store| {
            store.commit(vec![FactKind::RequestResolved { request: id, by: note.clone(), note }], Utc::now())
        })
        .unwrap();
    clinic.page.sees("Nobody is waiting for help.");
    assert_eq!(
        clinic.page.evaluate("document.querySelectorAll('main :is(img, script, svg, b b)').length"),
        0
    );
    clinic.ends_well();
}

#[test]
fn the_page_says_that_it_is_out_of_date_and_comes_back_by_itself() {
    let mut clinic = Clinic::opens();
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    clinic.page.sees_in("#request-list .card", "Asks for help");
    for how in ["stopped", "killed"] {
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
    }
    assert_eq!(clinic.page.act("count", json!({ "within": "#request-list .card" })), 3);
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
    let mut clinic = Clinic::opens_unattended();
    clinic.page.sees_in("#sound", "Sound is off: turn it on");
    clinic.happens(vec![raised(request(RequestReason::Help, 0))]);
    clinic.page.sees_in("#banner", "Asks for help");
    clinic.page.sees_in("#banner", "Sound is off: turn it on");
    assert_eq!(clinic.page.evaluate("globalThis.tones"), 0);

    clinic.page.presses("Not now");
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

/// A morning with everything that a page can hold: long names, other scripts, all states.
fn a_busy_morning(clinic: &Clinic) {
    let now = Utc::now();
    let names = [
        ("Maria Luisa", "García López"),
        ("Seán", "O’Brien"),
        ("ليلى", "حداد"),
        ("आरती", "शर्मा"),
        ("Tom", "Baker"),
        ("Wolfeschlegelsteinhausenbergerdorff-Alexandrovich", "Hubert-Blaine-Konstantinopolitanskiewicz"),
        ("María de los Ángeles Guadalupe", "Fernández de Córdoba y Álvarez de Toledo"),
        ("Anna", "Nowak"),
        ("Jo", "X"),
        ("عبد الرحمن بن محمد", "الهاشمي"),
        ("Nguyễn Thị", "Hồng Nhung"),
        ("Ngozi", "Okafor"),
    ];
    let patients: Vec<Patient> = (0_usize..)
        .zip(names)
        .map(|(n, (given, family))| {
            patient(given, family, (n != 3).then(|| format!("10{:04}", 17 + n * 31)).as_deref())
        })
        .collect();
    let paper = |n: usize| match n {
        2 => Some((PaperState::NotPrinted, "the paper is out")),
        5 => Some((PaperState::NotKnown, "the printer fell silent in the middle")),
        11 => None,
        _ => Some((PaperState::Printed, "")),
    };
    let tickets: Vec<Ticket> = (0_usize..)
        .zip(&patients)
        .map(|(n, patient)| {
            let booked = Appointment {
                id: AppointmentId(Uuid::now_v7()),
                patient: patient.id,
                service: ["general", "blood", "children"][n % 3].into(),
                clinician: ["Dr Chen", "Nurse Ruiz", "Dr Okafor-Montgomery"][n % 3].into(),
                starts_at: now + TimeDelta::minutes(5 * n as i64),
                minutes: 20,
                status: AppointmentStatus::Booked,
            };
            let at = now - TimeDelta::seconds(44 - 4 * n as i64);
            clinic.checks_in(patient, (n != 4).then_some(&booked), at, paper(n))
        })
        .collect();
    let several = Request {
        patients: vec![patients[0].id, patients[5].id, patients[9].id],
        language: "es".into(),
        ..request(RequestReason::SeveralRecords, 221)
    };
    let duplicate = Request {
        patients: vec![patients[5].id],
        registration: Some(Box::new(patients[5].clone())),
        ticket: Some(tickets[5].id),
        language: "ar".into(),
        stopped_at: "register: consent".into(),
        ..request(RequestReason::PossibleDuplicate, 30)
    };
    let taken = Request { language: "hi".into(), ..request(RequestReason::NotIdentified, 95) };
    let done = Request { patients: vec![patients[4].id], ..request(RequestReason::NoAppointment, 1200) };
    let (taken_id, done_id) = (taken.id, done.id);
    clinic.happens(vec![
        raised(several),
        raised(duplicate),
        raised(request(RequestReason::Help, 4)),
        raised(taken),
        raised(done),
        FactKind::DeviceReported {
            device: "printer".into(),
            trouble: "The paper is out: put in a new roll of 80 mm.".into(),
        },
    ]);
    eventually("the desk has the morning", || {
        clinic.desk.store().run(move |store| Ok(store.request(done_id)?.is_some())).unwrap()
    });
    let note = "Booked for tomorrow at 10:20 with Dr Chen.".to_string();
    clinic
        .desk
        .store()
        .run(move |store| {
            let by = "Maria".to_string();
            store.commit(
                vec![
                    FactKind::RequestAcknowledged { request: taken_id, by: by.clone() },
                    FactKind::RequestResolved { request: done_id, by, note },
                ],
                Utc::now(),
            )
        })
        .unwrap();
}

#[test]
fn the_page_is_accessible_and_fits_every_screen() {
    let mut clinic = Clinic::opens_unattended();
    clinic.page.is_accessible("while it asks who is at the desk");
    clinic.page.picture("asks-who", false);
    clinic.page.act("writes", json!({ "label": "Your name", "text": "Maria" }));
    clinic.page.presses("That is me");
    clinic.page.is_accessible("with nobody there");
    let sizes = [("wide", 1440, 900), ("tablet", 1024, 768), ("phone", 390, 844)];
    for (name, width, height) in sizes {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        clinic.page.picture(&format!("empty-{name}"), false);
    }
    a_busy_morning(&clinic);
    clinic.page.sees_in("#request-list", "Maria is on the way");
    clinic.page.sees_in("#arrivals", "Anna Nowak");
    clinic.page.sees_in("#banner", "Nobody has answered in time");
    for (name, width, height) in sizes {
        clinic.page.act("size", json!({ "width": width, "height": height }));
        let cut = "[...document.querySelectorAll('body *')]
            .filter((part) => part.checkVisibility() && !part.closest('.hidden') && !part.matches('.skip'))
            .filter((part) => part.getBoundingClientRect().right > innerWidth + 1
                || (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0))
            .map((part) => part.outerHTML.slice(0, 200))";
        assert_eq!(clinic.page.evaluate(cut), json!([]), "cut off at {width} pixels");
        clinic.page.picture(&format!("busy-{name}"), false);
        clinic.page.picture(&format!("busy-{name}-whole"), true);
        clinic.page.evaluate("document.querySelector('#attention').scrollIntoView()");
        clinic.page.picture(&format!("busy-{name}-arrivals"), false);
        clinic.page.is_accessible(&format!("on a busy morning at {width} pixels"));
    }
    clinic.page.act(
        "presses",
        json!({ "within": "#request-list .card", "having": "Several records fit", "button": "Resolve…" }),
    );
    clinic.page.picture("busy-phone-note", false);
    clinic.page.is_accessible("while a note is written");
    clinic.ends_well();
}
