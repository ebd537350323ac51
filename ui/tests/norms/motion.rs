//! What moves, moves slowly: WCAG 2.3.1, EN 301 549 4.2.9, Section 508 408.3.

use crate::common::SIZES;
use crate::common::samples::SCREENS;
use crate::stage::Stage;
use i_slint_backend_testing::mock_elapsed_time;
use std::time::Duration;
use vestibule_ui::Kiosk;
use vestibule_ui::slint::ComponentHandle;

const FRAME: Duration = Duration::from_millis(100);

/// The most changes of the picture within any second of so many frames.
fn changes(stage: &Stage, frames: usize, mut at_frame: impl FnMut(usize)) -> usize {
    let mut before = stage.picture();
    let mut changed = Vec::new();
    for frame in 0..frames {
        at_frame(frame);
        mock_elapsed_time(FRAME);
        let now = stage.picture();
        changed.push(now.as_bytes() != before.as_bytes());
        before = now;
    }
    changed.windows(10).map(|second| second.iter().filter(|changed| **changed).count()).max().unwrap()
}

/// A flash is a change and its opposite: fewer than three changes in any second are fewer than two flashes.
#[test]
fn no_screen_changes_more_than_twice_in_a_second() {
    let stage = Stage::new();
    stage.turn(SIZES[2]);
    let mut moving = Vec::new();
    for screen in SCREENS {
        stage.show(screen, "en");
        let most = changes(&stage, 12, |_| ());
        if most > 0 {
            moving.push(format!("{screen}: {most}"));
        }
        assert!(most <= 2, "{screen} changes {most} times in a second");
    }
    // What moves at all: the dots of something that is under way, and the caret.
    println!("{moving:?}");
    assert!(moving.iter().any(|screen| screen.starts_with("notice-busy")));
    assert!(moving.len() < SCREENS.len() / 2);
}

/// The countdown moves with its seconds, and with nothing else.
#[test]
fn the_countdown_changes_once_a_second() {
    let stage = Stage::new();
    stage.turn(SIZES[2]);
    stage.show("warning", "en");
    let kiosk = stage.window.global::<Kiosk>();
    let begins = kiosk.get_warning().seconds;
    let most = changes(&stage, 30, |frame| {
        if frame % 10 == 0 {
            let mut warning = kiosk.get_warning();
            warning.seconds = begins - 1 - (frame / 10) as i32;
            kiosk.set_warning(warning);
        }
    });
    assert_eq!(most, 1, "the ring and the number, once in each second");
}
