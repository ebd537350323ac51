//! Closing a time: first everybody whom it concerns, then all of it at once.

use super::day::{AppointmentShown, SlotShown};
use super::words::refusal;
use crate::clinic::Clinic;
use crate::desk::action::{LONGEST_NOTE, conflict, parsed, text, wrong};
use crate::desk::board::words::Reader;
use crate::desk::language::english;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::closure::{BookClosure, ClosureId, Decided};
use crate::front_desk::role::Permission;
use crate::front_desk::schedule::span_by_the_clock;
use crate::store::ClosingRefused;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The longest time that can be closed at once: whoever is away for longer stands in the schedule.
const LONGEST: TimeDelta = TimeDelta::days(31);
const MOST_CLINICIANS: usize = 200;

/// Whose time, by the clinic's clock.
#[derive(Deserialize)]
struct Span {
    clinicians: Vec<String>,
    from: NaiveDateTime,
    to: NaiveDateTime,
}

#[derive(Deserialize)]
struct Closing {
    /// Made by the page: the same one sent again closes nothing anew.
    id: Uuid,
    #[serde(flatten)]
    span: Span,
    reason: String,
    decided: Vec<Decided>,
}

/// Everybody whom a closure would concern.
#[derive(Serialize)]
pub struct Preview {
    concerned: Vec<ConcernedShown>,
}

#[derive(Serialize)]
struct ConcernedShown {
    appointment: AppointmentShown,
    /// The next free time of the same service; none where there is none, or they are here already.
    proposed: Option<SlotShown>,
}

impl Span {
    /// The closure that it would be.
    fn closure(self, by: &str, clinic: &Clinic, id: Uuid, reason: &str) -> Result<BookClosure, Refusal> {
        let Self { clinicians, from, to } = self;
        let named = !clinicians.is_empty()
            && clinicians.len() <= MOST_CLINICIANS
            && clinicians.iter().all(|name| !name.trim().is_empty() && name.chars().count() <= 200);
        if !named {
            return Err(wrong("Choose whose time it is."));
        }
        let Some((from, to)) = span_by_the_clock(clinic.zone, from, to) else {
            return Err(wrong("This time is over before it begins: correct from or until."));
        };
        if to <= Utc::now() {
            return Err(wrong("This time is over already."));
        }
        if to - from > LONGEST {
            return Err(wrong("This is more than a month: write it into the schedule instead."));
        }
        Ok(BookClosure {
            id: ClosureId(id),
            clinicians,
            from,
            to,
            reason: crate::front_desk::request::OwnWords(reason.to_string()),
            by: by.to_string(),
        })
    }
}

/// `POST /api/book/closures/preview`: whom it would concern, each with another time.
pub async fn preview(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    body: Bytes,
) -> Result<Json<Preview>, Refusal> {
    who.may(Permission::Book)?;
    let clinic = desk.clinic.now();
    let closure = parsed::<Span>(&body)?.closure(&who.name, &clinic, Uuid::nil(), "")?;
    let language = who.language;
    let concerned = desk.ask_as(&who, move |store| {
        let rows = store.would_concern(&clinic, &closure, Utc::now())?;
        let patients: Vec<_> = rows.iter().map(|(row, _)| row.appointment.patient).collect();
        store.note_look("read-whom-a-closure-concerns", &patients, None, Utc::now())?;
        let reader = Reader { clinic: &clinic, language, now: Utc::now(), sees_money: false };
        let rows = rows.into_iter();
        let shown = rows.map(|(row, slot)| ConcernedShown {
            appointment: AppointmentShown::of(reader, row),
            proposed: slot.map(|slot| SlotShown::of(reader, slot)),
        });
        Ok(shown.collect())
    });
    Ok(Json(Preview { concerned: concerned.await? }))
}

/// `POST /api/book/closures`: closes it, with what was decided for each.
pub async fn close(who: Signed, State(desk): State<Arc<Desk>>, body: Bytes) -> Result<StatusCode, Refusal> {
    who.may(Permission::Book)?;
    let Closing { id, span, reason, decided } = parsed(&body)?;
    let reason = text(&reason, LONGEST_NOTE, "Write in a few words why.")?.0;
    let clinic = desk.clinic.now();
    let closure = span.closure(&who.name, &clinic, id, &reason)?;
    let (done, position) = desk
        .ask_as(&who, move |store| {
            let done = store.close_time(&clinic, &closure, &decided, Utc::now())?;
            let told = match done {
                Ok(()) => None,
                Err(ClosingRefused::NotAsShown(_)) => Some((String::new(), None)),
                Err(ClosingRefused::NotDone(id, answer)) => {
                    let patient = match store.appointment(id)? {
                        Some(there) => store.patient(there.patient)?,
                        None => None,
                    };
                    Some((patient.map_or(String::new(), |patient| patient.name.full()), Some(answer)))
                }
            };
            Ok((told, store.last_position()?))
        })
        .await?;
    desk.reached(position);
    let Some((name, answer)) = done else { return Ok(StatusCode::NO_CONTENT) };
    let Some(answer) = answer else {
        return Err(conflict(
            "The book has changed since this list was made: nothing was closed. Look at the list as it is now.",
        ));
    };
    let why = refusal(&answer, false).map_or(String::new(), |Refusal(_, why)| why.said(who.language));
    Err(conflict(who.language.say("{name}: {why} Nothing was closed.", &[("name", &name), ("why", &why)])))
}

/// `POST /api/book/closures/{id}/end`: the time is open again.
pub async fn open_again(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Refusal> {
    who.may(Permission::Book)?;
    let by = who.name.clone();
    let clinic = desk.clinic.now();
    let (known, position) = desk
        .ask_as(&who, move |store| {
            let now = Utc::now();
            let known = store.closure(ClosureId(id))?.is_some();
            store.end_closure(
                ClosureId(id),
                &by,
                english("The time is open again: the appointment stands"),
                now,
            )?;
            // Whoever waits for a time like those is asked at once.
            store.settle_waiting_list(&clinic, now)?;
            Ok((known, store.last_position()?))
        })
        .await?;
    desk.reached(position);
    if known {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal(StatusCode::NOT_FOUND, "There is no such closed time.".into()))
}
