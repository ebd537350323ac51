//! A clinic with a desk and two kiosks as real files, its people, and what befalls its machines.

use crate::chance::Chance;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;
use vestibule::clinic::{Clinic, EXAMPLE, read_text};
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::payment::{Outcome, PaymentId};
use vestibule::front_desk::request::RequestId;
use vestibule::front_desk::retention::Retention;
use vestibule::link::answer;
use vestibule::link::fact::{Acknowledgement, DESK, FactKind};
use vestibule::store::{Result, Store, StoreError};

pub const KIOSKS: [&str; 2] = ["lobby", "garden"];
/// How many facts travel at once, few enough that a year has many cuts between them.
const AT_ONCE: usize = 60;

/// The clinic keeps little, so that a year shows all of it go.
pub fn clinic() -> Clinic {
    let mut clinic = read_text("clinic.toml", EXAMPLE).unwrap();
    clinic.retention =
        Retention { kiosk: 7, visits: 60, answers: 60, requests: 90, money: 100, trail: 120, figures: 60 };
    clinic
}

/// A machine with its store.
pub struct Machine {
    pub path: PathBuf,
    pub origin: &'static str,
    store: Option<Store>,
    /// How far its clock is from the true time.
    pub ahead: TimeDelta,
    /// Until when its clock is wrong, its disk full, its link cut.
    pub wrong_until: DateTime<Utc>,
    pub full_until: Option<DateTime<Utc>>,
    pub cut_until: DateTime<Utc>,
    /// The longest that one batch of a night took.
    pub longest_batch: std::time::Duration,
}

impl Machine {
    fn new(folder: &Path, origin: &'static str, now: DateTime<Utc>) -> Self {
        Self {
            path: folder.join(format!("{origin}.db")),
            origin,
            store: None,
            ahead: TimeDelta::zero(),
            // Whoever sets a machine up sets its clock.
            wrong_until: now + TimeDelta::days(3),
            full_until: None,
            cut_until: now,
            longest_batch: std::time::Duration::ZERO,
        }
    }

    pub fn store(&mut self) -> &mut Store {
        let (path, origin) = (&self.path, self.origin);
        let is_full = self.full_until.is_some();
        self.store.get_or_insert_with(|| {
            let store = Store::open(path, origin).unwrap();
            if is_full {
                store.limit_pages(1).unwrap();
            }
            store
        })
    }

    /// What the store answers; nothing where its disk is full, which is the only thing that may stop it.
    pub fn try_to<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T>) -> Option<T> {
        match work(self.store()) {
            Ok(done) => Some(done),
            Err(StoreError::DiskFull { .. }) if self.full_until.is_some() => None,
            Err(error) => panic!("{}: {error}", self.origin),
        }
    }

    /// The power goes: nothing but the file remains.
    pub fn restart(&mut self, now: DateTime<Utc>) {
        self.store = None;
        let here = now + self.ahead;
        self.try_to(|store| store.end_interrupted_print_jobs(here));
    }
}

/// Somebody who was given a number.
pub struct Given {
    pub ticket: Uuid,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
}

/// A payment, with what the terminal really did.
pub struct Paying {
    pub charge: Uuid,
    pub minor: i64,
    pub truth: Outcome,
    pub is_settled: bool,
    pub at: DateTime<Utc>,
}

pub struct World {
    pub clinic: Arc<Clinic>,
    pub chance: Chance,
    pub now: DateTime<Utc>,
    pub desk: Machine,
    pub kiosks: Vec<Machine>,
    pub patients: Vec<Patient>,
    pub booked: Vec<Appointment>,
    pub given: Vec<Given>,
    pub numbers: BTreeSet<(NaiveDate, String)>,
    /// Requests that were kept, and whether staff have resolved them.
    pub requests: BTreeMap<RequestId, (DateTime<Utc>, bool)>,
    pub payments: BTreeMap<PaymentId, Vec<Paying>>,
    /// How often the desk was told of each ticket.
    pub arrived: BTreeMap<String, u32>,
    pub escalated: u64,
    read_to: u64,
    ids: u128,
}

impl World {
    pub fn new(folder: &Path, chance: Chance, begins: DateTime<Utc>) -> Self {
        let mut world = Self {
            clinic: Arc::new(clinic()),
            chance,
            now: begins,
            desk: Machine::new(folder, DESK, begins),
            kiosks: KIOSKS.map(|kiosk| Machine::new(folder, kiosk, begins)).into(),
            patients: Vec::new(),
            booked: Vec::new(),
            given: Vec::new(),
            numbers: BTreeSet::new(),
            requests: BTreeMap::new(),
            payments: BTreeMap::new(),
            arrived: BTreeMap::new(),
            escalated: 0,
            read_to: 0,
            ids: 1,
        };
        let records: Vec<_> = (0..150)
            .map(|_| {
                let patient = world.somebody();
                world.patients.push(patient.clone());
                FactKind::PatientRecorded { patient }
            })
            .collect();
        world.desk.store().commit(records, begins).unwrap();
        for kiosk in 0..KIOSKS.len() {
            world.talk(kiosk);
        }
        world
    }

