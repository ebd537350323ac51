use super::{Choice, Entry, Question, QuestionLabels, Speaker, welcome};
use crate::clinic::Clinic;
use crate::clinic::routines::WordsAsked;
use crate::front_desk::registration::{DateDigits, FieldProblem, Question as Registration};
use crate::kiosk::session::{
    About, FindCase, FindCaseProblem, Identify, IdentifyProblem, IdentifyQuestion, Register, Session, Telling,
};
use vestibule_ui::words::Value;

pub(super) fn identify(identify: &Identify, session: &Session, speaker: &Speaker<'_>) -> Question {
    let with_code = identify.code.is_some();
    // Whoever acts for a patient is told whose answers are asked for.
    let [date_title, family_title] = match (&identify.acting, &session.companion) {
        (Some(_), _) => ["acting-date-title", "acting-family-title"],
        (None, Some(_)) => ["patient-date-title", "patient-family-title"],
        (None, None) => ["identify-date-title", "identify-family-title"],
    };
    let (title, hint, entry, step) = match identify.question {
        IdentifyQuestion::DateOfBirth => {
            let hint = if with_code { "identify-date-with-code-hint" } else { "date-hint" };
            (date_title, hint, date(&identify.date), 1)
        }
        IdentifyQuestion::FamilyName => {
            (family_title, "identify-family-hint", Entry::Letters(identify.family.clone()), 2)
        }
    };
    let error = match identify.problem {
        None => String::new(),
        Some(IdentifyProblem::Field(problem)) => speaker.say(problem_key(problem)),
        Some(IdentifyProblem::NoMatch) => speaker.say("no-match"),
        Some(IdentifyProblem::UnknownCode) => speaker.say("unknown-code"),
    };
    question(speaker, (step, if with_code { 1 } else { 2 }), title, hint, entry, error)
}

pub(super) fn register(
    register: &Register,
    clinic: &Clinic,
    session: &Session,
    speaker: &Speaker<'_>,
) -> Question {
    use Registration as R;
    let draft = &register.draft;
    let letters = |text: &String| Entry::Letters(text.clone());
    let digits = |text: &String| Entry::Digits(text.clone());
    let choices = |labels: Vec<String>| {
        let labelled = labels.into_iter().enumerate();
        Entry::Choices(
            labelled
                .map(|(position, label)| Choice { label, selected: register.chosen() == Some(position) })
                .collect(),
        )
    };
    let (title, hint, entry) = match register.question {
        R::GivenName => ("given-name-title", "given-name-hint", letters(&draft.given)),
        R::FamilyName => ("family-name-title", "family-name-hint", letters(&draft.family)),
        R::DateOfBirth => ("birth-title", "date-hint", date(&draft.date)),
        R::Sex => {
            let labels = ["sex-female", "sex-male", "sex-other", "sex-unknown"];
            ("sex-title", "sex-hint", choices(labels.map(|key| speaker.say(key)).into()))
        }
        R::Phone => ("phone-title", "phone-hint", digits(&draft.phone)),
        R::Street => ("street-title", "street-hint", letters(&draft.street)),
        R::Town => ("town-title", "town-hint", letters(&draft.town)),
        R::ContactName => ("contact-name-title", "contact-name-hint", letters(&draft.contact_name)),
        R::ContactPhone => ("contact-phone-title", "contact-phone-hint", digits(&draft.contact_phone)),
        R::Language => {
            let languages = Entry::Choices(welcome::languages(clinic, register.chosen()));
            ("language-title", "language-hint", languages)
        }
        R::Reason => {
            let code = session.language_code(clinic);
            let names = clinic.reasons.iter().map(|reason| reason.name.text(code).to_string()).collect();
            ("reason-title", "reason-hint", choices(names))
        }
        R::Consent => {
            let text = clinic.consent.text(session.language_code(clinic));
            ("consent-title", "", Entry::Statement(text.to_string()))
        }
    };
    let error = register.problem.map(|problem| speaker.say(problem_key(problem))).unwrap_or_default();
    let step = (register.question.position() + 1, Registration::ALL.len());
    question(speaker, step, title, hint, entry, error)
}

