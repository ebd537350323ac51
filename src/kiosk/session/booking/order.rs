//! What the desk is asked, and what its answer means.

use super::{Booked, Booking, BookingProblem, BookingStage, Choosing, Purpose, Settled};
use crate::front_desk::appointment::{Appointment, AppointmentId};
use crate::front_desk::booking::{
    BookingAnswer, BookingOrder, BookingRefusal, Slot, SlotSearch, Unanswered, WaitingListEntry,
    WaitingListId,
};
use crate::front_desk::form::Occasion;
use crate::front_desk::ticket::{NewVisit, PaperState};
use crate::kiosk::session::{Effect, Pending, Place, Question, Session, Step};
use chrono::{DateTime, Days, TimeDelta, Utc};

/// How long somebody waits for any time at all, in days.
const WAITING_DAYS: u64 = 90;

impl Session {
    /// Puts the patient on the waiting list for an earlier time, or for any.
    pub(super) fn wait_for(
        &mut self,
        booking: Booking,
        purpose: Purpose,
        service: Option<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let now = self.moment.now;
        let (instead_of, until) = match &purpose {
            Purpose::Move(appointment) => (Some(appointment.id), Some(appointment.starts_at)),
            Purpose::New | Purpose::WalkIn { .. } => (None, None),
        };
        let service = match purpose {
            Purpose::Move(appointment) => appointment.service,
            Purpose::New | Purpose::WalkIn { .. } => service.unwrap_or_default(),
        };
        let from = self.today(place.clinic);
        let to = match until {
            Some(until) => until.with_timezone(&place.clinic.zone).date_naive(),
            None => from.checked_add_days(Days::new(WAITING_DAYS)).unwrap_or(from),
        };
        let entry = WaitingListEntry {
            id: WaitingListId(self.moment.id),
            patient: booking.patient,
            wanted: SlotSearch { service, clinician: None, from, to, part: None },
            instead_of,
            since: now,
            language: self.language_code(place.clinic).to_string(),
        };
        self.order(booking, BookingOrder::Wait { entry })
    }

    pub(super) fn book(
        &mut self,
        booking: Booking,
        purpose: Purpose,
        slot: Slot,
        place: Place<'_>,
    ) -> Vec<Effect> {
        // Whoever is checked in at once gets a ticket, and needs no slip beside it.
        let print = !matches!(purpose, Purpose::WalkIn { .. })
            || !self.opens_now(&slot.starts_at, &slot.service, place);
        let order = match purpose {
            Purpose::Move(appointment) => {
                BookingOrder::Move { appointment: appointment.id, from: appointment.starts_at, slot }
            }
            Purpose::New | Purpose::WalkIn { .. } => BookingOrder::Book {
                appointment: AppointmentId(self.moment.id),
                patient: booking.patient,
                slot,
            },
        };
        self.order_and(print, booking, order)
    }

    /// Asks the desk; what comes of it has a slip.
    pub(super) fn order(&mut self, booking: Booking, order: BookingOrder) -> Vec<Effect> {
        self.order_and(true, booking, order)
    }

    fn order_and(&mut self, print: bool, booking: Booking, order: BookingOrder) -> Vec<Effect> {
        self.step = Step::Booking(Box::new(booking));
        self.ask_pending(Question::Order { order: order.clone(), print }, Pending::Order(order))
    }

    /// Whether check-in for what begins then is open now.
    fn opens_now(&self, starts_at: &DateTime<Utc>, service: &str, place: Place<'_>) -> bool {
        let window = place.clinic.arrival_limits(service).window;
        let before = TimeDelta::minutes(window.opens_before_minutes.into());
        let after = TimeDelta::minutes(window.closes_after_minutes.into());
        (*starts_at - before..=*starts_at + after).contains(&self.moment.now)
    }

    /// The desk has answered, or has not.
    pub(in crate::kiosk::session) fn ordered(
        &mut self,
        order: BookingOrder,
        answer: Result<BookingAnswer, Unanswered>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let Step::Booking(booking) = std::mem::replace(&mut self.step, Step::Welcome) else {
            return Vec::new();
        };
        let mut booking = *booking;
        match answer {
            Ok(BookingAnswer::Booked { appointment }) => {
                booking.learn(&appointment);
                let moved = matches!(order, BookingOrder::Move { .. });
                self.booked(booking, appointment, moved, place)
            }
            Ok(BookingAnswer::Cancelled { appointment }) => {
                booking.learn(&appointment);
                self.step = Step::Settled(Settled::Cancelled {
                    patient: booking.patient,
                    visits: booking.visits,
                    appointment,
                });
                Vec::new()
            }
            Ok(BookingAnswer::Noted) => {
                if matches!(order, BookingOrder::DeclineOffer { .. }) {
                    booking.stage = BookingStage::Overview;
                    return self.or_leave(booking);
                }
                self.step = Step::Settled(Settled::Waiting);
                Vec::new()
            }
            Ok(BookingAnswer::Taken) => {
                booking.problem = Some(BookingProblem::Taken);
                self.search_again(booking, place)
            }
            Ok(BookingAnswer::Refused {
                why: BookingRefusal::NoSuchSlot | BookingRefusal::OutsideBookingTime,
            }) => {
                booking.problem = Some(BookingProblem::Changed);
                self.search_again(booking, place)
            }
            Ok(BookingAnswer::Refused { .. }) | Err(_) => {
                let patient = booking.patient;
                self.raise_wish(order, patient, place)
            }
        }
    }

    fn search_again(&mut self, booking: Booking, place: Place<'_>) -> Vec<Effect> {
        match booking.stage.clone() {
            BookingStage::Choosing(Choosing { purpose, service, .. }) => {
                self.search(booking, purpose, service, place)
            }
            // What was offered is gone: the book itself is still there.
            _ => {
                let mut booking = booking;
                booking.stage = BookingStage::Overview;
                self.or_leave(booking)
            }
        }
    }

    fn booked(
        &mut self,
        booking: Booking,
        appointment: Appointment,
        moved: bool,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let walks_in = match &booking.stage {
            BookingStage::Choosing(Choosing { purpose: Purpose::WalkIn { reason }, .. }) => {
                Some(reason.clone())
            }
            _ => None,
        };
        let open = self.opens_now(&appointment.starts_at, &appointment.service, place);
        if let (Some(reason), true) = (walks_in, open) {
            return self.check_in_booked(appointment, reason, place);
        }
        let check_in = open;
        self.step =
            Step::Booked(Box::new(Booked { appointment, moved, paper: PaperState::Reserved, check_in }));
        Vec::new()
    }

    /// *Check in now*, on the slip of an appointment that begins soon.
    pub(in crate::kiosk::session) fn check_in_now(&mut self, place: Place<'_>) -> Vec<Effect> {
        let Step::Booked(booked) = &self.step else { return Vec::new() };
        if !booked.check_in {
            return Vec::new();
        }
        let appointment = booked.appointment.clone();
        self.check_in_booked(appointment, None, place)
    }

    fn check_in_booked(
        &mut self,
        appointment: Appointment,
        reason: Option<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let visit = self.visit_for(appointment.patient, appointment, &[], place);
        self.forms_then_check_in(NewVisit { reason, ..visit }, Occasion::CheckIn, place)
    }
}
