//! Every text for people, in every language, from the files in `ui/lang`.
//!
//! A key that a language lacks falls back to English, and one that English lacks to the key itself: a
//! patient sees an odd word rather than a dead kiosk. Tests keep that from happening.

use std::collections::BTreeSet;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;

/// A language the kiosk speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English, which every other language is held against.
    English,
    /// Spanish.
    Spanish,
    /// Arabic, from right to left.
    Arabic,
    /// Hindi, in Devanagari.
    Hindi,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const fn all() -> [Language; 4] {
        [Language::English, Language::Spanish, Language::Arabic, Language::Hindi]
    }

    /// The BCP 47 code.
    pub const fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
            Language::Arabic => "ar",
            Language::Hindi => "hi",
        }
    }

    /// The language's name in itself, as its speakers look for it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
            Language::Arabic => "العربية",
            Language::Hindi => "हिन्दी",
        }
    }

    /// Whether it is read from right to left.
    pub const fn is_rtl(self) -> bool {
        matches!(self, Language::Arabic)
    }

    /// The language of a code; a region behind it ("es-MX") does not matter.
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Language::all().into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    const fn source(self) -> &'static str {
        match self {
            Language::English => include_str!("../lang/en.ftl"),
            Language::Spanish => include_str!("../lang/es.ftl"),
            Language::Arabic => include_str!("../lang/ar.ftl"),
            Language::Hindi => include_str!("../lang/hi.ftl"),
        }
    }
}

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

struct Vocabulary {
    bundle: FluentBundle<FluentResource>,
    keys: BTreeSet<String>,
}

/// The texts of all languages, parsed once when the program starts.
pub struct Words {
    vocabularies: [Vocabulary; 4],
}

impl Words {
    /// Parses the embedded files. What is written wrongly in one of them is left out; a test finds it.
    pub fn load() -> Words {
        Words { vocabularies: Language::all().map(vocabulary) }
    }

    /// The text of `key`.
    pub fn text(&self, language: Language, key: &str) -> String {
        self.text_with(language, key, &[])
    }

    /// The text of `key` with `values` put into it.
    pub fn text_with(&self, language: Language, key: &str, values: &[(&str, Value)]) -> String {
        self.formatted(language, key, values)
            .or_else(|| self.formatted(Language::English, key, values))
            .unwrap_or_else(|| key.to_owned())
    }

    /// The keys that `language` has itself.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.vocabulary(language).keys.iter().map(String::as_str)
    }

    fn vocabulary(&self, language: Language) -> &Vocabulary {
        &self.vocabularies[language as usize]
    }

    fn formatted(&self, language: Language, key: &str, values: &[(&str, Value)]) -> Option<String> {
        let bundle = &self.vocabulary(language).bundle;
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
}

fn vocabulary(language: Language) -> Vocabulary {
    let resource = match FluentResource::try_new(language.source().to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let keys = resource
        .entries()
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        })
        .collect();
    let locale = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks that isolate an inserted text are needed where directions mix; elsewhere they would only
    // stand in the way of whoever searches the text.
    bundle.set_use_isolating(language.is_rtl());
    bundle.add_resource_overriding(resource);
    Vocabulary { bundle, keys }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn parsed(language: Language) -> FluentResource {
        FluentResource::try_new(language.source().to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}.ftl: {errors:?}", language.code()))
    }

    /// The variables of each message, found in its source by their dollar sign.
    fn variables(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let resource = parsed(language);
        resource
            .entries()
            .filter_map(|entry| match entry {
                Entry::Message(message) => {
                    let written = format!("{:?}", message.value);
                    let names = written
                        .split("VariableReference { id: Identifier { name: \"")
                        .skip(1)
                        .filter_map(|rest| rest.split('"').next())
                        .map(str::to_owned)
                        .collect();
                    Some((message.id.name.to_owned(), names))
                }
                _ => None,
            })
            .collect()
    }

    #[test]
    fn every_file_is_well_formed_and_says_each_thing_once() {
        for language in Language::all() {
            let messages =
                parsed(language).entries().filter(|entry| matches!(entry, Entry::Message(_))).count();
            assert_eq!(messages, variables(language).len(), "{}.ftl says something twice", language.code());
        }
    }

    #[test]
    fn every_language_has_the_keys_and_variables_of_english() {
        let english = variables(Language::English);
        assert!(!english.is_empty());
        for language in Language::all() {
            let own = variables(language);
            let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
            let surplus: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(missing.is_empty(), "{}.ftl lacks {missing:?}", language.code());
            assert!(surplus.is_empty(), "{}.ftl has {surplus:?}, which English has not", language.code());
            for (key, names) in &english {
                assert_eq!(&own[key], names, "{key} in {}.ftl has other variables", language.code());
            }
        }
    }

    #[test]
    fn plurals_follow_the_language() {
        let words = Words::load();
        let say =
            |language, count| words.text_with(language, "seconds-left", &[("seconds", Value::Number(count))]);
        let english = |n: &str| format!("{n} left, then everything is cleared");
        assert_eq!(say(Language::English, 1), english("1 second"));
        assert_eq!(say(Language::English, 5), english("5 seconds"));
        assert!(say(Language::Spanish, 1).starts_with("Queda 1 segundo;"));
        assert!(say(Language::Spanish, 2).starts_with("Quedan 2 segundos;"));
        // Arabic has a dual, and forms of its own for 3 to 10, for 11 to 99, and for none.
        let cases = [
            (0, "انتهى"),
            (1, "ثانية واحدة"),
            (2, "ثانيتان"),
            (3, "ثوانٍ"),
            (10, "ثوانٍ"),
            (11, "ثانية"),
            (30, "ثانية"),
            (100, "ثانية"),
        ];
        for (count, form) in cases {
            let said = say(Language::Arabic, count);
            assert!(said.contains(form), "{count}: {said}");
            // Where the word is not the number itself, the number stands before it.
            assert_eq!(said.contains(&count.to_string()), count > 2, "{count}: {said}");
        }
        assert!(say(Language::Hindi, 1).starts_with("1 सेकंड"));
    }

    /// Values of any kind for every variable there is, so that a text can be said without knowing it.
    #[test]
    fn no_text_is_empty_or_keeps_a_brace() {
        let words = Words::load();
        let values = [
            "name", "time", "date", "number", "code", "subject", "names", "progress", "example", "form",
            "unit", "amount", "place", "service", "from", "until", "begin", "end",
        ]
        .map(|name| (name, Value::from("x")));
        let numbers =
            ["step", "steps", "minutes", "seconds", "least", "most"].map(|name| (name, Value::Number(12)));
        let all: Vec<_> = values.into_iter().chain(numbers).collect();
        for language in Language::all() {
            for key in words.keys(language) {
                let said = words.text_with(language, key, &all);
                let whole = !said.trim().is_empty() && !said.contains(['{', '}']);
                assert!(whole, "{key} in {}.ftl says {said:?}", language.code());
            }
        }
    }

    #[test]
    fn an_unknown_key_is_shown_as_it_is() {
        assert_eq!(Words::load().text(Language::Hindi, "no-such-key"), "no-such-key");
    }

    #[test]
    fn codes_are_read_with_and_without_region() {
        assert_eq!(Language::from_code("es-MX"), Some(Language::Spanish));
        assert_eq!(Language::from_code("AR"), Some(Language::Arabic));
        assert_eq!(Language::from_code("fr"), None);
        for language in Language::all() {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
    }
}
