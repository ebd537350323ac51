//! `vestibule doctor`: is everything there that a kiosk, or the desk, needs?
//!
//! Each check says what it found and what to do now. Nothing is changed and nothing is made; a test page is
//! printed only on demand, and so is a person asked to scan, touch and listen. Beside a kiosk that runs, its devices are
//! left alone, for they answer one program at a time: what that kiosk says of them is told.

mod hands_on;
mod terminal;
mod touch;
mod voice;

pub use hands_on::Person;

use crate::clinic::{Clinic, Kiosk, PrinterPlace, ScannerPlace, check_routines};
use crate::link::LinkPlace;
use crate::link::answer::{LinkTrouble, read_feed};
use crate::link::fact::{Cursor, DESK};
use crate::link::kiosk_end::{body_of, in_words};
use crate::store::{DeviceTrouble, Store, StoreError};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::Serialize;
use std::ffi::OsString;
use std::fmt;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use vestibule_hardware::printer::{
    Align, Direction, Document, Element, Fonts, JobEnd, JobId, OtherSpeed, Printer, PrinterError,
    PrinterSettings, TextSize, Weight, encode,
};
use vestibule_hardware::scanner::{Scanner, ScannerError};
use vestibule_ui::words::Language;

const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// A ticket that says 10:30 must mean the same at kiosk and desk.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(60);
/// The year of this program: a clock that shows an earlier one has lost its battery.
const THIS_YEAR: i32 = 2026;
/// With less room than this a store may stop within days.
const ROOM_NEEDED: u64 = 100 * MEGABYTE;
/// With less than this somebody should look why.
const ROOM_WANTED: u64 = 1000 * MEGABYTE;
const MEGABYTE: u64 = 1024 * 1024;
/// The key of the example clinic, which everybody can read.
const EXAMPLE_KEY: &str = "change-me-change-me";

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Good,
    /// It works, or it could not be looked at; somebody should know.
    Warning,
    /// It does not work.
    Bad,
}

/// What was found about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which thing, such as "printer".
    pub what: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found, in a sentence.
    pub says: String,
    /// What to do now, in a sentence; empty if nothing.
    pub do_now: String,
}

impl Finding {
    /// All is well.
    pub fn good(what: &'static str, says: impl Into<String>) -> Self {
        Self { what, state: State::Good, says: says.into(), do_now: String::new() }
    }

    /// Somebody should know.
    pub fn warning(what: &'static str, says: impl Into<String>, do_now: impl Into<String>) -> Self {
        Self { what, state: State::Warning, says: says.into(), do_now: do_now.into() }
    }

    /// Somebody must act.
    pub fn bad(what: &'static str, says: impl Into<String>, do_now: impl Into<String>) -> Self {
        Self { what, state: State::Bad, says: says.into(), do_now: do_now.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Good => "good",
            State::Warning => "look",
            State::Bad => "BAD",
        };
        write!(f, "{state:<5} {:<10} {}", self.what, self.says)?;
        if self.do_now.is_empty() { Ok(()) } else { write!(f, "\n{:17}Do now: {}", "", self.do_now) }
    }
}

/// What is to be examined beyond what always is.
#[derive(Default)]
pub struct Options<'a> {
    /// Print a test page, with these fonts.
    pub print_test: Option<Arc<Fonts>>,
    /// Somebody at the machine, who is asked for what only a person can do or tell.
    pub person: Option<&'a dyn Person>,
    /// Where the store is, if not at its usual place in the clinic's data folder.
    pub store: Option<PathBuf>,
}

