//! The simulator's end of the line: messages in and out, over a socket or in blocks over a pseudo-terminal.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use serialport::TTYPort;

use super::bytes::checksum;

/// What came from the till.
pub(super) enum Heard {
    Message {
        class: u8,
        instr: u8,
        data: Vec<u8>,
    },
    Nothing,
    /// The till hung up, or the line was cut.
    Gone,
}

enum Port<'a> {
    Tcp(TcpStream),
    Pty(&'a mut TTYPort),
}

/// One connection.
pub(super) struct Wire<'a> {
    port: Port<'a>,
    inbox: Vec<u8>,
    /// Bytes that may still leave before the line is cut.
    pub(super) cut_after: Option<usize>,
    /// Serial: so many of our ACKs get lost.
    pub(super) lose_acks: u8,
    /// Serial: so many of our blocks are damaged on the way.
    pub(super) damage: u8,
    /// Serial: so many ACKs of the till get lost, so the block is said again.
    pub(super) miss_acks: u8,
    /// Serial: the last block of the till, until we said something that was heard.
    last_block: Option<Vec<u8>>,
    gone: bool,
}

/// How long an ACK is waited for (T2, shortened).
const BLOCK_ANSWER: Duration = Duration::from_millis(400);

impl<'a> Wire<'a> {
    pub(super) fn tcp(stream: TcpStream) -> Wire<'a> {
        // Without it a loop would wait for ever; a socket that refuses it is gone.
        let gone = stream.set_nonblocking(false).is_err() || stream.set_nodelay(true).is_err();
        Wire { gone, ..Wire::over(Port::Tcp(stream)) }
    }

    pub(super) fn pty(port: &'a mut TTYPort) -> Wire<'a> {
        Wire::over(Port::Pty(port))
    }

    fn over(port: Port<'a>) -> Wire<'a> {
        Wire {
            port,
            inbox: Vec::new(),
            cut_after: None,
            lose_acks: 0,
            damage: 0,
            miss_acks: 0,
            last_block: None,
            gone: false,
        }
    }

    /// Cuts the line. A pseudo-terminal stays, as a cable does, but nothing more is said over it.
    pub(super) fn cut(&mut self) {
        self.gone = true;
        if let Port::Tcp(stream) = &self.port {
            // It may be gone already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    /// What the till says, or nothing within this time.
    pub(super) fn hear(&mut self, limit: Duration) -> Heard {
        let until = Instant::now() + limit;
        loop {
            if self.gone {
                return Heard::Gone;
            }
            if let Some(message) = self.take() {
                return message;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Heard::Nothing;
            }
            self.fill(left.min(Duration::from_millis(10)));
        }
    }

    /// Throws away what comes, as a terminal without power does.
    pub(super) fn hear_nothing(&mut self, time: Duration) {
        self.fill(time);
        self.inbox.clear();
    }

    fn fill(&mut self, limit: Duration) {
        let mut bytes = [0; 512];
        let read = match &mut self.port {
            Port::Tcp(stream) => stream
                .set_read_timeout(Some(limit.max(Duration::from_millis(1))))
                .and_then(|()| stream.read(&mut bytes)),
            Port::Pty(port) => port.read(&mut bytes),
        };
        match read {
            Ok(0) => self.gone = true,
            Ok(count) => self.inbox.extend(&bytes[..count]),
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
                ) => {}
            Err(_) => self.gone = true,
        }
    }

    fn take(&mut self) -> Option<Heard> {
        match self.port {
            Port::Tcp(_) => {
                let (message, used) = parse(&self.inbox)?;
                self.inbox.drain(..used);
                Some(message)
            }
            Port::Pty(_) => loop {
                let block = self.take_block()?;
                let Some(data) = block else {
                    self.write(&[0x15]);
                    continue;
                };
                if self.lose_acks > 0 {
                    self.lose_acks -= 1;
                } else {
                    self.write(&[0x06]);
                }
                if self.last_block.as_ref() == Some(&data) {
                    continue;
                }
                let message = parse(&data).map(|(message, _)| message);
                self.last_block = Some(data);
                if message.is_some() {
                    return message;
                }
            },
        }
    }

    /// A block from the inbox: `Some(None)` if it is damaged.
    fn take_block(&mut self) -> Option<Option<Vec<u8>>> {
        let start = self.inbox.windows(2).position(|two| two == [0x10, 0x02])?;
        let mut data = Vec::new();
        let mut at = start + 2;
        loop {
            match (*self.inbox.get(at)?, self.inbox.get(at + 1)) {
                (0x10, None) => return None,
                (0x10, Some(0x10)) => {
                    data.push(0x10);
                    at += 2;
                }
                (0x10, Some(0x03)) => break,
                (0x10, Some(_)) => {
                    self.inbox.drain(..at + 1);
                    return Some(None);
                }
                (byte, _) => {
                    data.push(byte);
                    at += 1;
                }
            }
        }
        let crc = u16::from_le_bytes([*self.inbox.get(at + 2)?, *self.inbox.get(at + 3)?]);
        self.inbox.drain(..at + 4);
        Some((crc == checksum(&data)).then_some(data))
    }

    /// Says a message. Over a serial line it is said again until the till has heard it.
    pub(super) fn say(&mut self, message: &[u8]) {
        if let Port::Tcp(_) = self.port {
            self.write(message);
            return;
        }
        let mut block = vec![0x10, 0x02];
        for byte in message {
            block.push(*byte);
            if *byte == 0x10 {
                block.push(0x10);
            }
        }
        block.extend([0x10, 0x03]);
        block.extend(checksum(message).to_le_bytes());
        for _ in 0..3 {
            let mut sent = block.clone();
            if self.damage > 0 {
                self.damage -= 1;
                sent[2] ^= 0x40;
            }
            self.write(&sent);
            if self.wait_for_ack() {
                self.last_block = None;
                return;
            }
        }
    }

    fn wait_for_ack(&mut self) -> bool {
        let until = Instant::now() + BLOCK_ANSWER;
        loop {
            if self.gone || Instant::now() >= until {
                return false;
            }
            match self.inbox.first() {
                Some(0x06) => {
                    self.inbox.remove(0);
                    if self.miss_acks > 0 {
                        self.miss_acks -= 1;
                        continue;
                    }
                    return true;
                }
                Some(0x15) => {
                    self.inbox.remove(0);
                    return false;
                }
                // The till says its last block again, since it did not hear our ACK.
                Some(0x10) => match self.take_block() {
                    Some(Some(data)) if self.last_block.as_ref() == Some(&data) => self.write(&[0x06]),
                    Some(_) => self.write(&[0x15]),
                    None => self.fill(Duration::from_millis(5)),
                },
                Some(_) => {
                    self.inbox.remove(0);
                }
                None => self.fill(Duration::from_millis(5)),
            }
        }
    }

    /// Bytes as they are, for garbage too.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        if self.gone {
            return;
        }
        let allowed = self.cut_after.map_or(bytes.len(), |left| left.min(bytes.len()));
        let written = match &mut self.port {
            Port::Tcp(stream) => stream.write_all(&bytes[..allowed]),
            Port::Pty(port) => port.write_all(&bytes[..allowed]),
        };
        if let Some(left) = &mut self.cut_after {
            *left -= allowed;
        }
        if written.is_err() || allowed < bytes.len() {
            self.cut();
        }
    }
}

fn parse(bytes: &[u8]) -> Option<(Heard, usize)> {
    let header = if *bytes.get(2)? == 0xFF { 5 } else { 3 };
    let length = match header {
        3 => usize::from(bytes[2]),
        _ => usize::from(*bytes.get(3)?) + 256 * usize::from(*bytes.get(4)?),
    };
    let data = bytes.get(header..header + length)?.to_vec();
    Some((Heard::Message { class: bytes[0], instr: bytes[1], data }, header + length))
}
