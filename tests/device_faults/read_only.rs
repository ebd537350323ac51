//! A disk that fails in use: Linux makes its ext4 read-only, for good, until the machine is started again. What patients and
//! staff read meanwhile, at the kiosk and at the desk; that nothing is damaged; and that all goes on with the next start.
//! Real file systems in files, mounted where nobody else sees them, that are told of an error as their device would.

use crate::lobby::{Lobby, place_with};
use crate::scene;
use crate::support::elsewhere;
use crate::support::hands::{Hands, done, notice};
use crate::table::{Played, differs, part};
use Moment::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use vestibule::desk;
use vestibule::front_desk::ticket::PaperState as P;
use vestibule::kiosk::runner::store_path;
use vestibule::kiosk::screens::Screen;
use vestibule::kiosk::session::Touch;
use vestibule_hardware::printer::simulator::Condition;

/// Whose disk fails, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// The kiosk's, and nobody is there.
    NobodyThere,
    /// The kiosk's: somebody touches «That's me».
    AtCheckIn,
    /// The kiosk's, in the middle of a ticket.
    AsPrinted,
    /// The desk's: somebody takes on a request.
    PageActs,
    /// The desk's: a patient checks in at a kiosk, whose disk is well.
    KioskDelivers,
}

// What the patient reads.
const TAKE: &str = "Your ticket is printed. Please take it.";
const FAULT: &str = "This kiosk has a problem";
const HAS: &str = "The desk has your request.";
const KEPT: &str = "The desk has not been reached yet. Your request is kept and will be delivered by itself. Please go to the desk.";

// What staff read, in part.
const OF_THE_KIOSK: &str =
    "Its disk cannot be written any more, and nobody is checked in: Restart the machine";
const OF_THE_DESK: &str = "the disk of the store cannot be written any more, as Linux does with one that fails: restart the machine";

/// Whose disk and when, what who checks in reads, what who calls for a person reads, what staff read, and how the paper
/// stands once the machine was started again. Each patient has one ticket in the end, and the desk each visit and request
/// once.
#[rustfmt::skip]
const TABLE: &[(Moment, &str, &str, &str, P)] = &[
    (NobodyThere,   FAULT, HAS,  OF_THE_KIOSK, P::Printed),
    (AtCheckIn,     FAULT, HAS,  OF_THE_KIOSK, P::Printed),
    (AsPrinted,     TAKE,  HAS,  OF_THE_KIOSK, P::NotKnown),
    (PageActs,      TAKE,  KEPT, OF_THE_DESK,  P::Printed),
    (KioskDelivers, TAKE,  KEPT, OF_THE_DESK,  P::Printed),
];

impl Moment {
    fn name(self) -> &'static str {
        match self {
            NobodyThere => "the kiosk's, while nobody is there",
            AtCheckIn => "the kiosk's, as a patient checks in",
            AsPrinted => "the kiosk's, in the middle of a ticket",
            PageActs => "the desk's, as somebody acts on its page",
            KioskDelivers => "the desk's, as a kiosk delivers",
        }
    }

    fn is_of_the_desk(self) -> bool {
        matches!(self, PageActs | KioskDelivers)
    }
}

/// Makes, mounts and unmounts an ext4 that can be told of an error, or fails where that is not allowed.
const ALLOWED: &str = "\
    set -e; cd \"$VESTIBULE_TEST_FOLDER\"; truncate -s 16M probe; mkfs.ext4 -q probe; mkdir -p probed; \
    mount -o loop probe probed; device=$(findmnt -no SOURCE probed); \
    test -w /sys/fs/ext4/${device#/dev/}/trigger_fs_error; umount probed; exec \"$@\"";

/// An ext4 in a file.
struct Disk {
    image: PathBuf,
    folder: PathBuf,
}

