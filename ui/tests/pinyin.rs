//! Chinese is written with a finger, with a real keyboard and with the keys of a keypad: pinyin is typed, and each
//! character is chosen of those that sound so.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/stage.rs"]
mod stage;

use common::SIZES;
use common::samples::say;
use stage::{Stage, Target, Told};
use vestibule_ui::slint::platform::Key;
use vestibule_ui::slint::{ComponentHandle, Model};
use vestibule_ui::{Control, Kiosk, QuestionScreen, focus};

/// Somebody at the glass, and what the kiosk has written of what they did.
struct Writer {
    stage: Stage,
}

impl Writer {
    fn at(glass: (u32, u32)) -> Self {
        let writer = Self { stage: Stage::new() };
        writer.turn(glass);
        writer
    }

    /// To another glass, where a name is asked for.
    fn turn(&self, glass: (u32, u32)) {
        self.stage.turn(glass);
        self.begin("letters-empty");
    }

    fn begin(&self, screen: &str) {
        self.stage.show(screen, "zh");
    }

    fn change(&self, change: impl FnOnce(&mut QuestionScreen)) {
        let kiosk = self.stage.window.global::<Kiosk>();
        let mut question = kiosk.get_question();
        change(&mut question);
        kiosk.set_question(question);
        self.stage.settle();
    }

    /// Writes as the session does, and answers what else was told.
    fn heed(&self, told: Vec<Told>) -> Vec<Told> {
        let mut others = Vec::new();
        for told in told {
            match told {
                Told::Typed(text) => self.change(|question| {
                    question.value.push_str(&text);
                    question.can_go_next = true;
                }),
                Told::Erased => self.change(|question| {
                    let mut value = question.value.to_string();
                    value.pop();
                    question.value = value.into();
                }),
                // While characters are composed, the session only learns that somebody is there.
                Told::Touched(Control::StillHere, 0) => {}
                other => others.push(other),
            }
        }
        others
    }

    fn touch(&self, label: &str) -> Vec<Told> {
        let told = self.stage.touch(label);
        self.heed(told)
    }

    fn touch_keys(&self, letters: &str) {
        for letter in letters.chars() {
            assert_eq!(self.touch(&letter.to_string()), []);
        }
    }

    fn strike(&self, text: &str) -> Vec<Told> {
        let mut others = Vec::new();
        for key in text.chars() {
            let told = self.stage.strike(key.to_string());
            others.extend(self.heed(told));
        }
        others
    }

    fn value(&self) -> String {
        self.stage.window.global::<Kiosk>().get_question().value.into()
    }

    fn letters(&self) -> String {
        self.stage.window.global::<Kiosk>().get_composing().letters.into()
    }

    fn offered(&self) -> Vec<String> {
        let composing = self.stage.window.global::<Kiosk>().get_composing();
        composing.characters.iter().map(String::from).collect()
    }

    /// What stands in the field.
    fn stands(&self, text: &str) -> bool {
        self.stage.written().iter().any(|written| written.text == text)
    }
}

#[test]
fn a_finger_writes_a_name() {
    let writer = Writer::at(SIZES[0]);
    for glass in SIZES {
        writer.turn(glass);
        assert!(writer.offered().is_empty());
        writer.touch_keys("wangxiaoming");
        assert_eq!(writer.value(), "", "nothing is written before it is chosen");
        assert!(writer.stands("wang xiao ming"), "what was typed is seen");
        // The most frequent surname stands first, and every candidate is a key that a finger hits.
        assert_eq!(writer.offered()[0], "王");
        for character in writer.offered() {
            let Target { place, is_key, .. } = writer.stage.target(&character);
            let (across, down) =
                (writer.stage.millimetres(place.width), writer.stage.millimetres(place.height));
            assert!(is_key && across >= 16.0 && down >= 16.0, "{character} is {across} x {down} mm");
            let q = writer.stage.target("q").place;
            assert!(place.bottom() <= q.y, "{character} stands above the letters");
        }
        assert_eq!(writer.touch("王"), []);
        assert_eq!(writer.value(), "王");
        assert!(writer.stands("王xiao ming"));
        writer.touch("小");
        writer.touch("明");
        assert_eq!((writer.value(), writer.letters()), ("王小明".to_owned(), String::new()));
        assert!(writer.offered().is_empty() && writer.stands("王小明"));
        assert_eq!(writer.touch(&say("zh", "next")), [Told::Touched(Control::Next, 0)]);
    }
}

