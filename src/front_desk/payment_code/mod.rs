//! Codes that a patient's telephone pays by: what stands in each, exactly as its specification says.
//!
//! **Invariant:** a payee that exists can be paid: its code can be made for every amount that its scheme carries. A code
//! that is shown is no payment: that there was one, only the clinic's bank or its provider can tell, and names it by
//! the [`PaymentReference`].

mod creditor_reference;
pub mod emvco;
mod epc;
mod field;
mod iban;
mod pix;
mod reference;
mod swiss;
mod upi;

pub use field::FieldMistake;
pub use reference::PaymentReference;

use super::money::{Currency, Money};
use field::Fields;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The schemes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// SEPA credit transfer, in euro.
    Epc,
    /// India's Unified Payments Interface, in rupees.
    Upi,
    /// Brazil's Pix, in real.
    Pix,
    /// The Swiss QR-bill, in francs or euro.
    Swiss,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Epc, Self::Upi, Self::Pix, Self::Swiss];

    /// What the clinic's file calls it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Epc => "epc",
            Self::Upi => "upi",
            Self::Pix => "pix",
            Self::Swiss => "swiss",
        }
    }

    /// By what the clinic's file calls it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.id() == id)
    }

    /// The fields that its payee may have.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Epc => epc::EpcPayee::FIELDS,
            Self::Upi => upi::UpiPayee::FIELDS,
            Self::Pix => pix::PixPayee::FIELDS,
            Self::Swiss => swiss::SwissPayee::FIELDS,
        }
    }

    /// The currencies that it carries.
    pub fn currencies(self) -> &'static [&'static str] {
        match self {
            Self::Epc => &["EUR"],
            Self::Upi => &["INR"],
            Self::Pix => &["BRL"],
            Self::Swiss => &["CHF", "EUR"],
        }
    }

    /// Whether it carries a currency.
    pub fn carries(self, currency: Currency) -> bool {
        self.currencies().contains(&currency.code())
    }

    /// The amount in minor units, of which a code holds at most so many.
    fn payable(self, amount: Money, most: i64) -> Result<i64, PaymentCodeError> {
        if !self.carries(amount.currency) {
            return Err(PaymentCodeError::Currency {
                scheme: self,
                currency: amount.currency.code().to_string(),
            });
        }
        if (1..=most).contains(&amount.minor) {
            return Ok(amount.minor);
        }
        let written = |minor| Money { minor, ..amount }.to_string();
        Err(PaymentCodeError::Amount { scheme: self, least: written(1), most: written(most) })
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Why there is no code for a payment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaymentCodeError {
    /// The scheme is of another country's money.
    #[error("a code of \"{scheme}\" cannot ask for {currency}: it carries {}", scheme.currencies().join(" and "))]
    Currency {
        /// Which scheme.
        scheme: Scheme,
        /// ISO 4217.
        currency: String,
    },
    /// Nothing, less than nothing, or more than the code has places for.
    #[error("a code of \"{scheme}\" asks for {least} to {most}, and this amount is not between them")]
    Amount {
        /// Which scheme.
        scheme: Scheme,
        /// The least that it carries.
        least: String,
        /// The most that it carries.
        most: String,
    },
    /// What is written about the payee takes more room than a code has.
    #[error("the payee of \"{0}\" does not fit into a code: shorten its fields in payments.toml")]
    TooLong(Scheme),
}

/// What stands in the middle of a code where its specification asks for something there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Centre {
    /// Nothing.
    Nothing,
    /// The Swiss cross, 7 mm of the code's 46 mm.
    SwissCross,
}

/// A code to be drawn, and what patients read under it who cannot scan it.
///
/// It is drawn as QR code with error correction level M, which EPC069-12 and the QR-bill prescribe and which fits the
/// others, in bytes of UTF-8.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentCode {
    /// What stands in it.
    pub text: String,
    /// What is drawn over its middle.
    pub centre: Centre,
    /// Who is paid.
    pub payee: String,
    /// Where it is paid to, as people write it: an IBAN in groups of four, an address of UPI, a key of Pix.
    pub account: String,
    /// The payment's reference as it stands in the code, in groups.
    pub reference: String,
    /// How much.
    pub amount: Money,
}

