//! At a kiosk: what its payment terminal may be doing, and what the desk asks of it. The intent is on the disk before
//! the terminal is told anything, and closes only when it is known what became of it.

use super::outbox::parsed_id;
use super::{Result, Store, StoreError, append_own, payments, time};
use crate::front_desk::money::{Currency, Money};
use crate::front_desk::payment::{
    DayTotals, Outcome, Previous, Progress, Refund, RefundWay, TerminalAnswer, TerminalOrder,
    Transaction as Told, standing,
};
use crate::link::fact::{Fact, FactKind};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the terminal is asked to do with money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum IntentKind {
    /// Charge.
    Payment,
    /// Take a transaction back.
    Reversal {
        /// Its receipt number.
        receipt: u16,
    },
    /// Credit a card.
    Credit,
}

/// What the terminal is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIntent {
    /// That of the payment or the refund.
    pub id: Uuid,
    /// What.
    pub kind: IntentKind,
    /// How much.
    pub amount: Money,
    /// What the terminal did last before it.
    pub previous: Previous,
}

/// What the terminal may be doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalIntent {
    /// That of the payment or the refund.
    pub id: Uuid,
    /// What.
    pub kind: IntentKind,
    /// How much.
    pub amount: Money,
    /// What the terminal did last before it.
    pub previous: Previous,
    /// How far it has come.
    pub progress: Progress,
    /// The customer's receipt, where the terminal has written it.
    pub receipt: Vec<String>,
    /// Whether nobody else's transactions were seen at the terminal lately.
    pub alone: bool,
    /// Since when.
    pub begun_at: DateTime<Utc>,
}

/// What is to be done with the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "kebab-case")]
pub enum TerminalTask {
    /// Give money back.
    Refund {
        /// The refund.
        refund: Refund,
    },
    /// What staff asked.
    Order {
        /// By which the answer names it.
        id: Uuid,
        /// What.
        order: TerminalOrder,
    },
}

impl TerminalTask {
    fn id(&self) -> Uuid {
        match self {
            Self::Refund { refund } => refund.id.0,
            Self::Order { id, .. } => *id,
        }
    }
}

/// What staff asked of a terminal, with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredOrder {
    /// Identity.
    pub id: Uuid,
    /// Of which kiosk's terminal.
    pub kiosk: String,
    /// Who asked.
    pub by: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What.
    pub order: TerminalOrder,
    /// The answer and when it came.
    pub answer: Option<(DateTime<Utc>, TerminalAnswer)>,
}

/// Notes an intent; answers whether it may begin: there is one open at most.
pub(super) fn begin(tx: &Transaction<'_>, intent: &NewIntent, now: DateTime<Utc>) -> Result<bool> {
    let noted = tx
        .prepare_cached(
            "INSERT INTO terminal_intent (id, kind, minor, currency, previous, progress, begun_at, alone, open)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1 WHERE NOT EXISTS (SELECT 1 FROM terminal_intent WHERE open = 1)",
        )?
        .execute((
            intent.id.to_string(),
            serde_json::to_string(&intent.kind)?,
            intent.amount.minor,
            intent.amount.currency.code(),
            serde_json::to_string(&intent.previous)?,
            serde_json::to_string(&Progress::Begun)?,
            now.timestamp_millis(),
            !is_strangers(tx, &intent.previous)?,
        ))?;
    Ok(noted == 1)
}

/// For how long a transaction of somebody else's makes every match at the terminal doubtful.
const SHARED_FOR: TimeDelta = TimeDelta::days(30);

/// Whether what the terminal did last was done for somebody else: it is no transaction of the ledger, and came after
/// what the terminal had done before the last intent. What it did before this program ever asked does not count;
/// declined transactions are no money.
fn is_strangers(tx: &Transaction<'_>, previous: &Previous) -> Result<bool> {
    let Previous::Transaction(last) = previous else { return Ok(false) };
    if last.result != 0 {
        return Ok(false);
    }
    let before: Option<String> = tx
        .prepare_cached("SELECT previous FROM terminal_intent ORDER BY begun_at DESC, rowid DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(before) = before else { return Ok(false) };
    let ours: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM payment_end WHERE body ->> '$.transaction.receipt' = ?1
             AND body ->> '$.transaction.amount' = ?2)",
        )?
        .query_row((last.receipt, last.amount), |row| row.get(0))?;
    Ok(!ours && serde_json::from_str::<Previous>(&before)? != *previous)
}

