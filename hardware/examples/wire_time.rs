//! How long a ticket takes over a line of a certain speed, and what its bytes are for:
//! `cargo run -p vestibule-hardware --example wire_time -- [profile] [baud]…`.
//!
//! The simulated printer takes its bytes as slowly as such a line brings them. The time to the cut begins
//! with the first byte on the line, of the question before the ticket, and ends when the blade moves; the floor is the
//! ticket's bytes up to the cut alone, ten bits to a byte. The printer was looked at a moment before, as the kiosk does
//! every 2 s.

#[path = "sample/mod.rs"]
mod sample;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{Fence, Fonts, JobId, Printer, PrinterSettings, Profile, encode};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let profile = Profile::named(&arguments.next().unwrap_or_else(|| "epson-tm-t88vi".to_owned()))?;
    let mut bauds: Vec<u32> = arguments.map(|baud| baud.parse()).collect::<Result<_, _>>()?;
    if bauds.is_empty() {
        bauds = vec![9600, 38_400, 115_200];
    }
    let fonts = Arc::new(Fonts::new(sample::FONTS)?);
    let folder = std::env::temp_dir().join(format!("wire-time-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    println!("{}: bytes by what they are for", profile.name);
    for (number, words) in (1..).zip(sample::TICKETS) {
        let bytes = encode(&sample::ticket(words), &profile, &fonts, JobId::new(number))?;
        let [text, dots, code, commands] = kinds(&bytes);
        println!(
            "  {}: {} in all = {text} text + {dots} dots + {code} QR payload + {commands} commands",
            words.language,
            bytes.len()
        );
    }
    for baud in bauds {
        for (number, words) in (1..).zip(sample::TICKETS) {
            let link = folder.join("printer");
            let simulated = SimulatedPrinter::start(SimulatorOptions {
                link: link.clone(),
                output: folder.clone(),
                profile: profile.clone(),
                fonts: Arc::clone(&fonts),
            })?;
            let mut printer = Printer::open(PrinterSettings::new(&link, baud, profile.clone()))?;
            let bytes = encode(&sample::ticket(words), &profile, &fonts, JobId::new(number))?;
            // As the kiosk has looked at it a moment before.
            let status = printer.status();
            // What it says by itself from now on begins within this time.
            std::thread::sleep(Duration::from_millis(100));
            println!("  {status:?}, {:?}", printer.overheard());
            simulated.pace(Some(baud));
            let end = std::thread::scope(|scope| {
                let printing = scope.spawn(|| printer.print(&bytes, JobId::new(number)));
                let tickets = simulated.wait_for_tickets(1, Duration::from_secs(300));
                let cut = simulated.line_record().to_the_cut.map_or(f64::NAN, |cut| cut.as_secs_f64());
                let behind_the_cut = profile.present.len()
                    + match profile.fence {
                        Fence::ProcessId => 11,
                        Fence::OrderedStatus => 3,
                        Fence::RealTimeOnly => 0,
                    };
                let floor = (bytes.len() - behind_the_cut) as f64 * 10.0 / f64::from(baud);
                println!(
                    "{baud} baud, {}: {} bytes, floor {floor:.3} s, cut after {cut:.3} s ({:+.1} %), {} paper",
                    words.language,
                    bytes.len(),
                    (cut / floor - 1.0) * 100.0,
                    tickets.len()
                );
                printing.join()
            });
            println!("  {:?}, line {:?}", end.map_err(|_| "the driver stopped")?, simulated.line_record());
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Bytes of text (with line ends), of rasters' dots, of QR payloads, and of commands.
fn kinds(bytes: &[u8]) -> [usize; 4] {
    let [mut text, mut dots, mut code] = [0; 3];
    let mut rest = bytes;
    while let [_, tail @ ..] = rest {
        rest = match rest {
            [0x1D, b'v', b'0', _, xl, xh, yl, yh, tail @ ..] => {
                let across = usize::from(u16::from_le_bytes([*xl, *xh]));
                let length = across * usize::from(u16::from_le_bytes([*yl, *yh]));
                dots += length;
                tail.get(length..).unwrap_or_default()
            }
            [0x1D, b'(', kind, low, high, tail @ ..] => {
                let length = usize::from(u16::from_le_bytes([*low, *high]));
                if let (b'k', Some([0x31, 0x50, ..])) = (kind, tail.get(..length)) {
                    code += length - 3;
                }
                tail.get(length..).unwrap_or_default()
            }
            [0x1B, b'@' | b'i', tail @ ..] | [0x1C, b'.', tail @ ..] => tail,
            [0x1D, b'V', 65 | 66, _, tail @ ..] => tail,
            [0x1B | 0x1D, _, _, tail @ ..] => tail,
            _ => {
                text += 1;
                tail
            }
        };
    }
    [text, dots, code, bytes.len() - text - dots - code]
}
