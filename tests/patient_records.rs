//! Records over time, over the real stores of two kiosks and a desk: what a patient entered stays marked until
//! staff have seen proof of it, whatever is corrected, imported, merged, delivered late or restarted; and two
//! records of one person are noticed wherever they meet.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::clinic::{Clinic, EXAMPLE, read_text};
use vestibule::front_desk::detail::{Detail, DetailValue};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::front_desk::ticket::NewVisit;
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::{RequestRow, Store};

const NAMES: [&str; 3] = ["north", "south", DESK];
const THE_DESK: usize = 2;

/// Two kiosks and a desk, each with a store on the disk.
struct House {
    folder: TempDir,
    clinic: Clinic,
    stores: Vec<Store>,
    now: DateTime<Utc>,
    count: u32,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &&str| Store::open(&path(folder.path(), name), name).unwrap();
        let stores = NAMES.iter().map(open).collect();
        let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
        Self { folder, clinic, stores, now: "2026-11-24T09:00:00Z".parse().unwrap(), count: 0 }
    }

    /// A moment later; something that stands nowhere else.
    fn next(&mut self) -> u32 {
        self.now += TimeDelta::seconds(1);
        self.count += 1;
        self.count
    }

    fn restart(&mut self, place: usize) {
        let path = path(self.folder.path(), NAMES[place]);
        self.stores[place] = Store::in_memory(NAMES[place]).unwrap();
        self.stores[place] = Store::open(&path, NAMES[place]).unwrap();
    }

    /// A kiosk delivers everything it has, and follows the desk to its end.
    fn meet(&mut self, kiosk: usize) {
        for _ in 0..50 {
            if let Some(delivery) = self.stores[kiosk].undelivered(3).unwrap() {
                use vestibule::link::fact::Acknowledgement::AppliedThrough;
                if let AppliedThrough(seq) = self.stores[THE_DESK].receive(&delivery).unwrap() {
                    self.stores[kiosk].delivered(seq).unwrap();
                }
                continue;
            }
            let (cursor, identity) = (self.stores[kiosk].cursor().unwrap(), self.stores[kiosk].identity());
            let feed = self.stores[THE_DESK].feed(NAMES[kiosk], identity, cursor, 100).unwrap();
            self.stores[kiosk].follow(&feed).unwrap();
            if !feed.more {
                break;
            }
        }
        self.stores[THE_DESK].ask_about_duplicates(&self.clinic, self.now).unwrap();
    }

    fn everybody_meets(&mut self) {
        (0..3).for_each(|_| (0..THE_DESK).for_each(|kiosk| self.meet(kiosk)));
    }

    fn registers(&mut self, kiosk: usize, patient: Patient) {
        let visit = NewVisit {
            patient: patient.id,
            registration: Some(patient),
            appointment: None,
            reason: None,
            service: "general".into(),
            language: "en".into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        self.stores[kiosk].check_in(&self.clinic, "1", &visit, self.now).unwrap();
    }

    fn duplicates_asked(&self, place: usize) -> Vec<RequestRow> {
        let rows = self.stores[place].requests_since(DateTime::UNIX_EPOCH).unwrap();
        rows.into_iter().filter(|row| row.request.reason == RequestReason::PossibleDuplicate).collect()
    }

    fn at_the_desk(&mut self, kind: FactKind) {
        let now = self.now;
        self.stores[THE_DESK].commit(vec![kind], now).unwrap();
    }
}

fn path(folder: &Path, name: &str) -> std::path::PathBuf {
    folder.join(format!("{name}.db"))
}

fn patient(source: Source, given: &str, family: &str, phone: Option<String>) -> Patient {
    Patient {
        id: PatientId(Uuid::now_v7()),
        number: None,
        name: PersonName { given: given.into(), family: family.into() },
        date_of_birth: DateOfBirth::new(1950, 11, 7, "2026-11-24".parse().unwrap()).unwrap(),
        sex: None,
        phone,
        address: None,
        emergency_contact: None,
        language: None,
        source,
        balance_due: None,
        further: Default::default(),
    }
}

