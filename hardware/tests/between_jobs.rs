//! What the printer says by itself between two tickets is known at once, without a question.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::time::{Duration, Instant};

use support::{Lobby, ticket};
use vestibule_hardware::printer::simulator::Condition;
use vestibule_hardware::printer::{Fault, JobEnd, PrinterStatus, Profile};

/// Longer than any busy machine takes to read four bytes.
const GENEROUS: Duration = Duration::from_secs(10);
/// How long nothing is heard where nothing is said.
const QUIET: Duration = Duration::from_millis(300);

/// Listens until the printer has said this of itself. Not a byte is sent to it meanwhile.
fn hears(lobby: &mut Lobby, what: impl Fn(&PrinterStatus) -> bool) -> bool {
    let until = Instant::now() + GENEROUS;
    while Instant::now() < until {
        if lobby.printer.overheard().is_some_and(|status| what(&status)) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

/// Everything that is heard for a while, the last word of it.
fn last_heard(lobby: &mut Lobby) -> Option<PrinterStatus> {
    let until = Instant::now() + QUIET;
    let mut last = None;
    while Instant::now() < until {
        last = lobby.printer.overheard().or(last);
        std::thread::sleep(Duration::from_millis(5));
    }
    last
}

/// What can happen to a printer, and what it says then. It answers no question, so nothing else can be the source.
const HAPPENS: &[(Condition, Option<Fault>, bool)] = &[
    (Condition::CoverOpen, Some(Fault::CoverOpen), false),
    (Condition::PaperOut, Some(Fault::PaperOut), true),
    (Condition::PaperLow, None, true),
    (Condition::Overheated, Some(Fault::Overheated), false),
    (Condition::Offline, Some(Fault::Offline), false),
];

#[test]
fn what_happens_between_two_tickets_is_told_without_a_question() {
    for model in ["simulated", "epson-tm-t88vi", "epson-tm-m30", "citizen-ct-s310"] {
        let mut lobby = Lobby::with(model);
        assert_eq!(lobby.look().fault, None, "{model}");
        lobby.simulated.set(Condition::DeafToQuestions, true);
        for (condition, fault, paper_low) in HAPPENS {
            lobby.simulated.set(*condition, true);
            let heard = hears(&mut lobby, |status| (status.fault, status.paper_low) == (*fault, *paper_low));
            assert!(heard, "{model}: {condition:?}");
            lobby.simulated.set(*condition, false);
            let well = hears(&mut lobby, |status| status.fault.is_none() && !status.paper_low);
            assert!(well, "{model}: {condition:?} is over");
        }
        // It stayed deaf all the while.
        assert_eq!(lobby.printer.status().fault, Some(Fault::NoAnswer), "{model}");
    }
}

/// Its profile does not say that it can, so it is not told to, and the question every 2 s has to do.
#[test]
fn a_model_that_is_not_known_to_speak_up_is_told_nothing() {
    for model in ["star-tsp100", "custom-vkp80", "generic-58mm", "generic-80mm"] {
        assert!(!Profile::named(model).unwrap().automatic_status, "{model}");
        let mut lobby = Lobby::with(model);
        assert_eq!(lobby.look().fault, None, "{model}");
        lobby.simulated.set(Condition::CoverOpen, true);
        assert_eq!(last_heard(&mut lobby), None, "{model}");
        assert_eq!(lobby.printer.status().fault, Some(Fault::CoverOpen), "{model}");
    }
}

#[test]
fn a_printer_that_was_off_is_told_anew_to_speak_up() {
    let mut lobby = Lobby::with("simulated");
    assert_eq!(lobby.look().fault, None);
    lobby.simulated.set(Condition::PowerOff, true);
    lobby.simulated.set(Condition::PowerOff, false);
    // It has forgotten it, and it was off too short a time for anybody to notice.
    lobby.simulated.set(Condition::CoverOpen, true);
    let told = last_heard(&mut lobby).filter(|status| status.fault.is_some());
    assert_eq!(told, None);
    lobby.simulated.set(Condition::CoverOpen, false);
    assert_eq!(lobby.look().fault, None);
    lobby.simulated.set(Condition::CoverOpen, true);
    assert!(hears(&mut lobby, |status| status.fault == Some(Fault::CoverOpen)));
}

#[test]
fn after_a_ticket_and_after_a_torn_one_the_printer_is_still_listened_to() {
    let mut lobby = Lobby::with("simulated");
    let (bytes, job) = lobby.job(&ticket("A001"));
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed);
    lobby.simulated.set(Condition::CoverOpen, true);
    assert!(hears(&mut lobby, |status| status.fault == Some(Fault::CoverOpen)));
    lobby.simulated.set(Condition::CoverOpen, false);

    let (bytes, job) = lobby.job(&ticket("A002"));
    lobby.simulated.set_after(100, Condition::PaperOut);
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::NotKnown(Fault::PaperOut));
    lobby.simulated.set(Condition::PaperOut, false);
    assert_eq!(lobby.look().fault, None);
    lobby.simulated.set(Condition::CoverOpen, true);
    assert!(hears(&mut lobby, |status| status.fault == Some(Fault::CoverOpen)));
}

