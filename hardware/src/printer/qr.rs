//! QR codes that we draw, for printers that do not, and the size that a code will have.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

use super::bitmap::Bitmap;

/// Modules that must stay white on every side (ISO/IEC 18004).
pub const QUIET_ZONE: usize = 4;

/// The modules of a code, or `None` when the payload is too long for one.
pub fn modules(payload: &[u8], correction: EcLevel) -> Option<Bitmap> {
    let code = QrCode::with_error_correction_level(payload, correction).ok()?;
    let side = code.width();
    let mut picture = Bitmap::white(side, side);
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            picture.blacken(place % side, place / side);
        }
    }
    Some(picture)
}

/// A picture with each dot made a square of so many.
pub fn enlarge(picture: &Bitmap, dots: usize) -> Bitmap {
    let mut large = Bitmap::white(picture.width() * dots, picture.height() * dots);
    for y in 0..large.height() {
        for x in 0..large.width() {
            if picture.is_black(x / dots, y / dots) {
                large.blacken(x, y);
            }
        }
    }
    large
}

/// The largest module of at most `wanted` dots with which a code and its quiet zone fit the paper.
/// `None` below 2 dots: no telephone reads that from thermal paper.
pub fn fitting_module(side: usize, wanted: u8, dots_per_line: u16) -> Option<u8> {
    let room = usize::from(dots_per_line) / (side + 2 * QUIET_ZONE);
    let dots = usize::from(wanted.clamp(2, 16)).min(room);
    if dots < 2 { None } else { u8::try_from(dots).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_shrinks_to_the_paper_and_not_below_what_can_be_read() {
        assert_eq!(fitting_module(29, 8, 576), Some(8));
        assert_eq!(fitting_module(57, 16, 384), Some(5));
        assert_eq!(fitting_module(177, 8, 384), Some(2));
        assert_eq!(fitting_module(177, 8, 256), None);
    }

    #[test]
    fn a_payload_that_fits_no_code_is_refused() {
        assert!(modules(&[b'x'; 3000], EcLevel::M).is_none());
        assert_eq!(modules(b"A1", EcLevel::M).unwrap().width(), 21);
    }
}
