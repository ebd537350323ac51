//! People of the desk for tests: their accounts, and the cookie by which a browser says who they are.

use argon2::password_hash::{PasswordHasher, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::Utc;
use uuid::Uuid;
use vestibule::front_desk::role::Role;
use vestibule::store::{Actor, NewAccount, NewSession, Secret, SecretHash, Store, StoreHandle};

/// Everybody's here.
pub const PASSWORD: &str = "four boats on a lake";

/// What keeps a password as the desk does, but with little work: only a test can put such a hash into a store.
pub fn cheap_hash(secret: &str) -> SecretHash {
    let params = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2.hash_password(secret.as_bytes()).unwrap();
    SecretHash(hash.to_string())
}

/// Whoever has a role, where a test does not care who it is.
pub fn name_of(role: Role) -> &'static str {
    match role {
        Role::Receptionist => "Maria",
        Role::ClinicalStaff => "Chen",
        Role::Supervisor => "Elena",
        Role::Administrator => "Adam",
    }
}

/// The account of somebody, made where there is none: they sign in with their name in small letters and [`PASSWORD`].
pub fn account(store: &mut Store, name: &str, role: Role) -> Uuid {
    let there = store.staff().unwrap().into_iter().find(|account| account.name == name);
    if let Some(account) = there {
        return account.id;
    }
    let new = NewAccount {
        id: Uuid::now_v7(),
        name: name.into(),
        sign_in: name.to_lowercase(),
        role,
        language: "en".into(),
        password: Some(cheap_hash(PASSWORD)),
    };
    let by = Actor { person: None, name: "a test".into() };
    store.make_account(&new, &by, Utc::now()).unwrap().unwrap();
    new.id
}

/// Somebody signs in; answers the cookie that their browser sends from now on, as name=value.
pub fn cookie(store: &StoreHandle, name: &str, role: Role) -> String {
    let name = name.to_string();
    store
        .run(move |store| {
            let person = account(store, &name, role);
            let token = Secret::token()?;
            let browser = Secret::token()?.print();
            let new =
                NewSession { id: Uuid::now_v7(), token: token.print(), browser, person, with_password: true };
            store.begin_session(&new, None, Utc::now())?;
            Ok(format!("vestibule-session={}", token.text()))
        })
        .unwrap()
}
