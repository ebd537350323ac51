//! The kiosk's store cannot be written at one moment: what the patient reads then, what is kept when it can be again, and
//! how many tickets come out. Another program holds the store here; disks that are really full are in
//! `tests/bad_input/disk.rs`.

use crate::lobby::Lobby;
use crate::support::hands::{done, notice};
use crate::table::{Played, differs};
use Moment::*;
use chrono::Utc;
use std::thread;
use std::time::Duration;
use vestibule::front_desk::ticket::PaperState as P;
use vestibule::kiosk::runner::store_path;
use vestibule::kiosk::screens::Screen;
use vestibule::kiosk::session::Touch;
use vestibule::link::fact::FactKind;
use vestibule::store::StoreHandle;
use vestibule_hardware::printer::simulator::Condition;

/// What is wrong with it, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// «That's me» is touched, and there is no room on the disk.
    FullAtCheckIn,
    /// «That's me» is touched, and the disk hangs for longer than the patient is kept waiting.
    HangsAtCheckIn,
    /// The ticket is printed, and another program holds the store.
    HeldAsPrinted,
    /// Somebody who has a ticket wants it printed again, and another program holds the store.
    HeldAsPrintedAgain,
}

const TAKE: &str = "Your ticket is printed. Please take it.";
const NO_PAPER: &str = "No paper came out. Please remember your number, or take a photo.";
const FAULT: &str = "This kiosk has a problem";

/// What is wrong and when, what the patient reads then, how the paper stands when all is well and the patient has tried
/// again, and how many (tickets, copies) there are then.
#[rustfmt::skip]
const TABLE: &[(Moment, &str, P, (usize, usize))] = &[
    (FullAtCheckIn,      FAULT,    P::Printed, (1, 0)),
    (HangsAtCheckIn,     FAULT,    P::Printed, (1, 0)),
    (HeldAsPrinted,      TAKE,     P::Printed, (1, 0)),
    (HeldAsPrintedAgain, NO_PAPER, P::Printed, (1, 0)),
];

impl Moment {
    fn name(self) -> &'static str {
        match self {
            FullAtCheckIn => "full as the patient checks in",
            HangsAtCheckIn => "hangs as the patient checks in",
            HeldAsPrinted => "held by another program as the ticket is printed",
            HeldAsPrintedAgain => "held by another program as the ticket is to be printed again",
        }
    }
}

/// Longer than a patient is kept waiting for the store.
const HANGS: Duration = Duration::from_secs(18);

fn play(lobby: &mut Lobby, cell: (Moment, &str, P, (usize, usize)), wrong: &mut Vec<String>) {
    let (moment, reads, kept, tickets) = cell;
    let guest = lobby.next_guest();
    let other = rusqlite::Connection::open(store_path(&lobby.place.clinic, "lobby")).unwrap();
    other.busy_timeout(Duration::from_secs(10)).unwrap();
    let hold = || other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let store = lobby.store();
    let at_check_in = matches!(moment, FullAtCheckIn | HangsAtCheckIn);
    let hands = lobby.hands.as_mut().unwrap();
    if moment == HeldAsPrintedAgain {
        hands.check_in(&guest);
        hands.paper();
        hands.finish();
    }
    hands.identify(&guest);
    match moment {
        FullAtCheckIn => fill(&store),
        HangsAtCheckIn => store.tell(|_| thread::sleep(HANGS)).unwrap(),
        HeldAsPrinted => {
            lobby.printer.pace(Some(921_600));
            lobby.printer.set(Condition::Busy, true);
        }
        HeldAsPrintedAgain => {}
    }
    hands.touch(Touch::Yes);
    let seen = if at_check_in {
        hands.until("what is said of the fault", |screen| {
            notice(screen).filter(|notice| !notice.busy).map(|notice| notice.title)
        })
    } else {
        hands.until("the ticket", done);
        if moment == HeldAsPrinted {
            lobby.until("the ticket at the printer", |lobby| {
                (lobby.printer.line_record().bytes > 1000).then_some(())
            });
        }
        hold();
        lobby.printer.set(Condition::Busy, false);
        if moment == HeldAsPrintedAgain {
            lobby.hands().touch(Touch::Again);
        }
        lobby.end_of_paper().paper
    };
    wrong.extend(differs("the patient reads", &seen, reads));
    match moment {
        FullAtCheckIn => store.run(|store| store.limit_pages(1_000_000)).unwrap(),
        // What was asked for is done after all, and its ticket comes out while the patient reads of a fault.
        HangsAtCheckIn => lobby.until("the ticket that nobody waits for", |lobby| {
            let printed = lobby.kept(&guest) == [P::Printed];
            printed.then_some(())
        }),
        HeldAsPrinted | HeldAsPrintedAgain => other.execute_batch("ROLLBACK").unwrap(),
    }
    if at_check_in {
        let hands = lobby.hands();
        hands.touch(Touch::Again);
        hands.until("the question again", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
        hands.touch(Touch::Yes);
        hands.until("the ticket after all", done);
        wrong.extend(differs("after all the patient reads", &lobby.end_of_paper().paper, TAKE));
    }
    let Some(done) = done(&lobby.hands().screen()) else { return wrong.push("there is no ticket".into()) };
    let arrival = lobby.paper_at_the_desk(&done.number);
    wrong.extend(differs(
        "the desk has the paper as",
        &format!("{} {}", arrival["paper"], arrival["cause"]),
        &format!("{:?} \"\"", kept.word()),
    ));
    wrong.extend(differs("the kiosk keeps", &format!("{:?}", lobby.kept(&guest)), &format!("{:?}", [kept])));
    let tray = format!("{:?}", lobby.tray(&done.number));
    wrong.extend(differs("(tickets, copies) in the tray:", &tray, &format!("{tickets:?}")));
    lobby.leave();
}

/// Leaves no room for a visit.
fn fill(store: &StoreHandle) {
    // No less than it has: it is full as it stands, but for what its last pages have left.
    store.run(|store| store.limit_pages(1)).unwrap();
    let filler = |length| FactKind::DeviceReported { device: "filler".into(), trouble: "x".repeat(length) };
    for length in [4000, 500] {
        while store.run(move |store| store.commit(vec![filler(length)], Utc::now())).is_ok() {}
    }
}

#[test]
fn while_nothing_can_be_written_the_patient_is_told_and_nothing_is_lost_or_printed_twice() {
    let played =
        Played::new("store not writable | the patient reads | kept as, when it is again | (tickets, copies)");
    thread::scope(|scope| {
        for (place, cell) in TABLE.iter().enumerate() {
            let played = &played;
            scope.spawn(move || {
                let (moment, reads, kept, tickets) = *cell;
                let mut lobby = Lobby::open(5);
                let shown = format!("{} | {reads} | {} | {tickets:?}", moment.name(), kept.word());
                let name = format!("store × {}", moment.name());
                played.cell(place, &name, shown, |wrong| play(&mut lobby, *cell, wrong));
            });
        }
    });
    played.end();
}
