//! What goes and what stays, and that it stays gone.

use super::*;
use crate::clinic::{EXAMPLE, read_text};
use crate::front_desk::message::{Message, Side};
use crate::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use crate::front_desk::queue::VisitEnd;
use crate::front_desk::request::{OwnWords, Request, RequestId, RequestReason};
use crate::front_desk::ticket::{NewVisit, PaperState, Ticket, TicketId, VisitId};
use crate::link::fact::Acknowledgement;
use crate::store::AuditSearch;
use chrono::TimeDelta;
use std::path::Path;

fn clinic() -> Clinic {
    let mut clinic = read_text("clinic.toml", EXAMPLE).unwrap();
    clinic.retention = Retention { visits: 60, requests: 90, answers: 60, figures: 60, ..clinic.retention };
    clinic
}

fn at(day: i64) -> DateTime<Utc> {
    "2026-03-01T09:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(day)
}

struct House {
    clinic: Clinic,
    desk: Store,
    kiosk: Store,
}

impl House {
    fn in_folder(folder: &Path) -> Self {
        let (desk, kiosk) = (folder.join("desk.db"), folder.join("kiosk.db"));
        let mut house = Self {
            clinic: clinic(),
            desk: Store::open(&desk, DESK).unwrap(),
            kiosk: Store::open(&kiosk, "lobby").unwrap(),
        };
        house.follow(at(0));
        house
    }

    fn deliver(&mut self) {
        while let Some(delivery) = self.kiosk.undelivered(100).unwrap() {
            let Acknowledgement::AppliedThrough(through) = self.desk.receive(&delivery).unwrap() else {
                panic!("the desk takes nothing");
            };
            self.kiosk.delivered(through).unwrap();
        }
    }

    fn follow(&mut self, now: DateTime<Utc>) {
        loop {
            let cursor = self.kiosk.cursor().unwrap();
            self.desk.note_followed("lobby", cursor.position, now).unwrap();
            let feed = self.desk.feed("lobby", self.kiosk.identity(), cursor, 7).unwrap();
            let more = feed.more;
            self.kiosk.follow(&feed).unwrap();
            if !more && feed.facts.is_empty() {
                return;
            }
        }
    }

    /// Somebody who comes without an appointment.
    fn visit(&mut self, name: &str, now: DateTime<Utc>) -> (VisitId, Ticket) {
        let patient = Patient {
            id: PatientId(Uuid::now_v7()),
            number: None,
            name: PersonName { given: name.into(), family: "Invented".into() },
            date_of_birth: DateOfBirth::new(1990, 1, 2, now.date_naive()).unwrap(),
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Kiosk,
            balance_due: None,
            further: Default::default(),
        };
        let new = NewVisit {
            patient: patient.id,
            registration: Some(patient),
            appointment: None,
            reason: None,
            service: "general".into(),
            language: "en".into(),
            companion: None,
            acting: None,
            noted: Vec::new(),
            consent: None,
            forms: Vec::new(),
        };
        let ticket = self.kiosk.check_in(&self.clinic, "1", &new, now).unwrap();
        let visit = self
            .kiosk
            .arrivals(ticket.day)
            .unwrap()
            .iter()
            .find(|row| row.ticket.id == ticket.id)
            .unwrap()
            .visit
            .id;
        (visit, ticket)
    }

    fn nights(&mut self, days: std::ops::Range<i64>) {
        for day in days {
            self.desk.retain_all(&self.clinic, at(day)).unwrap();
            self.kiosk.retain_all(&self.clinic, at(day)).unwrap();
        }
    }
}

