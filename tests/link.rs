//! The link must lose nothing and double nothing, whatever the network, the power and the disks do.
//!
//! Two kiosks and a desk on real files; between them a channel that loses, doubles, delays and reorders
//! what travels, stores that are closed and opened again at any moment, and disks that fail: a kiosk that
//! begins with a new store, a kiosk or the desk that is put back from a backup. The seed of a failure is in
//! its message; `VESTIBULE_SEED=… cargo test --test link` plays it again, `VESTIBULE_PLAYS=…` plays longer.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[allow(dead_code, reason = "each test program uses its part of this")]
#[path = "support/chance.rs"]
mod chance;

use chance::Chance;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;
use vestibule::clinic::routines::WordsAsked;
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::request::{OwnWords, Request, RequestId, RequestReason, RequestState};
use vestibule::front_desk::ticket::{NewVisit, TicketId};
use vestibule::front_desk::urgency::Urgency;
use vestibule::kiosk::session::{self, Effect, Event, Moment, Session, Touch};
use vestibule::link::answer::{self, Settled};
use vestibule::link::fact::{Acknowledgement, Cursor, DESK, Fact, FactKind};
use vestibule::store::Store;

const KIOSKS: [&str; 2] = ["lobby", "garden"];
const SERVICES: [&str; 3] = ["general", "blood", "children"];

fn example() -> Clinic {
    clinic::read_text("clinic.toml", include_str!("../src/clinic/example.toml")).unwrap()
}

fn walk_in(service: &str) -> NewVisit {
    NewVisit {
        registration: None,
        patient: PatientId(Uuid::now_v7()),
        appointment: None,
        reason: None,
        service: service.into(),
        language: "en".into(),
        companion: None,
        acting: None,
        noted: Vec::new(),
        consent: None,
        forms: Vec::new(),
    }
}

fn trouble(words: &str) -> FactKind {
    FactKind::DeviceReported { device: "printer".into(), trouble: words.into() }
}

/// What befalls disks in one play.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Disaster {
    None,
    /// A kiosk's store is damaged and set aside; it begins with a new one.
    KioskReplaced,
    /// A kiosk's store is put back from a backup.
    KioskRestored,
    /// The desk's store is put back from a backup.
    DeskRestored,
    /// All of them.
    All,
}

/// What travels, as bytes: the wire format is part of what is tested. An answer goes to the program that
/// asked; if that has another store by then, it is gone.
#[derive(Clone)]
enum Message {
    Delivery { kiosk: usize, life: u32, body: Vec<u8> },
    Acknowledged { kiosk: usize, life: u32, delivery: Vec<u8>, body: Vec<u8> },
    FeedAsked { kiosk: usize, life: u32, store: Uuid, cursor: Cursor },
    Fed { kiosk: usize, life: u32, body: Vec<u8> },
}

struct Place {
    path: PathBuf,
    origin: &'static str,
    store: Option<Store>,
    /// Grows with every other store.
    life: u32,
    /// What `follow` reported as new since this store was made.
    reported: Vec<Uuid>,
    /// What had been reported when the backup was made, if there is one.
    backup: Option<Vec<Uuid>>,
}

impl Place {
    fn store(&mut self) -> &mut Store {
        let (path, origin) = (&self.path, self.origin);
        self.store.get_or_insert_with(|| Store::open(path, origin).unwrap())
    }

    /// The power goes: nothing but the file remains.
    fn restart(&mut self) {
        self.store = None;
    }

    fn backup_path(&self) -> PathBuf {
        self.path.with_extension("backup")
    }

    fn back_up(&mut self) {
        self.store();
        self.restart();
        std::fs::copy(&self.path, self.backup_path()).unwrap();
        self.backup = Some(self.reported.clone());
    }

    fn restore(&mut self) -> bool {
        let Some(reported) = self.backup.clone() else { return false };
        self.restart();
        std::fs::copy(self.backup_path(), &self.path).unwrap();
        self.reported = reported;
        self.life += 1;
        true
    }

