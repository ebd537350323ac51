//! What a printed ticket says.

use super::Paper;
use crate::clinic::Clinic;
use crate::front_desk::appointment::Appointment;
use crate::front_desk::code::Code;
use crate::front_desk::ticket::Ticket;
use crate::kiosk::screens::Speaker;
use vestibule_hardware::printer::{Document, TextSize};

/// A ticket as a document: the number so large that it is read at arm's length, then where to sit, when to
/// expect the call and when to come back. No name stands on it: it is left lying about.
pub fn document(
    clinic: &Clinic,
    speaker: &Speaker<'_>,
    ticket: &Ticket,
    appointment: Option<&Appointment>,
    copy: bool,
) -> Document {
    let language = speaker.language().code();
    let service = clinic.service_or_first(&ticket.service);
    let mut paper = Paper::begin(clinic, speaker);
    if copy {
        paper.centred_strong(speaker.say("ticket-copy"), TextSize::Large);
    }
    paper.rule();
    paper.centred(speaker.say("your-number"));
    paper.number(ticket.number.to_string(), TextSize::Huge);
    paper.centred(service.name.text(language).to_string());
    paper.rule();
    if let Some(appointment) = appointment {
        paper.strong(speaker.say_at("ticket-appointment", appointment.starts_at));
        if !appointment.clinician.is_empty() {
            paper.line(appointment.clinician.clone());
        }
    }
    paper.line(service.seat.text(language).to_string());
    paper.line(speaker.say_with("ticket-expected", &speaker.clock_range(ticket.expected())));
    paper.strong(speaker.say_at("come-back", ticket.come_back_at));
    paper.code(&Code::Ticket(ticket.id));
    paper.centred(speaker.say_on("ticket-issued", ticket.issued_at));
    paper.end(clinic, speaker)
}
