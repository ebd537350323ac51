//! Times and names in words, in the clinic's zone and in the language of whoever reads them.

use crate::clinic::Clinic;
use crate::desk::language::{StaffLanguage, english};
use crate::front_desk::detail::DetailValue;
use crate::front_desk::patient::{Patient, Sex};
use crate::front_desk::phone;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde::Serialize;
use std::fmt::Display;

/// Who reads something: at which clinic, in which language, when, and whether money is their business.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The clinic.
    pub clinic: &'a Clinic,
    /// The language.
    pub language: StaffLanguage,
    /// The time.
    pub now: DateTime<Utc>,
    /// Whether their role includes payments: whoever has another one is told of no amount.
    pub sees_money: bool,
}

/// What there is to say of a device.
#[derive(Serialize)]
pub struct DeviceWords {
    /// What is wrong, and what to do.
    pub words: String,
    /// In which language that is, BCP 47: a kiosk of another version says what this desk cannot translate.
    pub lang: &'static str,
}

impl<'a> Reader<'a> {
    /// A text in their language.
    pub fn say(self, english: &str, values: &[(&str, &str)]) -> String {
        self.language.say(english, values)
    }

    /// What a kiosk says of one of its devices, in their language where the desk knows the words.
    pub fn of_device(self, english: &str) -> DeviceWords {
        match self.language.device_words(english) {
            Some(words) => DeviceWords { words, lang: self.language.code() },
            None => DeviceWords { words: english.to_string(), lang: StaffLanguage::English.code() },
        }
    }

    /// A text about a number of things in their language.
    pub fn count(self, n: usize, one: &str, other: &str, values: &[(&str, &str)]) -> String {
        self.language.count(n, one, other, values)
    }

