//! Kiosks that are killed at any moment. Two of them run as processes of their own, each with a printer on a
//! pseudo-terminal that outlives it, beside a desk that comes and goes; patients check in one after the
//! other. What a patient was shown, what was kept and what lies in the tray must fit in the end.
//!
//! The moments come from a seed, which is in the output: `VESTIBULE_SEED=… cargo test --test kiosk_process`
//! plays the same kills again, as far as the machine keeps time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};
use support::PATIENCE;
use support::chance::{Chance, seed};
use support::clinic::{Guest, KIOSKS, Place, guests};
use support::desk::{RunningDesk, Stop};
use support::hands::{Hands, done, notice};
use support::own_process::{OwnProcess, say, told_to_end};
use support::paper::Paper;
use support::{devices, until};
use uuid::Uuid;
use vestibule::clinic;
use vestibule::front_desk::code::Code;
use vestibule::front_desk::ticket::{PaperState, Ticket, TicketId};
use vestibule::kiosk::runner::{KioskError, Runner, store_path};
use vestibule::kiosk::screens::Tone;
use vestibule::kiosk::session::Touch;
use vestibule::link::fact::{Fact, FactKind};
use vestibule::store::Store;
use vestibule_hardware::printer::simulator::{Condition, SimulatedPrinter};

/// How often each kiosk is killed.
const LIVES: usize = 16;
/// About as many bytes as a ticket of the example clinic has.
const LONGEST_TICKET: u64 = 850;
/// How many people each kiosk may see.
const PEOPLE: usize = 30;

// What the kiosk's process is told.
const NAME: &str = "VESTIBULE_TEST_KIOSK";
const FOLDER: &str = "VESTIBULE_TEST_FOLDER";
const WHO_COMES: &str = "VESTIBULE_TEST_GUESTS";
const CHANCE: &str = "VESTIBULE_TEST_CHANCE";

/// Not a test of its own: the process that the others start and kill.
#[test]
fn a_kiosk_of_its_own() {
    let Ok(name) = std::env::var(NAME) else { return };
    let variable = |name: &str| std::env::var(name).unwrap();
    let folder = variable(FOLDER);
    let clinic = Arc::new(clinic::read(&Path::new(&folder).join("clinic.toml")).unwrap());
    let guests: Vec<Guest> =
        serde_json::from_slice(&std::fs::read(Path::new(&folder).join("guests.json")).unwrap()).unwrap();
    let mut chance = Chance(variable(CHANCE).parse().unwrap());
    let told_to_end = told_to_end();
    let mut hands = Hands::start(&clinic, &name).unwrap();
    hands.wait_for_the_book(guests.len());
    say("ready");
    for index in variable(WHO_COMES).split(' ').filter(|index| !index.is_empty()) {
        if told_to_end.load(Ordering::Relaxed) {
            return;
        }
        let index: usize = index.parse().unwrap();
        somebody_comes(&mut hands, index, &guests[index], &mut chance);
    }
    while !told_to_end.load(Ordering::Relaxed) {
        hands.live(Duration::from_millis(50));
    }
}

fn somebody_comes(hands: &mut Hands, index: usize, guest: &Guest, chance: &mut Chance) {
    say(&format!("comes {index}"));
    if chance.percent(20) {
        let (store, kiosk) = (hands.runner.store().clone(), hands.runner.kiosk().name.clone());
        let open = || -> Vec<Uuid> {
            let requests = store.run(|store| store.open_requests()).unwrap();
            let own = requests.iter().filter(|row| row.request.kiosk == kiosk);
            own.map(|row| row.request.id.0).collect()
        };
        let before = open();
        hands.touch(Touch::NeedHelp);
        hands.touch(Touch::CallPerson);
        // Read back from the disk: from here on it must not be lost.
        until("the request on the disk", || {
            let asked = open().into_iter().find(|request| !before.contains(request));
            asked.map(|request| say(&format!("asked {request}"))).is_some()
        });
        hands.until("the message", notice);
        hands.touch(Touch::Finish);
    }
    if chance.percent(50) {
        hands.identify_by_code(guest)
    } else {
        hands.identify(guest)
    }
    hands.touch_and(Touch::Yes, || say(&format!("yes {index}")));
    hands.answer_forms();
    let shown = hands.until("the number", done);
    let Some(Code::Ticket(ticket)) = Code::parse(&shown.code) else { panic!("{}", shown.code) };
    say(&format!("shown {index} {} {}", shown.number, ticket.0));
    if !shown.again.is_empty() && chance.percent(50) {
        // Told before it is done: a kill between the two asks for a copy that nobody gets.
        hands.touch_and(Touch::Again, || say(&format!("copy {}", ticket.0)));
    }
    let leaves = Instant::now() + Duration::from_millis(chance.below(1500));
    while Instant::now() < leaves && done(&hands.screen()).is_some_and(|done| done.paper_tone == Tone::Calm) {
        hands.live(Duration::from_millis(20));
    }
    hands.finish();
}

