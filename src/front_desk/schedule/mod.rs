//! The schedule: when which clinician sees patients, and which of these times are free to be booked.

use super::booking::{PartOfDay, Slot, SlotSearch};
use super::calendar::Calendar;
use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// The clinic's book as the routines describe it. An empty one offers no time to anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// What patients may do by themselves.
    pub booking: BookingRules,
    /// Who sees patients, in the order in which they are shown.
    pub clinicians: Vec<Clinician>,
    /// When somebody, or everybody, does not.
    pub closures: Vec<Closure>,
}

/// What patients may do by themselves. Staff may always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookingRules {
    /// How many days ahead of today may be booked.
    pub days_ahead: u16,
    /// How long before its start a slot can be booked last.
    pub notice: TimeDelta,
    /// How long before its start an appointment can be moved or called off last.
    pub change_until: TimeDelta,
    /// How long a freed slot is held for the one it is offered to.
    pub hold_offer: TimeDelta,
    /// How many appointments a patient may have ahead.
    pub most_ahead: u16,
}

impl Default for BookingRules {
    /// Nothing may be booked.
    fn default() -> Self {
        let none = TimeDelta::zero();
        Self { days_ahead: 0, notice: none, change_until: none, hold_offer: none, most_ahead: 0 }
    }
}

/// Somebody who sees patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinician {
    /// The name as patients know it.
    pub name: String,
    /// Ids of the services that they give.
    pub services: Vec<String>,
    /// When they give them.
    pub sessions: Vec<Session>,
}

/// A time of the week that is divided into slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id of the service.
    pub service: String,
    /// From Monday: on which days it begins.
    pub weekdays: [bool; 7],
    /// When it begins, by the clinic's clock.
    pub from: NaiveTime,
    /// How long it lasts by the clinic's clock, in minutes; it may go on after midnight. At most a day.
    pub lasts: u16,
    /// How long a slot is, in minutes; never 0.
    pub minutes: u16,
    /// Id of the site where it is; none where the clinic has only one.
    pub site: Option<String>,
    /// The first day; none for since ever.
    pub first_day: Option<NaiveDate>,
    /// The last day, included; none for open end.
    pub last_day: Option<NaiveDate>,
    /// Whether patients may book its slots by themselves.
    pub patients_may_book: bool,
}

/// A span of time in which nobody is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Whose; none for everybody's.
    pub clinician: Option<String>,
    /// Since when, by the clinic's clock.
    pub from: NaiveDateTime,
    /// Until when; not included.
    pub to: NaiveDateTime,
    /// What it is, for staff.
    pub name: String,
}

/// For whom slots are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A patient, within the rules for patients.
    Patient,
    /// Staff, who may book every slot that is still to come.
    Staff,
}

/// A time in which a clinician has no room for anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenTime {
    /// The clinician, by [`clinician_key`].
    pub clinician: String,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; not included.
    pub to: DateTime<Utc>,
}

/// The furthest that anybody searches: without an end a search over all days would never come back.
const FURTHEST_DAYS: u64 = 730;

