//! The whole line with real parts: a kiosk process on a real X display that real pointer events touch, a
//! printer and a scanner behind pseudo-terminals, a desk process, and staff in a real Chromium.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod browser;
mod display;
mod house;
#[path = "../staff/mod.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod staff;
mod twin;

use display::Display;
use house::House;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use twin::Twin;
use vestibule::front_desk::code::Code;
use vestibule::front_desk::ticket::PaperState;
use vestibule::kiosk::session::{Answer, Event, Found, Printed};

const GLASS: (u32, u32) = (1080, 1920);
const SOON: Duration = Duration::from_secs(20);

/// What a person does at the kiosk, on the real glass and on its twin.
struct Lobby {
    display: Display,
    twin: Twin,
}

impl Lobby {
    fn touch(&mut self, label: &str) {
        self.display.tap(self.twin.touch(label));
        // A person is not faster; and a screen that has just appeared takes no touch.
        std::thread::sleep(Duration::from_millis(450));
    }

    /// The same; answers when the finger went down, in milliseconds since 1970.
    fn touch_noting_when(&mut self, label: &str) -> u64 {
        let place = self.twin.touch(label);
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64;
        self.display.tap(place);
        std::thread::sleep(Duration::from_millis(450));
        at
    }

    fn type_keys(&mut self, keys: &str) {
        for key in keys.chars() {
            self.display.tap(self.twin.touch(&key.to_string()));
            std::thread::sleep(Duration::from_millis(60));
        }
    }

    fn sees(&self, what: &str) {
        self.display.shows(what, &self.twin.picture(), SOON);
    }
}

#[test]
fn from_a_touch_to_a_ticket_to_the_desk() {
    let mut house = House::build();
    let [margaret, sean] = house.guests.clone();
    house.open_desk();
    let mut page = browser::Page::open(&house.desk_address());
    page.signs_in("maria", staff::PASSWORD);
    page.sees_text("Nobody has checked in today.");

    let display = Display::open(GLASS);
    house.start_kiosk(&display.name, GLASS);
    let mut lobby = Lobby { display, twin: Twin::new(house.clinic.clone(), GLASS) };
    lobby.sees("the welcome");
    house.wait_for_the_book();

    // Languages are switched by touch, and back.
    lobby.touch("العربية");
    lobby.sees("the welcome in Arabic");
    lobby.touch("English");
    lobby.sees("the welcome in English");

    // A booked patient types two identifiers.
    lobby.touch("I have an appointment");
    lobby.type_keys("07111950");
    lobby.sees("the date of birth");
    lobby.touch("Next");
    lobby.type_keys("Thompson");
    lobby.sees("the family name");
    lobby.touch("Next");
    lobby.twin.answer(Found::One(Box::new(margaret.known())));
    lobby.sees("is this you?");
    lobby.touch("Yes, that's me");
    let printed = house.printed_ticket(1);
    let ticket = house.ticket("C101");
    lobby.twin.event(Event::OwedTold(house.owed(&ticket)));
    lobby.twin.answer(Answer::CheckedIn(ticket.clone()));
    lobby.twin.event(Event::Paper(Printed::Ticket(ticket.id), PaperState::Printed));
    lobby.sees("the number");
    assert_eq!(house.codes_in(&printed), [Code::Ticket(ticket.id).text()]);
    page.sees_text("C101");
    page.sees_text("Margaret Thompson");
    lobby.touch("Finish");
    lobby.sees("the welcome again");

    // Somebody needs a person; the desk sees it without reloading, and the kiosk tells who comes.
    lobby.touch("I need help");
    lobby.sees("what can be asked for");
    lobby.touch("Call a person");
    page.sees_text("Asks for help");
    assert!(page.title().starts_with("(1)"), "{}", page.title());
    page.press("Acknowledge: I am going");
    let request = lobby.twin.request();
    lobby.twin.event(Event::RequestAcknowledged(request, "Maria".into()));
    lobby.sees("Maria is on the way");
    lobby.touch("Finish");
    page.resolves("Showed the way to the lift.");
    page.sees_text("Nobody is waiting for help.");

    // Somebody is in danger: chosen, or typed. The desk's window is filled until a person answers.
    for typed in [false, true] {
        lobby.touch("I need help");
        let touched = if typed {
            lobby.touch("I have a question");
            lobby.type_keys("Choking");
            lobby.touch_noting_when("Send")
        } else {
            lobby.touch_noting_when("It is an emergency")
        };
        let alarmed = page.alarm();
        // A figure to read, not to judge by: this machine does other things as well.
        println!("from the touch to the alarm in the browser: {} ms", alarmed.saturating_sub(touched));
        let request = lobby.twin.request();
        lobby.twin.event(Event::RequestDelivered(request));
        lobby.sees("what to do now");
        page.press("I am going to kiosk lobby");
        lobby.twin.event(Event::RequestAcknowledged(request, "Maria".into()));
        lobby.sees("that Maria is on the way to the emergency");
        lobby.touch("Somebody is here");
        page.resolves("Helped on the spot.");
        page.sees_text("Nobody is waiting for help.");
    }

    // The desk is away: the kiosk goes on, and the desk catches up by itself.
    house.kill_desk();
    house.scan(&sean.code());
    lobby.twin.event(Event::Scanned(Code::parse(&sean.code())));
    lobby.sees("the code is read");
    lobby.type_keys("29022000");
    lobby.touch("Next");
    lobby.twin.answer(Found::One(Box::new(sean.known())));
    lobby.sees("is this you?, without a desk");
    lobby.touch("Yes, that's me");
    let printed = house.printed_ticket(2);
    let ticket = house.ticket("C102");
    assert_eq!(house.codes_in(&printed), [Code::Ticket(ticket.id).text()]);
    lobby.twin.event(Event::OwedTold(house.owed(&ticket)));
    lobby.twin.answer(Answer::CheckedIn(ticket.clone()));
    lobby.twin.event(Event::Paper(Printed::Ticket(ticket.id), PaperState::Printed));
    lobby.sees("the number, without a desk");
    lobby.touch("Finish");
    page.sees_text("The live connection is lost.");
    lobby.touch("I need help");
    lobby.touch("Call a person");
    let request = lobby.twin.request();
    lobby.twin.event(Event::RequestKept(request, true));
    lobby.twin.wait(Duration::from_secs(5));
    lobby.sees("that the desk has not been reached yet");
    house.open_desk();
    page.sees_text("C102");
    page.sees_text("Asks for help");
    lobby.twin.event(Event::RequestDelivered(request));
    lobby.sees("that the desk has the request");
    lobby.touch("Finish");

    // Somebody walks away in the middle; nothing of theirs stays.
    lobby.touch("I am new here");
    lobby.type_keys("Aoife");
    let warn_after = house.clinic.inactivity.warn_after;
    let whole = warn_after + house.clinic.inactivity.countdown;
    std::thread::sleep(whole + Duration::from_secs(1));
    lobby.twin.wait(whole);
    lobby.sees("the welcome after somebody walked away");
    lobby.touch("I am new here");
    lobby.sees("an empty first question");
}
