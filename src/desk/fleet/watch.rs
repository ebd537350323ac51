//! Watches over the kiosks: what lasts becomes a request, and the request ends when it is over. What is watched are
//! rows of the store, so that a restart neither forgets a trouble nor calls twice.

use super::{Fleet, KioskNow};
use crate::clinic::Clinic;
use crate::desk::language::english;
use crate::desk::{Desk, locked};
use crate::front_desk::fleet::{Act, KioskTrouble, Watch, watch};
use crate::front_desk::request::{Request, RequestId, RequestReason};
use crate::link::fact::FactKind;
use crate::routines;
use crate::store::{KeptBeat, Result, Store};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;
use std::time::Duration;
use uuid::Uuid;

/// How often the kiosks are judged.
const LOOK: Duration = Duration::from_secs(2);
/// How often what is too old is forgotten.
const PRUNE_EVERY: TimeDelta = TimeDelta::minutes(10);
/// A row need not be written again because its trouble was seen once more.
const SEEN_AGAIN: TimeDelta = TimeDelta::seconds(10);
/// Whom the record names for a request that ended by itself.
const BY_ITSELF: &str = "Vestibule";

/// Judges the kiosks again and again. Nothing that goes wrong here ends the desk.
pub async fn watch_over(desk: &Desk) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut pruned: Option<DateTime<Utc>> = None;
    let mut routines_seen = None;
    loop {
        tick.tick().await;
        let now = Utc::now();
        let clinic = desk.clinic.now();
        let known = routines_seen;
        let in_force = desk.ask(move |store| {
            let count = store.routines_count()?;
            let changed = known != Some(count);
            let applied = if changed { store.routines_in_force()? } else { None };
            Ok((count, changed, applied))
        });
        let Ok((count, changed, applied)) = in_force.await else { continue };
        if changed {
            locked(&desk.fleet).routines =
                applied.map_or(String::new(), |applied| routines::mark(&applied.files));
        }
        let kiosks = desk.judge_fleet(&clinic, now);
        let unkept = unkept(&mut locked(&desk.fleet), &kiosks);
        let prune = pruned.is_none_or(|pruned| now - pruned > PRUNE_EVERY);
        let found: Vec<_> =
            kiosks.into_iter().map(|kiosk| (kiosk.name, kiosk.troubles, kiosk.beat)).collect();
        let kept = desk.ask(move |store| {
            store.keep_heartbeats(&unkept)?;
            if prune {
                store.prune_heartbeats(now)?;
            }
            store.expire_kiosk_orders(now)?;
            let told = call(store, &clinic, &found, now)?;
            Ok((told, store.last_position()?))
        });
        let Ok((told, position)) = kept.await else { continue };
        if prune {
            pruned = Some(now);
        }
        routines_seen = Some(count);
        let changed = {
            let mut fleet = locked(&desk.fleet);
            let changed = fleet.told != told;
            fleet.told = told;
            changed
        };
        desk.reached(position);
        if changed {
            desk.refresh.notify_one();
        }
    }
}

/// What was heard since it was kept last.
fn unkept(fleet: &mut Fleet, kiosks: &[KioskNow]) -> Vec<(KeptBeat, BTreeSet<KioskTrouble>)> {
    let heard = std::mem::take(&mut fleet.unkept);
    let kiosks = kiosks.iter().filter(|kiosk| heard.contains(&kiosk.name));
    kiosks.filter_map(|kiosk| Some((kiosk.beat.clone()?, kiosk.troubles.clone()))).collect()
}

type Found = (String, BTreeSet<KioskTrouble>, Option<KeptBeat>);

