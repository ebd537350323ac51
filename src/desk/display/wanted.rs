//! What one screen shows, as its address says.

use crate::clinic::Clinic;
use crate::desk::language::{StaffLanguage, english};
use crate::store::PatientCall;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A name as staff know the screen is no longer than this.
const LONGEST_NAME: usize = 40;

/// The address of a display behind the question mark.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Ids of the service points, with commas between them.
    points: Option<String>,
    /// Ids of the services.
    services: Option<String>,
    /// BCP 47 codes.
    languages: Option<String>,
    /// The screen's name for staff.
    name: Option<String>,
    /// The last call that the screen has told, where it was connected before.
    pub after: Option<i64>,
}

/// What a screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its languages, in this order; never none. A call is told in its patient's language besides.
    pub languages: Vec<String>,
    /// The screen's name for staff.
    pub name: String,
    /// What is wrong in the address, a sentence each, for whoever sets the screen up.
    pub mistakes: Vec<String>,
    points: Option<BTreeSet<String>>,
    services: Option<BTreeSet<String>>,
}

impl Wanted {
    /// Reads an address. What the clinic does not have is left out, and said: a screen on the wall goes on with the rest.
    pub fn read(asked: &Asked, clinic: &Clinic, staff: StaffLanguage) -> Self {
        let mut mistakes = Vec::new();
        let points = asked.points.as_deref().map(|listed| {
            let sentence =
                english("There is no service point \"{id}\" in queue.toml: correct points in the address.");
            known(
                listed,
                |id| clinic.routines.queue.point(id).is_some(),
                |id| {
                    mistakes.push(staff.say(sentence, &[("id", id)]));
                },
            )
        });
        let services = asked.services.as_deref().map(|listed| {
            let sentence =
                english("There is no service \"{id}\" in clinic.toml: correct services in the address.");
            known(
                listed,
                |id| clinic.service(id).is_some(),
                |id| {
                    mistakes.push(staff.say(sentence, &[("id", id)]));
                },
            )
        });
        let spoken = |code: &str| clinic.words.language(code).is_some();
        let every = || clinic.languages.iter().filter(|code| spoken(code));
        let mut languages: Vec<String> = every().cloned().collect();
        if let Some(listed) = &asked.languages {
            let mut chosen: Vec<String> = Vec::new();
            for code in split(listed) {
                match every().find(|offered| offered.eq_ignore_ascii_case(code)) {
                    Some(offered) if !chosen.contains(offered) => chosen.push(offered.clone()),
                    Some(_) => {}
                    None => mistakes.push(staff.say(
                        "The clinic has no texts in \"{id}\": correct languages in the address.",
                        &[("id", &shortened(code))],
                    )),
                }
            }
            if !chosen.is_empty() {
                languages = chosen;
            }
        }
        if languages.is_empty() {
            languages.push("en".to_string());
        }
        let name = asked.name.as_deref().and_then(screen_name).unwrap_or_else(|| "display".to_string());
        Self { languages, name, mistakes, points, services }
    }

    /// Whether a call is shown here.
    pub fn takes(&self, call: &PatientCall) -> bool {
        let holds = |chosen: &Option<BTreeSet<String>>, id: &str| {
            chosen.as_ref().is_some_and(|chosen| chosen.contains(id))
        };
        self.takes_all() || holds(&self.points, &call.point) || holds(&self.services, &call.service)
    }

    /// Whether what there is to say of a service concerns those who sit here.
    pub fn concerns(&self, clinic: &Clinic, service: &str) -> bool {
        let by_point = self.points.as_ref().is_some_and(|points| {
            clinic.routines.queue.points_of(service).any(|point| points.contains(&point.id))
        });
        let by_service = self.services.as_ref().is_some_and(|services| services.contains(service));
        self.takes_all() || by_point || by_service
    }

    fn takes_all(&self) -> bool {
        self.points.is_none() && self.services.is_none()
    }
}

/// A screen's name, if it can be one.
pub fn screen_name(written: &str) -> Option<String> {
    let name: String = written.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_string())
}

fn split(listed: &str) -> impl Iterator<Item = &str> {
    listed.split(',').map(str::trim).filter(|id| !id.is_empty())
}

fn shortened(written: &str) -> String {
    written.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

fn known(listed: &str, exists: impl Fn(&str) -> bool, mut missing: impl FnMut(&str)) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for id in split(listed) {
        if exists(id) {
            found.insert(id.to_string());
        } else {
            missing(&shortened(id));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::samples::{at, clinic};
    use crate::front_desk::ticket::{TicketNumber, VisitId};
    use uuid::Uuid;

    fn call(point: &str, service: &str) -> PatientCall {
        PatientCall {
            id: 1,
            visit: VisitId(Uuid::nil()),
            number: TicketNumber::new('C', "1", 7),
            language: "en".into(),
            point: point.into(),
            service: service.into(),
            at: at("2026-11-25T09:00:00Z"),
            again: false,
        }
    }

    #[test]
    fn an_address_chooses_points_services_and_languages_and_its_mistakes_are_told() {
        let clinic = clinic();
        let read = |points: Option<&str>, services: Option<&str>, languages: Option<&str>| {
            let asked = Asked {
                points: points.map(Into::into),
                services: services.map(Into::into),
                languages: languages.map(Into::into),
                ..Asked::default()
            };
            Wanted::read(&asked, &clinic, StaffLanguage::English)
        };
        let all = read(None, None, None);
        assert!(all.takes(&call("room-1", "general")) && all.takes(&call("laboratory", "blood")));
        assert_eq!((all.languages.len(), all.name.as_str(), all.mistakes.len()), (8, "display", 0));
        let room = read(Some(" room-1 ,"), None, Some("es,EN,es"));
        assert!(room.takes(&call("room-1", "general")) && !room.takes(&call("room-2", "general")));
        assert!(room.concerns(&clinic, "general") && !room.concerns(&clinic, "blood"));
        assert_eq!(room.languages, ["es", "en"]);
        let both = read(Some("children"), Some("blood"), None);
        assert!(both.takes(&call("room-2", "blood")) && both.takes(&call("children", "general")));
        assert!(both.concerns(&clinic, "blood") && both.concerns(&clinic, "children"));
        let wrong = read(Some("cellar"), Some("teeth"), Some("it"));
        assert!(!wrong.takes(&call("room-1", "general")), "better none than all of them");
        assert_eq!((wrong.mistakes.len(), wrong.languages.len()), (3, 8));
    }
}
