//! Having a ticket printed again.

use super::{Done, decide};
use crate::desk::people::Signed;
use crate::desk::{CopyAsked, Desk, Refusal, locked};
use crate::front_desk::role::Permission;
use crate::front_desk::ticket::TicketId;
use crate::link::fact::FactKind;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use uuid::Uuid;

/// Until then a second touch on "Print a copy" is taken for the same wish.
const COPY_PATIENCE: TimeDelta = TimeDelta::seconds(60);

/// `POST /api/tickets/{id}/copy`: the kiosk that issued a ticket shall print it again.
pub async fn print_copy(State(desk): State<Arc<Desk>>, who: Signed, Path(id): Path<Uuid>) -> Done {
    who.may(Permission::Queue)?;
    let by = who.name.clone();
    let now = Utc::now();
    {
        let mut copies = locked(&desk.copies);
        if copies.get(&id).is_some_and(|asked| is_under_way(asked, now)) {
            return Ok(StatusCode::NO_CONTENT);
        }
        copies.retain(|_, asked| is_under_way(asked, now));
        copies.insert(id, CopyAsked { by: by.clone(), at: now });
    }
    let done = decide(&desk, &who, move |store| {
        let ticket = TicketId(id);
        let Some(kiosk) = store.kiosk_of(ticket)? else {
            return Ok(Err(Refusal(StatusCode::NOT_FOUND, "There is no such ticket.".into())));
        };
        store.commit(vec![FactKind::ReprintAsked { ticket, kiosk, by }], now)?;
        Ok(Ok(()))
    })
    .await;
    if done.is_err() {
        locked(&desk.copies).remove(&id);
    }
    desk.refresh.notify_one();
    done
}

/// Whether a copy may still be on its way out of the printer.
pub fn is_under_way(asked: &CopyAsked, now: DateTime<Utc>) -> bool {
    now - asked.at < COPY_PATIENCE
}
