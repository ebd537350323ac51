//! A scanner that plays a keyboard, made with the kernel's own means (`/dev/uinput`). Where there is none, as in
//! most containers, only the tests beside the code tell that its events are read; that the kernel keeps them from
//! everybody else is seen here alone: `cargo nextest run --test keyboard_scanner --run-ignored all`, as root.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use evdev::uinput::VirtualDevice;
use evdev::{AttributeSet, Device, EventType, InputEvent, KeyCode};
use vestibule_hardware::scanner::{KeyboardLayout, ScanEvent, Scanner, ScannerPort};

const LIMIT: Duration = Duration::from_secs(10);

/// A keyboard that is plugged in: under the name that the kernel gives it, and a link to that which stays.
fn plug_in(link: &Path) -> (VirtualDevice, PathBuf) {
    let keys: AttributeSet<KeyCode> = (1..120).map(KeyCode).collect();
    let mut keyboard =
        VirtualDevice::builder().unwrap().name("A scanner").with_keys(&keys).unwrap().build().unwrap();
    let node = keyboard.enumerate_dev_nodes_blocking().unwrap().next().unwrap().unwrap();
    let until = Instant::now() + LIMIT;
    while !node.exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = std::fs::remove_file(link);
    std::os::unix::fs::symlink(&node, link).unwrap();
    (keyboard, node)
}

fn press(keyboard: &mut VirtualDevice, keys: &[KeyCode]) {
    for key in keys {
        for value in [1, 0] {
            keyboard.emit(&[InputEvent::new(EventType::KEY.0, key.0, value)]).unwrap();
        }
    }
}

fn listen(link: &Path, layout: KeyboardLayout) -> (Scanner, Receiver<ScanEvent>) {
    let (sender, events) = channel();
    let port = ScannerPort::Keyboard { path: link.to_owned(), layout };
    (Scanner::open_port(port, move |event| drop(sender.send(event))).unwrap(), events)
}

/// What a window would hear of the keyboard.
fn heard(window: &mut Device) -> usize {
    window
        .fetch_events()
        .map_or(0, |events| events.filter(|event| event.event_type() == EventType::KEY).count())
}

#[test]
#[ignore = "needs /dev/uinput"]
fn what_a_scanner_types_reaches_no_window_and_it_is_found_again() {
    use KeyCode as Key;
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("usb-scanner-event-kbd");
    let (mut keyboard, node) = plug_in(&link);
    let mut window = Device::open(&node).unwrap();
    window.set_nonblocking(true).unwrap();
    press(&mut keyboard, &[Key::KEY_A]);
    assert_eq!(heard(&mut window), 2, "the window hears a keyboard that nobody has taken");

    let (scanner, events) = listen(&link, KeyboardLayout::German);
    let next = || events.recv_timeout(LIMIT).unwrap();
    press(&mut keyboard, &[Key::KEY_B, Key::KEY_Z, Key::KEY_F4, Key::KEY_ESC, Key::KEY_7, Key::KEY_ENTER]);
    assert_eq!(next(), ScanEvent::Scanned("by7".into()));
    press(&mut keyboard, &[Key::KEY_A]);
    assert_eq!(next(), ScanEvent::Scanned("a".into()));
    assert_eq!(heard(&mut window), 0, "the window heard what was scanned");
    // More than the kernel keeps for a reader comes at once: heard as it is, or known to be incomplete.
    press(&mut keyboard, &[Key::KEY_A; 2000]);
    press(&mut keyboard, &[Key::KEY_ENTER]);
    let long = next();
    assert!(long == ScanEvent::Scanned("a".repeat(2000)) || long == ScanEvent::Unreadable, "{long:?}");

    // A second program is told that it may not have it.
    let port = ScannerPort::Keyboard { path: link.clone(), layout: KeyboardLayout::Us };
    let message = Scanner::open_port(port, |_| {}).unwrap_err().to_string();
    assert!(message.contains("busy"), "{message}");

    drop(keyboard);
    assert_eq!(next(), ScanEvent::Lost);
    let (mut keyboard, node) = plug_in(&link);
    assert_eq!(next(), ScanEvent::Found);
    let mut window = Device::open(&node).unwrap();
    window.set_nonblocking(true).unwrap();
    press(&mut keyboard, &[Key::KEY_B, Key::KEY_ENTER]);
    assert_eq!(next(), ScanEvent::Scanned("b".into()));
    assert_eq!(heard(&mut window), 0);
    // Whoever listens no more leaves the keyboard to others.
    drop(scanner);
    press(&mut keyboard, &[Key::KEY_B]);
    assert_eq!(heard(&mut window), 2);
}
