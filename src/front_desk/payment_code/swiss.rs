//! Switzerland and Liechtenstein: SIX, "Swiss Implementation Guidelines for the QR-bill", version 2.3 (data version
//! 0200).
//!
//! Thirty-one lines, LF between them. The creditor's address is a structured one: others are not taken any more
//! since November 2025. Nothing is said of the debtor: who pays is nobody's business on a screen in a lobby.

use super::creditor_reference::{CreditorReference, QrReference};
use super::field::{Fields, Wrong, line};
use super::iban::Iban;
use super::{Centre, PaymentCode, PaymentCodeError, PaymentReference, Scheme};
use crate::front_desk::money::Money;

/// An account in Switzerland or Liechtenstein that is paid into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwissPayee {
    iban: Iban,
    name: String,
    street: Option<String>,
    building: Option<String>,
    postcode: String,
    town: String,
    /// ISO 3166-1, two letters.
    country: String,
    information: Option<String>,
}

/// Rappen or cents: 999 999 999.99.
const MOST: i64 = 99_999_999_999;

impl SwissPayee {
    pub(super) const FIELDS: &'static [&'static str] =
        &["name", "iban", "street", "building", "postcode", "town", "country", "information"];

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let text = |most: usize| move |text: &str| line(text, most, in_the_character_set);
        let name = fields.needed("name", "the name that the account is kept in", text(70));
        let iban =
            fields.needed("iban", "the number of the account, of Switzerland or Liechtenstein", |text| {
                let iban = Iban::parse(text)?;
                if matches!(iban.country(), "CH" | "LI") {
                    return Ok(iban);
                }
                let right = "Write an IBAN that begins with CH or LI, or take scheme = \"epc\".";
                Err(Wrong::new("a QR-bill is paid into an account in Switzerland or Liechtenstein", right))
            });
        let street = fields.optional("street", text(70));
        let building = fields.optional("building", text(16));
        let postcode = fields.needed("postcode", "the postcode of the holder's address", text(16));
        let town = fields.needed("town", "the town of the holder's address", text(35));
        let country = fields.needed("country", "the country of the holder's address, such as CH", |text| {
            match text.as_bytes() {
                [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(text.to_string()),
                _ => Err(Wrong::new(
                    format!("\"{text}\" is no country"),
                    "Write two capital letters, such as CH.",
                )),
            }
        });
        let information = fields.optional("information", text(140));
        Some(Self {
            iban: iban?,
            name: name?,
            street: street?,
            building: building?,
            postcode: postcode?,
            town: town?,
            country: country?,
            information: information?,
        })
    }

    pub(super) fn code(
        &self,
        amount: Money,
        reference: PaymentReference,
    ) -> Result<PaymentCode, PaymentCodeError> {
        Scheme::Swiss.payable(amount, MOST)?;
        // A QR-IBAN takes QR references and no others; any other account takes ISO 11649 and no QR references.
        let (kind, own, grouped) = if self.iban.is_qr_iban() {
            let own = QrReference::of(reference);
            ("QRR", own.as_str().to_string(), own.grouped())
        } else {
            let own = CreditorReference::of(reference);
            ("SCOR", own.as_str().to_string(), own.grouped())
        };
        let figures = amount.figures();
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let (street, building, information) =
            (optional(&self.street), optional(&self.building), optional(&self.information));
        let mut lines = vec!["SPC", "0200", "1", self.iban.as_str()];
        lines.extend(["S", &self.name, &street, &building, &self.postcode, &self.town, &self.country]);
        lines.extend([""; 7]); // Ultimate creditor: kept for later by the guidelines.
        lines.extend([figures.as_str(), amount.currency.code()]);
        lines.extend([""; 7]); // Ultimate debtor.
        lines.extend([kind, &own, &information, "EPD"]);
        Ok(PaymentCode {
            text: lines.join("\n"),
            centre: Centre::SwissCross,
            payee: self.name.clone(),
            account: self.iban.grouped(),
            reference: grouped,
            amount,
        })
    }
}

