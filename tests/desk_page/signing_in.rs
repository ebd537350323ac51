//! Who sits at the desk: the first administrator, new colleagues, wrong passwords, a shared desk, and leaving it.

use crate::looks::CUT_OFF;
use crate::page::Browser;
use crate::running_desk::staff::{PASSWORD, account, cheap_hash};
use crate::running_desk::{eventually, example};
use crate::scene::{Clinic, patient, raised, request};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use vestibule::clinic::{EXAMPLE, write_example_routines};
use vestibule::front_desk::request::{RequestReason, RequestState};
use vestibule::front_desk::role::Role;
use vestibule::store::{Actor, AuditSearch};

/// What stands for a patient wherever one is shown.
const FAMILY: &str = "García López";
const DRAFT: &str = "She asked for a wheelchair, and waits at";

/// Everything that the page holds, seen or not, and what is typed into it.
const EVERYTHING: &str = "document.documentElement.outerHTML
    + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' ')";

fn fits(page: &mut Browser, what: &str) {
    for (width, height) in [(1280, 800), (768, 1024), (390, 844)] {
        page.act("size", json!({ "width": width, "height": height }));
        page.picture(&format!("signing-in-{what}-{width}"), false);
        // The menu of a person is wider than its button, and hangs over what is beside it.
        let cut_off = format!("{CUT_OFF}.filter((part) => !part.includes('class=\"person-place\"'))");
        assert_eq!(page.evaluate(&cut_off), json!([]), "{what}: cut off at {width} pixels");
    }
    page.is_accessible(what);
    page.act("size", json!({ "width": 1280, "height": 800 }));
}

fn writes(page: &mut Browser, label: &str, text: &str) {
    page.act("writes", json!({ "label": label, "text": text }));
}

/// Somebody who used this browser before is chosen by name.
fn chooses(page: &mut Browser, name: &str) {
    page.act("presses", json!({ "within": "#sign-in .who", "button": name }));
}

fn presses_in(page: &mut Browser, within: &str, button: &str) {
    page.act("presses", json!({ "within": within, "button": button }));
}

fn signs_in(page: &mut Browser, name: &str, password: &str) {
    page.sees_in("#sign-in", "Who is at the desk?");
    writes(page, "Name to sign in with", name);
    writes(page, "Password", password);
    page.act("keys", json!({ "keys": "Enter" }));
}

fn opens_menu(page: &mut Browser, who: &str) {
    page.presses(&format!("{who} · Receptionist"));
}

/// Begins a note on the card of somebody's request.
fn begins_note(page: &mut Browser, text: &str) {
    page.act("presses", json!({ "within": "#request-list .card", "having": FAMILY, "button": "Resolve…" }));
    page.act(
        "writes",
        json!({ "within": "#request-list .card", "having": FAMILY, "label": "What was done?", "text": text }),
    );
}

/// A request of a patient is on the board.
fn somebody_waits(clinic: &Clinic) -> vestibule::front_desk::request::RequestId {
    let somebody = patient("María", FAMILY, Some("100017"));
    clinic.checks_in(&somebody, None, Utc::now(), None);
    let help = vestibule::front_desk::request::Request {
        patients: vec![somebody.id],
        ..request(RequestReason::NoAppointment, 5)
    };
    let id = help.id;
    clinic.happens(vec![raised(help)]);
    eventually("the desk has it", || {
        clinic.desk.store().run(move |store| Ok(store.request(id)?.is_some())).unwrap()
    });
    id
}

/// The desk as a program of its own, of which nobody has used anything yet.
struct NewDesk {
    program: Child,
    address: String,
    code: String,
    _folder: tempfile::TempDir,
}

impl NewDesk {
    fn starts() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let text = EXAMPLE
            .replace("/var/lib/vestibule", folder.path().to_str().unwrap())
            .replace("127.0.0.1:8320", &address);
        std::fs::write(folder.path().join("clinic.toml"), text).unwrap();
        write_example_routines(&folder.path().join("routines")).unwrap();
        let said = folder.path().join("said");
        let program = Command::new(env!("CARGO_BIN_EXE_vestibule"))
            .args(["desk", "--clinic", "clinic.toml"])
            .current_dir(folder.path())
            .env_remove("DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&said).unwrap())
            .spawn()
            .unwrap();
        let mut desk = Self { program, address, code: String::new(), _folder: folder };
        eventually("the desk printed a code", || {
            let text = std::fs::read_to_string(&said).unwrap();
            let is_code = |line: &&str| line.len() == 19 && line.split('-').all(|part| part.len() == 4);
            desk.code = text.lines().map(str::trim).find(is_code).unwrap_or_default().to_string();
            !desk.code.is_empty()
        });
        desk
    }
}

