//! Every screen with what patients really get on it, in each language, and in one whose texts are longer than those
//! of any.

use std::cell::LazyCell;

use vestibule_ui::keyboard;
use vestibule_ui::slint::{
    ComponentHandle, Image, ModelRc, Rgb8Pixel, SharedPixelBuffer, SharedString, VecModel,
};
use vestibule_ui::words::{Language, Value, Words};
use vestibule_ui::{
    Choice, ClosedScreen, ConfirmScreen, DoneScreen, EmergencyScreen, Entry, Frame, HelpScreen, Keys, Kiosk,
    KioskWindow, NoticeScreen, PayItem, PayMeans, PayPart, PayScreen, PayWay, Pick, PreferencesScreen,
    QuestionScreen, ReviewRow, ReviewScreen, Said, ScreenKind, TalkScreen, Tone, Warning, WelcomeScreen,
};

use super::longer;
use super::texts::CLINIC;

/// The languages that come with the program.
pub const TONGUES: [&str; 8] = ["en", "es", "fr", "de", "pt", "ar", "hi", "zh"];

/// The screens to look at: one of each kind, and the hard cases. Behind a plus stands
/// what there is around a screen: the strip of practice, a message of the desk in the banner, or both.
pub const SCREENS: [&str; 105] = [
    "welcome",
    "welcome-other",
    "welcome-other+practice",
    "welcome-pay",
    "welcome-pay-only",
    "letters",
    "letters-empty",
    "letters-wrong",
    "letters-long",
    "letters-pinyin",
    "letters-address",
    "letters-skip",
    "letters-skip+practice",
    "digits-skip",
    "date",
    "date-wrong",
    "digits",
    "choices-4",
    "choices-6",
    "choices-8",
    "choices-12",
    "booking-review",
    "companion",
    "text-empty",
    "text",
    "text-long",
    "text-wrong",
    "text+practice",
    "statement",
    "several",
    "several-12",
    "number",
    "number-wrong",
    "signature",
    "signature-drawn",
    "signature-typed",
    "review",
    "review-long",
    "confirm",
    "confirm-all",
    "confirm-all+message",
    "confirm-patient",
    "confirm-acting",
    "acting-here",
    "confirm-address",
    "confirm-address+practice",
    "notice-busy",
    "notice-alarm",
    "notice-kept",
    "notice-early",
    "notice-start-over",
    "notice-case",
    "notice-case+practice",
    "notice-family",
    "notice-family+message",
    "notice-early+message",
    "notice-write",
    "done",
    "done-no-paper",
    "done-before",
    "booked",
    "booked-soon",
    "done-before+message",
    "done-owed",
    "done-owed-before",
    "done-owed+message",
    "done-in-doubt",
    "pay",
    "pay+practice",
    "pay+message",
    "pay-one",
    "pay-only",
    "pay-many",
    "pay-card",
    "pay-card-busy",
    "pay-card-words",
    "pay-card-words+practice",
    "pay-stopping",
    "pay-code",
    "pay-code+practice",
    "pay-code+message",
    "notice-charged",
    "notice-not-charged",
    "notice-not-known",
    "help",
    "help+practice",
    "help-12",
    "emergency",
    "emergency-alone",
    "emergency-answered",
    "emergency+practice",
    "emergency+message",
    "talk",
    "talk-empty",
    "talk-over",
    "talk-long",
    "talk+practice",
    "preferences",
    "preferences+practice",
    "closed",
    "closed-plain",
    "closed+practice",
    "closed+message",
    "warning",
    "warning+practice",
];

/// The questions of identification and registration: title, hint, and how they are answered.
const QUESTIONS: [(&str, &str, Entry); 40] = [
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
    ("further-family-name-title", "family-name-hint", Entry::Letters),
    ("previous-family-name-title", "previous-family-name-hint", Entry::Letters),
    ("email-title", "email-hint", Entry::Letters),
    ("postal-code-title", "postal-code-hint", Entry::Letters),
    ("region-title", "", Entry::Letters),
    ("contact-relation-title", "contact-relation-hint", Entry::Letters),
    ("insurer-title", "insurer-hint", Entry::Letters),
    ("scheme-number-title", "scheme-number-hint", Entry::Letters),
    ("consent-title", "", Entry::Statement),
    ("form-several", "form-several-hint", Entry::Several),
    ("form-yes-no", "", Entry::Choices),
    ("form-number", "form-number-hint", Entry::Number),
    ("form-signature", "", Entry::Signature),
    ("here-for-title", "here-for-hint", Entry::Choices),
    ("acting-here-title", "acting-here-hint", Entry::Choices),
    ("acting-date-title", "date-hint", Entry::Date),
    ("acting-family-title", "identify-family-hint", Entry::Letters),
    ("acting-name-title", "acting-name-hint", Entry::Letters),
    ("acting-phone-title", "acting-phone-hint", Entry::Digits),
    ("acting-consent-title", "", Entry::Statement),
    ("patient-date-title", "date-hint", Entry::Date),
    ("patient-family-title", "identify-family-hint", Entry::Letters),
    ("case-number-title", "case-number-hint", Entry::Digits),
    ("case-code-title", "case-code-hint", Entry::Digits),
    ("reply-title", "reply-hint", Entry::Text),
    ("need-2", "words-optional", Entry::Text),
    ("need-10", "words-required", Entry::Text),
];

