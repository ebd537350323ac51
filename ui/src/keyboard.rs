//! What stands on the keys of the keyboard on the screen, and what comes of them: most write what they show, and a
//! language may compose its characters of what is typed. Both are said in the language's translation file.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use slint::platform::Key;
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel, Weak};

use crate::pinyin::{self, Composition, Stroke, Written};
use crate::repeats::Repeats;
use crate::words::{Language, Words};
use crate::{Composing, Control, Entry, Keys, Kiosk, KioskWindow, Pick, Row, ScreenKind, Writing, focus};

/// Gives the window the keys and the type of a language. Only where the language is another one: keys that are made
/// anew let go of a finger.
pub fn put(window: &KioskWindow, words: &Words, language: Language) {
    let page = |key: &str| rows(&words.text(language, key));
    let letters = page("keyboard-letters");
    let cased = letters.iter().flatten().any(|letter| letter.to_uppercase() != *letter);
    let composes = language.composer().is_some();
    let name_of = |key: &str| if composes { words.text(language, key).into() } else { SharedString::new() };
    window.global::<Kiosk>().set_writing(Writing {
        script: language.script().code().into(),
        // Letters of which characters are composed are not what is written: Latin ones have a keyboard of their own.
        latin: !composes && letters.iter().flatten().any(|letter| letter == "q"),
        cased: !composes && cased,
        name: words.text(language, "keyboard-name").into(),
        columns: widest(&letters),
        letters: model(letters),
        signs: model(page("keyboard-signs")),
        composes,
        more_label: name_of("more-characters-key"),
        earlier_label: name_of("earlier-characters-key"),
    });
}

/// What somebody did at a window.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// This is written: a character, with the marks that a key has on it.
    Typed(String),
    /// The last character goes.
    Erased,
    /// This was touched, at this position of its list.
    Touched(Control, i32),
}

/// Tells what is touched and typed at a window, composed where its language composes.
pub fn listen(window: &KioskWindow, tell: impl Fn(Told) + 'static) {
    let keyboard = Rc::new(Keyboard {
        window: window.as_weak(),
        composition: RefCell::default(),
        offered: Rc::default(),
        repeats: Repeats::new(),
        tell: Box::new(tell),
    });
    let kiosk = window.global::<Kiosk>();
    let typing = Rc::clone(&keyboard);
    kiosk.on_typed(move |text| {
        if !typing.repeats(Struck::Key(text.clone())) {
            typing.typed(&text);
        }
    });
    let erasing = Rc::clone(&keyboard);
    kiosk.on_erased(move || {
        if !erasing.repeats(Struck::Erase) {
            erasing.strike(Stroke::Erased);
        }
    });
    let touching = Rc::clone(&keyboard);
    kiosk.on_touched(move |control, index| {
        if touching.repeats(Struck::Control(control, index)) {
            return;
        }
        if control != Control::StillHere {
            touching.strike(Stroke::Left);
        }
        (touching.tell)(Told::Touched(control, index));
    });
    kiosk.on_picked(move |pick, at| match pick {
        // Another screen is there: nobody struck this.
        Pick::Nothing => keyboard.show(Composition::default()),
        _ if keyboard.repeats(Struck::Pick(pick, at)) => {}
        Pick::Character => keyboard.strike(Stroke::Chosen(usize::try_from(at).unwrap_or(usize::MAX))),
        Pick::More => keyboard.strike(Stroke::Turned { on: true }),
        Pick::Earlier => keyboard.strike(Stroke::Turned { on: false }),
        Pick::First => keyboard.strike(Stroke::Accepted),
        Pick::Letters => keyboard.strike(Stroke::Left),
    });
}

