//! Whether two records are probably the same person's. A few points for each thing that two records have in
//! common; from [`ENOUGH`] on a person is asked. Nobody is ever refused, and nothing is ever joined, because
//! of it.
//!
//! | in common | points |
//! |---|---|
//! | number of the same scheme | 6 |
//! | given and family name, in either order | 4 |
//! | the same with one slip of the finger | 3 |
//! | only the given name | 2 |
//! | date of birth | 3 |
//! | date of birth with day and month changed round | 2 |
//! | telephone number | 2 |
//! | *different* numbers of the same scheme | −3 |
//!
//! Twins share a family name, a date of birth and a telephone number: that is 5. A father and a son of one
//! name share a telephone number as well: that is 6, and for a person to see.

use super::patient::{Patient, PersonName, fold_name};
use super::phone;
use chrono::{Datelike, NaiveDate};

/// So many points and a person is asked.
pub const ENOUGH: i32 = 6;

/// The records among `known` that are probably the same person's as `patient`.
pub fn likely<'a>(patient: &Patient, known: impl IntoIterator<Item = &'a Patient>) -> Vec<&'a Patient> {
    known.into_iter().filter(|other| other.id != patient.id && points(patient, other) >= ENOUGH).collect()
}

/// How much two records have in common.
pub fn points(one: &Patient, other: &Patient) -> i32 {
    let names = match_names(&one.name, &other.name);
    let (born, other_born) = (one.date_of_birth.date(), other.date_of_birth.date());
    let birth = if born == other_born {
        3
    } else if changed_round(born) == Some(other_born) {
        2
    } else {
        0
    };
    let key = |patient: &Patient| patient.phone.as_deref().and_then(phone::key);
    let phone = if key(one).is_some() && key(one) == key(other) { 2 } else { 0 };
    let scheme = match (&one.further.scheme_number, &other.further.scheme_number) {
        (Some(one), Some(other)) if one == other => 6,
        (Some(one), Some(other)) if one.kind == other.kind => -3,
        _ => 0,
    };
    names + birth + phone + scheme
}

/// The day with day and month changed round, where that is another day.
pub fn changed_round(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()).filter(|other| *other != day)
}

fn match_names(one: &PersonName, other: &PersonName) -> i32 {
    let folded = |name: &PersonName| (fold_name(&name.given), fold_name(&name.family));
    let ((given, family), (other_given, other_family)) = (folded(one), folded(other));
    let whole = given.clone() + &family;
    let straight = other_given.clone() + &other_family;
    let turned = other_family + &other_given;
    if whole == straight || whole == turned {
        4
    } else if one_slip(&whole, &straight) || one_slip(&whole, &turned) {
        3
    } else if given == other_given {
        2
    } else {
        0
    }
}

/// Whether one character was changed, left out, added, or changed places with its neighbour. In a short name
/// another letter is another name.
fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < 5 || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same..], &other[same..]);
    let left_out = |long: &[char], short: &[char]| !long.is_empty() && long[1..] == *short;
    let changed = !a.is_empty() && !b.is_empty() && a[1..] == b[1..];
    let swapped = a.len() >= 2 && b.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
    left_out(a, b) || left_out(b, a) || changed || swapped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::patient::{DateOfBirth, PatientId, Source};
    use crate::front_desk::scheme_number::{SchemeKind, SchemeNumber};
    use uuid::Uuid;

    fn patient(line: &str) -> Patient {
        let mut parts = line.split('|').map(str::trim);
        let mut next = || parts.next().unwrap_or_default().to_string();
        let (given, family, born, phone, number) = (next(), next(), next(), next(), next());
        let today = "2026-11-24".parse().unwrap();
        let mut patient = Patient {
            balance_due: None,
            id: PatientId(Uuid::now_v7()),
            number: None,
            name: PersonName { given, family },
            date_of_birth: DateOfBirth::from_date(born.parse().unwrap(), today).unwrap(),
            sex: None,
            phone: Some(phone).filter(|phone| !phone.is_empty()),
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Kiosk,
            further: Default::default(),
        };
        let number = Some(number).filter(|number| !number.is_empty());
        patient.further.scheme_number = number.map(|number| SchemeNumber { kind: SchemeKind::EsDni, number });
        patient
    }

    #[test]
    fn what_a_person_is_asked_about_and_what_not() {
        let known = "María | García López | 1950-11-07 | 600 111 222 | 12345678Z";
        for (other, asked) in [
            ("Maria | Garcia Lopez | 1950-11-07", true),
            ("Garcia Lopez | Maria | 1950-11-07", true),
            ("Maria | Garcia Lpoez | 1950-11-07", true),
            ("Maria | Garcia Lope | 1950-11-07", true),
            ("Maria | Garcia Lopez | 1950-07-11", true),
            ("Maria | Garcia Lpoez | 1950-07-11", false),
            ("Maria | Garcia Lpoez | 1950-07-11 | +34600111222", true),
            ("Maria | Garcia Lopez | 1975-01-01", false),
            ("Maria | Garcia Lopez | 1975-01-01 | 0034 600 111 222", true),
            // Married since, and the same telephone.
            ("María | Smith | 1950-11-07 | 600111222", true),
            ("María | Smith | 1950-11-07", false),
            // A twin.
            ("José | García López | 1950-11-07 | 600 111 222", false),
            // Everything else another, but the card.
            ("M. | G. | 1951-01-01 | | 12345678Z", true),
            // The same name on the same day, with another card.
            ("María | García López | 1950-11-07 | | 87654321X", false),
            ("Ali | Can | 1950-11-07", false),
        ] {
            let (known, other) = (patient(known), patient(other));
            assert_eq!(points(&known, &other) >= ENOUGH, asked, "{other:?} {}", points(&known, &other));
            assert_eq!(points(&known, &other), points(&other, &known));
        }
        assert!(!one_slip("ana", "ani"), "in a short name another letter is another name");
    }
}