/// Examines all that a kiosk needs, or with no name of one, all that the desk needs. Takes some seconds when
/// something does not answer; not for async code.
pub fn examine(clinic: &Clinic, kiosk: Option<&str>, options: &Options<'_>) -> Vec<Finding> {
    let named = kiosk.map(|name| clinic.kiosk(name).ok_or(name));
    let kiosk = match named {
        Some(Err(unknown)) => return vec![unknown_kiosk(clinic, unknown)],
        Some(Ok(kiosk)) => Some(kiosk),
        None => None,
    };
    let usual = match kiosk {
        Some(kiosk) => format!("kiosk-{}.db", kiosk.name),
        None => "desk.db".to_string(),
    };
    let path = options.store.clone().unwrap_or_else(|| clinic.data.join(usual));

    let mut findings = vec![routines(clinic), data_folder(&clinic.data)];
    let (store, Followed { cursor, troubles }) = store(&path, kiosk);
    findings.push(store);
    if let Some(kiosk) = kiosk {
        let running = is_running(&path).then_some(RunningKiosk { troubles: &troubles });
        let running = running.as_ref();
        findings.push(printer(clinic, kiosk, running, options));
        findings.push(scanner(kiosk.scanner.as_ref(), running, options.person));
        findings.push(terminal::terminal(kiosk, clinic, running));
        findings.push(touch::touch(options.person));
        let programs = voice::Programs::of_this_machine();
        findings.extend(voice::of_kiosk(clinic, kiosk, running.is_some(), &programs, options.person));
        findings.push(display(["WAYLAND_DISPLAY", "DISPLAY"].into_iter().find_map(std::env::var_os)));
        findings.extend(went_back(&clinic.data, "kiosk"));
    }
    if kiosk.is_none() {
        findings.extend(went_back(&clinic.data, "desk"));
        findings.push(voice::of_desk(clinic, &voice::Programs::of_this_machine()));
    }
    findings.extend(desk(clinic, kiosk, cursor));
    findings
}

fn unknown_kiosk(clinic: &Clinic, name: &str) -> Finding {
    let known: Vec<&str> = clinic.kiosks.iter().map(|kiosk| kiosk.name.as_str()).collect();
    Finding::bad(
        "kiosk",
        format!("clinic.toml names no kiosk \"{name}\"."),
        if known.is_empty() {
            "Add a part [[kiosk]] to clinic.toml.".to_string()
        } else {
            format!("Give one of these names: {}.", known.join(", "))
        },
    )
}

/// The clinic's files were read, or nobody would be here: what is said here is only what is probably not meant.
fn routines(clinic: &Clinic) -> Finding {
    const WHAT: &str = "clinic";
    let whole = format!(
        "The routines are whole: {} services, {} reasons for visit, {} categories of request, every text in {}.",
        clinic.services.len(),
        clinic.reasons.len(),
        clinic.routines.categories.len(),
        clinic.languages.join(", ")
    );
    let today = Utc::now().with_timezone(&clinic.zone).date_naive();
    match check_routines(clinic, today).as_slice() {
        [] => Finding::good(WHAT, whole),
        found @ [first, ..] => Finding::warning(
            WHAT,
            format!("{whole} Worth a look, 1 of {}: {first}", found.len()),
            "See all of it with vestibule routines check.",
        ),
    }
}

fn data_folder(folder: &Path) -> Finding {
    const WHAT: &str = "data";
    let shown = folder.display();
    let there = folder.ancestors().find(|part| part.is_dir());
    let Some(there) = there else {
        return Finding::bad(WHAT, format!("{shown} cannot be made."), "Correct clinic.data in clinic.toml.");
    };
    let allowed = rustix::fs::access(there, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK);
    if let Err(error) = allowed {
        return Finding::bad(
            WHAT,
            format!("{} may not be written by this user ({error}).", there.display()),
            "Make it the kiosk's (chown), run this as the kiosk's user, or correct clinic.data in clinic.toml.",
        );
    }
    let room = match rustix::fs::statvfs(there) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            return Finding::warning(
                WHAT,
                format!("{shown} may be written; its free space is not known ({error})."),
                "Look at it with df.",
            );
        }
    };
    let free = format!("{:.1} GB are free", room as f64 / (1000.0 * MEGABYTE as f64));
    let place = if there == folder { "may be written" } else { "will be made at the first start" };
    match room {
        0..ROOM_NEEDED => Finding::bad(
            WHAT,
            format!("{shown}: only {} MB are free.", room / MEGABYTE),
            "Free some space: with a full disk nothing more can be confirmed to patients.",
        ),
        ROOM_NEEDED..ROOM_WANTED => {
            Finding::warning(WHAT, format!("{shown} {place}; only {free}."), "Look what fills the disk.")
        }
        _ => Finding::good(WHAT, format!("{shown} {place}; {free}.")),
    }
}