/// A clinician's name for comparing: other systems write "DR. CHEN" or "Dr  Chen" for "Dr Chen", and a
/// clinician who is not recognised would be booked twice.
pub fn clinician_key(name: &str) -> String {
    let words =
        name.split(|c: char| c.is_whitespace() || c == '.' || c == ',').filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl PartOfDay {
    /// The part of the day that a time by the clinic's clock is in.
    pub fn of(time: NaiveTime) -> Self {
        match time.hour() {
            ..12 => Self::Morning,
            12..17 => Self::Afternoon,
            17.. => Self::Evening,
        }
    }
}

impl SlotSearch {
    /// Whether a slot is among those that are looked for.
    pub fn finds(&self, slot: &Slot, zone: Tz) -> bool {
        let local = slot.starts_at.with_timezone(&zone).naive_local();
        self.service == slot.service
            && self
                .clinician
                .as_ref()
                .is_none_or(|name| clinician_key(name) == clinician_key(&slot.clinician))
            && (self.from..=self.to).contains(&local.date())
            && self.part.is_none_or(|part| part == PartOfDay::of(local.time()))
    }
}

impl Session {
    fn begins_on(&self, day: NaiveDate) -> bool {
        self.weekdays[day.weekday().num_days_from_monday() as usize]
            && self.first_day.is_none_or(|first| first <= day)
            && self.last_day.is_none_or(|last| day <= last)
    }

    /// When its slots of a day begin: by the clinic's clock, and when that is. Where the clocks go forward, the
    /// slots of the missing hour are lost; where they go back, the hour that comes twice is used once: a patient
    /// who is told half past two must not come an hour early or late.
    fn slots_on(&self, day: NaiveDate, zone: Tz) -> Vec<(NaiveDateTime, DateTime<Utc>)> {
        let begins = day.and_time(self.from);
        let length = TimeDelta::minutes(self.minutes.max(1).into());
        let Some(ends) = begins
            .checked_add_signed(TimeDelta::minutes(self.lasts.into()))
            .map(|local| moment(zone, local, Pick::Latest))
        else {
            return Vec::new();
        };
        let mut slots: Vec<(NaiveDateTime, DateTime<Utc>)> = Vec::new();
        for start in (0..self.lasts).step_by(self.minutes.max(1).into()) {
            let Some(local) = begins.checked_add_signed(TimeDelta::minutes(start.into())) else { break };
            if start + self.minutes > self.lasts {
                break;
            }
            let Some(at) = zone.from_local_datetime(&local).earliest().map(|at| at.to_utc()) else {
                continue;
            };
            if at + length <= ends && slots.last().is_none_or(|(_, before)| *before + length <= at) {
                slots.push((local, at));
            }
        }
        slots
    }
}

/// Which of two moments a time by the clock is that comes twice.
#[derive(Clone, Copy)]
enum Pick {
    Earliest,
    Latest,
}

/// The moment of a time by the clinic's clock. A time that the clocks leave out is the first after it: whole
/// days have been left out where a country changed the side of the date line.
fn moment(zone: Tz, mut local: NaiveDateTime, pick: Pick) -> DateTime<Utc> {
    for _ in 0..=25 * 60 {
        let found = zone.from_local_datetime(&local);
        let found = match pick {
            Pick::Earliest => found.earliest(),
            Pick::Latest => found.latest(),
        };
        if let Some(found) = found {
            return found.to_utc();
        }
        let Some(later) = local.checked_add_signed(TimeDelta::minutes(1)) else { break };
        local = later;
    }
    local.and_utc()
}

/// The time between two moments by the clinic's clock, as long as it can be where the clock shows one of them twice.
/// None where it is over before it begins.
pub fn span_by_the_clock(
    zone: Tz,
    from: NaiveDateTime,
    to: NaiveDateTime,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let span = (moment(zone, from, Pick::Earliest), moment(zone, to, Pick::Latest));
    (span.0 < span.1).then_some(span)
}

/// A time in which a clinician sees nobody, by the routines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedByRoutines {
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; not included.
    pub to: DateTime<Utc>,
    /// What it is, for staff.
    pub name: String,
}

impl Schedule {
    /// When the routines close the book of a clinician on a day: holidays, and what the schedule calls closed.
    pub fn closed_on(&self, calendar: &Calendar, clinician: &str, day: NaiveDate) -> Vec<ClosedByRoutines> {
        let Some(next) = day.succ_opt() else { return Vec::new() };
        let (begins, ends) = (day.and_time(NaiveTime::MIN), next.and_time(NaiveTime::MIN));
        let key = clinician_key(clinician);
        let holiday = calendar.holidays.get(&day).map(|name| (begins, ends, name.clone()));
        let theirs = self.closures.iter().filter(|closure| {
            closure.clinician.as_ref().is_none_or(|name| clinician_key(name) == key)
                && closure.from < ends
                && begins < closure.to
        });
        let theirs =
            theirs.map(|closure| (closure.from.max(begins), closure.to.min(ends), closure.name.clone()));
        let spans = holiday.into_iter().chain(theirs).filter_map(|(from, to, name)| {
            let (from, to) = span_by_the_clock(calendar.zone, from, to)?;
            Some(ClosedByRoutines { from, to, name })
        });
        spans.collect()
    }

