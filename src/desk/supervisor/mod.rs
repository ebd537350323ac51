//! What a supervisor sees: what was flagged most, what was late, where people gave up, what was reported about
//! the routines, and how the routines changed. Everything counts requests and steps; nothing counts people.

use super::board::words::{day, language_name, when};
use super::board::{self, request_kind};
use super::{Desk, Refusal};
use crate::clinic::Clinic;
use crate::clinic::routines::CategoryKind;
use crate::front_desk::arrival::NotCheckedInCause;
use crate::front_desk::message::SessionEnd;
use crate::front_desk::request::{Request, RequestId, RequestReason, RequestState};
use crate::front_desk::urgency::Urgency;
use crate::link::fact::DESK;
use crate::routines;
use crate::store::{RequestEvent, RequestEventKind, RequestRow, Result as StoreResult, Store};
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// A longer list is read by nobody; the counts hold for all.
const LONGEST_LIST: usize = 40;
/// How long a period can be, in days.
const LONGEST_PERIOD: u64 = 366;

/// The period.
#[derive(Deserialize)]
pub struct Period {
    /// In days, today among them.
    days: Option<u64>,
}

/// Everything of the page.
#[derive(Serialize)]
pub struct Overview {
    clinic: String,
    practice: bool,
    since: String,
    requests: usize,
    flagged: Vec<Flagged>,
    places: Vec<Place>,
    late: Vec<Late>,
    emergencies: Vec<Emergency>,
    gave_up: Vec<GaveUp>,
    helped_at: Vec<Counted>,
    /// Why people could not be checked in.
    not_checked_in: Vec<Counted>,
    cases: Vec<CaseLine>,
    reports: Vec<Report>,
    routines: Vec<Change>,
}

/// What was flagged how often.
#[derive(Serialize)]
struct Flagged {
    name: String,
    count: usize,
    urgent: usize,
    emergencies: usize,
}

/// How a destination answered what came to it first.
#[derive(Serialize, Default)]
struct Place {
    name: String,
    asked: usize,
    in_time: usize,
    late: usize,
    /// Still within its time.
    open: usize,
}

/// A request that was not answered in time.
#[derive(Serialize)]
struct Late {
    id: Uuid,
    headline: String,
    kiosk: String,
    raised: String,
    words: String,
    /// Whether nobody has it even now.
    waiting: bool,
}

/// How an emergency was answered.
#[derive(Serialize)]
struct Emergency {
    id: Uuid,
    raised: String,
    kiosk: String,
    /// Seconds from the touch at the kiosk.
    answered_after: Option<i64>,
    by: Option<String>,
}

#[derive(Serialize, Default)]
struct GaveUp {
    step: String,
    went_away: u64,
    started_over: u64,
    finished: u64,
}

#[derive(Serialize)]
struct Counted {
    name: String,
    count: usize,
}

/// A case with its dates.
#[derive(Serialize)]
struct CaseLine {
    id: Uuid,
    number: String,
    headline: String,
    raised: String,
    acknowledged: String,
    reported: String,
    /// Whether a date has passed without what was due.
    late: bool,
}

/// A report or suggestion.
#[derive(Serialize)]
struct Report {
    id: Uuid,
    headline: String,
    words: String,
    lang: String,
    language: String,
    raised: String,
    from: String,
    answered_by: Option<String>,
    answer: Option<String>,
    taken_by: Option<String>,
    due: String,
    late: bool,
}

#[derive(Serialize)]
struct Change {
    at: String,
    by: String,
    what: String,
}

/// `GET /api/supervisor?days=7`: the overview of the last days.
pub async fn overview(
    State(desk): State<Arc<Desk>>,
    Query(period): Query<Period>,
) -> Result<Json<Overview>, Refusal> {
    let (clinic, now) = (desk.clinic.now(), Utc::now());
    let days = period.days.unwrap_or(1).clamp(1, LONGEST_PERIOD);
    Ok(Json(desk.ask(move |store| Overview::read(store, &clinic, days, now)).await?))
}

