//! The clinic's routines over time: what changed from one to the next, and what tells one from another.

use crate::store::AppliedRoutines;
use chrono::{DateTime, Utc};
use similar::TextDiff;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A change of the routines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Since when it is in force.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Which lines went and came, file by file, as a unified diff; of the first ones, which files there are.
    pub what: String,
}

/// What changed with each of the routines that were applied; both latest first.
pub fn changes(history: &[AppliedRoutines]) -> Vec<Change> {
    let before = history.iter().skip(1).map(Some).chain([None]);
    let changes = history.iter().zip(before);
    changes
        .map(|(applied, before)| Change {
            at: applied.at,
            by: applied.by.clone(),
            what: match before {
                Some(before) => difference(&before.files, &applied.files),
                None => {
                    let names: Vec<_> = applied.files.keys().map(String::as_str).collect();
                    format!("The first routines: {}\n", names.join(", "))
                }
            },
        })
        .collect()
}

fn difference(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    let text = |files: &BTreeMap<String, String>, name: &str| files.get(name).cloned().unwrap_or_default();
    let mut all = String::new();
    for name in names {
        let (old, new) = (text(before, name), text(after, name));
        if old != new {
            let diff = TextDiff::from_lines(&old, &new);
            let mut lines = diff.unified_diff();
            all.push_str(&lines.context_radius(0).header(name, name).to_string());
        }
    }
    all
}

/// A short mark of routines; other routines have another one.
pub fn mark(files: &BTreeMap<String, String>) -> String {
    let whole: Vec<String> = files.iter().map(|(name, text)| format!("{name}\0{text}\0")).collect();
    // The namespace is of no importance: a UUIDv5 is a digest with a library that is here already.
    let digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, whole.concat().as_bytes());
    digest.simple().to_string()[..10].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(by: &str, phrase: &str) -> AppliedRoutines {
        let files = BTreeMap::from([
            ("phrases.toml".to_string(), format!("first\n{phrase}\nlast\n")),
            ("hours.toml".to_string(), "the same\n".to_string()),
        ]);
        AppliedRoutines { at: Utc::now(), by: by.into(), files }
    }

    #[test]
    fn each_change_shows_the_lines_before_and_after() {
        let changes = changes(&[applied("Elena", "after"), applied("Tom", "before")]);
        assert_eq!((changes[0].by.as_str(), changes[1].by.as_str()), ("Elena", "Tom"));
        assert!(changes[0].what.contains("-before\n+after\n"), "{}", changes[0].what);
        assert!(!changes[0].what.contains("hours"), "{}", changes[0].what);
        assert!(changes[1].what.contains("hours.toml, phrases.toml"));
    }

    #[test]
    fn other_routines_have_another_mark() {
        let marks = ["a", "b", "a"].map(|phrase| mark(&applied("", phrase).files));
        assert_ne!(marks[0], marks[1]);
        assert_eq!(marks[0], marks[2]);
    }
}
