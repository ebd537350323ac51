//! What lies in the tray of a simulated printer, read from the bytes that were carried out for it.

use std::path::Path;
use uuid::Uuid;

/// A piece of paper between two cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The numbers on it. A whole ticket has one; a torso may have none.
    pub numbers: Vec<String>,
    /// The tickets that its codes name.
    pub codes: Vec<Uuid>,
    /// Whether it says COPY.
    pub copy: bool,
    /// How many tickets were begun on it, of those of which anything was printed.
    pub beginnings: usize,
}

impl Paper {
    /// Reads a piece of paper.
    pub fn read(picture: &Path) -> Self {
        Self::of(&std::fs::read(picture.with_extension("bin")).unwrap())
    }

    fn of(bytes: &[u8]) -> Self {
        const CODE: &[u8] = b"VESTIBULE:T:";
        let code = |at: usize| {
            let text = std::str::from_utf8(bytes.get(at..at + 32)?).ok()?;
            Uuid::parse_str(text).ok()
        };
        let places = |what: &[u8]| -> Vec<usize> {
            (0..bytes.len()).filter(|at| bytes[*at..].starts_with(what)).collect()
        };
        Self {
            numbers: bytes.split(|byte| *byte == b'\n').filter_map(number).collect(),
            codes: places(CODE).into_iter().filter_map(|at| code(at + CODE.len())).collect(),
            copy: !places(b"COPY\n").is_empty(),
            beginnings: beginnings(bytes),
        }
    }
}

/// How many of the parts that begin with `ESC @` print a line or dots. The first bytes of a ticket go before the printer
/// has answered whether it is there: they may be all that came of one that counts as not printed.
fn beginnings(bytes: &[u8]) -> usize {
    let starts = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"\x1B@"));
    let bounds: Vec<usize> = starts.chain([bytes.len()]).collect();
    let prints = |part: &[u8]| part.contains(&b'\n') || part.windows(3).any(|three| three == b"\x1Dv0");
    bounds.windows(2).filter(|bound| prints(&bytes[bound[0]..bound[1]])).count()
}

/// The ticket number at the end of a line: a letter of the example's services and at least three figures,
/// behind the command that makes them large.
fn number(line: &[u8]) -> Option<String> {
    let figures = line.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let at = line.len().checked_sub(figures + 1)?;
    let large = at >= 3 && line[at - 3..at - 1] == *b"\x1D!" && line[at - 1] >= 0x22;
    let ours = figures >= 3 && b"CBK".contains(&line[at]);
    (large && ours).then(|| String::from_utf8_lossy(&line[at..]).into_owned())
}
