//! Reading `queue.toml`: in which order patients are called, where to, and what becomes of whoever does not come.

use super::mistake::{AtLeastOne, Mistake};
use super::routine_files::{Reading, Setting};
use super::{Localised, Service};
use crate::front_desk::calendar::Within;
use crate::front_desk::queue::{CountsFrom, PriorityGroup, QueuePolicy};
use chrono::TimeDelta;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// A place where patients are seen, to which they are called.
#[derive(Debug, Clone, PartialEq)]
pub struct ServicePoint {
    /// Identity in the routines.
    pub id: String,
    /// What is shown and spoken.
    pub name: Localised,
    /// Ids of the services whose patients are called here.
    pub services: Vec<String>,
}

/// What the clinic has written about its queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Its service points; never none in a [`super::Clinic`].
    pub points: Vec<ServicePoint>,
    /// The groups that are called earlier.
    pub groups: Vec<PriorityGroup>,
    /// How long somebody who did not come is not called again.
    pub again_after: TimeDelta,
    /// After how many calls in vain a person is asked to look for the patient; never 0.
    pub tries: u32,
    /// How long before the time to come back, which the ticket promises, the desk is told of who still waits; none
    /// where patients are not called from the desk, because no points are written.
    pub flag_before: Option<TimeDelta>,
    policies: BTreeMap<String, QueuePolicy>,
    otherwise: QueuePolicy,
}

impl Default for Queue {
    /// Booked patients by their times, others as they came; the points are made of the services.
    fn default() -> Self {
        let otherwise = QueuePolicy {
            counts_from: CountsFrom::default(),
            walk_ins_behind: TimeDelta::zero(),
            urgent_ahead: URGENT_AHEAD,
            groups: Vec::new(),
        };
        Self {
            points: Vec::new(),
            groups: Vec::new(),
            again_after: AGAIN_AFTER,
            tries: TRIES,
            flag_before: None,
            policies: BTreeMap::new(),
            otherwise,
        }
    }
}

impl Queue {
    /// With points to call to: those that are written, or else as many for each service as it has.
    pub(super) fn with_points_for(self, services: &[Service]) -> Self {
        if !self.points.is_empty() {
            return self;
        }
        let numbered = |service: &Service, number: u16| ServicePoint {
            id: format!("{}-{number}", service.id),
            name: Localised(
                service
                    .name
                    .each()
                    .map(|(language, name)| (language.to_string(), format!("{name} {number}")))
                    .collect(),
            ),
            services: vec![service.id.clone()],
        };
        let points = services
            .iter()
            .flat_map(|service| (1..=service.service_points).map(move |number| numbered(service, number)))
            .collect();
        Self { points, ..self }
    }

    /// The order of a service.
    pub fn policy(&self, service: &str) -> &QueuePolicy {
        self.policies.get(service).unwrap_or(&self.otherwise)
    }

    /// The service point with an id.
    pub fn point(&self, id: &str) -> Option<&ServicePoint> {
        self.points.iter().find(|point| point.id == id)
    }

