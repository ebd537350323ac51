use super::*;
use crate::clinic::Clinic;
use crate::desk::language::StaffLanguage;
use crate::desk::samples::{at, clinic, desk, raised};
use crate::front_desk::request::RequestReason;
use crate::link::fact::FactKind;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// What the page shows at a time, after the desk's clock has done its work.
fn board(store: &mut Store, clinic: &Clinic, now: DateTime<Utc>) -> Value {
    store.escalate_overdue(now).unwrap();
    let seen =
        Seen { kiosks: Vec::new(), copies: HashMap::new(), routines: Vec::new(), displays: Vec::new() };
    let reader = Reader { clinic, language: StaffLanguage::English, now, sees_money: true };
    serde_json::to_value(Board::read(store, reader, &seen).unwrap()).unwrap()
}

#[test]
fn a_request_climbs_its_whole_chain_by_the_clock_and_is_late_for_all_to_see() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let request = raised(&clinic, RequestReason::Help, None, began);
    store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    // Reception has 3 minutes, the supervisor 5 after that, the manager 10; Madrid is an hour ahead of UTC.
    for (time, turn, exhausted, last) in [
        ("10:02:59", "Reception", false, None),
        ("10:03:00", "Lobby supervisor", false, Some("Reception did not answer; now: Lobby supervisor")),
        ("10:07:59", "Lobby supervisor", false, Some("Reception did not answer; now: Lobby supervisor")),
        (
            "10:08:00",
            "Practice manager",
            false,
            Some("Lobby supervisor did not answer; now: Practice manager"),
        ),
        (
            "10:17:59",
            "Practice manager",
            false,
            Some("Lobby supervisor did not answer; now: Practice manager"),
        ),
        ("10:18:00", "Practice manager", true, Some("Practice manager did not answer; nobody is next")),
        ("23:59:00", "Practice manager", true, Some("Practice manager did not answer; nobody is next")),
    ] {
        let board = board(&mut store, &clinic, at(&format!("2026-11-25T{time}Z")));
        let shown = &board["requests"][0];
        let chain = shown["chain"].as_array().unwrap();
        let now = chain.iter().find(|rung| rung["turn"] == "now").unwrap();
        assert_eq!(
            (now["name"].as_str(), &shown["exhausted"]),
            (Some(turn), &Value::Bool(exhausted)),
            "{time}"
        );
        let happened = shown["events"].as_array().unwrap();
        assert_eq!(happened.last().map(|event| event["words"].as_str().unwrap()), last, "{time}");
    }
    // After midnight, and after a restart of the clock, it is still there.
    let board = board(&mut store, &clinic, at("2026-11-26T09:00:00Z"));
    let shown = &board["requests"][0];
    assert_eq!((&shown["exhausted"], &shown["raised"]), (&Value::Bool(true), &"Wed 25 Nov, 11:00".into()));
    assert_eq!(shown["chain"][2]["reach"], "telephone 201");
    assert_eq!(shown["events"].as_array().unwrap().len(), 3, "nobody is told twice");
}

#[test]
fn a_complaint_is_acknowledged_and_reported_in_working_days_or_overdue() {
    let clinic = clinic();
    let mut store = desk();
    // A Wednesday; Friday the clinic closes at three, the 8th of December is a holiday.
    let began = at("2026-11-25T10:00:00Z");
    let request = raised(&clinic, RequestReason::Asked, Some("complaint"), began);
    let id = request.id;
    store.commit(vec![FactKind::RequestRaised { request }], began).unwrap();
    let words = |store: &mut Store, now: &str| {
        let board = board(store, &clinic, at(now));
        board["requests"][0]["case"]["words"].as_str().unwrap().to_string()
    };
    assert_eq!(
        words(&mut store, "2026-11-25T10:00:00Z"),
        "Acknowledge by Mon 30 Nov; report by Thu 24 Dec (20 working days left)"
    );
    assert!(words(&mut store, "2026-11-30T19:00:00Z").starts_with("NOT acknowledged: that was due 20:00;"));
    let taken = FactKind::RequestAcknowledged { request: id, by: "Elena".into() };
    store.commit(vec![taken], at("2026-12-01T09:00:00Z")).unwrap();
    assert_eq!(
        words(&mut store, "2026-12-23T12:00:00Z"),
        "Acknowledged Tue 1 Dec by Elena; report by Thu 24 Dec (1 working day left)"
    );
    assert!(
        words(&mut store, "2026-12-24T19:00:00Z")
            .ends_with("OVERDUE since today: the report was due Thu 24 Dec")
    );
    assert!(words(&mut store, "2026-12-29T12:00:00Z").contains("OVERDUE for 2 working days"));
    let chosen = FactKind::OutcomeChosen { request: id, by: "Elena".into(), outcome: "not-solved".into() };
    let done = FactKind::RequestResolved { request: id, by: "Elena".into(), note: "Reported.".into() };
    store.commit(vec![chosen, done], at("2026-12-29T13:00:00Z")).unwrap();
    let board = board(&mut store, &clinic, at("2026-12-29T13:01:00Z"));
    assert_eq!(board["requests"].as_array().unwrap().len(), 0);
    let resolved = &board["resolved"][0];
    assert_eq!(resolved["by"], "Elena", "what was raised a month ago was resolved today");
    assert_eq!((&resolved["outcome"], &resolved["is_unsolved"]), (&"Not solved".into(), &true.into()));
}

