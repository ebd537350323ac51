//! What is drawn: every letter there is a glyph for, no text cut off at the edge of its box, and another
//! picture in every language. (To look at them: `cargo run -p vestibule-ui --example contact_sheet`.)
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

mod common;
#[path = "common/stage.rs"]
mod stage;

use common::SIZES;
use common::samples::{self, SCREENS, TONGUES, say};
use common::texts::CLINIC;
use stage::{Place, Stage, Written, ink};
use vestibule_ui::fonts::without_glyph;
use vestibule_ui::headless::{headless, millimetre, write_png};
use vestibule_ui::language::Script;
use vestibule_ui::slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};
use vestibule_ui::words::{Language, Value, Words};
use vestibule_ui::{Control, Kiosk, KioskWindow};

#[test]
fn every_text_of_every_language_has_its_glyphs() {
    let words = Words::own();
    // Times, numbers and amounts of money.
    let texts = ["name", "time", "date", "number", "code", "subject", "amount", "place", "service"]
        .map(|name| (name, Value::from("0:1 €£₹¥$,.")));
    let numbers = ["step", "steps", "minutes", "seconds"];
    let mut missing = Vec::new();
    for language in Words::own().languages() {
        let mut look = |text: &str, whence: &str| {
            let lost = without_glyph(text);
            if !lost.is_empty() {
                missing.push(format!("{} {whence}: {lost:?}", language.code()));
            }
        };
        for key in words.keys(language) {
            // One number of each plural form there is.
            for count in [0, 1, 2, 3, 11, 100] {
                let numbers = numbers.map(|name| (name, Value::Number(count)));
                let values: Vec<_> = texts.iter().cloned().chain(numbers).collect();
                look(&words.text_with(language, key, &values), key);
            }
        }
        look(language.own_name(), "its own name");
        for (key, texts) in CLINIC {
            let column = TONGUES.iter().position(|tongue| *tongue == language.code()).unwrap();
            look(texts[column], key);
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_key_has_its_glyph() {
    let stage = Stage::new();
    let mut labels = BTreeSet::new();
    for language in Words::own().languages() {
        stage.show("letters", language.code());
        for _ in 0..3 {
            labels.extend(stage.written().into_iter().map(|written| written.text));
            let pages = ["123", "ÀÖŠ", "ABC", "abc", "أ ب ت", "अ आ", "拼音"];
            let page = stage.targets().into_iter().find(|t| pages.contains(&&*t.label)).unwrap();
            stage.touch(&page.label);
        }
    }
    assert!(labels.len() > 250, "{} labels", labels.len());
    for label in labels {
        assert_eq!(without_glyph(&label), BTreeSet::new(), "{label}");
    }
}

/// Where a text's ink touches the box that it is cut off at.
fn cut_at(picture: &SharedPixelBuffer<Rgba8Pixel>, text: &Written, rtl: bool) -> Option<&'static str> {
    // In a box that is higher than the text, the text stands in the middle; a frame may be drawn above it.
    let roomy = text.place.height > text.height + 2.0;
    let middle = text.place.y + (text.place.height - text.height) / 2.0;
    let place = Place { y: middle, height: text.height, ..text.place };
    let place = if roomy { place } else { text.place };
    let ink = ink(picture, &place)?;
    // Letters may begin at the very edge; one that ends there was longer.
    let end = if rtl { ink.x <= place.x.ceil() } else { ink.right() >= place.right().floor() };
    if !roomy && ink.y <= place.y.ceil() {
        Some("above")
    } else if !roomy && ink.bottom() >= place.bottom().floor() {
        Some("below")
    } else if end {
        Some("at its end")
    } else {
        None
    }
}

/// Scripts whose marks reach beyond the line. That Latin has room is known from its boxes, without drawing.
fn with_marks() -> Vec<Language> {
    let marked = |language: &Language| matches!(language.script(), Script::Arabic | Script::Devanagari);
    Words::own().languages().filter(marked).collect()
}

fn nothing_is_cut_off(glass: (u32, u32), languages: &[Language]) {
    let stage = Stage::new();
    stage.turn(glass);
    let mut cut = Vec::new();
    for screen in SCREENS {
        let mut pictures: HashMap<Vec<u8>, &str> = HashMap::new();
        for language in languages {
            let tongue = language.code();
            stage.show(screen, tongue);
            let picture = stage.picture();
            let keys: Vec<Place> =
                stage.targets().into_iter().filter(|t| t.is_key).map(|t| t.place).collect();
            // A key's text has the whole key for its box, frame and all. What is typed shows its end only
            // when it is too long for the field.
            let scrolls = stage.targets().iter().any(|target| target.label == "▲");
            let looked_at = stage.written().into_iter().filter(|text| {
                let on_a_key = keys.iter().any(|key| key.overlaps(&text.place));
                let typed = text.text.contains(&say(tongue, "a-name"));
                let long = screen == "text-long" && text.text.ends_with('|');
                // What is scrolled away is cut off, too.
                !(on_a_key || typed || long || scrolls)
            });
            for text in looked_at {
                if let Some(side) = cut_at(&picture, &text, language.is_rtl()) {
                    cut.push(format!("{tongue} {screen}: {:?} is cut off {side}", text.text));
                }
            }
            if let Some(same) = pictures.insert(picture.as_bytes().to_vec(), tongue) {
                panic!("{screen} looks the same in {tongue} and {same}");
            }
        }
    }
    assert!(cut.is_empty(), "{}x{}:\n{}", glass.0, glass.1, cut.join("\n"));
}

#[test]
fn nothing_is_cut_off_upright() {
    nothing_is_cut_off(SIZES[0], &Words::own().languages().collect::<Vec<_>>());
}

#[test]
fn nothing_is_cut_off_lying() {
    nothing_is_cut_off(SIZES[1], &with_marks());
}

#[test]
fn nothing_is_cut_off_on_the_older_glass() {
    nothing_is_cut_off(SIZES[2], &with_marks());
}

/// The whole way of the application without a display: the picture is there, and a finger reaches it.
#[test]
fn a_glass_in_memory_is_drawn_and_touched() {
    let (width, height) = SIZES[2];
    let glass = headless(width, height).unwrap();
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    window.global::<Kiosk>().set_mm(millimetre(width, height, 21.0));
    let told = Rc::new(RefCell::new(Vec::new()));
    let kept = told.clone();
    window.global::<Kiosk>().on_touched(move |control, index| kept.borrow_mut().push((control, index)));
    let kept = told.clone();
    window.global::<Kiosk>().on_typed(move |_| kept.borrow_mut().push((Control::Next, -1)));

    samples::show(&window, "welcome", "en");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a/welcome.png");
    glass.write_png(&file).unwrap();
    let mut read = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&file).unwrap()));
    read.set_transformations(png::Transformations::EXPAND);
    let info = read.read_info().unwrap();
    assert_eq!((info.info().width, info.info().height), (width, height));

    // Upright it is another picture, and the first action is low on the glass.
    let lying = glass.render().unwrap();
    let (width, height) = SIZES[0];
    glass.resize(width, height);
    window.global::<Kiosk>().set_mm(millimetre(width, height, 21.0));
    let upright = glass.render().unwrap();
    assert_eq!((upright.width(), upright.height()), (width, height));
    assert_ne!(lying.width(), upright.width());
    glass.tap(width as f32 / 2.0, height as f32 * 0.6);
    assert_eq!(told.take(), [(Control::HaveAppointment, 0)]);
    glass.type_text("é");
    assert_eq!(told.take(), [(Control::Next, -1)]);
}

#[test]
fn a_picture_that_cannot_be_written_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let picture = SharedPixelBuffer::<Rgba8Pixel>::new(1, 1);
    let error = write_png(&picture, &file.path().join("a.png")).unwrap_err();
    assert!(error.to_string().contains("a.png"), "{error}");
}
