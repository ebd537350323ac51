//! What an operator hands to `vestibule import`, good and bad, and what becomes of it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::appointment::{Appointment, AppointmentStatus};
use vestibule::front_desk::patient::{
    DateOfBirth, DateOfBirthError, Match, Patient, Sex, Source, match_family_name,
};
use vestibule::interop::{self, ImportError, Place, Reason, Report};
use vestibule::link::fact::DESK;
use vestibule::store::Store;

fn clinic() -> Clinic {
    clinic::read_text("example.toml", include_str!("../src/clinic/example.toml")).unwrap()
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap()
}

/// A store and a folder of files that are imported into it.
struct Lobby {
    clinic: Clinic,
    store: Store,
    folder: tempfile::TempDir,
}

impl Lobby {
    fn new() -> Self {
        Self {
            clinic: clinic(),
            store: Store::in_memory(DESK).unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn try_import(&mut self, name: &str, content: impl AsRef<[u8]>) -> Result<Report, ImportError> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        interop::import(&path, &self.clinic, &mut self.store, now())
    }

    fn import(&mut self, name: &str, content: impl AsRef<[u8]>) -> Report {
        self.try_import(name, content).unwrap()
    }

    fn born_on(&self, year: i32, month: u32, day: u32) -> Vec<Patient> {
        let day = DateOfBirth::new(year, month, day, now().date_naive()).unwrap();
        self.store.patients_born_on(day).unwrap()
    }

    /// All that is in the book.
    fn book(&self) -> Vec<Appointment> {
        let (from, to) = (DateTime::UNIX_EPOCH, Utc.with_ymd_and_hms(2100, 1, 1, 0, 0, 0).unwrap());
        self.store.book(from, to).unwrap().into_iter().map(|(appointment, _)| appointment).collect()
    }

    fn position(&self) -> u64 {
        self.store.last_position().unwrap()
    }
}

fn taken(report: &Report) -> (u64, u64) {
    (report.counts.patients, report.counts.appointments)
}

fn unchanged(report: &Report) -> (u64, u64) {
    (report.unchanged.patients, report.unchanged.appointments)
}

fn reasons(report: &Report) -> Vec<(usize, Reason)> {
    report.rejected.iter().map(|rejected| (rejected.place.line, rejected.reason.clone())).collect()
}

const PATIENTS: &str = "id,family,birth_date,given,number,sex,phone,address,contact_name,contact_phone,language\n\
    1,García López,1984-05-17,María Luisa,P-100,female,+34 600 111 222,\"Calle Mayor 1, Madrid\",Juan López,+34 600 333 444,es\n\
    2,O'Brien,2000-02-29,Seán,,m,,,,,\n";

const APPOINTMENTS: &str = "id,patient,service,start,clinician,minutes,status\n\
    c1,1,blood,2026-11-24T10:30,Dr Chen,10,booked\n\
    c2,2,general,2026-11-24 11:00,,,\n\
    c3,1,General consultation,2026-12-01T09:00:00Z,Dr Chen,30,cancelled\n";

#[test]
fn a_csv_of_patients_and_one_of_appointments_fill_the_store() {
    let mut lobby = Lobby::new();
    assert_eq!(taken(&lobby.import("patients.csv", PATIENTS)), (2, 0));
    assert_eq!(taken(&lobby.import("appointments.csv", APPOINTMENTS)), (0, 3));

    let maria = lobby.born_on(1984, 5, 17).remove(0);
    assert_eq!((maria.name.given.as_str(), maria.name.family.as_str()), ("María Luisa", "García López"));
    assert_eq!(maria.number.as_deref(), Some("P-100"));
    assert_eq!(maria.sex, Some(Sex::Female));
    assert_eq!(maria.address.unwrap().one_line(), "Calle Mayor 1, Madrid");
    assert_eq!(maria.emergency_contact.unwrap().phone, "+34 600 333 444");
    assert_eq!(maria.language.as_deref(), Some("es"));
    assert_eq!(maria.source, Source::Imported);
    assert!(matches!(match_family_name(&lobby.born_on(2000, 2, 29), "OBRIEN"), Match::One(_)));

    let book = lobby.book();
    let (blood, general, cancelled) = (&book[0], &book[1], &book[2]);
    // The clinic is in Madrid, an hour ahead of UTC in November.
    assert_eq!(blood.starts_at, Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0).unwrap());
    assert_eq!((blood.service.as_str(), blood.minutes, blood.clinician.as_str()), ("blood", 10, "Dr Chen"));
    assert_eq!(blood.patient, maria.id);
    assert_eq!((general.minutes, general.status), (15, AppointmentStatus::Booked));
    assert_eq!((cancelled.service.as_str(), cancelled.status), ("general", AppointmentStatus::Cancelled));
    assert_eq!(cancelled.starts_at, Utc.with_ymd_and_hms(2026, 12, 1, 9, 0, 0).unwrap());
}

#[test]
fn what_is_owed_comes_with_its_currency_and_a_wrong_amount_or_site_is_refused_in_words() {
    let mut lobby = Lobby::new();
    let patients = "id,family,birth_date,balance_due,currency\n\
        1,García,1984-05-17,4250,eur\n2,Ruiz,1984-05-17,0,EUR\n3,Gil,1984-05-17,,\n\
        4,Moreno,1984-05-17,42.50,EUR\n5,Sanz,1984-05-17,4250,euros\n6,Vega,1984-05-17,4250,\n";
    let report = lobby.import("patients.csv", patients);
    assert_eq!(taken(&report), (3, 0));
    let owed: Vec<_> = lobby
        .born_on(1984, 5, 17)
        .iter()
        .filter_map(|patient| patient.balance_due)
        .map(|owed| owed.to_string())
        .collect();
    assert_eq!(owed, ["42.50 EUR"]);
    let wrong = Reason::NotAnAmount { field: "balance_due", currency: "currency" };
    assert_eq!(reasons(&report), [(5, wrong.clone()), (6, wrong.clone()), (7, wrong.clone())]);
    assert!(wrong.to_string().contains("4250 for 42.50 euros"));
    // An import that says nothing of it says that nothing is owed.
    lobby.import("patients.csv", "id,family,birth_date\n1,García,1984-05-17\n");
    assert!(lobby.born_on(1984, 5, 17).iter().all(|patient| patient.balance_due.is_none()));

    let appointments =
        "id,patient,service,start,site\na,1,general,2026-11-24T10:00,\nb,1,general,2026-11-24T11:00,annexe\n";
    let report = lobby.import("appointments.csv", appointments);
    assert_eq!(taken(&report), (0, 1));
    let told = report.rejected[0].reason.to_string();
    assert!(told.contains("site is none of this clinic's: add a part [[site]]"), "{told}");
}

