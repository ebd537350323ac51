//! Spoken guidance: what whoever listens hears, and what the desk reads of the voice. Whatever becomes of it, the visit is
//! at the desk and the ticket in the tray, no key waits for it, and of its programs nothing is left behind. Each line is a
//! kiosk in a process of its own, with the real espeak-ng behind a script that can be spoilt, and a player that notes what
//! could be heard.

use crate::lobby::{place_with, tray};
use crate::support::clinic::{Place, guests};
use crate::support::desk::RunningDesk;
use crate::support::{devices, until_within};
use crate::table::{Played, differs, part};
use Fault::*;
use Moment::{CheckingIn, Started, Ticket, Welcome};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use vestibule::kiosk::runner::Runner;
use vestibule::kiosk::screens::{Screen, Tone};
use vestibule::kiosk::session::GUARD;
use vestibule::kiosk::window::{KioskFront, waker};
use vestibule_hardware::input_event::{InputEvent, SIZE};
use vestibule_hardware::printer::simulator::SimulatedPrinter;
use vestibule_ui::headless::{Headless, headless};
use vestibule_ui::slint::platform::Key;
use vestibule_ui::slint::{ComponentHandle, SharedString};
use vestibule_ui::words::Words;
use vestibule_ui::{KioskWindow, focus};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// There is no espeak-ng.
    NoVoice,
    /// It ends with an error at once.
    VoiceEnds,
    /// It is killed when it has made a part of the sound.
    VoiceDies,
    /// It says nothing, and does not end.
    VoiceHangs,
    /// What it makes is no sound.
    Garbage,
    /// It makes sound without end.
    Endless,
    /// There is no aplay.
    NoPlayer,
    /// It ends with an error at once, as without a sound device.
    PlayerEnds,
    /// It is killed when it has read a part of the sound.
    PlayerDies,
    /// It reads nothing, and does not end.
    PlayerHangs,
    /// It reads all of it, and does not end: the device takes no sound.
    DeviceHangs,
    /// The headphones are pulled out in mid-sentence, as the keypad tells with a key.
    PulledOut,
    /// The same, as Linux tells of the plug.
    PlugPulledOut,
    /// The keypad itself, which tells of the plug, is pulled out.
    KeypadPulledOut,
    /// They are pulled out in mid-sentence and plugged in again.
    PluggedAgain,
}

/// When it begins. It lasts until the patient has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// The kiosk has just been started, and nobody comes.
    Started,
    /// Before the patient strikes the first key.
    Welcome,
    /// While the patient types.
    CheckingIn,
    /// As the ticket is told.
    Ticket,
}

/// Whether anything can be heard from then on.
const HEARS: bool = true;
const SILENT: bool = false;

// What the desk reads of the voice, in part.
const NOTHING: &str = "";
const INSTALL_VOICE: &str = "espeak-ng is not installed on it (apt install espeak-ng)";
const NO_SOUND: &str = "espeak-ng makes no sound; vestibule doctor, at the kiosk, tries it";
const INSTALL_PLAYER: &str = "aplay is not installed on it (apt install alsa-utils)";
const KEYPAD: &str = "nothing tells of their headphones; check the cable of the keypad";
const DEVICE: &str = "its sound device takes no sound; check its cable";

