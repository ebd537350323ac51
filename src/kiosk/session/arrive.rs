//! Somebody arrives: checked in, or told what the clinic's routines answer. The desk hears of everybody who could
//! not be checked in, and why.

use super::{Effect, Place, Session, Step, Touch};
use crate::clinic::arrivals::Then;
use crate::front_desk::appointment::{Appointment, Arrival, ClinicChanged};
use crate::front_desk::arrival::{ArrivalCase, NotCheckedIn, NotCheckedInCause};
use crate::front_desk::form::Occasion;
use crate::front_desk::money::Money;
use crate::front_desk::patient::{Patient, PatientId};
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::NewVisit;
use chrono::{DateTime, Utc};

/// What makes an arrival a question, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The case that the routines answer.
    pub case: ArrivalCase,
    /// The appointment that is meant.
    pub appointment: Option<Appointment>,
    /// When check-in opens, for who is early.
    pub opens: Option<DateTime<Utc>>,
    /// What is owed.
    pub balance: Option<Money>,
    /// What the clinic changed.
    pub changed: Option<ClinicChanged>,
}

impl Obstacle {
    fn of(arrival: Arrival) -> Option<Self> {
        let opens = match &arrival {
            Arrival::Early(_, opens) => Some(*opens),
            _ => None,
        };
        let changed = match &arrival {
            Arrival::Changed(_, changed) => Some(*changed),
            _ => None,
        };
        let case = arrival.case()?;
        Some(Self { case, appointment: arrival.appointment().cloned(), opens, balance: None, changed })
    }

    fn balance_due(appointment: &Appointment, balance: Money) -> Self {
        Self {
            case: ArrivalCase::BalanceDue,
            appointment: Some(appointment.clone()),
            opens: None,
            balance: Some(balance),
            changed: None,
        }
    }

    pub(super) fn no_record() -> Self {
        Self { case: ArrivalCase::NoRecord, appointment: None, opens: None, balance: None, changed: None }
    }

    /// Id of the service of the appointment.
    pub fn service(&self) -> Option<&str> {
        self.appointment.as_ref().map(|appointment| appointment.service.as_str())
    }
}

/// Somebody is told what to do, and needs nobody for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// Who, where it is known.
    pub patient: Option<PatientId>,
    /// Why.
    pub obstacle: Obstacle,
    /// Whether a ticket for the queue is offered.
    pub offers_walk_in: bool,
}

impl Session {
    /// Somebody who is due, or whom the routines check in all the same. Money keeps nobody waiting unless the
    /// routines say so.
    pub(super) fn check_in(
        &mut self,
        patient: &Patient,
        appointment: Appointment,
        mut obstacles: Vec<Obstacle>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        if let Some(balance) = patient.balance_due.filter(|balance| balance.minor > 0) {
            let obstacle = Obstacle::balance_due(&appointment, balance);
            let answer = place.clinic.routines.arrivals.answer(obstacle.case, obstacle.service());
            if answer.then == Then::Desk {
                return self.turn_away(Some(patient.id), obstacle, Then::Desk, place);
            }
            obstacles.push(obstacle);
        }
        let visit = self.visit_for(patient.id, appointment, &obstacles, place);
        self.obstacles = obstacles;
        self.forms_then_check_in(visit, Occasion::CheckIn, place)
    }

    /// The visit that a check-in for an appointment begins.
    pub(super) fn visit_for(
        &self,
        patient: PatientId,
        appointment: Appointment,
        obstacles: &[Obstacle],
        place: Place<'_>,
    ) -> NewVisit {
        NewVisit {
            registration: None,
            patient,
            service: appointment.service.clone(),
            appointment: Some(appointment),
            reason: None,
            language: self.language_code(place.clinic).to_string(),
            companion: self.companion.clone(),
            acting: self.family.acting.clone(),
            noted: obstacles.iter().map(|obstacle| obstacle.case).collect(),
            consent: None,
            forms: Vec::new(),
        }
    }

    /// An arrival that is not simply on time: what the routines answer.
    pub(super) fn unusual(&mut self, patient: &Patient, arrival: Arrival, place: Place<'_>) -> Vec<Effect> {
        let Some(obstacle) = Obstacle::of(arrival) else { return Vec::new() };
        let then = place.clinic.routines.arrivals.answer(obstacle.case, obstacle.service()).then;
        match (then, &obstacle.appointment) {
            (Then::CheckIn, Some(appointment)) => {
                let appointment = appointment.clone();
                self.check_in(patient, appointment, vec![obstacle], place)
            }
            _ => self.turn_away(Some(patient.id), obstacle, then, place),
        }
    }

