//! Between two things to touch there is room: whoever misses one does not hit the other.

use crate::common::SIZES;
use crate::common::samples::SCREENS;
use crate::stage::{Place, Stage};

/// How far apart two places are, along the one direction in which they are.
fn apart(a: &Place, b: &Place) -> f32 {
    let across = (a.x.max(b.x) - a.right().min(b.right())).max(0.0);
    let down = (a.y.max(b.y) - a.bottom().min(b.bottom())).max(0.0);
    across.max(down)
}

/// Buttons stand 3 mm apart at least; keys, which are struck one after the other and can be taken back, 2 mm.
#[test]
fn there_is_room_between_any_two_things_to_touch() {
    let stage = Stage::new();
    let mut near = Vec::new();
    let (mut keys, mut buttons) = (f32::MAX, f32::MAX);
    for glass in SIZES {
        stage.turn(glass);
        for tongue in ["en", "hi"] {
            for screen in SCREENS {
                stage.show(screen, tongue);
                let targets = stage.targets();
                // What is scrolled away lies under its neighbours, where no touch reaches it.
                if targets.iter().any(|target| target.label == "▲") {
                    continue;
                }
                for (n, one) in targets.iter().enumerate() {
                    for other in &targets[n + 1..] {
                        let between = stage.millimetres(apart(&one.place, &other.place));
                        let are_keys = one.is_key && other.is_key;
                        let (least, seen) = if are_keys { (2.0, &mut keys) } else { (3.0, &mut buttons) };
                        *seen = seen.min(between);
                        if between < least - 0.05 {
                            near.push(format!(
                                "{glass:?} {tongue} {screen}: {:?} and {:?} are {between:.1} mm apart",
                                one.label, other.label
                            ));
                        }
                    }
                }
            }
        }
    }
    println!("keys are {keys:.1} mm apart, buttons {buttons:.1} mm");
    assert!(near.is_empty(), "{} too near:\n{}", near.len(), near.join("\n"));
}
