//! A ticket on a line of a certain speed: nothing but its own bytes stands between it and the cut.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::time::{Duration, Instant};

use support::{Lobby, styled, text, ticket};
use vestibule_hardware::printer::{Align, Direction, Document, Element, JobEnd, JobId, TextSize};

/// What the driver asks a printer how it is: `DLE EOT` 1 to 4.
const ASKED: u64 = 4 * 3;
/// What it asks before a job when the printer has just said that all is well: `DLE EOT` 1.
const QUESTION: u64 = 3;

/// Prints bytes over a line of this speed: the time to the cut, and what the line had to carry.
fn print(lobby: &mut Lobby, bytes: &[u8], job: JobId, baud: u32) -> (Duration, Duration) {
    // As the kiosk has looked at it a moment before.
    assert_eq!(lobby.look().fault, None);
    lobby.simulated.pace(Some(baud));
    let begun = Instant::now();
    let (printer, simulated) = (&mut lobby.printer, &lobby.simulated);
    let cut = std::thread::scope(|scope| {
        let printing = scope.spawn(|| printer.print(bytes, job));
        simulated.wait_for_tickets(1, Duration::from_secs(60));
        let cut = begun.elapsed();
        assert_eq!(printing.join().unwrap(), JobEnd::Printed, "{baud} baud");
        cut
    });
    let record = simulated.line_record();
    // On a machine that has much to do the end may take long enough that the printer is asked how it is.
    let more = record.bytes - (QUESTION + bytes.len() as u64);
    assert!(
        more <= 3 * ASKED && more.is_multiple_of(ASKED),
        "{more} bytes more than the ticket and the question before it"
    );
    (cut, record.idle)
}

/// The wall clock of a busy machine says little, so what is held to 5 % is the time in which the line had
/// nothing to carry. `examples/wire_time.rs` shows the wall clock too.
#[test]
fn the_cut_comes_within_a_twentieth_of_the_time_that_the_bytes_need() {
    for baud in [9600, 38_400] {
        let mut lobby = Lobby::set_up("simulated", |settings| settings.baud = baud);
        let (bytes, job) = lobby.job(&ticket("A001"));
        // So many of them that a look every few milliseconds is little beside it.
        let body = bytes.len() - 11 - 4;
        let copies = (baud as usize / 10 * 3 / 2).div_ceil(body);
        let long = [bytes[..body].repeat(copies).as_slice(), &bytes[body..]].concat();
        let wire = Duration::from_secs(10) * long.len() as u32 / baud;
        let (cut, idle) = print(&mut lobby, &long, job, baud);
        assert!(cut >= wire, "{baud} baud: {cut:?} for {wire:?}");
        assert!(idle <= wire / 20, "{baud} baud: {idle:?} idle of {wire:?}");
    }
}

/// A ticket as it mostly is, of a few hundred bytes. That it takes hardly longer than its bytes need shows the wall
/// clock only when the machine has little else to do, so it is one of several tickets that must make it; asking the
/// printer four times before the first byte, each question when the answer to the last was there, none ever could.
#[test]
fn a_short_ticket_begins_with_its_first_byte() {
    for (model, mark) in [("epson-tm-t88vi", 11), ("citizen-ct-s310", 3)] {
        for baud in [9600, 38_400, 115_200] {
            let mut seen = Vec::new();
            for _ in 0..20 {
                let mut lobby = Lobby::set_up(model, |settings| settings.baud = baud);
                let mut elements =
                    vec![styled("A001", TextSize::Huge, Align::Center, Direction::LeftToRight)];
                elements.extend((1..=6).map(|line| text(&format!("{line} Please take a seat."))));
                elements
                    .push(Element::Qr { payload: "https://clinic.example/t/A001".into(), module_dots: 6 });
                let (bytes, job) = lobby.job(&Document { elements });
                print(&mut lobby, &bytes, job, baud);
                let wire = Duration::from_secs(10) * (bytes.len() - mark) as u32 / baud;
                let cut = lobby.simulated.line_record().to_the_cut.unwrap();
                seen.push(cut.as_secs_f64() / wire.as_secs_f64());
                if seen.last().is_some_and(|last| *last <= 1.05) {
                    break;
                }
            }
            println!("{model}, {baud} baud: {seen:.3?}");
            assert!(seen.last().is_some_and(|last| *last <= 1.05), "{model}, {baud} baud: {seen:.3?}");
        }
    }
}

/// More than the system holds for a line: the driver is stopped again and again, for as long as the printer
/// wants, and takes only a line that does not move at all for a stuck one.
#[test]
fn a_slow_printer_holds_the_driver_back_and_loses_no_byte() {
    let mut lobby = Lobby::set_up("simulated", |settings| {
        settings.baud = 115_200;
        settings.stall_limit = Duration::from_millis(500);
        settings.job_limit = Duration::from_secs(30);
    });
    let (bytes, job) = lobby.job(&ticket("A001"));
    let body = bytes.len() - 11 - 4;
    let long = [bytes[..body].repeat(40_000_usize.div_ceil(body)).as_slice(), &bytes[body..]].concat();
    let (cut, _) = print(&mut lobby, &long, job, 115_200);
    assert!(cut > Duration::from_secs(3), "{cut:?}");
    let tickets = lobby.simulated.tickets();
    assert_eq!(tickets.len(), 1);
    let (mark, paper) = (11, support::bytes_of(&tickets[0]));
    assert!(paper.ends_with(&long[..long.len() - mark]), "every byte, in its order");
}
