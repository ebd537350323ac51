//! Nothing is told by colour alone: WCAG 1.4.1, EN 301 549 4.2.3, Section 508 410.1.

use crate::common::samples::say;
use crate::stage::{Place, Stage};
use i_slint_backend_testing::ElementQuery;
use vestibule_ui::headless::write_png;
use vestibule_ui::slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};
use vestibule_ui::{Kiosk, Tone};

const TONES: [Tone; 6] = [Tone::Calm, Tone::Good, Tone::Attention, Tone::Alarm, Tone::Refused, Tone::Open];

fn grey(pixel: &Rgba8Pixel) -> f32 {
    0.2126 * f32::from(pixel.r) + 0.7152 * f32::from(pixel.g) + 0.0722 * f32::from(pixel.b)
}

/// What is dark within a place, and what is light, without any shade between.
fn shape(picture: &SharedPixelBuffer<Rgba8Pixel>, place: &Place) -> Vec<bool> {
    let (left, width) = (place.x.round() as usize, place.width.round() as usize);
    let rows = picture.as_slice().chunks(picture.width() as usize);
    let rows = rows.skip(place.y.round() as usize).take(place.height.round() as usize);
    rows.flat_map(|row| row[left..left + width].iter().map(|pixel| grey(pixel) < 140.0)).collect()
}

/// A mark as it is seen by who sees no colours: its outline with the ground around, and the sign on it.
struct Mark {
    whole: Vec<bool>,
    sign: Vec<bool>,
}

impl Mark {
    fn of(stage: &Stage, tone: Tone) -> Self {
        stage.show("notice-kept", "en");
        let kiosk = stage.window.global::<Kiosk>();
        let mut notice = kiosk.get_notice();
        notice.tone = tone;
        kiosk.set_notice(notice);
        stage.settle();
        let marks = ElementQuery::from_root(&stage.window).match_inherits("Mark").find_all();
        assert_eq!(marks.len(), 1, "{tone:?}");
        let (at, size) = (marks[0].absolute_position(), marks[0].size());
        let within = |part: f32| Place {
            x: at.x + size.width * (1.0 - part) / 2.0,
            y: at.y + size.height * (1.0 - part) / 2.0,
            width: size.width * part,
            height: size.height * part,
        };
        let picture = stage.picture();
        write_png(&picture, &crate::common::pictures().join(format!("norms/tone-{tone:?}.png"))).unwrap();
        Self { whole: shape(&picture, &within(1.0)), sign: shape(&picture, &within(0.6)) }
    }

    fn ink(&self) -> usize {
        self.sign.iter().filter(|dark| !**dark).count()
    }
}

/// In how many places two shapes differ.
fn differ(one: &[bool], other: &[bool]) -> usize {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).filter(|(a, b)| a != b).count()
}

#[test]
fn each_tone_has_a_shape_of_its_own() {
    let stage = Stage::new();
    let marks = TONES.map(|tone| Mark::of(&stage, tone));
    for (n, one) in marks.iter().enumerate() {
        assert!(one.ink() > 100, "{:?} has {} pixels of a sign", TONES[n], one.ink());
        for (m, other) in marks.iter().enumerate().skip(n + 1) {
            let sign = differ(&one.sign, &other.sign) * 100 / one.ink().min(other.ink());
            let outline = differ(&one.whole, &other.whole) * 100 / one.whole.len();
            println!("{:?} and {:?}: {sign} % of the sign, {outline} % of the place", TONES[n], TONES[m]);
            assert!(
                sign >= 25 || outline >= 10,
                "{:?} and {:?} look alike without colours",
                TONES[n],
                TONES[m]
            );
        }
    }
}

/// What is chosen carries a tick, and what is not carries none.
#[test]
fn what_is_chosen_has_a_sign() {
    let stage = Stage::new();
    for screen in ["choices-4", "several", "welcome"] {
        stage.show(screen, "en");
        let signs = ElementQuery::from_root(&stage.window).match_inherits("Sign").find_all();
        let within = |place: &Place| {
            let centres = signs.iter().filter(|sign| sign.size().width > 0.0).map(|sign| {
                let (at, size) = (sign.absolute_position(), sign.size());
                (at.x + size.width / 2.0, at.y + size.height / 2.0)
            });
            let inside =
                |(x, y): (f32, f32)| x > place.x && x < place.right() && y > place.y && y < place.bottom();
            centres.filter(|centre| inside(*centre)).count()
        };
        let choices: Vec<_> = stage
            .targets()
            .into_iter()
            .filter(|target| target.element.accessible_checkable() == Some(true))
            .collect();
        let chosen = |target: &crate::stage::Target| target.element.accessible_checked() == Some(true);
        assert!(choices.iter().any(chosen), "{screen}");
        for target in &choices {
            assert_eq!(within(&target.place), usize::from(chosen(target)), "{screen}: {:?}", target.label);
        }
    }
}

/// WCAG 3.3.1: an error is a text with a sign, not a field in another colour.
#[test]
fn an_error_is_written_out_beside_a_sign() {
    let stage = Stage::new();
    for screen in ["letters-wrong", "date-wrong", "number-wrong", "text-wrong"] {
        stage.show(screen, "en");
        let error = stage.window.global::<Kiosk>().get_question().error;
        assert!(!error.is_empty(), "{screen}");
        assert!(stage.written().iter().any(|written| written.text == error.as_str()), "{screen}");
        let marks = ElementQuery::from_root(&stage.window).match_inherits("Mark").find_all();
        assert_eq!(marks.len(), 1, "{screen}");
        assert_ne!(error.as_str(), say("en", "back"));
    }
}
