//! What must hold whatever is typed, chosen and drawn.

use super::*;
use crate::clinic::{EXAMPLE, RoutineTexts, read_texts};
use crate::front_desk::request::OwnWords;
use crate::front_desk::urgency::Urgency;
use proptest::prelude::*;
use std::sync::LazyLock;

/// A form that is not the example's: conditions upon conditions, and each kind of question.
const DEEP: &str = r#"
[[form]]
id = "deep"
title = { en = "Deep", es = "Deep", ar = "Deep", hi = "Deep", fr = "Deep", de = "Deep", pt = "Deep", zh = "Deep" }
asked = ["check-in"]

[[form.question]]
id = "ill"
kind = "yes-no"
required = true
text = { en = "Ill?", es = "Ill?", ar = "Ill?", hi = "Ill?", fr = "Ill?", de = "Ill?", pt = "Ill?", zh = "Ill?" }

[[form.question]]
id = "what"
kind = "several"
required = true
show_when = { question = "ill", equals = "yes" }
text = { en = "What?", es = "What?", ar = "What?", hi = "What?", fr = "What?", de = "What?", pt = "What?", zh = "What?" }
options = [
    { id = "fever", name = { en = "Fever", es = "Fever", ar = "Fever", hi = "Fever", fr = "Fever", de = "Fever", pt = "Fever", zh = "Fever" } },
    { id = "pain", name = { en = "Pain", es = "Pain", ar = "Pain", hi = "Pain", fr = "Pain", de = "Pain", pt = "Pain", zh = "Pain" } },
    { id = "cough", name = { en = "Cough", es = "Cough", ar = "Cough", hi = "Cough", fr = "Cough", de = "Cough", pt = "Cough", zh = "Cough" } },
]

[[form.question]]
id = "heat"
kind = "number"
required = true
min = 30
max = 45.5
decimals = 1
unit = { en = "°C", es = "°C", ar = "°C", hi = "°C", fr = "°C", de = "°C", pt = "°C", zh = "°C" }
show_when = { question = "what", contains = "fever" }
text = { en = "How hot?", es = "How hot?", ar = "How hot?", hi = "How hot?", fr = "How hot?", de = "How hot?", pt = "How hot?", zh = "How hot?" }
[[form.question.raise]]
when = { all = [{ more_than = 39.5 }, { not = { question = "what", contains = "cough" } }] }
urgency = "urgent"
subject = "High fever without a cough"

[[form.question]]
id = "since"
kind = "date"
range = "past"
show_when = { any = [{ question = "heat", more_than = 38 }, { question = "what", contains = "pain" }] }
text = { en = "Since when?", es = "Since when?", ar = "Since when?", hi = "Since when?", fr = "Since when?", de = "Since when?", pt = "Since when?", zh = "Since when?" }

[[form.question]]
id = "where"
kind = "choice"
show_when = { all = [{ question = "since", less_than = 3 }, { question = "ill", answered = true }] }
text = { en = "Where?", es = "Where?", ar = "Where?", hi = "Where?", fr = "Where?", de = "Where?", pt = "Where?", zh = "Where?" }
options = [
    { id = "chest", name = { en = "Chest", es = "Chest", ar = "Chest", hi = "Chest", fr = "Chest", de = "Chest", pt = "Chest", zh = "Chest" } },
    { id = "leg", name = { en = "Leg", es = "Leg", ar = "Leg", hi = "Leg", fr = "Leg", de = "Leg", pt = "Leg", zh = "Leg" } },
]
[[form.question.raise]]
when = { equals = "chest" }
red_flag = "chest-pain"
to = "nurse"

[[form.question]]
id = "words"
kind = "text"
longest = 40
show_when = { question = "where", answered = false }
text = { en = "Anything else?", es = "Anything else?", ar = "Anything else?", hi = "Anything else?", fr = "Autre chose ?", de = "Sonst noch etwas?", pt = "Algo mais?", zh = "还有别的吗？" }

[[form.question]]
id = "signed"
kind = "signature"
show_when = { not = { question = "ill", equals = "no" } }
text = { en = "Sign", es = "Sign", ar = "Sign", hi = "Sign", fr = "Sign", de = "Sign", pt = "Sign", zh = "Sign" }
statement = { en = "It is so.", es = "It is so.", ar = "It is so.", hi = "It is so.", fr = "It is so.", de = "It is so.", pt = "It is so.", zh = "It is so." }
"#;