#[test]
fn a_second_import_of_the_same_files_changes_nothing() {
    let mut lobby = Lobby::new();
    lobby.import("patients.csv", PATIENTS);
    lobby.import("appointments.csv", APPOINTMENTS);
    lobby.import("bundle.json", BUNDLE);
    let before = lobby.position();

    let again = lobby.import("patients.csv", PATIENTS);
    assert_eq!((taken(&again), unchanged(&again)), ((0, 0), (2, 0)));
    let again = lobby.import("appointments.csv", APPOINTMENTS);
    assert_eq!((taken(&again), unchanged(&again)), ((0, 0), (0, 3)));
    let again = lobby.import("bundle.json", BUNDLE);
    assert_eq!((taken(&again), unchanged(&again)), ((0, 0), (1, 2)));
    assert_eq!(lobby.position(), before);

    // Only the row that changed is taken over.
    let moved = APPOINTMENTS.replace("11:00", "11:15");
    let report = lobby.import("appointments.csv", moved);
    assert_eq!((taken(&report), unchanged(&report)), ((0, 1), (0, 2)));
    assert_eq!(lobby.position(), before + 1);
}

#[test]
fn the_same_patients_come_out_of_every_way_of_writing_a_csv() {
    let plain = PATIENTS;
    let semicolons = plain
        .replace("\"Calle Mayor 1, Madrid\"", "#")
        .replace(',', ";")
        .replace('#', "\"Calle Mayor 1, Madrid\"");
    let tabs = semicolons.replace(';', "\t");
    let upper_header = plain.replacen("id,family,birth_date", "ID,Family,\"Birth Date\"", 1);
    let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> = "\u{FEFF}"
        .chars()
        .chain(tabs.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let decomposed: String = plain.replace('á', "a\u{301}").replace('í', "i\u{301}");
    let mut lobby = Lobby::new();
    lobby.import("patients.csv", plain);
    let before = lobby.position();
    for (what, content) in [
        ("with a byte order mark", format!("\u{FEFF}{plain}").into_bytes()),
        ("with CRLF", plain.replace('\n', "\r\n").into_bytes()),
        ("with semicolons", semicolons.clone().into_bytes()),
        ("with tabs", tabs.into_bytes()),
        ("with Excel's separator line", format!("sep=;\r\n{semicolons}").into_bytes()),
        ("without a last line break", plain.trim_end().as_bytes().to_vec()),
        ("with blank lines", plain.replace('\n', "\n\n").into_bytes()),
        ("with rows of nothing", format!("{plain},,,,,,,,,,\n").into_bytes()),
        ("with surplus empty fields", plain.replace("es\n", "es,,,\n").into_bytes()),
        ("with a header in capitals", upper_header.into_bytes()),
        ("with stray spaces", plain.replace(",María Luisa,", ",  María   Luisa ,").into_bytes()),
        ("in Latin-1", latin),
        ("in UTF-16", utf16),
        ("with accents apart from their letters", decomposed.into_bytes()),
    ] {
        let report = lobby.import("other.csv", content);
        assert_eq!((unchanged(&report), reasons(&report)), ((2, 0), vec![]), "{what}");
        assert_eq!(report.notes.len(), usize::from(what == "in Latin-1"), "{what}: {:?}", report.notes);
        assert_eq!(lobby.position(), before, "{what}");
    }
}

#[test]
fn names_of_all_kinds_are_taken_over() {
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(6);
    for (given, family, kept) in [
        ("Seán", "O'Brien", ("Seán", "O'Brien")),
        ("Anne-Marie", "d’Arc", ("Anne-Marie", "d’Arc")),
        ("X", "Æ", ("X", "Æ")),
        ("ليلى", "حداد", ("ليلى", "حداد")),
        ("कमल", "शर्मा", ("कमल", "शर्मा")),
        ("", "Sukarno", ("", "Sukarno")),
        ("Sukarno", "", ("", "Sukarno")),
        ("Ana", long.as_str(), ("Ana", long.as_str())),
        ("Zoë \u{1F}", "Müller\u{200B}", ("Zoë", "Müller\u{200B}")),
        ("Robert'); DROP TABLE patient;--", "Tables", ("Robert'); DROP TABLE patient;--", "Tables")),
    ] {
        let mut lobby = Lobby::new();
        let rows = format!("id,family,birth_date,given\n7,\"{family}\",1999-12-31,\"{given}\"\n");
        let report = lobby.import("patients.csv", rows);
        assert_eq!(reasons(&report), [], "{family}");
        let patient = lobby.born_on(1999, 12, 31).remove(0);
        assert_eq!((patient.name.given.as_str(), patient.name.family.as_str()), kept);
    }
}

#[test]
fn each_bad_row_of_patients_is_listed_with_its_line_and_reason() {
    const FIELD: &str = "birth_date";
    let too_long = format!("9,{},1990-01-01,Ana,f", "x".repeat(251));
    for (row, reason) in [
        (",López,1990-01-01,Ana,f", Reason::NoId { field: "id" }),
        ("9,,1990-01-01,,f", Reason::NoName),
        ("9,--,1990-01-01,Ana,f", Reason::NoLetterInName),
        (too_long.as_str(), Reason::NameTooLong),
        ("9,López,,Ana,f", Reason::NoDateOfBirth { field: FIELD }),
        ("9,López,1990,Ana,f", Reason::PartialDateOfBirth { field: FIELD }),
        ("9,López,1990-05,Ana,f", Reason::PartialDateOfBirth { field: FIELD }),
        ("9,López,17.05.1990,Ana,f", Reason::NotADay { field: FIELD }),
        ("9,López,05/17/1990,Ana,f", Reason::NotADay { field: FIELD }),
        ("9,López,1990-5-17,Ana,f", Reason::NotADay { field: FIELD }),
        ("9,López,1990-05-17T00:00:00Z,Ana,f", Reason::NotADay { field: FIELD }),
        (
            "9,López,1999-02-29,Ana,f",
            Reason::DateOfBirth { field: FIELD, problem: DateOfBirthError::NoSuchDay },
        ),
        (
            "9,López,2026-11-25,Ana,f",
            Reason::DateOfBirth { field: FIELD, problem: DateOfBirthError::InTheFuture },
        ),
        (
            "9,López,1826-01-01,Ana,f",
            Reason::DateOfBirth { field: FIELD, problem: DateOfBirthError::TooLongAgo },
        ),
        ("9,López,1990-01-01,Ana,x", Reason::UnknownSex { field: "sex" }),
        ("9,López,1990-01-01", Reason::FieldCount { fields: 3, columns: 5 }),
        ("9,López,1990-01-01,Ana,f,Calle Mayor 1", Reason::FieldCount { fields: 6, columns: 5 }),
        ("9,\"López,1990-01-01,Ana,f", Reason::FieldCount { fields: 2, columns: 5 }),
    ] {
        let mut lobby = Lobby::new();
        let rows = format!("id,family,birth_date,given,sex\n1,Good,1990-01-01,Ann,f\n\n{row}\n");
        let report = lobby.import("patients.csv", rows);
        assert_eq!(taken(&report), (1, 0), "{row}");
        assert_eq!(reasons(&report), [(4, reason)], "{row}");
        let printed = report.to_string();
        assert!(printed.contains("patients.csv:4: patient: "), "{printed}");
        for secret in ["López", "Ana", "1990", "Calle"] {
            let example = "1990-02-28";
            assert!(!printed.replace(example, "").contains(secret), "{printed}");
        }
    }
}

#[test]
fn each_bad_row_of_appointments_is_listed_with_its_line_and_reason() {
    let known = || "general, blood, children".to_string();
    for (row, reason) in [
        (",1,general,2026-11-24T10:00,,", Reason::NoId { field: "id" }),
        ("b,,general,2026-11-24T10:00,,", Reason::NoPatient { field: "patient" }),
        ("b,99,general,2026-11-24T10:00,,", Reason::UnknownPatient),
        ("b,1,dentist,2026-11-24T10:00,,", Reason::UnknownService { known: known() }),
        ("b,1,,2026-11-24T10:00,,", Reason::UnknownService { known: known() }),
        ("b,1,general,,,", Reason::NoStart { field: "start" }),
        ("b,1,general,2026-11-24,,", Reason::NoTimeOfDay { field: "start" }),
        ("b,1,general,10:00,,", Reason::NotATime { field: "start" }),
        ("b,1,general,24.11.2026 10:00,,", Reason::NotATime { field: "start" }),
        ("b,1,general,2026-02-29T10:00,,", Reason::NotATime { field: "start" }),
        ("b,1,general,2026-11-24T25:00,,", Reason::NotATime { field: "start" }),
        ("b,1,general,2026-11-24T10:00+1,,", Reason::NotATime { field: "start" }),
        // Madrid's clocks go forward at 2 on 29 March and back at 3 on 25 October.
        ("b,1,general,2026-03-29T02:30,,", Reason::SkippedTime { field: "start" }),
        ("b,1,general,2026-10-25T02:30,,", Reason::DoubledTime { field: "start" }),
        ("b,1,general,2026-11-24T10:00,0,", Reason::NotMinutes { field: "minutes" }),
        ("b,1,general,2026-11-24T10:00,1441,", Reason::NotMinutes { field: "minutes" }),
        ("b,1,general,2026-11-24T10:00,half an hour,", Reason::NotMinutes { field: "minutes" }),
    ] {
        let mut lobby = Lobby::new();
        lobby.import("patients.csv", PATIENTS);
        let rows = format!(
            "id,patient,service,start,minutes,status\r\na,1,BLOOD,2026-11-24T10:00+01:00,,\r\n{row}\r\n"
        );
        let report = lobby.import("appointments.csv", rows);
        assert_eq!(taken(&report), (0, 1), "{row}");
        assert_eq!(reasons(&report), [(3, reason)], "{row}");
    }
    let mut lobby = Lobby::new();
    lobby.import("patients.csv", PATIENTS);
    let report =
        lobby.import("a.csv", "id,patient,service,start,status\nb,1,general,2026-11-24T10:00,perhaps\n");
    assert!(matches!(reasons(&report)[..], [(2, Reason::UnknownStatus { .. })]));
}

#[test]
fn every_status_of_an_appointment_has_its_meaning() {
    use AppointmentStatus::{Booked, Cancelled};
    for (status, kept) in [
        ("booked", Some(Booked)),
        ("Booked", Some(Booked)),
        ("arrived", Some(Booked)),
        ("fulfilled", Some(Booked)),
        ("checked-in", Some(Booked)),
        ("No show", Some(AppointmentStatus::Booked)),
        ("entered_in_error", Some(AppointmentStatus::Cancelled)),
        ("noshow", Some(Booked)),
        ("No show", Some(Booked)),
        ("entered_in_error", Some(Cancelled)),
        ("cancelled", Some(Cancelled)),
        ("canceled", Some(Cancelled)),
        ("entered-in-error", Some(Cancelled)),
        ("proposed", None),
        ("pending", None),
        ("waitlist", None),
    ] {
        let mut lobby = Lobby::new();
        lobby.import("patients.csv", PATIENTS);
        let rows = format!("id,patient,service,start,status\nb,1,general,2026-11-24T10:00,{status}\n");
        let report = lobby.import("appointments.csv", rows);
        assert_eq!(lobby.book().first().map(|appointment| appointment.status), kept, "{status}");
        assert_eq!((report.rejected.len(), report.notes.len()), (0, usize::from(kept.is_none())), "{status}");
    }
}

#[test]
fn an_appointment_is_at_the_site_that_its_system_names() {
    let with_sites = || {
        let mut lobby = Lobby::new();
        lobby.clinic = clinic::read_text("clinic.toml", &format!("{}{SITES}", clinic::EXAMPLE)).unwrap();
        lobby
    };
    let mut lobby = with_sites();
    lobby.import("p.csv", "id,family,birth_date\n1,Baker,1990-02-28\n");
    let rows =
        "id,patient,service,start,site\nb,1,general,2026-11-24T10:00,north\nc,1,general,2026-11-25T10:00,\n";
    lobby.import("a.csv", rows);
    let sites = |lobby: &Lobby| -> Vec<Option<String>> { lobby.book().into_iter().map(|a| a.site).collect() };
    assert_eq!(sites(&lobby), [Some("north".to_string()), None]);
    let mut lobby = with_sites();
    lobby.import(
        "b.json",
        r#"[{"resourceType":"Patient","id":"p","birthDate":"1990-02-28","name":[{"family":"Baker"}]},
            {"resourceType":"Appointment","id":"a","status":"booked","start":"2026-11-24T10:00:00Z",
             "participant":[{"actor":{"reference":"Patient/p"}},{"actor":{"reference":"Location/north"}}]},
            {"resourceType":"Encounter","id":"e","status":"planned","subject":{"reference":"Patient/p"},
             "period":{"start":"2026-11-25T10:00:00Z"},
             "location":[{"location":{"reference":"Location/17","display":"South House"}}]},
            {"resourceType":"Appointment","id":"r","status":"booked","start":"2026-11-26T10:00:00Z",
             "participant":[{"actor":{"reference":"Patient/p"}},{"actor":{"reference":"Location/room-12"}}]}]"#,
    );
    // A room is no site: an appointment in one is not sent elsewhere.
    assert_eq!(sites(&lobby), [Some("north".to_string()), Some("south".to_string()), None]);
}

