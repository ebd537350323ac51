//! A clinic's days by chance from a seed.

use super::kinds::{Durations, Kind};
use super::replay::{Clinic, Day};
use crate::front_desk::queue::CountsFrom;
use crate::front_desk::wait::{Called, Chance};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};

const OPENS: f64 = 8.0 * 60.0;
const CLOSES: f64 = 17.0 * 60.0;
const NOON: (f64, f64) = (12.0 * 60.0, 13.0 * 60.0);
/// Patients come so many minutes before their appointment, with so much of a standard deviation.
const EARLY: (f64, f64) = (15.0, 15.0);
/// The share of patients who are not there any more when they are called, which takes two minutes.
const GONE: f64 = 0.03;

/// So many working days of a clinic of a kind.
pub fn clinic(kind: &Kind, seed: u64, days: usize) -> Clinic {
    let mut chance = Chance(seed);
    // What the clinic's file says is a round guess, and patients take longer or shorter here than elsewhere.
    let minutes = kind.minutes * (1.0 + 0.15 * normal(&mut chance)).clamp(0.7, 1.3);
    let mut date = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    let mut simulated = Vec::new();
    while simulated.len() < days {
        if date.weekday().num_days_from_monday() < 5 {
            simulated.push(day(kind, minutes, date, &mut chance));
        }
        date = date + Days::new(1);
    }
    Clinic {
        zone: chrono_tz::UTC,
        minutes_each: kind.minutes as u16,
        service_points: kind.points,
        counts_from: kind.counts_from,
        days: simulated,
    }
}

struct Patient {
    arrives: f64,
    appointment: Option<f64>,
    turn: f64,
}

fn day(kind: &Kind, minutes: f64, date: NaiveDate, chance: &mut Chance) -> Day {
    let (mut patients, no_shows) = appointments(kind, chance);
    patients.extend(walk_ins(kind, date, chance));
    patients.sort_by(|a, b| a.arrives.total_cmp(&b.arrives));
    let pace = (kind.days_differ * normal(chance)).exp();
    let slow = if chance.unit() < kind.slow_mornings { 1.3 + 0.5 * chance.unit() } else { 1.0 };
    let mut free: Vec<f64> = (0..kind.points)
        .map(|_| OPENS + if kind.late > 0.0 { gamma(chance, kind.late, 0.8) } else { 2.0 * chance.unit() })
        .collect();
    let noon: Vec<(f64, f64)> =
        (0..kind.points).map(|_| (NOON.0, NOON.1 + 5.0 * (chance.unit() - 0.3))).collect();
    let at = |minute: f64| moment(date, minute);
    let mut called = Vec::new();
    while !patients.is_empty() {
        let point = (0..free.len()).min_by(|a, b| free[*a].total_cmp(&free[*b])).unwrap_or(0);
        let now = free[point];
        if kind.noon && noon[point].0 <= now && now < noon[point].1 {
            free[point] = noon[point].1;
            continue;
        }
        let can_be_called = |patient: &&Patient| {
            let by_appointment = patient.appointment.filter(|_| !kind.calls_early).unwrap_or(0.0);
            patient.arrives.max(by_appointment) <= now
        };
        let next = patients
            .iter()
            .enumerate()
            .filter(|(_, patient)| can_be_called(patient))
            .min_by(|(_, a), (_, b)| a.turn.total_cmp(&b.turn))
            .map(|(place, _)| place);
        let Some(next) = next else {
            free[point] = now + 0.25;
            continue;
        };
        let patient = patients.remove(next);
        let slow = if now < NOON.0 { slow } else { 1.0 };
        let takes = if chance.unit() < GONE {
            2.0
        } else {
            let takes = match kind.durations {
                Durations::Lognormal => lognormal(chance, minutes, kind.variation),
                Durations::Gamma => gamma(chance, minutes, kind.variation),
            };
            (takes * pace * slow).max(0.5)
        };
        called.push(Called {
            arrived: at(patient.arrives),
            appointment: patient.appointment.map(at),
            turn: at(patient.turn),
            called: at(now),
            finished: Some(at(now + takes)),
            point: point as u16,
        });
        free[point] = now + takes + 0.3 + 1.7 * chance.unit();
    }
    called.sort_by_key(|called| called.arrived);
    Day { called, missed: no_shows.into_iter().map(at).collect() }
}

fn appointments(kind: &Kind, chance: &mut Chance) -> (Vec<Patient>, Vec<f64>) {
    let (mut patients, mut no_shows) = (Vec::new(), Vec::new());
    let Some(every) = kind.appointment_every else { return (patients, no_shows) };
    for _ in 0..kind.points {
        let mut time = OPENS;
        while time < CLOSES {
            if !(kind.noon && NOON.0 <= time && time < NOON.1) {
                if chance.unit() < kind.no_shows {
                    no_shows.push(time);
                } else {
                    let early = (EARLY.0 + EARLY.1 * normal(chance)).clamp(-30.0, 60.0);
                    let arrives = (time - early).max(OPENS - 30.0);
                    let turn = match kind.counts_from {
                        CountsFrom::AppointmentTime => time,
                        CountsFrom::Arrival => arrives,
                        CountsFrom::LongestWait => arrives.max(time),
                    };
                    patients.push(Patient { arrives, appointment: Some(time), turn });
                }
            }
            time += f64::from(every);
        }
    }
    (patients, no_shows)
}

fn walk_ins(kind: &Kind, date: NaiveDate, chance: &mut Chance) -> Vec<Patient> {
    let mut patients = Vec::new();
    let times = if date.weekday() == Weekday::Mon { kind.mondays } else { 1.0 };
    let mut now = OPENS - 15.0;
    while now < CLOSES - 30.0 {
        let hour = (((now - OPENS) / 60.0).max(0.0) as usize).min(kind.walk_ins.len() - 1);
        let each_minute = kind.walk_ins[hour] * times / 60.0;
        now += -(1.0 - chance.unit()).ln() / each_minute.max(1e-4);
        let head_start = if chance.unit() < kind.urgent { 45.0 } else { 0.0 };
        patients.push(Patient {
            arrives: now,
            appointment: None,
            turn: now + kind.walk_ins_behind - head_start,
        });
    }
    patients.retain(|patient| patient.arrives < CLOSES - 30.0);
    patients
}

fn moment(date: NaiveDate, minute: f64) -> DateTime<Utc> {
    date.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::seconds((minute * 60.0) as i64)
}

/// Box and Muller 1958.
fn normal(chance: &mut Chance) -> f64 {
    let (radius, angle) = (1.0 - chance.unit(), chance.unit());
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

fn lognormal(chance: &mut Chance, mean: f64, variation: f64) -> f64 {
    let sigma_squared = (1.0 + variation * variation).ln();
    (mean.ln() - sigma_squared / 2.0 + sigma_squared.sqrt() * normal(chance)).exp()
}

/// Marsaglia and Tsang 2000, for shapes from 1 on, which is a variation of at most 1.
fn gamma(chance: &mut Chance, mean: f64, variation: f64) -> f64 {
    let shape = 1.0 / (variation * variation);
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(chance);
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && (1.0 - chance.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v * mean / shape;
        }
    }
}
