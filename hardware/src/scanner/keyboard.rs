//! Takes the key strokes of a scanner that plays a keyboard apart into codes.
//!
//! Such a scanner presses the keys that a person would have to press on the keyboard it is set to, so the kiosk must
//! be set to the same one. Whatever is on a stranger's code can be pressed this way, shortcuts too; but all that
//! comes out of here is text. A key whose character is not certain makes its code unreadable.

use evdev::KeyCode;
use serde::{Deserialize, Serialize};

use super::frame::{FrameReader, ScanError};

/// A byte that stands in no text of UTF-8: the code that it is put into is unreadable.
const UNKNOWN: u8 = 0xFF;
/// Where code page 1252 is not Latin-1: 80 to 9F. A blank is none.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
/// The most digits of a character typed by its number: `Alt` with `0` and three more.
const LONGEST_NUMBER: usize = 4;

/// Which keyboard the scanner is set to play. The scanner's manual calls it «country» or «keyboard layout».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum KeyboardLayout {
    /// United States, as scanners come from the factory.
    #[default]
    #[serde(rename = "us")]
    Us,
    /// Germany (DIN 2137), as Windows has it: the circumflex and both accents wait for the next key.
    #[serde(rename = "de")]
    German,
}

/// What a keyboard tells, by the codes of `linux/input-event-codes.h`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum KeyEvent {
    /// A key went down.
    Down(u16),
    /// It is held. Scanners hold none: Linux makes this up when a release is late.
    Repeat(u16),
    /// It came up.
    Up(u16),
    /// Events came faster than they were read, and some are lost (`SYN_DROPPED`).
    Dropped,
}

// What is on a document must not reach a log by a stray `{:?}`.
impl std::fmt::Debug for KeyEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyEvent(withheld)")
    }
}

/// The state of taking key strokes apart into codes. A code ends with Enter or Tab, or with silence.
#[derive(Debug)]
pub struct KeyReader {
    layout: KeyboardLayout,
    frame: FrameReader,
    held: Held,
    /// Waits for the letter that it is put on.
    accent: Option<char>,
    /// The digits that were typed while Alt is held.
    number: String,
    /// Events were lost: an Enter may have been among them, or the release of Shift. Nothing counts until silence.
    adrift: bool,
}

/// The keys that change the meaning of others, and are held.
#[derive(Debug, Default)]
struct Held(Vec<KeyCode>);

impl Held {
    fn any(&self, keys: &[KeyCode]) -> bool {
        self.0.iter().any(|held| keys.contains(held))
    }

    fn shift(&self) -> bool {
        self.any(&[KeyCode::KEY_LEFTSHIFT, KeyCode::KEY_RIGHTSHIFT])
    }

    fn control(&self) -> bool {
        self.any(&[KeyCode::KEY_LEFTCTRL, KeyCode::KEY_RIGHTCTRL])
    }

    fn meta(&self) -> bool {
        self.any(&[KeyCode::KEY_LEFTMETA, KeyCode::KEY_RIGHTMETA])
    }

    /// Alt on the left, and on the right too where that is not AltGr.
    fn alt(&self, layout: KeyboardLayout) -> bool {
        self.any(&[KeyCode::KEY_LEFTALT])
            || layout == KeyboardLayout::Us && self.any(&[KeyCode::KEY_RIGHTALT])
    }

    fn alt_graph(&self, layout: KeyboardLayout) -> bool {
        layout == KeyboardLayout::German
            && (self.any(&[KeyCode::KEY_RIGHTALT])
                // What Windows takes for AltGr, and some scanners send.
                || self.control() && self.any(&[KeyCode::KEY_LEFTALT]))
    }
}

impl KeyReader {
    /// Between two codes, with no key held.
    pub fn new(layout: KeyboardLayout) -> KeyReader {
        KeyReader {
            layout,
            frame: FrameReader::new(),
            held: Held::default(),
            accent: None,
            number: String::new(),
            adrift: false,
        }
    }

    /// Takes the next event. A code is given back with the key that ends it.
    pub fn push(&mut self, event: KeyEvent) -> Option<Result<String, ScanError>> {
        match event {
            KeyEvent::Dropped => self.adrift = true,
            _ if self.adrift => {}
            KeyEvent::Up(code) => return self.up(KeyCode(code)),
            KeyEvent::Down(code) => return self.down(KeyCode(code)),
            // A key that is held once is one character.
            KeyEvent::Repeat(_) => {}
        }
        None
    }

