//! A patient's account: which charges are still open once everything that was paid, is being paid or is in doubt
//! is taken off.

use super::{Charge, ChargeId, Outcome, PaymentId, PaymentItem, PaymentRow};
use crate::front_desk::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// What is still due of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The charge.
    pub charge: Charge,
    /// What can be paid now; more than nothing.
    pub open: Money,
}

/// How a patient stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// What can be paid now, item by item.
    pub dues: Vec<Due>,
    /// Payments that are not settled: what they are for must not be paid again.
    pub in_doubt: Vec<PaymentId>,
}

impl Account {
    /// All that is due in the currency of the first due, in minor units: a payment is in one currency.
    pub fn total(&self) -> Option<Money> {
        let currency = self.dues.first()?.open.currency;
        let minor = self.payable().try_fold(0i64, |sum, due| sum.checked_add(due.open.minor))?;
        Some(Money { minor, currency })
    }

    /// The dues that one payment can be for: those in the currency of the first.
    pub fn payable(&self) -> impl Iterator<Item = &Due> {
        let currency = self.dues.first().map(|due| due.open.currency);
        self.dues.iter().filter(move |due| Some(due.open.currency) == currency)
    }
}

/// What the payments cover of each charge: what was charged and not given back, and what may have been.
pub(super) struct Covered {
    pub(super) paid: BTreeMap<ChargeId, i64>,
    pub(super) held: BTreeMap<ChargeId, i64>,
}

pub(super) fn covered(payments: &[PaymentRow], stands: &BTreeSet<ChargeId>) -> Covered {
    let mut covered = Covered { paid: BTreeMap::new(), held: BTreeMap::new() };
    for row in payments {
        let (sums, mut refunded) = match row.outcome() {
            Some(Outcome::Charged) => (&mut covered.paid, row.refunded()),
            // Under way or in doubt: as if it were paid, until it is known.
            None | Some(Outcome::NotKnown) => (&mut covered.held, 0),
            Some(Outcome::NotCharged) => continue,
        };
        // What went back went back for what is owed no longer, and then for the items that stand last.
        let (standing, gone): (Vec<&PaymentItem>, Vec<&PaymentItem>) =
            row.payment.items.iter().rev().partition(|item| stands.contains(&item.charge));
        for item in gone.into_iter().chain(standing) {
            let back = refunded.min(item.minor);
            refunded -= back;
            *sums.entry(item.charge).or_default() += item.minor - back;
        }
    }
    covered
}

/// How a patient stands, from their charges (without those that were withdrawn) and payments.
pub fn account(charges: &[Charge], payments: &[PaymentRow]) -> Account {
    let covered = covered(payments, &charges.iter().map(|charge| charge.id).collect());
    let of = |sums: &BTreeMap<ChargeId, i64>, charge: ChargeId| sums.get(&charge).copied().unwrap_or(0);
    let dues = charges.iter().filter_map(|charge| {
        let open = charge.amount.minor - of(&covered.paid, charge.id) - of(&covered.held, charge.id);
        let open = Money { minor: open, ..charge.amount };
        (open.minor > 0).then(|| Due { charge: charge.clone(), open })
    });
    let in_doubt = payments.iter().filter(|row| matches!(row.outcome(), None | Some(Outcome::NotKnown)));
    Account { dues: dues.collect(), in_doubt: in_doubt.map(|row| row.payment.id).collect() }
}

/// A charge that was paid more than once: a person gives the money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidTwice {
    /// Which charge.
    pub charge: ChargeId,
    /// How much too much.
    pub too_much: Money,
    /// By which payments.
    pub payments: Vec<PaymentId>,
}

