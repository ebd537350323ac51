//! The program itself, as somebody starts it.

use super::PATIENCE;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What the program said before it ended by itself, in one line and without its drawing, and its exit code.
pub struct Said {
    pub words: String,
    pub code: Option<i32>,
}

/// Starts the program in a folder and waits until it ends.
pub fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("VESTIBULE_LOG")
        .env("NO_COLOR", "1")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log.reopen().unwrap())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if began.elapsed() > PATIENCE => {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("vestibule {arguments:?} went on: {}", std::fs::read_to_string(log.path()).unwrap());
            }
            None => std::thread::sleep(std::time::Duration::from_millis(10)),
        }
    };
    let text = std::fs::read_to_string(log.path()).unwrap();
    let drawing = |c: char| "│╰─▶".contains(c);
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || drawing(c)).collect();
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Said { words, code: status.code() }
}

/// Starts a desk that must refuse to serve, and answers what it says.
pub fn desk_refuses(clinic: &Path) -> String {
    let folder = clinic.parent().unwrap();
    let said = run(folder, &["desk", "--clinic", "clinic.toml"], &[]);
    assert_eq!(said.code, Some(1), "{}", said.words);
    said.words
}
