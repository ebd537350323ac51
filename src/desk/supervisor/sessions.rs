//! How people get on at the kiosks: how long they take, where they give up, where they call for help.

use super::figures::{Cell, Column, Measure, Topic, column, count, seconds};
use super::period::Scope;
use crate::front_desk::message::SessionEnd;
use crate::front_desk::spread::Spread;
use crate::store::{KioskSession, RequestFigure};

/// What happened at a step.
enum AtStep {
    /// Somebody stood there for so many seconds.
    Stood(u32),
    /// Somebody's session ended there.
    Ended(SessionEnd),
    /// Somebody called for help there.
    Called,
}

/// By which the topics of one desk are told from those of another.
pub struct Ids {
    ended: &'static str,
    lengths: &'static str,
    gave_up: &'static str,
    steps: &'static str,
}

/// Those of this desk.
pub const HERE: Ids =
    Ids { ended: "sessions", lengths: "session-length", gave_up: "gave-up", steps: "step-time" };
/// Those of the practice desk.
pub const PRACTICE: Ids = Ids {
    ended: "practice-sessions",
    lengths: "practice-session-length",
    gave_up: "practice-gave-up",
    steps: "practice-step-time",
};

/// How sessions ended, where people gave up, and how long all of it took.
pub fn topics(
    scope: &Scope<'_>,
    ids: &Ids,
    sessions: &[KioskSession],
    requests: &[RequestFigure],
) -> Vec<Topic> {
    let mut at_steps: Vec<(String, AtStep)> = Vec::new();
    for session in sessions {
        at_steps.extend(session.steps.iter().map(|(step, spent)| (scope.say(step), AtStep::Stood(*spent))));
        at_steps.push((scope.say(&session.step), AtStep::Ended(session.how)));
    }
    let called = requests.iter().filter_map(|request| request.called_for_help_at.as_deref());
    at_steps.extend(called.map(|step| (scope.say(step), AtStep::Called)));
    vec![
        ended(scope, ids.ended, sessions),
        gave_up(scope, ids.gave_up, &at_steps),
        lengths(scope, ids.lengths, sessions),
        step_times(scope, ids.steps, &at_steps),
    ]
}

fn ended(scope: &Scope<'_>, id: &'static str, sessions: &[KioskSession]) -> Topic {
    let cells = |sessions: &[&KioskSession]| -> Vec<Cell> {
        let of = |how| count(sessions.iter().filter(|session| session.how == how).count());
        vec![of(SessionEnd::Finished), of(SessionEnd::StartedOver), of(SessionEnd::WentAway)]
    };
    let measure = Measure {
        id,
        columns: vec![
            column(scope.say("Finished"), scope.say("sessions")),
            column(scope.say("Started over"), scope.say("sessions")),
            column(scope.say("Went away"), scope.say("sessions")),
        ],
        drawn: 3,
        cells: &cells,
    };
    let ended = |session: &KioskSession| session.ended_at;
    Topic {
        id,
        title: scope.say("How sessions ended"),
        explains: scope.say("Whoever touched nothing until the countdown was over went away."),
        splits: vec![measure.by_hour(scope, sessions, ended), measure.by_day(scope, sessions, ended)],
    }
}

fn gave_up(scope: &Scope<'_>, id: &'static str, at_steps: &[(String, AtStep)]) -> Topic {
    use SessionEnd::{StartedOver, WentAway};
    let hard: Vec<&(String, AtStep)> = at_steps
        .iter()
        .filter(|(_, what)| matches!(what, AtStep::Called | AtStep::Ended(WentAway | StartedOver)))
        .collect();
    let cells = |happened: &[&&(String, AtStep)]| -> Vec<Cell> {
        let of = |wanted: fn(&AtStep) -> bool| count(happened.iter().filter(|each| wanted(&each.1)).count());
        vec![
            of(|what| matches!(what, AtStep::Ended(WentAway))),
            of(|what| matches!(what, AtStep::Ended(StartedOver))),
            of(|what| matches!(what, AtStep::Called)),
        ]
    };
    let measure = Measure {
        id,
        columns: vec![
            column(scope.say("Went away"), scope.say("times")),
            column(scope.say("Started over"), scope.say("times")),
            column(scope.say("Called for help"), scope.say("times")),
        ],
        drawn: 3,
        cells: &cells,
    };
    Topic {
        id,
        title: scope.say("Where people give up"),
        explains: scope
            .say("The step that somebody stood at who went away, started over, or called for a person."),
        splits: vec![measure.by_name(
            ("step", scope.say("By step")),
            scope.say("Step"),
            &hard,
            |(step, _)| step.clone(),
        )],
    }
}

fn lengths(scope: &Scope<'_>, id: &'static str, sessions: &[KioskSession]) -> Topic {
    let finished: Vec<(i64, &KioskSession)> = sessions
        .iter()
        .filter(|session| session.how == SessionEnd::Finished)
        .filter_map(|session| session.seconds().map(|seconds| (i64::from(seconds), session)))
        .collect();
    let cells =
        |sessions: &[&(i64, &KioskSession)]| spread_cells(sessions.iter().map(|(seconds, _)| *seconds));
    let measure = Measure { id, columns: spread_columns(scope), drawn: 2, cells: &cells };
    let ended = |(_, session): &(i64, &KioskSession)| session.ended_at;
    Topic {
        id,
        title: scope.say("How long a session takes"),
        explains: scope.say("Sessions that were finished, from the first touch to the last."),
        splits: vec![measure.by_hour(scope, &finished, ended), measure.by_day(scope, &finished, ended)],
    }
}

/// How times in seconds are spread, as columns; [`spread_cells`] fills them.
fn spread_columns(scope: &Scope<'_>) -> Vec<Column> {
    vec![
        column(scope.say("Half within"), scope.say("s")),
        column(scope.say("Nine in ten within"), scope.say("s")),
        column(scope.say("Sessions"), String::new()),
    ]
}

fn spread_cells(times: impl Iterator<Item = i64>) -> Vec<Cell> {
    let spread: Spread = times.collect();
    vec![seconds(spread.median()), seconds(spread.ninetieth()), count(spread.count())]
}

fn step_times(scope: &Scope<'_>, id: &'static str, at_steps: &[(String, AtStep)]) -> Topic {
    let stood: Vec<(&str, i64)> = at_steps
        .iter()
        .filter_map(|(step, what)| match what {
            AtStep::Stood(spent) => Some((step.as_str(), i64::from(*spent))),
            AtStep::Ended(_) | AtStep::Called => None,
        })
        .collect();
    let cells = |times: &[&(&str, i64)]| spread_cells(times.iter().map(|(_, spent)| *spent));
    let measure = Measure { id, columns: spread_columns(scope), drawn: 2, cells: &cells };
    Topic {
        id,
        title: scope.say("How long each step takes"),
        explains: scope
            .say("All the times together that one person stood at the step, also of those who gave up."),
        splits: vec![measure.by_name(
            ("step", scope.say("By step")),
            scope.say("Step"),
            &stood,
            |(step, _)| (*step).to_string(),
        )],
    }
}
