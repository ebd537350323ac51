//! Reading `registration.toml`; every mistake in it is answered.

use super::{Asked, Confirm, ConfirmedDetail, Format, OwnField, Pattern, RegistrationForm, SchemeField};
use crate::clinic::Localised;
use crate::clinic::mistake::{AtLeastOne, Mistake};
use crate::clinic::routine_files::{Reading, Setting};
use crate::front_desk::address::Country;
use crate::front_desk::registration::Question;
use crate::front_desk::scheme_number::SchemeKind;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

const CONFIRMED: [(&str, ConfirmedDetail); 4] = [
    ("address", ConfirmedDetail::Address),
    ("phone", ConfirmedDetail::Phone),
    ("email", ConfirmedDetail::Email),
    ("emergency-contact", ConfirmedDetail::EmergencyContact),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::clinic) struct RegistrationFile {
    country: Option<Spanned<String>>,
    step: Spanned<Vec<StepSection>>,
    scheme: Option<SchemeSection>,
    #[serde(default)]
    own: Vec<OwnSection>,
    confirm: Option<ConfirmSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepSection {
    name: Option<Spanned<Localised>>,
    ask: Vec<Spanned<String>>,
    #[serde(default)]
    may_skip: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeSection {
    kind: Spanned<String>,
    name: Spanned<Localised>,
    hint: Option<Spanned<Localised>>,
    pattern: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnSection {
    id: Spanned<String>,
    ask: Spanned<Localised>,
    hint: Option<Spanned<Localised>>,
    format: Spanned<String>,
    pattern: Option<Spanned<String>>,
    longest: Option<Spanned<usize>>,
    example: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmSection {
    details: Vec<Spanned<String>>,
    every_days: Spanned<u16>,
}

const OWN: &str = "own:";
const PATTERN_RIGHT: &str =
    "Write a regular expression that a whole answer fits, in single quotes: '[A-Z]{3}\\d{4}'.";

/// Everything of `registration.toml`.
pub(in crate::clinic) fn registration(
    file: RegistrationFile,
    setting: &Setting<'_>,
) -> Result<RegistrationForm, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let country = file.country.as_ref().and_then(|code| {
        let country = Country::parse(code.as_ref());
        if country.is_none() {
            let wrong = format!("\"{}\" is no country of ISO 3166-1", code.as_ref());
            reading.wrong(code, wrong, "Write its two capital letters, such as country = \"ES\".");
        }
        country
    });
    let own = own_fields(&file.own, &mut reading);
    let scheme = file.scheme.as_ref().and_then(|section| scheme(section, &mut reading));

    let mut asked: Vec<Asked> = Vec::new();
    let mut steps = Vec::new();
    for (step, section) in file.step.get_ref().iter().enumerate() {
        steps.push(section.name.as_ref().map(|name| reading.complete(name)));
        let within: BTreeSet<&str> = section.ask.iter().map(|id| id.as_ref().as_str()).collect();
        for id in &section.may_skip {
            reading.one_of(id, &within, "question of this step called");
            if required(id.as_ref()) {
                let wrong = format!("\"{}\" cannot be passed over: no record can be without it", id.as_ref());
                reading.wrong(id, wrong, "Take it out of may_skip.");
            }
        }
        let may_skip: BTreeSet<&str> = section.may_skip.iter().map(|id| id.as_ref().as_str()).collect();
        for id in &section.ask {
            let Some(question) = question(id, &file.own, &mut reading) else { continue };
            if asked.iter().any(|known| known.question == question) {
                let wrong = format!("\"{}\" is asked twice", id.as_ref());
                reading.wrong(id, wrong, "Leave it where it fits best, and take it out elsewhere.");
                continue;
            }
            fits(question, id, country, file.scheme.is_some(), &mut reading);
            asked.push(Asked { question, may_skip: may_skip.contains(id.as_ref().as_str()), step });
        }
    }
    whole(&asked, &file, &mut reading);
    let confirm = file.confirm.as_ref().map(|section| confirm(section, &mut reading)).unwrap_or_default();
    reading.end(RegistrationForm { country, asked, steps, own, scheme, confirm })
}

fn required(id: &str) -> bool {
    ["given-name", "family-name", "date-of-birth", "consent"].contains(&id)
}

fn question(id: &Spanned<String>, own: &[OwnSection], reading: &mut Reading<'_>) -> Option<Question> {
    let written = id.as_ref().as_str();
    if let Some(own_id) = written.strip_prefix(OWN) {
        let position = own.iter().position(|own| own.id.as_ref() == own_id);
        if position.is_none() {
            let right = format!("Add a part [[own]] with id = \"{own_id}\", or correct the name.");
            reading.wrong(id, format!("no part [[own]] describes \"{own_id}\""), right);
        }
        return position.and_then(|position| u8::try_from(position).ok()).map(Question::Own);
    }
    let question = Question::from_id(written);
    if question.is_none() {
        let known: Vec<_> = Question::KNOWN.iter().map(|(_, id)| *id).collect();
        let right = format!("Write one of: {}; or own:ID for a field of your own.", known.join(", "));
        reading.wrong(id, format!("there is no question \"{written}\""), right);
    }
    question
}

/// What a question needs beside itself.
fn fits(
    question: Question,
    id: &Spanned<String>,
    country: Option<Country>,
    scheme: bool,
    reading: &mut Reading<'_>,
) {
    let (wrong, right) = match (question, country) {
        (Question::SchemeNumber, _) if !scheme => {
            ("nothing says what number this is".to_string(), "Add a part [scheme] with its kind and name.")
        }
        (Question::Region, Some(country)) if !country.has_regions() => {
            (format!("addresses of {} name no region", country.code()), "Take it out.")
        }
        (Question::PostalCode | Question::PostalCodeAndTown, Some(country))
            if !country.has_postal_codes() =>
        {
            (format!("{} has no postal codes", country.code()), "Ask for \"town\" instead.")
        }
        _ => return,
    };
    reading.wrong(id, wrong, right);
}

/// What no registration can be without.
fn whole(asked: &[Asked], file: &RegistrationFile, reading: &mut Reading<'_>) {
    let has = |question| asked.iter().any(|asked| asked.question == question);
    for (question, id, why) in [
        (Question::GivenName, "given-name", "every record has a name"),
        (Question::FamilyName, "family-name", "with the date of birth it is how patients are found again"),
        (Question::DateOfBirth, "date-of-birth", "with the family name it is how patients are found again"),
        (Question::Consent, "consent", "nothing may be kept without it"),
    ] {
        if !has(question) {
            let right = format!("Add \"{id}\" to the ask = […] of a step.");
            reading.wrong(&file.step, format!("\"{id}\" is not asked: {why}"), right);
        }
    }
    if has(Question::Consent) && asked.last().is_none_or(|asked| asked.question != Question::Consent) {
        let right = "Let \"consent\" be the last question of the last step.";
        reading.wrong(&file.step, "something is asked after the consent, which is to all of it", right);
    }
    let in_one = has(Question::PostalCodeAndTown);
    if in_one && (has(Question::PostalCode) || has(Question::Town)) {
        let right = "Ask for \"postal-code-and-town\" in one, or for \"postal-code\" and \"town\" each.";
        reading.wrong(&file.step, "postal code and town are asked twice", right);
    }
    let place = in_one || has(Question::PostalCode) || has(Question::Town) || has(Question::Region);
    if place != has(Question::Street) {
        let right = "Ask for \"street\" and for the town, or for neither.";
        reading.wrong(&file.step, "half an address reaches nobody", right);
    }
    if has(Question::ContactPhone) != has(Question::ContactName) {
        let right = "Ask for \"contact-name\" and \"contact-phone\", or for neither.";
        reading.wrong(&file.step, "an emergency contact is a name and a number", right);
    }
    for own in &file.own {
        let id = format!("{OWN}{}", own.id.as_ref());
        let stands = |step: &StepSection| step.ask.iter().any(|asked| *asked.as_ref() == id);
        if !file.step.get_ref().iter().any(stands) {
            reading.wrong(
                &own.id,
                format!("\"{}\" is never asked", own.id.as_ref()),
                format!("Add \"{id}\" to the ask = […] of a step, or remove this part."),
            );
        }
    }
}

fn own_fields(sections: &[OwnSection], reading: &mut Reading<'_>) -> Vec<OwnField> {
    reading.unique(sections.iter().map(|own| &own.id));
    if let Some(beyond) = sections.get(100) {
        reading.wrong(&beyond.id, "nobody answers so many questions", "Ask for 100 fields at most.");
    }
    let mut fields = Vec::new();
    for section in sections {
        let usual = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !section.id.as_ref().is_empty() && !section.id.as_ref().chars().all(usual) {
            let wrong = format!("\"{}\" is no usable id", section.id.as_ref());
            reading.wrong(&section.id, wrong, "Write letters from a to z, figures and -.");
        }
        let pattern = section.pattern.as_ref().and_then(|text| pattern(text, reading));
        let format = match (section.format.as_ref().as_str(), &section.pattern) {
            ("text", None) => Some(Format::Text),
            ("digits", None) => Some(Format::Digits),
            ("pattern", Some(_)) => pattern.map(Format::Pattern),
            ("pattern", None) => {
                reading.wrong(
                    &section.format,
                    "the pattern itself is missing",
                    "Add pattern = '…' to this part.",
                );
                None
            }
            ("text" | "digits", Some(pattern)) => {
                reading.wrong(
                    pattern,
                    "only format = \"pattern\" has a pattern",
                    "Correct format, or remove the pattern.",
                );
                None
            }
            (other, _) => {
                let wrong = format!("there is no format \"{other}\"");
                reading.wrong(&section.format, wrong, "Write one of: text, digits, pattern.");
                None
            }
        };
        let longest = section.longest.as_ref().map_or(60, |longest| *longest.as_ref());
        if let Some(written) =
            section.longest.as_ref().filter(|longest| !(1..=200).contains(longest.as_ref()))
        {
            reading.wrong(written, "no answer has this length", "Write 1 to 200 characters.");
        }
        let field = OwnField {
            id: section.id.as_ref().clone(),
            ask: reading.complete(&section.ask),
            hint: section.hint.as_ref().map(|hint| reading.complete(hint)),
            example: section.example.as_ref().map(|example| example.as_ref().clone()),
            // Without one the file is refused.
            format: format.unwrap_or(Format::Text),
            longest,
        };
        if let Some(example) =
            section.example.as_ref().filter(|example| field.read(example.as_ref()).is_err())
        {
            reading.wrong(
                example,
                "the example does not fit its own format",
                "Write an answer that would be taken.",
            );
        }
        fields.push(field);
    }
    fields
}

fn pattern(text: &Spanned<String>, reading: &mut Reading<'_>) -> Option<Pattern> {
    let pattern = Pattern::read(text.as_ref());
    if pattern.is_none() {
        reading.wrong(text, format!("\"{}\" is no pattern", text.as_ref()), PATTERN_RIGHT);
    }
    pattern
}

fn scheme(section: &SchemeSection, reading: &mut Reading<'_>) -> Option<SchemeField> {
    let kind = SchemeKind::from_id(section.kind.as_ref());
    if kind.is_none() {
        let known: Vec<_> = SchemeKind::ALL.iter().map(|kind| kind.id()).collect();
        let wrong = format!("there is no kind of number \"{}\"", section.kind.as_ref());
        reading.wrong(&section.kind, wrong, format!("Write one of: {}.", known.join(", ")));
    }
    let field = SchemeField {
        kind: kind.unwrap_or(SchemeKind::Pattern),
        name: reading.complete(&section.name),
        hint: section.hint.as_ref().map(|hint| reading.complete(hint)),
        pattern: section.pattern.as_ref().and_then(|text| pattern(text, reading)),
    };
    match (kind, &section.pattern) {
        (Some(SchemeKind::Pattern), None) => {
            reading.wrong(&section.kind, "the pattern itself is missing", PATTERN_RIGHT);
        }
        (Some(kind), Some(pattern)) if kind != SchemeKind::Pattern => {
            reading.wrong(
                pattern,
                format!("numbers of the kind {} have a form of their own", kind.id()),
                "Remove the pattern, or write kind = \"pattern\".",
            );
        }
        _ => {}
    }
    Some(field)
}

fn confirm(section: &ConfirmSection, reading: &mut Reading<'_>) -> Confirm {
    let known: BTreeSet<&str> = CONFIRMED.iter().map(|(id, _)| *id).collect();
    reading.unique(section.details.iter());
    let mut details = Vec::new();
    for id in &section.details {
        reading.one_of(id, &known, "detail to confirm called");
        details.extend(CONFIRMED.iter().find(|(known, _)| known == id.as_ref()).map(|(_, detail)| *detail));
    }
    if *section.every_days.as_ref() == 0 {
        let right = "Write every_days = 1 for every day, or leave [confirm] out for never.";
        reading.wrong(&section.every_days, "0 days is no time", right);
    }
    Confirm { details, every_days: *section.every_days.as_ref() }
}