    /// Whether a clinician has a session that begins on a day, closed or not.
    pub fn works_on(&self, clinician: &str, day: NaiveDate) -> bool {
        self.clinician(clinician)
            .is_some_and(|known| known.sessions.iter().any(|session| session.begins_on(day)))
    }

    /// Whether nothing at all can be booked.
    pub fn is_empty(&self) -> bool {
        self.clinicians.iter().all(|clinician| clinician.sessions.is_empty())
    }

    /// Whether patients may book times of a service by themselves.
    pub fn patients_may_book(&self, service: &str) -> bool {
        let sessions = self.clinicians.iter().flat_map(|clinician| &clinician.sessions);
        sessions.into_iter().any(|session| session.service == service && session.patients_may_book)
    }

    /// The clinician with a name.
    pub fn clinician(&self, name: &str) -> Option<&Clinician> {
        let key = clinician_key(name);
        self.clinicians.iter().find(|clinician| clinician_key(&clinician.name) == key)
    }

    /// The session that a slot belongs to, exactly as it is; none where the routines have no such slot.
    pub fn session_of(&self, calendar: &Calendar, slot: &Slot) -> Option<&Session> {
        let clinician = self.clinicians.iter().find(|clinician| clinician.name == slot.clinician)?;
        let closed = Closed::of(self, calendar, &clinician.name);
        let day = slot.starts_at.with_timezone(&calendar.zone).date_naive();
        let days = [day.pred_opt(), Some(day)];
        clinician.sessions.iter().find(|session| {
            session.service == slot.service
                && session.minutes == slot.minutes
                && session.site == slot.site
                && days.into_iter().flatten().any(|day| {
                    session.begins_on(day)
                        && session
                            .slots_on(day, calendar.zone)
                            .iter()
                            .any(|(local, at)| *at == slot.starts_at && !closed.at(*local, *at, slot.minutes))
                })
        })
    }

    /// From when on, and up to which day, somebody may book.
    pub fn bookable(&self, zone: Tz, asker: Asker, now: DateTime<Utc>) -> (DateTime<Utc>, NaiveDate) {
        let (notice, days) = match asker {
            Asker::Patient => (self.booking.notice, u64::from(self.booking.days_ahead)),
            Asker::Staff => (TimeDelta::zero(), FURTHEST_DAYS),
        };
        let today = now.with_timezone(&zone).date_naive();
        (now + notice, today.checked_add_days(Days::new(days.min(FURTHEST_DAYS))).unwrap_or(today))
    }

