//! Families on the screen: who acts for a patient, and the tickets of all.

use super::{Choice, Confirm, Entry, Notice, Question, Speaker, Tone, question, said};
use crate::clinic::Clinic;
use crate::front_desk::ticket::PaperState;
use crate::kiosk::session::{ActingQuestion, AskActing, ConfirmActing, Known, Session};

/// A question to whoever acts for a patient.
pub(super) fn acting(
    asked: &AskActing,
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Question {
    let error = asked.problem.map(|problem| speaker.say(question::problem_key(problem))).unwrap_or_default();
    let (title, hint, entry) = match &asked.question {
        ActingQuestion::PatientHere => {
            let labels = ["acting-here-yes", "acting-here-no"];
            let choice = |key: &str| Choice { label: speaker.say(key), selected: false };
            ("acting-here-title", "acting-here-hint", Entry::Choices(labels.map(choice).into()))
        }
        ActingQuestion::Name => ("acting-name-title", "acting-name-hint", Entry::Letters(asked.name.clone())),
        ActingQuestion::Phone => {
            ("acting-phone-title", "acting-phone-hint", Entry::Digits(asked.phone.clone()))
        }
        ActingQuestion::Consent(_) => {
            ("acting-consent-title", "", Entry::Statement(session.consent_to_act(clinic).to_string()))
        }
    };
    let mut screen = question::question(speaker, (1, 1), title, hint, entry, error);
    if asked.question == ActingQuestion::PatientHere {
        // A touch on an answer goes on by itself.
        screen.labels.next = String::new();
    }
    screen
}

/// *Is this you?*, to whoever acts for a patient: nothing but the name.
pub(super) fn confirm_acting(confirm: &ConfirmActing, speaker: &Speaker<'_>) -> Confirm {
    Confirm {
        on_file: false,
        title: speaker.say("confirm-title"),
        name: confirm.known.patient.name.masked(),
        lines: vec![speaker.say("acting-confirm-line")],
        yes: speaker.say("thats-me"),
        no: speaker.say("not-me"),
        all: String::new(),
    }
}

/// All the tickets of a session, one a line.
pub(super) fn tickets(session: &Session, speaker: &Speaker<'_>) -> Notice {
    let held = &session.family.tickets;
    let mut lines: Vec<String> = held
        .iter()
        .map(|held| {
            let [begin, end] = speaker.clock_range(held.ticket.expected());
            let values = [
                ("name", held.given.as_str().into()),
                ("number", held.ticket.number.as_str().into()),
                begin,
                end,
            ];
            speaker.say_with("family-ticket", &values)
        })
        .collect();
    let is = |wanted: &[PaperState]| {
        held.iter().any(|held| held.paper.is_some_and(|paper| wanted.contains(&paper)))
    };
    let (paper, tone) = if is(&[PaperState::NotPrinted, PaperState::NotKnown]) {
        ("family-paper-missing", Tone::Attention)
    } else if is(&[PaperState::Reserved]) {
        ("family-paper-reserved", Tone::Good)
    } else if is(&[PaperState::Printed]) {
        ("family-paper-printed", Tone::Good)
    } else {
        ("", Tone::Good)
    };
    if !paper.is_empty() {
        lines.push(speaker.say(paper));
    }
    Notice {
        tone,
        busy: false,
        title: speaker.say("family-title"),
        lines: said(lines),
        primary: speaker.say("finish"),
        secondary: speaker.say("another-person"),
    }
}

/// The names of the members who can be checked in beside somebody, each with the time.
pub(super) fn members(known: &Known, session: &Session, clinic: &Clinic, speaker: &Speaker<'_>) -> String {
    let members = session.members_beside(known, clinic);
    let named = members
        .iter()
        .map(|(member, appointment)| format!("{}, {}", member.given, speaker.clock(appointment.starts_at)));
    named.collect::<Vec<_>>().join(" · ")
}
