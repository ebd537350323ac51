//! Figures as people type them.

/// The text with the figures of other scripts (Arabic-Indic, Devanagari, full-width) as 0 to 9.
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// A figure of any of the kiosk's scripts as one of 0 to 9.
pub fn digit(c: char) -> Option<char> {
    let zero =
        ['0', '٠', '۰', '०', '０'].into_iter().find(|zero| (*zero..).take(10).any(|figure| figure == c))?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_every_script_are_the_same_figures() {
        assert_eq!(ascii_digits("٢٠ ۲۰ २० ２０ 20 x"), "20 20 20 20 20 x");
    }
}
