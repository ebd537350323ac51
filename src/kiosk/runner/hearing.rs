//! What the desk and the scanner say becomes an event of the session.

use super::{Mailbox, OnTheWay, locked};
use crate::clinic::{self, Clinic, InForce};
use crate::front_desk::code::Code;
use crate::kiosk::device_reports::{report, report_later};
use crate::kiosk::orders::Orders;
use crate::kiosk::runner::KioskError;
use crate::kiosk::session::{Event, NotChargedWhy, PaymentNews};
use crate::kiosk::vitals::Vitals;
use crate::link::LinkNews;
use crate::link::fact::{Fact, FactKind};
use crate::routines;
use crate::store::StoreHandle;
use std::sync::Arc;
use vestibule_hardware::scanner::ScanEvent;

/// Stands for the mark of routines that are those of this machine's files: the desk's have another one.
const OF_THE_FILES: &str = "of the kiosk's own files";

/// The clinic with the routines that were applied last, if any were.
pub(super) fn adopted(
    clinic: &Arc<Clinic>,
    store: &StoreHandle,
    vitals: &Vitals,
) -> Result<Arc<Clinic>, KioskError> {
    let applied = store.run(|store| store.routines_in_force())?;
    Ok(match applied.map(|applied| (clinic::read_told(&applied.files), routines::mark(&applied.files))) {
        None => Arc::clone(clinic),
        Some((Ok(told), mark)) => {
            vitals.routines(mark);
            Arc::new(clinic.adopt(told))
        }
        Some((Err(errors), _)) => {
            vitals.routines(OF_THE_FILES.into());
            tracing::error!(
                "the routines in force cannot be used, those of this machine's files are: {}",
                errors.first
            );
            Arc::clone(clinic)
        }
    })
}

/// Routines that were changed at the desk. Those that this program cannot use leave the ones before in force,
/// and the desk is told.
pub(super) fn hear_routines(facts: &[Fact], in_force: &InForce, store: &StoreHandle, vitals: &Vitals) {
    let applied = facts.iter().rev().find_map(|fact| match &fact.kind {
        FactKind::RoutinesApplied { files, .. } => Some(files),
        _ => None,
    });
    let Some(files) = applied else { return };
    let trouble = match clinic::read_told(files) {
        Ok(told) => {
            in_force.put(in_force.now().adopt(told));
            vitals.routines(routines::mark(files));
            String::new()
        }
        Err(errors) => {
            format!("this kiosk cannot use the new routines, and goes on with those before: {}", errors.first)
        }
    };
    report_later(store, "routines", trouble);
}

/// Orders to this kiosk, or ends of them in the word of the desk, are in the store already.
pub(super) fn hear_orders(facts: &[Fact], orders: &Orders, store: &StoreHandle, mailbox: &Mailbox) {
    let any =
        |fact: &Fact| matches!(fact.kind, FactKind::KioskOrdered { .. } | FactKind::KioskOrderEnded { .. });
    if !facts.iter().any(any) {
        return;
    }
    let (orders, mailbox) = (orders.clone(), mailbox.clone());
    let told = store.tell(move |store| {
        orders.read_again(store);
        (mailbox.wake)();
    });
    if let Err(error) = told {
        tracing::error!("{error}");
    }
}

pub(super) fn hear_link(news: LinkNews, mailbox: &Mailbox, on_the_way: &OnTheWay) {
    match news {
        LinkNews::Delivered(facts) => {
            let mut waiting = locked(on_the_way);
            let (there, still): (Vec<_>, Vec<_>) =
                waiting.drain(..).partition(|(fact, _)| facts.contains(fact));
            *waiting = still;
            drop(waiting);
            for (_, request) in there {
                mailbox.send(Event::RequestDelivered(request));
            }
        }
        LinkNews::Facts(facts) => {
            // A copy that the desk asked for is in the store already, where the printing thread finds it.
            for Fact { kind, .. } in facts {
                match kind {
                    FactKind::RequestAcknowledged { request, by } => {
                        mailbox.send(Event::RequestAcknowledged(request, by));
                    }
                    FactKind::RequestResolved { request, .. } => {
                        mailbox.send(Event::RequestResolved(request));
                    }
                    FactKind::MessageSent { message } => mailbox.send(Event::MessageHeard(message)),
                    FactKind::PaymentEnded { payment, end } => {
                        let news = PaymentNews::Ended(end.outcome, NotChargedWhy::Terminal);
                        mailbox.send(Event::Payment(payment, news));
                    }
                    FactKind::StepTaken { request, step, .. } => {
                        mailbox.send(Event::StepTaken(request, step));
                    }
                    _ => {}
                }
            }
        }
        LinkNews::Up => mailbox.send(Event::DeskAnswers(true)),
        LinkNews::Down(_) => mailbox.send(Event::DeskAnswers(false)),
    }
}

pub(super) fn hear_scanner(event: ScanEvent, mailbox: &Mailbox, store: &StoreHandle) {
    let trouble = match event {
        ScanEvent::Scanned(text) => return mailbox.send(Event::Scanned(Code::parse(&text))),
        ScanEvent::Unreadable => return mailbox.send(Event::Scanned(None)),
        ScanEvent::Lost => "the scanner is gone: check its cable",
        ScanEvent::Found => "",
    };
    if let Err(error) = report(store, "scanner", trouble) {
        tracing::error!("the scanner's state cannot be kept: {error}");
    }
}
