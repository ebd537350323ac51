//! The thread that listens to the scanner, and finds it again when it was unplugged.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serialport::TTYPort;
use thiserror::Error;

use super::device::KeyboardDevice;
use super::frame::{FrameReader, ScanError};
use super::keyboard::{KeyReader, KeyboardLayout};

/// How often the thread looks whether it shall end.
const READ_LIMIT: Duration = Duration::from_millis(20);
/// Silence that ends a code without a suffix. A scanner sends a code in one go; a USB adapter holds
/// bytes back for 16 ms, and one that plays a keyboard presses a key every few milliseconds.
const CODE_GAP: Duration = Duration::from_millis(150);
/// How often a scanner that is gone is looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// What comes from the scanner.
#[derive(Clone, PartialEq, Eq)]
pub enum ScanEvent {
    /// A code, as text without prefix and control characters; the lines of a document are parted by line
    /// feeds. It is what a stranger holds to the glass: nothing is known of its content.
    Scanned(String),
    /// Something was scanned that is no text.
    Unreadable,
    /// The scanner is gone. It is looked for until it is back.
    Lost,
    /// The scanner is back.
    Found,
}

// What is on a document must not reach a log by a stray `{:?}`.
impl std::fmt::Debug for ScanEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ScanEvent::Scanned(text) => write!(f, "Scanned({} bytes)", text.len()),
            ScanEvent::Unreadable => f.write_str("Unreadable"),
            ScanEvent::Lost => f.write_str("Lost"),
            ScanEvent::Found => f.write_str("Found"),
        }
    }
}

/// Where a scanner is, and how it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerPort {
    /// It sends bytes over a serial line, or over USB as one («virtual COM port»).
    Serial {
        /// The device, by a name that stays (`/dev/serial/by-id`).
        path: PathBuf,
        /// Bits per second.
        baud: u32,
    },
    /// It plays a keyboard («HID keyboard», «keyboard wedge»). It is taken for this program alone, so that what
    /// stands on a code is never typed into a window. While it is listened to, that is: what it presses before, or
    /// in the half second until it is found again, goes where keys go. A rule of udev that sets
    /// `LIBINPUT_IGNORE_DEVICE` for it keeps it from there as well.
    Keyboard {
        /// The device, by a name that stays (`/dev/input/by-id/…-event-kbd`). Its user must be in the group
        /// «input».
        path: PathBuf,
        /// The keyboard that it is set to play.
        layout: KeyboardLayout,
    },
}

impl ScannerPort {
    /// The device.
    pub fn path(&self) -> &Path {
        match self {
            ScannerPort::Serial { path, .. } | ScannerPort::Keyboard { path, .. } => path,
        }
    }

    fn connect(&self) -> io::Result<Line> {
        Ok(match self {
            ScannerPort::Serial { path, baud } => {
                let settings = serialport::new(path.to_string_lossy(), *baud).timeout(READ_LIMIT);
                Line::Serial(TTYPort::open(&settings)?, FrameReader::new())
            }
            ScannerPort::Keyboard { path, layout } => {
                Line::Keyboard(Box::new(KeyboardDevice::grab(path)?), KeyReader::new(*layout))
            }
        })
    }

    fn not_opened(&self, error: &io::Error) -> ScannerError {
        let reason = error.to_string();
        match self {
            ScannerPort::Serial { path, baud } => {
                ScannerError::NotOpened { port: path.clone(), baud: *baud, reason }
            }
            ScannerPort::Keyboard { path, .. } => ScannerError::NotTaken { port: path.clone(), reason },
        }
    }
}

