//! Which screens hang on the walls and are alive. A screen says so itself every few seconds: a connection can stand
//! open long after its cable was pulled.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A screen speaks every 15 s; after two of them that did not come it is not taken for connected.
const CONNECTED_FOR: TimeDelta = TimeDelta::seconds(40);
/// After this a person should go and look.
const GONE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// Whether it was there is kept on the disk at most this often.
const KEEP_EVERY: TimeDelta = TimeDelta::seconds(60);
/// More names than a clinic has waiting rooms are a mistake or mischief.
const MOST_NAMES: usize = 40;
const MOST_SCREENS_A_NAME: usize = 20;

/// Whether a screen can be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sound {
    /// Calls are spoken.
    Speaks,
    /// There is a chime, but no voice for one of its languages.
    ChimesOnly,
    /// Its browser plays nothing before somebody has touched it.
    Blocked,
}

/// All screens that were heard of.
#[derive(Default)]
pub struct Screens {
    known: BTreeMap<String, Known>,
}

struct Known {
    heard: DateTime<Utc>,
    /// When the disk was told last.
    kept: Option<DateTime<Utc>>,
    /// Each screen of the name, by what it calls itself.
    screens: BTreeMap<String, (DateTime<Utc>, Sound)>,
}

/// The screens of a name, as the board shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScreenPresence {
    /// The name in the address of the screen.
    pub name: String,
    /// How many are connected.
    pub connected: usize,
    /// Whether it has been away for so long that somebody should look at it.
    pub gone: bool,
    /// When it was last heard of, in milliseconds since 1970.
    pub heard_at: i64,
    /// What is heard of it; none while none is connected. The worst of several.
    pub sound: Option<Sound>,
}

impl Screens {
    /// Those that were there before the desk started.
    pub fn known_from(kept: Vec<(String, DateTime<Utc>)>) -> Self {
        let known = |heard| Known { heard, kept: Some(heard), screens: BTreeMap::new() };
        Self { known: kept.into_iter().map(|(name, heard)| (name, known(heard))).collect() }
    }

    /// A screen is alive. Answers whether the disk should be told, or nothing where there are too many of them.
    pub fn hear(&mut self, name: &str, screen: &str, sound: Sound, now: DateTime<Utc>) -> Option<bool> {
        if !self.known.contains_key(name) && self.known.len() >= MOST_NAMES {
            return None;
        }
        let known = self.known.entry(name.to_string()).or_insert_with(|| Known {
            heard: now,
            kept: None,
            screens: BTreeMap::new(),
        });
        known.screens.retain(|_, (heard, _)| now - *heard < CONNECTED_FOR);
        if !known.screens.contains_key(screen) && known.screens.len() >= MOST_SCREENS_A_NAME {
            return None;
        }
        known.heard = now;
        known.screens.insert(screen.to_string(), (now, sound));
        let keep = known.kept.is_none_or(|kept| now - kept >= KEEP_EVERY);
        if keep {
            known.kept = Some(now);
        }
        Some(keep)
    }

    /// It was taken away.
    pub fn forget(&mut self, name: &str) {
        self.known.remove(name);
    }

    /// Every screen, by name.
    pub fn presence(&self, now: DateTime<Utc>) -> Vec<ScreenPresence> {
        let shown = self.known.iter().map(|(name, known)| {
            let alive = || known.screens.values().filter(|(heard, _)| now - *heard < CONNECTED_FOR);
            ScreenPresence {
                name: name.clone(),
                connected: alive().count(),
                gone: now - known.heard >= GONE_AFTER,
                heard_at: known.heard.timestamp_millis(),
                sound: alive().map(|(_, sound)| *sound).max(),
            }
        });
        shown.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + second, 0).unwrap()
    }

    #[test]
    fn a_screen_is_missed_a_minute_after_it_was_last_heard_also_over_a_restart() {
        let mut screens = Screens::default();
        assert_eq!(screens.hear("hall", "a", Sound::Speaks, second(0)), Some(true));
        assert_eq!(screens.hear("hall", "a", Sound::Speaks, second(15)), Some(false), "kept a moment ago");
        assert_eq!(screens.hear("hall", "b", Sound::Blocked, second(20)), Some(false));
        let seen = |screens: &Screens, at| {
            let one = screens.presence(second(at)).remove(0);
            (one.connected, one.gone, one.sound)
        };
        assert_eq!(seen(&screens, 21), (2, false, Some(Sound::Blocked)), "one of two is not heard");
        assert_eq!(seen(&screens, 56), (1, false, Some(Sound::Blocked)));
        assert_eq!(seen(&screens, 61), (0, false, None));
        assert_eq!(seen(&screens, 80), (0, true, None));
        let mut restarted = Screens::known_from(vec![("hall".into(), second(20))]);
        assert_eq!(seen(&restarted, 79), (0, false, None));
        assert_eq!(seen(&restarted, 80), (0, true, None));
        restarted.forget("hall");
        assert_eq!(restarted.presence(second(80)), []);
    }

    #[test]
    fn nobody_fills_the_memory_with_names() {
        let mut screens = Screens::default();
        for n in 0..MOST_NAMES {
            assert!(screens.hear(&n.to_string(), "a", Sound::Speaks, second(0)).is_some());
        }
        assert_eq!(screens.hear("another", "a", Sound::Speaks, second(0)), None);
        for n in 0..MOST_SCREENS_A_NAME * 2 {
            screens.hear("1", &n.to_string(), Sound::Speaks, second(1));
        }
        assert_eq!(screens.presence(second(1)).len(), MOST_NAMES);
        assert_eq!(screens.presence(second(1))[1].connected, MOST_SCREENS_A_NAME);
    }
}
