//! Reading the files of the routines: `hours.toml`, `requests.toml`, `phrases.toml`, and what
//! [`red_flags`], [`registration`], [`payments`] and [`schedule`](super::schedule) read. All mistakes of a file are found at once,
//! so that whoever writes
//! routines need not run in circles.

use super::Localised;
use super::branding::LOGO;
use super::mistake::{
    AtLeastOne, ClinicError, ClinicErrors, Mistake, line_of, mistake, parsed, routine_text_of,
};
use super::queue::Queue;
use super::registration::registration;
use super::routines::*;
use super::schedule::schedule;
use super::ticket_layout::TicketLayout;
use super::{arrivals, forms, payments, queue, red_flags, ticket_layout};
use crate::front_desk::appointment::ArrivalWindow;
use crate::front_desk::calendar::{Calendar, Within};
use crate::front_desk::fleet::ClosedNotice;
use crate::front_desk::message::Side;
use crate::front_desk::request::RequestReason;
use crate::front_desk::urgency::Urgency;
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use toml::Spanned;

/// The texts of the files that routines are made of, each with what it is called in errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineTexts {
    files: BTreeMap<&'static str, (String, String)>,
    /// The translations and the logo that the clinic adds, by the names of their files: what each is called in errors,
    /// and its text.
    added: BTreeMap<String, (String, String)>,
}

/// The files there are, each with the example that stands for it in a clinic without routines of its own.
pub const ROUTINE_FILES: [(&str, &str); 12] = [
    (HOURS, include_str!("example/hours.toml")),
    (REQUESTS, include_str!("example/requests.toml")),
    (PHRASES, include_str!("example/phrases.toml")),
    (ARRIVALS, include_str!("example/arrivals.toml")),
    (RED_FLAGS, include_str!("example/red-flags.toml")),
    (SENTENCES, include_str!("example/red-flag-sentences.toml")),
    (SCHEDULE, include_str!("example/schedule.toml")),
    (REGISTRATION, include_str!("example/registration.toml")),
    (FORMS, include_str!("example/forms.toml")),
    (PAYMENTS, include_str!("example/payments.toml")),
    (QUEUE, include_str!("example/queue.toml")),
    (TICKET, include_str!("example/ticket.toml")),
];

/// What stands for `registration.toml` in routines that were written before it: what was asked then. The
/// example's would say that the clinic is in the example's country.
pub(super) const REGISTRATION_BEFORE: &str = include_str!("example/registration-before.toml");

/// How the name of a translation ends: `vi.ftl`.
const TRANSLATION: &str = ".ftl";
const HOURS: &str = "hours.toml";
const REQUESTS: &str = "requests.toml";
const PHRASES: &str = "phrases.toml";
const ARRIVALS: &str = "arrivals.toml";
const RED_FLAGS: &str = "red-flags.toml";
pub(super) const SENTENCES: &str = "red-flag-sentences.toml";
const SCHEDULE: &str = "schedule.toml";
pub(super) const REGISTRATION: &str = "registration.toml";
const FORMS: &str = "forms.toml";
const PAYMENTS: &str = "payments.toml";
const QUEUE: &str = "queue.toml";
const TICKET: &str = "ticket.toml";

impl RoutineTexts {
    /// The example's.
    pub fn example() -> Self {
        let named = |(file, text): (_, &str)| (file, (format!("example {file}"), text.to_string()));
        Self { files: ROUTINE_FILES.map(named).into(), added: BTreeMap::new() }
    }

    /// The example's, without what is of one clinic alone: who sees patients when, what is asked of whom,
    /// who is paid.
    pub fn of_any_clinic() -> Self {
        let mut texts = Self::example();
        for own in [SCHEDULE, ARRIVALS, FORMS, PAYMENTS, QUEUE, TICKET] {
            texts.replace(own, String::new());
        }
        texts.replace(REGISTRATION, REGISTRATION_BEFORE.to_string());
        texts
    }