/// How to put an answer right, on the question where it is said.
const ERRORS: [(&str, &str); 33] = [
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
    ("problem-phone-unknown", "phone-title"),
    ("problem-phone-unknown", "contact-phone-title"),
    ("problem-email", "email-title"),
    ("problem-postal-code", "town-title"),
    ("problem-number-format", "scheme-number-title"),
    ("problem-check-digit", "scheme-number-title"),
    ("problem-own-format", "insurer-title"),
    ("problem-too-long", "insurer-title"),
    ("one-of-several-codes", "identify-date-title"),
    ("problem-nothing-chosen", "reason-title"),
    ("form-problem-too-long", "need-2"),
    ("problem-date-past", "birth-title"),
    ("problem-date-far-away", "birth-title"),
    ("problem-no-number", "form-number"),
    ("problem-whole-number", "form-number"),
    ("problem-decimals", "form-number"),
    ("problem-too-small", "form-number"),
    ("problem-too-large", "form-number"),
    ("problem-not-signed", "form-signature"),
    ("problem-only-a-dot", "form-signature"),
    ("case-no-match", "case-number-title"),
    ("problem-empty", "case-code-title"),
    ("problem-no-words", "need-2"),
];

/// The messages: title and lines.
const NOTICES: [(&str, &[&str]); 48] = [
    ("other-day-title", &["other-day-appointment", "clinician", "other-day-line"]),
    ("other-day-title", &["other-day-appointment", "clinician", "walk-in-line"]),
    ("other-site-title", &["other-site-appointment", "way"]),
    ("to-desk-title", &["missed-line", "request-kept"]),
    ("to-desk-title", &["balance-line", "request-delivered"]),
    ("family-title", &["family-ticket", "family-ticket", "family-paper-reserved"]),
    ("family-title", &["family-ticket", "family-ticket", "family-paper-missing"]),
    ("family-title", &["family-ticket", "family-ticket", "family-paper-printed"]),
    ("document-unknown-title", &["document-unknown-line", "document-unknown-desk"]),
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
    ("to-desk-title", &["not-allowed-line", "request-delivered"]),
    ("need-6", &["told-question", "request-raising"]),
    ("need-6", &["told-question", "request-resolved"]),
    ("case-title", &["told-complaint", "case-code", "case-answer-by", "slip-reserved", "request-raising"]),
    ("case-title", &["told-complaint", "case-code", "case-answer-by", "slip-printed", "case-taken"]),
    ("pay-code-preparing", &["looking-line"]),
    ("pay-code-waiting", &["amount", "pay-code-waiting-line"]),
    ("pay-at-desk-title", &["amount", "pay-at-desk-line", "pay-ticket-stays"]),
    ("pay-nothing-title", &["pay-nothing-line", "pay-ticket-stays"]),
    ("pay-in-doubt-title", &["pay-in-doubt-line", "pay-ticket-stays"]),
    ("pay-charged", &["pay-receipt-reserved"]),
    ("pay-charged", &["pay-receipt-printed", "pay-ticket-stays"]),
    ("pay-charged", &["pay-receipt-not-known", "pay-ticket-stays"]),
    ("pay-charged", &["pay-receipt-desk", "pay-ticket-stays"]),
    ("pay-not-known", &["pay-not-known-code", "pay-doubt-reserved", "pay-ticket-stays"]),
    ("pay-not-known", &["pay-not-known-card", "pay-doubt-printed", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-declined", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-cancelled", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-timed-out", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-unreadable", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-terminal", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-code", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-not-due", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-known-now", "pay-ticket-stays"]),
    ("pay-not-charged", &["pay-why-declined"]),
    ("pay-not-known", &["pay-not-known-code"]),
    ("pay-nothing-title", &["pay-nothing-line"]),
];

/// What stands on the screens of payment that is seldom seen: the kind, and the text in its place.
const PAYS: [(&str, &str); 5] = [
    ("pay-card", "pay-card-at-work"),
    ("pay-card", "pay-card-preparing"),
    ("pay", "pay-no-way"),
    ("pay", "pay-other-currency"),
    ("pay-only", "pay-not-now"),
];

