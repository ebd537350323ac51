//! What each event means at each step.

use super::{
    Answer, Ask, Begun, ComesFor, Details, Done, Effect, Family, Pending, Place, STORE_PATIENCE, Session,
    Settled, Step, TextToWrite, Touch, bookable, details, documents, identify, register, takes_payments,
};
use crate::front_desk::appointment::Arrival;
use crate::front_desk::message::SessionEnd;
use crate::front_desk::patient::PatientId;
use crate::front_desk::request::RequestReason;
use crate::front_desk::ticket::{PaperState, Ticket, TicketId};

pub(super) fn touched(session: &mut Session, touch: Touch, place: Place<'_>) -> Vec<Effect> {
    if session.choosing_preferences && session.preferences_touched(touch, place) {
        return Vec::new();
    }
    match touch {
        Touch::Preferences => {
            session.choosing_preferences = !session.calls_for_help();
            return Vec::new();
        }
        // What the store was asked for may be happening; its answer comes at once.
        Touch::NeedHelp | Touch::StartOver if matches!(session.step, Step::Waiting(_)) => return Vec::new(),
        Touch::NeedHelp => {
            session.need_help();
            return Vec::new();
        }
        Touch::StartOver => return start_over(session, place),
        Touch::StillHere => return Vec::new(),
        Touch::Talk => {
            if let Some(request) = session.unread() {
                session.open_talk(request);
            }
            return Vec::new();
        }
        _ => {}
    }
    if session.step == Step::Welcome && session.closed.is_some() {
        session.touched_closed(touch, place);
        return Vec::new();
    }
    match (&mut session.step, touch) {
        (Step::Welcome, Touch::Language(position)) if position < place.clinic.languages.len() => {
            session.language = position;
        }
        (Step::Welcome, Touch::HaveAppointment) => return session.begin(Begun::CheckIn(None), place),
        (Step::Welcome, Touch::Appointments) if !bookable(place.clinic).is_empty() => {
            return session.begin(Begun::Book, place);
        }
        (Step::Welcome, Touch::Pay) if takes_payments(place.clinic, place.has_terminal()) => {
            return session.begin(Begun::Pay, place);
        }
        (Step::Done(_), Touch::Pay) => return session.pay_beside_ticket(),
        (Step::Pay(_), _) => return session.pay_touched(touch, place),
        (Step::Welcome, Touch::NewHere) => return session.begin(Begun::Register, place),
        (Step::Booking(_), _) => return session.booking_touched(touch, place),
        (Step::Booked(_), Touch::Again) => return session.check_in_now(place),
        (Step::Settled(Settled::Cancelled { patient, visits, .. }), Touch::Again) => {
            let (patient, visits) = (*patient, std::mem::take(visits));
            return session.open_book(patient, visits, None, place);
        }
        (Step::Welcome, Touch::ForSomebodyElse) if !place.clinic.routines.companions.is_empty() => {
            session.step = Step::Companion;
        }
        (Step::Companion, _) => session.here_for(touch, place),
        (Step::Acting(_), _) => return session.asked_acting(touch, place),
        (Step::ConfirmActing(_), _) => return session.confirmed_acting(touch, place),
        (Step::WalkIn(_), _) => return session.walk_in_for(touch, place),
        (Step::Tickets, _) => return session.tickets_touched(touch, place),
        (Step::Done(done), Touch::AnotherPerson) if done.offers_text() => done.text = TextToWrite::Shown,
        (Step::Done(_), Touch::AnotherPerson) => return session.another_person(place),
        (Step::Confirm(_), Touch::CheckInAll) => return session.check_in_all(place),
        (Step::Help(_), _) => return session.chosen_help(touch, place),
        (Step::Telling(_), _) => return session.told(touch, place),
        (Step::FindCase(_), _) => return session.find_case(touch),
        (Step::Talk(_), _) => return session.talked(touch, place),
        (Step::Identify(_), Touch::Next | Touch::Back) => return identify::touched(session, touch, place),
        (Step::Confirm(_), Touch::Yes) => return thats_me(session, place),
        (Step::Confirm(known), Touch::No) => {
            let patient = known.patient.id;
            return session.redirect(RequestReason::NotThatPerson, vec![patient], place);
        }
        (
            Step::Register(_),
            Touch::Next | Touch::Back | Touch::Skip | Touch::Choice(_) | Touch::Yes | Touch::No,
        ) => {
            return register::touched(session, touch, place);
        }
        (Step::Instruct(_), _) => return session.instructed(touch, place),
        (Step::Form(_), _) => return session.filled(touch, place),
        (Step::Details(_), _) => return details::touched(session, touch, place),
        (Step::Unknown(_) | Step::FillIn(_), Touch::Again | Touch::Yes | Touch::No) => {
            return documents::touched(session, touch, place);
        }
        (Step::Requested(_, resume), Touch::Again) => {
            if let Some(resume) = resume.take() {
                session.step = *resume;
            }
        }
        (Step::StartOver(under), Touch::Again) => {
            session.step = std::mem::replace(under, Step::Welcome);
        }
        (Step::Done(done), Touch::Again) if done.before && done.paper.is_none() => {
            done.paper = Some(PaperState::Reserved);
            return vec![Effect::PrintCopy(done.ticket.id)];
        }
        (Step::Done(done), Touch::Again) if done.text == TextToWrite::Shown => done.text = TextToWrite::Seen,
        (Step::StartOver(_), Touch::Finish) => {
            let mut effects = session.heed_words(place);
            if effects.is_empty() {
                effects.extend(session.ended(SessionEnd::StartedOver));
                // It is probably the same person, who reads and touches as before.
                let (language, preferences) = (session.language, session.preferences);
                session.leave();
                (session.language, session.preferences) = (language, preferences);
            }
            return effects;
        }
        (
            Step::Requested(..) | Step::Done(_) | Step::Booked(_) | Step::Settled(_) | Step::Unknown(_),
            Touch::Finish,
        ) => {
            return session.finish(place);
        }
        // A touch that this step does not know came from a screen that is gone already.
        _ => {}
    }
    Vec::new()
}