impl Disk {
    fn make(at: &Path, name: &str) -> Self {
        let disk = Self { image: at.join(format!("{name}.image")), folder: at.join(name) };
        fs::create_dir(&disk.folder).unwrap();
        fs::File::create(&disk.image).unwrap().set_len(64 << 20).unwrap();
        run("mkfs.ext4", &[Path::new("-q"), &disk.image]);
        disk.mount();
        disk
    }

    fn mount(&self) {
        let options = Path::new("loop,errors=remount-ro");
        run("mount", &[Path::new("-o"), options, &self.image, &self.folder]);
    }

    /// Its device fails: from now on nothing can be written.
    fn fails(&self) {
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
        let mine = mounts.lines().find(|line| line.split(' ').nth(1).map(Path::new) == Some(&self.folder));
        let device = mine.and_then(|line| line.split(' ').next()?.strip_prefix("/dev/")).unwrap();
        fs::write(format!("/sys/fs/ext4/{device}/trigger_fs_error"), "as a failing device does").unwrap();
        let error = fs::write(self.folder.join("file"), "").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ReadOnlyFilesystem);
    }

    /// The machine is started again: it mends the file system, and mounts it. Nobody uses it now.
    fn starts_again(&self) {
        run("umount", &[&self.folder]);
        // It answers 1 where it has mended something.
        let mended = Command::new("e2fsck").arg("-fy").arg(&self.image).output().unwrap();
        assert!(mended.status.code().is_some_and(|code| code <= 1), "{mended:?}");
        self.mount();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // With the mounts of this process it would go, too, but not before the folder must.
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}

fn run(program: &str, arguments: &[&Path]) {
    let ended = Command::new(program).args(arguments).output().unwrap();
    assert!(ended.status.success(), "{program} {arguments:?}: {ended:?}");
}

/// A store that nobody has open is whole.
fn is_whole(store: &Path) -> bool {
    let store = rusqlite::Connection::open(store).unwrap();
    store.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap() == "ok"
}

/// Waits until a call for a person was answered; answers what the patient reads of it.
fn calls_for_a_person(lobby: &mut Lobby, reads: &str) -> String {
    lobby.hands().touch(Touch::NeedHelp);
    lobby.hands().touch(Touch::CallPerson);
    what_became_of_the_call(lobby, reads)
}

fn what_became_of_the_call(lobby: &mut Lobby, reads: &str) -> String {
    let began = std::time::Instant::now();
    lobby.until("what becomes of the call", |lobby| {
        let told = notice(&lobby.hands().screen()).filter(|notice| !notice.busy)?;
        let last = told.lines.last()?.clone();
        // Another answer is told only once the right one has had its time.
        (last == reads || began.elapsed().as_secs() > 20).then_some(last)
    })
}

/// What the page Fleet says of the kiosk's troubles.
fn troubles(lobby: &Lobby) -> String {
    let kiosk = scene::Page::of(&lobby.place, lobby.desk()).kiosk("lobby");
    let troubles = kiosk["troubles"].as_array().unwrap().iter();
    let words = |trouble: &Value, key: &str| trouble[key].as_str().unwrap().to_string();
    troubles
        .map(|trouble| format!("{}: {}", words(trouble, "words"), words(trouble, "do_now")))
        .collect::<Vec<_>>()
        .join("; ")
}

