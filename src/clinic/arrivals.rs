//! `arrivals.toml`: what is done in each case of an arrival, and what the patient reads.

use super::Localised;
use super::mistake::{AtLeastOne, Mistake};
use super::routine_files::{Reading, Setting};
use crate::front_desk::appointment::ArrivalWindow;
use crate::front_desk::arrival::ArrivalCase;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// The patient is told what to do, and can ask for a person.
    Tell,
    /// A person at the desk must see to it.
    Desk,
    /// Checked in all the same; the desk sees why it was a question.
    CheckIn,
    /// A ticket of the queue without the appointment is offered.
    WalkIn,
}

impl Then {
    const ALL: [Self; 4] = [Self::Tell, Self::Desk, Self::CheckIn, Self::WalkIn];

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Tell => "tell",
            Self::Desk => "desk",
            Self::CheckIn => "check-in",
            Self::WalkIn => "walk-in",
        }
    }

    /// Why a case cannot end in this, where it cannot.
    fn senseless_for(self, case: ArrivalCase) -> Option<&'static str> {
        use ArrivalCase as C;
        match (self, case) {
            (Self::CheckIn, C::Missed) => Some(
                "who may still be checked in has not missed the appointment: raise after_minutes instead",
            ),
            (Self::CheckIn, C::OtherDay) => Some("nobody here waits today for an appointment of another day"),
            (Self::CheckIn | Self::WalkIn, C::OtherSite) => {
                Some("the patient would wait here while the clinician waits at the other site")
            }
            (Self::CheckIn, C::Cancelled) => {
                Some("nobody expects the patient of an appointment that was called off")
            }
            (Self::CheckIn, C::NoAppointment) => {
                Some("there is no appointment to check in for; \"walk-in\" gives a ticket without one")
            }
            (Self::CheckIn | Self::WalkIn, C::NoRecord) => {
                Some("a ticket belongs to a record, and it is not known whose it would be")
            }
            (Self::Tell | Self::WalkIn, C::BalanceDue) => {
                Some("whoever is due is seen: either checked in, or sent to a person first")
            }
            (Self::WalkIn, C::Early) => {
                Some("the appointment still stands, and the patient would be called twice")
            }
            _ => None,
        }
    }

    fn sensible_for(case: ArrivalCase) -> Vec<&'static str> {
        let sensible = Self::ALL.into_iter().filter(|then| then.senseless_for(case).is_none());
        sensible.map(Self::word).collect()
    }

    /// What is done where the clinic has written nothing.
    fn by_default(case: ArrivalCase) -> Self {
        match case {
            ArrivalCase::Early | ArrivalCase::OtherDay | ArrivalCase::OtherSite => Self::Tell,
            ArrivalCase::BalanceDue => Self::CheckIn,
            ArrivalCase::Late
            | ArrivalCase::Missed
            | ArrivalCase::Cancelled
            | ArrivalCase::Changed
            | ArrivalCase::NoAppointment
            | ArrivalCase::NoRecord => Self::Desk,
        }
    }
}

/// What is done in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseAnswer {
    /// What is done.
    pub then: Then,
    /// What stands above the sentences; the program's own text where this is none.
    pub title: Option<Localised>,
    /// What the patient reads, with placeholders; the program's own sentences where there are none.
    pub say: Vec<Localised>,
}

impl CaseAnswer {
    fn by_default(case: ArrivalCase) -> Self {
        Self { then: Then::by_default(case), title: None, say: Vec::new() }
    }
}

/// What the clinic has written about arrivals. Without a file of it nothing is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arrivals {
    written: BTreeMap<ArrivalCase, CaseAnswer>,
    missed_after: Option<u16>,
    of_service: BTreeMap<String, OfService>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct OfService {
    written: BTreeMap<ArrivalCase, CaseAnswer>,
    missed_after: Option<u16>,
}

