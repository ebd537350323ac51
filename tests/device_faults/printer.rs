//! The printer: what the patient reads, what the desk reads, what is kept, and how many tickets come out in the end.

use crate::lobby::{Lobby, doomed};
use crate::support::clinic::Guest;
use crate::table::{Played, differs, part};
use Moment::{Before, Begun, BehindCut, Idle, Killed, MidTicket, Typing};
use std::thread;
use std::time::{Duration, Instant};
use vestibule::front_desk::code::Code;
use vestibule::front_desk::ticket::{PaperState as P, TicketId};
use vestibule::kiosk::screens::{Done, Screen};
use vestibule::kiosk::session::Touch;
use vestibule_hardware::printer::simulator::Condition as C;

/// When the fault comes, and when it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Nobody is there, and it is put right before anybody comes.
    Idle,
    /// Before the patient comes; it lasts until the patient has gone, as all of the following do.
    Before,
    /// While the patient types.
    Typing,
    /// With the first byte of the ticket.
    Begun,
    /// In the middle of the ticket.
    MidTicket,
    /// The ticket is cut, and the printer has not said yet that it is printed.
    BehindCut,
    /// The kiosk is killed in the middle of the ticket, and finds the fault when it starts again.
    Killed,
}

const MOMENTS: [Moment; 7] = [Idle, Before, Typing, Begun, MidTicket, BehindCut, Killed];

// What the patient reads.
const TAKE: &str = "Your ticket is printed. Please take it.";
const NO_PAPER: &str = "No paper came out. Please remember your number, or take a photo.";
const PERHAPS: &str = "If no paper came out: please remember your number, or take a photo.";
/// The kiosk was killed and greets the next patient.
const WELCOME: &str = "(the welcome)";

// What the desk reads of the ticket or of the printer, in part.
const NOTHING: &str = "";
const LOW: &str = "put in a new roll soon";
const ROLL: &str = "has no paper: put in a new roll";
const COVER: &str = "cover is open: close it";
const BLADE: &str = "take out torn paper, switch it off and on";
const HOT: &str = "it goes on by itself when it has cooled down";
const LAMPS: &str = "is offline: look at its lamps and its feed button";
const CABLE: &str = "is gone: check its cable";
const DEAD: &str = "check that it is switched on and that the baud rate is right";
const LINE: &str = "is disturbed: push in both ends of its cable";
const UNSURE: &str = "did not confirm it: look whether it lies in the tray";
const KILLED: &str = "the kiosk stopped while this was being printed";

