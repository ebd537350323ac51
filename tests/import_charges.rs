//! What another system says is owed, handed to `vestibule import`: once, again, changed, withdrawn, and wrong.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use std::process::{Command, Output};
use std::sync::LazyLock;
use support::clinic::{Place, guests};
use support::desk::RunningDesk;
use support::hands::{Hands, question};
use uuid::Uuid;
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::money::Money;
use vestibule::front_desk::patient::{DateOfBirth, PatientId};
use vestibule::front_desk::payment::{
    Charge, ChargeFor, ChargeId, DeskMeans, Means, Outcome, Payment, PaymentEnd, PaymentId, PaymentItem,
    Witness,
};
use vestibule::interop::{self, ChargeCounts, ImportError, Reason, Report};
use vestibule::kiosk::screens::{Pay, Screen};
use vestibule::kiosk::session::Touch;
use vestibule::link::fact::{DESK, FactKind};
use vestibule::store::Store;

const PATIENTS: &str = "id,family,birth_date,number\n1,García,1984-05-17,P-100\n2,O'Brien,2000-02-29,P-200\n";
const HEADER: &str = "id,patient,text,amount,currency,day,withdrawn\n";
const CHARGES: &str = "id,patient,text,amount,currency,day,withdrawn\n\
    r1,1,X-ray of the hand,4250,EUR,2026-11-20,\n\
    r2,P-200,Blood count,1800,eur,,no\n";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap()
}

static CLINIC: LazyLock<Clinic> =
    LazyLock::new(|| clinic::read_text("example.toml", clinic::EXAMPLE).unwrap());

/// The store of a desk that knows two patients.
struct Books {
    store: Store,
    folder: tempfile::TempDir,
    now: DateTime<Utc>,
}

impl Books {
    fn new() -> Self {
        let mut books =
            Self { store: Store::in_memory(DESK).unwrap(), folder: tempfile::tempdir().unwrap(), now: now() };
        books.import(PATIENTS);
        books
    }

    fn try_import(&mut self, source: &str, content: &str) -> Result<Report, ImportError> {
        let path = self.folder.path().join("file.csv");
        std::fs::write(&path, content).unwrap();
        interop::import_from(source, &path, &CLINIC, &mut self.store, self.now)
    }

    fn import(&mut self, content: &str) -> Report {
        self.try_import(interop::DEFAULT_SOURCE, content).unwrap()
    }

    /// Lines under the header of charges.
    fn charges(&mut self, lines: &str) -> Report {
        self.import(&format!("{HEADER}{lines}"))
    }

    fn patient(&self, number: &str) -> PatientId {
        self.store.patients_numbered(number).unwrap()[0].id
    }

    /// What is due of a patient: the text, what is open of it, the day.
    fn due(&self, number: &str) -> Vec<(String, String, NaiveDate)> {
        let account = self.store.account(self.patient(number)).unwrap();
        let due = |due: &vestibule::front_desk::payment::Due| {
            (text(&due.charge), due.open.to_string(), due.charge.day)
        };
        account.dues.iter().map(due).collect()
    }

    /// The sums that are due of a patient.
    fn sums(&self, number: &str) -> Vec<String> {
        self.due(number).into_iter().map(|(_, open, _)| open).collect()
    }

    fn position(&self) -> u64 {
        self.store.last_position().unwrap()
    }

    /// So much of the first that is due is paid in cash, or begins to be paid by code.
    fn pays(&mut self, number: &str, minor: i64, ended: bool) -> PaymentId {
        let due = self.store.account(self.patient(number)).unwrap().dues.remove(0);
        let payment = Payment {
            id: PaymentId(Uuid::now_v7()),
            patient: due.charge.patient,
            items: vec![PaymentItem { charge: due.charge.id, minor }],
            amount: Money { minor, ..due.open },
            means: Means::Desk { how: DeskMeans::Cash, by: "Maria".into() },
            ticket: None,
            language: "en".into(),
            kiosk: DESK.into(),
        };
        let mut kinds = vec![FactKind::PaymentBegun { payment: payment.clone() }];
        if ended {
            let end = PaymentEnd::new(Outcome::Charged, Witness::Staff { by: "Maria".into() }, "");
            kinds.push(FactKind::PaymentEnded { payment: payment.id, end });
        }
        self.store.commit(kinds, self.now).unwrap();
        payment.id
    }
}

