//! What happened in a period: every topic that is counted, for the page and as tables.

use super::figures::{Figures, Topic};
use super::period::Scope;
use super::{arrivals, requests, sessions, waits};
use crate::clinic::Clinic;
use crate::desk::store_path;
use crate::front_desk::arrival::NotCheckedInCause;
use crate::link::fact::DESK;
use crate::store::{
    Arrived, KioskSession, RequestFigure, Result as StoreResult, RoutineStepFigure, Store, WaitEnded,
};
use chrono::{DateTime, Utc};

/// What the store has of a period.
pub struct Reading {
    pub(super) requests: Vec<RequestFigure>,
    routine_steps: Vec<RoutineStepFigure>,
    arrived: Vec<Arrived>,
    turned_away: Vec<(DateTime<Utc>, NotCheckedInCause)>,
    sessions: Vec<KioskSession>,
    waits: Vec<WaitEnded>,
}

impl Reading {
    /// Reads it.
    pub fn of(store: &Store, period: (DateTime<Utc>, DateTime<Utc>)) -> StoreResult<Self> {
        Ok(Self {
            requests: store.request_figures(period)?,
            routine_steps: store.routine_step_figures(period)?,
            arrived: store.arrived(period)?,
            turned_away: store.turned_away(period)?,
            sessions: store.kiosk_sessions(period)?,
            waits: store.waits_ended(period)?,
        })
    }

    /// What is counted at this desk.
    pub fn topics(&self, scope: &Scope<'_>) -> Vec<Topic> {
        let mut topics = vec![
            waits::waits(scope, &self.waits),
            arrivals::arrivals(scope, &self.arrived, &self.turned_away),
            requests::acknowledged(scope, &self.requests),
            requests::escalations(scope, &self.requests),
            requests::flagged(scope, &self.requests),
            requests::endings(scope, &self.requests),
            requests::routine_steps(scope, &self.requests, &self.routine_steps),
        ];
        topics.extend(sessions::topics(scope, &sessions::HERE, &self.sessions, &self.requests));
        topics
    }

    /// What is counted at the practice desk: how those get on who practise.
    pub fn practice_topics(&self, scope: &Scope<'_>) -> Vec<Topic> {
        let mut topics = sessions::topics(scope, &sessions::PRACTICE, &self.sessions, &self.requests);
        // Each has its name alone on the page: whoever goes from heading to heading hears which is which.
        for topic in &mut topics {
            topic.title = scope.language.say("Practice: {title}", &[("title", &topic.title)]);
        }
        topics
    }
}

/// What the practice desk of this machine has of a period; none where no practice desk keeps its store here. It is only
/// read: whoever practises is disturbed by nothing.
pub fn practised(clinic: &Clinic, period: (DateTime<Utc>, DateTime<Utc>)) -> StoreResult<Option<Reading>> {
    if clinic.practice {
        return Ok(None);
    }
    let path = store_path(&clinic.clone().for_practice());
    let store = Store::open_to_read(&path, DESK)?;
    store.map(|store| Reading::of(&store, period)).transpose()
}

/// The table that somebody asks for.
pub fn find(topics: Vec<Topic>, what: &str) -> Option<Figures> {
    topics.into_iter().flat_map(|topic| topic.splits).find(|figures| figures.what == what)
}
