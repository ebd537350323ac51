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

const FILES: [(&str, &str, &str); 34] = [
    ("/", HTML, include_str!("../../ui/desk/desk.html")),
    ("/supervisor", HTML, include_str!("../../ui/desk/supervisor.html")),
    ("/payments", HTML, include_str!("../../ui/desk/payments.html")),
    ("/desk.css", STYLE, include_str!("../../ui/desk/desk.css")),
    ("/answers.css", STYLE, include_str!("../../ui/desk/answers.css")),
    ("/case.css", STYLE, include_str!("../../ui/desk/case.css")),
    ("/payments.css", STYLE, include_str!("../../ui/desk/payments.css")),
    ("/supervisor.css", STYLE, include_str!("../../ui/desk/supervisor.css")),
    ("/icon.svg", IMAGE, include_str!("../../ui/desk/icon.svg")),
    ("/account.js", SCRIPT, include_str!("../../ui/desk/account.js")),
    ("/alarm.js", SCRIPT, include_str!("../../ui/desk/alarm.js")),
    ("/answers.js", SCRIPT, include_str!("../../ui/desk/answers.js")),
    ("/arrivals.js", SCRIPT, include_str!("../../ui/desk/arrivals.js")),
    ("/booking.js", SCRIPT, include_str!("../../ui/desk/booking.js")),
    ("/chain.js", SCRIPT, include_str!("../../ui/desk/chain.js")),
    ("/sound.js", SCRIPT, include_str!("../../ui/desk/sound.js")),
    ("/card.js", SCRIPT, include_str!("../../ui/desk/card.js")),
    ("/connection.js", SCRIPT, include_str!("../../ui/desk/connection.js")),
    ("/desk.js", SCRIPT, include_str!("../../ui/desk/desk.js")),
    ("/elements.js", SCRIPT, include_str!("../../ui/desk/elements.js")),
    ("/emergency.js", SCRIPT, include_str!("../../ui/desk/emergency.js")),
    ("/forms.js", SCRIPT, include_str!("../../ui/desk/forms.js")),
    ("/ledger.js", SCRIPT, include_str!("../../ui/desk/ledger.js")),
    ("/payments.js", SCRIPT, include_str!("../../ui/desk/payments.js")),
    ("/person.js", SCRIPT, include_str!("../../ui/desk/person.js")),
    ("/relation.js", SCRIPT, include_str!("../../ui/desk/relation.js")),
    ("/records.js", SCRIPT, include_str!("../../ui/desk/records.js")),
    ("/report.js", SCRIPT, include_str!("../../ui/desk/report.js")),
    ("/requests.js", SCRIPT, include_str!("../../ui/desk/requests.js")),
    ("/sides.js", SCRIPT, include_str!("../../ui/desk/sides.js")),
    ("/supervisor.js", SCRIPT, include_str!("../../ui/desk/supervisor.js")),
    ("/turned-away.js", SCRIPT, include_str!("../../ui/desk/turned-away.js")),
    ("/take-over.js", SCRIPT, include_str!("../../ui/desk/take-over.js")),
    ("/talk.js", SCRIPT, include_str!("../../ui/desk/talk.js")),
];

const FONT: &str = "font/ttf";

/// What patients write must be readable also where the machine of the desk has no font for it: the kiosk's
/// fonts for Arabic and Devanagari, each regular and bold, which stand behind those for Latin.
const FONTS: [(&str, usize); 4] =
    [("/arabic.ttf", 2), ("/arabic-bold.ttf", 3), ("/devanagari.ttf", 4), ("/devanagari-bold.ttf", 5)];

/// A route for each file.
pub fn routes() -> Router<Arc<Desk>> {
    let files = FILES.into_iter().fold(Router::new(), |router, (path, kind, text)| {
        router.route(path, get(async move || ([(header::CONTENT_TYPE, kind)], text)))
    });
    let fonts = vestibule_ui::fonts::fonts();
    FONTS.into_iter().fold(files, |router, (path, position)| {
        let bytes = fonts[position];
        router.route(path, get(async move || ([(header::CONTENT_TYPE, FONT)], bytes)))
    })
}
