//! The little language that red flags are written in.
//!
//! | written | found |
//! |---|---|
//! | `chest pain` | these words behind each other |
//! | `breath*` | words that begin like this |
//! | `fell!` | this word, spelt so: no slip of the finger is taken for it |
//! | `[pain\|ache\|tight*]` | one of these |
//! | `[the\|my\|] chest` | one of these, or nothing |
//! | `asthma (pump\|spray)` | both; what stands in round brackets is only looked at, and neither alarms nor is quiet |
//! | `@pain` | one of the words that the language's list `pain` holds |
//! | `@pain ~ @chest` | both, near each other, in any order |
//! | `cannot > breathe` | both, in this order, with at most five words between |

use super::text::tokens;
use std::collections::BTreeMap;

/// How a part follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Link {
    /// At once.
    Next,
    /// Behind it, with some words between.
    Then,
    /// Near it, in any order.
    Near,
}

/// A word as it is written in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Word {
    /// Folded; several of a Chinese word.
    pub letters: Vec<char>,
    /// Whether it is only how a word begins.
    pub stem: bool,
    /// Whether no slip is forgiven.
    pub strict: bool,
}

/// Words behind each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrase(pub(super) Vec<Word>);

/// The lists of words that a language names.
pub type NamedWords = BTreeMap<String, Vec<Phrase>>;

/// A pattern, read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    written: String,
    pub(super) parts: Vec<Part>,
}

/// A place in a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub link: Link,
    /// Any of these.
    pub phrases: Vec<Phrase>,
    /// Or nothing.
    pub optional: bool,
    /// Only looked at: it must stand there, and what is found is the rest.
    pub aside: bool,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing in it.
    #[error("no word stands here")]
    Empty,
    /// A bracket that is open at the end, or closed and never opened.
    #[error("a bracket is not closed, or closes nothing")]
    Bracket,
    /// A link with nothing before or behind it.
    #[error("`{0}` joins two parts, and one of them is missing")]
    Link(char),
    /// A star that is not at the end.
    #[error("in \"{0}\" the `*` or `!` is not at the end of a word")]
    Star(String),
    /// A stem so short that everything begins with it.
    #[error("\"{0}\" would find nearly every word: give it at least two letters")]
    TooShort(String),
    /// A list that there is not.
    #[error("there is no list of words @{0} in this language")]
    NoSuchList(String),
}

impl PatternError {
    /// What would be right.
    pub fn right(&self) -> &'static str {
        match self {
            Self::Empty => "Write words, or remove the empty text.",
            Self::Bracket => "Write alternatives as [pain|ache|hurt*].",
            Self::Link(_) => "Write a part on both sides: \"[pain|hurt*] ~ chest\".",
            Self::Star(_) | Self::TooShort(_) => {
                "Write the beginning of a word and then the star: \"breath*\"."
            }
            Self::NoSuchList(_) => "Name a list that stands under words of the same language.",
        }
    }
}

impl Phrase {
    /// Reads words that stand behind each other.
    pub fn read(text: &str) -> Result<Self, PatternError> {
        let mut words = Vec::new();
        for written in text.split_whitespace() {
            let (bare, stem, strict) = match (written.strip_suffix('*'), written.strip_suffix('!')) {
                (Some(bare), _) => (bare, true, false),
                (_, Some(bare)) => (bare, false, true),
                _ => (written, false, false),
            };
            if bare.contains(['*', '!', '~', '>', '@', '|', '[', ']', '(', ')']) {
                return Err(PatternError::Star(written.to_string()));
            }
            let tokens = tokens(bare);
            let count = words.len();
            let mut chinese = false;
            for token in tokens {
                let han = token.is_han();
                if han && chinese {
                    if let Some(Word { letters, .. }) = words.last_mut() {
                        letters.extend(token.letters);
                    }
                } else {
                    words.push(Word { letters: without_article(token.letters), stem: false, strict });
                }
                chinese = han;
            }
            if words.len() == count {
                return Err(PatternError::Empty);
            }
            if let Some(last) = words.last_mut().filter(|_| stem) {
                if last.letters.len() < 2 {
                    return Err(PatternError::TooShort(written.to_string()));
                }
                last.stem = true;
            }
        }
        if words.is_empty() { Err(PatternError::Empty) } else { Ok(Self(words)) }
    }
}

