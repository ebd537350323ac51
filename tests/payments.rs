//! What is owed and paid, over the real stores of a kiosk and a desk and a simulated terminal on a real socket.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::clinic::{Clinic, EXAMPLE, InForce, read_text};
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::payment::*;
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::kiosk::session::{NotChargedWhy, PaymentNews};
use vestibule::kiosk::till::{Pace, Work};
use vestibule::link::fact::{Acknowledgement, DESK, FactKind};
use vestibule::store::{PaymentStop, Store, StoreHandle};
use vestibule_hardware::terminal::simulator::{
    Patient as AtTheTerminal, PowerCut, SimulatedFault, SimulatedKind, TerminalSimulator,
};
use vestibule_hardware::terminal::{Patience, Terminal, TerminalPassword, TerminalPlace, TerminalSettings};

const PACE: Pace = Pace {
    card: TimeDelta::zero(),
    again: Duration::ZERO,
    health: Duration::from_secs(3600),
    disk: Duration::from_millis(5),
};

fn euros(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("EUR").unwrap() }
}

fn patient(number: u128, balance: Option<i64>) -> Patient {
    let born = NaiveDate::from_ymd_opt(1980, 1, 2).unwrap();
    Patient {
        balance_due: balance.map(euros),
        further: Default::default(),
        id: PatientId(Uuid::from_u128(number)),
        number: None,
        name: PersonName { given: "Given".into(), family: format!("Family {number}") },
        date_of_birth: DateOfBirth::from_date(born, Utc::now().date_naive()).unwrap(),
        sex: None,
        phone: None,
        address: None,
        emergency_contact: None,
        language: None,
        source: Source::Imported,
    }
}

/// A kiosk with its terminal, and a desk.
struct House {
    folder: TempDir,
    clinic: Arc<Clinic>,
    terminal: TerminalSimulator,
    kiosk: StoreHandle,
    desk: Store,
    heard: Arc<Mutex<Vec<PaymentNews>>>,
    ids: u128,
}

impl House {
    fn new() -> Self {
        Self::with(TerminalSimulator::tcp().unwrap())
    }

    fn with(terminal: TerminalSimulator) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            kiosk: StoreHandle::open(&folder.path().join("kiosk.db"), "lobby").unwrap(),
            desk: Store::open(&folder.path().join("desk.db"), DESK).unwrap(),
            folder,
            clinic: Arc::new(read_text("clinic.toml", EXAMPLE).unwrap()),
            terminal,
            heard: Arc::default(),
            ids: 100,
        }
    }

    fn till(&self) -> Work<Terminal> {
        let clinic = InForce::new(Arc::clone(&self.clinic));
        let mut work = Work::new(clinic, self.kiosk.clone(), terminal(self.terminal.place()), PACE);
        let heard = Arc::clone(&self.heard);
        work.tell = Box::new(move |_, news| heard.lock().unwrap().push(news));
        work.begin();
        work
    }

    /// Kiosk and desk hear everything of each other.
    fn meet(&mut self) {
        for _ in 0..20 {
            let before =
                (self.desk.last_position().unwrap(), self.kiosk.run(|store| store.last_position()).unwrap());
            if let Some(delivery) = self.kiosk.run(|store| store.undelivered(50)).unwrap()
                && let Acknowledgement::AppliedThrough(seq) = self.desk.receive(&delivery).unwrap()
            {
                self.kiosk.run(move |store| store.delivered(seq)).unwrap();
            }
            let (identity, cursor) = self.kiosk.run(|store| Ok((store.identity(), store.cursor()?))).unwrap();
            let feed = self.desk.feed("lobby", identity, cursor, 50).unwrap();
            self.kiosk.run(move |store| store.follow(&feed)).unwrap();
            let after =
                (self.desk.last_position().unwrap(), self.kiosk.run(|store| store.last_position()).unwrap());
            if before == after {
                return;
            }
        }
    }

    fn at_desk(&mut self, kind: FactKind) {
        self.desk.commit(vec![kind], Utc::now()).unwrap();
        self.meet();
    }

    fn charge(&mut self, patient: PatientId, minor: i64) -> ChargeId {
        self.ids += 1;
        let id = ChargeId(Uuid::from_u128(self.ids));
        let charge = Charge {
            id,
            patient,
            what: ChargeFor::Item { text: "a visit".into() },
            amount: euros(minor),
            day: Utc::now().date_naive(),
            visit: None,
        };
        self.at_desk(FactKind::ChargeRecorded { charge });
        id
    }

    /// A payment of everything that is due.
    fn payment(&mut self, patient: PatientId) -> Payment {
        self.ids += 1;
        let account = self.account(patient);
        let items = account
            .payable()
            .map(|due| PaymentItem { charge: due.charge.id, minor: due.open.minor })
            .collect();
        Payment {
            id: PaymentId(Uuid::from_u128(self.ids)),
            patient,
            items,
            amount: account.total().unwrap(),
            means: Means::Card { terminal: "lobby".into() },
            ticket: None,
            language: "es".into(),
            kiosk: "lobby".into(),
        }
    }

    fn account(&self, patient: PatientId) -> Account {
        self.kiosk.run(move |store| store.account(patient)).unwrap()
    }

    fn due(&self, patient: PatientId) -> Vec<i64> {
        self.account(patient).dues.iter().map(|due| due.open.minor).collect()
    }

    fn outcome(&self, payment: PaymentId) -> Option<Outcome> {
        self.kiosk.run(move |store| store.payment(payment)).unwrap().unwrap().outcome()
    }

    fn doubts_at_the_desk(&self) -> Vec<(PaymentId, RequestState)> {
        let since = DateTime::UNIX_EPOCH;
        let requests = self.desk.requests_since(since).unwrap().into_iter();
        requests
            .filter(|row| row.request.reason == RequestReason::PaymentNotKnown)
            .map(|row| (row.request.payment.unwrap(), row.state))
            .collect()
    }
}

