//! The reference by which a payment is named again by whoever tells that it was made.

use super::creditor_reference::{CreditorReference, QrReference};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The reference of one payment: 80 bits, written as 16 characters of Crockford's base 32, `0`-`9` and `A`-`Z` without
/// I, L, O and U.
///
/// 80 bits are as many as every scheme can carry: the narrowest is the Swiss QR reference of 26 figures, which
/// holds 86 bits; an ISO 11649 reference has room for 21 characters, a Pix txid for 25, a UPI `tr` for 35. So one and the
/// same reference stands in each kind of code, and 16 characters can still be read out over the telephone.
///
/// Of a UUIDv7 at least 73 of these bits are random, of a UUIDv4 all: among ten million payments of one clinic, two
/// have the same reference with a probability of about 5 in 1 000 000 000 (n² / 2^74).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaymentReference(u128);

/// Crockford's digits: those that are mistaken for others are left out.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;
const BITS: u32 = 80;

impl PaymentReference {
    /// The reference of the payment with an id: what differs from one UUID to the next, without the six bits that say
    /// which kind of UUID it is.
    pub fn of(id: Uuid) -> Self {
        let bits = id.as_u128();
        let low = bits & ((1 << 62) - 1);
        let middle = (bits >> 64) & ((1 << 12) - 1);
        let high = (bits >> 80) & ((1 << 6) - 1);
        Self(high << 74 | middle << 62 | low)
    }

    /// Reads a reference in any of the forms in which it stands in a code, as people or machines write it again:
    /// alone, as ISO 11649 reference (`RF…`) or as Swiss QR reference (27 figures); with or without spaces and
    /// dashes, in small or capital letters, with O for 0 and I or L for 1. `None` for what is none of them, or has
    /// wrong check digits.
    pub fn read(written: &str) -> Option<Self> {
        let compact: String = written.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        match compact.len() {
            LENGTH => Self::alone(&compact),
            20 => Self::alone(CreditorReference::parse(&compact)?.own()),
            27 => Self::from_number(QrReference::parse(&compact)?.number()),
            _ => None,
        }
    }

    fn alone(compact: &str) -> Option<Self> {
        let digits = compact.chars().map(|c| {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            DIGITS.iter().position(|digit| char::from(*digit) == c)
        });
        let all: Option<Vec<usize>> = digits.collect();
        let all = all.filter(|digits| digits.len() == LENGTH)?;
        Some(Self(all.into_iter().fold(0, |sum, digit| sum << 5 | digit as u128)))
    }

    /// The reference that has a number; `None` where none has it.
    pub(super) fn from_number(number: u128) -> Option<Self> {
        (number < 1 << BITS).then_some(Self(number))
    }

    /// The reference as a number below 2^80.
    pub(super) fn number(self) -> u128 {
        self.0
    }

    /// In groups of four, as people read it.
    pub fn grouped(self) -> String {
        in_fours(&self.to_string())
    }
}

/// A text in groups of four characters.
pub(super) fn in_fours(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl fmt::Display for PaymentReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..LENGTH as u32).rev() {
            let digit = (self.0 >> (5 * place)) & 31;
            write!(f, "{}", char::from(DIGITS[digit as usize]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for PaymentReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaymentReference({self})")
    }
}

impl TryFrom<String> for PaymentReference {
    type Error = &'static str;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        Self::read(&written).ok_or("no reference of a payment")
    }
}

impl From<PaymentReference> for String {
    fn from(reference: PaymentReference) -> Self {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reference_is_read_as_people_write_it() {
        let reference = PaymentReference::of(Uuid::from_u128(1));
        assert_eq!(reference.to_string(), "0000000000000001");
        assert_eq!(reference.grouped(), "0000 0000 0000 0001");
        for written in ["0000000000000001", "0000 0000 0000 0001", "oooo-OOOO-0000-000l", "000000000000000i"]
        {
            assert_eq!(PaymentReference::read(written), Some(reference), "{written}");
        }
        for wrong in
            ["", "000000000000000", "00000000000000001", "000000000000000U", "000000000000000€", "RF00"]
        {
            assert_eq!(PaymentReference::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_kind_of_a_uuid_is_no_part_of_its_reference() {
        let one = Uuid::parse_str("0193e5a7-9c3f-7abc-8def-0123456789ab").unwrap();
        let other = Uuid::parse_str("0193e5a7-9c3f-4abc-cdef-0123456789ab").unwrap();
        assert_eq!(PaymentReference::of(one), PaymentReference::of(other));
        // Each of the other 80 bits counts.
        let fixed = [62, 63, 76, 77, 78, 79];
        let own = (0..86).filter(|bit| !fixed.contains(bit));
        let references: std::collections::BTreeSet<_> =
            own.map(|bit| PaymentReference::of(Uuid::from_u128(one.as_u128() ^ (1 << bit)))).collect();
        assert_eq!(references.len(), 80);
        assert!(!references.contains(&PaymentReference::of(one)));
    }

    proptest! {
        #[test]
        fn every_form_is_read_back(bits: u128) {
            let reference = PaymentReference::of(Uuid::from_u128(bits));
            prop_assert!(reference.to_string().len() <= 25);
            for form in [
                reference.to_string(),
                reference.grouped(),
                CreditorReference::of(reference).grouped(),
                QrReference::of(reference).grouped(),
            ] {
                prop_assert_eq!(PaymentReference::read(&form), Some(reference), "{}", form);
            }
        }

        #[test]
        fn nothing_that_is_written_stops_it(written in any::<String>()) {
            let _ = PaymentReference::read(&written);
        }
    }
}