    fn replace(&mut self) {
        self.store();
        self.restart();
        std::fs::remove_file(&self.path).unwrap();
        self.reported.clear();
        self.backup = None;
        self.life += 1;
    }
}

struct World {
    chance: Chance,
    clinic: Clinic,
    disaster: Disaster,
    disasters: u32,
    kiosks: Vec<Place>,
    desk: Place,
    /// What the network holds; a message leaves it at a random moment.
    travelling: Vec<Message>,
    lossy: bool,
    now: DateTime<Utc>,
    raised: Vec<RequestId>,
    /// What was raised because of words that tell of danger.
    alarms: Vec<Request>,
    /// Every number that was on a ticket.
    numbers: HashSet<(NaiveDate, String)>,
    /// Facts that a kiosk was told are at the desk.
    confirmed: HashSet<Uuid>,
}

impl World {
    fn new(seed: u64, disaster: Disaster, folder: &Path) -> Self {
        let place = |origin: &'static str| Place {
            path: folder.join(origin),
            origin,
            store: None,
            life: 0,
            reported: Vec::new(),
            backup: None,
        };
        Self {
            chance: Chance(seed),
            clinic: example(),
            disaster,
            disasters: 0,
            kiosks: KIOSKS.map(place).into(),
            desk: place(DESK),
            travelling: Vec::new(),
            lossy: true,
            now: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
            raised: Vec::new(),
            alarms: Vec::new(),
            numbers: HashSet::new(),
            confirmed: HashSet::new(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.chance.below(end as u64) as usize
    }

    fn may_befall(&self, disaster: Disaster) -> bool {
        self.disaster == disaster || self.disaster == Disaster::All
    }

    fn send(&mut self, message: Message) {
        if self.lossy && self.chance.percent(25) {
            return;
        }
        if self.lossy && self.chance.percent(20) {
            self.travelling.push(message.clone());
        }
        self.travelling.push(message);
    }

    fn step(&mut self) {
        self.now += TimeDelta::seconds(20);
        let kiosk = self.below(KIOSKS.len());
        match self.below(22) {
            0..2 => self.something_happens_at(kiosk),
            21 => self.somebody_types_of_danger_at(kiosk),
            2 => self.somebody_checks_in_at(kiosk),
            3 => self.something_happens_at_the_desk(),
            4..8 => self.try_to_deliver(kiosk),
            8..11 => self.ask_the_feed(kiosk),
            11 if self.chance.percent(30) => match self.below(KIOSKS.len() + 1) {
                0 => self.desk.restart(),
                kiosk => self.kiosks[kiosk - 1].restart(),
            },
            12 if self.disaster != Disaster::None && self.chance.percent(60) => self.a_disk_fails(kiosk),
            _ => self.something_arrives(),
        }
    }

    fn a_disk_fails(&mut self, kiosk: usize) {
        let befallen = match self.below(5) {
            0 | 1 if self.may_befall(Disaster::KioskReplaced) => {
                // Somebody has to come and put in another disk.
                self.now += TimeDelta::hours(1);
                self.kiosks[kiosk].replace();
                true
            }
            2 if self.may_befall(Disaster::KioskRestored) => self.kiosks[kiosk].restore(),
            3 if self.may_befall(Disaster::DeskRestored) => self.desk.restore(),
            _ => {
                self.kiosks[kiosk].back_up();
                self.desk.back_up();
                false
            }
        };
        self.disasters += u32::from(befallen);
    }

    fn something_happens_at(&mut self, kiosk: usize) {
        let kinds = (0..=self.below(3))
            .map(|_| {
                let id = RequestId(Uuid::now_v7());
                self.raised.push(id);
                FactKind::RequestRaised {
                    request: Request {
                        id,
                        reason: RequestReason::Help,
                        category: None,
                        subject: None,
                        urgency: Urgency::Routine,
                        red_flags: Vec::new(),
                        words: OwnWords::default(),
                        companion: None,
                        chain: Vec::new(),
                        case: None,
                        stopped_at: "welcome".into(),
                        patients: Vec::new(),
                        wish: None,
                        payment: None,
                        registration: None,
                        ticket: None,
                        language: "en".into(),
                        kiosk: KIOSKS[kiosk].into(),
                        raised_at: self.now,
                        acknowledge_by: self.now + TimeDelta::minutes(3),
                    },
                }
            })
            .collect();
        self.kiosks[kiosk].store().commit(kinds, self.now).unwrap();
    }

    /// Words of danger, written somewhere in a session that goes on or breaks off in any way. However it ends, the
    /// alarm is on the disk before the power can go.
    fn somebody_types_of_danger_at(&mut self, kiosk: usize) {
        let clinic = self.clinic.clone();
        let place = session::Place { clinic: &clinic, kiosk: KIOSKS[kiosk] };
        let mut at = Duration::from_secs(1);
        let mut visitor = Session::new(Moment { now: self.now, at, id: Uuid::now_v7() });
        let mut raised = Vec::new();
        let now = self.now;
        let mut happens = |event: Event, after: Duration| {
            at += after;
            let moment = Moment { now, at, id: Uuid::now_v7() };
            let (next, effects) = session::step(visitor.clone(), event, place, moment);
            visitor = next;
            raised.extend(effects.into_iter().filter_map(|effect| match effect {
                Effect::Raise(request) => Some(*request),
                _ => None,
            }));
        };
        let (calm, quick) = (Duration::from_secs(1), Duration::from_millis(40));
        let categories = clinic.routines.categories.iter().enumerate();
        let writable: Vec<usize> =
            categories.filter(|(_, c)| c.words != WordsAsked::None).map(|(position, _)| position).collect();
        if self.chance.percent(50) {
            happens(Event::Touched(Touch::HaveAppointment), calm);
        }
        happens(Event::Touched(Touch::NeedHelp), calm);
        happens(Event::Touched(Touch::Choice(writable[self.below(writable.len())])), calm);
        for character in "My husband has chest pain".chars() {
            happens(Event::Typed(character), quick);
        }
        let end: &[Touch] = match self.below(6) {
            0 => &[Touch::Next],
            1 => &[Touch::Back],
            2 => &[Touch::StartOver, Touch::Finish],
            3 => &[Touch::NeedHelp, Touch::CallPerson],
            4 => &[Touch::NeedHelp, Touch::Back],
            // Simply goes away, or falls.
            _ => &[],
        };
        for touch in end {
            happens(Event::Touched(*touch), calm);
        }
        for _ in 0..20 {
            happens(Event::Ticked, Duration::from_secs(10));
        }
        let alarms: Vec<Request> =
            raised.iter().filter(|request| request.urgency == Urgency::Emergency).cloned().collect();
        assert!(
            alarms.iter().any(
                |alarm| alarm.red_flags.contains(&"chest-pain".into()) && alarm.words.0.contains("chest")
            ),
            "nothing was raised by {end:?}: {raised:?}"
        );
        for request in raised {
            self.kiosks[kiosk].store().raise(request, self.now).unwrap();
            if self.chance.percent(30) {
                self.kiosks[kiosk].restart();
            }
        }
        self.raised.extend(alarms.iter().map(|alarm| alarm.id));
        self.alarms.extend(alarms);
    }

    /// Every alarm is at the desk as it was raised; and if nobody answers, it is the last one's turn in the end and
    /// visibly late.
    fn check_alarms(&mut self) {
        let alarms = std::mem::take(&mut self.alarms);
        for alarm in &alarms {
            let row = self.desk.store().request(alarm.id).unwrap().expect("the alarm is at the desk");
            assert_eq!(row.request, *alarm);
        }
        let mut now = alarms.iter().map(|alarm| alarm.raised_at).min().unwrap_or(self.now);
        let end =
            alarms.iter().flat_map(|alarm| &alarm.chain).map(|rung| rung.answer_by).max().unwrap_or(now);
        while now <= end {
            now += TimeDelta::seconds(10);
            self.desk.store().escalate_overdue(now).unwrap();
            if self.chance.percent(1) {
                self.desk.restart();
            }
            for alarm in alarms.iter().filter(|alarm| alarm.raised_at <= now) {
                let row = self.desk.store().request(alarm.id).unwrap().unwrap();
                let turn = row.chain.iter().position(|rung| rung.answer_by > now);
                if row.state == RequestState::Open {
                    assert_eq!(row.rung, turn.unwrap_or(row.chain.len() - 1), "whose turn it is");
                    assert_eq!(row.escalated, now >= row.chain[0].answer_by);
                }
            }
        }
        for alarm in &alarms {
            let row = self.desk.store().request(alarm.id).unwrap().unwrap();
            let person = row.chain.last().and_then(|rung| rung.person.as_deref());
            assert!(person.is_some(), "no person stands at the end");
            match row.state {
                RequestState::Open => assert!(row.escalated && row.rung == row.chain.len() - 1),
                RequestState::Acknowledged { by } | RequestState::Resolved { by, .. } => {
                    assert_eq!(by, "Maria")
                }
            }
        }
    }

    fn somebody_checks_in_at(&mut self, kiosk: usize) {
        let visit = walk_in(SERVICES[self.below(SERVICES.len())]);
        let series = (kiosk + 1).to_string();
        let ticket = self.kiosks[kiosk].store().check_in(&self.clinic, &series, &visit, self.now).unwrap();
        let new = self.numbers.insert((ticket.day, ticket.number.to_string()));
        // Put back from a backup, a store does not know what it gave out since; nor does a desk know it that
        // was itself put back. Everything else is held to this.
        if !self.may_befall(Disaster::KioskRestored) {
            assert!(new, "the number {} was given twice", ticket.number);
        }
    }

    fn something_happens_at_the_desk(&mut self) {
        if self.raised.is_empty() {
            return;
        }
        // Whether the desk knows of it yet or not: a fact about it must travel all the same.
        let which = self.below(self.raised.len());
        let request = self.raised[which];
        let kind = FactKind::RequestAcknowledged { request, by: "Maria".into() };
        self.desk.store().commit(vec![kind], self.now).unwrap();
    }

    fn try_to_deliver(&mut self, kiosk: usize) {
        if let Some(delivery) = answer::next_delivery(self.kiosks[kiosk].store()).unwrap() {
            let (life, body) = (self.kiosks[kiosk].life, serde_json::to_vec(&delivery).unwrap());
            self.send(Message::Delivery { kiosk, life, body });
        }
    }

    fn ask_the_feed(&mut self, kiosk: usize) {
        let asks = self.kiosks[kiosk].store();
        let (store, cursor) = (asks.identity(), asks.cursor().unwrap());
        self.send(Message::FeedAsked { kiosk, life: self.kiosks[kiosk].life, store, cursor });
    }

    fn something_arrives(&mut self) {
        if self.travelling.is_empty() {
            return;
        }
        let which = self.below(self.travelling.len());
        match self.travelling.swap_remove(which) {
            Message::Delivery { kiosk, life, body: delivery } => {
                let answered = self.desk.store().receive(&serde_json::from_slice(&delivery).unwrap());
                let body = serde_json::to_vec(&answered.unwrap()).unwrap();
                self.send(Message::Acknowledged { kiosk, life, delivery, body });
            }
            Message::Acknowledged { kiosk, life, delivery, body } if life == self.kiosks[kiosk].life => {
                let acknowledgement = answer::read_acknowledgement(200, &body).unwrap();
                let delivery = serde_json::from_slice(&delivery).unwrap();
                // An answer that another overtook may say "nothing taken"; it must change nothing.
                if let Ok(Settled::Delivered(facts)) =
                    answer::settle(self.kiosks[kiosk].store(), &delivery, acknowledgement)
                {
                    self.confirmed.extend(facts);
                }
            }
            Message::FeedAsked { kiosk, life, store, cursor } => {
                let at_most = 1 + self.below(5);
                let feed = self.desk.store().feed(KIOSKS[kiosk], store, cursor, at_most).unwrap();
                self.send(Message::Fed { kiosk, life, body: serde_json::to_vec(&feed).unwrap() });
            }
            Message::Fed { kiosk, life, body } if life == self.kiosks[kiosk].life => {
                let feed = answer::read_feed(200, &body).unwrap();
                let followed = answer::follow(self.kiosks[kiosk].store(), &feed).unwrap();
                self.kiosks[kiosk].reported.extend(followed.fresh.iter().map(|fact| fact.id));
                self.confirmed.extend(followed.confirmed);
            }
            Message::Acknowledged { .. } | Message::Fed { .. } => {}
        }
    }

    /// The network heals and everybody stays on: from here on nothing may hinder the last fact.
    fn heal(&mut self) {
        self.lossy = false;
        for _ in 0..10_000 {
            for kiosk in 0..KIOSKS.len() {
                self.try_to_deliver(kiosk);
                self.ask_the_feed(kiosk);
            }
            while !self.travelling.is_empty() {
                self.something_arrives();
            }
            let done = self.kiosks.iter_mut().enumerate().all(|(index, kiosk)| {
                let store = kiosk.store();
                let cursor = store.cursor().unwrap();
                let rest = self.desk.store().feed(KIOSKS[index], store.identity(), cursor, 1).unwrap();
                let own = store.facts_of(KIOSKS[index]).unwrap().len() as u64;
                store.undelivered_count().unwrap() == 0
                    && rest.facts.is_empty()
                    && rest.after == cursor.position
                    && rest.applied_through == own
            });
            if done {
                return;
            }
        }
        panic!("the two ends never came to rest");
    }

    fn check(&mut self) {
        let in_order = |facts: &[Fact]| facts.iter().map(|fact| fact.seq).eq(1..=facts.len() as u64);
        let desk_lost = self.may_befall(Disaster::DeskRestored);
        let mut at_the_desk = HashSet::new();
        for index in 0..KIOSKS.len() {
            let own = self.kiosks[index].store().facts_of(KIOSKS[index]).unwrap();
            assert!(in_order(&own), "the facts of {} have gaps", KIOSKS[index]);
            assert_eq!(self.desk.store().facts_of(KIOSKS[index]).unwrap(), own, "what the desk has");
            at_the_desk.extend(own.iter().map(|fact| fact.id));
            assert_eq!(at(self.kiosks[index].store(), index), at(self.desk.store(), index), "tickets");

            let mut expected = Vec::new();
            for origin in [DESK, KIOSKS[1 - index]] {
                let at_desk = self.desk.store().facts_of(origin).unwrap();
                assert!(in_order(&at_desk), "the desk's facts of {origin} have gaps");
                let mut here = self.kiosks[index].store().facts_of(origin).unwrap();
                if desk_lost {
                    // The kiosk may have heard of more than the desk remembers.
                    here.truncate(at_desk.len());
                }
                assert_eq!(here, at_desk, "what {} has of {origin}", KIOSKS[index]);
                expected.extend(at_desk.iter().map(|fact| fact.id));
            }
            let reported = std::mem::take(&mut self.kiosks[index].reported);
            let distinct: HashSet<_> = reported.iter().copied().collect();
            assert_eq!(distinct.len(), reported.len(), "reported twice at {}", KIOSKS[index]);
            assert!(expected.iter().all(|id| distinct.contains(id)), "not reported at {}", KIOSKS[index]);
            assert!(desk_lost || distinct.len() == expected.len(), "reported at {}", KIOSKS[index]);
        }
        if !desk_lost {
            assert!(self.confirmed.is_subset(&at_the_desk), "confirmed, and not at the desk");
        }
    }
}

/// The tickets of a kiosk that a store has, all days.
fn at(store: &Store, kiosk: usize) -> Vec<(String, TicketId)> {
    let first = DateTime::from_timestamp(1_795_000_000, 0).unwrap().date_naive();
    let days = first.pred_opt().unwrap().iter_days().take(30);
    let mut tickets: Vec<_> = days
        .flat_map(|day| store.arrivals(day).unwrap())
        .filter(|row| row.kiosk == KIOSKS[kiosk])
        .map(|row| (row.ticket.number.to_string(), row.ticket.id))
        .collect();
    tickets.sort_unstable();
    tickets
}

/// Answers how many disks failed.
fn play(seed: u64, disaster: Disaster) -> u32 {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new(seed, disaster, folder.path());
    for _ in 0..250 {
        world.step();
    }
    world.heal();
    world.check();
    // A disk that is lost takes with it what had not left it yet; everything else is held to this.
    if disaster == Disaster::None {
        world.check_alarms();
    }
    world.disasters
}

fn play_all(disaster: Disaster, plays: u64) {
    let seeds: Vec<u64> = match std::env::var("VESTIBULE_SEED") {
        Ok(seed) => vec![seed.parse().expect("VESTIBULE_SEED is a number")],
        Err(_) => {
            let first = u64::from_le_bytes(Uuid::now_v7().into_bytes()[8..].try_into().unwrap());
            let plays = std::env::var("VESTIBULE_PLAYS").map_or(plays, |plays| plays.parse().unwrap());
            (0..plays).map(|n| first.wrapping_add(n)).collect()
        }
    };
    let mut disasters = 0;
    for seed in &seeds {
        match std::panic::catch_unwind(|| play(*seed, disaster)) {
            Ok(befallen) => disasters += befallen,
            Err(failure) => {
                eprintln!("play it again with VESTIBULE_SEED={seed}");
                std::panic::resume_unwind(failure);
            }
        }
    }
    println!("{} plays, {disasters} disks failed ({disaster:?})", seeds.len());
    assert!(disaster == Disaster::None || seeds.len() == 1 || disasters > 0, "nothing was tried");
}

#[test]
fn every_fact_arrives_once_and_in_order_whatever_the_network_does() {
    play_all(Disaster::None, 8);
}

#[test]
fn a_kiosk_that_begins_with_a_new_store_loses_nothing_and_gives_no_number_twice() {
    play_all(Disaster::KioskReplaced, 10);
}

#[test]
fn a_kiosk_put_back_from_a_backup_loses_nothing() {
    play_all(Disaster::KioskRestored, 8);
}

#[test]
fn a_desk_put_back_from_a_backup_is_sent_what_it_lost() {
    play_all(Disaster::DeskRestored, 8);
}

#[test]
fn disks_that_fail_everywhere_leave_ends_that_agree() {
    play_all(Disaster::All, 8);
}

/// One delivery and its answer, without a network.
fn deliver(kiosk: &mut Store, desk: &mut Store) -> Option<Settled> {
    let delivery = answer::next_delivery(kiosk).unwrap()?;
    let answered = desk.receive(&delivery).unwrap();
    Some(answer::settle(kiosk, &delivery, answered).unwrap())
}

/// The desk's log to its end.
fn follow(kiosk: &mut Store, desk: &mut Store) -> Vec<Fact> {
    let mut fresh = Vec::new();
    loop {
        let feed = desk.feed(kiosk.origin(), kiosk.identity(), kiosk.cursor().unwrap(), 3).unwrap();
        let more = feed.more;
        fresh.extend(answer::follow(kiosk, &feed).unwrap().fresh);
        if !more {
            return fresh;
        }
    }
}

#[test]
fn a_new_store_takes_the_place_of_a_damaged_one() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| Store::open(&folder.path().join(name), "lobby").unwrap();
    let (mut clinic, mut desk) = (example(), Store::in_memory(DESK).unwrap());
    // A check-in is one fact, without the fee that it brings.
    clinic.routines.payments = None;
    let morning: DateTime<Utc> = "2026-11-24T08:10:00Z".parse().unwrap();
    let later = morning + TimeDelta::minutes(30);

