//! Amounts of money.

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

    /// How many of the last figures of an amount in minor units stand behind its point (ISO 4217; those that
    /// differ from 2).
    fn places(&self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
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

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.currency.code();
        let (sign, whole) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        match self.currency.places() {
            0 => write!(f, "{sign}{whole} {code}"),
            places => {
                let unit = 10u64.pow(places);
                write!(f, "{sign}{}.{:0width$} {code}", whole / unit, whole % unit, width = places as usize)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
