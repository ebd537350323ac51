//! A desk, a kiosk that is linked to it, the page, and people.

use crate::page::Browser;
use crate::running_desk::{RunningDesk, eventually, example, staff};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::front_desk::appointment::Appointment;
use vestibule::front_desk::family::Acting;
use vestibule::front_desk::message::{Message, Side};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::request::{Case, OwnWords, Request, RequestId, RequestReason};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::{NewVisit, PaperState, Ticket};
use vestibule::front_desk::urgency::Urgency;
use vestibule::link::fact::{Fact, FactKind};
use vestibule::link::{Link, LinkNews};
use vestibule::store::{Store, StoreHandle};

/// A desk, a kiosk that is linked to it, and the page.
pub struct Clinic {
    pub page: Browser,
    pub desk: RunningDesk,
    pub kiosk: StoreHandle,
    pub link: Link,
    heard: Arc<Mutex<Vec<Fact>>>,
    _folder: TempDir,
}

impl Clinic {
    /// Opens; Maria the receptionist is signed in at the desk.
    pub fn opens() -> Self {
        Self::opens_with(example())
    }

    /// Opens; Maria has an account, and nobody has signed in.
    pub fn opens_unattended() -> Self {
        Self::opens_for(example(), &[("Maria", Role::Receptionist)])
    }

    /// Opens with a clinic of its own; these have accounts, and nobody has signed in.
    pub fn opens_for(clinic: vestibule::clinic::Clinic, people: &[(&str, Role)]) -> Self {
        let mut clinic = Self::builds(clinic);
        for (name, role) in people {
            let (name, role) = (name.to_string(), *role);
            clinic.desk.store().run(move |store| Ok(staff::account(store, &name, role))).unwrap();
        }
        clinic.opens_page_at(clinic.desk.address);
        clinic
    }

    /// Opens with a clinic of its own; Maria the receptionist is signed in.
    pub fn opens_with(clinic: vestibule::clinic::Clinic) -> Self {
        Self::opens_as(clinic, "Maria", Role::Receptionist)
    }

    /// Opens with a clinic of its own and somebody at the desk.
    pub fn opens_as(clinic: vestibule::clinic::Clinic, name: &str, role: Role) -> Self {
        let mut clinic = Self::builds(clinic);
        clinic.signs_in(name, role);
        clinic.opens_page_at(clinic.desk.address);
        clinic
    }

    /// Somebody signs in, in the place of whoever was there: what the browser opens from now on, it opens as they.
    pub fn signs_in(&mut self, name: &str, role: Role) {
        let cookie = self.desk.signed_in_as(name, role);
        let (name, value) = cookie.split_once('=').unwrap();
        self.page.act("cookie", json!({ "name": name, "value": value }));
    }

    fn builds(clinic: vestibule::clinic::Clinic) -> Self {
        let page = Browser::start();
        let folder = tempfile::tempdir().unwrap();
        let desk = RunningDesk::start(clinic, folder.path());
        let kiosk = StoreHandle::new(Store::in_memory("lobby").unwrap()).unwrap();
        let heard = Arc::<Mutex<Vec<Fact>>>::default();
        let hears = Arc::clone(&heard);
        let link = Link::start(desk.place("lobby"), kiosk.clone(), move |news| {
            if let LinkNews::Facts(facts) = news {
                hears.lock().unwrap().extend(facts);
            }
        });
        Self { page, desk, kiosk, link: link.unwrap(), heard, _folder: folder }
    }

    pub fn opens_page_at(&mut self, address: SocketAddr) {
        self.page.act("open", json!({ "url": format!("http://{address}/") }));
        self.page.sees_in("#connection", "Live");
        // A page that was loaded again would not know this any more.
        self.page.evaluate("globalThis.since = 'the beginning'");
    }

    #[track_caller]
    pub fn ends_well(mut self) {
        assert_eq!(self.page.evaluate("globalThis.since"), "the beginning", "the page was loaded again");
        self.page.has_no_faults();
    }

    pub fn happens(&self, kinds: Vec<FactKind>) {
        self.kiosk.run(|store| store.commit(kinds, Utc::now())).unwrap();
        self.link.wake();
    }

    pub fn hears(&self, what: &str, wanted: impl Fn(&FactKind) -> bool) {
        eventually(what, || self.heard.lock().unwrap().iter().any(|fact| wanted(&fact.kind)));
    }

