use super::*;
use crate::clinic::{Clinic, ClinicError, ClinicErrors, EXAMPLE, RoutineTexts, read_texts};
use crate::front_desk::payment_code::PaymentReference;
use uuid::Uuid;

fn clinic_with(payments: &str) -> Result<Clinic, ClinicErrors> {
    let text = EXAMPLE.replace(
        "languages = [\"en\", \"es\", \"fr\", \"de\", \"pt\", \"ar\", \"hi\", \"zh\"]",
        "languages = [\"en\", \"es\"]",
    );
    let mut routines = RoutineTexts::example();
    routines.replace("payments.toml", payments.into());
    read_texts("clinic.toml", &text, &routines)
}

/// All mistakes of a file, each as its line, what is wrong, and what would be right.
fn mistakes(payments: &str) -> Vec<(usize, String, String)> {
    let Err(errors) = clinic_with(payments) else { panic!("{payments} was taken") };
    let told = errors.into_iter().map(|error| match error {
        ClinicError::Wrong { line, wrong, right, .. } => (line, wrong, right),
        other => panic!("{other}"),
    });
    told.collect()
}

#[test]
fn a_clinic_without_a_word_about_payments_takes_no_money() {
    assert_eq!(clinic_with("").unwrap().routines.payments, None);
    assert_eq!(clinic_with("# later\n").unwrap().routines.payments, None);
    let folder = tempfile::tempdir().unwrap();
    crate::clinic::write_example_routines(folder.path()).unwrap();
    std::fs::remove_file(folder.path().join("payments.toml")).unwrap();
    let before = RoutineTexts::in_folder(folder.path()).unwrap();
    assert_eq!(read_texts("clinic.toml", EXAMPLE, &before).unwrap().routines.payments, None);
    // Nobody is paid into the example's account by a clinic that has no routines of its own.
    let of_any = RoutineTexts::of_any_clinic();
    assert_eq!(read_texts("clinic.toml", EXAMPLE, &of_any).unwrap().routines.payments, None);
}

#[test]
fn the_examples_visits_cost_what_stands_there() {
    let clinic = read_texts("clinic.toml", EXAMPLE, &RoutineTexts::example()).unwrap();
    let payments = clinic.routines.payments.unwrap();
    let due = |service, appointment| -> Vec<String> {
        let fees = payments.fees_for(service, appointment);
        fees.map(|fee| format!("{} {}", fee.text.text("es"), fee.amount)).collect()
    };
    assert_eq!(due("general", true), ["Consulta 12.50 EUR"]);
    assert_eq!(due("general", false), ["Consulta 12.50 EUR", "Visita sin cita 6.00 EUR"]);
    assert_eq!(due("children", false), ["Consulta 12.50 EUR"]);
    assert!(due("blood", true).is_empty());
    assert_eq!(payments.means, [Means::Card, Means::Code, Means::Desk]);
    assert_eq!(payments.at_most.unwrap().to_string(), "500.00 EUR");
    assert_eq!(payments.confirmed_within, Duration::from_secs(300));
    let reference = PaymentReference::of(Uuid::from_u128(7));
    let code = payments.code.unwrap().code(payments.fees[0].amount, &reference).unwrap();
    assert!(code.text.contains("\nES9121000418450200051332\nEUR12.50\nMDCS\nRF09"), "{}", code.text);
    assert_eq!(code.account, "ES91 2100 0418 4502 0005 1332");
}

#[test]
fn what_is_left_out_is_as_the_example_explains() {
    let text = "currency = \"jpy\"\nmeans = [\"desk\"]\n\
                [[fee]]\nid = \"visit\"\namount = \"1200\"\ntext = { en = \"Visit\", es = \"Visita\" }\n";
    let payments = clinic_with(text).unwrap().routines.payments.unwrap();
    assert_eq!(payments.without_desk, WithoutDesk::Pay);
    assert_eq!(payments.confirmed_within, Duration::from_secs(300));
    assert!(payments.at_most.is_none() && payments.code.is_none() && payments.code_text.is_none());
    for (service, appointment) in [("general", true), ("general", false), ("blood", true)] {
        let amounts: Vec<_> =
            payments.fees_for(service, appointment).map(|fee| fee.amount.to_string()).collect();
        assert_eq!(amounts, ["1200 JPY"]);
    }
}

/// What a whole file begins with; two lines.
const HEAD: &str = "currency = \"EUR\"\nmeans = [\"card\"]\n";

