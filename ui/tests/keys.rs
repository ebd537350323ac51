//! The kiosk by keys alone: a keyboard, or a keypad with four arrows, a round key and one for help. On every screen
//! everything that can be touched is reached, once a round, in the order of reading, with a ring that is seen.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::rc::Rc;

mod common;
#[path = "common/stage.rs"]
mod stage;

use common::SIZES;
use common::samples::{SCREENS, say};
use stage::{Place, Stage, Target, Told};
use vestibule_ui::headless::write_png;
use vestibule_ui::slint::platform::Key;
use vestibule_ui::slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};
use vestibule_ui::{Control, Kiosk, Stop, Theme, focus};

/// A stage that also writes down where keys come to stand.
struct Keyed {
    stage: Stage,
    stops: Rc<RefCell<Vec<Stop>>>,
}

impl Keyed {
    fn new() -> Self {
        let stage = Stage::new();
        let stops = Rc::new(RefCell::new(Vec::new()));
        let told = Rc::clone(&stops);
        stage.window.global::<Kiosk>().on_focused(move |stop| told.borrow_mut().push(stop));
        Self { stage, stops }
    }

    /// A screen that comes to nobody's hands: the focus is at the window.
    fn show(&self, screen: &str, tongue: &str) {
        self.stage.window.global::<Kiosk>().set_keyed(false);
        self.stage.show(screen, tongue);
        self.stage.window.invoke_rest();
        self.stops.take();
    }

    /// Strikes a key, and what got the focus.
    fn strike(&self, key: Key) -> Option<Stop> {
        self.stops.take();
        self.stage.strike(key);
        let mut stops = self.stops.take();
        assert!(stops.len() <= 1, "{stops:?}");
        stops.pop()
    }

    /// Goes once round by a key.
    fn round(&self, key: Key) -> Vec<Stop> {
        let mut all: Vec<Stop> = Vec::new();
        let first = self.strike(key).expect("a key leads somewhere");
        let places = focus::order(&self.stage.window).len();
        all.push(first);
        for _ in 1..places {
            all.push(self.strike(key).expect("a key leads on"));
        }
        all
    }

    /// Everything that can be used, as it stands on the glass, also what is scrolled out of sight.
    fn usable(&self) -> Vec<Target> {
        let usable = |target: &Target| target.element.accessible_enabled() != Some(false);
        self.stage.targets().into_iter().filter(usable).collect()
    }

    fn rtl(&self) -> bool {
        self.stage.window.global::<Kiosk>().get_frame().rtl
    }
}

fn sorted(mut labels: Vec<String>) -> Vec<String> {
    labels.sort();
    labels
}

fn labels(stops: &[Stop]) -> Vec<String> {
    stops.iter().map(|stop| stop.label.to_string()).collect()
}

/// A row of the review is told with a pause between the question and the answer.
fn plain(text: &str) -> String {
    text.replace(": ", " ")
}

/// What the focus goes to and is in sight, in its order, as places on the glass.
fn places(keyed: &Keyed, order: &[String]) -> Vec<Target> {
    let mut left = keyed.usable();
    let named = |label: &String| {
        let at = left.iter().position(|target| plain(&target.label) == plain(label));
        at.map(|at| left.remove(at))
    };
    order.iter().filter_map(named).collect()
}

fn is_in_row(a: &Place, b: &Place) -> bool {
    (a.y - b.y).abs() < 2.0
}

/// In a row one goes by the direction of reading, in a column down; between columns by nobody's rule but theirs.
fn follows_reading(order: &[Target], rtl: bool, whence: &str) {
    for (at, earlier) in order.iter().enumerate() {
        for later in &order[at + 1..] {
            let (a, b) = (&earlier.place, &later.place);
            let wrong = if is_in_row(a, b) {
                if rtl { a.x < b.x } else { a.x > b.x }
            } else {
                let one_column = a.x.max(b.x) + 2.0 < a.right().min(b.right());
                one_column && a.y > b.y
            };
            assert!(!wrong, "{whence}: {:?} comes before {:?}", earlier.label, later.label);
        }
    }
}

