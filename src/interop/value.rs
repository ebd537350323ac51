//! Values that both kinds of file have: names, days, times, services, statuses.

use super::{Context, Reason};
use crate::clinic::{Clinic, Service};
use crate::front_desk::appointment::AppointmentStatus;
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::patient::{DateOfBirth, PersonName, Sex};
use crate::front_desk::payment::{Charge, ChargeFor};
use crate::front_desk::registration::Draft;
use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use unicode_normalization::UnicodeNormalization;

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// A text without what exports leave in it: stray spaces, control characters, letters composed in two ways.
pub(super) fn tidy(text: &str) -> String {
    let visible: String =
        text.nfc().filter(|c| c.is_whitespace() || !(c.is_control() || *c == '\u{FEFF}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`tidy`]; nothing for a text of nothing.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.is_empty())
}

/// A name in its two parts. Who has one name only has it as the family name, which the kiosk asks for.
pub(super) fn person_name(given: &str, family: &str) -> Result<PersonName, Reason> {
    let (given, family) = match (tidy(given), tidy(family)) {
        (given, family) if family.is_empty() => (String::new(), given),
        parts => parts,
    };
    if family.is_empty() {
        Err(Reason::NoName)
    } else if !family.chars().any(char::is_alphabetic) {
        Err(Reason::NoLetterInName)
    } else if [&given, &family].into_iter().any(|part| part.chars().count() > Draft::LONGEST) {
        Err(Reason::NameTooLong)
    } else {
        Ok(PersonName { given, family })
    }
}

/// A date of birth, written year-month-day.
pub(super) fn date_of_birth(
    text: &str,
    field: &'static str,
    today: NaiveDate,
) -> Result<DateOfBirth, Reason> {
    let number = |part: &str, digits: usize| {
        let fits = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse::<u32>().ok() } else { None }
    };
    let parts: Vec<&str> = text.trim().split('-').collect();
    match parts.as_slice() {
        [""] => Err(Reason::NoDateOfBirth { field }),
        [year] if number(year, 4).is_some() => Err(Reason::PartialDateOfBirth { field }),
        [year, month] if number(year, 4).and(number(month, 2)).is_some() => {
            Err(Reason::PartialDateOfBirth { field })
        }
        [year, month, day] => match (number(year, 4), number(month, 2), number(day, 2)) {
            (Some(year), Some(month), Some(day)) => DateOfBirth::new(year as i32, month, day, today)
                .map_err(|problem| Reason::DateOfBirth { field, problem }),
            _ => Err(Reason::NotADay { field }),
        },
        _ => Err(Reason::NotADay { field }),
    }
}

/// Administrative sex, in words or by its first letter.
pub(super) fn sex(text: &str, field: &'static str) -> Result<Option<Sex>, Reason> {
    match text.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "female" | "f" => Ok(Some(Sex::Female)),
        "male" | "m" => Ok(Some(Sex::Male)),
        "other" | "o" => Ok(Some(Sex::Other)),
        "unknown" | "u" => Ok(Some(Sex::Unknown)),
        _ => Err(Reason::UnknownSex { field }),
    }
}

/// A point in time: ISO 8601 with a T or a space; without a distance from UTC it is the clinic's own time.
pub(super) fn point_in_time(
    text: &str,
    field: &'static str,
    context: &Context,
) -> Result<DateTime<Utc>, Reason> {
    let text = text.trim().replacen(' ', "T", 1);
    let wrong = || Reason::NotATime { field };
    let Some((day, time)) = text.split_once(['T', 't']) else {
        let a_day_or_less = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        return Err(match text.as_str() {
            "" => Reason::NoStart { field },
            _ if a_day_or_less => Reason::NoTimeOfDay { field },
            _ => wrong(),
        });
    };
    let (time, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (&time[..at], Some(&time[at..])),
        None => (time, None),
    };
    let written = format!("{day}T{time}");
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&written, form).ok())
        .and_then(|local| local.with_nanosecond(0))
        // chrono reads years of any length, and months of one digit; exports that do so are broken.
        .filter(|_| day.len() == 10)
        .ok_or_else(wrong)?;
    match zone {
        Some("Z" | "z") => Ok(local.and_utc()),
        Some(distance) => {
            let offset: FixedOffset = distance.parse().map_err(|_| wrong())?;
            offset.from_local_datetime(&local).single().map(|time| time.to_utc()).ok_or_else(wrong)
        }
        None => match context.clinic.zone.from_local_datetime(&local) {
            LocalResult::Single(time) => Ok(time.to_utc()),
            LocalResult::Ambiguous(..) => Err(Reason::DoubledTime { field }),
            LocalResult::None => Err(Reason::SkippedTime { field }),
        },
    }
}

/// A length in minutes that fits a day, and whether it was longer.
pub(super) fn minutes(length: i64, service: &Service) -> (u16, bool) {
    let minutes = match length.min(MINUTES_OF_A_DAY) {
        // Something that ends as it begins was entered without its length.
        0 => service.minutes_each,
        length => u16::try_from(length).unwrap_or(service.minutes_each),
    };
    (minutes, length > MINUTES_OF_A_DAY)
}

/// The service that a text names: by its id, or by its name in any of the clinic's languages.
pub(super) fn service<'a>(clinic: &'a Clinic, text: &str) -> Option<&'a Service> {
    let wanted = tidy(text).to_lowercase();
    let is_it = |name: &str| tidy(name).to_lowercase() == wanted;
    clinic.services.iter().find(|service| {
        is_it(&service.id) || clinic.languages.iter().any(|language| is_it(service.name.text(language)))
    })
}

