//! A disk that is full, as SQLite answers on one and as a real one does.

use crate::stores::used_store;
use crate::support::clinic::{Guest, Place, guests};
use crate::support::desk::RunningDesk;
use crate::support::hands::{Hands, done, notice};
use crate::support::{elsewhere, until};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use vestibule::kiosk::runner::store_path;
use vestibule::kiosk::screens::Notice;
use vestibule::kiosk::session::Touch;
use vestibule::store::{Paper, Store};

/// What the store holds of check-ins: facts, visits, tickets, their counts, print jobs and requests.
fn kept(place: &Place) -> Vec<i64> {
    let store = rusqlite::Connection::open_with_flags(
        store_path(&place.clinic, "lobby"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
    )
    .unwrap();
    let count = |sql: &str| store.query_row(sql, [], |row| row.get(0)).unwrap();
    [
        "SELECT count(*) FROM fact WHERE origin = 'lobby' AND body ->> 'kind' = 'checked-in'",
        "SELECT count(*) FROM visit",
        "SELECT count(*) FROM ticket",
        "SELECT coalesce(sum(count), 0) FROM ticket_count",
        "SELECT count(*) FROM print_job",
        "SELECT count(*) FROM request",
    ]
    .map(count)
    .into()
}

/// What a patient reads where nobody knows of them.
const NOT_TOLD: &str = "We could not tell the desk. Please go there.";

/// Checks guests in until the kiosk says that it cannot; answers who is still at the glass.
fn check_in_until_the_disk_is_full<'a>(
    hands: &mut Hands,
    guests: &mut impl Iterator<Item = &'a Guest>,
    numbers: &mut Vec<String>,
) -> Notice {
    loop {
        hands.identify(guests.next().expect("the disk is full before the guests are through"));
        hands.touch(Touch::Yes);
        let told = hands.until("an answer", |screen| match (done(screen), notice(screen)) {
            (Some(done), _) => Some(Ok(done.number)),
            (_, Some(notice)) if !notice.busy => Some(Err(notice)),
            _ => None,
        });
        match told {
            Ok(number) => numbers.push(number),
            Err(notice) => return notice,
        }
        hands.finish();
    }
}

/// What a patient goes through at a full disk, from the first refusal to the number after all; `told_of_the_desk` is what
/// they read of whether a person knows.
fn a_full_disk(
    place: &Place,
    told_of_the_desk: &str,
    fill: impl FnOnce(&Hands),
    make_room: impl FnOnce(&Hands),
) {
    let desk = RunningDesk::start(&place.clinic);
    let mut guests = guests(20);
    // One service, so that the numbers are one row.
    guests.iter_mut().for_each(|guest| guest.appointment.service = "general".into());
    desk.book(&guests);
    let mut hands = Hands::at(place, "lobby");
    hands.wait_for_the_book(guests.len());
    let mut numbers = vec![hands.check_in(&guests[0]).number];
    hands.paper();
    hands.finish();

    fill(&hands);
    check_in_until_the_disk_is_full(&mut hands, &mut guests[1..].iter(), &mut numbers);
    let told = hands.until("what became of the call for a person", |screen| {
        notice(screen).filter(|notice| notice.lines.last().is_some_and(|line| line == told_of_the_desk))
    });
    assert_eq!(told.title, "This kiosk has a problem");
    assert_eq!(
        told.lines[..told.lines.len() - 1],
        ["Nothing was lost. Please try again, or go to the desk."]
    );
    let whole = numbers.len() as i64;
    assert_eq!(kept(place)[..5], [whole; 5], "nothing is kept by halves");
    if told_of_the_desk == NOT_TOLD {
        assert_eq!(kept(place)[5], 0, "the request was not kept, as it was told");
    } else {
        assert!(desk.request().is_some(), "the desk has the request that the kiosk could not keep");
    }

    // Trying again changes nothing while there is no room.
    hands.touch(Touch::Again);
    hands.touch(Touch::Yes);
    hands.until("the same answer", |screen| notice(screen).filter(|notice| *notice == told));
    assert_eq!(kept(place)[..5], [whole; 5]);

    make_room(&hands);
    hands.touch(Touch::Again);
    hands.touch(Touch::Yes);
    numbers.push(hands.until("the number after all", done).number);
    hands.paper();
    let counts = 1..=numbers.len();
    assert_eq!(numbers, counts.map(|count| format!("C1{count:02}")).collect::<Vec<_>>(), "no number is lost");
    assert_eq!(kept(place)[..5], [whole + 1; 5]);
    until("everything at the desk", || {
        numbers
            .iter()
            .all(|number| desk.arrival(number).is_some_and(|arrival| arrival["paper"] != "reserved"))
    });
}

