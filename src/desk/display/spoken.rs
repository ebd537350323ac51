//! A call in words that a voice says so that they are understood: a number goes letter by letter and figure by figure.

use crate::clinic::Clinic;
use crate::kiosk::screens::Speaker;
use crate::speech::spelled;

/// What is said when a number is called to a place, in a language by its BCP 47 code.
pub fn call(clinic: &Clinic, code: &str, number: &str, place: &str) -> String {
    let speaker = Speaker::new(code, clinic);
    let said = speaker.say_with(
        "display-spoken",
        &[("number", spelled(&clinic.words, speaker.language(), number).into()), ("place", place.into())],
    );
    // What keeps directions apart on a screen is nothing to a voice.
    said.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::samples::clinic;

    #[test]
    fn the_sentence_holds_number_and_place_and_no_mark_that_only_a_screen_needs() {
        let clinic = clinic();
        for language in
            clinic.words.languages().filter(|it| clinic.languages.iter().any(|code| code == it.code()))
        {
            let place = clinic.routines.queue.point("room-1").unwrap().name.text(language.code()).to_string();
            let said = call(&clinic, language.code(), "C107", &place);
            assert!(
                said.contains(&place) && said.contains(&spelled(&clinic.words, language, "C107")),
                "{said}"
            );
            assert!(!said.contains(['{', '\u{2068}', '\u{2069}']), "{said:?}");
        }
    }
}
