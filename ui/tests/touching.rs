//! What a person does: each thing on the glass is found by its name, and touching it tells the kiosk one
//! thing once.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::time::Duration;

mod common;
#[path = "common/stage.rs"]
mod stage;

use common::SIZES;
use common::samples::{SCREENS, TONGUES, say};
use i_slint_backend_testing::{AccessibleRole, ElementQuery, mock_elapsed_time};
use stage::{Stage, Told};
use vestibule_ui::slint::platform::{Key, PointerEventButton, WindowEvent};
use vestibule_ui::slint::{Color, ComponentHandle, LogicalPosition, Model, SharedString, VecModel};
use vestibule_ui::words::Words;
use vestibule_ui::{Control, Entry, Keys, Kiosk, Look, QuestionScreen, Theme, focus};

type Expected = Vec<(String, Control, i32)>;

/// Every button of a screen: what it is called, and what a touch on it means.
fn buttons(screen: &str, tongue: &str) -> Expected {
    let one = |key: &str, control| (say(tongue, key), control, 0);
    let frame = vec![one("start-over", Control::StartOver), one("need-help", Control::NeedHelp)];
    let steps = vec![one("back", Control::Back), one("next", Control::Next)];
    let choices = |keys: Vec<String>| -> Expected {
        let numbered = keys.iter().enumerate();
        numbered.map(|(n, key)| (say(tongue, key), Control::Choice, n as i32)).collect()
    };
    let reasons = |count: usize| choices((1..=count).map(|n| format!("reason-{n}")).collect());
    let sexes = ["sex-female", "sex-male", "sex-other", "sex-unknown"].map(str::to_owned);
    let (yes, no) = (Control::Yes, Control::No);
    let (finish, again) = (Control::Finish, Control::Again);
    let (screen, around) = screen.split_once('+').unwrap_or((screen, ""));
    let over = vec![one("message-read", Control::Talk)];
    let over = if around.contains("message") { over } else { vec![] };
    let call = one("call-person", Control::CallPerson);
    let own = match screen {
        "warning" => vec![one("still-here", Control::StillHere)],
        "welcome" | "welcome-other" | "welcome-pay" | "welcome-pay-only" => {
            let named = Words::own().languages().enumerate();
            let mut all: Expected =
                named.map(|(n, l)| (l.own_name().to_owned(), Control::Language, n as i32)).collect();
            all.push(one("have-appointment", Control::HaveAppointment));
            all.push(one("new-here", Control::NewHere));
            all.push(one("need-help", Control::NeedHelp));
            if screen.contains("pay") {
                all.push(one("pay-bill", Control::Pay));
            }
            if screen == "welcome-other" || screen == "welcome-pay" {
                all.push(one("appointments", Control::Appointments));
                all.push(one("for-somebody-else", Control::ForSomebodyElse));
            }
            all
        }
        "closed" | "closed-plain" => {
            let named = Words::own().languages().enumerate();
            let mut all: Expected =
                named.map(|(n, l)| (l.own_name().to_owned(), Control::Language, n as i32)).collect();
            all.push(one("need-help", Control::NeedHelp));
            all
        }
        "preferences" => {
            let named = Words::own().languages().enumerate();
            let named = named.map(|(n, l)| (l.own_name().to_owned(), Control::Language, n as i32)).collect();
            let sizes = ["text-normal", "text-large", "text-largest"].into_iter().enumerate();
            let sizes = sizes.map(|(n, key)| (say(tongue, key), Control::TextSize, n as i32)).collect();
            let switches = vec![
                one("high-contrast", Control::Contrast),
                one("within-reach", Control::Reach),
                one("no-motion", Control::Stillness),
                one("more-time", Control::MoreTime),
                one("ignore-double-taps", Control::Steady),
                one("preferences-done", Control::Back),
            ];
            [frame, named, sizes, switches].concat()
        }
        "choices-4" => [frame, choices(sexes.into()), steps].concat(),
        "choices-6" => [frame, reasons(6), steps].concat(),
        "choices-8" => [frame, reasons(8), steps].concat(),
        "choices-12" => [frame, reasons(12), steps].concat(),
        "booking-review" => {
            let answers = vec![one("booking-move-yes", yes), one("booking-review-no", no)];
            [frame, answers, vec![one("back", Control::Back)]].concat()
        }
        "booked" => [frame, vec![one("finish", finish)]].concat(),
        "booked-soon" => [frame, vec![one("finish", finish), one("booked-check-in", again)]].concat(),
        "statement" => {
            let answers = vec![one("consent-yes", yes), one("consent-no", no), one("back", Control::Back)];
            [frame, answers].concat()
        }
        "several" => [frame, choices((1..=4).map(|n| format!("form-option-{n}")).collect()), steps].concat(),
        "several-12" => [frame, reasons(12), steps].concat(),
        "signature" | "signature-drawn" => {
            let own = vec![one("signature-clear", Control::Clear), one("signature-type", Control::OtherWay)];
            [frame, own, steps].concat()
        }
        "signature-typed" => [frame, vec![one("signature-draw", Control::OtherWay)], steps].concat(),
        "review" => {
            let several = format!("{}\n{}", say(tongue, "form-option-1"), say(tongue, "form-option-3"));
            let rows = [
                ("form-yes-no", say(tongue, "no")),
                ("form-several", several),
                ("form-number", say(tongue, "review-none")),
            ];
            let rows = rows.into_iter().enumerate().map(|(n, (question, answer))| {
                (format!("{} {answer}", say(tongue, question)), Control::Choice, n as i32)
            });
            [frame, rows.collect(), vec![one("back", Control::Back), one("send", Control::Next)]].concat()
        }
        "letters-skip" | "digits-skip" => [frame, steps, vec![one("skip", Control::Skip)]].concat(),
        "confirm-address" => [frame, vec![one("details-yes", yes), one("details-change", no)]].concat(),
        "confirm" | "confirm-acting" => [frame, vec![one("thats-me", yes), one("not-me", no)]].concat(),
        "confirm-all" => {
            let all = one("family-all", Control::CheckInAll);
            [frame, vec![one("thats-me", yes), all, one("not-me", no)]].concat()
        }
        "confirm-patient" => {
            [frame, vec![one("thats-the-patient", yes), one("not-the-patient", no)]].concat()
        }
        "acting-here" => {
            let answers = choices(["acting-here-yes", "acting-here-no"].map(str::to_owned).into());
            [frame, answers, vec![one("back", Control::Back)]].concat()
        }
        "notice-family" => [frame, vec![one("finish", finish), one("another-person", again)]].concat(),
        "notice-busy" => frame,
        "notice-alarm" => [frame, vec![one("finish", finish)]].concat(),
        "notice-write" => [frame, vec![one("finish", finish), one("pay-back-to-ticket", again)]].concat(),
        "done" | "done-no-paper" => {
            let another = if screen == "done" { "another-person" } else { "write-down" };
            let another = one(another, Control::AnotherPerson);
            [frame, vec![one("finish", finish), another]].concat()
        }
        "companion" => {
            let companions = choices((1..=4).map(|n| format!("companion-{n}")).collect());
            [frame, companions, vec![one("back", Control::Back)]].concat()
        }
        "text" | "text-empty" | "text-long" | "text-wrong" => {
            [frame, vec![one("back", Control::Back), one("send", Control::Next)]].concat()
        }
        "help" | "help-12" => {
            let needs = if screen == "help" { 10 } else { 12 };
            let needs = choices((1..=needs).map(|n| format!("need-{n}")).collect());
            let emergency = one("emergency", Control::Emergency);
            let others = vec![emergency, one("my-case", Control::MyCase), one("back", Control::Back)];
            // Help is what the screen is about: there is no button to it.
            [vec![one("start-over", Control::StartOver), call], needs, others].concat()
        }
        "emergency" => vec![one("emergency-over", finish)],
        "emergency-alone" | "emergency-answered" => {
            vec![one("emergency-over", finish), one("go-on", again)]
        }
        "talk-over" => [frame, vec![one("talk-close", Control::Back)]].concat(),
        "talk" | "talk-empty" | "talk-long" => {
            let answers = match screen {
                "talk" => 2,
                "talk-empty" => 0,
                _ => 3,
            };
            let answers = choices((1..=answers).map(|n| format!("answer-{n}")).collect());
            [frame, answers, vec![one("talk-write", again), one("talk-close", Control::Back)]].concat()
        }
        "notice-case" | "notice-kept" => [frame, vec![one("finish", finish), one("go-on", again)]].concat(),
        "notice-early" => [frame, vec![one("finish", finish), one("ask-desk", again)]].concat(),
        "notice-start-over" => vec![
            one("need-help", Control::NeedHelp),
            one("start-over-yes", finish),
            one("start-over-no", again),
        ],
        "done-owed" | "done-owed-before" | "done-in-doubt" => {
            let mut all = [frame, vec![one("finish", finish)]].concat();
            let another = if screen == "done-owed-before" { "another-person" } else { "write-down" };
            all.push(one(another, Control::AnotherPerson));
            if screen != "done-in-doubt" {
                all.push(one("done-pay", Control::Pay));
            }
            if screen == "done-owed-before" {
                all.push(one("print-again", again));
            }
            all
        }
        "pay" | "pay-many" | "pay-only" => {
            let ways = choices(["pay-by-card", "pay-by-code", "pay-at-desk"].map(str::to_owned).into());
            let later = if screen == "pay-only" { "pay-not-now" } else { "pay-later" };
            [frame, ways, vec![one(later, finish)]].concat()
        }
        "pay-one" => {
            let ways = choices(["pay-by-card", "pay-at-desk"].map(str::to_owned).into());
            [frame, ways, vec![one("pay-later", finish)]].concat()
        }
        "pay-card" | "pay-card-busy" | "pay-card-words" => {
            [frame, vec![one("pay-stop", Control::Back)]].concat()
        }
        "pay-stopping" => [frame, vec![one("pay-stopping", Control::Back)]].concat(),
        "pay-code" => [frame, vec![one("pay-code-paid", yes), one("pay-other-way", Control::Back)]].concat(),
        "notice-charged" | "notice-not-known" => [frame, vec![one("pay-back-to-ticket", finish)]].concat(),
        "notice-not-charged" => {
            [frame, vec![one("pay-back-to-ticket", finish), one("try-again", again)]].concat()
        }
        "done-before" => {
            let another = one("another-person", Control::AnotherPerson);
            [frame, vec![one("finish", finish), one("print-again", again), another]].concat()
        }
        _ => [frame, steps].concat(),
    };
    // In danger there is nothing but what to do now; what is being chosen needs no button to it.
    let plain = ["warning", "emergency", "preferences"].iter().any(|kind| screen.starts_with(kind));
    let preferences = if plain { vec![] } else { vec![one("preferences", Control::Preferences)] };
    [over, own, preferences].concat()
}

