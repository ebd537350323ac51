//! SEPA credit transfer: EPC069-12, "Quick Response Code: Guidelines to Enable the Data Capture for the Initiation of
//! an SCT", version 2.1 and those since.
//!
//! Twelve lines; those that are empty at the end are left out, and behind the last one nothing stands. The
//! guidelines let lines end with LF or CR LF: LF, like every published example. They let the text be in one of eight
//! character sets: UTF-8, which carries all of them.

use super::creditor_reference::CreditorReference;
use super::field::{Fields, Wrong, line};
use super::iban::Iban;
use super::{PaymentCode, PaymentCodeError, PaymentReference, Scheme};
use crate::front_desk::money::Money;

/// An account of SEPA that is paid into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpcPayee {
    name: String,
    iban: Iban,
    /// The bank's BIC; never missing where the account is outside the European Economic Area.
    bic: Option<String>,
    /// A code of the list "External Purpose" of ISO 20022, such as `MDCS` for medical services.
    purpose: Option<String>,
    /// What the payer is told by the payee.
    information: Option<String>,
}

/// What a code of version 13 and error correction level M holds (EPC069-12, 2: "331 byte payload").
const MOST_BYTES: usize = 331;
/// Cents: EUR 999 999 999.99 (EPC069-12, AT-04).
const MOST: i64 = 99_999_999_999;

impl EpcPayee {
    pub(super) const FIELDS: &'static [&'static str] = &["name", "iban", "bic", "purpose", "information"];

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let printable = |c: char| !c.is_control();
        let name =
            fields.needed("name", "the name that the account is kept in", |text| line(text, 70, printable));
        let iban = fields.needed("iban", "the number of the account", Iban::parse);
        let bic = fields.optional("bic", bic);
        let purpose = fields.optional("purpose", |text| match text.len() {
            1..=4 if text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) => {
                Ok(text.to_string())
            }
            _ => Err(Wrong::new(
                format!("\"{text}\" is no purpose code of ISO 20022"),
                "Write up to four capital letters, such as MDCS for medical services, or remove the line.",
            )),
        });
        let information = fields.optional("information", |text| line(text, 70, printable));
        if let (Some(iban), Some(None)) = (&iban, &bic)
            && !iban.in_the_eea()
        {
            let right =
                "Add bic = \"…\": the bank of an account outside the European Economic Area must be named.";
            fields.wrong("iban", Wrong::new("this account needs the BIC of its bank beside it", right));
        }
        let payee =
            Self { name: name?, iban: iban?, bic: bic?, purpose: purpose?, information: information? };
        let longest = payee.text(MOST, PaymentReference::of(uuid::Uuid::max())).len();
        if longest > MOST_BYTES {
            let wrong = format!("a code with all this is {} bytes too long", longest - MOST_BYTES);
            let right =
                "Shorten name or information: letters that are not Latin take two or three bytes each.";
            let longer = if payee.information.as_ref().is_some_and(|text| text.len() > payee.name.len()) {
                "information"
            } else {
                "name"
            };
            fields.wrong(longer, Wrong::new(wrong, right));
            return None;
        }
        Some(payee)
    }

    /// The payment's reference stands as ISO 11649 reference, not as free text: banks then refuse one that was
    /// typed with a slip, and hand it on unchanged. The guidelines allow one of the two.
    fn text(&self, cents: i64, reference: PaymentReference) -> String {
        let amount = format!("EUR{}.{:02}", cents / 100, cents % 100);
        let reference = CreditorReference::of(reference);
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let lines = [
            "BCD".to_string(),
            "002".to_string(),
            "1".to_string(),
            "SCT".to_string(),
            optional(&self.bic),
            self.name.clone(),
            self.iban.as_str().to_string(),
            amount,
            optional(&self.purpose),
            reference.as_str().to_string(),
            String::new(),
            optional(&self.information),
        ];
        lines.join("\n").trim_end_matches('\n').to_string()
    }

    pub(super) fn code(
        &self,
        amount: Money,
        reference: PaymentReference,
    ) -> Result<PaymentCode, PaymentCodeError> {
        let cents = Scheme::Epc.payable(amount, MOST)?;
        Ok(PaymentCode {
            text: self.text(cents, reference),
            centre: super::Centre::Nothing,
            payee: self.name.clone(),
            account: self.iban.grouped(),
            reference: CreditorReference::of(reference).grouped(),
            amount,
        })
    }
}

