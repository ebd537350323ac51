//! Booking, moving and cancelling appointments. The kiosk's own copy of the book is searched; only the desk
//! books. A touch on a choice goes on by itself, so that whoever takes the first free time is done in a few.

mod choosing;
mod order;

pub use choosing::{Choosing, Narrowing};

use super::{Effect, Pending, Place, Question, Session, Step, Touch};
use crate::clinic::{Clinic, Service};
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus, BookedVisit};
use crate::front_desk::booking::{BookingOrder, Slot, SlotOffer, SlotSearch};
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::PaperState;
use chrono::{DateTime, Days, Utc};
use std::sync::Arc;

/// What an identified patient does with their appointments.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// Whose appointments.
    pub patient: PatientId,
    /// The appointments as this session knows them.
    pub visits: Vec<BookedVisit>,
    /// What is being decided.
    pub stage: BookingStage,
    /// What became of the choice before, where it did not do.
    pub problem: Option<BookingProblem>,
}

/// What is being decided.
#[derive(Debug, Clone, PartialEq)]
pub enum BookingStage {
    /// Which of the appointments ahead, or a new one.
    Overview,
    /// What to do with one of them.
    One(Appointment),
    /// Whether to call it off.
    Cancelling(Appointment),
    /// Whether to take a slot that was freed.
    Offered(SlotOffer),
    /// For which service.
    Service(Purpose),
    /// Which free slot.
    Choosing(Choosing),
    /// There is no free slot: what else.
    NoneFree(Purpose, String),
}

/// What a slot is chosen for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// A new appointment.
    New,
    /// Another time for this one.
    Move(Appointment),
    /// To be seen today, at the next free time.
    WalkIn {
        /// Id of the reason for the visit, where one was chosen.
        reason: Option<String>,
    },
}
/// What became of a choice that did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingProblem {
    /// Somebody else was quicker.
    Taken,
    /// The desk knows of a change that this kiosk did not know of.
    Changed,
}

/// An appointment that was just booked, moved or called off.
#[derive(Debug, Clone, PartialEq)]
pub struct Booked {
    /// As it is now.
    pub appointment: Appointment,
    /// Whether it was there before, at another time.
    pub moved: bool,
    /// What became of its slip.
    pub paper: PaperState,
    /// Whether check-in for it is open now.
    pub check_in: bool,
}
impl Booking {
    fn new(patient: PatientId, visits: Vec<BookedVisit>, stage: BookingStage) -> Self {
        Self { patient, visits, stage, problem: None }
    }

    /// The patient's standing appointments that are still to come and not checked in, in order.
    pub fn ahead(&self, now: DateTime<Utc>) -> Vec<&Appointment> {
        let standing = |visit: &&BookedVisit| {
            visit.ticket.is_none()
                && visit.appointment.status == AppointmentStatus::Booked
                && visit.appointment.starts_at > now
        };
        let mut ahead: Vec<_> = self.visits.iter().filter(standing).map(|visit| &visit.appointment).collect();
        ahead.sort_by_key(|appointment| (appointment.starts_at, appointment.id));
        ahead
    }

    /// Takes over what an appointment is now.
    fn learn(&mut self, appointment: &Appointment) {
        let known = self.visits.iter_mut().find(|visit| visit.appointment.id == appointment.id);
        match known {
            Some(visit) => visit.appointment = appointment.clone(),
            None => self.visits.push(BookedVisit {
                appointment: appointment.clone(),
                ticket: None,
                changed: None,
            }),
        }
    }
}

impl Booking {
    /// What the screen is, to notice that another has appeared.
    pub(super) fn face(&self) -> usize {
        match &self.stage {
            BookingStage::Overview => 0,
            BookingStage::One(_) => 1,
            BookingStage::Cancelling(_) => 2,
            BookingStage::Offered(_) => 3,
            BookingStage::Service(_) => 4,
            BookingStage::NoneFree(..) => 5,
            BookingStage::Choosing(choosing) => match choosing.at {
                Narrowing::Clinician => 6,
                Narrowing::Part => 7,
                Narrowing::Day => 8,
                Narrowing::Time => 9,
                Narrowing::Review(_) => 10,
            },
        }
    }
}

/// Notes what became of the paper of a slip, also where other screens lie over it.
pub(super) fn paper(step: &mut Step, appointment: AppointmentId, state: PaperState) {
    match step {
        Step::Booked(booked) if booked.appointment.id == appointment => booked.paper = state,
        Step::Requested(_, Some(under)) | Step::Help(under) => paper(under, appointment, state),
        Step::Telling(telling) => paper(&mut telling.resume, appointment, state),
        Step::Talk(talk) => paper(&mut talk.resume, appointment, state),
        _ => {}
    }
}