    let mut first = open("first");
    assert_ne!(first.identity(), open("second").identity());
    assert_eq!(first.identity(), open("first").identity());
    follow(&mut first, &mut desk);
    let number = |store: &mut Store, service: &str, now| {
        store.check_in(&clinic, "1", &walk_in(service), now).unwrap().number.to_string()
    };
    let given: Vec<String> = (0..4).map(|_| number(&mut first, "general", morning)).collect();
    assert_eq!(given, ["C101", "C102", "C103", "C104"]);
    assert!(matches!(deliver(&mut first, &mut desk), Some(Settled::Delivered(facts)) if facts.len() == 4));
    assert_eq!(number(&mut first, "general", morning), "C105", "never reaches the desk");
    let ticket = desk.arrivals(morning.date_naive()).unwrap()[0].ticket.id;
    let asked = FactKind::ReprintAsked { ticket, kiosk: "lobby".into(), by: "Maria".into() };
    desk.commit(vec![asked], morning).unwrap();
    follow(&mut first, &mut desk);
    drop(first);

    // At 9:40 in Madrid the new store gives numbers before it has heard of the desk.
    let mut second = open("second");
    assert_eq!(number(&mut second, "general", later), "C1581");
    second.commit(vec![trouble("no paper")], later).unwrap();
    assert_eq!(deliver(&mut second, &mut desk), Some(Settled::FollowFirst));
    assert_eq!(desk.facts_of("lobby").unwrap().len(), 4, "nothing was taken or passed over");

