//! A desk with patients who owe something, and a kiosk whose terminal charged some of it.

use crate::running_desk::{RunningDesk, example};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use uuid::Uuid;
use vestibule::clinic::Clinic;
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::payment::*;
use vestibule::front_desk::role::Role;
use vestibule::link::fact::FactKind;

/// What the desk answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

/// Asks with headers of one's own.
pub fn ask(desk: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(desk).unwrap();
    let length = body.len();
    // Whoever is refused in the middle of a large body cannot send the rest of it.
    let _ = write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {desk}\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    // What has no stated length comes in pieces; none of the answers here does.
    Answer { status, head: head.to_string(), body: body.to_string() }
}

pub fn euro(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("EUR").unwrap() }
}

/// A desk whose clinic counts in euro.
pub struct Scene {
    pub desk: RunningDesk,
    _folder: tempfile::TempDir,
}

impl Scene {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = RunningDesk::start(clinic(), folder.path());
        Self { desk, _folder: folder }
    }

    pub fn hearing(key: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hearing = Clinic { provider_key: Some(key.into()), ..clinic() };
        let desk = RunningDesk::start(hearing, folder.path());
        Self { desk, _folder: folder }
    }

    pub fn clinic(&self) -> Arc<Clinic> {
        Arc::clone(&self.desk.clinic)
    }

    /// What happened, at a time.
    pub fn happens_at(&self, kinds: Vec<FactKind>, at: DateTime<Utc>) {
        self.desk.store().run(move |store| store.commit(kinds, at)).unwrap();
    }

    pub fn happens(&self, kinds: Vec<FactKind>) {
        self.happens_at(kinds, Utc::now());
    }

    /// A patient who owes these amounts.
    pub fn owes(&self, family: &str, amounts: &[(&str, i64)]) -> (Patient, Vec<Charge>) {
        let patient = patient(family);
        let charges: Vec<Charge> =
            amounts.iter().map(|(text, minor)| charge(&patient, text, *minor)).collect();
        let kinds = std::iter::once(FactKind::PatientRecorded { patient: patient.clone() })
            .chain(charges.iter().map(|charge| FactKind::ChargeRecorded { charge: charge.clone() }));
        self.happens(kinds.collect());
        (patient, charges)
    }

    /// What became of a payment by somebody's word, as the place of that word keeps it.
    pub fn ends(&self, payment: &Payment, end: PaymentEnd) {
        let (clinic, id) = (self.clinic(), payment.id);
        self.desk.store().run(move |store| store.end_payment(&clinic, id, end, false, Utc::now())).unwrap();
    }

    /// Maria asks, or whoever `by` names; answers status and the words of a refusal.
    pub fn does(&self, path: &str, mut details: Value) -> (u16, String) {
        let by = details.as_object_mut().and_then(|details| details.remove("by"));
        let by = by.as_ref().and_then(Value::as_str).unwrap_or("Maria");
        let answer = self.post_as(by, path, &details.to_string());
        (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_string())
    }

    #[track_caller]
    pub fn done(&self, path: &str, details: Value) {
        assert_eq!(self.does(path, details.clone()), (204, String::new()), "{path} {details}");
    }

    #[track_caller]
    pub fn refused(&self, path: &str, details: Value, status: u16, words: &str) {
        let before = self.position();
        let (answered, said) = self.does(path, details.clone());
        assert!(answered == status && said.contains(words), "{path} {details}: {answered} {said}");
        assert_eq!(self.position(), before, "nothing is kept of what was refused: {path} {details}");
    }

    fn post_as(&self, name: &str, path: &str, body: &str) -> Answer {
        let headers = format!("X-Vestibule-Desk: 1\r\n{}", self.cookie(name));
        ask(self.desk.address, "POST", path, &headers, body)
    }

    /// The header that says who asks: somebody who may also give money back.
    pub fn cookie(&self, name: &str) -> String {
        format!("Cookie: {}\r\n", self.desk.signed_in_as(name, Role::Supervisor))
    }

    pub fn reads(&self, path: &str) -> Answer {
        ask(self.desk.address, "GET", path, &self.cookie("Maria"), "")
    }

    #[track_caller]
    pub fn gets(&self, path: &str) -> Value {
        let answer = self.reads(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    pub fn account(&self, patient: &Patient) -> Value {
        self.gets(&format!("/api/patients/{}/account", patient.id.0))
    }

    /// The requests that the board shows, by their headline.
    pub fn requests(&self) -> Vec<Value> {
        self.gets("/api/board")["requests"].as_array().unwrap().clone()
    }

    pub fn request(&self, headline: &str) -> Option<Value> {
        self.requests().into_iter().find(|request| request["headline"].as_str().unwrap().contains(headline))
    }

    pub fn row(&self, payment: PaymentId) -> PaymentRow {
        self.desk.store().run(move |store| store.payment(payment)).unwrap().unwrap()
    }

    /// Every fact of the desk's own store, in order.
    pub fn facts(&self) -> Vec<FactKind> {
        let facts = self.desk.store().run(|store| store.facts_of("desk")).unwrap();
        facts.into_iter().map(|fact| fact.kind).collect()
    }

    fn position(&self) -> usize {
        // What the clock of the desk raises by itself is no consequence of what was asked.
        let own = |kind: &FactKind| {
            !matches!(kind, FactKind::RequestRaised { .. } | FactKind::RequestEscalated { .. })
        };
        self.facts().iter().filter(|kind| own(kind)).count()
    }
}

fn clinic() -> Clinic {
    example()
}

pub fn patient(family: &str) -> Patient {
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
        balance_due: None,
        further: Default::default(),
    }
}

