//! The program as somebody starts it: mistakes in the clinic's file, no display, an address in use.

use crate::support::clinic::Place;
use crate::support::program::{desk_refuses, run};
use std::net::TcpListener;

/// A mistake, and what the program must say of it. The line is that of the mistake.
struct Mistake {
    from: &'static str,
    to: &'static str,
    wrong: &'static str,
    right: &'static str,
}

const fn mistake(from: &'static str, to: &'static str, wrong: &'static str, right: &'static str) -> Mistake {
    Mistake { from, to, wrong, right }
}

const MISTAKES: [Mistake; 22] = [
    mistake("zone = ", "zoone = ", "unknown field `zoone`", "remove the line"),
    mistake("zone = \"Etc", "zone = \"Mars", "is no time zone", "\"Europe/Madrid\""),
    mistake("[arrival]", "[arrival", "", "TOML"),
    mistake(
        "opens_before_minutes = 60",
        "opens_before_minutes = 0",
        "check-in would open only",
        "opens_before_minutes = 60",
    ),
    mistake("opens_before_minutes = 60", "opens_before_minutes = \"60\"", "invalid type", "numbers without"),
    mistake("acknowledge_minutes = 3", "acknowledge_minutes = -3", "integer `-3`", "whole number"),
    mistake("acknowledge_minutes = 3", "acknowledge_minutes = 70000", "integer `70000`", "whole number"),
    mistake("countdown_seconds = 30", "countdown_seconds = 5", "too short", "20 or more"),
    mistake(
        "address = \"127.0.0.1:",
        "address = \"desk.example:",
        "is no address and port",
        "\"127.0.0.1:8320\"",
    ),
    mistake("link_key = \"change-me-change-me\"", "link_key = \"secret\"", "too short", "openssl rand"),
    mistake(
        "link_key = \"change-me-change-me\"",
        "link_key = \"clé-clé-clé-clé-clé\"",
        "a link key is made of",
        "openssl rand",
    ),
    mistake(
        "languages = [\"en\", \"es\", \"fr\", \"de\", \"pt\", \"ar\", \"hi\", \"zh\"]",
        "languages = [\"en\", \"tlh\"]",
        "no texts in \"tlh\"",
        "en, es, fr, de, pt, ar, hi, zh",
    ),
    mistake(
        "languages = [\"en\", \"es\", \"fr\", \"de\", \"pt\", \"ar\", \"hi\", \"zh\"]",
        "languages = [\"en\", \"en\"]",
        "stands here twice",
        "once",
    ),
    mistake("hi = \"सामान्य परामर्श\"", "hi = \"\"", "missing in \"hi\"", "Add hi = "),
    mistake("letter = \"B\"", "letter = \"C\"", "belongs to another service", "letter of its own"),
    mistake("service = \"blood\"", "service = \"bloood\"", "no service \"bloood\"", "blood"),
    mistake("series = \"2\"", "series = \"1\"", "another kiosk has this", "of its own"),
    mistake("series = \"2\"", "series = \"22\"", "not as many digits", "same length"),
    mistake("name = \"garden\"", "name = \"desk\"", "no kiosk can be called", "another name"),
    mistake("name = \"garden\"", "name = \"../garden\"", "is no name for a kiosk", "letters, figures"),
    mistake(
        "garden-printer\", profile = \"simulated\"",
        "garden-printer\", profile = \"epson\"",
        "no printer profile",
        "simulated",
    ),
    mistake("garden-scanner\"", "garden-scanner\", baud = 0", "0 baud", "9600"),
];

#[test]
fn each_mistake_in_the_clinics_file_is_told_with_its_line_before_anything_starts() {
    let place = Place::new();
    let text = std::fs::read_to_string(&place.file).unwrap();
    for Mistake { from, to, wrong, right } in MISTAKES {
        assert!(text.contains(from), "the file has {from}");
        std::fs::write(&place.file, text.replacen(from, to, 1)).unwrap();
        let line = text[..text.find(from).unwrap()].lines().count().max(1);
        // Half a heading is only noticed at its end.
        let lines = [format!("clinic.toml:{line}:"), format!("clinic.toml:{}:", line + 1)];
        for command in ["kiosk", "desk"] {
            let said = run(place.folder.path(), &[command, "--clinic", "clinic.toml"], &[]);
            assert_eq!(said.code, Some(1), "{to}: {}", said.words);
            assert!(lines.iter().any(|line| said.words.contains(line)), "{to}: {lines:?}: {}", said.words);
            assert!(said.words.contains(wrong), "{to}: {}", said.words);
            assert!(said.words.contains(right), "{to}: {}", said.words);
            assert!(!place.clinic.data.exists(), "{to}: something was started");
        }
    }
}

