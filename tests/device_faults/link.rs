//! The road between kiosk and desk: what the patients read while it is bad, what the desk has meanwhile, and that
//! afterwards nothing is lost and nothing is there twice.

use crate::lobby::{Lobby, place_with};
use crate::support::desk::{RunningDesk, Stop};
use crate::support::hands::notice;
use crate::table::{Played, differs};
use Road::*;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use vestibule::kiosk::session::Touch;

/// How the road is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Road {
    Good,
    /// It is not the road: the desk is killed.
    DeskKilled,
    /// Every connection ends at once.
    Closed,
    /// It breaks in the middle of what the kiosk delivers.
    CutInDelivery,
    /// The desk takes the delivery, and its answer is lost.
    CutInAnswer,
    /// Connections stand, and nothing goes over them.
    HalfOpen,
    /// Three kilobytes a second.
    Slow,
}

// What the patient reads.
const TAKE: &str = "Your ticket is printed. Please take it.";
const HAS: &str = "The desk has your request.";
const KEPT: &str = "The desk has not been reached yet. Your request is kept and will be delivered by itself. Please go to the desk.";

/// The road, what a patient reads who checks in, what one reads who calls for help, and how often the arrival is at the
/// desk meanwhile. Afterwards every line ends alike: arrival and request are at the desk once, and nothing waits.
#[rustfmt::skip]
const TABLE: &[(Road, &str, &str, usize)] = &[
    (DeskKilled,    TAKE, KEPT, 0),
    (Closed,        TAKE, KEPT, 0),
    (CutInDelivery, TAKE, KEPT, 0),
    (CutInAnswer,   TAKE, KEPT, 1),
    (HalfOpen,      TAKE, KEPT, 0),
    (Slow,          TAKE, HAS,  1),
];

impl Road {
    fn name(self) -> &'static str {
        match self {
            Good => "good",
            DeskKilled => "desk killed",
            Closed => "cut",
            CutInDelivery => "cut in the middle of a delivery",
            CutInAnswer => "cut before the answer",
            HalfOpen => "half-open",
            Slow => "slow",
        }
    }
}

/// Stands between kiosk and desk.
struct Between {
    address: SocketAddr,
    road: Arc<Mutex<Road>>,
    ended: Arc<AtomicBool>,
}

/// What goes through of a delivery that is cut: its head, and not all of its body.
const CUT_AFTER: usize = 400;

impl Between {
    fn start(desk: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (road, ended) = (Arc::new(Mutex::new(Good)), Arc::new(AtomicBool::new(false)));
        let (its_road, its_end) = (Arc::clone(&road), Arc::clone(&ended));
        thread::spawn(move || {
            while !its_end.load(Ordering::Relaxed) {
                let Ok((kiosk, _)) = listener.accept() else {
                    thread::sleep(Duration::from_millis(5));
                    continue;
                };
                let Ok(desk) = TcpStream::connect(desk) else { continue };
                kiosk.set_nonblocking(false).unwrap();
                let (back_kiosk, back_desk) = (kiosk.try_clone().unwrap(), desk.try_clone().unwrap());
                let (road, end) = (Arc::clone(&its_road), Arc::clone(&its_end));
                thread::spawn(move || carry(kiosk, desk, true, &road, &end));
                let (road, end) = (Arc::clone(&its_road), Arc::clone(&its_end));
                thread::spawn(move || carry(back_desk, back_kiosk, false, &road, &end));
            }
        });
        Self { address, road, ended }
    }

