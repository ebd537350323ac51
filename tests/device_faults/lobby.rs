//! A clinic with one kiosk in use, whose printer can be spoilt, and a desk that is looked at.

use crate::scene;
use crate::support::clinic::{Guest, Place, guests};
use crate::support::desk::RunningDesk;
use crate::support::devices;
use crate::support::hands::{Hands, done};
use crate::support::own_process::{OwnProcess, say, told_to_end};
use crate::support::paper::Paper;
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::ticket::PaperState;
use vestibule::kiosk::screens::{Done, Screen, Tone};
use vestibule::kiosk::session::Touch;
use vestibule::store::{ArrivalRow, StoreHandle};
use vestibule_hardware::printer::simulator::SimulatedPrinter;

/// The longest that anything takes here: a job that the printer never ends has 20 s.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// From one look at the desk's page to the next: many lobbies look at once.
const LOOK: Duration = Duration::from_millis(150);
/// A printer that hands its tickets out takes so many bytes for that: between the cut and its word there is time for a
/// fault. Feeding nothing is nothing to a printer without it.
const PRESENTS: usize = 40;

/// The clinic, with printers that hand their tickets out, and with its file changed further.
pub fn place_with(change: impl FnOnce(String) -> String) -> Place {
    let profile = include_str!("../../hardware/src/printer/profiles/simulated.toml");
    let present = vec!["0x1B, 0x4A, 0x00"; PRESENTS].join(", ");
    let profile = profile.replacen("name = \"simulated\"", "name = \"presenter\"", 1);
    scene::place_with(|text| {
        let text = text.replace("profile = \"simulated\"", "profile = \"presenter\"");
        change(format!("{text}[[printer_profile]]\npresent = [{present}]\n{profile}"))
    })
}

/// A lobby in which somebody checks in again and again.
pub struct Lobby {
    pub place: Place,
    pub desk: Option<RunningDesk>,
    pub printer: SimulatedPrinter,
    pub hands: Option<Hands>,
    /// The clinic as the kiosk's own file has it.
    pub kiosk: Arc<Clinic>,
    guests: std::vec::IntoIter<Guest>,
}

impl Lobby {
    pub fn open(people: usize) -> Self {
        Self::open_at(place_with(|text| text), people, |_| {})
    }

    /// In a place of its own; the kiosk's file may differ from the desk's.
    pub fn open_at(place: Place, people: usize, differs: impl FnOnce(&mut Clinic)) -> Self {
        let desk = RunningDesk::start(&place.clinic);
        let mut guests = guests(people);
        // One service, so that one ticket is as long as the other.
        guests.iter_mut().for_each(|guest| guest.appointment.service = "general".into());
        desk.book(&guests);
        let printer = devices::printer(&place, "lobby");
        let mut kiosk = place.clinic.as_ref().clone();
        differs(&mut kiosk);
        let (desk, kiosk, guests) = (Some(desk), Arc::new(kiosk), guests.into_iter());
        let mut lobby = Self { place, desk, printer, hands: None, kiosk, guests };
        lobby.start_kiosk();
        lobby.hands().wait_for_the_book(people);
        lobby
    }

    pub fn start_kiosk(&mut self) {
        self.hands = Some(Hands::start(&self.kiosk, "lobby").unwrap());
    }

    pub fn desk(&self) -> &RunningDesk {
        self.desk.as_ref().unwrap()
    }

    /// The kiosk's own store.
    pub fn store(&mut self) -> StoreHandle {
        self.hands().runner.store().clone()
    }

    pub fn hands(&mut self) -> &mut Hands {
        self.hands.as_mut().unwrap()
    }

    pub fn next_guest(&mut self) -> Guest {
        self.guests.next().unwrap()
    }

    /// Lets the kiosk live until something is so.
    pub fn until<T>(&mut self, what: &str, mut so: impl FnMut(&mut Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(so) = so(self) {
                return so;
            }
            assert!(began.elapsed() < PATIENCE, "{what} did not come within {} s", PATIENCE.as_secs());
            match &mut self.hands {
                Some(hands) => hands.live(LOOK),
                None => std::thread::sleep(LOOK),
            }
        }
    }

    /// What the glass says when the paper has come to its end.
    pub fn end_of_paper(&mut self) -> Done {
        self.until("the end of the paper on the glass", |lobby| {
            done(&lobby.hands().screen())
                .filter(|done| !done.paper.is_empty() && done.paper_tone != Tone::Calm)
        })
    }

    /// From the number back to the welcome.
    pub fn leave(&mut self) {
        self.until("the welcome", |lobby| {
            let hands = lobby.hands();
            if matches!(hands.screen(), Screen::Welcome(_)) {
                return Some(());
            }
            hands.touch(Touch::Finish);
            None
        });
    }

