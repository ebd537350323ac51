//! The orders of the desk that this kiosk has yet to carry out. Each is carried out once, and only while nobody is
//! at the kiosk; one that can be done only once (a test page, a start of the program) is on the disk as begun
//! before it is done, so that a kiosk that stops in the middle does not do it again.

use super::clock;
use crate::clinic::{self, Clinic};
use crate::doctor::{self, State};
use crate::front_desk::fleet::{KioskOrder, KioskOrderId, OrderEnd};
use crate::link::heartbeat::DeskClock;
use crate::store::{FleetOrder, KioskTask, Store, StoreError, StoreHandle};
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What could not be kept is tried again after so long.
const AGAIN_AFTER: Duration = Duration::from_secs(2);
/// More than this of what the examination found nobody reads on a page.
const LONGEST_FINDINGS: usize = 4000;

/// The orders that wait; clones are of the same kiosk.
#[derive(Clone)]
pub struct Orders {
    waiting: Arc<Mutex<Waiting>>,
    clock: DeskClock,
    /// A test page was being printed when the kiosk stopped.
    torn: bool,
}

#[derive(Default)]
struct Waiting {
    orders: Vec<FleetOrder>,
    /// Those that are being written down as begun or ended.
    in_hand: Vec<KioskOrderId>,
    not_before: Option<Instant>,
}

/// Whether an order can be carried out now.
#[derive(Debug, Clone, Copy)]
pub struct Occasion {
    /// Nobody is at the kiosk.
    pub is_idle: bool,
    /// Whoever is at it can be sent to the desk.
    pub can_be_ended: bool,
}

impl Orders {
    /// Takes up what is on the disk. What was begun when the kiosk stopped ends now: a start of the program has
    /// happened, and of anything else nobody knows whether it was done.
    pub fn start(store: &StoreHandle, clock: DeskClock) -> Result<Self, StoreError> {
        let (orders, torn) = store.run(|store| {
            let mut torn = false;
            for KioskTask { order, .. } in store.kiosk_tasks()?.into_iter().filter(|task| task.is_begun) {
                torn |= order.what == KioskOrder::PrintTestPage;
                let ended = store.end_kiosk_task(order.id, after_a_start(&order.what), clock::now());
                // On a full disk the next start says it; it is not done again in any case.
                if let Err(error) = ended {
                    tracing::error!("what became of an order cannot be kept yet: {error}");
                }
            }
            Ok((unbegun(store)?, torn))
        })?;
        let waiting = Waiting { orders, ..Waiting::default() };
        Ok(Self { waiting: Arc::new(Mutex::new(waiting)), clock, torn })
    }

    /// Whether half a test page may lie in the printer.
    pub fn left_a_torn_page(&self) -> bool {
        self.torn
    }

    /// The desk gave or took back an order: reads what waits now. On the store's own thread.
    pub fn read_again(&self, store: &Store) {
        match unbegun(store) {
            Ok(orders) => self.waiting().orders = orders,
            Err(error) => tracing::error!("the desk's orders cannot be read: {error}"),
        }
    }

    /// Takes the first order whose occasion is there. It is in hand until [`Orders::let_go`].
    pub fn take(&self, occasion: Occasion) -> Option<FleetOrder> {
        let mut waiting = self.waiting();
        if waiting.not_before.is_some_and(|at| Instant::now() < at) {
            return None;
        }
        let Waiting { orders, in_hand, .. } = &mut *waiting;
        let order = orders
            .iter()
            .filter(|order| !in_hand.contains(&order.id))
            .find(|order| self.is_expired(order, Utc::now()) || is_its_time(&order.what, occasion))?
            .clone();
        in_hand.push(order.id);
        Some(order)
    }

    /// Whether the order came too late, by the desk's clock.
    pub fn is_expired(&self, order: &FleetOrder, now: DateTime<Utc>) -> bool {
        KioskOrder::is_expired(order.ordered_at, self.clock.at_the_desk(now))
    }