const SITES: &str = r#"
[[site]]
id = "north"
name = { en = "North House", es = "Casa Norte", ar = "البيت الشمالي", hi = "उत्तर भवन", fr = "Maison Nord", de = "Nordhaus", pt = "Casa Norte", zh = "北楼" }
way = { en = "Up the hill.", es = "Cuesta arriba.", ar = "أعلى التل.", hi = "पहाड़ी के ऊपर।", fr = "En haut de la colline.", de = "Den Hügel hinauf.", pt = "Colina acima.", zh = "上山走。" }

[[site]]
id = "south"
name = { en = "South House", es = "Casa Sur", ar = "البيت الجنوبي", hi = "दक्षिण भवन", fr = "Maison Sud", de = "Südhaus", pt = "Casa Sul", zh = "南楼" }
way = { en = "Down the hill.", es = "Cuesta abajo.", ar = "أسفل التل.", hi = "पहाड़ी के नीचे।", fr = "En bas de la colline.", de = "Den Hügel hinunter.", pt = "Colina abaixo.", zh = "下山走。" }
"#;

#[test]
fn a_service_is_found_by_its_id_and_by_its_name_in_every_language() {
    for wording in ["blood", "Blood Test", "ANÁLISIS DE SANGRE", "تحليل دم", "रक्त जाँच", " blood  test "]
    {
        let mut lobby = Lobby::new();
        lobby.import("patients.csv", PATIENTS);
        lobby.import("a.csv", format!("id,patient,service,start\nb,1,{wording},2026-11-24T10:00\n"));
        assert_eq!(lobby.book()[0].service, "blood", "{wording}");
    }
}

