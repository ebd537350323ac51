//! The terminal takes money, or it is known that it did not, or it is known that this is not known.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod terminal_support;

use std::path::Path;
use std::time::Duration;

use terminal_support::{Book, Moment, both, little_patience, terminal_at};
use vestibule_hardware::terminal::simulator::{
    Patient, PowerCut, ReversedBy, SimulatedFault, SimulatedKind, TerminalSimulator,
};
use vestibule_hardware::terminal::{
    Aborter, CardKind, Patience, ReceiptFor, RefusalKind, Terminal, TerminalFault, TerminalId,
    TerminalPassword, TerminalSettings, TransactionEnd,
};

/// How a transaction ends, and whether the terminal holds the money then.
#[derive(Debug, PartialEq)]
enum End {
    Completed,
    Refused(u8),
    NotSent(&'static str),
    NotKnown(&'static str),
}

fn end_of(end: &TransactionEnd) -> End {
    match end {
        TransactionEnd::Completed(_) => End::Completed,
        TransactionEnd::Refused(refusal) => End::Refused(refusal.code),
        TransactionEnd::NotSent(fault) => End::NotSent(name(fault)),
        TransactionEnd::NotKnown(fault) => End::NotKnown(name(fault)),
    }
}

fn name(fault: &TerminalFault) -> &'static str {
    match fault {
        TerminalFault::Unreachable { .. } => "unreachable",
        TerminalFault::NotRegistered { .. } => "not registered",
        TerminalFault::Busy => "busy",
        TerminalFault::Silent { .. } => "silent",
        TerminalFault::Lost { .. } => "lost",
        TerminalFault::Garbled => "garbled",
        TerminalFault::NotDone { .. } => "not done",
        TerminalFault::Unsupported => "unsupported",
        TerminalFault::NoRecordGiven => "no record",
        TerminalFault::NotKept => "not kept",
        TerminalFault::Contradicted { .. } => "contradicted",
        TerminalFault::OtherAmount { .. } => "other amount",
        TerminalFault::CalledOff => "called off",
        TerminalFault::NoSuchAmount { .. } => "no such amount",
        TerminalFault::NoSuchReceipt { .. } => "no such receipt",
    }
}

#[test]
fn a_patient_pays_over_tcp_and_over_a_serial_line() {
    let folder = tempfile::tempdir().unwrap();
    for (place, simulator) in both(folder.path()) {
        let mut terminal = terminal_at(&simulator);
        let mut book = Book::default();
        let end = terminal.authorise(1295, &mut book);
        let TransactionEnd::Completed(record) = end else { panic!("{place}: {end:?}") };
        let journal = simulator.journal();
        assert_eq!(journal.len(), 1, "{place}");
        assert_eq!((record.amount, record.currency), (Some(1295), Some(978)));
        assert_eq!(record.receipt, Some(journal[0].receipt));
        assert_eq!(record.trace, Some(journal[0].trace));
        assert_eq!(record.terminal_id, Some(TerminalId(52_523_535)));
        let card = record.card.clone().unwrap();
        assert_eq!((card.last_four.as_deref(), card.name.as_deref()), (Some("1111"), Some("girocard")));
        assert_eq!(record.authorisation.as_deref(), Some("750071"));
        assert_eq!((book.accepted, &book.kept[..]), (1, &[record][..]));
        let codes: Vec<_> = book.shown.iter().filter_map(|message| message.code).collect();
        assert_eq!(codes, [0x0A, 0xFF, 0x04], "{place}");
        assert_eq!(book.shown[1].text.as_deref(), Some("Bitte PIN eingeben"));
        let receipts: Vec<_> = book.receipts.iter().map(|receipt| receipt.receipt_for).collect();
        assert_eq!(receipts, [ReceiptFor::Merchant, ReceiptFor::Customer], "{place}");
        assert!(book.receipts[0].lines[0].contains("Händlerbeleg"));
    }
}

#[test]
fn a_payment_is_taken_back_once_and_a_refund_is_paid() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    let mut book = Book::default();
    let TransactionEnd::Completed(record) = terminal.authorise(500, &mut book) else { panic!() };
    let receipt = record.receipt.unwrap();
    assert_eq!(end_of(&terminal.reverse(receipt, &mut book)), End::Completed);
    assert_eq!(end_of(&terminal.reverse(receipt, &mut book)), End::Refused(0xB4));
    assert_eq!(end_of(&terminal.reverse(777, &mut book)), End::Refused(0xB5));
    assert_eq!(end_of(&terminal.refund(200, &mut book)), End::Completed);
    let journal = simulator.journal();
    assert_eq!(journal[0].reversed_by, Some(ReversedBy::Reversal(journal[1].receipt)));
    assert_eq!(journal[2].kind, SimulatedKind::Refund);
    assert_eq!(simulator.balance(), -200);
}

