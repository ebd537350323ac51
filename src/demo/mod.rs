//! Shows it all: an invented clinic, a desk, a kiosk, and devices that are simulated over real
//! pseudo-terminals. Nothing in here is used anywhere else.

mod book;
mod orders;
mod people;
mod play;

use crate::clinic::{self, Clinic, PrinterPlace, ScannerPlace, TerminalPlace, TerminalPort};
use crate::desk::{self, DeskError};
use crate::kiosk::front::{self, FrontError, Glass};
use crate::kiosk::runner::{KioskError, Runner};
use crate::kiosk::window::{KioskFront, waker};
use crate::link::fact::DESK;
use crate::store::{Store, StoreError, StoreHandle};
use book::Guest;
use chrono::Utc;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;
use vestibule_hardware::printer::simulator::{SimulatedPrinter, SimulatorError, SimulatorOptions};
use vestibule_hardware::printer::{Fonts, Profile};
use vestibule_hardware::scanner::simulator::SimulatedScanner;
use vestibule_hardware::terminal::simulator::TerminalSimulator;
use vestibule_ui::headless::HeadlessError;

/// How the demonstration is shown.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Without a display, into pictures.
    pub headless: bool,
    /// Where the pictures go.
    pub output: PathBuf,
    /// Size of the window or of the pictures.
    pub size: Option<(u32, u32)>,
    /// The whole display.
    pub full_screen: bool,
}

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The window.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// The kiosk.
    #[error(transparent)]
    Kiosk(#[from] KioskError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The desk.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A simulated device.
    #[error("the devices cannot be simulated: {0}")]
    Device(String),
    /// Drawing into memory.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// A file or folder.
    #[error("{path}: {reason}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// Something that must come did not.
    #[error("the demonstration stopped: {0}")]
    Stuck(String),
}

impl From<SimulatorError> for DemoError {
    fn from(error: SimulatorError) -> Self {
        Self::Device(error.to_string())
    }
}

/// The kiosk of the demonstration.
const KIOSK: &str = "lobby";
/// From one message of the simulated terminal to the next: slow enough to be read.
const TERMINAL_PACE: Duration = Duration::from_millis(400);
/// The same, where nobody looks on.
const HEADLESS_PACE: Duration = Duration::from_millis(60);
/// The port at which the desk is looked for; another one if it is taken.
const PORT: u16 = 8320;

/// Shows it, until the window is closed or the pictures are written.
pub fn run(options: DemoOptions) -> Result<(), DemoError> {
    let folder = std::env::temp_dir().join("vestibule-demo");
    front::use_own_fonts(&folder.join("fonts"))?;
    let lobby = Lobby::open(&folder.join(format!("run-{}", std::process::id())))?;
    if options.headless {
        lobby.terminal.temper(|temper| temper.pace = HEADLESS_PACE);
        let size = options.size.unwrap_or((1080, 1920));
        return play::play(&lobby, &options.output, size);
    }
    let window = front::open_window()?;
    let runner = Runner::start(Arc::clone(&lobby.clinic), KIOSK, waker(&window))?;
    lobby.introduce();
    let glass = match (options.full_screen, options.size) {
        (true, _) => Glass::FullScreen,
        (false, Some((width, height))) => Glass::Window(width, height),
        // Upright as in a lobby, and small enough for most desks.
        (false, None) => Glass::Window(540, 960),
    };
    let lobby = Arc::new(lobby);
    orders::listen(Arc::clone(&lobby));
    front::show(KioskFront::new(window, runner), glass)?;
    Ok(())
}

/// The clinic of the demonstration with everything that stands in it but the kiosk.
struct Lobby {
    clinic: Arc<Clinic>,
    guests: Vec<Guest>,
    desk_store: StoreHandle,
    desk: Mutex<Option<RunningDesk>>,
    printer: SimulatedPrinter,
    scanner: Mutex<SimulatedScanner>,
    terminal: TerminalSimulator,
    folder: Folder,
    /// With which everybody of the demonstration signs in at the desk.
    password: String,
}