/// Starts a kiosk's process.
fn start(place: &Place, kiosk: &str, who_comes: &[usize], chance: u64) -> OwnProcess {
    let who: Vec<String> = who_comes.iter().map(ToString::to_string).collect();
    OwnProcess::start("a_kiosk_of_its_own", |command| {
        let folder = place.folder.path();
        command
            .env(NAME, kiosk)
            .env(FOLDER, folder)
            .env(WHO_COMES, who.join(" "))
            .env(CHANCE, chance.to_string());
    })
}

/// When a kiosk is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So long after its start, whatever it does.
    Anywhen(Duration),
    /// So long after so many patients have said yes: while the store, the printer and the link are at work.
    AfterYes(usize, Duration),
    /// While a ticket is in the printer, which hangs, or is gone, behind so many bytes.
    InTheTicket(Condition, u64),
}

impl Moment {
    fn choose(chance: &mut Chance) -> Self {
        let millis = |chance: &mut Chance, end| Duration::from_millis(chance.below(end));
        match chance.below(3) {
            0 => Self::Anywhen(millis(chance, 4000)),
            1 => Self::AfterYes(1 + chance.below(2) as usize, millis(chance, 150)),
            _ => {
                let condition = [Condition::Silent, Condition::Unplugged][chance.below(2) as usize];
                Self::InTheTicket(condition, 20 + chance.below(LONGEST_TICKET))
            }
        }
    }
}

/// What the patients of one kiosk lived through.
#[derive(Default)]
struct Lived {
    /// What each was shown.
    shown: Vec<(usize, String, TicketId)>,
    /// Copies that were wished for.
    copies: Vec<TicketId>,
    /// Requests that were on the disk.
    asked: BTreeSet<Uuid>,
    /// Tickets that were being printed at a kill.
    interrupted: Vec<TicketId>,
}

impl Lived {
    fn hear(&mut self, said: &str) {
        let mut words = said.split(' ');
        let mut next = || words.next().unwrap();
        match next() {
            "shown" => {
                let (guest, number) = (next().parse().unwrap(), next().to_string());
                self.shown.push((guest, number, TicketId(next().parse().unwrap())));
            }
            "copy" => self.copies.push(TicketId(next().parse().unwrap())),
            "asked" => {
                self.asked.insert(next().parse().unwrap());
            }
            _ => {}
        }
    }

    fn was_shown_to(&self, guest: usize) -> bool {
        self.shown.iter().any(|(who, ..)| *who == guest)
    }
}

/// One kiosk, killed and started again and again.
fn live_and_die(
    place: &Place,
    kiosk: &str,
    mut who_comes: Vec<usize>,
    printer: &SimulatedPrinter,
    mut chance: Chance,
) -> Lived {
    let mut lived = Lived::default();
    let mut hangs = false;
    for life in 0..LIVES {
        let moment = Moment::choose(&mut chance);
        if let Moment::InTheTicket(condition, bytes) = moment {
            printer.set_after(bytes, condition);
        }
        let paper_out = chance.percent(15);
        printer.set(Condition::PaperOut, paper_out);
        let process = start(place, kiosk, &who_comes, chance.next());
        let mut killed_at = match moment {
            Moment::Anywhen(after) => Some(Instant::now() + after),
            _ => None,
        };
        let (mut yes, mut at_the_glass) = (0, None);
        loop {
            let patience = killed_at.map_or(2 * PATIENCE, |at| at.saturating_duration_since(Instant::now()));
            match process.said.recv_timeout(patience) {
                Ok(said) => {
                    lived.hear(&said);
                    if let Some(guest) = said.strip_prefix("comes ") {
                        at_the_glass = Some(guest.parse().unwrap());
                        if hangs {
                            recover(printer);
                            hangs = false;
                        }
                    }
                    match moment {
                        Moment::AfterYes(count, after) if said.starts_with("yes ") => {
                            yes += 1;
                            killed_at = (yes == count).then(|| Instant::now() + after).or(killed_at);
                        }
                        Moment::InTheTicket(..) if said.starts_with("shown ") && killed_at.is_none() => {
                            killed_at = Some(Instant::now() + Duration::from_millis(chance.below(500)));
                        }
                        _ => {}
                    }
                }
                Err(RecvTimeoutError::Timeout) if killed_at.is_some() => break,
                Err(error) => panic!("{kiosk}, life {life}, {moment:?}: it stopped by itself: {error}"),
            }
        }
        for said in process.kill() {
            lived.hear(&said);
        }
        // A pseudo-terminal stays marked as the killed program's own, and lets nobody in but the superuser.
        for pulled in [true, false] {
            printer.set(Condition::Unplugged, pulled);
        }
        // Sometimes it still hangs when the next kiosk comes.
        hangs = chance.percent(50);
        if !hangs {
            recover(printer);
        }
        lived.interrupted.extend(tickets_in_print(place, kiosk));
        if let Some(guest) = at_the_glass {
            // Who was not served tries again. Who was may come back and ask what their number was.
            let served = lived.was_shown_to(guest) && chance.percent(60);
            who_comes.drain(..who_comes.iter().position(|who| *who == guest).unwrap() + usize::from(served));
        }
    }
    printer.set(Condition::PaperOut, false);
    lived
}

