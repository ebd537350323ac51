//! The audit trail: every look at a patient and every change, with who and when.

use crate::http::Browser;
use crate::running_desk::{RunningDesk, eventually, example};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::request::{Request, RequestId, RequestReason};
use vestibule::front_desk::role::Role;
use vestibule::link::fact::FactKind;
use vestibule::store::AuditSearch;

fn patient(family: &str, number: &str) -> Patient {
    Patient {
        id: PatientId(Uuid::now_v7()),
        number: Some(number.into()),
        name: PersonName { given: "Ana".into(), family: family.into() },
        date_of_birth: DateOfBirth::new(1957, 3, 4, Utc::now().date_naive()).unwrap(),
        sex: None,
        phone: None,
        address: None,
        emergency_contact: None,
        language: None,
        source: Source::Imported,
        balance_due: None,
        further: Default::default(),
    }
}

struct Scene {
    desk: RunningDesk,
    ana: PatientId,
    request: RequestId,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = RunningDesk::start(example(), folder.path());
        let (ana, ben) = (patient("Ruiz", "P-1"), patient("Gil", "P-2"));
        let mut request = Request::noticed(
            RequestId(Uuid::now_v7()),
            RequestReason::Help,
            &desk.clinic,
            "lobby",
            Utc::now(),
        );
        request.patients = vec![ana.id];
        let (ana_id, id) = (ana.id, request.id);
        let kinds = vec![
            FactKind::PatientRecorded { patient: ana },
            FactKind::PatientRecorded { patient: ben },
            FactKind::RequestRaised { request },
        ];
        desk.store().run(move |store| store.commit(kinds, Utc::now())).unwrap();
        Self { desk, ana: ana_id, request: id, _folder: folder }
    }

    /// Who did what, in order; only what is about a patient.
    fn trail(&self, patient: PatientId) -> Vec<String> {
        let search = AuditSearch { patient: Some(patient), ..AuditSearch::default() };
        let mut lines = self.desk.store().run(move |store| store.audit(&search, 1000)).unwrap();
        lines.reverse();
        lines.into_iter().map(|line| format!("{} {}", line.actor.name, line.what)).collect()
    }

    fn does(&self, browser: &mut Browser, path: &str, details: Value) {
        let answer = browser.post(self.desk.address, path, details);
        assert!(answer.status < 300, "{path}: {answer:?}");
    }
}

#[test]
fn looks_and_changes_are_in_the_trail_of_the_patient_by_name() {
    let scene = Scene::new();
    let mut maria = Browser::with(&scene.desk.signed_in(Role::Receptionist));
    let ana = scene.ana.0;
    let request = scene.request.0;
    scene.does(&mut maria, "/api/patients/search", json!({ "number": "P-1" }));
    assert_eq!(maria.get(scene.desk.address, &format!("/api/patients/{ana}/account")).status, 200);
    scene.does(&mut maria, &format!("/api/requests/{request}/acknowledge"), json!({}));
    scene.does(
        &mut maria,
        &format!("/api/patients/{ana}/charges"),
        json!({ "text": "Letter", "amount": "5.00" }),
    );
    let refused = format!("/api/requests/{request}/resolve");
    assert_eq!(maria.post(scene.desk.address, &refused, json!({ "note": "" })).status, 422);
    scene.does(&mut maria, &refused, json!({ "note": "Done." }));
    let wanted =
        ["searched-patient", "read-account", "request-acknowledged", "charge-added", "request-resolved"];
    assert_eq!(scene.trail(scene.ana), wanted.map(|what| format!("Maria {what}")));
}

#[test]
fn who_has_the_board_open_saw_its_patients_once_a_session() {
    let scene = Scene::new();
    let mut maria = Browser::with(&scene.desk.signed_in(Role::Receptionist));
    for _ in 0..3 {
        maria.get(scene.desk.address, "/api/board");
    }
    maria.hears(scene.desk.address, "board");
    assert_eq!(scene.trail(scene.ana), ["Maria saw-on-board"]);
    let elena = Browser::with(&scene.desk.signed_in(Role::Supervisor));
    elena.hears(scene.desk.address, "board");
    assert_eq!(scene.trail(scene.ana), ["Maria saw-on-board", "Elena saw-on-board"]);
    Browser::with(&scene.desk.signed_in(Role::Administrator)).hears(scene.desk.address, "unattended");
    assert_eq!(scene.trail(scene.ana).len(), 2, "an administrator is shown no board");
}