/// An intent of which it is known what became of it is open no longer.
pub(super) fn close_settled(tx: &Transaction<'_>, id: Uuid) -> Result<()> {
    let ends = payments::ends_of(tx, id)?;
    if standing(&ends).is_some_and(|end| end.outcome != Outcome::NotKnown) {
        tx.prepare_cached("UPDATE terminal_intent SET open = 0 WHERE id = ?1")?.execute([id.to_string()])?;
    }
    Ok(())
}

pub(super) fn asked(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    id: Uuid,
    (kiosk, by): (&str, &str),
    order: &TerminalOrder,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO terminal_order (id, kiosk, by_whom, asked_at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((id.to_string(), kiosk, by, at.timestamp_millis(), serde_json::to_string(order)?))?;
    Ok(())
}

pub(super) fn answered(
    tx: &Transaction<'_>,
    at: DateTime<Utc>,
    id: Uuid,
    answer: &TerminalAnswer,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE terminal_order SET answered_at = ?2, answer = ?3 WHERE id = ?1 AND answer IS NULL",
    )?
    .execute((id.to_string(), at.timestamp_millis(), serde_json::to_string(answer)?))?;
    Ok(())
}

/// What the terminal counted, where its kiosk could not tell it.
pub(super) fn counted(tx: &Transaction<'_>, id: Uuid, by: &str, totals: &DayTotals) -> Result<()> {
    let answer = TerminalAnswer::DayClosed { totals: totals.clone() };
    tx.prepare_cached(
        "UPDATE terminal_order SET answer = ?2, by_whom = by_whom || '; the count was entered by ' || ?3
         WHERE id = ?1 AND answer ->> 'answer' = 'refused'",
    )?
    .execute((id.to_string(), serde_json::to_string(&answer)?, by))?;
    Ok(())
}

/// At a kiosk: what the desk asks of its terminal becomes a task.
pub(super) fn take_task(tx: &Transaction<'_>, own: &str, fact: &Fact) -> Result<()> {
    let task = match &fact.kind {
        FactKind::RefundBegun { refund } => match &refund.way {
            RefundWay::Reversal { terminal, .. } | RefundWay::Credit { terminal } if terminal == own => {
                TerminalTask::Refund { refund: refund.clone() }
            }
            _ => return Ok(()),
        },
        FactKind::TerminalAsked { id, kiosk, by: _, order } if kiosk == own => {
            TerminalTask::Order { id: *id, order: order.clone() }
        }
        _ => return Ok(()),
    };
    tx.prepare_cached(
        "INSERT OR IGNORE INTO terminal_task (id, state, at, body) VALUES (?1, 'asked', ?2, ?3)",
    )?
    .execute((task.id().to_string(), fact.at.timestamp_millis(), serde_json::to_string(&task)?))?;
    Ok(())
}

fn set_task(tx: &Transaction<'_>, id: Uuid, state: &str) -> Result<()> {
    tx.prepare_cached("UPDATE terminal_task SET state = ?2 WHERE id = ?1")?
        .execute((id.to_string(), state))?;
    Ok(())
}

type RawIntent = (String, String, i64, String, String, String, String, i64, bool);

fn intent(
    (id, kind, minor, currency, previous, progress, receipt, at, alone): RawIntent,
) -> Result<TerminalIntent> {
    let currency = Currency::parse(&currency)
        .ok_or_else(|| StoreError::Unreadable("the currency of a terminal's intent".to_string()))?;
    Ok(TerminalIntent {
        id: parsed_id(&id)?,
        kind: serde_json::from_str(&kind)?,
        amount: Money { minor, currency },
        previous: serde_json::from_str(&previous)?,
        progress: serde_json::from_str(&progress)?,
        receipt: serde_json::from_str(&receipt)?,
        alone,
        begun_at: time(at)?,
    })
}

fn open_intent(connection: &Connection) -> Result<Option<TerminalIntent>> {
    connection
        .prepare_cached(
            "SELECT id, kind, minor, currency, previous, progress, receipt, begun_at,
                 NOT EXISTS (SELECT 1 FROM terminal_intent AS seen WHERE seen.alone = 0 AND seen.begun_at >= ?1)
             FROM terminal_intent WHERE open = 1",
        )?
        .query_row([(Utc::now() - SHARED_FOR).timestamp_millis()], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
                row.get(8)?,
            ))
        })
        .optional()?
        .map(intent)
        .transpose()
}

impl Store {
    /// What the terminal may be doing, if anything.
    pub fn open_intent(&self) -> Result<Option<TerminalIntent>> {
        open_intent(&self.connection)
    }

