//! Everything on the glass has room, on every glass and in every language: a finger can hit it, nothing
//! hangs over the edge, nothing lies on something else, and every text stands there whole.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/stage.rs"]
mod stage;

use common::SIZES;
use common::longer;
use common::samples::{SCREENS, TONGUES, all, say};
use i_slint_backend_testing::{AccessibleRole, ElementHandle};
use stage::{Place, Stage, Target, Written, ink};
use vestibule_ui::branding::{Branding, Logo, logo_size};
use vestibule_ui::slint::{ComponentHandle, Rgba8Pixel};
use vestibule_ui::words::Words;
use vestibule_ui::{Entry, Kiosk, ScreenKind};

/// What a standing person hits, and the floor for the densest keyboards, in millimetres.
const BUTTON: f32 = 20.0;
const KEY: f32 = 16.0;

const ARROWS: &str = "does not fit without arrows";

/// What is wrong with a screen, in sentences.
struct Faults {
    found: Vec<String>,
}

impl Faults {
    /// Goes through every screen on one glass, in the tongues.
    fn on(glass: (u32, u32), tongues: &[&str], look: impl Fn(&Stage, &str, &str, &mut Faults)) -> Faults {
        let stage = Stage::new();
        stage.turn(glass);
        let mut faults = Faults { found: Vec::new() };
        for tongue in tongues {
            // Whoever practises reads a language that there is.
            for screen in all().into_iter().filter(|it| *tongue != longer::CODE || !it.contains('+')) {
                stage.show(&screen, tongue);
                let before = faults.found.len();
                look(&stage, &screen, tongue, &mut faults);
                for fault in &mut faults.found[before..] {
                    *fault = format!("{}x{} {tongue} {screen}: {fault}", glass.0, glass.1);
                }
            }
        }
        faults
    }

    fn add(&mut self, fault: String) {
        self.found.push(fault);
    }

    fn none(self) {
        assert!(self.found.is_empty(), "{} faults:\n{}", self.found.len(), self.found.join("\n"));
    }
}

/// The languages there are, and one whose texts are longer by four tenths: it may scroll, and break words.
fn tongues() -> Vec<&'static str> {
    TONGUES.into_iter().chain([longer::CODE]).collect()
}

/// Arrows that move what does not fit.
fn scrolls(targets: &[Target]) -> bool {
    targets.iter().any(|target| target.label == "▲")
}

