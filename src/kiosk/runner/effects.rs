//! What the session decided is carried out: each effect is handed to the thread that owns what it needs.

use super::answering::{open_case, owed_after, record, visit_of, who};
use super::{Runner, locked};
use crate::front_desk::booking::{BookingAnswer, BookingOrder};
use crate::front_desk::payment::Payment;
use crate::front_desk::request::Request;
use crate::front_desk::ticket::PaperState;
use crate::kiosk::session::{Answer, Ask, Effect, Event, NotChargedWhy, PaymentNews, Printed, Question};
use crate::kiosk::{clock, vitals};
use crate::link::fact::FactKind;
use crate::store::{self, StoreError};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::Duration;

/// With less room on the disk than this, in bytes, how people went through their sessions is not kept any more: what is
/// left is for tickets and requests. The desk was told of it at five times as much.
const ROOM_FOR_FIGURES: u64 = 100 * 1024 * 1024;
/// How long the desk may take to answer an order. A patient stands there; after it a person decides.
const ORDER_WITHIN: Duration = Duration::from_secs(8);

impl Runner {
    pub(super) fn carry_out(&mut self, effect: Effect) {
        let now = self.session.moment.now;
        let failed = match effect {
            Effect::Ask(ask, Question::Order { order, print }) => {
                self.order(ask, order, print);
                None
            }
            Effect::Ask(ask, question) => {
                let event = Event::Answered(ask, Answer::Failed);
                self.ask(ask, question, now).err().map(|error| (error, Some(event)))
            }
            Effect::Raise(request) => {
                let event = Event::RequestKept(request.id, false);
                self.raise(*request, now).err().map(|error| (error, Some(event)))
            }
            Effect::Say(message) => {
                let (link, mailbox, id) = (self.link_waker.clone(), self.mailbox.clone(), message.id);
                let told = self.store.tell(move |store| {
                    match store.commit(vec![FactKind::MessageSent { message }], now) {
                        Ok(_) => link.wake(),
                        Err(error) => {
                            tracing::error!("a message could not be kept: {error}");
                            mailbox.send(Event::MessageNotKept(id));
                        }
                    }
                });
                told.err().map(|error| (error, Some(Event::MessageNotKept(id))))
            }
            Effect::Ended(step, end, spent) => {
                let told = self.store.tell(move |store| {
                    if vitals::free_bytes(store).is_some_and(|room| room < ROOM_FOR_FIGURES) {
                        return;
                    }
                    let ended = FactKind::SessionEnded { step: step.into(), end, spent };
                    if let Err(error) = store.commit(vec![ended], now) {
                        tracing::error!("the end of a session could not be kept: {error}");
                    }
                });
                told.err().map(|error| (error, None))
            }
            Effect::NotCheckedIn(turned_away) => {
                let link = self.link_waker.clone();
                let told = self.store.tell(move |store| {
                    match store.commit(vec![FactKind::NotCheckedIn { turned_away }], now) {
                        Ok(_) => link.wake(),
                        Err(error) => {
                            tracing::error!("that somebody was not checked in could not be kept: {error}");
                        }
                    }
                });
                told.err().map(|error| (error, None))
            }
            Effect::PayByCard(payment) => {
                self.till.pay(*payment);
                None
            }
            Effect::StopPaying(payment) => {
                self.till.stop(payment);
                None
            }
            Effect::BeginPayment(payment) => {
                let event = Event::Payment(payment.id, PaymentNews::NotBegun(NotChargedWhy::Terminal));
                self.begin_payment(*payment, now).err().map(|error| (error, Some(event)))
            }
            Effect::PrintReceipt(payment) => {
                let (printing, mailbox) = (self.printing_waker.clone(), self.mailbox.clone());
                let language = self.session.language_code(&self.clinic).to_string();
                let queued =
                    self.store.tell(move |store| match store.queue_receipt(payment, &language, now) {
                        Ok(_) => printing.wake(),
                        Err(error) => {
                            tracing::error!("a receipt cannot be queued: {error}");
                            mailbox.send(Event::Paper(Printed::Receipt(payment), PaperState::NotPrinted));
                        }
                    });
                queued.err().map(|error| (error, None))
            }
            Effect::EndPayment(payment, end) => {
                let (clinic, link, printing) =
                    (Arc::clone(&self.clinic), self.link_waker.clone(), self.printing_waker.clone());
                let told = self.store.tell(move |store| {
                    match store.end_payment(&clinic, payment, *end, true, now) {
                        Ok(()) => {
                            link.wake();
                            printing.wake();
                        }
                        // It stays under way on the disk, and the kiosk's next start calls it not known.
                        Err(error) => tracing::error!("what became of a payment could not be kept: {error}"),
                    }
                });
                told.err().map(|error| (error, None))
            }
            Effect::PrintCopy(ticket) => {
                let (printing, mailbox) = (self.printing_waker.clone(), self.mailbox.clone());
                let queued = self.store.tell(move |store| match store.queue_copy(ticket, now) {
                    Ok(_) => printing.wake(),
                    Err(error) => {
                        tracing::error!("a copy cannot be queued: {error}");
                        mailbox.send(Event::Paper(Printed::Ticket(ticket), PaperState::NotPrinted));
                    }
                });
                queued.err().map(|error| (error, None))
            }
        };
        // Only a store whose thread is gone is not even told.
        if let Some((error, event)) = failed {
            tracing::error!("{error}");
            if let Some(event) = event {
                self.mailbox.send(event);
            }
        }
    }

