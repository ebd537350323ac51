//! A ticket is printed, or it is known that it was not, or it is known that this is not known.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use support::{Lobby, bytes_of, styled, text, ticket};
use vestibule_hardware::printer::simulator::{Condition, preview};
use vestibule_hardware::printer::{
    Align, Bitmap, Direction, Document, Element, EncodeError, Fault, Fence, JobEnd, JobId, Printer,
    PrinterSettings, Profile, TextSize, encode,
};

/// What the driver sends before each job: `DLE EOT` 1 to 4, and `GS a`.
const QUESTIONS: u64 = 4 * 3 + 3;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// Before the job.
    Before,
    /// Behind this byte of the job.
    After(u64),
    /// In the middle of the job's first picture.
    InPicture,
    /// When all was printed and cut, and the word of it has not been given: three bytes before the end.
    BeforeTheLastWord,
}

use Moment::{After, Before, BeforeTheLastWord, InPicture};

/// Fault × moment → end, for a printer that has everything.
const ENDS: &[(Condition, Moment, JobEnd)] = &[
    (Condition::PaperOut, Before, JobEnd::NotPrinted(Fault::PaperOut)),
    (Condition::PaperOut, After(40), JobEnd::NotKnown(Fault::PaperOut)),
    (Condition::PaperOut, InPicture, JobEnd::NotKnown(Fault::PaperOut)),
    (Condition::PaperOut, BeforeTheLastWord, JobEnd::NotKnown(Fault::PaperOut)),
    (Condition::PaperLow, Before, JobEnd::Printed),
    (Condition::PaperLow, InPicture, JobEnd::Printed),
    (Condition::CoverOpen, Before, JobEnd::NotPrinted(Fault::CoverOpen)),
    (Condition::CoverOpen, After(1), JobEnd::NotKnown(Fault::CoverOpen)),
    (Condition::CoverOpen, InPicture, JobEnd::NotKnown(Fault::CoverOpen)),
    (Condition::CutterJam, Before, JobEnd::NotKnown(Fault::CutterError)),
    (Condition::CutterJam, InPicture, JobEnd::NotKnown(Fault::CutterError)),
    (Condition::Overheated, Before, JobEnd::NotPrinted(Fault::Overheated)),
    (Condition::Overheated, InPicture, JobEnd::NotKnown(Fault::Overheated)),
    (Condition::Silent, Before, JobEnd::NotPrinted(Fault::NoAnswer)),
    (Condition::Silent, After(40), JobEnd::NotKnown(Fault::NoAnswer)),
    (Condition::Silent, InPicture, JobEnd::NotKnown(Fault::NoAnswer)),
    (Condition::Silent, BeforeTheLastWord, JobEnd::NotKnown(Fault::NoAnswer)),
    (Condition::PowerOff, Before, JobEnd::NotPrinted(Fault::NoAnswer)),
    (Condition::PowerOff, After(40), JobEnd::NotKnown(Fault::NoAnswer)),
    (Condition::PowerOff, InPicture, JobEnd::NotKnown(Fault::NoAnswer)),
    (Condition::PowerOff, BeforeTheLastWord, JobEnd::NotKnown(Fault::NoAnswer)),
    (Condition::Unplugged, Before, JobEnd::NotPrinted(Fault::Unplugged)),
    (Condition::Unplugged, After(40), JobEnd::NotKnown(Fault::Unplugged)),
    (Condition::Unplugged, InPicture, JobEnd::NotKnown(Fault::Unplugged)),
    (Condition::Unplugged, BeforeTheLastWord, JobEnd::NotKnown(Fault::Unplugged)),
];

/// Brings a printer into a fault at a moment, sees how the job ends, takes the fault away, and sees
/// that the next ticket is printed whole and once.
fn a_fault_and_the_next_patient(profile: &str, condition: Condition, moment: Moment) -> JobEnd {
    a_fault_and_then(profile, condition, moment, |_| {})
}