fn count(store: &Store, table: &str) -> i64 {
    store.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

/// What patients said, to be looked for in the files.
const WORDS: &str = "WordsThatNobodyShallFindAgain";

fn said(request: RequestId, now: DateTime<Utc>) -> FactKind {
    let message = Message {
        id: Uuid::now_v7(),
        request,
        from: Side::Patient,
        by: String::new(),
        phrase: None,
        words: OwnWords(WORDS.into()),
        language: "en".into(),
        at: now,
    };
    FactKind::MessageSent { message }
}

/// A visit of which everything is over, and a request that was resolved, each on a day.
fn a_day(house: &mut House, day: i64) -> (VisitId, RequestId) {
    let (visit, _) = house.visit("Ana", at(day));
    let job = house.kiosk.start_print_job().unwrap().unwrap();
    house.kiosk.end_print_job(&job, PaperState::Printed, "", at(day)).unwrap();
    let request = RequestId(Uuid::now_v7());
    let raised = Request::noticed(request, RequestReason::Help, &house.clinic, "lobby", at(day));
    house.kiosk.raise(raised, at(day)).unwrap();
    house.kiosk.commit(vec![said(request, at(day))], at(day)).unwrap();
    house.deliver();
    let (by, note) = ("Maria".to_string(), "done".to_string());
    let ends = vec![
        FactKind::VisitFinished { visit, end: VisitEnd::Seen, by: by.clone() },
        FactKind::RequestResolved { request, by, note },
    ];
    house.desk.commit(ends, at(day)).unwrap();
    house.follow(at(day));
    (visit, request)
}

fn files_hold(folder: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        if bytes.windows(words.len()).any(|window| window == words.as_bytes()) {
            found.push(file.file_name().into_string().unwrap());
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_over_goes_from_both_stores_to_the_last_byte_and_the_trail_says_how_much() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    a_day(&mut house, 0);
    house.nights(0..7);
    assert!(files_hold(folder.path(), WORDS).iter().any(|file| file.starts_with("kiosk")));
    house.nights(7..10);
    let held = files_hold(folder.path(), WORDS);
    assert!(!held.is_empty() && held.iter().all(|file| file.starts_with("desk")), "{held:?}");
    assert_eq!(count(&house.kiosk, "visit"), 1, "waits are estimated by them");
    house.nights(10..18);
    for table in ["visit", "ticket", "queue_entry", "request", "message", "request_event", "print_job"] {
        assert_eq!(count(&house.kiosk, table), 0, "{table}");
    }
    assert_eq!(count(&house.kiosk, "patient"), 1);
    for day in 18..92 {
        house.follow(at(day));
        house.nights(day..day + 1);
    }
    for table in ["visit", "ticket", "queue_entry", "request", "message", "request_event"] {
        assert_eq!(count(&house.desk, table), 0, "{table}");
    }
    assert_eq!(files_hold(folder.path(), WORDS), Vec::<String>::new());
    let trail: Vec<_> = house
        .desk
        .audit(&AuditSearch::default(), 10)
        .unwrap()
        .into_iter()
        .map(|line| (line.what, line.actor.name))
        .collect();
    let line = |name: &str| ("retention".to_string(), name.to_string());
    assert_eq!(trail, [line("Vestibule: requests 1"), line("Vestibule: visits 1")]);
}

#[test]
fn what_is_open_stays_however_old_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    let (waits, ticket) = house.visit("Ana", at(0));
    let request = RequestId(Uuid::now_v7());
    let raised = Request::noticed(request, RequestReason::Help, &house.clinic, "lobby", at(0));
    house.kiosk.raise(raised, at(0)).unwrap();
    house.deliver();
    house.follow(at(0));
    for day in 0..200 {
        house.follow(at(day));
        house.nights(day..day + 1);
    }
    assert_eq!((count(&house.desk, "visit"), count(&house.desk, "request")), (1, 1));
    assert_eq!(count(&house.kiosk, "print_job"), 1, "it was never printed");
    assert_eq!(house.kiosk.ticket(ticket.id).unwrap().map(|kept| kept.number), Some(ticket.number));
    assert_eq!(
        count(&house.kiosk, "request"),
        0,
        "what the clinic keeps for 90 days is no longer looked up here"
    );
    let by = "Maria".to_string();
    let end = FactKind::VisitFinished { visit: waits, end: VisitEnd::Seen, by: by.clone() };
    house
        .desk
        .commit(vec![end, FactKind::RequestResolved { request, by, note: String::new() }], at(200))
        .unwrap();
    house.follow(at(200));
    house.follow(at(201));
    house.nights(200..202);
    assert_eq!(
        (count(&house.desk, "visit"), count(&house.desk, "request")),
        (0, 1),
        "it was resolved just now"
    );
}

#[test]
fn a_kiosk_that_has_yet_to_follow_keeps_it_for_a_month_and_then_follows_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    let mut other = Store::open(&folder.path().join("other.db"), "garden").unwrap();
    let follow = |desk: &mut Store, other: &mut Store, now| loop {
        let cursor = other.cursor().unwrap();
        desk.note_followed("garden", cursor.position, now).unwrap();
        let feed = desk.feed("garden", other.identity(), cursor, 5).unwrap();
        other.follow(&feed).unwrap();
        if feed.facts.is_empty() {
            return;
        }
    };
    follow(&mut house.desk, &mut other, at(50));
    a_day(&mut house, 0);
    for day in 0..=80 {
        house.follow(at(day));
        house.desk.retain_all(&house.clinic, at(day)).unwrap();
    }
    assert_eq!(count(&house.desk, "visit"), 1, "the garden's kiosk has not heard of it");
    house.desk.retain_all(&house.clinic, at(81)).unwrap();
    assert_eq!(count(&house.desk, "visit"), 0);
    a_day(&mut house, 81);
    follow(&mut house.desk, &mut other, at(82));
    assert_eq!((count(&other, "visit"), count(&other, "patient")), (1, 2));
}