    follow(&mut second, &mut desk);
    let numbered: Vec<(u64, bool)> = second
        .facts_of("lobby")
        .unwrap()
        .iter()
        .map(|fact| (fact.seq, matches!(fact.kind, FactKind::CheckedIn { .. })))
        .collect();
    assert_eq!(numbered, [(1, true), (2, true), (3, true), (4, true), (5, true), (6, false)]);
    assert_eq!(second.undelivered_count().unwrap(), 2);
    assert!(matches!(deliver(&mut second, &mut desk), Some(Settled::Delivered(facts)) if facts.len() == 2));
    assert_eq!(desk.facts_of("lobby").unwrap(), second.facts_of("lobby").unwrap());
    assert_eq!(second.arrivals(morning.date_naive()).unwrap().len(), 5, "visits and tickets are back");
    assert_eq!(number(&mut second, "general", later), "C1582");
    assert_eq!(number(&mut second, "blood", later), "B1581", "the first store may have given B101");
    let next_day = later + TimeDelta::days(1);
    assert_eq!(number(&mut second, "general", next_day), "C101");
    let jobs: Vec<_> = std::iter::from_fn(|| second.start_print_job().unwrap()).collect();
    assert!(jobs.iter().all(|job| !job.copy), "a copy asked of the first store is not printed by the second");
}