/// What a kiosk's store knows beside its records.
#[derive(Default)]
struct Followed {
    /// How far the kiosk has followed the desk.
    cursor: Cursor,
    /// What its devices suffer from.
    troubles: Vec<DeviceTrouble>,
}

fn store(path: &Path, kiosk: Option<&Kiosk>) -> (Finding, Followed) {
    const WHAT: &str = "store";
    let shown = path.display();
    let read = || -> Result<Option<(String, Followed)>, StoreError> {
        let origin = kiosk.map_or(DESK, |kiosk| &kiosk.name);
        let Some(store) = Store::open_to_read(path, origin)? else { return Ok(None) };
        let mut troubles = store.device_troubles()?;
        troubles.retain(|row| row.kiosk == origin);
        let held = store.directory_counts()?;
        let mut says =
            format!("{shown} is sound (patients: {}, appointments: {}", held.patients, held.appointments);
        if kiosk.is_some() {
            says.push_str(&format!(", waiting to be told to the desk: {}", store.undelivered_count()?));
        }
        says.push_str(").");
        Ok(Some((says, Followed { cursor: store.cursor()?, troubles })))
    };
    let do_now = |error: &StoreError| match error {
        StoreError::Damaged { .. } if kiosk.is_some() => {
            "Start the kiosk: it sets the file aside and fills a new one from the desk."
        }
        StoreError::Damaged { .. } => "Stop the desk and put the latest backup in its place.",
        StoreError::Newer { .. } => "Install the version of Vestibule that made it, or a newer one.",
        StoreError::CannotOpen { .. } => {
            "Make the file readable for this user, or run this as the kiosk's user."
        }
        _ => "Restore it from a backup.",
    };
    match read() {
        Ok(None) => {
            (Finding::good(WHAT, format!("{shown} will be made at the first start.")), Followed::default())
        }
        Ok(Some((says, followed))) => (Finding::good(WHAT, says), followed),
        Err(error) => {
            let says = match &error {
                StoreError::Damaged { .. } => format!("{shown} is damaged, or is no store."),
                StoreError::Newer { .. } => format!("{shown} was made by a newer version of Vestibule."),
                StoreError::CannotOpen { reason, .. } => format!("{shown} cannot be opened ({reason})."),
                other => format!("{shown}: {other}."),
            };
            (Finding::bad(WHAT, says, do_now(&error)), Followed::default())
        }
    }
}

/// Whether a kiosk is running on this store: it holds a lock beside it for as long as it does.
fn is_running(store: &Path) -> bool {
    let lock = File::open(store.with_extension("lock"));
    // Shared, so that two who look do not take each other for the kiosk; let go at once.
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

const BUSY: &str = "Stop the kiosk and run this again to test it.";

/// A kiosk that is running has its devices, and says of them what is wrong.
struct RunningKiosk<'a> {
    troubles: &'a [DeviceTrouble],
}

impl RunningKiosk<'_> {
    fn says_of(&self, what: &'static str) -> Finding {
        match self.troubles.iter().find(|row| row.device == what) {
            Some(row) => in_two(what, &row.trouble),
            None => Finding::good(
                what,
                format!("The kiosk is running and has the {what}; it reports no trouble with it."),
            ),
        }
    }
}