#[test]
fn what_was_deleted_stays_deleted_whoever_sends_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    let (visit, _) = house.visit("Ana", at(0));
    // The desk's answer to all this is lost, and the kiosk is off for months.
    let copy = folder.path().join("kept.db");
    house.kiosk.connection.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    house.deliver();
    let end = FactKind::VisitFinished { visit, end: VisitEnd::Seen, by: "Maria".into() };
    house.desk.commit(vec![end], at(0)).unwrap();
    let job = house.kiosk.start_print_job().unwrap().unwrap();
    house.kiosk.end_print_job(&job, PaperState::Printed, "", at(0)).unwrap();
    for day in 0..70 {
        house.deliver();
        house.follow(at(day));
        house.nights(day..day + 1);
    }
    assert_eq!((count(&house.desk, "visit"), count(&house.kiosk, "visit")), (0, 0));
    house.kiosk = Store::open(&copy, "lobby").unwrap();
    let again = house.kiosk.undelivered(100).unwrap().unwrap();
    assert_eq!(house.desk.receive(&again).unwrap(), Acknowledgement::FollowFirst);
    house.follow(at(70));
    assert_eq!(house.kiosk.undelivered_count().unwrap(), 0, "the desk has had all of it");
    let (_, ticket) = house.visit("Eva", at(70));
    house.deliver();
    let held: Vec<_> =
        house.desk.arrivals(ticket.day).unwrap().into_iter().map(|row| row.ticket.number).collect();
    assert_eq!(held, [ticket.number]);
    assert_eq!(count(&house.desk, "visit"), 1);

    while let Some(job) = house.kiosk.start_print_job().unwrap() {
        house.kiosk.end_print_job(&job, PaperState::Printed, "", at(70)).unwrap();
    }
    house.deliver();
    // A desk's log that is followed from its beginning brings back nothing that the kiosk has deleted.
    house.nights(70..95);
    house.kiosk.connection.execute("UPDATE progress SET value = 0 WHERE name = 'feed'", []).unwrap();
    house.kiosk.connection.execute("UPDATE store SET followed = NULL", []).unwrap();
    let before = count(&house.kiosk, "visit");
    house.follow(at(95));
    assert_eq!((before, count(&house.kiosk, "visit")), (0, 0));
    let facts = count(&house.kiosk, "fact");
    house.follow(at(95));
    assert_eq!(count(&house.kiosk, "fact"), facts);
}

