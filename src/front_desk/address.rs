//! Postal addresses: the parts that a country's addresses have, their order, and its postal codes.
//!
//! The facts about countries are those of Google's libaddressinput (CC BY 4.0), in `address/countries.tsv`.

use super::digits::ascii_digits;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// A country of ISO 3166-1 whose addresses are known, such as `ES`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// By its two letters.
    pub fn parse(code: &str) -> Option<Self> {
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        COUNTRIES.contains_key(&code).then_some(Self(code))
    }

    /// Its two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether its addresses have postal codes.
    pub fn has_postal_codes(self) -> bool {
        self.facts().is_some_and(|facts| facts.pattern.is_some())
    }

    /// Whether its addresses name a region: a province, a state.
    pub fn has_regions(self) -> bool {
        self.facts().is_some_and(|facts| facts.order.contains("%S"))
    }

    /// A postal code, to show how they are written.
    pub fn example_of_postal_code(self) -> Option<&'static str> {
        self.facts()?.examples.first().copied()
    }

    /// A postal code in its standard spelling: capital letters, and the space or dash where the country has
    /// it. `None` if it is none of this country's.
    pub fn postal_code(self, typed: &str) -> Option<String> {
        let facts = self.facts()?;
        let pattern = facts.pattern.as_ref()?;
        let compact: String = ascii_digits(typed)
            .chars()
            .filter(|c| !c.is_whitespace() && !"-‐–".contains(*c))
            .flat_map(char::to_uppercase)
            .collect();
        if compact.is_empty() || compact.chars().count() > 12 {
            return None;
        }
        let compact_length = |example: &str| example.chars().filter(|c| !" -".contains(*c)).count();
        let like = facts.examples.iter().find(|example| compact_length(example) == compact.chars().count());
        let spelt = like.map(|example| {
            let mut letters = compact.chars();
            example
                .chars()
                .filter_map(|c| if " -".contains(c) { Some(c) } else { letters.next() })
                .collect::<String>()
        });
        spelt.into_iter().chain([compact]).find(|code| pattern.is_match(code))
    }

    fn facts(self) -> Option<&'static Facts> {
        COUNTRIES.get(&self.0)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_string()
    }
}

impl TryFrom<String> for Country {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        Self::parse(&code).ok_or_else(|| format!("\"{code}\" is no country of ISO 3166-1"))
    }
}

struct Facts {
    /// `%A` street, `%D` part of the town, `%C` town, `%S` region, `%Z` postal code, `%n` a new line.
    order: &'static str,
    pattern: Option<Regex>,
    examples: Vec<&'static str>,
}

static COUNTRIES: LazyLock<BTreeMap<[u8; 2], Facts>> = LazyLock::new(|| {
    let lines = include_str!("address/countries.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut parts = line.split('\t');
            let (code, order) = (parts.next()?.as_bytes().try_into().ok()?, parts.next()?);
            let pattern = parts.next().filter(|pattern| !pattern.is_empty());
            let examples = parts.next().unwrap_or_default();
            let pattern = pattern.and_then(|pattern| Regex::new(&format!("^(?:{pattern})$")).ok());
            let examples = examples.split(',').filter(|example| !example.is_empty()).collect();
            Some((code, Facts { order, pattern, examples }))
        })
        .collect()
});

/// Where somebody lives. Records of before, and those of other systems, have it as one line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Address {
    /// As one line, whatever it says.
    Line(String),
    /// In its parts.
    Parts(PostalAddress),
}

/// A postal address in its parts; those that a country does not have are empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Street and house number, floor and door.
    pub street: String,
    /// Postal code in its standard spelling.
    pub postal_code: String,
    /// Town.
    pub town: String,
    /// Province or state.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// The country.
    pub country: Country,
}

// Where somebody lives must not reach a log by a stray `{:?}`.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(withheld)")
    }
}

impl fmt::Debug for PostalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostalAddress(withheld)")
    }
}

impl From<&str> for Address {
    fn from(line: &str) -> Self {
        Self::Line(line.to_string())
    }
}

impl From<String> for Address {
    fn from(line: String) -> Self {
        Self::Line(line)
    }
}

impl Address {
    /// As one line, in the order of its country.
    pub fn one_line(&self) -> String {
        match self {
            Self::Line(line) => line.clone(),
            Self::Parts(parts) => parts.one_line(),
        }
    }
}