    /// Those in a folder, with the translations and the logo that lie there.
    pub fn in_folder(folder: &Path) -> Result<Self, ClinicError> {
        let Self { files: mut texts, .. } = Self::example();
        for (file, _) in ROUTINE_FILES {
            let path = folder.join(file);
            // Routines that were written before there were red flags: no list at all would be the one answer
            // that is never safe.
            if file == RED_FLAGS && !path.exists() {
                continue;
            }
            // What was written before there was such a file has no answers to arrivals of its own, lets nobody book,
            // asks no forms, takes no money, calls patients in the plainest order, and has the usual ticket. The
            // example's are another clinic's.
            if [SENTENCES, ARRIVALS, SCHEDULE, FORMS, PAYMENTS, QUEUE, TICKET].contains(&file)
                && !path.exists()
            {
                texts.insert(file, (path.display().to_string(), String::new()));
                continue;
            }
            if file == REGISTRATION && !path.exists() {
                texts.insert(file, (path.display().to_string(), REGISTRATION_BEFORE.to_string()));
                continue;
            }
            texts.insert(file, (path.display().to_string(), routine_text_of(&path)?));
        }
        Ok(Self { files: texts, added: added_in(folder)? })
    }

    /// These, with the translations and the logo that lie in a folder.
    pub(super) fn with_added_in(self, folder: &Path) -> Result<Self, ClinicError> {
        Ok(Self { added: added_in(folder)?, ..self })
    }

    /// The text of each file by its name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let routines = self.files.iter().map(|(file, (_, text))| (*file, text.as_str()));
        routines.chain(self.added.iter().map(|(file, (_, text))| (file.as_str(), text.as_str())))
    }

    /// The translations that the clinic adds: the code of each language, and its text.
    pub(super) fn translations(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.added.iter();
        all.filter_map(|(file, (_, text))| Some((file.strip_suffix(TRANSLATION)?, text.as_str())))
    }

    /// What the clinic's logo is called, and its text.
    pub(super) fn logo(&self) -> Option<(&str, &str)> {
        self.added.get(LOGO).map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Those that were told by a desk. What a desk of before tells nothing of is as it was then.
    pub fn told(files: &BTreeMap<String, String>) -> Self {
        let mut texts = Self::of_any_clinic();
        for (name, text) in files {
            texts.replace(name, text.clone());
        }
        texts
    }

    /// Puts another text in the place of a file's.
    pub fn replace(&mut self, file: &str, text: String) {
        if let Some((_, there)) = self.files.get_mut(file) {
            *there = text;
        } else if is_added(file) {
            self.added.insert(file.to_string(), (file.to_string(), text));
        }
    }

    fn of(&self, file: &str) -> (&str, &str) {
        self.files.get(file).map_or(("", ""), |(name, text)| (name, text))
    }
}

/// Whether a file beside the routines is one that a clinic adds.
fn is_added(file: &str) -> bool {
    file.ends_with(TRANSLATION) || file == LOGO
}

fn added_in(folder: &Path) -> Result<BTreeMap<String, (String, String)>, ClinicError> {
    let unreadable = |error| ClinicError::unreadable(folder, &error);
    let mut added = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| is_added(name)) {
            added.insert(name.to_string(), (path.display().to_string(), routine_text_of(&path)?));
        }
    }
    Ok(added)
}

/// Writes the example's files into a folder, which is made if need be. No file that is there is overwritten.
pub fn write_example_routines(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, text) in ROUTINE_FILES {
        std::fs::File::create_new(folder.join(name))?.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// What routines must fit.
pub(super) struct Setting<'a> {
    pub zone: Tz,
    pub languages: &'a [String],
    /// Those of them that every text must stand in; in the others the first one stands where a text lacks.
    pub required: &'a [String],
    /// How soon a destination answers that says nothing of it.
    pub acknowledge: Within,
    /// The ids of the services, each with its window for arrivals.
    pub services: &'a [(String, ArrivalWindow)],
}

