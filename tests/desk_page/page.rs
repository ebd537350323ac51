//! Chromium, as a person at the desk has it.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One browser at a time: several at once make a small machine too slow for anybody's patience.
static ONE: Mutex<()> = Mutex::new(());

/// Chromium, driven by `tests/browser/desk.mjs`.
pub struct Browser {
    child: Child,
    say: Option<ChildStdin>,
    hear: BufReader<ChildStdout>,
    _alone: MutexGuard<'static, ()>,
}

impl Browser {
    pub fn start() -> Self {
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let chromium =
            std::env::var_os("VESTIBULE_CHROMIUM").map_or("/usr/bin/chromium".into(), PathBuf::from);
        for needed in
            [&chromium, &folder.join("node_modules/playwright-core"), &folder.join("node_modules/axe-core")]
        {
            assert!(
                needed.exists(),
                "{} is missing: run tests/run, which installs what the tests need, or see what it does",
                needed.display()
            );
        }
        let mut child = Command::new("node")
            .arg("desk.mjs")
            .current_dir(folder)
            .env("VESTIBULE_CHROMIUM", chromium)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("node cannot be started ({error}): run tests/run, which installs it")
            });
        let (say, hear) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, say, hear, _alone: alone }
    }

    pub fn try_do(&mut self, what: &str, mut details: Value) -> Result<Value, String> {
        details["do"] = what.into();
        let say = self.say.as_mut().unwrap();
        writeln!(say, "{details}").unwrap();
        say.flush().unwrap();
        let mut line = String::new();
        self.hear.read_line(&mut line).unwrap();
        let mut answer: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("the browser ended at {what} {details}"));
        match answer.get("wrong") {
            Some(wrong) => Err(format!("{what} {details}: {wrong}")),
            None => Ok(answer["ok"].take()),
        }
    }

    #[track_caller]
    pub fn act(&mut self, what: &str, details: Value) -> Value {
        self.try_do(what, details).unwrap_or_else(|wrong| panic!("{wrong}"))
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) {
        self.act("sees", json!({ "text": text }));
    }

    #[track_caller]
    pub fn sees_in(&mut self, within: &str, text: &str) {
        self.act("sees", json!({ "within": within, "text": text }));
    }

    #[track_caller]
    pub fn sees_no_more(&mut self, within: &str, text: &str) {
        self.act("sees-not", json!({ "within": within, "text": text }));
    }

    #[track_caller]
    pub fn presses(&mut self, button: &str) {
        self.act("presses", json!({ "button": button }));
    }

    #[track_caller]
    pub fn title_is(&mut self, title: &str) {
        self.act("title", json!({ "is": title }));
    }

    #[track_caller]
    pub fn reads(&mut self, within: &str) -> String {
        self.act("reads", json!({ "within": within })).as_str().unwrap().to_string()
    }

    #[track_caller]
    pub fn evaluate(&mut self, script: &str) -> Value {
        self.act("evaluate", json!({ "script": script }))
    }

    /// Nothing that a person should not meet with: forbidden scripts, exceptions, message boxes.
    #[track_caller]
    pub fn has_no_faults(&mut self) {
        assert_eq!(self.act("faults", json!({})), json!([]));
    }

    #[track_caller]
    pub fn is_accessible(&mut self, when: &str) {
        let violations = self.act("axe", json!({}));
        assert_eq!(violations, json!([]), "{when}");
    }

    pub fn picture(&mut self, name: &str, whole: bool) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("out/desk");
        std::fs::create_dir_all(&folder).unwrap();
        self.act("picture", json!({ "path": folder.join(format!("{name}.png")), "whole": whole }));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The end of its input ends it, and the browser with it.
        self.say = None;
        let _ = self.child.wait();
    }
}
