//! Amounts of money leave the desk only for those whose role includes payments.

use crate::http::Browser;
use crate::roles::{For, ROUTES};
use crate::running_desk::{RunningDesk, eventually, example};
use chrono::Utc;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;
use vestibule::front_desk::arrival::{ArrivalCase, NotCheckedIn, NotCheckedInCause};
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::payment::*;
use vestibule::front_desk::role::{Permission, Role};
use vestibule::front_desk::ticket::NewVisit;
use vestibule::link::fact::FactKind;

/// What a doubtful payment, one that is half given back, a balance, another one, a terminal's day and a payment that was
/// settled come to: numbers that nothing else on the page makes.
const AMOUNTS: [i64; 6] = [73_117, 41_283, 95_501, 86_429, 59_387, 28_641];

/// Every way in which an amount may stand in what the desk answers.
fn written() -> Vec<String> {
    AMOUNTS.iter().flat_map(|minor| [minor.to_string(), euro(*minor).figures()]).collect()
}

fn euro(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("EUR").unwrap() }
}

fn patient(family: &str, balance: i64) -> Patient {
    Patient {
        id: PatientId(Uuid::now_v7()),
        number: Some(format!("n-{family}")),
        name: PersonName { given: "Ana".into(), family: family.into() },
        date_of_birth: DateOfBirth::new(1957, 3, 4, Utc::now().date_naive()).unwrap(),
        sex: None,
        phone: None,
        address: None,
        emergency_contact: None,
        language: None,
        source: Source::Imported,
        balance_due: Some(euro(balance)),
        further: Default::default(),
    }
}

struct Scene {
    desk: RunningDesk,
    patient: PatientId,
    visit: Uuid,
    _folder: tempfile::TempDir,
}

impl Scene {
    /// A morning with money in every place of the board.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = RunningDesk::start(example(), folder.path());
        let [doubted, refunded, balance, other_balance, day, settled] = AMOUNTS;
        let (here, sent_away) = (patient("Ruiz", balance), patient("Okafor", other_balance));
        let clinic = Arc::clone(&desk.clinic);
        let id = here.id;
        let visit = desk.store().run(move |store| {
            let now = Utc::now();
            let kinds =
                [&here, &sent_away].map(|patient| FactKind::PatientRecorded { patient: patient.clone() });
            store.commit(kinds.into(), now)?;
            let turned_away = NotCheckedIn {
                cause: NotCheckedInCause::BalanceDue,
                patient: Some(sent_away.id),
                appointment: None,
                service: None,
            };
            store.commit(vec![FactKind::NotCheckedIn { turned_away }], now)?;
            let visit = NewVisit {
                registration: None,
                patient: id,
                appointment: None,
                reason: None,
                service: "general".into(),
                language: "en".into(),
                companion: None,
                acting: None,
                noted: vec![ArrivalCase::BalanceDue],
                consent: None,
                forms: Vec::new(),
            };
            store.check_in(&clinic, "1", &visit, now)?;
            // Nobody knows whether the one was charged, nor whether the other went back.
            let [first, second, third] = [doubted, refunded, settled].map(|minor| Payment {
                id: PaymentId(Uuid::now_v7()),
                patient: id,
                items: Vec::new(),
                amount: euro(minor),
                means: Means::Card { terminal: "lobby".into() },
                ticket: None,
                language: "en".into(),
                kiosk: "lobby".into(),
            });
            let begun =
                [&first, &second, &third].map(|payment| FactKind::PaymentBegun { payment: payment.clone() });
            store.commit(begun.into(), now)?;
            let unknown = PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, "the line broke");
            store.end_payment(&clinic, first.id, unknown.clone(), false, now)?;
            // Of a third one somebody wrote what the account shows.
            store.end_payment(&clinic, third.id, unknown.clone(), false, now)?;
            let seen = format!("{} stands there.", euro(settled));
            let seen = PaymentEnd::new(Outcome::Charged, Witness::Staff { by: "Elena".into() }, seen);
            store.end_payment(&clinic, third.id, seen, false, now)?;
            let charged = PaymentEnd::new(Outcome::Charged, Witness::Terminal, "");
            store.end_payment(&clinic, second.id, charged, false, now)?;
            let refund = Refund {
                id: RefundId(Uuid::now_v7()),
                payment: second.id,
                amount: euro(refunded),
                way: RefundWay::Credit { terminal: "lobby".into() },
                by: "Elena".into(),
                why: "A mistake.".into(),
            };
            store.commit(vec![FactKind::RefundBegun { refund: refund.clone() }], now)?;
            store.end_refund(&clinic, &refund, unknown, now)?;
            let order = Uuid::now_v7();
            let totals = DayTotals { amount: day, ..DayTotals::default() };
            store.commit(
                vec![
                    FactKind::TerminalAsked {
                        id: order,
                        kiosk: "lobby".into(),
                        by: "Elena".into(),
                        order: TerminalOrder::EndOfDay,
                    },
                    FactKind::TerminalAnswered { id: order, answer: TerminalAnswer::DayClosed { totals } },
                ],
                now,
            )?;
            Ok(store.arrivals(now.with_timezone(&clinic.zone).date_naive())?[0].visit.id.0)
        });
        let scene = Self { desk, patient: id, visit: visit.unwrap(), _folder: folder };
        eventually("the desk noticed what the terminal counted", || {
            scene.board(Role::Supervisor)["requests"].as_array().unwrap().len() == 3
        });
        scene
    }

    fn browser(&self, role: Role) -> Browser {
        Browser::with(&self.desk.signed_in(role))
    }

    fn board(&self, role: Role) -> Value {
        let answer = self.browser(role).get(self.desk.address, "/api/board");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }
}

