//! Mistakes in the clinic's file, and what of it is told to nobody.

use super::*;
use crate::clinic::ScannerPlace;
use vestibule_hardware::scanner::{KeyboardLayout, ScannerPort};

fn complaint(from: &str, to: &str) -> (usize, String, String) {
    assert!(EXAMPLE.contains(from), "the example has no {from}");
    match read_text("clinic.toml", &EXAMPLE.replacen(from, to, 1)) {
        Err(ClinicError::Wrong { line, wrong, right, .. }) => (line, wrong, right),
        other => panic!("{to} was taken: {other:?}"),
    }
}

#[test]
fn the_example_is_right() {
    let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
    let every: Vec<_> = Words::own().languages().map(Language::code).collect();
    assert_eq!(clinic.languages, every, "it is offered in every language there is");
}

#[test]
fn a_scanner_that_plays_a_keyboard_is_listened_to_as_one() {
    let scanner = |written: &str| {
        let text = EXAMPLE.replacen("port = \"/dev/vestibule/scanner\", baud = 9600", written, 1);
        read_text("clinic.toml", &text).unwrap().kiosks[0].scanner.as_ref().map(ScannerPlace::device)
    };
    let serial = ScannerPort::Serial { path: "/dev/vestibule/scanner".into(), baud: 9600 };
    assert_eq!(scanner("port = \"/dev/vestibule/scanner\", baud = 9600"), Some(serial));
    let keyboard = ScannerPort::Keyboard { path: "/dev/input/event7".into(), layout: KeyboardLayout::German };
    assert_eq!(scanner("port = \"/dev/input/event7\", keyboard = \"de\""), Some(keyboard));
}

#[test]
fn a_printer_that_is_not_known_is_described_in_the_file() {
    let own = |name: &str, dots: u32| {
        let printer = EXAMPLE.replacen("epson-tm-t88vi", "ours", 1);
        read_text(
            "clinic.toml",
            &format!(
                "{printer}\n[[printer_profile]]\nname = \"{name}\"\ndots_per_line = {dots}\ncolumns = 42\nnative_qr = false\n\
                 fence = \"ordered-status\"\nbuffer_clear = false\ncutter = \"full\"\nfeed_before_cut = 20\n\
                 code_pages = [{{ name = \"PC437\", select = 0 }}]\n"
            ),
        )
    };
    let printer = own("ours", 512).unwrap().kiosks[0].printer.clone().unwrap();
    assert_eq!((printer.profile.name.as_str(), printer.profile.dots_per_line), ("ours", 512));
    for (name, dots, wrong) in [
        ("ours", 5, "between 64 and 2040"),
        ("simulated", 512, "a printer profile \"simulated\" already"),
        ("theirs", 512, "no printer profile «ours»"),
    ] {
        let error = own(name, dots).unwrap_err().to_string();
        assert!(error.contains(wrong), "{error}");
    }
}

#[test]
fn each_mistake_names_its_line_and_what_would_be_right() {
    for (from, to, wrong, right) in [
        ("Europe/Madrid", "Mars/Base", "no time zone", "Europe/Madrid"),
        ("letter = \"C\"", "letter = \"cc\"", "no ticket letter", "capital"),
        ("letter = \"B\"", "letter = \"C\"", "belongs to another service", "of its own"),
        ("service = \"blood\"", "service = \"bloood\"", "no service", "blood"),
        ("countdown_seconds = 30", "countdown_seconds = 5", "too short", "20"),
        ("zone =", "zoone =", "unknown field", "list"),
        ("name = \"Vestibule", "name = 5 #\"Vestibule", "invalid type", "quotes"),
        ("127.0.0.1:8320", "here", "no address", "127.0.0.1:8320"),
        ("hi = \"रक्त जाँच\"", "hi = \"\"", "missing in \"hi\"", "hi = "),
        ("[arrival]", "[arrival", "", "TOML"),
        ("series = \"1\"", "series = \"one\"", "digits", "\"1\""),
        ("panel_inches = 21.5", "site = \"annexe\"\npanel_inches = 21.5", "no site \"annexe\"", "[[site]]"),
        (
            "link_key = \"change-me-change-me\"",
            "link_key = \"short\"",
            "link key is too short",
            "16 characters",
        ),
        (
            "address = \"127",
            "provider_key = \"0123456789abcdef\"\naddress = \"127",
            "key of the payment provider is too short",
            "32 characters",
        ),
        (
            "address = \"127",
            "metrics_key = \"short\"\naddress = \"127",
            "key of the metrics is too short",
            "16 characters",
        ),
        ("baud = 9600 }", "keyboard = \"fr\" }", "unknown variant", "words"),
        (
            "panel_inches = 21.5",
            "terminal = { port = \"COM3\" }\npanel_inches = 21.5",
            "no place of a card terminal",
            "192.168.1.50:20007",
        ),
        (
            "panel_inches = 21.5",
            "terminal = { port = \"192.168.1.50:0\" }\npanel_inches = 21.5",
            "no place of a card terminal",
            "/dev/",
        ),
        (
            "panel_inches = 21.5",
            "terminal = { port = \"192.168.1.50:20007\", baud = 9600 }\npanel_inches = 21.5",
            "has no speed",
            "Remove baud",
        ),
        (
            "panel_inches = 21.5",
            "terminal = { port = \"/dev/ttyS0\", baud = 7 }\npanel_inches = 21.5",
            "no speed of a serial line",
            "9600",
        ),
        (
            "panel_inches = 21.5",
            "terminal = { port = \"/dev/ttyS0\", password = \"12345\" }\npanel_inches = 21.5",
            "six figures",
            "in \"quotes\"",
        ),
        (
            "service_points = 2",
            "arrival = { opens_before_minutes = 0, closes_after_minutes = 5 }\nservice_points = 2",
            "only when the appointment begins",
            "opens_before_minutes",
        ),
    ] {
        let (line, said_wrong, said_right) = complaint(from, to);
        let at = EXAMPLE[..EXAMPLE.find(from).unwrap()].lines().count().max(1);
        assert!(said_wrong.contains(wrong), "{to}: {said_wrong}");
        assert!(said_right.contains(right), "{to}: {said_right}");
        assert!(line.abs_diff(at) <= 1, "{to}: line {line}, not {at}");
    }
}

