use super::catalogue::Entry;
use super::page::texts;
use super::sources::{Literal, Source, literals};
use super::*;
use crate::desk::page::pages;
use crate::front_desk::detail::Detail;
use crate::front_desk::request::RequestReason;
use crate::front_desk::role::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[test]
fn values_stand_where_their_names_stand_and_are_text() {
    let english = StaffLanguage::English;
    for (text, values, wanted) in [
        ("{by} took it", vec![("by", "Maria")], "Maria took it"),
        ("{by}: {words}", vec![("by", "{words}"), ("words", "no")], "{words}: no"),
        ("{nobody} {by", vec![("by", "Maria")], "{nobody} {by"),
        ("{a}{a}", vec![("a", "é")], "éé"),
    ] {
        assert_eq!(english.say(text, &values), wanted);
    }
}

/// Where a function or macro takes the text that staff read.
const SAID_IN_RUST: [(&str, &[usize]); 8] = [
    ("say", &[0]),
    ("sentence", &[0]),
    ("english", &[0]),
    ("wrong", &[0]),
    ("conflict", &[0]),
    ("count", &[1, 2]),
    ("Refusal", &[1]),
    ("text", &[2]),
];
const SAID_ON_PAGES: [(&str, &[usize]); 2] = [("t", &[0]), ("tn", &[1, 2])];
/// What goes to the log, to a terminal or to whoever reads the program.
const NOT_FOR_STAFF: [&str; 12] = [
    "debug", "info", "warn", "error", "trace", "expect", "assert", "println", "eprintln", "write", "writeln",
    "panic",
];

/// What is written into facts, and told again in the reader's language (`board::headline`, `board::stopped_at`).
const KEPT_IN_FACTS: [&str; 4] = [
    "A routine does not work: ",
    "Kiosk {kiosk}: {what}",
    "Two patients are booked with {} on {}",
    "The terminal at {} counted something else than the ledger has",
];
/// What keyboards, browsers and people themselves call something.
const KEYS_AND_NAMES: [&str; 14] = [
    "Escape",
    "Enter",
    "Tab",
    "Home",
    "End",
    "Delete",
    "Backspace",
    "Error",
    "Notification",
    "Vestibule",
    "English",
    "Español",
    "Shift",
    "Control",
];

/// A text that staff read, and what is said of one thing where it counts things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    text: String,
    one: Option<String>,
}

#[derive(Default)]
struct Found {
    /// What is said, and where.
    said: BTreeMap<Said, String>,
    /// What looks as if somebody read it, and is not said in their language.
    unsaid: Vec<String>,
}

impl Found {
    fn take(&mut self, path: &Path, kind: Source) {
        let source = std::fs::read_to_string(path).unwrap();
        let all = literals(&source, kind);
        let said = if kind == Source::Rust { &SAID_IN_RUST[..] } else { &SAID_ON_PAGES[..] };
        let mut one = None;
        for literal in all {
            let place = format!("{}:{}", path.display(), literal.line);
            let positions = said.iter().find(|(callee, _)| *callee == literal.callee).map(|(_, at)| *at);
            let is_said = literal.is_first && positions.is_some_and(|at| at.contains(&literal.argument));
            match (is_said, positions) {
                // The words for one thing stand before those for many.
                (true, Some([_, many])) if literal.argument != *many => one = Some(literal.text),
                (true, _) if literal.text.is_empty() => {}
                // Rust says texts for patients by their ids, too.
                (true, _) if kind == Source::Rust && is_id(&literal.text) => {}
                (true, _) => drop(self.said.insert(Said { text: literal.text, one: one.take() }, place)),
                (false, _) if is_read(&literal, kind) => {
                    self.unsaid.push(format!("{place}: {}", literal.text))
                }
                (false, _) => {}
            }
        }
    }

    fn rule(&mut self, text: &str) {
        self.said.insert(Said { text: text.to_string(), one: None }, "a rule".into());
    }
}

