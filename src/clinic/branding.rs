//! The part `[branding]` of `clinic.toml`, and the logo that lies beside the routines.

use super::check::Finding;
use super::mistake::{ClinicError, Mistake, mistake};
use super::{Clinic, RoutineTexts};
use serde::Deserialize;
use toml::Spanned;
use vestibule_ui::branding::{BrandColours, Branding, ColourFault, Logo};

/// The logo's file. It lies beside the routines, is told to every kiosk as they are, and takes effect with them.
pub(super) const LOGO: &str = "logo.svg";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// The colour of what is to be touched.
    colour: Option<Spanned<String>>,
}

/// The clinic's colour and its logo; `wrong` ties a mistake to the clinic's file.
pub(super) fn branding(
    section: &Section,
    texts: &RoutineTexts,
    wrong: impl Fn(Mistake) -> ClinicError,
) -> Result<Branding, ClinicError> {
    let colours = section.colour.as_ref().map(colours).transpose().map_err(wrong)?;
    let logo = texts.logo().map(|(name, text)| logo(name, text)).transpose()?;
    Ok(Branding { colours, logo })
}

fn colours(written: &Spanned<String>) -> Result<BrandColours, Mistake> {
    BrandColours::of(written.as_ref()).map_err(|fault| {
        let right = match &fault {
            ColourFault::NoColour => {
                "Write it as six figures behind a #, such as colour = \"#0a4d54\".".into()
            }
            ColourFault::TooFaint { enough, .. } => {
                format!("Write colour = \"{enough}\": the nearest darker colour that everybody can read.")
            }
        };
        mistake(written, fault.to_string(), right)
    })
}

fn logo(name: &str, text: &str) -> Result<Logo, ClinicError> {
    Logo::read(text).map_err(|fault| {
        let at = fault.at();
        Mistake { span: at..at, wrong: fault.to_string(), right: fault.right().into() }.within(name, text)
    })
}

/// What is allowed and probably not meant.
pub(super) fn check_branding(clinic: &Clinic) -> Vec<Finding> {
    let is_like_an_alarm = clinic.branding.colours.as_ref().is_some_and(BrandColours::is_like_an_alarm);
    let alarming = is_like_an_alarm.then(|| Finding {
        what: "The clinic's colour is nearly the red in which the kiosk shows danger.".into(),
        advice: "Everything to touch would look like an alarm: take another of the clinic's colours in [branding].".into(),
    });
    alarming.into_iter().collect()
}

#[cfg(test)]
mod tests;