fn play_at_the_kiosk(
    lobby: &mut Lobby,
    disk: &Disk,
    cell: (Moment, &str, &str, &str, P),
    wrong: &mut Vec<String>,
) {
    let (moment, checks_in, calls, staff, paper) = cell;
    let guest = lobby.next_guest();
    let mut number = String::new();
    if moment == NobodyThere {
        disk.fails();
    }
    lobby.hands().identify(&guest);
    if moment == AtCheckIn {
        disk.fails();
    }
    if moment == AsPrinted {
        lobby.printer.pace(Some(921_600));
        lobby.printer.set(Condition::Busy, true);
        lobby.hands().touch(Touch::Yes);
        number = lobby.hands().until("the number", done).number;
        lobby.until("the ticket at the printer", |lobby| {
            (lobby.printer.line_record().bytes > 1000).then_some(())
        });
        disk.fails();
        lobby.printer.set(Condition::Busy, false);
        wrong.extend(differs("who checks in reads", &lobby.end_of_paper().paper, checks_in));
        let told = calls_for_a_person(lobby, calls);
        wrong.extend(differs("who calls for a person reads", &told, calls));
    } else {
        lobby.hands().touch(Touch::Yes);
        let told = lobby.until("what is said of the fault", |lobby| {
            notice(&lobby.hands().screen()).filter(|notice| !notice.busy)
        });
        wrong.extend(differs("who checks in reads", &told.title, checks_in));
        let told = what_became_of_the_call(lobby, calls);
        wrong.extend(differs("what the patient reads of the desk:", &told, calls));
    }
    let request = lobby.desk().request().is_some();
    wrong.extend((!request).then(|| "the desk has not exactly one request".to_string()));
    let mut said = String::new();
    lobby.until("what the page Fleet says", |lobby| {
        said = troubles(lobby);
        said.contains(staff).then_some(())
    });
    lobby.until("the request about the kiosk", |lobby| {
        let headline = "Kiosk lobby: its disk cannot be written any more, and nobody is checked in";
        scene::requests(lobby.desk()).iter().any(|request| request == headline).then_some(())
    });

    // A kiosk that is started with the disk as it is says what is wrong with it.
    let store = store_path(&lobby.kiosk, "lobby");
    lobby.hands = None;
    let refused = Hands::start(&lobby.kiosk, "lobby").map(drop).unwrap_err().to_string();
    wrong.extend(part(
        "started with this disk it says",
        &refused,
        ": the disk of the store cannot be written",
    ));
    disk.starts_again();
    wrong.extend((!is_whole(&store)).then(|| "the store is damaged".to_string()));
    lobby.start_kiosk();
    if moment != AsPrinted {
        number = lobby.hands().check_in(&guest).number;
        wrong.extend(differs("in the end who checks in reads", &lobby.end_of_paper().paper, TAKE));
    }
    ends_well(lobby, &number, paper, wrong);
    // That the disk is small is still told.
    lobby.until("the end of the trouble on the page Fleet", |lobby| {
        (!troubles(lobby).contains(staff)).then_some(())
    });
}

fn play_at_the_desk(
    lobby: &mut Lobby,
    disk: &Disk,
    cell: (Moment, &str, &str, &str, P),
    wrong: &mut Vec<String>,
) {
    let (moment, checks_in, calls, staff, paper) = cell;
    let mut acts = None;
    if moment == PageActs {
        let told = calls_for_a_person(lobby, HAS);
        wrong.extend(differs("before, who calls for a person reads", &told, HAS));
        let request = lobby.desk().request().unwrap();
        lobby.leave();
        disk.fails();
        let path = format!("/api/requests/{}/acknowledge", request["id"].as_str().unwrap());
        let head = format!("Cookie: {}\r\n", lobby.desk().cookie());
        let (status, _, body) = scene::ask(lobby.place.clinic.desk, "POST", &path, &head, "{}");
        wrong.extend(part("whoever acts reads", &body, staff));
        wrong.extend((status != 500).then(|| format!("it is answered with {status}")));
        acts = Some(request);
    } else {
        disk.fails();
    }
    let (_, _, health) = scene::ask(lobby.place.clinic.desk, "GET", "/health", "", "");
    wrong.extend(part("who watches over the desk reads", &health, staff));
    let guest = lobby.next_guest();
    let number = lobby.hands().check_in(&guest).number;
    wrong.extend(differs("who checks in reads", &lobby.end_of_paper().paper, checks_in));
    lobby.leave();
    let told = calls_for_a_person(lobby, calls);
    wrong.extend(differs("who calls for a person reads", &told, calls));
    wrong.extend(lobby.desk().arrival(&number).map(|_| "the desk shows what it does not keep".to_string()));

    lobby.desk = None;
    disk.starts_again();
    let store = desk::store_path(&lobby.place.clinic);
    wrong.extend((!is_whole(&store)).then(|| "the store is damaged".to_string()));
    lobby.desk = Some(crate::support::desk::RunningDesk::start(&lobby.place.clinic));
    let told = what_became_of_the_call(lobby, HAS);
    wrong.extend(differs("in the end who calls for a person reads", &told, HAS));
    ends_well(lobby, &number, paper, wrong);
    let requests = scene::requests(lobby.desk()).into_iter().filter(|request| !request.starts_with("Kiosk "));
    let expected = 1 + usize::from(acts.is_some());
    wrong.extend(differs("requests at the desk:", &requests.count().to_string(), &expected.to_string()));
    if let Some(request) = acts {
        lobby.desk().does(Some(&request), "acknowledge", Value::Object(serde_json::Map::default()));
    }
}

