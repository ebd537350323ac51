//! Chinese characters from pinyin: Latin letters spell one syllable after the other, and for the first of them a
//! character is chosen of those that sound so. Pure: what is struck goes in, what is to be written comes out.

use std::iter;
use std::ops::Range;
use std::sync::LazyLock;

/// How many characters are offered at once.
pub const AT_ONCE: usize = 8;

/// Letters that are kept; nobody has a longer name, and whoever leans on a key shall not fill the glass.
const MOST: usize = 40;

/// What has been typed and of which no character is chosen yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composition {
    /// Letters, and apostrophes between them, as they were typed.
    letters: String,
    /// How often the offer was turned on.
    page: usize,
    /// It begins a name: surnames are offered first.
    begins_name: bool,
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// A character of a keyboard. `begins_name` where a name is asked for and nothing is written yet.
    Typed {
        /// Which one.
        character: char,
        /// Whether a name would begin with it.
        begins_name: bool,
    },
    /// The key that takes the last character away.
    Erased,
    /// The so-and-so-manyth of the characters that are offered, counted from 0.
    Chosen(usize),
    /// The next characters are asked for, or those before.
    Turned {
        /// The next.
        on: bool,
    },
    /// The first of those that are offered will do.
    Accepted,
    /// Something else comes now: what was typed is to be written, or it would be lost.
    Left,
}

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// This, behind the rest.
    Character(char),
    /// The last character goes.
    Erased,
}

/// What comes of a stroke: the composition that is left, and what is written.
pub fn step(mut composition: Composition, stroke: Stroke) -> (Composition, Vec<Written>) {
    let written = match stroke {
        Stroke::Typed { character, begins_name } => composition.typed(character, begins_name),
        Stroke::Erased if composition.is_empty() => vec![Written::Erased],
        Stroke::Erased => {
            composition.letters.pop();
            composition.page = 0;
            Vec::new()
        }
        Stroke::Chosen(at) => composition.chosen(at).into_iter().collect(),
        Stroke::Turned { on } => {
            let pages = composition.pages();
            composition.page = (composition.page + if on { 1 } else { pages - 1 }) % pages;
            Vec::new()
        }
        Stroke::Accepted => composition.accepted(),
        Stroke::Left => composition.left(),
    };
    if composition.is_empty() {
        composition = Composition::default();
    }
    (composition, written)
}

/// A character that is offered, and how many of the typed letters it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Candidate {
    character: char,
    letters: usize,
}

impl Composition {
    /// Whether everything is written.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// What was typed, cut into syllables: "wang xiao m".
    pub fn spelling(&self) -> String {
        let typed: Vec<char> = self.letters.chars().collect();
        let part = |range: Range<usize>| typed.get(range).into_iter().flatten().collect::<String>();
        syllables(&self.key()).into_iter().map(part).collect::<Vec<_>>().join(" ")
    }

    /// The characters that are offered now, [`AT_ONCE`] of them at most.
    pub fn offered(&self) -> Vec<char> {
        let all = self.candidates();
        all.iter().skip(self.page * AT_ONCE).take(AT_ONCE).map(|candidate| candidate.character).collect()
    }

    /// How often the offer can be turned on until it comes round.
    pub fn pages(&self) -> usize {
        self.candidates().len().div_ceil(AT_ONCE).max(1)
    }

    fn typed(&mut self, character: char, begins_name: bool) -> Vec<Written> {
        if is_letter(character) || is_apostrophe(character) && !self.is_empty() {
            if self.is_empty() {
                self.begins_name = begins_name;
            }
            if self.letters.chars().count() < MOST {
                self.letters.push(character);
            }
            self.page = 0;
            return Vec::new();
        }
        let itself = Written::Character(character);
        if self.is_empty() {
            return vec![itself];
        }
        match character {
            ' ' if !self.candidates().is_empty() => self.accepted(),
            // On a real keyboard the offer is counted.
            '0'..='9' => {
                let at = character.to_digit(10).and_then(|digit| digit.checked_sub(1));
                at.and_then(|at| self.chosen(at as usize)).into_iter().collect()
            }
            // A sign of Chinese ends what is Chinese, as everywhere; one of Latin, such as the @ of an address, says
            // that the letters were meant as letters.
            sign if !sign.is_ascii() && !sign.is_alphanumeric() => {
                let first = iter::from_fn(|| self.chosen(0)).collect::<Vec<_>>();
                [first, self.left(), vec![itself]].concat()
            }
            _ => [self.left(), vec![itself]].concat(),
        }
    }

    /// What stands first is taken as it is seen; where nothing stands, the letters are no pinyin.
    fn accepted(&mut self) -> Vec<Written> {
        self.chosen(0).map_or_else(|| self.left(), |first| vec![first])
    }

    fn chosen(&mut self, at: usize) -> Option<Written> {
        let candidate = *self.candidates().get(self.page * AT_ONCE + at).filter(|_| at < AT_ONCE)?;
        let rest: String = self.letters.chars().skip(candidate.letters).collect();
        *self =
            Composition { letters: rest.trim_start_matches(is_apostrophe).into(), ..Composition::default() };
        Some(Written::Character(candidate.character))
    }

