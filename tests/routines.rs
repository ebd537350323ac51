//! The clinic's written routines, as whoever writes them meets them: mistakes are shown where they are, what is
//! probably not meant is told, and a change is in force at desk and kiosks without a restart.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use chrono::NaiveDate;
use std::process::{Command, Output};
use support::clinic::Place;
use support::desk::RunningDesk;
use support::hands::Hands;
use support::until;
use vestibule::clinic::{self, Clinic, EXAMPLE, ROUTINE_FILES, RoutineTexts};
use vestibule::kiosk::screens::Screen;
use vestibule::kiosk::session::Touch;

/// The example's routines with another text in a place of one of the files.
fn changed(file: &str, from: &str, to: &str) -> RoutineTexts {
    let text = ROUTINE_FILES.iter().find(|(name, _)| *name == file).unwrap().1;
    assert!(text.contains(from), "the example's {file} has {from}");
    let mut texts = RoutineTexts::example();
    texts.replace(file, text.replacen(from, to, 1));
    texts
}

/// File, what stands there, what stands there instead, and what is said of it: the line, what is wrong, what would
/// be right.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("hours.toml", "\"08:00-20:00\"", "\"8-20\"", "are no opening hours"),
    ("hours.toml", "\"08:00-20:00\"", "\"20:00-08:00\"", "end before they begin"),
    ("hours.toml", "2026-12-25", "2026-12-32", "no day of the calendar"),
    ("hours.toml", "monday =", "montag =", "unknown field"),
    (
        "requests.toml",
        "otherwise = \"reception\"",
        "otherwise = \"nobody\"",
        "there is no destination \"nobody\"",
    ),
    ("requests.toml", "to = \"reception\"", "to = \"cellar\"", "Write one of: complaints, doctor-on-call"),
    ("requests.toml", "next = \"supervisor\"", "next = \"reception\"", "runs in a circle"),
    ("requests.toml", "person = \"Elena Ruiz\"\n", "", "which is no person"),
    ("requests.toml", "person = \"Dr Chen\"", "person = \" \"", "which is no person"),
    ("requests.toml", "answer_within = \"20 s\"", "answer_within = \"soon\"", "Write for example \"30 s\""),
    (
        "requests.toml",
        "answer_within = \"20 s\"",
        "answer_within = \"2 h\"",
        "nobody in danger can wait so long",
    ),
    ("requests.toml", "es = \"Necesito un intérprete\", ", "", "this text is missing in \"es\""),
    ("requests.toml", "id = \"wheelchair\"", "id = \"interpreter\"", "stands here twice"),
    ("requests.toml", "id = \"wheelchair\"", "id = \"\"", "this id is empty"),
    ("requests.toml", "kind = \"need\"", "kind = \"wish\"", "one of the words that are known here"),
    ("requests.toml", "letter = \"R\"", "letter = \"Case\"", "letter"),
    (
        "requests.toml",
        "reason = \"help\"",
        "reason = \"hunger\"",
        "there is no case that the kiosk hands over called",
    ),
    ("requests.toml", "may = [\"check-in\"", "may = [\"decide\"", "one of the words that are known here"),
    (
        "phrases.toml",
        "answers = [\"understood\"]",
        "answers = [\"maybe\"]",
        "no phrase of the patient \"maybe\"",
    ),
    ("phrases.toml", "hi = \"हाँ\"", "hi = \" \"", "this text is missing in \"hi\""),
    ("phrases.toml", "from = \"staff\"", "from = \"robot\"", "one of the words that are known here"),
];

#[test]
fn a_clinic_without_a_schedule_of_its_own_lets_nobody_book() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clinic.toml");
    let routines = folder.path().join("routines");
    std::fs::write(&file, EXAMPLE).unwrap();
    clinic::write_example_routines(&routines).unwrap();
    assert!(!clinic::read(&file).unwrap().routines.schedule.is_empty());
    // Written before there was such a file.
    std::fs::remove_file(routines.join("schedule.toml")).unwrap();
    assert!(clinic::read(&file).unwrap().routines.schedule.is_empty());
    // Told to a kiosk before there was such a file.
    let mut told = clinic::texts_to_tell(&file).unwrap();
    told.remove("schedule.toml");
    assert!(clinic::read_told(&told).unwrap().routines.schedule.is_empty());
    // Without any routines of its own.
    std::fs::write(&file, EXAMPLE.replace("routines = \"routines\"", "")).unwrap();
    assert!(clinic::read(&file).unwrap().routines.schedule.is_empty());
    // Its other services need no schedule of the example's.
    std::fs::write(&file, EXAMPLE.replace("routines = \"routines\"", "").replace("\"blood\"", "\"dentist\""))
        .unwrap();
    assert!(clinic::read(&file).is_ok());
}

