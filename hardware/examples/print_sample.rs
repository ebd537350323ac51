//! Prints a ticket in four languages on the simulated printer, and leaves the pictures in a folder:
//! `cargo run -p vestibule-hardware --example print_sample -- <folder> [profile]`.

#[path = "sample/mod.rs"]
mod sample;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{Fonts, JobId, Printer, PrinterSettings, Profile, encode};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let output = PathBuf::from(arguments.next().unwrap_or_else(|| "tickets".to_owned()));
    let profile = Profile::named(&arguments.next().unwrap_or_else(|| "simulated".to_owned()))?;
    std::fs::create_dir_all(&output)?;
    let fonts = Arc::new(Fonts::new(sample::FONTS)?);
    let link = output.join("printer");
    let simulated = SimulatedPrinter::start(SimulatorOptions {
        link: link.clone(),
        output,
        profile: profile.clone(),
        fonts: Arc::clone(&fonts),
    })?;
    let mut printer = Printer::open(PrinterSettings::new(link, 115_200, profile.clone()))?;
    println!("{}: {:?}", printer.model().unwrap_or_default(), printer.status());
    for (number, words) in (1..).zip(sample::TICKETS) {
        let bytes = encode(&sample::ticket(words), &profile, &fonts, JobId::new(number))?;
        let end = printer.print(&bytes, JobId::new(number));
        println!("{}: {} bytes, {end:?}", words.language, bytes.len());
    }
    for ticket in simulated.tickets() {
        println!("{}", ticket.display());
    }
    Ok(())
}