/// The desk has all of it once, and so has the tray.
fn ends_well(lobby: &mut Lobby, number: &str, paper: P, wrong: &mut Vec<String>) {
    let arrival = lobby.paper_at_the_desk(number);
    wrong.extend(differs("the desk has the paper as", arrival["paper"].as_str().unwrap(), paper.word()));
    let board = lobby.desk().board();
    let arrivals = board["arrivals"].as_array().unwrap().iter().filter(|arrival| arrival["number"] == number);
    wrong.extend(differs("the desk has the visit so often:", &arrivals.count().to_string(), "1"));
    wrong.extend(differs("(tickets, copies) in the tray:", &format!("{:?}", lobby.tray(number)), "(1, 0)"));
    let store = lobby.store();
    lobby.until("that nothing waits for the desk", |_| {
        (store.run(|store| store.undelivered_count()).unwrap() == 0).then_some(())
    });
    assert!(!matches!(lobby.hands().screen(), Screen::Closed(_)));
}

#[test]
fn a_disk_that_fails_is_told_loses_nothing_and_needs_a_restart() {
    let test = "read_only::a_disk_that_fails_is_told_loses_nothing_and_needs_a_restart";
    if !elsewhere::inside() {
        let folder = tempfile::tempdir().unwrap();
        return elsewhere::play(&["unshare", "--mount", "sh", "-c", ALLOWED, "sh"], test, folder.path());
    }
    let at = elsewhere::folder();
    let played = Played::new(
        "whose disk fails, and when | who checks in reads | who calls for a person reads | staff read | the paper in the end",
    );
    thread::scope(|scope| {
        for (place, cell) in TABLE.iter().enumerate() {
            let (played, at) = (&played, &at);
            scope.spawn(move || {
                let (moment, checks_in, calls, staff, paper) = *cell;
                let shown = format!("{} | {checks_in} | {calls} | {staff} | {}", moment.name(), paper.word());
                let name = format!("a disk that fails × {}", moment.name());
                let mut again = 0;
                played.cell(place, &name, shown, |wrong| {
                    again += 1;
                    let disk = Disk::make(at, &format!("disk-{place}-{again}"));
                    let (well, fails) = (at.join(format!("well-{place}-{again}")), disk.folder.join("data"));
                    let (of_desk, of_kiosk) =
                        if moment.is_of_the_desk() { (fails, well) } else { (well, fails) };
                    let place = place_with(|text| {
                        let line = text.lines().find(|line| line.starts_with("data = ")).unwrap().to_string();
                        text.replacen(&line, &format!("data = \"{}\"", of_desk.display()), 1)
                    });
                    let mut lobby = Lobby::open_at(place, 5, |clinic| clinic.data = of_kiosk);
                    match moment.is_of_the_desk() {
                        true => play_at_the_desk(&mut lobby, &disk, *cell, wrong),
                        false => play_at_the_kiosk(&mut lobby, &disk, *cell, wrong),
                    }
                });
            });
        }
    });
    played.end();
}
