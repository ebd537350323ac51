//! More than a year of a clinic in a minute: a desk and two kiosks as real files, with patients, appointments, requests,
//! payments in doubt, paper that did or did not come out, links that are cut for hours and weeks, machines that stop
//! between any two transactions, full disks, clocks that jump by minutes and by years, and each night the retention. It
//! goes over the year's end and both changes of the clocks in the clinic's zone.
//!
//! It plays one and the same year, so that what fails is a change's own fault; `VESTIBULE_SEED=… cargo test --test
//! simulated_year` plays another. The program's own identities are random, and so no year is quite the same twice.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "../support/chance.rs"]
mod chance;
mod world;

use chance::{Chance, seed};
use chrono::{DateTime, Days, TimeDelta, Utc};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule::front_desk::payment::{
    Means, Outcome, Payment, PaymentEnd, PaymentId, PaymentItem, Previous, Witness,
};
use vestibule::front_desk::queue::VisitEnd;
use vestibule::front_desk::request::{OwnWords, Request, RequestId, RequestReason};
use vestibule::front_desk::ticket::{NewVisit, PaperState};
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::{IntentKind, NewIntent};
use world::{Given, KIOSKS, Paying, World};

const DAYS: u64 = 420;
/// The seed where nobody asks for another.
const THE_YEAR: u64 = 401;
/// When everything that the clinic keeps has been kept for its time.
const SETTLED: u64 = 200;
/// What clocks that ran ahead may have taken too soon: two days for each night of such a time.
const TOO_SOON: u64 = 8;

