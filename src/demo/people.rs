//! Who works at the desk of the demonstration.

use super::DemoError;
use crate::desk::hash_password;
use crate::front_desk::password::Password;
use crate::front_desk::role::Role;
use crate::store::{Actor, NewAccount, Secret, StoreHandle};
use chrono::Utc;
use uuid::Uuid;

/// Name, name to sign in with, and role.
pub const PEOPLE: [(&str, &str, Role); 4] = [
    ("Maria", "maria", Role::Receptionist),
    ("Nurse Okafor", "okafor", Role::ClinicalStaff),
    ("Elena Ruiz", "elena", Role::Supervisor),
    ("Adam", "adam", Role::Administrator),
];

/// Makes their accounts. They share a password that is made anew each time: there is none by which anybody could come
/// in who has not seen it here.
pub fn invent(store: &StoreHandle) -> Result<String, DemoError> {
    let password = Secret::code()?.text().to_lowercase();
    let hash = hash_password(&Password::typed(&password)).map_err(DemoError::Stuck)?;
    let by = Actor { person: None, name: "the demonstration".into() };
    store.run(move |store| {
        for (name, sign_in, role) in PEOPLE {
            let new = NewAccount {
                id: Uuid::now_v7(),
                name: name.into(),
                sign_in: sign_in.into(),
                role,
                language: "en".into(),
                password: Some(hash.clone()),
            };
            if let Err(stop) = store.make_account(&new, &by, Utc::now())? {
                tracing::warn!("{stop}");
            }
        }
        Ok(())
    })?;
    Ok(password)
}