pub fn charge(patient: &Patient, text: &str, minor: i64) -> Charge {
    Charge {
        id: ChargeId(Uuid::now_v7()),
        patient: patient.id,
        what: ChargeFor::Item { text: text.into() },
        amount: euro(minor),
        day: Utc::now().date_naive(),
        visit: None,
    }
}

/// A payment of all of these charges.
pub fn payment(charges: &[Charge], means: Means) -> Payment {
    let items: Vec<_> =
        charges.iter().map(|charge| PaymentItem { charge: charge.id, minor: charge.amount.minor }).collect();
    Payment {
        id: PaymentId(Uuid::now_v7()),
        patient: charges[0].patient,
        amount: euro(items.iter().map(|item| item.minor).sum()),
        items,
        means,
        ticket: None,
        language: "en".into(),
        kiosk: "lobby".into(),
    }
}

pub fn card() -> Means {
    Means::Card { terminal: "lobby".into() }
}

pub fn code(reference: &str) -> Means {
    Means::Code { scheme: "epc".into(), reference: reference.into() }
}

/// What the terminal tells of a transaction that went well.
pub fn told(receipt: u16, minor: i64) -> Transaction {
    Transaction {
        amount: Some(minor),
        receipt: Some(receipt),
        trace: Some(u32::from(receipt) + 700),
        terminal: Some("52523535".into()),
        at: Some([11, 25, 10, 32, 7]),
        result: 0,
        card: "girocard *1234".into(),
        authorisation: None,
    }
}

/// The word of a terminal that it charged, or gave back, by its receipt number.
pub fn charged(receipt: u16, minor: i64) -> PaymentEnd {
    let mut end = PaymentEnd::new(Outcome::Charged, Witness::Terminal, "");
    end.transaction = Some(told(receipt, minor));
    end
}

pub fn not_known(note: &str) -> PaymentEnd {
    PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, note)
}

/// A payment that the terminal of the lobby charged, some minutes ago.
pub fn charged_at(scene: &Scene, charges: &[Charge], receipt: u16, minutes_ago: i64) -> Payment {
    let payment = payment(charges, card());
    let at = Utc::now() - TimeDelta::minutes(minutes_ago);
    let end = charged(receipt, payment.amount.minor);
    let kinds = vec![
        FactKind::PaymentBegun { payment: payment.clone() },
        FactKind::PaymentEnded { payment: payment.id, end },
    ];
    scene.happens_at(kinds, at);
    payment
}

/// A terminal's day is closed, some minutes ago.
pub fn closes(scene: &Scene, totals: DayTotals, minutes_ago: i64) -> Uuid {
    let id = Uuid::now_v7();
    let asked = FactKind::TerminalAsked {
        id,
        kiosk: "lobby".into(),
        by: "Maria".into(),
        order: TerminalOrder::EndOfDay,
    };
    let answered = FactKind::TerminalAnswered { id, answer: TerminalAnswer::DayClosed { totals } };
    scene.happens_at(vec![asked, answered], Utc::now() - TimeDelta::minutes(minutes_ago));
    id
}

pub fn of(payment: &Payment, what: &str) -> String {
    format!("/api/payments/{}/{what}", payment.id.0)
}

pub fn nothing() -> Value {
    json!({})
}