    /// The terminal took the order.
    pub fn intent_accepted(&mut self, id: Uuid) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "UPDATE terminal_intent SET progress = ?2 WHERE id = ?1 AND progress ->> 'progress' = 'begun'",
            )?
            .execute((id.to_string(), serde_json::to_string(&Progress::Accepted)?))?;
            Ok(())
        })
    }

    /// The terminal told what became of it: on the disk before that is acknowledged.
    pub fn intent_told(&mut self, id: Uuid, told: &Told) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached("UPDATE terminal_intent SET progress = ?2 WHERE id = ?1")?
                .execute((id.to_string(), serde_json::to_string(&Progress::Kept(told.clone()))?))?;
            Ok(())
        })
    }

    /// The terminal wrote the customer's receipt.
    pub fn intent_receipt(&mut self, id: Uuid, lines: &[String]) -> Result<()> {
        self.write(|tx| {
            tx.prepare_cached("UPDATE terminal_intent SET receipt = ?2 WHERE id = ?1")?
                .execute((id.to_string(), serde_json::to_string(lines)?))?;
            Ok(())
        })
    }

    /// What the desk asks of the terminal and nothing was done for yet, the oldest first.
    pub fn next_terminal_task(&self) -> Result<Option<TerminalTask>> {
        let sql = "SELECT body FROM terminal_task WHERE state = 'asked' ORDER BY at, id LIMIT 1";
        let body: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// The refund that an intent is for.
    pub fn refund_task(&self, id: Uuid) -> Result<Option<Refund>> {
        let sql = "SELECT body FROM refund WHERE id = ?1";
        let body: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// The word that stands about a payment or a refund, if anything was said.
    pub fn last_word(&self, id: Uuid) -> Result<Option<Outcome>> {
        Ok(standing(&payments::ends_of(&self.connection, id)?).map(|end| end.outcome))
    }

    /// A task needs nothing more.
    pub fn end_task(&mut self, id: Uuid) -> Result<()> {
        self.write(|tx| set_task(tx, id, "ended"))
    }

    /// A task is begun: for one that moves money, with what the terminal is about to do. Answers whether it may
    /// begin; nothing is kept where it may not.
    pub fn begin_task(
        &mut self,
        task: &TerminalTask,
        intent: Option<NewIntent>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        self.write(|tx| {
            if let Some(intent) = &intent
                && !begin(tx, intent, now)?
            {
                return Ok(false);
            }
            set_task(tx, task.id(), "sent")?;
            Ok(true)
        })
    }

    /// An order of staff is answered.
    pub fn answer_order(&mut self, id: Uuid, answer: TerminalAnswer, now: DateTime<Utc>) -> Result<()> {
        let origin = self.origin.clone();
        self.write(|tx| {
            set_task(tx, id, "ended")?;
            append_own(tx, &origin, FactKind::TerminalAnswered { id, answer }, now)?;
            Ok(())
        })
    }

    /// Orders of staff that were sent to the terminal when the kiosk stopped: their answer is lost.
    pub fn interrupted_orders(&self) -> Result<Vec<(Uuid, TerminalOrder)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT body FROM terminal_task WHERE state = 'sent' AND body ->> 'task' = 'order' ORDER BY at, id",
        )?;
        let found = query.query_map([], |row| row.get::<_, String>(0))?;
        let mut orders = Vec::new();
        for body in found {
            if let TerminalTask::Order { id, order } = serde_json::from_str(&body?)? {
                orders.push((id, order));
            }
        }
        Ok(orders)
    }

    /// What staff asked of terminals since a time, the latest first.
    pub fn terminal_orders(&self, since: DateTime<Utc>) -> Result<Vec<AnsweredOrder>> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, kiosk, by_whom, asked_at, body, answered_at, answer FROM terminal_order
             WHERE asked_at >= ?1 ORDER BY asked_at DESC, id DESC",
        )?;
        type Raw = (String, String, String, i64, String, Option<i64>, Option<String>);
        let rows = query.query_map([since.timestamp_millis()], |row| -> rusqlite::Result<Raw> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
        })?;
        rows.map(|row| {
            let (id, kiosk, by, asked_at, order, answered_at, answer) = row?;
            let answer = match answered_at.zip(answer) {
                Some((at, answer)) => Some((time(at)?, serde_json::from_str(&answer)?)),
                None => None,
            };
            Ok(AnsweredOrder {
                id: parsed_id(&id)?,
                kiosk,
                by,
                asked_at: time(asked_at)?,
                order: serde_json::from_str(&order)?,
                answer,
            })
        })
        .collect()
    }
}
