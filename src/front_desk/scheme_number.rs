//! The numbers of insurances and health schemes, checked by their own check digits. A number that passes is
//! only free of slips: whether it was ever given to anybody, only its register knows.
//!
//! No one crate covers these; each rule is a few lines, with its source and with published examples below.

use super::digits::ascii_digits;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of number that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SchemeKind {
    /// NHS number of England, Wales and the Isle of Man: ten figures, weights 10 to 2 modulo 11 (NHS Data
    /// Dictionary, "NHS NUMBER").
    GbNhs,
    /// Spanish DNI and NIE: eight figures, or X, Y, Z and seven, and the letter at the number modulo 23 of
    /// `TRWAGMYFPDXBNJZSQVHLCKE` (Real Decreto 1553/2005; Ministerio del Interior, "Cálculo del dígito de
    /// control del NIF/NIE").
    EsDni,
    /// German health insurance number, the unchangeable part: a letter and nine figures; the letter counts as
    /// its two-figure place in the alphabet, weights 1 and 2 in turn, digit sums modulo 10 (§ 290 SGB V,
    /// Anlage 1 of the Richtlinie zum Aufbau der Krankenversichertennummer).
    DeKvnr,
    /// French NIR: thirteen characters and the key, 97 minus the number modulo 97; in Corsica 2A counts as 19
    /// and 2B as 18 (INSEE; Décret 82-103).
    FrNir,
    /// Indian Aadhaar number: twelve figures that do not begin with 0 or 1, Verhoeff (UIDAI, "Aadhaar number").
    InAadhaar,
    /// Indian ABHA number: fourteen figures, Verhoeff (National Health Authority, ABDM).
    InAbha,
    /// Dutch BSN: eight or nine figures, weights 9 to 2 and -1, a multiple of 11 (Wet algemene bepalingen
    /// burgerservicenummer; Logisch Ontwerp BSN).
    NlBsn,
    /// Swedish personnummer or samordningsnummer: ten figures or twelve, Luhn over the last ten (Skatteverket
    /// SKV 704).
    SePersonnummer,
    /// Norwegian fødselsnummer or D-number: eleven figures with two check digits modulo 11 (Skatteetaten).
    NoFodselsnummer,
    /// US Medicare Beneficiary Identifier: eleven places, each of its own kind, without S, L, O, I, B and Z; it
    /// has no check digit (CMS, "Understanding the MBI").
    UsMbi,
    /// Any figures with a check digit by ISO/IEC 7812-1 (Luhn).
    Luhn,
    /// Any figures and letters of which the whole, letters as 10 to 35, is 1 modulo 97 (ISO 7064, MOD 97-10).
    #[serde(rename = "mod-97")]
    Mod97,
    /// What the clinic's file says in its pattern, such as the regional CIP of Spain.
    Pattern,
}

