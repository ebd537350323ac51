//! Everything has a name and a role, and no two things have the same.

use crate::common::SIZES;
use crate::common::samples::{SCREENS, say};
use crate::stage::{Place, Stage};
use i_slint_backend_testing::{AccessibleLiveness, AccessibleRole, ElementHandle, ElementQuery};
use std::collections::BTreeMap;
use vestibule_ui::slint::ComponentHandle;
use vestibule_ui::{Entry, Kiosk, ScreenKind};

fn of_role(stage: &Stage, role: AccessibleRole) -> Vec<ElementHandle> {
    ElementQuery::from_root(&stage.window).match_accessible_role(role).find_all()
}

fn name(element: &ElementHandle) -> String {
    element.accessible_label().unwrap_or_default().trim().to_string()
}

fn place(element: &ElementHandle) -> Place {
    let (at, size) = (element.absolute_position(), element.size());
    Place { x: at.x, y: at.y, width: size.width, height: size.height }
}

/// WCAG 4.1.2, EN 301 549 5.1.3.6: on all screens, in languages of each script.
#[test]
fn whatever_acts_is_entered_or_is_a_picture_has_a_name() {
    let stage = Stage::new();
    let mut faults = Vec::new();
    for tongue in ["en", "ar", "hi", "zh"] {
        for screen in SCREENS {
            stage.show(screen, tongue);
            for role in [
                AccessibleRole::Button,
                AccessibleRole::TextInput,
                AccessibleRole::Image,
                AccessibleRole::ProgressIndicator,
            ] {
                let nameless = of_role(&stage, role).iter().filter(|it| name(it).is_empty()).count();
                if nameless > 0 {
                    faults.push(format!("{tongue} {screen}: {nameless} of the role {role:?} without a name"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whoever hears a name knows which thing it is: WCAG 2.4.6.
#[test]
fn no_two_things_on_a_screen_have_the_same_name() {
    let stage = Stage::new();
    let mut faults = Vec::new();
    for tongue in ["en", "es", "ar"] {
        for screen in SCREENS {
            stage.show(screen, tongue);
            let mut named: BTreeMap<String, Vec<Place>> = BTreeMap::new();
            for target in stage.targets() {
                named.entry(target.label).or_default().push(target.place);
            }
            let twice = named.into_iter().filter(|(_, places)| places.len() > 1);
            faults.extend(twice.map(|(label, places)| format!("{tongue} {screen}: {label:?} at {places:?}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whatever takes a touch is told as a button, so that a screen reader and keys reach it too. The pad to sign on is none:
/// beside it stands the button to type the name instead. What lies below the warning takes touches and does nothing.
#[test]
fn whatever_takes_a_touch_is_a_button() {
    let stage = Stage::new();
    let mut faults = Vec::new();
    let mut looked_at = 0;
    for glass in [SIZES[0], SIZES[1]] {
        stage.turn(glass);
        for screen in SCREENS {
            stage.show(screen, "en");
            let mut named: Vec<Place> = of_role(&stage, AccessibleRole::Button).iter().map(place).collect();
            let pads = ElementQuery::from_root(&stage.window).match_inherits("SignaturePad").find_all();
            named.extend(pads.iter().map(place));
            if !pads.is_empty() {
                stage.target(&say("en", "signature-type"));
            }
            let (width, height) = stage.size();
            for touch in ElementQuery::from_root(&stage.window).match_inherits("TouchArea").find_all() {
                let touch = place(&touch);
                let covers =
                    screen.starts_with("warning") && touch.width >= width && touch.height > height / 2.0;
                let seen = touch.width > 0.0 && touch.height > 0.0 && touch.is_within(width, height);
                if !seen || covers {
                    continue;
                }
                looked_at += 1;
                let is_named = named.iter().any(|it| {
                    (it.x - touch.x).abs() < 1.0
                        && (it.y - touch.y).abs() < 1.0
                        && (it.width - touch.width).abs() < 1.0
                        && (it.height - touch.height).abs() < 1.0
                });
                if !is_named {
                    faults.push(format!("{glass:?} {screen}: {touch:?} takes touches and has no name"));
                }
            }
        }
    }
    assert!(looked_at > 1_000, "{looked_at} things that take touches");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// WCAG 3.3.2 and 4.1.2: the field is called as what is asked, and says what is in it.
#[test]
fn a_field_is_called_as_its_question_and_says_what_is_in_it() {
    let stage = Stage::new();
    let mut fields = 0;
    for tongue in ["en", "ar"] {
        for screen in SCREENS {
            stage.show(screen, tongue);
            let kiosk = stage.window.global::<Kiosk>();
            let question = kiosk.get_question();
            if kiosk.get_screen() != ScreenKind::Question || screen.starts_with("warning") {
                continue;
            }
            for field in of_role(&stage, AccessibleRole::TextInput) {
                fields += 1;
                let whence = format!("{tongue} {screen}");
                assert!(!name(&field).is_empty(), "{whence}");
                if [Entry::Letters, Entry::Digits, Entry::Text, Entry::Number].contains(&question.entry) {
                    assert_eq!(name(&field), question.title.as_str(), "{whence}");
                    let value = field.accessible_value().unwrap_or_default();
                    assert!(value.contains(question.value.trim()), "{whence}: {value:?}");
                }
            }
        }
    }
    assert!(fields > 30, "{fields} fields");
}

/// WCAG 4.1.3: what comes by itself is told without the focus: politely, or at once where it cannot wait.
#[test]
fn what_comes_by_itself_is_told() {
    let stage = Stage::new();
    for (screen, key, how) in [
        ("warning", "warning-title", AccessibleLiveness::Assertive),
        ("emergency", "emergency-title", AccessibleLiveness::Assertive),
        ("notice-alarm", "alarm", AccessibleLiveness::Assertive),
        ("notice-busy", "looking-title", AccessibleLiveness::Polite),
        ("letters+message", "", AccessibleLiveness::Polite),
        ("letters-wrong", "", AccessibleLiveness::Assertive),
        ("done", "", AccessibleLiveness::Assertive),
    ] {
        stage.show(screen, "en");
        let told = ElementQuery::from_root(&stage.window)
            .match_predicate(move |it| it.accessible_live_region() == Some(how))
            .find_all();
        let names: Vec<String> = told.iter().map(name).collect();
        assert!(names.iter().all(|name| !name.is_empty()), "{screen}: {names:?}");
        let is_there = if key.is_empty() { !names.is_empty() } else { names.contains(&say("en", key)) };
        assert!(is_there, "{screen}: {names:?}");
    }
}
