//! The book at the desk: the day by clinician, booking, moving and calling off, and closing a time with everybody whom
//! that concerns.
//!
//! **Invariant:** a page only proposes. What is free, and whom a closure concerns, is decided in the transaction that
//! keeps it, so two people at two desks never get one time, and nobody is left out of a closure.

mod calls;
mod change;
mod closures;
mod day;
mod words;

use super::Desk;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// A route for each thing that staff do with the book.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/book", get(day::book))
        .route("/api/book/next", post(day::next))
        .route("/api/book/appointments", post(change::book))
        .route("/api/book/appointments/{id}/move", post(change::put_off))
        .route("/api/book/appointments/{id}/put-back", post(change::put_back))
        .route("/api/book/appointments/{id}/call-off", post(change::call_off))
        .route("/api/book/appointments/{id}/calendar", get(calls::calendar))
        .route("/api/book/closures/preview", post(closures::preview))
        .route("/api/book/closures", post(closures::close))
        .route("/api/book/closures/{id}/end", post(closures::open_again))
        .route("/api/book/calls/{id}", post(calls::called))
}