#[test]
fn each_mistake_names_its_line_and_what_would_be_right() {
    const FEE: &str = "[[fee]]\nid = \"a\"\namount = \"1.00\"\ntext = { en = \"A\", es = \"A\" }\n";
    const CODE: &str = "[code]\nscheme = \"epc\"\nname = \"Clinic\"\niban = \"ES9121000418450200051332\"\n";
    let with = |more: &str| format!("{HEAD}{more}");
    for (payments, line, wrong, right) in [
        ("means = [\"card\"]".to_string(), 1, "in which currency", "currency = \"EUR\""),
        ("currency = \"EUR\"".into(), 1, "how patients can pay", "means = ["),
        ("currency = \"EURO\"\nmeans = [\"card\"]".into(), 1, "no currency", "three letters"),
        ("currency = \"XAU\"\nmeans = [\"card\"]".into(), 1, "no currency", "three letters"),
        ("currency = \"EUR\"\nmeans = []".into(), 2, "no way to pay", "means = ["),
        (
            "currency = \"EUR\"\nmeans = [\"cash\"]".into(),
            2,
            "unknown variant `cash`",
            "words that are known",
        ),
        ("currency = \"EUR\"\nmeans = [\"card\", \"card\"]".into(), 2, "\"card\" stands here twice", "once"),
        ("currency = \"EUR\"\nmeans = [\"code\"]".into(), 2, "who is paid by code", "[code]"),
        (with("at_most = \"500,00\""), 3, "no amount in EUR, such as 12.50", "with a point"),
        (with("at_most = \"0\""), 3, "this is nothing", "above 0"),
        (with("at_most = 500"), 3, "invalid type", "quotes"),
        (with("without_desk = \"wait\""), 3, "unknown variant `wait`", "words that are known"),
        (with("confirmed_within = \"soon\""), 3, "no length of time", "3 min"),
        (with("confirmed_within = \"5 s\""), 3, "so short a time", "\"30 s\" to \"60 min\""),
        (with("confirmed_within = \"2 working days\""), 3, "so long", "\"30 s\" to \"60 min\""),
        (with("code_text = { en = \"Scan\" }"), 3, "missing in \"es\"", "Add es ="),
        (with("fees = 1"), 3, "unknown field `fees`", "list"),
        (with(&FEE.replace("1.00", "1.0")), 5, "\"1.0\" is no amount in EUR", "as many places"),
        (with(&FEE.replace("1.00", "-1.00")), 5, "no amount", "figures"),
        (with(&FEE.replace("1.00", "0.00")), 5, "this is nothing", "above 0"),
        (with(&format!("at_most = \"0.50\"\n{FEE}")), 6, "above at_most = \"0.50\"", "Raise at_most"),
        (with(&FEE.replace("id = \"a\"", "id = \" \"")), 4, "this id is empty", "short word"),
        (with(&FEE.repeat(2)), 8, "stands here twice", "of its own"),
        (with(&FEE.replace(", es = \"A\"", "")), 6, "missing in \"es\"", "Add es ="),
        (with(&format!("{FEE}services = [\"bloood\"]")), 7, "no service \"bloood\"", "blood"),
        (with(&format!("{FEE}visits = []")), 7, "belongs to no visit", "\"walk-in\""),
        (with(&format!("{FEE}visits = [\"sometimes\"]")), 7, "unknown variant", "words that are known"),
        (with(&format!("{FEE}service = \"blood\"")), 7, "unknown field `service`", "list"),
        (with("[code]\nname = \"Clinic\""), 3, "by which scheme", "epc, upi, pix, swiss"),
        (with(&CODE.replace("\"epc\"", "\"sepa\"")), 4, "no scheme \"sepa\"", "epc, upi, pix, swiss"),
        (with(&CODE.replace("51332", "51333")), 6, "check digits", "Copy the IBAN"),
        (with(&CODE.replace("name = \"Clinic\"\n", "")), 4, "name is missing", "Add name ="),
        (with(&format!("{CODE}city = \"Madrid\"")), 7, "have no city", "name, iban, bic"),
        (with(&format!("{CODE}purpose = 5")), 7, "invalid type", "quotes"),
        (with(&CODE.replace("ES9121000418450200051332", "GB29NWBK60161331926819")), 6, "BIC", "Add bic"),
        (
            "currency = \"INR\"\nmeans = [\"card\"]\n".to_string() + CODE,
            4,
            "codes of \"epc\" cannot ask for INR",
            "They carry EUR",
        ),
    ] {
        let told = mistakes(&payments);
        assert_eq!(told.len(), 1, "{payments}: {told:?}");
        assert!(told[0].1.contains(wrong) && told[0].2.contains(right), "{payments}: {told:?}");
        assert_eq!(told[0].0, line, "{payments}: {told:?}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let told = mistakes(
        "currency = \"EUR\"\nmeans = [\"card\", \"card\"]\nat_most = \"-1\"\nconfirmed_within = \"1 s\"\n\
         [[fee]]\nid = \"a\"\namount = \"1\"\ntext = { en = \"A\" }\n\
         [code]\nscheme = \"upi\"\naddress = \"nobody\"\ncity = \"Delhi\"\n",
    );
    let lines: Vec<_> = told.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [2, 3, 8, 10, 12, 11, 10, 4], "{told:?}");
}
