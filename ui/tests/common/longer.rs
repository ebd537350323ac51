//! A language that nobody speaks: English with every text longer by four tenths, and accents over its letters. What
//! has room for it has room for a translation that nobody has seen yet.

/// The code of the language; ISO 639 leaves it to everybody's own use.
pub const CODE: &str = "qps";

/// English's translation file in that language.
pub fn translation() -> String {
    let mut code = false;
    let lines = include_str!("../../lang/en.ftl").lines().map(|line| {
        let key = line.split(" =").next().unwrap_or_default();
        if line.starts_with('#') || line.is_empty() {
            return line.to_owned();
        }
        if !line.starts_with(' ') && !line.starts_with('}') {
            let is_code =
                ["language-", "keyboard-", "spoken-", "money", "date-pattern", "whole-date", "decimal"]
                    .iter()
                    .any(|start| key.starts_with(start));
            code = is_code;
        }
        if code { line.replace("= English", "= Énglísh léñgthéñéd") } else { longer_line(line) }
    });
    lines.map(|line| line + "\n").collect()
}

/// What is said in a line of a translation file, made longer: not its key, nor what stands in braces or brackets.
fn longer_line(line: &str) -> String {
    let begin = match (line.find(" = "), line.find(']')) {
        _ if line.contains("->") => return line.to_owned(),
        (_, Some(at)) if line.trim_start().starts_with(['[', '*']) => at + 1,
        (Some(at), _) if !line.starts_with(' ') => at + 3,
        _ => 0,
    };
    let (before, said) = line.split_at(begin);
    let mut longer = before.to_owned();
    for (n, part) in said.split_inclusive(['{', '}']).enumerate() {
        // Behind an opening brace stands what is put in.
        if n % 2 == 0 || !said.contains('{') { longer.push_str(&text(part)) } else { longer.push_str(part) }
    }
    longer
}

/// A text longer by four tenths: small letters are said twice, as often as that takes.
pub fn text(text: &str) -> String {
    let (mut longer, mut length) = (String::new(), 0);
    for (said, c) in text.chars().enumerate() {
        let accented = match c {
            'a' => 'á',
            'e' => 'ê',
            'i' => 'í',
            'o' => 'ö',
            'u' => 'ü',
            'A' => 'Å',
            'E' => 'É',
            'O' => 'Ö',
            'n' => 'ñ',
            other => other,
        };
        longer.push(accented);
        length += 1;
        if c.is_lowercase() && length * 10 < (said + 1) * 14 {
            longer.push(accented);
            length += 1;
        }
    }
    longer
}

#[test]
fn a_text_is_longer_by_four_tenths() {
    let text = text("Please take a seat in the blue area and wait for your number.");
    assert!((84..=86).contains(&text.chars().count()), "{text}");
    let line = longer_line("on-the-way = { $name } is here");
    assert!(line.starts_with("on-the-way = { $name } íí") && line.chars().count() > 33, "{line}");
}
