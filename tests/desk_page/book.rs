//! The book as a receptionist has it: the day, moving by keyboard and by dragging, booking for somebody on the
//! telephone, and closing a time with everybody whom that concerns.

use crate::looks::CUT_OFF;
use crate::running_desk::{eventually, example};
use crate::scene::{Clinic, patient};
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus};
use vestibule::front_desk::booking::{BookingAnswer, BookingOrder, Slot, SlotSearch};
use vestibule::front_desk::patient::Patient;
use vestibule::front_desk::schedule::Asker;

/// The book of a working day two weeks or so ahead, with people in it.
pub struct Book {
    pub clinic: Clinic,
    pub day: NaiveDate,
    people: Vec<Patient>,
    appointments: Vec<Appointment>,
}

const NAMES: [(&str, &str); 6] = [
    ("Maria Luisa", "García López"),
    ("ليلى", "حداد"),
    ("Tom", "Baker"),
    ("आरती", "शर्मा"),
    ("Wolfeschlegelsteinhausenbergerdorff-Alexandrovich", "Hubert-Blaine-Konstantinopolitanskiewicz"),
    ("Ngozi", "Okafor"),
];

impl Book {
    /// Six people with Dr Chen from half past eight on; Maria opens the page of that day.
    pub fn opens() -> Self {
        let mut routines = example();
        routines.routines.calendar.holidays.clear();
        routines.routines.schedule.closures.clear();
        let clinic = Clinic::opens_with(routines);
        let of = Arc::clone(&clinic.desk.clinic);
        let today = Utc::now().with_timezone(&of.zone).date_naive();
        // A Monday: both of Dr Chen's sessions.
        let day = (today + Days::new(7)).iter_days().find(|day| day.weekday() == Weekday::Mon).unwrap();
        let people: Vec<Patient> = (0_usize..)
            .zip(NAMES)
            .map(|(n, (given, family))| patient(given, family, Some(&format!("1000{n:02}"))))
            .collect();
        let slots = free(&clinic, "general", "Dr Chen", day);
        let (known, book) = (people.clone(), slots);
        let appointments = clinic
            .desk
            .store()
            .run(move |store| {
                store.take_over(&known, &[], Utc::now())?;
                let mut all = Vec::new();
                for (patient, slot) in known.iter().zip(book) {
                    let (appointment, patient) = (AppointmentId(Uuid::now_v7()), patient.id);
                    let order = BookingOrder::Book { appointment, patient, slot };
                    match store.decide_booking_for(Asker::Staff, &of, &order, Utc::now())? {
                        BookingAnswer::Booked { appointment } => all.push(appointment),
                        other => panic!("{other:?}"),
                    }
                }
                Ok(all)
            })
            .unwrap();
        let mut book = Self { clinic, day, people, appointments };
        book.opens_page();
        book
    }

    fn opens_page(&mut self) {
        let url = format!("http://{}/book", self.clinic.desk.address);
        self.clinic.page.act("open", json!({ "url": url }));
        self.clinic.page.evaluate("globalThis.since = 'the beginning'");
        self.clinic.page.sees_in("#connection", "Live");
        self.clinic
            .page
            .act("writes", json!({ "within": ".labelled", "label": "Day", "text": self.day.to_string() }));
        self.clinic.page.sees_in("#book", "Tom Baker");
    }

    fn stands(&self, number: usize) -> Appointment {
        let id = self.appointments[number].id;
        self.clinic.desk.store().run(move |store| store.appointment(id)).unwrap().unwrap()
    }

    fn keys(&mut self, keys: &[&str]) {
        for key in keys {
            self.clinic.page.act("keys", json!({ "keys": key }));
        }
    }

    /// What has the keyboard, in words.
    fn focused(&mut self) -> String {
        let at = self.clinic.page.evaluate("document.activeElement.innerText");
        at.as_str().unwrap_or_default().to_string()
    }

    fn fits(&mut self, what: &str) {
        // The last is what 200 % leaves of a window of 1280 pixels.
        for (name, width, height) in [("wide", 1280, 800), ("tablet", 768, 1024), ("zoomed", 640, 400)] {
            self.clinic.page.act("size", json!({ "width": width, "height": height }));
            std::thread::sleep(std::time::Duration::from_millis(150));
            self.clinic.page.picture(&format!("book-{what}-{name}"), false);
            self.clinic.page.picture(&format!("book-{what}-{name}-whole"), true);
            assert_eq!(self.clinic.page.evaluate(CUT_OFF), json!([]), "{what}: cut off at {width} pixels");
        }
        self.clinic.page.is_accessible(what);
        self.clinic.page.act("size", json!({ "width": 1440, "height": 900 }));
    }
}

