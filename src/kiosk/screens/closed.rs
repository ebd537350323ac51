use super::{Closed, ClosedRow, Speaker};
use crate::clinic::Clinic;
use crate::front_desk::fleet::ClosedNotice;
use vestibule_ui::words::Words;

/// All languages at once: nobody chooses one on a kiosk that is closed.
pub(super) fn closed(notice: &ClosedNotice, clinic: &Clinic, words: &Words) -> Closed {
    let rows = clinic.languages.iter().map(|code| {
        let speaker = Speaker::new(words, code, clinic);
        ClosedRow {
            title: speaker.say("closed-title"),
            message: notice.text(code).to_string(),
            way: speaker.say("closed-way"),
            help: speaker.say("need-help"),
            language: code.clone(),
            rtl: speaker.language().is_rtl(),
        }
    });
    Closed { rows: rows.collect() }
}