/// What stands below the number of a ticket: the line of the wait, and what became of the paper.
const TICKETS: [(&str, &str); 4] = [
    ("wait-none", "paper-reserved"),
    ("wait", "paper-printed"),
    ("wait", "paper-not-printed"),
    ("wait", "paper-not-known"),
];

/// How far the call for help has come.
const CALLS: [&str; 5] =
    ["emergency-calling", "emergency-delivered", "emergency-not-delivered", "on-the-way", "request-resolved"];

/// What stands above an exchange: what it is about, and how far it has come.
const TALKS: [(&str, &[&str]); 8] = [
    ("talk-title", &["request-delivered"]),
    ("talk-title", &["on-the-way"]),
    ("need-2", &["request-kept"]),
    ("need-7", &["request-not-kept"]),
    ("need-6", &["request-resolved"]),
    ("case-title", &["request-delivered", "case-answer-by"]),
    ("case-title", &["case-taken", "case-answer-by"]),
    ("case-title", &["case-overdue", "case-answer-by"]),
];

/// What is asked about details on file and about a document: the question, what it is about, and the answers.
const CONFIRMS: [(&str, &str, &str, &str); 5] = [
    ("details-address-title", "address", "details-yes", "details-change"),
    ("details-phone-title", "telephone", "details-yes", "details-change"),
    ("details-email-title", "email-address", "details-yes", "details-change"),
    ("details-contact-title", "masked", "details-yes", "details-change"),
    ("document-title", "masked", "document-yes", "document-no"),
];

/// Every screen of [`show`]: those of [`SCREENS`], and each text of the translations in its place.
pub fn all() -> Vec<String> {
    let numbered = |kind: &str, count: usize| (0..count).map(move |n| format!("{kind}#{n}")).collect();
    let groups: [Vec<String>; 9] = [
        SCREENS.map(str::to_owned).into(),
        numbered("question", QUESTIONS.len()),
        numbered("error", ERRORS.len()),
        numbered("notice", NOTICES.len()),
        numbered("ticket", TICKETS.len()),
        numbered("asked", CONFIRMS.len()),
        numbered("call", CALLS.len()),
        numbered("talk", TALKS.len()),
        numbered("paying", PAYS.len()),
    ];
    groups.concat()
}

thread_local! {
    static WORDS: LazyCell<Words> = LazyCell::new(|| {
        let longer = longer::translation();
        let (words, faults) = Words::with([(longer::CODE, longer.as_str())]);
        assert!(faults.is_empty(), "{faults:?}");
        words
    });
}

