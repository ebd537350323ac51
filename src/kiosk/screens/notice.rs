use super::{Notice, Speaker, Tone, arrival, said};
use crate::clinic::Clinic;
use crate::clinic::routines::Category;
use crate::front_desk::request::{RequestId, RequestReason};
use crate::front_desk::ticket::PaperState;
use crate::kiosk::session::{RaisedRequest, RequestProgress, Session};
use std::time::Duration;

/// A wait longer than this is felt, and shown.
pub(super) const FELT: Duration = Duration::from_millis(600);
/// A request that the desk has not confirmed for so long is told as not delivered yet.
const DELIVERY: Duration = Duration::from_secs(4);

pub(super) fn waiting(speaker: &Speaker<'_>) -> Notice {
    Notice {
        tone: Tone::Calm,
        busy: true,
        title: speaker.say("looking-title"),
        lines: vec![speaker.say("looking-line")],
        primary: String::new(),
        secondary: String::new(),
    }
}

pub(super) fn start_over(speaker: &Speaker<'_>) -> Notice {
    Notice {
        tone: Tone::Attention,
        busy: false,
        title: speaker.say("start-over-title"),
        lines: vec![speaker.say("start-over-line")],
        primary: speaker.say("start-over-yes"),
        secondary: speaker.say("start-over-no"),
    }
}

pub(super) fn requested(
    id: RequestId,
    can_go_on: bool,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Notice {
    let request = session.request(id);
    let category = request.and_then(|request| request.category.as_deref());
    if let (Some(request), Some(category)) = (request, category.and_then(|id| clinic.routines.category(id))) {
        return asked(request, category, can_go_on, session, speaker);
    }
    let reason = request.map_or(RequestReason::Help, |request| request.reason);
    let (title, line) = match reason {
        RequestReason::Help => ("help-title", "help-line"),
        RequestReason::NotIdentified => ("to-desk-title", "not-identified-line"),
        RequestReason::SeveralRecords => ("to-desk-title", "several-records-line"),
        RequestReason::NotThatPerson => ("to-desk-title", "not-that-person-line"),
        RequestReason::PossibleDuplicate => ("to-desk-title", "possible-duplicate-line"),
        RequestReason::LateArrival => ("to-desk-title", "late-line"),
        RequestReason::AppointmentCancelled => ("to-desk-title", "cancelled-line"),
        RequestReason::NoAppointment => ("to-desk-title", "no-appointment-line"),
        // Those have words of the clinic's own, or were raised at the desk.
        RequestReason::EarlyArrival
        | RequestReason::OtherDay
        | RequestReason::OtherSite
        | RequestReason::BalanceDue
        | RequestReason::TwoTickets
        | RequestReason::PaymentNotKnown
        | RequestReason::PaidTwice
        | RequestReason::PaymentDiffers
        | RequestReason::AppointmentMovedByClinic
        | RequestReason::KioskTrouble
        | RequestReason::WaitsTooLong
        | RequestReason::NotThere
        | RequestReason::NeverCalled
        | RequestReason::AppointmentChanged => ("to-desk-title", "help-line"),
        RequestReason::NoConsent => ("to-desk-title", "no-consent-line"),
        RequestReason::NotAllowed => ("to-desk-title", "not-allowed-line"),
        RequestReason::BookingWish | RequestReason::SlotFreed | RequestReason::BookedTwice => {
            ("wish-title", "wish-line")
        }
        RequestReason::Asked | RequestReason::Emergency | RequestReason::FormAnswer => {
            ("help-title", "help-line")
        }
        RequestReason::KioskFault => ("fault-title", "fault-line"),
    };
    let (tone, busy, told) = match request {
        Some(request) => told(request, session, speaker),
        None => (Tone::Calm, true, String::new()),
    };
    let acknowledged =
        request.is_some_and(|request| matches!(request.progress, RequestProgress::Acknowledged(_)));
    let (title, mut lines) = match request.and_then(|request| request.obstacle.as_deref()) {
        Some(obstacle) => arrival::words(obstacle, clinic, speaker),
        None => (speaker.say(title), vec![speaker.say(line)]),
    };
    // Once somebody is on the way, that is the message.
    let title = if acknowledged {
        told
    } else {
        lines.push(told);
        title
    };
    Notice {
        tone,
        busy,
        title,
        lines: said(lines),
        primary: speaker.say("finish"),
        secondary: match (can_go_on, reason) {
            (false, _) => String::new(),
            (true, RequestReason::KioskFault) => speaker.say("try-again"),
            (true, _) => speaker.say("go-on"),
        },
    }
}

/// Something of the routines was asked for: the routines say what the patient is told.
fn asked(
    request: &RaisedRequest,
    category: &Category,
    can_go_on: bool,
    session: &Session,
    speaker: &Speaker<'_>,
) -> Notice {
    let (tone, busy, told) = told(request, session, speaker);
    let mut lines = vec![category.told.text(speaker.language().code()).to_string()];
    let title = match (&request.case, &request.progress) {
        (Some(case), _) => {
            let code = speaker.say_with("case-code", &[("code", case.code.as_str().into())]);
            let slip = match request.slip {
                None | Some(PaperState::Reserved) => "slip-reserved",
                Some(PaperState::Printed) => "slip-printed",
                Some(PaperState::NotPrinted | PaperState::NotKnown) => "slip-not-printed",
            };
            lines.extend([code, speaker.say_day("case-answer-by", case.answer_by), speaker.say(slip), told]);
            speaker.say_with("case-title", &[("number", case.number.as_str().into())])
        }
        (None, RequestProgress::Acknowledged(_)) => told,
        (None, _) => {
            lines.push(told);
            category.name.text(speaker.language().code()).to_string()
        }
    };
    Notice {
        tone,
        busy,
        title,
        lines: said(lines),
        primary: speaker.say("finish"),
        secondary: if can_go_on { speaker.say("go-on") } else { String::new() },
    }
}

/// What the patient is told about the way of a request.
fn told(request: &RaisedRequest, session: &Session, speaker: &Speaker<'_>) -> (Tone, bool, String) {
    let waited = session.moment.at.saturating_sub(request.since);
    match &request.progress {
        RequestProgress::NotKept => (Tone::Attention, false, speaker.say("request-not-kept")),
        RequestProgress::Raising | RequestProgress::Kept if waited < DELIVERY => {
            (Tone::Calm, true, speaker.say("request-raising"))
        }
        RequestProgress::Raising | RequestProgress::Kept => {
            (Tone::Attention, false, speaker.say("request-kept"))
        }
        RequestProgress::Resolved => (Tone::Good, false, speaker.say("request-resolved")),
        RequestProgress::Delivered => {
            let wanted = matches!(request.reason, RequestReason::Help | RequestReason::Asked);
            let tone = if wanted { Tone::Good } else { Tone::Attention };
            (tone, false, speaker.say("request-delivered"))
        }
        RequestProgress::Acknowledged(by) if request.case.is_some() => {
            (Tone::Good, false, speaker.say_with("case-taken", &[("name", by.as_str().into())]))
        }
        RequestProgress::Acknowledged(by) => {
            (Tone::Good, false, speaker.say_with("on-the-way", &[("name", by.as_str().into())]))
        }
    }
}