impl Overview {
    fn read(store: &Store, clinic: &Clinic, days: u64, now: DateTime<Utc>) -> StoreResult<Self> {
        let today = now.with_timezone(&clinic.zone).date_naive();
        let first = today.checked_sub_days(Days::new(days - 1)).unwrap_or(today);
        let since = clinic.zone.from_local_datetime(&first.and_time(NaiveTime::MIN)).earliest();
        let since = since.map_or(now, |since| since.to_utc());
        let rows = store.requests_since(since)?;
        let mut events: HashMap<RequestId, Vec<RequestEvent>> = HashMap::new();
        for event in store.request_events_since(since)? {
            events.entry(event.request).or_default().push(event);
        }
        let of = |row: &RequestRow| events.get(&row.request.id).map_or(&[][..], Vec::as_slice);
        Ok(Self {
            clinic: clinic.name.clone(),
            practice: clinic.practice,
            since: if days == 1 { "today".into() } else { format!("since {}", day(clinic, since, now)) },
            requests: rows.len(),
            flagged: flagged(clinic, &rows),
            places: places(&rows, of, now),
            late: rows.iter().filter_map(|row| late(clinic, row, of(row), now)).take(LONGEST_LIST).collect(),
            emergencies: emergencies(clinic, &rows, of, now),
            gave_up: gave_up(store, since.date_naive())?,
            helped_at: helped_at(&rows),
            not_checked_in: not_checked_in(store, since)?,
            cases: cases(store, clinic, &rows, now)?,
            reports: reports(store, clinic, rows, now)?,
            routines: routines::changes(&store.routines_history()?)
                .into_iter()
                .map(|change| Change { at: when(clinic, change.at, now), by: change.by, what: change.what })
                .collect(),
        })
    }
}

/// What a request is counted as: its category, or why the kiosk handed it over.
fn subject(clinic: &Clinic, request: &Request) -> String {
    let category = request.category.as_deref().and_then(|id| clinic.routines.category(id));
    match category {
        Some(category) => category.name.text(clinic.staff_language()).to_string(),
        None if request.reason == RequestReason::Emergency => "An emergency".to_string(),
        None => request.headline().to_string(),
    }
}