impl Drop for NewDesk {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn the_first_administrator_is_made_with_the_printed_code_and_gives_a_receptionist_one() {
    let desk = NewDesk::starts();
    let mut page = Browser::start();
    let place = format!("http://{}/sign-in", desk.address);
    page.act("open", json!({ "url": place }));
    page.sees_in("#sign-in", "One-time code");
    fits(&mut page, "new-desk");

    // There is no account that comes with the program.
    page.presses("Sign in with a password");
    for (name, password) in [("admin", "admin"), ("administrator", "vestibule")] {
        writes(&mut page, "Name to sign in with", name);
        writes(&mut page, "Password", password);
        page.presses("Sign in");
        page.sees_in("#sign-in .said", "Name or password is wrong.");
    }
    page.presses("I have a code");
    writes(&mut page, "One-time code", "AAAA-BBBB-CCCC-DDDD");
    page.presses("Go on");
    page.sees_in("#sign-in .said", "wrong, was used already, or is too old");

    // As it is read from the terminal: small letters and spaces do.
    writes(&mut page, "One-time code", &desk.code.to_lowercase().replace('-', " "));
    page.presses("Go on");
    page.sees_in("#sign-in", "With this code you become an administrator.");
    writes(&mut page, "Your name, as patients are told it", "Ada Okafor");
    writes(&mut page, "Your name to sign in with", "ada");
    writes(&mut page, "New password", "seven green doors");
    writes(&mut page, "New password once more", "seven green door");
    page.presses("Keep it and sign in");
    page.sees_in("#sign-in .said", "The two passwords are not the same.");
    fits(&mut page, "first-administrator");
    for (password, words) in [("short", "12 characters"), ("administrator", "tried first")] {
        writes(&mut page, "New password", password);
        writes(&mut page, "New password once more", password);
        page.presses("Keep it and sign in");
        page.sees_in("#sign-in .said", words);
    }
    writes(&mut page, "New password", "seven green doors");
    writes(&mut page, "New password once more", "seven green doors");
    page.presses("Keep it and sign in");
    page.sees_in("#people", "Ada Okafor");

    // A code for the receptionist, on paper.
    writes(&mut page, "Name, as patients are told it", "Maria");
    page.act("writes", json!({ "within": "#add", "label": "Name to sign in with", "text": "maria" }));
    page.act("chooses", json!({ "within": "#add", "label": "Role", "text": "Receptionist" }));
    page.presses("Add and give a code");
    page.sees_in("#slip", "One-time code for Maria");
    let code = page.reads("#slip-code");
    assert!(code.len() == 19 && code != desk.code, "{code}");
    fits(&mut page, "slip");
    page.presses("I have handed it over");
    eventually("what was handed over is on no screen", || {
        !page.evaluate(EVERYTHING).to_string().contains(&code)
    });
    page.sees_in("#people", "Has not set a password yet.");
    fits(&mut page, "people");

