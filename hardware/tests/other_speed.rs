//! A printer that speaks at another speed than its settings say is found, says so, and prints.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serialport::{SerialPort as _, TTYPort};
use support::{Lobby, bytes_of, ticket};
use vestibule_hardware::printer::simulator::Condition;
use vestibule_hardware::printer::{Fault, JobEnd, OtherSpeed, Printer, PrinterSettings, Profile};

/// A lobby in which the settings say one speed and the printer speaks at another.
fn lobby(model: &str, settings: u32, printer: u32) -> Lobby {
    let lobby = Lobby::set_up(model, |set| {
        set.baud = settings;
        set.answer_limit = Duration::from_millis(800);
    });
    lobby.simulated.set(Condition::Speed(printer), true);
    lobby
}

/// How the last ticket looks, as a PNG.
fn picture(lobby: &Lobby) -> Vec<u8> {
    std::fs::read(lobby.simulated.wait_for_tickets(1, Duration::from_secs(5)).last().unwrap()).unwrap()
}

#[test]
fn a_printer_is_found_at_every_usual_speed_and_prints_there() {
    let mut undisturbed = Lobby::with("simulated");
    let (bytes, job) = undisturbed.job(&ticket("A001"));
    assert_eq!(undisturbed.printer.print(&bytes, job), JobEnd::Printed);
    let undisturbed = picture(&undisturbed);
    for (settings, answers) in
        [(38_400, 9600), (38_400, 19_200), (9600, 38_400), (115_200, 57_600), (9600, 115_200), (4800, 9600)]
    {
        let mut lobby = lobby("simulated", settings, answers);
        let status = lobby.printer.status();
        let other = Some(OtherSpeed { answers, settings });
        assert_eq!((status.fault, status.other_speed), (None, other));
        let words = status.other_speed.unwrap().to_string();
        let says = format!("answers at {answers} baud and clinic.toml says {settings}");
        assert!(words.contains(&says), "{words}");

        let (bytes, job) = lobby.job(&ticket("A001"));
        assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{answers}");
        assert!(picture(&lobby) == undisturbed, "{answers}: nothing of the search stands on the ticket");
        assert_eq!(lobby.simulated.tickets().len(), 1, "{answers}");
        assert!(bytes_of(&lobby.simulated.tickets()[0]).windows(11).any(|found| found == b"ticket:A001"));
        // It goes on being said, also by what the printer says by itself.
        assert_eq!(lobby.printer.status().other_speed, other);
        lobby.simulated.set(Condition::CoverOpen, true);
        let heard = (0..2000).find_map(|_| {
            std::thread::sleep(Duration::from_millis(5));
            lobby.printer.overheard().filter(|status| status.fault.is_some())
        });
        assert_eq!(heard.and_then(|status| status.other_speed), other, "{answers}");
    }
}

#[test]
fn a_job_looks_for_the_speed_too() {
    for model in ["epson-tm-t88vi", "citizen-ct-s310", "custom-vkp80"] {
        let mut lobby = lobby(model, 38_400, 9600);
        let (bytes, job) = lobby.job(&ticket("A001"));
        assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{model}");
    }
}

#[test]
fn a_printer_at_the_speed_of_its_settings_says_nothing_of_speeds() {
    let mut lobby = lobby("simulated", 19_200, 19_200);
    let status = lobby.printer.status();
    assert_eq!((status.fault, status.other_speed), (None, None));
}

#[test]
fn when_the_settings_speed_is_right_again_it_is_used_again() {
    let mut lobby = lobby("simulated", 38_400, 9600);
    assert_eq!(lobby.printer.status().other_speed.map(|other| other.answers), Some(9600));
    lobby.simulated.set(Condition::Speed(38_400), true);
    let status = lobby.printer.status();
    assert_eq!((status.fault, status.other_speed), (None, None));
}

