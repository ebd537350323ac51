//! What `vestibule doctor` finds, in a lobby where all is well and in one where something is wrong.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use vestibule::clinic::{self, Clinic, PrinterPlace, ScannerPlace};
use vestibule::doctor::{Finding, Options, State, examine};
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::{Store, StoreHandle};
use vestibule_hardware::printer::simulator::{Condition, SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{Fonts, Profile};
use vestibule_hardware::scanner::simulator::SimulatedScanner;

static FONTS: LazyLock<Arc<Fonts>> = LazyLock::new(|| {
    Arc::new(
        Fonts::new(&[
            include_bytes!("../ui/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../ui/fonts/NotoSans-Bold.ttf"),
            include_bytes!("../ui/fonts/NotoSansArabic-Regular.ttf"),
            include_bytes!("../ui/fonts/NotoSansDevanagari-Regular.ttf"),
        ])
        .unwrap(),
    )
});

/// The example clinic with its data in a folder, and its devices and its desk nowhere.
fn clinic(folder: &Path) -> Clinic {
    let mut clinic = clinic::read_text("example.toml", include_str!("../src/clinic/example.toml")).unwrap();
    clinic.data = folder.join("data");
    clinic.link_key = "a key of the test's own".into();
    clinic.desk = free_address();
    let (printer, scanner) = (folder.join("printer"), folder.join("scanner"));
    let profile = Profile::named("simulated").unwrap();
    clinic.kiosks[0].printer = Some(PrinterPlace { port: printer, baud: 115_200, profile });
    clinic.kiosks[0].scanner = Some(ScannerPlace::serial(scanner, 9600));
    clinic
}

/// An address at which nobody listens.
fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn plugged_in(folder: &Path) -> (SimulatedPrinter, SimulatedScanner) {
    let printer = SimulatedPrinter::start(SimulatorOptions {
        link: folder.join("printer"),
        output: folder.join("tickets"),
        profile: Profile::named("simulated").unwrap(),
        fonts: Arc::clone(&FONTS),
    });
    (printer.unwrap(), SimulatedScanner::start(folder.join("scanner")).unwrap())
}

/// Runs a desk of a clinic until it is dropped.
struct RunningDesk {
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl RunningDesk {
    fn of(clinic: &Clinic) -> Self {
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let listener = TcpListener::bind(clinic.desk).unwrap();
        listener.set_nonblocking(true).unwrap();
        let clinic = Arc::new(clinic.clone());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let store = StoreHandle::new(Store::in_memory(DESK).unwrap()).unwrap();
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let stopped = async move { drop(stopped.await) };
                vestibule::desk::serve(clinic, store, listener, stopped).await.unwrap();
            });
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for RunningDesk {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.thread.take().unwrap().join().unwrap();
    }
}

/// Something that answers everybody with the same bytes.
fn answering(address: SocketAddr, answer: &'static str) {
    let listener = TcpListener::bind(address).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // A second may come in parts; the beginning of a request is enough to answer it.
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
}

fn of<'a>(findings: &'a [Finding], what: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.what == what).unwrap_or_else(|| panic!("nothing about {what}"))
}

/// What is wrong always says what to do, and what is right never does.
fn check_words(findings: &[Finding]) {
    for finding in findings {
        assert_eq!(finding.do_now.is_empty(), finding.state == State::Good, "{finding}");
        assert!(finding.says.ends_with('.'), "{finding}");
        assert!(finding.do_now.is_empty() || finding.do_now.ends_with('.'), "{finding}");
    }
}

fn examined(clinic: &Clinic) -> Vec<Finding> {
    let findings = examine(clinic, Some("lobby"), &Options::default());
    check_words(&findings);
    findings
}

#[test]
fn a_lobby_in_order_is_good_all_over() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    let (printer, _scanner) = plugged_in(folder.path());
    let _desk = RunningDesk::of(&clinic);
    drop(Store::open(&clinic.data.join("kiosk-lobby.db"), "lobby").unwrap());

    let options = Options { print_test: Some(Arc::clone(&FONTS)), ..Options::default() };
    let findings = examine(&clinic, Some("lobby"), &options);
    check_words(&findings);
    // Whether there is a display and how full the disk is are the testing machine's own affairs.
    for finding in findings.iter().filter(|finding| !["display", "data", "touch"].contains(&finding.what)) {
        assert_eq!(finding.state, State::Good, "{finding}");
    }
    assert!(
        of(&findings, "store")
            .says
            .contains("patients: 0, appointments: 0, waiting to be told to the desk: 0")
    );
    assert!(of(&findings, "printer").says.contains("test page"));
    assert!(of(&findings, "clock").says.contains("at the desk too"));
    assert_eq!(printer.wait_for_tickets(1, Duration::from_secs(10)).len(), 1);

    let json = serde_json::to_value(of(&findings, "link")).unwrap();
    let expected = serde_json::json!({
        "what": "link", "state": "good", "says": "The desk knows this kiosk and its key.", "do_now": ""
    });
    assert_eq!(json, expected);
}

