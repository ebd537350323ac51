//! What things are called where they are counted.
//!
//! **Invariant:** a label comes from the routines, or from this program. What a patient or staff wrote is none: the
//! subject of a request, which can hold names, is never taken for one.

use super::period::Scope;
use crate::front_desk::request::RequestReason;
use crate::store::RequestFigure;

impl Scope<'_> {
    /// What a request is counted as: the category that was chosen, or why the kiosk handed it over.
    pub fn routine(&self, reason: RequestReason, category: Option<&str>) -> String {
        match (reason, category) {
            (RequestReason::Emergency, _) => self.say("An emergency"),
            (RequestReason::Asked, Some(id)) => match self.clinic.routines.category(id) {
                Some(category) => category.name.text(self.language.code()).to_string(),
                None => self.say("Something that the routines do not name any more"),
            },
            (RequestReason::Asked, None) => self.say("Reported at the desk"),
            (reason, _) => self.say(reason.headline()),
        }
    }

    /// The routine of a request.
    pub fn routine_of(&self, request: &RequestFigure) -> String {
        self.routine(request.reason, request.category.as_deref())
    }

    /// A destination.
    pub fn destination(&self, id: Option<&str>) -> String {
        let known = id.and_then(|id| self.clinic.routines.destination(id));
        match (known, id) {
            (Some(place), _) => place.name.text(self.language.code()).to_string(),
            (None, Some(_)) => self.say("Somebody whom the routines do not name any more"),
            (None, None) => self.say("Nobody in particular"),
        }
    }

    /// How a request ended.
    pub fn outcome(&self, id: Option<&str>) -> String {
        match id.map(|id| self.clinic.routines.outcome(id)) {
            Some(Some(outcome)) => outcome.name.text(self.language.code()).to_string(),
            Some(None) => self.say("Something that the routines do not name any more"),
            None => self.say("Nothing was chosen"),
        }
    }

    /// A service.
    pub fn service(&self, id: &str) -> String {
        match self.clinic.service(id) {
            Some(service) => service.name.text(self.language.code()).to_string(),
            None => self.say("A service that is not offered any more"),
        }
    }
}
