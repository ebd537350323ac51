//! Where each detail of a record comes from, and which value holds.
//!
//! What a patient entered is marked until staff have seen proof of just that. These four functions are all
//! that ever changes a record, so the mark is never lost on the way:
//! - [`record`]: a record from elsewhere never replaces what a patient entered and nobody has proved; once it
//!   is proved, the clinic's main system leads again.
//! - [`enter`]: what was entered last holds, by its time; it is marked anew, whatever was proved before.
//! - [`prove`]: takes a mark only from the very entry that staff looked at.
//! - [`merge`]: names, date of birth and sex stay those of the record that is kept. Of the rest, what the
//!   patient entered last holds, with its mark; where nothing was entered, the kept record's. Gaps are filled.
//!
//! Entries are ordered by their own time, not by when they arrive: a kiosk that was cut off and the desk come to
//! the same record in whichever order they hear of things.

use super::detail::{Detail, DetailValue, Mark, Proof};
use super::patient::{Patient, Source};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A fact that brings details: its id and its time.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The fact.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

impl Entry {
    /// Whether it came after what stands there; of two at one time, the same one wins everywhere.
    fn is_after(&self, mark: &Mark) -> bool {
        (self.at, self.id) > (mark.at, mark.entry)
    }
}

/// A record was made or taken over: what the store holds from then on.
pub fn record(held: Option<&Patient>, mut incoming: Patient, entry: Entry) -> Patient {
    let registered = incoming.source == Source::Kiosk;
    // A fact cannot say of itself what was proved.
    incoming.further.marks.clear();
    incoming.further.confirmed.clear();
    let Some(held) = held else {
        if registered {
            for detail in incoming.filled() {
                incoming.further.marks.insert(detail, Mark { entry: entry.id, at: entry.at, proof: None });
            }
        }
        return incoming;
    };
    if registered {
        // Registrations have an id of their own; one that comes again is the same one.
        let values = incoming.filled().iter().filter_map(|detail| incoming.get(detail)).collect::<Vec<_>>();
        return enter(held, &values, entry);
    }
    incoming.further.marks.clone_from(&held.further.marks);
    incoming.further.confirmed.clone_from(&held.further.confirmed);
    for (detail, _) in held.unproved() {
        if let Some(value) = held.get(detail) {
            incoming.put(value);
        }
    }
    // What only a kiosk asks is in no other system.
    for detail in held.further.marks.keys() {
        if let (None, Some(value)) = (incoming.get(detail), held.get(detail)) {
            incoming.put(value);
        }
    }
    incoming
}

/// The patient entered details.
pub fn enter(held: &Patient, values: &[DetailValue], entry: Entry) -> Patient {
    let mut patient = held.clone();
    for value in values {
        let detail = value.detail();
        if patient.further.marks.get(&detail).is_none_or(|mark| entry.is_after(mark)) {
            patient.put(value.clone());
            patient.further.marks.insert(detail, Mark { entry: entry.id, at: entry.at, proof: None });
        }
    }
    patient
}

/// The patient said that details are still right. That is no proof: marks stay.
pub fn confirm(held: &Patient, details: &[Detail], day: NaiveDate) -> Patient {
    let mut patient = held.clone();
    for detail in details {
        let last = patient.further.confirmed.entry(detail.clone()).or_insert(day);
        *last = day.max(*last);
    }
    patient
}

/// Staff saw proof of details, each as it was entered with a fact.
pub fn prove(held: &Patient, entries: &[(Detail, Uuid)], proof: &Proof) -> Patient {
    let mut patient = held.clone();
    for (detail, entry) in entries {
        if let Some(mark) = patient.further.marks.get_mut(detail).filter(|mark| mark.entry == *entry) {
            mark.proof.get_or_insert_with(|| proof.clone());
        }
    }
    patient
}