/// Fault, moment, what the patient reads, what the desk reads of this ticket, what it reads of the printer, how the
/// paper stands in both stores, and how many tickets with this number have come out when all is put right. A ticket that
/// was not or perhaps not printed is offered as a copy, and staff ask for one: that is one more, and says COPY.
#[rustfmt::skip]
const TABLE: &[(C, Moment, &str, &str, &str, P, usize)] = &[
    (C::PaperLow,    Idle,      TAKE,     NOTHING, LOW,     P::Printed,    1),
    (C::PaperLow,    Before,    TAKE,     NOTHING, LOW,     P::Printed,    1),
    (C::PaperLow,    Typing,    TAKE,     NOTHING, LOW,     P::Printed,    1),
    (C::PaperLow,    Begun,     TAKE,     NOTHING, LOW,     P::Printed,    1),
    (C::PaperLow,    MidTicket, TAKE,     NOTHING, LOW,     P::Printed,    1),
    (C::PaperLow,    BehindCut, TAKE,     NOTHING, LOW,     P::Printed,    1),
    (C::PaperLow,    Killed,    WELCOME,  KILLED,  LOW,     P::NotKnown,   1),

    (C::PaperOut,    Idle,      TAKE,     NOTHING, ROLL,    P::Printed,    1),
    (C::PaperOut,    Before,    NO_PAPER, ROLL,    ROLL,    P::NotPrinted, 0),
    (C::PaperOut,    Typing,    NO_PAPER, ROLL,    ROLL,    P::NotPrinted, 0),
    (C::PaperOut,    Begun,     PERHAPS,  ROLL,    ROLL,    P::NotKnown,   0),
    (C::PaperOut,    MidTicket, PERHAPS,  ROLL,    ROLL,    P::NotKnown,   0),
    (C::PaperOut,    BehindCut, PERHAPS,  ROLL,    ROLL,    P::NotKnown,   1),
    (C::PaperOut,    Killed,    WELCOME,  KILLED,  ROLL,    P::NotKnown,   0),

    (C::CoverOpen,   Idle,      TAKE,     NOTHING, COVER,   P::Printed,    1),
    (C::CoverOpen,   Before,    NO_PAPER, COVER,   COVER,   P::NotPrinted, 0),
    (C::CoverOpen,   Typing,    NO_PAPER, COVER,   COVER,   P::NotPrinted, 0),
    (C::CoverOpen,   Begun,     PERHAPS,  COVER,   COVER,   P::NotKnown,   0),
    (C::CoverOpen,   MidTicket, PERHAPS,  COVER,   COVER,   P::NotKnown,   0),
    (C::CoverOpen,   BehindCut, PERHAPS,  COVER,   COVER,   P::NotKnown,   1),
    (C::CoverOpen,   Killed,    WELCOME,  KILLED,  COVER,   P::NotKnown,   0),

    (C::CutterJam,   Idle,      TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::CutterJam,   Before,    PERHAPS,  BLADE,   BLADE,   P::NotKnown,   1),
    (C::CutterJam,   Typing,    PERHAPS,  BLADE,   BLADE,   P::NotKnown,   1),
    (C::CutterJam,   Begun,     PERHAPS,  BLADE,   BLADE,   P::NotKnown,   1),
    (C::CutterJam,   MidTicket, PERHAPS,  BLADE,   BLADE,   P::NotKnown,   1),
    (C::CutterJam,   BehindCut, TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::CutterJam,   Killed,    WELCOME,  KILLED,  BLADE,   P::NotKnown,   1),

    (C::Overheated,  Idle,      TAKE,     NOTHING, HOT,     P::Printed,    1),
    (C::Overheated,  Before,    NO_PAPER, HOT,     HOT,     P::NotPrinted, 0),
    (C::Overheated,  Typing,    NO_PAPER, HOT,     HOT,     P::NotPrinted, 0),
    (C::Overheated,  Begun,     PERHAPS,  HOT,     HOT,     P::NotKnown,   0),
    (C::Overheated,  MidTicket, PERHAPS,  HOT,     HOT,     P::NotKnown,   0),
    (C::Overheated,  BehindCut, PERHAPS,  HOT,     HOT,     P::NotKnown,   1),
    (C::Overheated,  Killed,    WELCOME,  KILLED,  HOT,     P::NotKnown,   0),

    (C::Offline,     Idle,      TAKE,     NOTHING, LAMPS,   P::Printed,    1),
    (C::Offline,     Before,    NO_PAPER, LAMPS,   LAMPS,   P::NotPrinted, 0),
    (C::Offline,     Typing,    NO_PAPER, LAMPS,   LAMPS,   P::NotPrinted, 0),
    (C::Offline,     Begun,     PERHAPS,  LAMPS,   LAMPS,   P::NotKnown,   0),
    (C::Offline,     MidTicket, PERHAPS,  LAMPS,   LAMPS,   P::NotKnown,   0),
    (C::Offline,     BehindCut, PERHAPS,  LAMPS,   LAMPS,   P::NotKnown,   1),
    (C::Offline,     Killed,    WELCOME,  KILLED,  LAMPS,   P::NotKnown,   0),

    (C::Unplugged,   Idle,      TAKE,     NOTHING, CABLE,   P::Printed,    1),
    (C::Unplugged,   Before,    NO_PAPER, CABLE,   CABLE,   P::NotPrinted, 0),
    (C::Unplugged,   Typing,    NO_PAPER, CABLE,   CABLE,   P::NotPrinted, 0),
    (C::Unplugged,   Begun,     PERHAPS,  CABLE,   CABLE,   P::NotKnown,   0),
    (C::Unplugged,   MidTicket, PERHAPS,  CABLE,   CABLE,   P::NotKnown,   0),
    (C::Unplugged,   BehindCut, PERHAPS,  CABLE,   CABLE,   P::NotKnown,   1),
    (C::Unplugged,   Killed,    WELCOME,  KILLED,  CABLE,   P::NotKnown,   1),

    (C::PowerOff,    Idle,      TAKE,     NOTHING, DEAD,    P::Printed,    1),
    (C::PowerOff,    Before,    NO_PAPER, DEAD,    DEAD,    P::NotPrinted, 0),
    (C::PowerOff,    Typing,    NO_PAPER, DEAD,    DEAD,    P::NotPrinted, 0),
    (C::PowerOff,    Begun,     PERHAPS,  DEAD,    DEAD,    P::NotKnown,   0),
    (C::PowerOff,    MidTicket, PERHAPS,  DEAD,    DEAD,    P::NotKnown,   0),
    (C::PowerOff,    BehindCut, PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::PowerOff,    Killed,    WELCOME,  KILLED,  DEAD,    P::NotKnown,   0),

    (C::Silent,      Idle,      TAKE,     NOTHING, DEAD,    P::Printed,    1),
    (C::Silent,      Before,    NO_PAPER, DEAD,    DEAD,    P::NotPrinted, 0),
    (C::Silent,      Typing,    NO_PAPER, DEAD,    DEAD,    P::NotPrinted, 0),
    (C::Silent,      Begun,     PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::Silent,      MidTicket, PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::Silent,      BehindCut, PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::Silent,      Killed,    WELCOME,  KILLED,  DEAD,    P::NotKnown,   1),

    (C::Held,        Idle,      TAKE,     NOTHING, DEAD,    P::Printed,    1),
    (C::Held,        Before,    NO_PAPER, DEAD,    DEAD,    P::NotPrinted, 0),
    (C::Held,        Typing,    NO_PAPER, DEAD,    DEAD,    P::NotPrinted, 0),
    (C::Held,        Begun,     PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::Held,        MidTicket, PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::Held,        BehindCut, PERHAPS,  DEAD,    DEAD,    P::NotKnown,   1),
    (C::Held,        Killed,    WELCOME,  KILLED,  DEAD,    P::NotKnown,   1),

    (C::Busy,        Idle,      TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::Busy,        Before,    PERHAPS,  UNSURE,  NOTHING, P::NotKnown,   0),
    (C::Busy,        Typing,    PERHAPS,  UNSURE,  NOTHING, P::NotKnown,   0),
    (C::Busy,        Begun,     PERHAPS,  UNSURE,  NOTHING, P::NotKnown,   0),
    (C::Busy,        MidTicket, PERHAPS,  UNSURE,  NOTHING, P::NotKnown,   0),
    (C::Busy,        BehindCut, PERHAPS,  UNSURE,  NOTHING, P::NotKnown,   1),
    (C::Busy,        Killed,    WELCOME,  KILLED,  NOTHING, P::NotKnown,   0),

    (C::Noise,       Idle,      TAKE,     NOTHING, LINE,    P::Printed,    1),
    (C::Noise,       Before,    NO_PAPER, LINE,    LINE,    P::NotPrinted, 0),
    (C::Noise,       Typing,    NO_PAPER, LINE,    LINE,    P::NotPrinted, 0),
    (C::Noise,       Begun,     PERHAPS,  LINE,    LINE,    P::NotKnown,   1),
    (C::Noise,       MidTicket, PERHAPS,  LINE,    LINE,    P::NotKnown,   1),
    (C::Noise,       BehindCut, PERHAPS,  LINE,    LINE,    P::NotKnown,   1),
    (C::Noise,       Killed,    WELCOME,  KILLED,  LINE,    P::NotKnown,   1),

    (C::LateAnswers, Idle,      TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::LateAnswers, Before,    TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::LateAnswers, Typing,    TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::LateAnswers, Begun,     TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::LateAnswers, MidTicket, TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::LateAnswers, BehindCut, TAKE,     NOTHING, NOTHING, P::Printed,    1),
    (C::LateAnswers, Killed,    WELCOME,  KILLED,  NOTHING, P::NotKnown,   1),
];

