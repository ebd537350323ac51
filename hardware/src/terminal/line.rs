//! The connection to a terminal, message by message: over TCP as they are, over a serial line in blocks.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::path::Path;
use std::time::{Duration, Instant};

use serialport::{StopBits, TTYPort};
use zeroize::{Zeroize as _, Zeroizing};

use super::apdu::{Apdu, ApduReader, decode};
use super::place::{Patience, TerminalPlace};
use super::serial_frame::{ACK, BlockReader, Heard, NAK, block};

/// How long is listened for something that should not be there before an order is sent.
const QUIET: Duration = Duration::from_millis(30);
/// A peer that is gone without a word is found out after about this long.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// What became of a message that was to be sent.
pub(super) enum Unsent {
    /// Not all of it left: nobody can have understood it.
    NotLeft(String),
    /// It left, and the other side did not say that it came.
    Unclear(String),
}

/// Why nothing more comes.
pub(super) enum Broken {
    /// The connection ended.
    Lost(String),
    /// What came is no message.
    Garbled,
}

/// An open connection.
pub(super) struct Line {
    wire: Wire,
    patience: Patience,
    last_traffic: Instant,
}

enum Wire {
    Tcp { stream: TcpStream, reader: ApduReader },
    Serial(SerialWire),
}

struct SerialWire {
    port: TTYPort,
    reader: BlockReader,
    /// The last block that came, as a hash (it may hold a card number), until a block of ours was acknowledged:
    /// till then the same block once more is a repetition, since the other side did not hear our ACK.
    unanswered: Option<u64>,
    /// A block that came instead of an ACK.
    early: VecDeque<Zeroizing<Vec<u8>>>,
    damaged: u8,
}

impl Line {
    pub(super) fn open(place: &TerminalPlace, patience: Patience) -> io::Result<Line> {
        let wire = match place {
            TerminalPlace::Tcp(address) => {
                Wire::Tcp { stream: connect(address, patience.connect)?, reader: ApduReader::default() }
            }
            TerminalPlace::Serial { path, baud } => Wire::Serial(SerialWire::open(path, *baud)?),
        };
        Ok(Line { wire, patience, last_traffic: Instant::now() })
    }

    /// How long nothing has gone over it.
    pub(super) fn quiet_for(&self) -> Duration {
        self.last_traffic.elapsed()
    }

    pub(super) fn send(&mut self, message: &[u8]) -> Result<(), Unsent> {
        self.last_traffic = Instant::now();
        match &mut self.wire {
            Wire::Tcp { stream, .. } => {
                stream.write_all(message).map_err(|error| Unsent::NotLeft(error.to_string()))
            }
            Wire::Serial(serial) => serial.send(message, &self.patience),
        }
    }

    /// The next message, or `None` if none has come until then.
    pub(super) fn receive(&mut self, until: Instant) -> Result<Option<Apdu>, Broken> {
        let got = match &mut self.wire {
            Wire::Tcp { stream, reader } => receive_tcp(stream, reader, until, &self.patience),
            Wire::Serial(serial) => serial.receive(until, &self.patience),
        };
        if matches!(got, Ok(Some(_))) {
            self.last_traffic = Instant::now();
        }
        got
    }

    /// Whether nothing waits to be read. What an earlier dialogue left behind must not be taken for an answer.
    pub(super) fn is_quiet(&mut self) -> bool {
        let until = Instant::now() + QUIET;
        match &mut self.wire {
            Wire::Tcp { stream, reader } => {
                let mut bytes = Zeroizing::new([0; 1]);
                !reader.has_begun()
                    && stream.set_read_timeout(Some(QUIET)).is_ok()
                    && stream.peek(&mut bytes[..]).is_err_and(|error| is_only_late(&error))
            }
            Wire::Serial(serial) => loop {
                match serial.hear(until) {
                    Ok(None) => break serial.early.is_empty() && !serial.reader.has_begun(),
                    // An ACK that came too late for its block says nothing.
                    Ok(Some(Heard::Ack | Heard::Nak)) => {}
                    Ok(Some(_)) | Err(_) => break false,
                }
            },
        }
    }
}

fn connect(address: &str, limit: Duration) -> io::Result<TcpStream> {
    let mut refused = io::Error::new(io::ErrorKind::NotFound, "there is no such address");
    for address in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, limit) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_write_timeout(Some(limit))?;
                let socket = socket2::SockRef::from(&stream);
                let keep_alive = socket2::TcpKeepalive::new()
                    .with_time(KEEP_ALIVE)
                    .with_interval(KEEP_ALIVE / 4)
                    .with_retries(3);
                socket.set_tcp_keepalive(&keep_alive)?;
                socket.set_tcp_user_timeout(Some(KEEP_ALIVE * 2))?;
                return Ok(stream);
            }
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn is_only_late(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

fn receive_tcp(
    stream: &mut TcpStream,
    reader: &mut ApduReader,
    until: Instant,
    patience: &Patience,
) -> Result<Option<Apdu>, Broken> {
    let lost = |error: io::Error| Broken::Lost(error.to_string());
    let mut bytes = Zeroizing::new([0; 4096]);
    let mut until = until;
    loop {
        if let Some(apdu) = reader.next() {
            return Ok(Some(apdu));
        }
        let begun = reader.has_begun();
        if begun {
            // The rest of a message comes soon or never.
            until = until.max(Instant::now() + patience.within_message);
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1)))).map_err(lost)?;
        match stream.read(&mut bytes[..]) {
            Ok(0) => return Err(Broken::Lost("the terminal hung up".to_owned())),
            Ok(count) => {
                reader.push(&bytes[..count]);
                bytes.zeroize();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if is_only_late(&error) => return if begun { Err(Broken::Garbled) } else { Ok(None) },
            Err(error) => return Err(lost(error)),
        }
    }
}

