//! No log has anything of a patient in it, whatever happens and however much is logged. Two people with names that
//! nobody else has go through a kiosk, by every way there is to say something, while the disk and the printer fail; then
//! the logs of kiosk and desk at their most talkative, and the desk's figures, are searched for what they said.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use chrono::Utc;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::clinic::{Place, guests};
use support::desk::RunningDesk;
use support::hands::{Hands, NewPatient, notice};
use support::{devices, until};
use tracing_subscriber::fmt::MakeWriter;
use vestibule::front_desk::code::Code;
use vestibule::kiosk::screens::Screen;
use vestibule::kiosk::session::{Event, Touch};
use vestibule::link::fact::FactKind;
use vestibule_hardware::printer::simulator::Condition;

/// Everything that was logged.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn get(place: &Place, path: &str) -> String {
    let mut stream = TcpStream::connect(place.clinic.desk).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", place.clinic.desk)
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn nothing_of_a_patient_is_in_any_log() {
    let log = Written::default();
    // As the program writes them with --log-format json, and more of it than it ever would by itself.
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .init();

    let place = Place::new();
    let (printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let mut people = guests(2);
    people[0].patient.name.given = "Zyxwilda".into();
    people[0].patient.name.family = "Quirkelbach".into();
    people[0].patient.number = Some("7733991155".into());
    people[0].patient.phone = Some("+34 655 443 221".into());
    people[0].patient.address = Some("Calle Brummelkamp 17".into());
    desk.book(&people);
    let mut hands = Hands::at(&place, "lobby");
    hands.wait_for_the_book(people.len());
    // Found by name, a ticket, a ticket without paper, a copy.
    hands.identify(&people[0]);
    // Is the address still right? And the telephone number?
    while matches!(hands.screen(), Screen::Confirm(_)) {
        hands.touch(Touch::Yes);
        hands.live(Duration::from_millis(200));
    }
    hands.answer_forms();
    hands.paper();
    hands.finish();
    printer.set(Condition::PaperOut, true);
    hands.check_in(&people[1]);
    hands.paper();
    hands.finish();
    printer.set(Condition::PaperOut, false);
    // Codes that are ours and codes that are nobody's.
    hands.runner.happen(Event::Scanned(Some(Code::PatientNumber("7733991155".into()))));
    hands.touch(Touch::StartOver);
    hands.runner.happen(Event::Scanned(Code::parse("PETERSILIENWURZEL-4711")));
    hands.touch(Touch::StartOver);
    // Somebody new.
    hands.register(&NewPatient { given: "Xantippos", family: "Vogelfrei", born: "13071961" });
    hands.answer_forms();
    hands.until("the number", support::hands::done);
    hands.paper();
    hands.finish();
    // Nobody by this name; three times, so that a person is called.
    hands.touch(Touch::HaveAppointment);
    for _ in 0..3 {
        if !matches!(hands.screen(), Screen::Question(_)) {
            break;
        }
        hands.type_in("01021903");
        hands.touch(Touch::Next);
        hands.type_in("Nirgendwieser");
        hands.touch(Touch::Next);
        hands.live(Duration::from_millis(300));
    }
    hands.touch(Touch::StartOver);
    // In their own words, to the desk and back.
    hands.touch(Touch::NeedHelp);
    let Screen::Help(help) = hands.screen() else { panic!("{:?}", hands.screen()) };
    let question = help.choices.iter().position(|choice| choice.label == "I have a question").unwrap();
    hands.touch(Touch::Choice(question));
    hands.type_in("Where does Grimmelshausen wait with the green umbrella?");
    hands.touch(Touch::Next);
    hands.until("that it is on its way", notice);
    until("the question at the desk", || {
        hands.live(Duration::from_millis(20));
        desk.board()["requests"].to_string().contains("Grimmelshausen")
    });
    let board = desk.board();
    let requests = board["requests"].as_array().unwrap();
    let asked =
        requests.iter().find(|request| request["words"].to_string().contains("Grimmelshausen")).unwrap();
    desk.does(Some(asked), "say", serde_json::json!({ "words": "By the Apfelbaumgarten door" }));
    desk.does(Some(asked), "resolve", serde_json::json!({ "note": "told Grimmelshausen" }));
    hands.touch(Touch::Finish);
    // A disk that takes nothing more: the desk is told past it, and what fails says why, and not what.
    let store = hands.runner.store().clone();
    store
        .run(|store| {
            store.limit_pages(1)?;
            for length in [4000, 500, 50, 1] {
                let filler =
                    || FactKind::DeviceReported { device: "filler".into(), trouble: "x".repeat(length) };
                while store.commit(vec![filler()], Utc::now()).is_ok() {}
            }
            Ok(())
        })
        .unwrap();
    let asks = |hands: &mut Hands, words: &str, answer: &str| {
        hands.touch(Touch::NeedHelp);
        hands.touch(Touch::Choice(question));
        hands.type_in(words);
        hands.touch(Touch::Next);
        hands.until(answer, |screen| {
            notice(screen).filter(|notice| notice.lines.iter().any(|line| line.contains(answer)))
        });
        hands.touch(Touch::Finish);
    };
    asks(&mut hands, "Krautwickelmann is late", "The desk has your request");
    // What is no delivery is refused, and not quoted.
    let rubbish = "{\"kiosk\":\"lobby\",\"name\":\"Schnipselhuber\"";
    let key = &place.clinic.link_key;
    let mut stream = TcpStream::connect(place.clinic.desk).unwrap();
    write!(
        stream,
        "POST /link/facts HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{rubbish}",
        place.clinic.desk,
        rubbish.len()
    )
    .unwrap();
    stream.read_to_string(&mut String::new()).unwrap();
    let figures = get(&place, "/metrics");
    assert!(figures.contains("vestibule_requests"), "{figures}");
    assert!(get(&place, "/api/visits/01a20fa0-0cb8-7563-920f-f08219446b63/answers").contains("HTTP/1.1"));
    // Nor is there a desk to tell.
    drop(desk);
    asks(&mut hands, "Sauerampferer is later still", "could not tell");
    drop(hands);

    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for line in written.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
    // It did speak, of both ends, and of the requests by their names.
    for word in ["vestibule::desk", "vestibule::kiosk", "\"route\":\"/link/facts\"", "\"request\":\""] {
        assert!(written.contains(word), "{word} is not in the log");
    }
    let low = (written + &figures).to_lowercase();
    for secret in [
        "Zyxwilda",
        "Quirkelbach",
        "7733991155",
        "655 443 221",
        "655443221",
        "Brummelkamp",
        "Xantippos",
        "Vogelfrei",
        "13071961",
        "1961-07-13",
        "Nirgendwieser",
        "01021903",
        "PETERSILIENWURZEL",
        "Grimmelshausen",
        "umbrella",
        "Apfelbaumgarten",
        "Krautwickelmann",
        "Sauerampferer",
        "Schnipselhuber",
        "01a20fa0-0cb8-7563-920f-f08219446b63",
        key.as_str(),
    ] {
        let secret = secret.to_lowercase();
        let at = low.find(&secret);
        let around = at.map(|at| low[at.saturating_sub(200)..].chars().take(400).collect::<String>());
        assert_eq!(around, None, "{secret} is in a log");
    }
}
