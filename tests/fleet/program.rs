//! The program itself, on a display: ordered to restart, it starts itself anew in its own place, with nobody who watches
//! over it.

use crate::display::Display;
use crate::scene::{Page, place};
use crate::support::desk::RunningDesk;
use crate::support::{devices, until, until_within};
use serde_json::Value;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_program_starts_itself_anew_and_logs_what_programs_can_read() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let display = Display::open((1280, 800));
    let log = place.folder.path().join("kiosk.log");
    let child = Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .args(["kiosk", "--name", "lobby", "--window", "1280x800", "--log-format", "json", "--clinic"])
        .arg(&place.file)
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY")
        .env("WINIT_X11_SCALE_FACTOR", "1")
        .stdin(Stdio::null())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut kiosk = Running(child);
    until_within(Duration::from_secs(60), "the kiosk", || page.part("version") == env!("CARGO_PKG_VERSION"));
    until("that it is ready", || page.kiosk("lobby")["state"] == "Ready");
    page.orders("restart");
    until_within(Duration::from_secs(60), "the restart", || page.stand() == ["Restart the program: Done"]);
    assert!(kiosk.0.try_wait().unwrap().is_none(), "it is the same process, to whoever watches over it");
    // The desk calls it connected all the while: only the log tells that it is there again.
    let written = || std::fs::read_to_string(&log).unwrap();
    until_within(Duration::from_secs(60), "the kiosk again", || {
        written().matches("the desk answers").count() > 1
    });
    let written = written();
    // Libraries of the window may write lines of their own.
    let own = written.lines().filter(|line| line.starts_with('{'));
    let lines: Vec<Value> =
        own.map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect();
    let said = |words: &str| lines.iter().filter(|line| line["message"] == words).count();
    assert_eq!(said("the program starts anew, as it was told to"), 1, "{written}");
    assert!(said("the desk answers") >= 2, "{written}");
}
