//! What the desk orders a kiosk to do is done here, when its occasion has come. Whatever takes its time has a thread of
//! its own.

use super::Runner;
use crate::front_desk::fleet::{KioskOrder, OrderEnd};
use crate::kiosk::clock;
use crate::kiosk::orders::{self, Occasion};
use crate::kiosk::session::Event;
use crate::link::LinkWaker;
use crate::store::{FleetOrder, StoreHandle};
use chrono::Utc;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Runner {
    /// Carries out what the desk orders, when its occasion has come.
    pub(super) fn heed_orders(&mut self) {
        let occasion =
            Occasion { is_idle: self.session.is_idle(), can_be_ended: self.session.can_be_ended() };
        let Some(order) = self.orders.take(occasion) else { return };
        if self.orders.is_expired(&order, Utc::now()) {
            return self.end_order(&order, OrderEnd::Expired, None);
        }
        match order.what.clone() {
            KioskOrder::TakeOutOfService { notice, at_once } => {
                let closed = Event::Closed { notice, at_once };
                self.end_order(&order, orders::done("It is closed to patients."), Some(closed));
            }
            KioskOrder::BackInService => {
                self.end_order(&order, orders::done("It serves patients."), Some(Event::Reopened));
            }
            KioskOrder::Restart => self.begin_order(&order, Self::restarting),
            KioskOrder::ReadConfiguration => self.begin_order(&order, Self::reading),
            KioskOrder::PrintTestPage => self.begin_order(&order, Self::printing_test),
            KioskOrder::Examine => self.begin_order(&order, Self::examining),
        }
    }

    /// Keeps what became of an order that is done by keeping it; only what is kept is shown.
    fn end_order(&self, order: &FleetOrder, end: OrderEnd, shown: Option<Event>) {
        let (id, all, mailbox, link) =
            (order.id, self.orders.clone(), self.mailbox.clone(), self.link_waker.clone());
        let told = self.store.tell(move |store| {
            let kept = store.end_kiosk_task(id, end, clock::now());
            match &kept {
                Ok(true) => {
                    link.wake();
                    shown.into_iter().for_each(|event| mailbox.send(event));
                }
                Ok(false) => {}
                Err(error) => tracing::error!("an order of the desk cannot be kept yet: {error}"),
            }
            all.let_go(id, kept.is_ok());
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }

    /// Keeps that an order is begun, then does it: whatever stops the kiosk in between, it is not done twice.
    fn begin_order(&self, order: &FleetOrder, how: fn(&Self, Ending) -> Box<dyn FnOnce() + Send>) {
        let ending =
            Ending { order: order.clone(), store: self.store.clone(), link: self.link_waker.clone() };
        let (id, all, does) = (order.id, self.orders.clone(), how(self, ending));
        let told = self.store.tell(move |store| {
            let begun = store.begin_kiosk_task(id);
            match &begun {
                Ok(true) => does(),
                Ok(false) => {}
                Err(error) => tracing::error!("an order of the desk cannot be begun yet: {error}"),
            }
            all.let_go(id, begun.is_ok());
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }

    fn restarting(&self, _: Ending) -> Box<dyn FnOnce() + Send> {
        Box::new(self.ask_to_restart())
    }

    /// Has the program start anew as soon as nobody is at the kiosk.
    pub fn ask_to_restart(&self) -> impl Fn() + Send + use<> {
        let (restart, mailbox) = (Arc::clone(&self.restart), self.mailbox.clone());
        move || {
            restart.store(true, Ordering::Relaxed);
            (mailbox.wake)();
        }
    }

    /// What is read takes effect with a start: devices, addresses and keys are bound when the program begins.
    fn reading(&self, ending: Ending) -> Box<dyn FnOnce() + Send> {
        let (clinic, kiosk) = (Arc::clone(&self.clinic), self.kiosk.name.clone());
        let again = self.restarting(ending.clone());
        aside(ending, move |ending| match orders::read_configuration(&clinic, &kiosk) {
            Ok(()) => again(),
            Err(end) => ending.end(end),
        })
    }

    fn printing_test(&self, ending: Ending) -> Box<dyn FnOnce() + Send> {
        let (printing, kiosk) = (self.printing_waker.clone(), self.kiosk.name.clone());
        Box::new(move || {
            printing.print_test_page(&kiosk, move |printed| {
                ending.end(match printed {
                    Ok(()) => orders::done("It printed a test page: look whether every line is readable."),
                    Err(why) => orders::failed(why),
                });
            });
        })
    }

    fn examining(&self, ending: Ending) -> Box<dyn FnOnce() + Send> {
        let (clinic, kiosk, path) = (Arc::clone(&self.clinic), self.kiosk.name.clone(), self.path.clone());
        aside(ending, move |ending| ending.end(orders::examine(&clinic, &kiosk, path)))
    }
}

/// Tells the desk what became of an order that was begun.
#[derive(Clone)]
struct Ending {
    order: FleetOrder,
    store: StoreHandle,
    link: LinkWaker,
}

impl Ending {
    /// Not on the store's thread.
    fn end(self, end: OrderEnd) {
        let (id, link) = (self.order.id, self.link);
        let told = self.store.tell(move |store| match store.end_kiosk_task(id, end, clock::now()) {
            Ok(_) => link.wake(),
            // The kiosk's next start says that nobody knows.
            Err(error) => tracing::error!("what became of an order cannot be kept: {error}"),
        });
        if let Err(error) = told {
            tracing::error!("{error}");
        }
    }
}

/// Does something that takes its time on a thread of its own.
fn aside(ending: Ending, work: impl FnOnce(Ending) + Send + 'static) -> Box<dyn FnOnce() + Send> {
    Box::new(move || {
        let otherwise = ending.clone();
        let begun = std::thread::Builder::new().name("order".into()).spawn(move || work(ending));
        if let Err(error) = begun {
            otherwise.end(orders::failed(format!(
                "The system gave no thread for it ({error}): restart the kiosk."
            )));
        }
    })
}
