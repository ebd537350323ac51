//! What is owed is paid, or not: nobody's check-in waits for it. The patient sees what is due item by item, chooses a
//! way, and learns one of three words: charged, not charged, not known.
//!
//! **Invariant:** what was begun here is never dropped in silence. A card payment goes on at the terminal whatever
//! the session does; a code that was shown ends in a word before the session may end.

mod ending;

use super::{Done, Effect, Known, Place, Session, Step, Touch};
use crate::clinic::Clinic;
use crate::clinic::payments::{Means as Way, WithoutDesk};
use crate::front_desk::money::Money;
use crate::front_desk::patient::PatientId;
use crate::front_desk::payment::{
    Account, Means, Outcome, Payment, PaymentEnd, PaymentId, PaymentItem, Witness,
};
use crate::front_desk::payment_code::{CodePayee, PaymentCode, PaymentReference};
use crate::front_desk::ticket::{PaperState, TicketId};
use std::time::Duration;
use uuid::Uuid;

/// A terminal answers in every case, at the latest when it gives up on the card and on its host. One that says
/// nothing for so long never will, and the next person must not stand before this one's payment.
const TERMINAL_PATIENCE: Duration = Duration::from_secs(5 * 60);

/// What a patient owes, as the store told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who.
    pub patient: PatientId,
    /// The ticket that they hold, where they have checked in.
    pub ticket: Option<TicketId>,
    /// How they stand.
    pub account: Account,
}

/// Somebody who may pay.
#[derive(Debug, Clone, PartialEq)]
pub struct Paying {
    /// Whose account it is.
    pub patient: PatientId,
    /// How they stand.
    pub account: Account,
    /// How far it has come.
    pub stage: PayStage,
    /// The ticket to which they return; none for who came only to pay.
    pub done: Option<Done>,
    /// What became of a receipt's paper that was told before the payment's end was.
    early_paper: Option<(PaymentId, PaperState)>,
}

/// How far a payment has come.
#[derive(Debug, Clone, PartialEq)]
pub enum PayStage {
    /// What is due, and the ways to pay it.
    Choosing,
    /// The terminal has it.
    Card {
        /// Which payment.
        payment: PaymentId,
        /// What the terminal says.
        shows: TerminalShows,
        /// The patient wants to stop; what comes of that only the terminal knows.
        stopping: bool,
        /// When the terminal was heard of last.
        heard: Duration,
    },
    /// A code is shown.
    Code {
        /// Which payment.
        payment: PaymentId,
        /// What stands in it.
        code: PaymentCode,
        /// Whether the store has the payment: no code is shown before.
        kept: bool,
        /// The patient says that they have paid.
        said_paid: bool,
        /// Since when it is shown, or the patient says that they have paid.
        since: Duration,
    },
    /// They are sent to the desk to pay.
    AtDesk,
    /// It has an end.
    Ended(PaymentResult),
}

/// The end of a payment, as the patient learns it.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentResult {
    /// Which payment; none where it did not even begin.
    pub payment: Option<PaymentId>,
    /// By which way it was tried.
    pub way: Way,
    /// The word.
    pub outcome: Outcome,
    /// Why nothing was charged.
    pub why: NotChargedWhy,
    /// How much.
    pub amount: Money,
    /// What became of the receipt's paper; none where none is printed here.
    pub receipt: Option<PaperState>,
}

/// Why nothing was charged, as far as it helps the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotChargedWhy {
    /// The bank or the terminal declined.
    Declined,
    /// The patient stopped it.
    Cancelled,
    /// No card was presented in time.
    TimedOut,
    /// The card could not be read.
    CardUnreadable,
    /// The terminal cannot be used now.
    Terminal,
    /// It is paid already, or is being paid elsewhere.
    NotDue,
    /// It was in doubt, and is known now.
    KnownNow,
}