impl SchemeKind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::GbNhs,
        Self::EsDni,
        Self::DeKvnr,
        Self::FrNir,
        Self::InAadhaar,
        Self::InAbha,
        Self::NlBsn,
        Self::SePersonnummer,
        Self::NoFodselsnummer,
        Self::UsMbi,
        Self::Luhn,
        Self::Mod97,
        Self::Pattern,
    ];

    /// What the clinic's file calls it.
    pub fn id(self) -> &'static str {
        match self {
            Self::GbNhs => "gb-nhs",
            Self::EsDni => "es-dni",
            Self::DeKvnr => "de-kvnr",
            Self::FrNir => "fr-nir",
            Self::InAadhaar => "in-aadhaar",
            Self::InAbha => "in-abha",
            Self::NlBsn => "nl-bsn",
            Self::SePersonnummer => "se-personnummer",
            Self::NoFodselsnummer => "no-fodselsnummer",
            Self::UsMbi => "us-mbi",
            Self::Luhn => "luhn",
            Self::Mod97 => "mod-97",
            Self::Pattern => "pattern",
        }
    }

    /// By what the clinic's file calls it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Whether only figures stand in it: the number pad is enough to type it.
    pub fn figures_only(self) -> bool {
        !matches!(self, Self::EsDni | Self::DeKvnr | Self::FrNir | Self::UsMbi | Self::Mod97 | Self::Pattern)
    }

    /// A typed number in its standard form: without spaces, dashes, dots and slashes, in capital letters and
    /// in the figures 0 to 9.
    pub fn standard(self, typed: &str) -> Result<String, SchemeNumberError> {
        let number = compact(typed);
        if number.is_empty() {
            return Err(SchemeNumberError::Empty);
        }
        let right = match self {
            Self::GbNhs => nhs(&number),
            Self::EsDni => dni(&number),
            Self::DeKvnr => kvnr(&number),
            Self::FrNir => nir(&number),
            Self::InAadhaar => sized(&number, 12)
                .filter(|_| !number.starts_with(['0', '1']))
                .map(|figures| verhoeff(&figures)),
            Self::InAbha => sized(&number, 14).map(|figures| verhoeff(&figures)),
            Self::NlBsn => return bsn(&number),
            Self::SePersonnummer => match number.len() {
                12 => sized(&number, 12).map(|figures| luhn(&figures[2..])),
                _ => sized(&number, 10).map(|figures| luhn(&figures)),
            },
            Self::NoFodselsnummer => sized(&number, 11).map(|figures| fodselsnummer(&figures)),
            Self::UsMbi => Some(mbi(&number)).filter(|fits| *fits),
            Self::Luhn => figures(&number).filter(|figures| figures.len() >= 2).map(|figures| luhn(&figures)),
            Self::Mod97 => (number.len() >= 3).then(|| modulo_97(&number)).flatten().map(|rest| rest == 1),
            Self::Pattern => Some(true),
        };
        match right {
            None => Err(SchemeNumberError::Format),
            Some(false) => Err(SchemeNumberError::CheckDigit),
            Some(true) => Ok(number),
        }
    }
}

/// Why a typed number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeNumberError {
    /// Nothing was typed.
    Empty,
    /// Too long, too short, or other characters than such a number has.
    Format,
    /// One character is wrong, or two changed places.
    CheckDigit,
}

/// A number of a scheme, checked.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SchemeNumber {
    /// What kind it is.
    pub kind: SchemeKind,
    /// In its standard form.
    pub number: String,
}

// It names a person: it must not reach a log by a stray `{:?}`.
impl fmt::Debug for SchemeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SchemeNumber({}, withheld)", self.kind.id())
    }
}

fn compact(typed: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !c.is_control() && !"-‐–./".contains(*c);
    ascii_digits(typed).chars().filter(kept).flat_map(char::to_uppercase).collect()
}

/// The figures of a number that has nothing else.
fn figures(number: &str) -> Option<Vec<u32>> {
    number.chars().map(|c| c.to_digit(10)).collect()
}

fn sized(number: &str, length: usize) -> Option<Vec<u32>> {
    figures(number).filter(|figures| figures.len() == length)
}

fn weighted(figures: &[u32], weights: &[u32]) -> u32 {
    figures.iter().zip(weights).map(|(figure, weight)| figure * weight).sum()
}

