//! Terminals that say anything in any order: what the driver makes of it never lies.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod terminal_support;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

use proptest::prelude::*;
use terminal_support::{Book, little_patience};
use vestibule_hardware::terminal::{
    Patience, Terminal, TerminalFault, TerminalPassword, TerminalPlace, TerminalSettings, TransactionEnd,
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Line {
    Taken,
    NotTaken(u8),
    Shows,
    Yes,
    No,
    Done,
    Aborted,
    Busy,
    Prints,
    Asks,
    Noise,
    HalfAMessage,
}

impl Line {
    fn bytes(self) -> Vec<u8> {
        match self {
            Line::Taken => vec![0x80, 0, 0],
            Line::NotTaken(code) => vec![0x84, code, 0],
            Line::Shows => vec![0x04, 0xFF, 2, 0x0A, 0x01],
            Line::Yes => vec![0x04, 0x0F, 12, 0x27, 0, 0x04, 0, 0, 0, 0, 0x15, 0, 0x87, 0, 7],
            Line::No => vec![0x04, 0x0F, 2, 0x27, 0x05],
            Line::Done => vec![0x06, 0x0F, 0],
            Line::Aborted => vec![0x06, 0x1E, 1, 0x6C],
            Line::Busy => vec![0x06, 0x1E, 1, 0x9C],
            Line::Prints => vec![0x06, 0xD1, 3, 0, b'H', b'i'],
            Line::Asks => vec![0x04, 0x0D, 0],
            Line::Noise => vec![0x99, 0x99, 0x02, 1, 2],
            Line::HalfAMessage => vec![0x04, 0x0F, 9, 0x27, 0],
        }
    }

    /// Whether a till has anything to say to it.
    fn is_answered(self) -> bool {
        !matches!(self, Line::Taken | Line::NotTaken(_) | Line::Noise | Line::HalfAMessage)
    }
}

/// A terminal that registers any till, and then says its lines, whatever the till says. It gives the answers
/// to them: the bytes that came behind each.
fn terminal_that_says(lines: Vec<Line>) -> (TerminalPlace, JoinHandle<Vec<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = TerminalPlace::Tcp(listener.local_addr().unwrap().to_string());
    let thread = std::thread::spawn(move || {
        let (mut till, _) = listener.accept().unwrap();
        till.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        hear_whole(&mut till, &[0x06, 0x00]);
        till.write_all(&[0x80, 0, 0]).unwrap();
        till.write_all(&[0x06, 0x0F, 0]).unwrap();
        hear_whole(&mut till, &[0x80, 0x00]);
        hear_whole(&mut till, &[0x06, 0x01]);
        till.set_read_timeout(Some(Duration::from_millis(60))).unwrap();
        let mut answers = Vec::new();
        for line in lines {
            if till.write_all(&line.bytes()).is_err() {
                break;
            }
            answers.push(if line.is_answered() { hear(&mut till) } else { Vec::new() });
        }
        answers
    });
    (place, thread)
}

fn hear_whole(till: &mut TcpStream, command: &[u8; 2]) {
    let mut header = [0; 3];
    till.read_exact(&mut header).unwrap();
    assert_eq!(&header[..2], command);
    till.read_exact(&mut vec![0; usize::from(header[2])]).unwrap();
}

fn hear(till: &mut TcpStream) -> Vec<u8> {
    let mut bytes = [0; 64];
    till.read(&mut bytes).map_or(Vec::new(), |count| bytes[..count].to_vec())
}

fn terminal_at(place: TerminalPlace) -> Terminal {
    let patience = Patience { acknowledgement: Duration::from_millis(300), ..little_patience() };
    let password = TerminalPassword::parse("000000").unwrap();
    Terminal::unopened(TerminalSettings { patience, ..TerminalSettings::new(place, password) })
}

fn play(lines: &[Line]) -> (TransactionEnd, Book, Vec<Vec<u8>>) {
    let (place, thread) = terminal_that_says(lines.to_vec());
    let mut book = Book::default();
    let end = terminal_at(place).authorise(1500, &mut book);
    (end, book, thread.join().unwrap())
}

#[test]
fn scripts_and_their_ends() {
    use Line::{Aborted, Asks, Busy, Done, HalfAMessage, No, NotTaken, Prints, Shows, Taken, Yes};
    let cases: &[(&[Line], &str)] = &[
        (&[Taken, Shows, Yes, Prints, Done], "Completed"),
        (&[Taken, Yes, Yes, Done], "Completed"),
        (&[Yes, Taken, Yes, Done], "Completed"),
        (&[Shows, Taken, Asks, Yes, Done], "Completed"),
        (&[Taken, No, Done], "Refused"),
        (&[Taken, No, Aborted], "Refused"),
        (&[Taken, Aborted], "Refused"),
        (&[NotTaken(0x83)], "Refused"),
        (&[NotTaken(0x9C)], "NotSent"),
        (&[Taken, Busy], "NotSent"),
        (&[Busy], "NotKnown"),
        (&[Aborted], "NotKnown"),
        (&[Yes, Done], "NotKnown"),
        (&[Yes, Taken, Done], "NotKnown"),
        (&[Taken, Done], "NotKnown"),
        (&[Taken, Yes, Aborted], "NotKnown"),
        (&[Taken, Yes, No, Done], "NotKnown"),
        (&[Taken, Yes], "NotKnown"),
        (&[Taken, No], "NotKnown"),
        (&[Taken], "NotKnown"),
        (&[Taken, HalfAMessage], "NotKnown"),
        (&[], "NotKnown"),
    ];
    for (lines, expected) in cases {
        let (end, ..) = play(lines);
        assert!(format!("{end:?}").starts_with(expected), "{lines:?}: {end:?}");
    }
}

#[test]
fn a_record_before_the_order_was_taken_is_not_acknowledged() {
    let (_, book, answers) = play(&[Line::Yes, Line::Taken, Line::Yes, Line::Done]);
    assert_eq!((answers[0].len(), &answers[2][..]), (0, &[0x80, 0, 0][..]));
    assert_eq!(book.kept.len(), 1);
}

#[test]
fn what_the_till_cannot_do_is_said_by_the_rules() {
    let (_, _, answers) = play(&[Line::Taken, Line::Asks, Line::Aborted]);
    assert_eq!(answers[1], [0x84, 0x83, 0x00]);
}

#[test]
fn a_terminal_that_reports_another_amount_has_not_completed_the_order() {
    let (place, thread) = terminal_that_says(vec![Line::Taken, Line::Yes, Line::Done]);
    let mut book = Book::default();
    let end = terminal_at(place).authorise(1501, &mut book);
    assert_eq!(end, TransactionEnd::NotKnown(TerminalFault::OtherAmount { ordered: 1501, said: 1500 }));
    assert_eq!(book.kept.len(), 1, "money moved, so it is written down");
    thread.join().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_terminal_says_the_end_is_no_lie(lines in prop::collection::vec(
        prop::sample::select(vec![
            Line::Taken, Line::Taken, Line::NotTaken(0x9C), Line::NotTaken(0x6B), Line::Shows, Line::Yes, Line::Yes,
            Line::No, Line::Done, Line::Aborted, Line::Busy, Line::Prints, Line::Asks, Line::Noise, Line::HalfAMessage,
        ]),
        0..7,
    )) {
        let (end, book, answers) = play(&lines);
        let taken = lines.iter().position(|line| *line == Line::Taken);
        let ours = taken.map_or(&[][..], |at| &lines[at..]);
        let confirmed = lines.iter().zip(&answers).any(|(line, answer)| *line == Line::Yes && answer[..] == [0x80, 0, 0]);
        match end {
            TransactionEnd::Completed(record) => {
                let yes = ours.iter().position(|line| *line == Line::Yes);
                prop_assert!(yes.is_some_and(|yes| ours[yes..].contains(&Line::Done)));
                prop_assert_eq!(book.kept.last(), Some(&record));
            }
            TransactionEnd::Refused(_) | TransactionEnd::NotSent(_) => {
                prop_assert!(!confirmed && book.kept.is_empty(), "confirmed and then denied");
            }
            TransactionEnd::NotKnown(_) => {}
        }
        prop_assert!(!confirmed || !book.kept.is_empty(), "confirmed, and nothing stored");
    }
}