/// Reads the routines; answers every mistake there is.
pub(super) fn read(texts: &RoutineTexts, setting: &Setting<'_>) -> Result<Routines, ClinicErrors> {
    let calendar = part(texts, HOURS, setting, hours);
    let phrases = part(texts, PHRASES, setting, phrases);
    let requests = part(texts, REQUESTS, setting, requests);
    let red_flags = part(texts, RED_FLAGS, setting, red_flags::red_flags);
    let lines = |at: usize| line_of(texts.of(SENTENCES).1, at);
    let sentences =
        part(texts, SENTENCES, setting, |file, setting| red_flags::sentences(file, setting, lines));
    let forms = part(texts, FORMS, setting, |file, setting| {
        forms::forms(file, setting, requests.as_ref().ok(), red_flags.as_ref().ok())
    });
    let schedule = part(texts, SCHEDULE, setting, schedule);
    let arrivals = part(texts, ARRIVALS, setting, arrivals::arrivals);
    let registration = part(texts, REGISTRATION, setting, registration);
    let payments = part(texts, PAYMENTS, setting, payments::payments);
    let queue = part(texts, QUEUE, setting, queue::queue);
    let ticket_layout = part(texts, TICKET, setting, ticket_layout::ticket_layout);
    let spoken = both(both(calendar, phrases), both(requests, red_flags));
    let asked = both(both(registration, forms), both(schedule, arrivals));
    let after = both(both(payments, queue), ticket_layout);
    let ((spoken, red_flag_sentences), (asked, ((payments, queue), ticket_layout))) =
        both(both(spoken, sentences), both(asked, after))?;
    let ((calendar, (phrases, closed_texts)), (requests, red_flags)) = spoken;
    let ((registration, forms), (schedule, arrivals)) = asked;
    Ok(Routines {
        calendar,
        phrases,
        closed_texts,
        red_flags,
        red_flag_sentences,
        schedule,
        arrivals,
        registration,
        forms,
        payments,
        queue,
        ticket_layout,
        ..requests
    })
}

/// Two that were read; with the mistakes of both.
fn both<A, B>(one: Result<A, ClinicErrors>, other: Result<B, ClinicErrors>) -> Result<(A, B), ClinicErrors> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(errors), other) => Err(errors.and(other.err())),
        (Ok(_), Err(errors)) => Err(errors),
    }
}

