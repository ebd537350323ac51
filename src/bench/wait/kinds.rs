//! The kinds of clinic that are simulated.
//!
//! Where a figure has a source it is named: Cayirli, Veral and Rosen ("Designing appointment scheduling systems for ambulatory care
//! services", Health Care Management Science 9, 2006) for patients who come a quarter of an hour early with a standard deviation
//! of about as much, and for lognormal durations with coefficients of variation from 0.3 to 0.85; Dantas, Fleck, Cyrino Oliveira and
//! Hamacher ("No-shows in appointment scheduling", Health Policy 122, 2018) for a mean share of 23 % of
//! appointments that nobody keeps. All else is set so that waits come about as lobbies have them: a few minutes to an hour and a half.

use crate::front_desk::queue::CountsFrom;

/// The distribution of how long patients take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durations {
    /// Its logarithm is normal.
    Lognormal,
    /// Gamma.
    Gamma,
}

/// A kind of clinic, or of its days.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name in tables.
    pub name: &'static str,
    /// How many patients are seen at a time.
    pub points: u16,
    /// How long patients take.
    pub durations: Durations,
    /// In minutes, on the mean.
    pub minutes: f64,
    /// Their coefficient of variation.
    pub variation: f64,
    /// Every how many minutes each point has an appointment; none for walk-ins only.
    pub appointment_every: Option<u32>,
    /// The share of appointments that nobody keeps.
    pub no_shows: f64,
    /// Walk-ins an hour, from eight o'clock on.
    pub walk_ins: [f64; 9],
    /// How many times as many walk-ins come on Mondays.
    pub mondays: f64,
    /// From when patients with an appointment count as waiting.
    pub counts_from: CountsFrom,
    /// By how many minutes later those without an appointment count.
    pub walk_ins_behind: f64,
    /// The share of walk-ins who are called as if they had come three quarters of an hour earlier.
    pub urgent: f64,
    /// Whether free points call those who are here before their time.
    pub calls_early: bool,
    /// Whether everybody has a break at noon.
    pub noon: bool,
    /// By how many minutes clinicians come late, on the mean.
    pub late: f64,
    /// How often a morning is slow: by 30 to 80 %.
    pub slow_mornings: f64,
    /// How much the pace differs from day to day: the standard deviation of its logarithm.
    pub days_differ: f64,
    /// Whether the first days of a clinic count, of which nothing is known yet, and only these.
    pub first_days: bool,
}

const ORDINARY: Kind = Kind {
    name: "",
    points: 2,
    durations: Durations::Lognormal,
    minutes: 15.0,
    variation: 0.6,
    appointment_every: Some(20),
    no_shows: 0.1,
    walk_ins: [1.5; 9],
    mondays: 1.0,
    counts_from: CountsFrom::AppointmentTime,
    walk_ins_behind: 10.0,
    urgent: 0.0,
    calls_early: true,
    noon: false,
    late: 0.0,
    slow_mornings: 0.0,
    days_differ: 0.08,
    first_days: false,
};

/// All of them.
pub const KINDS: [Kind; 12] = [
    Kind { name: "one point", points: 1, walk_ins: [0.8; 9], ..ORDINARY },
    Kind {
        name: "three points",
        points: 3,
        durations: Durations::Gamma,
        variation: 0.8,
        walk_ins: [3.0; 9],
        ..ORDINARY
    },
    Kind { name: "no-shows", appointment_every: Some(15), no_shows: 0.23, walk_ins: [1.2; 9], ..ORDINARY },
    Kind {
        name: "never before time",
        calls_early: false,
        counts_from: CountsFrom::LongestWait,
        walk_ins_behind: 0.0,
        walk_ins: [1.8; 9],
        ..ORDINARY
    },
    Kind {
        name: "walk-ins, quick",
        points: 1,
        minutes: 5.0,
        variation: 0.5,
        appointment_every: None,
        walk_ins: [16.0, 14.0, 12.0, 9.0, 8.0, 8.0, 9.0, 6.0, 4.0],
        ..ORDINARY
    },
    Kind {
        name: "walk-ins, long",
        minutes: 18.0,
        variation: 0.85,
        appointment_every: None,
        walk_ins: [9.0, 8.0, 7.0, 6.0, 5.0, 6.0, 6.0, 4.0, 2.0],
        ..ORDINARY
    },
    Kind { name: "break at noon", noon: true, ..ORDINARY },
    Kind { name: "late clinician", points: 1, late: 20.0, walk_ins: [0.4; 9], ..ORDINARY },
    Kind { name: "slow mornings", slow_mornings: 0.5, ..ORDINARY },
    Kind {
        name: "Monday rush",
        mondays: 2.2,
        walk_ins: [2.0, 2.0, 1.5, 1.5, 1.0, 1.0, 1.0, 1.0, 0.5],
        ..ORDINARY
    },
    Kind {
        name: "urgent before others",
        urgent: 0.2,
        counts_from: CountsFrom::Arrival,
        walk_ins_behind: 0.0,
        walk_ins: [2.5; 9],
        ..ORDINARY
    },
    Kind { name: "first days", first_days: true, days_differ: 0.15, ..ORDINARY },
];
