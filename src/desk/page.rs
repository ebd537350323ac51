//! The desk's page: plain files, all inside the program.

use super::Desk;
use super::frame::framed;
use super::language::{self, StaffLanguage, translated};
use super::people::Presence;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::routing::get;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";
const IMAGE: &str = "image/svg+xml";

/// What each page has of its own; around it stands what all have.
pub(super) const OWN: &[(&str, &str)] = &[
    ("/", include_str!("../../ui/desk/desk.html")),
    ("/book", include_str!("../../ui/desk/book.html")),
    ("/supervisor", include_str!("../../ui/desk/supervisor.html")),
    ("/fleet", include_str!("../../ui/desk/fleet.html")),
    ("/payments", include_str!("../../ui/desk/payments.html")),
    ("/people", include_str!("../../ui/desk/people.html")),
    ("/audit", include_str!("../../ui/desk/audit.html")),
    ("/sign-in", include_str!("../../ui/desk/sign-in.html")),
];

/// The pages, whole, in English.
static PAGES: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| OWN.iter().map(|&(path, own)| (path, framed(path, own))).collect());

const FILES: &[(&str, &str, &str)] = &[
    ("/desk.css", STYLE, include_str!("../../ui/desk/desk.css")),
    ("/answers.css", STYLE, include_str!("../../ui/desk/answers.css")),
    ("/book.css", STYLE, include_str!("../../ui/desk/book.css")),
    ("/case.css", STYLE, include_str!("../../ui/desk/case.css")),
    ("/chart.css", STYLE, include_str!("../../ui/desk/chart.css")),
    ("/fleet.css", STYLE, include_str!("../../ui/desk/fleet.css")),
    ("/people.css", STYLE, include_str!("../../ui/desk/people.css")),
    ("/payments.css", STYLE, include_str!("../../ui/desk/payments.css")),
    ("/supervisor.css", STYLE, include_str!("../../ui/desk/supervisor.css")),
    ("/display.css", STYLE, include_str!("../../ui/desk/display.css")),
    ("/queue.css", STYLE, include_str!("../../ui/desk/queue.css")),
    ("/icon.svg", IMAGE, include_str!("../../ui/desk/icon.svg")),
    ("/icon-alarm.svg", IMAGE, include_str!("../../ui/desk/icon-alarm.svg")),
    ("/icon-waiting.svg", IMAGE, include_str!("../../ui/desk/icon-waiting.svg")),
    ("/account.js", SCRIPT, include_str!("../../ui/desk/account.js")),
    ("/alarm.js", SCRIPT, include_str!("../../ui/desk/alarm.js")),
    ("/answers.js", SCRIPT, include_str!("../../ui/desk/answers.js")),
    ("/arrivals.js", SCRIPT, include_str!("../../ui/desk/arrivals.js")),
    ("/audit.js", SCRIPT, include_str!("../../ui/desk/audit.js")),
    ("/bare-page.js", SCRIPT, include_str!("../../ui/desk/bare-page.js")),
    ("/book.js", SCRIPT, include_str!("../../ui/desk/book.js")),
    ("/book-calls.js", SCRIPT, include_str!("../../ui/desk/book-calls.js")),
    ("/book-closing.js", SCRIPT, include_str!("../../ui/desk/book-closing.js")),
    ("/book-grid.js", SCRIPT, include_str!("../../ui/desk/book-grid.js")),
    ("/book-moving.js", SCRIPT, include_str!("../../ui/desk/book-moving.js")),
    ("/book-patient.js", SCRIPT, include_str!("../../ui/desk/book-patient.js")),
    ("/booking.js", SCRIPT, include_str!("../../ui/desk/booking.js")),
    ("/chain.js", SCRIPT, include_str!("../../ui/desk/chain.js")),
    ("/chart.js", SCRIPT, include_str!("../../ui/desk/chart.js")),
    ("/sound.js", SCRIPT, include_str!("../../ui/desk/sound.js")),
    ("/card.js", SCRIPT, include_str!("../../ui/desk/card.js")),
    ("/connection.js", SCRIPT, include_str!("../../ui/desk/connection.js")),
    ("/desk.js", SCRIPT, include_str!("../../ui/desk/desk.js")),
    ("/display.js", SCRIPT, include_str!("../../ui/desk/display.js")),
    ("/display-calls.js", SCRIPT, include_str!("../../ui/desk/display-calls.js")),
    ("/display-languages.js", SCRIPT, include_str!("../../ui/desk/display-languages.js")),
    ("/display-link.js", SCRIPT, include_str!("../../ui/desk/display-link.js")),
    ("/display-voice.js", SCRIPT, include_str!("../../ui/desk/display-voice.js")),
    ("/displays.js", SCRIPT, include_str!("../../ui/desk/displays.js")),
    ("/dom.js", SCRIPT, include_str!("../../ui/desk/dom.js")),
    ("/drawer.js", SCRIPT, include_str!("../../ui/desk/drawer.js")),
    ("/elements.js", SCRIPT, include_str!("../../ui/desk/elements.js")),
    ("/emergency.js", SCRIPT, include_str!("../../ui/desk/emergency.js")),
    ("/escalated.js", SCRIPT, include_str!("../../ui/desk/escalated.js")),
    ("/fleet.js", SCRIPT, include_str!("../../ui/desk/fleet.js")),
    ("/fleet-order.js", SCRIPT, include_str!("../../ui/desk/fleet-order.js")),
    ("/forms.js", SCRIPT, include_str!("../../ui/desk/forms.js")),
    ("/jump.js", SCRIPT, include_str!("../../ui/desk/jump.js")),
    ("/keys.js", SCRIPT, include_str!("../../ui/desk/keys.js")),
    ("/ledger.js", SCRIPT, include_str!("../../ui/desk/ledger.js")),
    ("/outcomes.js", SCRIPT, include_str!("../../ui/desk/outcomes.js")),
    ("/outside.js", SCRIPT, include_str!("../../ui/desk/outside.js")),
    ("/overview.js", SCRIPT, include_str!("../../ui/desk/overview.js")),
    ("/payments.js", SCRIPT, include_str!("../../ui/desk/payments.js")),
    ("/own.js", SCRIPT, include_str!("../../ui/desk/own.js")),
    ("/people.js", SCRIPT, include_str!("../../ui/desk/people.js")),
    ("/person.js", SCRIPT, include_str!("../../ui/desk/person.js")),
    ("/points.js", SCRIPT, include_str!("../../ui/desk/points.js")),
    ("/queue.js", SCRIPT, include_str!("../../ui/desk/queue.js")),
    ("/queue-dialogs.js", SCRIPT, include_str!("../../ui/desk/queue-dialogs.js")),
    ("/red-flags.js", SCRIPT, include_str!("../../ui/desk/red-flags.js")),
    ("/relation.js", SCRIPT, include_str!("../../ui/desk/relation.js")),
    ("/records.js", SCRIPT, include_str!("../../ui/desk/records.js")),
    ("/report.js", SCRIPT, include_str!("../../ui/desk/report.js")),
    ("/requests.js", SCRIPT, include_str!("../../ui/desk/requests.js")),
    ("/sides.js", SCRIPT, include_str!("../../ui/desk/sides.js")),
    ("/suggestions.js", SCRIPT, include_str!("../../ui/desk/suggestions.js")),
    ("/sign-in.js", SCRIPT, include_str!("../../ui/desk/sign-in.js")),
    ("/sign-in-page.js", SCRIPT, include_str!("../../ui/desk/sign-in-page.js")),
    ("/supervisor.js", SCRIPT, include_str!("../../ui/desk/supervisor.js")),
    ("/tone.js", SCRIPT, include_str!("../../ui/desk/tone.js")),
    ("/topic.js", SCRIPT, include_str!("../../ui/desk/topic.js")),
    ("/turned-away.js", SCRIPT, include_str!("../../ui/desk/turned-away.js")),
    ("/take-over.js", SCRIPT, include_str!("../../ui/desk/take-over.js")),
    ("/talk.js", SCRIPT, include_str!("../../ui/desk/talk.js")),
    ("/unattended.js", SCRIPT, include_str!("../../ui/desk/unattended.js")),
    ("/lang/es.json", JSON, language::SPANISH),
    ("/waiting.js", SCRIPT, include_str!("../../ui/desk/waiting.js")),
    ("/words.js", SCRIPT, include_str!("../../ui/desk/words.js")),
];

