//! `vestibule bench wait`: how well waits are estimated, on simulated days and on recorded ones.

pub mod kinds;
pub mod recorded;
pub mod replay;
pub mod simulate;
pub mod table;

use crate::front_desk::wait::Estimator;
use kinds::{KINDS, Kind};
use replay::{Clinic, Outcome};
use table::{Figures, heading};

/// Days before the first that counts: a clinic gets to know itself.
const SETTLE: usize = 5;

/// What is simulated.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Where chance begins.
    pub seed: u64,
    /// So many clinics of each kind.
    pub clinics: u64,
    /// So many days of each that count.
    pub days: usize,
}

/// Simulates the clinics of a kind and holds the estimators against what comes.
pub fn simulated(kind: &Kind, size: Size, estimators: &[Estimator]) -> Vec<Outcome> {
    // The kind's name goes in, or all kinds would meet the same chance.
    let named = kind.name.bytes().fold(0u64, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(byte.into()));
    let one = |number: u64| {
        let seed = size.seed.wrapping_mul(1000).wrapping_add(number) ^ (named << 20);
        if kind.first_days {
            // Three days are all that is new about a clinic; more clinics make up for it.
            let clinics = (0..size.days.div_ceil(3) as u64).map(|again| seed.wrapping_add(again << 56));
            clinics
                .flat_map(|seed| replay::replay(&simulate::clinic(kind, seed, 3), estimators, |_| true))
                .collect()
        } else {
            let clinic = simulate::clinic(kind, seed, SETTLE + size.days);
            replay::replay(&clinic, estimators, |day| day >= SETTLE)
        }
    };
    (0..size.clinics).flat_map(one).collect()
}

/// Simulates all kinds and writes the tables.
pub fn print_simulated(size: Size) {
    println!(
        "Simulated: {} kinds of clinic, of each {} with {} days, seed {}. Minutes; held: ranges that came true, of which 80 % are meant to.\n",
        KINDS.len(),
        size.clinics,
        size.days,
        size.seed
    );
    let by_kind = KINDS.map(|kind| (kind.name, simulated(&kind, size, &Estimator::ALL)));
    let all: Vec<Outcome> = by_kind.iter().flat_map(|(_, outcomes)| outcomes.iter().copied()).collect();
    print_estimators("all kinds", &all);
    for (name, estimator) in
        [("in use", Estimator::PlayedForward), ("the average of today's waits", Estimator::AverageOfToday)]
    {
        println!("\n{}", heading(name));
        for (kind, outcomes) in &by_kind {
            print_row(kind, outcomes, estimator);
        }
    }
}

/// Plays recorded days again and writes the tables. Of each service the first days only teach.
pub fn print_recorded(services: &[(String, Clinic)]) {
    if services.is_empty() {
        println!("Nobody was called on any day that is recorded here.");
    }
    for (service, clinic) in services {
        let settle = SETTLE.min(clinic.days.len() / 2);
        let outcomes = replay::replay(clinic, &Estimator::ALL, |day| day >= settle);
        println!(
            "{service}: {} days, of which {settle} teach; {} minutes for each patient, {} at a time.\n",
            clinic.days.len(),
            clinic.minutes_each,
            clinic.service_points
        );
        print_estimators(service, &outcomes);
        println!();
    }
}

fn print_estimators(first: &str, outcomes: &[Outcome]) {
    println!("{}", heading(first));
    for estimator in Estimator::ALL {
        print_row(estimator.name(), outcomes, estimator);
    }
}

fn print_row(name: &str, outcomes: &[Outcome], estimator: Estimator) {
    if let Some(figures) = Figures::of(outcomes, estimator) {
        println!("{name:<28} {figures}");
    }
}

#[cfg(test)]
mod tests;