fn whole(stage: &Stage, screen: &str, tongue: &str, faults: &mut Faults) {
    let (width, height) = stage.size();
    let targets = stage.targets();
    let written = stage.written();
    let scrolls = scrolls(&targets);
    // An exchange may be long, and a clinic may offer much.
    // So may answers; and so may what is signed, which leaves room for everything else.
    let signs = stage.window.global::<Kiosk>().get_question().entry == Entry::Signature;
    let kiosk = stage.window.global::<Kiosk>();
    let look = kiosk.get_look();
    let may_scroll = tongue == longer::CODE
        || look.zoom > 1.0 && kiosk.get_screen() != ScreenKind::Emergency
        || look.reach
        || screen == "help-12"
        || screen == "pay-many"
        || ["talk", "review"].iter().any(|kind| screen.starts_with(kind))
        || signs && stage.window.global::<Kiosk>().get_screen() == ScreenKind::Question;
    if scrolls && !may_scroll {
        faults.add(ARROWS.into());
    }
    // From the upper edge of the glass down to where an arm reaches from a wheelchair.
    let beyond_reach =
        if look.reach { height - (1200.0 - kiosk.get_lower_edge()) * kiosk.get_mm() } else { 0.0 };
    for target in &targets {
        if target.place.y < beyond_reach - 0.5 && !scrolls {
            faults.add(format!("{:?} is out of reach", target.label));
        }
        let least = if target.is_key { KEY } else { BUTTON };
        let (across, down) = (stage.millimetres(target.place.width), stage.millimetres(target.place.height));
        if across < least - 0.05 || down < least - 0.05 {
            faults.add(format!("{:?} is {across:.1} x {down:.1} mm", target.label));
        }
        if !scrolls && !target.place.is_within(width, height) {
            faults.add(format!("{:?} hangs over the edge: {:?}", target.label, target.place));
        }
    }
    for (n, one) in targets.iter().enumerate() {
        for other in &targets[n + 1..] {
            // What is scrolled away lies under its neighbours, where no touch reaches it.
            if !scrolls && one.place.overlaps(&other.place) {
                faults.add(format!("{:?} lies on {:?}", one.label, other.label));
            }
        }
    }
    // Codes stand clear of every word beside them, also on a page that is moved; what lies in a button may be one of
    // those that the page moves under.
    let has_codes = [ScreenKind::Done, ScreenKind::Pay].contains(&kiosk.get_screen());
    for code in stage.pictures().into_iter().filter(|_| has_codes) {
        if code.x < -0.5 || code.right() > width + 0.5 {
            faults.add(format!("a code hangs over the edge: {code:?}"));
        }
        let beside = written.iter().filter(|text| {
            code.overlaps(&text.place) && !targets.iter().any(|target| target.place.overlaps(&text.place))
        });
        for text in beside {
            faults.add(format!("a code lies on {:?}", text.text));
        }
    }
    for text in &written {
        texts_fit(text, screen, tongue, (width, height), (scrolls, look.zoom > 1.0), faults);
    }
    for (n, one) in written.iter().enumerate() {
        if is_pushed_out(one, screen, tongue) {
            continue;
        }
        let beside = |other: &&Written| {
            !scrolls && one.place.overlaps(&other.place) && !is_pushed_out(other, screen, tongue)
        };
        for other in written[n + 1..].iter().filter(beside) {
            faults.add(format!("{:?} is written over {:?}", one.text, other.text));
        }
        let cut_through = targets.iter().filter(|target| {
            let inside = |a: &Place, b: &Place| {
                a.x >= b.x - 0.5
                    && a.y >= b.y - 0.5
                    && a.right() <= b.right() + 0.5
                    && a.bottom() <= b.bottom() + 0.5
            };
            one.place.overlaps(&target.place) && !inside(&one.place, &target.place)
        });
        if !scrolls {
            for target in cut_through {
                faults.add(format!("{:?} runs into {:?}", one.text, target.label));
            }
        }
    }
}

/// An answer longer than its field shows its end only.
fn is_pushed_out(text: &Written, screen: &str, tongue: &str) -> bool {
    screen.starts_with("letters") && (text.text.contains(&say(tongue, "a-name")) || text.text.contains('@'))
        || screen.starts_with("text") && text.text.ends_with('|')
}

fn texts_fit(
    text: &Written,
    screen: &str,
    tongue: &str,
    (width, height): (f32, f32),
    (scrolls, larger): (bool, bool),
    faults: &mut Faults,
) {
    // The number's box leaves out the room that a line has for accents; figures and capitals have none.
    let tall_line = ["C107", "09:40"].contains(&text.text.as_str());
    let pushed_out = is_pushed_out(text, screen, tongue);
    // In the largest text a word with hyphens may be broken at one.
    let hyphened = larger && text.text.contains('-');
    if text.longest_word > text.place.width + 0.5 && tongue != longer::CODE && !hyphened {
        let (needs, has) = (text.longest_word, text.place.width);
        faults.add(format!("a word of {:?} is broken: it needs {needs} and has {has}", text.text));
    }
    if text.height > text.place.height + 0.5 && !tall_line {
        faults.add(format!("{:?} is cut off: {} in {}", text.text, text.height, text.place.height));
    }
    if !scrolls && !pushed_out && !text.place.is_within(width, height) {
        faults.add(format!("{:?} hangs over the edge: {:?}", text.text, text.place));
    }
}

