//! The number of a bank account in the area of SEPA (ISO 13616).

use super::field::Wrong;
use super::reference::in_fours;
use crate::front_desk::scheme_number::modulo_97;
use std::fmt;

/// An international bank account number of a country in SEPA, with the length of its country and check digits that
/// fit. A number that passes is only free of slips: whether there is such an account, its bank knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Iban(String);

/// The countries of SEPA with the length of their numbers (SWIFT, "IBAN Registry"; EPC409-09, "EPC List of SEPA
/// Scheme Countries"), and whether each is in the European Economic Area.
#[rustfmt::skip]
const COUNTRIES: &[(&str, usize, bool)] = &[
    ("AD", 24, false), ("AL", 28, false), ("AT", 20, true), ("BE", 16, true), ("BG", 22, true), ("CH", 21, false),
    ("CY", 28, true), ("CZ", 24, true), ("DE", 22, true), ("DK", 18, true), ("EE", 20, true), ("ES", 24, true),
    ("FI", 18, true), ("FR", 27, true), ("GB", 22, false), ("GI", 23, false), ("GR", 27, true), ("HR", 21, true),
    ("HU", 28, true), ("IE", 22, true), ("IS", 26, true), ("IT", 27, true), ("LI", 21, true), ("LT", 20, true),
    ("LU", 20, true), ("LV", 21, true), ("MC", 27, false), ("MD", 24, false), ("ME", 22, false), ("MK", 19, false),
    ("MT", 31, true), ("NL", 18, true), ("NO", 15, true), ("PL", 28, true), ("PT", 25, true), ("RO", 24, true),
    ("RS", 22, false), ("SE", 24, true), ("SI", 19, true), ("SK", 24, true), ("SM", 27, false), ("VA", 22, false),
];

impl Iban {
    /// Reads a number; spaces and small letters are let through.
    pub(super) fn parse(written: &str) -> Result<Self, Wrong> {
        let text: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let text = text.to_ascii_uppercase();
        let right = "Copy the IBAN from the bank's own papers: two letters of the country, two check digits, the account.";
        let country = COUNTRIES.iter().find(|(code, ..)| text.starts_with(code));
        let Some((country, long, _)) = country else {
            return Err(Wrong::new("this begins with no country of SEPA", right));
        };
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Wrong::new("an IBAN is made of letters and figures", right));
        }
        if text.len() != *long {
            let wrong = format!("an IBAN of {country} has {long} characters, and this has {}", text.len());
            return Err(Wrong::new(wrong, right));
        }
        let (front, account) = text.split_at(4);
        if modulo_97(&format!("{account}{front}")) != Some(1) {
            return Err(Wrong::new("the check digits of this IBAN do not fit: a character is wrong", right));
        }
        Ok(Self(text))
    }

    /// Without spaces, as it stands in a code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as people read it.
    pub fn grouped(&self) -> String {
        in_fours(&self.0)
    }

    /// The country's two letters.
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// Whether its country is in the European Economic Area.
    pub fn in_the_eea(&self) -> bool {
        COUNTRIES.iter().any(|(code, _, eea)| *eea && *code == self.country())
    }

    /// Whether it is a Swiss QR-IBAN, which takes QR references and no others: its bank's number is 30000 to 31999.
    pub fn is_qr_iban(&self) -> bool {
        let bank = self.0.get(4..9).and_then(|bank| bank.parse::<u32>().ok());
        matches!(self.country(), "CH" | "LI") && bank.is_some_and(|bank| (30_000..=31_999).contains(&bank))
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iban({}…)", self.country())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_are_right() {
        // The examples of the IBAN registry, and the QR-IBAN of the guidelines for the QR-bill.
        for right in [
            "ES91 2100 0418 4502 0005 1332",
            "DE89370400440532013000",
            "FR1420041010050500013M02606",
            "GB29NWBK60161331926819",
            "CH9300762011623852957",
            "CH4431999123000889012",
            "MT84MALT011000012345MTLCAST001S",
            "NO9386011117947",
            "be68539007547034",
            "MD24AG000225100013104168",
            "RS35260005601001611379",
        ] {
            assert!(Iban::parse(right).is_ok(), "{right}");
        }
        let iban = |text| Iban::parse(text).ok().unwrap();
        assert!(iban("CH4431999123000889012").is_qr_iban() && !iban("CH9300762011623852957").is_qr_iban());
        assert!(iban("NO9386011117947").in_the_eea() && !iban("GB29NWBK60161331926819").in_the_eea());
        assert_eq!(iban("be68539007547034").grouped(), "BE68 5390 0754 7034");
    }

    #[test]
    fn a_slip_is_found() {
        for (wrong, said) in [
            ("", "no country"),
            ("US64SVBKUS6S3300958879", "no country"),
            ("ES9121000418450200051333", "check digits"),
            ("ES912100041845020005133", "24 characters, and this has 23"),
            ("ES91210004184502000513€2", "letters and figures"),
        ] {
            let Err(Wrong(told, _)) = Iban::parse(wrong) else { panic!("{wrong} was taken") };
            assert!(told.contains(said), "{wrong}: {told}");
        }
        // Every single wrong figure is found.
        let right = "ES9121000418450200051332";
        for at in 2..right.len() {
            for figure in '0'..='9' {
                let mut other = right.to_string();
                other.replace_range(at..=at, &figure.to_string());
                assert_eq!(Iban::parse(&other).is_ok(), other == right, "{other}");
            }
        }
    }
}