/// The printer is there and works, as it was left.
fn recover(printer: &SimulatedPrinter) {
    for condition in [Condition::Silent, Condition::Unplugged] {
        printer.set(condition, false);
    }
}

/// The tickets that a killed kiosk had given to its printer without knowing their end. Read from a copy, so
/// that the kiosk itself finds its store as the kill left it.
fn tickets_in_print(place: &Place, kiosk: &str) -> Vec<TicketId> {
    let path = store_path(&place.clinic, kiosk);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    for suffix in ["", "-wal"] {
        let beside = |path: &Path| format!("{}{suffix}", path.display());
        if Path::new(&beside(&path)).exists() {
            std::fs::copy(beside(&path), beside(&copy)).unwrap();
        }
    }
    let store = Connection::open(&copy).unwrap();
    let mut query = match store.prepare("SELECT ticket FROM print_job WHERE state = 'sent'") {
        Ok(query) => query,
        // Killed before its tables were made.
        Err(_) => return Vec::new(),
    };
    query
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .map(|ticket| TicketId(ticket.unwrap().parse().unwrap()))
        .collect()
}

/// How many jobs of a running kiosk have no end yet.
fn open_jobs(place: &Place, kiosk: &str) -> u64 {
    let path = store_path(&place.clinic, kiosk);
    let store = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let count = "SELECT count(*) FROM print_job WHERE state <> 'ended'";
    store.query_row(count, [], |row| row.get(0)).unwrap()
}

/// The desk stops and starts, and asks for copies of what did not come out, until the kiosks are through.
/// Answers the copies that it may have asked for, and how often it was stopped.
fn come_and_go(
    place: &Place,
    mut desk: RunningDesk,
    chance: &mut Chance,
    through: impl Fn() -> bool,
) -> (RunningDesk, Vec<TicketId>, usize) {
    let (mut copies, mut stops) = (Vec::new(), 0);
    while !through() {
        for _ in 0..1 + chance.below(3) {
            std::thread::sleep(Duration::from_millis(300 + chance.below(1000)));
            let board = desk.board();
            for arrival in board["arrivals"].as_array().unwrap() {
                if arrival["needs_paper"] == true && arrival["copy_asked"].is_null() && chance.percent(20) {
                    let ticket = arrival["ticket"].as_str().unwrap();
                    copies.push(TicketId(ticket.parse().unwrap()));
                    desk.ask_for_a_copy(ticket).unwrap();
                }
            }
        }
        desk.stop(if chance.percent(50) { Stop::Orderly } else { Stop::Abrupt });
        stops += 1;
        std::thread::sleep(Duration::from_millis(chance.below(2500)));
        desk = RunningDesk::start(&place.clinic);
    }
    (desk, copies, stops)
}

