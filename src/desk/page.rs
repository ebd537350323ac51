//! The desk's page: plain files, all inside the program.

use super::Desk;
use axum::Router;
use axum::http::header;
use axum::routing::get;
use std::sync::Arc;

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const IMAGE: &str = "image/svg+xml";

const FILES: [(&str, &str, &str); 10] = [
    ("/", HTML, include_str!("../../ui/desk/desk.html")),
    ("/desk.css", STYLE, include_str!("../../ui/desk/desk.css")),
    ("/icon.svg", IMAGE, include_str!("../../ui/desk/icon.svg")),
    ("/desk.js", SCRIPT, include_str!("../../ui/desk/desk.js")),
    ("/alarm.js", SCRIPT, include_str!("../../ui/desk/alarm.js")),
    ("/arrivals.js", SCRIPT, include_str!("../../ui/desk/arrivals.js")),
    ("/connection.js", SCRIPT, include_str!("../../ui/desk/connection.js")),
    ("/elements.js", SCRIPT, include_str!("../../ui/desk/elements.js")),
    ("/person.js", SCRIPT, include_str!("../../ui/desk/person.js")),
    ("/requests.js", SCRIPT, include_str!("../../ui/desk/requests.js")),
];

/// A route for each file.
pub fn routes() -> Router<Arc<Desk>> {
    FILES.into_iter().fold(Router::new(), |router, (path, kind, text)| {
        router.route(path, get(async move || ([(header::CONTENT_TYPE, kind)], text)))
    })
}