fn nhs(number: &str) -> Option<bool> {
    let figures = sized(number, 10)?;
    let check = (11 - weighted(&figures, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    // A number whose check digit would be 10 is never given.
    Some(check == figures[9])
}

fn dni(number: &str) -> Option<bool> {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let mut characters: Vec<char> = number.chars().collect();
    let letter = characters.pop().filter(char::is_ascii_uppercase)?;
    let leading = match characters.first()? {
        'X' => '0',
        'Y' => '1',
        'Z' => '2',
        figure => *figure,
    };
    characters[0] = leading;
    let value: u32 =
        (characters.len() == 8).then(|| characters.iter().collect::<String>().parse().ok())??;
    Some(char::from(LETTERS[(value % 23) as usize]) == letter)
}

fn kvnr(number: &str) -> Option<bool> {
    let mut characters = number.chars();
    let letter = characters.next().filter(char::is_ascii_uppercase)?;
    let figures = sized(characters.as_str(), 9)?;
    let place = u32::from(letter) - u32::from('A') + 1;
    let digits = [place / 10, place % 10].into_iter().chain(figures[..8].iter().copied());
    let sum: u32 =
        digits.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit_sum(digit * weight)).sum();
    Some(sum % 10 == figures[8])
}

fn digit_sum(number: u32) -> u32 {
    number / 10 + number % 10
}

fn nir(number: &str) -> Option<bool> {
    let counted = match number.get(5..7)? {
        "2A" => format!("{}19{}", &number[..5], &number[7..]),
        "2B" => format!("{}18{}", &number[..5], &number[7..]),
        _ => number.to_string(),
    };
    sized(&counted, 15)?;
    let (body, key): (u64, u64) = (counted[..13].parse().ok()?, counted[13..].parse().ok()?);
    Some(97 - body % 97 == key)
}

/// J. Verhoeff, "Error Detecting Decimal Codes", 1969: multiplication in the dihedral group of order ten.
fn verhoeff(figures: &[u32]) -> bool {
    const PERMUTATION: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let times = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let mut check = 0;
    for (position, figure) in figures.iter().rev().enumerate() {
        let permuted = (0..position % 8).fold(*figure as usize, |figure, _| PERMUTATION[figure]);
        check = times(check, permuted);
    }
    check == 0
}

fn bsn(number: &str) -> Result<String, SchemeNumberError> {
    // Old ones are written with eight figures; the ninth before them is zero.
    let number = if number.len() == 8 { format!("0{number}") } else { number.to_string() };
    let figures = sized(&number, 9).ok_or(SchemeNumberError::Format)?;
    let sum = i64::from(weighted(&figures[..8], &[9, 8, 7, 6, 5, 4, 3, 2])) - i64::from(figures[8]);
    if sum % 11 == 0 && sum != 0 { Ok(number) } else { Err(SchemeNumberError::CheckDigit) }
}

fn fodselsnummer(figures: &[u32]) -> bool {
    let first = weighted(&figures[..10], &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]);
    let second = weighted(figures, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]);
    first.is_multiple_of(11) && second.is_multiple_of(11)
}

fn mbi(number: &str) -> bool {
    // C 1-9, A a letter, N a figure, X either.
    let letter = |c: char| c.is_ascii_uppercase() && !"SLOIBZ".contains(c);
    let fits = |kind, c: char| match kind {
        'C' => ('1'..='9').contains(&c),
        'A' => letter(c),
        'N' => c.is_ascii_digit(),
        _ => letter(c) || c.is_ascii_digit(),
    };
    number.len() == 11 && "CAXNAXNAANN".chars().zip(number.chars()).all(|(kind, c)| fits(kind, c))
}

fn luhn(figures: &[u32]) -> bool {
    let doubled = figures
        .iter()
        .rev()
        .enumerate()
        .map(|(position, figure)| if position % 2 == 0 { *figure } else { digit_sum(figure * 2) });
    doubled.sum::<u32>() % 10 == 0
}

