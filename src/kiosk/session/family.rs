//! Families at the kiosk: several members are checked in within one session.
//!
//! **Invariant:** what is known of one person reaches the next one's steps by nothing but the tickets of this
//! session, which whoever stands there was given, and by relations on record of somebody who was identified.

use super::{Begun, ComesFor, Done, Effect, Known, Place, Question, Session, Step, TextToWrite, Touch};
use crate::clinic::Clinic;
use crate::clinic::arrivals::Then;
use crate::clinic::routines::May;
use crate::front_desk::appointment::{Appointment, Arrival, Here};
use crate::front_desk::arrival::ArrivalCase;
use crate::front_desk::family::{Acting, ActingPerson, Member, members_at_hand};
use crate::front_desk::form::Occasion;
use crate::front_desk::ticket::{NewVisit, PaperState, Ticket, TicketId};

/// A ticket that was given in this session, with whose it is.
#[derive(Clone, PartialEq)]
pub struct FamilyTicket {
    /// The first given name of its holder.
    pub given: String,
    /// The ticket.
    pub ticket: Ticket,
    /// What became of its paper; `None` where this session printed nothing.
    pub paper: Option<PaperState>,
}

impl std::fmt::Debug for FamilyTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FamilyTicket({:?})", self.ticket.id)
    }
}

/// What one session knows of a family.
#[derive(Clone, Default, PartialEq)]
pub struct Family {
    /// Who acts for the patients of this session.
    pub acting: Option<Acting>,
    /// The tickets of this session.
    pub tickets: Vec<FamilyTicket>,
    /// The patients for whom whoever acts, and was identified, acts on record.
    pub(super) members: Vec<Member>,
    /// The first given name of whom the next ticket is for.
    given: String,
    /// Who is still to be checked in by one touch, the next one last.
    queue: Vec<(String, NewVisit)>,
}

impl std::fmt::Debug for Family {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Family")
            .field("acting", &self.acting)
            .field("tickets", &self.tickets)
            .finish_non_exhaustive()
    }
}

impl Family {
    /// Whose ticket comes next.
    pub(super) fn next_is(&mut self, given: String) {
        self.given = given;
        self.queue.clear();
    }

    /// One touch could not do it all.
    pub(super) fn stop(&mut self) {
        self.queue.clear();
    }

    pub(super) fn hold(&mut self, ticket: &Ticket, paper: Option<PaperState>) {
        if !self.tickets.iter().any(|held| held.ticket.id == ticket.id) {
            let given = std::mem::take(&mut self.given);
            self.tickets.push(FamilyTicket { given, ticket: ticket.clone(), paper });
        }
    }

    pub(super) fn paper(&mut self, ticket: TicketId, state: PaperState) {
        if let Some(held) = self.tickets.iter_mut().find(|held| held.ticket.id == ticket) {
            held.paper = Some(state);
        }
    }
}

