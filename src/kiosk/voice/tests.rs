use super::spoken::{Teller, focus, screen};
use super::*;
use crate::clinic::{Clinic, EXAMPLE, read_text};
use crate::front_desk::payment_code::Centre;
use crate::kiosk::screens::*;
use crate::kiosk::session::{Event, Moment, Place, Session, Touch, step};
use chrono::Utc;
use proptest::prelude::*;
use std::sync::LazyLock;
use uuid::Uuid;

static WORDS: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::clone(&CLINIC.words));
static CLINIC: LazyLock<Clinic> = LazyLock::new(|| read_text("example.toml", EXAMPLE).unwrap());

/// A text to read, which must be said; and a label, which is said when keys come to it.
fn t(text: &str) -> String {
    format!("text {text}")
}

fn l(label: &str) -> String {
    format!("label {label}")
}

fn choices() -> Vec<Choice> {
    [false, true].map(|selected| Choice { label: l("choice"), selected }).into()
}

fn view(screen: Screen) -> View {
    View {
        frame: Frame {
            clinic: "Clinic".into(),
            help: l("help"),
            start_over: l("start over"),
            language: "en".into(),
            rtl: false,
            banner: t("banner"),
            banner_action: l("banner"),
            practice: t("practice"),
            preferences: l("preferences"),
        },
        screen,
        warning: None,
        look: crate::kiosk::session::Preferences::default(),
    }
}

fn question(entry: Entry) -> Question {
    Question {
        progress: t("progress"),
        progress_part: 0.5,
        title: t("title"),
        hint: t("hint"),
        entry,
        keys: Keys::Own,
        secret: false,
        error: String::new(),
        labels: QuestionLabels {
            placeholder: l("placeholder"),
            date: ["day", "month", "year"].map(l),
            back: l("back"),
            next: l("next"),
            skip: String::new(),
            yes: l("yes"),
            no: l("no"),
            erase: l("erase"),
            space: l("space"),
            layout: l("layout"),
        },
    }
}

fn asks(entry: Entry) -> View {
    view(Screen::Question(Box::new(question(entry))))
}

