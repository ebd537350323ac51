//! All words of all lists, and where they stand in a text.

use super::letters::{is_han, readings, sound};
use super::pattern::Word;
use super::text::{Span, Token};
use super::typo::{may_mean, slips_allowed};
use std::collections::{HashMap, HashSet};

/// The words of the lists, each with a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lexicon {
    words: Vec<Entry>,
    number: HashMap<Word, usize>,
    /// By its letters: whole words and stems.
    whole: HashMap<Vec<char>, Vec<usize>>,
    stems: HashMap<Vec<char>, Vec<usize>>,
    /// Words for which slips are forgiven.
    forgiving: Vec<usize>,
    /// Chinese words by their first character.
    chinese: HashMap<char, Vec<usize>>,
    /// Words that nobody takes for another.
    ordinary: HashSet<Vec<char>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    word: Word,
    /// Which letters it holds, as bits: words whose letters differ too much need no closer look.
    letters: u64,
    /// Whether it is a word of a flag, and not of a language's grammar.
    flagged: bool,
}

/// Where each word stands in a text, by its number.
pub(super) struct Places(HashMap<usize, Vec<Span>>);

impl Places {
    pub fn of(&self, word: usize) -> &[Span] {
        self.0.get(&word).map_or(&[], Vec::as_slice)
    }
}

/// How many characters a Chinese word must have for one of them to be wrong.
const LONG_CHINESE: usize = 4;

impl Lexicon {
    /// The number of a word, which is taken in if it is new.
    pub fn number_of(&mut self, word: &Word, flagged: bool) -> usize {
        if let Some(&number) = self.number.get(word) {
            if let Some(entry) = self.words.get_mut(number) {
                entry.flagged |= flagged;
            }
            return number;
        }
        let number = self.words.len();
        self.number.insert(word.clone(), number);
        if word.letters.first().copied().is_some_and(is_han) {
            // The first must be right: in "疼得厉害" it says what is bad. In a longer word it may sound so.
            self.chinese.entry(sound(word.letters[0])).or_default().push(number);
        } else {
            for reading in readings(&word.letters) {
                let by_letters = if word.stem { &mut self.stems } else { &mut self.whole };
                by_letters.entry(reading).or_default().push(number);
            }
            if !word.strict && word.letters.len() >= 4 {
                self.forgiving.push(number);
            }
        }
        self.words.push(Entry { letters: bits(&word.letters), word: word.clone(), flagged });
        number
    }

    /// Takes in a word that nobody takes for another.
    pub fn ordinary(&mut self, letters: Vec<char>) {
        self.ordinary.extend(readings(&letters));
    }

    /// Parts tokens that are two words written together: "chestpain", "Brustschmerzen".
    pub fn part(&self, tokens: Vec<Token>) -> (Vec<Token>, Vec<(usize, usize)>) {
        let mut parted = Vec::with_capacity(tokens.len());
        let mut wholes = Vec::new();
        for token in tokens {
            match self.parts_of(&token.letters) {
                Some(at) => {
                    wholes.push((parted.len(), 2));
                    let (first, second) = token.letters.split_at(at);
                    parted.push(Token { letters: first.to_vec(), first_half: true, ..token.clone() });
                    parted.push(Token { letters: second.to_vec(), place: token.place + 1, ..token });
                }
                None => {
                    wholes.push((parted.len(), 1));
                    parted.push(token);
                }
            }
        }
        (parted, wholes)
    }

    fn parts_of(&self, letters: &[char]) -> Option<usize> {
        if !(7..=40).contains(&letters.len()) || self.ordinary.contains(letters) {
            return None;
        }
        (3..=letters.len() - 3).find(|&at| {
            let (first, second) = letters.split_at(at);
            let is_flagged = |numbers: Option<&Vec<usize>>| {
                numbers.is_some_and(|numbers| numbers.iter().any(|number| self.words[*number].flagged))
            };
            let known_first = is_flagged(self.whole.get(first)) || is_flagged(self.stems.get(first));
            known_first
                && (is_flagged(self.whole.get(second))
                    || (4..=second.len()).any(|end| is_flagged(self.stems.get(&second[..end])))
                    || (first.len() >= 4
                        && second.len() >= 5
                        && self.slipped(second).any(|number| self.words[number].flagged)))
        })
    }

