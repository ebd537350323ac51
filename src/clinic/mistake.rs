//! Mistakes in a clinic's files: each is answered with the file, the line, what is wrong and what would be
//! right.

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceSpan};
use serde::de::DeserializeOwned;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

/// A mistake in the clinic's file, shown with its line.
#[derive(Debug, thiserror::Error)]
pub enum ClinicError {
    /// The file cannot be read.
    #[error("{path}: the clinic's file cannot be read: {reason}. {right}")]
    Unreadable {
        /// Which file.
        path: String,
        /// Why.
        reason: String,
        /// What would be right.
        right: &'static str,
    },
    /// Something in it is wrong.
    #[error("{}:{line}: {wrong}", text.name())]
    Wrong {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        wrong: String,
        /// What would be right.
        right: String,
        /// The text with the file's name, to show the place.
        text: Box<NamedSource<String>>,
        /// The place.
        span: Option<SourceSpan>,
    },
}

impl Diagnostic for ClinicError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        match self {
            Self::Unreadable { .. } => None,
            Self::Wrong { right, .. } => Some(Box::new(right)),
        }
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        match self {
            Self::Unreadable { .. } => None,
            Self::Wrong { text, .. } => Some(&**text),
        }
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        match self {
            Self::Wrong { span: Some(span), .. } => Some(Box::new(std::iter::once(
                LabeledSpan::new_primary_with_span(Some("here".into()), *span),
            ))),
            _ => None,
        }
    }
}

/// One or more.
#[derive(Debug)]
pub struct AtLeastOne<T> {
    /// The first.
    pub first: T,
    /// And more.
    pub others: Vec<T>,
}

/// All that is wrong in a clinic's files.
pub type ClinicErrors = AtLeastOne<ClinicError>;

impl<T> From<T> for AtLeastOne<T> {
    fn from(first: T) -> Self {
        Self { first, others: Vec::new() }
    }
}

impl<T> AtLeastOne<T> {
    /// `None` of an empty list.
    pub(super) fn of(list: Vec<T>) -> Option<Self> {
        let mut list = list.into_iter();
        Some(Self { first: list.next()?, others: list.collect() })
    }

    /// With more behind them.
    pub(super) fn and(mut self, more: Option<Self>) -> Self {
        self.others.extend(more.into_iter().flatten());
        self
    }

    /// Each by another.
    pub(super) fn map<U>(self, change: impl Fn(T) -> U) -> AtLeastOne<U> {
        AtLeastOne { first: change(self.first), others: self.others.into_iter().map(&change).collect() }
    }
}

impl<T> IntoIterator for AtLeastOne<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::iter::Once<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.first).chain(self.others)
    }
}

/// What is wrong where, before it is tied to the file's text.
pub(super) struct Mistake {
    pub span: Range<usize>,
    pub wrong: String,
    pub right: String,
}

pub(super) fn mistake<T>(at: &Spanned<T>, wrong: impl Into<String>, right: impl Into<String>) -> Mistake {
    Mistake { span: at.span(), wrong: wrong.into(), right: right.into() }
}

impl Mistake {
    /// Ties the mistake to the text it is in; `name` is what the file is called.
    pub fn within(self, name: &str, text: &str) -> ClinicError {
        let Self { span, wrong, right } = self;
        let start = span.start.min(text.len());
        ClinicError::Wrong {
            line: line_of(text, start),
            wrong,
            right,
            text: Box::new(NamedSource::new(name, text.to_string())),
            span: (span.end > span.start).then(|| (start, span.end.min(text.len()) - start).into()),
        }
    }
}

/// The line, from 1, that a place in a text stands on.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Reads the clinic's file; the error says what to do.
pub(super) fn text_of(path: &Path) -> Result<String, ClinicError> {
    text_or(
        path,
        "Give its place with --clinic, or start with the example: vestibule demo --write-clinic clinic.toml",
    )
}

/// Reads a file of the routines; the error says what to do.
pub(super) fn routine_text_of(path: &Path) -> Result<String, ClinicError> {
    text_or(
        path,
        "Give the folder of all the routines with routines = \"…\" in [clinic]; vestibule routines write FOLDER writes the example's into a new one.",
    )
}

fn text_or(path: &Path, missing: &'static str) -> Result<String, ClinicError> {
    std::fs::read_to_string(path).map_err(|error| unreadable(&path.display().to_string(), &error, missing))
}

/// Reads TOML into a type of a file's parts.
pub(super) fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, Mistake> {
    toml::from_str::<T>(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let (wrong, right) = in_words(error.message(), span.start == 0);
        Mistake { span, wrong, right }
    })
}

impl ClinicError {
    /// A folder that cannot be read.
    pub(super) fn unreadable(folder: &Path, error: &std::io::Error) -> Self {
        unreadable(&folder.display().to_string(), error, "Let this program's user read the folder.")
    }
}

fn unreadable(path: &str, error: &std::io::Error, missing: &'static str) -> ClinicError {
    let (reason, right) = match error.kind() {
        ErrorKind::InvalidData => ("it is no text in UTF-8".to_string(), "Save it as UTF-8."),
        ErrorKind::IsADirectory => {
            ("it is a folder".to_string(), "Give the file itself with --clinic FOLDER/clinic.toml.")
        }
        ErrorKind::PermissionDenied => {
            (error.to_string(), "Let this program's user read it, or give another file with --clinic.")
        }
        _ => (error.to_string(), missing),
    };
    ClinicError::Unreadable { path: path.to_string(), reason, right }
}

/// What is wrong and what would be right where the TOML reader itself found the mistake; `whole` says that it
/// speaks of the whole file.
fn in_words(message: &str, whole: bool) -> (String, String) {
    let wrong = message.lines().collect::<Vec<_>>().join(" ");
    let right = if message.contains("unknown field") {
        "Take the name from the list of those that are known here, or remove the line.".into()
    } else if message.contains("unknown variant") {
        "Write one of the words that are known here, as they are listed.".into()
    } else if let Some(field) = message.strip_prefix("missing field ") {
        let field = field.trim_matches('`');
        let part = match field {
            "clinic" | "arrival" | "desk" | "consent" => format!("[{field}]"),
            "reason" | "kiosk" => format!("[[{field}]]"),
            "service" if whole => format!("[[{field}]]"),
            _ => {
                let right = format!("Add a line {field} = … to this part; the example clinic shows one.");
                return (wrong, right);
            }
        };
        let example = "the example shows it: vestibule demo --write-clinic example.toml";
        return (format!("missing part {part}"), format!("Add a part that begins with {part}; {example}"));
    } else if message.contains("invalid type") {
        "Write a value of the kind that is expected: text in \"quotes\", numbers without.".into()
    } else if message.contains("invalid value: integer") {
        "Write a whole number that is not below 0 and not above 65535.".into()
    } else {
        "The file is TOML: name = value, one a line, texts in \"quotes\", parts headed by [name] or [[name]]."
            .into()
    };
    (wrong, right)
}
