//! How each kiosk stands, in the words of whoever reads it. Every page that tells of kiosks tells this, so that no two pages
//! say something else of one.

use super::watch::in_words;
use super::{FleetNow, KioskNow};
use crate::desk::board::words::{DeviceWords, Reader};
use crate::desk::language::english;
use crate::front_desk::fleet::{
    Device, DeviceState, ErrorPlace, KioskTrouble, LastError, Occupancy, PaperSupply,
};
use crate::store::{DeviceTrouble, KeptBeat};
use chrono::TimeDelta;
use serde::Serialize;
use std::collections::BTreeSet;

/// From so many milliseconds on it does not matter to the second how wrong a clock is.
const FAR: u64 = 120_000;

/// A kiosk.
#[derive(Serialize)]
pub struct KioskStanding {
    /// Its name.
    pub name: String,
    /// Whether it is well.
    pub tone: Tone,
    /// In one line, how it is.
    state: String,
    heard: String,
    connected: bool,
    /// What stops patients, and what to do.
    troubles: Vec<TroubleShown>,
    /// Each part: paper, printer, scanner, …
    pub parts: Vec<PartShown>,
}

/// How something stands: the sign and the colour of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It stops patients.
    Bad,
    /// Somebody should look at it.
    Look,
    /// It is well.
    Good,
    /// There is none, or nothing is known of it.
    None,
}

/// Something that stops patients.
#[derive(Serialize)]
pub struct TroubleShown {
    id: &'static str,
    words: String,
    do_now: String,
}

/// A part of a kiosk: its paper, its printer, its clock, …
#[derive(Serialize)]
pub struct PartShown {
    id: &'static str,
    label: String,
    pub tone: Tone,
    words: String,
    /// What to do, or what else there is to say.
    more: String,
    /// In which language that is, BCP 47.
    lang: &'static str,
}

impl KioskStanding {
    /// What stops most patients there.
    pub fn worst(&self) -> Option<KioskTrouble> {
        self.troubles.first().and_then(|trouble| KioskTrouble::from_id(trouble.id))
    }
}

/// Every kiosk, in the order of the clinic's file. `devices` is what kiosks have reported.
pub fn standings(reader: Reader<'_>, fleet: &FleetNow, devices: &[DeviceTrouble]) -> Vec<KioskStanding> {
    let teller = Teller { reader, routines: &fleet.routines };
    fleet.kiosks.iter().map(|kiosk| teller.kiosk(kiosk, devices)).collect()
}

struct Teller<'a> {
    reader: Reader<'a>,
    routines: &'a str,
}

