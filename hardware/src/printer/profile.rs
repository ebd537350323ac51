//! What one model of printer can do. Profiles are data: TOML files in `profiles/`, or a clinic's own.

use serde::Deserialize;
use thiserror::Error;

use super::code_page::Table;

/// The profiles that come with this crate.
const EMBEDDED: &[&str] = &[
    include_str!("profiles/epson-tm-t88vi.toml"),
    include_str!("profiles/epson-tm-m30.toml"),
    include_str!("profiles/star-tsp100.toml"),
    include_str!("profiles/citizen-ct-s310.toml"),
    include_str!("profiles/custom-vkp80.toml"),
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
    /// By what it says that a ticket was printed.
    pub fence: Fence,
    /// Whether it clears its buffers on `DLE DC4 8` and says so.
    pub buffer_clear: bool,
    /// Whether it is known to tell by itself of every change of its state once it was told to (`GS a n`), also
    /// while it has nothing to print.
    #[serde(default)]
    pub automatic_status: bool,
    /// Whether its rasters follow the alignment of lines (`ESC a`), so that the white on their left need not
    /// be sent. Not every maker's do.
    #[serde(default)]
    pub aligned_rasters: bool,
    /// Its blade.
    pub cutter: Cutter,
    /// The feed before the cut, in the printer's vertical units.
    pub feed_before_cut: u8,
    /// The bytes that hand a cut ticket out, on a kiosk printer that holds it back behind its blade.
    #[serde(default)]
    pub present: Vec<u8>,
}

/// By what a printer says that a ticket was printed, the strongest word first.
///
/// A job ends as printed by nothing less than this word, and without any answer never.
///
/// None of them notices by itself a printer that loses its power in the middle of a ticket and is back while the
/// ticket's last bytes are still on the wire: it prints those, and says that it came to the end. So a long ticket asks
/// on its way whether the printer is still there, and the job ends as not known where an answer is missing. What is
/// lost between two of these questions, fewer than 480 bytes, is not noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fence {
    /// It sends a process ID back (Epson, `GS ( H` function 48) when all before it is printed. The ID
    /// names the job, so no word about an earlier ticket is taken for one about this.
    ProcessId,
    /// It answers `GS r 1` in the order of its buffer, so an answer to the question behind the cut says
    /// that the cut was carried out. The answer names no job and says nothing of the blade: what is owed
    /// from a job that broke off is waited for before the next, and the blade is asked for afterwards.
    OrderedStatus,
    /// It answers `DLE EOT` alone, and does so the moment the question comes in, whatever waits in its
    /// buffer. Before a job this proves that it would print. Behind the last byte it proves that every
    /// byte before the question was received, for the line keeps their order. So it is asked three times,
    /// over some seconds in which it prints what it has, and must report no fault each time. It is the
    /// weakest word: a printer that is busy with something else all the while, or that was switched off and
    /// on in between, says the same.
    RealTimeOnly,
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
    /// A blade that cuts through on `ESC i`, and feeds to it by itself: printers that lack `GS V`.
    Total,
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
        toml::from_str::<Profile>(text)?.checked()
    }

    /// The profile, if what it says can be. To be asked of one that was read as a part of a larger file.
    pub fn checked(self) -> Result<Profile, ProfileError> {
        let reason = if !(64..=2040).contains(&self.dots_per_line) {
            "dots_per_line must lie between 64 and 2040"
        } else if !(8..=160).contains(&self.columns) {
            "columns must lie between 8 and 160"
        } else {
            return Ok(self);
        };
        Err(ProfileError::Impossible { name: self.name, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each model can do, as a person would look it up.
    #[test]
    fn the_models_are_told_apart_by_width_blade_code_and_words() {
        use Cutter::{None, Partial, Total};
        use Fence::{OrderedStatus, ProcessId, RealTimeOnly};
        let table: &[(&str, u16, u8, Cutter, bool, Fence, bool)] = &[
            ("epson-tm-t88vi", 512, 42, Partial, true, ProcessId, true),
            ("epson-tm-m30", 576, 48, Partial, true, ProcessId, true),
            ("star-tsp100", 576, 48, Partial, false, RealTimeOnly, false),
            ("citizen-ct-s310", 576, 48, Partial, false, OrderedStatus, true),
            ("custom-vkp80", 576, 48, Total, false, RealTimeOnly, false),
            ("generic-58mm", 384, 32, None, false, OrderedStatus, false),
            ("generic-80mm", 576, 48, Partial, false, OrderedStatus, false),
            ("simulated", 576, 48, Partial, true, ProcessId, true),
        ];
        assert_eq!(table.len(), EMBEDDED.len(), "every profile stands in this table");
        for (name, dots, columns, cutter, native_qr, fence, speaks_up) in table {
            let profile = Profile::named(name).unwrap();
            assert_eq!(profile.name, *name);
            assert_eq!((profile.dots_per_line, profile.columns), (*dots, *columns), "{name}");
            assert_eq!((profile.cutter, profile.native_qr), (*cutter, *native_qr), "{name}");
            assert_eq!((profile.fence, profile.automatic_status), (*fence, *speaks_up), "{name}");
            // Font A is 12 dots wide. One that is set narrower would break lines in the middle of a word.
            assert!(u16::from(profile.columns) * 12 <= profile.dots_per_line, "{name}");
        }
    }

    #[test]
    fn a_printer_that_holds_its_tickets_is_told_to_hand_them_out() {
        assert_eq!(Profile::named("custom-vkp80").unwrap().present, [0x1D, 0x65, 0x05]);
        assert!(Profile::named("epson-tm-m30").unwrap().present.is_empty());
    }

    #[test]
    fn a_profile_without_a_word_for_printed_is_refused() {
        let text = EMBEDDED[0].replace("fence", "# fence");
        assert!(Profile::from_toml(&text).unwrap_err().to_string().contains("fence"));
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let message = Profile::named("epsom").unwrap_err().to_string();
        assert!(message.contains("«epsom»") && message.contains("epson-tm-t88vi, epson-tm-m30"), "{message}");
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
