//! What the kiosk makes of what the desk answers, without a network: an answer is believed only if it is
//! exactly what a desk says, and everything else is a [`LinkTrouble`] in words.

use super::fact::{Acknowledgement, Delivery, Fact, Feed};
use crate::store::{Store, StoreError};

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
    /// The desk says that the two stores do not fit each other.
    #[error(
        "the desk's store and this kiosk's do not fit each other: one of them was replaced or restored; see the desk's log"
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

/// What the desk says when it has come less far than this kiosk believed: the first fact to send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The desk has everything up to here.
    Through(u64),
    /// The desk lost what it had confirmed (it was restored from a backup): go on after this fact.
    SendAgainAfter(u64),
}

/// The next delivery, if anything waits. `again_after` goes back behind what was confirmed before.
pub fn next_delivery(store: &Store, again_after: Option<u64>) -> Result<Option<Delivery>, StoreError> {
    let facts = match again_after {
        Some(after) => store.own_facts_after(after, FACTS_A_DELIVERY)?,
        None => store.undelivered(FACTS_A_DELIVERY)?,
    };
    Ok((!facts.is_empty()).then(|| Delivery { kiosk: store.origin().to_string(), facts }))
}

/// Reads the desk's answer to a delivery.
pub fn read_acknowledgement(status: u16, body: &[u8]) -> Result<Acknowledgement, LinkTrouble> {
    judge_status(status)?;
    serde_json::from_slice(body).map_err(|_| LinkTrouble::Rubbish("no acknowledgement"))
}

/// Keeps what the desk confirmed of a delivery whose facts went from `first` to `last`.
pub fn settle(
    store: &mut Store,
    first: u64,
    last: u64,
    acknowledgement: Acknowledgement,
) -> Result<Settled, LinkTrouble> {
    let through = acknowledgement.applied_through;
    if through < first.saturating_sub(1) {
        return Ok(Settled::SendAgainAfter(through));
    }
    if through < first {
        return Err(LinkTrouble::NothingTaken);
    }
    // Nothing beyond what this very delivery held is believed.
    let through = through.min(last);
    store.delivered(Acknowledgement { applied_through: through })?;
    Ok(Settled::Through(through))
}

/// Reads the desk's feed.
pub fn read_feed(status: u16, body: &[u8]) -> Result<Feed, LinkTrouble> {
    judge_status(status)?;
    let feed: Feed = serde_json::from_slice(body).map_err(|_| LinkTrouble::Rubbish("no feed"))?;
    if feed.facts.windows(2).any(|pair| pair[0].position >= pair[1].position) {
        return Err(LinkTrouble::Rubbish("a feed out of order"));
    }
    Ok(feed)
}

/// Applies a feed and answers the facts that were new.
pub fn follow(store: &mut Store, feed: &Feed) -> Result<Vec<Fact>, LinkTrouble> {
    Ok(store.follow(&feed.facts)?)
}

fn judge_status(status: u16) -> Result<(), LinkTrouble> {
    match status {
        200 => Ok(()),
        401 => Err(LinkTrouble::KeyRefused),
        403 => Err(LinkTrouble::KioskUnknown),
        409 => Err(LinkTrouble::StoresDisagree),
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
        assert_eq!(read_acknowledgement(200, b"{\"applied_through\":7}").unwrap().applied_through, 7);
        assert!(read_feed(200, b"{\"facts\":[]}").is_ok());
    }
}
