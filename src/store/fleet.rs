//! Orders to kiosks and what became of them; what kiosks say of themselves, and which of their troubles are watched.
//!
//! Orders are facts, the same at both ends. The rest is the desk's own and travels nowhere.

use super::outbox::parsed_id;
use super::{Result, Store, append_own, time};
use crate::front_desk::fleet::{
    ClockDrift, ClosedNotice, Heartbeat, KioskOrder, KioskOrderId, KioskTrouble, OrderEnd, Outbox, Watch,
};
use crate::front_desk::request::RequestId;
use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row, Transaction};
use std::collections::{BTreeMap, BTreeSet};

/// How far back the desk knows how its kiosks were.
const HISTORY: TimeDelta = TimeDelta::hours(48);

/// An order to a kiosk, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetOrder {
    /// Identity.
    pub id: KioskOrderId,
    /// The kiosk.
    pub kiosk: String,
    /// Who ordered it.
    pub by: String,
    /// When.
    pub ordered_at: DateTime<Utc>,
    /// What.
    pub what: KioskOrder,
    /// What became of it, and when that was said.
    pub end: Option<(DateTime<Utc>, OrderEnd)>,
}

/// At a kiosk: an order that it has yet to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KioskTask {
    /// The order.
    pub order: FleetOrder,
    /// Whether it was begun: then it is never begun again.
    pub is_begun: bool,
}

/// What a kiosk said of itself last.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptBeat {
    /// The kiosk.
    pub kiosk: String,
    /// When the desk heard it.
    pub heard_at: DateTime<Utc>,
    /// How far its clock is off, once that is known.
    pub drift: Option<ClockDrift>,
    /// What it said.
    pub beat: Heartbeat,
}

/// A minute of a kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinuteOf {
    /// Minutes since 1970.
    pub minute: i64,
    /// What was wrong in it.
    pub troubles: BTreeSet<KioskTrouble>,
}

