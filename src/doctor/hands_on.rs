//! What only a person at the machine can tell: whether a code is read, a finger felt, a voice heard and a page legible.

use super::{Finding, sentence};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use vestibule_hardware::scanner::{ScanEvent, Scanner, ScannerError, ScannerPort};

/// How long a person has to do what they are asked for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whoever stands at the machine and helps to examine it.
pub trait Person {
    /// Asks for something to be done.
    fn please(&self, what: &str);
    /// Asks what can be answered by yes or no; `None` where nobody answers.
    fn is_it_so(&self, question: &str) -> Option<bool>;
    /// How long they are waited for.
    fn patience(&self) -> Duration {
        PATIENCE
    }
}

/// Whether a scanner reads what is held to it. What stood on it is nobody's business.
pub(super) fn scan(port: ScannerPort, person: &dyn Person) -> Result<Finding, ScannerError> {
    const WHAT: &str = "scanner";
    let (heard, scans) = channel();
    let _scanner = Scanner::open_port(port, move |event| {
        // Nobody listens any more when the first code was read.
        let _ = heard.send(event);
    })?;
    let patience = person.patience();
    person.please(&format!("Hold any code to the scanner, within {} seconds.", patience.as_secs()));
    let began = Instant::now();
    loop {
        match scans.recv_timeout(patience.saturating_sub(began.elapsed())) {
            Ok(ScanEvent::Scanned(code)) => {
                let length = code.chars().count();
                return Ok(Finding::good(WHAT, format!("It read a code of {length} characters.")));
            }
            Ok(ScanEvent::Unreadable) => {
                return Ok(Finding::bad(
                    WHAT,
                    "What it sent is no text.",
                    "Set its line speed and its output (UTF-8 or ASCII, no packets) as clinic.toml says.",
                ));
            }
            Ok(ScanEvent::Lost | ScanEvent::Found) => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                return Ok(Finding::bad(
                    WHAT,
                    format!("It opens, and nothing came from it in {} seconds.", patience.as_secs()),
                    "Look whether it lights up at a code; if it does, set its line speed as clinic.toml says, and its output to a line of text.",
                ));
            }
        }
    }
}

/// A finding that holds only if a person says so.
pub(super) fn if_so(
    good: Finding,
    question: &str,
    says_no: &str,
    do_now: &str,
    person: &dyn Person,
) -> Finding {
    match person.is_it_so(question) {
        Some(true) => good,
        Some(false) => Finding::bad(good.what, sentence(&says_no), do_now),
        None => Finding::warning(
            good.what,
            format!("{} Nobody has said whether it is so: {question}", good.says),
            "Run this again where somebody can answer.",
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
    use super::super::State;
    use super::*;
    use std::cell::RefCell;
    use vestibule_hardware::scanner::simulator::SimulatedScanner;

    /// Somebody who does a thing when asked, and gives an answer.
    struct Somebody<F: Fn()>(F, Option<bool>);

    impl<F: Fn()> Person for Somebody<F> {
        fn please(&self, _: &str) {
            (self.0)();
        }
        fn is_it_so(&self, _: &str) -> Option<bool> {
            self.1
        }
        fn patience(&self) -> Duration {
            Duration::from_secs(2)
        }
    }

    #[test]
    fn a_scan_is_told_without_what_stood_on_it() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("scanner");
        let scanner = RefCell::new(SimulatedScanner::start(&link).unwrap());
        let port = || ScannerPort::Serial { path: link.clone(), baud: 9600 };
        let scans = Somebody(|| scanner.borrow_mut().scan("MRN-4711").unwrap(), None);
        let finding = scan(port(), &scans).unwrap();
        assert_eq!(finding, Finding::good("scanner", "It read a code of 8 characters."));
        let finding = scan(port(), &Somebody(|| {}, None)).unwrap();
        assert_eq!(finding.state, State::Bad, "{finding}");
        assert!(finding.says.contains("nothing came from it in 2 seconds"), "{finding}");
        drop(scanner);
        assert!(scan(port(), &Somebody(|| {}, None)).is_err());
    }

    #[test]
    fn what_only_a_person_can_tell_is_good_only_if_they_say_so() {
        for (answer, state) in [(Some(true), State::Good), (Some(false), State::Bad), (None, State::Warning)]
        {
            let good = Finding::good("sound", "It was played.");
            let finding =
                if_so(good, "Did you hear it?", "nobody heard it", "Turn it up.", &Somebody(|| {}, answer));
            assert_eq!(finding.state, state, "{finding}");
            assert_eq!(finding.do_now.is_empty(), state == State::Good, "{finding}");
        }
    }
}
