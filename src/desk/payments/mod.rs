//! Money at the desk: doubts that a person settles, taking money, giving it back, the ends of a terminal's day and
//! of the cash drawer's, and the calls of a payment provider.
//!
//! **Invariant:** nothing here is decided by what a page showed: each act is judged again in the transaction that
//! keeps it, so that two people at two desks cannot take or give back the same money.

mod closing;
mod day;
mod drawer;
mod provider;
mod receipt;
mod refund;
mod settle;
mod shown;
mod table;
mod take;
mod words;

pub use closing::differing as differing_closings;
pub use settle::must_be_settled_first;
pub use shown::MoneyShown;

use super::Desk;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use std::sync::Arc;

/// A route for each thing that staff do with money.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/payments/{id}/settle", post(settle::payment))
        .route("/api/refunds/{id}/settle", post(settle::refund))
        .route("/api/terminals/{kiosk}/last-transaction", post(settle::ask_last_transaction))
        .route("/api/terminals/{kiosk}/end-of-day", post(closing::ask_end_of_day))
        .route("/api/closings/{id}/counted", post(closing::counted_by_hand))
        .route("/api/patients/{id}/account", get(take::account))
        .route("/api/patients/{id}/payments", post(take::take))
        .route("/api/patients/{id}/charges", post(take::add_charge))
        .route("/api/charges/{id}/withdraw", post(take::withdraw_charge))
        .route("/api/payments/{id}/refund", post(refund::refund))
        .route("/api/payments/{id}/receipt", post(receipt::print))
        .route("/api/payments/day", get(day::day))
        .route("/api/payments/drawer", post(drawer::count))
        .route("/api/payments/drawer/reckon", post(drawer::reckon))
        .route("/api/payments.csv", get(table::csv))
}

/// Where the payment provider calls: it is no page of the desk, and proves by a signature who it is.
pub fn provider_routes() -> Router<Arc<Desk>> {
    Router::new().route(
        "/payments/provider",
        post(provider::call).layer(DefaultBodyLimit::max(provider::LARGEST_CALL)),
    )
}
