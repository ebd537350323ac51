//! Every screen with something on it, in each language, and once with German words, the longest there are.

use vestibule_ui::slint::{
    ComponentHandle, Image, ModelRc, Rgb8Pixel, SharedPixelBuffer, SharedString, VecModel,
};
use vestibule_ui::words::Language;
use vestibule_ui::{
    Choice, ConfirmScreen, DoneScreen, Entry, Frame, Kiosk, KioskWindow, NoticeScreen, QuestionScreen,
    ScreenKind, Tone, Warning, WelcomeScreen,
};

/// English, Spanish, Arabic, Hindi, and German for its length.
pub const TONGUES: [&str; 5] = ["en", "es", "ar", "hi", "de"];

/// The screens of [`show`].
pub const SCREENS: [&str; 17] = [
    "welcome",
    "letters",
    "letters-empty",
    "letters-wrong",
    "date",
    "date-wrong",
    "digits",
    "choices-4",
    "choices-8",
    "choices-12",
    "statement",
    "confirm",
    "notice-busy",
    "notice-alarm",
    "notice-attention",
    "done",
    "warning",
];

/// What a tongue says for a key of `TEXTS`.
pub fn say(tongue: &str, key: &str) -> String {
    let column = TONGUES.iter().position(|t| *t == tongue).unwrap();
    let row = super::texts::TEXTS.iter().find(|row| row.0 == key).unwrap_or_else(|| panic!("no text {key}"));
    row.1[column].to_owned()
}

fn list<T: Clone + 'static>(items: Vec<T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(items))
}

/// Puts a sample on the glass.
pub fn show(window: &KioskWindow, screen: &str, tongue: &str) {
    let text = |key: &str| SharedString::from(say(tongue, key));
    let texts = |keys: &[&str]| list(keys.iter().map(|key| text(key)).collect());
    let kiosk = window.global::<Kiosk>();
    let welcome = screen == "welcome";
    kiosk.set_frame(Frame {
        clinic: text("clinic"),
        help_label: text("help"),
        start_over_label: if welcome { SharedString::new() } else { text("start-over") },
        language: tongue.into(),
        rtl: tongue == "ar",
        banner: if screen == "choices-4" { text("banner") } else { SharedString::new() },
    });
    kiosk.set_warning(Warning {
        shown: screen == "warning",
        title: text("warning"),
        seconds: 17,
        countdown: text("countdown"),
        still_here_label: text("still-here"),
    });
    let number = |start: &str| screen.strip_prefix(start).and_then(|n| n.parse::<usize>().ok());
    let base = QuestionScreen {
        progress: text("progress"),
        progress_part: 0.25,
        back_label: text("back"),
        next_label: text("next"),
        yes_label: text("agree"),
        no_label: text("disagree"),
        erase_label: text("erase"),
        space_label: text("space"),
        layout_label: text("layout"),
        day_label: text("day"),
        month_label: text("month"),
        year_label: text("year"),
        can_go_next: true,
        ..QuestionScreen::default()
    };
    let question = match screen {
        "letters" => Some(QuestionScreen {
            title: text("family-name"),
            hint: text("family-name-hint"),
            entry: Entry::Letters,
            value: text("a-name"),
            ..base
        }),
        "letters-empty" => Some(QuestionScreen {
            title: text("family-name"),
            entry: Entry::Letters,
            placeholder: text("placeholder"),
            can_go_next: false,
            ..base
        }),
        "letters-wrong" => Some(QuestionScreen {
            title: text("family-name"),
            hint: text("family-name-hint"),
            entry: Entry::Letters,
            value: text("a-name").repeat(24).chars().take(200).collect::<String>().into(),
            error: text("name-wrong"),
            ..base
        }),
        "date" => Some(QuestionScreen {
            title: text("birth"),
            hint: text("birth-hint"),
            entry: Entry::Date,
            day: "07".into(),
            month: "1".into(),
            active_part: 1,
            can_go_next: false,
            ..base
        }),
        "date-wrong" => Some(QuestionScreen {
            title: text("birth"),
            hint: text("birth-hint"),
            entry: Entry::Date,
            day: "31".into(),
            month: "02".into(),
            year: "1950".into(),
            active_part: 2,
            error: text("birth-wrong"),
            ..base
        }),
        "digits" => Some(QuestionScreen {
            title: text("phone"),
            hint: text("phone-hint"),
            entry: Entry::Digits,
            value: "+44 20 7946 0958".into(),
            ..base
        }),
        "statement" => Some(QuestionScreen {
            title: text("consent"),
            entry: Entry::Statement,
            statement: format!("{0} {0}", say(tongue, "statement")).into(),
            ..base
        }),
        _ => number("choices-").map(|count| QuestionScreen {
            title: text("reason"),
            hint: text("reason-hint"),
            entry: Entry::Choices,
            choices: list(
                (0..count)
                    .map(|n| Choice { label: text(&format!("reason-{}", n + 1)), selected: n == 1 })
                    .collect(),
            ),
            ..base
        }),
    };
    if let Some(question) = question {
        kiosk.set_question(question);
        kiosk.set_screen(ScreenKind::Question);
        return;
    }
    match screen {
        "welcome" => {
            kiosk.set_welcome(WelcomeScreen {
                title: text("welcome"),
                prompt: text("welcome-prompt"),
                languages: list(
                    Language::all()
                        .into_iter()
                        .map(|l| Choice { label: l.own_name().into(), selected: l.code() == tongue })
                        .collect(),
                ),
                have_appointment: text("have-appointment"),
                new_here: text("new-here"),
                need_help: text("help"),
                scan_hint: text("scan"),
            });
            kiosk.set_screen(ScreenKind::Welcome);
        }
        "confirm" => {
            kiosk.set_confirm(ConfirmScreen {
                title: text("is-this-you"),
                name: text("masked"),
                lines: texts(&["when", "whom", "service"]),
                yes_label: text("yes-me"),
                no_label: text("no-me"),
            });
            kiosk.set_screen(ScreenKind::Confirm);
        }
        "notice-busy" | "notice-alarm" | "notice-attention" => {
            let alarm = screen == "notice-alarm";
            let busy = screen == "notice-busy";
            kiosk.set_notice(NoticeScreen {
                tone: if alarm {
                    Tone::Alarm
                } else if busy {
                    Tone::Calm
                } else {
                    Tone::Attention
                },
                busy,
                title: text(if alarm {
                    "alarm"
                } else if busy {
                    "looking"
                } else {
                    "to-desk"
                }),
                lines: if busy { texts(&["moment"]) } else { texts(&["alarm-1", "alarm-2"]) },
                primary_label: if busy { SharedString::new() } else { text("finish") },
                secondary_label: if alarm || busy { SharedString::new() } else { text("again") },
            });
            kiosk.set_screen(ScreenKind::Notice);
        }
        "done" | "warning" => {
            kiosk.set_done(DoneScreen {
                title: text("done"),
                number_label: text("your-number"),
                number: "A047".into(),
                lines: texts(&["wait", "where", "come-back"]),
                paper: text("paper"),
                paper_tone: if tongue == "es" { Tone::Attention } else { Tone::Good },
                code: code(),
                code_label: text("code"),
                finish_label: text("finish"),
            });
            kiosk.set_screen(ScreenKind::Done);
        }
        other => panic!("no sample {other}"),
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
