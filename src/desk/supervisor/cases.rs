//! Cases with their dates, and what was late in a period. Whom they are about is seen at the desk, not here.

use super::period::Scope;
use super::requests::{answered_after, in_time, waits_now};
use crate::front_desk::urgency::Urgency;
use crate::store::RequestFigure;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A longer list is read by nobody; the counts hold for all.
const LONGEST_LIST: usize = 40;

/// A case with its dates.
#[derive(Serialize)]
pub struct CaseLine {
    headline: String,
    raised: String,
    acknowledged: String,
    reported: String,
    with: String,
    /// Whether a date has passed without what was due.
    pub late: bool,
}

/// A request that was not answered in time.
#[derive(Serialize)]
pub struct Late {
    headline: String,
    kiosk: String,
    raised: String,
    words: String,
    /// Whether nobody has it even now.
    waiting: bool,
}

/// How an emergency was answered.
#[derive(Serialize)]
pub struct Emergency {
    raised: String,
    kiosk: String,
    /// Seconds from the touch at the kiosk.
    answered_after: Option<i64>,
}

/// Every case that is not answered, whenever it came, the oldest first.
pub fn open(scope: &Scope<'_>, open: &[RequestFigure]) -> Vec<CaseLine> {
    open.iter().filter(|request| request.is_case).map(|request| case_line(scope, request)).collect()
}

/// The cases among these that are answered, the latest first.
pub fn answered(requests: &[RequestFigure], scope: &Scope<'_>) -> Vec<CaseLine> {
    let done = requests.iter().rev().filter(|request| request.is_case && request.resolved);
    done.take(LONGEST_LIST).map(|request| case_line(scope, request)).collect()
}

fn case_line(scope: &Scope<'_>, request: &RequestFigure) -> CaseLine {
    let now = scope.now;
    let shown = |at: DateTime<Utc>| scope.reader().day(at);
    // Beside what was done: by when it was due, so that each date can be judged.
    let dated = |done: Option<DateTime<Utc>>, due: DateTime<Utc>| match done {
        Some(at) if at <= due => (shown(at), false),
        Some(at) => {
            let values = [("day", shown(at)), ("due", shown(due))];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            (scope.language.say("{day} (was due {due})", &values), false)
        }
        None if now <= due => (scope.language.say("by {due}", &[("due", &shown(due))]), false),
        None => (scope.language.say("was due {due}", &[("due", &shown(due))]), true),
    };
    let answer_by = request.case_answer_by.unwrap_or(request.acknowledge_by);
    let resolved_at = request.resolved_at.filter(|_| request.resolved);
    let (acknowledged, acknowledge_late) = dated(request.answered_at, request.acknowledge_by);
    let (reported, report_late) = dated(resolved_at, answer_by);
    CaseLine {
        headline: scope.routine_of(request),
        raised: shown(request.raised_at),
        acknowledged,
        reported,
        with: scope.destination(request.with.as_deref()),
        late: report_late || (acknowledge_late && !request.resolved),
    }
}

/// What was not answered in time, the latest first; cases have their dates instead.
pub fn late(scope: &Scope<'_>, requests: &[RequestFigure]) -> Vec<Late> {
    let late = requests
        .iter()
        .rev()
        .filter(|request| waits_now(scope, request) && in_time(request, scope.now) == Some(false));
    late.take(LONGEST_LIST).map(|request| late_line(scope, request)).collect()
}

fn late_line(scope: &Scope<'_>, request: &RequestFigure) -> Late {
    let first = scope.destination(request.to.as_deref());
    let words = match request.answered_at {
        Some(at) => {
            let length = length(scope, (at - request.acknowledge_by).num_seconds().max(0));
            scope.language.say(
                "Answered {length} late; {first} was asked first",
                &[("length", &length), ("first", &first)],
            )
        }
        None => scope.language.say("Not answered; {first} was asked first", &[("first", &first)]),
    };
    Late {
        headline: scope.routine_of(request),
        kiosk: request.kiosk.clone(),
        raised: scope.reader().when(request.raised_at),
        words,
        waiting: request.answered_at.is_none() && !request.resolved,
    }
}

/// Seconds in words: "40 s", "3 min", "2 h".
fn length(scope: &Scope<'_>, seconds: i64) -> String {
    scope.reader().span(seconds.unsigned_abs())
}

/// The emergencies, the latest first.
pub fn emergencies(scope: &Scope<'_>, requests: &[RequestFigure]) -> Vec<Emergency> {
    let all = requests.iter().rev().filter(|request| request.urgency == Urgency::Emergency);
    all.take(LONGEST_LIST)
        .map(|request| Emergency {
            raised: scope.reader().when(request.raised_at),
            kiosk: request.kiosk.clone(),
            answered_after: answered_after(request),
        })
        .collect()
}
