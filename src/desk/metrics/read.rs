//! Every figure, read at one moment.

use super::figures::Counted;
use super::text::{Exposition, Histogram, Kind};
use crate::clinic::Clinic;
use crate::desk::Desk;
use crate::desk::fleet::KioskNow;
use crate::front_desk::fleet::{KioskTrouble, Occupancy, PaperSupply};
use crate::front_desk::queue::Place;
use crate::front_desk::ticket::PaperState;
use crate::front_desk::urgency::Urgency;
use crate::store::{Result, Store, TicketCount, UrgencyCount};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

const ACKNOWLEDGE_BOUNDS: &[f64] =
    &[10.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1800.0, 3600.0, 14_400.0, 86_400.0];
const WAIT_BOUNDS: &[f64] = &[60.0, 300.0, 600.0, 900.0, 1200.0, 1800.0, 2700.0, 3600.0, 5400.0, 7200.0];

/// What only the store knows.
struct Stored {
    requests: Vec<UrgencyCount>,
    acknowledged: Histogram,
    tickets: Vec<TicketCount>,
    waiting: BTreeMap<String, (u64, f64)>,
    waits: BTreeMap<String, Histogram>,
    position: u64,
}

/// All figures as text.
pub async fn exposition(desk: &Desk, clinic: &Clinic) -> Result<String> {
    let now = Utc::now();
    let kiosks = desk.judge_fleet(clinic, now);
    let today = now.with_timezone(&clinic.zone).date_naive();
    let services: Vec<String> = clinic.services.iter().map(|service| service.id.clone()).collect();
    let stored = desk.ask(move |store| stored(store, today, &services, now)).await?;
    let mut text = Exposition::default();
    let version = env!("CARGO_PKG_VERSION");
    text.family(
        "vestibule_build_info",
        Kind::Gauge,
        "The version that runs.",
        [(vec![("version", version)], 1.0)],
    );
    of_store(&mut text, &stored);
    of_kiosks(&mut text, &kiosks, now);
    of_work(&mut text, &desk.figures.counted());
    Ok(text.text())
}

fn stored(store: &mut Store, today: NaiveDate, services: &[String], now: DateTime<Utc>) -> Result<Stored> {
    let mut acknowledged = Histogram::new(ACKNOWLEDGE_BOUNDS);
    store.acknowledged_after()?.into_iter().for_each(|seconds| acknowledged.take(seconds));
    let mut waiting: BTreeMap<String, (u64, f64)> =
        services.iter().map(|service| (service.clone(), (0, 0.0))).collect();
    for entry in store.queue(today)?.into_iter().filter(|entry| entry.place == Place::Waiting) {
        let waits = (now - entry.waits_since()).num_milliseconds().max(0) as f64 / 1000.0;
        let (count, longest) = waiting.entry(entry.service).or_default();
        *count += 1;
        *longest = longest.max(waits);
    }
    let mut waits: BTreeMap<String, Histogram> =
        services.iter().map(|service| (service.clone(), Histogram::new(WAIT_BOUNDS))).collect();
    for stay in store.stays(today, today)? {
        let waited = (stay.called_at - stay.waits_since).num_milliseconds().max(0) as f64 / 1000.0;
        waits.entry(stay.service).or_insert_with(|| Histogram::new(WAIT_BOUNDS)).take(waited);
    }
    Ok(Stored {
        requests: store.open_by_urgency()?,
        acknowledged,
        tickets: store.tickets_of(today)?,
        waiting,
        waits,
        position: store.last_position()?,
    })
}

fn of_store(text: &mut Exposition, stored: &Stored) {
    let urgencies =
        [(Urgency::Routine, "routine"), (Urgency::Urgent, "urgent"), (Urgency::Emergency, "emergency")];
    let mut open = Vec::new();
    for (urgency, name) in urgencies {
        for state in ["open", "acknowledged"] {
            let counted = stored.requests.iter().find(|row| row.urgency == urgency && row.state == state);
            open.push((
                vec![("urgency", name), ("state", state)],
                counted.map_or(0.0, |row| row.count as f64),
            ));
        }
    }
    text.family("vestibule_requests", Kind::Gauge, "Flagged requests that are not resolved.", open);
    text.histograms(
        "vestibule_request_acknowledge_seconds",
        "From when a request was raised until somebody took it.",
        [(vec![], &stored.acknowledged)],
    );
    let lengths = stored.waiting.iter();
    text.family(
        "vestibule_queue_length",
        Kind::Gauge,
        "Patients who wait to be called today.",
        lengths.map(|(service, (count, _))| (vec![("service", service.as_str())], *count as f64)),
    );
    text.family(
        "vestibule_queue_longest_wait_seconds",
        Kind::Gauge,
        "How long whoever has waited longest has been waiting.",
        stored.waiting.iter().map(|(service, (_, longest))| (vec![("service", service.as_str())], *longest)),
    );
    text.histograms(
        "vestibule_wait_seconds",
        "How long the patients of today who were seen had waited to be called.",
        stored.waits.iter().map(|(service, waits)| (vec![("service", service.as_str())], waits)),
    );
    let tickets = stored.tickets.iter();
    text.family(
        "vestibule_tickets_today",
        Kind::Gauge,
        "Tickets of today by what became of their paper.",
        tickets.map(|row| {
            (vec![("kiosk", row.kiosk.as_str()), ("paper", paper_state(row.paper))], row.count as f64)
        }),
    );
    text.family(
        "vestibule_facts",
        Kind::Gauge,
        "The position of the last fact of the desk's log.",
        [(vec![], stored.position as f64)],
    );
}