#[test]
fn an_empty_lobby_says_what_is_missing_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    let findings = examined(&clinic);
    assert_eq!(of(&findings, "store").state, State::Good);
    assert!(of(&findings, "store").says.contains("will be made at the first start"));
    assert!(of(&findings, "data").says.contains("will be made at the first start"));
    for (what, do_now) in [
        ("printer", "Plug the printer in"),
        ("scanner", "Plug it in"),
        ("desk", "Check that it runs and that the network is up"),
    ] {
        let finding = of(&findings, what);
        assert_eq!(finding.state, State::Bad, "{finding}");
        assert!(finding.do_now.contains(do_now), "{finding}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn each_trouble_of_the_printer_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    let (printer, _scanner) = plugged_in(folder.path());
    for (condition, state, words) in [
        (Condition::PaperOut, State::Bad, "Put in a new roll."),
        (Condition::PaperLow, State::Warning, "Put in a new roll soon."),
        (Condition::CoverOpen, State::Bad, "Close it."),
        (
            Condition::Speed(57_600),
            State::Warning,
            "Write baud = 57600 for this kiosk's printer in clinic.toml",
        ),
        (Condition::PowerOff, State::Bad, "Check that it is switched on"),
    ] {
        printer.set(condition, true);
        let findings = examined(&clinic);
        let finding = of(&findings, "printer");
        assert_eq!(finding.state, state, "{finding}");
        assert!(finding.do_now.contains(words), "{finding}");
        printer.set(condition, false);
    }
    assert!(printer.tickets().is_empty());
}

#[test]
fn what_a_running_kiosk_says_of_its_devices_is_told_and_they_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    let path = clinic.data.join("kiosk-lobby.db");
    let mut store = Store::open(&path, "lobby").unwrap();
    let trouble = "the printer's cover is open; close it".to_string();
    let reported = FactKind::DeviceReported { device: "printer".into(), trouble };
    store.commit(vec![reported], chrono::Utc::now()).unwrap();
    let lock = std::fs::File::create(path.with_extension("lock")).unwrap();
    lock.try_lock().unwrap();
    let findings = examined(&clinic);
    let finding = of(&findings, "printer");
    assert_eq!((finding.state, finding.do_now.as_str()), (State::Bad, "Close it."), "{finding}");
    let finding = of(&findings, "scanner");
    assert_eq!(finding.state, State::Good, "{finding}");
    assert!(
        finding.says.contains("The kiosk is running and has the scanner; it reports no trouble"),
        "{finding}"
    );
    assert_eq!(of(&findings, "store").state, State::Good);
    lock.unlock().unwrap();
    assert!(!of(&examined(&clinic), "printer").says.contains("running"));
}

#[test]
fn a_store_is_looked_at_without_leaving_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    let path = clinic.data.join("kiosk-lobby.db");
    let files = || {
        let mut names: Vec<_> =
            std::fs::read_dir(&clinic.data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    drop(Store::open(&path, "lobby").unwrap());
    let before = (files(), std::fs::read(&path).unwrap());
    assert_eq!(of(&examined(&clinic), "store").state, State::Good);
    assert_eq!((files(), std::fs::read(&path).unwrap()), before);

    // Beside a program that has it open, what that one wrote last is seen.
    let patients = "id,family,birth_date\n1,Ek,1990-01-01\n";
    std::fs::write(folder.path().join("patients.csv"), patients).unwrap();
    let mut store = Store::open(&path, "lobby").unwrap();
    let now = chrono::Utc::now();
    vestibule::interop::import(&folder.path().join("patients.csv"), &clinic, &mut store, now).unwrap();
    let findings = examined(&clinic);
    assert!(
        of(&findings, "store")
            .says
            .contains("patients: 1, appointments: 0, waiting to be told to the desk: 1")
    );
    drop(store);

    std::fs::write(&path, b"this is no store, and long enough not to be taken for an empty one").unwrap();
    let findings = examined(&clinic);
    assert_eq!(of(&findings, "store").state, State::Bad);
    assert!(of(&findings, "store").says.contains("is damaged"));

    std::fs::remove_file(&path).unwrap();
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 1_000_000).unwrap();
    drop(newer);
    assert!(of(&examined(&clinic), "store").says.contains("newer version"));
}

