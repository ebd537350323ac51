//! What was seen of a queue: all that an estimate is made of.

use super::Range;
use super::clock::Clock;
use crate::front_desk::queue::CountsFrom;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// What was seen of the queue of one service.
#[derive(Debug, Clone)]
pub struct QueueSeen {
    /// Now.
    pub now: DateTime<Utc>,
    /// Until when the calls are known: at the desk now; a kiosk that is alone knows them only until it was. The queue is played
    /// from there on. Where nobody says who is called, that is before everything.
    pub known_until: DateTime<Utc>,
    /// The clinic's zone: habits go by its clocks.
    pub zone: Tz,
    /// What one patient takes according to the clinic's file, in minutes: what holds until enough was seen.
    pub minutes_each: u16,
    /// How many patients are seen at a time, according to the clinic's file.
    pub service_points: u16,
    /// From when patients with an appointment count as waiting: where those who are not here yet will stand.
    pub counts_from: CountsFrom,
    /// Who is waiting, without the one who asks.
    pub waiting: Vec<Waiting>,
    /// The times of today's appointments whose patients are not here yet.
    pub booked: Vec<DateTime<Utc>>,
    /// How many appointments of former days were kept, and how many were not.
    pub kept_and_missed: (u32, u32),
    /// Who was called, today and on the days before; in any order.
    pub called: Vec<Called>,
    /// What was told before and how it came, oldest first.
    pub told: Vec<Told>,
}

/// Somebody who is waiting, or asks how long they would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The place in the order in which the queue calls: the earliest first.
    pub turn: DateTime<Utc>,
    /// When they came.
    pub came: DateTime<Utc>,
    /// Since when they could be called: from then, or from the appointment on where that is later.
    pub ready: DateTime<Utc>,
}

/// Somebody who was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called {
    /// When they came.
    pub arrived: DateTime<Utc>,
    /// When they had an appointment; none for walk-ins.
    pub appointment: Option<DateTime<Utc>>,
    /// Their place in the order.
    pub turn: DateTime<Utc>,
    /// When they were called.
    pub called: DateTime<Utc>,
    /// When they were finished, or the service point was free again by other means; none while they are being seen.
    pub finished: Option<DateTime<Utc>>,
    /// At which service point; the same number for the same one on all days.
    pub point: u16,
}

impl Called {
    /// Since when they could be called: the larger of appointment and arrival. Who was called before their time could be
    /// called as soon as they were here.
    pub fn ready(&self) -> DateTime<Utc> {
        match self.appointment {
            Some(appointment) if appointment <= self.called => self.arrived.max(appointment),
            _ => self.arrived,
        }
    }

    /// How long they waited beyond that.
    pub fn waited(&self) -> chrono::TimeDelta {
        (self.called - self.ready()).max(chrono::TimeDelta::zero())
    }
}

/// A range that was told to somebody, and when they were called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// When it was told.
    pub at: DateTime<Utc>,
    /// Between when and when.
    pub range: Range,
    /// When it came.
    pub called: DateTime<Utc>,
}

impl Told {
    /// Whether it held.
    pub fn held(&self) -> bool {
        self.range.from <= self.called && self.called <= self.range.until
    }
}

impl QueueSeen {
    /// The place in the order of somebody with an appointment who comes at some time.
    pub(super) fn place(&self, appointment: i64, arrives: i64) -> i64 {
        match self.counts_from {
            CountsFrom::AppointmentTime => appointment,
            CountsFrom::Arrival => arrives,
            CountsFrom::LongestWait => arrives.max(appointment),
        }
    }

    /// What one patient takes according to the clinic's file, in seconds.
    pub(super) fn seconds_each(&self) -> f64 {
        f64::from(self.minutes_each.max(1)) * 60.0
    }

    /// Those of today who were called, in the order of their calls.
    pub(super) fn called_today(&self) -> Vec<&Called> {
        let clock = Clock::of(self.zone);
        let (today, _) = clock.day_and_second(self.now);
        let is_today =
            |called: &&Called| called.called <= self.now && clock.day_and_second(called.called).0 == today;
        let mut called: Vec<&Called> = self.called.iter().filter(is_today).collect();
        called.sort_by_key(|called| called.called);
        called
    }
}
