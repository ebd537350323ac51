//! What needed a person: how much, how soon somebody answered, how often nobody did, and whether the routines are gone
//! through.

use super::figures::{Cell, Figures, Measure, Topic, column, count, minutes, percent};
use super::period::Scope;
use crate::clinic::routines::CategoryKind;
use crate::front_desk::request::RequestReason;
use crate::front_desk::spread::Spread;
use crate::front_desk::urgency::Urgency;
use crate::link::fact::DESK;
use crate::store::{RequestFigure, RoutineStepFigure};
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// Whether somebody waits for it now. Cases, praise and what nobody stands beside are answered in days: among them, minutes
/// would tell nothing.
pub fn waits_now(scope: &Scope<'_>, request: &RequestFigure) -> bool {
    let category = request.category.as_deref().and_then(|id| scope.clinic.routines.category(id));
    let in_days = request.is_case
        || category.is_some_and(|category| category.kind == CategoryKind::Compliment)
        || match request.reason {
            RequestReason::Asked => request.kiosk == DESK,
            RequestReason::PossibleDuplicate | RequestReason::NeverCalled => true,
            _ => false,
        };
    request.urgency == Urgency::Emergency || !in_days
}

/// Whether it was answered in time; none while there is still time.
pub fn in_time(request: &RequestFigure, now: DateTime<Utc>) -> Option<bool> {
    match request.answered_at {
        Some(at) => Some(at <= request.acknowledge_by),
        None if now <= request.acknowledge_by => None,
        None => Some(false),
    }
}

/// Seconds until somebody answered.
pub fn answered_after(request: &RequestFigure) -> Option<i64> {
    request.answered_at.map(|at| (at - request.raised_at).num_seconds().max(0))
}

/// How soon somebody answered those who waited for it.
pub fn acknowledged(scope: &Scope<'_>, all: &[RequestFigure]) -> Topic {
    let all: Vec<RequestFigure> = all.iter().filter(|request| waits_now(scope, request)).cloned().collect();
    let cells = |requests: &[&RequestFigure]| -> Vec<Cell> {
        let spread: Spread = requests.iter().filter_map(|request| answered_after(request)).collect();
        let judged: Vec<bool> = requests.iter().filter_map(|request| in_time(request, scope.now)).collect();
        let on_time = judged.iter().filter(|on_time| **on_time).count();
        vec![
            minutes(spread.median()),
            minutes(spread.ninetieth()),
            count(requests.len()),
            percent(on_time, judged.len()),
        ]
    };
    let measure = Measure {
        id: "acknowledged",
        columns: vec![
            column(scope.say("Half within"), scope.say("min")),
            column(scope.say("Nine in ten within"), scope.say("min")),
            column(scope.say("Requests"), String::new()),
            column(scope.say("In time"), "%".into()),
        ],
        drawn: 2,
        cells: &cells,
    };
    let raised = |request: &RequestFigure| request.raised_at;
    Topic {
        id: "acknowledged",
        title: scope.say("Time to acknowledge"),
        explains: scope.say("From the touch at the kiosk until somebody took the request. What is answered in days, such as complaints, is not among these."),
        splits: vec![
            measure.by_hour(scope, &all, raised),
            measure.by_day(scope, &all, raised),
            by_routine(scope, &measure, &all),
            measure.by_name(
                ("destination", scope.say("By destination")),
                scope.say("Asked first"),
                &all,
                |request| scope.destination(request.to.as_deref()),
            ),
        ],
    }
}

/// How often somebody did not answer in time.
pub fn escalations(scope: &Scope<'_>, all: &[RequestFigure]) -> Topic {
    let cells = |requests: &[&RequestFigure]| -> Vec<Cell> {
        let times: usize = requests.iter().map(|request| request.escalations as usize).sum();
        let escalated = requests.iter().filter(|request| request.escalations > 0).count();
        vec![count(escalated), count(times), count(requests.len())]
    };
    let measure = Measure {
        id: "escalations",
        columns: vec![
            column(scope.say("Escalated"), scope.say("requests")),
            column(scope.say("Destinations that did not answer"), String::new()),
            column(scope.say("Requests in all"), String::new()),
        ],
        drawn: 1,
        cells: &cells,
    };
    let raised = |request: &RequestFigure| request.raised_at;
    Topic {
        id: "escalations",
        title: scope.say("Escalations"),
        explains: scope
            .say("Requests that somebody did not answer in time, so that it was the next one’s turn, by when they were raised."),
        splits: vec![
            measure.by_hour(scope, all, raised),
            measure.by_day(scope, all, raised),
            by_routine(scope, &measure, all),
        ],
    }
}

