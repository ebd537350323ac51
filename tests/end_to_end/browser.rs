//! Staff at the desk's page, in a real Chromium that Playwright drives.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A Python with the packages of hardware/tests/requirements.txt.
pub fn python() -> Command {
    let program = std::env::var_os("VESTIBULE_PYTHON")
        .expect("VESTIBULE_PYTHON is not set: start the tests with tests/run, which makes that Python");
    Command::new(program)
}

/// A page that is open.
pub struct Page {
    driver: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Page {
    pub fn open(address: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        assert!(
            folder.join("node_modules").is_dir(),
            "tests/browser has no node_modules: start the tests with tests/run, which installs them"
        );
        let mut driver = Command::new("node")
            .arg(folder.join("page.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts; tests/run installs it");
        let orders = driver.stdin.take().unwrap();
        let answers = BufReader::new(driver.stdout.take().unwrap());
        let mut page = Self { driver, orders, answers };
        page.order(json!({ "open": address }));
        page
    }

    fn order(&mut self, order: Value) -> Value {
        writeln!(self.orders, "{order}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).expect("the browser's driver answers");
        assert!(answer["error"].is_null(), "{order}: {}", answer["error"]);
        answer["value"].clone()
    }

    /// Waits until the page shows a text.
    pub fn sees_text(&mut self, text: &str) {
        self.order(json!({ "sees": text }));
    }

    pub fn title(&mut self) -> String {
        self.order(json!({ "title": true })).as_str().unwrap_or_default().to_string()
    }

    /// Presses the button with a name.
    pub fn press(&mut self, name: &str) {
        self.order(json!({ "press": name }));
    }

    /// Signs in.
    pub fn signs_in(&mut self, name: &str, password: &str) {
        self.order(json!({ "fill": "Name to sign in with", "with": name }));
        self.order(json!({ "fill": "Password", "with": password }));
        self.press("Sign in");
    }

    /// Waits until an emergency fills the window; answers when it did, in milliseconds since 1970.
    pub fn alarm(&mut self) -> u64 {
        self.order(json!({ "alarm": true })).as_f64().expect("a time") as u64
    }

    /// Resolves the only request with a note.
    pub fn resolves(&mut self, note: &str) {
        self.press("Resolve…");
        self.order(json!({ "fill": "What was done?", "with": note }));
        self.press("Resolve");
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // The closed input ends the driver, which closes the browser.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