#[test]
fn a_file_that_is_no_clinics_file_is_told() {
    let place = Place::new();
    let folder = place.folder.path();
    let say = |bytes: Option<&[u8]>| {
        let _ = std::fs::remove_file(&place.file);
        if let Some(bytes) = bytes {
            std::fs::write(&place.file, bytes).unwrap();
        }
        let said = run(folder, &["kiosk", "--clinic", "clinic.toml"], &[]);
        assert_eq!(said.code, Some(1), "{}", said.words);
        assert!(said.words.contains("clinic.toml"), "{}", said.words);
        assert!(!place.clinic.data.exists(), "something was started");
        said.words
    };
    let missing = say(None);
    assert!(missing.contains("No such file") && missing.contains("--write-clinic"), "{missing}");
    assert_eq!(missing.matches("No such file").count(), 1, "{missing}");
    let empty = say(Some(b""));
    assert!(empty.contains("missing part [clinic]") && empty.contains("example"), "{empty}");
    let binary = say(Some(b"\x7FELF\xFF\xFE\x00\x01"));
    assert!(binary.contains("is no text in UTF-8") && binary.contains("Save it as UTF-8"), "{binary}");
    std::fs::remove_file(&place.file).unwrap();
    std::fs::create_dir(&place.file).unwrap();
    let folder = run(folder, &["kiosk", "--clinic", "clinic.toml"], &[]).words;
    assert!(folder.contains("clinic.toml") && folder.contains("is a folder"), "{folder}");
}

#[test]
fn a_kiosk_that_the_file_does_not_name_is_told_with_those_that_it_does() {
    let place = Place::new();
    for (arguments, words) in [
        (&["kiosk", "--clinic", "clinic.toml", "--name", "attic"][..], "names no kiosk \"attic\""),
        (&["kiosk", "--clinic", "clinic.toml"][..], "give --name"),
    ] {
        let said = run(place.folder.path(), arguments, &[]);
        assert_eq!(said.code, Some(1), "{}", said.words);
        assert!(said.words.contains(words) && said.words.contains("lobby, garden"), "{}", said.words);
        assert!(!place.clinic.data.exists(), "something was started");
    }
}

#[test]
fn without_a_display_the_kiosk_says_how_to_go_on() {
    let place = Place::new();
    for (environment, words) in [
        (&[][..], "there is no display here"),
        (&[("DISPLAY", "")][..], "there is no display here"),
        // No display has so high a number.
        (&[("DISPLAY", ":48613")][..], "the display :48613"),
    ] {
        let arguments = ["kiosk", "--clinic", "clinic.toml", "--name", "lobby"];
        let said = run(place.folder.path(), &arguments, environment);
        assert_eq!(said.code, Some(1), "{}", said.words);
        assert!(said.words.contains(words), "{environment:?}: {}", said.words);
        assert!(said.words.contains("vestibule demo --headless"), "{environment:?}: {}", said.words);
        assert!(!said.words.contains("panicked"), "{environment:?}: {}", said.words);
        let store = vestibule::kiosk::runner::store_path(&place.clinic, "lobby");
        assert!(!store.exists(), "nothing is begun that cannot be shown");
    }
}

#[test]
fn a_desk_at_an_address_in_use_says_so() {
    let place = Place::new();
    let _other = TcpListener::bind(place.clinic.desk).unwrap();
    let said = desk_refuses(&place.file);
    assert!(said.contains(&format!("the desk cannot listen at {}", place.clinic.desk)), "{said}");
    assert!(said.contains("in use, a desk runs already") && said.contains("desk.address"), "{said}");
    assert!(!vestibule::desk::store_path(&place.clinic).exists(), "its store was opened");
}
