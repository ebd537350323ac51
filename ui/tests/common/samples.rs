//! Every screen with what patients really get on it, in each language, and some of them in German too,
//! whose words are the longest there are.

use std::cell::LazyCell;

use vestibule_ui::slint::{
    ComponentHandle, Image, ModelRc, Rgb8Pixel, SharedPixelBuffer, SharedString, VecModel,
};
use vestibule_ui::words::{Language, Value, Words};
use vestibule_ui::{
    Choice, ConfirmScreen, DoneScreen, Entry, Frame, Kiosk, KioskWindow, NoticeScreen, QuestionScreen,
    ScreenKind, Tone, Warning, WelcomeScreen,
};

use super::texts::{CLINIC, GERMAN};

/// English, Spanish, Arabic, Hindi, and German for its length.
pub const TONGUES: [&str; 5] = ["en", "es", "ar", "hi", "de"];

/// The screens to look at: one of each kind, and the hard cases. German has them all.
pub const SCREENS: [&str; 23] = [
    "welcome",
    "letters",
    "letters-empty",
    "letters-wrong",
    "letters-long",
    "date",
    "date-wrong",
    "digits",
    "choices-4",
    "choices-6",
    "choices-8",
    "choices-12",
    "statement",
    "confirm",
    "notice-busy",
    "notice-alarm",
    "notice-kept",
    "notice-early",
    "notice-start-over",
    "done",
    "done-no-paper",
    "done-before",
    "warning",
];

/// The questions of identification and registration: title, hint, and how they are answered.
const QUESTIONS: [(&str, &str, Entry); 14] = [
    ("identify-date-title", "identify-date-with-code-hint", Entry::Date),
    ("identify-family-title", "identify-family-hint", Entry::Letters),
    ("given-name-title", "given-name-hint", Entry::Letters),
    ("family-name-title", "family-name-hint", Entry::Letters),
    ("birth-title", "date-hint", Entry::Date),
    ("sex-title", "sex-hint", Entry::Choices),
    ("phone-title", "phone-hint", Entry::Digits),
    ("street-title", "street-hint", Entry::Letters),
    ("town-title", "town-hint", Entry::Letters),
    ("contact-name-title", "contact-name-hint", Entry::Letters),
    ("contact-phone-title", "contact-phone-hint", Entry::Digits),
    ("language-title", "language-hint", Entry::Choices),
    ("reason-title", "reason-hint", Entry::Choices),
    ("consent-title", "", Entry::Statement),
];

/// How to put an answer right, on the question where it is said.
const ERRORS: [(&str, &str); 11] = [
    ("no-match", "identify-family-title"),
    ("unknown-code", "identify-date-title"),
    ("problem-empty", "contact-name-title"),
    ("problem-no-letter", "given-name-title"),
    ("problem-date-incomplete", "birth-title"),
    ("problem-no-such-day", "birth-title"),
    ("problem-date-in-the-future", "birth-title"),
    ("problem-date-too-long-ago", "birth-title"),
    ("problem-phone-too-short", "contact-phone-title"),
    ("problem-phone-too-long", "phone-title"),
    ("problem-nothing-chosen", "reason-title"),
];

/// The messages: title and lines.
const NOTICES: [(&str, &[&str]); 13] = [
    ("other-day-title", &["other-day-appointment", "clinician", "other-day-line"]),
    ("help-title", &["help-line", "request-raising"]),
    ("help-title", &["help-line", "request-kept"]),
    ("help-title", &["help-line", "request-delivered"]),
    ("on-the-way", &["help-line"]),
    ("to-desk-title", &["several-records-line", "request-kept"]),
    ("to-desk-title", &["not-that-person-line", "request-not-kept"]),
    ("to-desk-title", &["possible-duplicate-line", "request-kept"]),
    ("to-desk-title", &["late-line", "request-kept"]),
    ("to-desk-title", &["cancelled-line", "request-kept"]),
    ("to-desk-title", &["no-appointment-line", "request-kept"]),
    ("to-desk-title", &["no-consent-line", "request-kept"]),
    ("fault-title", &["fault-line", "request-kept"]),
];

