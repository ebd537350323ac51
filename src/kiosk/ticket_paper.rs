//! What a printed ticket says.

use super::screens::Speaker;
use crate::clinic::Clinic;
use crate::front_desk::appointment::Appointment;
use crate::front_desk::code::Code;
use crate::front_desk::ticket::Ticket;
use vestibule_hardware::printer::{Align, Direction, Document, Element, TextSize, Weight};

/// A ticket as a document: the number so large that it is read at arm's length, then where to sit, when to
/// expect the call and when to come back. No name stands on it: it is left lying about.
pub fn document(
    clinic: &Clinic,
    speaker: &Speaker<'_>,
    ticket: &Ticket,
    appointment: Option<&Appointment>,
    copy: bool,
) -> Document {
    let language = speaker.language();
    let direction = if language.is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
    let text = |text: String, size, weight, align| Element::Text { text, size, weight, align, direction };
    let centred = |words: String| text(words, TextSize::Normal, Weight::Regular, Align::Center);
    let line = |words: String| text(words, TextSize::Normal, Weight::Regular, Align::Start);
    let strong = |words: String| text(words, TextSize::Normal, Weight::Bold, Align::Start);
    let service = clinic.service_or_first(&ticket.service);

    let mut elements = vec![text(clinic.name.clone(), TextSize::Normal, Weight::Bold, Align::Center)];
    if copy {
        elements.push(text(speaker.say("ticket-copy"), TextSize::Large, Weight::Bold, Align::Center));
    }
    elements.extend([
        Element::Rule,
        centred(speaker.say("your-number")),
        // A number reads from left to right in every language.
        Element::Text {
            text: ticket.number.to_string(),
            size: TextSize::Huge,
            weight: Weight::Bold,
            align: Align::Center,
            direction: Direction::LeftToRight,
        },
        centred(service.name.text(language.code()).to_string()),
        Element::Rule,
    ]);
    if let Some(appointment) = appointment {
        elements.push(strong(speaker.say_at("ticket-appointment", appointment.starts_at)));
        if !appointment.clinician.is_empty() {
            elements.push(line(appointment.clinician.clone()));
        }
    }
    elements.extend([
        line(service.seat.text(language.code()).to_string()),
        line(speaker.say_at("ticket-expected", ticket.expected_at)),
        strong(speaker.say_at("come-back", ticket.come_back_at)),
        Element::Space(1),
        Element::Qr { payload: Code::Ticket(ticket.id).text(), module_dots: 6 },
        centred(speaker.say_on("ticket-issued", ticket.issued_at)),
    ]);
    Document { elements }
}
