//! A kiosk that was cut off hears of a refund after a person has said what became of it.

use crate::running_desk::example;
use crate::scene::*;
use chrono::Utc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use uuid::Uuid;
use vestibule::clinic::InForce;
use vestibule::front_desk::payment::*;
use vestibule::kiosk::till::{CardTerminal, Pace, Work};
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::{Store, StoreHandle};
use vestibule_hardware::terminal::{
    DayTotals as Counted, TerminalFault, Till, TransactionEnd, TransactionRecord,
};

/// A terminal that counts how often somebody turns to it, and is busy.
struct Busy(Arc<AtomicUsize>);

impl CardTerminal for Busy {
    fn last_transaction(&mut self) -> Result<Option<TransactionRecord>, TerminalFault> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Err(TerminalFault::Busy)
    }
    fn authorise(&mut self, _: u64, _: &mut dyn Till) -> TransactionEnd {
        panic!("nothing is charged")
    }
    fn reverse(&mut self, _: u16, _: &mut dyn Till) -> TransactionEnd {
        panic!("a busy terminal is left alone")
    }
    fn refund(&mut self, _: u64, _: &mut dyn Till) -> TransactionEnd {
        panic!("a busy terminal is left alone")
    }
    fn end_of_day(&mut self, _: &mut dyn Till) -> Result<Counted, TerminalFault> {
        panic!("nothing is closed")
    }
    fn check(&mut self) -> Result<(), TerminalFault> {
        Ok(())
    }
}

/// How often the kiosk turns to its terminal about a refund of which these words were said meanwhile.
fn turns_to_the_terminal(words: Vec<PaymentEnd>) -> usize {
    let (mut desk, mut kiosk) = (Store::in_memory(DESK).unwrap(), Store::in_memory("lobby").unwrap());
    let follow = |desk: &mut Store, kiosk: &mut Store| {
        let feed = desk.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 100).unwrap();
        kiosk.follow(&feed).unwrap();
    };
    follow(&mut desk, &mut kiosk);
    let somebody = patient("Ruiz");
    let owed = charge(&somebody, "Consultation", 1000);
    let paid = payment(std::slice::from_ref(&owed), card());
    let refund = Refund {
        id: RefundId(Uuid::now_v7()),
        payment: paid.id,
        amount: euro(1000),
        way: RefundWay::Reversal { terminal: "lobby".into(), receipt: 42 },
        by: "Maria".into(),
        why: "w".into(),
    };
    let id = refund.id;
    let mut kinds = vec![
        FactKind::PatientRecorded { patient: somebody },
        FactKind::ChargeRecorded { charge: owed },
        FactKind::PaymentBegun { payment: paid.clone() },
        FactKind::PaymentEnded { payment: paid.id, end: charged(42, 1000) },
        FactKind::RefundBegun { refund },
    ];
    kinds.extend(words.into_iter().map(|end| FactKind::RefundEnded { refund: id, end }));
    desk.commit(kinds, Utc::now()).unwrap();
    follow(&mut desk, &mut kiosk);
    assert!(kiosk.next_terminal_task().unwrap().is_some(), "the kiosk has heard of it");
    let store = StoreHandle::new(kiosk).unwrap();
    let asked = Arc::<AtomicUsize>::default();
    let clinic = InForce::new(Arc::new(example()));
    Work::new(clinic, store.clone(), Busy(Arc::clone(&asked)), Pace::default()).do_tasks();
    assert!(store.run(|store| store.next_terminal_task()).unwrap().is_none(), "it is done with it");
    asked.load(Ordering::Relaxed)
}

#[test]
fn what_a_person_has_settled_the_terminal_does_not_give_back() {
    let said = |outcome| PaymentEnd::new(outcome, Witness::Staff { by: "Tom".into() }, "w");
    assert!(turns_to_the_terminal(Vec::new()) > 0, "without a word it is the terminal's to do");
    assert_eq!(turns_to_the_terminal(vec![said(Outcome::NotCharged)]), 0);
    assert_eq!(turns_to_the_terminal(vec![said(Outcome::Charged)]), 0);
}
