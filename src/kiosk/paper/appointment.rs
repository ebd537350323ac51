//! What the printed slip of an appointment says.

use super::Paper;
use crate::clinic::Clinic;
use crate::front_desk::appointment::Appointment;
use crate::front_desk::code::Code;
use crate::interop::icalendar;
use crate::kiosk::screens::Speaker;
use vestibule_hardware::printer::{Document, TextSize};

/// The slip of an appointment: when, what and with whom, a code that checks in on the day, and one that a
/// telephone's camera puts into its calendar. No name stands on it: it is left lying about.
pub fn document(clinic: &Clinic, speaker: &Speaker<'_>, appointment: &Appointment) -> Document {
    let language = speaker.language().code();
    let service = clinic.service_or_first(&appointment.service);
    let mut paper = Paper::begin(clinic, speaker);
    paper.rule();
    paper.centred(speaker.say("appointment-slip-title"));
    paper.centred_strong(speaker.day(appointment.starts_at), TextSize::Normal);
    paper.number(speaker.clock(appointment.starts_at), TextSize::Huge);
    paper.centred(service.name.text(language).to_string());
    if !appointment.clinician.is_empty() {
        paper.centred(appointment.clinician.clone());
    }
    paper.rule();
    paper.code(&Code::Appointment(appointment.id));
    paper.centred(speaker.say("booked-check-in-code"));
    paper.qr(icalendar::event(appointment, clinic, language), CALENDAR_MODULE_DOTS);
    paper.centred(speaker.say("booked-calendar-code"));
    paper.line(speaker.say("booked-bring"));
    paper.end(clinic, speaker)
}

/// A calendar's entry is several times as long as a code of ours: with modules as large it would not fit.
const CALENDAR_MODULE_DOTS: u8 = 5;
