//! Every fault at every moment of a ticket, for each kind of word by which a printer says «printed»: how
//! the job ends, and that the next patient's ticket then comes whole, once, and on its own paper.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use support::{Lobby, bytes_of, styled, text};
use vestibule_hardware::printer::simulator::Condition;
use vestibule_hardware::printer::{
    Align, Direction, Document, Fault, Fence, FlowControl, JobEnd, JobId, Profile, TextSize, encode,
};

/// What the driver sends before each job: `DLE EOT` 1 to 4, and `GS a`.
const QUESTIONS: u64 = 4 * 3 + 3;
/// The models on which the whole table is run: with and without a way to clear the buffers, and with each
/// kind of fence.
const MODELS: [&str; 4] = ["epson-tm-t88vi", "epson-tm-m30", "citizen-ct-s310", "custom-vkp80"];
/// So many lobbies at once: they mostly wait.
const LOBBIES: usize = 24;

/// When the fault comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Before the ticket's first byte, on a line that was never used.
    BeforeFirstByte,
    /// The same, and the printer has said a moment ago that all is well.
    JustAfterALook,
    /// In the middle of a line of text.
    InText,
    /// In the middle of a picture's dots.
    InPicture,
    /// Behind the cut, before the question or mark that follows it was read whole. Where nothing follows
    /// this is the same as the next.
    BeforeMark,
    /// Behind the job's last byte, when the answer to it has left.
    AfterMark,
}

const MOMENTS: [Moment; 6] = [
    Moment::BeforeFirstByte,
    Moment::JustAfterALook,
    Moment::InText,
    Moment::InPicture,
    Moment::BeforeMark,
    Moment::AfterMark,
];

/// A speed that the driver tries, and one that it does not.
const USUAL: Condition = Condition::Speed(19_200);
const UNUSUAL: Condition = Condition::Speed(14_400);

const FAULTS: [Condition; 16] = [
    Condition::PaperLow,
    Condition::PaperOut,
    Condition::CoverOpen,
    Condition::CutterJam,
    Condition::Overheated,
    Condition::Offline,
    Condition::Unplugged,
    Condition::PowerOff,
    Condition::Noise,
    USUAL,
    UNUSUAL,
    Condition::LateAnswers,
    Condition::DeafToQuestions,
    Condition::Busy,
    Condition::Silent,
    Condition::Held,
];

