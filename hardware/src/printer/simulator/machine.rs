//! The simulated printer without its line: buffer, sensors, blade and answers.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use qrcode::EcLevel;

use super::super::bitmap::Bitmap;
use super::super::fonts::Fonts;
use super::super::profile::{Cutter, Fence, Profile};
use super::super::qr;
use super::paper::Paper;
use super::parser::{Command, RealTime, RealTimeWatch, parse};

/// What its buffer holds while nothing is printed; then it takes no more bytes.
const BUFFER: usize = 4096;
/// Feeding so many lines lets a patient tear the ticket off a printer without a blade.
const LINES_TO_TEAR: u8 = 4;

/// What can be wrong with the simulated printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// No paper.
    PaperOut,
    /// The roll is near its end. It still prints.
    PaperLow,
    /// The cover stands open.
    CoverOpen,
    /// The next cut jams the blade.
    CutterJam,
    /// The print head is too hot.
    Overheated,
    /// It is offline and gives no cause, as while its feed button is held down.
    Offline,
    /// It takes bytes and answers, and prints nothing for now: it is still at what came before.
    Busy,
    /// It hangs: the line is there, and nothing happens.
    Silent,
    /// No power: what it is sent is lost, and so is what it held.
    PowerOff,
    /// The cable is out of the computer.
    Unplugged,
    /// The line carries noise to the computer beside the answers.
    Noise,
    /// It speaks at this many bits per second and at no other speed: on a line that runs at another one neither
    /// side understands a byte. Without this condition it understands any speed.
    Speed(u32),
    /// It answers no `DLE EOT`, and prints and speaks up by itself as always.
    DeafToQuestions,
    /// Its answers take [`LATE`] to come.
    LateAnswers,
    /// It said XOFF, and takes no byte until it has said XON.
    Held,
}

/// How late a [`Condition::LateAnswers`] printer answers.
pub const LATE: Duration = Duration::from_millis(700);
/// Noise as a line at a wrong speed makes it. No reply of a printer has its highest bit set.
pub const NOISE: [u8; 4] = [0xFE, 0x80, 0xC9, 0xFF];
const XON: u8 = 0x11;
const XOFF: u8 = 0x13;

/// Bytes on their way to the program.
pub struct Said {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether they take [`LATE`].
    pub late: bool,
    /// The only speed at which they can be read.
    pub speed: Option<u32>,
}

/// A ticket that was cut off.
pub struct CutTicket {
    /// What is on it.
    pub picture: Bitmap,
    /// The bytes that were carried out since the last cut.
    pub bytes: Vec<u8>,
}

/// The printer's inside.
pub struct Machine {
    profile: Profile,
    fonts: Arc<Fonts>,
    conditions: HashSet<Condition>,
    /// Conditions that come when so many more bytes have been received.
    planned: Vec<(u64, Condition)>,
    /// Behind so many more bytes its power goes for a moment in which so many are lost.
    planned_restart: Option<(u64, u64)>,
    /// So many more bytes are lost.
    lost: u64,
    jammed: bool,
    buffer: Vec<u8>,
    watch: RealTimeWatch,
    paper: Paper,
    automatic: u8,
    last_automatic: Option<[u8; 4]>,
    qr_payload: Vec<u8>,
    qr_module: u8,
    qr_correction: EcLevel,
    carried_out: Vec<u8>,
    /// What is to be sent to the program. It is on the line: no loss of power takes it back.
    pub replies: Vec<Said>,
    /// Tickets to be stored.
    pub cut: Vec<CutTicket>,
}

impl Machine {
    /// A printer with paper, switched on.
    pub fn new(profile: Profile, fonts: Arc<Fonts>) -> Machine {
        let paper = Paper::new(usize::from(profile.dots_per_line));
        Machine {
            profile,
            fonts,
            conditions: HashSet::new(),
            planned: Vec::new(),
            planned_restart: None,
            lost: 0,
            jammed: false,
            buffer: Vec::new(),
            watch: RealTimeWatch::default(),
            paper,
            automatic: 0,
            last_automatic: None,
            qr_payload: Vec::new(),
            qr_module: 3,
            qr_correction: EcLevel::L,
            carried_out: Vec::new(),
            replies: Vec::new(),
            cut: Vec::new(),
        }
    }

    /// Whether a condition holds.
    pub fn has(&self, condition: Condition) -> bool {
        self.conditions.contains(&condition)
    }

    /// The only speed at which it speaks, in bits per second; nothing when it understands any.
    pub fn speed(&self) -> Option<u32> {
        self.conditions.iter().find_map(|condition| match condition {
            Condition::Speed(speed) => Some(*speed),
            _ => None,
        })
    }