    fn ask(&self, ask: Ask, question: Question, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mailbox = self.mailbox.clone();
        let (printing, link) = (self.printing_waker.clone(), self.link_waker.clone());
        let (clinic, series) = (Arc::clone(&self.clinic), self.kiosk.series.clone());
        self.store.tell(move |store| {
            let answer = match question {
                Question::Who(identifiers) => who(store, &identifiers, now).map(Answer::Found),
                Question::CheckIn(visit) => {
                    store.check_in(&clinic, &series, &visit, now).map(Answer::CheckedIn)
                }
                Question::Slots(search) => {
                    store.open_slots(&clinic, &search, now).map(|slots| Answer::Slots(slots.into()))
                }
                // Asked of the desk, not of the store.
                Question::Order { .. } => Ok(Answer::Failed),
                Question::Details { patient, confirmed, entered, day } => {
                    store.details_said(patient, confirmed, entered, (day, now)).map(|()| Answer::DetailsKept)
                }
                Question::Record(patient) => record(store, patient, now).map(Answer::Found),
                Question::Case { number, code } => store
                    .case_opened_with(&number, &code)
                    .and_then(|row| open_case(store, row))
                    .map(Answer::Case),
                Question::ScannedCase(id) => store
                    .request(id)
                    .and_then(|row| open_case(store, row.filter(|row| row.request.case.is_some())))
                    .map(Answer::Case),
            };
            let owed = owed_after(store, &answer);
            let visit = visit_of(store, &answer, now.with_timezone(&clinic.zone).date_naive());
            let answer = answer.unwrap_or_else(|error| {
                tracing::error!("{error}");
                Answer::Failed
            });
            if matches!(answer, Answer::CheckedIn(_)) {
                printing.wake();
                link.wake();
            }
            // Before the answer: what the patient owes is part of what its screen shows.
            if let Some(owed) = owed {
                mailbox.send(Event::OwedTold(owed));
            }
            if let Some(visit) = visit {
                mailbox.send(Event::VisitTold(visit));
            }
            // A check-in whose first answer came too late to the patient has its paper already.
            let paper = match &answer {
                Answer::CheckedIn(ticket) => {
                    let state = store.paper(ticket.id).ok().flatten();
                    let ended = state.filter(|state| *state != PaperState::Reserved);
                    ended.map(|state| Event::Paper(Printed::Ticket(ticket.id), state))
                }
                _ => None,
            };
            mailbox.send(Event::Answered(ask, answer));
            paper.into_iter().for_each(|event| mailbox.send(event));
        })
    }

