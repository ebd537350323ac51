//! A sentence for staff before it is known who reads it.

use super::{StaffLanguage, filled};
use std::borrow::Cow;

/// A sentence in English with its values; it is said in the language of whoever it goes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    english: Cow<'static, str>,
    values: Vec<(&'static str, String)>,
}

/// A sentence in English, with `{names}` for what [`Sentence::with`] gives.
pub fn sentence(english: &'static str) -> Sentence {
    english.into()
}

/// A text that stands here in English and is said elsewhere: the mark by which its translation is asked for.
pub const fn english(text: &'static str) -> &'static str {
    text
}

impl Sentence {
    /// What stands in the place of `{name}`.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// The sentence in a language.
    pub fn said(&self, language: StaffLanguage) -> String {
        let values: Vec<_> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        language.say(&self.english, &values)
    }
}

impl From<&'static str> for Sentence {
    fn from(english: &'static str) -> Self {
        Self { english: english.into(), values: Vec::new() }
    }
}

/// What was said already, or comes from a rule that has no language.
impl From<String> for Sentence {
    fn from(words: String) -> Self {
        Self { english: words.into(), values: Vec::new() }
    }
}

impl std::fmt::Display for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let values: Vec<_> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        f.write_str(&filled(&self.english, &values))
    }
}
