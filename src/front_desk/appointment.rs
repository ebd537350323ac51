//! Appointments, and what an arrival means for them.

use super::arrival::ArrivalCase;
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
    /// What the clinic changed by itself, and the patient may not know yet.
    pub changed: Option<ClinicChanged>,
}

/// A change by the clinic of which nobody has told the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClinicChanged {
    /// When the appointment began before.
    pub was_at: DateTime<Utc>,
    /// Whether nothing was decided yet: it still stands, at a time in which nobody is seen.
    pub is_open: bool,
}

/// By what the arrival for an appointment is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArrivalLimits {
    /// When patients may check in by themselves.
    pub window: ArrivalWindow,
    /// After so many minutes the appointment counts as missed; none where lateness is all one.
    pub missed_after_minutes: Option<u16>,
}

/// Where and when somebody arrives.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// The site of the kiosk; none where the clinic has only one.
    pub site: Option<&'a str>,
    /// The clinic's zone.
    pub zone: Tz,
    /// When.
    pub now: DateTime<Utc>,
}

/// What a patient's arrival means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Within the window: check in.
    OnTime(Appointment),
    /// Too early today; check-in opens at the given time.
    Early(Appointment, DateTime<Utc>),
    /// Too late today for checking in by oneself.
    Late(Appointment),
    /// So late that it counts as missed.
    Missed(Appointment),
    /// Nothing today; the nearest appointment is on another day (future ones first).
    OtherDay(Appointment),
    /// Today, but at another site.
    OtherSite(Appointment),
    /// Checked in already, with this ticket.
    AlreadyCheckedIn(Appointment, Ticket),
    /// Today's appointment was called off: the desk explains.
    Cancelled(Appointment),
    /// The clinic closed the time of it, and nobody has told the patient: moved elsewhere, or still to be decided.
    Changed(Appointment, ClinicChanged),
    /// No appointment at all.
    NoAppointment,
}

impl Arrival {
    /// The appointment that is meant.
    pub fn appointment(&self) -> Option<&Appointment> {
        match self {
            Self::OnTime(appointment)
            | Self::Early(appointment, _)
            | Self::Late(appointment)
            | Self::Missed(appointment)
            | Self::OtherDay(appointment)
            | Self::OtherSite(appointment)
            | Self::AlreadyCheckedIn(appointment, _)
            | Self::Cancelled(appointment)
            | Self::Changed(appointment, _) => Some(appointment),
            Self::NoAppointment => None,
        }
    }

    /// The case that the clinic's routines answer; none where there is a ticket, or one can be had at once.
    pub fn case(&self) -> Option<ArrivalCase> {
        match self {
            Self::OnTime(_) | Self::AlreadyCheckedIn(..) => None,
            Self::Early(..) => Some(ArrivalCase::Early),
            Self::Late(_) => Some(ArrivalCase::Late),
            Self::Missed(_) => Some(ArrivalCase::Missed),
            Self::OtherDay(_) => Some(ArrivalCase::OtherDay),
            Self::OtherSite(_) => Some(ArrivalCase::OtherSite),
            Self::Cancelled(_) => Some(ArrivalCase::Cancelled),
            Self::Changed(..) => Some(ArrivalCase::Changed),
            Self::NoAppointment => Some(ArrivalCase::NoAppointment),
        }
    }
}

