//! What patients answered to the clinic's forms, and what they agreed to.

use super::{Result, Store, StoreError, time};
use crate::front_desk::form::{Consent, FilledForm};
use crate::front_desk::patient::PatientId;
use crate::front_desk::ticket::VisitId;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

impl Store {
    /// When a patient answered each form last, by the form's id.
    pub fn forms_answered(&self, patient: PatientId) -> Result<BTreeMap<String, DateTime<Utc>>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT form, max(at) FROM form_answered WHERE patient = ?1 GROUP BY form")?;
        let rows = query.query_map([patient.to_string()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| {
            let (form, at) = row.map_err(StoreError::from)?;
            Ok((form, time(at)?))
        })
        .collect()
    }

    /// The forms that were answered for a visit, in the order in which they were asked.
    pub fn forms_of_visit(&self, visit: VisitId) -> Result<Vec<FilledForm>> {
        self.bodies_of("SELECT body FROM form_answered WHERE visit = ?1 ORDER BY id", &visit.0.to_string())
    }

    /// What a patient agreed to, the latest first.
    pub fn consents(&self, patient: PatientId) -> Result<Vec<Consent>> {
        self.bodies_of(
            "SELECT body FROM consent WHERE patient = ?1 ORDER BY at DESC, id DESC",
            &patient.to_string(),
        )
    }

    fn bodies_of<T: DeserializeOwned>(&self, sql: &str, id: &str) -> Result<Vec<T>> {
        let mut query = self.connection.prepare_cached(sql)?;
        let rows = query.query_map([id], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }
}
