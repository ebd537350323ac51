//! A board as it goes out: once for all who read the same, with a name by which a page that was cut off says what it
//! has already.

use super::Board;
use super::request::{Alarm, OpenRequest};
use super::turned_away::TurnedAway;
use crate::desk::kiosks::Presence;
use crate::desk::language::StaffLanguage;
use crate::front_desk::patient::PatientId;
use crate::store::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tokio::sync::watch;

/// Who reads the same board. Whoever is not signed in sees no money, either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// Their language.
    pub language: StaffLanguage,
    /// Whether their role includes payments.
    pub sees_money: bool,
}

/// A board as it goes out.
#[derive(Default)]
pub struct Published {
    /// All of it.
    pub board: Part,
    /// What is told where nobody is signed in: no patient is in it.
    pub unattended: Part,
    /// Whose data is on it.
    pub patients: Vec<PatientId>,
    /// How many facts the store had: what other pages show may have changed though the board has not.
    pub position: u64,
}

/// Something that is told, as JSON; empty until there is anything to tell.
#[derive(Default)]
pub struct Part {
    /// The JSON.
    pub json: String,
    /// The same for the same: whoever has this needs it not again, also from a desk that was started anew. What grows
    /// with every second, and is told by the heartbeat, makes no difference.
    pub id: String,
}

/// What a desk at which nobody is signed in shows: an emergency must never wait for a password.
#[derive(Serialize)]
struct Unattended<'a> {
    clinic: &'a str,
    practice: bool,
    now: i64,
    offset: i32,
    today: &'a str,
    emergencies: Vec<Alarm>,
    /// How many requests nobody has taken.
    waiting: usize,
    /// How many of them are late.
    late: usize,
}

impl Part {
    /// `lasting` is what makes the difference.
    fn of(json: String, language: StaffLanguage, lasting: &impl Serialize) -> Result<Self> {
        let print = Sha256::digest(serde_json::to_vec(lasting)?);
        let print: String = print.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { json, id: format!("{}-{print}", language.code()) })
    }
}

impl Board {
    /// Makes it ready to go out.
    pub fn publish(mut self, language: StaffLanguage, position: u64) -> Result<Published> {
        let mut patients: Vec<PatientId> = self.patients().collect();
        patients.sort_unstable();
        patients.dedup();
        let unattended = {
            let told = |now| {
                let waiting = self.requests.iter().filter(|request| request.waits_for_somebody());
                Unattended {
                    clinic: &self.clinic,
                    practice: self.practice,
                    now,
                    offset: self.offset,
                    today: &self.today,
                    emergencies: self.requests.iter().filter_map(OpenRequest::alarm).collect(),
                    waiting: waiting.clone().count(),
                    late: waiting.filter(|request| request.is_late()).count(),
                }
            };
            Part::of(serde_json::to_string(&told(self.now))?, language, &("unattended", told(0)))?
        };
        let json = serde_json::to_string(&self)?;
        self.now = 0;
        self.kiosks = self.kiosks.into_iter().map(Presence::without_time).collect();
        self.displays.iter_mut().for_each(|display| display.heard_at = 0);
        let board = Part::of(json, language, &self)?;
        Ok(Published { board, unattended, patients, position })
    }

    fn patients(&self) -> impl Iterator<Item = PatientId> {
        let arrived = self.arrivals.iter().filter_map(|arrival| arrival.patient.as_ref());
        let asking = self.requests.iter().flat_map(|request| request.people());
        let known = arrived.chain(asking).map(|person| PatientId(person.id));
        known.chain(self.turned_away.iter().filter_map(TurnedAway::patient))
    }
}

/// The latest board for each audience that somebody is of.
pub struct Boards(Vec<(Audience, watch::Sender<Arc<Published>>)>);

impl Default for Boards {
    fn default() -> Self {
        let all = StaffLanguage::ALL.into_iter().flat_map(|language| {
            [true, false].map(|sees_money| (Audience { language, sees_money }, watch::Sender::default()))
        });
        Self(all.collect())
    }
}

impl Boards {
    /// The audiences of which somebody has a page open.
    pub fn read(&self) -> impl Iterator<Item = Audience> {
        self.0.iter().filter(|(_, sender)| sender.receiver_count() > 0).map(|(audience, _)| *audience)
    }

    /// Somebody opens a page. Answers whether its board must be built first: what was built for readers of before is
    /// old.
    pub fn subscribe(&self, audience: Audience) -> (watch::Receiver<Arc<Published>>, bool) {
        let sender = self.of(audience);
        let is_first = sender.receiver_count() == 0;
        if is_first {
            sender.send_replace(Arc::default());
        }
        let mut receiver = sender.subscribe();
        receiver.mark_changed();
        (receiver, is_first)
    }

    /// There is a new one. Pages are woken only where it says something else, or a fact was added.
    pub fn put(&self, audience: Audience, published: Published) {
        self.of(audience).send_if_modified(|latest| {
            let of = |each: &Published| (each.board.id.clone(), each.unattended.id.clone(), each.position);
            let is_new = of(latest) != of(&published);
            // The time in it goes on all the same.
            *latest = Arc::new(published);
            is_new
        });
    }

    fn of(&self, audience: Audience) -> &watch::Sender<Arc<Published>> {
        let found = self.0.iter().find(|(each, _)| *each == audience);
        &found.unwrap_or(&self.0[0]).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(id: &str, json: &str) -> Published {
        let part = || Part { json: json.into(), id: id.into() };
        Published { board: part(), unattended: part(), patients: Vec::new(), position: 1 }
    }

    #[test]
    fn a_board_is_built_for_whom_reads_it_and_told_where_it_says_something_else() {
        let boards = Boards::default();
        assert_eq!(boards.read().count(), 0);
        let readers = Audience { language: StaffLanguage::Spanish, sees_money: false };
        let (mut spanish, is_first) = boards.subscribe(readers);
        assert!(is_first);
        assert_eq!(boards.read().collect::<Vec<_>>(), [readers]);
        assert!(spanish.borrow_and_update().board.json.is_empty());
        for (id, json, wakes) in [("a", "1", true), ("a", "2", false), ("b", "3", true)] {
            boards.put(readers, published(id, json));
            assert_eq!(spanish.has_changed().unwrap(), wakes, "{json}");
            assert_eq!(spanish.borrow_and_update().board.json, json);
        }
        let (second, is_first) = boards.subscribe(readers);
        assert!(!is_first && second.borrow().board.json == "3");
        let (others, is_first) = boards.subscribe(Audience { sees_money: true, ..readers });
        assert!(is_first && others.borrow().board.json.is_empty(), "what others read is not theirs");
        drop((spanish, second));
        let (later, is_first) = boards.subscribe(readers);
        assert!(is_first && later.borrow().board.json.is_empty(), "what nobody kept up to date is not shown");
    }
}
