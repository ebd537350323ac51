//! What each fact belongs to, and so how long it stays.

use crate::front_desk::retention::Kept;
use crate::link::fact::FactKind;
use uuid::Uuid;

/// What a fact belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// To a patient's record: it stays as long as that.
    ToARecord,
    /// To something with an identity: it goes with it.
    To(Kept, Uuid),
    /// To the day on which it happened.
    ToItsDay(Kept),
}

impl Belongs {
    pub fn of(fact: Uuid, kind: &FactKind) -> Self {
        use FactKind::*;
        let visit = |id: Uuid| Self::To(Kept::Visits, id);
        let request = |id: Uuid| Self::To(Kept::Requests, id);
        let money = |id: Uuid| Self::To(Kept::Money, id);
        match kind {
            PatientRecorded { .. }
            | DetailsEntered { .. }
            | DetailsProved { .. }
            | PatientsMerged { .. }
            | PatientsKeptApart { .. }
            | ConsentGiven { .. }
            | RelationRecorded { .. }
            | RelationConfirmed { .. }
            | RelationEnded { .. } => Self::ToARecord,
            // The record itself has the last day on which they were confirmed.
            DetailsConfirmed { .. } => Self::ToItsDay(Kept::Visits),
            AppointmentRecorded { appointment } => visit(appointment.id.0),
            AppointmentPaper { appointment, .. } => visit(appointment.0),
            WaitingListJoined { entry } => visit(entry.id.0),
            WaitingListLeft { entry } | SlotOffered { entry, .. } | OfferEnded { entry, .. } => {
                visit(entry.0)
            }
            ClosureRecorded { closure } => visit(closure.id.0),
            ClosureEnded { closure, .. } => visit(closure.0),
            CheckedIn { visit: of, .. } => visit(of.id.0),
            PatientCalled { visit: of, .. }
            | CallRepeated { visit: of, .. }
            | CallTakenBack { visit: of, .. }
            | PatientAbsent { visit: of, .. }
            | VisitTransferred { visit: of, .. }
            | VisitMarked { visit: of, .. }
            | VisitFinished { visit: of, .. }
            | VisitReopened { visit: of, .. } => visit(of.0),
            TicketPaper { ticket, .. } | ReprintAsked { ticket, .. } => visit(ticket.0),
            NotCheckedIn { .. } => visit(fact),
            FormAnswered { .. } => Self::To(Kept::Answers, fact),
            ClinicChangeToTell { change } => request(change.request.0),
            PatientTelephoned { request: of, .. }
            | RequestAcknowledged { request: of, .. }
            | RequestResolved { request: of, .. }
            | OutcomeChosen { request: of, .. }
            | RequestEscalated { request: of, .. }
            | CaseOverdue { request: of }
            | SlipPaper { request: of, .. }
            | RequestHandedOver { request: of, .. }
            | RoutineStepDone { request: of, .. }
            | StepTaken { request: of, .. } => request(of.0),
            RequestRaised { request: of } => request(of.id.0),
            MessageSent { message } => request(message.request.0),
            SideNoted { note } => request(note.request.0),
            ChargeRecorded { charge } | ChargeAdded { charge, .. } => money(charge.id.0),
            ChargeWithdrawn { charge, .. } => money(charge.0),
            PaymentBegun { payment } => money(payment.id.0),
            PaymentEnded { payment, .. } | ReceiptPaper { payment, .. } | ReceiptAsked { payment, .. } => {
                money(payment.0)
            }
            RefundBegun { refund } => money(refund.id.0),
            RefundEnded { refund, .. } => money(refund.0),
            TerminalAsked { id, .. } | TerminalAnswered { id, .. } | TerminalCounted { id, .. } => money(*id),
            KioskOrdered { id, .. } | KioskOrderEnded { id, .. } => Self::To(Kept::Figures, id.0),
            SessionEnded { .. } | DeviceReported { .. } | Forgotten => Self::ToItsDay(Kept::Figures),
            RoutinesApplied { .. } => Self::ToItsDay(Kept::Trail),
        }
    }

    /// What the columns of the fact's row say of it.
    pub fn columns(self) -> (Option<&'static str>, Option<String>) {
        match self {
            Self::ToARecord => (None, None),
            Self::To(kept, id) => (Some(kept.word()), Some(id.to_string())),
            Self::ToItsDay(kept) => (Some(kept.word()), None),
        }
    }
}

/// Whether a kiosk passes over a fact of this kind that is older than what it keeps of its day. What only states how
/// something is does no harm when it comes once more, and is needed however old it is: an appointment of next month, a
/// payment, the routines.
pub fn is_passed_when_old(kind: &FactKind) -> bool {
    use FactKind::*;
    matches!(
        kind,
        CheckedIn { .. }
            | PatientCalled { .. }
            | CallRepeated { .. }
            | CallTakenBack { .. }
            | PatientAbsent { .. }
            | VisitTransferred { .. }
            | VisitMarked { .. }
            | VisitFinished { .. }
            | VisitReopened { .. }
            | TicketPaper { .. }
            | NotCheckedIn { .. }
            | FormAnswered { .. }
            | SlotOffered { .. }
            | SessionEnded { .. }
            | DeviceReported { .. }
            | Forgotten
    )
}