fn every_screen(glass: (u32, u32), tongues: &[&str], each: impl Fn(&Keyed, &str, &str)) {
    let keyed = Keyed::new();
    keyed.stage.turn(glass);
    for tongue in tongues {
        for screen in SCREENS {
            keyed.show(screen, tongue);
            if keyed.usable().is_empty() {
                assert_eq!(focus::order(&keyed.stage.window), Vec::<String>::new());
                continue;
            }
            each(&keyed, screen, tongue);
        }
    }
}

fn is_frame(target: &Target, tongue: &str, screen: &str) -> bool {
    let own = screen.starts_with("welcome");
    !own && (["need-help", "start-over", "preferences"].iter().any(|key| target.label == say(tongue, key)))
}

fn all_is_reached_once_in_the_order_of_reading(glass: (u32, u32), tongues: &[&str]) {
    every_screen(glass, tongues, |keyed, screen, tongue| {
        let whence = format!("{screen} in {tongue} at {glass:?}");
        let there = sorted(keyed.usable().iter().map(|target| target.label.clone()).collect());
        let order = focus::order(&keyed.stage.window);
        // What is scrolled out of sight is not found on the glass; keys reach it.
        let scrolls = order.iter().any(|label| label == "▼");
        let reached = order.iter().filter(|label| !scrolls || there.contains(label)).cloned().collect();
        assert_eq!(sorted(reached), there, "{whence}");
        if screen == "warning" || screen.starts_with("warning+") {
            return;
        }
        // The Tab key leads through all of it, once, from the first thing of the screen on.
        let tabbed = keyed.round(Key::Tab);
        let all_plain =
            |labels: &[String]| -> Vec<String> { labels.iter().map(|label| plain(label)).collect() };
        let (told, there) = (all_plain(&labels(&tabbed)), all_plain(&order));
        let begin = there.iter().position(|label| *label == told[0]);
        let begin = begin.unwrap_or_else(|| panic!("{whence}: {:?} is not among {there:?}", told[0]));
        let turned = [&there[begin..], &there[..begin]].concat();
        assert_eq!(told, turned, "{whence}");
        // Where there is one thing only, keys stay there.
        if tabbed.len() == 1 {
            assert_eq!(keyed.strike(Key::Tab), None, "{whence}");
            return;
        }
        // Once more, and it is where it began. Back by the other way leads through the same.
        assert_eq!(keyed.strike(Key::Tab).unwrap(), tabbed[0], "{whence}");
        let mut back = keyed.round(Key::Backtab);
        back.reverse();
        assert_eq!(labels(&back), labels(&tabbed), "{whence}");
        // The frame comes after the screen, the banner before it.
        let targets = places(keyed, &order);
        let (frame, own): (Vec<_>, Vec<_>) =
            targets.into_iter().partition(|target| is_frame(target, tongue, screen));
        follows_reading(&own, keyed.rtl(), &whence);
        follows_reading(&frame, keyed.rtl(), &whence);
        let at = |target: &Target| order.iter().rposition(|label| *label == target.label).unwrap();
        let last_own = own.iter().map(at).max();
        assert!(frame.iter().all(|frame| Some(at(frame)) > last_own), "{whence}");
    });
}

#[test]
fn everything_is_reached_once_in_the_order_of_reading_upright() {
    all_is_reached_once_in_the_order_of_reading(SIZES[0], &["en", "ar"]);
}

#[test]
fn everything_is_reached_once_in_the_order_of_reading_lying() {
    all_is_reached_once_in_the_order_of_reading(SIZES[1], &["es", "ar"]);
}

#[test]
fn everything_is_reached_once_in_the_order_of_reading_on_the_small_glass() {
    all_is_reached_once_in_the_order_of_reading(SIZES[2], &["hi"]);
}

