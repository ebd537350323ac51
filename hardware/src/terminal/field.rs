//! The fields in a message: «bitmaps» (BMP, chapter 6 of PA00P015) and TLV objects (chapter 9).
//!
//! Whatever a field holds, it can be stepped over: its length is in [`length_of`]. Nothing is copied here.

/// How a field says its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Fixed(usize),
    /// Two bytes `Fx Fy`: decimal digits.
    LlVar,
    /// Three bytes.
    LllVar,
    /// As in TLV.
    Tlv,
}

/// The length of every BMP of the specification. `None`: there is no such BMP.
const fn length_of(bmp: u8) -> Option<Length> {
    use Length::{Fixed, LlVar, LllVar, Tlv};
    Some(match bmp {
        0x01..=0x03 | 0x05 | 0x19 | 0x27 | 0x72..=0x75 | 0x8A | 0x8C | 0xA0 => Fixed(1),
        0xD0 | 0xD2 | 0xD3 | 0xE0 | 0xE9 | 0xEA | 0xF0 | 0xF9..=0xFD => Fixed(1),
        0x0D | 0x0E | 0x17 | 0x3A | 0x49 | 0x87 => Fixed(2),
        0x0B | 0x0C | 0x37 | 0x3D | 0x88 | 0xAA => Fixed(3),
        0x29 | 0x70 | 0x71 => Fixed(4),
        0xBA => Fixed(5),
        0x04 => Fixed(6),
        0x3B | 0xEB => Fixed(8),
        0x2A => Fixed(15),
        0x22 | 0x23 | 0x2D | 0x4C | 0x8B | 0xA7 | 0xD1 | 0xE1..=0xE8 | 0xF1..=0xF8 => LlVar,
        0x24 | 0x2E | 0x3C | 0x60 | 0x92 | 0x9A | 0xAF => LllVar,
        0x06 => Tlv,
        _ => return None,
    })
}

/// One field: its number and what it holds.
pub(super) struct Field<'a> {
    pub(super) number: u8,
    pub(super) data: &'a [u8],
}

/// Goes through the fields of a message. It ends where a field is cut off, and where one has a number that is
/// not in the specification and a length that cannot be guessed.
pub(super) struct Fields<'a> {
    rest: &'a [u8],
    cut: bool,
    unknown: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn of(data: &'a [u8]) -> Fields<'a> {
        Fields { rest: data, cut: false, unknown: false }
    }

    /// Whether a field was longer than what was there: the message is damaged.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether nothing was left unread.
    pub(super) fn is_whole(&self) -> bool {
        !self.cut && !self.unknown
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        let (number, rest) = self.rest.split_first()?;
        let split = match length_of(*number) {
            Some(Length::Fixed(length)) => rest.split_at_checked(length),
            Some(Length::LlVar) => take_var(rest, 2),
            Some(Length::LllVar) => take_var(rest, 3),
            Some(Length::Tlv) => take_tlv_length(rest),
            // Makers add fields of their own; most say their length as LLLVAR or LLVAR do.
            None => match rest {
                [0xF0..=0xF9, 0xF0..=0xF9, 0xF0..=0xF9, ..] => take_var(rest, 3),
                [0xF0..=0xF9, 0xF0..=0xF9, ..] => take_var(rest, 2),
                _ => {
                    self.rest = &[];
                    self.unknown = true;
                    return None;
                }
            },
        };
        let Some((data, rest)) = split else {
            self.rest = &[];
            self.cut = true;
            return None;
        };
        self.rest = rest;
        Some(Field { number: *number, data })
    }
}

/// Data behind a length of so many bytes `Fx`, as LLVAR and LLLVAR have it.
pub(super) fn take_var(bytes: &[u8], digits: usize) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_at_checked(digits)?;
    let mut count = 0;
    for byte in length {
        let digit = byte & 0x0F;
        // Terminals write F0 to F9; some write 30 to 39 or 00 to 09.
        if digit > 9 {
            return None;
        }
        count = count * 10 + usize::from(digit);
    }
    rest.split_at_checked(count)
}

/// Data behind a TLV length: one byte up to 7F, or `81 nn`, or `82 hi lo`.
fn take_tlv_length(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    match first {
        0..=0x7F => rest.split_at_checked(usize::from(*first)),
        0x81 => rest.split_first().and_then(|(n, rest)| rest.split_at_checked(usize::from(*n))),
        0x82 => rest
            .split_first_chunk::<2>()
            .and_then(|(n, rest)| rest.split_at_checked(usize::from(u16::from_be_bytes(*n)))),
        _ => None,
    }
}

