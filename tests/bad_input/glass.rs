//! What is scanned and typed.

use crate::support::clinic::{Place, guests};
use crate::support::desk::RunningDesk;
use crate::support::hands::{Hands, NewPatient, question};
use crate::support::{devices, until};
use chrono::{Datelike, Days, Utc};
use std::time::Duration;
use vestibule::front_desk::code::Code;
use vestibule::kiosk::screens::{Entry, Screen};
use vestibule::kiosk::session::{Event, Touch};

const UNKNOWN_CODE: &str = "We cannot use this code. Please type your answers instead.";
const NO_MATCH: &str = "We could not find you with these answers. Please check both of them and try again.";

#[test]
fn strange_codes_are_refused_and_the_right_one_still_works() {
    let place = Place::new();
    let desk = RunningDesk::start(&place.clinic);
    let guests = guests(1);
    desk.book(&guests);
    let mut scanner = devices::scanner(&place, "lobby");
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(guests.len());

    let digits = |count: usize| "7".repeat(count).into_bytes();
    let number = |number: &str| format!("]Q1VESTIBULE:P:{number}").into_bytes();
    let cases: [(&str, Vec<u8>); 15] = [
        ("no text", vec![0xFF, 0xFE, 0xC3, 0x28]),
        ("a letter cut in two", vec![b'A', 0xC3]),
        ("a command to a terminal", b"\x1B[2J\x1B]0;mine\x07".to_vec()),
        ("4 KB of figures", digits(4096)),
        ("more figures than any code holds", digits(9000)),
        ("an address", b"]Q1https://example.org/?id=1".to_vec()),
        ("an article number", b"]E04012345678901".to_vec()),
        ("a health card", b"]L2%B6011234567890123^NAME/A^2512?".to_vec()),
        ("our word alone", b"VESTIBULE:".to_vec()),
        ("a kind that does not exist", b"VESTIBULE:X:123".to_vec()),
        ("an appointment that is none", b"VESTIBULE:A:tomorrow".to_vec()),
        ("a ticket that is none", b"VESTIBULE:T:C101".to_vec()),
        ("an empty number", number("")),
        ("a number that is too long", number(&"1".repeat(41))),
        ("a number that is a sentence to a database", number("1'; DROP TABLE patient; --")),
    ];
    // Control characters alone are no code: nothing comes of them.
    scanner.send(b"\x01\x02\x1B\x1D\r").unwrap();
    hands.live(Duration::from_millis(600));
    assert!(matches!(hands.screen(), Screen::Welcome(_)));
    for (what, mut bytes) in cases {
        bytes.push(b'\r');
        scanner.send(&bytes).unwrap();
        hands.until(what, |screen| question(screen).filter(|question| question.error == UNKNOWN_CODE));
        hands.touch(Touch::StartOver);
        assert!(matches!(hands.screen(), Screen::Welcome(_)), "{what}");
    }

    // A number that nobody has is only found out with the date of birth, and does not stand in the way.
    scanner.send(b"]Q1VESTIBULE:P:999999\r").unwrap();
    hands.until("the question", |screen| question(screen).filter(|question| question.error.is_empty()));
    hands.type_in(&guests[0].born());
    hands.touch(Touch::Next);
    hands.until("no match", |screen| question(screen).filter(|question| question.error == NO_MATCH));
    hands.touch(Touch::StartOver);

    // What is scanned where a code means nothing changes nothing.
    hands.identify(&guests[0]);
    let before = hands.screen();
    scanner.send(b"]Q1https://example.org\r").unwrap();
    scanner.send(&[0xFF, b'\r']).unwrap();
    for _ in 0..20 {
        hands.live(std::time::Duration::from_millis(20));
    }
    assert_eq!(hands.screen(), before);
    hands.touch(Touch::StartOver);

    scanner.scan(&Code::Appointment(guests[0].appointment.id).text()).unwrap();
    hands.until("the question", |screen| question(screen).filter(|question| question.error.is_empty()));
    hands.type_in(&guests[0].born());
    hands.touch(Touch::Next);
    hands.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
    hands.touch(Touch::Yes);
    hands.until("the number", crate::support::hands::done);
}