#[test]
fn what_stands_twice_in_a_file_is_taken_once() {
    let mut lobby = Lobby::new();
    let rows = "id,family,birth_date\n1,Ek,1990-01-01\n1,Ek,1990-01-01\n1,Eck,1990-01-01\n2,Ek,1990-01-01\n";
    let report = lobby.import("patients.csv", rows);
    assert_eq!(taken(&report), (2, 0));
    let first = Place { line: 2, entry: None };
    assert_eq!(reasons(&report), [(4, Reason::SaidOtherwise { first })]);
    assert_eq!(report.notes, ["1 record repeated word for word, taken once"]);
}

#[test]
fn nobody_is_overwritten_by_another_persons_record() {
    let mut lobby = Lobby::new();
    lobby.import("patients.csv", "id,family,birth_date,given\n1,Ek,1990-01-01,Ada\n2,Lund,1980-01-01,Bo\n");
    // A corrected name, a corrected day, and somebody else from another system.
    let rows = "id,family,birth_date,given\n1,Eck,1990-01-01,Adah\n2,Lund,1980-10-01,Bo\n";
    assert_eq!(taken(&lobby.import("corrected.csv", rows)), (2, 0));
    let strangers = "id,family,birth_date,given\n1,Cho,1955-05-05,Kim\n3,Roe,1955-05-05,Jo\n";
    let report = lobby.import("others.csv", strangers);
    assert_eq!((taken(&report), reasons(&report)), ((1, 0), vec![(2, Reason::AnotherPerson)]));

    // Under a name of its own the other system's patient 1 is somebody of his own.
    let path = lobby.folder.path().join("others.csv");
    let report = interop::import_from("hospital", &path, &lobby.clinic, &mut lobby.store, now()).unwrap();
    assert_eq!((taken(&report), reasons(&report)), ((2, 0), vec![]));
    assert_eq!(lobby.born_on(1955, 5, 5).len(), 3);
}

