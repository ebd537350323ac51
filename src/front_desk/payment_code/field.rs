//! The fields of a payee as the clinic's file gives them, and what is wrong with each.

use std::collections::BTreeMap;

/// What is wrong with a field, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMistake {
    /// The field's name in the file.
    pub field: &'static str,
    /// What is wrong.
    pub wrong: String,
    /// What would be right.
    pub right: String,
}

/// What is wrong with a field's text, and what would be right.
pub(super) struct Wrong(pub String, pub String);

impl Wrong {
    pub fn new(wrong: impl Into<String>, right: impl Into<String>) -> Self {
        Self(wrong.into(), right.into())
    }
}

/// The fields that were written, while a payee is made of them. All mistakes are found at once.
pub(super) struct Fields<'a> {
    written: &'a BTreeMap<&'a str, &'a str>,
    pub mistakes: Vec<FieldMistake>,
}

impl<'a> Fields<'a> {
    pub fn new(written: &'a BTreeMap<&'a str, &'a str>) -> Self {
        Self { written, mistakes: Vec::new() }
    }

    /// A field that must be there; `what` says what to write.
    pub fn needed<T>(
        &mut self,
        field: &'static str,
        what: &str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        if !self.written.contains_key(field) {
            self.wrong(
                field,
                Wrong::new(format!("{field} is missing"), format!("Add {field} = \"…\": {what}.")),
            );
            return None;
        }
        self.optional(field, parse).flatten()
    }

    /// A field that may be left out. `None` for one that is wrong.
    pub fn optional<T>(
        &mut self,
        field: &'static str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<Option<T>> {
        let Some(written) = self.written.get(field) else { return Some(None) };
        match parse(written) {
            Ok(value) => Some(Some(value)),
            Err(wrong) => {
                self.wrong(field, wrong);
                None
            }
        }
    }

    pub fn wrong(&mut self, field: &'static str, Wrong(wrong, right): Wrong) {
        self.mistakes.push(FieldMistake { field, wrong, right });
    }
}

/// A text of one line, without spaces around it, of at most so many characters, all of which `allowed` lets
/// through.
pub(super) fn line(written: &str, most: usize, allowed: impl Fn(char) -> bool) -> Result<String, Wrong> {
    let text = written.trim();
    let long = text.chars().count();
    if text.is_empty() {
        return Err(Wrong::new(
            "there is nothing here",
            "Write the text, or remove the line where it may be left out.",
        ));
    }
    if long > most {
        return Err(Wrong::new(
            format!("this has {long} characters, and the code has room for {most}"),
            format!("Shorten it to {most} characters."),
        ));
    }
    match text.chars().find(|c| !allowed(*c)) {
        Some(letter) => Err(Wrong::new(
            format!("the code cannot carry the character {letter:?}"),
            "Write it with other letters, in one line.",
        )),
        None => Ok(text.to_string()),
    }
}