const HEAD: &str = "printer | moment | the patient reads | the desk reads of the ticket | the desk reads of the printer \
                    | kept as | tickets in the tray, without copies";

/// As an IT person says it.
fn name(fault: C) -> &'static str {
    match fault {
        C::PaperLow => "paper low",
        C::PaperOut => "paper out",
        C::CoverOpen => "cover open",
        C::CutterJam => "cutter jammed",
        C::Overheated => "overheated",
        C::Offline => "offline (its button)",
        C::Unplugged => "unplugged",
        C::PowerOff => "switched off",
        C::Silent => "no reply at all",
        C::Held => "takes no byte (XOFF)",
        C::Busy => "takes all, prints nothing",
        C::Noise => "garbage on the line",
        C::Speed(_) => "another baud rate",
        C::LateAnswers => "replies late",
        C::DeafToQuestions => "answers no question",
    }
}

impl Moment {
    fn name(self) -> &'static str {
        match self {
            Idle => "idle, put right before the patient comes",
            Before => "before the patient comes",
            Typing => "while the patient types",
            Begun => "the ticket begins",
            MidTicket => "in mid-ticket",
            BehindCut => "behind the cut, before the word «printed»",
            Killed => "kiosk killed in mid-ticket, started again",
        }
    }
}

type Cell = (C, Moment, &'static str, &'static str, &'static str, P, usize);

/// What the driver asks before the first byte of a ticket, in bytes, of a printer that was well a moment ago: `DLE EOT` 1.
const QUESTIONS: u64 = 3;
/// What it sends with each look that finds all well: `DLE EOT` 1 to 4, and `GS a`.
const LOOK: u64 = 15;

/// How long the tickets of this lobby are, in bytes up to the cut.
fn length_of_a_ticket(lobby: &mut Lobby) -> u64 {
    let guest = lobby.next_guest();
    lobby.hands().check_in(&guest);
    assert_eq!(lobby.end_of_paper().paper, TAKE, "nothing is wrong yet");
    lobby.leave();
    let bytes = std::fs::read(lobby.printer.tickets()[0].with_extension("bin")).unwrap();
    let begin = bytes.windows(2).position(|window| window == b"\x1B@").unwrap();
    (bytes.len() - begin) as u64
}

/// Waits until the printer was just asked how it is: it is not asked again for a while.
fn just_asked(lobby: &Lobby) {
    let asked = || lobby.printer.line_record().bytes;
    let (began, before) = (Instant::now(), asked());
    while asked() == before {
        assert!(began.elapsed() < Duration::from_secs(20), "nobody asks the printer how it is");
        thread::sleep(Duration::from_millis(5));
    }
    // The whole look.
    while !(asked() - before).is_multiple_of(LOOK) {
        assert!(began.elapsed() < Duration::from_secs(20), "the questions to the printer come in pieces");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Up to the number on the glass; the fault comes on the way.
fn check_in(lobby: &mut Lobby, guest: &Guest, (fault, moment): (C, Moment), length: u64) {
    if moment == Before {
        lobby.printer.set(fault, true);
    }
    let hands = lobby.hands.as_mut().unwrap();
    if moment == Typing {
        hands.touch(Touch::HaveAppointment);
        hands.type_in(&guest.born());
        lobby.printer.set(fault, true);
        hands.touch(Touch::Next);
        hands.type_in(&guest.patient.name.family);
        hands.touch(Touch::Next);
        hands.until("the confirmation", |screen| matches!(screen, Screen::Confirm(_)).then_some(()));
    } else {
        hands.identify(guest);
    }
    let after = match moment {
        Begun => Some(1),
        MidTicket => Some(length / 2),
        // In the middle of what hands it out.
        BehindCut => Some(length + 60),
        Idle | Before | Typing | Killed => None,
    };
    let mut hands = lobby.hands.take().unwrap();
    hands.touch_and(Touch::Yes, || {
        if let Some(after) = after {
            just_asked(lobby);
            lobby.printer.set_after(QUESTIONS + after, fault);
        }
    });
    lobby.hands = Some(hands);
}

/// What is missing on a glass that must do without paper, or says too much.
fn on_the_glass(done: &Done, ticket: TicketId) -> Vec<String> {
    let has = [
        ("its number", !done.number.is_empty()),
        ("its code", done.code == Code::Ticket(ticket).text() && !done.code_label.is_empty()),
        ("the wait, the seat and when to come back", done.lines.len() >= 3),
    ];
    has.into_iter().filter(|(_, has)| !has).map(|(what, _)| format!("the glass lacks {what}")).collect()
}

/// Whoever lacks paper is offered text to write down, and comes back from it to the ticket.
fn text_to_write_down(lobby: &mut Lobby, done: &Done, lacks_paper: bool) -> Vec<String> {
    let offered = if lacks_paper { "Text to write down" } else { "Check in another person of the family" };
    let mut wrong: Vec<_> = differs("the glass offers", &done.another, offered).into_iter().collect();
    if !lacks_paper {
        return wrong;
    }
    let hands = lobby.hands();
    hands.touch(Touch::AnotherPerson);
    let text = hands.notice("the text to write down");
    // What is called, where to sit, and until when they may be elsewhere.
    let has =
        text.title.ends_with(&done.number) && done.lines[1..3].iter().all(|line| text.lines.contains(line));
    wrong.extend((!has).then(|| format!("the text to write down is {text:?}")));
    hands.touch(Touch::Again);
    hands.until("the ticket again", |screen| {
        crate::support::hands::done(screen).filter(|it| it.number == done.number)
    });
    wrong
}

/// Plays a cell, and answers what is wrong with it.
fn play(lobby: &mut Lobby, cell: &Cell, length: u64, wrong: &mut Vec<String>) {
    let &(fault, moment, reads, of_ticket, of_printer, kept, tickets) = cell;
    let guest = lobby.next_guest();
    let mut told = None;
    if moment == Idle {
        lobby.printer.set(fault, true);
        let said = lobby.wait_for_words("printer", of_printer);
        wrong.extend(part("the desk reads of the printer", &said, of_printer));
        lobby.printer.set(fault, false);
        let said = lobby.wait_for_words("printer", NOTHING);
        wrong.extend(differs("the desk still reads of the printer", &said, NOTHING));
    }
    let number = if moment == Killed {
        lobby.hands = None;
        lobby.printer.pace(Some(921_600));
        // It takes the rest of the ticket and does not print it, so that the kiosk is killed in the middle of it.
        lobby.printer.set_after(QUESTIONS + length / 2, C::Busy);
        let (doomed, number) = doomed(&lobby.place, &guest);
        lobby.until("the middle of the ticket", |lobby| {
            (lobby.printer.line_record().bytes > QUESTIONS + length).then_some(())
        });
        doomed.kill();
        lobby.printer.set(fault, true);
        if fault != C::Busy {
            lobby.printer.set(C::Busy, false);
        }
        lobby.start_kiosk();
        wrong.extend(match lobby.hands().screen() {
            Screen::Welcome(_) => None,
            other => Some(format!("the patient sees {other:?}, expected the welcome")),
        });
        number
    } else {
        check_in(lobby, &guest, (fault, moment), length);
        let done = lobby.end_of_paper();
        wrong.extend(differs("the patient reads", &done.paper, reads));
        wrong.extend(text_to_write_down(lobby, &done, reads != TAKE));
        let number = done.number.clone();
        told = Some(done);
        number
    };
    let arrival = lobby.paper_at_the_desk(&number);
    wrong.extend(differs("the desk has the paper as", arrival["paper"].as_str().unwrap(), kept.word()));
    wrong.extend(part("the desk reads of the ticket", arrival["cause"].as_str().unwrap(), of_ticket));
    wrong.extend((arrival["needs_paper"] != (kept != P::Printed)).then(|| {
        format!("the desk offers a copy: {}, expected {}", arrival["needs_paper"], kept != P::Printed)
    }));
    let ticket = arrival["ticket"].as_str().unwrap().to_string();
    if let Some(done) = &told {
        wrong.extend(on_the_glass(done, TicketId(ticket.parse().unwrap())));
    }
    if moment != Idle {
        let said = lobby.wait_for_words("printer", of_printer);
        wrong.extend(part("the desk reads of the printer", &said, of_printer));
    }
    wrong.extend(differs("the kiosk keeps", &format!("{:?}", lobby.kept(&guest)), &format!("{:?}", [kept])));
    lobby.leave();

    lobby.printer.set(fault, false);
    lobby.printer.set(C::Busy, false);
    let said = lobby.wait_for_words("printer", NOTHING);
    wrong.extend(differs("all is put right, and the desk reads of the printer", &said, NOTHING));
    let copies = usize::from(kept != P::Printed);
    if copies > 0 {
        lobby.desk().ask_for_a_copy(&ticket).unwrap();
        lobby.until("the copy", |lobby| {
            lobby.desk().arrival(&number).filter(|arrival| arrival["paper"] == P::Printed.word())
        });
    }
    wrong.extend(differs(
        "(tickets, copies) in the tray:",
        &format!("{:?}", lobby.tray(&number)),
        &format!("{:?}", (tickets, copies)),
    ));
}

/// So many lines share a lobby: some wait for 20 s, until a printer that says nothing is given up.
const LINES_A_LOBBY: usize = 4;

/// Plays the lines of some faults, side by side in many lobbies.
fn table_of(faults: &[C]) {
    let played = Played::new(HEAD);
    thread::scope(|scope| {
        for fault in faults {
            let cells = TABLE.iter().enumerate().filter(|(_, cell)| cell.0 == *fault);
            for cells in cells.collect::<Vec<_>>().chunks(LINES_A_LOBBY) {
                let (played, cells) = (&played, cells.to_vec());
                scope.spawn(move || in_a_lobby(played, &cells));
            }
        }
    });
    played.end();
}

fn in_a_lobby(played: &Played, cells: &[(usize, &Cell)]) {
    let mut lobby = Lobby::open(1 + 5 * cells.len());
    lobby.printer.pace(Some(921_600));
    let length = length_of_a_ticket(&mut lobby);
    for (place, cell) in cells {
        let &(fault, moment, reads, of_ticket, of_printer, kept, tickets) = *cell;
        let shown = format!(
            "{} | {} | {reads} | {of_ticket} | {of_printer} | {} | {tickets}",
            name(fault),
            moment.name(),
            kept.word()
        );
        if !played.cell(*place, &cell_name(cell), shown, |wrong| play(&mut lobby, cell, length, wrong)) {
            return;
        }
    }
}

fn cell_name(cell: &Cell) -> String {
    format!("printer × {} × {}", name(cell.0), cell.1.name())
}

#[test]
fn a_printer_that_tells_what_is_wrong_with_it_is_told_at_the_desk_and_never_thanked_for_by_mistake() {
    table_of(&[C::PaperLow, C::PaperOut, C::CoverOpen, C::CutterJam, C::Overheated, C::Offline]);
}

#[test]
fn a_printer_that_is_gone_or_dumb_keeps_nobody_waiting_and_prints_nothing_twice() {
    table_of(&[C::Unplugged, C::PowerOff, C::Silent, C::Held, C::Busy]);
}

#[test]
fn a_printer_behind_a_bad_line_is_not_believed() {
    table_of(&[C::Noise, C::LateAnswers]);
}

#[test]
fn a_printer_at_another_speed_prints_at_its_own_and_the_desk_is_told_what_to_correct() {
    let mut lobby = Lobby::open(1);
    lobby.printer.set(C::Speed(19_200), true);
    let said = lobby.wait_for_words("printer", "the printer answers at 19200 baud");
    assert!(said.contains("the printer answers at 19200 baud and clinic.toml says"), "{said}");
    let guest = lobby.next_guest();
    lobby.hands().check_in(&guest);
    let done = lobby.end_of_paper();
    assert_eq!(done.paper, TAKE);
    assert_eq!(lobby.tray(&done.number), (1, 0));
}

#[test]
fn no_fault_and_no_moment_of_the_printer_is_left_out() {
    for (fault, ..) in TABLE {
        let moments = TABLE.iter().filter(|cell| cell.0 == *fault).map(|cell| cell.1);
        assert_eq!(moments.collect::<Vec<_>>(), MOMENTS, "{fault:?}");
    }
}
