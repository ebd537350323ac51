//! Staff say whether somebody who acts for a patient does so rightly.

use super::{Done, conflict, decide, name, parsed};
use crate::desk::{Desk, Refusal};
use crate::front_desk::family::{RelationId, RelationState};
use crate::link::fact::FactKind;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct By {
    by: String,
}

/// `POST /api/relations/{id}/confirm`: staff have seen that a relation is as it was entered.
pub async fn confirm(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let by = name(parsed::<By>(&body)?.by)?;
    change(&desk, RelationId(id), move |state, relation| match state {
        RelationState::Entered => Ok(Some(FactKind::RelationConfirmed { relation, by })),
        RelationState::Confirmed { .. } => Ok(None),
        RelationState::Ended { by } => {
            Err(conflict(format!("{by} has ended this relation. It can be entered anew at a kiosk.")))
        }
    })
    .await
}

/// `POST /api/relations/{id}/end`: a relation holds no longer.
pub async fn end(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>, body: Bytes) -> Done {
    let by = name(parsed::<By>(&body)?.by)?;
    change(&desk, RelationId(id), move |state, relation| match state {
        RelationState::Entered | RelationState::Confirmed { .. } => {
            Ok(Some(FactKind::RelationEnded { relation, by }))
        }
        RelationState::Ended { .. } => Ok(None),
    })
    .await
}

async fn change(
    desk: &Desk,
    id: RelationId,
    judge: impl FnOnce(RelationState, RelationId) -> Result<Option<FactKind>, Refusal> + Send + 'static,
) -> Done {
    decide(desk, move |store| {
        let Some(row) = store.relation(id)? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such relation.".into())));
        };
        match judge(row.state, id) {
            Ok(kind) => {
                if let Some(kind) = kind {
                    store.commit(vec![kind], Utc::now())?;
                }
                Ok(Ok(()))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    })
    .await
}