/// Two records are the same person's: the one that is kept, with what holds of both.
pub fn merge(keep: &Patient, merge: &Patient) -> Patient {
    let mut patient = keep.clone();
    for detail in merge.filled() {
        let Some(value) = merge.get(&detail) else { continue };
        let (own, other) = (keep.further.marks.get(&detail), merge.further.marks.get(&detail));
        let takes = match (keep.get(&detail), own, other) {
            (None, ..) => true,
            (Some(_), None, Some(_)) => !detail.is_identity(),
            (Some(_), Some(own), Some(other)) => {
                !detail.is_identity() && (other.at, other.entry) > (own.at, own.entry)
            }
            (Some(_), _, None) => false,
        };
        if takes {
            patient.put(value);
            match other {
                Some(mark) => drop(patient.further.marks.insert(detail, mark.clone())),
                None => drop(patient.further.marks.remove(&detail)),
            }
        }
    }
    for (detail, day) in &merge.further.confirmed {
        let same = patient.get(detail) == merge.get(detail);
        if same {
            let last = patient.further.confirmed.entry(detail.clone()).or_insert(*day);
            *last = (*day).max(*last);
        }
    }
    if patient.number.is_none() {
        patient.number.clone_from(&merge.number);
    }
    patient
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::patient::{DateOfBirth, PatientId, PersonName};
    use std::collections::BTreeMap;

    fn at(second: i64) -> Entry {
        let at = DateTime::from_timestamp(1_790_000_000 + second, 0).unwrap();
        Entry { id: Uuid::from_u128(second as u128), at }
    }

    fn patient(source: Source, phone: Option<&str>) -> Patient {
        Patient {
            balance_due: None,
            id: PatientId(Uuid::from_u128(1)),
            number: None,
            name: PersonName { given: "Ana".into(), family: "Ruiz".into() },
            date_of_birth: DateOfBirth::new(1990, 1, 2, "2026-11-24".parse().unwrap()).unwrap(),
            sex: None,
            phone: phone.map(str::to_string),
            address: None,
            emergency_contact: None,
            language: None,
            source,
            further: Default::default(),
        }
    }

    fn proof() -> Proof {
        Proof { document: "identity card".into(), by: "Elena".into(), at: at(100).at }
    }

    fn phone(patient: &Patient) -> (&str, bool) {
        let marked = patient.unproved().any(|(detail, _)| *detail == Detail::Phone);
        (patient.phone.as_deref().unwrap_or(""), marked)
    }

    #[test]
    fn what_a_patient_entered_outlives_imports_until_it_is_proved() {
        let registered = record(None, patient(Source::Kiosk, Some("1")), at(1));
        assert_eq!(registered.unproved().count(), 4);
        let imported = record(Some(&registered), patient(Source::Imported, Some("2")), at(2));
        assert_eq!(phone(&imported), ("1", true));
        let proved = prove(&imported, &[(Detail::Phone, at(1).id)], &proof());
        assert_eq!(phone(&proved), ("1", false));
        assert_eq!(phone(&record(Some(&proved), patient(Source::Imported, Some("2")), at(3))), ("2", false));
        // A system that does not know the number takes nothing away.
        assert_eq!(phone(&record(Some(&proved), patient(Source::Imported, None), at(3))), ("1", false));
    }

    #[test]
    fn a_proof_is_of_what_was_looked_at_and_of_nothing_later() {
        let registered = record(None, patient(Source::Kiosk, Some("1")), at(1));
        let corrected = enter(&registered, &[DetailValue::Phone("2".into())], at(2));
        let proved = prove(&corrected, &[(Detail::Phone, at(1).id)], &proof());
        assert_eq!(phone(&proved), ("2", true));
        // What arrives late is older, and changes nothing.
        assert_eq!(phone(&enter(&corrected, &[DetailValue::Phone("0".into())], at(1))), ("2", true));
    }

    #[test]
    fn a_merge_keeps_who_it_is_and_takes_how_they_are_reached() {
        let kept = record(None, patient(Source::Imported, Some("1")), at(1));
        let mut new = patient(Source::Kiosk, Some("2"));
        new.name.given = "Anna".into();
        new.further.own = BTreeMap::from([("mutua".into(), "X".into())]);
        let new = record(None, new, at(2));
        let merged = merge(&kept, &new);
        assert_eq!((merged.name.given.as_str(), phone(&merged)), ("Ana", ("2", true)));
        assert!(merged.further.marks.contains_key(&Detail::Own("mutua".into())));
        assert!(!merged.further.marks.contains_key(&Detail::GivenName));
        // The other way about, the names that the patient typed stay, and stay marked.
        let merged = merge(&new, &kept);
        assert_eq!((merged.name.given.as_str(), phone(&merged)), ("Anna", ("2", true)));
        assert!(merged.further.marks.contains_key(&Detail::GivenName));
    }
}