    // Maria, at a browser of her own: the administrator's code is used, hers is not.
    let mut at_hers = |what: &str, mut details: Value| {
        details["who"] = "maria".into();
        page.act(what, details)
    };
    let says = |label: &str, text: &str| json!({ "label": label, "text": text });
    at_hers("open", json!({ "url": place }));
    at_hers("sees", json!({ "within": "#sign-in", "text": "Who is at the desk?" }));
    at_hers("presses", json!({ "button": "I have a code" }));
    at_hers("writes", says("One-time code", &desk.code));
    at_hers("presses", json!({ "button": "Go on" }));
    at_hers("sees", json!({ "within": "#sign-in .said", "text": "wrong, was used already, or is too old" }));
    at_hers("writes", says("One-time code", &code));
    at_hers("presses", json!({ "button": "Go on" }));
    at_hers("sees", json!({ "text": "Maria, you sign in as “maria”. Choose a password." }));
    for label in ["New password", "New password once more"] {
        at_hers("writes", says(label, "four boats on a lake"));
    }
    assert_eq!(at_hers("axe", json!({})), json!([]), "while a password is chosen");
    let picture = format!("{}/out/desk/signing-in-own-password.png", env!("CARGO_MANIFEST_DIR"));
    at_hers("picture", json!({ "path": picture }));
    at_hers("presses", json!({ "button": "Keep it and sign in" }));
    at_hers("sees", json!({ "text": "Maria · Receptionist" }));
    at_hers("sees", json!({ "text": "Nobody is waiting for help." }));
    // Her code is used as well.
    let mut at_another = |what: &str, mut details: Value| {
        details["who"] = "another".into();
        page.act(what, details)
    };
    at_another("open", json!({ "url": place }));
    at_another("sees", json!({ "within": "#sign-in", "text": "Who is at the desk?" }));
    at_another("presses", json!({ "button": "I have a code" }));
    at_another("writes", says("One-time code", &code));
    at_another("presses", json!({ "button": "Go on" }));
    at_another(
        "sees",
        json!({ "within": "#sign-in .said", "text": "wrong, was used already, or is too old" }),
    );
    page.has_no_faults();
}

/// Tries wrong passwords until the desk says how long to wait; answers its words.
fn fails_until_told_to_wait(page: &mut Browser, password: &str, submit: &str, told: &str) -> String {
    let began = Instant::now();
    loop {
        writes(page, password, "not her password");
        page.presses(submit);
        // The answer to this try, not to the one before.
        page.act("sees", json!({ "within": "#sign-in .said", "text": "." }));
        let said = page.reads("#sign-in .said");
        if said.contains(told) {
            return said;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{said}");
    }
}

#[test]
fn whoever_types_wrong_passwords_is_told_in_words_how_long_to_wait() {
    let mut clinic = Clinic::opens_unattended();
    let page = &mut clinic.page;
    page.sees_in("#sign-in", "Who is at the desk?");
    writes(page, "Name to sign in with", "maria");
    writes(page, "Password", "not her password");
    page.presses("Sign in");
    page.sees_in("#sign-in .said", "Name or password is wrong.");
    // She goes on where she was wrong: the name stands, the password is to be typed anew.
    // (What was wrong is said a moment before the fields can be used again.)
    eventually("the password is to be typed anew", || {
        page.evaluate("[document.activeElement.id, document.querySelector('#sign-in-name').value, document.querySelector('#sign-in-password').value]")
            == json!(["sign-in-password", "maria", ""])
    });
    let said = fails_until_told_to_wait(page, "Password", "Sign in", " seconds");
    let words =
        said.strip_prefix("Too many tries: try again in ").and_then(|rest| rest.strip_suffix(" seconds."));
    let seconds: u64 = words.and_then(|seconds| seconds.parse().ok()).unwrap_or_else(|| panic!("{said}"));
    assert!((2..=60).contains(&seconds), "{said}");
    fits(page, "told-to-wait");
    // The right password comes too soon as well, and is right once the time is over.
    std::thread::sleep(Duration::from_secs(seconds));
    writes(page, "Password", PASSWORD);
    page.presses("Sign in");
    page.sees("Maria · Receptionist");

    // The same in Spanish, for whoever reads it at this browser.
    page.evaluate("document.cookie = 'vestibule-language=es; Path=/'");
    clinic.signs_out_by_hand();
    let page = &mut clinic.page;
    page.act("open", json!({ "url": format!("http://{}/", clinic.desk.address) }));
    page.sees_in("#sign-in", "¿Quién está en recepción?");
    chooses(page, "Maria");
    let said = fails_until_told_to_wait(page, "Contraseña", "Iniciar sesión", " segundos");
    assert!(said.starts_with("Demasiados intentos: "), "{said}");
    assert_eq!(page.evaluate("document.documentElement.lang"), "es");
    assert_eq!(page.act("english", json!({})), json!([]));
    fits(page, "told-to-wait-es");
    page.has_no_faults();
}

impl Clinic {
    /// Whoever is signed in signs out, and the page knows nothing of it yet.
    fn signs_out_by_hand(&mut self) {
        let out = "fetch('/api/sign-out', { method: 'POST', headers: { 'x-vestibule-desk': '1' } }).then(({ status }) => status)";
        assert_eq!(self.page.evaluate(out), 204);
    }

    /// Maria and Tom share the desk, each with a personal number, and both gave their passwords here this morning.
    fn opens_shared() -> Self {
        let mut clinic =
            Self::opens_for(example(), &[("Tom", Role::Receptionist), ("Maria", Role::Receptionist)]);
        clinic
            .desk
            .store()
            .run(|store| {
                let by = Actor { person: None, name: "a test".into() };
                for (name, pin) in [("Maria", "402913"), ("Tom", "771604")] {
                    let person = account(store, name, Role::Receptionist);
                    store.set_pin(person, Some(&cheap_hash(pin)), &by, Utc::now())?;
                }
                Ok(())
            })
            .unwrap();
        signs_in(&mut clinic.page, "tom", PASSWORD);
        clinic.page.sees("Tom · Receptionist");
        opens_menu(&mut clinic.page, "Tom");
        clinic.page.presses("Sign out");
        clinic.page.sees("Nobody is signed in");
        clinic.page.sees_in("#sign-in", "Tom");
        signs_in(&mut clinic.page, "maria", PASSWORD);
        clinic.page.sees("Maria · Receptionist");
        clinic
    }
}

#[test]
fn at_a_shared_desk_the_next_takes_over_with_a_number_and_sees_nothing_half_written() {
    let mut clinic = Clinic::opens_shared();
    let id = somebody_waits(&clinic);
    clinic.page.sees_in("#request-list", FAMILY);
    begins_note(&mut clinic.page, DRAFT);
    let page = &mut clinic.page;
    opens_menu(page, "Maria");
    page.presses("Switch person");
    page.sees_in("#sign-in", "Switch person");
    page.sees_in(
        "#sign-in",
        "What Maria has half written stays for Maria, and is lost when somebody else signs in.",
    );
    // She only looked.
    presses_in(page, "#sign-in", "Back");
    assert_eq!(
        page.evaluate("document.querySelector('#request-list textarea').closest('form').hidden"),
        false
    );
    assert!(page.evaluate(EVERYTHING).to_string().contains(DRAFT));

    opens_menu(page, "Maria");
    page.presses("Switch person");
    chooses(page, "Tom");
    writes(page, "Personal number", "771605");
    page.act("keys", json!({ "keys": "Enter" }));
    page.sees_in("#sign-in .said", "This is not your personal number.");
    fits(page, "number");
    writes(page, "Personal number", "771604");
    page.act("keys", json!({ "keys": "Enter" }));
    page.sees("Tom · Receptionist");
    page.sees_in("#request-list", FAMILY);
    assert!(!page.evaluate(EVERYTHING).to_string().contains(DRAFT), "what Maria wrote is nobody else's");
    page.act(
        "presses",
        json!({ "within": "#request-list .card", "having": FAMILY, "button": "Acknowledge: I am going" }),
    );
    page.sees_in("#request-list", "Tom is on the way");
    let took = clinic.desk.store().run(|store| {
        let tom = account(store, "Tom", Role::Receptionist);
        let trail = store.audit(&AuditSearch::default(), 100)?;
        Ok((tom, trail.into_iter().find(|line| line.what == "request-acknowledged").map(|line| line.actor)))
    });
    let (tom, took) = took.unwrap();
    assert_eq!(took, Some(Actor { person: Some(tom), name: "Tom".into() }));
    let row = clinic.desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert_eq!(row.state, RequestState::Acknowledged { by: "Tom".into() });

    // Who has the other's desk and not their number is asked for the password after three tries.
    let page = &mut clinic.page;
    opens_menu(page, "Tom");
    page.presses("Switch person");
    chooses(page, "Maria");
    for _ in 0..3 {
        writes(page, "Personal number", "111222");
        page.act("keys", json!({ "keys": "Enter" }));
        page.sees_in("#sign-in .said", "This is not your personal number.");
    }
    page.act("sees", json!({ "within": "#sign-in label", "text": "Password" }));
    page.is_accessible("when the number is not enough any more");
    writes(page, "Password", PASSWORD);
    page.act("keys", json!({ "keys": "Enter" }));
    page.sees("Maria · Receptionist");

    // Tom signs in in another window of this browser, and in this one Maria's name still stands.
    begins_note(page, DRAFT);
    clinic.signs_in("Tom", Role::Receptionist);
    let page = &mut clinic.page;
    presses_in(page, "#request-list .note", "Resolve");
    page.sees_in("#sign-in", "Who is at the desk?");
    let row = clinic.desk.store().run(move |store| store.request(id)).unwrap().unwrap();
    assert_eq!(row.state, RequestState::Acknowledged { by: "Tom".into() }, "not done in Tom's name");
    clinic.page.has_no_faults();
}

#[test]
fn a_session_that_ends_while_somebody_writes_keeps_it_for_them_and_for_nobody_else() {
    let mut example = example();
    example.session.idle = TimeDelta::seconds(12);
    let people = [("Maria", Role::Receptionist), ("Tom", Role::Receptionist)];
    let mut clinic = Clinic::opens_for(example, &people);
    signs_in(&mut clinic.page, "maria", PASSWORD);
    clinic.page.sees("Maria · Receptionist");
    let id = somebody_waits(&clinic);
    clinic.page.sees_in("#request-list", FAMILY);
    begins_note(&mut clinic.page, DRAFT);
    // She is called away.
    let page = &mut clinic.page;
    page.act("sees", json!({ "text": "Who is at the desk?", "patience": 60_000 }));
    page.sees_in("#sign-in", "What Maria has half written stays for Maria");
    assert!(!page.reads("body").contains(FAMILY), "nobody who passes reads of a patient");
    // It is most likely she who comes back: there is only the password to type.
    assert_eq!(page.evaluate("document.activeElement.id"), "sign-in-password");
    fits(page, "session-over");
    writes(page, "Password", PASSWORD);
    page.act("keys", json!({ "keys": "Enter" }));
    page.sees("Maria · Receptionist");
    page.sees_in("#request-list", FAMILY);
    assert_eq!(page.evaluate("globalThis.since"), "the beginning", "the page was not loaded again");
    // She goes on where she was.
    page.act("sees", json!({ "within": "#request-list label", "text": "What was done?" }));
    page.evaluate("document.querySelector('#request-list .note textarea[required]').focus()");
    page.act("types", json!({ "text": " the door." }));
    let typed =
        "[...document.querySelectorAll('#request-list textarea')].map((field) => field.value).join('')";
    assert_eq!(page.evaluate(typed), format!("{DRAFT} the door."));

    // Her session is gone when she sends it, and it is Tom who sits down: it is not sent in his name.
    page.act("cookie", json!({ "name": "vestibule-session", "value": "over" }));
    // In the page itself: whatever else it asks the desk would otherwise show it first, and hide the button.
    page.evaluate("document.querySelector('#request-list .note button[type=submit]').click()");
    page.sees_in("#sign-in", "Who is at the desk?");
    chooses(page, "Somebody else");
    signs_in(page, "tom", PASSWORD);
    page.sees("Tom · Receptionist");
    page.sees_in("#request-list", FAMILY);
    assert!(!page.evaluate(EVERYTHING).to_string().contains(DRAFT), "what Maria wrote is nobody else's");
    let state = clinic.desk.store().run(move |store| store.request(id)).unwrap().unwrap().state;
    assert_eq!(state, RequestState::Open, "nothing was done in the name of another");
    clinic.page.has_no_faults();
}

#[test]
fn signing_out_empties_the_page_and_going_back_shows_nobody() {
    let mut clinic = Clinic::opens_unattended();
    signs_in(&mut clinic.page, "maria", PASSWORD);
    clinic.page.sees("Maria · Receptionist");
    somebody_waits(&clinic);
    clinic.page.sees_in("#request-list", FAMILY);
    let address = clinic.desk.address;
    let page = &mut clinic.page;
    page.act("open", json!({ "url": format!("http://{address}/payments") }));
    page.sees_in("#ledger", "Sums of the day");
    page.act("open", json!({ "url": format!("http://{address}/") }));
    page.sees_in("#request-list", FAMILY);
    page.evaluate("globalThis.since = 'the beginning'");
    begins_note(page, DRAFT);

    // What is half written is not lost without a word.
    opens_menu(page, "Maria");
    page.presses("Sign out");
    page.sees_in("#person-menu", "What you have half written is lost when you sign out.");
    fits(page, "warned");
    presses_in(page, "#person-menu", "Stay signed in");
    assert!(page.evaluate(EVERYTHING).to_string().contains(DRAFT));
    opens_menu(page, "Maria");
    page.presses("Sign out");
    page.presses("Sign out all the same");
    page.sees_in("#sign-in", "Who is at the desk?");
    let empty = |page: &mut Browser, when: &str| {
        page.sees("Nobody is signed in");
        page.sees_in("#sign-in", "Who is at the desk?");
        let everything = page.evaluate(EVERYTHING).to_string();
        assert!(!everything.contains(FAMILY) && !everything.contains(DRAFT), "{when}: {everything}");
    };
    empty(page, "signed out");
    fits(page, "signed-out");
    for _ in 0..2 {
        page.act("back", json!({}));
        empty(page, "after going back");
    }

    // A browser that kept the page whole shows it to nobody, either.
    page.act("open", json!({ "url": format!("http://{address}/") }));
    signs_in(page, "maria", PASSWORD);
    page.sees_in("#request-list", FAMILY);
    page.evaluate("globalThis.since = 'the beginning'");
    clinic.signs_out_by_hand();
    let page = &mut clinic.page;
    page.evaluate("void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    page.sees_in("#sign-in", "Who is at the desk?");
    empty(page, "kept by the browser");
    assert_eq!(page.evaluate("globalThis.since ?? null"), Value::Null);
    page.has_no_faults();
}