#[test]
fn no_secret_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clinic.toml");
    let secrets = [
        "0123456789abcdef-of-the-link",
        "0123456789abcdef0123456789abcdef",
        "864209",
        "fedcba9876543210-of-the-metrics",
    ];
    let text = EXAMPLE
        .replace("routines = \"routines\"", "")
        .replace("change-me-change-me", secrets[0])
        .replacen(
            "[desk]",
            &format!("[desk]\nmetrics_key = \"{}\"\nprovider_key = \"{}\"", secrets[3], secrets[1]),
            1,
        )
        .replacen(
            "panel_inches = 21.5",
            &format!("terminal = {{ password = \"{}\", port = \"/dev/ttyS0\" }}", secrets[2]),
            1,
        );
    std::fs::write(&file, text).unwrap();
    let clinic = read(&file).unwrap();
    assert_eq!(clinic.provider_key.as_deref(), Some(secrets[1]));
    let told = texts_to_tell(&file).unwrap();
    // Nor by a stray {:?}: of the clinic, of what holds one, or of a mistake beside a secret.
    let practice = clinic.clone().for_practice();
    let text = std::fs::read_to_string(&file).unwrap();
    let mistaken = read_text("clinic.toml", &text.replace("[desk]", "[desk]\nkeys = 1")).unwrap_err();
    let logged = [
        format!("{clinic:#?} {practice:#?} {:#?}", clinic.kiosks),
        format!("{:#?}", crate::clinic::InForce::new(std::sync::Arc::new(clinic.clone()))),
        format!("{mistaken:#?}"),
    ];
    for secret in secrets {
        assert!(logged.iter().all(|text| !text.contains(secret)), "{secret} in {logged:?}");
        assert!(told.values().all(|text| !text.contains(secret)), "{secret}");
    }
    let adopted = clinic.adopt(read_told(&told).unwrap());
    assert_eq!((adopted.link_key.as_str(), adopted.provider_key.as_deref()), (secrets[0], Some(secrets[1])));
    assert_eq!(adopted.kiosks[0].terminal.as_ref().unwrap().password, secrets[2]);
    assert_eq!(adopted.metrics_key.as_deref(), Some(secrets[3]));
    assert_ne!(clinic.clone().for_practice().provider_key, clinic.provider_key);
    assert_ne!(clinic.clone().for_practice().metrics_key, clinic.metrics_key);
}

/// A clinic's own translation, in a language that does not come with the program.
fn vietnamese() -> String {
    let english = include_str!("../../../ui/lang/en.ftl");
    english
        .replace("language-name = English", "language-name = Tiếng Việt")
        .replace("language-locale = en_GB", "language-locale = vi_VN")
        .replace("welcome-title = Welcome", "welcome-title = Xin chào")
}

#[test]
fn a_translation_beside_the_routines_is_enough_to_offer_its_language() {
    let folder = tempfile::tempdir().unwrap();
    write_example_routines(&folder.path().join("routines")).unwrap();
    let file = folder.path().join("clinic.toml");
    let text = EXAMPLE.replace("\"zh\"]", "\"zh\", \"vi\"]");
    std::fs::write(&file, &text).unwrap();
    let refused = read(&file).unwrap_err();
    assert!(refused.to_string().contains("no texts in \"vi\""), "{refused}");

    std::fs::write(folder.path().join("routines/vi.ftl"), vietnamese()).unwrap();
    let clinic = read(&file).unwrap();
    let added = clinic.words.language("vi").unwrap();
    assert_eq!((added.own_name(), added.is_rtl()), ("Tiếng Việt", false));
    assert_eq!(clinic.words.text(added, "welcome-title"), "Xin chào");
    // The clinic's own texts stand in its first language until they are translated, and each of them is named.
    assert_eq!(clinic.services[0].name.text("vi"), clinic.services[0].name.text("en"));
    let lacking = untranslated(&file).unwrap();
    assert!(lacking.iter().all(|lacks| lacks.to_string().contains("missing in \"vi\"")), "{lacking:?}");
    assert!(lacking.len() > 3, "{lacking:?}");
    // The desk tells its kiosks of it as of everything else.
    let told = read_told(&texts_to_tell(&file).unwrap()).unwrap();
    assert_eq!(told.words.text(told.words.language("vi").unwrap(), "welcome-title"), "Xin chào");
    assert!(clinic.adopt(told).words.language("vi").is_some());

    let wrong = vietnamese().replace("need-help = ", "need-hepl = ").replace("vi_VN", "xx_XX");
    std::fs::write(folder.path().join("routines/vi.ftl"), wrong).unwrap();
    let errors: Vec<_> = read_all(&file).unwrap_err().into_iter().map(|error| error.to_string()).collect();
    for expected in ["need-help is not said", "nothing is called need-hepl", "\"xx_XX\""] {
        assert!(
            errors.iter().any(|error| error.contains(expected) && error.starts_with("vi.ftl:")),
            "{errors:?}"
        );
    }
}