    /// The keyboard has been silent: what came so far is all of it. Not every scanner sends a suffix.
    pub fn finish(&mut self) -> Option<Result<String, ScanError>> {
        if std::mem::take(&mut self.adrift) {
            *self = KeyReader::new(self.layout);
            return Some(Err(ScanError::Unreadable));
        }
        self.settle();
        self.frame.finish()
    }

    /// Whether a code was begun.
    pub fn has_begun(&self) -> bool {
        self.adrift || self.accent.is_some() || !self.number.is_empty() || self.frame.has_begun()
    }

    fn up(&mut self, key: KeyCode) -> Option<Result<String, ScanError>> {
        self.held.0.retain(|held| *held != key);
        if self.held.alt(self.layout) || self.number.is_empty() {
            return None;
        }
        let number = std::mem::take(&mut self.number);
        match by_number(&number) {
            Some(letter) => self.letter(letter),
            None => self.unknown(),
        }
    }

    fn down(&mut self, key: KeyCode) -> Option<Result<String, ScanError>> {
        if is_modifier(key) {
            if !self.held.any(&[key]) {
                self.held.0.push(key);
            }
            return None;
        }
        if is_idle(key) {
            return None;
        }
        if matches!(key, KeyCode::KEY_ENTER | KeyCode::KEY_KPENTER | KeyCode::KEY_TAB) {
            self.settle();
            return self.frame.push(b'\r');
        }
        let stroke = if self.held.shift() { Level::Shift } else { Level::Plain };
        if self.held.meta() {
            return self.unknown();
        }
        if self.held.alt_graph(self.layout) {
            return match (stroke, stroke_of(self.layout, key, Level::AltGraph)) {
                (Level::Plain, Some(stroke)) => self.stroke(stroke),
                _ => self.unknown(),
            };
        }
        match (self.held.control(), self.held.alt(self.layout)) {
            (false, false) => match stroke_of(self.layout, key, stroke) {
                Some(stroke) => self.stroke(stroke),
                None => self.unknown(),
            },
            (true, false) => self.control(key),
            (false, true) => match keypad_digit(key) {
                Some(digit) if self.number.len() < LONGEST_NUMBER => {
                    self.number.push(digit);
                    None
                }
                _ => self.unknown(),
            },
            (true, true) => self.unknown(),
        }
    }

    /// A key with Ctrl is a control character, as on a terminal: on a letter the lower five bits of it, on the others one that
    /// is left out of every code. Not with Shift: Ctrl, Shift and U let hexadecimal digits follow that are meant to
    /// be one character.
    fn control(&mut self, key: KeyCode) -> Option<Result<String, ScanError>> {
        match stroke_of(self.layout, key, Level::Plain) {
            Some(Stroke::Letter(letter)) if letter.is_ascii_lowercase() => {
                if self.held.shift() {
                    return self.unknown();
                }
                self.letter(char::from(letter as u8 & 0x1F))
            }
            Some(_) => None,
            None => self.unknown(),
        }
    }

    fn stroke(&mut self, stroke: Stroke) -> Option<Result<String, ScanError>> {
        match (self.accent.take(), stroke) {
            (None, Stroke::Letter(letter)) => self.letter(letter),
            (None, Stroke::Accent(accent)) => {
                self.accent = Some(accent);
                None
            }
            (Some(accent), Stroke::Letter(letter)) => match put_on(accent, letter) {
                Some(letter) => self.letter(letter),
                None => self.unknown(),
            },
            (Some(_), Stroke::Accent(_)) => self.unknown(),
        }
    }

    fn letter(&mut self, letter: char) -> Option<Result<String, ScanError>> {
        // A character behind an accent that did not come from a key.
        if self.accent.take().is_some() {
            self.unknown();
        }
        let mut bytes = [0; 4];
        let bytes = letter.encode_utf8(&mut bytes).as_bytes();
        bytes.iter().filter_map(|byte| self.frame.push(*byte)).last()
    }

    fn unknown(&mut self) -> Option<Result<String, ScanError>> {
        self.accent = None;
        self.number.clear();
        self.frame.push(UNKNOWN)
    }