#[test]
fn a_desk_from_an_old_backup_takes_what_the_kiosk_still_has() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    a_day(&mut house, 0);
    let backup = folder.path().join("backup.db");
    house.desk.connection.execute("VACUUM INTO ?1", [backup.to_str().unwrap()]).unwrap();
    for day in 0..48 {
        if [1, 30].contains(&day) {
            a_day(&mut house, day);
        }
        house.nights(day..day + 1);
    }
    house.desk = Store::open(&backup, DESK).unwrap();
    for day in 48..50 {
        house.follow(at(day));
        house.visit("Eva", at(day));
        house.deliver();
    }
    // The visit of the second day is lost with the desk's file; its content went from the kiosk long before.
    let came: Vec<_> =
        (0..50).filter(|day| !house.desk.arrivals(at(*day).date_naive()).unwrap().is_empty()).collect();
    assert_eq!(came, [0, 48, 49]);
    assert_eq!(house.kiosk.undelivered_count().unwrap(), 0);
}

#[test]
fn the_trail_goes_by_the_rule_and_by_nothing_else() {
    let mut desk = Store::in_memory(DESK).unwrap();
    let clinic = Clinic { retention: Retention { trail: 365, ..Retention::default() }, ..clinic() };
    for day in [0, 300] {
        desk.note_failed_sign_in(None, at(day)).unwrap();
    }
    assert!(desk.connection.execute("DELETE FROM audit", []).is_err());
    for day in 0..370 {
        desk.retain_all(&clinic, at(day)).unwrap();
    }
    let left: Vec<_> =
        desk.audit(&AuditSearch::default(), 10).unwrap().into_iter().map(|line| line.what).collect();
    assert_eq!(left, ["retention", "sign-in-failed"]);
    assert!(desk.connection.execute("DELETE FROM audit", []).is_err());
    assert_eq!(desk.audit(&AuditSearch::default(), 10).unwrap().len(), 2);
}

#[test]
fn a_clock_that_is_years_ahead_for_a_week_takes_two_weeks_with_it_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    a_day(&mut house, 0);
    house.nights(0..40);
    for wrong in 0..7 {
        house.desk.retain_all(&house.clinic, at(3650 + wrong)).unwrap();
    }
    assert_eq!(count(&house.desk, "visit"), 1);
    house.desk.retain_all(&house.clinic, at(47)).unwrap();
    assert_eq!(day(progress(&house.desk.connection, JUDGED_BY).unwrap()).unwrap(), at(53).date_naive());
}

#[test]
fn an_outbox_that_waits_for_weeks_grows_by_kilobytes_a_visit_and_keeps_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    let before = house.kiosk.pages().unwrap().0;
    const VISITS: i64 = 300;
    for visit in 0..VISITS {
        let now = at(visit / 10);
        // Nobody is taken for a possible duplicate of anybody.
        let name: String =
            (visit + 1000).to_string().bytes().rev().map(|digit| char::from(digit + 49)).collect();
        house.visit(&name, now);
        let job = house.kiosk.start_print_job().unwrap().unwrap();
        house.kiosk.end_print_job(&job, PaperState::Printed, "", now).unwrap();
        if visit % 10 == 0 {
            house.kiosk.retain_all(&house.clinic, now).unwrap();
        }
    }
    let each = (house.kiosk.pages().unwrap().0 - before) * 4096 / VISITS as u64;
    println!("{each} bytes for the visit of a new patient");
    assert!(each < 16 * 1024, "{each} bytes for a visit");
    house.deliver();
    assert_eq!(count(&house.desk, "visit"), VISITS);
}

#[test]
fn what_is_told_of_a_visit_that_has_gone_goes_by_its_own_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    let (visit, _) = a_day(&mut house, 0);
    house.nights(0..70);
    assert_eq!(count(&house.desk, "visit"), 0, "it has gone");
    // A kiosk with the clock of that day tells of it once more.
    let late = |ticket| FactKind::TicketPaper {
        ticket,
        state: PaperState::NotKnown,
        cause: String::new(),
        copy: false,
    };
    let facts = vec![late(TicketId(visit.0)), late(TicketId(Uuid::now_v7())), late(TicketId(Uuid::now_v7()))];
    house.kiosk.commit(facts, at(1)).unwrap();
    house.deliver();
    house.follow(at(70));
    house.follow(at(71));
    let of_visits = "fact WHERE part = 'visits'";
    assert_eq!(count(&house.desk, of_visits), 3);
    house.nights(72..74);
    // The last one of the kiosk is what its next is counted on from.
    assert_eq!(count(&house.desk, of_visits), 1);
}