/// One of each kind there is.
fn every_kind() -> Vec<Screen> {
    let asked = |entry| Screen::Question(Box::new(question(entry)));
    let signature = |typing| {
        Entry::Signature(Box::new(SignatureEntry {
            statement: t("statement"),
            strokes: Vec::new(),
            typing,
            name: String::new(),
            pad: t("pad"),
            clear: l("clear"),
            other_way: l("other way"),
        }))
    };
    let wrong = Question { error: t("error"), hint: String::new(), ..question(Entry::Digits(String::new())) };
    vec![
        Screen::Welcome(Welcome {
            title: t("title"),
            prompt: t("prompt"),
            languages: choices(),
            have_appointment: l("1"),
            appointments: l("2"),
            pay: l("3"),
            new_here: l("4"),
            need_help: l("5"),
            for_somebody_else: l("6"),
            here_for: String::new(),
            scan_hint: t("scan"),
        }),
        asked(Entry::Letters(String::new())),
        asked(Entry::Text(String::new())),
        asked(Entry::Date(Default::default(), 0)),
        asked(Entry::Choices(choices())),
        asked(Entry::Several(choices())),
        asked(Entry::Statement(t("statement"))),
        asked(Entry::Number { typed: String::new(), unit: t("unit"), decimal: l("point"), minus: true }),
        asked(signature(true)),
        asked(signature(false)),
        Screen::Question(Box::new(wrong)),
        Screen::Confirm(Confirm {
            title: t("title"),
            name: t("name"),
            on_file: false,
            lines: vec![t("line 1"), t("line 2")],
            yes: l("yes"),
            no: l("no"),
            all: l("all"),
        }),
        Screen::Notice(Notice {
            tone: Tone::Calm,
            busy: false,
            title: t("title"),
            lines: vec![t("line")],
            primary: l("primary"),
            secondary: l("secondary"),
        }),
        Screen::Done(Done {
            title: t("title"),
            number_label: t("your number"),
            number: "C107".into(),
            lines: vec![t("wait"), t("seat")],
            on_paper: vec![t("on paper")],
            paper: t("paper"),
            paper_tone: Tone::Good,
            code: "https://ticket".into(),
            code_label: t("code"),
            calendar: "BEGIN:VCALENDAR".into(),
            calendar_label: t("calendar"),
            again: l("again"),
            again_prints: true,
            pay: l("pay"),
            another: l("another"),
            finish: l("finish"),
        }),
        Screen::Help(Help {
            title: t("title"),
            call: l("call"),
            emergency: l("emergency"),
            prompt: t("prompt"),
            choices: choices(),
            case: l("case"),
            back: l("back"),
        }),
        Screen::Emergency(Emergency {
            title: t("title"),
            lines: vec![t("sit down"), t("breathe")],
            told: t("told"),
            answered: false,
            finish: l("finish"),
            again: l("again"),
        }),
        Screen::Talk(Talk {
            title: t("title"),
            lines: vec![t("line")],
            messages: vec![Said { text: t("message"), who: t("who"), own: false }],
            none: String::new(),
            answers: choices(),
            write: l("write"),
            close: l("close"),
        }),
        Screen::Review(Review {
            title: t("title"),
            hint: t("hint"),
            rows: vec![ReviewRow { question: t("question"), answer: t("answer"), given: true }],
            back: l("back"),
            send: l("send"),
        }),
        Screen::Pay(Pay::Choose {
            title: t("title"),
            items: vec![PayItem { text: t("item"), amount: t("5 €") }],
            total_label: t("all"),
            total: t("15 €"),
            note: t("note"),
            ways: vec![PayWay { label: l("card"), means: PayMeans::Card }],
            later: l("later"),
        }),
        Screen::Pay(Pay::Card {
            title: t("title"),
            amount: t("15 €"),
            says: t("says"),
            says_label: t("the terminal says"),
            busy: false,
            stop: l("stop"),
            stopping: false,
        }),
        Screen::Pay(Pay::Code {
            title: t("title"),
            amount: t("15 €"),
            code: "BCD".into(),
            centre: Centre::Nothing,
            code_label: t("code"),
            lines: vec![t("payee")],
            paid: l("paid"),
            other_way: l("other"),
        }),
        Screen::Closed(Closed {
            languages: choices(),
            title: t("title"),
            message: t("message"),
            way: t("way"),
        }),
    ]
}

/// Every text in quotation marks of what is written for developers.
fn quoted(written: &str, beginning: &str) -> Vec<String> {
    let texts = written.split('"').filter(|text| text.starts_with(beginning));
    texts.map(str::to_string).collect()
}

#[test]
fn every_screen_says_all_that_it_shows_but_what_is_to_be_chosen() {
    for shown in every_kind() {
        let shown = view(shown);
        let written = format!("{shown:?}");
        let said = screen(&shown, &Teller::of(&shown, &WORDS));
        let said: Vec<&str> = said.iter().map(|said| said.text.as_str()).collect();
        for text in quoted(&written, "text ") {
            assert!(said.iter().any(|said| said.contains(&text)), "{text:?} is not said: {said:?}");
        }
        let signs = said.iter().filter(|said| said.contains("label other way")).count();
        let labels = said.iter().filter(|said| said.contains("label ")).count();
        assert_eq!(labels, signs, "{said:?}");
        assert!(said.last().unwrap().contains(" choice"), "{said:?}");
    }
}

#[test]
fn the_number_of_a_ticket_is_said_letter_by_letter() {
    for language in WORDS.languages() {
        let done = every_kind().into_iter().find(|screen| matches!(screen, Screen::Done(_))).unwrap();
        let mut shown = view(done);
        shown.frame.language = language.code().into();
        let said = screen(&shown, &Teller::of(&shown, &WORDS));
        let spelled = crate::speech::spelled(&WORDS, language, "C107");
        assert!(said.iter().any(|said| said.text.contains(&spelled)), "{said:?}");
        assert!(said.iter().all(|said| said.language == language && !said.text.contains("C107")));
    }
}

