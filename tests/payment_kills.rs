//! The till as a process of its own, killed at any moment of a payment with a terminal on a real socket, again and
//! again: after every restart ledger and terminal agree, or the ledger says that it does not know.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "support/chance.rs"]
mod chance;

use chance::{Chance, seed};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;
use vestibule::clinic::{EXAMPLE, InForce, read_text};
use vestibule::front_desk::money::{Currency, Money};
use vestibule::front_desk::patient::PatientId;
use vestibule::front_desk::payment::*;
use vestibule::front_desk::request::RequestReason;
use vestibule::kiosk::till::{Pace, Work};
use vestibule::link::fact::FactKind;
use vestibule::store::{Store, StoreHandle};
use vestibule_hardware::terminal::simulator::{ReversedBy, SimulatedKind, TerminalSimulator};
use vestibule_hardware::terminal::{Patience, Terminal, TerminalPassword, TerminalPlace, TerminalSettings};

const STORE: &str = "VESTIBULE_TEST_TILL_STORE";
const TERMINAL: &str = "VESTIBULE_TEST_TILL_TERMINAL";
const PAYMENT: &str = "VESTIBULE_TEST_TILL_PAYMENT";

const MARIA: PatientId = PatientId(Uuid::from_u128(1));

/// The process that is killed: settles what is open, pays if it is asked to, and ends.
#[test]
#[ignore = "a part of the next test, which starts it as a process of its own"]
fn the_till() {
    let (Ok(store), Ok(address)) = (std::env::var(STORE), std::env::var(TERMINAL)) else { return };
    let store = StoreHandle::open(Path::new(&store), "lobby").unwrap();
    let second = Duration::from_secs(1);
    let terminal = Terminal::unopened(TerminalSettings {
        patience: Patience { acknowledgement: second, silence: second * 2, ..Patience::default() },
        ..TerminalSettings::new(TerminalPlace::Tcp(address), TerminalPassword::parse("000000").unwrap())
    });
    let clinic = InForce::new(read_text("clinic.toml", EXAMPLE).unwrap().into());
    let pace = Pace {
        // A terminal whose till is gone is done with the card before it hears anybody else.
        card: TimeDelta::zero(),
        again: Duration::from_millis(20),
        health: Duration::from_secs(3600),
        disk: Duration::from_millis(5),
    };
    let mut work = Work::new(clinic, store.clone(), terminal, pace);
    work.begin();
    work.settle_if_due();
    if let Ok(id) = std::env::var(PAYMENT) {
        let id = PaymentId(Uuid::parse_str(&id).unwrap());
        let account = store.run(|store| store.account(MARIA)).unwrap();
        let Some(amount) = account.total() else { return };
        let items = account.payable();
        let items = items.map(|due| PaymentItem { charge: due.charge.id, minor: due.open.minor }).collect();
        work.pay(Payment {
            id,
            patient: MARIA,
            items,
            amount,
            means: Means::Card { terminal: "lobby".into() },
            ticket: None,
            language: "en".into(),
            kiosk: "lobby".into(),
        });
    }
}

fn till(store: &Path, address: &str, payment: Option<Uuid>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "the_till", "--include-ignored", "--nocapture"]);
    command.env(STORE, store).env(TERMINAL, address).stdout(Stdio::null()).stderr(Stdio::null());
    match payment {
        Some(payment) => command.env(PAYMENT, payment.to_string()),
        None => command.env_remove(PAYMENT),
    };
    command.spawn().unwrap()
}

/// Lets the till run to its end.
fn in_peace(store: &Path, address: &str, payment: Option<Uuid>) {
    let mut child = till(store, address, payment);
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(60), "the till does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn charge(store: &Path, id: u128, minor: i64) {
    let charge = Charge {
        id: ChargeId(Uuid::from_u128(id)),
        patient: MARIA,
        what: ChargeFor::Item { text: "a visit".into() },
        amount: Money { minor, currency: Currency::parse("EUR").unwrap() },
        day: Utc::now().date_naive(),
        visit: None,
    };
    let mut store = Store::open(store, "lobby").unwrap();
    store.commit(vec![FactKind::ChargeRecorded { charge }], Utc::now()).unwrap();
}

