use super::*;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

fn today() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

/// The specimens of ICAO Doc 9303, parts 4, 5 and 6.
const TD3: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const TD1: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];

fn read(text: &str) -> Option<Document> {
    match Document::read(text)? {
        Scanned::Document(document) => Some(*document),
        Scanned::OneOfSeveral => None,
    }
}

#[test]
fn every_kind_of_zone_is_read_in_lines_and_in_one_text() {
    for lines in [&TD3[..], &TD1[..], &TD2[..]] {
        for joined in [lines.join("\n"), lines.join("\r\n"), lines.concat()] {
            let document = read(&joined).unwrap();
            assert_eq!(
                (document.name.given.as_str(), document.name.family.as_str()),
                ("Anna Maria", "Eriksson")
            );
            assert_eq!(document.date_of_birth(today()).unwrap().date().to_string(), "1974-08-12");
            assert_eq!(document.sex, Some(Sex::Female));
        }
    }
}

#[test]
fn a_zone_with_one_wrong_figure_is_no_document() {
    for (from, to) in [("7408122F", "7408132F"), ("L898902C3", "L898902C4"), ("1204159", "1204158")] {
        assert!(TD3[1].contains(from));
        assert_eq!(Document::read(&format!("{}\n{}", TD3[0], TD3[1].replace(from, to))), None);
    }
    for text in ["", "P<UTO", &TD3[0][1..], &"<".repeat(88), &"é".repeat(44), TD3[1]] {
        assert_eq!(Document::read(text), None, "{text}");
    }
}

#[test]
fn the_century_is_judged_by_today() {
    let born =
        |day: &str| Document { born: Born::ShortYear(day.parse().unwrap()), ..read(&TD3.concat()).unwrap() };
    for (written, meant) in [
        ("2026-11-24", "2026-11-24"),
        ("2026-11-25", "1926-11-25"),
        ("2001-02-03", "2001-02-03"),
        ("2050-01-01", "1950-01-01"),
        ("2000-02-29", "2000-02-29"),
    ] {
        assert_eq!(born(written).date_of_birth(today()).unwrap().date().to_string(), meant);
    }
}

#[test]
fn a_name_in_the_letters_of_a_document_is_found_in_the_records() {
    let document = |family: &str, truncated: bool| {
        let name = PersonName { given: "JURGEN".into(), family: family.into() };
        Document { name, truncated, ..read(&TD3.concat()).unwrap() }
    };
    for (on_record, family, truncated, fits) in [
        ("Müller", "MUELLER", false, true),
        ("Müller", "MULLER", false, true),
        ("Ångström", "AANGSTROEM", false, true),
        ("García López", "GARCIA LOPEZ", false, true),
        ("García López", "GARCIA", false, true),
        ("Papandropoulous-Nikolaides", "PAPANDROPOULOUS NIKOL", true, true),
        ("Papandropoulous-Nikolaides", "PAPANDROPOULOUS NIKOL", false, false),
        ("Smithson", "SMIT", true, false),
        ("Smith", "SMYTH", false, false),
    ] {
        let name = PersonName { given: "Jürgen".into(), family: on_record.into() };
        let document = document(family, truncated);
        assert_eq!(document.is_of(&name), fits, "{on_record} {family}");
        assert!(document.has_given_name(&name));
    }
}

/// A card as its issuer makes it.
fn card(payload: &[u8]) -> String {
    let packed = miniz_oxide::deflate::compress_to_vec(payload, 6);
    let token = format!(
        "{}.{}.{}",
        URL_SAFE_NO_PAD.encode(r#"{"zip":"DEF","alg":"ES256","kid":"x"}"#),
        URL_SAFE_NO_PAD.encode(packed),
        URL_SAFE_NO_PAD.encode([7; 64])
    );
    let numbers: String = token.bytes().map(|byte| format!("{:02}", byte - 45)).collect();
    format!("shc:/{numbers}")
}

const BUNDLE: &str = r#"{"iss":"https://issuer.example","nbf":1,"vc":{"type":["x"],"credentialSubject":{"fhirVersion":"4.0.1","fhirBundle":{"resourceType":"Bundle","type":"collection","entry":[
{"fullUrl":"resource:1","resource":{"resourceType":"Immunization","status":"completed"}},
{"fullUrl":"resource:0","resource":{"resourceType":"Patient","name":[{"family":"Anyperson","given":["John","B."]}],"birthDate":"1951-01-20"}}]}}}}"#;

#[test]
fn a_health_card_says_who_it_is_of() {
    let document = read(&card(BUNDLE.as_bytes())).unwrap();
    assert_eq!((document.name.given.as_str(), document.name.family.as_str()), ("John B.", "Anyperson"));
    assert_eq!(document.date_of_birth(today()).unwrap().date().to_string(), "1951-01-20");
}

#[test]
fn a_health_card_that_is_none_or_a_bomb_is_no_document() {
    assert_eq!(Document::read("shc:/1/2/5676"), Some(Scanned::OneOfSeveral));
    let mut bomb = BUNDLE.as_bytes().to_vec();
    bomb.extend(vec![b' '; 50 * 1024 * 1024 / 64]);
    assert!(card(&bomb).len() < 7_100, "it is small as long as it is packed");
    for text in ["shc:/", "shc:/567", "shc:/56x7", "shc:/5676", &card(b"{}"), &card(b"no JSON"), &card(&bomb)]
    {
        assert_eq!(Document::read(text), None, "{}", &text[..text.len().min(20)]);
    }
}

#[test]
fn a_driving_licence_says_who_it_is_of() {
    // The sample of the AAMVA standard, shortened.
    let text = "@\n\u{1e}ANSI 636000090002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDBB06061986\nDBC1\nDAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000\nDCGUSA\nZVZVA01";
    let document = read(text).unwrap();
    assert_eq!((document.name.given.as_str(), document.name.family.as_str()), ("Michael John", "Sample"));
    assert_eq!(document.date_of_birth(today()).unwrap().date().to_string(), "1986-06-06");
    let address = document.address.unwrap();
    assert_eq!((address.street.as_str(), address.postal_code.as_str()), ("2300 West Broad Street", "23269"));
    assert_eq!(read("ANSI 636000DL\nDCSX\nDBB99999999"), None);
}

#[test]
fn nothing_of_a_document_is_written_to_a_log() {
    let said = format!("{:?}", Document::read(&TD3.concat()));
    assert!(said.contains("withheld") && !said.to_uppercase().contains("ERIKSSON"), "{said}");
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,120}", zone in "[A-Z0-9<]{88}", numbers in "shc:/[0-9]{0,200}") {
        for text in [text, zone, numbers] {
            let _ = Document::read(&text);
        }
    }
}
