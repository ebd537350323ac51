//! The simulated terminal on its socket or pseudo-terminal.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::super::place::TerminalPlace;
use super::dialogue::Run;
use super::machine::{Machine, Patient, SimulatedFault, SimulatedKind, SimulatedTransaction, Temper};
use super::wire::{Heard, Wire};
use crate::pty::SimulatedPort;

/// How long the loop rests when there is nothing to do.
const REST: Duration = Duration::from_millis(5);

/// A simulated terminal that is switched on. Dropping it switches it off.
#[derive(Debug)]
pub struct TerminalSimulator {
    shared: Arc<Shared>,
    place: TerminalPlace,
    thread: Option<JoinHandle<()>>,
}

pub(super) struct Shared {
    machine: Mutex<Machine>,
    off_until: Mutex<Option<Instant>>,
    stop: AtomicBool,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Shared {
    pub(super) fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn off_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.off_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn power_off(&self, time: Duration) {
        self.machine().registered = false;
        *self.off_until() = Some(Instant::now() + time);
    }

    fn is_off(&self) -> bool {
        let mut off = self.off_until();
        *off = off.filter(|until| Instant::now() < *until);
        off.is_some()
    }

    pub(super) fn stops(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.is_off()
    }
}

impl TerminalSimulator {
    /// A terminal on a free port of this machine.
    pub fn tcp() -> io::Result<TerminalSimulator> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = shared();
        let inside = Arc::clone(&shared);
        let thread = spawn(move || serve_tcp(&inside, listener, address))?;
        Ok(TerminalSimulator { shared, place: TerminalPlace::Tcp(address.to_string()), thread: Some(thread) })
    }

    /// A terminal on a pseudo-terminal, under this name.
    pub fn pty(link: impl Into<PathBuf>) -> io::Result<TerminalSimulator> {
        let path = link.into();
        let port = SimulatedPort::plug_in(&path)?;
        let shared = shared();
        let inside = Arc::clone(&shared);
        let thread = spawn(move || serve_pty(&inside, port))?;
        Ok(TerminalSimulator {
            shared,
            place: TerminalPlace::Serial { path, baud: 9600 },
            thread: Some(thread),
        })
    }

    /// Where a till finds it.
    pub fn place(&self) -> TerminalPlace {
        self.place.clone()
    }

    /// `host:port`, if it is on a socket.
    pub fn address(&self) -> Option<&str> {
        if let TerminalPlace::Tcp(address) = &self.place { Some(address) } else { None }
    }

    /// The device, if it is on a pseudo-terminal.
    pub fn path(&self) -> Option<&Path> {
        if let TerminalPlace::Serial { path, .. } = &self.place { Some(path) } else { None }
    }

    /// Decides what the next patient does, behind those who are decided already. Without it they pay.
    pub fn patient(&self, patient: Patient) {
        self.shared.machine().patients.push_back(patient);
    }

    /// Decides what goes wrong with the next order, behind those that are decided already.
    pub fn fault(&self, fault: SimulatedFault) {
        self.shared.machine().faults.push_back(fault);
    }

    /// Changes how the terminal is; it holds from the next command on.
    pub fn temper(&self, change: impl FnOnce(&mut Temper)) {
        change(&mut self.shared.machine().temper);
    }

    /// Another till takes this amount at the same terminal, now.
    pub fn other_till_takes(&self, amount: u64) -> SimulatedTransaction {
        self.shared.machine().book(SimulatedKind::Payment, amount)
    }

    /// Switches it off for so long. What runs breaks off; the journal stays, the registration does not.
    pub fn switch_off(&self, time: Duration) {
        self.shared.power_off(time);
    }

    /// Every movement of money, in order.
    pub fn journal(&self) -> Vec<SimulatedTransaction> {
        self.shared.machine().journal.clone()
    }

    /// What the terminal holds in sum, in minor units: payments that stand less refunds that stand.
    pub fn balance(&self) -> i128 {
        let stands = |line: &SimulatedTransaction| line.reversed_by.is_none();
        self.shared
            .machine()
            .journal
            .iter()
            .filter(|line| stands(line))
            .map(|line| match line.kind {
                SimulatedKind::Payment => i128::from(line.amount),
                SimulatedKind::Refund => -i128::from(line.amount),
                SimulatedKind::Reversal => 0,
            })
            .sum()
    }

    /// The commands that came, by class and instruction.
    pub fn commands(&self) -> Vec<(u8, u8)> {
        self.shared.machine().commands.clone()
    }
}

impl Drop for TerminalSimulator {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // If it panicked there is nothing left to end.
            let _ = thread.join();
        }
    }
}

fn shared() -> Arc<Shared> {
    Arc::new(Shared {
        machine: Mutex::new(Machine::new()),
        off_until: Mutex::new(None),
        stop: AtomicBool::new(false),
    })
}

fn spawn(run: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("simulated terminal".to_owned()).spawn(run)
}

fn serve_tcp(shared: &Shared, listener: TcpListener, address: SocketAddr) {
    let mut listener = Some(listener);
    while !shared.stop.load(Ordering::Relaxed) {
        if shared.is_off() {
            listener = None;
            std::thread::sleep(REST);
            continue;
        }
        if listener.is_none() {
            // The port was its own before; if it is taken now, it is tried until it is free.
            listener = TcpListener::bind(address).ok();
        }
        let accepted = listener.as_ref().and_then(|listener| {
            listener.set_nonblocking(true).ok()?;
            listener.accept().ok()
        });
        match accepted {
            Some((stream, _)) => serve(shared, &mut Wire::tcp(stream)),
            None => std::thread::sleep(REST),
        }
    }
}

fn serve_pty(shared: &Shared, mut port: SimulatedPort) {
    while !shared.stop.load(Ordering::Relaxed) {
        if shared.is_off() {
            // A cable stays plugged in; nobody hears what is said over it.
            Wire::pty(&mut port.device).hear_nothing(REST);
            continue;
        }
        serve(shared, &mut Wire::pty(&mut port.device));
    }
}

fn serve(shared: &Shared, wire: &mut Wire<'_>) {
    while !shared.stops() {
        match wire.hear(Duration::from_millis(20)) {
            Heard::Message { class, instr, data } => Run::new(shared, wire).carry_out(class, instr, &data),
            Heard::Nothing => {}
            Heard::Gone => return,
        }
    }
    // The power is gone, and with it the connection.
    wire.cut();
}
