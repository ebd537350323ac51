//! The card terminal: what the patient reads, what the desk has to settle, who settles it, and that terminal and ledgers
//! agree in the end. A terminal that has taken the order and then says nothing has three minutes (somebody looks for a
//! card), so that one is in the tests of `hardware`. What its own printer says is not told to a till, so it is no line here.

use crate::lobby::{Lobby, place_with};
use crate::support::hands::{done, notice};
use crate::table::{Played, differs, part};
use Settled::*;
use chrono::DateTime;
use serde_json::json;
use std::thread;
use std::time::{Duration, Instant};
use vestibule::front_desk::payment::{Outcome, PaymentRow};
use vestibule::kiosk::screens::{Pay, PayMeans, Screen};
use vestibule::kiosk::session::Touch;
use vestibule_hardware::terminal::simulator::{Patient, PowerCut, SimulatedFault as F, TerminalSimulator};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// It is off, or its cable is out.
    Unreachable,
    /// Something goes wrong with the order.
    Order(F),
    /// The same at a terminal that takes nothing back by itself.
    Keeps(F),
    /// Nothing but the patient.
    Person(Patient),
}
use Wrong::{Keeps, Order, Person, Unreachable};

/// Who knows in the end whether it was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// It is known when the patient is told.
    AtOnce,
    /// The kiosk asks the terminal again and again, and it answers.
    ByTheTerminal,
    /// Somebody at the desk looks into the terminal's journal.
    ByStaff,
}

// What the patient reads.
const CHARGED: &str = "Charged: €12.50";
const NOT_CHARGED: &str = "Not charged";
const NOT_KNOWN: &str = "Not known yet: do not pay again";
const DESK: &str = "The terminal cannot be used now. Please pay at the desk.";
const FINDS_OUT: &str = "The desk finds out from the terminal whether it was charged, and tells you.";
const DECLINED: &str = "The card was declined. Please ask your bank, or pay in another way.";
const STOPPED: &str = "The payment was stopped. You can try again, or pay at the desk.";
const RECEIPT: &str = "Please take your receipt.";

/// The request that a doubt raises at the desk.
const DOUBT: &str = "Nobody knows whether a payment was charged";
const NOTHING: &str = "";
const REACH: &str = "see that it is on and connected";

const OFF: Duration = Duration::from_secs(4);