/// Something that happens; the numbers say where and to whom, counted round.
#[derive(Debug, Clone)]
enum Happening {
    Register(usize),
    Correct(usize, usize),
    Import(usize, bool),
    Prove(usize),
    Merge(usize, usize),
    Meet(usize),
    Restart(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        2 => (0usize..2).prop_map(Happening::Register),
        4 => (0usize..2, 0usize..6).prop_map(|(kiosk, who)| Happening::Correct(kiosk, who)),
        2 => (0usize..6, any::<bool>()).prop_map(|(who, with_phone)| Happening::Import(who, with_phone)),
        2 => (0usize..6).prop_map(Happening::Prove),
        2 => (0usize..6, 0usize..6).prop_map(|(keep, merge)| Happening::Merge(keep, merge)),
        4 => (0usize..2).prop_map(Happening::Meet),
        1 => (0usize..3).prop_map(Happening::Restart),
    ]
}

/// What the test knows beside the stores: every value that a patient entered, and which were proved.
#[derive(Default)]
struct Known {
    ids: Vec<PatientId>,
    entered: BTreeSet<String>,
    proved: BTreeSet<String>,
    /// The last telephone number that was entered for each id.
    last: BTreeMap<PatientId, (u32, String)>,
}

impl Known {
    fn id(&self, position: usize) -> Option<PatientId> {
        (!self.ids.is_empty()).then(|| self.ids[position % self.ids.len()])
    }

    /// Nothing that a patient entered and nobody proved is without its mark, in any store.
    fn holds(&self, house: &House) {
        for (store, name) in house.stores.iter().zip(NAMES) {
            for id in &self.ids {
                let Some(record) = store.patient(*id).unwrap() else { continue };
                let marked: BTreeSet<&Detail> = record.unproved().map(|(detail, _)| detail).collect();
                for detail in [Detail::GivenName, Detail::FamilyName, Detail::Phone] {
                    let Some(value) = text(&record, &detail) else { continue };
                    let open = self.entered.contains(&value) && !self.proved.contains(&value);
                    assert!(!open || marked.contains(&detail), "{name}: {detail} {value} lost its mark");
                    let theirs = self.entered.contains(&value);
                    assert!(theirs || !marked.contains(&detail), "{name}: {detail} {value} is marked");
                }
            }
        }
    }

    /// Once everybody has met: what was entered last and nobody has proved is what the record says.
    fn nothing_is_lost(&self, house: &House) {
        let desk = &house.stores[THE_DESK];
        let mut last: BTreeMap<PatientId, &(u32, String)> = BTreeMap::new();
        for (id, entry) in &self.last {
            let Some(record) = desk.patient(*id).unwrap() else { panic!("{id} is gone") };
            let latest = last.entry(record.id).or_insert(entry);
            if latest.0 < entry.0 {
                *latest = entry;
            }
        }
        for (id, (_, phone)) in last {
            let record = desk.patient(id).unwrap().unwrap();
            if !self.proved.contains(phone) {
                assert_eq!(record.phone.as_ref(), Some(phone), "what was entered last is lost");
            }
        }
        for store in &house.stores[..THE_DESK] {
            for id in &self.ids {
                let record = |store: &Store| {
                    let mut record = store.patient(*id).unwrap().unwrap();
                    // What was confirmed of a value that has lost against a later one is of no importance.
                    record.further.confirmed.clear();
                    record
                };
                assert_eq!(
                    serde_json::to_value(record(store)).unwrap(),
                    serde_json::to_value(record(desk)).unwrap(),
                    "the stores differ"
                );
            }
        }
    }
}

fn text(record: &Patient, detail: &Detail) -> Option<String> {
    match record.get(detail)? {
        DetailValue::GivenName(text) | DetailValue::FamilyName(text) | DetailValue::Phone(text) => Some(text),
        _ => None,
    }
}

