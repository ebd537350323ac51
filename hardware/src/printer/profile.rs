//! What one model of printer can do. Profiles are data: TOML files in `profiles/`, or a clinic's own.

use serde::Deserialize;
use thiserror::Error;

use super::code_page::Table;

/// The profiles that come with this crate.
const EMBEDDED: &[&str] = &[
    include_str!("profiles/epson-tm-t88vi.toml"),
    include_str!("profiles/generic-58mm.toml"),
    include_str!("profiles/generic-80mm.toml"),
    include_str!("profiles/simulated.toml"),
];

/// What one model of printer can do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name by which settings speak of it.
    pub name: String,
    /// The width that can be printed, in dots.
    pub dots_per_line: u16,
    /// The characters of normal size in a line (font A, 12 dots each).
    pub columns: u8,
    /// The code pages known to be right on this model, the preferred one first.
    pub code_pages: Vec<CodePage>,
    /// Whether it draws QR codes by itself (`GS ( k`).
    pub native_qr: bool,
    /// Whether it reports process IDs (`GS ( H` function 48): the strongest word that a job is done.
    pub process_id: bool,
    /// Whether it clears its buffers on `DLE DC4 8` and says so.
    pub buffer_clear: bool,
    /// Its blade.
    pub cutter: Cutter,
    /// The feed before the cut, in the printer's vertical units.
    pub feed_before_cut: u8,
}

/// A code page, and the byte that selects it on this model: makers do not agree on the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodePage {
    /// `PC437`, `PC858` or `WPC1252`.
    pub name: Table,
    /// `n` of `ESC t n`.
    pub select: u8,
}

/// What cuts the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cutter {
    /// Nothing: the patient tears the ticket off.
    None,
    /// A blade that leaves a bridge, so that the ticket does not fall.
    Partial,
    /// A blade that cuts through.
    Full,
}

/// Why there is no such profile.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// No embedded profile has this name.
    #[error("there is no printer profile «{name}»: use one of {known}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names there are, with commas between.
        known: String,
    },
    /// A profile's text is not one.
    #[error("the printer profile cannot be read: {0}")]
    Malformed(#[from] toml::de::Error),
    /// A profile says something that cannot be.
    #[error("the printer profile «{name}» is wrong: {reason}")]
    Impossible {
        /// The profile's name.
        name: String,
        /// What cannot be, and what would be right.
        reason: &'static str,
    },
}

impl Profile {
    /// One of the embedded profiles.
    pub fn named(name: &str) -> Result<Profile, ProfileError> {
        let mut known = Vec::new();
        for text in EMBEDDED {
            let profile = Profile::from_toml(text)?;
            if profile.name == name {
                return Ok(profile);
            }
            known.push(profile.name);
        }
        Err(ProfileError::Unknown { name: name.to_owned(), known: known.join(", ") })
    }

    /// A profile from the text of a TOML file.
    pub fn from_toml(text: &str) -> Result<Profile, ProfileError> {
        let profile: Profile = toml::from_str(text)?;
        let reason = if !(64..=2040).contains(&profile.dots_per_line) {
            "dots_per_line must lie between 64 and 2040"
        } else if !(8..=160).contains(&profile.columns) {
            "columns must lie between 8 and 160"
        } else {
            return Ok(profile);
        };
        Err(ProfileError::Impossible { name: profile.name, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_profile_is_found_by_its_name() {
        for name in ["epson-tm-t88vi", "generic-58mm", "generic-80mm", "simulated"] {
            assert_eq!(Profile::named(name).unwrap().name, name);
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let message = Profile::named("epsom").unwrap_err().to_string();
        assert!(message.contains("«epsom»") && message.contains("epson-tm-t88vi, generic-58mm"), "{message}");
    }

    #[test]
    fn a_profile_with_a_misspelt_key_is_refused() {
        let text = EMBEDDED[0].replace("native_qr", "nativ_qr");
        assert!(Profile::from_toml(&text).unwrap_err().to_string().contains("nativ_qr"));
    }

    #[test]
    fn a_paper_of_no_width_is_refused() {
        let text = EMBEDDED[0].replace("dots_per_line = 512", "dots_per_line = 0");
        assert!(Profile::from_toml(&text).unwrap_err().to_string().contains("between 64 and 2040"));
    }
}