fn printer(
    clinic: &Clinic,
    kiosk: &Kiosk,
    running: Option<&RunningKiosk<'_>>,
    options: &Options<'_>,
) -> Finding {
    const WHAT: &str = "printer";
    let Some(place) = &kiosk.printer else {
        return Finding::good(
            WHAT,
            "clinic.toml names no printer for this kiosk: patients read their number from the screen.",
        );
    };
    if let Some(running) = running {
        return running.says_of(WHAT);
    }
    let profile = &place.profile;
    let mut printer = match open_printer(place) {
        Ok(printer) => printer,
        Err(error @ PrinterError::InUse(_)) => return Finding::warning(WHAT, sentence(&error), BUSY),
        Err(error) => return in_two(WHAT, &error),
    };
    let status = printer.status();
    if let Some(fault) = status.fault {
        return in_two(WHAT, &fault);
    }
    let name = printer.model().unwrap_or_else(|| format!("a printer on {}", place.port.display()));
    let mut says = format!("{name} answers and has paper.");
    if let Some(fonts) = options.print_test.as_deref() {
        let end = match encode(&test_page(clinic, &kiosk.name), profile, fonts, JobId::new(0)) {
            Ok(bytes) => printer.print(&bytes, JobId::new(0)),
            Err(error) => return in_two(WHAT, &error),
        };
        match end {
            JobEnd::Printed => says.push_str(" It printed a test page: look whether every line is readable."),
            JobEnd::NotPrinted(fault) | JobEnd::NotKnown(fault) => return in_two(WHAT, &fault),
        }
    }
    let (told, do_now) = match (status.other_speed, status.paper_low) {
        (None, false) => {
            let good = Finding::good(WHAT, says);
            return match options.person.filter(|_| options.print_test.is_some()) {
                Some(person) => hands_on::if_so(
                    good,
                    "Is every line of the test page readable, and was it cut?",
                    "the test page is not as it should be",
                    "Clean the print head, look for the right roll (thermal side out) and the right profile in clinic.toml.",
                    person,
                ),
                None => good,
            };
        }
        (None, true) => ("The roll is near its end.".to_string(), "Put in a new roll soon.".to_string()),
        (Some(OtherSpeed { answers, settings }), paper_low) => (
            format!("It answers at {answers} baud, and clinic.toml says {settings}."),
            format!(
                "Write baud = {answers} for this kiosk's printer in clinic.toml, or set the printer to {settings}.{}",
                if paper_low { " Put in a new roll soon." } else { "" }
            ),
        ),
    };
    Finding::warning(WHAT, format!("{says} {told}"), do_now)
}

fn open_printer(place: &PrinterPlace) -> Result<Printer, PrinterError> {
    Printer::open(PrinterSettings::new(&place.port, place.baud, place.profile.clone()))
}

/// What a ticket can hold: large and small, every language, a code.
pub(crate) fn test_page(clinic: &Clinic, kiosk: &str) -> Document {
    let line =
        |text: String, size, weight, align, direction| Element::Text { text, size, weight, align, direction };
    let centred =
        |text: String, size, weight| line(text, size, weight, Align::Center, Direction::LeftToRight);
    let now = Utc::now().with_timezone(&clinic.zone).format("%Y-%m-%d %H:%M").to_string();
    let mut elements = vec![
        centred(clinic.name.clone(), TextSize::Large, Weight::Bold),
        Element::Rule,
        centred(format!("TEST {kiosk}"), TextSize::Huge, Weight::Bold),
        centred(now, TextSize::Normal, Weight::Regular),
        Element::Space(1),
    ];
    for language in &clinic.languages {
        let rtl = clinic.words.language(language).is_some_and(Language::is_rtl);
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        for service in &clinic.services {
            let name = service.name.text(language).to_string();
            elements.push(line(name, TextSize::Normal, Weight::Regular, Align::Start, direction));
        }
    }
    elements.push(Element::Qr { payload: "https://vestibule.example/test".into(), module_dots: 6 });
    Document { elements }
}