/// The character set of the Swiss Payment Standards: the Latin blocks up to Latin Extended-A, four Romanian letters, and
/// the euro.
fn in_the_character_set(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{17F}' | '\u{218}'..='\u{21B}' | '€') && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{code, mistakes, money, payee};
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const CLINIC: &[(&str, &str)] = &[
        ("name", "Praxis Zürichberg AG"),
        ("iban", "CH93 0076 2011 6238 5295 7"),
        ("postcode", "8044"),
        ("town", "Zürich"),
        ("country", "CH"),
    ];

    #[test]
    fn the_lines_stand_as_the_guidelines_say() {
        let all =
            [CLINIC, &[("street", "Hochstrasse"), ("building", "12a"), ("information", "Merci")]].concat();
        let made = code(Scheme::Swiss, &all, "CHF", "1250.00");
        assert_eq!(
            made.text,
            "SPC\n0200\n1\nCH9300762011623852957\nS\nPraxis Zürichberg AG\nHochstrasse\n12a\n8044\nZürich\nCH\n\
             \n\n\n\n\n\n\n1250.00\nCHF\n\n\n\n\n\n\n\nSCOR\nRF090000000000000007\nMerci\nEPD"
        );
        assert_eq!(made.centre, Centre::SwissCross);
        let qr_iban = [&CLINIC[..1], &[("iban", "CH4431999123000889012")], &CLINIC[2..]].concat();
        let made = code(Scheme::Swiss, &qr_iban, "EUR", "0.05");
        assert!(
            made.text.ends_with("\n0.05\nEUR\n\n\n\n\n\n\n\nQRR\n000000000000000000000000079\n\nEPD"),
            "{}",
            made.text
        );
        assert_eq!(made.reference, "00 00000 00000 00000 00000 00079");
    }

    #[test]
    fn each_mistake_in_a_field_is_answered() {
        for (field, text, wrong, right) in [
            ("iban", "ES9121000418450200051332", "in Switzerland", "CH or LI"),
            ("iban", "CH9300762011623852958", "check digits", "Copy"),
            ("name", "Клиника", "cannot carry", "other letters"),
            ("postcode", "", "nothing here", "Write"),
            ("town", &"x".repeat(36), "36 characters", "to 35"),
            ("country", "Schweiz", "no country", "CH"),
            ("building", &"1".repeat(17), "17 characters", "to 16"),
        ] {
            let mut fields: Vec<_> = CLINIC.iter().filter(|(name, _)| *name != field).copied().collect();
            fields.push((field, text));
            let told = mistakes(Scheme::Swiss, &fields);
            assert_eq!(told.len(), 1, "{field} {text}: {told:?}");
            assert!(told[0].wrong.contains(wrong) && told[0].right.contains(right), "{told:?}");
        }
        assert_eq!(mistakes(Scheme::Swiss, &[]).len(), 5);
        let reference = PaymentReference::of(Uuid::from_u128(7));
        for (currency, amount) in [("USD", "1.00"), ("CHF", "0.00"), ("CHF", "1000000000.00")] {
            assert!(payee(Scheme::Swiss, CLINIC).code(money(currency, amount), &reference).is_err());
        }
    }

    proptest! {
        #[test]
        fn whatever_is_paid_is_read_back(name in "[!-~À-ž]{1,70}", rappen in 1..=MOST, id: u128) {
            let fields = [&[("name", name.as_str())], &CLINIC[1..]].concat();
            let reference = PaymentReference::of(Uuid::from_u128(id));
            let amount = Money { minor: rappen, ..money("CHF", "1.00") };
            let code = payee(Scheme::Swiss, &fields).code(amount, &reference).unwrap();
            let lines: Vec<_> = code.text.split('\n').collect();
            prop_assert_eq!((lines.len(), lines[5]), (31, name.as_str()));
            prop_assert_eq!(Money::parse(lines[18], amount.currency).unwrap().minor, rappen);
            prop_assert_eq!(PaymentReference::read(lines[28]), Some(reference));
        }
    }
}
