//! Telephone numbers: read by libphonenumber's rules, kept in the form of ITU-T E.164, shown as the country
//! writes them.

use super::address::Country;
use super::digits::ascii_digits;
use super::registration::FieldProblem;
use phonenumber::{Mode, country::Id};

/// A typed number as E.164 has it, such as `+34600111222`; without a country code it is one of `country`.
pub fn e164(typed: &str, country: Country) -> Result<String, FieldProblem> {
    let typed = ascii_digits(typed);
    match typed.chars().filter(char::is_ascii_digit).count() {
        0 => return Err(FieldProblem::Empty),
        1..7 => return Err(FieldProblem::PhoneTooShort),
        // With the two zeros that stand for the plus in many countries.
        18.. => return Err(FieldProblem::PhoneTooLong),
        7..18 => {}
    }
    let number = phonenumber::parse(region(country), typed).map_err(|_| FieldProblem::PhoneUnknown)?;
    if !number.is_valid() {
        return Err(FieldProblem::PhoneUnknown);
    }
    Ok(number.format().mode(Mode::E164).to_string())
}

/// A number as people of `country` read it: theirs without the country code, others with it. What is no
/// number in E.164 stays as it is: records of other systems have them in many forms.
pub fn shown(number: &str, country: Country) -> String {
    if !number.starts_with('+') {
        return number.to_string();
    }
    let Ok(parsed) = phonenumber::parse(None, number) else { return number.to_string() };
    let own = parsed.country().id().is_some_and(|id| Some(id) == region(country));
    let mode = if own { Mode::National } else { Mode::International };
    parsed.format().mode(mode).to_string()
}

/// What two spellings of a number share: its last nine figures. Country codes, zeros before the number and
/// spaces fall away; that is enough for a hint, and never for an identity.
pub fn key(number: &str) -> Option<String> {
    let figures: Vec<char> = ascii_digits(number).chars().filter(char::is_ascii_digit).collect();
    (figures.len() >= 7).then(|| figures[figures.len().saturating_sub(9)..].iter().collect())
}

fn region(country: Country) -> Option<Id> {
    country.code().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_in_one_form_however_it_is_typed() {
        for (country, typed, kept) in [
            ("ES", "600 111 222", Ok("+34600111222")),
            ("ES", "+34 600 111 222", Ok("+34600111222")),
            ("ES", "0034600111222", Ok("+34600111222")),
            ("ES", "٦٠٠١١١٢٢٢", Ok("+34600111222")),
            ("ES", "+44 20 7946 0018", Ok("+442079460018")),
            ("GB", "(020) 7946-0018", Ok("+442079460018")),
            ("IN", "९८७६५४३२१०", Ok("+919876543210")),
            ("ES", "123", Err(FieldProblem::PhoneTooShort)),
            ("ES", "", Err(FieldProblem::Empty)),
            ("ES", "111 222 333", Err(FieldProblem::PhoneUnknown)),
            ("ES", "600 111 2223", Err(FieldProblem::PhoneUnknown)),
            ("ES", "123456789012345678", Err(FieldProblem::PhoneTooLong)),
            ("ES", "+999 123 456 789", Err(FieldProblem::PhoneUnknown)),
        ] {
            let country = Country::parse(country).unwrap();
            assert_eq!(e164(typed, country), kept.map(str::to_string), "{country:?} {typed}");
        }
    }

    #[test]
    fn a_number_is_shown_as_people_here_write_it() {
        let spain = Country::parse("ES").unwrap();
        for (kept, read) in [
            ("+34600111222", "600 11 12 22"),
            ("+442079460018", "+44 20 7946 0018"),
            ("600 111 222", "600 111 222"),
            ("+nonsense", "+nonsense"),
        ] {
            assert_eq!(shown(kept, spain), read);
        }
    }

    #[test]
    fn two_spellings_of_a_number_have_one_key() {
        assert_eq!(key("+34 600 111 222"), key("600111222"));
        assert_eq!(key("0044 20 7946 0018"), key("020 7946 0018"));
        assert_eq!(key("12"), None);
    }
}
