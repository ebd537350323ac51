//! A patient who cannot touch the glass, and one who cannot see it: the real kiosk in front of a store, its real window,
//! and nothing but the keys of a keypad. By voice, the real espeak-ng speaks into a player that keeps every sound.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use chrono::Utc;
use i_slint_backend_testing::ElementHandle;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::clinic::{Guest, Place, guests};
use support::{devices, until};
use vestibule::clinic::{self, Clinic};
use vestibule::kiosk::runner::Runner;
use vestibule::kiosk::screens::{Done, Entry, Screen};
use vestibule::kiosk::session::GUARD;
use vestibule::kiosk::voice::spoken::{Teller, screen};
use vestibule::kiosk::window::{KioskFront, waker};
use vestibule_ui::headless::{Headless, headless};
use vestibule_ui::slint::platform::Key;
use vestibule_ui::slint::{ComponentHandle, SharedString};
use vestibule_ui::words::Words;
use vestibule_ui::{KioskWindow, focus};

/// Somebody with a keypad.
struct Keypad {
    glass: Headless,
    front: KioskFront,
    presses: usize,
    tongue: &'static str,
}

impl Keypad {
    fn at(clinic: &Arc<Clinic>) -> Self {
        let glass = headless(1080, 1920).unwrap();
        let window = KioskWindow::new().unwrap();
        let runner = Runner::start(Arc::clone(clinic), "lobby", waker(&window)).unwrap();
        let front = KioskFront::new(window, runner);
        front.window().show().unwrap();
        glass.render().unwrap();
        Self { glass, front, presses: 0, tongue: "en" }
    }

    /// The guest stands in the book of the day.
    fn expect(&self, guest: &Guest) {
        let (patient, appointment) = (guest.patient.clone(), guest.appointment.clone());
        self.front.store().run(move |store| store.take_over(&[patient], &[appointment], Utc::now())).unwrap();
    }

    fn say(&self, key: &str) -> String {
        Words::own().text(Words::own().language_or_english(self.tongue), key)
    }

    fn press(&mut self, key: Key) {
        self.presses += 1;
        assert!(self.presses < 600, "nobody presses so often");
        self.glass.type_text(&SharedString::from(key));
        self.live();
    }

    fn live(&self) {
        self.front.pump();
        self.glass.render().unwrap();
        self.front.pump();
    }

    fn stands_at(&self) -> Option<String> {
        focus::label(self.front.window())
    }

    /// Where something stands: its middle, and its height.
    fn place(&self, label: &str) -> (f32, f32, f32) {
        let found = ElementHandle::find_by_accessible_label(self.front.window(), label)
            .find(|element| element.size().height > 0.0)
            .unwrap_or_else(|| panic!("{label:?} is not on the glass"));
        let (at, size) = (found.absolute_position(), found.size());
        (at.x + size.width / 2.0, at.y + size.height / 2.0, size.height)
    }

    /// On with the arrow that points down, until a button is reached.
    fn go_to(&mut self, label: &str) {
        for _ in 0..60 {
            if self.stands_at().as_deref() == Some(label) {
                return;
            }
            self.press(Key::DownArrow);
        }
        panic!("{label:?} is not reached; keys stand at {:?}", self.stands_at());
    }

    /// To a key of the keyboard on the screen: first to its row, then along it.
    fn go_to_key(&mut self, label: &str) {
        for _ in 0..30 {
            let Some(now) = self.stands_at() else {
                self.press(Key::DownArrow);
                continue;
            };
            if now == label {
                return;
            }
            let ((x, y, height), (to_x, to_y, _)) = (self.place(&now), self.place(label));
            self.press(if to_y > y + height / 2.0 {
                Key::DownArrow
            } else if to_y < y - height / 2.0 {
                Key::UpArrow
            } else if to_x > x {
                Key::RightArrow
            } else {
                Key::LeftArrow
            });
        }
        panic!("the key {label:?} is not reached; keys stand at {:?}", self.stands_at());
    }

