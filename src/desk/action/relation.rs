//! Staff say whether somebody who acts for a patient does so rightly.

use super::{Done, conflict, decide};
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::family::{RelationId, RelationState};
use crate::front_desk::role::Permission;
use crate::link::fact::FactKind;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::Utc;
use std::sync::Arc;
use uuid::Uuid;

/// `POST /api/relations/{id}/confirm`: staff have seen that a relation is as it was entered.
pub async fn confirm(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>) -> Done {
    who.may(Permission::Records)?;
    let by = who.name.clone();
    change(&desk, &who, RelationId(id), move |state, relation| match state {
        RelationState::Entered => Ok(Some(FactKind::RelationConfirmed { relation, by })),
        RelationState::Confirmed { .. } => Ok(None),
        RelationState::Ended { by } => Err(conflict(
            sentence("{by} has ended this relation. It can be entered anew at a kiosk.").with("by", by),
        )),
    })
    .await
}

/// `POST /api/relations/{id}/end`: a relation holds no longer.
pub async fn end(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>) -> Done {
    who.may(Permission::Records)?;
    let by = who.name.clone();
    change(&desk, &who, RelationId(id), move |state, relation| match state {
        RelationState::Entered | RelationState::Confirmed { .. } => {
            Ok(Some(FactKind::RelationEnded { relation, by }))
        }
        RelationState::Ended { .. } => Ok(None),
    })
    .await
}

async fn change(
    desk: &Desk,
    who: &Signed,
    id: RelationId,
    judge: impl FnOnce(RelationState, RelationId) -> Result<Option<FactKind>, Refusal> + Send + 'static,
) -> Done {
    decide(desk, who, move |store| {
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
