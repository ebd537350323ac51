//! The kiosk's end of the link: a thread that delivers what happened here and follows what happened
//! elsewhere, for as long as the kiosk runs, whatever the desk and the network do.

use super::answer::{self, LONGEST_ANSWER, LinkTrouble, Settled};
use super::asking::{Asking, asking};
use super::backoff::Backoff;
use super::fact::Fact;
use super::heartbeat::{self, Pulse};
use crate::clinic::Clinic;
use crate::store::{Followed, StoreHandle};
use chrono::{DateTime, Utc};
use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

/// How long the desk may hold a feed request until something happens.
pub const LONGEST_POLL: Duration = Duration::from_secs(25);
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
// A commit whose place in the program forgot to wake the link still goes out.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
const BETWEEN_POLLS: Duration = Duration::from_millis(100);
/// How many deliveries in a row the desk may refuse because this kiosk must follow first.
const FOLLOWED_WITHIN: u32 = 5;

/// Where the desk is and who speaks.
#[derive(Clone)]
pub struct LinkPlace {
    /// The desk's address.
    pub desk: SocketAddr,
    /// The key that lets kiosks in.
    pub key: String,
    /// This kiosk's name.
    pub kiosk: String,
}

impl LinkPlace {
    /// The desk as the clinic's file names it, for one of its kiosks.
    pub fn of(clinic: &Clinic, kiosk: &str) -> Self {
        let mut desk = clinic.desk;
        // "Everywhere" is an address to listen on; from the same machine it is reached at the loopback.
        match desk.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => desk.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => desk.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        Self { desk, key: clinic.link_key.clone(), kiosk: kiosk.to_string() }
    }
}

/// What the link reports.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkNews {
    /// The desk has these facts of this kiosk. They are named by their identity: their `seq` changes if this
    /// store took the place of another one. Some may be told twice.
    Delivered(Vec<Uuid>),
    /// Facts of others that have just been applied to this kiosk's store.
    Facts(Vec<Fact>),
    /// The desk answers.
    Up,
    /// The desk is away; why, in words for staff.
    Down(String),
}

/// The running link. Dropping it ends its thread; what was not delivered waits in the store.
pub struct Link {
    signals: Arc<Signals>,
    asking: Asking,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Signals {
    wake: Notify,
    stop: Notify,
}

impl Link {
    /// Starts the link on a thread of its own. `news` is called from that thread and must not wait.
    pub fn start(
        place: LinkPlace,
        store: StoreHandle,
        news: impl Fn(LinkNews) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::start_with(place, store, None, news)
    }

    /// Starts the link as [`Link::start`], and tells the desk how the kiosk is.
    pub fn start_with(
        place: LinkPlace,
        store: StoreHandle,
        pulse: Option<Pulse>,
        news: impl Fn(LinkNews) + Send + 'static,
    ) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // No redirects and no proxy from the environment: the key goes to the desk and to nobody else.
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(std::io::Error::other)?;
        let signals = Arc::new(Signals::default());
        let heard = Arc::clone(&signals);
        let (asking, asked) = asking();
        let time = pulse.as_ref().map_or(Utc::now as fn() -> _, |pulse| pulse.time);
        let thread = std::thread::Builder::new().name("link".into()).spawn(move || {
            runtime.block_on(async {
                let ends = Ends {
                    place: place.clone(),
                    client,
                    store,
                    news: Box::new(news),
                    time,
                    signals: &heard,
                    followed: Notify::new(),
                    health: RefCell::default(),
                };
                tokio::select! {
                    () = ends.deliver() => {}
                    () = ends.follow() => {}
                    () = asked.ask_all(&place) => {}
                    () = heartbeat::beat_on(pulse.as_ref(), &place, &ends.client, &ends.store) => {}
                    () = heard.stop.notified() => {}
                }
            });
        })?;
        Ok(Self { signals, asking, thread: Some(thread) })
    }

    /// Something was committed: deliver it now, even if the link was about to wait after a failure.
    pub fn wake(&self) {
        self.signals.wake.notify_one();
    }

    /// Asks the desk for what needs its agreement.
    pub fn asking(&self) -> Asking {
        self.asking.clone()
    }

    /// Wakes the link from elsewhere, as [`Link::wake`].
    pub fn waker(&self) -> LinkWaker {
        LinkWaker(Arc::clone(&self.signals))
    }
}

