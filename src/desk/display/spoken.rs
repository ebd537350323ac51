//! A call in words that a voice says so that they are understood: a number goes letter by letter and figure by figure.

use crate::clinic::Clinic;
use crate::kiosk::screens::Speaker;
use vestibule_ui::words::{Language, Words};

/// What is said when a number is called to a place, in a language by its BCP 47 code.
pub fn call(words: &Words, clinic: &Clinic, code: &str, number: &str, place: &str) -> String {
    let speaker = Speaker::new(words, code, clinic);
    let said = speaker.say_with(
        "display-spoken",
        &[("number", spelled(speaker.language(), number).into()), ("place", place.into())],
    );
    // What keeps directions apart on a screen is nothing to a voice.
    said.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')).collect()
}

/// A ticket's number for a voice: "see, one zero seven". Left to itself a voice reads "C107" as an article or as a
/// hundred, and Latin letters between Arabic or Hindi words as English or not at all.
pub fn spelled(language: Language, number: &str) -> String {
    let names = Names::of(language);
    let mut said = String::new();
    let mut before = None;
    for c in number.chars() {
        let figure = c.to_digit(10).and_then(|figure| names.figures.get(figure as usize));
        let upper = c.to_ascii_uppercase();
        let letter = upper.is_ascii_uppercase().then(|| (upper as u8 - b'A') as usize);
        let name = figure.or_else(|| letter.and_then(|letter| names.letters.get(letter)));
        match before {
            None => {}
            Some(was_figure) if was_figure == figure.is_some() => said.push(' '),
            Some(_) => said.push_str(names.pause),
        }
        match name {
            Some(name) => said.push_str(name),
            None => said.push(c),
        }
        before = Some(figure.is_some());
    }
    said
}

struct Names {
    letters: [&'static str; 26],
    figures: [&'static str; 10],
    pause: &'static str,
}

impl Names {
    fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                letters: [
                    "ay",
                    "bee",
                    "see",
                    "dee",
                    "ee",
                    "eff",
                    "jee",
                    "aitch",
                    "eye",
                    "jay",
                    "kay",
                    "ell",
                    "em",
                    "en",
                    "oh",
                    "pee",
                    "cue",
                    "are",
                    "ess",
                    "tee",
                    "you",
                    "vee",
                    "double you",
                    "ex",
                    "why",
                    "zed",
                ],
                figures: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
                pause: ", ",
            },
            Language::Spanish => Self {
                letters: [
                    "a",
                    "be",
                    "ce",
                    "de",
                    "e",
                    "efe",
                    "ge",
                    "hache",
                    "i",
                    "jota",
                    "ka",
                    "ele",
                    "eme",
                    "ene",
                    "o",
                    "pe",
                    "cu",
                    "erre",
                    "ese",
                    "te",
                    "u",
                    "uve",
                    "uve doble",
                    "equis",
                    "i griega",
                    "zeta",
                ],
                figures: ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
                pause: ", ",
            },
            Language::Arabic => Self {
                letters: [
                    "إيه",
                    "بي",
                    "سي",
                    "دي",
                    "إي",
                    "إف",
                    "جي",
                    "إتش",
                    "آي",
                    "جاي",
                    "كي",
                    "إل",
                    "إم",
                    "إن",
                    "أو",
                    "بي",
                    "كيو",
                    "آر",
                    "إس",
                    "تي",
                    "يو",
                    "في",
                    "دبليو",
                    "إكس",
                    "واي",
                    "زد",
                ],
                figures: ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"],
                pause: "، ",
            },
            Language::Hindi => Self {
                letters: [
                    "ए",
                    "बी",
                    "सी",
                    "डी",
                    "ई",
                    "एफ़",
                    "जी",
                    "एच",
                    "आई",
                    "जे",
                    "के",
                    "एल",
                    "एम",
                    "एन",
                    "ओ",
                    "पी",
                    "क्यू",
                    "आर",
                    "एस",
                    "टी",
                    "यू",
                    "वी",
                    "डब्ल्यू",
                    "एक्स",
                    "वाई",
                    "ज़ेड",
                ],
                figures: ["शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ"],
                pause: ", ",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::samples::clinic;

    #[test]
    fn a_number_is_spelled_in_each_language() {
        for (language, said) in [
            (Language::English, "see, one zero seven"),
            (Language::Spanish, "ce, uno cero siete"),
            (Language::Arabic, "سي، واحد صفر سبعة"),
            (Language::Hindi, "सी, एक शून्य सात"),
        ] {
            assert_eq!(spelled(language, "C107"), said);
        }
        assert_eq!(spelled(Language::English, "É2"), "É, two", "a letter without a name stays as it is");
        assert_eq!(spelled(Language::Spanish, ""), "");
    }

    #[test]
    fn the_sentence_holds_number_and_place_and_no_mark_that_only_a_screen_needs() {
        let (clinic, words) = (clinic(), Words::load());
        for language in Language::all() {
            let place = clinic.routines.queue.point("room-1").unwrap().name.text(language.code()).to_string();
            let said = call(&words, &clinic, language.code(), "C107", &place);
            assert!(said.contains(&place) && said.contains(&spelled(language, "C107")), "{said}");
            assert!(!said.contains(['{', '\u{2068}', '\u{2069}']), "{said:?}");
        }
    }
}