/// What a tongue says for a key of the translations or of a clinic's own texts.
pub fn say(tongue: &str, key: &str) -> String {
    if let Some(row) = CLINIC.iter().find(|row| row.0 == key) {
        return match TONGUES.iter().position(|t| *t == tongue) {
            Some(column) => row.1[column].to_owned(),
            None => longer::text(row.1[0]),
        };
    }
    let named = match key {
        "here-for" => "companion-2",
        "other-site-appointment" => "site",
        "progress-of" => "step-name",
        _ => "person",
    };
    let texts = [
        ("name", named),
        ("date", "date"),
        ("names", "members"),
        ("example", "postal-code"),
        ("form", "reason-2"),
        ("amount", "amount"),
    ]
    .map(|(name, key)| (name, say(tongue, key)));
    let numbers = [("step", 3), ("steps", 12), ("minutes", 15), ("from", 15), ("until", 25), ("seconds", 17)];
    let clock =
        [("time", "10:55"), ("begin", "10:55"), ("end", "11:10")].map(|(name, at)| (name, Value::from(at)));
    let number = if key == "pay-ticket-stays" { "C107" } else { "R1-261125-41403" };
    let case = [("number", number), ("code", "418 302"), ("least", "30"), ("most", "45.5")];
    let values: Vec<(&str, Value)> = texts
        .into_iter()
        .map(|(name, text)| (name, Value::from(text)))
        .chain(numbers.map(|(name, number)| (name, Value::Number(number))))
        .chain(clock)
        .chain((key == "progress-of").then(|| ("progress", Value::from(say(tongue, "progress")))))
        .chain(case.map(|(name, text)| (name, Value::from(text))))
        .collect();
    WORDS.with(|words| {
        let language = words.language(tongue).unwrap();
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
    let (screen, around) = screen.split_once('+').unwrap_or((screen, ""));
    let if_so = |so: bool, key: &str| if so { text(key) } else { SharedString::new() };
    let message = around.contains("message");
    WORDS.with(|words| keyboard::put(window, words, words.language(tongue).unwrap()));
    kiosk.set_frame(Frame {
        clinic: text("clinic"),
        help_label: text("need-help"),
        start_over_label: match screen {
            "notice-start-over" => SharedString::new(),
            _ if screen.starts_with("closed") => SharedString::new(),
            _ if screen.starts_with("welcome") => SharedString::new(),
            _ => text("start-over"),
        },
        language: tongue.into(),
        rtl: WORDS.with(|words| words.language(tongue).unwrap().is_rtl()),
        banner: if message { text("message-waits") } else { if_so(screen == "choices-4", "on-the-way") },
        banner_action: if_so(message, "message-read"),
        practice: if_so(around.contains("practice"), "practice"),
        preferences_label: if_so(screen != "preferences", "preferences"),
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
        "welcome" | "welcome-other" | "welcome-pay" | "welcome-pay-only" => {
            kiosk.set_welcome(welcome(tongue, kind));
            kiosk.set_screen(ScreenKind::Welcome);
        }
        "confirm" | "confirm-all" | "confirm-patient" | "confirm-acting" => {
            let [title, yes, no] = match kind {
                "confirm-patient" => ["confirm-patient-title", "thats-the-patient", "not-the-patient"],
                _ => ["confirm-title", "thats-me", "not-me"],
            };
            let lines: &[&str] = match kind {
                "confirm-all" => &["confirm-today", "clinician", "family-also"],
                "confirm-acting" => &["acting-confirm-line"],
                _ => &["confirm-today", "clinician"],
            };
            kiosk.set_confirm(ConfirmScreen {
                title: text(title),
                name: text("masked"),
                on_file: false,
                lines: list(lines.iter().map(|key| text(key)).collect()),
                yes_label: text(yes),
                no_label: text(no),
                all_label: if_so(kind == "confirm-all", "family-all"),
            });
            kiosk.set_screen(ScreenKind::Confirm);
        }
        "booked" | "booked-soon" => {
            kiosk.set_done(booked(tongue, kind == "booked-soon"));
            kiosk.set_screen(ScreenKind::Done);
        }
        "confirm-address" | "asked" => {
            let (title, name, yes, no) = CONFIRMS[number];
            kiosk.set_confirm(ConfirmScreen {
                title: text(title),
                name: text(name),
                on_file: true,
                lines: list(Vec::new()),
                yes_label: text(yes),
                no_label: text(no),
                ..ConfirmScreen::default()
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
        "done-owed" | "done-owed-before" | "done-in-doubt" => {
            kiosk.set_done(done_owed(tongue, kind));
            kiosk.set_screen(ScreenKind::Done);
        }
        "paying" => {
            kiosk.set_pay(pay(tongue, PAYS[number].0, Some(PAYS[number].1)));
            kiosk.set_screen(ScreenKind::Pay);
        }
        _ if kind.starts_with("pay") => {
            kiosk.set_pay(pay(tongue, kind, None));
            kiosk.set_screen(ScreenKind::Pay);
        }
        "help" | "help-12" => {
            kiosk.set_help(help(tongue, if kind == "help" { 10 } else { 12 }));
            kiosk.set_screen(ScreenKind::Help);
        }
        "emergency" | "emergency-alone" | "emergency-answered" | "call" => {
            kiosk.set_emergency(emergency(tongue, kind, number));
            kiosk.set_screen(ScreenKind::Emergency);
        }
        "review" | "review-long" => {
            kiosk.set_review(review(tongue, kind == "review-long"));
            kiosk.set_screen(ScreenKind::Review);
        }
        "preferences" => {
            let choice = |key: &str, selected: bool| Choice { label: text(key), selected };
            let sizes = ["text-normal", "text-large", "text-largest"];
            kiosk.set_preferences(PreferencesScreen {
                title: text("preferences-title"),
                languages: languages(tongue),
                text_label: text("text-size"),
                text_sizes: list(sizes.map(|key| choice(key, key == "text-normal")).into()),
                contrast: choice("high-contrast", false),
                reach: choice("within-reach", true),
                stillness: choice("no-motion", false),
                more_time: choice("more-time", false),
                steady: choice("ignore-double-taps", false),
                close_label: text("preferences-done"),
            });
            kiosk.set_screen(ScreenKind::Preferences);
        }
        _ if kind.starts_with("closed") => {
            kiosk.set_closed(closed(tongue, kind == "closed-plain"));
            kiosk.set_screen(ScreenKind::Closed);
        }
        _ if kind.starts_with("talk") => {
            let numbered = screen.contains('#').then_some(number);
            kiosk.set_talk(talk(tongue, kind, numbered));
            kiosk.set_screen(ScreenKind::Talk);
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

/// What somebody types on a screen, once it is there: where characters are composed, a name.
pub fn type_in(window: &KioskWindow, screen: &str) {
    let kiosk = window.global::<Kiosk>();
    if screen.starts_with("letters-pinyin") && kiosk.get_writing().composes {
        kiosk.invoke_picked(Pick::Nothing, 0);
        kiosk.invoke_typed("wangxiaoming".into());
    }
}

fn closed(tongue: &str, plain: bool) -> ClosedScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    ClosedScreen {
        languages: languages(tongue),
        title: text("closed-title"),
        message: if plain { SharedString::new() } else { text("closed-text") },
        way: text("closed-way"),
    }
}

fn welcome(tongue: &str, kind: &str) -> WelcomeScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let other = kind == "welcome-other" || kind == "welcome-pay";
    WelcomeScreen {
        title: text("welcome-title"),
        prompt: text("welcome-prompt"),
        languages: languages(tongue),
        have_appointment: text("have-appointment"),
        appointments: if other { text("appointments") } else { SharedString::new() },
        pay: if kind.contains("pay") { text("pay-bill") } else { SharedString::new() },
        new_here: text("new-here"),
        need_help: text("need-help"),
        for_somebody_else: if other { text("for-somebody-else") } else { SharedString::new() },
        here_for: if other { text("here-for") } else { SharedString::new() },
        scan_hint: text("scan-hint"),
    }
}

fn languages(tongue: &str) -> ModelRc<Choice> {
    let choice = |l: Language| Choice { label: l.own_name().into(), selected: l.code() == tongue };
    list(Words::own().languages().map(choice).collect())
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
        progress: match title {
            _ if alone(title) => SharedString::new(),
            _ if title.starts_with("form-") => text("form-step"),
            _ => text("progress"),
        },
        progress_part: 0.25,
        title: text(title),
        hint: if hint.is_empty() { SharedString::new() } else { text(hint) },
        entry,
        keys: match title {
            "email-title" => Keys::Address,
            "postal-code-title" | "scheme-number-title" => Keys::Latin,
            _ => Keys::Own,
        },
        placeholder: if matches!(entry, Entry::Letters | Entry::Text) {
            text("type-here")
        } else {
            SharedString::new()
        },
        day_label: text("day"),
        month_label: text("month"),
        year_label: text("year"),
        choices: match title {
            "sex-title" => choices(sexes()),
            "language-title" => languages(tongue),
            "form-yes-no" => choices(["yes", "no"].map(str::to_owned).into()),
            "form-several" => choices((1..=4).map(|n| format!("form-option-{n}")).collect()),
            "here-for-title" => choices((1..=4).map(|n| format!("companion-{n}")).collect()),
            "acting-here-title" => choices(["acting-here-yes", "acting-here-no"].map(str::to_owned).into()),
            _ => choices(reasons(6)),
        },
        statement: text("statement"),
        back_label: text("back"),
        next_label: match entry {
            Entry::Text => text("send"),
            // A touch on an answer goes on by itself.
            _ if ["here-for-title", "acting-here-title"].contains(&title) => SharedString::new(),
            _ => text("next"),
        },
        yes_label: text("consent-yes"),
        no_label: text("consent-no"),
        erase_label: text("erase-key"),
        space_label: text("space-key"),
        layout_label: text("layout-key"),
        unit: if entry == Entry::Number { "°C".into() } else { SharedString::new() },
        decimal_label: text("decimal-key"),
        with_minus: title == "form-number" && kind == "number-wrong",
        pad_label: text(if kind == "signature-typed" { "signature-name" } else { "signature-pad" }),
        clear_label: text("signature-clear"),
        other_way_label: text(if kind == "signature-typed" { "signature-draw" } else { "signature-type" }),
        typing: kind == "signature-typed",
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
        // What stands on it is typed: see `type_in`.
        "letters-pinyin" => QuestionScreen { can_go_next: false, ..asked("contact-name-title") },
        "letters-address" => QuestionScreen { value: "name@clinic.example".into(), ..asked("email-title") },
        "letters-skip" => QuestionScreen {
            progress: text("progress-of"),
            skip_label: text("skip"),
            value: text("a-name"),
            ..asked(name)
        },
        "digits-skip" => QuestionScreen { skip_label: text("skip"), ..asked("phone-title") },
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
        "booking-review" => QuestionScreen {
            title: text("booking-move-title"),
            progress: SharedString::new(),
            statement: ["confirm-other-day", "reason-2", "clinician", "booking-instead-of"]
                .map(|key| say(tongue, key))
                .join("\n")
                .into(),
            yes_label: text("booking-move-yes"),
            no_label: text("booking-review-no"),
            error: text("booking-taken"),
            ..asked("consent-title")
        },
        "companion" => asked("here-for-title"),
        "acting-here" => asked("acting-here-title"),
        "text-empty" => asked("need-2"),
        "text" => QuestionScreen { value: text("own-words"), ..asked("need-10") },
        "text-long" => QuestionScreen {
            value: format!("{} ", say(tongue, "own-words")).repeat(8).trim_end().into(),
            ..asked("need-10")
        },
        "text-wrong" => QuestionScreen { error: text("problem-no-words"), ..asked("need-2") },
        // In German so much of it that it has to be moved.
        "statement" => QuestionScreen {
            statement: say(tongue, "statement").repeat(if tongue == longer::CODE { 3 } else { 1 }).into(),
            ..asked("consent-title")
        },
        "several" => asked("form-several"),
        "several-12" => QuestionScreen { choices: choices(reasons(12)), ..asked("form-several") },
        "number" => QuestionScreen { value: "38.5".into(), ..asked("form-number") },
        "number-wrong" => {
            QuestionScreen { value: "-385".into(), error: text("problem-too-small"), ..asked("form-number") }
        }
        "signature" => asked("form-signature"),
        "signature-drawn" => QuestionScreen { strokes: signature(), ..asked("form-signature") },
        "signature-typed" => QuestionScreen { value: text("a-name"), ..asked("form-signature") },
        "question" => base(QUESTIONS[number]),
        "error" => QuestionScreen { error: text(ERRORS[number].0), ..asked(ERRORS[number].1) },
        other => panic!("no sample {other}"),
    }
}

/// Something that looks like a signature.
fn signature() -> ModelRc<SharedString> {
    let wave = |from: i32, up: f32| {
        let points = (0..40).map(|n| {
            let x = from + n * 9;
            let y = 230.0 - up * (n as f32 / 3.0).sin();
            format!("{}{x} {y:.0}", if n == 0 { "M" } else { "L" })
        });
        SharedString::from(points.collect::<String>())
    };
    list(vec![wave(120, 120.0), wave(500, 60.0), "M480 180L481 180".into()])
}

fn review(tongue: &str, long: bool) -> ReviewScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let row = |question: &str, answer: SharedString, given: bool| ReviewRow {
        question: text(question),
        answer,
        given,
    };
    let mut rows = vec![
        row("form-yes-no", text("no"), true),
        row(
            "form-several",
            format!("{}\n{}", say(tongue, "form-option-1"), say(tongue, "form-option-3")).into(),
            true,
        ),
        row("form-number", text("review-none"), false),
    ];
    if long {
        rows.extend([
            row("form-number", "38.5 °C".into(), true),
            row("need-2", text("own-words"), true),
            row("birth-title", text("date"), true),
            row("form-signature", text("review-signed"), true),
            row("form-signature", text("review-signed-by"), true),
        ]);
    }
    ReviewScreen {
        title: text("review-title"),
        hint: text("review-hint"),
        rows: list(rows),
        back_label: text("back"),
        send_label: text("send"),
    }
}

/// Questions that are a single step.
fn alone(title: &str) -> bool {
    title.starts_with("need-")
        || title.starts_with("acting-")
        || ["here-for-title", "reply-title"].contains(&title)
}

/// German shows the hint of the registration, the longer one.
fn asked_name(tongue: &str) -> &'static str {
    if tongue == longer::CODE { "family-name-title" } else { "identify-family-title" }
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
        "notice-write" => {
            let lines = ["reason-2", "seat", "ticket-expected", "come-back"];
            let number = format!("{} C107", text("your-number"));
            let screen = screen(Tone::Calm, "your-number", &lines, "finish", "pay-back-to-ticket");
            NoticeScreen { title: number.into(), ..screen }
        }
        "notice-family" => {
            let lines = ["family-ticket", "family-ticket", "family-ticket", "family-paper-missing"];
            screen(Tone::Attention, "family-title", &lines, "finish", "another-person")
        }
        "notice-start-over" => {
            let lines = ["start-over-line"];
            screen(Tone::Attention, "start-over-title", &lines, "start-over-yes", "start-over-no")
        }
        "notice-case" => {
            let lines = ["told-complaint", "case-code", "case-answer-by", "slip-not-printed", "request-kept"];
            screen(Tone::Attention, "case-title", &lines, "finish", "go-on")
        }
        "notice" => {
            let (title, lines) = NOTICES[number];
            let (tone, other) = match title {
                "fault-title" => (Tone::Attention, "try-again"),
                "to-desk-title" => (Tone::Attention, ""),
                "other-day-title" if lines.contains(&"walk-in-line") => (Tone::Attention, "walk-in-take"),
                "other-day-title" | "other-site-title" => (Tone::Attention, "ask-desk"),
                "pay-not-charged" if lines.contains(&"pay-why-not-due") => (Tone::Refused, ""),
                "pay-not-charged" => (Tone::Refused, "try-again"),
                "pay-not-known" | "pay-in-doubt-title" => (Tone::Open, ""),
                "pay-charged" | "pay-nothing-title" => (Tone::Good, ""),
                "pay-at-desk-title" => (Tone::Calm, "pay-other-way"),
                "pay-code-preparing" => (Tone::Calm, ""),
                "pay-code-waiting" => (Tone::Calm, ""),
                "family-title" => (Tone::Good, "another-person"),
                "on-the-way" => (Tone::Good, "go-on"),
                _ if lines.contains(&"request-raising") => (Tone::Calm, "go-on"),
                _ => (Tone::Good, "go-on"),
            };
            let primary = match title {
                "pay-code-preparing" => "",
                "pay-code-waiting" => "pay-code-leave",
                _ if lines.contains(&"pay-ticket-stays") => "pay-back-to-ticket",
                _ => "finish",
            };
            let notice = screen(tone, title, lines, primary, other);
            NoticeScreen { busy: notice.busy || title == "pay-code-waiting", ..notice }
        }
        "notice-charged" => {
            let lines = ["pay-receipt-not-printed", "pay-ticket-stays"];
            screen(Tone::Good, "pay-charged", &lines, "pay-back-to-ticket", "")
        }
        "notice-not-charged" => {
            let lines = ["pay-why-timed-out", "pay-ticket-stays"];
            screen(Tone::Refused, "pay-not-charged", &lines, "pay-back-to-ticket", "try-again")
        }
        "notice-not-known" => {
            let lines = ["pay-not-known-card", "pay-doubt-printed", "pay-ticket-stays"];
            screen(Tone::Open, "pay-not-known", &lines, "pay-back-to-ticket", "")
        }
        other => panic!("no sample {other}"),
    }
}

fn help(tongue: &str, count: usize) -> HelpScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let need = |n: usize| Choice { label: text(&format!("need-{n}")), selected: false };
    HelpScreen {
        title: text("need-title"),
        call_label: text("call-person"),
        emergency_label: text("emergency"),
        prompt: text("need-prompt"),
        choices: list((1..=count).map(need).collect()),
        case_label: text("my-case"),
        back_label: text("back"),
    }
}

fn emergency(tongue: &str, kind: &str, number: usize) -> EmergencyScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let told = match kind {
        "emergency-answered" => "on-the-way",
        "emergency-alone" => "emergency-not-delivered",
        "call" => CALLS[number],
        _ => "emergency-calling",
    };
    let lines = if kind == "emergency" { 3 } else { 4 };
    EmergencyScreen {
        title: text("emergency-title"),
        lines: list((1..=lines).map(|n| text(&format!("now-{n}"))).collect()),
        told: text(told),
        answered: ["on-the-way", "request-resolved"].contains(&told),
        finish_label: text("emergency-over"),
        again_label: if kind == "emergency" { SharedString::new() } else { text("go-on") },
    }
}

fn talk(tongue: &str, kind: &str, number: Option<usize>) -> TalkScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let said = |own: bool, key: &str| Said {
        text: text(key),
        who: text(if own { "said-by-you" } else { "said-by" }),
        own,
    };
    let (title, lines) = match (kind, number) {
        (_, Some(number)) => TALKS[number],
        ("talk-empty", _) => TALKS[0],
        ("talk-long", _) => TALKS[7],
        _ => TALKS[5],
    };
    let exchange = [(false, "said-paper"), (true, "said-yes"), (false, "said-desk")];
    let messages: Vec<Said> = match kind {
        "talk-empty" => Vec::new(),
        "talk-long" => {
            let long = [(true, "own-words"), (false, "said-minutes"), (true, "own-words")];
            [exchange, long, exchange].concat().into_iter().map(|(own, key)| said(own, key)).collect()
        }
        _ => exchange.map(|(own, key)| said(own, key)).into(),
    };
    let over = kind == "talk-over" || lines == ["request-resolved"];
    let answers = match kind {
        "talk-empty" => 0,
        "talk-long" => 3,
        _ => 2,
    };
    let answer = |n: usize| Choice { label: text(&format!("answer-{n}")), selected: false };
    TalkScreen {
        title: text(title),
        lines: list(lines.iter().map(|key| text(key)).collect()),
        messages: list(messages),
        none: text("talk-none"),
        answers: list((1..=if over { 0 } else { answers }).map(answer).collect()),
        write_label: if over { SharedString::new() } else { text("talk-write") },
        close_label: text("talk-close"),
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
        again_prints: true,
        // Whoever has no paper may write the ticket down.
        another_label: text(if paper == "paper-not-printed" { "write-down" } else { "another-person" }),
        finish_label: text("finish"),
        ..DoneScreen::default()
    }
}

