//! What a supervisor sees: how the desk and the kiosks do now, what happened over time, what is suggested, and how the
//! routines changed.
//!
//! **Invariant:** nothing here holds anything of a patient. Figures are counts and times; what they are counted by comes
//! from the routines or from this program. Only what was written to be read by a supervisor is shown in its own words.

mod arrivals;
mod cases;
mod digest;
mod figures;
mod kiosk_state;
mod label;
mod period;
mod report;
mod requests;
mod services;
mod sessions;
mod suggestions;
mod unresolved;
mod waits;

use super::action::wrong;
use super::fleet::FleetNow;
use super::language::StaffLanguage;
use super::people::Signed;
use super::{Desk, Refusal, table};
use crate::clinic::Clinic;
use crate::front_desk::role::Permission;
use crate::front_desk::spread::Spread;
use crate::routines;
use crate::store::{RequestFigure, Result as StoreResult, Store};
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use cases::{CaseLine, Emergency, Late};
use chrono::{DateTime, Days, NaiveDate, Utc};
use digest::Line;
use figures::{Cell, Topic, minutes, percent};
use kiosk_state::KioskState;
use period::{Asked, Period, Scope};
use report::Reading;
use serde::{Deserialize, Serialize};
use services::ServiceNow;
use std::sync::Arc;
use suggestions::Standing;
use unresolved::Unresolved;

/// How far back the last working day is looked for.
const LOOKED_BACK: u64 = 14;

/// A route for each thing that supervisors see or do.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/supervisor/now", get(now))
        .route("/api/supervisor", get(period_report))
        .route("/api/supervisor.csv", get(csv))
        .route("/api/suggestions", get(suggestions::list))
        .route("/api/suggestions/{id}/look", post(suggestions::look))
        .route("/api/suggestions/{id}/answer", post(suggestions::answer))
        .route("/api/reports/mine", get(suggestions::own))
        .route("/api/reports/{id}/seen", post(suggestions::seen))
}

/// How everything is now.
#[derive(Serialize)]
struct Now {
    clinic: String,
    practice: bool,
    /// What is off.
    digest: Vec<Line>,
    services: Vec<ServiceNow>,
    acknowledged: AcknowledgedToday,
    unresolved: Vec<Unresolved>,
    kiosks: Vec<KioskState>,
    suggestions: Standing,
    /// Those that are not answered.
    cases: Vec<CaseLine>,
}

/// How soon somebody answered today.
#[derive(Serialize)]
struct AcknowledgedToday {
    requests: usize,
    median: Cell,
    ninetieth: Cell,
    in_time: Cell,
}

/// What happened in a period.
#[derive(Serialize)]
struct Report {
    from: NaiveDate,
    until: NaiveDate,
    today: NaiveDate,
    title: String,
    topics: Vec<Topic>,
    late: Vec<Late>,
    emergencies: Vec<Emergency>,
    /// The cases of the period that are answered.
    cases: Vec<CaseLine>,
    routines: Vec<Change>,
    practice: Practice,
}

/// How those got on who practised.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "topics")]
enum Practice {
    /// No practice desk keeps its store on this machine.
    NotHere,
    /// Its store cannot be read now.
    NotReadable,
    /// What is counted there.
    Here(Vec<Topic>),
}

#[derive(Serialize)]
struct Change {
    at: String,
    by: String,
    what: String,
}

/// `GET /api/supervisor/now`.
async fn now(State(desk): State<Arc<Desk>>, who: Signed) -> Result<Json<Now>, Refusal> {
    who.may(Permission::Supervise)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let fleet = desk.fleet_now(&clinic, now);
    let read = move |store: &mut Store| Now::read(store, &Scope::today(&clinic, who.language, now), &fleet);
    Ok(Json(desk.ask(read).await?))
}