/// Follows shortest ways of arrows from where a screen begins to each thing on it.
fn presses(keyed: &Keyed, tongue: &str, screen: &str) -> Vec<(String, usize)> {
    let arrows = [Key::RightArrow, Key::LeftArrow, Key::DownArrow, Key::UpArrow];
    keyed.show(screen, tongue);
    let window = &keyed.stage.window;
    let Some(first) = keyed.strike(Key::DownArrow) else { return Vec::new() };
    let total = focus::order(window).len();
    // States are labels with how often each stands there: a label alone may stand twice.
    let mut ways: Vec<(String, Vec<Key>)> = vec![(first.label.to_string(), vec![Key::DownArrow])];
    let mut at = 0;
    while at < ways.len() {
        let (_, way) = ways[at].clone();
        for arrow in arrows {
            keyed.show(screen, tongue);
            for key in &way {
                keyed.strike(*key);
            }
            let Some(stop) = keyed.strike(arrow) else { continue };
            if ways.iter().all(|(label, _)| *label != *stop.label) {
                let mut longer = way.clone();
                longer.push(arrow);
                ways.push((stop.label.to_string(), longer));
            }
        }
        at += 1;
        assert!(ways.len() <= total);
    }
    ways.into_iter().map(|(label, way)| (label, way.len())).collect()
}

#[test]
fn four_arrows_reach_every_key_of_every_keyboard_in_few_presses() {
    let keyed = Keyed::new();
    // Keys and buttons, how far the farthest of them is, and how far they are in the mean.
    for (screen, tongue, farthest, mean) in [
        ("letters", "en", 9, 5.0),
        ("letters", "es", 9, 5.0),
        ("letters", "ar", 10, 6.0),
        ("letters", "hi", 12, 7.0),
        ("date", "en", 8, 4.5),
        ("number", "en", 8, 4.5),
        ("digits", "ar", 8, 4.5),
    ] {
        let presses = presses(&keyed, tongue, screen);
        keyed.show(screen, tongue);
        let there: std::collections::BTreeSet<String> =
            focus::order(&keyed.stage.window).into_iter().collect();
        let reached: std::collections::BTreeSet<String> = presses.iter().map(|(l, _)| l.clone()).collect();
        assert_eq!(reached, there, "{screen} in {tongue}");
        let most = presses.iter().map(|(_, count)| *count).max().unwrap();
        let sum: usize = presses.iter().map(|(_, count)| count).sum();
        let average = sum as f32 / presses.len() as f32;
        println!(
            "{screen} in {tongue}: {} keys, at most {most} arrows, {average:.1} in the mean",
            presses.len()
        );
        assert!(most <= farthest && average <= mean, "{screen} in {tongue}: {most}, {average}");
    }
}

#[test]
fn arrows_that_lead_on_lead_round_every_screen_without_a_keyboard() {
    for (tongue, on, back) in
        [("en", Key::RightArrow, Key::LeftArrow), ("ar", Key::LeftArrow, Key::RightArrow)]
    {
        every_screen_in_its_own_thread(tongue, on, back);
    }
}

fn every_screen_in_its_own_thread(tongue: &'static str, on: Key, back: Key) {
    // A thread has one window system.
    let walk = std::thread::spawn(move || {
        every_screen(SIZES[0], &[tongue], |keyed, screen, _| {
            let keyboards = keyed.usable().iter().filter(|t| t.is_key && !"▲▼".contains(&t.label)).count();
            if keyboards > 0 || screen.starts_with("warning") {
                return;
            }
            let order = labels(&keyed.round(Key::Tab));
            for (key, turned) in [(on, false), (Key::DownArrow, false), (back, true), (Key::UpArrow, true)] {
                keyed.show(screen, tongue);
                let mut round = labels(&keyed.round(key));
                if turned {
                    round.reverse();
                }
                assert_eq!(round, order, "{screen}: {key:?}");
            }
        });
    });
    walk.join().unwrap();
}

