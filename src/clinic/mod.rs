//! The clinic's written routines: `clinic.toml` → a validated [`Clinic`].
//!
//! **Invariant:** a `Clinic` that exists is whole: every reason leads to a service, every text exists in
//! every language the clinic offers, every series of kiosks has the same number of digits.

pub mod arrivals;
mod branding;
mod check;
pub mod diagram;
mod file;
mod form_conditions;
mod forms;
mod kiosks;
mod mistake;
pub mod payments;
pub mod queue;
mod red_flags;
pub mod registration;
mod retention;
mod routine_files;
pub mod routines;
mod schedule;
mod terminal;
pub mod ticket_layout;
mod voice;

pub use check::{Finding, SentenceFigures, check_routines, hints, sentence_figures};
pub use file::{
    read, read_all, read_text, read_texts, read_told, routines_beside, texts_to_tell, untranslated,
};
pub use mistake::{ClinicError, ClinicErrors};
pub use red_flags::{red_flag_sentences, red_flags_of};
pub use routine_files::{ROUTINE_FILES, RoutineTexts, write_example_routines};
pub use routines::Routines;
pub use terminal::{TerminalPlace, TerminalPort};
pub use voice::{FunctionKey, Headphones, VoiceKeys, VoicePlace};

/// The example of a clinic's file.
pub const EXAMPLE: &str = include_str!("example.toml");

use crate::front_desk::appointment::{ArrivalLimits, ArrivalWindow};
use crate::front_desk::retention::Retention;
use crate::front_desk::sign_in::SessionLimits;
use chrono_tz::Tz;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use vestibule_hardware::printer::Profile;
use vestibule_hardware::scanner::{KeyboardLayout, ScannerPort};
use vestibule_ui::branding::Branding;
use vestibule_ui::words::Words;

/// The clinic's routines as they are in force; they may change while the program runs.
#[derive(Debug, Clone)]
pub struct InForce(Arc<RwLock<Arc<Clinic>>>);

impl InForce {
    /// Begins with these.
    pub fn new(clinic: Arc<Clinic>) -> Self {
        Self(Arc::new(RwLock::new(clinic)))
    }

    /// The routines in force now.
    pub fn now(&self) -> Arc<Clinic> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts others in force.
    pub fn put(&self, clinic: Clinic) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(clinic);
    }
}

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

    /// This text in each of these languages: where it lacks, as in the first of them.
    fn in_all(&self, languages: &[String]) -> Localised {
        let mut texts = self.0.clone();
        if let Some(first) = languages.first().and_then(|first| texts.get(first)).cloned() {
            for language in languages {
                texts.entry(language.clone()).or_insert_with(|| first.clone());
            }
        }
        Localised(texts)
    }

    /// Each language with its text.
    fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
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
    /// When its patients may check in by themselves; the clinic's window where this is none.
    pub arrival: Option<ArrivalWindow>,
}

/// One of the places that the clinic has.
#[derive(Debug, Clone)]
pub struct Site {
    /// Id that appointments and kiosks refer to.
    pub id: String,
    /// What patients call it.
    pub name: Localised,
    /// How to get there.
    pub way: Localised,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterPlace {
    /// Serial device.
    pub port: PathBuf,
    /// Line speed in baud.
    pub baud: u32,
    /// What its model can do.
    pub profile: Profile,
}

/// Where a code scanner is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerPlace {
    /// Serial device, or that of a keyboard.
    pub port: PathBuf,
    /// Line speed in baud.
    #[serde(default = "default_baud")]
    pub baud: u32,
    /// The keyboard that a scanner plays which is none of a serial line.
    #[serde(default)]
    pub keyboard: Option<KeyboardLayout>,
}

impl ScannerPlace {
    /// A scanner on a serial line.
    pub fn serial(port: impl Into<PathBuf>, baud: u32) -> Self {
        Self { port: port.into(), baud, keyboard: None }
    }

    /// How it is listened to.
    pub fn device(&self) -> ScannerPort {
        let path = self.port.clone();
        match self.keyboard {
            Some(layout) => ScannerPort::Keyboard { path, layout },
            None => ScannerPort::Serial { path, baud: self.baud },
        }
    }
}

fn default_baud() -> u32 {
    38_400
}

/// The glass of a kiosk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Its diagonal in inches: sizes on the screen are in millimetres.
    pub inches: f32,
    /// How high its lower edge is above the floor, in millimetres: what is in reach from a wheelchair follows from it.
    pub lower_edge_mm: f32,
}

