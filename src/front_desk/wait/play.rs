//! The queue played forward from what was seen of it, many times.

use super::clock::Clock;
use super::habits::{Day, Habits, PAUSE};
use super::{Chance, QueueSeen, Waiting};
use chrono::{DateTime, Utc};

/// How often the queue is played forward.
const TIMES: usize = 200;
/// Always the same, so that the answer changes with the queue and with nothing else.
const SEED: u64 = 0x5645_5354_4942_554C;
/// So many patients of today decide about its pace: the last ones, for a day has slow and quick hours.
const LAST_OF_TODAY: usize = 20;
/// A service point that has called nobody for so many seconds, while others did and somebody waited, is closed.
const CLOSED: i64 = 2700;
/// A free service point calls within so many seconds, or is away.
const AT_HAND: i64 = 180;
/// How much earlier or later than at an appointment patients come, in minutes, where nobody has seen any yet; early on the whole
/// (Cayirli, Veral and Rosen 2006).
const COME: [i64; 10] = [-40, -30, -24, -19, -15, -12, -9, -5, 0, 12];

/// Quantiles of the wait, in seconds from now.
pub(super) struct Played {
    pub(super) low: i64,
    pub(super) median: i64,
    pub(super) high: i64,
}

/// What stays the same however often the queue is played.
struct Table<'a> {
    habits: &'a Habits,
    /// From when on the queue is played; all seconds below count from there.
    from: DateTime<Utc>,
    /// The second of the day.
    second: i64,
    seen: &'a QueueSeen,
    /// Who is here, in the order in which they are called, up to the one who asks, who is the last.
    line: Vec<InLine>,
    /// Since when somebody who can be called has been waiting; none if nobody is.
    waiting_since: Option<i64>,
    /// Appointments whose patients are not here yet.
    booked: Vec<i64>,
    /// How much later than at their appointments patients come, ascending.
    come: Vec<i64>,
    /// The share of appointments that are kept.
    kept: f64,
    /// How many service points the clinic's file has.
    points_written: usize,
}

/// Somebody in the line; in seconds from where the play begins.
#[derive(Debug, Clone, Copy)]
struct InLine {
    /// The place in the order.
    turn: i64,
    /// When they come, or came.
    came: i64,
    /// When they can be called, where nobody is called before their time.
    ready: i64,
}

pub(super) fn play(seen: &QueueSeen, who: Waiting) -> Played {
    let clock = Clock::of(seen.zone);
    let habits = Habits::of(seen, &clock);
    let first = seen.waiting.iter().map(|each| each.came).min();
    let from = seen.known_until.max(first.unwrap_or(seen.now)).min(seen.now);
    let seconds = |at: DateTime<Utc>| (at - from).num_seconds();
    let in_line = |each: &Waiting| InLine {
        turn: seconds(each.turn),
        came: seconds(each.came),
        ready: seconds(each.ready),
    };
    let who = in_line(&who);
    let mut line: Vec<InLine> =
        seen.waiting.iter().map(in_line).filter(|each| each.turn <= who.turn).collect();
    line.sort_by_key(|each| each.turn);
    line.push(who);
    let mut come: Vec<i64> = seen
        .called
        .iter()
        .filter_map(|each| Some((each.arrived - each.appointment?).num_seconds()))
        .collect();
    if come.len() < 20 {
        come.extend(COME.map(|minutes| minutes * 60));
    }
    come.sort_unstable();
    let earliest = come.first().copied().unwrap_or(0);
    let mut booked: Vec<i64> = seen.booked.iter().map(|each| seconds(*each)).collect();
    booked.retain(|each| seen.place(*each, each + earliest) < who.turn);
    let (kept, missed) = seen.kept_and_missed;
    let table = Table {
        second: clock.second(from),
        from,
        seen,
        line,
        waiting_since: seen.waiting.iter().map(|each| seconds(each.ready)).filter(|at| *at <= 0).min(),
        booked,
        come,
        kept: (f64::from(kept) + 17.0) / (f64::from(kept + missed) + 20.0),
        points_written: seen.service_points.max(1).into(),
        habits: &habits,
    };
    let mut chance = Chance(SEED);
    let mut waits: Vec<i64> = (0..TIMES).map(|_| table.once(&mut chance)).collect();
    waits.sort_unstable();
    let now = seconds(seen.now);
    let at = |hundredth: usize| waits[(TIMES * hundredth / 100).min(TIMES - 1)] - now;
    Played { low: at(10), median: at(50), high: at(90) }
}

