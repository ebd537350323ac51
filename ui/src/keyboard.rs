//! What stands on the keys of the keyboard on the screen: what the language's translation file says.

use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

use crate::words::{Language, Words};
use crate::{Kiosk, KioskWindow, Row, Writing};

/// Gives the window the keys and the type of a language. Only where the language is another one: keys that are made
/// anew let go of a finger.
pub fn put(window: &KioskWindow, words: &Words, language: Language) {
    let page = |key: &str| rows(&words.text(language, key));
    let letters = page("keyboard-letters");
    let cased = letters.iter().flatten().any(|letter| letter.to_uppercase() != *letter);
    window.global::<Kiosk>().set_writing(Writing {
        script: language.script().code().into(),
        // Chinese is typed with Latin letters: it needs no second keyboard for them.
        latin: letters.iter().flatten().any(|letter| letter == "q"),
        cased,
        name: words.text(language, "keyboard-name").into(),
        columns: widest(&letters),
        letters: model(letters),
        signs: model(page("keyboard-signs")),
    });
}

/// One row a line, one key a word.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect()
}

fn widest(rows: &[Vec<String>]) -> i32 {
    rows.iter().map(Vec::len).max().and_then(|keys| i32::try_from(keys).ok()).unwrap_or(1)
}

fn model(rows: Vec<Vec<String>>) -> ModelRc<Row> {
    let row = |keys: Vec<String>| Row {
        keys: ModelRc::new(VecModel::from_iter(keys.into_iter().map(SharedString::from))),
    };
    ModelRc::new(VecModel::from_iter(rows.into_iter().map(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_keys_for_all_its_letters_that_fit() {
        for language in Words::own().languages() {
            let letters = rows(&Words::own().text(language, "keyboard-letters"));
            let signs = rows(&Words::own().text(language, "keyboard-signs"));
            let code = language.code();
            assert!((3..=5).contains(&letters.len()) && (3..=5).contains(&signs.len()), "{code}");
            assert!(widest(&letters) <= 12 && widest(&signs) <= 10, "{code}");
            // The shift key stands before the last row and takes the room of two.
            let last = |page: &[Vec<String>]| page.last().map_or(0, Vec::len) as i32;
            let cased = letters.iter().flatten().any(|letter| letter.to_uppercase() != *letter);
            let shift_fits = last(&letters) + 2 <= widest(&letters) && last(&signs) + 2 <= 10;
            assert!(!cased || shift_fits, "{code}");
            for page in [letters, signs] {
                let keys: std::collections::BTreeSet<_> = page.iter().flatten().collect();
                assert_eq!(keys.len(), page.iter().flatten().count(), "{code} has a key twice on a page");
            }
        }
    }
}