/// One kiosk of the clinic.
#[derive(Debug, Clone)]
pub struct Kiosk {
    /// Its name, as staff know it.
    pub name: String,
    /// The digits that stand in all its ticket numbers.
    pub series: String,
    /// The glass.
    pub panel: Panel,
    /// Its ticket printer, if it has one.
    pub printer: Option<PrinterPlace>,
    /// Its scanner, if it has one.
    pub scanner: Option<ScannerPlace>,
    /// Its card terminal, if it has one.
    pub terminal: Option<TerminalPlace>,
    /// How it speaks, if it does.
    pub voice: Option<VoicePlace>,
    /// Id of the site where it stands; none where the clinic has only one.
    pub site: Option<String>,
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
#[derive(Clone)]
pub struct Clinic {
    /// The name on screens and tickets.
    pub name: String,
    /// Its colour and its logo.
    pub branding: Arc<Branding>,
    /// Its time zone.
    pub zone: Tz,
    /// The languages it offers, BCP 47, first one first.
    pub languages: Vec<String>,
    /// What the kiosk says, in our languages and in those that the clinic adds.
    pub words: Arc<Words>,
    /// When patients may check in by themselves.
    pub arrival: ArrivalWindow,
    /// Its services.
    pub services: Vec<Service>,
    /// Its sites; none where it has only one.
    pub sites: Vec<Site>,
    /// Its reasons for visit.
    pub reasons: Vec<Reason>,
    /// What a new patient consents to.
    pub consent: Localised,
    /// The written routines: who answers what, and how soon.
    pub routines: Routines,
    /// How long after the expected time a patient should come back to the desk, in minutes.
    pub come_back_minutes: u16,
    /// Waiting for somebody who does nothing.
    pub inactivity: Inactivity,
    /// Whether all this is only for practice: every screen says so.
    pub practice: bool,
    /// Where the desk serves its page and the link.
    pub desk: SocketAddr,
    /// How long people stay signed in at the desk.
    pub session: SessionLimits,
    /// For how long what belongs to a day that is over is kept.
    pub retention: Retention,
    /// What kiosks say to the desk to be let in; 16 characters at least.
    pub link_key: String,
    /// What the payment provider signs its calls to the desk with; 32 characters at least. None where no provider calls.
    pub provider_key: Option<String>,
    /// What whoever reads the desk's metrics says to be let in; 16 characters at least. Without one, only programs on
    /// the desk's own machine read them.
    pub metrics_key: Option<String>,
    /// The folder in which kiosks and the desk keep their stores.
    pub data: PathBuf,
    /// Its kiosks.
    pub kiosks: Vec<Kiosk>,
    /// The file it was read from; none where it was made of texts.
    pub file: Option<PathBuf>,
}

// Its keys let in whoever has read them in a log.
impl fmt::Debug for Clinic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clinic").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Clinic {
    /// This clinic with the procedures of another reading of its files. What belongs to this machine stays: its
    /// kiosks and their devices, where its stores are, the address of the desk and the keys.
    pub fn adopt(&self, told: Clinic) -> Clinic {
        Clinic {
            practice: self.practice,
            desk: self.desk,
            session: self.session,
            link_key: self.link_key.clone(),
            provider_key: self.provider_key.clone(),
            metrics_key: self.metrics_key.clone(),
            data: self.data.clone(),
            kiosks: self.kiosks.clone(),
            file: self.file.clone(),
            ..told
        }
    }

    /// The same clinic to practise with: it looks the same, says on every screen that it is not real, and has
    /// stores, an address and a key of its own, so that nothing of it can reach what is real.
    pub fn for_practice(self) -> Clinic {
        Clinic {
            practice: true,
            data: self.data.join("practice"),
            link_key: format!("practice-{}", self.link_key),
            provider_key: self.provider_key.as_ref().map(|key| format!("practice-{key}")),
            metrics_key: self.metrics_key.as_ref().map(|key| format!("practice-{key}")),
            desk: SocketAddr::new(self.desk.ip(), self.desk.port().checked_add(1).unwrap_or(8321)),
            ..self
        }
    }

    /// The language of staff: the first one.
    pub fn staff_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The service with an id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The service with an id, or the first one: appointments that were imported may name a service that
    /// has left the routines since, and their patients still need a queue.
    pub fn service_or_first(&self, id: &str) -> &Service {
        self.service(id).unwrap_or(&self.services[0])
    }

    /// The site with an id.
    pub fn site(&self, id: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }

    /// By what an arrival for an appointment of a service is judged.
    pub fn arrival_limits(&self, service: &str) -> ArrivalLimits {
        ArrivalLimits {
            window: self.service(service).and_then(|service| service.arrival).unwrap_or(self.arrival),
            missed_after_minutes: self.routines.arrivals.missed_after_minutes(service),
        }
    }

    /// The kiosk with a name.
    pub fn kiosk(&self, name: &str) -> Option<&Kiosk> {
        self.kiosks.iter().find(|kiosk| kiosk.name == name)
    }
}