fn free(clinic: &Clinic, service: &str, clinician: &str, day: NaiveDate) -> Vec<Slot> {
    let of = Arc::clone(&clinic.desk.clinic);
    let search = SlotSearch {
        service: service.into(),
        clinician: Some(clinician.into()),
        from: day,
        to: day,
        part: None,
    };
    clinic
        .desk
        .store()
        .run(move |store| store.open_slots_for(Asker::Staff, &of, &search, Utc::now()))
        .unwrap()
}

/// Where something is on the screen.
fn middle(clinic: &mut Clinic, script: &str) -> (f64, f64) {
    let found = clinic.page.evaluate(&format!(
        "(() => {{ const box = ({script}).getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2]; }})()"
    ));
    (found[0].as_f64().unwrap(), found[1].as_f64().unwrap())
}

#[test]
fn an_appointment_is_moved_with_the_keyboard_alone_and_put_back() {
    let mut book = Book::opens();
    book.fits("day");
    let before = book.stands(2);
    book.clinic.page.evaluate(
        "[...document.querySelectorAll('.appointment > button')].find((card) => card.innerText.includes('Tom')).focus()",
    );
    // From card to card, and back.
    book.keys(&["ArrowDown"]);
    assert!(book.focused().contains("आरती"), "{}", book.focused());
    book.keys(&["ArrowUp", "m"]);
    book.clinic.page.sees_in("#moving", "Move Tom Baker");
    book.clinic.page.sees_in("#moving-target", "Dr Chen");
    book.fits("moving");
    // The first free time is behind the six; then one later, the next column (no other gives it on a Monday), and back.
    book.keys(&["Home"]);
    let first = book.clinic.page.reads("#moving-target");
    assert!(first.contains("10:00") && first.contains("Dr Chen"), "{first}");
    book.keys(&["ArrowDown"]);
    assert!(book.clinic.page.reads("#moving-target").contains("10:15"));
    book.clinic.page.sees_in("#moving-target", "10:15");
    let spoken = "document.querySelector('#announce').textContent";
    eventually("it is told to a screen reader", || {
        book.clinic.page.evaluate(spoken).to_string().contains("10:15")
    });
    book.keys(&["Escape"]);
    book.clinic.page.sees_no_more("body", "Move Tom Baker");
    assert!(book.focused().contains("Tom"), "the keyboard is back on the card");
    assert_eq!(book.stands(2), before);
    // On Tuesdays Dr Okafor has the service too: another day, another column.
    book.keys(&["m", "PageDown"]);
    book.clinic.page.sees_in("#moving-target", "Tuesday");
    book.keys(&["End"]);
    let other = book.clinic.page.reads("#moving-target");
    book.keys(&["ArrowRight"]);
    eventually("another clinician is chosen", || {
        let now = book.clinic.page.reads("#moving-target");
        now != other && now.contains("Dr Okafor")
    });
    book.keys(&["Enter"]);
    book.clinic.page.sees_in("#done", "Tom Baker is moved to Tuesday");
    let moved = book.stands(2);
    assert_eq!(moved.clinician, "Dr Okafor");
    book.clinic.page.sees_in("#book", "Tom Baker");
    book.clinic.page.is_accessible("after a move");
    // By the key; the button does the same.
    book.keys(&["u"]);
    book.clinic.page.sees_in("#done", "Tom Baker is back at Monday");
    assert_eq!(book.stands(2), before);
    book.clinic.ends_well();
}

