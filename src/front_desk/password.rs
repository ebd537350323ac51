//! What a password and a personal number of staff must be.
//!
//! By NIST SP 800-63B: length counts and composition does not; what everybody tries first is refused.

use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Why a password or a personal number is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// It is short enough to be guessed.
    #[error("A password has 12 characters or more: several words are easy to keep.")]
    TooShort,
    /// It is longer than anybody types.
    #[error("A password has 128 characters at most.")]
    TooLong,
    /// It is little more than the person's own name.
    #[error("This password is little more than a name: choose words that nobody connects with you.")]
    Name,
    /// It is among those that are tried first.
    #[error("This password is one of those that are tried first: choose another one.")]
    Common,
    /// It is no personal number.
    #[error("A personal number has 6 figures.")]
    NoPin,
    /// It is a personal number that is tried first.
    #[error("This number is one of those that are tried first: choose another one.")]
    CommonPin,
}

/// A password as it is compared: however a keyboard composes its letters, they are the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

// What stands in a log is no secret any more.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(withheld)")
    }
}

const SHORTEST: usize = 12;
const LONGEST: usize = 128;
const PIN_FIGURES: usize = 6;

/// Of the passwords that leaks have made known, the most used ones that are long enough.
const COMMON: [&str; 34] = [
    "123456789012",
    "1234567890123",
    "123123123123",
    "1q2w3e4r5t6y",
    "q1w2e3r4t5y6",
    "1qaz2wsx3edc",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiop[]",
    "qwertyqwerty",
    "qwerty123456",
    "qwerty1234567",
    "asdfghjkl123",
    "zxcvbnm12345",
    "passwordpassword",
    "password1234",
    "password12345",
    "password123456",
    "passw0rd1234",
    "p@ssw0rd1234",
    "contrasena12",
    "contraseña12",
    "contraseña123",
    "administrator",
    "administrador",
    "letmeinletmein",
    "welcome12345",
    "iloveyou1234",
    "changemechangeme",
    "change-me-change-me",
    "changeme1234",
    "abcdefghijkl",
    "abcd12345678",
    "correcthorsebatterystaple",
];

impl Password {
    /// What somebody types to sign in: nothing is judged, so that a password of before still opens.
    pub fn typed(said: &str) -> Self {
        Self(said.nfkc().take(LONGEST).collect())
    }

    /// What somebody chooses as a new one; `names` are what they are called.
    pub fn choose(said: &str, names: &[&str]) -> Result<Self, PasswordFault> {
        let text: String = said.nfkc().collect();
        let length = text.chars().count();
        if length < SHORTEST {
            return Err(PasswordFault::TooShort);
        }
        if length > LONGEST {
            return Err(PasswordFault::TooLong);
        }
        let lower = text.to_lowercase();
        if COMMON.contains(&lower.as_str()) || is_run(&lower) {
            return Err(PasswordFault::Common);
        }
        let mut rest = lower;
        for name in names.iter().flat_map(|name| name.split_whitespace()).filter(|name| name.len() > 2) {
            let name: String = name.nfkc().flat_map(char::to_lowercase).collect();
            rest = rest.replace(&name, "");
        }
        let letters = rest.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters < 4 && rest.len() < text.to_lowercase().len() {
            return Err(PasswordFault::Name);
        }
        Ok(Self(text))
    }

    /// What is hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A personal number, by which a person takes over a shared desk where they signed in before.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(withheld)")
    }
}

impl Pin {
    /// What somebody types.
    pub fn typed(said: &str) -> Result<Self, PasswordFault> {
        let said = said.trim();
        let figures = said.len() == PIN_FIGURES && said.bytes().all(|byte| byte.is_ascii_digit());
        if figures { Ok(Self(said.to_string())) } else { Err(PasswordFault::NoPin) }
    }

    /// What somebody chooses as a new one.
    pub fn choose(said: &str) -> Result<Self, PasswordFault> {
        let pin = Self::typed(said)?;
        let halves = pin.0[..3] == pin.0[3..];
        if is_run(&pin.0) || halves { Err(PasswordFault::CommonPin) } else { Ok(pin) }
    }

    /// What is hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Whether each character follows the one before by the same step, as in "aaaa", "1234" and "fedc".
fn is_run(text: &str) -> bool {
    let letters: Vec<i64> = text.chars().map(|letter| i64::from(u32::from(letter))).collect();
    let steps: Vec<i64> = letters.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.first().is_some_and(|first| (-1..=1).contains(first) && steps.iter().all(|step| step == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_what_is_tried_first_is_refused() {
        let names = ["María Gómez", "maria"];
        for (said, answer) in [
            ("short", Err(PasswordFault::TooShort)),
            ("elevenchars", Err(PasswordFault::TooShort)),
            ("Password1234", Err(PasswordFault::Common)),
            ("aaaaaaaaaaaaaa", Err(PasswordFault::Common)),
            ("abcdefghijklmn", Err(PasswordFault::Common)),
            ("maria1234567", Err(PasswordFault::Name)),
            ("MARÍAGÓMEZ-2026", Err(PasswordFault::Name)),
            ("tres gatos en el tejado", Ok(())),
            ("maria sings of the sea", Ok(())),
            ("84620173955102", Ok(())),
            ("جملة طويلة للدخول", Ok(())),
        ] {
            assert_eq!(Password::choose(said, &names).map(drop), answer, "{said}");
        }
        assert_eq!(
            Password::choose(&"long words ".repeat(12), &names).map(drop),
            Err(PasswordFault::TooLong)
        );
    }

    #[test]
    fn the_same_letters_are_the_same_password_on_every_keyboard() {
        assert_eq!(
            Password::typed("cafe\u{301} con leche"),
            Password::choose("café con leche", &[]).unwrap()
        );
        assert!(!format!("{:?}", Password::typed("secret")).contains("secret"));
    }

    #[test]
    fn a_personal_number_has_six_figures_and_is_not_the_first_that_is_tried() {
        for (said, answer) in [
            ("402913", Ok(())),
            (" 402913 ", Ok(())),
            ("40291", Err(PasswordFault::NoPin)),
            ("4029133", Err(PasswordFault::NoPin)),
            ("40291a", Err(PasswordFault::NoPin)),
            ("٤٠٢٩١٣", Err(PasswordFault::NoPin)),
            ("111111", Err(PasswordFault::CommonPin)),
            ("123456", Err(PasswordFault::CommonPin)),
            ("654321", Err(PasswordFault::CommonPin)),
            ("123123", Err(PasswordFault::CommonPin)),
        ] {
            assert_eq!(Pin::choose(said).map(drop), answer, "{said}");
        }
    }
}