/// A question as it is shown, changed a little.
fn change(stage: &Stage, how: impl FnOnce(&mut QuestionScreen)) {
    let kiosk = stage.window.global::<Kiosk>();
    let mut question = kiosk.get_question();
    how(&mut question);
    kiosk.set_question(question);
    stage.settle();
}

/// A button that cannot be used yet.
fn is_idle(screen: &str, control: Control) -> bool {
    control == Control::Next && ["letters-empty", "date"].contains(&screen)
        || control == Control::Clear && screen == "signature"
        || control == Control::Back && screen == "pay-stopping"
}

fn every_button_tells_its_control_once(glass: (u32, u32)) {
    let stage = Stage::new();
    stage.turn(glass);
    for language in Words::own().languages() {
        let tongue = language.code();
        // Of a long review some rows are out of sight; they are those of a short one. Leaving what is half composed
        // writes it first.
        let others = ["review-long", "letters-pinyin"];
        for screen in SCREENS.into_iter().filter(|screen| !others.contains(screen)) {
            stage.show(screen, tongue);
            let expected = buttons(screen, tongue);
            let buttons =
                || stage.targets().into_iter().filter(|t| !t.is_key).map(|t| t.label).collect::<Vec<_>>();
            let mut there: BTreeSet<String> = buttons().into_iter().collect();
            // Twelve needs may be more than fit in a language: the arrows bring the last ones.
            let scrolls = screen == "help-12" && stage.targets().iter().any(|target| target.label == "▼");
            if scrolls {
                assert_eq!(stage.touch("▼"), []);
                there.extend(buttons());
                assert_eq!(stage.touch("▲"), []);
            }
            let named: BTreeSet<String> = expected.iter().map(|(label, ..)| label.clone()).collect();
            assert_eq!(there, named, "{tongue} {screen}");
            for (label, control, index) in expected {
                if scrolls {
                    let last = control == Control::Choice && index > 5;
                    stage.touch(if last { "▼" } else { "▲" });
                }
                let told =
                    if is_idle(screen, control) { vec![] } else { vec![Told::Touched(control, index)] };
                assert_eq!(stage.touch(&label), told, "{tongue} {screen}: a touch on {label:?}");
                // A screen reader reaches the same.
                stage.target(&label).element.invoke_accessible_default_action();
                assert_eq!(stage.told(), told, "{tongue} {screen}: {label:?} chosen by a screen reader");
            }
        }
    }
}

