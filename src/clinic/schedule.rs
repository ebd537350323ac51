//! Reading `schedule.toml`: when which clinician sees patients, and what patients may book by themselves.

use super::mistake::{AtLeastOne, Mistake};
use super::routine_files::{Reading, Setting};
use crate::front_desk::calendar::Within;
use crate::front_desk::schedule::{BookingRules, Clinician, Closure, Schedule, Session, clinician_key};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleFile {
    booking: Option<BookingSection>,
    #[serde(default)]
    clinician: Vec<ClinicianSection>,
    #[serde(default)]
    closed: Vec<ClosedSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookingSection {
    days_ahead: Spanned<u16>,
    notice: Option<Spanned<String>>,
    change_until: Option<Spanned<String>>,
    hold_offer: Option<Spanned<String>>,
    most_ahead: Spanned<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClinicianSection {
    name: Spanned<String>,
    services: Vec<Spanned<String>>,
    #[serde(default)]
    session: Vec<Spanned<SessionSection>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionSection {
    service: Spanned<String>,
    weekdays: Spanned<Vec<Spanned<String>>>,
    from: Spanned<String>,
    to: Spanned<String>,
    minutes: Spanned<u16>,
    site: Option<Spanned<String>>,
    first_day: Option<Spanned<String>>,
    last_day: Option<Spanned<String>>,
    #[serde(default = "yes")]
    patients_may_book: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedSection {
    clinician: Option<Spanned<String>>,
    from: Spanned<String>,
    to: Option<Spanned<String>>,
    name: Spanned<String>,
}

/// The longest that may be booked ahead, in days: two years.
const MOST_DAYS_AHEAD: u16 = 730;
const DAY_MINUTES: u16 = 24 * 60;
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads the schedule; answers every mistake there is. An empty file is a clinic that lets nobody book.
pub(super) fn schedule(file: ScheduleFile, setting: &Setting<'_>) -> Result<Schedule, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let services: BTreeSet<&str> = setting.services.iter().map(|(service, _)| service.as_str()).collect();
    let booking = match (&file.booking, file.clinician.first()) {
        (Some(section), _) => booking(section, &mut reading),
        (None, None) => BookingRules::default(),
        (None, Some(first)) => {
            let right = "Add a part [booking] with days_ahead = 60 and most_ahead = 3.";
            reading.wrong(&first.name, "nothing says what patients may book by themselves", right);
            BookingRules::default()
        }
    };
    let mut clinicians: Vec<Clinician> = Vec::new();
    for section in &file.clinician {
        let key = clinician_key(section.name.as_ref());
        if key.is_empty() {
            let right = "Write the name that patients know, such as \"Dr Chen\".";
            reading.wrong(&section.name, "this clinician has no name", right);
        } else if clinicians.iter().any(|other| clinician_key(&other.name) == key) {
            let wrong = format!("\"{}\" stands here twice", section.name.as_ref());
            let right = "Write all sessions of a clinician under one [[clinician]].";
            reading.wrong(&section.name, wrong, right);
        }
        clinicians.push(clinician(section, &services, &mut reading));
    }
    let closures =
        file.closed.iter().filter_map(|section| closed(section, &clinicians, &mut reading)).collect();
    reading.end(Schedule { booking, clinicians, closures })
}

fn booking(section: &BookingSection, reading: &mut Reading<'_>) -> BookingRules {
    if *section.days_ahead.as_ref() > MOST_DAYS_AHEAD {
        let wrong = format!("{} days are more than two years", section.days_ahead.as_ref());
        reading.wrong(&section.days_ahead, wrong, "Write at most days_ahead = 730.");
    }
    if *section.most_ahead.as_ref() == 0 {
        let right = "Write most_ahead = 1 or more; days_ahead = 0 lets patients book for today only, and a session with patients_may_book = false is for staff.";
        reading.wrong(&section.most_ahead, "with no appointment ahead nobody could ever book", right);
    }
    let mut span = |text: &Option<Spanned<String>>, otherwise: i64| match text {
        None => TimeDelta::minutes(otherwise),
        Some(text) => match reading.within(text) {
            Some(Within::Seconds(seconds)) => TimeDelta::seconds(seconds.into()),
            Some(Within::WorkingDays(_)) => {
                let right = "Write minutes or hours, such as \"90 min\" or \"24 h\".";
                reading.wrong(text, "the book does not count in working days", right);
                TimeDelta::zero()
            }
            None => TimeDelta::zero(),
        },
    };
    BookingRules {
        days_ahead: *section.days_ahead.as_ref(),
        notice: span(&section.notice, 0),
        change_until: span(&section.change_until, 0),
        hold_offer: span(&section.hold_offer, 30),
        most_ahead: *section.most_ahead.as_ref(),
    }
}

fn clinician(section: &ClinicianSection, services: &BTreeSet<&str>, reading: &mut Reading<'_>) -> Clinician {
    for service in &section.services {
        reading.one_of(service, services, "service");
    }
    let theirs: BTreeSet<&str> = section.services.iter().map(|service| service.as_ref().as_str()).collect();
    if theirs.is_empty() {
        let right = "Write the services they give: services = [\"general\"].";
        reading.wrong(&section.name, "this clinician gives no service", right);
    }
    let mut sessions: Vec<Session> = Vec::new();
    for written in &section.session {
        let part = written.as_ref();
        reading.one_of(&part.service, &theirs, "service of this clinician called");
        let Some(session) = session(part, reading) else { continue };
        if sessions.iter().any(|other| run_into_each_other(other, &session)) {
            let wrong = "this session runs into another one of the same clinician and service";
            let right = "Let one end before the other begins, on other weekdays, or within other days.";
            reading.wrong(&part.from, wrong, right);
        }
        sessions.push(session);
    }
    Clinician {
        name: section.name.as_ref().trim().to_string(),
        services: section.services.iter().map(|service| service.as_ref().clone()).collect(),
        sessions,
    }
}

fn session(part: &SessionSection, reading: &mut Reading<'_>) -> Option<Session> {
    let mut weekdays = [false; 7];
    for day in part.weekdays.as_ref() {
        match WEEKDAYS.iter().position(|name| name == day.as_ref()) {
            Some(position) => weekdays[position] = true,
            None => {
                let wrong = format!("\"{}\" is no weekday", day.as_ref());
                reading.wrong(day, wrong, format!("Write any of: {}.", WEEKDAYS.join(", ")));
            }
        }
    }
    if part.weekdays.as_ref().is_empty() {
        let right = "Write weekdays = [\"monday\", \"thursday\"], or remove the session.";
        reading.wrong(&part.weekdays, "this session is on no day", right);
    }
    let first_day = part.first_day.as_ref().and_then(|text| day(text, reading));
    let last_day = part.last_day.as_ref().and_then(|text| day(text, reading));
    if let (Some(first), Some(last), Some(at)) = (first_day, last_day, &part.last_day)
        && last < first
    {
        reading.wrong(
            at,
            "the last day comes before the first",
            "Write a last_day that is not before first_day.",
        );
    }
    let from = time_of_day(&part.from, false, reading);
    let to = time_of_day(&part.to, true, reading);
    let (from, to) = (from?, to?);
    if from == to {
        let right = "Write when it ends; a session that ends at midnight has to = \"24:00\", one that ends after midnight the time of the next day.";
        reading.wrong(&part.to, "this session ends when it begins", right);
        return None;
    }
    // What ends earlier by the clock than it begins ends on the next day.
    let lasts = if to > from { to - from } else { to + DAY_MINUTES - from };
    let minutes = *part.minutes.as_ref();
    if minutes == 0 || minutes > lasts {
        let wrong = match minutes {
            0 => "a slot of 0 minutes is no time for anybody".to_string(),
            _ => format!("a slot of {minutes} minutes does not fit into a session of {lasts}"),
        };
        reading.wrong(&part.minutes, wrong, "Write what one patient takes, such as minutes = 15.");
        return None;
    }
    if let Some(site) = part.site.as_ref().filter(|site| site.as_ref().trim().is_empty()) {
        reading.wrong(site, "this site has no name", "Write the site's id, or remove the line.");
    }
    Some(Session {
        service: part.service.as_ref().clone(),
        weekdays,
        from: NaiveTime::from_hms_opt(u32::from(from) / 60, u32::from(from) % 60, 0)?,
        lasts,
        minutes,
        site: part.site.as_ref().map(|site| site.as_ref().trim().to_string()),
        first_day,
        last_day,
        patients_may_book: part.patients_may_book,
    })
}

/// Minutes since midnight; only an end may be "24:00".
fn time_of_day(text: &Spanned<String>, end: bool, reading: &mut Reading<'_>) -> Option<u16> {
    if end && text.as_ref().trim() == "24:00" {
        return Some(DAY_MINUTES);
    }
    let time = NaiveTime::parse_from_str(text.as_ref().trim(), "%H:%M").ok();
    if time.is_none() {
        let wrong = format!("\"{}\" is no time of the day", text.as_ref());
        reading.wrong(text, wrong, "Write hours and minutes, such as \"09:00\" or \"17:30\".");
    }
    time.and_then(|time| u16::try_from(time.hour() * 60 + time.minute()).ok())
}

fn day(text: &Spanned<String>, reading: &mut Reading<'_>) -> Option<NaiveDate> {
    let day = text.as_ref().trim().parse().ok();
    if day.is_none() {
        let wrong = format!("\"{}\" is no day of the calendar", text.as_ref());
        reading.wrong(text, wrong, "Write year, month and day: \"2026-12-25\".");
    }
    day
}

/// Whether two sessions of a clinician could have slots of one service at the same time.
fn run_into_each_other(one: &Session, other: &Session) -> bool {
    let within = |one: &Session, other: &Session| {
        one.first_day.is_none_or(|first| other.last_day.is_none_or(|last| first <= last))
    };
    if one.service != other.service || !within(one, other) || !within(other, one) {
        return false;
    }
    // Minutes since Monday 00:00, the end of the week being the beginning of the next.
    let week = 7 * i64::from(DAY_MINUTES);
    let spans = |session: &Session| -> Vec<(i64, i64)> {
        let from = i64::from(session.from.hour() * 60 + session.from.minute());
        let begins = (0i64..).zip(session.weekdays).filter(|(_, on)| *on);
        let begins = begins.map(move |(day, _)| day * i64::from(DAY_MINUTES) + from);
        begins.map(|begins| (begins, begins + i64::from(session.lasts))).collect()
    };
    let (ours, theirs) = (spans(one), spans(other));
    ours.iter().any(|(from, to)| {
        let meets = |shift: i64| theirs.iter().any(|(start, end)| start + shift < *to && *from < end + shift);
        meets(0) || meets(week) || meets(-week)
    })
}

fn closed(section: &ClosedSection, clinicians: &[Clinician], reading: &mut Reading<'_>) -> Option<Closure> {
    if let Some(name) = &section.clinician {
        let known = |other: &Clinician| clinician_key(&other.name) == clinician_key(name.as_ref());
        if !clinicians.iter().any(known) {
            let names: BTreeSet<&str> = clinicians.iter().map(|other| other.name.as_str()).collect();
            reading.one_of(name, &names, "clinician");
        }
    }
    if section.name.as_ref().trim().is_empty() {
        let right = "Write what staff call it, such as name = \"Staff training\".";
        reading.wrong(&section.name, "this closure has no name", right);
    }
    let from = start_or_end(&section.from, false, reading);
    // Without an end it is the one day, or the rest of it.
    let to = match (&section.to, from) {
        (Some(to), _) => start_or_end(to, true, reading),
        (None, Some(from)) => from.date().succ_opt().map(|next| next.and_time(NaiveTime::MIN)),
        (None, None) => None,
    };
    let (from, to) = (from?, to?);
    if to <= from {
        let at = section.to.as_ref().unwrap_or(&section.from);
        let right = "Write a to that comes after from; a whole day is meant with its end.";
        reading.wrong(at, "this closure is over before it begins", right);
        return None;
    }
    Some(Closure {
        clinician: section.clinician.as_ref().map(|name| name.as_ref().clone()),
        from,
        to,
        name: section.name.as_ref().clone(),
    })
}

/// A day, or a day with a time. The end of a span of days is the end of the last one.
fn start_or_end(text: &Spanned<String>, end: bool, reading: &mut Reading<'_>) -> Option<NaiveDateTime> {
    let written = text.as_ref().trim();
    if let Ok(day) = written.parse::<NaiveDate>() {
        let day = if end { day.succ_opt().unwrap_or(day) } else { day };
        return Some(day.and_time(NaiveTime::MIN));
    }
    let moment = NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M").ok();
    if moment.is_none() {
        let wrong = format!("\"{}\" is no day of the calendar, with a time or without", text.as_ref());
        reading.wrong(text, wrong, "Write \"2026-12-24\", or \"2026-12-24 13:00\".");
    }
    moment
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
    use super::*;
    use crate::clinic::mistake::parsed;
    use crate::front_desk::appointment::ArrivalWindow;

    const EXAMPLE: &str = include_str!("example/schedule.toml");

    /// What is wrong with a schedule, each with its line and what would be right.
    fn wrong(text: &str) -> Vec<String> {
        let window = ArrivalWindow { opens_before_minutes: 60, closes_after_minutes: 15 };
        let services = ["general", "blood", "children"].map(|service| (service.to_string(), window));
        let setting = Setting {
            zone: chrono_tz::UTC,
            languages: &[],
            required: &[],
            services: &services,
            acknowledge: Within::Seconds(60),
        };
        let read = match parsed(text) {
            Ok(file) => schedule(file, &setting).map(drop),
            Err(mistake) => Err(mistake.into()),
        };
        let in_words = |mistake: Mistake| {
            let right = mistake.right.clone();
            format!("{} {right}", mistake.within("schedule.toml", text))
        };
        read.err().into_iter().flatten().map(in_words).collect()
    }

    /// What stands in the example, what stands there instead, and what is said of it.
    const MISTAKES: &[(&str, &str, &str)] = &[
        ("days_ahead = 60", "days_ahead = 731", "more than two years"),
        ("days_ahead = 60", "days_ahead = -1", "whole number"),
        ("notice = \"30 min\"", "notice = \"soon\"", "no length of time"),
        ("change_until = \"24 h\"", "change_until = \"1 working day\"", "minutes or hours"),
        ("most_ahead = 3", "most_ahead = 0", "nobody could ever book"),
        ("most_ahead = 3 ", "", "missing field `most_ahead`"),
        ("name = \"Dr Chen\"", "name = \" \"", "this clinician has no name"),
        ("name = \"Dr Okafor\"", "name = \"DR. CHEN\"", "stands here twice"),
        ("services = [\"general\"]", "services = [\"surgery\"]", "there is no service \"surgery\""),
        ("services = [\"blood\"]", "services = []", "gives no service"),
        (
            "service = \"general\"",
            "service = \"blood\"",
            "there is no service of this clinician called \"blood\"",
        ),
        ("weekdays = [\"monday\", \"wednesday\"]", "weekdays = [\"mon\"]", "Write any of: monday"),
        ("weekdays = [\"monday\", \"wednesday\"]", "weekdays = []", "is on no day"),
        ("from = \"08:30\"", "from = \"8.30\"", "is no time of the day"),
        ("to = \"14:00\"", "to = \"08:30\"", "ends when it begins"),
        ("to = \"14:00\"", "to = \"16:00\"", "runs into another one"),
        ("minutes = 15", "minutes = 0", "0 minutes"),
        ("minutes = 15", "minutes = 331", "does not fit into a session of 330"),
        ("first_day = \"2026-11-01\"", "first_day = \"2027-11-31\"", "is no day of the calendar"),
        ("first_day = \"2026-11-01\"", "first_day = \"2027-03-01\"", "the last day comes before"),
        ("clinician = \"Dr Chen\"\nfrom", "clinician = \"Dr Who\"\nfrom", "there is no clinician \"Dr Who\""),
        ("from = \"2026-12-21\"", "from = \"Christmas\"", "with a time or without"),
        ("to = \"2026-12-31\"", "to = \"2026-12-01\"", "over before it begins"),
        ("name = \"Leave\"", "name = \"\"", "this closure has no name"),
        ("patients_may_book = false", "patient_may_book = false", "unknown field"),
    ];

    #[test]
    fn each_mistake_names_its_line_and_what_would_be_right() {
        assert_eq!(wrong(EXAMPLE), [""; 0]);
        for (from, to, said) in MISTAKES {
            assert!(EXAMPLE.contains(from), "the example has {from}");
            let told = wrong(&EXAMPLE.replacen(from, to, 1));
            assert!(told.iter().any(|words| words.contains(said)), "{from} → {to}: {told:#?}");
            let line = told[0].split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
            assert!(line.is_some_and(|line| line > 1), "{told:#?}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = EXAMPLE.replacen("days_ahead = 60", "days_ahead = 9999", 1).replacen(
            "minutes = 15",
            "minutes = 0",
            1,
        );
        assert_eq!(wrong(&text.replacen("2026-12-21", "2026-13-21", 1)).len(), 3);
    }

    #[test]
    fn nothing_written_is_a_clinic_that_lets_nobody_book_and_clinicians_need_rules() {
        assert!(wrong("").is_empty());
        let told = wrong("[[clinician]]\nname = \"Dr Chen\"\nservices = [\"general\"]\n");
        assert!(told[0].contains("nothing says what patients may book"), "{told:?}");
    }
}