impl SerialWire {
    fn open(path: &Path, baud: u32) -> io::Result<SerialWire> {
        let port = TTYPort::open(
            &serialport::new(path.to_string_lossy(), baud)
                .stop_bits(StopBits::Two)
                .timeout(Duration::from_millis(10)),
        )?;
        Ok(SerialWire {
            port,
            reader: BlockReader::default(),
            unanswered: None,
            early: VecDeque::new(),
            damaged: 0,
        })
    }

    /// The next thing that comes. One byte is read at a time: what stands behind a block belongs to the next
    /// call.
    fn hear(&mut self, until: Instant) -> Result<Option<Heard>, Broken> {
        let mut byte = Zeroizing::new([0; 1]);
        loop {
            match self.port.read(&mut byte[..]) {
                Ok(0) => return Err(Broken::Lost("the line was unplugged".to_owned())),
                Ok(_) => {
                    if let Some(heard) = self.reader.push(byte[0]) {
                        return Ok(Some(heard));
                    }
                }
                Err(error) if is_only_late(&error) => {
                    if Instant::now() >= until {
                        return Ok(None);
                    }
                }
                Err(error) => return Err(Broken::Lost(error.to_string())),
            }
        }
    }

    fn write(&mut self, mut bytes: &[u8], limit: Duration) -> io::Result<()> {
        let until = Instant::now() + limit;
        while !bytes.is_empty() {
            match self.port.write(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(error) if is_only_late(&error) && Instant::now() < until => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn send(&mut self, message: &[u8], patience: &Patience) -> Result<(), Unsent> {
        let bytes = block(message);
        let is_answer = self.unanswered.is_some();
        let mut left = false;
        for _ in 0..patience.block_tries.max(1) {
            if let Err(error) = self.write(&bytes, patience.block_answer) {
                let reason = error.to_string();
                return Err(if left { Unsent::Unclear(reason) } else { Unsent::NotLeft(reason) });
            }
            left = true;
            let until = Instant::now() + patience.block_answer;
            loop {
                match self.hear(until) {
                    Ok(Some(Heard::Ack)) => {
                        self.unanswered = None;
                        return Ok(());
                    }
                    Ok(Some(Heard::Nak) | None) => break,
                    // The other side did not hear our ACK, and says its block again; or it has something new.
                    // If ours is an answer, it would not go on without it: then only its ACK got lost.
                    Ok(Some(Heard::Block(data))) => {
                        let answered = self.answer(ACK);
                        if self.is_new(&data) {
                            self.early.push_back(data);
                            if is_answer {
                                return Ok(());
                            }
                        }
                        if let Err(Broken::Lost(reason)) = answered {
                            return Err(Unsent::Unclear(reason));
                        }
                    }
                    Ok(Some(Heard::Damaged)) => drop(self.answer(NAK)),
                    Err(Broken::Lost(reason)) => return Err(Unsent::Unclear(reason)),
                    Err(Broken::Garbled) => break,
                }
            }
        }
        Err(Unsent::Unclear("the terminal did not acknowledge the block".to_owned()))
    }

    fn receive(&mut self, until: Instant, patience: &Patience) -> Result<Option<Apdu>, Broken> {
        if let Some(data) = self.early.pop_front() {
            return decode(&data).map(Some).ok_or(Broken::Garbled);
        }
        loop {
            let limit = if self.reader.has_begun() { Instant::now() + patience.between_bytes } else { until };
            match self.hear(limit)? {
                Some(Heard::Block(data)) => {
                    self.damaged = 0;
                    self.answer(ACK)?;
                    if self.is_new(&data) {
                        return decode(&data).map(Some).ok_or(Broken::Garbled);
                    }
                }
                Some(Heard::Damaged) => self.ask_again(patience)?,
                Some(Heard::Ack | Heard::Nak) => {}
                None if self.reader.has_begun() => {
                    // A block on its way when the time was over gets the time between two bytes.
                    let more = Instant::now() + patience.between_bytes;
                    match self.hear(more)? {
                        Some(Heard::Block(data)) => {
                            self.answer(ACK)?;
                            if self.is_new(&data) {
                                return decode(&data).map(Some).ok_or(Broken::Garbled);
                            }
                        }
                        _ => {
                            self.reader.forget();
                            self.ask_again(patience)?;
                        }
                    }
                }
                None if Instant::now() >= until => return Ok(None),
                None => {}
            }
        }
    }

    fn ask_again(&mut self, patience: &Patience) -> Result<(), Broken> {
        self.damaged += 1;
        if self.damaged > patience.block_tries {
            return Err(Broken::Garbled);
        }
        self.answer(NAK)
    }

    fn answer(&mut self, byte: u8) -> Result<(), Broken> {
        self.write(&[byte], Duration::from_secs(1)).map_err(|error| Broken::Lost(error.to_string()))
    }

    /// Whether this block is not the last one once more.
    fn is_new(&mut self, data: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        data.hash(&mut hasher);
        let hash = Some(hasher.finish());
        std::mem::replace(&mut self.unanswered, hash) != hash
    }
}
