//! The voice of the displays: calls as sound, made on the desk's machine and kept for the other screens.

use crate::desk::locked;
use crate::speech::{Manner, Unspoken, program, spoken};
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vestibule_ui::words::Language;

/// What is installed while the desk runs is found after this.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// How many sentences are kept: the calls of a busy quarter of an hour, some 15 MB.
const KEPT: usize = 64;

/// The voices of the desk's machine.
pub struct Speech {
    found: Mutex<Found>,
    kept: Mutex<VecDeque<(String, Arc<[u8]>)>>,
    /// One voice at a time: a machine at reception has other things to do.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Found {
    looked: Option<Instant>,
    program: Option<PathBuf>,
    languages: BTreeSet<Language>,
}

impl Speech {
    /// A voice that has not been looked for yet.
    pub fn new() -> Self {
        Self { found: Mutex::default(), kept: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    /// Looks for the program and tries these languages, unless that was done and all were found.
    pub async fn look(&self, offered: BTreeSet<Language>) {
        {
            let found = locked(&self.found);
            let all = offered.is_subset(&found.languages);
            if found.looked.is_some_and(|looked| all || looked.elapsed() < LOOK_AGAIN) {
                return;
            }
        }
        let program = program();
        let mut languages = BTreeSet::new();
        if let Some(program) = &program {
            for language in offered {
                match spoken(program, language, "1 2 3", Manner::ANNOUNCING).await {
                    Ok(_) => drop(languages.insert(language)),
                    Err(error) => tracing::warn!(language = language.code(), "{error}"),
                }
            }
        }
        let mut found = locked(&self.found);
        if found.looked.is_none() && languages.is_empty() {
            tracing::warn!(
                "the displays' calls are spoken only where a browser has a voice: install espeak-ng on this machine"
            );
        }
        *found = Found { looked: Some(Instant::now()), program, languages };
    }

    /// The languages there is a voice for.
    pub fn languages(&self) -> BTreeSet<Language> {
        locked(&self.found).languages.clone()
    }

    /// A sentence as a WAV file.
    pub async fn say(&self, language: Language, sentence: &str) -> Result<Arc<[u8]>, Unspoken> {
        let key = format!("{} {sentence}", language.code());
        if let Some(kept) = self.kept(&key) {
            return Ok(kept);
        }
        let program = {
            let found = locked(&self.found);
            let has_voice = found.languages.contains(&language);
            found.program.clone().filter(|_| has_voice).ok_or(Unspoken::NoVoice)?
        };
        let _turn = self.turn.lock().await;
        // Two screens ask for the same call at the same moment.
        if let Some(kept) = self.kept(&key) {
            return Ok(kept);
        }
        let sound: Arc<[u8]> = spoken(&program, language, sentence, Manner::ANNOUNCING).await?.into();
        let mut kept = locked(&self.kept);
        kept.push_back((key, Arc::clone(&sound)));
        if kept.len() > KEPT {
            kept.pop_front();
        }
        Ok(sound)
    }

    fn kept(&self, key: &str) -> Option<Arc<[u8]>> {
        locked(&self.kept).iter().find(|(kept, _)| kept == key).map(|(_, sound)| Arc::clone(sound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_a_program_nothing_is_spoken_and_that_is_said() {
        let speech = Speech::new();
        let english = vestibule_ui::words::Words::own().language_or_english("en");
        assert!(speech.languages().is_empty());
        assert!(matches!(speech.say(english, "1").await, Err(Unspoken::NoVoice)));
    }
}
