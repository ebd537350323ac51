//! The edges by which controls are known, and the ring that shows where keys stand: WCAG 1.4.11 asks for 3:1.

use crate::stage::Stage;
use vestibule_ui::Theme;
use vestibule_ui::slint::{Color, ComponentHandle};

fn luminance(colour: Color) -> f32 {
    let linear = |channel: u8| {
        let share = f32::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue())
}

fn contrast(one: Color, other: Color) -> f32 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn edges_and_the_ring_stand_apart_from_what_is_around() {
    let stage = Stage::new();
    let theme = stage.window.global::<Theme>();
    let grounds = [
        ("ground", theme.get_ground()),
        ("surface", theme.get_surface()),
        ("sunken", theme.get_sunken()),
        ("action tint", theme.get_action_tint()),
        ("good tint", theme.get_good_tint()),
        ("attention tint", theme.get_attention_tint()),
        ("alarm tint", theme.get_alarm_tint()),
    ];
    let edges =
        [("ring", theme.get_focus()), ("line", theme.get_line()), ("button's edge", theme.get_action())];
    for (edge, over) in edges {
        for (ground, under) in grounds {
            let apart = contrast(over, under);
            assert!(apart >= 3.0, "the {edge} on the {ground}: {apart:.2}");
        }
    }
    // Within a button that is filled, a pale line keeps the ring apart from it; in the banner the ring itself is pale.
    assert!(contrast(theme.get_surface(), theme.get_action()) >= 3.0);
    assert!(contrast(theme.get_on_action(), theme.get_action()) >= 3.0);
}