/// What stands below the number of a ticket: the line of the wait, and what became of the paper.
const TICKETS: [(&str, &str); 4] = [
    ("wait-none", "paper-reserved"),
    ("wait", "paper-printed"),
    ("wait", "paper-not-printed"),
    ("wait", "paper-not-known"),
];

/// Every screen of [`show`]: those of [`SCREENS`], and each text of the translations in its place.
pub fn all() -> Vec<String> {
    let numbered = |kind: &str, count: usize| (0..count).map(move |n| format!("{kind}#{n}")).collect();
    let groups: [Vec<String>; 5] = [
        SCREENS.map(str::to_owned).into(),
        numbered("question", QUESTIONS.len()),
        numbered("error", ERRORS.len()),
        numbered("notice", NOTICES.len()),
        numbered("ticket", TICKETS.len()),
    ];
    groups.concat()
}

thread_local! {
    static WORDS: LazyCell<Words> = LazyCell::new(Words::load);
}

/// What a tongue says for a key of the translations or of a clinic's own texts.
pub fn say(tongue: &str, key: &str) -> String {
    if let Some(row) = CLINIC.iter().find(|row| row.0 == key) {
        let column = TONGUES.iter().position(|t| *t == tongue).unwrap();
        return row.1[column].to_owned();
    }
    let texts = [("name", "person"), ("date", "date")].map(|(name, key)| (name, say(tongue, key)));
    let numbers = [("step", 3), ("steps", 12), ("minutes", 15), ("seconds", 17)];
    let clock = ("time", Value::from("10:55"));
    let values: Vec<(&str, Value)> = texts
        .into_iter()
        .map(|(name, text)| (name, Value::from(text)))
        .chain(numbers.map(|(name, number)| (name, Value::Number(number))))
        .chain([clock])
        .collect();
    if tongue == "de" {
        let text = GERMAN.iter().find(|row| row.0 == key).unwrap_or_else(|| panic!("no German {key}")).1;
        return values.iter().fold(text.to_owned(), |text, (name, value)| {
            let value = match value {
                Value::Text(text) => text.clone(),
                Value::Number(number) => number.to_string(),
            };
            text.replace(&format!("{{ ${name} }}"), &value)
        });
    }
    let language = Language::from_code(tongue).unwrap();
    WORDS.with(|words| {
        assert!(words.keys(language).any(|own| own == key), "no text {key} in {tongue}");
        words.text_with(language, key, &values)
    })
}

fn list<T: Clone + 'static>(items: Vec<T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(items))
}

/// Puts a sample on the glass.
pub fn show(window: &KioskWindow, screen: &str, tongue: &str) {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let kiosk = window.global::<Kiosk>();
    kiosk.set_frame(Frame {
        clinic: text("clinic"),
        help_label: text("need-help"),
        start_over_label: match screen {
            "welcome" | "notice-start-over" => SharedString::new(),
            _ => text("start-over"),
        },
        language: tongue.into(),
        rtl: tongue == "ar",
        banner: if screen == "choices-4" { text("on-the-way") } else { SharedString::new() },
    });
    kiosk.set_warning(Warning {
        shown: screen == "warning",
        title: text("warning-title"),
        seconds: 17,
        countdown: text("seconds-left"),
        still_here_label: text("still-here"),
    });
    let (kind, number) = match screen.split_once('#') {
        Some((kind, number)) => (kind, number.parse().unwrap()),
        None => (screen, 0),
    };
    match kind {
        "welcome" => {
            kiosk.set_welcome(welcome(tongue));
            kiosk.set_screen(ScreenKind::Welcome);
        }
        "confirm" => {
            kiosk.set_confirm(ConfirmScreen {
                title: text("confirm-title"),
                name: text("masked"),
                lines: list(["confirm-today", "clinician"].map(text).into()),
                yes_label: text("thats-me"),
                no_label: text("not-me"),
            });
            kiosk.set_screen(ScreenKind::Confirm);
        }
        "done" | "done-no-paper" | "done-before" | "warning" | "ticket" => {
            let (wait, paper) = match kind {
                "done-before" => ("wait", ""),
                "done-no-paper" => ("wait", "paper-not-printed"),
                "ticket" => TICKETS[number],
                _ => ("wait", "paper-printed"),
            };
            kiosk.set_done(done(tongue, wait, paper));
            kiosk.set_screen(ScreenKind::Done);
        }
        _ if kind.starts_with("notice") => {
            kiosk.set_notice(notice(tongue, kind, number));
            kiosk.set_screen(ScreenKind::Notice);
        }
        _ => {
            kiosk.set_question(question(tongue, kind, number));
            kiosk.set_screen(ScreenKind::Question);
        }
    }
}