/// `GET /api/supervisor?days=7`, or `?from=2026-11-01&until=2026-11-30`.
async fn period_report(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Json<Report>, Refusal> {
    who.may(Permission::Supervise)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let period = Period::of(&asked, &clinic, now)?;
    let practised = practised(&clinic, period).await;
    let read = move |store: &mut Store| {
        let scope = Scope { clinic: &clinic, period, language: who.language, now };
        Report::read(store, &scope, &practised)
    };
    Ok(Json(desk.ask(read).await?))
}

/// Which table of which days.
#[derive(Deserialize)]
struct Wanted {
    what: String,
    from: NaiveDate,
    until: NaiveDate,
}

/// `GET /api/supervisor.csv?what=waits-by-hour&from=2026-11-01&until=2026-11-30`.
async fn csv(
    State(desk): State<Arc<Desk>>,
    who: Signed,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    who.may(Permission::Supervise)?;
    let Wanted { what, from, until } = wanted;
    table::possible(from, until)?;
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let period = Period::between(&clinic, from, until);
    let practised = practised(&clinic, period).await;
    let find = move |store: &mut Store| {
        let scope = Scope { clinic: &clinic, period, language: who.language, now };
        let mut topics = Reading::of(store, period.bounds())?.topics(&scope);
        if let Practice::Here(practice) = practised.shown(&scope) {
            topics.extend(practice);
        }
        match report::find(topics, &what) {
            Some(figures) => Ok(Some((figures.csv()?, figures.what))),
            None => Ok(None),
        }
    };
    match desk.ask(find).await? {
        Some((table, what)) => Ok(table::download(&format!("{what}-{from}-to-{until}"), table)),
        None => Err(wrong(who.language.say("There is no such table.", &[]))),
    }
}

/// What the practice desk has, read beside this desk's own work.
async fn practised(clinic: &Arc<Clinic>, period: Period) -> Practised {
    let clinic = Arc::clone(clinic);
    let read = tokio::task::spawn_blocking(move || report::practised(&clinic, period.bounds()));
    match read.await {
        Ok(Ok(None)) => Practised::NotHere,
        Ok(Ok(Some(reading))) => Practised::Here(Box::new(reading)),
        Ok(Err(error)) => {
            tracing::warn!("the store of the practice desk cannot be read: {error}");
            Practised::NotReadable
        }
        Err(_) => Practised::NotReadable,
    }
}

/// What was read of the practice desk.
enum Practised {
    NotHere,
    NotReadable,
    Here(Box<Reading>),
}

impl Practised {
    fn shown(&self, scope: &Scope<'_>) -> Practice {
        match self {
            Self::NotHere => Practice::NotHere,
            Self::NotReadable => Practice::NotReadable,
            Self::Here(reading) => Practice::Here(reading.practice_topics(scope)),
        }
    }
}

impl<'a> Scope<'a> {
    /// Today.
    fn today(clinic: &'a Clinic, language: StaffLanguage, now: DateTime<Utc>) -> Self {
        let today = now.with_timezone(&clinic.zone).date_naive();
        Self { clinic, period: Period::between(clinic, today, today), language, now }
    }

    /// Since the last working day before today: in the morning, today has hardly begun.
    fn since_last_working_day(&self) -> Period {
        let today = self.period.until;
        let before = (1..=LOOKED_BACK).filter_map(|days| today.checked_sub_days(Days::new(days)));
        let last = before.into_iter().find(|day| self.clinic.routines.calendar.is_working_day(*day));
        Period::between(self.clinic, last.unwrap_or(today), today)
    }
}

impl Now {
    fn read(store: &Store, scope: &Scope<'_>, fleet: &FleetNow) -> StoreResult<Self> {
        let clinic = scope.clinic;
        let lately = scope.since_last_working_day();
        let services = services::now(store, scope)?;
        let kiosks = kiosk_state::now(store, scope, fleet)?;
        let open = store.open_request_figures()?;
        let since_then = store.request_figures(lately.bounds())?;
        let standing = Standing::read(store, clinic, scope.now)?;
        let since = scope.language.say("since {day}", &[("day", &scope.reader().day(lately.begins))]);
        let seen = digest::Seen {
            kiosks: &kiosks,
            services: &services,
            open: &open,
            requests: &since_then,
            sessions: &store.kiosk_sessions(lately.bounds())?,
            payments_in_doubt: store.money_in_doubt()?.len(),
            suggestions: &standing,
            since: &since,
        };
        Ok(Self {
            clinic: clinic.name.clone(),
            practice: clinic.practice,
            digest: digest::lines(scope, &seen),
            acknowledged: AcknowledgedToday::of(scope, &since_then),
            unresolved: unresolved::now(scope, &open),
            cases: cases::open(scope, &open),
            suggestions: standing,
            services,
            kiosks,
        })
    }
}

impl AcknowledgedToday {
    fn of(scope: &Scope<'_>, requests: &[RequestFigure]) -> Self {
        let today: Vec<_> = requests
            .iter()
            .filter(|request| request.raised_at >= scope.period.begins && requests::waits_now(scope, request))
            .collect();
        let spread: Spread = today.iter().filter_map(|request| requests::answered_after(request)).collect();
        let judged: Vec<bool> =
            today.iter().filter_map(|request| requests::in_time(request, scope.now)).collect();
        Self {
            requests: today.len(),
            median: minutes(spread.median()),
            ninetieth: minutes(spread.ninetieth()),
            in_time: percent(judged.iter().filter(|in_time| **in_time).count(), judged.len()),
        }
    }
}

impl Report {
    fn read(store: &Store, scope: &Scope<'_>, practised: &Practised) -> StoreResult<Self> {
        let reading = Reading::of(store, scope.period.bounds())?;
        let Period { from, until, .. } = scope.period;
        let today = scope.now.with_timezone(&scope.clinic.zone).date_naive();
        let shown = |day: NaiveDate| scope.reader().date_in_full(day);
        let title = match () {
            () if from == until && until == today => scope.say("Today"),
            () if from == until => shown(from),
            () => {
                scope.language.say("{from} to {until}", &[("from", &shown(from)), ("until", &shown(until))])
            }
        };
        let changes = routines::changes(&store.routines_history()?).into_iter();
        Ok(Self {
            from,
            until,
            today,
            title,
            topics: reading.topics(scope),
            late: cases::late(scope, &reading.requests),
            emergencies: cases::emergencies(scope, &reading.requests),
            cases: cases::answered(&reading.requests, scope),
            routines: changes
                .map(|change| Change { at: scope.reader().when(change.at), by: change.by, what: change.what })
                .collect(),
            practice: practised.shown(scope),
        })
    }
}

#[cfg(test)]
mod tests;
