//! How much a check-in asks of a booked patient. The counts are exact: whoever adds a screen, a touch or a word to the way
//! to the ticket finds out here what it costs, and decides. `vestibule bench task` tells all of it.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use vestibule::bench::task::measure;
use vestibule::bench::task::patient::{Run, Way};
use vestibule::bench::task::person::VISITOR;
use vestibule::bench::task::table::screens;

/// Of each goal this much is left to the program. It is measured by `vestibule bench task`; here other tests run beside.
const PROGRAM: f64 = 0.75;

fn in_english(ways: &[Way]) -> Vec<Run> {
    let runs = measure(&["en"], ways, |run| println!("{}\n", screens(run))).unwrap();
    assert_eq!(runs.len(), ways.len());
    runs
}

/// What is done on each screen: buttons, keys on the glass, keys of the keypad.
fn done(run: &Run) -> Vec<(&'static str, [u32; 3])> {
    let all = std::iter::once(&run.first).chain(&run.steps);
    all.map(|step| (step.screen, [step.touches, step.keys, step.presses])).collect()
}

fn holds_its_goal(run: &Run) {
    let (goal, person) = (run.way.goal().unwrap(), run.person(&VISITOR));
    assert!(person <= goal - PROGRAM, "{}: {person:.2} s of the {goal} s\n{}", run.way.name(), screens(run));
    // Nobody waits: but this machine is busy, and the build is a slow one.
    assert!(run.program() < 10.0, "{:.2} s of the program", run.program());
}

#[test]
fn a_scanned_code_leads_to_the_ticket_in_ten_touches_and_25_seconds() {
    let run = in_english(&[Way::Scanned]).remove(0);
    assert_eq!(
        done(&run),
        [
            ("first touch", [0, 0, 0]),
            ("welcome", [0, 0, 0]),
            ("date of birth", [1, 8, 0]),
            ("is this you", [1, 0, 0])
        ]
    );
    assert_eq!((run.presses(), run.first.scans), (10, 1));
    holds_its_goal(&run);
}

#[test]
fn typing_leads_to_the_ticket_in_twenty_touches_and_45_seconds() {
    let run = in_english(&[Way::Touched]).remove(0);
    assert_eq!(
        done(&run),
        [
            ("first touch", [1, 0, 0]),
            ("welcome", [0, 0, 0]),
            ("date of birth", [1, 8, 0]),
            ("family name", [1, 8, 0]),
            ("is this you", [1, 0, 0])
        ]
    );
    assert_eq!(run.presses(), 20);
    holds_its_goal(&run);
}

#[test]
fn the_keypad_leads_to_the_ticket_seeing_and_hearing() {
    let runs = in_english(&[Way::Keypad, Way::Voice]);
    assert_eq!(runs.iter().map(Run::presses).collect::<Vec<_>>(), [92, 91]);
    let [seeing, hearing] = runs.as_slice() else { panic!("{runs:?}") };
    assert!(seeing.words() > 40.0 && seeing.steps.iter().all(|step| step.heard.is_zero()));
    assert_eq!(hearing.words(), 0.0);
    // Something is heard on every screen, and less by who knows the way.
    for step in &hearing.steps {
        assert!(step.heard.as_secs_f64() > 0.5 && step.heard < step.heard_out, "{step:?}");
    }
    assert!(hearing.heard_out(&VISITOR) > hearing.total(&VISITOR) + 30.0);
}

#[test]
fn another_language_is_one_touch_more() {
    let runs = measure(&["es", "zh"], &[Way::Scanned, Way::Touched], |_| {}).unwrap();
    let first: Vec<_> = runs.iter().map(|run| run.first.touches).collect();
    assert_eq!(first, [1, 1, 1, 1], "the language");
    let presses: Vec<_> = runs.iter().map(Run::presses).collect();
    assert_eq!(presses, [11, 21, 11, 19], "Martinez has eight letters, Zhang five and the key to them");
    // The welcome is read once more, in the own language.
    assert!(runs.iter().all(|run| run.steps[0].words > 5.0));
}