#[test]
fn what_the_desk_does_by_itself_is_in_nobodys_name() {
    let scene = Scene::new();
    let mut late = Request::noticed(
        RequestId(Uuid::now_v7()),
        RequestReason::Help,
        &scene.desk.clinic,
        "lobby",
        Utc::now() - TimeDelta::hours(1),
    );
    late.patients = vec![scene.ana];
    let id = late.id;
    scene
        .desk
        .store()
        .run(move |store| store.commit(vec![FactKind::RequestRaised { request: late }], Utc::now()))
        .unwrap();
    eventually("it escalates", || {
        let events = scene.desk.store().run(move |store| store.request_events(id)).unwrap();
        !events.is_empty()
    });
    assert_eq!(scene.trail(scene.ana), Vec::<String>::new());
}

#[test]
fn supervisors_filter_the_trail_and_take_it_as_a_table() {
    let scene = Scene::new();
    let mut maria = Browser::with(&scene.desk.signed_in(Role::Receptionist));
    maria.get(scene.desk.address, "/api/board");
    scene.does(&mut maria, "/api/patients/search", json!({ "number": "P-2" }));
    scene.does(&mut maria, &format!("/api/requests/{}/acknowledge", scene.request.0), json!({}));
    let mut elena = Browser::with(&scene.desk.signed_in(Role::Supervisor));
    let mut lines = |query: &str| {
        let answer = elena.get(scene.desk.address, &format!("/api/audit{query}"));
        assert_eq!(answer.status, 200, "{query}: {answer:?}");
        let lines = answer.json()["lines"].as_array().unwrap().clone();
        lines.iter().map(|line| line["what"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    // Latest first; what was only seen on the board is left out where no patient is asked for.
    let since_elena_came = lines("").into_iter().skip_while(|what| *what != "Took a request");
    assert_eq!(
        since_elena_came.take(2).collect::<Vec<_>>(),
        ["Took a request", "Searched for the patient"].map(String::from)
    );
    assert!(lines("?board=true").contains(&"Saw the patient on the board".to_string()));
    assert_eq!(lines("?patient=P-1"), ["Took a request", "Saw the patient on the board"].map(String::from));
    assert_eq!(lines("?patient=P-2"), ["Searched for the patient"].map(String::from));
    let tomorrow = (Utc::now() + TimeDelta::days(2)).date_naive();
    assert_eq!(lines(&format!("?from={tomorrow}")), Vec::<String>::new());
    assert!(lines("?patient=P-1").contains(&"Read the audit trail".to_string()), "that is a look, too");
    assert_eq!(elena.get(scene.desk.address, "/api/audit?patient=P-9").status, 422);
    let table = elena.get(scene.desk.address, "/api/audit.csv?patient=P-1");
    assert!(table.head.to_lowercase().contains("content-type: text/csv"), "{}", table.head);
    let rows: Vec<&str> = table.body.lines().collect();
    assert_eq!(rows[0], "at,person,name,what,patient_number,patient,about");
    assert!(rows.iter().any(|row| row.contains(",Maria,request-acknowledged,P-1,")), "{rows:?}");
}

#[test]
fn the_trail_is_only_added_to() {
    let scene = Scene::new();
    let mut maria = Browser::with(&scene.desk.signed_in(Role::Receptionist));
    scene.does(&mut maria, "/api/patients/search", json!({ "number": "P-1" }));
    let file = rusqlite::Connection::open(scene._folder.path().join("desk.db")).unwrap();
    for sql in ["DELETE FROM audit", "UPDATE audit SET name = 'Tom'"] {
        let refused = file.execute(sql, []).unwrap_err();
        assert!(refused.to_string().contains("only added to"), "{sql}: {refused}");
    }
}

#[test]
fn a_change_that_cannot_be_in_the_trail_is_not_made() {
    let scene = Scene::new();
    let mut maria = Browser::with(&scene.desk.signed_in(Role::Receptionist));
    let file = rusqlite::Connection::open(scene._folder.path().join("desk.db")).unwrap();
    let broken = "CREATE TRIGGER broken BEFORE INSERT ON audit WHEN new.what = 'request-acknowledged'
                  BEGIN SELECT raise(ABORT, 'on purpose'); END";
    file.execute(broken, []).unwrap();
    let id = scene.request;
    let path = format!("/api/requests/{}/acknowledge", id.0);
    assert_eq!(maria.post(scene.desk.address, &path, json!({})).status, 500);
    let row = scene.desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert_eq!(format!("{:?}", row.state), "Open");
    file.execute("DROP TRIGGER broken", []).unwrap();
    scene.does(&mut maria, &path, json!({}));
}