/// The charges of a patient that were paid more than once, also those that were withdrawn meanwhile: for those
/// everything is too much.
pub fn paid_twice(
    charges: &[Charge],
    withdrawn: &BTreeSet<ChargeId>,
    payments: &[PaymentRow],
) -> Vec<PaidTwice> {
    let standing =
        charges.iter().map(|charge| charge.id).filter(|charge| !withdrawn.contains(charge)).collect();
    let covered = covered(payments, &standing);
    let too_much = charges.iter().filter_map(|charge| {
        let owed = if withdrawn.contains(&charge.id) { 0 } else { charge.amount.minor };
        let too_much = covered.paid.get(&charge.id).copied().unwrap_or(0) - owed;
        let of_it = |row: &&PaymentRow| {
            row.outcome() == Some(Outcome::Charged)
                && row.payment.items.iter().any(|item| item.charge == charge.id)
        };
        (too_much > 0).then(|| PaidTwice {
            charge: charge.id,
            too_much: Money { minor: too_much, ..charge.amount },
            payments: payments.iter().filter(of_it).map(|row| row.payment.id).collect(),
        })
    });
    too_much.collect()
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;
    use crate::front_desk::money::Currency;
    use proptest::prelude::*;

    fn money(minor: i64) -> Money {
        Money { minor, currency: Currency::parse("EUR").unwrap() }
    }

    fn charge(id: u128, minor: i64) -> Charge {
        Charge {
            id: ChargeId(Uuid::from_u128(id)),
            patient: PatientId(Uuid::from_u128(1)),
            what: ChargeFor::Balance,
            amount: money(minor),
            day: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
            visit: None,
        }
    }

    fn row(id: u128, items: &[(u128, i64)], outcome: Option<Outcome>) -> PaymentRow {
        let items: Vec<_> = items
            .iter()
            .map(|(charge, minor)| PaymentItem { charge: ChargeId(Uuid::from_u128(*charge)), minor: *minor })
            .collect();
        PaymentRow {
            payment: Payment {
                id: PaymentId(Uuid::from_u128(id)),
                patient: PatientId(Uuid::from_u128(1)),
                amount: money(items.iter().map(|item| item.minor).sum()),
                items,
                means: Means::Card { terminal: "lobby".into() },
                ticket: None,
                language: "en".into(),
                kiosk: "lobby".into(),
            },
            begun_at: DateTime::UNIX_EPOCH,
            ends: outcome
                .map(|outcome| PaymentEnd::new(outcome, Witness::Terminal, ""))
                .into_iter()
                .collect(),
            refunds: Vec::new(),
        }
    }

    fn refunded(mut row: PaymentRow, minor: i64, outcome: Option<Outcome>) -> PaymentRow {
        let refund = Refund {
            id: RefundId(Uuid::from_u128(9)),
            payment: row.payment.id,
            amount: money(minor),
            way: RefundWay::Desk { how: DeskMeans::Cash },
            by: "Rosa".into(),
            why: "paid twice".into(),
        };
        row.refunds.push((refund, outcome));
        row
    }

    #[test]
    fn what_is_paid_under_way_or_in_doubt_is_not_due_and_what_failed_is() {
        use Outcome::*;
        let charges = [charge(1, 1000), charge(2, 500)];
        for (outcome, open) in [
            (Some(Charged), vec![500]),
            (Some(NotKnown), vec![500]),
            (None, vec![500]),
            (Some(NotCharged), vec![1000, 500]),
        ] {
            let account = account(&charges, &[row(7, &[(1, 1000)], outcome)]);
            let dues: Vec<_> = account.dues.iter().map(|due| due.open.minor).collect();
            assert_eq!(dues, open, "{outcome:?}");
            assert_eq!(account.in_doubt.len(), usize::from(matches!(outcome, None | Some(NotKnown))));
        }
    }

    #[test]
    fn money_that_went_back_is_due_again_and_a_refund_in_doubt_is_not_given_twice() {
        use Outcome::*;
        let paid = row(7, &[(1, 1000), (2, 500)], Some(Charged));
        let back = refunded(paid.clone(), 700, Some(Charged));
        let due: Vec<_> = account(&[charge(1, 1000), charge(2, 500)], std::slice::from_ref(&back))
            .dues
            .iter()
            .map(|due| due.open.minor)
            .collect();
        assert_eq!(due, [200, 500]);
        assert_eq!((back.refundable(), paid.refundable()), (800, 1500));
        assert_eq!(refunded(paid.clone(), 700, None).refundable(), 800);
        assert_eq!(refunded(paid, 700, Some(NotCharged)).refundable(), 1500);
    }

    #[test]
    fn money_goes_back_first_for_what_is_owed_no_longer() {
        let paid = row(7, &[(1, 1000), (2, 500)], Some(Outcome::Charged));
        let back = [refunded(paid.clone(), 1000, Some(Outcome::Charged))];
        let withdrawn = [ChargeId(Uuid::from_u128(1))].into();
        assert!(account(&[charge(2, 500)], &back).dues.is_empty(), "the second item stays paid");
        assert!(paid_twice(&[charge(1, 1000), charge(2, 500)], &withdrawn, &back).is_empty());
        let twice = paid_twice(&[charge(1, 1000), charge(2, 500)], &withdrawn, &[paid]);
        assert_eq!((twice[0].charge, twice[0].too_much.minor), (ChargeId(Uuid::from_u128(1)), 1000));
    }

    #[test]
    fn a_charge_that_was_paid_at_two_places_is_named_with_both() {
        use Outcome::*;
        let payments = [row(7, &[(1, 1000)], Some(Charged)), row(8, &[(1, 1000)], Some(Charged))];
        let twice = paid_twice(&[charge(1, 1000)], &BTreeSet::new(), &payments);
        assert_eq!(twice.len(), 1);
        assert_eq!((twice[0].too_much.minor, twice[0].payments.len()), (1000, 2));
        assert!(paid_twice(&[charge(1, 1000)], &BTreeSet::new(), &payments[..1]).is_empty());
        let withdrawn = [ChargeId(Uuid::from_u128(1))].into();
        assert_eq!(paid_twice(&[charge(1, 1000)], &withdrawn, &payments[..1])[0].too_much.minor, 1000);
    }

    proptest! {
        // Added up another way: what is open and what is covered is what was charged, unless more was paid.
        #[test]
        fn every_cent_is_open_covered_or_too_much(
            amounts in proptest::collection::vec(1i64..100_000, 1..5),
            paid in proptest::collection::vec((0usize..5, 1i64..100_000, 0u8..4), 0..8),
        ) {
            let charges: Vec<_> = amounts.iter().zip(1u128..).map(|(minor, id)| charge(id, *minor)).collect();
            let outcomes = [None, Some(Outcome::Charged), Some(Outcome::NotCharged), Some(Outcome::NotKnown)];
            let payments: Vec<_> = paid.iter().zip(100u128..).map(|((at, minor, outcome), id)| {
                row(id, &[((at % charges.len()) as u128 + 1, *minor)], outcomes[usize::from(*outcome)])
            }).collect();
            let account = account(&charges, &payments);
            for (position, charge) in charges.iter().enumerate() {
                let counted: i64 = paid.iter()
                    .filter(|(at, _, outcome)| at % charges.len() == position && *outcome != 2)
                    .map(|(_, minor, _)| minor).sum();
                let open = account.dues.iter().find(|due| due.charge.id == charge.id).map_or(0, |due| due.open.minor);
                prop_assert_eq!(open, (charge.amount.minor - counted).max(0));
            }
        }
    }
}
