//! Whose lines somebody has seen on the live board: told to the trail once a session and day.

use super::Signed;
use crate::desk::{Desk, locked};
use crate::front_desk::patient::PatientId;
use chrono::Utc;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What is in the trail already, so that a board that comes every second writes nothing.
#[derive(Default)]
pub struct SeenOnBoard {
    day: String,
    sessions: HashMap<Uuid, HashSet<PatientId>>,
}

impl SeenOnBoard {
    fn fresh(&mut self, day: &str, session: Uuid, patients: &[PatientId]) -> Vec<PatientId> {
        if self.day != day {
            *self = Self { day: day.to_string(), sessions: HashMap::new() };
        }
        let seen = self.sessions.entry(session).or_default();
        patients.iter().filter(|patient| seen.insert(**patient)).copied().collect()
    }

    fn unsaid(&mut self, session: Uuid, patients: &[PatientId]) {
        if let Some(seen) = self.sessions.get_mut(&session) {
            seen.retain(|patient| !patients.contains(patient));
        }
    }
}

impl Desk {
    /// A person is about to see these patients on the board. Where that cannot be written down, they see it all the same
    /// (somebody may wait for help), and it is tried again with the next board.
    pub async fn note_seen(&self, who: &Signed, patients: &[PatientId]) {
        let now = Utc::now();
        let day = now.with_timezone(&self.clinic.now().zone).date_naive().to_string();
        let fresh = locked(&self.seen).fresh(&day, who.session, patients);
        if fresh.is_empty() {
            return;
        }
        let (actor, session, told) = (who.actor(), who.session, fresh.clone());
        let noted = self.ask(move |store| store.note_seen_on_board(&actor, session, &day, &told, now)).await;
        if noted.is_err() {
            locked(&self.seen).unsaid(who.session, &fresh);
        }
    }
}
