//! What is on file, and what a document says: to be confirmed.

use super::{Confirm, Notice, Question, Screen, Speaker, Tone, question, said};
use crate::clinic::Clinic;
use crate::clinic::registration::ConfirmedDetail;
use crate::front_desk::detail::DetailValue;
use crate::front_desk::phone;
use crate::kiosk::session::{Details, FillIn, Session};

pub(super) fn details(
    details: &Details,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Screen {
    if let Some(changing) = &details.changing {
        let asked = question::register(&changing.register, clinic, session, speaker);
        let (step, steps) = details.progress();
        let (progress, progress_part) = question::progress(speaker, step, steps);
        return Screen::Question(Box::new(Question { progress, progress_part, ..asked }));
    }
    let title = match details.asked() {
        Some(ConfirmedDetail::Address) => "details-address-title",
        Some(ConfirmedDetail::Phone) => "details-phone-title",
        Some(ConfirmedDetail::Email) => "details-email-title",
        Some(ConfirmedDetail::EmergencyContact) | None => "details-contact-title",
    };
    let number = |number: &str| match clinic.routines.registration.country {
        Some(country) => phone::shown(number, country),
        None => number.to_string(),
    };
    let (name, lines) = match details.on_file() {
        Some(DetailValue::Address(address)) => (address.one_line(), Vec::new()),
        Some(DetailValue::Phone(phone)) => (number(&phone), Vec::new()),
        Some(DetailValue::Email(email)) => (email, Vec::new()),
        Some(DetailValue::EmergencyContact(contact)) => {
            (contact.name, vec![number(&contact.phone), contact.relation.unwrap_or_default()])
        }
        _ => (String::new(), Vec::new()),
    };
    Screen::Confirm(Confirm {
        all: String::new(),
        title: speaker.say(title),
        name,
        on_file: true,
        lines: said(lines),
        yes: speaker.say("details-yes"),
        no: speaker.say("details-change"),
    })
}

pub(super) fn fill_in(
    fill_in: &FillIn,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Confirm {
    let (name, lines) = fill_in.lines(clinic, session.today(clinic));
    Confirm {
        all: String::new(),
        title: speaker.say("document-title"),
        name,
        on_file: true,
        lines: said(lines),
        yes: speaker.say("document-yes"),
        no: speaker.say("document-no"),
    }
}

pub(super) fn unknown(speaker: &Speaker<'_>) -> Notice {
    Notice {
        tone: Tone::Calm,
        busy: false,
        title: speaker.say("document-unknown-title"),
        lines: vec![speaker.say("document-unknown-line"), speaker.say("document-unknown-desk")],
        primary: speaker.say("finish"),
        secondary: speaker.say("document-register"),
    }
}
