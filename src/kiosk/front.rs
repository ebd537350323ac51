//! Starts a kiosk on a real display.

use super::runner::{KioskError, Runner};
use super::window::{KioskFront, waker};
use crate::clinic::Clinic;
use crate::watchdog;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use vestibule_ui::KioskWindow;
use vestibule_ui::display;
use vestibule_ui::fonts::{self, FontError};
use vestibule_ui::slint::{
    self, CloseRequestResponse, ComponentHandle, PhysicalSize, PlatformError, Timer, TimerMode,
};

/// How often a full-screen kiosk looks whether it still covers its display.
const COVER_AGAIN: Duration = Duration::from_millis(500);

/// How much of the display the kiosk takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glass {
    /// All of it, as in a lobby; the window cannot be closed by hand.
    FullScreen,
    /// A window of so many pixels.
    Window(u32, u32),
}

/// Why a kiosk cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    /// There is nothing to show it on.
    #[error(
        "there is no display here: start the kiosk in an X session (DISPLAY says which one), or see it without a display: vestibule demo --headless"
    )]
    NoDisplay,
    /// The graphics card does not do.
    #[error(
        "the display of this machine cannot be drawn on: {0}. Check that a screen is plugged in (ls /dev/dri), that this user is in the groups \"video\", \"render\" and \"input\", and that no X or Wayland server holds the graphics card (or name its display: DISPLAY)"
    )]
    Card(String),
    /// Parts of the system are missing.
    #[error("the window needs libraries that this machine lacks: apt-get install {0}")]
    Libraries(String),
    /// The fonts.
    #[error(transparent)]
    Fonts(#[from] FontError),
    /// The program could not start itself anew.
    #[error("the program cannot start itself anew with its own fonts: {0}")]
    Restart(std::io::Error),
    /// The desk has ordered the program to start anew, and it could not.
    #[error("the program cannot start itself anew, as the desk has ordered: {0}. Start it by hand")]
    NotStartedAgain(std::io::Error),
    /// The display does not do.
    #[error(
        "the display {display} cannot be used: {reason}. Check that it runs and lets this user in (DISPLAY, XAUTHORITY, xhost), or see the kiosk without a display: vestibule demo --headless"
    )]
    Window {
        /// Which display.
        display: String,
        /// What the window system says.
        reason: String,
    },
    /// The kiosk behind it.
    #[error(transparent)]
    Kiosk(#[from] KioskError),
}

impl From<PlatformError> for FrontError {
    fn from(error: PlatformError) -> Self {
        let text = error.to_string();
        // In front of the cause stands where in the window library it was noticed.
        let reason = text.rsplit(": ").next().unwrap_or(&text).to_string();
        match display() {
            Some(display) => Self::Window { display, reason },
            None => Self::Card(reason),
        }
    }
}

/// What names the display, as the window library looks for it.
const DISPLAYS: [&str; 2] = ["WAYLAND_DISPLAY", "DISPLAY"];

/// The display that is named, if there is one.
fn display() -> Option<String> {
    let named = DISPLAYS.iter().filter_map(std::env::var_os).find(|value| !value.is_empty())?;
    Some(named.to_string_lossy().into_owned())
}

/// With this exit code the program asks whoever watches over it to start it anew (EX_TEMPFAIL of `sysexits.h`).
const START_ANEW: i32 = 75;

/// Why a kiosk's window is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Somebody closed it.
    Closed,
    /// The program is to start anew: the desk has ordered it, or whoever watches over the program asks for it.
    Restart,
}

