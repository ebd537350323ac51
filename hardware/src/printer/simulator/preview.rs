//! What a printer would print, without a line to one.

use super::super::bitmap::Bitmap;
use super::super::fonts::Fonts;
use super::super::profile::Profile;
use super::machine::Machine;
use super::service::write_png;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The papers that come out of a printer for some bytes.
pub struct Preview(Machine);

/// Carries bytes out on simulated paper.
pub fn preview(bytes: &[u8], profile: &Profile, fonts: Arc<Fonts>) -> Preview {
    let mut machine = Machine::new(profile.clone(), fonts);
    bytes.iter().for_each(|byte| machine.receive(*byte));
    Preview(machine)
}

impl Preview {
    /// What is on each paper.
    pub fn pictures(&self) -> impl Iterator<Item = &Bitmap> {
        self.0.cut.iter().map(|ticket| &ticket.picture)
    }

    /// Writes the first paper as a PNG; an error where none came out.
    pub fn write_png(&self, path: &Path) -> io::Result<()> {
        let first = self.pictures().next().ok_or_else(|| io::Error::other("no paper came out"))?;
        write_png(first, path)
    }
}
