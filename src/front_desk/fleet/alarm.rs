//! When a kiosk's trouble becomes a request, and when that request ends: one is open at most for each kiosk and
//! trouble, and what comes and goes does not call again and again.

use super::KioskTrouble;
use crate::front_desk::request::RequestId;
use chrono::{DateTime, TimeDelta, Utc};

/// A trouble that the desk watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Since when it lasts.
    pub since: DateTime<Utc>,
    /// When it was last seen.
    pub seen: DateTime<Utc>,
    /// The request that tells of it, and when that was raised.
    pub request: Option<(RequestId, DateTime<Utc>)>,
}

/// What the desk does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Nothing.
    Wait,
    /// Raise a request.
    Raise,
    /// The trouble is gone: its request ends, if it has one.
    End(Option<RequestId>),
}

/// A trouble that somebody called settled, and that lasts, is told once more after so long.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);

/// Judges a trouble: what was known of it, whether it is there now, whether anybody is at the clinic to be called,
/// and whether its request is still open. Answers what is known from now on, and what to do.
pub fn watch(
    trouble: KioskTrouble,
    known: Option<Watch>,
    is_there: bool,
    (is_open, request_is_open): (bool, bool),
    now: DateTime<Utc>,
) -> (Option<Watch>, Act) {
    let Some(before) = known else {
        let begins = Watch { since: now, seen: now, request: None };
        return (is_there.then_some(begins), Act::Wait);
    };
    if !is_there {
        // Before anybody was called, what comes and goes is forgotten as fast as it came.
        let over = before.request.is_none() || now - before.seen >= trouble.gone_for();
        return match over {
            true => (None, Act::End(before.request.map(|(id, _)| id).filter(|_| request_is_open))),
            false => (Some(before), Act::Wait),
        };
    }
    let watched = Watch { seen: now, ..before };
    let lasts = now - before.since >= trouble.patience();
    let act = match before.request {
        None if lasts && is_open => Act::Raise,
        Some((_, raised)) if !request_is_open && is_open && now - raised >= AGAIN_AFTER => Act::Raise,
        _ => Act::Wait,
    };
    (Some(watched), act)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const TROUBLE: KioskTrouble = KioskTrouble::NoPaper;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    /// Plays seconds of a trouble that is there or not; answers what was done, with the second.
    fn play(there: impl IntoIterator<Item = bool>) -> Vec<(i64, Act)> {
        let (mut known, mut done, mut open) = (None, Vec::new(), false);
        for (second, is_there) in (0..).zip(there) {
            let (next, act) = watch(TROUBLE, known, is_there, (true, open), at(second));
            known = next;
            match act {
                Act::Wait => continue,
                Act::Raise => {
                    assert!(!open, "one request is open at most");
                    open = true;
                    let id = RequestId(Uuid::from_u128(second as u128));
                    known = known.map(|watch| Watch { request: Some((id, at(second))), ..watch });
                }
                Act::End(request) => {
                    assert_eq!(request.is_some(), open);
                    open = false;
                }
            }
            done.push((second, act));
        }
        done
    }

    fn seconds(count: usize, there: bool) -> impl Iterator<Item = bool> {
        std::iter::repeat_n(there, count)
    }

    #[test]
    fn a_trouble_that_lasts_calls_once_and_ends_by_itself() {
        let done = play(seconds(100, true).chain(seconds(30, false)));
        let id = RequestId(Uuid::from_u128(10));
        assert_eq!(done, [(10, Act::Raise), (114, Act::End(Some(id)))]);
    }

    #[test]
    fn whoever_changes_the_roll_calls_nobody() {
        assert_eq!(play(seconds(9, true).chain(seconds(30, false))), [(9, Act::End(None))]);
    }

    #[test]
    fn what_comes_and_goes_calls_once() {
        let flaps = (0..600).map(|second| second % 20 < 12);
        assert_eq!(play(flaps).iter().filter(|(_, act)| *act == Act::Raise).count(), 1);
    }

    #[test]
    fn nobody_is_called_while_the_clinic_is_closed_and_somebody_when_it_opens() {
        let begun = Some(Watch { since: at(0), seen: at(0), request: None });
        assert_eq!(watch(TROUBLE, begun, true, (false, false), at(3600)).1, Act::Wait);
        assert_eq!(watch(TROUBLE, begun, true, (true, false), at(3601)).1, Act::Raise);
    }

    #[test]
    fn what_was_called_settled_and_lasts_is_told_again_after_an_hour() {
        let told = Some((RequestId(Uuid::nil()), at(0)));
        let known = Some(Watch { since: at(0), seen: at(3599), request: told });
        assert_eq!(watch(TROUBLE, known, true, (true, false), at(3599)).1, Act::Wait);
        assert_eq!(watch(TROUBLE, known, true, (true, false), at(3600)).1, Act::Raise);
        assert_eq!(watch(TROUBLE, known, true, (true, true), at(36_000)).1, Act::Wait);
    }

    proptest! {
        #[test]
        fn whatever_comes_and_goes_one_request_is_open_at_most(there in prop::collection::vec(any::<bool>(), 0..400)) {
            play(there.into_iter().flat_map(|there| seconds(7, there)));
        }
    }
}