#[test]
fn a_refusal_is_certain_and_says_for_whom_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (Patient::IsDeclined(0x05), 0x05, RefusalKind::Declined),
        (Patient::HasUnreadableCard, 0x64, RefusalKind::CardUnreadable),
        (Patient::PressesStop, 0x6C, RefusalKind::Cancelled),
        (Patient::Waits(Duration::from_millis(300)), 0x6C, RefusalKind::Cancelled),
    ];
    for (place, simulator) in both(folder.path()) {
        let mut terminal = terminal_at(&simulator);
        for (patient, code, kind) in cases {
            simulator.patient(patient);
            let mut book = Book::default();
            let end = terminal.authorise(100, &mut book);
            let TransactionEnd::Refused(refusal) = end else { panic!("{place} {patient:?}: {end:?}") };
            assert_eq!((refusal.code, refusal.kind()), (code, kind), "{place}");
            assert!(book.kept.is_empty() && simulator.journal().is_empty(), "{place} {patient:?}");
        }
    }
}

/// Fault, end, and whether the terminal holds the money at the end (it takes back what was not acknowledged).
fn faults() -> Vec<(SimulatedFault, End, bool)> {
    let off = Duration::from_millis(400);
    vec![
        (SimulatedFault::Busy, End::NotSent("busy"), false),
        (SimulatedFault::BusyAfterwards, End::NotSent("busy"), false),
        (SimulatedFault::NotTaken(0xA0), End::Refused(0xA0), false),
        // It was switched off and on: the till registers again, and the second try goes through.
        (SimulatedFault::NotTaken(0x6B), End::Completed, true),
        (SimulatedFault::Deaf, End::NotKnown("silent"), false),
        (SimulatedFault::Mute, End::NotKnown("silent"), true),
        (SimulatedFault::CutBeforeAuthorisation, End::NotKnown("lost"), false),
        (SimulatedFault::CutAfterAuthorisation, End::NotKnown("lost"), true),
        (SimulatedFault::Late(Duration::from_millis(600)), End::Completed, true),
        (SimulatedFault::AcknowledgementLost, End::Completed, true),
        (SimulatedFault::AcknowledgementsLost, End::NotKnown("contradicted"), false),
        // What comes without 80 00 00 is not ours; our silence makes the terminal take it back.
        (SimulatedFault::NoAcknowledgement, End::NotKnown("silent"), false),
        (SimulatedFault::RecordTwice, End::Completed, true),
        (SimulatedFault::AbortedAfterRecord, End::NotKnown("contradicted"), true),
        (SimulatedFault::NoRecord, End::NotKnown("no record"), false),
        (SimulatedFault::Garbage, End::NotKnown("garbled"), false),
        (SimulatedFault::Power(PowerCut::Before, off), End::NotKnown("lost"), false),
        (SimulatedFault::Power(PowerCut::During, off), End::NotKnown("lost"), false),
        (SimulatedFault::Power(PowerCut::After, off), End::NotKnown("lost"), true),
    ]
}

#[test]
fn every_fault_has_its_end_and_the_next_payment_goes_through() {
    // Most of it is waiting, so all faults are tried at once.
    std::thread::scope(|scope| {
        for (fault, expected, charged) in faults() {
            scope.spawn(move || check(fault, &expected, charged));
        }
    });
}