fn paper_state(paper: PaperState) -> &'static str {
    match paper {
        PaperState::Reserved => "on_its_way",
        PaperState::Printed => "printed",
        PaperState::NotPrinted => "not_printed",
        PaperState::NotKnown => "not_known",
    }
}

fn of_kiosks(text: &mut Exposition, kiosks: &[KioskNow], now: DateTime<Utc>) {
    let mut gauge = |name: &str, help: &str, of: &dyn Fn(&KioskNow) -> Option<f64>| {
        let samples =
            kiosks.iter().filter_map(|kiosk| Some((vec![("kiosk", kiosk.name.as_str())], of(kiosk)?)));
        text.family(name, Kind::Gauge, help, samples);
    };
    gauge("vestibule_kiosk_connected", "Whether the kiosk was heard lately.", &|kiosk| {
        Some(f64::from(u8::from(kiosk.is_connected)))
    });
    gauge("vestibule_kiosk_heartbeat_age_seconds", "How long ago the kiosk said how it is.", &|kiosk| {
        let beat = kiosk.beat.as_ref()?;
        Some((now - beat.heard_at).num_milliseconds().max(0) as f64 / 1000.0)
    });
    gauge("vestibule_kiosk_uptime_seconds", "How long the kiosk's program has been running.", &|kiosk| {
        Some(kiosk.beat.as_ref()?.beat.uptime_seconds as f64)
    });
    gauge("vestibule_kiosk_outbox", "Facts that wait there to be brought to the desk.", &|kiosk| {
        Some(kiosk.beat.as_ref()?.beat.outbox.count as f64)
    });
    gauge("vestibule_kiosk_outbox_oldest_seconds", "How long the oldest of them has waited.", &|kiosk| {
        Some(kiosk.beat.as_ref()?.beat.outbox.oldest_seconds.unwrap_or(0) as f64)
    });
    gauge("vestibule_kiosk_clock_drift_seconds", "How far its clock is ahead of the desk's.", &|kiosk| {
        Some(kiosk.beat.as_ref()?.drift?.ahead_millis as f64 / 1000.0)
    });
    gauge("vestibule_kiosk_disk_free_bytes", "Free space on the disk of its store.", &|kiosk| {
        Some(kiosk.beat.as_ref()?.beat.free_bytes? as f64)
    });
    let states = [
        (PaperSupply::Good, "good"),
        (PaperSupply::Low, "low"),
        (PaperSupply::Out, "out"),
        (PaperSupply::CoverOpen, "cover_open"),
        (PaperSupply::NotKnown, "not_known"),
        (PaperSupply::None, "none"),
    ];
    let paper = beats(kiosks).flat_map(|(kiosk, beat)| {
        states.map(|(state, name)| {
            (vec![("kiosk", kiosk.name.as_str()), ("paper", name)], f64::from(u8::from(beat.paper == state)))
        })
    });
    text.family("vestibule_kiosk_paper", Kind::Gauge, "The paper in its printer: 1 for what holds.", paper);
    let occupancies = [
        (Occupancy::Idle, "idle"),
        (Occupancy::InUse, "in_use"),
        (Occupancy::OutOfService, "out_of_service"),
    ];
    let occupied = beats(kiosks).flat_map(|(kiosk, beat)| {
        occupancies.map(|(state, name)| {
            let holds = f64::from(u8::from(beat.occupancy == state));
            (vec![("kiosk", kiosk.name.as_str()), ("state", name)], holds)
        })
    });
    text.family(
        "vestibule_kiosk_state",
        Kind::Gauge,
        "Whether somebody is at it: 1 for what holds.",
        occupied,
    );
    let troubles = kiosks.iter().flat_map(|kiosk| {
        KioskTrouble::ALL.map(|trouble| {
            let holds = f64::from(u8::from(kiosk.troubles.contains(&trouble)));
            (vec![("kiosk", kiosk.name.as_str()), ("trouble", trouble.id())], holds)
        })
    });
    text.family(
        "vestibule_kiosk_trouble",
        Kind::Gauge,
        "What stops patients there: 1 for what holds.",
        troubles,
    );
    let versions = beats(kiosks)
        .map(|(kiosk, beat)| (vec![("kiosk", kiosk.name.as_str()), ("version", beat.version.as_str())], 1.0));
    text.family("vestibule_kiosk_info", Kind::Gauge, "The version that runs there.", versions);
}

fn beats(
    kiosks: &[KioskNow],
) -> impl Iterator<Item = (&KioskNow, &crate::front_desk::fleet::Heartbeat)> + Clone {
    kiosks.iter().filter_map(|kiosk| Some((kiosk, &kiosk.beat.as_ref()?.beat)))
}

fn of_work(text: &mut Exposition, counted: &Counted) {
    let statuses: Vec<String> = counted.requests.keys().map(|(_, _, status)| status.to_string()).collect();
    let requests = counted.requests.iter().zip(&statuses).map(|(((method, route, _), count), status)| {
        (vec![("method", *method), ("route", route.as_str()), ("status", status.as_str())], *count as f64)
    });
    text.family("vestibule_http_requests_total", Kind::Counter, "Answered requests.", requests);
    text.histograms(
        "vestibule_http_request_seconds",
        "Until the answer began; kiosks are held at the feed until something happens.",
        counted.request_seconds.iter().map(|(route, times)| (vec![("route", route.as_str())], times)),
    );
    text.histograms(
        "vestibule_store_seconds",
        "What the store took for one piece of work, with waiting for its turn.",
        [(vec![], &counted.store_seconds)],
    );
    text.family(
        "vestibule_store_failures_total",
        Kind::Counter,
        "Pieces of work that the store could not do.",
        [(vec![], counted.store_failures as f64)],
    );
}