/// Wakes a link from any thread; harmless when the link has ended.
#[derive(Clone)]
pub struct LinkWaker(Arc<Signals>);

impl LinkWaker {
    /// Something was committed.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.signals.stop.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

/// What is wrong with each direction, and what was last reported of both.
#[derive(Default)]
struct Health {
    delivering: Option<String>,
    following: Option<String>,
    reported: Option<Result<(), String>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Delivering,
    Following,
}

struct Ends<'a> {
    place: LinkPlace,
    client: reqwest::Client,
    store: StoreHandle,
    news: Box<dyn Fn(LinkNews)>,
    /// What time it is for this kiosk.
    time: fn() -> DateTime<Utc>,
    signals: &'a Signals,
    /// The desk's log was followed a step further.
    followed: Notify,
    health: RefCell<Health>,
}

impl Ends<'_> {
    async fn deliver(&self) {
        let mut backoff = Backoff::default();
        let mut refused = 0;
        loop {
            let settled = self.deliver_once().await;
            if !matches!(settled, Ok(Some(Settled::FollowFirst))) {
                refused = 0;
            }
            match settled {
                Ok(None) => {
                    self.report(Direction::Delivering, None);
                    tokio::select! {
                        () = self.signals.wake.notified() => {}
                        () = tokio::time::sleep(LOOK_AGAIN) => {}
                    }
                }
                Ok(Some(Settled::Delivered(facts))) => {
                    self.report(Direction::Delivering, None);
                    backoff.reset();
                    (self.news)(LinkNews::Delivered(facts));
                }
                Ok(Some(Settled::FollowFirst)) => {
                    refused += 1;
                    // The other direction mends this within a request or two; only if it does not, somebody
                    // must look.
                    if refused > FOLLOWED_WITHIN {
                        self.report(Direction::Delivering, Some(&LinkTrouble::StoresDisagree));
                    }
                    tokio::select! {
                        () = self.followed.notified() => {}
                        () = tokio::time::sleep(backoff.wait(chance())) => {}
                    }
                }
                Err(trouble) => {
                    self.report(Direction::Delivering, Some(&trouble));
                    tokio::select! {
                        () = self.signals.wake.notified() => {}
                        () = tokio::time::sleep(backoff.wait(chance())) => {}
                    }
                }
            }
        }
    }

    async fn deliver_once(&self) -> Result<Option<Settled>, LinkTrouble> {
        let next = self.store.run_async(|store| answer::next_delivery(store)).await?;
        let Some(delivery) = next else { return Ok(None) };
        let body = serde_json::to_vec(&delivery).map_err(crate::store::StoreError::from)?;
        let request = self
            .client
            .post(format!("http://{}/link/facts", self.place.desk))
            .header("content-type", "application/json")
            .body(body)
            .timeout(ANSWER_WITHIN);
        let (status, body) = self.ask(request).await?;
        let acknowledgement = answer::read_acknowledgement(status, &body)?;
        let settled = self
            .store
            .run_async(move |store| Ok(answer::settle(store, &delivery, acknowledgement)))
            .await??;
        Ok(Some(settled))
    }

    async fn follow(&self) {
        let mut backoff = Backoff::default();
        // The first request is not held by the desk, so that it soon shows whether anybody is there.
        let mut wait = Duration::ZERO;
        loop {
            match self.follow_once(wait).await {
                Ok(None) => {
                    backoff.reset();
                    wait = LONGEST_POLL;
                    self.report(Direction::Following, None);
                    self.followed.notify_one();
                    // Whatever answers "nothing" at once instead of waiting is not asked a thousand times a
                    // second.
                    tokio::time::sleep(BETWEEN_POLLS).await;
                }
                Ok(Some(Followed { fresh, confirmed })) => {
                    backoff.reset();
                    wait = LONGEST_POLL;
                    self.report(Direction::Following, None);
                    self.followed.notify_one();
                    if !confirmed.is_empty() {
                        (self.news)(LinkNews::Delivered(confirmed));
                    }
                    if !fresh.is_empty() {
                        (self.news)(LinkNews::Facts(fresh));
                    }
                }
                Err(trouble) => {
                    wait = Duration::ZERO;
                    self.report(Direction::Following, Some(&trouble));
                    tokio::time::sleep(backoff.wait(chance())).await;
                }
            }
        }
    }

    /// Asks for what happened elsewhere; nothing if nothing did.
    async fn follow_once(&self, wait: Duration) -> Result<Option<Followed>, LinkTrouble> {
        let (cursor, delivered, identity) = self
            .store
            .run_async(|store| Ok((store.cursor()?, store.delivered_through()?, store.identity())))
            .await?;
        let mut asked = vec![
            ("kiosk", self.place.kiosk.clone()),
            ("store", identity.to_string()),
            ("after", cursor.position.to_string()),
            ("delivered", delivered.to_string()),
            ("wait", wait.as_secs().to_string()),
        ];
        asked.extend(cursor.stamp.map(|stamp| ("stamp", stamp.to_string())));
        let url = reqwest::Url::parse_with_params(&format!("http://{}/link/feed", self.place.desk), asked)
            .map_err(|error| LinkTrouble::Unreachable(error.to_string()))?;
        let (status, body) = self.ask(self.client.get(url).timeout(wait + ANSWER_WITHIN)).await?;
        let feed = answer::read_feed(status, &body)?;
        if feed.after != cursor.position {
            if feed.after != 0 {
                return Err(LinkTrouble::Rubbish("a feed that was not asked for"));
            }
            tracing::warn!("the desk's log is not the one that this kiosk followed: it is followed anew");
        }
        let idle = feed.facts.is_empty();
        let now = (self.time)();
        let followed = self
            .store
            .run_async(move |store| {
                let followed = answer::follow(store, &feed);
                if followed.is_ok() && !feed.more {
                    store.heard_from_desk(now);
                }
                Ok(followed)
            })
            .await??;
        Ok((!idle).then_some(followed))
    }

    /// Sends a request and reads the answer, no longer than [`LONGEST_ANSWER`].
    async fn ask(&self, request: reqwest::RequestBuilder) -> Result<(u16, Vec<u8>), LinkTrouble> {
        let response = request.bearer_auth(&self.place.key).send().await.map_err(in_words)?;
        Ok((response.status().as_u16(), body_of(response).await?))
    }

    /// Tells of the link's health when it changes: down as soon as one direction fails, up when neither does.
    fn report(&self, direction: Direction, trouble: Option<&LinkTrouble>) {
        let words = trouble.map(ToString::to_string);
        let mut health = self.health.borrow_mut();
        match direction {
            Direction::Delivering => health.delivering = words,
            Direction::Following => health.following = words,
        }
        // An idle outbox says nothing about the desk: only an answer to a request of the other direction
        // makes the link up for the first time.
        if health.reported.is_none() && direction == Direction::Delivering && trouble.is_none() {
            return;
        }
        let now = match health.following.clone().or_else(|| health.delivering.clone()) {
            Some(words) => Err(words),
            None => Ok(()),
        };
        if health.reported.as_ref() == Some(&now) {
            return;
        }
        health.reported = Some(now.clone());
        drop(health);
        match now {
            Ok(()) => {
                tracing::info!(kiosk = %self.place.kiosk, "the desk answers");
                // What waits after a failure need not wait longer.
                self.signals.wake.notify_one();
                (self.news)(LinkNews::Up);
            }
            Err(words) => {
                tracing::warn!(kiosk = %self.place.kiosk, "{words}");
                (self.news)(LinkNews::Down(words));
            }
        }
    }
}

/// The body of an answer, no longer than [`LONGEST_ANSWER`].
pub(crate) async fn body_of(mut response: reqwest::Response) -> Result<Vec<u8>, LinkTrouble> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(in_words)? {
        if body.len() + part.len() > LONGEST_ANSWER {
            return Err(LinkTrouble::Rubbish("an answer without end"));
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

/// What a request that brought no answer means.
pub(crate) fn in_words(error: reqwest::Error) -> LinkTrouble {
    if error.is_timeout() && !error.is_connect() {
        return LinkTrouble::TooSlow;
    }
    if error.is_connect() {
        return LinkTrouble::Unreachable("nothing accepts the connection".into());
    }
    if error.is_builder() {
        return LinkTrouble::Unreachable(
            "the request cannot be made from desk.address and desk.link_key".into(),
        );
    }
    LinkTrouble::Unreachable("the connection broke off, or what came back is not HTTP".into())
}

/// A random number, from the random bits of a UUID: not worth a dependency of its own.
fn chance() -> u32 {
    let bytes = Uuid::now_v7().into_bytes();
    u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]])
}