    /// Somebody gets no ticket now: the desk is told why, and the patient what to do.
    pub(super) fn turn_away(
        &mut self,
        patient: Option<PatientId>,
        obstacle: Obstacle,
        then: Then,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let mut effects = vec![Effect::NotCheckedIn(NotCheckedIn {
            cause: obstacle.case.into(),
            patient,
            appointment: obstacle.appointment.as_ref().map(|appointment| appointment.id),
            service: obstacle.service().map(str::to_string),
        })];
        match then {
            Then::Tell | Then::WalkIn => {
                let offers_walk_in = then == Then::WalkIn;
                self.step = Step::Instruct(Instruction { patient, obstacle, offers_walk_in });
            }
            Then::Desk | Then::CheckIn => effects.extend(self.hand_over(patient, obstacle, place)),
        }
        effects
    }

    fn hand_over(&mut self, patient: Option<PatientId>, obstacle: Obstacle, place: Place<'_>) -> Vec<Effect> {
        let reason = match obstacle.case {
            ArrivalCase::Early => RequestReason::EarlyArrival,
            ArrivalCase::Late | ArrivalCase::Missed => RequestReason::LateArrival,
            ArrivalCase::OtherDay => RequestReason::OtherDay,
            ArrivalCase::OtherSite => RequestReason::OtherSite,
            ArrivalCase::Cancelled => RequestReason::AppointmentCancelled,
            ArrivalCase::Changed => RequestReason::AppointmentMovedByClinic,
            ArrivalCase::NoAppointment => RequestReason::NoAppointment,
            ArrivalCase::NoRecord => RequestReason::NotIdentified,
            ArrivalCase::BalanceDue => RequestReason::BalanceDue,
        };
        let effects = self.raise(reason, patient.into_iter().collect(), place);
        if let Some(request) = self.requests.last_mut() {
            request.obstacle = Some(Box::new(obstacle));
        }
        effects
    }

    /// A touch on what somebody is told to do.
    pub(super) fn instructed(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::Instruct(Instruction { patient, obstacle, offers_walk_in }) = &self.step else {
            return Vec::new();
        };
        match (touch, patient, offers_walk_in) {
            (Touch::Finish, ..) => self.finish(place),
            (Touch::Again, Some(patient), true) => {
                let (patient, service) = (*patient, obstacle.service().map(str::to_string));
                self.begin_walk_in(patient, service, place)
            }
            (Touch::Again, ..) => {
                let (patient, obstacle) = (*patient, obstacle.clone());
                self.hand_over(patient, obstacle, place)
            }
            _ => Vec::new(),
        }
    }

    /// A known patient is to be seen without an appointment: here *walk-in* begins. What else can be offered to
    /// them, such as the next free slot, belongs here.
    fn begin_walk_in(
        &mut self,
        patient: PatientId,
        service: Option<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        match service {
            Some(service) => self.walk_in(patient, service, None, place),
            // What for decides which queue.
            None => {
                self.step = Step::WalkIn(patient);
                Vec::new()
            }
        }
    }

    /// A touch on what brings a patient here who has no appointment.
    pub(super) fn walk_in_for(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let Step::WalkIn(patient) = &self.step else { return Vec::new() };
        match touch {
            Touch::Choice(position) => {
                let Some(reason) = place.clinic.reasons.get(position) else { return Vec::new() };
                self.walk_in(*patient, reason.service.clone(), Some(reason.id.clone()), place)
            }
            Touch::Back => self.finish(place),
            _ => Vec::new(),
        }
    }

    /// A ticket for the queue of a service.
    pub(super) fn queue_walk_in(
        &mut self,
        patient: PatientId,
        service: String,
        reason: Option<String>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let visit = NewVisit {
            registration: None,
            patient,
            appointment: None,
            reason,
            service,
            language: self.language_code(place.clinic).to_string(),
            companion: self.companion.clone(),
            acting: self.family.acting.clone(),
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        self.forms_then_check_in(visit, Occasion::CheckIn, place)
    }

    /// A person must decide something before anybody can be checked in.
    pub(super) fn redirect(
        &mut self,
        reason: RequestReason,
        patients: Vec<PatientId>,
        place: Place<'_>,
    ) -> Vec<Effect> {
        let patient = match patients.as_slice() {
            [one] if reason != RequestReason::NotThatPerson => Some(*one),
            // It is not them, or nobody knows which of them it is.
            _ => None,
        };
        let told =
            NotCheckedIn { cause: NotCheckedInCause::Redirected, patient, appointment: None, service: None };
        let mut effects = vec![Effect::NotCheckedIn(told)];
        effects.extend(self.raise(reason, patients, place));
        effects
    }
    /// The same, where what was begun can go on meanwhile.
    pub(super) fn redirect_over(&mut self, reason: RequestReason, place: Place<'_>) -> Vec<Effect> {
        let told = NotCheckedIn {
            cause: NotCheckedInCause::Redirected,
            patient: None,
            appointment: None,
            service: None,
        };
        let mut effects = vec![Effect::NotCheckedIn(told)];
        effects.extend(self.put_over(reason, place));
        effects
    }
}