/// Raises and ends requests. Answers of which troubles one tells that is not resolved.
fn call(
    store: &mut Store,
    clinic: &Clinic,
    found: &[Found],
    now: DateTime<Utc>,
) -> Result<BTreeSet<(String, KioskTrouble)>> {
    let alarms = store.kiosk_alarms()?;
    let raised: Vec<_> = alarms.values().filter_map(|watch| watch.request.map(|(id, _)| id)).collect();
    let open = store.open_among(&raised)?;
    let is_open = clinic.routines.calendar.is_open(now);
    let (mut changed, mut facts, mut told) = (Vec::new(), Vec::new(), BTreeSet::new());
    // A kiosk that the routines do not name any more has no troubles.
    let gone = alarms.keys().filter(|(kiosk, _)| found.iter().all(|(name, ..)| name != kiosk));
    for (kiosk, trouble) in gone.cloned().collect::<Vec<_>>() {
        let watched = alarms.get(&(kiosk.clone(), trouble)).and_then(|watch| watch.request);
        facts.extend(watched.filter(|(id, _)| open.contains(id)).map(|(id, _)| ended(id)));
        changed.push((kiosk, trouble, None));
    }
    for (kiosk, troubles, beat) in found {
        for trouble in KioskTrouble::ALL {
            let known = alarms.get(&(kiosk.clone(), trouble)).copied();
            let request_is_open =
                known.and_then(|watch| watch.request).is_some_and(|(id, _)| open.contains(&id));
            let is_there = troubles.contains(&trouble);
            let (mut next, act) = watch(trouble, known, is_there, (is_open, request_is_open), now);
            let mut tells = request_is_open;
            match act {
                Act::Wait => {}
                Act::Raise => {
                    let request = of_trouble(clinic, kiosk, trouble, beat.as_ref(), now);
                    next = next.map(|watch| Watch { request: Some((request.id, now)), ..watch });
                    tracing::warn!(%kiosk, trouble = trouble.id(), "a kiosk's trouble lasts: somebody is called");
                    facts.push(FactKind::RequestRaised { request });
                    tells = true;
                }
                Act::End(request) => {
                    facts.extend(request.map(ended));
                    tells = false;
                }
            }
            if tells {
                told.insert((kiosk.clone(), trouble));
            }
            let only_seen = matches!((known, next), (Some(known), Some(next))
                if known.request == next.request && next.seen - known.seen < SEEN_AGAIN);
            if known != next && !only_seen {
                changed.push((kiosk.clone(), trouble, next));
            }
        }
    }
    if !changed.is_empty() || !facts.is_empty() {
        store.keep_kiosk_alarms(&changed, facts, now)?;
    }
    Ok(told)
}

fn ended(request: RequestId) -> FactKind {
    let note = english("It is over: the kiosk says that it is well again.").to_string();
    FactKind::RequestResolved { request, by: BY_ITSELF.into(), note }
}

fn of_trouble(
    clinic: &Clinic,
    kiosk: &str,
    trouble: KioskTrouble,
    beat: Option<&KeptBeat>,
    now: DateTime<Utc>,
) -> Request {
    let (what, do_now) = in_words(trouble);
    // What the device itself says knows more than the trouble's name.
    let said = beat.map(|kept| kept.beat.printer.words.as_str()).filter(|words| {
        matches!(trouble, KioskTrouble::NoPaper | KioskTrouble::PrinterDead) && !words.is_empty()
    });
    let id = RequestId(Uuid::now_v7());
    Request {
        subject: Some(format!("Kiosk {kiosk}: {what}")),
        stopped_at: said.unwrap_or(do_now).to_string(),
        ..Request::noticed(id, RequestReason::KioskTrouble, clinic, kiosk, now)
    }
}

/// What is wrong, and what to do, in words for staff.
pub(super) fn in_words(trouble: KioskTrouble) -> (&'static str, &'static str) {
    match trouble {
        KioskTrouble::Silent => (
            english("nothing is heard of it"),
            english("check that it runs and that its network cable is in"),
        ),
        KioskTrouble::DiskReadOnly => (
            english("its disk cannot be written any more, and nobody is checked in"),
            english(
                "restart the machine; if it happens again, replace its disk: Linux does so with one that fails",
            ),
        ),
        KioskTrouble::NoPaper => (english("no paper"), english("put in a new roll and close the cover")),
        KioskTrouble::PrinterDead => (
            english("the printer does not work"),
            english("check that it is switched on and its cable is in"),
        ),
        KioskTrouble::TwoMachines => (
            english("two machines use this name"),
            english("stop one of them: they give the same ticket numbers"),
        ),
        KioskTrouble::OutOfService => (
            english("out of service"),
            english("put it back in service on the page Fleet, or have it repaired"),
        ),
        KioskTrouble::DiskNearlyFull => (
            english("its disk is nearly full"),
            english("free some space: with a full disk nothing more is confirmed to patients"),
        ),
        KioskTrouble::OutboxOld => (
            english("what is entered there does not reach the desk"),
            english("look after its patients in person, and look at its network"),
        ),
        KioskTrouble::ClockWrong => (
            english("its clock is wrong"),
            english("let it set its clock from the network: timedatectl set-ntp true"),
        ),
        KioskTrouble::RoutinesDiffer => (
            english("it follows other routines than the desk"),
            english("look for its trouble on the page Fleet, and restart it there"),
        ),
    }
}