fn flagged(clinic: &Clinic, rows: &[RequestRow]) -> Vec<Flagged> {
    let mut counts: BTreeMap<String, Flagged> = BTreeMap::new();
    for RequestRow { request, .. } in rows {
        let name = subject(clinic, request);
        let counted =
            counts.entry(name.clone()).or_insert(Flagged { name, count: 0, urgent: 0, emergencies: 0 });
        counted.count += 1;
        match request.urgency {
            Urgency::Emergency => counted.emergencies += 1,
            Urgency::Urgent => counted.urgent += 1,
            Urgency::Routine => {}
        }
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    counts
}

/// When somebody answered first: took it, handed it over, or had it done at once.
fn answered(events: &[RequestEvent]) -> Option<&RequestEvent> {
    events.iter().find(|event| {
        matches!(
            event.kind,
            RequestEventKind::Acknowledged | RequestEventKind::HandedOver | RequestEventKind::Resolved
        )
    })
}

fn places<'a>(
    rows: &'a [RequestRow],
    of: impl Fn(&'a RequestRow) -> &'a [RequestEvent],
    now: DateTime<Utc>,
) -> Vec<Place> {
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    for row in rows {
        let name = row.request.chain.first().map_or("Nobody in particular", |rung| rung.name.as_str());
        let place = places.entry(name).or_insert_with(|| Place { name: name.into(), ..Place::default() });
        place.asked += 1;
        match answered(of(row)) {
            Some(event) if event.at <= row.request.acknowledge_by => place.in_time += 1,
            None if now <= row.request.acknowledge_by => place.open += 1,
            _ => place.late += 1,
        }
    }
    let mut places: Vec<_> = places.into_values().collect();
    places.sort_by(|a, b| b.asked.cmp(&a.asked).then_with(|| a.name.cmp(&b.name)));
    places
}

fn late(clinic: &Clinic, row: &RequestRow, events: &[RequestEvent], now: DateTime<Utc>) -> Option<Late> {
    let request = &row.request;
    let answer = answered(events);
    if answer.map_or(now, |event| event.at) <= request.acknowledge_by && !row.overdue {
        return None;
    }
    let passed: Vec<&str> = events
        .iter()
        .filter(|event| event.kind == RequestEventKind::Escalated && !event.by.is_empty())
        .map(|event| event.by.as_str())
        .collect();
    let by_whom = if passed.is_empty() { String::new() } else { format!("; not by {}", passed.join(", ")) };
    let words = match answer {
        _ if row.overdue => "The report was not given by its day".to_string(),
        Some(event) => {
            let minutes = (event.at - request.acknowledge_by).num_seconds().max(0);
            format!("{} answered {} late{by_whom}", event.by, length(minutes))
        }
        None => format!("Not answered{by_whom}"),
    };
    Some(Late {
        id: request.id.0,
        headline: subject(clinic, request),
        kiosk: request.kiosk.clone(),
        raised: when(clinic, request.raised_at, now),
        words,
        waiting: row.state == RequestState::Open,
    })
}

/// Seconds in words: "40 s", "3 min", "2 h".
fn length(seconds: i64) -> String {
    match seconds {
        ..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        7200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn emergencies<'a>(
    clinic: &Clinic,
    rows: &'a [RequestRow],
    of: impl Fn(&'a RequestRow) -> &'a [RequestEvent],
    now: DateTime<Utc>,
) -> Vec<Emergency> {
    let all = rows.iter().filter(|row| row.request.urgency == Urgency::Emergency);
    all.take(LONGEST_LIST)
        .map(|row| {
            let answer = answered(of(row));
            Emergency {
                id: row.request.id.0,
                raised: when(clinic, row.request.raised_at, now),
                kiosk: row.request.kiosk.clone(),
                answered_after: answer.map(|event| (event.at - row.request.raised_at).num_seconds().max(0)),
                by: answer.map(|event| event.by.clone()),
            }
        })
        .collect()
}

fn gave_up(store: &Store, since: NaiveDate) -> StoreResult<Vec<GaveUp>> {
    let mut steps: BTreeMap<String, GaveUp> = BTreeMap::new();
    for counted in store.session_ends(since)? {
        let step = counted.step.clone();
        let ends = steps.entry(counted.step).or_insert_with(|| GaveUp { step, ..GaveUp::default() });
        match counted.how.as_str() {
            how if how == SessionEnd::WentAway.word() => ends.went_away += counted.count,
            how if how == SessionEnd::StartedOver.word() => ends.started_over += counted.count,
            _ => ends.finished += counted.count,
        }
    }
    let mut steps: Vec<_> =
        steps.into_values().filter(|ends| ends.went_away + ends.started_over > 0).collect();
    steps.sort_by(|a, b| {
        let gave_up = |ends: &GaveUp| ends.went_away + ends.started_over;
        gave_up(b).cmp(&gave_up(a)).then_with(|| a.step.cmp(&b.step))
    });
    Ok(steps)
}

/// At which steps patients called for a person.
fn helped_at(rows: &[RequestRow]) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let called = |request: &&Request| request.reason == RequestReason::Help && request.kiosk != DESK;
    for request in rows.iter().map(|row| &row.request).filter(called) {
        *counts.entry(&request.stopped_at).or_default() += 1;
    }
    let mut counts: Vec<_> =
        counts.into_iter().map(|(name, count)| Counted { name: name.to_string(), count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    counts
}

/// Why people could not be checked in, without who they were.
fn not_checked_in(store: &Store, since: DateTime<Utc>) -> StoreResult<Vec<Counted>> {
    let counts = store.not_checked_in_counts(since)?.into_iter();
    let counted = |(cause, count): (NotCheckedInCause, u64)| Counted {
        name: cause.headline().to_string(),
        count: usize::try_from(count).unwrap_or(usize::MAX),
    };
    Ok(counts.map(counted).collect())
}

/// Every case of the period, and every one that is not answered, whenever it came; open ones first.
fn cases(
    store: &Store,
    clinic: &Clinic,
    rows: &[RequestRow],
    now: DateTime<Utc>,
) -> StoreResult<Vec<CaseLine>> {
    let mut open: Vec<_> = store.open_requests()?;
    open.sort_by_key(|row| row.request.raised_at);
    let done = rows.iter().filter(|row| matches!(row.state, RequestState::Resolved { .. })).cloned();
    let cases = open.into_iter().chain(done).filter(|row| row.request.case.is_some());
    cases.map(|row| Ok(case_line(clinic, &row, &store.request_events(row.request.id)?, now))).collect()
}

fn case_line(clinic: &Clinic, row: &RequestRow, events: &[RequestEvent], now: DateTime<Utc>) -> CaseLine {
    let request = &row.request;
    // Beside what was done: by when it was due, so that each date can be judged.
    let dated = |kind: RequestEventKind, due: DateTime<Utc>| {
        let event = events.iter().find(|event| event.kind == kind);
        let words = match event {
            Some(event) => format!("{}, {}", day(clinic, event.at, now), event.by),
            None => String::new(),
        };
        let is_late = event.map_or(now, |event| event.at) > due;
        match (event.is_some(), is_late) {
            (true, false) => (words, false),
            (true, true) => (format!("{words} (was due {})", day(clinic, due, now)), false),
            (false, false) => (format!("by {}", day(clinic, due, now)), false),
            (false, true) => (format!("was due {}", day(clinic, due, now)), true),
        }
    };
    let answer_by = request.case.as_ref().map_or(request.acknowledge_by, |case| case.answer_by);
    let (reported, report_late) = dated(RequestEventKind::Resolved, answer_by);
    let answered = events.iter().any(|event| event.kind == RequestEventKind::Resolved);
    let (acknowledged, acknowledge_late) = dated(RequestEventKind::Acknowledged, request.acknowledge_by);
    CaseLine {
        id: request.id.0,
        number: request.case.as_ref().map_or(String::new(), |case| case.number.clone()),
        headline: request.headline().to_string(),
        raised: day(clinic, request.raised_at, now),
        acknowledged,
        reported,
        late: report_late || (acknowledge_late && !answered),
    }
}

/// Reports and praise of the period, and every one that was never answered, whenever it came.
fn reports(
    store: &Store,
    clinic: &Clinic,
    rows: Vec<RequestRow>,
    now: DateTime<Utc>,
) -> StoreResult<Vec<Report>> {
    let mut all: Vec<RequestRow> = rows;
    let known: Vec<RequestId> = all.iter().map(|row| row.request.id).collect();
    all.extend(store.open_requests()?.into_iter().filter(|row| !known.contains(&row.request.id)));
    let upward = |row: &RequestRow| {
        let kind = request_kind(clinic, &row.request);
        row.request.kiosk == DESK || matches!(kind, Some(CategoryKind::Report | CategoryKind::Compliment))
    };
    let mut reports: Vec<_> = all.into_iter().filter(upward).collect();
    reports.sort_by_key(|row| {
        (matches!(row.state, RequestState::Resolved { .. }), std::cmp::Reverse(row.request.raised_at))
    });
    Ok(reports.into_iter().take(LONGEST_LIST).map(|row| report(clinic, row, now)).collect())
}

fn report(clinic: &Clinic, row: RequestRow, now: DateTime<Utc>) -> Report {
    let (answered_by, answer, taken_by) = match row.state {
        RequestState::Open => (None, None, None),
        RequestState::Acknowledged { by } => (None, None, Some(by)),
        RequestState::Resolved { by, note } => (Some(by), Some(note), None),
    };
    let request = row.request;
    Report {
        id: request.id.0,
        headline: request.headline().to_string(),
        from: if request.kiosk == DESK {
            request.stopped_at.clone()
        } else {
            format!("a patient at kiosk {}", request.kiosk)
        },
        language: language_name(&request.language).to_string(),
        lang: request.language,
        words: request.words.0,
        raised: when(clinic, request.raised_at, now),
        due: board::words::day(clinic, row.acknowledge_by, now),
        late: answered_by.is_none() && (row.escalated || row.acknowledge_by <= now),
        answered_by,
        answer,
        taken_by,
    }
}

#[cfg(test)]
mod tests;