fn terminal(place: TerminalPlace) -> Terminal {
    let moment = Duration::from_millis(500);
    Terminal::unopened(TerminalSettings {
        patience: Patience {
            acknowledgement: moment,
            silence: moment,
            block_answer: moment,
            ..Patience::default()
        },
        ..TerminalSettings::new(place, TerminalPassword::parse("000000").unwrap())
    })
}

/// Leaves no room for anything.
fn fill_the_disk(store: &mut Store) -> vestibule::store::Result<()> {
    store.limit_pages(1)?;
    for length in [4000, 500, 50, 1] {
        let trouble = "x".repeat(length);
        let filler = || FactKind::DeviceReported { device: "filler".into(), trouble: trouble.clone() };
        while store.commit(vec![filler()], Utc::now()).is_ok() {}
    }
    Ok(())
}

const MARIA: PatientId = PatientId(Uuid::from_u128(1));

#[test]
fn a_card_payment_is_in_both_ledgers_with_the_terminal_s_own_numbers() {
    let mut house = House::new();
    house.charge(MARIA, 1250);
    house.charge(MARIA, 800);
    let payment = house.payment(MARIA);
    let mut till = house.till();
    till.pay(payment.clone());
    assert_eq!(house.outcome(payment.id), Some(Outcome::Charged));
    let heard = house.heard.lock().unwrap().clone();
    assert_eq!(heard.first(), Some(&PaymentNews::Begun));
    assert!(matches!(heard.last(), Some(PaymentNews::Ended(Outcome::Charged, _))), "{heard:?}");
    assert!(house.due(MARIA).is_empty());
    house.meet();
    let row = house.desk.payment(payment.id).unwrap().unwrap();
    let transaction = standing(&row.ends).unwrap().transaction.clone().unwrap();
    let journal = house.terminal.journal();
    assert_eq!(journal.len(), 1);
    assert_eq!(transaction.receipt, Some(journal[0].receipt));
    assert_eq!((journal[0].amount, house.terminal.balance()), (2050, 2050));
    assert!(house.doubts_at_the_desk().is_empty());
}

#[test]
fn nobody_pays_again_what_is_paid_in_doubt_or_gone() {
    let mut house = House::new();
    let charge = house.charge(MARIA, 1250);
    let first = house.payment(MARIA);
    let again = Payment { id: PaymentId(Uuid::from_u128(7)), ..first.clone() };
    let begin = |house: &House, payment: &Payment| {
        let payment = payment.clone();
        house.kiosk.run(move |store| store.begin_payment(&payment, None, Utc::now())).unwrap()
    };
    // Items that are no sum of what is due.
    for wrong in [
        Payment { amount: euros(1249), ..first.clone() },
        Payment { items: vec![PaymentItem { charge, minor: 2500 }], amount: euros(2500), ..first.clone() },
        Payment { items: vec![PaymentItem { charge, minor: 625 }; 2], ..first.clone() },
        Payment { items: Vec::new(), amount: euros(0), ..first.clone() },
        Payment { items: vec![PaymentItem { charge, minor: -5 }], amount: euros(-5), ..first.clone() },
        Payment { amount: Money { minor: 1250, currency: Currency::parse("USD").unwrap() }, ..first.clone() },
    ] {
        assert_eq!(begin(&house, &wrong), Err(PaymentStop::NotDue));
    }
    assert_eq!(begin(&house, &first), Ok(()));
    assert_eq!(begin(&house, &again), Err(PaymentStop::InDoubt));
    let (id, clinic) = (first.id, Arc::clone(&house.clinic));
    let end = |outcome| PaymentEnd::new(outcome, Witness::Kiosk, "");
    house
        .kiosk
        .run(move |store| store.end_payment(&clinic, id, end(Outcome::NotCharged), false, Utc::now()))
        .unwrap();
    assert_eq!(begin(&house, &again), Ok(()));
    let (id, clinic) = (again.id, Arc::clone(&house.clinic));
    house
        .kiosk
        .run(move |store| store.end_payment(&clinic, id, end(Outcome::Charged), false, Utc::now()))
        .unwrap();
    let third = Payment { id: PaymentId(Uuid::from_u128(8)), ..first };
    assert_eq!(begin(&house, &third), Err(PaymentStop::NotDue));
}

