//! What the kiosk makes of what the desk answers, without a network: an answer is believed only if it is
//! exactly what a desk says, and everything else is a [`LinkTrouble`] in words.

use super::fact::{Acknowledgement, Delivery, Fact, Feed};
use crate::store::{Followed, Store, StoreError};
use uuid::Uuid;

/// The most that is read of one answer. A full feed is far smaller; an endless one must not fill the memory.
pub const LONGEST_ANSWER: usize = 8 * 1024 * 1024;

/// How many facts travel in one delivery.
pub const FACTS_A_DELIVERY: usize = 100;

/// Why the link does not get on. All of them mean: keep everything, try again.
#[derive(Debug, thiserror::Error)]
pub enum LinkTrouble {
    /// Nothing answers.
    #[error("the desk cannot be reached ({0}): check that it runs and that the network is up")]
    Unreachable(String),
    /// An answer began and did not end in time.
    #[error("the desk did not answer in time: check that its machine and the network are not overloaded")]
    TooSlow,
    /// The key is not the desk's.
    #[error(
        "the desk refuses this kiosk's key: write the same desk.link_key in the clinic.toml of both, and restart"
    )]
    KeyRefused,
    /// The desk's routines do not name this kiosk.
    #[error("the desk does not know this kiosk: add a [[kiosk]] with its name to the desk's clinic.toml")]
    KioskUnknown,
    /// Desk and kiosk do not have the same facts of this kiosk, and following the desk does not settle it.
    #[error(
        "the desk's store and this kiosk's do not fit each other, and following the desk does not mend it: keep both files and see the desk's log"
    )]
    StoresDisagree,
    /// The desk's machine answers, but not with what was asked for.
    #[error("the desk failed with HTTP status {0}: see the desk's log")]
    Failed(u16),
    /// Something answers that is no desk.
    #[error(
        "what answers is no Vestibule desk, or one of another version ({0}): check desk.address in clinic.toml"
    )]
    Rubbish(&'static str),
    /// The desk has taken nothing of what was sent.
    #[error("the desk took nothing of what was sent to it: see the desk's log")]
    NothingTaken,
    /// This kiosk's own store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The desk has these facts of it.
    Delivered(Vec<Uuid>),
    /// The two do not have the same facts of this kiosk: nothing is taken until the desk was followed.
    FollowFirst,
}

/// The next delivery, if anything waits.
pub fn next_delivery(store: &Store) -> Result<Option<Delivery>, StoreError> {
    store.undelivered(FACTS_A_DELIVERY)
}

/// Reads the desk's answer to a delivery.
pub fn read_acknowledgement(status: u16, body: &[u8]) -> Result<Acknowledgement, LinkTrouble> {
    judge_status(status)?;
    serde_json::from_slice(body).map_err(|_| LinkTrouble::Rubbish("no acknowledgement"))
}

/// Keeps what the desk answered to a delivery.
pub fn settle(
    store: &mut Store,
    delivery: &Delivery,
    acknowledgement: Acknowledgement,
) -> Result<Settled, LinkTrouble> {
    let Acknowledgement::AppliedThrough(through) = acknowledgement else {
        return Ok(Settled::FollowFirst);
    };
    // Nothing beyond what this very delivery held is believed.
    let there: Vec<&Fact> = delivery.facts.iter().filter(|fact| fact.seq <= through).collect();
    let Some(last) = there.last() else { return Err(LinkTrouble::NothingTaken) };
    store.delivered(last.seq)?;
    Ok(Settled::Delivered(there.iter().map(|fact| fact.id).collect()))
}

/// Reads the desk's feed.
pub fn read_feed(status: u16, body: &[u8]) -> Result<Feed, LinkTrouble> {
    judge_status(status)?;
    let feed: Feed = serde_json::from_slice(body).map_err(|_| LinkTrouble::Rubbish("no feed"))?;
    let mut position = feed.after;
    for placed in &feed.facts {
        if placed.position <= position || placed.fact.seq == 0 {
            return Err(LinkTrouble::Rubbish("a feed out of order"));
        }
        position = placed.position;
    }
    Ok(feed)
}

/// Applies a feed.
pub fn follow(store: &mut Store, feed: &Feed) -> Result<Followed, LinkTrouble> {
    Ok(store.follow(feed)?)
}

pub(super) fn judge_status(status: u16) -> Result<(), LinkTrouble> {
    match status {
        200 => Ok(()),
        401 => Err(LinkTrouble::KeyRefused),
        403 => Err(LinkTrouble::KioskUnknown),
        other => Err(LinkTrouble::Failed(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_desk_says_is_believed() {
        for (status, body) in [
            (200, &b""[..]),
            (200, b"<!doctype html><title>Sign in to the guest network</title>"),
            (200, b"{\"applied_through\": 1"),
            (200, b"{\"applied_through\": -1}"),
            (200, b"{\"applied_through\": \"7\"}"),
            (200, b"[]"),
            (200, b"\xff\xfe\x00"),
            (204, b""),
            (302, b""),
            (401, b"{\"applied_through\": 1}"),
            (500, b"{\"applied_through\": 1}"),
        ] {
            assert!(read_acknowledgement(status, body).is_err(), "{status} {body:?}");
            assert!(read_feed(status, body).is_err(), "{status} {body:?}");
        }
        let answer = |body: &[u8]| read_acknowledgement(200, body).unwrap();
        assert_eq!(answer(b"{\"applied_through\":7}"), Acknowledgement::AppliedThrough(7));
        assert_eq!(answer(b"\"follow_first\""), Acknowledgement::FollowFirst);
        let feed = b"{\"after\":0,\"facts\":[],\"more\":false,\"applied_through\":0,\"first\":true}";
        assert!(read_feed(200, feed).is_ok());
    }
}