    /// The round key, once the screen that has just appeared takes it.
    fn choose(&mut self, key: &str) {
        let label = self.say(key);
        self.choose_labelled(&label);
    }

    fn choose_labelled(&mut self, label: &str) {
        self.go_to(label);
        std::thread::sleep(GUARD + Duration::from_millis(20));
        self.live();
        self.press(Key::Return);
    }

    fn type_in(&mut self, text: &str) {
        for character in text.chars() {
            // Only the first letter of a name is a capital, on the keys as on paper.
            let there = ElementHandle::find_by_accessible_label(self.front.window(), &character.to_string())
                .next()
                .is_some();
            let upper = character.to_uppercase().to_string();
            let label = if there { character.to_string() } else { upper };
            self.go_to_key(&label);
            self.press(Key::Return);
        }
    }

    fn screen(&self) -> Screen {
        self.front.view().screen
    }

    fn until(&self, what: &str, seen: impl Fn(&Screen) -> bool) {
        until(what, || {
            self.live();
            seen(&self.screen())
        });
    }

    /// From the welcome to the ticket.
    fn check_in(&mut self, guest: &Guest, on_each_screen: impl Fn(&Self)) -> Done {
        self.choose("have-appointment");
        on_each_screen(self);
        self.type_in(&guest.born());
        self.choose("next");
        on_each_screen(self);
        self.type_in(&guest.patient.name.family);
        self.choose("next");
        self.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)));
        on_each_screen(self);
        self.choose("thats-me");
        loop {
            self.until("what comes next", |screen| {
                matches!(screen, Screen::Done(_) | Screen::Question(_) | Screen::Review(_))
            });
            on_each_screen(self);
            match self.screen() {
                Screen::Done(done) => return done,
                Screen::Review(_) => self.choose("send"),
                Screen::Question(question) => {
                    match &question.entry {
                        Entry::Choices(choices) => self.choose_labelled(&choices[1].label),
                        Entry::Text(_) => self.type_in("no"),
                        Entry::Signature(signature) => {
                            // Nobody draws by keys.
                            self.choose_labelled(&signature.other_way);
                            self.type_in("a");
                        }
                        _ => {}
                    }
                    self.choose_labelled(&question.labels.next);
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

/// A clinic whose kiosk has a voice, or none.
fn clinic_with(place: &Place, voice: &str) -> Arc<Clinic> {
    let text = fs::read_to_string(&place.file).unwrap();
    let kiosk = "name = \"lobby\"\n";
    assert!(text.contains(kiosk));
    fs::write(&place.file, text.replacen(kiosk, &format!("{kiosk}{voice}"), 1)).unwrap();
    Arc::new(clinic::read(&place.file).unwrap())
}

#[test]
fn a_booked_patient_checks_in_by_a_keypad_alone() {
    let place = Place::new();
    let _printer = devices::printer(&place, "lobby");
    let guest = guests(1).remove(0);
    let mut keypad = Keypad::at(&place.clinic);
    keypad.expect(&guest);
    let done = keypad.check_in(&guest, |_| {});
    let characters = guest.born().len() + guest.patient.name.family.len();
    println!(
        "from the first key to ticket {}: {} presses, {characters} characters",
        done.number, keypad.presses
    );
    assert!(keypad.presses < 200, "{} presses", keypad.presses);
    keypad.choose("finish");
    assert!(matches!(keypad.screen(), Screen::Welcome(_)));
    assert_eq!(keypad.stands_at(), None, "the next person's screen shows no ring");
}

#[test]
fn a_name_in_chinese_characters_is_typed_in_pinyin_and_found() {
    let place = Place::new();
    let mut guest = guests(1).remove(0);
    guest.patient.name.family = "欧阳".into();
    let mut keypad = Keypad::at(&Arc::new(clinic::read(&place.file).unwrap()));
    keypad.expect(&guest);
    keypad.choose_labelled("中文");
    keypad.tongue = "zh";
    keypad.choose("have-appointment");
    keypad.type_in(&guest.born());
    keypad.choose("next");
    // The first character by the keys on the screen, the second on a real keyboard.
    keypad.type_in("ou欧");
    keypad.glass.type_text("yang");
    keypad.live();
    keypad.type_in("阳");
    keypad.choose("next");
    keypad.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)));
}

