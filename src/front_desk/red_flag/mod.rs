//! Red flags: what patients type in their own words that must not wait.
//!
//! The list belongs to the clinic (`red-flags.toml`). Every language of it is tried on every text, because a
//! patient may type Spanish on the English screen. A text is folded (case, accents, forms of letters), parted
//! into words, and each flag's patterns are looked for, with slips of the finger forgiven. What a text clearly
//! denies is no alarm; in doubt it alarms.
//!
//! **Invariant:** judging can only raise. A flag or a sentence more never lowers what is found in the rest.

mod denial;
mod find;
mod letters;
mod lexicon;
mod pattern;
mod text;
mod typo;

pub use denial::Grammar;
pub use pattern::{NamedWords, Pattern, PatternError, Phrase};

use super::urgency::Urgency;
use denial::Denials;
use find::{Compiled, Match};
use lexicon::Lexicon;
use std::collections::BTreeMap;
use text::Span;

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// How soon a person is needed: the most urgent of the flags.
    pub urgency: Urgency,
    /// Ids of the flags, in the order of the list.
    pub raised: Vec<String>,
}

/// A red flag as the clinic wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// Identity in the list.
    pub id: String,
    /// What staff call it.
    pub name: String,
    /// How soon a person is needed.
    pub urgency: Urgency,
    /// How it is said, each pattern with its language.
    pub patterns: Vec<(String, Pattern)>,
}

/// The clinic's list, ready to judge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RedFlags {
    flags: Vec<Flag>,
    /// Each flag's patterns with the number of their language.
    compiled: Vec<Vec<(usize, Compiled)>>,
    languages: Vec<String>,
    denials: Vec<Denials>,
    lexicon: Lexicon,
}

/// A pattern that another makes needless.
#[derive(Debug, Clone, PartialEq)]
pub struct Shadow<'a> {
    /// Whose it is.
    pub flag: &'a Flag,
    /// Its language.
    pub language: &'a str,
    /// As it is written.
    pub pattern: &'a str,
    /// What finds the same.
    pub by: &'a str,
}

/// Something that a flag's pattern found.
struct Finding {
    flag: usize,
    language: usize,
    found: Match,
    denied_by: Option<Span>,
}

impl RedFlags {
    /// Makes a list ready. A pattern whose language has no grammar is not denied by anything.
    pub fn new(flags: Vec<Flag>, grammars: Vec<(String, Grammar)>) -> Self {
        let mut lexicon = Lexicon::default();
        let mut languages = Vec::new();
        let mut denials = Vec::new();
        let mut add = |language: &str, grammar: &Grammar, lexicon: &mut Lexicon| {
            languages.push(language.to_string());
            denials.push(Denials::of(grammar, lexicon));
            for word in grammar.ordinary.iter().flat_map(|word| text::tokens(word)) {
                lexicon.ordinary(word.letters);
            }
        };
        let mut known: Vec<&str> = Vec::new();
        for (language, grammar) in &grammars {
            known.push(language);
            add(language, grammar, &mut lexicon);
        }
        for (language, _) in flags.iter().flat_map(|flag| &flag.patterns) {
            if !known.contains(&language.as_str()) {
                known.push(language);
                add(language, &Grammar::default(), &mut lexicon);
            }
        }
        let compiled = flags.iter().map(|flag| {
            let patterns = flag.patterns.iter().filter_map(|(language, pattern)| {
                let language = known.iter().position(|known| known == language)?;
                Some((language, Compiled::of(pattern, &mut lexicon, true)))
            });
            patterns.collect()
        });
        Self { compiled: compiled.collect(), languages, denials, lexicon, flags }
    }

    /// The flags of the list.
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// The languages that some flag has patterns in.
    pub fn has_language(&self, language: &str) -> bool {
        self.flags.iter().flat_map(|flag| &flag.patterns).any(|(of, _)| of == language)
    }

