//! Somebody books an appointment, and calls it off again.

use super::{DemoError, Player};
use crate::demo::orders::{locked, start_desk};
use crate::kiosk::screens::{Entry, Screen, View};
use vestibule_ui::Control;

impl Player<'_> {
    /// From the welcome to a slip with two codes, and back to a free slot for somebody else.
    pub(super) fn booking(&mut self, language: usize) -> Result<(), DemoError> {
        self.at_the_book(language)?;
        self.until("the services", |view, _| choices(view) > 0)?;
        self.picture("service")?;
        let asked = title(&self.front.view());
        self.touch(Control::Choice, 0);
        self.until("the free slots", |view, _| choices(view) > 0 && title(view) != asked)?;
        self.picture("clinician")?;
        self.touch(Control::Choice, 0);
        self.picture("part-of-day")?;
        // Any time of day, to see the days and times.
        self.touch(Control::Choice, 1);
        self.picture("day")?;
        // Some days ahead: what is near is no longer called off by patients themselves.
        self.touch(Control::Choice, 4);
        self.picture("time")?;
        self.touch(Control::Choice, 0);
        self.picture("review")?;
        self.touch(Control::Yes, 0);
        self.until("the slip", |view, lobby| {
            matches!(view.screen, Screen::Done(_)) && lobby.printer.tickets().len() > self.papers
        })?;
        self.keep_paper("appointment.png")?;
        self.picture("booked")?;
        self.touch(Control::Finish, 0);

        self.at_the_book(language)?;
        self.until("the appointments", |view, _| choices(view) == 2)?;
        self.picture("appointments")?;
        self.touch(Control::Choice, 0);
        self.picture("one")?;
        self.touch(Control::Choice, 2);
        self.picture("cancel")?;
        self.touch(Control::Yes, 0);
        self.until("the end of the appointment", |view, _| matches!(view.screen, Screen::Notice(_)))?;
        self.picture("cancelled")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// The desk is out of reach: the wish is written down, and waits for a person there when the desk is back.
    pub(super) fn wish(&mut self) -> Result<(), DemoError> {
        self.at_the_book(0)?;
        self.until("the services", |view, _| choices(view) > 0)?;
        drop(locked(&self.lobby.desk).take());
        let asked = title(&self.front.view());
        self.touch(Control::Choice, 0);
        self.until("the free slots", |view, _| choices(view) > 0 && title(view) != asked)?;
        self.touch(Control::Choice, 0);
        self.touch(Control::Choice, 0);
        self.touch(Control::Yes, 0);
        self.until("the wish", |view, _| match &view.screen {
            Screen::Notice(notice) => !notice.primary.is_empty(),
            _ => false,
        })?;
        self.picture("without-the-desk")?;
        start_desk(self.lobby);
        self.at_the_desk("the wish", |row| row.request.wish.is_some())?;
        self.picture("at-the-desk")?;
        self.touch(Control::Finish, 0);
        Ok(())
    }

    /// Somebody without an appointment, identified and in front of the book.
    fn at_the_book(&mut self, language: usize) -> Result<(), DemoError> {
        let guest = self.lobby.guests.iter().find(|guest| guest.appointment.is_none());
        let Some(guest) = guest else { return Err(DemoError::Stuck("everybody has an appointment".into())) };
        let (born, family) = (guest.born.date().format("%d%m%Y").to_string(), guest.name.family.clone());
        self.touch(Control::Language, language);
        self.touch(Control::Appointments, 0);
        self.type_in(&born);
        self.touch(Control::Next, 0);
        self.type_in(&family);
        self.touch(Control::Next, 0);
        self.until("the confirmation", |view, _| matches!(view.screen, Screen::Confirm(_)))?;
        self.touch(Control::Yes, 0);
        Ok(())
    }
}

/// How many choices are on the glass.
fn choices(view: &View) -> usize {
    match &view.screen {
        Screen::Question(question) => match &question.entry {
            Entry::Choices(choices) => choices.len(),
            _ => 0,
        },
        _ => 0,
    }
}

fn title(view: &View) -> String {
    match &view.screen {
        Screen::Question(question) => question.title.clone(),
        _ => String::new(),
    }
}