static CLINIC: LazyLock<crate::clinic::Clinic> = LazyLock::new(|| {
    let mut texts = RoutineTexts::example();
    texts.replace("forms.toml", DEEP.into());
    read_texts("clinic.toml", EXAMPLE, &texts).unwrap_or_else(|errors| panic!("{errors:?}"))
});

fn form() -> &'static Form {
    &CLINIC.routines.forms[0]
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

/// Positions of the questions.
const ILL: usize = 0;
const WHAT: usize = 1;
const HEAT: usize = 2;
const SINCE: usize = 3;
const WHERE: usize = 4;
const WORDS: usize = 5;
const SIGNED: usize = 6;

fn typed(position: usize, text: &str) -> Draft {
    let kind = &form().questions[position].kind;
    let mut draft = Draft::of(kind);
    if let Draft::Signature(signature) = &mut draft {
        signature.typing = true;
    }
    text.chars().for_each(|character| draft.push(kind, character));
    draft
}

fn asked(drafts: &[Draft]) -> Vec<usize> {
    let standings = form().standings(drafts, today());
    (0..standings.len()).filter(|position| standings[*position].is_asked()).collect()
}

#[test]
fn a_question_is_asked_once_the_answers_before_it_call_for_it() {
    let mut drafts = form().empty();
    // The signature is asked unless somebody has said that they are not ill.
    assert_eq!(asked(&drafts), [ILL, WORDS, SIGNED]);
    drafts[ILL] = Draft::YesNo(Some(false));
    assert_eq!(asked(&drafts), [ILL, WORDS]);
    drafts[ILL] = Draft::YesNo(Some(true));
    drafts[WHAT] = Draft::Several([0].into());
    assert_eq!(asked(&drafts), [ILL, WHAT, HEAT, WORDS, SIGNED]);
    drafts[HEAT] = typed(HEAT, "38,5");
    assert_eq!(asked(&drafts), [ILL, WHAT, HEAT, SINCE, WORDS, SIGNED]);
    drafts[SINCE] = typed(SINCE, "23112026");
    drafts[WHERE] = Draft::Choice(Some(0));
    assert_eq!(asked(&drafts), [ILL, WHAT, HEAT, SINCE, WHERE, SIGNED]);
    // Three days ago is not fewer than three days.
    drafts[SINCE] = typed(SINCE, "22112026");
    assert_eq!(asked(&drafts), [ILL, WHAT, HEAT, SINCE, WORDS, SIGNED]);
}

#[test]
fn an_answer_under_a_question_that_is_hidden_again_counts_for_nothing() {
    let mut drafts = form().empty();
    drafts[ILL] = Draft::YesNo(Some(true));
    drafts[WHAT] = Draft::Several([0, 1].into());
    drafts[HEAT] = typed(HEAT, "40");
    drafts[SINCE] = typed(SINCE, "25112026");
    drafts[WHERE] = Draft::Choice(Some(0));
    let raised = |drafts: &[Draft]| {
        let standings = form().standings(drafts, today());
        form().raised(&standings, &CLINIC.routines.red_flags, "en", today())
    };
    let all = raised(&drafts);
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!((all[0].subject.as_str(), all[0].urgency), ("High fever without a cough", Urgency::Urgent));
    assert_eq!(all[0].words, "How hot? 40 °C");
    // The flag's own urgency holds where the rule names none.
    assert_eq!(
        (all[1].red_flags.as_slice(), all[1].urgency),
        (["chest-pain".into()].as_slice(), Urgency::Emergency)
    );
    assert_eq!(all[1].to.as_deref(), Some("nurse"));
    // Not ill after all: nothing of it is left, however deep it stood.
    drafts[ILL] = Draft::YesNo(Some(false));
    assert_eq!(raised(&drafts), []);
    let standings = form().standings(&drafts, today());
    let filled = form().filled(&standings, ("es", "en"), None, chrono::Utc::now()).unwrap();
    let kept: Vec<_> = filled.answers.iter().map(|answer| answer.question.as_str()).collect();
    assert_eq!(kept, ["ill", "words"]);
}

