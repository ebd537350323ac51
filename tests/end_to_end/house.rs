//! The clinic of the test: its file, its devices, and the processes that are under test.

use crate::browser::python;
use crate::staff;
use chrono::{TimeDelta, Utc};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::appointment::{Appointment, AppointmentId, AppointmentStatus, BookedVisit};
use vestibule::front_desk::code::Code;
use vestibule::front_desk::patient::{DateOfBirth, Patient, PatientId, PersonName, Source};
use vestibule::front_desk::role::Role;
use vestibule::front_desk::ticket::Ticket;
use vestibule::kiosk::runner;
use vestibule::kiosk::session::Owed;
use vestibule::kiosk::session::{FormsAnswered, Known};
use vestibule::link::fact::DESK;
use vestibule::store::Store;
use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorOptions};
use vestibule_hardware::printer::{Fonts, Profile};
use vestibule_hardware::scanner::simulator::SimulatedScanner;

const PROGRAM: &str = env!("CARGO_BIN_EXE_vestibule");
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody with an appointment.
#[derive(Clone)]
pub struct Guest {
    pub patient: Patient,
    pub appointment: Appointment,
}

impl Guest {
    /// What the kiosk's store knows of this guest.
    pub fn known(&self) -> Known {
        Known {
            patient: self.patient.clone(),
            visits: vec![self.visit()],
            offer: None,
            members: Vec::new(),
            forms: FormsAnswered::new(),
        }
    }

    fn new(given: &str, family: &str, (year, month, day): (i32, u32, u32), minutes: i64) -> Self {
        let id = PatientId(Uuid::now_v7());
        let now = Utc::now();
        let patient = Patient {
            id,
            number: None,
            name: PersonName { given: given.into(), family: family.into() },
            date_of_birth: DateOfBirth::new(year, month, day, now.date_naive()).unwrap(),
            sex: None,
            phone: None,
            address: None,
            emergency_contact: None,
            language: None,
            source: Source::Imported,
            balance_due: None,
            further: Default::default(),
        };
        let appointment = Appointment {
            id: AppointmentId(Uuid::now_v7()),
            patient: id,
            service: "general".into(),
            clinician: "Dr Chen".into(),
            starts_at: now + TimeDelta::minutes(minutes),
            minutes: 15,
            status: AppointmentStatus::Booked,
            site: None,
        };
        Self { patient, appointment }
    }

    pub fn visit(&self) -> BookedVisit {
        BookedVisit { appointment: self.appointment.clone(), ticket: None, changed: None }
    }

    pub fn code(&self) -> String {
        Code::Appointment(self.appointment.id).text()
    }
}

pub struct House {
    pub clinic: Clinic,
    pub guests: [Guest; 2],
    file: PathBuf,
    printer: SimulatedPrinter,
    scanner: SimulatedScanner,
    desk: Option<Running>,
    kiosk: Option<Running>,
    folder: TempDir,
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl House {
    pub fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut text = clinic::EXAMPLE.to_string();
        for (from, to) in [
            ("/var/lib/vestibule", folder.path().to_str().unwrap()),
            ("127.0.0.1:8320", &format!("127.0.0.1:{port}")),
            ("/dev/vestibule/printer", at("printer").to_str().unwrap()),
            ("/dev/vestibule/scanner", at("scanner").to_str().unwrap()),
            ("epson-tm-t88vi", "simulated"),
            ("warn_after_seconds = 45", "warn_after_seconds = 20"),
            ("countdown_seconds = 30", "countdown_seconds = 20"),
        ] {
            assert!(text.contains(from), "the example says {from}");
            text = text.replace(from, to);
        }
        let file = at("clinic.toml");
        std::fs::write(&file, &text).unwrap();
        clinic::write_example_routines(&at("routines")).unwrap();
        let clinic = clinic::read(&file).unwrap();
        let guests = [
            Guest::new("Margaret", "Thompson", (1950, 11, 7), 10),
            Guest::new("Seán", "O'Brien", (2000, 2, 29), 25),
        ];
        let patients: Vec<_> = guests.iter().map(|guest| guest.patient.clone()).collect();
        let appointments: Vec<_> = guests.iter().map(|guest| guest.appointment.clone()).collect();
        let mut store = Store::open(&vestibule::desk::store_path(&clinic), DESK).unwrap();
        store.take_over(&patients, &appointments, Utc::now()).unwrap();
        staff::account(&mut store, "Maria", Role::Receptionist);
        let printer = SimulatedPrinter::start(SimulatorOptions {
            link: at("printer"),
            output: at("tickets"),
            profile: Profile::named("simulated").unwrap(),
            fonts: Arc::new(Fonts::new(&vestibule_ui::fonts::fonts()).unwrap()),
        })
        .unwrap();
        let scanner = SimulatedScanner::start(at("scanner")).unwrap();
        Self { clinic, guests, file, printer, scanner, desk: None, kiosk: None, folder }
    }