fn bic(written: &str) -> Result<String, Wrong> {
    let text = written.trim().to_ascii_uppercase();
    let bytes = text.as_bytes();
    let letters = |from: usize, to: usize| {
        bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_uppercase))
    };
    let plain = bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    // ISO 9362: four letters or figures of the bank, two letters of the country, two of the place, three of the branch.
    if matches!(bytes.len(), 8 | 11) && plain && letters(4, 6) {
        return Ok(text);
    }
    Err(Wrong::new(
        format!("\"{text}\" is no BIC"),
        "Write its 8 or 11 letters and figures, such as CAIXESBBXXX.",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{code, mistakes, money, payee};
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const CLINIC: &[(&str, &str)] =
        &[("name", "Vestibule Clinic"), ("iban", "ES91 2100 0418 4502 0005 1332")];

    #[test]
    fn the_twelve_lines_stand_as_the_guidelines_say() {
        let all =
            [CLINIC, &[("bic", "caixesbbxxx"), ("purpose", "MDCS"), ("information", "Gracias ☺")]].concat();
        assert_eq!(
            code(Scheme::Epc, &all, "EUR", "1234.50").text,
            "BCD\n002\n1\nSCT\nCAIXESBBXXX\nVestibule Clinic\nES9121000418450200051332\nEUR1234.50\nMDCS\n\
             RF090000000000000007\n\nGracias ☺"
        );
        // The end is left out where it is empty.
        assert_eq!(
            code(Scheme::Epc, CLINIC, "EUR", "0.01").text,
            "BCD\n002\n1\nSCT\n\nVestibule Clinic\nES9121000418450200051332\nEUR0.01\n\nRF090000000000000007"
        );
    }

    #[test]
    fn only_euro_between_a_cent_and_a_thousand_million_are_carried() {
        let payee = payee(Scheme::Epc, CLINIC);
        let reference = PaymentReference::of(Uuid::from_u128(7));
        let said =
            |currency, amount| payee.code(money(currency, amount), &reference).unwrap_err().to_string();
        assert!(said("CHF", "1.00").contains("CHF"));
        assert!(said("EUR", "0.00").contains("0.01"));
        assert!(said("EUR", "1000000000.00").contains("999999999.99"));
        assert!(payee.code(Money { minor: -5, ..money("EUR", "1.00") }, &reference).is_err());
        assert!(payee.code(money("EUR", "999999999.99"), &reference).is_ok());
    }

    #[test]
    fn each_mistake_in_a_field_is_answered() {
        for (field, text, wrong, right) in [
            ("name", "", "nothing here", "Write the text"),
            ("name", &"x".repeat(71), "71 characters", "to 70"),
            ("name", "Clinic\nRF18", "cannot carry", "in one line"),
            ("iban", "ES9121000418450200051333", "check digits", "Copy the IBAN"),
            ("iban", "GB29NWBK60161331926819", "needs the BIC", "Add bic"),
            ("bic", "CAIX", "no BIC", "8 or 11"),
            ("bic", "CAIX34BB", "no BIC", "8 or 11"),
            ("purpose", "medical", "no purpose code", "MDCS"),
            ("information", &"ع".repeat(71), "71 characters", "to 70"),
        ] {
            let mut fields: Vec<_> = CLINIC.iter().filter(|(name, _)| *name != field).copied().collect();
            fields.push((field, text));
            let told = mistakes(Scheme::Epc, &fields);
            assert_eq!(told.len(), 1, "{field} {text}: {told:?}");
            assert_eq!(told[0].field, field);
            assert!(told[0].wrong.contains(wrong) && told[0].right.contains(right), "{told:?}");
        }
        assert_eq!(mistakes(Scheme::Epc, &[]).len(), 2);
        let long = "ह".repeat(70);
        let told = mistakes(Scheme::Epc, &[("name", &long), CLINIC[1], ("information", &long)]);
        assert!(told[0].wrong.contains("bytes too long"), "{told:?}");
    }

    /// What a bank's program takes from a code.
    fn read(text: &str) -> Vec<String> {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        lines.resize(12, String::new());
        lines
    }

    proptest! {
        #[test]
        fn whatever_is_paid_is_read_back(
            name in "[^\\p{C}\\p{Z}]{1,40}",
            cents in 1..=MOST,
            id: u128,
        ) {
            let fields = [("name", name.as_str()), CLINIC[1]];
            let reference = PaymentReference::of(Uuid::from_u128(id));
            let amount = Money { minor: cents, ..money("EUR", "0.01") };
            let code = payee(Scheme::Epc, &fields).code(amount, &reference).unwrap();
            let lines = read(&code.text);
            prop_assert!(code.text.len() <= MOST_BYTES && lines.len() == 12);
            prop_assert_eq!(&lines[5], &name);
            prop_assert_eq!(Money::parse(&lines[7][3..], amount.currency).unwrap().minor, cents);
            prop_assert_eq!(PaymentReference::read(&lines[9]), Some(reference));
        }
    }
}
