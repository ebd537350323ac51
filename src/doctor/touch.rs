//! The glass as a thing that is touched.

use super::Finding;
use super::hands_on::Person;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

const WHAT: &str = "touch";
/// Where Linux lists its input devices, and where they are.
const LISTED: &str = "/sys/class/input";
const DEVICES: &str = "/dev/input";
/// `INPUT_PROP_DIRECT`: it is touched where it shows. `ABS_X`, `ABS_MT_POSITION_X`: it tells where
/// (linux/input-event-codes.h).
const DIRECT: usize = 1;
const ACROSS: [usize; 2] = [0, 0x35];

/// Whether this machine has a touchscreen, and with somebody there, whether it feels a finger.
pub(super) fn touch(person: Option<&dyn Person>) -> Finding {
    let all = touchscreens(Path::new(LISTED));
    let Some((name, event)) = all.first() else {
        return Finding::warning(
            WHAT,
            "This machine tells of no touchscreen.",
            "Plug in the second cable of the screen (USB), which carries the touches.",
        );
    };
    match person {
        Some(person) => touched(name, &Path::new(DEVICES).join(event), person),
        None => Finding::good(WHAT, format!("{name} is there.")),
    }
}

fn touched(name: &str, device: &Path, person: &dyn Person) -> Finding {
    let mut events = match evdev::Device::open(device) {
        Ok(events) => events,
        Err(error) => {
            return Finding::warning(
                WHAT,
                format!("{name} is there; {} cannot be read ({error}).", device.display()),
                "Run this as root, or put this user into the group input.",
            );
        }
    };
    let (felt, touches) = channel();
    // It ends with the first touch, or with this program.
    let watching = std::thread::Builder::new().name("touch".into()).spawn(move || {
        // The report of a finger, whatever else is in it.
        let read = events.fetch_events().map(|mut events| events.next().is_some());
        let _ = felt.send(read.is_ok_and(|touched| touched));
    });
    if let Err(error) = watching {
        return Finding::warning(
            WHAT,
            format!("{name} is there; it was not tried ({error})."),
            "Stop other programs.",
        );
    }
    person.please(&format!("Touch the screen, within {} seconds.", person.patience().as_secs()));
    match touches.recv_timeout(person.patience()) {
        Ok(true) => Finding::good(WHAT, format!("{name} feels a finger.")),
        _ => Finding::bad(
            WHAT,
            format!("{name} is there, and feels no finger."),
            "Clean the glass, plug its USB cable in again; if that does not help, the screen must be replaced.",
        ),
    }
}

/// The names of the touchscreens that a list tells of, each with its device.
fn touchscreens(listed: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = fs::read_dir(listed) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let event = PathBuf::from(entry.file_name());
            if !event.to_str()?.starts_with("event") {
                return None;
            }
            let told = |what: &str| fs::read_to_string(entry.path().join("device").join(what)).ok();
            let across = told("capabilities/abs")?;
            let is_one =
                has_bit(&told("properties")?, DIRECT) && ACROSS.iter().any(|bit| has_bit(&across, *bit));
            is_one.then(|| (told("name").unwrap_or_default().trim().to_string(), event))
        })
        .collect();
    found.sort();
    found
}

/// Whether a bit is set in what sysfs writes of many: machine words in hexadecimal figures, the last ones first.
fn has_bit(bits: &str, bit: usize) -> bool {
    let word = bits.split_whitespace().rev().nth(bit / usize::BITS as usize);
    word.and_then(|word| usize::from_str_radix(word, 16).ok())
        .is_some_and(|word| word >> (bit % usize::BITS as usize) & 1 == 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
    use super::*;

    /// As Linux 6.1 lists an ELAN touchscreen, a touchpad, a keyboard and a pen tablet that shows nothing.
    #[test]
    fn a_touchscreen_is_told_from_what_else_is_plugged_in() {
        let folder = tempfile::tempdir().unwrap();
        for (event, name, properties, across) in [
            ("event5", "ELAN9008:00 04F3:2C82", "2", "260800000000003"),
            ("event6", "SynPS/2 Synaptics TouchPad", "1", "11000003"),
            ("event0", "AT Translated Set 2 keyboard", "0", "0"),
            ("event9", "Some tablet", "1", "1000d000003"),
            ("mouse0", "ELAN9008:00 04F3:2C82", "2", "260800000000003"),
        ] {
            let device = folder.path().join(event).join("device");
            fs::create_dir_all(device.join("capabilities")).unwrap();
            fs::write(device.join("name"), format!("{name}\n")).unwrap();
            fs::write(device.join("properties"), format!("{properties}\n")).unwrap();
            fs::write(device.join("capabilities/abs"), format!("{across}\n")).unwrap();
        }
        assert_eq!(touchscreens(folder.path()), [("ELAN9008:00 04F3:2C82".into(), PathBuf::from("event5"))]);
        assert!(touchscreens(&folder.path().join("nowhere")).is_empty());
    }

    #[test]
    fn bits_are_found_in_words_of_the_machine() {
        for (bits, bit, set) in [
            ("2", 1, true),
            ("2", 0, false),
            ("", 0, false),
            ("x", 0, false),
            ("1 0", 64, true),
            ("1 0", 0, false),
        ] {
            assert_eq!(has_bit(bits, bit), set, "{bits} {bit}");
        }
    }
}