/// Back to the welcome; asked first where much would be lost.
pub(super) fn start_over(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    // Words of danger are not cleared away unheard.
    let effects = session.heed_words(place);
    if !effects.is_empty() {
        return effects;
    }
    let begun = |step: &Step| match step.bottom() {
        Step::Register(register) => !register.draft.is_empty(),
        Step::FillIn(_) => true,
        Step::Details(details) => details.is_changed(),
        Step::Form(filling) => filling.is_begun(),
        _ => false,
    };
    if begun(&session.step) && !matches!(session.step, Step::StartOver(_)) {
        let under = std::mem::replace(&mut session.step, Step::Welcome);
        session.step = Step::StartOver(Box::new(under));
        return Vec::new();
    }
    let mut effects = session.let_go_of_payment();
    effects.extend(session.ended(SessionEnd::StartedOver));
    session.step = Step::Welcome;
    // The language stays: it is probably the same person.
    session.requests.clear();
    session.family = Family::default();
    session.obstacles.clear();
    effects
}

pub(super) fn typed(session: &mut Session, character: char) -> Vec<Effect> {
    match &mut session.step {
        Step::Identify(identify) => identify.typed(character),
        Step::Register(register) => register.typed(character),
        Step::Details(details) => details.typed(character),
        Step::Form(filling) => filling.typed(character),
        Step::Telling(telling) => telling.typed(character),
        Step::FindCase(find) => find.typed(character),
        Step::Acting(asked) => asked.typed(character),
        _ => {}
    }
    Vec::new()
}

pub(super) fn erased(session: &mut Session) -> Vec<Effect> {
    match &mut session.step {
        Step::Identify(identify) => identify.erased(),
        Step::Register(register) => register.erased(),
        Step::Details(details) => details.erased(),
        Step::Form(filling) => filling.erased(),
        Step::Telling(telling) => telling.erased(),
        Step::FindCase(find) => find.erased(),
        Step::Acting(asked) => asked.erased(),
        _ => {}
    }
    Vec::new()
}

pub(super) fn ticked(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    match &mut session.step {
        // Somebody chose a language and went away, or had missed twice: the next one begins anew.
        Step::Welcome => {
            let quiet = session.moment.at.saturating_sub(session.quiet_since);
            if quiet >= session.warn_after(place.clinic) {
                session.leave();
                session.misses = 0;
            }
        }
        Step::Waiting(waiting) if session.moment.at.saturating_sub(waiting.since) > STORE_PATIENCE => {
            session.step = std::mem::replace(&mut *waiting.under, Step::Welcome);
            return session.fault(place);
        }
        Step::Telling(_) | Step::Form(_) => {
            let effects = session.heed_pause(place);
            // A payment may lie under what is being written.
            return if effects.is_empty() { session.heed_payment(place) } else { effects };
        }
        _ => {}
    }
    session.heed_payment(place)
}

