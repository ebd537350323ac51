//! What a printed ticket says.

use super::Paper;
use crate::clinic::Clinic;
use crate::clinic::ticket_layout::{Style, TicketLine, TicketWords};
use crate::front_desk::appointment::Appointment;
use crate::front_desk::code::Code;
use crate::front_desk::ticket::Ticket;
use crate::kiosk::screens::Speaker;
use vestibule_hardware::printer::{Document, Element, TextSize};

/// A ticket as a document, laid out as the clinic has written. No name stands on it: it is left lying about.
pub fn document(
    clinic: &Clinic,
    speaker: &Speaker<'_>,
    ticket: &Ticket,
    appointment: Option<&Appointment>,
    copy: bool,
) -> Document {
    let mut paper = Paper::blank(clinic, speaker);
    if copy {
        paper.centred_strong(speaker.say("ticket-copy"), TextSize::Large);
    }
    for line in clinic.routines.ticket_layout.lines() {
        match line {
            TicketLine::Logo { lines } => paper.logo(clinic, *lines),
            TicketLine::Rule => paper.rule(),
            TicketLine::Space(lines) => paper.elements.push(Element::Space(*lines)),
            TicketLine::Number(size) => paper.number(ticket.number.to_string(), *size),
            TicketLine::Code => paper.code(&Code::Ticket(ticket.id)),
            TicketLine::Words(words, Style { size, weight, align }) => {
                if let Some(text) = said(words, clinic, speaker, ticket, appointment) {
                    paper.text(text, *size, *weight, *align);
                }
            }
        }
    }
    paper.end(clinic, speaker)
}

/// What words come to on one ticket; nothing where it has nothing to say of them.
fn said(
    words: &TicketWords,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
    ticket: &Ticket,
    appointment: Option<&Appointment>,
) -> Option<String> {
    let language = speaker.language().code();
    let service = clinic.service_or_first(&ticket.service);
    Some(match words {
        TicketWords::Clinic => clinic.name.clone(),
        TicketWords::YourNumber => speaker.say("your-number"),
        TicketWords::Service => service.name.text(language).to_string(),
        TicketWords::Appointment => speaker.say_at("ticket-appointment", appointment?.starts_at),
        TicketWords::Clinician => Some(&appointment?.clinician).filter(|name| !name.is_empty())?.clone(),
        TicketWords::Seat => service.seat.text(language).to_string(),
        TicketWords::Expected => speaker.say_with("ticket-expected", &speaker.clock_range(ticket.expected())),
        TicketWords::ComeBack => speaker.say_at("come-back", ticket.come_back_at),
        TicketWords::Issued => speaker.say_on("ticket-issued", ticket.issued_at),
        TicketWords::Own(text) => text.text(language).to_string(),
    })
}
