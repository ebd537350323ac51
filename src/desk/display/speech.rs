//! The voice of the displays: espeak-ng on the desk's machine makes a sentence into sound. Nothing leaves the house.

use crate::desk::locked;
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use vestibule_ui::words::Language;

/// Where espeak-ng is, for a clinic that has it elsewhere than in the PATH; empty for none.
const VARIABLE: &str = "VESTIBULE_ESPEAK";
/// A sentence takes a twentieth of a second; whatever takes this long will not come.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is installed while the desk runs is found after this.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// How many sentences are kept: the calls of a busy quarter of an hour, some 15 MB.
const KEPT: usize = 64;
/// A sentence of a minute is no call.
const LARGEST: usize = 4 * 1024 * 1024;
/// Words a minute: slower than people speak, as announcements are.
const SPEED: &str = "135";

/// Why a sentence is not spoken.
#[derive(Debug, thiserror::Error)]
pub enum Unspoken {
    /// There is no voice for the language.
    #[error("the desk's machine has no voice for this language: install espeak-ng")]
    NoVoice,
    /// The voice failed.
    #[error("espeak-ng made no sound: {0}")]
    Failed(String),
}

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
                match spoken(program, language, "1 2 3").await {
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
        let sound: Arc<[u8]> = spoken(&program, language, sentence).await?.into();
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

fn program() -> Option<PathBuf> {
    if let Some(told) = std::env::var_os(VARIABLE) {
        return Some(PathBuf::from(told)).filter(|told| told.is_file());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("espeak-ng")).find(|program| program.is_file())
}

/// The name of a voice: `pt-br`. Where there is none for the country, espeak-ng takes the language's.
fn voice(language: Language) -> String {
    language.locale().to_lowercase().replace('_', "-")
}

async fn spoken(program: &PathBuf, language: Language, sentence: &str) -> Result<Vec<u8>, Unspoken> {
    let failed = |error: std::io::Error| Unspoken::Failed(error.to_string());
    // The sentence goes in by standard input: no name of a room can be taken for an option.
    let mut child = Command::new(program)
        .args(["-v", &voice(language), "-s", SPEED, "-b", "1", "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let mut stdin = child.stdin.take();
    let work = async move {
        if let Some(stdin) = &mut stdin {
            stdin.write_all(sentence.as_bytes()).await?;
        }
        drop(stdin);
        child.wait_with_output().await
    };
    let output = tokio::time::timeout(PATIENCE, work)
        .await
        .map_err(|_| Unspoken::Failed(format!("it took more than {} s", PATIENCE.as_secs())))?
        .map_err(failed)?;
    if !output.status.success() {
        return Err(Unspoken::Failed(format!("it ended with {}", output.status)));
    }
    if output.stdout.len() > LARGEST {
        return Err(Unspoken::Failed("the sentence is too long".into()));
    }
    with_true_lengths(output.stdout)
}

/// Writes the lengths into the head of a WAV file that was streamed: the program did not know them when it began.
fn with_true_lengths(mut wav: Vec<u8>) -> Result<Vec<u8>, Unspoken> {
    let no_wav = || Unspoken::Failed("what it said is no WAV file".into());
    if wav.get(..4) != Some(b"RIFF") || wav.get(8..12) != Some(b"WAVE") {
        return Err(no_wav());
    }
    let data = wav.windows(4).position(|four| four == b"data").ok_or_else(no_wav)?;
    let begins = data + 8;
    let length = wav.len().checked_sub(begins).filter(|length| *length > 0).ok_or_else(no_wav)?;
    let (Ok(whole), Ok(length)) = (u32::try_from(wav.len() - 8), u32::try_from(length)) else {
        return Err(no_wav());
    };
    wav[4..8].copy_from_slice(&whole.to_le_bytes());
    wav[data + 4..begins].copy_from_slice(&length.to_le_bytes());
    Ok(wav)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_streamed_file_gets_its_true_lengths() {
        let mut streamed = b"RIFF\x24\xf0\xff\x7fWAVEfmt \x10\x00\x00\x00".to_vec();
        streamed.extend([0; 16]);
        streamed.extend(b"data\x00\xf0\xff\x7f");
        let empty = streamed.clone();
        streamed.extend([1; 100]);
        let mended = with_true_lengths(streamed).unwrap();
        assert_eq!(mended[4..8], 136u32.to_le_bytes());
        assert_eq!(mended[40..44], 100u32.to_le_bytes());
        for broken in [empty, b"RIFF".to_vec(), b"RIFF1234WAVEfmt ".to_vec(), Vec::new()] {
            assert!(with_true_lengths(broken).is_err());
        }
    }

    #[tokio::test]
    async fn without_a_program_nothing_is_spoken_and_that_is_said() {
        let speech = Speech::new();
        let english = vestibule_ui::words::Words::own().language_or_english("en");
        assert!(speech.languages().is_empty());
        assert!(matches!(speech.say(english, "1").await, Err(Unspoken::NoVoice)));
        let gone = PathBuf::from("/nowhere/espeak-ng");
        assert!(matches!(spoken(&gone, english, "1").await, Err(Unspoken::Failed(_))));
        let silent = PathBuf::from("/bin/true");
        assert!(spoken(&silent, english, "1").await.is_err());
    }
}