#[test]
fn files_that_cannot_be_imported_say_what_would_be_right() {
    for (name, content, expected) in [
        ("a.csv", &b""[..], "is empty"),
        ("a.csv", b" \r\n ", "is empty"),
        ("a.csv", b"name;dob\nAna;1990-01-01\n", "neither FHIR in JSON nor CSV with a header"),
        ("a.csv", b"id,family,given\n1,Ek,Ada\n", "for a file of patients the header lacks birth_date"),
        ("a.csv", b"id;patient;start\n1;1;x\n", "for a file of appointments the header lacks service"),
        ("a.csv", b"id,id,family,birth_date\n", "the column id is there twice"),
        ("a.xml", b"<Bundle/>", "this is XML"),
        ("a.xlsx", b"PK\x03\x04....", "a ZIP archive or a spreadsheet"),
        ("a.json.gz", b"\x1f\x8b\x08", "a gzip archive"),
        ("a.csv", b"id,family,birth_date\n1,\x81\x8d,1990-01-01\n", "in an encoding that cannot be told"),
        ("a.json", b"{\"resourceType\": \"Bundle\",\n \"entry\": [", "a.json:2: the JSON is broken"),
        ("a.json", b"{\"resourceType\": \"Bundle\",\n \"entry\": oops}", "column 11"),
    ] {
        let mut lobby = Lobby::new();
        let error = lobby.try_import(name, content).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(lobby.position(), 0);
    }
    let missing = interop::import(
        Path::new("/nowhere/patients.csv"),
        &clinic(),
        &mut Store::in_memory(DESK).unwrap(),
        now(),
    );
    assert!(matches!(missing, Err(ImportError::Unreadable { .. })));
}

const BUNDLE: &str = r#"{
  "resourceType": "Bundle",
  "type": "searchset",
  "entry": [
    { "fullUrl": "https://ehr.example/fhir/Patient/p1",
      "resource": {
        "resourceType": "Patient", "id": "p1", "active": true,
        "identifier": [
          { "system": "urn:oid:1", "value": "999-11-2222", "type": { "coding": [{ "code": "SS" }] } },
          { "system": "urn:oid:2", "value": "MRN-7", "type": { "coding": [{ "code": "MR" }] } }
        ],
        "name": [
          { "use": "maiden", "family": "Ruiz", "given": ["Ana"] },
          { "use": "usual", "family": "Núñez", "given": ["Anita"] },
          { "use": "official", "family": "Núñez Ortega", "given": ["Ana", null, "Belén"], "_given": [null, {}, null] }
        ],
        "gender": "female", "birthDate": "1996-02-29",
        "telecom": [
          { "system": "email", "value": "ana@example.org" },
          { "system": "phone", "use": "home", "value": "910 000 000" },
          { "system": "phone", "use": "mobile", "value": "600 000 000" }
        ],
        "address": [
          { "use": "old", "text": "Elsewhere 1" },
          { "line": ["Calle Mayor 1", "2º B"], "city": "Madrid", "postalCode": "28013" }
        ],
        "contact": [
          { "name": { "text": "Somebody's employer" }, "telecom": [{ "system": "phone", "value": "1234567" }] },
          { "relationship": [{ "coding": [{ "code": "C" }] }],
            "name": { "family": "Núñez", "given": ["Luis"] }, "telecom": [{ "system": "phone", "value": "7654321" }] }
        ],
        "communication": [
          { "language": { "coding": [{ "code": "en" }] } },
          { "language": { "coding": [{ "code": "es-ES" }] }, "preferred": true }
        ]
      } },
    { "resource": {
        "resourceType": "Practitioner", "id": "d1", "name": [{ "family": "Chen", "given": ["Wei"], "prefix": ["Dr"] }] } },
    { "resource": {
        "resourceType": "Appointment", "id": "a1", "status": "booked",
        "serviceType": [{ "coding": [{ "system": "urn:oid:3", "code": "BLOOD" }] }],
        "start": "2026-11-24T10:30:00.000+01:00", "end": "2026-11-24T10:50:00+01:00",
        "participant": [
          { "actor": { "reference": "Practitioner/d1" } },
          { "actor": { "reference": "Location/l1", "display": "Room 2" } },
          { "actor": { "reference": "https://ehr.example/fhir/Patient/p1/_history/3" } }
        ] } },
    { "resource": {
        "resourceType": "Encounter", "id": "e1", "status": "in-progress", "class": { "code": "AMB" },
        "subject": { "reference": "Patient/p1" },
        "appointment": [{ "reference": "Appointment/a1" }],
        "period": { "start": "2026-11-24T10:37:12+01:00" } } },
    { "resource": {
        "resourceType": "Encounter", "id": "e2", "status": "planned",
        "subject": { "reference": "Patient/p1" },
        "serviceType": { "text": "Cardiology" },
        "participant": [{ "individual": { "reference": "Practitioner/d9", "display": "Dr Rossi" } }],
        "period": { "start": "2026-12-01T09:00:00Z", "end": "2026-12-01T09:45:30Z" } } },
    { "resource": { "resourceType": "Observation", "id": "o1", "valueQuantity": { "value": "not a number" } } }
  ]
}"#;