fn check(fault: SimulatedFault, expected: &End, charged: bool) {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    simulator.fault(fault);
    let mut book = Book::default();
    let end = terminal.authorise(1500, &mut book);
    assert_eq!(&end_of(&end), expected, "{fault:?}");
    // What goes on at the terminal by itself has its time.
    std::thread::sleep(Duration::from_millis(1000));
    assert_eq!(simulator.balance() == 1500, charged, "{fault:?}: {:?}", simulator.journal());
    let before = simulator.balance();
    let end = terminal.authorise(700, &mut Book::default());
    assert_eq!(end_of(&end), End::Completed, "after {fault:?}: {end:?}");
    assert_eq!(simulator.balance(), before + 700, "after {fault:?}");
}

#[test]
fn whatever_byte_is_the_last_the_end_never_lies() {
    let folder = tempfile::tempdir().unwrap();
    let over_tcp = (0..600).step_by(7).map(|bytes| (bytes, None));
    let over_serial = (0..=700).step_by(20).map(|bytes| (bytes, Some(folder.path().join(bytes.to_string()))));
    let cuts: Vec<_> = over_tcp.chain(over_serial).collect();
    let completed = std::thread::scope(|scope| {
        let parts: Vec<_> = cuts
            .chunks(6)
            .map(|part| {
                scope.spawn(|| {
                    part.iter().filter(|bytes| completes_when_cut(bytes.0, bytes.1.as_deref())).count()
                })
            })
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum::<usize>()
    });
    assert!(completed > 0, "the last cuts come behind the end");
}

fn completes_when_cut(bytes: usize, serial: Option<&Path>) -> bool {
    let simulator = serial.map_or_else(TerminalSimulator::tcp, TerminalSimulator::pty).unwrap();
    let mut terminal = terminal_at(&simulator);
    simulator.temper(|temper| temper.pace = Duration::from_millis(1));
    terminal.register().unwrap();
    simulator.fault(SimulatedFault::CutAfterBytes(bytes));
    let mut book = Book::default();
    match terminal.authorise(1500, &mut book) {
        TransactionEnd::Completed(record) => {
            assert_eq!(book.kept, [record]);
            assert_eq!(simulator.balance(), 1500, "{bytes}");
            true
        }
        TransactionEnd::NotKnown(_) => false,
        other => panic!("{bytes}: {other:?}"),
    }
}

#[test]
fn the_last_transaction_tells_what_a_broken_connection_hid() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    assert_eq!(terminal.last_transaction(), Ok(None));
    simulator.fault(SimulatedFault::CutAfterAuthorisation);
    assert_eq!(end_of(&terminal.authorise(1500, &mut Book::default())), End::NotKnown("lost"));
    let last = terminal.last_transaction().unwrap().unwrap();
    assert_eq!((last.amount, last.receipt, last.result), (Some(1500), Some(1), 0));
    let other = simulator.other_till_takes(1500);
    let last = terminal.last_transaction().unwrap().unwrap();
    assert_eq!((last.receipt, last.trace), (Some(other.receipt), Some(other.trace)));
    simulator.temper(|temper| temper.tells_the_last = false);
    assert_eq!(terminal.last_transaction(), Err(TerminalFault::NoRecordGiven));
    simulator.temper(|temper| temper.repeats_receipts = false);
    assert_eq!(terminal.last_transaction(), Err(TerminalFault::Unsupported));
}

#[test]
fn a_record_of_an_earlier_transaction_is_never_taken_for_ours() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    let earlier = simulator.other_till_takes(1500);
    simulator.fault(SimulatedFault::StaleRecord);
    let mut book = Book::default();
    let TransactionEnd::Completed(record) = terminal.authorise(1500, &mut book) else { panic!() };
    assert_ne!(record.receipt, Some(earlier.receipt));
    assert_eq!(book.kept.len(), 1);
}

#[test]
fn what_cannot_be_stored_is_not_confirmed_and_the_terminal_takes_it_back() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    let mut book = Book { disk_is_full: true, ..Book::default() };
    assert_eq!(end_of(&terminal.authorise(1500, &mut book)), End::NotKnown("not kept"));
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(simulator.balance(), 0);
    simulator.temper(|temper| temper.reverses_itself = false);
    assert_eq!(end_of(&terminal.authorise(1500, &mut book)), End::NotKnown("not kept"));
    assert_eq!(simulator.balance(), 1500);
}