#[test]
fn a_printer_at_a_speed_that_nobody_uses_does_not_answer() {
    let mut lobby = lobby("simulated", 38_400, 14_400);
    let status = lobby.printer.status();
    assert_eq!((status.fault, status.other_speed), (Some(Fault::NoAnswer), None));
    // The search in vain leaves the line at the speed of the settings.
    lobby.simulated.set(Condition::Speed(38_400), true);
    let status = lobby.printer.status();
    assert_eq!((status.fault, status.other_speed), (None, None));
}

/// Before the program was stopped a ticket was torn. Nothing that could print is sent to a printer that has not
/// answered yet, and what was torn still does not spoil the next ticket.
#[test]
fn a_program_started_anew_after_a_torn_ticket_finds_the_speed_as_well() {
    for model in ["simulated", "generic-80mm", "citizen-ct-s310"] {
        let mut lobby = lobby(model, 115_200, 115_200);
        let (bytes, job) = lobby.job(&ticket("A001"));
        let picture_begins = bytes.windows(3).position(|head| head == b"\x1Dv0").unwrap() as u64;
        lobby.simulated.set_after(15 + picture_begins + 5, Condition::Unplugged);
        let end = lobby.printer.print(&bytes, job);
        assert!(matches!(end, JobEnd::NotKnown(Fault::Unplugged)), "{model}: {end:?}");
        lobby.simulated.set(Condition::Unplugged, false);
        // Somebody has set the printer to 9600 meanwhile.
        lobby.simulated.set(Condition::Speed(9600), true);
        lobby.restart();
        let (bytes, job) = lobby.job(&ticket("A002"));
        assert_eq!(lobby.printer.print(&bytes, job), JobEnd::Printed, "{model}");
        let last = bytes_of(lobby.simulated.wait_for_tickets(1, Duration::from_secs(5)).last().unwrap());
        assert!(!last.windows(4).any(|found| found == b"A001"), "{model}");
    }
}

#[test]
fn a_printer_that_answers_late_is_not_looked_for_elsewhere() {
    let mut lobby = Lobby::with("simulated");
    lobby.simulated.set(Condition::LateAnswers, true);
    for _ in 0..2 {
        let status = lobby.printer.status();
        assert_eq!((status.fault, status.other_speed), (Some(Fault::AnswersLate), None));
    }
    lobby.simulated.set(Condition::LateAnswers, false);
    std::thread::sleep(Duration::from_millis(900));
    assert_eq!(lobby.printer.status().fault, None);
}

#[test]
fn noise_on_the_line_is_called_so_at_every_speed() {
    let mut lobby = Lobby::with("simulated");
    lobby.simulated.set(Condition::Noise, true);
    for _ in 0..2 {
        let status = lobby.printer.status();
        assert_eq!((status.fault, status.other_speed), (Some(Fault::Noise), None));
    }
    lobby.simulated.set(Condition::Noise, false);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(lobby.printer.status().fault, None);
}

/// A printer on USB understands every speed. Here it begins to answer while it is looked for at another one.
#[test]
fn a_printer_that_understands_every_speed_is_not_said_to_have_another() {
    let (mut device, line) = TTYPort::pair().unwrap();
    let settings =
        PrinterSettings::new(line.name().unwrap(), 38_400, Profile::named("epson-tm-t88vi").unwrap());
    device.set_timeout(Duration::from_millis(20)).unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&over);
    let printer = std::thread::spawn(move || {
        let (mut heard, mut bytes, mut awake) = (Vec::new(), [0; 64], false);
        while !told.load(Ordering::Relaxed) {
            let count = device.read(&mut bytes).unwrap_or(0);
            awake |= device.baud_rate().is_ok_and(|baud| baud != 38_400);
            heard.extend(&bytes[..count]);
            while heard.len() >= 3 {
                let question: Vec<u8> = heard.drain(..3).collect();
                if awake && question[..2] == [0x10, 0x04] {
                    device.write_all(&[0x12]).unwrap();
                }
            }
        }
    });
    let mut till = Printer::open(settings).unwrap();
    let status = till.status();
    over.store(true, Ordering::Relaxed);
    printer.join().unwrap();
    assert_eq!((status.fault, status.other_speed), (None, None));
}
