//! How long it takes from a touch until its feedback is drawn, and until the next screen is drawn whole.
//!
//! `cargo run --release -p vestibule-ui --example touch_to_frame`
//!
//! The limit is one frame of a 60 Hz panel, 16.7 ms. Measured is the renderer that the kiosk uses; the copy
//! to the panel comes on top.

#[path = "../tests/common/mod.rs"]
mod common;

use std::error::Error;
use std::time::{Duration, Instant};

use i_slint_backend_testing::{AccessibleRole, ElementHandle};
use vestibule_ui::headless::{Headless, headless, millimetre};
use vestibule_ui::slint::{ComponentHandle, Rgb8Pixel};
use vestibule_ui::{Kiosk, KioskWindow};

/// One frame at 60 Hz.
const FRAME: Duration = Duration::from_micros(16_667);
const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let glass = headless(1080, 1920)?;
    let window = KioskWindow::new()?;
    window.show()?;
    println!(
        "{:<11} {:<34} {:>10} {:>10} {:>10}",
        "glass", "from a touch to", "median ms", "99 % ms", "limit ms"
    );
    for (width, height) in common::SIZES {
        glass.resize(width, height);
        window.global::<Kiosk>().set_mm(millimetre(width, height, 21.0));
        let mut frame = vec![Rgb8Pixel::default(); (width * height) as usize];
        for (screen, what, label) in [
            ("letters", "a key that is held", "G".to_owned()),
            ("letters", "the button Next that is held", common::samples::say("en", "next")),
            ("text-long", "a key under own words that is held", "G".to_owned()),
        ] {
            common::samples::show(&window, screen, "en");
            glass.draw_changes(&mut frame);
            let (x, y) = centre(&window, &label)?;
            let mut times = Vec::with_capacity(ROUNDS);
            for _ in 0..ROUNDS {
                let began = Instant::now();
                glass.press_at(x, y);
                if glass.draw_changes(&mut frame) {
                    times.push(began.elapsed());
                }
                glass.release_at(x, y);
                glass.draw_changes(&mut frame);
            }
            tell((width, height), what, times);
        }
        tell((width, height), "a letter more of own words", typed(&glass, &window, &mut frame));
        let mut times = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS {
            let began = Instant::now();
            let screen = if round % 2 == 0 { "confirm" } else { "letters" };
            common::samples::show(&window, screen, "en");
            glass.draw_changes(&mut frame);
            times.push(began.elapsed());
        }
        tell((width, height), "another screen, drawn whole", times);
    }
    Ok(())
}

/// Where a button or a key stands, by its name.
fn centre(window: &KioskWindow, label: &str) -> Result<(f32, f32), String> {
    let found = ElementHandle::find_by_accessible_label(window, label)
        .find(|element| element.accessible_role() == Some(AccessibleRole::Button))
        .ok_or_else(|| format!("{label:?} is not on the glass"))?;
    let (at, size) = (found.absolute_position(), found.size());
    Ok((at.x + size.width / 2.0, at.y + size.height / 2.0))
}

/// Own words as long as they may be, letter by letter: the longer they are, the more there is to lay out.
fn typed(glass: &Headless, window: &KioskWindow, frame: &mut [Rgb8Pixel]) -> Vec<Duration> {
    const LONGEST: usize = 1000;
    let kiosk = window.global::<Kiosk>();
    let text: String = common::samples::say("en", "own-words").chars().cycle().take(LONGEST).collect();
    let mut question = kiosk.get_question();
    (LONGEST - ROUNDS..LONGEST)
        .map(|length| {
            let began = Instant::now();
            question.value = text[..length].into();
            kiosk.set_question(question.clone());
            glass.draw_changes(frame);
            began.elapsed()
        })
        .collect()
}

fn tell((width, height): (u32, u32), what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let glass = format!("{width}x{height}");
    if times.is_empty() {
        println!("{glass:<11} {what:<34} nothing was drawn");
        return;
    }
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    println!(
        "{glass:<11} {what:<34} {:>10.2} {:>10.2} {:>10.1}",
        at(0.5),
        at(0.99),
        FRAME.as_secs_f64() * 1000.0
    );
}