#[test]
fn keys_never_move_while_a_name_is_written() {
    let writer = Writer::at(SIZES[0]);
    for glass in SIZES {
        writer.turn(glass);
        let places = || ["q", "l", "m"].map(|key| writer.stage.target(key).place);
        let before = places();
        for letter in ["s", "h", "i"] {
            writer.touch(letter);
            assert_eq!(places(), before);
        }
        writer.touch("石");
        assert_eq!(places(), before);
    }
}

#[test]
fn rarer_characters_are_on_further_pages() {
    let writer = Writer::at(SIZES[0]);
    writer.touch_keys("yi");
    let first = writer.offered();
    assert_eq!(first.len(), 8);
    let (more, earlier) = (say("zh", "more-characters-key"), say("zh", "earlier-characters-key"));
    writer.touch(&more);
    let second = writer.offered();
    assert!(second.iter().all(|character| !first.contains(character)));
    writer.touch(&more);
    writer.touch(&earlier);
    assert_eq!(writer.offered(), second);
    writer.touch(&second[7]);
    assert_eq!(writer.value(), second[7]);
    // Where all stand on one page there is nothing to turn.
    writer.touch_keys("nv");
    assert!(writer.stage.targets().iter().all(|target| target.label != more && target.label != earlier));
}

#[test]
fn the_eraser_takes_from_what_was_typed_first() {
    let writer = Writer::at(SIZES[0]);
    let erase = say("zh", "erase-key");
    writer.touch_keys("wangli");
    writer.touch("王");
    for left in ["王l", "王", ""] {
        writer.touch(&erase);
        assert_eq!(writer.value() + &writer.letters(), left);
    }
    writer.strike("zh");
    writer.heed(writer.stage.strike(Key::Backspace));
    assert_eq!(writer.letters(), "z");
}

#[test]
fn a_real_keyboard_writes_a_name() {
    let writer = Writer::at(SIZES[1]);
    // Space takes the first, a figure the one that it counts.
    writer.strike("wang");
    let second = writer.offered()[1].clone();
    writer.strike("2");
    assert_eq!((writer.value(), second.as_str()), ("汪".to_owned(), "汪"));
    writer.strike("hao ");
    assert_eq!(writer.value(), "汪好");
    // Return takes the first of one syllable after the other, and only then goes on.
    writer.strike("nihao");
    assert_eq!(writer.heed(writer.stage.strike(Key::Return)), []);
    assert_eq!((writer.value(), writer.letters()), ("汪好你".to_owned(), "hao".to_owned()));
    assert_eq!(writer.heed(writer.stage.strike(Key::Return)), []);
    assert_eq!(writer.value(), "汪好你好");
    assert_eq!(writer.stage.strike(Key::Return), [Told::Touched(Control::Next, 0)]);
}

#[test]
fn somebody_who_composes_is_there() {
    let writer = Writer::at(SIZES[0]);
    for key in ["w", "a", &say("zh", "more-characters-key"), &say("zh", "erase-key")] {
        assert_eq!(writer.stage.touch(key), [Told::Touched(Control::StillHere, 0)], "{key}");
    }
}

#[test]
fn a_keypad_writes_a_name_and_keys_stay_where_they_chose() {
    let writer = Writer::at(SIZES[0]);
    let stage = &writer.stage;
    let go_to = |label: &str| {
        for _ in 0..80 {
            if focus::label(&stage.window).as_deref() == Some(label) {
                return;
            }
            stage.strike(Key::Tab);
        }
        panic!("keys do not come to {label}");
    };
    let choose = |label: &str| {
        go_to(label);
        writer.heed(stage.strike(Key::Return))
    };
    for letter in ["l", "i", "y", "u"] {
        assert_eq!(choose(letter), []);
    }
    assert_eq!(writer.letters(), "li yu");
    // Above the letters is the row of characters, as everywhere on a keyboard.
    stage.strike(Key::UpArrow);
    let stands = focus::label(&stage.window).unwrap();
    go_to("q");
    stage.strike(Key::UpArrow);
    assert_eq!(focus::label(&stage.window), Some("李".into()), "not {stands}");
    stage.strike(Key::RightArrow);
    assert_eq!(focus::label(&stage.window), Some("黎".into()));
    writer.heed(stage.strike(Key::Return));
    // Keys stand at the second character of the next syllable.
    assert_eq!(focus::label(&stage.window).as_ref(), writer.offered().get(1));
    assert_eq!(choose("雨"), []);
    assert_eq!(writer.value(), "黎雨");
    // The characters have gone, and keys stand where the keyboard begins.
    assert_eq!(focus::label(&stage.window), Some("q".into()));
}