#[test]
fn each_kind_of_question_refuses_what_cannot_be_its_answer() {
    use AnswerProblem as P;
    let check = |position: usize, draft: Draft| draft.check(&form().questions[position], today());
    let number = |text: &str| Number::parse(text, 1).unwrap();
    for (typing, expected) in [
        ("", Err(P::Empty)),
        ("38,5", Ok("38.5")),
        ("٣٨٫٥", Ok("38.5")),
        ("३८.५", Ok("38.5")),
        ("038.50", Err(P::TooManyDecimals(1))),
        ("-40", Err(P::TooSmall(number("30")))),
        ("45.6", Err(P::TooLarge(number("45.5")))),
        ("45.5", Ok("45.5")),
        (".", Err(P::NoNumber)),
        ("-", Err(P::NoNumber)),
        ("4a0\u{0}", Ok("40")),
        ("3 8", Ok("38")),
        ("3..8", Err(P::TooSmall(number("30")))),
        ("99999999999999999999", Err(P::NoNumber)),
    ] {
        let found = check(HEAT, typed(HEAT, typing));
        let found = found.map(|answer| match answer {
            Some(Answer::Number(number)) => number.to_string(),
            other => panic!("{other:?}"),
        });
        assert_eq!(found, expected.map(str::to_string), "{typing}");
    }
    for (typing, expected) in [
        ("", Ok(false)),
        ("2902", Err(P::DateIncomplete)),
        ("29022025", Err(P::NoSuchDay)),
        ("29022024", Ok(true)),
        ("31042026", Err(P::NoSuchDay)),
        ("00012026", Err(P::NoSuchDay)),
        ("26112026", Err(P::NotPast)),
        ("25112026", Ok(true)),
        ("01010001", Err(P::DateFarAway)),
        ("٢٥١١٢٠٢٦", Ok(true)),
    ] {
        assert_eq!(check(SINCE, typed(SINCE, typing)).map(|answer| answer.is_some()), expected, "{typing}");
    }
    assert_eq!(check(ILL, Draft::YesNo(None)), Err(P::NothingChosen));
    assert_eq!(check(WHAT, Draft::Several([].into())), Err(P::NothingChosen));
    assert_eq!(check(WHAT, Draft::Several([7].into())), Err(P::NothingChosen), "an option that is not there");
    assert_eq!(check(WHERE, Draft::Choice(Some(2))), Ok(None));
    let text = |text: &str| match check(WORDS, typed(WORDS, text)) {
        Ok(Some(Answer::Text(OwnWords(words)))) => words,
        other => panic!("{other:?}"),
    };
    assert_eq!(text("  \u{7}a\nb\t "), "ab");
    assert_eq!(text(&"व".repeat(4000)).chars().count(), 40);
    let long = Draft::Text("x".repeat(41));
    assert_eq!(check(WORDS, long), Err(P::TooLong(40)));
    assert_eq!(check(SIGNED, typed(SIGNED, "12")), Err(P::NoLetter));
    let mut dot = SignatureDraft::default();
    dot.strokes.begin(0.5, 0.2, 0.4);
    assert_eq!(check(SIGNED, Draft::Signature(dot.clone())), Err(P::OnlyADot));
    dot.strokes.go_on(0.6, 0.25);
    assert!(matches!(check(SIGNED, Draft::Signature(dot)), Ok(Some(Answer::Signature(_)))));
}

#[test]
fn a_form_is_due_by_occasion_service_and_when_it_was_answered_last() {
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let form = |how_often| Form { how_often, services: vec!["blood".into()], ..form().clone() };
    for (how_often, occasion, service, answered, due) in [
        (HowOften::EveryVisit, Occasion::CheckIn, "blood", day("2026-11-25"), true),
        (HowOften::EveryVisit, Occasion::CheckIn, "general", None, false),
        (HowOften::EveryVisit, Occasion::Registration, "blood", None, false),
        (HowOften::Once, Occasion::CheckIn, "blood", None, true),
        (HowOften::Once, Occasion::CheckIn, "blood", day("2001-01-01"), false),
        (HowOften::EveryDays(90), Occasion::CheckIn, "blood", day("2026-08-27"), true),
        (HowOften::EveryDays(90), Occasion::CheckIn, "blood", day("2026-08-28"), false),
    ] {
        assert_eq!(
            form(how_often).is_due(occasion, service, answered, today()),
            due,
            "{how_often:?} {service}"
        );
    }
}

