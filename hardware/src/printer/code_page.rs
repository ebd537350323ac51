//! The code pages in which a printer's own letters are used.
//!
//! Only three: each is checked against another program's table, and everything else is drawn. A
//! code page says which letters there are, and nothing of joining or direction: Arabic in an Arabic
//! code page comes out in single letters from left to right.

use serde::Deserialize;

/// Which letters the bytes 80h to FFh stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Table {
    /// IBM 437, the page every printer starts with.
    #[serde(rename = "PC437")]
    Pc437,
    /// IBM 858: western Europe, IBM 850 with the euro.
    #[serde(rename = "PC858")]
    Pc858,
    /// Windows 1252: western Europe.
    #[serde(rename = "WPC1252")]
    Wpc1252,
}

/// Bytes 80h to FFh in order; `\u{FFFD}` where the page has nothing.
const PC437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}\
";

/// Bytes 80h to FFh in order; `\u{FFFD}` where the page has nothing.
const PC858: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}\
";

/// Bytes 80h to FFh in order; `\u{FFFD}` where the page has nothing.
const WPC1252: &str = "\
    €\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ\
    \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ\
";

impl Table {
    fn upper_half(self) -> &'static str {
        match self {
            Table::Pc437 => PC437,
            Table::Pc858 => PC858,
            Table::Wpc1252 => WPC1252,
        }
    }

    /// The byte for a letter, if the page has it. Control characters are never encoded: what comes
    /// out of a text can not become a command.
    pub fn byte(self, letter: char) -> Option<u8> {
        match letter {
            ' '..='~' => u8::try_from(letter).ok(),
            // French writes a narrow space before its question marks. Lines are broken by now, and in a font in which
            // all letters are as wide there is one width of spaces: the line need not be drawn for it.
            '\u{202F}' | '\u{2009}' => Some(b' '),
            '\u{2011}' => Some(b'-'),
            '\u{FFFD}' => None,
            _ => {
                let place = self.upper_half().chars().position(|other| other == letter)?;
                u8::try_from(0x80 + place).ok()
            }
        }
    }

    /// All of a line, or nothing when one letter is missing.
    pub fn encode(self, line: &str) -> Option<Vec<u8>> {
        line.chars().map(|letter| self.byte(letter)).collect()
    }

    /// The letter for a byte, if there is one.
    pub fn letter(self, byte: u8) -> Option<char> {
        match byte {
            0x20..=0x7E => Some(char::from(byte)),
            0x80.. => self.upper_half().chars().nth(usize::from(byte - 0x80)).filter(|c| *c != '\u{FFFD}'),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_place_for_each_upper_byte() {
        for table in [Table::Pc437, Table::Pc858, Table::Wpc1252] {
            assert_eq!(table.upper_half().chars().count(), 128, "{table:?}");
            for byte in 0x20..=0xFF {
                if let Some(letter) = table.letter(byte) {
                    assert_eq!(table.byte(letter), Some(byte), "{table:?} {letter}");
                }
            }
        }
    }

    #[test]
    fn known_letters_have_their_known_bytes() {
        assert_eq!(Table::Wpc1252.encode("señor 5 €"), Some(b"se\xF1or 5 \x80".to_vec()));
        assert_eq!(Table::Pc858.encode("señor 5 €"), Some(b"se\xA4or 5 \xD5".to_vec()));
        assert_eq!(Table::Pc437.encode("señor 5 €"), None);
        let french = "03:37\u{202F}? e\u{2011}mail";
        assert_eq!(Table::Pc437.encode(french), Some(b"03:37 ? e-mail".to_vec()));
    }

    #[test]
    fn no_control_character_is_ever_encoded() {
        for table in [Table::Pc437, Table::Pc858, Table::Wpc1252] {
            for code in (0..0x20).chain(0x7F..0xA0) {
                let letter = char::from_u32(code).unwrap();
                assert_eq!(table.byte(letter), None, "{table:?} {code:02X}");
            }
        }
    }
}
