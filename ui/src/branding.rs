//! What makes a kiosk the clinic's own: its colour, and its logo.

mod colours;
mod logo;

pub use colours::{BrandColours, ColourFault};
pub use logo::{Logo, LogoFault};

use crate::slint::ComponentHandle;
use crate::{BrandPalette, Kiosk, KioskWindow};

/// The clinic's colour and logo. The house's stand where it has none of its own.
#[derive(Debug, Clone, Default)]
pub struct Branding {
    /// What the clinic's colour makes of the screens.
    pub colours: Option<BrandColours>,
    /// What stands in the place of the doorway.
    pub logo: Option<Logo>,
}

impl Branding {
    /// The colours of a window with this branding, whose own are the house's.
    pub fn palette(&self, house: &BrandPalette) -> BrandPalette {
        self.colours.as_ref().map_or_else(|| house.clone(), BrandPalette::from)
    }

    /// Draws the logo for a window, in so many pixels as [`logo_size`] says.
    pub fn put_logo(&self, window: &KioskWindow, (width, height): (u32, u32)) {
        let drawn = self.logo.as_ref().map(|logo| logo.drawn(width, height));
        window.global::<Kiosk>().set_logo(drawn.unwrap_or_default());
    }

    /// Tells a window how wide its logo is, in parts of the height; with 0 it shows the house's doorway.
    pub fn put_shape(&self, window: &KioskWindow) {
        window.global::<Kiosk>().set_logo_shape(self.logo.as_ref().map_or(0.0, Logo::shape));
    }
}

/// How large a logo stands on a window now, in pixels of the glass.
pub fn logo_size(window: &KioskWindow) -> (u32, u32) {
    let pixels = |length: f32| (length * window.window().scale_factor()).round() as u32;
    (pixels(window.get_logo_width()), pixels(window.get_logo_height()))
}
