use super::*;
use crate::desk::board::words::Reader;
use crate::desk::samples::{at, clinic, desk, raised};
use crate::front_desk::arrival::{NotCheckedIn, NotCheckedInCause};
use crate::front_desk::message::{SessionEnd, StepTime};
use crate::front_desk::request::{Request, RequestId, RequestReason, RequestState};
use crate::link::fact::FactKind;
use chrono::TimeDelta;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn report(store: &Store, clinic: &Clinic, from: &str, until: &str, now: DateTime<Utc>) -> Value {
    let period = Period::between(clinic, day(from), day(until));
    let scope = Scope { clinic, period, language: StaffLanguage::English, now };
    serde_json::to_value(Report::read(store, &scope, &Practised::NotHere).unwrap()).unwrap()
}

fn now_of(store: &Store, clinic: &Clinic, now: DateTime<Utc>) -> Value {
    let scope = Scope::today(clinic, StaffLanguage::English, now);
    serde_json::to_value(Now::read(store, &scope, &FleetNow::default()).unwrap()).unwrap()
}

/// The rows of a table: their names and their figures.
fn rows(report: &Value, what: &str) -> Vec<(String, Vec<Value>)> {
    let topics = report["topics"].as_array().unwrap().iter();
    let mut tables = topics.flat_map(|topic| topic["splits"].as_array().unwrap());
    let table = tables.find(|table| table["what"] == what).unwrap_or_else(|| panic!("no table {what}"));
    let row =
        |row: &Value| (row["name"].as_str().unwrap().to_string(), row["cells"].as_array().unwrap().clone());
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

fn row(name: &str, cells: Value) -> (String, Vec<Value>) {
    (name.to_string(), cells.as_array().unwrap().clone())
}

/// Raises requests for help at these times, and takes each so many seconds later.
fn helped(store: &mut Store, clinic: &Clinic, requests: &[(&str, Option<i64>)]) {
    for (when, after) in requests {
        let began = at(when);
        let request = raised(clinic, RequestReason::Help, None, began);
        let id = request.id;
        store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
        if let Some(after) = after {
            let taken = FactKind::RequestAcknowledged { request: id, by: "Tom".into() };
            store.commit(vec![taken], began + TimeDelta::seconds(*after)).unwrap();
        }
    }
}

#[test]
fn the_time_to_acknowledge_is_told_by_the_clinic_s_hour_and_day() {
    let clinic = clinic();
    let mut store = desk();
    // Madrid is an hour ahead in winter; help must come within three minutes.
    helped(
        &mut store,
        &clinic,
        &[
            ("2026-11-23T08:10:00Z", Some(60)),
            ("2026-11-24T08:20:00Z", Some(120)),
            ("2026-11-24T08:59:00Z", Some(300)),
            ("2026-11-24T10:00:00Z", None),
            ("2026-11-24T22:59:59Z", Some(30)),
            ("2026-11-24T23:00:00Z", Some(30)),
        ],
    );
    let told = report(&store, &clinic, "2026-11-23", "2026-11-24", at("2026-11-24T23:30:00Z"));
    assert_eq!(
        rows(&told, "acknowledged-by-day"),
        [
            row("2026-11-23", json!([1.0, 1.0, 1.0, 100.0])),
            // 30, 120 and 300 seconds, and one that nobody answered.
            row("2026-11-24", json!([2.0, 5.0, 4.0, 50.0])),
        ]
    );
    let hours = rows(&told, "acknowledged-by-hour");
    assert_eq!(hours.len(), 15, "from nine to eleven in the evening");
    assert_eq!(hours[0], row("09:00", json!([2.0, 5.0, 3.0, 66.7])));
    assert_eq!(hours[1], row("10:00", json!([null, null, 0.0, null])));
    assert_eq!(hours[2], row("11:00", json!([null, null, 1.0, 0.0])));
    assert_eq!(hours[14], row("23:00", json!([0.5, 0.5, 1.0, 100.0])));
    assert_eq!(
        rows(&told, "acknowledged-by-destination"), // 30, 60, 120 and 300 seconds: the second of four is the median.
        [row("Reception", json!([1.0, 5.0, 5.0, 60.0]))]
    );
    assert_eq!(told["late"].as_array().unwrap().len(), 2);
    assert_eq!(told["late"][0]["words"], "Not answered; Reception was asked first");
    assert_eq!(told["late"][1]["words"], "Answered 2 min late; Reception was asked first");
}

#[test]
fn what_is_answered_in_days_stands_in_no_figure_of_minutes() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    for category in ["complaint", "compliment", "not-working"] {
        let request = raised(&clinic, RequestReason::Asked, Some(category), began);
        store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    }
    helped(&mut store, &clinic, &[("2026-11-25T10:00:00Z", Some(90))]);
    let now = at("2026-11-25T12:00:00Z");
    let told = report(&store, &clinic, "2026-11-25", "2026-11-25", now);
    assert_eq!(rows(&told, "acknowledged-by-day"), [row("2026-11-25", json!([1.5, 1.5, 1.0, 100.0]))]);
    let told = now_of(&store, &clinic, now);
    assert_eq!(
        told["acknowledged"],
        json!({ "requests": 1, "median": 1.5, "ninetieth": 1.5, "in_time": 100.0 })
    );
    let unresolved: Vec<_> = told["unresolved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| (place["name"].as_str().unwrap(), place["routine"].clone(), place["in_days"].clone()))
        .collect();
    assert_eq!(
        unresolved,
        [
            ("Reception", json!(1), json!(0)),
            ("Complaints officer", json!(0), json!(1)),
            ("Lobby supervisor", json!(0), json!(1)),
            ("Practice manager", json!(0), json!(1)),
        ]
    );
}

#[test]
fn escalations_are_counted_by_routine() {
    let clinic = clinic();
    let mut store = desk();
    helped(&mut store, &clinic, &[("2026-11-25T10:00:00Z", None), ("2026-11-25T10:30:00Z", Some(10))]);
    let unwell = raised(&clinic, RequestReason::Asked, Some("unwell"), at("2026-11-25T10:00:00Z"));
    store.commit(vec![FactKind::RequestRaised { request: unwell }], at("2026-11-25T10:00:00Z")).unwrap();
    // Reception has three minutes, the supervisor five; the nurse has one, the doctor two.
    store.escalate_overdue(at("2026-11-25T10:04:00Z")).unwrap();
    let told = report(&store, &clinic, "2026-11-25", "2026-11-25", at("2026-11-25T10:31:00Z"));
    assert_eq!(
        rows(&told, "escalations-by-routine"),
        [
            row("Asks for help", json!([1.0, 1.0, 2.0])),
            row("I am in pain or feel unwell", json!([1.0, 2.0, 1.0])),
        ]
    );
    assert_eq!(
        rows(&told, "flagged-by-routine"),
        [
            row("Asks for help", json!([2.0, 0.0, 0.0, 2.0])),
            row("I am in pain or feel unwell", json!([0.0, 1.0, 0.0, 1.0])),
        ]
    );
}

#[test]
fn how_requests_ended_is_counted_by_the_outcome_that_was_chosen_last() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let mut ends = |outcomes: &[&str], is_resolved: bool| {
        let request = raised(&clinic, RequestReason::Help, None, began);
        let id = request.id;
        let mut kinds = vec![FactKind::RequestRaised { request }];
        kinds.extend(outcomes.iter().map(|outcome| FactKind::OutcomeChosen {
            request: id,
            by: "Tom".into(),
            outcome: (*outcome).into(),
        }));
        kinds.extend(is_resolved.then(|| FactKind::RequestResolved {
            request: id,
            by: "Tom".into(),
            note: "Done.".into(),
        }));
        store.commit(kinds, began).unwrap();
    };
    ends(&["solved"], true);
    ends(&["solved"], true);
    ends(&["solved"], true);
    ends(&["solved", "patient-left"], true);
    ends(&["patient-left"], true);
    ends(&[], true);
    ends(&["an-outcome-of-before"], true);
    ends(&["not-solved"], false);
    let told = report(&store, &clinic, "2026-11-25", "2026-11-25", began);
    let mut counted = rows(&told, "endings-by-outcome");
    assert_eq!(counted[..2], [row("Solved", json!([3.0])), row("The patient had left", json!([2.0]))]);
    counted[2..].sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        counted[2..],
        [
            row("Nothing was chosen", json!([1.0])),
            row("Something that the routines do not name any more", json!([1.0])),
        ]
    );
}