#[test]
fn dates_are_judged_in_words_that_help() {
    let place = Place::new();
    let mut hands = Hands::at(&place, "lobby");
    let today = Utc::now().with_timezone(&place.clinic.zone).date_naive();
    let typed = |date: chrono::NaiveDate| date.format("%d%m%Y").to_string();
    let incomplete = "Please type two figures for the day, two for the month and four for the year.";
    let no_such_day = "This day is not in the calendar. Please check day and month.";
    let future = "This day is still to come. Please check the year.";
    let too_long_ago = "This year is too long ago. Please check it.";
    let cases = [
        (String::new(), incomplete),
        ("2902".into(), incomplete),
        ("290220".into(), incomplete),
        ("29021999".into(), no_such_day),
        ("29021900".into(), no_such_day),
        ("31042001".into(), no_such_day),
        ("00001990".into(), no_such_day),
        ("01131990".into(), no_such_day),
        (typed(today + Days::new(1)), future),
        ("01019999".into(), future),
        ("01010000".into(), too_long_ago),
        (format!("0101{}", today.year() - 131), too_long_ago),
        // These are days on which people were born.
        ("29022000".into(), ""),
        ("29021996".into(), ""),
        ("٢٩٠٢٢٠٠٠".into(), ""),
        (typed(today), ""),
        (format!("3112{}", today.year() - 130), ""),
    ];
    hands.touch(Touch::HaveAppointment);
    for (digits, error) in cases {
        hands.type_in(&digits);
        hands.touch(Touch::Next);
        let asked = question(&hands.screen()).unwrap();
        assert_eq!(asked.error, error, "{digits}");
        let goes_on = matches!(asked.entry, Entry::Letters(_));
        assert_eq!(goes_on, error.is_empty(), "{digits}");
        if goes_on {
            hands.touch(Touch::Back);
        }
        (0..8).for_each(|_| hands.runner.happen(Event::Erased));
    }
}

#[test]
fn names_of_every_kind_come_to_the_desk_as_they_were_typed() {
    let place = Place::new();
    let desk = RunningDesk::start(&place.clinic);
    let mut hands = Hands::at(&place, "lobby");
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(6)[..200].to_string();
    let cases: [(&str, &str, &str, &str); 5] = [
        ("Seán Óg", "O'Brien-Ñandú", "Seán Óg", "O'Brien-Ñandú"),
        ("X", "Y", "X", "Y"),
        (&long, &long, &long, &long),
        ("ليلى", "حدّاد", "ليلى", "حدّاد"),
        // Control characters are no part of a name, and what looks like a page is one.
        ("\u{1B}[1m  Zo\u{0}ë\t \n", "<b>\"D'Arcy\"</b> & Co", "[1m Zoë", "<b>\"D'Arcy\"</b> & Co"),
    ];
    for (given, family, given_kept, family_kept) in cases {
        hands.register(&NewPatient { given, family, born: "29022000" });
        let number = hands.until("the number", crate::support::hands::done).number;
        until("the arrival at the desk", || desk.arrival(&number).is_some());
        let arrival = desk.arrival(&number).unwrap();
        assert_eq!(arrival["patient"]["name"], format!("{given_kept} {family_kept}"));
        assert_eq!(arrival["patient"]["born"], "29 Feb 2000");
        hands.finish();
    }

    // Who registers once more, in other letters, is checked in, and a person is asked about both records.
    hands.register(&NewPatient { given: "SEAN OG", family: "o’brien nandu", born: "29022000" });
    hands.until("the number", crate::support::hands::done);
    let records = || {
        let board = desk.board();
        let requests = board["requests"].as_array().unwrap();
        let about = |request: &&serde_json::Value| request["two_records"] == true;
        requests.iter().find(about).map(|request| request["patients"].clone())
    };
    until("the request at the desk", || records().is_some());
    let records = records().unwrap();
    assert_eq!(records[0]["name"], "SEAN OG o’brien nandu");
    assert_eq!(records[1]["name"], "Seán Óg O'Brien-Ñandú");
}
