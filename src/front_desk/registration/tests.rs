use super::*;
use crate::clinic::{EXAMPLE, RoutineTexts, read_texts};

const FORM: &str = r#"
country = "GB"
[scheme]
kind = "gb-nhs"
name = { en = "NHS", es = "NHS", ar = "NHS", hi = "NHS", fr = "NHS", de = "NHS", pt = "NHS", zh = "NHS" }
[[own]]
id = "badge"
format = "pattern"
pattern = "[A-Z]{2}\\d{3}"
example = "AB123"
ask = { en = "Badge?", es = "¿Placa?", ar = "الشارة؟", hi = "बैज?", fr = "Badge ?", de = "Ausweis?", pt = "Crachá?", zh = "工牌？" }
[[own]]
id = "floor"
format = "digits"
longest = 2
ask = { en = "Floor?", es = "¿Planta?", ar = "الطابق؟", hi = "मंज़िल?", fr = "Étage ?", de = "Stockwerk?", pt = "Andar?", zh = "几楼？" }
[[step]]
ask = ["given-name", "family-name", "date-of-birth", "phone", "email", "street", "postal-code", "town",
       "contact-name", "contact-phone", "contact-relation", "scheme-number", "own:badge", "own:floor", "consent"]
may_skip = ["phone", "email", "street", "postal-code", "town", "contact-name", "contact-phone",
            "contact-relation", "scheme-number", "own:badge", "own:floor"]
"#;

fn form() -> RegistrationForm {
    let mut texts = RoutineTexts::example();
    texts.replace("registration.toml", FORM.to_string());
    read_texts("clinic.toml", EXAMPLE, &texts)
        .unwrap_or_else(|errors| panic!("{errors:?}"))
        .routines
        .registration
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn typed(draft: &mut Draft, question: Question, text: &str) {
    *draft.text_mut(question).unwrap() = text.to_string();
}

#[test]
fn each_field_is_checked_as_it_is_left() {
    let form = form();
    use FieldProblem as P;
    for (question, text, expected) in [
        (Question::GivenName, "X", Ok(())),
        (Question::GivenName, "ليلى", Ok(())),
        (Question::GivenName, "  ", Err(P::Empty)),
        (Question::GivenName, "--", Err(P::NoLetter)),
        (Question::Phone, "020 7946 0018", Ok(())),
        (Question::Phone, "+34 600 111 222", Ok(())),
        (Question::Phone, "600 111 222", Err(P::PhoneUnknown)),
        (Question::Phone, "123", Err(P::PhoneTooShort)),
        (Question::Phone, "", Ok(())),
        (Question::Email, "a.b+c@clinic.example", Ok(())),
        (Question::Email, "ana@clínica.example", Ok(())),
        (Question::Email, "ana@clinic", Err(P::Email)),
        (Question::Email, "ana clinic.example", Err(P::Email)),
        (Question::Email, "a@b@clinic.example", Err(P::Email)),
        (Question::PostalCode, "sw1a1aa", Ok(())),
        (Question::PostalCode, "28013", Err(P::PostalCode)),
        (Question::SchemeNumber, "943 476 5919", Ok(())),
        (Question::SchemeNumber, "943 476 5918", Err(P::CheckDigit)),
        (Question::SchemeNumber, "943", Err(P::NumberFormat)),
        (Question::Own(0), "ab123", Ok(())),
        (Question::Own(0), "abc123", Err(P::OwnFormat)),
        (Question::Own(1), "١٢", Ok(())),
        (Question::Own(1), "123", Err(P::TooLong)),
        (Question::Own(1), "1a", Err(P::OwnFormat)),
    ] {
        let mut draft = Draft::default();
        typed(&mut draft, question, text);
        let asked = form.asked(question).unwrap();
        assert_eq!(draft.check(asked, &form, today()), expected, "{question:?} {text}");
    }
}

#[test]
fn everything_is_kept_in_its_standard_form() {
    let form = form();
    let mut draft = Draft { date: DateDigits::of(today()), ..Draft::default() };
    for (question, text) in [
        (Question::GivenName, " Seán "),
        (Question::FamilyName, "O'Brien"),
        (Question::Phone, "(020) 7946-0018"),
        (Question::Street, "10  Downing Street"),
        (Question::PostalCode, "sw1a2aa"),
        (Question::Town, "London"),
        (Question::ContactName, "Aoife"),
        (Question::ContactRelation, "sister"),
        (Question::SchemeNumber, "943-476-5919"),
        (Question::Own(0), "ab 123"),
    ] {
        typed(&mut draft, question, text);
    }
    let patient = draft.complete(PatientId(uuid::Uuid::nil()), "en", &form, today()).unwrap();
    assert_eq!(patient.name.given, "Seán");
    assert_eq!(patient.phone.as_deref(), Some("+442079460018"));
    assert_eq!(patient.address.unwrap().one_line(), "10 Downing Street, London, SW1A 2AA");
    let contact = patient.emergency_contact.unwrap();
    assert_eq!((contact.name.as_str(), contact.relation.as_deref()), ("Aoife", Some("sister")));
    assert_eq!(patient.further.scheme_number.unwrap().number, "9434765919");
    assert_eq!(patient.further.own["badge"], "AB123");
    assert_eq!(patient.further.email, None);
}

#[test]
fn what_may_be_passed_over_may_be_empty_and_nothing_else() {
    let form = form();
    let mut draft = Draft { date: DateDigits::of(today()), ..Draft::default() };
    typed(&mut draft, Question::GivenName, "Ana");
    let missing = draft.complete(PatientId(uuid::Uuid::nil()), "en", &form, today()).map(drop);
    assert_eq!(missing, Err((Question::FamilyName, FieldProblem::Empty)));
    typed(&mut draft, Question::FamilyName, "Ruiz");
    let patient = draft.complete(PatientId(uuid::Uuid::nil()), "en", &form, today()).unwrap();
    assert_eq!((patient.phone, patient.address), (None, None));
    assert!(patient.emergency_contact.is_none());
}