#[tokio::test]
async fn a_practice_desk_that_cannot_be_read_is_told_from_one_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Arc::new(Clinic { data: folder.path().into(), ..clinic() });
    let now = at("2026-11-25T10:00:00Z");
    let period = Period::between(&clinic, day("2026-11-25"), day("2026-11-25"));
    let scope = || Scope { clinic: &clinic, period, language: StaffLanguage::English, now };
    let told = async || serde_json::to_value(practised(&clinic, period).await.shown(&scope())).unwrap();
    assert_eq!(told().await, json!({ "is": "not-here" }));

    let path = crate::desk::store_path(&Clinic::clone(&clinic).for_practice());
    drop(Store::open(&path, crate::link::fact::DESK).unwrap());
    let here = told().await;
    assert_eq!(here["is"], "here");
    assert!(here["topics"][0]["title"].as_str().unwrap().starts_with("Practice: "), "{here}");

    std::fs::write(&path, "no store at all".repeat(1000)).unwrap();
    assert_eq!(told().await, json!({ "is": "not-readable" }));
}

#[test]
fn where_people_give_up_and_how_long_they_take_is_told_by_step() {
    let clinic = clinic();
    let mut store = desk();
    let ended = |step: &str, end, spent: &[(&str, u32)]| FactKind::SessionEnded {
        step: step.into(),
        end,
        spent: spent
            .iter()
            .map(|(step, seconds)| StepTime { step: (*step).into(), seconds: *seconds })
            .collect(),
    };
    let (born, name) = ("identify: date of birth", "identify: family name");
    let morning = at("2026-11-25T08:05:00Z");
    store
        .commit(
            vec![
                ended("done: ticket issued", SessionEnd::Finished, &[(born, 10), (name, 20)]),
                ended("done: ticket issued", SessionEnd::Finished, &[(born, 30), (name, 40)]),
                ended(name, SessionEnd::WentAway, &[(born, 20), (name, 100)]),
            ],
            morning,
        )
        .unwrap();
    let noon = at("2026-11-25T11:05:00Z");
    // From a kiosk that tells no times yet.
    let before: FactKind =
        serde_json::from_value(json!({ "kind": "session-ended", "step": name, "end": "started-over" }))
            .unwrap();
    store.commit(vec![before], noon).unwrap();
    let mut asks = raised(&clinic, RequestReason::Help, None, noon);
    asks.stopped_at = born.into();
    store.commit(vec![FactKind::RequestRaised { request: asks }], noon).unwrap();
    let told = report(&store, &clinic, "2026-11-25", "2026-11-25", noon);
    assert_eq!(
        rows(&told, "gave-up-by-step"),
        [row(name, json!([1.0, 1.0, 0.0])), row(born, json!([0.0, 0.0, 1.0]))]
    );
    assert_eq!(
        rows(&told, "step-time-by-step"),
        [row(born, json!([20.0, 30.0, 3.0])), row(name, json!([40.0, 100.0, 3.0]))]
    );
    assert_eq!(rows(&told, "session-length-by-hour"), [row("09:00", json!([30.0, 70.0, 2.0]))]);
    assert_eq!(rows(&told, "sessions-by-day"), [row("2026-11-25", json!([2.0, 1.0, 1.0]))]);
}

