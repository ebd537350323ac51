//! What whoever watches the demonstration can let happen, typed into its terminal.

use super::{Lobby, RunningDesk};
use std::io::BufRead;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vestibule_hardware::printer::simulator::Condition;
use vestibule_hardware::terminal::simulator::{Patient as AtTheTerminal, SimulatedFault};

const HELP: &str = "\
  scan NAME            hold the letter of somebody (by family name) under the scanner
  scan-text TEXT       hold any code under the scanner
  paper out | in       take the printer's paper out, put it in
  cover open | shut
  cable out | in       the printer's
  card declined | stop | unreadable    what the next patient meets at the payment terminal
  card broken          the terminal's cable breaks after the next card was charged
  desk stop | start    the desk's program; the kiosk goes on without it";

/// Listens on a thread of its own for as long as the terminal is there.
pub(super) fn listen(lobby: Arc<Lobby>) {
    let listening = std::thread::Builder::new().name("orders".into()).spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if !line.trim().is_empty() {
                println!("  {}", obey(&lobby, line.trim()));
            }
        }
    });
    if let Err(error) = listening {
        tracing::warn!("nothing can be typed here: {error}");
    }
}

fn obey(lobby: &Lobby, line: &str) -> String {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let printer = |condition, holds, words: &str| {
        lobby.printer.set(condition, holds);
        words.to_string()
    };
    match (word, rest.trim()) {
        ("scan", name) => {
            let folded = crate::front_desk::patient::fold_name(name);
            let guest = lobby
                .guests
                .iter()
                .find(|guest| crate::front_desk::patient::fold_name(&guest.name.family).starts_with(&folded));
            match guest.map(|guest| (guest, guest.code())) {
                Some((guest, Some(code))) => {
                    let born = guest.born.date().format("%d %m %Y");
                    scan(lobby, &code, &format!("scanned; now type the date of birth: {born}"))
                }
                Some((_, None)) => "this person has no letter".into(),
                None => "nobody in the list has this family name".into(),
            }
        }
        ("scan-text", text) => scan(lobby, text, "scanned"),
        ("paper", "out") => printer(Condition::PaperOut, true, "the paper is out"),
        ("paper", "in") => printer(Condition::PaperOut, false, "there is paper"),
        ("cover", "open") => printer(Condition::CoverOpen, true, "the cover is open"),
        ("cover", "shut") => printer(Condition::CoverOpen, false, "the cover is shut"),
        ("cable", "out") => printer(Condition::Unplugged, true, "the cable is out"),
        ("cable", "in") => printer(Condition::Unplugged, false, "the cable is in"),
        ("card", what) => card(lobby, what),
        ("desk", "stop") => match locked(&lobby.desk).take() {
            Some(desk) => {
                drop(desk);
                "the desk is stopped".into()
            }
            None => "the desk is stopped already".into(),
        },
        ("desk", "start") => start_desk(lobby),
        _ => format!("what can happen:\n{HELP}"),
    }
}

fn card(lobby: &Lobby, what: &str) -> String {
    match what {
        "declined" => lobby.terminal.patient(AtTheTerminal::IsDeclined(5)),
        "stop" => lobby.terminal.patient(AtTheTerminal::PressesStop),
        "unreadable" => lobby.terminal.patient(AtTheTerminal::HasUnreadableCard),
        "broken" => lobby.terminal.fault(SimulatedFault::CutAfterAuthorisation),
        _ => return format!("what can happen:\n{HELP}"),
    }
    "the next card will meet it".into()
}

fn scan(lobby: &Lobby, text: &str, done: &str) -> String {
    match locked(&lobby.scanner).scan(text) {
        Ok(()) => done.to_string(),
        Err(error) => error.to_string(),
    }
}

pub(super) fn start_desk(lobby: &Lobby) -> String {
    let mut desk = locked(&lobby.desk);
    if desk.is_some() {
        return "the desk runs already".into();
    }
    let started = super::listen_at(lobby.clinic.desk.port()).map_err(crate::desk::DeskError::from).and_then(
        |listener| RunningDesk::start(Arc::clone(&lobby.clinic), lobby.desk_store.clone(), listener),
    );
    match started {
        Ok(running) => {
            *desk = Some(running);
            "the desk runs".into()
        }
        Err(error) => error.to_string(),
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
