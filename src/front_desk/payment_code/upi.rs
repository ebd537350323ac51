//! India's Unified Payments Interface: NPCI, "UPI Linking Specifications", version 1.6.
//!
//! `upi://pay?pa=…&pn=…&tr=…&am=…&cu=INR`, each value percent-encoded. `mc` says which kind of merchant it is, `tn` is a note
//! that the payer reads. `tid` is left out: only the payee's own bank may make one.

use super::field::{Fields, Wrong, line};
use super::{Centre, PaymentCode, PaymentCodeError, PaymentReference, Scheme};
use crate::front_desk::money::Money;
use std::fmt::Write;

/// An address of UPI that is paid to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpiPayee {
    /// The virtual payment address, such as `clinic@bank`.
    address: String,
    name: String,
    /// ISO 18245, such as 8062 for hospitals.
    merchant_category: Option<String>,
    /// What the payer reads beside the amount.
    note: Option<String>,
}

/// Paise. `am` has no upper limit in the specification; the amount of a payment message has 18 places, and more than
/// this nobody's bank lets through.
const MOST: i64 = 999_999_999_999;

impl UpiPayee {
    pub(super) const FIELDS: &'static [&'static str] = &["address", "name", "merchant_category", "note"];

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let printable = |c: char| !c.is_control();
        let address = fields.needed("address", "the virtual payment address, such as clinic@bank", address);
        let name = fields.needed("name", "the name that the payer sees", |text| line(text, 99, printable));
        let merchant_category = fields.optional("merchant_category", |text| {
            if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
                return Ok(text.to_string());
            }
            Err(Wrong::new(
                format!("\"{text}\" is no merchant category code"),
                "Write the four figures of ISO 18245 that the bank has given, such as 8062 for hospitals.",
            ))
        });
        let note = fields.optional("note", |text| line(text, 50, printable));
        Some(Self { address: address?, name: name?, merchant_category: merchant_category?, note: note? })
    }

    pub(super) fn code(
        &self,
        amount: Money,
        reference: PaymentReference,
    ) -> Result<PaymentCode, PaymentCodeError> {
        Scheme::Upi.payable(amount, MOST)?;
        let figures = amount.figures();
        let own = reference.to_string();
        let all = [
            ("pa", Some(&self.address)),
            ("pn", Some(&self.name)),
            ("mc", self.merchant_category.as_ref()),
            ("tr", Some(&own)),
            ("tn", self.note.as_ref()),
            ("am", Some(&figures)),
        ];
        let mut text = String::from("upi://pay?");
        for (name, value) in all {
            if let Some(value) = value {
                let _ = write!(text, "{name}={}&", encoded(value));
            }
        }
        text.push_str("cu=INR");
        Ok(PaymentCode {
            text,
            centre: Centre::Nothing,
            payee: self.name.clone(),
            account: self.address.clone(),
            reference: reference.grouped(),
            amount,
        })
    }
}

/// `name@handle`: what stands before the @ are letters, figures, dots, dashes and underscores; the handle is a
/// bank's word (NPCI, "UPI Procedural Guidelines", virtual payment address).
fn address(written: &str) -> Result<String, Wrong> {
    let text = written.trim();
    let right = text.split_once('@').is_some_and(|(name, handle)| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        (1..=255).contains(&name.len())
            && name.chars().all(plain)
            && (2..=64).contains(&handle.len())
            && handle.starts_with(|c: char| c.is_ascii_alphabetic())
            && handle.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if right {
        return Ok(text.to_string());
    }
    Err(Wrong::new(
        format!("\"{text}\" is no payment address of UPI"),
        "Write it as the bank gave it, such as clinic@bank: no dot stands behind the @.",
    ))
}

/// Percent-encoded by RFC 3986. The @ stays as it is: it is allowed in a query, and programs of banks look for it in
/// the address.
fn encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::{code, mistakes, money, payee};
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const CLINIC: &[(&str, &str)] =
        &[("address", "clinic.front-desk@okbank"), ("name", "City Clinic & Sons")];

    #[test]
    fn the_link_stands_as_the_specification_says() {
        let all = [CLINIC, &[("merchant_category", "8062"), ("note", "परामर्श")]].concat();
        assert_eq!(
            code(Scheme::Upi, &all, "INR", "1250.00").text,
            "upi://pay?pa=clinic.front-desk@okbank&pn=City%20Clinic%20%26%20Sons&mc=8062&tr=0000000000000007\
             &tn=%E0%A4%AA%E0%A4%B0%E0%A4%BE%E0%A4%AE%E0%A4%B0%E0%A5%8D%E0%A4%B6&am=1250.00&cu=INR"
        );
    }

    #[test]
    fn the_specifications_own_example_is_encoded_the_same() {
        // "UPI Linking Specifications" 1.6, part 2: pn=nadeem%20chinna, tn=Pay%20to%20mystar%20store, pa=nadeem@npci.
        for (plain, written) in [
            ("nadeem chinna", "nadeem%20chinna"),
            ("Pay to mystar store", "Pay%20to%20mystar%20store"),
            ("nadeem@npci", "nadeem@npci"),
        ] {
            assert_eq!(encoded(plain), written);
        }
    }

    #[test]
    fn each_mistake_in_a_field_is_answered() {
        for (field, text, wrong, right) in [
            ("address", "clinic", "no payment address", "clinic@bank"),
            ("address", "clinic@bank.com", "no payment address", "no dot"),
            ("address", "the clinic@bank", "no payment address", "as the bank gave it"),
            ("name", " ", "nothing here", "Write"),
            ("merchant_category", "806", "no merchant category", "8062"),
            ("note", &"n".repeat(51), "51 characters", "to 50"),
        ] {
            let mut fields: Vec<_> = CLINIC.iter().filter(|(name, _)| *name != field).copied().collect();
            fields.push((field, text));
            let told = mistakes(Scheme::Upi, &fields);
            assert_eq!(told.len(), 1, "{field} {text}: {told:?}");
            assert!(told[0].wrong.contains(wrong) && told[0].right.contains(right), "{told:?}");
        }
        let payee = payee(Scheme::Upi, CLINIC);
        let reference = PaymentReference::of(Uuid::from_u128(7));
        for (currency, amount) in [("EUR", "1.00"), ("INR", "0.00")] {
            assert!(payee.code(money(currency, amount), &reference).is_err());
        }
    }

    proptest! {
        #[test]
        fn whatever_is_paid_is_read_back(name in "[^\\p{C}\\p{Z}]{1,40}", paise in 1..=MOST, id: u128) {
            let fields = [CLINIC[0], ("name", name.as_str())];
            let reference = PaymentReference::of(Uuid::from_u128(id));
            let amount = Money { minor: paise, ..money("INR", "1.00") };
            let code = payee(Scheme::Upi, &fields).code(amount, &reference).unwrap();
            let url = reqwest::Url::parse(&code.text).unwrap();
            let pairs: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
            prop_assert_eq!((url.scheme(), url.host_str()), ("upi", Some("pay")));
            prop_assert_eq!(&pairs["pn"], &name);
            prop_assert_eq!(Money::parse(&pairs["am"], amount.currency).unwrap().minor, paise);
            prop_assert_eq!(PaymentReference::read(&pairs["tr"]), Some(reference));
        }
    }
}