#[test]
fn every_button_tells_its_control_once_upright() {
    every_button_tells_its_control_once(SIZES[0]);
}

#[test]
fn every_button_tells_its_control_once_lying() {
    every_button_tells_its_control_once(SIZES[1]);
}

#[test]
fn help_is_on_every_screen() {
    let stage = Stage::new();
    for language in Words::own().languages() {
        // Over the warning there is one thing only; whoever is there is asked nothing else. In an emergency
        // help is what happens, and where one asks for help a person can be called.
        for screen in SCREENS.into_iter().filter(|s| !s.starts_with("warning") && !s.starts_with("emergency"))
        {
            let (label, control) = match screen.starts_with("help") {
                true => ("call-person", Control::CallPerson),
                false => ("need-help", Control::NeedHelp),
            };
            stage.show(screen, language.code());
            let told = stage.touch(&say(language.code(), label));
            // What was half composed is written before.
            let composed = |told: &&Told| screen == "letters-pinyin" && matches!(told, Told::Typed(_));
            let told: Vec<Told> = told.iter().skip_while(composed).cloned().collect();
            assert_eq!(told, [Told::Touched(control, 0)], "{} {screen}", language.code());
        }
    }
}

#[test]
fn a_button_answers_the_finger_at_once_and_counts_once() {
    let stage = Stage::new();
    let (action, alarm) = {
        let theme = stage.window.global::<Theme>();
        (theme.get_action_pressed(), theme.get_alarm_pressed())
    };
    for (glass, screen) in [
        (SIZES[0], "welcome"),
        (SIZES[0], "choices-4"),
        (SIZES[0], "statement"),
        (SIZES[1], "confirm"),
        (SIZES[2], "done-before"),
        (SIZES[0], "help"),
        (SIZES[1], "emergency-alone"),
        (SIZES[2], "talk+message"),
        (SIZES[1], "text"),
        (SIZES[2], "letters"),
        (SIZES[0], "pay"),
        (SIZES[1], "pay-code"),
    ] {
        stage.turn(glass);
        stage.show(screen, "en");
        for (n, target) in stage.targets().into_iter().enumerate() {
            // Of the keys some: they are all made alike.
            if target.is_key && n % 6 != 0 {
                continue;
            }
            // Beside the words and inside of the frame.
            let place = target.place;
            let spot = (place.x + place.width * 0.5, place.y + place.height * 0.1);
            let colour = || {
                let picture = stage.picture();
                let at = spot.1 as usize * picture.width() as usize + spot.0 as usize;
                let pixel = picture.as_slice()[at];
                Color::from_rgb_u8(pixel.r, pixel.g, pixel.b)
            };
            let before = colour();
            let finger = LogicalPosition::new(spot.0, spot.1);
            stage.press(finger);
            let pressed = if target.label == say("en", "emergency") { alarm } else { action };
            // No time has passed: the very next picture shows it.
            assert_eq!(colour(), pressed, "{screen}: {:?} under the finger", target.label);
            assert_eq!(stage.told(), [], "{screen}: {:?} tells before the finger is up", target.label);
            stage.release(finger);
            // Turning a page or the capitals concerns the keyboard alone.
            let tells = usize::from(!COMMANDS.contains(&&*target.label));
            assert_eq!(stage.told().len(), tells, "{screen}: {:?}", target.label);
            stage.settle();
            assert!(colour() == before || target.is_key, "{screen}: {:?} stays pressed", target.label);
            assert_eq!(stage.told(), [], "{screen}: {:?} tells twice", target.label);
        }
    }
}