#[test]
fn a_doubt_is_a_request_that_the_terminal_itself_settles_when_it_answers_again() {
    let mut house = House::new();
    house.charge(MARIA, 900);
    let first = house.payment(MARIA);
    let mut till = house.till();
    till.pay(first.clone());
    house.charge(MARIA, 1250);
    let payment = house.payment(MARIA);
    // Charged, the connection is cut before its end is told, and the terminal is off for a while.
    house.terminal.temper(|temper| temper.reverses_itself = false);
    house.terminal.fault(SimulatedFault::CutAfterAuthorisation);
    till.pay(payment.clone());
    house.terminal.switch_off(Duration::from_millis(300));
    till.settle_if_due();
    house.meet();
    let outcome = house.outcome(payment.id);
    if outcome == Some(Outcome::NotKnown) {
        assert!(
            matches!(house.doubts_at_the_desk().as_slice(), [(id, RequestState::Open)] if *id == payment.id)
        );
    }
    let began = std::time::Instant::now();
    while house.outcome(payment.id) != Some(Outcome::Charged) {
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", house.outcome(payment.id));
        std::thread::sleep(Duration::from_millis(50));
        till.settle_if_due();
    }
    house.meet();
    assert_eq!(house.terminal.journal().len(), 2);
    for (_, state) in house.doubts_at_the_desk() {
        assert!(matches!(state, RequestState::Resolved { by, .. } if by == "the terminal"));
    }
}

#[test]
fn while_a_payment_is_in_doubt_nobody_pays_at_the_terminal_until_staff_have_settled_it() {
    let mut house = House::new();
    house.charge(MARIA, 1250);
    let payment = house.payment(MARIA);
    let mut till = house.till();
    // The terminal can do no 06 20: nobody but a person can know.
    house.terminal.temper(|temper| temper.repeats_receipts = false);
    house.terminal.fault(SimulatedFault::CutAfterAuthorisation);
    till.pay(payment.clone());
    assert_eq!(house.outcome(payment.id), Some(Outcome::NotKnown));
    let other = PatientId(Uuid::from_u128(2));
    house.charge(other, 300);
    let next = house.payment(other);
    till.pay(next.clone());
    let last = house.heard.lock().unwrap().last().cloned();
    assert_eq!(last, Some(PaymentNews::NotBegun(NotChargedWhy::Terminal)));
    assert_eq!(house.terminal.journal().iter().filter(|line| line.amount == 300).count(), 0);

    house.meet();
    assert_eq!(house.doubts_at_the_desk(), [(payment.id, RequestState::Open)]);
    let charged =
        house.terminal.journal().iter().any(|line| line.amount == 1250 && line.reversed_by.is_none());
    let outcome = if charged { Outcome::Charged } else { Outcome::NotCharged };
    let staff = PaymentEnd::new(outcome, Witness::Staff { by: "Rosa".into() }, "seen in its journal");
    let clinic = Arc::clone(&house.clinic);
    house.desk.end_payment(&clinic, payment.id, staff, false, Utc::now()).unwrap();
    house.meet();
    assert!(matches!(&house.doubts_at_the_desk()[0].1, RequestState::Resolved { by, .. } if by == "Rosa"));
    assert_eq!(house.outcome(payment.id), Some(outcome));
    till.pay(next.clone());
    assert_eq!(house.outcome(next.id), Some(Outcome::Charged));
}

