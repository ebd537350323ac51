//! What staff say of records: which details they saw proof of, and whether two of them are one person's.

use super::{Done, change, conflict, decide, parsed, text, wrong};
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::detail::Detail;
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::{RequestId, RequestReason, RequestState};
use crate::front_desk::role::Permission;
use crate::link::fact::FactKind;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// The name of a document, such as "residence permit".
const LONGEST_DOCUMENT: usize = 60;

#[derive(Deserialize)]
struct SeenProof {
    document: String,
    /// Each detail with the fact that entered it, as the page showed them.
    entries: Vec<(Detail, Uuid)>,
}

#[derive(Deserialize)]
struct SamePerson {
    keep: Uuid,
    merge: Uuid,
}

/// `POST /api/patients/{id}/proof`: staff saw proof of details that the patient had entered. What was entered
/// anew meanwhile is not what they looked at: nothing is noted, and they are told.
pub async fn seen_proof(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Records)?;
    let SeenProof { document, entries } = parsed(&body)?;
    let by = who.name.clone();
    let document = text(&document, LONGEST_DOCUMENT, "Say which document you saw.")?.0;
    if entries.is_empty() {
        return Err(wrong("Choose the details that the document proves."));
    }
    decide(&desk, &who, move |store| {
        let Some(patient) = store.patient(PatientId(id))? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "This record is not here any more.".into())));
        };
        let still = |(detail, entry): &(Detail, Uuid)| {
            patient.further.marks.get(detail).is_some_and(|mark| mark.entry == *entry)
        };
        if !entries.iter().all(still) {
            return Ok(Err(conflict("The patient has entered something else meanwhile: look again.")));
        }
        let fact = FactKind::DetailsProved { patient: patient.id, entries, document, by };
        store.commit(vec![fact], Utc::now())?;
        Ok(Ok(()))
    })
    .await
}

/// `POST /api/requests/{id}/same-person`: two of its records are one person's.
pub async fn same_person(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Done {
    who.may(Permission::Records)?;
    let SamePerson { keep, merge } = parsed(&body)?;
    let language = who.language;
    let by = who.name.clone();
    let (keep, merge) = (PatientId(keep), PatientId(merge));
    change(&desk, &who, id, move |store, row| {
        if let RequestState::Resolved { by: first, .. } = row.state {
            return Ok(Err(conflict(sentence("{first} has resolved it.").with("first", first))));
        }
        if row.request.reason != RequestReason::PossibleDuplicate {
            return Ok(Err(wrong("This request is not about two records.")));
        }
        let mut there = Vec::new();
        for patient in &row.request.patients {
            there.extend(store.patient(*patient)?.map(|patient| patient.id));
        }
        if keep == merge || ![keep, merge].iter().all(|patient| there.contains(patient)) {
            return Ok(Err(conflict("These records were joined already: look again.")));
        }
        let mut kinds = vec![FactKind::PatientsMerged { keep, merge, by: by.clone() }];
        there.retain(|patient| *patient != merge);
        there.dedup();
        // With a third record there is still something to decide.
        if there.len() < 2 {
            let note = language.say("Same person: the records were joined.", &[]);
            kinds.push(FactKind::RequestResolved { request: RequestId(id), by, note });
        }
        Ok(Ok(kinds))
    })
    .await
}

/// `POST /api/requests/{id}/two-people`: its records are of different people. Nobody is asked again.
pub async fn two_people(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>) -> Done {
    who.may(Permission::Records)?;
    let (by, language) = (who.name.clone(), who.language);
    change(&desk, &who, id, move |_, row| {
        if let RequestState::Resolved { by: first, .. } = row.state {
            return Ok(Err(conflict(sentence("{first} has resolved it.").with("first", first))));
        }
        let Some((one, others)) = row.request.patients.split_first() else { return Ok(Ok(Vec::new())) };
        if row.request.reason != RequestReason::PossibleDuplicate {
            return Ok(Err(wrong("This request is not about two records.")));
        }
        let apart = others.iter().map(|other| FactKind::PatientsKeptApart {
            one: *one,
            other: *other,
            by: by.clone(),
        });
        let note = language.say("Two people: both records stay.", &[]);
        let resolved = FactKind::RequestResolved { request: RequestId(id), by: by.clone(), note };
        Ok(Ok(apart.chain([resolved]).collect()))
    })
    .await
}