impl Teller<'_> {
    fn say(&self, english: &str) -> String {
        self.reader.say(english, &[])
    }

    fn kiosk(&self, kiosk: &KioskNow, devices: &[DeviceTrouble]) -> KioskStanding {
        let troubles: Vec<_> =
            KioskTrouble::ALL.into_iter().filter(|trouble| kiosk.troubles.contains(trouble)).collect();
        let mut parts = kiosk.beat.as_ref().map_or(Vec::new(), |kept| self.parts(kept, &kiosk.troubles));
        parts.extend(self.reported(kiosk, devices));
        let is_off = parts.iter().any(|part| matches!(part.tone, Tone::Bad | Tone::Look));
        let tone = match (troubles.is_empty(), kiosk.is_connected) {
            (false, _) => Tone::Bad,
            (true, false) => Tone::Look,
            (true, true) if is_off => Tone::Look,
            (true, true) => Tone::Good,
        };
        KioskStanding {
            state: self.state(kiosk, &troubles),
            heard: match kiosk.heard_at {
                None => self.say("Not heard of yet"),
                Some(_) if kiosk.is_connected => self.say("Connected"),
                Some(at) => self.reader.say("Last heard {when}", &[("when", &self.reader.when(at))]),
            },
            connected: kiosk.is_connected,
            troubles: troubles.iter().map(|trouble| self.trouble(*trouble)).collect(),
            name: kiosk.name.clone(),
            parts,
            tone,
        }
    }

    /// What a kiosk has reported of what it does not tell with every heartbeat.
    fn reported(&self, kiosk: &KioskNow, devices: &[DeviceTrouble]) -> Vec<PartShown> {
        let tells =
            |device: &str| kiosk.beat.is_some() && ["printer", "scanner", "terminal"].contains(&device);
        let own = devices.iter().filter(|row| row.kiosk == kiosk.name && !tells(&row.device));
        own.map(|row| {
            let DeviceWords { words, lang } = self.reader.of_device(&row.trouble);
            let since = self.reader.when(row.since);
            PartShown {
                id: "reported",
                label: capital(&self.say(&row.device)),
                tone: Tone::Look,
                words: self.reader.say("Since {time}", &[("time", &since)]),
                more: capital(&words),
                lang,
            }
        })
        .collect()
    }

    fn state(&self, kiosk: &KioskNow, troubles: &[KioskTrouble]) -> String {
        if let Some(first) = troubles.first() {
            return capital(&self.say(in_words(*first).0));
        }
        match kiosk.beat.as_ref().map(|kept| kept.beat.occupancy) {
            _ if !kiosk.is_connected => self.say("Waiting to hear of it"),
            None => self.say("Connected; it says nothing of itself"),
            Some(Occupancy::Idle) => self.say("Ready"),
            Some(Occupancy::InUse) => self.say("In use"),
            Some(Occupancy::OutOfService) => self.say("Out of service"),
        }
    }

    fn trouble(&self, trouble: KioskTrouble) -> TroubleShown {
        let (what, do_now) = in_words(trouble);
        TroubleShown { id: trouble.id(), words: capital(&self.say(what)), do_now: capital(&self.say(do_now)) }
    }

    fn parts(&self, kept: &KeptBeat, troubles: &BTreeSet<KioskTrouble>) -> Vec<PartShown> {
        let beat = &kept.beat;
        let part = |id, label: &str, tone, words: String, more: String| PartShown {
            id,
            label: self.say(label),
            tone,
            words,
            more,
            lang: self.reader.language.code(),
        };
        let wrong = |trouble, otherwise| if troubles.contains(&trouble) { Tone::Bad } else { otherwise };
        let (paper_tone, paper) = paper(beat.paper);
        let mut parts = vec![part("paper", english("Paper"), paper_tone, self.say(paper), String::new())];
        for (id, label, device) in [
            ("printer", english("Printer"), &beat.printer),
            ("scanner", english("Scanner"), &beat.scanner),
            ("terminal", english("Terminal"), &beat.terminal),
        ] {
            let (tone, words) = device_words(device);
            let DeviceWords { words: more, lang } = self.reader.of_device(&device.words);
            parts.push(PartShown { lang, ..part(id, label, tone, self.say(words), capital(&more)) });
        }
        let (clock_tone, clock) = self.clock(kept);
        parts.push(part(
            "clock",
            english("Clock"),
            wrong(KioskTrouble::ClockWrong, clock_tone),
            clock,
            String::new(),
        ));
        let waits = match (beat.outbox.count, beat.outbox.oldest_seconds) {
            (0, _) | (_, None) => self.say("Empty"),
            (count, Some(seconds)) => self.reader.say(
                "{count} waiting, the oldest for {time}",
                &[("count", &count.to_string()), ("time", &self.span(seconds))],
            ),
        };
        let waits_tone = if beat.outbox.oldest_seconds.is_some_and(|seconds| seconds > 60) {
            Tone::Look
        } else {
            Tone::Good
        };
        parts.push(part(
            "outbox",
            english("Outbox"),
            wrong(KioskTrouble::OutboxOld, waits_tone),
            waits,
            String::new(),
        ));
        let disk = beat.free_bytes.map_or_else(
            || self.say("Not known"),
            |free| self.reader.say("{size} GB free", &[("size", &format!("{:.1}", free as f64 / 1e9))]),
        );
        let disk_tone = if beat.free_bytes.is_none() { Tone::None } else { Tone::Good };
        parts.push(part(
            "disk",
            english("Disk"),
            wrong(KioskTrouble::DiskReadOnly, wrong(KioskTrouble::DiskNearlyFull, disk_tone)),
            disk,
            String::new(),
        ));
        let (routines_tone, routines) = match beat.routines.as_str() {
            "" => (Tone::None, self.say("Those of its own files")),
            mark if mark == self.routines => (Tone::Good, self.say("The desk's")),
            _ => (Tone::Look, self.say("Not the desk's")),
        };
        let mark = beat.routines.clone();
        parts.push(part(
            "routines",
            english("Routines"),
            wrong(KioskTrouble::RoutinesDiffer, routines_tone),
            routines,
            mark,
        ));
        let same = beat.version == env!("CARGO_PKG_VERSION");
        let version_tone = if same { Tone::Good } else { Tone::Look };
        let differs =
            if same { String::new() } else { self.say("Install the same version at desk and kiosks.") };
        parts.push(part("version", english("Version"), version_tone, beat.version.clone(), differs));
        let running = self.reader.say("Running for {time}", &[("time", &self.span(beat.uptime_seconds))]);
        let (error_tone, error) = self.last_error(beat.last_error);
        parts.push(part("program", english("Program"), error_tone, running, error));
        parts
    }

    fn clock(&self, kept: &KeptBeat) -> (Tone, String) {
        let Some(drift) = kept.drift else { return (Tone::None, self.say("Not compared yet")) };
        let seconds = drift.ahead_millis.unsigned_abs() as f64 / 1000.0;
        let (by, within) = (format!("{seconds:.1}"), format!("{:.1}", drift.within_millis as f64 / 1000.0));
        let values = [("seconds", by.as_str()), ("within", within.as_str())];
        // How exactly it was measured matters where it is a matter of seconds.
        let far = self.span(drift.ahead_millis.unsigned_abs() / 1000);
        match (drift.ahead_millis > 0, drift.ahead_millis.unsigned_abs()) {
            (_, 0..=1000) => (Tone::Good, self.say("Right")),
            (true, FAR..) => (Tone::Look, self.reader.say("{time} ahead", &[("time", &far)])),
            (false, FAR..) => (Tone::Look, self.reader.say("{time} behind", &[("time", &far)])),
            (true, _) => (Tone::Look, self.reader.say("{seconds} s ahead (± {within} s)", &values)),
            (false, _) => (Tone::Look, self.reader.say("{seconds} s behind (± {within} s)", &values)),
        }
    }

    /// Errors of the last hour are worth a look; those before are told.
    fn last_error(&self, error: Option<LastError>) -> (Tone, String) {
        let Some(LastError { place, at }) = error else {
            return (Tone::Good, self.say("No error since its start"));
        };
        let place = self.say(match place {
            ErrorPlace::Store => english("the store"),
            ErrorPlace::Printing => english("the printing"),
            ErrorPlace::Scanner => english("the scanner"),
            ErrorPlace::Terminal => english("the payment terminal"),
            ErrorPlace::Link => english("the link to the desk"),
            ErrorPlace::Other => english("the program"),
        });
        let tone = if self.reader.now - at < TimeDelta::hours(1) { Tone::Look } else { Tone::Good };
        let values = [("place", place.as_str()), ("when", &self.reader.when(at))];
        (tone, self.reader.say("Last error: {place}, {when}; its log says more", &values))
    }

    fn span(&self, seconds: u64) -> String {
        self.reader.span(seconds)
    }
}

fn paper(paper: PaperSupply) -> (Tone, &'static str) {
    match paper {
        PaperSupply::None => (Tone::None, english("No printer")),
        PaperSupply::Good => (Tone::Good, english("Enough")),
        PaperSupply::Low => (Tone::Look, english("Near its end")),
        PaperSupply::Out => (Tone::Bad, english("None left")),
        PaperSupply::CoverOpen => (Tone::Bad, english("Cover open")),
        PaperSupply::NotKnown => (Tone::Look, english("Not known")),
    }
}

fn device_words(device: &Device) -> (Tone, &'static str) {
    match device.state {
        DeviceState::None => (Tone::None, english("None")),
        DeviceState::Good => (Tone::Good, english("Works")),
        DeviceState::Attention => (Tone::Look, english("Look at it")),
        DeviceState::Bad => (Tone::Bad, english("Does not work")),
        DeviceState::NotKnown => (Tone::None, english("Not asked yet")),
    }
}

/// A text as a sentence begins.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
