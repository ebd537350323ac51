//! Whether a kiosk can be heard in its headphones, and the desk's displays in their waiting rooms.

use super::hands_on::{Person, if_so};
use super::{BUSY, Finding, State, sentence};
use crate::clinic::{Clinic, Headphones, Kiosk, VoicePlace};
use crate::speech::{self, Manner, Unspoken};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use vestibule_ui::words::Language;

const WHAT: &str = "voice";
const INSTALL: &str = "Install it: apt-get install espeak-ng.";
/// A tenth of a second takes this long only where something holds the device.
const PATIENCE: Duration = Duration::from_secs(5);

/// The programs that a voice needs, where they are there.
pub(super) struct Programs {
    speaks: Option<PathBuf>,
    plays: Option<PathBuf>,
}

impl Programs {
    /// As the kiosk and the desk look for them.
    pub(super) fn of_this_machine() -> Self {
        Self { speaks: speech::program(), plays: speech::player() }
    }
}

/// The voice of the desk's displays.
pub(super) fn of_desk(clinic: &Clinic, programs: &Programs) -> Finding {
    const BROWSERS: &str = "is spoken only by displays whose browser has a voice";
    let Some(program) = &programs.speaks else {
        return Finding::warning(
            WHAT,
            format!("espeak-ng is not on this machine: what the displays call {BROWSERS}."),
            INSTALL,
        );
    };
    match unspoken(program, clinic) {
        Ok(missing) if missing.is_empty() => speaks(clinic),
        Ok(missing) => Finding::warning(
            WHAT,
            format!("espeak-ng does not speak {}: a call in it {BROWSERS}.", names(&missing)),
            "Install a newer espeak-ng, or a display whose browser has that voice.",
        ),
        Err(error) => Finding::warning(WHAT, sentence(&error), "Run espeak-ng by hand to see why."),
    }
}

/// The voice of a kiosk: what speaks, what it speaks into, and how it knows of headphones.
pub(super) fn of_kiosk(
    clinic: &Clinic,
    kiosk: &Kiosk,
    running: bool,
    programs: &Programs,
    person: Option<&dyn Person>,
) -> Vec<Finding> {
    let Some(place) = &kiosk.voice else {
        return vec![Finding::good(WHAT, "clinic.toml names no voice for this kiosk: it is silent.")];
    };
    let sound = match (sound(place, running, programs), person) {
        (found, Some(person)) if found.state == State::Good => heard(found, clinic, place, programs, person),
        (found, _) => found,
    };
    let mut findings = vec![voice(clinic, programs), sound];
    if let Headphones::Device(device) = &place.headphones {
        findings.push(headphones(device));
    }
    findings
}

fn voice(clinic: &Clinic, programs: &Programs) -> Finding {
    let Some(program) = &programs.speaks else {
        return Finding::bad(WHAT, "espeak-ng is not on this machine: the kiosk stays silent.", INSTALL);
    };
    match unspoken(program, clinic) {
        Ok(missing) if missing.is_empty() => speaks(clinic),
        Ok(missing) => Finding::bad(
            WHAT,
            format!("espeak-ng does not speak {}: who chooses it hears nothing.", names(&missing)),
            "Install a newer espeak-ng, or take it out of clinic.languages in clinic.toml.",
        ),
        Err(error) => Finding::bad(WHAT, sentence(&error), "Run espeak-ng by hand to see why."),
    }
}

fn speaks(clinic: &Clinic) -> Finding {
    Finding::good(WHAT, format!("espeak-ng speaks {}.", clinic.languages.join(", ")))
}

/// Those of the clinic's languages in which nothing is heard.
fn unspoken(program: &Path, clinic: &Clinic) -> Result<Vec<String>, Unspoken> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Unspoken::Failed(error.to_string()))?;
    let languages = clinic.languages.iter().map(|code| clinic.words.language_or_english(code));
    let mut missing: Vec<Language> = Vec::new();
    let mut spoken = 0;
    let mut why = None;
    for language in languages {
        match runtime.block_on(speech::spoken(program, language, "1 2 3", Manner::ANNOUNCING)) {
            Ok(_) => spoken += 1,
            Err(error) => {
                missing.push(language);
                why = Some(error);
            }
        }
    }
    match why {
        // Not one: that is no question of languages.
        Some(error) if spoken == 0 => Err(error),
        _ => Ok(missing.iter().map(|language| language.own_name().to_string()).collect()),
    }
}

fn names(languages: &[String]) -> String {
    languages.join(", ")
}

