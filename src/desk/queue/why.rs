//! The order of the queue, and what it refuses, in sentences for staff.

use crate::desk::board::words::Reader;
use crate::front_desk::queue::{Ahead, Base, QueueRefusal, Turn};
use crate::front_desk::urgency::Urgency;
use chrono::TimeDelta;

/// Why somebody has the place that they have: one sentence that answers "why is she before me?". The order is by the
/// time with which it begins.
pub fn sentence(turn: &Turn, reader: Reader) -> String {
    let clock = |at| reader.clock(at);
    let minutes = |by: TimeDelta| by.num_minutes().to_string();
    let base = match turn.base {
        Base::Booked(at) => reader.say("booked for {time}", &[("time", &clock(at))]),
        Base::Came(at) => reader.say("came at {time}", &[("time", &clock(at))]),
        Base::WalkIn(at, behind) => reader.say(
            "came at {time} without an appointment, which counts {minutes} minutes later",
            &[("time", &clock(at)), ("minutes", &minutes(behind))],
        ),
        Base::KeptWaiting(at) => reader.say("kept waiting since {time}", &[("time", &clock(at))]),
        Base::Transferred(_) => reader.say("brings the wait along from another service", &[]),
    };
    let ahead = turn.ahead.iter().map(|ahead| match ahead {
        Ahead::Urgent(Urgency::Emergency, _) => reader.say("an emergency: before everybody", &[]),
        Ahead::Urgent(_, by) => {
            reader.say("urgent: {minutes} minutes earlier", &[("minutes", &minutes(*by))])
        }
        Ahead::Group(group, by) => {
            let known = reader.clinic.routines.queue.group(group);
            let name = known.map_or(group.as_str(), |group| group.name.text(reader.texts()));
            reader.say("{group}: {minutes} minutes earlier", &[("group", name), ("minutes", &minutes(*by))])
        }
    });
    let reasons = std::iter::once(base).chain(ahead).collect::<Vec<_>>().join("; ");
    reader.say("Counts from {time}: {reasons}.", &[("time", &clock(turn.counts_from)), ("reasons", &reasons)])
}

/// What the queue refuses: what is so, and what to do now.
pub fn in_words(refusal: &QueueRefusal, reader: Reader) -> String {
    let clock = |at| reader.clock(at);
    match refusal {
        QueueRefusal::NoSuchVisit => reader.say("There is no such visit any more: reload the page.", &[]),
        QueueRefusal::NoSuchPoint => {
            reader.say("The routines name no such service point any more: reload the page.", &[])
        }
        QueueRefusal::NoSuchService => {
            reader.say("The routines name no such service any more: reload the page.", &[])
        }
        QueueRefusal::NobodyWaits { held_until: None } => reader.say("Nobody waits for this point.", &[]),
        QueueRefusal::NobodyWaits { held_until: Some(at) } => reader.say(
            "Nobody can be called now: whoever did not come is called again from {time}, or by hand at once.",
            &[("time", &clock(*at))],
        ),
        QueueRefusal::PointIsTaken { by } => reader.say(
            "{number} is still here: say first whether they were seen, did not come or go on to another service.",
            &[("number", by.as_str())],
        ),
        QueueRefusal::CalledAlready { point, by } => {
            let known = reader.clinic.routines.queue.point(point);
            let point = known.map_or(point.as_str(), |point| point.name.text(reader.texts()));
            reader.say("{by} has called this patient to {point} already.", &[("by", by), ("point", point)])
        }
        QueueRefusal::NotCalled => {
            reader.say("This patient is not called any more: look again where they are.", &[])
        }
        QueueRefusal::Ended => reader.say("This visit is over already.", &[]),
        QueueRefusal::NotEnded => reader.say("This visit is not over: there is nothing to take back.", &[]),
        QueueRefusal::SameService => reader.say("The patient waits for this service already.", &[]),
    }
}
