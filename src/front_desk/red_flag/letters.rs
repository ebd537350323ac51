//! Folding: letters that people write for one another become the same letter.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The simplified character of each traditional one.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let table = include_str!("traditional.txt");
    let pairs = table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    pairs
        .filter_map(|pair| {
            let mut pair = pair.chars();
            Some((pair.next()?, pair.next()?))
        })
        .collect()
});

/// Of characters that are typed for one another because they sound or look alike, the first of the line.
static SOUNDS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let table = include_str!("homophones.txt");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let mut letters = line.chars().filter(|letter| is_han(*letter));
            let first = letters.next();
            letters.filter_map(move |letter| Some((letter, first?)))
        })
        .collect()
});

/// The same letter for all that are typed for one another.
pub(super) fn sound(letter: char) -> char {
    SOUNDS.get(&letter).copied().unwrap_or(letter)
}

/// Whether it is a Chinese character.
pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// A text without what differs between people and keyboards: case, accents, width, vowel marks, nukta,
/// nasal signs, and the traditional forms of Chinese characters.
pub(super) fn fold(text: &str) -> Vec<char> {
    // Lower case first may bring marks (İ), decomposition first may bring capitals (ℌ): hence both.
    let lower = text.nfkd().flat_map(char::to_lowercase).nfkd();
    let mut letters: Vec<char> = Vec::new();
    for letter in lower {
        match letter {
            // Accents; vowel marks, hamza above and below, and the stretching line of Arabic; signs without
            // width; nukta and the nasal signs of Hindi.
            '\u{0300}'..='\u{036f}'
            | '\u{0610}'..='\u{061a}'
            | '\u{0640}'
            | '\u{064b}'..='\u{065f}'
            | '\u{0670}'
            | '\u{06d6}'..='\u{06ed}'
            | '\u{00ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{0900}'..='\u{0903}'
            | '\u{093c}'
            | 'ء' => {}
            '٠'..='٩' => letters.push(digit(letter, '٠')),
            '۰'..='۹' => letters.push(digit(letter, '۰')),
            '०'..='९' => letters.push(digit(letter, '०')),
            'ß' => letters.extend(['s', 's']),
            'æ' => letters.extend(['a', 'e']),
            'œ' => letters.extend(['o', 'e']),
            'ø' => letters.push('o'),
            'ı' => letters.push('i'),
            'ł' => letters.push('l'),
            '’' | '‘' | 'ʼ' | '`' | '´' | '′' | 'ʹ' => letters.push('\''),
            'ٱ' => letters.push('ا'),
            'ى' | 'ی' => letters.push('ي'),
            'ة' | 'ہ' | 'ۀ' => letters.push('ه'),
            'ک' => letters.push('ك'),
            'ि' => letters.push('ी'),
            'ु' => letters.push('ू'),
            // A nasal with virama before a consonant is the nasal sign written out: हिन्दी for हिंदी.
            '\u{0915}'..='\u{0939}' => {
                let count = letters.len();
                if count >= 2
                    && letters[count - 1] == '\u{094d}'
                    && matches!(letters[count - 2], 'ङ' | 'ञ' | 'ण' | 'न' | 'म')
                    && !matches!(letter, 'य' | 'र' | 'ल' | 'व' | 'ह' | 'न' | 'म')
                {
                    letters.truncate(count - 2);
                }
                letters.push(letter);
            }
            _ => letters.push(SIMPLIFIED.get(&letter).copied().unwrap_or(letter)),
        }
    }
    letters
}

/// A digit of another script as people's keyboards have it.
fn digit(letter: char, zero: char) -> char {
    char::from_digit(u32::from(letter) - u32::from(zero), 10).unwrap_or(letter)
}