/// Reads one of the files.
fn part<F: DeserializeOwned, T>(
    texts: &RoutineTexts,
    file: &str,
    setting: &Setting<'_>,
    read: impl FnOnce(F, &Setting<'_>) -> Result<T, AtLeastOne<Mistake>>,
) -> Result<T, ClinicErrors> {
    let (name, text) = texts.of(file);
    let parts = parsed(text).map_err(|mistake| mistake.within(name, text))?;
    read(parts, setting).map_err(|mistakes| mistakes.map(|mistake| mistake.within(name, text)))
}

/// A text that must stand in more languages than it does.
pub(super) fn lacking(text: &Spanned<Localised>, required: &[String]) -> Option<Mistake> {
    let missing = required.iter().find(|language| !text.as_ref().has(language))?;
    Some(mistake(
        text,
        format!("this text is missing in \"{missing}\""),
        format!("Add {missing} = \"…\": every text stands in every language the clinic offers."),
    ))
}

/// Collects mistakes while a file is read.
pub(super) struct Reading<'a> {
    languages: &'a [String],
    required: &'a [String],
    pub(super) mistakes: Vec<Mistake>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(setting: &Setting<'a>) -> Self {
        Self { languages: setting.languages, required: setting.required, mistakes: Vec::new() }
    }

    pub(super) fn wrong<T>(&mut self, at: &Spanned<T>, wrong: impl Into<String>, right: impl Into<String>) {
        self.mistakes.push(mistake(at, wrong, right));
    }

    /// A text that must stand in every language.
    pub(super) fn complete(&mut self, text: &Spanned<Localised>) -> Localised {
        self.mistakes.extend(lacking(text, self.required));
        text.as_ref().in_all(self.languages)
    }

    pub(super) fn within(&mut self, text: &Spanned<String>) -> Option<Within> {
        let read = text.as_ref().parse();
        if let Err(error) = &read {
            let right = "Write for example \"30 s\", \"3 min\", \"2 h\" or \"3 working days\".";
            self.wrong(text, format!("{error}"), right);
        }
        read.ok()
    }

    /// Notes every id that stands there twice.
    pub(super) fn unique<'b>(&mut self, ids: impl Iterator<Item = &'b Spanned<String>>) -> BTreeSet<&'b str> {
        let mut seen = BTreeSet::new();
        for id in ids {
            if id.as_ref().trim().is_empty() {
                self.wrong(id, "this id is empty", "Write a short word, such as id = \"interpreter\".");
            } else if !seen.insert(id.as_ref().as_str()) {
                let wrong =
                    format!("\"{}\" stands here twice: the second would never be reached", id.as_ref());
                self.wrong(id, wrong, "Give each an id of its own, or remove one.");
            }
        }
        seen
    }

    pub(super) fn one_of(&mut self, id: &Spanned<String>, known: &BTreeSet<&str>, what: &str) {
        if !known.contains(id.as_ref().as_str()) {
            let list: Vec<_> = known.iter().copied().collect();
            self.wrong(
                id,
                format!("there is no {what} \"{}\"", id.as_ref()),
                format!("Write one of: {}.", list.join(", ")),
            );
        }
    }

    /// What was read, if nothing is wrong.
    pub(super) fn end<T>(self, read: T) -> Result<T, AtLeastOne<Mistake>> {
        AtLeastOne::of(self.mistakes).map_or(Ok(read), Err)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursFile {
    open: Spanned<OpenSection>,
    #[serde(default)]
    holiday: Vec<HolidaySection>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct OpenSection {
    monday: Vec<Spanned<String>>,
    tuesday: Vec<Spanned<String>>,
    wednesday: Vec<Spanned<String>>,
    thursday: Vec<Spanned<String>>,
    friday: Vec<Spanned<String>>,
    saturday: Vec<Spanned<String>>,
    sunday: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidaySection {
    day: Spanned<String>,
    name: String,
}

fn hours(file: HoursFile, setting: &Setting<'_>) -> Result<Calendar, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let OpenSection { monday, tuesday, wednesday, thursday, friday, saturday, sunday } = file.open.get_ref();
    let week = [monday, tuesday, wednesday, thursday, friday, saturday, sunday].map(|day| {
        let mut hours: Vec<(NaiveTime, NaiveTime)> = Vec::new();
        for written in day {
            let times = written.as_ref().split_once('-').and_then(|(from, until)| {
                let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
                Some((time(from)?, time(until)?))
            });
            match times {
                Some((from, until))
                    if from < until && hours.last().is_none_or(|(_, before)| *before <= from) =>
                {
                    hours.push((from, until));
                }
                Some(_) => reading.wrong(
                    written,
                    "these hours end before they begin, or overlap those before",
                    "Write from when until when in one day, in order: [\"08:00-13:00\", \"14:00-18:00\"].",
                ),
                None => reading.wrong(
                    written,
                    format!("\"{}\" are no opening hours", written.as_ref()),
                    "Write for example \"08:00-18:00\".",
                ),
            }
        }
        hours
    });
    if reading.mistakes.is_empty() && week.iter().all(Vec::is_empty) {
        let right = "Write at least one day: deadlines in working days would never come.";
        reading.wrong(&file.open, "the clinic is never open", right);
    }
    let mut holidays = BTreeMap::new();
    for HolidaySection { day, name } in file.holiday {
        match day.as_ref().parse::<NaiveDate>() {
            Ok(date) => drop(holidays.insert(date, name)),
            Err(_) => reading.wrong(
                &day,
                format!("\"{}\" is no day of the calendar", day.as_ref()),
                "Write year, month and day: day = \"2026-12-25\".",
            ),
        }
    }
    reading.end(Calendar { zone: setting.zone, week, holidays })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhrasesFile {
    phrase: Vec<PhraseSection>,
    #[serde(default)]
    closed: Vec<ClosedSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedSection {
    id: Spanned<String>,
    text: Spanned<Localised>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseSection {
    id: Spanned<String>,
    from: Side,
    #[serde(default)]
    answers: Vec<Spanned<String>>,
    text: Spanned<Localised>,
}

type Said = (Vec<Phrase>, Vec<ClosedText>);

fn phrases(file: PhrasesFile, setting: &Setting<'_>) -> Result<Said, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    reading.unique(file.phrase.iter().map(|phrase| &phrase.id));
    let answers: BTreeSet<&str> =
        file.phrase.iter().filter(|p| p.from == Side::Patient).map(|p| p.id.as_ref().as_str()).collect();
    let mut phrases = Vec::new();
    for phrase in &file.phrase {
        for answer in &phrase.answers {
            reading.one_of(answer, &answers, "phrase of the patient");
        }
        phrases.push(Phrase {
            id: phrase.id.as_ref().clone(),
            from: phrase.from,
            text: reading.complete(&phrase.text),
            answers: phrase.answers.iter().map(|answer| answer.as_ref().clone()).collect(),
        });
    }
    reading.unique(file.closed.iter().map(|closed| &closed.id));
    let mut closed_texts = Vec::new();
    for closed in &file.closed {
        let too_long = |text: &str| text.chars().count() > ClosedNotice::LONGEST;
        if closed.text.as_ref().each().any(|(_, text)| too_long(text)) {
            reading.wrong(
                &closed.text,
                "this text is too long for a closed kiosk",
                format!("Write {} characters at most: it is read in passing.", ClosedNotice::LONGEST),
            );
        }
        closed_texts
            .push(ClosedText { id: closed.id.as_ref().clone(), text: reading.complete(&closed.text) });
    }
    reading.end((phrases, closed_texts))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestsFile {
    otherwise: Spanned<String>,
    destination: Vec<DestinationSection>,
    emergency: EmergencySection,
    complaint: ComplaintSection,
    report: Option<ReportSection>,
    category: Vec<CategorySection>,
    #[serde(default)]
    hand_over: Vec<HandOverSection>,
    #[serde(default)]
    companion: Vec<CompanionSection>,
    #[serde(default)]
    outcome: Vec<OutcomeSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DestinationSection {
    id: Spanned<String>,
    name: Spanned<Localised>,
    person: Option<Spanned<String>>,
    reach: Option<String>,
    answer_within: Option<Spanned<String>>,
    next: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmergencySection {
    to: Spanned<String>,
    answer_within: Spanned<String>,
    steps: Vec<String>,
    name: Spanned<Localised>,
    title: Spanned<Localised>,
    now: Spanned<Vec<Spanned<Localised>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComplaintSection {
    law: String,
    letter: Spanned<String>,
    answer_within: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportSection {
    answer_within: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategorySection {
    id: Spanned<String>,
    kind: CategoryKind,
    to: Spanned<String>,
    #[serde(default)]
    urgency: Urgency,
    answer_within: Option<Spanned<String>>,
    words: WordsAsked,
    #[serde(default)]
    steps: Vec<String>,
    name: Spanned<Localised>,
    told: Spanned<Localised>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandOverSection {
    reason: Spanned<String>,
    to: Spanned<String>,
    answer_within: Option<Spanned<String>>,
    #[serde(default)]
    steps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompanionSection {
    id: Spanned<String>,
    may: Vec<May>,
    name: Spanned<Localised>,
    consent: Option<Spanned<Localised>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeSection {
    id: Spanned<String>,
    name: Spanned<Localised>,
    #[serde(default)]
    asks_why: bool,
}

/// Everything of `requests.toml`; the phrases and the calendar of what is answered are empty.
fn requests(file: RequestsFile, setting: &Setting<'_>) -> Result<Routines, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let places = reading.unique(file.destination.iter().map(|destination| &destination.id));
    reading.one_of(&file.otherwise, &places, "destination");
    let mut destinations = Vec::new();
    for section in &file.destination {
        let within = section.answer_within.as_ref().map(|text| reading.within(text));
        if let Some(next) = &section.next {
            reading.one_of(next, &places, "destination");
        }
        destinations.push(Destination {
            id: section.id.as_ref().clone(),
            name: reading.complete(&section.name),
            person: section.person.as_ref().map(|person| person.as_ref().clone()),
            reach: section.reach.clone(),
            answer_within: within.flatten().unwrap_or(setting.acknowledge),
            next: section.next.as_ref().map(|next| next.as_ref().clone()),
        });
    }
    for section in &file.destination {
        chain_ends_at_a_person(section, &destinations, &mut reading);
    }

    reading.one_of(&file.emergency.to, &places, "destination");
    let emergency_within = reading.within(&file.emergency.answer_within);
    if let Some(Within::WorkingDays(_)) | Some(Within::Seconds(301..)) = emergency_within {
        let right = "Write at most \"5 min\"; \"20 s\" is a good time.";
        reading.wrong(&file.emergency.answer_within, "nobody in danger can wait so long", right);
    }
    if !(1..=4).contains(&file.emergency.now.get_ref().len()) {
        let right = "Write one to four short lines: what the person at the kiosk does until somebody comes.";
        reading.wrong(&file.emergency.now, "an emergency fills the screen with what to do now", right);
    }
    let emergency = Emergency {
        to: file.emergency.to.as_ref().clone(),
        answer_within: emergency_within.unwrap_or(setting.acknowledge),
        steps: file.emergency.steps,
        name: reading.complete(&file.emergency.name),
        title: reading.complete(&file.emergency.title),
        now: file.emergency.now.get_ref().iter().map(|line| reading.complete(line)).collect(),
    };

    let letter = {
        let mut letters = file.complaint.letter.as_ref().chars();
        match (letters.next().filter(char::is_ascii_uppercase), letters.next()) {
            (Some(letter), None) => letter,
            _ => {
                let wrong = format!("\"{}\" is no letter for case numbers", file.complaint.letter.as_ref());
                reading.wrong(&file.complaint.letter, wrong, "Write one capital letter from A to Z.");
                'R'
            }
        }
    };
    let answer_within = reading.within(&file.complaint.answer_within).unwrap_or(setting.acknowledge);
    let complaint = ComplaintClock {
        law: file.complaint.law,
        letter,
        answer_within,
        // Files from before reports had a time of their own give them that of complaints.
        reports_within: match &file.report {
            Some(report) => reading.within(&report.answer_within).unwrap_or(answer_within),
            None => answer_within,
        },
    };

    reading.unique(file.category.iter().map(|category| &category.id));
    let mut categories = Vec::new();
    for section in &file.category {
        reading.one_of(&section.to, &places, "destination");
        categories.push(Category {
            id: section.id.as_ref().clone(),
            kind: section.kind,
            name: reading.complete(&section.name),
            told: reading.complete(&section.told),
            to: section.to.as_ref().clone(),
            urgency: section.urgency,
            answer_within: section.answer_within.as_ref().and_then(|text| reading.within(text)),
            words: section.words,
            steps: section.steps.clone(),
        });
    }
    if categories.is_empty() {
        reading.wrong(&file.otherwise, "there is nothing to ask for", "Add a part [[category]].");
    }

    reading.unique(file.hand_over.iter().map(|hand_over| &hand_over.reason));
    let reasons: BTreeSet<&str> = RequestReason::HANDED_OVER.iter().map(|reason| reason.id()).collect();
    let mut hand_overs = Vec::new();
    for section in &file.hand_over {
        reading.one_of(&section.to, &places, "destination");
        reading.one_of(&section.reason, &reasons, "case that the kiosk hands over called");
        let answer_within = section.answer_within.as_ref().and_then(|text| reading.within(text));
        if let Some(reason) = RequestReason::from_id(section.reason.as_ref()) {
            hand_overs.push(HandOver {
                reason,
                to: section.to.as_ref().clone(),
                answer_within,
                steps: section.steps.clone(),
            });
        }
    }

    reading.unique(file.companion.iter().map(|companion| &companion.id));
    let mut companions = Vec::new();
    for section in &file.companion {
        companions.push(Companion {
            id: section.id.as_ref().clone(),
            name: reading.complete(&section.name),
            may: section.may.clone(),
            consent: section.consent.as_ref().map(|consent| reading.complete(consent)),
        });
    }
    reading.unique(file.outcome.iter().map(|outcome| &outcome.id));
    let outcomes = file.outcome.iter().map(|section| Outcome {
        id: section.id.as_ref().clone(),
        name: reading.complete(&section.name),
        asks_why: section.asks_why,
    });
    let outcomes = outcomes.collect();
    let calendar = Calendar { zone: setting.zone, week: Default::default(), holidays: BTreeMap::new() };
    reading.end(Routines {
        destinations,
        otherwise: file.otherwise.as_ref().clone(),
        categories,
        hand_overs,
        emergency,
        complaint,
        companions,
        outcomes,
        phrases: Vec::new(),
        closed_texts: Vec::new(),
        calendar,
        red_flags: Default::default(),
        red_flag_sentences: Vec::new(),
        schedule: Default::default(),
        arrivals: Default::default(),
        registration: Default::default(),
        forms: Vec::new(),
        payments: None,
        queue: Queue::default(),
        ticket_layout: TicketLayout::default(),
    })
}

/// Follows `next` from a destination: it must come to a person, and never back to where it was.
fn chain_ends_at_a_person(section: &DestinationSection, all: &[Destination], reading: &mut Reading<'_>) {
    let mut seen = BTreeSet::new();
    let mut here = all.iter().find(|destination| destination.id == *section.id.as_ref());
    while let Some(destination) = here {
        if !seen.insert(&destination.id) {
            let right = "Let the last one have no next, and name its person.";
            let at = section.next.as_ref().unwrap_or(&section.id);
            return reading.wrong(at, "who is next runs in a circle and never ends at a person", right);
        }
        let Some(next) = &destination.next else {
            if destination.person.as_deref().is_none_or(|person| person.trim().is_empty()) {
                reading.wrong(
                    &section.id,
                    format!(
                        "what goes to \"{}\" ends at \"{}\", which is no person",
                        section.id.as_ref(),
                        destination.id
                    ),
                    format!(
                        "Give \"{}\" a next, or a person = \"…\" who answers in the end.",
                        destination.id
                    ),
                );
            }
            return;
        };
        // A next that does not exist was told already.
        here = all.iter().find(|destination| destination.id == *next);
    }
}
