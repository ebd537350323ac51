//! The fleet as the page shows it: words are made here, in the language of whoever reads them.

use super::KioskNow;
use super::standing::{KioskStanding, Tone, capital, standings};
use crate::clinic::Clinic;
use crate::desk::board::words::Reader;
use crate::desk::language::{StaffLanguage, english};
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::fleet::{KioskOrder, Occupancy, OrderEnd};
use crate::front_desk::role::Permission;
use crate::store::{FleetOrder, MinuteOf, Store};
use axum::Json;
use axum::extract::State;
use chrono::{TimeDelta, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
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

#[derive(Serialize)]
struct KioskShown {
    #[serde(flatten)]
    standing: KioskStanding,
    /// Since yesterday, in one sentence.
    day: String,
    orders: Vec<OrderShown>,
    closed: bool,
    printer: bool,
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
    /// In which language that is, BCP 47.
    lang: &'static str,
}

/// `GET /api/fleet`: every kiosk with how it is, what stops patients first.
pub async fn fleet(who: Signed, State(desk): State<Arc<Desk>>) -> Result<Json<FleetShown>, Refusal> {
    who.may(Permission::Fleet)?;
    let now = Utc::now();
    let clinic = desk.clinic.now();
    let fleet = desk.fleet_now(&clinic, now);
    let read = move |store: &mut Store| {
        Ok((
            store.kiosk_orders_since(now - A_DAY)?,
            store.minutes_since(now - A_DAY)?,
            store.device_troubles()?,
        ))
    };
    let (orders, minutes, devices) = desk.ask(read).await?;
    let reader = Reader { language: who.language, clinic: &clinic, now, sees_money: false };
    let standings = standings(reader, &fleet, &devices);
    let page = Page(reader);
    let mut shown: Vec<_> = fleet
        .kiosks
        .iter()
        .zip(standings)
        .map(|(kiosk, standing)| page.kiosk(kiosk, standing, &orders, &minutes))
        .collect();
    // What stops most patients first; what is alike stays as the clinic's file has it.
    shown.sort_by_key(|kiosk| (kiosk.standing.tone, kiosk.standing.worst()));
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

struct Page<'a>(Reader<'a>);

impl Page<'_> {
    fn say(&self, english: &str) -> String {
        self.0.say(english, &[])
    }

    fn kiosk(
        &self,
        kiosk: &KioskNow,
        standing: KioskStanding,
        orders: &[FleetOrder],
        minutes: &BTreeMap<String, Vec<MinuteOf>>,
    ) -> KioskShown {
        let own = orders.iter().filter(|order| order.kiosk == kiosk.name).take(ORDERS_SHOWN);
        KioskShown {
            standing,
            day: self.day(minutes.get(&kiosk.name).map_or(&[], Vec::as_slice)),
            orders: own.map(|order| self.order(order)).collect(),
            closed: kiosk.beat.as_ref().is_some_and(|kept| kept.beat.occupancy == Occupancy::OutOfService),
            printer: self.0.clinic.kiosk(&kiosk.name).is_some_and(|kiosk| kiosk.printer.is_some()),
        }
    }

    fn span(&self, seconds: u64) -> String {
        self.0.span(seconds)
    }

    /// How a kiosk was in the last day.
    fn day(&self, minutes: &[MinuteOf]) -> String {
        if minutes.is_empty() {
            return self.say("Nothing was heard of it in the last 24 hours.");
        }
        let troubled = minutes.iter().filter(|minute| !minute.troubles.is_empty()).count();
        let heard = self.span(minutes.len() as u64 * 60);
        match troubled {
            0 => self.0.say("Heard for {time} in the last 24 hours, always well.", &[("time", &heard)]),
            _ => self.0.say(
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
            at: self.0.when(order.ordered_at),
            tone,
            state: self.say(state),
            words: capital(&self.say(words)),
            lang: self.0.language.said_in(words).code(),
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