/// Whether the sound device opens, which is tried with a moment of silence.
fn sound(place: &VoicePlace, running: bool, programs: &Programs) -> Finding {
    const WHAT: &str = "sound";
    let Some(program) = &programs.plays else {
        return Finding::bad(
            WHAT,
            "aplay is not on this machine: the kiosk stays silent.",
            "Install it: apt-get install alsa-utils.",
        );
    };
    let device = place.output.as_deref().map_or("the machine's own sound device", |output| output);
    if running {
        return Finding::warning(
            WHAT,
            format!("The kiosk is running and may be speaking into {device}; it was not tested."),
            BUSY,
        );
    }
    match plays_silence(program, place.output.as_deref()) {
        Ok(()) => Finding::good(WHAT, format!("{} opens.", sentence_start(device))),
        Err(why) => Finding::bad(
            WHAT,
            format!("{} does not open ({why}).", sentence_start(device)),
            match place.output {
                Some(_) => {
                    "Give voice.output in clinic.toml a name that aplay -L lists, and let this user play sound \
                     (group audio)."
                }
                None => "Plug it in, or name one in clinic.toml: voice.output, as aplay -L lists them.",
            },
        ),
    }
}

/// Speaks a sentence, and asks whether somebody heard it.
fn heard(
    good: Finding,
    clinic: &Clinic,
    place: &VoicePlace,
    programs: &Programs,
    person: &dyn Person,
) -> Finding {
    const SENTENCE: &str = "1 2 3";
    let (Some(speaks), Some(player)) = (&programs.speaks, &programs.plays) else { return good };
    let language = clinic.words.language_or_english(clinic.staff_language());
    let spoken = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| {
            let spoken = speech::spoken(speaks, language, SENTENCE, Manner::ANNOUNCING);
            runtime.block_on(spoken).map_err(|error| error.to_string())
        });
    person.please("Put the headphones on: three figures are spoken.");
    // A file says itself how it is to be played.
    match spoken.and_then(|wave| plays(player, place.output.as_deref(), &[], &wave)) {
        Ok(()) => if_so(
            good,
            "Did you hear one, two, three in the headphones, and nowhere else?",
            "nobody heard the voice in the headphones",
            "Turn it up with alsamixer, look whether the plug is all the way in, and whether voice.output in clinic.toml is the socket.",
            person,
        ),
        Err(why) => Finding::bad(good.what, sentence(&why), "Run espeak-ng and aplay by hand to see why."),
    }
}

fn sentence_start(device: &str) -> String {
    // The name of a device is written as it is.
    device.strip_prefix("the ").map_or_else(|| device.to_string(), |rest| format!("The {rest}"))
}

fn plays_silence(program: &Path, output: Option<&str>) -> Result<(), String> {
    // Eight thousand bytes a second of the middle of eight bits, which is silence.
    plays(program, output, &["-t", "raw", "-f", "U8", "-r", "8000", "-c", "1"], &[128; 800])
}

