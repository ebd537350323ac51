//! How far a service is behind what its tickets promise.

use super::{Place, QueueEntry};
use chrono::{DateTime, TimeDelta, Utc};

/// By how much a service is behind the times at which its tickets said that patients would be called: what whoever
/// is furthest past theirs has waited beyond it. Each of `waiting` comes with that time.
///
/// Who did not come when called, and who was sent here by another service, waits by another time than the ticket's
/// and tells nothing of this one.
pub fn behind<'a>(
    waiting: impl IntoIterator<Item = (&'a QueueEntry, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> TimeDelta {
    let counts =
        |entry: &QueueEntry| entry.place == Place::Waiting && entry.absences == 0 && entry.since.is_none();
    waiting
        .into_iter()
        .filter(|(entry, _)| counts(entry))
        .map(|(_, expected)| now - expected)
        .max()
        .unwrap_or_default()
        .max(TimeDelta::zero())
}

/// Below this a service is not called late: what a ticket says is an estimate.
const WORTH_TELLING: TimeDelta = TimeDelta::minutes(10);

/// How late a service is told to be, in minutes and to the nearest five; none where it is not worth telling.
pub fn told_minutes(behind: TimeDelta) -> Option<u32> {
    let minutes = u32::try_from(behind.num_minutes()).ok()?;
    (behind >= WORTH_TELLING).then_some((minutes + 2) / 5 * 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::ticket::{TicketId, TicketNumber, VisitId};
    use crate::front_desk::urgency::Urgency;
    use uuid::Uuid;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).unwrap()
    }

    fn waits() -> QueueEntry {
        QueueEntry {
            visit: VisitId(Uuid::nil()),
            ticket: TicketId(Uuid::nil()),
            number: TicketNumber::new('C', "1", 7),
            day: minute(0).date_naive(),
            service: "general".into(),
            arrived_at: minute(0),
            appointment: None,
            since: None,
            urgency: Urgency::Routine,
            groups: Vec::new(),
            age: None,
            absences: 0,
            held_until: None,
            place: Place::Waiting,
        }
    }

    #[test]
    fn a_service_is_as_late_as_whoever_is_furthest_past_their_time() {
        let (one, missed, sent) = (
            waits(),
            QueueEntry { absences: 1, ..waits() },
            QueueEntry { since: Some(minute(0)), ..waits() },
        );
        for (waiting, minutes) in [
            (vec![], 0),
            (vec![(&one, 40)], 0),
            (vec![(&one, 20), (&one, 5), (&one, 40)], 25),
            // Neither of these waits by what the ticket says.
            (vec![(&missed, 0), (&sent, 0), (&one, 28)], 2),
        ] {
            let waiting = waiting.into_iter().map(|(entry, at)| (entry, minute(at)));
            assert_eq!(behind(waiting, minute(30)), TimeDelta::minutes(minutes));
        }
    }

    #[test]
    fn lateness_is_told_in_fives_from_ten_minutes_on() {
        for (minutes, told) in
            [(0, None), (9, None), (10, Some(10)), (12, Some(10)), (13, Some(15)), (61, Some(60))]
        {
            assert_eq!(told_minutes(TimeDelta::minutes(minutes)), told);
        }
    }
}