impl Arrivals {
    /// What is done in a case, for an appointment of a service where there is one.
    pub fn answer(&self, case: ArrivalCase, service: Option<&str>) -> CaseAnswer {
        let own =
            service.and_then(|service| self.of_service.get(service)).and_then(|own| own.written.get(&case));
        own.or_else(|| self.written.get(&case)).cloned().unwrap_or_else(|| CaseAnswer::by_default(case))
    }

    /// After how many minutes an appointment of a service counts as missed.
    pub fn missed_after_minutes(&self, service: &str) -> Option<u16> {
        self.of_service.get(service).and_then(|own| own.missed_after).or(self.missed_after)
    }
}

/// The placeholders there are, each with what stands in its place.
const PLACEHOLDERS: [&str; 8] = ["time", "day", "clinician", "service", "site", "way", "opens", "balance"];

/// What can stand in the sentences of a case.
fn placeholders_of(case: ArrivalCase) -> &'static [&'static str] {
    match case {
        ArrivalCase::Early => &["time", "day", "clinician", "service", "site", "opens"],
        ArrivalCase::Late
        | ArrivalCase::Missed
        | ArrivalCase::OtherDay
        | ArrivalCase::Cancelled
        | ArrivalCase::Changed => &["time", "day", "clinician", "service", "site"],
        ArrivalCase::OtherSite => &["time", "day", "clinician", "service", "site", "way"],
        ArrivalCase::BalanceDue => &["time", "day", "clinician", "service", "site", "balance"],
        ArrivalCase::NoAppointment | ArrivalCase::NoRecord => &[],
    }
}