/// The same, with something that happens between the fault and the next ticket.
fn a_fault_and_then(
    profile: &str,
    condition: Condition,
    moment: Moment,
    then: impl FnOnce(&mut Lobby),
) -> JobEnd {
    let what = format!("{profile}: {condition:?} {moment:?}");
    let mut lobby = Lobby::with(profile);
    let (bytes, job) = lobby.job(&ticket("A001"));
    let picture = bytes.windows(3).position(|head| head == b"\x1Dv0").unwrap() as u64;
    match moment {
        Before => lobby.simulated.set(condition, true),
        After(byte) => lobby.simulated.set_after(QUESTIONS + byte, condition),
        InPicture => lobby.simulated.set_after(QUESTIONS + picture + 300, condition),
        BeforeTheLastWord => lobby.simulated.set_after(QUESTIONS + bytes.len() as u64 - 3, condition),
    }
    let end = lobby.printer.print(&bytes, job);

    lobby.simulated.set(condition, false);
    then(&mut lobby);
    // What a revived printer still has in its buffers, it does now or never.
    std::thread::sleep(Duration::from_millis(300));
    let (bytes, job) = lobby.job(&ticket("A002"));
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{what}: the next ticket");
    let tickets = lobby.simulated.wait_for_tickets(1, Duration::from_secs(1));
    let whole: Vec<usize> = (0..tickets.len())
        .filter(|n| bytes_of(&tickets[*n]).windows(11).any(|w| w == b"ticket:A002"))
        .collect();
    if lobby.profile.native_qr {
        assert_eq!(whole, [tickets.len() - 1], "{what}: the next ticket comes once, and last");
    }
    let last = bytes_of(tickets.last().unwrap());
    // The mark behind the cut of the ticket before may stand in front of it.
    let body = &bytes[..bytes.len() - mark_length(&lobby.profile)];
    assert!(
        last.ends_with(body),
        "{what}: the next ticket has every byte, and nothing of another behind its start"
    );
    // Bytes that a half picture has swallowed are there and not to be seen.
    assert!(picture_of(&lobby) == undisturbed(profile, "A002"), "{what}: the next ticket looks as always");
    assert_eq!(lobby.simulated.trouble(), None, "{what}");
    end
}

/// How many bytes stand behind the cut.
fn mark_length(profile: &Profile) -> usize {
    match profile.fence {
        Fence::ProcessId => 11,
        Fence::OrderedStatus => 3,
        Fence::RealTimeOnly => 0,
    }
}

/// The picture of a ticket from a printer that nothing has happened to.
fn undisturbed(profile: &str, number: &str) -> Vec<u8> {
    let mut lobby = Lobby::with(profile);
    let (bytes, job) = lobby.job(&ticket(number));
    assert!(!matches!(lobby.printer.print(&bytes, job), JobEnd::NotPrinted(_)));
    picture_of(&lobby)
}

/// The last ticket in the tray, as a PNG.
fn picture_of(lobby: &Lobby) -> Vec<u8> {
    let tickets = lobby.simulated.wait_for_tickets(1, Duration::from_secs(1));
    std::fs::read(tickets.last().unwrap()).unwrap()
}

fn check(condition: Condition) {
    for (_, moment, end) in ENDS.iter().filter(|(of, _, _)| *of == condition) {
        assert_eq!(
            a_fault_and_the_next_patient("simulated", condition, *moment),
            *end,
            "{condition:?} {moment:?}"
        );
    }
}

#[test]
fn paper_end_is_told_at_every_moment() {
    check(Condition::PaperOut);
}

#[test]
fn low_paper_still_prints() {
    check(Condition::PaperLow);
}

#[test]
fn an_open_cover_is_told_at_every_moment() {
    check(Condition::CoverOpen);
}

#[test]
fn a_jammed_blade_is_told() {
    check(Condition::CutterJam);
}

#[test]
fn a_hot_head_is_waited_for_and_told() {
    check(Condition::Overheated);
}

#[test]
fn a_silent_printer_never_printed_for_certain() {
    check(Condition::Silent);
}

#[test]
fn a_lost_power_is_told_at_every_moment() {
    check(Condition::PowerOff);
}

#[test]
fn a_pulled_plug_is_told_at_every_moment() {
    check(Condition::Unplugged);
}

#[test]
fn a_cheap_printer_frees_itself_from_half_a_picture() {
    for profile in ["generic-58mm", "generic-80mm"] {
        for condition in [Condition::PaperOut, Condition::PowerOff] {
            let end = a_fault_and_the_next_patient(profile, condition, InPicture);
            assert!(matches!(end, JobEnd::NotKnown(_)), "{profile} {condition:?}: {end:?}");
        }
    }
}

