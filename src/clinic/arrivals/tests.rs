use super::*;
use crate::clinic::{Clinic, ClinicError, ClinicErrors, EXAMPLE, RoutineTexts, read_texts};

fn clinic_with(arrivals: &str) -> Result<Clinic, ClinicErrors> {
    let text = EXAMPLE.replace(
        "languages = [\"en\", \"es\", \"fr\", \"de\", \"pt\", \"ar\", \"hi\", \"zh\"]",
        "languages = [\"en\", \"es\"]",
    );
    let mut routines = RoutineTexts::example();
    routines.replace("arrivals.toml", arrivals.into());
    read_texts("clinic.toml", &text, &routines)
}

/// All mistakes of a file, each as its line, what is wrong, and what would be right.
fn mistakes(arrivals: &str) -> Vec<(usize, String, String)> {
    let Err(errors) = clinic_with(arrivals) else { panic!("{arrivals} was taken") };
    let told = errors.into_iter().map(|error| match error {
        ClinicError::Wrong { line, wrong, right, .. } => (line, wrong, right),
        other => panic!("{other}"),
    });
    told.collect()
}

#[test]
fn a_clinic_without_a_word_about_arrivals_is_answered_as_before_there_was_a_file() {
    let clinic = clinic_with("").unwrap();
    let then = |case| clinic.routines.arrivals.answer(case, Some("general")).then;
    for (case, expected) in [
        (ArrivalCase::Early, Then::Tell),
        (ArrivalCase::Late, Then::Desk),
        (ArrivalCase::Missed, Then::Desk),
        (ArrivalCase::OtherDay, Then::Tell),
        (ArrivalCase::Cancelled, Then::Desk),
        (ArrivalCase::Changed, Then::Desk),
        (ArrivalCase::NoAppointment, Then::Desk),
        (ArrivalCase::NoRecord, Then::Desk),
        (ArrivalCase::BalanceDue, Then::CheckIn),
    ] {
        assert_eq!(then(case), expected, "{case:?}");
    }
    assert_eq!(clinic.arrival_limits("general").missed_after_minutes, None);
    let folder = tempfile::tempdir().unwrap();
    crate::clinic::write_example_routines(folder.path()).unwrap();
    std::fs::remove_file(folder.path().join("arrivals.toml")).unwrap();
    let texts = RoutineTexts::in_folder(folder.path()).unwrap();
    assert!(texts.files().any(|(file, text)| file == "arrivals.toml" && text.is_empty()));
}

#[test]
fn a_service_has_answers_of_its_own_and_borrows_only_words_that_fit() {
    let clinic = clinic_with(
        "[late]\nthen = \"desk\"\ntitle = { en = \"Late\", es = \"Tarde\" }\n\
         [service.blood.late]\nthen = \"check-in\"\n\
         [service.children.late]\nsay = [{ en = \"{time}!\", es = \"¡{time}!\" }]\n\
         [missed]\nafter_minutes = 60\n[service.blood.missed]\nafter_minutes = 240\n",
    )
    .unwrap();
    let arrivals = &clinic.routines.arrivals;
    let late = |service| arrivals.answer(ArrivalCase::Late, service);
    assert_eq!((late(None).then, late(Some("general")).then), (Then::Desk, Then::Desk));
    assert_eq!((late(Some("blood")).then, late(Some("blood")).title), (Then::CheckIn, None));
    assert_eq!(late(Some("children")).title.unwrap().text("es"), "Tarde");
    assert_eq!(late(Some("children")).say.len(), 1);
    assert_eq!(arrivals.missed_after_minutes("general"), Some(60));
    assert_eq!(arrivals.missed_after_minutes("blood"), Some(240));
}

#[test]
fn each_mistake_names_its_line_and_what_would_be_right() {
    for (arrivals, line, wrong, right) in [
        ("[earlier]\nthen = \"tell\"", 1, "unknown field `earlier`", "list"),
        ("[early]\nthen = \"wait\"", 2, "unknown variant `wait`", "words that are known"),
        ("\n[early]\nthen = \"walk-in\"", 3, "\"walk-in\" cannot follow \"early\"", "tell, desk, check-in."),
        ("[cancelled]\nthen = \"check-in\"", 2, "nobody expects", "tell, desk, walk-in."),
        ("[no-record]\nthen = \"check-in\"", 2, "belongs to a record", "tell, desk."),
        ("[no-appointment]\nthen = \"check-in\"", 2, "\"walk-in\" gives a ticket", "tell, desk, walk-in."),
        ("[balance-due]\nthen = \"tell\"", 2, "whoever is due is seen", "desk, check-in."),
        ("[other-site]\nthen = \"check-in\"", 2, "the other site", "tell, desk."),
        ("[other-day]\nthen = \"check-in\"", 2, "of another day", "tell, desk, walk-in."),
        (
            "[missed]\nthen = \"check-in\"\nafter_minutes = 60",
            2,
            "raise after_minutes",
            "tell, desk, walk-in.",
        ),
        ("[missed]\nthen = \"desk\"", 1, "nothing says when", "after_minutes = 60"),
        ("[missed]\nafter_minutes = 15\nthen = \"desk\"", 2, "closes after 15 minutes", "more than 15"),
        ("[late]", 1, "says nothing", "then ="),
        ("[late]\nsay = [{ en = \"Late.\" }]", 2, "missing in \"es\"", "Add es ="),
        (
            "[late]\nsay = [{ en = \"{tiem}\", es = \"{tiem}\" }]",
            2,
            "{tiem} is no placeholder",
            "{time}, {day}",
        ),
        ("[late]\nsay = [{ en = \"{way}\", es = \"{way}\" }]", 2, "nothing can stand for {way}", "{time}"),
        (
            "[no-record]\nsay = [{ en = \"{time}\", es = \"{time}\" }]",
            2,
            "nothing can stand",
            "without placeholders",
        ),
        ("[late]\nsay = [{ en = \"{time\", es = \"a\" }]", 2, "a brace", "{time}"),
        ("[late]\nsay = [{ en = \"time}\", es = \"a\" }]", 2, "a brace", "{time}"),
        (
            "[late]\nsay = [{ en = \"At {time}.\", es = \"Tarde.\" }]",
            2,
            "{time} does not stand in both",
            "the same",
        ),
        ("[late]\nsay = { en = \"a\", es = \"b\" }", 2, "invalid type", ""),
        ("[service.bloood.late]\nthen = \"desk\"", 1, "there is no service \"bloood\"", "blood"),
        ("[service.blood.no-record]\nthen = \"desk\"", 1, "unknown field", "list"),
    ] {
        let told = mistakes(arrivals);
        assert_eq!(told.len(), 1, "{arrivals}: {told:?}");
        assert!(told[0].1.contains(wrong) && told[0].2.contains(right), "{arrivals}: {told:?}");
        assert_eq!(told[0].0, line, "{arrivals}: {told:?}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let told = mistakes("[early]\nthen = \"walk-in\"\n[late]\n[service.x.late]\nthen = \"desk\"\n");
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn a_text_is_filled_in_and_an_odd_one_shown_as_it_is() {
    let value = |name: &str| format!("<{name}>");
    for (text, said) in [
        ("At {time} with { clinician }.", "At <time> with <clinician>."),
        ("{time}{day}", "<time><day>"),
        ("no brace", "no brace"),
        ("{", "{"),
        ("a {b", "a {b"),
    ] {
        assert_eq!(filled(text, value), said);
    }
}