/// What the terminal says to the patient.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TerminalShows {
    /// The kiosk and the terminal are getting ready.
    #[default]
    Preparing,
    /// A card is to be presented.
    PresentCard,
    /// The terminal is at work.
    AtWork,
    /// Words of the terminal itself, in whatever language it speaks.
    Words(String),
}

/// What is heard of a payment.
#[derive(Debug, Clone, PartialEq)]
pub enum PaymentNews {
    /// It is on the disk.
    Begun,
    /// It cannot begin; nothing was charged.
    NotBegun(NotChargedWhy),
    /// The terminal says something.
    Shows(TerminalShows),
    /// It has an end.
    Ended(Outcome, NotChargedWhy),
}

impl Paying {
    fn new(owed: &Owed, done: Option<Done>) -> Self {
        Self {
            patient: owed.patient,
            account: owed.account.clone(),
            stage: PayStage::Choosing,
            done,
            early_paper: None,
        }
    }

    /// What one payment pays now; nothing where nothing can be paid.
    pub fn amount(&self) -> Option<Money> {
        self.account.total().filter(|_| self.account.in_doubt.is_empty())
    }

    /// The ways that are offered, in the order of the routines.
    pub fn ways<'a>(&self, clinic: &'a Clinic, terminal: bool) -> Vec<&'a Way> {
        let Some(amount) = self.amount() else { return Vec::new() };
        let Some(payments) = &clinic.routines.payments else { return Vec::new() };
        let small_enough = payments.at_most.is_none_or(|most| amount.minor <= most.minor);
        let here = !clinic.practice && small_enough && amount.currency == payments.currency;
        let carried = |payee: &CodePayee| payee.code(amount, &PaymentReference::of(Uuid::nil())).is_ok();
        let fits = |way: &&Way| match way {
            Way::Card => terminal && here,
            Way::Code => here && payments.code.as_ref().is_some_and(carried),
            Way::Desk => true,
        };
        payments.means.iter().filter(fits).collect()
    }

    /// The payment that is under way.
    pub fn payment(&self) -> Option<PaymentId> {
        match &self.stage {
            PayStage::Card { payment, .. } | PayStage::Code { payment, .. } => Some(*payment),
            PayStage::Ended(result) => result.payment,
            PayStage::Choosing | PayStage::AtDesk => None,
        }
    }

    /// Whether something is under way that must come to an end first.
    pub fn is_under_way(&self) -> bool {
        matches!(self.stage, PayStage::Card { .. } | PayStage::Code { .. })
    }

    /// What a screen is, to notice that another has appeared. That the terminal says something else is none.
    pub(super) fn face(&self) -> usize {
        match &self.stage {
            PayStage::Choosing => 0,
            PayStage::Card { .. } => 1,
            PayStage::Code { said_paid, .. } => 2 + usize::from(*said_paid),
            PayStage::AtDesk => 4,
            PayStage::Ended(_) => 5,
        }
    }

    /// What is under way, or was in doubt, has an end.
    fn ended(&mut self, outcome: Outcome, why: NotChargedWhy) {
        let (payment, way, amount) = match &self.stage {
            PayStage::Card { payment, .. } => (Some(*payment), Way::Card, self.account.total()),
            PayStage::Code { payment, .. } => (Some(*payment), Way::Code, self.account.total()),
            PayStage::Ended(before) => (before.payment, before.way, Some(before.amount)),
            PayStage::Choosing | PayStage::AtDesk => return,
        };
        let Some(amount) = amount else { return };
        let early = self.early_paper.take().filter(|(paper, _)| Some(*paper) == payment);
        let receipt = match (&self.stage, outcome) {
            (_, Outcome::NotCharged) => None,
            // The paper in doubt was the receipt; of what turned out later the desk has one.
            (PayStage::Ended(_), _) => early.map(|(_, state)| state),
            _ => Some(early.map_or(PaperState::Reserved, |(_, state)| state)),
        };
        self.stage = PayStage::Ended(PaymentResult { payment, way, outcome, why, amount, receipt });
    }

    /// It did not even begin.
    fn not_begun(&mut self, why: NotChargedWhy) {
        self.ended(Outcome::NotCharged, why);
        if let PayStage::Ended(result) = &mut self.stage {
            result.payment = None;
        }
    }

    /// Whether trying once more may help: what is paid already or elsewhere is not due the next time either.
    pub fn can_try_again(&self) -> bool {
        matches!(&self.stage, PayStage::Ended(PaymentResult { outcome: Outcome::NotCharged, why, .. })
            if *why != NotChargedWhy::NotDue)
    }
}

