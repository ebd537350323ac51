//! Reading the conditions of `forms.toml`: what must have been answered for a question to be asked, or for an
//! answer to be raised.

use super::routine_files::Reading;
use crate::front_desk::form::{Choice, Condition, Kind, Number, Question, Test};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionSection {
    question: Option<Spanned<String>>,
    answered: Option<Spanned<bool>>,
    equals: Option<Spanned<toml::Value>>,
    any_of: Option<Spanned<Vec<Spanned<String>>>>,
    contains: Option<Spanned<String>>,
    more_than: Option<Spanned<f64>>,
    less_than: Option<Spanned<f64>>,
    all: Option<Spanned<Vec<Spanned<ConditionSection>>>>,
    any: Option<Spanned<Vec<Spanned<ConditionSection>>>>,
    not: Option<Box<Spanned<ConditionSection>>>,
}

/// Which questions a condition can speak of.
pub(super) struct Context<'a> {
    /// Those that are asked before.
    pub before: &'a [Question],
    /// The question that the condition belongs to, where its own answer may be looked at.
    pub itself: Option<&'a Question>,
    /// Its id.
    pub id: &'a str,
}

const SAYS: &str = "equals, any_of, contains, more_than, less_than, answered, all, any or not";

impl Context<'_> {
    /// Reads a condition; `None` where something in it is wrong, which is noted.
    pub fn condition(
        &self,
        written: &Spanned<ConditionSection>,
        reading: &mut Reading<'_>,
    ) -> Option<Condition> {
        let section = written.as_ref();
        let tests = [
            section.answered.is_some(),
            section.equals.is_some(),
            section.any_of.is_some(),
            section.contains.is_some(),
            section.more_than.is_some(),
            section.less_than.is_some(),
        ];
        let tests = tests.into_iter().filter(|there| *there).count();
        let groups = [section.all.is_some(), section.any.is_some(), section.not.is_some()];
        let groups = groups.into_iter().filter(|there| *there).count();
        if tests + groups != 1 {
            let wrong = if tests + groups == 0 {
                "this condition compares nothing"
            } else {
                "this condition says two things at once"
            };
            let right = format!("Write exactly one of {SAYS}; join several with all = [{{ … }}, {{ … }}].");
            reading.wrong(written, wrong, right);
            return None;
        }
        if groups == 1 {
            if let Some(question) = &section.question {
                let right = "Name the question within each of the conditions that are joined.";
                reading.wrong(question, "all, any and not speak of no question themselves", right);
            }
            return self.group(section, reading);
        }
        let (position, question) = self.question(written, reading)?;
        test(section, question, reading).map(|test| Condition::Answer(position, test))
    }

    fn group(&self, section: &ConditionSection, reading: &mut Reading<'_>) -> Option<Condition> {
        if let Some(not) = &section.not {
            return self.condition(not, reading).map(|one| Condition::Not(Box::new(one)));
        }
        let (joined, all) = match (&section.all, &section.any) {
            (Some(joined), _) => (joined, true),
            (None, Some(joined)) => (joined, false),
            (None, None) => return None,
        };
        if joined.as_ref().is_empty() {
            let right = "Write at least one condition: [{ question = \"…\", equals = \"…\" }].";
            reading.wrong(joined, "nothing is joined here", right);
        }
        let read: Vec<_> = joined.as_ref().iter().map(|one| self.condition(one, reading)).collect();
        let read = read.into_iter().collect::<Option<Vec<_>>>()?;
        Some(if all { Condition::All(read) } else { Condition::Any(read) })
    }

    /// The question that a condition speaks of.
    fn question(
        &self,
        written: &Spanned<ConditionSection>,
        reading: &mut Reading<'_>,
    ) -> Option<(usize, &Question)> {
        let Some(named) = &written.as_ref().question else {
            if self.itself.is_none() {
                let right = "Add question = \"…\": the id of a question that is asked before this one.";
                reading.wrong(written, "it is not said which answer is looked at", right);
            }
            return self.itself.map(|itself| (self.before.len(), itself));
        };
        let earlier = self.before.iter().enumerate();
        let itself = self.itself.map(|itself| (self.before.len(), itself));
        let found = earlier.chain(itself).find(|(_, question)| question.id == *named.as_ref());
        if found.is_none() {
            let known: Vec<_> = self.before.iter().map(|question| question.id.as_str()).collect();
            let wrong = if named.as_ref() == self.id {
                format!("\"{}\" cannot depend on its own answer", named.as_ref())
            } else {
                format!("no question \"{}\" is asked before this one", named.as_ref())
            };
            let right = if known.is_empty() {
                "This is the first question: nothing can be looked at. Remove the condition, or ask the other question before.".to_string()
            } else {
                format!("Write one of those before: {}; or ask the other question earlier.", known.join(", "))
            };
            reading.wrong(named, wrong, right);
        }
        found
    }
}

