//! The demonstration without a display: what it writes can be looked at, and its tickets can be read.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use std::path::Path;
use std::process::Command;
use vestibule::clinic::{self, EXAMPLE};
use vestibule::front_desk::code::Code;

const PROGRAM: &str = env!("CARGO_BIN_EXE_vestibule");

/// A machine without a display: nothing of this one's is used.
fn vestibule() -> Command {
    let mut program = Command::new(PROGRAM);
    program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    program
}

/// What zxing-cpp, which nobody here wrote, reads from a picture.
fn codes_in(picture: &Path) -> Vec<String> {
    const READ: &str = "import sys, PIL.Image, zxingcpp\n\
                        for code in zxingcpp.read_barcodes(PIL.Image.open(sys.argv[1]), formats=zxingcpp.BarcodeFormat.QRCode): print(code.text)";
    let python = std::env::var_os("VESTIBULE_PYTHON")
        .expect("VESTIBULE_PYTHON is not set: start the tests with tests/run, which makes that Python");
    let read = Command::new(python).args(["-c", READ]).arg(picture).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8(read.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// What stands in the codes of an appointment's slip.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct SlipCodes {
    check_in: Vec<String>,
    calendar: Vec<CalendarEntry>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct CalendarEntry {
    uid: String,
    summary: String,
    starts: String,
    minutes: u32,
}

/// The codes by zxing-cpp, and the calendar among them by the Python library icalendar.
fn entries_in(picture: &Path) -> SlipCodes {
    const READ: &str = r#"
import sys, json, PIL.Image, zxingcpp, icalendar
check_in, calendar = [], []
for code in zxingcpp.read_barcodes(PIL.Image.open(sys.argv[1]), formats=zxingcpp.BarcodeFormat.QRCode):
    if not code.text.startswith("BEGIN:VCALENDAR"):
        check_in.append(code.text)
        continue
    for event in icalendar.Calendar.from_ical(code.text).walk("VEVENT"):
        assert not event.errors, event.errors
        starts, ends = event.decoded("DTSTART"), event.decoded("DTEND")
        calendar.append(dict(uid=str(event["UID"]), summary=str(event["SUMMARY"]), starts=starts.isoformat(),
                             minutes=int((ends - starts).total_seconds() // 60)))
print(json.dumps(dict(check_in=check_in, calendar=calendar)))
"#;
    let python = std::env::var_os("VESTIBULE_PYTHON")
        .expect("VESTIBULE_PYTHON is not set: start the tests with tests/run, which makes that Python");
    let read = Command::new(python).args(["-c", READ]).arg(picture).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

#[test]
fn patients_are_played_from_the_welcome_to_a_ticket_that_others_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let played = vestibule().args(["demo", "--headless", "--output"]).arg(folder.path()).output().unwrap();
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    let languages = clinic::read_text("example.toml", EXAMPLE).unwrap().languages;
    let mut tickets = Vec::new();
    for player in languages.iter().map(String::as_str).chain(["registration"]) {
        let codes = codes_in(&folder.path().join(player).join("ticket.png"));
        assert!(
            matches!(
                codes.iter().map(|code| Code::parse(code)).collect::<Vec<_>>()[..],
                [Some(Code::Ticket(_))]
            ),
            "{player}: {codes:?}"
        );
        let screens = std::fs::read_dir(folder.path().join(player)).unwrap().count();
        assert!(screens >= 9, "{player}: {screens} pictures");
        // The screen shows the same code as the paper, and a reader takes it from the glass too.
        let last = std::fs::read_dir(folder.path().join(player)).unwrap();
        let done =
            last.map(|entry| entry.unwrap().path()).find(|path| path.to_string_lossy().ends_with("done.png"));
        assert_eq!(codes_in(&done.unwrap()), codes, "{player}");
        tickets.extend(codes);
    }
    tickets.sort_unstable();
    tickets.dedup();
    assert_eq!(tickets.len(), languages.len() + 1, "every patient has a ticket of their own");
    assert!(folder.path().join("help/03-on-the-way.png").exists());
    assert!(folder.path().join("wish/02-at-the-desk.png").exists(), "the wish did not reach the desk");
    // Four stories of payments, in turns; the Spanish patient has a form to answer before.
    let ends = ["11-charged", "17-charged", "12-settled", "12-charged"];
    let later = ["11-charged", "13-charged", "12-settled", "12-charged"];
    for (language, end) in languages.iter().zip(ends.into_iter().chain(later)) {
        let player = folder.path().join(language);
        assert!(player.join("receipt.png").exists(), "{language}: no receipt");
        assert!(player.join(format!("{end}.png")).exists(), "{language}: the payment has another end");
    }
    // The code that is paid by telephone, read from the glass: SEPA, the example's account, and the fee.
    let paid = codes_in(&folder.path().join("de/10-code.png")).join("\n");
    assert!(paid.starts_with("BCD\n002\n1\nSCT\n") && paid.contains("EUR12.50"), "{paid}");
    for language in &languages {
        let booking = folder.path().join(format!("booking-{language}"));
        let slip = entries_in(&booking.join("appointment.png"));
        assert_eq!(slip.check_in.len(), 1, "{language}: {slip:?}");
        assert!(matches!(Code::parse(&slip.check_in[0]), Some(Code::Appointment(_))), "{language}: {slip:?}");
        let [entry] = &slip.calendar[..] else { panic!("{language}: {slip:?}") };
        assert!(entry.summary.starts_with("Vestibule Clinic: "), "{language}: {entry:?}");
        assert_eq!(entry.minutes, 15, "{language}: {entry:?}");
        assert!(entry.starts.ends_with("+00:00"), "{language}: {entry:?}");
        assert_eq!(entries_in(&booking.join("07-booked.png")), slip, "{language}: the glass shows the same");
        assert!(booking.join("11-cancelled.png").exists(), "{language}: the appointment was not called off");
        let needs = folder.path().join(format!("needs-{language}"));
        let slip = codes_in(&needs.join("slip.png"));
        let codes: Vec<_> = slip.iter().map(|code| Code::parse(code)).collect();
        assert!(matches!(codes[..], [Some(Code::Case(_))]), "{language}: {slip:?}");
        assert!(needs.join("07-on-the-way.png").exists(), "{language}: nobody came to the emergency");
    }
}

#[test]
fn without_a_display_it_says_how_to_go_on() {
    let refused = vestibule().arg("demo").output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success());
    assert!(said.contains("no display") && said.contains("demo --headless"), "{said}");
}

#[test]
fn the_example_of_a_clinics_file_can_be_written_and_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clinic.toml");
    let write = || vestibule().args(["demo", "--write-clinic"]).arg(&file).output().unwrap();
    assert!(write().status.success());
    assert!(clinic::read(&file).is_ok());
    let again = write();
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("overwritten"));
}