#[test]
fn a_bundle_fills_the_store() {
    let mut lobby = Lobby::new();
    let report = lobby.import("bundle.json", BUNDLE);
    assert_eq!((taken(&report), reasons(&report)), ((1, 2), vec![]));
    assert_eq!(
        report.notes,
        [
            "1 encounter left out, because the appointment that it carried out is in the book",
            "1 appointment without a service of this clinic went to \"general\"",
            "1 resource of kinds that a front desk does not need, passed over",
        ]
    );

    let ana = lobby.born_on(1996, 2, 29).remove(0);
    assert_eq!(ana.name.full(), "Ana Belén Núñez Ortega");
    assert_eq!(ana.number.as_deref(), Some("MRN-7"));
    assert_eq!(ana.phone.as_deref(), Some("600 000 000"));
    assert_eq!(ana.address.unwrap().one_line(), "Calle Mayor 1, 2º B, 28013 Madrid");
    assert_eq!(ana.emergency_contact.as_ref().unwrap().name, "Luis Núñez");
    assert_eq!(ana.language.as_deref(), Some("es-ES"));

    let book = lobby.book();
    assert_eq!(book[0].starts_at, Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0).unwrap());
    assert_eq!(
        (book[0].service.as_str(), book[0].minutes, book[0].clinician.as_str()),
        ("blood", 20, "Dr Wei Chen")
    );
    assert_eq!(
        (book[1].service.as_str(), book[1].minutes, book[1].clinician.as_str()),
        ("general", 46, "Dr Rossi")
    );
    assert!(book.iter().all(|appointment| appointment.patient == ana.id));

    // A single line, a list, one a line and one by one are other ways to write the same.
    let before = lobby.position();
    let whole: serde_json::Value = serde_json::from_str(BUNDLE).unwrap();
    let resources: Vec<&serde_json::Value> =
        whole["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).collect();
    let lines: Vec<String> = resources.iter().map(ToString::to_string).collect();
    lobby.import("minified.json", whole.to_string());
    lobby.import("list.json", serde_json::to_string_pretty(&resources).unwrap());
    lobby.import("bulk.ndjson", lines.join("\n"));
    lobby.import("bulk.txt", lines.join("\r\n\r\n"));
    lobby.import(
        "nested.json",
        format!("{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{BUNDLE}}}]}}"),
    );
    // One by one, with the clinician's own record in a file beside.
    lobby.import("Practitioner.ndjson", &lines[1]);
    for line in lines {
        lobby.import("one.ndjson", line);
    }
    assert_eq!(lobby.position(), before);
}

#[test]
fn what_patients_come_for_is_told_only_of_many() {
    for (patients, told) in [(4, ""), (5, "; many say \"Prenatal visit\" (5)")] {
        let lines: Vec<String> = (0..patients)
            .map(|id| {
                format!(
                    r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"Ek"}}],"birthDate":"1990-01-01"}}
                       {{"resourceType":"Encounter","id":"{id}","status":"planned","subject":{{"reference":"Patient/{id}"}},"period":{{"start":"2026-12-01T10:00:00Z"}},"type":[{{"coding":[{{"display":"Prenatal visit"}}],"text":"her third"}}]}}"#
                )
            })
            .collect();
        let report = Lobby::new().import("bulk.ndjson", lines.join("\n"));
        let note =
            format!("{patients} appointments without a service of this clinic went to \"general\"{told}");
        assert_eq!(report.notes, [note]);
    }
}

#[test]
fn a_transaction_bundle_without_ids_is_linked_by_its_full_urls() {
    let bundle = r#"{"resourceType":"Bundle","type":"transaction","entry":[
      {"fullUrl":"urn:uuid:e1","resource":{"resourceType":"Appointment","status":"booked","start":"2026-11-24T10:00:00Z",
        "participant":[{"actor":{"reference":"urn:uuid:room"}},{"actor":{"reference":"urn:uuid:role"}},{"actor":{"reference":"urn:uuid:p1"}}]}},
      {"fullUrl":"urn:uuid:room","resource":{"resourceType":"Location","name":"Room 2"}},
      {"fullUrl":"urn:uuid:role","resource":{"resourceType":"PractitionerRole","practitioner":{"reference":"urn:uuid:d1"}}},
      {"fullUrl":"urn:uuid:d1","resource":{"resourceType":"Practitioner","name":[{"text":"Dr Mocklin"}]}},
      {"fullUrl":"urn:uuid:p1","resource":{"resourceType":"Patient","name":[{"text":"Sukarno"}],"birthDate":"1990-01-01"}}]}"#;
    let mut lobby = Lobby::new();
    let report = lobby.import("bundle.json", bundle);
    assert_eq!((taken(&report), reasons(&report)), ((1, 1), vec![]));
    let appointment = &lobby.book()[0];
    assert_eq!(appointment.clinician, "Dr Mocklin");
    assert_eq!(appointment.patient, lobby.born_on(1990, 1, 1)[0].id);
}