#[test]
fn the_warning_is_said_with_the_time_that_is_left_instead_of_what_it_covers() {
    let mut shown = asks(Entry::Letters("Garcia".into()));
    shown.warning = Some(Warning {
        title: t("are you there"),
        seconds: 30,
        countdown: t("30 seconds left"),
        still_here: l("still here"),
    });
    let said: Vec<String> =
        screen(&shown, &Teller::of(&shown, &WORDS)).into_iter().map(|said| said.text).collect();
    assert_eq!(said, [t("are you there"), t("30 seconds left"), "Press any key to go on.".into()]);
}

#[test]
fn where_keys_stand_is_said_with_what_it_is() {
    let shown = asks(Entry::Letters(String::new()));
    let teller = Teller::of(&shown, &WORDS);
    let said = |label: &str, is_key, chosen, position| {
        let stands = Focus { label: label.into(), is_key, chosen, position };
        let said = focus(&stands, &teller);
        (said.text, said.language.code().to_string())
    };
    let en = |text: &str| (text.to_string(), "en".to_string());
    assert_eq!(said("Next", false, None, Some((2, 6))), en("Next, button, 2 of 6"));
    assert_eq!(said("Female", false, Some(false), Some((1, 4))), en("Female, not chosen, 1 of 4"));
    assert_eq!(said("q", true, None, None), en("q"));
    assert_eq!(said("⇧", true, Some(true), None), en("Capital letter, chosen"));
    assert_eq!(said("▼", true, None, None), en("Show what is below"));
    let spanish = said("Español", false, Some(true), Some((2, 4)));
    assert_eq!(spanish, ("Español, elegido".to_string(), "es".to_string()));
}

/// A voice, and how often what was heard.
struct Played {
    voice: Voice,
    at: Duration,
}

impl Played {
    fn new(headphones: bool) -> Self {
        Self { voice: Voice::new(Arc::clone(&WORDS), headphones), at: Duration::ZERO }
    }

    fn hear(&mut self, heard: Heard) -> Vec<Effect> {
        self.at += Duration::from_millis(100);
        self.voice.hear(heard, self.at)
    }

    fn show(&mut self, view: &View) -> Vec<Effect> {
        self.hear(Heard::Shown(Box::new(view.clone())))
    }

    /// Somebody who has struck a key at a welcome, and is at this screen.
    fn at(view: &View) -> Self {
        let mut played = Self::new(true);
        played.show(&self::view(every_kind().remove(0)));
        played.hear(Heard::Key(false));
        played.show(view);
        played
    }
}

fn texts(effects: &[Effect]) -> Vec<&str> {
    let said = effects.iter().filter_map(|effect| match effect {
        Effect::Say { what, .. } => Some(what),
        _ => None,
    });
    said.flatten().map(|said| said.text.as_str()).collect()
}

#[test]
fn without_headphones_nothing_is_said_whatever_happens() {
    let mut played = Played::new(false);
    for screen in every_kind() {
        let shown = view(screen);
        let effects = [
            played.show(&shown),
            played.hear(Heard::Key(true)),
            played.hear(Heard::Focused(Focus { label: "Next".into(), ..Focus::default() })),
            played.hear(Heard::Help),
            played.hear(Heard::Volume),
            played.hear(Heard::Speed),
            played.hear(Heard::Touched),
        ]
        .concat();
        assert!(texts(&effects).is_empty(), "{effects:?}");
    }
    // The key for help, struck twice, asks for it all the same.
    played.hear(Heard::Help);
    assert_eq!(played.hear(Heard::Help), [Effect::NeedHelp]);
}