    fn is(&self, road: Road) {
        *self.road.lock().unwrap() = road;
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// Carries bytes one way, as the road is.
fn carry(mut from: TcpStream, mut to: TcpStream, to_desk: bool, road: &Mutex<Road>, ended: &AtomicBool) {
    from.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let mut bytes = [0; 64];
    let mut through = 0;
    // A byte that was lost makes the rest of a connection worthless.
    let mut lost = false;
    while !ended.load(Ordering::Relaxed) {
        let read = match from.read(&mut bytes) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error)
                if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                if *road.lock().unwrap() == Closed {
                    break;
                }
                continue;
            }
            Err(_) => break,
        };
        through += read;
        match *road.lock().unwrap() {
            Closed => break,
            CutInDelivery if to_desk && through > CUT_AFTER => break,
            CutInAnswer if !to_desk => break,
            HalfOpen => lost = true,
            _ => {}
        }
        if *road.lock().unwrap() == Slow {
            thread::sleep(Duration::from_millis(20));
        }
        if !lost && to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

fn play(lobby: &mut Lobby, between: &Between, cell: (Road, &str, &str, usize), wrong: &mut Vec<String>) {
    let (road, ticket, help, meanwhile) = cell;
    let guest = lobby.next_guest();
    match road {
        DeskKilled => lobby.desk.take().unwrap().stop(Stop::Abrupt),
        road => between.is(road),
    }
    let number = lobby.hands().check_in(&guest).number;
    wrong.extend(differs("the patient reads", &lobby.end_of_paper().paper, ticket));
    lobby.hands().touch(Touch::NeedHelp);
    lobby.hands().touch(Touch::CallPerson);
    let told = lobby.until("what becomes of the call", |lobby| {
        notice(&lobby.hands().screen()).filter(|notice| !notice.busy)
    });
    let told = told.lines.last().cloned().unwrap_or_default();
    wrong.extend(differs("who calls for help reads", &told, help));
    let at_the_desk = |lobby: &Lobby| {
        let board = lobby.desk().board();
        let arrivals = board["arrivals"].as_array().unwrap();
        arrivals.iter().filter(|arrival| arrival["number"] == number.as_str()).count()
    };
    if lobby.desk.is_some() {
        if meanwhile > 0 {
            lobby.until("the arrival at the desk", |lobby| (at_the_desk(lobby) > 0).then_some(()));
        }
        let seen = at_the_desk(lobby).to_string();
        wrong.extend(differs("meanwhile the desk has the arrival", &seen, &meanwhile.to_string()));
    }

    match road {
        DeskKilled => lobby.desk = Some(RunningDesk::start(&lobby.place.clinic)),
        _ => between.is(Good),
    }
    lobby.until("what is told of the call in the end", |lobby| {
        notice(&lobby.hands().screen()).filter(|notice| notice.lines.iter().any(|line| line == HAS))
    });
    let arrival = lobby.paper_at_the_desk(&number);
    wrong.extend(differs("the desk has the paper as", arrival["paper"].as_str().unwrap(), "printed"));
    let store = lobby.store();
    lobby.until("that nothing waits for the desk", |_| {
        (store.run(|store| store.undelivered_count()).unwrap() == 0).then_some(())
    });
    wrong.extend(differs("the desk has the arrival", &at_the_desk(lobby).to_string(), "1"));
    let called = lobby.desk().request().is_some();
    wrong.extend((!called).then(|| "the desk has not exactly one request".to_string()));
    wrong.extend(differs("(tickets, copies) in the tray:", &format!("{:?}", lobby.tray(&number)), "(1, 0)"));
}

#[test]
fn on_whatever_road_patients_have_their_tickets_and_the_desk_has_all_of_it_once() {
    let played = Played::new(
        "the road to the desk | who checks in reads | who calls for help reads | arrivals at the desk meanwhile",
    );
    thread::scope(|scope| {
        for (place, cell) in TABLE.iter().enumerate() {
            let played = &played;
            scope.spawn(move || {
                let (road, ticket, help, meanwhile) = *cell;
                let clinic = place_with(|text| text);
                let between = Between::start(clinic.clinic.desk);
                let mut lobby = Lobby::open_at(clinic, 5, |clinic| clinic.desk = between.address);
                let meanwhile = if road == DeskKilled { String::new() } else { meanwhile.to_string() };
                let shown = format!("{} | {ticket} | {help} | {meanwhile}", road.name());
                let name = format!("the road × {}", road.name());
                played.cell(place, &name, shown, |wrong| play(&mut lobby, &between, *cell, wrong));
            });
        }
    });
    played.end();
}
