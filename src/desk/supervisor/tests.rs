use super::*;
use crate::desk::samples::{at, clinic, desk, raised};
use crate::link::fact::FactKind;
use chrono::TimeDelta;
use serde_json::{Value, json};

fn overview(store: &Store, clinic: &Clinic, days: u64, now: DateTime<Utc>) -> Value {
    serde_json::to_value(Overview::read(store, clinic, days, now).unwrap()).unwrap()
}

#[test]
fn what_was_answered_late_names_who_did_not_answer() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let requests = [(); 3].map(|()| raised(&clinic, RequestReason::Help, None, began));
    let [in_time, late, never] = [&requests[0], &requests[1], &requests[2]].map(|request| request.id);
    let kinds = requests.map(|request| FactKind::RequestRaised { request });
    store.commit(kinds.into(), began).unwrap();
    let taken = |request, by: &str| vec![FactKind::RequestAcknowledged { request, by: by.into() }];
    store.commit(taken(in_time, "Maria"), began + TimeDelta::seconds(20)).unwrap();
    store.escalate_overdue(began + TimeDelta::minutes(3)).unwrap();
    store.commit(taken(late, "Tom"), began + TimeDelta::minutes(6)).unwrap();
    for minutes in [8, 18] {
        store.escalate_overdue(began + TimeDelta::minutes(minutes)).unwrap();
    }

    let shown = overview(&store, &clinic, 1, began + TimeDelta::minutes(20));
    assert_eq!(
        shown["places"],
        json!([{ "name": "Reception", "asked": 3, "in_time": 1, "late": 2, "open": 0 }])
    );
    let words = |id: RequestId| {
        let all = shown["late"].as_array().unwrap();
        let one = all.iter().find(|late| late["id"] == json!(id.0));
        one.map(|late| (late["words"].as_str().unwrap().to_string(), late["waiting"] == true))
    };
    assert_eq!(words(in_time), None);
    assert_eq!(words(late), Some(("Tom answered 3 min late; not by Reception".into(), false)));
    let nobody = "Not answered; not by Reception, Lobby supervisor, Practice manager";
    assert_eq!(words(never), Some((nobody.into(), true)));
    assert_eq!(overview(&store, &clinic, 1, began + TimeDelta::days(1))["requests"], 0, "that was yesterday");
    assert_eq!(overview(&store, &clinic, 7, began + TimeDelta::days(1))["requests"], 3);
}

#[test]
fn emergencies_are_told_with_the_time_until_somebody_went() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let request = raised(&clinic, RequestReason::Emergency, None, began);
    let id = request.id;
    store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    let shown = overview(&store, &clinic, 1, began);
    assert_eq!(shown["emergencies"][0]["answered_after"], Value::Null);
    let taken = FactKind::RequestAcknowledged { request: id, by: "Maria".into() };
    store.commit(vec![taken], began + TimeDelta::seconds(9)).unwrap();
    let shown = overview(&store, &clinic, 1, began + TimeDelta::minutes(1));
    assert_eq!(
        (&shown["emergencies"][0]["answered_after"], &shown["emergencies"][0]["by"]),
        (&json!(9), &json!("Maria"))
    );
    assert_eq!(
        shown["flagged"][0],
        json!({ "name": "An emergency", "count": 1, "urgent": 0, "emergencies": 1 })
    );
}

#[test]
fn a_report_that_nobody_answered_is_there_however_old_it_is() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-09-01T10:00:00Z");
    let request = raised(&clinic, RequestReason::Asked, Some("not-working"), began);
    let id = request.id;
    store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    let now = at("2026-11-25T10:00:00Z");
    let shown = overview(&store, &clinic, 1, now);
    assert_eq!((&shown["reports"][0]["late"], &shown["requests"]), (&json!(true), &json!(0)));
    let done =
        FactKind::RequestResolved { request: id, by: "Elena".into(), note: "A lower screen comes.".into() };
    store.commit(vec![done], now).unwrap();
    let shown = overview(&store, &clinic, 366, now);
    let report = &shown["reports"][0];
    assert_eq!(
        (&report["answered_by"], &report["answer"]),
        (&json!("Elena"), &json!("A lower screen comes."))
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
    let dates = |store: &Store, now: &str| {
        let shown = overview(store, &clinic, 366, at(now));
        let case = &shown["cases"][0];
        let text = |name: &str| case[name].as_str().unwrap().to_string();
        (text("acknowledged"), text("reported"), case["late"] == true)
    };
    let told =
        |acknowledged: &str, reported: &str, late| (acknowledged.to_string(), reported.to_string(), late);
    assert_eq!(dates(&store, "2026-11-26T10:00:00Z"), told("by Mon 30 Nov", "by Thu 24 Dec", false));
    assert_eq!(dates(&store, "2026-12-01T10:00:00Z"), told("was due Mon 30 Nov", "by Thu 24 Dec", true));
    let taken = FactKind::RequestAcknowledged { request: id, by: "Elena".into() };
    store.commit(vec![taken], at("2026-12-01T11:00:00Z")).unwrap();
    assert_eq!(
        dates(&store, "2026-12-02T10:00:00Z"),
        told("Tue 1 Dec, Elena (was due Mon 30 Nov)", "by Thu 24 Dec", false)
    );
    let done = FactKind::RequestResolved { request: id, by: "Elena".into(), note: "Reported.".into() };
    store.commit(vec![done], at("2026-12-22T11:00:00Z")).unwrap();
    assert_eq!(
        dates(&store, "2026-12-22T12:00:00Z"),
        told("Tue 1 Dec, Elena (was due Mon 30 Nov)", "Tue 22 Dec, Elena", false)
    );
}
