//! Stores that are damaged, of a newer version, or that nobody may write.

use crate::support::chance::Chance;
use crate::support::clinic::{Place, guests};
use crate::support::desk::{RunningDesk, Stop};
use crate::support::hands::Hands;
use crate::support::program::desk_refuses;
use crate::support::{elsewhere, until};
use chrono::Utc;
use std::collections::BTreeMap;
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vestibule::desk;
use vestibule::front_desk::ticket::NewVisit;
use vestibule::kiosk::runner::{KioskError, Runner, store_path};
use vestibule::link::fact::DESK;
use vestibule::store::{Store, StoreError};

/// What can happen to a file, and how.
type Damage = (&'static str, fn(&Path));

const DAMAGES: [Damage; 6] = [
    ("random bytes", |path| std::fs::write(path, noise(100_000)).unwrap()),
    ("a text", |path| std::fs::write(path, "This is a shopping list and no store.\n").unwrap()),
    ("cut in the middle", |path| cut(path, |length| length * 2 / 3 + 17)),
    ("cut behind the first page", |path| cut(path, |_| 4096)),
    ("cut to nothing", |path| cut(path, |_| 0)),
    ("random bytes in a page", |path| {
        let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        file.write_all_at(&noise(4096), 2 * 4096).unwrap();
    }),
];

fn noise(count: usize) -> Vec<u8> {
    let mut chance = Chance(7);
    (0..count).map(|_| chance.next() as u8).collect()
}

fn cut(path: &Path, length: impl Fn(u64) -> u64) {
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(length(file.metadata().unwrap().len())).unwrap();
}

/// Makes a store in which a day has begun.
pub fn used_store(place: &Place, path: &Path, origin: &str) {
    let mut store = Store::open(path, origin).unwrap();
    let guests = guests(8);
    let (patients, appointments): (Vec<_>, Vec<_>) =
        guests.iter().map(|guest| (guest.patient.clone(), guest.appointment.clone())).unzip();
    store.take_over(&patients, &appointments, Utc::now()).unwrap();
    for guest in &guests[..3] {
        let visit = NewVisit {
            registration: None,
            patient: guest.patient.id,
            service: guest.appointment.service.clone(),
            appointment: Some(guest.appointment.clone()),
            reason: None,
            language: "en".into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        store.check_in(&place.clinic, "1", &visit, Utc::now()).unwrap();
    }
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn a_kiosk_sets_a_damaged_store_aside_and_tells_the_desk() {
    for (damage, hurt) in DAMAGES {
        let place = Place::new();
        let path = store_path(&place.clinic, "lobby");
        used_store(&place, &path, "lobby");
        hurt(&path);
        let hurt = std::fs::read(&path).unwrap();
        let desk = RunningDesk::start(&place.clinic);
        let guests = guests(1);
        desk.book(&guests);

        let mut hands = Hands::at(&place, "lobby");
        let aside: Vec<_> = files(&place.clinic.data)
            .into_iter()
            .filter(|(path, _)| path.display().to_string().contains("kiosk-lobby.db.damaged-"))
            .collect();
        assert_eq!(aside.len(), 1, "{damage}");
        assert!(aside[0].1 == hurt, "{damage}: it is set aside as it was");
        let words = format!("set aside as {}: keep that file", aside[0].0.display());
        until(&format!("{damage}: the desk's word"), || desk.trouble("lobby", "store").contains(&words));

        // The new one is filled from the desk, and the lobby is served.
        hands.wait_for_the_book(1);
        hands.check_in(&guests[0]);
        drop(hands);

        // The desk is reminded until somebody has seen to the file.
        drop(Hands::at(&place, "lobby"));
        assert!(desk.trouble("lobby", "store").contains(&words), "{damage}");
        std::fs::remove_file(&aside[0].0).unwrap();
        let _hands = Hands::at(&place, "lobby");
        until(&format!("{damage}: all is well"), || desk.trouble("lobby", "store").is_empty());
    }
}

#[test]
fn a_day_goes_on_with_a_new_store_and_no_number_comes_twice() {
    let place = Place::new();
    let path = store_path(&place.clinic, "lobby");
    let (damage, hurt) = DAMAGES[5];
    let mut guests = guests(4);
    guests.iter_mut().for_each(|guest| guest.appointment.service = "general".into());
    let desk = RunningDesk::start(&place.clinic);
    desk.book(&guests);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());
    let mut numbers = vec![hands.check_in(&guests[0]).number];
    until("the first at the desk", || desk.arrival(&numbers[0]).is_some());
    hands.finish();

    // The desk never hears of the second: its number is only on the disk, which is damaged.
    desk.stop(Stop::Abrupt);
    numbers.push(hands.check_in(&guests[1]).number);
    hands.paper();
    drop(hands);
    hurt(&path);

    let desk = RunningDesk::start(&place.clinic);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());
    until("the desk's word", || desk.trouble("lobby", "store").contains("set aside as"));
    numbers.push(hands.check_in(&guests[2]).number);
    hands.finish();
    let again = hands.check_in(&guests[0]);
    assert_eq!((again.title.as_str(), &again.number), ("You are checked in already", &numbers[0]));
    hands.finish();
    // Who is in no store any more checks in anew, under another number.
    numbers.push(hands.check_in(&guests[1]).number);
    for number in [&numbers[0], &numbers[2], &numbers[3]] {
        until(&format!("{number} at the desk"), || desk.arrival(number).is_some());
    }
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 4, "{damage}: {numbers:?}");
}

