//! Appointments, and what an arrival means for them.

use super::patient::PatientId;
use super::ticket::Ticket;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AppointmentId(pub Uuid);

/// Whether an appointment still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentStatus {
    /// It stands.
    Booked,
    /// It was called off.
    Cancelled,
}

/// A patient's booked time with a clinician.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Identity.
    pub id: AppointmentId,
    /// Whose it is.
    pub patient: PatientId,
    /// The service's id in the clinic's routines.
    pub service: String,
    /// The clinician's name as patients know it.
    pub clinician: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// Whether it stands.
    pub status: AppointmentStatus,
    /// Id of the site where it is; none where the clinic has only one.
    #[serde(default)]
    pub site: Option<String>,
}

/// How early and how late a patient may check in by themselves, in minutes around the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArrivalWindow {
    /// Check-in opens this many minutes before the start.
    pub opens_before_minutes: u16,
    /// Check-in closes this many minutes after the start.
    pub closes_after_minutes: u16,
}

/// An appointment with the ticket that its check-in gave, if there was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedVisit {
    /// The appointment.
    pub appointment: Appointment,
    /// The ticket, once checked in.
    pub ticket: Option<Ticket>,
}

/// What a patient's arrival means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Within the window: check in.
    OnTime(Appointment),
    /// Too early today; check-in opens at the given time.
    Early(Appointment, DateTime<Utc>),
    /// Too late today: the desk decides.
    Late(Appointment),
    /// Nothing today; the nearest appointment is on another day (future ones first).
    OtherDay(Appointment),
    /// Checked in already, with this ticket.
    AlreadyCheckedIn(Appointment, Ticket),
    /// Today's appointment was called off: the desk explains.
    Cancelled(Appointment),
    /// No appointment at all.
    NoAppointment,
}

