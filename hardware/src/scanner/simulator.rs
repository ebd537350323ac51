//! A scanner on a pseudo-terminal. It «scans» what it is told to.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::pty::SimulatedPort;

/// A simulated scanner. Dropping it unplugs it.
#[derive(Debug)]
pub struct SimulatedScanner {
    link: PathBuf,
    port: Option<SimulatedPort>,
}

impl SimulatedScanner {
    /// Plugs a scanner in: a link of this name leads to it.
    pub fn start(link: impl AsRef<Path>) -> io::Result<SimulatedScanner> {
        let link = link.as_ref().to_owned();
        let port = Some(SimulatedPort::plug_in(&link)?);
        Ok(SimulatedScanner { link, port })
    }

    /// Scans a QR code, as a scanner with prefix and suffix sends it.
    pub fn scan(&mut self, text: &str) -> io::Result<()> {
        self.send(format!("]Q1{text}\r").as_bytes())
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.port.as_mut() {
            Some(port) => port.device.write_all(bytes),
            None => Err(io::Error::new(io::ErrorKind::NotConnected, "the simulated scanner is unplugged")),
        }
    }

    /// Pulls the plug.
    pub fn unplug(&mut self) {
        self.port = None;
    }

    /// Puts the plug in again.
    pub fn plug_in(&mut self) -> io::Result<()> {
        if self.port.is_none() {
            self.port = Some(SimulatedPort::plug_in(&self.link)?);
        }
        Ok(())
    }
}
