//! The payment terminal.

use super::{Finding, RunningKiosk};
use crate::clinic::{Clinic, Kiosk};
use crate::kiosk::till;
use std::time::Duration;
use vestibule_hardware::terminal::{Patience, Terminal, TerminalFault, TerminalSettings};

const WHAT: &str = "terminal";

/// A terminal that stands beside the kiosk answers at once, or is not there.
const SILENCE: Duration = Duration::from_secs(10);

/// Whether the terminal answers, takes its password and is ready. No money moves.
pub(super) fn terminal(kiosk: &Kiosk, clinic: &Clinic, running: Option<&RunningKiosk<'_>>) -> Finding {
    let settings = match till::terminal(kiosk, clinic) {
        Ok(Some(settings)) => settings,
        Ok(None) if kiosk.terminal.is_none() => {
            return Finding::good(WHAT, "clinic.toml names no payment terminal for this kiosk.");
        }
        Ok(None) => {
            return Finding::warning(
                WHAT,
                "clinic.toml names a payment terminal, and payments.toml lets nobody pay.",
                "Write payments.toml (vestibule routines shows the example), or take the terminal out of clinic.toml.",
            );
        }
        Err(error) => return Finding::bad(WHAT, error.to_string(), "Correct the file, and run this again."),
    };
    if let Some(running) = running {
        return running.says_of(WHAT);
    }
    let place = settings.place.to_string();
    let patience = Patience { silence: SILENCE, ..settings.patience };
    let mut terminal = Terminal::unopened(TerminalSettings { patience, ..settings });
    let told = terminal.register().map(|registered| (registered, terminal.last_transaction()));
    match told {
        Ok((registered, _)) if registered.needs_initialisation || registered.needs_diagnosis => Finding::bad(
            WHAT,
            format!("The terminal on {place} answers and cannot charge yet."),
            "Start the initialisation or diagnosis in the terminal's own menu.",
        ),
        Ok((registered, last)) => {
            let id = registered.terminal_id.map_or(String::new(), |id| format!(" {id}"));
            match last {
                Ok(_) => Finding::good(WHAT, format!("The terminal{id} on {place} is ready.")),
                Err(
                    TerminalFault::NoRecordGiven | TerminalFault::Unsupported | TerminalFault::NotDone { .. },
                ) => Finding::warning(
                    WHAT,
                    format!("The terminal{id} on {place} is ready, and cannot say what it did last."),
                    "Payments work; should the end of one be lost, staff must look into the terminal's own journal. \
                     Ask its provider for 06 20 with service byte 03.",
                ),
                Err(fault) => {
                    Finding::bad(WHAT, fault.to_string(), "See to the terminal, and run this again.")
                }
            }
        }
        Err(fault) => Finding::bad(WHAT, fault.to_string(), "See to the terminal, and run this again."),
    }
}