#[test]
fn whoever_has_a_latin_name_writes_latin() {
    let writer = Writer::at(SIZES[0]);
    let switch = say("zh", "layout-key");
    writer.touch(&switch);
    for key in ["A", "n", "n", "a"] {
        assert_eq!(writer.touch(key), []);
    }
    assert_eq!((writer.value(), writer.letters()), ("Anna".to_owned(), String::new()));
    writer.strike("b");
    assert_eq!(writer.value(), "Annab", "a real keyboard does as the one on the screen");
    // Back, and another keyboard is in the language's own script.
    writer.touch(&switch);
    writer.touch_keys("an");
    assert_eq!(writer.letters(), "an");
    // What was typed before was meant as letters.
    writer.touch(&switch);
    assert_eq!(writer.value(), "Annaban");
    writer.begin("date");
    writer.begin("letters-empty");
    writer.touch_keys("an");
    assert_eq!(writer.letters(), "an");
}

#[test]
fn whoever_goes_on_without_choosing_leaves_the_letters() {
    let writer = Writer::at(SIZES[0]);
    writer.begin("letters");
    writer.change(|question| question.value = "王".into());
    writer.touch_keys("xiao'");
    for control in [Control::Next, Control::Back, Control::NeedHelp] {
        let key = match control {
            Control::Next => "next",
            Control::Back => "back",
            _ => "need-help",
        };
        assert_eq!(writer.touch(&say("zh", key)), [Told::Touched(control, 0)]);
        assert_eq!((writer.value(), writer.letters()), ("王xiao'".to_owned(), String::new()));
    }
}

#[test]
fn what_somebody_began_is_not_seen_by_the_next() {
    let writer = Writer::at(SIZES[0]);
    for screen in ["welcome", "date", "letters-skip", "digits", "text"] {
        writer.begin("letters-empty");
        writer.strike("wang");
        assert_eq!(writer.letters(), "wang");
        writer.begin(screen);
        assert_eq!((writer.letters(), writer.offered()), (String::new(), vec![]), "{screen}");
    }
    // The warning is no other screen.
    writer.begin("letters-empty");
    writer.strike("wang");
    let kiosk = writer.stage.window.global::<Kiosk>();
    for shown in [true, false] {
        let mut warning = kiosk.get_warning();
        warning.shown = shown;
        kiosk.set_warning(warning);
        writer.stage.settle();
        assert_eq!(writer.letters(), "wang");
    }
    assert_eq!(writer.offered()[0], "王");
}

#[test]
fn only_where_there_is_a_keyboard_is_anything_composed() {
    let writer = Writer::at(SIZES[0]);
    for screen in ["date", "digits", "number", "choices-4", "signature"] {
        writer.begin(screen);
        assert_eq!(writer.stage.strike("a"), [Told::Typed("a".into())], "{screen}");
    }
    for (screen, tongue) in [("letters", "en"), ("text", "es")] {
        writer.stage.show(screen, tongue);
        assert_eq!(writer.stage.strike("a"), [Told::Typed("a".into())], "{screen}");
    }
    for screen in ["text-empty", "signature-typed"] {
        writer.begin(screen);
        writer.strike("a");
        assert_eq!(writer.letters(), "a", "{screen}");
        let seen = |written: &stage::Written| written.text == "a|" || written.text.ends_with('a');
        assert!(writer.stage.written().iter().any(seen), "{screen}");
    }
    // In one's own words a sentence begins with anything; a name begins with a surname.
    writer.begin("text-empty");
    writer.strike("shi");
    assert_eq!(writer.offered()[0], "是");
}
