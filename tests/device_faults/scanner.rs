//! The scanner: what the patient reads, what the desk reads, and that the next code is read all the same.

use crate::lobby::Lobby;
use crate::support::clinic::Guest;
use crate::support::devices;
use crate::support::hands::question;
use crate::table::{Played, differs, part};
use Moment::{Asked, Confirming, Welcome, WithTicket};
use Scans::*;
use std::thread;
use std::time::{Duration, Instant};
use vestibule::kiosk::screens::{Entry, Screen};
use vestibule::kiosk::session::Touch;
use vestibule_hardware::scanner::simulator::SimulatedScanner;

/// What comes from the scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scans {
    /// The plug is pulled.
    Unplugged,
    /// The plug is pulled and put in again, under the same name.
    PluggedAgain,
    /// Bytes that are no text.
    Noise,
    /// The beginning of one of our codes, and then nothing.
    HalfACode,
    /// A code of somebody else, such as on a poster.
    OtherKind,
    /// A code of ours that names nobody.
    OfNobody,
    /// Control characters and nothing else.
    ControlCharacters,
    /// A code with control characters in it.
    ControlsWithin,
    /// More than any code holds.
    TenThousandCharacters,
    /// Two letters at once: of another patient, and the patient's own.
    TwoCodes,
    /// Three hundred codes of somebody else, and then the patient's own.
    ManyCodes,
    /// The keys of the screen's keyboard, ten thousand times.
    ManyKeys,
}

/// Where the patient is meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// At the welcome, or nobody is there.
    Welcome,
    /// The date of birth is asked.
    Asked,
    /// «Is this you?»
    Confirming,
    /// The ticket is on the glass.
    WithTicket,
}

// What the patient reads.
const GREETING: &str = "(the welcome)";
const DATE: &str = "(the date of birth is asked)";
const IS_THIS_YOU: &str = "(is this you?)";
const TICKET: &str = "(the ticket)";
const FRIENDLY: &str = "We cannot use this code. Please type your answers instead.";

// What the desk reads of the scanner, in part.
const NOTHING: &str = "";
const CABLE: &str = "the scanner is gone: check its cable";

/// What is scanned, where the patient is, what the patient reads, and what the desk reads. After every line the scanner
/// is whole again, and the patient's own letter leads to «Is this you?».
#[rustfmt::skip]
const TABLE: &[(Scans, Moment, &str, &str)] = &[
    (Unplugged,             Welcome,    GREETING,    CABLE),
    (Unplugged,             Asked,      DATE,        CABLE),
    (Unplugged,             Confirming, IS_THIS_YOU, CABLE),
    (PluggedAgain,          Welcome,    GREETING,    NOTHING),
    (PluggedAgain,          Asked,      DATE,        NOTHING),
    (Noise,                 Welcome,    FRIENDLY,    NOTHING),
    (Noise,                 Asked,      FRIENDLY,    NOTHING),
    (Noise,                 Confirming, IS_THIS_YOU, NOTHING),
    (Noise,                 WithTicket, TICKET,      NOTHING),
    (HalfACode,             Welcome,    FRIENDLY,    NOTHING),
    (HalfACode,             Asked,      FRIENDLY,    NOTHING),
    (HalfACode,             WithTicket, TICKET,      NOTHING),
    (OtherKind,             Welcome,    FRIENDLY,    NOTHING),
    (OtherKind,             Asked,      FRIENDLY,    NOTHING),
    (OtherKind,             Confirming, IS_THIS_YOU, NOTHING),
    (OtherKind,             WithTicket, TICKET,      NOTHING),
    (OfNobody,              Welcome,    DATE,        NOTHING),
    (OfNobody,              Asked,      DATE,        NOTHING),
    (ControlCharacters,     Welcome,    GREETING,    NOTHING),
    (ControlCharacters,     Asked,      DATE,        NOTHING),
    (ControlsWithin,        Welcome,    FRIENDLY,    NOTHING),
    (TenThousandCharacters, Welcome,    FRIENDLY,    NOTHING),
    (TenThousandCharacters, Asked,      FRIENDLY,    NOTHING),
    (TenThousandCharacters, WithTicket, TICKET,      NOTHING),
    (TwoCodes,              Welcome,    DATE,        NOTHING),
    (TwoCodes,              Asked,      DATE,        NOTHING),
    (ManyCodes,             Welcome,    DATE,        NOTHING),
    (ManyCodes,             Confirming, IS_THIS_YOU, NOTHING),
    (ManyKeys,              Welcome,    GREETING,    NOTHING),
    (ManyKeys,              Asked,      DATE,        NOTHING),
    (ManyKeys,              WithTicket, TICKET,      NOTHING),
];

