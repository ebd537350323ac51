//! What somebody typed, as folded words: differences of writing that say nothing are gone.

use super::letters::{fold, is_han};

/// A word, or one character of Chinese.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Its letters, folded.
    pub letters: Vec<char>,
    /// How far from the beginning it stands, in half words: a Chinese character is half a word.
    pub place: usize,
    /// Which sentence it stands in.
    pub sentence: usize,
    /// Which clause it stands in, counted through the whole text.
    pub clause: usize,
    /// Whether it is only the first half of what was written together.
    pub first_half: bool,
}

impl Token {
    pub fn is_han(&self) -> bool {
        self.letters.first().is_some_and(|letter| is_han(*letter))
    }
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters = fold(text);
    let mut reading = Reading::default();
    let mut index = 0;
    while let Some(&letter) = letters.get(index) {
        let next = letters.get(index + 1).copied();
        match letter {
            _ if is_han(letter) => {
                reading.end_word();
                reading.word.push(letter);
                reading.end_word();
            }
            _ if is_letter(letter) => reading.word.push(letter),
            '\'' => {
                // "can't" is one word, "j'ai" are two.
                let mut end = index + 1;
                while letters.get(end).copied().is_some_and(is_letter) {
                    end += 1;
                }
                let rest: String = letters[index + 1..end].iter().collect();
                if !matches!(rest.as_str(), "t" | "s" | "m" | "re" | "ll" | "ve" | "d") {
                    reading.end_word();
                }
            }
            '.' | '!' | '?' | ';' | '。' | '।' | '॥' | '؟' | '؛' | '۔' => {
                reading.end_word();
                let after_digit = index > 0 && letters[index - 1].is_ascii_digit();
                if letter == '.' && after_digit && next.is_some_and(|next| next.is_ascii_digit()) {
                    // A number with decimals goes on.
                } else if letter == '.' && (next == Some('.') || (index > 0 && letters[index - 1] == '.')) {
                    // Dots are how some people write a pause.
                    reading.clause += 1;
                } else {
                    reading.sentence += 1;
                    reading.clause += 1;
                }
            }
            ',' | '٫'
                if index > 0
                    && letters[index - 1].is_ascii_digit()
                    && next.is_some_and(|next| next.is_ascii_digit()) =>
            {
                // "39,2".
                reading.end_word();
            }
            ',' | '،' | '、' | ':' | '\n' | '\r' | '(' | ')' | '–' | '—' | '"' | '“' | '”' => {
                reading.end_word();
                reading.clause += 1;
            }
            '-' => {
                let inside = index > 0 && is_letter(letters[index - 1]) && next.is_some_and(is_letter);
                reading.end_word();
                if !inside {
                    reading.clause += 1;
                }
            }
            _ => reading.end_word(),
        }
        index += 1;
    }
    reading.end_word();
    reading.tokens
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{0900}'..='\u{0963}' | '\u{0966}'..='\u{097f}')
}

#[derive(Default)]
struct Reading {
    tokens: Vec<Token>,
    word: Vec<char>,
    place: usize,
    sentence: usize,
    clause: usize,
}

impl Reading {
    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let letters = std::mem::take(&mut self.word);
        // "can t", "don t": the apostrophe became a space.
        if letters == ['t']
            && let Some(before) = self.tokens.last_mut()
            && before.clause == self.clause
            && before.letters.len() > 2
            && before.letters.ends_with(&['n'])
        {
            before.letters.push('t');
            return;
        }
        let width = if letters.first().is_some_and(|letter| is_han(*letter)) { 1 } else { 2 };
        self.tokens.push(Token {
            letters,
            place: self.place,
            sentence: self.sentence,
            clause: self.clause,
            first_half: false,
        });
        self.place += width;
    }
}

/// Some of the tokens that stand behind each other: `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
    /// Whether every letter is as it stands in the list.
    pub exact: bool,
}

impl Span {
    pub fn holds(&self, token: usize) -> bool {
        (self.start..self.end).contains(&token)
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}