/// Whether it is what something is called in a file of texts for patients.
fn is_id(text: &str) -> bool {
    text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

/// Whether a text looks as if a person read it: a sentence, or a word that begins as one.
fn is_read(literal: &Literal, kind: Source) -> bool {
    if literal.is_aside || NOT_FOR_STAFF.contains(&literal.callee.as_str()) {
        return false;
    }
    let text = literal.text.trim();
    let words: Vec<_> = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1).collect();
    let is_name = KEYS_AND_NAMES.contains(&text) || KEPT_IN_FACTS.contains(&literal.text.as_str());
    let is_sql =
        ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "WHERE"].iter().any(|word| text.starts_with(word));
    let is_capital = text.starts_with(|c: char| c.is_uppercase());
    let is_sentence = words.len() > 1 && text.contains(' ') && (is_capital || text.contains(". "));
    // What is put together from pieces cannot be translated.
    let is_glued =
        kind == Source::JavaScript && literal.callee == "${" && words.len() > 1 && text.contains(' ');
    let is_word = kind == Source::JavaScript
        && is_capital
        && text.chars().skip(1).all(|c| c.is_lowercase() || c == '…')
        && text.chars().count() > 2;
    !is_sql && !is_name && (is_sentence || is_glued || is_word)
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Everything that is said to staff.
fn everything_said() -> Found {
    let mut found = Found::default();
    // The tests of the desk, its figures for Prometheus, what displays tell patients, and the mechanism itself say nothing to staff.
    let beside = |path: &Path| {
        let path = path.to_string_lossy();
        let others = ["tests", "/language/", "/metrics/", "/display/shown.rs"];
        others.iter().any(|other| path.contains(other)) || path.ends_with("samples.rs")
    };
    for path in files("src/desk", "rs").iter().filter(|path| !beside(path)) {
        found.take(path, Source::Rust);
    }
    for path in files("ui/desk", "js") {
        found.take(&path, Source::JavaScript);
    }
    for (path, html) in pages() {
        for text in texts(html) {
            assert!(!text.contains('&'), "{path}: write the character itself: {text}");
            found.said.entry(Said { text: text.into(), one: None }).or_insert_with(|| path.to_string());
        }
    }
    // What rules and kiosks say in English, and the desk in the reader's language.
    for (path, from, to) in [
        ("src/front_desk/password.rs", "pub enum", "}"),
        ("src/store/staff.rs", "pub enum AccountStop", "}"),
        ("src/store/desk_payments.rs", "pub enum RefundStop", "}"),
        ("src/front_desk/arrival.rs", "pub fn headline", "\n    }"),
        ("src/kiosk/session/requests.rs", "fn register_step", "\n}"),
        ("src/kiosk/session/requests.rs", "pub fn name", "\n    }"),
        ("src/kiosk/session/details.rs", "fn name", "\n    }"),
        ("hardware/src/printer/condition.rs", "impl fmt::Display for Fault", "\n}"),
        ("src/kiosk/voice/health.rs", "fn words", "\n    }"),
        ("src/kiosk/voice/headphones.rs", "const GONE", ";\n"),
    ] {
        let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let begins = source.find(from).unwrap_or_else(|| panic!("{path} has no {from}"));
        let ends = begins + source[begins..].find(to).unwrap();
        literals(&source[begins..ends], Source::Rust).iter().for_each(|each| found.rule(&each.text));
    }
    for told in [
        "the printer's paper is low: put in a new roll soon",
        "the printer answers at {first} baud and clinic.toml says {second}: correct baud there; until then it prints at its own speed",
        "the scanner is gone: check its cable",
        "printer",
        "scanner",
        "terminal",
        "store",
        "routines",
        "version",
        "voice",
        "headphones",
        crate::kiosk::runner::WENT_BACK,
    ] {
        found.rule(told);
    }
    for reason in
        RequestReason::HANDED_OVER.into_iter().chain([RequestReason::Asked, RequestReason::Emergency])
    {
        found.rule(reason.headline());
    }
    for role in Role::ALL {
        found.rule(role.words());
    }
    for detail in Detail::known() {
        found.rule(detail.words());
    }
    found
}

#[test]
fn everything_that_staff_read_is_translated_and_nothing_else_is() {
    let found = everything_said();
    let mut faults = Vec::new();
    let catalogue = Catalogue::read(SPANISH);
    let entries: BTreeMap<&str, &Entry> = catalogue.entries().collect();
    assert!(!entries.is_empty(), "es.json cannot be read");
    let written = SPANISH.lines().filter(|line| line.starts_with("  \"")).count();
    assert_eq!(written, entries.len(), "es.json says some text twice");
    for (said, place) in &found.said {
        match (entries.get(said.text.as_str()), &said.one) {
            (None, None) => faults.push(format!("{place}: no translation of {:?}", said.text)),
            (None, Some(one)) => faults.push(format!("{place}: no translation of {:?} ({one:?})", said.text)),
            (Some(Entry::Text(text)), None) => fits(&mut faults, &said.text, text, &[]),
            (Some(Entry::Counted { one, other }), Some(english_one)) => {
                fits(&mut faults, &said.text, other, &[]);
                fits(&mut faults, english_one, one, &["n"]);
            }
            _ => faults
                .push(format!("{place}: one says it of a number and the other does not: {:?}", said.text)),
        }
    }
    let used: BTreeSet<&str> = found.said.keys().map(|said| said.text.as_str()).collect();
    let unused = entries.keys().filter(|text| !used.contains(*text));
    faults.extend(unused.map(|text| format!("es.json: nobody says {text:?}")));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn what_a_device_says_with_numbers_in_it_is_translated() {
    let speed = vestibule_hardware::printer::OtherSpeed { answers: 19_200, settings: 38_400 }.to_string();
    let words = StaffLanguage::Spanish.device_words(&speed).unwrap();
    assert!(words.contains("19200") && words.contains("38400") && words.contains("impresora"), "{words}");
    let known = "the printer has no paper: put in a new roll";
    assert!(StaffLanguage::Spanish.device_words(known).unwrap().contains("papel"));
    assert_eq!(StaffLanguage::Spanish.device_words("what 7 kiosks of another version say"), None);
}

#[test]
fn nothing_is_said_to_staff_in_english_alone() {
    let found = everything_said();
    assert!(found.unsaid.is_empty(), "{} texts:\n{}", found.unsaid.len(), found.unsaid.join("\n"));
}

/// A translation has the values that the text has; about one thing the number may be left out.
fn fits(faults: &mut Vec<String>, english: &str, translated: &str, optional: &[&str]) {
    let names = |text: &str| -> BTreeSet<String> {
        let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
        parts.map(|(name, _)| name.to_string()).filter(|name| !optional.contains(&name.as_str())).collect()
    };
    if names(english) != names(translated) {
        faults.push(format!("es.json: {translated:?} has other values than {english:?}"));
    }
    let outside = |text: &str| text.starts_with(' ') || text.ends_with(' ');
    if translated.is_empty() || outside(translated) != outside(english) {
        faults.push(format!("es.json: {translated:?} for {english:?}"));
    }
}