#[test]
fn each_mistake_names_its_line_and_what_would_be_right() {
    for (file, from, to, said) in MISTAKES {
        let texts = changed(file, from, to);
        let errors = clinic::read_texts("clinic.toml", EXAMPLE, &texts).expect_err(said);
        let words: Vec<String> = errors
            .into_iter()
            .map(|error| format!("{error} {}", miette::Diagnostic::help(&error).unwrap()))
            .collect();
        assert!(words.iter().any(|words| words.contains(said)), "{file}, {to}: {words:?}");
        let first = words.first().unwrap();
        let line = first.split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
        assert!(
            first.contains(file) && line.is_some_and(|line| line > 1 || *file == "hours.toml"),
            "{first}"
        );
    }
}

#[test]
fn all_the_mistakes_of_all_the_files_are_told_at_once() {
    let mut texts = changed("requests.toml", "next = \"supervisor\"", "next = \"nobody\"");
    for (file, text) in changed("hours.toml", "2026-12-25", "never").files().map(|(f, t)| (f, t.to_string()))
    {
        if file == "hours.toml" {
            texts.replace(file, text);
        }
    }
    let errors = clinic::read_texts("clinic.toml", EXAMPLE, &texts).unwrap_err();
    let words: Vec<String> = errors.into_iter().map(|error| error.to_string()).collect();
    assert!(words.iter().any(|words| words.contains("hours.toml")), "{words:?}");
    assert!(words.iter().any(|words| words.contains("requests.toml")), "{words:?}");
}

/// What stands there, what stands there instead, and what somebody should look at.
const FINDINGS: &[(&str, &str, &str, &str)] = &[
    (
        "requests.toml",
        "name = { en = \"I need a quiet place\"",
        "name = { en = \"I need an interpreter \"",
        "one shadows the other",
    ),
    (
        "requests.toml",
        "kind = \"report\"",
        "kind = \"question\"",
        "Nothing can be chosen for: something that does not work, with number, slip and date.",
    ),
    (
        "schedule.toml",
        "services = [\"blood\"]",
        "services = [\"blood\", \"general\"]",
        "Nobody can book \"general\" with Nurse Ruiz",
    ),
    (
        "phrases.toml",
        "answers = [\"understood\", \"which-language\"]",
        "answers = []",
        "offers the patient no answer",
    ),
    (
        "phrases.toml",
        "answers = [\"understood\", \"which-language\"]",
        "answers = [\"understood\"]",
        "answers nothing that staff say",
    ),
    (
        "payments.toml",
        "means = [\"card\", \"code\", \"desk\"]",
        "means = [\"card\", \"desk\"]",
        "nobody may pay by code",
    ),
];

#[test]
fn what_is_probably_not_meant_is_told() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let findings = |clinic: &Clinic| -> Vec<String> {
        clinic::check_routines(clinic, today).iter().map(|finding| finding.to_string()).collect()
    };
    let example = clinic::read_text("clinic.toml", EXAMPLE).unwrap();
    assert_eq!(findings(&example), [""; 0], "the example is without blame");
    for (file, from, to, said) in FINDINGS {
        let clinic = clinic::read_texts("clinic.toml", EXAMPLE, &changed(file, from, to)).unwrap();
        let found = findings(&clinic);
        assert!(found.iter().any(|finding| finding.contains(said)), "{to}: {found:?}");
    }
}