    /// An order is in hand no longer: it was written down as begun or ended, or could not be and waits again.
    pub fn let_go(&self, id: KioskOrderId, kept: bool) {
        let mut waiting = self.waiting();
        waiting.in_hand.retain(|held| *held != id);
        if kept {
            waiting.orders.retain(|order| order.id != id);
        } else {
            waiting.not_before = Some(Instant::now() + AGAIN_AFTER);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unbegun(store: &Store) -> Result<Vec<FleetOrder>, StoreError> {
    let tasks = store.kiosk_tasks()?.into_iter().filter(|task| !task.is_begun);
    Ok(tasks.map(|task| task.order).collect())
}

fn is_its_time(what: &KioskOrder, occasion: Occasion) -> bool {
    match what {
        KioskOrder::TakeOutOfService { at_once: true, .. } => occasion.can_be_ended,
        KioskOrder::TakeOutOfService { at_once: false, .. }
        | KioskOrder::BackInService
        | KioskOrder::Restart
        | KioskOrder::ReadConfiguration
        | KioskOrder::PrintTestPage
        | KioskOrder::Examine => occasion.is_idle,
    }
}

/// What becomes of an order that was begun before the program started.
fn after_a_start(what: &KioskOrder) -> OrderEnd {
    match what {
        KioskOrder::Restart => done("The program was started again."),
        KioskOrder::ReadConfiguration => done("The file was read again, and the program started with it."),
        _ => failed(
            "The kiosk stopped while it did this. Perhaps it was done: look at the kiosk, then order it again.",
        ),
    }
}

/// That an order was carried out.
pub fn done(words: impl Into<String>) -> OrderEnd {
    OrderEnd::Done { words: words.into() }
}

/// That it could not be.
pub fn failed(words: impl Into<String>) -> OrderEnd {
    OrderEnd::Failed { words: words.into() }
}

/// Reads the clinic's file of this machine again. Only a file without mistakes is started with. Waits for a disk.
pub fn read_configuration(clinic: &Clinic, kiosk: &str) -> Result<(), OrderEnd> {
    let Some(file) = &clinic.file else {
        return Err(failed("This kiosk was started without a clinic's file: there is none to read again."));
    };
    match clinic::read(file) {
        Ok(read) if read.kiosk(kiosk).is_none() => Err(failed(format!(
            "{} names no kiosk \"{kiosk}\" any more. This kiosk goes on as it is: correct the file first.",
            file.display()
        ))),
        Ok(_) => Ok(()),
        Err(error) => Err(failed(format!(
            "The file has a mistake, and this kiosk goes on as it is. {error} See all of it with vestibule routines check."
        ))),
    }
}

/// Examines the machine. Takes seconds.
pub fn examine(clinic: &Clinic, kiosk: &str, store: PathBuf) -> OrderEnd {
    let options = doctor::Options { store: Some(store), ..doctor::Options::default() };
    let findings = doctor::examine(clinic, Some(kiosk), &options);
    let worst = findings.iter().map(|finding| finding.state).max().unwrap_or(State::Good);
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    let all = lines.join("\n");
    let words: String = all.chars().take(LONGEST_FINDINGS).collect();
    match worst {
        State::Good | State::Warning => done(words),
        State::Bad => failed(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::fleet::ClosedNotice;
    use crate::link::fact::{DESK, FactKind};
    use chrono::TimeDelta;
    use uuid::Uuid;

    const IDLE: Occasion = Occasion { is_idle: true, can_be_ended: true };
    const IN_USE: Occasion = Occasion { is_idle: false, can_be_ended: true };
    const PAYING: Occasion = Occasion { is_idle: false, can_be_ended: false };

    fn kiosk_ordered(what: &[KioskOrder], ago: TimeDelta) -> StoreHandle {
        let (mut desk, mut kiosk) = (Store::in_memory(DESK).unwrap(), Store::in_memory("lobby").unwrap());
        let follow = |desk: &mut Store, kiosk: &mut Store| {
            let feed = desk.feed("lobby", kiosk.identity(), kiosk.cursor().unwrap(), 100).unwrap();
            kiosk.follow(&feed).unwrap();
        };
        follow(&mut desk, &mut kiosk);
        for what in what {
            let id = KioskOrderId(Uuid::now_v7());
            let (kiosk, by) = ("lobby".to_string(), "Maria".to_string());
            let ordered = FactKind::KioskOrdered { id, kiosk, by, what: what.clone() };
            desk.commit(vec![ordered], Utc::now() - ago).unwrap();
        }
        follow(&mut desk, &mut kiosk);
        StoreHandle::new(kiosk).unwrap()
    }

    fn close(at_once: bool) -> KioskOrder {
        KioskOrder::TakeOutOfService { notice: ClosedNotice::default(), at_once }
    }

    #[test]
    fn nobody_is_interrupted_unless_staff_say_so() {
        for (what, at) in [
            (close(false), [None, None, Some(())]),
            (close(true), [None, Some(()), Some(())]),
            (KioskOrder::Restart, [None, None, Some(())]),
            (KioskOrder::PrintTestPage, [None, None, Some(())]),
        ] {
            for (occasion, expected) in [PAYING, IN_USE, IDLE].into_iter().zip(at) {
                let store = kiosk_ordered(std::slice::from_ref(&what), TimeDelta::zero());
                let orders = Orders::start(&store, DeskClock::default()).unwrap();
                assert_eq!(orders.take(occasion).map(drop), expected, "{what:?} {occasion:?}");
            }
        }
    }

    #[test]
    fn an_order_in_hand_is_taken_once_and_one_that_was_not_kept_waits() {
        let store = kiosk_ordered(&[KioskOrder::PrintTestPage, KioskOrder::Examine], TimeDelta::zero());
        let orders = Orders::start(&store, DeskClock::default()).unwrap();
        let (first, second) = (orders.take(IDLE).unwrap(), orders.take(IDLE).unwrap());
        assert_eq!(
            (first.what.clone(), second.what.clone()),
            (KioskOrder::PrintTestPage, KioskOrder::Examine)
        );
        assert_eq!(orders.take(IDLE), None);
        orders.let_go(second.id, true);
        orders.let_go(first.id, false);
        assert_eq!(orders.take(IDLE), None, "not at once");
        std::thread::sleep(AGAIN_AFTER);
        assert_eq!(orders.take(IDLE), Some(first));
        assert_eq!(orders.take(IDLE), None);
    }

    #[test]
    fn what_was_begun_before_a_start_is_never_done_again() {
        let store = kiosk_ordered(&[KioskOrder::Restart, KioskOrder::PrintTestPage], TimeDelta::zero());
        let orders = Orders::start(&store, DeskClock::default()).unwrap();
        while let Some(order) = orders.take(IDLE) {
            assert!(store.run(move |store| store.begin_kiosk_task(order.id)).unwrap());
        }
        let orders = Orders::start(&store, DeskClock::default()).unwrap();
        assert_eq!(orders.take(IDLE), None);
        let since = Utc::now() - TimeDelta::minutes(1);
        let ends: Vec<_> = store
            .run(move |store| store.kiosk_orders_since(since))
            .unwrap()
            .into_iter()
            .map(|order| (order.what, matches!(order.end, Some((_, OrderEnd::Done { .. })))))
            .collect();
        assert_eq!(ends, [(KioskOrder::PrintTestPage, false), (KioskOrder::Restart, true)]);
    }

    #[test]
    fn an_old_order_is_told_apart_whatever_the_kiosks_own_clock_says() {
        let store = kiosk_ordered(&[KioskOrder::Restart], TimeDelta::minutes(11));
        let orders = Orders::start(&store, DeskClock::default()).unwrap();
        let order = orders.take(PAYING).expect("to be given up");
        assert!(orders.is_expired(&order, Utc::now()));
        assert!(!orders.is_expired(&order, Utc::now() - TimeDelta::minutes(2)));
    }
}