    /// Checks a new patient in at the kiosk for whom somebody acts.
    pub fn acts_for(&self, patient: &Patient, acting: &Acting) {
        let visit = NewVisit {
            registration: Some(patient.clone()),
            patient: patient.id,
            appointment: None,
            reason: None,
            service: "general".into(),
            language: "en".into(),
            companion: Some(acting.companion.clone()),
            acting: Some(acting.clone()),
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        let clinic = Arc::clone(&self.desk.clinic);
        self.kiosk.run(move |store| store.check_in(&clinic, "1", &visit, Utc::now())).unwrap();
        self.link.wake();
    }

    /// Checks somebody in at the kiosk, at a time; what became of the paper.
    pub fn checks_in(
        &self,
        patient: &Patient,
        booked: Option<&Appointment>,
        at: DateTime<Utc>,
        paper: Option<(PaperState, &str)>,
    ) -> Ticket {
        self.begins(patient, booked, at, paper, |visit| visit)
    }

    /// The same, with what belongs to the visit.
    pub fn begins(
        &self,
        patient: &Patient,
        booked: Option<&Appointment>,
        at: DateTime<Utc>,
        paper: Option<(PaperState, &str)>,
        with: impl FnOnce(NewVisit) -> NewVisit,
    ) -> Ticket {
        let visit = with(NewVisit {
            registration: Some(patient.clone()),
            patient: patient.id,
            appointment: booked.cloned(),
            reason: None,
            service: booked.map_or("general".into(), |appointment| appointment.service.clone()),
            language: "en".into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        });
        let (clinic, paper) =
            (Arc::clone(&self.desk.clinic), paper.map(|(state, cause)| (state, cause.to_string())));
        let ticket = self.kiosk.run(move |store| {
            if let Some(appointment) = visit.appointment.clone() {
                store.commit(vec![FactKind::AppointmentRecorded { appointment }], at)?;
            }
            let ticket = store.check_in(&clinic, "1", &visit, at)?;
            if let Some((state, cause)) = paper {
                let job = store.start_print_job()?.unwrap();
                store.end_print_job(&job, state, &cause, at)?;
            }
            Ok(ticket)
        });
        self.link.wake();
        ticket.unwrap()
    }
}

pub fn patient(given: &str, family: &str, number: Option<&str>) -> Patient {
    Patient {
        id: PatientId(Uuid::now_v7()),
        number: number.map(Into::into),
        name: PersonName { given: given.into(), family: family.into() },
        date_of_birth: DateOfBirth::new(1957, 3, 4, Utc::now().date_naive()).unwrap(),
        sex: None,
        phone: Some("+34 600 000 000".into()),
        address: Some("Calle Mayor 5, 28013 Madrid".into()),
        emergency_contact: None,
        language: None,
        source: Source::Imported,
        balance_due: None,
        further: Default::default(),
    }
}

pub fn request(reason: RequestReason, seconds_ago: i64) -> Request {
    let raised_at = Utc::now() - TimeDelta::seconds(seconds_ago);
    Request {
        id: RequestId(Uuid::now_v7()),
        reason,
        category: None,
        subject: None,
        urgency: Urgency::Routine,
        red_flags: Vec::new(),
        words: OwnWords::default(),
        companion: None,
        chain: Vec::new(),
        case: None,
        stopped_at: "identify: family name".into(),
        patients: Vec::new(),
        wish: None,
        payment: None,
        registration: None,
        ticket: None,
        language: "en".into(),
        kiosk: "lobby".into(),
        raised_at,
        acknowledge_by: raised_at + TimeDelta::minutes(3),
    }
}

pub fn raised(request: Request) -> FactKind {
    FactKind::RequestRaised { request }
}

/// Something that the patient chose from the routines, as a kiosk raises it.
pub fn asked(clinic: &vestibule::clinic::Clinic, category: &str, words: &str, language: &str) -> Request {
    let category = clinic.routines.category(category).unwrap();
    let route = clinic.routines.route(RequestReason::Asked, Some(&category.id), category.urgency);
    let now = Utc::now();
    let chain = clinic.routines.chain(route, "en", now);
    let id = RequestId(Uuid::now_v7());
    let case = category.kind.is_case().then(|| {
        let answer_by = clinic.routines.complaint.within(category.kind).due(now, &clinic.routines.calendar);
        Case::of(id, 'R', "1", &now.with_timezone(&clinic.zone), answer_by)
    });
    Request {
        id,
        category: Some(category.id.clone()),
        subject: Some(category.name.text("en").to_string()),
        urgency: category.urgency,
        words: OwnWords(words.into()),
        acknowledge_by: chain[0].answer_by,
        chain,
        case,
        wish: None,
        payment: None,
        language: language.into(),
        stopped_at: "welcome".into(),
        ..request(RequestReason::Asked, 0)
    }
}

/// An emergency, as a kiosk raises it.
pub fn emergency(clinic: &vestibule::clinic::Clinic, words: &str, language: &str) -> Request {
    let route = clinic.routines.route(RequestReason::Emergency, None, Urgency::Emergency);
    let now = Utc::now();
    let chain = clinic.routines.chain(route, "en", now);
    Request {
        urgency: Urgency::Emergency,
        red_flags: vec!["chest-pain".into()],
        words: OwnWords(words.into()),
        acknowledge_by: chain[0].answer_by,
        chain,
        language: language.into(),
        stopped_at: "confirm".into(),
        ..request(RequestReason::Emergency, 0)
    }
}

/// What a patient says about a request, as a kiosk sends it.
pub fn patient_says(request: RequestId, phrase: Option<&str>, words: &str, language: &str) -> FactKind {
    FactKind::MessageSent {
        message: Message {
            id: Uuid::now_v7(),
            request,
            from: Side::Patient,
            by: String::new(),
            phrase: phrase.map(Into::into),
            words: OwnWords(words.into()),
            language: language.into(),
            at: Utc::now(),
        },
    }
}
