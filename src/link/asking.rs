//! Asking the desk: what needs its agreement goes straight to it, with a time limit, and what became of it is
//! told in every case. So does a request that a kiosk cannot keep, on a full disk: somebody stands there and needs a
//! person. Everything else travels as facts.

use super::answer::{self, LONGEST_ANSWER};
use super::kiosk_end::{LinkPlace, body_of};
use crate::front_desk::booking::{BookingAnswer, BookingOrder, Unanswered};
use crate::front_desk::request::Request;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a kiosk sends to `POST /link/bookings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingAsked {
    /// The kiosk's name.
    pub kiosk: String,
    /// What is asked.
    #[serde(flatten)]
    pub order: BookingOrder,
}

/// What a kiosk sends to `POST /link/requests`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestTold {
    /// The kiosk's name.
    pub kiosk: String,
    /// What it could not keep.
    pub request: Box<Request>,
}

/// What goes straight to the desk.
enum Matter {
    Book(BookingOrder),
    Tell(Box<Request>),
}

impl Matter {
    fn path(&self) -> &'static str {
        match self {
            Self::Book(_) => "/link/bookings",
            Self::Tell(_) => "/link/requests",
        }
    }

    fn body(&self, kiosk: &str) -> serde_json::Result<Vec<u8>> {
        let kiosk = kiosk.to_string();
        match self {
            Self::Book(order) => serde_json::to_vec(&BookingAsked { kiosk, order: order.clone() }),
            Self::Tell(request) => serde_json::to_vec(&RequestTold { kiosk, request: request.clone() }),
        }
    }
}

/// What the desk has said: the status, and the body.
type Said = (u16, Vec<u8>);
type Answer = Box<dyn FnOnce(Result<Said, Unanswered>) + Send>;

/// A question under way. Whatever ends it, the one who asked is told.
struct Ask {
    matter: Matter,
    within: Duration,
    answer: Option<Answer>,
    /// What is told if the link ends now.
    otherwise: Unanswered,
}

impl Ask {
    fn told(mut self, answer: Result<Said, Unanswered>) {
        if let Some(tell) = self.answer.take() {
            tell(answer);
        }
    }
}

impl Drop for Ask {
    fn drop(&mut self) {
        if let Some(tell) = self.answer.take() {
            tell(Err(self.otherwise));
        }
    }
}

/// Asks the desk, from any thread; clones ask the same desk.
#[derive(Clone)]
pub struct Asking(UnboundedSender<Ask>);

impl Asking {
    /// Sends an order to the desk and comes back at once. `answer` is called exactly once: from the link's thread,
    /// where it must not wait, or right here where the link has ended.
    pub fn ask_desk(
        &self,
        order: BookingOrder,
        within: Duration,
        answer: impl FnOnce(Result<BookingAnswer, Unanswered>) + Send + 'static,
    ) {
        self.send(Matter::Book(order), within, move |said| {
            answer(said.and_then(|(status, body)| read_answer(status, &body)));
        });
    }

    /// Tells the desk of a request that is kept nowhere, and comes back at once. `told` hears, as in
    /// [`ask_desk`](Self::ask_desk), whether the desk has it; where that is not known, that it has not.
    pub fn tell_desk(
        &self,
        request: Box<Request>,
        within: Duration,
        told: impl FnOnce(bool) + Send + 'static,
    ) {
        self.send(Matter::Tell(request), within, move |said| {
            told(said.is_ok_and(|(status, _)| answer::judge_status(status).is_ok()));
        });
    }

    fn send(
        &self,
        matter: Matter,
        within: Duration,
        answer: impl FnOnce(Result<Said, Unanswered>) + Send + 'static,
    ) {
        let ask = Ask { matter, within, answer: Some(Box::new(answer)), otherwise: Unanswered::NotReached };
        // What cannot be sent is dropped, which tells.
        let _ = self.0.send(ask);
    }
}

/// What was asked and waits for the link's thread.
pub(super) struct Asked(UnboundedReceiver<Ask>);

pub(super) fn asking() -> (Asking, Asked) {
    let (asking, asked) = unbounded_channel();
    (Asking(asking), Asked(asked))
}

impl Asked {
    /// Asks the desk as long as the link runs; nobody waits for the answer to somebody else.
    pub(super) async fn ask_all(mut self, place: &LinkPlace) {
        while let Some(ask) = self.0.recv().await {
            tokio::spawn(ask_one(place.clone(), ask));
        }
        // Nobody can ask any more; the rest of the link goes on.
        std::future::pending::<()>().await;
    }
}

async fn ask_one(place: LinkPlace, mut ask: Ask) {
    let answer = answer_of(&place, &mut ask).await;
    ask.told(answer);
}

async fn answer_of(place: &LinkPlace, ask: &mut Ask) -> Result<Said, Unanswered> {
    // A connection of its own, and half the time to make it: then it is known whether anything was sent.
    let client = reqwest::Client::builder()
        .connect_timeout(ask.within / 2)
        .timeout(ask.within)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(|_| Unanswered::NotReached)?;
    let body = ask.matter.body(&place.kiosk).map_err(|_| Unanswered::NotReached)?;
    let request = client
        .post(format!("http://{}{}", place.desk, ask.matter.path()))
        .header("content-type", "application/json")
        .bearer_auth(&place.key)
        .body(body)
        .build()
        .map_err(|_| Unanswered::NotReached)?;
    ask.otherwise = Unanswered::NotKnown;
    let response = client.execute(request).await.map_err(|error| match error.is_connect() {
        true => Unanswered::NotReached,
        false => Unanswered::NotKnown,
    })?;
    let status = response.status().as_u16();
    let body = body_of(response).await.map_err(|_| Unanswered::NotKnown)?;
    Ok((status, body))
}

/// Reads the desk's answer to an order. What refuses it before it is looked at has certainly not done it; of
/// anything else that is no answer nobody knows.
fn read_answer(status: u16, body: &[u8]) -> Result<BookingAnswer, Unanswered> {
    debug_assert!(body.len() <= LONGEST_ANSWER);
    match (answer::judge_status(status), status) {
        (Ok(()), _) => serde_json::from_slice(body).map_err(|_| Unanswered::NotKnown),
        (Err(_), 400..500) => Err(Unanswered::NotReached),
        (Err(_), _) => Err(Unanswered::NotKnown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_desk::appointment::AppointmentId;
    use std::sync::mpsc;
    use uuid::Uuid;

    fn order() -> BookingOrder {
        let (appointment, from) = (AppointmentId(Uuid::from_u128(1)), chrono::DateTime::UNIX_EPOCH);
        BookingOrder::Cancel { appointment, from }
    }

    #[test]
    fn only_what_a_desk_says_is_an_answer() {
        let (not_reached, not_known) = (Err(Unanswered::NotReached), Err(Unanswered::NotKnown));
        for (status, body, expected) in [
            (200, &b"{\"answer\":\"taken\"}"[..], Ok(BookingAnswer::Taken)),
            (200, b"<!doctype html>", not_known.clone()),
            (200, b"", not_known.clone()),
            (302, b"", not_known.clone()),
            (401, b"{\"answer\":\"taken\"}", not_reached.clone()),
            (403, b"", not_reached.clone()),
            (404, b"", not_reached.clone()),
            (422, b"", not_reached),
            (500, b"{\"answer\":\"taken\"}", not_known.clone()),
            (504, b"", not_known),
        ] {
            assert_eq!(read_answer(status, body), expected, "{status} {body:?}");
        }
    }

    #[test]
    fn whoever_asks_is_told_even_if_the_link_has_ended() {
        let (asking, asked) = asking();
        let (tell, told) = mpsc::channel();
        let ask = |tell: mpsc::Sender<_>| {
            asking.ask_desk(order(), Duration::from_secs(1), move |answer| tell.send(answer).unwrap());
        };
        ask(tell.clone());
        drop(asked);
        assert_eq!(told.recv().unwrap(), Err(Unanswered::NotReached), "it waited for the thread");
        ask(tell);
        assert_eq!(told.recv().unwrap(), Err(Unanswered::NotReached), "nobody takes it any more");
    }

    #[test]
    fn an_order_travels_with_the_name_of_its_kiosk() {
        let asked = BookingAsked { kiosk: "lobby".into(), order: order() };
        let text = serde_json::to_string(&asked).unwrap();
        assert!(text.contains("\"kiosk\":\"lobby\"") && text.contains("\"order\":\"cancel\""), "{text}");
        assert_eq!(serde_json::from_str::<BookingAsked>(&text).unwrap(), asked);
    }
}
