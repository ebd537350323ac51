//! What a service manager hears of the programs it has started (`sd_notify(3)`), over a real socket.

use crate::display::Display;
use crate::scene::place;
use crate::support::devices;
use std::io::ErrorKind;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The service manager waits so long for a word.
const LIMIT: Duration = Duration::from_millis(1500);

struct Manager {
    socket: UnixDatagram,
    program: Child,
}

impl Drop for Manager {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Manager {
    fn start(program: &mut Command, folder: &Path) -> Self {
        let address = folder.join("notify");
        let socket = UnixDatagram::bind(&address).unwrap();
        let program = program
            .env("NOTIFY_SOCKET", &address)
            .env("WATCHDOG_USEC", LIMIT.as_micros().to_string())
            .env_remove("WATCHDOG_PID")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self { socket, program }
    }

    /// The next word, if one comes in time.
    fn hears(&self, within: Duration) -> Option<String> {
        self.socket.set_read_timeout(Some(within)).unwrap();
        let mut bytes = [0; 512];
        match self.socket.recv(&mut bytes) {
            Ok(count) => Some(String::from_utf8_lossy(&bytes[..count]).trim().to_string()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => None,
            Err(error) => panic!("{error}"),
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.program.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// It becomes ready, says in time that it is well, is silent while it stands still, and says when it ends by itself.
    fn watches(&mut self) {
        assert_eq!(self.hears(Duration::from_secs(90)).as_deref(), Some("READY=1"));
        // Three times as long as it has at least, for a machine that has much to do.
        for _ in 0..5 {
            assert_eq!(self.hears(3 * LIMIT).as_deref(), Some("WATCHDOG=1"));
        }
        self.signal("-STOP");
        while self.hears(Duration::from_millis(50)).is_some() {}
        assert_eq!(self.hears(2 * LIMIT), None);
        self.signal("-CONT");
        assert_eq!(self.hears(10 * LIMIT).as_deref(), Some("WATCHDOG=1"));
    }
}

#[test]
fn a_kiosk_says_to_whoever_watches_over_it_that_it_is_ready_and_goes_on_and_starts_anew_when_asked() {
    let place = place();
    let (_printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let display = Display::open((1280, 800));
    let mut program = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    program
        .args(["kiosk", "--name", "lobby", "--window", "1280x800", "--clinic"])
        .arg(&place.file)
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY");
    let mut manager = Manager::start(&mut program, place.folder.path());
    manager.watches();
    // As an upgrade asks: nobody is at the kiosk, so that it ends at once and wants to be started again.
    manager.signal("-HUP");
    let began = Instant::now();
    let ended = loop {
        match manager.program.try_wait().unwrap() {
            Some(ended) => break ended,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
        assert!(began.elapsed() < Duration::from_secs(60), "it starts anew");
    };
    assert_eq!(ended.code(), Some(75), "EX_TEMPFAIL: whoever watches over it starts it");
}

#[test]
fn a_desk_says_so_too_and_that_it_ends_when_it_is_told_to() {
    let place = place();
    let mut program = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    program.args(["desk", "--clinic"]).arg(&place.file);
    let mut manager = Manager::start(&mut program, place.folder.path());
    manager.watches();
    manager.signal("-TERM");
    let began = Instant::now();
    while manager.hears(LIMIT).as_deref() != Some("STOPPING=1") {
        assert!(began.elapsed() < Duration::from_secs(30), "it says that it ends");
    }
    assert!(manager.program.wait().unwrap().success());
}
