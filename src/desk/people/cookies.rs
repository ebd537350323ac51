//! What a browser keeps: the secret of a session, and a secret by which the browser itself is known again.

use crate::desk::Refusal;
use crate::store::Secret;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

/// How long a browser is known, in seconds.
const BROWSER_LASTS: u32 = 365 * 24 * 3600;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Of whoever is signed in.
    Session,
    /// Of the browser.
    Browser,
}

impl Cookie {
    /// A practice desk stands at another port of the same machine, and browsers tell no ports apart here.
    fn name(self, practice: bool) -> &'static str {
        match (self, practice) {
            (Self::Session, false) => "vestibule-session",
            (Self::Session, true) => "vestibule-practice-session",
            (Self::Browser, false) => "vestibule-browser",
            (Self::Browser, true) => "vestibule-practice-browser",
        }
    }

    /// What a browser sent.
    pub fn read(self, headers: &HeaderMap, practice: bool) -> Option<Secret> {
        let name = self.name(practice);
        let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(named, _)| *named == name)
            .map(|(_, value)| Secret::said(value))
    }

    /// Has the browser keep a secret, where no script can read it; over TLS only where the page came so.
    pub fn keep(self, secret: &Secret, headers: &HeaderMap, practice: bool) -> Result<HeaderValue, Refusal> {
        let lasts = match self {
            Self::Session => String::new(),
            Self::Browser => format!("; Max-Age={BROWSER_LASTS}"),
        };
        self.set(secret.text(), &lasts, headers, practice)
    }

    /// Has the browser forget it.
    pub fn forget(self, headers: &HeaderMap, practice: bool) -> Result<HeaderValue, Refusal> {
        self.set("", "; Max-Age=0", headers, practice)
    }

    fn set(
        self,
        value: &str,
        lasts: &str,
        headers: &HeaderMap,
        practice: bool,
    ) -> Result<HeaderValue, Refusal> {
        let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or_default();
        let secure = if origin.starts_with("https://") { "; Secure" } else { "" };
        let name = self.name(practice);
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{lasts}{secure}");
        HeaderValue::try_from(text)
            .map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_for_this_site_and_for_no_script_and_over_tls_only_for_tls() {
        let mut headers = HeaderMap::new();
        let secret = Secret::said("ab12");
        let kept = Cookie::Session.keep(&secret, &headers, false).ok().unwrap();
        assert_eq!(kept, "vestibule-session=ab12; Path=/; HttpOnly; SameSite=Strict");
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://desk.lan"));
        let kept = Cookie::Browser.keep(&secret, &headers, true).ok().unwrap();
        let words =
            "vestibule-practice-browser=ab12; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000; Secure";
        assert_eq!(kept, words);
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; vestibule-session=ab12;b=vestibule-session=x"),
        );
        assert_eq!(Cookie::Session.read(&headers, false), Some(Secret::said("ab12")));
        assert_eq!(Cookie::Session.read(&headers, true), None, "practice is another desk");
        assert_eq!(Cookie::Browser.read(&headers, false), None);
    }
}