fn scanner(
    place: Option<&ScannerPlace>,
    running: Option<&RunningKiosk<'_>>,
    person: Option<&dyn Person>,
) -> Finding {
    const WHAT: &str = "scanner";
    let Some(place) = place else {
        return Finding::good(WHAT, "clinic.toml names no scanner for this kiosk: patients type.");
    };
    if let Some(running) = running {
        return running.says_of(WHAT);
    }
    let found = match person {
        Some(person) => hands_on::scan(place.device(), person),
        None => Scanner::open_port(place.device(), |_| {}).map(|_| {
            let says = format!("A device on {} opens; scanners do not answer.", place.port.display());
            Finding::good(WHAT, says)
        }),
    };
    match found {
        Ok(found) => found,
        Err(error @ ScannerError::NoThread(_)) => in_two(WHAT, &error),
        // The serial library has no kind of its own for a device that somebody else has.
        Err(ScannerError::NotOpened { reason, .. } | ScannerError::NotTaken { reason, .. })
            if reason.to_lowercase().contains("busy") =>
        {
            Finding::warning(WHAT, format!("{} is in use by another program.", place.port.display()), BUSY)
        }
        Err(error) => in_two(WHAT, &error),
    }
}

/// Whether an upgrade of the desk or the kiosk has not become well.
pub(crate) fn has_gone_back(data: &Path, part: &str) -> bool {
    gone_back(data, part).exists()
}

fn gone_back(data: &Path, part: &str) -> PathBuf {
    data.join(format!("went-back-{part}.txt"))
}

/// Whether an upgrade has not become well, and the version before runs again: whoever starts the program on an appliance
/// writes down why (`hardware/systemd/keeper`).
fn went_back(data: &Path, part: &str) -> Option<Finding> {
    let path = gone_back(data, part);
    let told = std::fs::read_to_string(&path).ok()?;
    let says = told.lines().next().unwrap_or_default();
    Some(Finding::warning("version", says, format!("Read all of it: {}.", path.display())))
}

fn display(named: Option<OsString>) -> Finding {
    match named {
        Some(name) => Finding::good("display", format!("The display is {}.", name.to_string_lossy())),
        None if cfg!(feature = "kms") => {
            Finding::good("display", "No display is named: the kiosk draws on the graphics card itself.")
        }
        None => Finding::warning(
            "display",
            "No display is named here (DISPLAY, WAYLAND_DISPLAY).",
            "Run this in the kiosk's own session, or set DISPLAY to where the kiosk shall be seen.",
        ),
    }
}

/// What the desk answered.
struct Answers {
    health: Result<Health, LinkTrouble>,
    /// Whether it lets the kiosk in.
    link: Option<Result<(), LinkTrouble>>,
}

struct Health {
    version: String,
    /// Its clock, and ours at the same time.
    clock: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

fn desk(clinic: &Clinic, kiosk: Option<&Kiosk>, cursor: Cursor) -> Vec<Finding> {
    let place = LinkPlace::of(clinic, kiosk.map_or(DESK, |kiosk| &kiosk.name));
    let answers = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(ask_desk(&place, kiosk.is_some(), cursor)),
        Err(error) => Answers { health: Err(LinkTrouble::Unreachable(error.to_string())), link: None },
    };
    let (found, theirs) = match &answers.health {
        Ok(health) => {
            let says = format!("The desk answers at {}.", place.desk);
            let found = if health.version == env!("CARGO_PKG_VERSION") {
                Finding::good("desk", says)
            } else {
                Finding::warning(
                    "desk",
                    format!(
                        "{says} It is version {}, this is {}.",
                        health.version,
                        env!("CARGO_PKG_VERSION")
                    ),
                    "Install the same version at desk and kiosks.",
                )
            };
            (found, health.clock)
        }
        Err(LinkTrouble::Unreachable(_)) if kiosk.is_none() => (
            Finding::warning(
                "desk",
                format!("Nothing answers at {}: the desk is not running.", place.desk),
                "Start it: vestibule desk.",
            ),
            None,
        ),
        Err(trouble) => {
            let mut found = in_two("desk", trouble);
            found.says = format!("At {}: {}", place.desk, found.says);
            (found, None)
        }
    };
    let (ours, theirs) = theirs.map_or((Utc::now(), None), |(theirs, ours)| (ours, Some(theirs)));
    let mut findings = vec![found];
    findings.extend(link_key(clinic, answers.link.as_ref()));
    findings.push(clock(clinic, ours, theirs));
    findings
}

