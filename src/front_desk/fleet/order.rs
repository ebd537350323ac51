//! What staff can order a kiosk to do from afar. A kiosk carries each order out once, never interrupts a patient
//! for it, and says what became of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The identity of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KioskOrderId(pub Uuid);

/// What a kiosk is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum KioskOrder {
    /// Close to patients.
    TakeOutOfService {
        /// What patients read on it, in each of the clinic's languages.
        notice: ClosedNotice,
        /// Whether a patient who is at it is sent to the desk now; otherwise the kiosk waits until they are done.
        at_once: bool,
    },
    /// Serve patients again.
    BackInService,
    /// Start the program anew.
    Restart,
    /// Read the clinic's file of this machine again.
    ReadConfiguration,
    /// Print a page on which everything can be seen that a ticket can hold.
    PrintTestPage,
    /// Examine the machine, as `vestibule doctor` does.
    Examine,
}

impl KioskOrder {
    /// What the order is called where no text can be shown.
    pub fn id(&self) -> &'static str {
        match self {
            Self::TakeOutOfService { .. } => "take-out-of-service",
            Self::BackInService => "back-in-service",
            Self::Restart => "restart",
            Self::ReadConfiguration => "read-configuration",
            Self::PrintTestPage => "print-test-page",
            Self::Examine => "examine",
        }
    }

    /// For how long an order is worth carrying out: a printer that comes to life in the middle of the night
    /// because somebody pressed a button in the afternoon helps nobody.
    pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);

    /// Whether an order of a time is too old to be carried out.
    pub fn is_expired(ordered_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now - ordered_at > Self::GOOD_FOR
    }
}

/// What patients read on a kiosk that is closed, beside the words that it always has: a text for each of the
/// clinic's languages, or none at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClosedNotice(BTreeMap<String, String>);

/// Why a text cannot stand on a closed kiosk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoticeMistake {
    /// A language has none.
    #[error("the message is missing in \"{0}\": write it in each of the clinic's languages, or in none")]
    Missing(String),
    /// Too long to be read in passing.
    #[error("the message in \"{0}\" is too long: 120 characters at most")]
    TooLong(String),
    /// Nobody could read it.
    #[error("the message in \"{0}\" has signs that cannot be shown")]
    NotShown(String),
}

impl ClosedNotice {
    /// The longest text, in characters: it is read from some metres away.
    pub const LONGEST: usize = 120;

    /// Takes the text of each language; all of them, or none.
    pub fn parse(texts: &BTreeMap<String, String>, languages: &[String]) -> Result<Self, NoticeMistake> {
        let written = |language: &String| texts.get(language).map_or("", |text| text.trim());
        if languages.iter().all(|language| written(language).is_empty()) {
            return Ok(Self::default());
        }
        let mut notice = BTreeMap::new();
        for language in languages {
            let text = written(language);
            if text.is_empty() {
                return Err(NoticeMistake::Missing(language.clone()));
            }
            if text.chars().count() > Self::LONGEST {
                return Err(NoticeMistake::TooLong(language.clone()));
            }
            if text.chars().any(char::is_control) {
                return Err(NoticeMistake::NotShown(language.clone()));
            }
            notice.insert(language.clone(), text.to_string());
        }
        Ok(Self(notice))
    }

    /// The text in a language; empty for none.
    pub fn text(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum OrderEnd {
    /// The kiosk did it.
    Done {
        /// What there is to say of it, in words for staff.
        words: String,
    },
    /// The kiosk could not.
    Failed {
        /// Why, and what to do.
        words: String,
    },
    /// It was not carried out within its time.
    Expired,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(written: &[(&str, &str)]) -> BTreeMap<String, String> {
        written.iter().map(|(language, text)| (language.to_string(), text.to_string())).collect()
    }

    #[test]
    fn a_closed_kiosk_says_something_in_every_language_or_in_none() {
        let languages = ["en".to_string(), "es".to_string()];
        let parse = |written: &[(&str, &str)]| ClosedNotice::parse(&texts(written), &languages);
        let long = "x".repeat(ClosedNotice::LONGEST + 1);
        assert_eq!(parse(&[]), Ok(ClosedNotice::default()));
        assert_eq!(parse(&[("en", "  "), ("es", "")]), Ok(ClosedNotice::default()));
        assert_eq!(parse(&[("en", "Back at two")]), Err(NoticeMistake::Missing("es".into())));
        assert_eq!(parse(&[("en", "a"), ("es", &long)]), Err(NoticeMistake::TooLong("es".into())));
        assert_eq!(parse(&[("en", "a\nb"), ("es", "c")]), Err(NoticeMistake::NotShown("en".into())));
        let both = parse(&[("en", " Back at two "), ("es", "Volvemos a las dos"), ("fr", "no")]).unwrap();
        assert_eq!(
            (both.text("en"), both.text("es"), both.text("fr")),
            ("Back at two", "Volvemos a las dos", "")
        );
    }

    #[test]
    fn orders_are_named_alike_in_facts_and_elsewhere() {
        let notice = ClosedNotice::default();
        for order in [
            KioskOrder::TakeOutOfService { notice, at_once: true },
            KioskOrder::BackInService,
            KioskOrder::Restart,
            KioskOrder::ReadConfiguration,
            KioskOrder::PrintTestPage,
            KioskOrder::Examine,
        ] {
            assert_eq!(serde_json::to_value(&order).unwrap()["order"], order.id());
        }
    }
}