fn welcome(tongue: &str) -> WelcomeScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    WelcomeScreen {
        title: text("welcome-title"),
        prompt: text("welcome-prompt"),
        languages: languages(tongue),
        have_appointment: text("have-appointment"),
        new_here: text("new-here"),
        need_help: text("need-help"),
        scan_hint: text("scan-hint"),
    }
}

fn languages(tongue: &str) -> ModelRc<Choice> {
    let choice = |l: Language| Choice { label: l.own_name().into(), selected: l.code() == tongue };
    list(Language::all().map(choice).into())
}

fn question(tongue: &str, kind: &str, number: usize) -> QuestionScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let choices = |keys: Vec<String>| {
        let labelled = keys.iter().enumerate();
        list(labelled.map(|(n, key)| Choice { label: text(key), selected: n == 1 }).collect())
    };
    let sexes = || ["sex-female", "sex-male", "sex-other", "sex-unknown"].map(str::to_owned).to_vec();
    let reasons = |count: usize| (1..=count).map(|n| format!("reason-{n}")).collect();
    let base = |(title, hint, entry): (&str, &str, Entry)| QuestionScreen {
        progress: text("progress"),
        progress_part: 0.25,
        title: text(title),
        hint: if hint.is_empty() { SharedString::new() } else { text(hint) },
        entry,
        placeholder: if entry == Entry::Letters { text("type-here") } else { SharedString::new() },
        day_label: text("day"),
        month_label: text("month"),
        year_label: text("year"),
        choices: match title {
            "sex-title" => choices(sexes()),
            "language-title" => languages(tongue),
            _ => choices(reasons(6)),
        },
        statement: text("statement"),
        back_label: text("back"),
        next_label: text("next"),
        yes_label: text("consent-yes"),
        no_label: text("consent-no"),
        erase_label: text("erase-key"),
        space_label: text("space-key"),
        layout_label: text("layout-key"),
        can_go_next: true,
        ..QuestionScreen::default()
    };
    let asked = |title: &str| {
        base(*QUESTIONS.iter().find(|q| q.0 == title).unwrap_or_else(|| panic!("no question {title}")))
    };
    let name = asked_name(tongue);
    match kind {
        "letters" => QuestionScreen { value: text("a-name"), ..asked(name) },
        "letters-empty" => QuestionScreen { can_go_next: false, ..asked(name) },
        "letters-wrong" => QuestionScreen { value: text("a-name"), error: text("no-match"), ..asked(name) },
        "letters-long" => {
            let value: String = say(tongue, "a-name").repeat(24).chars().take(200).collect();
            QuestionScreen { value: value.into(), ..asked(name) }
        }
        "date" => QuestionScreen {
            day: "07".into(),
            month: "1".into(),
            active_part: 1,
            can_go_next: false,
            ..asked("birth-title")
        },
        "date-wrong" => QuestionScreen {
            day: "31".into(),
            month: "02".into(),
            year: "195".into(),
            active_part: 2,
            error: text("problem-date-incomplete"),
            ..asked("birth-title")
        },
        "digits" => QuestionScreen { value: "+44 20 7946 0958".into(), ..asked("phone-title") },
        "choices-4" => asked("sex-title"),
        "choices-6" => asked("reason-title"),
        "choices-8" => QuestionScreen { choices: choices(reasons(8)), ..asked("reason-title") },
        "choices-12" => QuestionScreen { choices: choices(reasons(12)), ..asked("reason-title") },
        // In German so much of it that it has to be moved.
        "statement" => QuestionScreen {
            statement: say(tongue, "statement").repeat(if tongue == "de" { 3 } else { 1 }).into(),
            ..asked("consent-title")
        },
        "question" => base(QUESTIONS[number]),
        "error" => QuestionScreen { error: text(ERRORS[number].0), ..asked(ERRORS[number].1) },
        other => panic!("no sample {other}"),
    }
}

