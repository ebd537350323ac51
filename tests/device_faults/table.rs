//! A table that was played: what is wrong in its cells, and all of it for whoever wants to read it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What was played so far.
pub struct Played {
    head: &'static str,
    cells: Mutex<Vec<(usize, String)>>,
    wrong: Mutex<Vec<String>>,
}

impl Played {
    /// With the titles of the columns, `|` between them.
    pub fn new(head: &'static str) -> Self {
        // From now on it is watched.
        stood_still_since(Instant::now());
        Self { head, cells: Mutex::default(), wrong: Mutex::default() }
    }

    /// Plays the cell at a place of the table; it notes what is wrong. A wait that was in vain is wrong, too. Answers whether
    /// it went to its end.
    pub fn cell(
        &self,
        place: usize,
        name: &str,
        shown: String,
        mut play: impl FnMut(&mut Vec<String>),
    ) -> bool {
        self.cells.lock().unwrap_or_else(PoisonError::into_inner).push((place, shown));
        let (wrong, went) = loop {
            let began = Instant::now();
            let mut wrong = Vec::new();
            let played = catch_unwind(AssertUnwindSafe(|| play(&mut wrong)));
            if let Err(panic) = &played {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or(panic.downcast_ref::<&str>().copied());
                wrong.push(text.unwrap_or("it broke off").to_string());
            }
            if wrong.is_empty() || played.is_err() || !stood_still_since(began) {
                break (wrong, played.is_ok());
            }
            eprintln!("{name}: played again, the machine stood still meanwhile: {wrong:?}");
        };
        let wrong = wrong.into_iter().map(|what| format!("{name}: {what}"));
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner).extend(wrong);
        went
    }

    /// Shows the table where it is asked for, and says all that is wrong in it.
    pub fn end(self) {
        let mut cells = self.cells.into_inner().unwrap_or_else(PoisonError::into_inner);
        cells.sort();
        if std::env::var_os("VESTIBULE_SHOW_TABLE").is_some() {
            let rule = "|---".repeat(self.head.matches('|').count() + 1);
            let rows: Vec<_> = cells.iter().map(|(_, shown)| format!("| {shown} |")).collect();
            println!("| {} |\n{rule}|\n{}", self.head, rows.join("\n"));
        }
        let wrong = self.wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (count, all) = (wrong.len(), cells.len());
        assert!(wrong.is_empty(), "{count} faults in {all} cells:\n{}", wrong.join("\n"));
    }
}

/// A simulated device that gets no time for so long has perhaps not answered in time (one that replies late has 300 ms
/// left), and the kiosk is right to say so: such a cell proves nothing about it and is played again.
const STOOD_STILL: Duration = Duration::from_millis(100);

/// Whether this machine has stood still since a moment, as a thread knows that does nothing but wait.
fn stood_still_since(began: Instant) -> bool {
    static LAST: LazyLock<Mutex<Option<Instant>>> = LazyLock::new(|| {
        std::thread::spawn(|| {
            loop {
                let before = Instant::now();
                std::thread::sleep(Duration::from_millis(10));
                if before.elapsed() > STOOD_STILL {
                    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                }
            }
        });
        Mutex::new(None)
    });
    LAST.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|last| last >= began)
}

/// What differs from what must be, in a sentence; nothing where it is the same.
pub fn differs(who: &str, seen: &str, expected: &str) -> Option<String> {
    (seen != expected).then(|| format!("{who} «{seen}», expected «{expected}»"))
}

/// Words of which a part must be there; nothing at all where none must be.
pub fn part(who: &str, seen: &str, expected: &str) -> Option<String> {
    let as_it_should = if expected.is_empty() { seen.is_empty() } else { seen.contains(expected) };
    (!as_it_should).then(|| format!("{who} «{seen}», expected «{expected}»"))
}