/// An amount that is owed: a whole number of the currency's smallest unit. Nothing where neither is written.
pub(super) fn balance(amount: &str, currency: &str) -> Result<Option<Money>, Reason> {
    let (amount, currency) = (amount.trim(), currency.trim());
    if amount.is_empty() {
        return Ok(None);
    }
    let read = amount.parse().ok().zip(Currency::parse(currency));
    match read {
        Some((0, _)) => Ok(None),
        Some((minor, currency)) => Ok(Some(Money { minor, currency })),
        None => Err(Reason::NotAnAmount { field: "balance_due", currency: "currency" }),
    }
}

/// What is owed for a charge, in words of one line.
pub(super) fn charge_text(text: &str, field: &'static str) -> Result<ChargeFor, Reason> {
    filled(text)
        .filter(|text| text.chars().count() <= Charge::LONGEST_TEXT)
        .map(|text| ChargeFor::Item { text })
        .ok_or(Reason::NotAChargeText { field })
}

/// What a charge amounts to: a whole number of the currency's smallest unit, more than nothing.
pub(super) fn owed(amount: &str, currency: &str) -> Result<Money, Reason> {
    let digits = Some(amount.trim()).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let minor =
        digits.and_then(|digits| digits.parse().ok()).filter(|minor| (1..=Charge::LARGEST).contains(minor));
    let currency = Currency::parse(currency).filter(|currency| currency.numeric().is_some());
    let read = minor.zip(currency).map(|(minor, currency)| Money { minor, currency });
    read.ok_or(Reason::NotOwed { field: "amount", currency: "currency" })
}

/// A day, written year-month-day with all its digits; nothing where none is written.
pub(super) fn calendar_day(text: &str, field: &'static str) -> Result<Option<NaiveDate>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // chrono reads signs, and years, months and days of any length.
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let exact = read.filter(|day| text.len() == 10 && day.to_string() == text);
    exact.map(Some).ok_or(Reason::NotACalendarDay { field })
}

/// Yes or no, or their first letters; no where nothing is written.
pub(super) fn yes_or_no(text: &str, field: &'static str) -> Result<bool, Reason> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" => Ok(true),
        "no" | "n" | "" => Ok(false),
        _ => Err(Reason::NotYesOrNo { field }),
    }
}

/// The id of the site with an id or a name; nothing where none is written.
pub(super) fn site(clinic: &Clinic, text: &str) -> Result<Option<String>, Reason> {
    let wanted = tidy(text).to_lowercase();
    if wanted.is_empty() {
        return Ok(None);
    }
    let is_it = |name: &str| tidy(name).to_lowercase() == wanted;
    let found = clinic.sites.iter().find(|site| {
        is_it(&site.id) || clinic.languages.iter().any(|language| is_it(site.name.text(language)))
    });
    let known: Vec<&str> = clinic.sites.iter().map(|site| site.id.as_str()).collect();
    let known = match known.as_slice() {
        [] => ": add a part [[site]] to clinic.toml".to_string(),
        known => format!(": write one of {}", known.join(", ")),
    };
    found.map(|site| Some(site.id.clone())).ok_or(Reason::UnknownSite { known })
}

/// What a status means for the book.
pub(super) enum Standing {
    /// It is in the book, as one that stands or was called off.
    InTheBook(AppointmentStatus),
    /// It is not booked (yet).
    NotBooked,
}

/// Statuses of appointments, as in FHIR R4 (`AppointmentStatus`).
pub(super) const APPOINTMENT_STATUSES: &str = "proposed, pending, booked, arrived, fulfilled, cancelled, noshow, entered-in-error, checked-in, waitlist";

/// What the status of an appointment means.
pub(super) fn appointment_status(text: &str) -> Result<Standing, Reason> {
    // "No show" and "entered_in_error" are the same words as people and spreadsheets write them. Whoever did not
    // come still had the time: it is not free again.
    match text.trim().to_lowercase().replace([' ', '_'], "-").as_str() {
        "booked" | "arrived" | "fulfilled" | "checked-in" | "noshow" | "no-show" => {
            Ok(Standing::InTheBook(AppointmentStatus::Booked))
        }
        "cancelled" | "canceled" | "entered-in-error" => {
            Ok(Standing::InTheBook(AppointmentStatus::Cancelled))
        }
        "proposed" | "pending" | "waitlist" => Ok(Standing::NotBooked),
        _ => Err(Reason::UnknownStatus { known: APPOINTMENT_STATUSES }),
    }
}

/// What the status of an encounter means (FHIR R4, `EncounterStatus`). Of one whose status is unknown
/// nobody can say whether the patient is expected.
pub(super) fn encounter_status(text: &str) -> Result<AppointmentStatus, Reason> {
    match text.trim() {
        "planned" | "arrived" | "triaged" | "in-progress" | "onleave" | "finished" => {
            Ok(AppointmentStatus::Booked)
        }
        "cancelled" | "entered-in-error" => Ok(AppointmentStatus::Cancelled),
        _ => Err(Reason::UnknownStatus {
            known: "planned, arrived, triaged, in-progress, onleave, finished, cancelled, entered-in-error",
        }),
    }
}