impl PostalAddress {
    fn one_line(&self) -> String {
        let order = self.country.facts().map_or("%A%n%Z %C", |facts| facts.order);
        let lines = order.split("%n").filter_map(|line| {
            let mut written = line.to_string();
            let mut filled = false;
            for (sign, part) in [
                ("%A", self.street.as_str()),
                ("%Z", &self.postal_code),
                ("%C", &self.town),
                ("%S", &self.region),
                ("%D", ""),
            ] {
                filled |= line.contains(sign) && !part.is_empty();
                written = written.replace(sign, part);
            }
            // What stood between two parts of which one is missing says nothing.
            let tidy = written.split_whitespace().collect::<Vec<_>>().join(" ");
            filled.then(|| tidy.trim_matches([' ', ',', '-']).to_string())
        });
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Postal code and town out of one line, whichever comes first. `None` without a postal code of the country;
/// where it has none, the line is the town.
pub fn postal_code_and_town(typed: &str, country: Country) -> Option<(String, String)> {
    let words: Vec<&str> =
        typed.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    if !country.has_postal_codes() {
        return (!words.is_empty()).then(|| (String::new(), words.join(" ")));
    }
    let count = words.len();
    // Codes of two words before those of one, so that no half of one is taken for a whole.
    let spans = [2, 1, 3].into_iter().filter(|length| *length < count);
    let ends = spans.flat_map(|length| [(0, length), (count - length, count)]);
    ends.into_iter().find_map(|(from, to)| {
        let code = country.postal_code(&words[from..to].join(" "))?;
        let town = [&words[..from], &words[to..]].concat().join(" ");
        town.chars().any(char::is_alphabetic).then_some((code, town))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    #[test]
    fn every_country_has_an_order_and_examples_that_fit_its_pattern() {
        assert!(COUNTRIES.len() > 240);
        for (code, facts) in COUNTRIES.iter() {
            let country = Country(*code);
            assert!(facts.order.contains("%A"), "{country:?}");
            assert_eq!(facts.pattern.is_some(), !facts.examples.is_empty(), "{country:?}");
            for example in &facts.examples {
                assert_eq!(country.postal_code(example).as_deref(), Some(*example), "{country:?}");
                assert_eq!(country.postal_code(&example.to_lowercase()).as_deref(), Some(*example));
            }
        }
    }

    #[test]
    fn a_postal_code_is_kept_as_its_country_writes_it() {
        for (code, typed, kept) in [
            ("ES", "28013", Some("28013")),
            ("ES", "٢٨٠١٣", Some("28013")),
            ("ES", "2801", None),
            ("ES", "28 013", Some("28013")),
            ("GB", "sw1a1aa", Some("SW1A 1AA")),
            ("GB", "M2 5bq", Some("M2 5BQ")),
            ("GB", "XX1 1AA", None),
            ("NL", "1234ab", Some("1234 AB")),
            ("PL", "00950", Some("00-950")),
            ("CA", "h3z2y7", Some("H3Z 2Y7")),
            ("US", "221621010", Some("22162-1010")),
            ("US", "95014", Some("95014")),
            ("IN", "११००३४", Some("110034")),
            ("AE", "12345", None),
            ("DE", "D-10115", None),
            ("ES", "", None),
        ] {
            assert_eq!(country(code).postal_code(typed).as_deref(), kept, "{code} {typed}");
        }
    }

    #[test]
    fn postal_code_and_town_are_told_apart_in_either_order() {
        for (code, typed, told) in [
            ("ES", "28013 Madrid", Some(("28013", "Madrid"))),
            ("ES", "Las Palmas, 35001", Some(("35001", "Las Palmas"))),
            ("GB", "London SW1A 1AA", Some(("SW1A 1AA", "London"))),
            ("GB", "sw1a1aa London", Some(("SW1A 1AA", "London"))),
            ("SE", "114 55 Stockholm", Some(("11455", "Stockholm"))),
            ("AE", "Dubai", Some(("", "Dubai"))),
            ("ES", "Madrid", None),
            ("ES", "28013", None),
            ("ES", "28013 4", None),
            ("ES", "", None),
        ] {
            let expected = told.map(|(code, town)| (code.to_string(), town.to_string()));
            assert_eq!(postal_code_and_town(typed, country(code)), expected, "{code} {typed}");
        }
    }

    #[test]
    fn one_line_follows_the_order_of_the_country() {
        for (code, postal_code, town, region, line) in [
            ("ES", "28013", "Madrid", "", "5 Mayor, 28013 Madrid"),
            ("US", "95014", "Cupertino", "CA", "5 Mayor, Cupertino, CA 95014"),
            ("US", "95014", "Cupertino", "", "5 Mayor, Cupertino, 95014"),
            ("GB", "SW1A 1AA", "London", "", "5 Mayor, London, SW1A 1AA"),
            ("SE", "11455", "Stockholm", "", "5 Mayor, SE-11455 Stockholm"),
            ("AE", "", "", "", "5 Mayor"),
        ] {
            let address = PostalAddress {
                street: "5 Mayor".into(),
                postal_code: postal_code.into(),
                town: town.into(),
                region: region.into(),
                country: country(code),
            };
            assert_eq!(Address::Parts(address).one_line(), line, "{code}");
        }
    }

    #[test]
    fn an_address_of_before_is_read_as_its_line() {
        let old: Address = serde_json::from_str("\"Calle Mayor 1, Madrid\"").unwrap();
        assert_eq!(old, Address::Line("Calle Mayor 1, Madrid".into()));
        let parts = Address::Parts(PostalAddress {
            street: "Calle Mayor 5".into(),
            postal_code: "28013".into(),
            town: "Madrid".into(),
            region: String::new(),
            country: country("ES"),
        });
        let written = serde_json::to_string(&parts).unwrap();
        assert_eq!(serde_json::from_str::<Address>(&written).unwrap(), parts);
    }
}
