//! Printers and scanners that are missing, stop in the middle, or have no paper.

use crate::support::clinic::{Guest, Place, guests};
use crate::support::desk::RunningDesk;
use crate::support::hands::{Hands, done};
use crate::support::paper::Paper;
use crate::support::{devices, until, until_within};
use std::time::{Duration, Instant};
use vestibule::kiosk::screens::Tone;
use vestibule::kiosk::session::Touch;
use vestibule_hardware::printer::simulator::{Condition, SimulatedPrinter};

const NO_PAPER: &str = "No paper came out. Please remember your number, or take a photo.";
const PERHAPS: &str = "If no paper came out: please remember your number, or take a photo.";
const PRINTED: &str = "Your ticket is printed. Please take it.";

/// A clinic with a desk and its book.
fn open(people: usize) -> (Place, RunningDesk, Vec<Guest>) {
    let place = Place::new();
    let desk = RunningDesk::start(&place.clinic);
    let guests = guests(people);
    desk.book(&guests);
    (place, desk, guests)
}

fn tray(printer: &SimulatedPrinter) -> Vec<Paper> {
    printer.tickets().iter().map(|picture| Paper::read(picture)).collect()
}

fn trouble(desk: &RunningDesk, device: &str, words: &str) {
    until(&format!("{words:?} at the desk"), || {
        let told = desk.trouble("lobby", device);
        if words.is_empty() { told.is_empty() } else { told.contains(words) }
    });
}

/// Waits until the desk knows what became of a number's paper, and answers the cause.
fn paper_at_the_desk(desk: &RunningDesk, number: &str, paper: &str) -> String {
    let arrival = || desk.arrival(number).filter(|arrival| arrival["paper"] == paper);
    until(&format!("{number} as {paper} at the desk"), || arrival().is_some());
    arrival().unwrap()["cause"].as_str().unwrap().to_string()
}

#[test]
fn a_kiosk_starts_without_its_devices_and_finds_them_when_they_come() {
    let (place, desk, guests) = open(3);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());
    let first = hands.check_in(&guests[0]);
    assert_eq!(hands.paper().paper, NO_PAPER);
    let cause = paper_at_the_desk(&desk, &first.number, "not-printed");
    assert_eq!(cause, "the printer is gone: check its cable");
    trouble(&desk, "printer", "check its cable");
    trouble(&desk, "scanner", "check its cable");
    hands.finish();

    let printer = devices::printer(&place, "lobby");
    let mut scanner = devices::scanner(&place, "lobby");
    trouble(&desk, "printer", "");
    trouble(&desk, "scanner", "");
    let second = hands.check_in(&guests[1]);
    assert_eq!(hands.paper().paper, PRINTED);
    hands.finish();
    let paper = tray(&printer);
    assert_eq!(paper.len(), 1, "the ticket from before does not come out late: {paper:?}");
    assert_eq!((&paper[0].numbers[0], paper[0].copy), (&second.number, false));

    // Whoever remembered the number gets paper at the desk's word.
    desk.ask_for_a_copy(desk.arrival(&first.number).unwrap()["ticket"].as_str().unwrap()).unwrap();
    paper_at_the_desk(&desk, &first.number, "printed");
    let paper = tray(&printer);
    assert_eq!((&paper[1].numbers[0], paper[1].copy), (&first.number, true));

    scanner.unplug();
    trouble(&desk, "scanner", "check its cable");
    hands.check_in(&guests[2]);
}

#[test]
fn a_printer_that_stops_in_mid_ticket_keeps_nobody_waiting_and_nothing_doubled() {
    let (place, desk, guests) = open(3);
    let printer = devices::printer(&place, "lobby");
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());
    hands.identify(&guests[0]);
    hands.touch_and(Touch::Yes, || printer.set_after(200, Condition::Silent));
    let first = hands.until("the number", done);
    hands.touch(Touch::Finish);

    // The printer hangs for as long as a ticket may take, and the next patients have their numbers at once.
    let began = Instant::now();
    let second = hands.check_in(&guests[1]);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let cause = || desk.arrival(&first.number).unwrap()["cause"].as_str().unwrap().to_string();
    until_within(Duration::from_secs(40), "the end of the first ticket", || {
        hands.live(Duration::from_millis(50));
        desk.arrival(&first.number).is_some_and(|arrival| arrival["paper"] == "not-known")
    });
    assert!(cause().contains("does not answer: check that it is switched on"), "{}", cause());
    hands.until("what the second patient is told", |screen| {
        done(screen).filter(|done| done.paper == NO_PAPER)
    });
    trouble(&desk, "printer", "does not answer");
    hands.finish();

    printer.set(Condition::Silent, false);
    trouble(&desk, "printer", "");
    let third = hands.check_in(&guests[2]);
    assert_eq!(hands.paper().paper, PRINTED);
    let paper = tray(&printer);
    // What the printer held of the first ticket may still come out, but never with anybody else's.
    let last = paper.last().unwrap();
    assert_eq!((&last.numbers, last.codes.len(), last.beginnings), (&vec![third.number], 1, 1), "{paper:?}");
    let others: Vec<_> = paper[..paper.len() - 1].iter().flat_map(|paper| &paper.numbers).collect();
    assert!(others.is_empty() || others == [&first.number], "{paper:?}");
    assert_ne!(first.number, second.number);
}

#[test]
fn a_plug_pulled_in_mid_ticket_leaves_the_end_open_and_says_so() {
    let (place, desk, guests) = open(2);
    let printer = devices::printer(&place, "lobby");
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());
    hands.identify(&guests[0]);
    hands.touch_and(Touch::Yes, || printer.set_after(300, Condition::Unplugged));
    let first = hands.until("the number", done);
    let told = hands.paper();
    assert_eq!((told.paper.as_str(), told.paper_tone), (PERHAPS, Tone::Attention));
    hands.finish();
    assert!(paper_at_the_desk(&desk, &first.number, "not-known").contains("check its cable"));

    printer.set(Condition::Unplugged, false);
    let second = hands.check_in(&guests[1]);
    assert_eq!(hands.paper().paper, PRINTED);
    let paper = tray(&printer);
    let last = paper.last().unwrap();
    assert_eq!((&last.numbers, last.beginnings), (&vec![second.number], 1), "{paper:?}");
}

#[test]
fn a_printer_without_paper_is_told_before_and_prints_when_it_has_some() {
    let (place, desk, guests) = open(2);
    let printer = devices::printer(&place, "lobby");
    printer.set(Condition::PaperOut, true);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());
    trouble(&desk, "printer", "put in a new roll");
    let first = hands.check_in(&guests[0]);
    assert_eq!(hands.paper().paper, NO_PAPER);
    assert!(paper_at_the_desk(&desk, &first.number, "not-printed").contains("put in a new roll"));
    hands.finish();

    printer.set(Condition::PaperOut, false);
    trouble(&desk, "printer", "");
    let second = hands.check_in(&guests[1]);
    assert_eq!(hands.paper().paper, PRINTED);
    assert_eq!(tray(&printer).len(), 1);
    assert_eq!(tray(&printer)[0].numbers, [second.number]);
}