#[test]
fn a_finger_that_slides_off_tells_nothing() {
    let stage = Stage::new();
    stage.show("confirm", "en");
    let yes = stage.target(&say("en", "thats-me")).place;
    stage.press(yes.centre());
    let outside = LogicalPosition::new(yes.x + yes.width / 2.0, yes.y - 60.0);
    stage.send(WindowEvent::PointerMoved { position: outside });
    stage.release(outside);
    stage.settle();
    assert_eq!(stage.told(), []);
}

#[test]
fn two_quick_touches_are_two_answers_and_not_three() {
    let stage = Stage::new();
    stage.show("choices-4", "en");
    let label = say("en", "sex-male");
    let told = [stage.touch(&label), stage.touch(&label)].concat();
    assert_eq!(told, [Told::Touched(Control::Choice, 1), Told::Touched(Control::Choice, 1)]);
}

/// EN 301 549, 5.8, on the glass and on keys before it.
#[test]
fn who_has_asked_for_it_touches_and_types_nothing_twice_within_half_a_second() {
    let stage = Stage::new();
    let here = || Told::Touched(Control::StillHere, 0);
    let rest = || std::thread::sleep(Duration::from_millis(520));
    stage.show("digits", "en");
    stage.steady();
    for typed in [stage.touch("7"), stage.strike("8"), stage.touch("9")] {
        assert!(matches!(&typed[..], [Told::Typed(_)]), "{typed:?}: each another one");
    }
    assert_eq!(stage.touch("9"), [here()], "somebody is there, and nothing is written");
    assert_eq!(stage.strike("9"), [here()], "it is the same figure on a real keyboard");
    rest();
    assert_eq!(stage.touch("9"), [Told::Typed("9".into())]);
    let erase = say("en", "erase-key");
    assert_eq!([stage.touch(&erase), stage.touch(&erase)].concat(), [Told::Erased, here()]);
    // A key that is held repeats nothing, however long.
    let held = (0..10).flat_map(|_| stage.strike("x")).filter(|told| matches!(told, Told::Typed(_)));
    assert_eq!(held.count(), 1);
    stage.show("choices-4", "en");
    stage.steady();
    let label = say("en", "sex-male");
    assert_eq!(
        [stage.touch(&label), stage.touch(&label)].concat(),
        [Told::Touched(Control::Choice, 1), here()]
    );
    // Keys that move go one step.
    let stand = || focus::label(&stage.window);
    stage.strike(Key::Tab);
    let first = stand();
    assert!(first.is_some());
    stage.strike(Key::Tab);
    assert_eq!(stand(), first);
    rest();
    stage.strike(Key::Tab);
    assert_ne!(stand(), first);
}

#[test]
fn beneath_the_warning_nothing_can_be_touched() {
    let stage = Stage::new();
    stage.show("done", "en");
    let finish = stage.target(&say("en", "finish")).place.centre();
    stage.show("warning", "en");
    let still_here = stage.target(&say("en", "still-here")).place;
    // The two lie at one place on this glass; a place beside the warning's button tells nothing at all.
    let beside = LogicalPosition::new(finish.x, still_here.bottom() + 8.0);
    for place in [beside, LogicalPosition::new(40.0, 40.0)] {
        stage.press(place);
        stage.release(place);
    }
    assert_eq!(stage.told(), []);
}

/// The characters that a language's names and addresses are written with.
fn alphabet(tongue: &str) -> String {
    let latin = "abcdefghijklmnopqrstuvwxyz0123456789'-.,/";
    match tongue {
        "en" => format!("{latin}äöüßàâçéèêëîïôùûåæøñáíóúãõ"),
        "es" => format!("{latin}ñáéíóúüç¿¡"),
        "fr" => format!("{latin}àâæçéèêëîïôœùûü"),
        "de" => format!("{latin}äöüßé"),
        "pt" => format!("{latin}áâãàçéêíóôõúü"),
        // Letters, with the hamza on each of its seats.
        "ar" => "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ0123456789٠١٢٣٤٥٦٧٨٩-،".into(),
        _ => "अआइईउऊऋएऐओऔािीुूृेैोौ्कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळंँः0123456789०१२३४५६७८९-।".into(),
    }
}

/// Keys that do something else than write.
const COMMANDS: [&str; 8] = ["123", "ÀÖŠ", "ABC", "abc", "أ ب ت", "अ आ", "拼音", "⇧"];