/// The ways to read a folded word: as it stands, and as what it may be once what languages put before or
/// into words is gone.
pub(super) fn readings(word: &[char]) -> Vec<Vec<char>> {
    let mut readings = vec![word.to_vec()];
    let mut add = |reading: Vec<char>| {
        if !reading.is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
    };
    // "heeelp": whoever holds a key means the letter once, or twice.
    if word.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]) {
        add(runs_cut(word, 2));
        add(runs_cut(word, 1));
    }
    // "ueber" for "über".
    if word.windows(2).any(|two| two[1] == 'e' && matches!(two[0], 'a' | 'o' | 'u')) {
        let mut without = Vec::with_capacity(word.len());
        for &letter in word {
            if letter == 'e' && matches!(without.last(), Some('a' | 'o' | 'u')) {
                continue;
            }
            without.push(letter);
        }
        add(without);
    }
    // "jarrive", "jme" for "j'arrive", "je me".
    if word.len() >= 3 && word[0] == 'j' {
        add(word[1..].to_vec());
    }
    if let Some(spelt) = chat_alphabet(word) {
        add(spelt);
    }
    if word.first().is_some_and(|letter| matches!(letter, '\u{0620}'..='\u{064a}')) {
        for reading in without_arabic_prefixes(word) {
            add(reading);
        }
    }
    readings
}

/// Arabic in Latin letters, where digits stand for sounds: "7ararty", "2ader", "3ayez".
fn chat_alphabet(word: &[char]) -> Option<Vec<char>> {
    let letters = word.iter().filter(|letter| letter.is_ascii_lowercase()).count();
    if letters < 2 || letters == word.len() {
        return None;
    }
    let mut spelt = Vec::with_capacity(word.len() + 1);
    for &letter in word {
        match letter {
            '2' => {}
            '3' => spelt.push('a'),
            '5' => spelt.extend(['k', 'h']),
            '6' => spelt.push('t'),
            '7' => spelt.push('h'),
            '8' => spelt.extend(['g', 'h']),
            '9' => spelt.push('s'),
            'a'..='z' => spelt.push(letter),
            _ => return None,
        }
    }
    Some(spelt)
}

fn runs_cut(word: &[char], longest: usize) -> Vec<char> {
    let mut cut: Vec<char> = Vec::with_capacity(word.len());
    for &letter in word {
        let run = cut.iter().rev().take_while(|before| **before == letter).count();
        if run < longest {
            cut.push(letter);
        }
    }
    cut
}

/// "والصدر", "بالصدر", "للصدر" are "صدر" with "and the", "in the", "to the".
fn without_arabic_prefixes(word: &[char]) -> Vec<Vec<char>> {
    let mut found: Vec<&[char]> = Vec::new();
    let and = word.strip_prefix(&['و']).or_else(|| word.strip_prefix(&['ف']));
    for word in [Some(word), and].into_iter().flatten() {
        found.push(word);
        let with = word.strip_prefix(&['ب']).or_else(|| word.strip_prefix(&['ك']));
        let to = word.strip_prefix(&['ل']);
        for word in [Some(word), with, to].into_iter().flatten() {
            found.push(word);
            found.extend(word.strip_prefix(&['ا', 'ل']));
        }
        found.extend(word.strip_prefix(&['ل', 'ل']));
        found.extend(word.strip_prefix(&['ع', 'ا', 'ل']));
    }
    found.retain(|word| word.len() >= 3);
    // "and not", "and no" are as short as that.
    found.extend(and.filter(|word| word.len() == 2));
    found.into_iter().map(<[char]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_for_one_another_is_the_same() {
        for (one, other) in [
            ("PECHO", "pecho"),
            ("ｃｈｅｓｔ", "chest"),
            ("não", "nao"),
            ("Füße", "fusse"),
            ("أَلَمٌ", "الم"),
            ("المستشفى", "المستشفي"),
            ("حرارة", "حراره"),
            ("हिन्दी", "हिंदी"),
            ("साँस", "सांस"),
            ("नहीं", "नही"),
            ("दर्द बढ़ा", "दर्द बढा"),
            ("沒有胸痛", "没有胸痛"),
            ("j’ai", "j'ai"),
            ("٣٩ १०४", "39 104"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }
}
