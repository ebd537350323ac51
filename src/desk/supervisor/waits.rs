//! How long people waited to be called, and who did not.

use super::figures::{Cell, Measure, Topic, column, count, minutes};
use super::period::Scope;
use crate::front_desk::spread::Spread;
use crate::store::WaitEnded;

/// How long people waited.
pub fn waits(scope: &Scope<'_>, ended: &[WaitEnded]) -> Topic {
    let cells = |waits: &[&WaitEnded]| -> Vec<Cell> {
        let spread: Spread = waits.iter().filter_map(|wait| wait.called_after).collect();
        vec![
            minutes(spread.median()),
            minutes(spread.ninetieth()),
            count(spread.count()),
            count(waits.len() - spread.count()),
        ]
    };
    let measure = Measure {
        id: "waits",
        columns: vec![
            column(scope.say("Half at most"), scope.say("min")),
            column(scope.say("Nine in ten at most"), scope.say("min")),
            column(scope.say("Called"), scope.say("people")),
            column(scope.say("Left before"), scope.say("people")),
        ],
        drawn: 2,
        cells: &cells,
    };
    Topic {
        id: "waits",
        title: scope.say("Waits"),
        explains: scope
            .say("From the check-in, or from the time that was booked where that is later, until the call."),
        splits: vec![
            measure.by_hour(scope, ended, |wait| wait.at),
            measure.by_day(scope, ended, |wait| wait.at),
            measure.by_name(("service", scope.say("By service")), scope.say("Service"), ended, |wait| {
                scope.service(&wait.service)
            }),
        ],
    }
}
