//! What stands in the middle of many figures, and what nine in ten stay under.

/// Figures of one kind, by nearest rank: what is told of them was really one of them, so that it can be found again by
/// hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread {
    sorted: Vec<i64>,
}

impl FromIterator<i64> for Spread {
    fn from_iter<I: IntoIterator<Item = i64>>(figures: I) -> Self {
        let mut sorted: Vec<i64> = figures.into_iter().collect();
        sorted.sort_unstable();
        Self { sorted }
    }
}

impl Spread {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// Half of them are no larger.
    pub fn median(&self) -> Option<i64> {
        self.percentile(50)
    }

    /// Nine in ten are no larger.
    pub fn ninetieth(&self) -> Option<i64> {
        self.percentile(90)
    }

    /// The largest.
    pub fn largest(&self) -> Option<i64> {
        self.sorted.last().copied()
    }

    /// The smallest figure that `percent` in a hundred are no larger than.
    fn percentile(&self, percent: usize) -> Option<i64> {
        let rank = (self.sorted.len() * percent).div_ceil(100).max(1);
        self.sorted.get(rank - 1).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_middle_and_nine_in_ten_are_counted_off() {
        for (figures, median, ninetieth) in [
            (vec![], None, None),
            (vec![7], Some(7), Some(7)),
            (vec![2, 1], Some(1), Some(2)),
            (vec![3, 1, 2], Some(2), Some(3)),
            ((1..=10).collect(), Some(5), Some(9)),
            ((1..=11).collect(), Some(6), Some(10)),
            (vec![5, 5, 5, 100], Some(5), Some(100)),
        ] {
            let spread: Spread = figures.into_iter().collect();
            assert_eq!((spread.median(), spread.ninetieth()), (median, ninetieth), "{spread:?}");
        }
    }

    proptest! {
        #[test]
        fn at_least_as_many_as_promised_are_no_larger(figures in prop::collection::vec(-1000i64..1000, 1..60)) {
            let spread: Spread = figures.iter().copied().collect();
            for (percent, told) in [(50, spread.median()), (90, spread.ninetieth())] {
                let told = told.unwrap();
                let under = figures.iter().filter(|figure| **figure <= told).count();
                let strictly = figures.iter().filter(|figure| **figure < told).count();
                prop_assert!(under * 100 >= figures.len() * percent);
                prop_assert!(strictly * 100 < figures.len() * percent);
            }
        }
    }
}