#[test]
fn what_is_due_first_stands_first_whenever_it_came_and_danger_before_everything() {
    let clinic = clinic();
    let mut store = desk();
    let began = at("2026-11-25T10:00:00Z");
    let requests = [
        raised(&clinic, RequestReason::Asked, Some("complaint"), began),
        // Due at 10:03, and late by then.
        raised(&clinic, RequestReason::Help, None, began),
        raised(&clinic, RequestReason::Asked, Some("interpreter"), began + TimeDelta::seconds(175)),
        raised(&clinic, RequestReason::Asked, Some("unwell"), began + TimeDelta::seconds(170)),
        raised(&clinic, RequestReason::Emergency, None, began + TimeDelta::seconds(190)),
    ];
    let due: Vec<_> = requests.iter().map(|request| request.acknowledge_by).collect();
    assert!(due[1] < due[3] && due[3] < due[2], "the one that came last is due before the one before");
    let taken = requests[3].id;
    let kinds = requests.map(|request| FactKind::RequestRaised { request });
    store.commit(kinds.into(), began).unwrap();
    let headlines = |store: &mut Store| -> Vec<String> {
        let board = board(store, &clinic, began + TimeDelta::seconds(191));
        let shown = board["requests"].as_array().unwrap();
        shown.iter().map(|request| request["headline"].as_str().unwrap().to_string()).collect()
    };
    let [danger, late, unwell, interpreter, complaint] = [
        "EMERGENCY: go there now",
        "Asks for help",
        "I am in pain or feel unwell",
        "I need an interpreter",
        "I want to complain",
    ];
    // The supervisor was asked by now, and has five minutes: what is late is late all the same.
    assert_eq!(headlines(&mut store), [danger, late, unwell, interpreter, complaint]);
    let kind = FactKind::RequestAcknowledged { request: taken, by: "Tom".into() };
    store.commit(vec![kind], began + TimeDelta::seconds(185)).unwrap();
    assert_eq!(headlines(&mut store), [danger, late, interpreter, complaint, unwell], "somebody has it");
    let board = board(&mut store, &clinic, began + TimeDelta::seconds(191));
    let since = (began + TimeDelta::seconds(185)).timestamp_millis();
    assert_eq!(board["requests"][4]["acknowledged_at"], since);
    assert_eq!(board["requests"][3]["later"], true);
}

#[test]
fn a_step_of_the_routine_is_done_once_and_can_be_taken_back() {
    let clinic = clinic();
    let mut store = desk();
    let now = at("2026-11-25T10:00:00Z");
    let request = raised(&clinic, RequestReason::Help, None, now);
    let id = request.id;
    store.commit(vec![FactKind::RequestRaised { request }], now).unwrap();
    let step = "Go to the kiosk".to_string();
    for (done, shown) in [(true, Value::from("Maria, 11:00")), (false, Value::Null)] {
        let kind = FactKind::RoutineStepDone { request: id, by: "Maria".into(), step: step.clone(), done };
        store.commit(vec![kind], now).unwrap();
        let board = board(&mut store, &clinic, now);
        assert_eq!(board["requests"][0]["steps"][0]["done"], shown);
        assert_eq!(board["requests"][0]["steps"][1]["done"], Value::Null);
    }
}