#[test]
fn a_store_put_back_from_a_backup_gives_no_number_that_the_desk_knows() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (folder.path().join("kiosk.db"), folder.path().join("backup"));
    let open = || Store::open(&path, "lobby").unwrap();
    let (clinic, mut desk) = (example(), Store::in_memory(DESK).unwrap());
    let now = Utc::now();
    let check_in =
        |kiosk: &mut Store| kiosk.check_in(&clinic, "1", &walk_in("blood"), now).unwrap().number.to_string();
    let mut kiosk = open();
    follow(&mut kiosk, &mut desk);
    assert_eq!(check_in(&mut kiosk), "B101");
    drop(kiosk);
    std::fs::copy(&path, &backup).unwrap();
    let mut kiosk = open();
    assert_eq!([check_in(&mut kiosk), check_in(&mut kiosk)], ["B102", "B103"]);
    deliver(&mut kiosk, &mut desk);
    drop(kiosk);

    std::fs::copy(&backup, &path).unwrap();
    let mut kiosk = open();
    kiosk.commit(vec![trouble("the cutter is stuck")], now).unwrap();
    assert_eq!(deliver(&mut kiosk, &mut desk), Some(Settled::FollowFirst));
    follow(&mut kiosk, &mut desk);
    assert_eq!(check_in(&mut kiosk), "B104");
    deliver(&mut kiosk, &mut desk);
    assert_eq!(desk.facts_of("lobby").unwrap(), kiosk.facts_of("lobby").unwrap());
    assert_eq!(desk.facts_of("lobby").unwrap().len(), 5);
}

