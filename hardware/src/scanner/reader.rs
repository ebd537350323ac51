//! The thread that listens to the scanner, and finds it again when it was unplugged.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serialport::TTYPort;
use thiserror::Error;

use super::frame::FrameReader;

/// How often the thread looks whether it shall end.
const READ_LIMIT: Duration = Duration::from_millis(20);
/// Silence that ends a code without a suffix. A scanner sends a code in one go; a USB adapter holds
/// bytes back for 16 ms.
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
    /// Opens a scanner and calls `hear` for whatever comes, on a thread of its own. To get a channel,
    /// give a closure that sends.
    pub fn open(
        port: impl Into<PathBuf>,
        baud: u32,
        hear: impl FnMut(ScanEvent) + Send + 'static,
    ) -> Result<Scanner, ScannerError> {
        let path = port.into();
        let port = connect(&path, baud).map_err(|error| ScannerError::NotOpened {
            port: path.clone(),
            baud,
            reason: error.to_string(),
        })?;
        Ok(listen(path, baud, Some(port), hear)?)
    }

    /// As [`Scanner::open`], and a scanner that is not there yet is waited for: the first event is
    /// then [`ScanEvent::Lost`].
    pub fn open_or_wait(
        port: impl Into<PathBuf>,
        baud: u32,
        hear: impl FnMut(ScanEvent) + Send + 'static,
    ) -> Result<Scanner, ScannerError> {
        let path = port.into();
        let port = connect(&path, baud).ok();
        Ok(listen(path, baud, port, hear)?)
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

fn connect(path: &Path, baud: u32) -> serialport::Result<TTYPort> {
    TTYPort::open(&serialport::new(path.to_string_lossy(), baud).timeout(READ_LIMIT))
}

fn listen(
    path: PathBuf,
    baud: u32,
    first: Option<TTYPort>,
    mut hear: impl FnMut(ScanEvent) + Send + 'static,
) -> io::Result<Scanner> {
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let run = move || {
        let mut port = first;
        while !stopped.load(Ordering::Relaxed) {
            if let Some(port) = port.take() {
                read_codes(port, &stopped, &mut hear);
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
            }
            hear(ScanEvent::Lost);
            port = wait_for(&path, baud, &stopped);
            if port.is_some() {
                hear(ScanEvent::Found);
            }
        }
    };
    let thread = std::thread::Builder::new().name("scanner".to_owned()).spawn(run)?;
    Ok(Scanner { stop, thread: Some(thread) })
}

/// Looks for the device until it is there or nobody listens any more.
fn wait_for(path: &Path, baud: u32, stop: &AtomicBool) -> Option<TTYPort> {
    let mut next = Instant::now();
    while !stop.load(Ordering::Relaxed) {
        if Instant::now() >= next {
            if let Ok(port) = connect(path, baud) {
                return Some(port);
            }
            next = Instant::now() + LOOK_AGAIN;
        }
        std::thread::sleep(READ_LIMIT);
    }
    None
}

/// Reads until the device is gone or nobody listens any more.
fn read_codes(mut port: TTYPort, stop: &AtomicBool, hear: &mut impl FnMut(ScanEvent)) {
    let mut reader = FrameReader::new();
    let mut last = Instant::now();
    let mut bytes = [0; 256];
    while !stop.load(Ordering::Relaxed) {
        match port.read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                last = Instant::now();
                for code in bytes[..count].iter().filter_map(|byte| reader.push(*byte)) {
                    hear(code.map_or(ScanEvent::Unreadable, ScanEvent::Scanned));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                if reader.has_begun()
                    && last.elapsed() >= CODE_GAP
                    && let Some(code) = reader.finish()
                {
                    hear(code.map_or(ScanEvent::Unreadable, ScanEvent::Scanned));
                }
            }
            Err(_) => return,
        }
    }
}