#[test]
fn what_patients_were_shown_survives_kiosks_that_are_killed_at_any_moment() {
    let began = Instant::now();
    let mut chance = Chance(seed());
    let place = Place::new();
    let guests = guests(KIOSKS.len() * PEOPLE);
    std::fs::write(place.folder.path().join("guests.json"), serde_json::to_vec(&guests).unwrap()).unwrap();
    let desk = RunningDesk::start(&place.clinic);
    desk.book(&guests);
    let printers = KIOSKS.map(|(kiosk, _)| devices::printer(&place, kiosk));

    let (desk, copies, stops, lived) = std::thread::scope(|scope| {
        let kiosks: Vec<_> = (0..KIOSKS.len())
            .map(|index| {
                let (place, printer, chance) = (&place, &printers[index], Chance(chance.next()));
                let who_comes = (0..PEOPLE).map(|person| person * KIOSKS.len() + index).collect();
                scope.spawn(move || live_and_die(place, KIOSKS[index].0, who_comes, printer, chance))
            })
            .collect();
        let through = || kiosks.iter().all(|kiosk| kiosk.is_finished());
        let (desk, copies, stops) = come_and_go(&place, desk, &mut chance, through);
        let lived: Vec<_> = kiosks.into_iter().map(|kiosk| kiosk.join().unwrap()).collect();
        (desk, copies, stops, lived)
    });

    // Now everything is up, and comes to rest.
    let processes = KIOSKS.map(|(kiosk, _)| start(&place, kiosk, &[], 0));
    for ((process, printer), (kiosk, _)) in processes.into_iter().zip(&printers).zip(KIOSKS) {
        assert_eq!(process.hears(), "ready");
        let rests = || {
            recover(printer);
            let (own, at_desk) =
                (own_facts(&place, kiosk), desk.store.run(move |store| store.facts_of(kiosk)));
            // The kiosk goes on between the two looks: the desk may be found ahead of it.
            (open_jobs(&place, kiosk), own.len().abs_diff(at_desk.unwrap().len()))
        };
        let since = Instant::now();
        // A ticket that got stuck in the printer has its time before its end is known.
        while rests() != (0, 0) {
            assert!(since.elapsed() < 2 * PATIENCE, "{kiosk} still prints and tells: {:?}", rests());
            std::thread::sleep(Duration::from_millis(50));
        }
        process.end();
    }
    let mut day = Day::default();
    for (index, lived) in lived.iter().enumerate() {
        let copies = lived.copies.iter().chain(&copies).copied().collect();
        day.check(&place, &desk, KIOSKS[index].0, lived, copies, &printers[index]);
    }
    // A storm in which no paper came out, or nothing broke off, has shown nothing.
    assert!(day.ends.contains_key("printed") && day.ends.contains_key("not-known"), "{:?}", day.ends);
    let shown: usize = lived.iter().map(|lived| lived.shown.len()).sum();
    let interrupted: usize = lived.iter().map(|lived| lived.interrupted.len()).sum();
    println!(
        "{} kills, the desk stopped {stops} times, {} check-ins, {shown} numbers shown, {interrupted} \
         tickets interrupted, {:?}, {} s",
        KIOSKS.len() * LIVES,
        day.numbers.len(),
        day.ends,
        began.elapsed().as_secs()
    );
}

fn own_facts(place: &Place, kiosk: &str) -> Vec<Fact> {
    let store = Store::open(&store_path(&place.clinic, kiosk), kiosk).unwrap();
    store.own_facts_after(0, 1_000_000).unwrap()
}

/// The numbers of the day, over all kiosks.
#[derive(Default)]
struct Day {
    numbers: BTreeSet<String>,
    ends: BTreeMap<&'static str, usize>,
}