impl Scans {
    fn name(self) -> &'static str {
        match self {
            Unplugged => "unplugged",
            PluggedAgain => "unplugged and plugged again",
            Noise => "noise",
            HalfACode => "half a code, then silence",
            OtherKind => "a code of another kind",
            OfNobody => "a letter of nobody who is known",
            ControlCharacters => "control characters",
            ControlsWithin => "a code with control characters in it",
            TenThousandCharacters => "10 000 characters",
            TwoCodes => "two letters at once",
            ManyCodes => "300 codes at once",
            ManyKeys => "10 000 keys",
        }
    }
}

impl Moment {
    fn name(self) -> &'static str {
        match self {
            Welcome => "at the welcome",
            Asked => "while the date of birth is asked",
            Confirming => "at «Is this you?»",
            WithTicket => "with the ticket on the glass",
        }
    }
}

/// For so long the glass must stay as it is, to be believed: more than the silence that ends a code.
const STAYS: Duration = Duration::from_millis(400);

/// What the patient reads.
fn reads(screen: &Screen) -> String {
    match screen {
        Screen::Welcome(_) => GREETING.to_string(),
        Screen::Confirm(_) => IS_THIS_YOU.to_string(),
        Screen::Done(_) => TICKET.to_string(),
        other => match question(other) {
            Some(question) if !question.error.is_empty() => question.error,
            Some(question) if matches!(question.entry, Entry::Date(..)) => DATE.to_string(),
            _ => format!("{other:?}"),
        },
    }
}

/// What the patient reads once that has come and stays; what stands there in the end where it does not come.
fn reads_in_the_end(lobby: &mut Lobby, expected: &str) -> String {
    let (began, mut since) = (Instant::now(), None);
    loop {
        let seen = reads(&lobby.hands().screen());
        match since {
            _ if seen != expected => since = None,
            None => since = Some(Instant::now()),
            Some(since) if since.elapsed() >= STAYS => return seen,
            Some(_) => {}
        }
        if began.elapsed() > Duration::from_secs(15) {
            return seen;
        }
        lobby.hands().live(Duration::from_millis(20));
    }
}

fn letter(guest: &Guest) -> String {
    format!("]Q1VESTIBULE:P:{}\r", guest.patient.number.clone().unwrap())
}

