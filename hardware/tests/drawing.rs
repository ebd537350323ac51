//! What is drawn stands where it is read, whole.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use support::fonts;
use vestibule_hardware::printer::{Align, Bitmap, Direction, TextSize, Weight};

const WIDTH: u16 = 576;

fn draw(text: &str, align: Align, direction: Direction) -> Bitmap {
    fonts().draw(text, TextSize::Normal, Weight::Regular, align, direction, WIDTH)
}

/// The first and the last column with ink.
fn edges(picture: &Bitmap) -> (usize, usize) {
    let inked = |x: &usize| (0..picture.height()).any(|y| picture.is_black(*x, y));
    (
        (0..picture.width()).find(inked).expect("no ink at all"),
        (0..picture.width()).rev().find(inked).expect("no ink at all"),
    )
}

#[test]
fn start_and_end_are_seen_from_the_reading_direction() {
    use Direction::{LeftToRight, RightToLeft};
    let table = [
        ("नमस्ते", Align::Start, LeftToRight, "left"),
        ("नमस्ते", Align::End, LeftToRight, "right"),
        ("مرحبا", Align::Start, RightToLeft, "right"),
        ("مرحبا", Align::End, RightToLeft, "left"),
        ("مرحبا", Align::Center, RightToLeft, "middle"),
        // The paragraph's direction counts, not that of its first word.
        ("Müller مرحبا", Align::Start, RightToLeft, "right"),
        ("مرحبا", Align::Start, LeftToRight, "left"),
    ];
    for (text, align, direction, place) in table {
        let (left, right) = edges(&draw(text, align, direction));
        let right_room = usize::from(WIDTH) - 1 - right;
        let seen = match (left, right_room) {
            (0..8, 50..) => "left",
            (50.., 0..8) => "right",
            (left, right) if left.abs_diff(right) < 8 => "middle",
            _ => "nowhere",
        };
        assert_eq!(seen, place, "{text} {align:?} {direction:?}: {left} {right_room}");
    }
}

#[test]
fn arabic_letters_join_and_hindi_letters_combine() {
    let ink_width = |text, direction| {
        let (left, right) = edges(&draw(text, Align::Start, direction));
        right - left
    };
    // With a zero-width non-joiner between them the same letters stand apart, and wider.
    assert!(
        ink_width("مرحبا بيت", Direction::RightToLeft)
            < ink_width("م\u{200C}ر\u{200C}ح\u{200C}ب\u{200C}ا ب\u{200C}ي\u{200C}ت", Direction::RightToLeft)
    );
    assert!(ink_width("क्ष", Direction::LeftToRight) < ink_width("क्\u{200C}ष", Direction::LeftToRight));
}

#[test]
fn long_text_wraps_and_nothing_leaves_the_paper() {
    let sentence = "कृपया प्रतीक्षा क्षेत्र में बैठें। आपका नंबर स्क्रीन पर बुलाया जाएगा। ".repeat(3);
    let one = draw("क", Align::Start, Direction::LeftToRight).height();
    let wrapped = draw(&sentence, Align::Start, Direction::LeftToRight);
    assert!(
        wrapped.height() > 3 * one,
        "three sentences need more than three lines: {} {one}",
        wrapped.height()
    );
    let word = "क".repeat(200);
    let broken = draw(&word, Align::Start, Direction::LeftToRight);
    assert!(broken.height() >= 4 * one, "a word longer than the paper is broken");
    let (_, right) = edges(&broken);
    assert!(right < usize::from(WIDTH));
}

#[test]
fn an_empty_line_keeps_its_height() {
    let empty = draw("", Align::Start, Direction::RightToLeft);
    assert!(empty.is_white() && empty.height() >= 24, "{}", empty.height());
}

#[test]
fn a_letter_that_no_font_has_is_told_and_drawn_as_a_box() {
    assert_eq!(fonts().missing("A ع क 漢!漢\n"), ['漢']);
    assert!(!draw("漢", Align::Start, Direction::LeftToRight).is_white());
}

#[test]
fn nothing_that_is_typed_makes_drawing_fail() {
    for text in ["\u{202E}abc", "\u{0301}", "👩‍⚕️", "\u{FFFF}\u{0}", "ﷺﷺﷺ", "a\u{200D}b", "क्क्क्क्क्"]
    {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            for width in [64, 384, 2040] {
                let _ = fonts().draw(text, TextSize::Huge, Weight::Bold, Align::Center, direction, width);
            }
        }
    }
}
