//! A kiosk that takes payments, and what a person, a terminal and a bank do at it.

use super::*;

/// The example's clinic, where cards are taken, codes and money at the desk.
pub(in crate::kiosk::session::tests) static CLINIC: LazyLock<Clinic> = LazyLock::new(|| {
    let mut clinic = crate::kiosk::session::tests::CLINIC.clone();
    if let Some(payments) = &mut clinic.routines.payments {
        payments.confirmed_within = PATIENCE;
    }
    let port = TerminalPort::Network(([127, 0, 0, 1], 20007).into());
    let terminal = TerminalPlace { port, password: "000000".into() };
    clinic.kiosks.iter_mut().for_each(|kiosk| kiosk.terminal = Some(terminal.clone()));
    clinic
});

/// How long a code waits for its confirmation.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);
/// The positions of the ways in the example's routines.
pub(super) const CARD: usize = 0;
pub(super) const CODE: usize = 1;
pub(super) const DESK: usize = 2;

pub(super) fn euros(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("EUR").unwrap() }
}

pub(super) fn due(id: u128, what: ChargeFor, minor: i64) -> Due {
    let charge = Charge {
        id: ChargeId(Uuid::from_u128(id)),
        patient: maria().id,
        what,
        amount: euros(minor),
        day: now().date_naive(),
        visit: None,
    };
    Due { open: charge.amount, charge }
}

/// A fee of the routines, an item that staff wrote and a balance; what is in doubt has an id of its own.
pub(in crate::kiosk::session::tests) fn account(marker: &str, dues: bool, doubt: bool) -> Account {
    let fee = ChargeFor::Fee { fee: "consultation".into(), text: "Consulta (staff)".into() };
    let dues = dues.then(|| {
        vec![
            due(0xF1, fee, 8500),
            due(0xF2, ChargeFor::Item { text: format!("{marker}certificate") }, 950),
            due(0xF3, ChargeFor::Balance, 3400),
        ]
    });
    let in_doubt = if doubt { vec![PaymentId(Uuid::from_u128(0xD0))] } else { Vec::new() };
    Account { dues: dues.unwrap_or_default(), in_doubt }
}

/// Something that is heard of a payment.
pub(in crate::kiosk::session::tests) fn news(payment: PaymentId, choice: u8, marker: &str) -> Event {
    use NotChargedWhy::*;
    let news = match choice {
        0..=2 => PaymentNews::Begun,
        3 => PaymentNews::NotBegun(Terminal),
        4 => PaymentNews::NotBegun(NotDue),
        5 => PaymentNews::Shows(TerminalShows::Words(format!("{marker}terminal"))),
        6 => PaymentNews::Shows(TerminalShows::PresentCard),
        7 => PaymentNews::Ended(Outcome::Charged, Terminal),
        8 => PaymentNews::Ended(Outcome::NotCharged, Declined),
        9 => PaymentNews::Ended(Outcome::NotKnown, Terminal),
        10 => return Event::Paper(Printed::Receipt(payment), PaperState::Printed),
        _ => return Event::Paper(Printed::Receipt(payment), PaperState::NotPrinted),
    };
    Event::Payment(payment, news)
}

impl Lobby {
    pub(super) fn to_pay() -> Self {
        Self::of(&CLINIC)
    }

    /// Identified by two identifiers; what is owed is told before the answer.
    pub(in crate::kiosk::session::tests) fn came_to_pay(
        &mut self,
        known: Known,
        account: Account,
    ) -> &mut Self {
        self.touch(Touch::Pay).type_in("07111950").touch(Touch::Next).type_in("garcia").touch(Touch::Next);
        let Some(Effect::Ask(ask, _)) = self.effects.last() else { return self };
        let ask = *ask;
        self.event(Event::OwedTold(Owed { patient: known.patient.id, ticket: None, account }));
        self.event(Event::Answered(ask, Found::One(Box::new(known)).into())).touch(Touch::Yes)
    }

    /// With a ticket in hand, beside which something is due.
    pub(super) fn owes_beside_ticket(&mut self) -> &mut Self {
        self.confirming(booked(20)).touch(Touch::Yes);
        let owed = Owed { patient: maria().id, ticket: Some(ticket().id), account: account("", true, false) };
        self.event(Event::OwedTold(owed)).answer(Answer::CheckedIn(ticket()))
    }

    /// A touch on a way to pay.
    pub(in crate::kiosk::session::tests) fn pays_by(&mut self, way: usize) -> &mut Self {
        self.touch(Touch::Choice(way))
    }

    /// The payment that began last.
    pub(in crate::kiosk::session::tests) fn begun_payment(&self) -> Option<Payment> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::PayByCard(payment) | Effect::BeginPayment(payment) => Some((**payment).clone()),
            _ => None,
        })
    }

    pub(super) fn hears(&mut self, news: PaymentNews) -> &mut Self {
        let payment = self.begun_payment().unwrap();
        self.event(Event::Payment(payment.id, news))
    }

    pub(super) fn paper(&mut self, state: PaperState) -> &mut Self {
        let payment = self.begun_payment().unwrap();
        self.event(Event::Paper(Printed::Receipt(payment.id), state))
    }

    /// What the session said became of payments.
    pub(super) fn ends(&self) -> Vec<(Outcome, &Witness)> {
        let ends = self.effects.iter().filter_map(|effect| match effect {
            Effect::EndPayment(_, end) => Some((end.outcome, &end.witness)),
            _ => None,
        });
        ends.collect()
    }

    pub(super) fn stops(&self) -> usize {
        self.effects.iter().filter(|effect| matches!(effect, Effect::StopPaying(_))).count()
    }

    pub(super) fn stage(&self) -> &PayStage {
        match self.session.step.bottom() {
            Step::Pay(paying) => &paying.stage,
            other => panic!("not paying: {other:?}"),
        }
    }

    pub(super) fn says(&self) -> String {
        let notice = self.notice();
        format!("{}: {}", notice.title, notice.lines.join(" "))
    }
}

pub(super) fn charged() -> PaymentNews {
    PaymentNews::Ended(Outcome::Charged, NotChargedWhy::Terminal)
}

pub(super) fn not_charged(why: NotChargedWhy) -> PaymentNews {
    PaymentNews::Ended(Outcome::NotCharged, why)
}

pub(super) fn not_known() -> PaymentNews {
    PaymentNews::Ended(Outcome::NotKnown, NotChargedWhy::Terminal)
}
