//! A lobby in small: a simulated printer on its pseudo-terminal, and the real driver.
#![allow(dead_code, reason = "each test program uses its part of this")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{
    Align, Direction, Document, Element, Fonts, JobId, Printer, PrinterSettings, PrinterStatus, Profile,
    TextSize, Weight, encode,
};

static FONTS: LazyLock<Arc<Fonts>> = LazyLock::new(|| {
    Arc::new(
        Fonts::new(&[
            include_bytes!("../../../ui/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../../../ui/fonts/NotoSans-Bold.ttf"),
            include_bytes!("../../../ui/fonts/NotoSansArabic-Regular.ttf"),
            include_bytes!("../../../ui/fonts/NotoSansArabic-Bold.ttf"),
            include_bytes!("../../../ui/fonts/NotoSansDevanagari-Regular.ttf"),
            include_bytes!("../../../ui/fonts/NotoSansDevanagari-Bold.ttf"),
        ])
        .unwrap(),
    )
});

pub fn fonts() -> &'static Arc<Fonts> {
    &FONTS
}

pub fn text(text: &str) -> Element {
    styled(text, TextSize::Normal, Align::Start, Direction::LeftToRight)
}

pub fn styled(text: &str, size: TextSize, align: Align, direction: Direction) -> Element {
    Element::Text { text: text.to_owned(), size, weight: Weight::Regular, align, direction }
}

/// A ticket with a number, a picture (Arabic is drawn) and a code.
pub fn ticket(number: &str) -> Document {
    Document {
        elements: vec![
            styled(number, TextSize::Huge, Align::Center, Direction::LeftToRight),
            styled("رقمك في الانتظار", TextSize::Large, Align::Start, Direction::RightToLeft),
            text("Please take a seat."),
            Element::Qr { payload: format!("ticket:{number}"), module_dots: 6 },
        ],
    }
}

pub struct Lobby {
    pub simulated: SimulatedPrinter,
    pub printer: Printer,
    pub profile: Profile,
    pub folder: TempDir,
    jobs: u32,
}

impl Lobby {
    pub fn with(profile: &str) -> Lobby {
        Lobby::set_up(profile, |_| {})
    }

    /// The same, with settings of its own.
    pub fn set_up(profile: &str, change: impl FnOnce(&mut PrinterSettings)) -> Lobby {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::named(profile).unwrap();
        let link = folder.path().join("printer");
        let simulated = SimulatedPrinter::start(SimulatorOptions {
            link: link.clone(),
            output: folder.path().join("tickets"),
            profile: profile.clone(),
            fonts: Arc::clone(fonts()),
        })
        .unwrap();
        let mut settings = settings(&link, &profile);
        change(&mut settings);
        let printer = Printer::open(settings).unwrap();
        Lobby { simulated, printer, profile, folder, jobs: 0 }
    }

    /// The program is started anew and knows only that a job broke off.
    pub fn restart(&mut self) {
        self.printer = Printer::unopened(settings(&self.folder.path().join("printer"), &self.profile));
        self.printer.distrust();
    }

    /// Looks at the printer as the kiosk does every 2 s, and waits until a model that can speaks up from now on.
    pub fn look(&mut self) -> PrinterStatus {
        while self.printer.overheard().is_some() {}
        let status = self.printer.status();
        if self.profile.automatic_status && status.fault.is_none() {
            let until = Instant::now() + Duration::from_secs(10);
            while self.printer.overheard().is_none() {
                assert!(Instant::now() < until, "it was told to speak up, and does not");
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        status
    }

    /// The next job: its name and bytes.
    pub fn job(&mut self, document: &Document) -> (Vec<u8>, JobId) {
        self.jobs += 1;
        let job = JobId::new(self.jobs);
        (encode(document, &self.profile, fonts(), job).unwrap(), job)
    }
}

fn settings(link: &Path, profile: &Profile) -> PrinterSettings {
    PrinterSettings {
        answer_limit: Duration::from_millis(400),
        stall_limit: Duration::from_millis(800),
        job_limit: Duration::from_millis(2500),
        ..PrinterSettings::new(link, 115_200, profile.clone())
    }
}

/// The stored bytes of a ticket.
pub fn bytes_of(ticket: &Path) -> Vec<u8> {
    std::fs::read(ticket.with_extension("bin")).unwrap()
}
