//! Charges that another system tells of, again and again: what each telling changes.

use super::{Charge, ChargeFor, ChargeId};
use crate::front_desk::money::Money;
use crate::front_desk::patient::PatientId;
use chrono::NaiveDate;
use uuid::Uuid;

/// What another system says of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldCharge {
    /// The identity of the charge when it was told first; see [`ChargeId::after_a_change`].
    pub first: ChargeId,
    /// Who owes it.
    pub patient: PatientId,
    /// What for.
    pub what: ChargeFor,
    /// How much; more than nothing.
    pub amount: Money,
    /// The day of it; none where the other system names none.
    pub day: Option<NaiveDate>,
    /// It is owed no longer.
    pub withdrawn: bool,
}

/// How a charge stands that was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChargeState {
    /// It is owed, and nobody has paid anything of it.
    Untouched,
    /// It is owed, and something was paid of it or may have been.
    Paid,
    /// It is owed no longer, by whosoever's word.
    Withdrawn,
}

/// What a telling changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// Nothing: it says what is known.
    Unchanged,
    /// A charge that is new.
    New,
    /// The charge that is known is withdrawn, and another one is owed in its place.
    Changed,
    /// The charge that is known is withdrawn; whether something was paid of it.
    Withdrawn {
        /// Then the money is the patient's.
        paid: bool,
    },
    /// Nothing, although it says that something is owed: that was withdrawn, and stays so.
    StaysWithdrawn,
    /// Nothing: it says something else of a charge of which something was paid. A person must look at it.
    RefusedPaid,
    /// Nothing: it says something else of a charge that was withdrawn. A person must look at it.
    RefusedWithdrawn,
}

impl ToldCharge {
    /// Decides what this telling changes, by the charge that is known of the ones before and how it stands.
    ///
    /// What was withdrawn is never owed again under the same identity: an export that knows nothing of what staff
    /// decided must not undo it.
    pub fn judge(&self, known: Option<(&Charge, ChargeState)>) -> Telling {
        let Some((charge, standing)) = known else {
            return if self.withdrawn { Telling::Unchanged } else { Telling::New };
        };
        let same = charge.patient == self.patient
            && charge.what == self.what
            && charge.amount == self.amount
            && self.day.is_none_or(|day| day == charge.day);
        match (self.withdrawn, standing) {
            (true, ChargeState::Withdrawn) => Telling::Unchanged,
            (true, standing) => Telling::Withdrawn { paid: standing == ChargeState::Paid },
            (false, ChargeState::Withdrawn) if same => Telling::StaysWithdrawn,
            (false, ChargeState::Withdrawn) => Telling::RefusedWithdrawn,
            (false, _) if same => Telling::Unchanged,
            (false, ChargeState::Untouched) => Telling::Changed,
            (false, ChargeState::Paid) => Telling::RefusedPaid,
        }
    }

    /// The charge that is owed by this telling, in the place of the one that is known. A day that is not told stays
    /// what it was; that of a new charge is `today`.
    pub fn charge(&self, known: Option<&Charge>, today: NaiveDate) -> Charge {
        Charge {
            id: known.map_or(self.first, |known| known.id.after_a_change()),
            patient: self.patient,
            what: self.what.clone(),
            amount: self.amount,
            day: self.day.or(known.map(|known| known.day)).unwrap_or(today),
            visit: None,
        }
    }
}

impl ChargeId {
    /// The identity of what is owed in the place of this charge, after the system that told of it has changed its mind.
    pub fn after_a_change(self) -> Self {
        Self(Uuid::new_v5(&self.0, b"changed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::money::Currency;

    fn told() -> ToldCharge {
        ToldCharge {
            first: ChargeId(Uuid::from_u128(1)),
            patient: PatientId(Uuid::from_u128(2)),
            what: ChargeFor::Item { text: "X-ray".into() },
            amount: Money { minor: 4250, currency: Currency::parse("EUR").unwrap() },
            day: None,
            withdrawn: false,
        }
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn what_a_telling_changes_follows_from_what_it_says_and_how_the_charge_stands() {
        use ChargeState::*;
        use Telling::{Changed, New, RefusedPaid, RefusedWithdrawn, StaysWithdrawn, Unchanged};
        let same = told();
        let gone = ToldCharge { withdrawn: true, ..told() };
        let dearer = ToldCharge { amount: Money { minor: 5000, ..same.amount }, ..told() };
        let other_text = ToldCharge { what: ChargeFor::Item { text: "MRI".into() }, ..told() };
        let other_patient = ToldCharge { patient: PatientId(Uuid::from_u128(3)), ..told() };
        let other_day = ToldCharge { day: Some(day(2)), ..told() };
        let taken_back = |paid| Telling::Withdrawn { paid };
        for (told, unknown, untouched, paid, withdrawn) in [
            (&same, New, Unchanged, Unchanged, StaysWithdrawn),
            (&gone, Unchanged, taken_back(false), taken_back(true), Unchanged),
            (&dearer, New, Changed, RefusedPaid, RefusedWithdrawn),
            (&other_text, New, Changed, RefusedPaid, RefusedWithdrawn),
            (&other_patient, New, Changed, RefusedPaid, RefusedWithdrawn),
            (&other_day, New, Changed, RefusedPaid, RefusedWithdrawn),
        ] {
            let known = same.charge(None, day(1));
            assert_eq!(told.judge(None), unknown, "{told:?}");
            assert_eq!(told.judge(Some((&known, Untouched))), untouched, "{told:?}");
            assert_eq!(told.judge(Some((&known, Paid))), paid, "{told:?}");
            assert_eq!(told.judge(Some((&known, Withdrawn))), withdrawn, "{told:?}");
        }
    }

    #[test]
    fn a_changed_charge_is_another_one_and_keeps_the_day_that_nobody_changed() {
        let first = told().charge(None, day(1));
        let second = told().charge(Some(&first), day(9));
        assert_eq!((first.id, first.day), (told().first, day(1)));
        assert_eq!((second.id, second.day), (first.id.after_a_change(), day(1)));
        assert_ne!(first.id, second.id);
        let dated = ToldCharge { day: Some(day(5)), ..told() };
        assert_eq!(dated.charge(Some(&second), day(9)).day, day(5));
    }
}
