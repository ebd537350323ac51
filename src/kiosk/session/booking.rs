//! Booking, moving and cancelling appointments. The kiosk's own copy of the book is searched; only the desk
//! books. A touch on a choice goes on by itself, so that whoever takes the first free time is done in a few.

use super::{Effect, Identify, Known, Pending, Place, Question, Session, Step, Touch};
use crate::clinic::{Clinic, Service};
use crate::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus, BookedVisit};
use crate::front_desk::booking::{
    BookingAnswer, BookingOrder, BookingRefusal, PartOfDay, Slot, SlotOffer, SlotSearch, Unanswered,
    WaitingListEntry, WaitingListId,
};
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::{NewVisit, PaperState};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use std::sync::Arc;

/// What an identified patient does with their appointments.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// The patient, and the appointments as this session knows them.
    pub known: Box<Known>,
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
    WalkIn,
}

/// A slot is being chosen: clinician, part of the day, day, time.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosing {
    /// What for.
    pub purpose: Purpose,
    /// Id of the service.
    pub service: String,
    /// Every free slot there seems to be, in order. Shared: a session is copied with each event.
    slots: Arc<[Slot]>,
    /// Which of them are still meant.
    wanted: Wanted,
    /// What is asked.
    pub at: Narrowing,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Wanted {
    clinician: Option<String>,
    part: Option<PartOfDay>,
    day: Option<NaiveDate>,
}

/// What is asked to find a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Narrowing {
    /// With whom.
    Clinician,
    /// In which part of the day, or simply as soon as possible.
    Part,
    /// On which day.
    Day,
    /// At which time.
    Time,
    /// Whether this one.
    Review(Slot),
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
    /// The patient, where check-in for it is open now.
    pub check_in: Option<Box<Known>>,
}

impl Choosing {
    fn new(purpose: Purpose, service: String, slots: Arc<[Slot]>) -> Self {
        let mut choosing =
            Self { purpose, service, slots, wanted: Wanted::default(), at: Narrowing::Clinician };
        // Whoever is here to be seen now is offered the next time there is, and can still ask for another.
        choosing.at = match (&choosing.purpose, choosing.slots.first()) {
            (Purpose::WalkIn, Some(first)) => Narrowing::Review(first.clone()),
            _ if choosing.clinicians().len() > 1 => Narrowing::Clinician,
            _ => Narrowing::Part,
        };
        choosing
    }