#[test]
fn the_steps_of_a_routine_are_told_with_how_often_they_are_ticked() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let requests = [(); 3].map(|()| raised(&clinic, RequestReason::Asked, Some("wheelchair"), began));
    let [first, second, open] = [0, 1, 2].map(|at: usize| requests[at].id);
    store.commit(requests.map(|request| FactKind::RequestRaised { request }).into(), began).unwrap();
    let (bring, ask) = ("Bring a wheelchair to the kiosk", "Ask where the patient wants to go");
    let mut ticks = |request, step: &str, done, minutes| {
        let kind = FactKind::RoutineStepDone { request, by: "Tom".into(), step: step.into(), done };
        store.commit(vec![kind], began + TimeDelta::minutes(minutes)).unwrap();
    };
    ticks(first, bring, true, 4);
    ticks(second, bring, true, 6);
    ticks(second, ask, true, 7);
    ticks(second, ask, false, 8);
    ticks(open, ask, true, 9);
    ticks(first, "A step that the routine has no more", true, 9);
    for request in [first, second] {
        let done = FactKind::RequestResolved { request, by: "Tom".into(), note: "Done.".into() };
        store.commit(vec![done], began + TimeDelta::minutes(10)).unwrap();
    }
    let told = report(&store, &clinic, "2026-11-25", "2026-11-25", began + TimeDelta::minutes(11));
    let routine = "I need a wheelchair or help to walk";
    assert_eq!(
        rows(&told, "routine-steps-by-step"),
        [
            row(&format!("{routine}: {ask}"), json!([0.0, 0.0, 2.0, null])),
            row(&format!("{routine}: {bring}"), json!([100.0, 2.0, 2.0, 4.0])),
        ]
    );
}

