//! For hands that tremble: what is touched or struck again within a moment counts once, where somebody has asked
//! for that.

use std::cell::RefCell;
use std::time::{Duration, Instant};

/// For so long the same stroke is not accepted again (EN 301 549, 5.8: it can be set to at least 0.5 s).
pub(crate) const REPEAT: Duration = Duration::from_millis(500);

/// The last stroke of one kind, so that the same one can be told from another.
pub(crate) struct Repeats<Stroke> {
    last: RefCell<Option<(Stroke, Instant)>>,
}

impl<Stroke: PartialEq> Repeats<Stroke> {
    pub(crate) fn new() -> Self {
        Self { last: RefCell::new(None) }
    }

    /// Whether a stroke repeats the last one. What repeats begins the time anew: a key that is held, or that a hand
    /// strikes five times, counts once.
    pub(crate) fn is_one(&self, stroke: Stroke, now: Instant) -> bool {
        let before = self.last.borrow_mut().replace((stroke, now));
        let last = self.last.borrow();
        before.zip(last.as_ref()).is_some_and(|((before, at), (stroke, _))| {
            before == *stroke && now.saturating_duration_since(at) < REPEAT
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_stroke_counts_again_after_half_a_second_of_rest() {
        let (repeats, start) = (Repeats::new(), Instant::now());
        let strokes = [
            (0, 'a', false),
            (120, 'a', true),
            // Half a second after the one that was not accepted, not after the first.
            (600, 'a', true),
            (1100, 'a', false),
            (1110, 'b', false),
            (1120, 'a', false),
            (1619, 'a', true),
        ];
        for (at, stroke, repeated) in strokes {
            let now = start + Duration::from_millis(at);
            assert_eq!(repeats.is_one(stroke, now), repeated, "{stroke} at {at} ms");
        }
    }
}
