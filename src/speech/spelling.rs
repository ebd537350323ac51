//! A number for a voice: letter by letter and figure by figure, by the names that its language gives them.

use vestibule_ui::language::Script;
use vestibule_ui::words::{Language, Words};

/// A ticket's number for a voice: "see, one zero seven". Left to itself a voice reads "C107" as an article or as a
/// hundred, and Latin letters between Arabic or Hindi words as English or not at all.
pub fn spelled(words: &Words, language: Language, number: &str) -> String {
    let (letters, figures) = (words.text(language, "spoken-letters"), words.text(language, "spoken-figures"));
    let (letters, figures) = (names(&letters), names(&figures));
    let pause = if language.script() == Script::Arabic { "، " } else { ", " };
    let mut said = String::new();
    let mut before = None;
    for c in number.chars() {
        let figure = c.to_digit(10).and_then(|figure| figures.get(figure as usize));
        let upper = c.to_ascii_uppercase();
        let letter = upper.is_ascii_uppercase().then(|| (upper as u8 - b'A') as usize);
        let name = figure.or_else(|| letter.and_then(|letter| letters.get(letter)));
        match before {
            None => {}
            Some(was_figure) if was_figure == figure.is_some() => said.push(' '),
            Some(_) => said.push_str(pause),
        }
        match name {
            Some(name) => said.push_str(name),
            None => said.push(c),
        }
        before = Some(figure.is_some());
    }
    said
}

fn names(text: &str) -> Vec<&str> {
    text.split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_spelled_in_each_language() {
        let words = Words::own();
        let spelled = |code, number| spelled(words, words.language_or_english(code), number);
        for (code, said) in [
            ("en", "see, one zero seven"),
            ("es", "ce, uno cero siete"),
            ("ar", "سي، واحد صفر سبعة"),
            ("hi", "सी, एक शून्य सात"),
        ] {
            assert_eq!(spelled(code, "C107"), said);
        }
        assert_eq!(spelled("en", "É2"), "É, two", "a letter without a name stays as it is");
        assert_eq!(spelled("es", ""), "");
        for language in words.languages() {
            let count = |key| names(&words.text(language, key)).len();
            assert_eq!((count("spoken-letters"), count("spoken-figures")), (26, 10), "{language:?}");
        }
    }
}