    /// An accent or a number that nothing more comes to is no character.
    fn settle(&mut self) {
        if self.accent.is_some() || !self.number.is_empty() {
            self.unknown();
        }
    }
}

fn is_modifier(key: KeyCode) -> bool {
    matches!(
        key,
        KeyCode::KEY_LEFTSHIFT
            | KeyCode::KEY_RIGHTSHIFT
            | KeyCode::KEY_LEFTCTRL
            | KeyCode::KEY_RIGHTCTRL
            | KeyCode::KEY_LEFTALT
            | KeyCode::KEY_RIGHTALT
            | KeyCode::KEY_LEFTMETA
            | KeyCode::KEY_RIGHTMETA
    )
}

/// Keys that scanners press for control characters, which no code keeps. Caps lock is not among them: with it,
/// which of two letters is meant is not certain.
fn is_idle(key: KeyCode) -> bool {
    matches!(
        key,
        KeyCode::KEY_ESC
            | KeyCode::KEY_BACKSPACE
            | KeyCode::KEY_INSERT
            | KeyCode::KEY_DELETE
            | KeyCode::KEY_HOME
            | KeyCode::KEY_END
            | KeyCode::KEY_PAGEUP
            | KeyCode::KEY_PAGEDOWN
            | KeyCode::KEY_UP
            | KeyCode::KEY_DOWN
            | KeyCode::KEY_LEFT
            | KeyCode::KEY_RIGHT
            | KeyCode::KEY_SYSRQ
            | KeyCode::KEY_PAUSE
            | KeyCode::KEY_SCROLLLOCK
            | KeyCode::KEY_NUMLOCK
            | KeyCode::KEY_COMPOSE
    ) || (KeyCode::KEY_F1..=KeyCode::KEY_F10).contains(&key)
        || (KeyCode::KEY_F13..=KeyCode::KEY_F24).contains(&key)
        || matches!(key, KeyCode::KEY_F11 | KeyCode::KEY_F12)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Plain,
    Shift,
    AltGraph,
}

/// What a key means on its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stroke {
    Letter(char),
    Accent(char),
}

fn stroke_of(layout: KeyboardLayout, key: KeyCode, level: Level) -> Option<Stroke> {
    let keypad = match key {
        KeyCode::KEY_KPASTERISK => Some('*'),
        KeyCode::KEY_KPMINUS => Some('-'),
        KeyCode::KEY_KPPLUS => Some('+'),
        KeyCode::KEY_KPSLASH => Some('/'),
        KeyCode::KEY_KPDOT if layout == KeyboardLayout::German => Some(','),
        KeyCode::KEY_KPDOT => Some('.'),
        _ => keypad_digit(key),
    };
    if let Some(letter) = keypad {
        // With Shift they are arrows on some systems.
        return (level == Level::Plain).then_some(Stroke::Letter(letter));
    }
    let accent = match (layout, key, level) {
        (KeyboardLayout::German, KeyCode::KEY_EQUAL, Level::Plain) => Some('´'),
        (KeyboardLayout::German, KeyCode::KEY_EQUAL, Level::Shift) => Some('`'),
        (KeyboardLayout::German, KeyCode::KEY_GRAVE, Level::Plain) => Some('^'),
        _ => None,
    };
    if let Some(accent) = accent {
        return Some(Stroke::Accent(accent));
    }
    let on_key = match layout {
        KeyboardLayout::Us => us(key),
        KeyboardLayout::German => german(key).or_else(|| us(key).filter(|_| is_letter_key(key))),
    }?;
    let at = match level {
        Level::Plain => 0,
        Level::Shift => 1,
        Level::AltGraph => 2,
    };
    // A blank stands for none where it is not the space bar.
    let letter = on_key.chars().nth(at).filter(|letter| *letter != ' ' || key == KeyCode::KEY_SPACE);
    letter.map(Stroke::Letter)
}

fn is_letter_key(key: KeyCode) -> bool {
    us(key).is_some_and(|letters| letters.starts_with(|letter: char| letter.is_ascii_lowercase()))
}