    /// Where every word of the lists stands. `wholes` are the tokens as they were before they were parted.
    pub fn places(&self, tokens: &[Token], wholes: &[(usize, usize)]) -> Places {
        let mut places: HashMap<usize, Vec<Span>> = HashMap::new();
        let mut known: HashMap<Vec<char>, Vec<(usize, bool)>> = HashMap::new();
        let mut note = |letters: &[char], start: usize, end: usize| {
            let numbers = known.entry(letters.to_vec()).or_insert_with(|| self.meant_by(letters));
            for &(number, exact) in numbers.iter() {
                places.entry(number).or_default().push(Span { start, end, exact });
            }
        };
        for &(start, count) in wholes {
            if tokens[start].is_han() {
                continue;
            }
            for (index, token) in tokens.iter().enumerate().skip(start).take(count) {
                note(&token.letters, index, index + 1);
            }
            if count > 1 {
                let whole: Vec<char> =
                    tokens[start..start + count].iter().flat_map(|token| token.letters.clone()).collect();
                note(&whole, start, start + count);
            }
        }
        self.chinese_places(tokens, &mut places);
        for spans in places.values_mut() {
            spans.sort_unstable_by_key(|span| (span.start, span.end, !span.exact));
            spans.dedup_by_key(|span| (span.start, span.end));
        }
        Places(places)
    }

    fn chinese_places(&self, tokens: &[Token], places: &mut HashMap<usize, Vec<Span>>) {
        for (start, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_han()) {
            for &number in self.chinese.get(&sound(token.letters[0])).into_iter().flatten() {
                let meant = &self.words[number].word.letters;
                let Some(typed) = tokens.get(start..start + meant.len()) else { continue };
                let together = typed.iter().all(|other| other.is_han() && other.clause == token.clause);
                let typed = || typed.iter().map(|token| token.letters[0]).zip(meant.iter().copied());
                let wrong = typed().filter(|(typed, letter)| typed != letter).count();
                let sounds_wrong = typed().filter(|(typed, letter)| sound(*typed) != sound(*letter)).count();
                let first_wrong = token.letters[0] != meant[0];
                let strict = self.words[number].word.strict;
                // One that sounds the same is chosen from the keyboard's list more easily than another.
                let fits = match meant.len() {
                    _ if strict => wrong == 0,
                    0 | 1 => wrong == 0,
                    2 => wrong <= 1 && sounds_wrong == 0 && !first_wrong,
                    length if length < LONG_CHINESE => wrong <= 1 && sounds_wrong == 0,
                    _ => wrong <= 1 || (wrong <= 2 && sounds_wrong == 0),
                };
                if together && fits {
                    let span = Span { start, end: start + meant.len(), exact: wrong == 0 };
                    places.entry(number).or_default().push(span);
                }
            }
        }
    }

    /// The words that a token stands for, and whether it is spelt like them.
    fn meant_by(&self, letters: &[char]) -> Vec<(usize, bool)> {
        let mut meant: Vec<(usize, bool)> = Vec::new();
        if letters.len() > 40 {
            // No word of any list is so long; without this a text of one endless word would be slow.
            return meant;
        }
        let readings = readings(letters);
        for reading in &readings {
            meant.extend(self.whole.get(reading).into_iter().flatten().map(|number| (*number, true)));
            for end in 2..=reading.len() {
                let stems = self.stems.get(&reading[..end]);
                meant.extend(stems.into_iter().flatten().map(|number| (*number, true)));
            }
        }
        if !readings.iter().any(|reading| self.ordinary.contains(reading)) {
            for reading in &readings {
                meant.extend(self.slipped(reading).map(|number| (number, false)));
            }
        }
        // What is spelt right stands before what is not, and only once.
        meant.sort_unstable_by_key(|(number, exact)| (*number, !exact));
        meant.dedup_by_key(|(number, _)| *number);
        meant
    }

    /// The words that somebody may have meant who typed this.
    fn slipped<'a>(&'a self, typed: &'a [char]) -> impl Iterator<Item = usize> + 'a {
        let typed_bits = bits(typed);
        self.forgiving.iter().copied().filter(move |number| {
            let Entry { word, letters, .. } = &self.words[*number];
            let allowed = slips_allowed(word.letters.len()).max(1);
            (letters & !typed_bits).count_ones() as usize <= allowed
                && (word.stem || typed.len().abs_diff(word.letters.len()) <= allowed)
                && may_mean(typed, &word.letters, word.stem)
        })
    }
}

fn bits(letters: &[char]) -> u64 {
    letters.iter().fold(0, |bits, letter| bits | 1 << (*letter as u32 % 64))
}
