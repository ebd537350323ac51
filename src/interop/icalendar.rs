//! iCalendar (RFC 5545): an appointment as an entry of a telephone's calendar.

use crate::clinic::Clinic;
use crate::front_desk::appointment::Appointment;
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike};

/// One appointment as a calendar with one event, short enough for a QR code. The time is in UTC, so that no
/// description of the time zone must travel with it. The entry names the clinic, the service and the
/// clinician, never the patient.
pub fn event(appointment: &Appointment, clinic: &Clinic, language: &str) -> String {
    let service = clinic.service_or_first(&appointment.service).name.text(language);
    let ends_at = appointment.starts_at + TimeDelta::minutes(appointment.minutes.into());
    let mut event = Event::new();
    event
        .uid(&appointment.id.0.to_string())
        // The same appointment is always the same entry: scanning it twice adds nothing.
        .timestamp(DateTime::<Utc>::UNIX_EPOCH)
        .summary(&format!("{}: {service}", clinic.name))
        .starts(appointment.starts_at)
        .ends(ends_at);
    if !appointment.clinician.is_empty() {
        event.description(&appointment.clinician);
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "Vestibule"));
    calendar.push(event.done());
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, read_text};
    use crate::front_desk::appointment::{AppointmentId, AppointmentStatus};
    use crate::front_desk::patient::PatientId;
    use uuid::Uuid;

    #[test]
    fn an_appointment_is_one_short_entry_of_a_calendar() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let appointment = Appointment {
            id: AppointmentId(Uuid::from_u128(0xB)),
            patient: PatientId(Uuid::from_u128(0xA)),
            service: "general".into(),
            clinician: "Dr Chen, MD; \"the doctor\"".into(),
            starts_at: "2026-11-25T09:20:00Z".parse().unwrap(),
            minutes: 15,
            status: AppointmentStatus::Booked,
            site: None,
        };
        for language in &clinic.languages {
            let text = event(&appointment, &clinic, language);
            assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
            assert!(
                text.contains("DTSTART:20261125T092000Z\r\n") && text.contains("DTEND:20261125T093500Z\r\n")
            );
            assert!(text.contains(r"DESCRIPTION:Dr Chen\, MD\;"), "{text}");
            // Longest line of RFC 5545, 3.1: 75 octets without the break.
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            assert!(text.len() < 450, "{} bytes make a code that few telephones read", text.len());
        }
    }
}
