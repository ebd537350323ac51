//! Days played again: at each arrival every estimator says when it will be called from what could be seen then, and what
//! came is held against it.

use crate::front_desk::queue::CountsFrom;
use crate::front_desk::wait::{Called, Estimator, QueueSeen, RESIDUALS, Told, WIDTH_OF, Waiting};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::time::{Duration, Instant};

/// So many days before today are looked at.
pub const DAYS_BEFORE: usize = 10;

/// One service of a clinic over some days, ascending.
pub struct Clinic {
    /// Its zone.
    pub zone: Tz,
    /// What its file says a patient takes.
    pub minutes_each: u16,
    /// How many points its file says it has.
    pub service_points: u16,
    /// From when patients with an appointment count as waiting.
    pub counts_from: CountsFrom,
    /// Its days.
    pub days: Vec<Day>,
}

/// What happened on a day.
#[derive(Debug, Clone, Default)]
pub struct Day {
    /// Everybody who was called, by arrival.
    pub called: Vec<Called>,
    /// Appointments that nobody kept.
    pub missed: Vec<DateTime<Utc>>,
}

/// What an estimator said once, and what came.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// By which estimator.
    pub estimator: Estimator,
    /// How many minutes later than expected the call came.
    pub late: f64,
    /// Whether the range that was told held.
    pub held: bool,
    /// How wide it was, in minutes.
    pub width: f64,
    /// How long the estimate took to compute.
    pub took: Duration,
}

/// Plays a clinic's days again and answers what came of each estimate, for those days that `counts` names by their number from 0.
pub fn replay(clinic: &Clinic, estimators: &[Estimator], counts: impl Fn(usize) -> bool) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    // By estimator: who was told what, with the time of the call, which nobody knows before.
    let mut said: Vec<Vec<(Told, i64)>> = vec![Vec::new(); estimators.len()];
    for (number, day) in clinic.days.iter().enumerate() {
        let before = &clinic.days[number.saturating_sub(DAYS_BEFORE)..number];
        for (place, patient) in day.called.iter().enumerate() {
            let mut seen = seen(clinic, before, day, place);
            let who = waiting(patient);
            for (estimator, said) in estimators.iter().zip(&mut said) {
                let mut known: Vec<&(Told, i64)> =
                    said.iter().rev().take(600).filter(|(told, _)| told.called <= seen.now).collect();
                known.sort_by_key(|(told, _)| told.called);
                let late: Vec<i64> =
                    known[known.len().saturating_sub(RESIDUALS)..].iter().map(|(_, late)| *late).collect();
                seen.told =
                    known[known.len().saturating_sub(WIDTH_OF)..].iter().map(|(told, _)| *told).collect();
                let began = Instant::now();
                let estimate = estimator.estimate(&seen, who, &late);
                let took = began.elapsed();
                let told = Told { at: seen.now, range: estimate.range, called: patient.called };
                let late = (patient.called - estimate.likely).num_seconds();
                said.push((told, late));
                if counts(number) {
                    outcomes.push(Outcome {
                        estimator: *estimator,
                        late: late as f64 / 60.0,
                        held: told.held(),
                        width: minutes(estimate.range.until - estimate.range.from),
                        took,
                    });
                }
            }
        }
    }
    outcomes
}

fn minutes(delta: TimeDelta) -> f64 {
    delta.num_seconds() as f64 / 60.0
}

/// How somebody stood in the line before they were called.
fn waiting(called: &Called) -> Waiting {
    let ready = called.appointment.map_or(called.arrived, |at| at.max(called.arrived));
    Waiting { turn: called.turn, came: called.arrived, ready }
}

/// What could be seen when the patient at a place of the day's list came.
fn seen(clinic: &Clinic, before: &[Day], day: &Day, place: usize) -> QueueSeen {
    let now = day.called[place].arrived;
    let here = &day.called[..place];
    let to_come = day.called[place + 1..].iter().filter_map(|called| called.appointment);
    let called_today = here
        .iter()
        .filter(|called| called.called <= now)
        .map(|called| Called { finished: called.finished.filter(|finished| *finished <= now), ..*called });
    let kept = before.iter().flat_map(|day| &day.called).filter(|called| called.appointment.is_some());
    let missed = before.iter().map(|day| day.missed.len()).sum::<usize>();
    QueueSeen {
        now,
        known_until: now,
        zone: clinic.zone,
        minutes_each: clinic.minutes_each,
        service_points: clinic.service_points,
        counts_from: clinic.counts_from,
        waiting: here.iter().filter(|called| called.called > now).map(waiting).collect(),
        booked: to_come.chain(day.missed.iter().copied()).collect(),
        kept_and_missed: (kept.count() as u32, missed as u32),
        called: before.iter().flat_map(|day| day.called.iter().copied()).chain(called_today).collect(),
        told: Vec::new(),
    }
}
