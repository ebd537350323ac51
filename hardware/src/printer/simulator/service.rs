//! The simulated printer on its pseudo-terminal, and the folder in which its tickets lie.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serialport::SerialPort as _;
use thiserror::Error;

use super::super::bitmap::Bitmap;
use super::super::fonts::Fonts;
use super::super::profile::Profile;
use super::machine::{Condition, CutTicket, LATE, Machine, NOISE, Said};
use super::uart;
use crate::pty::SimulatedPort;

/// White beside the printable width, as paper has it.
const MARGIN: usize = 32;
/// How long the loop rests when there is nothing to do.
const REST: Duration = Duration::from_millis(5);
/// The same on a line of a certain speed: a question is answered when it is through, and not when what comes behind it
/// is. Three bytes at 115200 bits per second take that long.
const SHORT_REST: Duration = Duration::from_micros(250);
/// So few bytes on their way are not waited for before more are taken from the system: the line would stand still only
/// because this thread woke up a little late.
const FEW: usize = 64;
/// After this time a program that listens has read what it was told.
const HEARD: Duration = Duration::from_millis(100);
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
    pace: Option<Pace>,
    tickets: Vec<PathBuf>,
    plug: Plug,
    trouble: Option<String>,
}

/// Where the plug is. While it is on its way out, the program may know of it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plug {
    In,
    OnItsWayOut,
    Out,
}

/// A line of a certain speed: when its next byte is through.
struct Pace {
    byte: Duration,
    through: Instant,
    /// When the first one began.
    begun: Option<Instant>,
    record: LineRecord,
}

/// What went over a line of a certain speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineRecord {
    /// Bytes that came in.
    pub bytes: u64,
    /// How long the line had nothing to carry between two of them.
    pub idle: Duration,
    /// From the beginning of the first of them to the end of the one with which the first cut was told. How long the
    /// simulated printer itself takes to draw is no part of it.
    pub to_the_cut: Option<Duration>,
}

impl Pace {
    /// New bytes came to a line that had nothing to carry.
    fn begin(&mut self, now: Instant) {
        self.begun.get_or_insert(now);
        if now > self.through {
            if self.record.bytes > 0 {
                self.record.idle += now - self.through;
            }
            self.through = now;
        }
    }

    /// How long nothing needs to be looked at: until the last of so many bytes is through, or a moment of it.
    fn rest(&self, waiting: usize, now: Instant) -> Duration {
        if waiting == 0 {
            return SHORT_REST;
        }
        let count = u32::try_from(waiting).unwrap_or(u32::MAX);
        (self.through + self.byte.saturating_mul(count)).saturating_duration_since(now).min(SHORT_REST)
    }