/// Whether a key of a real keyboard was for what is being composed, and nothing else shall come of it: Return takes
/// the character that stands first. To be asked of every key, before anything comes of it.
pub fn takes(window: &KioskWindow, text: &str) -> bool {
    let kiosk = window.global::<Kiosk>();
    let is_return = text == SharedString::from(Key::Return).as_str();
    // Where keys stand at something, Return acts on that.
    let takes = is_return
        && !kiosk.get_composing().letters.is_empty()
        && !kiosk.get_warning().shown
        && focus::label(window).is_none();
    if takes {
        kiosk.invoke_picked(Pick::First, 0);
    }
    takes
}

/// What somebody has begun to compose is nobody else's: to be called when another screen is shown.
pub(crate) fn forget(kiosk: &Kiosk<'_>) {
    kiosk.invoke_picked(Pick::Nothing, 0);
}

/// What can be struck twice.
#[derive(PartialEq)]
enum Struck {
    Key(SharedString),
    Erase,
    Control(Control, i32),
    Pick(Pick, i32),
}

/// A window's keyboard, on the screen and before it.
struct Keyboard {
    window: Weak<KioskWindow>,
    composition: RefCell<Composition>,
    /// Changed in place: keys that are made anew let go of a finger, and of the focus.
    offered: Rc<VecModel<SharedString>>,
    repeats: Repeats<Struck>,
    tell: Box<dyn Fn(Told)>,
}

impl Keyboard {
    /// Whether this is only struck again, where that counts once. Somebody is there all the same.
    fn repeats(&self, struck: Struck) -> bool {
        // Noted in any case: the touch that asks for this is the first that counts once.
        let is_one = self.repeats.is_one(struck, Instant::now());
        let steady =
            || self.window.upgrade().is_some_and(|window| window.global::<Kiosk>().get_look().steady);
        let repeats = is_one && steady();
        if repeats {
            (self.tell)(Told::Touched(Control::StillHere, 0));
        }
        repeats
    }

    fn typed(&self, text: &str) {
        let Some(window) = self.window.upgrade() else { return };
        let kiosk = window.global::<Kiosk>();
        if !composes(&kiosk) {
            return (self.tell)(Told::Typed(text.into()));
        }
        for character in text.chars() {
            let question = kiosk.get_question();
            let begins_name = question.entry != Entry::Text && question.value.is_empty();
            self.strike(Stroke::Typed { character, begins_name });
        }
    }

    fn strike(&self, stroke: Stroke) {
        let before = self.composition.take();
        let (composition, written) = pinyin::step(before.clone(), stroke);
        let composed = composition != before && written.is_empty();
        self.show(composition);
        if composed {
            // Nothing is written yet, but somebody is there.
            (self.tell)(Told::Touched(Control::StillHere, 0));
        }
        for written in written {
            (self.tell)(match written {
                Written::Character(character) => Told::Typed(character.into()),
                Written::Erased => Told::Erased,
            });
        }
    }

    fn show(&self, composition: Composition) {
        if let Some(window) = self.window.upgrade() {
            fill(&self.offered, composition.offered());
            window.global::<Kiosk>().set_composing(Composing {
                letters: composition.spelling().into(),
                characters: ModelRc::from(Rc::clone(&self.offered)),
                paged: composition.pages() > 1,
            });
        }
        self.composition.replace(composition);
    }
}

/// Whether what is typed now stands for characters: where there is a keyboard on the screen, in a script that does.
fn composes(kiosk: &Kiosk<'_>) -> bool {
    let question = kiosk.get_question();
    let has_keyboard = match question.entry {
        Entry::Letters | Entry::Text => question.keys != Keys::Address,
        Entry::Signature => question.typing,
        _ => false,
    };
    kiosk.get_writing().composes
        && !kiosk.get_latin()
        && has_keyboard
        && kiosk.get_screen() == ScreenKind::Question
}

fn fill(model: &VecModel<SharedString>, characters: Vec<char>) {
    for (at, character) in characters.iter().enumerate() {
        let text = SharedString::from(*character);
        if at < model.row_count() {
            model.set_row_data(at, text);
        } else {
            model.push(text);
        }
    }
    while model.row_count() > characters.len() {
        model.remove(model.row_count() - 1);
    }
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
