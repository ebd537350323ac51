//! Texts of a terminal: code page 437, as PA00P015 has it, with card numbers masked before anyone sees them.

use zeroize::Zeroizing;

use super::mask::mask_card_numbers;

/// The upper half of code page 437.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// A text as people may read it. Bytes that are no letters become spaces; a carriage return ends a line.
pub(super) fn text(bytes: &[u8]) -> String {
    let mut raw = Zeroizing::new(String::with_capacity(bytes.len() * 3));
    for byte in bytes {
        raw.push(match byte {
            b'\r' | b'\n' => '\n',
            0x20..=0x7E => char::from(*byte),
            0x80.. => UPPER.chars().nth(usize::from(byte - 0x80)).unwrap_or(' '),
            _ => ' ',
        });
    }
    mask_card_numbers(&raw)
}

/// A short text such as a name: without the NUL and the blanks around it. `None` if nothing is left.
pub(super) fn name(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    Some(text(&bytes[..end]).trim().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_are_code_page_437() {
        assert_eq!(UPPER.chars().count(), 128);
        assert_eq!(text(b"H\x84ndlerbeleg M\x81nchen stra\xE1e"), "Händlerbeleg München straße");
    }

    #[test]
    fn a_name_ends_at_its_nul() {
        assert_eq!(name(b"girocard\0").as_deref(), Some("girocard"));
        assert_eq!(name(b" \0x"), None);
    }
}