/// What goes wrong, what the patient reads and in which line what to do, what the desk reads of the terminal, who settles
/// it, and whether it was charged. What is in doubt raises one request, and nothing does else; whatever happens, the
/// terminal's journal and both ledgers say the same in the end, and the patient has paid once at most.
#[rustfmt::skip]
const TABLE: &[(&str, Wrong, &str, &str, &str, Settled, Outcome)] = &[
    ("nothing",                                   Person(Patient::Pays),                       CHARGED,     RECEIPT,   NOTHING, AtOnce,        Outcome::Charged),
    ("card declined",                             Person(Patient::IsDeclined(5)),              NOT_CHARGED, DECLINED,  NOTHING, AtOnce,        Outcome::NotCharged),
    ("stop pressed",                              Person(Patient::PressesStop),                NOT_CHARGED, STOPPED,   NOTHING, AtOnce,        Outcome::NotCharged),
    ("unreachable",                               Unreachable,                                 NOT_CHARGED, DESK,      REACH,   AtOnce,        Outcome::NotCharged),
    ("order refused (NACK)",                      Order(F::NotTaken(0xA0)),                    NOT_CHARGED, DESK,      NOTHING, AtOnce,        Outcome::NotCharged),
    ("busy",                                      Order(F::Busy),                              NOT_CHARGED, DESK,      NOTHING, AtOnce,        Outcome::NotCharged),
    ("busy after it took the order",              Order(F::BusyAfterwards),                    NOT_CHARGED, DESK,      NOTHING, AtOnce,        Outcome::NotCharged),
    ("silent when it is told the amount",         Order(F::Deaf),                              NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
    ("garbage",                                   Order(F::Garbage),                           NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
    ("cut before the card is charged",            Order(F::CutBeforeAuthorisation),            NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
    ("cut after the card is charged",             Keeps(F::CutAfterAuthorisation),             CHARGED,     RECEIPT,   NOTHING, AtOnce,        Outcome::Charged),
    ("its end comes late",                        Order(F::Late(Duration::from_secs(2))),      CHARGED,     RECEIPT,   NOTHING, AtOnce,        Outcome::Charged),
    ("its end comes twice",                       Order(F::RecordTwice),                       CHARGED,     RECEIPT,   NOTHING, AtOnce,        Outcome::Charged),
    ("an acknowledgement of its end is lost",     Order(F::AcknowledgementLost),               CHARGED,     RECEIPT,   NOTHING, AtOnce,        Outcome::Charged),
    ("it ends without saying what was",           Order(F::NoRecord),                          NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
    ("power lost before the bank",                Order(F::Power(PowerCut::Before, OFF)),      NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
    ("power lost while the bank is asked",        Order(F::Power(PowerCut::During, OFF)),      NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
    ("power lost after the bank, and back",       Order(F::Power(PowerCut::After, OFF)),       NOT_KNOWN,   FINDS_OUT, NOTHING, ByTheTerminal, Outcome::Charged),
    // The last: behind a receipt that was taken back, the next one has not the number that would prove it.
    ("all acknowledgements of its end are lost",  Order(F::AcknowledgementsLost),              NOT_KNOWN,   FINDS_OUT, NOTHING, ByStaff,       Outcome::NotCharged),
];

type Cell = (&'static str, Wrong, &'static str, &'static str, &'static str, Settled, Outcome);

impl Settled {
    fn name(self) -> &'static str {
        match self {
            AtOnce => "at once",
            ByTheTerminal => "the terminal, asked again",
            ByStaff => "staff, from its journal",
        }
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Charged => "charged",
        Outcome::NotCharged => "not charged",
        Outcome::NotKnown => "not known",
    }
}

/// The last payment that a store knows of, if any.
fn last_payment(store: &vestibule::store::StoreHandle) -> Option<PaymentRow> {
    store
        .run(|store| store.payments_since(DateTime::UNIX_EPOCH))
        .unwrap()
        .into_iter()
        .max_by_key(|row| row.begun_at)
}

/// How many requests tell of a doubt.
fn doubts(lobby: &Lobby) -> usize {
    let board = lobby.desk().board();
    let requests = board["requests"].as_array().unwrap();
    requests
        .iter()
        .filter(|request| request["headline"].as_str().is_some_and(|it| it.contains(DOUBT)))
        .count()
}

fn play(lobby: &mut Lobby, terminal: &TerminalSimulator, cell: &Cell, wrong: &mut Vec<String>) {
    let &(_, what, title, line, device, settled, outcome) = cell;
    let guest = lobby.next_guest();
    let before = (terminal.balance(), last_payment(&lobby.store()).map(|row| row.payment.id));
    lobby.hands().check_in(&guest);
    lobby.end_of_paper();
    lobby.hands().touch(Touch::Pay);
    terminal.temper(|temper| temper.reverses_itself = !matches!(what, Keeps(_)));
    match what {
        Unreachable => terminal.switch_off(Duration::from_secs(3600)),
        Order(fault) | Keeps(fault) => terminal.fault(fault),
        Person(patient) => terminal.patient(patient),
    }
    let card = lobby.hands().until("the ways to pay", |screen| match screen {
        Screen::Pay(Pay::Choose { ways, .. }) => ways.iter().position(|way| way.means == PayMeans::Card),
        _ => None,
    });
    lobby.hands().touch(Touch::Choice(card));
    let told = lobby.until("the word on the glass", |lobby| {
        notice(&lobby.hands().screen()).filter(|notice| {
            !notice.busy && !notice.lines.iter().any(|line| line == "Your receipt is being printed.")
        })
    });
    wrong.extend(differs("the patient reads", &told.title, title));
    wrong.extend(differs("the patient reads below", told.lines.first().map_or("", String::as_str), line));
    wrong.extend(part("the desk reads of the terminal", &lobby.wait_for_words("terminal", device), device));
    if what == Unreachable {
        terminal.switch_off(Duration::ZERO);
    }
    let payment = last_payment(&lobby.store()).filter(|row| Some(row.payment.id) != before.1);
    let doubt = usize::from(settled != AtOnce);
    if doubt > 0 {
        lobby.until("the request that tells of the doubt", |lobby| (doubts(lobby) > 0).then_some(()));
    }
    wrong.extend(differs("requests of a doubt:", &doubts(lobby).to_string(), &doubt.to_string()));
    if settled == ByStaff {
        let id = payment.as_ref().unwrap().payment.id.0;
        let details = json!({ "charged": false, "note": "Not in its journal." });
        lobby.desk().does(None, &format!("/api/payments/{id}/settle"), details);
    }
    if let Some(row) = payment {
        let id = row.payment.id;
        let (here, desk) = (lobby.store(), lobby.desk().store.clone());
        for (place, store) in [("the kiosk", here), ("the desk", desk)] {
            let (began, mut notes) = (Instant::now(), String::new());
            let word = lobby.until(&format!("the last word of {place}"), |_| {
                let row = store.run(move |store| store.payment(id)).unwrap()?;
                let known = row.outcome().filter(|outcome| *outcome != Outcome::NotKnown);
                notes = row.ends.iter().map(|end| end.note.as_str()).collect::<Vec<_>>().join("; ");
                known.or((began.elapsed() > SETTLES).then_some(Outcome::NotKnown))
            });
            wrong
                .extend((word == Outcome::NotKnown).then(|| format!("{place} still does not know: {notes}")));
            let place = format!("in the end {place} has it as");
            wrong.extend(differs(&place, self::word(word), self::word(outcome)));
        }
    } else {
        wrong.extend((outcome == Outcome::Charged).then(|| "nothing was even begun".to_string()));
    }
    lobby.until("the end of the doubt at the desk", |lobby| (doubts(lobby) == 0).then_some(()));
    let charged = if outcome == Outcome::Charged { 1250 } else { 0 };
    wrong.extend(differs(
        "the terminal has charged, in cents,",
        &(terminal.balance() - before.0).to_string(),
        &charged.to_string(),
    ));
    let owed = lobby.desk().account(guest.patient.id);
    let owes = owed["dues"].as_array().is_some_and(|dues| !dues.is_empty());
    wrong.extend(
        (owes == (outcome == Outcome::Charged)).then(|| format!("the desk says that is owed: {owed}")),
    );

    // Back to the ticket, which stays valid, and away.
    lobby.hands().touch(Touch::Finish);
    lobby.until("the ticket again", |lobby| done(&lobby.hands().screen()));
    lobby.leave();
}

/// The longest that a doubt may last that somebody settles.
const SETTLES: Duration = Duration::from_secs(40);

/// So many lobbies, each with a terminal, share the table.
const LOBBIES: usize = 4;

#[test]
fn whatever_the_card_terminal_does_nobody_pays_twice_and_every_doubt_is_settled() {
    let played = Played::new(
        "card terminal | the patient reads | and below | the desk reads of the terminal | settled by | in the end",
    );
    thread::scope(|scope| {
        for first in 0..LOBBIES {
            let played = &played;
            scope.spawn(move || {
                let terminal = TerminalSimulator::tcp().unwrap();
                terminal.temper(|temper| temper.pace = Duration::from_millis(50));
                let address = terminal.address().unwrap().to_string();
                let place = place_with(|text| {
                    let series = "name = \"lobby\"\nseries = \"1\"\n";
                    assert!(text.contains(series));
                    text.replacen(series, &format!("{series}terminal = {{ port = \"{address}\" }}\n"), 1)
                });
                // What it did last is what a doubt is judged by: a terminal that never did anything leaves each to a person.
                terminal.other_till_takes(300);
                let mut lobby = Lobby::open_at(place, 5 * TABLE.len() / LOBBIES, |_| {});
                for (place, cell) in TABLE.iter().enumerate().skip(first).step_by(LOBBIES) {
                    let &(name, _, title, line, device, settled, outcome) = cell;
                    let shown = format!(
                        "{name} | {title} | {line} | {device} | {} | {}",
                        settled.name(),
                        word(outcome)
                    );
                    let name = format!("terminal × {name}");
                    if !played.cell(place, &name, shown, |wrong| play(&mut lobby, &terminal, cell, wrong)) {
                        return;
                    }
                }
            });
        }
    });
    played.end();
}
