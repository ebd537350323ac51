//! Whether the voice is heard: what the desk is told of it, and when it is tried again.

use crate::speech::{self, Unspoken};
use std::time::Duration;
use tokio::time::Instant;

/// A voice that is not heard is tried so often, so that nobody who needs it has to find out that it is well again.
const TRY_AGAIN: Duration = Duration::from_secs(15);
/// So long in all a sound may be waited for in vain by somebody who does not hear each out.
const IN_VAIN: Duration = Duration::from_secs(10);

/// Why nothing is heard.
#[derive(Debug, thiserror::Error)]
pub(super) enum Silent {
    #[error("espeak-ng is not on this machine")]
    NoVoice,
    #[error(transparent)]
    Unspoken(Unspoken),
    #[error("aplay is not on this machine")]
    NoPlayer,
    #[error("aplay: {0}")]
    NotPlayed(String),
}

impl Silent {
    /// What is wrong and what to do, for staff.
    fn words(&self) -> &'static str {
        match self {
            Self::NoVoice | Self::Unspoken(Unspoken::NoVoice) => {
                "the kiosk is silent to who cannot see: espeak-ng is not installed on it (apt install espeak-ng)"
            }
            Self::Unspoken(Unspoken::Failed(_)) => {
                "the kiosk is silent to who cannot see: espeak-ng makes no sound; vestibule doctor, at the kiosk, tries it"
            }
            Self::NoPlayer => {
                "the kiosk is silent to who cannot see: aplay is not installed on it (apt install alsa-utils)"
            }
            Self::NotPlayed(_) => {
                "the kiosk is silent to who cannot see: its sound device takes no sound; check its cable, then try vestibule doctor at the kiosk"
            }
        }
    }
}

/// What is known of it.
pub(super) struct Health<F> {
    tell: F,
    /// What the desk was told last; nothing where it was told that all is well.
    told: Option<&'static str>,
    in_vain: Duration,
    trial: Option<Instant>,
}

impl<F: Fn(&'static str)> Health<F> {
    /// Of a voice that nobody has heard yet. `troubled`: the desk was told that it is silent, before the program began.
    pub(super) fn new(troubled: bool, tell: F) -> Self {
        let mut health = Self { tell, told: None, in_vain: Duration::ZERO, trial: None };
        if speech::program().is_none() {
            health.ended(Err(Silent::NoVoice));
        } else if speech::player().is_none() {
            health.ended(Err(Silent::NoPlayer));
        } else if troubled {
            health.told = Some("");
            health.trial = Some(Instant::now());
        }
        health
    }

    /// Waits until the voice should be tried: for ever, as long as it is well.
    pub(super) async fn next_trial(&self) {
        match self.trial {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// A sound was heard, or not.
    pub(super) fn ended(&mut self, result: Result<(), Silent>) {
        match result {
            Ok(()) => {
                self.in_vain = Duration::ZERO;
                self.trial = None;
                if self.told.take().is_some() {
                    tracing::info!("the voice is heard again");
                    (self.tell)("");
                }
            }
            Err(silent) => {
                let words = silent.words();
                // What fails is told once, not with every word.
                if self.told.replace(words) != Some(words) {
                    tracing::error!("the voice cannot be heard: {silent}");
                }
                // The desk may have missed it: it is kept there only if it is news.
                (self.tell)(words);
                self.trial = Some(Instant::now() + TRY_AGAIN);
            }
        }
    }

    /// Somebody went on without a sound that was not there after so long.
    pub(super) fn stopped_in_vain_after(&mut self, waited: Duration) {
        self.in_vain += waited;
        if self.in_vain >= IN_VAIN {
            self.in_vain = Duration::ZERO;
            let waited = format!("there was none in {} s", IN_VAIN.as_secs());
            self.ended(Err(Silent::Unspoken(Unspoken::Failed(waited))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_voice_that_hangs_is_noticed_though_nobody_waits_for_it() {
        let told = RefCell::new(Vec::new());
        let mut health = Health {
            tell: |words| told.borrow_mut().push(words),
            told: None,
            in_vain: Duration::ZERO,
            trial: None,
        };
        let second = Duration::from_secs(1);
        (0..9).for_each(|_| health.stopped_in_vain_after(second));
        health.ended(Ok(()));
        (0..9).for_each(|_| health.stopped_in_vain_after(second));
        assert!(told.borrow().is_empty() && health.trial.is_none(), "one sound in between");
        health.stopped_in_vain_after(second);
        assert!(told.borrow().iter().all(|words| words.contains("espeak-ng makes no sound")));
        assert!(told.borrow().len() == 1 && health.trial.is_some());
        health.ended(Ok(()));
        health.ended(Ok(()));
        assert_eq!(told.borrow()[1..], [""]);
        assert!(health.trial.is_none());
    }
}