/// What is on a key of the United States' keyboard: plain, then with Shift.
fn us(key: KeyCode) -> Option<&'static str> {
    Some(match key {
        KeyCode::KEY_1 => "1!",
        KeyCode::KEY_2 => "2@",
        KeyCode::KEY_3 => "3#",
        KeyCode::KEY_4 => "4$",
        KeyCode::KEY_5 => "5%",
        KeyCode::KEY_6 => "6^",
        KeyCode::KEY_7 => "7&",
        KeyCode::KEY_8 => "8*",
        KeyCode::KEY_9 => "9(",
        KeyCode::KEY_0 => "0)",
        KeyCode::KEY_MINUS => "-_",
        KeyCode::KEY_EQUAL => "=+",
        KeyCode::KEY_Q => "qQ",
        KeyCode::KEY_W => "wW",
        KeyCode::KEY_E => "eE",
        KeyCode::KEY_R => "rR",
        KeyCode::KEY_T => "tT",
        KeyCode::KEY_Y => "yY",
        KeyCode::KEY_U => "uU",
        KeyCode::KEY_I => "iI",
        KeyCode::KEY_O => "oO",
        KeyCode::KEY_P => "pP",
        KeyCode::KEY_LEFTBRACE => "[{",
        KeyCode::KEY_RIGHTBRACE => "]}",
        KeyCode::KEY_A => "aA",
        KeyCode::KEY_S => "sS",
        KeyCode::KEY_D => "dD",
        KeyCode::KEY_F => "fF",
        KeyCode::KEY_G => "gG",
        KeyCode::KEY_H => "hH",
        KeyCode::KEY_J => "jJ",
        KeyCode::KEY_K => "kK",
        KeyCode::KEY_L => "lL",
        KeyCode::KEY_SEMICOLON => ";:",
        KeyCode::KEY_APOSTROPHE => "'\"",
        KeyCode::KEY_GRAVE => "`~",
        KeyCode::KEY_BACKSLASH => "\\|",
        KeyCode::KEY_Z => "zZ",
        KeyCode::KEY_X => "xX",
        KeyCode::KEY_C => "cC",
        KeyCode::KEY_V => "vV",
        KeyCode::KEY_B => "bB",
        KeyCode::KEY_N => "nN",
        KeyCode::KEY_M => "mM",
        KeyCode::KEY_COMMA => ",<",
        KeyCode::KEY_DOT => ".>",
        KeyCode::KEY_SLASH => "/?",
        KeyCode::KEY_SPACE => "  ",
        _ => return None,
    })
}

/// What is on a key of the German keyboard: plain, with Shift, with AltGr. Letters that are as on the other one are
/// left out, and so are the keys of accents. A blank is none.
fn german(key: KeyCode) -> Option<&'static str> {
    Some(match key {
        KeyCode::KEY_1 => "1!",
        KeyCode::KEY_2 => "2\"²",
        KeyCode::KEY_3 => "3§³",
        KeyCode::KEY_4 => "4$",
        KeyCode::KEY_5 => "5%",
        KeyCode::KEY_6 => "6&",
        KeyCode::KEY_7 => "7/{",
        KeyCode::KEY_8 => "8([",
        KeyCode::KEY_9 => "9)]",
        KeyCode::KEY_0 => "0=}",
        KeyCode::KEY_MINUS => "ß?\\",
        KeyCode::KEY_Q => "qQ@",
        KeyCode::KEY_E => "eE€",
        KeyCode::KEY_Y => "zZ",
        KeyCode::KEY_LEFTBRACE => "üÜ",
        KeyCode::KEY_RIGHTBRACE => "+*~",
        KeyCode::KEY_SEMICOLON => "öÖ",
        KeyCode::KEY_APOSTROPHE => "äÄ",
        KeyCode::KEY_GRAVE => " °",
        KeyCode::KEY_BACKSLASH => "#'",
        KeyCode::KEY_102ND => "<>|",
        KeyCode::KEY_Z => "yY",
        KeyCode::KEY_M => "mMµ",
        KeyCode::KEY_COMMA => ",;",
        KeyCode::KEY_DOT => ".:",
        KeyCode::KEY_SLASH => "-_",
        KeyCode::KEY_SPACE => "  ",
        _ => return None,
    })
}

