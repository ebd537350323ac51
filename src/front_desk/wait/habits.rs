//! What is usual at a service: how long patients take, how days differ, when points begin and pause.

use super::clock::Clock;
use super::{Called, QueueSeen};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// While somebody waits, a service point that calls nobody for longer, in seconds, is pausing; anything
/// shorter belongs to the patient before.
pub(super) const PAUSE: i64 = 600;
/// Nobody is seen for so long, in seconds: somebody forgot to say when it was over.
const FORGOTTEN: i64 = 4 * 3600;
/// So many patients of one duration are worth what the clinic's file says of it.
const FILE_WEIGHS: f64 = 6.0;
/// The variance of durations as shares of the usual one, and that of the paces of days, where nobody has seen them yet; so many
/// days seen are worth as much.
const VARIANCES: (f64, f64) = (0.4, 0.02);
const VARIANCES_WEIGH: f64 = 4.0;
/// Durations in tenths of their number, as shares of the mean: a lognormal distribution with a coefficient of variation of
/// 0.7, which is in the midst of what is reported of clinics (Cayirli, Veral and Rosen, "Designing appointment
/// scheduling systems for ambulatory care services", Health Care Management Science 9, 2006).
const SHAPE: [f64; 10] = [0.298, 0.438, 0.550, 0.660, 0.778, 0.912, 1.074, 1.290, 1.621, 2.381];
/// With so many durations seen nobody needs a shape from books.
const SHAPE_UNTIL: usize = 40;
/// The paces of days that nobody has seen yet.
const PACES: [f64; 5] = [0.72, 0.86, 1.0, 1.16, 1.4];
/// So many seen days need no invented ones beside them.
const DAYS_ENOUGH: usize = 5;

/// What is usual at a service.
pub(super) struct Habits {
    /// Durations from one call to the next, in seconds at the usual pace, ascending.
    pub(super) durations: Vec<f64>,
    /// Their mean.
    pub(super) mean: f64,
    /// So many patients of a day are worth what is known of all days.
    pub(super) days_weigh: f64,
    /// The days before.
    pub(super) days: Vec<Day>,
    /// Today.
    pub(super) today: Day,
    /// Before which second of the day nobody has ever been called, if days enough were seen.
    pub(super) opens: Option<i64>,
    /// Whether a free service point calls those who came before their time: not known is a half.
    pub(super) calls_early: f64,
}

/// A day at a service.
#[derive(Default)]
pub(super) struct Day {
    /// How long patients took, as a share of what is usual.
    pub(super) pace: f64,
    /// The same of the single ones, in order.
    pub(super) paces: Vec<f64>,
    /// By service point.
    pub(super) points: BTreeMap<u16, Point>,
    /// Who came without an appointment: at which second of the day, and how many seconds from there their place in the order was.
    pub(super) walk_ins: Vec<(i64, i64)>,
}

/// A service point on a day.
#[derive(Debug, Default, Clone)]
pub(super) struct Point {
    /// When it began, if somebody had waited for that.
    pub(super) began: Option<i64>,
    /// From when until when it called nobody although somebody waited.
    pub(super) pauses: Vec<(i64, i64)>,
    /// Its last call, and when it was free again.
    pub(super) last: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
}

/// What the calls of one service point on one day tell.
struct Told {
    point: Point,
    durations: Vec<(DateTime<Utc>, f64)>,
}

