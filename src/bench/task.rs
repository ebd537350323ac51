//! `vestibule bench task`: how long a booked patient is at the kiosk, from the first touch to the ticket.
//!
//! A scripted patient goes through the real kiosk: its window, its session, its store, a printer and a scanner on
//! pseudo-terminals. What the patient does is counted there, and what the program does is measured. How long a person
//! takes for what was counted is not measured here: that comes from the literature, in [`person`].

pub mod lobby;
pub mod patient;
pub mod person;
pub mod table;

use lobby::{Lobby, TaskError};
use patient::{Run, Way};

/// The languages of the kiosk; the first is that of its welcome.
pub const LANGUAGES: [&str; 8] = ["en", "es", "fr", "de", "pt", "ar", "hi", "zh"];

/// Each of these ways in each of these languages; `done` hears of each as soon as it is at its end.
pub fn measure(languages: &[&str], ways: &[Way], mut done: impl FnMut(&Run)) -> Result<Vec<Run>, TaskError> {
    let mut lobby = Lobby::open(languages, ways)?;
    let mut runs = Vec::new();
    for language in languages {
        for way in ways {
            let run = patient::checks_in(&mut lobby, *way, language)?;
            done(&run);
            runs.push(run);
        }
    }
    Ok(runs)
}

/// Measures all of it and writes the tables.
pub fn print(languages: &[&str]) -> Result<(), TaskError> {
    let ways = if lobby::can_speak() { Way::ALL.as_slice() } else { &Way::ALL[..3] };
    if ways.len() < Way::ALL.len() {
        println!("Not by voice: espeak-ng is not on this machine (apt-get install espeak-ng).\n");
    }
    println!("{}", table::heading());
    let runs = measure(languages, ways, |run| println!("{}", table::row(run)))?;
    println!("\n{}", table::explanation());
    let missed: Vec<_> = runs.iter().filter_map(table::missed).collect();
    if !missed.is_empty() {
        println!("\n{}", missed.join("\n"));
    }
    for run in runs.iter().filter(|run| run.language == languages[0]) {
        println!("\n{}", table::screens(run));
    }
    Ok(())
}
