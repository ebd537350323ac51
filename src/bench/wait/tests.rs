use super::*;

/// Tuning looked at seeds below 100.
const NEVER_TUNED_ON: u64 = 4711;

fn figures(outcomes: &[Outcome], estimator: Estimator) -> Figures {
    Figures::of(outcomes, estimator).unwrap()
}

#[test]
fn the_estimator_in_use_beats_the_plain_average_and_its_range_holds() {
    beats_the_plain_average_and_holds(&KINDS[..KINDS.len() / 2]);
}

#[test]
fn so_it_does_on_the_other_kinds() {
    beats_the_plain_average_and_holds(&KINDS[KINDS.len() / 2..]);
}

fn beats_the_plain_average_and_holds(kinds: &[Kind]) {
    let size = Size { seed: NEVER_TUNED_ON, clinics: 1, days: 6 };
    let both = [Estimator::PlayedForward, Estimator::AverageOfToday];
    let mut all = Vec::new();
    for kind in kinds {
        let outcomes = simulated(kind, size, &both);
        let [played, average] = both.map(|estimator| figures(&outcomes, estimator));
        assert!(played.mean < 0.8 * average.mean, "{}:\n{played}\n{average}", kind.name);
        // Six days of one clinic are few: one bad day of a kind moves this by several hundredths.
        assert!((0.70..0.95).contains(&played.held), "{}:\n{played}", kind.name);
        all.extend(outcomes);
    }
    let [played, average] = both.map(|estimator| figures(&all, estimator));
    assert!(played.mean < 0.6 * average.mean, "{played}\n{average}");
    assert!((0.75..0.90).contains(&played.held), "{played}");
}

#[test]
fn a_seed_gives_the_same_days_again() {
    let once = simulate::clinic(&KINDS[0], 5, 2);
    let again = simulate::clinic(&KINDS[0], 5, 2);
    let other = simulate::clinic(&KINDS[0], 6, 2);
    assert_eq!(once.days[1].called, again.days[1].called);
    assert_ne!(once.days[1].called, other.days[1].called);
}

#[test]
fn simulated_patients_are_seen_one_after_the_other_and_none_before_they_come() {
    for kind in &KINDS {
        for day in simulate::clinic(kind, 3, 4).days {
            assert!(!day.called.is_empty(), "{}", kind.name);
            for (number, called) in day.called.iter().enumerate() {
                assert!(called.arrived <= called.called, "{}: {called:?}", kind.name);
                let overlaps = day.called[..number].iter().find(|other| {
                    other.point == called.point
                        && other.called < called.finished.unwrap()
                        && called.called < other.finished.unwrap()
                });
                assert_eq!(overlaps, None, "{}: {called:?}", kind.name);
            }
        }
    }
}
