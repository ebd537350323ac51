//! The tables of how long a task takes.

use super::patient::{Run, Step, Way};
use super::person::{SEEKER, VISITOR};
use std::fmt::Write as _;

/// The heading above rows of [`row`].
pub fn heading() -> String {
    format!(
        "{:<4} {:<16} {:>7} {:>7} {:>5} {:>8} {:>8} {:>7} {:>5}  {:>5} {:>9}",
        "", "", "screens", "touches", "words", "person", "program", "total", "goal", "slow", "heard out"
    )
}

/// One check-in.
pub fn row(run: &Run) -> String {
    let total = run.total(&VISITOR);
    let goal = run.way.goal().map_or_else(
        || "-".to_string(),
        |goal| format!("{goal:.0} {}", if total < goal { "✓" } else { "✗" }),
    );
    let heard_out = match run.way {
        Way::Voice => format!("{:.1}", run.heard_out(&VISITOR)),
        _ => "-".to_string(),
    };
    format!(
        "{:<4} {:<16} {:>7} {:>7} {:>5.0} {:>8.1} {:>8.2} {:>7.1} {goal:>5}  {:>5.1} {heard_out:>9}",
        run.language,
        run.way.name(),
        run.screens(),
        run.presses(),
        run.words(),
        run.person(&VISITOR),
        run.program(),
        total,
        run.total(&SEEKER),
    )
}

/// What the figures are.
pub fn explanation() -> &'static str {
    "Seconds from the first touch to the ticket; what is read before that touch is no part of it. Touches, words and the\n\
     program's seconds are counted and measured at the real kiosk; the person's are reckoned from the literature (see\n\
     src/bench/task/person.rs): 150 words a minute, 1.35 s for each decision, 1.3 s for a button and 0.6 s for a key on the\n\
     glass, 0.5 s for a key of the keypad. slow: 1.2 s for a key on the glass. By voice: espeak-ng as it lasts, up to where\n\
     who knows the way presses on; heard out: all of it to its end."
}

/// A check-in that takes longer than its goal, and what costs it; nothing for one that does not.
pub fn missed(run: &Run) -> Option<String> {
    let over = run.total(&VISITOR) - run.way.goal().filter(|goal| run.total(&VISITOR) >= *goal)?;
    let took = |step: &Step| step.person(&VISITOR) + step.program.as_secs_f64();
    let screens: Vec<_> =
        run.steps.iter().map(|step| format!("{} {:.1} s", step.screen, took(step))).collect();
    Some(format!("{}, {}: {over:.1} s over its goal: {}.", run.way.name(), run.language, screens.join(", ")))
}

/// One check-in screen by screen.
pub fn screens(run: &Run) -> String {
    let mut table = format!(
        "{:<24} {:>7} {:>5} {:>7} {:>7} {:>8} {:>7}",
        format!("{}, {}", run.way.name(), run.language),
        "touches",
        "words",
        "reading",
        "doing",
        "hearing",
        "program"
    );
    let mut add = |step: &Step, counts: bool| {
        let seconds = |seconds: f64| if counts { seconds } else { 0.0 };
        // Writing into a String never fails.
        let _ = write!(
            table,
            "\n{:<24} {:>7} {:>5.0} {:>7.1} {:>7.1} {:>8.1} {:>7.2}",
            step.screen,
            step.touches + step.keys + step.presses,
            seconds(step.words),
            seconds(VISITOR.reading(step)),
            seconds(VISITOR.doing(step)),
            step.heard.as_secs_f64(),
            step.program.as_secs_f64()
        );
    };
    add(&run.first, false);
    run.steps.iter().for_each(|step| add(step, true));
    table
}
