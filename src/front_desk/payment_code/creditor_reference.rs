//! References that banks check: ISO 11649 (`RF…`) and the Swiss QR reference. Both carry a [`PaymentReference`].

use super::reference::{PaymentReference, in_fours};
use crate::front_desk::scheme_number::modulo_97;

/// A creditor reference by ISO 11649: `RF`, two check digits by ISO 7064 MOD 97-10, and up to 21 letters and
/// figures of the creditor's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditorReference(String);

impl CreditorReference {
    /// The one in which a payment's reference stands.
    pub fn of(reference: PaymentReference) -> Self {
        let own = reference.to_string();
        let check = 98 - modulo_97(&format!("{own}RF00")).unwrap_or_default();
        Self(format!("RF{check:02}{own}"))
    }

    /// Reads one without spaces; letters may be small. `None` for a wrong form or check digits that do not fit.
    pub fn parse(compact: &str) -> Option<Self> {
        let text = compact.to_ascii_uppercase();
        let own = text.strip_prefix("RF")?.get(2..)?;
        let whole = (1..=21).contains(&own.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let check = text.get(2..4)?;
        let figures = check.bytes().all(|byte| byte.is_ascii_digit());
        let right = whole && figures && modulo_97(&format!("{own}RF{check}")) == Some(1);
        right.then_some(Self(text))
    }

    /// As it stands in a code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The creditor's own part.
    pub fn own(&self) -> &str {
        &self.0[4..]
    }

    /// In groups of four, as ISO 11649 prints it.
    pub fn grouped(&self) -> String {
        in_fours(&self.0)
    }
}

/// A Swiss QR reference: 26 figures and a check digit by modulo 10, recursive (Swiss Payment Standards, "Implementation
/// Guidelines QR-bill", annex B).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrReference(String);

impl QrReference {
    /// The one in which a payment's reference stands: its number in figures. 2^80 has 25 of them.
    pub fn of(reference: PaymentReference) -> Self {
        let figures = format!("{:026}", reference.number());
        let check = modulo_10_recursive(&figures);
        Self(format!("{figures}{check}"))
    }

    /// Reads one without spaces. `None` for what is none, or a wrong check digit.
    pub fn parse(compact: &str) -> Option<Self> {
        let figures = compact.len() == 27 && compact.bytes().all(|byte| byte.is_ascii_digit());
        // With its check digit, the rest is 0.
        (figures && modulo_10_recursive(compact) == 0).then(|| Self(compact.to_string()))
    }

    /// As it stands in a code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the 26 figures before the check digit count.
    pub(super) fn number(&self) -> u128 {
        self.0[..26].parse().unwrap_or(u128::MAX)
    }

    /// Two figures and then groups of five, as the guidelines print it.
    pub fn grouped(&self) -> String {
        let mut text = self.0[..2].to_string();
        for five in self.0.as_bytes()[2..].chunks(5) {
            text.push(' ');
            text.extend(five.iter().map(|byte| char::from(*byte)));
        }
        text
    }
}

/// The check digit behind figures.
fn modulo_10_recursive(figures: &str) -> usize {
    const TABLE: [usize; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let carry = figures.bytes().fold(0, |carry, byte| TABLE[(carry + usize::from(byte - b'0')) % 10]);
    (10 - carry) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_creditor_references_are_right() {
        // The example of ISO 11649, short and filled up with zeros.
        for right in ["RF18539007547034", "RF18000000000539007547034", "rf18539007547034"] {
            assert!(CreditorReference::parse(right).is_some(), "{right}");
        }
        for wrong in [
            "RF19539007547034",
            "RF18",
            "XF18539007547034",
            "RFA8539007547034",
            "RF180000000000539007547034",
            "RF18é",
        ] {
            assert!(CreditorReference::parse(wrong).is_none(), "{wrong}");
        }
        assert_eq!(CreditorReference::parse("RF18539007547034").unwrap().grouped(), "RF18 5390 0754 7034");
    }

    #[test]
    fn published_qr_references_are_right() {
        // The example of SIX, "Implementation Guidelines QR-bill".
        assert!(QrReference::parse("210000000003139471430009017").is_some());
        for wrong in
            ["210000000003139471430009018", "21000000000313947143000901", "21000000000313947143000901x"]
        {
            assert!(QrReference::parse(wrong).is_none(), "{wrong}");
        }
        let read = QrReference::parse("210000000003139471430009017").unwrap();
        assert_eq!(read.grouped(), "21 00000 00003 13947 14300 09017");
    }
}
