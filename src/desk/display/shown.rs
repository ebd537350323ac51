//! What a screen shows: numbers, places and services, in the patients' languages. Nothing else of anybody is even read.

use super::spoken;
use super::wanted::Wanted;
use crate::clinic::{Clinic, Localised};
use crate::front_desk::queue::Place;
use crate::front_desk::queue::late::{behind, told_minutes};
use crate::front_desk::wait::{Spoken, as_hours};
use crate::kiosk::screens::Speaker;
use crate::store::{PatientCall, Result, Store};
use chrono::{DateTime, Offset, TimeDelta, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use vestibule_ui::words::{Language, Value};

/// How many calls stay on the screen.
const LAST_CALLS: usize = 4;
/// An older call is not spoken any more: whoever came back after an hour must not shout old numbers.
pub const SPOKEN_WITHIN: TimeDelta = TimeDelta::minutes(3);

/// What happens in the queue, as far as any screen tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// The position of the last call there ever was, also if it was taken back since.
    pub highest: i64,
    /// The calls of the day, each ticket once, latest first.
    pub calls: Vec<PatientCall>,
    /// Ids of the services that run late, with the minutes.
    pub late: Vec<(String, u32)>,
    /// Ids of the services that somebody waits for, with how long who comes now would wait.
    pub waits: Vec<(String, Spoken)>,
}

impl News {
    /// Reads it; the waits are those that were reckoned last.
    pub fn read(
        store: &Store,
        clinic: &Clinic,
        waits: Vec<(String, Spoken)>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let today = now.with_timezone(&clinic.zone).date_naive();
        let entries = store.queue(today)?;
        let expected = store.expected_calls(today)?;
        let late = clinic.services.iter().filter_map(|service| {
            let waiting = entries.iter().filter(|entry| entry.service == service.id);
            let waiting = waiting.filter_map(|entry| Some((entry, *expected.get(&entry.visit)?)));
            Some((service.id.clone(), told_minutes(behind(waiting, now))?))
        });
        Ok(Self {
            highest: store.highest_call()?,
            calls: store.last_calls(today, usize::MAX)?,
            late: late.collect(),
            waits,
        })
    }
}

/// How long who comes now would wait for each service, where somebody waits.
pub fn waits(store: &Store, clinic: &Clinic, now: DateTime<Utc>) -> Result<Vec<(String, Spoken)>> {
    let today = now.with_timezone(&clinic.zone).date_naive();
    let entries = store.queue(today)?;
    let mut waits = Vec::new();
    for service in &clinic.services {
        if entries.iter().any(|entry| entry.service == service.id && entry.place == Place::Waiting) {
            let estimate = store.wait_estimate(clinic, &service.id, None, now)?;
            waits.push((service.id.clone(), Spoken::of(estimate.range, now)));
        }
    }
    Ok(waits)
}

/// A text in each language of the screen.
type Texts = BTreeMap<String, String>;

/// A call.
#[derive(Serialize)]
pub struct CallShown {
    /// Its position among all calls.
    pub id: i64,
    number: String,
    /// The patient's language, BCP 47.
    language: String,
    /// Where to go, in the languages of the screen and the patient's.
    places: Texts,
    /// For a voice of the browser, in the patient's language.
    spoken: String,
    /// Milliseconds since 1970.
    at: i64,
}

/// Something to tell of a service.
#[derive(Serialize)]
struct Notice {
    service: String,
    texts: Texts,
}

/// A screen.
#[derive(Serialize)]
pub struct Shown {
    /// Another one whenever the page must be loaded again: its words or its program changed.
    print: String,
    now: i64,
    /// Offset of the clinic's zone in seconds, for the clock.
    offset: i32,
    calls: Vec<CallShown>,
    late: Vec<Notice>,
    waits: Vec<Notice>,
    /// The languages in which the desk's machine can speak.
    voices: Vec<String>,
}

/// Reads what there is to show with.
pub struct Reader<'a> {
    /// The clinic.
    pub clinic: &'a Clinic,
    /// The texts.
    /// What the screen wants.
    pub wanted: &'a Wanted,
}