    /// The language of the clinic's own texts that they read, BCP 47: theirs, where the clinic writes in it.
    pub fn texts(self) -> &'a str {
        let code = self.language.code();
        let written = self.clinic.languages.iter().find(|language| language.as_str() == code);
        written.map_or_else(|| self.clinic.staff_language(), String::as_str)
    }

    /// A time as a clock at the clinic shows it.
    pub fn clock(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.clinic.zone).format("%H:%M").to_string()
    }

    /// A time as short as it can be without being taken for another: the clock alone only today.
    pub fn when(self, at: DateTime<Utc>) -> String {
        let (here, today) = (self.here(at), self.here(self.now).date_naive());
        if here.date_naive() == today {
            self.clock(at)
        } else {
            self.format(&here, &self.say("%a %-d %b, %H:%M", &[]))
        }
    }

    /// A day, "Wed 23 Dec"; with the year where it is another one.
    pub fn day(self, at: DateTime<Utc>) -> String {
        let (here, today) = (self.here(at), self.here(self.now));
        let same_year = here.format("%Y").to_string() == today.format("%Y").to_string();
        let pattern = if same_year { self.say("%a %-d %b", &[]) } else { self.say("%a %-d %b %Y", &[]) };
        self.format(&here, &pattern)
    }

    /// A day in full, "Wednesday 23 December 2026".
    pub fn whole_day(self, at: DateTime<Utc>) -> String {
        self.format(&self.here(at), &self.say("%A %-d %B %Y", &[]))
    }

    /// A day and a time in full, "Wednesday 23 December, 10:30".
    pub fn whole_time(self, at: DateTime<Utc>) -> String {
        self.format(&self.here(at), &self.say("%A %-d %B, %H:%M", &[]))
    }

    /// How many days the clinic works from one day, which does not count, to another, which does.
    pub fn working_days(self, from: DateTime<Utc>, to: DateTime<Utc>) -> usize {
        let day = |at| self.here(at).date_naive();
        let days = day(from).iter_days().skip(1).take_while(|each| *each <= day(to));
        days.filter(|each| self.clinic.routines.calendar.is_working_day(*each)).count()
    }

    /// A length of time, short: "40 s", "3 min", "2 h", "4 days".
    pub fn span(self, seconds: u64) -> String {
        let said = |number: u64, english: &str| self.say(english, &[("n", &number.to_string())]);
        match seconds {
            0..120 => said(seconds, english("{n} s")),
            120..7200 => said(seconds / 60, english("{n} min")),
            7200..172_800 => said(seconds / 3600, english("{n} h")),
            _ => said(seconds / 86_400, english("{n} days")),
        }
    }

    /// A telephone number as people of the clinic's country read it.
    pub fn telephone(self, number: &str) -> String {
        match self.clinic.routines.registration.country {
            Some(country) => phone::shown(number, country),
            None => number.to_string(),
        }
    }

    /// What a detail says.
    pub fn detail(self, value: &DetailValue) -> String {
        match value {
            DetailValue::DateOfBirth(born) => self.date(born.date()),
            DetailValue::Sex(sex) => match sex {
                Sex::Female => self.say("Female", &[]),
                Sex::Male => self.say("Male", &[]),
                Sex::Other => self.say("Other sex", &[]),
                Sex::Unknown => self.say("Not said", &[]),
            },
            DetailValue::Phone(number) => self.telephone(number),
            DetailValue::Address(address) => address.one_line(),
            DetailValue::EmergencyContact(contact) => {
                let relation = contact.relation.as_ref().map(|relation| format!(" ({relation})"));
                let number = self.telephone(&contact.phone);
                format!("{}{} {number}", contact.name, relation.unwrap_or_default()).trim().to_string()
            }
            DetailValue::Language(code) => self.language_name(code),
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

    /// A date of birth.
    pub fn born(self, patient: &Patient) -> String {
        self.date(patient.date_of_birth.date())
    }

    /// A date with its year. The month as a word: 04/05 is a different day on either side of an ocean.
    pub fn date(self, day: NaiveDate) -> String {
        day.format_localized(&self.say("%-d %b %Y", &[]), self.language.locale()).to_string()
    }

    /// A date with the whole name of its month, "23 December 2026".
    pub fn date_in_full(self, day: NaiveDate) -> String {
        day.format_localized(&self.say("%-d %B %Y", &[]), self.language.locale()).to_string()
    }

    /// A language's name.
    pub fn language_name(self, code: &str) -> String {
        match code {
            "en" => self.say("English", &[]),
            "es" => self.say("Spanish", &[]),
            "ar" => self.say("Arabic", &[]),
            "hi" => self.say("Hindi", &[]),
            other => other.to_string(),
        }
    }

    /// A service. An id that left the routines is shown as it is.
    pub fn service(self, id: &str) -> String {
        self.clinic
            .service(id)
            .map_or_else(|| id.to_string(), |service| service.name.text(self.texts()).to_string())
    }

    /// Who somebody is that acts for a patient, as the routines call it. An id that left the routines is shown as it is.
    pub fn companion(self, id: &str) -> String {
        let known = self.clinic.routines.companion(id);
        known.map_or_else(|| id.to_string(), |companion| companion.name.text(self.texts()).to_string())
    }

    /// Where a request goes, as the routines call it now; `known` is what they called it where they do not name it any
    /// more.
    pub fn destination(self, id: &str, known: &str) -> String {
        let place = self.clinic.routines.destination(id);
        place.map_or_else(|| known.to_string(), |place| place.name.text(self.texts()).to_string())
    }

    /// A red flag as the routines call it for staff. An id that left the routines is shown as it is.
    pub fn red_flag(self, id: &str) -> String {
        let flag = self.clinic.routines.red_flags.flags().iter().find(|flag| flag.id == id);
        flag.map_or_else(|| id.to_string(), |flag| flag.name.clone())
    }

    fn here(self, at: DateTime<Utc>) -> DateTime<chrono_tz::Tz> {
        at.with_timezone(&self.clinic.zone)
    }

    fn format<Z: TimeZone>(self, at: &DateTime<Z>, pattern: &str) -> String
    where
        Z::Offset: Display,
    {
        at.format_localized(pattern, self.language.locale()).to_string()
    }
}