    /// Patterns that never find anything new, each with the one of the same flag that finds it first.
    pub fn shadowed(&self) -> Vec<Shadow<'_>> {
        let mut shadows = Vec::new();
        for (flag, compiled) in self.flags.iter().zip(&self.compiled) {
            for (index, (language, pattern)) in flag.patterns.iter().enumerate() {
                let Some(text) = pattern.plain() else { continue };
                let (tokens, wholes) = self.lexicon.part(text::tokens(&text));
                let places = self.lexicon.places(&tokens, &wholes);
                let finds = |other: &usize| {
                    let found = compiled[*other].1.find(&tokens, &places, false);
                    *other != index
                        && flag.patterns[*other].0 == *language
                        && found.iter().any(Match::exact)
                        // Of two that are the same only the second is too much.
                        && (flag.patterns[*other].1 != *pattern || *other < index)
                };
                if let Some(by) = (0..compiled.len()).find(finds) {
                    let by = &flag.patterns[by].1;
                    shadows.push(Shadow { flag, language, pattern: pattern.written(), by: by.written() });
                }
            }
        }
        shadows
    }

    /// Judges what somebody typed.
    pub fn judge(&self, text: &str) -> Judgement {
        let mut judgement = Judgement::default();
        for index in self.raised(text) {
            let flag = &self.flags[index];
            judgement.urgency = judgement.urgency.max(flag.urgency);
            judgement.raised.push(flag.id.clone());
        }
        judgement
    }

    /// Numbers of the flags that a text raises, in order.
    fn raised(&self, text: &str) -> Vec<usize> {
        let (tokens, wholes) = self.lexicon.part(text::tokens(text));
        let places = self.lexicon.places(&tokens, &wholes);
        let mut quiet = vec![false; tokens.len()];
        for span in self.denials.iter().flat_map(|language| language.quiet(&tokens, &places)) {
            quiet[span.start..span.end].fill(true);
        }
        let mut readings: Vec<Option<denial::Reading<'_>>> = self.languages.iter().map(|_| None).collect();
        let mut findings: Vec<Finding> = Vec::new();
        for (flag, patterns) in self.compiled.iter().enumerate() {
            for (language, pattern) in patterns {
                for found in pattern.find(&tokens, &places, false) {
                    if found.elements.iter().any(|span| quiet[span.start..span.end].contains(&true)) {
                        continue;
                    }
                    let reading = readings[*language]
                        .get_or_insert_with(|| self.denials[*language].read(&tokens, &places));
                    let denied_by = reading.denial_of(&found);
                    findings.push(Finding { flag, language: *language, found, denied_by });
                }
            }
        }
        share_denials(&mut findings);
        spend_denials(&mut findings, tokens.len());
        let mut raised: Vec<usize> = findings
            .iter()
            .filter(|finding| finding.denied_by.is_none())
            .map(|finding| finding.flag)
            .collect();
        raised.sort_unstable();
        raised.dedup();
        raised
    }
}

/// The same words in two languages ("epilepsia"): where one of them denies what they say, so does the other,
/// unless its words are spelt better.
fn share_denials(findings: &mut [Finding]) {
    struct Denied {
        language: usize,
        end: usize,
        exact: bool,
        by: Span,
    }
    // By the flag and where it was found.
    let mut denied: BTreeMap<(usize, usize), Vec<Denied>> = BTreeMap::new();
    for Finding { flag, language, found, denied_by } in findings.iter() {
        if let Some(by) = *denied_by {
            let there = Denied { language: *language, end: found.end(), exact: found.exact(), by };
            denied.entry((*flag, found.start())).or_default().push(there);
        }
    }
    for Finding { flag, language, found, denied_by } in
        findings.iter_mut().filter(|one| one.denied_by.is_none())
    {
        let (start, end, exact) = (found.start(), found.end(), found.exact());
        let near = denied.range((*flag, start.saturating_sub(WIDEST))..=(*flag, start));
        let says_the_same =
            |other: &&Denied| other.language != *language && other.end >= end && (other.exact || !exact);
        *denied_by = near.flat_map(|(_, there)| there).find(says_the_same).map(|other| other.by);
    }
}

/// How many tokens a match may span, by and large.
const WIDEST: usize = 40;

/// A denial that is itself part of what alarms ("can't breathe", "does not wake up") denies nothing else.
fn spend_denials(findings: &mut [Finding], tokens: usize) {
    let mut alarming = vec![false; tokens];
    let alarm = |found: &Match, alarming: &mut Vec<bool>| {
        for element in &found.elements {
            alarming[element.start..element.end].fill(true);
        }
    };
    for finding in findings.iter().filter(|finding| finding.denied_by.is_none()) {
        alarm(&finding.found, &mut alarming);
    }
    // What is no longer denied alarms too, and may hold the denial of another: until nothing changes.
    loop {
        let mut changed = false;
        for Finding { found, denied_by, .. } in findings.iter_mut() {
            if denied_by.is_some_and(|no| alarming[no.start..no.end].contains(&true)) {
                *denied_by = None;
                alarm(found, &mut alarming);
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}