impl Session {
    /// The members of the family who can be checked in with one touch beside a patient on the screen: only those
    /// whose relation to a person is on record who was identified here, and only what that relation may.
    pub fn members_beside<'a>(&'a self, known: &'a Known, clinic: &Clinic) -> Vec<(&'a Member, Appointment)> {
        let members = match (&self.companion, &self.family.acting) {
            (None, _) => &known.members,
            (Some(_), Some(Acting { by: ActingPerson::Record { .. }, .. })) => &self.family.members,
            (Some(_), _) => return Vec::new(),
        };
        // Whoever came to pay is not offered to check anybody in.
        if self.comes_for == ComesFor::Pay {
            return Vec::new();
        }
        // The clinic's forms are answered one by one: whoever owes answers is checked in by themselves.
        if matches!(self.arrival(known, clinic), Arrival::OnTime(own) if self.asks_forms(&own.service, clinic))
        {
            return Vec::new();
        }
        let here = Here { site: self.site.as_deref(), zone: clinic.zone, now: self.moment.now };
        let at_hand = members_at_hand(members, |each| clinic.arrival_limits(&each.service), here);
        let may = |member: &Member| {
            let companion = clinic.routines.companion(&member.acting.companion);
            companion.is_some_and(|companion| companion.may.contains(&May::CheckIn))
        };
        let at_hand = at_hand.into_iter();
        let owes_answers = |appointment: &Appointment| self.asks_forms(&appointment.service, clinic);
        at_hand
            .filter(|(member, appointment)| {
                member.patient != known.patient.id && may(member) && !owes_answers(appointment)
            })
            .collect()
    }

    /// Whether the clinic asks forms of who comes for a service and has answered none yet.
    fn asks_forms(&self, service: &str, clinic: &Clinic) -> bool {
        let today = self.today(clinic);
        clinic.routines.forms.iter().any(|form| form.is_due(Occasion::CheckIn, service, None, today))
    }

    /// One touch checks in whoever is on the screen, if due, and the members beside them.
    pub(super) fn check_in_all(&mut self, place: Place<'_>) -> Vec<Effect> {
        let Step::Confirm(known) = &self.step else { return Vec::new() };
        let beside = self.members_beside(known, place.clinic);
        // A touch on a button that is not there.
        if beside.is_empty() {
            return Vec::new();
        }
        let mut queue: Vec<(String, NewVisit)> = Vec::new();
        // Where money is to be seen to first, each is checked in by themselves.
        let waits = |service: &str| {
            let answer = place.clinic.routines.arrivals.answer(ArrivalCase::BalanceDue, Some(service));
            answer.then == Then::Desk
        };
        let owes = known.patient.balance_due.filter(|balance| balance.minor > 0);
        if let Arrival::OnTime(appointment) = self.arrival(known, place.clinic)
            && !(owes.is_some() && waits(&appointment.service))
        {
            let mut visit = self.visit_for(known.patient.id, appointment, &[], place);
            visit.noted.extend(owes.map(|_| ArrivalCase::BalanceDue));
            queue.push((known.patient.name.first_given(), visit));
        }
        for (member, appointment) in beside {
            let visit = NewVisit {
                companion: Some(member.acting.companion.clone()),
                acting: Some(member.acting.clone()),
                ..self.visit_for(member.patient, appointment, &[], place)
            };
            queue.push((member.given.clone(), visit));
        }
        queue.reverse();
        self.family.queue = queue;
        self.next_of_all()
    }

    fn next_of_all(&mut self) -> Vec<Effect> {
        let Some((given, visit)) = self.family.queue.pop() else { return Vec::new() };
        self.family.given = given;
        self.ask(Question::CheckIn(Box::new(visit)))
    }

    /// The store has checked somebody in.
    pub(super) fn checked_in(&mut self, ticket: Ticket) -> Vec<Effect> {
        self.family.hold(&ticket, Some(PaperState::Reserved));
        if !self.family.queue.is_empty() {
            return self.next_of_all();
        }
        let obstacles = std::mem::take(&mut self.obstacles);
        let told_at = self.moment.now;
        self.step = Step::Done(Done {
            ticket,
            paper: Some(PaperState::Reserved),
            before: false,
            told_at,
            obstacles,
            text: TextToWrite::Unseen,
        });
        Vec::new()
    }

    /// *Check in another person of the family*: the language, the requests and the tickets stay.
    pub(super) fn another_person(&mut self, place: Place<'_>) -> Vec<Effect> {
        self.family.next_is(String::new());
        self.obstacles.clear();
        self.begin(Begun::CheckIn(None), place)
    }

    /// Nobody else is to be identified: back to the tickets that are held, or to the welcome.
    pub(super) fn back_from_identify(&mut self) {
        self.step = if self.family.tickets.is_empty() { Step::Welcome } else { Step::Tickets };
    }

    /// Whether all the tickets of the session are still to be shown on one screen.
    pub(super) fn must_list_tickets(&self) -> bool {
        self.family.tickets.len() > 1 && self.step != Step::Tickets
    }

    /// A touch on the tickets of the family.
    pub(super) fn tickets_touched(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        match touch {
            Touch::Finish => self.finish(place),
            Touch::Again | Touch::AnotherPerson => self.another_person(place),
            _ => Vec::new(),
        }
    }
}
