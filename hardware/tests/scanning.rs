//! Codes come as text, and a scanner that was unplugged comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use vestibule_hardware::scanner::simulator::SimulatedScanner;
use vestibule_hardware::scanner::{ScanEvent, Scanner};

const LIMIT: Duration = Duration::from_secs(5);

fn listen(folder: &tempfile::TempDir) -> (SimulatedScanner, Scanner, Receiver<ScanEvent>) {
    let link = folder.path().join("scanner");
    let simulated = SimulatedScanner::start(&link).unwrap();
    let (sender, events) = channel();
    let scanner = Scanner::open(&link, 9600, move |event| drop(sender.send(event))).unwrap();
    (simulated, scanner, events)
}

fn scanned(text: &str) -> Result<ScanEvent, std::sync::mpsc::RecvTimeoutError> {
    Ok(ScanEvent::Scanned(text.to_owned()))
}

#[test]
fn a_code_is_heard_without_its_prefix() {
    let folder = tempfile::tempdir().unwrap();
    let (mut simulated, _scanner, events) = listen(&folder);
    simulated.scan("7F3K-9Q2M").unwrap();
    simulated.scan("señal").unwrap();
    assert_eq!(events.recv_timeout(LIMIT), scanned("7F3K-9Q2M"));
    assert_eq!(events.recv_timeout(LIMIT), scanned("señal"));
}

#[test]
fn a_code_without_an_end_is_heard_after_a_silence() {
    let folder = tempfile::tempdir().unwrap();
    let (mut simulated, _scanner, events) = listen(&folder);
    simulated.send(b"12345").unwrap();
    assert_eq!(events.recv_timeout(LIMIT), scanned("12345"));
}

#[test]
fn the_lines_of_a_passport_are_one_code_however_slowly_they_come() {
    let folder = tempfile::tempdir().unwrap();
    let (mut simulated, _scanner, events) = listen(&folder);
    let lines =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
    for end in ["\r", "\r\n"] {
        for line in lines {
            simulated.send(format!("{line}{end}").as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(40));
        }
        assert_eq!(events.recv_timeout(LIMIT), scanned(&lines.join("\n")));
    }
    // The first line alone, and then another code.
    simulated.send(format!("{}\r", lines[0]).as_bytes()).unwrap();
    assert_eq!(events.recv_timeout(LIMIT), scanned(lines[0]));
    simulated.scan("B7").unwrap();
    assert_eq!(events.recv_timeout(LIMIT), scanned("B7"));
}

#[test]
fn what_is_no_text_is_unreadable_and_the_next_code_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let (mut simulated, _scanner, events) = listen(&folder);
    simulated.send(b"\xFF\xFE\r").unwrap();
    simulated.scan("B7").unwrap();
    assert_eq!(events.recv_timeout(LIMIT), Ok(ScanEvent::Unreadable));
    assert_eq!(events.recv_timeout(LIMIT), scanned("B7"));
}

#[test]
fn what_a_strangers_code_injects_comes_out_as_plain_text_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (mut simulated, _scanner, events) = listen(&folder);
    // 4 kB of all bytes there are, but for those that end a code.
    let junk: Vec<u8> = (0..4096).map(|n| n as u8).filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let text = |text: &str| Some(ScanEvent::Scanned(text.to_owned()));
    let unreadable = || Some(ScanEvent::Unreadable);
    let table: &[(&[u8], Option<ScanEvent>)] = &[
        // Control characters do nothing: neither clear the screen, nor ring, nor stop the line, nor end it.
        (b"A\x1B[2J\x1B]0;title\x07B\r", text("A[2J]0;titleB")),
        (b"A\x03\x04\x08\x11\x13\x1A\x1C\x7FB\r", text("AB")),
        ("A\u{85}\u{9B}31mB\r".as_bytes(), text("A31mB")),
        (b"\0A\0B\0\r", text("AB")),
        (b"\0\0", None),
        (b"\x1B\x07\t\r", None),
        (&junk, unreadable()),
        // Half a character: at the end, at silence, and in front of another code.
        (b"AB\xC3\r", unreadable()),
        (b"AB\xE0\xA4", unreadable()),
        (b"\xA9AB\r", unreadable()),
        // Prefixes of AIM: Code 128, GS1-128, QR, GS1 DataMatrix with FNC1 as GS. Only the first is one.
        (b"]C0A1\r", text("A1")),
        (b"]C1010401234567890110\x1D21X9\r", text("01040123456789011021X9")),
        (b"\x02]Q1A1\x03\r", text("A1")),
        (b"]d2\x1D21X9\x1D\r", text("21X9")),
        (b"]Q1]Q1A1\r", text("]Q1A1")),
        // Two codes with nothing between them cannot be told apart: one code that nobody knows.
        (b"A1B2\r", text("A1B2")),
        (b"]Q1A1]Q1B2", text("A1]Q1B2")),
    ];
    for (sent, expected) in table {
        for part in sent.chunks(512) {
            simulated.send(part).unwrap();
        }
        match expected {
            Some(event) => {
                assert_eq!(
                    events.recv_timeout(LIMIT).as_ref(),
                    Ok(event),
                    "{:?}",
                    sent.escape_ascii().to_string()
                );
            }
            // Longer than the silence that ends a code.
            None => std::thread::sleep(Duration::from_millis(300)),
        }
        // And the next code is heard as it is.
        simulated.scan("B7").unwrap();
        assert_eq!(events.recv_timeout(LIMIT), scanned("B7"), "{:?}", sent.escape_ascii().to_string());
    }
}

#[test]
fn an_unplugged_scanner_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut simulated, _scanner, events) = listen(&folder);
    for code in ["one", "two"] {
        simulated.unplug();
        assert!(simulated.scan(code).is_err());
        assert_eq!(events.recv_timeout(LIMIT), Ok(ScanEvent::Lost));
        simulated.plug_in().unwrap();
        assert_eq!(events.recv_timeout(LIMIT), Ok(ScanEvent::Found));
        simulated.scan(code).unwrap();
        assert_eq!(events.recv_timeout(LIMIT), scanned(code));
    }
}

#[test]
fn a_missing_scanner_is_named_or_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("scanner");
    let error = Scanner::open(&link, 9600, |_| {}).unwrap_err().to_string();
    assert!(error.contains(&link.display().to_string()) && error.contains("plug it in"), "{error}");

    let (sender, events) = channel();
    let _scanner = Scanner::open_or_wait(&link, 9600, move |event| drop(sender.send(event))).unwrap();
    assert_eq!(events.recv_timeout(LIMIT), Ok(ScanEvent::Lost));
    let _simulated = SimulatedScanner::start(&link).unwrap();
    assert_eq!(events.recv_timeout(LIMIT), Ok(ScanEvent::Found));
}