    /// Makes a condition hold, or end.
    pub fn set(&mut self, condition: Condition, holds: bool) {
        if holds {
            if matches!(condition, Condition::Speed(_)) {
                self.conditions.retain(|other| !matches!(other, Condition::Speed(_)));
            }
            self.conditions.insert(condition);
        } else {
            self.conditions.remove(&condition);
        }
        match condition {
            Condition::CutterJam if !holds => self.jammed = false,
            Condition::PowerOff if holds => self.lose_power(),
            Condition::Noise if holds => self.say(&NOISE),
            Condition::Held => self.say(&[if holds { XOFF } else { XON }]),
            _ => {}
        }
        self.work();
    }

    /// Makes a condition hold when so many more bytes have come in.
    pub fn plan(&mut self, after: u64, condition: Condition) {
        self.planned.push((after, condition));
    }

    /// Lets its power go for a moment when so many more bytes have come in: it starts anew, and what it held is lost,
    /// and of what it is sent next so many bytes.
    pub fn plan_restart(&mut self, after: u64, lost: u64) {
        self.planned_restart = Some((after, lost));
    }

    fn lose_power(&mut self) {
        self.clear();
        self.automatic = 0;
        self.last_automatic = None;
        // The paper keeps what is printed on it.
        self.paper.initialise();
    }

    /// Whether it takes bytes from the line now.
    pub fn takes_bytes(&self) -> bool {
        self.has(Condition::PowerOff)
            || !self.has(Condition::Silent)
                && !self.has(Condition::Held)
                && (self.ready() && !self.has(Condition::Busy) || self.buffer.len() < BUFFER)
    }

    /// Answers, or speaks up.
    fn say(&mut self, bytes: &[u8]) {
        let late = self.has(Condition::LateAnswers);
        self.replies.push(Said { bytes: bytes.to_vec(), late, speed: self.speed() });
    }

    /// Takes one byte from the line.
    pub fn receive(&mut self, byte: u8) {
        if self.has(Condition::PowerOff) {
            return;
        }
        if self.lost > 0 {
            self.lost -= 1;
            return;
        }
        self.buffer.push(byte);
        match self.watch.push(byte) {
            Some(RealTime::AskStatus(_)) if self.has(Condition::DeafToQuestions) => {}
            Some(RealTime::AskStatus(n)) => self.say(&[self.status(n)]),
            // Without clearing the cause there is no recovery; with it, `set` has recovered already.
            Some(RealTime::Recover) | None => {}
            Some(RealTime::ClearBuffers) if self.profile.buffer_clear => {
                self.clear();
                self.say(&[0x37, 0x25, 0x00]);
            }
            Some(RealTime::ClearBuffers) => {}
        }
        self.work();
        for (after, _) in &mut self.planned {
            *after = after.saturating_sub(1);
        }
        while let Some(place) = self.planned.iter().position(|(after, _)| *after == 0) {
            let (_, condition) = self.planned.swap_remove(place);
            self.set(condition, true);
        }
        if let Some((after, lost)) = &mut self.planned_restart {
            *after = after.saturating_sub(1);
            if *after == 0 {
                self.lost = *lost;
                self.planned_restart = None;
                self.lose_power();
            }
        }
    }

    fn clear(&mut self) {
        self.buffer.clear();
        self.watch = RealTimeWatch::default();
    }

    /// Whether it prints.
    fn ready(&self) -> bool {
        use Condition::{CoverOpen, Offline, Overheated, PaperOut, PowerOff, Silent};
        let stopped = [CoverOpen, Offline, Overheated, PaperOut, PowerOff, Silent];
        !self.jammed && !stopped.iter().any(|condition| self.has(*condition))
    }

    /// Carries out what is in the buffer, as far as it is complete and nothing stands against it.
    fn work(&mut self) {
        while self.ready() && !self.has(Condition::Busy) {
            let Some((command, length)) = parse(&self.buffer) else { break };
            if matches!(command, Command::Cut { .. }) && self.has(Condition::CutterJam) {
                self.jammed = true;
                break;
            }
            self.carried_out.extend(self.buffer.drain(..length));
            self.carry_out(command);
        }
        self.report();
    }

