//! Who came: checked in at a kiosk, or sent to a person instead.

use super::figures::{Cell, Measure, Topic, column, count};
use super::period::Scope;
use crate::front_desk::arrival::NotCheckedInCause;
use crate::store::Arrived;
use chrono::{DateTime, Utc};

/// Somebody came.
struct Came {
    at: DateTime<Utc>,
    outcome: Outcome,
}

enum Outcome {
    CheckedIn { service: String },
    Not(NotCheckedInCause),
}

/// Who checked in, and who could not.
pub fn arrivals(
    scope: &Scope<'_>,
    arrived: &[Arrived],
    turned_away: &[(DateTime<Utc>, NotCheckedInCause)],
) -> Topic {
    let came: Vec<Came> = arrived
        .iter()
        .map(|arrived| Came {
            at: arrived.at,
            outcome: Outcome::CheckedIn { service: scope.service(&arrived.service) },
        })
        .chain(turned_away.iter().map(|(at, cause)| Came { at: *at, outcome: Outcome::Not(*cause) }))
        .collect();
    let cells = |came: &[&Came]| -> Vec<Cell> {
        let not = came.iter().filter(|came| matches!(came.outcome, Outcome::Not(_))).count();
        vec![count(came.len() - not), count(not)]
    };
    let measure = Measure {
        id: "arrivals",
        columns: vec![
            column(scope.say("Checked in"), scope.say("people")),
            column(scope.say("Could not be checked in"), scope.say("people")),
        ],
        drawn: 2,
        cells: &cells,
    };
    Topic {
        id: "arrivals",
        title: scope.say("Arrivals"),
        explains: scope.say("Whoever came to a kiosk, and whether it could check them in."),
        splits: vec![
            measure.by_hour(scope, &came, |came| came.at),
            measure.by_day(scope, &came, |came| came.at),
            measure.by_name(
                ("outcome", scope.say("By service and reason")),
                scope.say("Service, or why not"),
                &came,
                |came| match &came.outcome {
                    Outcome::CheckedIn { service } => service.clone(),
                    Outcome::Not(cause) => scope.say(cause.headline()),
                },
            ),
        ],
    }
}