/// A ticket beside which something is due, or in doubt.
fn done_owed(tongue: &str, kind: &str) -> DoneScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let doubt = kind == "done-in-doubt";
    let paper = if kind == "done-owed-before" { "" } else { "paper-not-printed" };
    let last = if doubt { "done-in-doubt" } else { "done-owed" };
    DoneScreen {
        lines: list(["wait", "seat", "come-back", last].map(text).into()),
        pay_label: if doubt { SharedString::new() } else { text("done-pay") },
        ..done(tongue, "wait", paper)
    }
}

fn pay(tongue: &str, kind: &str, instead: Option<&str>) -> PayScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let item = |what: &str, amount: &str| PayItem { text: text(what), amount: text(amount) };
    let way = |label: &str, means| PayWay { label: text(label), means };
    let three = [
        item("fee-1", "amount-of-fee-1"),
        item("fee-2", "amount-of-fee-2"),
        item("pay-balance", "amount-of-balance"),
    ];
    let choose = PayScreen {
        part: PayPart::Choose,
        title: text("pay-title"),
        amount: text("amount"),
        amount_label: text("pay-total"),
        items: list(three.to_vec()),
        ways: list(vec![
            way("pay-by-card", PayMeans::Card),
            way("pay-by-code", PayMeans::Code),
            way("pay-at-desk", PayMeans::Desk),
        ]),
        leave_label: text("pay-later"),
        ..PayScreen::default()
    };
    let card = PayScreen {
        part: PayPart::Card,
        title: text("pay-by-card"),
        amount: text("amount"),
        says: text(instead.unwrap_or("pay-card-present")),
        leave_label: text("pay-stop"),
        ..PayScreen::default()
    };
    match kind {
        "pay" => match instead {
            Some("pay-no-way") => PayScreen { note: text("pay-no-way"), ways: list(Vec::new()), ..choose },
            Some(note) => PayScreen { note: text(note), ..choose },
            None => choose,
        },
        "pay-one" => PayScreen {
            items: list(three[..1].to_vec()),
            amount: text("amount-of-fee-1"),
            ways: list(vec![way("pay-by-card", PayMeans::Card), way("pay-at-desk", PayMeans::Desk)]),
            ..choose
        },
        "pay-only" => PayScreen { leave_label: text("pay-not-now"), ..choose },
        "pay-many" => PayScreen { items: list([three.clone(), three.clone(), three].concat()), ..choose },
        "pay-card" => PayScreen { busy: instead.is_some(), ..card },
        "pay-card-busy" => PayScreen { busy: true, says: text("pay-card-preparing"), ..card },
        "pay-card-words" => PayScreen {
            says: "Bitte PIN eingeben und mit der grünen Taste bestätigen".into(),
            says_label: text("pay-card-says"),
            ..card
        },
        "pay-stopping" => PayScreen { leave_label: text("pay-stopping"), leaving: true, ..card },
        "pay-code" => PayScreen {
            part: PayPart::Code,
            title: text("pay-by-code"),
            amount: text("amount"),
            code: code(),
            swiss_cross: true,
            code_label: text("pay-code-label"),
            lines: list(vec![text("pay-code-reference")]),
            paid_label: text("pay-code-paid"),
            leave_label: text("pay-other-way"),
            ..PayScreen::default()
        },
        other => panic!("no sample {other}"),
    }
}

/// The slip of an appointment, which has two codes.
fn booked(tongue: &str, soon: bool) -> DoneScreen {
    let text = |key: &str| SharedString::from(say(tongue, key));
    DoneScreen {
        title: text(if soon { "booked-moved-title" } else { "booked-title" }),
        number_label: text("date"),
        number: "09:40".into(),
        lines: list(["reason-2", "clinician", "booked-bring"].map(text).into()),
        paper: text(if soon { "booked-slip-not-printed" } else { "booked-slip-printed" }),
        paper_tone: if soon { Tone::Attention } else { Tone::Good },
        code: code(),
        code_label: text("booked-check-in-code"),
        calendar: code(),
        calendar_label: text("booked-calendar-code"),
        again_label: if soon { text("booked-check-in") } else { SharedString::new() },
        again_prints: false,
        pay_label: SharedString::new(),
        another_label: SharedString::new(),
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