impl Day {
    fn check(
        &mut self,
        place: &Place,
        desk: &RunningDesk,
        kiosk: &'static str,
        lived: &Lived,
        copies: Vec<TicketId>,
        printer: &SimulatedPrinter,
    ) {
        let facts = own_facts(place, kiosk);
        let at_desk = desk.store.run(move |store| store.facts_of(kiosk)).unwrap();
        assert_eq!(at_desk, facts, "the desk has every fact of {kiosk}, once and in order");
        assert!(facts.iter().map(|fact| fact.seq).eq(1..=facts.len() as u64), "{kiosk} has gaps");

        let mut tickets: BTreeMap<TicketId, Ticket> = BTreeMap::new();
        let mut appointments = BTreeSet::new();
        for fact in &facts {
            if let FactKind::CheckedIn { visit, ticket } = &fact.kind {
                assert!(self.numbers.insert(ticket.number.to_string()), "{} was given twice", ticket.number);
                assert!(appointments.insert(visit.appointment), "somebody has two numbers");
                tickets.insert(ticket.id, ticket.clone());
            }
        }
        for (guest, number, ticket) in &lived.shown {
            let kept = tickets.get(ticket).unwrap_or_else(|| panic!("guest {guest} saw {number}: lost"));
            assert_eq!(kept.number.as_str(), number, "guest {guest} saw another number");
        }
        for request in &lived.asked {
            let raised = facts.iter().filter(|fact| matches!(&fact.kind, FactKind::RequestRaised { request: raised } if raised.id.0 == *request));
            assert_eq!(raised.count(), 1, "request {request}");
        }

        let tray: Vec<Paper> = printer.tickets().iter().map(|picture| Paper::read(picture)).collect();
        assert_eq!(printer.trouble(), None);
        for paper in &tray {
            assert!(paper.numbers.len() <= 1, "two tickets on one piece of paper: {paper:?}");
            assert!(paper.codes.len() <= 1, "two codes on one piece of paper: {paper:?}");
        }
        let store = Store::open(&store_path(&place.clinic, kiosk), kiosk).unwrap();
        for (id, ticket) in &tickets {
            let number = ticket.number.as_str();
            let on_paper = tray.iter().filter(|paper| paper.numbers.iter().any(|printed| printed == number));
            let (again, first): (Vec<_>, Vec<_>) = on_paper.partition(|paper| paper.copy);
            let whole = |paper: &&&Paper| paper.codes == [id.0] && paper.beginnings == 1;
            let asked = copies.iter().filter(|copy| *copy == id).count();
            assert!(first.len() <= 1, "{number} was printed twice without COPY");
            assert!(again.len() <= asked, "{number} has {} copies, {asked} were asked for", again.len());

            let ends = |copies: bool| -> Vec<PaperState> {
                let ends = facts.iter().filter_map(|fact| match fact.kind {
                    FactKind::TicketPaper { ticket, state, copy, .. } if ticket == *id && copy == copies => {
                        Some(state)
                    }
                    _ => None,
                });
                ends.collect()
            };
            let (original, repeated) = (ends(false), ends(true));
            assert_eq!(original.len(), 1, "{number}: its paper has one end: {original:?}");
            let printed =
                |states: &[PaperState]| states.iter().filter(|s| **s == PaperState::Printed).count();
            match original[0] {
                PaperState::Printed => {
                    assert_eq!(first.iter().filter(whole).count(), 1, "{number}: {first:?}")
                }
                PaperState::NotPrinted => assert_eq!(first.len(), 0, "{number} was printed after all"),
                PaperState::NotKnown => {}
                PaperState::Reserved => panic!("{number} waits for ever"),
            }
            let came = again.iter().filter(whole).count();
            assert!(
                came >= printed(&repeated),
                "{number}: a copy is missing: {repeated:?}, {again:?} behind {:?}, {first:?}",
                original[0]
            );
            *self.ends.entry(original[0].word()).or_default() += 1;

            if lived.interrupted.contains(id) && repeated.is_empty() {
                assert_eq!(original[0], PaperState::NotKnown, "{number} was interrupted");
            }
            let arrival = desk.arrival(number).unwrap_or_else(|| panic!("{number} is not on the page"));
            let expected = match (original[0], printed(&repeated)) {
                (state, 0) if repeated.is_empty() => state.word(),
                (PaperState::Printed, _) | (_, 1..) => "printed",
                _ => repeated[repeated.len() - 1].word(),
            };
            assert_eq!(arrival["paper"], expected, "{number} on the page: {arrival}");
            assert_eq!(store.paper(*id).unwrap().map(PaperState::word), Some(expected), "{number} here");
            assert_eq!(arrival["needs_paper"], expected != "printed", "{number} on the page: {arrival}");
        }
    }
}

#[test]
fn a_second_process_is_refused_until_the_first_is_gone() {
    let place = Place::new();
    std::fs::write(place.folder.path().join("guests.json"), "[]").unwrap();
    let first = start(&place, "lobby", &[], 0);
    assert_eq!(first.hears(), "ready");
    let second = Runner::start(Arc::clone(&place.clinic), "lobby", || {});
    match second.map(drop) {
        Err(error @ KioskError::RunsAlready { .. }) => {
            let words = error.to_string();
            assert!(words.contains("kiosk-lobby.lock") && words.contains("stop it first"), "{words}");
        }
        other => panic!("{other:?}"),
    }
    // The clinic's other kiosk has a store of its own.
    drop(Runner::start(Arc::clone(&place.clinic), "garden", || {}).unwrap());
    first.kill();
    drop(Runner::start(Arc::clone(&place.clinic), "lobby", || {}).unwrap());
}