/// What is wrong, from when on, whether the patient hears anything then, and what the desk reads of the voice.
#[rustfmt::skip]
const TABLE: &[(Fault, Moment, bool, &str)] = &[
    (NoVoice,         Started,    SILENT, INSTALL_VOICE),
    (NoVoice,         Welcome,    SILENT, INSTALL_VOICE),
    (NoVoice,         CheckingIn, SILENT, INSTALL_VOICE),
    (NoVoice,         Ticket,     SILENT, INSTALL_VOICE),
    (VoiceEnds,       Welcome,    SILENT, NO_SOUND),
    (VoiceEnds,       CheckingIn, SILENT, NO_SOUND),
    (VoiceEnds,       Ticket,     SILENT, NO_SOUND),
    (VoiceDies,       Welcome,    SILENT, NO_SOUND),
    (VoiceDies,       CheckingIn, SILENT, NO_SOUND),
    (VoiceDies,       Ticket,     SILENT, NO_SOUND),
    (VoiceHangs,      Welcome,    SILENT, NO_SOUND),
    (VoiceHangs,      CheckingIn, SILENT, NO_SOUND),
    (VoiceHangs,      Ticket,     SILENT, NO_SOUND),
    (Garbage,         Welcome,    SILENT, NO_SOUND),
    (Garbage,         CheckingIn, SILENT, NO_SOUND),
    (Garbage,         Ticket,     SILENT, NO_SOUND),
    (Endless,         Welcome,    SILENT, NO_SOUND),
    (Endless,         CheckingIn, SILENT, NO_SOUND),
    (Endless,         Ticket,     SILENT, NO_SOUND),
    (NoPlayer,        Started,    SILENT, INSTALL_PLAYER),
    (NoPlayer,        Welcome,    SILENT, INSTALL_PLAYER),
    (NoPlayer,        CheckingIn, SILENT, INSTALL_PLAYER),
    (NoPlayer,        Ticket,     SILENT, INSTALL_PLAYER),
    (PlayerEnds,      Welcome,    SILENT, DEVICE),
    (PlayerEnds,      CheckingIn, SILENT, DEVICE),
    (PlayerEnds,      Ticket,     SILENT, DEVICE),
    (PlayerDies,      Welcome,    SILENT, DEVICE),
    (PlayerDies,      CheckingIn, SILENT, DEVICE),
    (PlayerDies,      Ticket,     SILENT, DEVICE),
    (PlayerHangs,     Welcome,    SILENT, DEVICE),
    (PlayerHangs,     CheckingIn, SILENT, DEVICE),
    (PlayerHangs,     Ticket,     SILENT, DEVICE),
    (DeviceHangs,     Welcome,    SILENT, DEVICE),
    (DeviceHangs,     CheckingIn, SILENT, DEVICE),
    (DeviceHangs,     Ticket,     SILENT, DEVICE),
    (PulledOut,       Welcome,    SILENT, NOTHING),
    (PulledOut,       CheckingIn, SILENT, NOTHING),
    (PulledOut,       Ticket,     SILENT, NOTHING),
    (PlugPulledOut,   Welcome,    SILENT, NOTHING),
    (PlugPulledOut,   CheckingIn, SILENT, NOTHING),
    (PlugPulledOut,   Ticket,     SILENT, NOTHING),
    (KeypadPulledOut, CheckingIn, SILENT, KEYPAD),
    (PluggedAgain,    Welcome,    HEARS,  NOTHING),
    (PluggedAgain,    CheckingIn, HEARS,  NOTHING),
    (PluggedAgain,    Ticket,     HEARS,  NOTHING),
];

impl Fault {
    fn name(self) -> &'static str {
        match self {
            NoVoice => "espeak-ng is not installed",
            VoiceEnds => "espeak-ng ends with an error",
            VoiceDies => "espeak-ng is killed in mid-sentence",
            VoiceHangs => "espeak-ng hangs",
            Garbage => "espeak-ng writes garbage",
            Endless => "espeak-ng writes sound without end",
            NoPlayer => "aplay is not installed",
            PlayerEnds => "aplay ends with an error",
            PlayerDies => "aplay is killed in mid-sentence",
            PlayerHangs => "aplay hangs",
            DeviceHangs => "the sound device hangs",
            PulledOut => "headphones pulled out in mid-sentence (told by a key)",
            PlugPulledOut => "headphones pulled out in mid-sentence (told by Linux)",
            KeypadPulledOut => "the keypad pulled out in mid-sentence",
            PluggedAgain => "headphones pulled out and plugged in again",
        }
    }

    /// What is wrong is the headphones, and the voice itself is well.
    fn is_of_headphones(self) -> bool {
        matches!(self, PulledOut | PlugPulledOut | KeypadPulledOut | PluggedAgain)
    }

    /// Linux tells of the plug, not a key.
    fn by_linux(self) -> bool {
        matches!(self, PlugPulledOut | KeypadPulledOut)
    }
}

