//! The printer's power, or the cable between it and the adapter, goes for a moment in the middle of a ticket. The line
//! itself tells nothing of it, and the end of the ticket is printed as always.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::time::Duration;

use support::{Lobby, styled, text};
use vestibule_hardware::printer::simulator::Condition;
use vestibule_hardware::printer::{Align, Direction, Document, Element, Fault, JobEnd, TextSize};

/// The status questions and `GS a` before a ticket of which nothing is known.
const BEFORE: u64 = 15;

/// A long ticket, most of which is drawn.
fn long_ticket() -> Document {
    let arabic = |text: &str| styled(text, TextSize::Large, Align::Start, Direction::RightToLeft);
    let mut elements = vec![text("A001")];
    for _ in 0..4 {
        elements.extend([arabic("رقمك في الانتظار"), text("Please take a seat.")]);
    }
    elements.push(Element::Qr { payload: "ticket:A001".into(), module_dots: 6 });
    elements.push(text("The end."));
    Document { elements }
}

/// With time for a busy machine.
fn lobby(model: &str) -> Lobby {
    Lobby::set_up(model, |settings| {
        settings.answer_limit = Duration::from_millis(1500);
        settings.job_limit = Duration::from_secs(6);
    })
}

#[test]
fn a_ticket_whose_middle_was_lost_is_not_printed() {
    for model in ["epson-tm-t88vi", "epson-tm-m30", "citizen-ct-s310", "custom-vkp80", "generic-58mm"] {
        let mut lobby = lobby(model);
        let (bytes, job) = lobby.job(&long_ticket());
        assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{model}");
        let whole = std::fs::read(&lobby.simulated.wait_for_tickets(1, Duration::from_secs(5))[0]).unwrap();
        // From one question in it to the next, its beginning and its end.
        let questions = bytes.windows(3).enumerate().filter(|(_, three)| *three == [0x10, 0x04, 1]);
        let mut marks: Vec<usize> = questions.map(|(place, _)| place + 3).collect();
        assert!(marks.len() >= 3, "{model}: {} bytes", bytes.len());
        marks.insert(0, 7);
        marks.push(bytes.len());
        let lost = marks.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(lost <= 480 + 3, "{model}: {lost} bytes between two questions");
        std::thread::scope(|scope| {
            for place in (8..bytes.len()).step_by(bytes.len() / 9) {
                let whole = &whole;
                scope.spawn(move || lose(model, place, lost, whole));
            }
        });
    }
}

/// Loses so many bytes behind a place of a ticket.
fn lose(model: &str, place: usize, lost: usize, whole: &[u8]) {
    let mut lobby = lobby(model);
    let (bytes, job) = lobby.job(&long_ticket());
    // It is back before anybody asks it anew.
    let lost = lost.min(bytes.len() - place);
    lobby.simulated.restart_after(BEFORE + place as u64, lost as u64);
    let end = lobby.printer.print(&bytes, job);
    assert!(matches!(end, JobEnd::NotKnown(_)), "{model}: {lost} bytes behind {place}: {end:?}");
    if place + lost < bytes.len() - 40 {
        assert_eq!(end, JobEnd::NotKnown(Fault::Interrupted), "{model}: {lost} bytes behind {place}");
    }
    // What was left of it does not spoil the next one.
    let (bytes, job) = lobby.job(&long_ticket());
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{model}: behind {place}");
    let tickets = lobby.simulated.tickets();
    assert!(std::fs::read(tickets.last().unwrap()).unwrap() == whole, "{model}: behind {place}");
}

/// Of letters alone: it finds room in the line as a whole, so that its end is waited for while the printer holds that.
fn wordy_ticket() -> Document {
    Document { elements: (1..=40).map(|line| text(&format!("{line} Please take a seat."))).collect() }
}

/// Nothing of it is lost: what was asked meanwhile is answered when the printer lets go, and in its order.
#[test]
fn a_long_ticket_goes_on_when_the_printer_lets_go_of_the_line() {
    for (model, document) in [
        ("epson-tm-t88vi", wordy_ticket()),
        ("epson-tm-t88vi", long_ticket()),
        ("citizen-ct-s310", wordy_ticket()),
        ("citizen-ct-s310", long_ticket()),
    ] {
        let mut lobby = Lobby::set_up(model, |settings| {
            settings.answer_limit = Duration::from_millis(300);
            // Longer than the printer holds the line, which may have no room for the end of the ticket until then.
            settings.stall_limit = Duration::from_secs(10);
            settings.job_limit = Duration::from_secs(20);
        });
        let (bytes, job) = lobby.job(&document);
        let what = format!("{model}, {} bytes", bytes.len());
        lobby.simulated.set_after(BEFORE + 100, Condition::Held);
        let (printer, simulated) = (&mut lobby.printer, &lobby.simulated);
        let end = std::thread::scope(|scope| {
            let printing = scope.spawn(|| printer.print(&bytes, job));
            // So long that it is asked anew, more than once, where the line has room for a question.
            std::thread::sleep(Duration::from_millis(1500));
            simulated.set(Condition::Held, false);
            printing.join().unwrap()
        });
        assert_eq!(end, JobEnd::Printed, "{what}");
    }
}
