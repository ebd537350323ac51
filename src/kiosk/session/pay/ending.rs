//! What becomes of a payment that was begun, and how the patient learns it.

use super::{NotChargedWhy, PayStage, PaymentNews, TERMINAL_PATIENCE};
use crate::front_desk::payment::{Outcome, PaymentEnd, PaymentId, Witness};
use crate::front_desk::ticket::PaperState;
use crate::kiosk::session::{Effect, Place, STORE_PATIENCE, Session, Step};

impl Session {
    /// Something is heard of a payment; of any other than the one on the screen nothing is shown.
    pub(in crate::kiosk::session) fn payment_news(
        &mut self,
        id: PaymentId,
        news: PaymentNews,
    ) -> Vec<Effect> {
        if let PaymentNews::Ended(outcome, _) = news {
            self.settled_elsewhere(id, outcome);
        }
        let now = self.moment.at;
        let Step::Pay(paying) = self.step.bottom_mut() else { return Vec::new() };
        if paying.payment() != Some(id) {
            return Vec::new();
        }
        let by_code = matches!(paying.stage, PayStage::Code { .. });
        match (&mut paying.stage, news) {
            (PayStage::Code { kept, .. }, PaymentNews::Begun) => *kept = true,
            (PayStage::Card { heard, .. }, PaymentNews::Begun) => *heard = now,
            (PayStage::Card { shows, heard, .. }, PaymentNews::Shows(said)) => {
                (*shows, *heard) = (said, now);
            }
            (PayStage::Card { .. } | PayStage::Code { .. }, PaymentNews::NotBegun(why)) => {
                paying.not_begun(why);
                self.payment_ended();
            }
            (PayStage::Card { .. } | PayStage::Code { .. }, PaymentNews::Ended(outcome, why)) => {
                paying.ended(outcome, why);
                self.payment_ended();
                // The word on a code comes from the desk, which has no paper at this kiosk.
                if by_code && outcome != Outcome::NotCharged {
                    return vec![Effect::PrintReceipt(id)];
                }
            }
            // What was not known may be known after all while the patient still stands there.
            (PayStage::Ended(result), PaymentNews::Ended(outcome, _))
                if result.outcome == Outcome::NotKnown && outcome != Outcome::NotKnown =>
            {
                paying.ended(outcome, NotChargedWhy::KnownNow);
                self.payment_ended();
            }
            _ => {}
        }
        Vec::new()
    }

    /// The payment on the screen, or under what covers it, has an end: nobody was warned of being idle until now,
    /// and nobody is sent away before they have read it.
    fn payment_ended(&mut self) {
        self.quiet_since = self.moment.at;
        let Step::Pay(paying) = self.step.bottom() else { return };
        let PayStage::Ended(result) = &paying.stage else { return };
        let Some(owed) = self.owed.as_mut().filter(|owed| owed.patient == paying.patient) else { return };
        match (result.outcome, result.payment) {
            // It paid everything that could be paid.
            (Outcome::Charged, _) => owed.account.dues.clear(),
            // Nobody may pay again until it is known.
            (Outcome::NotKnown, Some(payment)) => {
                owed.account.dues.clear();
                owed.account.in_doubt.push(payment);
            }
            // It is paid already, or being paid elsewhere.
            (Outcome::NotCharged, _) if result.why == NotChargedWhy::NotDue => owed.account.dues.clear(),
            (Outcome::NotCharged | Outcome::NotKnown, _) => {}
        }
    }

    /// A doubt that is known to be over is none any more, wherever the patient stands.
    fn settled_elsewhere(&mut self, id: PaymentId, outcome: Outcome) {
        if let Some(owed) = self.owed.as_mut().filter(|_| outcome != Outcome::NotKnown) {
            owed.account.in_doubt.retain(|doubt| *doubt != id);
        }
    }

    /// What became of a receipt's paper. It may be told before the payment's own end is.
    pub(in crate::kiosk::session) fn receipt_paper(&mut self, id: PaymentId, state: PaperState) {
        let Step::Pay(paying) = self.step.bottom_mut() else { return };
        match &mut paying.stage {
            PayStage::Ended(result)
                if result.payment == Some(id) && result.outcome != Outcome::NotCharged =>
            {
                result.receipt = Some(state);
            }
            PayStage::Card { payment, .. } | PayStage::Code { payment, .. } if *payment == id => {
                paying.early_paper = Some((id, state));
            }
            _ => {}
        }
    }

    /// Time passes for a payment: nothing that was begun waits for ever.
    pub(in crate::kiosk::session) fn heed_payment(&mut self, place: Place<'_>) -> Vec<Effect> {
        let patience = place.clinic.routines.payments.as_ref().map(|payments| payments.confirmed_within);
        let (now, patience) = (self.moment.at, patience.unwrap_or_default());
        let Step::Pay(paying) = self.step.bottom_mut() else { return Vec::new() };
        match paying.stage {
            PayStage::Code { payment, kept: true, since, .. } if now.saturating_sub(since) >= patience => {
                self.code_not_known(payment, "nobody confirmed in time that the code was paid")
            }
            // It was never shown, so nobody can have paid it.
            PayStage::Code { payment, kept: false, since, .. }
                if now.saturating_sub(since) > STORE_PATIENCE =>
            {
                paying.not_begun(NotChargedWhy::Terminal);
                self.payment_ended();
                vec![never_shown(payment)]
            }
            PayStage::Card { payment, heard, .. } if now.saturating_sub(heard) > TERMINAL_PATIENCE => {
                paying.ended(Outcome::NotKnown, NotChargedWhy::Terminal);
                // Nothing of it is written here: the till knows whether it began, and says what became of it.
                self.payment_ended();
                vec![Effect::StopPaying(payment)]
            }
            _ => Vec::new(),
        }
    }

    /// Nobody knows whether the code on the screen was paid.
    pub(super) fn code_not_known(&mut self, payment: PaymentId, note: &str) -> Vec<Effect> {
        if let Step::Pay(paying) = self.step.bottom_mut() {
            paying.ended(Outcome::NotKnown, NotChargedWhy::TimedOut);
        }
        self.payment_ended();
        let end = PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, note);
        vec![Effect::EndPayment(payment, Box::new(end))]
    }

    /// What is on the screen is about to go: a code that was shown gets its word, and the terminal is asked to
    /// stop.
    pub(in crate::kiosk::session) fn let_go_of_payment(&mut self) -> Vec<Effect> {
        let Step::Pay(paying) = self.step.bottom_mut() else { return Vec::new() };
        match paying.stage {
            PayStage::Card { payment, stopping: false, .. } => vec![Effect::StopPaying(payment)],
            PayStage::Code { payment, kept: false, .. } => vec![never_shown(payment)],
            PayStage::Code { payment, kept: true, .. } => {
                let note = "the patient left while the code was shown";
                let end = PaymentEnd::new(Outcome::NotKnown, Witness::Kiosk, note);
                vec![Effect::EndPayment(payment, Box::new(end))]
            }
            _ => Vec::new(),
        }
    }

    /// Whether a payment is under way: nobody is warned of being idle while the terminal or their bank is at work.
    pub(in crate::kiosk::session) fn is_paying(&self) -> bool {
        matches!(self.step.bottom(), Step::Pay(paying) if paying.is_under_way())
    }
}

/// A code that was never on the screen was paid by nobody.
fn never_shown(payment: PaymentId) -> Effect {
    let end = PaymentEnd::new(Outcome::NotCharged, Witness::Kiosk, "the code was never shown");
    Effect::EndPayment(payment, Box::new(end))
}
