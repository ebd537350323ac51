//! What of a patient's account is over: settled, and in nobody's doubt.

use super::account::covered;
use super::{Charge, ChargeId, Outcome, PaymentId, PaymentRow};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChargeEnd {
    /// It is owed, or was paid.
    Stands,
    /// Nobody owes it any more.
    Withdrawn,
    /// Another balance took its place, with all that was paid of it.
    Superseded,
}

/// A charge of which it is asked whether it goes.
#[derive(Debug, Clone)]
pub struct OldCharge {
    /// The charge.
    pub charge: Charge,
    /// What became of it.
    pub end: ChargeEnd,
    /// Whether it is old enough, and nothing else needs it.
    pub may_go: bool,
}

/// The same of a payment.
#[derive(Debug, Clone)]
pub struct OldPayment {
    /// The payment.
    pub row: PaymentRow,
    /// Whether it is old enough with all that was said of it, and nothing else needs it.
    pub may_go: bool,
}

/// Of all that one patient owed and paid, what is settled and may go: a charge with every payment of it, a payment with
/// every charge that it was for. What is owed, in doubt or the patient's to be given back stays, and what hangs on it.
pub fn over(charges: &[OldCharge], payments: &[OldPayment]) -> (BTreeSet<ChargeId>, BTreeSet<PaymentId>) {
    let stands = charges.iter().filter(|old| old.end == ChargeEnd::Stands).map(|old| old.charge.id).collect();
    let rows: Vec<PaymentRow> = payments.iter().map(|old| old.row.clone()).collect();
    let covered = covered(&rows, &stands);
    let of = |sums: &BTreeMap<ChargeId, i64>, charge: ChargeId| sums.get(&charge).copied().unwrap_or(0);
    let is_settled = |old: &&OldCharge| {
        let (id, paid) = (old.charge.id, of(&covered.paid, old.charge.id));
        let even = match old.end {
            ChargeEnd::Stands => paid == old.charge.amount.minor,
            ChargeEnd::Withdrawn => paid == 0,
            ChargeEnd::Superseded => true,
        };
        old.may_go && even && of(&covered.held, id) == 0
    };
    let certain = |outcome: Option<Outcome>| matches!(outcome, Some(Outcome::Charged | Outcome::NotCharged));
    let is_ended = |old: &&OldPayment| {
        old.may_go
            && certain(old.row.outcome())
            && old.row.refunds.iter().all(|(_, outcome)| certain(*outcome))
    };
    let known: BTreeSet<ChargeId> = charges.iter().map(|old| old.charge.id).collect();
    let mut going: BTreeSet<ChargeId> = charges.iter().filter(is_settled).map(|old| old.charge.id).collect();
    let mut paid: BTreeSet<PaymentId> =
        payments.iter().filter(is_ended).map(|old| old.row.payment.id).collect();
    loop {
        let before = (going.len(), paid.len());
        for row in &rows {
            let items = || row.payment.items.iter().map(|item| item.charge);
            if !paid.contains(&row.payment.id) {
                items().for_each(|charge| {
                    going.remove(&charge);
                });
            } else if items().any(|charge| known.contains(&charge) && !going.contains(&charge)) {
                paid.remove(&row.payment.id);
            }
        }
        if before == (going.len(), paid.len()) {
            return (going, paid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::money::{Currency, Money};
    use crate::front_desk::patient::PatientId;
    use crate::front_desk::payment::{
        ChargeFor, DeskMeans, Means, Payment, PaymentEnd, PaymentItem, Refund, RefundId, RefundWay, Witness,
    };
    use chrono::DateTime;
    use uuid::Uuid;

    fn euros(minor: i64) -> Money {
        Money { minor, currency: Currency::parse("EUR").unwrap() }
    }

    fn charge(id: u128, end: ChargeEnd, may_go: bool) -> OldCharge {
        let charge = Charge {
            id: ChargeId(Uuid::from_u128(id)),
            patient: PatientId(Uuid::nil()),
            what: ChargeFor::Balance,
            amount: euros(100),
            day: "2020-02-29".parse().unwrap(),
            visit: None,
        };
        OldCharge { charge, end, may_go }
    }

    /// A payment of so much for each of some charges, with how much went back of it.
    fn payment(
        id: u128,
        of: &[(u128, i64)],
        outcome: Option<Outcome>,
        back: i64,
        may_go: bool,
    ) -> OldPayment {
        let items: Vec<_> = of
            .iter()
            .map(|(of, minor)| PaymentItem { charge: ChargeId(Uuid::from_u128(*of)), minor: *minor })
            .collect();
        let payment = Payment {
            id: PaymentId(Uuid::from_u128(id)),
            patient: PatientId(Uuid::nil()),
            amount: euros(items.iter().map(|item| item.minor).sum()),
            items,
            means: Means::Desk { how: DeskMeans::Cash, by: "Maria".into() },
            ticket: None,
            language: "en".into(),
            kiosk: "desk".into(),
        };
        let refund = Refund {
            id: RefundId(Uuid::from_u128(id + 1000)),
            payment: payment.id,
            amount: euros(back),
            way: RefundWay::Desk { how: DeskMeans::Cash },
            by: "Maria".into(),
            why: "twice".into(),
        };
        let row = PaymentRow {
            payment,
            begun_at: DateTime::UNIX_EPOCH,
            ends: outcome.into_iter().map(|outcome| PaymentEnd::new(outcome, Witness::Kiosk, "")).collect(),
            refunds: (back > 0).then_some((refund, Some(Outcome::Charged))).into_iter().collect(),
        };
        OldPayment { row, may_go }
    }

    #[test]
    fn what_is_owed_in_doubt_or_to_be_given_back_stays_with_all_that_hangs_on_it() {
        use ChargeEnd::*;
        let (paid, not, doubt) = (Some(Outcome::Charged), Some(Outcome::NotCharged), Some(Outcome::NotKnown));
        let (old, new) = (true, false);
        for (what, charges, payments, goes) in [
            ("paid", vec![charge(1, Stands, old)], vec![payment(9, &[(1, 100)], paid, 0, old)], "1 9"),
            ("owed", vec![charge(1, Stands, old)], vec![], ""),
            ("paid in part", vec![charge(1, Stands, old)], vec![payment(9, &[(1, 40)], paid, 0, old)], ""),
            (
                "paid in parts, after one that failed",
                vec![charge(1, Stands, old)],
                vec![
                    payment(7, &[(1, 100)], not, 0, old),
                    payment(8, &[(1, 40)], paid, 0, old),
                    payment(9, &[(1, 60)], paid, 0, old),
                ],
                "1 7 8 9",
            ),
            ("in doubt", vec![charge(1, Stands, old)], vec![payment(9, &[(1, 100)], doubt, 0, old)], ""),
            ("under way", vec![charge(1, Stands, old)], vec![payment(9, &[(1, 100)], None, 0, old)], ""),
            (
                "given back, owed again",
                vec![charge(1, Stands, old)],
                vec![payment(9, &[(1, 100)], paid, 100, old)],
                "",
            ),
            ("withdrawn", vec![charge(1, Withdrawn, old)], vec![], "1"),
            (
                "withdrawn and given back",
                vec![charge(1, Withdrawn, old)],
                vec![payment(9, &[(1, 100)], paid, 100, old)],
                "1 9",
            ),
            (
                "withdrawn, and the money is still here",
                vec![charge(1, Withdrawn, old)],
                vec![payment(9, &[(1, 100)], paid, 0, old)],
                "",
            ),
            (
                "superseded",
                vec![charge(1, Superseded, old)],
                vec![payment(9, &[(1, 30)], paid, 0, old)],
                "1 9",
            ),
            ("paid lately", vec![charge(1, Stands, old)], vec![payment(9, &[(1, 100)], paid, 0, new)], ""),
            (
                "paid together with what is owed",
                vec![charge(1, Stands, old), charge(2, Stands, old), charge(3, Stands, old)],
                vec![payment(8, &[(1, 100)], paid, 0, old), payment(9, &[(2, 100), (3, 50)], paid, 0, old)],
                "1 8",
            ),
        ] {
            let (charges, payments) = over(&charges, &payments);
            let ids = charges.iter().map(|id| id.0).chain(payments.iter().map(|id| id.0));
            let found: Vec<_> = ids.map(|id| id.as_u128().to_string()).collect();
            assert_eq!(found.join(" "), goes, "{what}");
        }
    }
}