/// Runs the kiosk with a name until its window is closed. Ordered by the desk, the program starts itself anew in its
/// own place, so that it needs nobody who watches over it; a newer program at the same path is taken then.
/// Where a service manager does watch over it, that is asked to: it knows which program is to be taken.
pub fn run(clinic: Arc<Clinic>, name: &str, glass: Glass) -> Result<(), FrontError> {
    // Before the window, so that a mistake is told where somebody reads it.
    if clinic.kiosk(name).is_none() {
        return Err(KioskError::unknown(&clinic, name).into());
    }
    use_own_fonts(&clinic.data.join("fonts"))?;
    // Now: the path of a program that is replaced while it runs is not known any more.
    let program = std::env::current_exe();
    let window = open_window()?;
    let runner = Runner::start(clinic, name, waker(&window))?;
    if watchdog::is_watched() {
        heed_reloads(runner.ask_to_restart());
    }
    match show(KioskFront::new(window, runner), glass)? {
        After::Closed => {
            watchdog::stopping();
            Ok(())
        }
        After::Restart => {
            tracing::info!("the program starts anew, as it was told to");
            if watchdog::is_watched() {
                watchdog::stopping();
                std::process::exit(START_ANEW);
            }
            let program = program.map_err(FrontError::NotStartedAgain)?;
            let error = Command::new(program).args(std::env::args_os().skip(1)).exec();
            Err(FrontError::NotStartedAgain(error))
        }
    }
}

/// An upgrade asks a kiosk to start anew with SIGHUP (`systemctl reload`): it does so between two patients. Where nobody
/// watches over the program the signal keeps its usual meaning, that the terminal is gone.
fn heed_reloads(again: impl Fn() + Send + 'static) {
    let heeding = move || {
        let heeded = tokio::runtime::Builder::new_current_thread().enable_io().build().and_then(|runtime| {
            runtime.block_on(async {
                let mut asked = signal(SignalKind::hangup())?;
                while asked.recv().await.is_some() {
                    again();
                }
                Ok(())
            })
        });
        if let Err(error) = heeded {
            tracing::error!("nobody can ask this kiosk to start anew: {error}");
        }
    };
    if let Err(error) = std::thread::Builder::new().name("reloads".into()).spawn(heeding) {
        tracing::error!("nobody can ask this kiosk to start anew: {error}");
    }
}

/// Opens the window without showing it yet: on the display that is named, or else on the graphics card itself, in a
/// program that was built for that.
pub fn open_window() -> Result<KioskWindow, FrontError> {
    if display().is_some() {
        let missing = fonts::missing_libraries();
        if !missing.is_empty() {
            return Err(FrontError::Libraries(missing.join(" ")));
        }
        slint::BackendSelector::new().backend_name("winit".into()).select()?;
    } else if cfg!(feature = "kms") {
        let card = slint::BackendSelector::new().backend_name("linuxkms".into());
        card.renderer_name("software".into()).select()?;
    } else {
        return Err(FrontError::NoDisplay);
    }
    fonts::register();
    Ok(KioskWindow::new()?)
}

/// Shows a kiosk until its window is closed, or it is to start anew. Nothing of it runs any more
/// then, and its store is let go of.
pub fn show(front: KioskFront, glass: Glass) -> Result<After, FrontError> {
    let window = front.window().window();
    let covering = Timer::default();
    match glass {
        Glass::FullScreen => {
            window.set_fullscreen(true);
            window.on_close_requested(|| CloseRequestResponse::KeepWindowShown);
            let window = front.window().as_weak();
            covering.start(TimerMode::Repeated, COVER_AGAIN, move || {
                if let Some(window) = window.upgrade() {
                    display::cover(window.window());
                }
            });
        }
        Glass::Window(width, height) => window.set_size(PhysicalSize::new(width, height)),
    }
    front.run()?;
    Ok(if front.must_restart() { After::Restart } else { After::Closed })
}

/// Starts the program anew with its own fonts in force, unless they are: where a machine has libfontconfig
/// but no font, the font library under Slint would panic. Nothing must have been started yet.
pub fn use_own_fonts(folder: &Path) -> Result<(), FrontError> {
    let settings = fonts::prepare(folder)?;
    if settings.in_force() {
        return Ok(());
    }
    let program = std::env::current_exe().map_err(FrontError::Restart)?;
    let error =
        Command::new(program).args(std::env::args_os().skip(1)).env(fonts::VARIABLE, &settings.file).exec();
    Err(FrontError::Restart(error))
}