impl Moment {
    fn name(self) -> &'static str {
        match self {
            Started => "as the kiosk starts",
            Welcome => "at the welcome",
            CheckingIn => "while the patient types",
            Ticket => "as the ticket is told",
        }
    }
}

/// The longest that anything takes here: a voice that hangs is given up after ten seconds, and tried every fifteen.
const PATIENCE: Duration = Duration::from_secs(60);
/// A key is answered within this, whatever the voice does: a program that is not optimised, on a machine with much else to
/// do, has no better measure, and every wait for a program that hangs is longer.
const ANSWERED: Duration = Duration::from_secs(3);
/// Nothing is heard any more so soon after the plug is out. Linux is asked five times a second.
const CUT_OFF: Duration = Duration::from_secs(1);

const FOLDER: &str = "VESTIBULE_TEST_VOICE_FAULTS";
const CELL: &str = "VESTIBULE_TEST_VOICE_CELL";

/// The folder of the scripts, and what was heard so far.
#[derive(Clone)]
struct Scripts(PathBuf);

impl Scripts {
    /// Whether they are spoilt is looked up each time they run.
    fn write(folder: &Path) -> Self {
        let at = folder.display();
        let scripts = Self(folder.to_path_buf());
        scripts.put(
            "espeak",
            &format!(
                "#!/bin/sh\n\
                 case \"$(cat {at}/fault 2>/dev/null)\" in\n\
                 VoiceEnds) exit 3 ;;\n\
                 VoiceDies) espeak-ng \"$@\" | head -c 3000; kill -9 $$ ;;\n\
                 VoiceHangs) exec sleep 600 ;;\n\
                 Garbage) exec head -c 50000 /dev/urandom ;;\n\
                 Endless) printf 1 | espeak-ng \"$@\" | head -c 44; exec cat /dev/zero ;;\n\
                 esac\n\
                 exec espeak-ng \"$@\"\n"
            ),
        );
        // What is nothing but silence (zeros, behind the head) is not heard.
        scripts.put(
            "aplay",
            &format!(
                "#!/bin/sh\n\
                 case \"$(cat {at}/fault 2>/dev/null)\" in\n\
                 PlayerEnds) exit 1 ;;\n\
                 PlayerDies) head -c 1000 >/dev/null; kill -9 $$ ;;\n\
                 PlayerHangs) exec sleep 600 ;;\n\
                 DeviceHangs) cat >/dev/null; exec sleep 600 ;;\n\
                 esac\n\
                 sound=$(tail -c +45 | tr -d '\\000' | wc -c)\n\
                 [ \"$sound\" -eq 0 ] || echo $$ >> {at}/heard\n\
                 [ -e {at}/slow ] || exit 0\n\
                 exec sleep 600\n"
            ),
        );
        scripts
    }