#[test]
fn a_full_store_sends_patients_to_the_desk_and_works_again_when_there_is_room() {
    let limit = |hands: &Hands, pages: u32| hands.runner.store().run(move |s| s.limit_pages(pages)).unwrap();
    // No less than it has: it is full as it stands. The desk has room, and is told without the kiosk's disk.
    a_full_disk(
        &Place::new(),
        "The desk has your request.",
        |hands| limit(hands, 1),
        |hands| limit(hands, 1_000_000),
    );
}

/// Plays a test on a disk of 8 MB, of which the stores of desk and kiosk leave some; `None` outside, once it has been played inside.
fn small_disk(test: &str) -> Option<PathBuf> {
    if elsewhere::inside() {
        return Some(elsewhere::folder());
    }
    let folder = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=8m none \"$VESTIBULE_TEST_FOLDER\" && exec \"$@\"";
    let wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"];
    elsewhere::play(&wrapper, test, folder.path());
    None
}

#[test]
fn a_full_disk_sends_patients_to_the_desk_and_works_again_when_there_is_room() {
    let test = "disk::a_full_disk_sends_patients_to_the_desk_and_works_again_when_there_is_room";
    let Some(disk) = small_disk(test) else { return };
    let filler = disk.join("filler");
    let place = Place::with_data(&disk);
    // The desk's store is on the same disk.
    a_full_disk(&place, NOT_TOLD, |_| fill(&filler), |_| std::fs::remove_file(&filler).unwrap());
}

#[test]
fn a_kiosk_starts_on_a_full_disk_and_catches_up_when_there_is_room() {
    let test = "disk::a_kiosk_starts_on_a_full_disk_and_catches_up_when_there_is_room";
    let Some(disk) = small_disk(test) else { return };
    let (filler, place) = (disk.join("filler"), Place::with_data(&disk));
    let desk = RunningDesk::start(&place.clinic);
    let path = store_path(&place.clinic, "lobby");
    used_store(&place, &path, "lobby");
    // The kiosk stopped while it printed.
    let mut store = Store::open(&path, "lobby").unwrap();
    let job = store.start_print_job().unwrap().unwrap();
    let Paper::Ticket(ticket) = job.paper else { panic!("no ticket is printed") };
    let interrupted = store.ticket(ticket).unwrap().unwrap().number.to_string();
    drop(store);
    fill(&filler);

    // Not even the index of the store's log fits: there is no kiosk without it, and that is said.
    let words = Hands::start(&place.clinic, "lobby").map(drop).unwrap_err().to_string();
    assert!(words.contains("kiosk-lobby.db: the disk of the store is full: free some space"), "{words}");

    // With room for the index and nothing else the kiosk starts, and sends people to the desk.
    let file = std::fs::OpenOptions::new().write(true).open(&filler).unwrap();
    file.set_len(file.metadata().unwrap().len() - INDEX).unwrap();
    drop(file);
    let mut hands = Hands::at(&place, "lobby");
    hands.touch(Touch::NeedHelp);
    hands.touch(Touch::CallPerson);
    let told = |notice: &Notice| notice.lines.contains(&NOT_TOLD.into());
    hands.until("the message", |screen| notice(screen).filter(told));

    std::fs::remove_file(&filler).unwrap();
    until("the end of the interrupted ticket", || {
        let arrival = desk.arrival(&interrupted);
        arrival.is_some_and(|arrival| {
            arrival["paper"] == "not-known"
                && arrival["cause"]
                    .as_str()
                    .unwrap()
                    .contains("the kiosk stopped while this was being printed")
        })
    });
}

/// What SQLite's index of a log takes.
const INDEX: u64 = 32 * 1024;

/// Takes all the room that a disk has left.
fn fill(filler: &Path) {
    let mut file = std::fs::File::create(filler).unwrap();
    for size in [4096, 1] {
        let bytes = vec![0; size];
        while file.write_all(&bytes).and_then(|()| file.flush()).is_ok() {}
    }
}
