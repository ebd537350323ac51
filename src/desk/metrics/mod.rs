//! The desk's figures for Prometheus, in its text format 0.0.4. No patient is in them, and every label has few values:
//! kiosks, services and routes are the clinic's and the program's own.

mod figures;
mod read;
mod text;

pub use figures::Figures;

use super::Desk;
use super::guard::is_local_name;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use subtle::ConstantTimeEq;
use tracing::Instrument as _;
use uuid::Uuid;

const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// By which one request is found in the log.
const REQUEST_ID: &str = "x-request-id";

/// `GET /metrics`: all figures. With `metrics_key` in clinic.toml whoever has it reads them; without, programs on the
/// desk's own machine.
pub async fn metrics(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let clinic = desk.clinic.now();
    if let Err(refusal) = may_read(clinic.metrics_key.as_deref(), peer, &headers) {
        return refusal.into_response();
    }
    match read::exposition(&desk, &clinic).await {
        Ok(text) => ([(header::CONTENT_TYPE, FORMAT)], text).into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, error.to_string()).into_response(),
    }
}

fn may_read(
    key: Option<&str>,
    peer: SocketAddr,
    headers: &HeaderMap,
) -> Result<(), (StatusCode, &'static str)> {
    let said = |name: header::HeaderName| headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
    match key {
        Some(key) => {
            let token = said(header::AUTHORIZATION).strip_prefix(b"Bearer ").unwrap_or_default();
            match bool::from(token.ct_eq(key.as_bytes())) {
                true => Ok(()),
                false => {
                    Err((StatusCode::UNAUTHORIZED, "Wrong key: give desk.metrics_key of clinic.toml.\n"))
                }
            }
        }
        // A page elsewhere that makes its own name point here must not read them through a browser on this machine.
        None => {
            let host = std::str::from_utf8(said(header::HOST)).unwrap_or_default();
            match peer.ip().to_canonical().is_loopback() && is_local_name(host) {
                true => Ok(()),
                false => Err((
                    StatusCode::FORBIDDEN,
                    "Only from the desk's own machine, or with desk.metrics_key of clinic.toml.\n",
                )),
            }
        }
    }
}

/// Counts every request with its time, and gives it a name by which the log knows it. Where it went is told by the
/// program's own name of the route: what stands in an address may be somebody's visit.
pub async fn count_requests(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_string());
    let route = matched.unwrap_or_else(|| "other".into());
    let method = match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        _ => "other",
    };
    let id = Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!("http", request = %id, method, %route);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (began.elapsed(), response.status().as_u16());
    desk.figures.request_answered(method, &route, status, took);
    span.in_scope(|| {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        match status {
            500.. => tracing::warn!(status, milliseconds, "answered"),
            _ => tracing::debug!(status, milliseconds, "answered"),
        }
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, authorization: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(said) = authorization {
            headers.insert(header::AUTHORIZATION, said.parse().unwrap());
        }
        headers
    }

    #[test]
    fn whoever_has_the_key_reads_the_figures_and_without_one_only_this_machine() {
        const KEY: Option<&str> = Some("0123456789abcdef");
        let (here, mapped, elsewhere) = ("127.0.0.1:1", "[::ffff:127.0.0.1]:1", "192.168.1.9:1");
        for (key, peer, host, said, may) in [
            (None, here, "localhost:8320", None, true),
            (None, mapped, "127.0.0.1:8320", None, true),
            (None, here, "evil.example:8320", None, false),
            (None, elsewhere, "192.168.1.7:8320", None, false),
            (None, elsewhere, "192.168.1.7:8320", Some("Bearer 0123456789abcdef"), false),
            (KEY, elsewhere, "desk.clinic.example", Some("Bearer 0123456789abcdef"), true),
            (KEY, here, "localhost:8320", None, false),
            (KEY, here, "localhost:8320", Some("Bearer 0123456789abcde"), false),
            (KEY, here, "localhost:8320", Some("0123456789abcdef"), false),
        ] {
            let allowed = may_read(key, peer.parse().unwrap(), &headers(host, said)).is_ok();
            assert_eq!(allowed, may, "{key:?} {peer} {host} {said:?}");
        }
    }
}