/// Why listening could not begin.
#[derive(Debug, Error)]
pub enum ScannerError {
    /// The device did not open.
    #[error("the scanner at {} does not open at {baud} baud: {reason}; plug it in, or correct the port in the settings", port.display())]
    NotOpened {
        /// The device.
        port: PathBuf,
        /// Bits per second.
        baud: u32,
        /// What the system said.
        reason: String,
    },
    /// The device is there no keyboard, or somebody else has taken it.
    #[error("the scanner at {} cannot be taken as a keyboard: {reason}; plug it in, stop other programs that have taken it, or correct the port in the settings", port.display())]
    NotTaken {
        /// The device.
        port: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The system gave no thread.
    #[error("the scanner cannot be listened to: {0}; stop other programs")]
    NoThread(#[from] io::Error),
}

/// A scanner that is listened to. Dropping it ends that.
#[derive(Debug)]
pub struct Scanner {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Scanner {
    /// Opens a scanner on a serial line and calls `hear` for whatever comes, on a thread of its own. To get a
    /// channel, give a closure that sends.
    pub fn open(
        port: impl Into<PathBuf>,
        baud: u32,
        hear: impl FnMut(ScanEvent) + Send + 'static,
    ) -> Result<Scanner, ScannerError> {
        Scanner::open_port(ScannerPort::Serial { path: port.into(), baud }, hear)
    }

    /// As [`Scanner::open`], and a scanner that is not there yet is waited for: the first event is
    /// then [`ScanEvent::Lost`].
    pub fn open_or_wait(
        port: impl Into<PathBuf>,
        baud: u32,
        hear: impl FnMut(ScanEvent) + Send + 'static,
    ) -> Result<Scanner, ScannerError> {
        Scanner::open_port_or_wait(ScannerPort::Serial { path: port.into(), baud }, hear)
    }

    /// As [`Scanner::open`], for a scanner of either kind.
    pub fn open_port(
        port: ScannerPort,
        hear: impl FnMut(ScanEvent) + Send + 'static,
    ) -> Result<Scanner, ScannerError> {
        let line = port.connect().map_err(|error| port.not_opened(&error))?;
        Ok(listen(move || port.connect(), Some(line), hear)?)
    }

    /// As [`Scanner::open_or_wait`], for a scanner of either kind.
    pub fn open_port_or_wait(
        port: ScannerPort,
        hear: impl FnMut(ScanEvent) + Send + 'static,
    ) -> Result<Scanner, ScannerError> {
        let line = port.connect().ok();
        Ok(listen(move || port.connect(), line, hear)?)
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It ends within READ_LIMIT; a panic in `hear` has been printed already.
            let _ = thread.join();
        }
    }
}

type Code = Result<String, ScanError>;

/// An open scanner, and what has come of a code.
enum Line {
    Serial(TTYPort, FrameReader),
    Keyboard(Box<KeyboardDevice>, KeyReader),
}

impl Line {
    /// Gives `take` each code that ends, and says whether anything came. An error is the end of this line.
    fn read(&mut self, mut take: impl FnMut(Code)) -> io::Result<bool> {
        match self {
            Line::Serial(port, reader) => {
                let mut bytes = [0; 256];
                match port.read(&mut bytes) {
                    Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
                    Ok(count) => {
                        bytes[..count].iter().filter_map(|byte| reader.push(*byte)).for_each(take);
                        Ok(true)
                    }
                    Err(error)
                        if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::TimedOut) =>
                    {
                        Ok(false)
                    }
                    Err(error) => Err(error),
                }
            }
            Line::Keyboard(device, reader) => device.read(READ_LIMIT, |event| {
                if let Some(code) = reader.push(event) {
                    take(code);
                }
            }),
        }
    }

    fn has_begun(&self) -> bool {
        match self {
            Line::Serial(_, reader) => reader.has_begun(),
            Line::Keyboard(_, reader) => reader.has_begun(),
        }
    }

    fn finish(&mut self) -> Option<Code> {
        match self {
            Line::Serial(_, reader) => reader.finish(),
            Line::Keyboard(_, reader) => reader.finish(),
        }
    }
}

fn listen(
    mut connect: impl FnMut() -> io::Result<Line> + Send + 'static,
    first: Option<Line>,
    mut hear: impl FnMut(ScanEvent) + Send + 'static,
) -> io::Result<Scanner> {
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let run = move || {
        let mut line = first;
        while !stopped.load(Ordering::Relaxed) {
            if let Some(line) = line.take() {
                read_codes(line, &stopped, &mut hear);
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
            }
            hear(ScanEvent::Lost);
            line = wait_for(&mut connect, &stopped);
            if line.is_some() {
                hear(ScanEvent::Found);
            }
        }
    };
    let thread = std::thread::Builder::new().name("scanner".to_owned()).spawn(run)?;
    Ok(Scanner { stop, thread: Some(thread) })
}

/// Looks for the device until it is there or nobody listens any more.
fn wait_for(connect: &mut impl FnMut() -> io::Result<Line>, stop: &AtomicBool) -> Option<Line> {
    let mut next = Instant::now();
    while !stop.load(Ordering::Relaxed) {
        if Instant::now() >= next {
            if let Ok(line) = connect() {
                return Some(line);
            }
            next = Instant::now() + LOOK_AGAIN;
        }
        std::thread::sleep(READ_LIMIT);
    }
    None
}

/// Reads until the device is gone or nobody listens any more.
fn read_codes(mut line: Line, stop: &AtomicBool, hear: &mut impl FnMut(ScanEvent)) {
    let mut last = Instant::now();
    let mut tell = |code: Code| hear(code.map_or(ScanEvent::Unreadable, ScanEvent::Scanned));
    while !stop.load(Ordering::Relaxed) {
        match line.read(&mut tell) {
            Ok(true) => last = Instant::now(),
            Ok(false) => {
                if line.has_begun()
                    && last.elapsed() >= CODE_GAP
                    && let Some(code) = line.finish()
                {
                    tell(code);
                }
            }
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::Command;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::input_event::InputEvent;

    const LIMIT: Duration = Duration::from_secs(5);

    fn event(kind: u16, code: u16, value: i32) -> Vec<u8> {
        InputEvent { kind, code, value }.write().to_vec()
    }

    fn scanned(text: &str) -> ScanEvent {
        ScanEvent::Scanned(text.to_owned())
    }

    /// Over a named pipe, which tells events as a keyboard does but cannot be grabbed.
    #[test]
    fn a_keyboards_codes_are_heard_from_its_events_and_it_is_lost_and_found() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("usb-scanner-event-kbd");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let plug_in = |path: &Path| std::fs::File::options().read(true).write(true).open(path);
        let mut keyboard = plug_in(&pipe).unwrap();
        let (sender, events) = channel();
        let path = pipe.clone();
        let connect = move || {
            let device = Box::new(KeyboardDevice::open(&path)?);
            Ok(Line::Keyboard(device, KeyReader::new(KeyboardLayout::Us)))
        };
        let first = Some(connect().unwrap());
        let _scanner = listen(connect, first, move |event| drop(sender.send(event))).unwrap();
        let next = || events.recv_timeout(LIMIT).unwrap();
        let stroke =
            |code| [event(4, 4, 1), event(1, code, 1), event(0, 0, 0), event(1, code, 0), event(0, 0, 0)];

        // A, 1, Enter; in two pieces that part an event.
        let bytes = [stroke(30), stroke(2), stroke(28)].concat().concat();
        let (head, tail) = bytes.split_at(37);
        keyboard.write_all(head).unwrap();
        std::thread::sleep(READ_LIMIT * 2);
        keyboard.write_all(tail).unwrap();
        assert_eq!(next(), scanned("a1"));
        // Without an end.
        keyboard.write_all(&stroke(48).concat()).unwrap();
        assert_eq!(next(), scanned("b"));
        // Events were dropped, and an Enter among them.
        keyboard.write_all(&[stroke(30).concat(), event(0, 3, 0), stroke(48).concat()].concat()).unwrap();
        assert_eq!(next(), ScanEvent::Unreadable);
        // The half of a code that was on its way when the plug was pulled belongs to none.
        keyboard.write_all(&stroke(30).concat()).unwrap();
        std::thread::sleep(READ_LIMIT * 2);
        std::fs::remove_file(&pipe).unwrap();
        drop(keyboard);
        assert_eq!(next(), ScanEvent::Lost);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut keyboard = plug_in(&pipe).unwrap();
        assert_eq!(next(), ScanEvent::Found);
        keyboard.write_all(&[stroke(48), stroke(28)].concat().concat()).unwrap();
        assert_eq!(next(), scanned("b"));
    }

    #[test]
    fn a_keyboard_that_is_not_there_is_named_with_what_to_do() {
        let port =
            ScannerPort::Keyboard { path: "/dev/input/by-id/none".into(), layout: KeyboardLayout::German };
        let message = Scanner::open_port(port.clone(), |_| {}).unwrap_err().to_string();
        assert!(message.contains("/dev/input/by-id/none") && message.contains("plug it in"), "{message}");
        let (sender, events) = channel();
        let _scanner = Scanner::open_port_or_wait(port, move |event| drop(sender.send(event))).unwrap();
        assert_eq!(events.recv_timeout(LIMIT), Ok(ScanEvent::Lost));
    }
}