/// A folder that is gone when the demonstration is.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for temporary files, which is emptied.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Lobby {
    fn open(folder: &Path) -> Result<Self, DemoError> {
        let tickets = folder.join("tickets");
        std::fs::create_dir_all(&tickets)
            .map_err(|reason| DemoError::File { path: tickets.clone(), reason })?;
        let listener = listen_at(PORT).or_else(|_| listen_at(0)).map_err(DeskError::from)?;
        let address = listener.local_addr().map_err(DeskError::from)?;
        let terminal = TerminalSimulator::tcp().map_err(|error| DemoError::Device(error.to_string()))?;
        terminal.temper(|temper| temper.pace = TERMINAL_PACE);
        let clinic = Arc::new(invented_clinic(folder, address, &terminal)?);
        let desk_store = StoreHandle::open(&desk::store_path(&clinic), DESK)?;
        let (guests, patients, appointments) = book::invent(&clinic, Utc::now());
        desk_store.run(move |store| store.take_over(&patients, &appointments, Utc::now()))?;
        let password = people::invent(&desk_store)?;

        let fonts = Fonts::new(&vestibule_ui::fonts::fonts())
            .map_err(|error| DemoError::Device(error.to_string()))?;
        let profile = Profile::named("simulated").map_err(|error| DemoError::Device(error.to_string()))?;
        let printer = SimulatedPrinter::start(SimulatorOptions {
            link: folder.join("printer"),
            output: tickets,
            profile,
            fonts: Arc::new(fonts),
        })?;
        let scanner = SimulatedScanner::start(folder.join("scanner"))
            .map_err(|error| DemoError::Device(error.to_string()))?;
        let desk = RunningDesk::start(Arc::clone(&clinic), desk_store.clone(), listener)?;
        Ok(Self {
            clinic,
            guests,
            desk_store,
            desk: Mutex::new(Some(desk)),
            printer,
            scanner: Mutex::new(scanner),
            terminal,
            folder: Folder(folder.to_path_buf()),
            password,
        })
    }

    fn introduce(&self) {
        println!("The desk's page:      http://{}", self.clinic.desk);
        println!("The printed tickets:  {}", self.folder.0.join("tickets").display());
        println!("\nWho can sign in at the desk, all with the password {}", self.password);
        for (name, sign_in, role) in people::PEOPLE {
            println!("  {sign_in:8} {name}, {}", role.words().to_lowercase());
        }
        println!("\nWho can come to the kiosk (all invented):");
        for guest in &self.guests {
            println!("  {}", guest.line(&self.clinic));
        }
        println!("\nWhat can happen: type `help` here.");
    }
}

/// Fills the book of a practice desk with invented patients and appointments that are around now.
pub fn fill_practice_book(clinic: &Clinic) -> Result<(), StoreError> {
    let mut store = Store::open(&desk::store_path(clinic), DESK)?;
    let (_, patients, appointments) = book::invent(clinic, Utc::now());
    store.take_over(&patients, &appointments, Utc::now())?;
    Ok(())
}

fn listen_at(port: u16) -> std::io::Result<std::net::TcpListener> {
    std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

/// The example clinic with simulated devices, a key of its own, and its stores in `folder`.
fn invented_clinic(
    folder: &Path,
    desk: SocketAddr,
    terminal: &TerminalSimulator,
) -> Result<Clinic, DemoError> {
    let mut clinic = clinic::read_text("example.toml", clinic::EXAMPLE)
        .map_err(|error| DemoError::Stuck(error.to_string()))?;
    clinic.desk = desk;
    clinic.link_key = Uuid::now_v7().simple().to_string();
    clinic.data = folder.to_path_buf();
    let profile = Profile::named("simulated").map_err(|error| DemoError::Device(error.to_string()))?;
    for kiosk in &mut clinic.kiosks {
        let printer = PrinterPlace { port: folder.join("printer"), baud: 38_400, profile: profile.clone() };
        kiosk.printer = Some(printer);
        kiosk.scanner = Some(ScannerPlace::serial(folder.join("scanner"), 9600));
        let address = terminal.address().and_then(|address| address.parse().ok());
        kiosk.terminal = address
            .map(|address| TerminalPlace { port: TerminalPort::Network(address), password: "000000".into() });
    }
    Ok(clinic)
}

/// A desk on a thread of its own. Dropping it stops it.
struct RunningDesk {
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl RunningDesk {
    fn start(
        clinic: Arc<Clinic>,
        store: StoreHandle,
        listener: std::net::TcpListener,
    ) -> Result<Self, DeskError> {
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name("desk".into()).spawn(move || {
            let served = runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let shutdown = async {
                    // Dropped counts as told.
                    let _ = stopped.await;
                };
                desk::serve(clinic, store, listener, shutdown).await
            });
            if let Err(error) = served {
                tracing::error!("{error}");
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for RunningDesk {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
