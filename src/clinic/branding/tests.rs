use crate::clinic::mistake::ClinicError;
use crate::clinic::{Clinic, EXAMPLE, RoutineTexts, check_routines, read_texts, read_told, texts_to_tell};
use chrono::NaiveDate;

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'><rect width='100' height='100' fill='#7a1f5c'/></svg>";

fn read(branding: &str, logo: Option<&str>) -> Result<Clinic, ClinicError> {
    let text = EXAMPLE.replacen("[arrival]", &format!("{branding}\n[arrival]"), 1);
    let mut routines = RoutineTexts::example();
    if let Some(logo) = logo {
        routines.replace("logo.svg", logo.to_string());
    }
    read_texts("clinic.toml", &text, &routines).map_err(|errors| errors.first)
}

/// File, line, what is wrong and what would be right.
fn refused(branding: &str, logo: Option<&str>) -> (String, usize, String, String) {
    match read(branding, logo) {
        Err(ClinicError::Wrong { line, wrong, right, text, .. }) => {
            (text.name().to_string(), line, wrong, right)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_clinic_has_its_own_colour_and_logo_or_the_houses() {
    let plain = read("", None).unwrap();
    assert!(plain.branding.colours.is_none() && plain.branding.logo.is_none());
    let own = read("[branding]\ncolour = \"#5c1748\"", Some(LOGO)).unwrap();
    assert!(own.branding.colours.is_some());
    assert_eq!(own.branding.logo.as_ref().unwrap().shape(), 1.0);
}

#[test]
fn a_colour_is_refused_in_its_line_with_one_that_would_do() {
    let line = EXAMPLE.lines().position(|line| line.starts_with("[arrival]")).unwrap() + 2;
    let (file, at, wrong, right) = refused("[branding]\ncolour = \"#00a3b4\"", None);
    assert_eq!((file.as_str(), at), ("clinic.toml", line));
    assert!(wrong.starts_with("this colour on its own pale tint has a contrast of 2."), "{wrong}");
    let enough = right.split('"').nth(1).unwrap();
    assert!(read(&format!("[branding]\ncolour = \"{enough}\""), None).is_ok(), "{right}");
    let (.., right) = refused("[branding]\ncolour = \"teal\"", None);
    assert!(right.contains("six figures"), "{right}");
}

#[test]
fn a_logo_is_refused_in_its_own_file() {
    let (file, line, wrong, right) =
        refused("", Some("<svg xmlns='http://www.w3.org/2000/svg'>\n<text>Clinic</text></svg>"));
    assert_eq!((file.as_str(), line), ("logo.svg", 2));
    assert!(wrong.contains("text") && right.contains("paths"), "{wrong} {right}");
}

#[test]
fn red_is_worth_a_look() {
    let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
    let findings = |colour: &str| {
        let clinic = read(&format!("[branding]\ncolour = \"{colour}\""), None).unwrap();
        check_routines(&clinic, today).iter().filter(|finding| finding.what.contains("danger")).count()
    };
    assert_eq!((findings("#8a1020"), findings("#5c1748")), (1, 0));
}

#[test]
fn every_kiosk_is_told_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let routines = folder.path().join("routines");
    crate::clinic::write_example_routines(&routines).unwrap();
    std::fs::write(routines.join("logo.svg"), LOGO).unwrap();
    let path = folder.path().join("clinic.toml");
    std::fs::write(&path, EXAMPLE.replacen("[arrival]", "[branding]\ncolour = \"#5c1748\"\n[arrival]", 1))
        .unwrap();
    let told = texts_to_tell(&path).unwrap();
    assert_eq!(told["logo.svg"], LOGO);
    let adopted = read("", None).unwrap().adopt(read_told(&told).unwrap());
    assert!(adopted.branding.colours.is_some() && adopted.branding.logo.is_some());
}
