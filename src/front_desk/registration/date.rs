//! A date of birth while it is being typed.

use super::FieldProblem;
use crate::front_desk::digits::digit;
use crate::front_desk::patient::{DateOfBirth, DateOfBirthError};
use chrono::NaiveDate;

/// A date as it is being typed: digits only, day, month and year apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateDigits {
    digits: String,
}

impl DateDigits {
    /// Adds a digit; anything else, and a ninth digit, is ignored.
    pub fn push(&mut self, typed: char) {
        // Arabic-Indic and Devanagari digits come from keyboards of those scripts.
        if self.digits.len() < 8 {
            self.digits.extend(digit(typed));
        }
    }

    /// Takes the last digit back.
    pub fn erase(&mut self) {
        self.digits.pop();
    }

    /// Day, month and year as typed so far.
    pub fn parts(&self) -> [&str; 3] {
        let cut =
            |from: usize, to: usize| &self.digits[from.min(self.digits.len())..to.min(self.digits.len())];
        [cut(0, 2), cut(2, 4), cut(4, 8)]
    }

    /// Where the next digit goes: 0 day, 1 month, 2 year.
    pub fn active_part(&self) -> u8 {
        match self.digits.len() {
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        }
    }

    /// A date as it would have been typed.
    pub fn of(date: NaiveDate) -> Self {
        Self { digits: date.format("%d%m%Y").to_string() }
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.digits.is_empty()
    }

    /// The date, once it is whole and a day on which somebody can have been born.
    pub fn date_of_birth(&self, today: NaiveDate) -> Result<DateOfBirth, FieldProblem> {
        let [day, month, year] = self.parts();
        if self.digits.len() < 8 {
            return Err(FieldProblem::DateIncomplete);
        }
        let number = |text: &str| text.parse::<u32>().map_err(|_| FieldProblem::DateIncomplete);
        DateOfBirth::new(number(year)? as i32, number(month)?, number(day)?, today).map_err(|error| {
            match error {
                DateOfBirthError::NoSuchDay => FieldProblem::NoSuchDay,
                DateOfBirthError::InTheFuture => FieldProblem::DateInTheFuture,
                DateOfBirthError::TooLongAgo => FieldProblem::DateTooLongAgo,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> DateDigits {
        let mut date = DateDigits::default();
        text.chars().for_each(|c| date.push(c));
        date
    }

    #[test]
    fn a_typed_date_is_judged_when_it_is_left() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        for (typed, expected) in [
            ("", Err(FieldProblem::DateIncomplete)),
            ("0102", Err(FieldProblem::DateIncomplete)),
            ("31021990", Err(FieldProblem::NoSuchDay)),
            ("29022000", Ok(())),
            ("29021999", Err(FieldProblem::NoSuchDay)),
            ("25112026", Err(FieldProblem::DateInTheFuture)),
            ("01011800", Err(FieldProblem::DateTooLongAgo)),
            ("٠١٠٢١٩٩٠", Ok(())),
            ("०१०२१९९०", Ok(())),
            ("0a1/0-2 1990", Ok(())),
            ("010219901234", Ok(())),
        ] {
            assert_eq!(digits(typed).date_of_birth(today).map(drop), expected, "{typed}");
        }
        assert_eq!(digits("0102199").parts(), ["01", "02", "199"]);
    }
}