#[test]
fn a_keyboard_is_left_above_its_first_and_below_its_last_row_only() {
    let keyed = Keyed::new();
    keyed.show("letters", "en");
    let lands = |key| keyed.strike(key).unwrap().label.to_string();
    assert_eq!(lands(Key::DownArrow), "1", "the first key");
    assert_eq!(lands(Key::LeftArrow), "0", "round its row");
    assert_eq!(lands(Key::RightArrow), "1");
    assert_eq!(lands(Key::DownArrow), "Q");
    let down: Vec<String> = (0..4).map(|_| lands(Key::DownArrow)).collect();
    assert_eq!(down[0], "A");
    assert_eq!(down[1], "⇧");
    assert_eq!(down[2], "123");
    assert_eq!(down[3], say("en", "back"), "below the last row");
    assert_eq!(lands(Key::UpArrow), say("en", "erase-key"), "the last key");
    assert_eq!(lands(Key::UpArrow), "-", "what is nearest to it");
    // Above the first row comes what is before the keyboard: here, round, the frame.
    keyed.show("letters", "en");
    lands(Key::DownArrow);
    assert_eq!(lands(Key::UpArrow), say("en", "preferences"));
}

#[test]
fn an_arrow_points_where_it_points_on_an_arabic_keyboard() {
    let keyed = Keyed::new();
    keyed.show("letters", "ar");
    let place = |label: &str| keyed.stage.target(label).place;
    let first = keyed.strike(Key::DownArrow).unwrap().label;
    let left = keyed.strike(Key::LeftArrow).unwrap().label;
    assert!(place(&left).x < place(&first).x, "{first} {left}");
    assert!(is_in_row(&place(&left), &place(&first)));
    assert_eq!(keyed.strike(Key::RightArrow).unwrap().label, first);
    // It begins where reading begins.
    assert!(keyed.usable().iter().filter(|t| t.is_key).all(|t| t.place.x <= place(&first).x + 1.0));
}

#[test]
fn the_round_key_acts_on_what_has_the_focus_and_once_however_long_it_is_held() {
    let keyed = Keyed::new();
    keyed.show("letters", "en");
    keyed.strike(Key::DownArrow);
    assert_eq!(keyed.stage.strike(Key::Return), [Told::Typed("1".into())]);
    assert_eq!(keyed.stage.strike(" "), [Told::Typed("1".into())]);
    keyed.show("welcome", "en");
    let first = keyed.strike(Key::DownArrow).unwrap();
    assert_eq!(
        (first.label.as_str(), first.choosable, first.chosen, first.is_key),
        ("English", true, true, false)
    );
    assert_eq!(keyed.stage.strike(Key::Return), [Told::Touched(Control::Language, 0)]);
    let held = vestibule_ui::slint::platform::WindowEvent::KeyPressRepeated { text: Key::Return.into() };
    keyed.stage.send(held.clone());
    keyed.stage.send(held);
    assert_eq!(keyed.stage.told(), [], "a key that is held");
}

#[test]
fn a_new_screen_begins_at_its_first_thing_for_who_goes_by_keys() {
    let keyed = Keyed::new();
    let began = |keyed: &Keyed| keyed.stops.take().pop().map(|stop| stop.label.to_string());
    keyed.show("welcome", "en");
    keyed.strike(Key::Tab);
    for (screen, first) in [
        ("choices-6", say("en", "reason-1")),
        ("confirm", say("en", "thats-me")),
        ("help", say("en", "call-person")),
        ("talk+message", say("en", "answer-1")),
        ("letters", "1".into()),
    ] {
        keyed.stage.show(screen, "en");
        assert_eq!(began(&keyed).as_deref(), Some(&*first), "{screen}");
    }
    // A finger, or letters of a keyboard, take that back: what is typed is gone on from by Return.
    keyed.stage.strike("x");
    assert_eq!(keyed.stage.strike(Key::Return), [Told::Touched(Control::Next, 0)]);
    keyed.stage.show("confirm", "en");
    assert_eq!(began(&keyed), None);
    keyed.strike(Key::Tab);
    keyed.stage.touch(&say("en", "thats-me"));
    keyed.stage.show("choices-6", "en");
    assert_eq!(began(&keyed), None);
    // Whoever comes to the welcome is the next person.
    keyed.strike(Key::Tab);
    keyed.stage.show("welcome", "en");
    assert_eq!(began(&keyed), None);
}