#[test]
fn a_till_that_is_killed_at_any_moment_neither_loses_a_charge_nor_takes_one_twice() {
    let mut chance = Chance(seed());
    let kills: u32 = std::env::var("VESTIBULE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kiosk.db");
    drop(Store::open(&path, "lobby").unwrap());
    let terminal = TerminalSimulator::tcp().unwrap();
    terminal.temper(|temper| {
        temper.pace = Duration::from_millis(25);
        temper.acknowledgement = Duration::from_millis(100);
    });
    let address = terminal.address().unwrap().to_string();

    // How long a payment takes from start to end, so that the kills spread over all of it.
    charge(&path, 10, 500);
    let began = Instant::now();
    in_peace(&path, &address, Some(Uuid::from_u128(11)));
    let whole = began.elapsed();
    let (mut unknown, mut killed, mut begun) = (0, 0, 0);
    // On a busy machine the till is often done before the kill comes: such a round proves nothing and is not counted.
    let mut rounds = 0;
    while killed < kills {
        let round = rounds;
        rounds += 1;
        assert!(round < kills * 10, "{killed} of {round} kills came before the till had ended");
        terminal.temper(|temper| temper.reverses_itself = chance.percent(50));
        let amount = 1000 + i64::from(round);
        charge(&path, 100 + u128::from(round), amount);
        let id = Uuid::from_u128(1000 + u128::from(round));
        let orders = || terminal.commands().iter().filter(|command| **command == (0x06, 0x01)).count();
        let lines = || terminal.journal().len();
        let (ordered, booked) = (orders(), lines());
        let mut child = till(&path, &address, Some(id));
        let until = |done: &dyn Fn() -> bool| {
            let began = Instant::now();
            while !done() && began.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_micros(200));
            }
        };
        let moment = match chance.below(10) {
            // While the terminal has the order.
            0..=4 => {
                until(&|| orders() > ordered);
                Duration::from_millis(chance.below(150))
            }
            // While its end is on the way, is kept and is acknowledged.
            5..=8 => {
                until(&|| lines() > booked);
                Duration::from_micros(chance.below(40_000))
            }
            _ => whole.mul_f64(chance.below(1000) as f64 / 1000.0),
        };
        std::thread::sleep(moment);
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        // It starts again, once or more often, until it knows or has told that it cannot.
        for _ in 0..2 {
            in_peace(&path, &address, None);
        }
        let mut store = Store::open(&path, "lobby").unwrap();
        // All that stands in the journal and is no payment that was settled before is this round's.
        let payments = store.payments_since(DateTime::UNIX_EPOCH).unwrap();
        let stands = terminal
            .journal()
            .iter()
            .filter(|line| line.kind == SimulatedKind::Payment && line.reversed_by.is_none())
            .map(|line| line.amount)
            .sum::<u64>();
        let charged: i64 = payments
            .iter()
            .filter(|row| row.outcome() == Some(Outcome::Charged))
            .map(|row| row.payment.amount.minor)
            .sum();
        let this = payments.iter().find(|row| row.payment.id.0 == id);
        begun += u32::from(this.is_some());
        let told = store.open_requests().unwrap().into_iter().any(|row| {
            row.request.reason == RequestReason::PaymentNotKnown && row.request.payment == Some(PaymentId(id))
        });
        match this.map(PaymentRow::outcome) {
            Some(Some(Outcome::NotKnown)) => {
                unknown += 1;
                assert!(told, "round {round}: a doubt that nobody hears of");
                // Staff look into the terminal's journal, as the desk asks them to.
                let there = i64::try_from(stands).unwrap() > charged;
                let outcome = if there { Outcome::Charged } else { Outcome::NotCharged };
                let end = PaymentEnd::new(outcome, Witness::Staff { by: "Rosa".into() }, "its journal");
                let clinic = read_text("clinic.toml", EXAMPLE).unwrap();
                store.end_payment(&clinic, PaymentId(id), end, false, Utc::now()).unwrap();
            }
            Some(None) => panic!("round {round}: under way for ever"),
            settled => {
                assert!(!told, "round {round}: settled, and somebody is still asked");
                let why = format!(
                    "round {round}: {settled:?}; the terminal has {stands}, the ledger {charged}; killed after {moment:?}; {:?}",
                    terminal.journal().last()
                );
                assert_eq!(i64::try_from(stands).unwrap(), charged, "{why}");
            }
        }
        // What is still owed is struck, so that the next round is about its own amount.
        let open = store.account(MARIA).unwrap();
        let struck = open.dues.iter().map(|due| FactKind::ChargeWithdrawn {
            charge: due.charge.id,
            by: "Rosa".into(),
            why: Default::default(),
        });
        store.commit(struck.collect(), Utc::now()).unwrap();
        assert!(store.paid_twice(MARIA).unwrap().is_empty());
    }
    let by_itself =
        terminal.journal().iter().filter(|line| line.reversed_by == Some(ReversedBy::Itself)).count();
    println!(
        "{killed} of {rounds} were killed; {begun} had begun; {unknown} left to a person; {by_itself} taken back"
    );
    assert!(begun * 2 > rounds, "{begun} of {rounds} kills met a payment");
}
