//! A test that plays itself in a process of its own, under a command that gives it something (a small disk)
//! or takes something away from it (the right to write everywhere).

use std::path::Path;
use std::process::{Command, Stdio};

const INSIDE: &str = "VESTIBULE_TEST_INSIDE";

/// Whether this is the process of its own.
pub fn inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Plays a test by its whole name under a command, such as `setpriv …`. Where the machine does not allow the
/// command, nothing is tested, and that is said.
pub fn play(wrapper: &[&str], test: &str, folder: &Path) {
    let command = |program: &Path| {
        let mut command = Command::new(wrapper[0]);
        command.args(&wrapper[1..]).arg(program).env("VESTIBULE_TEST_FOLDER", folder).stdin(Stdio::null());
        command
    };
    let allowed = command(Path::new("true")).stderr(Stdio::null()).status();
    if !allowed.is_ok_and(|status| status.success()) {
        eprintln!("not tested: this machine does not allow {wrapper:?}");
        return;
    }
    let status = command(&std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .status();
    assert!(status.unwrap().success(), "{test} under {wrapper:?}");
}

/// The folder that the outer process gave.
pub fn folder() -> std::path::PathBuf {
    std::env::var_os("VESTIBULE_TEST_FOLDER").unwrap().into()
}