#[test]
fn after_the_warning_keys_stand_where_they_stood() {
    let keyed = Keyed::new();
    keyed.show("done", "en");
    let before = keyed.strike(Key::UpArrow).unwrap();
    keyed.stage.show("warning", "en");
    for key in [Key::DownArrow, Key::Tab, Key::F1, Key::Return] {
        assert_eq!(keyed.stage.strike(key), [Told::Touched(Control::StillHere, 0)], "{key:?}");
    }
    keyed.stops.take();
    keyed.stage.show("done", "en");
    assert_eq!(keyed.stops.take(), [before]);
}

#[test]
fn what_had_the_focus_and_is_gone_leaves_the_keys_alive() {
    let keyed = Keyed::new();
    keyed.show("choices-12", "en");
    for _ in 0..12 {
        keyed.strike(Key::DownArrow);
    }
    // The list becomes shorter under the focus.
    let kiosk = keyed.stage.window.global::<Kiosk>();
    let mut question = kiosk.get_question();
    question.choices = Default::default();
    kiosk.set_question(question);
    keyed.stage.settle();
    focus::keep(&keyed.stage.window);
    assert_eq!(keyed.stage.strike("x"), [Told::Typed("x".into())]);
    assert!(keyed.strike(Key::DownArrow).is_some());
}

#[test]
fn what_is_scrolled_out_of_sight_comes_into_sight_with_the_focus() {
    let walks = [
        ("review-long", SIZES[0], 1.0),
        ("review-long", SIZES[2], 1.0),
        ("several-12", SIZES[2], 1.0),
        ("preferences", SIZES[2], 1.5),
        ("welcome-other", SIZES[2], 1.5),
    ];
    for (screen, glass, zoom) in walks {
        let walk = std::thread::spawn(move || {
            let keyed = Keyed::new();
            keyed.stage.turn(glass);
            keyed.stage.look(zoom, false, false);
            keyed.show(screen, "en");
            let (width, height) = keyed.stage.size();
            let mut hidden = 0;
            let mut before = keyed.stage.targets();
            for _ in 0..focus::order(&keyed.stage.window).len() {
                let stop = keyed.strike(Key::Tab).unwrap();
                let after = keyed.stage.targets();
                let find = |all: &[Target]| {
                    all.iter().find(|t| plain(&t.label) == plain(&stop.label)).map(|t| t.place)
                };
                hidden += usize::from(find(&before) != find(&after));
                let there =
                    find(&after).unwrap_or_else(|| panic!("{screen}: {:?} is not in sight", stop.label));
                assert!(there.is_within(width, height), "{screen}: {:?}", stop.label);
                before = after;
            }
            println!("{screen} at {glass:?}: {hidden} moved into sight");
            hidden
        });
        let hidden = walk.join().unwrap();
        assert!(hidden > 0 || screen == "several-12", "{screen} has nothing to scroll");
    }
}

fn count(
    picture: &SharedPixelBuffer<Rgba8Pixel>,
    place: &Place,
    colour: vestibule_ui::slint::Color,
) -> usize {
    let (left, top) = (place.x.max(0.0) as u32, place.y.max(0.0) as u32);
    let right = (place.right() as u32).min(picture.width());
    let bottom = (place.bottom() as u32).min(picture.height());
    let near = |a: u8, b: u8| a.abs_diff(b) < 12;
    let mut found = 0;
    for y in top..bottom {
        for x in left..right {
            let pixel = picture.as_slice()[(y * picture.width() + x) as usize];
            found += usize::from(
                near(pixel.r, colour.red()) && near(pixel.g, colour.green()) && near(pixel.b, colour.blue()),
            );
        }
    }
    found
}

