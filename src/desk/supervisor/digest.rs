//! What is off, at a glance: each line leads to what it is about.

use super::kiosk_state::KioskState;
use super::period::Scope;
use super::requests::waits_now;
use super::services::ServiceNow;
use super::suggestions::Standing;
use super::unresolved::is_overdue;
use crate::desk::fleet::Tone;
use crate::desk::language::english;
use crate::front_desk::message::SessionEnd;
use crate::store::{KioskSession, RequestFigure};
use serde::Serialize;
use std::collections::BTreeMap;

/// How much it matters.
#[derive(Debug, Clone, Copy, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Weight {
    /// Patients are kept from something now.
    Bad,
    /// Somebody should see to it today.
    Warn,
    /// Worth a look.
    Note,
}

/// A line.
#[derive(Serialize)]
pub struct Line {
    weight: Weight,
    words: String,
    /// Where it is seen, on this page or another.
    href: &'static str,
}

/// All that the lines are made of.
pub struct Seen<'a> {
    pub kiosks: &'a [KioskState],
    pub services: &'a [ServiceNow],
    pub open: &'a [RequestFigure],
    /// Raised since the last working day began.
    pub requests: &'a [RequestFigure],
    /// Ended since then.
    pub sessions: &'a [KioskSession],
    pub payments_in_doubt: usize,
    pub suggestions: &'a Standing,
    /// Since when: "today", or the last working day.
    pub since: &'a str,
}

/// The lines, what is worst first.
pub fn lines(scope: &Scope<'_>, seen: &Seen<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut tell = |weight, count: usize, words: &str, href, values: &[(&str, &str)]| {
        if count > 0 {
            let count = count.to_string();
            let mut all = vec![("n", count.as_str())];
            all.extend_from_slice(values);
            lines.push(Line { weight, words: scope.language.say(words, &all), href });
        }
    };
    let names = |wanted: &dyn Fn(&KioskState) -> bool| {
        let names: Vec<_> = seen
            .kiosks
            .iter()
            .filter(|kiosk| wanted(kiosk))
            .map(|kiosk| kiosk.standing.name.as_str())
            .collect();
        (names.len(), names.join(", "))
    };
    let waiting = |request: &&RequestFigure| waits_now(scope, request) && is_overdue(request, scope);
    let unanswered = seen.open.iter().filter(waiting).filter(|request| request.answered_at.is_none()).count();
    tell(
        Weight::Bad,
        unanswered,
        english("Requests that nobody has answered in time: {n}"),
        "/#requests",
        &[],
    );

    let (count, kiosks) = names(&|kiosk| kiosk.standing.tone == Tone::Bad);
    tell(Weight::Bad, count, english("Kiosks in trouble: {kiosks}"), "#kiosks-part", &[("kiosks", &kiosks)]);
    let (count, kiosks) = names(&|kiosk| kiosk.standing.tone == Tone::Look);
    tell(
        Weight::Note,
        count,
        english("Kiosks worth a look: {kiosks}"),
        "#kiosks-part",
        &[("kiosks", &kiosks)],
    );

    let late: Vec<_> = seen
        .services
        .iter()
        .filter(|service| service.beyond_promise > 0)
        .map(|service| service.name.as_str())
        .collect();
    tell(
        Weight::Bad,
        late.len(),
        english("Services running late: {services}"),
        "#services-part",
        &[("services", &late.join(", "))],
    );

    tell(
        Weight::Bad,
        seen.payments_in_doubt,
        english("Payments of which nobody knows whether they were charged: {n}"),
        "/payments#doubts-part",
        &[],
    );

    let overdue =
        seen.open.iter().filter(|request| request.case_answer_by.is_some_and(|day| day <= scope.now));
    tell(Weight::Bad, overdue.count(), english("Cases not answered by their day: {n}"), "#cases-part", &[]);

    tell(
        Weight::Warn,
        seen.suggestions.late,
        english("Suggestions whose answer is late: {n}"),
        "#suggestions-part",
        &[],
    );
    tell(
        Weight::Note,
        seen.suggestions.new,
        english("New suggestions that nobody has looked at: {n}"),
        "#suggestions-part",
        &[],
    );

    let (count, kiosks) = names(&|kiosk| kiosk.paper_failures > 0);
    let failures: u64 = seen.kiosks.iter().map(|kiosk| kiosk.paper_failures).sum();
    tell(
        Weight::Warn,
        count,
        english("Papers that did not come out {since}: {failures}, at {kiosks}"),
        "#kiosks-part",
        &[("since", seen.since), ("failures", &failures.to_string()), ("kiosks", &kiosks)],
    );

    let called = seen.requests.iter().filter_map(|request| request.called_for_help_at.as_deref());
    let (count, step, most) = most_frequent(called);
    tell(
        Weight::Note,
        count,
        english("Calls for help {since}: {n}, most at “{step}” ({most})"),
        "#topic-gave-up",
        &[("since", seen.since), ("step", &scope.say(step)), ("most", &most.to_string())],
    );

    let gone = seen.sessions.iter().filter(|session| session.how == SessionEnd::WentAway);
    let (count, step, most) = most_frequent(gone.map(|session| session.step.as_str()));
    tell(
        Weight::Note,
        count,
        english("People who went away in the middle {since}: {n}, most at “{step}” ({most})"),
        "#topic-gave-up",
        &[("since", seen.since), ("step", &scope.say(step)), ("most", &most.to_string())],
    );
    lines.sort_by_key(|line| line.weight);
    lines
}

/// How many there are, which is the most frequent, and how often that one is there.
fn most_frequent<'a>(all: impl Iterator<Item = &'a str>) -> (usize, &'a str, usize) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for each in all {
        *counts.entry(each).or_default() += 1;
    }
    let total = counts.values().sum();
    // Of two that are as frequent, the first by its name, so that the line does not change without need.
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or((0, "", 0), |(name, count)| (total, name, count))
}