#[test]
fn everything_has_room_upright() {
    Faults::on(SIZES[0], &tongues(), whole).none();
}

#[test]
fn everything_has_room_lying() {
    Faults::on(SIZES[1], &tongues(), whole).none();
}

#[test]
fn everything_has_room_on_the_older_glass() {
    Faults::on(SIZES[2], &tongues(), whole).none();
}

/// Larger text may have to be moved, yet nothing of it is cut off; the largest of all within reach from a wheelchair.
fn larger(glass: (u32, u32)) {
    let mut all = Faults { found: Vec::new() };
    let stage = Stage::new();
    stage.turn(glass);
    for (zoom, reach) in [(1.0, true), (1.25, false), (1.5, true)] {
        stage.look(zoom, false, reach);
        for tongue in TONGUES {
            for screen in SCREENS {
                stage.show(screen, tongue);
                let mut faults = Faults { found: Vec::new() };
                whole(&stage, screen, tongue, &mut faults);
                // One pair of arrows moves a page of which nothing must stay in sight.
                let pairs = stage.targets().iter().filter(|target| target.label == "▼").count();
                let moves_whole = ["done", "booked", "pay", "review"].iter().any(|it| screen.starts_with(it));
                if zoom > 1.0 && moves_whole && pairs > 1 {
                    faults.add(format!("has {pairs} pairs of arrows"));
                }
                let found = faults.found.into_iter();
                all.found.extend(found.map(|fault| format!("{glass:?} {zoom} {tongue} {screen}: {fault}")));
            }
        }
    }
    all.none();
}

#[test]
fn larger_text_has_room_upright() {
    larger(SIZES[0]);
}

#[test]
fn larger_text_has_room_lying() {
    larger(SIZES[1]);
}

#[test]
fn larger_text_has_room_on_the_older_glass() {
    larger(SIZES[2]);
}

/// The strip of practice takes room from every screen, and what is left is enough. Where a message of the
/// desk is told as well, arrows may be needed; yet nothing lies off the glass.
#[test]
fn everything_has_room_beside_the_strip_of_practice() {
    let mut faults = Faults { found: Vec::new() };
    let stage = Stage::new();
    for (width, height) in SIZES {
        stage.turn((width, height));
        for tongue in TONGUES {
            for screen in SCREENS.iter().filter(|screen| !screen.contains('+')) {
                for around in ["practice", "practice message"] {
                    // Messages are told to whom they are for: not at the welcome, which may be somebody else's.
                    let message = around.contains("message");
                    if message && screen.starts_with("welcome") {
                        continue;
                    }
                    stage.show(&format!("{screen}+{around}"), tongue);
                    let before = faults.found.len();
                    whole(&stage, screen, tongue, &mut faults);
                    let mut found = faults.found.split_off(before);
                    found.retain(|fault| !message || fault != ARROWS);
                    let where_ = format!("{width}x{height} {tongue} {screen}+{around}");
                    faults.found.extend(found.into_iter().map(|fault| format!("{where_}: {fault}")));
                }
            }
        }
    }
    faults.none();
}