fn happen(house: &mut House, known: &mut Known, what: &Happening) {
    let count = house.next();
    match what {
        Happening::Register(kiosk) => {
            let (given, family, phone) = (format!("G{count}"), format!("F{count}"), format!("P{count}"));
            let new = patient(Source::Kiosk, &given, &family, Some(phone.clone()));
            known.ids.push(new.id);
            known.last.insert(new.id, (count, phone.clone()));
            known.entered.extend([given, family, phone]);
            house.registers(*kiosk, new);
        }
        Happening::Correct(kiosk, who) => {
            let Some(id) = known.id(*who) else { return };
            if house.stores[*kiosk].patient(id).unwrap().is_some() {
                let phone = format!("P{count}");
                known.entered.insert(phone.clone());
                known.last.insert(id, (count, phone.clone()));
                let (today, now) = (house.now.date_naive(), house.now);
                let entered = vec![DetailValue::Phone(phone)];
                house.stores[*kiosk].details_said(id, vec![], entered, (today, now)).unwrap();
            }
        }
        Happening::Import(who, with_phone) => {
            // A record that is there, or one that is new.
            let phone = with_phone.then(|| format!("I{count}"));
            let mut record = patient(Source::Imported, &format!("IG{count}"), &format!("IF{count}"), phone);
            match known.id(*who).filter(|_| !count.is_multiple_of(3)) {
                Some(id) => record.id = id,
                None => known.ids.push(record.id),
            }
            let (now, desk) = (house.now, &mut house.stores[THE_DESK]);
            desk.take_over(std::slice::from_ref(&record), &[], now).unwrap();
            let again = desk.take_over(&[record], &[], now).unwrap();
            assert_eq!(again.patients, 0, "the same import brings nothing new");
        }
        Happening::Prove(who) => {
            let Some(id) = known.id(*who) else { return };
            let Some(record) = house.stores[THE_DESK].patient(id).unwrap() else { return };
            // Of the telephone number alone, or of everything.
            let unproved =
                record.unproved().filter(|(detail, _)| count.is_multiple_of(2) || **detail == Detail::Phone);
            let entries: Vec<_> = unproved.map(|(detail, mark)| (detail.clone(), mark.entry)).collect();
            known.proved.extend(entries.iter().filter_map(|(detail, _)| text(&record, detail)));
            let (document, by) = ("passport".to_string(), "Elena".to_string());
            house.at_the_desk(FactKind::DetailsProved { patient: id, entries, document, by });
        }
        Happening::Merge(keep, merge) => {
            let (Some(keep), Some(merge)) = (known.id(*keep), known.id(*merge)) else { return };
            // Staff see both records, or they cannot say that they are one person's.
            let here = |id| house.stores[THE_DESK].patient(id).unwrap().is_some();
            if here(keep) && here(merge) {
                house.at_the_desk(FactKind::PatientsMerged { keep, merge, by: "Elena".into() });
            }
        }
        Happening::Meet(kiosk) => house.meet(*kiosk),
        Happening::Restart(place) => house.restart(*place),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_interleaving_loses_a_mark_that_was_not_proved(all in prop::collection::vec(happening(), 1..40)) {
        let (mut house, mut known) = (House::new(), Known::default());
        for what in &all {
            happen(&mut house, &mut known, what);
            known.holds(&house);
        }
        house.everybody_meets();
        known.holds(&house);
        known.nothing_is_lost(&house);
    }
}

#[test]
fn who_registers_again_is_checked_in_and_the_desk_is_asked_about_both_records() {
    let mut house = House::new();
    let known = patient(Source::Imported, "María", "García López", None);
    house.stores[0].take_over(std::slice::from_ref(&known), &[], house.now).unwrap();
    let new = patient(Source::Kiosk, "Maria", "Garcia Lpoez", None);
    house.registers(0, new.clone());
    let asked = house.duplicates_asked(0);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].request.patients, [new.id, known.id]);
    let ticket = asked[0].request.ticket.unwrap();
    assert_eq!(house.stores[0].holder_of(ticket).unwrap().unwrap().id, new.id, "the patient has a ticket");
    // The desk has heard of it from the kiosk, and asks no second time.
    house.everybody_meets();
    assert_eq!(house.duplicates_asked(THE_DESK).len(), 1);
}