/// Touches every key of the page that is shown; returns what they wrote.
fn type_the_page(stage: &Stage, tongue: &str) -> Vec<String> {
    let others = ["erase-key", "space-key", "layout-key"].map(|key| say(tongue, key));
    let count = stage.targets().len();
    let mut typed = Vec::new();
    for n in 0..count {
        // Asked anew each time: with a letter typed, the keys may change from capitals to small letters.
        let target = stage.targets().remove(n);
        if !target.is_key || COMMANDS.contains(&&*target.label) || others.contains(&target.label) {
            continue;
        }
        target.element.mock_single_click(PointerEventButton::Left);
        stage.settle();
        assert_eq!(stage.told(), [Told::Typed(target.label.clone())], "{tongue}");
        typed.push(target.label);
    }
    typed
}

/// The key to the next page, or none.
fn turn_the_page(stage: &Stage) {
    let page = stage.targets().into_iter().find(|t| COMMANDS[..7].contains(&&*t.label)).unwrap();
    assert_eq!(stage.touch(&page.label), [], "a page is turned within the keyboard");
}

#[test]
fn the_keyboard_writes_the_letters_of_each_language() {
    let stage = Stage::new();
    // Where characters are composed of letters, nothing is written by a letter.
    for language in Words::own().languages().filter(|language| language.composer().is_none()) {
        let tongue = language.code();
        // With something typed already, letters are small.
        stage.show("letters", tongue);
        change(&stage, |question| question.value = "x".into());
        let first = type_the_page(&stage, tongue);
        let mut typed: BTreeSet<String> = first.iter().cloned().collect();
        let pages = if ["ar", "hi"].contains(&tongue) { 2 } else { 3 };
        for _ in 1..pages {
            turn_the_page(&stage);
            typed.extend(type_the_page(&stage, tongue));
        }
        turn_the_page(&stage);
        assert_eq!(
            type_the_page(&stage, tongue).last(),
            first.last(),
            "{tongue}: the pages do not come round"
        );
        // A part of a name after an apostrophe begins with a capital.
        let written = |c: &char| typed.iter().any(|t| t.to_lowercase() == c.to_string());
        let missing: Vec<char> = alphabet(tongue).chars().filter(|c| !written(c)).collect();
        assert!(missing.is_empty(), "{tongue} cannot write {missing:?}");
        assert_eq!(stage.touch(&say(tongue, "space-key")), [Told::Typed(" ".into())]);
        assert_eq!(stage.touch(&say(tongue, "erase-key")), [Told::Erased]);
    }
}

#[test]
fn an_arabic_or_hindi_keyboard_changes_to_latin_and_back() {
    let stage = Stage::new();
    for tongue in ["ar", "hi"] {
        stage.show("letters", tongue);
        let own = type_the_page(&stage, tongue);
        let switch = say(tongue, "layout-key");
        assert_eq!(stage.touch(&switch), []);
        change(&stage, |question| question.value = "x".into());
        let latin = type_the_page(&stage, tongue).concat().to_lowercase();
        assert!(('a'..='z').all(|letter| latin.contains(letter)), "{tongue}: {latin}");
        assert_eq!(stage.touch(&switch), []);
        assert_eq!(type_the_page(&stage, tongue), own);
    }
    // English and Spanish have nothing to change to.
    stage.show("letters", "es");
    assert!(stage.targets().iter().all(|target| target.label != say("es", "layout-key")));
}

#[test]
fn an_e_mail_address_is_typed_on_one_page_in_every_language() {
    let stage = Stage::new();
    for glass in SIZES {
        stage.turn(glass);
        for tongue in TONGUES {
            stage.show("letters", tongue);
            change(&stage, |question| {
                question.title = "address".into();
                question.keys = Keys::Address;
                question.value = "".into();
            });
            let address = "ana_1.b-c+d@clinic.example";
            let typed: Vec<Told> = address.chars().flat_map(|key| stage.touch(&key.to_string())).collect();
            let wanted = address.chars().map(|key| Told::Typed(key.to_string()));
            assert_eq!(typed, wanted.collect::<Vec<_>>(), "{tongue}");
        }
    }
}

#[test]
fn a_number_with_letters_begins_with_latin_ones_and_a_name_behind_it_does_not() {
    let stage = Stage::new();
    for tongue in ["ar", "hi", "zh"] {
        stage.show("letters-empty", tongue);
        let own: Vec<String> = stage.targets().into_iter().map(|target| target.label).collect();
        let ask = |title: &str, keys| {
            change(&stage, |question| {
                question.title = title.into();
                question.keys = keys;
            });
        };
        ask("postal code", Keys::Latin);
        assert_eq!(stage.touch("Q"), [Told::Typed("Q".into())], "{tongue}");
        ask("town", Keys::Own);
        assert_eq!(
            stage.targets().into_iter().map(|target| target.label).collect::<Vec<_>>(),
            own,
            "{tongue}"
        );
    }
}

#[test]
fn a_name_begins_with_a_capital_and_so_does_each_part_of_it() {
    let stage = Stage::new();
    stage.show("letters-empty", "en");
    let mut name = String::new();
    for key in ["A", "n", "n", "a", "-", "L", "e", "Space", "O", "'", "N"] {
        for told in stage.touch(key) {
            if let Told::Typed(text) = told {
                name.push_str(&text);
            }
        }
        change(&stage, |question| question.value = name.as_str().into());
    }
    assert_eq!(name, "Anna-Le O'N");
    // The shift key overrules that once: "de" in the middle of a name is small.
    stage.touch("Space");
    assert_eq!(stage.touch("⇧"), []);
    assert_eq!(stage.touch("d"), [Told::Typed("d".into())]);
    assert_eq!(stage.touch("e"), [Told::Typed("e".into())]);
}