/// A text with each placeholder replaced by what `value` answers for its name.
pub fn filled(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) => {
                said.push_str(&value(name.trim()));
                rest = behind;
            }
            // The file is refused for it; a text that is not from there is shown as it is.
            None => {
                said.push('{');
                rest = after;
            }
        }
    }
    said.push_str(rest);
    said
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ArrivalsFile {
    early: Option<Spanned<CaseSection>>,
    late: Option<Spanned<CaseSection>>,
    missed: Option<Spanned<MissedSection>>,
    other_day: Option<Spanned<CaseSection>>,
    other_site: Option<Spanned<CaseSection>>,
    cancelled: Option<Spanned<CaseSection>>,
    changed: Option<Spanned<CaseSection>>,
    no_appointment: Option<Spanned<CaseSection>>,
    no_record: Option<Spanned<CaseSection>>,
    balance_due: Option<Spanned<CaseSection>>,
    service: BTreeMap<Spanned<String>, ServiceSection>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct ServiceSection {
    early: Option<Spanned<CaseSection>>,
    late: Option<Spanned<CaseSection>>,
    missed: Option<Spanned<MissedSection>>,
    other_day: Option<Spanned<CaseSection>>,
    other_site: Option<Spanned<CaseSection>>,
    cancelled: Option<Spanned<CaseSection>>,
    changed: Option<Spanned<CaseSection>>,
    balance_due: Option<Spanned<CaseSection>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseSection {
    then: Option<Spanned<Then>>,
    title: Option<Spanned<Localised>>,
    #[serde(default)]
    say: Vec<Spanned<Localised>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissedSection {
    after_minutes: Option<Spanned<u16>>,
    then: Option<Spanned<Then>>,
    title: Option<Spanned<Localised>>,
    #[serde(default)]
    say: Vec<Spanned<Localised>>,
}

/// The parts of one level of the file, each with its case.
type Parts = Vec<(ArrivalCase, Spanned<CaseSection>)>;

/// The second limit, where the part of what is missed has one.
fn limit_of(section: &Option<Spanned<MissedSection>>) -> Option<Spanned<u16>> {
    section.as_ref().and_then(|section| section.get_ref().after_minutes.clone())
}

/// What is missed, without its limit.
fn without_limit(section: Option<Spanned<MissedSection>>) -> Option<Spanned<CaseSection>> {
    section.map(|section| {
        let span = section.span();
        let MissedSection { then, title, say, .. } = section.into_inner();
        Spanned::new(span, CaseSection { then, title, say })
    })
}

impl ArrivalsFile {
    fn parts(self) -> (Parts, Option<Spanned<u16>>, BTreeMap<Spanned<String>, ServiceSection>) {
        use ArrivalCase as C;
        let limit = limit_of(&self.missed);
        let all = [
            (C::Early, self.early),
            (C::Late, self.late),
            (C::Missed, without_limit(self.missed)),
            (C::OtherDay, self.other_day),
            (C::OtherSite, self.other_site),
            (C::Cancelled, self.cancelled),
            (C::Changed, self.changed),
            (C::NoAppointment, self.no_appointment),
            (C::NoRecord, self.no_record),
            (C::BalanceDue, self.balance_due),
        ];
        let there = all.into_iter().filter_map(|(case, section)| Some((case, section?)));
        (there.collect(), limit, self.service)
    }
}

impl ServiceSection {
    fn parts(self) -> (Parts, Option<Spanned<u16>>) {
        use ArrivalCase as C;
        let limit = limit_of(&self.missed);
        let all = [
            (C::Early, self.early),
            (C::Late, self.late),
            (C::Missed, without_limit(self.missed)),
            (C::OtherDay, self.other_day),
            (C::OtherSite, self.other_site),
            (C::Cancelled, self.cancelled),
            (C::Changed, self.changed),
            (C::BalanceDue, self.balance_due),
        ];
        let there = all.into_iter().filter_map(|(case, section)| Some((case, section?)));
        (there.collect(), limit)
    }
}

/// Reads `arrivals.toml`.
pub(super) fn arrivals(file: ArrivalsFile, setting: &Setting<'_>) -> Result<Arrivals, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let mut arrivals = Arrivals::default();
    let (parts, missed_after, services) = file.parts();
    let limited = missed_after.is_some() || services.values().any(|own| limit_of(&own.missed).is_some());
    for (case, section) in parts {
        if case == ArrivalCase::Missed && !limited {
            let right = "Add after_minutes = 60, for example: so long after the start it counts as missed.";
            reading.wrong(&section, "nothing says when an appointment is missed", right);
        }
        let answer =
            case_answer(case, &section, &CaseAnswer::by_default(case), missed_after.is_some(), &mut reading);
        arrivals.written.insert(case, answer);
    }
    // The widest window holds the general limit; each service's own holds its own.
    let known: BTreeSet<&str> = setting.services.iter().map(|(id, _)| id.as_str()).collect();
    for (id, section) in services {
        reading.one_of(&id, &known, "service");
        let (parts, own_limit) = section.parts();
        let mut own = OfService {
            missed_after: own_limit.as_ref().map(|limit| *limit.get_ref()),
            ..OfService::default()
        };
        for (case, section) in parts {
            let general = arrivals.answer(case, None);
            own.written
                .insert(case, case_answer(case, &section, &general, own_limit.is_some(), &mut reading));
        }
        let windows = setting.services.iter().filter(|(service, _)| service == id.get_ref());
        check_limit(own_limit.as_ref(), windows, &mut reading);
        arrivals.of_service.insert(id.get_ref().clone(), own);
    }
    arrivals.missed_after = missed_after.as_ref().map(|limit| *limit.get_ref());
    let without_own = setting
        .services
        .iter()
        .filter(|(service, _)| arrivals.of_service.get(service).is_none_or(|own| own.missed_after.is_none()));
    check_limit(missed_after.as_ref(), without_own, &mut reading);
    reading.end(arrivals)
}

/// Missed is later than late.
fn check_limit<'a>(
    limit: Option<&Spanned<u16>>,
    windows: impl Iterator<Item = &'a (String, ArrivalWindow)>,
    reading: &mut Reading<'_>,
) {
    let Some(limit) = limit else { return };
    let widest = windows.max_by_key(|(_, window)| window.closes_after_minutes);
    if let Some((service, window)) = widest
        && *limit.get_ref() <= window.closes_after_minutes
    {
        let closes = window.closes_after_minutes;
        reading.wrong(
            limit,
            format!("check-in for \"{service}\" closes after {closes} minutes, so nobody could be late before it is missed"),
            format!("Write more than {closes}, or let check-in close earlier in clinic.toml."),
        );
    }
}

/// One part of the file, over what holds without it; `limited` says that it has `after_minutes`.
fn case_answer(
    case: ArrivalCase,
    section: &Spanned<CaseSection>,
    before: &CaseAnswer,
    limited: bool,
    reading: &mut Reading<'_>,
) -> CaseAnswer {
    let CaseSection { then: written, title, say } = section.get_ref();
    let then = written.as_ref().map_or(before.then, |then| *then.get_ref());
    if let Some(written) = written
        && let Some(why) = then.senseless_for(case)
    {
        reading.wrong(
            written,
            format!("\"{}\" cannot follow \"{}\": {why}", then.word(), case.id()),
            format!("Write one of: {}.", Then::sensible_for(case).join(", ")),
        );
    }
    let limits = case == ArrivalCase::Missed && limited;
    if written.is_none() && title.is_none() && say.is_empty() && !limits {
        reading.wrong(
            section,
            "this part says nothing",
            "Add then = \"…\" or say = [{ … }], or remove the part.",
        );
    }
    if say.len() > 4 {
        let right = "Write one to four short sentences: what the patient does now.";
        reading.wrong(&say[4], "nobody standing reads more than four sentences", right);
    }
    for text in title.iter().chain(say) {
        check_placeholders(case, text, reading);
    }
    // Words for something else that is done would mislead.
    let same = then == before.then;
    CaseAnswer {
        then,
        title: match title {
            Some(title) => Some(reading.complete(title)),
            None => before.title.clone().filter(|_| same),
        },
        say: match say.is_empty() && same {
            true => before.say.clone(),
            false => say.iter().map(|text| reading.complete(text)).collect(),
        },
    }
}

/// Every placeholder is known in this case, and each language has the same ones.
fn check_placeholders(case: ArrivalCase, text: &Spanned<Localised>, reading: &mut Reading<'_>) {
    let known = placeholders_of(case);
    let mut first: Option<(&str, BTreeSet<String>)> = None;
    for (language, written) in text.get_ref().each() {
        let names = match placeholders(written) {
            Ok(names) => names,
            Err(()) => {
                let wrong = format!("a brace in the text in \"{language}\" has no other one");
                let right = "Write a placeholder as {time}; braces stand for nothing else.";
                return reading.wrong(text, wrong, right);
            }
        };
        if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
            let wrong = match PLACEHOLDERS.contains(&name.as_str()) {
                true => format!("nothing can stand for {{{name}}} in the case \"{}\"", case.id()),
                false => format!("{{{name}}} is no placeholder"),
            };
            let right = match known {
                [] => "Write the sentence without placeholders: no appointment is known in this case."
                    .to_string(),
                known => {
                    let listed: Vec<_> = known.iter().map(|name| format!("{{{name}}}")).collect();
                    format!("Write any of: {}.", listed.join(", "))
                }
            };
            return reading.wrong(text, wrong, right);
        }
        match &first {
            None => first = Some((language, names)),
            Some((other, theirs)) if *theirs != names => {
                let missing = theirs.symmetric_difference(&names).next().cloned().unwrap_or_default();
                let wrong = format!(
                    "{{{missing}}} does not stand in both \"{other}\" and \"{language}\" of this text"
                );
                return reading.wrong(text, wrong, "Tell everybody the same, whatever they read.");
            }
            Some(_) => {}
        }
    }
}

/// The names of a text's placeholders; an error for a brace without another one.
fn placeholders(text: &str) -> Result<BTreeSet<String>, ()> {
    let mut names = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, behind) = rest[at..].strip_prefix('{').and_then(|after| after.split_once('}')).ok_or(())?;
        if name.contains('{') {
            return Err(());
        }
        names.insert(name.trim().to_string());
        rest = behind;
    }
    Ok(names)
}

#[cfg(test)]
mod tests;