/// Whether anything can be paid at this kiosk at all. Nobody pays where everything is invented.
pub fn takes_payments(clinic: &Clinic, terminal: bool) -> bool {
    let Some(payments) = clinic.routines.payments.as_ref().filter(|_| !clinic.practice) else {
        return false;
    };
    payments.means.iter().any(|way| match way {
        Way::Card => terminal,
        Way::Code => payments.code.is_some(),
        Way::Desk => false,
    })
}

impl Session {
    /// Whether a card payment may begin now: some clinics want the desk to hear of it at once.
    pub fn may_charge(&self, clinic: &Clinic) -> bool {
        let payments = clinic.routines.payments.as_ref();
        let without_desk = payments.is_some_and(|payments| payments.without_desk == WithoutDesk::Pay);
        without_desk || self.desk_answers
    }

    /// The store told how a patient stands.
    pub(super) fn told_owed(&mut self, mut owed: Owed) {
        if let Some(before) = self.owed.as_ref().filter(|before| before.patient == owed.patient) {
            owed.ticket = owed.ticket.or(before.ticket);
        }
        if let Step::Pay(paying) = self.step.bottom_mut()
            && paying.patient == owed.patient
            && !paying.is_under_way()
        {
            paying.account = owed.account.clone();
        }
        self.owed = Some(owed);
    }

    /// What can be paid beside a ticket.
    pub fn owed_by(&self, done: &Done) -> Option<&Owed> {
        self.owed.as_ref().filter(|owed| owed.ticket == Some(done.ticket.id))
    }

    /// *Pay now*, beside the ticket.
    pub(super) fn pay_beside_ticket(&mut self) -> Vec<Effect> {
        let Step::Done(done) = &self.step else { return Vec::new() };
        let Some(owed) = self.owed_by(done).filter(|owed| !owed.account.dues.is_empty()) else {
            return Vec::new();
        };
        self.step = Step::Pay(Box::new(Paying::new(owed, Some(done.clone()))));
        Vec::new()
    }

    /// Who came only to pay was identified.
    pub(super) fn pay_only(&mut self, known: &Known, place: Place<'_>) -> Vec<Effect> {
        // What is not known is not nothing.
        let Some(owed) = self.owed.as_ref().filter(|owed| owed.patient == known.patient.id) else {
            return self.fault(place);
        };
        self.step = Step::Pay(Box::new(Paying::new(owed, None)));
        Vec::new()
    }

