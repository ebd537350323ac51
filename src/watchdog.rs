//! What the program tells the service manager that watches over it (systemd: `sd_notify(3)`, `WatchdogSec=`).
//!
//! The word that all is well is given by the loop that draws the screen, or that serves the desk, and only while the
//! store answers and every thread behind a device shows signs of life. A process that lives on with a dead screen, a
//! dead store or a dead device is started anew.

use crate::store::StoreHandle;
use sd_notify::NotifyState;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A part that can stand still while the loop that watches goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The thread that owns the store.
    Store,
    /// The thread that prints.
    Printing,
    /// The thread that lets the terminal charge.
    Till,
}

impl Part {
    const ALL: [Self; 3] = [Self::Store, Self::Printing, Self::Till];

    /// How long it may be busy with one thing.
    fn patience(self) -> Duration {
        Duration::from_secs(match self {
            // What is asked of it takes milliseconds; a worn disk may take a while for one.
            Self::Store => 60,
            // A picture takes 48 s at 9600 baud, and each ticket has its limit beyond that.
            Self::Printing => 180,
            // The patient looks for their card, and the terminal gives up by itself after some minutes.
            Self::Till => 900,
        })
    }
}

/// When each part was last seen to live; clones are of the same program.
#[derive(Debug, Clone, Default)]
pub struct SignsOfLife(Arc<Mutex<[Option<Instant>; Part::ALL.len()]>>);

impl SignsOfLife {
    /// A part goes on. From the first time on it is expected to.
    pub fn show(&self, part: Part, now: Instant) {
        let mut seen = self.seen();
        let at = &mut seen[part as usize];
        *at = (*at).max(Some(now));
    }

    /// A part that has shown no sign of life for longer than it may be busy.
    pub fn stalled(&self, now: Instant) -> Option<Part> {
        let seen = self.seen();
        Part::ALL.into_iter().find(|part| {
            seen[*part as usize].is_some_and(|at| now.saturating_duration_since(at) > part.patience())
        })
    }

    fn seen(&self) -> MutexGuard<'_, [Option<Instant>; Part::ALL.len()]> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the service manager its word, from the loop in which it is held.
pub struct Watchdog {
    signs: SignsOfLife,
    /// How often; none where nobody watches.
    every: Option<Duration>,
    /// When next.
    due: Option<Instant>,
    /// Which part was last said to stand still.
    stalled: Option<Part>,
    tell: Box<dyn FnMut(NotifyState<'_>) + Send>,
}

impl Watchdog {
    /// For the service manager that started this program, if one did: it is told that the program is ready when this
    /// is asked for the first time to [`look`](Self::look).
    pub fn new(signs: SignsOfLife) -> Self {
        // A word that gets lost is given again before the time is over.
        let every = sd_notify::watchdog_enabled().map(|limit| limit / 3);
        Self::telling(signs, every, |state| {
            if let Err(error) = sd_notify::notify(&[state]) {
                tracing::warn!("the service manager cannot be told how the program is: {error}");
            }
        })
    }

    fn telling(
        signs: SignsOfLife,
        every: Option<Duration>,
        tell: impl FnMut(NotifyState<'_>) + Send + 'static,
    ) -> Self {
        Self { signs, every, due: None, stalled: None, tell: Box::new(tell) }
    }

    /// Looks whether all goes on, and says so. To be called about every second, by the loop that is watched over.
    pub fn look(&mut self, store: &StoreHandle, now: Instant) {
        match self.due {
            Some(due) if now < due => return,
            Some(_) => {}
            None => {
                // Until its thread has answered once, the store has as long as it may be busy.
                self.signs.show(Part::Store, now);
                (self.tell)(NotifyState::Ready);
            }
        }
        let Some(every) = self.every else {
            self.due = Some(now + Duration::from_secs(3600));
            return;
        };
        self.due = Some(now + every);
        let signs = self.signs.clone();
        // When it cannot be asked its thread is gone, and no sign of life will come.
        let _ = store.tell(move |store| match store.undelivered_count() {
            // It lived when this was asked; what it was asked before is done.
            Ok(_) => signs.show(Part::Store, now),
            Err(error) => tracing::error!("the store cannot be read: {error}"),
        });
        let stalled = self.signs.stalled(now);
        match stalled {
            None => (self.tell)(NotifyState::Watchdog),
            Some(part) if self.stalled != stalled => {
                tracing::error!(?part, "a part of the program stands still: it is to be started anew");
            }
            Some(_) => {}
        }
        self.stalled = stalled;
    }
}

/// Whether a service manager has started the program and listens to it.
pub fn is_watched() -> bool {
    std::env::var_os("NOTIFY_SOCKET").is_some_and(|address| !address.is_empty())
}

/// The program ends by itself: nobody has to start it anew.
pub fn stopping() {
    // Whoever does not listen is not told.
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
}

#[cfg(test)]
mod tests;
