//! iCalendar (RFC 5545): an appointment as an entry of a telephone's calendar.

use crate::clinic::Clinic;
use crate::front_desk::appointment::{Appointment, AppointmentStatus};
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};

/// One appointment as a calendar with one event, short enough for a QR code. The time is in UTC, so that no
/// description of the time zone must travel with it. The entry names the clinic, the service and the
/// clinician, never the patient.
pub fn event(appointment: &Appointment, clinic: &Clinic, language: &str) -> String {
    let mut event = described(appointment, clinic, language);
    // The same appointment is always the same entry: scanning it twice adds nothing.
    event.timestamp(DateTime::<Utc>::UNIX_EPOCH);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "Vestibule"));
    calendar.push(event.done());
    calendar.to_string()
}

/// A change of an appointment for the calendar of whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarChange {
    /// "REQUEST" or "CANCEL" (RFC 5546).
    pub method: &'static str,
    /// The calendar with its one event.
    pub text: String,
}

/// An appointment as it stands now, for a calendar that may have it otherwise: the entry with the same identity moves, or
/// goes where the appointment was called off. A later change always has a higher sequence.
pub fn change(
    appointment: &Appointment,
    clinic: &Clinic,
    language: &str,
    now: DateTime<Utc>,
) -> CalendarChange {
    let (method, status) = match appointment.status {
        AppointmentStatus::Booked => ("REQUEST", "CONFIRMED"),
        AppointmentStatus::Cancelled => ("CANCEL", "CANCELLED"),
    };
    let mut event = described(appointment, clinic, language);
    event.timestamp(now);
    event.add_property("SEQUENCE", (now.timestamp() / 60).to_string());
    event.add_property("STATUS", status);
    // Whom the calendar would answer: there is no address for that, so it is the name alone.
    event.append_property(
        Property::new("ORGANIZER", "urn:vestibule:clinic").add_parameter("CN", &clinic.name).done(),
    );
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "Vestibule"))
        .append_property(("METHOD", method));
    calendar.push(event.done());
    CalendarChange { method, text: calendar.to_string() }
}

fn described(appointment: &Appointment, clinic: &Clinic, language: &str) -> Event {
    let service = clinic.service_or_first(&appointment.service).name.text(language);
    let ends_at = appointment.starts_at + TimeDelta::minutes(appointment.minutes.into());
    let mut event = Event::new();
    event
        .uid(&appointment.id.0.to_string())
        .summary(&format!("{}: {service}", clinic.name))
        .starts(appointment.starts_at)
        .ends(ends_at);
    if !appointment.clinician.is_empty() {
        event.description(&appointment.clinician);
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, read_text};
    use crate::front_desk::appointment::AppointmentId;
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

    #[test]
    fn a_change_is_a_newer_version_of_the_same_entry_and_a_cancellation_takes_it_away() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let booked = Appointment {
            id: AppointmentId(Uuid::from_u128(0xB)),
            patient: PatientId(Uuid::from_u128(0xA)),
            service: "general".into(),
            clinician: "Dr Chen".into(),
            starts_at: "2026-11-25T09:20:00Z".parse().unwrap(),
            minutes: 15,
            status: AppointmentStatus::Booked,
            site: None,
        };
        let off = Appointment { status: AppointmentStatus::Cancelled, ..booked.clone() };
        let at: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let lines = |appointment: &Appointment, minutes: i64| -> (&str, Vec<String>) {
            let CalendarChange { method, text } =
                change(appointment, &clinic, "en", at + TimeDelta::minutes(minutes));
            (method, text.split("\r\n").map(str::to_string).collect())
        };
        let property = |lines: &[String], name: &str| {
            let found = lines.iter().find(|line| line.starts_with(name)).expect(name);
            found.split_once(':').map(|(_, value)| value.to_string()).unwrap()
        };
        let (method, moved) = lines(&booked, 0);
        assert_eq!((method, property(&moved, "METHOD").as_str()), ("REQUEST", "REQUEST"));
        let (method, cancelled) = lines(&off, 5);
        assert_eq!((method, property(&cancelled, "METHOD").as_str()), ("CANCEL", "CANCEL"));
        assert_eq!(property(&cancelled, "STATUS"), "CANCELLED");
        assert_eq!(property(&moved, "UID"), property(&cancelled, "UID"));
        assert_eq!(
            property(&moved, "UID"),
            property(&event_lines(&booked, &clinic), "UID"),
            "as on the slip"
        );
        let sequence = |lines: &[String]| property(lines, "SEQUENCE").parse::<u64>().unwrap();
        assert!(sequence(&moved) < sequence(&cancelled));
        assert_eq!(property(&moved, "DTSTAMP"), "20261124T080000Z");
    }

    fn event_lines(appointment: &Appointment, clinic: &Clinic) -> Vec<String> {
        event(appointment, clinic, "en").split("\r\n").map(str::to_string).collect()
    }
}