#[test]
fn in_own_words_only_a_sentence_begins_with_a_capital() {
    let stage = Stage::new();
    stage.show("text-empty", "en");
    let mut written = String::new();
    for key in "My h-i. ? No".chars() {
        let key = if key == ' ' { "Space".to_owned() } else { key.to_string() };
        let signs = [".", "?"].contains(&&*key);
        if signs {
            stage.touch("123");
        }
        for told in stage.touch(&key) {
            if let Told::Typed(text) = told {
                written.push_str(&text);
            }
        }
        if signs {
            stage.touch("ÀÖŠ");
            stage.touch("ABC");
        }
        change(&stage, |question| question.value = written.as_str().into());
    }
    assert_eq!(written, "My h-i. ? No");
}

/// Whatever is typed stands in the box with the caret behind it, and its end is in sight.
#[test]
fn own_words_are_typed_in_every_language() {
    let stage = Stage::new();
    let shown = |stage: &Stage| stage.written().into_iter().find(|w| w.text.ends_with('|')).unwrap();
    for glass in SIZES {
        stage.turn(glass);
        for language in Words::own().languages() {
            let tongue = language.code();
            stage.show("text-empty", tongue);
            assert_eq!(shown(&stage).text, "|");
            assert!(stage.written().iter().any(|w| w.text == say(tongue, "type-here")), "{tongue}");
            // Where characters are composed, nothing is written by a letter.
            if language.composer().is_none() {
                let key =
                    stage.targets().into_iter().find(|t| t.is_key && t.label.chars().count() == 1).unwrap();
                assert_eq!(stage.touch(&key.label), [Told::Typed(key.label.clone())], "{tongue}");
                assert_eq!(stage.strike("x"), [Told::Typed("x".into())]);
                assert_eq!(stage.strike(Key::Backspace), [Told::Erased]);
            }
            // Half a letter is not sent by a key struck too often.
            assert_eq!(stage.strike(Key::Return), []);

            stage.show("text", tongue);
            let (value, short) = (stage.window.global::<Kiosk>().get_question().value, shown(&stage));
            assert_eq!(short.text, format!("{value}|"));
            assert!(stage.written().iter().all(|w| w.text != say(tongue, "type-here")), "{tongue}");

            // The end of a long text is where the box ends, and the box is as large as for a short one.
            stage.show("text-long", tongue);
            let long = shown(&stage);
            assert!(long.place.y < short.place.y, "{tongue}: the beginning is pushed out");
            let keys = stage.targets().into_iter().filter(|t| t.is_key).map(|t| t.place);
            let beside = keys.filter(|key| key.x < long.place.right() && long.place.x < key.right());
            let end = beside.map(|key| key.y).fold(stage.size().1, f32::min);
            assert!(long.place.bottom() <= end, "{tongue}: the end is in sight");
        }
    }
}

#[test]
fn the_box_for_own_words_shows_four_lines() {
    let stage = Stage::new();
    for glass in SIZES {
        stage.turn(glass);
        for language in Words::own().languages() {
            let tongue = language.code();
            for screen in ["text", "text-wrong", "text+practice"] {
                stage.show(screen, tongue);
                let one = stage.written().into_iter().find(|w| w.text.ends_with('|')).unwrap();
                let inputs = ElementQuery::from_root(&stage.window)
                    .match_accessible_role(AccessibleRole::TextInput)
                    .find_all();
                let lines = inputs[0].size().height / (one.size * 1.36);
                assert!(lines >= 4.0, "{tongue} {screen} {glass:?}: {lines} lines");
                assert_eq!(
                    inputs[0].accessible_label(),
                    Some(stage.window.global::<Kiosk>().get_question().title)
                );
            }
        }
    }
}

#[test]
fn the_latest_message_is_in_sight() {
    let stage = Stage::new();
    for glass in SIZES {
        stage.turn(glass);
        for language in Words::own().languages() {
            let tongue = language.code();
            stage.show("talk-long", tongue);
            let latest = |stage: &Stage| {
                let said = say(tongue, "said-desk");
                stage.written().into_iter().filter(|w| w.text == said).map(|w| w.place).next_back()
            };
            let down = stage.targets().into_iter().find(|t| t.label == "▼").unwrap().place;
            assert_eq!(stage.touch("▼"), [], "{tongue} {glass:?}: it is at the end already");
            assert!(latest(&stage).unwrap().bottom() < down.y, "{tongue} {glass:?}");
            // Whoever reads what was said before moves it, and what comes then is in sight again.
            let before = latest(&stage).unwrap().y;
            stage.touch("▲");
            assert!(latest(&stage).is_none_or(|at| at.y > before), "{tongue} {glass:?}: moved");
            let kiosk = stage.window.global::<Kiosk>();
            let mut talk = kiosk.get_talk();
            let mut messages: Vec<_> = talk.messages.iter().collect();
            messages.push(messages[messages.len() - 1].clone());
            talk.messages = VecModel::from_slice(&messages);
            kiosk.set_talk(talk);
            stage.settle();
            assert!(latest(&stage).unwrap().bottom() < down.y, "{tongue} {glass:?}: after one more");
        }
    }
}

