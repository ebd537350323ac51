//! Who acts for whom.

use super::{Result, Store, StoreError};
use crate::front_desk::family::{Acting, ActingPerson, Member, Relation, RelationId, RelationState};
use crate::front_desk::patient::PatientId;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

/// A relation with what staff made of it.
#[derive(Debug, Clone)]
pub struct RelationRow {
    /// The relation.
    pub relation: Relation,
    /// What staff made of it.
    pub state: RelationState,
}

/// The relation that somebody's word at a kiosk makes.
pub(super) fn entered(of: PatientId, acting: &Acting, now: DateTime<Utc>) -> Relation {
    let Acting { companion, by, consent, language } = acting.clone();
    Relation { id: RelationId(Uuid::now_v7()), of, companion, by, consent, language, at: now }
}

/// The relation that says the same already and stands.
pub(super) fn standing(tx: &Transaction<'_>, of: PatientId, acting: &Acting) -> Result<Option<RelationId>> {
    let mut query =
        tx.prepare_cached("SELECT body FROM relation WHERE patient = ?1 AND state <> 'ended' ORDER BY id")?;
    let bodies = query.query_map([of.to_string()], |row| row.get::<_, String>(0))?;
    for body in bodies {
        let relation: Relation = serde_json::from_str(&body?)?;
        // Another text is another consent.
        if relation.by == acting.by
            && relation.companion == acting.companion
            && relation.consent == acting.consent
        {
            return Ok(Some(relation.id));
        }
    }
    Ok(None)
}

pub(super) fn record(tx: &Transaction<'_>, relation: &Relation) -> Result<()> {
    let acting = match &relation.by {
        ActingPerson::Record { patient } => Some(patient.to_string()),
        ActingPerson::Named { .. } => None,
    };
    tx.prepare_cached(
        "INSERT INTO relation (id, patient, acting, state, body) VALUES (?1, ?2, ?3, 'entered', ?4)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute((
        relation.id.0.to_string(),
        relation.of.to_string(),
        acting,
        serde_json::to_string(relation)?,
    ))?;
    Ok(())
}

pub(super) fn confirm(tx: &Transaction<'_>, id: RelationId, by: &str) -> Result<()> {
    // What was ended stays ended: whoever is meant can enter it anew.
    tx.prepare_cached(
        "UPDATE relation SET state = 'confirmed', by_whom = ?2 WHERE id = ?1 AND state <> 'ended'",
    )?
    .execute((id.0.to_string(), by))?;
    Ok(())
}

pub(super) fn end(tx: &Transaction<'_>, id: RelationId, by: &str) -> Result<()> {
    tx.prepare_cached("UPDATE relation SET state = 'ended', by_whom = ?2 WHERE id = ?1")?
        .execute((id.0.to_string(), by))?;
    Ok(())
}

impl Store {
    /// One relation.
    pub fn relation(&self, id: RelationId) -> Result<Option<RelationRow>> {
        let row: Option<(String, String, String)> = self
            .connection
            .prepare_cached("SELECT body, state, by_whom FROM relation WHERE id = ?1")?
            .query_row([id.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((body, state, by)) = row else { return Ok(None) };
        let state = match state.as_str() {
            "entered" => RelationState::Entered,
            "confirmed" => RelationState::Confirmed { by },
            "ended" => RelationState::Ended { by },
            other => return Err(StoreError::Unreadable(format!("relation state {other}"))),
        };
        Ok(Some(RelationRow { relation: serde_json::from_str(&body)?, state }))
    }

    /// The patients for whom somebody with a record acts, by relations that stand, each once: the one that was agreed to last.
    pub fn members_of(&self, acting: PatientId) -> Result<Vec<Member>> {
        let bodies: Vec<String> = self
            .connection
            .prepare_cached(
                "SELECT body FROM relation WHERE acting = ?1 AND state <> 'ended' ORDER BY id DESC",
            )?
            .query_map([acting.to_string()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut members: Vec<Member> = Vec::new();
        for body in bodies {
            let relation: Relation = serde_json::from_str(&body)?;
            if members.iter().any(|known| known.patient == relation.of) {
                continue;
            }
            let Some(patient) = self.patient(relation.of)? else { continue };
            members.push(Member {
                patient: relation.of,
                given: patient.name.first_given(),
                visits: self.booked_visits(relation.of)?,
                acting: Acting {
                    companion: relation.companion,
                    by: relation.by,
                    consent: relation.consent,
                    language: relation.language,
                },
            });
        }
        Ok(members)
    }
}
