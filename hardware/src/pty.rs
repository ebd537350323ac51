//! A pseudo-terminal that stands for a serial device, under a name that stays.
//!
//! What a pseudo-terminal does not have: a baud rate, the wires CTS and DTR, and a drain that can
//! hang. A test over it proves nothing about those.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serialport::{SerialPort as _, TTYPort};

/// A simulated device that is plugged in. Dropping it pulls the plug: whoever has it open is told.
#[derive(Debug)]
pub(crate) struct SimulatedPort {
    /// The device's side.
    pub(crate) device: TTYPort,
    /// Held open, so that programs can come and go without the pseudo-terminal ending.
    _program: TTYPort,
    link: PathBuf,
}

impl SimulatedPort {
    /// Plugs a device in under this name. A link that is there already is replaced; a file is not.
    pub(crate) fn plug_in(link: &Path) -> io::Result<SimulatedPort> {
        let (device, program) = TTYPort::pair()?;
        // The ends of the pair would be handed down to every program that is started from here, and held open
        // there after the plug was pulled; their copies are not.
        let (mut device, program) = (device.try_clone_native()?, program.try_clone_native()?);
        device.set_timeout(Duration::from_millis(10))?;
        let name = program.name().ok_or_else(|| io::Error::other("the pseudo-terminal has no name"))?;
        if link.symlink_metadata().is_ok_and(|there| there.is_symlink()) {
            std::fs::remove_file(link)?;
        }
        std::os::unix::fs::symlink(name, link)?;
        Ok(SimulatedPort { device, _program: program, link: link.to_owned() })
    }
}

impl Drop for SimulatedPort {
    fn drop(&mut self) {
        // A link that someone removed before is gone as well.
        let _ = std::fs::remove_file(&self.link);
    }
}