    fn carry_out(&mut self, command: Command) {
        let fonts = Arc::clone(&self.fonts);
        match command {
            Command::Letter(byte) => self.paper.letter(byte, &fonts),
            Command::LineFeed => self.paper.end_line(&fonts),
            Command::Initialise => {
                self.paper.initialise();
                self.automatic = 0;
            }
            Command::CodePage(n) => {
                if let Some(page) = self.profile.code_pages.iter().find(|page| page.select == n) {
                    self.paper.modes().table = page.name;
                }
            }
            Command::Justify(n) => self.paper.modes().justify = n,
            Command::Bold(on) => self.paper.modes().bold = on,
            Command::Size { across, down } => {
                self.paper.modes().across = across;
                self.paper.modes().down = down;
            }
            Command::FeedLines(n) => {
                self.paper.feed_lines(n, &fonts);
                if self.profile.cutter == Cutter::None && n >= LINES_TO_TEAR {
                    self.end_ticket();
                }
            }
            Command::FeedUnits(n) => self.paper.feed_dots(usize::from(n), &fonts),
            Command::LineSpacing(n) => {
                let default = super::paper::Modes::default().line_spacing;
                self.paper.modes().line_spacing = n.map_or(default, usize::from);
            }
            Command::Cut { feed } => {
                self.paper.feed_dots(usize::from(feed), &fonts);
                self.end_ticket();
            }
            Command::AutomaticStatus(_) if !self.profile.automatic_status => {}
            Command::AutomaticStatus(n) => {
                self.automatic = n;
                self.last_automatic = None;
            }
            Command::ProcessId([a, b, c, d]) if self.profile.fence == Fence::ProcessId => {
                self.say(&[0x37, 0x22, a, b, c, d, 0x00]);
            }
            // A real one without an ordered status does nothing at all here.
            Command::OrderedStatus(_) if self.profile.fence == Fence::RealTimeOnly => {}
            Command::OrderedStatus(_) => {
                self.say(&[if self.has(Condition::PaperLow) { 0x03 } else { 0x00 }]);
            }
            Command::Identify(67) => {
                self.say(&[&[0x5F], self.profile.name.as_bytes(), &[0x00]].concat());
            }
            Command::Raster { across, down, bytes_across, data } => {
                let (across, down) = (usize::from(across), usize::from(down));
                let rows = data.len().checked_div(bytes_across).unwrap_or(0);
                let mut picture = Bitmap::white(bytes_across * 8 * across, rows * down);
                for (place, byte) in data.iter().enumerate() {
                    for bit in (0..8).filter(|bit| byte & (0x80 >> bit) != 0) {
                        let (x, y) = ((place % bytes_across * 8 + bit) * across, place / bytes_across * down);
                        for dot in 0..across * down {
                            picture.blacken(x + dot % across, y + dot / across);
                        }
                    }
                }
                self.paper.picture(&picture, &fonts);
            }
            Command::QrModule(n) => self.qr_module = n.clamp(1, 16),
            Command::QrCorrection(n) => {
                self.qr_correction = match n {
                    49 => EcLevel::M,
                    50 => EcLevel::Q,
                    51 => EcLevel::H,
                    _ => EcLevel::L,
                };
            }
            Command::QrStore(payload) => self.qr_payload = payload,
            Command::QrPrint if self.profile.native_qr => {
                if let Some(modules) = qr::modules(&self.qr_payload, self.qr_correction) {
                    self.paper.picture(&qr::enlarge(&modules, usize::from(self.qr_module)), &fonts);
                }
            }
            Command::ProcessId(_) | Command::Identify(_) | Command::QrPrint | Command::Nothing => {}
        }
    }

    fn end_ticket(&mut self) {
        let bytes = std::mem::take(&mut self.carried_out);
        if let Some(picture) = self.paper.cut() {
            self.cut.push(CutTicket { picture, bytes });
        }
    }

    /// The answer to `DLE EOT n`.
    fn status(&self, n: u8) -> u8 {
        let bit = |holds: bool, mask: u8| if holds { mask } else { 0 };
        let hot = self.has(Condition::Overheated);
        let out = self.has(Condition::PaperOut);
        0x12 | match n {
            1 => bit(!self.ready(), 0x08),
            2 => bit(self.has(Condition::CoverOpen), 0x04) | bit(out, 0x20) | bit(self.jammed || hot, 0x40),
            3 => bit(self.jammed, 0x08) | bit(hot, 0x40),
            _ => bit(out || self.has(Condition::PaperLow), 0x0C) | bit(out, 0x60),
        }
    }

    /// Sends the automatic status when it was just switched on or has changed.
    fn report(&mut self) {
        if self.automatic == 0 || self.has(Condition::Silent) || self.has(Condition::PowerOff) {
            return;
        }
        let bit = |holds: bool, mask: u8| if holds { mask } else { 0 };
        let out = self.has(Condition::PaperOut);
        let now = [
            0x10 | bit(!self.ready(), 0x08) | bit(self.has(Condition::CoverOpen), 0x20),
            bit(self.jammed, 0x08) | bit(self.has(Condition::Overheated), 0x40),
            bit(out || self.has(Condition::PaperLow), 0x03) | bit(out, 0x0C),
            0,
        ];
        if self.last_automatic != Some(now) {
            self.last_automatic = Some(now);
            self.say(&now);
        }
    }
}
