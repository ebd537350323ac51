//! Times and names in words, in the clinic's zone.

use crate::clinic::Clinic;
use crate::front_desk::detail::DetailValue;
use crate::front_desk::patient::{Patient, Sex};
use crate::front_desk::phone;
use chrono::{DateTime, NaiveDate, Utc};

/// A time as a clock at the clinic shows it.
pub fn clock(clinic: &Clinic, at: DateTime<Utc>) -> String {
    at.with_timezone(&clinic.zone).format("%H:%M").to_string()
}

/// A time as short as it can be without being taken for another: the clock alone only today.
pub fn when(clinic: &Clinic, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (here, today) = (at.with_timezone(&clinic.zone), now.with_timezone(&clinic.zone).date_naive());
    if here.date_naive() == today { clock(clinic, at) } else { here.format("%a %-d %b, %H:%M").to_string() }
}

/// A day, "Wed 23 Dec"; with the year where it is another one.
pub fn day(clinic: &Clinic, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (here, today) = (at.with_timezone(&clinic.zone), now.with_timezone(&clinic.zone));
    let same_year = here.format("%Y").to_string() == today.format("%Y").to_string();
    here.format(if same_year { "%a %-d %b" } else { "%a %-d %b %Y" }).to_string()
}

/// How many days the clinic works from one day, which does not count, to another, which does.
pub fn working_days(clinic: &Clinic, from: DateTime<Utc>, to: DateTime<Utc>) -> usize {
    let day = |at: DateTime<Utc>| at.with_timezone(&clinic.zone).date_naive();
    let days = day(from).iter_days().skip(1).take_while(|each| *each <= day(to));
    days.filter(|each| clinic.routines.calendar.is_working_day(*each)).count()
}

/// "1 working day", "3 working days".
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// A telephone number as people of the clinic's country read it.
pub fn telephone(clinic: &Clinic, number: &str) -> String {
    match clinic.routines.registration.country {
        Some(country) => phone::shown(number, country),
        None => number.to_string(),
    }
}

/// What a detail says.
pub fn detail_words(clinic: &Clinic, value: &DetailValue) -> String {
    match value {
        DetailValue::DateOfBirth(born) => day_of(born.date()),
        DetailValue::Sex(sex) => match sex {
            Sex::Female => "Female".into(),
            Sex::Male => "Male".into(),
            Sex::Other => "Other".into(),
            Sex::Unknown => "Not said".into(),
        },
        DetailValue::Phone(number) => telephone(clinic, number),
        DetailValue::Address(address) => address.one_line(),
        DetailValue::EmergencyContact(contact) => {
            let relation = contact.relation.as_ref().map(|relation| format!(" ({relation})"));
            let number = telephone(clinic, &contact.phone);
            format!("{}{} {number}", contact.name, relation.unwrap_or_default()).trim().to_string()
        }
        DetailValue::Language(code) => language_name(code).to_string(),
        DetailValue::SchemeNumber(scheme) => scheme.number.clone(),
        DetailValue::GivenName(text)
        | DetailValue::FamilyName(text)
        | DetailValue::FurtherFamilyName(text)
        | DetailValue::PreviousFamilyName(text)
        | DetailValue::Email(text)
        | DetailValue::Insurer(text)
        | DetailValue::Own(_, text) => text.clone(),
    }
}

/// A date of birth. The month as a word: 04/05 is a different day on either side of an ocean.
pub fn born(patient: &Patient) -> String {
    day_of(patient.date_of_birth.date())
}

fn day_of(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A language's name in English.
pub fn language_name(code: &str) -> &str {
    match code {
        "en" => "English",
        "es" => "Spanish",
        "ar" => "Arabic",
        "hi" => "Hindi",
        other => other,
    }
}

/// A red flag as the routines call it for staff. An id that left the routines is shown as it is.
pub fn red_flag(clinic: &Clinic, id: &str) -> String {
    let flag = clinic.routines.red_flags.flags().iter().find(|flag| flag.id == id);
    flag.map_or_else(|| id.to_string(), |flag| flag.name.clone())
}

/// A service in the language of staff. An id that left the routines is shown as it is.
pub fn service_name(clinic: &Clinic, id: &str) -> String {
    clinic
        .service(id)
        .map_or_else(|| id.to_string(), |service| service.name.text(clinic.staff_language()).to_string())
}
