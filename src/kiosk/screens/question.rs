use super::{Choice, Entry, Keys, Question, QuestionLabels, Speaker, welcome};
use crate::clinic::Clinic;
use crate::clinic::registration::RegistrationForm;
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
        Some(IdentifyProblem::OneOfSeveral) => speaker.say("one-of-several-codes"),
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
    let form = &clinic.routines.registration;
    let code = session.language_code(clinic);
    let text = register.draft.text(register.question).to_string();
    let choices = |labels: Vec<String>| {
        let labelled = labels.into_iter().enumerate();
        Entry::Choices(
            labelled
                .map(|(position, label)| Choice { label, selected: register.chosen() == Some(position) })
                .collect(),
        )
    };
    let (title, hint) = texts_of(register.question);
    let entry = match register.question {
        R::DateOfBirth => date(&register.draft.date),
        R::Sex => {
            let labels = ["sex-female", "sex-male", "sex-other", "sex-unknown"];
            choices(labels.map(|key| speaker.say(key)).into())
        }
        R::Language => Entry::Choices(welcome::languages(clinic, register.chosen())),
        R::Reason => {
            choices(clinic.reasons.iter().map(|reason| reason.name.text(code).to_string()).collect())
        }
        R::Consent => Entry::Statement(clinic.consent.text(code).to_string()),
        R::Phone | R::ContactPhone => Entry::Digits(text),
        R::SchemeNumber if form.scheme.as_ref().is_some_and(|scheme| scheme.kind.figures_only()) => {
            Entry::Digits(text)
        }
        R::Own(position) if form.own.get(usize::from(position)).is_some_and(|own| own.figures_only()) => {
            Entry::Digits(text)
        }
        _ => Entry::Letters(text),
    };
    let error = register.problem.map(|problem| told(problem, form, speaker)).unwrap_or_default();
    let step = (form.position(register.question) + 1, form.asked.len());
    let mut asked = question(speaker, step, title, hint, entry, error);
    asked.keys = match register.question {
        R::Email => Keys::Address,
        R::PostalCode | R::SchemeNumber => Keys::Latin,
        _ => Keys::Own,
    };
    let how = form.asked(register.question);
    if how.is_some_and(|how| how.may_skip) {
        asked.labels.skip = speaker.say("skip");
    }
    if let Some(name) = how.and_then(|how| form.steps.get(how.step)?.as_ref()) {
        let named =
            [("name", Value::from(name.text(code))), ("progress", Value::from(asked.progress.as_str()))];
        asked.progress = speaker.say_with("progress-of", &named);
    }
    match register.question {
        R::SchemeNumber => {
            if let Some(scheme) = &form.scheme {
                asked.title = scheme.name.text(code).to_string();
                asked.hint = scheme.hint.as_ref().map_or(asked.hint, |hint| hint.text(code).to_string());
            }
        }
        R::Own(position) => {
            if let Some(own) = form.own.get(usize::from(position)) {
                let hint = own.hint.as_ref().map(|hint| hint.text(code).to_string());
                let example = own.example.as_ref();
                let example = example
                    .map(|text| speaker.say_with("own-example", &[("example", Value::from(text.as_str()))]));
                asked.title = own.ask.text(code).to_string();
                asked.hint = hint.into_iter().chain(example).collect::<Vec<_>>().join(" ");
            }
        }
        _ => {}
    }
    asked
}

/// The keys of a question and of how to answer it.
fn texts_of(question: Registration) -> (&'static str, &'static str) {
    use Registration as R;
    match question {
        R::GivenName => ("given-name-title", "given-name-hint"),
        R::FamilyName => ("family-name-title", "family-name-hint"),
        R::FurtherFamilyName => ("further-family-name-title", "family-name-hint"),
        R::PreviousFamilyName => ("previous-family-name-title", "previous-family-name-hint"),
        R::DateOfBirth => ("birth-title", "date-hint"),
        R::Sex => ("sex-title", "sex-hint"),
        R::Phone => ("phone-title", "phone-hint"),
        R::Email => ("email-title", "email-hint"),
        R::Street => ("street-title", "street-hint"),
        R::PostalCodeAndTown => ("town-title", "town-hint"),
        R::PostalCode => ("postal-code-title", "postal-code-hint"),
        R::Town => ("town-title", ""),
        R::Region => ("region-title", ""),
        R::ContactName => ("contact-name-title", "contact-name-hint"),
        R::ContactPhone => ("contact-phone-title", "contact-phone-hint"),
        R::ContactRelation => ("contact-relation-title", "contact-relation-hint"),
        R::Language => ("language-title", "language-hint"),
        R::Reason => ("reason-title", "reason-hint"),
        R::Insurer => ("insurer-title", "insurer-hint"),
        R::SchemeNumber => ("scheme-number-title", "scheme-number-hint"),
        // The clinic's own words take the place of these.
        R::Own(_) => ("", ""),
        R::Consent => ("consent-title", ""),
    }
}

/// How to put an answer right.
fn told(problem: FieldProblem, form: &RegistrationForm, speaker: &Speaker<'_>) -> String {
    let example = form.country.and_then(|country| country.example_of_postal_code());
    match (problem, example) {
        (FieldProblem::PostalCode, Some(example)) => {
            speaker.say_with("problem-postal-code", &[("example", Value::from(example))])
        }
        _ => speaker.say(problem_key(problem)),
    }
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
        let asked = question(speaker, (2, 2), "case-code-title", "case-code-hint", entry, error);
        Question { secret: true, ..asked }
    } else {
        let entry = Entry::Digits(find.number.clone());
        question(speaker, (1, 2), "case-number-title", "case-number-hint", entry, error)
    }
}

pub(super) fn date(digits: &DateDigits) -> Entry {
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
    let (progress, progress_part) = progress(speaker, step, steps);
    Question {
        progress,
        progress_part,
        title: if title.is_empty() { String::new() } else { speaker.say(title) },
        hint: if hint.is_empty() { String::new() } else { speaker.say(hint) },
        entry,
        keys: Keys::Own,
        secret: false,
        error,
        labels: QuestionLabels {
            placeholder: speaker.say("type-here"),
            date: [speaker.say("day"), speaker.say("month"), speaker.say("year")],
            back: speaker.say("back"),
            next: speaker.say("next"),
            skip: String::new(),
            yes: speaker.say("consent-yes"),
            no: speaker.say("consent-no"),
            erase: speaker.say("erase-key"),
            space: speaker.say("space-key"),
            layout: speaker.say("layout-key"),
        },
    }
}

/// How far it is, in words and from 0 to 1. A single step is no progress to speak of.
pub(super) fn progress(speaker: &Speaker<'_>, step: usize, steps: usize) -> (String, f32) {
    let words = if steps > 1 {
        speaker.say_with(
            "progress",
            &[("step", Value::Number(step as i64)), ("steps", Value::Number(steps as i64))],
        )
    } else {
        String::new()
    };
    (words, step as f32 / steps.max(1) as f32)
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
        FieldProblem::PhoneUnknown => "problem-phone-unknown",
        FieldProblem::Email => "problem-email",
        // Only a country has a pattern that a code can miss, and an example with it.
        FieldProblem::PostalCode => "problem-own-format",
        FieldProblem::NumberFormat => "problem-number-format",
        FieldProblem::CheckDigit => "problem-check-digit",
        FieldProblem::OwnFormat => "problem-own-format",
        FieldProblem::TooLong => "problem-too-long",
        FieldProblem::NothingChosen => "problem-nothing-chosen",
    }
}