    pub fn desk_address(&self) -> String {
        format!("http://{}", self.clinic.desk)
    }

    fn vestibule(&self, command: &str) -> Command {
        let mut program = Command::new(PROGRAM);
        program.arg(command).arg("--clinic").arg(&self.file);
        program
    }

    pub fn open_desk(&mut self) {
        self.desk = Some(Running(self.vestibule("desk").spawn().unwrap()));
        let began = Instant::now();
        while std::net::TcpStream::connect(self.clinic.desk).is_err() {
            assert!(began.elapsed() < PATIENCE, "the desk listens");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// SIGKILL: no time for good manners.
    pub fn kill_desk(&mut self) {
        self.desk = None;
    }

    pub fn start_kiosk(&mut self, display: &str, (width, height): (u32, u32)) {
        let mut program = self.vestibule("kiosk");
        program.args(["--name", "lobby", "--window", &format!("{width}x{height}")]);
        program.env("DISPLAY", display).env("WINIT_X11_SCALE_FACTOR", "1");
        self.kiosk = Some(Running(program.spawn().unwrap()));
    }

    fn kiosk_store(&self) -> Store {
        Store::open(&runner::store_path(&self.clinic, "lobby"), "lobby").unwrap()
    }

    pub fn wait_for_the_book(&self) {
        let store = self.kiosk_store();
        let began = Instant::now();
        while store.directory_counts().unwrap().appointments < 2 {
            assert!(began.elapsed() < PATIENCE, "the book of the day comes to the kiosk");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn scan(&mut self, code: &str) {
        self.scanner.scan(code).unwrap();
    }

    /// The picture of the n-th ticket that came out of the printer.
    pub fn printed_ticket(&self, number: usize) -> PathBuf {
        let tickets = self.printer.wait_for_tickets(number, PATIENCE);
        assert_eq!(tickets.len(), number, "tickets in {}", self.folder.path().display());
        tickets[number - 1].clone()
    }

    /// What the kiosk knows that the holder of a ticket owes.
    pub fn owed(&self, ticket: &Ticket) -> Owed {
        let store = self.kiosk_store();
        let patient = store.holder_of(ticket.id).unwrap().unwrap().id;
        Owed { patient, ticket: Some(ticket.id), account: store.account(patient).unwrap() }
    }

    /// The ticket with a number, once its paper is out.
    pub fn ticket(&self, number: &str) -> Ticket {
        let store = self.kiosk_store();
        let today = Utc::now().with_timezone(&self.clinic.zone).date_naive();
        let began = Instant::now();
        loop {
            let arrivals = store.arrivals(today).unwrap();
            let row = arrivals.into_iter().find(|row| row.ticket.number.as_str() == number);
            if let Some(row) =
                row.filter(|row| row.paper == vestibule::front_desk::ticket::PaperState::Printed)
            {
                return row.ticket;
            }
            assert!(began.elapsed() < PATIENCE, "{number} is printed");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What zxing-cpp, which nobody here wrote, reads from a picture.
    pub fn codes_in(&self, picture: &Path) -> Vec<String> {
        const READ: &str = "import sys, PIL.Image, zxingcpp\n\
                            for code in zxingcpp.read_barcodes(PIL.Image.open(sys.argv[1]), formats=zxingcpp.BarcodeFormat.QRCode): print(code.text)";
        let read = python().args(["-c", READ]).arg(picture).output().unwrap();
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        String::from_utf8(read.stdout).unwrap().lines().map(str::to_owned).collect()
    }
}
