//! Feeds the files of a corpus, and what becomes of them by chance, to a parser. A parser is a function from the
//! parts in which bytes arrive to a description of all that came of them; it stops the test by itself where
//! something must not be. `CORPUS_SEED` and `CORPUS_ROUNDS` set other numbers than the ones that stand here.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

/// Rounds per parser. They take a few seconds where nothing is optimised.
const ROUNDS: u64 = 4000;
const SEED: u64 = 20_261_129;
/// Nothing that is fed is longer, in bytes.
const LONGEST: usize = 9000;

/// Numbers by chance, the same ones for the same seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ z >> 31) % limit.max(1) as u64) as usize
    }
}

/// Holds a parser to the files in `tests/corpus/<folder>` and to changes of them.
pub fn hold(folder: &str, read: impl Fn(&[&[u8]]) -> String) {
    let number = |name, usual| std::env::var(name).map_or(usual, |text: String| text.parse().unwrap());
    let (seed, rounds): (u64, u64) = (number("CORPUS_SEED", SEED), number("CORPUS_ROUNDS", ROUNDS));
    println!("{folder}: CORPUS_SEED={seed} CORPUS_ROUNDS={rounds}");
    let files = files(folder);
    let mut chance = Chance(seed);
    for (name, bytes) in &files {
        check(name, bytes, &mut chance, &read);
    }
    for round in 0..rounds {
        let mut bytes = files[chance.below(files.len())].1.clone();
        for _ in 0..=chance.below(4) {
            change(&mut bytes, &files, &mut chance);
        }
        bytes.truncate(LONGEST);
        check(&format!("round {round}"), &bytes, &mut chance, &read);
    }
}

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{}: {} files", folder.display(), files.len());
    files
}

/// A bit is turned over, an end cut off, bytes put in or taken out, or another file's end put on.
fn change(bytes: &mut Vec<u8>, files: &[(String, Vec<u8>)], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match chance.below(6) {
        0 | 1 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        2 => bytes.truncate(at),
        3 => bytes.insert(at, chance.below(256) as u8),
        4 => {
            let end = (at + chance.below(8)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let other = &files[chance.below(files.len())].1;
            bytes.truncate(at);
            bytes.extend(&other[chance.below(other.len() + 1)..]);
        }
    }
}

/// The same comes of the bytes however they arrive.
fn check(name: &str, bytes: &[u8], chance: &mut Chance, read: &impl Fn(&[&[u8]]) -> String) {
    let held = catch_unwind(AssertUnwindSafe(|| {
        let whole = read(&[bytes]);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(read(&single), whole, "byte by byte");
        let mut parts = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(1 + chance.below(rest.len().min(40)));
            parts.push(part);
            rest = behind;
        }
        assert_eq!(
            read(&parts),
            whole,
            "in parts of {:?}",
            parts.iter().map(|part| part.len()).collect::<Vec<_>>()
        );
    }));
    if let Err(panic) = held {
        println!("{name}: {}", bytes.escape_ascii());
        resume_unwind(panic);
    }
}
