//! The languages in which staff read the desk. Every text stands in English where it is used; one file a language says
//! the same in another one, for the program (here) and for the page (`ui/desk/words.js`).

mod catalogue;
mod negotiate;
mod page;
mod sentence;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;

pub use negotiate::{remembered, say_refusals};
pub use page::translated;
pub use sentence::{Sentence, english, sentence};

use catalogue::Catalogue;
use chrono::Locale;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The texts in Spanish.
pub const SPANISH: &str = include_str!("../../../ui/desk/lang/es.json");

static SPANISH_TEXTS: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(SPANISH));

/// A language of the desk's pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StaffLanguage {
    /// English, in which every text is written.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

impl StaffLanguage {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// By its code, BCP 47, also where a country stands behind it.
    pub fn from_code(code: &str) -> Option<Self> {
        let language = code.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|each| each.code().eq_ignore_ascii_case(language))
    }

    /// How days and months are called.
    pub fn locale(self) -> Locale {
        match self {
            Self::English => Locale::en_GB,
            Self::Spanish => Locale::es_ES,
        }
    }

    /// What the texts are in this language; nothing for the language in which they are written.
    fn catalogue(self) -> Option<&'static Catalogue> {
        match self {
            Self::English => None,
            Self::Spanish => Some(&SPANISH_TEXTS),
        }
    }

    /// A text of the desk in this language, with its `{values}`.
    pub fn say(self, english: &str, values: &[(&str, &str)]) -> String {
        let text = self.catalogue().and_then(|catalogue| catalogue.text(english)).unwrap_or(english);
        filled(text, values).into_owned()
    }

    /// In which language a text stands when it was said: what no file knows is left in English.
    pub fn said_in(self, english: &str) -> Self {
        match self.catalogue() {
            Some(catalogue) if catalogue.text(english).is_some() => self,
            _ => Self::English,
        }
    }

    /// What a device says of itself, in this language: word for word, or with its first numbers in the places of
    /// `{first}` and `{second}`. Nothing where no file knows it; then it stays as it is, in English.
    pub fn device_words(self, english: &str) -> Option<String> {
        let catalogue = self.catalogue()?;
        if let Some(text) = catalogue.text(english) {
            return Some(text.to_string());
        }
        let (text, numbers) = without_numbers(english);
        let values: Vec<_> = NUMBERS.into_iter().zip(numbers).collect();
        catalogue.text(&text).map(|text| filled(text, &values).into_owned())
    }

    /// A text about a number of things, `{n}`, in this language: `one` in English for exactly one of them, `other` for
    /// any other number.
    pub fn count(self, n: usize, one: &str, other: &str, values: &[(&str, &str)]) -> String {
        let english = if n == 1 { one } else { other };
        let text = self.catalogue().and_then(|catalogue| catalogue.counted(n, other)).unwrap_or(english);
        let number = n.to_string();
        filled(text, &[&[("n", number.as_str())], values].concat()).into_owned()
    }
}

/// How the numbers in the words of a device are called.
const NUMBERS: [&str; 2] = ["first", "second"];

/// A text with names in the place of its first numbers, and those numbers.
fn without_numbers(text: &str) -> (String, Vec<&str>) {
    let (mut without, mut numbers, mut rest) = (String::new(), Vec::new(), text);
    for name in NUMBERS {
        let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) else { break };
        let (before, behind) = rest.split_at(begin);
        let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        without.push_str(before);
        without.extend(["{", name, "}"]);
        numbers.push(&behind[..end]);
        rest = &behind[end..];
    }
    without.push_str(rest);
    (without, numbers)
}

/// A text with values in the place of their names. What stands in a value is text: no name in it means anything.
fn filled<'a>(text: &'a str, values: &[(&str, &str)]) -> Cow<'a, str> {
    if values.is_empty() || !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        done.push_str(&rest[..open]);
        rest = &rest[open..];
        let named = rest.find('}').and_then(|close| {
            let value = values.iter().find(|(name, _)| *name == &rest[1..close])?;
            Some((value.1, close + 1))
        });
        let (said, length) = named.unwrap_or((&rest[..1], 1));
        done.push_str(said);
        rest = &rest[length..];
    }
    done.push_str(rest);
    Cow::Owned(done)
}