#[test]
fn the_desk_touches_no_damaged_store_and_says_what_to_do() {
    for (damage, hurt) in DAMAGES {
        let place = Place::new();
        let path = desk::store_path(&place.clinic);
        used_store(&place, &path, DESK);
        hurt(&path);
        refused_and_untouched(
            &place,
            damage,
            &["desk.db: the store is damaged", "move the file aside", "backup"],
        );
    }
}

#[test]
fn the_desk_touches_no_damaged_store_that_was_in_use_either() {
    let place = Place::new();
    let path = desk::store_path(&place.clinic);
    used_store(&place, &path, DESK);
    // What a power cut leaves: the store with its log beside it.
    let store = rusqlite::Connection::open(&path).unwrap();
    store.execute("UPDATE patient SET number = number || '0'", []).unwrap();
    let left = files(&place.clinic.data);
    drop(store);
    for (path, bytes) in &left {
        std::fs::write(path, bytes).unwrap();
    }
    let log = PathBuf::from(format!("{}-wal", path.display()));
    assert!(log.metadata().unwrap().len() > 0);
    let (_, hurt) = DAMAGES[5];
    hurt(&path);
    refused_and_untouched(
        &place,
        "in use",
        &["desk.db: the store is damaged", "move the file aside", "backup"],
    );
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let place = Place::new();
    for (path, origin) in
        [(store_path(&place.clinic, "lobby"), "lobby"), (desk::store_path(&place.clinic), DESK)]
    {
        used_store(&place, &path, origin);
        rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    }
    let before = files(&place.clinic.data);
    match Runner::start(Arc::clone(&place.clinic), "lobby", || {}).map(drop) {
        Err(KioskError::Store(error @ StoreError::Newer { .. })) => {
            let words = error.to_string();
            assert!(words.contains("kiosk-lobby.db: this store was made by a newer version"), "{words}");
            assert!(words.contains("install that version"), "{words}");
        }
        other => panic!("{other:?}"),
    }
    let mut after = files(&place.clinic.data);
    after.retain(|path, _| before.contains_key(path));
    assert!(before == after, "the kiosk left it alone");
    std::fs::remove_file(place.clinic.data.join("kiosk-lobby.lock")).unwrap();
    refused_and_untouched(
        &place,
        "newer",
        &["desk.db: this store was made by a newer version", "install that version"],
    );
}

/// Starts the desk, which must refuse in these words and leave every file as it was.
fn refused_and_untouched(place: &Place, what: &str, words: &[&str]) {
    // SQLite makes its index of the log anew whenever it reads one: nothing stands in there alone.
    let files = || -> BTreeMap<PathBuf, Vec<u8>> {
        let all = files(&place.clinic.data).into_iter();
        all.filter(|(path, _)| !path.display().to_string().ends_with("-shm")).collect()
    };
    let before = files();
    let said = desk_refuses(&place.file);
    for words in words {
        assert!(said.contains(words), "{what}: {said}");
    }
    let after = files();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{what}");
    assert!(before == after, "{what}: a file was changed");
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    // The superuser may write everywhere, so this right is given away first.
    let test = "stores::a_folder_that_may_not_be_written_is_named";
    if !elsewhere::inside() {
        let folder = tempfile::tempdir().unwrap();
        let wrapper = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];
        return elsewhere::play(&wrapper, test, folder.path());
    }
    let place = Place::new();
    let data = &place.clinic.data;
    let may_write = |mode| std::fs::set_permissions(data, std::fs::Permissions::from_mode(mode)).unwrap();
    std::fs::create_dir(data).unwrap();
    may_write(0o555);
    let kiosk =
        || Runner::start(Arc::clone(&place.clinic), "lobby", || {}).map(drop).unwrap_err().to_string();
    let said = [desk_refuses(&place.file), kiosk()];
    may_write(0o755);
    for said in said {
        assert!(said.contains(&data.display().to_string()), "{said}");
        assert!(said.contains("cannot be opened") && said.contains("may be written"), "{said}");
    }
    // A file where the folder should be.
    std::fs::remove_dir_all(data).unwrap();
    std::fs::write(data, "").unwrap();
    for said in [desk_refuses(&place.file), kiosk()] {
        assert!(said.contains(&data.display().to_string()) && said.contains("cannot be opened"), "{said}");
    }
}