impl World {
    /// Somebody comes to a kiosk.
    fn comes(&mut self) {
        let kiosk = self.chance.below(KIOSKS.len() as u64) as usize;
        let here = self.at_kiosk(kiosk);
        let is_new = self.chance.percent(2);
        let appointment = if self.chance.percent(40) { self.booked.pop() } else { None };
        let (patient, registration) = match &appointment {
            Some(appointment) => (appointment.patient, None),
            None if is_new => {
                let patient = self.somebody();
                (patient.id, Some(patient))
            }
            None => (self.patients[self.chance.below(self.patients.len() as u64) as usize].id, None),
        };
        let service = ["general", "blood", "children"][self.chance.below(3) as usize];
        let new = NewVisit {
            registration: registration.clone(),
            patient,
            appointment,
            reason: None,
            service: service.into(),
            language: "en".into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        let series = self.clinic.kiosks[0].series.parse::<usize>().unwrap() + kiosk;
        let clinic = Arc::clone(&self.clinic);
        let machine = &mut self.kiosks[kiosk];
        // Sent to the desk where the disk is full: nothing is kept by halves.
        let Some(ticket) = machine.try_to(|store| store.check_in(&clinic, &series.to_string(), &new, here))
        else {
            return;
        };
        let key = (ticket.day, ticket.number.to_string());
        let is_again = self.given.iter().any(|given| given.ticket == ticket.id.0);
        assert!(is_again || self.numbers.insert(key.clone()), "{key:?} was given twice");
        if is_again {
            return;
        }
        self.given.push(Given { ticket: ticket.id.0, day: ticket.day, at: self.now });
        if let Some(patient) = registration {
            self.patients.push(patient);
        }
        self.paper(kiosk);
        if self.chance.percent(25) {
            self.asks(kiosk);
        }
        let of = patient.0.as_u128() as usize % KIOSKS.len();
        if self.chance.percent(30) {
            self.pays(of, patient);
        }
        if self.chance.percent(50) {
            let ended = FactKind::SessionEnded {
                step: "done".into(),
                end: vestibule::front_desk::message::SessionEnd::Finished,
                spent: Vec::new(),
            };
            self.kiosks[kiosk].try_to(|store| store.commit(vec![ended], here));
        }
    }

    fn paper(&mut self, kiosk: usize) {
        let (here, now) = (self.at_kiosk(kiosk), self.now);
        let state = [PaperState::Printed, PaperState::Printed, PaperState::NotPrinted, PaperState::NotKnown]
            [self.chance.below(4) as usize];
        let stops = self.chance.percent(5);
        let machine = &mut self.kiosks[kiosk];
        while let Some(Some(job)) = machine.try_to(|store| store.start_print_job()) {
            if stops {
                return machine.restart(now);
            }
            machine.try_to(|store| store.end_print_job(&job, state, "", here));
        }
    }

    /// Somebody calls for a person.
    fn asks(&mut self, kiosk: usize) {
        let (here, id) = (self.at_kiosk(kiosk), RequestId(self.id()));
        let request = Request::noticed(id, RequestReason::Help, &self.clinic, KIOSKS[kiosk], here);
        if self.kiosks[kiosk].try_to(|store| store.raise(request, here)).is_some() {
            self.requests.insert(id, (self.now, false));
        }
    }

    /// Somebody pays all that is due with a card, at the kiosk where they always do.
    fn pays(&mut self, kiosk: usize, patient: vestibule::front_desk::patient::PatientId) {
        if self.kiosks[kiosk].cut_until > self.now {
            return;
        }
        self.talk(kiosk);
        let (here, now, name, id) = (self.at_kiosk(kiosk), self.now, KIOSKS[kiosk], PaymentId(self.id()));
        let account = self.kiosks[kiosk].store().account(patient).unwrap();
        let items: Vec<_> = account
            .payable()
            .map(|due| PaymentItem { charge: due.charge.id, minor: due.open.minor })
            .collect();
        let Some(amount) = account.total() else { return };
        let payment = Payment {
            id,
            patient,
            items: items.clone(),
            amount,
            means: Means::Card { terminal: name.into() },
            ticket: None,
            language: "en".into(),
            kiosk: name.into(),
        };
        let intent = NewIntent { id: id.0, kind: IntentKind::Payment, amount, previous: Previous::None };
        let clinic = Arc::clone(&self.clinic);
        let machine = &mut self.kiosks[kiosk];
        let begun = machine.try_to(|store| store.begin_payment(&payment, Some(intent), here));
        if !matches!(begun, Some(Ok(()))) {
            return;
        }
        // What the terminal does from here on is true whatever the kiosk comes to know of it.
        let truth = if self.chance.percent(80) { Outcome::Charged } else { Outcome::NotCharged };
        for PaymentItem { charge, minor } in items {
            let paying = Paying { charge: charge.0, minor, truth, is_settled: false, at: now };
            self.payments.entry(id).or_default().push(paying);
        }
        let said = match self.chance.below(10) {
            0 => {
                self.kiosks[kiosk].restart(now);
                Outcome::NotKnown
            }
            1 => Outcome::NotKnown,
            _ => truth,
        };
        let end = PaymentEnd::new(said, Witness::Terminal, "");
        self.kiosks[kiosk].try_to(|store| store.end_payment(&clinic, id, end, true, here));
        self.paper(kiosk);
    }

    /// What staff do in the time between: calling, answering, settling doubts.
    fn staff_work(&mut self) {
        let (clinic, at_desk, now) = (Arc::clone(&self.clinic), self.at_desk(), self.now);
        let today = at_desk.with_timezone(&clinic.zone).date_naive();
        let Some(waiting) = self.desk.try_to(|desk| desk.queue(today)) else { return };
        for entry in waiting {
            if matches!(entry.place, vestibule::front_desk::queue::Place::Ended(_)) || self.chance.percent(40)
            {
                continue;
            }
            let end = VisitEnd::Left { why: OwnWords("went".into()) };
            let _ = self.desk.try_to(|desk| desk.finish_visit(&clinic, entry.visit, end, "Maria", at_desk));
        }
        let open: Vec<_> = self.requests.iter().filter(|(_, (_, done))| !done).map(|(id, _)| *id).collect();
        for request in open {
            if self.chance.percent(70) || self.desk.store().request(request).unwrap().is_none() {
                continue;
            }
            let (by, note) = ("Maria".to_string(), "done".to_string());
            let facts = vec![
                FactKind::RequestAcknowledged { request, by: by.clone() },
                FactKind::RequestResolved { request, by, note },
            ];
            if self.desk.try_to(|desk| desk.commit(facts, at_desk)).is_some() {
                self.requests.insert(request, (now, true));
            }
        }
        for row in self.desk.store().unsettled_payments().unwrap() {
            let id = row.payment.id;
            let Some(paying) = self.payments.get(&id) else { panic!("{id:?} was never begun") };
            if self.chance.percent(60) {
                continue;
            }
            let end = PaymentEnd::new(paying[0].truth, Witness::Staff { by: "Maria".into() }, "looked");
            self.desk.try_to(|desk| desk.end_payment(&clinic, id, end, false, at_desk));
        }
    }

    /// Staff give up what was not paid for a month: what is owed stays for ever.
    fn give_up_what_is_owed(&mut self) {
        let (at_desk, long_ago) = (self.at_desk(), self.today().checked_sub_days(Days::new(30)).unwrap());
        let patients: Vec<_> = self.patients.iter().map(|patient| patient.id).collect();
        for patient in patients {
            let account = self.desk.store().account(patient).unwrap();
            let old =
                account.dues.iter().filter(|due| account.in_doubt.is_empty() && due.charge.day < long_ago);
            let facts: Vec<_> = old
                .map(|due| FactKind::ChargeWithdrawn {
                    charge: due.charge.id,
                    by: "Maria".into(),
                    why: OwnWords("given up".into()),
                })
                .collect();
            if !facts.is_empty() {
                self.desk.try_to(|desk| desk.commit(facts, at_desk));
            }
        }
    }

    /// What the programs do by themselves again and again.
    fn clockwork(&mut self) {
        let (clinic, at_desk) = (Arc::clone(&self.clinic), self.at_desk());
        self.desk.try_to(|desk| desk.end_days(&clinic, at_desk));
        let escalated = self.desk.try_to(|desk| desk.escalate_overdue(at_desk));
        self.escalated += escalated.map_or(0, |escalated| escalated.len() as u64);
        for kiosk in 0..KIOSKS.len() {
            let (here, clinic) = (self.at_kiosk(kiosk), Arc::clone(&self.clinic));
            let machine = &mut self.kiosks[kiosk];
            let abandoned = machine.store().abandoned_payments().unwrap();
            let open = machine.store().open_intent().unwrap();
            for id in abandoned.into_iter().chain(open.map(|intent| PaymentId(intent.id))) {
                // The terminal says in the end what it did.
                let Some(paying) = self.payments.get(&id) else { panic!("{id:?} was never begun") };
                let end = PaymentEnd::new(paying[0].truth, Witness::Terminal, "");
                machine.try_to(|store| store.end_payment(&clinic, id, end, false, here));
            }
        }
    }

    fn night(&mut self) {
        let clinic = Arc::clone(&self.clinic);
        let times = [self.at_kiosk(0), self.at_kiosk(1), self.at_desk()];
        let stops = self.chance.percent(5);
        let now = self.now;
        for (machine, here) in self.kiosks.iter_mut().chain([&mut self.desk]).zip(times) {
            let Some(Some(mut run)) = machine.try_to(|store| store.begin_retention(&clinic, here)) else {
                continue;
            };
            loop {
                let began = Instant::now();
                let more = machine.try_to(|store| store.retain(&mut run, here));
                machine.longest_batch = machine.longest_batch.max(began.elapsed());
                if more != Some(true) {
                    break;
                }
                if stops {
                    machine.restart(now);
                    break;
                }
            }
        }
    }

    /// Every file is whole, by what SQLite itself finds.
    fn whole(&self) {
        for origin in KIOSKS.into_iter().chain([DESK]) {
            let verdict: String =
                self.read(origin).query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(verdict, "ok", "{origin}");
        }
    }

    /// Reads what has come to the desk, before a night deletes of it what a clock that was put back has dated years ago.
    fn read_the_desk(&mut self) {
        self.read_arrivals();
        for (id, paying) in self.payments.iter_mut().filter(|(_, paying)| !paying[0].is_settled) {
            let row = self.desk.store().payment(*id).unwrap();
            let outcome = row.as_ref().and_then(|row| row.outcome());
            if matches!(outcome, Some(Outcome::Charged | Outcome::NotCharged)) {
                assert_eq!(outcome, Some(paying[0].truth), "{id:?}");
                paying.iter_mut().for_each(|paying| paying.is_settled = true);
            }
        }
    }

    /// What must hold on every day.
    fn holds(&mut self) {
        for (ticket, times) in &self.arrived {
            assert_eq!(*times, 1, "the desk took in the visit of {ticket} {times} times");
        }
        // What staff have yet to answer or to settle is there, however old it is.
        let kiosks = KIOSKS.map(|kiosk| self.read(kiosk));
        for (id, (raised, _)) in self.requests.iter().filter(|(_, (_, done))| !done) {
            let waits = kiosks.iter().any(|kiosk| {
                let sql = "SELECT EXISTS (SELECT 1 FROM request WHERE id = ?1)";
                kiosk.query_row(sql, [id.0.to_string()], |row| row.get::<_, bool>(0)).unwrap()
            });
            let is_there = waits || self.desk.store().request(*id).unwrap().is_some();
            assert!(is_there, "the request {id:?} of {raised} was lost");
        }
        let mut charged = std::collections::BTreeMap::<Uuid, i64>::new();
        for paying in self.payments.values().flatten().filter(|paying| paying.truth == Outcome::Charged) {
            *charged.entry(paying.charge).or_default() += paying.minor;
        }
        let desk = self.read(DESK);
        for (charge, minor) in charged {
            let body: Option<i64> = desk
                .query_row(
                    "SELECT body ->> '$.amount.minor' FROM charge WHERE id = ?1",
                    [charge.to_string()],
                    |row| row.get(0),
                )
                .ok();
            assert!(body.is_none_or(|owed| minor <= owed), "{charge} was charged twice");
        }
        // Long past their time, the model forgets what the stores have forgotten.
        let (long, now) = (TimeDelta::days(150), self.now);
        self.requests.retain(|_, (at, done)| !*done || now - *at < long);
        self.payments.retain(|_, paying| !paying[0].is_settled || now - paying[0].at < long);
    }

    /// Everything is well again for some days: the stores agree, and what is due is gone.
    fn comes_to_rest(&mut self) {
        for machine in self.kiosks.iter_mut().chain([&mut self.desk]) {
            (machine.ahead, machine.cut_until) = (TimeDelta::zero(), self.now);
            if machine.full_until.take().is_some() {
                machine.store().limit_pages(1_000_000).unwrap();
            }
        }
        for _ in 0..40 {
            self.now += TimeDelta::days(1);
            for kiosk in 0..KIOSKS.len() {
                self.talk(kiosk);
            }
            self.clockwork();
            self.staff_work();
            self.read_the_desk();
            self.night();
        }
        self.holds();
        for kiosk in 0..KIOSKS.len() {
            self.talk(kiosk);
            assert_eq!(self.kiosks[kiosk].store().undelivered_count().unwrap(), 0);
        }
        let kept = |days: u64| self.today().checked_sub_days(Days::new(days)).unwrap();
        // Every visit came to the desk, once, and has ended there; what is younger than its time is there still.
        let desk = self.read(DESK);
        for given in &self.given {
            assert_eq!(self.arrived.get(&given.ticket.to_string()), Some(&1), "{:?}", given.at);
            let sql = "SELECT count(*) FROM visit WHERE ticket = ?1";
            let here: i64 = desk.query_row(sql, [given.ticket.to_string()], |row| row.get(0)).unwrap();
            // Whoever holds a ticket of a day to come was sent for when that was noticed; it went so long after.
            let given_on = given.at.with_timezone(&self.clinic.zone).date_naive();
            if given.day > given_on + Days::new(1) {
                continue;
            }
            // A night that was cut off is made up for by the next ones.
            if given.day < kept(60 + 3) {
                assert_eq!(here, 0, "the visit of {} is still here", given.day);
            } else if given.day > kept(60 - TOO_SOON) {
                assert_eq!(here, 1, "the visit of {} is gone", given.day);
            }
        }
        assert_eq!(self.count(DESK, "SELECT count(*) FROM queue_entry WHERE state <> 'ended'"), 0);
        for (id, (at, done)) in &self.requests {
            assert!(done, "the request {id:?} of {at} was never answered");
        }
        assert!(self.payments.values().all(|paying| paying[0].is_settled), "a payment was never settled");
        let since = |days: u64| (self.now - TimeDelta::days(days as i64)).timestamp_millis();
        for (origin, what, left) in [
            // A desk whose clock was put back has booked and called people of these days years ago: such facts go with
            // what they are about.
            (
                DESK,
                "facts",
                format!(
                    "SELECT count(*) FROM fact WHERE part = 'visits' AND at < {}
                AND NOT EXISTS (SELECT 1 FROM appointment WHERE id = subject)
                AND NOT EXISTS (SELECT 1 FROM visit WHERE subject IN (id, ticket))
                AND seq < (SELECT max(seq) FROM fact AS last WHERE last.origin = fact.origin)",
                    since(500)
                ),
            ),
            (DESK, "the trail", format!("SELECT count(*) FROM audit WHERE at < {}", since(122))),
            ("lobby", "visits", format!("SELECT count(*) FROM visit WHERE checked_in_at < {}", since(18))),
            (
                "lobby",
                "words",
                format!(
                    "SELECT count(*) FROM fact WHERE at < {} AND body <> '{{\"kind\":\"forgotten\"}}'
                AND body ->> 'kind' NOT LIKE '%-paper'",
                    since(9)
                ),
            ),
            (
                "garden",
                "requests",
                format!(
                    "SELECT count(*) FROM request WHERE state = 'resolved' AND raised_at < {}",
                    since(40)
                ),
            ),
            (
                "garden",
                "print jobs",
                format!("SELECT count(*) FROM print_job WHERE state = 'ended' AND queued_at < {}", since(9)),
            ),
        ] {
            assert_eq!(self.count(origin, &left), 0, "{what} are left at {origin}");
        }
    }
}

/// Where files need no disk, a year takes a minute.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

#[test]
fn a_year_of_faults_loses_nothing_doubles_nothing_and_fills_no_disk() {
    let (folder, began) = (folder(), Instant::now());
    let begins: DateTime<Utc> = "2026-09-01T06:00:00Z".parse().unwrap();
    let seed = if std::env::var_os("VESTIBULE_SEED").is_some() { seed() } else { THE_YEAR };
    let mut world = World::new(folder.path(), Chance(seed), begins);
    let mut sizes = Vec::new();
    for day in 0..DAYS {
        let morning = begins + TimeDelta::days(day as i64);
        world.now = morning;
        world.book();
        for _ in 0..(6 + world.chance.below(5)) {
            world.now += TimeDelta::minutes(20 + world.chance.below(60) as i64);
            world.befall();
            world.comes();
            if world.chance.percent(40) {
                let kiosk = world.chance.below(KIOSKS.len() as u64) as usize;
                world.talk(kiosk);
            }
        }
        for kiosk in 0..KIOSKS.len() {
            world.talk(kiosk);
        }
        world.staff_work();
        world.clockwork();
        // Soon after the clinic's midnight.
        world.now = morning + TimeDelta::hours(18);
        world.read_the_desk();
        world.night();
        if day % 10 == 0 {
            world.give_up_what_is_owed();
            world.holds();
            let pages: Vec<_> = world
                .kiosks
                .iter_mut()
                .chain([&mut world.desk])
                .map(|it| it.store().pages().unwrap().0)
                .collect();
            sizes.push((day, pages));
        }
        if day % 50 == 0 {
            world.whole();
        }
    }
    world.comes_to_rest();
    world.whole();

    let longest: Vec<Duration> =
        world.kiosks.iter().chain([&world.desk]).map(|machine| machine.longest_batch).collect();
    println!(
        "{} visits, {} escalations; pages of lobby, garden and desk: {:?}; longest batches {longest:?}; {:?}",
        world.given.len(),
        world.escalated,
        sizes.iter().step_by(5).collect::<Vec<_>>(),
        began.elapsed(),
    );
    // The plateau: what is kept fits into what there was when everything had been kept for its time, and the records of
    // patients who came since.
    for store in 0..3 {
        let at = |from: u64, to: u64| {
            sizes
                .iter()
                .filter(|(day, _)| (from..to).contains(day))
                .map(|(_, pages)| pages[store])
                .max()
                .unwrap()
        };
        let (before, after) = (at(0, SETTLED), at(SETTLED, DAYS));
        assert!(after <= before * 3 / 2, "store {store} grows: {before} pages, then {after}");
    }
}
