//! What was counted in the cash drawer. It stays at the desk: no kiosk has anything to do with it.

use super::{Result, Store, audit, time};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{DeskMeans, DrawerCount, DrawerStop, Means, Outcome, RefundWay};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::OptionalExtension;

impl Store {
    /// The cash that staff took in a time (the end is not in it), and what they gave back.
    pub fn cash_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        currency: Currency,
    ) -> Result<(Money, Money)> {
        let mut taken = Money { minor: 0, currency };
        for row in self.payments_between(from, to)? {
            let is_cash = matches!(row.payment.means, Means::Desk { how: DeskMeans::Cash, .. });
            if is_cash && row.outcome() == Some(Outcome::Charged) && row.payment.amount.currency == currency {
                taken.minor = taken.minor.saturating_add(row.payment.amount.minor);
            }
        }
        let mut given_back = Money { minor: 0, currency };
        for (_, refund, row) in self.refunds_between(from, to)? {
            let is_cash = refund.way == RefundWay::Desk { how: DeskMeans::Cash };
            let outcome = row.refunds.iter().find(|(each, _)| each.id == refund.id);
            let went_back = outcome.is_some_and(|(_, outcome)| *outcome == Some(Outcome::Charged));
            if is_cash && went_back && refund.amount.currency == currency {
                given_back.minor = given_back.minor.saturating_add(refund.amount.minor);
            }
        }
        Ok((taken, given_back))
    }

    /// Keeps what somebody counted, in the audit trail as theirs.
    pub fn count_drawer(
        &mut self,
        count: DrawerCount,
        now: DateTime<Utc>,
    ) -> Result<std::result::Result<(), DrawerStop>> {
        let count = match count.judged() {
            Ok(count) => count,
            Err(stop) => return Ok(Err(stop)),
        };
        let actor = self.actor.clone();
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO drawer_count (id, day, at, body) VALUES (?1, ?2, ?3, ?4)")?
                .execute((
                    count.id.to_string(),
                    count.day.to_string(),
                    now.timestamp_millis(),
                    serde_json::to_string(&count)?,
                ))?;
            match &actor {
                Some(actor) => audit::note(tx, actor, "drawer-counted", None, Some(count.id), now),
                None => Ok(()),
            }
        })?;
        Ok(Ok(()))
    }

    /// The counts of a day's cash with when each was made, the last one first.
    pub fn drawer_counts(&self, day: NaiveDate) -> Result<Vec<(DateTime<Utc>, DrawerCount)>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT at, body FROM drawer_count WHERE day = ?1 ORDER BY at DESC, id DESC")?;
        let found = query
            .query_map([day.to_string()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        found
            .map(|row| {
                let (at, body) = row?;
                Ok((time(at)?, serde_json::from_str(&body)?))
            })
            .collect()
    }

    /// The last count of any day.
    pub fn last_drawer_count(&self) -> Result<Option<DrawerCount>> {
        let body: Option<String> = self
            .connection
            .prepare_cached("SELECT body FROM drawer_count ORDER BY at DESC, id DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(body.as_deref().map(serde_json::from_str).transpose()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::request::OwnWords;
    use crate::store::{Actor, AuditSearch};
    use uuid::Uuid;

    fn count(counted: i64, why: &str) -> DrawerCount {
        let euro = |minor| Money { minor, currency: Currency::parse("EUR").unwrap() };
        DrawerCount {
            id: Uuid::now_v7(),
            day: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
            float: euro(10_000),
            taken: euro(500),
            given_back: euro(0),
            counted: euro(counted),
            why: OwnWords(why.into()),
            by: "Maria".into(),
        }
    }

    #[test]
    fn a_count_is_kept_with_its_reason_and_in_the_audit_trail_and_nobody_changes_it() {
        let mut store = Store::in_memory(crate::link::fact::DESK).unwrap();
        let now: DateTime<Utc> = "2026-11-28T17:00:00Z".parse().unwrap();
        let maria = Actor { person: Some(Uuid::now_v7()), name: "Maria".into() };
        let (short, whole) = (count(10_300, "A note fell behind the drawer."), count(10_500, ""));
        let mut counts = |count: &DrawerCount, at| {
            store.acting(maria.clone(), |store| store.count_drawer(count.clone(), at)).unwrap()
        };
        assert_eq!(counts(&count(10_300, " "), now), Err(DrawerStop::NoReason));
        let later = now + chrono::TimeDelta::minutes(5);
        assert_eq!((counts(&short, now), counts(&whole, later)), (Ok(()), Ok(())));
        let kept = store.drawer_counts(short.day).unwrap();
        assert_eq!(kept, [(later, whole.clone()), (now, short.clone())]);
        assert_eq!(store.last_drawer_count().unwrap(), Some(whole.clone()));
        assert_eq!(store.drawer_counts(short.day.succ_opt().unwrap()).unwrap(), []);
        let trail: Vec<_> = store
            .audit(&AuditSearch::default(), 10)
            .unwrap()
            .into_iter()
            .map(|line| (line.actor, line.what, line.about))
            .collect();
        let line = |count: &DrawerCount| (maria.clone(), "drawer-counted".to_string(), Some(count.id));
        assert_eq!(trail, [line(&whole), line(&short)]);
        for change in ["UPDATE drawer_count SET body = '{}'", "DELETE FROM drawer_count"] {
            assert!(store.connection.execute(change, []).is_err(), "{change}");
        }
    }
}