#[test]
fn a_pulled_plug_is_noticed_without_a_question() {
    let mut lobby = Lobby::with("simulated");
    assert_eq!(lobby.look().fault, None);
    lobby.simulated.set(Condition::Unplugged, true);
    assert!(hears(&mut lobby, |status| status.fault == Some(Fault::Unplugged)));
    lobby.simulated.set(Condition::Unplugged, false);
    assert_eq!(lobby.printer.status().fault, None, "the next look opens the line anew");
}

/// The prelude travels behind the first question, and prints nothing.
#[test]
fn a_ticket_that_came_no_further_than_its_prelude_leaves_nothing_on_the_next() {
    let mut lobby = Lobby::with("simulated");
    let (bytes, job) = lobby.job(&ticket("A001"));
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed);
    assert_eq!(lobby.look().fault, None);
    lobby.simulated.set(Condition::Silent, true);
    let (bytes, job) = lobby.job(&ticket("A001"));
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::NotPrinted(Fault::NoAnswer));
    lobby.simulated.set(Condition::Silent, false);
    let (bytes, job) = lobby.job(&ticket("A001"));
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed);
    let tickets = lobby.simulated.wait_for_tickets(2, GENEROUS);
    let [first, second] = [&tickets[0], &tickets[1]].map(|picture| std::fs::read(picture).unwrap());
    assert!(first == second);
}

/// Bytes that no printer sends, and bytes that look like a part of an automatic status, or like a whole one in the
/// midst of them: none is anybody's word, and the question decides.
#[test]
fn noise_is_no_word_of_the_printer() {
    let mut lobby = Lobby::with("simulated");
    assert_eq!(lobby.printer.status().fault, None);
    last_heard(&mut lobby);
    let open_cover = [0x38, 0x00, 0x00, 0x0F];
    for noise in [
        [0xFE, 0x80, 0xC9, 0xFF].as_slice(),
        &open_cover[..3],
        &[0x38, 0x00, 0x91, 0x00, 0x0F],
        &[&[0xC9], open_cover.as_slice()].concat(),
        &[open_cover.as_slice(), &[0x82]].concat(),
        &[0x12],
    ] {
        lobby.simulated.disturb(noise);
        let heard = last_heard(&mut lobby);
        assert!(heard.is_none_or(|status| status.fault.is_none()), "{noise:02X?}: {heard:?}");
        assert_eq!(lobby.printer.status().fault, None, "{noise:02X?}");
        last_heard(&mut lobby);
    }
    // The same four bytes alone are what an open cover looks like.
    lobby.simulated.disturb(&open_cover);
    assert!(hears(&mut lobby, |status| status.fault == Some(Fault::CoverOpen)));
}

/// The printer speaks up while it is being asked, and between the answers of a job: each is taken for what it is.
#[test]
fn what_it_says_by_itself_in_the_middle_of_its_answers_is_told_apart() {
    let mut lobby = Lobby::with("simulated");
    let (printer, simulated) = (&mut lobby.printer, &lobby.simulated);
    let stop = std::sync::atomic::AtomicBool::new(false);
    let heard = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut low = false;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                low = !low;
                simulated.set(Condition::PaperLow, low);
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let heard: Vec<_> = (0..40)
            .map(|_| {
                let asked = printer.status().fault;
                std::thread::sleep(Duration::from_millis(10));
                (asked, printer.overheard())
            })
            .collect();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        heard
    });
    assert!(heard.iter().all(|(fault, _)| fault.is_none()), "{heard:?}");
    assert!(heard.iter().flat_map(|(_, said)| said).all(|said| said.fault.is_none()), "{heard:?}");
    assert!(heard.iter().any(|(_, said)| said.is_some()), "it spoke up all the while");
    for number in ["A001", "A002", "A003"] {
        let (bytes, job) = lobby.job(&ticket(number));
        let (printer, simulated) = (&mut lobby.printer, &lobby.simulated);
        let end = std::thread::scope(|scope| {
            let printing = scope.spawn(move || printer.print(&bytes, job));
            let mut low = false;
            while !printing.is_finished() {
                low = !low;
                simulated.set(Condition::PaperLow, low);
                std::thread::sleep(Duration::from_millis(1));
            }
            printing.join().unwrap()
        });
        assert_eq!(end, JobEnd::Printed, "{number}");
    }
}