#[test]
fn help_struck_twice_asks_what_is_needed_also_without_a_voice() {
    let place = Place::new();
    let mut keypad = Keypad::at(&place.clinic);
    keypad.press(Key::F1);
    assert!(matches!(keypad.screen(), Screen::Welcome(_)));
    keypad.press(Key::F1);
    assert!(matches!(keypad.screen(), Screen::Help(_)), "{:?}", keypad.screen());
}

const FOLDER: &str = "VESTIBULE_TEST_VOICE";

/// Plays one of the scenes below in a process of its own, whose voice and player are these scripts.
fn in_its_own_process(scene: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sounds")).unwrap();
    let at = folder.path().display();
    let script = |name: &str, text: String| -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    };
    // What is said and how, then the real voice.
    let espeak = script(
        "espeak",
        format!(
            "#!/bin/sh\ntext=$(cat)\nprintf '%s | %s\\n' \"$*\" \"$text\" | tr '\\n' ' ' >> {at}/said\necho >> {at}/said\nprintf '%s' \"$text\" | exec espeak-ng \"$@\"\n"
        ),
    );
    // Every sound in a file; slow, while somebody wants to hear it long.
    let aplay = script(
        "aplay",
        format!(
            "#!/bin/sh\ncat > {at}/sounds/$$.part\nmv {at}/sounds/$$.part {at}/sounds/$$.wav\n[ -e {at}/slow ] || exit 0\necho $$ > {at}/pid\nexec sleep 60\n"
        ),
    );
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", scene, "--nocapture"])
        .env(FOLDER, folder.path())
        .env("VESTIBULE_ESPEAK", espeak)
        .env("VESTIBULE_APLAY", aplay)
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    println!("{told}");
    assert!(output.status.success() && told.contains("PLAYED"), "{scene} failed");
}

/// What was said so far: how, and the words.
fn said(folder: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder.join("said")).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(" | "));
    lines.map(|(how, words)| (how.to_string(), words.trim().to_string())).collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Waits until everything that the screen says has been said since a moment.
fn is_said(keypad: &Keypad, folder: &Path, since: usize) {
    let view = keypad.front.view();
    let wanted = screen(&view, &Teller::of(&view, Words::own()));
    for each in wanted {
        until(&format!("{:?}", each.text), || {
            keypad.live();
            said(folder)[since..].iter().any(|(_, said)| words(said) == words(&each.text))
        });
    }
}

#[test]
fn a_booked_patient_checks_in_by_voice_alone() {
    in_its_own_process("the_scene_by_voice");
}