// What somebody pays is nobody's business in a log.
impl fmt::Debug for PaymentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaymentCode(withheld)")
    }
}

/// Who is paid by code, with all that the scheme needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodePayee {
    /// By SEPA credit transfer.
    Epc(epc::EpcPayee),
    /// By UPI.
    Upi(upi::UpiPayee),
    /// By Pix.
    Pix(pix::PixPayee),
    /// By QR-bill.
    Swiss(swiss::SwissPayee),
}

impl CodePayee {
    /// Reads the fields of a payee, each by its name; answers every mistake there is. Fields that the scheme does not know
    /// ([`Scheme::fields`]) are passed over.
    pub fn read(scheme: Scheme, written: &BTreeMap<&str, &str>) -> Result<Self, Vec<FieldMistake>> {
        let mut fields = Fields::new(written);
        let payee = match scheme {
            Scheme::Epc => epc::EpcPayee::read(&mut fields).map(Self::Epc),
            Scheme::Upi => upi::UpiPayee::read(&mut fields).map(Self::Upi),
            Scheme::Pix => pix::PixPayee::read(&mut fields).map(Self::Pix),
            Scheme::Swiss => swiss::SwissPayee::read(&mut fields).map(Self::Swiss),
        };
        match payee {
            Some(payee) if fields.mistakes.is_empty() => Ok(payee),
            _ => Err(fields.mistakes),
        }
    }

    /// Its scheme.
    pub fn scheme(&self) -> Scheme {
        match self {
            Self::Epc(_) => Scheme::Epc,
            Self::Upi(_) => Scheme::Upi,
            Self::Pix(_) => Scheme::Pix,
            Self::Swiss(_) => Scheme::Swiss,
        }
    }

    /// The code by which an amount is paid to this payee. It is an error to ask for nothing, for more than the scheme
    /// carries, or in another currency.
    pub fn code(&self, amount: Money, reference: &PaymentReference) -> Result<PaymentCode, PaymentCodeError> {
        match self {
            Self::Epc(payee) => payee.code(amount, *reference),
            Self::Upi(payee) => payee.code(amount, *reference),
            Self::Pix(payee) => payee.code(amount, *reference),
            Self::Swiss(payee) => payee.code(amount, *reference),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use uuid::Uuid;

    pub(super) fn money(currency: &str, amount: &str) -> Money {
        Money::parse(amount, Currency::parse(currency).unwrap()).unwrap()
    }

    pub(super) fn payee(scheme: Scheme, fields: &[(&str, &str)]) -> CodePayee {
        CodePayee::read(scheme, &fields.iter().copied().collect()).unwrap()
    }

    pub(super) fn mistakes(scheme: Scheme, fields: &[(&str, &str)]) -> Vec<FieldMistake> {
        CodePayee::read(scheme, &fields.iter().copied().collect()).unwrap_err()
    }

    /// The code for an amount, with the reference 0000000000000007.
    pub(super) fn code(scheme: Scheme, fields: &[(&str, &str)], currency: &str, amount: &str) -> PaymentCode {
        let reference = PaymentReference::of(Uuid::from_u128(7));
        payee(scheme, fields).code(money(currency, amount), &reference).unwrap()
    }

    #[test]
    fn nothing_of_a_payment_stands_in_a_log() {
        let iban = [("name", "Clinic"), ("iban", "ES9121000418450200051332")];
        let code = code(Scheme::Epc, &iban, "EUR", "42.50");
        assert_eq!(format!("{code:?}"), "PaymentCode(withheld)");
        assert!(!format!("{:?}", payee(Scheme::Epc, &iban)).contains("0418"));
    }
}
