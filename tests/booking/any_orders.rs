//! Whatever is asked of the book, in whatever order: by patients at kiosks and by staff, again after lost answers,
//! with imports and offers between, under a clock that is set, over a desk that is closed and opened again.

use crate::scene::*;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;
use vestibule::clinic::Clinic;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::booking::*;
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::schedule::Asker;
use vestibule::link::fact::{DESK, Fact, FactKind};
use vestibule::store::Store;

/// Read once: reading the red flags takes longer than all these steps.
static CLINIC: LazyLock<Clinic> = LazyLock::new(clinic);

#[derive(Debug, Clone)]
enum Step {
    Book { patient: u128, slot: usize, staff: bool },
    Move { which: usize, slot: usize, staff: bool },
    Cancel { which: usize, staff: bool },
    Wait { patient: u128, instead_of: Option<usize> },
    Take { which: usize },
    Decline { which: usize, keep_waiting: bool },
    Again { which: usize },
    Import { number: u128, patient: u128, minutes: i64, cancelled: bool },
    Clock { minutes: i64 },
    Settle,
    Reopen,
}

fn any_step() -> impl Strategy<Value = Step> {
    let staff = || proptest::bool::weighted(0.2);
    prop_oneof![
        6 => (1u128..=4, 0usize..12, staff()).prop_map(|(patient, slot, staff)| Step::Book { patient, slot, staff }),
        4 => (any::<usize>(), 0usize..12, staff()).prop_map(|(which, slot, staff)| Step::Move { which, slot, staff }),
        3 => (any::<usize>(), staff()).prop_map(|(which, staff)| Step::Cancel { which, staff }),
        4 => (1u128..=4, proptest::option::of(any::<usize>())).prop_map(|(patient, instead_of)| Step::Wait { patient, instead_of }),
        4 => any::<usize>().prop_map(|which| Step::Take { which }),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(which, keep_waiting)| Step::Decline { which, keep_waiting }),
        5 => any::<usize>().prop_map(|which| Step::Again { which }),
        2 => (0u128..3, 1u128..=4, 0i64..2000, any::<bool>()).prop_map(|(number, patient, minutes, cancelled)| Step::Import { number, patient, minutes, cancelled }),
        2 => (-40i64..120).prop_map(|minutes| Step::Clock { minutes }),
        2 => Just(Step::Settle),
        1 => Just(Step::Reopen),
    ]
}

/// The slots that everybody wants: each of the schedule's, and one that it does not have.
fn slots() -> Vec<Slot> {
    let mut all = Vec::new();
    for day in ["2026-11-25", "2026-11-26"] {
        for time in ["09:00", "09:30", "10:00", "18:00"] {
            all.push(slot(&format!("{day}T{time}:00Z")));
        }
        for time in ["09:20", "09:40"] {
            let begins = slot(&format!("{day}T{time}:00Z"));
            all.push(Slot { service: "children".into(), minutes: 20, ..begins });
        }
    }
    all
}

/// An order with its answer, and how often its appointment had been changed by then.
struct Asked {
    order: BookingOrder,
    asker: Asker,
    answer: BookingAnswer,
    changes: u32,
}

struct World {
    clinic: &'static Clinic,
    folder: tempfile::TempDir,
    desk: Option<Store>,
    kiosk: Store,
    now: DateTime<Utc>,
    asked: Vec<Asked>,
    entries: Vec<WaitingListEntry>,
    ids: u128,
    /// What stands by the answers, and by the imports since.
    known: BTreeMap<AppointmentId, Appointment>,
    changes: BTreeMap<AppointmentId, u32>,
}

