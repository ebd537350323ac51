//! Every text for people, in every language, from the files in `ui/lang` and those that a clinic adds.
//!
//! A key that a language lacks falls back to English, and one that English lacks to the key itself: a
//! patient sees an odd word rather than a dead kiosk. Tests keep that from happening to our own files, and
//! [`Words::with`] refuses a clinic's file in which something lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::ParserError;
use unic_langid::LanguageIdentifier;

use crate::fonts;
use crate::language::{Composer, Facts, Script};

pub use crate::language::Language;

/// The translations that come with the program, in the order in which they are offered.
const FILES: [(&str, &str); 8] = [
    ("en", include_str!("../lang/en.ftl")),
    ("es", include_str!("../lang/es.ftl")),
    ("fr", include_str!("../lang/fr.ftl")),
    ("de", include_str!("../lang/de.ftl")),
    ("pt", include_str!("../lang/pt.ftl")),
    ("ar", include_str!("../lang/ar.ftl")),
    ("hi", include_str!("../lang/hi.ftl")),
    ("zh", include_str!("../lang/zh.ftl")),
];

/// What only a language says whose writing is composed of what is typed: how, and the names of two keys.
const COMPOSER: &str = "keyboard-composes";
const COMPOSING: [&str; 2] = ["more-characters-key", "earlier-characters-key"];

/// What is put into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name, a time: stands as it is.
    Text(String),
    /// A number: chooses the plural.
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

/// What is wrong with a translation file, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}.ftl: {wrong}. {right}")]
pub struct TranslationFault {
    /// The file's language.
    pub code: String,
    /// The place in its text, in bytes from the beginning.
    pub at: usize,
    /// What is wrong.
    pub wrong: String,
    /// What to do about it.
    pub right: String,
}

struct Vocabulary {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// The variables of each key.
    keys: BTreeMap<String, BTreeSet<String>>,
}

/// The texts of all languages, parsed once when the program starts.
pub struct Words {
    vocabularies: Vec<Vocabulary>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.languages()).finish()
    }
}

static OWN: LazyLock<Words> = LazyLock::new(|| {
    let read = |(code, text): (&str, &str)| Vocabulary::read(code, text).ok();
    Words { vocabularies: FILES.into_iter().filter_map(read).collect() }
});

impl Words {
    /// The texts that come with the program. What is written wrongly in one of them is left out; a test finds it.
    pub fn own() -> &'static Words {
        &OWN
    }

    /// These texts, and with them the translations of a clinic: the text of each by its language's code. One that
    /// has the code of our own stands in its place. Every fault of every file is answered; a file that cannot be used
    /// at all is left out.
    pub fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Words, Vec<TranslationFault>) {
        let added: BTreeMap<&str, &str> = files.into_iter().collect();
        let own = FILES.into_iter().filter(|(code, _)| !added.contains_key(code));
        let mut vocabularies: Vec<_> =
            own.filter_map(|(code, text)| Vocabulary::read(code, text).ok()).collect();
        let mut faults = Vec::new();
        for (code, text) in added {
            match Vocabulary::read(code, text) {
                Ok(vocabulary) => {
                    faults.extend(vocabulary.lacks(&OWN, text));
                    vocabularies.push(vocabulary);
                }
                Err(found) => faults.extend(found),
            }
        }
        (Words { vocabularies }, faults)
    }

    /// The languages there are.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.vocabularies.iter().map(|vocabulary| vocabulary.language)
    }

    /// The language of a code; a region behind it ("es-MX") does not matter.
    pub fn language(&self, code: &str) -> Option<Language> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        self.languages().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The language of a code, or English, which every other language is held against.
    pub fn language_or_english(&self, code: &str) -> Language {
        let english = || self.vocabularies[0].language;
        self.language(code).or_else(|| self.language("en")).unwrap_or_else(english)
    }

    /// The text of `key`.
    pub fn text(&self, language: Language, key: &str) -> String {
        self.text_with(language, key, &[])
    }

    /// The text of `key` with `values` put into it.
    pub fn text_with(&self, language: Language, key: &str, values: &[(&str, Value)]) -> String {
        self.formatted(language.code(), key, values)
            .or_else(|| self.formatted("en", key, values))
            .unwrap_or_else(|| key.to_owned())
    }

    /// The keys that `language` has itself.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.vocabulary(language.code()).into_iter().flat_map(|found| found.keys.keys().map(String::as_str))
    }

    fn vocabulary(&self, code: &str) -> Option<&Vocabulary> {
        self.vocabularies.iter().find(|vocabulary| vocabulary.language.code() == code)
    }

    fn formatted(&self, code: &str, key: &str, values: &[(&str, Value)]) -> Option<String> {
        self.vocabulary(code)?.formatted(key, values)
    }
}

