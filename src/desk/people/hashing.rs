//! Making passwords unreadable, by Argon2id, beside the thread that answers pages.

use crate::desk::Refusal;
use crate::desk::language::sentence;
use crate::front_desk::password::{Password, Pin};
use crate::store::SecretHash;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::http::StatusCode;
use tokio::sync::Semaphore;

/// What the OWASP Password Storage Cheat Sheet asks of Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Each one at work holds its memory: whoever knocks without end waits, instead of filling the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What is compared where there is no account or no password, so that the answer takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$dmVzdGlidWxlLW5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Makes a password unreadable. It takes a while, on purpose: for async code there is [`hash`].
pub fn hash_password(password: &Password) -> Result<SecretHash, String> {
    hashed(password.bytes())
}

fn hashed(bytes: &[u8]) -> Result<SecretHash, String> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| error.to_string())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2.hash_password(bytes).map_err(|error| error.to_string())?;
    Ok(SecretHash(hash.to_string()))
}

/// Makes a new password unreadable.
pub async fn hash(password: Password) -> Result<SecretHash, Refusal> {
    beside(move || hashed(password.bytes())).await?.map_err(failed)
}

/// Makes a new personal number unreadable.
pub async fn hash_pin(pin: Pin) -> Result<SecretHash, Refusal> {
    beside(move || hashed(pin.bytes())).await?.map_err(failed)
}

/// Whether a password is the one that was set. Where none was, it takes as long and is wrong.
pub async fn fits(password: Password, set: Option<SecretHash>) -> Result<bool, Refusal> {
    beside(move || verified(password.bytes(), set.as_ref())).await
}

/// Whether a personal number is the one that was set.
pub async fn pin_fits(pin: Pin, set: Option<SecretHash>) -> Result<bool, Refusal> {
    beside(move || verified(pin.bytes(), set.as_ref())).await
}

fn verified(bytes: &[u8], set: Option<&SecretHash>) -> bool {
    // The parameters are those that stand in the hash.
    let fits = Argon2::default().verify_password(bytes, set.map_or(NOBODY, |hash| hash.0.as_str())).is_ok();
    fits && set.is_some()
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| failed(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| failed(error.to_string()))
}

fn failed(reason: String) -> Refusal {
    Refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        sentence("The password could not be looked at ({reason}): try again.").with("reason", reason),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_by_argon2id_as_owasp_names_it_and_never_twice_alike() {
        let password = Password::typed("three cats on a roof");
        let (one, other) = (hash_password(&password).unwrap(), hash_password(&password).unwrap());
        assert!(one.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", one.0);
        assert_ne!(one, other, "each has a salt of its own");
        assert!(verified(password.bytes(), Some(&one)) && verified(password.bytes(), Some(&other)));
        assert!(!verified(b"three cats on a tree", Some(&one)));
        assert!(!verified(b"", None), "where there is no password none fits");
        assert!(PasswordHash::new(NOBODY).is_ok(), "it is computed, not refused at once");
    }
}
