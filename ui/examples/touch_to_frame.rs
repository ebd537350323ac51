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

use vestibule_ui::headless::{headless, millimetre};
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
        common::samples::show(&window, "letters", "en");
        glass.draw_changes(&mut frame);
        // A key of the keyboard, and the button that goes on: both in the lower part of every glass.
        for (what, x, y) in [
            ("a key that is held", width as f32 * 0.75, height as f32 * 0.66),
            ("the button Next that is held", width as f32 * 0.75, height as f32 * next_at(width, height)),
        ] {
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

/// How far down the button Next stands: upright above the foot with the help button, lying at the foot.
fn next_at(width: u32, height: u32) -> f32 {
    if width > height { 0.92 } else { 0.87 }
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
