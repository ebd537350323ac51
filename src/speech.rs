//! espeak-ng makes a sentence into sound: for the desk's displays, and for the headphones of a kiosk. Nothing leaves
//! the house.

mod spelling;

pub use spelling::spelled;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use vestibule_ui::words::Language;

/// Where espeak-ng is, for a clinic that has it elsewhere than in the PATH; empty for none.
const VARIABLE: &str = "VESTIBULE_ESPEAK";
/// Where aplay is, in the same way.
const PLAYER_VARIABLE: &str = "VESTIBULE_APLAY";
/// A sentence takes a twentieth of a second; whatever takes this long will not come.
const PATIENCE: Duration = Duration::from_secs(10);
/// A sentence of a minute is no sentence.
const LARGEST: usize = 4 * 1024 * 1024;

/// Why a sentence is not spoken.
#[derive(Debug, thiserror::Error)]
pub enum Unspoken {
    /// There is no voice for the language.
    #[error("this machine has no voice for this language: install espeak-ng")]
    NoVoice,
    /// The voice failed.
    #[error("espeak-ng made no sound: {0}")]
    Failed(String),
}

/// How a sentence is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Words a minute.
    pub speed: u16,
    /// How loud, from 0 to 200; 100 is what a voice has of itself.
    pub loudness: u8,
    /// Signs are called by their names, where a single one is spoken.
    pub signs: bool,
}

impl Manner {
    /// As announcements are spoken: slower than people speak.
    pub const ANNOUNCING: Manner = Manner { speed: 135, loudness: 100, signs: false };
}

/// Where espeak-ng is on this machine.
pub fn program() -> Option<PathBuf> {
    find(VARIABLE, "espeak-ng")
}

/// Where aplay is on this machine, which plays what is spoken.
pub fn player() -> Option<PathBuf> {
    find(PLAYER_VARIABLE, "aplay")
}

/// A program that a variable names, or one of this name in the PATH.
pub fn find(variable: &str, name: &str) -> Option<PathBuf> {
    if let Some(told) = std::env::var_os(variable) {
        return Some(PathBuf::from(told)).filter(|told| told.is_file());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The name of a voice: `pt-br`. Where there is none for the country, espeak-ng takes the language's.
fn voice(language: Language) -> String {
    language.locale().to_lowercase().replace('_', "-")
}

/// A sentence as a WAV file.
pub async fn spoken(
    program: &Path,
    language: Language,
    sentence: &str,
    manner: Manner,
) -> Result<Vec<u8>, Unspoken> {
    let failed = |error: std::io::Error| Unspoken::Failed(error.to_string());
    let mut command = Command::new(program);
    command.args([
        "-v",
        &voice(language),
        "-s",
        &manner.speed.to_string(),
        "-a",
        &manner.loudness.to_string(),
    ]);
    if manner.signs {
        command.arg("--punct");
    }
    // The sentence goes in by standard input: no name of a room can be taken for an option.
    let mut child = command
        .args(["-b", "1", "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let (mut stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let work = async {
        if let Some(stdin) = &mut stdin {
            // A voice that ends before it has read all says by how it ends why.
            match stdin.write_all(sentence.as_bytes()).await {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error),
                _ => {}
            }
        }
        drop(stdin);
        let mut sound = Vec::new();
        if let Some(stdout) = stdout {
            // No more than that: a program that does not end must not take all of the machine's memory.
            stdout.take(LARGEST as u64 + 1).read_to_end(&mut sound).await?;
        }
        let ended = if sound.len() > LARGEST { None } else { Some(child.wait().await?) };
        Ok((sound, ended))
    };
    let (sound, ended) = tokio::time::timeout(PATIENCE, work)
        .await
        .map_err(|_| Unspoken::Failed(format!("it took more than {} s", PATIENCE.as_secs())))?
        .map_err(failed)?;
    match ended {
        Some(ended) if !ended.success() => Err(Unspoken::Failed(format!("it ended with {ended}"))),
        Some(_) => with_true_lengths(sound),
        None => Err(Unspoken::Failed("the sentence is too long".into())),
    }
}

/// How long a WAV file of [`spoken`] lasts.
pub fn length(wav: &[u8]) -> Option<Duration> {
    let number = |at: usize| Some(u32::from_le_bytes(wav.get(at..at + 4)?.try_into().ok()?));
    let data = wav.windows(4).position(|four| four == b"data")?;
    // Bytes a second stand in the part `fmt `, which is the first.
    let (a_second, bytes) = (number(28)?, number(data + 4)?);
    (a_second > 0).then(|| Duration::from_secs_f64(f64::from(bytes) / f64::from(a_second)))
}

/// A WAV file of [`spoken`] with silence in the place of its sound.
pub fn silenced(mut wav: Vec<u8>) -> Vec<u8> {
    if let Some(data) = wav.windows(4).position(|four| four == b"data") {
        wav.iter_mut().skip(data + 8).for_each(|sample| *sample = 0);
    }
    wav
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
        streamed.extend([0; 8]);
        streamed.extend(200u32.to_le_bytes());
        streamed.extend([0; 4]);
        streamed.extend(b"data\x00\xf0\xff\x7f");
        let empty = streamed.clone();
        streamed.extend([1; 100]);
        let mended = with_true_lengths(streamed).unwrap();
        assert_eq!(mended[4..8], 136u32.to_le_bytes());
        assert_eq!(mended[40..44], 100u32.to_le_bytes());
        assert_eq!(length(&mended), Some(Duration::from_millis(500)));
        assert_eq!(length(b"RIFF"), None);
        let silence = silenced(mended.clone());
        assert_eq!((&silence[..44], &silence[44..]), (&mended[..44], &[0; 100][..]));
        for broken in [empty, b"RIFF".to_vec(), b"RIFF1234WAVEfmt ".to_vec(), Vec::new()] {
            assert!(with_true_lengths(broken).is_err());
        }
    }

    #[tokio::test]
    async fn without_a_program_that_speaks_nothing_is_spoken() {
        let english = vestibule_ui::words::Words::own().language_or_english("en");
        for program in ["/nowhere/espeak-ng", "/bin/true", "/bin/false"] {
            let said = spoken(Path::new(program), english, "1", Manner::ANNOUNCING).await;
            assert!(matches!(said, Err(Unspoken::Failed(_))), "{program}");
        }
    }
}
