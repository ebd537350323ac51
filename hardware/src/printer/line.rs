//! The serial line to a printer: bytes out with a count and a time limit, replies in on a thread.
//!
//! Two handles are open on one device. Serialport's sets the line up and reads. It also makes
//! writing blocking, and a blocked write to a line held by flow control waits for ever; so bytes go
//! out through a second handle that never blocks. Nothing here drains the line (`flush`): that has no
//! time limit at all.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::termios::{self, InputModes, OptionalActions};
use serialport::{ClearBuffer, SerialPort as _, TTYPort};
use thiserror::Error;

use super::status::{Reply, ReplyReader};

/// How often the reading thread looks whether it shall end.
const READ_LIMIT: Duration = Duration::from_millis(50);
/// Silence after which a reply that was begun will not be finished. A byte takes 1 ms at 9600 baud,
/// and a USB adapter holds bytes back for 16 ms.
const REPLY_GAP: Duration = Duration::from_millis(200);
/// Replies that wait to be read. More come only from a broken line; they are dropped.
const QUEUE: usize = 1024;
/// How long to wait before a full line is tried again.
const RETRY: Duration = Duration::from_millis(2);

/// How the printer says that it cannot take more bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlowControl {
    /// It does not, or the line is USB, where the transport does it.
    #[default]
    None,
    /// By a wire: the printer's DTR on the host's CTS.
    Hardware,
    /// By XON and XOFF.
    Software,
}

/// Why a printer's line could not be opened.
#[derive(Debug, Error)]
pub enum PrinterError {
    /// No such device.
    #[error(
        "there is no device {}: plug the printer in, or correct the port in the settings (see /dev/serial/by-path)",
        .0.display()
    )]
    Missing(PathBuf),
    /// The system forbids it.
    #[error("{} may not be opened: add this program's user to the group «dialout»", .0.display())]
    Forbidden(PathBuf),
    /// Someone else has it.
    #[error("{} is in use by another program: stop that program", .0.display())]
    InUse(PathBuf),
    /// The device is there and is not a serial line, or does not take these settings.
    #[error("{} does not open as a serial line at {baud} baud: {reason}; choose another port or baud rate", port.display())]
    NotASerialLine {
        /// The device.
        port: PathBuf,
        /// Bits per second.
        baud: u32,
        /// What the system said.
        reason: String,
    },
}

/// Why waiting for a reply ended without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReply {
    /// The time was over.
    Silence,
    /// The device is gone.
    Lost,
}

/// An open line.
#[derive(Debug)]
pub struct Line {
    port: TTYPort,
    out: File,
    replies: Receiver<Reply>,
    stop: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

impl Line {
    /// Opens the device and starts the thread that reads from it.
    pub fn open(path: &Path, baud: u32, flow: FlowControl) -> Result<Line, PrinterError> {
        let out = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
            .open(path)
            .map_err(|error| not_opened(path, baud, &error))?;
        let flow = match flow {
            FlowControl::None => serialport::FlowControl::None,
            FlowControl::Hardware => serialport::FlowControl::Hardware,
            FlowControl::Software => serialport::FlowControl::Software,
        };
        let port = serialport::new(path.to_string_lossy(), baud).flow_control(flow).timeout(READ_LIMIT);
        let not_serial = |error: serialport::Error| PrinterError::NotASerialLine {
            port: path.to_owned(),
            baud,
            reason: error.to_string(),
        };
        let port = TTYPort::open(&port).map_err(not_serial)?;
        never_hold_the_printer(&out).map_err(|error| not_opened(path, baud, &error))?;
        // What the device said to whoever had it open before is not an answer to us.
        port.clear(ClearBuffer::All).map_err(not_serial)?;
        let incoming = port.try_clone_native().map_err(not_serial)?;
        let last_words = out.try_clone().map_err(|error| not_opened(path, baud, &error))?;
        let (sender, replies) = sync_channel(QUEUE);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let reader = std::thread::Builder::new()
            .name("printer replies".to_owned())
            .spawn(move || read_replies(incoming, last_words, &sender, &stopped))
            .map_err(|error| not_opened(path, baud, &error))?;
        Ok(Line { port, out, replies, stop, reader: Some(reader) })
    }

    /// Gives bytes to the line until `limit`, and says how many left and, if not all did, why.
    /// «Left» means that the system took them.
    pub fn send(&mut self, bytes: &[u8], limit: Instant) -> (usize, Result<(), NoReply>) {
        let mut sent = 0;
        while sent < bytes.len() {
            match self.out.write(&bytes[sent..]) {
                Ok(0) => return (sent, Err(NoReply::Lost)),
                Ok(count) => sent += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if Instant::now() >= limit {
                        return (sent, Err(NoReply::Silence));
                    }
                    std::thread::sleep(RETRY);
                }
                Err(_) => return (sent, Err(NoReply::Lost)),
            }
        }
        (sent, Ok(()))
    }

    /// The next reply, waited for until `limit`. With a limit in the past: one that is there already.
    pub fn reply(&self, limit: Instant) -> Result<Reply, NoReply> {
        match self.replies.recv_timeout(limit.saturating_duration_since(Instant::now())) {
            Ok(reply) => Ok(reply),
            Err(RecvTimeoutError::Timeout) => Err(NoReply::Silence),
            Err(RecvTimeoutError::Disconnected) => Err(NoReply::Lost),
        }
    }

