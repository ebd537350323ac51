//! Calling a transaction off from another thread.

use std::sync::{Arc, Mutex, PoisonError};

/// Calls off what a terminal is doing. The dialogue still ends by the terminal's own word: if the payment
/// was authorised already, it ends as completed.
#[derive(Debug, Clone, Default)]
pub struct Aborter(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    running: bool,
    wanted: bool,
}

impl Aborter {
    /// Calls off the running transaction as soon as the terminal may be told. Without one it does nothing.
    pub fn abort(&self) {
        self.with(|state| state.wanted = state.running);
    }

    pub(super) fn begin(&self) {
        self.with(|state| *state = State { running: true, wanted: false });
    }

    pub(super) fn end(&self) {
        self.with(|state| *state = State::default());
    }

    /// Whether it was called off and nobody has taken that up.
    pub(super) fn is_wanted(&self) -> bool {
        self.with(|state| state.wanted)
    }

    /// Takes it up, if it was called off.
    pub(super) fn take(&self) -> bool {
        self.with(|state| std::mem::take(&mut state.wanted))
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