/// One TLV object. Its tag is written as its bytes are: `0x1F07`, `0x24`.
pub(super) struct Object<'a> {
    pub(super) tag: u32,
    pub(super) data: &'a [u8],
}

/// Goes through TLV objects that stand beside each other. It ends where one is cut off.
pub(super) struct Objects<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Objects<'a> {
    type Item = Object<'a>;

    fn next(&mut self) -> Option<Object<'a>> {
        // Filling, which BER allows between objects.
        while let [0x00 | 0xFF, rest @ ..] = self.0 {
            self.0 = rest;
        }
        let (first, mut rest) = self.0.split_first()?;
        let mut tag = u32::from(*first);
        if first & 0x1F == 0x1F {
            // A tag goes on while bit 7 is set. No tag of ZVT is longer than three bytes.
            for more in 0.. {
                let (byte, behind) = rest.split_first()?;
                rest = behind;
                tag = tag << 8 | u32::from(*byte);
                if byte & 0x80 == 0 {
                    break;
                }
                if more == 1 {
                    return None;
                }
            }
        }
        let (data, rest) = take_tlv_length(rest)?;
        self.0 = rest;
        Some(Object { tag, data })
    }
}

/// A number in BCD. `None` if a nibble is no digit, or it has more digits than fit.
pub(super) fn bcd(bytes: &[u8]) -> Option<u64> {
    let mut number: u64 = 0;
    for nibble in bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]) {
        if nibble > 9 {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(u64::from(nibble))?;
    }
    Some(number)
}

/// A number as BCD in `N` bytes; digits that do not fit are lost, so callers check the range before.
pub(super) fn to_bcd<const N: usize>(mut number: u64) -> [u8; N] {
    let mut bytes = [0; N];
    for byte in bytes.iter_mut().rev() {
        // Both are below ten.
        *byte = (number % 10) as u8 | ((number / 10 % 10) as u8) << 4;
        number /= 100;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_a_totals_record_and_unused_fields_are_stepped_over() {
        let mut data = vec![0x23, 0xF0, 0xF2, 1, 2, 0x60, 0xF0, 0xF0, 0xF3, 1, 2, 3, 0xEB];
        data.extend([0; 8]);
        data.extend([0x06, 0x82, 0, 2, 0x14, 0, 0x27, 0x6C]);
        let mut fields = Fields::of(&data);
        assert_eq!(fields.by_ref().last().unwrap().data, [0x6C]);
        assert!(fields.is_whole());
    }

    #[test]
    fn a_field_that_is_cut_off_ends_the_reading_and_is_told() {
        for data in [&[0x27, 0, 0x04, 1][..], &[0x27, 0, 0x22, 0xF9], &[0x27, 0, 0x06, 0x83]] {
            let mut fields = Fields::of(data);
            assert_eq!(fields.by_ref().count(), 1);
            assert!(fields.is_cut() && !fields.is_whole());
        }
    }

    #[test]
    fn a_field_that_a_maker_has_added_is_stepped_over_if_its_length_can_be_seen() {
        let mut fields = Fields::of(&[0x99, 0xF0, 0xF2, 1, 2, 0x9F, 0xF0, 0xF0, 0xF1, 1, 0x27, 0]);
        assert_eq!(fields.by_ref().last().unwrap().number, 0x27);
        assert!(fields.is_whole());
        let mut fields = Fields::of(&[0x27, 0, 0x99, 1, 2]);
        assert_eq!(fields.by_ref().count(), 1);
        assert!(!fields.is_cut() && !fields.is_whole());
    }

    #[test]
    fn numbers_in_bcd() {
        assert_eq!(to_bcd::<6>(1234567), [0, 0, 0x01, 0x23, 0x45, 0x67]);
        assert_eq!(bcd(&to_bcd::<6>(999_999_999_999)), Some(999_999_999_999));
        assert_eq!(bcd(&[0x1A]), None);
        assert_eq!(bcd(&[0x99; 10]), None);
    }

    #[test]
    fn tags_of_one_and_two_bytes() {
        let tags: Vec<u32> = Objects(&[0x1F, 0x07, 1, 2, 0x25, 0x81, 2, 7, 0, 0x1F, 0x80, 0x01, 0])
            .map(|object| object.tag)
            .collect();
        assert_eq!(tags, [0x1F07, 0x25, 0x1F8001]);
    }
}