pub(super) fn telling(telling: &Telling, clinic: &Clinic, speaker: &Speaker<'_>) -> Question {
    let code = speaker.language().code();
    let (title, hint) = match telling.about {
        About::Reply(_) => (speaker.say("reply-title"), speaker.say("reply-hint")),
        About::Category(position) => match clinic.routines.categories.get(position) {
            Some(category) if category.words == WordsAsked::Optional => {
                (category.name.text(code).to_string(), speaker.say("words-optional"))
            }
            Some(category) => (category.name.text(code).to_string(), speaker.say("words-required")),
            None => (speaker.say("reply-title"), String::new()),
        },
    };
    let error = if telling.empty { speaker.say("problem-no-words") } else { String::new() };
    let mut asked = question(speaker, (1, 1), "", "", Entry::Text(telling.text.clone()), error);
    asked.title = title;
    asked.hint = hint;
    asked.labels.next = speaker.say("send");
    asked
}

pub(super) fn companion(session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> Question {
    let code = speaker.language().code();
    let choices = clinic.routines.companions.iter().map(|companion| Choice {
        label: companion.name.text(code).to_string(),
        selected: session.companion.as_deref() == Some(companion.id.as_str()),
    });
    let entry = Entry::Choices(choices.collect());
    let mut asked = question(speaker, (1, 1), "here-for-title", "here-for-hint", entry, String::new());
    // A touch on an answer goes on by itself.
    asked.labels.next = String::new();
    asked
}

pub(super) fn find_case(find: &FindCase, speaker: &Speaker<'_>) -> Question {
    let error = match find.problem {
        None => String::new(),
        Some(FindCaseProblem::Empty) => speaker.say("problem-empty"),
        Some(FindCaseProblem::NoMatch) => speaker.say("case-no-match"),
    };
    if find.asks_code {
        let entry = Entry::Digits(find.code.clone());
        question(speaker, (2, 2), "case-code-title", "case-code-hint", entry, error)
    } else {
        let entry = Entry::Digits(find.number.clone());
        question(speaker, (1, 2), "case-number-title", "case-number-hint", entry, error)
    }
}

fn date(digits: &DateDigits) -> Entry {
    Entry::Date(digits.parts().map(str::to_string), digits.active_part())
}

pub(super) fn question(
    speaker: &Speaker<'_>,
    (step, steps): (usize, usize),
    title: &str,
    hint: &str,
    entry: Entry,
    error: String,
) -> Question {
    // A single step is no progress to speak of.
    let progress = if steps > 1 {
        speaker.say_with(
            "progress",
            &[("step", Value::Number(step as i64)), ("steps", Value::Number(steps as i64))],
        )
    } else {
        String::new()
    };
    Question {
        progress,
        progress_part: step as f32 / steps as f32,
        title: if title.is_empty() { String::new() } else { speaker.say(title) },
        hint: if hint.is_empty() { String::new() } else { speaker.say(hint) },
        entry,
        error,
        labels: QuestionLabels {
            placeholder: speaker.say("type-here"),
            date: [speaker.say("day"), speaker.say("month"), speaker.say("year")],
            back: speaker.say("back"),
            next: speaker.say("next"),
            yes: speaker.say("consent-yes"),
            no: speaker.say("consent-no"),
            erase: speaker.say("erase-key"),
            space: speaker.say("space-key"),
            layout: speaker.say("layout-key"),
        },
    }
}

pub(super) fn problem_key(problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Empty => "problem-empty",
        FieldProblem::NoLetter => "problem-no-letter",
        FieldProblem::DateIncomplete => "problem-date-incomplete",
        FieldProblem::NoSuchDay => "problem-no-such-day",
        FieldProblem::DateInTheFuture => "problem-date-in-the-future",
        FieldProblem::DateTooLongAgo => "problem-date-too-long-ago",
        FieldProblem::PhoneTooShort => "problem-phone-too-short",
        FieldProblem::PhoneTooLong => "problem-phone-too-long",
        FieldProblem::NothingChosen => "problem-nothing-chosen",
    }
}
