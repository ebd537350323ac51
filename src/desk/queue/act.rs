//! What staff do with the queue. Each is one decision of the store: two who call at the same moment get two patients.

use super::why::in_words;
use crate::clinic::Clinic;
use crate::desk::action::{LONGEST_NOTE, conflict, parsed, text, wrong};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::queue::{QueueRefusal, VisitEnd};
use crate::front_desk::role::Permission;
use crate::front_desk::ticket::VisitId;
use crate::front_desk::urgency::Urgency;
use crate::store::{Called, QueueDecision, Store};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// A route for each.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/queue/next", post(call_next))
        .route("/api/queue/{visit}/call", post(call))
        .route("/api/queue/{visit}/call-again", post(call_again))
        .route("/api/queue/{visit}/take-back", post(take_back))
        .route("/api/queue/{visit}/absent", post(absent))
        .route("/api/queue/{visit}/transfer", post(transfer))
        .route("/api/queue/{visit}/mark", post(mark))
        .route("/api/queue/{visit}/finish", post(finish))
        .route("/api/queue/{visit}/leave", post(leave))
        .route("/api/queue/{visit}/reopen", post(reopen))
}

#[derive(Deserialize)]
struct Next {
    point: String,
    /// The visit that has been seen there.
    #[serde(default)]
    finishes: Option<Uuid>,
}

#[derive(Deserialize)]
struct Point {
    point: String,
}

#[derive(Deserialize)]
struct Service {
    service: String,
}

#[derive(Deserialize)]
struct Marks {
    urgency: Urgency,
    groups: Vec<String>,
}

#[derive(Deserialize)]
struct Why {
    why: String,
}

/// Who was called where, for the page to say.
#[derive(Serialize)]
struct Told {
    visit: Uuid,
    number: String,
    point: String,
}

type Done = Result<StatusCode, Refusal>;

/// `POST /api/queue/next`: calls whoever is next to a service point, and ends the visit of who has been seen there.
async fn call_next(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    body: Bytes,
) -> Result<Json<impl Serialize>, Refusal> {
    who.may(Permission::Queue)?;
    let Next { point, finishes } = parsed(&body)?;
    let finishes = finishes.map(VisitId);
    decide(&desk, &who, move |store, clinic, by, now| store.call_next(clinic, &point, finishes, by, now))
        .await
        .map(|called| told(&desk, &who, called))
}

/// `POST /api/queue/{visit}/call`: calls one patient, before their turn if need be.
async fn call(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(visit): Path<Uuid>,
    body: Bytes,
) -> Result<Json<impl Serialize>, Refusal> {
    who.may(Permission::Queue)?;
    let Point { point } = parsed(&body)?;
    decide(&desk, &who, move |store, clinic, by, now| {
        store.call_patient(clinic, VisitId(visit), &point, by, now)
    })
    .await
    .map(|called| told(&desk, &who, called))
}

fn told(desk: &Desk, who: &Signed, called: Called) -> Json<Told> {
    let clinic = desk.clinic.now();
    let point = clinic.routines.queue.point(&called.point);
    let point = point.map_or_else(
        || called.point.clone(),
        |it| it.name.text(who.reader(&clinic, Utc::now()).texts()).to_string(),
    );
    Json(Told { visit: called.visit.0, number: called.number.to_string(), point })
}

/// `POST /api/queue/{visit}/call-again`: to the same place once more.
async fn call_again(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>) -> Done {
    who.may(Permission::Queue)?;
    done(&desk, &who, move |store, clinic, by, now| store.call_again(clinic, VisitId(visit), by, now)).await
}

/// `POST /api/queue/{visit}/take-back`: was called by mistake, waits as before.
async fn take_back(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>) -> Done {
    who.may(Permission::Queue)?;
    done(&desk, &who, move |store, clinic, by, now| store.take_call_back(clinic, VisitId(visit), by, now))
        .await
}

/// `POST /api/queue/{visit}/absent`: did not come, waits on and has another chance.
async fn absent(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>) -> Done {
    who.may(Permission::Queue)?;
    done(&desk, &who, move |store, clinic, by, now| store.mark_absent(clinic, VisitId(visit), by, now)).await
}

/// `POST /api/queue/{visit}/transfer`: waits for another service from now on, and keeps what they have waited.
async fn transfer(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Queue)?;
    let Service { service } = parsed(&body)?;
    done(&desk, &who, move |store, clinic, by, now| store.transfer(clinic, VisitId(visit), &service, by, now))
        .await
}

/// `POST /api/queue/{visit}/mark`: how soon they must be seen, and which groups they belong to.
async fn mark(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Queue)?;
    let Marks { urgency, groups } = parsed(&body)?;
    done(&desk, &who, move |store, clinic, by, now| {
        store.mark_visit(clinic, VisitId(visit), urgency, groups, by, now)
    })
    .await
}

/// `POST /api/queue/{visit}/finish`: has been seen.
async fn finish(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>) -> Done {
    who.may(Permission::Queue)?;
    done(&desk, &who, move |store, clinic, by, now| {
        store.finish_visit(clinic, VisitId(visit), VisitEnd::Seen, by, now)
    })
    .await
}

/// `POST /api/queue/{visit}/leave`: went away, or was sent home; somebody says so and why.
async fn leave(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>, body: Bytes) -> Done {
    who.may(Permission::Queue)?;
    let Why { why } = parsed(&body)?;
    let why = text(&why, LONGEST_NOTE, "Write why the visit ends without the patient being seen.")?;
    done(&desk, &who, move |store, clinic, by, now| {
        store.finish_visit(clinic, VisitId(visit), VisitEnd::Left { why }, by, now)
    })
    .await
}

/// `POST /api/queue/{visit}/reopen`: the visit was ended by mistake, or the patient has come back.
async fn reopen(who: Signed, State(desk): State<Arc<Desk>>, Path(visit): Path<Uuid>) -> Done {
    who.may(Permission::Queue)?;
    done(&desk, &who, move |store, clinic, by, now| store.reopen_visit(clinic, VisitId(visit), by, now)).await
}

async fn done(
    desk: &Desk,
    who: &Signed,
    work: impl FnOnce(&mut Store, &Clinic, &str, DateTime<Utc>) -> QueueDecision<()> + Send + 'static,
) -> Done {
    decide(desk, who, work).await.map(|()| StatusCode::NO_CONTENT)
}

async fn decide<T: Send + 'static>(
    desk: &Desk,
    who: &Signed,
    work: impl FnOnce(&mut Store, &Clinic, &str, DateTime<Utc>) -> QueueDecision<T> + Send + 'static,
) -> Result<T, Refusal> {
    let (clinic, by) = (desk.clinic.now(), who.name.clone());
    let (decision, position) = desk
        .ask_as(who, move |store| Ok((work(store, &clinic, &by, Utc::now())?, store.last_position()?)))
        .await?;
    desk.reached(position);
    let clinic = desk.clinic.now();
    decision.map_err(|refusal| {
        let words = in_words(&refusal, who.reader(&clinic, Utc::now()));
        match refusal {
            QueueRefusal::NoSuchVisit | QueueRefusal::NoSuchPoint | QueueRefusal::NoSuchService => {
                wrong(words)
            }
            QueueRefusal::NobodyWaits { .. }
            | QueueRefusal::PointIsTaken { .. }
            | QueueRefusal::CalledAlready { .. }
            | QueueRefusal::NotCalled
            | QueueRefusal::Ended
            | QueueRefusal::NotEnded
            | QueueRefusal::SameService => conflict(words),
        }
    })
}