    /// Whoever goes on without having chosen gets the letters: a name in pinyin is right and can be read at the desk,
    /// while a character that nobody has looked at would make it somebody else's name.
    fn left(&mut self) -> Vec<Written> {
        std::mem::take(&mut self.letters).chars().map(Written::Character).collect()
    }

    fn candidates(&self) -> Vec<Candidate> {
        let key = self.key();
        let Some(first) = syllables(&key).into_iter().next() else { return Vec::new() };
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut offer = |characters: &str, letters: usize| {
            for character in characters.chars() {
                if candidates.iter().all(|candidate| candidate.character != character) {
                    candidates.push(Candidate { character, letters });
                }
            }
        };
        let run = key.split('\'').next().unwrap_or_default();
        // The longest syllable first, then those that leave whole syllables as well: "xian" may be "xi" and "an".
        for length in (1..=first.len()).rev() {
            let Some(syllable) = syllable(&run[..length]) else { continue };
            if length == first.len() || cut(&run[length..], false).is_some() {
                if self.begins_name {
                    offer(syllable.surnames, length);
                }
                offer(syllable.characters, length);
            }
        }
        candidates
    }

    /// The letters as the table has them, a byte for each.
    fn key(&self) -> String {
        let plain = |letter: char| match letter {
            'ü' | 'Ü' => 'v',
            _ if is_apostrophe(letter) => '\'',
            _ => letter.to_ascii_lowercase(),
        };
        self.letters.chars().map(plain).collect()
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, 'ü' | 'Ü')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

/// Cuts letters into syllables. An apostrophe cuts; else a syllable is as long as it can be while the rest can be cut
/// as well. The last one may not be finished, and what is no pinyin at all stays in one.
fn syllables(key: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for run in key.split('\'') {
        let lengths = cut(run, false).or_else(|| cut(run, true)).unwrap_or_else(|| cut_as_far(run));
        for length in lengths {
            parts.push(start..start + length);
            start += length;
        }
        start += 1;
    }
    parts
}

/// The lengths of the syllables that letters without an apostrophe are made of.
fn cut(run: &str, may_be_unfinished: bool) -> Option<Vec<usize>> {
    // How long the syllable is that begins at each letter, if from there on all can be cut; found from the end.
    let mut lengths: Vec<Option<usize>> = vec![None; run.len()];
    for at in (0..run.len()).rev() {
        let rest = &run[at..];
        let fits = |length: &usize| {
            let rest_is_cut = lengths.get(at + length).is_none_or(Option::is_some);
            rest_is_cut && syllable(&rest[..*length]).is_some()
        };
        let whole = (1..=rest.len().min(LONGEST)).rev().find(fits);
        lengths[at] = whole.or_else(|| (may_be_unfinished && begins_syllable(rest)).then_some(rest.len()));
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let length = lengths[at]?;
        parts.push(length);
        at += length;
    }
    Some(parts)
}

/// The same of letters that are not pinyin to their end: what is not stays in one.
fn cut_as_far(run: &str) -> Vec<usize> {
    let mut parts = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let whole = (1..=rest.len().min(LONGEST)).rev().find(|length| syllable(&rest[..*length]).is_some());
        let length = whole.unwrap_or(rest.len());
        parts.push(length);
        rest = &rest[length..];
    }
    parts
}

/// A line of the table.
#[derive(Debug)]
struct Syllable {
    spelling: &'static str,
    /// The frequent ones first.
    characters: &'static str,
    /// Those of them that are common surnames, likewise.
    surnames: &'static str,
}

/// "zhuang" and five others.
const LONGEST: usize = 6;

/// By their spelling.
static SYLLABLES: LazyLock<Vec<Syllable>> = LazyLock::new(|| {
    let lines = include_str!("../pinyin/syllables.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut syllables: Vec<Syllable> = lines
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            Syllable { spelling: field(), characters: field(), surnames: field() }
        })
        .collect();
    syllables.sort_by_key(|syllable| syllable.spelling);
    syllables
});

fn syllable(spelling: &str) -> Option<&'static Syllable> {
    // Passports write "lyu" for what is typed as "lü" or "lv".
    let spelling = match spelling {
        "lyu" => "lv",
        "nyu" => "nv",
        "lve" | "lyue" => "lue",
        "nve" | "nyue" => "nue",
        other => other,
    };
    let at = SYLLABLES.binary_search_by_key(&spelling, |syllable| syllable.spelling).ok()?;
    SYLLABLES.get(at)
}

fn begins_syllable(letters: &str) -> bool {
    let at = SYLLABLES.partition_point(|syllable| syllable.spelling < letters);
    SYLLABLES.get(at).is_some_and(|syllable| syllable.spelling.starts_with(letters))
        || matches!(letters, "ly" | "ny")
}

#[cfg(test)]
mod tests;
