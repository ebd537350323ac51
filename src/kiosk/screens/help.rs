use super::{Choice, Emergency, Help, Speaker};
use crate::clinic::Clinic;
use crate::kiosk::session::{RaisedRequest, RequestProgress, Session};
use std::time::Duration;

/// A call that the desk has not confirmed for so long is told as not delivered yet. In danger a second is long.
const DELIVERY: Duration = Duration::from_secs(3);

pub(super) fn help(clinic: &Clinic, speaker: &Speaker<'_>) -> Help {
    let code = speaker.language().code();
    let choices = clinic.routines.categories.iter();
    Help {
        title: speaker.say("need-title"),
        call: speaker.say("call-person"),
        emergency: clinic.routines.emergency.name.text(code).to_string(),
        prompt: speaker.say("need-prompt"),
        choices: choices
            .map(|category| Choice { label: category.name.text(code).to_string(), selected: false })
            .collect(),
        case: speaker.say("my-case"),
        back: speaker.say("back"),
    }
}

pub(super) fn emergency(
    request: &RaisedRequest,
    can_go_on: bool,
    clinic: &Clinic,
    session: &Session,
    speaker: &Speaker<'_>,
) -> Emergency {
    let routine = &clinic.routines.emergency;
    let code = speaker.language().code();
    let waited = session.moment.at.saturating_sub(request.since);
    let told = match &request.progress {
        RequestProgress::Acknowledged(by) => speaker.say_with("on-the-way", &[("name", by.as_str().into())]),
        RequestProgress::Resolved => speaker.say("request-resolved"),
        RequestProgress::Delivered => speaker.say("emergency-delivered"),
        RequestProgress::Raising | RequestProgress::Kept if waited < DELIVERY => {
            speaker.say("emergency-calling")
        }
        RequestProgress::Raising | RequestProgress::Kept | RequestProgress::NotKept => {
            speaker.say("emergency-not-delivered")
        }
    };
    Emergency {
        title: routine.title.text(code).to_string(),
        lines: routine.now.iter().map(|line| line.text(code).to_string()).collect(),
        told,
        answered: matches!(request.progress, RequestProgress::Acknowledged(_) | RequestProgress::Resolved),
        finish: speaker.say("emergency-over"),
        again: if can_go_on { speaker.say("go-on") } else { String::new() },
    }
}
