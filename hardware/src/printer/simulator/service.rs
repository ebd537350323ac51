//! The simulated printer on its pseudo-terminal, and the folder in which its tickets lie.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::super::bitmap::Bitmap;
use super::super::fonts::Fonts;
use super::super::profile::Profile;
use super::machine::{Condition, CutTicket, Machine};
use crate::pty::SimulatedPort;

/// White beside the printable width, as paper has it.
const MARGIN: usize = 32;
/// How long the loop rests when there is nothing to do.
const REST: Duration = Duration::from_millis(5);
/// How long pulling or putting in the plug may take.
const PLUG_LIMIT: Duration = Duration::from_secs(5);

/// Where the simulated printer is, what it can do and where its tickets go.
#[derive(Debug, Clone)]
pub struct SimulatorOptions {
    /// The name of the device: a link to the pseudo-terminal.
    pub link: PathBuf,
    /// The folder of the tickets: `ticket-0001.png` and its bytes `ticket-0001.bin`. Made if missing.
    pub output: PathBuf,
    /// The model that is simulated.
    pub profile: Profile,
    /// The letters that it prints.
    pub fonts: Arc<Fonts>,
}

/// Why the simulated printer does not run.
#[derive(Debug, Error)]
pub enum SimulatorError {
    /// The pseudo-terminal or its link could not be made.
    #[error("the simulated printer cannot be plugged in at {}: {source}; choose a link in a folder that exists and can be written", link.display())]
    Link {
        /// The link.
        link: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder for the tickets could not be made.
    #[error("the folder {} for printed tickets cannot be used: {source}; choose one that can be written", folder.display())]
    Output {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A running simulated printer. Dropping it switches it off and unplugs it.
#[derive(Debug)]
pub struct SimulatedPrinter {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    stop: AtomicBool,
}

struct State {
    machine: Machine,
    tickets: Vec<PathBuf>,
    plugged: bool,
    trouble: Option<String>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SimulatedPrinter {
    /// Switches a printer on and plugs it in.
    pub fn start(options: SimulatorOptions) -> Result<SimulatedPrinter, SimulatorError> {
        let SimulatorOptions { link, output, profile, fonts } = options;
        let no_folder = |source| SimulatorError::Output { folder: output.clone(), source };
        fs::create_dir_all(&output).map_err(no_folder)?;
        let no_link = |source| SimulatorError::Link { link: link.clone(), source };
        let port = SimulatedPort::plug_in(&link).map_err(no_link)?;
        let machine = Machine::new(profile, fonts);
        let state = State { machine, tickets: Vec::new(), plugged: true, trouble: None };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let inside = Arc::clone(&shared);
        let name = link.clone();
        let thread = std::thread::Builder::new()
            .name("simulated printer".to_owned())
            .spawn(move || run(&inside, port, &name, &output))
            .map_err(no_link)?;
        Ok(SimulatedPrinter { shared, thread: Some(thread) })
    }

    /// Makes a condition hold or end. When this returns it has taken effect.
    pub fn set(&self, condition: Condition, holds: bool) {
        let mut state = self.shared.state();
        state.machine.set(condition, holds);
        if condition == Condition::Unplugged {
            let done =
                self.shared.changed.wait_timeout_while(state, PLUG_LIMIT, |state| state.plugged == holds);
            drop(done.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Makes a condition hold when so many more bytes have come in. The driver's questions before a
    /// job, 15 bytes, count as well.
    pub fn set_after(&self, bytes: u64, condition: Condition) {
        self.shared.state().machine.plan(bytes, condition);
    }

    /// The pictures of the tickets that were cut, in order. The bytes lie beside each, as `.bin`.
    pub fn tickets(&self) -> Vec<PathBuf> {
        self.shared.state().tickets.clone()
    }

    /// Waits until so many tickets were cut, or the time is over.
    pub fn wait_for_tickets(&self, count: usize, limit: Duration) -> Vec<PathBuf> {
        let until = Instant::now() + limit;
        while self.tickets().len() < count && Instant::now() < until {
            std::thread::sleep(REST);
        }
        self.tickets()
    }

    /// What went wrong in the simulator itself, such as a full disk.
    pub fn trouble(&self) -> Option<String> {
        self.shared.state().trouble.clone()
    }
}

impl Drop for SimulatedPrinter {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // If it panicked there is nothing left to end.
            let _ = thread.join();
        }
    }
}

fn run(shared: &Shared, port: SimulatedPort, link: &Path, output: &Path) {
    let mut port = Some(port);
    let mut bytes = [0; 512];
    while !shared.stop.load(Ordering::Relaxed) {
        let (unplugged, takes_bytes) = {
            let state = shared.state();
            (state.machine.has(Condition::Unplugged), state.machine.takes_bytes())
        };
        if unplugged {
            port = None;
        } else if port.is_none() {
            match SimulatedPort::plug_in(link) {
                Ok(new) => port = Some(new),
                Err(error) => shared.state().trouble = Some(format!("{}: {error}", link.display())),
            }
        }
        {
            let mut state = shared.state();
            if state.plugged != port.is_some() {
                state.plugged = port.is_some();
                shared.changed.notify_all();
            }
        }
        let Some(plugged) = port.as_mut() else {
            std::thread::sleep(REST);
            continue;
        };
        let count = if takes_bytes { plugged.device.read(&mut bytes).unwrap_or(0) } else { 0 };
        if count == 0 {
            std::thread::sleep(REST);
        }
        let replies = work(shared, &bytes[..count], output);
        if !replies.is_empty() {
            // Nobody there to hear it: a printer does not mind.
            let _ = plugged.device.write(&replies);
        }
    }
}

/// Feeds the machine, stores what it cut, and takes what it answers.
fn work(shared: &Shared, bytes: &[u8], output: &Path) -> Vec<u8> {
    let mut state = shared.state();
    for byte in bytes {
        // The plug can be pulled between two bytes; what comes behind is not received.
        if !state.machine.has(Condition::Unplugged) {
            state.machine.receive(*byte);
        }
    }
    for ticket in std::mem::take(&mut state.machine.cut) {
        match store(&ticket, output) {
            Ok(path) => state.tickets.push(path),
            Err(error) => state.trouble = Some(format!("{}: {error}", output.display())),
        }
    }
    std::mem::take(&mut state.machine.replies)
}

fn store(ticket: &CutTicket, output: &Path) -> io::Result<PathBuf> {
    let mut number = 1;
    let path = loop {
        let path = output.join(format!("ticket-{number:04}.png"));
        if !path.exists() {
            break path;
        }
        number += 1;
    };
    fs::write(path.with_extension("bin"), &ticket.bytes)?;
    // Under another name first: whoever sees the picture sees all of it.
    let unfinished = path.with_extension("part");
    write_png(&ticket.picture, &unfinished)?;
    fs::rename(&unfinished, &path)?;
    Ok(path)
}

fn write_png(picture: &Bitmap, path: &Path) -> io::Result<()> {
    let (width, height) = (picture.width() + 2 * MARGIN, picture.height() + 2 * MARGIN);
    let mut dots = vec![0xFF; width * height];
    for y in 0..picture.height() {
        for x in (0..picture.width()).filter(|x| picture.is_black(*x, y)) {
            dots[(y + MARGIN) * width + x + MARGIN] = 0;
        }
    }
    let too_large = |_| io::Error::other("the ticket is too large for a picture");
    let (width, height) =
        (u32::try_from(width).map_err(too_large)?, u32::try_from(height).map_err(too_large)?);
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&dots)?;
    Ok(())
}
