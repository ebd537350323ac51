//! Whether headphones are plugged in, as an input device of Linux tells it.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;
use vestibule_hardware::input_event::{InputEvent, SIZE};

/// `EV_SW` and `SW_HEADPHONE_INSERT` (linux/input-event-codes.h).
const SWITCH: u16 = 5;
const HEADPHONE_INSERT: u16 = 2;
/// A device that is gone is looked for again after this.
const AGAIN: Duration = Duration::from_secs(2);

const GONE: &str =
    "the kiosk is silent to who cannot see: nothing tells of their headphones; check the cable of the keypad";

/// How the headphones are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plug {
    In,
    Out,
    /// The device that tells of them is gone, and they with it.
    Gone,
}

impl Plug {
    fn is(there: bool) -> Self {
        if there { Self::In } else { Self::Out }
    }

    /// What is wrong and what to do, for staff; nothing where nothing is.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::In | Self::Out => "",
            Self::Gone => GONE,
        }
    }
}

/// Watches a device on a thread of its own, until nobody wants to be told any more: `tell` answers whether somebody
/// does. What is plugged in already is told first.
pub(super) fn watch(device: PathBuf, tell: impl Fn(Plug) -> bool + Send + 'static) -> std::io::Result<()> {
    let watching = move || {
        let mut missing = false;
        loop {
            match follow(&device, &tell) {
                Ok(()) => return,
                Err(error) if !missing => {
                    tracing::warn!("{}: nobody tells of headphones: {error}", device.display());
                    missing = true;
                }
                Err(_) => {}
            }
            if !tell(Plug::Gone) {
                return;
            }
            std::thread::sleep(AGAIN);
        }
    };
    std::thread::Builder::new().name("headphones".into()).spawn(watching).map(drop)
}

/// Tells what the device tells, until it is gone or nobody wants to hear of it.
fn follow(device: &Path, tell: &impl Fn(Plug) -> bool) -> std::io::Result<()> {
    let mut events = File::open(device)?;
    if !tell(Plug::is(are_plugged(device))) {
        return Ok(());
    }
    let mut event = [0; SIZE];
    loop {
        match events.read_exact(&mut event) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        if let Some(there) = plugged(InputEvent::read(&event))
            && !tell(Plug::is(there))
        {
            return Ok(());
        }
    }
}

/// How the switch stands now. What is no input device has none.
fn are_plugged(device: &Path) -> bool {
    let switches = evdev::Device::open(device).and_then(|device| device.get_switch_state());
    switches.is_ok_and(|switches| switches.contains(evdev::SwitchCode::SW_HEADPHONE_INSERT))
}

/// Whether an event says that headphones were plugged in or taken out.
fn plugged(event: InputEvent) -> Option<bool> {
    (event.kind == SWITCH && event.code == HEADPHONE_INSERT).then_some(event.value != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::process::Command;
    use std::sync::mpsc::channel;

    fn event(kind: u16, code: u16, value: i32) -> [u8; SIZE] {
        InputEvent { kind, code, value }.write()
    }

    #[test]
    fn plugging_in_and_out_is_read_from_the_events_of_a_device() {
        let folder = tempfile::tempdir().unwrap();
        let device = folder.path().join("event3");
        assert!(Command::new("mkfifo").arg(&device).status().unwrap().success());
        let (told, heard) = channel();
        watch(device.clone(), move |there| told.send(there).is_ok()).unwrap();
        let mut keypad = File::options().write(true).open(&device).unwrap();
        let next = || heard.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(next(), Plug::Out, "a device that says nothing");
        // A key (EV_KEY), the report's end (EV_SYN) and another switch (SW_LID) mean nothing here.
        for (kind, code, value) in [(1, 30, 1), (SWITCH, HEADPHONE_INSERT, 1), (0, 0, 0), (SWITCH, 0, 1)] {
            keypad.write_all(&event(kind, code, value)).unwrap();
        }
        assert_eq!(next(), Plug::In);
        // Events arrive in pieces, too.
        let out = event(SWITCH, HEADPHONE_INSERT, 0);
        let (head, tail) = out.split_at(11);
        keypad.write_all(head).unwrap();
        keypad.write_all(tail).unwrap();
        assert_eq!(next(), Plug::Out);
        keypad.write_all(&event(SWITCH, HEADPHONE_INSERT, 1)).unwrap();
        assert_eq!(next(), Plug::In);
        // A keypad that is pulled out takes the headphones with it.
        drop(keypad);
        assert_eq!(next(), Plug::Gone);
    }
}