/// What needed a person most.
pub fn flagged(scope: &Scope<'_>, all: &[RequestFigure]) -> Topic {
    let cells = |requests: &[&RequestFigure]| -> Vec<Cell> {
        let of = |urgency| count(requests.iter().filter(|request| request.urgency == urgency).count());
        vec![of(Urgency::Routine), of(Urgency::Urgent), of(Urgency::Emergency), count(requests.len())]
    };
    let measure = Measure {
        id: "flagged",
        columns: vec![
            column(scope.say("Not urgent"), scope.say("requests")),
            column(scope.say("Urgent"), scope.say("requests")),
            column(scope.say("Emergency"), scope.say("requests")),
            column(scope.say("In all"), scope.say("requests")),
        ],
        drawn: 3,
        cells: &cells,
    };
    let raised = |request: &RequestFigure| request.raised_at;
    Topic {
        id: "flagged",
        title: scope.say("What needed a person"),
        explains: scope.say("Everything that was flagged, at kiosks and at the desk."),
        splits: vec![
            by_routine(scope, &measure, all),
            measure.by_hour(scope, all, raised),
            measure.by_day(scope, all, raised),
        ],
    }
}

/// How requests ended.
pub fn endings(scope: &Scope<'_>, all: &[RequestFigure]) -> Topic {
    let resolved: Vec<RequestFigure> = all.iter().filter(|request| request.resolved).cloned().collect();
    let measure = Measure {
        id: "endings",
        columns: vec![column(scope.say("Resolved"), scope.say("requests"))],
        drawn: 1,
        cells: &|requests| vec![count(requests.len())],
    };
    Topic {
        id: "endings",
        title: scope.say("How requests ended"),
        explains: scope.say("What was chosen at the desk for requests that are resolved."),
        splits: vec![measure.by_name(
            ("outcome", scope.say("By outcome")),
            scope.say("Outcome"),
            &resolved,
            |request| scope.outcome(request.outcome.as_deref()),
        )],
    }
}

fn by_routine(scope: &Scope<'_>, measure: &Measure<'_, RequestFigure>, all: &[RequestFigure]) -> Figures {
    let how = ("routine", scope.say("By routine"));
    measure.by_name(how, scope.say("Routine"), all, |request| scope.routine_of(request)).without_empty_rows()
}

/// A step of a routine, for one request: ticked after so many seconds, or not.
struct StepOfRequest {
    step: String,
    after: Option<i64>,
}

/// Whether the steps of the routines are gone through. Only those that the routines have now are counted: what was ticked
/// of others cannot be told from what they were called.
pub fn routine_steps(scope: &Scope<'_>, all: &[RequestFigure], ticked: &[RoutineStepFigure]) -> Topic {
    let routines = &scope.clinic.routines;
    let mut after: HashMap<(String, &str), Vec<i64>> = HashMap::new();
    for tick in ticked {
        let routine = scope.routine(tick.reason, tick.category.as_deref());
        after.entry((routine, tick.step.as_str())).or_default().push(tick.after);
    }
    let mut items = Vec::new();
    for request in all.iter().filter(|request| request.resolved) {
        let route = routines.route(request.reason, request.category.as_deref(), request.urgency);
        let routine = scope.routine_of(request);
        for step in route.steps {
            // Which request it was ticked for is of no interest: as many as were ticked count as ticked.
            let after = after.get_mut(&(routine.clone(), step.as_str())).and_then(Vec::pop);
            items.push(StepOfRequest { step: format!("{routine}: {step}"), after });
        }
    }
    let cells = |steps: &[&StepOfRequest]| -> Vec<Cell> {
        let spread: Spread = steps.iter().filter_map(|step| step.after).collect();
        vec![
            percent(spread.count(), steps.len()),
            count(spread.count()),
            count(steps.len()),
            minutes(spread.median()),
        ]
    };
    let measure = Measure {
        id: "routine-steps",
        columns: vec![
            column(scope.say("Ticked"), "%".into()),
            column(scope.say("Times ticked"), String::new()),
            column(scope.say("Requests resolved"), String::new()),
            column(scope.say("Half within"), scope.say("min")),
        ],
        drawn: 1,
        cells: &cells,
    };
    Topic {
        id: "routine-steps",
        title: scope.say("Steps of the routines"),
        explains: scope.say(
            "How often each step was ticked for requests that are resolved, and how long after they were raised.",
        ),
        splits: vec![measure.by_name(
            ("step", scope.say("By step")),
            scope.say("Step of the routine"),
            &items,
            |item| item.step.clone(),
        )],
    }
}
