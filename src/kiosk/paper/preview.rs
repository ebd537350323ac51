//! What the clinic's tickets look like before anybody holds one: `vestibule ticket preview`.

use super::ticket;
use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use crate::front_desk::patient::PatientId;
use crate::front_desk::ticket::{Ticket, TicketId, TicketNumber};
use crate::kiosk::screens::Speaker;
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;
use vestibule_hardware::printer::{
    Bitmap, EncodeError, FontError, Fonts, JobId, Profile, ProfileError, encode, simulator,
};

/// The printer of a kiosk that has none.
const USUAL_PRINTER: &str = "generic-80mm";
const USUAL_BAUD: u32 = 38_400;
/// A byte takes ten bits on a serial line: its own, one to begin and one to end.
const BITS: f64 = 10.0;
/// Dots in a millimetre: 203 to the inch, as the most printers have.
const DOTS_PER_MM: f64 = 8.0;

/// A ticket that was drawn.
#[derive(Debug)]
pub struct Drawn {
    /// The language.
    pub language: String,
    /// The picture.
    pub path: PathBuf,
    /// How long the paper is, in millimetres.
    pub millimetres: f64,
    /// What goes to the printer.
    pub bytes: usize,
    /// How long the line needs for that.
    pub seconds: f64,
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { language, path, millimetres, bytes, seconds } = self;
        let path = path.display();
        write!(
            f,
            "{language}: {path}: {millimetres:.0} mm of paper, {bytes} bytes, {seconds:.1} s on the line"
        )
    }
}

/// Why tickets cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// There is no such kiosk.
    #[error("the clinic's file names no kiosk {0:?}: use one of {1}")]
    NoKiosk(String, String),
    /// The fonts.
    #[error("the fonts of the tickets cannot be used: {0}")]
    Fonts(#[from] FontError),
    /// The printer's profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// What is on it.
    #[error("the ticket cannot be printed: {0}")]
    Encode(#[from] EncodeError),
    /// The disk.
    #[error("{path}: the picture cannot be written: {error}")]
    Write {
        /// Which picture.
        path: String,
        /// Why.
        error: std::io::Error,
    },
}

/// Draws the ticket of each of the clinic's languages as the printer of a kiosk prints it (the first one's, where none
/// is named) into a folder, which is made if need be.
pub fn draw(
    clinic: &Clinic,
    kiosk: Option<&str>,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<Vec<Drawn>, PreviewError> {
    let fonts = Arc::new(Fonts::new(&vestibule_ui::fonts::fonts())?);
    let place = match kiosk {
        Some(name) => clinic.kiosks.iter().find(|kiosk| kiosk.name == name).ok_or_else(|| {
            let known: Vec<_> = clinic.kiosks.iter().map(|kiosk| kiosk.name.as_str()).collect();
            PreviewError::NoKiosk(name.to_string(), known.join(", "))
        })?,
        // A clinic has one at least.
        None => &clinic.kiosks[0],
    };
    let (profile, baud) = match &place.printer {
        Some(printer) => (printer.profile.clone(), printer.baud),
        None => (Profile::named(USUAL_PRINTER)?, USUAL_BAUD),
    };
    let wrote = |path: &Path, error| PreviewError::Write { path: path.display().to_string(), error };
    std::fs::create_dir_all(folder).map_err(|error| wrote(folder, error))?;
    let mut drawn = Vec::new();
    for language in &clinic.languages {
        let speaker = Speaker::new(language, clinic);
        let (ticket, appointment) = invented(clinic, &place.series, language, now);
        let document = ticket::document(clinic, &speaker, &ticket, Some(&appointment), false);
        let bytes = encode(&document, &profile, &fonts, JobId::new(0))?;
        let preview = simulator::preview(&bytes, &profile, Arc::clone(&fonts));
        let path = folder.join(format!("ticket-{language}.png"));
        preview.write_png(&path).map_err(|error| wrote(&path, error))?;
        drawn.push(Drawn {
            language: language.clone(),
            path,
            millimetres: preview.pictures().map(Bitmap::height).sum::<usize>() as f64 / DOTS_PER_MM,
            bytes: bytes.len(),
            seconds: bytes.len() as f64 * BITS / f64::from(baud),
        });
    }
    Ok(drawn)
}

/// A ticket of nobody, for an appointment in a quarter of an hour.
fn invented(clinic: &Clinic, series: &str, language: &str, now: DateTime<Utc>) -> (Ticket, Appointment) {
    // A clinic has one service at least.
    let service = &clinic.services[0];
    let starts_at = now + TimeDelta::minutes(15);
    let seen_by = clinic.routines.schedule.clinicians.first();
    let appointment = Appointment {
        id: AppointmentId(Uuid::nil()),
        patient: PatientId(Uuid::nil()),
        service: service.id.clone(),
        clinician: seen_by.map_or_else(|| "Dr. Ana Ruiz".into(), |clinician| clinician.name.clone()),
        starts_at,
        minutes: service.minutes_each,
        status: AppointmentStatus::Booked,
        site: None,
    };
    let expected_until = starts_at + TimeDelta::minutes(20);
    let ticket = Ticket {
        id: TicketId(Uuid::from_u128(u128::MAX)),
        number: TicketNumber::new(service.letter, series, 7),
        day: now.with_timezone(&clinic.zone).date_naive(),
        service: service.id.clone(),
        issued_at: now,
        expected_at: starts_at,
        expected_until: Some(expected_until),
        come_back_at: expected_until + TimeDelta::minutes(clinic.come_back_minutes.into()),
        language: language.into(),
    };
    (ticket, appointment)
}