fn plays(program: &Path, output: Option<&str>, how: &[&str], sound: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut command = Command::new(program);
    command.arg("-q").args(how);
    command.args(output.map_or(Vec::new(), |output| vec!["-D", output])).arg("-");
    let command = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A player that has ended already says so by its exit code.
        let _ = stdin.write_all(sound);
    }
    let began = Instant::now();
    loop {
        match child.try_wait().map_err(failed)? {
            Some(ended) if ended.success() => return Ok(()),
            Some(ended) => return Err(format!("aplay ended with {ended}")),
            None if began.elapsed() > PATIENCE => {
                // What cannot be ended ends with its device.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("aplay played for more than {} s", PATIENCE.as_secs()));
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

fn headphones(device: &Path) -> Finding {
    const WHAT: &str = "headphones";
    let shown = device.display();
    if let Err(error) = File::open(device) {
        return Finding::bad(
            WHAT,
            format!("{shown} cannot be read ({error}): nobody is ever heard to plug in headphones."),
            "Plug the keypad in and correct voice.headphones in clinic.toml, or put the kiosk's user into the group input.",
        );
    }
    let switches = evdev::Device::open(device);
    let tells = switches.as_ref().ok().and_then(|device| device.supported_switches());
    if tells.is_some_and(|switches| switches.contains(evdev::SwitchCode::SW_HEADPHONE_INSERT)) {
        Finding::good(WHAT, format!("{shown} tells of headphones."))
    } else {
        Finding::bad(
            WHAT,
            format!("{shown} does not tell of headphones (SW_HEADPHONE_INSERT)."),
            "See with evtest which device does, and correct voice.headphones in clinic.toml.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn clinic() -> Clinic {
        crate::clinic::read_text("example.toml", crate::clinic::EXAMPLE).unwrap()
    }

    fn script(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn place(output: Option<&str>) -> VoicePlace {
        VoicePlace {
            headphones: Headphones::Always,
            output: output.map(str::to_string),
            keys: Default::default(),
        }
    }

    fn said(finding: &Finding, state: State, says: &str, do_now: &str) {
        assert_eq!(finding.state, state, "{finding}");
        assert!(finding.says.contains(says) && finding.says.ends_with('.'), "{finding}");
        assert!(finding.do_now.contains(do_now), "{finding}");
        assert_eq!(finding.do_now.is_empty(), state == State::Good, "{finding}");
    }

    #[test]
    fn the_real_voice_speaks_every_language_of_the_example() {
        let clinic = clinic();
        let programs = Programs { speaks: speech::find("", "espeak-ng"), plays: None };
        let all = clinic.languages.join(", ");
        for finding in [voice(&clinic, &programs), of_desk(&clinic, &programs)] {
            said(&finding, State::Good, &format!("espeak-ng speaks {all}."), "");
        }
    }

    #[test]
    fn a_voice_that_is_missing_or_lacks_a_language_is_told() {
        let clinic = clinic();
        let folder = tempfile::tempdir().unwrap();
        let none = Programs { speaks: None, plays: None };
        said(&voice(&clinic, &none), State::Bad, "not on this machine", "apt-get install espeak-ng");
        said(&of_desk(&clinic, &none), State::Warning, "not on this machine", "apt-get install espeak-ng");

        let no_hindi = "case \"$2\" in hi*) exit 1;; esac; exec espeak-ng \"$@\"";
        let lacks = Programs { speaks: Some(script(folder.path(), "lacks", no_hindi)), plays: None };
        said(&voice(&clinic, &lacks), State::Bad, "does not speak हिन्दी:", "clinic.languages");
        said(&of_desk(&clinic, &lacks), State::Warning, "does not speak हिन्दी:", "newer espeak-ng");

        let broken = Programs { speaks: Some(script(folder.path(), "broken", "exit 3")), plays: None };
        said(&voice(&clinic, &broken), State::Bad, "exit status: 3", "by hand");
        said(&of_desk(&clinic, &broken), State::Warning, "exit status: 3", "by hand");
    }

    #[test]
    fn a_sound_device_is_opened_by_its_name_and_with_silence() {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "cat > {0}/played\necho \"$*\" > {0}/told\ncase \"$*\" in *plughw:CARD=Pad*|*\"1 -\") exit 0;; esac\nexit 1",
            folder.path().display()
        );
        let programs = Programs { speaks: None, plays: Some(script(folder.path(), "aplay", &text)) };
        let sound = |output, running| sound(&place(output), running, &programs);
        said(&sound(Some("plughw:CARD=Pad"), false), State::Good, "plughw:CARD=Pad opens", "");
        let played = std::fs::read(folder.path().join("played")).unwrap();
        assert!(!played.is_empty() && played.iter().all(|sample| *sample == 128), "nothing but silence");
        said(&sound(None, false), State::Good, "The machine's own sound device opens", "");
        assert!(!std::fs::read_to_string(folder.path().join("told")).unwrap().contains("-D"));
        let gone = sound(Some("plughw:CARD=Gone"), false);
        said(
            &gone,
            State::Bad,
            "plughw:CARD=Gone does not open (aplay ended with exit status: 1)",
            "aplay -L",
        );
        std::fs::remove_file(folder.path().join("played")).unwrap();
        said(&sound(Some("plughw:CARD=Pad"), true), State::Warning, "The kiosk is running", "Stop the kiosk");
        assert!(!folder.path().join("played").exists(), "a running kiosk's device is left alone");

        let none = Programs { speaks: None, plays: None };
        let missing = super::sound(&place(None), false, &none);
        said(&missing, State::Bad, "aplay is not on this machine", "apt-get install alsa-utils");
    }

    #[test]
    fn a_device_that_cannot_tell_of_headphones_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let device = folder.path().join("event3");
        said(&headphones(&device), State::Bad, "cannot be read", "group input");
        std::fs::write(&device, "").unwrap();
        said(&headphones(&device), State::Bad, "does not tell of headphones", "evtest");
    }
}