#[test]
fn a_program_started_anew_cuts_off_what_was_left_of_a_ticket() {
    for profile in ["simulated", "epson-tm-t88vi", "generic-80mm"] {
        for moment in [After(40), InPicture, BeforeTheLastWord] {
            let end = a_fault_and_then(profile, Condition::Unplugged, moment, Lobby::restart);
            assert!(matches!(end, JobEnd::NotKnown(_)), "{profile} {moment:?}: {end:?}");
        }
    }
}

#[test]
fn every_profile_prints_a_ticket_and_says_what_it_can_know() {
    for profile in [
        "simulated",
        "epson-tm-t88vi",
        "epson-tm-m30",
        "star-tsp100",
        "citizen-ct-s310",
        "custom-vkp80",
        "generic-58mm",
        "generic-80mm",
    ] {
        let mut lobby = Lobby::with(profile);
        for number in ["A001", "A002", "A003"] {
            let (bytes, job) = lobby.job(&ticket(number));
            assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{profile}");
        }
        let tickets = lobby.simulated.wait_for_tickets(3, Duration::from_secs(1));
        assert_eq!(tickets.len(), 3, "{profile}");
        assert!(picture_of(&lobby) == undisturbed(profile, "A003"), "{profile}");
    }
}

/// The printer goes on with the broken ticket, and the word that it is through with it comes only when the
/// next one was sent already, to a head that is too hot by then.
#[test]
fn a_late_word_about_the_last_ticket_is_none_about_this() {
    let mut lobby = Lobby::with("generic-80mm");
    // Short enough to leave as a whole before the fault is heard; its question in order waits with it.
    let (bytes, job) = lobby.job(&Document { elements: vec![text("A001")] });
    lobby.simulated.set_after(QUESTIONS + 10, Condition::PaperOut);
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::NotKnown(Fault::PaperOut));
    lobby.simulated.set(Condition::Busy, true);
    lobby.simulated.set(Condition::PaperOut, false);

    // More than a busy printer takes: its end comes in when the last ticket is through.
    let (bytes, job) = lobby.job(&ticket("A002"));
    // White dots for a whole band, the four questions, recovery, initialisation, the question in order, the
    // cut of what hangs there with its own initialisation and automatic status, and that again.
    let before = 480 + 12 + 3 + 2 + 3 + 9 + 3;
    lobby.simulated.set_after(before + bytes.len() as u64 - 20, Condition::Overheated);
    let (printer, simulated) = (&mut lobby.printer, &lobby.simulated);
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(400));
            simulated.set(Condition::Busy, false);
        });
        printer.print(&bytes, job)
    });
    assert_eq!(end, JobEnd::NotKnown(Fault::Overheated));
}

/// Every byte that a picture can have, over every kind of line: XON and XOFF among the dots are dots, and the
/// system adds, changes and drops nothing.
#[test]
fn every_byte_of_a_picture_arrives_as_it_was_sent() {
    use vestibule_hardware::printer::FlowControl;
    for flow in [FlowControl::None, FlowControl::Software] {
        let mut lobby = Lobby::set_up("simulated", |settings| settings.flow = flow);
        let dots: Vec<u8> = (0..=255u8).cycle().take(32 * 64).collect();
        let mut bytes = b"\x1B@\x1Da\x0F\x1Dv0\x00\x20\x00\x40\x00".to_vec();
        bytes.extend(&dots);
        bytes.extend(b"\x1DVB\x14\x1D(H\x06\x0000001C");
        assert_eq!(lobby.printer.print(&bytes, JobId::new(1)), JobEnd::Printed, "{flow:?}");
        let tickets = lobby.simulated.wait_for_tickets(1, Duration::from_secs(1));
        assert!(bytes_of(&tickets[0]).windows(dots.len()).any(|window| window == dots), "{flow:?}");
    }
}

/// A held line is waited for: the ticket goes on where it stopped.
#[test]
fn a_ticket_goes_on_when_the_printer_lets_go_of_the_line() {
    use vestibule_hardware::printer::FlowControl;
    let mut lobby = Lobby::set_up("simulated", |settings| settings.flow = FlowControl::Software);
    let (bytes, job) = lobby.job(&ticket("A001"));
    lobby.simulated.set_after(QUESTIONS + 40, Condition::Held);
    let (printer, simulated) = (&mut lobby.printer, &lobby.simulated);
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(600));
            simulated.set(Condition::Held, false);
        });
        printer.print(&bytes, job)
    });
    assert_eq!(end, JobEnd::Printed);
    assert!(picture_of(&lobby) == undisturbed("simulated", "A001"));
}

