//! Patients pay what is due beside their tickets, each in another way, and one of them meets a broken cable.

use super::{DemoError, Player, rest};
use crate::front_desk::payment::{Outcome, PaymentEnd, PaymentRow, Witness};
use crate::kiosk::screens::{Pay, Screen, Tone, View};
use crate::kiosk::session::GUARD;
use chrono::{DateTime, Utc};
use std::time::Instant;
use vestibule_hardware::terminal::simulator::{Patient, SimulatedFault};
use vestibule_ui::Control;

/// What happens to a payment of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Story {
    /// The card is charged.
    Charged,
    /// The bank says no; the next card is charged.
    DeclinedFirst,
    /// The cable breaks behind the bank, and the terminal cannot say what it did: a person looks into its journal.
    CableBreaks,
    /// A code is paid, and the provider tells the desk.
    Code,
}

const STORIES: [Story; 4] = [Story::Charged, Story::DeclinedFirst, Story::CableBreaks, Story::Code];

impl Player<'_> {
    /// From the ticket to the word that the payment ends in, and back to the ticket.
    pub(super) fn payment(&mut self, language: usize) -> Result<(), DemoError> {
        let story = STORIES[language % STORIES.len()];
        match story {
            Story::Charged | Story::Code => {}
            Story::DeclinedFirst => self.lobby.terminal.patient(Patient::IsDeclined(5)),
            Story::CableBreaks => {
                self.lobby.terminal.temper(|temper| temper.repeats_receipts = false);
                self.lobby.terminal.fault(SimulatedFault::CutAfterAuthorisation);
            }
        }
        self.touch(Control::Pay, 0);
        self.until("what is due", |view, _| matches!(view.screen, Screen::Pay(Pay::Choose { .. })))?;
        self.picture("what-is-due")?;
        if story == Story::Code {
            return self.by_code();
        }
        self.by_card()?;
        if story == Story::DeclinedFirst {
            self.picture("declined")?;
            self.touch(Control::Again, 0);
            self.by_card()?;
        }
        // The receipt, whatever it says.
        self.keep_next_paper("receipt.png")?;
        self.picture(if story == Story::CableBreaks { "not-known" } else { "charged" })?;
        if story == Story::CableBreaks {
            self.lobby.terminal.temper(|temper| temper.repeats_receipts = true);
            self.staff_look_into_it()?;
            self.until("what staff found out", |view, _| tone(view) == Some(Tone::Good))?;
            self.picture("settled")?;
        }
        self.touch(Control::Finish, 0);
        self.until("the ticket again", |view, _| matches!(view.screen, Screen::Done(_)))
    }

    fn by_card(&mut self) -> Result<(), DemoError> {
        self.touch(Control::Choice, 0);
        self.until(
            "the terminal",
            |view, _| matches!(&view.screen, Screen::Pay(Pay::Card { says, .. }) if !says.is_empty()),
        )?;
        self.picture("terminal")?;
        self.until(
            "the end of the payment",
            |view, _| matches!(&view.screen, Screen::Notice(notice) if !notice.busy),
        )
    }

    fn by_code(&mut self) -> Result<(), DemoError> {
        self.touch(Control::Choice, 1);
        self.until("the code", |view, _| matches!(view.screen, Screen::Pay(Pay::Code { .. })))?;
        self.picture("code")?;
        self.touch(Control::Yes, 0);
        self.picture("waiting")?;
        let row = self.under_way()?;
        let end = PaymentEnd::new(Outcome::Charged, Witness::Provider, "the provider's call");
        self.tell_the_desk(row, end)?;
        self.until("the provider's word", |view, _| tone(view) == Some(Tone::Good))?;
        self.keep_next_paper("receipt.png")?;
        self.picture("charged")?;
        self.touch(Control::Finish, 0);
        self.until("the ticket again", |view, _| matches!(view.screen, Screen::Done(_)))
    }

    /// At the desk, somebody reads in the terminal's journal what became of the payment.
    fn staff_look_into_it(&mut self) -> Result<(), DemoError> {
        let row = self.under_way()?;
        let end = PaymentEnd::new(
            Outcome::Charged,
            Witness::Staff { by: "Maria".into() },
            "seen in the terminal's journal",
        );
        self.tell_the_desk(row, end)
    }

    /// The payment that the desk sees under way or in doubt.
    fn under_way(&self) -> Result<PaymentRow, DemoError> {
        let began = Instant::now();
        loop {
            let unsettled = self.lobby.desk_store.run(|store| store.unsettled_payments())?;
            if let Some(row) = unsettled.into_iter().next() {
                return Ok(row);
            }
            rest("the payment at the desk", began)?;
        }
    }

    fn tell_the_desk(&self, row: PaymentRow, end: PaymentEnd) -> Result<(), DemoError> {
        let (clinic, id, now): (_, _, DateTime<Utc>) =
            (self.lobby.clinic.clone(), row.payment.id, Utc::now());
        self.lobby.desk_store.run(move |store| store.end_payment(&clinic, id, end, false, now))?;
        Ok(())
    }

    fn keep_next_paper(&mut self, name: &str) -> Result<(), DemoError> {
        let before = self.papers;
        self.until("the receipt", |_, lobby| lobby.printer.tickets().len() > before)?;
        std::thread::sleep(GUARD);
        self.keep_paper(name)
    }
}

fn tone(view: &View) -> Option<Tone> {
    match &view.screen {
        Screen::Notice(notice) => Some(notice.tone),
        _ => None,
    }
}
