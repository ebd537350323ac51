//! What an appliance asks before an update, and before it takes one for well.

use super::machine::repository;
use rusqlite::Connection;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use vestibule::store::Store;

struct Said {
    well: bool,
    words: String,
}

fn run(script: &str, environment: &[(&str, &Path)]) -> Said {
    let output = Command::new(repository().join("hardware/appliance").join(script))
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    Said { well: output.status.success(), words }
}

#[test]
fn no_update_begins_while_a_payment_is_open_or_nobody_knows() {
    let folder = tempfile::tempdir().unwrap();
    let may_update = || run("may-update", &[("DATA", folder.path())]);
    assert!(may_update().well, "a kiosk that never ran cannot be updated");

    let store = folder.path().join("kiosk-lobby.db");
    drop(Store::open(&store, "lobby").unwrap());
    assert!(may_update().well, "{}", may_update().words);

    let open = |open: u8| {
        let connection = Connection::open(&store).unwrap();
        connection
            .execute(
                "INSERT OR REPLACE INTO terminal_intent (id, kind, minor, currency, previous, progress, begun_at, alone, open)
                 VALUES ('one', 'payment', 1250, 'EUR', '{}', '{}', 0, 1, ?1)",
                [open],
            )
            .unwrap();
    };
    open(1);
    let refused = may_update();
    assert!(
        !refused.well && refused.words.contains("a payment is open at the terminal"),
        "{}",
        refused.words
    );
    open(0);
    assert!(may_update().well, "{}", may_update().words);

    fs::write(&store, "no store").unwrap();
    let refused = may_update();
    assert!(!refused.well && refused.words.contains("cannot be asked"), "{}", refused.words);
}

#[test]
fn a_new_version_is_well_only_with_devices_that_answer_and_a_known_one_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (here, data, result) =
        (folder.path().join("kiosk"), folder.path().join("data"), folder.path().join("result"));
    fs::create_dir_all(here.join("2.0.0")).unwrap();
    fs::create_dir_all(data.join("upgrade-kiosk")).unwrap();
    symlink("2.0.0/vestibule", here.join("vestibule")).unwrap();
    let finding = |what: &str, state: &str| {
        format!(r#"{{"what":"{what}","state":"{state}","says":"So it is.","do_now":""}}"#)
    };
    let all_good = ["clinic", "data", "store", "printer", "scanner", "terminal"]
        .map(|what| finding(what, "good"))
        .join(",");
    for (doctor_says, well_before, verdict) in [
        (format!("[{all_good}]"), "1.0.0", "good"),
        // Nobody needs the desk to begin, and a warning is no fault.
        (
            format!("[{all_good},{},{}]", finding("desk", "bad"), finding("printer", "warning")),
            "1.0.0",
            "good",
        ),
        (format!("[{all_good},{}]", finding("printer", "bad")), "1.0.0", "bad"),
        (format!("[{all_good},{}]", finding("terminal", "bad")), "1.0.0", "bad"),
        (format!("[{all_good},{}]", finding("store", "bad")), "1.0.0", "bad"),
        (String::new(), "1.0.0", "bad"),
        ("thread 'main' panicked".to_string(), "1.0.0", "bad"),
        // The first that ever ran here is new.
        (format!("[{}]", finding("printer", "bad")), "", "bad"),
        (format!("[{}]", finding("printer", "bad")), "2.0.0", "known"),
    ] {
        let program = here.join("2.0.0/vestibule");
        fs::write(&program, format!("#!/bin/sh\ncat <<'END'\n{doctor_says}\nEND\nexit 1\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(data.join("upgrade-kiosk/well"), format!("{well_before}\n")).unwrap();
        let said = run("self-test", &[("HERE", &here), ("DATA", &data), ("RESULT", &result)]);
        assert!(said.well, "{}", said.words);
        assert_eq!(fs::read_to_string(&result).unwrap().trim(), verdict, "{doctor_says:?}: {}", said.words);
        assert_eq!(said.words.contains("the self-test"), verdict == "bad", "{}", said.words);
    }
}
