use super::*;

fn language(code: &str) -> Language {
    Words::own().language(code).unwrap_or_else(|| panic!("{code}"))
}

#[test]
fn every_file_is_well_formed_and_says_what_english_says_with_the_same_put_in() {
    for (code, text) in FILES {
        let (words, faults) = Words::with([(code, text)]);
        assert!(faults.is_empty(), "{}", faults.iter().map(|f| format!("{f}\n")).collect::<String>());
        assert!(words.languages().any(|language| language.code() == code));
    }
    assert_eq!(Words::own().languages().count(), FILES.len());
}

/// English, with something changed.
fn english(change: impl Fn(&str) -> String) -> String {
    change(FILES[0].1)
}

#[test]
fn a_language_needs_only_its_file() {
    let text = english(|text| {
        text.replace("language-name = English", "language-name = Tiếng Việt")
            .replace("language-locale = en_GB", "language-locale = vi_VN")
            .replace("welcome-title = Welcome", "welcome-title = Xin chào")
    });
    let (words, faults) = Words::with([("vi", text.as_str())]);
    assert_eq!(faults, []);
    assert_eq!(words.languages().count(), FILES.len() + 1);
    let vietnamese = words.language("vi-VN").unwrap();
    assert_eq!((vietnamese.own_name(), vietnamese.locale()), ("Tiếng Việt", "vi_VN"));
    assert_eq!(words.text(vietnamese, "welcome-title"), "Xin chào");
    assert_eq!(Words::own().language("vi"), None, "other clinics do not have it");
}

#[test]
fn a_file_in_the_place_of_ours_is_the_one_that_is_spoken() {
    let text = english(|text| text.replace("welcome-title = Welcome", "welcome-title = Good day"));
    let (words, faults) = Words::with([("en", text.as_str())]);
    assert_eq!(faults, []);
    assert_eq!(words.languages().count(), FILES.len());
    assert_eq!(words.text(words.language("en").unwrap(), "welcome-title"), "Good day");
}

#[test]
fn each_fault_of_a_file_is_told_with_its_place_and_what_to_do() {
    let name = "keyboard-name = ABC";
    let cases: [(&str, &str, &str); 10] = [
        (name, "keyboard-name = ABC\nkeyboard-composes = wubi", "keyboard-composes is \"wubi\""),
        (name, "keyboard-name = ABC\nkeyboard-composes = pinyin", "more-characters-key is not said"),
        ("welcome-title = Welcome", "", "welcome-title is not said"),
        ("welcome-title = Welcome", "welcome-tittle = Welcome", "nothing is called welcome-tittle"),
        ("{ $name } is on the way to you", "On the way", "on-the-way must have these put into it: { $name }"),
        ("welcome-title = Welcome", "welcome-title = 𓀀", "have no letter for {'𓀀'}"),
        ("welcome-title = Welcome", "welcome-title = { $", "this is not understood"),
        ("welcome-title = Welcome", "welcome-title = A\nwelcome-title = B", "welcome-title is said twice"),
        ("language-direction = left-to-right", "language-direction = down", "language-direction is \"down\""),
        ("language-script = Latn", "language-script = Egyp", "language-script is \"Egyp\""),
    ];
    for (ours, theirs, expected) in cases {
        let text = english(|text| text.replacen(ours, theirs, 1));
        assert_ne!(text, FILES[0].1, "{ours}");
        let (words, faults) = Words::with([("vi", text.as_str())]);
        assert!(faults.iter().any(|fault| fault.wrong.contains(expected)), "{expected}: {faults:?}");
        assert!(faults.iter().all(|fault| !fault.right.is_empty() && fault.at <= text.len()));
        assert!(words.languages().count() >= FILES.len());
    }
    let (_, faults) = Words::with([("not a language", FILES[0].1)]);
    assert!(faults[0].wrong.contains("is no code of a language"), "{faults:?}");
    let twice = english(|text| format!("{text}welcome-title = Again\n"));
    let (_, faults) = Words::with([("vi", twice.as_str())]);
    assert!(twice[faults[0].at..].starts_with("welcome-title ="), "{faults:?}");
}

#[test]
fn plurals_follow_the_language() {
    let say = |code, count| {
        let values = [("seconds", Value::Number(count))];
        Words::own().text_with(language(code), "seconds-left", &values)
    };
    let english = |n: &str| format!("{n} left, then everything is cleared");
    assert_eq!(say("en", 1), english("1 second"));
    assert_eq!(say("en", 5), english("5 seconds"));
    assert!(say("es", 1).starts_with("Queda 1 segundo;"));
    assert!(say("es", 2).starts_with("Quedan 2 segundos;"));
    // Arabic has a dual, and forms of its own for 3 to 10, for 11 to 99, and for none.
    let cases = [
        (0, "انتهى"),
        (1, "ثانية واحدة"),
        (2, "ثانيتان"),
        (3, "ثوانٍ"),
        (10, "ثوانٍ"),
        (11, "ثانية"),
        (30, "ثانية"),
        (100, "ثانية"),
    ];
    for (count, form) in cases {
        let said = say("ar", count);
        assert!(said.contains(form), "{count}: {said}");
        // Where the word is not the number itself, the number stands before it.
        assert_eq!(said.contains(&count.to_string()), count > 2, "{count}: {said}");
    }
    assert!(say("hi", 1).starts_with("1 सेकंड"));
}

/// Values of any kind for every variable there is, so that a text can be said without knowing it.
#[test]
fn no_text_is_empty_or_keeps_a_brace() {
    let words = Words::own();
    let english = words.vocabulary("en").unwrap();
    let names: BTreeSet<&String> = english.keys.values().flatten().collect();
    let number = ["step", "steps", "minutes", "seconds", "count"];
    let values: Vec<(&str, Value)> = names
        .into_iter()
        .map(|name| match number.contains(&name.as_str()) {
            true => (name.as_str(), Value::Number(12)),
            false => (name.as_str(), Value::from("x")),
        })
        .collect();
    for language in words.languages() {
        for key in words.keys(language) {
            let said = words.text_with(language, key, &values);
            let whole = !said.trim().is_empty() && !said.contains(['{', '}']);
            assert!(whole, "{key} in {}.ftl says {said:?}", language.code());
        }
    }
}

#[test]
fn an_unknown_key_is_shown_as_it_is() {
    assert_eq!(Words::own().text(language("hi"), "no-such-key"), "no-such-key");
}

#[test]
fn codes_are_read_with_and_without_region() {
    let words = Words::own();
    assert_eq!(words.language("es-MX").map(Language::code), Some("es"));
    assert_eq!(words.language("AR").map(Language::code), Some("ar"));
    assert_eq!(words.language("tlh"), None);
    assert_eq!(words.language_or_english("tlh").code(), "en");
    for language in words.languages() {
        assert_eq!(words.language(language.code()), Some(language));
    }
}