/// Runs the program on a clinic's file.
fn routines(place: &Place, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .args(["routines", arguments[0], "--clinic"])
        .arg(&place.file)
        .args(&arguments[1..])
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A text before and after.
const QUIET: (&str, &str) = ("en = \"I need a quiet place\"", "en = \"I need a dark and quiet place\"");

#[test]
fn a_change_is_in_force_at_desk_and_kiosk_without_a_restart_and_is_recorded() {
    let place = Place::new();
    let desk = RunningDesk::start(&place.clinic);
    let mut hands = Hands::at(&place, "lobby");
    let offered = |hands: &Hands| -> Vec<String> {
        match hands.screen() {
            Screen::Help(help) => help.choices.into_iter().map(|choice| choice.label).collect(),
            other => panic!("no choice of help: {other:?}"),
        }
    };
    // What the desk began with is on record: the first change has a before already.
    assert!(said(&routines(&place, &["apply", "--by", "Elena Ruiz"])).contains("Nothing has changed"));
    // Somebody is in the middle of something: what they read does not change under their eyes.
    hands.touch(Touch::NeedHelp);
    assert!(offered(&hands).contains(&"I need a quiet place".to_string()));

    let file = place.folder.path().join("routines/requests.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen(QUIET.0, QUIET.1, 1)).unwrap();
    let applied = routines(&place, &["apply", "--by", "Tom Baker"]);
    assert!(applied.status.success(), "{}", said(&applied));
    let again = routines(&place, &["apply", "--by", "Tom Baker"]);
    assert!(said(&again).contains("Nothing has changed"), "{}", said(&again));

    let told = hands.runner.store().clone();
    until("the change at the kiosk", || {
        hands.runner.pump();
        told.run(|store| store.routines_history()).unwrap().len() == 2
    });
    assert!(
        offered(&hands).contains(&"I need a quiet place".to_string()),
        "it changed under somebody's eyes"
    );
    hands.touch(Touch::Back);
    until("the new routines between two patients", || {
        hands.touch(Touch::NeedHelp);
        let changed = offered(&hands).contains(&"I need a dark and quiet place".to_string());
        hands.touch(Touch::Back);
        changed
    });

    let history = said(&routines(&place, &["history"]));
    assert!(history.contains("first start of the desk") && history.contains("Tom Baker"), "{history}");
    let (before, after) = QUIET;
    let line =
        |sign: char, words: &str| history.lines().any(|line| line.starts_with(sign) && line.contains(words));
    assert!(line('-', before) && line('+', after), "{history}");
    drop(desk);
}

#[test]
fn routines_are_tried_in_practice_without_touching_those_in_force() {
    let place = Place::new();
    assert!(routines(&place, &["apply", "--by", "Elena Ruiz"]).status.success());
    let file = place.folder.path().join("routines/requests.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen(QUIET.0, QUIET.1, 1)).unwrap();
    assert!(routines(&place, &["apply", "--practice", "--by", "Tom Baker"]).status.success());
    assert!(said(&routines(&place, &["history", "--practice"])).contains("Tom Baker"));
    let real = said(&routines(&place, &["history"]));
    assert!(real.contains("Elena Ruiz") && !real.contains("Tom Baker"), "{real}");
}

#[test]
fn routines_with_a_mistake_are_never_put_in_force() {
    let place = Place::new();
    let file = place.folder.path().join("routines/requests.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("next = \"supervisor\"", "next = \"nobody\"", 1)).unwrap();
    for command in [&["apply", "--by", "Tom Baker"][..], &["check"]] {
        let refused = routines(&place, command);
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(said(&refused).contains("Write one of: complaints, doctor-on-call"), "{}", said(&refused));
    }
    assert!(!said(&routines(&place, &["history"])).contains("Tom Baker"));
}

#[test]
fn the_diagram_shows_every_category_and_every_person() {
    let place = Place::new();
    let picture = place.folder.path().join("routines.svg");
    let drawn = routines(&place, &["check", "--diagram", picture.to_str().unwrap()]);
    assert!(drawn.status.success(), "{}", said(&drawn));
    let svg = std::fs::read_to_string(&picture).unwrap();
    let clinic = &place.clinic;
    for category in &clinic.routines.categories {
        assert!(svg.contains(category.name.text("en")), "{}", category.id);
    }
    for destination in &clinic.routines.destinations {
        assert!(svg.contains(destination.name.text("en")), "{}", destination.id);
        assert!(destination.person.as_ref().is_none_or(|person| svg.contains(person)), "{}", destination.id);
    }
}