impl Habits {
    pub(super) fn of(seen: &QueueSeen, clock: &Clock) -> Self {
        let mut by_day: BTreeMap<i64, BTreeMap<u16, Vec<&Called>>> = BTreeMap::new();
        for called in seen.called.iter().filter(|called| called.called <= seen.now) {
            let (day, _) = clock.day_and_second(called.called);
            by_day.entry(day).or_default().entry(called.point).or_default().push(called);
        }
        let (today, _) = clock.day_and_second(seen.now);
        let told: BTreeMap<i64, BTreeMap<u16, Told>> = by_day
            .iter_mut()
            .map(|(day, points)| {
                let points = points.iter_mut().map(|(point, calls)| {
                    calls.sort_by_key(|called| called.called);
                    (*point, at_point(seen, clock, calls))
                });
                (*day, points.collect())
            })
            .collect();
        let all = told.values().flat_map(BTreeMap::values).flat_map(|told| &told.durations);
        let (count, sum) = all.fold((0.0, 0.0), |(count, sum), (_, each)| (count + 1.0, sum + each));
        let usual = (seen.seconds_each() * FILE_WEIGHS + sum) / (FILE_WEIGHS + count);
        let days_weigh = days_weigh(&told, usual);
        let mut durations = Vec::new();
        let mut days = Vec::new();
        let mut the_day = Day { pace: 1.0, ..Day::default() };
        let mut opens: Option<i64> = None;
        for (date, points) in told {
            let mut singles: Vec<_> =
                points.values().flat_map(|told| told.durations.iter().copied()).collect();
            singles.sort_by_key(|(at, _)| *at);
            let paces: Vec<f64> = singles.iter().map(|(_, each)| each / usual).collect();
            let pace = (paces.iter().sum::<f64>() + days_weigh) / (paces.len() as f64 + days_weigh);
            durations.extend(paces.iter().map(|each| each * usual / pace));
            let calls = by_day.remove(&date).unwrap_or_default();
            let walk_ins = calls.values().flatten().filter(|called| called.appointment.is_none());
            let walk_ins = walk_ins
                .map(|called| (clock.second(called.arrived), (called.turn - called.arrived).num_seconds()));
            let walk_ins = walk_ins.collect();
            let points = points.into_iter().map(|(point, told)| (point, told.point)).collect();
            let day = Day { pace, paces, points, walk_ins };
            if date == today {
                the_day = day;
            } else {
                let first = calls.values().flatten().map(|called| clock.second(called.called)).min();
                opens = opens.into_iter().chain(first).min();
                days.push(day);
            }
        }
        if days.len() < 3 {
            opens = None;
        }
        if durations.len() < SHAPE_UNTIL {
            durations.extend(SHAPE.map(|share| share * usual));
        }
        durations.sort_by(f64::total_cmp);
        if days.len() < DAYS_ENOUGH {
            days.extend(PACES.map(|pace| Day { pace, ..Day::default() }));
        }
        let mean = durations.iter().sum::<f64>() / durations.len() as f64;
        Self { durations, mean, days_weigh, days, today: the_day, opens, calls_early: calls_early(seen) }
    }
}

fn at_point(seen: &QueueSeen, clock: &Clock, calls: &[&Called]) -> Told {
    let second = |at| clock.second(at);
    let mut point = Point::default();
    let mut durations = Vec::new();
    if let Some(first) = calls.first()
        && (first.called - first.ready()).num_seconds() > 180
    {
        point.began = Some(second(first.called));
    }
    for (at, called) in calls.iter().enumerate() {
        let next = calls.get(at + 1);
        let finished =
            called.finished.filter(|finished| (*finished - called.called).num_seconds() < FORGOTTEN);
        let free = match (finished, next) {
            (Some(finished), _) => finished.min(seen.now.max(called.called)),
            // Nobody said when this one was finished.
            (None, Some(next)) => {
                let usual = TimeDelta::seconds(seen.seconds_each() as i64);
                next.called.min(called.called + usual * 3)
            }
            (None, None) => {
                point.last = Some((called.called, None));
                continue;
            }
        };
        let took = (free - called.called).num_seconds().max(0);
        let gap = next.map_or(0, |next| (next.called - free.max(next.ready())).num_seconds().max(0));
        let between = if gap > PAUSE { 0 } else { gap };
        durations.push((free, (took + between) as f64));
        if let Some(next) = next
            && gap > PAUSE
        {
            // The pause was due at some time while this patient was being seen.
            point.pauses.push(((second(called.called) + second(free)) / 2, second(next.called)));
        }
        point.last = Some((called.called, Some(free)));
    }
    Told { point, durations }
}

/// Whether free service points call those who are here before their time.
fn calls_early(seen: &QueueSeen) -> f64 {
    let came_early = seen.called.iter().filter_map(|called| {
        let appointment = called.appointment?;
        (called.arrived + TimeDelta::minutes(5) < appointment)
            .then(|| called.called + TimeDelta::minutes(1) < appointment)
    });
    let (count, early) =
        came_early.fold((0u32, 0u32), |(count, early), was| (count + 1, early + u32::from(was)));
    match (count, early) {
        (..8, 0) => 0.5,
        (_, 0) => 0.0,
        (count, early) if early * 20 > count => 1.0,
        _ => 0.5,
    }
}

/// How many patients of a day are worth what is known of all days: the variance of the single ones by the variance of days (Bühlmann
/// and Straub 1970).
fn days_weigh(told: &BTreeMap<i64, BTreeMap<u16, Told>>, usual: f64) -> f64 {
    let (mut within, mut between, mut weight) = (0.0, 0.0, VARIANCES_WEIGH);
    for points in told.values() {
        let paces: Vec<f64> =
            points.values().flat_map(|told| &told.durations).map(|(_, each)| each / usual).collect();
        let count = paces.len() as f64;
        if count >= 5.0 {
            let mean = paces.iter().sum::<f64>() / count;
            let variance =
                paces.iter().map(|pace| (pace - mean) * (pace - mean)).sum::<f64>() / (count - 1.0);
            within += variance;
            between += (mean - 1.0) * (mean - 1.0) - variance / count;
            weight += 1.0;
        }
    }
    let within = (within + VARIANCES_WEIGH * VARIANCES.0) / weight;
    let between = (between + VARIANCES_WEIGH * VARIANCES.1) / weight;
    (within / between.max(0.002)).clamp(4.0, 60.0)
}