    fn put(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn espeak(&self) -> PathBuf {
        self.0.join("espeak")
    }

    fn aplay(&self) -> PathBuf {
        self.0.join("aplay")
    }

    /// From now on.
    fn spoil(&self, fault: Fault) {
        match fault {
            NoVoice => fs::rename(self.espeak(), self.0.join("no-espeak")).unwrap(),
            NoPlayer => fs::rename(self.aplay(), self.0.join("no-aplay")).unwrap(),
            _ => fs::write(self.0.join("fault"), format!("{fault:?}")).unwrap(),
        }
    }

    fn mend(&self, fault: Fault) {
        match fault {
            NoVoice => fs::rename(self.0.join("no-espeak"), self.espeak()).unwrap(),
            NoPlayer => fs::rename(self.0.join("no-aplay"), self.aplay()).unwrap(),
            _ => fs::remove_file(self.0.join("fault")).unwrap(),
        }
    }

    /// Sounds take long from now on, or do not any more.
    fn slow(&self, is: bool) {
        let slow = self.0.join("slow");
        if is { fs::write(slow, "").unwrap() } else { fs::remove_file(slow).unwrap() }
    }

    /// The player of every sound that could be heard.
    fn heard(&self) -> Vec<String> {
        let heard = fs::read_to_string(self.0.join("heard")).unwrap_or_default();
        heard.lines().map(str::to_string).collect()
    }

    /// What tells of the headphones where Linux does.
    fn plug(&self) -> PathBuf {
        self.0.join("event")
    }
}

/// The switch of the headphones: `EV_SW`, `SW_HEADPHONE_INSERT`.
fn switch(plugged: bool) -> [u8; SIZE] {
    InputEvent { kind: 5, code: 2, value: plugged.into() }.write()
}

/// A clinic with a desk and a kiosk that speaks, at whose keypad a patient stands.
struct Booth {
    scripts: Scripts,
    desk: RunningDesk,
    printer: SimulatedPrinter,
    glass: Headless,
    front: KioskFront,
    keypad: Option<fs::File>,
    by_linux: bool,
    slowest: Duration,
    _place: Place,
}

impl Booth {
    fn open(scripts: Scripts, fault: Fault) -> Self {
        let headphones = if fault.by_linux() {
            assert!(Command::new("mkfifo").arg(scripts.plug()).status().unwrap().success());
            format!("{{ device = \"{}\" }}", scripts.plug().display())
        } else {
            "{ keys = { plugged = \"F15\", unplugged = \"F16\" } }".to_string()
        };
        let place = place_with(|text| {
            let kiosk = "name = \"lobby\"\n";
            assert!(text.contains(kiosk));
            text.replacen(kiosk, &format!("{kiosk}voice = {{ headphones = {headphones} }}\n"), 1)
        });
        let printer = devices::printer(&place, "lobby");
        let desk = RunningDesk::start(&place.clinic);
        let glass = headless(1080, 1920).unwrap();
        let window = KioskWindow::new().unwrap();
        let runner = Runner::start(Arc::clone(&place.clinic), "lobby", waker(&window)).unwrap();
        let front = KioskFront::new(window, runner);
        front.window().show().unwrap();
        glass.render().unwrap();
        let by_linux = fault.by_linux();
        // Only once somebody reads can it be opened.
        let keypad = by_linux.then(|| fs::File::options().write(true).open(scripts.plug()).unwrap());
        Self {
            scripts,
            desk,
            printer,
            glass,
            front,
            keypad,
            by_linux,
            slowest: Duration::ZERO,
            _place: place,
        }
    }

    fn live(&self) {
        self.front.pump();
        thread::sleep(Duration::from_millis(10));
    }

    fn until(&self, what: &str, mut so: impl FnMut() -> bool) {
        until_within(PATIENCE, what, || {
            self.live();
            so()
        });
    }

    /// Strikes a key, and notes how long it is before the kiosk listens again.
    fn press(&mut self, key: impl Into<char>) {
        let began = Instant::now();
        self.glass.type_text(&SharedString::from(key.into()));
        self.front.pump();
        self.slowest = self.slowest.max(began.elapsed());
    }

    fn plug(&mut self, is: bool) {
        match &mut self.keypad {
            Some(keypad) => keypad.write_all(&switch(is)).unwrap(),
            None if self.by_linux => {}
            None => self.press(if is { Key::F15 } else { Key::F16 }),
        }
    }

    /// The round key, on a button that arrows have led to.
    fn choose(&mut self, text: &str) {
        let label = Words::own().text(Words::own().language_or_english("en"), text);
        self.glass.render().unwrap();
        for _ in 0..60 {
            if focus::label(self.front.window()).as_deref() == Some(label.as_str()) {
                thread::sleep(GUARD + Duration::from_millis(20));
                self.front.pump();
                return self.press(Key::Return);
            }
            self.press(Key::DownArrow);
        }
        panic!("{label:?} is not reached");
    }

