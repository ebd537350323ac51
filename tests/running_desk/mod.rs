//! A real desk inside a test: its store in a file, its page and link on a real port. It can be stopped,
//! killed and started again, as the computer at reception is.

#[path = "../staff/mod.rs"]
#[allow(dead_code, reason = "only some tests need all of it")]
pub mod staff;

use chrono::{Timelike, Utc};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use vestibule::clinic::{self, Clinic};
use vestibule::front_desk::role::Role;
use vestibule::link::LinkPlace;
use vestibule::link::fact::DESK;
use vestibule::store::StoreHandle;

/// The example clinic with a second kiosk, in a zone where it is noon: no day ends in the middle of a test.
pub fn example() -> Clinic {
    let second = "[[kiosk]]\nname = \"garden\"\nseries = \"2\"\npanel_inches = 21.5\n\n";
    let text =
        include_str!("../../src/clinic/example.toml").replacen("[[kiosk]]", &format!("{second}[[kiosk]]"), 1);
    clinic::read_text("clinic.toml", &where_it_is_noon(&text)).unwrap()
}

/// A clinic's file in a zone where it is noon.
pub fn where_it_is_noon(text: &str) -> String {
    const ZONE: &str = "\"Europe/Madrid\"";
    assert!(text.contains(ZONE), "the example has another zone");
    // West of Greenwich is plus in these names.
    text.replacen(ZONE, &format!("\"Etc/GMT{:+}\"", i64::from(Utc::now().hour()) - 12), 1)
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
    running: Option<Running>,
    cookies: Mutex<HashMap<String, String>>,
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
        let path = folder.join("desk.db");
        let mut desk =
            Self { clinic: Arc::new(clinic), address, path, running: None, cookies: Mutex::default() };
        desk.start_again();
        desk
    }

    /// Starts it again where it was.
    pub fn start_again(&mut self) {
        assert!(self.running.is_none());
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        // The one before may be a moment late in letting go of its place.
        let began = Instant::now();
        let listener = loop {
            match runtime.block_on(tokio::net::TcpListener::bind(self.address)) {
                Ok(listener) => break listener,
                Err(error) if began.elapsed() > Duration::from_secs(10) => {
                    panic!("{}: {error}", self.address)
                }
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        };
        self.address = listener.local_addr().unwrap();
        let store = StoreHandle::open(&self.path, DESK).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = runtime.spawn(vestibule::desk::serve(
            Arc::clone(&self.clinic),
            store.clone(),
            listener,
            async move { drop(stopped.await) },
        ));
        self.running = Some(Running { runtime, store, stop, ended });
    }

    /// Its store, to look into and to act as staff do.
    pub fn store(&self) -> &StoreHandle {
        &self.running.as_ref().expect("the desk runs").store
    }

    /// Whoever has this role signs in ([`staff::name_of`]); answers the cookie that they send from now on.
    #[allow(dead_code, reason = "only some tests ask as staff")]
    pub fn signed_in(&self, role: Role) -> String {
        self.signed_in_as(staff::name_of(role), role)
    }

    /// Somebody signs in, the first time that they are asked for; their account is made where there is none.
    #[allow(dead_code, reason = "only some tests ask as staff")]
    pub fn signed_in_as(&self, name: &str, role: Role) -> String {
        let mut cookies = self.cookies.lock().unwrap();
        let cookie = cookies.entry(name.to_string()).or_insert_with(|| {
            let cookie = staff::cookie(self.store(), name, role);
            if self.clinic.practice { cookie.replace("vestibule-", "vestibule-practice-") } else { cookie }
        });
        cookie.clone()
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