const FONT: &str = "font/ttf";

/// What patients write must be readable also where the machine of the desk has no font for it: the kiosk's
/// fonts for Arabic, Devanagari and Han, each regular and bold, which stand behind those for Latin. The one for Latin is the
/// displays', whose letters have a height that was reckoned.
const FONTS: [(&str, usize); 8] = [
    ("/latin.ttf", 0),
    ("/latin-bold.ttf", 1),
    ("/arabic.ttf", 2),
    ("/arabic-bold.ttf", 3),
    ("/devanagari.ttf", 4),
    ("/devanagari-bold.ttf", 5),
    ("/han.ttf", 6),
    ("/han-bold.ttf", 7),
];

/// A route for each page and file. Pages arrive in the language of whoever opens them.
pub fn routes() -> Router<Arc<Desk>> {
    let pages = pages().fold(Router::new(), |router, (path, english)| {
        let page: Arc<[_]> = StaffLanguage::ALL.map(|each| (each, translated(english, each))).into();
        let answer = async move |State(desk): State<Arc<Desk>>, headers: HeaderMap| {
            let language = reads(&desk, &headers).await;
            let found = page.iter().find(|(each, _)| *each == language);
            let page = found.map_or(Cow::Borrowed(english), |(_, page)| page.clone());
            ([(header::CONTENT_TYPE, HTML)], page)
        };
        router.route(path, get(answer))
    });
    let files = FILES.iter().fold(pages, |router, &(path, kind, text)| {
        router.route(path, get(async move || ([(header::CONTENT_TYPE, kind)], text)))
    });
    let fonts = vestibule_ui::fonts::fonts();
    FONTS.into_iter().fold(files, |router, (path, position)| {
        let bytes = fonts[position];
        router.route(path, get(async move || ([(header::CONTENT_TYPE, FONT)], bytes)))
    })
}

/// The language of whoever opens a page. Where the store cannot say who they are, the browser's is as good.
async fn reads(desk: &Desk, headers: &HeaderMap) -> StaffLanguage {
    let presence = Presence::of(desk, headers).await.ok();
    let signed_in = presence.and_then(|presence| presence.who().map(|who| who.language));
    signed_in.unwrap_or_else(|| language::remembered(headers))
}

/// The pages, by their paths, in English.
pub(super) fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().map(|(path, page)| (*path, page.as_str()))
}