#[test]
fn a_card_is_dragged_to_a_free_time_and_a_time_that_is_taken_meanwhile_is_refused_in_words() {
    let mut book = Book::opens();
    let card =
        "[...document.querySelectorAll('.appointment')].find((card) => card.innerText.includes('Tom'))";
    let time = |clock: &str| {
        format!(
            "[...document.querySelectorAll('.free')].find((free) => free.item.time === '{clock}' && free.item.slot.clinician === 'Dr Chen')"
        )
    };
    // Both on one screen.
    book.clinic.page.act("size", json!({ "width": 1440, "height": 1500 }));
    let (from, to) = (middle(&mut book.clinic, card), middle(&mut book.clinic, &time("10:30")));
    book.clinic.page.act(
        "drags",
        json!({ "from": [from.0, from.1], "to": [to.0, to.1], "picture": "out/desk/book-drag.png" }),
    );
    book.clinic.page.sees_in("#done", "Tom Baker is moved to");
    let there = book.stands(2);
    let clock = there.starts_at.with_timezone(&book.clinic.desk.clinic.zone).format("%H:%M").to_string();
    assert_eq!(clock, "10:30");
    assert_eq!(book.clinic.page.act("count", json!({ "within": "dialog[open]" })), 0, "a drag opens nothing");

    // Somebody at another desk takes the time that is chosen here.
    let slots = free(&book.clinic, "general", "Dr Chen", book.day);
    let slot = slots[0].clone();
    book.clinic.page.evaluate(
        "[...document.querySelectorAll('.appointment > button')].find((card) => card.innerText.includes('Ngozi')).focus()",
    );
    book.keys(&["m", "Home"]);
    // The page hears of nothing meanwhile.
    book.clinic.page.evaluate(
        "globalThis.fetched = fetch; globalThis.fetch = (path, ...rest) => String(path).startsWith('/api/book?') ? Promise.reject(new Error('not now')) : fetched(path, ...rest)",
    );
    let (of, other) = (Arc::clone(&book.clinic.desk.clinic), book.appointments[0].clone());
    let order = BookingOrder::Move { appointment: other.id, from: other.starts_at, slot: slot.clone() };
    let answer = book
        .clinic
        .desk
        .store()
        .run(move |store| store.decide_booking_for(Asker::Staff, &of, &order, Utc::now()));
    assert!(matches!(answer.unwrap(), BookingAnswer::Booked { .. }));
    let before = book.stands(5);
    book.keys(&["Enter"]);
    book.clinic.page.evaluate("globalThis.fetch = fetched");
    book.clinic.page.sees_in("#said", "Somebody else has this time by now");
    assert_eq!(book.stands(5), before);
    book.clinic.page.has_no_faults();
}

#[test]
fn somebody_on_the_telephone_gets_the_next_free_time() {
    let mut book = Book::opens();
    book.clinic.page.act("chooses", json!({ "label": "Next free time for", "text": "Children's clinic" }));
    book.clinic.page.act("presses", json!({ "within": "#find-form", "button": "Find" }));
    eventually("the keyboard is on the free time", || book.focused().contains("Children's clinic"));
    book.keys(&["Enter"]);
    book.clinic.page.sees_in("#book-dialog", "For whom?");
    book.clinic
        .page
        .act("writes", json!({ "within": "#book-dialog", "label": "or record no.", "text": "100003" }));
    book.clinic.page.act("presses", json!({ "within": "#book-dialog", "button": "Find the record" }));
    book.clinic.page.sees_in("#book-dialog", "आरती");
    book.fits("booking");
    book.clinic.page.act("presses", json!({ "within": "#book-dialog", "button": "Book it for आरती शर्मा" }));
    book.clinic.page.sees_in("#done", "Booked for आरती शर्मा");
    let patient = book.people[3].id;
    let visits = book.clinic.desk.store().run(move |store| store.booked_visits(patient)).unwrap();
    assert!(visits.iter().any(|visit| visit.appointment.service == "children"));
    // And what is opened can be called off.
    book.clinic.page.act("presses", json!({ "within": "#done", "button": "Close" }));
    book.clinic.page.evaluate(
        "[...document.querySelectorAll('.appointment > button')].find((card) => card.innerText.includes('आरती')).click()",
    );
    book.fits("appointment");
    book.clinic.page.presses("Call it off…");
    book.clinic.page.presses("Yes, call it off");
    book.clinic.page.sees_in("#done", "called off");
    book.clinic.ends_well();
}

#[test]
fn a_week_of_one_clinician_shows_each_day() {
    let mut book = Book::opens();
    book.clinic.page.act("chooses", json!({ "label": "Show", "text": "Dr Chen, one week" }));
    book.clinic.page.sees_in("#day-title", "Dr Chen, week of Monday");
    book.clinic.page.sees_in("#book", "Tom Baker");
    assert_eq!(book.clinic.page.act("count", json!({ "within": ".book-column" })), 5);
    book.fits("week");
    book.clinic.ends_well();
}

