//! A language: what its translation file says of it beside the texts.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A language that the kiosk speaks. Its translation file, `ui/lang/en.ftl` for one, says all about it: what it is
/// called, which way it is read, what stands on its keys. So a language more is a file more.
#[derive(Clone, Copy)]
pub struct Language(&'static Facts);

/// What a translation file says of its language.
#[derive(Debug)]
pub(crate) struct Facts {
    pub code: String,
    pub own_name: String,
    pub is_rtl: bool,
    pub script: Script,
    pub locale: String,
    pub composer: Option<Composer>,
}

/// How the letters that are typed become a language's writing, where that is not what stands on the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Composer {
    /// Latin letters spell a sound, and one of the Chinese characters that sound so is chosen.
    Pinyin,
}

impl Composer {
    /// All of them.
    pub const ALL: [Composer; 1] = [Composer::Pinyin];

    /// What it is called in a translation file.
    pub const fn code(self) -> &'static str {
        match self {
            Composer::Pinyin => "pinyin",
        }
    }

    /// The one that is called so.
    pub fn from_code(code: &str) -> Option<Composer> {
        Composer::ALL.into_iter().find(|composer| composer.code() == code)
    }
}

/// What a language is written in, as far as the kiosk's fonts have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// As English, with any accents.
    Latin,
    /// As Russian.
    Cyrillic,
    /// As Greek.
    Greek,
    /// As Arabic.
    Arabic,
    /// As Hindi.
    Devanagari,
    /// As Chinese, simplified.
    Han,
}

impl Script {
    /// All of them.
    pub const ALL: [Script; 6] =
        [Script::Latin, Script::Cyrillic, Script::Greek, Script::Arabic, Script::Devanagari, Script::Han];

    /// The code of ISO 15924.
    pub const fn code(self) -> &'static str {
        match self {
            Script::Latin => "Latn",
            Script::Cyrillic => "Cyrl",
            Script::Greek => "Grek",
            Script::Arabic => "Arab",
            Script::Devanagari => "Deva",
            Script::Han => "Hans",
        }
    }

    /// The script of a code of ISO 15924.
    pub fn from_code(code: &str) -> Option<Script> {
        Script::ALL.into_iter().find(|script| script.code() == code)
    }
}

impl Language {
    /// A language lives as long as the program: there are a handful, read when it starts.
    pub(crate) fn new(facts: Facts) -> Language {
        Language(Box::leak(Box::new(facts)))
    }

    /// The BCP 47 code.
    pub fn code(self) -> &'static str {
        &self.0.code
    }

    /// The language's name in itself, as its speakers look for it.
    pub fn own_name(self) -> &'static str {
        &self.0.own_name
    }

    /// Whether it is read from right to left.
    pub fn is_rtl(self) -> bool {
        self.0.is_rtl
    }

    /// What it is written in.
    pub fn script(self) -> Script {
        self.0.script
    }

    /// The locale, as POSIX calls it, that names its days and months: `es_ES`.
    pub fn locale(self) -> &'static str {
        &self.0.locale
    }

    /// How what is typed becomes what is written, if it is not the same.
    pub fn composer(self) -> Option<Composer> {
        self.0.composer
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Language) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Language) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Language {
    fn cmp(&self, other: &Language) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}
