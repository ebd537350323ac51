//! Amounts of money.

mod iso_4217;

use iso_4217::CURRENCIES;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of money.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In the currency's minor units, such as cents.
    pub minor: i64,
    /// The currency, ISO 4217.
    pub currency: Currency,
}

// What somebody owes is nobody's business in a log.
impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Money(withheld)")
    }
}

/// A currency by its ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code; `None` for what is none.
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.trim().to_ascii_uppercase().into_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its number in ISO 4217, as terminals and codes name it; `None` for letters that the standard does not list.
    pub fn numeric(&self) -> Option<u16> {
        self.listed().map(|(_, number, _)| *number)
    }

    /// How many of the last figures of an amount in minor units stand behind its point; two where the standard does
    /// not list the currency.
    pub fn places(&self) -> u32 {
        self.listed().map_or(2, |(_, _, places)| u32::from(*places))
    }

    fn listed(&self) -> Option<&'static (&'static str, u16, u8)> {
        let at = CURRENCIES.binary_search_by_key(&self.code(), |(code, _, _)| code).ok()?;
        CURRENCIES.get(at)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({})", self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("no currency of ISO 4217")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_string()
    }
}

/// A text that is no amount of a currency; says what would be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{written}\" is no amount in {currency}, such as {example}")]
pub struct NoAmount {
    /// What was written.
    pub written: String,
    /// The currency's code.
    pub currency: String,
    /// How an amount is written in it.
    pub example: &'static str,
}

impl Money {
    /// Reads an amount as it is written in its currency: figures, and where there is a point, behind it exactly as
    /// many as the currency has. `12.5` is refused in euro: whether a figure is missing or the point is wrong, only
    /// who wrote it knows. So are signs, spaces, commas, and what is too large to count.
    pub fn parse(written: &str, currency: Currency) -> Result<Self, NoAmount> {
        let places = currency.places();
        let read = || {
            let (whole, behind) = match written.split_once('.') {
                Some((whole, behind)) if places > 0 && behind.len() == places as usize => (whole, behind),
                Some(_) => return None,
                None => (written, ""),
            };
            let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            if whole.is_empty() || !figures(whole) || !figures(behind) {
                return None;
            }
            let whole: i64 = whole.parse().ok()?;
            let behind: i64 = if behind.is_empty() { 0 } else { behind.parse().ok()? };
            whole.checked_mul(10i64.checked_pow(places)?)?.checked_add(behind)
        };
        let example = match places {
            0 => "1250",
            3 => "12.500",
            4 => "12.5000",
            _ => "12.50",
        };
        read().map(|minor| Self { minor, currency }).ok_or_else(|| NoAmount {
            written: written.to_string(),
            currency: currency.code().to_string(),
            example,
        })
    }

    /// The amount in figures with all its places and without its currency, as [`Money::parse`] reads it where it is
    /// not below 0: `12.50`.
    pub fn figures(&self) -> String {
        let (sign, whole) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        match self.currency.places() {
            0 => format!("{sign}{whole}"),
            places => {
                let unit = 10u64.pow(places);
                format!("{sign}{}.{:0width$}", whole / unit, whole % unit, width = places as usize)
            }
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.figures(), self.currency.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_written_as_its_currency_is() {
        for (minor, code, written) in [
            (4250, "EUR", "42.50 EUR"),
            (5, "eur", "0.05 EUR"),
            (1200, "JPY", "1200 JPY"),
            (1234, "KWD", "1.234 KWD"),
            (-100, "USD", "-1.00 USD"),
            (i64::MIN, "EUR", "-92233720368547758.08 EUR"),
        ] {
            let currency = Currency::parse(code).unwrap();
            assert_eq!(Money { minor, currency }.to_string(), written);
        }
        for wrong in ["", "EU", "EURO", "E1R", "€€€"] {
            assert!(Currency::parse(wrong).is_none(), "{wrong}");
        }
    }
    #[test]
    fn an_amount_is_read_as_its_currency_is_written_and_no_other_way() {
        for (written, code, minor) in [
            ("12.50", "EUR", Some(1250)),
            ("12", "EUR", Some(1200)),
            ("0.05", "EUR", Some(5)),
            ("1200", "JPY", Some(1200)),
            ("1.234", "KWD", Some(1234)),
            ("92233720368547758.07", "EUR", Some(i64::MAX)),
            ("92233720368547758.08", "EUR", None),
            ("99999999999999999999", "EUR", None),
            ("12.5", "EUR", None),
            ("12.500", "EUR", None),
            ("12,50", "EUR", None),
            ("12.", "EUR", None),
            (".50", "EUR", None),
            ("-1.00", "EUR", None),
            ("+1.00", "EUR", None),
            ("1.+5", "EUR", None),
            (" 1.00", "EUR", None),
            ("1 000", "EUR", None),
            ("१२", "INR", None),
            ("", "EUR", None),
            ("12.00", "JPY", None),
            ("12.", "JPY", None),
        ] {
            let read = Money::parse(written, Currency::parse(code).unwrap());
            assert_eq!(read.as_ref().ok().map(|money| money.minor), minor, "{written}");
            if let Err(error) = read {
                assert!(error.to_string().contains(", such as 1"), "{error}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0i64.., at in 0..CURRENCIES.len()) {
            let currency = Currency::parse(CURRENCIES[at].0).unwrap();
            let money = Money { minor, currency };
            prop_assert_eq!(Money::parse(&money.figures(), currency).map(|read| read.minor), Ok(minor));
        }
    }

    #[test]
    fn currencies_are_numbered_as_the_standard_does() {
        for (code, number) in [
            ("EUR", Some(978)),
            ("AFN", Some(971)),
            ("ZWG", Some(924)),
            ("ALL", Some(8)),
            ("QQQ", None),
            ("XAU", None),
        ] {
            assert_eq!(Currency::parse(code).unwrap().numeric(), number, "{code}");
        }
        assert!(CURRENCIES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