pub(super) fn modulo_97(number: &str) -> Option<u32> {
    number.chars().try_fold(0, |rest: u32, c| {
        let value = c.to_digit(36)?;
        let shifted = if value < 10 { rest * 10 } else { rest * 100 };
        Some((shifted + value) % 97)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_slips_do_not() {
        use SchemeKind as K;
        // The sources' own examples, and those of python-stdnum's documentation.
        for (kind, typed, kept) in [
            (K::GbNhs, "943 476 5919", "9434765919"),
            (K::GbNhs, "943-476-5870", "9434765870"),
            (K::EsDni, "12345678-z", "12345678Z"),
            (K::EsDni, "54362315K", "54362315K"),
            (K::EsDni, "X-2482300W", "X2482300W"),
            (K::EsDni, "١٢٣٤٥٦٧٨Z", "12345678Z"),
            (K::DeKvnr, "A123456780", "A123456780"),
            (K::FrNir, "2 95 10 99 126 111 93", "295109912611193"),
            (K::InAadhaar, "2341 2341 2346", "234123412346"),
            (K::NlBsn, "1112.22.333", "111222333"),
            (K::NlBsn, "11122233 3", "111222333"),
            (K::SePersonnummer, "880320-0016", "8803200016"),
            (K::SePersonnummer, "19880320-0016", "198803200016"),
            (K::NoFodselsnummer, "151086 95088", "15108695088"),
            (K::UsMbi, "1EG4-TE5-MK73", "1EG4TE5MK73"),
            (K::Luhn, "7992 7398 713", "79927398713"),
            (K::Mod97, "794-44", "79444"),
            (K::Pattern, "bbbb 123", "BBBB123"),
        ] {
            assert_eq!(kind.standard(typed).as_deref(), Ok(kept), "{kind:?} {typed}");
        }
        for (kind, typed, wrong) in [
            (K::GbNhs, "943 476 5918", SchemeNumberError::CheckDigit),
            (K::GbNhs, "943 476 591", SchemeNumberError::Format),
            (K::EsDni, "12345678A", SchemeNumberError::CheckDigit),
            (K::EsDni, "1234567Z", SchemeNumberError::Format),
            (K::EsDni, "Ñ1234567Z", SchemeNumberError::Format),
            (K::DeKvnr, "A123456781", SchemeNumberError::CheckDigit),
            (K::DeKvnr, "Ä123456780", SchemeNumberError::Format),
            (K::FrNir, "295109912611199", SchemeNumberError::CheckDigit),
            (K::FrNir, "é95109912611193", SchemeNumberError::Format),
            (K::InAadhaar, "2341 2341 2347", SchemeNumberError::CheckDigit),
            (K::InAadhaar, "0341 2341 2346", SchemeNumberError::Format),
            (K::InAbha, "91 1234 5678 901", SchemeNumberError::Format),
            (K::NlBsn, "1112.52.333", SchemeNumberError::CheckDigit),
            (K::NlBsn, "000000000", SchemeNumberError::CheckDigit),
            (K::SePersonnummer, "880320-0018", SchemeNumberError::CheckDigit),
            (K::NoFodselsnummer, "15108695077", SchemeNumberError::CheckDigit),
            (K::UsMbi, "1SG4-TE5-MK73", SchemeNumberError::Format),
            (K::Luhn, "79927398710", SchemeNumberError::CheckDigit),
            (K::Mod97, "79454", SchemeNumberError::CheckDigit),
            (K::Pattern, " - ", SchemeNumberError::Empty),
        ] {
            assert_eq!(kind.standard(typed), Err(wrong), "{kind:?} {typed}");
        }
    }

    #[test]
    fn every_single_wrong_figure_is_found() {
        for (kind, number) in [
            (SchemeKind::GbNhs, "9434765919"),
            (SchemeKind::InAadhaar, "234123412346"),
            (SchemeKind::NlBsn, "111222333"),
            (SchemeKind::SePersonnummer, "8803200016"),
            (SchemeKind::Luhn, "79927398713"),
            (SchemeKind::FrNir, "295109912611193"),
        ] {
            for (place, right) in number.char_indices() {
                for other in ('0'..='9').filter(|other| *other != right) {
                    let mut wrong = number.to_string();
                    wrong.replace_range(place..=place, &other.to_string());
                    assert!(kind.standard(&wrong).is_err(), "{kind:?} {wrong}");
                }
            }
        }
    }

    #[test]
    fn kinds_are_named_alike_in_the_file_and_in_the_facts() {
        for kind in SchemeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
            assert_eq!(SchemeKind::from_id(kind.id()), Some(kind));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC{0,30}") {
            for kind in SchemeKind::ALL {
                let _ = kind.standard(&text);
            }
        }
    }
}