#[test]
fn two_stores_with_one_name_and_a_desk_from_a_backup_still_lose_nothing() {
    let [mut one, mut other] = [(); 2].map(|()| Store::in_memory("lobby").unwrap());
    let (mut desk, mut restored) = (Store::in_memory(DESK).unwrap(), Store::in_memory(DESK).unwrap());
    let happens = |store: &mut Store, words: &str| store.commit(vec![trouble(words)], Utc::now()).unwrap();
    happens(&mut one, "first");
    restored.receive(&one.undelivered(1).unwrap().unwrap()).unwrap();
    happens(&mut one, "second");
    deliver(&mut one, &mut desk);
    // The desk is put back to where it knew the first fact only, and another machine takes the second place.
    follow(&mut other, &mut restored);
    happens(&mut other, "second, elsewhere");
    deliver(&mut other, &mut restored);
    happens(&mut one, "third");
    assert_eq!(deliver(&mut one, &mut restored), Some(Settled::FollowFirst));
    follow(&mut one, &mut restored);
    deliver(&mut one, &mut restored);
    let words = |store: &Store| -> Vec<String> {
        let facts = store.facts_of("lobby").unwrap();
        facts
            .into_iter()
            .map(|fact| match fact.kind {
                FactKind::DeviceReported { trouble, .. } => trouble,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    assert_eq!(words(&restored), ["first", "second, elsewhere", "second", "third"]);
    assert_eq!(words(&one), words(&restored));
}

#[test]
fn a_desk_restored_from_a_backup_is_sent_what_it_lost_before_anything_new_happens() {
    let mut kiosk = Store::in_memory("lobby").unwrap();
    let mut desk = Store::in_memory(DESK).unwrap();
    kiosk.commit(vec![trouble(""); 5], Utc::now()).unwrap();
    deliver(&mut kiosk, &mut desk);
    follow(&mut kiosk, &mut desk);
    assert_eq!(kiosk.undelivered_count().unwrap(), 0);

    let mut desk = Store::in_memory(DESK).unwrap();
    desk.commit(vec![trouble("told after the backup")], Utc::now()).unwrap();
    assert_eq!(follow(&mut kiosk, &mut desk).len(), 1);
    assert_eq!(kiosk.undelivered_count().unwrap(), 5);
    deliver(&mut kiosk, &mut desk);
    assert_eq!(desk.facts_of("lobby").unwrap(), kiosk.facts_of("lobby").unwrap());
    assert_eq!(kiosk.undelivered_count().unwrap(), 0);
}

#[test]
fn an_answer_beyond_what_was_sent_is_not_believed() {
    let mut kiosk = Store::in_memory("lobby").unwrap();
    kiosk.commit(vec![trouble(""); 7], Utc::now()).unwrap();
    let delivery = kiosk.undelivered(3).unwrap().unwrap();
    let beyond = answer::read_acknowledgement(200, b"{\"applied_through\": 18446744073709551615}").unwrap();
    assert_eq!(beyond, Acknowledgement::AppliedThrough(u64::MAX));
    assert!(matches!(
        answer::settle(&mut kiosk, &delivery, beyond).unwrap(),
        Settled::Delivered(facts) if facts.len() == 3
    ));
    assert_eq!(kiosk.undelivered_count().unwrap(), 4);
}