/// Something happens at the scanner; the plug stays out where it is pulled.
fn happens(what: Scans, lobby: &mut Lobby, scanner: &mut SimulatedScanner, other: &Guest, own: &Guest) {
    let sends = |scanner: &mut SimulatedScanner, bytes: &[u8]| {
        // A pseudo-terminal holds some thousand bytes: the rest waits until the kiosk has read them.
        for part in bytes.chunks(512) {
            let began = Instant::now();
            while scanner.send(part).is_err() {
                assert!(began.elapsed() < Duration::from_secs(10), "nobody reads the scanner");
            }
        }
    };
    match what {
        Unplugged => scanner.unplug(),
        PluggedAgain => {
            scanner.unplug();
            assert!(lobby.wait_for_words("scanner", CABLE).contains(CABLE), "it is noticed");
            scanner.plug_in().unwrap();
        }
        Noise => sends(scanner, &[0xFE, 0x80, 0xC9, 0xFF, 0x00, 0x93]),
        HalfACode => sends(scanner, b"]Q1VESTIBULE:A:0123456"),
        OtherKind => scanner.scan("https://example.org/poster").unwrap(),
        OfNobody => scanner.scan("VESTIBULE:P:999999").unwrap(),
        ControlCharacters => sends(scanner, b"\x00\x01\x1b\x07\x7f\r\n\r"),
        ControlsWithin => sends(scanner, b"]Q1VESTI\x1b[2JBULE:P:1\r"),
        TenThousandCharacters => sends(scanner, format!("]Q1{}\r", "A".repeat(10_000)).as_bytes()),
        TwoCodes => sends(scanner, [letter(other), letter(own)].concat().as_bytes()),
        ManyCodes => sends(scanner, ["]Q1poster\r".repeat(300), letter(own)].concat().as_bytes()),
        ManyKeys => lobby.hands().type_in(&"9".repeat(10_000)),
    }
}

fn play(
    lobby: &mut Lobby,
    scanner: &mut SimulatedScanner,
    cell: (Scans, Moment, &str, &str),
    wrong: &mut Vec<String>,
) {
    let (what, moment, patient, desk) = cell;
    let (other, own) = (lobby.next_guest(), lobby.next_guest());
    let hands = lobby.hands();
    match moment {
        Welcome => {}
        Asked => hands.touch(Touch::HaveAppointment),
        Confirming => hands.identify(&own),
        WithTicket => {
            hands.check_in(&own);
            hands.paper();
        }
    }
    happens(what, lobby, scanner, &other, &own);
    wrong.extend(differs("the patient reads", &reads_in_the_end(lobby, patient), patient));
    wrong.extend(part("the desk reads of the scanner", &lobby.wait_for_words("scanner", desk), desk));
    scanner.plug_in().unwrap();
    let said = lobby.wait_for_words("scanner", NOTHING);
    wrong.extend(differs("all is put right, and the desk reads of the scanner", &said, NOTHING));

    // A letter is read as ever. With two of them the last one counts, and what was asked goes on.
    let hands = lobby.hands();
    if !matches!(what, TwoCodes | ManyCodes) || moment == Confirming {
        hands.touch(if moment == WithTicket { Touch::Finish } else { Touch::StartOver });
        hands.until("the welcome", |screen| matches!(screen, Screen::Welcome(_)).then_some(()));
        scanner.send(letter(&own).as_bytes()).unwrap();
    }
    wrong.extend(differs("after the letter the patient reads", &reads_in_the_end(lobby, DATE), DATE));
    let hands = lobby.hands();
    hands.type_in(&own.born());
    hands.touch(Touch::Next);
    wrong.extend(differs("in the end the patient reads", &reads_in_the_end(lobby, IS_THIS_YOU), IS_THIS_YOU));
    lobby.hands().touch(Touch::StartOver);
}

/// So many lobbies share the table.
const LOBBIES: usize = 4;

#[test]
fn whatever_a_scanner_sends_is_answered_kindly_and_the_next_letter_is_read() {
    let played =
        Played::new("scanner | where the patient is | the patient reads | the desk reads of the scanner");
    thread::scope(|scope| {
        for first in 0..LOBBIES {
            let played = &played;
            scope.spawn(move || {
                let mut lobby = Lobby::open(10 * TABLE.len() / LOBBIES);
                let mut scanner = devices::scanner(&lobby.place, "lobby");
                for (place, cell) in TABLE.iter().enumerate().skip(first).step_by(LOBBIES) {
                    let (what, moment, patient, desk) = *cell;
                    let name = format!("scanner × {} × {}", what.name(), moment.name());
                    let shown = format!("{} | {} | {patient} | {desk}", what.name(), moment.name());
                    if !played.cell(place, &name, shown, |wrong| {
                        play(&mut lobby, &mut scanner, *cell, wrong);
                    }) {
                        return;
                    }
                }
            });
        }
    });
    played.end();
}