fn text(charge: &Charge) -> String {
    match &charge.what {
        ChargeFor::Item { text } => text.clone(),
        other => panic!("no item: {other:?}"),
    }
}

fn counts(taken: u64, changed: u64, withdrawn: u64, unchanged: u64) -> Option<ChargeCounts> {
    Some(ChargeCounts { taken, changed, withdrawn, unchanged })
}

fn reasons(report: &Report) -> Vec<(usize, Reason)> {
    report.rejected.iter().map(|rejected| (rejected.place.line, rejected.reason.clone())).collect()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

#[test]
fn what_a_file_says_is_owed_is_due_and_the_same_file_again_changes_nothing() {
    let mut books = Books::new();
    let report = books.import(CHARGES);
    assert_eq!((report.charges, reasons(&report)), (counts(2, 0, 0, 0), Vec::new()));
    assert!(report.to_string().contains("2 charges taken over, 0 changed, 0 withdrawn; 0 charges were here"));
    assert_eq!(books.due("P-100"), [("X-ray of the hand".into(), "42.50 EUR".into(), day(20))]);
    // By the record number, and on the day of the import.
    assert_eq!(books.due("P-200"), [("Blood count".into(), "18.00 EUR".into(), day(24))]);
    let position = books.position();
    // The day after, on which a charge without a day would get another one.
    books.now += TimeDelta::days(1);
    let again = books.import(CHARGES);
    assert_eq!((again.charges, books.position()), (counts(0, 0, 0, 2), position));
    assert_eq!(books.due("P-200")[0].2, day(24));
    // The same ids of another system are other charges.
    let other =
        books.try_import("laboratory", "id,patient,text,amount,currency\nr1,P-100,Urine,900,EUR\n").unwrap();
    assert_eq!(other.charges, counts(1, 0, 0, 0));
    assert_eq!(books.sums("P-100"), ["42.50 EUR", "9.00 EUR"]);
}

#[test]
fn another_amount_or_text_takes_the_place_of_what_nobody_has_paid() {
    let mut books = Books::new();
    books.import(CHARGES);
    let first = books.store.charges(books.patient("P-100")).unwrap().remove(0).id;
    for (line, expected) in [
        ("r1,1,X-ray of the hand,3900,EUR,,\n", ("X-ray of the hand", "39.00 EUR", 20)),
        ("r1,1,X-ray of both hands,3900,EUR,,\n", ("X-ray of both hands", "39.00 EUR", 20)),
        ("r1,1,X-ray of both hands,3900,EUR,2026-11-21,\n", ("X-ray of both hands", "39.00 EUR", 21)),
        // Back to what it was at first.
        ("r1,1,X-ray of the hand,4250,EUR,2026-11-20,\n", ("X-ray of the hand", "42.50 EUR", 20)),
    ] {
        assert_eq!(books.charges(line).charges, counts(0, 1, 0, 0), "{line}");
        let (text, sum, at) = expected;
        assert_eq!(books.due("P-100"), [(text.into(), sum.into(), day(at))], "{line}");
        let position = books.position();
        assert_eq!(books.charges(line).charges, counts(0, 0, 0, 1), "{line}");
        assert_eq!(books.position(), position, "{line}");
    }
    assert!(!books.store.charge_stands(first).unwrap());
    // It was somebody else's.
    assert_eq!(books.charges("r1,2,X-ray of the hand,4250,EUR,,\n").charges, counts(0, 1, 0, 0));
    assert_eq!((books.sums("P-100").len(), books.sums("P-200").len()), (0, 2));
}

#[test]
fn what_was_paid_or_is_being_paid_is_not_changed_by_a_file() {
    for (minor, ended) in [(4250, true), (1000, true), (4250, false)] {
        let mut books = Books::new();
        books.import(CHARGES);
        books.pays("P-100", minor, ended);
        let (due, position) = (books.due("P-100"), books.position());
        let report = books.charges("r1,1,X-ray of the hand,9900,EUR,,\nr2,2,Blood count,1800,EUR,,\n");
        assert_eq!(report.charges, counts(0, 0, 0, 1));
        assert_eq!(reasons(&report), [(2, Reason::ChargePaid)], "{minor} {ended}");
        assert_eq!((books.due("P-100"), books.position()), (due, position));
        // What says the same as before is no trouble.
        assert_eq!(books.import(CHARGES).charges, counts(0, 0, 0, 2));
    }
}

#[test]
fn what_is_withdrawn_is_owed_no_longer_and_stays_so() {
    let mut books = Books::new();
    books.import(CHARGES);
    const GONE: &str = "r1,1,X-ray of the hand,4250,EUR,,yes\n";
    assert_eq!(books.charges(GONE).charges, counts(0, 0, 1, 0));
    assert_eq!(books.sums("P-100"), [""; 0]);
    let position = books.position();
    assert_eq!(books.charges(GONE).charges, counts(0, 0, 0, 1));
    // An older file, and one that says something else, do not make it owed again; both are told.
    let report = books.import(CHARGES);
    assert_eq!(report.charges, counts(0, 0, 0, 2));
    assert!(report.to_string().contains("1 charge withdrawn before"), "{report}");
    let report = books.charges("r1,1,X-ray of the hand,4000,EUR,,\n");
    assert_eq!(reasons(&report), [(2, Reason::ChargeWithdrawn)]);
    // What was never owed cannot be withdrawn, and need not be.
    assert_eq!(books.charges("r9,1,MRI,90000,EUR,,Yes\n").charges, counts(0, 0, 0, 1));
    assert_eq!((books.position(), books.sums("P-100").len()), (position, 0));
}

#[test]
fn what_staff_withdrew_no_file_makes_owed_again() {
    let mut books = Books::new();
    books.import(CHARGES);
    let charge = books.store.charges(books.patient("P-100")).unwrap().remove(0).id;
    let kind = FactKind::ChargeWithdrawn { charge, by: "Maria".into(), why: Default::default() };
    books.store.commit(vec![kind], now()).unwrap();
    assert_eq!(books.import(CHARGES).charges, counts(0, 0, 0, 2));
    assert_eq!(books.sums("P-100"), [""; 0]);
}

#[test]
fn what_was_paid_and_is_then_withdrawn_is_told_as_too_much() {
    let mut books = Books::new();
    books.import(CHARGES);
    let payment = books.pays("P-100", 4250, true);
    let report = books.charges("r1,1,X-ray of the hand,4250,EUR,,yes\n");
    assert_eq!(report.charges, counts(0, 0, 1, 0));
    assert!(report.to_string().contains("1 charge withdrawn although something was paid of it"), "{report}");
    let twice = books.store.paid_twice(books.patient("P-100")).unwrap();
    assert_eq!((twice[0].too_much.minor, twice[0].payments.as_slice()), (4250, [payment].as_slice()));
}

#[test]
fn a_patient_who_is_nobody_or_two_people_owes_nothing() {
    let mut books = Books::new();
    // The record number of one is the id of the other.
    books.import("id,family,birth_date,number\n3,Ruiz,1970-01-01,4\n4,Gil,1971-01-01,P-400\n");
    let position = books.position();
    let report = books.charges("a,4,Visit,100,EUR,,\nb,77,Visit,100,EUR,,\nc,,Visit,100,EUR,,\n");
    assert_eq!(report.charges, counts(0, 0, 0, 0));
    let expected = [
        (2, Reason::TwoPatients { field: "patient" }),
        (3, Reason::UnknownPatient),
        (4, Reason::NobodyOwes { field: "patient" }),
    ];
    assert_eq!((reasons(&report).as_slice(), books.position()), (expected.as_slice(), position));
    // A system that knows record numbers only, imported under its own name, means the number.
    let charge = format!("{HEADER}a,4,Visit,100,EUR,,\n");
    assert_eq!(books.try_import("accounts", &charge).unwrap().charges, counts(1, 0, 0, 0));
    let ruiz =
        books.store.patients_born_on(DateOfBirth::new(1970, 1, 1, now().date_naive()).unwrap()).unwrap();
    assert_eq!(books.store.account(ruiz[0].id).unwrap().dues.len(), 1);
}

#[test]
fn the_same_id_twice_in_a_file_is_taken_once_or_not_at_all() {
    let mut books = Books::new();
    let line = "r1,1,X-ray,4250,EUR,,\n";
    let report = books.charges(&format!("{line}{line}r1,1,X-ray,4200,EUR,,\n"));
    assert_eq!(report.charges, counts(1, 0, 0, 0));
    assert!(report.to_string().contains("1 record repeated word for word"), "{report}");
    let refused = reasons(&report);
    let [(4, Reason::SaidOtherwise { first })] = refused.as_slice() else { panic!("{report}") };
    assert_eq!((first.line, books.sums("P-100")), (2, vec!["42.50 EUR".to_string()]));
}

#[test]
fn each_wrong_value_is_answered_with_its_line_and_field_and_never_repeated() {
    let secret = "HIV-4711";
    let long = "x".repeat(121);
    for (line, said) in [
        (",1,HIV-4711,100,EUR,,", "id is empty"),
        ("a,1,,100,EUR,,", "text must say"),
        (&format!("a,1,{long},100,EUR,,"), "1 to 120 letters"),
        ("a,1,HIV-4711,0,EUR,,", "amount is no amount that can be owed"),
        ("a,1,HIV-4711,-100,EUR,,", "amount is no amount"),
        ("a,1,HIV-4711,+100,EUR,,", "amount is no amount"),
        ("a,1,HIV-4711,1.00,EUR,,", "4250 for 42.50 euros"),
        ("a,1,HIV-4711,100000001,EUR,,", "from 1 to 100000000"),
        ("a,1,HIV-4711,99999999999999999999999999,EUR,,", "amount is no amount"),
        ("a,1,HIV-4711,,EUR,,", "amount is no amount"),
        ("a,1,HIV-4711,١٠٠,EUR,,", "amount is no amount"),
        ("a,1,HIV-4711,100,,,", "ISO 4217 in currency"),
        ("a,1,HIV-4711,100,ZZZ,,", "ISO 4217 in currency"),
        ("a,1,HIV-4711,100,EUR,24.11.2026,", "day is no day"),
        ("a,1,HIV-4711,100,EUR,2026-02-30,", "day is no day"),
        ("a,1,HIV-4711,100,EUR,+12026-02-03,", "day is no day"),
        ("a,1,HIV-4711,100,EUR,2026-2-3,", "day is no day"),
        ("a,1,HIV-4711,100,EUR,,HIV-4711", "withdrawn is neither yes nor no"),
        ("a,HIV-4711,HIV-4711,100,EUR,,", "its patient is neither in this file nor in the store"),
        ("a,1,HIV-4711,100,EUR,,,surplus", "8 fields where the header has 7"),
    ] {
        let mut books = Books::new();
        let position = books.position();
        // The sound line beside it is taken.
        let report = books.charges(&format!("{line}\nb,2,Visit,100,EUR,,\n"));
        let told = report.to_string();
        assert_eq!(report.charges, counts(1, 0, 0, 0), "{line}");
        assert!(told.contains("file.csv:2: charge: ") && told.contains(said), "{line}: {told}");
        assert!(!told.contains(secret) && !told.contains(&long), "{told}");
        assert_eq!(books.position(), position + 1, "{line}");
    }
}

#[test]
fn a_header_that_is_nearly_one_of_charges_is_told_what_it_lacks() {
    let mut books = Books::new();
    let error =
        books.try_import("records", "id,patient,text,amount\n1,1,Visit,100\n").unwrap_err().to_string();
    assert!(error.contains("for a file of charges the header lacks currency"), "{error}");
    assert!(error.contains("id,patient,text,amount,currency,day,withdrawn"), "{error}");
    let error = books.try_import("records", "id,patient,service\n1,1,general\n").unwrap_err().to_string();
    assert!(error.contains("for a file of appointments the header lacks start"), "{error}");
    let report = books.import(HEADER);
    assert!(report.to_string().contains("the file has no charge to take over"), "{report}");
}

proptest! {
    // Whatever a file says, nothing panics, and no more is due than sound lines say.
    #[test]
    fn no_file_of_charges_stops_the_import(
        rows in proptest::collection::vec(
            ("[ab1]{0,2}", "[12]|P-100|\\PC{0,5}", "\\PC{0,8}", "[0-9]{0,20}|\\PC{0,6}", "EUR|JPY|\\PC{0,4}",
             "2026-1[0-9]-[0-3][0-9]|\\PC{0,10}", "yes|no||\\PC{0,4}"), 0..12)
    ) {
        let mut books = Books::new();
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record(HEADER.trim().split(',')).unwrap();
        for (id, patient, text, amount, currency, day, withdrawn) in &rows {
            file.write_record([id, patient, text, amount, currency, day, withdrawn]).unwrap();
        }
        let file = String::from_utf8(file.into_inner().unwrap()).unwrap();
        let report = books.import(&file);
        let counts = report.charges.unwrap();
        let due = books.due("P-100").len() + books.due("P-200").len();
        prop_assert_eq!(due as u64, counts.taken);
        prop_assert!(counts.taken + report.rejected.len() as u64 <= rows.len() as u64);
        let position = books.position();
        let again = books.import(&file);
        prop_assert_eq!((books.position(), again.rejected), (position, report.rejected));
    }
}

fn vestibule(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vestibule")).args(arguments).output().unwrap()
}

#[test]
fn the_help_names_the_columns() {
    let help = String::from_utf8(vestibule(&["import", "--help"]).stdout).unwrap();
    for columns in [
        interop::PATIENT_COLUMNS.as_slice(),
        interop::APPOINTMENT_COLUMNS.as_slice(),
        interop::CHARGE_COLUMNS.as_slice(),
    ] {
        let named = columns.join(",");
        assert!(help.replace(['[', ']'], "").contains(&named), "{named}: {help}");
    }
}

#[test]
fn an_imported_charge_is_due_on_the_desks_page_and_at_a_kiosk() {
    let place = Place::new();
    let desk = RunningDesk::start(&place.clinic);
    let guests = guests(1);
    desk.book(&guests);
    let patient = &guests[0].patient;
    let number = patient.number.as_deref().unwrap();
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(1);

    // Beside the running desk, as somebody does it every night; one line is wrong.
    let file = place.folder.path().join("charges.csv");
    let (file, clinic) = (file.to_str().unwrap(), place.file.to_str().unwrap());
    let import = |lines: &str| -> (Option<i32>, String) {
        std::fs::write(file, format!("{HEADER}{lines}")).unwrap();
        let output = vestibule(&["import", "--clinic", clinic, file]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, told) =
        import(&format!("r1,{number},X-ray of the hand,4250,EUR,,\nr2,{number},MRI,free,EUR,,\n"));
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("1 charge taken over") && told.contains("charges.csv:3: charge: amount"), "{told}");

    let account = desk.account(patient.id);
    assert_eq!(account["dues"][0]["text"], "X-ray of the hand", "{account}");
    let charge: Uuid = account["dues"][0]["charge"].as_str().unwrap().parse().unwrap();

    let store = hands.runner.store().clone();
    let known = |hands: &mut Hands| {
        hands.live(std::time::Duration::from_millis(20));
        store.run(move |store| store.charge_stands(ChargeId(charge))).unwrap()
    };
    support::until("the charge at the kiosk", || known(&mut hands));
    hands.touch(Touch::Pay);
    hands.until("the date of birth", question);
    hands.type_in(&guests[0].born());
    hands.touch(Touch::Next);
    hands.type_in(&patient.name.family);
    hands.touch(Touch::Next);
    hands.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
    hands.touch(Touch::Yes);
    let items = hands.until("the bill", |screen| match screen {
        Screen::Pay(Pay::Choose { items, .. }) => Some(items.clone()),
        _ => None,
    });
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((item.text.as_str(), item.amount.as_str()), ("X-ray of the hand", "€42.50"));

    // The other system takes it back.
    let (code, told) = import(&format!("r1,{number},X-ray of the hand,4250,EUR,,yes\n"));
    assert_eq!((code, told.contains("1 withdrawn")), (Some(0), true), "{told}");
    support::until("the charge is gone at the kiosk", || !known(&mut hands));
    assert_eq!(desk.account(patient.id)["dues"].as_array().unwrap().len(), 0);
}