/// A service point while the queue is played.
struct Free<'a> {
    at: i64,
    pauses: &'a [(i64, i64)],
}

impl Table<'_> {
    /// Plays the queue forward once: after how many seconds the one who asks is called.
    fn once(&self, chance: &mut Chance) -> i64 {
        let (day, mut points) = self.points(chance);
        let pace = self.pace(day, chance);
        let early = chance.unit() < self.habits.calls_early;
        let mut line = self.line.clone();
        self.coming(day, &mut line, chance);
        loop {
            let Some(point) = points.iter_mut().min_by_key(|point| point.at) else { return 0 };
            let at = point.at;
            if let Some(resumes) = self.resumes(at, point.pauses) {
                point.at = resumes;
                continue;
            }
            let from = |each: &InLine| if early { each.came } else { each.ready };
            let Some(first) = line.iter().position(|each| from(each) <= at) else {
                point.at = line.iter().map(from).min().unwrap_or(at).max(at + 1);
                continue;
            };
            if first == line.len() - 1 {
                return at;
            }
            line.remove(first);
            point.at = at + (self.duration(chance) * pace) as i64;
        }
    }

    fn duration(&self, chance: &mut Chance) -> f64 {
        chance.one_of(&self.habits.durations).copied().unwrap_or(self.habits.mean)
    }

    /// How long patients take today, as a share of what is usual, if today goes on like `day`.
    fn pace(&self, day: &Day, chance: &mut Chance) -> f64 {
        let today = &self.habits.today.paces;
        let last = &today[today.len().saturating_sub(LAST_OF_TODAY)..];
        let sum: f64 = last.iter().map(|_| chance.one_of(last).map_or(1.0, |pace| pace.min(6.0))).sum();
        (sum + self.habits.days_weigh * day.pace) / (last.len() as f64 + self.habits.days_weigh)
    }

    /// Puts into the line who will come and stand before the one who asks.
    fn coming(&self, day: &Day, line: &mut Vec<InLine>, chance: &mut Chance) {
        let turn = self.line.last().map_or(0, |who| who.turn);
        let mut comes = |each: InLine| {
            if each.turn < turn {
                line.insert(line.partition_point(|other| other.turn <= each.turn).min(line.len() - 1), each);
            }
        };
        for (second, place) in &day.walk_ins {
            let came = second - self.second;
            if came > 0 {
                comes(InLine { turn: came + place, came, ready: came });
            }
        }
        for appointment in &self.booked {
            // Who could have come already and did not is less likely to come at all.
            let still = self.come.partition_point(|late| appointment + late <= 0);
            let rest = &self.come[still..];
            let share = self.kept * rest.len() as f64 / self.come.len() as f64;
            let is_kept = chance.unit() < share / (share + 1.0 - self.kept);
            if let (true, Some(late)) = (is_kept, chance.one_of(rest)) {
                let came = appointment + late;
                comes(InLine {
                    turn: self.seen.place(*appointment, came),
                    came,
                    ready: came.max(*appointment),
                });
            }
        }
    }

    /// When the pause ends in which a service point is at some time; none if it is in none.
    fn resumes(&self, at: i64, pauses: &[(i64, i64)]) -> Option<i64> {
        let second = at + self.second;
        if let Some(opens) = self.habits.opens
            && second < opens
        {
            return Some(opens - self.second);
        }
        pauses
            .iter()
            .find(|(from, until)| *from <= second && second < *until)
            .map(|(_, until)| until - self.second)
    }

    /// A day that today could be like, and when each service point is free if it is.
    fn points(&self, chance: &mut Chance) -> (&Day, Vec<Free<'_>>) {
        let mut day = &self.habits.today;
        for last in [false, false, false, true] {
            day = chance.one_of(&self.habits.days).unwrap_or(day);
            if let Some(points) = self.points_if(day, last, chance) {
                return (day, points);
            }
        }
        (day, Vec::new())
    }

    /// When each service point is free if today is like `day`; none if it is not, for what that day tells of has not happened. With
    /// `anyway` there is always an answer.
    fn points_if<'a>(&'a self, day: &'a Day, anyway: bool, chance: &mut Chance) -> Option<Vec<Free<'a>>> {
        let today = &self.habits.today.points;
        let mut points = Vec::with_capacity(today.len() + 2);
        for (name, point) in today {
            let pauses = day.points.get(name).map_or(&[][..], |point| &point.pauses);
            // Who has had the break of the day does not take it again.
            let had = point.pauses.iter().map(|(_, until)| *until).max().unwrap_or(0);
            let next = pauses.partition_point(|(from, _)| *from < had + 3600 && had > 0);
            let pauses = &pauses[next..];
            let at = match point.last {
                Some((called, None)) => self.rest(-(called - self.from).num_seconds(), chance),
                Some((_, Some(free))) => {
                    let since = (free - self.from).num_seconds();
                    self.away(since, pauses, day, anyway, chance)?
                }
                None => Some(0),
            };
            points.extend(at.map(|at| Free { at, pauses }));
        }
        let mut others =
            day.points.iter().filter(|(name, _)| !today.contains_key(name)).map(|(_, point)| point);
        let missing = match day.points.len() {
            0 => self.points_written,
            seen => seen,
        };
        for _ in today.len()..missing {
            let point = others.next();
            let pauses = point.map_or(&[][..], |point| &point.pauses);
            let at = match point.and_then(|point| point.began) {
                Some(began) if began > self.second => Some(began - self.second),
                _ => self.away(i64::MIN, pauses, day, anyway, chance)?,
            };
            points.extend(at.map(|at| Free { at, pauses }));
        }
        if points.is_empty() {
            // All are closed, and somebody will come all the same.
            points.push(Free {
                at: self.late(self.waiting_since.map_or(0, |since| -since), chance),
                pauses: &[],
            });
        }
        Some(points)
    }

    /// When the patient will be finished who has been seen for so long.
    fn rest(&self, seen_for: i64, chance: &mut Chance) -> Option<i64> {
        let durations = &self.habits.durations;
        let pace = self.habits.today.pace;
        let longer = durations.partition_point(|each| each * pace <= seen_for as f64);
        Some(match chance.one_of(&durations[longer..]) {
            Some(whole) => (whole * pace) as i64 - seen_for,
            // Longer than anybody before.
            None => self.late(seen_for.min(PAUSE), chance),
        })
    }

    /// When somebody is back at a service point that has been free since some time. `None`: not if today is like this `day`.
    /// `Some(None)`: no more today.
    fn away(
        &self,
        free_since: i64,
        pauses: &[(i64, i64)],
        day: &Day,
        anyway: bool,
        chance: &mut Chance,
    ) -> Option<Option<i64>> {
        let Some(waiting_since) = self.waiting_since else { return Some(Some(0)) };
        let mut since = waiting_since.max(free_since);
        if let Some(opens) = self.habits.opens {
            since = since.max(opens - self.second);
        }
        let stands = -since;
        if stands <= AT_HAND {
            return Some(Some(0));
        }
        if let Some(back) = self.resumes(0, pauses) {
            return Some(Some(back));
        }
        if stands > CLOSED && self.others_call(since) {
            return Some(None);
        }
        if anyway || day.points.is_empty() { Some(Some(self.late(stands, chance))) } else { None }
    }

    fn others_call(&self, since: i64) -> bool {
        let last = self.habits.today.points.values().filter_map(|point| point.last);
        last.map(|(called, _)| (called - self.from).num_seconds()).any(|called| called > since)
    }

    /// How much longer something takes that has taken so long without a reason that is known: about as long again, as of
    /// all things of which nothing but the age is known.
    fn late(&self, so_far: i64, chance: &mut Chance) -> i64 {
        (so_far.max(120) as f64 * (0.1 + 1.5 * chance.unit())) as i64
    }
}