#[test]
fn plugging_in_tells_how_to_get_on_and_pulling_out_is_silent() {
    let mut played = Played::new(false);
    played.show(&view(every_kind().remove(0)));
    let effects = played.hear(Heard::Headphones(true));
    assert_eq!(effects[0], Effect::Stop);
    let said = texts(&effects);
    assert!(said[0].contains("arrow keys") && said.contains(&"text title"), "{said:?}");
    assert!(played.hear(Heard::Headphones(true)).is_empty(), "told twice");
    assert_eq!(played.hear(Heard::Headphones(false)), [Effect::Stop]);
    assert!(texts(&played.show(&asks(Entry::Letters(String::new())))).is_empty());
}

#[test]
fn an_empty_lobby_hears_nothing_and_the_first_key_begins() {
    let mut played = Played::new(true);
    let welcome = view(every_kind().remove(0));
    assert!(played.show(&welcome).is_empty());
    assert!(played.show(&welcome).is_empty());
    assert!(texts(&played.hear(Heard::Key(false)))[0].contains("arrow keys"));
    assert_eq!(played.hear(Heard::Key(false)), [Effect::Stop], "any key silences");
    assert_eq!(played.hear(Heard::Touched), [Effect::Stop], "and so does a finger");
}

#[test]
fn a_new_screen_is_said_after_what_was_entered_and_then_where_keys_stand() {
    let mut played = Played::at(&asks(Entry::Letters(String::new())));
    let typed = played.show(&asks(Entry::Letters("G".into())));
    assert_eq!(texts(&typed), ["G"]);
    assert_eq!(texts(&played.show(&asks(Entry::Letters("G ".into())))), ["label space"]);
    assert_eq!(texts(&played.show(&asks(Entry::Letters("G".into())))), ["erased"]);
    assert!(played.show(&asks(Entry::Letters("G".into()))).is_empty(), "nothing has happened");
    let mut next = question(Entry::Choices(choices()));
    next.title = t("another");
    let effects = played.show(&view(Screen::Question(Box::new(next))));
    assert_eq!(effects[0], Effect::Stop);
    assert_eq!(texts(&effects)[0], "You have entered: G.");
    assert!(texts(&effects).contains(&"text another"));
    let stop = Focus { label: "A".into(), is_key: false, chosen: Some(false), position: Some((1, 4)) };
    let effects = played.hear(Heard::Focused(stop.clone()));
    assert_eq!(texts(&effects), ["A, not chosen, 1 of 4"]);
    assert!(!effects.contains(&Effect::Stop), "after the screen, not instead");
    assert!(played.hear(Heard::Focused(stop)).is_empty());
}

#[test]
fn what_is_wrong_is_said_at_once_and_again_when_one_goes_on_all_the_same() {
    let mut played = Played::at(&asks(Entry::Digits("1".into())));
    let wrong = Question { error: t("error"), ..question(Entry::Digits("1".into())) };
    let wrong = view(Screen::Question(Box::new(wrong)));
    let effects = played.show(&wrong);
    assert_eq!((&effects[0], texts(&effects)), (&Effect::Stop, vec!["text error"]));
    assert!(played.show(&wrong).is_empty());
    played.hear(Heard::Key(true));
    assert_eq!(texts(&played.show(&wrong)), ["text error"]);
}

#[test]
fn help_says_everything_again_and_struck_twice_asks_for_a_person() {
    let mut played = Played::at(&asks(Entry::Letters("Garcia".into())));
    played.hear(Heard::Focused(Focus { label: "q".into(), is_key: true, ..Focus::default() }));
    let said = played.hear(Heard::Help);
    let said = texts(&said);
    assert!(said.contains(&"text title") && said.contains(&"You have entered: Garcia."), "{said:?}");
    assert_eq!(said.last(), Some(&"q"));
    // Another key in between, or a while, and it is not twice.
    played.hear(Heard::Key(false));
    assert!(!played.hear(Heard::Help).contains(&Effect::NeedHelp));
    played.at += TWICE;
    assert!(!played.hear(Heard::Help).contains(&Effect::NeedHelp));
    assert_eq!(played.hear(Heard::Help), [Effect::Stop, Effect::NeedHelp]);
}

