//! What somebody reads who cannot simply be given a ticket: the clinic's words, or the program's own.

use super::{Choice, Entry, Notice, Question, Speaker, Tone, question, said};
use crate::clinic::Clinic;
use crate::clinic::arrivals::{CaseAnswer, filled};
use crate::front_desk::arrival::ArrivalCase;
use crate::kiosk::session::{Instruction, Obstacle};

/// The title and the sentences for an obstacle.
pub(super) fn words(obstacle: &Obstacle, clinic: &Clinic, speaker: &Speaker<'_>) -> (String, Vec<String>) {
    let answer = clinic.routines.arrivals.answer(obstacle.case, obstacle.service());
    let title = match &answer.title {
        Some(title) => written(title.text(speaker.language().code()), obstacle, clinic, speaker),
        None => speaker.say(title_key(obstacle.case)),
    };
    let mut lines = clinics_words(&answer, obstacle, clinic, speaker);
    if lines.is_empty() {
        lines = own_words(obstacle, clinic, speaker);
    }
    (title, said(lines))
}

/// What the clinic says to somebody who was checked in all the same; nothing where it has written nothing.
pub(super) fn beside_the_ticket(obstacle: &Obstacle, clinic: &Clinic, speaker: &Speaker<'_>) -> Vec<String> {
    let answer = clinic.routines.arrivals.answer(obstacle.case, obstacle.service());
    clinics_words(&answer, obstacle, clinic, speaker)
}

pub(super) fn instruct(instruction: &Instruction, clinic: &Clinic, speaker: &Speaker<'_>) -> Notice {
    let (title, mut lines) = words(&instruction.obstacle, clinic, speaker);
    if instruction.offers_walk_in {
        lines.push(speaker.say("walk-in-line"));
    }
    Notice {
        tone: Tone::Attention,
        busy: false,
        title,
        lines,
        primary: speaker.say("finish"),
        secondary: speaker.say(if instruction.offers_walk_in { "walk-in-take" } else { "ask-desk" }),
    }
}

/// What brings somebody here who has no appointment.
pub(super) fn walk_in(clinic: &Clinic, speaker: &Speaker<'_>) -> Question {
    let code = speaker.language().code();
    let reasons = clinic.reasons.iter();
    let choices = reasons.map(|reason| Choice { label: reason.name.text(code).to_string(), selected: false });
    let entry = Entry::Choices(choices.collect());
    let mut asked = question::question(speaker, (1, 1), "reason-title", "reason-hint", entry, String::new());
    // A touch on an answer goes on by itself.
    asked.labels.next = String::new();
    asked
}

fn clinics_words(
    answer: &CaseAnswer,
    obstacle: &Obstacle,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
) -> Vec<String> {
    let code = speaker.language().code();
    answer.say.iter().map(|text| written(text.text(code), obstacle, clinic, speaker)).collect()
}

/// A sentence of the clinic with its placeholders filled in.
fn written(text: &str, obstacle: &Obstacle, clinic: &Clinic, speaker: &Speaker<'_>) -> String {
    let code = speaker.language().code();
    let appointment = obstacle.appointment.as_ref();
    let service = || appointment.and_then(|appointment| clinic.service(&appointment.service));
    let site = || appointment.and_then(|appointment| clinic.site(appointment.site.as_deref()?));
    filled(text, |name| match name {
        "time" => appointment.map_or_else(String::new, |appointment| speaker.clock(appointment.starts_at)),
        "day" => appointment.map_or_else(String::new, |appointment| speaker.day(appointment.starts_at)),
        // Where the book names nobody, the service is what the patient knows.
        "clinician" => match appointment.map(|appointment| appointment.clinician.as_str()) {
            Some("") | None => {
                service().map_or_else(String::new, |service| service.name.text(code).to_string())
            }
            Some(clinician) => clinician.to_string(),
        },
        "service" => service().map_or_else(String::new, |service| service.name.text(code).to_string()),
        "site" => site().map_or_else(|| clinic.name.clone(), |site| site.name.text(code).to_string()),
        "way" => site().map_or_else(String::new, |site| site.way.text(code).to_string()),
        "opens" => obstacle.opens.map_or_else(String::new, |opens| speaker.clock(opens)),
        "balance" => obstacle.balance.map_or_else(String::new, |balance| balance.to_string()),
        // The file is refused for any other.
        other => format!("{{{other}}}"),
    })
}

fn title_key(case: ArrivalCase) -> &'static str {
    match case {
        ArrivalCase::Early => "early-title",
        ArrivalCase::OtherDay => "other-day-title",
        ArrivalCase::OtherSite => "other-site-title",
        ArrivalCase::Late
        | ArrivalCase::Missed
        | ArrivalCase::Cancelled
        | ArrivalCase::Changed
        | ArrivalCase::NoAppointment
        | ArrivalCase::NoRecord
        | ArrivalCase::BalanceDue => "to-desk-title",
    }
}

/// The program's own sentences.
fn own_words(obstacle: &Obstacle, clinic: &Clinic, speaker: &Speaker<'_>) -> Vec<String> {
    let at = obstacle.appointment.as_ref().map(|appointment| appointment.starts_at);
    let clinician = obstacle.appointment.as_ref().map_or_else(String::new, |each| each.clinician.clone());
    let only = |key: &str| vec![speaker.say(key)];
    match (obstacle.case, at) {
        (ArrivalCase::Early, Some(at)) => {
            let opens = obstacle.opens.map_or_else(String::new, |opens| speaker.say_at("early-opens", opens));
            vec![speaker.say_at("early-appointment", at), clinician, opens]
        }
        (ArrivalCase::OtherDay, Some(at)) => {
            vec![speaker.say_on("other-day-appointment", at), clinician, speaker.say("other-day-line")]
        }
        (ArrivalCase::OtherSite, Some(at)) => {
            let filled = |text: &str| written(text, obstacle, clinic, speaker);
            let name = ("name", filled("{site}").into());
            let time = ("time", speaker.clock(at).into());
            vec![speaker.say_with("other-site-appointment", &[time, name]), filled("{way}")]
        }
        (ArrivalCase::Missed, _) => only("missed-line"),
        (ArrivalCase::Cancelled, _) => only("cancelled-line"),
        (ArrivalCase::Changed, at) => {
            let was = obstacle.changed.map(|changed| speaker.say_at("changed-line", changed.was_at));
            let moved = obstacle.changed.is_some_and(|changed| !changed.is_open);
            let now = at.filter(|_| moved).map(|at| speaker.say_on("changed-now", at));
            let whom = if moved { clinician } else { String::new() };
            vec![was.unwrap_or_default(), now.unwrap_or_default(), whom, speaker.say("changed-desk-line")]
        }
        (ArrivalCase::NoRecord, _) => only("not-identified-line"),
        (ArrivalCase::BalanceDue, _) => only("balance-line"),
        (ArrivalCase::Late, _) => only("late-line"),
        (
            ArrivalCase::NoAppointment | ArrivalCase::Early | ArrivalCase::OtherDay | ArrivalCase::OtherSite,
            _,
        ) => only("no-appointment-line"),
    }
}