/// German shows the hint of the registration, the longer one.
fn asked_name(tongue: &str) -> &'static str {
    if tongue == "de" { "family-name-title" } else { "identify-family-title" }
}

fn notice(tongue: &str, kind: &str, number: usize) -> NoticeScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let screen = |tone, title, lines: &[&str], primary: &str, secondary: &str| NoticeScreen {
        tone,
        busy: lines.contains(&"looking-line") || lines.contains(&"request-raising"),
        title: text(title),
        lines: list(lines.iter().map(|key| text(key)).collect()),
        primary_label: if primary.is_empty() { SharedString::new() } else { text(primary) },
        secondary_label: if secondary.is_empty() { SharedString::new() } else { text(secondary) },
    };
    match kind {
        "notice-busy" => screen(Tone::Calm, "looking-title", &["looking-line"], "", ""),
        "notice-alarm" => screen(Tone::Alarm, "alarm", &["alarm-1", "alarm-2"], "finish", ""),
        "notice-kept" => {
            let lines = ["not-identified-line", "request-kept"];
            screen(Tone::Attention, "to-desk-title", &lines, "finish", "go-on")
        }
        "notice-early" => {
            let lines = ["early-appointment", "clinician", "early-opens"];
            screen(Tone::Attention, "early-title", &lines, "finish", "ask-desk")
        }
        "notice-start-over" => {
            let lines = ["start-over-line"];
            screen(Tone::Attention, "start-over-title", &lines, "start-over-yes", "start-over-no")
        }
        "notice" => {
            let (title, lines) = NOTICES[number];
            let (tone, other) = match title {
                "fault-title" => (Tone::Attention, "try-again"),
                "to-desk-title" => (Tone::Attention, ""),
                "other-day-title" => (Tone::Attention, "ask-desk"),
                "on-the-way" => (Tone::Good, "go-on"),
                _ if lines.contains(&"request-raising") => (Tone::Calm, "go-on"),
                _ => (Tone::Good, "go-on"),
            };
            screen(tone, title, lines, "finish", other)
        }
        other => panic!("no sample {other}"),
    }
}

fn done(tongue: &str, wait: &str, paper: &str) -> DoneScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let before = paper.is_empty();
    DoneScreen {
        title: text(if before { "done-before-title" } else { "done-title" }),
        number_label: text("your-number"),
        number: "C107".into(),
        lines: list([wait, "seat", "come-back"].map(text).into()),
        paper: if before { SharedString::new() } else { text(paper) },
        paper_tone: match paper {
            "paper-printed" => Tone::Good,
            "paper-not-printed" | "paper-not-known" => Tone::Attention,
            _ => Tone::Calm,
        },
        code: code(),
        code_label: text("ticket-code"),
        again_label: if before { text("print-again") } else { SharedString::new() },
        finish_label: text("finish"),
    }
}

/// Something that looks like a QR code; nobody reads it.
fn code() -> Image {
    const SIDE: u32 = 29;
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(SIDE, SIDE);
    let finder = |x: u32, y: u32| {
        let d = x.abs_diff(3).max(y.abs_diff(3));
        d == 3 || d <= 1
    };
    for (i, pixel) in pixels.make_mut_slice().iter_mut().enumerate() {
        let (x, y) = (i as u32 % SIDE, i as u32 / SIDE);
        let (fx, fy) = (x.min(SIDE - 1 - x), y.min(SIDE - 1 - y));
        let corner = fx < 8 && fy < 8 && !(x > 20 && y > 20);
        let dark =
            if corner { fx < 7 && fy < 7 && finder(fx, fy) } else { (x * 7 + y * 13 + x * y * 5) % 11 < 5 };
        *pixel = if dark { Rgb8Pixel::new(0, 0, 0) } else { Rgb8Pixel::new(255, 255, 255) };
    }
    Image::from_rgb8(pixels)
}
