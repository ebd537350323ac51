//! What the patient sees and touches: the kiosk's screens, its fonts and its words.
//!
//! This crate draws and speaks; it knows no rules. The application sets the properties of [`Kiosk`],
//! and answers its callbacks. `slint` is handed on, so that the application names one version of it.

pub mod branding;
pub mod display;
pub mod focus;
pub mod fonts;
pub mod headless;
pub mod keyboard;
pub mod language;
pub mod pinyin;
mod repeats;
pub mod words;

pub use generated::*;
pub use slint;

/// What the Slint compiler wrote from `kiosk/`.
#[allow(missing_docs, unsafe_code, clippy::all, clippy::unwrap_used)]
mod generated {
    slint::include_modules!();
}