/// The digits of the number pad. Scanners take it for granted that Num lock is on.
fn keypad_digit(key: KeyCode) -> Option<char> {
    Some(match key {
        KeyCode::KEY_KP0 => '0',
        KeyCode::KEY_KP1 => '1',
        KeyCode::KEY_KP2 => '2',
        KeyCode::KEY_KP3 => '3',
        KeyCode::KEY_KP4 => '4',
        KeyCode::KEY_KP5 => '5',
        KeyCode::KEY_KP6 => '6',
        KeyCode::KEY_KP7 => '7',
        KeyCode::KEY_KP8 => '8',
        KeyCode::KEY_KP9 => '9',
        _ => return None,
    })
}

/// A letter with an accent. Before a blank an accent stands by itself, and that is how scanners write it.
fn put_on(accent: char, letter: char) -> Option<char> {
    let table = match accent {
        '´' => "  áéíóúýÁÉÍÓÚÝ",
        '`' => "  àèìòù ÀÈÌÒÙ ",
        '^' => "  âêîôû ÂÊÎÔÛ ",
        _ => return None,
    };
    if letter == ' ' {
        return Some(accent);
    }
    let at = "  aeiouyAEIOUY".chars().position(|plain| plain == letter)?;
    table.chars().nth(at).filter(|letter| *letter != ' ')
}