#[test]
fn who_could_not_be_checked_in_stands_beside_who_could() {
    let clinic = clinic();
    let mut store = desk();
    let turned_away = |cause| FactKind::NotCheckedIn {
        turned_away: NotCheckedIn { cause, patient: None, appointment: None, service: None },
    };
    let morning = at("2026-11-25T08:05:00Z");
    store
        .commit(
            vec![
                turned_away(NotCheckedInCause::Early),
                turned_away(NotCheckedInCause::Early),
                turned_away(NotCheckedInCause::Late),
            ],
            morning,
        )
        .unwrap();
    let told = report(&store, &clinic, "2026-11-24", "2026-11-25", morning);
    assert_eq!(
        rows(&told, "arrivals-by-day"),
        [row("2026-11-24", json!([0.0, 0.0])), row("2026-11-25", json!([0.0, 3.0]))]
    );
    assert_eq!(
        rows(&told, "arrivals-by-outcome"),
        [
            row("Came before check-in opens", json!([0.0, 2.0])),
            row("Came after check-in closed", json!([0.0, 1.0])),
        ]
    );
}

#[test]
fn a_case_is_told_with_both_its_dates() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let request = raised(&clinic, RequestReason::Asked, Some("complaint"), began);
    let id = request.id;
    store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    let line = |case: &Value| {
        let text = |name: &str| case[name].as_str().unwrap().to_string();
        (text("acknowledged"), text("reported"), case["late"] == true)
    };
    let dates = |store: &Store, now: &str| line(&now_of(store, &clinic, at(now))["cases"][0]);
    let told =
        |acknowledged: &str, reported: &str, late| (acknowledged.to_string(), reported.to_string(), late);
    assert_eq!(dates(&store, "2026-11-26T10:00:00Z"), told("by Mon 30 Nov", "by Thu 24 Dec", false));
    assert_eq!(dates(&store, "2026-12-01T10:00:00Z"), told("was due Mon 30 Nov", "by Thu 24 Dec", true));
    let taken = FactKind::RequestAcknowledged { request: id, by: "Elena".into() };
    store.commit(vec![taken], at("2026-12-01T11:00:00Z")).unwrap();
    assert_eq!(
        dates(&store, "2026-12-02T10:00:00Z"),
        told("Tue 1 Dec (was due Mon 30 Nov)", "by Thu 24 Dec", false)
    );
    let done = FactKind::RequestResolved { request: id, by: "Elena".into(), note: "Reported.".into() };
    store.commit(vec![done], at("2026-12-22T11:00:00Z")).unwrap();
    let now = at("2026-12-22T12:00:00Z");
    assert_eq!(now_of(&store, &clinic, now)["cases"], json!([]));
    let shown = report(&store, &clinic, "2026-11-25", "2026-12-22", now);
    assert_eq!(line(&shown["cases"][0]), told("Tue 1 Dec (was due Mon 30 Nov)", "Tue 22 Dec", false));
}

fn suggestions(store: &Store, clinic: &Clinic, now: DateTime<Utc>) -> Value {
    let scope = Scope::today(clinic, StaffLanguage::English, now);
    serde_json::to_value(suggestions::Suggestions::read(store, &scope).unwrap()).unwrap()["suggestions"]
        .clone()
}