#[test]
fn volume_and_speed_go_round_and_are_set_back_for_the_next_person() {
    let asked = asks(Entry::Letters(String::new()));
    let mut played = Played::at(&asked);
    let mut heard = |heard: Heard| match played.hear(heard).as_slice() {
        [Effect::Stop, Effect::Say { what, loudness, speed }] => (what[0].text.clone(), *loudness, *speed),
        other => panic!("{other:?}"),
    };
    let volumes: Vec<_> = (0..VOLUMES.len()).map(|_| heard(Heard::Volume)).collect();
    assert_eq!(volumes[0], ("Volume 4 of 5".to_string(), 150, 150));
    assert_eq!(volumes[2].1, 25, "after the loudest comes the softest");
    assert_eq!(volumes[4], ("Volume 3 of 5".to_string(), 100, 150), "all round");
    assert_eq!(heard(Heard::Speed), ("Speed 3 of 4".to_string(), 100, 200));
    heard(Heard::Volume);
    // The session ends.
    let welcome = view(every_kind().remove(0));
    assert_eq!(played.show(&welcome), [Effect::Stop]);
    let next = played.hear(Heard::Key(false));
    assert!(next.iter().any(|it| matches!(it, Effect::Say { loudness: 100, speed: 150, .. })), "{next:?}");
}

#[test]
fn the_warning_interrupts_counts_and_is_gone_with_what_it_covered_said_again() {
    let asked = asks(Entry::Letters(String::new()));
    let mut played = Played::at(&asked);
    let warned = |seconds: u32| View {
        warning: Some(Warning {
            title: t("there?"),
            seconds,
            countdown: format!("{seconds} left"),
            still_here: l("still here"),
        }),
        ..asked.clone()
    };
    let effects = played.show(&warned(30));
    assert_eq!((&effects[0], texts(&effects)[1]), (&Effect::Stop, "30 left"));
    assert!(played.show(&warned(29)).is_empty());
    assert_eq!(texts(&played.show(&warned(20)))[1], "20 left");
    played.hear(Heard::Key(false));
    assert!(texts(&played.show(&asked)).contains(&"text title"));
}

/// The kiosk where the code of a case is asked, with so much typed.
fn asked_for_the_code(typed: &str) -> Vec<View> {
    let moment = |at| Moment { now: Utc::now(), at: Duration::from_secs(at), id: Uuid::from_u128(at.into()) };
    let mut session = Session::new(moment(0));
    let events = [Touch::NeedHelp, Touch::MyCase]
        .map(Event::Touched)
        .into_iter()
        .chain("41403".chars().map(Event::Typed))
        .chain([Event::Touched(Touch::Next)])
        .chain(typed.chars().map(Event::Typed))
        .chain([Event::Erased, Event::Touched(Touch::Back)]);
    let mut views = Vec::new();
    for (at, event) in (1..).zip(events) {
        let place = Place { clinic: &CLINIC, kiosk: "lobby" };
        session = step(session, event, place, moment(at)).0;
        views.push(crate::kiosk::screens::view(&session, &CLINIC, (&CLINIC.kiosks[0]).into()));
    }
    views
}

proptest! {
    #[test]
    fn no_secret_is_ever_said(secret in "[0-9]{6}", help in 0usize..14) {
        let mut played = Played::at(&view(every_kind().remove(0)));
        let views = asked_for_the_code(&secret);
        let mut secrets = 0;
        for (at, view) in views.iter().enumerate() {
            let is_secret = spoken::is_secret(view);
            let mut effects = played.show(view);
            if at == help {
                effects.extend(played.hear(Heard::Help));
            }
            if !is_secret && secrets == 0 {
                continue;
            }
            secrets += 1;
            for said in texts(&effects) {
                prop_assert!(!said.contains(&secret) && said.chars().count() != 1, "{said:?}");
                prop_assert!(!said.contains("You have entered") || said.contains("41403"), "{said:?}");
            }
            if is_secret && secrets == 3 {
                prop_assert_eq!(texts(&effects)[0], "character");
            }
        }
        prop_assert!(secrets > 6, "the code was asked for");
    }
}