/// Every ring is as long as half of what it goes around at least, and a millimetre thick.
fn rings_are_seen(glass: (u32, u32), tongue: &'static str, screens: &[&str]) {
    let keyed = Keyed::new();
    keyed.stage.turn(glass);
    let theme = keyed.stage.window.global::<Theme>();
    let mm = keyed.stage.window.global::<Kiosk>().get_mm();
    for screen in screens {
        keyed.show(screen, tongue);
        let before = keyed.stage.picture();
        for _ in 0..focus::order(&keyed.stage.window).len() {
            let stop = keyed.strike(Key::Tab).unwrap();
            let order = [stop.label.to_string()];
            let place = places(&keyed, &order).remove(0).place;
            let around = Place {
                x: place.x - 2.5 * mm,
                y: place.y - 2.5 * mm,
                width: place.width + 5.0 * mm,
                height: place.height + 5.0 * mm,
            };
            let picture = keyed.stage.picture();
            let banner = stop.label == say(tongue, "message-read");
            let ink = if banner { theme.get_on_action() } else { theme.get_focus() };
            let extra = count(&picture, &around, ink).saturating_sub(count(&before, &around, ink));
            // Three of its four sides at least.
            let least = (2.0 * place.height + place.width) * 0.8 * mm;
            assert!(extra as f32 > least, "{screen} in {tongue}: {:?} has {extra} of {least}", stop.label);
        }
    }
}

#[test]
fn the_ring_is_seen_wherever_keys_stand_upright() {
    let plain =
        ["welcome-other", "letters", "date", "choices-4", "choices-12", "several", "review", "confirm-all"];
    let other = [
        "statement",
        "signature",
        "signature-typed",
        "done-owed",
        "booked-soon",
        "pay",
        "pay-code",
        "help",
        "emergency-alone",
        "talk+message",
        "closed",
        "notice-case",
        "number",
    ];
    rings_are_seen(SIZES[0], "en", &[&plain[..], &other[..]].concat());
}

#[test]
fn the_ring_is_seen_wherever_keys_stand_lying_in_arabic() {
    let screens = [
        "welcome-other",
        "letters",
        "digits",
        "choices-12",
        "review",
        "confirm",
        "done",
        "help",
        "emergency",
        "talk",
        "pay",
    ];
    rings_are_seen(SIZES[1], "ar", &screens);
}

#[test]
fn pictures_of_the_ring_are_there_to_be_looked_at() {
    let keyed = Keyed::new();
    let folder = common::pictures().join("keys");
    for (screen, tongue, glass, keys) in [
        ("welcome", "en", SIZES[0], vec![Key::DownArrow; 6]),
        ("letters", "ar", SIZES[0], vec![Key::DownArrow, Key::LeftArrow, Key::DownArrow]),
        ("letters", "hi", SIZES[1], vec![Key::DownArrow, Key::DownArrow, Key::DownArrow]),
        ("choices-6", "ar", SIZES[1], vec![Key::DownArrow; 2]),
        ("choices-4", "en", SIZES[0], vec![Key::DownArrow; 3]),
        ("review-long", "en", SIZES[0], vec![Key::DownArrow; 5]),
        ("emergency-alone", "en", SIZES[0], vec![Key::DownArrow]),
        ("talk+message", "en", SIZES[0], vec![Key::DownArrow, Key::UpArrow]),
        ("date", "en", SIZES[0], vec![Key::DownArrow, Key::RightArrow]),
        ("done", "ar", SIZES[1], vec![Key::UpArrow]),
    ] {
        keyed.stage.turn(glass);
        keyed.show(screen, tongue);
        for key in keys {
            keyed.strike(key);
        }
        let file = folder.join(format!("{screen}-{tongue}-{}.png", glass.0));
        write_png(&keyed.stage.picture(), &file).unwrap();
        assert!(std::fs::metadata(&file).unwrap().len() > 5_000, "{}", file.display());
    }
    println!("{}", folder.display());
}
