//! The fleet as the page shows it: words are made here, in the language of whoever reads them.

use super::KioskNow;
use super::watch::in_words;
use crate::clinic::Clinic;
use crate::desk::board::words;
use crate::desk::language::{StaffLanguage, english};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal, locked};
use crate::front_desk::fleet::{
    Device, DeviceState, ErrorPlace, KioskOrder, KioskTrouble, LastError, Occupancy, OrderEnd, PaperSupply,
};
use crate::front_desk::role::Permission;
use crate::store::{FleetOrder, KeptBeat, MinuteOf};
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// How far back orders are listed, and how far back the day of a kiosk is told.
const A_DAY: TimeDelta = TimeDelta::hours(24);
/// How many orders of one kiosk are listed.
const ORDERS_SHOWN: usize = 6;

/// All that the page shows.
#[derive(Serialize)]
pub struct FleetShown {
    clinic: String,
    practice: bool,
    version: &'static str,
    kiosks: Vec<KioskShown>,
    /// What a closed kiosk can say.
    texts: Vec<TextShown>,
    /// The clinic's languages, in which a text of one's own is written.
    languages: Vec<LanguageShown>,
}

#[derive(Serialize)]
struct TextShown {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct LanguageShown {
    code: String,
    name: String,
    rtl: bool,
}

/// How something stands: the sign and the colour of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Tone {
    Bad,
    Look,
    Good,
    None,
}

#[derive(Serialize)]
struct KioskShown {
    name: String,
    tone: Tone,
    /// In one line, how it is.
    state: String,
    heard: String,
    connected: bool,
    /// What stops patients, and what to do.
    troubles: Vec<TroubleShown>,
    /// Each part: paper, printer, scanner, …
    parts: Vec<PartShown>,
    /// Since yesterday, in one sentence.
    day: String,
    orders: Vec<OrderShown>,
    closed: bool,
    printer: bool,
}

#[derive(Serialize)]
struct TroubleShown {
    id: &'static str,
    words: String,
    do_now: String,
}

#[derive(Serialize)]
struct PartShown {
    id: &'static str,
    label: String,
    tone: Tone,
    words: String,
    /// What to do, or what else there is to say.
    more: String,
}

#[derive(Serialize)]
struct OrderShown {
    id: Uuid,
    what: String,
    by: String,
    at: String,
    tone: Tone,
    state: String,
    words: String,
}

/// `GET /api/fleet`: every kiosk with how it is, what stops patients first.
pub async fn fleet(who: Signed, State(desk): State<Arc<Desk>>) -> Result<Json<FleetShown>, Refusal> {
    who.may(Permission::Fleet)?;
    let now = Utc::now();
    let clinic = desk.clinic.now();
    let kiosks = desk.judge_fleet(&clinic, now);
    let here = locked(&desk.fleet).routines.clone();
    let (orders, minutes) = desk
        .ask(move |store| Ok((store.kiosk_orders_since(now - A_DAY)?, store.minutes_since(now - A_DAY)?)))
        .await?;
    let reader = Reader { language: who.language, clinic: &clinic, routines: &here, now };
    let mut shown: Vec<_> = kiosks.iter().map(|kiosk| reader.kiosk(kiosk, &orders, &minutes)).collect();
    // What stops most patients first; what is alike stays as the clinic's file has it.
    shown.sort_by_key(|kiosk| {
        let first = kiosk.troubles.first().and_then(|trouble| KioskTrouble::from_id(trouble.id));
        (kiosk.tone, first)
    });
    Ok(Json(FleetShown {
        clinic: clinic.name.clone(),
        practice: clinic.practice,
        version: env!("CARGO_PKG_VERSION"),
        kiosks: shown,
        texts: texts(&clinic, who.language),
        languages: languages(&clinic),
    }))
}

fn texts(clinic: &Clinic, reads: StaffLanguage) -> Vec<TextShown> {
    let known = clinic.languages.iter().any(|known| known == reads.code());
    let language = if known { reads.code() } else { clinic.staff_language() };
    let all = clinic.routines.closed_texts.iter();
    all.map(|closed| TextShown { id: closed.id.clone(), text: closed.text.text(language).to_string() })
        .collect()
}

fn languages(clinic: &Clinic) -> Vec<LanguageShown> {
    let named = |code: &String| {
        let language = clinic.words.language(code);
        LanguageShown {
            code: code.clone(),
            name: language.map_or_else(|| code.clone(), |language| language.own_name().to_string()),
            rtl: language.is_some_and(|language| language.is_rtl()),
        }
    };
    clinic.languages.iter().map(named).collect()
}

struct Reader<'a> {
    language: StaffLanguage,
    clinic: &'a Clinic,
    routines: &'a str,
    now: DateTime<Utc>,
}