    /// How many of so many bytes are through by now.
    fn take(&mut self, waiting: usize, now: Instant) -> usize {
        let mut count = 0;
        while count < waiting && self.through + self.byte <= now {
            self.through += self.byte;
            count += 1;
        }
        self.record.bytes += count as u64;
        count
    }
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
        let state = State { machine, pace: None, tickets: Vec::new(), plug: Plug::In, trouble: None };
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
            let wanted = if holds { Plug::Out } else { Plug::In };
            let done =
                self.shared.changed.wait_timeout_while(state, PLUG_LIMIT, |state| state.plug != wanted);
            drop(done.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Puts bytes on the line to the program that the printer has not said.
    pub fn disturb(&self, bytes: &[u8]) {
        self.shared.state().machine.replies.push(Said { bytes: bytes.to_vec(), late: false, speed: None });
    }

    /// Makes a condition hold when so many more bytes have come in. The driver's questions before a
    /// job, 15 bytes, count as well.
    pub fn set_after(&self, bytes: u64, condition: Condition) {
        self.shared.state().machine.plan(bytes, condition);
    }

    /// Lets its power go for a moment when so many more bytes have come in, the driver's questions before a job among
    /// them: it starts anew, and what it held is lost, and of what it is sent next so many bytes.
    pub fn restart_after(&self, bytes: u64, lost: u64) {
        self.shared.state().machine.plan_restart(bytes, lost);
    }

    /// Lets bytes come in as slowly as over a line of so many bits per second, ten to a byte (8N1), with
    /// hardly any of them on the way: a pseudo-terminal itself has no speed. `None`: as fast as it goes.
    pub fn pace(&self, baud: Option<u32>) {
        self.shared.state().pace = baud.map(|baud| Pace {
            byte: Duration::from_secs(10) / baud.max(1),
            through: Instant::now(),
            begun: None,
            record: LineRecord::default(),
        });
    }

    /// What went over the line since its speed was set.
    pub fn line_record(&self) -> LineRecord {
        self.shared.state().pace.as_ref().map_or(LineRecord::default(), |pace| pace.record)
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
    // Came in, and is not taken yet.
    let mut waiting = VecDeque::new();
    // Said, and on its way.
    let mut answers: VecDeque<(Instant, Vec<u8>, Option<u32>)> = VecDeque::new();
    // When it last said something.
    let mut said: Option<Instant> = None;
    while !shared.stop.load(Ordering::Relaxed) {
        let (unplugged, takes_bytes, noise, rest) = {
            let state = shared.state();
            let machine = &state.machine;
            let rest = match &state.pace {
                Some(pace) => pace.rest(waiting.len(), Instant::now()),
                None => REST,
            };
            (machine.has(Condition::Unplugged), machine.takes_bytes(), machine.has(Condition::Noise), rest)
        };
        if unplugged {
            // A pseudo-terminal that ends takes back what nobody has read yet; a cable does not.
            if let (Some(_), Some(said)) = (&port, said) {
                std::thread::sleep((said + HEARD).saturating_duration_since(Instant::now()));
            }
            shared.state().plug = Plug::OnItsWayOut;
            port = None;
            waiting.clear();
            answers.clear();
        } else if port.is_none() {
            match SimulatedPort::plug_in(link) {
                Ok(new) => port = Some(new),
                Err(error) => shared.state().trouble = Some(format!("{}: {error}", link.display())),
            }
        }
        {
            let mut state = shared.state();
            let plug = if port.is_some() { Plug::In } else { Plug::Out };
            if state.plug != plug {
                state.plug = plug;
                shared.changed.notify_all();
            }
        }
        let Some(plugged) = port.as_mut() else {
            std::thread::sleep(REST);
            continue;
        };
        // Reading waits for a moment by itself, if there is nothing else to do.
        let listens = takes_bytes && waiting.is_empty();
        let more_is_there = || plugged.device.bytes_to_read().is_ok_and(|count| count > 0);
        let read = if listens || takes_bytes && waiting.len() < FEW && more_is_there() {
            plugged.device.read(&mut bytes).unwrap_or(0)
        } else {
            0
        };
        if read > 0
            && waiting.is_empty()
            && let Some(pace) = &mut shared.state().pace
        {
            pace.begin(Instant::now());
        }
        waiting.extend(&bytes[..read]);
        if !listens {
            std::thread::sleep(rest);
        }
        // The device's side of a pseudo-terminal knows at what speed the program's side has set the line.
        let line = plugged.device.baud_rate().ok();
        for Said { bytes, late: is_late, speed } in work(shared, &mut waiting, line, output) {
            let due = Instant::now() + if is_late { LATE } else { Duration::ZERO };
            // One line has one order: what is said later waits behind what takes longer.
            let due = answers.back().map_or(due, |(before, ..)| due.max(*before));
            answers.push_back((due, bytes, speed));
        }
        while answers.front().is_some_and(|(due, ..)| *due <= Instant::now()) {
            if let Some((_, bytes, speed)) = answers.pop_front() {
                let bytes = match (speed, line) {
                    (Some(own), Some(line)) if own != line => {
                        uart::read(&bytes, own, line).iter().map(|read| read.byte).collect()
                    }
                    _ => bytes,
                };
                // Nobody there to hear it: a printer does not mind.
                let _ = plugged.device.write(&bytes);
                said = Some(Instant::now());
            }
        }
        if noise {
            let _ = plugged.device.write(&NOISE);
        }
    }
}

/// Feeds the machine, stores what it cut, and takes what it answers.
fn work(shared: &Shared, waiting: &mut VecDeque<u8>, line: Option<u32>, output: &Path) -> Vec<Said> {
    let mut state = shared.state();
    let before = state.pace.as_ref().map(|pace| pace.through);
    let through = match &mut state.pace {
        Some(pace) => pace.take(waiting.len(), Instant::now()),
        None => waiting.len(),
    };
    // The plug can be pulled between two bytes; what comes behind is not received. A printer that stops
    // taking bytes does so between two as well.
    for nth in 1..=through {
        if !state.machine.takes_bytes() || state.machine.has(Condition::Unplugged) {
            break;
        }
        match (state.machine.speed(), line) {
            (Some(own), Some(line)) if own != line => {
                let sent: Vec<u8> = waiting.drain(..).collect();
                for read in uart::read(&sent, line, own) {
                    // Some printers leave out a byte that has no end, some print this. It is the worse.
                    state.machine.receive(if read.whole { read.byte } else { b'?' });
                }
                break;
            }
            _ => {
                let Some(byte) = waiting.pop_front() else { break };
                state.machine.receive(byte);
            }
        }
        let has_cut = !state.machine.cut.is_empty();
        if let (true, Some(before), Some(Pace { begun: Some(begun), byte, record, .. })) =
            (has_cut, before, &mut state.pace)
        {
            let end = before + byte.saturating_mul(u32::try_from(nth).unwrap_or(u32::MAX));
            record.to_the_cut.get_or_insert(end - *begun);
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

pub(super) fn write_png(picture: &Bitmap, path: &Path) -> io::Result<()> {
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