    /// The free slots that a search finds, in the order of their start. A slot that begins right now is still
    /// free; `taken` names its clinicians by [`clinician_key`].
    pub fn open_slots(
        &self,
        calendar: &Calendar,
        asker: Asker,
        search: &SlotSearch,
        taken: &[TakenTime],
        now: DateTime<Utc>,
    ) -> Vec<Slot> {
        let zone = calendar.zone;
        let (earliest, last_day) = self.bookable(zone, asker, now);
        let from = search.from.max(earliest.with_timezone(&zone).date_naive());
        let to = search.to.min(last_day);
        let busy = busy_times(taken);
        let mut slots = Vec::new();
        for clinician in &self.clinicians {
            let key = clinician_key(&clinician.name);
            if search.clinician.as_ref().is_some_and(|name| clinician_key(name) != key) {
                continue;
            }
            let closed = Closed::of(self, calendar, &clinician.name);
            let busy = busy.get(key.as_str()).map_or(&[][..], Vec::as_slice);
            for session in &clinician.sessions {
                if session.service != search.service
                    || (asker == Asker::Patient && !session.patients_may_book)
                {
                    continue;
                }
                // The night before may reach into the first day.
                let days = from.pred_opt().unwrap_or(from).iter_days().take_while(|day| *day <= to);
                for day in days.filter(|day| session.begins_on(*day)) {
                    for (local, at) in session.slots_on(day, zone) {
                        let ends = at + TimeDelta::minutes(session.minutes.into());
                        if at >= earliest
                            && (from..=to).contains(&local.date())
                            && search.part.is_none_or(|part| part == PartOfDay::of(local.time()))
                            && !overlaps(busy, at, ends)
                            && !closed.at(local, at, session.minutes)
                        {
                            slots.push(Slot {
                                starts_at: at,
                                clinician: clinician.name.clone(),
                                service: session.service.clone(),
                                minutes: session.minutes,
                                site: session.site.clone(),
                            });
                        }
                    }
                }
            }
        }
        slots.sort();
        slots.dedup_by(|a, b| a.starts_at == b.starts_at && a.clinician == b.clinician);
        slots
    }
}

/// The free slots that patients may book by themselves: see [`Schedule::open_slots`].
pub fn open_slots(
    schedule: &Schedule,
    calendar: &Calendar,
    search: &SlotSearch,
    taken: &[TakenTime],
    now: DateTime<Utc>,
) -> Vec<Slot> {
    schedule.open_slots(calendar, Asker::Patient, search, taken, now)
}

/// When a clinician sees nobody.
struct Closed<'a> {
    calendar: &'a Calendar,
    spans: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl<'a> Closed<'a> {
    fn of(schedule: &Schedule, calendar: &'a Calendar, clinician: &str) -> Self {
        let key = clinician_key(clinician);
        let theirs =
            |closure: &&Closure| closure.clinician.as_ref().is_none_or(|name| clinician_key(name) == key);
        let span = |closure: &Closure| {
            let zone = calendar.zone;
            (moment(zone, closure.from, Pick::Earliest), moment(zone, closure.to, Pick::Latest))
        };
        let spans = schedule.closures.iter().filter(theirs).map(span).collect();
        Self { calendar, spans }
    }

    fn at(&self, local: NaiveDateTime, at: DateTime<Utc>, minutes: u16) -> bool {
        let ends = at + TimeDelta::minutes(minutes.into());
        // A slot that ends at midnight does not reach into the next day.
        let last = local.checked_add_signed(TimeDelta::minutes(i64::from(minutes) - 1)).unwrap_or(local);
        self.calendar.holidays.contains_key(&local.date())
            || (last.date() != local.date() && self.calendar.holidays.contains_key(&last.date()))
            || self.spans.iter().any(|(from, to)| *from < ends && at < *to)
    }
}

type Busy = Vec<(DateTime<Utc>, DateTime<Utc>)>;

/// Each clinician's taken times, in order, those that touch or overlap joined into one.
fn busy_times(taken: &[TakenTime]) -> BTreeMap<&str, Busy> {
    let mut by_clinician: BTreeMap<&str, Busy> = BTreeMap::new();
    for TakenTime { clinician, from, to } in taken {
        by_clinician.entry(clinician).or_default().push((*from, *to));
    }
    for busy in by_clinician.values_mut() {
        busy.sort_unstable();
        busy.dedup_by(|next, before| {
            let joined = next.0 <= before.1;
            if joined {
                before.1 = before.1.max(next.1);
            }
            joined
        });
    }
    by_clinician
}

fn overlaps(busy: &[(DateTime<Utc>, DateTime<Utc>)], from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    let begun = busy.partition_point(|(start, _)| *start < to);
    begun > 0 && busy[begun - 1].1 > from
}

#[cfg(test)]
mod tests;