    /// On a keyboard.
    fn type_in(&mut self, text: &str) {
        text.chars().for_each(|character| self.press(character));
    }

    fn screen(&self) -> Screen {
        self.front.view().screen
    }

    /// Waits until all that was to be said has been heard.
    fn is_quiet(&self) {
        let mut last = (self.scripts.heard().len(), Instant::now());
        self.until("quiet", || {
            let heard = self.scripts.heard().len();
            if heard != last.0 {
                last = (heard, Instant::now());
            }
            last.1.elapsed() > Duration::from_secs(1)
        });
    }

    /// Waits until something more is heard, and answers by which player.
    fn hears_more_than(&self, before: usize) -> String {
        let mut player = None;
        self.until("a sound", || {
            player = self.scripts.heard().get(before).cloned();
            player.is_some()
        });
        player.unwrap()
    }

    /// Lets the fault begin. Headphones are pulled out in the middle of a sentence. Answers how much was heard before.
    fn begins(&mut self, fault: Fault, wrong: &mut Vec<String>) -> usize {
        if !fault.is_of_headphones() {
            self.scripts.spoil(fault);
            return self.scripts.heard().len();
        }
        let before = self.scripts.heard().len();
        self.scripts.slow(true);
        // All of it again.
        self.press(Key::F1);
        let player = PathBuf::from(format!("/proc/{}", self.hears_more_than(before)));
        let began = Instant::now();
        match fault {
            KeypadPulledOut => self.keypad = None,
            _ => self.plug(false),
        }
        self.until("silence", || !player.join("cmdline").exists() || is_gone(&player));
        let cut_off = began.elapsed();
        println!("CUT {}", cut_off.as_millis());
        wrong.extend((cut_off > CUT_OFF).then(|| format!("a sentence went on for {cut_off:?}")));
        self.scripts.slow(false);
        let heard = self.scripts.heard().len();
        if fault == PluggedAgain {
            self.plug(true);
        }
        heard
    }

