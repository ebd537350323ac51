//! The cash drawer at the end of a day: what should be in it, what is, and why the two differ.

use crate::front_desk::money::Money;
use crate::front_desk::request::OwnWords;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What somebody counted in the cash drawer. All its amounts are in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerCount {
    /// Identity.
    pub id: Uuid,
    /// The day whose cash it is, in the clinic's zone.
    pub day: NaiveDate,
    /// What was in the drawer before the day's first patient paid.
    pub float: Money,
    /// The cash that the ledger had taken by then.
    pub taken: Money,
    /// The cash that it had given back.
    pub given_back: Money,
    /// What is in the drawer.
    pub counted: Money,
    /// Why it is another sum than expected; empty where it is the same.
    pub why: OwnWords,
    /// Who counted.
    pub by: String,
}

/// Why a count is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawerStop {
    /// More than any drawer holds: a slip of the keyboard.
    TooMuch,
    /// The drawer holds another sum than expected, and nobody said why.
    NoReason,
}

impl DrawerCount {
    /// In minor units: a drawer holds less in every currency there is.
    pub const LARGEST: i64 = 1_000_000_000_000;

    /// What should be in the drawer.
    pub fn expected(&self) -> Money {
        let minor = self.float.minor.saturating_add(self.taken.minor).saturating_sub(self.given_back.minor);
        Money { minor, ..self.float }
    }

    /// How much more than expected is in it; below 0 where money is missing.
    pub fn difference(&self) -> Money {
        Money { minor: self.counted.minor.saturating_sub(self.expected().minor), ..self.counted }
    }

    /// Whether it can be kept as it is. A reason where nothing differs explains nothing, and goes.
    pub fn judged(self) -> Result<Self, DrawerStop> {
        if self.float.minor.max(self.counted.minor) > Self::LARGEST {
            return Err(DrawerStop::TooMuch);
        }
        match (self.difference().minor, self.why.0.trim()) {
            (0, _) => Ok(Self { why: OwnWords::default(), ..self }),
            (_, "") => Err(DrawerStop::NoReason),
            _ => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::money::Currency;
    use proptest::prelude::*;

    fn count([float, taken, given_back, counted]: [i64; 4], why: &str) -> DrawerCount {
        let euro = |minor| Money { minor, currency: Currency::parse("EUR").unwrap() };
        DrawerCount {
            id: Uuid::nil(),
            day: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
            float: euro(float),
            taken: euro(taken),
            given_back: euro(given_back),
            counted: euro(counted),
            why: OwnWords(why.into()),
            by: "Maria".into(),
        }
    }

    #[test]
    fn a_drawer_holds_its_float_and_what_was_taken_less_what_was_given_back_or_somebody_says_why() {
        let large = DrawerCount::LARGEST;
        for (amounts, why, expected, difference, judged) in [
            ([10_000, 4_250, 1_000, 13_250], "", "132.50 EUR", "0.00 EUR", Ok("")),
            ([10_000, 4_250, 1_000, 13_250], "Counted twice.", "132.50 EUR", "0.00 EUR", Ok("")),
            ([0, 0, 0, 0], "", "0.00 EUR", "0.00 EUR", Ok("")),
            ([10_000, 4_250, 1_000, 13_050], "", "132.50 EUR", "-2.00 EUR", Err(DrawerStop::NoReason)),
            ([10_000, 4_250, 1_000, 13_050], " \n", "132.50 EUR", "-2.00 EUR", Err(DrawerStop::NoReason)),
            ([10_000, 4_250, 1_000, 13_050], "Stamps.", "132.50 EUR", "-2.00 EUR", Ok("Stamps.")),
            ([10_000, 0, 0, 10_001], "Found.", "100.00 EUR", "0.01 EUR", Ok("Found.")),
            // More was given back than there was: somebody put money in.
            ([0, 0, 500, 0], "Own purse.", "-5.00 EUR", "5.00 EUR", Ok("Own purse.")),
            ([large, 0, 0, large], "", "10000000000.00 EUR", "0.00 EUR", Ok("")),
            ([0, 0, 0, large + 1], "x", "0.00 EUR", "10000000000.01 EUR", Err(DrawerStop::TooMuch)),
        ] {
            let count = count(amounts, why);
            assert_eq!(count.expected().to_string(), expected, "{amounts:?}");
            assert_eq!(count.difference().to_string(), difference, "{amounts:?}");
            assert_eq!(
                count.judged().map(|kept| kept.why.0),
                judged.map(str::to_string),
                "{amounts:?} {why}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_the_parts_add_up(float in 0..DrawerCount::LARGEST, taken in 0..DrawerCount::LARGEST,
            given_back in 0..DrawerCount::LARGEST, counted in 0..DrawerCount::LARGEST) {
            let count = count([float, taken, given_back, counted], "w");
            prop_assert_eq!(count.expected().minor + count.difference().minor, counted);
            prop_assert_eq!(count.difference().minor == 0, count.clone().judged().unwrap().why.0.is_empty());
        }
    }
}
