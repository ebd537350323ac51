//! The line is pulled, or the printer loses its power, behind any byte at all.
//!
//! The places come from a seed that is printed; `VESTIBULE_SEED=<number>` tries the same places again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use support::{Lobby, bytes_of, ticket};
use vestibule_hardware::printer::simulator::Condition;
use vestibule_hardware::printer::{JobEnd, JobId, Profile, encode};

/// What is known of the printer when the job comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Nothing.
    Nothing,
    /// It has said a moment ago that all is well.
    AllIsWell,
}

impl Known {
    /// What the driver sends before a job's own bytes: `DLE EOT` 1 to 4 and `GS a`, or `DLE EOT` 1 alone.
    fn questions(self) -> u64 {
        match self {
            Known::Nothing => 4 * 3 + 3,
            Known::AllIsWell => 3,
        }
    }

    /// How many of the bytes from the first question on print nothing. The ticket's prelude, `ESC @`, `GS a` and
    /// `FS .`, may go before the answer is there.
    fn harmless(self) -> u64 {
        match self {
            Known::Nothing => self.questions(),
            Known::AllIsWell => self.questions() + 2 + 3 + 2,
        }
    }
}

const MODELS: [&str; 4] = ["epson-tm-t88vi", "epson-tm-m30", "citizen-ct-s310", "custom-vkp80"];
/// Places for each model, kind of loss and knowledge, beside those that are always the same.
const PLACES: usize = 4;
/// So many lobbies at once: they mostly wait.
const LOBBIES: usize = 24;

/// Small and the same everywhere (Marsaglia, «Xorshift RNGs», 2003).
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

struct Sample {
    model: &'static str,
    first: Vec<u8>,
    second: Vec<u8>,
    pictures: [Vec<u8>; 2],
}

fn sample(model: &'static str) -> Sample {
    let profile = Profile::named(model).unwrap();
    let bytes = |number, job| encode(&ticket(number), &profile, support::fonts(), JobId::new(job)).unwrap();
    let (first, second) = (bytes("A001", 1), bytes("A002", 2));
    let mut lobby = Lobby::with(model);
    let _ = lobby.printer.print(&first, JobId::new(1));
    let _ = lobby.printer.print(&second, JobId::new(2));
    let tickets = lobby.simulated.wait_for_tickets(2, Duration::from_secs(5));
    let picture = |place: usize| std::fs::read(&tickets[place]).unwrap();
    Sample { model, first, second, pictures: [picture(0), picture(1)] }
}

/// A lobby in which nothing is waited for longer than it takes.
fn impatient(sample: &Sample) -> Lobby {
    Lobby::set_up(sample.model, |settings| {
        settings.answer_limit = Duration::from_millis(400);
        settings.stall_limit = Duration::from_millis(600);
        settings.job_limit = Duration::from_millis(2000);
    })
}

