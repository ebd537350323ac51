//! Who may speak to the desk, and what browsers are told to allow.

use super::language::sentence;
use super::{Desk, Refusal};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// The header that the desk's page sends with everything that changes something. Another site's page
/// cannot send it without asking first (a CORS preflight), and nobody answers it.
pub const PAGE_HEADER: &str = "x-vestibule-desk";

/// Lets in whoever has the link key.
pub async fn kiosks_only(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let said = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "))
        .unwrap_or_default();
    if bool::from(said.ct_eq(desk.clinic.now().link_key.as_bytes())) {
        next.run(request).await
    } else {
        tracing::warn!("somebody was refused at the link: wrong key");
        let words =
            sentence("Wrong link key: write the same desk.link_key in the clinic.toml of kiosk and desk.");
        Refusal(StatusCode::UNAUTHORIZED, words).into_response()
    }
}

/// Keeps other sites' pages out: of reading, by a name that they made point here (DNS rebinding), and of
/// changing anything, by a form or script of theirs.
pub async fn same_site_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = text(headers, header::HOST.as_str());
    if !host.is_some_and(is_local_name) {
        let words =
            sentence("Open this page by its IP address, by localhost, or by a name of the local network.");
        return Refusal(StatusCode::MISDIRECTED_REQUEST, words).into_response();
    }
    if request.method() != Method::GET {
        let origin = text(headers, header::ORIGIN.as_str());
        let same = origin.is_none_or(|origin| {
            origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == host
        });
        if !same || !headers.contains_key(PAGE_HEADER) {
            let words = sentence("Only the desk's own page may do this: reload it and try again.");
            return Refusal(StatusCode::FORBIDDEN, words).into_response();
        }
    }
    next.run(request).await
}

/// Tells browsers to load nothing from elsewhere, to run nothing inline, and to keep nothing.
pub async fn harden(mut response: Response) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                          connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Names of patients must not stay on the disk of a shared machine.
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a `Host` can only be meant for a machine of the local network. A name on the internet can be
/// made to point at any address; an address, a name without a dot, or one under a local domain cannot.
pub(super) fn is_local_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.parse::<IpAddr>().is_ok()
        || (!name.is_empty() && !name.contains('.'))
        || [".local", ".lan", ".internal", ".intranet", ".home.arpa", ".localhost"]
            .iter()
            .any(|domain| name.ends_with(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_local_network_are_answered() {
        for host in ["127.0.0.1:8320", "localhost", "[::1]:8320", "192.168.1.7", "reception:8320", "desk.lan"]
        {
            assert!(is_local_name(host), "{host}");
        }
        for host in ["evil.example", "evil.example:8320", "", ":8320", "127.0.0.1.evil.example", "[]"] {
            assert!(!is_local_name(host), "{host}");
        }
    }
}