#[test]
fn a_report_that_somebody_looks_at_and_never_answers_escalates_like_any_case() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-02T10:00:00Z");
    let request = raised(&clinic, RequestReason::Asked, Some("not-working"), began);
    let id = request.id;
    store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    let taken = FactKind::RequestAcknowledged { request: id, by: "Elena".into() };
    store.commit(vec![taken], began).unwrap();
    let progress = |store: &Store, now: &str| {
        let shown = suggestions(store, &clinic, at(now));
        (shown[0]["progress"].clone(), shown[0]["late"].clone())
    };
    let looked_at = |late: bool| (json!("looked-at"), json!(late));
    // Ten working days: the routines' own time for it.
    store.escalate_overdue(at("2026-11-13T10:00:00Z")).unwrap();
    assert_eq!(progress(&store, "2026-11-13T10:00:00Z"), looked_at(false));
    let later = at("2026-11-17T23:30:00Z");
    assert_eq!(store.escalate_overdue(later).unwrap(), [id]);
    assert_eq!(progress(&store, "2026-11-18T10:00:00Z"), looked_at(true));
    let told = now_of(&store, &clinic, later);
    assert_eq!(told["suggestions"], json!({ "new": 0, "late": 1, "open": 1 }));
    let lines: Vec<_> = told["digest"].as_array().unwrap().iter().map(|line| line["words"].clone()).collect();
    assert!(lines.contains(&json!("Suggestions whose answer is late: 1")), "{lines:?}");
    assert!(lines.contains(&json!("Cases not answered by their day: 1")), "{lines:?}");
}

#[test]
fn what_the_desk_noticed_by_itself_is_no_suggestion() {
    let clinic = clinic();
    let mut store = desk();
    let now = at("2026-11-25T10:00:00Z");
    let id = RequestId(uuid::Uuid::now_v7());
    let request =
        Request::noticed(id, RequestReason::PossibleDuplicate, &clinic, crate::link::fact::DESK, now);
    store.commit(vec![FactKind::RequestRaised { request }], now).unwrap();
    assert_eq!(suggestions(&store, &clinic, now), json!([]));
    assert_eq!(store.request(id).unwrap().unwrap().state, RequestState::Open);
}

#[test]
fn in_the_morning_the_digest_tells_of_the_last_working_day() {
    let clinic = clinic();
    let mut store = desk();
    // A Friday; the clinic is closed until Monday.
    let friday = at("2026-11-20T12:00:00Z");
    let ended = |step: &str| FactKind::SessionEnded {
        step: step.into(),
        end: SessionEnd::WentAway,
        spent: Vec::new(),
    };
    store.commit(vec![ended("confirm"), ended("form: questions"), ended("form: questions")], friday).unwrap();
    let words = |now: &str| {
        let told = now_of(&store, &clinic, at(now));
        told["digest"].as_array().unwrap().iter().map(|line| line["words"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        words("2026-11-23T07:30:00Z"),
        ["People who went away in the middle since Fri 20 Nov: 3, most at “form: questions” (2)"]
    );
    assert_eq!(words("2026-11-24T07:30:00Z"), Vec::<Value>::new(), "Monday was a working day");
}

#[test]
fn whoever_reported_something_reads_the_answer_once() {
    let clinic = clinic();
    let mut store = desk();
    let now = at("2026-11-25T10:00:00Z");
    let [maria, tom] = [uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2)];
    let request = raised(&clinic, RequestReason::Asked, Some("not-working"), now);
    let id = request.id;
    store.report(request, maria, now).unwrap();
    let reader = Reader { clinic: &clinic, language: StaffLanguage::English, now, sees_money: true };
    let own = |store: &Store, who| {
        serde_json::to_value(suggestions::Own::read(store, reader, who).unwrap()).unwrap()
    };
    assert_eq!(own(&store, maria), json!({ "answers": [], "open": 1 }));
    let done = FactKind::RequestResolved { request: id, by: "Elena".into(), note: "It is mended.".into() };
    store.commit(vec![done], now).unwrap();
    assert_eq!(own(&store, maria)["answers"][0]["answer"], "It is mended.");
    assert_eq!(own(&store, tom), json!({ "answers": [], "open": 0 }));
    assert!(!store.saw_answer(id, tom, now).unwrap(), "it is not his");
    assert!(store.saw_answer(id, maria, now).unwrap());
    assert_eq!(own(&store, maria), json!({ "answers": [], "open": 0 }));
    assert_eq!(suggestions(&store, &clinic, now)[0]["reads"], "Read 11:00");
}