    /// What the desk says of the voice in the end.
    fn desk_reads(&self, words: &str) -> String {
        let began = Instant::now();
        loop {
            let [voice, headphones] =
                ["voice", "headphones"].map(|device| self.desk.trouble("lobby", device));
            let said = voice + &headphones;
            let as_it_should = if words.is_empty() { said.is_empty() } else { said.contains(words) };
            if as_it_should || began.elapsed() > PATIENCE {
                return said;
            }
            self.live();
        }
    }
}

/// Whether a process has ended.
fn is_gone(process: &Path) -> bool {
    fs::read(process.join("cmdline")).is_ok_and(|line| line.is_empty())
}

/// The programs of this process that have ended and that it has not noticed.
fn zombies() -> Vec<String> {
    let own = std::process::id().to_string();
    let stats = fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
    // After the name: state, parent.
    let fields = stats.filter_map(|stat| Some(stat.rsplit_once(") ")?.1.to_string()));
    fields
        .filter(|rest| {
            let mut rest = rest.split(' ');
            rest.next() == Some("Z") && rest.next() == Some(&own)
        })
        .collect()
}

fn play(
    scripts: &Scripts,
    (fault, moment, hears, desk): (Fault, Moment, bool, &str),
    wrong: &mut Vec<String>,
) {
    if moment == Started {
        scripts.spoil(fault);
    }
    let mut booth = Booth::open(scripts.clone(), fault);
    let mut guest = guests(1).remove(0);
    guest.appointment.service = "general".into();
    booth.desk.book(std::slice::from_ref(&guest));
    let store = booth.front.store();
    booth.until("the book of the day", || {
        store.run(|store| store.directory_counts()).unwrap().appointments > 0
    });
    let mut heard_before = 0;
    if moment == Started {
        wrong.extend(part("nobody has come, and the desk reads of the voice", &booth.desk_reads(desk), desk));
    }
    booth.plug(true);
    if moment == Welcome {
        if fault.is_of_headphones() {
            booth.press(Key::DownArrow);
            booth.hears_more_than(0);
            booth.is_quiet();
        } else {
            // As it is when nobody is there.
            booth.live();
        }
        heard_before = booth.begins(fault, wrong);
    }
    booth.press(Key::DownArrow);
    booth.choose("have-appointment");
    if moment == CheckingIn {
        booth.is_quiet();
        assert!(!scripts.heard().is_empty(), "the voice is well");
        heard_before = booth.begins(fault, wrong);
    }
    booth.type_in(&guest.born());
    booth.choose("next");
    booth.type_in(&guest.patient.name.family);
    booth.choose("next");
    booth.until("the confirmation", || matches!(booth.screen(), Screen::Confirm(_)));
    if moment == Ticket && !fault.is_of_headphones() {
        booth.is_quiet();
        heard_before = booth.begins(fault, wrong);
    }
    booth.choose("thats-me");
    booth.until("the number", || matches!(booth.screen(), Screen::Done(_)));
    if moment == Ticket && fault.is_of_headphones() {
        booth.is_quiet();
        heard_before = booth.begins(fault, wrong);
    }
    let mut number = String::new();
    booth.until("the paper", || match booth.screen() {
        Screen::Done(done) if !done.paper.is_empty() && done.paper_tone != Tone::Calm => {
            number = done.number;
            true
        }
        _ => false,
    });
    booth.press(Key::F1);
    wrong.extend(part("the desk reads of the voice", &booth.desk_reads(desk), desk));
    booth.is_quiet();
    let heard = scripts.heard().len() > heard_before;
    wrong.extend((heard != hears).then(|| format!("the patient hears something: {heard}")));
    let mut arrival = None;
    booth.until("the arrival at the desk", || {
        arrival = booth.desk.arrival(&number).filter(|arrival| arrival["paper"] != "reserved");
        arrival.is_some()
    });
    wrong.extend(differs(
        "the desk has the paper as",
        arrival.unwrap()["paper"].as_str().unwrap(),
        "printed",
    ));
    let tickets = format!("{:?}", tray(&booth.printer, &number));
    wrong.extend(differs("(tickets, copies) in the tray:", &tickets, "(1, 0)"));
    booth.choose("finish");
    booth.until("the welcome", || matches!(booth.screen(), Screen::Welcome(_)));

    // All is put right: without anybody there, or by the next person.
    let before = scripts.heard().len();
    if !fault.is_of_headphones() {
        scripts.mend(fault);
        if matches!(moment, Started | Welcome) {
            let said = booth.desk_reads(NOTHING);
            wrong.extend(differs("it is mended, and the desk reads of the voice", &said, NOTHING));
            wrong.extend(
                (scripts.heard().len() > before).then(|| "an empty lobby hears something".to_string()),
            );
        }
    }
    if fault == KeypadPulledOut {
        // It is looked for every two seconds.
        booth.keypad = Some(fs::File::options().write(true).open(scripts.plug()).unwrap());
    }
    booth.plug(true);
    booth.press(Key::DownArrow);
    booth.hears_more_than(before);
    wrong.extend(differs("the desk reads in the end of the voice", &booth.desk_reads(NOTHING), NOTHING));
    let slowest = booth.slowest;
    println!("SLOWEST {}", slowest.as_millis());
    wrong.extend((slowest > ANSWERED).then(|| format!("a key was answered after {slowest:?}")));
    booth.until("the end of its programs", || zombies().is_empty());
    // In the middle of a sentence, or of what is none, the kiosk ends.
    if fault.is_of_headphones() {
        booth.is_quiet();
        let before = scripts.heard().len();
        scripts.slow(true);
        booth.press(Key::F1);
        booth.hears_more_than(before);
    } else {
        scripts.spoil(fault);
        booth.press(Key::F1);
        thread::sleep(Duration::from_millis(300));
    }
}

/// Not a test of its own: a kiosk that speaks, and ends.
#[test]
fn a_kiosk_that_speaks() {
    let (Some(folder), Ok(cell)) = (std::env::var_os(FOLDER), std::env::var(CELL)) else { return };
    // The name of the test stands at the beginning of the line.
    println!();
    let mut wrong = Vec::new();
    play(&Scripts(folder.into()), TABLE[cell.parse::<usize>().unwrap()], &mut wrong);
    wrong.iter().for_each(|what| println!("WRONG {what}"));
    println!("PLAYED");
}

/// What is left of a kiosk whose scripts are in a folder.
fn left_behind(folder: &Path) -> Vec<(String, String)> {
    let folder = folder.as_os_str().as_encoded_bytes();
    let processes = fs::read_dir("/proc").unwrap().flatten().filter(|process| {
        let environment = fs::read(process.path().join("environ")).unwrap_or_default();
        environment.windows(folder.len()).any(|part| part == folder)
    });
    let line = |process: &fs::DirEntry| fs::read(process.path().join("cmdline")).unwrap_or_default();
    processes
        .map(|process| {
            let line = String::from_utf8_lossy(&line(&process)).replace('\0', " ");
            (process.file_name().to_string_lossy().into_owned(), line)
        })
        .collect()
}

/// The figures of all kiosks: how long a key took at most, and how long a sentence went on without headphones.
#[derive(Default)]
struct Figures {
    slowest: u64,
    cut_off: u64,
}

fn in_its_own_process(cell: usize, figures: &Mutex<Figures>, wrong: &mut Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let scripts = Scripts::write(folder.path());
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "voice::a_kiosk_that_speaks", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .env(CELL, cell.to_string())
        .env("VESTIBULE_ESPEAK", scripts.espeak())
        .env("VESTIBULE_APLAY", scripts.aplay())
        .output()
        .unwrap();
    let left = left_behind(folder.path());
    for (id, line) in &left {
        wrong.push(format!("left behind: {line}"));
        let _ = Command::new("kill").args(["-9", id]).status();
    }
    let told = String::from_utf8_lossy(&output.stdout);
    for line in told.lines() {
        let mut figures = figures.lock().unwrap();
        match line.split_once(' ') {
            Some(("WRONG", what)) => wrong.push(what.to_string()),
            Some(("SLOWEST", millis)) => figures.slowest = figures.slowest.max(millis.parse().unwrap()),
            Some(("CUT", millis)) => figures.cut_off = figures.cut_off.max(millis.parse().unwrap()),
            _ => {}
        }
    }
    if !told.lines().any(|line| line == "PLAYED") {
        let errors = String::from_utf8_lossy(&output.stderr);
        let panic = errors.split_once("panicked at").map_or("", |(_, panic)| panic);
        wrong.push(format!("it broke off: {}", panic.lines().take(3).collect::<Vec<_>>().join(" ")));
    }
}

/// So many kiosks speak at once.
const KIOSKS: usize = 6;

#[test]
fn whatever_becomes_of_the_voice_patients_check_in_by_keys_and_the_desk_is_told() {
    let played = Played::new("the voice | from when on | the patient hears | the desk reads of the voice");
    let figures = Mutex::default();
    thread::scope(|scope| {
        for first in 0..KIOSKS {
            let (played, figures) = (&played, &figures);
            scope.spawn(move || {
                for (place, (fault, moment, hears, desk)) in
                    TABLE.iter().enumerate().skip(first).step_by(KIOSKS)
                {
                    let hears = if *hears { "on" } else { "nothing" };
                    let shown = format!("{} | {} | {hears} | {desk}", fault.name(), moment.name());
                    let name = format!("voice × {} × {}", fault.name(), moment.name());
                    played.cell(place, &name, shown, |wrong| in_its_own_process(place, figures, wrong));
                }
            });
        }
    });
    let Figures { slowest, cut_off } = figures.into_inner().unwrap();
    println!(
        "the slowest key took {slowest} ms; without headphones a sentence went on for {cut_off} ms at most"
    );
    played.end();
}
