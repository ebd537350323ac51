//! Which language somebody reads, and saying in it what they are refused.

use super::{Sentence, StaffLanguage};
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Where the page keeps in which language the last person at this browser read it (`ui/desk/person.js`).
const COOKIE: &str = "vestibule-language";

/// The language in which a browser is to be spoken to while nobody is signed in: that of the last person who was, or
/// the first that its own settings ask for.
pub fn remembered(headers: &HeaderMap) -> StaffLanguage {
    let lines = |name| headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    let kept = lines(header::COOKIE)
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, code)| (name == COOKIE).then(|| StaffLanguage::from_code(code))?);
    // Browsers write the languages in the order of preference.
    let asked = || {
        let mut all = lines(header::ACCEPT_LANGUAGE).flat_map(|line| line.split(','));
        all.find_map(|each| StaffLanguage::from_code(each.split(';').next().unwrap_or_default().trim()))
    };
    kept.or_else(asked).unwrap_or_default()
}

/// Says a refusal in the language of whoever asked. Who is signed in is known further inside, and told by the answer.
pub async fn say_refusals(request: Request, next: Next) -> Response {
    let otherwise = remembered(request.headers());
    let response = next.run(request).await;
    let Some(refused) = response.extensions().get::<Sentence>() else { return response };
    let language = response.extensions().get::<StaffLanguage>().copied().unwrap_or(otherwise);
    let said = Json(json!({ "error": refused.said(language) })).into_response();
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, said.into_body())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_here_last_is_spoken_to_in_their_language_and_otherwise_the_browser_in_its_own() {
        for (cookie, accepts, wanted) in [
            ("", "", "en"),
            ("", "es-MX,es;q=0.9,en;q=0.8", "es"),
            ("", "fr-FR, fr;q=0.9, ES;q=0.5", "es"),
            ("", "fr", "en"),
            ("vestibule-session=1; vestibule-language=en", "es", "en"),
            ("vestibule-language=es", "en", "es"),
            ("vestibule-language=tlh", "es", "es"),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [(header::COOKIE, cookie), (header::ACCEPT_LANGUAGE, accepts)] {
                if !value.is_empty() {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            assert_eq!(remembered(&headers).code(), wanted, "{cookie} {accepts}");
        }
    }
}