#[test]
fn low_paper_is_a_warning_in_the_status() {
    let mut lobby = Lobby::with("simulated");
    assert!(!lobby.printer.status().paper_low);
    lobby.simulated.set(Condition::PaperLow, true);
    let status = lobby.printer.status();
    assert!(status.paper_low && status.fault.is_none());
}

#[test]
fn the_printer_says_its_model() {
    assert_eq!(Lobby::with("simulated").printer.model().as_deref(), Some("simulated"));
}

#[test]
fn a_silent_printer_holds_nobody_up() {
    let mut lobby = Lobby::with("simulated");
    lobby.simulated.set(Condition::Silent, true);
    let start = Instant::now();
    assert_eq!(lobby.printer.status().fault, Some(Fault::NoAnswer));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn a_text_can_not_command_the_printer() {
    let lobby = Lobby::with("simulated");
    let hostile = "\u{1B}@\u{10}\u{4}\u{1}\u{1D}VA\u{0}\u{9B}x\u{7F}\tend";
    let document = Document { elements: vec![text(hostile)] };
    let plain = Document { elements: vec![text("@VAx end")] };
    let encoded = |document| encode(document, &lobby.profile, support::fonts(), JobId::new(1)).unwrap();
    assert_eq!(encoded(&document), encoded(&plain));
}

#[test]
fn a_code_that_does_not_fit_is_refused_before_anything_is_sent() {
    let lobby = Lobby::with("generic-58mm");
    for payload in [String::new(), "x".repeat(3000)] {
        let document = Document { elements: vec![Element::Qr { payload: payload.clone(), module_dots: 6 }] };
        let error = encode(&document, &lobby.profile, support::fonts(), JobId::new(1)).unwrap_err();
        assert_eq!(error, EncodeError::QrDoesNotFit { bytes: payload.len(), dots_per_line: 384 });
    }
}

#[test]
fn a_printer_that_comes_later_is_found_when_it_is_needed() {
    let mut lobby = Lobby::with("simulated");
    lobby.simulated.set(Condition::Unplugged, true);
    let link = lobby.folder.path().join("printer");
    let error =
        Printer::open(PrinterSettings::new(&link, 9600, lobby.profile.clone())).unwrap_err().to_string();
    assert!(error.contains(&link.display().to_string()) && error.contains("plug the printer in"), "{error}");

    lobby.printer = Printer::unopened(PrinterSettings::new(&link, 9600, lobby.profile.clone()));
    let (bytes, job) = lobby.job(&ticket("A001"));
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::NotPrinted(Fault::Unplugged));
    lobby.simulated.set(Condition::Unplugged, false);
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed);
    assert_eq!(lobby.simulated.wait_for_tickets(1, Duration::from_secs(1)).len(), 1);
}

