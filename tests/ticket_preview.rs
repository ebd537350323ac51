//! `vestibule ticket preview`: a clinic sees its own tickets before anybody holds one.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::Path;
use std::process::{Command, Output};
use vestibule::clinic::{EXAMPLE, write_example_routines};

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100" fill="#0a4d54"/></svg>"##;

fn preview(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .args(["ticket", "preview"])
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// Width and height of a PNG, from its first chunk (PNG specification, 11.2.2).
fn size(path: &Path) -> (u32, u32) {
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn a_clinic_sees_its_tickets_in_every_language_with_its_logo_and_its_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let (clinic, routines) = (folder.path().join("clinic.toml"), folder.path().join("routines"));
    std::fs::write(&clinic, EXAMPLE).unwrap();
    write_example_routines(&routines).unwrap();
    let languages = ["en", "es", "fr", "de", "pt", "ar", "hi", "zh"];
    let heights = |output: &str| {
        let ended = preview(folder.path(), &["--output", output]);
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        let told = String::from_utf8(ended.stdout).unwrap();
        assert_eq!(told.lines().count(), languages.len(), "{told}");
        assert!(told.contains("en: ") && told.contains(" mm of paper, ") && told.contains(" s on the line"));
        languages.map(|language| size(&folder.path().join(output).join(format!("ticket-{language}.png"))))
    };
    let plain = heights("plain");
    // A TM-T88VI has 512 dots in a line; a margin stands around the picture.
    assert!(plain.iter().all(|(width, _)| *width == plain[0].0 && *width > 512));

    // Four lines of 24 dots, and 8 of white below.
    std::fs::write(routines.join("logo.svg"), LOGO).unwrap();
    let with_logo = heights("logo");
    for ((_, before), (_, after)) in plain.iter().zip(&with_logo) {
        assert_eq!(*after, before + 4 * 24 + 8);
    }

    let words = languages.map(|language| format!("{language} = \"!\"")).join(", ");
    let own = format!("\n[[line]]\nshow = \"text\"\nsize = \"huge\"\ntext = {{ {words} }}\n");
    let layout = std::fs::read_to_string(routines.join("ticket.toml")).unwrap() + &own;
    std::fs::write(routines.join("ticket.toml"), layout).unwrap();
    for ((_, before), (_, after)) in with_logo.iter().zip(&heights("words")) {
        assert!((90..200).contains(&(after - before)), "{before} {after}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_nothing_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("clinic.toml"), EXAMPLE).unwrap();
    write_example_routines(&folder.path().join("routines")).unwrap();
    let unknown = preview(folder.path(), &["--name", "cellar"]);
    assert!(!unknown.status.success());
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(said.contains("no kiosk \"cellar\": use one of lobby"), "{said}");

    std::fs::write(folder.path().join("routines/ticket.toml"), "[[line]]\nshow = \"number\"\n").unwrap();
    let wrong = preview(folder.path(), &[]);
    assert!(!wrong.status.success());
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(said.contains("ticket.toml:2") && said.contains("the ticket has no code"), "{said}");
    assert!(!folder.path().join("tickets").exists());
}
