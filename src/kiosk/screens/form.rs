use super::question::{date, question};
use super::{Choice, Entry, Question, Review, ReviewRow, SignatureEntry, Speaker};
use crate::clinic::Clinic;
use crate::front_desk::form::{self, AnswerProblem, Draft, Kind, Signature};
use crate::kiosk::session::{Filling, Session};
use vestibule_ui::words::Value;

/// A question of a form.
pub(super) fn asked(
    filling: &Filling,
    at: crate::kiosk::session::At,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Question {
    let code = speaker.language().code();
    let asked = filling.asked(session.today(clinic));
    let step = asked.iter().position(|here| *here == at).map_or(1, |position| position + 1);
    let error = filling.problem.map(|problem| problem_words(problem, speaker)).unwrap_or_default();
    let Some((asks, draft)) = filling.question(at) else {
        return question(speaker, (step, asked.len()), "", "", Entry::Choices(Vec::new()), error);
    };
    let mut shown = question(speaker, (step, asked.len().max(1)), "", "", entry(asks, draft, speaker), error);
    shown.title = asks.text.text(code).to_string();
    shown.hint = match &asks.hint {
        Some(hint) => hint.text(code).to_string(),
        None => usual_hint(&asks.kind, speaker),
    };
    if let Some((form, _)) = filling.forms.get(at.form) {
        let values = [
            ("form", form.title.text(code).into()),
            ("step", Value::Number(step as i64)),
            ("steps", Value::Number(asked.len() as i64)),
        ];
        shown.progress = speaker.say_with("form-step", &values);
    }
    if step == 1 {
        // Before the first question there is nothing of the form.
        shown.labels.back = String::new();
    }
    shown
}

fn entry(asks: &form::Question, draft: &Draft, speaker: &Speaker<'_>) -> Entry {
    let code = speaker.language().code();
    let options = |options: &[form::Choice], chosen: &dyn Fn(usize) -> bool| {
        let each = options.iter().enumerate().map(|(position, option)| Choice {
            label: option.name.text(code).to_string(),
            selected: chosen(position),
        });
        each.collect::<Vec<_>>()
    };
    match (draft, &asks.kind) {
        (Draft::Text(text), _) => Entry::Text(text.clone()),
        (Draft::Choice(chosen), Kind::Choice(all)) => {
            Entry::Choices(options(all, &|position| *chosen == Some(position)))
        }
        (Draft::Several(chosen), Kind::Several(all)) => {
            Entry::Several(options(all, &|position| chosen.contains(&position)))
        }
        (Draft::YesNo(chosen), _) => {
            let choice =
                |key: &str, yes: bool| Choice { label: speaker.say(key), selected: *chosen == Some(yes) };
            Entry::Choices(vec![choice("yes", true), choice("no", false)])
        }
        (Draft::Date(digits), _) => date(digits),
        (Draft::Number(text), Kind::Number { min, decimals, unit, .. }) => Entry::Number {
            typed: text.clone(),
            unit: unit.as_ref().map(|unit| unit.text(code).to_string()).unwrap_or_default(),
            decimal: if *decimals > 0 { speaker.say("decimal-key") } else { String::new() },
            minus: min.is_some_and(form::Number::is_negative),
        },
        (Draft::Signature(signature), Kind::Signature { statement }) => {
            let (pad, other_way) = if signature.typing {
                ("signature-name", "signature-draw")
            } else {
                ("signature-pad", "signature-type")
            };
            Entry::Signature(Box::new(SignatureEntry {
                statement: statement.text(code).to_string(),
                strokes: signature.strokes.paths().collect(),
                typing: signature.typing,
                name: signature.name.clone(),
                pad: speaker.say(pad),
                clear: speaker.say("signature-clear"),
                other_way: speaker.say(other_way),
            }))
        }
        // A draft is always of its question's kind.
        (Draft::Choice(_) | Draft::Several(_) | Draft::Number(_) | Draft::Signature(_), _) => {
            Entry::Choices(Vec::new())
        }
    }
}

/// How a question is answered that says nothing of it.
fn usual_hint(kind: &Kind, speaker: &Speaker<'_>) -> String {
    match kind {
        Kind::Several(_) => speaker.say("form-several-hint"),
        Kind::Date(_) => speaker.say("date-hint"),
        Kind::Number { min: Some(min), max: Some(max), .. } => speaker.say_with(
            "form-number-hint",
            &[("least", number(*min, speaker).into()), ("most", number(*max, speaker).into())],
        ),
        Kind::Text { .. } | Kind::Choice(_) | Kind::YesNo | Kind::Number { .. } | Kind::Signature { .. } => {
            String::new()
        }
    }
}

fn number(number: form::Number, speaker: &Speaker<'_>) -> String {
    number.to_string().replace('.', &speaker.say("decimal-key"))
}

fn problem_words(problem: AnswerProblem, speaker: &Speaker<'_>) -> String {
    match problem {
        AnswerProblem::Empty => speaker.say("problem-empty"),
        AnswerProblem::NothingChosen => speaker.say("problem-nothing-chosen"),
        AnswerProblem::TooLong(most) => {
            speaker.say_with("form-problem-too-long", &[("most", Value::Number(most as i64))])
        }
        AnswerProblem::DateIncomplete => speaker.say("problem-date-incomplete"),
        AnswerProblem::NoSuchDay => speaker.say("problem-no-such-day"),
        AnswerProblem::NotPast => speaker.say("problem-date-in-the-future"),
        AnswerProblem::NotFuture => speaker.say("problem-date-past"),
        AnswerProblem::DateFarAway => speaker.say("problem-date-far-away"),
        AnswerProblem::NoNumber => speaker.say("problem-no-number"),
        AnswerProblem::TooManyDecimals(0) => speaker.say("problem-whole-number"),
        AnswerProblem::TooManyDecimals(most) => {
            speaker.say_with("problem-decimals", &[("most", Value::Number(most.into()))])
        }
        AnswerProblem::TooSmall(least) => {
            speaker.say_with("problem-too-small", &[("least", number(least, speaker).into())])
        }
        AnswerProblem::TooLarge(most) => {
            speaker.say_with("problem-too-large", &[("most", number(most, speaker).into())])
        }
        AnswerProblem::NotSigned => speaker.say("problem-not-signed"),
        AnswerProblem::OnlyADot => speaker.say("problem-only-a-dot"),
        AnswerProblem::NoLetter => speaker.say("problem-no-letter"),
    }
}

/// All answers to look over.
pub(super) fn review(filling: &Filling, session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Review {
    let today = session.today(clinic);
    let standings = filling.standings(today);
    let code = speaker.language().code();
    let rows = filling.asked(today).into_iter().filter_map(|at| {
        let (asks, _) = filling.question(at)?;
        let answer = standings.get(at.form)?.get(at.question)?.answer();
        Some(ReviewRow {
            question: asks.text.text(code).to_string(),
            answer: answer
                .map_or_else(|| speaker.say("review-none"), |answer| words_of(answer, asks, speaker)),
            given: answer.is_some(),
        })
    });
    Review {
        title: speaker.say("review-title"),
        hint: speaker.say("review-hint"),
        rows: rows.collect(),
        back: speaker.say("back"),
        send: speaker.say("send"),
    }
}

fn words_of(answer: &form::Answer, asks: &form::Question, speaker: &Speaker<'_>) -> String {
    use form::Answer as A;
    let code = speaker.language().code();
    let named = |options: &[form::Choice], position: usize| {
        options.get(position).map_or_else(String::new, |option| option.name.text(code).to_string())
    };
    match (answer, &asks.kind) {
        (A::Text(words), _) => words.0.clone(),
        (A::Choice(position), Kind::Choice(options)) => named(options, *position),
        (A::Several(chosen), Kind::Several(options)) => {
            chosen.iter().map(|position| named(options, *position)).collect::<Vec<_>>().join("\n")
        }
        (A::YesNo(yes), _) => speaker.say(if *yes { "yes" } else { "no" }),
        (A::Date(day), _) => speaker.whole_day(*day),
        (A::Number(given), Kind::Number { unit: Some(unit), .. }) => {
            format!("{} {}", number(*given, speaker), unit.text(code))
        }
        (A::Number(given), _) => number(*given, speaker),
        (A::Signature(Signature::Drawn { .. }), _) => speaker.say("review-signed"),
        (A::Signature(Signature::Typed { name }), _) => {
            speaker.say_with("review-signed-by", &[("name", name.0.as_str().into())])
        }
        (A::Choice(_) | A::Several(_), _) => String::new(),
    }
}