    /// Asks the desk. What it books is in this kiosk's store, and its slip queued, before the patient is told.
    fn order(&self, ask: Ask, order: BookingOrder, print: bool) {
        let (mailbox, printing, store) =
            (self.mailbox.clone(), self.printing_waker.clone(), self.store.clone());
        let language = self.session.language_code(&self.clinic).to_string();
        self.asking.ask_desk(order, ORDER_WITHIN, move |answer| {
            let kept = match &answer {
                Ok(BookingAnswer::Booked { appointment }) => Some((appointment.clone(), print)),
                Ok(BookingAnswer::Cancelled { appointment }) => Some((appointment.clone(), false)),
                _ => None,
            };
            let told = Event::Answered(ask, Answer::Ordered(answer));
            let Some((appointment, print)) = kept else { return mailbox.send(told) };
            let (unkept, unkept_told) = (mailbox.clone(), told.clone());
            let asked = store.tell(move |store| {
                let slip = print.then_some(language.as_str());
                match store.keep_booking(&appointment, slip, clock::now()) {
                    Ok(()) => printing.wake(),
                    Err(error) => {
                        tracing::error!("a booking of the desk could not be kept here yet: {error}");
                        let printed = Printed::Appointment(appointment.id);
                        mailbox.send(told);
                        return mailbox.send(Event::Paper(printed, PaperState::NotPrinted));
                    }
                }
                mailbox.send(told);
            });
            if let Err(error) = asked {
                tracing::error!("{error}");
                unkept.send(unkept_told);
            }
        });
    }

    /// Keeps a payment by code; only what is kept is shown.
    fn begin_payment(&self, payment: Payment, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (mailbox, link) = (self.mailbox.clone(), self.link_waker.clone());
        self.store.tell(move |store| {
            let news = match store.begin_payment(&payment, None, now) {
                Ok(Ok(())) => {
                    link.wake();
                    PaymentNews::Begun
                }
                Ok(Err(stop)) => {
                    tracing::warn!("a payment did not begin: {stop}");
                    PaymentNews::NotBegun(NotChargedWhy::NotDue)
                }
                Err(error) => {
                    tracing::error!("a payment cannot be kept: {error}");
                    PaymentNews::NotBegun(NotChargedWhy::Terminal)
                }
            };
            mailbox.send(Event::Payment(payment.id, news));
        })
    }

    fn raise(&self, request: Request, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (mailbox, link) = (self.mailbox.clone(), self.link_waker.clone());
        let printing = self.printing_waker.clone();
        let (on_the_way, asking) = (Arc::clone(&self.on_the_way), self.asking.clone());
        self.store.tell(move |store| {
            let id = request.id;
            match store.raise(request.clone(), now) {
                Ok(fact) => {
                    // Noted on the store's own thread: the link cannot have read the fact before.
                    locked(&on_the_way).push((fact.id, id));
                    link.wake();
                    printing.wake();
                    mailbox.send(Event::RequestKept(id, true));
                }
                // On a full disk, say: somebody needs a person now, and the desk may have room.
                Err(error) => {
                    tracing::error!("a request could not be kept: {error}");
                    asking.tell_desk(Box::new(request), ORDER_WITHIN, move |has_it| {
                        mailbox.send(match has_it {
                            true => Event::RequestDelivered(id),
                            false => Event::RequestKept(id, false),
                        });
                    });
                }
            }
        })
    }
}

impl From<store::Paper> for Printed {
    fn from(paper: store::Paper) -> Self {
        match paper {
            store::Paper::Ticket(ticket) => Self::Ticket(ticket),
            store::Paper::Slip(request) => Self::Slip(request),
            store::Paper::Appointment(appointment) => Self::Appointment(appointment),
            store::Paper::Receipt(payment) => Self::Receipt(payment),
        }
    }
}