#[test]
fn each_bad_resource_is_listed_with_its_line_and_reason() {
    let patient = |inside: &str| format!(r#"{{"resourceType":"Patient","id":"x",{inside}}}"#);
    let named = |inside: &str| patient(&format!(r#""name":[{{"family":"López"}}],{inside}"#));
    let visit =
        |inside: &str| format!(r#"{{"resourceType":"Encounter","id":"x","status":"finished",{inside}}}"#);
    let of_good = |inside: &str| visit(&format!(r#""subject":{{"reference":"Patient/good"}},{inside}"#));
    let booked =
        |inside: &str| format!(r#"{{"resourceType":"Appointment","id":"x","status":"booked",{inside}}}"#);
    const BIRTH: &str = "birthDate";
    for (resource, reason) in [
        ("{}".to_string(), Reason::NotAResource),
        ("17".into(), Reason::NotOfItsKind { line: 2, column: 2 }),
        (r#"{"resourceType":"Patient"}"#.into(), Reason::NoId { field: "id" }),
        (patient(r#""birthDate":"1990-01-01""#), Reason::NoName),
        (patient(r#""name":[{"text":"Ana López"}],"birthDate":"1990-01-01""#), Reason::NameInOnePiece),
        (named(r#""gender":"male""#), Reason::NoDateOfBirth { field: BIRTH }),
        (named(r#""birthDate":"1990""#), Reason::PartialDateOfBirth { field: BIRTH }),
        (named(r#""birthDate":"1990-01""#), Reason::PartialDateOfBirth { field: BIRTH }),
        (named(r#""birthDate":"1990-01-01","gender":"F.""#), Reason::UnknownSex { field: "gender" }),
        (named(r#""birthDate":19900101"#), Reason::NotOfItsKind { line: 2, column: 83 }),
        (visit(r#""period":{"start":"2026-01-01T10:00:00Z"}"#), Reason::NoPatient { field: "subject" }),
        (
            visit(r#""subject":{"reference":"Group/1"},"period":{"start":"2026-01-01T10:00:00Z"}"#),
            Reason::NoPatient { field: "subject" },
        ),
        (
            visit(r#""subject":{"reference":"Patient/nobody"},"period":{"start":"2026-01-01T10:00:00Z"}"#),
            Reason::UnknownPatient,
        ),
        (
            visit(r#""subject":{"reference":"urn:uuid:nobody"},"period":{"start":"2026-01-01T10:00:00Z"}"#),
            Reason::UnknownPatient,
        ),
        (
            visit(r#""subject":{"reference":"Patient/bad"},"period":{"start":"2026-01-01T10:00:00Z"}"#),
            Reason::PatientRefused { patient: Place { line: 3, entry: None } },
        ),
        (of_good(r#""period":{}"#), Reason::NoStart { field: "period.start" }),
        (of_good(r#""priority":{}"#), Reason::NoStart { field: "period.start" }),
        (of_good(r#""period":{"start":"2026-01-01"}"#), Reason::NoTimeOfDay { field: "period.start" }),
        (
            of_good(r#""period":{"start":"2026-01-01T10:00:00Z","end":"2026-01-01T09:00:00Z"}"#),
            Reason::EndsBeforeItBegins { field: "period.end" },
        ),
        (
            booked(
                r#""start":"2026-01-01T10:00:00Z","participant":[{"actor":{"reference":"Patient/a"}},{"actor":{"reference":"Patient/b"}}]"#,
            ),
            Reason::SeveralPatients,
        ),
        (booked(r#""start":"2026-01-01T10:00:00Z""#), Reason::NoPatient { field: "participant.actor" }),
        (
            booked(r#""participant":[{"actor":{"reference":"Patient/good"}}]"#),
            Reason::NoStart { field: "start" },
        ),
        (
            "{\"resourceType\":".into(),
            Reason::NotJson { problem: "EOF while parsing a value".into(), column: 16 },
        ),
    ] {
        let mut lobby = Lobby::new();
        let lines = [
            r#"{"resourceType":"Patient","id":"good","name":[{"family":"Good"}],"birthDate":"1990-01-01"}"#,
            &resource,
            r#"{"resourceType":"Patient","id":"bad","name":[{"family":"Bad"}]}"#,
        ];
        let report = lobby.import("bulk.ndjson", lines.join("\n"));
        assert_eq!(taken(&report), (1, 0), "{resource}");
        let bad = (3, Reason::NoDateOfBirth { field: BIRTH });
        assert_eq!(reasons(&report), [(2, reason), bad], "{resource}");
        assert!(!report.to_string().contains("López"), "{report}");
    }
    let mut lobby = Lobby::new();
    let report =
        lobby.import("a.json", r#"{"resourceType":"Encounter","id":"x","status":"unknown","subject":{}}"#);
    assert!(matches!(reasons(&report)[..], [(1, Reason::UnknownStatus { .. })]));
}

#[test]
fn a_resource_of_a_bundle_is_told_by_its_line_and_by_its_entry() {
    let bundle = BUNDLE.replace("1996-02-29", "1996");
    let mut lobby = Lobby::new();
    let report = lobby.import("bundle.json", &bundle);
    let places: Vec<Place> = report.rejected.iter().map(|rejected| rejected.place).collect();
    let place = |line, entry| Place { line, entry: Some(entry) };
    assert_eq!(places, [place(6, 1), place(39, 3), place(48, 4), place(53, 5)]);
    assert_eq!(report.rejected[1].reason, Reason::PatientRefused { patient: place(6, 1) });

    let whole: serde_json::Value = serde_json::from_str(&bundle).unwrap();
    let printed = lobby.import("minified.json", whole.to_string()).to_string();
    assert!(
        printed.contains("minified.json:1: Patient (entry 1): birthDate is not a whole day"),
        "{printed}"
    );
    assert!(printed.contains("refused (line 1, entry 1)"), "{printed}");
}

#[test]
fn records_out_of_use_and_of_the_dead_are_left_out_with_their_visits() {
    for state in [r#""active":false"#, r#""deceasedBoolean":true"#, r#""deceasedDateTime":"2020-01-01""#] {
        let mut lobby = Lobby::new();
        let lines = format!(
            "{{\"resourceType\":\"Encounter\",\"id\":\"e\",\"status\":\"finished\",\"subject\":{{\"reference\":\"Patient/x\"}},\"period\":{{\"start\":\"2019-01-01T10:00:00Z\"}}}}\n\
             {{\"resourceType\":\"Patient\",\"id\":\"x\",{state},\"name\":[{{\"family\":\"Ek\"}}],\"birthDate\":\"1930-01-01\"}}\n"
        );
        let left_out = "1 patient record out of use or of people who have died, left out";
        let with_them = "1 appointment of such patients, left out";
        let report = lobby.import("bulk.ndjson", &lines);
        assert_eq!((taken(&report), reasons(&report)), ((0, 0), vec![]), "{state}");
        assert_eq!(report.notes, [left_out, with_them]);

        // In two files, the one of the visits looks into that of the patients.
        let (visits, patients) = lines.split_once('\n').unwrap();
        assert_eq!(lobby.import("Patient.000.ndjson", patients).notes, [left_out]);
        let report = lobby.import("Encounter.000.ndjson", visits);
        assert_eq!((reasons(&report), report.notes), (vec![], vec![with_them.to_string()]));
    }
}

#[test]
fn an_encounter_yields_to_the_appointment_it_carries_out_whatever_comes_first() {
    let patient = r#"{"resourceType":"Patient","id":"p","name":[{"family":"Ek"}],"birthDate":"1990-01-01"}"#;
    let appointment = r#"{"resourceType":"Appointment","id":"a","status":"booked","start":"2026-11-24T10:00:00Z","participant":[{"actor":{"reference":"Patient/p"}}]}"#;
    let encounter = r#"{"resourceType":"Encounter","id":"e","status":"finished","subject":{"reference":"Patient/p"},"appointment":[{"reference":"Appointment/a"}],"period":{"start":"2026-11-24T10:07:00Z"}}"#;
    for order in [
        vec![patient, encounter, appointment],
        vec![appointment, encounter, patient],
        vec![patient, appointment, "", encounter],
        vec![patient, encounter, "", appointment, "", encounter],
    ] {
        let mut lobby = Lobby::new();
        for file in order.split(|line| line.is_empty()) {
            lobby.import("part.ndjson", file.join("\n"));
        }
        let book = lobby.book();
        assert_eq!(book.len(), 1, "{order:?}");
        assert_eq!(book[0].starts_at, Utc.with_ymd_and_hms(2026, 11, 24, 10, 0, 0).unwrap());
    }
}

/// Records that nobody here wrote; see `tests/fetch-records.sh`.
fn records(kind: &str) -> Vec<PathBuf> {
    let folder = std::env::var_os("VESTIBULE_RECORDS").map(PathBuf::from).expect(
        "VESTIBULE_RECORDS is not set: run the tests through tests/run, which fetches records with \
         tests/fetch-records.sh and sets it",
    );
    let folder = folder.join(kind);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| {
        panic!("{}: {error}: run the tests through tests/run, which fetches it", folder.display())
    });
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty: remove it and run tests/run", folder.display());
    files
}

/// Counts with another reader than the import's: living patients, and their encounters.
fn count(file: &Path) -> (u64, u64) {
    let bundle: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let resources: Vec<&serde_json::Value> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).collect();
    let of = |kind: &str| resources.iter().filter(|resource| resource["resourceType"] == kind).count() as u64;
    let patient = resources.iter().find(|resource| resource["resourceType"] == "Patient").unwrap();
    match patient.get("deceasedDateTime") {
        Some(_) => (0, 0),
        None => (of("Patient"), of("Encounter")),
    }
}

#[test]
fn bundles_that_synthea_made_are_imported_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("desk.db"), DESK).unwrap();
    let (clinic, now) = (clinic(), Utc.with_ymd_and_hms(2026, 11, 25, 9, 0, 0).unwrap());
    for (kind, at_least) in [("synthea", 40), ("pysynthea", 500)] {
        let files = records(kind);
        let (mut patients, mut encounters) = (0, 0);
        let began = Instant::now();
        for file in &files {
            let report = interop::import(file, &clinic, &mut store, now).unwrap();
            assert_eq!(report.rejected, [], "{report}");
            assert_eq!(taken(&report), count(file), "{report}");
            patients += report.counts.patients;
            encounters += report.counts.appointments;
        }
        println!("{kind}: {patients} patients and {encounters} encounters in {:?}", began.elapsed());
        assert!(encounters >= at_least, "only {encounters} encounters of {kind}");

        let before = store.last_position().unwrap();
        for file in &files {
            let report = interop::import(file, &clinic, &mut store, now).unwrap();
            assert_eq!((taken(&report), unchanged(&report)), ((0, 0), count(file)));
        }
        assert_eq!(store.last_position().unwrap(), before, "a second import of {kind}");
    }
    // One whom Synthea made comes to the kiosk.
    let day =
        DateOfBirth::from_date(NaiveDate::from_ymd_opt(2008, 11, 6).unwrap(), now.date_naive()).unwrap();
    let born = store.patients_born_on(day).unwrap();
    let Match::One(patient) = match_family_name(&born, "mccullough561") else { panic!("not found") };
    let visits = store.booked_visits(patient.id).unwrap();
    assert_eq!(visits.len(), 23);
    assert!(visits.iter().all(|visit| visit.appointment.minutes > 0));
}

#[test]
fn a_bulk_export_of_thousands_is_imported_within_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("desk.db"), DESK).unwrap();
    let clinic = clinic();
    let file = |name: &str| {
        records("bulk").into_iter().find(|file| file.file_name().unwrap() == name).expect("it is fetched")
    };
    let began = Instant::now();
    let mut import = |name: &str| interop::import(&file(name), &clinic, &mut store, now()).unwrap();
    // The visits of nobody yet.
    let too_early = import("Encounter.ndjson");
    assert_eq!(taken(&too_early), (0, 0));
    assert_eq!(too_early.rejected.len(), 3000);
    assert!(too_early.rejected.iter().enumerate().all(|(at, rejected)| {
        (rejected.place.line, &rejected.reason) == (at + 1, &Reason::UnknownPatient)
    }));
    assert_eq!(taken(&import("Patient.ndjson")), (3000, 0));
    assert_eq!(taken(&import("Encounter.ndjson")), (0, 3000));
    let took = began.elapsed();
    println!("bulk: 3000 patients and 3000 encounters in {took:?}");
    assert!(took < Duration::from_secs(60), "it took {took:?}");

    assert_eq!(unchanged(&import("Patient.ndjson")), (3000, 0));
    assert_eq!(unchanged(&import("Encounter.ndjson")), (0, 3000));
    assert_eq!(store.last_position().unwrap(), 6000);
}
