//! A real desk inside a test: its store in a file, its page and link on a real port. It can be stopped,
//! killed and started again, as the computer at reception is.

use chrono::{Timelike, Utc};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use vestibule::clinic::{self, Clinic};
use vestibule::desk::ProviderKey;
use vestibule::link::LinkPlace;
use vestibule::link::fact::DESK;
use vestibule::store::StoreHandle;

/// The example clinic with a second kiosk, in a zone where it is noon: no day ends in the middle of a test.
pub fn example() -> Clinic {
    let second = "[[kiosk]]\nname = \"garden\"\nseries = \"2\"\npanel_inches = 21.5\n\n";
    let text =
        include_str!("../../src/clinic/example.toml").replacen("[[kiosk]]", &format!("{second}[[kiosk]]"), 1);
    let mut clinic = clinic::read_text("clinic.toml", &text).unwrap();
    // West of Greenwich is plus in these names.
    clinic.zone = format!("Etc/GMT{:+}", i64::from(Utc::now().hour()) - 12).parse().unwrap();
    clinic
}

/// Waits until something holds; fails with words if it does not within half a minute.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(30), "in vain waited for half a minute until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A desk that keeps its place and its store whether it runs or not.
pub struct RunningDesk {
    pub clinic: Arc<Clinic>,
    pub address: SocketAddr,
    path: PathBuf,
    provider: ProviderKey,
    running: Option<Running>,
}

struct Running {
    runtime: tokio::runtime::Runtime,
    store: StoreHandle,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<Result<(), vestibule::desk::DeskError>>,
}

impl RunningDesk {
    /// Starts a desk on a free port.
    pub fn start(clinic: Clinic, folder: &Path) -> Self {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), clinic, folder)
    }

    /// Starts a desk at a place.
    pub fn start_at(address: SocketAddr, clinic: Clinic, folder: &Path) -> Self {
        Self::made(address, clinic, folder, ProviderKey::default())
    }

    /// Starts a desk that hears a payment provider.
    #[allow(dead_code, reason = "only some tests have one")]
    pub fn start_hearing(key: &str, clinic: Clinic, folder: &Path) -> Self {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self::made(anywhere, clinic, folder, ProviderKey::new(Some(key.into())))
    }

    fn made(address: SocketAddr, clinic: Clinic, folder: &Path, provider: ProviderKey) -> Self {
        let path = folder.join("desk.db");
        let mut desk = Self { clinic: Arc::new(clinic), address, path, provider, running: None };
        desk.start_again();
        desk
    }

    /// Starts it again where it was.
    pub fn start_again(&mut self) {
        assert!(self.running.is_none());
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind(self.address)).unwrap();
        self.address = listener.local_addr().unwrap();
        let store = StoreHandle::open(&self.path, DESK).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = runtime.spawn(vestibule::desk::serve_with(
            Arc::clone(&self.clinic),
            store.clone(),
            self.provider.clone(),
            listener,
            async move { drop(stopped.await) },
        ));
        self.running = Some(Running { runtime, store, stop, ended });
    }

    /// Its store, to look into and to act as staff do.
    pub fn store(&self) -> &StoreHandle {
        &self.running.as_ref().expect("the desk runs").store
    }

    /// Stops it as it should be stopped.
    pub fn stop(&mut self) {
        let Running { runtime, stop, ended, .. } = self.running.take().expect("the desk runs");
        stop.send(()).unwrap();
        let ended = runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), ended).await });
        ended.expect("the desk stops within five seconds").unwrap().unwrap();
    }

    /// Its process is gone between one instruction and the next; the file remains.
    pub fn kill(&mut self) {
        let Running { runtime, .. } = self.running.take().expect("the desk runs");
        runtime.shutdown_timeout(Duration::ZERO);
    }

    /// Where a kiosk finds it.
    pub fn place(&self, kiosk: &str) -> LinkPlace {
        LinkPlace { desk: self.address, key: self.clinic.link_key.clone(), kiosk: kiosk.into() }
    }
}
