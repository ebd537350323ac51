//! A part of a test that runs as a process of its own: it can be killed, and live by another clock. What it says comes
//! back line by line; it ends when its input does.

use super::PATIENCE;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What stands before everything that it says.
const WORD: &str = "SAYS ";

/// Says something to whoever started this process.
pub fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{WORD}{word}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
}

/// Whether this process is told to end. Also when whoever started it was killed, nothing stays behind.
pub fn told_to_end() -> Arc<AtomicBool> {
    let told = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&told);
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        heard.store(true, Ordering::Relaxed);
        std::thread::sleep(PATIENCE);
        std::process::exit(1);
    });
    told
}

/// The process. It is killed when this is dropped.
pub struct OwnProcess {
    child: Child,
    pub said: Receiver<String>,
}

impl OwnProcess {
    /// Starts a test of this program by its whole name; `give` gives it what it must know.
    pub fn start(test: &str, give: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
        give(&mut command);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (tell, said) = channel();
        // All of it is read, so that the process never waits for anybody to read it.
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if let Some(at) = line.find(WORD) {
                    let _ = tell.send(line[at + WORD.len()..].to_string());
                }
            }
        });
        Self { child, said }
    }

    /// The next that it says.
    #[track_caller]
    pub fn hears(&self) -> String {
        self.said.recv_timeout(2 * PATIENCE).expect("a word of the process")
    }

    /// Tells it something, a line.
    pub fn tells(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// SIGKILL. Answers what it had still said.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.said.iter().collect()
    }

    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until it ends by itself; answers its exit code.
    #[track_caller]
    pub fn ends(&mut self, within: Duration) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(began.elapsed() < within, "the process ends by itself");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Tells it to end, and waits until it has.
    #[track_caller]
    pub fn end(mut self) {
        drop(self.child.stdin.take());
        assert_eq!(self.ends(2 * PATIENCE), Some(0));
    }
}

impl Drop for OwnProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