/// What an answer must be like.
fn test(section: &ConditionSection, question: &Question, reading: &mut Reading<'_>) -> Option<Test> {
    let id = &question.id;
    if let Some(answered) = &section.answered {
        return Some(Test::Answered(*answered.as_ref()));
    }
    if let Some(any_of) = &section.any_of {
        let Some(options) = options(&question.kind) else {
            mismatch(any_of, "any_of", question, reading);
            return None;
        };
        if any_of.as_ref().is_empty() {
            reading.wrong(any_of, "none of nothing is ever chosen", "Write ids of options.");
        }
        let positions = any_of.as_ref().iter().map(|option| position(option, options, id, reading));
        return positions.collect::<Vec<_>>().into_iter().collect::<Option<BTreeSet<_>>>().map(Test::OneOf);
    }
    if let Some(contains) = &section.contains {
        let Kind::Several(options) = &question.kind else {
            mismatch(contains, "contains", question, reading);
            return None;
        };
        return position(contains, options, id, reading).map(|one| Test::OneOf([one].into()));
    }
    if let Some(limit) = &section.more_than {
        return compared(limit, true, question, reading);
    }
    if let Some(limit) = &section.less_than {
        return compared(limit, false, question, reading);
    }
    let equals = section.equals.as_ref()?;
    match (&question.kind, equals.as_ref()) {
        (Kind::YesNo, toml::Value::Boolean(yes)) => Some(Test::YesNo(*yes)),
        (Kind::YesNo, toml::Value::String(word)) if word == "yes" || word == "no" => {
            Some(Test::YesNo(word == "yes"))
        }
        (Kind::YesNo, _) => {
            let wrong = format!("\"{id}\" is answered with yes or no");
            reading.wrong(equals, wrong, "Write equals = \"yes\" or equals = \"no\".");
            None
        }
        (Kind::Choice(options), toml::Value::String(option)) => {
            let option = Spanned::new(equals.span(), option.clone());
            position(&option, options, id, reading).map(|one| Test::OneOf([one].into()))
        }
        (Kind::Number { .. }, toml::Value::Integer(_) | toml::Value::Float(_)) => {
            let value = equals.as_ref().as_float();
            let value = value.or(equals.as_ref().as_integer().map(|whole| whole as f64));
            let number = within(&Spanned::new(equals.span(), value?), question, reading)?;
            Some(Test::Is(number))
        }
        _ => {
            mismatch(equals, "equals", question, reading);
            None
        }
    }
}

/// A comparison that a kind of question does not allow, or a value that it cannot have.
fn mismatch<T>(at: &Spanned<T>, what: &str, question: &Question, reading: &mut Reading<'_>) {
    let right = match question.kind {
        Kind::Text { .. } => {
            "Free text is looked at with answered = true; words of danger in it are found by red-flags.toml."
        }
        Kind::Choice(_) => "Write equals = \"…\" with the id of an option, or any_of = [\"…\", \"…\"].",
        Kind::Several(_) => "Write contains = \"…\" with the id of an option, or any_of = [\"…\", \"…\"].",
        Kind::YesNo => "Write equals = \"yes\" or equals = \"no\".",
        Kind::Date(_) => {
            "Write more_than = … or less_than = … with the days between that day and today, or answered = true."
        }
        Kind::Number { .. } => "Write more_than = …, less_than = … or equals = … with a number.",
        Kind::Signature { .. } => "A signature is looked at with answered = true.",
    };
    let wrong = format!("{what} does not fit \"{}\", which is {}", question.id, question.kind.words());
    reading.wrong(at, wrong, right);
}

fn options(kind: &Kind) -> Option<&[Choice]> {
    match kind {
        Kind::Choice(options) | Kind::Several(options) => Some(options),
        _ => None,
    }
}

fn position(
    option: &Spanned<String>,
    options: &[Choice],
    question: &str,
    reading: &mut Reading<'_>,
) -> Option<usize> {
    let known = options.iter().map(|option| option.id.as_str()).collect();
    reading.one_of(option, &known, &format!("option of \"{question}\" called"));
    options.iter().position(|known| known.id == *option.as_ref())
}

/// `more_than` or `less_than`.
fn compared(
    limit: &Spanned<f64>,
    more: bool,
    question: &Question,
    reading: &mut Reading<'_>,
) -> Option<Test> {
    let what = if more { "more_than" } else { "less_than" };
    match &question.kind {
        Kind::Number { min, max, .. } => {
            let number = exact(limit, reading)?;
            let never = match (more, min, max) {
                (true, _, Some(max)) => number >= *max,
                (false, Some(min), _) => number <= *min,
                _ => false,
            };
            if never {
                let wrong = format!("no answer to \"{}\" can be {what} {number}", question.id);
                reading.wrong(limit, wrong, "Write a number between its min and its max.");
            }
            Some(if more { Test::MoreThan(number) } else { Test::LessThan(number) })
        }
        Kind::Date(_) => {
            let days = *limit.as_ref();
            let least = if more { 0.0 } else { 1.0 };
            if days.fract() != 0.0 || !(least..=50_000.0).contains(&days) {
                let wrong = format!("a date cannot be {what} {days} days away from today");
                reading.wrong(limit, wrong, "Write a whole number of days between that day and today.");
                return None;
            }
            // In range by the check above.
            let days = days as u32;
            Some(if more { Test::MoreDaysThan(days) } else { Test::FewerDaysThan(days) })
        }
        _ => {
            mismatch(limit, what, question, reading);
            None
        }
    }
}

fn exact(written: &Spanned<f64>, reading: &mut Reading<'_>) -> Option<Number> {
    let number = Number::from_float(*written.as_ref());
    if number.is_none() {
        let right = format!("Write a number with at most {} decimals.", Number::DECIMALS);
        reading.wrong(written, "this number cannot be kept exactly", right);
    }
    number
}

/// A number that an answer to the question can be.
fn within(written: &Spanned<f64>, question: &Question, reading: &mut Reading<'_>) -> Option<Number> {
    let number = exact(written, reading)?;
    let Kind::Number { min, max, decimals, .. } = &question.kind else { return None };
    let outside = min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
    if outside || Number::parse(&number.to_string(), *decimals).is_err() {
        let wrong = format!("no answer to \"{}\" can be {number}", question.id);
        reading.wrong(written, wrong, "Write a number that can be typed there.");
    }
    Some(number)
}