/// A logo as wide as high, and one with the clinic's name in it: nothing is cut off beside it, and the name stands there
/// once.
#[test]
fn a_clinics_logo_has_room_on_every_screen() {
    let drawn = |width: u32| {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} 100'><rect width='{width}' height='100' fill='#5c1748'/></svg>"
        );
        Branding { colours: None, logo: Some(Logo::read(&svg).unwrap()) }
    };
    let mut faults = Faults { found: Vec::new() };
    let stage = Stage::new();
    for (width, height) in SIZES {
        stage.turn((width, height));
        for (mark, wide) in [(drawn(100), false), (drawn(700), true)] {
            mark.put_shape(&stage.window);
            let looks = [(1.0, false), (1.0, true), (1.25, false), (1.5, false)];
            for (tongue, (zoom, high)) in
                ["en", "de", "ar"].into_iter().flat_map(|tongue| looks.map(|look| (tongue, look)))
            {
                stage.look(zoom, high, false);
                for screen in ["welcome", "letters", "done", "help", "preferences"] {
                    stage.show(screen, tongue);
                    let size = logo_size(&stage.window);
                    mark.put_logo(&stage.window, size);
                    stage.settle();
                    let before = faults.found.len();
                    whole(&stage, screen, tongue, &mut faults);
                    let name = stage.window.global::<Kiosk>().get_frame().clinic;
                    let named =
                        stage.written().iter().filter(|written| written.text == name.as_str()).count();
                    let image = ElementHandle::find_by_accessible_label(&stage.window, &name)
                        .filter(|element| element.accessible_role() == Some(AccessibleRole::Image))
                        .count();
                    // Larger words on the buttons beside it leave room for a mark only.
                    let shown = !(wide && zoom > 1.0 && width > height);
                    if named + image != usize::from(shown) || (wide && named > 0) {
                        faults.add(format!("the name stands {named} times, and {image} times as a logo"));
                    }
                    // It is there, in its own colour, as large as it was drawn.
                    let picture = stage.picture();
                    let own = |pixel: &&Rgba8Pixel| (pixel.r, pixel.g, pixel.b) == (0x5c, 0x17, 0x48);
                    let ink = picture.as_slice().iter().filter(own).count() as f32;
                    let shape = if wide { 7.0 } else { 1.0_f32 };
                    let long = (size.0 as f32).min(size.1 as f32 * shape);
                    let (wanted, edge) = (long * long / shape, 2.0 * (long + long / shape));
                    if shown && (ink - wanted).abs() > edge || !shown && ink > 0.0 {
                        faults.add(format!("the logo has {ink} pixels instead of {wanted}"));
                    }
                    let found = faults.found.split_off(before);
                    let at = format!("{width}x{height} {tongue} {screen} {zoom} {high} {wide}");
                    // Larger text may have to be moved.
                    let found = found.into_iter().filter(|fault| zoom == 1.0 || fault != ARROWS);
                    faults.found.extend(found.map(|fault| format!("{at}: {fault}")));
                }
            }
        }
    }
    faults.none();
}