/// Judges an arrival at `now`. Where several appointments of today could be meant, the first that can be
/// checked in wins, then what is still to come, then what has been checked in, then what was missed.
pub fn judge_arrival(visits: &[BookedVisit], window: ArrivalWindow, zone: Tz, now: DateTime<Utc>) -> Arrival {
    let today = now.with_timezone(&zone).date_naive();
    let opens = |a: &Appointment| a.starts_at - TimeDelta::minutes(window.opens_before_minutes.into());
    let closes = |a: &Appointment| a.starts_at + TimeDelta::minutes(window.closes_after_minutes.into());
    let within = |a: &Appointment| opens(a) <= now && now <= closes(a);
    // The window knows no midnight: at 23:55 the appointment at 00:05 is at hand, not tomorrow's.
    let at_hand = |a: &Appointment| within(a) || a.starts_at.with_timezone(&zone).date_naive() == today;
    let mut todays: Vec<&BookedVisit> = visits.iter().filter(|visit| at_hand(&visit.appointment)).collect();
    todays.sort_by_key(|visit| (visit.appointment.starts_at, visit.appointment.id));
    let open = |visit: &&&BookedVisit| {
        visit.appointment.status == AppointmentStatus::Booked && visit.ticket.is_none()
    };

    if let Some(visit) = todays.iter().filter(open).find(|visit| within(&visit.appointment)) {
        return Arrival::OnTime(visit.appointment.clone());
    }
    // A ticket held for a visit that is still in the lobby matters more than a later appointment.
    let checked_in = todays
        .iter()
        .rev()
        .find_map(|visit| visit.ticket.as_ref().map(|ticket| (visit.appointment.clone(), ticket.clone())));
    let early = todays.iter().filter(open).find(|visit| now < opens(&visit.appointment));
    let late = todays.iter().rfind(open);
    let cancelled = todays
        .iter()
        .find(|visit| visit.appointment.status == AppointmentStatus::Cancelled && visit.ticket.is_none());
    if let Some((appointment, ticket)) = checked_in {
        return Arrival::AlreadyCheckedIn(appointment, ticket);
    }
    if let Some(visit) = early {
        return Arrival::Early(visit.appointment.clone(), opens(&visit.appointment));
    }
    if let Some(visit) = late {
        return Arrival::Late(visit.appointment.clone());
    }
    if let Some(visit) = cancelled {
        return Arrival::Cancelled(visit.appointment.clone());
    }
    let standing = || visits.iter().filter(|v| v.appointment.status == AppointmentStatus::Booked);
    let next = standing().filter(|v| v.appointment.starts_at > now).min_by_key(|v| v.appointment.starts_at);
    let last = || standing().max_by_key(|v| v.appointment.starts_at);
    match next.or_else(last) {
        Some(visit) => Arrival::OtherDay(visit.appointment.clone()),
        None => Arrival::NoAppointment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::ticket::tests::ticket;
    use chrono::TimeZone;

    const WINDOW: ArrivalWindow = ArrivalWindow { opens_before_minutes: 60, closes_after_minutes: 15 };

    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap()
    }

    fn visit(starts_at: DateTime<Utc>) -> BookedVisit {
        BookedVisit {
            appointment: Appointment {
                id: AppointmentId(Uuid::from_u128(starts_at.timestamp() as u128)),
                patient: PatientId(Uuid::nil()),
                service: "general".into(),
                clinician: "Dr Chen".into(),
                starts_at,
                minutes: 20,
                status: AppointmentStatus::Booked,
                site: None,
            },
            ticket: None,
        }
    }

    fn judged(visits: &[BookedVisit], now: DateTime<Utc>) -> &'static str {
        match judge_arrival(visits, WINDOW, chrono_tz::UTC, now) {
            Arrival::OnTime(_) => "on time",
            Arrival::Early(..) => "early",
            Arrival::Late(_) => "late",
            Arrival::OtherDay(_) => "other day",
            Arrival::AlreadyCheckedIn(..) => "already",
            Arrival::Cancelled(_) => "cancelled",
            Arrival::NoAppointment => "none",
        }
    }

    #[test]
    fn each_arrival_has_its_own_answer() {
        let ten = || visit(at(24, 10, 0));
        let checked_in = || BookedVisit { ticket: Some(ticket()), ..ten() };
        let cancelled = || {
            let mut v = ten();
            v.appointment.status = AppointmentStatus::Cancelled;
            v
        };
        for (visits, now, expected) in [
            (vec![ten()], at(24, 8, 59), "early"),
            (vec![ten()], at(24, 9, 0), "on time"),
            (vec![ten()], at(24, 10, 15), "on time"),
            (vec![ten()], at(24, 10, 16), "late"),
            (vec![visit(at(25, 10, 0))], at(24, 10, 0), "other day"),
            (vec![visit(at(23, 10, 0))], at(24, 10, 0), "other day"),
            (vec![checked_in()], at(24, 10, 0), "already"),
            (vec![checked_in(), visit(at(24, 11, 0))], at(24, 10, 10), "on time"),
            (vec![checked_in(), visit(at(24, 16, 0))], at(24, 10, 10), "already"),
            (vec![cancelled()], at(24, 10, 0), "cancelled"),
            (vec![cancelled(), visit(at(24, 10, 30))], at(24, 10, 0), "on time"),
            (vec![visit(at(24, 9, 0)), visit(at(24, 15, 0))], at(24, 12, 0), "early"),
            (vec![], at(24, 10, 0), "none"),
        ] {
            assert_eq!(judged(&visits, now), expected, "at {now}");
        }
    }

    #[test]
    fn today_is_the_clinics_day_not_utcs() {
        // 23:30 UTC on the 24th is already the 25th in Madrid.
        let visits = [visit(at(24, 23, 30))];
        let arrival = judge_arrival(&visits, WINDOW, chrono_tz::Europe::Madrid, at(24, 12, 0));
        assert!(matches!(arrival, Arrival::OtherDay(_)));
    }

    #[test]
    fn the_window_knows_no_midnight() {
        // Madrid is an hour ahead: its midnight is at 23:00 UTC.
        for (starts, now, on_time) in [
            (at(24, 23, 5), at(24, 22, 55), true),
            (at(24, 22, 55), at(24, 23, 5), true),
            (at(24, 23, 5), at(24, 22, 4), false),
            (at(24, 22, 40), at(24, 23, 5), false),
        ] {
            let arrival = judge_arrival(&[visit(starts)], WINDOW, chrono_tz::Europe::Madrid, now);
            assert_eq!(matches!(arrival, Arrival::OnTime(_)), on_time, "{starts} at {now}: {arrival:?}");
        }
    }
}