/// Loses the line or the power behind so many bytes. What is wrong then, in a sentence.
fn lose(sample: &Sample, known: Known, loss: Condition, place: u64) -> Result<(), String> {
    let mut lobby = impatient(sample);
    if known == Known::AllIsWell {
        lobby.look();
    }
    lobby.simulated.set_after(place, loss);
    let end = lobby.printer.print(&sample.first, JobId::new(1));
    let pictures = |lobby: &Lobby| -> Vec<Vec<u8>> {
        lobby.simulated.tickets().iter().map(|ticket| std::fs::read(ticket).unwrap()).collect()
    };
    let reached = place > known.harmless();
    match end {
        JobEnd::Printed if !pictures(&lobby).contains(&sample.pictures[0]) => {
            return Err("printed, and the whole ticket was not cut off".into());
        }
        JobEnd::NotPrinted(_) if reached => {
            return Err(format!(
                "{end:?}, and {} bytes of it reached the printer",
                place - known.questions()
            ));
        }
        JobEnd::NotPrinted(_) if !lobby.simulated.tickets().is_empty() => {
            return Err(format!("{end:?}, and there is paper in the tray"));
        }
        _ => {}
    }

    // Behind the last byte the job is over before the plug is out.
    lobby.simulated.set(loss, true);
    lobby.simulated.set(loss, false);
    let end = lobby.printer.print(&sample.second, JobId::new(2));
    if end != JobEnd::Printed {
        return Err(format!("the next ticket ended as {end:?}"));
    }
    for _ in 0..1000 {
        if pictures(&lobby).last() == Some(&sample.pictures[1]) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let after = pictures(&lobby);
    if after.last() != Some(&sample.pictures[1]) {
        return Err("the next ticket is not whole".into());
    }
    if after.iter().filter(|picture| sample.pictures.contains(picture)).count() > 2 {
        return Err("a ticket came twice".into());
    }
    let last = lobby.simulated.tickets().last().map(|ticket| bytes_of(ticket)).unwrap();
    if last.windows(4).any(|letters| letters == b"A001") {
        return Err("the next ticket carries something of the one before".into());
    }
    Ok(())
}

/// Loses the line or the power in the middle of a ticket, and again behind so many bytes of what goes before the next
/// one: the torn one is ended and cut off there. What is wrong then, in a sentence.
fn lose_again(sample: &Sample, loss: Condition, torn_behind: u64, place: u64) -> Result<(), String> {
    let mut lobby = impatient(sample);
    let back = |lobby: &Lobby| {
        lobby.simulated.set(loss, true);
        lobby.simulated.set(loss, false);
    };
    lobby.simulated.set_after(Known::Nothing.questions() + torn_behind, loss);
    let torn = lobby.printer.print(&sample.first, JobId::new(1));
    if !matches!(torn, JobEnd::NotKnown(_)) {
        return Err(format!("the torn ticket ended as {torn:?}"));
    }
    back(&lobby);
    lobby.simulated.set_after(place, loss);
    let mut end = lobby.printer.print(&sample.second, JobId::new(2));
    back(&lobby);
    if matches!(end, JobEnd::NotPrinted(_)) {
        end = lobby.printer.print(&sample.second, JobId::new(3));
    }
    match end {
        // It went further than what is asked about here.
        JobEnd::NotKnown(_) => return Ok(()),
        JobEnd::NotPrinted(_) => return Err(format!("the next ticket ended as {end:?}")),
        JobEnd::Printed => {}
    }
    let tickets = lobby.simulated.tickets();
    let last = tickets.last().map(|ticket| std::fs::read(ticket).unwrap());
    if last.as_ref() != Some(&sample.pictures[1]) {
        return Err("the next ticket stands on the paper of the torn one, or is not whole".into());
    }
    Ok(())
}

#[test]
fn a_torn_ticket_is_cut_off_however_often_the_line_goes_before_that() {
    let (seed, mut state) = seed();
    let samples: Vec<Sample> = MODELS.iter().map(|model| sample(model)).collect();
    let mut losses = Vec::new();
    for sample in &samples {
        for loss in [Condition::Unplugged, Condition::PowerOff] {
            // Questions, what clears, and the cut: some sixty bytes on the models that tell when they are cleared.
            losses.extend((0..66).step_by(6).map(|place| {
                let torn_behind = 40 + next(&mut state) % (sample.first.len() as u64 - 80);
                (sample, loss, torn_behind, place + next(&mut state) % 6)
            }));
        }
    }
    try_each(seed, &losses, |(sample, loss, torn_behind, place)| {
        let (model, what) = (sample.model, lose_again(sample, *loss, *torn_behind, *place));
        what.map_err(|what| format!("{model}, {loss:?} behind {torn_behind} and {place}: {what}"))
    });
}

/// A seed, and the state that begins with it.
fn seed() -> (u64, u64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let given: Option<u64> = std::env::var("VESTIBULE_SEED").ok().and_then(|seed| seed.parse().ok());
    // A seed of nothing but zeros would give nothing but zeros.
    let seed = given.unwrap_or(now.subsec_nanos().into()).max(1);
    println!("VESTIBULE_SEED={seed}");
    (seed, seed)
}

/// Tries all of them, many at once, and tells everything that is wrong.
fn try_each<T: Sync>(seed: u64, all: &[T], attempt: impl Fn(&T) -> Result<(), String> + Sync) {
    let turn = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..LOBBIES {
            scope.spawn(|| {
                while let Some(each) = all.get(turn.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(what) = attempt(each) {
                        wrong.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "seed {seed}, {} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn behind_whatever_byte_the_line_or_the_power_goes_nothing_false_is_said() {
    let (seed, mut state) = seed();
    let samples: Vec<Sample> = MODELS.iter().map(|model| sample(model)).collect();
    let mut losses = Vec::new();
    for sample in &samples {
        for (known, loss) in [
            (Known::Nothing, Condition::Unplugged),
            (Known::Nothing, Condition::PowerOff),
            (Known::AllIsWell, Condition::Unplugged),
            (Known::AllIsWell, Condition::PowerOff),
        ] {
            // The edges always, and places anywhere between them.
            let questions = known.questions();
            let length = questions + sample.first.len() as u64;
            let mut places = vec![0, questions, known.harmless() + 1, length - 1, length];
            // And in a picture's head: what is read as the rest of it next could announce any length.
            let head = sample.first.windows(3).position(|head| head == b"\x1Dv0").unwrap() as u64;
            places.extend((4..8).map(|byte| questions + head + byte));
            // And in the prelude: half a command of it would take the next ticket's first byte for its rest.
            places.extend(questions + 1..known.harmless());
            places.resize_with(places.len() + PLACES, || next(&mut state) % (length + 1));
            losses.extend(places.into_iter().map(|place| (sample, known, loss, place)));
        }
    }
    try_each(seed, &losses, |(sample, known, loss, place)| {
        let (model, what) = (sample.model, lose(sample, *known, *loss, *place));
        what.map_err(|what| format!("{model}, {known:?}, {loss:?} behind {place}: {what}"))
    });
}