#[test]
fn closing_a_time_lists_everybody_and_the_calls_go_to_the_end() {
    let mut book = Book::opens();
    // One of them is here already, by mistake a week early or however: they are spoken with.
    book.clinic.page.presses("Close a time…");
    book.clinic.page.act("ticks", json!({ "within": "#closing-dialog", "label": "Dr Chen" }));
    book.clinic
        .page
        .act("writes", json!({ "within": "#closing-dialog", "label": "From: time", "text": "08:30" }));
    book.clinic
        .page
        .act("writes", json!({ "within": "#closing-dialog", "label": "Until: time", "text": "09:30" }));
    book.clinic
        .page
        .act("writes", json!({ "within": "#closing-dialog", "label": "Why?", "text": "Dr Chen is ill" }));
    book.fits("closing-span");
    book.clinic.page.presses("Show whom it concerns");
    book.clinic.page.sees_in("#closing-dialog", "It concerns 4 people");
    book.clinic.page.sees_in("#closing-dialog", "4 moved, 0 called off, 0 left open");
    book.clinic.page.act(
        "chooses",
        json!({ "label": "What becomes of the appointment of Tom Baker", "text": "Call it off" }),
    );
    book.clinic.page.act(
        "chooses",
        json!({ "label": "What becomes of the appointment of आरती शर्मा", "text": "Leave it open, and agree with them" }),
    );
    book.clinic.page.act(
        "chooses",
        json!({ "label": "What becomes of the appointment of ليلى حداد", "text": "Move to another time…" }),
    );
    book.clinic.page.sees_in("#closing-dialog", "Free time");
    book.fits("closing-list");
    let times = "document.querySelector('.other-time:not([hidden]) select').options.length";
    eventually("free times are offered", || book.clinic.page.evaluate(times).as_u64().unwrap() > 3);
    let at = book.day.weekday();
    assert_eq!(at, Weekday::Mon);
    book.clinic.page.act(
        "chooses",
        json!({ "within": "#closing-dialog", "label": "Free time", "text": "15:30 Dr Chen" }),
    );
    book.clinic.page.sees_in("#closing-dialog", "2 moved, 1 called off, 1 left open");
    book.clinic.page.presses("Close this time, and list the calls");
    book.clinic.page.sees_in("#closures", "4 of 4 still to be told");
    book.clinic.page.sees_in("#closures", "had to be called off");
    book.fits("calls");
    assert_eq!(book.stands(2).status, AppointmentStatus::Cancelled);
    let clock = |appointment: Appointment| {
        appointment.starts_at.with_timezone(&book.clinic.desk.clinic.zone).format("%H:%M").to_string()
    };
    assert_eq!(clock(book.stands(1)), "15:30");
    assert_eq!(clock(book.stands(3)), "09:15", "left where it is");
    // Nothing of it is offered to anybody any more.
    let from = book.appointments[0].starts_at;
    assert!(
        free(&book.clinic, "general", "Dr Chen", book.day)
            .iter()
            .all(|slot| slot.starts_at >= from + TimeDelta::hours(1))
    );

    // The calls, one by one.
    let calls = ["Maria Luisa", "ليلى", "Tom", "आरती"];
    let press = |book: &mut Book, name: &str, button: &str| {
        book.clinic.page.act("presses", json!({ "within": ".call", "having": name, "button": button }));
    };
    press(&mut book, calls[0], "No answer: try again");
    book.clinic.page.sees_in(".call", "Maria: nobody answered.");
    book.clinic.page.act("ticks", json!({ "within": ".call", "having": calls[0], "label": "Telephone the patient and say what was changed" }));
    press(&mut book, calls[0], "Reached");
    book.clinic.page.sees_in("#closures", "3 of 4 still to be told");
    press(&mut book, calls[1], "Could not be reached");
    book.clinic.page.sees_in(".call .said", "Write in a few words why nobody tries again");
    book.clinic.page.act(
        "writes",
        json!({ "within": ".call", "having": calls[1], "label": "Note", "text": "A letter was sent" }),
    );
    press(&mut book, calls[1], "Could not be reached");
    book.clinic.page.sees_in("#closures", "2 of 4 still to be told");
    press(&mut book, calls[2], "Reached");
    book.clinic.page.sees_in("#closures", "1 of 4 still to be told");
    // Another time is agreed on with the one who was left open.
    press(&mut book, calls[3], "Another time…");
    book.clinic.page.sees_in("#moving", "Move आरती शर्मा");
    book.keys(&["End", "Enter"]);
    book.clinic.page.sees_in("#done", "आरती शर्मा is moved to");
    book.clinic.page.sees_in(".call", "It is now");
    press(&mut book, calls[3], "Reached");
    book.clinic.page.sees_in("#closures", "all 4 have an outcome");
    let open = book.clinic.desk.store().run(|store| store.open_requests()).unwrap();
    assert!(open.is_empty(), "{open:?}");
    book.clinic.page.is_accessible("with all calls answered");
    let file: Value = book.clinic.page.evaluate(
        "(async () => { const told = await fetch(document.querySelector('.call a[download]').href); return told.text(); })()",
    );
    assert!(file.as_str().unwrap().contains("METHOD:"), "{file}");

    // Open again: it can be booked.
    book.clinic.page.presses("Open it again…");
    book.clinic.page.presses("Yes, open it again");
    eventually("the time is free again", || {
        free(&book.clinic, "general", "Dr Chen", book.day).iter().any(|slot| slot.starts_at == from)
    });
    book.clinic.page.sees_no_more("body", "all 4 have an outcome");
    book.clinic.ends_well();
}