    /// What the desk says of a device: in its line of troubles, or on the card of somebody who was called for it.
    pub fn said_of(&self, device: &str) -> String {
        let board = self.desk().board();
        let mine = |each: &&Value| each["kiosk"] == "lobby";
        let troubles = board["troubles"].as_array().unwrap().iter().filter(mine);
        let lines = troubles.filter(|trouble| trouble["device"] == device).map(|trouble| &trouble["words"]);
        let requests = board["requests"].as_array().unwrap().iter().filter(mine);
        let of_a_machine = |request: &&Value| {
            request["headline"].as_str().is_some_and(|headline| headline.starts_with("Kiosk lobby"))
        };
        let called = requests.filter(of_a_machine).map(|request| &request["stopped_at"]);
        lines.chain(called).filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
    }

    /// Waits until the desk says something of a device, or nothing any more; answers what it says in the end.
    pub fn wait_for_words(&mut self, device: &str, words: &str) -> String {
        let began = Instant::now();
        loop {
            let said = match words.is_empty() {
                // What somebody was called for is over a while later: a loose cable comes and goes.
                true => self.desk().trouble("lobby", device),
                false => self.said_of(device),
            };
            let as_it_should = if words.is_empty() { said.is_empty() } else { said.contains(words) };
            if as_it_should || began.elapsed() > PATIENCE {
                return said;
            }
            match &mut self.hands {
                Some(hands) => hands.live(LOOK),
                None => std::thread::sleep(LOOK),
            }
        }
    }

    /// How a number's paper stands at the desk, once that is reported: the arrival.
    pub fn paper_at_the_desk(&mut self, number: &str) -> Value {
        self.until(&format!("the end of the paper of {number} at the desk"), |lobby| {
            lobby.desk().arrival(number).filter(|arrival| arrival["paper"] != PaperState::Reserved.word())
        })
    }

    /// What the kiosk's own store has of a guest: how the paper of each visit stands.
    pub fn kept(&mut self, guest: &Guest) -> Vec<PaperState> {
        let (id, zone) = (guest.patient.id, self.place.clinic.zone);
        let store = self.store();
        let today = chrono::Utc::now().with_timezone(&zone).date_naive();
        let rows = store.run(move |store| store.arrivals(today)).unwrap();
        let of_guest = |row: &&ArrivalRow| row.patient.as_ref().is_some_and(|patient| patient.id == id);
        rows.iter().filter(of_guest).map(|row| row.paper).collect()
    }

    /// How many whole tickets with a number came out, and how many copies.
    pub fn tray(&self, number: &str) -> (usize, usize) {
        tray(&self.printer, number)
    }
}

/// How many whole tickets with a number came out, and how many copies: whole is what also has its code, at the end.
pub fn tray(printer: &SimulatedPrinter, number: &str) -> (usize, usize) {
    let papers = printer.tickets().into_iter().map(|picture| Paper::read(&picture));
    let (copies, tickets): (Vec<_>, Vec<_>) = papers
        .filter(|paper| paper.numbers.iter().any(|each| each == number) && !paper.codes.is_empty())
        .partition(|paper| paper.copy);
    (tickets.len(), copies.len())
}

const FILE: &str = "VESTIBULE_TEST_FILE_OF_KIOSK";
const GUEST: &str = "VESTIBULE_TEST_GUEST";

/// Not a test of its own: a kiosk at which a guest checks in, and that somebody kills.
#[test]
fn a_kiosk_that_is_killed() {
    let (Ok(file), Ok(guest)) = (std::env::var(FILE), std::env::var(GUEST)) else { return };
    let clinic = Arc::new(clinic::read(Path::new(&file)).unwrap());
    let told_to_end = told_to_end();
    let guest: Guest = serde_json::from_str(&guest).unwrap();
    let mut hands = Hands::start(&clinic, "lobby").unwrap();
    hands.wait_for_the_book(1);
    say(&hands.check_in(&guest).number);
    while !told_to_end.load(Ordering::Relaxed) {
        hands.live(Duration::from_millis(50));
    }
}

/// A kiosk that is a process of its own, with a guest at it; and the number that the guest has.
pub fn doomed(place: &Place, guest: &Guest) -> (OwnProcess, String) {
    let process = OwnProcess::start("lobby::a_kiosk_that_is_killed", |command| {
        command
            .env(FILE, &place.file)
            .env(GUEST, serde_json::to_string(guest).unwrap())
            .stderr(Stdio::null());
    });
    let number = process.hears();
    (process, number)
}