#[test]
fn two_kiosks_that_were_cut_off_register_one_person_and_the_desk_notices() {
    let mut house = House::new();
    let [one, other] = [0, 1].map(|_| patient(Source::Kiosk, "Ali", "Hassan", None));
    house.registers(0, one.clone());
    house.registers(1, other.clone());
    house.meet(0);
    assert!(house.duplicates_asked(THE_DESK).is_empty());
    // The desk stops right after it has applied the second, before anybody was asked.
    let delivery = house.stores[1].undelivered(10).unwrap().unwrap();
    house.stores[THE_DESK].receive(&delivery).unwrap();
    house.restart(THE_DESK);
    house.everybody_meets();
    let asked = house.duplicates_asked(THE_DESK);
    assert_eq!(asked.len(), 1, "once, however often they meet");
    assert_eq!(BTreeSet::from_iter(&asked[0].request.patients), BTreeSet::from([&one.id, &other.id]));
    assert_eq!(asked[0].state, RequestState::Open);
    // Two people: nobody is asked again, whatever comes.
    house.at_the_desk(FactKind::PatientsKeptApart { one: other.id, other: one.id, by: "Elena".into() });
    let (today, now) = (house.now.date_naive(), house.now);
    let phone = vec![DetailValue::Phone("+34600111222".into())];
    house.stores[0].details_said(one.id, vec![], phone, (today, now)).unwrap();
    house.everybody_meets();
    assert_eq!(house.duplicates_asked(THE_DESK).len(), 1);
}

#[test]
fn everything_of_a_merged_record_follows_and_it_is_never_found_again() {
    let mut house = House::new();
    let mut old = patient(Source::Imported, "María", "García López", Some("600 000 000".into()));
    old.number = Some("100017".into());
    let new = patient(Source::Kiosk, "Maria", "Garcia Lopez", Some("+34600111222".into()));
    house.stores[THE_DESK].take_over(std::slice::from_ref(&old), &[], house.now).unwrap();
    house.everybody_meets();
    house.registers(0, new.clone());
    house.everybody_meets();
    house.at_the_desk(FactKind::PatientsMerged { keep: new.id, merge: old.id, by: "Elena".into() });
    // A night later the other system still has the record that is gone.
    let again = house.stores[THE_DESK].take_over(std::slice::from_ref(&old), &[], house.now).unwrap();
    assert_eq!(again.patients, 0);
    house.everybody_meets();
    for store in &house.stores {
        let born = store.patients_born_on(old.date_of_birth).unwrap();
        assert_eq!(born.iter().map(|patient| patient.id).collect::<Vec<_>>(), [new.id]);
        // Its letter and its id lead to the one that was kept.
        assert_eq!(store.patients_numbered("100017").unwrap()[0].id, new.id);
        assert_eq!(store.patient(old.id).unwrap().unwrap().id, new.id);
        assert_eq!(born[0].number.as_deref(), Some("100017"));
    }
    let arrivals = house.stores[THE_DESK].arrivals(house.now.date_naive()).unwrap();
    assert_eq!(arrivals[0].patient.as_ref().unwrap().id, new.id);
    // What arrives late for the one that is gone goes to the other.
    let (today, now) = (house.now.date_naive(), house.now + TimeDelta::hours(1));
    let phone = vec![DetailValue::Phone("+34600999999".into())];
    house.stores[1].details_said(old.id, vec![], phone, (today, now)).unwrap();
    house.everybody_meets();
    let record = house.stores[THE_DESK].patient(new.id).unwrap().unwrap();
    assert_eq!(record.phone.as_deref(), Some("+34600999999"));
    assert!(record.unproved().any(|(detail, _)| *detail == Detail::Phone));
}
