use super::*;
use crate::clinic::{ClinicError, EXAMPLE, RoutineTexts, read_texts};

fn read(text: &str) -> Result<RegistrationForm, Vec<(usize, String, String)>> {
    let mut texts = RoutineTexts::example();
    texts.replace("registration.toml", text.to_string());
    let read = read_texts("clinic.toml", EXAMPLE, &texts);
    read.map(|clinic| clinic.routines.registration).map_err(|errors| {
        let told = errors.into_iter().map(|error| match error {
            ClinicError::Wrong { line, wrong, right, .. } => (line, wrong, right),
            other => panic!("{other}"),
        });
        told.collect()
    })
}

const LEAST: &str = "[[step]]\nask = [\"given-name\", \"family-name\", \"date-of-birth\", \"consent\"]\n";

#[test]
fn the_least_that_can_be_asked_is_taken() {
    let form = read(LEAST).unwrap();
    assert_eq!(form.asked.len(), 4);
    assert_eq!((form.country, form.confirm.details.len()), (None, 0));
}

#[test]
fn what_was_asked_before_there_was_this_file_is_asked_without_it() {
    let form = read(crate::clinic::routine_files::REGISTRATION_BEFORE).unwrap();
    assert_eq!((form.asked.len(), form.country), (12, None));
}

#[test]
fn a_folder_of_before_is_read_with_what_was_asked_then() {
    let folder = tempfile::tempdir().unwrap();
    crate::clinic::write_example_routines(folder.path()).unwrap();
    std::fs::remove_file(folder.path().join("registration.toml")).unwrap();
    let texts = RoutineTexts::in_folder(folder.path()).unwrap();
    let form = read_texts("clinic.toml", EXAMPLE, &texts).unwrap().routines.registration;
    assert_eq!((form.asked.len(), form.country), (12, None));
    assert!(form.asked(Question::Language).is_some());
}

#[test]
fn each_mistake_names_its_line_and_what_would_be_right() {
    let names =
        "{ en = \"x\", es = \"x\", ar = \"x\", hi = \"x\", fr = \"x\", de = \"x\", pt = \"x\", zh = \"x\" }";
    let own = |rest: &str| {
        format!(
            "[[own]]\nid = \"badge\"\nask = {names}\n{rest}\n{}",
            LEAST.replace("\"consent\"", "\"own:badge\", \"consent\"")
        )
    };
    for (text, line, wrong, right) in [
        (LEAST.replace("\"given-name\", ", ""), 1, "\"given-name\" is not asked", "Add \"given-name\""),
        (LEAST.replace(", \"consent\"", ""), 1, "\"consent\" is not asked: nothing may be kept", "Add"),
        (
            LEAST.replace("\"date-of-birth\", \"consent\"", "\"consent\", \"date-of-birth\""),
            1,
            "after the consent",
            "last",
        ),
        (
            LEAST.replace("\"consent\"", "\"shoe-size\", \"consent\""),
            2,
            "no question \"shoe-size\"",
            "own:ID",
        ),
        (LEAST.replace("\"consent\"", "\"sex\", \"sex\", \"consent\""), 2, "asked twice", "take it out"),
        (LEAST.replace("\"consent\"", "\"own:badge\", \"consent\""), 2, "no part [[own]]", "id = \"badge\""),
        (LEAST.replace("\"consent\"", "\"scheme-number\", \"consent\""), 2, "what number", "[scheme]"),
        (LEAST.replace("\"consent\"", "\"street\", \"consent\""), 1, "half an address", "neither"),
        (
            LEAST.replace("\"consent\"", "\"contact-phone\", \"consent\""),
            1,
            "a name and a number",
            "contact-name",
        ),
        (format!("{LEAST}may_skip = [\"given-name\"]\n"), 3, "cannot be passed over", "may_skip"),
        (
            format!("{LEAST}may_skip = [\"sex\"]\n"),
            3,
            "no question of this step called \"sex\"",
            "given-name",
        ),
        (format!("country = \"XX\"\n{LEAST}"), 1, "no country", "ES"),
        (
            format!(
                "country = \"AE\"\n{}",
                LEAST.replace("\"consent\"", "\"street\", \"postal-code\", \"town\", \"consent\"")
            ),
            3,
            "AE has no postal codes",
            "town",
        ),
        (
            format!(
                "country = \"DE\"\n{}",
                LEAST.replace("\"consent\"", "\"street\", \"town\", \"region\", \"consent\"")
            ),
            3,
            "name no region",
            "Take it out",
        ),
        (own("format = \"shape\""), 4, "no format \"shape\"", "digits"),
        (own("format = \"pattern\""), 4, "missing", "pattern = "),
        (own("format = \"pattern\"\npattern = \"(\""), 5, "no pattern", "regular expression"),
        (own("format = \"digits\"\npattern = \"x\""), 5, "only format", "remove"),
        (own("format = \"digits\"\nexample = \"x\""), 5, "does not fit", "would be taken"),
        (own("format = \"digits\"\nlongest = 0"), 5, "this length", "200"),
        (
            format!("[[own]]\nid = \"badge\"\nask = {names}\nformat = \"text\"\n{LEAST}"),
            2,
            "never asked",
            "own:badge",
        ),
        (
            format!("[scheme]\nkind = \"moon\"\nname = {names}\n{LEAST}"),
            2,
            "no kind of number \"moon\"",
            "gb-nhs",
        ),
        (
            format!("[scheme]\nkind = \"pattern\"\nname = {names}\n{LEAST}"),
            2,
            "pattern itself is missing",
            "regular",
        ),
        (
            format!("[scheme]\nkind = \"luhn\"\nname = {names}\npattern = \"x\"\n{LEAST}"),
            4,
            "form of their own",
            "Remove",
        ),
        (
            format!("[confirm]\ndetails = [\"name\"]\nevery_days = 9\n{LEAST}"),
            2,
            "no detail to confirm called \"name\"",
            "address",
        ),
        (format!("[confirm]\ndetails = [\"phone\"]\nevery_days = 0\n{LEAST}"), 3, "0 days", "every_days = 1"),
        (format!("{LEAST}name = {{ en = \"x\" }}\n"), 3, "missing in \"es\"", "Add es"),
        (format!("{LEAST}colour = \"blue\"\n"), 3, "unknown field", "list"),
    ] {
        let told = read(&text).map(drop).expect_err(&text);
        let fits = |(at, said, how): &(usize, String, String)| {
            *at == line && said.contains(wrong) && how.contains(right)
        };
        assert!(told.iter().any(fits), "{text}\nline {line}, {wrong}, {right}: {told:#?}");
    }
}

#[test]
fn an_answer_of_the_clinics_own_kind_is_kept_in_one_form() {
    let names =
        "{ en = \"x\", es = \"x\", ar = \"x\", hi = \"x\", fr = \"x\", de = \"x\", pt = \"x\", zh = \"x\" }";
    let text = format!(
        "[[own]]\nid = \"cip\"\nask = {names}\nformat = \"pattern\"\npattern = '[A-Z]{{4}}\\d{{12}}'\n{}",
        LEAST.replace("\"consent\"", "\"own:cip\", \"consent\"")
    );
    let form = read(&text).unwrap();
    assert_eq!(form.own[0].read("bbbb 1234-5678 9012").as_deref(), Ok("BBBB123456789012"));
    assert_eq!(form.own[0].read("BBBB"), Err(FieldProblem::OwnFormat));
}