    /// A touch while paying.
    pub(super) fn pay_touched(&mut self, touch: Touch, place: Place<'_>) -> Vec<Effect> {
        let terminal = place.has_terminal() && self.may_charge(place.clinic);
        let now = self.moment.at;
        let Step::Pay(paying) = &mut self.step else { return Vec::new() };
        let can_try_again = paying.can_try_again();
        match (&mut paying.stage, touch) {
            (PayStage::Choosing, Touch::Choice(position)) => {
                let ways = paying.ways(place.clinic, terminal);
                match ways.get(position).copied() {
                    Some(Way::Card) => self.pay_by_card(place),
                    Some(Way::Code) => self.pay_by_code(place),
                    Some(Way::Desk) => {
                        paying.stage = PayStage::AtDesk;
                        Vec::new()
                    }
                    None => Vec::new(),
                }
            }
            (PayStage::AtDesk, Touch::Again) => {
                paying.stage = PayStage::Choosing;
                Vec::new()
            }
            (PayStage::Card { payment, stopping, .. }, Touch::Back) if !*stopping => {
                *stopping = true;
                vec![Effect::StopPaying(*payment)]
            }
            // Their bank may be slow: from now on it has as long as it may take.
            (PayStage::Code { kept: true, said_paid: said_paid @ false, since, .. }, Touch::Yes) => {
                (*said_paid, *since) = (true, now);
                Vec::new()
            }
            (PayStage::Code { payment, said_paid: true, .. }, Touch::Finish) => {
                let payment = *payment;
                self.code_not_known(payment, "the patient said that they paid, and did not wait longer")
            }
            // Whoever turns to another way says that they did not pay this way.
            (PayStage::Code { payment, kept: true, said_paid: false, .. }, Touch::Back) => {
                let end = PaymentEnd::new(Outcome::NotCharged, Witness::Patient, "turned to another way");
                let effects = vec![Effect::EndPayment(*payment, Box::new(end))];
                paying.stage = PayStage::Choosing;
                effects
            }
            (PayStage::Ended(_), Touch::Again) if can_try_again => {
                paying.stage = PayStage::Choosing;
                Vec::new()
            }
            (PayStage::Choosing | PayStage::AtDesk | PayStage::Ended(_), Touch::Finish | Touch::Back) => {
                self.leave_paying(place)
            }
            _ => Vec::new(),
        }
    }

    /// Back to the ticket, or done for who came only to pay.
    fn leave_paying(&mut self, place: Place<'_>) -> Vec<Effect> {
        let Step::Pay(paying) = &mut self.step else { return Vec::new() };
        match paying.done.take() {
            Some(done) => {
                self.step = Step::Done(done);
                Vec::new()
            }
            None => self.finish(place),
        }
    }

    /// The payment of everything that is due, by a means.
    fn new_payment(&self, means: Means, place: Place<'_>) -> Option<Payment> {
        let Step::Pay(paying) = &self.step else { return None };
        let items =
            paying.account.payable().map(|due| PaymentItem { charge: due.charge.id, minor: due.open.minor });
        Some(Payment {
            id: PaymentId(self.moment.id),
            patient: paying.patient,
            items: items.collect(),
            amount: paying.amount()?,
            means,
            ticket: paying.done.as_ref().map(|done| done.ticket.id),
            language: self.language_code(place.clinic).to_string(),
            kiosk: place.kiosk.to_string(),
        })
    }

    fn pay_by_card(&mut self, place: Place<'_>) -> Vec<Effect> {
        let means = Means::Card { terminal: place.kiosk.to_string() };
        let Some(payment) = self.new_payment(means, place) else { return Vec::new() };
        let since = self.moment.at;
        if let Step::Pay(paying) = &mut self.step {
            let shows = TerminalShows::Preparing;
            paying.stage = PayStage::Card { payment: payment.id, shows, stopping: false, heard: since };
        }
        vec![Effect::PayByCard(Box::new(payment))]
    }

    fn pay_by_code(&mut self, place: Place<'_>) -> Vec<Effect> {
        let reference = PaymentReference::of(self.moment.id);
        let Step::Pay(paying) = &self.step else { return Vec::new() };
        let payee = place.clinic.routines.payments.as_ref().and_then(|payments| payments.code.as_ref());
        let (Some(amount), Some(payee)) = (paying.amount(), payee) else { return Vec::new() };
        let Ok(code) = payee.code(amount, &reference) else { return Vec::new() };
        let means = Means::Code { scheme: payee.scheme().to_string(), reference: reference.to_string() };
        let Some(payment) = self.new_payment(means, place) else { return Vec::new() };
        let since = self.moment.at;
        if let Step::Pay(paying) = &mut self.step {
            paying.stage = PayStage::Code { payment: payment.id, code, kept: false, said_paid: false, since };
        }
        vec![Effect::BeginPayment(Box::new(payment))]
    }
}