    /// The priority group with an id.
    pub fn group(&self, id: &str) -> Option<&PriorityGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The points at which the patients of a service are seen.
    pub fn points_of(&self, service: &str) -> impl Iterator<Item = &ServicePoint> {
        self.points.iter().filter(move |point| point.services.iter().any(|id| id == service))
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct QueueFile {
    absent: AbsentSection,
    promise: PromiseSection,
    order: Vec<Spanned<OrderSection>>,
    priority: Vec<PrioritySection>,
    point: Vec<PointSection>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct AbsentSection {
    again_after: Option<Spanned<String>>,
    tries: Option<Spanned<u32>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct PromiseSection {
    flag_before: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderSection {
    service: Option<Spanned<String>>,
    #[serde(default)]
    counts_from: CountsFrom,
    walk_ins_behind: Option<Spanned<String>>,
    urgent_ahead: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrioritySection {
    id: Spanned<String>,
    name: Spanned<Localised>,
    ahead: Spanned<String>,
    age_from: Option<u32>,
    age_under: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointSection {
    id: Spanned<String>,
    name: Spanned<Localised>,
    services: Vec<Spanned<String>>,
}

const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(5);
const TRIES: u32 = 3;
const FLAG_BEFORE: TimeDelta = TimeDelta::minutes(5);
const URGENT_AHEAD: TimeDelta = TimeDelta::minutes(45);
/// Longer than any wait of a day would put somebody before everybody for good.
const LONGEST_AHEAD: TimeDelta = TimeDelta::hours(2);

/// Reads the queue; answers every mistake there is. A file that says nothing calls booked patients by their times,
/// others as they came; its points are made of the services afterwards.
pub(super) fn queue(file: QueueFile, setting: &Setting<'_>) -> Result<Queue, AtLeastOne<Mistake>> {
    let mut reading = Reading::new(setting);
    let services: BTreeSet<&str> = setting.services.iter().map(|(service, _)| service.as_str()).collect();
    let again_after = span(file.absent.again_after.as_ref(), AGAIN_AFTER, &mut reading);
    let flag_before = span(file.promise.flag_before.as_ref(), FLAG_BEFORE, &mut reading);
    let tries = file.absent.tries.as_ref().map_or(TRIES, |tries| {
        if *tries.as_ref() == 0 {
            let right = "Write tries = 1 or more: somebody must be called once before they can be missed.";
            reading.wrong(tries, "nobody would ever be looked for", right);
        }
        *tries.as_ref()
    });
    reading.unique(file.priority.iter().map(|section| &section.id));
    let groups: Vec<_> = file.priority.iter().map(|section| group(section, &mut reading)).collect();
    let mut policies = BTreeMap::new();
    let mut otherwise = None;
    for section in &file.order {
        let policy = policy(section.as_ref(), &groups, &mut reading);
        match &section.as_ref().service {
            Some(service) => {
                reading.one_of(service, &services, "service");
                if policies.insert(service.as_ref().clone(), policy).is_some() {
                    let wrong = format!("the order of \"{}\" stands here twice", service.as_ref());
                    reading.wrong(service, wrong, "Remove one of the two.");
                }
            }
            None if otherwise.is_some() => {
                let right = "Name the service of one of the two, with service = \"…\".";
                reading.wrong(section, "the order of all other services stands here twice", right);
            }
            None => otherwise = Some(policy),
        }
    }
    let points = points(&file.point, &services, &mut reading);
    let flag_before = (!points.is_empty()).then_some(flag_before);
    let otherwise = otherwise.unwrap_or(QueuePolicy { groups: groups.clone(), ..Queue::default().otherwise });
    reading.end(Queue { points, groups, again_after, tries, flag_before, policies, otherwise })
}

fn span(written: Option<&Spanned<String>>, otherwise: TimeDelta, reading: &mut Reading<'_>) -> TimeDelta {
    let Some(written) = written else { return otherwise };
    match reading.within(written) {
        Some(Within::Seconds(seconds)) => TimeDelta::seconds(seconds.into()),
        Some(Within::WorkingDays(_)) => {
            reading.wrong(written, "the queue does not count in days", "Write minutes, such as \"10 min\".");
            otherwise
        }
        None => otherwise,
    }
}

fn ahead(written: &Spanned<String>, reading: &mut Reading<'_>) -> TimeDelta {
    let read = span(Some(written), TimeDelta::zero(), reading);
    if read > LONGEST_AHEAD {
        let right = "Write 2 h at most: everybody else waits so much longer.";
        reading.wrong(written, "this puts somebody before everybody who waits", right);
    }
    read
}

fn group(section: &PrioritySection, reading: &mut Reading<'_>) -> PriorityGroup {
    if let (Some(from), Some(under)) = (section.age_from, section.age_under)
        && from >= under
    {
        let right = "Write age_from below age_under, or one of the two alone.";
        reading.wrong(&section.id, "nobody has such an age", right);
    }
    PriorityGroup {
        id: section.id.as_ref().clone(),
        name: reading.complete(&section.name),
        ahead: ahead(&section.ahead, reading),
        age_from: section.age_from,
        age_under: section.age_under,
    }
}

fn policy(section: &OrderSection, groups: &[PriorityGroup], reading: &mut Reading<'_>) -> QueuePolicy {
    if let Some(behind) = &section.walk_ins_behind
        && section.counts_from != CountsFrom::AppointmentTime
    {
        let right = "Remove it, or write counts_from = \"appointment-time\".";
        reading.wrong(behind, "in this order nobody counts from a booked time", right);
    }
    QueuePolicy {
        counts_from: section.counts_from,
        walk_ins_behind: section.walk_ins_behind.as_ref().map_or(TimeDelta::zero(), |it| ahead(it, reading)),
        urgent_ahead: section.urgent_ahead.as_ref().map_or(URGENT_AHEAD, |it| ahead(it, reading)),
        groups: groups.to_vec(),
    }
}

fn points(
    written: &[PointSection],
    services: &BTreeSet<&str>,
    reading: &mut Reading<'_>,
) -> Vec<ServicePoint> {
    reading.unique(written.iter().map(|section| &section.id));
    let mut points = Vec::new();
    for section in written {
        if section.services.is_empty() {
            let right = "Write services = [\"…\"], the services whose patients are called here.";
            reading.wrong(&section.id, "nobody would ever be called here", right);
        }
        for service in &section.services {
            reading.one_of(service, services, "service");
        }
        points.push(ServicePoint {
            id: section.id.as_ref().clone(),
            name: reading.complete(&section.name),
            services: section.services.iter().map(|service| service.as_ref().clone()).collect(),
        });
    }
    if let Some(first) = written.first() {
        let serves = |service: &str| points.iter().any(|point| point.services.iter().any(|id| id == service));
        for service in services.iter().filter(|service| !serves(service)) {
            let right = "Add it to the services of a [[point]], or add a point of its own.";
            reading.wrong(
                &first.id,
                format!("no point serves \"{service}\": its patients would never be called"),
                right,
            );
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::mistake::parsed;
    use crate::front_desk::appointment::ArrivalWindow;

    fn read(text: &str) -> Result<Queue, Vec<String>> {
        let window = ArrivalWindow { opens_before_minutes: 60, closes_after_minutes: 15 };
        let services = ["general", "blood", "children"].map(|service| (service.to_string(), window));
        let languages = ["en".to_string()];
        let setting = Setting {
            zone: chrono_tz::UTC,
            languages: &languages,
            required: &languages,
            services: &services,
            acknowledge: Within::Seconds(60),
        };
        let read = match parsed(text) {
            Ok(file) => queue(file, &setting),
            Err(mistake) => Err(mistake.into()),
        };
        let in_words = |mistake: Mistake| mistake.within("queue.toml", text).to_string();
        read.map_err(|mistakes| mistakes.into_iter().map(in_words).collect())
    }

    const POINT: &str = "[[point]]\nid = \"one\"\nname = { en = \"One\" }\nservices = [\"general\", \"blood\", \"children\"]\n";

    #[test]
    fn a_service_has_its_own_order_or_that_of_all_others() {
        let text = format!(
            "{POINT}[[order]]\nservice = \"blood\"\ncounts_from = \"arrival\"\n[[order]]\ncounts_from = \"longest-wait\"\nurgent_ahead = \"20 min\"\n"
        );
        let queue = read(&text).unwrap();
        assert_eq!(queue.policy("blood").counts_from, CountsFrom::Arrival);
        assert_eq!(queue.policy("general").counts_from, CountsFrom::LongestWait);
        assert_eq!(queue.policy("general").urgent_ahead, TimeDelta::minutes(20));
        let nothing = read("").unwrap();
        assert_eq!(nothing.policy("general").counts_from, CountsFrom::AppointmentTime);
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        for (text, told) in [
            ("[absent]\ntries = 0\n".to_string(), "queue.toml:2: nobody would ever be looked for"),
            (
                "[absent]\nagain_after = \"2 working days\"\n".into(),
                "queue.toml:2: the queue does not count in days",
            ),
            (
                "[[point]]\nid = \"one\"\nname = { en = \"One\" }\nservices = [\"general\"]\n".into(),
                "queue.toml:2: no point serves \"blood\": its patients would never be called",
            ),
            (
                format!("{POINT}[[order]]\nservice = \"teeth\"\n"),
                "queue.toml:6: there is no service \"teeth\"",
            ),
            (
                format!("{POINT}[[order]]\n[[order]]\n"),
                "queue.toml:6: the order of all other services stands here twice",
            ),
            (
                format!("{POINT}[[order]]\ncounts_from = \"arrival\"\nwalk_ins_behind = \"5 min\"\n"),
                "queue.toml:7: in this order nobody counts from a booked time",
            ),
            (
                format!("{POINT}[[priority]]\nid = \"x\"\nname = {{ en = \"X\" }}\nahead = \"3 h\"\n"),
                "queue.toml:8: this puts somebody before everybody who waits",
            ),
        ] {
            let mistakes = read(&text).unwrap_err();
            assert!(mistakes.iter().any(|mistake| mistake == told), "{told}: {mistakes:?}");
        }
    }
}
