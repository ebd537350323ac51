//! A keyboard of Linux, read so that nobody else hears it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use evdev::KeyCode;
use evdev::raw_stream::RawDevice;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::keyboard::KeyEvent;
use crate::input_event::{InputEvent, SIZE};

/// `EV_SYN`, `EV_KEY` and `SYN_DROPPED` (linux/input-event-codes.h).
const SYNCHRONISATION: u16 = 0;
const KEY: u16 = 1;
const DROPPED: u16 = 3;

/// An open keyboard.
#[derive(Debug)]
pub(super) struct KeyboardDevice {
    events: File,
    bytes: [u8; 64 * SIZE],
    have: usize,
}

impl KeyboardDevice {
    /// Opens a keyboard and takes it for this program alone: neither the window nor the console hears it any more,
    /// until this is dropped.
    pub(super) fn grab(path: &Path) -> io::Result<KeyboardDevice> {
        let device = KeyboardDevice::open(path)?;
        // The grab (EVIOCGRAB) is of the opened file, which both handles share; so this one need not be kept.
        let mut handle = RawDevice::from_fd(device.events.try_clone()?.into())?;
        if !handle.supported_keys().is_some_and(|keys| keys.contains(KeyCode::KEY_ENTER)) {
            return Err(io::Error::other("it is an input device, but no keyboard"));
        }
        handle.grab()?;
        Ok(device)
    }

    /// Opens what tells events as a keyboard does, without taking it.
    pub(super) fn open(path: &Path) -> io::Result<KeyboardDevice> {
        let events = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)?;
        Ok(KeyboardDevice { events, bytes: [0; 64 * SIZE], have: 0 })
    }

    /// Gives `hear` what has come, after waiting for it up to `limit`; and says whether anything has. An error
    /// is the end of this device.
    pub(super) fn read(&mut self, limit: Duration, mut hear: impl FnMut(KeyEvent)) -> io::Result<bool> {
        let limit = Timespec { tv_sec: 0, tv_nsec: limit.subsec_nanos().into() };
        let count = match poll(&mut [PollFd::new(&self.events, PollFlags::IN)], Some(&limit)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(false),
            Ok(_) => match self.events.read(&mut self.bytes[self.have..]) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) =>
                {
                    return Ok(false);
                }
                Err(error) => return Err(error),
            },
            Err(error) => return Err(error.into()),
        };
        self.have += count;
        let (events, rest) = self.bytes[..self.have].as_chunks::<SIZE>();
        events.iter().map(InputEvent::read).filter_map(key_event).for_each(&mut hear);
        let rest = rest.len();
        self.bytes.copy_within(self.have - rest..self.have, 0);
        self.have = rest;
        Ok(true)
    }
}

/// What an event says of a key; `None` if it is of something else.
fn key_event(event: InputEvent) -> Option<KeyEvent> {
    match (event.kind, event.code, event.value) {
        (KEY, code, 0) => Some(KeyEvent::Up(code)),
        (KEY, code, 1) => Some(KeyEvent::Down(code)),
        (KEY, code, _) => Some(KeyEvent::Repeat(code)),
        (SYNCHRONISATION, DROPPED, _) => Some(KeyEvent::Dropped),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_as_the_kernel_writes_them() {
        let table = [
            ((KEY, 30, 1), Some(KeyEvent::Down(30))),
            ((KEY, 30, 2), Some(KeyEvent::Repeat(30))),
            ((KEY, 30, 0), Some(KeyEvent::Up(30))),
            ((SYNCHRONISATION, 0, 0), None),
            ((SYNCHRONISATION, DROPPED, 0), Some(KeyEvent::Dropped)),
            // The scan code that stands in front of each key (EV_MSC), a lamp (EV_LED).
            ((4, 4, 30), None),
            ((0x11, 1, 1), None),
        ];
        for ((kind, code, value), expected) in table {
            assert!(key_event(InputEvent { kind, code, value }) == expected, "{kind} {code} {value}");
        }
    }

    #[test]
    fn what_is_no_keyboard_is_not_taken_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("event0");
        std::fs::write(&file, []).unwrap();
        assert!(KeyboardDevice::grab(&file).is_err());
        assert!(KeyboardDevice::grab(Path::new("/dev/null")).is_err());
    }
}
