//! The kiosks of the clinic's file, and what is connected to them.

use super::mistake::{Mistake, mistake};
use super::{Kiosk, Panel, PrinterPlace, ScannerPlace, Site, VoicePlace, default_baud, terminal, voice};
use serde::Deserialize;
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;
use vestibule_hardware::printer::Profile;

/// The origin of the desk's own facts. The link, which stands further out, has its own word for it; a test
/// holds the two together.
const DESK: &str = "desk";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    name: Spanned<String>,
    series: Spanned<String>,
    #[serde(default = "default_panel")]
    panel_inches: Spanned<f32>,
    #[serde(default = "default_lower_edge")]
    lower_edge_mm: Spanned<f32>,
    printer: Option<Spanned<PrinterSection>>,
    scanner: Option<Spanned<ScannerPlace>>,
    terminal: Option<terminal::Section>,
    voice: Option<Spanned<VoicePlace>>,
    site: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrinterSection {
    port: PathBuf,
    #[serde(default = "default_baud")]
    baud: u32,
    /// The name of one that is known, or of a part `[[printer_profile]]`.
    profile: String,
}

fn default_panel() -> Spanned<f32> {
    Spanned::new(0..0, 21.5)
}

/// Where most stands carry it.
fn default_lower_edge() -> Spanned<f32> {
    Spanned::new(0..0, 800.0)
}

impl Section {
    /// Where the password of its terminal stands, if there is one.
    pub(super) fn terminal_password(&self) -> Option<Range<usize>> {
        self.terminal.as_ref()?.password()
    }
}

/// What the clinic has written of models of printers that are not known here.
pub(super) fn check_profiles(written: Vec<Spanned<Profile>>) -> Result<Vec<Profile>, Mistake> {
    let mut profiles: Vec<Profile> = Vec::new();
    for section in written {
        let name = &section.as_ref().name;
        if Profile::named(name).is_ok() || profiles.iter().any(|other| other.name == *name) {
            let wrong = format!("there is a printer profile \"{name}\" already");
            return Err(mistake(&section, wrong, "Give this one a name of its own."));
        }
        let place = section.span();
        profiles.push(section.into_inner().checked().map_err(|impossible| Mistake {
            span: place,
            wrong: impossible.to_string(),
            right: "Write what the printer's manual says.".into(),
        })?);
    }
    Ok(profiles)
}

fn printer(section: Spanned<PrinterSection>, own: &[Profile]) -> Result<PrinterPlace, Mistake> {
    let written = section.as_ref();
    check_baud(&section, written.baud)?;
    let known = own.iter().find(|profile| profile.name == written.profile).cloned();
    let profile = known.map_or_else(|| Profile::named(&written.profile), Ok).map_err(|unknown| {
        let right =
            "Correct profile = … in this line, or describe the printer in a part [[printer_profile]].";
        mistake(&section, unknown.to_string(), right)
    })?;
    let PrinterSection { port, baud, .. } = section.into_inner();
    Ok(PrinterPlace { port, baud, profile })
}

pub(super) fn check(
    sections: Vec<Section>,
    profiles: &[Profile],
    sites: &[Site],
) -> Result<Vec<Kiosk>, Mistake> {
    let mut kiosks: Vec<Kiosk> = Vec::new();
    for section in sections {
        let series = section.series.as_ref();
        if series.is_empty() || !series.chars().all(|c| c.is_ascii_digit()) {
            return Err(mistake(&section.series, "a series is made of digits", "Write for example \"1\"."));
        }
        if let Some(other) = kiosks.first().filter(|other| other.series.len() != series.len()) {
            return Err(mistake(
                &section.series,
                format!("this series has not as many digits as \"{}\"", other.series),
                "Give all kiosks series of the same length, such as \"01\" to \"40\": only then no two of them can print the same number.",
            ));
        }
        if kiosks.iter().any(|other| other.series == *series || other.name == *section.name.as_ref()) {
            return Err(mistake(
                &section.series,
                "another kiosk has this name or series",
                "Give each kiosk a name and a series of its own, or two patients would hold the same number.",
            ));
        }
        check_kiosk_name(&section.name)?;
        if !(5.0..=100.0).contains(section.panel_inches.as_ref()) {
            return Err(mistake(
                &section.panel_inches,
                "no panel has this diagonal",
                "Write the diagonal of the panel in inches, such as 21.5: sizes on the screen follow from it.",
            ));
        }
        // Above that, not even the lower part of the glass is in reach from a wheelchair.
        if !(0.0..=1000.0).contains(section.lower_edge_mm.as_ref()) {
            return Err(mistake(
                &section.lower_edge_mm,
                "nobody in a wheelchair reaches a panel that hangs so high",
                "Write how many millimetres the lower edge of the panel is above the floor, at most 1000, such as 800; hang it lower if it is higher.",
            ));
        }
        if let Some(scanner) = &section.scanner {
            check_baud(scanner, scanner.as_ref().baud)?;
        }
        if let Some(site) = &section.site
            && !sites.iter().any(|known| known.id == *site.as_ref())
        {
            let known: Vec<_> = sites.iter().map(|site| site.id.as_str()).collect();
            let right = match known.as_slice() {
                [] => "Add a part [[site]] with this id, a name and a way to it, or remove the line."
                    .to_string(),
                known => format!("Write one of: {}.", known.join(", ")),
            };
            return Err(mistake(site, format!("there is no site \"{}\"", site.as_ref()), right));
        }
        let terminal = section.terminal.map(terminal::check).transpose()?;
        let voice = section.voice.map(voice::check).transpose()?;
        kiosks.push(Kiosk {
            terminal,
            voice,
            site: section.site.map(Spanned::into_inner),
            name: section.name.into_inner(),
            series: section.series.into_inner(),
            panel: Panel {
                inches: section.panel_inches.into_inner(),
                lower_edge_mm: section.lower_edge_mm.into_inner(),
            },
            printer: section.printer.map(|section| printer(section, profiles)).transpose()?,
            scanner: section.scanner.map(Spanned::into_inner),
        });
    }
    Ok(kiosks)
}

/// A kiosk's name is the origin of its facts, where the desk has a name too, and names the file of its store.
fn check_kiosk_name(name: &Spanned<String>) -> Result<(), Mistake> {
    let written = name.as_ref();
    if written == DESK {
        let right = "Choose another name, such as \"lobby\".";
        return Err(mistake(name, format!("no kiosk can be called \"{DESK}\": the desk is"), right));
    }
    let usual = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    if written.trim() != written
        || !(1..=40).contains(&written.chars().count())
        || !written.chars().all(usual)
    {
        return Err(mistake(
            name,
            format!("\"{written}\" is no name for a kiosk"),
            "Write up to 40 letters, figures, spaces, - and _, such as \"lobby\": the file of its store has this name.",
        ));
    }
    Ok(())
}

pub(super) fn check_baud<T>(place: &Spanned<T>, baud: u32) -> Result<(), Mistake> {
    if (300..=4_000_000).contains(&baud) {
        return Ok(());
    }
    let right = "Write the speed that is set on the device, such as baud = 9600, or leave it out.";
    Err(mistake(place, format!("{baud} baud is no speed of a serial line"), right))
}

#[cfg(test)]
mod tests {
    use super::DESK;

    #[test]
    fn no_kiosk_takes_the_name_under_which_the_desk_tells_its_facts() {
        assert_eq!(DESK, crate::link::fact::DESK);
    }
}