#[test]
fn the_voice_is_told_to_people_and_to_programs() {
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let text = include_str!("../src/clinic/example.toml")
        .replacen("/var/lib/vestibule", &folder.path().join("data").display().to_string(), 1)
        .replacen("127.0.0.1:8320", &free_address().to_string(), 1)
        .replacen("name = \"lobby\"\n", "name = \"lobby\"\nvoice = { headphones = \"always\" }\n", 1);
    let file = folder.path().join("clinic.toml");
    std::fs::write(&file, text).unwrap();
    clinic::write_example_routines(&folder.path().join("routines")).unwrap();
    let doctor = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_vestibule"))
            .args(["doctor", "--name", "lobby", "--clinic"])
            .arg(&file)
            .args(more)
            // A player that plays everything, and no voice at all.
            .env("VESTIBULE_APLAY", "/bin/true")
            .env("VESTIBULE_ESPEAK", "")
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, lines) = doctor(&[]);
    assert_eq!(code, Some(1));
    let wanted = "BAD   voice      espeak-ng is not on this machine: the kiosk stays silent.\n                 Do now: Install it: apt-get install espeak-ng.\n";
    assert!(lines.contains(wanted), "{lines}");
    assert!(lines.contains("good  sound      The machine's own sound device opens.\n"), "{lines}");
    let (_, json) = doctor(&["--json"]);
    let findings: serde_json::Value = serde_json::from_str(&json).unwrap();
    let voice = findings.as_array().unwrap().iter().find(|finding| finding["what"] == "voice").unwrap();
    let expected = serde_json::json!({
        "what": "voice",
        "state": "bad",
        "says": "espeak-ng is not on this machine: the kiosk stays silent.",
        "do_now": "Install it: apt-get install espeak-ng."
    });
    assert_eq!(*voice, expected);
}

#[test]
fn each_trouble_with_the_desk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = clinic(folder.path());
    let desk = RunningDesk::of(&clinic);

    let mut other_key = clinic.clone();
    other_key.link_key = "not the key of the desk".into();
    let finding = of(&examined(&other_key), "link").clone();
    assert_eq!(finding.state, State::Bad);
    assert!(finding.do_now.contains("the same desk.link_key"), "{finding}");

    clinic.kiosks[0].name = "garden".into();
    let findings = examine(&clinic, Some("garden"), &Options::default());
    assert!(of(&findings, "link").do_now.contains("Add a [[kiosk]]"), "{}", of(&findings, "link"));
    clinic.kiosks[0].name = "lobby".into();
    drop(desk);

    let mut example_key = clinic.clone();
    example_key.link_key = "change-me-change-me".into();
    assert_eq!(of(&examined(&example_key), "link").state, State::Warning);

    for (answer, words) in [
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", "no Vestibule desk"),
        (
            "HTTP/1.1 302 Found\r\nlocation: http://portal/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            "302",
        ),
        ("HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>", "no Vestibule desk"),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 33\r\nconnection: close\r\n\r\n{\"status\":\"ok\",\"version\":\"0.0.1\"}",
            "version 0.0.1",
        ),
        ("SSH-2.0-OpenSSH_9.9\r\n", "cannot be reached"),
    ] {
        clinic.desk = free_address();
        answering(clinic.desk, answer);
        let finding = of(&examined(&clinic), "desk").clone();
        assert_ne!(finding.state, State::Good, "{finding}");
        assert!(finding.says.contains(words), "{finding}");
    }
}

#[test]
fn the_desk_itself_is_examined_when_no_kiosk_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    let findings = examine(&clinic, None, &Options::default());
    check_words(&findings);
    let what: Vec<_> = findings.iter().map(|finding| finding.what).collect();
    assert_eq!(what, ["clinic", "data", "store", "voice", "desk", "clock"]);
    assert_eq!(of(&findings, "desk").state, State::Warning);
    assert!(of(&findings, "store").says.contains("desk.db"));

    let findings = examine(&clinic, Some("cellar"), &Options::default());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].do_now, "Give one of these names: lobby.");
    assert!(findings[0].to_string().starts_with("BAD   kiosk      clinic.toml names no kiosk"));
}

#[test]
fn an_upgrade_that_went_back_is_told_until_somebody_has_settled_it() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = clinic(folder.path());
    std::fs::create_dir(&clinic.data).unwrap();
    let told = clinic.data.join("went-back-desk.txt");
    let version = || {
        let findings = examine(&clinic, None, &Options::default());
        findings.into_iter().find(|finding| finding.what == "version")
    };
    assert_eq!(version(), None);
    let says = "2026-11-29T10:00:00Z vestibule-desk went back from version 1.1.0 to 1.0.0: it never ran.";
    std::fs::write(&told, format!("{says}\nThe journal has why.\n")).unwrap();
    let finding = version().unwrap();
    assert_eq!((finding.state, finding.says.as_str()), (State::Warning, says));
    assert!(finding.do_now.contains(told.to_str().unwrap()), "{}", finding.do_now);
}
