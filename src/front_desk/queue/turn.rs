//! From when each patient counts as waiting, and why: the order of the queue.

use super::{CountsFrom, PriorityGroup, QueueEntry, QueuePolicy};
use crate::front_desk::ticket::VisitId;
use crate::front_desk::urgency::Urgency;
use chrono::{DateTime, TimeDelta, Utc};

/// What somebody's turn is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The time that is booked.
    Booked(DateTime<Utc>),
    /// When they came.
    Came(DateTime<Utc>),
    /// When they came without an appointment, and how much later that counts.
    WalkIn(DateTime<Utc>, TimeDelta),
    /// Since when they are kept waiting.
    KeptWaiting(DateTime<Utc>),
    /// The wait that they bring along from another service.
    Transferred(DateTime<Utc>),
}

impl Base {
    /// The moment it stands for.
    pub fn moment(self) -> DateTime<Utc> {
        match self {
            Self::Booked(at) | Self::Came(at) | Self::KeptWaiting(at) | Self::Transferred(at) => at,
            Self::WalkIn(at, behind) => at + behind,
        }
    }
}

/// Why somebody counts as waiting for longer than they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ahead {
    /// They must be seen soon.
    Urgent(Urgency, TimeDelta),
    /// They belong to a group that is called earlier: its id.
    Group(String, TimeDelta),
}

/// Somebody's turn. The earlier [`Turn::counts_from`] is called first; who is equal, in the order of coming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// From when they count as waiting.
    pub counts_from: DateTime<Utc>,
    /// What that begins with.
    pub base: Base,
    /// What puts them ahead of that.
    pub ahead: Vec<Ahead>,
}

/// A patient's turn by a policy. It depends on nothing that changes by itself while they wait.
pub fn turn(policy: &QueuePolicy, entry: &QueueEntry) -> Turn {
    let base = match (entry.since, policy.counts_from, entry.appointment) {
        (Some(since), _, _) => Base::Transferred(since),
        (None, CountsFrom::AppointmentTime, Some(booked)) => Base::Booked(booked),
        (None, CountsFrom::AppointmentTime, None) if policy.walk_ins_behind > TimeDelta::zero() => {
            Base::WalkIn(entry.arrived_at, policy.walk_ins_behind)
        }
        (None, CountsFrom::LongestWait, Some(booked)) if booked > entry.arrived_at => {
            Base::KeptWaiting(booked)
        }
        (None, _, _) => Base::Came(entry.arrived_at),
    };
    let urgent = policy.ahead_of(entry.urgency);
    let urgent = (urgent > TimeDelta::zero()).then_some(Ahead::Urgent(entry.urgency, urgent));
    // The one group that helps most: belonging to several must not add up without limit.
    let group = policy.groups.iter().filter(|group| belongs(group, entry)).max_by_key(|group| group.ahead);
    let group = group.map(|group| Ahead::Group(group.id.clone(), group.ahead));
    let ahead: Vec<_> = urgent.into_iter().chain(group).collect();
    let counts_from = ahead.iter().fold(base.moment(), |moment, ahead| match ahead {
        Ahead::Urgent(_, by) | Ahead::Group(_, by) => moment - *by,
    });
    Turn { counts_from, base, ahead }
}

fn belongs(group: &PriorityGroup, entry: &QueueEntry) -> bool {
    entry.groups.contains(&group.id) || entry.age.is_some_and(|age| group.takes(age))
}

/// The queue in the order in which its patients are called, each with their turn. `policy` answers that of a
/// service: patients of several services that one point serves stand in one order.
pub fn order<'a, 'p>(
    policy: impl Fn(&str) -> &'p QueuePolicy,
    entries: impl IntoIterator<Item = &'a QueueEntry>,
) -> Vec<(&'a QueueEntry, Turn)> {
    let mut queue: Vec<_> =
        entries.into_iter().map(|entry| (entry, turn(policy(&entry.service), entry))).collect();
    // The identity last: two who came in one millisecond have an order that is the same everywhere.
    queue.sort_by_key(|(entry, turn)| (turn.counts_from, entry.arrived_at, entry.visit.0));
    queue
}

/// Who is called next; none if nobody can be called now.
pub fn next<'a, 'p>(
    policy: impl Fn(&str) -> &'p QueuePolicy,
    entries: impl IntoIterator<Item = &'a QueueEntry>,
    now: DateTime<Utc>,
) -> Option<VisitId> {
    let queue = order(policy, entries.into_iter().filter(|entry| entry.can_be_called(now)));
    queue.first().map(|(entry, _)| entry.visit)
}

#[cfg(test)]
mod tests;
