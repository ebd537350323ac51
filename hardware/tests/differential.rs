//! Our bytes and pictures before judges that others wrote: python-escpos and zxing-cpp.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serialport::TTYPort;
use support::{Lobby, text, ticket};
use vestibule_hardware::printer::{Document, Element, JobEnd, JobId, Profile, encode};

/// The same as in `python_escpos.py`.
const LINES: &[&str] = &["Riverside Clinic", "Your number: A042", "Señor Núñez, ¡pase por favor! 5 €"];
const PAYLOAD: &str = "https://clinic.example/q/7F3K-9Q2M";

/// Runs the script beside this file and gives back what it printed.
fn python(arguments: &[&Path]) -> String {
    let python = std::env::var_os("VESTIBULE_PYTHON").expect(
        "VESTIBULE_PYTHON is not set: run tests/run, which makes a Python with the packages of \
         hardware/tests/requirements.txt and sets it",
    );
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python_escpos.py");
    let output = Command::new(python).arg(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a stream says, whoever encoded it: text with the number of the code page in which it stands,
/// and the payload of a QR code.
fn said(bytes: &[u8]) -> (Vec<(u8, Vec<u8>)>, Vec<u8>) {
    let (mut lines, mut line, mut page, mut payload) = (Vec::new(), Vec::new(), 0, Vec::new());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = match rest {
            [0x1B, b'@', tail @ ..] | [0x1C, b'.', tail @ ..] => tail,
            [0x1B, b't', n, tail @ ..] => {
                page = *n;
                tail
            }
            [0x1B, _, _, tail @ ..] => tail,
            [0x1D, b'(', kind, low, high, tail @ ..] => {
                let (data, tail) = tail.split_at(usize::from(u16::from_le_bytes([*low, *high])));
                if let (b'k', [0x31, 0x50, 0x30, stored @ ..]) = (kind, data) {
                    payload = stored.to_vec();
                }
                tail
            }
            [0x1D, b'V', 65 | 66, _, tail @ ..] | [0x1D, _, _, tail @ ..] => tail,
            [b'\n', tail @ ..] => {
                lines.push((if line.is_ascii() { 0 } else { page }, std::mem::take(&mut line)));
                tail
            }
            _ => {
                line.push(*first);
                tail
            }
        };
    }
    (lines, payload)
}

fn sample() -> Document {
    let mut elements: Vec<Element> = LINES.iter().map(|line| text(line)).collect();
    elements.push(Element::Qr { payload: PAYLOAD.to_owned(), module_dots: 6 });
    Document { elements }
}

#[test]
fn python_escpos_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("theirs.bin");
    python(&[Path::new("encode"), &theirs]);
    let theirs = said(&std::fs::read(theirs).unwrap());
    let profile = Profile::named("epson-tm-t88vi").unwrap();
    let ours = said(&encode(&sample(), &profile, support::fonts(), JobId::new(1)).unwrap());
    assert_eq!(ours, theirs);
    assert_eq!(theirs.1, PAYLOAD.as_bytes());
    assert_eq!(theirs.0[2], (16, b"Se\xF1or N\xFA\xF1ez, \xA1pase por favor! 5 \x80".to_vec()));
}

#[test]
fn the_simulator_prints_what_python_escpos_encoded() {
    let mut lobby = Lobby::with("simulated");
    let theirs = lobby.folder.path().join("theirs.bin");
    python(&[Path::new("encode"), &theirs]);
    let bytes = std::fs::read(theirs).unwrap();
    // Their bytes go through no driver of ours.
    let link = lobby.folder.path().join("printer");
    drop(std::mem::replace(&mut lobby.printer, Lobby::with("simulated").printer));
    let mut port = TTYPort::open(&serialport::new(link.to_string_lossy(), 9600)).unwrap();
    port.write_all(&bytes).unwrap();
    let tickets = lobby.simulated.wait_for_tickets(1, Duration::from_secs(5));
    assert_eq!(python(&[Path::new("read"), &tickets[0]]).trim(), PAYLOAD);
}

#[test]
fn the_code_of_every_profile_is_read_from_the_paper() {
    for profile in ["simulated", "epson-tm-t88vi", "epson-tm-m30", "citizen-ct-s310", "generic-58mm"] {
        let mut lobby = Lobby::with(profile);
        let mut payloads = vec!["ticket:A001".to_owned()];
        let (bytes, job) = lobby.job(&ticket("A001"));
        assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{profile}");
        // Short and long, letters of any kind, and bytes that a printer would obey.
        for payload in ["1", "नंबर A042 رقم", "\u{10}\u{4}\u{1}x", &"https://clinic.example/".repeat(8)]
        {
            let document = Document {
                elements: vec![Element::Rule, Element::Qr { payload: payload.to_owned(), module_dots: 5 }],
            };
            let (bytes, job) = lobby.job(&document);
            assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{profile}");
            payloads.push(payload.to_owned());
        }
        let tickets = lobby.simulated.wait_for_tickets(payloads.len(), Duration::from_secs(5));
        let mut arguments = vec![Path::new("read")];
        arguments.extend(tickets.iter().map(|path| path.as_path()));
        let read = python(&arguments);
        let read: Vec<&str> = read.lines().collect();
        assert_eq!(read.len(), payloads.len(), "{profile}");
        for (read, payload) in read.iter().zip(&payloads) {
            // zxing-cpp writes control characters as pictures of themselves.
            let shown =
                payload.replace('\u{10}', "<DLE>").replace('\u{4}', "<EOT>").replace('\u{1}', "<SOH>");
            assert!(*read == payload || *read == shown, "{profile}: {read:?} for {payload:?}");
        }
    }
}

#[test]
fn code_pages_are_those_of_python() {
    let pages = python(&[Path::new("pages")]);
    let names = [("cp437", "PC437"), ("cp858", "PC858"), ("cp1252", "WPC1252")];
    for (page, (theirs, ours)) in pages.lines().zip(names) {
        let mut words = page.split(' ');
        assert_eq!(words.next(), Some(theirs));
        // A printer that has only this page: what it can print as text is what the page has.
        let mut profile = Profile::named("simulated").unwrap();
        profile.code_pages.retain(|page| format!("{:?}", page.name).eq_ignore_ascii_case(ours));
        for (byte, code) in (0x80u8..=0xFF).zip(words) {
            let letter = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
            // Not in the page, printed as a space, or not printed at all.
            if matches!(letter, '\u{FFFD}' | '\u{A0}' | '\u{AD}') {
                continue;
            }
            let document = Document { elements: vec![text(&format!("x{letter}"))] };
            let (lines, _) = said(&encode(&document, &profile, support::fonts(), JobId::new(1)).unwrap());
            assert_eq!(lines, [(profile.code_pages[0].select, vec![b'x', byte])], "{ours} {letter}");
        }
    }
}
