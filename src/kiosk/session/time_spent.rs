//! How long somebody stands at each step, for those who look where patients are held up. It says nothing of whom.

use super::Step;
use crate::front_desk::message::StepTime;
use std::time::Duration;

/// The time of one person, step by step.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TimeSpent {
    /// The step that the person stands at, and since when.
    current: Option<(&'static str, Duration)>,
    /// The steps before, in the order in which they were reached first.
    before: Vec<(&'static str, Duration)>,
}

impl TimeSpent {
    /// The person stands at this step now; nobody stands at the welcome.
    pub(super) fn stands_at(&mut self, step: &Step, now: Duration) {
        let step = step.bottom();
        if *step == Step::Welcome {
            *self = Self::default();
            return;
        }
        let name = step.name();
        match self.current {
            Some((same, _)) if same == name => {}
            Some((left, since)) => {
                add(&mut self.before, left, now.saturating_sub(since));
                self.current = Some((name, now));
            }
            None => self.current = Some((name, now)),
        }
    }

    /// The time for each step, when the person was there until then.
    pub(super) fn until(&self, end: Duration) -> Vec<StepTime> {
        let mut all = self.before.clone();
        if let Some((step, since)) = self.current {
            add(&mut all, step, end.saturating_sub(since));
        }
        let told = |(step, spent): (&str, Duration)| StepTime {
            step: step.into(),
            seconds: u32::try_from(spent.as_secs()).unwrap_or(u32::MAX),
        };
        all.into_iter().map(told).collect()
    }
}

fn add(all: &mut Vec<(&'static str, Duration)>, step: &'static str, spent: Duration) {
    match all.iter_mut().find(|(known, _)| *known == step) {
        Some((_, known)) => *known += spent,
        None => all.push((step, spent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_back_to_a_step_has_stood_there_twice() {
        let mut spent = TimeSpent::default();
        let at = Duration::from_secs;
        spent.stands_at(&Step::Welcome, at(5));
        spent.stands_at(&Step::Companion, at(10));
        spent.stands_at(&Step::Companion, at(12));
        spent.stands_at(&Step::Tickets, at(30));
        // What lies over a step is no step of its own.
        spent.stands_at(&Step::Help(Box::new(Step::Tickets)), at(33));
        spent.stands_at(&Step::Companion, at(40));
        let told =
            |end| spent.until(at(end)).into_iter().map(|time| (time.step, time.seconds)).collect::<Vec<_>>();
        let (companion, tickets) =
            ("who the patient is".to_string(), "done: tickets of a family".to_string());
        assert_eq!(told(45), [(companion.clone(), 25), (tickets.clone(), 10)]);
        assert_eq!(told(40), [(companion, 20), (tickets, 10)]);
        spent.stands_at(&Step::Welcome, at(50));
        assert_eq!(spent, TimeSpent::default());
    }
}
