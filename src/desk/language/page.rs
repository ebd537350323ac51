//! The texts of a page's HTML in another language. The page arrives translated, so that nobody sees it in English first.

use super::StaffLanguage;
use std::borrow::Cow;

/// What of an element's attributes people read.
const READ: [&str; 4] = ["aria-label", "title", "placeholder", "alt"];

/// A text of a page, with where it stands.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// Markup, and texts that are the same in every language.
    Fixed(&'a str),
    /// What people read.
    Text(&'a str),
}

/// A page of the desk in a language.
pub fn translated(html: &'static str, language: StaffLanguage) -> Cow<'static, str> {
    if language == StaffLanguage::default() {
        return Cow::Borrowed(html);
    }
    let said = pieces(html).into_iter().map(|piece| match piece {
        Piece::Fixed(markup) => Cow::Borrowed(markup),
        Piece::Text(text) => Cow::Owned(escaped(&language.say(text, &[]))),
    });
    let page: String = said.collect();
    Cow::Owned(page.replacen("<html lang=\"en\"", &format!("<html lang=\"{}\"", language.code()), 1))
}

/// The texts of a page.
#[cfg(test)]
pub fn texts(html: &'static str) -> Vec<&'static str> {
    let read = pieces(html).into_iter();
    read.filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None }).collect()
}

/// Parts a page into its markup and its texts. It reads what stands in `ui/desk`: whole, with every attribute in double
/// quotes, and without a character reference in a text. What stands in an element with `translate="no"`, which holds
/// no other element, is the same in every language.
fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    let mut is_fixed = false;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(_) => rest.find('>').map_or(rest.len(), |close| close + 1),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        if piece.starts_with('<') {
            is_fixed = piece.contains("translate=\"no\"");
            attributes(piece, &mut pieces);
        } else if is_fixed || !piece.contains(char::is_alphabetic) {
            pieces.push(Piece::Fixed(piece));
        } else {
            let text = piece.trim();
            let at = piece.len() - piece.trim_start().len();
            pieces.extend([
                Piece::Fixed(&piece[..at]),
                Piece::Text(text),
                Piece::Fixed(&piece[at + text.len()..]),
            ]);
        }
    }
    pieces
}

fn attributes<'a>(tag: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let mut rest = tag;
    while let Some((at, length)) =
        READ.iter().filter_map(|name| rest.find(&format!(" {name}=\"")).map(|at| (at, name.len() + 3))).min()
    {
        let (before, value) = rest.split_at(at + length);
        let end = value.find('"').unwrap_or(value.len());
        pieces.extend([Piece::Fixed(before), Piece::Text(&value[..end])]);
        rest = &value[end..];
    }
    pieces.push(Piece::Fixed(rest));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_parted_into_what_people_read_and_what_they_do_not() {
        let html = "<p class=\"a\" aria-label=\"Alarms\" title=\"See\"> Come in <b translate=\"no\">Vestibule</b>: \
                    <i>now</i></p>";
        let read: Vec<_> = pieces(html)
            .into_iter()
            .filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None })
            .collect();
        assert_eq!(read, ["Alarms", "See", "Come in", "now"]);
        let whole: String = pieces(html)
            .into_iter()
            .map(|piece| match piece {
                Piece::Fixed(text) | Piece::Text(text) => text,
            })
            .collect();
        assert_eq!(whole, html);
    }
}
