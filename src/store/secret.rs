//! Secrets at random, of which the store keeps only what they are recognised by.

use super::{Result, StoreError};
use sha2::{Digest, Sha256};
use std::fmt;

/// Letters and figures that nobody takes for one another: a code is read from paper and typed.
const CODE_LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// 80 bits in groups of four.
const CODE_LENGTH: usize = 16;

/// A secret at random: what a browser keeps, or what a person types once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

// What stands in a log is no secret any more.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(withheld)")
    }
}

/// By which a secret is recognised, and from which nobody can tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretPrint(pub(super) String);

impl Secret {
    /// 256 bits, for a machine to keep.
    pub fn token() -> Result<Self> {
        Ok(Self(hex(&random::<32>()?)))
    }

    /// One that a person types: "K7QM-2XTD-9RWP-4HBC".
    pub fn code() -> Result<Self> {
        let letters: String = random::<CODE_LENGTH>()?
            .iter()
            .map(|byte| char::from(CODE_LETTERS[usize::from(byte % 32)]))
            .collect();
        let groups: Vec<&str> = (0..CODE_LENGTH).step_by(4).map(|start| &letters[start..start + 4]).collect();
        Ok(Self(groups.join("-")))
    }

    /// What somebody sent as one.
    pub fn said(text: &str) -> Self {
        Self(text.to_string())
    }

    /// What somebody typed from paper: small letters, spaces and hyphens make no difference.
    pub fn typed_code(text: &str) -> Self {
        let letters =
            text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase());
        let letters: Vec<char> = letters.take(2 * CODE_LENGTH).collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Self(groups.join("-"))
    }

    /// The secret itself.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// By which it is recognised. It is random and long, so a plain hash cannot be turned back by guessing.
    pub fn print(&self) -> SecretPrint {
        SecretPrint(hex(&Sha256::digest(self.0.as_bytes())))
    }
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::NoChance(error.to_string()))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = Secret::code().unwrap();
        assert_eq!(code.text().len(), CODE_LENGTH + 3, "{}", code.text());
        for typed in [
            code.text().to_string(),
            code.text().to_lowercase(),
            code.text().replace('-', ""),
            format!(" {} ", code.text().replace('-', " ")),
        ] {
            assert_eq!(Secret::typed_code(&typed).print(), code.print(), "{typed}");
        }
        assert_ne!(Secret::code().unwrap().print(), code.print());
    }

    #[test]
    fn a_token_is_256_bits_and_stays_out_of_logs() {
        let (one, other) = (Secret::token().unwrap(), Secret::token().unwrap());
        assert!(one.text().len() == 64 && one.text() != other.text() && one.print() != other.print());
        assert!(!format!("{one:?}").contains(one.text()));
        let print = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        assert_eq!(Secret::said("hello").print().0, print, "SHA-256");
    }
}