#[test]
fn money_goes_back_where_a_named_person_asks_for_it_and_the_day_adds_up() {
    let mut house = House::new();
    house.meet();
    house.charge(MARIA, 1250);
    let payment = house.payment(MARIA);
    let mut till = house.till();
    till.pay(payment.clone());
    house.meet();
    let row = house.desk.payment(payment.id).unwrap().unwrap();
    let receipt = standing(&row.ends).unwrap().transaction.as_ref().unwrap().receipt.unwrap();
    let refund = Refund {
        id: RefundId(Uuid::from_u128(900)),
        payment: payment.id,
        amount: euros(1250),
        way: RefundWay::Reversal { terminal: "lobby".into(), receipt },
        by: "Rosa".into(),
        why: "the visit did not take place".into(),
    };
    house.at_desk(FactKind::RefundBegun { refund });
    till.do_tasks();
    house.meet();
    let row = house.desk.payment(payment.id).unwrap().unwrap();
    assert_eq!((row.refunded(), row.refundable()), (1250, 0));
    assert_eq!(house.terminal.balance(), 0);
    // What went back is due again until staff strike it.
    assert_eq!(house.due(MARIA), [1250]);

    let day = Uuid::from_u128(901);
    let order = TerminalOrder::EndOfDay;
    house.at_desk(FactKind::TerminalAsked { id: day, kiosk: "lobby".into(), by: "Rosa".into(), order });
    till.do_tasks();
    house.meet();
    let orders = house.desk.terminal_orders(DateTime::UNIX_EPOCH).unwrap();
    let Some((_, TerminalAnswer::DayClosed { totals })) = &orders[0].answer else { panic!("{orders:?}") };
    assert_eq!(totals.amount, 0);
}

#[test]
fn patients_who_stop_or_are_declined_have_paid_nothing() {
    let mut house = House::new();
    house.charge(MARIA, 1250);
    let mut till = house.till();
    for (behaviour, why) in [
        (AtTheTerminal::IsDeclined(5), NotChargedWhy::Declined),
        (AtTheTerminal::HasUnreadableCard, NotChargedWhy::CardUnreadable),
        (AtTheTerminal::PressesStop, NotChargedWhy::Cancelled),
    ] {
        house.terminal.patient(behaviour);
        let payment = house.payment(MARIA);
        till.pay(payment.clone());
        assert_eq!(house.outcome(payment.id), Some(Outcome::NotCharged));
        let last = house.heard.lock().unwrap().last().cloned();
        assert_eq!(last, Some(PaymentNews::Ended(Outcome::NotCharged, why)));
    }
    assert_eq!((house.due(MARIA), house.terminal.balance()), (vec![1250], 0));
}

#[test]
fn a_full_disk_charges_nobody_who_was_not_being_charged_and_loses_no_charge() {
    let mut house = House::new();
    house.charge(MARIA, 1250);
    let payment = house.payment(MARIA);
    let mut till = house.till();
    house.kiosk.run(fill_the_disk).unwrap();
    till.pay(payment.clone());
    let last = house.heard.lock().unwrap().last().cloned();
    assert_eq!(last, Some(PaymentNews::NotBegun(NotChargedWhy::Terminal)));
    assert!(house.terminal.journal().is_empty());
    house.kiosk.run(|store| store.limit_pages(1 << 20)).unwrap();
    till.pay(payment.clone());
    assert_eq!(house.outcome(payment.id), Some(Outcome::Charged));
    assert_eq!(house.terminal.balance(), 1250);
}

#[test]
fn what_another_system_says_is_owed_is_paid_once_however_often_it_says_so() {
    let mut house = House::new();
    let told = |house: &mut House, balance| {
        house.at_desk(FactKind::PatientRecorded { patient: patient(1, balance) });
    };
    told(&mut house, Some(4250));
    assert_eq!(house.due(MARIA), [4250]);
    let payment = house.payment(MARIA);
    house.till().pay(payment);
    assert!(house.due(MARIA).is_empty());
    told(&mut house, Some(4250));
    assert!(house.due(MARIA).is_empty(), "the other system has not booked the payment yet");
    told(&mut house, None);
    told(&mut house, Some(4250));
    assert_eq!(house.due(MARIA), [4250], "this is owed anew");
    house.meet();
    assert_eq!(house.desk.account(MARIA).unwrap().dues.len(), 1);
    assert!(house.desk.paid_twice(MARIA).unwrap().is_empty());
}

#[test]
fn a_kiosk_whose_store_is_gone_says_that_it_does_not_know() {
    let mut house = House::new();
    house.meet();
    house.charge(MARIA, 1250);
    let payment = house.payment(MARIA);
    let begun = payment.clone();
    house.kiosk.run(move |store| store.begin_payment(&begun, None, Utc::now())).unwrap().unwrap();
    house.meet();
    let path: &Path = &house.folder.path().join("new.db");
    house.kiosk = StoreHandle::open(path, "lobby").unwrap();
    house.meet();
    house.till();
    house.meet();
    assert_eq!(house.outcome(payment.id), Some(Outcome::NotKnown));
    assert_eq!(house.doubts_at_the_desk(), [(payment.id, RequestState::Open)]);
}

