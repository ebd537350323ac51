//! The clinic's written routines: `clinic.toml` → a validated [`Clinic`].
//!
//! **Invariant:** a `Clinic` that exists is whole: every reason leads to a service, every text exists in
//! every language the clinic offers, every series of kiosks has the same number of digits.

mod file;

pub use file::{ClinicError, read, read_text};

/// The example of a clinic's file.
pub const EXAMPLE: &str = include_str!("example.toml");

use crate::front_desk::appointment::ArrivalWindow;
use chrono_tz::Tz;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A text in each of the clinic's languages, by BCP 47 code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Localised(BTreeMap<String, String>);

impl Localised {
    /// The text in a language. The file is refused when one is missing, so the fallback to whichever
    /// comes first is only reached for a language that the clinic does not offer.
    pub fn text(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    fn has(&self, language: &str) -> bool {
        self.0.get(language).is_some_and(|text| !text.trim().is_empty())
    }
}

/// A service with a queue of its own.
#[derive(Debug, Clone)]
pub struct Service {
    /// Id that appointments and reasons refer to.
    pub id: String,
    /// First letter of its ticket numbers.
    pub letter: char,
    /// What patients call it.
    pub name: Localised,
    /// Where to sit.
    pub seat: Localised,
    /// What one patient takes, in minutes.
    pub minutes_each: u16,
    /// How many patients are seen at a time.
    pub service_points: u16,
}

/// A reason for visit that a new patient can choose.
#[derive(Debug, Clone)]
pub struct Reason {
    /// Id kept in the record.
    pub id: String,
    /// What patients read.
    pub name: Localised,
    /// Id of the service it leads to.
    pub service: String,
}

/// Where a ticket printer is and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterPlace {
    /// Serial device.
    pub port: PathBuf,
    /// Line speed in baud.
    #[serde(default = "default_baud")]
    pub baud: u32,
    /// Name of its profile.
    pub profile: String,
}

/// Where a code scanner is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerPlace {
    /// Serial device.
    pub port: PathBuf,
    /// Line speed in baud.
    #[serde(default = "default_baud")]
    pub baud: u32,
}

fn default_baud() -> u32 {
    38_400
}

/// One kiosk of the clinic.
#[derive(Debug, Clone)]
pub struct Kiosk {
    /// Its name, as staff know it.
    pub name: String,
    /// The digits that stand in all its ticket numbers.
    pub series: String,
    /// Diagonal of its panel in inches: sizes on the screen are in millimetres.
    pub panel_inches: f32,
    /// Its ticket printer, if it has one.
    pub printer: Option<PrinterPlace>,
    /// Its scanner, if it has one.
    pub scanner: Option<ScannerPlace>,
}

/// How long the kiosk waits for somebody who does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inactivity {
    /// Until the warning.
    pub warn_after: Duration,
    /// From the warning to the end of the session; at least 20 s (WCAG 2.2, success criterion 2.2.1).
    pub countdown: Duration,
}

/// The clinic and its routines.
#[derive(Debug, Clone)]
pub struct Clinic {
    /// The name on screens and tickets.
    pub name: String,
    /// Its time zone.
    pub zone: Tz,
    /// The languages it offers, BCP 47, first one first.
    pub languages: Vec<String>,
    /// When patients may check in by themselves.
    pub arrival: ArrivalWindow,
    /// Its services.
    pub services: Vec<Service>,
    /// Its reasons for visit.
    pub reasons: Vec<Reason>,
    /// What a new patient consents to.
    pub consent: Localised,
    /// Within how many minutes somebody must acknowledge a request.
    pub acknowledge_minutes: u16,
    /// How long after the expected time a patient should come back to the desk, in minutes.
    pub come_back_minutes: u16,
    /// Waiting for somebody who does nothing.
    pub inactivity: Inactivity,
    /// Where the desk serves its page and the link.
    pub desk: SocketAddr,
    /// What kiosks say to the desk to be let in; 16 characters at least.
    pub link_key: String,
    /// The folder in which kiosks and the desk keep their stores.
    pub data: PathBuf,
    /// Its kiosks.
    pub kiosks: Vec<Kiosk>,
}

impl Clinic {
    /// The service with an id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The service with an id, or the first one: appointments that were imported may name a service that
    /// has left the routines since, and their patients still need a queue.
    pub fn service_or_first(&self, id: &str) -> &Service {
        self.service(id).unwrap_or(&self.services[0])
    }

    /// The kiosk with a name.
    pub fn kiosk(&self, name: &str) -> Option<&Kiosk> {
        self.kiosks.iter().find(|kiosk| kiosk.name == name)
    }
}