#[test]
fn who_takes_payments_sees_every_amount_on_the_board_and_nobody_else_any() {
    let scene = Scene::new();
    for role in Role::ALL.into_iter().filter(|role| role.may(Permission::Requests)) {
        let live = scene.browser(role).hears(scene.desk.address, "board");
        let (_, live) = live.into_iter().find(|(name, _)| name == "board").unwrap();
        for (what, told) in [("board", scene.board(role)), ("live", live)] {
            let text = told.to_string();
            for minor in AMOUNTS {
                let found = text.contains(&euro(minor).figures());
                assert_eq!(
                    found,
                    role.may(Permission::Payments),
                    "{} on the {what} of {role:?}: {text}",
                    euro(minor)
                );
            }
            let requests = told["requests"].as_array().unwrap();
            let words = |name: &str| requests.iter().map(|each| each[name].clone()).collect::<Vec<_>>();
            assert_eq!(requests.len(), 3, "everybody sees that somebody is needed");
            if role.may(Permission::Payments) {
                assert!(words("stopped_at").contains(&"pay: 731.17 EUR".into()), "{text}");
                assert!(words("stopped_at").contains(&"refund: 412.83 EUR".into()), "{text}");
                assert!(words("money").iter().all(|money| money["about"].is_string()), "{text}");
            } else {
                assert!(words("stopped_at").contains(&"a payment".into()), "{text}");
                assert!(words("stopped_at").contains(&"a refund".into()), "{text}");
                assert_eq!(words("money"), vec![Value::Null; 3]);
                assert_eq!(words("for_payments"), vec![json!(true); 3]);
            }
            // That something is due is no secret from whoever talks to the patient.
            let noted = told["arrivals"][0]["notes"][0].as_str().unwrap();
            assert!(noted.starts_with("Balance due"), "{noted}");
        }
    }
}

#[test]
fn no_route_tells_an_amount_to_whoever_takes_no_payments() {
    let scene = Scene::new();
    let (patient, visit) = (scene.patient.0.to_string(), scene.visit.to_string());
    let blind = Role::ALL.into_iter().filter(|role| !role.may(Permission::Payments));
    let mut asked = 0;
    for role in blind {
        let mut browser = scene.browser(role);
        for (method, path, whose) in ROUTES {
            if *method != "GET" || *path == "/api/live" || *whose == For::Others {
                continue;
            }
            let id = if path.contains("/visits/") { &visit } else { &patient };
            let answer = browser.get(scene.desk.address, &path.replace("{id}", id));
            asked += usize::from(answer.status == 200);
            for amount in written() {
                assert!(!answer.body.contains(&amount), "{amount} at {path} for {role:?}: {}", answer.body);
            }
        }
        let search = json!({ "born": "", "family": "", "number": "n-Ruiz" });
        let found = browser.post(scene.desk.address, "/api/patients/search", search);
        assert_eq!(found.status == 200, role.may(Permission::Records), "{}", found.body);
        assert!(written().iter().all(|amount| !found.body.contains(amount)), "{}", found.body);
        let beat = browser.hears(scene.desk.address, "heartbeat");
        let beat = serde_json::to_string(&beat).unwrap();
        assert!(written().iter().all(|amount| !beat.contains(amount)), "{beat}");
    }
    assert!(asked > 10, "most of what is asked is answered: {asked}");
}

#[test]
fn somebody_who_is_given_another_role_sees_no_amount_from_then_on() {
    let scene = Scene::new();
    let cookie = scene.desk.signed_in_as("Tom", Role::Receptionist);
    let mut tom = Browser::with(&cookie);
    let board = |tom: &mut Browser| tom.get(scene.desk.address, "/api/board").body;
    assert!(board(&mut tom).contains("731.17"));
    let id = tom.get(scene.desk.address, "/api/me").json()["id"].as_str().unwrap().to_string();
    let changed = scene.browser(Role::Administrator).post(
        scene.desk.address,
        &format!("/api/people/{id}/role"),
        json!({ "role": "clinical-staff" }),
    );
    assert_eq!(changed.status, 204, "{}", changed.body);
    let text = board(&mut tom);
    assert!(!text.contains("731.17"), "{text}");
}
