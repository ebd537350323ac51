//! What another system says is owed: whose it is, and what the store makes of it.

use super::{BATCH, Context, Found, Placed, Reason, counted};
use crate::front_desk::patient::PatientId;
use crate::front_desk::payment::{ChargeId, Telling, ToldCharge};
use crate::store::{Store, StoreError};
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// A charge as a file tells it.
pub(super) struct Claim {
    /// How the file names the patient.
    pub(super) named: String,
    /// The charge, of the patient whose id in the same system that would be.
    pub(super) told: ToldCharge,
}

/// What became of the charges of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChargeCounts {
    /// New, and owed.
    pub taken: u64,
    /// Owed in the place of one that said something else.
    pub changed: u64,
    /// Owed no longer.
    pub withdrawn: u64,
    /// Here already, word for word.
    pub unchanged: u64,
}

impl fmt::Display for ChargeCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { taken, changed, withdrawn, unchanged } = *self;
        let taken = counted(taken, "charge");
        let unchanged = counted(unchanged, "charge");
        let were = if self.unchanged == 1 { "was" } else { "were" };
        write!(
            f,
            "{taken} taken over, {changed} changed, {withdrawn} withdrawn; {unchanged} {were} here already, unchanged."
        )
    }
}

impl Found {
    /// Finds out whose the charges are, and hands them over.
    pub(super) fn settle_charges(
        &mut self,
        charges: Vec<Placed<Claim>>,
        context: &Context,
        store: &mut Store,
        repeated: &mut u64,
    ) -> Result<ChargeCounts, StoreError> {
        let mut sound: Vec<ToldCharge> = Vec::with_capacity(charges.len());
        let mut places = Vec::with_capacity(charges.len());
        let mut seen: HashMap<ChargeId, usize> = HashMap::new();
        for Placed { place, what, record: Claim { named, told } } in charges {
            let told = match owes(&named, told.patient, store)? {
                Ok(patient) => ToldCharge { patient, ..told },
                Err(reason) => {
                    self.reject(place, what, reason);
                    continue;
                }
            };
            match seen.get(&told.first) {
                Some(&position) if sound[position] == told => *repeated += 1,
                Some(&position) => {
                    let (first, _) = places[position];
                    self.reject(place, what, Reason::SaidOtherwise { first });
                }
                None => {
                    seen.insert(told.first, sound.len());
                    sound.push(told);
                    places.push((place, what));
                }
            }
        }

        let mut counts = ChargeCounts::default();
        let (mut paid, mut stay) = (0, 0);
        for (batch, places) in sound.chunks(BATCH).zip(places.chunks(BATCH)) {
            let tellings = store.take_over_charges(batch, context.source, context.today, context.now)?;
            for (telling, &(place, what)) in tellings.into_iter().zip(places) {
                match telling {
                    Telling::New => counts.taken += 1,
                    Telling::Changed => counts.changed += 1,
                    Telling::Unchanged => counts.unchanged += 1,
                    Telling::StaysWithdrawn => {
                        counts.unchanged += 1;
                        stay += 1;
                    }
                    Telling::Withdrawn { paid: was_paid } => {
                        counts.withdrawn += 1;
                        paid += u64::from(was_paid);
                    }
                    Telling::RefusedPaid => self.reject(place, what, Reason::ChargePaid),
                    Telling::RefusedWithdrawn => self.reject(place, what, Reason::ChargeWithdrawn),
                }
            }
        }
        for (number, what) in [
            (
                stay,
                "withdrawn before, by an import or by staff: it stays so; what is owed after all needs an id of its own",
            ),
            (
                paid,
                "withdrawn although something was paid of it: the desk finds that money among what was paid too much",
            ),
        ] {
            if number > 0 {
                self.notes.push(format!("{} {what}", counted(number, "charge")));
            }
        }
        Ok(counts)
    }
}

/// Who owes something: the patient who is named by the id of the same system, or by the record number. Where these are
/// two people, nobody: a bill must not reach somebody else.
fn owes(named: &str, by_id: PatientId, store: &Store) -> Result<Result<PatientId, Reason>, StoreError> {
    let numbered = store.patients_numbered(named)?;
    let found = store.patient(by_id)?.into_iter().chain(numbered);
    let mut found: BTreeSet<PatientId> = found.map(|patient| patient.id).collect();
    Ok(match (found.pop_first(), found.is_empty()) {
        (Some(patient), true) => Ok(patient),
        (Some(_), false) => Err(Reason::TwoPatients { field: "patient" }),
        (None, _) => Err(Reason::UnknownPatient),
    })
}