fn element() -> impl Strategy<Value = Element> {
    let size = prop_oneof![Just(TextSize::Normal), Just(TextSize::Large), Just(TextSize::Huge)];
    let direction = prop_oneof![Just(Direction::LeftToRight), Just(Direction::RightToLeft)];
    // Any text at all, and text of the alphabets that a lobby sees.
    let words = prop_oneof!["\\PC{0,40}", "[a-zñé €\u{0}-\u{1F}]{0,60}", "[ء-ي ]{0,40}", "[क-ह्ािी ]{0,40}"];
    prop_oneof![
        4 => (words, size, direction).prop_map(|(text, size, direction)| {
            support::styled(&text, size, Align::Start, direction)
        }),
        1 => Just(Element::Rule),
        1 => any::<u8>().prop_map(Element::Space),
        1 => (1usize..900, 0usize..60, any::<u64>()).prop_map(|(width, height, dots)| {
            let mut picture = Bitmap::white(width, height);
            (0..64).filter(|at| dots >> at & 1 == 1).for_each(|at| picture.blacken(at * width / 64, at * height / 64));
            Element::Picture { picture, align: Align::Center }
        }),
        1 => ("[\u{0}-\u{7F}]{1,60}", any::<u8>()).prop_map(|(payload, module_dots)| {
            Element::Qr { payload, module_dots }
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever a ticket says, its stream begins and ends as a ticket's does, and nothing in it is
    /// obeyed out of turn.
    #[test]
    fn no_ticket_carries_a_command_of_its_own(elements in prop::collection::vec(element(), 0..6)) {
        for profile in ["simulated", "generic-58mm", "custom-vkp80"] {
            let profile = Profile::named(profile).unwrap();
            let document = Document { elements: elements.clone() };
            let bytes = encode(&document, &profile, support::fonts(), JobId::new(7)).unwrap();
            prop_assert!(bytes.starts_with(b"\x1B@\x1Da\x0F\x1C."));
            let end: &[u8] = match profile.fence {
                Fence::ProcessId => b"007C",
                Fence::OrderedStatus => b"\x1Dr\x01",
                Fence::RealTimeOnly => b"\x1De\x05",
            };
            prop_assert!(bytes.ends_with(end));
            // But for the questions whether it is still there.
            let mut asked = 0;
            for (place, pair) in bytes.windows(2).enumerate() {
                if matches!(pair, [0x10, 0x04 | 0x05 | 0x14]) {
                    prop_assert_eq!(&bytes[place..place + 3], &[0x10, 0x04, 1]);
                    prop_assert!(place > asked, "{place} behind {asked}");
                    asked = place + 3;
                }
            }
        }
    }
}

/// A logo stands where it should, dot by dot, on each model; what is wider than the paper is made to fit.
#[test]
fn a_picture_is_printed_as_it_was_drawn() {
    let mut frame = Bitmap::white(200, 80);
    for x in 0..200 {
        frame.blacken(x, 0);
        frame.blacken(x, 79);
    }
    for y in 0..80 {
        frame.blacken(0, y);
        frame.blacken(199, y);
    }
    for name in ["epson-tm-t88vi", "star-tsp100", "custom-vkp80", "generic-58mm", "generic-80mm"] {
        let profile = Profile::named(name).unwrap();
        let paper = usize::from(profile.dots_per_line);
        let printed = |picture: &Bitmap, align| {
            let elements = vec![Element::Picture { picture: picture.clone(), align }];
            let bytes = encode(&Document { elements }, &profile, support::fonts(), JobId::new(0)).unwrap();
            preview(&bytes, &profile, Arc::clone(support::fonts())).pictures().next().unwrap().clone()
        };
        for (align, left) in
            [(Align::Start, 0), (Align::Center, (paper - 200) / 2), (Align::End, paper - 200)]
        {
            let ticket = printed(&frame, align);
            for (y, x) in (0..80).flat_map(|y| (0..paper).map(move |x| (y, x))) {
                let there = x >= left && frame.is_black(x - left, y);
                assert_eq!(ticket.is_black(x, y), there, "{name} {align:?} {x} {y}");
            }
        }
        let mut wide = Bitmap::white(1200, 40);
        (0..1200).for_each(|x| (0..40).for_each(|y| wide.blacken(x, y)));
        let ticket = printed(&wide, Align::Start);
        let black = (0..paper).filter(|x| ticket.is_black(*x, 0)).count();
        assert!((150..=paper).contains(&black), "{name}: {black}");
    }
}

/// Half a ticket hangs in the printer and is to be cut off before the next one, and that cut jams. The next ticket is
/// longer than what the printer holds, so that it soon takes no question any more.
#[test]
fn a_blade_that_jams_on_what_was_left_is_told_before_a_long_ticket_is_sent_in_vain() {
    let mut lobby = Lobby::with("epson-tm-t88vi");
    let (bytes, job) = lobby.job(&ticket("A001"));
    lobby.simulated.set_after(15 + bytes.len() as u64 / 2, Condition::CoverOpen);
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::NotKnown(Fault::CoverOpen));
    lobby.simulated.set(Condition::CoverOpen, false);
    lobby.simulated.set(Condition::CutterJam, true);
    let line = |_| styled("رقمك في الانتظار", TextSize::Large, Align::Start, Direction::RightToLeft);
    let long = Document { elements: (0..12).map(line).collect() };
    let (bytes, job) = lobby.job(&long);
    assert!(bytes.len() > 2 * 4096, "{}", bytes.len());
    assert_eq!(lobby.printer.print(&bytes, job), JobEnd::NotKnown(Fault::CutterError));
}