#[test]
fn the_scene_by_voice() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let place = Place::new();
    let _printer = devices::printer(&place, "lobby");
    let clinic = clinic_with(&place, "voice = { headphones = \"always\" }\n");
    let guest = guests(1).remove(0);
    let mut keypad = Keypad::at(&clinic);
    keypad.expect(&guest);
    std::thread::sleep(Duration::from_millis(600));
    keypad.live();
    assert_eq!(said(&folder), [], "an empty lobby");
    keypad.press(Key::DownArrow);
    is_said(&keypad, &folder, 0);
    let introduced = said(&folder);
    assert_eq!(introduced[0].1, keypad.say("voice-how-to-move"));
    until("where keys stand", || {
        keypad.live();
        said(&folder)
            .iter()
            .any(|(how, said)| said.starts_with("English, chosen") && how.contains("-v en-gb"))
    });
    // On each screen all of it is heard before anybody goes on.
    let done = keypad.check_in(&guest, |keypad| is_said(keypad, &folder, 0));
    let heard = said(&folder);
    let has = |text: &str| heard.iter().any(|(_, said)| words(said).contains(&words(text)));
    for line in &done.lines {
        assert!(has(line), "{line:?} is not heard");
    }
    assert!(has(&done.number_label) && !has(&done.number.to_string()), "the number is spelled");
    assert!(has("You have entered: 01 01 1950."), "{heard:?}");
    println!("{} things were said to ticket {}, {} presses", heard.len(), done.number, keypad.presses);
    // The paper comes meanwhile, and is told.
    keypad.until("the paper", |screen| matches!(screen, Screen::Done(done) if !done.paper.is_empty()));
    is_said(&keypad, &folder, 0);

    // Louder.
    let before = said(&folder).len();
    keypad.press(Key::F2);
    until("the volume", || {
        said(&folder)[before..].iter().any(|(how, said)| said == "Volume 4 of 5" && how.contains("-a 150"))
    });
    // All of it again, in a player that goes on and on; a key silences it at once.
    until("silence", || {
        let count = said(&folder).len();
        std::thread::sleep(Duration::from_millis(500));
        count == said(&folder).len()
    });
    fs::write(folder.join("slow"), "").unwrap();
    keypad.press(Key::F1);
    let pid = folder.join("pid");
    until("a sound", || fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')));
    let player = format!("/proc/{}", fs::read_to_string(&pid).unwrap().trim());
    assert!(Path::new(&player).exists(), "it plays");
    let count = said(&folder).len();
    let began = Instant::now();
    keypad.press(Key::F24);
    until("silence", || !Path::new(&player).exists());
    println!("silent {} ms after the key", began.elapsed().as_millis());
    assert!(began.elapsed() < Duration::from_secs(2));
    std::thread::sleep(Duration::from_millis(500));
    assert!(said(&folder).len() <= count + 1, "and what was waiting is not said");
    fs::remove_file(folder.join("slow")).unwrap();

    // The next person has the usual volume again.
    keypad.choose("finish");
    assert!(matches!(keypad.screen(), Screen::Welcome(_)));
    std::thread::sleep(Duration::from_millis(300));
    let before = said(&folder).len();
    keypad.press(Key::DownArrow);
    is_said(&keypad, &folder, before);
    assert!(
        said(&folder)[before..].iter().all(|(how, _)| how.contains("-a 100")),
        "{:?}",
        &said(&folder)[before..]
    );

    // There is sound in all of it.
    let sounds: Vec<_> =
        fs::read_dir(folder.join("sounds")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let whole: Vec<_> =
        sounds.iter().filter(|sound| sound.extension().is_some_and(|it| it == "wav")).collect();
    assert!(whole.len() > 20, "{} sounds", whole.len());
    for sound in whole {
        let wav = fs::read(sound).unwrap();
        assert!(wav.starts_with(b"RIFF") && wav.len() > 2_000, "{} bytes", wav.len());
        assert!(wav[44..].iter().any(|sample| *sample != 0), "nothing but silence");
    }
    println!("PLAYED");
}

#[test]
fn nothing_is_heard_without_headphones() {
    in_its_own_process("the_scene_without_headphones");
}

#[test]
fn the_scene_without_headphones() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let place = Place::new();
    let voice = "voice = { headphones = { keys = { plugged = \"F15\", unplugged = \"F16\" } } }\n";
    let mut keypad = Keypad::at(&clinic_with(&place, voice));
    for key in [Key::DownArrow, Key::DownArrow, Key::F2, Key::F1] {
        keypad.press(key);
    }
    keypad.choose("have-appointment");
    keypad.type_in("31");
    std::thread::sleep(Duration::from_millis(800));
    keypad.live();
    assert_eq!(said(&folder), [], "nobody has plugged in headphones");
    assert_eq!(fs::read_dir(folder.join("sounds")).unwrap().count(), 0);
    keypad.press(Key::F15);
    is_said(&keypad, &folder, 0);
    keypad.press(Key::F16);
    std::thread::sleep(Duration::from_millis(500));
    let count = said(&folder).len();
    for key in [Key::DownArrow, Key::F1] {
        keypad.press(key);
    }
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(said(&folder).len(), count, "they are taken out");
    println!("PLAYED");
}