    pub fn id(&mut self) -> Uuid {
        self.ids += 1;
        // Identities are ordered like those of the program.
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + self.ids)
    }

    pub fn somebody(&mut self) -> Patient {
        let id = self.id();
        let (year, day) = (1940 + self.chance.below(80) as i32, 1 + self.chance.below(28) as u32);
        Patient {
            id: PatientId(id),
            number: None,
            name: PersonName { given: format!("Given{}", self.ids), family: format!("Family{}", self.ids) },
            date_of_birth: DateOfBirth::new(year, 3, day, self.now.date_naive()).unwrap(),
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Kiosk,
            balance_due: None,
            further: Default::default(),
        }
    }

    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.clinic.zone).date_naive()
    }

    /// The time by the clock of a kiosk.
    pub fn at_kiosk(&self, kiosk: usize) -> DateTime<Utc> {
        self.now + self.kiosks[kiosk].ahead
    }

    pub fn at_desk(&self) -> DateTime<Utc> {
        self.now + self.desk.ahead
    }

    /// The desk books times for the next day.
    pub fn book(&mut self) {
        let tomorrow = self.today().checked_add_days(Days::new(1)).unwrap();
        let mut facts = Vec::new();
        for hour in 8..13 {
            let patient = self.patients[self.chance.below(self.patients.len() as u64) as usize].id;
            let appointment = Appointment {
                id: AppointmentId(self.id()),
                patient,
                service: "general".into(),
                clinician: "Dr. Chen".into(),
                starts_at: tomorrow.and_hms_opt(hour, 0, 0).unwrap().and_utc(),
                minutes: 15,
                status: AppointmentStatus::Booked,
                site: None,
            };
            facts.push(FactKind::AppointmentRecorded { appointment: appointment.clone() });
            self.booked.push(appointment);
        }
        let now = self.at_desk();
        if self.desk.try_to(|desk| desk.commit(facts, now)).is_none() {
            self.booked.clear();
        }
    }

    /// Kiosk and desk talk, if the link is up: the functions of the link, without a network between them. Answers may be
    /// lost on the way, and a machine may stop at any place.
    pub fn talk(&mut self, kiosk: usize) {
        if self.kiosks[kiosk].cut_until > self.now {
            return;
        }
        for _ in 0..200 {
            if self.chance.percent(1) {
                let now = self.now;
                if self.chance.percent(50) { self.kiosks[kiosk].restart(now) } else { self.desk.restart(now) }
            }
            let at_desk = self.at_desk();
            let name = KIOSKS[kiosk];
            let machine = &mut self.kiosks[kiosk];
            let (cursor, identity) = (machine.store().cursor().unwrap(), machine.store().identity());
            let fed = self.desk.try_to(|desk| {
                desk.note_followed(name, cursor.position, at_desk)?;
                desk.feed(name, identity, cursor, AT_ONCE)
            });
            let Some(feed) = fed else { return };
            let is_lost = self.chance.percent(3);
            if !is_lost
                && machine.try_to(|store| Ok(answer::follow(store, &feed).unwrap_or_default())).is_none()
            {
                return;
            }
            let Some(delivery) = answer::next_delivery(machine.store()).unwrap() else {
                if feed.facts.is_empty() && !is_lost {
                    break;
                }
                continue;
            };
            let Some(said) = self.desk.try_to(|desk| desk.receive(&delivery)) else { return };
            if said == Acknowledgement::FollowFirst || self.chance.percent(3) {
                continue;
            }
            if self.kiosks[kiosk].full_until.is_none() {
                answer::settle(self.kiosks[kiosk].store(), &delivery, said).unwrap();
            } else if answer::settle(self.kiosks[kiosk].store(), &delivery, said).is_err() {
                return;
            }
        }
    }

    /// Notes each ticket that the desk has taken in since.
    pub fn read_arrivals(&mut self) {
        let store = self.read(DESK);
        let mut query = store
            .prepare("SELECT position, body ->> '$.ticket.id' FROM fact WHERE position > ?1 AND body ->> 'kind' = 'checked-in'")
            .unwrap();
        let found: Vec<(u64, String)> = query
            .query_map([self.read_to], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(|row| row.unwrap())
            .collect();
        for (position, ticket) in found {
            self.read_to = self.read_to.max(position);
            *self.arrived.entry(ticket).or_default() += 1;
        }
    }

    /// A store read from outside.
    pub fn read(&self, origin: &str) -> rusqlite::Connection {
        let path = match KIOSKS.iter().position(|kiosk| *kiosk == origin) {
            Some(kiosk) => &self.kiosks[kiosk].path,
            None => &self.desk.path,
        };
        rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
    }

    pub fn count(&self, origin: &str, sql: &str) -> i64 {
        self.read(origin).query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// What befalls machines: each for a while.
    pub fn befall(&mut self) {
        let now = self.now;
        let hours = |chance: &mut Chance, most: u64| TimeDelta::minutes(60 + chance.below(most * 60) as i64);
        let chance = &mut self.chance;
        for machine in self.kiosks.iter_mut().chain([&mut self.desk]) {
            let is_desk = machine.origin == DESK;
            if machine.full_until.is_some_and(|until| until <= now) {
                machine.full_until = None;
                machine.store().limit_pages(1_000_000).unwrap();
            }
            if machine.ahead != TimeDelta::zero() && machine.wrong_until <= now {
                machine.ahead = TimeDelta::zero();
            }
            if chance.percent(3) {
                machine.restart(now);
            }
            if !is_desk && machine.cut_until <= now && chance.percent(1) {
                // An evening, a week, now and then more than a month.
                let most = [12, 24 * 7, 24 * 21, 24 * 40][chance.below(4) as usize];
                machine.cut_until = now + hours(chance, most);
            }
            if machine.full_until.is_none() && chance.below(400) == 0 {
                machine.full_until = Some(now + hours(chance, 30));
                machine.store().limit_pages(1).unwrap();
            }
            if machine.ahead == TimeDelta::zero() && machine.wrong_until <= now && chance.below(300) == 0 {
                let minutes = [3, 61, 24 * 60, 40 * 24 * 60, 365 * 24 * 60, 10 * 365 * 24 * 60]
                    [chance.below(6) as usize];
                machine.ahead = TimeDelta::minutes(if chance.percent(50) { minutes } else { -minutes });
                machine.wrong_until = now + hours(chance, 48);
            }
        }
    }
}