/// The character of a number that was typed with Alt, as Windows has it: ASCII, and with a zero in front code page
/// 1252. What the others are depends on a code page that is not known here.
fn by_number(digits: &str) -> Option<char> {
    let number = digits.parse::<u8>().ok()?;
    match number {
        0..=0x7F => Some(char::from(number)),
        0xA0.. if digits.starts_with('0') => Some(char::from(number)),
        0x80..=0x9F if digits.starts_with('0') => {
            WINDOWS_1252.chars().nth(usize::from(number - 0x80)).filter(|letter| *letter != ' ')
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use KeyboardLayout::{German, Us};

    const SHIFT: u16 = KeyCode::KEY_LEFTSHIFT.0;
    const CONTROL: u16 = KeyCode::KEY_LEFTCTRL.0;
    const ALT: u16 = KeyCode::KEY_LEFTALT.0;
    const ALT_GRAPH: u16 = KeyCode::KEY_RIGHTALT.0;
    const META: u16 = KeyCode::KEY_LEFTMETA.0;
    const ENTER: u16 = 28;

    /// The keys by their numbers, in their places on the keyboard.
    const DIGITS: [u16; 10] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const KEYPAD: [u16; 10] = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];

    fn stroke(code: u16) -> Vec<KeyEvent> {
        vec![KeyEvent::Down(code), KeyEvent::Up(code)]
    }

    fn with(modifiers: &[u16], codes: &[u16]) -> Vec<KeyEvent> {
        let mut events: Vec<_> = modifiers.iter().map(|code| KeyEvent::Down(*code)).collect();
        events.extend(codes.iter().flat_map(|code| stroke(*code)));
        events.extend(modifiers.iter().rev().map(|code| KeyEvent::Up(*code)));
        events
    }

    fn read(layout: KeyboardLayout, events: &[KeyEvent]) -> Vec<Result<String, ScanError>> {
        let mut reader = KeyReader::new(layout);
        let mut codes: Vec<_> = events.iter().filter_map(|event| reader.push(*event)).collect();
        codes.extend(reader.finish());
        codes
    }

    fn ok(text: &str) -> Vec<Result<String, ScanError>> {
        vec![Ok(text.to_owned())]
    }

    #[test]
    fn every_key_is_what_stands_on_it() {
        // The rows of the keyboard from the key behind 1 to the one behind M: numbers, then what is on them.
        let rows: &[(KeyboardLayout, &[u16], &[u16], &str)] = &[
            (Us, &[], &DIGITS, "1234567890"),
            (Us, &[SHIFT], &DIGITS, "!@#$%^&*()"),
            (Us, &[], &[41, 12, 13, 26, 27, 39, 40, 43, 51, 52, 53], "`-=[];'\\,./"),
            (Us, &[SHIFT], &[41, 12, 13, 26, 27, 39, 40, 43, 51, 52, 53], "~_+{}:\"|<>?"),
            (Us, &[], &[16, 17, 18, 19, 20, 21, 22, 23, 24, 25], "qwertyuiop"),
            (Us, &[], &[30, 31, 32, 33, 34, 35, 36, 37, 38], "asdfghjkl"),
            (Us, &[SHIFT], &[44, 45, 46, 47, 48, 49, 50], "ZXCVBNM"),
            (German, &[], &DIGITS, "1234567890"),
            (German, &[SHIFT], &DIGITS, "!\"§$%&/()="),
            (German, &[], &[12, 26, 27, 39, 40, 43, 86, 51, 52, 53], "ßü+öä#<,.-"),
            (German, &[SHIFT], &[12, 26, 27, 39, 40, 43, 86, 51, 52, 53, 41], "?Ü*ÖÄ'>;:_°"),
            (German, &[ALT_GRAPH], &[3, 4, 8, 9, 10, 11, 12, 16, 18, 27, 50, 86], "²³{[]}\\@€~µ|"),
            // Scanners that know no AltGr.
            (German, &[CONTROL, ALT], &[16, 86], "@|"),
            (German, &[], &[16, 17, 18, 19, 20, 21, 22, 23, 24, 25], "qwertzuiop"),
            (German, &[SHIFT], &[44, 45, 46, 47, 48, 49, 50], "YXCVBNM"),
            (Us, &[], &KEYPAD, "0123456789"),
            (Us, &[], &[55, 74, 78, 83, 98], "*-+./"),
            (German, &[], &[55, 74, 78, 83, 98], "*-+,/"),
        ];
        for (layout, modifiers, codes, text) in rows {
            assert_eq!(read(*layout, &with(modifiers, codes)), ok(text), "{layout:?} {modifiers:?}");
        }
    }

    #[test]
    fn a_code_ends_with_enter_or_tab_or_with_silence() {
        for end in [ENTER, 96, 15] {
            let events = [stroke(30), stroke(end), stroke(48), stroke(end), stroke(end)].concat();
            assert_eq!(read(Us, &events), [ok("a"), ok("b")].concat(), "{end}");
        }
        assert_eq!(read(Us, &[stroke(30), stroke(57), stroke(48)].concat()), ok("a b"));
        assert_eq!(read(Us, &[]), []);
    }

    #[test]
    fn the_prefix_of_a_scanner_is_left_out_and_the_lines_of_a_document_are_one_code() {
        // ]Q1a
        assert_eq!(read(Us, &[stroke(27), with(&[SHIFT], &[16]), stroke(2), stroke(30)].concat()), ok("a"));
        // P<, 42 of <, Enter; and 44 of < with Ctrl and J as the end of a line.
        let less = |count| with(&[SHIFT], &vec![51; count]);
        let events =
            [with(&[SHIFT], &[25]), less(43), stroke(ENTER), less(44), with(&[CONTROL], &[36])].concat();
        let text = format!("P{}\n{}", "<".repeat(43), "<".repeat(44));
        assert_eq!(read(Us, &events), ok(&text));
    }

    #[test]
    fn keys_that_are_no_characters_do_nothing() {
        let between = [
            stroke(1),  // Escape
            stroke(14), // Backspace
            stroke(59), // F1
            stroke(88), // F12
            stroke(105),
            stroke(111),
            with(&[ALT], &[62]), // Alt and F4
            with(&[CONTROL, ALT], &[111]),
            with(&[CONTROL], &[46]), // Ctrl and C
            with(&[CONTROL], &[27]), // Ctrl and ]: the group separator
            with(&[CONTROL, SHIFT], &[3]),
            with(&[META], &[]),
            with(&[ALT], &[]),
            with(&[SHIFT], &[]),
            with(&[ALT], &[KEYPAD[0], KEYPAD[2], KEYPAD[9]]), // The group separator by its number
            vec![KeyEvent::Repeat(30), KeyEvent::Up(30)],
        ];
        for events in between {
            for layout in [Us, German] {
                assert_eq!(read(layout, &events), []);
                let inside = [stroke(30), events.clone(), stroke(48)].concat();
                assert_eq!(read(layout, &inside), ok("ab"));
            }
        }
    }

    #[test]
    fn a_key_whose_character_is_not_certain_makes_its_code_unreadable_and_no_other() {
        let uncertain: &[(KeyboardLayout, Vec<KeyEvent>)] = &[
            (Us, stroke(86)),  // On one such keyboard <, on another \
            (Us, stroke(58)),  // Caps lock
            (Us, stroke(113)), // Mute
            (Us, stroke(0)),
            (Us, stroke(0x2FF)),
            (Us, with(&[META], &[19])),
            (Us, with(&[ALT], &[30])),
            (Us, with(&[ALT], &[2, 3])),
            (Us, with(&[CONTROL, SHIFT], &[22])), // What follows on Linux is a number in hexadecimal
            (Us, with(&[CONTROL, ALT], &[16])),
            (Us, with(&[SHIFT], &[79])),
            (German, with(&[ALT_GRAPH], &[30])),
            (German, with(&[ALT_GRAPH, SHIFT], &[16])),
            (German, stroke(13)), // An accent that nothing comes to
            (German, [stroke(13), stroke(13)].concat()),
            (German, [stroke(13), stroke(45)].concat()),
            (German, [stroke(41), with(&[ALT], &[75, 79])].concat()),
            // By numbers of a code page that is not known, or that are none.
            (Us, with(&[ALT], &[79, 76, 75])),
            (Us, with(&[ALT], &[82, 79, 80, 73])),
            (Us, with(&[ALT], &[81, 82, 82])),
            (Us, with(&[ALT], &[82, 82, 82, 77, 76])),
            (Us, vec![KeyEvent::Down(ALT), KeyEvent::Down(79)]),
        ];
        for (layout, events) in uncertain {
            let codes = [stroke(48), stroke(ENTER), stroke(30), events.clone(), stroke(ENTER)].concat();
            assert_eq!(read(*layout, &codes), [ok("b"), vec![Err(ScanError::Unreadable)]].concat());
        }
    }

    #[test]
    fn characters_typed_by_their_numbers() {
        for (digits, text) in [("65", "A"), ("065", "A"), ("0228", "ä"), ("0128", "€"), ("0159", "Ÿ")] {
            let keys: Vec<u16> = digits.bytes().map(|digit| KEYPAD[usize::from(digit - b'0')]).collect();
            assert_eq!(read(Us, &with(&[ALT], &keys)), ok(text), "{digits}");
        }
        // Two, and an end of line.
        let keys = [with(&[ALT], &[77, 76]), with(&[ALT], &[77, 77]), with(&[ALT], &[82, 79, 81])].concat();
        assert_eq!(read(Us, &[keys, stroke(30)].concat()), [ok("AB"), ok("a")].concat());
        assert_eq!(WINDOWS_1252.chars().count(), 0xA0 - 0x80);
    }

    #[test]
    fn german_accents_stand_on_letters_or_by_themselves() {
        let accents = [
            [stroke(41), stroke(57)].concat(),
            [stroke(13), stroke(18)].concat(),
            [with(&[SHIFT], &[13]), with(&[SHIFT], &[30])].concat(),
            [stroke(41), stroke(22)].concat(),
            [with(&[SHIFT], &[13]), stroke(57)].concat(),
        ];
        assert_eq!(read(German, &accents.concat()), ok("^éÀû`"));
    }

    #[test]
    fn nothing_that_came_since_events_were_dropped_is_believed_until_silence() {
        let mut reader = KeyReader::new(Us);
        let lost =
            [with(&[], &[30]), vec![KeyEvent::Down(SHIFT), KeyEvent::Dropped], stroke(ENTER), stroke(48)];
        assert_eq!(lost.concat().into_iter().filter_map(|event| reader.push(event)).count(), 0);
        assert!(reader.has_begun());
        assert_eq!(reader.finish(), Some(Err(ScanError::Unreadable)));
        assert!(!reader.has_begun());
        // The release of Shift was lost, too.
        stroke(48).into_iter().for_each(|event| drop(reader.push(event)));
        assert_eq!(reader.finish(), Some(Ok("b".to_owned())));
    }

    fn any_event() -> impl Strategy<Value = KeyEvent> {
        let code = prop_oneof![0_u16..130, any::<u16>()];
        (code, 0..40).prop_map(|(code, what)| match what {
            0 => KeyEvent::Dropped,
            1..3 => KeyEvent::Repeat(code),
            3..20 => KeyEvent::Up(code),
            _ => KeyEvent::Down(code),
        })
    }

    proptest! {
        #[test]
        fn any_events_are_survived_and_come_out_as_text(
            events in prop::collection::vec(any_event(), 0..600),
            german in any::<bool>(),
        ) {
            let layout = if german { German } else { Us };
            for code in read(layout, &events).into_iter().flatten() {
                prop_assert!(!code.is_empty() && !code.chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }
}
