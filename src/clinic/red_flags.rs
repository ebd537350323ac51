//! Reading `red-flags.toml`, the clinic's list, and `red-flag-sentences.toml`, what it expects of the list.

use super::mistake::{AtLeastOne, ClinicErrors, Mistake, line_of, parsed};
use super::routine_files::{Reading, Setting};
use super::routines::RedFlagSentence;
use crate::front_desk::calendar::Within;
use crate::front_desk::red_flag::{Flag, Grammar, NamedWords, Pattern, PatternError, Phrase, RedFlags};
use crate::front_desk::urgency::Urgency;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

type Written = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RedFlagsFile {
    #[serde(default)]
    language: BTreeMap<String, LanguageSection>,
    #[serde(default)]
    flag: Vec<FlagSection>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct LanguageSection {
    no: Written,
    no_behind: Written,
    between: Written,
    or: Written,
    symptoms: Written,
    doubt: Written,
    quiet: Written,
    ordinary: Vec<String>,
    words: BTreeMap<String, Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlagSection {
    id: Spanned<String>,
    name: Spanned<String>,
    urgency: Spanned<Urgency>,
    say: Spanned<BTreeMap<String, Written>>,
}

/// Reads the list; answers every mistake there is.
pub(super) fn red_flags(file: RedFlagsFile, setting: &Setting<'_>) -> Result<RedFlags, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    reading.unique(file.flag.iter().map(|flag| &flag.id));
    let mut named: BTreeMap<&str, NamedWords> = BTreeMap::new();
    let mut grammars = Vec::new();
    for (code, section) in &file.language {
        let words = section
            .words
            .iter()
            .map(|(name, written)| (name.clone(), each(&mut reading, written, Phrase::read)));
        let words: NamedWords = words.collect();
        grammars.push((code.clone(), grammar(section, &words, &mut reading)));
        named.insert(code, words);
    }
    let mut flags = Vec::new();
    for section in &file.flag {
        if section.name.as_ref().trim().is_empty() {
            reading.wrong(&section.name, "this flag has no name", "Write what staff call it.");
        }
        if *section.urgency.as_ref() == Urgency::Routine {
            let right = "Write urgency = \"urgent\" or urgency = \"emergency\", or remove the flag.";
            reading.wrong(&section.urgency, "a flag that is routine would raise nothing", right);
        }
        if section.say.as_ref().values().all(Vec::is_empty) {
            let right = "Add a line such as say.en = [\"chest pain*\"].";
            reading.wrong(&section.say, "no words raise this flag", right);
        }
        let mut patterns = Vec::new();
        for (code, written) in section.say.as_ref() {
            let Some(words) = named.get(code.as_str()) else {
                let at = written.first();
                let wrong = format!("there is no part [language.{code}]: nothing could deny these words");
                let known: Vec<_> = named.keys().copied().collect();
                let right = format!("Add that part, or write one of: {}.", known.join(", "));
                match at {
                    Some(first) => reading.wrong(first, wrong, right),
                    None => reading.wrong(&section.say, wrong, right),
                }
                continue;
            };
            let read = each(&mut reading, written, |text| Pattern::read(text, words));
            patterns.extend(read.into_iter().map(|pattern| (code.clone(), pattern)));
        }
        flags.push(Flag {
            id: section.id.as_ref().clone(),
            name: section.name.as_ref().clone(),
            urgency: *section.urgency.as_ref(),
            patterns,
        });
    }
    reading.end(())?;
    Ok(RedFlags::new(flags, grammars))
}

fn grammar(section: &LanguageSection, words: &NamedWords, reading: &mut Reading<'_>) -> Grammar {
    let mut patterns = |written: &Written| each(reading, written, |text| Pattern::read(text, words));
    let (no, between, or) = (patterns(&section.no), patterns(&section.between), patterns(&section.or));
    let (symptoms, doubt) = (patterns(&section.symptoms), patterns(&section.doubt));
    let quiet = patterns(&section.quiet);
    let no_behind = each(reading, &section.no_behind, |text| {
        let ends = text.trim_end().strip_suffix('.');
        Ok((Pattern::read(ends.unwrap_or(text), words)?, ends.is_some()))
    });
    // What stands whole in a list is spelt as it is meant: "heart" is no slip for "hearth".
    let listed = section.words.values().flatten().flat_map(|text| text.as_ref().split_whitespace());
    let listed = listed.filter(|word| !word.ends_with('*')).map(str::to_string);
    let ordinary = section.ordinary.iter().cloned().chain(listed).collect();
    Grammar { no, no_behind, between, or, symptoms, doubt, quiet, ordinary }
}

/// Reads each of some texts; those that cannot be are noted.
fn each<T>(
    reading: &mut Reading<'_>,
    written: &Written,
    read: impl Fn(&str) -> Result<T, PatternError>,
) -> Vec<T> {
    let mut all = Vec::with_capacity(written.len());
    for text in written {
        match read(text.as_ref()) {
            Ok(one) => all.push(one),
            Err(error) => reading.wrong(text, error.to_string(), error.right()),
        }
    }
    all
}

/// The sentences of each language.
pub(super) type SentencesFile = BTreeMap<String, LanguageSentences>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LanguageSentences {
    emergency: Written,
    urgent: Written,
    routine: Written,
}

/// Reads the sentences; `line_of` says which line a place in the file stands on.
pub(super) fn sentences(
    file: SentencesFile,
    setting: &Setting<'_>,
    line_of: impl Fn(usize) -> usize,
) -> Result<Vec<RedFlagSentence>, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let mut sentences = Vec::new();
    for (language, LanguageSentences { emergency, urgent, routine }) in &file {
        let groups =
            [(Urgency::Emergency, emergency), (Urgency::Urgent, urgent), (Urgency::Routine, routine)];
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (expected, written) in groups {
            for text in written {
                let line = line_of(text.span().start);
                if let Some(first) = seen.insert(text.as_ref().as_str(), line) {
                    let wrong = format!("this sentence stands here twice, first on line {first}");
                    reading.wrong(text, wrong, "Remove one of them.");
                }
                sentences.push(RedFlagSentence {
                    text: text.as_ref().clone(),
                    language: language.clone(),
                    expected,
                    line,
                });
            }
        }
    }
    reading.end(sentences)
}

/// Reads a list of red flags by itself; `name` is what errors call it.
pub fn red_flags_of(name: &str, text: &str) -> Result<RedFlags, ClinicErrors> {
    let file = parsed(text).map_err(|mistake| mistake.within(name, text))?;
    red_flags(file, &ALONE).map_err(|mistakes| mistakes.map(|mistake| mistake.within(name, text)))
}

/// Reads sentences by themselves; `name` is what errors call them.
pub fn red_flag_sentences(name: &str, text: &str) -> Result<Vec<RedFlagSentence>, ClinicErrors> {
    let file = parsed(text).map_err(|mistake| mistake.within(name, text))?;
    sentences(file, &ALONE, |at| line_of(text, at))
        .map_err(|mistakes| mistakes.map(|mistake| mistake.within(name, text)))
}

/// Nothing in these files depends on the clinic's zone, languages or times.
const ALONE: Setting<'static> = Setting {
    zone: chrono_tz::UTC,
    languages: &[],
    required: &[],
    acknowledge: Within::Seconds(0),
    services: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a list, each with its line.
    fn wrong(text: &str) -> Vec<String> {
        let errors = red_flags_of("red-flags.toml", text).err();
        errors.into_iter().flatten().map(|error| error.to_string()).collect()
    }

    #[test]
    fn every_mistake_in_a_list_is_answered_with_its_line() {
        let text = r#"
[language.en]
no = ["no", "not >"]
[language.en.words]
pain = ["pain*", "a*"]

[[flag]]
id = "cough"
name = " "
urgency = "routine"
say.en = ["@pane ~ chest", "[cough"]
say.xx = ["hoest"]

[[flag]]
id = "cough"
name = "Cough"
urgency = "urgent"
say.en = []
"#;
        let wrong = wrong(text);
        for expected in [
            "red-flags.toml:3: `>` joins two parts",
            "red-flags.toml:5: \"a*\" would find nearly every word",
            "red-flags.toml:9: this flag has no name",
            "red-flags.toml:10: a flag that is routine",
            "red-flags.toml:11: there is no list of words @pane",
            "red-flags.toml:11: a bracket is not closed",
            "red-flags.toml:12: there is no part [language.xx]",
            "red-flags.toml:15: \"cough\" stands here twice",
            "no words raise this flag",
        ] {
            assert!(wrong.iter().any(|found| found.contains(expected)), "{expected} is not in {wrong:#?}");
        }
        assert_eq!(wrong.len(), 9, "{wrong:#?}");
    }

    #[test]
    fn a_clinic_may_bring_a_flag_and_a_language_of_its_own() {
        let text = r#"
[language.nl]
no = ["geen"]
between = ["last van"]
[language.nl.words]
cough = ["hoest*"]

[[flag]]
id = "cough"
name = "Coughs"
urgency = "urgent"
say.nl = ["@cough ~ [slijm|erg]"]
"#;
        let list = red_flags_of("red-flags.toml", text).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!(list.judge("Ik hoest heel veel slijm").raised, ["cough"]);
        assert_eq!(list.judge("geen last van hoesten met slijm").urgency, Urgency::Routine);
        assert_eq!(list.judge("geen afspraak maar ik hoest slijm").urgency, Urgency::Urgent);
    }

    #[test]
    fn a_sentence_that_stands_twice_is_told() {
        let text = "[en]\nurgent = [\"help\"]\nroutine = [\"help\"]\n";
        let errors = red_flag_sentences("sentences", text).err().map(|errors| errors.first.to_string());
        assert_eq!(errors.as_deref(), Some("sentences:3: this sentence stands here twice, first on line 2"));
    }
}