#[test]
fn arabic_is_laid_out_from_the_right() {
    let stage = Stage::new();
    for glass in SIZES {
        stage.turn(glass);
        let at = |label: &str| stage.target(label).place.x;
        for language in Words::own().languages() {
            let tongue = language.code();
            let text = |key: &str| say(tongue, key);
            // Whether the first comes before the second in the direction of reading.
            let leads = |one: f32, other: f32| (one < other) != language.is_rtl();
            let (width, height) = stage.size();
            // Its ink is nearer to the edge where reading starts.
            let flush = |key: &str| {
                let place = stage.written().iter().find(|w| w.text == text(key)).unwrap().place;
                let ink = ink(&stage.picture(), &place).unwrap();
                leads(ink.x - place.x, place.right() - ink.right())
            };

            // Of a text of the translations, or of figures.
            let x = |key: &str| {
                let said = if key.len() > 1 { text(key) } else { key.to_owned() };
                stage.written().iter().find(|w| w.text == said).unwrap().place.x
            };

            stage.show("letters", tongue);
            assert!(leads(at(&text("start-over")), at(&text("need-help"))), "{tongue}: start over, help");
            assert!(leads(at(&text("back")), at(&text("next"))), "{tongue}: back, next");
            assert!(leads(at("123"), at(&text("erase-key"))), "{tongue}: the keyboard's last row");
            assert!(flush("identify-family-title"), "{tongue}: the question");
            assert!(flush("clinic"), "{tongue}: the clinic's name");
            if width > height {
                let field = stage.written().into_iter().find(|w| w.text == text("a-name")).unwrap();
                assert!(leads(field.place.x, at(&text("space-key"))), "{tongue}: question beside keys");
            }

            stage.show("date", tongue);
            assert!(leads(x("day"), x("month")) && leads(x("month"), x("year")), "{tongue}: date");
            // Figures are counted the same way everywhere.
            assert!(at("1") < at("2") && at("2") < at("3"), "{tongue}: number pad");

            stage.show("choices-12", tongue);
            assert!(leads(at(&text("reason-1")), at(&text("reason-2"))), "{tongue}: choices");

            stage.show("help", tongue);
            let (call, emergency) = (at(&text("call-person")), at(&text("emergency")));
            assert!(leads(call, at(&text("need-2"))), "{tongue}: call a person, choices");
            assert!(width > height || leads(call, emergency), "{tongue}: call a person, emergency");
            assert!(leads(at(&text("need-1")), at(&text("need-2"))), "{tongue}: needs");

            stage.show("emergency-alone", tongue);
            for n in 1..=4 {
                assert!(leads(x(&n.to_string()), x(&format!("now-{n}"))), "{tongue}: what to do first");
            }

            stage.show("talk", tongue);
            assert!(leads(x("said-desk"), x("said-yes")), "{tongue}: staff, then the patient");
            assert!(flush("said-desk"), "{tongue}: a message");

            stage.show("pay", tongue);
            assert!(leads(x("fee-1"), x("amount-of-fee-1")), "{tongue}: what for, how much");
            assert!(flush("fee-1"), "{tongue}: what for");
            // The points of the amounts stand below each other, in whatever direction they are read.
            let right = |key: &str| {
                let place = stage.written().iter().find(|w| w.text == text(key)).unwrap().place;
                ink(&stage.picture(), &place).unwrap().right()
            };
            let amounts = ["amount-of-fee-1", "amount-of-fee-2", "amount-of-balance"].map(right);
            assert!(amounts.iter().all(|end| (end - amounts[0]).abs() < 1.5), "{tongue}: {amounts:?}");

            stage.show("welcome", tongue);
            assert!(leads(at("English"), at("Español")), "{tongue}: languages");
            if width > height {
                let actions = ["have-appointment", "new-here", "need-help"].map(|key| at(&text(key)));
                assert!(leads(actions[0], actions[1]) && leads(actions[1], actions[2]), "{tongue}");
                stage.show("confirm", tongue);
                assert!(leads(at(&text("not-me")), at(&text("thats-me"))), "{tongue}: the way on");
                stage.show("notice-early", tongue);
                assert!(leads(at(&text("ask-desk")), at(&text("finish"))), "{tongue}: the way on");
            }
        }
    }
}

#[test]
fn figures_of_a_telephone_number_run_from_left_to_right_in_arabic_too() {
    let stage = Stage::new();
    let field =
        |stage: &Stage| stage.written().into_iter().find(|w| w.text == "+44 20 7946 0958").unwrap().place;
    stage.show("digits", "en");
    let english = field(&stage);
    stage.show("digits", "ar");
    assert!((field(&stage).x - english.x).abs() < 1.0);
}

/// Nobody types on a keyboard that is out of sight: every page of it has room as well.
#[test]
fn every_page_of_every_keyboard_has_room() {
    let stage = Stage::new();
    let mut faults = Faults { found: Vec::new() };
    for glass in SIZES {
        stage.turn(glass);
        for tongue in TONGUES {
            stage.show("letters-wrong", tongue);
            for _ in 0..3 {
                whole(&stage, "letters-wrong", tongue, &mut faults);
                let next = ["123", "ÀÖŠ", "ABC", "abc", "أ ب ت", "अ आ", "拼音"];
                let page = stage.targets().into_iter().find(|t| next.contains(&&*t.label)).unwrap();
                stage.touch(&page.label);
            }
        }
    }
    faults.none();
}