fn overlap(one: &Appointment, other: &Appointment) -> bool {
    let ends = |appointment: &Appointment| appointment.starts_at + minutes(appointment.minutes.into());
    one.starts_at < ends(other) && other.starts_at < ends(one)
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Store::open(&folder.path().join("desk.db"), DESK).unwrap();
        fill(&mut desk);
        Self {
            clinic: &CLINIC,
            folder,
            desk: Some(desk),
            kiosk: Store::in_memory("lobby").unwrap(),
            now: evening(),
            asked: Vec::new(),
            entries: Vec::new(),
            ids: 0,
            known: BTreeMap::new(),
            changes: BTreeMap::new(),
        }
    }

    fn desk(&mut self) -> &mut Store {
        self.desk.as_mut().unwrap()
    }

    fn decide(&mut self, asker: Asker, order: &BookingOrder) -> BookingAnswer {
        let (clinic, now) = (self.clinic, self.now);
        let before: Vec<Appointment> = self.known.values().cloned().collect();
        let own = match order {
            BookingOrder::TakeOffer { entry, .. } => Some(*entry),
            _ => None,
        };
        let held: Vec<Slot> = (1..=4)
            .flat_map(|patient| self.desk().offers_for(PatientId(Uuid::from_u128(patient)), now).unwrap())
            .filter(|offer| Some(offer.entry.id) != own)
            .map(|offer| offer.slot)
            .collect();
        let answer = self.desk().decide_booking_for(asker, clinic, order, now).unwrap();
        if let BookingAnswer::Booked { appointment } = &answer {
            let news = self.known.get(&appointment.id) != Some(appointment);
            let stood = |there: &&Appointment| {
                there.status == AppointmentStatus::Booked
                    && there.id != appointment.id
                    && overlap(there, appointment)
            };
            // Whatever is booked anew has room, also beside what other systems have booked.
            if news && let Some(other) = before.iter().find(stood) {
                panic!("{order:?} was given the time of {other:?}");
            }
            let ends = appointment.starts_at + minutes(appointment.minutes.into());
            let meets = |slot: &&Slot| slot.starts_at < ends && appointment.starts_at < slot.ends_at();
            if news && let Some(slot) = held.iter().find(meets) {
                panic!("{order:?} was given {slot:?}, which was held for somebody");
            }
        }
        if let BookingAnswer::Booked { appointment } | BookingAnswer::Cancelled { appointment } = &answer {
            self.learn(appointment);
        }
        answer
    }

    fn learn(&mut self, appointment: &Appointment) {
        if self.known.insert(appointment.id, appointment.clone()).as_ref() != Some(appointment) {
            *self.changes.entry(appointment.id).or_default() += 1;
        }
    }

    fn ask(&mut self, asker: Asker, order: BookingOrder) {
        let answer = self.decide(asker, &order);
        let changes = self.changes_of(&order);
        self.asked.push(Asked { order, asker, answer, changes });
    }

    fn changes_of(&self, order: &BookingOrder) -> u32 {
        match order {
            BookingOrder::Book { appointment, .. }
            | BookingOrder::Move { appointment, .. }
            | BookingOrder::Cancel { appointment, .. } => self.changes.get(appointment).copied().unwrap_or(0),
            _ => 0,
        }
    }

    fn next_id(&mut self) -> AppointmentId {
        self.ids += 1;
        appointment_id(self.ids)
    }

    fn pick(&self, which: usize) -> Option<Appointment> {
        let all: Vec<&Appointment> = self.known.values().collect();
        (!all.is_empty()).then(|| all[which % all.len()].clone())
    }

    fn step(&mut self, step: Step) {
        let by = |staff: bool| if staff { Asker::Staff } else { Asker::Patient };
        match step {
            Step::Book { patient, slot, staff } => {
                let (appointment, slot) = (self.next_id(), slots()[slot].clone());
                let patient = PatientId(Uuid::from_u128(patient));
                self.ask(by(staff), BookingOrder::Book { appointment, patient, slot });
            }
            Step::Move { which, slot, staff } => {
                let Some(there) = self.pick(which) else { return };
                let order = BookingOrder::Move {
                    appointment: there.id,
                    from: there.starts_at,
                    slot: slots()[slot].clone(),
                };
                self.ask(by(staff), order);
            }
            Step::Cancel { which, staff } => {
                let Some(there) = self.pick(which) else { return };
                self.ask(by(staff), BookingOrder::Cancel { appointment: there.id, from: there.starts_at });
            }
            Step::Wait { patient, instead_of } => {
                let id = PatientId(Uuid::from_u128(patient));
                let instead_of =
                    instead_of.and_then(|which| self.pick(which)).filter(|there| there.patient == id);
                let number = self.entries.len() as u128;
                let entry = entry(number, patient, instead_of.map(|there| there.id));
                self.entries.push(entry.clone());
                self.ask(Asker::Patient, BookingOrder::Wait { entry });
            }
            Step::Take { which } => {
                let Some(entry) = self.some_entry(which) else { return };
                let appointment = self.next_id();
                self.ask(Asker::Patient, BookingOrder::TakeOffer { entry, appointment });
            }
            Step::Decline { which, keep_waiting } => {
                let Some(entry) = self.some_entry(which) else { return };
                self.ask(Asker::Patient, BookingOrder::DeclineOffer { entry, keep_waiting });
            }
            Step::Again { which } => self.again(which),
            Step::Import { number, patient, minutes: after, cancelled } => {
                let begins = at("2026-11-25T08:30:00Z") + minutes(after - after % 15);
                let mut appointment = imported(number, patient, begins);
                if cancelled {
                    appointment.status = AppointmentStatus::Cancelled;
                }
                let now = self.now;
                let taken = self.desk().take_over(&[], std::slice::from_ref(&appointment), now).unwrap();
                if taken.appointments > 0 {
                    self.learn(&appointment);
                }
            }
            Step::Clock { minutes: by } => self.now += minutes(by),
            Step::Settle => self.settle(),
            Step::Reopen => {
                drop(self.desk.take());
                self.desk = Some(Store::open(&self.folder.path().join("desk.db"), DESK).unwrap());
            }
        }
    }

    fn settle(&mut self) {
        let (clinic, now) = (self.clinic, self.now);
        self.desk().settle_waiting_list(clinic, now).unwrap();
    }

    /// Those who are offered something first, so that offers are answered at all.
    fn some_entry(&self, which: usize) -> Option<WaitingListId> {
        let desk = self.desk.as_ref().unwrap();
        let offered = self.entries.iter().find(|entry| {
            desk.offers_for(entry.patient, self.now).unwrap().iter().any(|offer| offer.entry.id == entry.id)
        });
        let any = || self.entries.get(which % self.entries.len().max(1));
        offered.or_else(any).map(|entry| entry.id)
    }

    /// The answer was lost, and the kiosk asks again: nothing is done twice.
    fn again(&mut self, which: usize) {
        if self.asked.is_empty() {
            return;
        }
        let which = which % self.asked.len();
        let Asked { order, asker, answer, changes } = &self.asked[which];
        let (order, asker, before, same) =
            (order.clone(), *asker, answer.clone(), self.changes_of(order) == *changes);
        let carried_out = matches!(
            before,
            BookingAnswer::Booked { .. } | BookingAnswer::Cancelled { .. } | BookingAnswer::Noted
        );
        // A decline names no slot: for those who wait on it may mean the next offer.
        if matches!(order, BookingOrder::DeclineOffer { .. }) || !carried_out {
            if !matches!(
                order,
                BookingOrder::Move { .. } | BookingOrder::Cancel { .. } | BookingOrder::TakeOffer { .. }
            ) {
                self.decide(asker, &order);
            }
            return;
        }
        self.settle();
        let moved_back = matches!(order, BookingOrder::Move { .. } | BookingOrder::Cancel { .. }) && !same;
        if moved_back {
            // What was changed since is another matter: the invariants are judged after the step.
            self.decide(asker, &order);
            return;
        }
        let position = self.desk().last_position().unwrap();
        let answer = self.decide(asker, &order);
        assert_eq!(self.desk().last_position().unwrap(), position, "{order:?} was carried out twice");
        if same && !matches!(order, BookingOrder::TakeOffer { .. }) {
            assert_eq!(answer, before, "{order:?}");
        }
    }

    fn check(&mut self) {
        let now = self.now;
        let known: Vec<Appointment> = self.known.values().cloned().collect();
        let clinic = self.clinic;
        let desk = self.desk();
        for appointment in &known {
            assert_eq!(
                desk.appointment(appointment.id).unwrap().as_ref(),
                Some(appointment),
                "what was answered"
            );
        }
        let stored = desk.book(at("2026-11-20T00:00:00Z"), at("2026-12-20T00:00:00Z")).unwrap();
        let stands: Vec<&Appointment> =
            stored.iter().map(|(a, _)| a).filter(|a| a.status == AppointmentStatus::Booked).collect();
        assert!(stored.iter().all(|(a, _)| known.contains(a)), "nothing is booked that nobody was told");
        let ours = |a: &&&Appointment| a.clinician == "Dr Chen";
        for (place, one) in stands.iter().enumerate() {
            for other in stands[place + 1..].iter().filter(ours).filter(|_| ours(&one)) {
                assert!(!overlap(one, other), "{one:?} and {other:?}");
            }
        }
        let mut held: Vec<Slot> = Vec::new();
        for patient in 1..=4 {
            for offer in desk.offers_for(PatientId(Uuid::from_u128(patient)), now).unwrap() {
                held.push(offer.slot);
            }
        }
        let open = desk.open_slots(clinic, &general("2026-11-24", "2026-11-30"), now).unwrap();
        for (place, slot) in held.iter().enumerate() {
            let clear = |other: &Slot| other.ends_at() <= slot.starts_at || slot.ends_at() <= other.starts_at;
            assert!(held[place + 1..].iter().all(clear), "{slot:?} is held twice");
            assert!(open.iter().all(clear), "{slot:?} is held and open");
        }
    }

    /// A kiosk that has followed the desk knows the same book.
    fn compare_with_the_kiosk(&mut self) {
        let (now, clinic) = (self.now, self.clinic);
        let desk = self.desk.as_mut().unwrap();
        let kiosk = &mut self.kiosk;
        loop {
            let feed = desk.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 50).unwrap();
            kiosk.follow(&feed).unwrap();
            if !feed.more {
                break;
            }
        }
        let search = general("2026-11-24", "2026-11-30");
        assert_eq!(
            kiosk.open_slots(clinic, &search, now).unwrap(),
            desk.open_slots(clinic, &search, now).unwrap()
        );
        for patient in (1..=4).map(|number| PatientId(Uuid::from_u128(number))) {
            assert_eq!(kiosk.offers_for(patient, now).unwrap(), desk.offers_for(patient, now).unwrap());
            assert_eq!(kiosk.waiting_for(patient).unwrap(), desk.waiting_for(patient).unwrap());
        }
        // Of each entry, offers begin and end in turns.
        let mut open = std::collections::BTreeSet::new();
        for Fact { kind, .. } in desk.facts_of(DESK).unwrap() {
            match kind {
                FactKind::SlotOffered { entry, .. } => assert!(open.insert(entry)),
                FactKind::OfferEnded { entry, .. } => assert!(open.remove(&entry)),
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_time_of_a_clinician_is_given_to_two(steps in proptest::collection::vec(any_step(), 1..60)) {
        let mut world = World::new();
        for step in steps {
            world.step(step);
            world.check();
        }
        world.compare_with_the_kiosk();
    }
}
