//! The part of a kiosk that says where its card terminal is.

use super::kiosks::check_baud;
use super::mistake::{Mistake, mistake};
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;

/// Where a card terminal is, and what it is told to let itself be driven.
#[derive(Clone, PartialEq, Eq)]
pub struct TerminalPlace {
    /// How it is reached.
    pub port: TerminalPort,
    /// Six figures that the terminal's provider has set (ZVT); a terminal that wants none has six zeros.
    pub password: String,
}

/// How a card terminal is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalPort {
    /// In the network.
    Network(SocketAddr),
    /// On a serial line.
    Serial {
        /// Serial device.
        device: PathBuf,
        /// Line speed in baud.
        baud: u32,
    },
}

impl fmt::Debug for TerminalPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TerminalPlace").field("port", &self.port).finish_non_exhaustive()
    }
}

/// Stands in the place of a terminal's password, and is what a terminal has without one.
pub(super) const NO_PASSWORD: &str = "000000";

/// What is written about it in the part of its kiosk.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    port: Spanned<String>,
    baud: Option<Spanned<u32>>,
    password: Option<Spanned<String>>,
}

impl Section {
    /// Where the password stands, if there is one.
    pub(super) fn password(&self) -> Option<Range<usize>> {
        self.password.as_ref().map(Spanned::span)
    }
}

/// Checks what is written. A port that begins with / is a serial device, any other one an address in the network.
pub(super) fn check(written: Section) -> Result<TerminalPlace, Mistake> {
    let Section { port, baud, password } = written;
    let at = if port.as_ref().starts_with('/') {
        if let Some(baud) = &baud {
            check_baud(baud, *baud.as_ref())?;
        }
        // What ZVT terminals have when they leave the factory (PA00P016).
        let baud = baud.map_or(9600, Spanned::into_inner);
        TerminalPort::Serial { device: port.into_inner().into(), baud }
    } else {
        let address = port.as_ref().parse().ok().filter(|address: &SocketAddr| address.port() != 0);
        let Some(address) = address else {
            return Err(mistake(
                &port,
                format!("\"{}\" is no place of a card terminal", port.as_ref()),
                "Write its address and port in the network, such as \"192.168.1.50:20007\", or the serial device, such as \"/dev/vestibule/terminal\".",
            ));
        };
        if let Some(baud) = baud {
            let right = "Remove baud: it is the speed of a serial line.";
            return Err(mistake(&baud, "a terminal in the network has no speed", right));
        }
        TerminalPort::Network(address)
    };
    let Some(password) = password else {
        return Ok(TerminalPlace { port: at, password: NO_PASSWORD.into() });
    };
    if password.as_ref().len() != 6 || !password.as_ref().bytes().all(|byte| byte.is_ascii_digit()) {
        let right =
            "Write the six figures that the terminal's provider has set, in \"quotes\", or remove the line.";
        return Err(mistake(&password, "a terminal's password has six figures", right));
    }
    Ok(TerminalPlace { port: at, password: password.into_inner() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, read_text};

    #[test]
    fn a_terminal_is_in_the_network_or_on_a_serial_line() {
        let terminal = |written: &str| {
            let text = EXAMPLE.replacen("panel_inches = 21.5", &format!("terminal = {written}"), 1);
            read_text("clinic.toml", &text).unwrap().kiosks[0].terminal.clone().unwrap()
        };
        let network = TerminalPort::Network("192.168.1.50:20007".parse().unwrap());
        assert_eq!(
            terminal("{ port = \"192.168.1.50:20007\", password = \"123456\" }"),
            TerminalPlace { port: network, password: "123456".into() }
        );
        let serial = TerminalPort::Serial { device: "/dev/ttyS0".into(), baud: 9600 };
        let written = terminal("{ port = \"/dev/ttyS0\" }");
        assert_eq!(written, TerminalPlace { port: serial, password: "000000".into() });
        assert!(!format!("{written:?}").contains("000000"));
        // The example explains it without having one; so explained, it is right.
        let example =
            EXAMPLE.replace("# terminal =", "terminal =").replace("# provider_key =", "provider_key =");
        let clinic = read_text("clinic.toml", &example).unwrap();
        assert!(clinic.kiosks[0].terminal.is_some() && clinic.provider_key.is_some());
    }
}