pub(super) fn ordered(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    id: KioskOrderId,
    (kiosk, by): (&str, &str),
    what: &KioskOrder,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO kiosk_order (id, kiosk, by_whom, ordered_at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((id.0.to_string(), kiosk, by, at.timestamp_millis(), serde_json::to_string(what)?))?;
    Ok(())
}

/// The kiosk's word stands, also where the desk had given the order up; the desk's never unsays it.
pub(super) fn ended(tx: &Transaction<'_>, at: DateTime<Utc>, id: KioskOrderId, end: &OrderEnd) -> Result<()> {
    let said = matches!(end, OrderEnd::Done { .. } | OrderEnd::Failed { .. });
    tx.prepare_cached(
        "UPDATE kiosk_order SET ended_at = ?2, outcome = ?3
         WHERE id = ?1 AND (outcome IS NULL OR (?4 AND outcome ->> 'end' = 'expired'))",
    )?
    .execute((id.0.to_string(), at.timestamp_millis(), serde_json::to_string(end)?, said))?;
    // What is begun is ended by whoever began it.
    tx.prepare_cached("DELETE FROM kiosk_task WHERE id = ?1 AND (begun = 0 OR ?2)")?
        .execute((id.0.to_string(), said))?;
    Ok(())
}

/// At a kiosk: what the desk orders it becomes a task.
pub(super) fn take_task(tx: &Transaction<'_>, own: &str, fact: &Fact) -> Result<()> {
    if let FactKind::KioskOrdered { id, kiosk, .. } = &fact.kind
        && kiosk == own
    {
        tx.prepare_cached(
            "INSERT OR IGNORE INTO kiosk_task (id) SELECT ?1 FROM kiosk_order WHERE id = ?1 AND outcome IS NULL",
        )?
        .execute([id.0.to_string()])?;
    }
    Ok(())
}

const ORDER: &str = "SELECT o.id, o.kiosk, o.by_whom, o.ordered_at, o.body, o.ended_at, o.outcome";

fn order(row: &Row<'_>) -> Result<FleetOrder> {
    let end = match (row.get::<_, Option<i64>>(5)?, row.get::<_, Option<String>>(6)?) {
        (Some(at), Some(end)) => Some((time(at)?, serde_json::from_str(&end)?)),
        _ => None,
    };
    Ok(FleetOrder {
        id: KioskOrderId(parsed_id(&row.get::<_, String>(0)?)?),
        kiosk: row.get(1)?,
        by: row.get(2)?,
        ordered_at: time(row.get(3)?)?,
        what: serde_json::from_str(&row.get::<_, String>(4)?)?,
        end,
    })
}

impl Store {
    /// At a kiosk: the orders that it has yet to end, in the order in which they were given.
    pub fn kiosk_tasks(&self) -> Result<Vec<KioskTask>> {
        let sql = format!(
            "{ORDER}, t.begun FROM kiosk_task AS t JOIN kiosk_order AS o ON o.id = t.id ORDER BY o.ordered_at, o.id"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let mut tasks = Vec::new();
        while let Some(row) = rows.next()? {
            tasks.push(KioskTask { order: order(row)?, is_begun: row.get(7)? });
        }
        Ok(tasks)
    }

    /// At a kiosk: an order begins, once. Answers whether it may: not where it ended meanwhile, or was begun before.
    pub fn begin_kiosk_task(&mut self, id: KioskOrderId) -> Result<bool> {
        self.write(|tx| {
            Ok(tx
                .prepare_cached("UPDATE kiosk_task SET begun = 1 WHERE id = ?1 AND begun = 0")?
                .execute([id.0.to_string()])?
                == 1)
        })
    }

    /// At a kiosk: what became of an order, for the desk. Answers whether it is new: an order ends once.
    pub fn end_kiosk_task(&mut self, id: KioskOrderId, end: OrderEnd, now: DateTime<Utc>) -> Result<bool> {
        let origin = self.origin.clone();
        self.write(|tx| {
            let waits: bool = tx
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM kiosk_task WHERE id = ?1)")?
                .query_row([id.0.to_string()], |row| row.get(0))?;
            if waits {
                append_own(tx, &origin, FactKind::KioskOrderEnded { id, end }, now)?;
                // The desk's giving up leaves what was begun to the kiosk; the kiosk's own word ends it in any case.
                tx.prepare_cached("DELETE FROM kiosk_task WHERE id = ?1")?.execute([id.0.to_string()])?;
            }
            Ok(waits)
        })
    }

    /// Whether a kiosk is closed to patients by an order that it carried out, and what it says then.
    pub fn closed_notice(&self, kiosk: &str) -> Result<Option<ClosedNotice>> {
        let body: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT body FROM kiosk_order WHERE kiosk = ?1 AND outcome ->> 'end' = 'done'
                 AND body ->> 'order' IN ('take-out-of-service', 'back-in-service')
                 ORDER BY rowid DESC LIMIT 1",
            )?
            .query_row([kiosk], |row| row.get(0))
            .optional()?;
        Ok(match body.map(|body| serde_json::from_str(&body)).transpose()? {
            Some(KioskOrder::TakeOutOfService { notice, .. }) => Some(notice),
            _ => None,
        })
    }

    /// Facts of this kiosk that the desk has not confirmed, and for how long the oldest has waited.
    pub fn outbox(&self, now: DateTime<Utc>) -> Result<Outbox> {
        let through = self.delivered_through()?;
        let (count, oldest): (u64, Option<i64>) = self
            .connection
            .prepare_cached("SELECT count(*), min(at) FROM fact WHERE origin = ?1 AND seq > ?2")?
            .query_row((&self.origin, through), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let oldest_seconds = oldest.map(|at| (now.timestamp_millis() - at).max(0).unsigned_abs() / 1000);
        Ok(Outbox { count, oldest_seconds })
    }

    /// At the desk: orders since a time, the latest first.
    pub fn kiosk_orders_since(&self, since: DateTime<Utc>) -> Result<Vec<FleetOrder>> {
        let sql = format!(
            "{ORDER} FROM kiosk_order AS o WHERE o.ordered_at >= ?1 ORDER BY o.ordered_at DESC, o.id DESC"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([since.timestamp_millis()])?;
        let mut orders = Vec::new();
        while let Some(row) = rows.next()? {
            orders.push(order(row)?);
        }
        Ok(orders)
    }

    /// At the desk: gives up orders that nobody carried out in time. Answers how many.
    pub fn expire_kiosk_orders(&mut self, now: DateTime<Utc>) -> Result<usize> {
        let before = (now - KioskOrder::GOOD_FOR).timestamp_millis();
        let old: Vec<String> = self
            .connection
            .prepare_cached("SELECT id FROM kiosk_order WHERE outcome IS NULL AND ordered_at < ?1")?
            .query_map([before], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if old.is_empty() {
            return Ok(0);
        }
        let ends = old
            .iter()
            .map(|id| {
                Ok(FactKind::KioskOrderEnded { id: KioskOrderId(parsed_id(id)?), end: OrderEnd::Expired })
            })
            .collect::<Result<Vec<_>>>()?;
        self.commit(ends, now)?;
        Ok(old.len())
    }

    /// At the desk: keeps what kiosks said of themselves last, and what was wrong with each in this minute.
    pub fn keep_heartbeats(&mut self, beats: &[(KeptBeat, BTreeSet<KioskTrouble>)]) -> Result<()> {
        self.write(|tx| {
            for (kept, troubles) in beats {
                let drift = kept.drift.map(|drift| serde_json::to_string(&drift)).transpose()?;
                tx.prepare_cached(
                    "INSERT INTO heartbeat (kiosk, heard_at, drift, body) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (kiosk) DO UPDATE SET heard_at = ?2, drift = ?3, body = ?4",
                )?
                .execute((
                    &kept.kiosk,
                    kept.heard_at.timestamp_millis(),
                    drift,
                    serde_json::to_string(&kept.beat)?,
                ))?;
                let troubles: Vec<_> = troubles.iter().map(|trouble| trouble.id()).collect();
                tx.prepare_cached(
                    "INSERT INTO heartbeat_minute (kiosk, minute, troubles, drift_millis, outbox) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (kiosk, minute) DO UPDATE SET troubles = ?3, drift_millis = ?4, outbox = ?5",
                )?
                .execute((
                    &kept.kiosk,
                    kept.heard_at.timestamp().div_euclid(60),
                    troubles.join(" "),
                    kept.drift.map(|drift| drift.ahead_millis),
                    kept.beat.outbox.count,
                ))?;
            }
            Ok(())
        })
    }

    /// At the desk: forgets how kiosks were longer ago than two days.
    pub fn prune_heartbeats(&mut self, now: DateTime<Utc>) -> Result<usize> {
        let before = (now - HISTORY).timestamp().div_euclid(60);
        self.write(|tx| {
            Ok(tx.prepare_cached("DELETE FROM heartbeat_minute WHERE minute < ?1")?.execute([before])?)
        })
    }

    /// At the desk: what each kiosk said of itself last.
    pub fn heartbeats(&self) -> Result<Vec<KeptBeat>> {
        let mut query =
            self.connection.prepare_cached("SELECT kiosk, heard_at, drift, body FROM heartbeat")?;
        let rows = query.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        rows.map(|row| {
            let (kiosk, heard_at, drift, body) = row?;
            let drift = drift.map(|drift| serde_json::from_str(&drift)).transpose()?;
            Ok(KeptBeat { kiosk, heard_at: time(heard_at)?, drift, beat: serde_json::from_str(&body)? })
        })
        .collect()
    }

    /// At the desk: the minutes in which each kiosk was heard since a time, with what was wrong.
    pub fn minutes_since(&self, since: DateTime<Utc>) -> Result<BTreeMap<String, Vec<MinuteOf>>> {
        let mut query = self.connection.prepare_cached(
            "SELECT kiosk, minute, troubles FROM heartbeat_minute WHERE minute >= ?1 ORDER BY kiosk, minute",
        )?;
        let rows = query.query_map([since.timestamp().div_euclid(60)], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        })?;
        let mut minutes: BTreeMap<String, Vec<MinuteOf>> = BTreeMap::new();
        for row in rows {
            let (kiosk, minute, troubles) = row?;
            let troubles = troubles.split(' ').filter_map(KioskTrouble::from_id).collect();
            minutes.entry(kiosk).or_default().push(MinuteOf { minute, troubles });
        }
        Ok(minutes)
    }

    /// At the desk: the troubles that are watched.
    pub fn kiosk_alarms(&self) -> Result<BTreeMap<(String, KioskTrouble), Watch>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT kiosk, trouble, since, seen, request, raised_at FROM kiosk_alarm")?;
        let mut rows = query.query([])?;
        let mut alarms = BTreeMap::new();
        while let Some(row) = rows.next()? {
            // A trouble of a version that is not this one any more is nobody's business.
            let Some(trouble) = KioskTrouble::from_id(&row.get::<_, String>(1)?) else { continue };
            let request = match (row.get::<_, Option<String>>(4)?, row.get::<_, Option<i64>>(5)?) {
                (Some(request), Some(raised)) => Some((RequestId(parsed_id(&request)?), time(raised)?)),
                _ => None,
            };
            let watch = Watch { since: time(row.get(2)?)?, seen: time(row.get(3)?)?, request };
            alarms.insert((row.get(0)?, trouble), watch);
        }
        Ok(alarms)
    }

    /// At the desk: what is watched from now on, and what is raised and ended because of it; all of it or nothing.
    pub fn keep_kiosk_alarms(
        &mut self,
        changed: &[(String, KioskTrouble, Option<Watch>)],
        facts: Vec<FactKind>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            for (kiosk, trouble, watch) in changed {
                match watch {
                    None => tx
                        .prepare_cached("DELETE FROM kiosk_alarm WHERE kiosk = ?1 AND trouble = ?2")?
                        .execute((kiosk, trouble.id()))?,
                    Some(Watch { since, seen, request }) => tx
                        .prepare_cached(
                            "INSERT INTO kiosk_alarm (kiosk, trouble, since, seen, request, raised_at)
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                             ON CONFLICT (kiosk, trouble) DO UPDATE SET seen = ?4, request = ?5, raised_at = ?6",
                        )?
                        .execute((
                            kiosk,
                            trouble.id(),
                            since.timestamp_millis(),
                            seen.timestamp_millis(),
                            request.map(|(id, _)| id.0.to_string()),
                            request.map(|(_, raised)| raised.timestamp_millis()),
                        ))?,
                };
            }
            for kind in facts {
                append_own(tx, &origin, kind, now)?;
            }
            Ok(())
        })
    }

    /// Which of some requests are not resolved.
    pub fn open_among(&self, requests: &[RequestId]) -> Result<BTreeSet<RequestId>> {
        let mut open = BTreeSet::new();
        let mut query = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM request WHERE id = ?1 AND state <> 'resolved')")?;
        for request in requests {
            if query.query_row([request.0.to_string()], |row| row.get(0))? {
                open.insert(*request);
            }
        }
        Ok(open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::fact::DESK;
    use uuid::Uuid;

    fn desk_and_kiosk() -> (Store, Store) {
        let (mut desk, mut kiosk) = (Store::in_memory(DESK).unwrap(), Store::in_memory("lobby").unwrap());
        follow(&mut desk, &mut kiosk);
        (desk, kiosk)
    }

    fn follow(desk: &mut Store, kiosk: &mut Store) {
        let feed = desk.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 100).unwrap();
        kiosk.follow(&feed).unwrap();
    }

    fn deliver(kiosk: &Store, desk: &mut Store) {
        desk.receive(&kiosk.undelivered(100).unwrap().unwrap()).unwrap();
    }

    fn orders(desk: &mut Store, what: KioskOrder, at: DateTime<Utc>) -> KioskOrderId {
        let id = KioskOrderId(Uuid::now_v7());
        let ordered = FactKind::KioskOrdered { id, kiosk: "lobby".into(), by: "Maria".into(), what };
        desk.commit(vec![ordered], at).unwrap();
        id
    }

    fn done() -> OrderEnd {
        OrderEnd::Done { words: String::new() }
    }

    #[test]
    fn an_order_is_begun_once_and_ends_once() {
        let (mut desk, mut kiosk) = desk_and_kiosk();
        let now = Utc::now();
        let id = orders(&mut desk, KioskOrder::PrintTestPage, now);
        follow(&mut desk, &mut kiosk);
        assert_eq!(kiosk.kiosk_tasks().unwrap().len(), 1);
        assert!(kiosk.begin_kiosk_task(id).unwrap());
        assert!(!kiosk.begin_kiosk_task(id).unwrap());
        assert!(kiosk.end_kiosk_task(id, done(), now).unwrap());
        assert!(!kiosk.end_kiosk_task(id, done(), now).unwrap());
        assert!(kiosk.kiosk_tasks().unwrap().is_empty());
        deliver(&kiosk, &mut desk);
        let said = desk.kiosk_orders_since(now - TimeDelta::minutes(1)).unwrap().remove(0);
        assert_eq!((said.id, said.end.map(|(_, end)| end)), (id, Some(done())));
    }

    #[test]
    fn an_order_that_expired_is_not_carried_out_and_the_kiosks_word_stands_above_the_desks() {
        let (mut desk, mut kiosk) = desk_and_kiosk();
        let (now, before) = (Utc::now(), Utc::now() - TimeDelta::minutes(11));
        let (one, two) =
            (orders(&mut desk, KioskOrder::Restart, before), orders(&mut desk, KioskOrder::Examine, before));
        follow(&mut desk, &mut kiosk);
        assert!(kiosk.begin_kiosk_task(two).unwrap());
        assert_eq!(desk.expire_kiosk_orders(now).unwrap(), 2);
        assert_eq!(desk.expire_kiosk_orders(now).unwrap(), 0);
        follow(&mut desk, &mut kiosk);
        assert!(!kiosk.begin_kiosk_task(one).unwrap(), "it was given up");
        assert!(kiosk.end_kiosk_task(two, done(), now).unwrap(), "it was under way");
        deliver(&kiosk, &mut desk);
        let ends: BTreeMap<_, _> = desk
            .kiosk_orders_since(before)
            .unwrap()
            .into_iter()
            .map(|order| (order.id, order.end.unwrap().1))
            .collect();
        assert_eq!(ends, BTreeMap::from([(one, OrderEnd::Expired), (two, done())]));
    }

    #[test]
    fn a_new_store_knows_that_its_kiosk_is_closed_and_does_no_order_of_before() {
        let (mut desk, mut kiosk) = desk_and_kiosk();
        let notice = ClosedNotice::default();
        let close = KioskOrder::TakeOutOfService { notice: notice.clone(), at_once: false };
        let id = orders(&mut desk, close, Utc::now());
        follow(&mut desk, &mut kiosk);
        assert_eq!(kiosk.closed_notice("lobby").unwrap(), None, "only ordered");
        kiosk.end_kiosk_task(id, done(), Utc::now()).unwrap();
        assert_eq!(kiosk.closed_notice("lobby").unwrap(), Some(notice.clone()));
        deliver(&kiosk, &mut desk);
        orders(&mut desk, KioskOrder::PrintTestPage, Utc::now());
        let folder = tempfile::tempdir().unwrap();
        let mut other = Store::open(&folder.path().join("kiosk-lobby.db"), "lobby").unwrap();
        follow(&mut desk, &mut other);
        assert_eq!(other.closed_notice("lobby").unwrap(), Some(notice));
        assert_eq!(other.kiosk_tasks().unwrap(), []);
    }

    #[test]
    fn a_kiosk_that_is_new_hears_an_order_that_was_given_before_it_had_followed() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Store::in_memory(DESK).unwrap();
        let mut kiosk = Store::open(&folder.path().join("kiosk-lobby.db"), "lobby").unwrap();
        orders(&mut desk, KioskOrder::Restart, Utc::now());
        follow(&mut desk, &mut kiosk);
        assert_eq!(kiosk.kiosk_tasks().unwrap().len(), 1);
    }

    #[test]
    fn what_kiosks_said_is_kept_and_forgotten_after_two_days() {
        let mut desk = Store::in_memory(DESK).unwrap();
        let now = Utc::now();
        let kept = |hours| KeptBeat {
            kiosk: "lobby".into(),
            heard_at: time((now - TimeDelta::hours(hours)).timestamp_millis()).unwrap(),
            drift: Some(ClockDrift { ahead_millis: 7, within_millis: 3 }),
            beat: Heartbeat { version: "1".into(), ..Heartbeat::default() },
        };
        let troubles = BTreeSet::from([KioskTrouble::NoPaper, KioskTrouble::ClockWrong]);
        for hours in [49, 47, 0] {
            desk.keep_heartbeats(&[(kept(hours), troubles.clone())]).unwrap();
        }
        assert_eq!(desk.heartbeats().unwrap(), [kept(0)]);
        assert_eq!(desk.prune_heartbeats(now).unwrap(), 1);
        let minutes = desk.minutes_since(now - TimeDelta::days(9)).unwrap();
        assert_eq!(minutes["lobby"].len(), 2);
        assert_eq!(minutes["lobby"][0].troubles, troubles);
    }
}