#[test]
fn a_payment_is_called_off_in_time_or_it_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    for (place, simulator) in both(folder.path()) {
        let mut terminal = terminal_at(&simulator);
        simulator.patient(Patient::Waits(Duration::from_millis(700)));
        let mut book = Book { calls_off: Some((terminal.aborter(), Moment::Shows(0x0A))), ..Book::default() };
        assert_eq!(end_of(&terminal.authorise(900, &mut book)), End::Refused(0x6C), "{place}");
        assert!(simulator.commands().contains(&(0x06, 0xB0)), "{place}");
        let mut book = Book { calls_off: Some((terminal.aborter(), Moment::Keeps)), ..Book::default() };
        assert_eq!(end_of(&terminal.authorise(900, &mut book)), End::Completed, "{place}");
        assert_eq!(simulator.balance(), 900, "{place}");
        // Without a dialogue it does nothing, also not to the next one.
        terminal.aborter().abort();
        assert_eq!(end_of(&terminal.authorise(100, &mut Book::default())), End::Completed, "{place}");
    }
}

#[test]
fn blocks_that_get_lost_or_damaged_on_a_serial_line_are_repeated_and_handled_once() {
    let folder = tempfile::tempdir().unwrap();
    for fault in [
        SimulatedFault::AckLost(1),
        SimulatedFault::AckLost(2),
        SimulatedFault::AckMissed(1),
        SimulatedFault::AckMissed(2),
        SimulatedFault::BlockDamaged(1),
        SimulatedFault::BlockDamaged(2),
    ] {
        let simulator = TerminalSimulator::pty(folder.path().join("terminal")).unwrap();
        let mut terminal = terminal_at(&simulator);
        simulator.temper(|temper| temper.acknowledgement = Duration::from_secs(3));
        terminal.register().unwrap();
        simulator.fault(fault);
        let mut book = Book::default();
        let end = terminal.authorise(1234, &mut book);
        assert_eq!(end_of(&end), End::Completed, "{fault:?} {end:?}");
        assert_eq!((simulator.balance(), book.kept.len(), book.receipts.len()), (1234, 1, 2), "{fault:?}");
        assert_eq!(book.shown.len(), 3, "{fault:?}");
    }
}

#[test]
fn a_serial_line_on_which_nobody_answers_any_more_leaves_the_end_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let off = Duration::from_millis(100);
    for (fault, charged) in [
        (SimulatedFault::CutBeforeAuthorisation, false),
        (SimulatedFault::CutAfterAuthorisation, true),
        (SimulatedFault::Power(PowerCut::During, off), false),
        (SimulatedFault::Power(PowerCut::After, off), true),
        (SimulatedFault::Mute, true),
    ] {
        let simulator = TerminalSimulator::pty(folder.path().join("terminal")).unwrap();
        let mut terminal = terminal_at(&simulator);
        simulator.fault(fault);
        let end = terminal.authorise(800, &mut Book::default());
        assert!(matches!(end, TransactionEnd::NotKnown(_)), "{fault:?} {end:?}");
        assert_eq!(simulator.balance() == 800, charged, "{fault:?}");
        let last = terminal.last_transaction().unwrap();
        assert_eq!(last.and_then(|last| last.amount), charged.then_some(800), "{fault:?}");
        assert_eq!(end_of(&terminal.authorise(50, &mut Book::default())), End::Completed, "{fault:?}");
    }
}

#[test]
fn no_card_number_comes_out_of_a_careless_terminal() {
    let folder = tempfile::tempdir().unwrap();
    for (place, simulator) in both(folder.path()) {
        let mut terminal = terminal_at(&simulator);
        simulator.temper(|temper| temper.careless = true);
        let mut book = Book::default();
        let TransactionEnd::Completed(record) = terminal.authorise(1500, &mut book) else {
            panic!("{place}")
        };
        let receipts =
            book.receipts.iter().flat_map(|receipt| receipt.lines.clone()).collect::<Vec<_>>().join("\n");
        let all = format!("{} {record:?} {receipts}", serde_json::to_string(&record).unwrap());
        assert!(!all.contains("411111") && !all.contains("11111111"), "{place}: {all}");
        assert!(receipts.contains("************1111"), "{place}: {receipts}");
        assert_eq!(record.card.unwrap().last_four.as_deref(), Some("1111"));
    }
}