    /// The clinicians with a free slot, by name.
    pub fn clinicians(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.slots.iter().map(|slot| slot.clinician.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The slots that are still meant, in order.
    pub fn fitting<'a>(&'a self, clinic: &'a Clinic) -> impl Iterator<Item = &'a Slot> {
        let wanted = &self.wanted;
        self.slots.iter().filter(move |slot| {
            let here = slot.starts_at.with_timezone(&clinic.zone);
            wanted.clinician.as_ref().is_none_or(|name| *name == slot.clinician)
                && wanted.part.is_none_or(|part| part == PartOfDay::of(here.time()))
                && wanted.day.is_none_or(|day| day == here.date_naive())
        })
    }

    /// The parts of the day in which something is free.
    pub fn parts(&self, clinic: &Clinic) -> Vec<PartOfDay> {
        let mut parts: Vec<_> = self
            .fitting(clinic)
            .map(|slot| PartOfDay::of(slot.starts_at.with_timezone(&clinic.zone).time()))
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// The first free slot of each day, and how many there are on it.
    pub fn days<'a>(&'a self, clinic: &'a Clinic) -> Vec<(NaiveDate, &'a Slot, usize)> {
        let mut days: Vec<(NaiveDate, &Slot, usize)> = Vec::new();
        for slot in self.fitting(clinic) {
            let day = slot.starts_at.with_timezone(&clinic.zone).date_naive();
            match days.last_mut() {
                Some((last, _, count)) if *last == day => *count += 1,
                _ => days.push((day, slot, 1)),
            }
        }
        days
    }

    /// Whether more than one clinician is still meant: times then say with whom they are.
    pub fn names_clinicians(&self) -> bool {
        self.wanted.clinician.is_none() && self.clinicians().len() > 1
    }

    fn choose(&mut self, position: usize, clinic: &Clinic) {
        self.at = match self.at {
            Narrowing::Clinician => {
                // The first choice is "whoever is free".
                let name =
                    position.checked_sub(1).and_then(|position| self.clinicians().get(position).copied());
                if position > 0 && name.is_none() {
                    return;
                }
                self.wanted.clinician = name.map(str::to_string);
                Narrowing::Part
            }
            Narrowing::Part if position == 0 => {
                let Some(first) = self.fitting(clinic).next() else { return };
                Narrowing::Review(first.clone())
            }
            Narrowing::Part => {
                // The second choice is "any time of day".
                let part = position.checked_sub(2).and_then(|part| self.parts(clinic).get(part).copied());
                if position > 1 && part.is_none() {
                    return;
                }
                self.wanted.part = part;
                Narrowing::Day
            }
            Narrowing::Day => {
                let Some((day, ..)) = self.days(clinic).get(position).copied() else { return };
                self.wanted.day = Some(day);
                Narrowing::Time
            }
            Narrowing::Time => {
                let Some(slot) = self.fitting(clinic).nth(position) else { return };
                Narrowing::Review(slot.clone())
            }
            Narrowing::Review(_) => return,
        };
    }

    /// Back by one question; `false` where there is none before.
    fn back(&mut self) -> bool {
        self.at = match self.at {
            Narrowing::Clinician => return false,
            Narrowing::Part if self.clinicians().len() > 1 => {
                self.wanted.clinician = None;
                Narrowing::Clinician
            }
            Narrowing::Part => return false,
            Narrowing::Day => {
                self.wanted.part = None;
                Narrowing::Part
            }
            Narrowing::Time => {
                self.wanted.day = None;
                Narrowing::Day
            }
            Narrowing::Review(_) if self.wanted.day.is_some() => Narrowing::Time,
            // The first free time was offered before anything was asked.
            Narrowing::Review(_) if self.wanted.clinician.is_none() && self.clinicians().len() > 1 => {
                Narrowing::Clinician
            }
            Narrowing::Review(_) => Narrowing::Part,
        };
        true
    }
}

impl Booking {
    fn new(known: Box<Known>, stage: BookingStage) -> Self {
        Self { known, stage, problem: None }
    }

    /// The patient's standing appointments that are still to come and not checked in, in order.
    pub fn ahead(&self, now: DateTime<Utc>) -> Vec<&Appointment> {
        let standing = |visit: &&BookedVisit| {
            visit.ticket.is_none()
                && visit.appointment.status == AppointmentStatus::Booked
                && visit.appointment.starts_at > now
        };
        let mut ahead: Vec<_> =
            self.known.visits.iter().filter(standing).map(|visit| &visit.appointment).collect();
        ahead.sort_by_key(|appointment| (appointment.starts_at, appointment.id));
        ahead
    }

    /// Takes over what an appointment is now.
    fn learn(&mut self, appointment: &Appointment) {
        let known = self.known.visits.iter_mut().find(|visit| visit.appointment.id == appointment.id);
        match known {
            Some(visit) => visit.appointment = appointment.clone(),
            None => self.known.visits.push(BookedVisit { appointment: appointment.clone(), ticket: None }),
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
    /// *Book, move or cancel an appointment*, at the welcome.
    pub(super) fn begin_booking(&mut self) {
        self.wants_booking = true;
        self.step = Step::Identify(Identify::default());
    }

    /// The patient is identified, and is here for the book.
    pub(super) fn open_book(&mut self, known: Box<Known>, place: Place<'_>) -> Vec<Effect> {
        let offer = known.offer.clone();
        let mut booking = Booking::new(known, BookingStage::Overview);
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

    /// Somebody who was identified and has no appointment would be seen today.
    pub(super) fn walk_in(&mut self, known: Box<Known>, place: Place<'_>) -> Vec<Effect> {
        self.choose_service(Booking::new(known, BookingStage::Overview), Purpose::WalkIn, place)
    }

    /// Asks for which service; where there is only one, it is that.
    fn choose_service(&mut self, mut booking: Booking, purpose: Purpose, place: Place<'_>) -> Vec<Effect> {
        let services = bookable(place.clinic);
        match services[..] {
            [] => {
                let patient = booking.known.patient.id;
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
            Purpose::WalkIn => 0,
            Purpose::New | Purpose::Move(_) => u64::from(place.clinic.routines.schedule.booking.days_ahead),
        };
        let to = from.checked_add_days(Days::new(ahead)).unwrap_or(from);
        let search = SlotSearch { service: service.clone(), clinician: None, from, to, part: None };
        self.step = Step::Booking(Box::new(booking));
        self.ask_pending(Question::Slots(search), Pending::Search(purpose, service))
    }

    /// The book was searched.
    pub(super) fn slots_found(&mut self, purpose: Purpose, service: String, slots: Arc<[Slot]>) {
        let Step::Booking(booking) = &mut self.step else { return };
        booking.stage = if slots.is_empty() {
            BookingStage::NoneFree(purpose, service)
        } else {
            BookingStage::Choosing(Choosing::new(purpose, service, slots))
        };
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
                    Purpose::New | Purpose::WalkIn => BookingStage::Overview,
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
            (Purpose::WalkIn, 0) => self.search(booking, Purpose::New, service, place),
            (Purpose::New | Purpose::Move(_), 0) => self.wait_for(booking, purpose, Some(service), place),
            (_, 1) => {
                let patient = booking.known.patient.id;
                self.raise(RequestReason::NoAppointment, vec![patient], place)
            }
            _ => {
                self.step = Step::Booking(Box::new(booking));
                Vec::new()
            }
        }
    }

    /// Puts the patient on the waiting list for an earlier time, or for any.
    fn wait_for(
        &mut self,
        booking: Booking,
        purpose: Purpose,
        service: Option<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let now = self.moment.now;
        let (instead_of, until) = match &purpose {
            Purpose::Move(appointment) => (Some(appointment.id), Some(appointment.starts_at)),
            Purpose::New | Purpose::WalkIn => (None, None),
        };
        let service = match purpose {
            Purpose::Move(appointment) => appointment.service,
            Purpose::New | Purpose::WalkIn => service.unwrap_or_default(),
        };
        let from = self.today(place.clinic);
        let to = match until {
            Some(until) => until.with_timezone(&place.clinic.zone).date_naive(),
            None => from.checked_add_days(Days::new(WAITING_DAYS)).unwrap_or(from),
        };
        let entry = WaitingListEntry {
            id: WaitingListId(self.moment.id),
            patient: booking.known.patient.id,
            wanted: SlotSearch { service, clinician: None, from, to, part: None },
            instead_of,
            since: now,
            language: self.language_code(place.clinic).to_string(),
        };
        self.order(booking, BookingOrder::Wait { entry })
    }

    fn book(&mut self, booking: Booking, purpose: Purpose, slot: Slot, place: Place<'_>) -> Vec<Effect> {
        // Whoever is checked in at once gets a ticket, and needs no slip beside it.
        let print = purpose != Purpose::WalkIn || !self.opens_now(&slot.starts_at, &slot.service, place);
        let order = match purpose {
            Purpose::Move(appointment) => {
                BookingOrder::Move { appointment: appointment.id, from: appointment.starts_at, slot }
            }
            Purpose::New | Purpose::WalkIn => BookingOrder::Book {
                appointment: AppointmentId(self.moment.id),
                patient: booking.known.patient.id,
                slot,
            },
        };
        self.order_and(print, booking, order)
    }

    /// Asks the desk; what comes of it has a slip.
    fn order(&mut self, booking: Booking, order: BookingOrder) -> Vec<Effect> {
        self.order_and(true, booking, order)
    }

    fn order_and(&mut self, print: bool, booking: Booking, order: BookingOrder) -> Vec<Effect> {
        self.step = Step::Booking(Box::new(booking));
        self.ask_pending(Question::Order { order: order.clone(), print }, Pending::Order(order))
    }

    /// Whether check-in for what begins then is open now.
    fn opens_now(&self, starts_at: &DateTime<Utc>, _service: &str, place: Place<'_>) -> bool {
        let window = place.clinic.arrival;
        let before = TimeDelta::minutes(window.opens_before_minutes.into());
        let after = TimeDelta::minutes(window.closes_after_minutes.into());
        (*starts_at - before..=*starts_at + after).contains(&self.moment.now)
    }

    /// The desk has answered, or has not.
    pub(super) fn ordered(
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
                self.step = Step::Settled(Settled::Cancelled(appointment, booking.known));
                Vec::new()
            }
            Ok(BookingAnswer::Noted) => {
                if matches!(order, BookingOrder::DeclineOffer { .. }) {
                    booking.known.offer = None;
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
                let patient = booking.known.patient.id;
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
                booking.known.offer = None;
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
        let walks_in =
            matches!(&booking.stage, BookingStage::Choosing(Choosing { purpose: Purpose::WalkIn, .. }));
        let open = self.opens_now(&appointment.starts_at, &appointment.service, place);
        if walks_in && open {
            return self.check_in_booked(&booking.known, appointment, place);
        }
        let check_in = open.then_some(booking.known);
        self.step =
            Step::Booked(Box::new(Booked { appointment, moved, paper: PaperState::Reserved, check_in }));
        Vec::new()
    }

    /// *Check in now*, on the slip of an appointment that begins soon.
    pub(super) fn check_in_now(&mut self, place: Place<'_>) -> Vec<Effect> {
        let Step::Booked(booked) = &self.step else { return Vec::new() };
        let Some(known) = booked.check_in.clone() else { return Vec::new() };
        let appointment = booked.appointment.clone();
        self.check_in_booked(&known, appointment, place)
    }

    fn check_in_booked(&mut self, known: &Known, appointment: Appointment, place: Place<'_>) -> Vec<Effect> {
        let visit = NewVisit {
            registration: None,
            patient: known.patient.id,
            service: appointment.service.clone(),
            appointment: Some(appointment),
            reason: None,
            language: self.language_code(place.clinic).to_string(),
            companion: self.companion.clone(),
        };
        self.ask(Question::CheckIn(Box::new(visit)), None)
    }
}

/// How long somebody waits for any time at all, in days.
const WAITING_DAYS: u64 = 90;

/// The stage before a slot was chosen.
fn before(purpose: Purpose, clinic: &Clinic) -> BookingStage {
    match purpose {
        Purpose::Move(appointment) => BookingStage::One(appointment),
        Purpose::New | Purpose::WalkIn if bookable(clinic).len() > 1 => BookingStage::Service(purpose),
        Purpose::New | Purpose::WalkIn => BookingStage::Overview,
    }
}

/// What is settled, and needs no slip.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled {
    /// The appointment is called off; another can be booked.
    Cancelled(Appointment, Box<Known>),
    /// On the waiting list.
    Waiting,
}
