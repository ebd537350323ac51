//! What stops patients calls somebody, once, and ends by itself.

use crate::scene::{Page, SPEAKS, place, requests};
use crate::support::desk::{RunningDesk, Stop};
use crate::support::devices;
use crate::support::hands::Hands;
use crate::support::until_within;
use std::time::Duration;
use vestibule_hardware::printer::simulator::Condition;

const PATIENCE: Duration = Duration::from_secs(60);
const NO_PAPER: &str = "Kiosk lobby: no paper";

#[test]
fn no_paper_calls_somebody_once_also_over_a_restart_and_ends_by_itself() {
    let place = place();
    let (printer, _scanner) = (devices::printer(&place, "lobby"), devices::scanner(&place, "lobby"));
    let desk = RunningDesk::start(&place.clinic);
    let page = Page::of(&place, &desk);
    let mut hands = Hands::at(&place, "lobby");
    let mut wait = |what: &str, within, so: &mut dyn FnMut() -> bool| {
        until_within(within, what, || {
            hands.live(Duration::from_millis(50));
            so()
        });
    };
    wait("the paper", SPEAKS, &mut || page.part("paper") == "Enough");
    printer.set(Condition::PaperOut, true);
    wait("that there is none", SPEAKS, &mut || page.troubles() == ["no-paper"]);
    wait("the call", PATIENCE, &mut || requests(&desk).iter().any(|headline| headline == NO_PAPER));
    let board = desk.board();
    let request = &board["requests"][0];
    assert_eq!(request["kiosk"], "lobby");
    assert_eq!(request["stopped_at"], "the printer has no paper: put in a new roll");
    assert_eq!(request["take_over"]["find"], false, "nobody stands there who could be helped from here");
    wait("that the page does not tell it twice", SPEAKS, &mut || desk.trouble("lobby", "printer").is_empty());

    desk.stop(Stop::Abrupt);
    let desk = RunningDesk::start(&place.clinic);
    wait("the kiosk again", SPEAKS, &mut || page.kiosk("lobby")["heard"] == "Connected");
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(requests(&desk), [NO_PAPER], "called once");

    printer.set(Condition::PaperOut, false);
    wait("that it ended by itself", PATIENCE, &mut || requests(&desk).is_empty());
    let board = desk.board();
    let resolved = &board["resolved"][0];
    assert_eq!((resolved["headline"].as_str(), resolved["by"].as_str()), (Some(NO_PAPER), Some("Vestibule")));
    assert!(page.troubles().is_empty());
}