impl Reader<'_> {
    fn who(&self) -> words::Reader<'_> {
        words::Reader { clinic: self.clinic, language: self.language, now: self.now, sees_money: false }
    }

    fn say(&self, english: &str) -> String {
        self.language.say(english, &[])
    }

    fn kiosk(
        &self,
        kiosk: &KioskNow,
        orders: &[FleetOrder],
        minutes: &BTreeMap<String, Vec<MinuteOf>>,
    ) -> KioskShown {
        let troubles: Vec<_> =
            KioskTrouble::ALL.into_iter().filter(|trouble| kiosk.troubles.contains(trouble)).collect();
        let parts = kiosk.beat.as_ref().map_or(Vec::new(), |kept| self.parts(kept, &kiosk.troubles));
        let stale = !kiosk.is_connected;
        let tone = match (troubles.is_empty(), stale) {
            (false, _) => Tone::Bad,
            (true, true) => Tone::Look,
            (true, false) if parts.iter().any(|part| part.tone == Tone::Look) => Tone::Look,
            (true, false) => Tone::Good,
        };
        let own = orders.iter().filter(|order| order.kiosk == kiosk.name).take(ORDERS_SHOWN);
        let closed = kiosk.beat.as_ref().is_some_and(|kept| kept.beat.occupancy == Occupancy::OutOfService);
        KioskShown {
            state: self.state(kiosk, &troubles),
            heard: match kiosk.heard_at {
                None => self.say("Not heard of yet"),
                Some(_) if kiosk.is_connected => self.say("Connected"),
                Some(at) => self.language.say("Last heard {when}", &[("when", &self.who().when(at))]),
            },
            connected: kiosk.is_connected,
            troubles: troubles.iter().map(|trouble| self.trouble(*trouble)).collect(),
            day: self.day(minutes.get(&kiosk.name).map_or(&[], Vec::as_slice)),
            orders: own.map(|order| self.order(order)).collect(),
            closed,
            printer: self.clinic.kiosk(&kiosk.name).is_some_and(|kiosk| kiosk.printer.is_some()),
            name: kiosk.name.clone(),
            parts,
            tone,
        }
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
            parts.push(part(id, label, tone, self.say(words), capital(&device.words)));
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
            (count, Some(seconds)) => self.language.say(
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
            |free| self.language.say("{size} GB free", &[("size", &format!("{:.1}", free as f64 / 1e9))]),
        );
        let disk_tone = if beat.free_bytes.is_none() { Tone::None } else { Tone::Good };
        parts.push(part(
            "disk",
            english("Disk"),
            wrong(KioskTrouble::DiskNearlyFull, disk_tone),
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
        let running = self.language.say("Running for {time}", &[("time", &self.span(beat.uptime_seconds))]);
        let (error_tone, error) = self.last_error(beat.last_error);
        parts.push(part("program", english("Program"), error_tone, running, error));
        parts
    }

    fn clock(&self, kept: &KeptBeat) -> (Tone, String) {
        let Some(drift) = kept.drift else { return (Tone::None, self.say("Not compared yet")) };
        let seconds = drift.ahead_millis.unsigned_abs() as f64 / 1000.0;
        let (by, within) = (format!("{seconds:.1}"), format!("{:.1}", drift.within_millis as f64 / 1000.0));
        let values = [("seconds", by.as_str()), ("within", within.as_str())];
        match drift.ahead_millis {
            -1000..=1000 => (Tone::Good, self.say("Right")),
            1001.. => (Tone::Look, self.language.say("{seconds} s ahead (± {within} s)", &values)),
            _ => (Tone::Look, self.language.say("{seconds} s behind (± {within} s)", &values)),
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
        let tone = if self.now - at < TimeDelta::hours(1) { Tone::Look } else { Tone::Good };
        let values = [("place", place.as_str()), ("when", &self.who().when(at))];
        (tone, self.language.say("Last error: {place}, {when}; its log says more", &values))
    }

    fn span(&self, seconds: u64) -> String {
        self.who().span(seconds)
    }

    /// How a kiosk was in the last day.
    fn day(&self, minutes: &[MinuteOf]) -> String {
        if minutes.is_empty() {
            return self.say("Nothing was heard of it in the last 24 hours.");
        }
        let troubled = minutes.iter().filter(|minute| !minute.troubles.is_empty()).count();
        let heard = self.span(minutes.len() as u64 * 60);
        match troubled {
            0 => {
                self.language.say("Heard for {time} in the last 24 hours, always well.", &[("time", &heard)])
            }
            _ => self.language.say(
                "Heard for {time} in the last 24 hours, in trouble for {trouble} of it.",
                &[("time", &heard), ("trouble", &self.span(troubled as u64 * 60))],
            ),
        }
    }

    fn order(&self, order: &FleetOrder) -> OrderShown {
        let (tone, state, words) = match &order.end {
            None => (Tone::Look, english("Ordered: it is done when nobody is at the kiosk"), ""),
            Some((_, OrderEnd::Done { words })) => (Tone::Good, english("Done"), words.as_str()),
            Some((_, OrderEnd::Failed { words })) => (Tone::Bad, english("Not done"), words.as_str()),
            Some((_, OrderEnd::Expired)) => (
                Tone::Bad,
                english("Given up"),
                english("The kiosk did not do it within ten minutes. Order it again."),
            ),
        };
        OrderShown {
            id: order.id.0,
            what: self.say(order_words(&order.what)),
            by: order.by.clone(),
            at: self.who().when(order.ordered_at),
            tone,
            state: self.say(state),
            words: capital(&self.say(words)),
        }
    }
}

fn order_words(what: &KioskOrder) -> &'static str {
    match what {
        KioskOrder::TakeOutOfService { at_once: true, .. } => english("Take out of service now"),
        KioskOrder::TakeOutOfService { at_once: false, .. } => english("Take out of service"),
        KioskOrder::BackInService => english("Back in service"),
        KioskOrder::Restart => english("Restart the program"),
        KioskOrder::ReadConfiguration => english("Read its clinic.toml again"),
        KioskOrder::PrintTestPage => english("Print a test page"),
        KioskOrder::Examine => english("Examine the machine"),
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

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