impl Vocabulary {
    /// Reads a translation file. That it says all that there is to say is not asked here.
    fn read(code: &str, text: &str) -> Result<Vocabulary, Vec<TranslationFault>> {
        let fault_at = |at: usize, wrong: String, right: &str| TranslationFault {
            code: code.to_owned(),
            at,
            wrong,
            right: right.to_owned(),
        };
        let fault = |key: &str, wrong: String, right: &str| fault_at(place_of(text, key), wrong, right);
        let locale: LanguageIdentifier = code.parse().map_err(|_| {
            vec![fault_at(
                0,
                format!("\"{code}\" is no code of a language"),
                "Name the file by the code of BCP 47, such as vi.ftl.",
            )]
        })?;
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
            let told = |error: &ParserError| {
                let right = "Write it as the lines of en.ftl are (projectfluent.org).";
                fault_at(error.pos.start, format!("this is not understood: {error}"), right)
            };
            errors.iter().map(told).collect::<Vec<_>>()
        })?;
        let mut keys = BTreeMap::new();
        let mut faults = Vec::new();
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let mut variables = BTreeSet::new();
            message.value.iter().for_each(|pattern| variables_of(pattern, &mut variables));
            if keys.insert(message.id.name.to_owned(), variables).is_some() {
                let name = message.id.name;
                faults.push(fault(name, format!("{name} is said twice"), "Remove one of them."));
            }
        }
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.add_resource_overriding(resource);
        let said = |key: &str| formatted(&bundle, key, &[]).unwrap_or_default();
        let is_rtl = match said("language-direction").as_str() {
            "left-to-right" => false,
            "right-to-left" => true,
            other => {
                let wrong = format!("language-direction is \"{other}\"");
                faults.push(fault("language-direction", wrong, "Write left-to-right or right-to-left."));
                false
            }
        };
        let script = Script::from_code(&said("language-script"));
        if script.is_none() {
            let known: Vec<_> = Script::ALL.iter().map(|script| script.code()).collect();
            faults.push(fault(
                "language-script",
                format!("language-script is \"{}\"", said("language-script")),
                &format!("Write the script that the kiosk's fonts have: {}.", known.join(", ")),
            ));
        }
        let composes = keys.contains_key(COMPOSER).then(|| said(COMPOSER));
        let composer = composes.as_deref().and_then(Composer::from_code);
        if let (Some(composes), None) = (composes, composer) {
            let known: Vec<_> = Composer::ALL.iter().map(|composer| composer.code()).collect();
            faults.push(fault(
                COMPOSER,
                format!("{COMPOSER} is \"{composes}\""),
                &format!(
                    "Write {}, or remove the line: the keys then write what stands on them.",
                    known.join(", ")
                ),
            ));
        }
        let undrawn = fonts::without_glyph(text);
        if !undrawn.is_empty() {
            faults.push(fault_at(
                text.find(|c| undrawn.contains(&c)).unwrap_or_default(),
                format!("the kiosk's fonts have no letter for {undrawn:?}"),
                "Write it otherwise, or in another script.",
            ));
        }
        let (Some(script), true) = (script, faults.is_empty()) else { return Err(faults) };
        let language = Language::new(Facts {
            code: code.to_owned(),
            own_name: said("language-name"),
            is_rtl,
            script,
            locale: said("language-locale"),
            composer,
        });
        // The marks that isolate an inserted text are needed where directions mix; elsewhere they would only
        // stand in the way of whoever searches the text.
        bundle.set_use_isolating(is_rtl);
        Ok(Vocabulary { language, bundle, keys })
    }

    /// What this file lacks, or has too much, beside the English one.
    fn lacks(&self, own: &Words, text: &str) -> Vec<TranslationFault> {
        let Some(english) = own.vocabulary("en") else { return Vec::new() };
        let fault = |key: &str, wrong: String, right: &str| TranslationFault {
            code: self.language.code().to_owned(),
            at: place_of(text, key),
            wrong,
            right: right.to_owned(),
        };
        let composing = COMPOSING.into_iter().filter(|_| self.language.composer().is_some());
        let asked = english.keys.keys().map(String::as_str).chain(composing);
        let absent = asked.filter(|key| !self.keys.contains_key(*key));
        let known = |key: &str| english.keys.contains_key(key) || key == COMPOSER || COMPOSING.contains(&key);
        let surplus = self.keys.keys().filter(|key| !known(key));
        let other = self.keys.iter().filter_map(|(key, variables)| {
            let expected = english.keys.get(key)?;
            (expected != variables).then_some((key, expected))
        });
        let named = |variables: &BTreeSet<String>| {
            let named: Vec<_> = variables.iter().map(|name| format!("{{ ${name} }}")).collect();
            if named.is_empty() { "nothing".to_owned() } else { named.join(", ") }
        };
        absent
            .map(|key| {
                let whence = if COMPOSING.contains(&key) { "zh.ftl" } else { "en.ftl" };
                fault(key, format!("{key} is not said"), &format!("Translate the line of {whence}."))
            })
            .chain(surplus.map(|key| {
                let right = "Correct the key as en.ftl has it, or remove it.";
                fault(key, format!("nothing is called {key}"), right)
            }))
            .chain(other.map(|(key, expected)| {
                let wrong = format!("{key} must have these put into it: {}", named(expected));
                fault(key, wrong, "Put in what the line of en.ftl puts in.")
            }))
            .collect()
    }

    fn formatted(&self, key: &str, values: &[(&str, Value)]) -> Option<String> {
        formatted(&self.bundle, key, values)
    }
}

/// Where the line of a key begins; the beginning where there is none.
fn place_of(text: &str, key: &str) -> usize {
    let begins = |(at, _): &(usize, _)| {
        let line_begins = *at == 0 || text[..*at].ends_with('\n');
        line_begins && text[at + key.len()..].trim_start_matches(' ').starts_with('=')
    };
    text.match_indices(key).find(begins).map_or(0, |(at, _)| at)
}

fn formatted(bundle: &FluentBundle<FluentResource>, key: &str, values: &[(&str, Value)]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut arguments = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        arguments.set(
            *name,
            match value {
                Value::Text(text) => FluentValue::from(text.as_str()),
                Value::Number(number) => FluentValue::from(*number),
            },
        );
    }
    // A value that was not given leaves its name in braces; that is better than no sentence.
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
}

fn variables_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => variable_of(inline, found),
                Expression::Select { selector, variants } => {
                    variable_of(selector, found);
                    variants.iter().for_each(|variant| variables_of(&variant.value, found));
                }
            }
        }
    }
}

fn variable_of(expression: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        InlineExpression::VariableReference { id } => drop(found.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inline) => variable_of(inline, found),
            Expression::Select { selector, .. } => variable_of(selector, found),
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests;