/// Judges an arrival, each appointment with the limits of its service. Where several appointments of today
/// could be meant, the first that can be checked in here wins, then what can be checked in elsewhere, then what
/// has been checked in, then what the clinic changed without a word, then what is still to come, then what was
/// missed, then what is elsewhere.
pub fn judge_arrival(
    visits: &[BookedVisit],
    limits: impl Fn(&Appointment) -> ArrivalLimits,
    here: Here<'_>,
) -> Arrival {
    let Here { site, zone, now } = here;
    let today = now.with_timezone(&zone).date_naive();
    let opens =
        |a: &Appointment| a.starts_at - TimeDelta::minutes(limits(a).window.opens_before_minutes.into());
    let closes =
        |a: &Appointment| a.starts_at + TimeDelta::minutes(limits(a).window.closes_after_minutes.into());
    let within = |a: &Appointment| opens(a) <= now && now <= closes(a);
    // The window knows no midnight: at 23:55 the appointment at 00:05 is at hand, not tomorrow's.
    let at_hand = |a: &Appointment| within(a) || a.starts_at.with_timezone(&zone).date_naive() == today;
    let mut todays: Vec<&BookedVisit> = visits.iter().filter(|visit| at_hand(&visit.appointment)).collect();
    todays.sort_by_key(|visit| (visit.appointment.starts_at, visit.appointment.id));
    let elsewhere = |a: &Appointment| matches!((site, &a.site), (Some(here), Some(there)) if here != there);
    let open = |visit: &&&BookedVisit| {
        visit.appointment.status == AppointmentStatus::Booked
            && visit.ticket.is_none()
            && !visit.changed.is_some_and(|changed| changed.is_open)
    };
    let open_here = |visit: &&&BookedVisit| open(visit) && !elsewhere(&visit.appointment);
    let open_elsewhere = |visit: &&&BookedVisit| open(visit) && elsewhere(&visit.appointment);

    if let Some(visit) = todays.iter().filter(open_here).find(|visit| within(&visit.appointment)) {
        return Arrival::OnTime(visit.appointment.clone());
    }
    if let Some(visit) = todays.iter().filter(open_elsewhere).find(|visit| within(&visit.appointment)) {
        return Arrival::OtherSite(visit.appointment.clone());
    }
    // A ticket held for a visit that is still in the lobby matters more than a later appointment.
    let checked_in = todays
        .iter()
        .rev()
        .find_map(|visit| visit.ticket.as_ref().map(|ticket| (visit.appointment.clone(), ticket.clone())));
    // By the time that the patient knows: they come when they were booked.
    let is_today = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive() == today;
    let changed = visits
        .iter()
        .filter(|visit| visit.appointment.status == AppointmentStatus::Booked && visit.ticket.is_none())
        .filter_map(|visit| Some((visit, visit.changed.filter(|changed| is_today(changed.was_at))?)))
        .min_by_key(|(visit, changed)| (changed.was_at, visit.appointment.id));
    let early = todays.iter().filter(open_here).find(|visit| now < opens(&visit.appointment));
    let late = todays.iter().rfind(open_here);
    let other_site = todays.iter().find(open_elsewhere);
    let cancelled = todays
        .iter()
        .find(|visit| visit.appointment.status == AppointmentStatus::Cancelled && visit.ticket.is_none());
    if let Some((appointment, ticket)) = checked_in {
        return Arrival::AlreadyCheckedIn(appointment, ticket);
    }
    if let Some((visit, changed)) = changed {
        return Arrival::Changed(visit.appointment.clone(), changed);
    }
    if let Some(visit) = early {
        return Arrival::Early(visit.appointment.clone(), opens(&visit.appointment));
    }
    if let Some(visit) = late {
        let appointment = visit.appointment.clone();
        let missed = limits(&appointment).missed_after_minutes;
        let missed = missed.map(|minutes| appointment.starts_at + TimeDelta::minutes(minutes.into()));
        return match missed.is_some_and(|missed| now > missed) {
            true => Arrival::Missed(appointment),
            false => Arrival::Late(appointment),
        };
    }
    if let Some(visit) = other_site {
        return Arrival::OtherSite(visit.appointment.clone());
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

    const LIMITS: ArrivalLimits = ArrivalLimits {
        window: ArrivalWindow { opens_before_minutes: 60, closes_after_minutes: 15 },
        missed_after_minutes: Some(90),
    };

    fn here(zone: Tz, now: DateTime<Utc>) -> Here<'static> {
        Here { site: Some("main"), zone, now }
    }

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
            changed: None,
        }
    }

    fn judged(visits: &[BookedVisit], now: DateTime<Utc>) -> &'static str {
        match judge_arrival(visits, |_| LIMITS, here(chrono_tz::UTC, now)) {
            Arrival::OnTime(_) => "on time",
            Arrival::Early(..) => "early",
            Arrival::Late(_) => "late",
            Arrival::Missed(_) => "missed",
            Arrival::OtherSite(_) => "other site",
            Arrival::OtherDay(_) => "other day",
            Arrival::AlreadyCheckedIn(..) => "already",
            Arrival::Cancelled(_) => "cancelled",
            Arrival::Changed(..) => "changed",
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
        let changed = |starts_at, is_open| BookedVisit {
            changed: Some(ClinicChanged { was_at: at(24, 10, 0), is_open }),
            ..visit(starts_at)
        };
        let moved = |starts_at| changed(starts_at, false);
        let left_open = || changed(at(24, 10, 0), true);
        let at_site = |starts_at, site: &str| {
            let mut v = visit(starts_at);
            v.appointment.site = Some(site.into());
            v
        };
        for (visits, now, expected) in [
            (vec![at_site(at(24, 10, 0), "main")], at(24, 10, 0), "on time"),
            (vec![at_site(at(24, 10, 0), "annexe")], at(24, 10, 0), "other site"),
            (vec![at_site(at(24, 10, 0), "annexe")], at(24, 6, 0), "other site"),
            (vec![at_site(at(25, 10, 0), "annexe")], at(24, 6, 0), "other day"),
            (vec![at_site(at(24, 10, 0), "annexe"), ten()], at(24, 10, 0), "on time"),
            (vec![at_site(at(24, 10, 0), "annexe"), visit(at(24, 16, 0))], at(24, 10, 0), "other site"),
            (vec![at_site(at(24, 16, 0), "annexe"), visit(at(24, 15, 0))], at(24, 10, 0), "early"),
            (vec![at_site(at(24, 16, 0), "annexe"), checked_in()], at(24, 10, 0), "already"),
            (vec![ten()], at(24, 11, 30), "late"),
            (vec![ten()], at(24, 11, 31), "missed"),
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
            (vec![moved(at(25, 10, 0))], at(24, 10, 0), "changed"),
            (vec![moved(at(24, 16, 0))], at(24, 10, 0), "changed"),
            (vec![moved(at(24, 16, 0))], at(24, 15, 30), "on time"),
            (vec![moved(at(25, 10, 0))], at(25, 10, 0), "on time"),
            (vec![moved(at(25, 10, 0))], at(23, 10, 0), "other day"),
            (vec![left_open()], at(24, 10, 0), "changed"),
            (vec![left_open(), visit(at(24, 10, 30))], at(24, 10, 0), "on time"),
            (vec![left_open(), checked_in()], at(24, 10, 0), "already"),
            (vec![], at(24, 10, 0), "none"),
        ] {
            assert_eq!(judged(&visits, now), expected, "at {now}");
        }
    }

    #[test]
    fn today_is_the_clinics_day_not_utcs() {
        // 23:30 UTC on the 24th is already the 25th in Madrid.
        let visits = [visit(at(24, 23, 30))];
        let arrival = judge_arrival(&visits, |_| LIMITS, here(chrono_tz::Europe::Madrid, at(24, 12, 0)));
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
            let arrival = judge_arrival(&[visit(starts)], |_| LIMITS, here(chrono_tz::Europe::Madrid, now));
            assert_eq!(matches!(arrival, Arrival::OnTime(_)), on_time, "{starts} at {now}: {arrival:?}");
        }
    }

    #[test]
    fn each_appointment_is_judged_with_the_limits_of_its_service() {
        // Blood is taken until an hour after; the consultation closes after a quarter.
        let limits = |appointment: &Appointment| match appointment.service.as_str() {
            "blood" => ArrivalLimits {
                window: ArrivalWindow { opens_before_minutes: 120, closes_after_minutes: 60 },
                missed_after_minutes: None,
            },
            _ => LIMITS,
        };
        let of = |service: &str, starts_at| {
            let mut v = visit(starts_at);
            v.appointment.service = service.into();
            v
        };
        let judge = |visits: &[BookedVisit], now| judge_arrival(visits, limits, here(chrono_tz::UTC, now));
        let ten = at(24, 10, 0);
        assert!(matches!(judge(&[of("blood", ten)], at(24, 8, 0)), Arrival::OnTime(_)));
        assert!(
            matches!(judge(&[of("general", ten)], at(24, 8, 0)), Arrival::Early(_, opens) if opens == at(24, 9, 0))
        );
        assert!(matches!(judge(&[of("blood", ten)], at(24, 11, 0)), Arrival::OnTime(_)));
        assert!(matches!(judge(&[of("blood", ten)], at(24, 18, 0)), Arrival::Late(_)), "never missed");
        // The consultation at ten is over for self check-in, the blood test at half past nine is not.
        let both = [of("general", ten), of("blood", at(24, 9, 30))];
        let Arrival::OnTime(appointment) = judge(&both, at(24, 10, 20)) else { panic!("one is on time") };
        assert_eq!(appointment.service, "blood");
    }
}