pub(super) fn answered(session: &mut Session, ask: Ask, answer: Answer, place: Place<'_>) -> Vec<Effect> {
    let Step::Waiting(waiting) = &mut session.step else { return Vec::new() };
    if waiting.ask != ask {
        return Vec::new();
    }
    let under = std::mem::replace(&mut *waiting.under, Step::Welcome);
    let pending = std::mem::replace(&mut waiting.pending, Pending::Step);
    session.step = under;
    match answer {
        Answer::Found(found) => identify::found(session, found, place),
        Answer::Slots(slots) => match pending {
            Pending::Search(purpose, service) => session.slots_found(purpose, service, slots, place),
            _ => Vec::new(),
        },
        Answer::Ordered(answer) => match pending {
            Pending::Order(order) => session.ordered(order, answer, place),
            _ => Vec::new(),
        },
        Answer::CheckedIn(ticket) => session.checked_in(ticket),
        Answer::DetailsKept => details::kept(session, place),
        Answer::Case(case) => session.case_found(case, place),
        Answer::Failed => session.fault(place),
    }
}

/// *That's me*: what the arrival means decides.
fn thats_me(session: &mut Session, place: Place<'_>) -> Vec<Effect> {
    let Step::Confirm(known) = &session.step else { return Vec::new() };
    let patient = known.patient.id;
    let standing = session.hear_visit(patient);
    let Step::Confirm(known) = &session.step else { return Vec::new() };
    if session.comes_for == ComesFor::Pay {
        let known = known.clone();
        return session.pay_only(&known, place);
    }
    if session.comes_for == ComesFor::Book {
        let (patient, visits, offer) = (known.patient.id, known.visits.clone(), known.offer.clone());
        return session.open_book(patient, visits, offer, place);
    }
    let (known, arrival) = (known.clone(), session.arrival(known, place.clinic));
    session.forms_answered = known.forms.clone();
    let patient = &known.patient;
    session.family.next_is(patient.name.first_given());
    match arrival {
        Arrival::OnTime(appointment) => {
            let due = Details::due(&known, &place.clinic.routines.registration, session.today(place.clinic));
            // Who acts for a patient is not shown where the patient lives.
            if !due.is_empty() && session.companion.is_none() {
                session.step = Step::Details(Box::new(Details::new(known, appointment, due)));
                return Vec::new();
            }
            session.check_in(patient, appointment, Vec::new(), place)
        }
        Arrival::AlreadyCheckedIn(_, ticket) => {
            session.holds_already(ticket, patient.id);
            Vec::new()
        }
        arrival => match standing {
            // Who came without an appointment stands in the queue all the same: they are no new arrival.
            Some(ticket) => {
                session.holds_already(ticket, patient.id);
                Vec::new()
            }
            None => session.unusual(patient, arrival, place),
        },
    }
}

impl Session {
    /// The patient has a ticket already: it is shown again.
    fn holds_already(&mut self, ticket: Ticket, patient: PatientId) {
        self.family.hold(&ticket, None);
        if let Some(owed) = self.owed.as_mut().filter(|owed| owed.patient == patient) {
            owed.ticket = Some(ticket.id);
        }
        let told_at = self.moment.now;
        let obstacles = Vec::new();
        self.step = Step::Done(Done {
            ticket,
            paper: None,
            before: true,
            told_at,
            obstacles,
            text: TextToWrite::Unseen,
        });
        // Who scans a ticket again wants to know where they stand: what staff have asked comes first.
        if let Some(request) = self.unread() {
            self.open_talk(request);
        }
    }
}

/// Notes what became of paper, also where the ticket is only covered by another screen.
pub(super) fn paper(step: &mut Step, ticket: TicketId, state: PaperState) {
    match step {
        Step::Done(done) if done.ticket.id == ticket => done.hear_paper(state),
        Step::Pay(paying) => {
            if let Some(done) = paying.done.as_mut().filter(|done| done.ticket.id == ticket) {
                done.hear_paper(state);
            }
        }
        Step::Requested(_, Some(under)) | Step::Help(under) => paper(under, ticket, state),
        Step::Telling(telling) => paper(&mut telling.resume, ticket, state),
        Step::Talk(talk) => paper(&mut talk.resume, ticket, state),
        _ => {}
    }
}
