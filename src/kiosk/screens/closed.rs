use super::{Closed, Speaker, welcome};
use crate::clinic::Clinic;
use crate::front_desk::fleet::ClosedNotice;
use crate::kiosk::session::Session;

pub(super) fn closed(
    notice: &ClosedNotice,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Closed {
    Closed {
        languages: welcome::languages(clinic, Some(session.language)),
        title: speaker.say("closed-title"),
        message: notice.text(speaker.language().code()).to_string(),
        way: speaker.say("closed-way"),
    }
}