impl Reader<'_> {
    /// The screen at a moment.
    pub fn shown(&self, news: &News, voices: &[String], now: DateTime<Utc>) -> Shown {
        let here = now.with_timezone(&self.clinic.zone);
        // What may still be spoken stays known to the page, however many others were called since.
        let counts =
            |(place, call): &(usize, &PatientCall)| *place < LAST_CALLS + 1 || now - call.at <= SPOKEN_WITHIN;
        let calls = news.calls.iter().filter(|call| self.wanted.takes(call)).enumerate().filter(counts);
        let late = news.late.iter().filter(|(service, _)| self.wanted.concerns(self.clinic, service));
        let waits = news.waits.iter().filter(|(service, _)| self.wanted.concerns(self.clinic, service));
        Shown {
            print: self.print(),
            now: now.timestamp_millis(),
            offset: here.offset().fix().local_minus_utc(),
            calls: calls.map(|(_, call)| self.call(call)).collect(),
            late: late
                .map(|(id, minutes)| {
                    self.notice(id, "display-late", &[("minutes", i64::from(*minutes).into())])
                })
                .collect(),
            waits: waits.map(|(id, wait)| self.wait(id, *wait)).collect(),
            voices: voices.to_vec(),
        }
    }

    /// The calls after one that are still to be spoken, in their order.
    pub fn to_speak(&self, news: &News, after: i64, now: DateTime<Utc>) -> Vec<CallShown> {
        let due = |call: &&PatientCall| {
            call.id > after && now - call.at <= SPOKEN_WITHIN && self.wanted.takes(call)
        };
        news.calls.iter().rev().filter(due).map(|call| self.call(call)).collect()
    }

    /// What a page needs before anything happens.
    pub fn settings(&self) -> serde_json::Value {
        let words: Vec<_> = self.wanted.languages.iter().map(|code| self.settings_in(code)).collect();
        serde_json::json!({
            "print": self.print(),
            "clinic": self.clinic.name,
            "practice": self.clinic.practice,
            "name": self.wanted.name,
            "mistakes": self.wanted.mistakes,
            "spoken_within": SPOKEN_WITHIN.num_milliseconds(),
            "last_calls": LAST_CALLS,
            "languages": words,
            "go_to": self.go_to(),
        })
    }

    fn settings_in(&self, code: &str) -> serde_json::Value {
        let speaker = self.speaker(code);
        serde_json::json!({
            "code": code,
            "rtl": speaker.language().is_rtl(),
            "title": speaker.say("display-title"),
            "idle": speaker.say("display-idle"),
            "last": speaker.say("display-last-calls"),
            "sound": speaker.say("display-sound"),
            "practice": speaker.say("practice"),
            "lost": speaker.say_with("display-lost", &[("time", "{time}".into())]),
        })
    }

    /// Above a call stands what it means in its patient's language, whichever the screen has.
    fn go_to(&self) -> Texts {
        let mut codes: Vec<&String> = self.clinic.languages.iter().chain(&self.wanted.languages).collect();
        codes.sort();
        codes.dedup();
        codes.into_iter().map(|code| (code.clone(), self.speaker(code).say("display-go-to"))).collect()
    }

    fn print(&self) -> String {
        let words: Vec<_> = self.wanted.languages.iter().map(|code| self.settings_in(code)).collect();
        let all = serde_json::json!([
            self.clinic.name,
            self.clinic.practice,
            words,
            self.wanted.mistakes,
            env!("CARGO_PKG_VERSION")
        ]);
        uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, all.to_string().as_bytes()).simple().to_string()
    }

    fn call(&self, call: &PatientCall) -> CallShown {
        let place = self.clinic.routines.queue.point(&call.point).map(|point| &point.name);
        let named = |code: &str| text(place, code, &call.point);
        // A ticket of a language that the clinic no longer has is called in the first one.
        let language = if self.clinic.languages.contains(&call.language) {
            call.language.clone()
        } else {
            self.wanted.languages.first().cloned().unwrap_or_default()
        };
        let number = call.number.to_string();
        let spoken = spoken::call(self.clinic, &language, &number, &named(&language));
        let codes = self.wanted.languages.iter().chain([&language]);
        CallShown {
            id: call.id,
            places: codes.map(|code| (code.clone(), named(code))).collect(),
            number,
            spoken,
            language,
            at: call.at.timestamp_millis(),
        }
    }

    fn wait(&self, service: &str, wait: Spoken) -> Notice {
        let number = |minutes: u32| Value::from(i64::from(minutes));
        match wait {
            Spoken::LessThan(minutes) => {
                self.notice(service, "display-wait-less", &[("minutes", number(minutes))])
            }
            Spoken::Minutes(from, until) => {
                self.notice(service, "display-wait", &[("from", number(from)), ("until", number(until))])
            }
            Spoken::HalfHours(from, until) => {
                let values = [("from", as_hours(from).into()), ("until", as_hours(until).into())];
                self.notice(service, "display-wait-hours", &values)
            }
        }
    }

    fn notice(&self, service: &str, key: &str, values: &[(&str, Value)]) -> Notice {
        let name = self.clinic.service(service).map(|service| &service.name);
        let texts = self.wanted.languages.iter().map(|code| {
            let mut all = vec![("service", text(name, code, service).into())];
            all.extend(values.iter().cloned());
            (code.clone(), self.speaker(code).say_with(key, &all))
        });
        Notice { service: service.to_string(), texts: texts.collect() }
    }

    fn speaker(&self, code: &str) -> Speaker<'_> {
        Speaker::new(code, self.clinic)
    }
}

/// What a call says to a voice, and in which language.
pub fn said(clinic: &Clinic, call: &PatientCall, code: &str) -> Option<(Language, String)> {
    let language = clinic.words.language(code).filter(|_| clinic.languages.iter().any(|own| own == code))?;
    let place = text(clinic.routines.queue.point(&call.point).map(|point| &point.name), code, &call.point);
    Some((language, spoken::call(clinic, code, call.number.as_str(), &place)))
}

fn text(name: Option<&Localised>, code: &str, id: &str) -> String {
    name.map_or_else(|| id.to_string(), |name| name.text(code).to_string())
}
