use super::Speaker;
use crate::front_desk::money::Money;
use vestibule_ui::words::Language;

/// Right-to-left isolate, and its end.
const ISOLATED: [char; 2] = ['\u{2067}', '\u{2069}'];
/// A space at which no line ends.
const FIRM_SPACE: char = '\u{a0}';

/// Signs that are known wherever their currency is paid with; every other currency is named by its code.
const SIGNS: [(&str, &str); 5] = [("EUR", "€"), ("GBP", "£"), ("INR", "₹"), ("JPY", "¥"), ("USD", "$")];

impl Speaker<'_> {
    /// An amount as the language writes it, with as many figures behind the point as the currency has (CLDR 46;
    /// for Arabic with Latin digits, as everything else on the kiosk). No line ends within it.
    pub fn money(&self, amount: Money) -> String {
        let places = amount.currency.places();
        let unit = 10u64.pow(places);
        let minor = amount.minor.unsigned_abs();
        let (point, comma) = match self.language() {
            Language::Spanish => (',', '.'),
            Language::English | Language::Arabic | Language::Hindi => ('.', ','),
        };
        let mut figures = grouped(minor / unit, self.language(), comma);
        if places > 0 {
            figures.push(point);
            figures.push_str(&format!("{:0width$}", minor % unit, width = places as usize));
        }
        let minus = if amount.minor < 0 { "-" } else { "" };
        let code = amount.currency.code();
        let sign = SIGNS.iter().find(|(known, _)| *known == code).map(|(_, sign)| *sign);
        match (self.language(), sign) {
            (Language::English | Language::Hindi, Some(sign)) => format!("{minus}{sign}{figures}"),
            (Language::English | Language::Hindi, None) => format!("{minus}{code}{FIRM_SPACE}{figures}"),
            (Language::Spanish, sign) => format!("{minus}{figures}{FIRM_SPACE}{}", sign.unwrap_or(code)),
            // Read from the right: the figures first, whatever stands around them.
            (Language::Arabic, sign) => {
                let [from, to] = ISOLATED;
                format!("{from}{minus}{figures}{FIRM_SPACE}{}{to}", sign.unwrap_or(code))
            }
        }
    }
}

/// A number in groups: of three figures, in Hindi of two beyond the first thousand. Spanish parts no four figures.
fn grouped(number: u64, language: Language, comma: char) -> String {
    let figures = number.to_string();
    if language == Language::Spanish && figures.len() == 4 {
        return figures;
    }
    let mut written = String::new();
    for (position, figure) in figures.chars().enumerate() {
        let behind = figures.len() - position;
        let parts = match language {
            Language::Hindi if behind > 3 => behind % 2 == 1,
            _ => behind.is_multiple_of(3),
        };
        if position > 0 && parts {
            written.push(comma);
        }
        written.push(figure);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{Clinic, EXAMPLE, read_text};
    use crate::front_desk::money::Currency;
    use proptest::prelude::*;
    use std::sync::LazyLock;
    use vestibule_ui::words::Words;

    static CLINIC: LazyLock<Clinic> = LazyLock::new(|| read_text("example.toml", EXAMPLE).unwrap());
    static WORDS: LazyLock<Words> = LazyLock::new(Words::load);

    fn written(code: &str, minor: i64, currency: &str) -> String {
        let currency = Currency::parse(currency).unwrap();
        Speaker::new(&WORDS, code, &CLINIC).money(Money { minor, currency })
    }

    #[test]
    fn an_amount_is_written_as_the_language_and_the_currency_do() {
        for (language, minor, currency, expected) in [
            ("en", 1250, "EUR", "€12.50"),
            ("en", 5, "GBP", "£0.05"),
            ("en", 123_456_789, "USD", "$1,234,567.89"),
            ("en", 1250, "CHF", "CHF\u{a0}12.50"),
            ("en", 1200, "JPY", "¥1,200"),
            ("en", 1234, "KWD", "KWD\u{a0}1.234"),
            ("en", -100, "EUR", "-€1.00"),
            ("es", 1250, "EUR", "12,50\u{a0}€"),
            ("es", 123_450, "EUR", "1234,50\u{a0}€"),
            ("es", 1_234_500, "EUR", "12.345,00\u{a0}€"),
            ("es", 1250, "MXN", "12,50\u{a0}MXN"),
            ("ar", 1250, "EUR", "\u{2067}12.50\u{a0}€\u{2069}"),
            ("ar", 1250, "SAR", "\u{2067}12.50\u{a0}SAR\u{2069}"),
            ("hi", 12_345_650, "INR", "₹1,23,456.50"),
            ("hi", 123_456, "INR", "₹1,234.56"),
            ("hi", 99_900, "INR", "₹999.00"),
        ] {
            assert_eq!(written(language, minor, currency), expected, "{language} {minor} {currency}");
        }
    }

    proptest! {
        // Whatever is written, its figures are those of the amount: nothing is rounded or lost.
        #[test]
        fn the_figures_are_those_of_the_amount(minor in any::<i64>(), at in 0usize..4) {
            let language = ["en", "es", "ar", "hi"][at];
            let figures: String =
                written(language, minor, "EUR").chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(figures, format!("{:03}", minor.unsigned_abs()));
        }
    }
}
