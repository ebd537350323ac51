use super::Speaker;
use crate::front_desk::money::Money;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use vestibule_ui::words::Language;

/// Right-to-left isolate, and its end.
const ISOLATED: [char; 2] = ['\u{2067}', '\u{2069}'];
/// First strong isolate, which Fluent puts before each inserted text where directions mix.
const INSERTED: char = '\u{2068}';

/// Signs that are known wherever their currency is paid with; every other currency is named by its code.
const SIGNS: [(&str, &str); 6] =
    [("BRL", "R$"), ("EUR", "€"), ("GBP", "£"), ("INR", "₹"), ("JPY", "¥"), ("USD", "$")];

impl Speaker<'_> {
    /// An amount as the language writes it, with as many figures behind the point as the currency has (CLDR, with
    /// Latin digits, as everything else on the kiosk; the place of the sign by the translation file). No line ends
    /// within it.
    pub fn money(&self, amount: Money) -> String {
        let code = amount.currency.code();
        let (key, sign) = match SIGNS.iter().find(|(known, _)| *known == code) {
            Some((_, sign)) => ("money", *sign),
            None => ("money-with-code", code),
        };
        let figures = figures(self.language(), amount.minor.unsigned_abs(), amount.currency.places());
        let minus = if amount.minor < 0 { "-" } else { "" };
        let said = self.say_with(key, &[("figures", figures.into()), ("sign", sign.into())]);
        if self.language().is_rtl() {
            // Read from the right as one: the figures first, whatever stands around them.
            let [from, to] = ISOLATED;
            let said: String = said.chars().filter(|c| ![INSERTED, to].contains(c)).collect();
            return format!("{from}{minus}{said}{to}");
        }
        format!("{minus}{said}")
    }
}

/// A number of the smallest unit in whole ones, such as 1.234,50.
fn figures(language: Language, minor: u64, places: u32) -> String {
    let mut number = Decimal::from(minor);
    let places = i16::try_from(places).unwrap_or_default();
    number.multiply_pow10(-places);
    let locale = format!("{}-u-nu-latn", language.code()).parse().unwrap_or(icu_locale_core::locale!("en"));
    match DecimalFormatter::try_new(locale.into(), Default::default()) {
        Ok(formatter) => formatter.format(&number).to_string(),
        Err(_) => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{Clinic, EXAMPLE, read_text};
    use crate::front_desk::money::Currency;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static CLINIC: LazyLock<Clinic> = LazyLock::new(|| read_text("example.toml", EXAMPLE).unwrap());

    fn written(code: &str, minor: i64, currency: &str) -> String {
        let currency = Currency::parse(currency).unwrap();
        Speaker::new(code, &CLINIC).money(Money { minor, currency })
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
            ("fr", 1_234_500, "EUR", "12\u{202f}345,00\u{a0}€"),
            ("de", 123_450, "EUR", "1.234,50\u{a0}€"),
            ("pt", 123_450, "BRL", "R$\u{a0}1.234,50"),
            ("zh", 123_450, "EUR", "€1,234.50"),
        ] {
            assert_eq!(written(language, minor, currency), expected, "{language} {minor} {currency}");
        }
    }

    proptest! {
        // Whatever is written, its figures are those of the amount: nothing is rounded or lost.
        #[test]
        fn the_figures_are_those_of_the_amount(minor in any::<i64>(), at in 0usize..8) {
            let language = ["en", "es", "fr", "de", "pt", "ar", "hi", "zh"][at];
            let figures: String =
                written(language, minor, "EUR").chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(figures, format!("{:03}", minor.unsigned_abs()));
        }
    }
}