/// WCAG 2.3.1: nothing changes more than three times in a second, and in an emergency that was answered
/// nothing moves at all.
#[test]
fn nothing_flashes() {
    let stage = Stage::new();
    stage.turn(SIZES[2]);
    for (screen, most) in
        [("emergency", 3), ("emergency-answered", 0), ("notice-busy", 3), ("text", 3), ("letters", 3)]
    {
        stage.show(screen, "en");
        let mut before = stage.picture();
        let mut changes = 0;
        for _ in 0..20 {
            mock_elapsed_time(Duration::from_millis(50));
            let now = stage.picture();
            changes += usize::from(now.as_bytes() != before.as_bytes());
            before = now;
        }
        assert!(changes <= most, "{screen} changes {changes} times in a second");
    }
}

#[test]
fn nothing_moves_for_who_has_chosen_so() {
    let stage = Stage::new();
    stage.window.global::<Kiosk>().set_look(Look { still: true, ..Look::default() });
    for screen in ["emergency", "notice-busy", "pay-card-busy", "text", "letters", "date"] {
        stage.show(screen, "en");
        let before = stage.picture();
        for _ in 0..60 {
            mock_elapsed_time(Duration::from_millis(50));
        }
        assert!(stage.picture().as_bytes() == before.as_bytes(), "{screen} moves");
    }
}

#[test]
fn practice_is_told_on_every_screen() {
    let stage = Stage::new();
    for screen in SCREENS {
        let screen = format!("{}+practice", screen.split('+').next().unwrap());
        stage.show(&screen, "en");
        assert!(stage.written().iter().any(|w| w.text == say("en", "practice")), "{screen}");
    }
    stage.show("help", "en");
    assert!(stage.written().iter().all(|w| w.text != say("en", "practice")));
}

#[test]
fn a_message_of_the_desk_is_opened_from_every_screen_with_a_banner() {
    let stage = Stage::new();
    for screen in ["letters", "choices-6", "text", "confirm", "notice-kept", "done", "help", "emergency"] {
        stage.show(&format!("{screen}+message"), "ar");
        assert_eq!(stage.touch(&say("ar", "message-read")), [Told::Touched(Control::Talk, 0)], "{screen}");
    }
}

#[test]
fn a_letter_after_an_erased_gap_is_small() {
    let stage = Stage::new();
    stage.show("letters", "en");
    for key in ["Space", &say("en", "erase-key")] {
        stage.touch(key);
    }
    assert_eq!(stage.touch("e"), [Told::Typed("e".into())]);
}

#[test]
fn the_next_question_begins_with_letters_again() {
    let stage = Stage::new();
    stage.show("letters", "ar");
    stage.touch(&say("ar", "layout-key"));
    turn_the_page(&stage);
    change(&stage, |question| question.title = "?".into());
    change(&stage, |question| question.value = "".into());
    // Latin was chosen and stays.
    assert_eq!(stage.touch("Q"), [Told::Typed("Q".into())]);
}

#[test]
fn the_number_pad_writes_figures() {
    let stage = Stage::new();
    for (screen, signs) in [("date", ""), ("digits", "+")] {
        for language in Words::own().languages() {
            let tongue = language.code();
            stage.show(screen, tongue);
            for figure in "0123456789".chars().chain(signs.chars()) {
                let told = stage.touch(&figure.to_string());
                assert_eq!(told, [Told::Typed(figure.to_string())], "{tongue} {screen}");
            }
            assert_eq!(stage.touch(&say(tongue, "erase-key")), [Told::Erased]);
            // A date has no use for a plus.
            assert_eq!(stage.targets().iter().any(|target| target.label == "+"), screen == "digits");
        }
    }
}

#[test]
fn a_number_has_the_keys_that_it_needs() {
    let stage = Stage::new();
    for language in Words::own().languages() {
        let tongue = language.code();
        let sign = say(tongue, "decimal-key");
        stage.show("number-wrong", tongue);
        assert_eq!(stage.touch("−"), [Told::Typed("-".into())], "{tongue}");
        assert_eq!(stage.touch(&sign), [Told::Typed(sign.clone())], "{tongue}");
        // Whole numbers from nought have no use for either.
        change(&stage, |question| {
            question.decimal_label = SharedString::new();
            question.with_minus = false;
        });
        assert!(!stage.targets().iter().any(|target| target.label == "−" || target.label == sign));
        assert_eq!(stage.touch("0"), [Told::Typed("0".into())]);
    }
}

/// What a finger draws is told at once, point by point, within the pad's own measure.
#[test]
fn a_finger_draws_on_the_pad() {
    let stage = Stage::new();
    for glass in SIZES {
        stage.turn(glass);
        stage.show("signature", "en");
        let pad =
            ElementQuery::from_root(&stage.window).match_accessible_role(AccessibleRole::Image).find_all();
        let pad =
            pad.into_iter().find(|pad| pad.accessible_label() == Some(say("en", "signature-pad").into()));
        let pad = pad.unwrap();
        let (at, size) = (pad.absolute_position(), pad.size());
        let on = |x: f32, y: f32| LogicalPosition::new(at.x + x * size.width, at.y + y * size.height);
        stage.press(on(0.25, 0.5));
        stage.send(WindowEvent::PointerMoved { position: on(0.5, 0.25) });
        // A finger that slides off the pad is still followed, and lifted it draws no more.
        stage.send(WindowEvent::PointerMoved { position: on(1.5, 0.25) });
        stage.release(on(1.5, 0.25));
        stage.send(WindowEvent::PointerMoved { position: on(0.3, 0.3) });
        let ratio = size.height / size.width;
        let drawn: Vec<(bool, i32, i32)> = stage
            .told()
            .into_iter()
            .filter_map(|told| match told {
                Told::Drawn(down, x, y, height) => {
                    assert!((height - ratio).abs() < 0.001);
                    Some((down, (x * 100.0).round() as i32, (y / ratio * 100.0).round() as i32))
                }
                _ => None,
            })
            .collect();
        assert_eq!(drawn, [(true, 25, 50), (false, 50, 25), (false, 150, 25)], "{glass:?}");
    }
}