#[test]
fn the_day_is_closed_with_its_totals() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    for amount in [500, 700] {
        assert_eq!(end_of(&terminal.authorise(amount, &mut Book::default())), End::Completed);
    }
    let mut book = Book::default();
    let totals = terminal.end_of_day(&mut book).unwrap();
    assert_eq!((totals.amount, totals.count), (Some(1200), Some(2)));
    assert_eq!((totals.first_receipt, totals.last_receipt), (Some(1), Some(2)));
    assert_eq!((totals.kinds[0].kind, totals.kinds[0].amount), (CardKind::Girocard, 1200));
    assert_eq!(book.receipts[0].receipt_for, ReceiptFor::Administration);
    assert_eq!(terminal.end_of_day(&mut book).unwrap().amount, Some(0));
}

#[test]
fn a_terminal_is_asked_how_it_is_and_logs_off() {
    let folder = tempfile::tempdir().unwrap();
    for (place, simulator) in both(folder.path()) {
        let mut terminal = terminal_at(&simulator);
        let registered = terminal.register().unwrap();
        assert_eq!(registered.terminal_id, Some(TerminalId(52_523_535)), "{place}");
        assert_eq!(registered.currency, Some(978), "{place}");
        assert!(terminal.status().unwrap().is_ready(), "{place}");
        terminal.diagnosis().unwrap();
        terminal.log_off().unwrap();
        assert_eq!(end_of(&terminal.authorise(50, &mut Book::default())), End::Completed, "{place}");
    }
}

#[test]
fn a_terminal_that_is_not_there_is_found_when_it_is() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    simulator.switch_off(Duration::from_millis(500));
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(end_of(&terminal.authorise(50, &mut Book::default())), End::NotSent("unreachable"));
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(end_of(&terminal.authorise(50, &mut Book::default())), End::Completed);
    // It was switched off and on while nothing went on: the dead connection is seen before the order.
    simulator.switch_off(Duration::from_millis(50));
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(end_of(&terminal.authorise(50, &mut Book::default())), End::Completed);
}

#[test]
fn amounts_that_cannot_be_asked_for_are_not_sent() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    for amount in [0, 1_000_000_000_000] {
        assert_eq!(end_of(&terminal.authorise(amount, &mut Book::default())), End::NotSent("no such amount"));
    }
    assert_eq!(end_of(&terminal.reverse(10_000, &mut Book::default())), End::NotSent("no such receipt"));
    assert!(simulator.commands().is_empty());
}

#[test]
fn an_order_that_cannot_be_written_down_is_called_off() {
    let simulator = TerminalSimulator::tcp().unwrap();
    let mut terminal = terminal_at(&simulator);
    let mut book = Book { cannot_note_the_order: true, ..Book::default() };
    assert_eq!(end_of(&terminal.authorise(900, &mut book)), End::Refused(0x6C));
    assert!(simulator.journal().is_empty());
}

#[test]
fn a_connection_that_was_quiet_for_long_is_tried_before_it_is_trusted_with_money() {
    let folder = tempfile::tempdir().unwrap();
    for (place, simulator) in both(folder.path()) {
        let mut terminal = terminal_at(&simulator);
        for _ in 0..2 {
            assert_eq!(end_of(&terminal.authorise(100, &mut Book::default())), End::Completed, "{place}");
        }
        let registrations =
            || simulator.commands().iter().filter(|command| **command == (0x06, 0x00)).count();
        assert_eq!(registrations(), 1, "{place}");
        let patience = Patience { trusted_quiet: Duration::ZERO, ..little_patience() };
        let password = TerminalPassword::parse("000000").unwrap();
        drop(terminal);
        let mut terminal = Terminal::unopened(TerminalSettings {
            patience,
            ..TerminalSettings::new(simulator.place(), password)
        });
        for _ in 0..2 {
            assert_eq!(end_of(&terminal.authorise(100, &mut Book::default())), End::Completed, "{place}");
        }
        assert_eq!(registrations(), 3, "{place}");
    }
}

#[test]
fn a_terminal_can_move_to_a_thread_and_be_called_off_from_others() {
    fn moves<T: Send>() {}
    fn is_shared<T: Clone + Send + Sync>() {}
    moves::<Terminal>();
    is_shared::<Aborter>();
}
