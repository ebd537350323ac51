//! Reading `forms.toml`, the clinic's own forms.

use super::Localised;
use super::form_conditions::{ConditionSection, Context};
use super::mistake::{AtLeastOne, Mistake};
use super::routine_files::{Reading, Setting};
use super::routines::Routines;
use crate::front_desk::form::{Choice, DateRange, Form, HowOften, Kind, Number, Occasion, Question, Raise};
use crate::front_desk::red_flag::RedFlags;
use crate::front_desk::urgency::Urgency;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// What patients may write at most where a question says nothing of it, and where it says much.
const LONGEST: usize = 300;
const LONGEST_THERE_IS: usize = 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormsFile {
    #[serde(default)]
    form: Vec<FormSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormSection {
    id: Spanned<String>,
    title: Spanned<Localised>,
    asked: Spanned<Vec<OccasionWord>>,
    #[serde(default)]
    services: Vec<Spanned<String>>,
    how_often: Option<Spanned<String>>,
    #[serde(default)]
    question: Vec<QuestionSection>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum OccasionWord {
    CheckIn,
    Registration,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum KindWord {
    Text,
    Choice,
    Several,
    YesNo,
    Date,
    Number,
    Signature,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RangeWord {
    Past,
    Future,
    Any,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionSection {
    id: Spanned<String>,
    text: Spanned<Localised>,
    hint: Option<Spanned<Localised>>,
    kind: Spanned<KindWord>,
    #[serde(default)]
    required: bool,
    longest: Option<Spanned<usize>>,
    options: Option<Spanned<Vec<OptionSection>>>,
    range: Option<Spanned<RangeWord>>,
    min: Option<Spanned<f64>>,
    max: Option<Spanned<f64>>,
    decimals: Option<Spanned<u8>>,
    unit: Option<Spanned<Localised>>,
    statement: Option<Spanned<Localised>>,
    show_when: Option<Spanned<ConditionSection>>,
    #[serde(default)]
    raise: Vec<RaiseSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionSection {
    id: Spanned<String>,
    name: Spanned<Localised>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RaiseSection {
    when: Spanned<ConditionSection>,
    urgency: Option<Urgency>,
    subject: Option<Spanned<String>>,
    red_flag: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
}

/// Reads the forms; answers every mistake there is. Destinations and red flags are the clinic's other files';
/// what names one of them is not looked up where those could not be read.
pub(super) fn forms(
    file: FormsFile,
    setting: &Setting<'_>,
    requests: Option<&Routines>,
    red_flags: Option<&RedFlags>,
) -> Result<Vec<Form>, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    reading.unique(file.form.iter().map(|form| &form.id));
    let services: BTreeSet<&str> = setting.services.iter().map(|(service, _)| service.as_str()).collect();
    let mut forms = Vec::new();
    for section in &file.form {
        for service in &section.services {
            reading.one_of(service, &services, "service");
        }
        if section.asked.as_ref().is_empty() {
            let right = "Write asked = [\"check-in\"], asked = [\"registration\"], or both.";
            reading.wrong(&section.asked, "this form is never asked", right);
        }
        if section.question.is_empty() {
            let wrong = format!("the form \"{}\" asks nothing", section.id.as_ref());
            reading.wrong(&section.id, wrong, "Add a part [[form.question]] behind it.");
        }
        reading.unique(section.question.iter().map(|question| &question.id));
        let mut questions: Vec<Question> = Vec::new();
        for asked in &section.question {
            let read = question(asked, &questions, requests, red_flags, &mut reading);
            questions.push(read);
        }
        forms.push(Form {
            id: section.id.as_ref().clone(),
            title: reading.complete(&section.title),
            asked: section.asked.as_ref().iter().map(|word| (*word).into()).collect(),
            services: section.services.iter().map(|service| service.as_ref().clone()).collect(),
            how_often: how_often(section.how_often.as_ref(), &mut reading),
            questions,
        });
    }
    reading.end(forms)
}

fn how_often(written: Option<&Spanned<String>>, reading: &mut Reading<'_>) -> HowOften {
    let Some(written) = written else { return HowOften::EveryVisit };
    let words: Vec<&str> = written.as_ref().split_whitespace().collect();
    match words.as_slice() {
        ["every", "visit"] => return HowOften::EveryVisit,
        ["once"] => return HowOften::Once,
        ["every", days, "days" | "day"] => {
            if let Some(days) = days.parse().ok().filter(|days| (1..=36_500).contains(days)) {
                return HowOften::EveryDays(days);
            }
        }
        _ => {}
    }
    let wrong = format!("\"{}\" does not say how often this form is asked", written.as_ref());
    reading.wrong(written, wrong, "Write \"every visit\", \"once\", or for example \"every 90 days\".");
    HowOften::EveryVisit
}

/// Reads a question; `before` are those before it, which alone its conditions may name.
fn question(
    section: &QuestionSection,
    before: &[Question],
    requests: Option<&Routines>,
    red_flags: Option<&RedFlags>,
    reading: &mut Reading<'_>,
) -> Question {
    foreign_fields(section, reading);
    let mut read = Question {
        id: section.id.as_ref().clone(),
        text: reading.complete(&section.text),
        hint: section.hint.as_ref().map(|hint| reading.complete(hint)),
        kind: kind(section, reading),
        required: section.required,
        show_when: None,
        raise: Vec::new(),
    };
    read.show_when = section.show_when.as_ref().and_then(|written| {
        let context = Context { before, itself: None, id: &read.id };
        context.condition(written, reading)
    });
    for written in &section.raise {
        let rule = raise(written, before, &read, requests, red_flags, reading);
        read.raise.extend(rule);
    }
    read
}

fn raise(
    section: &RaiseSection,
    before: &[Question],
    question: &Question,
    requests: Option<&Routines>,
    red_flags: Option<&RedFlags>,
    reading: &mut Reading<'_>,
) -> Option<Raise> {
    let context = Context { before, itself: Some(question), id: &question.id };
    let when = context.condition(&section.when, reading);
    if let (Some(to), Some(requests)) = (&section.to, requests) {
        let known = requests.destinations.iter().map(|destination| destination.id.as_str()).collect();
        reading.one_of(to, &known, "destination");
    }
    let flag = section.red_flag.as_ref().zip(red_flags).and_then(|(named, list)| {
        let known: BTreeSet<&str> = list.flags().iter().map(|flag| flag.id.as_str()).collect();
        reading.one_of(named, &known, "red flag");
        list.flags().iter().find(|flag| flag.id == *named.as_ref())
    });
    if section.urgency.is_none() && section.red_flag.is_none() {
        let right =
            "Write urgency = \"routine\", \"urgent\" or \"emergency\", or name a red_flag, which has one.";
        reading.wrong(&section.when, "this says of no urgency that it is raised with", right);
    }
    if let Some(subject) = section.subject.as_ref().filter(|subject| subject.as_ref().trim().is_empty()) {
        let right = "Write what staff read on the card, or leave it out: then they read the question.";
        reading.wrong(subject, "this subject is empty", right);
    }
    Some(Raise {
        when: when?,
        urgency: section.urgency.into_iter().chain(flag.map(|flag| flag.urgency)).max().unwrap_or_default(),
        subject: section.subject.as_ref().map(|subject| subject.as_ref().trim().to_string()),
        red_flag: section.red_flag.as_ref().map(|flag| flag.as_ref().clone()),
        to: section.to.as_ref().map(|to| to.as_ref().clone()),
    })
}

/// What a question says that has no meaning for its kind.
fn foreign_fields(section: &QuestionSection, reading: &mut Reading<'_>) {
    fn at<T>(field: &Option<Spanned<T>>) -> Option<Spanned<()>> {
        field.as_ref().map(|field| Spanned::new(field.span(), ()))
    }
    use KindWord as K;
    let kind = *section.kind.as_ref();
    let fields = [
        ("longest", at(&section.longest), [K::Text].as_slice(), "a text"),
        ("options", at(&section.options), &[K::Choice, K::Several], "a choice or several"),
        ("range", at(&section.range), &[K::Date], "a date"),
        ("min", at(&section.min), &[K::Number], "a number"),
        ("max", at(&section.max), &[K::Number], "a number"),
        ("decimals", at(&section.decimals), &[K::Number], "a number"),
        ("unit", at(&section.unit), &[K::Number], "a number"),
        ("statement", at(&section.statement), &[K::Signature], "a signature"),
    ];
    for (name, place, kinds, whose) in fields {
        if let Some(place) = place.filter(|_| !kinds.contains(&kind)) {
            let wrong = format!("{name} has no meaning here: it belongs to {whose}");
            reading.wrong(&place, wrong, "Remove the line, or correct the kind of this question.");
        }
    }
}

fn kind(section: &QuestionSection, reading: &mut Reading<'_>) -> Kind {
    match section.kind.as_ref() {
        KindWord::Text => {
            let longest = section.longest.as_ref().map_or(LONGEST, |written| {
                if !(1..=LONGEST_THERE_IS).contains(written.as_ref()) {
                    let wrong = format!("nobody writes {} characters at a kiosk", written.as_ref());
                    reading.wrong(written, wrong, format!("Write a number from 1 to {LONGEST_THERE_IS}."));
                }
                *written.as_ref()
            });
            Kind::Text { longest }
        }
        KindWord::Choice => Kind::Choice(options(section, 2, reading)),
        KindWord::Several => Kind::Several(options(section, 1, reading)),
        KindWord::YesNo => Kind::YesNo,
        KindWord::Date => Kind::Date(match section.range.as_ref().map(|range| *range.as_ref()) {
            Some(RangeWord::Past) => DateRange::Past,
            Some(RangeWord::Future) => DateRange::Future,
            Some(RangeWord::Any) | None => DateRange::Any,
        }),
        KindWord::Number => number(section, reading),
        KindWord::Signature => match &section.statement {
            Some(statement) => Kind::Signature { statement: reading.complete(statement) },
            None => {
                let wrong = "it is not said what is signed";
                let right = "Add statement = { en = \"…\" }: the text that stands above the signature.";
                reading.wrong(&section.kind, wrong, right);
                Kind::Signature { statement: section.text.as_ref().clone() }
            }
        },
    }
}

fn options(section: &QuestionSection, least: usize, reading: &mut Reading<'_>) -> Vec<Choice> {
    let Some(written) = &section.options else {
        let right = "Add options = [{ id = \"…\", name = { en = \"…\" } }, …].";
        reading.wrong(&section.kind, "there is nothing to choose from", right);
        return Vec::new();
    };
    if written.as_ref().len() < least {
        let right = format!("Write {least} or more, or ask with kind = \"yes-no\".");
        reading.wrong(written, "there is nothing to choose from", right);
    }
    reading.unique(written.as_ref().iter().map(|option| &option.id));
    let options = written.as_ref().iter();
    options
        .map(|option| Choice { id: option.id.as_ref().clone(), name: reading.complete(&option.name) })
        .collect()
}

fn number(section: &QuestionSection, reading: &mut Reading<'_>) -> Kind {
    let decimals = section.decimals.as_ref().map_or(0, |written| {
        if *written.as_ref() > Number::DECIMALS {
            let right = format!("Write a number from 0 to {}.", Number::DECIMALS);
            reading.wrong(written, "so many decimals nobody measures here", right);
        }
        *written.as_ref().min(&Number::DECIMALS)
    });
    let mut limit = |written: &Option<Spanned<f64>>| {
        let written = written.as_ref()?;
        let read = Number::from_float(*written.as_ref());
        match read {
            None => {
                let right = format!("Write a number with at most {} decimals.", Number::DECIMALS);
                reading.wrong(written, "this limit cannot be kept exactly", right);
            }
            Some(number) if Number::parse(&number.to_string(), decimals).is_err() => {
                let wrong = format!("this limit has more decimals than the {decimals} that may be typed");
                reading.wrong(written, wrong, "Round it, or allow more with decimals = ….");
            }
            Some(_) => {}
        }
        read
    };
    let (min, max) = (limit(&section.min), limit(&section.max));
    if let (Some(min), Some(max), Some(written)) = (min, max, &section.max)
        && min > max
    {
        let wrong = format!("no number is both at least {min} and at most {max}");
        reading.wrong(written, wrong, "Write a max that is not below min.");
    }
    Kind::Number { min, max, decimals, unit: section.unit.as_ref().map(|unit| reading.complete(unit)) }
}

impl From<OccasionWord> for Occasion {
    fn from(word: OccasionWord) -> Self {
        match word {
            OccasionWord::CheckIn => Self::CheckIn,
            OccasionWord::Registration => Self::Registration,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::clinic::{EXAMPLE, RoutineTexts, read_texts};

    /// What is wrong with a text of forms, each with its line.
    fn wrong(text: &str) -> Vec<String> {
        let mut texts = RoutineTexts::example();
        texts.replace("forms.toml", text.into());
        let errors = read_texts("clinic.toml", EXAMPLE, &texts).err();
        errors.into_iter().flatten().map(|error| error.to_string()).collect()
    }

    #[test]
    fn every_mistake_in_a_form_is_answered_with_its_line() {
        let all =
            "en = \"x\", es = \"x\", ar = \"x\", hi = \"x\", fr = \"x\", de = \"x\", pt = \"x\", zh = \"x\"";
        let text = format!(
            r#"[[form]]
id = "one"
title = {{ en = "One", es = "Uno", fr = "x", de = "x", pt = "x", ar = "x" }}
asked = []
services = ["bloood"]
how_often = "sometimes"
[[form.question]]
id = "a"
kind = "choice"
text = {{ {all} }}
options = [{{ id = "x", name = {{ {all} }} }}, {{ id = "x", name = {{ {all} }} }}]
show_when = {{ question = "b", answered = true }}
min = 3
[[form.question]]
id = "b"
kind = "number"
text = {{ {all} }}
min = 9
max = 3
show_when = {{ question = "a", equals = "y" }}
[[form.question]]
id = "c"
kind = "signature"
text = {{ {all} }}
show_when = {{ question = "a", more_than = 2 }}
[[form.question]]
id = "c"
kind = "text"
text = {{ {all} }}
longest = 0
show_when = {{ question = "b", equals = "7" }}
[[form.question.raise]]
when = {{ equals = "x" }}
to = "nobody"
red_flag = "none"
[[form.question]]
id = "d"
kind = "several"
text = {{ {all} }}
show_when = {{ question = "d", answered = true }}
[[form.question]]
id = "e"
kind = "number"
text = {{ {all} }}
decimals = 4
max = 10
[[form.question.raise]]
when = {{ more_than = 10 }}
[[form.question]]
id = "f"
kind = "date"
text = {{ {all} }}
show_when = {{ question = "e", more_than = 1, less_than = 3 }}
[[form]]
id = "one"
title = {{ {all} }}
asked = ["check-in"]
[[form]]
id = "two"
title = {{ {all} }}
asked = ["check-in"]
[[form.question]]
id = "g"
kind = "date"
text = {{ {all} }}
show_when = {{ all = [] }}
[[form.question]]
id = "h"
kind = "yes-no"
text = {{ {all} }}
show_when = {{ question = "g", less_than = 0 }}
"#
        );
        let wrong = wrong(&text);
        for expected in [
            "3: this text is missing in \"hi\"",
            "4: this form is never asked",
            "5: there is no service \"bloood\"",
            "6: \"sometimes\" does not say how often",
            "11: \"x\" stands here twice",
            "12: no question \"b\" is asked before this one",
            "13: min has no meaning here",
            "19: no number is both at least 9 and at most 3",
            "20: there is no option of \"a\" called \"y\"",
            "23: it is not said what is signed",
            "25: more_than does not fit \"a\"",
            "27: \"c\" stands here twice",
            "30: nobody writes 0 characters",
            "31: equals does not fit \"b\", which is a number",
            "33: equals does not fit \"c\", which is free text",
            "34: there is no destination \"nobody\"",
            "35: there is no red flag \"none\"",
            "38: there is nothing to choose from",
            "40: \"d\" cannot depend on its own answer",
            "45: so many decimals nobody measures",
            "48: no answer to \"e\" can be more_than 10",
            "48: this says of no urgency",
            "53: this condition says two things at once",
            "55: \"one\" stands here twice",
            "55: the form \"one\" asks nothing",
            "66: nothing is joined here",
            "71: a date cannot be less_than 0 days",
        ] {
            let expected = format!("forms.toml:{expected}");
            assert!(wrong.iter().any(|found| found.contains(&expected)), "{expected} is not in {wrong:#?}");
        }
        assert_eq!(wrong.len(), 27, "{wrong:#?}");
    }

    #[test]
    fn a_clinic_without_forms_asks_none() {
        assert_eq!(wrong(""), Vec::<String>::new());
    }
}