    /// Runs the line at another speed, in bits per second. What did not leave at the old one is thrown away.
    pub fn set_speed(&mut self, baud: u32) -> Result<(), NoReply> {
        self.forget_unsent();
        // A line that refuses this is gone, or has one speed only.
        self.port.set_baud_rate(baud).map_err(|_| NoReply::Lost)?;
        // What was read at the old speed is no word of anybody.
        while self.replies.try_recv().is_ok() {}
        Ok(())
    }

    /// Throws away what the system still holds for the printer.
    pub fn forget_unsent(&self) {
        // If this fails the line is gone, and the next write or read says so.
        let _ = self.port.clear(ClearBuffer::Output);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Closing a line that is held by flow control waits for up to 30 s for the bytes in it.
        self.forget_unsent();
        if let Some(reader) = self.reader.take() {
            // It ends within READ_LIMIT. If it panicked there is nothing more to end.
            let _ = reader.join();
        }
    }
}

/// Lets the printer hold the line, and never the system the printer. Serialport's software flow control
/// also makes the system say XOFF when nobody reads the replies for a while, and XOFF (13h) in the middle
/// of a picture is dots. Any other byte than XON must not restart a held line either.
fn never_hold_the_printer(line: &File) -> io::Result<()> {
    let mut modes = termios::tcgetattr(line)?;
    modes.input_modes.remove(InputModes::IXOFF | InputModes::IXANY);
    termios::tcsetattr(line, OptionalActions::Now, &modes)?;
    Ok(())
}

fn not_opened(path: &Path, baud: u32, error: &io::Error) -> PrinterError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => PrinterError::Missing(path),
        io::ErrorKind::PermissionDenied => PrinterError::Forbidden(path),
        io::ErrorKind::ResourceBusy => PrinterError::InUse(path),
        // A device file whose adapter was pulled out, or a link that points nowhere any more.
        _ if matches!(error.raw_os_error(), Some(libc::ENXIO | libc::ENODEV | libc::EIO)) => {
            PrinterError::Missing(path)
        }
        _ => PrinterError::NotASerialLine { port: path, baud, reason: error.to_string() },
    }
}

/// Reads until the line is lost or the owner has gone. The closed channel is the word that it ended.
fn read_replies(mut port: TTYPort, mut last_words: File, replies: &SyncSender<Reply>, stop: &AtomicBool) {
    let mut reader = ReplyReader::new();
    let mut last = Instant::now();
    let mut bytes = [0; 256];
    while !stop.load(Ordering::Relaxed) {
        let count = match port.read(&mut bytes) {
            Ok(count @ 1..) => count,
            Err(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::Interrupted) => {
                continue;
            }
            // Serialport says «gone» of a device that left behind bytes nobody has read yet. The word that
            // the ticket was printed may be among them.
            Ok(_) | Err(_) => match last_words.read(&mut bytes) {
                Ok(count @ 1..) => count,
                Ok(_) | Err(_) => return,
            },
        };
        if last.elapsed() > REPLY_GAP {
            reader.forget();
        }
        last = Instant::now();
        for byte in &bytes[..count] {
            let Some(reply) = reader.push(*byte) else { continue };
            if let Err(TrySendError::Disconnected(_)) = replies.try_send(reply) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_device_is_named_with_what_to_do() {
        let error = Line::open(Path::new("/dev/no-such-printer"), 9600, FlowControl::None).unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("/dev/no-such-printer") && message.contains("plug the printer in"),
            "{message}"
        );
    }

    #[test]
    fn the_printer_may_hold_the_line_and_the_system_never_the_printer() {
        for (flow, held_by_xoff) in
            [(FlowControl::None, false), (FlowControl::Hardware, false), (FlowControl::Software, true)]
        {
            let (_device, program) = TTYPort::pair().unwrap();
            let line = Line::open(Path::new(&program.name().unwrap()), 9600, flow).unwrap();
            let modes = termios::tcgetattr(&line.out).unwrap().input_modes;
            assert_eq!(modes.contains(InputModes::IXON), held_by_xoff, "{flow:?}");
            assert!(!modes.intersects(InputModes::IXOFF | InputModes::IXANY), "{flow:?}: {modes:?}");
        }
    }

    /// `tcdrain` on a line that the printer holds never comes back, and no pseudo-terminal shows it. So the
    /// words by which one would ask for it must not stand here at all.
    #[test]
    fn nothing_waits_for_the_line_to_run_dry() {
        for source in [
            include_str!("line.rs"),
            include_str!("driver/mod.rs"),
            include_str!("driver/question.rs"),
            include_str!("driver/recovery.rs"),
            include_str!("driver/speed.rs"),
        ] {
            let (code, _tests) = source.split_once("#[cfg(test)]").unwrap_or((source, ""));
            for word in [".flush()", "tcdrain", "sync_all", "sync_data"] {
                assert!(!code.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn a_file_is_not_a_printer() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = Line::open(file.path(), 9600, FlowControl::None).unwrap_err();
        assert!(error.to_string().contains("does not open as a serial line at 9600 baud"), "{error}");
    }
}