/// Fault × moment → end. The compiler sees to it that no cell is missing. `asked`: behind the fault the ticket asks
/// whether the printer is still there.
fn end(fence: Fence, fault: Condition, moment: Moment, asked: bool) -> JobEnd {
    use Condition as C;
    use Fence::{OrderedStatus, ProcessId, RealTimeOnly};
    use JobEnd::{NotKnown, NotPrinted, Printed};
    use Moment::{AfterMark, BeforeFirstByte, BeforeMark, InPicture, InText, JustAfterALook};
    // A fault that stops the printer, and that it tells of itself. Behind the mark the ticket is cut, and
    // only the model that names no end of its own is still asked.
    let told = |fault| match (moment, fence) {
        (BeforeFirstByte | JustAfterALook, _) => NotPrinted(fault),
        (InText | InPicture | BeforeMark, _) | (AfterMark, RealTimeOnly) => NotKnown(fault),
        (AfterMark, ProcessId | OrderedStatus) => Printed,
    };
    // A fault after which nothing is heard any more. The ordered status says nothing of the blade, so without
    // a further answer it is not known whether the ticket hangs from it.
    let unheard = |before, behind| match (moment, fence) {
        (BeforeFirstByte | JustAfterALook, _) => NotPrinted(before),
        (InText | InPicture | BeforeMark, _) | (AfterMark, OrderedStatus | RealTimeOnly) => NotKnown(behind),
        (AfterMark, ProcessId) => Printed,
    };
    match fault {
        C::PaperLow => Printed,
        C::PaperOut => told(Fault::PaperOut),
        C::CoverOpen => told(Fault::CoverOpen),
        C::Overheated => told(Fault::Overheated),
        C::Offline => told(Fault::Offline),
        // It is not noticed before the cut.
        C::CutterJam => match moment {
            BeforeFirstByte | JustAfterALook | InText | InPicture => NotKnown(Fault::CutterError),
            BeforeMark | AfterMark => Printed,
        },
        C::Unplugged => unheard(Fault::Unplugged, Fault::Unplugged),
        // It has the ticket and is at something else for longer than anyone waits.
        C::Busy => match (moment, fence) {
            (AfterMark, ProcessId | OrderedStatus) => Printed,
            // All is well, it says each time: that it prints nothing is beyond its words.
            (_, RealTimeOnly) => Printed,
            _ => NotKnown(Fault::NotConfirmed),
        },
        // It is found at its own speed, and goes on there.
        C::Speed(_) if fault == USUAL && matches!(moment, BeforeFirstByte | JustAfterALook) => Printed,
        C::PowerOff | C::Silent | C::Speed(_) => unheard(Fault::NoAnswer, Fault::NoAnswer),
        C::Held => unheard(Fault::NoAnswer, Fault::Stuck),
        // The end was told, over a line that may have changed the ticket on its way.
        C::Noise => match (moment, fence) {
            (InText | InPicture | BeforeMark, ProcessId | OrderedStatus) => NotKnown(Fault::Noise),
            _ => unheard(Fault::Noise, Fault::Noise),
        },
        // The name in a late mark is still this job's. A late answer to the question for the blade is none.
        C::LateAnswers => match (moment, fence) {
            (InText | InPicture | BeforeMark, ProcessId) => Printed,
            _ => unheard(Fault::AnswersLate, Fault::AnswersLate),
        },
        // What it says by itself is enough, where that is a mark with a name, and no question within the ticket was
        // left without an answer.
        C::DeafToQuestions => match (moment, fence) {
            (InText | InPicture, ProcessId | OrderedStatus) if asked => NotKnown(Fault::Interrupted),
            (InText | InPicture | BeforeMark, ProcessId) => Printed,
            _ => unheard(Fault::NoAnswer, Fault::NoAnswer),
        },
    }
}

fn ticket(number: &str) -> Document {
    Document {
        elements: vec![
            styled(number, TextSize::Huge, Align::Center, Direction::LeftToRight),
            text("Please take a seat in the waiting area."),
            styled("رقمك في الانتظار", TextSize::Normal, Align::Start, Direction::RightToLeft),
            text(&format!("{number} is called on the screen.")),
        ],
    }
}

struct Sample {
    first: Vec<u8>,
    second: Vec<u8>,
    /// The second ticket as it comes out of a printer to which nothing has happened.
    picture: Vec<u8>,
}

fn sample(model: &str) -> Sample {
    let profile = Profile::named(model).unwrap();
    let bytes = |number, job| encode(&ticket(number), &profile, support::fonts(), JobId::new(job)).unwrap();
    let sample = Sample { first: bytes("A001", 1), second: bytes("A002", 2), picture: Vec::new() };
    let mut lobby = Lobby::with(model);
    let _ = lobby.printer.print(&sample.second, JobId::new(2));
    let tickets = lobby.simulated.wait_for_tickets(1, Duration::from_secs(5));
    Sample { picture: std::fs::read(&tickets[0]).unwrap(), ..sample }
}

static SAMPLES: LazyLock<[Sample; MODELS.len()]> = LazyLock::new(|| MODELS.map(sample));

/// How many bytes stand behind the cut: those that hand the ticket out, and the mark.
fn behind_the_cut(profile: &Profile) -> usize {
    profile.present.len() + mark_length(profile.fence)
}