/// The services for which patients can book by themselves.
pub fn bookable(clinic: &Clinic) -> Vec<&Service> {
    let schedule = &clinic.routines.schedule;
    clinic.services.iter().filter(|service| schedule.patients_may_book(&service.id)).collect()
}

impl Session {
    /// The patient is identified, and is here for the book.
    pub(super) fn open_book(
        &mut self,
        patient: PatientId,
        visits: Vec<BookedVisit>,
        offer: Option<SlotOffer>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let mut booking = Booking::new(patient, visits, BookingStage::Overview);
        if let Some(offer) = offer {
            booking.stage = BookingStage::Offered(offer);
            self.step = Step::Booking(Box::new(booking));
            return Vec::new();
        }
        if booking.ahead(self.moment.now).is_empty() {
            return self.choose_service(booking, Purpose::New, place);
        }
        self.step = Step::Booking(Box::new(booking));
        Vec::new()
    }

    /// Somebody who was identified would be seen today: at the next free time where the service has a book, else
    /// in the queue.
    pub(super) fn walk_in(
        &mut self,
        patient: PatientId,
        service: String,
        reason: Option<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        if !place.clinic.routines.schedule.patients_may_book(&service) {
            return self.queue_walk_in(patient, service, reason, place);
        }
        let booking = Booking::new(patient, Vec::new(), BookingStage::Overview);
        self.search(booking, Purpose::WalkIn { reason }, service, place)
    }

    /// Asks for which service; where there is only one, it is that.
    fn choose_service(&mut self, mut booking: Booking, purpose: Purpose, place: Place<'_>) -> Vec<Effect> {
        let services = bookable(place.clinic);
        match services[..] {
            [] => {
                let patient = booking.patient;
                self.raise(RequestReason::NoAppointment, vec![patient], place)
            }
            [only] => self.search(booking, purpose, only.id.clone(), place),
            _ => {
                booking.stage = BookingStage::Service(purpose);
                self.step = Step::Booking(Box::new(booking));
                Vec::new()
            }
        }
    }

    /// Asks the kiosk's copy of the book for what is free.
    fn search(
        &mut self,
        booking: Booking,
        purpose: Purpose,
        service: String,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let from = self.today(place.clinic);
        let ahead = match purpose {
            Purpose::WalkIn { .. } => 0,
            Purpose::New | Purpose::Move(_) => u64::from(place.clinic.routines.schedule.booking.days_ahead),
        };
        let to = from.checked_add_days(Days::new(ahead)).unwrap_or(from);
        let search = SlotSearch { service: service.clone(), clinician: None, from, to, part: None };
        self.step = Step::Booking(Box::new(booking));
        self.ask_pending(Question::Slots(search), Pending::Search(purpose, service))
    }

    /// The book was searched.
    pub(super) fn slots_found(
        &mut self,
        purpose: Purpose,
        service: String,
        slots: Arc<[Slot]>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let Step::Booking(booking) = &mut self.step else { return Vec::new() };
        booking.stage = match purpose {
            // Whoever is here is not sent away: without a free time there is still the queue.
            Purpose::WalkIn { reason } if slots.is_empty() => {
                let patient = booking.patient;
                return self.queue_walk_in(patient, service, reason, place);
            }
            purpose if slots.is_empty() => BookingStage::NoneFree(purpose, service),
            purpose => BookingStage::Choosing(Choosing::new(purpose, service, slots)),
        };
        Vec::new()
    }

