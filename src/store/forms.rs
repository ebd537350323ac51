//! What patients answered to the clinic's forms, and what they agreed to.

use super::{Result, Store, StoreError, time};
use crate::front_desk::form::{Consent, FilledForm};
use crate::front_desk::patient::PatientId;
use crate::front_desk::ticket::VisitId;
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use uuid::Uuid;

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

    /// Whose visit it is.
    pub fn patient_of_visit(&self, visit: VisitId) -> Result<Option<PatientId>> {
        let id: Option<String> = self
            .connection
            .prepare_cached("SELECT patient FROM visit WHERE id = ?1")?
            .query_row([visit.0.to_string()], |row| row.get(0))
            .optional()?;
        let read =
            |id: String| Uuid::parse_str(&id).map_err(|error| StoreError::Unreadable(error.to_string()));
        Ok(id.map(read).transpose()?.map(PatientId))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, read_text};
    use crate::front_desk::form::{Draft, Given};
    use crate::front_desk::patient::{DateOfBirth, Patient, PersonName, Source};
    use crate::front_desk::ticket::NewVisit;
    use crate::link::fact::{Cursor, DESK, FactKind};

    #[test]
    fn forms_and_consent_are_kept_with_the_check_in_over_a_restart_and_travel_to_the_desk() {
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.db");
        let now: DateTime<Utc> = "2026-11-25T09:00:00Z".parse().unwrap();
        let today = now.date_naive();
        let form = &clinic.routines.forms[0];
        let drafts =
            [Draft::YesNo(Some(true)), Draft::Several([1].into()), Draft::Text("was hidden again".into())];
        let filled = form.filled(&form.standings(&drafts, today), ("hi", "en"), None, now).unwrap();
        let consent = Consent {
            text: clinic.consent.text("hi").to_string(),
            language: "hi".into(),
            companion: Some("parent".into()),
            at: now,
        };
        let patient = Patient {
            balance_due: None,
            further: Default::default(),
            id: PatientId(Uuid::from_u128(1)),
            number: None,
            name: PersonName { given: "Ana".into(), family: "Ruiz".into() },
            date_of_birth: DateOfBirth::new(1990, 1, 2, today).unwrap(),
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Kiosk,
        };
        let visit = NewVisit {
            acting: None,
            noted: Vec::new(),
            registration: Some(patient.clone()),
            patient: patient.id,
            appointment: None,
            reason: None,
            service: "blood".into(),
            language: "hi".into(),
            companion: Some("parent".into()),
            consent: Some(consent.clone()),
            forms: vec![filled.clone()],
        };
        let mut kiosk = Store::open(&path, "lobby").unwrap();
        kiosk.check_in(&clinic, "1", &visit, now).unwrap();
        drop(kiosk);

        let kiosk = Store::open(&path, "lobby").unwrap();
        let holds = |store: &Store| {
            let row = &store.arrivals(today).unwrap()[0];
            assert_eq!((row.forms, row.has_consent), (1, true));
            assert_eq!(store.patient_of_visit(row.visit.id).unwrap(), Some(patient.id));
            assert_eq!(store.forms_of_visit(row.visit.id).unwrap(), std::slice::from_ref(&filled));
            assert_eq!(store.consents(patient.id).unwrap(), std::slice::from_ref(&consent));
            let answered = store.forms_answered(patient.id).unwrap();
            assert_eq!(answered, [("before-blood-test".to_string(), now)].into());
        };
        holds(&kiosk);
        assert_eq!(filled.answers.len(), 2);
        let Given::Chosen { options } = &filled.answers[1].given else { panic!("nothing chosen") };
        assert_eq!(options[0].id, "fainted");

        let delivery = kiosk.undelivered(100).unwrap().unwrap();
        assert!(delivery.facts.iter().all(|fact| !format!("{fact:?}").contains("fainted")));
        let kinds: Vec<_> = delivery.facts.iter().map(|fact| std::mem::discriminant(&fact.kind)).collect();
        let order = [
            std::mem::discriminant(&FactKind::PatientRecorded { patient: patient.clone() }),
            std::mem::discriminant(&FactKind::ConsentGiven { patient: patient.id, consent: consent.clone() }),
        ];
        assert_eq!(&kinds[..2], order, "whose consent it is comes first");
        let mut desk = Store::in_memory(DESK).unwrap();
        desk.receive(&delivery).unwrap();
        holds(&desk);
        let feed = desk.feed("hall", None, Cursor::default(), 100).unwrap();
        let mut hall = Store::in_memory("hall").unwrap();
        hall.follow(&feed).unwrap();
        holds(&hall);
    }
}