/// How many bytes the mark has.
fn mark_length(fence: Fence) -> usize {
    match fence {
        Fence::ProcessId => 11,
        Fence::OrderedStatus => 3,
        Fence::RealTimeOnly => 0,
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// Where a line of text is in the sample's first ticket.
fn in_text(sample: &Sample) -> usize {
    find(&sample.first, b"take a seat").unwrap()
}

/// The same, of the dots of a picture.
fn in_picture(sample: &Sample) -> usize {
    find(&sample.first, b"\x1Dv0").unwrap() + 300
}

/// Whether behind this moment the first ticket asks whether the printer is still there.
fn asked_behind(sample: &Sample, moment: Moment) -> bool {
    let place = match moment {
        Moment::InText => in_text(sample),
        Moment::InPicture => in_picture(sample),
        _ => return false,
    };
    find(&sample.first[place..], &[0x10, 0x04, 1]).is_some()
}

/// How many of the tickets in the tray have this text on them.
fn count(tickets: &[PathBuf], part: &[u8]) -> usize {
    tickets.iter().filter(|ticket| find(&bytes_of(ticket), part).is_some()).count()
}

/// What is wrong with a cell.
#[derive(Debug)]
struct Wrong {
    what: String,
    /// It ended for want of an answer. A machine that is busy enough makes the simulated printer late, so this one is
    /// tried once more when all others are through. Nothing else is: no machine makes a driver say «printed».
    unanswered: bool,
}

impl<T: Into<String>> From<T> for Wrong {
    fn from(what: T) -> Wrong {
        Wrong { what: what.into(), unanswered: false }
    }
}

/// That a job ended otherwise than it should.
fn ended(what: &str, seen: JobEnd, expected: JobEnd) -> Wrong {
    use JobEnd::{NotKnown, NotPrinted};
    let unanswered = matches!(
        seen,
        NotKnown(Fault::NoAnswer | Fault::AnswersLate) | NotPrinted(Fault::NoAnswer | Fault::AnswersLate)
    );
    Wrong { what: format!("{what} ended as {seen:?}, should be {expected:?}"), unanswered }
}

/// One cell of the table.
fn cell(model: &str, sample: &Sample, fault: Condition, moment: Moment) -> Result<(), Wrong> {
    let mut lobby = Lobby::set_up(model, |settings| {
        settings.answer_limit = Duration::from_millis(500);
        settings.stall_limit = Duration::from_millis(600);
        settings.job_limit = Duration::from_millis(2500);
        if fault == Condition::Held {
            settings.flow = FlowControl::Software;
        }
    });
    let fence = lobby.profile.fence;
    let length = sample.first.len() as u64;
    let (picture, line) = (in_picture(sample) as u64, in_text(sample) as u64);
    match moment {
        Moment::BeforeFirstByte => lobby.simulated.set(fault, true),
        Moment::JustAfterALook => {
            let look = lobby.look();
            if look.fault.is_some() {
                let unanswered = matches!(look.fault, Some(Fault::NoAnswer | Fault::AnswersLate));
                return Err(Wrong { what: format!("before the fault: {look:?}"), unanswered });
            }
            lobby.simulated.set(fault, true);
        }
        Moment::InText => lobby.simulated.set_after(QUESTIONS + line, fault),
        Moment::InPicture => lobby.simulated.set_after(QUESTIONS + picture, fault),
        Moment::BeforeMark => {
            let behind = mark_length(fence).min(1) as u64;
            lobby.simulated.set_after(QUESTIONS + length - behind, fault);
        }
        Moment::AfterMark => lobby.simulated.set_after(QUESTIONS + length, fault),
    }

    let seen = lobby.printer.print(&sample.first, JobId::new(1));
    let asked = asked_behind(sample, moment);
    let expected = end(fence, fault, moment, asked);
    // The question for the blade may have left in the very moment before the line was held. Then it has no answer.
    let just_left = (fault, moment) == (Condition::Held, Moment::AfterMark)
        && expected == JobEnd::NotKnown(Fault::Stuck)
        && seen == JobEnd::NotKnown(Fault::NoAnswer);
    if seen != expected && !just_left {
        return Err(ended("the ticket", seen, expected));
    }

    if fault == Condition::Unplugged {
        // Behind the last byte the job is over before the plug is out.
        lobby.simulated.set(fault, true);
    }
    lobby.simulated.set(fault, false);
    // What a revived printer still has in its buffers, it does now or never.
    let rest = if fault == Condition::LateAnswers { 900 } else { 300 };
    std::thread::sleep(Duration::from_millis(rest));
    let best = end(fence, Condition::PaperLow, moment, asked);
    let next = lobby.printer.print(&sample.second, JobId::new(2));
    if next != best {
        return Err(ended("the next ticket", next, best));
    }
    let until = Instant::now() + Duration::from_secs(2);
    while count(&lobby.simulated.tickets(), b"A002 is called") == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    let tickets = lobby.simulated.tickets();

    let (first, second) = (count(&tickets, b"A001 is called"), count(&tickets, b"A002 is called"));
    let last = tickets.last().ok_or("nothing was printed at all")?;
    let printed_first = match seen {
        JobEnd::Printed => 1..=1,
        JobEnd::NotPrinted(_) => 0..=0,
        JobEnd::NotKnown(_) => 0..=1,
    };
    if !printed_first.contains(&first) {
        return Err(format!("{seen:?}, and the ticket came {first} times").into());
    }
    if matches!(seen, JobEnd::NotPrinted(_)) && tickets.len() != 1 {
        return Err(format!("{seen:?}, and {} pieces of paper came", tickets.len()).into());
    }
    if second != 1 {
        return Err(format!("the next ticket came {second} times").into());
    }
    if !bytes_of(last).ends_with(&sample.second[..sample.second.len() - behind_the_cut(&lobby.profile)]) {
        return Err("the next ticket is not the last, or lacks bytes".into());
    }
    if std::fs::read(last).unwrap() != sample.picture {
        return Err("the next ticket does not look as always".into());
    }
    match lobby.simulated.trouble() {
        Some(trouble) => Err(trouble.into()),
        None => Ok(()),
    }
}

#[test]
fn every_fault_at_every_moment_is_told_and_the_next_ticket_comes_whole() {
    LazyLock::force(&SAMPLES);
    let mut cells = Vec::new();
    for (model, sample) in MODELS.iter().zip(SAMPLES.iter()) {
        for fault in FAULTS {
            // Once a job is under way nobody looks for another speed, and one is as good as another.
            let moments = if fault == UNUSUAL { &MOMENTS[..2] } else { &MOMENTS };
            cells.extend(moments.iter().map(|moment| (*model, sample, fault, *moment)));
        }
    }
    let next = AtomicUsize::new(0);
    let (wrong, again) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..LOBBIES {
            scope.spawn(|| {
                while let Some((model, sample, fault, moment)) =
                    cells.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    match cell(model, sample, *fault, *moment) {
                        Ok(()) => {}
                        Err(Wrong { unanswered: true, .. }) => {
                            again.lock().unwrap().push((*model, *sample, *fault, *moment));
                        }
                        Err(Wrong { what, .. }) => {
                            wrong.lock().unwrap().push(format!("{model}, {fault:?}, {moment:?}: {what}"));
                        }
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    let again = again.into_inner().unwrap();
    // A driver that waits in vain where an answer comes does so in more cells than a busy machine spoils.
    let places: Vec<_> = again.iter().map(|(model, _, fault, moment)| (model, fault, moment)).collect();
    assert!(places.len() <= 8, "{} of {} cells without an answer: {places:?}", places.len(), cells.len());
    for (model, sample, fault, moment) in again {
        if let Err(Wrong { what, .. }) = cell(model, sample, fault, moment) {
            wrong.push(format!("{model}, {fault:?}, {moment:?}, twice: {what}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cells:\n{}", wrong.len(), cells.len(), wrong.join("\n"));
}

/// A fault that a person adds to the simulator comes into the table, or this does not compile.
#[test]
fn no_fault_and_no_kind_of_word_is_left_out() {
    for fault in FAULTS {
        let place = match fault {
            Condition::PaperLow => 0,
            Condition::PaperOut => 1,
            Condition::CoverOpen => 2,
            Condition::CutterJam => 3,
            Condition::Overheated => 4,
            Condition::Offline => 5,
            Condition::Unplugged => 6,
            Condition::PowerOff => 7,
            Condition::Noise => 8,
            USUAL => 9,
            Condition::Speed(_) => 10,
            Condition::LateAnswers => 11,
            Condition::DeafToQuestions => 12,
            Condition::Busy => 13,
            Condition::Silent => 14,
            Condition::Held => 15,
        };
        assert_eq!(FAULTS[place], fault);
    }
    let fences: Vec<Fence> = MODELS.iter().map(|model| Profile::named(model).unwrap().fence).collect();
    for fence in [Fence::ProcessId, Fence::OrderedStatus, Fence::RealTimeOnly] {
        assert!(fences.contains(&fence), "{fence:?}");
    }
}
