//! The page of a screen, with all words in it: it can say that it is out of date also when the desk was never there.

use super::shown::Reader;
use super::wanted::{Asked, Wanted};
use crate::desk::language::StaffLanguage;
use crate::desk::{Desk, Refusal};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const PAGE: &str = include_str!("../../../ui/desk/display.html");

/// `GET /display?points=…&services=…&languages=…&name=…`.
pub async fn page(State(desk): State<Arc<Desk>>, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let clinic = desk.clinic.now();
    let wanted = Wanted::read(&asked, &clinic, StaffLanguage::default());
    let settings = Reader { clinic: &clinic, wanted: &wanted }.settings();
    let first = &settings["languages"][0];
    let direction = if first["rtl"] == true { "rtl" } else { "ltr" };
    // Inside a script element nothing but "<" can end it.
    let data = settings.to_string().replace('<', "\\u003c");
    let page = PAGE
        .replace("{language}", first["code"].as_str().unwrap_or("en"))
        .replace("{direction}", direction)
        .replace("{settings}", &data);
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
}
