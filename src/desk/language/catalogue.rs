//! One file of texts: what is written in English, and what that is in another language.

use serde::Deserialize;
use std::collections::HashMap;

/// The texts of a language.
#[derive(Default)]
pub struct Catalogue(HashMap<String, Entry>);

/// What one text is.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// A text.
    Text(String),
    /// A text about a number of things.
    Counted {
        /// About one.
        one: String,
        /// About any other number.
        other: String,
    },
}

impl Catalogue {
    /// Reads a file. One that cannot be read, which a test keeps from happening, leaves everything in English.
    pub fn read(file: &str) -> Self {
        Self(serde_json::from_str(file).unwrap_or_else(|error| {
            tracing::error!("a file of translations cannot be read: {error}");
            HashMap::new()
        }))
    }

    /// What a text is.
    pub fn text(&self, english: &str) -> Option<&str> {
        match self.0.get(english)? {
            Entry::Text(text) => Some(text),
            Entry::Counted { .. } => None,
        }
    }

    /// What a text about `n` things is; `other` is what it is in English about many.
    pub fn counted(&self, n: usize, other: &str) -> Option<&str> {
        match self.0.get(other)? {
            Entry::Text(_) => None,
            Entry::Counted { one, other } => Some(if n == 1 { one } else { other }),
        }
    }

    /// All of them.
    #[cfg(test)]
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(english, entry)| (english.as_str(), entry))
    }
}