/// The Arabic article is taken from words of a list as it is from words of a text.
fn without_article(letters: Vec<char>) -> Vec<char> {
    match letters.strip_prefix(&['ا', 'ل']) {
        Some(bare) if bare.len() >= 3 => bare.to_vec(),
        _ => letters,
    }
}

impl Pattern {
    /// As the clinic wrote it.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// What it finds, if that is nothing but words behind each other.
    pub(super) fn plain(&self) -> Option<String> {
        let words = self.parts.iter().map(|part| match part.phrases.as_slice() {
            [phrase] if part.link == Link::Next && !part.optional && !part.aside => Some(&phrase.0),
            _ => None,
        });
        let words: Vec<_> = words.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
        let spelt = words.iter().map(|word| word.letters.iter().collect::<String>());
        Some(spelt.collect::<Vec<_>>().join(" "))
    }

    /// Reads a pattern; `named` are the lists of its language.
    pub fn read(text: &str, named: &NamedWords) -> Result<Self, PatternError> {
        let mut parts: Vec<Part> = Vec::new();
        let mut link: Option<(char, Link)> = None;
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let mut optional = false;
            let phrases = match first {
                '~' | '>' => {
                    if link.is_some() || parts.is_empty() {
                        return Err(PatternError::Link(first));
                    }
                    link = Some((first, if first == '~' { Link::Near } else { Link::Then }));
                    rest = rest[1..].trim_start();
                    continue;
                }
                '[' | '(' => {
                    let close = if first == '[' { ']' } else { ')' };
                    let end = rest.find(close).ok_or(PatternError::Bracket)?;
                    let inside = &rest[1..end];
                    rest = rest[end + 1..].trim_start();
                    let mut phrases = Vec::new();
                    let mut alternatives = inside.split('|').map(str::trim).peekable();
                    while let Some(alternative) = alternatives.next() {
                        // Nothing in the last place: the whole bracket may be left out.
                        optional =
                            alternative.is_empty() && alternatives.peek().is_none() && !phrases.is_empty();
                        if !optional {
                            phrases.extend(one_or_named(alternative, named)?);
                        }
                    }
                    phrases
                }
                ']' | ')' | '|' => return Err(PatternError::Bracket),
                _ => {
                    let end =
                        rest.find([' ', '\t', '\n', '[', ']', '(', ')', '|', '~', '>']).unwrap_or(rest.len());
                    let word = &rest[..end];
                    rest = rest[end..].trim_start();
                    one_or_named(word, named)?
                }
            };
            let link = link.take().map_or(Link::Next, |(_, link)| link);
            parts.push(Part { link, phrases, optional, aside: first == '(' });
        }
        match link {
            Some((written, _)) => Err(PatternError::Link(written)),
            None if parts.iter().all(|part| part.optional || part.aside) => Err(PatternError::Empty),
            None => Ok(Self { written: text.to_string(), parts }),
        }
    }
}

fn one_or_named(text: &str, named: &NamedWords) -> Result<Vec<Phrase>, PatternError> {
    match text.strip_prefix('@') {
        Some(name) => named.get(name).cloned().ok_or_else(|| PatternError::NoSuchList(name.to_string())),
        None => Ok(vec![Phrase::read(text)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_meant_is_told() {
        let read = |text| Pattern::read(text, &NamedWords::new()).err();
        assert_eq!(read("[pain|ache] ~ chest"), None);
        assert_eq!(read(" "), Some(PatternError::Empty));
        assert_eq!(read("[pain|ache ~ chest"), Some(PatternError::Bracket));
        assert_eq!(read("pain] ~ chest"), Some(PatternError::Bracket));
        assert_eq!(read("[my|] chest"), None);
        assert_eq!(read("asthma (pump|spray)"), None);
        assert_eq!(read("(pump|spray)"), Some(PatternError::Empty));
        assert_eq!(read("asthma (pump|spray"), Some(PatternError::Bracket));
        assert_eq!(read("[pain|]"), Some(PatternError::Empty));
        assert_eq!(read("[|pain] ~ chest"), Some(PatternError::Empty));
        assert_eq!(read("pain ~"), Some(PatternError::Link('~')));
        assert_eq!(read("> pain"), Some(PatternError::Link('>')));
        assert_eq!(read("br*th"), Some(PatternError::Star("br*th".into())));
        assert_eq!(read("*"), Some(PatternError::Empty));
        assert_eq!(read("a*"), Some(PatternError::TooShort("a*".into())));
        assert_eq!(read("@pain"), Some(PatternError::NoSuchList("pain".into())));
    }
}