    /// A touch while booking.
    pub(super) fn booking_touched(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::Booking(booking) = std::mem::replace(&mut self.step, Step::Welcome) else {
            return Vec::new();
        };
        let mut booking = *booking;
        let problem = booking.problem.take();
        match (booking.stage.clone(), touch) {
            (BookingStage::Overview, Touch::Choice(position)) => {
                let ahead = booking.ahead(self.moment.now);
                match ahead.get(position).map(|appointment| (*appointment).clone()) {
                    Some(appointment) => booking.stage = BookingStage::One(appointment),
                    None if position == ahead.len() => {
                        return self.choose_service(booking, Purpose::New, place);
                    }
                    None => {}
                }
            }
            (BookingStage::One(appointment), Touch::Choice(position)) => match position {
                0 => {
                    let service = appointment.service.clone();
                    return self.search(booking, Purpose::Move(appointment), service, place);
                }
                1 => return self.wait_for(booking, Purpose::Move(appointment), None, place),
                2 => booking.stage = BookingStage::Cancelling(appointment),
                _ => {}
            },
            (BookingStage::Cancelling(appointment), Touch::Yes) => {
                let from = appointment.starts_at;
                return self.order(booking, BookingOrder::Cancel { appointment: appointment.id, from });
            }
            (BookingStage::Cancelling(appointment), Touch::No | Touch::Back) => {
                booking.stage = BookingStage::One(appointment);
            }
            (BookingStage::Offered(offer), Touch::Yes) => {
                let appointment = AppointmentId(self.moment.id);
                return self.order(booking, BookingOrder::TakeOffer { entry: offer.entry.id, appointment });
            }
            (BookingStage::Offered(offer), Touch::No) => {
                let entry = offer.entry.id;
                return self.order(booking, BookingOrder::DeclineOffer { entry, keep_waiting: true });
            }
            (BookingStage::Service(purpose), Touch::Choice(position)) => {
                if let Some(service) = bookable(place.clinic).get(position) {
                    let service = service.id.clone();
                    return self.search(booking, purpose, service, place);
                }
            }
            (BookingStage::NoneFree(purpose, service), Touch::Choice(position)) => {
                return self.none_free(booking, purpose, service, position, place);
            }
            (BookingStage::Choosing(mut choosing), Touch::Choice(position)) => {
                choosing.choose(position, place.clinic);
                booking.stage = BookingStage::Choosing(choosing);
            }
            (BookingStage::Choosing(choosing), Touch::Yes) => match choosing.at {
                Narrowing::Review(slot) => return self.book(booking, choosing.purpose, slot, place),
                _ => booking.problem = problem,
            },
            (BookingStage::Choosing(mut choosing), Touch::Back | Touch::No) => {
                if choosing.back() {
                    booking.stage = BookingStage::Choosing(choosing);
                } else {
                    booking.stage = before(choosing.purpose, place.clinic);
                    return self.or_leave(booking);
                }
            }
            (BookingStage::Service(purpose) | BookingStage::NoneFree(purpose, _), Touch::Back) => {
                booking.stage = match purpose {
                    Purpose::Move(appointment) => BookingStage::One(appointment),
                    Purpose::New | Purpose::WalkIn { .. } => BookingStage::Overview,
                };
                return self.or_leave(booking);
            }
            (BookingStage::One(_), Touch::Back) => booking.stage = BookingStage::Overview,
            (BookingStage::Overview, Touch::Back) => return Vec::new(),
            // A touch that this stage does not know came from a screen that is gone already.
            _ => booking.problem = problem,
        }
        self.step = Step::Booking(Box::new(booking));
        Vec::new()
    }

    /// The overview of nothing is no screen: whoever goes back from there is done.
    fn or_leave(&mut self, booking: Booking) -> Vec<Effect> {
        if booking.stage != BookingStage::Overview || !booking.ahead(self.moment.now).is_empty() {
            self.step = Step::Booking(Box::new(booking));
        }
        Vec::new()
    }

    /// What else there is where nothing is free.
    fn none_free(
        &mut self,
        booking: Booking,
        purpose: Purpose,
        service: String,
        position: usize,
        place: Place<'_>,
    ) -> Vec<Effect> {
        match (&purpose, position) {
            (_, 0) => self.wait_for(booking, purpose, Some(service), place),
            (_, 1) => {
                let patient = booking.patient;
                self.raise(RequestReason::NoAppointment, vec![patient], place)
            }
            _ => {
                self.step = Step::Booking(Box::new(booking));
                Vec::new()
            }
        }
    }
}

/// The stage before a slot was chosen.
fn before(purpose: Purpose, clinic: &Clinic) -> BookingStage {
    match purpose {
        Purpose::Move(appointment) => BookingStage::One(appointment),
        Purpose::New if bookable(clinic).len() > 1 => BookingStage::Service(purpose),
        Purpose::New | Purpose::WalkIn { .. } => BookingStage::Overview,
    }
}

/// What is settled, and needs no slip.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled {
    /// The appointment is called off; another can be booked.
    Cancelled {
        /// What was called off.
        appointment: Appointment,
        /// Whose it was.
        patient: PatientId,
        /// The appointments as this session knows them.
        visits: Vec<BookedVisit>,
    },
    /// On the waiting list.
    Waiting,
}