/// Whatever goes wrong at the terminal.
#[test]
fn every_fault_of_a_terminal_ends_in_agreement_or_in_a_doubt_that_somebody_is_told_of() {
    every_fault(false);
}

#[test]
fn so_does_every_fault_of_one_that_takes_back_what_was_not_acknowledged() {
    every_fault(true);
}

fn every_fault(reverses_itself: bool) {
    use SimulatedFault as F;
    let moment = Duration::from_millis(150);
    let faults = [
        F::Busy,
        F::BusyAfterwards,
        F::NotTaken(0x83),
        F::Deaf,
        F::Mute,
        F::CutBeforeAuthorisation,
        F::CutAfterAuthorisation,
        F::CutAfterBytes(1),
        F::CutAfterBytes(9),
        F::CutAfterBytes(40),
        F::Late(moment),
        F::AcknowledgementLost,
        F::AcknowledgementsLost,
        F::NoAcknowledgement,
        F::StaleRecord,
        F::RecordTwice,
        F::AbortedAfterRecord,
        F::NoRecord,
        F::Garbage,
        F::Power(PowerCut::Before, moment),
        F::Power(PowerCut::During, moment),
        F::Power(PowerCut::After, moment),
    ];
    let (mut doubts, mut said) = (0, Vec::new());
    let mut house = House::new();
    house.terminal.temper(|temper| {
        temper.reverses_itself = reverses_itself;
        temper.pace = Duration::from_millis(5);
        temper.acknowledgement = Duration::from_millis(60);
    });
    let mut till = house.till();
    house.charge(MARIA, 100);
    till.pay(house.payment(MARIA));
    for (number, fault) in faults.into_iter().enumerate() {
        let amount = 1000 + number as i64;
        let who = PatientId(Uuid::from_u128(5000 + number as u128));
        house.charge(who, amount);
        let payment = house.payment(who);
        house.terminal.fault(fault);
        till.pay(payment.clone());
        for _ in 0..8 {
            std::thread::sleep(Duration::from_millis(60));
            till.settle_if_due();
        }
        house.meet();
        let there = house.terminal.journal().iter().any(|line| {
            line.amount == amount as u64 && line.kind == SimulatedKind::Payment && line.reversed_by.is_none()
        });
        let row = house.kiosk.run(move |store| store.payment(payment.id)).unwrap();
        let outcome = row.and_then(|row| row.outcome());
        let told = house.doubts_at_the_desk();
        let told = told.iter().any(|(id, state)| *id == payment.id && *state == RequestState::Open);
        said.push(format!("{fault:?}, takes back: {reverses_itself}: {outcome:?}"));
        match outcome {
            // It did not even begin.
            None | Some(Outcome::NotCharged) => assert!(!there && !told, "{}", said.join("\n")),
            Some(Outcome::Charged) => assert!(there && !told, "{}", said.join("\n")),
            Some(Outcome::NotKnown) => {
                assert!(told, "{}", said.join("\n"));
                doubts += 1;
                let outcome = if there { Outcome::Charged } else { Outcome::NotCharged };
                let staff = Witness::Staff { by: "Rosa".into() };
                let end = PaymentEnd::new(outcome, staff, "seen in its journal");
                let clinic = Arc::clone(&house.clinic);
                house.desk.end_payment(&clinic, payment.id, end, false, Utc::now()).unwrap();
                house.meet();
            }
        }
    }
    let charged: i64 = house
        .desk
        .payments_since(DateTime::UNIX_EPOCH)
        .unwrap()
        .iter()
        .filter(|row| row.outcome() == Some(Outcome::Charged))
        .map(|row| row.payment.amount.minor)
        .sum();
    assert_eq!(i128::from(charged), house.terminal.balance(), "{}", said.join("\n"));
    println!("{doubts} of {} left to a person\n{}", said.len(), said.join("\n"));
}

#[test]
fn everything_holds_over_a_serial_line_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::with(TerminalSimulator::pty(folder.path().join("terminal")).unwrap());
    house.charge(MARIA, 1250);
    let payment = house.payment(MARIA);
    let mut till = house.till();
    till.pay(payment.clone());
    assert_eq!(house.outcome(payment.id), Some(Outcome::Charged));
    assert_eq!(house.terminal.balance(), 1250);
}