/// A stroke that the session answers with is on the glass in the next picture.
#[test]
fn a_stroke_is_in_the_very_next_picture() {
    let stage = Stage::new();
    stage.show("signature", "en");
    let before = stage.picture();
    change(&stage, |question| {
        question.strokes = std::rc::Rc::new(VecModel::from(vec!["M100 100L900 100".into()])).into();
    });
    assert_ne!(stage.picture().as_bytes(), before.as_bytes());
}

#[test]
fn a_real_keyboard_writes_too() {
    let stage = Stage::new();
    for screen in ["letters", "digits", "date"] {
        stage.show(screen, "en");
        for text in ["a", "Z", "7", "é", "ß", "ش", "क", " ", "-"] {
            assert_eq!(stage.strike(text), [Told::Typed(text.into())], "{screen}");
        }
        assert_eq!(stage.strike(Key::Backspace), [Told::Erased]);
        // Keys that stand for no character write nothing.
        for key in [Key::Escape, Key::Delete, Key::LeftArrow, Key::Home, Key::F1, Key::Shift, Key::CapsLock] {
            assert_eq!(stage.strike(key), [], "{screen}");
        }
    }
}

#[test]
fn control_and_a_letter_write_nothing() {
    let stage = Stage::new();
    stage.show("letters", "en");
    let control: SharedString = Key::Control.into();
    stage.send(WindowEvent::KeyPressed { text: control.clone() });
    assert_eq!(stage.strike("a"), []);
    stage.send(WindowEvent::KeyReleased { text: control });
    assert_eq!(stage.strike("a"), [Told::Typed("a".into())]);
}

#[test]
fn return_goes_on_where_next_would() {
    let stage = Stage::new();
    let next = [Told::Touched(Control::Next, 0)];
    stage.show("letters", "en");
    assert_eq!(stage.strike(Key::Return), next);
    change(&stage, |question| question.can_go_next = false);
    assert_eq!(stage.strike(Key::Return), []);
    // Nobody agrees to a statement by a key struck too often.
    stage.show("statement", "en");
    assert_eq!(stage.window.global::<Kiosk>().get_question().entry, Entry::Statement);
    // A touch on an answer goes on by itself there.
    stage.show("companion", "en");
    assert_eq!(stage.strike(Key::Return), []);
    for screen in [
        "statement",
        "text",
        "signature-typed",
        "review",
        "confirm",
        "notice-early",
        "done",
        "welcome",
        "help",
        "talk",
        "pay",
        "pay-card",
        "pay-code",
    ] {
        stage.show(screen, "en");
        assert_eq!(stage.strike(Key::Return), [], "{screen}");
    }
}

#[test]
fn any_key_says_that_somebody_is_still_there() {
    let stage = Stage::new();
    stage.show("warning", "en");
    for key in ["a".into(), SharedString::from(Key::Return), Key::Backspace.into()] {
        assert_eq!(stage.strike(key), [Told::Touched(Control::StillHere, 0)]);
    }
}

#[test]
fn the_tab_key_reaches_every_button_that_can_be_used() {
    let stage = Stage::new();
    for screen in [
        "welcome-other",
        "choices-4",
        "statement",
        "confirm",
        "notice-early",
        "done-before",
        "date",
        "text",
        "help",
        "emergency-alone",
        "talk+message",
        "several",
        "signature",
        "signature-typed",
        "review",
        "pay",
        "pay-card",
        "pay-stopping",
        "pay-code",
        "done-owed",
        "welcome-pay",
        "notice-not-charged",
    ] {
        stage.show(screen, "en");
        // A fresh screen has the focus at the window; the samples may follow each other on one screen.
        let usable: Expected =
            buttons(screen, "en").into_iter().filter(|(_, control, _)| !is_idle(screen, *control)).collect();
        let mut reached = Vec::new();
        // Keys of keyboards are reached too; one that shows others would change what there is.
        for _ in 0..focus::order(&stage.window).len() {
            stage.strike(Key::Tab);
            reached.extend(stage.strike(" ").into_iter().filter(|told| matches!(told, Told::Touched(..))));
        }
        for (label, control, index) in usable {
            assert!(reached.contains(&Told::Touched(control, index)), "{screen}: {label:?}");
        }
    }
}

#[test]
fn what_is_chosen_says_so() {
    let stage = Stage::new();
    stage.show("choices-4", "en");
    let chosen: Vec<String> = stage
        .targets()
        .into_iter()
        .filter(|target| target.element.accessible_checked() == Some(true))
        .map(|target| target.label)
        .collect();
    assert_eq!(chosen, [say("en", "sex-male")]);
    stage.show("letters-empty", "en");
    assert_eq!(stage.target(&say("en", "next")).element.accessible_enabled(), Some(false));
    assert_eq!(stage.window.global::<Kiosk>().get_question().choices.row_count(), 6);
}