/// The example's key lets in whoever has read it.
fn link_key(clinic: &Clinic, link: Option<&Result<(), LinkTrouble>>) -> Option<Finding> {
    match link {
        Some(Err(trouble)) => Some(in_two("link", trouble)),
        _ if clinic.link_key == EXAMPLE_KEY => Some(Finding::warning(
            "link",
            "desk.link_key is the example's, which everybody can read.",
            "Write one of your own in the clinic.toml of desk and kiosks: openssl rand -hex 16.",
        )),
        Some(Ok(())) => Some(Finding::good("link", "The desk knows this kiosk and its key.")),
        None => None,
    }
}

async fn ask_desk(place: &LinkPlace, as_kiosk: bool, cursor: Cursor) -> Answers {
    // No redirects and no proxy from the environment, as the link itself.
    let client = reqwest::Client::builder()
        .connect_timeout(CONNECT_WITHIN)
        .timeout(ANSWER_WITHIN)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => return Answers { health: Err(in_words(error)), link: None },
    };
    let health = ask_health(&client, place).await;
    if health.is_err() || !as_kiosk {
        return Answers { health, link: None };
    }
    // From where the kiosk stopped: that also tells whether the two stores still fit each other.
    let url = format!("http://{}/link/feed", place.desk);
    let mut asked = vec![
        ("kiosk", place.kiosk.clone()),
        ("after", cursor.position.to_string()),
        ("delivered", "0".to_string()),
        ("wait", "0".to_string()),
    ];
    asked.extend(cursor.stamp.map(|stamp| ("stamp", stamp.to_string())));
    let link = match reqwest::Url::parse_with_params(&url, asked) {
        Ok(url) => fetch(client.get(url).bearer_auth(&place.key)).await,
        Err(error) => Err(LinkTrouble::Unreachable(error.to_string())),
    };
    let link = link.and_then(|answer| read_feed(answer.status, &answer.body).map(drop));
    Answers { health, link: Some(link) }
}

async fn ask_health(client: &reqwest::Client, place: &LinkPlace) -> Result<Health, LinkTrouble> {
    #[derive(serde::Deserialize)]
    struct Said {
        status: String,
        version: String,
    }
    let answer = fetch(client.get(format!("http://{}/health", place.desk))).await?;
    match (answer.status, serde_json::from_slice::<Said>(&answer.body)) {
        (200, Ok(said)) if said.status == "ok" => {
            Ok(Health { version: said.version, clock: answer.date.map(|theirs| (theirs, Utc::now())) })
        }
        (200, _) => Err(LinkTrouble::Rubbish("no report of its health")),
        (404, _) => Err(LinkTrouble::Rubbish("it has no page for its health")),
        (status, _) => Err(LinkTrouble::Failed(status)),
    }
}

struct Answer {
    status: u16,
    date: Option<DateTime<Utc>>,
    body: Vec<u8>,
}

async fn fetch(request: reqwest::RequestBuilder) -> Result<Answer, LinkTrouble> {
    let response = request.send().await.map_err(in_words)?;
    let date = response.headers().get("date").and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc());
    let status = response.status().as_u16();
    Ok(Answer { status, date, body: body_of(response).await? })
}