#[test]
fn a_signature_is_kept_within_the_pad_and_within_bounds() {
    let mut strokes = Strokes::default();
    strokes.begin(-3.0, f32::NAN, 0.4);
    strokes.go_on(f32::INFINITY, 9.0);
    assert_eq!(strokes.paths().collect::<Vec<_>>(), ["M0 0L1000 400"]);
    for n in 0..10_000u16 {
        strokes.go_on(f32::from(n % 100) / 100.0, f32::from(n % 37) / 100.0);
        strokes.begin(0.1, 0.1, 0.4);
    }
    assert_eq!(strokes.points(), Strokes::MOST_POINTS);
    let kept = serde_json::to_string(&strokes).unwrap();
    assert!(kept.len() < 32 * 1024, "{}", kept.len());
    assert_eq!(serde_json::from_str::<Strokes>(&kept).unwrap(), strokes);
}

/// Anything that hands can do with a form.
#[derive(Debug, Clone)]
enum Does {
    Type(usize, char),
    Erase(usize),
    Choose(usize, usize),
    Draw(usize, f32, f32),
}

fn does() -> impl Strategy<Value = Does> {
    let place = 0usize..7;
    let digit = prop::sample::select("0123456789٣५.,-٫ a\u{0}\u{202e}é\n".chars().collect::<Vec<_>>());
    prop_oneof![
        6 => (place.clone(), digit).prop_map(|(at, typed)| Does::Type(at, typed)),
        2 => (place.clone(), any::<char>()).prop_map(|(at, typed)| Does::Type(at, typed)),
        1 => place.clone().prop_map(Does::Erase),
        8 => (place.clone(), 0usize..4).prop_map(|(at, option)| Does::Choose(at, option)),
        2 => (place, any::<f32>(), any::<f32>()).prop_map(|(at, x, y)| Does::Draw(at, x, y)),
    ]
}

proptest! {
    #[test]
    fn hidden_answers_never_leak_and_the_order_is_that_of_the_form(all in prop::collection::vec(does(), 0..120)) {
        let mut drafts = form().empty();
        for one in all {
            match one {
                Does::Type(at, typed) => drafts[at].push(&form().questions[at].kind, typed),
                Does::Erase(at) => drafts[at].erase(),
                Does::Choose(at, option) => drafts[at].choose(&form().questions[at].kind, option),
                Does::Draw(at, x, y) => if let Draft::Signature(signature) = &mut drafts[at] {
                    if x < 0.5 { signature.strokes.begin(x, y, 0.4) } else { signature.strokes.go_on(x, y) }
                    signature.typing = y < 0.0;
                },
            }
            let standings = form().standings(&drafts, today());
            prop_assert_eq!(standings.len(), form().questions.len());
            // Without the answers that are hidden it is the same form, whatever had been answered there.
            let mut without = drafts.clone();
            for (position, question) in form().questions.iter().enumerate() {
                if !standings[position].is_asked() {
                    without[position] = Draft::of(&question.kind);
                }
            }
            prop_assert_eq!(&form().standings(&without, today()), &standings);
        }
        let standings = form().standings(&drafts, today());
        let told = form().raised(&standings, &CLINIC.routines.red_flags, "en", today());
        prop_assert!(told.iter().all(|one| standings[one.question].is_asked()));
        prop_assert!(told.is_sorted_by_key(|one| one.question));
        let asked: Vec<&str> = form().questions.iter().zip(&standings)
            .filter(|(_, standing)| standing.is_asked()).map(|(question, _)| question.id.as_str()).collect();
        match form().filled(&standings, ("hi", "en"), None, chrono::DateTime::UNIX_EPOCH) {
            Ok(filled) => {
                let kept: Vec<&str> = filled.answers.iter().map(|answer| answer.question.as_str()).collect();
                prop_assert_eq!(kept, asked);
                let told = serde_json::to_string(&filled).unwrap();
                prop_assert_eq!(serde_json::from_str::<FilledForm>(&told).unwrap(), filled);
            }
            Err(position) => prop_assert!(standings[position].problem().is_some()),
        }
    }

    #[test]
    fn no_text_makes_a_number_that_reads_differently_again(text in "\\PC{0,24}", decimals in 0u8..=3) {
        if let Ok(number) = Number::parse(&text, decimals) {
            prop_assert_eq!(Number::parse(&number.to_string(), decimals), Ok(number));
        }
    }
}