fn clock(clinic: &Clinic, ours: DateTime<Utc>, desk: Option<DateTime<Utc>>) -> Finding {
    const WHAT: &str = "clock";
    const SET: &str = "Let both machines set their clocks from the network: timedatectl set-ntp true.";
    let here = ours.with_timezone(&clinic.zone);
    let shown = format!("It is {} in {}", here.format("%Y-%m-%d %H:%M"), clinic.zone);
    if here.year() < THIS_YEAR {
        return Finding::bad(WHAT, format!("{shown}: that is long past."), SET);
    }
    match desk.map(|desk| ours - desk) {
        None => Finding::good(WHAT, format!("{shown}; the desk's clock could not be compared.")),
        Some(apart) if apart.abs() > CLOCKS_APART => {
            let by = apart.abs().num_seconds();
            let says = match apart > TimeDelta::zero() {
                true => format!("{shown}; that is {by} seconds ahead of the desk."),
                false => format!("{shown}; that is {by} seconds behind the desk."),
            };
            Finding::bad(WHAT, says, SET)
        }
        Some(_) => Finding::good(WHAT, format!("{shown}, at the desk too.")),
    }
}

/// A finding of an error that says, as all of ours do, what is wrong and what to do: parted by the last
/// semicolon, or else by the first colon that a space follows.
fn in_two(what: &'static str, error: &dyn fmt::Display) -> Finding {
    let words = error.to_string();
    let (says, do_now) = words.rsplit_once("; ").or_else(|| words.split_once(": ")).unwrap_or((&words, ""));
    Finding::bad(what, sentence(&says), sentence(&do_now))
}

/// With a capital letter and a full stop.
fn sentence(words: &dyn fmt::Display) -> String {
    let words = words.to_string();
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return words };
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn clinic() -> Clinic {
        crate::clinic::read_text("example.toml", include_str!("clinic/example.toml")).unwrap()
    }

    #[test]
    fn clocks_that_differ_or_stand_still_are_told() {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
        let seconds = TimeDelta::seconds;
        for (ours, theirs, state, says) in [
            (now, None, State::Good, "2026-11-24 10:00 in Europe/Madrid; the desk's clock could not be"),
            (now, Some(now), State::Good, "at the desk too"),
            (now, Some(now + seconds(60)), State::Good, "at the desk too"),
            (now, Some(now + seconds(61)), State::Bad, "61 seconds behind the desk"),
            (now, Some(now - seconds(3600)), State::Bad, "3600 seconds ahead of the desk"),
            (now - TimeDelta::days(400), Some(now - TimeDelta::days(400)), State::Bad, "long past"),
            (DateTime::UNIX_EPOCH, None, State::Bad, "long past"),
        ] {
            let found = clock(&clinic(), ours, theirs);
            assert_eq!(found.state, state, "{found}");
            assert!(found.says.contains(says), "{found}");
            assert_eq!(found.do_now.is_empty(), state == State::Good, "{found}");
        }
    }

    #[test]
    fn what_an_error_says_is_parted_from_what_to_do() {
        for (error, says, do_now) in [
            (
                &vestibule_hardware::printer::Fault::PaperOut as &dyn fmt::Display,
                "The printer has no paper.",
                "Put in a new roll.",
            ),
            (
                &PrinterError::NotASerialLine { port: "/dev/x".into(), baud: 9600, reason: "no tty".into() },
                "/dev/x does not open as a serial line at 9600 baud: no tty.",
                "Choose another port or baud rate.",
            ),
            (
                &LinkTrouble::StoresDisagree,
                "The desk's store and this kiosk's do not fit each other, and following the desk does not mend it.",
                "Keep both files and see the desk's log.",
            ),
            (&"something without an advice", "Something without an advice.", ""),
        ] {
            let found = in_two("thing", error);
            assert_eq!((found.says.as_str(), found.do_now.as_str()), (says, do_now));
        }
    }

    #[test]
    fn a_missing_display_is_told() {
        assert_eq!(display(Some(":0".into())).state, State::Good);
        assert_eq!(display(None).state, State::Warning);
    }
}
